"""A text as words, each with all that it may be: its lemma, its Cyrillic, a slip of the finger."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import product

import simplemma
from rapidfuzz import process
from rapidfuzz.distance import OSA

from dialogs.understanding import with_one_i
from knowledge.texts import Language

LONGEST = 600
"""Characters that are read; a longer text is a letter, and a person should read it."""
SHORTEST_SLIP = 5
"""Letters of a word in which a slip is looked for."""
LONG_SLIP = 9
"""Letters of a word that may have two slips in it."""
MOST_MEANT = 4
"""Words that one slip may have been."""
MOST_SPELLINGS = 64
"""Cyrillic spellings tried for one word typed in Latin letters."""
_TOKEN = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?(?!\d)"
    r"|[^\W\d_]+(?:['’-][^\W\d_]+)*(?:[46](?=[^\W\d_])[^\W\d_]+|[46]\b)*"
    r"|[46][^\W\d_]+[^\W_]*|\d+|%|[.,;:!?\n()–-]"
)
_GLUED = re.compile(r"(?<=\d)[-–](?=[^\W\d_])")
"""What joins a number and the word behind it: „60-годишна“."""
_ENDS = frozenset(".,;:!?\n()–-")
_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, as typed and as it may have been meant."""

    typed: str
    plain: str
    """The likeliest spelling, in the letters of the language."""
    readings: frozenset[str]
    """All spellings, and each lemma behind a tilde: „безработна“, „~безработен“."""
    number: int | None = None
    pause_before: bool = False
    """Whether a mark or the beginning of the text stands before it."""


@dataclass(frozen=True)
class Spelling:
    """How a language is typed."""

    language: Language
    vocabulary: frozenset[str]
    """The words that mean something to us: a slip is mended towards them."""
    latin: Mapping[str, tuple[str, ...]]
    """What each Latin letter, pair or digit may stand for; empty where Latin is the alphabet."""
    numbers: Mapping[str, int]
    joins: frozenset[str]
    ordinal_ends: frozenset[str]
    """What is written behind a number: „15 ти“."""
    abbreviations: frozenset[str]
    """Words whose full stop ends no sentence: „гр. Лом“."""
    glued: tuple[str, ...] = ()
    """What is written in one word with a number: „тригодишно“."""
    beginnings: frozenset[str] = frozenset()
    """Beginnings of words, each with a star, that are a reading of all that begins so."""

    def words(self, text: str) -> tuple[Word, ...]:
        """Return the words of the text; numbers in words are one word with their value."""
        return tuple(_numbered(tuple(self._each(text[:LONGEST])), self))

    def _each(self, text: str) -> Iterator[Word]:
        pause, before = True, ""
        folded = _lower(unicodedata.normalize("NFC", text), self.language).replace("’", "'")
        for typed in self._apart(_TOKEN.findall(_GLUED.sub(" ", folded))):
            if typed in _ENDS:
                pause = pause or typed != "." or before not in self.abbreviations
                continue
            yield replace(self._word(typed), pause_before=pause)
            pause, before = False, typed

    def _apart(self, tokens: Iterable[str]) -> Iterator[str]:
        """Yield the tokens, „тригодишно“ as „три“ and „годишно“."""
        for token in tokens:
            end = next((e for e in self.glued if token.endswith(e)), "")
            number = token.removesuffix(end)
            if end and number in self.numbers:
                yield number
                yield end
            else:
                yield token

    def _word(self, token: str) -> Word:
        if token[0].isdigit() and not (self.latin and _LATIN.search(token)):
            number = int(token) if token.isdecimal() and len(token) < 7 else None
            return Word(token, token, frozenset({token}), number)
        spellings = self._in_cyrillic(token) if self.latin and _LATIN.search(token) else (token,)
        readings = {form for spelling in spellings for form in self._forms(spelling)}
        return Word(token, with_one_i(spellings[0]), frozenset(readings))

    def _forms(self, spelling: str) -> Iterator[str]:
        compared = with_one_i(spelling)
        yield from self._read(spelling)
        ours = compared in self.vocabulary or any(self._begun(compared))
        if ours or len(spelling) < SHORTEST_SLIP:
            return
        if simplemma.is_known(spelling, lang=self.language):
            return
        for meant in self._nearest(compared):
            yield from self._read(meant)

    def _read(self, word: str) -> Iterator[str]:
        compared = with_one_i(word)
        yield compared
        yield f"~{lemma_of(word, self.language)}"
        yield from self._begun(compared)

    def _begun(self, word: str) -> Iterator[str]:
        """Yield each beginning that the word has."""
        ends = range(1, len(word) + 1)
        yield from (b for end in ends if (b := f"{word[:end]}*") in self.beginnings)

    def _nearest(self, slip: str) -> tuple[str, ...]:
        """Return our words that are nearest to a slip of the finger, in one order always."""
        allowed = 1 if len(slip) < LONG_SLIP else 2
        near = process.extract(
            slip,
            self.sorted_vocabulary,
            scorer=OSA.distance,
            score_cutoff=allowed,
            limit=MOST_MEANT,
        )
        best = min((distance for _, distance, _ in near), default=0)
        return tuple(word for word, distance, _ in near if distance == best)

    @cached_property
    def sorted_vocabulary(self) -> tuple[str, ...]:
        """Our words in order."""
        return tuple(sorted(self.vocabulary))

    def _in_cyrillic(self, token: str) -> tuple[str, ...]:
        """Return the spellings of a word typed in Latin letters, those that are words first."""
        choices = list(self._letters(token))
        size = 1
        for options in choices:
            size *= len(options)
        if size > MOST_SPELLINGS:
            choices = [options[:1] for options in choices]
        spellings = ["".join(letters) for letters in product(*choices)]
        ours = [s for s in spellings if with_one_i(s) in self.vocabulary]
        known = [s for s in spellings if simplemma.is_known(s, lang=self.language)]
        words = tuple(dict.fromkeys([*ours, *known]))
        return words or tuple(s for s in spellings if any(self._begun(s))) or (spellings[0],)

    def _letters(self, token: str) -> Iterator[tuple[str, ...]]:
        at = 0
        while at < len(token):
            for length in (3, 2, 1):
                piece = token[at : at + length]
                if len(piece) == length and piece in self.latin:
                    yield self.latin[piece]
                    at += length
                    break
            else:
                yield (token[at],)
                at += 1


@lru_cache(maxsize=20_000)
def lemma_of(word: str, language: Language) -> str:
    """Return the form under which a dictionary has the word; the word where it has none."""
    return with_one_i(simplemma.lemmatize(word, lang=language).lower())


def _lower(text: str, language: Language) -> str:
    """Return the text in small letters; a Turkish I has no dot, as dictionaries have it."""
    return (text.replace("I", "ı") if language == "tr" else text).replace("İ", "i").lower()


def _numbered(words: Sequence[Word], spelling: Spelling) -> Iterator[Word]:
    """Yield the words with „петдесет и седем“ as one, and without the „ти“ of „15 ти“."""
    at = 0
    while at < len(words):
        length, value = _number_at(words, at, spelling)
        if length:
            first = words[at]
            yield replace(first, typed=str(value), plain=str(value), number=value)
            at += length
        elif at and words[at - 1].number is not None and words[at].readings & spelling.ordinal_ends:
            at += 1
        else:
            yield words[at]
            at += 1


def _number_at(words: Sequence[Word], at: int, spelling: Spelling) -> tuple[int, int]:
    """Return how many words name a number here, and which."""
    values = [_value(word.readings, spelling.numbers) for word in words[at : at + 3]]
    if values[0] is None:
        return 0, 0
    # Turkish „on beş“ is fifteen; „на десет и пет години“ are the ages of two children.
    tens = 10 <= values[0] < 100 and values[0] % 10 == 0
    joined = len(values) == 3 and bool(words[at + 1].readings & spelling.joins)
    if tens and values[0] > 10 and joined and values[2] is not None and 0 < values[2] < 10:
        return 3, values[0] + values[2]
    if tens and len(values) > 1 and values[1] is not None and 0 < values[1] < 10:
        return 2, values[0] + values[1]
    return 1, values[0]


def _value(readings: Collection[str], numbers: Mapping[str, int]) -> int | None:
    return next((numbers[r] for r in readings if r in numbers), None)
