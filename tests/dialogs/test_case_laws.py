"""Laws of the case's machine over every state that acts can lead to."""

import datetime as dt
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st
from test_case import BUREAU, LIBRARIANS, NOW, STEPS, VIDIN, VRATSA, act, step, waiting

from dialogs import case as cases
from dialogs.model import Case, DeskAct

OF_DESKS = ("route", "give_up")
"""Where a case belongs whose desk is gone: the talk decides it, by its person's place."""
ACTS = [n for n in get_args(DeskAct.model_fields["act"].annotation) if n not in OF_DESKS]
STILL = ("note", "report", "edit", "retract", "claim", "expert_reply", "propose")
"""Acts that may go through and leave the case as it is; a claim does where it is one's own.

That a neighbour was proposed is noted by whoever found one.
"""
CLOCK = ("notice", "free", "mark", "propose", "expire")


@st.composite
def any_act(draw: st.DrawFn) -> DeskAct:
    """Return any act, sensible or not; without a name only what the service itself does."""
    name = draw(st.sampled_from(ACTS))
    people = [] if name in (*CLOCK, "assign") else ["petrov", *sorted(LIBRARIANS)]
    nobody = [""] if name in (*CLOCK, "assign", "close") else []
    who = draw(st.sampled_from([*nobody, *people]))
    desk = BUREAU if who == "petrov" else LIBRARIANS.get(who, "")
    more: dict[str, Any] = {
        "library": draw(st.sampled_from(["", VRATSA, VIDIN, BUREAU])),
        "to": draw(st.sampled_from(["", *sorted(LIBRARIANS)])),
        "code": draw(st.sampled_from(["", "50", "answered", "muted", cases.ONLY_ANSWER, "нещо"])),
        "direct": draw(st.booleans()),
        "of": draw(st.sampled_from([None, NOW, NOW + dt.timedelta(minutes=7)])),
    }
    return act(name, who, desk, **more)


def reached(steps: list[Any]) -> tuple[Case, dt.datetime]:
    case, at = waiting(), NOW
    for kind, what in steps:
        at += dt.timedelta(minutes=7)
        case = step(case, kind, what, at)
    return case, at


@settings(max_examples=300)
@given(STEPS, any_act())
def test_what_stands_in_the_way_changes_nothing_and_what_does_not_moves(
    steps: list[Any], one: DeskAct
):
    case, at = reached(steps)
    later = at + dt.timedelta(minutes=1)
    after = cases.after(case, one, later)
    if cases.obstacle(case, one):
        assert after == case
    elif one.act not in STILL:
        assert after != case, one.act
    assert Case.model_validate_json(after.model_dump_json()) == after


@settings(max_examples=300)
@given(STEPS, st.sampled_from(CLOCK))
def test_what_the_clock_does_it_does_once(steps: list[Any], name: str):
    case, at = reached(steps)
    one = DeskAct.model_validate({"act": name, "case": 7, "of": cases.clock_of(case, name)})
    after = cases.after(case, one, at)
    assert cases.after(after, one, at + dt.timedelta(minutes=1)) == after


@settings(max_examples=300)
@given(STEPS, any_act())
def test_nobody_takes_from_another_what_that_one_does_not_give(steps: list[Any], one: DeskAct):
    case, at = reached(steps)
    after = cases.after(case, one, at)
    if case.claimed_by and one.librarian not in ("", case.claimed_by):
        assert after.claimed_by == case.claimed_by
        assert after.state == case.state or one.act == "expert_reply"


@given(STEPS)
def test_an_end_frees_the_desk_and_the_person(steps: list[Any]):
    case, at = reached(steps)
    ended = cases.closed(case, at, "answered")
    assert not cases.is_open(ended)
    assert cases.closed(ended, at + dt.timedelta(days=1), "not_ours") == ended
    assert (ended.offered_to, ended.asked_at, ended.said) == (None, None, ())
