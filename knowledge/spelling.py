"""What somebody probably meant to write, and letters that only look like others."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

_ALIKE = "AА aа BВ CС cс EЕ eе HН KК kк MМ OО oо PР pр TТ XХ xх yу"
"""Each Latin letter beside the Cyrillic one that looks like it."""
_LATIN, _CYRILLIC = _ALIKE[::3], _ALIKE[1::3]
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_WORDS = re.compile(r"[^\W\d_]+")
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u04ff]")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_SIDE_BY_SIDE = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """Return the end of a complaint that names the nearest spelling; empty where none is near."""
    close = get_close_matches(str(name), list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def in_cyrillic(word: str) -> str:
    """Return the word with each Latin letter that looks like a Cyrillic one as that one."""
    return word.translate(_TO_CYRILLIC)


def of_two_alphabets(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word of Latin and Cyrillic letters together, with how it was probably meant.

    „QR-код“ is two words.
    """
    if not _SIDE_BY_SIDE.search(text):
        return
    for word in _WORDS.findall(text):
        if _SIDE_BY_SIDE.search(word):
            both = (word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN))
            yield word, next((meant for meant in both if _of_one(meant)), word)


def _of_one(word: str) -> bool:
    return not (_CYRILLIC_LETTER.search(word) and _LATIN_LETTER.search(word))
