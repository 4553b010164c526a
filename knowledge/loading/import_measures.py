"""Measures as a spreadsheet: exported, and changed or added from what an editor sends."""

import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from knowledge.errors import Complaint, DataError
from knowledge.loading.columns import Columns
from knowledge.loading.faults import plain
from knowledge.loading.trying import Changes
from knowledge.loading.yaml_files import read_fields
from knowledge.measure_sheets import (
    COLUMNS,
    CONDITIONS,
    CellError,
    Fields,
    cells_of,
    fields_of,
)
from knowledge.measures import Measure
from knowledge.sheets import Sheet, SheetRow, iso_day, written

LONGEST_ID = 60
WIDE = 4096
"""No line of a file is broken because of its length."""


@dataclass(frozen=True, slots=True)
class PlannedMeasures:
    """What an import would do to the files of measures."""

    sheet: Sheet
    edits: tuple[str, ...]
    left_out: tuple[str, ...]
    """Measures that the sheet does not name; they stay as they are."""
    changes: Changes
    rows: Mapping[str, SheetRow]

    def in_sheet(self, faults: Iterable[Complaint]) -> DataError:
        """Return faults of the changed files as faults of the rows that they came from."""
        return DataError(
            Complaint(self.sheet.file, row.number, fault.text)
            if (row := self._row_of(fault.file))
            else fault
            for fault in faults
        )

    def _row_of(self, file: Path) -> SheetRow | None:
        return self.rows.get(file.stem) if file.parent.name == "measures" else None


def export_measures(folder: Path, columns: Columns) -> bytes:
    """Return all measures as a spreadsheet program opens them, a row each."""
    rows = (
        cells_of(file.stem, plain(read_fields(file)), _in_one_line)
        for file in sorted((folder / "measures").glob("*.yaml"))
    )
    return written(COLUMNS, {name: columns.labels[name] for name in COLUMNS}, rows)


def plan_measures(sheet: Sheet, folder: Path) -> PlannedMeasures:
    """Return what the sheet would change; comments and the order of a file stay.

    A column that the sheet lacks stays as it is; an empty cell removes a field. No measure is ever
    removed. Raises DataError that names every fault by row and column.
    """
    if "id" not in sheet.columns:
        raise DataError(Complaint(sheet.file, 1, "id: found no such column; allowed: one; add it"))
    edits: list[str] = []
    changes: dict[Path, bytes] = {}
    faults: list[Complaint] = []
    rows: dict[str, SheetRow] = {}
    for row in sheet.rows:
        name = row.cells["id"]
        path = Path("measures") / f"{name}.yaml"
        try:
            _check_name(name, rows)
            before = plain(read_fields(folder / path)) if (folder / path).exists() else {}
            wanted = _fields(sheet, row, before)
        except CellError as error:
            faults.append(sheet.complaint(row, error.column, str(error)))
            continue
        rows[name] = row
        changed = {field: v for field, v in wanted.items() if before.get(field) != v}
        if changed:
            edits += _told(name, before, changed)
            changes[path] = _rewritten(folder / path, changed, new=not before)
    if faults:
        raise DataError(faults)
    there = (file.stem for file in sorted((folder / "measures").glob("*.yaml")))
    left_out = tuple(name for name in there if name not in rows)
    return PlannedMeasures(sheet, tuple(edits), left_out, changes, rows)


def _check_name(name: str, seen: Collection[str]) -> None:
    allowed = "small Latin letters, digits and hyphens, for example znz-36-disadvantaged"
    if len(name) > LONGEST_ID or not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name):
        raise CellError("id", f"found {name!r}; allowed: {allowed}; correct the cell")
    if name in seen:
        raise CellError("id", f"found {name!r} again; allowed: once; remove a row")


def _fields(sheet: Sheet, row: SheetRow, before: Fields) -> Fields:
    """Return all fields as they would be: of columns that the sheet lacks, as they are."""
    earlier = cells_of(row.cells["id"], before, _in_one_line) if before else {}
    if not before and not any(cell for name, cell in row.cells.items() if name != "id"):
        raise CellError("id", f"found {row.cells['id']!r}; allowed: a measure there is; correct it")
    told = {name: sheet.as_before(c, earlier.get(name, "")) for name, c in row.cells.items()}
    cells = {**earlier, **told}
    for column in ("as_of", "valid_from", "valid_to"):
        cells[column] = iso_day(cells.get(column, ""))
    return fields_of(cells, _of_one_line)


def _told(name: str, before: Fields, changed: Fields) -> Iterator[str]:
    """Yield the edit in words: a new measure by its title, a changed one field by field."""
    if not before:
        yield f"+ {name}: {(changed.get('title') or {}).get('bg', '(no title)')}"
        return
    for field, value in changed.items():
        yield f"~ {name}: {field}: {_short(before.get(field))} → {_short(value)}"


def _short(value: Any) -> str:
    if value is None:
        return "(empty)"
    text = value if isinstance(value, str) else _in_one_line(value)
    return text if len(text) <= 200 else f"{text[:199]}…"


# -- YAML --------------------------------------------------------------------------------------


@cache
def _flat() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = True
    yaml.allow_unicode = True
    yaml.width = 10**6
    return yaml


def _in_one_line(node: Any) -> str:
    """Return a condition as it is written in one line: `{all: [{rule: out_of_work}]}`."""
    text = io.StringIO()
    _flat().dump(node, text)
    return text.getvalue().strip().removesuffix("...").strip()


def _of_one_line(line: str) -> Any:
    """Return the condition of a line; raises ValueError."""
    try:
        found = _plain_load(line)
    except (YAMLError, RecursionError, TypeError) as error:
        said = " ".join(str(getattr(error, "problem", error)).split())
        raise ValueError(
            f"found {line!r}: {said}; allowed: for example {{rule: up_to_29}}"
        ) from error
    if not isinstance(found, dict):
        text = "allowed: a condition, for example {rule: up_to_29}"
        raise ValueError(f"found {line!r}; {text}")  # noqa: TRY004
    return found


def _plain_load(line: str) -> Any:
    """Return the tree of a line; what refers to itself or sets how YAML is read is refused."""
    if re.search(r"[&*%]|^---", line):
        raise TypeError("found a sign of YAML that no condition needs")
    return YAML(typ="safe", pure=True).load(line)


def _rewritten(file: Path, changed: Fields, *, new: bool) -> bytes:
    """Return the file with the fields changed, all else as it was."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    tree = CommentedMap() if new else yaml.load(file.read_text(encoding="utf-8"))
    for field in sorted(changed, key=_place):
        if changed[field] is None:
            tree.pop(field, None)
        else:
            tree[field] = _styled(field, changed[field])
    text = io.StringIO()
    yaml.dump(tree, text)
    return text.getvalue().encode()


_ORDER = tuple(Measure.model_fields)


def _place(field: str) -> int:
    return _ORDER.index(field)


def _styled(field: str, value: Any) -> Any:
    """Return the value as editors write it: short things in one line, conditions in many."""
    if field in CONDITIONS:
        return _block(value)
    if isinstance(value, list):
        listed = CommentedSeq(_one(item) for item in value)
        if all(isinstance(item, str) for item in value):
            listed.fa.set_flow_style()
        return listed
    return _one(value)


def _one(value: Any) -> Any:
    if isinstance(value, str):
        return (
            value
            if value.isascii() and value.replace("-", "").replace("_", "").isalpha()
            else (DoubleQuotedScalarString(value))
        )
    if isinstance(value, Mapping):
        fields = CommentedMap((key, _one(part)) for key, part in value.items())
        if "text" not in value:
            fields.fa.set_flow_style()
        return fields
    return value


def _block(node: Any) -> Any:
    if isinstance(node, Mapping):
        return CommentedMap((key, _block(part)) for key, part in node.items())
    if isinstance(node, list):
        return CommentedSeq(_block(part) for part in node)
    return node
