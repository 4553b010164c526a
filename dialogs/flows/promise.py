"""When an answer can be expected from a desk, why it takes so long, and whom to call meanwhile."""

import datetime as dt
from collections.abc import Iterator

from dialogs.answer_time import rounded
from dialogs.flows import deadlines, places
from dialogs.turn import Desk, Turn
from knowledge.closed_days import closed_days
from knowledge.opening_hours import DAYS, OpeningHours
from knowledge.places import Bureau, Library
from knowledge.working_time import WorkingTime

NOON = (dt.time(11), dt.time(14, 30))
"""A break that begins between these is for lunch."""
ONE_DAY = {"holiday": "promise-holiday", "closure": "promise-closure"}
SOME_DAYS = {"holiday": "promise-holiday-days", "closure": "promise-closure-days"}
"""Why it is closed: how one day of it is said, and how several are."""


def expected(turn: Turn, desk: Desk, *, usual: bool = True) -> Iterator[str]:
    """Yield what is known of a desk's answer, a line each: hours, why so late, how long usually."""
    if desk.away:
        yield from _away(turn, desk)
    elif desk.hours is None:
        yield turn.text("promise-unknown")
    else:
        yield from _by_hours(turn, desk.hours)
    usually = desk.usual is not None and rounded(desk.usual, WorkingTime.of(desk.hours))
    if usually and usual:
        yield turn.text("promise-usual", how=usually[0], days=usually[1])
    if _is_called(desk):
        yield turn.text("promise-call", phone=desk.library.phone)
        yield places.source(turn, desk.library, desk.library.contact_source)


def urgent(turn: Turn, desk: Desk) -> Iterator[str]:
    """Yield a sourced phone for whom the answer comes too late; nothing where none helps."""
    place = None if _is_called(desk) else _to_call(turn, desk)
    if place:
        yield turn.text("promise-urgent", name=place.name, phone=place.phone)
        yield places.source(turn, place, place.contact_source)


def _away(turn: Turn, desk: Desk) -> Iterator[str]:
    """Yield that nobody answers there today, and from when somebody may."""
    yield turn.text("promise-away")
    now = turn.context.now
    midnight = now.replace(hour=23, minute=59, second=59)
    opens = desk.hours.next_opening(midnight) if desk.hours else None
    if opens:
        said = {"day": f"{opens:%d.%m}", "time": f"{opens:%H:%M}"}
        yield turn.text("promise-away-until", when=_when(now, opens.date()), **said)


# -- by the hours ------------------------------------------------------------------------------


def _by_hours(turn: Turn, hours: OpeningHours) -> Iterator[str]:
    now = turn.context.now
    closes = hours.closes_at(now)
    if closes:
        yield turn.text("promise-open", time=f"{closes:%H:%M}")
        return
    opens = hours.next_opening(now)
    if opens is None:
        yield turn.text("promise-unknown")
        return
    pause = _pause(hours, now, opens)
    if pause:
        yield turn.text(pause, time=f"{opens:%H:%M}")
        return
    said = {"day": f"{opens:%d.%m}", "time": f"{opens:%H:%M}"}
    yield turn.text("promise-closed", when=_when(now, opens.date()), **said)
    yield from _why_so_late(turn, hours, opens)


def _pause(hours: OpeningHours, now: dt.datetime, opens: dt.datetime) -> str:
    """Return how a break between two parts of one day's hours is said; else an empty text."""
    minute = now.hour * 60 + now.minute
    before = [span.closes for span in hours.spans_on(now.date()) if span.closes <= minute]
    if not before or opens.date() != now.date():
        return ""
    begins = dt.time(*divmod(before[-1], 60))
    return "promise-lunch" if NOON[0] <= begins <= NOON[1] else "promise-break"


def _why_so_late(turn: Turn, hours: OpeningHours, opens: dt.datetime) -> Iterator[str]:
    closed = closed_days(hours, turn.context.now, opens)
    if closed is None:
        return
    if closed.first == closed.last:
        when, day = _when(turn.context.now, closed.first), f"{closed.first:%d.%m}"
        yield turn.text(ONE_DAY[closed.why], when=when, day=day)
    else:
        first, last = f"{closed.first:%d.%m}", f"{closed.last:%d.%m}"
        yield turn.text(SOME_DAYS[closed.why], first=first, last=last)


def _when(now: dt.datetime, day: dt.date) -> str:
    """Return the day as texts select by it: today, tomorrow, or its name."""
    ahead = (day - now.date()).days
    return ("today", "tomorrow")[ahead] if ahead < 2 else DAYS[day.weekday()].lower()


# -- whom to call ------------------------------------------------------------------------------


def _is_called(desk: Desk) -> bool:
    """Whether nobody knows when the desk works, and its own phone is what helps."""
    return desk.hours is None and _has_phone(desk.library)


def _to_call(turn: Turn, desk: Desk) -> Bureau | Library | None:
    """Return the bureau of the person's address, else the library while somebody is there."""
    settlement = places.settlement_of(turn)
    bureau = turn.knowledge.directory.competent_bureau(settlement).bureau if settlement else None
    if bureau and _has_phone(bureau):
        return bureau if _is_hurried(turn) or _works_sooner(bureau, desk, turn) else None
    is_there = desk.hours is not None and desk.hours.is_open(turn.context.now)
    return desk.library if is_there and _is_hurried(turn) and _has_phone(desk.library) else None


def _is_hurried(turn: Turn) -> bool:
    """Whether a deadline runs in which days count."""
    running = deadlines.running(turn)
    return running is not None and running.state == "open"


def _works_sooner(bureau: Bureau, desk: Desk, turn: Turn) -> bool:
    """Whether the bureau may be reached before a desk where nobody answers today."""
    now = turn.context.now
    if desk.hours is None or desk.hours.is_open(now):
        return desk.hours is None
    opens = desk.hours.next_opening(now)
    if opens is None or opens.date() == now.date():
        return opens is None
    return WorkingTime.of(bureau.hours).minutes_between(now, opens) > 0


def _has_phone(place: Bureau | Library) -> bool:
    return bool(place.phone) and place.shows("phone")
