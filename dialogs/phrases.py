"""Phrases of a lexicon, heard in what people type: inflected, with a slip, in Latin letters."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

import simplemma
from rapidfuzz.distance import OSA

from dialogs.free_text.patterns import orders
from dialogs.understanding import LEXICONS, lowered, read_lexicon
from knowledge.texts import LANGUAGES, Language

LONGEST = 4096
"""Characters that are listened to: a whole message of any channel we know."""
GAP = 3
"""Words that `..` stands for, at most."""
LONG_ENOUGH = 5
"""Letters of a word in which a slip is looked for: shorter ones are too alike."""
_END, _OTHER, _FIRST_SIGN = "¶", "·", 0xE000
_ADDRESSES = re.compile(r"https?://\S+|www\.\S+")
_DOTS = re.compile(r"\.{2,}|…")
"""A pause, and no end: „не искам... да живея“."""
_SENTENCE_ENDS = re.compile(r"[.!?;]+")
_NO_LETTERS = re.compile(rf"[^\w{_END}]+|_")
_APOSTROPHES = re.compile(r"['’`‘ʼ]")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_LATIN = re.compile(r"[a-z]")


def heard_in(text: str, lexicon: str) -> tuple[str, ...]:
    """Return the kinds that the text speaks of, in the order of lexicons/<language>/<lexicon>.yaml.

    It is listened to in every language: people change it within a talk, and within a message.
    """
    heard = {kind for name in LANGUAGES for kind in load_phrases(name, lexicon).heard_in(text)}
    return tuple(kind for kind in load_phrases(LANGUAGES[0], lexicon).kinds if kind in heard)


@dataclass(frozen=True)
class Words:
    """The words of a lexicon; each has a sign of one character, so that a phrase is short."""

    whole: tuple[str, ...]
    beginnings: tuple[str, ...]
    """Of words whose ending is open, the longest first; no slip is looked for in them."""
    spelt_right: frozenset[str]
    """Words that are one slip away from ours and are no slip."""
    language: Language
    letters: Mapping[str, Mapping[str, Any]]
    """How letters are typed; of a language that is written in Latin ones, nothing."""
    light: frozenset[str] = frozenset()
    """Words that are passed over: „просто“, „пак“."""

    @cached_property
    def _signs(self) -> dict[str, str]:
        """The sign of each whole word, and of each beginning with its star."""
        named = (*self.whole, *(f"{beginning}*" for beginning in self.beginnings))
        return {word: chr(_FIRST_SIGN + number) for number, word in enumerate(named)}

    @cached_property
    def _long(self) -> dict[str, list[str]]:
        """The words in which a slip is looked for, by their first letter: it is seldom missed."""
        long = sorted(word for word in self.whole if len(word) >= LONG_ENOUGH)
        return {letter: list(words) for letter, words in groupby(long, key=itemgetter(0))}

    @cached_property
    def _begun(self) -> frozenset[str]:
        return frozenset(self.beginnings)

    def signs(self, part: str) -> str:
        """Return the signs of `дума`, of `дум*` and all that begins so, of `една|друга`."""
        return "".join(dict.fromkeys(s for way in part.split("|") for s in self._signs_of(way)))

    def _signs_of(self, way: str) -> Iterator[str]:
        if way.endswith("*"):
            yield from (s for word, s in self._signs.items() if word.startswith(way[:-1]))
        else:
            yield self._signs[way]

    def said(self, text: str) -> str:
        """Return the text with each word as its sign; a sentence's end is a sign of its own."""
        words = [word for word in _words_in(text) if word not in self.light]
        signs = {word: self._heard(word) for word in set(words) - {_END}}
        return "".join(signs.get(word, _END) for word in words)

    def _heard(self, word: str) -> str:
        read = self._own(word) or self._read_back(word)
        if read in self._signs:
            return self._signs[read]
        ends = range(len(read), 0, -1)
        beginning = next((read[:end] for end in ends if read[:end] in self._begun), None)
        if beginning is not None:
            return self._signs[f"{beginning}*"]
        meant = self._meant(read)
        # A dictionary takes half a second to read, and few words are so near to one of ours.
        slip = meant and not {word, read} & self.spelt_right
        wrong = slip and not simplemma.is_known(read, lang=self.language)
        return self._signs[meant] if meant and wrong else _OTHER

    def _own(self, word: str) -> str | None:
        """Return the word, or the beginning, of ours that a word with Latin letters surely is."""
        if word in self._signs or not self.letters or not _LATIN.search(word):
            return None
        own = min(_spelt(_typed(self.whole), word, to_its_end=True), default=None)
        if own is not None:
            return self.whole[own]
        begun = min(_spelt(_typed(self.beginnings), word, to_its_end=False), default=None)
        return None if begun is None else self.beginnings[begun]

    def _read_back(self, word: str) -> str:
        """Return a word of Latin letters in Bulgarian ones, roughly; another word as it is."""
        if not self.letters or not _LATIN.search(word):
            return word
        letters = self.letters["read_back"]
        return "".join(letters.get(part, part) for part in self._letter_parts.findall(word))

    @cached_property
    def _letter_parts(self) -> re.Pattern[str]:
        """What finds the letters, pairs and triples that stand for one of ours."""
        return re.compile(f"{'|'.join(self.letters['read_back'])}|.")

    def _meant(self, word: str) -> str | None:
        """Return the word of ours that is one slip away from a long word."""
        alike = self._long.get(word[0], ()) if len(word) >= LONG_ENOUGH else ()
        return next((own for own in alike if OSA.distance(own, word, score_cutoff=1) <= 1), None)


@dataclass(frozen=True)
class Phrases:
    """What is listened for in one language; how it is written stands in lexicons/README.md."""

    words: Words
    kinds: Mapping[str, re.Pattern[str]]
    always: Mapping[str, re.Pattern[str]]
    """Heard before anything is taken for harmless."""
    harmless: re.Pattern[str] | None
    """What only sounds like it; its words are not listened to."""

    def heard_in(self, text: str) -> tuple[str, ...]:
        """Return the kinds that the text speaks of."""
        said = self.words.said(text)
        rest = self.harmless.sub(_END, said) if self.harmless else said
        return tuple(
            kind
            for kind, pattern in self.kinds.items()
            if pattern.search(rest) or (kind in self.always and self.always[kind].search(said))
        )


@dataclass(frozen=True)
class _Letter:
    """A place in a tree of words."""

    next: dict[str, "_Letter"] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)
    """The numbers of the words that end here."""


# -- what was typed ----------------------------------------------------------------------------


def _words_in(text: str) -> list[str]:
    said = _ADDRESSES.sub(" ", lowered(text[:LONGEST]))
    joined = _DRAWN_OUT.sub(r"\1", _APOSTROPHES.sub("", _DOTS.sub(" ", said)))
    ended = _SENTENCE_ENDS.sub(f" {_END} ", f".{joined}.")
    return _NO_LETTERS.sub(" ", ended).split()


@cache
def _typed(words: tuple[str, ...]) -> _Letter:
    """Return a tree of the words, letter by letter in every way that it is typed."""
    tree = _Letter()
    for number, word in enumerate(words):
        letter = tree
        for sign in word:
            letter = letter.next.setdefault(sign, _Letter())
        letter.ends.append(number)
    return tree


def _spelt(letter: _Letter, typed: str, *, to_its_end: bool, at: int = 0) -> Iterator[int]:
    """Yield the numbers of the words that are typed so; or that what is typed begins with."""
    if at == len(typed) or not to_its_end:
        yield from letter.ends
    for sign, following in letter.next.items():
        for way in _letters()["ways"].get(sign, sign):
            if typed.startswith(way, at):
                yield from _spelt(following, typed, to_its_end=to_its_end, at=at + len(way))


# -- the lexicons ------------------------------------------------------------------------------


@cache
def load_phrases(language: Language, lexicon: str) -> Phrases:
    """Return the phrases of lexicons/<language>/<lexicon>.yaml."""
    return _phrases_of(read_lexicon(LEXICONS / language / f"{lexicon}.yaml"), language)


def _phrases_of(lexicon: dict[str, Any], language: Language) -> Phrases:
    raw = _filled(lexicon)
    kinds, always, harmless = raw["kinds"], raw["always"], raw["harmless"]
    every = [part for phrase in _all(kinds, always, harmless) for part in re.split(r"[ |]", phrase)]
    named = dict.fromkeys(part for part in every if part not in ("..", "^", "$"))
    words = Words(
        whole=tuple(word for word in named if not word.endswith("*")),
        beginnings=tuple(sorted((w[:-1] for w in named if w.endswith("*")), key=len, reverse=True)),
        spelt_right=frozenset(raw.get("spelt_right", ())),
        language=language,
        letters=_letters() if language == "bg" else {},
        light=frozenset(raw.get("light", ())) - named.keys(),
    )
    return Phrases(
        words=words,
        kinds={kind: _pattern(phrases, words) for kind, phrases in kinds.items()},
        always={kind: _pattern(phrases, words) for kind, phrases in always.items()},
        harmless=_pattern(harmless, words) if harmless else None,
    )


def _all(
    kinds: Mapping[str, list[str]], always: Mapping[str, list[str]], harmless: list[str]
) -> Iterator[str]:
    for phrases in (*kinds.values(), *always.values(), harmless):
        yield from phrases


@cache
def _letters() -> dict[str, Any]:
    return read_lexicon(LEXICONS / "typed_letters.yaml")


def _filled(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the lexicon with the words that each `<name>` stands for."""
    named = {f"<{name}>": "|".join(words) for name, words in raw.get("words", {}).items()}

    def filled(phrases: Iterable[str]) -> list[str]:
        whole = (re.sub(r"<\w+>", lambda name: named[name[0]], phrase) for phrase in phrases)
        return [order for phrase in whole for order in orders(phrase)]

    parts = {
        part: {kind: filled(phrases) for kind, phrases in raw.get(part, {}).items()}
        for part in ("kinds", "always")
    }
    return {**raw, **parts, "harmless": filled(raw.get("harmless", ()))}


def _pattern(phrases: Iterable[str], words: Words) -> re.Pattern[str]:
    """Return what finds any of the phrases among signs."""
    signs = {"..": f"[^{_END}]{{0,{GAP}}}", "^": f"(?<={_END})", "$": f"(?={_END})"}
    return re.compile(
        "|".join(
            "".join(signs.get(part) or f"[{words.signs(part)}]" for part in phrase.split())
            for phrase in phrases
        )
    )
