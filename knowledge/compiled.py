"""One measure compiled for a day: what is known of its facts goes in, where it stands comes out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from knowledge.conditions import AllOf, AnyOf, AtLeast, Condition, Not, Rule, facts_of
from knowledge.facts import FactId, Facts
from knowledge.measures import Measure
from knowledge.regions import CLOSED, UNKNOWN, Mask, Regions, single
from knowledge.residuals import Chart, Count, Ground, Left, Untold, counted, once_told

REMEMBERED = 512
"""How many standings are kept for a measure: the first steps that everybody takes, and more."""


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

    @property
    def constant(self) -> bool | None:
        """What the condition is whatever is answered, None where it depends on the answers."""
        return self._chart.constant(self._whole)

    def pair(self, masks: Mapping[FactId, Mask], fact: FactId) -> Pair | None:
        """Return two ways to fill in what is not known, apart in this fact and in the verdict.

        A fact told as a span may be told better, and a closed one after all.
        """
        place = self._place.get(fact)
        if place is None:
            return None
        told = list(self._told(masks))
        mask, told[place] = told[place], UNKNOWN
        values = self._askable[place] if mask in (UNKNOWN, CLOSED) else single(mask)
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
                left = once_told(left, place, mask)
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
        return sum(isinstance(once_told(left, place, v), bool) for v in values) / len(values)

    # -- filling in ------------------------------------------------------------------------------

    def _pair(
        self, told: Sequence[Mask], left: Left, place: int, values: Sequence[Mask]
    ) -> Pair | None:
        state = list(told)
        found = self._differ([once_told(left, place, value) for value in values], state, set())
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
            found = self._differ([once_told(side, fill, value) for side in sides], state, failed)
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
            after = once_told(left, fill, value)
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
        return counted(need if wanted else len(of) - need + 1, parts)

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
