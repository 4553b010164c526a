"""An answer as a person would read it, in the language of the talk."""

import datetime as dt

from dialogs.turn import Turn
from knowledge.facts import NONE, Answer, DontKnow, Fact, Known, Span, Value

ABOUT = frozenset((*range(28, 33), *range(362, 368)))
"""Days of a span that a length of months or years leaves open: „преди 2 години“."""


def words_of(turn: Turn, fact: Fact, answer: Answer) -> str:
    """Return an answer as a person would read it."""
    if not isinstance(answer, Known):
        closed = "dont-know" if isinstance(answer, DontKnow) else "decline"
        return turn.text(f"button-{closed}")
    choices = {choice.value: choice.label for choice in fact.choices}
    if fact.none:
        choices[NONE] = fact.none
    if isinstance(answer.value, str) and answer.value in choices:
        return turn.words(choices[answer.value])
    return _words_of_value(turn, fact, answer.value)


def _words_of_value(turn: Turn, fact: Fact, value: Value) -> str:
    if isinstance(value, bool):
        return turn.text("button-yes" if value else "button-no")
    if fact.kind == "place":
        settlement = turn.knowledge.gazetteer.by_ekatte(str(value))
        if settlement is None:
            return str(value)
        return settlement.name if turn.reads_cyrillic else settlement.name_latin
    if isinstance(value, Span):
        return _words_of_span(turn, fact, value)
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value)


def _words_of_span(turn: Turn, fact: Fact, span: Span) -> str:
    for band in fact.bands:
        if band.span(fact, turn.context.today) == span:
            return turn.words(band.label)
    low, high = span.low, span.high
    if not isinstance(low, dt.date) or not isinstance(high, dt.date):
        return turn.text("between", low=str(low), high=str(high))
    if (low.year, low.day) == (high.year, 1) and low.month == high.month:
        return f"{low:%m.%Y}"
    if low.year == high.year and (low.month, low.day) == (1, 1):
        return str(low.year)
    middle = low + (high - low) / 2
    if (high - low).days in ABOUT:
        return turn.text("about-then", value=f"{middle:%m.%Y}")
    return turn.text("between", low=f"{low:%d.%m.%Y}", high=f"{high:%d.%m.%Y}")
