"""Which fact to ask for next: only one that can still change a verdict, cheapest gain first.

Conditions are compiled once for the day: a fact is a bit mask of the regions it may still be in,
so a step costs no calendar arithmetic. `evaluate` says what the compiled form must say.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.compiled import Compiled
from knowledge.conditions import Leaf, leaves
from knowledge.facts import FactId, Facts, Profile, Value
from knowledge.measures import Measure
from knowledge.regions import CLOSED, UNKNOWN, Mask, Regions, marks_of

WAITING = 0.01
"""What it is worth, beside a decided measure, that a measure waits for the answer."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Two things that may yet be known of the person, one answer apart, with different verdicts.

    Facts that the person has closed stay unknown. Both verdicts are decided, or one is left open
    by closed facts; where every full answer would agree, `one` lacks the answer that settles it.
    """

    measure: str
    fact: FactId
    one: Mapping[FactId, Value]
    other: Mapping[FactId, Value]


class Interviewer:
    """Chooses questions for a set of measures; pure, and remembers the standings met before.

    `on` is the day the verdicts are for. An answer closes its question, whatever it is: so every
    interview ends after as many questions as there are facts, or fewer.
    """

    def __init__(self, facts: Facts, measures: Sequence[Measure], on: dt.date) -> None:
        self.facts = facts
        self.measures = tuple(measures)
        self.on = on
        named: dict[FactId, list[Leaf]] = {fact.id: [] for fact in facts}
        for measure in self.measures:
            for leaf in leaves(measure.who):
                named[leaf.fact].append(leaf)
        self._regions = {f.id: Regions(f, marks_of(f, named[f.id], facts, on), on) for f in facts}
        self._order = {fact.id: number for number, fact in enumerate(facts)}
        self._compiled = tuple(Compiled(m, facts, self._regions, on) for m in self.measures)

    def next_question(self, profile: Profile) -> FactId | None:
        """Return the fact to ask for, or None when no answer could change a verdict.

        Where a deadline hangs on a fact it comes first; facts on health and the like come last.
        """
        gains = self._gains(profile)
        facts = [self.facts[fact] for fact in gains]
        best = max(
            [fact for fact in facts if fact.urgent] or facts,
            key=lambda f: (f.sensitivity != "special", gains[f.id] / f.cost, -self._order[f.id]),
            default=None,
        )
        return None if best is None else best.id

    def relevant(self, profile: Profile) -> tuple[FactId, ...]:
        """Return every fact whose answer could still change a verdict, in declared order."""
        return tuple(sorted(self._gains(profile), key=self._order.__getitem__))

    def decides(self, profile: Profile, fact: FactId) -> tuple[Measure, ...]:
        """Return the measures whose verdict this fact could still change: „защо питате?“."""
        return tuple(
            compiled.measure
            for compiled in self._compiled
            if self._witness(compiled, profile, fact) is not None
        )

    def witness(self, profile: Profile, fact: FactId) -> Witness | None:
        """Return a proof that the answer matters, or None when it cannot."""
        found = (self._witness(compiled, profile, fact) for compiled in self._compiled)
        return next((witness for witness in found if witness is not None), None)

    def _gains(self, profile: Profile) -> dict[FactId, float]:
        """Return the facts worth asking for, each with the weight of what its answer decides.

        The weight is averaged over the answers; waiting measures break ties.
        """
        masks = self._masks(profile)
        open_ = [(c, s) for c in self._compiled if (s := c.standing(masks)).shares]
        wanted: dict[FactId, int] = {}
        for _, standing in open_:
            for fact in standing.relevant:
                wanted[fact] = wanted.get(fact, 0) + 1
        if not wanted:
            wanted = {s.settling.fact: 1 for _, s in open_ if s.settling is not None}
        return {
            fact: WAITING * waiting
            + sum(c.measure.weight * s.shares.get(fact, 0.0) for c, s in open_)
            for fact, waiting in wanted.items()
        }

    def _masks(self, profile: Profile) -> dict[FactId, Mask]:
        """Return what the profile says of each fact that was asked, as the rules see it."""
        told = {f: self._regions[f].mask(v) for f, v in profile.known.items() if f in self.facts}
        return told | {f: CLOSED for f in profile.answers if f in self.facts and f not in told}

    def _witness(self, compiled: Compiled, profile: Profile, fact: FactId) -> Witness | None:
        masks = self._masks(profile)
        pair = compiled.pair(masks, fact)
        if pair is None:
            settling = compiled.standing(masks).settling
            pair = settling if settling is not None and settling.fact == fact else None
        if pair is None:
            return None
        one, other = (self._known(profile, fact, side) for side in (pair.one, pair.other))
        return Witness(compiled.measure.id, fact, one, other)

    def _known(
        self, profile: Profile, fact: FactId, masks: Mapping[FactId, Mask]
    ) -> dict[FactId, Value]:
        """Return the profile's values, and one value of each region that was filled in."""
        known = {f: v for f, v in profile.known.items() if f != fact}
        for name, mask in masks.items():
            if name not in known and mask not in (UNKNOWN, CLOSED):
                known[name] = self._regions[name].value(mask, profile.known.get(name))
        return known
