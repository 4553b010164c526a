"""Bulgarian working days and weekly opening hours, in the time of Sofia."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NoReturn, Self
from zoneinfo import ZoneInfo

import holidays
from dateutil.relativedelta import relativedelta

SOFIA = ZoneInfo("Europe/Sofia")
SEARCHED_DAYS = 21
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MIDNIGHT = 24 * 60
ONE_DAY = relativedelta(days=1)


class HoursError(ValueError):
    """The opening hours cannot be read; says what was found, what is allowed, one fix."""


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


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one minute of the day to another; the last one is outside."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{_clock(self.opens)}-{_clock(self.closes)}"


@dataclass(frozen=True, slots=True)
class Rule:
    """Some days of the week and when they are open; without spans they are closed."""

    days: tuple[int, ...]
    spans: tuple[Span, ...]

    def __str__(self) -> str:
        return f"{_days_text(self.days)} {','.join(map(str, self.spans)) or 'off'}"


@dataclass(frozen=True, slots=True)
class MonthlyClosure:
    """A weekday that is closed once a month: `Th[-1] off`, the last Thursday."""

    day: int
    nth: int

    def holds(self, day: dt.date) -> bool:
        """Tell whether this is the closed day of its month."""
        if day.weekday() != self.day:
            return False
        if self.nth > 0:
            return (day.day - 1) // 7 + 1 == self.nth
        # Counted from the end: the last one has no same weekday a week later in the month.
        last = day + relativedelta(day=31)
        return -((last.day - day.day) // 7 + 1) == self.nth

    def __str__(self) -> str:
        return f"{DAYS[self.day]}[{self.nth}] off"


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Weekly hours in a strict part of the OpenStreetMap syntax; holidays count as closed."""

    rules: tuple[Rule, ...]
    closures: tuple[MonthlyClosure, ...] = ()
    says_holidays: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the hours, e.g. of `Mo-Fr 08:30-12:30,13:00-17:00; Sa 09:00-14:00; PH off`."""
        return cls(*_parse(text))

    def __str__(self) -> str:
        holidays_off = ("PH off",) if self.says_holidays else ()
        return "; ".join((*map(str, self.rules), *map(str, self.closures), *holidays_off))

    def is_open(self, now: dt.datetime) -> bool:
        """Tell whether it is open at that moment."""
        return self.closes_at(now) is not None

    def closes_at(self, now: dt.datetime) -> dt.datetime | None:
        """Return when it closes next, or None if it is closed now."""
        today = _in_sofia(now).date()
        # Instants are compared, not clock faces: in autumn the same hour comes twice.
        instant = now.astimezone(dt.UTC)
        for span in self._spans_on(today):
            closes = _moment(today, span.closes)
            if _moment(today, span.opens) <= instant < closes:
                return closes
        return None

    def next_opening(self, now: dt.datetime) -> dt.datetime | None:
        """Return when it opens next after that moment, or None within three weeks."""
        first = _in_sofia(now).date()
        instant = now.astimezone(dt.UTC)
        for ahead in range(SEARCHED_DAYS + 1):
            day = first + relativedelta(days=ahead)
            for span in self._spans_on(day):
                opens = _moment(day, span.opens)
                if opens > instant:
                    return opens
        return None

    def _spans_on(self, day: dt.date) -> tuple[Span, ...]:
        """Return when it is open on that very day."""
        if is_public_holiday(day) or any(closure.holds(day) for closure in self.closures):
            return ()
        return next((rule.spans for rule in self.rules if day.weekday() in rule.days), ())


def _in_sofia(now: dt.datetime) -> dt.datetime:
    if now.tzinfo is None or now.utcoffset() is None:
        raise ValueError(f"{now} has no time zone; pass an aware datetime")
    return now.astimezone(SOFIA)


def _moment(day: dt.date, minutes: int) -> dt.datetime:
    """Return that minute of the day in Sofia; one that the clock skips in spring comes later."""
    whole, rest = divmod(minutes, MIDNIGHT)
    clock = dt.time(rest // 60, rest % 60)
    wall = dt.datetime.combine(day + relativedelta(days=whole), clock, tzinfo=SOFIA)
    return wall.astimezone(dt.UTC).astimezone(SOFIA)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _days_text(days: Sequence[int]) -> str:
    """Return the days as written: runs of three or more with a hyphen."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 1 else DAYS[run[0]] for run in runs
    )


# Reading the syntax.

_DAY = "|".join(DAYS)
_RULE = re.compile(rf"((?:{_DAY})(?:[-,](?:{_DAY}))*) (off|[0-9]\S*)")
_CLOSURE = re.compile(rf"({_DAY})\[(-?[0-9])\] off")
_SPAN = re.compile(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})")


def _fail(found: str, allowed: str, fix: str) -> NoReturn:
    raise HoursError(f"found {found!r}; allowed: {allowed}; fix: {fix}")


def _parse(text: str) -> tuple[tuple[Rule, ...], tuple[MonthlyClosure, ...], bool]:
    """Return the rules, the monthly closures and whether holidays are mentioned."""
    rules: list[Rule] = []
    closures: list[MonthlyClosure] = []
    says_holidays = False
    for part in text.split("; "):
        closure = _CLOSURE.fullmatch(part)
        if part == "PH off":
            if says_holidays:
                _fail(part, "each rule once", "remove the second `PH off`")
            says_holidays = True
        elif closure:
            closures.append(_closure(part, closure))
        else:
            rules.append(_rule(part))
    _refuse_repeated(rules, closures, text)
    if not any(rule.spans for rule in rules):
        _fail(text, "at least one day with hours", "write e.g. `Mo-Fr 09:00-17:00`")
    return tuple(rules), tuple(closures), says_holidays


def _closure(part: str, found: re.Match[str]) -> MonthlyClosure:
    nth = int(found[2])
    if nth not in (1, 2, 3, 4, 5, -1):
        _fail(part, "the weekday 1 to 5 or -1 (the last)", "write e.g. `Th[-1] off`")
    return MonthlyClosure(DAYS.index(found[1]), nth)


def _rule(part: str) -> Rule:
    """Return one `days hours` rule."""
    found = _RULE.fullmatch(part)
    if not found:
        _fail(
            part,
            "`Mo-Fr 09:00-17:00`, `Sa off`, `Th[-1] off`, `PH off`, separated by `; `",
            "write English two-letter days, one space, then hours like 09:00-17:00",
        )
    spans = () if found[2] == "off" else tuple(_span(span) for span in found[2].split(","))
    for earlier, later in pairwise(spans):
        if later.opens <= earlier.closes:
            _fail(found[2], "hours in order, with a break between", "join or reorder the hours")
    return Rule(tuple(_days(found[1])), spans)


def _days(text: str) -> Iterator[int]:
    """Yield the numbers of the days, Monday being 0."""
    last = -1
    for piece in text.split(","):
        first, _, end = piece.partition("-")
        start, stop = DAYS.index(first), DAYS.index(end[:2] if end else first)
        if start <= last or stop < start or (end and (stop == start or len(end) > 2)):
            _fail(text, "days from Mo to Su, in order, each once", "write e.g. `Mo-We,Fr`")
        last = stop
        yield from range(start, stop + 1)


def _span(text: str) -> Span:
    """Return the minutes of `09:00-17:00`."""
    found = _SPAN.fullmatch(text)
    if not found:
        _fail(text, "two-digit hours and minutes", "write e.g. `09:00-17:00`")
    h1, m1, h2, m2 = map(int, found.groups())
    opens, closes = h1 * 60 + m1, h2 * 60 + m2
    if max(m1, m2) > 59 or closes > MIDNIGHT or opens >= closes:
        _fail(text, "from 00:00 to 24:00, the end after the start", "write e.g. `09:00-17:00`")
    return Span(opens, closes)


def _refuse_repeated(rules: Sequence[Rule], closures: Sequence[MonthlyClosure], text: str) -> None:
    days = [day for rule in rules for day in rule.days]
    if len(days) != len(set(days)) or len(closures) != len(set(closures)):
        _fail(text, "each day of the week in one rule", "join or remove the repeated ones")
