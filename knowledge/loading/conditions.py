"""Conditions as editors write them, read into the closed language."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Between,
    Condition,
    Is,
    Not,
    OneOf,
    Rule,
    Since,
)
from knowledge.durations import Duration
from knowledge.errors import Complaint, DataError
from knowledge.facts import NONE, Fact, Facts
from knowledge.loading.faults import plain
from knowledge.loading.yaml_files import line_of
from knowledge.spelling import did_you_mean

_SINCE = {"at_least", "more_than", "at_most"}
_KINDS = {"whole": {"min", "max"}, "date": _SINCE}


class Reader:
    """Reads the conditions of one file; raises DataError at the line of a fault."""

    def __init__(self, file: Path, facts: Facts, rules: Mapping[str, Rule]) -> None:
        self.file = file
        self.facts = facts
        self.rules = rules

    def read(self, node: Any, line: int = 1) -> Condition:
        """Return the condition written here: one operation or one fact with what it should be.

        `line` is where the condition stands, should it be no more than a word.
        """
        if not isinstance(node, Mapping) or len(node) != 1:
            line = line_of(node) if isinstance(node, Mapping | list) and node else line
            text = f"found {plain(node)!r}; allowed: one operation or one fact"
            raise DataError(Complaint(self.file, line, text))
        (key, value) = next(iter(node.items()))
        match key:
            case "all":
                return AllOf(of=self._parts(node, value))
            case "any":
                return AnyOf(of=self._parts(node, value))
            case "not":
                return Not(of=self.read(value, line_of(node, key)))
            case "rule":
                return self._rule(node, value)
            case "at_least":
                return self._at_least(node, value)
            case _:
                return self._leaf(node, key, value)

    def _parts(self, node: Any, value: Any) -> tuple[Condition, ...]:
        if not isinstance(value, list) or not value:
            raise self._fault(node, f"found {plain(value)!r}; allowed: a list of conditions")
        return tuple(self.read(part, line_of(value, n)) for n, part in enumerate(value))

    def _at_least(self, node: Any, value: Any) -> AtLeast:
        if not isinstance(value, Mapping) or set(value) != {"count", "of"}:
            raise self._fault(node, "at_least: allowed: count and of")
        parts = self._parts(value, value["of"])
        count = value["count"]
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= len(parts):
            raise self._fault(value, f"count: found {count!r}; allowed: 1 to {len(parts)}")
        return AtLeast(count=count, of=parts)

    def _rule(self, node: Any, name: object) -> Rule:
        if not isinstance(name, str) or name not in self.rules:
            raise self._fault(
                node, f"rule {name!r} is not in rules.yaml{did_you_mean(name, self.rules)}"
            )
        return self.rules[str(name)]

    def _leaf(self, node: Any, name: str, wanted: Any) -> Condition:
        if name not in self.facts:
            known = [fact.id for fact in self.facts]
            raise self._fault(
                node, f"fact {name!r} is not in facts.yaml{did_you_mean(name, known)}"
            )
        fact = self.facts[name]
        try:
            return _compare(fact, wanted)
        except ValueError as error:
            raise self._fault(node, str(error)) from error

    def _fault(self, node: Any, text: str) -> DataError:
        first = next(iter(node), None) if isinstance(node, Mapping) else None
        line = line_of(node, first) if first is not None else line_of(node)
        return DataError(Complaint(self.file, line, text))


def _compare(fact: Fact, wanted: Any) -> Condition:
    if isinstance(wanted, list):
        if fact.kind not in ("choice", "place") or not wanted:
            raise ValueError(f"{fact.id}: found {list(wanted)!r}; allowed: {fact.allowed}")
        return OneOf(fact=fact.id, values=tuple(str(fact.read(value)) for value in wanted))
    if not isinstance(wanted, Mapping):
        value = fact.read(wanted)
        if fact.kind in ("whole", "date") and value != NONE:
            raise ValueError(
                f"{fact.id}: found {plain(wanted)!r}; allowed: bounds, for example min: 1"
            )
        return Is(fact=fact.id, value=str(value) if isinstance(value, str) else bool(value))
    allowed = _KINDS.get(fact.kind, set())
    if not wanted or set(wanted) - allowed:
        names = ", ".join(sorted(allowed)) or "a value"
        raise ValueError(f"{fact.id}: found {', '.join(map(str, wanted))}; allowed: {names}")
    if fact.kind == "whole":
        return _between(fact, {key: fact.read(value) for key, value in wanted.items()})
    durations = {key: _duration(fact, value) for key, value in wanted.items()}
    return Since.model_validate({"fact": fact.id, **durations})


def _between(fact: Fact, bounds: Mapping[str, Any]) -> Between:
    if NONE in bounds.values():
        raise ValueError(f"{fact.id}: found {NONE!r}; allowed: a whole number")
    between = Between(fact=fact.id, **bounds)
    if between.min is not None and between.max is not None and between.min > between.max:
        raise ValueError(f"{fact.id}: found min {between.min} above max {between.max}; turn them")
    return between


def _duration(fact: Fact, raw: Any) -> Duration:
    try:
        return Duration.model_validate(raw)
    except ValueError as error:
        raise ValueError(f"{fact.id}: found {raw!r}; allowed: for example 6 months") from error
