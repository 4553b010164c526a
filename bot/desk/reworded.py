"""What an edit or a take-back does to a line: whether it reads so, and what it leaves unsaid."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.store.interface import Entry


def reads_so(act: str, fields: Mapping[str, Any], entry: Entry | None) -> bool:
    """Return whether the line reads as it should after the act; of a note nothing else tells."""
    if act not in ("edit", "retract") or entry is None:
        return False
    if entry.text != fields.get("text", ""):
        return False
    return act == "edit" or (entry.file is None and entry.changed_at is not None)


def is_only_answer(ref: str, entries: Sequence[Entry]) -> bool:
    """Return whether this line alone answers what the person wrote last."""
    answers: list[str] = []
    for entry in entries:
        if entry.kind == "person":
            answers = []
        elif entry.kind == "librarian" and (entry.text or entry.file):
            answers.append(entry.ref)
    return answers == [ref]
