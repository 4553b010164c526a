"""„Говорете с библиотекар“: who can be reached, honestly, and a card to show there."""

from dialogs.flows import places
from dialogs.flows.interview import words_of
from dialogs.model import Message
from dialogs.screens import Screen, ways_on
from dialogs.turn import Turn
from knowledge.facts import Known


def open_librarian(turn: Turn) -> Turn:
    """Open the way to a person; the library is found by the settlement."""
    return turn.go("librarian")


def _show(turn: Turn) -> Message:
    settlement = places.settlement_of(turn)
    rows = (ways_on(turn, "places", "results"), ways_on(turn, "back", "menu"))
    if settlement is None:
        ask = (turn.button("say-place", "ask-place"),)
        return Message(text=turn.text("librarian-no-desk-yet"), rows=(ask, *rows))
    libraries = turn.knowledge.directory.nearest_libraries(settlement, limit=1)
    competent = turn.knowledge.directory.competent_bureau(settlement)
    parts = [turn.text("librarian-no-desk")]
    if libraries:
        parts.append(places.library_text(turn, libraries[0]))
    regional = turn.knowledge.directory.regional_library(settlement.province)
    if regional and (not libraries or libraries[0].library.id != regional.id):
        head = turn.text("library-regional", name=regional.name, city=regional.city)
        parts.append(f"{head}\n{places.contacts(turn, regional)}")
    parts.append(places.bureau_text(turn, competent))
    parts.append(turn.text("card-to-show"))
    parts.append(situation(turn))
    return Message(text="\n\n".join(parts), rows=rows)


def situation(turn: Turn) -> str:
    """Return the person's situation in short lines, without what is sensitive."""
    lines = []
    for name, answer in turn.profile.answers.items():
        fact = turn.knowledge.facts[name]
        if isinstance(answer, Known) and fact.sensitivity != "special" and name != "audience":
            lines.append(f"• {turn.words(fact.label)}: {words_of(turn, fact, answer)}")
    fitting = [v for v in turn.verdicts() if v.word in ("yes", "likely")]
    if fitting:
        titles = "; ".join(turn.words(v.measure.title) for v in fitting)
        lines.append(f"• {turn.text('card-fitting')}: {titles}")
    return "\n".join(lines) or turn.text("card-empty")


SCREENS = {"librarian": Screen(_show)}
