"""„Има ли работа?“: we hold no vacancies; where they are, and who searches with this person."""

from collections.abc import Iterator

from dialogs.flows import places
from dialogs.model import Button, Message
from dialogs.phrases import heard_in
from dialogs.screens import Screen, all_sources, cards_of, sources_in_short, ways_on
from dialogs.turn import Turn
from knowledge.job_search import JobSearchChannel
from knowledge.measures import MeasureId, SourceId

LEXICON, INTENT = "intents", "job_search"
FURTHER = (("cv", "go:cv"), ("services", "go:services"))
"""What else helps to search: button and action."""


def hear(turn: Turn, text: str) -> Turn | None:
    """Return the turn with where vacancies are where the text asks for them, or None."""
    return turn.go("job_search") if INTENT in heard_in(text, LEXICON) else None


def _show(turn: Turn) -> Message:
    channels = turn.knowledge.job_search.values()
    settlement = places.settlement_of(turn)
    bureau = places.bureau_text(turn, settlement) if settlement else turn.text("job-search-place")
    sources = sources_of(turn)
    cards = tuple(_cards(turn))
    numbers = {measure: number for number, measure in cards}
    parts = [
        turn.text("job-search-title"),
        *(_one(turn, channel, numbers) for channel in channels),
        turn.text("job-search-cards"),
        bureau,
        "\n".join(sources_in_short(turn, sources)),
    ]
    place = () if settlement else (turn.button("say-place", "ask-place"),)
    told = all_sources(turn, sources)
    return Message(text="\n\n".join(parts), rows=(*cards_of(cards), place, told, *_rows(turn)))


def sources_of(turn: Turn, _about: str = "") -> tuple[SourceId, ...]:
    """Return who says it."""
    channels = turn.knowledge.job_search.values()
    return tuple(dict.fromkeys(name for channel in channels for name in channel.sources))


def _rows(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    further = tuple(turn.button(name, action) for name, action in FURTHER)
    return further, ways_on(turn, "places", "librarian"), ways_on(turn, "back", "menu")


def _cards(turn: Turn) -> Iterator[tuple[int, MeasureId]]:
    """Yield the number of each card that tells more and can be opened today."""
    today = turn.context.today
    measures = (channel.measure for channel in turn.knowledge.job_search.values())
    named = (m for m in measures if m and turn.knowledge.measures[m].runs(today))
    yield from enumerate(named, start=1)


def _one(turn: Turn, channel: JobSearchChannel, numbers: dict[MeasureId, int]) -> str:
    number = numbers.get(channel.measure or "")
    mark = f"{number}." if number else "•"
    return f"{mark} {turn.words(channel.title)}\n{turn.words(channel.text)}"


SCREENS = {"job_search": Screen(_show)}
