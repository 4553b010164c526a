"""What librarians look up and correct in their group, and who they are there and on the web."""

import asyncio
import datetime as dt
import itertools
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from durable import Dial
from group_server import GroupServer
from group_service import TEXTS, TOPIC, VRATSA, Library, library
from test_desk import joining

from bot.desk.linking import LASTS, MOST_WRONG
from bot.desk.telegram.answering import LONGEST_DATA
from bot.desk.telegram.inserting import data_of
from bot.store.interface import CaseFile
from bot.web.application import application
from dialogs.corrections import line_answer
from dialogs.desk_texts.lookup import found

REGISTER = "Как да се регистрирам в бюрото по труда?"


@pytest.fixture
async def groups() -> AsyncIterator[GroupServer]:
    async with GroupServer() as server:
        yield server
    assert server.against_the_description == []


@pytest.fixture
async def here(groups: GroupServer, file: Path, clock: Dial) -> AsyncIterator[Library]:
    async def staff(user: int):
        return await built.service.accounts.with_telegram(user)

    async with library(groups, file, clock, join=False, staff=staff) as built:
        await built.joined()
        yield built


async def looked_up(here: Library, words: str) -> tuple[str, list[str]]:
    """Return what a command shows in the topic, and what its buttons carry."""
    here.maria.says(words, TOPIC)
    await here.quiet()
    call = here.server.sent(here.group.id)[-1]
    labels = [button["text"] for button in call.buttons]
    assert labels == [str(place) for place in range(1, len(labels) + 1)]
    return call.text, [button["callback_data"] for button in call.buttons]


async def press(here: Library, data: str, under: int = 4000) -> str:
    """Press a button; return the word on it."""
    here.maria.taps(data, TOPIC, under)
    await here.quiet()
    return here.server.notices()[-1]


async def send(here: Library, data: str, under: int = 4000) -> str:
    """Press a button of a list, and „Изпрати“ where the text is shown whole first."""
    word = await press(here, data, under)
    if word != TEXTS("desk-tg-look-below"):
        return word
    return await press(here, whole(here)[1], under + 1)


def whole(here: Library) -> tuple[str, str, str]:
    """Return the text that is shown whole, and what its „Изпрати“ and „Назад“ carry."""
    call = here.server.sent(here.group.id)[-1]
    assert [button["text"] for button in call.buttons] == ["Изпрати", "Назад"]
    to_send, back = (button["callback_data"] for button in call.buttons)
    return call.text, to_send, back


async def answer(here: Library, **other: object) -> int:
    """Keep an answer of this library; return its number."""
    today = here.clock().date()
    answers = here.service.writing.answers
    begun = (await answers.all())[0]
    days = {"checked_on": today, "expires_on": today + dt.timedelta(days=90)}
    named = {"key": "пробна", "title": "Пробна дума", "source": "", "library": VRATSA}
    line = here.service.accounts.audit.line(None, "answer-new")
    await answers.add(replace(begun, **(named | days | other)), line)
    return next(a.id for a in await answers.all() if a.key == "пробна")


# -- looked up ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["/отговор обезщетение", "/мярка стаж", "/място бюро Враца", "/ОТГОВОР Обезщетение"]
)
async def test_what_is_pressed_reaches_the_person_with_its_source(here: Library, words: str):
    await here.asked()
    before = here.seen
    text, buttons = await looked_up(here, words)
    assert 1 <= len(buttons) <= 5
    assert text.startswith("1. ")
    assert here.seen == before
    assert await send(here, buttons[0]) == TEXTS("desk-tg-insert-sent")
    [sent] = await here.history("librarian")
    assert re.search(r"проверен[оа] на \d\d\.\d\d\.20\d\d", sent)
    assert any("Мария" in shown and sent in shown for shown in here.screen)
    case = await here.case()
    assert (case.state, case.claimed_name) == ("for_person", "Мария")


async def test_a_button_pressed_again_sends_nothing_again(here: Library):
    await here.asked()
    _, buttons = await looked_up(here, "/отговор обезщетение")
    await send(here, buttons[0])
    before = here.seen
    assert await press(here, buttons[0]) == TEXTS("desk-tg-insert-sent-already")
    assert here.seen == before
    assert len(await here.history("librarian")) == 1


async def test_an_update_that_comes_again_sends_nothing_again(here: Library):
    case = await here.asked()
    await answer(here, text="Елате утре.")
    _, buttons = await looked_up(here, "/отговор пробна")
    place = here.maria.message(TOPIC, 4000, text="…")
    place["from"] = {"id": 123456789, "is_bot": True, "first_name": "П"}
    query = {"id": "q", "from": here.maria.face, "chat_instance": "1", "data": buttons[0]}
    for _ in range(2):
        here.server.push_raw(
            {"update_id": 900_700_000, "callback_query": query | {"message": place}}
        )
        await here.quiet()
    entries = await here.service.desk.entries(case.number)
    assert [entry.kind for entry in entries].count("librarian") == 1


async def test_the_topic_shows_what_was_pressed(here: Library):
    """What is called like a message of the topic is not shown there again."""
    case = await here.asked()
    _, buttons = await looked_up(here, "/отговор обезщетение")
    await send(here, buttons[0])
    entries = await here.service.desk.entries(case.number)
    [sent] = [entry for entry in entries if entry.kind == "librarian"]
    assert sent.ref
    assert not sent.ref.startswith("tg:")


async def test_with_gaps_nothing_reaches_the_person(here: Library):
    case = await here.asked()
    number = await answer(here, text="Звъннете на {телефон на бюрото}.")
    before = here.seen
    text, buttons = await looked_up(here, "/отговор пробна")
    assert "Липсва: телефон на бюрото" in text
    assert buttons[0] == f"desk:send:{case.number}:a:{number}"
    assert await press(here, buttons[0]) == TEXTS("desk-tg-insert-gaps-short")
    shown = here.told()[-1]
    assert "[няма данни: телефон на бюрото]" in shown
    assert TEXTS("desk-tg-insert-gaps", what="телефон на бюрото") in shown
    here.maria.says("Звъннете на [няма данни: телефон на бюрото].", TOPIC)
    await here.quiet()
    assert TEXTS("desk-tg-not-sent") in here.told()[-1]
    assert here.seen == before
    assert await here.history("librarian") == []
    assert (await here.case()).claimed_by is None
    here.maria.says("Звъннете на 092 626 170.", TOPIC)
    await here.quiet()
    assert any("092 626 170" in shown for shown in here.screen)


async def test_a_variable_that_there_is_not_never_reaches_the_person(here: Library):
    await here.asked()
    before = here.seen
    here.maria.says("Здравейте {име}!", TOPIC)
    await here.quiet()
    told = here.told()[-1]
    assert told.startswith("Не знам какво е {име}.")
    assert "{адрес на бюрото}" in told
    assert told.endswith(TEXTS("desk-tg-not-sent"))
    assert here.seen == before
    assert await here.history("librarian") == []
    here.maria.says("// {име} е стажант", TOPIC)
    here.maria.says("Отворено е {9–18}.", TOPIC)
    await here.quiet()
    assert await here.history("note") == ["{име} е стажант"]
    assert await here.history("librarian") == ["Отворено е {9–18}."]


async def test_an_edit_brings_no_variable_to_the_person_either(here: Library):
    await here.asked()
    number = here.maria.says("Здравейте!", TOPIC)
    await here.quiet()
    here.maria.edits(number, "Здравейте {име}!", TOPIC)
    await here.quiet()
    assert here.told()[-1].startswith("Не знам какво е {име}.")
    assert here.told()[-1].endswith(TEXTS("desk-tg-edit-not-sent"))
    assert await here.history("librarian") == ["Здравейте!"]


@pytest.mark.parametrize("how", ["expired", "retired"])
async def test_what_is_over_is_refused_with_a_word(here: Library, how: str):
    case = await here.asked()
    number = await answer(here, text="Елате утре.")
    _, buttons = await looked_up(here, "/отговор пробна")
    answers = here.service.writing.answers
    kept = await answers.answer(number)
    assert kept is not None
    yesterday = here.clock().date() - dt.timedelta(days=1)
    over = {"retired": True} if how == "retired" else {"expires_on": yesterday}
    line = here.service.accounts.audit.line(None, "answer-changed")
    assert await answers.change(replace(kept, **over), kept.changed_at, line)
    before = here.seen
    assert await press(here, buttons[0]) == TEXTS("desk-tg-insert-over")
    assert here.seen == before
    for bad in ("a:999999", "x:1", "a:", "m:no-such-thing", "p:~0000000000000000"):
        assert await press(here, f"desk:send:{case.number}:{bad}") in (
            TEXTS("desk-tg-insert-over"),
            TEXTS("desk-tg-old-button"),
        )
    assert here.seen == before


async def test_nobody_sends_by_a_button_into_a_colleagues_case(here: Library):
    await here.asked()
    here.ivan.says("/поеми", TOPIC)
    _, buttons = await looked_up(here, "/отговор обезщетение")
    before = here.seen
    assert (await press(here, buttons[0])).startswith("Иван пое въпроса")
    assert here.seen == before


async def test_without_a_search_comes_what_fits_the_persons_last_words(here: Library):
    await here.asked(REGISTER)
    text, buttons = await looked_up(here, "/отговор")
    assert text.startswith("1. Как да се регистрирам в бюрото по труда")
    assert 2 <= len(buttons) <= 5
    assert len(set(buttons)) == len(buttons)


async def test_what_is_not_found_is_said(here: Library):
    await here.asked()
    text, buttons = await looked_up(here, "/отговор щзхцчшж")
    assert (text, buttons) == (TEXTS("desk-found-nothing"), [])


async def test_a_lookup_belongs_to_a_topic(here: Library):
    await here.asked()
    here.maria.says("/отговор обезщетение")
    await here.quiet()
    assert here.told(None)[-1] == TEXTS("desk-tg-in-topic")


async def test_every_button_fits_and_a_shortened_one_sends_the_same(here: Library):
    case = await here.asked()
    me = await here.desk.groups.librarian(11, VRATSA, "Мария", 0)
    context = await here.service.writing.case_context(me, case)
    for entry in context.shelf.index.entries:
        data = data_of(999_999_999_999, entry.kind[0], entry.id)
        assert len(data.encode()) <= LONGEST_DATA
    measure = next(e.id for e in context.shelf.index.entries if e.kind == "measure")
    short = data_of(10**40, "m", measure).partition(":m:")[2]
    assert short.startswith("~")
    assert await press(here, f"desk:send:{case.number}:m:{short}") == TEXTS("desk-tg-insert-sent")
    [sent] = await here.history("librarian")
    whole = found("measure", measure, context)
    assert whole is not None
    assert sent == whole.text


LONG = "Донесете личната си карта. " * 20


async def test_a_text_that_was_not_shown_whole_is_shown_before_it_is_sent(here: Library):
    case = await here.asked()
    number = await answer(here, text=LONG)
    before = here.seen
    text, [button] = await looked_up(here, "/отговор пробна")
    assert LONG.strip() not in text
    assert "Първо ще видите целия текст" in text
    assert await press(here, button) == TEXTS("desk-tg-look-below")
    shown, to_send, back = whole(here)
    assert shown == f"Това ще стигне до човека:\n\n{LONG.strip()}"
    assert here.seen == before
    number_of_it = here.server.sent(here.group.id)[-1].result["message_id"]
    assert await press(here, back, number_of_it) == TEXTS("desk-tg-insert-not-sent")
    [gone] = here.server.sent(here.group.id, "deleteMessage")
    assert gone.parameters["message_id"] == str(number_of_it)
    assert here.seen == before
    assert to_send == f"desk:send:{case.number}:a@4000:{number}"
    assert await press(here, to_send, 4001) == TEXTS("desk-tg-insert-sent")
    assert await here.history("librarian") == [LONG.strip()]


async def test_a_text_shown_whole_twice_is_sent_once(here: Library):
    await here.asked()
    await answer(here, text=LONG)
    _, [button] = await looked_up(here, "/отговор пробна")
    sends = []
    for _ in range(2):
        await press(here, button)
        sends.append(whole(here)[1])
    words = [await press(here, data, 4001 + n) for n, data in enumerate(sends)]
    words += [await press(here, sends[0], 4001), await press(here, button)]
    again = TEXTS("desk-tg-insert-sent-already")
    assert words == [TEXTS("desk-tg-insert-sent"), again, again, again]
    assert await here.history("librarian") == [LONG.strip()]


async def test_a_text_that_was_shown_whole_is_sent_at_once(here: Library):
    case = await here.asked()
    number = await answer(here, text="Елате утре.")
    text, buttons = await looked_up(here, "/отговор пробна")
    assert "Елате утре." in text
    assert "за да изпратите текста на човека" in text
    assert buttons == [f"desk:send:{case.number}:a:{number}"]
    assert await press(here, buttons[0]) == TEXTS("desk-tg-insert-sent")
    assert await here.history("librarian") == ["Елате утре."]


async def test_a_button_of_an_older_list_still_sends(here: Library):
    case = await here.asked()
    number = await answer(here, text=LONG)
    old = f"desk:send:{case.number}:a:{number}"
    assert await press(here, old) == TEXTS("desk-tg-insert-sent")
    assert await press(here, old) == TEXTS("desk-tg-insert-sent-already")
    assert await here.history("librarian") == [LONG.strip()]


async def test_where_no_measure_is_found_it_is_said_which_words_find_one(here: Library):
    await here.asked()
    text, buttons = await looked_up(here, "/мярка готвач")
    assert buttons == []
    assert "Не намерих мярка за „готвач“" in text
    assert "„курс“" in text


# -- corrected ---------------------------------------------------------------------------------

LINE = "/поправка {} телефон 0910 12345; обадих се днес"


@pytest.mark.parametrize("topic", [TOPIC, None])
async def test_a_line_proposes_a_correction_and_reaches_no_person(here: Library, topic: int | None):
    await here.asked()
    before = here.seen
    here.maria.says(LINE.format(VRATSA), topic)
    await here.quiet()
    assert here.seen == before
    [kept] = await here.service.corrections.store.of("tg-11")
    assert (kept.correction.row, kept.correction.field) == (VRATSA, "phone")
    assert kept.state == "waiting"
    said = line_answer(TEXTS, here.service.knowledge, kept.correction, kept.number, (), held=False)
    assert here.told(topic)[-1] == said


async def test_a_line_without_a_place_is_about_the_own_library(here: Library):
    await here.asked()
    here.maria.says(LINE.format(""), TOPIC)
    await here.quiet()
    [kept] = await here.service.corrections.store.of("tg-11")
    assert (kept.correction.kind, kept.correction.row) == ("libraries", VRATSA)


async def test_a_line_that_says_too_little_is_told_what_is_missing(here: Library):
    await here.asked()
    before = here.seen
    for words, why in (
        ("/поправка", "correction-line-how"),
        (f"/поправка {VRATSA} телефон 0910 12345", "correction-line-source"),
    ):
        here.maria.says(words, TOPIC)
        await here.quiet()
        assert here.told()[-1] == TEXTS(why)
    assert await here.service.corrections.store.of("tg-11") == []
    assert here.seen == before


NUMBERS = itertools.count()
HELP_LINE = re.compile(r"/поправка .+?; обадих се днес")


async def test_the_line_that_help_teaches_is_taken_as_it_is(here: Library):
    await here.asked()
    here.maria.says("/помощ", TOPIC)
    await here.quiet()
    [taught] = HELP_LINE.findall(here.told()[-1])
    here.maria.says(taught, TOPIC)
    await here.quiet()
    [kept] = await here.service.corrections.store.of("tg-11")
    assert (kept.correction.kind, kept.correction.row) == ("bureaus", "dbt-mezdra")
    assert here.told()[-1].startswith("Предложих го като поправка № 1")


def tap_below(here: Library, data: str, line: str, written: dt.datetime, under: int = 4000) -> None:
    """Press a button under the bot's answer to a line."""
    place = here.maria.message(TOPIC, under, text="…")
    place["from"] = {"id": 123456789, "is_bot": True, "first_name": "П"}
    said = here.maria.message(TOPIC, 3999, text=line)
    place["reply_to_message"] = said | {"date": int(written.timestamp())}
    query = {"id": f"q{next(NUMBERS)}", "from": here.maria.face, "chat_instance": "1", "data": data}
    here.server.push({"callback_query": query | {"message": place}})


async def test_of_several_places_one_is_chosen_by_its_number(here: Library):
    await here.asked()
    line = LINE.format("Мездра")
    text, buttons = await looked_up(here, line)
    assert text.splitlines()[1:] == [
        "1. Дирекция „Бюро по труда“ – Мездра, гр. Мездра",
        "2. Народно читалище „Просвета 1925-Мездра“, гр. Мездра",
    ]
    assert not re.search("[a-z]", text)
    assert await here.service.corrections.store.of("tg-11") == []
    yesterday = here.clock() - dt.timedelta(days=1)
    listed = here.server.sent(here.group.id)[-1].result["message_id"]
    for _ in range(2):
        tap_below(here, buttons[1], line, yesterday, listed)
        await here.quiet()
    [kept] = await here.service.corrections.store.of("tg-11")
    assert (kept.correction.kind, kept.correction.row) == ("libraries", "lib-ch-1005")
    assert kept.correction.checked_on == yesterday.date()
    said = here.server.sent(here.group.id, "editMessageText")[-1]
    assert said.text.startswith("Предложих го като поправка № 1: Народно читалище")
    assert said.buttons == []


async def test_where_the_line_is_gone_nothing_is_proposed(here: Library):
    await here.asked()
    _, buttons = await looked_up(here, LINE.format("Мездра"))
    assert await press(here, buttons[0]) == TEXTS("correction-line-again")
    assert await press(here, "desk:which:x:y") == TEXTS("desk-tg-old-button")
    assert await here.service.corrections.store.of("tg-11") == []


async def test_every_place_of_a_line_fits_a_button(here: Library):
    directory = here.service.knowledge.directory
    rows = [place.id for place in (*directory.bureaus, *directory.libraries)]
    rows += here.service.knowledge.measures
    assert max(len(f"desk:which:b:{row}".encode()) for row in rows) <= LONGEST_DATA


async def test_the_same_line_again_waits_under_its_first_number(here: Library):
    await here.asked()
    for _ in range(2):
        here.maria.says(LINE.format("бюро Мездра"), TOPIC)
        await here.quiet()
    assert "вече чака като поправка № 1" in here.told()[-1]
    assert len(await here.service.corrections.store.of("tg-11")) == 1
    here.ivan.says(LINE.format("бюро Мездра"), TOPIC)
    here.maria.says(LINE.format("бюро Мездра").replace("12345", "54321"), TOPIC)
    await here.quiet()
    waiting = await here.service.corrections.store.waiting(trial=False)
    assert [one.number for one in waiting] == [1, 2, 3]


async def test_hours_are_confirmed_in_words(here: Library):
    await here.asked()
    here.maria.says("/поправка работно време пн-пт 9-17:30; обадих се днес", TOPIC)
    await here.quiet()
    told = here.told()[-1]
    assert "пн–пт 9:00–17:30" in told.replace("09:00", "9:00")
    assert "Mo" not in told
    [kept] = await here.service.corrections.store.of("tg-11")
    assert kept.correction.value == "Mo-Fr 09:00-17:30"


async def test_a_day_that_is_missing_is_asked_for_with_the_day_that_it_is(here: Library):
    await here.asked()
    here.maria.says("/поправка телефон 0910 12345; обадих се", TOPIC)
    await here.quiet()
    assert here.told()[-1].endswith(f"например {here.clock():%d.%m.%Y}.")


async def test_what_can_be_corrected_is_told_with_each_word_once(here: Library):
    await here.asked()
    here.maria.says("/поправка Мездра кафе", TOPIC)
    await here.quiet()
    fields = here.told()[-1].splitlines()[0].partition("Може: ")[2].strip(".").split(", ")
    assert len(fields) > 5
    words = [word for field in fields for word in field.split()]
    assert words.count("бележка") == 1
    for number, field in enumerate(fields):
        here.maria.says(f"/поправка {field} стойност {number}; обадих се днес", TOPIC)
        await here.quiet()
        assert "Не разбирам какво се поправя" not in here.told()[-1]


# -- one librarian, two desks --------------------------------------------------------------------


class Page:
    """The same service's pages, and who is signed in there."""

    def __init__(self, here: Library, browser: aiohttp.ClientSession) -> None:
        self.here, self.browser = here, browser

    async def joins(self, name: str = "Мария Иванова") -> str:
        """Sign in; return the account's id."""
        code = await self.here.service.accounts.invite(None, "librarian", VRATSA)
        form = joining(name, VRATSA)
        async with self.browser.post(
            f"/desk/join/{code}", data=form, allow_redirects=False
        ) as said:
            assert said.status == 303
        people = await self.here.service.accounts.store.people()
        return next(account.who.id for account in people if account.who.name == name)

    async def sees(self) -> str:
        async with self.browser.get("/desk/me") as said:
            assert said.status == 200
            return await said.text()

    async def posts(self, path: str) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', await self.sees())
        assert found
        async with self.browser.post(path, data={"csrf": found[1]}) as said:
            assert said.status == 200
            return await said.text()

    async def code(self) -> str:
        found = re.search(r"/аз (\d{6})", await self.posts("/desk/me/telegram"))
        assert found
        return found[1]


@pytest.fixture
async def page(here: Library) -> AsyncIterator[Page]:
    async with TestServer(application(here.service)) as server:
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(str(server.make_url("/")), cookie_jar=jar) as browser:
            yield Page(here, browser)


async def says(here: Library, words: str, topic: int | None = None) -> str:
    here.maria.says(words, topic)
    await here.quiet()
    return here.told(topic)[-1]


async def claimed(here: Library) -> CaseFile:
    here.maria.says("/поеми", TOPIC)
    await here.quiet()
    return await here.case()


async def test_a_linked_librarian_is_the_same_at_both_desks(here: Library, page: Page):
    await here.asked()
    number = await page.joins()
    told = await says(here, f"/аз {await page.code()}")
    assert told == TEXTS("desk-tg-link-done", name="Мария Иванова")
    case = await claimed(here)
    assert (case.claimed_by, case.claimed_name) == (number, "Мария Иванова")
    account = await here.service.accounts.store.person(number)
    assert account is not None
    await here.service.roster.act(case, "reply", account, key="web", text="Елате утре.")
    assert await here.service.roster.done(case, "web")
    here.maria.says("В десет.", TOPIC)
    await here.quiet()
    assert await here.history("librarian") == ["Елате утре.", "В десет."]
    assert any("Мария Иванова" in shown and "В десет." in shown for shown in here.screen)
    assert TEXTS("desk-link-is") in await page.sees()


async def test_what_was_claimed_before_goes_over_and_the_person_hears_nothing(
    here: Library, page: Page
):
    await here.asked()
    here.maria.says("Елате утре.", TOPIC)
    await here.quiet()
    before = await here.case()
    assert before.claimed_by == "tg-11"
    seen = here.seen
    number = await page.joins()
    await says(here, f"/аз {await page.code()}", TOPIC)
    after = await here.case()
    assert (after.claimed_by, after.claimed_name) == (number, "Мария Иванова")
    assert (after.state, after.asked_at) == (before.state, before.asked_at)
    assert here.seen == seen
    who = {e.who for e in await here.service.desk.entries(after.number) if e.kind == "librarian"}
    assert who == {"Мария"}
    assert "tg-11" not in {one.id for one in await here.service.desk.librarians()}
    assert await here.service.accounts.store.person("tg-11") is not None


async def test_a_code_is_good_once_and_fifteen_minutes(here: Library, page: Page):
    await page.joins()
    first = await page.code()
    second = await page.code()
    assert await says(here, f"/аз {first}") == TEXTS("desk-tg-link-wrong")
    here.clock.now += LASTS
    assert await says(here, f"/аз {second}") == TEXTS("desk-tg-link-wrong")
    assert "/аз" not in await page.sees()
    good = await page.code()
    await says(here, f"/аз {good}")
    here.ivan.says(f"/аз {good}")
    await here.quiet()
    assert here.told(None)[-1] == TEXTS("desk-tg-link-wrong")


async def test_after_five_wrong_codes_even_a_good_one_waits(here: Library, page: Page):
    number = await page.joins()
    good = await page.code()
    wrong = "000000" if good != "000000" else "000001"
    for _ in range(MOST_WRONG):
        assert await says(here, f"/аз {wrong}") == TEXTS("desk-tg-link-wrong")
    assert await says(here, f"/аз {good}") == TEXTS("desk-tg-link-pause")
    kept = await here.service.accounts.store.person(number)
    assert kept is not None
    assert kept.telegram_user is None
    here.clock.now += LASTS
    told = await says(here, f"/аз {await page.code()}")
    assert told == TEXTS("desk-tg-link-done", name="Мария Иванова")


async def test_a_telegram_belongs_to_one_account(here: Library, page: Page):
    first = await page.joins()
    await says(here, f"/аз {await page.code()}")
    other = await page.joins("Мария Друга")
    assert await says(here, f"/аз {await page.code()}") == TEXTS("desk-tg-link-taken")
    who = await here.service.accounts.with_telegram(11)
    assert who is not None
    assert who.id == first != other


async def test_a_link_is_ended_on_the_page(here: Library, page: Page):
    await here.asked()
    await page.joins()
    await says(here, f"/аз {await page.code()}")
    assert TEXTS("desk-link-make") in await page.posts("/desk/me/telegram/end")
    assert (await claimed(here)).claimed_by == "tg-11"
    actions = {line.action for line in await here.service.accounts.store.trail(0, 99)}
    assert {"telegram-link", "telegram-unlink"} <= actions


@pytest.mark.parametrize(
    "words", ["/аз", "/аз 123456", "/отговор х", "/мярка", "/място", "/поправка"]
)
async def test_a_command_never_reaches_the_person(here: Library, words: str):
    await here.asked()
    before = here.seen
    here.maria.says(words, TOPIC)
    await here.quiet()
    await asyncio.sleep(0)
    assert here.seen == before
    assert await here.history("librarian") == []
    assert len(here.told()) == 1
