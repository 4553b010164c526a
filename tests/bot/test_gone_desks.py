"""A library that answers no more: nobody is sent there, and what it had goes on elsewhere."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from case_house import STAFF, VIDIN, VRATSA, WEEK, CaseHouse, case_house
from durable import DAY, Dial, Notebook

from bot.desk.homeless import AT_ONCE
from bot.desk.presence import RECENT, desks_attended, is_reached
from bot.store.interface import Librarian
from bot.store.sqlite_accounts import SqliteAccounts

MINUTE = 60_000
AT_VRATSA, AT_VIDIN = ("maria", "ivan"), ("vera", "nina")


@pytest.fixture
async def h(file: Path, clock: Dial, channel: Notebook) -> AsyncIterator[CaseHouse]:
    async with case_house(file, clock, channel, [(VRATSA, WEEK), (VIDIN, WEEK)]) as running:
        yield running


async def stop(h: CaseHouse, *names: str) -> None:
    """Let an administrator stop them."""
    for name in names:
        await SqliteAccounts(h.store).disable(name, h.clock.ms)
    await h.looks()


async def gone_for(h: CaseHouse, minutes: int) -> None:
    h.clock.forward(minutes * MINUTE)
    await h.looks()


async def texts(h: CaseHouse, who: str) -> str:
    return "\n".join(body["text"] for body in await h.bodies(who))


async def asks_whoever_comes(h: CaseHouse, who: str, place: str = "") -> None:
    """Hand a question over while no library answers."""
    await h.says(who, "/librarian")
    if place:
        await h.presses(who, "ask-place")
        await h.says(who, place)
        await h.presses(who, "place:")
        await h.says(who, "/librarian")
    await h.presses(who, "to:")
    await h.says(who, "Къде?")
    await h.presses(who, "pass-on")


# -- what it had -----------------------------------------------------------------------------------


@pytest.mark.parametrize("claimed", [True, False])
async def test_what_waits_at_a_desk_that_is_gone_goes_to_another_and_the_person_knows(
    h: CaseHouse, claimed: bool
):
    await h.asks("ana", VRATSA, "Къде?")
    if claimed:
        await h.does(await h.case("ana"), "claim", "maria")
    await stop(h, *AT_VRATSA)
    await gone_for(h, 11)
    case = await h.case("ana")
    assert (case.library, case.state, case.claimed_by) == (VIDIN, "waiting", None)
    said = (await texts(h, "ana")).split("\n\n")[-1]
    assert "вече не отговаря тук. Въпросът Ви премина към" in said
    assert "Видин" in said
    assert "не успя да отговори" not in said
    assert "Още няма отговор" not in said
    assert ("end-case",) in [(action,) for _, action in await h.buttons("ana")]
    assert f"rehomed:{VIDIN}" in [line.text for line in await h.lines(case.number)]
    _, done = await h.does(case, "reply", "vera", text="Елате във Видин")
    assert done


async def test_a_desk_that_is_back_within_minutes_loses_nothing(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    await h.does(await h.case("ana"), "claim", "maria")
    await stop(h, "ivan")
    before = await h.bodies("ana")
    await h.store.write(("UPDATE librarian SET library = 'lib-none' WHERE id = 'maria'", ()))
    await gone_for(h, 9)
    await h.store.write(("UPDATE librarian SET library = ? WHERE id = 'maria'", (VRATSA,)))
    await gone_for(h, 2)
    case = await h.case("ana")
    assert (case.library, case.claimed_by) == (VRATSA, "maria")
    assert await h.bodies("ana") == before


async def test_where_no_desk_is_left_the_question_waits_for_the_next_one(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    await stop(h, *AT_VRATSA, *AT_VIDIN)
    await gone_for(h, 11)
    case = await h.case("ana")
    assert (case.library, case.state) == (None, "waiting")
    assert "Въпросът Ви чака първата библиотека, която се включи." in await texts(h, "ana")
    for name in AT_VIDIN:
        await SqliteAccounts(h.store).enable(name)
    await h.looks()
    assert (await h.case("ana")).library == VIDIN
    assert "Намери се библиотека за въпроса Ви" in await texts(h, "ana")


async def test_a_question_that_no_library_takes_ends_with_a_word_on_where_to_go(h: CaseHouse):
    await stop(h, *AT_VRATSA, *AT_VIDIN)
    await asks_whoever_comes(h, "ana", "Видин")
    await asks_whoever_comes(h, "bo")
    for _ in range(20):
        h.clock.forward(DAY)
        await h.looks()
    for who, where in (("ana", "Дирекция"), ("bo", "Бюро и библиотека")):
        case = await h.case(who)
        assert (case.state, case.resolution) == ("expired", "unanswered")
        told = (await texts(h, who)).split("Съжалявам, не се намери библиотека")
        assert len(told) == 2
        assert where in told[1]
    # And the next desk gets nothing that was ended.
    await SqliteAccounts(h.store).enable("vera")
    await h.looks()
    assert (await h.case("ana")).library is None


async def test_an_answered_talk_ends_with_its_desk_and_nobody_else_reads_it(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    await h.does(await h.case("ana"), "reply", "maria", text="На гише 3")
    await stop(h, "ivan")
    await h.store.write(("UPDATE librarian SET library = 'lib-none' WHERE id = 'maria'", ()))
    await h.looks()
    await gone_for(h, 11)
    case = await h.case("ana")
    assert (case.library, case.state) == (VRATSA, "closed")
    assert "Затова приключвам този разговор." in await texts(h, "ana")
    assert "не успя да отговори" not in await texts(h, "ana")
    assert not await h.desk.cases(VIDIN)


async def test_what_is_written_again_goes_to_a_desk_that_stands(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    await h.does(await h.case("ana"), "close", "maria", code="answered")
    await stop(h, *AT_VRATSA)
    await h.presses("ana", "write-again")
    assert "ще го прочете друга библиотека" in await texts(h, "ana")
    await h.says("ana", "А кога?")
    case = await h.case("ana")
    assert (case.library, case.state) == (VIDIN, "waiting")
    assert "А кога?" in [line.text for line in await h.lines(case.number)]
    assert "вече не отговаря тук. Въпросът Ви премина към" in await texts(h, "ana")


async def test_only_a_few_are_moved_at_once(h: CaseHouse):
    people = [f"p{n}" for n in range(AT_ONCE + 2)]
    for who in people:
        await h.asks(who, VRATSA, "Къде?")
    await stop(h, *AT_VRATSA)
    await gone_for(h, 11)
    moved = [who for who in people if (await h.case(who)).library == VIDIN]
    assert len(moved) == AT_ONCE
    await h.looks()
    assert {(await h.case(who)).library for who in people} == {VIDIN}


async def test_what_somebody_has_who_is_stopped_goes_back_to_the_colleagues(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    await h.does(await h.case("ana"), "claim", "maria")
    await stop(h, "maria")
    case = await h.case("ana")
    assert (case.library, case.claimed_by) == (VRATSA, None)
    _, done = await h.does(case, "claim", "ivan")
    assert done


async def test_after_a_move_the_new_desk_hears_no_mark_that_was_not_its_own(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    await stop(h, *AT_VRATSA)
    await gone_for(h, 5 * 60)
    await h.looks()
    case = await h.case("ana")
    assert case.library == VIDIN
    events = [line.text for line in await h.lines(case.number)]
    assert not [text for text in events[events.index(f"rehomed:{VIDIN}") :] if "mark" in text]


# -- where to --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "nearest"), [("Видин", VIDIN), ("Мездра", VRATSA)])
async def test_a_question_without_a_library_goes_to_the_nearest_desk(
    h: CaseHouse, place: str, nearest: str
):
    await stop(h, *AT_VRATSA, *AT_VIDIN)
    await asks_whoever_comes(h, "ana", place)
    assert (await h.case("ana")).library is None
    for name in STAFF:
        await SqliteAccounts(h.store).enable(name)
    await h.looks()
    assert {desk.id for desk in h.roster.now.desks} == {VRATSA, VIDIN}
    assert (await h.case("ana")).library == nearest


# -- who is there ----------------------------------------------------------------------------------


def who(name: str, login: str | None = None, desk: str = VRATSA) -> Librarian:
    return Librarian(name, desk, name, trial=False, login=login)


def test_whoever_writes_in_a_group_alone_is_reached_only_while_the_group_works():
    assert is_reached(who("tg-1"), {VRATSA})
    assert not is_reached(who("tg-1"), {VIDIN})
    assert is_reached(who("tg-1", login="maria"), set())
    assert is_reached(who("web-1"), set())


def test_there_is_who_did_something_lately_and_is_not_away(clock: Dial):
    crew, now = (who("tg-1"), who("tg-2")), clock.ms
    long_ago = now - int(RECENT.total_seconds() * 1000) - 1
    # Nobody has done anything yet: everybody counts.
    assert desks_attended(crew, {"tg-1"}, {}, clock()) == {VRATSA}
    assert desks_attended(crew, {"tg-1", "tg-2"}, {}, clock()) == set()
    # Who let the group in, and nothing more, keeps no desk open.
    assert desks_attended(crew, {"tg-1"}, {"tg-1": now}, clock()) == set()
    assert desks_attended(crew, {"tg-1"}, {"tg-1": now, "tg-2": long_ago}, clock()) == set()
    assert desks_attended(crew, {"tg-1"}, {"tg-1": now, "tg-2": now}, clock()) == {VRATSA}
