"""What typed words mean: numbers, dates, commands; by rules and lexicons only, never a guess."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta
from ruamel.yaml import YAML

from knowledge.facts import Span
from knowledge.texts import Language

LEXICONS = Path(__file__).parent / "lexicons"
LONGEST = 300
"""Longer texts are stories, not answers: characters."""
_EDGES = " \t\n.!?,;:„“\"'()…–-"


@dataclass(frozen=True)
class Lexicon:
    """The words of one language, by what they mean."""

    commands: Mapping[str, str]
    months: Mapping[str, int]
    days: Mapping[str, int]
    ago: str
    units: Mapping[str, str]
    count_words: Mapping[str, int]
    yes: frozenset[str]
    no: frozenset[str]
    dont_know: frozenset[str]
    decline: frozenset[str]
    fillers: frozenset[str]


@cache
def load_lexicon(language: Language) -> Lexicon:
    """Return the lexicon of that language."""
    with (LEXICONS / language / "words.yaml").open(encoding="utf-8") as file:
        raw: dict[str, Any] = YAML(typ="safe", pure=True).load(file)
    return Lexicon(
        commands={w: name for name, words in raw["commands"].items() for w in words},
        months={word: number for number, word in enumerate(raw["months"], start=1)},
        days=raw["days"],
        ago=raw["ago"],
        units=raw["units"],
        count_words=raw["count_words"],
        yes=frozenset(raw["yes"]),
        no=frozenset(raw["no"]),
        dont_know=frozenset(raw["dont_know"]),
        decline=frozenset(raw["decline"]),
        fillers=frozenset(raw["fillers"]),
    )


def folded(text: str) -> str:
    """Return the text as it is compared: lower case, single spaces, no punctuation at the edges."""
    edged = " ".join(text[:LONGEST].lower().split())
    return edged.strip(_EDGES) or edged


def number_in(text: str) -> int | None:
    """Return the one whole number that the text names, or None: „на 57 години“ is 57."""
    if len(text) > LONGEST:
        return None
    found = re.findall(r"(?<![\d.,-])\d{1,3}(?![\d]|[.,]\d)", text)
    return int(found[0]) if len(found) == 1 else None


def date_in(text: str, today: dt.date, lexicon: Lexicon) -> dt.date | Span | None:
    """Return the day that the text names, or the span of a bare month or year.

    „15.11.2026“, „15 ноември“, „вчера“, „преди 3 седмици“, „май 2026“, „2024“. A day without a
    year is the latest one not after `today`. None where nothing is understood.
    """
    words = _bare(text, lexicon)
    if words in lexicon.days:
        return today - dt.timedelta(days=lexicon.days[words])
    for reader in (_numeric, _written, _ago, _bare_year):
        found = reader(words, today, lexicon)
        if found is not None:
            return found
    return None


def _bare(text: str, lexicon: Lexicon) -> str:
    """Return the words without those that only join: „на“, „през“, „2026 г.“."""
    words = (re.sub(r"(?<=\d)[^\W\d]+\.?$", "", word) for word in folded(text).split())
    return " ".join(word for word in words if word.strip(_EDGES) not in lexicon.fillers)


def _numeric(words: str, today: dt.date, _lexicon: Lexicon) -> dt.date | Span | None:
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    full = re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})(?:[./ -](\d{4}|\d{2}))?", words)
    if full:
        day, month = int(full[1]), int(full[2])
        return _dated(day, month, full[3], today)
    month_year = re.fullmatch(r"(\d{1,2})[./ -](\d{4})", words)
    if month_year:
        return _month(int(month_year[2]), int(month_year[1]), today)
    return None


def _written(words: str, today: dt.date, lexicon: Lexicon) -> dt.date | Span | None:
    names = "|".join(lexicon.months)
    full = re.fullmatch(rf"(\d{{1,2}})(?:-?\w{{1,2}})?\s+({names})(?:\s+(\d{{4}}))?", words)
    if full:
        return _dated(int(full[1]), lexicon.months[full[2]], full[3], today)
    bare = re.fullmatch(rf"({names})(?:\s+(\d{{4}}))?", words)
    if bare is None:
        return None
    month = lexicon.months[bare[1]]
    year = int(bare[2]) if bare[2] else today.year - (month > today.month)
    return _month(year, month, today)


def _ago(words: str, today: dt.date, lexicon: Lexicon) -> dt.date | Span | None:
    units = "|".join(lexicon.units)
    counts = "|".join([r"\d{1,3}", *lexicon.count_words])
    before = rf"{lexicon.ago}\s+(?:({counts})\s+)?({units})"
    after = rf"(?:({counts})\s+)?({units})\s+{lexicon.ago}"
    found = re.fullmatch(before, words) or re.fullmatch(after, words)
    if found is None:
        return None
    said = found[1] or "1"
    count = int(said) if said.isdigit() else lexicon.count_words[said]
    unit = lexicon.units[found[2]]
    if count == 0 or (unit == "years" and count > 99):
        return None
    if unit == "days":
        return today - dt.timedelta(days=count)
    # „преди 3 месеца“ is about then: half a unit to either side.
    middle = today - relativedelta(**{unit: count})  # type: ignore[arg-type]
    slack = {"weeks": 3, "months": 15, "years": 182}[unit]
    low, high = middle - dt.timedelta(days=slack), middle + dt.timedelta(days=slack)
    return Span(low=low, high=min(high, today))


def _bare_year(words: str, today: dt.date, _lexicon: Lexicon) -> Span | None:
    found = re.fullmatch(r"((?:19|20)\d{2})", words)
    if found is None or int(found[1]) > today.year:
        return None
    year = int(found[1])
    return Span(low=dt.date(year, 1, 1), high=min(dt.date(year, 12, 31), today))


def _dated(day: int, month: int, year: str | None, today: dt.date) -> dt.date | None:
    if year is not None:
        return _day(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    this_year = _day(today.year, month, day)
    if this_year is not None and this_year <= today:
        return this_year
    return _day(today.year - 1, month, day)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(year: int, month: int, today: dt.date) -> Span | None:
    first = _day(year, month, 1)
    if first is None or first > today:
        return None
    last = first + relativedelta(months=1, days=-1)
    return Span(low=first, high=min(last, today))
