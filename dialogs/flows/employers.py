"""„Кого бихте наели?“: what helps a firm that hires, and who finds people for it."""

from collections.abc import Iterator
from itertools import groupby

from dialogs.flows import asked, measures, places
from dialogs.free_text.wishes import wish
from dialogs.model import Button, Count, Message
from dialogs.phrases import heard_in
from dialogs.screens import (
    Screen,
    all_sources,
    cards_of,
    rows_of,
    small_number,
    sources_in_short,
    ways_on,
)
from dialogs.turn import Turn
from knowledge.employers import HiringGroup, HiringGroupId
from knowledge.measures import Measure, MeasureId, SourceId

LEXICON, VACANCY = "hiring", "vacancy"
ALL = "all"
"""In the name of a list: all measures, whomever the firm would hire."""
LISTED = 8
"""Measures listed at once, two lines each: more do not fit a phone's screen."""
FEW = 2
"""So few more are listed with the rest, rather than on a page of their own."""
STATUSES = ("in_force", "programme_dependent", "unclear")
"""What the law gives stands before what a programme may give."""

Entry = tuple[str, Measure]
"""A measure of a list, and the heading above it."""


# -- whom -----------------------------------------------------------------------------------------


def choices(turn: Turn) -> tuple[HiringGroup, ...]:
    """Return whom a firm may want to hire: those whom some measure helps to hire today."""
    today = turn.context.today
    return tuple(
        group
        for group in turn.knowledge.hiring_groups.values()
        if group.button and turn.knowledge.hired_with(today, group.id)
    )


def _show_whom(turn: Turn) -> Message:
    buttons = [
        Button(label=turn.words(group.button), action=f"hire:{group.id}")
        for group in choices(turn)
        if group.button
    ]
    buttons.append(turn.button("all-measures", f"hire:{ALL}"))
    return Message(
        text=turn.text("employer"), rows=(*rows_of(tuple(buttons), longest=20), *_ways(turn))
    )


def _ways(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    return (
        (turn.button("vacancy", "go:vacancy"),),
        ways_on(turn, "places", "librarian"),
        ways_on(turn, "back", "menu"),
    )


# -- a list ---------------------------------------------------------------------------------------


def open_list(turn: Turn, about: str) -> Turn:
    """Show what helps to hire these people, or a further page of it."""
    if not is_list(turn, about):
        return turn.say(turn.text("old-button"))
    return turn.effect(Count(metric=f"hire:{_group(about)}")).go("hire", about)


def is_list(turn: Turn, about: str) -> bool:
    """Whether there is such a list: of a choice there is today, or of all."""
    return _group(about) in (ALL, *(group.id for group in choices(turn)))


def _group(about: str) -> HiringGroupId:
    return about.partition(",")[0]


def _page(about: str) -> int:
    page = about.partition(",")[2]
    return small_number(page)


def entries(turn: Turn, group: HiringGroupId) -> tuple[Entry, ...]:
    """Return the measures of a list: those for these people, then those for anyone."""
    if group == ALL:
        return tuple(_under(turn, turn.text("hire-all"), None))
    every = [g for g in turn.knowledge.hiring_groups.values() if g.button is None]
    listed = [turn.knowledge.hiring_groups[group], *every]
    return tuple(entry for g in listed for entry in _under(turn, turn.words(g.title), g.id))


def _under(turn: Turn, heading: str, group: HiringGroupId | None) -> Iterator[Entry]:
    order = list(turn.knowledge.hiring_groups)

    def place(measure: Measure) -> tuple[int, int, float]:
        groups = measure.for_employer.groups if measure.for_employer else ()
        first = min((order.index(name) for name in groups), default=len(order))
        return STATUSES.index(measure.status), first, -measure.weight

    found = turn.knowledge.hired_with(turn.context.today, group)
    yield from ((heading, measure) for measure in sorted(found, key=place))


def _shown(turn: Turn) -> tuple[list[tuple[int, Entry]], int]:
    """Return the numbered measures of this page, and how many come after them."""
    numbered = list(enumerate(entries(turn, _group(turn.screen.about)), start=1))
    page = min(_page(turn.screen.about), max(len(numbered) - 1, 0) // LISTED)
    rest = numbered[page * LISTED :]
    shown = rest if len(rest) <= LISTED + FEW else rest[:LISTED]
    return shown, len(rest) - len(shown)


def _show_list(turn: Turn) -> Message:
    shown, left = _shown(turn)
    about = turn.screen.about
    parts = ["\n".join(_section(turn, h, list(under))) for h, under in groupby(shown, _heading)]
    if left:
        parts.append(turn.text("results-more", count=left))
    if any(measure.status == "unclear" for _, (_, measure) in shown):
        parts.append(turn.text("hire-unclear"))
    parts.append(turn.text("hire-foot"))
    further = f"hire:{_group(about)},{_page(about) + 1}"
    rows = (
        *cards_of((number, measure.id) for number, (_, measure) in shown),
        (turn.button("next-page", further),) if left else (),
        *_ways(turn),
    )
    return Message(text="\n\n".join(parts), rows=rows)


def _heading(numbered: tuple[int, Entry]) -> str:
    return numbered[1][0]


def _section(turn: Turn, heading: str, numbered: list[tuple[int, Entry]]) -> Iterator[str]:
    yield heading
    for number, (_, measure) in numbered:
        mark = " ❓" if measure.status == "unclear" else ""
        yield f"{number}. {turn.words(measure.title)}{mark}"
        if measure.for_employer:
            yield f"   → {turn.words(measure.for_employer.in_short)}"


# -- who finds people -----------------------------------------------------------------------------


def _show_vacancy(turn: Turn) -> Message:
    services = turn.knowledge.employer_services.values()
    settlement = places.settlement_of(turn)
    bureau = places.bureau_text(turn, settlement) if settlement else turn.text("vacancy-place")
    sources = sources_of_vacancy(turn)
    numbers = dict(_cards(turn))
    lines = [
        f"{_mark(numbers, service.measure)} {turn.words(service.title)}\n{turn.words(service.text)}"
        for service in services
    ]
    parts = [turn.text("vacancy"), *lines, bureau, "\n".join(sources_in_short(turn, sources))]
    place = () if settlement else (turn.button("say-place", "ask-place"),)
    return Message(
        text="\n\n".join(parts),
        rows=(
            *cards_of((number, name) for name, number in numbers.items()),
            place,
            all_sources(turn, sources),
            ways_on(turn, "places", "librarian"),
            ways_on(turn, "back", "menu"),
        ),
    )


def sources_of_vacancy(turn: Turn, _about: str = "") -> tuple[SourceId, ...]:
    """Return who says how a firm finds people."""
    services = turn.knowledge.employer_services.values()
    return tuple(dict.fromkeys(name for service in services for name in service.sources))


def _cards(turn: Turn) -> Iterator[tuple[MeasureId, int]]:
    """Yield each measure that tells more and runs today, with its number."""
    led = (service.measure for service in turn.knowledge.employer_services.values())
    running = (name for name in led if name and measures.running(turn, name))
    yield from ((name, number) for number, name in enumerate(running, start=1))


def _mark(numbers: dict[MeasureId, int], measure: MeasureId | None) -> str:
    number = numbers.get(measure or "")
    return f"{number}." if number else "•"


# -- what a firm says ---------------------------------------------------------------------------


def hear(turn: Turn, text: str) -> Turn | None:
    """Return the turn with what a firm asked for: a measure by name, people, a vacancy to post."""
    if turn.conversation.who != "employer" or wish(text, turn.language):
        return None
    for_firms = [measure.id for measure in turn.knowledge.hired_with(turn.context.today)]
    named = asked.hear(turn, text, among=for_firms)
    if named is not None and named.screen.name != "found":
        return named
    heard = heard_in(text, LEXICON)
    groups = [kind for kind in heard if is_list(turn, kind)]
    if groups:
        return open_list(turn, groups[0])
    return turn.go(VACANCY) if VACANCY in heard else named


def _hear_number(turn: Turn, text: str) -> Turn | None:
    """Open the card whose number was typed."""
    number = small_number(text)
    found = [measure.id for n, (_, measure) in _shown(turn)[0] if n == number]
    return measures.card(turn, found[0]) if found else None


SCREENS = {
    "employer": Screen(_show_whom),
    "hire": Screen(_show_list, _hear_number),
    "vacancy": Screen(_show_vacancy),
}
ACTIONS = {"hire": open_list}
