"""Who says a single field, where that is somebody else than who says the rest of the entry."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from knowledge.texts import Frozen, Words

COLUMN = "field_sources"
"""The column of every table in which they stand."""
BAR = " | "
ALLOWED = "a line for each field, as phone | 2026-11-25 | https://libvratsa.org/"
LONGEST = 300


def _one_line(text: str) -> str:
    if len(text) > LONGEST or not text.isprintable():
        raise ValueError(f"found {text[:40]!r}; allowed: one line of at most {LONGEST} characters")
    return text


class FieldSource(Frozen):
    """Who says what stands in one field, and the day on which it was checked."""

    field: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_0-9]*$")]
    checked_on: dt.date
    source: Annotated[Words, AfterValidator(_one_line)]
    """An address, or who said it and how, in words for people."""

    @property
    def who(self) -> str:
        """Who says it, as people are told: of an address whose page it is."""
        host = urlsplit(self.source).netloc if self.is_address else ""
        return host.removeprefix("www.") or self.source

    @property
    def is_address(self) -> bool:
        """Whether the source is a page."""
        return self.source.startswith(("https://", "http://"))


def _read(cell: Any) -> Any:
    """Return the lines of a cell as entries; what is no text is left as it is."""
    if not isinstance(cell, str):
        return cell
    return [_of_line(line) for line in cell.splitlines() if line.strip()]


def _of_line(line: str) -> dict[str, str]:
    parts = [part.strip() for part in line.split(BAR.strip(), 2)]
    if len(parts) != 3:
        raise ValueError(f"found {line!r}; allowed: {ALLOWED}; correct it")
    return dict(zip(("field", "checked_on", "source"), parts, strict=True))


def _once(said: tuple[FieldSource, ...]) -> tuple[FieldSource, ...]:
    fields = [one.field for one in said]
    twice = next((field for field in fields if fields.count(field) > 1), None)
    if twice:
        raise ValueError(f"found {twice!r} again; allowed: once; remove a line")
    return said


FieldSources = Annotated[tuple[FieldSource, ...], BeforeValidator(_read), AfterValidator(_once)]
"""At most one for each field; a text is read as the cell of a table."""


def source_of(said: Iterable[FieldSource], field: str) -> FieldSource | None:
    """Return who says this field, if it is said by itself."""
    return next((one for one in said if one.field == field), None)


def entries_in(cell: str) -> list[dict[str, str]]:
    """Return the entries of a cell; raises ValueError for a line that is none."""
    found: list[dict[str, str]] = _read(cell)
    return found


def cell_of(entries: Iterable[Mapping[str, Any] | FieldSource]) -> str:
    """Return the cell of a table that says so."""
    plain = (one.model_dump() if isinstance(one, FieldSource) else one for one in entries)
    return "\n".join(BAR.join((e["field"], str(e["checked_on"]), e["source"])) for e in plain)


def with_source(cell: str, said: FieldSource) -> str:
    """Return the cell in which this field is said so, and every other as before."""
    return cell_of([*_others(cell, (said.field,)), said])


def without(cell: str, fields: Sequence[str]) -> str:
    """Return the cell in which nobody says these fields by themselves any more."""
    return cell_of(_others(cell, fields))


def _others(cell: str, fields: Sequence[str]) -> list[dict[str, str]]:
    return [entry for entry in entries_in(cell) if entry["field"] not in fields]
