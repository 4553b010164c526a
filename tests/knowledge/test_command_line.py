"""python -m knowledge: what it prints, and how it says that a call is wrong."""

import io
import json
import shutil
import subprocess
import sys

import pytest

from knowledge.__main__ import main
from knowledge.loading import DATA

ON = ("--on", "2026-11-22")


def screened(capsys, monkeypatch, facts, *options):
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(facts)))
    assert main(["screen", "--facts", "-", *ON, *options]) == 0
    return json.loads(capsys.readouterr().out)


def test_screen_prints_every_verdict_and_the_next_question(base, capsys, monkeypatch):
    told = {"working": "no", "registered": False, "age": 27}
    face = screened(capsys, monkeypatch, told, "--lang", "en", "--json")
    assert [m["id"] for m in face["measures"]] == list(base.measures)
    measure = next(m for m in face["measures"] if m["id"] == "znz-36-disadvantaged")
    assert measure["verdict"] == "no"
    assert measure["status"] == base.measures[measure["id"]].status
    assert measure["because"] == ["registered"]
    assert measure["missing"] == []
    assert "labour bureau" in measure["reason"]
    assert measure["sources"]
    assert face["next_question"] in {fact.id for fact in base.facts}
    assert {m["verdict"] for m in face["measures"]} <= {"yes", "likely", "unknown", "no"}


def test_nothing_told_is_not_asked_and_null_is_not_known(capsys, monkeypatch):
    assert screened(capsys, monkeypatch, {})["next_question"] == "working"
    assert screened(capsys, monkeypatch, {"working": None})["next_question"] != "working"
    declined = {"working": {"declined": True}}
    assert screened(capsys, monkeypatch, declined)["next_question"] != "working"


def test_an_employer_is_asked_nothing(capsys, monkeypatch):
    assert screened(capsys, monkeypatch, {"audience": "employer"})["next_question"] is None


def test_screen_reads_a_file(tmp_path, capsys):
    file = tmp_path / "facts.json"
    file.write_text('{"registered_on": {"from": "2026-01-01", "to": "2026-02-01"}}')
    assert main(["screen", "--facts", str(file), *ON]) == 0
    assert json.loads(capsys.readouterr().out)["measures"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "found no JSON"),
        ("{", "found no JSON"),
        ("[" * 100_000, "found no JSON"),
        ("[]", "found list; allowed: an object of facts"),
        ("3", "found int; allowed: an object of facts"),
        ('{"wage": 1}', "wage: no such fact; allowed: audience, working"),
        ('{"age": "old"}', "age: found 'old'; allowed: a whole number from 14 to 100"),
        ('{"age": 13}', "age: found 13; allowed: a whole number from 14 to 100"),
        ('{"age": NaN}', "age: found nan; allowed: a whole number"),
        ('{"age": {"from": 30, "to": 20}}', "age: found 30 to 20; write the lower bound first"),
        ('{"registered": "yes"}', "registered: found 'yes'; allowed: true or false"),
        ('{"working": []}', "working: found []; allowed: one of no, leaving"),
        ('{"job_ended_on": "2026-02-30"}', "job_ended_on: found '2026-02-30'; allowed: a date"),
        ('{"age": 30, "age": 40}', "age: stands twice"),
        ('{"settlement": "99999"}', "settlement: found '99999'; allowed: an EKATTE code"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(text, words, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert main(["screen", "--facts", "-", *ON]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert err.startswith("knowledge: ")
    assert err.count("\n") == 1


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert main(["screen", "--facts", str(tmp_path / "none.json"), *ON]) == 2
    err = capsys.readouterr().err
    assert "none.json" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["screen"],
        ["check", "--on", "soon"],
        ["screen", "--facts", "-", "--lang", "x"],
    ],
)
def test_a_call_that_is_not_understood(arguments, capsys):
    with pytest.raises(SystemExit) as exited:
        main(arguments)
    assert exited.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_facts_prints_what_may_be_answered(base, capsys):
    assert main(["facts", "--json"]) == 0
    faces = json.loads(capsys.readouterr().out)
    assert [face["id"] for face in faces] == [fact.id for fact in base.facts]
    age = next(face for face in faces if face["id"] == "age")
    assert age["bounds"] == [14, 100]
    assert age["allowed"] == "a whole number from 14 to 100"


# -- check -----------------------------------------------------------------------------------------


def test_check_warns_of_overdue_sources_at_their_lines(base, capsys):
    assert main(["check", "--on", "2026-12-30"]) == 0
    assert main(["check", "--on", "2036-01-01"]) == 1  # for the sums that nobody knows by then
    lines = capsys.readouterr().out.splitlines()
    name = next(iter(base.sources))
    text = (DATA / "sources.yaml").read_text(encoding="utf-8").splitlines()
    complaint = next(line for line in lines if f": warning: {name}: read on " in line)
    number = int(complaint.removeprefix(f"{DATA / 'sources.yaml'}:").partition(":")[0])
    assert "verified_on" in text[number - 1]
    assert text.index(f"{name}:") < number <= text.index(f"{name}:") + 6


def sums_told(capsys, day):
    code = main(["check", "--on", day])
    lines = capsys.readouterr().out.splitlines()
    return code, [line.partition("parameters.yaml:")[2] for line in lines if ": benefit_d" in line]


def test_a_sum_that_ends_soon_is_a_warning_and_one_that_has_ended_an_error(capsys):
    assert sums_told(capsys, "2026-11-01") == (0, [])
    code, (least, most) = sums_told(capsys, "2026-11-02")
    assert code == 0
    assert least.endswith(
        ": warning: benefit_daily_min: no value after 2026-12-31; write what holds then"
    )
    assert sums_told(capsys, "2026-12-31") == (0, [least, most])
    code, (least, _) = sums_told(capsys, "2027-01-01")
    assert code == 1
    assert least.endswith(
        ": benefit_daily_min: no value for 2027-01-01; allowed: a dated value; add it"
    )


def test_on_the_day_the_sources_were_last_read_the_knowledge_is_whole(capsys):
    assert main(["check", "--on", "last-read"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("no complaints")


def test_check_complains_of_cases(folder, capsys):
    shutil.copy(folder / "cases" / "eures.yaml", folder / "cases" / "no-measure.yaml")
    case = '- {name: x, on: 2026-11-22, facts: {audience: employer}, expect: "yes"}\n'
    (folder / "cases" / "eures.yaml").write_text(case, encoding="utf-8")
    assert main(["--data", str(folder), "check", *ON]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert f"{folder / 'cases' / 'no-measure.yaml'}:" in "\n".join(lines)
    assert any(
        line.startswith(f"{folder / 'cases' / 'eures.yaml'}:1: x: expect:") for line in lines
    )
    assert any("there is no measure 'no-measure'" in line for line in lines)


def test_check_tells_the_faults_of_all_files(folder, capsys):
    for name in ("eures", "znz-63-training"):
        file = folder / "measures" / f"{name}.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("sources: [", "sources: [nowhere, "), encoding="utf-8")
    assert main(["--data", str(folder), "check", *ON]) == 1
    out = capsys.readouterr().out
    assert "eures.yaml:" in out
    assert "znz-63-training.yaml:" in out
    assert "Traceback" not in out


def test_screen_of_broken_data_is_told_and_no_verdict_given(folder, capsys, monkeypatch):
    (folder / "rules.yaml").write_text("", encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO("{}"))
    assert main(["--data", str(folder), "screen", "--facts", "-", *ON]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{folder / 'rules.yaml'}:1: the file is empty" in err


def test_it_runs_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "knowledge", "screen", "--facts", "-", *ON],
        input='{"wage": 1}',
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


def test_the_guide_names_every_field_fact_and_rule(base, capsys):
    assert main(["guide"]) == 0
    page = capsys.readouterr().out
    for name in (*base.rules, *(fact.id for fact in base.facts)):
        assert f"| `{name}` |" in page
    for field in ("who", "unmodelled", "valid_to", "replaced_by", "for_online_forms", "computed"):
        assert f"| `{field}` |" in page


def test_scores_are_printed_the_weakest_first(base, capsys):
    assert main(["check", "--scores", *ON]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "  " in line]
    points = [int(line.split()[0]) for line in lines]
    assert points == sorted(points)
    assert {line.split()[1] for line in lines} == set(base.measures)
