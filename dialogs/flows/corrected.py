"""Single facts that somebody corrected, each told with who says it and the day it was checked."""

from dialogs.turn import Turn
from knowledge.measures import Measure
from knowledge.places import Place


def line(turn: Turn, place: Place, column: str, said: str) -> str:
    """Return the line of a contact, with its own source where it has one."""
    own = place.source_of(column)
    if own is None:
        return said
    checked = f"{own.checked_on:%d.%m.%Y}"
    return turn.text("corrected-contact", line=said, source=own.who, checked=checked)


def lines(turn: Turn, measure: Measure) -> list[str]:
    """Return who says the corrected parts of a measure, a line for each source and day."""
    said: dict[tuple[str, str], list[str]] = {}
    for own in measure.field_sources:
        key = (own.who, f"{own.checked_on:%d.%m.%Y}")
        said.setdefault(key, []).append(turn.text("corrected-part", part=own.field))
    return [
        turn.text("corrected-measure", parts=", ".join(parts), source=source, checked=checked)
        for (source, checked), parts in said.items()
    ]
