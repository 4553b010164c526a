"""A fact's values, and what a comparison asks of it, in words for an editor."""

import datetime as dt
from collections.abc import Iterable

from knowledge.conditions import Between, Is, Leaf, OneOf, Since
from knowledge.durations import Duration
from knowledge.facts import LONG_AGO, NONE, Fact, Span, Value
from knowledge.texts import Language, Text

YES, NO = Text(bg="да", en="yes"), Text(bg="не", en="no")
OR = Text(bg="или", en="or")
NONE_AT_ALL = Text(bg="няма", en="none")
FROM_TO = Text(bg="от {low} до {high}", en="from {low} to {high}")
UNTIL = Text(bg="до {high}", en="until {high}")
AT_LEAST = Text(bg="поне {low}", en="{low} or more")
AT_MOST = Text(bg="най-много {high}", en="{high} or less")
SINCE = {
    "at_least": Text(bg="преди поне {long}", en="at least {long} ago"),
    "more_than": Text(bg="преди повече от {long}", en="more than {long} ago"),
    "at_most": Text(bg="преди най-много {long}", en="at most {long} ago"),
}
UNITS = {
    "days": (Text(bg="ден", en="day"), Text(bg="дни", en="days")),
    "months": (Text(bg="месец", en="month"), Text(bg="месеца", en="months")),
    "years": (Text(bg="година", en="year"), Text(bg="години", en="years")),
}


def value_in_words(fact: Fact, value: Value, language: Language) -> str:
    """Return what was told of the fact, as its label is answered."""
    match value:
        case Span(low=low, high=high):
            return _span(low, high, language)
        case bool():
            return (YES if value else NO).in_(language)
        case dt.date():
            return f"{value:%d.%m.%Y}"
        case int():
            return str(value)
    if value == NONE and fact.kind != "choice":
        return (fact.none or NONE_AT_ALL).in_(language)
    labels = {choice.value: choice.label.in_(language) for choice in fact.choices}
    return labels.get(value, value)


def _span(low: int | dt.date, high: int | dt.date, language: Language) -> str:
    if isinstance(low, int):
        return str(low) if low == high else f"{low}–{high}"
    pattern = UNTIL if low == LONG_AGO else FROM_TO
    return pattern.in_(language).format(low=f"{low:%d.%m.%Y}", high=f"{high:%d.%m.%Y}")


def comparison_in_words(leaf: Leaf, fact: Fact, language: Language) -> str:
    """Return what the comparison asks of the fact."""
    match leaf:
        case Is(value=value):
            return value_in_words(fact, value, language)
        case OneOf(values=values):
            return either((value_in_words(fact, value, language) for value in values), language)
        case Between(min=low, max=high):
            return _bounds(low, high, language)
        case Since():
            return ", ".join(
                pattern.in_(language).format(long=_long(long, language))
                for name, pattern in SINCE.items()
                if (long := getattr(leaf, name)) is not None
            )


def _bounds(low: int | None, high: int | None, language: Language) -> str:
    if low is not None and high is not None:
        return _span(low, high, language)
    return (AT_LEAST if high is None else AT_MOST).in_(language).format(low=low, high=high)


def _long(long: Duration, language: Language) -> str:
    one, many = UNITS[long.unit]
    return f"{long.count} {(one if long.count == 1 else many).in_(language)}"


def either(words: Iterable[str], language: Language) -> str:
    """Return the words joined as a choice."""
    return f" {OR.in_(language)} ".join(words)
