"""What a screen is: how it looks, and what it makes of typed words, a location, a press."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dialogs.model import Button, Message
from dialogs.turn import Turn
from knowledge.measures import MeasureId, SourceId

Show = Callable[[Turn], Message]
Hear = Callable[[Turn, str], Turn | None]
Act = Callable[[Turn, str], Turn]


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
