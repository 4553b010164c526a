"""What a message in a topic begins with: a note, a command, or words for the person. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

_SLASHES = "/／⁄∕⧸"  # what phones and keyboards put for a slash
_BEFORE = frozenset("\"'`„“”‟«»‹›‚‘’‛>*_~|")  # quotes and marks that may stand before
_UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Cn", "Co"))
"""Categories of characters that nobody sees at the start of a message."""
_BLANK = frozenset("\u2800\u3164\u115f\u1160\uffa0")
"""Letters that look like nothing."""
_COMMAND = re.compile(r"([^\s@]+)(?:@(\w+))?\s*(.*)", re.DOTALL)
_DASHES = str.maketrans("–—‑−", "----")  # phones make other dashes of a hyphen
_CLOSING = "\"'`“”»›’*_~|.!?,:; \n\t"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a message is by its beginning; `text` is the rest of a note or a command's words."""

    kind: Literal["note", "command", "words"]
    text: str
    name: str = ""
    """The command, in small letters."""
    bot: str = ""
    """The bot that the command names."""


def opening(text: str) -> Opening:
    """Return what the message is. What begins with a slash is never words for the person."""
    rest = _after_unseen(text)
    if rest[:1] not in _SLASHES or not rest:
        return Opening("words", text.strip())
    second = _after_unseen(rest[1:], quotes=False)
    if second[:1] and second[:1] in _SLASHES:
        return Opening("note", second[1:].strip())
    found = _COMMAND.match(second)
    if found is None:
        return Opening("command", "")
    name = found[1].casefold().translate(_DASHES).strip(_CLOSING)
    return Opening("command", found[3].strip(), name, (found[2] or "").casefold())


def word_of(note: str) -> str:
    """Return a note as if it were a command's name: `//delete` is typed for `/delete`."""
    return note.casefold().translate(_DASHES).strip(_CLOSING)


def _after_unseen(text: str, *, quotes: bool = True) -> str:
    for place, character in enumerate(text):
        unseen = character.isspace() or unicodedata.category(character) in _UNSEEN
        unseen = unseen or character in _BLANK
        if not (unseen or (quotes and character in _BEFORE)):
            return text[place:]
    return ""
