"""Ids for rows of places that came without any, as those of an office's own list do."""

from collections.abc import Mapping
from dataclasses import replace

from knowledge.errors import DataError
from knowledge.gazetteer import Gazetteer, Settlement
from knowledge.sheets import Sheet, SheetRow

Cells = Mapping[str, str]
PREFIXES = {"bureaus": "dbt", "libraries": "lib"}


def id_of(table: str, settlement: Settlement) -> str:
    """Return the id of the first place of that table in a settlement: „dbt-kozloduy“."""
    return f"{PREFIXES[table]}-{settlement.name_latin.lower().replace(' ', '-')}"


def with_ids(sheet: Sheet, table: str, before: Mapping[str, Cells], gazetteer: Gazetteer) -> Sheet:
    """Return the sheet with the id of the one row there is in each settlement, or with a new one.

    A sheet that has ids is returned as it is. Raises DataError at rows whose settlement is not
    clear, or in whose settlement there are several.
    """
    if "id" in sheet.columns:
        return sheet
    faults, rows = [], []
    for row in sheet.rows:
        settlement = _settlement(row.cells, gazetteer)
        if settlement is None:
            text = f"found {row.cells.get('city', '')!r}; allowed: the name of one settlement"
            faults.append(sheet.complaint(row, "city", f"{text}; write a column ekatte"))
            continue
        there = [key for key, cells in before.items() if _is_there(cells, row, settlement)]
        if len(there) > 1:
            text = f"found none; allowed: one of {', '.join(there)}; write a column id"
            faults.append(sheet.complaint(row, "id", text))
            continue
        key = there[0] if there else id_of(table, settlement)
        rows.append(SheetRow(row.number, {"id": key, **row.cells}))
    if faults:
        raise DataError(faults)
    return replace(sheet, columns=("id", *sheet.columns), rows=tuple(rows))


def _settlement(cells: Cells, gazetteer: Gazetteer) -> Settlement | None:
    code = cells.get("ekatte", "")
    if code:
        return gazetteer.by_ekatte(code.zfill(5))
    named = (cells.get(name, "") for name in ("city", "municipality", "state_province"))
    return gazetteer.match(", ".join(filter(None, named))).only


def _is_there(cells: Cells, row: SheetRow, settlement: Settlement) -> bool:
    kind = row.cells.get("kind")
    return cells["ekatte"] == settlement.ekatte and kind in (None, "", cells["kind"])
