"""What a librarian looks up by a few typed words: in part, with slips, in Latin letters."""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dialogs.free_text.lexicon import load_fact_lexicon
from dialogs.free_text.wishes import load_wishes
from dialogs.free_text.words import Word, lemma_of
from dialogs.texts import load_texts
from dialogs.understanding import lowered
from knowledge.base import KnowledgeBase
from knowledge.places import Bureau, Library

Kind = Literal["answer", "measure", "place"]
IN_TITLE = 0.1
"""What it adds that all that was typed stands in the title."""
OVER = 0.8
"""How much an ended measure counts beside one that runs."""
ENOUGH = 0.5
"""How much of what was typed, by weight, an entry must have."""
NEXT = 0.97
"""How much less the second measure of a subject is meant than the first."""
UNKNOWN = 4.0
"""The weight of a typed word that nothing has."""
LEMMA, PREFIX, ROOT, SLIP = 0.95, 0.75, 0.6, 0.7
"""How well a typed word is met by another form of it, by its rest, its root, a mended slip."""
SHORTEST_ROOT, SHORTEST_SLIP = 5, 5
"""Letters."""
MOST_SLIPS = 5
_TOKEN = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True)
class Entry:
    """Something that can be found, by the phrases that name it and how much each counts."""

    kind: Kind
    id: str
    title: str
    phrases: tuple[tuple[str, float], ...]
    """Its title is the first."""
    behind: bool = False
    """Whether of equals it stands behind: a branch, a small library."""


@dataclass(frozen=True)
class Hit:
    """An entry that was found; a score about 1 is perfect."""

    entry: Entry
    score: float
    inside: bool = False
    """Whether a typed word only begins one of its text, and none of its title."""


def in_order(hit: Hit) -> tuple[bool, float, bool, str, str]:
    """Return what hits are sorted by: the best first."""
    return (hit.inside, -hit.score, hit.entry.behind, hit.entry.title, hit.entry.id)


def tokens(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text, as they are compared."""
    return tuple(_TOKEN.findall(lowered(text)))


class Index:
    """Entries by their words."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._phrases: list[tuple[int, float, frozenset[str]]] = []
        self._of_token: defaultdict[str, list[int]] = defaultdict(list)
        self._titles: set[int] = set()
        for number, entry in enumerate(self.entries):
            self._titles.add(len(self._phrases))
            for phrase, factor in entry.phrases:
                words = frozenset(tokens(phrase))
                for word in words:
                    self._of_token[word].append(len(self._phrases))
                self._phrases.append((number, factor, words))
        self._sorted = sorted(self._of_token)
        self._of_lemma: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            self._of_lemma[lemma_of(word, "bg")].append(word)
        total = len(self.entries)
        self._weights = {
            word: math.log(1 + total / len({self._phrases[n][0] for n in inside}))
            for word, inside in self._of_token.items()
        }
        own = load_fact_lexicon("bg").spelling
        # Slips are mended towards the words that stand here, and towards no others.
        self._spelling = replace(own, vocabulary=frozenset(self._sorted), beginnings=frozenset())
        self._dropped = load_wishes("bg").dropped

    def find(self, text: str, *, prefer: Kind | None = None) -> tuple[Hit, ...]:
        """Return the entries that have enough of what was typed, the best first."""
        typed = self._content(text)
        met = [self._met(word) for word in typed]
        # A word counts as much as the rarest word that it surely is.
        weights = [
            max((self._weights[token] for token, how in one.items() if how >= SLIP), default=0.0)
            or max((self._weights[token] for token in one), default=UNKNOWN)
            for one in met
        ]
        total = sum(weights)
        if not total:
            return ()
        covered, closeness, titled = self._scored(met, weights)
        well = self._well_met(met)
        hits = []
        for number, parts in covered.items():
            share = sum(parts.values()) / total
            if share >= ENOUGH:
                entry = self.entries[number]
                liked = 0.1 if entry.kind == prefer else 0.0
                liked += IN_TITLE * min(1.0, titled[number] / total)
                score = share * (0.7 + 0.2 * closeness[number]) + liked
                inside = any((number, place) not in well for place in parts)
                hits.append(Hit(entry, round(score, 2), inside))
        return tuple(sorted(hits, key=in_order))

    def _well_met(self, met: list[dict[str, float]]) -> set[tuple[int, int]]:
        """Return which entries have which typed words otherwise than begun in the text alone."""
        return {
            (self._phrases[phrase][0], place)
            for place, one in enumerate(met)
            for token, how in one.items()
            for phrase in self._of_token[token]
            if phrase in self._titles or not PREFIX < how < LEMMA
        }

    def _content(self, text: str) -> tuple[Word, ...]:
        """Return the words that say what is looked for; all where none does."""
        words = self._spelling.words(text)
        said = tuple(word for word in words if not word.readings & self._dropped)
        return said or words

    def _scored(
        self, met: list[dict[str, float]], weights: list[float]
    ) -> tuple[dict[int, dict[int, float]], dict[int, float], dict[int, float]]:
        """Return what of each typed word an entry has, how much of a phrase, what of a title."""
        covered: defaultdict[int, dict[int, float]] = defaultdict(dict)
        said: defaultdict[int, dict[str, float]] = defaultdict(dict)
        for place, (one, weight) in enumerate(zip(met, weights, strict=True)):
            for token, how in one.items():
                for phrase in self._of_token[token]:
                    number, factor, _ = self._phrases[phrase]
                    parts = covered[number]
                    parts[place] = max(parts.get(place, 0.0), weight * how * factor)
                    said[phrase][token] = max(said[phrase].get(token, 0.0), how)
        closeness: defaultdict[int, float] = defaultdict(float)
        titled: defaultdict[int, float] = defaultdict(float)
        for phrase, had in said.items():
            number, factor, words = self._phrases[phrase]
            whole = sum(self._weights[word] for word in words)
            share = factor * sum(self._weights[w] * how for w, how in had.items()) / whole
            closeness[number] = max(closeness[number], share)
            if phrase in self._titles:
                titled[number] = sum(self._weights[w] * how for w, how in had.items())
        return covered, closeness, titled

    def _met(self, word: Word) -> dict[str, float]:
        """Return the words here that a typed word may be, each with how surely."""
        met: dict[str, float] = {}

        def take(found: Iterable[str], how: float) -> None:
            for token in found:
                met[token] = max(met.get(token, 0.0), how)

        forms = sorted(reading for reading in word.readings if reading[0] != "~")
        for reading in word.readings - set(forms):
            take(self._of_lemma.get(reading[1:], ()), LEMMA)
        take((form for form in forms if form in self._of_token), 1.0)
        for form in {word.plain, *forms[:4]}:
            for token in self._beginning(form):
                take([token], PREFIX + 0.2 * len(form) / len(token))
            if not met:
                take(self._akin(form), ROOT)
        return met or dict.fromkeys(self._alike(word.plain), SLIP)

    def _beginning(self, start: str) -> Iterator[str]:
        if len(start) < 2 or start.isdecimal():
            return
        at = bisect_left(self._sorted, start)
        while at < len(self._sorted) and self._sorted[at].startswith(start):
            yield self._sorted[at]
            at += 1

    def _akin(self, word: str) -> Iterator[str]:
        """Yield the words of the same root: „бременност“, „бременна“."""
        for end in range(len(word) - 1, SHORTEST_ROOT - 1, -1):
            near = [
                token
                for token in self._beginning(word[:end])
                if end >= 0.6 * max(len(word), len(token))
            ]
            if near:
                yield from near
                return

    def _alike(self, word: str) -> Iterator[str]:
        if len(word) < SHORTEST_SLIP:
            return
        allowed = 1 if len(word) < 7 else 2
        near = process.extract(
            word, self._sorted, scorer=OSA.distance, score_cutoff=allowed, limit=MOST_SLIPS
        )
        best = min((distance for _, distance, _ in near), default=0)
        yield from (token for token, distance, _ in near if distance == best)


# -- what stands on it -------------------------------------------------------------------------


class Shelf:
    """The measures and places of one knowledge, ready to be looked up; made once, never changed."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.index = Index([*_measures(knowledge), *_places(knowledge)])


def _measures(knowledge: KnowledgeBase) -> Iterator[Entry]:
    asked: Mapping[str, dict[str, float]] = {name: {} for name in knowledge.measures}
    for one in knowledge.asked_as:
        for place, about in enumerate(one.about):
            if about in asked:
                asked[about] |= {
                    phrase: max(NEXT**place, asked[about].get(phrase, 0.0))
                    for phrase in one.phrases("bg")
                }
    for measure in knowledge.measures.values():
        own = {
            measure.title.bg: 1.0,
            measure.legal_basis.bg: 0.9,
            measure.summary.bg: 0.6,
            measure.gives.bg: 0.5,
        }
        for_firms = measure.for_employer
        if for_firms:
            own |= {for_firms.in_short.bg: 0.9, for_firms.hire.bg: 0.5}
        phrases = own | asked[measure.id]
        yield Entry("measure", measure.id, measure.title.bg, tuple(phrases.items()))
    for ended in knowledge.archive.entries:
        called = dict.fromkeys([ended.title.bg, *ended.names, *ended.alone], OVER)
        yield Entry("measure", ended.id, ended.title.bg, tuple(called.items()))


def _places(knowledge: KnowledgeBase) -> Iterator[Entry]:
    """Yield the places; what kind each is counts for little, as so many are of it."""
    texts = load_texts()["bg"]
    kinds = {Bureau: texts("desk-lookup-bureau"), Library: texts("desk-lookup-library")}
    places: tuple[Bureau | Library, ...] = (
        *knowledge.directory.bureaus,
        *knowledge.directory.libraries,
    )
    serving = defaultdict(list)
    for service in knowledge.directory.competence:
        if service.bureau_id and service.confidence != "low":
            serving[service.bureau_id].append(service.municipality)
    for place in places:
        title = f"{place.name}, {place.city}"
        phrases = {title: 1.0, place.city: 1.0, place.municipality: 0.8, place.state_province: 0.6}
        phrases |= {**dict.fromkeys(serving[place.id], 0.8), kinds[type(place)]: 0.9}
        behind = place.kind not in ("regional", "directorate") or place.parent_id is not None
        yield Entry("place", place.id, title, tuple(phrases.items()), behind)
