"""Measures that have ended: what they were, since when they are gone, what takes their place."""

import re
from collections.abc import Collection, Mapping
from typing import Literal

from pydantic import Field
from rapidfuzz import fuzz

from knowledge.measures import MeasureId, SourceId
from knowledge.spelling import in_cyrillic
from knowledge.texts import LANGUAGES, Frozen, Text, Words
from knowledge.typed_names import words_of

ALIKE = 88.0
"""How alike a typed name must be to one of ours, 0 to 100, to be the same name."""
SHORTEST = 4
"""Letters of a name that may be found inside a longer sentence: „чл. 41“, but not „53а“."""
MOST_WORDS = 12
"""Words of the longest name that is looked for inside a sentence."""
_LETTERS_ONLY = re.compile(r"[^\W\d_]{2,}")
_QUOTED = re.compile(r"[„“”\"«»]([^„“”\"«»]+)[“”\"»«]")


class Ended(Frozen):
    """A measure that is no longer offered; a contract signed before may still run."""

    id: MeasureId
    title: Text
    names: tuple[str, ...] = Field(min_length=1)
    """What people call it, known anywhere in a sentence: „схема Развитие“, „чл. 55а“."""
    alone: tuple[str, ...] = ()
    """Names that are ordinary words too: known only in quotes or where nothing else is said."""
    era: Literal["repealed", "2012"]
    was: Text
    ended: Words | None
    """The day, month or year of its end as the source gives it; None where none was found."""
    note: Text | None = None
    replaced_by: tuple[MeasureId, ...] = ()
    legal_basis: Text | None = None
    sources: tuple[SourceId, ...] = Field(min_length=1)


class CitedActs(Frozen):
    """How articles are cited (cited_acts.yaml)."""

    other_acts: frozenset[str]
    """What other acts than the employment act are called: „чл. 43 ЗХУ“ is alive."""
    short_names: tuple[str, ...]
    """How the short name of any other act begins, in capitals."""
    own_act: frozenset[str]
    """Words that name the employment act itself."""
    latin: Mapping[str, str]
    """How articles are cited in English, and how in Bulgarian."""
    letters: frozenset[str]
    """Single letters that after a number belong to it: „чл. 55 а“."""
    marks: tuple[str, ...]
    """What stands where an article or a whole regulation is cited."""

    def any_in(self, text: str) -> bool:
        """Whether the text cites an article or a whole regulation."""
        return any(mark in text for mark in self.marks)

    def another(self, text: str, words: Collection[str]) -> bool:
        """Whether the text names another act than the employment act; its words are given too."""
        if not self.own_act.isdisjoint(words):
            return False
        shouted = text.isupper()
        capitals = (word for word in _LETTERS_ONLY.findall(text) if word[:2].isupper())
        short = any(word.startswith(self.short_names) for word in capitals)
        return not self.other_acts.isdisjoint(words) or (short and not shouted)


class Archive:
    """All the ended measures, found by what people call them."""

    def __init__(self, entries: tuple[Ended, ...], cited: CitedActs) -> None:
        self.entries = entries
        self.cited = cited
        self._inside = [("".join(self._words(n)), entry) for entry in entries for n in entry.names]
        self._whole = [(self._words(n), entry) for entry in entries for n in _all_names(entry)]

    def __getitem__(self, entry: MeasureId) -> Ended:
        return next(ended for ended in self.entries if ended.id == entry)

    def __contains__(self, entry: object) -> bool:
        return any(ended.id == entry for ended in self.entries)

    def named(self, text: str) -> tuple[Ended, ...]:
        """Return the ended measures that the text may name, best first; none is guessed."""
        words = self._words(text)
        parts = _parts(words)
        # An article of another act is another article; „Отново на работа“ is itself by any law.
        elsewhere = self.cited.another(text, words)
        said = [words, *map(self._words, _QUOTED.findall(text))]
        alike: dict[MeasureId, float] = {}
        for key, entry in self._inside:
            if len(key) >= SHORTEST and key in parts and not (elsewhere and _is_article(key)):
                alike[entry.id] = 100.0
        for name, entry in self._whole:
            if elsewhere and _is_article("".join(name)):
                continue
            score = max(_likeness(name, one) for one in said)
            if score >= ALIKE:
                alike[entry.id] = max(score, alike.get(entry.id, 0.0))
        best = sorted(alike, key=lambda entry: -alike[entry])
        return tuple(self[entry] for entry in best)

    def _words(self, text: str) -> list[str]:
        """Return the words; the letter of an article stands with its number: „чл. 55 а“."""
        words: list[str] = []
        for typed in words_of(text.replace(".", ". ")):
            word = self.cited.latin.get(typed, typed)
            if any(c.isdigit() for c in word) or len(word) == 1:
                word = in_cyrillic(word)  # „55a“ with a Latin a
            if word in self.cited.letters and words and words[-1].isdecimal():
                words[-1] += word
            else:
                words.append(word)
        return words


def _is_article(key: str) -> bool:
    return any(c.isdigit() for c in key)


def _all_names(entry: Ended) -> tuple[str, ...]:
    titles = (entry.title.in_(language) for language in LANGUAGES)
    return (*entry.names, *entry.alone, *titles)


def _parts(words: list[str]) -> frozenset[str]:
    """Return all that stands in whole words: „чл. 5“ is not in „чл. 55а“."""
    starts = range(len(words))
    lengths = range(1, MOST_WORDS + 1)
    return frozenset("".join(words[at : at + length]) for at in starts for length in lengths)


def _likeness(name: list[str], said: list[str]) -> float:
    """Return how alike two names are; no number is nearly another, and no word is left out."""
    ours, theirs = "".join(name), "".join(said)
    if ours == theirs:
        return 100.0
    if len(name) != len(said) or any(c.isdigit() for c in ours):
        return 0.0
    return fuzz.ratio(ours, theirs)
