"""python -m knowledge questions, explain, ask and diff: what editors read, and when they err."""

import dataclasses
import io
import json
import shutil
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import DAY, World, completions, conditions, fact, facts, measure, profiles, worlds

from knowledge.__main__ import main
from knowledge.base import KnowledgeBase
from knowledge.conditions import AtLeast, Between, Is, OneOf
from knowledge.difference_words import SHOWN, lines, region_words
from knowledge.differences import ChangedRegions, Differences, differences, merged, outcome
from knowledge.editor_words import EditorWords
from knowledge.facts import Declined, DontKnow, Facts, Known, Profile, Span
from knowledge.golden_profiles import people_of
from knowledge.loading import DATA, load
from knowledge.loading.cases import load_cases
from knowledge.regions import Regions
from knowledge.texts import LANGUAGES
from knowledge.typed_interview import answer, question
from knowledge.verdicts import judge

ON = ("--on", "2026-11-22")
LAW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
A = Is(fact="a", value=True)


@pytest.fixture(scope="module")
def say(base):
    return EditorWords(base.editor_words, "bg")


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# -- questions -------------------------------------------------------------------------------------


def test_questions_prints_the_figures(capsys):
    assert main(["questions", "--json", *ON]) == 0
    face = json.loads(capsys.readouterr().out)
    assert list(face) == [
        "profiles",
        "asked_mean",
        "asked_max",
        "bound_mean",
        "excess_mean",
        "wasted",
        "decided_after",
        "next_question_ms",
        "most_decided_after",
    ]
    assert list(face["decided_after"])[:3] == ["1", "2", "3"]
    times = face["next_question_ms"]
    assert times["p50"] <= times["p95"] <= times["worst"]
    assert times["p95"] < 10


def test_questions_without_cases_are_told_in_one_line(folder, capsys):
    shutil.rmtree(folder / "cases")
    assert main(["--data", str(folder), "questions", *ON]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", "knowledge: found no golden case of a job seeker; write one\n")


# -- explain ---------------------------------------------------------------------------------------


def test_explain_prints_the_tree(capsys, monkeypatch):
    told = {"working": "no", "registered": False, "age": 27}
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(told)))
    call = ["explain", "znz-36-disadvantaged", "--facts", "-", *ON, "--lang", "en"]
    assert main(call) == 0
    out = capsys.readouterr().out
    assert "  ✗ registered at the labour bureau\n" in out
    assert "      ✓ age: asked 29 or less; told 27\n" in out
    assert "What would change it:\n  registration at the labour bureau\n" in out


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("znz-36", "{}", "znz-36: no such measure; allowed: "),
        ("eures", "[]", "found list; allowed: an object of facts"),
        ("eures", "", "found no JSON"),
        ("eures", '{"wage": 1}', "wage: no such fact; allowed: audience"),
        ("eures", '{"age": "old"}', "age: found 'old'; allowed: a whole number"),
        ("eures", '{"settlement": "99999"}', "settlement: found '99999'"),
    ],
)
def test_a_wrong_explain_is_told_in_one_line(name, text, words, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert main(["explain", name, "--facts", "-", *ON]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["explain"],
        ["explain", "eures"],
        ["explain", "eures", "--facts", "-", "--lang", "x"],
        ["ask", "--lang", "x"],
        ["ask", "--on", "soon"],
        ["diff", "one"],
        ["questions", "--on", "soon"],
    ],
)
def test_a_call_that_is_not_understood(arguments, capsys):
    with pytest.raises(SystemExit) as exited:
        main(arguments)
    assert exited.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


# -- ask -------------------------------------------------------------------------------------------


def asked(capsys, monkeypatch, *typed, lang="en"):
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
    assert main(["ask", "--lang", lang, *ON]) == 0
    return capsys.readouterr().out


def test_ask_asks_until_nothing_is_left(base, capsys, monkeypatch):
    out = asked(capsys, monkeypatch, *["?"] * 40)
    for one in base.measures:
        assert out.count(f"({one})\n") == 1
    assert out.startswith("work at the moment\n  no: Out of work\n")
    assert "registration at the labour bureau\n  yes or no\n" in out


def test_ask_ends_with_the_verdicts_where_the_pipe_ends(base, capsys, monkeypatch):
    out = asked(capsys, monkeypatch, "Out of work", "2026-11-02", "yes", "27")
    profile = Profile(
        {
            "working": Known("no"),
            "job_ended_on": Known(DAY.replace(day=2)),
            "registered": Known(value=True),
            "age": Known(27),
        }
    )
    for verdict in base.screen(profile, DAY):
        assert f"\n{verdict.word}: {verdict.measure.title.en} ({verdict.measure.id})\n" in out


def test_ask_says_why_and_asks_again_what_was_typed_wrongly(capsys, monkeypatch):
    out = asked(capsys, monkeypatch, "why", "perhaps", "-", lang="bg")
    assert "Решава за: " in out
    assert "working: found 'perhaps'; allowed: one of no, leaving" in out
    assert out.count("работа в момента\n  no: Без работа") == 1
    assert out.count("\nрегистрация в бюрото по труда\n") == 1


def test_an_employer_is_asked_nothing_more(capsys, monkeypatch):
    out = asked(capsys, monkeypatch, "-", "-", "employer")
    assert out.count("don't know") == 3


def test_ask_works_from_a_pipe():
    done = subprocess.run(
        [sys.executable, "-m", "knowledge", "ask", "--lang", "en", *ON],
        input="no\nwhy\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "It decides on: " in done.stdout


@pytest.mark.parametrize(
    ("name", "typed", "found"),
    [
        ("age", " ? ", DontKnow()),
        ("age", "-", Declined()),
        ("age", "27", Known(27)),
        ("age", "25..29", Known(Span(low=25, high=29))),
        ("registered", "Да", Known(value=True)),
        ("registered", "no", Known(value=False)),
        ("working", "NO", Known("no")),
        ("working", "Без  работа", Known("no")),
        ("education", "none", Known("none")),
        ("registered_on", "1.9.2026", Known(DAY.replace(month=9, day=1))),
        ("registered_on", "2026-09-01", Known(DAY.replace(month=9, day=1))),
        ("registered_on", "none", Known("none")),
        ("youngest_child_age", "No child under 18", Known("none")),
        ("youngest_child_age", "4 or 5", Known(Span(low=4, high=5))),
        ("settlement", "12259", Known("12259")),
    ],
)
def test_what_a_line_answers(base, say, name, typed, found):
    assert answer(base.facts[name], typed, DAY, say) == found


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("age", ""),
        ("age", "13"),
        ("age", "29..25"),
        ("age", "..29"),
        ("age", "9" * 50),
        ("registered", "maybe"),
        ("registered", "yes..no"),
        ("registered_on", "31.2.2026"),
        ("registered_on", "declined"),
        ("working", "..."),
        ("settlement", "с. Баница"),
    ],
)
def test_a_line_that_answers_nothing(base, say, name, typed):
    with pytest.raises(ValueError, match=f"{name}: found"):
        answer(base.facts[name], typed, DAY, say)


def test_all_that_is_offered_may_be_typed(base):
    for one in base.facts:
        offered = [(c.value, c.label) for c in one.choices] + [("", b.label) for b in one.bands]
        for value, label in offered:
            for language in LANGUAGES:
                say = EditorWords(base.editor_words, language)
                told = answer(one, label.in_(language), DAY, say)
                assert isinstance(told, Known)
                assert not value or told.value == value
                assert label.in_(language) in "\n".join(question(one, say))


# -- diff ------------------------------------------------------------------------------------------


def told(capsys, before, after, *options):
    assert main(["diff", str(before), str(after), *(options or ON)]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_folder_does_not_differ_from_itself(folder, capsys):
    assert told(capsys, DATA, DATA) == []
    assert told(capsys, DATA, folder) == []


def test_a_moved_bound_is_told_for_people_and_regions(folder, capsys):
    edit(folder / "rules.yaml", "who: {age: {max: 29}}", "who: {age: {max: 24}}")
    found = told(capsys, folder, DATA)
    one = next(line for line in found if line.startswith("eu-youth-employment-plus: работа"))
    assert one == (
        "eu-youth-employment-plus: работа в момента Без работа, възраст 25–29: no → likely"
    )
    assert any(line.startswith("eu-youth-employment-plus: ") and "golden" in line for line in found)
    (supported,) = (line for line in found if line.startswith("znz-36-disadvantaged: работа"))
    for words in (
        "възраст 25–29",
        "образование Средно или Висше",
        "процент от ТЕЛК 0–49",
        "дете 4–17 или Няма дете под 18",
    ):
        assert words in supported
    back = told(capsys, DATA, folder)
    assert len(back) == len(found)
    assert any(line.endswith("възраст 25–29: likely → no") for line in back)


def test_added_and_removed_measures_are_listed(folder, capsys):
    shutil.move(folder / "measures" / "czsp.yaml", folder / "measures" / "czsp-two.yaml")
    edit(folder / "asked_as.yaml", "\nczsp:", "\nczsp-two:")
    edit(folder / "asked_as.yaml", "czsp]", "czsp-two]")
    for language in ("tr", "uk"):
        edit(folder / "translated" / f"asked_as_{language}.yaml", "\nczsp:", "\nczsp-two:")
    assert told(capsys, DATA, folder) == ["added: czsp-two", "removed: czsp"]


def test_a_measure_that_is_no_longer_offered(folder, capsys):
    with (folder / "measures" / "eures.yaml").open("a", encoding="utf-8") as file:
        file.write("\nvalid_to: 2026-01-01\n")
    found = told(capsys, DATA, folder)
    assert all(line.startswith("eures: ") and line.endswith("→ not offered") for line in found)
    assert any("golden" in line for line in found)
    assert any("за кого питате" in line for line in found)


def test_a_change_of_words_is_no_difference(folder, capsys):
    edit(folder / "rules.yaml", "до 29 години включително", "до 29")
    assert told(capsys, DATA, folder) == []


def test_today_and_the_cases_days_are_the_days(folder, capsys):
    assert main(["diff", str(DATA), str(folder)]) == 0
    assert capsys.readouterr().out == ""


def test_a_broken_folder_is_told(folder, capsys):
    (folder / "rules.yaml").write_text("", encoding="utf-8")
    assert main(["diff", str(DATA), str(folder), *ON]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{folder / 'rules.yaml'}:1: the file is empty" in err


def test_a_folder_without_a_file_is_broken(folder, capsys):
    (folder / "sources.yaml").unlink()
    assert main(["diff", str(DATA), str(folder), *ON]) == 1
    told = f"{folder / 'sources.yaml'}:1: the file is missing; put it back\n"
    assert capsys.readouterr().err == told


def test_a_folder_that_is_not_there(tmp_path, capsys):
    assert main(["diff", str(DATA), str(tmp_path / "none"), *ON]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "none: no such folder; allowed: a folder of data" in err
    assert err.count("\n") == 1


# -- what changes, as laws -------------------------------------------------------------------------


def with_measures(facts: Facts, *whos) -> KnowledgeBase:
    made = [measure(who, f"m{n}", valid_from=None, valid_to=None) for n, who in enumerate(whos)]
    return dataclasses.replace(load(), facts=facts, measures={one.id: one for one in made})


@LAW
@given(st.data())
def test_an_outcome_is_the_word_of_the_verdict(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    base = with_measures(world.facts, *(one.who for one in world.measures))
    for name, one in base.measures.items():
        word = judge(one, world.facts, profile, world.on).word
        assert outcome(base, name, profile, world.on) == word


@LAW
@given(st.data())
def test_every_change_is_in_one_piece_and_every_piece_changes(base, data):
    asked = data.draw(facts(most=4))
    before, after = (with_measures(asked, data.draw(conditions(asked))) for _ in range(2))
    found = differences(before, after, (), DAY)
    assert differences(before, before, (), DAY) == Differences()
    for _ in range(10):
        told = data.draw(completions(World(asked, (), DAY), {}))
        profile = Profile({name: Known(value) for name, value in told.items()})
        change = outcome(before, "m0", profile, DAY), outcome(after, "m0", profile, DAY)
        pieces = [piece.change for piece in found.regions if _lies_in(piece, told)]
        assert pieces == ([change] if change[0] != change[1] else [])
    assert bool(list(lines(found, DAY, base.editor_words))) == bool(found.regions)
    for piece in found.regions:
        assert all(len(n) < len(piece.regions[f].askable) for f, n in piece.where.items())


def _lies_in(piece: ChangedRegions, told) -> bool:
    return all(
        piece.regions[name].mask(told[name]).bit_length() - 1 in numbers
        for name, numbers in piece.where.items()
    )


@LAW
@given(st.sets(st.tuples(*[st.integers(0, 2)] * 3)))
def test_merging_loses_nothing_and_makes_nothing_up(cells):
    boxes = merged([tuple(frozenset([n]) for n in cell) for cell in cells])
    inside = [(a, b, c) for one, two, three in boxes for a in one for b in two for c in three]
    assert sorted(inside) == sorted(cells)


def test_more_regions_than_are_looked_at_are_reported(base):
    many = Facts(tuple(fact(f"f{n}", "bool") for n in range(8)))
    before, after = (
        with_measures(many, AtLeast(count=4, of=tuple(Is(fact=f.id, value=value) for f in many)))
        for value in (True, False)
    )
    found = differences(before, after, (), DAY, cap=100)
    (capped,) = found.capped
    assert (capped.looked_at, capped.regions) == (100, 256)
    said = list(lines(found, DAY, base.editor_words))
    assert "m0: looked at 100 of 256 regions; a change elsewhere is not told" in said
    assert differences(before, after, (), DAY).capped == ()
    for one in many:
        either = [piece.where.get(one.id, {0, 1}) for piece in found.regions]
        assert {number for numbers in either for number in numbers} == {0, 1}


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([0], ["14–15"]),
        ([1, 0], ["14–29"]),
        ([0, 2], ["14–15", "30–100"]),
        ([0, 1, 2], ["14–100"]),
    ],
)
def test_numbers_that_follow_each_other_are_one(base, say, numbers, words):
    ages = Regions(base.facts["age"], [16, 30], DAY)
    assert list(region_words(ages, numbers, DAY, say)) == words


def test_days_and_none_in_words(base, say):
    days = Regions(base.facts["registered_on"], [DAY.replace(day=2)], DAY)
    said = ["до 22.11.2026", "Няма регистрация"]
    assert list(region_words(days, [0, 1, 2], DAY, say)) == said
    assert list(region_words(days, [1], DAY, say)) == ["от 02.11.2026 до 22.11.2026"]


def test_answers_that_no_rule_names_are_all_told(base, say):
    levels = Regions(base.facts["education"], ["none", "basic"], DAY)
    assert list(region_words(levels, [1, 2], DAY, say)) == ["Основно", "Средно", "Висше"]


@pytest.fixture(scope="module")
def piece():
    """What changes for those of whom a yes becomes a no."""
    asked = Facts((fact("a", "bool"),))
    states = with_measures(asked, A), with_measures(asked, Is(fact="a", value=False))
    return differences(*states, (), DAY).regions[0]


def test_pieces_beyond_those_shown_are_counted(base, piece):
    one = dataclasses.replace(piece, where={"a": frozenset([0])})
    said = list(lines(Differences(regions=(one,) * 30), DAY, base.editor_words))
    assert len(said) == SHOWN + 1
    assert said[-1] == "m0: … and 10 smaller groups of answers"


def test_a_change_for_everybody_is_said_to_be_one(base, piece):
    one = dataclasses.replace(piece, where={}, change=("yes", "no"))
    said = list(lines(Differences(regions=(one,)), DAY, base.editor_words))
    assert said == ["m0: всички: yes → no"]


def test_a_fact_that_becomes_another_kind_is_reported(base):
    before = with_measures(Facts((fact("a", "whole"),)), Between(fact="a", min=3))
    after = with_measures(Facts((fact("a", "bool"),)), A)
    found = differences(before, after, (), DAY)
    assert list(lines(found, DAY, base.editor_words)) == [
        "m0: a is another kind of fact now; its answers cannot be compared"
    ]


def test_a_fact_that_is_new():
    asked = fact("a", "bool"), fact("b", "choice")
    before = with_measures(Facts(asked[:1]), A)
    after = with_measures(Facts(asked), OneOf(fact="b", values=("red",)))
    (unknown, *others) = differences(before, after, (), DAY).regions
    changes = {piece.change for piece in (unknown, *others)}
    assert changes == {("yes", "no"), ("no", "yes")}


def test_golden_people_are_named_by_their_cases(base):
    cases = load_cases(DATA / "cases", base.facts)
    people = people_of(cases, base.facts, base.measures.values())
    rule = base.measures["znz-26-mediation-anywhere"].model_copy(update={"who": A_TRADE})
    after = dataclasses.replace(base, measures={**base.measures, rule.id: rule})
    changed = differences(base, after, people, DAY).people
    assert {one.measure for one in changed} == {rule.id}
    names = {case.name for case in cases}
    assert all(set(one.names) <= names for one in changed)
    for person in people:
        words = [judge(b.measures[rule.id], b.facts, person.full, DAY).word for b in (base, after)]
        of_change = [one for one in changed if one.change == tuple(words)]
        assert bool(of_change) == (words[0] != words[1])


A_TRADE = Is(fact="has_trade", value=True)
