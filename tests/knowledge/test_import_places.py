"""An operator replaces or extends the directory with a spreadsheet, and sees first what it does."""

import csv
import io

import pytest

from knowledge.__main__ import main
from knowledge.loading import load
from knowledge.loading.columns import load_columns
from knowledge.loading.places import TABLES
from knowledge.sheets import iso_day

ON = ("--on", "2026-11-25")


@pytest.fixture
def imports(folder, tmp_path, capsys):
    """Import a table, given as lines, into the folder; return the code and what was printed."""

    def do(name, *lines, options=()):
        file = tmp_path / name
        file.write_text("\n".join(lines), encoding="utf-8")
        code = main(["--data", str(folder), "import", "places", str(file), *options, *ON])
        printed = capsys.readouterr()
        return code, (printed.out + printed.err).replace(f"{tmp_path}/", "").splitlines()

    return do


def rows_of(folder, table):
    text = (folder / "places" / f"{table}.csv").read_bytes().decode()
    return {row[TABLES[table].key]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def written(folder):
    """Return the knowledge as it was written; a folder is read once, so it gets another name."""
    return load(folder.rename(folder.with_name("written")))


NEW = (
    "id;name;kind;city;phone;confidence;source_url;source_date",
    "dbt-kozloduy;ДБТ Козлодуй;directorate;Козлодуй;0973 00000;medium;https://az.bg/;20.10.2025 г.",
)


@pytest.mark.parametrize("table", TABLES)
def test_what_is_exported_comes_back_without_a_change(folder, tmp_path, capsys, table):
    before = (folder / "places" / f"{table}.csv").read_bytes()
    assert main(["--data", str(folder), "export", "places", str(tmp_path / "out"), *ON]) == 0
    file = tmp_path / "out" / f"{table}.csv"
    text = file.read_text(encoding="utf-8-sig").splitlines()
    assert text[0].split(";")[0] == TABLES[table].key
    call = ["--data", str(folder), "import", "places", str(file), "--write", "--replace", *ON]
    assert main(call) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "nothing to change"
    assert (folder / "places" / f"{table}.csv").read_bytes() == before


def test_every_column_has_a_bulgarian_name(folder):
    labels = load_columns(folder).labels
    for table in TABLES.values():
        header = table.file(folder / "places").read_text(encoding="utf-8").splitlines()[0]
        assert set(header.split(",")) <= set(labels)


def test_nothing_is_written_until_it_is_asked_for(folder, imports):
    before = rows_of(folder, "bureaus")
    code, lines = imports("bureaus.csv", *NEW)
    assert code == 0
    assert lines[0].startswith("+ id: dbt-kozloduy; name: ДБТ Козлодуй")
    assert "bureaus: 1 added, 0 changed, 0 removed" in lines
    assert lines[-1] == "nothing was written; add --write to do it"
    assert rows_of(folder, "bureaus") == before


def test_a_new_bureau_gets_its_areas_and_its_point_from_its_settlement(folder, imports):
    before = rows_of(folder, "bureaus")
    code, lines = imports("bureaus.csv", *NEW, options=["--write"])
    assert (code, lines[-1]) == (0, "written")
    after = rows_of(folder, "bureaus")
    assert {key: after[key] for key in before} == before
    new = after["dbt-kozloduy"]
    assert (new["ekatte"], new["city"], new["municipality_code"]) == (
        "37798",
        "гр. Козлодуй",
        "VRC20",
    )
    assert (new["state_province"], new["coordinate_kind"]) == ("Враца", "settlement_centre")
    assert new["source_date"] == "2025-10-20"
    assert written(folder).directory.bureau("dbt-kozloduy").phone == "0973 00000"


@pytest.mark.parametrize("cell", [{"city": "Козлодуй"}, {"ekatte": "37798"}])
@pytest.mark.parametrize("whole", [True, False])
def test_a_bureau_that_moves_takes_the_areas_and_the_point_of_its_new_settlement(
    folder, imports, cell, whole
):
    before = rows_of(folder, "bureaus")["dbt-lom"]
    row = (before if whole else {"id": "dbt-lom"}) | cell
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([row.keys(), row.values()])
    code, _ = imports("bureaus.csv", text.getvalue(), options=["--write"])
    assert code == 0
    lom = rows_of(folder, "bureaus")["dbt-lom"]
    kozloduy = load().gazetteer.by_ekatte("37798")
    assert (lom["city"], lom["ekatte"]) == ("гр. Козлодуй", "37798")
    assert (lom["municipality_code"], lom["state_province"]) == ("VRC20", "Враца")
    assert float(lom["latitude"]) == kozloduy.latitude
    assert float(lom["longitude"]) == kozloduy.longitude


def test_a_bureau_that_moves_keeps_a_point_that_is_told_with_the_move(folder, imports):
    lines = ("id;city;latitude;longitude", "dbt-lom;Козлодуй;43,7701;23,7301")
    imports("bureaus.csv", *lines, options=["--write"])
    lom = rows_of(folder, "bureaus")["dbt-lom"]
    assert (lom["ekatte"], lom["latitude"], lom["longitude"]) == ("37798", "43.7701", "23.7301")


@pytest.mark.parametrize("city", ["Лом", "град Лом"])
def test_a_settlement_that_is_only_written_otherwise_moves_nothing(imports, city):
    _, lines = imports("bureaus.csv", "id;city", f"dbt-lom;{city}")
    assert "nothing to change" in lines


def test_a_name_that_others_have_too_leaves_the_row_where_it_is(imports):
    head = "id;name;kind;ekatte;library_confirmed;confidence"
    twins = load().gazetteer.match("Ново село").matches
    assert len(twins) > 1
    row = f"lib-x;Библиотека;municipal;{twins[1].settlement.ekatte};unknown;low"
    assert imports("libraries.csv", head, row, options=["--write"])[1][-1] == "written"
    _, lines = imports("libraries.csv", "id;city", "lib-x;Ново село")
    assert "nothing to change" in lines


def test_a_table_that_begins_with_a_mark_of_its_encoding_is_read(folder, imports):
    file = folder / "places" / "bureaus.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    code, lines = imports("bureaus.csv", "id;phone", "dbt-lom;0971 66 000")
    assert code == 0
    assert "bureaus: 0 added, 1 changed, 0 removed" in lines


def test_who_serves_a_municipality_comes_in_the_same_way(folder, imports):
    imports("bureaus.csv", *NEW, options=["--write"])
    code, lines = imports(
        "bureau_of_municipality.csv",
        "municipality_code;bureau_id;basis;confidence;source_url",
        "VRC20;dbt-kozloduy;sourced;high;https://www.az.government.bg/",
        options=["--write"],
    )
    assert code == 0
    assert "~ VRC20: bureau_id: (empty) → dbt-kozloduy" in lines
    base = written(folder)
    kozloduy = base.gazetteer.by_ekatte("37798")
    assert base.directory.competent_bureau(kozloduy).bureau.name == "ДБТ Козлодуй"


def test_a_missing_column_stays_and_an_empty_cell_empties(folder, imports):
    assert rows_of(folder, "bureaus")["dbt-lom"]["email"]
    code, lines = imports(
        "bureaus.csv", "id;phone;email", "dbt-lom;0971 66 000;", options=["--write"]
    )
    assert code == 0
    assert any(line.startswith("~ dbt-lom: phone: ") and "→ 0971 66 000" in line for line in lines)
    assert any(line.startswith("~ dbt-lom: email: ") and "→ (empty)" in line for line in lines)
    lom = rows_of(folder, "bureaus")["dbt-lom"]
    assert (lom["phone"], lom["email"]) == ("0971 66 000", "")
    assert lom["address_1"]


def test_rows_that_are_not_named_stay_unless_all_is_replaced(folder, imports):
    keep = "dbt-lom;ДБТ Лом"
    _, lines = imports("bureaus.csv", "id;name", keep)
    assert any(line.startswith("not in the sheet, stays as it is: dbt-vratsa") for line in lines)
    code, lines = imports("bureaus.csv", "id;name", keep, options=["--replace"])
    # Other rows name the removed bureaus: nothing is written.
    assert code == 1
    assert any(
        "bureau_of_municipality.csv" in line and "bureau_id: found" in line for line in lines
    )
    assert "dbt-vratsa" in rows_of(folder, "bureaus")


def test_what_other_files_speak_of_cannot_be_removed(imports):
    code, lines = imports(
        "libraries.csv",
        "id;name;kind;city;library_confirmed;confidence",
        "lib-vratsa-reg;Регионална библиотека „Христо Ботев“;regional;Враца;yes;medium",
        options=["--replace"],
    )
    assert code == 1  # services.yaml speaks of libraries that would be gone
    assert any("services.yaml" in line for line in lines)


def test_an_ekatte_that_lost_its_zeros_is_mended(folder, imports):
    code, _ = imports(
        "libraries.csv",
        "id;name;kind;ekatte;library_confirmed;confidence",
        "lib-archar;Библиотека Арчар;municipal;672;unknown;low",
        options=["--write"],
    )
    assert code == 0
    assert rows_of(folder, "libraries")["lib-archar"]["ekatte"] == "00672"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "dbt-x;Бюро;office;Лом;medium",
            "bureaus.csv:2: kind: found 'office'; allowed: 'directorate' or",
        ),
        ("dbt-x;Бюро;branch;Лом;", "bureaus.csv:2: confidence: missing; write it"),
        (
            "dbt-x;Бюро;branch;Ново село;low",
            "bureaus.csv:2: city: found 'Ново село'; allowed: the name",
        ),
        ("dbt-x;Бюро;branch;Нийде;low", "bureaus.csv:2: city: found 'Нийде'"),
        (";Бюро;branch;Оряхово;low", "id: found nothing; allowed: small Latin letters"),
        (";Бюро;branch;Оряхово;low", "write for example 'dbt-oryahovo'"),
        ("ДБТ 1;Бюро;branch;Лом;low", "bureaus.csv:2: id: found 'ДБТ 1'"),
        ("dbt-x;Бюро;branch;Лом", "bureaus.csv:2: confidence: missing; write it"),
        ("dbt-x;Бюро;branch;Лом;low;x", "bureaus.csv:2: row: found 6 cells; allowed: 5"),
    ],
)
def test_a_fault_is_told_by_row_and_column_and_nothing_is_written(folder, imports, row, said):
    before = rows_of(folder, "bureaus")
    lines = ("id;name;kind;city;confidence", row)
    code, told = imports("bureaus.csv", *lines, options=["--write"])
    assert code == 1
    assert any(said in line for line in told), told
    assert rows_of(folder, "bureaus") == before


def test_all_faults_of_a_table_are_told_at_once(imports):
    code, told = imports(
        "bureaus.csv",
        "id;name;kind;city;confidence",
        "dbt-x;Бюро;office;Лом;medium",
        "dbt-x;Бюро;branch;Лом;medium",
        "dbt-y;Бюро;branch;Ново село;medium",
    )
    assert code == 1
    assert [line.split(": ")[:2] for line in told] == [
        ["bureaus.csv:2", "kind"],
        ["bureaus.csv:3", "id"],
        ["bureaus.csv:4", "city"],
    ]


def test_a_table_that_could_be_two_is_asked_about(imports):
    code, told = imports("list.csv", "id;name;kind;city", "dbt-lom;ДБТ Лом;directorate;Лом")
    assert code == 1
    assert "say which with --table" in told[0]
    code, _ = imports("list.csv", "id;phone", "dbt-lom;0971 66 000", options=["--table", "bureaus"])
    assert code == 0
    other = ["--table", "bureau_of_municipality"]
    code, told = imports("list.csv", "id;phone", "dbt-lom;0971 66 000", options=other)
    assert code == 1
    assert told[0].endswith("allowed: those of bureau_of_municipality; mend the columns")


def test_what_check_would_say_is_said_before(imports):
    code, lines = imports("bureaus.csv", "id;service_area", "dbt-lom;Лом; Вълчедръм", options=[])
    assert code == 1  # an unquoted semicolon makes one cell more
    _, lines = imports("bureaus.csv", "id,service_area", '"dbt-lom","Лом; Вълчедръм"')
    assert any(
        line.startswith("then check says: places/bureau_of_municipality.csv:")
        and "Вълчедръм" in line
        for line in lines
    )


def test_a_file_that_is_not_there_is_told(folder, capsys):
    call = ["--data", str(folder), "import", "places", "no-such.csv", *ON]
    assert main(call) == 2
    assert "no-such.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20.10.2025", "2025-10-20"),
        ("1.2.2025 г.", "2025-02-01"),
        ("01.02.2025г.", "2025-02-01"),
        ("20.10.2025.", "2025-10-20"),
        ("2025-10-20", "2025-10-20"),
        ("~2025", "~2025"),
        ("10.2025", "10.2025"),
        ("", ""),
    ],
)
def test_a_day_is_read_as_bulgarians_and_their_spreadsheets_write_it(typed, day):
    assert iso_day(typed) == day


def test_new_contacts_do_not_keep_who_said_the_old_ones(folder, imports):
    assert rows_of(folder, "libraries")["lib-vratsa-reg"]["contact_source"]
    code, lines = imports(
        "libraries.csv",
        "id;phone;source_url;source_date",
        "lib-vratsa-reg;092 000 000;https://libvratsa.org/;2026-11-20",
        options=["--write"],
    )
    assert code == 0
    assert any("contact_source" in line and "→ (empty)" in line for line in lines)
    row = rows_of(folder, "libraries")["lib-vratsa-reg"]
    assert (row["contact_source"], row["source"]) == ("", "")


def test_a_new_date_alone_keeps_who_said_the_contacts(folder, imports):
    before = rows_of(folder, "libraries")["lib-vratsa-reg"]["contact_source"]
    imports("libraries.csv", "id;assured_date", "lib-vratsa-reg;20.11.2026", options=["--write"])
    row = rows_of(folder, "libraries")["lib-vratsa-reg"]
    assert (row["contact_source"], row["assured_date"]) == (before, "2026-11-20")


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("source_date", "31.02.2025", "source_date: found '2025-02-31'; allowed: a day"),
        ("source_date", "99.99.2025", "source_date: found '2025-99-99'; allowed: a day"),
        ("phone", "няма", "phone: found 'няма'; allowed: a telephone"),
        ("phone", "<b>0971</b>", "phone: found '<b>0971</b>'; allowed: a telephone"),
        ("parent_id", "dbt-nope", "parent_id: found 'dbt-nope'; allowed: an id of a listed row"),
    ],
)
def test_what_cannot_be_so_is_refused(folder, imports, column, cell, said):
    before = rows_of(folder, "bureaus")
    code, told = imports("bureaus.csv", f"id;{column}", f"dbt-lom;{cell}", options=["--write"])
    assert code == 1
    assert any(said in line for line in told), told
    assert rows_of(folder, "bureaus") == before


def test_a_row_that_contradicts_its_settlement_is_told(imports):
    _, lines = imports("bureaus.csv", "id;state_province", "dbt-vidin;Враца")
    assert any("then check says" in line and "dbt-vidin: found" in line for line in lines), lines


def test_new_bureaus_are_said_to_serve_nobody_yet(imports):
    _, lines = imports("bureaus.csv", *NEW)
    assert "1 new bureaus serve no municipality yet; import bureau_of_municipality too" in lines


def test_the_data_itself_is_no_place_to_export_to(folder, capsys):
    before = (folder / "places" / "bureaus.csv").read_bytes()
    assert main(["--data", str(folder), "export", "places", str(folder / "places"), *ON]) == 2
    assert "found a folder of the data itself" in capsys.readouterr().err
    assert (folder / "places" / "bureaus.csv").read_bytes() == before


OFFICIAL = (
    "name;city;address_1;phone;source_url;source_date",
    "ДБТ Козлодуй;гр. Козлодуй;ул. Първа 1;0973 00000;https://az.bg/;20.10.2025 г.",
    "ДБТ Лом;гр. Лом;пл. Свобода 6;0971 00000;https://az.bg/;20.10.2025 г.",
)
AS_BUREAUS = ["--table", "bureaus", "--set", "kind=directorate", "--set", "confidence=medium"]


def test_an_offices_own_list_comes_in_without_ids_or_codes(folder, imports):
    before = rows_of(folder, "bureaus")
    code, lines = imports("list.csv", *OFFICIAL, options=[*AS_BUREAUS, "--write"])
    assert code == 0, lines
    after = rows_of(folder, "bureaus")
    assert after.keys() - before.keys() == {"dbt-kozloduy"}
    assert after["dbt-lom"]["phone"] == "0971 00000"
    assert after["dbt-lom"]["contact_source"] == ""
    assert after["dbt-kozloduy"]["kind"] == "directorate"
    assert {key: row for key, row in after.items() if key in before and key != "dbt-lom"} == {
        key: row for key, row in before.items() if key != "dbt-lom"
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "ДБТ;с. Ново село;;;;",
            "list.csv:2: city: found 'с. Ново село'; allowed: the name of one",
        ),
        ("ДБТ;;;;;", "list.csv:2: city: found ''; allowed: the name of one settlement"),
    ],
)
def test_a_list_without_ids_needs_clear_settlements(imports, row, said):
    code, told = imports("list.csv", OFFICIAL[0], row, options=AS_BUREAUS)
    assert code == 1
    assert any(line.startswith(said) for line in told), told


def test_where_there_are_several_the_id_is_asked_for(imports):
    row = "Читалище;гр. Лом;;;;"
    code, told = imports("list.csv", OFFICIAL[0], row, options=["--table", "libraries"])
    assert code == 1
    assert told[0].startswith("list.csv:2: id: found none; allowed: one of lib-ch-")


def test_a_default_that_is_none_is_told(imports):
    code, told = imports("list.csv", *OFFICIAL, options=["--table", "bureaus", "--set", "kind"])
    assert code == 2
    assert told == ["knowledge: --set: found 'kind'; allowed: for example confidence=medium"]
