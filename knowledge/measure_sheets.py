"""A measure as one row of a spreadsheet, and such a row as a measure again.

The block `for_employer` has no columns: it stays in the file as it is, and is written there.
"""

from collections.abc import Callable, Mapping
from typing import Any

from knowledge import field_sources

Cells = dict[str, str]
Fields = dict[str, Any]
"""A measure as its file has it: ids of rules for conditions, texts by language."""

TEXTS = ("title", "summary", "gives", "legal_basis")
LISTS = ("steps", "documents")
"""Fields of several texts: a line each, in both languages as many."""
IDS = ("audience", "excludes", "amounts", "sources")
YES_OR_NO = ("yearly_money", "online_only")
CONDITIONS = ("who", "already")
PLAIN = ("kind", "status", "as_of", "valid_from", "valid_to")
LANGUAGES = ("bg", "en")

EVERYBODY = "-"
"""In the lines of conditions: the text of that line is for everybody."""

COLUMNS = (
    *("id", "title_bg", "title_en", "summary_bg", "summary_en", "gives_bg", "gives_en"),
    *("kind", "audience", "status", "legal_basis_bg", "legal_basis_en", "as_of"),
    *("valid_from", "valid_to", "yearly_money", "online_only", "weight", "excludes", "amounts"),
    *("who", "already", "unmodelled_bg", "unmodelled_en", "unmodelled_when"),
    *("steps_bg", "steps_en", "documents_bg", "documents_en", "sources", field_sources.COLUMN),
)

Write = Callable[[Any], str]
"""A condition as one line of text."""


def cells_of(name: str, fields: Fields, written: Write) -> Cells:
    """Return the row of a measure; what it does not have is an empty cell."""
    cells = dict.fromkeys(COLUMNS, "") | {"id": name}
    for field in TEXTS:
        for language in LANGUAGES:
            cells[f"{field}_{language}"] = fields[field][language]
    for field in LISTS:
        for language in LANGUAGES:
            cells[f"{field}_{language}"] = "\n".join(t[language] for t in fields.get(field, ()))
    unmodelled = fields.get("unmodelled", ())
    for language in LANGUAGES:
        cells[f"unmodelled_{language}"] = "\n".join(p["text"][language] for p in unmodelled)
    whens = [written(prose["when"]) if "when" in prose else EVERYBODY for prose in unmodelled]
    cells["unmodelled_when"] = "\n".join(whens) if set(whens) - {EVERYBODY} else ""
    for field in IDS:
        cells[field] = ", ".join(fields.get(field, ()))
    for field in YES_OR_NO:
        cells[field] = "yes" if fields.get(field) else ""
    for field in CONDITIONS:
        cells[field] = written(fields[field]) if field in fields else ""
    for field in (*PLAIN, "weight"):
        cells[field] = str(fields.get(field, ""))
    cells[field_sources.COLUMN] = field_sources.cell_of(fields.get(field_sources.COLUMN, ()))
    return cells


class CellError(ValueError):
    """A cell that cannot be read; `column` says which."""

    def __init__(self, column: str, text: str) -> None:
        self.column = column
        super().__init__(text)


Read = Callable[[str], Any]
"""A condition from one line of text; raises ValueError."""


def fields_of(cells: Mapping[str, str], read: Read) -> Fields:
    """Return the fields of which the row has columns; None is a field that an empty cell removes.

    Raises CellError.
    """
    return {
        field: of_cells(field, cells, read)
        for field, of_cells in _READ.items()
        if any(column in cells for column in _columns(field))
    }


def _columns(field: str) -> tuple[str, ...]:
    return (field, *(f"{field}_{language}" for language in LANGUAGES))


def _text(field: str, cells: Mapping[str, str], _read: Read) -> dict[str, str]:
    said = {language: cells.get(f"{field}_{language}", "") for language in LANGUAGES}
    return {language: text for language, text in said.items() if text}


def _list(field: str, cells: Mapping[str, str], _read: Read) -> list[dict[str, str]] | None:
    return _texts(field, cells) or None


def _texts(field: str, cells: Mapping[str, str]) -> list[dict[str, str]]:
    bg, en = (_lines(cells.get(f"{field}_{language}", "")) for language in LANGUAGES)
    if len(bg) != len(en):
        text = f"found {len(en)} lines; allowed: {len(bg)}, as in {field}_bg; write a line for each"
        raise CellError(f"{field}_en", text)
    return [{"bg": one, "en": other} for one, other in zip(bg, en, strict=True)]


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip()]


def _unmodelled(field: str, cells: Mapping[str, str], read: Read) -> list[Fields] | None:
    texts = _texts(field, cells)
    column = f"{field}_when"
    whens = _lines(cells.get(column, "")) or [EVERYBODY] * len(texts)
    if len(whens) != len(texts):
        text = f"found {len(whens)} lines; allowed: {len(texts)}, as in {field}_bg"
        raise CellError(column, f"{text}; write {EVERYBODY} for everybody")
    return [
        {"text": text}
        if when == EVERYBODY
        else {"when": _condition(column, when, read), "text": text}
        for text, when in zip(texts, whens, strict=True)
    ] or None


def _ids(field: str, cells: Mapping[str, str], _read: Read) -> list[str] | None:
    return cells[field].replace(";", " ").replace(",", " ").split() or None


def _who(field: str, cells: Mapping[str, str], read: Read) -> Any:
    return _condition(field, cells[field], read) if cells[field] else None


def _condition(column: str, line: str, read: Read) -> Any:
    try:
        return read(line)
    except ValueError as error:
        raise CellError(column, str(error)) from error


def _yes(field: str, cells: Mapping[str, str], _read: Read) -> bool | None:
    word = cells[field].casefold()
    if word in ("", "no", "false", "0"):
        return None
    if word in ("yes", "true", "1"):
        return True
    raise CellError(field, f"found {word!r}; allowed: yes, or nothing; correct the cell")


def _plain(field: str, cells: Mapping[str, str], _read: Read) -> str | None:
    return cells[field] or None


def _said(field: str, cells: Mapping[str, str], _read: Read) -> list[dict[str, str]] | None:
    try:
        return field_sources.entries_in(cells[field]) or None
    except ValueError as error:
        raise CellError(field, str(error)) from error


def _number(field: str, cells: Mapping[str, str], _read: Read) -> float | None:
    cell = cells[field]
    try:
        number = float(cell.replace(",", ".")) if cell else None
    except ValueError:
        text = f"found {cell!r}; allowed: a number, for example 1.5; correct the cell"
        raise CellError(field, text) from None
    return int(number) if number is not None and number.is_integer() else number


_READ: Mapping[str, Callable[[str, Mapping[str, str], Read], Any]] = {
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(LISTS, _list),
    "unmodelled": _unmodelled,
    **dict.fromkeys(IDS, _ids),
    **dict.fromkeys(YES_OR_NO, _yes),
    **dict.fromkeys(CONDITIONS, _who),
    **dict.fromkeys(PLAIN, _plain),
    "weight": _number,
    field_sources.COLUMN: _said,
}
