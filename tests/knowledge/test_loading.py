"""The shipped data is whole and its golden cases hold; broken data is told by file and line."""

import datetime as dt
from pathlib import Path

import pytest

from knowledge.cases import Case
from knowledge.errors import DataError
from knowledge.facts import Known, as_json
from knowledge.help_lines import HelpLine
from knowledge.job_scams import ScamAdvice
from knowledge.loading import DATA, load
from knowledge.loading.cases import cases_of, load_cases
from knowledge.loading.everything import (
    check_groups,
    load_archive,
    load_employer_services,
    load_facts,
    load_hiring_groups,
    load_job_search,
    load_joint_questions,
    load_measure,
    load_parameters,
    load_rules,
    load_services,
    load_sourced,
    load_sources,
    rough_bands,
)

BASE = load()
CASES = load_cases(DATA / "cases", BASE.facts)
BROKEN = Path(__file__).parent / "broken"
TOLD = {
    "archive-no-names": (3, "names: found []; allowed: a list of at least 1; correct it"),
    "archive-replaced-by-nothing": (7, "old.replaced_by: found 'no-such-measure'; allowed: the id"),
    "cases-bad-day": (2, "on: found '2026-02-30'; allowed: a day as 2026-11-22; correct it"),
    "cases-no-facts": (1, "facts: missing"),
    "cases-no-list": (1, "allowed: cases, each with a dash"),
    "cases-same-name": (1, "stands twice"),
    "cases-unknown-fact": (5, "wage: no such fact; allowed: audience, working"),
    "cases-unquoted-code": (
        3,
        "settlement: found 14; allowed: an EKATTE code of five digits, as text",
    ),
    "cases-unknown-verdict": (
        4,
        "expect: found 'perhaps'; allowed: 'yes', 'likely', 'unknown' or 'no'; correct it",
    ),
    "cases-value-not-allowed": (3, "age: found 7; allowed: a whole number from 14 to 100"),
    "employer-unknown-measure": (4, "fairs.measure: found 'job-fair'; allowed: the id of one"),
    "employer-unknown-source": (4, "fairs.sources: 'hearsay' is not in sources.yaml; add it"),
    "facts-a-list": (1, "allowed: fields with values"),
    "facts-an-entry-without-fields": (1, "age: found 'whole'; allowed: fields"),
    "facts-bad-kind": (
        2,
        "kind: found 'number'; allowed: 'bool', 'choice', 'whole', 'date' or 'place'",
    ),
    "facts-band-outside-bounds": (2, "a band reaches outside the bounds"),
    "facts-bounds-turned-round": (2, "the lower bound is above the upper"),
    "facts-choices-twice": (2, "two choices have the same value"),
    "facts-empty": (1, "the file is empty"),
    "facts-given-of-later-fact": (5, "'registered' is not declared above; move it up"),
    "facts-given-of-no-such-value": (11, "working: found 'never'; allowed: one of yes, no"),
    "facts-no-label": (2, "label: missing"),
    "facts-not-yaml": (3, "a tab character"),
    "facts-otherwise-not-allowed": (8, "ended_on: found 'none'; allowed: a date"),
    "groups-no-title": (2, "title: missing"),
    "groups-unknown-rule": (4, "rule 'up_to_92' is not in rules.yaml"),
    "joint-choice-without-ground": (1, "choice 2: says nothing of registered; every choice must"),
    "joint-fact-of-its-own": (1, "education is not given on registered; ask for it alone"),
    "joint-no-such-band": (1, "choice 2: registered_on: found 'b9'; allowed: a date"),
    "joint-one-choice": (3, "allowed: a list of at least 2; correct it"),
    "joint-stray-fact": (1, "choice 1: age is not among the facts of the question; add it there"),
    "joint-unknown-fact": (1, "since_when: not in facts.yaml; add it or mend the name"),
    "lines-no-source": (6, "sources: found []; allowed: a list of at least 1; correct it"),
    "lines-unknown-kind": (2, "found 'sorrow'; allowed: 'despair', 'violence' or 'hunger'"),
    "lines-unknown-source": (8, "help.sources: 'hearsay' is not in sources.yaml; add it"),
    "measure-bare-comparison": (12, "age stands in no named rule"),
    "measure-caveat-of-unknown-rule": (14, "'of_age' is not in rules.yaml; did you mean"),
    "measure-employer-gets-nothing": (16, "for_employer.gets: found []; allowed: a list of at"),
    "measure-employer-misspelt-field": (18, "for_employer.duty: there is no such field"),
    "measure-employer-no-step": (13, "for_employer.steps: missing"),
    "measure-employer-unknown-group": (14, "groups: 'yong' is not in hiring_groups.yaml; add it"),
    "measure-employer-unknown-source": (18, "sources: 'hearsay' is not in sources.yaml; add it"),
    "measure-misspelt-field": (
        13,
        "weigth: there is no such field; mend its name; did you mean 'weight'?",
    ),
    "measure-misspelt-source": (11, "not in sources.yaml; add it; did you mean 'znz-2024'?"),
    "measure-misspelt-status": (
        6,
        "found 'inforce'; allowed: 'in_force', 'programme_dependent' or 'unclear'; correct it; did",
    ),
    "measure-misspelt-rule": (14, "did you mean 'registered_at_bureau'?"),
    "measure-no-condition": (1, "who: missing"),
    "measure-no-source": (11, "sources: found []; allowed: a list of at least 1; correct it"),
    "measure-rule-under-not": (12, "no words for its opposite"),
    "measure-unknown-key": (13, "colour: there is no such field"),
    "measure-unknown-sum": (13, "amounts: 'no_such_sum' is not in parameters.yaml; add it"),
    "measure-unknown-source": (11, "'no-such-source' is not in sources.yaml"),
    "parameters-gap": (1, "daily: no value from 2025-12-01; add what held then"),
    "parameters-overlap": (2, "two values hold on 2026-01-01; end the first on the day before"),
    "parameters-unknown-source": (8, "daily.source: 'hearsay' is not in sources.yaml; add it"),
    "parameters-value-of-nothing": (
        4,
        "values.0.value: found '0'; allowed: more than 0; correct it",
    ),
    "rules-a-bare-word": (6, "found 'registered'; allowed: one operation or one fact"),
    "rules-bad-duration": (3, "found 'half a year'; allowed: for example 6 months"),
    "rules-blank-text": (2, "text.en: the text is empty"),
    "rules-bound-outside-the-fact": (3, "found 290; allowed: a whole number from 14 to 100"),
    "rules-bounds-turned-round": (3, "min 29 above max 16"),
    "rules-choice-not-allowed": (3, "found 'master'; allowed: one of none, basic"),
    "rules-count-missing": (4, "at_least: allowed: count and of"),
    "rules-count-too-high": (5, "count: found 3; allowed: 1 to 2"),
    "rules-empty-all": (3, "allowed: a list of conditions"),
    "rules-endless-duration": (3, "found '9000 years'"),
    "rules-list-of-yes-and-no": (3, "found [True, False]; allowed: true or false"),
    "rules-no-condition": (2, "who: missing"),
    "rules-no-text": (2, "text: missing"),
    "rules-number-without-bounds": (3, "found 29; allowed: bounds, for example min: 1"),
    "rules-one-language": (2, "text.en: missing"),
    "rules-repeated-key": (5, 'found duplicate key "registered"'),
    "rules-two-in-one": (4, "allowed: one operation or one fact"),
    "rules-unknown-fact": (3, "'registred' is not in facts.yaml; did you mean 'registered'?"),
    "rules-unknown-key": (4, "note: there is no such field"),
    "rules-used-before-written": (3, "rule 'young' is not in rules.yaml"),
    "rules-wrong-operator": (3, "age: found at_least; allowed: max, min"),
    "scams-unknown-part": (2, "part: found 'hint'; allowed: 'sign', 'check' or 'report'"),
    "search-unknown-measure": (4, "eures.measure: found 'euress'; allowed: the id of one"),
    "services-unknown-rule": (4, "rule 'out_of_luck' is not in rules.yaml"),
    "services-unknown-source": (5, "help.sources: 'hearsay' is not in sources.yaml; add it"),
    "sources-bad-address": (
        3,
        "url: found 'example.org'; allowed: an address as https://www.az.government.bg/",
    ),
    "sources-bad-date": (
        4,
        "verified_on: found '2026-13-40'; allowed: a day as 2026-11-22; correct it",
    ),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file.name}: {case.name}")
def test_the_golden_case_holds(case: Case):
    assert case.measure in BASE.measures, f"{case.file} is named after no measure"
    assert not case.disagreements(BASE.measures[case.measure], BASE.facts)


def test_every_measure_has_cases_that_fit_and_that_do_not():
    for name in BASE.measures:
        expected = {case.expect for case in CASES if case.measure == name}
        assert "no" in expected, name
        assert expected & {"yes", "likely"}, name


@pytest.mark.parametrize("name", sorted(TOLD))
def test_broken_data_is_told_by_file_and_line(name):
    file = BROKEN / f"{name}.yaml"
    with pytest.raises(DataError) as told:
        _read(file)
    line, words = TOLD[name]
    first = str(told.value).splitlines()[0]
    assert first.startswith(f"{file}:{line}: ")
    assert words in first


def test_every_broken_file_is_tried():
    assert {file.stem for file in BROKEN.glob("*.yaml")} == set(TOLD)


def _read(file: Path) -> None:
    match file.stem.partition("-")[0]:
        case "facts":
            load_facts(file)
        case "rules" | "groups" as what:
            _read_conditions(what, file)
        case "sources":
            load_sources(file)
        case "measure":
            load_measure(file, BASE.facts, dict(BASE.rules), dict(BASE.sources), BASE.parameters)
            check_groups(file, BASE.hiring_groups)
        case "parameters":
            load_parameters(file, BASE.sources)
        case "archive":
            load_archive(file, BASE.measures, BASE.sources)
        case "lines" | "scams" | "search" | "employer" as what:
            _read_sourced(what, file)
        case "joint":
            load_joint_questions(file, BASE.facts)
        case "services":
            load_services(file, BASE.facts, dict(BASE.rules), BASE.sources)
        case _:
            cases_of(file, BASE.facts)


def _read_conditions(what: str, file: Path) -> None:
    if what == "groups":
        load_hiring_groups(file, BASE.facts, dict(BASE.rules))
    else:
        load_rules(file, BASE.facts)


def _read_sourced(what: str, file: Path) -> None:
    if what in ("search", "employer"):
        load_led = {"search": load_job_search, "employer": load_employer_services}[what]
        load_led(file, BASE.measures, BASE.sources)
    else:
        load_sourced({"lines": HelpLine, "scams": ScamAdvice}[what], file, BASE.sources)


def test_all_faults_of_a_file_are_told_at_once():
    with pytest.raises(DataError) as told:
        load_sources(BROKEN / "sources-bad-address.yaml")
    assert [complaint.line for complaint in told.value.complaints] == [3, 9]


def test_a_file_that_is_no_text_is_told(tmp_path):
    file = tmp_path / "facts.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match=r"facts\.yaml:1: not a YAML text in UTF-8"):
        load_facts(file)


def test_dates_and_codes_stay_what_they_look_like(tmp_path):
    file = tmp_path / "cases.yaml"
    file.write_text(
        '- {name: a, on: 2026-11-22, expect: "no", facts: {settlement: "00014", working: "no"}}',
        encoding="utf-8",
    )
    (case,) = load_cases(tmp_path, BASE.facts)
    assert case.on == dt.date(2026, 11, 22)
    assert case.profile.known == {"settlement": "00014", "working": "no"}


@pytest.mark.parametrize("on", [dt.date(2026, 11, 22), dt.date(2028, 2, 29), dt.date(2027, 8, 31)])
def test_no_button_leaves_a_rule_open(on):
    assert not [str(complaint) for complaint in rough_bands(BASE, DATA, on)]


def test_what_a_button_says_can_be_kept_and_read_back():
    on = dt.date(2026, 11, 22)
    for fact in BASE.facts:
        for band in fact.bands:
            answer = Known(band.span(fact, on))
            assert fact.answer(as_json(answer)) == answer
