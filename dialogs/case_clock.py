"""What the desk's clock does with a case, and when: pure, in working minutes."""

import datetime as dt
from collections.abc import Iterator

from dialogs import case as cases
from dialogs.answer_time import MARKS, TARGET, mark
from dialogs.flows.cover import closed_for_long
from dialogs.model import Case, DeskAct
from dialogs.turn import Desk
from knowledge.calendar import add_working_days
from knowledge.opening_hours import in_sofia
from knowledge.working_time import WorkingTime

NOTICE = 30
"""Working minutes without a word from who took it, after which they are reminded."""
FREE = 60
"""Working minutes after which it goes back to everybody."""
UNTAKEN_DAYS = 10
"""Working days after which a question that nobody took is given up, and the person told."""
SILENT = dt.timedelta(days=14)
"""So long after the last word a talk in which the person owes nothing is ended."""


def due(case: Case, desk: Desk, now: dt.datetime, target: int | None = None) -> Iterator[DeskAct]:
    """Yield what the clock has to do with a case at its desk now; each is done once."""
    working = WorkingTime.of(desk.hours)
    for name, code in (*_held(case, working, now), *_waits(case, desk, working, now, target)):
        yield DeskAct.model_validate(
            {"act": name, "case": case.number, "code": code, "of": cases.clock_of(case, name)}
        )


def _held(case: Case, working: WorkingTime, now: dt.datetime) -> Iterator[tuple[str, str]]:
    since = cases.clock_of(case, "notice")
    if since is None:
        return
    silent = working.minutes_between(since, now)
    if silent >= FREE:
        yield "free", ""
    elif silent >= NOTICE and "notice" not in case.said:
        yield "notice", ""


def _waits(
    case: Case, desk: Desk, working: WorkingTime, now: dt.datetime, target: int | None
) -> Iterator[tuple[str, str]]:
    heard = cases.clock_of(case, "expire")
    if heard and _is_over(case, heard, now):
        yield "expire", ""
        return
    asked = cases.clock_of(case, "mark")
    if asked:
        reached = mark(asked, now, working, target or TARGET)
        for one in MARKS:
            if 0 < one <= reached and f"mark:{one}" not in case.said:
                yield "mark", str(one)
    proposable = cases.clock_of(case, "propose") and "propose" not in case.said
    if proposable and closed_for_long(desk, now):
        yield "propose", ""


def _is_over(case: Case, heard: dt.datetime, now: dt.datetime) -> bool:
    if case.state == "for_person":
        return now - heard >= SILENT
    last_day = add_working_days(in_sofia(heard).date(), UNTAKEN_DAYS)
    return in_sofia(now).date() > last_day
