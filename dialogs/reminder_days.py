"""When a reminder is said: by day, before it is too late, and never for what is past."""

import datetime as dt

from dateutil.relativedelta import relativedelta

from knowledge.calendar import ONE_DAY, SOFIA, is_working_day

MORNING = dt.time(9, 30)
EVENING = dt.time(18)
AHEAD = (2, 1)
"""Working days before a deadline on which it is said: the first of them that is still to come."""
NEAR = 1
"""Days: what is so near is said now, not later."""


def before_deadline(day: dt.date, now: dt.datetime) -> dt.datetime | None:
    """Return the morning on which a deadline is said; None where it is to be said now."""
    if (day - now.date()).days <= NEAR:
        return None
    mornings = (_at(_working_days_before(day, days), MORNING) for days in AHEAD)
    return next((morning for morning in mornings if morning > now), None)


def eve_of_visit(day: dt.date, now: dt.datetime) -> dt.datetime | None:
    """Return the evening before a visit; None where that is over, so that it is said now."""
    return _coming(_at(day - ONE_DAY, EVENING), now)


def of_birthday(day: dt.date, now: dt.datetime, *, ends: bool) -> dt.datetime | None:
    """Return when a birthday is said: on its day, or a month before where something ends."""
    if not ends:
        return on_day(day, now)
    month_before = on_day(day - relativedelta(months=1), now)
    return month_before or before_deadline(day, now)


def on_day(day: dt.date, now: dt.datetime) -> dt.datetime | None:
    """Return the morning of that day, if it is still to come."""
    return _coming(_at(day, MORNING), now)


def next_birthday(month_and_day: dt.date, after: dt.date, years_ahead: int) -> dt.date:
    """Return the birthday so many birthdays ahead; that of 29 February is the 28th elsewhere."""
    first = after + relativedelta(month=month_and_day.month, day=month_and_day.day)
    if first <= after:
        first = after + relativedelta(years=1, month=month_and_day.month, day=month_and_day.day)
    # Counted from the day that was told: a 28 February between would lose the 29th.
    return dt.date(first.year + years_ahead - 1, 1, 1) + relativedelta(
        month=month_and_day.month, day=month_and_day.day
    )


def _working_days_before(day: dt.date, days: int) -> dt.date:
    while days:
        day -= ONE_DAY
        days -= is_working_day(day)
    return day


def _coming(moment: dt.datetime, now: dt.datetime) -> dt.datetime | None:
    return moment if moment > now else None


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, SOFIA)


def midnight(day: dt.date) -> dt.datetime:
    """Return the moment in Sofia at which the day begins."""
    return _at(day, dt.time(0))
