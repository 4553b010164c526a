"""„Говорете с библиотекар“: whom to ask, when they answer, and whom else where nobody does."""

from collections.abc import Iterator

from dialogs import attended
from dialogs import case as cases
from dialogs.flows import places
from dialogs.flows.card import card_of, lines_of
from dialogs.flows.promise import expected, urgent
from dialogs.model import Button, Draft, Message
from dialogs.screens import Screen, ways_on
from dialogs.turn import Desk, Turn
from knowledge.gazetteer import distance_km

CHOICES = 5
"""Desks offered at once."""


def desks_near(turn: Turn, instead_of: Desk | None = None) -> tuple[Desk, ...]:
    """Return the desks that could take a case, the best first: near, then the regional one.

    Near is what is near the person; where their place is not known, what is near that other desk.
    """
    here = places.settlement_of(turn) or (instead_of.library if instead_of else None)
    if here is None:
        return turn.context.desks[:CHOICES]

    def nearness(desk: Desk) -> tuple[float, bool, str]:
        library = desk.library
        far = distance_km(here.latitude, here.longitude, library.latitude, library.longitude)
        return (round(far), library.kind != "regional", library.name)

    return tuple(sorted(turn.context.desks, key=nearness))[:CHOICES]


def desk_named(turn: Turn, library: str | None) -> Desk | None:
    """Return the desk of that id, if somebody answers there."""
    return next((d for d in turn.context.desks if d.id == library), None)


def place_name(turn: Turn, desk: Desk) -> str:
    """Return what a desk's library is called, with its town."""
    return turn.text("place-of", name=desk.library.name, city=desk.library.city)


def whom_to_call(turn: Turn, desk: Desk | None) -> Iterator[str]:
    """Yield who else can be asked by telephone, each with who says the number; else where to go."""
    library = desk.library if desk and desk.library.phone and desk.library.shows("phone") else None
    if library:
        yield turn.text("call-library", phone=library.phone)
        yield places.source(turn, library, library.contact_source)
    settlement = places.settlement_of(turn)
    bureau = settlement and turn.knowledge.directory.competent_bureau(settlement).bureau
    if bureau and bureau.phone and bureau.shows("phone"):
        yield turn.text("call-bureau", name=bureau.name, phone=bureau.phone)
        yield places.source(turn, bureau, bureau.contact_source)
    elif library is None:
        yield turn.text("call-nobody")


# -- whom --------------------------------------------------------------------------------------


def open_librarian(turn: Turn) -> Turn:
    """Open the way to a person: the talk that runs, or whom to ask."""
    if turn.context.abilities.attended:
        return attended.ask_beside(turn)
    if cases.is_open(turn.conversation.case):
        return turn.go("case_chat")
    return turn.go("librarian") if _may_ask(turn) else _muted(turn)


def refused(turn: Turn) -> Turn | None:
    """Return what is said to a person who cannot ask now; None where they can."""
    return None if _may_ask(turn) else _muted(turn)


def _may_ask(turn: Turn) -> bool:
    until = turn.context.muted_until
    return until is None or turn.context.today > until


def _muted(turn: Turn) -> Turn:
    """Say honestly until when nothing can be asked here, and whom else to call."""
    until = f"{turn.context.muted_until:%d.%m.%Y}"
    return turn.say("\n".join([turn.text("case-muted", until=until), *whom_to_call(turn, None)]))


def _show(turn: Turn) -> Message:
    desks = desks_near(turn)
    if not desks:
        return _show_no_desk(turn)
    settlement = places.settlement_of(turn)
    parts = [turn.text("librarian")]
    if settlement is None and not turn.context.trial:
        parts.append(turn.text("librarian-no-place"))
    parts += [_desk_text(turn, desk) for desk in desks]
    # Once for all of them: it is about the person, and nearness decides.
    parts += filter(None, ["\n".join(urgent(turn, desks[0]))])
    choices = tuple((_ask(turn, desk, alone=len(desks) == 1),) for desk in desks)
    place = () if settlement or turn.context.trial else (turn.button("say-place", "ask-place"),)
    return Message(
        text="\n\n".join(parts),
        rows=(
            _again(turn),
            *choices,
            place,
            ways_on(turn, "places", "results"),
            ways_on(turn, "back", "menu"),
        ),
    )


def _again(turn: Turn) -> tuple[Button, ...]:
    """Return the way back into a talk that ended a few days ago."""
    can = cases.can_reopen(turn.conversation.case, turn.context.now)
    return (turn.button("again", "write-again"),) if can else ()


def _ask(turn: Turn, desk: Desk, *, alone: bool) -> Button:
    if alone:
        return turn.button("ask-this", f"to:{desk.id}")
    return turn.button("ask-library", f"to:{desk.id}", name=desk.library.city)


def _desk_text(turn: Turn, desk: Desk) -> str:
    return "\n".join([place_name(turn, desk), *expected(turn, desk)])


def promise(turn: Turn, desk: Desk, *, usual: bool = True) -> str:
    """Return when an answer can be expected, as honestly as the hours are known."""
    return "\n".join([*expected(turn, desk, usual=usual), *urgent(turn, desk)])


def _show_no_desk(turn: Turn) -> Message:
    wait = (turn.button("wait", "to:"),)
    rows = (wait, ways_on(turn, "places", "results"), ways_on(turn, "back", "menu"))
    settlement = places.settlement_of(turn)
    if settlement is None:
        ask = (turn.button("say-place", "ask-place"),)
        return Message(text=turn.text("librarian-no-desk-place"), rows=(ask, *rows))
    libraries = turn.knowledge.directory.nearest_libraries(settlement, limit=1)
    parts = [turn.text("librarian-no-desk")]
    if libraries:
        parts.append(places.library_text(turn, libraries[0]))
    regional = turn.knowledge.directory.regional_library(settlement.province)
    if regional and (not libraries or libraries[0].library.id != regional.id):
        parts.append(places.regional_text(turn, settlement, regional))
    parts += [places.bureau_text(turn, settlement), turn.text("places-check")]
    # To be shown at a desk: in Bulgarian, whatever the talk is in.
    bulgarian = turn.change(language="bg")
    shown = "\n".join(lines_of(bulgarian, card_of(bulgarian)))
    parts.append(f"{turn.text('card-to-show')}\n{shown}")
    parts.append(turn.text("librarian-wait-offer"))
    return Message(text="\n\n".join(parts), rows=rows)


def already_open(turn: Turn) -> Turn:
    """One question at a time: more words go to the one that is open."""
    return turn.say(turn.text("case-open-already")).go("case_chat")


def choose(turn: Turn, library: str) -> Turn:
    """Begin a question to this library, or to the first desk that joins."""
    if turn.context.abilities.attended:
        return attended.ask_beside(turn)
    if cases.is_open(turn.conversation.case):
        return already_open(turn)
    if not _may_ask(turn):
        return _muted(turn)
    if library and desk_named(turn, library) is None:
        return turn.say(turn.text("desk-gone")).go("librarian")
    return turn.change(draft=Draft(library=library or None)).go("case_question")


SCREENS = {"librarian": Screen(_show)}
ACTIONS = {"to": choose}
