"""Why words have not come to a person and the next best way, as whoever wrote them reads it."""

import re
from collections.abc import Iterable
from typing import Literal

from dialogs.texts import Texts

Change = Literal["", "change", "take-back"]
"""What did not arrive: a message, or that one was changed or taken back."""
BLOCKED = "blocked"
DELETED = "deleted"
NO_CHAT = "no-chat"
TOO_LONG = "too-long"
NOT_THERE = "not-there"
STAYS = "stays"
FILE_REFUSED = "file-refused"
FILE_LOST = "file-lost"
NO_VOICE = "no-voice"
FAULTS = frozenset(
    (BLOCKED, DELETED, NO_CHAT, TOO_LONG, NOT_THERE, STAYS, FILE_REFUSED, FILE_LOST, NO_VOICE)
)
"""What channels call the faults that have words of their own; any other has not been taken."""
OUT_OF_REACH = frozenset((BLOCKED, DELETED, NO_CHAT))
"""Of these nothing more arrives, however often it is sent."""
GONE = frozenset((BLOCKED, DELETED))
"""Who has left by themselves; that a chat is not found may be a wrong setting of ours."""
_PHONE = re.compile(r"(?<![\d+])(?:\+359[ /-]?|0)[1-9](?:[ /-]?[0-9]){6,8}(?!\d)")


def undelivered(texts: Texts, fault: str | None, change: Change = "", phone: str = "") -> str:
    """Return in one line that it has not arrived, why, what the person sees, and what to do.

    `phone` is a number that the person wrote in the talk.
    """
    fault = fault if fault in FAULTS else "refused"
    parts = [
        texts(f"desk-undelivered-{change or 'message'}"),
        texts(f"desk-undelivered-why-{fault}"),
        texts(f"desk-undelivered-still-{change}") if change and fault != NOT_THERE else "",
        _way(texts, fault, change, phone),
    ]
    return " ".join(part for part in parts if part)


def _way(texts: Texts, fault: str, change: Change, phone: str) -> str:
    if fault in OUT_OF_REACH:
        name = "desk-undelivered-way-phone" if phone else "desk-undelivered-way-none"
        return texts(name, phone=phone)
    if change:
        return texts(f"desk-undelivered-way-{change}")
    return texts(f"desk-undelivered-way-{fault}")


def not_yet(texts: Texts, *, away: bool) -> str:
    """Return that it still waits: the person is `away` from the page, or the platform is silent."""
    return texts("desk-not-yet-away" if away else "desk-not-yet-tried")


def phone_in(words: Iterable[str]) -> str:
    """Return the last telephone number in a person's words, as they wrote it; empty for none."""
    found = [match[0] for text in words for match in _PHONE.finditer(text)]
    return found[-1] if found else ""
