"""How much working time lies between two instants, and when so much of it will have passed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import median_low
from typing import Self

from knowledge.opening_hours import OpeningHours, Span, in_sofia, moment

FARTHEST_DAYS = 3 * 366
"""So far ahead working time is looked for: a place that stays closed must not be counted for ever.
"""
NOTHING = dt.timedelta()
ONE_MINUTE = dt.timedelta(minutes=1)
_ASSUMED = OpeningHours.parse("Mo-Fr 09:00-17:00; PH off")
Interval = tuple[dt.datetime, dt.datetime]
"""From one instant to another in UTC; the last one is outside."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """By which hours a desk's clocks count. It is no opening time: nobody is told `_counted`.

    Where the hours are unknown the clocks go by assumed ones. What may be said is `told`.
    """

    _counted: OpeningHours = field(repr=False)
    assumed: bool

    @classmethod
    def of(cls, hours: OpeningHours | None) -> Self:
        """Return the working time of a place with these hours, the assumed one where unknown."""
        return cls(_ASSUMED, assumed=True) if hours is None else cls(hours, assumed=False)

    @property
    def told(self) -> OpeningHours | None:
        """The hours that people may be told; None where they are only assumed."""
        return None if self.assumed else self._counted

    @property
    def day_minutes(self) -> int:
        """The minutes of a usual working day."""
        open_rules = (rule for rule in self._counted.rules if rule.spans)
        return median_low(_minutes(rule.spans) for rule in open_rules for _ in rule.days)

    def minutes_between(self, a: dt.datetime, b: dt.datetime) -> int:
        """Return the whole working minutes from a to b; 0 where b is not later.

        >>> day = WorkingTime.of(OpeningHours.parse("Mo-Fr 09:00-12:00,13:00-17:00"))
        >>> monday = dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)  # 13:00 in Sofia
        >>> day.minutes_between(monday, monday + dt.timedelta(days=1))
        420
        """
        return self.time_between(a, b) // ONE_MINUTE

    def after(self, start: dt.datetime, minutes: int) -> dt.datetime:
        """Return the first instant by which so many working minutes have passed since the start.

        What ends with a working day ends at its closing, not at the next opening.
        """
        return self.after_time(start, minutes * ONE_MINUTE)

    def time_between(self, a: dt.datetime, b: dt.datetime) -> dt.timedelta:
        """Return the working time from a to b to the second; nothing where b is not later.

        Over instants in order it adds up: from a to b and from b to c it is that from a to c.
        """
        first, last = in_sofia(a).date().toordinal(), in_sofia(b).date().toordinal()
        since, until = a.astimezone(dt.UTC), b.astimezone(dt.UTC)
        passed = NOTHING
        for number in range(first, last + 1):
            day = dt.date.fromordinal(number)
            if first < number < last and _is_even(day):
                passed += _minutes(self._counted.spans_on(day)) * ONE_MINUTE
                continue
            for opens, closes in self._intervals(day):
                passed += max(min(closes, until) - max(opens, since), NOTHING)
        return passed

    def after_time(self, start: dt.datetime, time: dt.timedelta) -> dt.datetime:
        """Return the first instant by which so much working time has passed since the start.

        Of a place that is hardly ever open it is the last day looked at.
        """
        begins = in_sofia(start)
        since, left = begins.astimezone(dt.UTC), time
        if left <= NOTHING:
            return begins
        first = begins.date().toordinal()
        for number in range(first, first + FARTHEST_DAYS):
            day = dt.date.fromordinal(number)
            if number > first and _is_even(day):
                whole = _minutes(self._counted.spans_on(day)) * ONE_MINUTE
                if whole < left:
                    left -= whole
                    continue
            for opens, closes in self._intervals(day):
                from_here = max(opens, since)
                if closes - from_here >= left:
                    return in_sofia(from_here + left)
                left -= max(closes - from_here, NOTHING)
        return moment(dt.date.fromordinal(first + FARTHEST_DAYS), 0)

    def of_day(self, day: dt.date) -> tuple[Interval, ...]:
        """Return from when to when is worked on that day, in Sofia; for clocks, not to be told."""
        return tuple((in_sofia(a), in_sofia(b)) for a, b in self._intervals(day))

    def _intervals(self, day: dt.date) -> Iterator[Interval]:
        """Yield the parts of the day in order, in UTC.

        Where the clock skips an hour two of them may meet; no minute is counted twice.
        """
        reached = None
        for span in self._counted.spans_on(day):
            opens = moment(day, span.opens).astimezone(dt.UTC)
            closes = moment(day, span.closes).astimezone(dt.UTC)
            begins = opens if reached is None else max(opens, reached)
            if begins < closes:
                yield begins, closes
                reached = closes


def _minutes(spans: tuple[Span, ...]) -> int:
    return sum(span.closes - span.opens for span in spans)


@lru_cache(maxsize=4096)
def _is_even(day: dt.date) -> bool:
    """Return whether the day has 24 hours, so that the clock's face can be counted by."""
    return moment(day, 0).utcoffset() == moment(day, 24 * 60).utcoffset()
