"""A question in somebody's own words: what it may be about, three suggestions at most."""

from collections.abc import Collection

from dialogs.flows import measures
from dialogs.free_text.search import Hit, search
from dialogs.free_text.wishes import asks
from dialogs.model import Count, Message
from dialogs.screens import Screen, cards_of, small_number, ways_on
from dialogs.turn import Turn
from knowledge.measures import MeasureId


def hear(turn: Turn, text: str, among: Collection[MeasureId] | None = None) -> Turn | None:
    """Return the turn with what the question may be about; None where nothing is near.

    It is looked for among all measures that run, or among those of them that are named.
    A statement leads to no measure, unless it says a name of one; while a question is open it
    must be the name and nothing else.
    """
    running = {m.id for m in turn.knowledge.running(turn.context.today)}
    running &= running if among is None else set(among)
    hits = search(turn.knowledge, turn.language).find(text, running)
    if not hits:
        return None
    named = hits[0].sure if _asking(turn) else hits[0].whole
    if not (named or asks(text, turn.language)):
        return None
    if hits[0].sure:
        return measures.card(turn, hits[0].measure)
    return turn.effect(Count(metric="searched")).go("found", _written(hits))


def _asking(turn: Turn) -> bool:
    asking = ("question", "consent", "settlement", "joint", "any_of", "confirm_place")
    return turn.screen.name in asking


def _written(hits: tuple[Hit, ...]) -> str:
    return ",".join(hit.measure for hit in hits)


def known(turn: Turn, about: str) -> tuple[MeasureId, ...]:
    """Return the measures a „found“ screen suggests, without those that have left the data."""
    return tuple(name for name in about.split(",") if measures.running(turn, name))


def _show(turn: Turn) -> Message:
    found = known(turn, turn.screen.about)
    titles = (turn.words(turn.knowledge.measures[name].title) for name in found)
    lines = [f"{n}. {title}" for n, title in enumerate(titles, start=1)]
    return Message(
        text="\n\n".join([turn.text("found"), "\n".join(lines), turn.text("found-else")]),
        rows=(
            *cards_of(enumerate(found, start=1)),
            (turn.button("found-person", "go:librarian"),),
            ways_on(turn, "back", "results", "menu"),
        ),
    )


def _hear(turn: Turn, text: str) -> Turn | None:
    """Open the suggestion whose number was typed."""
    found = known(turn, turn.screen.about)
    number = small_number(text)
    return measures.card(turn, found[number - 1]) if 1 <= number <= len(found) else None


SCREENS = {"found": Screen(_show, _hear)}
