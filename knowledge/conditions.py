"""The closed condition language and its three-valued evaluation (strong Kleene)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Annotated, Any, Literal

from pydantic import Field

from knowledge.durations import Duration
from knowledge.facts import NONE, FactId, Span, Value
from knowledge.texts import Frozen, Text

Truth = bool | None
"""Yes, no, or not known yet."""


class Is(Frozen):
    """The fact has this value."""

    op: Literal["is"] = "is"
    fact: FactId
    value: bool | str


class OneOf(Frozen):
    """The fact has one of these values."""

    op: Literal["one_of"] = "one_of"
    fact: FactId
    values: tuple[str, ...] = Field(min_length=1)


class Between(Frozen):
    """The number lies between the bounds, both included; an absent bound is open."""

    op: Literal["between"] = "between"
    fact: FactId
    min: int | None = None
    max: int | None = None


class Since(Frozen):
    """So much time has passed since the date: `at_least` counts the day itself, `more_than` not."""

    op: Literal["since"] = "since"
    fact: FactId
    at_least: Duration | None = None
    more_than: Duration | None = None
    at_most: Duration | None = None


class AllOf(Frozen):
    """Every one of these holds."""

    op: Literal["all"] = "all"
    of: tuple["Condition", ...] = Field(min_length=1)


class AnyOf(Frozen):
    """One of these is enough."""

    op: Literal["any"] = "any"
    of: tuple["Condition", ...] = Field(min_length=1)


class AtLeast(Frozen):
    """So many of these hold."""

    op: Literal["at_least"] = "at_least"
    count: int = Field(ge=1)
    of: tuple["Condition", ...] = Field(min_length=1)


class Not(Frozen):
    """The opposite holds."""

    op: Literal["not"] = "not"
    of: "Condition"


class Rule(Frozen):
    """A named condition: the smallest thing that has words for people."""

    op: Literal["rule"] = "rule"
    id: str
    text: Text
    of: "Condition"


Leaf = Is | OneOf | Between | Since
Condition = Annotated[
    Is | OneOf | Between | Since | AllOf | AnyOf | AtLeast | Not | Rule, Field(discriminator="op")
]
for _node in (AllOf, AnyOf, AtLeast, Not, Rule):
    _node.model_rebuild()


def evaluate(condition: Condition, known: Mapping[FactId, Value], on: dt.date) -> Truth:
    """Return whether the condition holds on that day, or None while that is not known.

    A decided answer is the answer of every way the unknown facts may turn out.
    """
    match condition:
        case AllOf(of=of):
            return _counted([evaluate(c, known, on) for c in of], len(of))
        case AnyOf(of=of):
            return _counted([evaluate(c, known, on) for c in of], 1)
        case AtLeast(count=count, of=of):
            return _counted([evaluate(c, known, on) for c in of], count)
        case Not(of=of):
            truth = evaluate(of, known, on)
            return None if truth is None else not truth
        case Rule(of=of):
            return evaluate(of, known, on)
        case _:
            value = known.get(condition.fact)
            return None if value is None else _leaf(condition, value, on)


def _counted(truths: list[Truth], need: int) -> Truth:
    """All, any and at least k of n are one formula: enough yes, or too many no."""
    if truths.count(True) >= need:
        return True
    if len(truths) - truths.count(False) < need:
        return False
    return None


def _leaf(leaf: Leaf, value: Value, on: dt.date) -> Truth:
    match leaf:
        case Is(value=wanted):
            return value == wanted
        case OneOf(values=values):
            return value in values
        case _:
            return False if value == NONE else _throughout(leaf, value, on)


def _throughout(leaf: Between | Since, value: Value, on: dt.date) -> Truth:
    """Return the truth at every value still possible, if it is the same one."""
    if not isinstance(value, Span):
        return _holds_at(leaf, value, on)
    low: Any = value.low
    firsts = (low, *(cut for cut in cuts(leaf, on) if low < cut <= value.high))
    truths = {_holds_at(leaf, first, on) for first in firsts}
    return truths.pop() if len(truths) == 1 else None


def _holds_at(leaf: Between | Since, value: object, on: dt.date) -> bool:
    if isinstance(leaf, Between):
        assert isinstance(value, int)  # noqa: S101  # the loader checked the fact's kind
        low = leaf.min is None or value >= leaf.min
        return low and (leaf.max is None or value <= leaf.max)
    assert isinstance(value, dt.date)  # noqa: S101  # the loader checked the fact's kind
    return (
        (leaf.at_least is None or leaf.at_least.after(value) <= on)
        and (leaf.more_than is None or leaf.more_than.after(value) < on)
        and (leaf.at_most is None or leaf.at_most.after(value) >= on)
    )


def cuts(leaf: Leaf, on: dt.date) -> tuple[Any, ...]:
    """Return the numbers or days at which this leaf may change its answer: the first of a region.

    Two values with no cut between them are the same to the leaf.
    """
    if isinstance(leaf, Between):
        bounds = (leaf.min, None if leaf.max is None else leaf.max + 1)
        return tuple(b for b in bounds if b is not None)
    if isinstance(leaf, Since):
        yesterday = on - dt.timedelta(days=1)
        days = ((leaf.at_least, on), (leaf.more_than, yesterday), (leaf.at_most, yesterday))
        return tuple(long.first_day_short(day) for long, day in days if long is not None)
    return ()


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield the comparisons of a condition, in the order they are written."""
    match condition:
        case AllOf(of=of) | AnyOf(of=of) | AtLeast(of=of):
            for part in of:
                yield from leaves(part)
        case Not(of=part) | Rule(of=part):
            yield from leaves(part)
        case _:
            yield condition


def facts_of(condition: Condition) -> tuple[FactId, ...]:
    """Return the facts a condition looks at, each once, in the order they are written."""
    return tuple(dict.fromkeys(leaf.fact for leaf in leaves(condition)))


def open_leaves(condition: Condition, known: Mapping[FactId, Value], on: dt.date) -> Iterator[Leaf]:
    """Yield the unknown comparisons that stand in an undecided part of the condition."""
    if evaluate(condition, known, on) is not None:
        return
    match condition:
        case AllOf(of=of) | AnyOf(of=of) | AtLeast(of=of):
            for part in of:
                yield from open_leaves(part, known, on)
        case Not(of=part) | Rule(of=part):
            yield from open_leaves(part, known, on)
        case _:
            yield condition


def rules_of(
    condition: Condition, known: Mapping[FactId, Value], on: dt.date, truth: bool
) -> Iterator[Rule]:
    """Yield the named rules that suffice to make the condition true (or false), as written."""
    if evaluate(condition, known, on) is not truth:
        return
    match condition:
        case Rule():
            yield condition
        case Not(of=part):
            yield from rules_of(part, known, on, not truth)
        case AllOf(of=of):
            yield from _sufficient(of, len(of), known, on, truth)
        case AnyOf(of=of):
            yield from _sufficient(of, 1, known, on, truth)
        case AtLeast(count=count, of=of):
            yield from _sufficient(of, count, known, on, truth)
        case _:
            return


def _sufficient(
    of: Sequence[Condition], need: int, known: Mapping[FactId, Value], on: dt.date, truth: bool
) -> Iterator[Rule]:
    """Yield from as many parts as it takes: enough that hold, or so many that fail."""
    enough = need if truth else len(of) - need + 1
    agreeing = (part for part in of if evaluate(part, known, on) is truth)
    for part in islice(agreeing, enough):
        yield from rules_of(part, known, on, truth)


def rules_in(condition: Condition) -> Iterator[Rule]:
    """Yield the named conditions that a condition uses, those inside others too."""
    if isinstance(condition, Rule):
        yield condition
    match condition.op:
        case "rule" | "not":
            yield from rules_in(condition.of)
        case "all" | "any" | "at_least":
            for part in condition.of:
                yield from rules_in(part)
