"""How a language puts facts: the patterns of `lexicons/<lang>/facts.yaml`, loaded and checked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dialogs.free_text.patterns import Pattern, compiled
from dialogs.free_text.words import Spelling
from dialogs.understanding import LEXICONS, load_lexicon, read_lexicon
from knowledge.facts import FactId
from knowledge.texts import Language

WAYS = ("said", "asked", "other", "never")


@dataclass(frozen=True)
class Telling:
    """Ways to tell one value of a fact, or what the slot of the pattern holds."""

    fact: FactId
    value: str | bool | int | None
    """None where it is read from the slot."""
    said: tuple[Pattern, ...]
    asked: tuple[Pattern, ...]
    other: tuple[Pattern, ...]
    never: tuple[Pattern, ...]


@dataclass(frozen=True)
class FactLexicon:
    """All that is known of how people tell about themselves in one language."""

    tellings: tuple[Telling, ...]
    lists: Mapping[str, frozenset[str]]
    relative: tuple[Pattern, ...]
    spelling: Spelling

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists[name]

    def endings(self, name: str) -> tuple[str, ...]:
        """Return what stands behind a name in this language, the longest first; mostly nothing."""
        return tuple(sorted(self.lists.get(name, ()), key=lambda one: (-len(one), one)))

    def of(self, fact: FactId) -> tuple[Telling, ...]:
        """Return the ways to tell this fact."""
        return tuple(telling for telling in self.tellings if telling.fact == fact)


@cache
def load_fact_lexicon(language: Language) -> FactLexicon:
    """Return the lexicon; raises ValueError naming the pattern that cannot be read."""
    raw = read_lexicon(LEXICONS / language / "facts.yaml")
    classes: Mapping[str, Sequence[str]] = raw.pop("classes")
    told = raw.pop("facts")
    light = frozenset(raw.pop("light", ()))
    tellings = tuple(
        _telling(fact, one, classes, light) for fact, ways in told.items() for one in ways
    )
    relative = tuple(p for source in raw.pop("relative") for p in compiled(source, classes))
    latin = raw.pop("latin", {})
    ends = frozenset(raw.pop("ordinal_ends", ()))
    short = frozenset(raw.pop("abbreviations", ()))
    ordinals = raw.pop("ordinals", {})
    glued = tuple(raw.pop("glued", ()))
    lists = {name: frozenset(words) for name, words in raw.items()}
    words = load_lexicon(language)
    spelling = Spelling(
        language=language,
        vocabulary=_vocabulary(language) | set(words.months) | set(words.numbers),
        latin={letters: tuple(meant) for letters, meant in latin.items()},
        numbers={**words.numbers, **ordinals},
        joins=words.joins,
        ordinal_ends=ends,
        abbreviations=short,
        glued=glued,
        beginnings=_beginnings(language),
    )
    return FactLexicon(tellings, lists, relative, spelling)


def _vocabulary(language: Language) -> frozenset[str]:
    """Return every word that a lexicon of free text names."""
    files = (LEXICONS / language / name for name in ("facts.yaml", "wishes.yaml"))
    trees = map(read_lexicon, files)
    return frozenset(word for tree in trees for text in _texts(tree) for word in _WORDS(text))


def _beginnings(language: Language) -> frozenset[str]:
    """Return every beginning of a word, with its star, that a lexicon of free text names."""
    files = (LEXICONS / language / name for name in ("facts.yaml", "wishes.yaml"))
    trees = map(read_lexicon, files)
    return frozenset(b for tree in trees for text in _texts(tree) for b in _BEGINNINGS(text))


_WORDS = re.compile(r"[^\W\d_]+(?![^\W\d_]|\*)").findall
_BEGINNINGS = re.compile(r"[^\W\d_]+\*").findall


def _texts(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict | list):
        for part in tree.values() if isinstance(tree, dict) else tree:
            yield from _texts(part)


def _telling(
    fact: FactId,
    raw: Mapping[str, Any],
    classes: Mapping[str, Sequence[str]],
    light: frozenset[str],
) -> Telling:
    ways = {
        way: tuple(p for source in raw.get(way, ()) for p in compiled(source, classes, light))
        for way in WAYS
    }
    return Telling(fact=fact, value=raw.get("is"), **ways)
