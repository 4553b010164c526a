"""What is left of a condition when some facts are told, and which facts that still hangs on."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from knowledge.regions import CLOSED, Mask

DRAWN = 2_000
"""How many conditions a measure's chart holds before it begins anew."""


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
            then, otherwise = (
                once_told(self.then, place, mask),
                once_told(self.otherwise, place, mask),
            )
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
        return counted(self.need, [once_told(part, place, mask) for part in self.parts])

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


def once_told(left: Left, place: int, mask: Mask) -> Left:
    """Return what is left when the fact at that place is told to be in these regions."""
    return left if isinstance(left, bool | None) else left.after(place, mask)


def counted(need: int, parts: Iterable[Left]) -> Left:
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

    def constant(self, left: Left) -> bool | None:
        """Return what the condition turns out to be whatever is told, None where that varies."""
        number = self._draw(left)
        return None if number not in (0, 1) else bool(number)

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
