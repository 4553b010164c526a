"""What the desk's clock does with a case, and when: pure, in working minutes."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from dialogs import case as cases
from dialogs.answer_time import MARKS, TARGET, Mark, mark
from dialogs.flows.cover import closed_for_long, could_cover
from dialogs.model import Case, DeskAct
from dialogs.turn import Desk
from knowledge.calendar import add_working_days
from knowledge.opening_hours import in_sofia
from knowledge.working_time import WorkingTime

NOTICE = 30
"""Working minutes without a word from who took it, after which they are reminded."""
FREE = 60
"""Working minutes after which it goes back to everybody."""
EXPERT_DAYS = 2
"""Working days for which who waits for an expert is not silent: then both may be forgotten."""
UNTAKEN_DAYS = 10
"""Working days after which a question that nobody took is given up, and the person told."""
SILENT = dt.timedelta(days=14)
"""So long after the last word a talk in which the person owes nothing is ended."""


def counting(case: Case, desks: Collection[Desk]) -> Desk | None:
    """Return the desk by whose hours the case waits; None where no desk has it.

    It is the neighbour it is offered to, who can answer: its own library is closed for long.
    """
    by_id = {desk.id: desk for desk in desks}
    neighbour = by_id.get(case.offered_to or "")
    return neighbour if neighbour and not neighbour.away else by_id.get(case.library or "")


def reached_mark(
    case: Case, desks: Collection[Desk], now: dt.datetime, within: Mapping[str, int]
) -> Mark:
    """Return the highest mark that the wait has reached; `within` is a desk's time for an answer.

    Where no desk has the case, hours are assumed, as where they are unknown.
    """
    desk = counting(case, desks)
    hours = WorkingTime.of(desk.hours if desk else None)
    return _reached(case, hours, now, within.get(desk.id) if desk else None)


def due(
    case: Case,
    desk: Desk,
    now: dt.datetime,
    target: int | None = None,
    others: Collection[Desk] = (),
) -> Iterator[DeskAct]:
    """Yield what the clock has to do with a case at its desk now; each is done once.

    `others` are the desks of which one may be proposed as a neighbour.
    """
    working = WorkingTime.of(desk.hours)
    waits = _waits(case, working, now, target)
    for name, code in (*_held(case, working, now), *waits, *_covered(case, desk, now, others)):
        yield DeskAct.model_validate(
            {"act": name, "case": case.number, "code": code, "of": cases.clock_of(case, name)}
        )


def given_up(case: Case, now: dt.datetime) -> Iterator[DeskAct]:
    """Yield the end of a case for which no library was found, once it has waited too long."""
    heard = case.heard_at or case.opened_at
    if cases.is_open(case) and case.library is None and _is_over(case, heard, now):
        yield DeskAct(act="give_up", case=case.number, of=heard)


def _held(case: Case, working: WorkingTime, now: dt.datetime) -> Iterator[tuple[str, str]]:
    since = cases.clock_of(case, "notice")
    if since is None:
        return
    silent = working.minutes_between(since, now)
    if case.expert and case.expert.answered_at is None:
        waited = working.minutes_between(case.expert.asked_at, now)
        silent = min(silent, waited - EXPERT_DAYS * working.day_minutes)
    if silent >= FREE:
        yield "free", ""
    elif silent >= NOTICE and "notice" not in case.said:
        yield "notice", ""


def _waits(
    case: Case, working: WorkingTime, now: dt.datetime, target: int | None
) -> Iterator[tuple[str, str]]:
    heard = cases.clock_of(case, "expire")
    if heard and _is_over(case, heard, now):
        yield "expire", ""
        return
    reached = _reached(case, working, now, target)
    for one in MARKS:
        if 0 < one <= reached and f"mark:{one}" not in case.said:
            yield "mark", str(one)


def _reached(case: Case, working: WorkingTime, now: dt.datetime, target: int | None) -> Mark:
    since = cases.clock_of(case, "mark")
    return mark(since, now, working, target or TARGET) if since else 0


def _covered(
    case: Case, desk: Desk, now: dt.datetime, others: Collection[Desk]
) -> Iterator[tuple[str, str]]:
    proposable = cases.clock_of(case, "propose") and "propose" not in case.said
    somebody = any(could_cover(other, now) for other in others if other.id != desk.id)
    if proposable and somebody and closed_for_long(desk, now):
        yield "propose", ""


def _is_over(case: Case, heard: dt.datetime, now: dt.datetime) -> bool:
    if case.asked_at is None:
        return now - heard >= SILENT
    last_day = add_working_days(in_sofia(heard).date(), UNTAKEN_DAYS)
    return in_sofia(now).date() > last_day
