"""A table comes back from a spreadsheet program as it went, whatever the program does to it."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import DataError
from knowledge.sheets import read, written

LABELS = {"id": "номер", "name": "име", "phone": "телефон"}
COLUMNS = tuple(LABELS)
FILE = Path("table.csv")

cells = st.text(
    st.characters(
        codec="utf-8", exclude_characters="\x00", exclude_categories=("Cs", "Cc", "Cf", "Zs")
    )
)
rows = st.lists(
    st.fixed_dictionaries(dict.fromkeys(COLUMNS, cells)).filter(lambda r: any(r.values())),
    max_size=5,
)


def values(data: bytes) -> list[dict[str, str]]:
    return [dict(row.cells) for row in read(data, FILE, LABELS).rows]


def table(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


@given(rows)
def test_what_was_written_is_read_back(table_rows):
    stripped = [{name: cell.strip() for name, cell in row.items()} for row in table_rows]
    expected = [row for row in stripped if any(row.values())]
    assert values(written(COLUMNS, LABELS, stripped)) == expected


@given(cells | st.text("0123456789.,:/%- =+@'") | st.from_regex(r"\A ?[0-9.,/:-]{1,14}\Z"))
def test_no_cell_is_a_formula_a_date_or_a_shortened_number(cell):
    text = written(COLUMNS, LABELS, [{"id": "a", "name": cell}]).decode("utf-8-sig")
    shown = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[2][1]
    assert not shown.lstrip().startswith(("=", "+", "-", "@"))
    if shown and all(c in "0123456789.,:/%- " for c in shown):
        assert shown == str(int(shown))
        assert len(shown) <= 11


@pytest.mark.parametrize(
    "cell",
    [
        "00014",
        "0973 12345",
        "2025-10-20",
        "43.7756",
        "10-12",
        "359878123456",
        "22 Септември 2",
        "3 март",
        "500 лв.",
        "1E5",
        "=HYPERLINK(1)",
        "+359",
        "-1",
        "'",
        "@a",
    ],
)
def test_what_a_spreadsheet_would_change_is_guarded(cell):
    data = written(COLUMNS, LABELS, [{"id": "a", "name": cell}])
    assert f";'{cell}" in data.decode()
    assert values(data) == [{"id": "a", "name": cell, "phone": ""}]


def test_it_opens_right_in_a_bulgarian_program():
    data = written(COLUMNS, LABELS, [{"id": "lom", "name": "гр. Лом; център"}])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines() == [
        "id;name;phone",
        "номер;име;телефон",
        'lom;"гр. Лом; център";',
    ]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_it_is_read_however_the_program_saved_it(separator, encoding):
    data = table(separator.join(["name", "id"]), separator.join(["Враца", "a"]), encoding=encoding)
    assert values(data) == [{"name": "Враца", "id": "a"}]


@pytest.mark.parametrize(
    "lines",
    [
        ("sep=;", "id;name", "a;Лом"),
        ("id;name", "номер;име", "a;Лом"),
        ("id;name", "", ";", "a;Лом", ""),
        (" id ; name", " a ;  Лом "),
        ("id;name;;", "номер;име;;", "a;Лом;;"),
    ],
)
def test_what_holds_no_data_is_passed_over(lines):
    assert values(table(*lines)) == [{"id": "a", "name": "Лом"}]


def test_a_cell_that_a_row_lacks_at_its_end_is_left_out_and_an_empty_one_is_empty():
    """Excel forgets the last cells of some rows: what is not there must not empty anything."""
    assert values(table("id;name;phone", "a;Лом", "b", "c;;")) == [
        {"id": "a", "name": "Лом"},
        {"id": "b"},
        {"id": "c", "name": "", "phone": ""},
    ]


def test_what_windows_has_made_of_a_letter_is_no_change():
    data = table("id;name", "a;кажете ѝ").decode().replace("ѝ", "?").encode("cp1251")
    sheet = read(data, FILE, LABELS)
    assert sheet.as_before("кажете ?", "кажете ѝ") == "кажете ѝ"
    assert sheet.as_before("кажете ?", "кажете ти") == "кажете ?"
    assert read(table("id;name"), FILE, LABELS).as_before("кажете ?", "кажете ѝ") == "кажете ?"


def test_a_row_has_the_number_that_the_program_shows():
    sheet = read(table("id;name", "номер;име", '"a";"two\nlines"', "", "b;c"), FILE, LABELS)
    assert [row.number for row in sheet.rows] == [3, 5]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "table.csv:1: found no columns"),
        (
            table("id;nmae"),
            "table.csv:1: found a column 'nmae', which is none of this table; did you mean 'name'?",
        ),
        (table("id;colour"), "colour', which is none of this table; rename or remove it"),
        (table("id;id"), "table.csv:1: id: the column stands twice; remove one"),
        (table("id;name", "a;b;c"), "table.csv:2: row: found 3 cells; allowed: 2; mend the row"),
        (table("id;name", '"a;b'), "allowed: a table as CSV; save it again"),
        (b"PK\x03\x04\x98", "table.csv:1: found"),
        (b"\xff\xfea", "table.csv:1: found"),
    ],
)
def test_what_is_no_such_table_is_told_by_row(data, said):
    with pytest.raises(DataError) as told:
        read(data, FILE, LABELS)
    assert said in str(told.value)


@given(st.binary(max_size=200))
def test_any_file_is_a_table_or_told(data):
    told = []
    try:
        columns = read(data, FILE, LABELS).columns
    except DataError as error:
        columns, told = (), str(error).splitlines()
    assert set(columns) <= set(LABELS)
    assert columns or told
    assert all(line.startswith("table.csv:") for line in told if line.strip())
