"""A day as an editor types it, or as a browser sends it."""

import datetime as dt
import re

_WAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"),
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})\s*(?:г\.?)?"),
)


def day_in(text: str) -> dt.date | None:
    """Return the day that is written: „2026-11-24“, „24.11.2026“; None where none is.

    >>> day_in("4. 1. 2027 г.")
    datetime.date(2027, 1, 4)
    """
    found = next((match for way in _WAYS if (match := way.fullmatch(text.strip()))), None)
    return day_of(*map(int, found.group("year", "month", "day"))) if found else None


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """Return that day; None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
