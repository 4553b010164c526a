"""Does a measure fit: yes, likely, not known yet, or no; and the smallest reason why."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from knowledge.conditions import (
    Rule,
    Since,
    evaluate,
    facts_of,
    leaves,
    open_leaves,
    rules_of,
)
from knowledge.facts import FactId, Facts, Known, Profile, Span, Value
from knowledge.measures import Measure, Unmodelled

Word = Literal["yes", "likely", "unknown", "no"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one measure and one profile, on one day."""

    measure: Measure
    word: Word
    because: tuple[FactId, ...]
    """The smallest set of the person's facts that alone gives this verdict."""
    missing: tuple[FactId, ...]
    """The unknown facts that can still decide it."""
    rules: tuple[Rule, ...]
    """The named conditions that hold (yes, likely), fail (no) or are open (unknown)."""
    caveats: tuple[Unmodelled, ...]
    """What the bureau, a firm or the year's money will decide."""
    would_change: tuple[FactId, ...]
    """For a no: the facts a person can change which would turn it."""
    from_day: dt.date | None
    """For a no: the first day on which time alone turns it."""


def judge(measure: Measure, facts: Facts, profile: Profile, on: dt.date) -> Verdict:
    """Return the verdict of one measure; *no* and *unknown* rest on the person's facts alone."""
    known = facts.counting(profile.known)
    truth = evaluate(measure.who, known, on)
    if truth is None:
        return _open(measure, known, on)
    because = _because(measure, facts, profile, on, truth)
    kept = facts.counting({f: v for f, v in profile.known.items() if f in because})
    rules = tuple(dict.fromkeys(rules_of(measure.who, kept, on, truth)))
    if truth:
        return Verdict(
            measure=measure,
            word="likely" if measure.capped else "yes",
            because=because,
            missing=(),
            rules=rules,
            caveats=_caveats(measure, known, on),
            would_change=(),
            from_day=None,
        )
    return Verdict(
        measure=measure,
        word="no",
        because=because,
        missing=(),
        rules=rules,
        caveats=(),
        would_change=_near_miss(measure, facts, profile, on),
        from_day=_first_day(measure, known, on),
    )


def _open(measure: Measure, known: Mapping[FactId, Value], on: dt.date) -> Verdict:
    missing = dict.fromkeys(leaf.fact for leaf in open_leaves(measure.who, known, on))
    return Verdict(measure, "unknown", (), tuple(missing), (), (), (), None)


def _because(
    measure: Measure, facts: Facts, profile: Profile, on: dt.date, truth: bool
) -> tuple[FactId, ...]:
    """Return a set of facts that forces the verdict and from which none can be dropped.

    The most personal facts are tried first, so that none is named that need not be.
    """
    kept = {f: v for f, v in profile.known.items() if f in facts}
    for fact in sorted(kept, key=lambda f: -facts[f].cost):
        without = {f: v for f, v in kept.items() if f != fact}
        if evaluate(measure.who, facts.counting(without), on) is truth:
            kept = without
    return tuple(f.id for f in facts if f.id in kept)


def _caveats(
    measure: Measure, known: Mapping[FactId, Value], on: dt.date
) -> tuple[Unmodelled, ...]:
    return tuple(
        prose
        for prose in measure.unmodelled
        if prose.when is None or evaluate(prose.when, known, on) is not False
    )


def _near_miss(measure: Measure, facts: Facts, profile: Profile, on: dt.date) -> tuple[FactId, ...]:
    """Return one thing the person could do after which the measure would no longer be a no."""
    for fact in facts_of(measure.who):
        if facts[fact].change is None or profile.known.get(fact) is not False:
            continue
        changed = facts.counting(profile.with_(fact, Known(True)).known)
        if evaluate(measure.who, changed, on) is not False:
            return (fact,)
    return ()


def _first_day(measure: Measure, known: Mapping[FactId, Value], on: dt.date) -> dt.date | None:
    """Return the first later day on which the same facts make the measure fit."""
    days: set[dt.date] = set()
    for leaf in leaves(measure.who):
        value = known.get(leaf.fact)
        if isinstance(leaf, Since) and value is not None and not isinstance(value, str | Span):
            days |= _turning_days(leaf, value)
    later = sorted(day for day in days if day > on)
    return next((day for day in later if evaluate(measure.who, known, day)), None)


def _turning_days(leaf: Since, value: object) -> set[dt.date]:
    assert isinstance(value, dt.date)  # noqa: S101  # the loader checked the fact's kind
    days = set()
    if leaf.at_least:
        days.add(leaf.at_least.after(value))
    if leaf.more_than:
        days.add(leaf.more_than.after(value) + dt.timedelta(days=1))
    return days
