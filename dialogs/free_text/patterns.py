"""The small language in which a lexicon says how people put something; and its matching."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialogs.free_text.words import Word

GAP = 3
"""Words that `..` may stand for."""
Slot = Callable[[Sequence[Word], int], Iterator[tuple[int, Any]]]
"""Yields where a value that begins at that word ends, with the value; the longest first."""


@dataclass(frozen=True, slots=True)
class _Element:
    said: frozenset[str]
    slot: str = ""
    gap: bool = False
    optional: bool = False
    edge: str = ""
    """`^` and `$`: a pause stands there; `,`: one may stand there."""


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of words that a pattern fits, and the values in its slots."""

    start: int
    end: int
    literal: int
    """Words that were named by the pattern itself."""
    values: tuple[tuple[str, int, int, Any], ...] = ()
    """Slot, first word, word after the last, value."""


@dataclass(frozen=True)
class Pattern:
    """A way to put something: „на {n} години?“, „~безработен“, „@ended .. {date}“."""

    source: str
    elements: tuple[_Element, ...]
    light: frozenset[str] = frozenset()
    """Words that may stand anywhere between the others and say nothing: „имам си деца“."""

    def possible(self, readings: frozenset[str]) -> bool:
        """Whether all the words that must be there are, in whatever order."""
        return all(e.optional or not e.said or e.said & readings for e in self.elements)

    def matches(self, words: Sequence[Word], slots: Mapping[str, Slot]) -> Iterator[Found]:
        """Yield every stretch of the words that fits; words beyond a pause do not go together."""
        for start in range(len(words)):
            yield from self._from(words, slots, start, start, 0, Found(start, start, 0))

    def _from(  # noqa: PLR0913, PLR0917  # where it stands in the words and in the pattern
        self,
        words: Sequence[Word],
        slots: Mapping[str, Slot],
        start: int,
        at: int,
        element: int,
        so_far: Found,
    ) -> Iterator[Found]:
        if element == len(self.elements):
            yield Found(start, at, so_far.literal, so_far.values)
            return
        wanted = self.elements[element]
        if wanted.edge:
            if wanted.edge == "," or at == len(words) or words[at].pause_before:
                yield from self._from(words, slots, start, at, element + 1, so_far)
        elif wanted.gap:
            for skipped in range(GAP + 1):
                inside = words[at : at + skipped]
                if len(words) < at + skipped or any(w.pause_before for w in inside):
                    break
                yield from self._from(words, slots, start, at + skipped, element + 1, so_far)
        else:
            yield from self._here(words, slots, start, at, element, so_far)

    def _here(  # noqa: PLR0913, PLR0917  # as above
        self,
        words: Sequence[Word],
        slots: Mapping[str, Slot],
        start: int,
        at: int,
        element: int,
        so_far: Found,
    ) -> Iterator[Found]:
        """Yield what fits where the next word, or a value, must be the one that is wanted."""
        wanted = self.elements[element]
        apart = at > start and self.elements[element - 1].edge != ","
        here = at < len(words) and not (apart and words[at].pause_before)
        if here and wanted.slot:
            for end, value in slots[wanted.slot](words, at):
                values = (*so_far.values, (wanted.slot, at, end, value))
                grown = Found(start, end, so_far.literal, values)
                yield from self._from(words, slots, start, end, element + 1, grown)
        elif here and words[at].readings & wanted.said:
            grown = Found(start, at + 1, so_far.literal + 1, so_far.values)
            yield from self._from(words, slots, start, at + 1, element + 1, grown)
        elif here and at > start and words[at].readings & self.light:
            yield from self._from(words, slots, start, at + 1, element, so_far)
        if wanted.optional:
            yield from self._from(words, slots, start, at, element + 1, so_far)


def compiled(
    source: str, classes: Mapping[str, Sequence[str]], light: frozenset[str] = frozenset()
) -> tuple[Pattern, ...]:
    """Return the pattern, once for each order of a pair; raises ValueError naming what is wrong."""
    if not source.split():
        raise ValueError("an empty pattern; write the words or remove the line")
    return tuple(
        Pattern(source, tuple(_element(part, classes, source) for part in order.split()), light)
        for order in orders(source)
    )


_PAIR = re.compile(r"\((\S+) (\.\. )?([^)]+)\)")


def orders(source: str) -> tuple[str, ...]:
    """Return „(съм безработен) вече“ in both orders."""
    turned = _PAIR.sub(r"\3 \2\1", source)
    straight = _PAIR.sub(r"\1 \2\3", source)
    return (straight,) if straight == turned else (straight, turned)


def _element(part: str, classes: Mapping[str, Sequence[str]], source: str) -> _Element:
    optional = part.endswith("?") and len(part) > 1
    part = part.removesuffix("?") if optional else part
    if part == "..":
        return _Element(frozenset(), gap=True)
    if part in ("^", "$", ","):
        return _Element(frozenset(), edge=part)
    if part.startswith("{") and part.endswith("}"):
        return _Element(frozenset(), slot=part[1:-1], optional=optional)
    said: list[str] = []
    for word in part.split("|"):
        if word.startswith("@"):
            if word[1:] not in classes:
                raise ValueError(f"{source!r}: there is no class {word}; declare it in `classes`")
            said += classes[word[1:]]
        else:
            said.append(word)
    return _Element(frozenset(said), optional=optional)
