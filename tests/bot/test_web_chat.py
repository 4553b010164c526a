import asyncio
import gzip

import pytest
from web_fixtures import JSON, outgoing, until

from bot.store.interface import DESK, Arrival, Batch, StepCommit
from bot.web import chat as web_chat
from bot.web.entries import entry_of, linked
from bot.web.own_files import STATIC
from dialogs.model import Message, Pin

AUDIENCE = "1.a:audience:self"
OUTSIDE = ' target="_blank" rel="noopener noreferrer"'


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(web_chat, "WAIT", 0.3)


async def say_from_elsewhere(chat, text, **fields):
    """Let a message come that answers nothing, as a librarian's does."""
    talk = await chat.talk()
    stored = await chat.service.store.conversation(talk)
    body = Message(text=text, **fields).model_dump_json()
    arrival = Arrival(DESK, f"act-{text}", talk, "{}", 1)
    taken = await chat.service.store.apply(Batch(arrivals=[arrival]))
    cause = taken.received[0].seq
    step = StepCommit(talk, stored.revision, stored.state, cause, 1, (outgoing(talk, body),))
    done = await chat.service.store.apply(Batch(steps=[step]))
    assert done.queued[0]
    chat.service.runtime.forget([talk])
    chat.ring(talk)


# -- looking -----------------------------------------------------------------------------------


async def test_merely_looking_stores_nothing_and_sets_no_cookie(chat, browser):
    page = await browser.look()
    assert page.status == 200
    assert "За кого питате?" in page.bubbles[0][1]
    assert page.buttons["За мен"] == AUDIENCE
    assert "Set-Cookie" not in page.headers
    for table in ("inbox", "outbox", "conversation"):
        assert await chat.rows(f"SELECT * FROM {table}") == []  # noqa: S608


async def test_the_page_is_guarded_and_light(browser):
    page = await browser.look()
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["Cache-Control"] == "no-store"
    assert "<style" not in page.html
    assert " style=" not in page.html
    assert " onclick=" not in page.html
    assert page.html.count("<script") == page.html.count("<script src=") == 1
    weight = len(page.html.encode())
    for name in ("chat.css", "chat.js", "icon.svg"):
        async with browser.client.get(f"/static/{name}") as answer:
            weight += len(await answer.read())
    assert weight < 30_000


async def test_a_file_name_that_no_disk_takes_is_not_found(browser):
    async with browser.client.get("/static/" + "a" * 300) as answer:
        assert answer.status == 404
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_page_says_its_language_and_allows_zoom(browser):
    page = await browser.look()
    assert '<html lang="bg">' in page.html
    assert "user-scalable" not in page.html
    assert "maximum-scale" not in page.html
    assert 'role="log"' in page.html
    assert '<label for="text"' in page.html
    assert 'href="/desk"' in page.html


async def test_files_are_named_by_what_is_in_them_and_then_kept(browser):
    page = await browser.look()
    address = page.html.partition('href="/static/chat.css')[2].partition('"')[0]
    async with browser.client.get(f"/static/chat.css{address}") as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    for once in ("/static/chat.css", f"/static/not-there-yet.css{address}"):
        async with browser.client.get(once) as answer:
            assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("coding", ["gzip", "identity"])
async def test_our_own_files_come_smaller_where_a_browser_takes_them_so(browser, coding):
    whole = (STATIC / "htmx.min.js").read_bytes()
    asked = {"Accept-Encoding": coding}
    async with browser.client.get(
        "/static/htmx.min.js", headers=asked, auto_decompress=False
    ) as answer:
        came, said = await answer.read(), answer.headers.get("Content-Encoding", "identity")
        assert answer.headers["Vary"] == "Accept-Encoding"
    assert said == coding
    assert (gzip.decompress(came) if coding == "gzip" else came) == whole


@pytest.mark.parametrize(
    ("method", "still_good", "status"),
    [("GET", True, 304), ("HEAD", True, 304), ("HEAD", False, 200)],
)
async def test_after_an_answer_without_a_body_the_line_can_be_used_again(
    chat, browser, method, still_good, status
):
    async with browser.client.get("/static/chat.js") as answer:
        said = {"Host": "x", "Accept-Encoding": "gzip"}
        said |= {"If-None-Match": answer.headers["ETag"]} if still_good else {}
    # Whatever stood behind it would be read as the next one.
    reader, writer = await asyncio.open_connection(chat.server.host, chat.server.port)
    asked = [f"{name}: {value}" for name, value in said.items()]
    request = "\r\n".join([f"{method} /static/chat.js HTTP/1.1", *asked, "", ""])
    writer.write(2 * request.encode())
    try:
        for _ in range(2):
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(f"HTTP/1.1 {status}".encode())
    finally:
        writer.close()


async def test_pages_with_secrets_are_not_made_smaller(browser):
    async with browser.client.get("/desk", auto_decompress=False) as answer:
        assert "Content-Encoding" not in answer.headers


# -- saying ------------------------------------------------------------------------------------


async def test_a_press_and_a_text_are_answered(browser):
    await browser.press(AUDIENCE)
    first = await browser.messages()
    assert first[-1]["rows"]
    await browser.say("назад")
    assert await browser.messages(first[-1]["id"])
    page = await browser.look()
    assert ("me", "Вие:За мен") in page.bubbles
    assert ("me", "Вие:назад") in page.bubbles
    assert page.bubbles[0][0] == "bot"  # the greeting that was only shown


async def test_the_cookie_is_for_this_server_alone(browser):
    answer = await browser.post(text="здравей")
    cookie = answer.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"):
        assert part in cookie
    assert "Secure" not in cookie
    answer = await browser.client.post(
        "/say",
        data={"key": "key-of-proxy", "text": "x"},
        headers={**JSON, "X-Forwarded-Proto": "https"},
    )
    assert "Secure" in answer.headers["Set-Cookie"]


async def test_the_token_itself_is_not_stored(chat, browser):
    answer = await browser.post(text="здравей")
    token = answer.cookies["posoka"].value
    assert token not in str(await chat.rows("SELECT * FROM inbox"))


async def test_the_same_key_twice_is_one_step(chat, browser):
    await browser.say("здравей", key="same-key-1")
    await chat.settle()
    before = await chat.states()
    await browser.say("здравей", key="same-key-1")
    await chat.settle()
    assert await chat.states() == before
    assert len(await chat.rows("SELECT * FROM inbox")) == 1


async def test_a_first_post_whose_answer_was_lost_begins_one_talk_only(chat):
    # Without the answer there is no cookie: the page's own token holds the two together.
    talk = (await (await chat.browser()).look()).talk
    for _ in range(2):
        await (await chat.browser()).say("здравей", key="same-key-1", talk=talk)
    await chat.settle()
    assert len(await chat.rows("SELECT * FROM conversation")) == 1
    assert len(await chat.rows("SELECT * FROM inbox")) == 1


async def test_a_made_up_cookie_is_no_talk(browser):
    headers = {**JSON, "Cookie": "posoka=short"}
    answer = await browser.client.post(
        "/say", data={"key": "12345678", "text": "x"}, headers=headers
    )
    assert len(answer.cookies["posoka"].value) == 32


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "x", "key": "short"},
        {"text": "x", "key": "with space and more"},
        {"text": "x", "key": "x" * 65},
        {"text": "   \n "},
        {"press": "1"},
        {"press": "one.back"},
        {"press": "1."},
        {"press": "-1.back"},
        {"press": "9" * 5000 + ".back"},
        {"press": "1." + "a" * 65},
        {"press": "1." + "ж" * 33},
        {"latitude": "43.1"},
        {"latitude": "north", "longitude": "23"},
        {"latitude": "nan", "longitude": "23"},
        {"latitude": "91", "longitude": "23"},
        {"latitude": "1e999", "longitude": "23"},
        {"other": "field"},
    ],
)
@pytest.mark.parametrize("scripts", [True, False])
async def test_what_cannot_be_meant_is_refused_kindly(chat, browser, fields, scripts):
    answer = await browser.post(scripts=scripts, **fields)
    assert answer.status == 400
    if scripts:
        assert (await answer.json())["error"].endswith(".")
    else:
        assert 'role="status">' in await answer.text()
        assert 'role="status"></p>' not in await answer.text()
    assert await chat.rows("SELECT * FROM inbox") == []


FIELD = b'--abc\r\nContent-Disposition: form-data; name="text"'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"text=x&key=12345678", "application/x-www-form-urlencoded; charset=nonsense"),
        (b'{"text": "x"}', "application/json"),
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=abc"),
        (b"--abc\r\n\r\nnameless\r\n--abc--\r\n", "multipart/form-data; boundary=abc"),
        (FIELD + b"\r\n\r\n\xed\xa0\x80\r\n--abc--\r\n", "multipart/form-data; boundary=abc"),
        (FIELD + b'; filename="a"\r\n\r\nx\r\n--abc--\r\n', "multipart/form-data; boundary=abc"),
    ],
)
async def test_a_body_no_browser_makes_is_refused_kindly(chat, browser, body, kind):
    headers = {**JSON, "Content-Type": kind}
    answer = await browser.client.post("/say", data=body, headers=headers)
    assert answer.status == 400
    assert (await answer.json())["error"]
    assert await chat.rows("SELECT * FROM inbox") == []


async def test_what_was_typed_stays_in_the_field_when_it_is_refused(browser):
    answer = await browser.post(scripts=False, text="дълга <b>дума", key="no")
    assert "\nдълга &lt;b&gt;дума</textarea>" in await answer.text()


async def test_ten_thousand_characters_are_taken_whole_and_more_is_cut(chat, browser):
    for text in ("ж" * 10_000, "ж" * 12_000):
        await browser.say(text)
    await chat.settle()
    said = [line.body for line in await chat.lines() if line.kind == "in"]
    assert [body.count("ж") for body in said] == [10_000, 10_000]


async def test_a_huge_body_is_refused_kindly(browser):
    answer = await browser.post(text="x" * 200_000)
    assert answer.status == 413
    assert "дълго" in (await answer.json())["error"]


async def test_odd_characters_come_through_or_vanish(chat, browser):
    await browser.say("а\x00б\x07в 👩‍👩‍👧 ѝ\r\nнов ред")
    body = b"key=surrogates&text=%ED%A0%80x"
    headers = {**JSON, "Content-Type": "application/x-www-form-urlencoded"}
    assert (await browser.client.post("/say", data=body, headers=headers)).status == 200
    await chat.settle()
    page = await browser.look()
    assert "абв 👩‍👩‍👧 ѝ\nнов ред" in page.html
    assert "\x00" not in page.html


async def test_a_shared_place_is_asked_back(browser):
    answer = await browser.post(latitude="43.15", longitude="23.92")
    assert answer.status == 200
    assert "Роман" in (await browser.messages())[-1]["text"]
    assert ("me", "Вие:📍 Моето място") in (await browser.look()).bubbles


# -- without scripts ---------------------------------------------------------------------------


async def test_without_scripts_the_answer_stands_on_the_next_page(browser):
    answer = await browser.post(scripts=False, press=AUDIENCE)
    assert (answer.status, answer.headers["Location"]) == (303, "/#end")
    page = await browser.look()
    assert page.bubbles[-1][0] == "bot"
    assert page.html.count('id="end"') == 1
    assert '<div class="me" id="end">' in page.html
    assert page.buttons
    assert "http-equiv" not in page.html


async def test_while_an_answer_is_missing_the_page_without_scripts_looks_again(
    chat, browser, monkeypatch
):
    async def never(_conversation):
        await asyncio.sleep(60)

    async def not_now(_event):
        await asyncio.sleep(0.5)
        return False

    monkeypatch.setattr(web_chat, "STEP", 0.05)
    monkeypatch.setattr(chat.service.runtime, "settled", never)
    monkeypatch.setattr(chat.service.runtime, "_until_stored", not_now)
    answer = await browser.post(scripts=False, text="здравей")
    assert answer.status == 303
    page = await browser.look()
    assert '<meta http-equiv="refresh"' in page.html
    assert page.buttons == {}


async def test_only_the_last_message_has_buttons(browser):
    await browser.post(scripts=False, press=AUDIENCE)
    page = await browser.look()
    assert AUDIENCE not in page.html
    assert page.html.count('name="press"') == len(page.buttons)


async def test_a_later_word_without_buttons_leaves_those_there_are(chat, browser):
    await browser.press(AUDIENCE)
    await chat.settle()
    before = (await browser.look()).buttons
    await say_from_elsewhere(chat, "Здравейте, аз съм Мария.")
    page = await browser.look()
    assert page.bubbles[-1][1].endswith("Здравейте, аз съм Мария.")
    assert page.buttons == before


async def test_buttons_are_grouped_by_how_loud_they_are(browser):
    await browser.press(AUDIENCE)
    rows = (await browser.messages())[-1]["rows"]
    kinds = {b["label"]: b["kind"] for row in rows for b in row}
    assert kinds["Не знам"] == kinds["Не искам да кажа"] == "quiet"
    assert kinds["← Назад"] == kinds["Меню"] == "way"
    assert "answer" in kinds.values()


# -- what is shown is only text ----------------------------------------------------------------


async def test_what_a_person_types_is_never_markup(chat, browser):
    await browser.say('<img src=x onerror="alert(1)"> & \'"')
    await chat.settle()
    page = await browser.look()
    assert "<img src=x" not in page.html
    assert "&lt;img src=x onerror=" in page.html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a <b> & c", "a &lt;b&gt; &amp; c"),
        (
            "(https://az.bg/a?b=1&c=2).",
            f'(<a href="https://az.bg/a?b=1&amp;c=2"{OUTSIDE}>https://az.bg/a?b=1&amp;c=2</a>).',
        ),
        (
            'https://az.bg/"onclick="x',
            f'<a href="https://az.bg/"{OUTSIDE}>https://az.bg/</a>&#34;onclick=&#34;x',
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("тел. 092 626 170, в 09:00", 'тел. <a href="tel:092626170">092 626 170</a>, в 09:00'),
        ("до 01.12.2026 и 2026-04-14", "до 01.12.2026 и 2026-04-14"),
        ("a@b.bg", '<a href="mailto:a@b.bg">a@b.bg</a>'),
    ],
)
def test_addresses_become_links_and_nothing_else_does(text, html):
    assert linked(text) == html


async def test_a_pin_leads_to_the_map(chat, browser):
    await browser.say("здравей")
    await chat.settle()
    pin = Pin(name='Чит. "Изгрев"', address="", latitude=43.1, longitude=23.5)
    await say_from_elsewhere(chat, "Ето къде", pin=pin)
    page = await browser.look()
    assert "https://www.openstreetmap.org/?mlat=43.1&amp;mlon=23.5#map=17/43.1/23.5" in page.html
    assert "Чит. &#34;Изгрев&#34;" in page.html
    assert (await browser.messages(0))[-1]["pin"]["latitude"] == 43.1


# -- hearing -----------------------------------------------------------------------------------


async def test_asking_for_later_messages_acknowledges_those_before(chat, browser):
    await browser.say("здравей")
    await chat.settle()
    heard = await browser.messages()
    assert set((await chat.states()).values()) == {"pending"}  # given, but perhaps lost on the way
    await browser.messages(heard[-1]["id"])
    assert set((await chat.states()).values()) == {"sent"}


async def test_the_rendered_page_acknowledges_what_it_shows(chat, browser):
    await browser.say("здравей")
    await chat.settle()
    await browser.look()
    assert set((await chat.states()).values()) == {"sent"}


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch"}])
async def test_fetching_ahead_acknowledges_nothing(chat, browser, headers):
    await browser.say("здравей")
    await chat.settle()
    await browser.look(headers=headers)
    assert set((await chat.states()).values()) == {"pending"}


async def test_head_acknowledges_nothing(chat, browser):
    await browser.say("здравей")
    await chat.settle()
    assert (await browser.client.head("/")).status == 200
    assert (await browser.client.head("/messages?after=99")).status == 405
    assert set((await chat.states()).values()) == {"pending"}


async def test_nobody_acknowledges_the_talk_of_another(chat, browser):
    await browser.say("здравей")
    other = await chat.browser()
    await other.say("здравей")
    await chat.settle()
    mine = {m["id"] for m in await browser.messages()}
    await other.messages(10**9)
    assert {(await chat.states())[number] for number in mine} == {"pending"}


@pytest.mark.parametrize("after", ["", "-1", "x", "1.5", "²", "9" * 30, "0 OR 1"])
async def test_a_made_up_place_in_the_talk_is_no_fault(browser, after):
    await browser.say("здравей")
    async with browser.client.get("/messages", params={"after": after}) as answer:
        assert (answer.status, await answer.json()) == (200, {"messages": []})


async def test_who_has_said_nothing_waits_for_nothing(browser, monkeypatch):
    monkeypatch.setattr(web_chat, "WAIT", 3600)
    async with asyncio.timeout(30):
        assert await browser.messages() == []


async def test_a_waiting_page_hears_at_once(chat, browser, monkeypatch):
    monkeypatch.setattr(web_chat, "WAIT", 20)
    await browser.say("здравей")
    await chat.settle()
    last = (await browser.messages())[-1]["id"]
    waiting = asyncio.create_task(browser.messages(last))
    await asyncio.sleep(0.1)
    await say_from_elsewhere(chat, "Пише Ви библиотекар.")
    async with asyncio.timeout(2):
        assert [m["text"] for m in await waiting] == ["Пише Ви библиотекар."]


async def test_two_tabs_both_hear(chat, browser, monkeypatch):
    monkeypatch.setattr(web_chat, "WAIT", 20)
    await browser.say("здравей")
    await chat.settle()
    last = (await browser.messages())[-1]["id"]
    tabs = [asyncio.create_task(browser.messages(last)) for _ in range(2)]
    await asyncio.sleep(0.1)
    await browser.say("меню")
    async with asyncio.timeout(3):
        one, other = await asyncio.gather(*tabs)
    assert one == other != []


async def test_a_second_tab_does_not_silence_the_first_between_two_looks(
    chat, browser, monkeypatch
):
    # The message comes after the first tab has read, and before it waits; then another tab asks.
    monkeypatch.setattr(web_chat, "WAIT", 20)
    await browser.say("здравей")
    await chat.settle()
    last = (await browser.messages())[-1]["id"]
    read = chat.service.store.unread
    looks = 0

    async def slow(conversation, after):
        nonlocal looks
        looks += 1
        first = looks == 1
        found = await read(conversation, after)
        if first:
            await say_from_elsewhere(chat, "Междувременно")
            second = asyncio.create_task(browser.messages(last))
            await until(lambda: looks > 1)
            await second
        return found

    monkeypatch.setattr(chat.service.store, "unread", slow)
    async with asyncio.timeout(3):
        assert [m["text"] for m in await browser.messages(last)] == ["Междувременно"]


async def test_what_waited_leaves_nothing_behind(chat):
    over = chat.service
    page = web_chat.WebChat(over.store, over.commit, over.runtime, over.context, over.clock)
    for number in range(3):
        with page._bell(f"web:{number}"), page._bell(f"web:{number}"):  # noqa: SLF001
            assert len(page._bells[f"web:{number}"]) == 2  # noqa: SLF001
    assert page._bells == {}  # noqa: SLF001


async def test_too_many_tabs_let_the_oldest_go(chat, browser, monkeypatch):
    monkeypatch.setattr(web_chat, "WAIT", 20)
    monkeypatch.setattr(web_chat, "TABS", 2)
    await browser.say("здравей")
    await chat.settle()
    last = (await browser.messages())[-1]["id"]
    tabs = []
    for _ in range(3):
        tabs.append(asyncio.create_task(browser.messages(last)))
        await asyncio.sleep(0.05)
    async with asyncio.timeout(2):
        assert await tabs[0] == []
    assert not tabs[2].done()
    await say_from_elsewhere(chat, "край")
    await asyncio.gather(*tabs[1:])


# -- guards ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://[::1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_site_cannot_post(chat, browser, headers):
    answer = await browser.client.post(
        "/say", data={"key": "12345678", "text": "x"}, headers=headers
    )
    assert answer.status == 403
    assert "друг сайт" in await answer.text()
    assert "default-src" in answer.headers["Content-Security-Policy"]
    assert await chat.rows("SELECT * FROM inbox") == []


@pytest.mark.parametrize("site", ["same-origin", "none"])
async def test_the_own_page_can_post_whatever_stands_before_the_server(browser, site):
    headers = {**JSON, "Sec-Fetch-Site": site}
    if site == "same-origin":
        headers["Origin"] = "https://posoka.example"  # a proxy that does not hand on the host
    answer = await browser.client.post(
        "/say", data={"key": "12345678", "text": "x"}, headers=headers
    )
    assert answer.status == 200


async def test_too_fast_is_said_kindly_and_the_same_key_goes_through_later(
    chat, browser, monkeypatch
):
    await browser.say("здравей")
    allowed = [False, False, True]
    monkeypatch.setattr(web_chat.Measure, "allows", lambda _self, _caller: allowed.pop(0))
    answer = await browser.post(text="бързо", key="fast-key")
    assert answer.status == 429
    assert "Изчакайте" in (await answer.json())["error"]
    assert answer.headers["Retry-After"]
    answer = await browser.post(scripts=False, text="бързо", key="fast-key")
    assert answer.status == 429
    assert "бързо</textarea>" in await answer.text()
    await browser.say("бързо", key="fast-key")
    assert len(await chat.rows("SELECT * FROM inbox")) == 2


async def test_one_talk_cannot_flood(browser, monkeypatch):
    monkeypatch.setattr("bot.web.guard.monotonic", lambda: 1000.0)
    await browser.say("здравей")
    statuses = [(await browser.post(text="x")).status for _ in range(45)]
    assert statuses[:30] == [200] * 30
    assert 429 in statuses


async def test_one_caller_cannot_begin_talks_without_end(chat, monkeypatch):
    # A slow machine would earn new permissions while it asks.
    monkeypatch.setattr("bot.web.guard.monotonic", lambda: 1000.0)
    headers = {**JSON, "X-Forwarded-For": "198.51.100.7"}
    statuses = set()
    for _ in range(125):
        browser = await chat.browser()
        answer = await browser.client.post(
            "/say", data={"key": "12345678", "text": "x"}, headers=headers
        )
        statuses.add(answer.status)
    assert statuses == {200, 429}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("GET", "/static/../chat.py", 404), ("DELETE", "/say", 405)],
)
async def test_errors_are_plain_kind_words(browser, method, path, status):
    async with browser.client.request(method, path) as answer:
        assert answer.status == status
        assert answer.content_type == "text/plain"
        assert "Тук няма страница" in await answer.text()
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_fault_of_ours_is_said_kindly_and_logged_without_words(
    chat, browser, monkeypatch, caplog
):
    words = "тайната" + " на човека"

    async def broken(_conversation):
        raise RuntimeError(words)

    await browser.say("здравей")
    monkeypatch.setattr(chat.service.store, "transcript", broken)
    page = await browser.look()
    assert page.status == 500
    assert "обърка" in page.html
    assert "RuntimeError" in caplog.text
    assert words not in caplog.text


# -- the end, and what comes after it ------------------------------------------------------------


async def test_after_erasing_the_farewell_is_shown_once_and_a_new_talk_begins(chat, browser):
    await browser.say("здравей")
    await browser.say("/delete")
    await chat.settle()
    heard = await browser.messages()
    yes = next(b["press"] for row in heard[-1]["rows"] for b in row if "Да" in b["label"])
    last = heard[-1]["id"]
    await browser.press(yes)
    await chat.settle()
    goodbye = await browser.heard(last)
    assert goodbye["erased"] is True
    assert "Изтрих" in goodbye["messages"][0]["text"]
    await browser.messages(goodbye["messages"][-1]["id"])
    assert await chat.rows("SELECT * FROM conversation") == []
    assert await chat.rows("SELECT * FROM outbox") == []
    assert set(await chat.rows("SELECT raw, address FROM inbox")) == {("", "")}
    page = await browser.look()
    assert "За кого питате?" in page.bubbles[-1][1]
    await browser.press(page.buttons["За мен"])
    assert (await browser.heard(page.last))["erased"] is False
    assert len(await chat.rows("SELECT * FROM conversation")) == 1


async def test_without_scripts_the_farewell_stands_on_the_page(browser):
    await browser.post(scripts=False, text="/delete")
    await browser.post(scripts=False, press=(await browser.look()).buttons["Да, изтрий всичко"])
    page = await browser.look()
    assert "Изтрих" in page.html
    await browser.post(scripts=False, press=page.buttons["За мен"])
    assert ("me", "Вие:За мен") in (await browser.look()).bubbles


async def test_who_comes_back_when_the_messages_are_forgotten_goes_on_from_the_answers(
    chat, browser
):
    await browser.press(AUDIENCE)
    await chat.settle()
    assert '"audience":"self"' in (await chat.rows("SELECT state FROM conversation"))[0][0]
    await chat.service.store.write(("DELETE FROM inbox", ()), ("DELETE FROM outbox", ()))
    page = await browser.look()
    assert "пак" in page.bubbles[0][1]
    onward = next(press for press in page.buttons.values() if press.endswith(".ask"))
    await browser.press(onward)
    assert (await browser.messages())[-1]["rows"]


async def test_the_page_speaks_the_language_of_the_talk(browser):
    await browser.press("1.lang:en")
    assert (await browser.heard())["language"] == "en"
    page = await browser.look()
    assert '<html lang="en">' in page.html
    assert "Write here" in page.html


async def test_a_talk_begins_in_the_language_of_the_browser(browser):
    headers = {"Accept-Language": "uk-UA,uk;q=0.9,en;q=0.8"}
    page = await browser.look(headers=headers)
    assert '<html lang="uk">' in page.html
    assert "Вітаю" in page.html
    browser.client.session.headers.update(headers)
    await browser.press(AUDIENCE)
    assert '<html lang="uk">' in (await browser.look()).html
    browser.client.session.headers.update({"Accept-Language": "tr"})
    await browser.say("57")
    assert '<html lang="uk">' in (await browser.look()).html


def test_what_a_librarian_says_is_no_heading():
    said = Message(text="👤 Мария: Елате утре.\nС карта.\n\n⏰ ПЪРВО СРОКЪТ\nДо петък.")
    heads = [(part["head"], part["text"]) for part in entry_of(1, said)["parts"]]
    assert heads == [("👤 Мария:", "Елате утре.\nС карта."), ("⏰ ПЪРВО СРОКЪТ", "До петък.")]
