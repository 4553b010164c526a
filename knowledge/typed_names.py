"""Reads a name the way people type it: alphabets, keyboards, abbreviations, slips and typos."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.texts import Frozen

Ids = frozenset[int]
NOBODY: Ids = frozenset()

MOST_GUESSES = 6
SHORTEST_PREFIX = 5
HEARD_ALIKE = 0.5
"""What it costs, in edits, that only the sounds of two names agree."""

_BREVE = "\u0306"
_UNMARKED = re.compile(r"[\x20-\x7eА-Яа-я]*")


class Naming(Frozen):
    """The words and letters with which names of places are typed (naming.yaml)."""

    kind_words: dict[str, tuple[str, ...]]
    municipality_words: frozenset[str]
    province_words: frozenset[str]
    near_words: frozenset[str]
    filler_words: frozenset[str]
    place_words: frozenset[str]
    finer_words: frozenset[str]
    country_words: frozenset[str]
    optional_words: frozenset[str]
    abbreviations: dict[str, tuple[str, ...]]
    old_names: dict[str, tuple[str, ...]]
    dialect_names: dict[str, tuple[str, ...]]
    area_names: dict[str, tuple[str, ...]]
    area_adjectives: dict[str, tuple[str, ...]]
    adjective_endings: tuple[str, ...]
    dialect_words: dict[str, str]
    look_alikes: dict[str, str]
    official_latin: dict[str, str]
    official_latin_endings: dict[str, str]
    informal_latin: dict[str, tuple[str, ...]]
    loose_latin: dict[str, tuple[str, ...]]
    cyrillic_slips: dict[str, tuple[str, ...]]
    sounds: dict[str, str]
    keyboards: dict[str, dict[str, str]]
    shifted_keys: dict[str, str]

    def kind_of(self, word: str) -> str | None:
        """Return the kind of place a prefix word announces."""
        return next((kind for kind, words in self.kind_words.items() if word in words), None)

    def area_words(self, title: str) -> tuple[str, ...]:
        """Return all the names of an area with that title: „Враца“, „Врачанско“, „Врачанска“."""
        stems = self.area_adjectives.get(title, ())
        adjectives = (stem + ending for stem in stems for ending in self.adjective_endings)
        return (title, *self.area_names.get(title, ()), *adjectives)

    def only_announces(self, word: str) -> bool:
        """Tell whether a word stands beside names of places and is none itself: „село“, „от“."""
        areas = self.municipality_words | self.province_words | self.near_words
        return word in areas | self.filler_words | self.place_words or bool(self.kind_of(word))


def plain(text: str) -> str:
    """Return the text without stress marks and foreign accents; й stays a letter of its own."""
    if _UNMARKED.fullmatch(text):
        return text
    parts = unicodedata.normalize("NFD", text)
    kept = (c for c in parts if c == _BREVE or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(kept))


def key_of(text: str) -> str:
    """Return only the letters and digits, in small letters: „Горно-Пещене“ → „горнопещене“."""
    return "".join(c for c in plain(text).casefold() if c.isalnum() or c == "@")


def words_of(text: str) -> tuple[str, ...]:
    """Return the keys of the words; a hyphen between words counts as a space."""
    keys = (key_of(word) for word in text.replace("-", " ").split())
    return tuple(key for key in keys if key)


def is_cyrillic(text: str) -> bool:
    """Tell whether some letter is Cyrillic."""
    return any("\u0400" <= c <= "\u04ff" for c in text)


def is_latin(text: str) -> bool:
    """Tell whether some letter is Latin."""
    return any("a" <= c <= "z" for c in text.casefold())


def official_latin(word: str, naming: Naming) -> str:
    """Return a word in small letters by the table of the Transliteration Act."""
    stem, tail = word, ""
    for ending, latin in naming.official_latin_endings.items():
        if word.endswith(ending):
            stem, tail = word.removesuffix(ending), latin
    return "".join(naming.official_latin.get(c, c) for c in stem) + tail


@dataclass(slots=True)
class _Node:
    """One letter of the tree of names."""

    children: dict[str, "_Node"] = field(default_factory=dict)
    ids: set[int] = field(default_factory=set)

    def descend(self, letters: str) -> "_Node | None":
        """Return the node these letters lead to, if any name goes that way."""
        node: _Node | None = self
        for letter in letters:
            node = node.children.get(letter) if node else None
        return node


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A table of how letters are written, ready for walking the tree of names."""

    single: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, table: Mapping[str, tuple[str, ...]], own: Iterable[str] = ()) -> "_Spelling":
        """Return the table; the letters of `own` may also be written as themselves."""
        single: dict[str, tuple[str, ...]] = {letter: (letter,) for letter in own}
        for letters, ways in table.items():
            if len(letters) == 1:
                single[letters] = single.get(letters, ()) + ways
        return cls(single, {k: v for k, v in table.items() if len(k) > 1})

    def steps(self, node: _Node) -> Iterator[tuple[_Node, tuple[str, ...]]]:
        """Yield each next node with the ways its letters may be written."""
        for letter, child in node.children.items():
            yield child, self.single.get(letter, ())
        for letters, ways in self.groups.items():
            further = node.descend(letters)
            if further:
                yield further, ways

    def read(self, tree: _Node, text: str) -> Ids:
        """Return the names that may be written as this text."""
        found: set[int] = set()
        waiting = [(tree, 0)]
        seen: set[tuple[int, int]] = set()
        while waiting:
            node, at = waiting.pop()
            if (id(node), at) in seen:
                continue
            seen.add((id(node), at))
            if at == len(text):
                found |= node.ids
                continue
            for child, ways in self.steps(node):
                waiting += [(child, at + len(w)) for w in ways if text.startswith(w, at)]
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Word:
    """A typed word of a name; an abbreviated one stands for every longer word."""

    beginnings: tuple[str, ...]
    short: bool

    def fits(self, ways: tuple[str, ...]) -> bool:
        """Tell whether the typed word may stand for a word written in one of these ways."""
        if self.short:
            return any(way.startswith(self.beginnings) for way in ways)
        return any(way in self.beginnings for way in ways)


class NameIndex:
    """Finds which of the listed things a typed name may mean; things are known by number."""

    def __init__(self, names: Sequence[Sequence[str]], naming: Naming) -> None:
        self._naming = naming
        self._by_key: defaultdict[str, set[int]] = defaultdict(set)
        self._by_latin: defaultdict[str, set[int]] = defaultdict(set)
        self._by_sound: defaultdict[str, set[int]] = defaultdict(set)
        self._by_part: defaultdict[str, set[int]] = defaultdict(set)
        self._with_words: list[tuple[tuple[tuple[str, ...], ...], int]] = []
        self._tree = _Node()
        self._informal = _Spelling.of(naming.informal_latin)
        self._loose = _Spelling.of(_joined(naming.informal_latin, naming.loose_latin))
        self._slips = _Spelling.of(naming.cyrillic_slips, own=naming.official_latin)
        self._likely = _likely_letters(naming)
        self._to_latin = {v: k for k, v in naming.look_alikes.items()}
        for number, variants in enumerate(names):
            for name in variants:
                self._add(number, name)

    def _add(self, number: int, name: str) -> None:
        """Enter one name of a thing everywhere it can be looked up."""
        words = words_of(name)
        key = "".join(words)
        self._by_key[key].add(number)
        self._by_latin["".join(official_latin(word, self._naming) for word in words)].add(number)
        self._by_sound[self._sound(key)].add(number)
        node = self._tree
        for letter in key:
            node = node.children.setdefault(letter, _Node())
        node.ids.add(number)
        if len(words) > 1:
            self._with_words.append((tuple(map(self._ways_of, words)), number))
            for cut in range(1, len(words)):
                self._by_part["".join(words[cut:])].add(number)
                self._by_part["".join(words[:cut])].add(number)

    def _ways_of(self, word: str) -> tuple[str, ...]:
        """Return a word, and as its official Latin reads letter by letter: „търново“, „тарново“."""
        return word, self._guess_cyrillic(official_latin(word, self._naming))

    def exact(self, text: str) -> Ids:
        """Return the things with just this name, in either official alphabet."""
        key = key_of(text)
        return frozenset(self._by_key.get(key) or self._by_latin.get(key) or NOBODY)

    def spelled(self, text: str) -> Ids:
        """Return the things whose name this is, however it is written; nothing is corrected."""
        key = key_of(text)
        if not key or key.isdecimal():
            return NOBODY
        return (
            self.exact(text)
            or (self._of_two_alphabets(text) if is_cyrillic(text) else NOBODY)
            or (self._informal.read(self._tree, key) if is_latin(text) else NOBODY)
            or self._slips.read(self._tree, key)
            or self.exact(self._in_cyrillic(text))
            or self._dialectal(text)
            or self._abbreviated(text)
        )

    def _of_two_alphabets(self, text: str) -> Ids:
        """Return what is meant where letters of the other alphabet stand for their likes."""
        if not is_latin(text) and not any(c.isdecimal() for c in text):
            return NOBODY
        cyrillic = self._in_cyrillic(text)
        latin = "".join(self._to_latin.get(c, c) for c in plain(text))
        return (
            self.exact(cyrillic)
            or self._slips.read(self._tree, key_of(cyrillic))
            or self.exact(latin)
            or self._informal.read(self._tree, key_of(latin))
        )

    def _in_cyrillic(self, text: str) -> str:
        """Return the text with each letter that has a Cyrillic look-alike replaced by it."""
        return "".join(self._naming.look_alikes.get(c, c) for c in plain(text))

    def _dialectal(self, text: str) -> Ids:
        """Return the things whose name has a word in its dialect form."""
        words = words_of(text)
        standard = [self._naming.dialect_words.get(word, word) for word in words]
        if tuple(standard) == words:
            return NOBODY
        return frozenset(self._by_key.get("".join(standard), NOBODY))

    def _abbreviated(self, text: str) -> Ids:
        """Return the things whose words begin as the dotted or one-letter words do."""
        typed = [self._word(raw) for raw in text.replace(".", ". ").split()]
        typed = [word for word in typed if word.beginnings != ("",)]
        shortened = [word.short or len(word.beginnings) > 1 for word in typed]
        if not any(shortened) or all(shortened):
            return NOBODY
        return frozenset(
            number
            for words, number in self._with_words
            if len(words) == len(typed)
            and all(word.fits(name) for word, name in zip(typed, words, strict=True))
        )

    def _word(self, raw: str) -> _Word:
        """Return how one typed word may be completed."""
        key = key_of(raw)
        long = self._naming.abbreviations.get(key)
        if long:
            return _Word(long, short=True)
        if is_latin(key):
            # „G. Damyanovo“: the commonest letter for each Latin one is near enough here.
            key = self._guess_cyrillic(key)
        return _Word((key,), short=raw.endswith(".") or len(key) == 1)

    def parts(self, text: str) -> Ids:
        """Return the things whose name has the text as its first or last words."""
        key = self._cyrillic_key(text)
        if self._naming.only_announces(key):
            return NOBODY
        return frozenset(self._by_part.get(key, NOBODY))

    def beginning(self, text: str) -> Ids:
        """Return the things whose name begins so, if that is long enough to tell."""
        key = self._cyrillic_key(text)
        if len(key) < SHORTEST_PREFIX:
            return NOBODY
        return frozenset(n for k, ids in self._by_key.items() if k.startswith(key) for n in ids)

    def like(self, text: str, among: Collection[int] | None = None) -> dict[int, float]:
        """Return the things with a similar name and how alike they are, 0 to 100."""
        key = self._cyrillic_key(text)
        costs = dict(self._near(self._by_key, key, edits_allowed(len(key))))
        sound = self._sound(key)
        for number, edits in self._near(self._by_sound, sound, edits_allowed(len(key)) - 1):
            costs[number] = min(costs.get(number, 99.0), edits + HEARD_ALIKE)
        if is_latin(text):
            latin = key_of(text)
            for number, edits in self._near(self._by_latin, latin, edits_allowed(len(latin))):
                costs[number] = min(costs.get(number, 99.0), edits)
            for number in self._loose.read(self._tree, latin):
                costs[number] = min(costs.get(number, 99.0), HEARD_ALIKE)
        if among is not None:
            costs = {number: cost for number, cost in costs.items() if number in among}
        best = min(costs.values(), default=0.0)
        length = max(len(key), 1)
        return {n: 100 * (1 - c / (length + 1)) for n, c in costs.items() if c <= best + 1}

    def _near(
        self, keys: Mapping[str, Collection[int]], key: str, most: int
    ) -> Iterator[tuple[int, float]]:
        """Yield the things within so many edits of the key, with the edits."""
        if not key or most < 0:
            return
        hits = process.extract(key, list(keys), scorer=OSA.distance, score_cutoff=most, limit=None)
        for hit, edits, _ in hits:
            for number in keys[hit]:
                yield number, float(edits)

    def _cyrillic_key(self, text: str) -> str:
        """Return the likeliest Cyrillic key of the text."""
        if is_cyrillic(text):
            return key_of(self._in_cyrillic(text))
        return self._guess_cyrillic(key_of(text))

    def _guess_cyrillic(self, latin: str) -> str:
        """Return the Latin letters read one by one in the commonest way."""
        letters, at = [], 0
        while at < len(latin):
            chunk = next(
                (latin[at : at + n] for n in (4, 3, 2, 1) if latin[at : at + n] in self._likely),
                latin[at],
            )
            letters.append(self._likely.get(chunk, chunk))
            at += len(chunk)
        return "".join(letters)

    def _sound(self, key: str) -> str:
        """Return the key by its sounds, so that slips of hearing fall together."""
        return "".join(self._naming.sounds.get(c, c) for c in key)


def other_layouts(text: str, naming: Naming) -> Iterator[str]:
    """Yield the text as each other keyboard layout would have written it."""
    text = plain(text).casefold().strip()
    layouts = naming.keyboards
    for name, layout in layouts.items():
        if not is_cyrillic(text):
            keys = [naming.shifted_keys.get(c, c) for c in text]
            yield "".join(layout.get(c, c) for c in keys)
            continue
        key_with = {letter: key for key, letter in layout.items()}
        keys = [key_with.get(c, c) for c in text]
        if all(key.isalpha() or key.isspace() for key in keys):
            yield "".join(keys)
        for other, meant in layouts.items():
            if other != name:
                yield "".join(meant.get(c, c) for c in keys)


def _joined(
    first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the ways of both tables."""
    return {k: first.get(k, ()) + second.get(k, ()) for k in (*first, *second)}


def _likely_letters(naming: Naming) -> dict[str, str]:
    """Return the commonest Cyrillic letters for each Latin spelling."""
    likely: dict[str, str] = {}
    # The place in its list says how common a spelling is; single letters go before groups.
    ranked = sorted(
        (place, len(letters), letters, way)
        for letters, ways in naming.informal_latin.items()
        for place, way in enumerate(ways)
    )
    for _, _, letters, way in ranked:
        likely.setdefault(way, letters)
    return likely


def edits_allowed(length: int) -> int:
    """Return how many slips of the finger a name of that length may hide; short ones, few."""
    if length < 3:
        return -1
    if length <= 7:
        return 1
    return 2 if length <= 11 else 3
