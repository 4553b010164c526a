"""A day still to come, as people type it: „утре“, „в петък“, „25.11“, „3 декември 2026“."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from dialogs.understanding import LEXICONS, date_in, folded, load_lexicon, read_lexicon
from knowledge.texts import Language

A_YEAR = dt.timedelta(days=364)


@dataclass(frozen=True)
class _Words:
    days: dict[str, int]
    """Words for a day by how many days ahead it is."""
    before: frozenset[str]
    """Words before a day of the week that change nothing: „следващия“."""


@cache
def _load(language: Language) -> _Words:
    raw = read_lexicon(LEXICONS / language / "days_ahead.yaml")
    return _Words(raw["days"], frozenset(raw["before"]))


def day_ahead_in(text: str, today: dt.date, language: Language) -> dt.date | None:
    """Return the day, today or within a year, that the text names; None where it names none."""
    lexicon, words = load_lexicon(language), _load(language)
    said = folded(text)
    if said in words.days:
        return today + dt.timedelta(days=words.days[said])
    bare = [w for w in said.split() if w not in lexicon.fillers | words.before]
    if len(bare) == 1 and bare[0] in lexicon.weekdays:
        ahead = (lexicon.weekdays[bare[0]] - today.weekday() - 1) % 7 + 1
        return today + dt.timedelta(days=ahead)
    if lexicon.ago in bare or not any(letter.isdecimal() for letter in said):
        return None
    # Without a year it is the latest such day not after this one: the next one from today on.
    found = date_in(text, today + A_YEAR, lexicon)
    if not isinstance(found, dt.date) or not today <= found <= today + A_YEAR:
        return None
    return found
