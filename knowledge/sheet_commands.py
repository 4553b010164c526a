"""The commands that turn the knowledge into spreadsheets and take spreadsheets in again."""

import argparse
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.difference_words import lines
from knowledge.differences import differences
from knowledge.errors import Complaint, DataError
from knowledge.golden_profiles import people_of
from knowledge.loading import load
from knowledge.loading.cases import load_cases
from knowledge.loading.columns import load_columns
from knowledge.loading.import_measures import PlannedMeasures, export_measures, plan_measures
from knowledge.loading.import_places import PlaceSheets, PlannedPlaces, place_columns
from knowledge.loading.places import TABLES
from knowledge.loading.review import complaints
from knowledge.loading.trying import with_changes, write
from knowledge.measure_sheets import COLUMNS
from knowledge.sheets import Sheet, read

PLACES, MEASURES = "places", "measures"
NAMED = 10
"""So many of the rows that stay are named; the others are counted."""


def export(options: argparse.Namespace) -> Iterator[str]:
    """Write the tables of places, or that of measures, into a folder; yield what was written."""
    data, folder = options.data, options.folder
    columns = load_columns(data)
    base = load(data)
    if folder.resolve().is_relative_to(data.resolve()):
        raise ValueError(f"{folder}: found a folder of the data itself; allowed: any other folder")
    folder.mkdir(parents=True, exist_ok=True)
    sheets = PlaceSheets(data, base.gazetteer, columns)
    files = (
        {f"{table.name}.csv": sheets.export(table) for table in TABLES.values()}
        if options.what == PLACES
        else {"measures.csv": export_measures(data, columns)}
    )
    for name, text in files.items():
        (folder / name).write_bytes(text)
        yield f"{folder / name}: written"


def import_(options: argparse.Namespace) -> Iterator[str]:
    """Yield what a spreadsheet would change, and change it only where that was asked for.

    Raises DataError that names every fault by row and column; then nothing is changed. Raises
    ValueError where an option does not go with what is imported.
    """
    data = options.data
    if options.what == MEASURES and (options.replace or options.table):
        raise ValueError("import measures: --replace and --table are for places; leave them out")
    columns = load_columns(data)
    own = COLUMNS if options.what == MEASURES else place_columns(data)
    labels = {name: columns.labels[name] for name in own}
    sheet = _with_defaults(read(options.file.read_bytes(), options.file, labels), options.set)
    if options.what == PLACES:
        yield from _places(options, sheet, PlaceSheets(data, load(data).gazetteer, columns))
    else:
        yield from _measures(options, sheet)


def _with_defaults(sheet: Sheet, defaults: Iterable[str]) -> Sheet:
    """Return the sheet with a value in each cell that is empty or not there.

    Raises ValueError for a default that is not written as COLUMN=VALUE.
    """
    for default in defaults:
        name, equals, value = default.partition("=")
        if not equals:
            raise ValueError(f"--set: found {default!r}; allowed: for example confidence=medium")
        rows = (replace(r, cells={**r.cells, name: r.cells.get(name) or value}) for r in sheet.rows)
        columns = tuple(dict.fromkeys((*sheet.columns, name)))
        sheet = replace(sheet, columns=columns, rows=tuple(rows))
    return sheet


def _places(options: argparse.Namespace, sheet: Sheet, sheets: PlaceSheets) -> Iterator[str]:
    planned = sheets.plan(sheet, sheets.table_of(sheet, options.table), replace=options.replace)
    with with_changes(options.data, planned.changes) as copy:
        checked = list(_then_check(options.data, copy, load(copy), options.on))
    for edit in planned.edits:
        yield from edit.lines()
    yield f"{planned.table.name}: {_counted(planned)}"
    yield from checked
    yield from _serving_nobody(planned)
    yield from _end(options, planned)


def _serving_nobody(planned: PlannedPlaces) -> Iterator[str]:
    """Yield that new bureaus serve nobody until the other table says whom."""
    new = [edit.key for edit in planned.edits if edit.before is None]
    if new and planned.table.name == "bureaus":
        yield f"{len(new)} new bureaus serve no municipality yet; import bureau_of_municipality too"


def _counted(planned: PlannedPlaces) -> str:
    added = sum(edit.before is None for edit in planned.edits)
    removed = sum(edit.after is None for edit in planned.edits)
    changed = len(planned.edits) - added - removed
    return f"{added} added, {changed} changed, {removed} removed"


def _measures(options: argparse.Namespace, sheet: Sheet) -> Iterator[str]:
    planned = plan_measures(sheet, options.data)
    with with_changes(options.data, planned.changes) as copy:
        try:
            after = load(copy)
        except DataError as error:
            raise planned.in_sheet(error.complaints) from error
        impact = list(_impact(options.data, copy, after, options.on))
    yield from planned.edits
    yield f"measures: {len(planned.changes)} changed"
    yield from impact
    yield from _end(options, planned)


def _impact(data: Path, copy: Path, after: KnowledgeBase, on: dt.date) -> Iterator[str]:
    """Yield whose verdict changes, and what `check` would say that it does not say now."""
    before = load(data)
    cases = load_cases(data / "cases", before.facts)
    people = people_of(cases, before.facts, before.measures.values())
    yield from lines(differences(before, after, people, on), on, after.editor_words)
    yield from _then_check(data, copy, after, on)


def _then_check(data: Path, copy: Path, after: KnowledgeBase, on: dt.date) -> Iterator[str]:
    """Yield what `check` would say of the changed data and does not say now."""
    said = {fault.text for fault in _complaints(data, load(data), on)}
    for fault in _complaints(copy, after, on):
        if fault.text not in said:
            yield f"then check says: {fault.file.relative_to(copy)}:{fault.line}: {fault.text}"


def _complaints(folder: Path, base: KnowledgeBase, on: dt.date) -> Iterator[Complaint]:
    return complaints(base, folder, load_cases(folder / "cases", base.facts), on)


def _end(options: argparse.Namespace, planned: PlannedPlaces | PlannedMeasures) -> Iterator[str]:
    left = planned.left_out
    if left:
        more = f" and {len(left) - NAMED} more" if len(left) > NAMED else ""
        yield f"not in the sheet, stays as it is: {', '.join(left[:NAMED])}{more}"
    if not planned.changes:
        yield "nothing to change"
    elif options.write:
        write(options.data, planned.changes)
        yield "written"
    else:
        yield "nothing was written; add --write to do it"
