"""Reads the data of places: settlements, how they are typed, bureaus and libraries."""

import csv
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from knowledge.errors import Complaint, DataError
from knowledge.gazetteer import Gazetteer, Settlement
from knowledge.loading.faults import plain, said
from knowledge.loading.yaml_files import model_of, read_fields, read_yaml
from knowledge.opening_hours import HoursError, OpeningHours
from knowledge.places import Bureau, Directory, Library, Service
from knowledge.spelling import did_you_mean
from knowledge.texts import Frozen
from knowledge.typed_names import Naming

Model = TypeVar("Model", bound=BaseModel)

MANY_SOURCES = " ; "
MANY_AREAS = "; "


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table and where it stands; an empty cell is left out."""

    file: Path
    line: int
    cells: Mapping[str, str]

    def complaint(self, field: str, text: str) -> Complaint:
        """Return what is wrong with a cell of this row."""
        return Complaint(self.file, self.line, f"{field}: {text}")


class Checked(Frozen):
    """When the tables were last compared with their sources (checked.yaml)."""

    verified_on: dt.date


@dataclass(frozen=True, slots=True)
class Table:
    """One of the tables of the directory: its key, what a row is, which ids it refers to."""

    name: str
    key: str
    model: type[BaseModel]
    values_of: Callable[[Row], dict[str, Any]]
    refers: str
    """The column with the id of another row."""
    refers_to: str
    """The table in which that row stands."""

    def file(self, folder: Path) -> Path:
        """Return the table's file in a folder of places."""
        return folder / f"{self.name}.csv"


def load_gazetteer(folder: Path) -> Gazetteer:
    """Return the gazetteer of all settlements in the folder.

    Raises DataError that names every fault by line.
    """
    rows = list(_rows(folder / "settlements.csv"))
    settlements = models_of(Settlement, rows, _settlement_values)
    complain(_repeated(rows, "ekatte"))
    return Gazetteer(settlements, load_naming(folder / "naming.yaml"))


def load_naming(file: Path) -> Naming:
    """Return how names of places are typed."""
    tree = read_yaml(file)
    return model_of(Naming, file, tree, plain(tree))


def load_directory(folder: Path) -> Directory:
    """Return all bureaus and libraries in the folder and who serves whom.

    Raises DataError that names every fault by line.
    """
    read = {table.name: list(_rows(table.file(folder))) for table in TABLES.values()}
    bureaus = models_of(Bureau, read["bureaus"], _bureau_values)
    libraries = models_of(Library, read["libraries"], _library_values)
    services = models_of(Service, read["bureau_of_municipality"], _service_values)
    faults = []
    for table in TABLES.values():
        rows = read[table.name]
        ids = {row.cells["id"] for row in read[table.refers_to]}
        faults += [*_repeated(rows, table.key), *_strangers(rows, table.refers, ids)]
    complain(faults)
    file = folder / "checked.yaml"
    tree = read_fields(file)
    checked = model_of(Checked, file, tree, plain(tree))
    return Directory(bureaus, libraries, services, checked.verified_on)


def _rows(file: Path) -> Iterator[Row]:
    """Yield the rows of the table; one longer or shorter than the header is refused."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            header = next(reader, [])
            for cells in reader:
                if len(cells) != len(header):
                    raise DataError(_wrong_length(file, reader.line_num, len(cells), len(header)))
                filled = {k: v.strip() for k, v in zip(header, cells, strict=True) if v.strip()}
                yield Row(file, reader.line_num, filled)
    except FileNotFoundError as error:
        text = "file: found none; allowed: a table of UTF-8 text; put it back"
        raise DataError(Complaint(file, 1, text)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        text = f"file: found {error}; allowed: a table of UTF-8 text; save it as CSV in UTF-8"
        raise DataError(Complaint(file, 1, text)) from error


def _wrong_length(file: Path, line: int, found: int, allowed: int) -> Complaint:
    text = f"row: found {found} cells; allowed: {allowed}; quote the cells that hold a comma"
    return Complaint(file, line, text)


def models_of(
    model: type[Model],
    rows: Iterable[Row],
    values_of: Callable[[Row], dict[str, Any]],
) -> tuple[Model, ...]:
    """Return a model of each row; the faults of all rows are told together."""
    models: list[Model] = []
    faults: list[Complaint] = []
    for row in rows:
        try:
            models.append(model.model_validate(values_of(row)))
        except ValidationError as error:
            faults += [row.complaint(*_said(fault)) for fault in error.errors()]
        except HoursError as error:
            faults.append(row.complaint("opening_hours", str(error)))
    complain(faults)
    return tuple(models)


def _said(fault: Any) -> tuple[str, str]:
    """Return the field of a fault and the words for it."""
    return ".".join(map(str, fault["loc"])) or "row", said(fault)


def complain(faults: list[Complaint]) -> None:
    """Raise the faults, if there are any."""
    if faults:
        raise DataError(faults)


def _repeated(rows: Iterable[Row], field: str) -> list[Complaint]:
    """Return a complaint for each value that must be unique and is not."""
    seen: dict[str, int] = {}
    faults = []
    for row in rows:
        value = row.cells[field]
        if value in seen:
            text = f"found {value!r} again; allowed: once, see line {seen[value]}; remove one"
            faults.append(row.complaint(field, text))
        seen.setdefault(value, row.line)
    return faults


def _strangers(rows: Iterable[Row], field: str, known: Collection[str]) -> list[Complaint]:
    """Return a complaint for each reference to something that is not listed."""
    return [
        row.complaint(
            field,
            f"found {value!r}; allowed: an id of a listed row; add or correct it"
            f"{did_you_mean(value, known)}",
        )
        for row in rows
        if (value := row.cells.get(field)) is not None and value not in known
    ]


# What the cells of each table mean.


def _settlement_values(row: Row) -> dict[str, Any]:
    return {"postal_code": None, "population": 0, **row.cells}


def _place_values(row: Row) -> dict[str, Any]:
    values: dict[str, Any] = dict(row.cells)
    hours = values.pop("opening_hours", None)
    if hours:
        values["hours"] = OpeningHours.parse(hours)
    return _with_sources(values)


def _with_sources(values: dict[str, Any]) -> dict[str, Any]:
    urls = values.get("source_url")
    return {**values, "source_url": urls.split(MANY_SOURCES) if urls else ()}


def _bureau_values(row: Row) -> dict[str, Any]:
    values = _place_values(row)
    area = values.get("service_area")
    return {**values, "service_area": area.split(MANY_AREAS) if area else ()}


def _library_values(row: Row) -> dict[str, Any]:
    values = _place_values(row)
    return {**values, "glb_participant": values.get("glb_participant", "no")}


def _service_values(row: Row) -> dict[str, Any]:
    return _with_sources(dict(row.cells))


TABLES = {
    table.name: table
    for table in (
        Table("bureaus", "id", Bureau, _bureau_values, "parent_id", "bureaus"),
        Table("libraries", "id", Library, _library_values, "parent_id", "libraries"),
        Table(
            "bureau_of_municipality",
            "municipality_code",
            Service,
            _service_values,
            "bureau_id",
            "bureaus",
        ),
    )
}
"""The tables of the directory, by the names of their files."""
