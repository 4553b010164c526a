"""A fact's values, and what a comparison asks of it, in words for an editor."""

import datetime as dt
from collections.abc import Iterable

from knowledge.conditions import Between, Is, Leaf, OneOf, Since
from knowledge.durations import Duration
from knowledge.editor_words import EditorWords
from knowledge.facts import LONG_AGO, NONE, Fact, Span, Value

SINCE = ("at_least", "more_than", "at_most")
"""How a comparison may bound the time that has passed."""


def value_in_words(fact: Fact, value: Value, say: EditorWords) -> str:
    """Return what was told of the fact, as its label is answered."""
    match value:
        case Span(low=low, high=high):
            return _span(low, high, say)
        case bool():
            return say("yes" if value else "no")
        case dt.date():
            return f"{value:%d.%m.%Y}"
        case int():
            return str(value)
    if value == NONE and fact.kind != "choice":
        return fact.none.in_(say.language) if fact.none else say("none")
    labels = {choice.value: choice.label.in_(say.language) for choice in fact.choices}
    return labels.get(value, value)


def _span(low: int | dt.date, high: int | dt.date, say: EditorWords) -> str:
    if isinstance(low, int):
        return str(low) if low == high else f"{low}–{high}"
    name = "until" if low == LONG_AGO else "from_to"
    return say(name, low=f"{low:%d.%m.%Y}", high=f"{high:%d.%m.%Y}")


def comparison_in_words(leaf: Leaf, fact: Fact, say: EditorWords) -> str:
    """Return what the comparison asks of the fact."""
    match leaf:
        case Is(value=value):
            return value_in_words(fact, value, say)
        case OneOf(values=values):
            return either((value_in_words(fact, value, say) for value in values), say)
        case Between(min=low, max=high):
            return _bounds(low, high, say)
        case Since():
            return ", ".join(
                say(f"since_{name}", long=_long(long, say))
                for name in SINCE
                if (long := getattr(leaf, name)) is not None
            )


def _bounds(low: int | None, high: int | None, say: EditorWords) -> str:
    if low is not None and high is not None:
        return _span(low, high, say)
    return say("at_least" if high is None else "at_most", low=low, high=high)


def _long(long: Duration, say: EditorWords) -> str:
    unit = long.unit.removesuffix("s") if long.count == 1 else long.unit
    return f"{long.count} {say(unit)}"


def either(words: Iterable[str], say: EditorWords) -> str:
    """Return the words joined as a choice."""
    return f" {say('or')} ".join(words)
