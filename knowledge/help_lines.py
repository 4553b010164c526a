"""Whom to turn to at once: for despair, for violence, for hunger or no roof."""

from typing import Literal

from pydantic import Field

from knowledge.measures import SourceId
from knowledge.texts import Frozen, Text, Words

HelpLineId = str
Distress = Literal["despair", "violence", "hunger"]


class HelpLine(Frozen):
    """One line or office that helps people in distress, as its source says."""

    id: HelpLineId
    kinds: tuple[Distress, ...] = Field(min_length=1)
    """For which distress it is named; the order of the file is that on the screen."""
    name: Text
    phone: Words | None = None
    """As people dial it; None where the source gives none, or none that is sure."""
    text: Text
    """For whom and when, and what is not sure; at most three short sentences."""
    province: Words | None = None
    """Where it is named; everywhere where it is left out."""
    sources: tuple[SourceId, ...] = Field(min_length=1)
