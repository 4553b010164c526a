"""What time alone changes in a verdict: from which day, until which day, with which birthday."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dateutil.relativedelta import relativedelta

from knowledge.conditions import Between, Since, cuts, evaluate, leaves
from knowledge.facts import ONE_DAY, FactId, Facts, Span, Value
from knowledge.measures import Measure

SOON = 2
"""Years: a birthday farther away is not worth a word."""


@dataclass(frozen=True, slots=True)
class Birthday:
    """The birthday with which a verdict turns: which age it is of, and how many years."""

    fact: FactId
    years: int
    doubtful: bool = False
    """Whether the law is silent on just this age, so that the bureau is to be asked."""


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
    """Return the next birthday that surely makes the measure fit, or end to fit, if one is near.

    Only the age is known, not the day: so it is said only where the verdict is the same whichever
    day of the year the birthday is, and whether or not other ages have their birthdays before it.
    """
    # Most ages are far from every bound: then there is nothing to evaluate.
    near = list(_turning_birthdays(measure, facts, known, on))
    if not near:
        return None
    fits = evaluate(measure.who, known, on) is True
    sure = (_surely(measure, facts, known, on, one, wanted=not fits) for one in near)
    return next((one for one in sure if one is not None), None)


def _surely(  # noqa: PLR0913 - all that a verdict looks at
    measure: Measure,
    facts: Facts,
    known: Mapping[FactId, Value],
    on: dt.date,
    one: Birthday,
    *,
    wanted: bool,
) -> Birthday | None:
    """Return the birthday, with its doubt, where the verdict is `wanted` on each possible day."""
    age = known[one.fact]
    assert isinstance(age, int)  # noqa: S101  # it is the age of a near birthday
    first = on + relativedelta(years=one.years - age - 1) + ONE_DAY
    last = on + relativedelta(years=one.years - age)
    turning = [day for day in _turning_days(measure, known, on) if first < day < last]
    then = [
        ({**known, **older, one.fact: one.years}, day)
        for older in _others_grown(facts, known, one)
        for day in (first, *turning, last)
    ]
    if any(evaluate(measure.who, values, day) is not wanted for values, day in then):
        return None
    if wanted and not all(measure.runs(day) for _, day in then):
        return None
    doubt = any(
        prose.when is not None
        and evaluate(prose.when, values, day)
        and not evaluate(prose.when, known, on)
        for prose in measure.unmodelled
        for values, day in then
    )
    return replace(one, doubtful=wanted and doubt)


def _others_grown(
    facts: Facts, known: Mapping[FactId, Value], one: Birthday
) -> Iterator[dict[FactId, Value]]:
    """Yield what the other ages may be by then: as they are, or so many years more."""
    yield {}
    age = known[one.fact]
    assert isinstance(age, int)  # noqa: S101  # it is the age of a near birthday
    for name, value in known.items():
        if name != one.fact and facts[name].birthday is not None and isinstance(value, int):
            for grown in range(1, one.years - age + 1):
                yield {name: value + grown}


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
