"""Answers that no rule can tell apart: a fact's regions, and what is told of it as a bit mask."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from knowledge.conditions import Is, Leaf, OneOf, cuts, evaluate
from knowledge.facts import LONG_AGO, NONE, Fact, FactId, Facts, Span, Value

Mask = int
"""The regions that a fact may be in, one bit each."""
UNKNOWN, CLOSED = 0, -1
"""Not asked yet; asked, and not told."""


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


def marks_of(fact: Fact, named: Sequence[Leaf], facts: Facts, on: dt.date) -> list[Any]:
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


def single(mask: Mask) -> list[Mask]:
    """Return the regions of a mask one by one."""
    return [1 << n for n in range(mask.bit_length()) if mask >> n & 1]
