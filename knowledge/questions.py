"""Which fact to ask for next: only one that can still change a verdict, cheapest gain first.

Conditions are compiled once for the day: a fact is a bit mask of the regions it may still be in,
so a step costs no calendar arithmetic. `evaluate` says what the compiled form must say.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from knowledge.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Is,
    Leaf,
    Not,
    OneOf,
    Rule,
    cuts,
    evaluate,
    facts_of,
    leaves,
)
from knowledge.facts import LONG_AGO, NONE, Fact, FactId, Facts, Profile, Span, Value
from knowledge.measures import Measure

Mask = int
"""The regions that a fact may be in, one bit each."""
UNKNOWN, CLOSED = 0, -1
"""Not asked yet; asked, and not told."""

Code = int
"""YES, NO, STUCK while only closed facts could decide, or the place of a fact to be told."""
YES, NO, STUCK = -1, -2, -3

REMEMBERED = 512
"""How many standings are kept for a measure: the first steps that everybody takes, and more."""
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
        self._regions = {f.id: Regions(f, _marks(f, named[f.id], facts, on), on) for f in facts}
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
        open_ = [(c, s) for c in self._compiled if (s := c.standing(masks)).code >= 0]
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

    def _witness(self, compiled: "Compiled", profile: Profile, fact: FactId) -> Witness | None:
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


# -- regions: answers that no rule can tell apart --------------------------------------------------


class Regions:
    """The answers to one fact, parted so that no rule can tell two in the same region apart.

    `marks` are the first values of regions (numbers, dates) or the named values (the others).
    """

    def __init__(self, fact: Fact, marks: Sequence[Any], on: dt.date) -> None:
        self.fact = fact
        self.ordered = fact.kind in ("whole", "date")
        self.marks = sorted(set(marks)) if self.ordered else list(dict.fromkeys(marks))
        self.values, self.askable = self._lined_up(on) if self.ordered else self._named()

    def _lined_up(self, on: dt.date) -> tuple[list[Any], list[Mask]]:
        """Return a value of each region between two marks, and the regions that may be told."""
        low, high = self.fact.bounds or (LONG_AGO, on)
        step: Any = 1 if self.fact.kind == "whole" else dt.timedelta(days=1)
        values: list[Any] = [min([low, *(mark - step for mark in self.marks[:1])]), *self.marks]
        ends = [*(mark - step for mark in self.marks), high]
        askable = []
        for number, (first, last) in enumerate(zip(values, ends, strict=True)):
            if first <= high and last >= low:
                values[number] = max(first, low)
                askable.append(1 << number)
        none = 1 << len(values)
        return [*values, NONE], [*askable, none] if self.fact.none else askable

    def _named(self) -> tuple[list[Any], list[Mask]]:
        """Return the values that rules name and one for all the others, and which may be told."""
        every: list[Any] = [choice.value for choice in self.fact.choices]
        if self.fact.kind == "bool":
            every = [True, False]
        rest = [value for value in every if value not in self.marks]
        if self.fact.kind == "place":
            every, rest = self.marks, [ELSEWHERE] if self.marks else []
        marked = len(self.marks)
        told = [n for n, value in enumerate(self.marks) if value in every] + [marked] * bool(rest)
        return [*self.marks, *rest[:1]], [1 << number for number in told]

    def mask(self, value: Value) -> Mask:
        """Return the regions that a told value may lie in."""
        if isinstance(value, Span):
            return (2 << self._number(value.high)) - (1 << self._number(value.low))
        return 1 << self._number(value)

    def _number(self, value: Any) -> int:
        if not self.ordered:
            return self.marks.index(value) if value in self.marks else len(self.marks)
        return len(self.values) - 1 if value == NONE else bisect_right(self.marks, value)

    def value(self, mask: Mask, within: Value | None = None) -> Value:
        """Return a value in the lowest of these regions, inside the span that was told."""
        lowest: Any = self.values[(mask & -mask).bit_length() - 1]
        value: Value = max(lowest, within.low) if isinstance(within, Span) else lowest
        return value

    def where(self, leaf: Leaf, on: dt.date) -> Mask:
        """Return the regions in which this comparison holds."""
        return sum(
            1 << number
            for number, value in enumerate(self.values)
            if evaluate(leaf, {leaf.fact: value}, on)
        )


ELSEWHERE = "00000"
"""A settlement that no rule names."""


def _marks(fact: Fact, named: Sequence[Leaf], facts: Facts, on: dt.date) -> list[Any]:
    """Return where the regions of a fact part: by its comparisons, and by what is given on it."""
    if fact.kind in ("whole", "date"):
        return [cut for leaf in named for cut in cuts(leaf, on)]
    compared = [value for leaf in named for value in _compared(leaf)]
    grounds = [value for other in facts if other.given for value in _grounds(other, fact.id)]
    return [True, False] if fact.kind == "bool" else [*compared, *grounds]


def _compared(leaf: Leaf) -> tuple[Value, ...]:
    match leaf:
        case Is(value=value):
            return (value,)
        case OneOf(values=values):
            return values
        case _:
            return ()


def _grounds(other: Fact, ground: FactId) -> tuple[Value, ...]:
    """Return the values of a fact on which another is given."""
    return other.given.one_of if other.given and other.given.fact == ground else ()


# -- one measure, compiled -------------------------------------------------------------------------

Told = tuple[Mask, ...]
"""What is known of a measure's facts, in declared order."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two states of a measure's facts that differ in one, with different verdicts."""

    fact: FactId
    one: Mapping[FactId, Mask]
    other: Mapping[FactId, Mask]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a measure's verdict hangs on, by what is known."""

    code: Code
    relevant: tuple[FactId, ...] = ()
    """The facts to ask with two full answers that differ only there and decide otherwise."""
    shares: Mapping[FactId, float] = field(default_factory=dict)
    """For each fact that may be asked now, the share of its answers that decide the measure."""
    settling: Pair | None = None
    """Where nothing is relevant, a question that settles what all full answers agree on."""


class Compiled:
    """The condition of a measure, made ready for many questions on one day."""

    def __init__(
        self, measure: Measure, facts: Facts, regions: Mapping[FactId, Regions], on: dt.date
    ) -> None:
        self.measure = measure
        self.names = facts.with_grounds(facts_of(measure.who))
        self._place = {name: place for place, name in enumerate(self.names)}
        self._askable = [regions[name].askable for name in self.names]
        self._grounds = [self._ground(facts[name], regions) for name in self.names]
        self._given = [(n, *ground) for n, ground in enumerate(self._grounds) if ground]
        self._code = self._compile(measure.who, lambda leaf: regions[leaf.fact].where(leaf, on))
        self._standing = lru_cache(REMEMBERED)(self._stand)

    def _ground(
        self, fact: Fact, regions: Mapping[FactId, Regions]
    ) -> tuple[int, Mask, Mask] | None:
        """Return the place of the fact it is given on, in which regions, and what it is elsewhere."""
        if fact.given is None:
            return None
        ground = regions[fact.given.fact]
        one_of = sum({ground.mask(value) for value in fact.given.one_of})
        return self._place[fact.given.fact], one_of, regions[fact.id].mask(fact.given.otherwise)

    def standing(self, masks: Mapping[FactId, Mask]) -> Standing:
        """Return what the verdict hangs on; remembered, since most people say the same."""
        return self._standing(self._told(masks))

    def pair(self, masks: Mapping[FactId, Mask], fact: FactId) -> Pair | None:
        """Return two ways to fill in what is not known, apart in this fact and in the verdict.

        A fact told as a span may be told better, and a closed one after all.
        """
        place = self._place.get(fact)
        if place is None:
            return None
        told = self._told(masks)
        return self._pair(told, place, self._still(place, told[place]))

    def _told(self, masks: Mapping[FactId, Mask]) -> Told:
        return tuple([masks.get(name, UNKNOWN) for name in self.names])

    def _still(self, place: int, mask: Mask) -> list[Mask]:
        if mask in (UNKNOWN, CLOSED):
            return self._askable[place]
        return [1 << n for n in range(mask.bit_length()) if mask >> n & 1]

    def _stand(self, told: Told) -> Standing:
        code = self._decide(told)
        if code < 0:
            return Standing(code)
        asked = [n for n, mask in enumerate(told) if mask == UNKNOWN and self._laid(told, n)]
        shares = {self.names[n]: self._share(told, n) for n in asked}
        relevant = tuple(self.names[n] for n in asked if self._pair(told, n, self._askable[n]))
        return Standing(code, relevant, shares, None if relevant else self._settling(told))

    def _laid(self, told: Told, place: int) -> bool:
        ground = self._grounds[place]
        return (
            ground is None
            or (mask := self._counted(told)[ground[0]]) > 0
            and bool(mask & ground[1])
        )

    def _share(self, told: Told, place: int) -> float:
        state, values = list(told), self._askable[place]
        decided = 0
        for value in values:
            state[place] = value
            decided += self._decide(state) in (YES, NO)
        return decided / len(values)

    # -- filling in ------------------------------------------------------------------------------

    def _pair(self, told: Told, place: int, values: Sequence[Mask]) -> Pair | None:
        state = list(told)
        found = self._differ(state, place, values)
        if found is None:
            return None
        one, other = ({**self._named(state), self.names[place]: value} for value in found)
        return Pair(self.names[place], one, other)

    def _differ(
        self, state: list[Mask], place: int, values: Sequence[Mask]
    ) -> tuple[Mask, Mask] | None:
        """Fill in the other facts one by one until two values of this one decide otherwise."""
        sides: dict[Code, Mask] = {}
        for value in values:
            state[place] = value
            sides.setdefault(self._decide(state), value)
        if YES in sides and NO in sides:
            return sides[YES], sides[NO]
        waiting = next((code for code in sides if code >= 0), None)
        if waiting is None:
            one, *others = sides.values()
            return (one, others[0]) if others else None
        state[place] = sides[waiting]
        fill = self._to_fill(state, waiting)
        for value in self._askable[fill]:
            state[fill] = value
            found = self._differ(state, place, values)
            if found:
                return found
        state[fill] = UNKNOWN
        return None

    def _settling(self, told: Told) -> Pair | None:
        """Return a pair without and with the answer that decides at last, if any can."""
        state = list(told)
        last = self._decided_by(state)
        if last is None:
            return None
        first = self._to_fill(told, last)
        after = self._named(state)
        return Pair(self.names[first], {**after, self.names[first]: UNKNOWN}, after)

    def _decided_by(self, state: list[Mask]) -> int | None:
        """Fill in facts until the measure is decided; return the last of them."""
        fill = self._to_fill(state, self._decide(state))
        for value in self._askable[fill]:
            state[fill] = value
            code = self._decide(state)
            last = fill if code in (YES, NO) else None if code == STUCK else self._decided_by(state)
            if last is not None:
                return last
        state[fill] = UNKNOWN
        return None

    def _named(self, state: Sequence[Mask]) -> dict[FactId, Mask]:
        return dict(zip(self.names, state, strict=True))

    def _to_fill(self, state: Sequence[Mask], place: int) -> int:
        """Return the fact that must be told first: this one, or what it is given on."""
        counted = self._counted(state)
        while (ground := self._grounds[place]) and counted[ground[0]] == UNKNOWN:
            place = ground[0]
        return place

    def _counted(self, state: Sequence[Mask]) -> Sequence[Mask]:
        """Return the masks that count, as `Facts.counting` does for values."""
        if not self._given:
            return state
        counted = list(state)
        for place, ground, one_of, otherwise in self._given:
            if counted[ground] <= 0:
                counted[place] = counted[ground]
            elif not counted[ground] & one_of:
                counted[place] = otherwise
        return counted

    def _decide(self, state: Sequence[Mask]) -> Code:
        return self._code(self._counted(state))

    # -- the condition as functions --------------------------------------------------------------

    def _compile(self, condition: Condition, where: Callable[[Leaf], Mask]) -> "Coded":
        match condition:
            case AllOf(of=of):
                return _all([self._compile(part, where) for part in of])
            case AnyOf(of=of):
                return _not(_all([_not(self._compile(part, where)) for part in of]))
            case AtLeast(count=count, of=of):
                return _at_least(count, [self._compile(part, where) for part in of])
            case Not(of=part):
                return _not(self._compile(part, where))
            case Rule(of=part):
                return self._compile(part, where)
            case _:
                return _leaf(self._place[condition.fact], where(condition))


Coded = Callable[[Sequence[Mask]], Code]


def _leaf(place: int, holds: Mask) -> Coded:
    fails = ~holds

    def code(counted: Sequence[Mask]) -> Code:
        mask = counted[place]
        if mask <= 0:
            return place if mask == UNKNOWN else STUCK
        if not mask & fails:
            return YES
        return STUCK if mask & holds else NO

    return code


def _not(part: Coded) -> Coded:
    turned = {YES: NO, NO: YES}

    def code(counted: Sequence[Mask]) -> Code:
        found = part(counted)
        return turned.get(found, found)

    return code


def _all(parts: Sequence[Coded]) -> Coded:
    def code(counted: Sequence[Mask]) -> Code:
        so_far = YES
        for part in parts:
            found = part(counted)
            if found == NO:
                return NO
            if found != YES and so_far < 0:
                so_far = found
        return so_far

    return code


def _at_least(need: int, parts: Sequence[Coded]) -> Coded:
    def code(counted: Sequence[Mask]) -> Code:
        found = [part(counted) for part in parts]
        if found.count(YES) >= need:
            return YES
        if len(found) - found.count(NO) < need:
            return NO
        return max(found, default=STUCK) if max(found) >= 0 else STUCK

    return code
