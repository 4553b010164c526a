"""How a text is set: quotes, dashes, and which spaces no line may end at."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NO_BREAK = "\N{NO-BREAK SPACE}"
_UNTOUCHED = re.compile(r"\S*(?:://|@|www\.)\S*")
"""Addresses are copied letter by letter."""
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\.{3}"), "…"),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    # A dash between words stays with the word before it.
    (re.compile(r"(?<!\s)[ \xa0][-–—] (?=\S|\Z)"), f"{NO_BREAK}– "),
    # From one hour to another.
    (re.compile(r"(?<=\d:\d\d)-(?=\d?\d:\d\d)"), "–"),
    (re.compile(r"(?<=[№§]) (?=\S|\Z)"), NO_BREAK),
    # A number and what is counted, its thousands, a telephone.
    (re.compile(r"(?<=\d) (?=(?:\d|[^\W\d_]|[%€$£‰°]))"), NO_BREAK),
    (re.compile(r"(?<=[€$£]) (?=\d)"), NO_BREAK),
)


@dataclass(frozen=True)
class _Custom:
    """What is the custom of one language."""

    quotes: tuple[str, str]
    clinging: re.Pattern[str] | None
    """Words of one letter, which do not stand at the end of a line."""
    shortened: re.Pattern[str]
    """Shortened words, which are not parted from what follows them."""


@cache
def _custom(language: str) -> _Custom:
    customs = json.loads(files("bot.documents").joinpath("typography.json").read_bytes())
    found = customs.get(language, customs["en"])
    letters = found["single letters"]
    words = "|".join(map(re.escape, found["shortened"]))
    return _Custom(
        quotes=tuple(found["quotes"]),
        clinging=_clinging(letters) if letters else None,
        shortened=re.compile(rf"(?<![\w.])({words})\. (?=\S|\Z)", re.IGNORECASE),
    )


def _clinging(letters: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])([{letters}]) (?=\S|\Z)", re.IGNORECASE)


def typeset(text: str, language: str) -> str:
    """Return the text as it is printed: the same words; done twice, it changes nothing more."""
    parts, at = [], 0
    for found in _UNTOUCHED.finditer(text):
        parts += [_typeset(text[at : found.start()], language), found[0]]
        at = found.end()
    return "".join([*parts, _typeset(text[at:], language)])


def _typeset(text: str, language: str) -> str:
    custom = _custom(language)
    opening, closing = custom.quotes
    text = re.sub(r'(?<![^\s(\[„“«–-])"(?=\S)', opening, text).replace('"', closing)
    for pattern, setting in _RULES:
        text = pattern.sub(setting, text)
    text = custom.shortened.sub(rf"\1.{NO_BREAK}", text)
    return custom.clinging.sub(rf"\1{NO_BREAK}", text) if custom.clinging else text


_REPLACED = {
    "\N{NARROW NO-BREAK SPACE}": NO_BREAK,
    "\N{FIGURE SPACE}": NO_BREAK,
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{HYPHEN}": "-",
    "\N{BLACK SQUARE FOR STOP}": "•",
    "\N{BULLET OPERATOR}": "•",
    "\N{HEAVY CHECK MARK}": "\N{CHECK MARK}",
    "\N{WHITE HEAVY CHECK MARK}": "\N{CHECK MARK}",
    "\t": " ",
}
"""What a font need not have, and what stands in its place."""


def printable(text: str, has: Callable[[str], bool]) -> str:
    """Return the text in characters that a font has; pictures go, unknown letters become „?“."""
    kept = "".join(_printable(c, has) for c in unicodedata.normalize("NFC", text))
    return "\n".join(re.sub(" {2,}", " ", line).strip() for line in kept.splitlines()).strip()


def _printable(character: str, has: Callable[[str], bool]) -> str:
    character = _REPLACED.get(character, character)
    if character == "\n" or (has(character) and unicodedata.category(character)[0] != "C"):
        return character
    plain = unicodedata.normalize("NFKD", character)[0]
    if plain != character and has(plain):
        return plain
    return "?" if unicodedata.category(character)[0] in "LN" else ""
