"""Which texts that describe measures a language lacks, so that a screen can say so."""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from knowledge.texts import Language, Text

CITED = ("legal_basis", "sources")
"""Names of acts and pages are cited as they are."""
SHORTEST = 10
"""Characters: a shorter text may stand in another language by chance."""


def bulgarian_only(models: Iterable[BaseModel], language: Language) -> tuple[str, ...]:
    """Return each text of the models that is shown in Bulgarian for want of that language."""
    lacking = (text.bg for text in _texts(tuple(models)) if _lacks(text, language))
    return tuple(dict.fromkeys(text for text in lacking if len(text) >= SHORTEST))


def _lacks(text: Text, language: Language) -> bool:
    """Whether the Bulgarian text is shown; a corrected one may stand in English as it is."""
    return language != "bg" and text.in_(language) == text.bg


def _texts(part: Any) -> Iterator[Text]:
    if isinstance(part, Text):
        yield part
    elif isinstance(part, BaseModel):
        for name, inner in part:
            if name not in CITED:
                yield from _texts(inner)
    elif isinstance(part, tuple):
        for inner in part:
            yield from _texts(inner)
