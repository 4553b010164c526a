"""What a library may help with, for this person, and how to ask before going there."""

from dialogs.flows import places
from dialogs.model import Message
from dialogs.screens import Screen, all_sources, sources_in_short, ways_on, written_day
from dialogs.turn import Turn
from knowledge.conditions import evaluate
from knowledge.library_services import LibraryService
from knowledge.places import Library


def fitting(turn: Turn) -> tuple[LibraryService, ...]:
    """Return the services worth naming: not those that the person surely has no use for."""
    facts = turn.knowledge.facts
    said = facts.counting(turn.profile.known)
    services = [
        service
        for service in turn.knowledge.services.values()
        if service.who is None or evaluate(service.who, said, turn.context.today) is not False
    ]
    if _came_from_a_form(turn):
        services.sort(key=lambda service: not service.for_online_forms)
    return tuple(services)


def _came_from_a_form(turn: Turn) -> bool:
    """Tell whether the person was just reading a measure that is asked for online only."""
    before = turn.conversation.screens[-2:-1]
    return any(
        screen.name == "card" and turn.knowledge.measures[screen.about].online_only
        for screen in before
    )


def _show(turn: Turn) -> Message:
    services = fitting(turn)
    settlement = places.settlement_of(turn)
    near = settlement and turn.knowledge.directory.nearest_libraries(settlement, limit=1)
    library = near[0].library if near else None
    parts = [turn.text("services-title")]
    parts += [_one(turn, service, library) for service in services]
    parts.append(turn.text("services-ask-first"))
    if near:
        parts.append(places.library_text(turn, near[0]))
    sources = _sources(services, library)
    parts.append("\n".join(sources_in_short(turn, sources)))
    ways = (ways_on(turn, "places", "librarian"), ways_on(turn, "back", "menu"))
    rows = (all_sources(turn, sources), *ways)
    return Message(text="\n\n".join(parts), rows=rows)


def _one(turn: Turn, service: LibraryService, library: Library | None) -> str:
    lines = [f"• {turn.words(service.title)}", turn.words(service.summary)]
    known = library and service.known_at(library.id)
    if library and known:
        as_of = written_day(known.as_of)
        lines.append(turn.text("services-known", library=library.name, as_of=as_of))
    if service.bring:
        bring = ", ".join(turn.words(one) for one in service.bring)
        lines.append(turn.text("services-bring", what=bring))
    return "\n".join(lines)


def sources_of(turn: Turn, _about: str = "") -> tuple[str, ...]:
    """Return who says what libraries do."""
    settlement = places.settlement_of(turn)
    near = settlement and turn.knowledge.directory.nearest_libraries(settlement, limit=1)
    return _sources(fitting(turn), near[0].library if near else None)


def _sources(services: tuple[LibraryService, ...], library: Library | None) -> tuple[str, ...]:
    names = [name for service in services for name in service.sources]
    known = [service.known_at(library.id) for service in services] if library else []
    return tuple(dict.fromkeys([*names, *(offer.source for offer in known if offer)]))


SCREENS = {"services": Screen(_show)}
