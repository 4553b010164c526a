"""What all words of a group need: the texts, what desks are called, how a moment reads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot import clock
from bot.store.interface import Millis
from dialogs.texts import Texts
from knowledge.opening_hours import OpeningHours

Role = Literal["desk", "expert"]
"""As what a desk sees a case: as the library that answers, or as the expert who was asked."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Where words come from."""

    texts: Texts
    desk_name: Callable[[str], str]
    """Returns what the desk of that id is called."""
    card_text: Callable[[str], str]
    """Returns the card of a case, given as JSON, in plain words."""
    expert_text: Callable[[str], str]
    """Returns what of a card an expert sees."""
    is_open: Callable[[str, Millis], bool | None]
    """Returns whether the desk of that id was open at that moment; None where nobody knows."""
    hours: Callable[[str], OpeningHours | None]
    """Returns the hours of the desk of that id; None where nobody knows them."""


def moment(at: Millis | None) -> str:
    """Return a moment as a reader in Bulgaria says it: day, month, hour."""
    if at is None:
        return ""
    return f"{clock.moment(at):%d.%m., %H:%M}"
