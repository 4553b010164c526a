"""Conditions as editors write them, read into the closed language."""

from collections.abc import Mapping
from difflib import get_close_matches
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
from knowledge.loading.yaml_files import line_of

_SINCE = {"at_least", "more_than", "at_most"}
_KINDS = {"whole": {"min", "max"}, "date": _SINCE}


class Reader:
    """Reads the conditions of one file; raises DataError at the line of a fault."""

    def __init__(self, file: Path, facts: Facts, rules: Mapping[str, Rule]) -> None:
        self.file = file
        self.facts = facts
        self.rules = rules

    def read(self, node: Any) -> Condition:
        """Return the condition written here: one operation or one fact with what it should be."""
        if not isinstance(node, Mapping) or len(node) != 1:
            raise self._fault(node, "a condition is one line: an operation or a fact")
        (key, value) = next(iter(node.items()))
        match key:
            case "all":
                return AllOf(of=self._parts(node, value))
            case "any":
                return AnyOf(of=self._parts(node, value))
            case "not":
                return Not(of=self.read(value))
            case "rule":
                return self._rule(node, value)
            case "at_least":
                return AtLeast(count=value["count"], of=self._parts(value, value["of"]))
            case _:
                return self._leaf(node, key, value)

    def _parts(self, node: Any, value: Any) -> tuple[Condition, ...]:
        if not isinstance(value, list) or not value:
            raise self._fault(node, f"found {value!r}; allowed: a list of conditions")
        return tuple(self.read(part) for part in value)

    def _rule(self, node: Any, name: object) -> Rule:
        if name not in self.rules:
            raise self._fault(node, f"rule {name!r} is not in rules.yaml{_near(name, self.rules)}")
        return self.rules[str(name)]

    def _leaf(self, node: Any, name: str, wanted: Any) -> Condition:
        if name not in self.facts:
            known = [fact.id for fact in self.facts]
            raise self._fault(node, f"fact {name!r} is not in facts.yaml{_near(name, known)}")
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
        return OneOf(fact=fact.id, values=tuple(str(fact.read(value)) for value in wanted))
    if not isinstance(wanted, Mapping):
        value = fact.read(wanted)
        if fact.kind in ("whole", "date") and value != NONE:
            raise ValueError(f"{fact.id}: found {wanted!r}; allowed: bounds, for example min: 1")
        return Is(fact=fact.id, value=str(value) if isinstance(value, str) else bool(value))
    allowed = _KINDS.get(fact.kind, set())
    if not wanted or set(wanted) - allowed:
        names = ", ".join(sorted(allowed)) or "a value"
        raise ValueError(f"{fact.id}: found {', '.join(map(str, wanted))}; allowed: {names}")
    if fact.kind == "whole":
        bounds = {key: fact.read(value) for key, value in wanted.items()}
        return Between.model_validate({"fact": fact.id, **bounds})
    durations = {key: _duration(fact, value) for key, value in wanted.items()}
    return Since.model_validate({"fact": fact.id, **durations})


def _duration(fact: Fact, raw: Any) -> Duration:
    try:
        return Duration.model_validate(raw)
    except ValueError as error:
        raise ValueError(f"{fact.id}: found {raw!r}; allowed: for example 6 months") from error


def _near(name: object, known: Any) -> str:
    close = get_close_matches(str(name), list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
