"""Which fact to ask for next: only one that can still change a verdict, cheapest gain first.

Conditions are compiled once for the day: a fact is a bit mask of the regions it may still be in,
so a step costs no calendar arithmetic. `evaluate` says what the compiled form must say.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple

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

REMEMBERED = 512
"""How many standings are kept for a measure: the first steps that everybody takes, and more."""
DRAWN = 2_000
"""How many conditions a measure's chart holds before it begins anew."""
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


# -- what is left of a condition when some facts are told ------------------------------------------


class Untold(NamedTuple):
    """A comparison whose fact, named by its place, is not told; it holds in these regions."""

    place: int
    holds: Mask

    def after(self, place: int, mask: Mask) -> "Left":
        """Return what is left when the fact at that place is told to be in these regions."""
        if place != self.place:
            return self
        if mask == CLOSED:
            return None
        if not mask & ~self.holds:
            return True
        return None if mask & self.holds else False

    def first(self) -> int:
        """Return the place of a fact to be told next."""
        return self.place

    def may_be_told(self) -> set[int]:
        """Return the places of the facts that can be told now."""
        return {self.place}


class Ground(NamedTuple):
    """Two conditions, of which the fact at this place chooses: the first in these regions."""

    place: int
    one_of: Mask
    then: "Left"
    otherwise: "Left"

    def after(self, place: int, mask: Mask) -> "Left":
        """Return what is left when the fact at that place is told to be in these regions."""
        if place != self.place:
            then, otherwise = _after(self.then, place, mask), _after(self.otherwise, place, mask)
            return Ground(self.place, self.one_of, then, otherwise)
        if mask == CLOSED:
            return None
        return self.then if mask & self.one_of else self.otherwise

    def first(self) -> int:
        """Return the place of a fact to be told next."""
        return self.place

    def may_be_told(self) -> set[int]:
        """Return the places of the facts that can be told now: the ground comes first."""
        return {self.place}


class Count(NamedTuple):
    """So many of the parts must hold; one is *any*, as many as there are is *all*."""

    need: int
    parts: tuple["Left", ...]
    seen: int
    """The places of all facts below, one bit each."""

    def after(self, place: int, mask: Mask) -> "Left":
        """Return what is left when the fact at that place is told to be in these regions."""
        if not self.seen >> place & 1:
            return self
        return _count(self.need, [_after(part, place, mask) for part in self.parts])

    def first(self) -> int:
        """Return the place of a fact to be told next."""
        return next(part.first() for part in self.parts if not isinstance(part, bool | None))

    def may_be_told(self) -> set[int]:
        """Return the places of the facts that can be told now."""
        return set().union(
            *(part.may_be_told() for part in self.parts if not isinstance(part, bool | None))
        )


Left = bool | None | Untold | Ground | Count
"""Decided; or None, which only closed facts could decide; or a condition on facts not told."""


def _after(left: Left, place: int, mask: Mask) -> Left:
    return left if isinstance(left, bool | None) else left.after(place, mask)


def _count(need: int, parts: Iterable[Left]) -> Left:
    """Return the simplest condition that says the same, by the same three-valued logic."""
    rest: list[Left] = []
    for part in parts:
        if part is True:
            need -= 1
        elif part is not False:
            rest.append(part)
    if need <= 0:
        return True
    if need > len(rest):
        return False
    if need in (1, len(rest)):
        every = need > 1
        rest = list(dict.fromkeys(inner for part in rest for inner in _flat(part, every=every)))
        need = len(rest) if every else 1
    if all(part is None for part in rest):
        return None
    return rest[0] if len(rest) == 1 else Count(need, tuple(rest), reduce(or_, map(_seen, rest)))


def _seen(left: Left) -> int:
    match left:
        case Untold(place=place):
            return 1 << place
        case Ground(place=place, then=then, otherwise=otherwise):
            return 1 << place | _seen(then) | _seen(otherwise)
        case Count(seen=seen):
            return seen
        case _:
            return 0


def _flat(part: Left, *, every: bool) -> tuple[Left, ...]:
    """Return the parts of an *all* inside an *all*, of an *any* inside an *any*."""
    if isinstance(part, Count) and part.need == (len(part.parts) if every else 1):
        return part.parts
    return (part,)


class Chart:
    """All the ways conditions may turn out, each drawn once: a reduced decision diagram.

    Facts are told in declared order, so a condition hangs on just the facts its drawing names.
    """

    def __init__(self, askable: Sequence[Sequence[Mask]]) -> None:
        self._askable = askable
        self._drawn: dict[Left, int] = {}
        self._numbers: dict[tuple[int, ...], int] = {}
        self._named = {-1: 0, 0: 0, 1: 0}

    def hangs_on(self, left: Left) -> int:
        """Return the places of the facts by which two full answers may differ, one bit each."""
        if len(self._drawn) > DRAWN:
            self._drawn.clear()
            self._numbers.clear()
        return self._named[self._draw(left)]

    def _draw(self, left: Left) -> int:
        """Return the number of the drawing; -1, 0 and 1 are open for ever, no and yes."""
        if isinstance(left, bool | None):
            return -1 if left is None else int(left)
        number = self._drawn.get(left)
        if number is None:
            seen = _seen(left)
            place = (seen & -seen).bit_length() - 1
            ways = [self._draw(left.after(place, value)) for value in self._askable[place]]
            number = ways[0] if len(set(ways)) == 1 else self._fork(place, ways)
            self._drawn[left] = number
        return number

    def _fork(self, place: int, ways: Sequence[int]) -> int:
        number = self._numbers.setdefault((place, *ways), len(self._numbers) + 2)
        self._named[number] = reduce(or_, (self._named[way] for way in ways), 1 << place)
        return number


# -- one measure, compiled -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """Two states of a measure's facts that differ in one, with different verdicts."""

    fact: FactId
    one: Mapping[FactId, Mask]
    other: Mapping[FactId, Mask]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a measure's verdict hangs on, by what is known."""

    left: Left
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
        self._facts = facts
        self._regions = regions
        self._on = on
        self._names = facts.with_grounds(facts_of(measure.who))
        self._place = {name: place for place, name in enumerate(self._names)}
        self._askable = [regions[name].askable for name in self._names]
        self._chart = Chart(self._askable)
        self._whole = self._compile(measure.who, wanted=True)
        self._standing = lru_cache(REMEMBERED)(self._stand)

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
        told = list(self._told(masks))
        mask, told[place] = told[place], UNKNOWN
        values = self._askable[place] if mask in (UNKNOWN, CLOSED) else _single(mask)
        left = self._left(told)
        if not self._chart.hangs_on(left) >> place & 1:
            return None
        return self._pair(told, left, place, values)

    def _told(self, masks: Mapping[FactId, Mask]) -> tuple[Mask, ...]:
        return tuple([masks.get(name, UNKNOWN) for name in self._names])

    def _left(self, told: Sequence[Mask]) -> Left:
        left = self._whole
        for place, mask in enumerate(told):
            if mask != UNKNOWN:
                left = _after(left, place, mask)
        return left

    def _stand(self, told: tuple[Mask, ...]) -> Standing:
        left = self._left(told)
        if isinstance(left, bool | None):
            return Standing(left)
        asked = sorted(left.may_be_told())
        shares = {self._names[place]: self._share(left, place) for place in asked}
        matter = self._chart.hangs_on(left)
        relevant = tuple(self._names[place] for place in asked if matter >> place & 1)
        return Standing(left, relevant, shares, None if relevant else self._settling(told, left))

    def _share(self, left: Left, place: int) -> float:
        values = self._askable[place]
        return sum(isinstance(_after(left, place, v), bool) for v in values) / len(values)

    # -- filling in ------------------------------------------------------------------------------

    def _pair(
        self, told: Sequence[Mask], left: Left, place: int, values: Sequence[Mask]
    ) -> Pair | None:
        state = list(told)
        found = self._differ([_after(left, place, value) for value in values], state, set())
        if found is None:
            return None
        one, other = ({**self._named(state), self._names[place]: values[n]} for n in found)
        return Pair(self._names[place], one, other)

    def _differ(
        self, sides: Sequence[Left], state: list[Mask], failed: set[frozenset[Left]]
    ) -> tuple[int, int] | None:
        """Fill in facts one by one until two sides are decided otherwise; return which two.

        Sides that have become the same condition never part again; no state is tried twice.
        """
        settled = {side: n for n, side in enumerate(sides) if isinstance(side, bool | None)}
        if len(settled) > 1:
            one, other = list(settled.values())[:2]
            return one, other
        open_ = frozenset(sides)
        if len(open_) == 1 or open_ in failed:
            return None
        fill = next(side.first() for side in sides if not isinstance(side, bool | None))
        for value in self._askable[fill]:
            found = self._differ([_after(side, fill, value) for side in sides], state, failed)
            if found:
                state[fill] = value
                return found
        failed.add(open_)
        return None

    def _settling(self, told: Sequence[Mask], left: "Untold | Ground | Count") -> Pair | None:
        """Return a pair without and with the answer that decides at last, if any can."""
        state = list(told)
        first = self._decided_by(left, state, set())
        if first is None:
            return None
        may_be_told = left.may_be_told()
        while first not in may_be_told:
            given = self._facts[self._names[first]].given
            assert given is not None  # noqa: S101  # what stands on no ground can be told
            first = self._place[given.fact]
        after = self._named(state)
        return Pair(self._names[first], {**after, self._names[first]: UNKNOWN}, after)

    def _decided_by(self, left: Left, state: list[Mask], failed: set[Left]) -> int | None:
        """Fill in facts until the condition is decided; return the place of the last of them."""
        if isinstance(left, bool | None) or left in failed:
            return None
        fill = left.first()
        for value in self._askable[fill]:
            after = _after(left, fill, value)
            last = fill if isinstance(after, bool) else self._decided_by(after, state, failed)
            if last is not None:
                state[fill] = value
                return last
        failed.add(left)
        return None

    def _named(self, state: Sequence[Mask]) -> dict[FactId, Mask]:
        return dict(zip(self._names, state, strict=True))

    # -- compiling -------------------------------------------------------------------------------

    def _compile(self, condition: Condition, *, wanted: bool) -> Left:
        """Return the condition, or with `wanted` false its opposite."""
        match condition:
            case AllOf(of=of):
                return self._counted(len(of), of, wanted=wanted)
            case AnyOf(of=of):
                return self._counted(1, of, wanted=wanted)
            case AtLeast(count=count, of=of):
                return self._counted(count, of, wanted=wanted)
            case Not(of=part):
                return self._compile(part, wanted=not wanted)
            case Rule(of=part):
                return self._compile(part, wanted=wanted)
            case _:
                holds = self._regions[condition.fact].where(condition, self._on)
                return self._compared(condition.fact, holds if wanted else ~holds)

    def _counted(self, need: int, of: Sequence[Condition], *, wanted: bool) -> Left:
        """Too few of n hold when at least n - need + 1 do not."""
        parts = [self._compile(part, wanted=wanted) for part in of]
        return _count(need if wanted else len(of) - need + 1, parts)

    def _compared(self, fact: FactId, holds: Mask) -> Left:
        """Return the comparison, under all the grounds that its fact is given on."""
        given = self._facts[fact].given
        told = Untold(self._place[fact], holds)
        if given is None:
            return told
        otherwise = bool(self._regions[fact].mask(given.otherwise) & holds)
        one_of = sum({self._regions[given.fact].mask(value) for value in given.one_of})
        return self._chosen(given.fact, one_of, told, otherwise)

    def _chosen(self, ground: FactId, one_of: Mask, then: Left, otherwise: Left) -> Left:
        """Return the choice between two conditions by a fact, itself perhaps given on another."""
        given = self._facts[ground].given
        choice = Ground(self._place[ground], one_of, then, otherwise)
        if given is None:
            return choice
        elsewhere = then if self._regions[ground].mask(given.otherwise) & one_of else otherwise
        above = sum({self._regions[given.fact].mask(value) for value in given.one_of})
        return self._chosen(given.fact, above, choice, elsewhere)


def _single(mask: Mask) -> list[Mask]:
    return [1 << n for n in range(mask.bit_length()) if mask >> n & 1]
