"""Tables as a Bulgarian spreadsheet program opens and saves them; opening changes no cell."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import Complaint, DataError
from knowledge.spelling import did_you_mean

WINDOWS = "cp1251"
LONGEST_CELL = 5000
_MADE_BY_A_PROGRAM = re.compile(r"#[A-Z/0!?]+|#+|[0-9]+[.,]?[0-9]*E\+?[0-9]+")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheet programs begin that are no tables of text."""
SEPARATOR = ";"
SEPARATORS = ";\t,"
GUARD = "'"
"""Before a cell that a spreadsheet would take for a formula, a date or a number of another look."""
# A longer number is shown, and then saved, as 1,23E+11.
_PLAIN_NUMBER = re.compile(r"0|[1-9][0-9]{0,10}")
_FORMULA = r"[\t\r].*|\s*[=+\-@'].*"
_ONLY_DIGITS_AND_SIGNS = r"[\s0-9.,:/%-]+"
# „22 Септември 2“, a street, would become a day; „500 лв.“ a sum; „1E5“ a number.
_DIGITS_ROUND_A_WORD = r"[0-9]+[ .-]*[^\W\d_]+[ .-]*[0-9]*"
_TAKEN_FOR_ELSE = re.compile(
    f"{_FORMULA}|{_ONLY_DIGITS_AND_SIGNS}|{_DIGITS_ROUND_A_WORD}", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row below the header: its number as the program shows it, and every cell by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was read."""

    file: Path
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    of_windows: bool = False
    """Whether it was saved in Windows-1251, in which „ѝ“ and the like become a question mark."""

    def as_before(self, cell: str, before: str) -> str:
        """Return the earlier cell where the new one is only what its encoding has left of it."""
        left = before.encode(WINDOWS, "replace").decode(WINDOWS)
        return before if self.of_windows and cell == left else cell

    def complaint(self, row: SheetRow, column: str, text: str) -> Complaint:
        """Return what is wrong with a cell, by the file, its row and its column."""
        return Complaint(self.file, row.number, f"{column}: {text}")


def written(
    columns: Sequence[str], labels: Mapping[str, str], rows: Iterable[Mapping[str, str]]
) -> bytes:
    """Return the file: UTF-8 with its mark, semicolons, our names of columns, then Bulgarian."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerow(labels[column] for column in columns)
    writer.writerows([_guarded(row.get(column, "")) for column in columns] for row in rows)
    return codecs.BOM_UTF8 + text.getvalue().encode()


def _guarded(cell: str) -> str:
    if not cell or _PLAIN_NUMBER.fullmatch(cell) or not _TAKEN_FOR_ELSE.fullmatch(cell):
        return cell
    return GUARD + cell


def read(data: bytes, file: Path, labels: Mapping[str, str]) -> Sheet:
    """Return the table, whichever separator and encoding the program saved it with.

    Columns may be missing and in any order; the row of Bulgarian names may be missing too. A cell
    that a row lacks at its end is left out: a spreadsheet forgets such ones. Raises DataError that
    names every fault by row and column.
    """
    text, encoding = _decoded(data, file)
    lines = _lines(text, file)
    columns = tuple(name.strip() for name in _filled(lines[0] if lines else ()))
    _check_columns(file, columns, labels)
    rows, faults = [], []
    for number, cells in enumerate(lines[1:], start=2):
        filled = _filled(cells)
        if number == 2 and [c.strip() for c in filled] == [labels[name] for name in columns]:
            continue
        if not filled:
            continue
        if len(filled) > len(columns):
            text = f"row: found {len(filled)} cells; allowed: {len(columns)}; mend the row"
            faults.append(Complaint(file, number, text))
        given = dict(zip(columns, cells, strict=False))
        for name, cell in given.items():
            faults += [Complaint(file, number, f"{name}: {said}") for said in _spoilt(cell)]
        rows.append(SheetRow(number, {name: _unguarded(cell) for name, cell in given.items()}))
    if faults:
        raise DataError(faults)
    return Sheet(file, columns, tuple(rows), of_windows=encoding == WINDOWS)


def _spoilt(cell: str) -> Iterator[str]:
    """Yield what a spreadsheet or a copy has made of a cell that no person has written."""
    hidden = {c for c in cell if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\r\t"}
    if hidden:
        codes = ", ".join(f"U+{ord(c):04X}" for c in sorted(hidden))
        yield f"found invisible signs ({codes}); allowed: letters, digits and signs; type it anew"
    if _MADE_BY_A_PROGRAM.fullmatch(cell):
        yield f"found {cell!r}, made by a spreadsheet; allowed: the text itself; type it anew"
    if len(cell) > LONGEST_CELL:
        yield f"found {len(cell)} characters; allowed: {LONGEST_CELL}; shorten it"


def _decoded(data: bytes, file: Path) -> tuple[str, str]:
    """Return the text and its encoding: of „Unicode Text“, UTF-8, or of a Bulgarian Windows."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if data.startswith(_WORKBOOKS) or (b"\0" in data and not wide):
        text = "found a workbook or another kind of file; allowed: a table as CSV"
        raise DataError(Complaint(file, 1, f"{text}; open it and save it as CSV UTF-8"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", WINDOWS):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    text = "found letters of no encoding; allowed: a table as CSV; save it as CSV UTF-8"
    raise DataError(Complaint(file, 1, text))


def _lines(text: str, file: Path) -> list[list[str]]:
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):
        text = rest
        first = rest.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        fix = "allowed: a table as CSV; save it again from the spreadsheet program"
        raise DataError(Complaint(file, 1, f"found {error}; {fix}")) from error


def _filled(cells: Sequence[str]) -> Sequence[str]:
    """Return the cells without the empty ones at the end.

    Excel writes such cells of a column in some rows and leaves them out in others.
    """
    count = len(cells)
    while count and not cells[count - 1].strip():
        count -= 1
    return cells[:count]


def _check_columns(file: Path, columns: Sequence[str], labels: Mapping[str, str]) -> None:
    strange = [name for name in columns if name not in labels]
    faults = [_strange_column(file, name, labels) for name in strange]
    if strange:
        faults.append(Complaint(file, 1, f"columns: allowed: {', '.join(labels)}"))
    faults += [
        Complaint(file, 1, f"{name}: the column stands twice; remove one")
        for name in dict.fromkeys(columns)
        if columns.count(name) > 1
    ]
    if faults or not columns:
        no_columns = Complaint(file, 1, "found no columns; allowed: a table that export wrote")
        raise DataError(faults or no_columns)


def _strange_column(file: Path, name: str, known: Mapping[str, str]) -> Complaint:
    fix = did_you_mean(name, known) or "; rename or remove it"
    return Complaint(file, 1, f"found a column {name[:40]!r}, which is none of this table{fix}")


def iso_day(cell: str) -> str:
    """Return „20.10.2025 г.“ as 2025-10-20; anything else stays, for its reader to refuse."""
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\.?(?:\s*\w\.)?", cell)
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else cell


def _unguarded(cell: str) -> str:
    return cell.strip().removeprefix(GUARD).strip()
