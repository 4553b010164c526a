"""Measures that have ended: what they were, since when they are gone, what takes their place."""

from typing import Literal

from pydantic import Field
from rapidfuzz import fuzz

from knowledge.measures import MeasureId, SourceId
from knowledge.texts import Frozen, Text, Words
from knowledge.typed_names import key_of

ALIKE = 88.0
"""How alike a typed name must be to one of ours, 0 to 100, to be the same name."""
SHORTEST = 5
"""Letters of a name that may be found inside a longer sentence."""


class Ended(Frozen):
    """A measure that is no longer offered; a contract signed before may still run."""

    id: MeasureId
    title: Text
    names: tuple[str, ...] = Field(min_length=1)
    """What people call it: „Отново на работа“, „чл. 55а“."""
    era: Literal["repealed", "2012"]
    was: Text
    ended: Words | None
    """The day, month or year of its end as the source gives it; None where none was found."""
    note: Text | None = None
    replaced_by: tuple[MeasureId, ...] = ()
    legal_basis: Text | None = None
    sources: tuple[SourceId, ...] = Field(min_length=1)


class Archive:
    """All the ended measures, found by what people call them."""

    def __init__(self, entries: tuple[Ended, ...]) -> None:
        self.entries = entries
        self._names = [(key_of(name), entry) for entry in entries for name in entry.names]

    def __getitem__(self, entry: MeasureId) -> Ended:
        return next(ended for ended in self.entries if ended.id == entry)

    def __contains__(self, entry: object) -> bool:
        return any(ended.id == entry for ended in self.entries)

    def named(self, text: str) -> tuple[Ended, ...]:
        """Return the ended measures that the text may name, best first; none is guessed."""
        key = key_of(text)
        alike: dict[MeasureId, float] = {}
        for name, entry in self._names:
            inside = len(name) >= SHORTEST and _stands_in(name, key)
            score = 100.0 if inside else fuzz.ratio(name, key)
            if score >= ALIKE:
                alike[entry.id] = max(score, alike.get(entry.id, 0.0))
        best = sorted(alike, key=lambda entry: -alike[entry])
        return tuple(self[entry] for entry in best)


def _stands_in(name: str, key: str) -> bool:
    """Tell whether the name stands there whole: „чл. 5“ is not in „чл. 55а“."""
    at = key.find(name)
    if at < 0:
        return False
    after = key[at + len(name) : at + len(name) + 1]
    return not (name[-1].isdigit() and (after.isdigit() or after.isalpha()))
