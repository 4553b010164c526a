"""Every source of the screen before, whole: who says so, where it stands, the day it was read."""

from collections.abc import Callable

from dialogs.flows import employer_card, employers, job_search, library_services, measures, scam
from dialogs.model import Message
from dialogs.screens import Screen, source_lines, ways_on
from dialogs.turn import Turn
from knowledge.measures import SourceId

SOURCES: dict[str, Callable[[Turn, str], tuple[SourceId, ...]]] = {
    "card": measures.sources_of_card,
    "employer_card": employer_card.sources_of,
    "vacancy": employers.sources_of_vacancy,
    "scam": scam.sources_of,
    "job_search": job_search.sources_of,
    "services": library_services.sources_of,
}
"""The screens that name their sources in short, and what those are."""


def sources(turn: Turn) -> tuple[SourceId, ...]:
    """Return the sources of the latest screen that has some; none where no such screen is open."""
    for screen in reversed(turn.conversation.screens):
        if screen.name in SOURCES:
            return SOURCES[screen.name](turn, screen.about)
    return ()


def _show(turn: Turn) -> Message:
    told = source_lines(turn, sources(turn))
    text = "\n\n".join([turn.text("sources" if told else "sources-none"), *told])
    return Message(text=text, rows=(ways_on(turn, "back", "librarian", "menu"),))


SCREENS = {"sources": Screen(_show)}
