"""The card of a measure as a firm reads it: whom, what it gets, what it takes on, how it asks."""

from collections.abc import Iterator

from dialogs.flows.measures import bullets, running, warnings
from dialogs.model import Message
from dialogs.screens import Screen, all_sources, sources_in_short, ways_on, written_day
from dialogs.turn import Turn
from knowledge.employers import ForEmployer
from knowledge.measures import Measure, SourceId
from knowledge.texts import Text


def readable(turn: Turn, measure: str) -> bool:
    """Whether the measure runs today and says something to a firm."""
    return running(turn, measure) and turn.knowledge.measures[measure].for_employer is not None


def _show(turn: Turn) -> Message:
    measure = turn.knowledge.measures[turn.screen.about]
    told = measure.for_employer
    # What no longer speaks to firms is not shown at all: `readable`.
    parts = _parts(turn, measure, told) if told else ()
    return Message(
        text="\n\n".join([turn.in_capitals(measure.title), *parts]),
        rows=(
            (turn.button("vacancy", "go:vacancy"),),
            all_sources(turn, sources_of(turn, measure.id)),
            ways_on(turn, "places", "librarian"),
            ways_on(turn, "back", "results", "menu"),
        ),
    )


def _parts(turn: Turn, measure: Measure, told: ForEmployer) -> Iterator[str]:
    yield f"{turn.text('employer-hire')}\n{turn.words(told.hire)}"
    yield _list(turn, "employer-gets", told.gets)
    if told.firm:
        yield _list(turn, "employer-firm", told.firm)
    if told.duties:
        yield _list(turn, "employer-duties", told.duties)
    else:
        yield turn.text("employer-duties-ask")
    yield from warnings(turn, measure)
    steps = [f"{n}. {turn.words(step)}" for n, step in enumerate(told.steps, start=1)]
    yield "\n".join([turn.text("employer-steps"), *steps])
    if told.documents:
        yield _list(turn, "employer-documents", told.documents)
    else:
        yield turn.text("employer-documents-ask")
    basis, as_of = turn.words(measure.legal_basis), written_day(measure.as_of)
    head = turn.text("card-basis", basis=basis, as_of=as_of)
    yield "\n".join([head, *sources_in_short(turn, told.sources)])


def sources_of(turn: Turn, measure: str) -> tuple[SourceId, ...]:
    """Return who says what stands on the card, the maker of the rule first."""
    told = turn.knowledge.measures[measure].for_employer
    return told.sources if told else ()


def _list(turn: Turn, title: str, items: tuple[Text, ...]) -> str:
    return bullets(turn.text(title), [turn.words(item) for item in items])


SCREENS = {"employer_card": Screen(_show)}
