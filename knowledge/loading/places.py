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
from knowledge.loading.yaml_files import model_of, plain, read_yaml
from knowledge.opening_hours import HoursError, OpeningHours
from knowledge.places import Bureau, Directory, Library, Service
from knowledge.spelling import did_you_mean
from knowledge.typed_names import Naming

Model = TypeVar("Model", bound=BaseModel)

MANY_SOURCES = " ; "
MANY_AREAS = "; "


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a table and where it stands; an empty cell is left out."""

    file: Path
    line: int
    cells: Mapping[str, str]

    def complaint(self, field: str, text: str) -> Complaint:
        """Return what is wrong with a cell of this row."""
        return Complaint(self.file, self.line, f"{field}: {text}")


def load_gazetteer(folder: Path) -> Gazetteer:
    """Return the gazetteer of all settlements in the folder.

    Raises DataError that names every fault by line.
    """
    rows = list(_rows(folder / "settlements.csv"))
    settlements = _models(Settlement, rows, _settlement_values)
    _complain(_repeated(rows, "ekatte"))
    return Gazetteer(settlements, load_naming(folder / "naming.yaml"))


def load_naming(file: Path) -> Naming:
    """Return how names of places are typed."""
    tree = read_yaml(file)
    return model_of(Naming, file, tree, plain(tree))


def load_directory(folder: Path) -> Directory:
    """Return all bureaus and libraries in the folder and who serves whom.

    Raises DataError that names every fault by line.
    """
    bureau_rows = list(_rows(folder / "bureaus.csv"))
    library_rows = list(_rows(folder / "libraries.csv"))
    service_rows = list(_rows(folder / "bureau_of_municipality.csv"))
    bureaus = _models(Bureau, bureau_rows, _bureau_values)
    libraries = _models(Library, library_rows, _library_values)
    services = _models(Service, service_rows, _service_values)
    known_bureaus = {bureau.id for bureau in bureaus}
    _complain(
        [
            *_repeated(bureau_rows, "id"),
            *_repeated(library_rows, "id"),
            *_repeated(service_rows, "municipality_code"),
            *_strangers(bureau_rows, "parent_id", known_bureaus),
            *_strangers(library_rows, "parent_id", {library.id for library in libraries}),
            *_strangers(service_rows, "bureau_id", known_bureaus),
        ]
    )
    checked = dt.date.fromisoformat(str(read_yaml(folder / "checked.yaml")["verified_on"]))
    return Directory(bureaus, libraries, services, checked)


def _rows(file: Path) -> Iterator[_Row]:
    """Yield the rows of the table; one longer or shorter than the header is refused."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            header = next(reader, [])
            for cells in reader:
                if len(cells) != len(header):
                    raise DataError(_wrong_length(file, reader.line_num, len(cells), len(header)))
                filled = {k: v.strip() for k, v in zip(header, cells, strict=True) if v.strip()}
                yield _Row(file, reader.line_num, filled)
    except FileNotFoundError as error:
        text = "file: found none; allowed: a table of UTF-8 text; put it back"
        raise DataError(Complaint(file, 1, text)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        text = f"file: found {error}; allowed: a table of UTF-8 text; save it as CSV in UTF-8"
        raise DataError(Complaint(file, 1, text)) from error


def _wrong_length(file: Path, line: int, found: int, allowed: int) -> Complaint:
    text = f"row: found {found} cells; allowed: {allowed}; quote the cells that hold a comma"
    return Complaint(file, line, text)


def _models(
    model: type[Model],
    rows: Iterable[_Row],
    values_of: Callable[[_Row], dict[str, Any]],
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
    _complain(faults)
    return tuple(models)


def _said(fault: Any) -> tuple[str, str]:
    """Return the field of a fault and the words for it."""
    field = ".".join(map(str, fault["loc"])) or "row"
    found = "nothing" if fault["type"] == "missing" else repr(fault["input"])
    return field, f"found {found}; allowed: {fault['msg']}; correct the cell"


def _complain(faults: list[Complaint]) -> None:
    """Raise the faults, if there are any."""
    if faults:
        raise DataError(faults)


def _repeated(rows: Iterable[_Row], field: str) -> list[Complaint]:
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


def _strangers(rows: Iterable[_Row], field: str, known: Collection[str]) -> list[Complaint]:
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


def _settlement_values(row: _Row) -> dict[str, Any]:
    return {"postal_code": None, "population": 0, **row.cells}


def _place_values(row: _Row) -> dict[str, Any]:
    values: dict[str, Any] = dict(row.cells)
    hours = values.pop("opening_hours", None)
    if hours:
        values["hours"] = OpeningHours.parse(hours)
    return _with_sources(values)


def _with_sources(values: dict[str, Any]) -> dict[str, Any]:
    urls = values.get("source_url")
    return {**values, "source_url": urls.split(MANY_SOURCES) if urls else ()}


def _bureau_values(row: _Row) -> dict[str, Any]:
    values = _place_values(row)
    area = values.get("service_area")
    return {**values, "service_area": area.split(MANY_AREAS) if area else ()}


def _library_values(row: _Row) -> dict[str, Any]:
    values = _place_values(row)
    return {**values, "glb_participant": values.get("glb_participant", "no")}


def _service_values(row: _Row) -> dict[str, Any]:
    return _with_sources(dict(row.cells))
