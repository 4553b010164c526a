"""Bulgarian public holidays and working days."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

SOFIA = ZoneInfo("Europe/Sofia")
ONE_DAY = relativedelta(days=1)


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> frozenset[dt.date]:
    """Return the public holidays of the year, with the days given in place of weekends."""
    return frozenset(holidays.country_holidays("BG", years=year))


def is_public_holiday(day: dt.date) -> bool:
    """Tell whether the day is an official holiday or a day off in its place."""
    return day in _holidays_of(day.year)


def is_working_day(day: dt.date) -> bool:
    """Tell whether offices work: Monday to Friday and no public holiday."""
    return day.weekday() < 5 and not is_public_holiday(day)


def add_working_days(start: dt.date, n: int) -> dt.date:
    """Return the n-th working day after the start; the start itself is not counted."""
    if n < 1:
        raise ValueError(f"{n} working days after {start}: count at least 1")
    day = start
    while n:
        day += ONE_DAY
        n -= is_working_day(day)
    return day


def working_days_between(a: dt.date, b: dt.date) -> int:
    """Return how many working days come after a up to and with b; negative if b is earlier."""
    if b < a:
        return -working_days_between(b, a)
    days = (b - a).days
    return sum(is_working_day(a + relativedelta(days=n)) for n in range(1, days + 1))
