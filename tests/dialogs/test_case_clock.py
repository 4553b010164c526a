"""The desk's clock: what is due when, in working minutes, each thing once."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_librarian import VRATSA, desk

from dialogs import case as cases
from dialogs.case_clock import due
from dialogs.model import Card, Case, DeskAct
from dialogs.turn import Desk

SOFIA = ZoneInfo("Europe/Sofia")
MONDAY = dt.datetime(2026, 11, 23, 10, tzinfo=SOFIA)
OPEN = desk(VRATSA, "Mo-Fr 09:00-12:00,13:00-18:00")
MINUTE = dt.timedelta(minutes=1)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SOFIA)


def waiting(asked: dt.datetime = MONDAY, **more: Any) -> Case:
    given = {"number": 7, "library": VRATSA, "state": "waiting", "opened_at": asked}
    card = Card(question="", place="")
    return Case.model_validate(given | {"card": card, "asked_at": asked, "heard_at": asked} | more)


def claimed(at: dt.datetime = MONDAY) -> Case:
    act = DeskAct(act="claim", case=7, librarian="m", name="Мария", desk=VRATSA)
    return cases.after(waiting(at), act, at)


def named(case: Case, now: dt.datetime, desk: Desk = OPEN, target: int = 240) -> list[str]:
    return [f"{a.act}:{a.code}" if a.code else a.act for a in due(case, desk, now, target)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T10:29", []),
        ("2026-11-23T10:30", ["notice"]),
        ("2026-11-23T10:59", ["notice"]),
        ("2026-11-23T11:00", ["free"]),
    ],
)
def test_a_silent_owner_is_reminded_at_30_and_let_go_at_60_minutes(now: str, expected: list[str]):
    assert named(claimed(), at(now)) == expected


def test_minutes_of_the_lunch_break_and_the_night_do_not_count():
    case = claimed(at("2026-11-23T11:45"))
    assert named(case, at("2026-11-23T13:14")) == []
    assert named(case, at("2026-11-23T13:15")) == ["notice"]
    late = claimed(at("2026-11-23T17:50"))
    assert "free" not in named(late, at("2026-11-24T09:49"))
    assert "free" in named(late, at("2026-11-24T09:50"))


def test_who_has_answered_is_not_let_go_until_the_person_writes_again():
    reply = DeskAct(act="reply", case=7, librarian="m", name="Мария", desk=VRATSA, text="Да")
    case = cases.after(claimed(), reply, MONDAY)
    assert named(case, MONDAY + dt.timedelta(days=3)) == []
    asked = cases.asked(case, at("2026-11-24T10:00"))
    assert named(asked, at("2026-11-24T10:31")) == ["notice"]
    assert named(asked, at("2026-11-24T11:00")) == ["free"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T11:59", []),
        ("2026-11-23T13:00", ["mark:50"]),
        ("2026-11-23T14:12", ["mark:50", "mark:80"]),
        ("2026-11-23T15:00", ["mark:50", "mark:80", "mark:100"]),
    ],
)
def test_marks_are_due_at_50_80_and_100_percent_of_the_time(now: str, expected: list[str]):
    assert named(waiting(), at(now)) == expected


def test_what_was_said_is_not_due_again():
    case = waiting(said=("mark:50", "propose"))
    assert named(case, at("2026-11-23T14:12")) == ["mark:80"]
    shut = desk(VRATSA, "We 09:00-10:00")
    near = desk("lib-vidin-reg")
    assert "propose" in [a.act for a in due(waiting(), shut, MONDAY, others=(shut, near))]
    assert "propose" not in [a.act for a in due(case, shut, MONDAY, others=(shut, near))]


def test_nobody_else_is_proposed_where_hours_are_unknown():
    near = desk("lib-vidin-reg")
    acts = due(waiting(), desk(VRATSA, None), MONDAY, others=(near,))
    assert "propose" not in [a.act for a in acts]


def test_what_nobody_took_is_given_up_after_ten_working_days():
    assert "expire" not in named(waiting(), at("2026-12-07T23:59"))
    assert named(waiting(), at("2026-12-08T00:00")) == ["expire"]


def test_a_talk_that_owes_nothing_ends_after_two_silent_weeks():
    reply = DeskAct(act="reply", case=7, librarian="m", name="Мария", desk=VRATSA, text="Да")
    case = cases.after(waiting(), reply, MONDAY)
    assert named(case, MONDAY + dt.timedelta(days=14) - MINUTE) == []
    assert named(case, MONDAY + dt.timedelta(days=14)) == ["expire"]


@given(st.lists(st.integers(1, 2000), max_size=30), st.booleans())
def test_however_often_it_looks_each_thing_is_done_once(pauses: list[int], taken: bool):
    case, now = claimed() if taken else waiting(), MONDAY
    done: list[tuple[str, str, dt.datetime | None]] = []
    for pause in pauses:
        now += pause * MINUTE
        for act in due(case, OPEN, now):
            moved = cases.after(case, act, now)
            if moved != case:
                assert (act.act, act.code, act.of) not in done
                done.append((act.act, act.code, act.of))
            case = moved
        assert list(due(case, OPEN, now)) == [] or not cases.is_open(case)
