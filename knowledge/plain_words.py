"""Whether a text for people is plain: short sentences, no officialese, nobody's gender."""

import re
from collections.abc import Iterator, Mapping

from knowledge.texts import Frozen

LONGEST = 15
"""Words of one sentence: what a tired person reads once."""
_SENTENCES = re.compile(r"(?<=[.!?…])\s+(?=[А-ЯA-Z„“(])|\n|; ")
_WORDS = re.compile(r"\w[\w–-]*(?:,\d+)?")
_GENDERED = re.compile(r"\w/(?:а|та|я)\b|\w\((?:а|та|я)\)")


class PlainWords(Frozen):
    """What is not said to people, each with what to say instead."""

    officialese: Mapping[str, str]
    never: Mapping[str, str]


def faults(text: str, words: PlainWords) -> Iterator[str]:
    """Yield what is not plain in a Bulgarian text, each with one way to mend it."""
    for sentence in _SENTENCES.split(text):
        length = len(_WORDS.findall(sentence))
        if length > LONGEST:
            yield f"found a sentence of {length} words; allowed: {LONGEST}; divide „{sentence}“"
    said = text.casefold()
    for phrase, better in ({**words.officialese, **words.never}).items():
        if re.search(rf"\b{re.escape(phrase)}", said):
            yield f"found „{phrase}…“; say it as people do: {better}"
    for gendered in _GENDERED.findall(text):
        yield f"found „{gendered}“; say it so that it fits a woman and a man"
