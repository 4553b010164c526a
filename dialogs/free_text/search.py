"""Which measures a question is about: phrases and titles, weighed by how rare their words are."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from dialogs.free_text.lexicon import load_fact_lexicon
from dialogs.free_text.wishes import load_wishes
from dialogs.free_text.words import Word
from knowledge.asked_as import AskedAs
from knowledge.base import KnowledgeBase
from knowledge.measures import MeasureId
from knowledge.texts import Language, Text

Title = tuple[MeasureId, Text]
SUGGESTED = 3
"""Measures offered for one question."""
ENOUGH = 0.6
"""How much of a phrase, by weight, must be said for it to be meant."""
TITLE = 0.7
"""How much a title counts beside a phrase that people use."""
NEXT = 0.93
"""How much less the second measure of a subject is meant than the first."""
SURE = 0.95
"""How much of both the phrase and the question must agree for one card to be opened at once."""


MOSTLY = 0.6
"""How much of a statement one word must be: „имам 35 години стаж“ asks for no internship."""
ROOT = 8
"""Letters in which two words of one root agree: „преквалифицирам“, „преквалификация“."""


@dataclass(frozen=True)
class Hit:
    """A measure that the question may be about."""

    measure: MeasureId
    score: float
    sure: bool
    """Whether the question is this phrase and nothing else."""
    whole: bool
    """Whether all of a phrase was said; and beside a phrase of one word, little else."""


@dataclass(frozen=True)
class _Phrase:
    words: frozenset[str]
    about: tuple[MeasureId, ...]
    factor: float


class Search:
    """The phrases of one language, ready to be compared with a question."""

    def __init__(
        self, asked_as: tuple[AskedAs, ...], titles: tuple[Title, ...], language: Language
    ) -> None:
        self._spelling = load_fact_lexicon(language).spelling
        self._dropped = load_wishes(language).dropped
        self._phrases = tuple(self._all(asked_as, titles, language))
        counted = Counter(word for phrase in self._phrases for word in phrase.words)
        total = len(self._phrases)
        self._weights = {word: math.log(1 + total / n) for word, n in counted.items()}
        self._roots: dict[str, list[str]] = {}
        for word in sorted(counted):
            if len(word) > ROOT:
                self._roots.setdefault(word[:ROOT], []).append(word)

    def _all(
        self, asked_as: Iterable[AskedAs], titles: Iterable[Title], language: Language
    ) -> Iterator[_Phrase]:
        for asked in asked_as:
            for phrase in asked.phrases(language):
                yield from self._phrase(phrase, asked.about, 1.0)
        for measure, title in titles:
            yield from self._phrase(title.in_(language), (measure,), TITLE)

    def _phrase(self, text: str, about: tuple[MeasureId, ...], factor: float) -> Iterator[_Phrase]:
        words = frozenset(min(bases) for bases in self._content(self._spelling.words(text)))
        if not all(word.isdecimal() for word in words):
            yield _Phrase(words, about, factor)

    def _content(self, words: Iterable[Word]) -> Iterator[frozenset[str]]:
        """Yield the base forms of each word that says what is meant."""
        for word in words:
            bases = frozenset(_base(reading) for reading in word.readings if reading[0] == "~")
            bases = bases or frozenset({word.plain})
            if not (word.readings | bases) & self._dropped:
                yield bases

    def find(self, text: str, running: Iterable[MeasureId]) -> tuple[Hit, ...]:
        """Return what the question may be about, best first; nothing where nothing is near."""
        said = [self._akin(b) for b in self._content(self._spelling.words(text))]
        if not said:
            return ()
        heard = frozenset().union(*said)
        weight_of_all = sum(self._weight(bases) for bases in said)
        scores: dict[MeasureId, tuple[float, bool, bool]] = {}
        there = frozenset(running)
        for phrase in self._phrases:
            common = phrase.words & heard
            if not common:
                continue
            weight = sum(map(self._weights.__getitem__, common))
            of_phrase = weight / sum(map(self._weights.__getitem__, phrase.words))
            of_question = min(weight / weight_of_all, 1.0) if weight_of_all else 0.0
            if of_phrase < ENOUGH:
                continue
            score = phrase.factor * of_phrase * (0.5 + 0.5 * of_question) * (1 + weight / 20)
            sure = phrase.factor == 1 and of_phrase >= SURE and of_question >= SURE
            whole = of_phrase >= SURE and (len(phrase.words) > 1 or of_question >= MOSTLY)
            for place, measure in enumerate(m for m in phrase.about if m in there):
                better = (score * NEXT**place, sure and len(phrase.about) == 1, whole)
                scores[measure] = max(scores.get(measure, (0.0, False, False)), better)
        best = sorted(scores, key=lambda m: (-scores[m][0], m))[:SUGGESTED]
        return tuple(Hit(m, *scores[m]) for m in best)

    def _akin(self, bases: frozenset[str]) -> frozenset[str]:
        """Return the forms of a word; of one that no phrase has, the words of the same root."""
        if bases & self._weights.keys():
            return bases
        roots = {base[:ROOT] for base in bases if len(base) > ROOT}
        return bases | {word for root in roots for word in self._roots.get(root, ())}

    def _weight(self, bases: frozenset[str]) -> float:
        known = [self._weights[base] for base in bases if base in self._weights]
        return max(known, default=2.0)


def _base(reading: str) -> str:
    return reading.removeprefix("~")


@cache
def _search(asked_as: tuple[AskedAs, ...], titles: tuple[Title, ...], language: Language) -> Search:
    return Search(asked_as, titles, language)


def search(knowledge: KnowledgeBase, language: Language) -> Search:
    """Return the search over the knowledge in that language; it is made once."""
    titles = tuple((measure.id, measure.title) for measure in knowledge.measures.values())
    return _search(knowledge.asked_as, titles, language)
