"""What became of each line of a case at the person's: one answer for every desk. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.store.interface import CaseFile, Entry, Millis
from dialogs.texts import Texts
from dialogs.undelivered import Change, not_yet, phone_in, undelivered

PATIENCE: Millis = 120_000
"""So long words may wait before the librarian is told of it."""
DELETABLE: Millis = 48 * 3_600_000
"""So long a platform lets a file be taken off a person's screen."""
CHANGES: Mapping[str, Change] = {"edited": "change", "took_back": "take-back"}
"""What an event of the history says that a line was changed, or taken back."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a line stands at the person's, with a word where more is to be said than a sign."""

    state: Literal["pending", "sent", "dead"]
    words: str = ""
    change: int = 0
    """The line of the history that says of the change which did not arrive; 0 for none."""
    late: bool = False
    """Whether it waits so long that it is worth a word."""
    due: Millis = 0
    """When what still waits is late."""


def standings(
    texts: Texts, case: CaseFile, entries: Sequence[Entry], now: Millis
) -> dict[int, Standing]:
    """Return how each line stands that went to the person, by its number."""
    changes = {e.ref: e for e in entries if e.kind == "event" and e.ref and e.text in CHANGES}
    phone = phone_in(e.text for e in entries if e.kind == "person")
    away = case.conversation.startswith("web:")
    found: dict[int, Standing] = {}
    for entry in entries:
        if entry.kind == "event" or entry.delivery is None:
            continue
        change = changes.get(entry.ref) if entry.ref else None
        if entry.delivery == "dead":
            found[entry.id] = Standing("dead", undelivered(texts, entry.error, phone=phone))
        elif change is not None and change.delivery == "dead":
            words = undelivered(texts, change.error, CHANGES[change.text], phone)
            found[entry.id] = Standing("dead", words, change=change.id)
        elif entry.delivery == "pending" or (change and change.delivery == "pending"):
            began = entry.at if entry.delivery == "pending" or change is None else change.at
            due = began + PATIENCE
            late = now >= due
            words = not_yet(texts, away=away) if late else ""
            found[entry.id] = Standing("pending", words, late=late, due=due)
        else:
            found[entry.id] = Standing("sent")
    return found


def failed(entry: Entry) -> bool:
    """Return whether a line says of a change that the person has not got."""
    return entry.kind == "event" and entry.text in CHANGES and entry.delivery == "dead"


def stays(entries: Sequence[Entry]) -> frozenset[str]:
    """Return what the desk calls the lines that were taken back, and are still at the person's."""
    last = {e.ref: e for e in entries if e.kind == "event" and e.ref and e.text in CHANGES}
    return frozenset(ref for ref, e in last.items() if e.text == "took_back" and failed(e))


def too_late_to_delete(case: CaseFile, entry: Entry, now: Millis) -> bool:
    """Return whether a file that went to the person cannot be taken back any more."""
    on_platform = not case.conversation.startswith("web:")
    went = entry.file is not None and entry.delivery == "sent"
    return on_platform and went and now - entry.at >= DELETABLE
