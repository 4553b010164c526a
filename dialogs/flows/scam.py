"""An offer that asks for money: three signs of a false one, where to check it, whom to tell."""

from typing import get_args

from dialogs.model import Message
from dialogs.phrases import heard_in
from dialogs.screens import Screen, all_sources, sources_in_short, ways_on
from dialogs.turn import Turn
from knowledge.job_scams import ScamPart
from knowledge.measures import SourceId

LEXICON, INTENT = "intents", "scam"
PARTS: tuple[ScamPart, ...] = get_args(ScamPart)


def hear(turn: Turn, text: str) -> Turn | None:
    """Return the turn with the signs of a false offer where the text tells of one, or None."""
    return turn.go("scam") if INTENT in heard_in(text, LEXICON) else None


def _show(turn: Turn) -> Message:
    advice = turn.knowledge.job_scams.values()
    parts = [turn.text("scam-title")]
    for part in PARTS:
        lines = [f"• {turn.words(one.text)}" for one in advice if one.part == part]
        parts.append("\n".join([turn.text(f"scam-{part}"), *lines]))
    sources = sources_of(turn)
    parts.append("\n".join(sources_in_short(turn, sources)))
    rows = (
        all_sources(turn, sources),
        ways_on(turn, "librarian", "places"),
        ways_on(turn, "back", "menu"),
    )
    return Message(text="\n\n".join(parts), rows=rows)


def sources_of(turn: Turn, _about: str = "") -> tuple[SourceId, ...]:
    """Return who says it."""
    advice = turn.knowledge.job_scams.values()
    return tuple(dict.fromkeys(name for one in advice for name in one.sources))


SCREENS = {"scam": Screen(_show)}
