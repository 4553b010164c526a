"""Whether a line of a case reads as an edit or a take-back wanted it to."""

from collections.abc import Mapping
from typing import Any

from bot.store.interface import Entry


def reads_so(act: str, fields: Mapping[str, Any], entry: Entry | None) -> bool:
    """Return whether the line reads as it should after the act; of a note nothing else tells."""
    if act not in ("edit", "retract") or entry is None:
        return False
    if entry.text != fields.get("text", ""):
        return False
    return act == "edit" or (entry.file is None and entry.changed_at is not None)
