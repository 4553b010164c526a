"""Whose time runs: what people and desks hear of it, by the real clock of the desks."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from case_house import BUREAU, VIDIN, VRATSA, WEEK, CaseHouse, case_house
from durable import DAY, Dial, Notebook

from bot.clock import moment
from bot.desk.telegram.header import LATE, title_of
from bot.desk.telegram.saying import Saying
from bot.web.waiting import waiting
from dialogs.texts import load_texts

MINUTE = 60_000
HOUR = 60 * MINUTE
BG = load_texts()["bg"]
SAYING = Saying(BG, str, str, str, lambda _desk, _at: None, lambda _desk: None)
SHORT = "Fr 09:00-10:00"


@pytest.fixture
async def h(file: Path, clock: Dial, channel: Notebook) -> AsyncIterator[CaseHouse]:
    async with case_house(file, clock, channel, [(VRATSA, WEEK), (VIDIN, WEEK)]) as running:
        yield running


async def hours(h: CaseHouse, library: str, told: str) -> None:
    await h.desk.set_hours(library, told, 0)
    await h.roster.refresh()


async def told_since(h: CaseHouse, had: int) -> str:
    return "\n".join(one["text"] for one in (await h.bodies("ana"))[had:])


async def shown_mark(h: CaseHouse) -> int:
    """What the web list shows of the only case's wait."""
    within = await h.keeper._waiting.answer_within()  # noqa: SLF001
    wait = waiting(BG, await h.case("ana"), h.clock(), h.roster.now.desks, within)
    return wait.mark if wait else 0


# -- after an answer -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given_away",
    [
        ("release", {}),
        ("transfer", {"library": VIDIN, "text": "там"}),
        ("transfer", {"to": "ivan", "to_name": "Иван", "text": "знае"}),
    ],
    ids=["back to the list", "another library", "a colleague"],
)
async def test_after_an_answer_the_person_hears_nothing_untrue(
    h: CaseHouse, given_away: tuple[str, dict[str, str]]
):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "reply", "maria", text="Тук")
    had, (act, more) = len(await h.bodies("ana")), given_away
    _, done = await h.does(case, act, "maria", **more)
    assert done
    for _ in range(4):
        h.clock.forward(3 * DAY)
        await h.looks()
    said = await told_since(h, had)
    for untrue in ("не успя", "Още няма отговор", "чака", "отворено", "никой не успя"):
        assert untrue not in said
    case = await h.case("ana")
    assert (case.is_open, case.asked_at) == (True, None)
    h.clock.forward(3 * DAY)
    await h.looks()
    case = await h.case("ana")
    assert (case.state, case.resolution) == ("closed", "no_reply")
    assert "Помогна ли Ви?" in await told_since(h, had)
    assert not await h.store.read("SELECT * FROM gap")


async def test_what_was_given_back_after_an_answer_waits_again_with_the_persons_words(
    h: CaseHouse,
):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "reply", "maria", text="Тук")
    await h.does(case, "release", "maria")
    await h.says("ana", "/librarian")
    last = (await h.bodies("ana"))[-1]["text"]
    assert "Вече имате отговор." in last
    assert "Предадох въпроса" not in last
    h.clock.forward(DAY)
    await h.says("ana", "А кога?")
    case = await h.case("ana")
    assert (case.state, case.claimed_by, case.asked_at) == ("waiting", None, h.clock.ms)
    _, done = await h.does(case, "reply", "ivan", text="В 9")
    assert done


async def test_what_waits_for_the_person_stands_behind_what_waits_for_the_desk(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    first = await h.case("ana")
    await h.does(first, "reply", "maria", text="Тук")
    await h.does(first, "release", "maria")
    h.clock.forward(MINUTE)
    await h.asks("bo", VRATSA, "Кога?")
    second = await h.case("bo")
    assert [c.number for c in await h.desk.cases(VRATSA)] == [second.number, first.number]


async def test_the_topic_of_an_answered_case_says_that_it_is_answered(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "reply", "maria", text="Тук")
    await h.does(case, "release", "maria")
    title = title_of(SAYING, await h.case("ana"), "library")
    assert "отговорено" in title.name


# -- after a transfer ------------------------------------------------------------------------------


async def test_after_a_transfer_no_late_word_follows_at_once(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    h.clock.forward(5 * HOUR)
    asked = (await h.case("ana")).asked_at
    had = len(await h.bodies("ana"))
    await h.does(await h.case("ana"), "transfer", "maria", text="там", library=VIDIN)
    await h.looks()
    case = await h.case("ana")
    assert case.asked_at == asked
    assert "mark:" not in case.said
    assert await shown_mark(h) == 0
    assert "Още няма отговор" not in await told_since(h, had)
    h.clock.forward(DAY + 30 * MINUTE)
    await h.looks()
    assert (await told_since(h, had)).count("Още няма отговор") == 1
    assert await shown_mark(h) == 100


async def test_a_case_that_comes_back_is_marked_anew(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    for who, there in (("maria", VIDIN), ("vera", VRATSA)):
        h.clock.forward(2 * HOUR)
        await h.looks()
        case = await h.case("ana")
        assert "mark:50" in case.said
        await h.does(case, "transfer", who, text="там", library=there)
    h.clock.forward(2 * HOUR)
    await h.looks()
    assert "mark:50" in (await h.case("ana")).said


async def test_in_a_colleagues_hands_it_is_as_late_as_it_was(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    h.clock.forward(5 * HOUR)
    await h.looks()
    case = await h.case("ana")
    await h.does(case, "transfer", "maria", text="знае", to="ivan", to_name="Иван")
    case = await h.case("ana")
    assert title_of(SAYING, case, "library").signs[:1] == LATE
    lines = len(await h.lines(case.number))
    await h.looks()
    assert len(await h.lines(case.number)) == lines


async def test_a_first_answer_counts_from_when_the_desk_got_the_case(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    h.clock.forward(3 * HOUR)
    await h.does(await h.case("ana"), "transfer", "maria", text="там", library=VIDIN)
    h.clock.forward(20 * MINUTE)
    await h.does(await h.case("ana"), "reply", "vera", text="Тук")
    answers = await h.keeper._waiting.first_answers(h.clock().date())  # noqa: SLF001
    assert answers == {VIDIN: [20]}


# -- a neighbour -----------------------------------------------------------------------------------


async def test_an_offered_case_is_late_by_the_neighbours_hours_in_list_and_clock_alike(
    h: CaseHouse,
):
    await hours(h, VRATSA, SHORT)
    await h.asks("ana", VRATSA, "Къде?")
    yes, _no = [b for b in await h.buttons("ana") if b[1].startswith("cover:")]
    await h.presses("ana", yes[1])
    assert (await h.case("ana")).offered_to == VIDIN
    had = len(await h.bodies("ana"))
    for passed, mark in ((119, 0), (1, 50), (72, 80), (48, 100)):
        h.clock.forward(passed * MINUTE)
        await h.looks()
        said = (await h.case("ana")).said
        assert await shown_mark(h) == mark
        assert (f"mark:{mark}" in said) == bool(mark)
    assert "Още няма отговор" in await told_since(h, had)


async def test_a_neighbour_who_comes_later_is_proposed_still(h: CaseHouse):
    await hours(h, VRATSA, SHORT)
    await hours(h, VIDIN, SHORT)
    await h.asks("ana", VRATSA, "Къде?")
    await h.looks()
    assert "propose" not in (await h.case("ana")).said
    await hours(h, VIDIN, WEEK)
    await h.looks()
    assert "propose" in (await h.case("ana")).said
    assert [b for b in await h.buttons("ana") if b[1].startswith("cover:")]


async def test_where_no_neighbour_is_near_the_person_one_is_looked_for_again(h: CaseHouse):
    await hours(h, VRATSA, SHORT)
    await hours(h, VIDIN, SHORT)
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.roster.act(case, "propose", key="early", of=moment(case.asked_at or 0))
    await h.settle()
    assert (await h.case("ana")).said == ""
    await hours(h, VIDIN, WEEK)
    h.clock.forward(HOUR)
    await h.looks()
    assert "propose" in (await h.case("ana")).said


# -- an expert -------------------------------------------------------------------------------------


async def test_who_waits_for_an_expert_keeps_the_case_and_is_reminded_after_the_answer(
    h: CaseHouse,
):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "ask_expert", "maria", text="Колко?", library=BUREAU)
    for _ in range(5):
        h.clock.forward(HOUR)
        await h.looks()
    case = await h.case("ana")
    assert (case.claimed_by, "notice" in case.said) == ("maria", False)
    await h.does(case, "expert_reply", "petrov", text="Две")
    h.clock.forward(31 * MINUTE)
    await h.looks()
    assert "notice" in (await h.case("ana")).said
    h.clock.forward(31 * MINUTE)
    await h.looks()
    assert (await h.case("ana")).claimed_by is None


# -- stops -----------------------------------------------------------------------------------------


async def test_who_is_stopped_cannot_ask_in_the_same_second(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    until = (h.clock() + dt.timedelta(days=7)).date()
    await h.does(await h.case("ana"), "mute", "maria", text="обиди", until=until)
    await h.asks("ana", VRATSA, "Пак аз")
    assert [case.is_open for case in await h.files()] == [False]


async def test_a_look_that_has_begun_does_not_forget_a_stop(
    h: CaseHouse, monkeypatch: pytest.MonkeyPatch
):
    await h.asks("ana", VRATSA, "Къде?")
    case, until = await h.case("ana"), (h.clock() + dt.timedelta(days=7)).date()
    reads = h.desk.muted

    async def slowly() -> dict[str, str]:
        read = await reads()
        await h.does(case, "mute", "maria", text="обиди", until=until)
        return read

    monkeypatch.setattr(h.desk, "muted", slowly)
    await h.roster.refresh()
    await h.asks("ana", VRATSA, "Пак аз")
    assert [case.is_open for case in await h.files()] == [False]


async def test_who_ended_the_talk_is_stopped_even_with_the_next_question_in_hand(h: CaseHouse):
    await h.asks("ana", VRATSA, "Грозни думи")
    await h.presses("ana", "end-case")
    case = await h.case("ana")
    await h.says("ana", "/librarian")
    await h.presses("ana", f"to:{VRATSA}")
    await h.says("ana", "Още по-грозни")
    until = (h.clock() + dt.timedelta(days=7)).date()
    # A colleague may do so as well as whoever had it.
    _, reported = await h.does(case, "report", "ivan", text="обиди")
    _, done = await h.does(case, "mute", "ivan", text="обиди", until=until)
    assert (reported, done) == (True, True)
    assert await h.store.read("SELECT 1 FROM report")
    await h.presses("ana", "pass-on")
    assert [case.is_open for case in await h.files()] == [False]
    last = "\n".join(one["text"] for one in (await h.bodies("ana"))[-2:])
    assert "Тук не приемаме въпроси от Вас" in last
    assert "Ето какво ще предам" not in last
    assert (await h.case("ana")).resolution == "muted"


async def test_after_the_days_of_reopening_nobody_is_stopped_for_an_old_case(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    await h.presses("ana", "end-case")
    case = await h.case("ana")
    h.clock.forward(7 * DAY + MINUTE)
    until = (h.clock() + dt.timedelta(days=7)).date()
    for act, more in (("mute", {"until": until}), ("report", {})):
        _, done = await h.does(case, act, "maria", text="обиди", **more)
        assert not done
    assert not await h.desk.muted()


async def test_who_is_about_to_write_again_is_not_asked_what(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "close", "maria", code="answered")
    await h.presses("ana", "write-again")
    assert (await h.talk("ana")).screen.name == "case_again"
    until = (h.clock() + dt.timedelta(days=7)).date()
    await h.does(case, "mute", "maria", text="обиди", until=until)
    assert (await h.talk("ana")).screen.name != "case_again"
    await h.says("ana", "Ето ме")
    assert not (await h.case("ana")).is_open
