"""Where a rule turns: the values on both sides of each bound, confirmed by hand against the law."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from dateutil.relativedelta import relativedelta

from knowledge.conditions import Between, Leaf, Rule, Since, evaluate, leaves
from knowledge.durations import Duration
from knowledge.facts import ONE_DAY, Facts
from knowledge.texts import Frozen, Words

REFERENCE = dt.date(2026, 6, 15)
"""A day in the middle of a month, so that a month's end plays no part."""


class Confirmed(Frozen):
    """What the law says at the bounds of one rule; a number, or a time with a day less or more."""

    law: Words
    """The article, or the page, that says so; where the law is silent, who is asked."""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    @property
    def said(self) -> dict[str, bool]:
        """Each value with whether the rule holds there."""
        return {**dict.fromkeys(self.yes, True), **dict.fromkeys(self.no, False)}


def bounds_of(rule: Rule, facts: Facts) -> dict[str, bool | None]:
    """Return each value beside a bound of the rule, with whether the rule holds there."""
    found: dict[str, bool | None] = {}
    for leaf in leaves(rule.of):
        for label, value in _neighbours(leaf, facts):
            truth = evaluate(rule.of, {leaf.fact: value}, REFERENCE)
            # Where other facts play a part, the bound is that of the comparison alone.
            found[label] = evaluate(leaf, {leaf.fact: value}, REFERENCE) if truth is None else truth
    return found


def disagreements(rule: Rule, facts: Facts, confirmed: Confirmed | None) -> Iterator[str]:
    """Yield which bounds are not confirmed, confirmed otherwise, or no bounds at all."""
    said = confirmed.said if confirmed else {}
    found = bounds_of(rule, facts)
    for label, truth in found.items():
        word = "yes" if truth else "no"
        if label not in said:
            yield f"{rule.id}: at {label} the rule says {word}; read the law, then write it there"
        elif said[label] is not truth:
            yield f"{rule.id}: at {label} the rule says {word}, the law was read otherwise"
    for label in said.keys() - found.keys():
        yield f"{rule.id}: {label} is beside no bound; take it out"


def _neighbours(leaf: Leaf, facts: Facts) -> Iterator[tuple[str, Any]]:
    match leaf:
        case Between(fact=name, min=low, max=high):
            least, most = facts[name].bounds or (0, 0)
            for bound, step in ((low, -1), (high, 1)):
                if bound is not None:
                    for value in sorted((bound, bound + step)):
                        if least <= value <= most:
                            yield str(value), value
        case Since():
            for long in filter(None, (leaf.at_least, leaf.more_than, leaf.at_most)):
                yield from _days_round(long)


def _days_round(long: Duration) -> Iterator[tuple[str, dt.date]]:
    start = REFERENCE - relativedelta(**{long.unit: long.count})  # type: ignore[arg-type]
    name = f"{long.count} {long.unit}"
    yield f"{name} less a day", start + ONE_DAY
    yield name, start
    yield f"{name} and a day", start - ONE_DAY
