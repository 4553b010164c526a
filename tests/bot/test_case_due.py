"""What a librarian is to look after: what an expert has answered, and what was handed over."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from case_house import BUREAU, VIDIN, VRATSA, WEEK, CaseHouse, case_house
from durable import Dial, Notebook
from test_case_waits import SAYING
from test_desk import House, Librarian, house

from bot.desk.telegram.header import header_of, opening, title_of
from bot.store.interface import CaseFile
from dialogs import case as cases
from dialogs.model import Card, Case, DeskAct

MINUTE = 60_000
DAY = 24 * 60 * MINUTE


@pytest.fixture
async def h(file: Path, clock: Dial, channel: Notebook) -> AsyncIterator[CaseHouse]:
    async with case_house(file, clock, channel, [(VRATSA, WEEK), (VIDIN, WEEK)]) as running:
        yield running


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


async def topic(h: CaseHouse) -> str:
    """Return the title and the first message of the case's topic."""
    case = await h.case("ana")
    lines = await h.lines(case.number)
    title, header = title_of(SAYING, case, "desk"), header_of(SAYING, case, lines, "desk")
    return f"{title.name}\n{header.text}"


async def row(who: Librarian) -> tuple[bool, str, str]:
    """Return whether the one line of a list is due, how it stands, and the page's title."""
    page = await who.sees()
    [line] = re.findall(r'<li class="[^"]*">.*?</li>', page, re.DOTALL)
    state = re.search(r'<span class="state">(.*?)</span>', line)
    title = re.search(r"<title>(.*?)</title>", page)
    assert state
    assert title
    return " due" in line.partition(">")[0], state[1], title[1]


async def asks_an_expert_after_a_reply(h: CaseHouse, *, direct: bool = False) -> CaseFile:
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "reply", "maria", text="Ще попитам")
    await h.does(case, "ask_expert", "maria", text="Колко?", library=BUREAU, direct=direct)
    return await h.case("ana")


# -- an expert's answer ------------------------------------------------------------------------


async def test_what_an_expert_answers_waits_for_the_librarian_until_they_write(h: CaseHouse):
    case = await asks_an_expert_after_a_reply(h)
    assert case.due_since is None
    h.clock.forward(DAY)
    await h.does(case, "expert_reply", "petrov", text="Две години")
    case = await h.case("ana")
    assert (case.state, case.asked_at, case.claimed_by) == ("for_librarian", h.clock.ms, "maria")
    await h.does(case, "note", "maria", text="ще ѝ пиша")
    assert (await h.case("ana")).due_since == h.clock.ms
    await h.does(case, "reply", "maria", text="Две години, казват")
    case = await h.case("ana")
    assert (case.state, case.due_since) == ("for_person", None)


async def test_after_the_experts_answer_silence_counts_from_there(h: CaseHouse):
    case = await asks_an_expert_after_a_reply(h)
    h.clock.forward(3 * DAY)
    await h.looks()
    await h.does(case, "expert_reply", "petrov", text="Две години")
    h.clock.forward(29 * MINUTE)
    await h.looks()
    case = await h.case("ana")
    assert (case.claimed_by, case.said) == ("maria", "")
    h.clock.forward(32 * MINUTE)
    await h.looks()
    assert (await h.case("ana")).claimed_by is None
    assert "Мария сега не може да продължи." in "\n".join(h.channel.texts("ana"))


async def test_where_nobody_has_it_the_answer_waits_for_anybody_of_the_desk(h: CaseHouse):
    case = await asks_an_expert_after_a_reply(h)
    await h.does(case, "release", "maria")
    h.clock.forward(13 * DAY)
    await h.looks()
    assert (await h.case("ana")).is_open
    await h.does(case, "expert_reply", "petrov", text="Две години")
    await h.looks()
    case = await h.case("ana")
    assert (case.state, case.asked_at, case.claimed_by) == ("waiting", h.clock.ms, None)


async def test_an_answer_that_went_to_the_person_waits_for_nobody(h: CaseHouse):
    case = await asks_an_expert_after_a_reply(h, direct=True)
    await h.does(case, "expert_reply", "petrov", text="Две години")
    case = await h.case("ana")
    assert (case.state, case.due_since) == ("for_person", None)


async def test_a_topic_says_that_the_expert_is_waited_for_and_then_that_the_person_is(h: CaseHouse):
    case = await asks_an_expert_after_a_reply(h)
    said = await topic(h)
    assert "при Мария, чака експерта" in said
    assert "Чака се експертът." in said
    assert "ред на човека" not in said
    await h.does(case, "expert_reply", "petrov", text="Две години")
    said = await topic(h)
    assert "при Мария, човекът чака" in said
    assert "Експертът отговори" in said
    await h.does(case, "reply", "maria", text="Две години")
    assert "ред на човека" in await topic(h)


async def test_whose_words_come_meanwhile_wait_for_the_librarian(h: CaseHouse):
    await asks_an_expert_after_a_reply(h)
    await h.says("ana", "А за брат ми?")
    assert "при Мария, човекът чака" in await topic(h)


async def test_the_list_says_whose_turn_it_is_when_an_expert_is_asked(web: House):
    maria = await web.librarian("Мария")
    bureau = f"bureau:{web.service.knowledge.directory.bureaus[0].id}"
    expert = await web.librarian("Петров", bureau)
    await (await web.person()).asks()
    number = (await web.case()).number
    await maria.does("reply", "Ще попитам")
    assert await row(maria) == (False, "при Вас, чака човека", "Въпроси – бюро на библиотекаря")
    await maria.does("ask_expert", "Колко?", bureau=bureau)
    assert await row(maria) == (False, "при Вас, чака експерта", "Въпроси – бюро на библиотекаря")
    await expert.does("expert_reply", "Две години", case=number)
    assert await row(maria) == (True, "при Вас, чака отговор", "(1) Въпроси – бюро на библиотекаря")
    await maria.does("reply", "Две години")
    assert await row(maria) == (False, "при Вас, чака човека", "Въпроси – бюро на библиотекаря")


# -- what is handed over after an answer -------------------------------------------------------

CARD = Card(question="", place="")


def answered(h_now: Dial) -> Case:
    case = Case(
        number=7,
        library=VRATSA,
        state="waiting",
        card=CARD,
        opened_at=h_now(),
        asked_at=h_now(),
        heard_at=h_now(),
    )
    return cases.after(case, act("reply"), h_now())


def act(name: str, who: str = "maria", desk: str = VRATSA, **more: str) -> DeskAct:
    given = {"act": name, "case": 7, "librarian": who, "name": who, "desk": desk, "text": "думи"}
    return DeskAct.model_validate(given | more)


@pytest.mark.parametrize("name", ["reply", "note", "ask_expert", "close"])
@pytest.mark.parametrize("there", ["colleague", "library"])
def test_what_was_handed_over_is_looked_after_once(clock: Dial, name: str, there: str):
    to = {"to": "ivan", "to_name": "Иван"} if there == "colleague" else {"library": VIDIN}
    case = cases.after(answered(clock), act("transfer", **to), clock())
    assert cases.handed_at(case.said) == clock()
    assert case.asked_at is None
    who, desk = ("ivan", VRATSA) if there == "colleague" else ("vera", VIDIN)
    more = {"library": BUREAU} if name == "ask_expert" else {}
    after = cases.after(case, act(name, who, desk, **more), clock())
    assert cases.handed_at(after.said) is None
    assert cases.handed_at(Case.model_validate_json(case.model_dump_json()).said) == clock()


def test_what_the_sender_notes_looks_after_nothing_and_a_claim_alone_neither(clock: Dial):
    handed = cases.after(answered(clock), act("transfer", to="ivan", to_name="Иван"), clock())
    assert cases.after(handed, act("note"), clock()) == handed
    away = cases.after(answered(clock), act("transfer", library=VIDIN), clock())
    assert cases.handed_at(cases.after(away, act("claim", "vera", VIDIN), clock()).said) == clock()


def test_an_earlier_release_did_not_say_when_it_was_handed_over():
    assert cases.handed_at(("here:1790000000000", "mark:50")) is None
    assert cases.handed_at(()) is None


async def test_the_persons_words_make_an_ordinary_wait_of_it(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "reply", "maria", text="Тук")
    await h.does(case, "transfer", "maria", text="там", library=VIDIN)
    case = await h.case("ana")
    assert (case.asked_at, case.due_since) == (None, h.clock.ms)
    h.clock.forward(5 * MINUTE)
    await h.says("ana", "А кога?")
    case = await h.case("ana")
    assert (case.asked_at, case.said) == (h.clock.ms, "")


async def test_nothing_is_promised_or_marked_of_what_nobody_waits_for(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "reply", "maria", text="Тук")
    await h.does(case, "transfer", "maria", text="знае", to="ivan", to_name="Иван")
    had = len(h.channel.texts("ana"))
    h.clock.forward(5 * DAY)
    await h.looks()
    case = await h.case("ana")
    assert (case.claimed_by, case.state) == ("ivan", "for_person")
    assert len(h.channel.texts("ana")) == had


async def test_a_topic_says_that_it_was_handed_over_until_it_is_looked_after(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "reply", "maria", text="Тук")
    await h.does(case, "transfer", "maria", text="знае", to="ivan", to_name="Иван")
    said = await topic(h)
    assert "предаден на Иван" in said
    assert "Човекът вече има отговор. Прегледайте разговора." in said
    await h.does(case, "note", "ivan", text="видях, няма какво")
    assert "ред на човека" in await topic(h)
    await h.does(case, "transfer", "ivan", text="там", library=VIDIN)
    assert "Предаден тук. Човекът вече има отговор." in await topic(h)


async def test_the_list_marks_what_a_colleague_handed_over(web: House):
    maria, ivan = await web.librarian("Мария"), await web.librarian("Иван")
    await (await web.person()).asks()
    await maria.does("reply", "Тук")
    me = next(w for w in await web.service.desk.librarians() if w.name == "Иван")
    await maria.does("transfer", "Той знае", to=f"colleague={me.id}")
    assert await row(ivan) == (
        True,
        "предаден на Вас, прегледайте го",
        "(1) Въпроси – бюро на библиотекаря",
    )
    due, state, _ = await row(maria)
    assert (due, state) == (False, "предаден на Иван, чака преглед")
    await ivan.does("note", "Видях")
    assert await row(ivan) == (False, "при Вас, чака човека", "Въпроси – бюро на библиотекаря")


async def test_the_list_marks_what_another_library_handed_over(web: House):
    maria, vera = await web.librarian("Мария"), await web.librarian("Вера", VIDIN)
    await (await web.person()).asks()
    await maria.does("reply", "Тук")
    await maria.does("transfer", "Живее там", to=f"desk={VIDIN}")
    assert await row(vera) == (
        True,
        "предаден тук, прегледайте го",
        "(1) Въпроси – бюро на библиотекаря",
    )
    await vera.does("claim")
    assert await row(vera) == (
        True,
        "предаден на Вас, прегледайте го",
        "(1) Въпроси – бюро на библиотекаря",
    )
    await vera.does("reply", "Добър ден")
    assert await row(vera) == (False, "при Вас, чака човека", "Въпроси – бюро на библиотекаря")


async def test_a_long_question_stands_whole_below_the_card_that_begins_with_it(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде? " * 100)
    await h.asks("bo", VRATSA, "Къде?")
    long, short = await h.case("ana"), await h.case("bo")
    assert opening(long, await h.lines(long.number)) is None
    first = opening(short, await h.lines(short.number))
    assert first
    assert first.text == "Къде?"
