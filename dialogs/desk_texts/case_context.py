"""What of a case the desk's texts look at, and the values it gives to their variables."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dialogs.desk_texts.prepared import Prepared
from dialogs.desk_texts.shelf import Shelf
from dialogs.flows import corrected, hours, places
from dialogs.model import Card, Conversation
from dialogs.texts import Texts
from dialogs.turn import Context, Desk, Turn
from knowledge.base import KnowledgeBase
from knowledge.gazetteer import Settlement
from knowledge.measures import MeasureId
from knowledge.places import Bureau, Competent, Library, Place

NO_CARD = Card(question="", place="")


@dataclass(frozen=True)
class Value:
    """What a variable is filled with, and the line that says who says so; "" where nobody must."""

    text: str
    source: str = ""


@dataclass(frozen=True)
class CaseContext:
    """A case before a librarian who writes; without a number, the desk alone."""

    context: Context
    shelf: Shelf
    desk: str
    """The id of the desk, by which its own answers are known."""
    library: Library | None
    answers: tuple[Prepared, ...] = ()
    """All that are kept; which of them may be offered is decided here, by their day."""
    librarian: str = ""
    number: int | None = None
    card: Card = NO_CARD

    @cached_property
    def turn(self) -> Turn:
        """A turn of nobody's talk, in Bulgarian: it knows how places and sources are said."""
        return Turn(Conversation(), self.context)

    @property
    def knowledge(self) -> KnowledgeBase:
        """What is true."""
        return self.context.knowledge

    @property
    def texts(self) -> Texts:
        """The words of the desk."""
        return self.context.texts["bg"]

    @property
    def on_card(self) -> tuple[MeasureId, ...]:
        """The measures that stand on the card."""
        return tuple(line.about for line in self.card.measures)

    @cached_property
    def settlement(self) -> Settlement | None:
        """The settlement of the card, where the person passed it on."""
        if not self.card.place:
            return None
        return self.knowledge.gazetteer.match(self.card.place).only

    @cached_property
    def competent(self) -> Competent | None:
        """The bureau of that settlement, as far as it is known."""
        if self.settlement is None:
            return None
        return self.knowledge.directory.competent_bureau(self.settlement)

    @cached_property
    def values(self) -> dict[str, Value]:
        """What is known, by the names of the variables; what nobody says is not there."""
        return {name: value for name, value in self._values() if value.text}

    def _values(self) -> Iterator[tuple[str, Value]]:
        today = f"{self.context.today:%d.%m.%Y}"
        yield "today", Value(today)
        yield "librarian", Value(self.librarian)
        yield "number", Value(str(self.number) if self.number is not None else "")
        yield "place", Value(self.card.place if self.settlement else "")
        if self.library is not None:
            yield from self._of_library(self.library)
        competent = self.competent
        # One that is only guessed is no answer to be signed with a library's name.
        if competent and competent.bureau and competent.service and competent.status == "sourced":
            said = places.source(self.turn, competent.service)
            yield "bureau", Value(competent.bureau.name, said)
            yield from self._contacts(competent.bureau, "bureau_")

    def _of_library(self, library: Library) -> Iterator[tuple[str, Value]]:
        said = places.source(self.turn, library)
        name = self.turn.text("place-of", name=library.name, city=library.city)
        yield "library", Value(name, "" if self._answers_here(library) else said)
        yield from self._contacts(library, "")
        told = next((d for d in self.context.desks if d.id == self.desk), None)
        if told and told.hours and told.hours != _sourced_hours(told):
            words = hours.in_words(self.turn, told.hours)
            yield "hours", Value(words, self.texts("desk-hours-told"))

    def _answers_here(self, library: Library) -> bool:
        """Whether it is the library itself that writes: it need not prove what it is called."""
        return any(desk.id == self.desk and desk.library == library for desk in self.context.desks)

    def _contacts(self, place: Bureau | Library, prefix: str) -> Iterator[tuple[str, Value]]:
        if place.shows("address_1"):
            yield f"{prefix}address", Value(_address(place), self._said(place, "address_1"))
        if place.shows("phone"):
            yield f"{prefix}phone", Value(place.phone or "", self._said(place, "phone"))
        if place.hours and place.shows("opening_hours"):
            said = self._said(place, "opening_hours")
            yield f"{prefix}hours", Value(hours.in_words(self.turn, place.hours), said)

    def _said(self, place: Bureau | Library, column: str) -> str:
        """Return who says this column, and when it was read."""
        if place.source_of(column):
            return corrected.line(self.turn, place, column, "").strip()
        return places.source(self.turn, place, place.contact_source)


def _sourced_hours(desk: Desk) -> object:
    return desk.library.hours if desk.library.shows("opening_hours") else None


def _address(place: Place) -> str:
    return f"{place.address_1}, {place.city}" if place.address_1 else ""


def longest_values(knowledge: KnowledgeBase) -> dict[str, str]:
    """Return a value as long as the longest that the directory has, for each variable."""
    everywhere: tuple[Place, ...] = (*knowledge.directory.bureaus, *knowledge.directory.libraries)
    names = max(len(f"{place.name}, {place.city}") for place in everywhere)
    address = max(len(_address(place)) for place in everywhere)
    phone = max(len(place.phone or "") for place in everywhere)
    lengths = {
        **dict.fromkeys(("library", "bureau"), names),
        **dict.fromkeys(("address", "bureau_address"), address),
        **dict.fromkeys(("phone", "bureau_phone"), phone),
        **dict.fromkeys(("hours", "bureau_hours"), 200),
        **dict.fromkeys(("librarian", "number", "today"), 40),
        "place": 120,
    }
    return {name: "m" * length for name, length in lengths.items()}
