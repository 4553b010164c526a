"""Whose time runs in a case: nothing is owed after an answer, each desk counts from when it came.

And what can still be done about a person after the end.
"""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from test_case import (
    BUREAU,
    CARD,
    DAY,
    LATER,
    NOW,
    STEPS,
    VIDIN,
    VRATSA,
    act,
    clock,
    does,
    is_sound,
    waiting,
)
from test_case_clock import at, named
from test_case_laws import reached
from test_librarian import desk

from dialogs import case as cases
from dialogs.case_clock import counting, due, reached_mark

MINUTE = dt.timedelta(minutes=1)
TWO_HOURS = dt.timedelta(hours=2)
ANSWERED = does(waiting(), act("reply", text="Да"), at=LATER)
GIVE_AWAY = {
    "release": act("release"),
    "another desk": act("transfer", library=VIDIN, text="там"),
    "a colleague": act("transfer", to="ivan", to_name="Иван", text="знае"),
}
NO_CLOCK = ("notice", "free", "mark", "propose")


# -- nothing is owed after an answer ---------------------------------------------------------------


@pytest.mark.parametrize("given_away", GIVE_AWAY.values(), ids=list(GIVE_AWAY))
def test_given_away_after_an_answer_no_clock_runs_until_the_person_writes(given_away: Any):
    case = does(ANSWERED, given_away, at=LATER + DAY)
    is_sound(case)
    assert case.asked_at is None
    assert [cases.clock_of(case, name) for name in NO_CLOCK] == [None] * 4
    assert named(case, LATER + 12 * DAY) == []
    again = cases.asked(case, LATER + 2 * DAY)
    assert again.asked_at == LATER + 2 * DAY
    assert cases.clock_of(again, "mark") == LATER + 2 * DAY


@pytest.mark.parametrize("given_away", GIVE_AWAY.values(), ids=list(GIVE_AWAY))
def test_what_was_answered_never_ends_as_unanswered(given_away: Any):
    case = does(ANSWERED, given_away, at=LATER + MINUTE)
    silent = LATER + 15 * DAY
    assert named(case, silent) == ["expire"]
    ended = does(case, clock(case, "expire"), at=silent)
    assert (ended.state, ended.resolution) == ("closed", "no_reply")


def test_who_takes_an_answered_case_owes_nothing_and_is_not_let_go():
    case = does(ANSWERED, act("release"), act("claim", "ivan"), at=LATER + DAY)
    assert (case.state, case.claimed_by, case.asked_at) == ("for_person", "ivan", None)
    assert named(case, LATER + 5 * DAY) == []


def test_an_answered_case_is_offered_to_no_neighbour():
    case = does(ANSWERED, act("release"))
    assert cases.offered(case, VIDIN, LATER) == case


# -- each desk counts from when it came ------------------------------------------------------------


def test_after_a_transfer_the_marks_count_from_it_and_the_persons_wait_stays():
    case = does(waiting(), clock(waiting(), "mark", code="50"))
    moved = NOW + TWO_HOURS
    case = does(case, act("transfer", library=VIDIN, text="там"), at=moved)
    assert (case.asked_at, cases.here_since(case)) == (NOW, moved)
    there = desk(VIDIN, "Mo-Fr 09:00-18:00")
    assert named(case, moved + MINUTE, there) == []
    assert named(case, moved + TWO_HOURS, there) == ["mark:50"]


def test_a_transfer_gives_the_new_desk_its_days_before_it_is_given_up():
    case = does(waiting(), act("transfer", library=VIDIN, text="там"), at=NOW + 13 * DAY)
    assert named(case, NOW + 16 * DAY, target=9999) == []
    assert named(case, NOW + 30 * DAY, target=9999)[0] == "expire"


def test_who_comes_back_to_the_first_desk_counts_anew_there():
    case = waiting()
    for hours, to, who, home in ((1, VIDIN, "maria", VRATSA), (2, VRATSA, "vera", VIDIN)):
        moved = NOW + dt.timedelta(hours=hours)
        case = does(case, act("transfer", who, home, library=to, text="там"), at=moved)
        assert cases.here_since(case) == moved


def test_a_colleague_gets_the_case_as_it_stands():
    case = does(waiting(), act("claim"))
    for code in ("50", "80", "100"):
        case = does(case, clock(case, "mark", code=code))
    case = does(case, clock(case, "notice"))
    handed = does(case, act("transfer", to="ivan", to_name="Иван", text="знае"), at=LATER)
    assert handed.said == ("mark:50", "mark:80", "mark:100")
    assert cases.here_since(handed) == NOW
    assert "notice" in named(handed, LATER + 31 * MINUTE)


def test_a_case_that_waited_for_any_library_counts_from_when_it_found_one():
    found = NOW + 3 * DAY
    case = does(waiting(None), act("assign", "", "", library=VRATSA), at=found)
    assert (case.asked_at, cases.here_since(case)) == (NOW, found)


def test_the_next_wait_counts_from_the_persons_words():
    case = does(waiting(), act("transfer", library=VIDIN, text="там"), at=NOW + MINUTE)
    case = does(case, act("reply", "vera", VIDIN, text="Да"), at=LATER)
    case = cases.asked(case, LATER + DAY)
    assert cases.here_since(case) == LATER + DAY


@settings(max_examples=300)
@given(STEPS)
def test_a_desks_time_never_begins_before_the_persons_wait(steps: list[Any]):
    case, now = reached(steps)
    since = cases.here_since(case)
    assert (since is None) == (case.asked_at is None)
    if since is not None and case.asked_at is not None:
        assert case.asked_at <= since <= now


# -- by whose hours --------------------------------------------------------------------------------

SHUT = desk(VRATSA, "We 09:00-10:00")
NEAR = desk(VIDIN, "Mo-Fr 09:00-18:00")


def test_an_offered_case_waits_by_the_neighbours_hours():
    case = cases.offered(waiting(), VIDIN, NOW)
    assert counting(case, (SHUT, NEAR)) == NEAR
    within = {VIDIN: 60, VRATSA: 9999}
    assert reached_mark(case, (SHUT, NEAR), NOW + 31 * MINUTE, within) == 50
    assert counting(waiting(), (SHUT, NEAR)) == SHUT
    assert counting(case, (SHUT,)) == SHUT
    assert counting(case, ()) is None


def test_the_neighbours_time_begins_when_it_is_offered():
    agreed = NOW + DAY
    case = cases.offered(waiting(), VIDIN, agreed)
    assert (case.asked_at, cases.here_since(case)) == (NOW, agreed)
    assert named(case, agreed + MINUTE, NEAR) == []
    taken = does(case, act("claim", "vera", VIDIN), at=agreed + MINUTE)
    assert cases.here_since(taken) == agreed


def test_nobody_is_proposed_where_nobody_could_take_it():
    shut_too, away = desk(VIDIN, "We 09:00-10:00"), replace(NEAR, away=True)
    for others, proposed in (((), False), ((shut_too,), False), ((away,), False), ((NEAR,), True)):
        acts = [a.act for a in due(waiting(), SHUT, NOW, others=(SHUT, *others))]
        assert ("propose" in acts) == proposed


# -- who waits for an expert -----------------------------------------------------------------------


def test_who_waits_for_an_expert_is_let_go_after_two_working_days_and_an_hour():
    ask = act("ask_expert", library=BUREAU, text="Колко?")
    case = does(waiting(), ask, at=at("2026-11-23T10:00"))
    said = [word for word in ("notice", "free") if word in named(case, at("2026-11-24T17:00"))]
    assert said == []
    assert "notice" in named(case, at("2026-11-25T10:30"))
    assert "free" not in named(case, at("2026-11-25T10:59"))
    assert "free" in named(case, at("2026-11-25T11:00"))


def test_after_the_experts_answer_the_usual_hour_begins():
    ask = act("ask_expert", library=BUREAU, text="Колко?")
    case = does(waiting(), ask, at=at("2026-11-23T10:00"))
    theirs = act("expert_reply", "petrov", BUREAU, text="Две")
    case = does(case, theirs, at=at("2026-11-23T16:00"))
    assert "notice" not in named(case, at("2026-11-23T16:29"))
    assert "notice" in named(case, at("2026-11-23T16:30"))
    assert "free" in named(case, at("2026-11-23T17:00"))


def test_an_expert_who_is_asked_as_the_hour_ends_makes_its_end_stale():
    case = does(waiting(), act("claim"))
    free = clock(case, "free")
    case = does(case, act("ask_expert", library=BUREAU, text="Колко?"), at=NOW + MINUTE)
    assert cases.obstacle(case, free) == "stale"


# -- after the end ---------------------------------------------------------------------------------

UNTIL = (NOW + 30 * DAY).date()


@pytest.mark.parametrize("who", ["maria", "ivan"])
def test_a_person_can_be_stopped_and_reported_for_the_days_of_reopening(who: str):
    ended = cases.closed(does(waiting(), act("claim")), NOW)
    last = NOW + cases.REOPENING
    for one in (act("mute", who, until=UNTIL, text="обиди"), act("report", who, text="обиди")):
        assert cases.obstacle(ended, one, last) is None
        assert cases.obstacle(ended, one, last + MINUTE) == "closed"
        elsewhere = one.model_copy(update={"librarian": "vera", "desk": VIDIN})
        assert cases.obstacle(ended, elsewhere, last) == "elsewhere"
    stopped = cases.after(ended, act("mute", who, until=UNTIL), last)
    assert (stopped.state, stopped.closed_at, stopped.resolution) == ("closed", NOW, "muted")
    assert not cases.can_reopen(stopped, last)
    assert cases.after(ended, act("mute", who, until=UNTIL), last + MINUTE) == ended


def test_who_is_stopped_already_is_not_stopped_anew_and_nothing_else_is_done_after_the_end():
    stopped = does(waiting(), act("mute", until=UNTIL))
    assert cases.obstacle(stopped, act("mute", until=UNTIL), NOW) == "closed"
    ended = cases.closed(waiting(), NOW)
    for name in ("claim", "release", "reply", "note", "close", "transfer", "ask_expert", "edit"):
        assert cases.obstacle(ended, act(name), NOW) == "closed"


def test_a_case_opened_again_has_its_card_and_its_own_time():
    ended = cases.closed(does(waiting(), act("claim")), NOW)
    case = cases.reopened(ended, CARD, LATER)
    assert cases.here_since(case) == LATER
