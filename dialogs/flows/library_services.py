"""What a library may help with, for this person, and how to ask before going there."""

from dialogs.flows import places
from dialogs.model import Message
from dialogs.screens import Screen, source_lines, ways_on
from dialogs.turn import Turn
from knowledge.conditions import evaluate
from knowledge.library_services import LibraryService


def fitting(turn: Turn) -> tuple[LibraryService, ...]:
    """Return the services worth naming: not those that the person surely has no use for."""
    facts = turn.knowledge.facts
    said = facts.counting(turn.profile.known)
    return tuple(
        service
        for service in turn.knowledge.services.values()
        if service.who is None or evaluate(service.who, said, turn.context.today) is not False
    )


def _show(turn: Turn) -> Message:
    services = fitting(turn)
    parts = [turn.text("services-title")]
    parts += [_one(turn, service) for service in services]
    parts.append(turn.text("services-ask-first"))
    settlement = places.settlement_of(turn)
    near = settlement and turn.knowledge.directory.nearest_libraries(settlement, limit=1)
    if near:
        parts.append(places.library_text(turn, near[0]))
    sources = dict.fromkeys(name for service in services for name in service.sources)
    parts.append("\n".join(source_lines(turn, sources)))
    rows = (ways_on(turn, "places", "librarian"), ways_on(turn, "back", "menu"))
    return Message(text="\n\n".join(parts), rows=rows)


def _one(turn: Turn, service: LibraryService) -> str:
    lines = [f"• {turn.words(service.title)}", turn.words(service.summary)]
    if service.bring:
        bring = ", ".join(turn.words(one) for one in service.bring)
        lines.append(turn.text("services-bring", what=bring))
    return "\n".join(lines)


SCREENS = {"services": Screen(_show)}
