"""When a place is open: weekly hours, monthly closures, exceptions by date, holidays."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NoReturn, Self

from dateutil.relativedelta import relativedelta

from knowledge.calendar import SOFIA, is_public_holiday

SEARCHED_DAYS = 100
"""So far ahead an opening is looked for: over a summer in which a place is closed."""
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MIDNIGHT = 24 * 60


class HoursError(ValueError):
    """The opening hours cannot be read; says what was found, what is allowed, one fix."""


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
        return f"{days_text(self.days)} {_spans_text(self.spans)}"


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
class DatedHours:
    """Other hours on one day or from one day to another: `2026 Dec 24 off`.

    A range may name days of the week; on the others the weekly hours hold.
    """

    first: dt.date
    last: dt.date
    days: tuple[int, ...]
    spans: tuple[Span, ...]

    def holds(self, day: dt.date) -> bool:
        """Tell whether the day has these hours."""
        return self.first <= day <= self.last and (not self.days or day.weekday() in self.days)

    @property
    def of_one_day(self) -> bool:
        """Whether it was written for one day, so that it is sure even of a holiday."""
        return self.first == self.last

    def __str__(self) -> str:
        days = f" {days_text(self.days)}" if self.days else ""
        return f"{_dates_text(self.first, self.last)}{days} {_spans_text(self.spans)}"


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Hours in a strict part of the OpenStreetMap syntax; holidays count as closed."""

    rules: tuple[Rule, ...]
    closures: tuple[MonthlyClosure, ...] = ()
    dated: tuple[DatedHours, ...] = ()
    says_holidays: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the hours, e.g. of `Mo-Fr 08:30-12:30,13:00-17:00; Sa 09:00-14:00; PH off`."""
        return cls(*_parse(text))

    def __str__(self) -> str:
        holidays_off = ("PH off",) if self.says_holidays else ()
        parts = (*self.rules, *self.closures, *self.dated, *holidays_off)
        return "; ".join(map(str, parts))

    def is_open(self, now: dt.datetime) -> bool:
        """Tell whether it is open at that moment."""
        return self.closes_at(now) is not None

    def closes_at(self, now: dt.datetime) -> dt.datetime | None:
        """Return when it closes next, or None if it is closed now."""
        today = in_sofia(now).date()
        # Instants are compared, not clock faces: in autumn the same hour comes twice.
        instant = now.astimezone(dt.UTC)
        for span in self.spans_on(today):
            closes = moment(today, span.closes)
            if moment(today, span.opens) <= instant < closes:
                return closes
        return None

    def next_opening(self, now: dt.datetime) -> dt.datetime | None:
        """Return when it opens next after that moment, or None within a hundred days."""
        first = in_sofia(now).date()
        instant = now.astimezone(dt.UTC)
        for ahead in range(SEARCHED_DAYS + 1):
            day = first + relativedelta(days=ahead)
            for span in self.spans_on(day):
                opens = moment(day, span.opens)
                if opens > instant:
                    return opens
        return None

    def spans_on(self, day: dt.date) -> tuple[Span, ...]:
        """Return when it is open on that very day."""
        dated = next((hours for hours in reversed(self.dated) if hours.holds(day)), None)
        if dated and (dated.of_one_day or not is_public_holiday(day)):
            return dated.spans
        if is_public_holiday(day) or any(closure.holds(day) for closure in self.closures):
            return ()
        return next((rule.spans for rule in self.rules if day.weekday() in rule.days), ())


def in_sofia(now: dt.datetime) -> dt.datetime:
    """Return the same instant on the clock of Sofia; raises ValueError where it has no zone."""
    if now.tzinfo is None or now.utcoffset() is None:
        raise ValueError(f"{now} has no time zone; pass an aware datetime")
    return now.astimezone(SOFIA)


def moment(day: dt.date, minutes: int) -> dt.datetime:
    """Return that minute of the day in Sofia; one that the clock skips in spring comes later."""
    whole, rest = divmod(minutes, MIDNIGHT)
    clock = dt.time(rest // 60, rest % 60)
    wall = dt.datetime.combine(day + relativedelta(days=whole), clock, tzinfo=SOFIA)
    return wall.astimezone(dt.UTC).astimezone(SOFIA)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _spans_text(spans: Sequence[Span]) -> str:
    return ",".join(map(str, spans)) or "off"


def _dates_text(first: dt.date, last: dt.date) -> str:
    """Return the dates as written: what repeats at the end of a range is left out."""
    begin = f"{first.year} {MONTHS[first.month - 1]} {first.day:02}"
    if first == last:
        return begin
    month = f"{MONTHS[last.month - 1]} "
    if first.year != last.year:
        return f"{begin}-{last.year} {month}{last.day:02}"
    return f"{begin}-{month if first.month != last.month else ''}{last.day:02}"


def days_text(days: Sequence[int]) -> str:
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
_MONTH = "|".join(MONTHS)
_RULE = re.compile(rf"((?:{_DAY})(?:[-,](?:{_DAY}))*) (off|[0-9]\S*)")
_UNTIL = rf"(?:(?:([0-9]{{4}}) )?({_MONTH}) )?([0-9]{{2}})"
_DATED = re.compile(
    rf"([0-9]{{4}}) ({_MONTH}) ([0-9]{{2}})(?:-{_UNTIL})? (?:([A-Z]\S*) )?(off|[0-9]\S*)"
)
_CLOSURE = re.compile(rf"({_DAY})\[(-?[0-9])\] off")
_SPAN = re.compile(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})")


def _fail(found: str, allowed: str, fix: str) -> NoReturn:
    raise HoursError(f"found {found!r}; allowed: {allowed}; fix: {fix}")


def _parse(
    text: str,
) -> tuple[tuple[Rule, ...], tuple[MonthlyClosure, ...], tuple[DatedHours, ...], bool]:
    """Return the rules, monthly closures and dated hours, and whether holidays are named."""
    rules: list[Rule] = []
    closures: list[MonthlyClosure] = []
    dated: list[DatedHours] = []
    says_holidays = False
    for part in text.split("; "):
        closure = _CLOSURE.fullmatch(part)
        dates = _DATED.fullmatch(part)
        if part == "PH off":
            if says_holidays:
                _fail(part, "each rule once", "remove the second `PH off`")
            says_holidays = True
        elif closure:
            closures.append(_closure(part, closure))
        elif dates:
            dated.append(_dated_hours(part, dates))
        else:
            rules.append(_rule(part))
    _refuse_repeated(rules, closures, text)
    _refuse_hidden(dated)
    if not any(rule.spans for rule in rules):
        _fail(text, "at least one day with hours", "write e.g. `Mo-Fr 09:00-17:00`")
    return tuple(rules), tuple(closures), tuple(dated), says_holidays


def _dated_hours(part: str, found: re.Match[str]) -> DatedHours:
    """Return a rule of certain dates; the end of a range may leave out what repeats."""
    year, month, day, last_year, last_month, last_day, days, spans = found.groups()
    try:
        first = dt.date(int(year), MONTHS.index(month) + 1, int(day))
        last = dt.date(
            int(last_year or year), MONTHS.index(last_month or month) + 1, int(last_day or day)
        )
    except ValueError:
        _fail(part, "days that there are", "write e.g. `2026 Dec 24 off`")
    if last < first:
        _fail(part, "the first day before the last", "write e.g. `2026 Jul 01-Aug 31 off`")
    # Days and hours are read as those of a week are, in which every day is named.
    rule = _rule(f"{days or 'Mo-Su'} {spans}")
    if days and not any(
        (first + relativedelta(days=n)).weekday() in rule.days
        for n in range(min(7, (last - first).days + 1))
    ):
        _fail(part, "days of the week that lie in these dates", "mend the days or the dates")
    return DatedHours(first, last, rule.days if days else (), rule.spans)


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
            "`Mo-Fr 09:00-17:00`, `Sa off`, `Th[-1] off`, `2026 Dec 24 off`, `PH off`, "
            "separated by `; `",
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


def _refuse_hidden(dated: Sequence[DatedHours]) -> None:
    for place, earlier in enumerate(dated):
        for later in dated[place + 1 :]:
            covers = later.first <= earlier.first and earlier.last <= later.last
            if covers and (not later.days or set(earlier.days) & set(later.days)):
                _fail(str(earlier), "no dates hidden by later ones", "write the shorter ones last")


def _refuse_repeated(rules: Sequence[Rule], closures: Sequence[MonthlyClosure], text: str) -> None:
    days = [day for rule in rules for day in rule.days]
    if len(days) != len(set(days)) or len(closures) != len(set(closures)):
        _fail(text, "each day of the week in one rule", "join or remove the repeated ones")
