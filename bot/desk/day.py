"""A library's day in numbers: what is tapped at the desk, and the month that comes of it."""

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from knowledge.calendar import SOFIA

CAME = "came"
"""Somebody came to the library because of Посока."""
JOINED = "joined"
"""Somebody became a reader."""
SERVED = "visitor_served"
"""A visitor's interview at the desk; it is counted when it ends, and never tapped."""
TAPPED = (CAME, JOINED)
COLUMNS = (*TAPPED, SERVED)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was counted today, and the key of the tap that can be undone."""

    n: int = 0
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """One number of one day of one library."""

    library: str
    day: str
    metric: str
    n: int


class DayStore(Protocol):
    """What is counted at desks."""

    async def tap(self, library: str, day: dt.date, metric: str, key: str) -> None:
        """Count one more; a tap with a key that was used counts nothing."""

    async def undo(self, library: str, day: dt.date, metric: str, key: str) -> None:
        """Take the last tap of the day back, if it still is the one with this key."""

    async def served(self, library: str, at: dt.datetime) -> None:
        """Count a visitor: for the library by its day, and among all counters by theirs."""

    async def today(self, library: str, day: dt.date) -> dict[str, Tally]:
        """Return what was counted this day, each with the key of the tap that can be undone."""

    async def month(self, month: str, library: str | None = None) -> list[Counted]:
        """Return what was counted in a month („2026-11“), at one library or at all."""


@dataclass(frozen=True, slots=True)
class Line:
    """What can be tapped on the list's page: today's number, and the keys of both taps."""

    metric: str
    n: int
    last: str | None
    """The key of the tap that can be undone; None where there is none."""
    key: str
    """The key of the next tap."""


async def lines_of(store: DayStore, library: str, now: dt.datetime) -> tuple[Line, ...]:
    """Return what a library can tap now."""
    counted = await store.today(library, now.astimezone(SOFIA).date())
    tallies = ((metric, counted.get(metric, Tally())) for metric in TAPPED)
    return tuple(Line(m, tally.n, tally.last, secrets.token_urlsafe(12)) for m, tally in tallies)


@dataclass(frozen=True, slots=True)
class Table:
    """A month of one library: a row for each day with a number, and the sums."""

    rows: tuple[tuple[dt.date, tuple[int, ...]], ...]
    sums: tuple[int, ...]


def table(counted: Iterable[Counted]) -> Table:
    """Return the table of one library's month, in the order of COLUMNS."""
    days: dict[str, dict[str, int]] = {}
    for one in counted:
        days.setdefault(one.day, {})[one.metric] = one.n
    rows = tuple((dt.date.fromisoformat(day), _row(days[day])) for day in sorted(days))
    sums = tuple(sum(row[n] for _, row in rows) for n in range(len(COLUMNS)))
    return Table(rows, sums)


def _row(counted: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(counted.get(metric, 0) for metric in COLUMNS)


def is_month(text: str) -> bool:
    """Return whether the text names a month as „2026-11“."""
    try:
        return f"{dt.date.fromisoformat(f'{text}-01'):%Y-%m}" == text
    except ValueError:
        return False


def beside(month: str, steps: int) -> str:
    """Return the month so many months later, or before.

    >>> beside("2026-01", -1)
    '2025-12'
    """
    year, number = map(int, month.split("-"))
    years, zero_based = divmod(year * 12 + number - 1 + steps, 12)
    return f"{years:04}-{zero_based + 1:02}"
