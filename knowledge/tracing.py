"""How a condition comes to its value: the same tree, with what each part of it is."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.conditions import Condition, Truth, evaluate
from knowledge.facts import FactId, Value


@dataclass(frozen=True, slots=True)
class Trace:
    """A part of a condition, whether it holds, and the same of the parts it is made of."""

    condition: Condition
    truth: Truth
    parts: tuple["Trace", ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Trace"]]:
        """Yield this part and all below it as they are written, each with how deep it stands."""
        yield depth, self
        for part in self.parts:
            yield from part.walk(depth + 1)


def trace(condition: Condition, known: Mapping[FactId, Value], on: dt.date) -> Trace:
    """Return the condition's tree with the value of each part; the root's is `evaluate`'s."""
    parts = tuple(trace(part, known, on) for part in _parts(condition))
    return Trace(condition, evaluate(condition, known, on), parts)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    match condition.op:
        case "all" | "any" | "at_least":
            return condition.of
        case "not" | "rule":
            return (condition.of,)
        case _:
            return ()
