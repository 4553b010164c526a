"""Whether a librarian hears what is written in a stored talk: then files may go there too."""

import json

from bot.store.interface import Stored
from dialogs.case import OVER

CHAT = "case_chat"


def librarian_listens(stored: Stored | None) -> bool:
    """Return whether the person is in the talk with a librarian, and it has not ended."""
    state = json.loads(stored.state) if stored else {}
    screens, case = state.get("screens") or [{}], state.get("case") or {}
    return bool(case) and screens[-1].get("name") == CHAT and case.get("state") not in OVER
