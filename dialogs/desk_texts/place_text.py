"""A library or a bureau as a librarian sends it: where it is, when it is open, who says so."""

from collections.abc import Iterator

from dialogs.flows import hours, places
from dialogs.turn import Turn
from knowledge.places import Bureau, Library

MOST_SERVED = 6
"""Municipalities that are named; of more the list is no help."""


def place_named(turn: Turn, about: str) -> Bureau | Library | None:
    """Return the bureau or library of that id."""
    directory = turn.knowledge.directory
    return directory.bureau(about) or directory.library(about)


def place_title(turn: Turn, place: Bureau | Library) -> str:
    """Return what it is called, with its town."""
    return turn.text("place-of", name=place.name, city=place.city)


def place_text(turn: Turn, place: Bureau | Library) -> str:
    """Return the card of a place: what nobody says is left out, with where to ask."""
    lines = [place_title(turn, place), *_about(turn, place)]
    lines += places.contact_lines(turn, place)
    if place.hours is not None and place.shows("opening_hours"):
        lines.append(hours.now(turn, place.hours))
    missing = _missing(place)
    if missing:
        what = ", ".join(turn.text(f"desk-place-{name}") for name in missing)
        lines.append(turn.text("desk-place-ask", what=what, at=_where_to_ask(turn, place)))
    said = places.source(turn, place, place.contact_source if place.showable else None)
    return "\n".join([*lines, said])


def _about(turn: Turn, place: Bureau | Library) -> Iterator[str]:
    if isinstance(place, Library):
        if place.library_confirmed != "yes" and place.kind == "chitalishte":
            yield turn.text("library-ask")
        return
    served = [
        service.municipality
        for service in turn.knowledge.directory.competence
        if service.bureau_id == place.id and service.confidence != "low"
    ]
    if 0 < len(served) <= MOST_SERVED:
        yield turn.text("desk-place-serves", municipalities=", ".join(served))


def _missing(place: Bureau | Library) -> list[str]:
    """Return what cannot be said of it."""
    known = {"address": place.address_1, "phone": place.phone, "hours": place.hours}
    columns = {"address": "address_1", "phone": "phone", "hours": "opening_hours"}
    return [n for n, value in known.items() if not value or not place.shows(columns[n])]


def _where_to_ask(turn: Turn, place: Bureau | Library) -> str:
    """Return the nearest contact that somebody vouches for: its own, else of what it belongs to."""
    parent = place_named(turn, place.parent_id) if place.parent_id else None
    for one in filter(None, (place, parent)):
        named = {"phone": one.phone, "email": one.email, "url": one.url}
        own = tuple(value for name, value in named.items() if one.shows(name))
        for contact in filter(None, own):
            name = "" if one is place else f" ({one.name})"
            return turn.text("desk-place-ask-at", contact=f"{contact}{name}")
    return turn.text("desk-place-ask-town")
