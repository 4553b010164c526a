"""What time alone changes in a verdict: from which day, until which day, with which birthday."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.conditions import Between, Since, Truth, cuts, evaluate, leaves
from knowledge.facts import ONE_DAY, FactId, Facts, Span, Value
from knowledge.measures import Measure

SOON = 2
"""Years: a birthday farther away is not worth a word."""


@dataclass(frozen=True, slots=True)
class Birthday:
    """The birthday with which a verdict turns: which age it is of, and how many years."""

    fact: FactId
    years: int


def first_day(measure: Measure, known: Mapping[FactId, Value], on: dt.date) -> dt.date | None:
    """Return the first later day on which the same facts make the measure fit."""
    fits = (
        day
        for day in _turning_days(measure, known, on)
        if measure.runs(day) and evaluate(measure.who, known, day)
    )
    return next(fits, None)


def last_day(measure: Measure, known: Mapping[FactId, Value], on: dt.date) -> dt.date | None:
    """Return the last day on which the same facts surely make a measure fit that fits now.

    Where afterwards it is only not known, as something else was not told, no end is said; nor
    where the measure itself ends earlier.
    """
    truths = [(day, evaluate(measure.who, known, day)) for day in _turning_days(measure, known, on)]
    if all(truth is not False for _, truth in truths):
        return None
    last = next(day for day, truth in truths if not truth) - ONE_DAY
    return last if measure.runs(last) else None


def birthday(
    measure: Measure, facts: Facts, known: Mapping[FactId, Value], on: dt.date
) -> Birthday | None:
    """Return the next birthday that alone makes the measure fit, or end to fit, if one is near.

    The day of a birthday is not known, only the age: all else is looked at as it stands on `on`.
    """
    # Most ages are far from every bound: then there is nothing to evaluate.
    near = list(_turning_birthdays(measure, facts, known, on))
    if not near:
        return None
    now = evaluate(measure.who, known, on)
    turns = (
        one
        for one in near
        if _turned(now, evaluate(measure.who, {**known, one.fact: one.years}, on))
    )
    return next(turns, None)


def _turned(now: Truth, later: Truth) -> bool:
    """Tell whether what fits surely does not fit any more, or what does not fit does."""
    return later is False if now else later is True


def _turning_birthdays(
    measure: Measure, facts: Facts, known: Mapping[FactId, Value], on: dt.date
) -> Iterator[Birthday]:
    """Yield the near birthdays with which some comparison of an age turns, the next one first."""
    found: dict[Birthday, int] = {}
    for leaf in leaves(measure.who):
        age = known.get(leaf.fact) if isinstance(leaf, Between) else None
        if isinstance(age, int) and facts[leaf.fact].birthday is not None:
            ahead = ((years, years - age) for years in cuts(leaf, on))
            found |= {Birthday(leaf.fact, y): wait for y, wait in ahead if 0 < wait <= SOON}
    yield from sorted(found, key=lambda one: found[one])


def _turning_days(
    measure: Measure, known: Mapping[FactId, Value], on: dt.date
) -> Iterator[dt.date]:
    """Yield the days after `on`, in order, on which some comparison of a date turns."""
    days = {
        day
        for leaf in leaves(measure.who)
        if isinstance(leaf, Since)
        for start in _dates(known.get(leaf.fact))
        for day in _days_of(leaf, start)
    }
    yield from sorted(day for day in days if day > on)


def _dates(value: Value | None) -> tuple[dt.date, ...]:
    """Return the day that was told, or the first and the last that it may be."""
    ends = (value.low, value.high) if isinstance(value, Span) else (value,)
    return tuple(day for day in ends if isinstance(day, dt.date))


def _days_of(leaf: Since, start: dt.date) -> Iterator[dt.date]:
    """Yield the days on which the comparison turns for one who counts from `start`."""
    if leaf.at_least:
        yield leaf.at_least.after(start)
    if leaf.more_than:
        yield leaf.more_than.after(start) + ONE_DAY
    if leaf.at_most:
        yield leaf.at_most.after(start) + ONE_DAY
