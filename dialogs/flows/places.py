"""Where: the settlement of the address, its labour bureau, and the nearest library we know of."""

from collections.abc import Callable
from urllib.parse import urlsplit

from dialogs.answer_words import words_of
from dialogs.flows import corrected, hours, interview
from dialogs.model import HOME, Button, Message, Pin
from dialogs.screens import Screen, rows_of, small_number, ways_on, written_day
from dialogs.turn import Turn
from dialogs.understanding import LONGEST, folded, load_lexicon, number_in
from knowledge.facts import Declined, DontKnow, Known
from knowledge.gazetteer import Settlement
from knowledge.places import Bureau, Library, NearbyLibrary, Place, Service

FACT = "settlement"
AGE = "age"
NEARBY = 25
"""Kilometres: a library farther away is not called near."""
PARTS = 4
"""Of a place that is written out: settlement, municipality and province, and the age."""
FAR_FROM_ANY = 40
"""Kilometres: farther than this from every settlement is not in the country."""


# -- which settlement --------------------------------------------------------------------------


def settlement_of(turn: Turn) -> Settlement | None:
    """Return the settlement the person named, if they did."""
    answer = turn.profile.answers.get(FACT)
    if not isinstance(answer, Known):
        return None
    return turn.knowledge.gazetteer.by_ekatte(str(answer.value))


def _show_settlement(turn: Turn) -> Message:
    text = turn.text("question-settlement-age" if _asks_age(turn) else "question-settlement")
    if _in_interview(turn):
        text = f"{interview.progress(turn)}\n\n{text}"
    return Message(
        text=text,
        rows=interview.closing_rows(turn, FACT),
        asks_location=True,
    )


def _in_interview(turn: Turn) -> bool:
    """Whether the interview asks; asked for by another screen, the place is no part of it."""
    return turn.back().screen.name not in interview.ASKS_PLACE


def _asks_age(turn: Turn) -> bool:
    """Whether the age can be said in the same breath: it is the other thing that is typed."""
    return (
        turn.screen.name == FACT
        and _in_interview(turn)
        and turn.conversation.who != "employer"
        and AGE in interview.unanswered(turn)
    )


def age_beside(turn: Turn, text: str) -> tuple[str, int] | None:
    """Return the place and the age of „Роман, 57“, or None; the place of „57“ is empty."""
    if not _asks_age(turn) or len(text) > LONGEST:
        return None
    words, lexicon = text.split(), load_lexicon(turn.language)
    low, high = turn.knowledge.facts[AGE].bounds or (0, 0)
    for at in range(len(words)):
        for place, told in ((words[:at], words[at:]), (words[-at:] if at else [], words[:-at])):
            age = number_in(" ".join(told).strip(" ,"), lexicon)
            if age is None or not low <= age <= high:
                continue
            name = " ".join(place).strip(" ,")
            if not name or turn.knowledge.gazetteer.match(name).matches:
                return name, age
    return None


def hear_beginning(turn: Turn, text: str) -> Turn | None:
    """Return the turn with the place before a comma, where all of the text is no place."""
    parts = text.split(",")
    for end in range(min(len(parts) - 1, PARTS), 0, -1):
        said = ",".join(parts[:end])
        if age_beside(turn, said) or turn.knowledge.gazetteer.match(said).certain:
            return _hear_settlement(turn, said)
    return None


def _hear_settlement(turn: Turn, text: str) -> Turn | None:
    words, lexicon = folded(text), load_lexicon(turn.language)
    if words in lexicon.commands:
        return None  # „помощ“ is alike to the village Помощица
    if words in lexicon.dont_know | lexicon.decline:
        answer = DontKnow() if words in lexicon.dont_know else Declined()
        return interview.settle(turn, turn.knowledge.facts[FACT], answer)
    beside = age_beside(turn, text)
    if beside is None:
        return _hear_name(turn, text)
    name, age = beside
    turn = turn.answer(AGE, Known(age)).say(turn.text("noted-age", age=age))
    return _hear_name(turn, name) if name else turn


def _hear_name(turn: Turn, text: str) -> Turn | None:
    found = turn.knowledge.gazetteer.match(text)
    if found.certain:
        return _kept(turn, found.matches[0].settlement)
    if not found.matches:
        return None
    codes = [match.settlement.ekatte for match in found.matches]
    if len(codes) == 1:
        how = "code" if text.strip().isdecimal() else "typed"
        return turn.go("confirm_place", f"{how},{codes[0]}")
    return turn.go("namesakes", ",".join(codes))


def _kept(turn: Turn, settlement: Settlement) -> Turn:
    said = turn.text("place-kept", place=full_name(turn, settlement))
    before, turn = turn, turn.answer(FACT, Known(settlement.ekatte)).say(said)
    turn = interview.changed(before, turn, FACT)
    asked = any(screen.name == "settlement" for screen in turn.conversation.screens)
    return interview.after_place(turn, asked=asked)


def full_name(turn: Turn, settlement: Settlement) -> str:
    """Return „с. Баница (община Враца, област Враца)“."""
    return turn.text(
        "place-full",
        name=settlement.name if turn.reads_cyrillic else settlement.name_latin,
        kind=settlement.kind,
        municipality=_area(turn, settlement.municipality),
        province=_area(turn, settlement.province),
    )


def _area(turn: Turn, name: str) -> str:
    return name if turn.reads_cyrillic else turn.knowledge.gazetteer.in_latin(name)


def located(turn: Turn, latitude: float, longitude: float) -> Turn:
    """Ask whether the address is in the settlement nearest to a shared location."""
    settlement, distance = turn.knowledge.gazetteer.nearest(latitude, longitude)
    if distance > FAR_FROM_ANY:
        return turn.say(turn.text("location-abroad")).go("settlement")
    return turn.go("confirm_place", f"here,{settlement.ekatte}")


def _show_confirm(turn: Turn) -> Message:
    how, _, ekatte = turn.screen.about.partition(",")
    settlement = turn.knowledge.gazetteer.by_ekatte(ekatte)
    name = full_name(turn, settlement) if settlement else ekatte
    return Message(
        text=turn.text(f"confirm-{how}", place=name),
        rows=(
            (turn.button("yes-there", f"place:{ekatte}"), turn.button("no-other", "ask-place")),
            ways_on(turn, "back", "librarian", "menu"),
        ),
    )


def _hear_confirm(turn: Turn, text: str) -> Turn | None:
    lexicon = load_lexicon(turn.language)
    if folded(text) in lexicon.yes:
        return choose(turn, turn.screen.about.partition(",")[2])
    if folded(text) in lexicon.no:
        return ask_place(turn, "")
    return _hear_settlement(turn, text)


def _namesakes(turn: Turn) -> tuple[Settlement, ...]:
    """Return the settlements of one name that are to be told apart."""
    codes = turn.screen.about.split(",")
    return tuple(filter(None, map(turn.knowledge.gazetteer.by_ekatte, codes)))


def _show_namesakes(turn: Turn) -> Message:
    found = _namesakes(turn)
    lines = [f"{n}. {full_name(turn, place)}" for n, place in enumerate(found, start=1)]
    numbers = tuple(
        Button(label=str(n), action=f"place:{place.ekatte}")
        for n, place in enumerate(found, start=1)
    )
    return Message(
        text="\n\n".join([turn.text("which-place"), "\n".join(lines)]),
        rows=(
            *rows_of(numbers, width=6),
            (turn.button("none-of-these", "ask-place"),),
            ways_on(turn, "back", "librarian", "menu"),
        ),
    )


def _hear_namesakes(turn: Turn, text: str) -> Turn | None:
    """Take the number of one of them, or another name."""
    found = _namesakes(turn)
    number = small_number(text)
    if 1 <= number <= len(found):
        return choose(turn, found[number - 1].ekatte)
    return _hear_settlement(turn, text)


def choose(turn: Turn, ekatte: str) -> Turn:
    """Keep the settlement that was pointed at."""
    settlement = turn.knowledge.gazetteer.by_ekatte(ekatte)
    if settlement is None:
        return turn.say(turn.text("old-button"))
    earlier = settlement_of(turn)
    if turn.screen.name in interview.ASKING_PLACE or earlier is None:
        return _kept(turn, settlement)
    name = words_of(turn, turn.knowledge.facts[FACT], Known(earlier.ekatte))
    said = turn.text("already-answered", answer=name)
    if earlier == settlement:
        return turn.aside(interview.offering_change(turn, said, FACT))
    return interview.ask(turn.say(said), FACT)


def ask_place(turn: Turn, _argument: str) -> Turn:
    """Ask for the settlement again."""
    below = tuple(s for s in turn.conversation.screens if s.name not in interview.ASKING_PLACE)
    return turn.change(screens=below or (HOME,)).go("settlement")


# -- bureau and libraries ----------------------------------------------------------------------


def open_places(turn: Turn) -> Turn:
    """Open the places, or ask for the settlement first."""
    turn = turn.go("places")
    return turn if settlement_of(turn) else turn.go("settlement")


def _show_places(turn: Turn) -> Message:
    settlement = settlement_of(turn)
    if settlement is None:
        return Message(
            text=turn.text("places-unknown"),
            rows=(
                (turn.button("say-place", "ask-place"),),
                ways_on(turn, "back", "librarian", "menu"),
            ),
        )
    libraries = turn.knowledge.directory.nearest_libraries(settlement)
    parts = [
        turn.text("places-title", place=full_name(turn, settlement)),
        bureau_text(turn, settlement),
        turn.text("places-mediation"),
    ]
    if libraries:
        parts.append(library_text(turn, libraries[0]))
    regional = turn.knowledge.directory.regional_library(settlement.province)
    if regional and regional not in [near.library for near in libraries]:
        parts.append(regional_text(turn, settlement, regional))
    more = [near for near in libraries[1:] if near.distance_km <= NEARBY]
    if more:
        lines = [f"• {_library_line(turn, near)}" for near in more]
        parts.append("\n".join([turn.text("libraries-more"), *lines]))
    parts.append(turn.text("places-check"))
    return Message(
        text="\n\n".join(parts),
        rows=(
            (turn.button("other-place", "ask-place"), turn.button("services", "go:services")),
            ways_on(turn, "results", "librarian"),
            ways_on(turn, "back", "menu"),
        ),
        pin=_pin(libraries[0].library) if libraries else None,
    )


def bureau_text(turn: Turn, settlement: Settlement) -> str:
    """Return which bureau registers this address, how sure that is, and its sourced contacts."""
    competent = turn.knowledge.directory.competent_bureau(settlement)
    if competent.bureau is None:
        known = "\n".join(f"• {b.name}" for b in competent.in_province)
        said = turn.text("bureau-unknown")
        return f"{said}\n{turn.text('bureau-in-province')}\n{known}" if known else said
    line = _with_way(turn, competent.bureau.name, settlement, competent.bureau)
    lines = [turn.text(f"bureau-{competent.status}", line=line)]
    if competent.service:
        lines.append(source(turn, competent.service))
    # Who says both which bureau it is and where, is named once.
    told = contacts(turn, competent.bureau).split("\n")
    return "\n".join([*lines, *(line for line in told if line not in lines)])


def library_text(turn: Turn, near: NearbyLibrary) -> str:
    """Return the nearest library that we know of, with what is sourced about it."""
    head = turn.text("library-nearest", line=_library_line(turn, near))
    if near.library.library_confirmed != "yes":
        head += f"\n{turn.text('library-ask')}"
    return f"{head}\n{contacts(turn, near.library)}"


def regional_text(turn: Turn, settlement: Settlement, regional: Library) -> str:
    """Return the regional library of the province, with what is sourced about it."""
    name = turn.text("place-of", name=regional.name, city=regional.city)
    head = turn.text("library-regional", line=_with_way(turn, name, settlement, regional))
    return f"{head}\n{contacts(turn, regional)}"


def _library_line(turn: Turn, near: NearbyLibrary) -> str:
    library = near.library
    name = turn.text("place-of", name=library.name, city=library.city)
    if near.same_settlement:
        return name
    return turn.text("library-distance", name=name, km=near.distance_km)


def _with_way(turn: Turn, name: str, settlement: Settlement, place: Place) -> str:
    km = turn.knowledge.directory.far(settlement, place)
    return name if km is None else turn.text("library-distance", name=name, km=km)


def contacts(turn: Turn, place: Bureau | Library) -> str:
    """Return address, phone and hours where they are sourced well enough to be shown."""
    lines = contact_lines(turn, place)
    if not lines:
        return turn.text("contacts-unknown")
    if place.hours is not None and place.shows("opening_hours"):
        lines.append(hours.now(turn, place.hours))
    elif place.phone:
        lines.append(turn.text("hours-call"))
    # Where only what was corrected is shown, each line of it says who says so.
    rest = any(place.source_of(column) is None for column in _told(turn, place))
    whole = [source(turn, place, place.contact_source)] if rest else []
    return "\n".join([*lines, *whole])


def contact_lines(turn: Turn, place: Bureau | Library) -> list[str]:
    """Return what is sourced well enough to be shown and holds on any day, a line each."""
    told = _told(turn, place)
    return [corrected.line(turn, place, name, line) for name, said in told.items() for line in said]


def _told(turn: Turn, place: Bureau | Library) -> dict[str, list[str]]:
    """Return the lines of what may be shown by the columns that say it."""
    named = {"address_1": place.address_1, "phone": place.phone, "email": place.email}
    told = {"address_1": "contact-address", "phone": "contact-phone", "email": "contact-email"}
    lines = {name: [turn.text(told[name], value=value)] for name, value in named.items() if value}
    lines["opening_hours" if place.hours else "opening_hours_note"] = _hours(turn, place)
    return {name: said for name, said in lines.items() if said and place.shows(name)}


def source(turn: Turn, said: Place | Service, who: str | None = None) -> str:
    """Return who says so, as of when, and the day we read it."""
    checked = said.assured_date or turn.knowledge.directory.verified_on
    hosts = (".".join(urlsplit(str(url)).netloc.split(".")[-2:]) for url in said.source_url)
    return turn.text(
        "place-source",
        source=who or ", ".join(dict.fromkeys(hosts)) or turn.text("source-indirect"),
        date=written_day(said.source_date) if said.source_date else turn.text("source-undated"),
        checked=written_day(checked.isoformat()),
    )


def _hours(turn: Turn, place: Place) -> list[str]:
    if place.hours is None:
        return (
            [place.opening_hours_note] if place.opening_hours_note and turn.language == "bg" else []
        )
    return [turn.text("contact-hours", value=hours.in_words(turn, place.hours))]


def _pin(library: Library) -> Pin | None:
    if not library.has_own_coordinates:
        return None
    return Pin(
        name=library.name,
        address=library.address_1 or library.city,
        latitude=library.latitude,
        longitude=library.longitude,
    )


SCREENS = {
    "settlement": Screen(_show_settlement, _hear_settlement),
    "confirm_place": Screen(_show_confirm, _hear_confirm),
    "namesakes": Screen(_show_namesakes, _hear_namesakes),
    "places": Screen(_show_places),
}
ACTIONS: dict[str, Callable[[Turn, str], Turn]] = {"place": choose, "ask-place": ask_place}
