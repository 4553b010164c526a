"""What a screen is: how it looks, and what it makes of typed words, a location, a press."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dialogs.model import Button, Message
from dialogs.turn import Turn
from knowledge.measures import MeasureId, SourceId

Show = Callable[[Turn], Message]
Hear = Callable[[Turn, str], Turn | None]
Act = Callable[[Turn, str], Turn]
WHOLE = 3
"""So many sources stand whole below a text; of more, two do, and the rest by who says so."""


@dataclass(frozen=True)
class Screen:
    """A screen by its parts; `hear` returns None for words it does not understand."""

    show: Show
    hear: Hear | None = None


def rows_of(
    buttons: tuple[Button, ...], width: int = 2, longest: int = 16
) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons in rows: short ones side by side, a long one on a row of its own."""
    rows: list[list[Button]] = []
    for button in buttons:
        room = rows and len(rows[-1]) < width
        short = len(button.label) <= longest
        if room and short and all(len(b.label) <= longest for b in rows[-1]):
            rows[-1].append(button)
        else:
            rows.append([button])
    return tuple(map(tuple, rows))


def small_number(text: str) -> int:
    """Return the number of at most two digits that the text is, or 0: a choice, or a page."""
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) < 3 else 0


def written_day(day: str) -> str:
    """Return an ISO day or month as people write it: „17.08.2026“, „08.2026“; else the same."""
    parts = day.strip("~").split("-")
    numbers = len(parts) in (2, 3) and all(part.isdecimal() for part in parts)
    about = "≈ " if "~" in day else ""
    words = ".".join(reversed(parts)) if numbers else day.strip("~")
    return about + words


def source_lines(turn: Turn, sources: Iterable[SourceId]) -> list[str]:
    """Return who says so and when it was read, a line each; what is overdue says so."""
    lines = []
    for name in sources:
        source = turn.knowledge.sources[name]
        late = "source-overdue" if source.overdue(turn.context.today) else "source"
        title, checked = turn.words(source.title), f"{source.verified_on:%d.%m.%Y}"
        lines.append(turn.text(late, title=title, url=source.address, checked=checked))
    return lines


def sources_in_short(turn: Turn, sources: Iterable[SourceId]) -> list[str]:
    """Return the first sources whole, and the rest in a line: who says so, read on which day."""
    names = tuple(sources)
    if len(names) <= WHOLE:
        return source_lines(turn, names)
    return [*source_lines(turn, names[: WHOLE - 1]), *_further_sources(turn, names[WHOLE - 1 :])]


def _further_sources(turn: Turn, names: Iterable[SourceId]) -> Iterator[str]:
    read: dict[tuple[dt.date, bool], list[str]] = {}
    for source in (turn.knowledge.sources[name] for name in names):
        late = source.overdue(turn.context.today)
        read.setdefault((source.verified_on, late), []).append(source.host)
    for (day, late), hosts in sorted(read.items(), reverse=True):
        named, checked = ", ".join(dict.fromkeys(hosts)), f"{day:%d.%m.%Y}"
        kind = "yes" if late else "no"
        yield turn.text("sources-further", hosts=named, checked=checked, late=kind)


def all_sources(turn: Turn, sources: Iterable[SourceId]) -> tuple[Button, ...]:
    """Return a row that leads to every source whole, where they stand in short."""
    return (turn.button("sources", "go:sources"),) if len(tuple(sources)) > WHOLE else ()


def ways_from_a_question(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    """Return the rows that stand under every question."""
    return ways_on(turn, "back", "why"), ways_on(turn, "results", "librarian", "menu")


def cards_of(measures: Iterable[tuple[int, MeasureId]]) -> tuple[tuple[Button, ...], ...]:
    """Return rows of numbers, each of which opens the card of its measure."""
    buttons = (Button(label=str(number), action=f"card:{name}") for number, name in measures)
    return rows_of(tuple(buttons), width=6)


def ways_on(turn: Turn, *names: str) -> tuple[Button, ...]:
    """Return a row of buttons that stand on many screens, by name."""
    actions = {
        "back": "back",
        "menu": "go:menu",
        "results": "go:results",
        "places": "go:places",
        "librarian": "go:librarian",
        "interview": "ask",
        "why": "go:why",
        "deadline": "go:deadline",
        "plan": "go:plan",
    }
    return tuple(turn.button(name, actions[name]) for name in names)
