"""Which fact to ask for next: only one that can still change a verdict, cheapest gain first."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.conditions import (
    Condition,
    Is,
    OneOf,
    cuts,
    evaluate,
    leaves,
    open_leaves,
)
from knowledge.facts import LONG_AGO, NONE, Fact, FactId, Facts, Profile, Span, Value
from knowledge.measures import Measure


@dataclass(frozen=True, slots=True)
class Witness:
    """Two ways the unknown facts may turn out, one fact apart, with different verdicts."""

    measure: str
    fact: FactId
    one: Mapping[FactId, Value]
    other: Mapping[FactId, Value]


class Interviewer:
    """Chooses questions for a set of measures; pure, and remembers the first steps everyone takes.

    `on` is the day the verdicts are for.
    """

    def __init__(self, facts: Facts, measures: Sequence[Measure], on: dt.date) -> None:
        self.facts = facts
        self.measures = tuple(measures)
        self.on = on
        self._regions = {fact.id: self._regions_of(fact) for fact in facts}
        self._remembered: dict[tuple[object, ...], FactId | None] = {}

    def next_question(self, profile: Profile) -> FactId | None:
        """Return the fact to ask for, or None when no answer could change a verdict.

        Where a deadline hangs on a fact it comes first; sensitive facts come last.
        """
        key = self._region_key(profile)
        if key not in self._remembered:
            self._remembered[key] = self._choose(profile)
        return self._remembered[key]

    def relevant(self, profile: Profile) -> tuple[FactId, ...]:
        """Return every fact whose answer could still change a verdict."""
        return tuple(
            fact.id
            for fact in self.facts.open_to_ask(profile)
            if self.witness(profile, fact.id) is not None
        )

    def decides(self, profile: Profile, fact: FactId) -> tuple[Measure, ...]:
        """Return the measures whose verdict this fact could still change: „защо питате?“."""
        return tuple(m for m in self.measures if self._witness(m, profile, fact) is not None)

    def witness(self, profile: Profile, fact: FactId) -> Witness | None:
        """Return a proof that the answer matters, or None when it cannot."""
        found = (self._witness(m, profile, fact) for m in self.measures)
        return next((w for w in found if w is not None), None)

    def _choose(self, profile: Profile) -> FactId | None:
        known = self.facts.counting(profile.known)
        candidates = [
            fact
            for fact in self.facts.open_to_ask(profile)
            if self._unsettled(known.get(fact.id)) and self.witness(profile, fact.id)
        ]
        if not candidates:
            return None
        urgent = [fact for fact in candidates if fact.urgent]
        order = {fact.id: n for n, fact in enumerate(self.facts)}
        return max(
            urgent or candidates,
            key=lambda f: (
                f.sensitivity != "special",
                self._gain(profile, f) / f.cost,
                -order[f.id],
            ),
        ).id

    @staticmethod
    def _unsettled(value: Value | None) -> bool:
        return value is None or isinstance(value, Span)

    def _gain(self, profile: Profile, fact: Fact) -> float:
        """Return the weight of the measures that an answer would decide, averaged over answers."""
        known = self.facts.counting(profile.known)
        open_before = [m for m in self.measures if evaluate(m.who, known, self.on) is None]
        regions = self._regions_within(fact.id, known.get(fact.id))
        total = 0.0
        for value in regions:
            after = self.facts.counting({**profile.known, fact.id: value})
            total += sum(
                m.weight for m in open_before if evaluate(m.who, after, self.on) is not None
            )
            # An answer that decides nothing yet still narrows: prefer what many measures wait for.
            total += 0.01 * sum(
                fact.id in {leaf.fact for leaf in open_leaves(m.who, known, self.on)}
                for m in open_before
            )
        return total / len(regions)

    # -- exact relevance ---------------------------------------------------------------------

    def _witness(self, measure: Measure, profile: Profile, fact: FactId) -> Witness | None:
        told = dict(profile.known)
        known = self.facts.counting(told)
        if evaluate(measure.who, known, self.on) is not None:
            return None
        values = self._regions_within(fact, known.get(fact))
        told.pop(fact, None)
        return self._search(measure, fact, values, told)

    def _search(
        self, measure: Measure, fact: FactId, values: Sequence[Value], told: dict[FactId, Value]
    ) -> Witness | None:
        """Fill in the other unknown facts one by one until two answers of `fact` differ."""
        decided: dict[bool, dict[FactId, Value]] = {}
        waiting: FactId | None = None
        for value in values:
            completion = {**told, fact: value}
            known = self.facts.counting(completion)
            truth = evaluate(measure.who, known, self.on)
            if truth is None:
                waiting = waiting or self._to_fill(measure.who, known, fact)
            else:
                decided[truth] = completion
        if len(decided) == 2:
            return Witness(measure.id, fact, decided[True], decided[False])
        if waiting is None:
            return None
        for value in self._regions_within(waiting, told.get(waiting)):
            found = self._search(measure, fact, values, {**told, waiting: value})
            if found:
                return found
        return None

    def _to_fill(
        self, condition: Condition, known: Mapping[FactId, Value], fact: FactId
    ) -> FactId | None:
        """Return a fact that the undecided part waits for, or the ground of one."""
        for leaf in open_leaves(condition, known, self.on):
            wanted = self._ground(leaf.fact, known)
            if wanted != fact:
                return wanted
        return None

    def _ground(self, fact: FactId, known: Mapping[FactId, Value]) -> FactId:
        given = self.facts[fact].given
        while given is not None and given.fact not in known:
            fact, given = given.fact, self.facts[given.fact].given
        return fact

    # -- regions: answers that no rule can tell apart ----------------------------------------

    def _regions_of(self, fact: Fact) -> tuple[Value, ...]:
        named = [leaf for m in self.measures for leaf in leaves(m.who) if leaf.fact == fact.id]
        match fact.kind:
            case "bool":
                return (True, False)
            case "choice":
                return tuple(self._choices_of(fact, named))
            case "whole":
                low, high = fact.bounds or (0, 0)
                firsts = {low} | {c for leaf in named for c in cuts(leaf, self.on)}  # type: ignore[misc]
                return (*_inside(firsts, low, high), *((NONE,) if fact.none else ()))
            case "date":
                firsts = {LONG_AGO} | {c for leaf in named for c in cuts(leaf, self.on)}
                return (*_inside(firsts, LONG_AGO, self.on), *((NONE,) if fact.none else ()))
            case _:
                return ()

    def _choices_of(self, fact: Fact, named: Iterable[object]) -> Iterator[Value]:
        """Yield each choice that a rule or a `given` names, and one for all the others."""
        used: set[str | bool] = set()
        for leaf in named:
            if isinstance(leaf, Is):
                used.add(leaf.value)
            elif isinstance(leaf, OneOf):
                used.update(leaf.values)
        for other in self.facts:
            if other.given and other.given.fact == fact.id:
                used.update(other.given.one_of)
        rest = [c.value for c in fact.choices if c.value not in used]
        yield from (c.value for c in fact.choices if c.value in used)
        yield from rest[:1]

    def _regions_within(self, fact: FactId, value: Value | None) -> tuple[Value, ...]:
        """Return one value for each region that what is known of the fact still allows."""
        if value is None:
            return self._regions[fact]
        if not isinstance(value, Span):
            return (value,)
        inside = (r for r in self._regions[fact] if r != NONE and value.low < r <= value.high)  # type: ignore[operator]
        return (value.low, *inside)

    def _region_key(self, profile: Profile) -> tuple[object, ...]:
        known = self.facts.counting(profile.known)
        places = tuple((f, self._region_index(f, v)) for f, v in known.items())
        return (places, frozenset(f for f in profile.answers if profile.closed(f)))

    def _region_index(self, fact: FactId, value: Value) -> object:
        """Return what the rules can see of a value."""
        if isinstance(value, Span):
            return (value.low, value.high)
        kind = self.facts[fact].kind
        if value == NONE or kind not in ("whole", "date"):
            return value
        return sum(r <= value for r in self._regions[fact] if r != NONE)  # type: ignore[operator]


def _inside(firsts: set, low: object, high: object) -> list:  # type: ignore[type-arg]
    return sorted(c for c in firsts if low <= c <= high)

