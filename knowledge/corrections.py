"""A correction: one field of a place or a measure, its new value, who says so and on which day.

It is a cell of the spreadsheets: what a cell may hold is decided where they are imported.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from knowledge.base import KnowledgeBase
from knowledge.field_sources import BAR, COLUMN, LONGEST, FieldSource, source_of
from knowledge.measure_sheets import IDS, LISTS, TEXTS
from knowledge.measures import Measure
from knowledge.opening_hours import HoursError, OpeningHours
from knowledge.places import Place
from knowledge.sheets import iso_day
from knowledge.texts import Text

Kind = Literal["libraries", "bureaus", "measures"]
KINDS: tuple[Kind, ...] = get_args(Kind)
REMARK = "remark"
"""No field: what an editor should look at, for example a condition."""
POINT = "point"
"""Latitude and longitude, told together."""
MAP = "https://www.openstreetmap.org/copyright"
CONTACTS = ("address_1", "postal_code", "phone", "email", "opening_hours", "opening_hours_note")
"""What the contact's own source is of."""
OF_PLACES = (
    *("name", "address_1", "postal_code", "phone", "email", "url", "opening_hours"),
    *("opening_hours_note", "services", POINT),
)
FIELDS: Mapping[Kind, tuple[str, ...]] = {
    "libraries": (*OF_PLACES, "library_confirmed"),
    "bureaus": OF_PLACES,
    "measures": (
        *("title", "summary", "gives", "steps", "documents", "legal_basis", "status", "as_of"),
        *("valid_from", "valid_to", "amounts", "sources"),
    ),
}
"""What can be corrected, in the order in which it is shown. A condition is changed in the data."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "library_confirmed": ("yes", "likely", "unknown"),
    "status": ("in_force", "programme_dependent", "unclear"),
}
NEEDED = frozenset(
    ("name", POINT, "library_confirmed", *TEXTS, "steps", "status", "as_of", "sources", REMARK)
)
"""What cannot be empty."""
DAYS = ("valid_from", "valid_to")
IN_TWO_LANGUAGES = frozenset((*TEXTS, *LISTS))
OLDEST = dt.timedelta(days=365)
LONGEST_VALUE, LONGEST_NOTE = 2000, 500
SHORTEST_SOURCE = 4


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody says that a field should be."""

    kind: Kind
    row: str
    field: str
    value: str
    """As the cell of a table; empty where there is no such thing any more."""
    source: str
    checked_on: dt.date | None
    english: str = ""
    """Of a text of a measure; where it is empty the Bulgarian one stands there too."""
    note: str = ""
    """For who decides, never shown to people."""

    @property
    def is_remark(self) -> bool:
        """Whether it changes nothing by itself."""
        return self.field == REMARK

    @property
    def wanted(self) -> tuple[str, str]:
        """What should stand there, in Bulgarian and in English."""
        two = self.field in IN_TWO_LANGUAGES
        return self.value, (self.english or self.value) if two else ""

    @property
    def said(self) -> FieldSource:
        """Who says so; raises ValidationError where that is not written as it must be."""
        return FieldSource.model_validate(
            {"field": self.field, "checked_on": self.checked_on, "source": self.source}
        )

    def cells(self) -> dict[str, str]:
        """Return the cells of the table that it changes, by column."""
        bulgarian, english = self.wanted
        if self.field == POINT:
            latitude, _, longitude = bulgarian.partition(", ")
            return {"latitude": latitude, "longitude": longitude, "coordinate_kind": "own"}
        if self.field in IN_TWO_LANGUAGES:
            return {f"{self.field}_bg": bulgarian, f"{self.field}_en": english}
        return {self.field: bulgarian}


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in a field now, and who says so."""

    value: str
    english: str
    sources: tuple[str, ...]
    """Addresses, or who says it, in words."""
    checked_on: dt.date
    by_itself: bool
    """Whether somebody said just this field."""


Fault = tuple[str, Mapping[str, str | int]]
"""What is wrong with a correction: the name of the words for it, and what stands in them."""


def columns_of(fields: Iterable[str]) -> tuple[str, ...]:
    """Return the columns in which corrections of these fields stand, who says so the last."""
    names = [c for field in fields for c in Correction("measures", "", field, "", "", None).cells()]
    return tuple(dict.fromkeys((*names, COLUMN)))


# -- what stands there now -----------------------------------------------------------------------


def entry(base: KnowledgeBase, kind: Kind, row: str) -> Place | Measure | None:
    """Return the place or the measure with that id."""
    match kind:
        case "libraries":
            return base.directory.library(row)
        case "bureaus":
            return base.directory.bureau(row)
        case "measures":
            return base.measures.get(row)


def shown(base: KnowledgeBase, kind: Kind, row: str, field: str) -> Shown | None:
    """Return what the field says now, with its own source and day; None where there is no such."""
    found = entry(base, kind, row)
    if found is None or field not in FIELDS[kind]:
        return None
    value, english = _value(found, field)
    own = source_of(found.field_sources, field)
    if own:
        return Shown(value, english, (own.source,), own.checked_on, by_itself=True)
    if isinstance(found, Measure):
        sources = [base.sources[name] for name in found.sources]
        days = max(source.verified_on for source in sources)
        return Shown(value, english, tuple(s.address for s in sources), days, by_itself=False)
    day = found.assured_date or base.directory.verified_on
    return Shown(value, english, _who_says(found, field), day, by_itself=False)


def _who_says(place: Place, field: str) -> tuple[str, ...]:
    """Return who says a field of the row, as the README of the tables has it."""
    if field == POINT:
        return (MAP,)
    if field in CONTACTS and place.contact_source:
        return (place.contact_source,)
    return place.source_url


def _value(found: Place | Measure, field: str) -> tuple[str, str]:
    if isinstance(found, Place) and field == POINT:
        return f"{found.latitude}, {found.longitude}", ""
    value = getattr(found, "hours" if field == "opening_hours" else field)
    if isinstance(value, Text):
        return value.bg, value.en
    if field in LISTS:
        return "\n".join(text.bg for text in value), "\n".join(text.en for text in value)
    if field in IDS:
        return ", ".join(value), ""
    return ("" if value is None else str(value)), ""


# -- what is wrong with it -----------------------------------------------------------------------


def tidied(correction: Correction) -> Correction:
    """Return the correction as a cell is written: spaces, days, hours and points in one way."""
    lists = correction.field in LISTS or correction.is_remark
    clean = _lines if lists else _words
    value = clean(correction.value)
    if correction.field in DAYS:
        value = iso_day(value)
    if correction.field == POINT:
        value = _point(value)
    if correction.field == "opening_hours":
        value = _hours(value)
    return replace(
        correction,
        value=value,
        english=clean(correction.english) if correction.field in IN_TWO_LANGUAGES else "",
        source=_words(correction.source),
        note=_lines(correction.note),
    )


def _words(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> str:
    return "\n".join(filter(None, (_words(line) for line in text.splitlines())))


def _point(text: str) -> str:
    """Return „43.21, 23.55“, where two numbers are written in whatever way."""
    numbers = re.findall(r"\d+(?:[.,]\d+)?", text)
    return ", ".join(number.replace(",", ".") for number in numbers) if len(numbers) == 2 else text


def _hours(text: str) -> str:
    try:
        return str(OpeningHours.parse(text)) if text else ""
    except HoursError:
        return text  # whoever loads it says why


def faults(correction: Correction, base: KnowledgeBase, today: dt.date) -> tuple[Fault, ...]:
    """Return all that is wrong with a (tidied) correction and can be told without the files."""
    return tuple(_faults(correction, base, today))


def _faults(correction: Correction, base: KnowledgeBase, today: dt.date) -> Iterator[Fault]:
    fields = (*FIELDS.get(correction.kind, ()), REMARK)
    if correction.field not in fields or entry(base, correction.kind, correction.row) is None:
        yield "correction-no-such", {}
        return
    yield from _faulty_value(correction, base)
    yield from _faulty_source(correction, today)
    if len(correction.note) > LONGEST_NOTE:
        yield "correction-note-long", {"most": LONGEST_NOTE}


def _faulty_value(correction: Correction, base: KnowledgeBase) -> Iterator[Fault]:
    value, field = correction.value, correction.field
    if not value and field in NEEDED:
        yield "correction-value-missing", {}
    elif max(len(value), len(correction.english)) > LONGEST_VALUE:
        yield "correction-value-long", {"most": LONGEST_VALUE}
    elif value and field in CHOICES and value not in CHOICES[field]:
        yield "correction-no-such", {}
    elif field == POINT and not re.fullmatch(r"\d+(\.\d+)?, \d+(\.\d+)?", value):
        yield "correction-bad-point", {}
    now = shown(base, correction.kind, correction.row, field)
    if now and correction.checked_on and _confirms_nothing(correction, now):
        yield "correction-same", {}


def _confirms_nothing(correction: Correction, now: Shown) -> bool:
    """Whether the same value stands there, checked on that day or later already."""
    same = correction.wanted == (now.value, now.english)
    return same and correction.checked_on is not None and correction.checked_on <= now.checked_on


def _faulty_source(correction: Correction, today: dt.date) -> Iterator[Fault]:
    source, day = correction.source, correction.checked_on
    if len(source) < SHORTEST_SOURCE or not re.search(r"[^\W\d_]{2}", source):
        yield "correction-source-missing", {}
    elif source.startswith(("http:", "https:")) and not re.fullmatch(
        r"https?://[^\s./]+(\.[^\s./]+)+(/\S*)?", source
    ):
        yield "correction-source-address", {}
    elif len(source) > LONGEST or not source.isprintable() or BAR in source:
        yield "correction-source-long", {"most": LONGEST}
    if day is None:
        yield "correction-day-missing", {"today": f"{today:%d.%m.%Y}"}
    elif day > today:
        yield "correction-day-future", {}
    elif day < today - OLDEST:
        yield "correction-day-old", {}


# -- whether it still holds ----------------------------------------------------------------------


def overtaken(correction: Correction, against: dt.date, shipped: KnowledgeBase) -> bool:
    """Return whether the files, without any correction, no longer need an accepted one.

    They say the same, they have no such entry any more, or they were checked anew: after the
    correction, and after the day `against` as of which they were corrected.
    """
    now = shown(shipped, correction.kind, correction.row, correction.field)
    if now is None or correction.checked_on is None:
        return True
    same = correction.wanted == (now.value, now.english)
    return same or now.checked_on > max(correction.checked_on, against)
