"""An editor changes measures in a spreadsheet, and sees first whose verdict changes."""

import csv
import io

import pytest

from knowledge.__main__ import main
from knowledge.loading import load
from knowledge.loading.columns import load_columns
from knowledge.loading.faults import plain
from knowledge.loading.yaml_files import read_fields
from knowledge.measure_sheets import COLUMNS
from knowledge.measures import Measure

ON = ("--on", "2026-11-25")
YOUTH = "eu-youth-employment-plus"


@pytest.fixture
def exported(folder, tmp_path):
    """The rows of the exported table, by id."""
    assert main(["--data", str(folder), "export", "measures", str(tmp_path), *ON]) == 0
    text = (tmp_path / "measures.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))[1:]
    return {row["id"]: row for row in rows}


@pytest.fixture
def imports(folder, tmp_path, capsys):
    """Import rows into the folder; return the code and what was printed."""

    def do(*rows, options=()):
        file = tmp_path / "edited.csv"
        with file.open("w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.DictWriter(handle, rows[0].keys(), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
        capsys.readouterr()
        code = main(["--data", str(folder), "import", "measures", str(file), *options, *ON])
        printed = capsys.readouterr()
        return code, (printed.out + printed.err).replace(f"{tmp_path}/", "").splitlines()

    return do


def text_of(folder, name):
    return (folder / "measures" / f"{name}.yaml").read_text(encoding="utf-8")


def test_what_is_exported_comes_back_without_a_change(folder, exported, imports):
    before = {name: text_of(folder, name) for name in exported}
    assert set(exported) == set(load(folder).measures)
    code, lines = imports(*exported.values(), options=["--write"])
    assert (code, lines[-1]) == (0, "nothing to change")
    assert {name: text_of(folder, name) for name in exported} == before


def test_every_column_has_a_bulgarian_name(folder):
    assert set(COLUMNS) <= set(load_columns(folder).labels)


def test_a_changed_word_changes_that_word_alone(folder, exported, imports):
    before = text_of(folder, YOUTH).splitlines()
    row = {"id": YOUTH, "title_bg": "Работа за млади хора"}
    code, lines = imports(row)
    assert code == 0
    assert lines[0].startswith(f"~ {YOUTH}: title: ")
    assert lines[-1] == "nothing was written; add --write to do it"
    assert text_of(folder, YOUTH).splitlines() == before
    assert imports(row, options=["--write"])[1][-1] == "written"
    after = text_of(folder, YOUTH).splitlines()
    # What a firm reads has no columns, and stays as well.
    assert "for_employer:" in after
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(changed) == 1
    assert "Работа за млади хора" in changed[0][1]
    assert exported[YOUTH]["title_en"] in changed[0][1]


def test_a_changed_condition_says_whose_verdict_changes(exported, imports):
    row = exported[YOUTH]
    assert row["who"] == "{all: [rule: of_working_age, rule: up_to_29, rule: out_of_work]}"
    code, lines = imports({"id": YOUTH, "who": row["who"].replace("up_to_29", "up_to_24")})
    assert code == 0
    assert any(
        line.startswith(f"{YOUTH}: ") and "25–29" in line and line.endswith("likely → no")
        for line in lines
    ), lines
    assert any(line.startswith("then check says: cases/") for line in lines)


def test_a_new_measure_is_a_new_file_that_can_be_read(folder, exported, imports):
    row = {**exported["eures"], "id": "my-measure", "title_bg": "Нова мярка", "weight": "1,5"}
    code, lines = imports(row, options=["--write"])
    assert code == 0
    assert lines[0] == "+ my-measure: Нова мярка"
    assert any("cases/my-measure.yaml" in line for line in lines)  # it has no golden cases yet
    fields = plain(read_fields(folder / "measures" / "my-measure.yaml"))
    assert fields["title"]["bg"] == "Нова мярка"
    assert fields["weight"] == 1.5
    assert fields["who"] == {"rule": "a_job_seeker"}
    assert list(fields) == [name for name in Measure.model_fields if name in fields]


def test_a_line_more_is_a_step_more(folder, exported, imports):
    row = exported[YOUTH]
    steps = {"steps_bg": row["steps_bg"] + "\nОбадете се.", "steps_en": row["steps_en"] + "\nCall."}
    code, _ = imports({"id": YOUTH, **steps}, options=["--write"])
    assert code == 0
    fields = plain(read_fields(folder / "measures" / f"{YOUTH}.yaml"))
    assert fields["steps"][-1] == {"bg": "Обадете се.", "en": "Call."}
    assert len(fields["steps"]) == len(row["steps_bg"].splitlines()) + 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"steps_en": "Only one."}, "edited.csv:2: steps_en: found 1 lines; allowed: "),
        (
            {"who": "{rule: up_to_92}"},
            "edited.csv:2: rule 'up_to_92' is not in rules.yaml; did you",
        ),
        ({"who": "up to 29"}, "edited.csv:2: who: found 'up to 29'; allowed: a condition"),
        ({"who": "{rule: [}"}, "edited.csv:2: who: found '{rule: [}'"),
        ({"who": ""}, "edited.csv:2: who: missing"),
        ({"weight": "much"}, "edited.csv:2: weight: found 'much'; allowed: a number"),
        ({"weight": "0"}, "edited.csv:2: weight: found 0; allowed: more than 0.0; correct it"),
        ({"online_only": "perhaps"}, "edited.csv:2: online_only: found 'perhaps'; allowed: yes"),
        ({"status": "in-force"}, "edited.csv:2: status: found 'in-force'; allowed: 'in_force'"),
        ({"status": "in-force"}, "did you mean 'in_force'?"),
        ({"title_bg": ""}, "edited.csv:2: title.bg: missing; write it"),
        ({"sources": "znz-2042"}, "is not in sources.yaml; add it; did you mean 'znz-2024'?"),
        (
            {"valid_to": "some day"},
            "edited.csv:2: valid_to: found 'some day'; allowed: a day as 2026-11-22",
        ),
        ({"who": "{a: &x [*x]}"}, "edited.csv:2: who: found"),
        ({"who": "%YAML 1.1"}, "edited.csv:2: who: found"),
        ({"who": "{rule: [up_to_29]}"}, "edited.csv:2: rule ['up_to_29'] is not in rules.yaml"),
        ({"who": "{all: [" * 300 + "]}" * 300}, "edited.csv:2: "),
        ({"weight": "inf"}, "edited.csv:2: weight: found inf; allowed: a number"),
        ({"id": "no-such"}, "edited.csv:2: id: found 'no-such'; allowed: a measure there is"),
        ({"id": "-x", "kind": "benefit"}, "edited.csv:2: id: found '-x'"),
        (
            {"id": "My Measure"},
            "edited.csv:2: id: found 'My Measure'; allowed: small Latin letters",
        ),
        ({"id": "../../x"}, "edited.csv:2: id: found '../../x'"),
        ({"id": "", "kind": "benefit"}, "edited.csv:2: id: found ''"),
        ({"unmodelled_when": "{rule: up_to_29}"}, "unmodelled_when: found 1 lines; allowed: "),
    ],
)
def test_a_fault_is_told_by_row_and_column_and_nothing_is_written(folder, imports, cells, said):
    before = sorted((file.name, file.read_bytes()) for file in (folder / "measures").iterdir())
    code, told = imports({"id": YOUTH} | cells, options=["--write"])
    assert code == 1, told
    assert any(said in line for line in told), told
    assert all(line.startswith("edited.csv:2: ") for line in told), told
    after = sorted((file.name, file.read_bytes()) for file in (folder / "measures").iterdir())
    assert after == before


def test_a_measure_cannot_stand_twice(imports):
    code, told = imports({"id": YOUTH}, {"id": YOUTH})
    assert code == 1
    assert told == [f"edited.csv:3: id: found '{YOUTH}' again; allowed: once; remove a row"]


def test_a_date_that_a_spreadsheet_turned_round_is_read(folder, imports):
    code, _ = imports({"id": YOUTH, "valid_to": "31.12.2027 г."}, options=["--write"])
    assert code == 0
    assert plain(read_fields(folder / "measures" / f"{YOUTH}.yaml"))["valid_to"] == "2027-12-31"


@pytest.mark.parametrize("option", [["--replace"], ["--table", "bureaus"]])
def test_what_is_meant_for_places_is_not_passed_over(imports, option):
    code, told = imports({"id": YOUTH, "weight": "9"}, options=["--write", *option])
    assert code == 2
    assert told == [
        "knowledge: import measures: --replace and --table are for places; leave them out"
    ]
