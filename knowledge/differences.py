"""Whose verdict changes between two states of the knowledge: golden people, and regions of answers.

The regions of a changed measure are those that neither the old nor the new rule can tell apart, so
one person of each stands for all, and where every region is looked at no change is missed.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import gcd, prod
from typing import Literal

from knowledge.base import KnowledgeBase
from knowledge.conditions import evaluate, facts_of, leaves
from knowledge.facts import FactId, Known, Profile, as_json
from knowledge.golden_profiles import Person
from knowledge.measures import MeasureId
from knowledge.regions import Regions, marks_of
from knowledge.verdicts import Word

CAP = 10_000
"""How many regions of a measure are looked at."""
Outcome = Word | Literal["not offered"]
Change = tuple[Outcome, Outcome]


@dataclass(frozen=True, slots=True)
class ChangedPeople:
    """The golden people whose verdict of a measure changes in the same way, by their cases."""

    measure: MeasureId
    change: Change
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedRegions:
    """Answers after which a verdict changes: for each fact that matters, the regions, by number."""

    measure: MeasureId
    change: Change
    where: Mapping[FactId, frozenset[int]]
    """Facts of which every region is meant are left out."""
    regions: Mapping[FactId, Regions]


@dataclass(frozen=True, slots=True)
class Capped:
    """A measure with more regions than are looked at."""

    measure: MeasureId
    looked_at: int
    regions: int


@dataclass(frozen=True, slots=True)
class Differences:
    """All that is otherwise, measures in the order of the files."""

    added: tuple[MeasureId, ...] = ()
    removed: tuple[MeasureId, ...] = ()
    people: tuple[ChangedPeople, ...] = ()
    regions: tuple[ChangedRegions, ...] = ()
    capped: tuple[Capped, ...] = ()
    not_compared: Mapping[MeasureId, FactId] | None = None
    """Measures with a fact that has become another kind of fact, so that no answer is both."""


def differences(
    before: KnowledgeBase,
    after: KnowledgeBase,
    people: Iterable[Person],
    on: dt.date,
    cap: int = CAP,
) -> Differences:
    """Return what changes; people on their own days, regions on the day given."""
    both = [name for name in before.measures if name in after.measures]
    changed = [name for name in both if _may_differ(before, after, name, on)]
    recast = {n: fact for n in changed if (fact := _recast(before, after, n)) is not None}
    looked = [_Regions(before, after, n, on, cap) for n in changed if n not in recast]
    return Differences(
        added=tuple(name for name in after.measures if name not in before.measures),
        removed=tuple(name for name in before.measures if name not in after.measures),
        people=tuple(_people(before, after, both, tuple(people))),
        regions=tuple(found for one in looked for found in one.changed()),
        capped=tuple(one.capped for one in looked if one.capped is not None),
        not_compared=recast or None,
    )


def outcome(base: KnowledgeBase, name: MeasureId, profile: Profile, on: dt.date) -> Outcome:
    """Return the word that `judge` would say, without its reasons."""
    measure = base.measures[name]
    if not measure.runs(on):
        return "not offered"
    truth = evaluate(measure.who, base.facts.counting(profile.known), on)
    if truth is None:
        return "unknown"
    if not truth:
        return "no"
    return "likely" if measure.capped else "yes"


# -- golden people ---------------------------------------------------------------------------------


def _people(
    before: KnowledgeBase,
    after: KnowledgeBase,
    measures: Sequence[MeasureId],
    people: Sequence[Person],
) -> Iterator[ChangedPeople]:
    seen = [(p, _as_read_by(before, p.full), _as_read_by(after, p.full)) for p in people]
    for name in measures:
        changes: dict[Change, list[str]] = {}
        for person, old, new in seen:
            change = outcome(before, name, old, person.on), outcome(after, name, new, person.on)
            if change[0] != change[1]:
                changes.setdefault(change, []).append(person.case.name)
        for change, names in changes.items():
            yield ChangedPeople(name, change, tuple(names))


def _as_read_by(base: KnowledgeBase, profile: Profile) -> Profile:
    """Return the answers that can be given there; what cannot was never asked."""
    read: dict[FactId, Known] = {}
    for name, value in profile.known.items():
        try:
            read[name] = Known(base.facts[name].read(as_json(Known(value))))
        except (KeyError, ValueError):
            continue
    return Profile(read)


# -- regions ---------------------------------------------------------------------------------------


def _may_differ(before: KnowledgeBase, after: KnowledgeBase, name: MeasureId, on: dt.date) -> bool:
    return _decisive(before, name, on) != _decisive(after, name, on)


def _decisive(base: KnowledgeBase, name: MeasureId, on: dt.date) -> tuple[object, ...]:
    """Return all that the verdict of a measure is made from."""
    measure = base.measures[name]
    asked = base.facts.with_grounds(facts_of(measure.who))
    facts = [base.facts[fact] for fact in asked]
    return measure.who, measure.capped, measure.runs(on), facts


def _recast(before: KnowledgeBase, after: KnowledgeBase, name: MeasureId) -> FactId | None:
    for fact in _asked(before, after, name):
        there = fact in before.facts and fact in after.facts
        if there and before.facts[fact].kind != after.facts[fact].kind:
            return fact
    return None


def _asked(before: KnowledgeBase, after: KnowledgeBase, name: MeasureId) -> list[FactId]:
    """Return the facts that the old rule or the new one looks at, and their grounds."""
    sides = ((base, base.measures[name]) for base in (before, after))
    asked = [base.facts.with_grounds(facts_of(measure.who)) for base, measure in sides]
    return list(dict.fromkeys(fact for facts in asked for fact in facts))


Cell = tuple[frozenset[int], ...]


class _Regions:
    """The regions of one measure's facts, and where the verdict changes in them."""

    def __init__(
        self,
        before: KnowledgeBase,
        after: KnowledgeBase,
        name: MeasureId,
        on: dt.date,
        cap: int,
    ) -> None:
        self._before, self._after, self._name, self._on = before, after, name, on
        asked = {fact: self._regions_of(fact) for fact in _asked(before, after, name)}
        self._regions = {fact: regions for fact, regions in asked.items() if regions.askable}
        self._choices = [_numbers(regions) for regions in self._regions.values()]
        self._all = prod(map(len, self._choices))
        self._looked_at = min(cap, self._all)

    @property
    def capped(self) -> Capped | None:
        """How many were looked at, where that is not all."""
        if self._looked_at == self._all:
            return None
        return Capped(self._name, self._looked_at, self._all)

    def changed(self) -> Iterator[ChangedRegions]:
        """Yield where the verdict changes, in as few pieces as are found; the largest first."""
        cells: dict[Change, list[Cell]] = {}
        for numbers in self._spread():
            profile = self._profile(numbers)
            change = (
                outcome(self._before, self._name, profile, self._on),
                outcome(self._after, self._name, profile, self._on),
            )
            if change[0] != change[1]:
                cells.setdefault(change, []).append(tuple(frozenset([n]) for n in numbers))
        for change, some in cells.items():
            for box in sorted(merged(some), key=_size, reverse=True):
                yield ChangedRegions(self._name, change, self._parted(box), self._regions)

    def _regions_of(self, name: FactId) -> Regions:
        bases = self._before, self._after
        facts = [base.facts for base in bases if name in base.facts]
        conditions = [base.measures[self._name].who for base in bases]
        compared = [leaf for who in conditions for leaf in leaves(who) if leaf.fact == name]
        fact = facts[-1][name]
        marks = [mark for those in facts for mark in marks_of(fact, compared, those, self._on)]
        return Regions(fact, marks, self._on)

    def _spread(self) -> Iterator[tuple[int, ...]]:
        """Yield every combination once; where they are too many, some from everywhere."""
        stride = _coprime(int(self._all * 0.618), self._all)
        for count in range(self._looked_at):
            yield self._combination(count * stride % self._all)

    def _combination(self, number: int) -> tuple[int, ...]:
        found = []
        for choices in self._choices:
            number, place = divmod(number, len(choices))
            found.append(choices[place])
        return tuple(found)

    def _profile(self, numbers: Sequence[int]) -> Profile:
        told = zip(self._regions.items(), numbers, strict=True)
        return Profile({fact: Known(regions.value(1 << n)) for (fact, regions), n in told})

    def _parted(self, box: Cell) -> dict[FactId, frozenset[int]]:
        named = zip(self._regions, box, self._choices, strict=True)
        return {fact: some for fact, some, every in named if len(some) < len(every)}


def _numbers(regions: Regions) -> list[int]:
    """Return the regions that may be told, by number."""
    return [mask.bit_length() - 1 for mask in regions.askable]


def _coprime(number: int, to: int) -> int:
    """Return the first number from this one that shares no divisor with the other."""
    while gcd(number, to) != 1:
        number += 1
    return number


def merged(cells: Iterable[Cell]) -> list[Cell]:
    """Return the same cells in fewer pieces: those apart in one fact become one.

    What is given on others comes last in the order, so it is merged first and falls away.
    """
    boxes = list(dict.fromkeys(cells))
    before = 0
    while len(boxes) != before:
        before = len(boxes)
        for axis in reversed(range(len(boxes[0]))) if boxes else ():
            alike: dict[tuple[Cell, Cell], frozenset[int]] = {}
            for box in boxes:
                rest = box[:axis], box[axis + 1 :]
                alike[rest] = alike.get(rest, frozenset()) | box[axis]
            boxes = [(*head, some, *tail) for (head, tail), some in alike.items()]
    return boxes


def _size(box: Cell) -> int:
    return prod(map(len, box))
