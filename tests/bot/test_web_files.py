"""On the web: files for an hour and for one browser, screens that are hidden, links that begin."""

import io
import re
from pathlib import Path

import docx as word_files
import pytest
from acts import EFFECTS, NEUTRAL, PAGE, Acts
from durable import HOUR, stands_in
from pages import REALISTIC, words_of
from pypdf import PdfReader
from web_fixtures import Browser, Chat, chat_over

from bot.web import chat as web_chat
from bot.web.files import attached
from dialogs.texts import load_texts

T = load_texts()["bg"]
FILE = re.compile(r'href="(/file/\d+)"')
pytestmark = pytest.mark.usefixtures("acts")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_chat, "WAIT", 0.3)


async def tell(chat: Chat, browser: Browser, text: str) -> None:
    """Say something, and let it have its step."""
    await browser.say(text)
    await chat.settle()


async def with_page(browser: Browser) -> str:
    """Ask for the page, and return where its file is."""
    await browser.say("план")
    [message] = await browser.messages()
    assert message["text"] == PAGE.text
    assert message["file"]["name"] == T("web-file", name="План за работа.pdf")
    return str(message["file"]["href"])


# -- files -------------------------------------------------------------------------------------


async def test_a_file_is_fetched_by_the_browser_whose_talk_it_is(browser: Browser) -> None:
    where = await with_page(browser)
    async with browser.client.get(where) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"] == (
            "attachment; filename=\"posoka.pdf\"; filename*=UTF-8''"
            "%D0%9F%D0%BB%D0%B0%D0%BD%20%D0%B7%D0%B0%20"
            "%D1%80%D0%B0%D0%B1%D0%BE%D1%82%D0%B0.pdf"
        )
        assert answer.content_disposition.filename == "План за работа.pdf"
        assert REALISTIC.title in words_of(await answer.read())


async def test_the_page_without_scripts_has_the_link_too(browser: Browser) -> None:
    where = await with_page(browser)
    page = await browser.look()
    assert FILE.findall(page.html) == [where]
    assert T("web-file", name="План за работа.pdf") in page.bubbles[-1][1]


async def test_a_docx_is_a_docx(chat: Chat, browser: Browser) -> None:
    where = await with_page(browser)
    as_docx = REALISTIC.model_copy(update={"form": "docx", "name": "CV"})
    await chat.service.store.write(
        ("UPDATE outbox SET document = ? WHERE document <> ''", (as_docx.model_dump_json(),))
    )
    async with browser.client.get(where) as answer:
        assert answer.headers["Content-Type"].endswith("wordprocessingml.document")
        assert 'filename="CV.docx"' in answer.headers["Content-Disposition"]
        word = word_files.Document(io.BytesIO(await answer.read()))
    assert word.paragraphs[0].text.replace("\xa0", " ") == REALISTIC.title


async def test_nobody_else_gets_it_and_nobody_learns_that_it_is_there(
    chat: Chat, browser: Browser
) -> None:
    where = await with_page(browser)
    stranger, other = await chat.browser(), await chat.browser()
    await other.say("план")
    [own] = await other.messages()
    assert own["file"]["href"] != where
    answers = []
    for who in (stranger, other):
        for path in (where, "/file/999999"):
            async with who.client.get(path) as answer:
                answers.append((answer.status, await answer.text()))
    assert set(answers) == {(404, T("web-not-found"))}


@pytest.mark.parametrize("path", ["/file/", "/file/x", "/file/1.pdf", "/file/" + "9" * 30])
async def test_a_made_up_number_is_not_found(browser: Browser, path: str) -> None:
    await browser.say("план")
    async with browser.client.get(path) as answer:
        assert answer.status == 404


async def test_after_an_hour_the_link_says_kindly_how_to_have_it_made_anew(
    chat: Chat, browser: Browser, tmp_path: Path
) -> None:
    where = await with_page(browser)
    await chat.service.store.write(
        ("UPDATE outbox SET created_at = created_at - ?", (HOUR - 9000,))
    )
    async with browser.client.get(where) as answer:
        assert answer.status == 200
    await chat.service.store.write(("UPDATE outbox SET created_at = created_at - 10000", ()))
    assert stands_in(REALISTIC.title, tmp_path / "talk.db")
    for _ in range(2):
        async with browser.client.get(where) as answer:
            page = await answer.text()
            assert answer.status == 410
            assert T("web-file-gone") in page
            assert 'id="say"' in page
    await chat.service.store.scrub()
    assert not stands_in(REALISTIC.title, tmp_path / "talk.db")
    page = await browser.look()
    assert T("web-file-gone") in page.bubbles[-1][1]
    assert not FILE.findall(page.html)
    await browser.say("план")
    again = (await browser.messages())[-1]
    async with browser.client.get(again["file"]["href"]) as answer:
        assert answer.status == 200


async def test_a_file_that_is_gone_is_told_of_in_the_language_of_the_talk(
    chat: Chat, browser: Browser
) -> None:
    where = await with_page(browser)
    await browser.press("1.lang:en")
    await chat.settle()
    await chat.service.store.write(("UPDATE outbox SET created_at = 1", ()))
    async with browser.client.get(where) as answer:
        page = await answer.text()
    language = re.search(r'<html lang="(\w+)"', page)[1]
    assert load_texts()[language]("web-file-gone") in page


async def test_one_browser_cannot_have_files_made_without_end(browser: Browser) -> None:
    where = await with_page(browser)
    states = []
    for _ in range(9):
        async with browser.client.get(where) as answer:
            states.append(answer.status)
    assert states[:6] == [200] * 6
    assert 429 in states[6:]


async def test_erased_with_everything_else(chat: Chat, browser: Browser, tmp_path: Path) -> None:
    where = await with_page(browser)
    await browser.say("скрий и изтрий")
    await chat.settle()
    await chat.service.store.scrub()
    async with browser.client.get(where) as answer:
        assert answer.status == 404
    assert not stands_in(REALISTIC.title, tmp_path / "talk.db")


async def test_the_code_leads_to_the_public_address_and_is_left_out_without_one(
    tmp_path: Path,
) -> None:
    links = []
    for number, url in enumerate(("", "https://posoka.example.bg/")):
        async with chat_over(tmp_path / str(number), url) as chat:
            browser = await chat.browser()
            async with browser.client.get(await with_page(browser)) as answer:
                content = await answer.read()
            [page] = PdfReader(io.BytesIO(content)).pages
            found = [a.get_object()["/A"]["/URI"] for a in page.get("/Annots", [])]
            links.append(found)
            assert (REALISTIC.invitation in words_of(content)) is bool(found)
    assert links == [[], ["https://posoka.example.bg/?start=plan"]]


def test_a_name_can_break_no_header() -> None:
    for name in ('a"b.pdf', "a\r\nSet-Cookie: x.pdf", "İş планı.docx", "....pdf"):
        header = attached(name)
        assert header.count('"') == 2
        assert header.isascii()
        assert "\n" not in header


# -- hiding and wiping -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", [word for word in EFFECTS if "скрий" in word and "изтрий" not in word]
)
async def test_hidden_the_page_shows_neutral_words_and_what_is_said_next(
    chat: Chat, browser: Browser, tmp_path: Path, word: str
) -> None:
    await with_page(browser)
    await tell(chat, browser, "тайна-дума")
    before = await browser.messages()
    await tell(chat, browser, word)
    heard = await browser.messages(before[-1]["id"])
    assert [(m["text"], m["hides"]) for m in heard] == [
        (NEUTRAL, True),
        (f"Готово: {word}", False),
    ]
    for _ in range(2):
        page = await browser.look()
        assert [text.partition(":")[2].strip() for _, text in page.bubbles] == [
            NEUTRAL,
            f"Готово: {word}",
        ]
        assert page.buttons == {}
    everything = await browser.messages()
    assert [m["text"] for m in everything] == [NEUTRAL, f"Готово: {word}"]
    await chat.service.store.scrub()
    assert not stands_in("тайна-дума", tmp_path / "talk.db")
    assert not stands_in(PAGE.text, tmp_path / "talk.db")
    assert not stands_in(REALISTIC.title, tmp_path / "talk.db")


async def test_after_hiding_the_talk_goes_on_and_hides_again(chat: Chat, browser: Browser) -> None:
    await with_page(browser)
    await tell(chat, browser, "скрий")
    await tell(chat, browser, "меню")
    assert [m["text"] for m in await browser.messages()][:2] == [NEUTRAL, "Готово: скрий"]
    page = await browser.look()
    assert T("menu") in page.bubbles[-1][1]
    await tell(chat, browser, "скрий")
    assert [m["text"] for m in await browser.messages()] == [NEUTRAL, "Готово: скрий"]


async def test_wiped_words_are_shown_no_more_and_the_page_goes_on(
    chat: Chat, browser: Browser, tmp_path: Path
) -> None:
    await with_page(browser)
    await tell(chat, browser, "тайна-дума")
    await browser.look()  # which acknowledges what it shows
    await tell(chat, browser, "избърши")
    [last] = await browser.messages()
    assert last["text"] == "Готово: избърши"
    page = await browser.look()
    assert [text.partition(":")[2].strip() for _, text in page.bubbles] == ["Готово: избърши"]
    assert page.last == last["id"]
    await chat.service.store.scrub()
    assert not stands_in("тайна-дума", tmp_path / "talk.db")


async def test_where_everything_was_wiped_the_greeting_stands_and_asking_waits(
    chat: Chat, browser: Browser
) -> None:
    await tell(chat, browser, "меню")
    page = await browser.look()
    await chat.service.store.write(("UPDATE outbox SET body = ''", ()))
    await chat.service.store.write(("UPDATE inbox SET raw = ''", ()))
    wiped = await browser.look()
    assert len(wiped.bubbles) == 1
    assert wiped.last == page.last
    assert await browser.messages(wiped.last) == []
    assert await browser.messages() == []


# -- links that begin --------------------------------------------------------------------------


async def test_a_link_begins_the_talk_with_its_payload_once(
    chat: Chat, browser: Browser, acts: Acts
) -> None:
    page = await browser.look(params={"start": "plan"})
    assert 'name="start" value="plan"' in page.html
    assert page.bubbles == []
    assert await chat.rows("SELECT * FROM inbox") == []
    await browser.post(start="plan", talk=page.talk)
    await chat.settle()
    assert acts.started[-1] == "plan"
    [first, *_] = await browser.messages()
    assert first["text"]
    assert 'name="start"' not in (await browser.look()).html


async def test_without_scripts_a_button_begins_it(chat: Chat, browser: Browser, acts: Acts) -> None:
    page = await browser.look(params={"start": "plan"})
    assert f"<button>{T('button-continue')}</button>" in page.html
    answer = await browser.post(scripts=False, start="plan", talk=page.talk)
    assert (answer.status, answer.headers["Location"]) == (303, "/#end")
    assert acts.started[-1] == "plan"
    assert await chat.rows("SELECT count(*) FROM conversation") == [(1,)]


async def test_looking_at_such_a_link_changes_nothing(chat: Chat, browser: Browser) -> None:
    await tell(chat, browser, "меню")
    before = await chat.rows("SELECT count(*) FROM inbox")
    page = await browser.look(params={"start": "plan"})
    assert T("menu") in page.bubbles[-1][1]
    assert await chat.rows("SELECT count(*) FROM inbox") == before


@pytest.mark.parametrize("payload", ["", "a b", "<script>", "план", "x" * 65, "a&b", "a\nb"])
async def test_what_no_link_of_ours_holds_begins_nothing(browser: Browser, payload: str) -> None:
    page = await browser.look(params={"start": payload})
    assert 'name="start"' not in page.html
    assert page.bubbles
    if payload.strip():
        answer = await browser.post(start=payload)
        assert answer.status == 400


async def test_another_site_cannot_begin_it(browser: Browser) -> None:
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    data = {"start": "plan", "key": "key-00000000"}
    async with browser.client.post("/say", data=data, headers=headers) as answer:
        assert answer.status == 403
