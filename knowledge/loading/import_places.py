"""The directory as spreadsheets: exported, and replaced or extended from what an operator sends."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import Complaint, DataError
from knowledge.field_sources import COLUMN, without
from knowledge.gazetteer import FULL_SCORE, Found, Gazetteer, Match, Settlement
from knowledge.loading.columns import Columns
from knowledge.loading.place_ids import id_of, with_ids
from knowledge.loading.places import TABLES, Row, Table, complain, models_of
from knowledge.loading.trying import Changes
from knowledge.sheets import Sheet, SheetRow, iso_day, written

Cells = Mapping[str, str]

AREA_COLUMNS = ("municipality", "municipality_code", "state_province")
TOLD_BY_SETTLEMENT = ("ekatte", *AREA_COLUMNS, "latitude", "longitude", "coordinate_kind")
CONTACTS = ("address_1", "phone", "email", "opening_hours")
DATES = ("source_date", "assured_date")
NUMBERS = ("latitude", "longitude")


@dataclass(frozen=True, slots=True)
class Edit:
    """What becomes of one row: added, changed or removed."""

    key: str
    before: Cells | None
    after: Cells | None

    def lines(self) -> Iterator[str]:
        """Yield the edit in words, a line for each cell of a changed row."""
        if self.after is None:
            yield f"- {self.key}"
        elif self.before is None:
            told = "; ".join(f"{name}: {cell}" for name, cell in self.after.items() if cell)
            yield f"+ {told}"
        else:
            for name, cell in self.after.items():
                if cell != self.before.get(name, ""):
                    was = self.before.get(name) or "(empty)"
                    yield f"~ {self.key}: {name}: {was} → {cell or '(empty)'}"


@dataclass(frozen=True, slots=True)
class PlannedPlaces:
    """What an import would do to one table."""

    table: Table
    edits: tuple[Edit, ...]
    left_out: tuple[str, ...]
    """The keys of rows that the sheet does not name and that stay."""
    text: bytes

    @property
    def changes(self) -> Changes:
        """The changed file, by its path in the folder of data."""
        return {Path("places") / f"{self.table.name}.csv": self.text} if self.edits else {}


@dataclass(frozen=True, slots=True)
class PlaceSheets:
    """The tables of the directory in a folder of data, as spreadsheets."""

    folder: Path
    gazetteer: Gazetteer
    columns: Columns

    def export(self, table: Table) -> bytes:
        """Return a table as a spreadsheet program opens it."""
        names, rows = self._read(table)
        return written(names, self.columns.labels, rows)

    def table_of(self, sheet: Sheet, wanted: str | None) -> Table:
        """Return the table that the sheet is of: the one asked for, or the only one it fits.

        Raises DataError where it fits several or none.
        """
        columns = set(sheet.columns)
        fitting = [
            table
            for table in TABLES.values()
            if (table.key in columns or (table.key == "id" and table.name == wanted))
            and columns <= set(self._read(table)[0])
        ]
        named = [table for table in fitting if table.name == (wanted or sheet.file.stem)]
        if named or (len(fitting) == 1 and wanted is None):
            return (named or fitting)[0]
        found = ", ".join(table.name for table in fitting) or "no table"
        text = f"columns: found those of {found}; allowed: those of {wanted or 'one table'}"
        fix = "mend the columns" if wanted else "say which with --table"
        raise DataError(Complaint(sheet.file, 1, f"{text}; {fix}"))

    def plan(self, sheet: Sheet, table: Table, *, replace: bool) -> PlannedPlaces:
        """Return what the sheet would change; with `replace`, rows it does not name are removed.

        A column that the sheet lacks stays as it is; an empty cell empties one. Raises DataError
        that names every fault by row and column.
        """
        names, rows = self._read(table)
        before = {row[table.key]: row for row in rows}
        if table.key == "id":
            sheet = with_ids(sheet, table.name, before, self.gazetteer)
        after = _Reader(sheet, table, self.gazetteer, self.columns).rows(before)
        kept = {} if replace else {key: row for key, row in before.items() if key not in after}
        new = {**kept, **after}
        ordered = [
            *(key for key in before if key in new),
            *(key for key in after if key not in before),
        ]
        edits = tuple(
            Edit(key, before.get(key), new.get(key))
            for key in dict.fromkeys([*before, *after])
            if before.get(key) != new.get(key)
        )
        return PlannedPlaces(table, edits, tuple(kept), _text(names, [new[key] for key in ordered]))

    def _read(self, table: Table) -> tuple[tuple[str, ...], list[dict[str, str]]]:
        return _read(table, self.folder)


def place_columns(folder: Path) -> tuple[str, ...]:
    """Return the columns of all the tables of the directory, each once."""
    tables = (_read(table, folder)[0] for table in TABLES.values())
    return tuple(dict.fromkeys(name for names in tables for name in names))


def _read(table: Table, folder: Path) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """Return the columns and the rows of one of our own tables, empty cells included.

    A table of places in which no field is said by itself need not have the column for it.
    """
    with table.file(folder / "places").open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        rows = list(reader)
    names = tuple(reader.fieldnames or ())
    if table.key != "id" or COLUMN in names:
        return names, rows
    return (*names, COLUMN), [{**row, COLUMN: ""} for row in rows]


def _text(names: Sequence[str], rows: Sequence[Cells]) -> bytes:
    if not any(row.get(COLUMN) for row in rows):
        names = [name for name in names if name != COLUMN]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return text.getvalue().encode()


class _Reader:
    """Makes rows of our table from those of a sheet; what a settlement tells is filled in."""

    def __init__(self, sheet: Sheet, table: Table, gazetteer: Gazetteer, columns: Columns) -> None:
        self._sheet = sheet
        self._table = table
        self._gazetteer = gazetteer
        self._columns = columns
        self._faults: list[Complaint] = []

    def rows(self, before: Mapping[str, Cells]) -> dict[str, dict[str, str]]:
        """Return the rows as they would be, by key; raises DataError that names every fault."""
        found: dict[str, dict[str, str]] = {}
        origins: list[Row] = []
        for row in self._sheet.rows:
            key = row.cells.get(self._table.key, "")
            earlier = before.get(key, {})
            cells = {
                name: self._sheet.as_before(_as_typed(name, cell), earlier.get(name, ""))
                for name, cell in row.cells.items()
            }
            if not key:
                self._fault(
                    row, self._table.key, f"found nothing; allowed: {self._key_like(cells)}"
                )
                continue
            if key in found:
                self._fault(row, self._table.key, f"found {key!r} again; allowed: once; remove one")
                continue
            whole = {**earlier, **cells, **_provenance(earlier, cells)}
            if self._table.key == "id":
                whole = self._located(row, whole, before.get(key))
            found[key] = whole
            filled = {name: cell for name, cell in whole.items() if cell}
            origins.append(Row(self._sheet.file, row.number, filled))
        try:
            models_of(self._table.model, origins, self._table.values_of)
        except DataError as error:
            # What a settlement would have told is not missed again in each of its columns.
            unplaced = {fault.line for fault in self._faults}
            self._faults.extend(
                fault
                for fault in error.complaints
                if fault.line not in unplaced or not fault.text.startswith(TOLD_BY_SETTLEMENT)
            )
        complain(sorted(self._faults, key=lambda fault: fault.line))
        return found

    def _fault(self, row: SheetRow, column: str, text: str) -> None:
        self._faults.append(self._sheet.complaint(row, column, text))

    def _key_like(self, cells: Cells) -> str:
        """Return what the key may be, with one that would do."""
        if self._table.key != "id":
            return "the code of a municipality, for example 'VRC10'"
        likely = self._gazetteer.match(cells.get("city", "")).matches[:1]
        name = id_of(self._table.name, likely[0].settlement) if likely else "dbt-lom"
        return f"small Latin letters, digits and hyphens; write for example {name!r}"

    def _located(self, row: SheetRow, cells: Cells, before: Cells | None) -> dict[str, str]:
        """Return the row with what its settlement tells: areas, and a point where none is given."""
        same = before and not _differ(cells, before, ("ekatte", "city"))
        if same and all(cells.get(name) for name in (*AREA_COLUMNS, *NUMBERS)):
            return dict(cells)
        settlement = self._settlement(row, cells, before)
        if settlement is None:
            return dict(cells)
        # The point of the settlement left behind is no point of the row, though it stands there.
        moved = (
            before is not None
            and settlement.ekatte != before["ekatte"]
            and not _differ(cells, before, NUMBERS)
        )
        told = {
            "ekatte": settlement.ekatte,
            "city": f"{self._columns.kinds[settlement.kind]} {settlement.name}",
            "municipality": settlement.municipality,
            "municipality_code": settlement.municipality_code,
            "state_province": settlement.province,
        }
        if moved or not (cells.get("latitude") and cells.get("longitude")):
            told |= {
                "latitude": str(settlement.latitude),
                "longitude": str(settlement.longitude),
                "coordinate_kind": "settlement_centre",
            }
        return {**cells, **told}

    def _settlement(self, row: SheetRow, cells: Cells, before: Cells | None) -> Settlement | None:
        """Return the settlement of the code, or of a name that means only one.

        Of a row that is there already, what was changed tells: a new name beside the old code and
        the old areas is meant.
        """
        code, city = cells.get("ekatte", ""), cells.get("city", "")
        left = before if before and city and _differ(cells, before, ("city",)) else {}
        if code and code != left.get("ekatte") and ("ekatte" in row.cells or not city):
            found = self._gazetteer.by_ekatte(code)
            if found is None:
                self._fault(row, "ekatte", f"found {code!r}; allowed: a code of settlements.csv")
            return found
        areas = ((cells.get(name), left.get(name)) for name in ("municipality", "state_province"))
        named = [area for area, old in areas if area and area != old]
        match = self._gazetteer.match(", ".join([city, *named]))
        # A name that is only written otherwise leaves the row where it is.
        same = (m.settlement for m in match.matches if m.score == FULL_SCORE and _is(m, left))
        found = match.only or next(same, None)
        if found is None:
            self._fault(row, "city", _unclear(city, match))
        return found


def _is(match: Match, row: Cells) -> bool:
    return match.settlement.ekatte == row.get("ekatte")


def _unclear(city: str, found: Found) -> str:
    """Return the words for a name that means several settlements or none."""
    options = ", ".join(
        f"{m.settlement.ekatte} "
        f"({m.settlement.name}, {m.settlement.municipality}, {m.settlement.province})"
        for m in found.matches[:5]
    )
    text = f"found {city!r}; allowed: the name of one settlement; write its ekatte"
    return f"{text}: {options}" if options else text


def _provenance(before: Cells, cells: Cells) -> dict[str, str]:
    """Return what no longer holds of where the contacts came from, once they are others."""
    changed = [name for name in CONTACTS if name in cells and cells[name] != before.get(name, "")]
    if not changed or COLUMN in cells:
        # A field that is said by itself leaves the rest of the row as it is.
        return {}
    stale = ("contact_source", "assured_date", *(("source",) if cells.get("source_url") else ()))
    gone = {name: "" for name in stale if before.get(name) and name not in cells}
    said = before.get(COLUMN, "")
    return {**gone, COLUMN: without(said, changed)} if said else gone


def _differ(cells: Cells, before: Cells, names: Sequence[str]) -> bool:
    return any(cells.get(name) != before.get(name) for name in names)


def _as_typed(column: str, cell: str) -> str:
    """Return a cell as we write it: a spreadsheet drops zeros, and turns dates and points round."""
    if column == "ekatte" and cell.isdecimal():
        return cell.zfill(5)
    if column in NUMBERS:
        return cell.replace(",", ".")
    if column in DATES:
        return iso_day(cell)
    return cell
