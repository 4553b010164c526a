"""The interview as lines in a terminal: what may be typed, and what a typed line answers."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

from knowledge.base import KnowledgeBase
from knowledge.editor_words import EditorWords
from knowledge.explaining import reason
from knowledge.facts import NONE, Answer, Declined, DontKnow, Fact, Known, Value
from knowledge.measures import Measure
from knowledge.texts import LANGUAGES, Text
from knowledge.verdicts import Verdict, Word

DONT_KNOW, DECLINED = "?", "-"
WRITTEN: Mapping[str, bool] = {"true": True, "false": False}
"""What may be typed beside the words for yes and no."""
BEST_FIRST: tuple[Word, ...] = ("yes", "likely", "unknown", "no")


def question(fact: Fact, say: EditorWords) -> Iterator[str]:
    """Yield the fact's label, what may be answered, and what else may be typed."""
    yield fact.label.in_(say.language)
    if fact.kind != "choice":
        low, high = fact.bounds or (0, 0)
        yield f"  {say(f'type_{fact.kind}', low=low, high=high)}"
    yield from (f"  {choice.value}: {choice.label.in_(say.language)}" for choice in fact.choices)
    yield from (f"  {band.label.in_(say.language)}" for band in fact.bands)
    if fact.none:
        yield f"  {NONE}: {fact.none.in_(say.language)}"
    always = say("type_always", dont_know=DONT_KNOW, declined=DECLINED, why=say("why"))
    yield f"  {always}"


def answer(fact: Fact, line: str, on: dt.date, say: EditorWords) -> Answer:
    """Return what a typed line answers; words count whatever their case and language.

    Raises ValueError naming what was found and what is allowed.
    """
    typed = " ".join(line.split())
    if typed == DONT_KNOW:
        return DontKnow()
    if typed == DECLINED:
        return Declined()
    named = _named(fact, on, say)
    return Known(named[typed.casefold()] if typed.casefold() in named else _read(fact, typed))


def _named(fact: Fact, on: dt.date, say: EditorWords) -> dict[str, Value]:
    """Return the values that have words, by the words."""
    labelled: list[tuple[Text, Value]] = [
        *((choice.label, choice.value) for choice in fact.choices),
        *((band.label, band.span(fact, on)) for band in fact.bands),
        *([(fact.none, NONE)] if fact.none else []),
    ]
    named: dict[str, Value] = {
        label.in_(language).casefold(): value for label, value in labelled for language in LANGUAGES
    }
    named |= {choice.value.casefold(): choice.value for choice in fact.choices}
    if fact.none:
        named[NONE] = NONE
    return named | _truths(say) if fact.kind == "bool" else named


def _truths(say: EditorWords) -> dict[str, bool]:
    """Return yes and no by the words for them in every language."""
    yes, no = say.typed("yes"), say.typed("no")
    return {**WRITTEN, **dict.fromkeys(yes, True), **dict.fromkeys(no, False)}


def _read(fact: Fact, typed: str) -> Value:
    low, between, high = typed.partition("..")
    if between:
        return fact.read({"from": _plain(fact, low), "to": _plain(fact, high)})
    return fact.read(_plain(fact, typed))


def _plain(fact: Fact, typed: str) -> object:
    """Return the typed value as JSON would have it, or as it is where it is none."""
    typed = typed.strip()
    if fact.kind == "whole" and re.fullmatch("-?[0-9]{1,9}", typed):
        return int(typed)
    if fact.kind == "date" and (day := re.fullmatch(r"(\d\d?)\.(\d\d?)\.(\d{4})", typed)):
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    return typed


def asks_why(line: str, say: EditorWords) -> bool:
    """Whether the line asks what the answer is for."""
    return line.strip(" \n?").casefold() in say.typed("why")


def why(measures: Iterable[Measure], say: EditorWords) -> str:
    """Return what hangs on a fact, in one line."""
    return f"{say('decides')}: {'; '.join(m.title.in_(say.language) for m in measures)}"


def verdict_lines(
    base: KnowledgeBase, verdicts: Iterable[Verdict], say: EditorWords
) -> Iterator[str]:
    """Yield every verdict with its reason, what fits first."""
    for verdict in sorted(verdicts, key=lambda v: BEST_FIRST.index(v.word)):
        measure = verdict.measure
        yield f"{verdict.word}: {measure.title.in_(say.language)} ({measure.id})"
        yield f"  {reason(verdict, base.facts, base.phrases, say.language)}"
