"""How easy a text is to read: its sentences, and LIX, which counts long words and long sentences.

LIX = words / sentences + 100 * words of more than six letters / words
(C. H. Björnsson, Läsbarhet, Stockholm 1968). It needs no syllables and no language of its own.
"""

import re
from dataclasses import dataclass

LONG = 6
"""A word of more letters is a long one."""
SCALE = ((30, "very_easy"), (40, "easy"), (50, "medium"), (60, "hard"))
"""The usual steps of the index: the first bound above the figure names it."""
HARDEST, TOO_SHORT = "very_hard", "short"
FEWEST_WORDS = 20
"""In a shorter text one long word more moves the figure by a whole step."""
_MARK = re.compile(r"^\s*(?:[•–☎⏰✅🟢❔❓⏸🔑➕➖🧪👤💬📍]+|\d+\.)\s*")
_END = re.compile(r"(?<=[.!?…])[“”\")]*\s+(?=[^\sа-яa-z])")
_SHORT = re.compile(
    r"(?:^|[\s(„])(?:гр|с|ул|бул|пл|чл|ал|т|г|обл|общ|др|напр|тел|art|par|no|st)\.$", re.IGNORECASE
)
"""„гр.“, „чл.“, „общ.“: a point that ends no sentence."""
_WORD = re.compile(r"[^\W\d_]+(?:[-–’'][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Readability:
    """What is counted in one text."""

    sentences: int
    words: int
    long_words: int
    longest: str
    """The sentence with the most words."""

    @property
    def longest_words(self) -> int:
        """How many words the longest sentence has."""
        return len(words_in(self.longest))

    @property
    def words_per_sentence(self) -> float:
        """The mean length of a sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def lix(self) -> int:
        """The index: about 20 is a children's book, about 60 a law."""
        if not self.words:
            return 0
        return round(self.words_per_sentence + 100 * self.long_words / self.words)

    @property
    def level(self) -> str:
        """The step of the scale; a very short text has none."""
        if self.words < FEWEST_WORDS:
            return TOO_SHORT
        return next((name for bound, name in SCALE if self.lix < bound), HARDEST)


def readability(text: str) -> Readability:
    """Return what is counted in a text; who says so, and addresses, are no sentences."""
    sentences = [s for line in _prose(text) for s in sentences_in(line) if words_in(s)]
    words = [word for sentence in sentences for word in words_in(sentence)]
    longest = max(sentences, key=lambda s: len(words_in(s)), default="")
    long_words = sum(len(word) > LONG for word in words)
    return Readability(len(sentences), len(words), long_words, longest)


def _prose(text: str) -> list[str]:
    """Return the lines without sources: a line of an address, and the line before it."""
    lines = text.splitlines()
    after = [*lines[1:], ""]
    return [
        _MARK.sub("", line)
        for line, following in zip(lines, after, strict=True)
        if not (line.startswith("http") or following.startswith("http"))
    ]


def sentences_in(line: str) -> list[str]:
    """Return the sentences of one line; a line's end is a sentence's end.

    >>> sentences_in("Живея в гр. Враца. Търся работа.")
    ['Живея в гр. Враца.', 'Търся работа.']
    """
    found: list[str] = []
    for part in _END.split(line.strip()):
        if found and _SHORT.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return [part for part in found if part]


def words_in(sentence: str) -> list[str]:
    """Return the words: letters; numbers are not counted."""
    return _WORD.findall(sentence)
