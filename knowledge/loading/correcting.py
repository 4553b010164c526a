"""The files with corrections put in: loaded whole from a copy, exported, written where wanted."""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.base import KnowledgeBase
from knowledge.corrections import Correction, Kind, columns_of, entry
from knowledge.errors import Complaint, DataError
from knowledge.field_sources import COLUMN, cell_of, with_source
from knowledge.loading.columns import load_columns
from knowledge.loading.everything import load, load_anew
from knowledge.loading.import_measures import export_measures, plan_measures
from knowledge.loading.import_places import PlaceSheets
from knowledge.loading.places import TABLES
from knowledge.loading.trying import Changes
from knowledge.sheets import Sheet, SheetRow, read, written

SHEET = Path("corrections")
"""What faults call the table that the corrections make."""


def changes_of(folder: Path, corrections: Iterable[Correction]) -> Changes:
    """Return the files of the folder that the corrections change, as they would be.

    Of two corrections of a field the later one counts. Raises DataError, its complaints told by
    column, where one cannot be put in.
    """
    base = load(folder)
    rows = _rows(base, corrections)
    sheets = PlaceSheets(folder, base.gazetteer, load_columns(folder))
    changes: dict[Path, bytes] = {}
    for kind, by_row in rows.items():
        sheet = _sheet(by_row)
        if kind == "measures":
            changes |= plan_measures(sheet, folder).changes
        else:
            changes |= sheets.plan(sheet, TABLES[kind], replace=False).changes
    return changes


def _rows(
    base: KnowledgeBase, corrections: Iterable[Correction]
) -> Mapping[Kind, Mapping[str, dict[str, str]]]:
    """Return the changed cells by table and row; each row says who says them."""
    rows: dict[Kind, dict[str, dict[str, str]]] = defaultdict(dict)
    for correction in corrections:
        found = entry(base, correction.kind, correction.row)
        if correction.is_remark:
            continue
        if found is None:
            raise DataError(Complaint(SHEET, 1, f"id: found {correction.row!r}, which is gone"))
        cells = rows[correction.kind].setdefault(
            correction.row, {"id": correction.row, COLUMN: cell_of(found.field_sources)}
        )
        cells |= correction.cells()
        cells[COLUMN] = with_source(cells[COLUMN], correction.said)
    return rows


def _sheet(by_row: Mapping[str, dict[str, str]]) -> Sheet:
    rows = tuple(SheetRow(number, cells) for number, cells in enumerate(by_row.values(), start=2))
    columns = dict.fromkeys(name for cells in by_row.values() for name in cells)
    return Sheet(SHEET, tuple(columns), rows)


class CorrectedData:
    """A folder of data and a copy of it in which corrections stand; the folder stays as it is."""

    def __init__(self, shipped: Path) -> None:
        self.shipped = shipped
        self._room: TemporaryDirectory[str] | None = None
        self._changed: frozenset[Path] = frozenset()

    def load(self, corrections: Iterable[Correction]) -> KnowledgeBase:
        """Return the knowledge with these corrections; raises DataError where it cannot be."""
        return load_anew(self.put_in(corrections))

    def put_in(self, corrections: Iterable[Correction]) -> Path:
        """Return the copy, after these corrections alone were put in; raises DataError."""
        changes = changes_of(self.shipped, corrections)
        copy = self._copy()
        for name in self._changed - changes.keys():
            shutil.copy2(self.shipped / name, copy / name)
        for name, text in changes.items():
            (copy / name).write_bytes(text)
        self._changed = frozenset(changes)
        return copy

    def _copy(self) -> Path:
        # One copy for as long as it is needed: what has not changed is not parsed anew.
        if self._room is None:
            self._room = TemporaryDirectory(prefix="posoka-")
            shutil.copytree(self.shipped, self._name())
        return self._name()

    def _name(self) -> Path:
        return Path(self._room.name if self._room else "") / "data"

    def close(self) -> None:
        """Remove the copy."""
        if self._room:
            self._room.cleanup()
            self._room = None


def sheets_of(shipped: Path, corrections: Iterable[Correction]) -> dict[str, bytes]:
    """Return a table for each kind of entry that has corrections, by the name of its file.

    It holds the corrected rows and columns alone, and can be imported as it is.
    """
    corrections = tuple(c for c in corrections if not c.is_remark)
    data = CorrectedData(shipped)
    labels = load_columns(shipped).labels
    tables: dict[str, bytes] = {}
    try:
        copy = data.put_in(corrections)
        places = PlaceSheets(copy, load(shipped).gazetteer, load_columns(copy))
        for kind in dict.fromkeys(correction.kind for correction in corrections):
            own = [correction for correction in corrections if correction.kind == kind]
            file = Path(f"{kind}.csv")
            whole = (
                export_measures(copy, load_columns(copy))
                if kind == "measures"
                else places.export(TABLES[kind])
            )
            sheet = read(whole, file, labels)
            columns = ("id", *columns_of(correction.field for correction in own))
            named = {correction.row for correction in own}
            rows = [row.cells for row in sheet.rows if row.cells["id"] in named]
            tables[file.name] = written(columns, labels, rows)
    finally:
        data.close()
    return tables
