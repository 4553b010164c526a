"""What changes between two states of the knowledge, a line each, for the editor who changed it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from knowledge.differences import ChangedPeople, ChangedRegions, Differences
from knowledge.editor_words import EditorWords
from knowledge.fact_words import either, value_in_words
from knowledge.facts import NONE, Span
from knowledge.regions import ELSEWHERE, Regions
from knowledge.texts import Language, Text

LANGUAGE: Language = "bg"
"""The facts are named in the source language; the rest of the line is as the commands say it."""
NAMED = 3
"""How many cases are named; the others are counted."""
SHOWN = 20
"""How many pieces of one measure are written out; the others are counted."""


def lines(found: Differences, on: dt.date, words: Mapping[str, Text]) -> Iterator[str]:
    """Yield a line for each difference; nothing where there is none."""
    say = EditorWords(words, LANGUAGE)
    yield from (f"added: {name}" for name in found.added)
    yield from (f"removed: {name}" for name in found.removed)
    yield from map(_people, found.people)
    for name, of_one in groupby(found.regions, key=lambda piece: piece.measure):
        pieces = list(of_one)
        yield from (f"{_regions(piece, on, say)}" for piece in pieces[:SHOWN])
        if len(pieces) > SHOWN:
            yield f"{name}: … and {len(pieces) - SHOWN} smaller groups of answers"
    for capped in found.capped:
        many = f"looked at {capped.looked_at} of {capped.regions} regions"
        yield f"{capped.measure}: {many}; a change elsewhere is not told"
    for name, fact in (found.not_compared or {}).items():
        yield f"{name}: {fact} is another kind of fact now; its answers cannot be compared"


def _people(changed: ChangedPeople) -> str:
    names = "; ".join(f"„{name}“" for name in changed.names[:NAMED])
    more = "; …" if len(changed.names) > NAMED else ""
    word = "profile" if len(changed.names) == 1 else "profiles"
    before, after = changed.change
    said = f"{len(changed.names)} golden {word} ({names}{more})"
    return f"{changed.measure}: {said}: {before} → {after}"


def _regions(changed: ChangedRegions, on: dt.date, say: EditorWords) -> str:
    parts = [
        f"{changed.regions[fact].fact.label.in_(say.language)} "
        f"{either(region_words(changed.regions[fact], numbers, on, say), say)}"
        for fact, numbers in changed.where.items()
    ]
    before, after = changed.change
    return f"{changed.measure}: {', '.join(parts) or say('everybody')}: {before} → {after}"


def region_words(
    regions: Regions, numbers: Iterable[int], on: dt.date, say: EditorWords
) -> Iterator[str]:
    """Yield what answers these regions hold; numbers and days that follow each other as one."""
    if not regions.ordered:
        for number in sorted(numbers):
            yield from _named(regions, number, say)
        return
    runs: list[tuple[Any, Any]] = []
    following = -1
    for number in sorted(numbers):
        first, last = _ends(regions, number, on)
        joins = bool(runs) and number == following and first != NONE
        runs[-1 if joins else len(runs) :] = [(runs[-1][0] if joins else first, last)]
        following = number + 1
    for first, last in runs:
        value = first if first == last else Span(low=first, high=last)
        yield value_in_words(regions.fact, value, say)


def _ends(regions: Regions, number: int, on: dt.date) -> tuple[Any, Any]:
    """Return the first and the last answer of a region."""
    if number == len(regions.values) - 1:
        return NONE, NONE
    step: Any = 1 if regions.fact.kind == "whole" else dt.timedelta(days=1)
    high = regions.fact.bounds[1] if regions.fact.bounds else on
    last = regions.marks[number] - step if number < len(regions.marks) else high
    return regions.values[number], min(last, high)


def _named(regions: Regions, number: int, say: EditorWords) -> Iterator[str]:
    """Yield the answer that rules name, or all those that they do not."""
    fact = regions.fact
    if number < len(regions.marks):
        yield value_in_words(fact, regions.marks[number], say)
    elif fact.kind == "place":
        yield value_in_words(fact, ELSEWHERE, say)
    else:
        rest = [choice.value for choice in fact.choices if choice.value not in regions.marks]
        yield from (value_in_words(fact, value, say) for value in rest)
