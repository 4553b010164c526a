"""How people ask for a measure, or for a subject that several measures answer."""

from pydantic import Field

from knowledge.measures import MeasureId
from knowledge.texts import Frozen, Language, Words


class AskedAs(Frozen):
    """Phrases that mean the same measures, the likeliest measure first."""

    id: str
    about: tuple[MeasureId, ...] = Field(min_length=1)
    bg: tuple[Words, ...] = Field(min_length=1)
    en: tuple[Words, ...] = Field(min_length=1)
    tr: tuple[Words, ...] = ()
    uk: tuple[Words, ...] = ()

    def phrases(self, language: Language) -> tuple[str, ...]:
        """Return how it is asked for in that language; in Bulgarian where nobody wrote it yet."""
        told: tuple[str, ...] = getattr(self, language)
        return told or self.bg
