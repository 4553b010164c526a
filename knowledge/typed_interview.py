"""The interview as lines in a terminal: what may be typed, and what a typed line answers."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

from knowledge.base import KnowledgeBase
from knowledge.explaining import reason
from knowledge.facts import NONE, Answer, Declined, DontKnow, Fact, Known, Value
from knowledge.measures import Measure
from knowledge.texts import LANGUAGES, Language, Text
from knowledge.verdicts import Verdict, Word

DONT_KNOW, DECLINED = "?", "-"
WHY = Text(bg="защо", en="why")
LEGEND = Text(
    bg=f"{DONT_KNOW} не знам · {DECLINED} предпочитам да не кажа · {WHY.bg} (why) питате",
    en=f"{DONT_KNOW} don't know · {DECLINED} rather not say · {WHY.en} do you ask",
)
YES_OR_NO = Text(bg="да или не", en="yes or no")
NUMBER = Text(
    bg="число от {low} до {high}, или между две: {low}..{high}",
    en="a number from {low} to {high}, or between two: {low}..{high}",
)
DAY = Text(
    bg="ден като 2026-11-22 или 22.11.2026, или между два: 2026-01-01..2026-03-31",
    en="a day as 2026-11-22 or 22.11.2026, or between two: 2026-01-01..2026-03-31",
)
PLACE = Text(bg="код по ЕКАТТЕ: 12259", en="an EKATTE code: 12259")
DECIDES = Text(bg="Решава за", en="It decides on")
TRUTHS: Mapping[str, bool] = {
    **dict.fromkeys(("да", "yes", "true"), True),
    **dict.fromkeys(("не", "no", "false"), False),
}
BEST_FIRST: tuple[Word, ...] = ("yes", "likely", "unknown", "no")


def question(fact: Fact, language: Language) -> Iterator[str]:
    """Yield the fact's label, what may be answered, and what else may be typed."""
    yield fact.label.in_(language)
    match fact.kind:
        case "bool":
            yield f"  {YES_OR_NO.in_(language)}"
        case "whole":
            low, high = fact.bounds or (0, 0)
            yield "  " + NUMBER.in_(language).format(low=low, high=high)
        case "date":
            yield f"  {DAY.in_(language)}"
        case "place":
            yield f"  {PLACE.in_(language)}"
    yield from (f"  {choice.value}: {choice.label.in_(language)}" for choice in fact.choices)
    yield from (f"  {band.label.in_(language)}" for band in fact.bands)
    if fact.none:
        yield f"  {NONE}: {fact.none.in_(language)}"
    yield f"  {LEGEND.in_(language)}"


def answer(fact: Fact, line: str, on: dt.date) -> Answer:
    """Return what a typed line answers; words count whatever their case and language.

    Raises ValueError naming what was found and what is allowed.
    """
    typed = " ".join(line.split())
    if typed == DONT_KNOW:
        return DontKnow()
    if typed == DECLINED:
        return Declined()
    named = _named(fact, on)
    return Known(named[typed.casefold()] if typed.casefold() in named else _read(fact, typed))


def _named(fact: Fact, on: dt.date) -> dict[str, Value]:
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
    return {**named, **TRUTHS} if fact.kind == "bool" else named


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


def asks_why(line: str) -> bool:
    """Whether the line asks what the answer is for."""
    return line.strip(" \n?").casefold() in (WHY.bg, WHY.en)


def why(measures: Iterable[Measure], language: Language) -> str:
    """Return what hangs on a fact, in one line."""
    return f"{DECIDES.in_(language)}: {'; '.join(m.title.in_(language) for m in measures)}"


def verdict_lines(
    base: KnowledgeBase, verdicts: Iterable[Verdict], language: Language
) -> Iterator[str]:
    """Yield every verdict with its reason, what fits first."""
    for verdict in sorted(verdicts, key=lambda v: BEST_FIRST.index(v.word)):
        measure = verdict.measure
        yield f"{verdict.word}: {measure.title.in_(language)} ({measure.id})"
        yield f"  {reason(verdict, base.facts, base.phrases, language)}"
