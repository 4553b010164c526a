"""Measures that have ended, named by somebody who remembers them: since when, and what instead."""

from dialogs.free_text.wishes import plainly
from dialogs.model import Message
from dialogs.screens import Screen, cards_of, source_lines, ways_on, written_day
from dialogs.turn import Turn
from knowledge.archive import Ended

MOST = 3
"""Ended measures shown at once: one name may have stood for several."""


def hear(turn: Turn, text: str) -> Turn | None:
    """Return the turn with what the text names of what has ended, or None."""
    archive = turn.knowledge.archive
    found = (archive.named(text) or archive.named(plainly(text, turn.language)))[:MOST]
    return turn.go("ended", ",".join(ended.id for ended in found)) if found else None


def known(turn: Turn, about: str) -> tuple[Ended, ...]:
    """Return the entries a screen is about, without those that have left the data."""
    archive = turn.knowledge.archive
    return tuple(archive[entry] for entry in about.split(",") if entry in archive)


def _show(turn: Turn) -> Message:
    entries = known(turn, turn.screen.about)
    instead = dict.fromkeys(name for entry in entries for name in entry.replaced_by)
    now = [name for name in instead if turn.knowledge.measures[name].runs(turn.context.today)]
    parts = [_one(turn, entry) for entry in entries]
    if now:
        titles = (turn.words(turn.knowledge.measures[name].title) for name in now)
        lines = [f"{number}. {title}" for number, title in enumerate(titles, start=1)]
        parts.append("\n".join([turn.text("ended-instead"), *lines]))
    else:
        parts.append(turn.text("ended-nothing-instead"))
    sources = dict.fromkeys(name for entry in entries for name in entry.sources)
    parts.append("\n".join(source_lines(turn, sources)))
    rows = (ways_on(turn, "results", "librarian"), ways_on(turn, "back", "menu"))
    return Message(text="\n\n".join(parts), rows=(*cards_of(enumerate(now, start=1)), *rows))


def _one(turn: Turn, entry: Ended) -> str:
    day = written_day(entry.ended) if entry.ended else ""
    since = turn.text("ended-since", day=day) if day else turn.text("ended-day-unknown")
    lines = [turn.in_capitals(entry.title), since, turn.words(entry.was)]
    if entry.note:
        lines.append(turn.words(entry.note))
    return "\n".join(lines)


SCREENS = {"ended": Screen(_show)}
