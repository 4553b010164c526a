"""What an editor is told of knowledge that loads and is wrong all the same."""

import datetime as dt
import re

import pytest

from knowledge.boundaries import bounds_of
from knowledge.loading import load
from knowledge.loading.cases import load_cases
from knowledge.loading.review import complaints

ON = dt.date(2026, 11, 22)
SPARE = """spare:
  title: {bg: а, en: a}
  url: https://a.bg/
  verified_on: 2026-11-22
znz-2024:"""


def told(folder):
    base = load(folder)
    cases = load_cases(folder / "cases", base.facts)
    return [str(c).removeprefix(f"{folder}/") for c in complaints(base, folder, cases, ON)]


def change(folder, file, before, after):
    text = (folder / file).read_text("utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), "utf-8")


def test_the_shipped_knowledge_is_in_order(folder):
    assert told(folder) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        (
            "measures/np-refugees.yaml",
            "audience: [jobseeker, employer]",
            "audience: [jobseeker]",
            r"np-refugees.yaml:\d+: for_employer: found, but no employer in audience",
        ),
        (
            "measures/eures.yaml",
            "audience: [jobseeker]",
            "audience: [jobseeker, employer]",
            r"eures.yaml:\d+: for_employer: missing; write what a firm must know",
        ),
        (
            "measures/eu-youth-employment-plus.yaml",
            "groups: [young, learners]",
            "groups: [young, older]",
            r"plus.yaml:\d+: for_employer.groups: older is ruled out by who; take it out",
        ),
        (
            "measures/znz-46-internship.yaml",
            'bg: "Заплатата и осигуровките за 12 месеца"',
            f'bg: "{"Заплата " * 8}"',
            r"ship.yaml:\d+: for_employer.in_short.bg: found 63 characters; allowed: 60",
        ),
        (
            "measures/znz-46-internship.yaml",
            "Обявете там мястото",
            "Следва да обявите мястото",
            r"ship.yaml:\d+: for_employer.steps.1: found „следва да…“",
        ),
        (
            "hiring_groups.yaml",
            'en: "Aged 29 or under"',
            'en: "Young people up to 29"',
            r"hiring_groups.yaml:\d+: young.button.en: found 21 characters; allowed: 20",
        ),
        (
            "joint_questions.yaml",
            'bg: "Не, прекратиха я"',
            'bg: "Не, бюрото я прекрати"',
            r"joint_questions.yaml:\d+: registration.choices.2.label.bg: found 21 characters",
        ),
        (
            "rules.yaml",
            "who: {age: {max: 29}}",
            "who: {age: {max: 28}}",
            r"boundaries.yaml:\d+: up_to_29: at 28 the rule says yes; read the law",
        ),
        (
            "boundaries.yaml",
            'yes: ["29"]\n  no: ["30"]',
            'yes: ["29", "30"]',
            r"boundaries.yaml:\d+: up_to_29: at 30 the rule says no, the law was read otherwise",
        ),
        (
            "boundaries.yaml",
            'yes: ["29"]',
            'yes: ["29", "17"]',
            r"boundaries.yaml:\d+: up_to_29: 17 is beside no bound; take it out",
        ),
        (
            "boundaries.yaml",
            "up_to_29:",
            "up_to_92:",
            r"boundaries.yaml:\d+: there is no rule 'up_to_92'; take it out",
        ),
        (
            "rules.yaml",
            "child_under_4:",
            "never_used:\n  text: {bg: дума, en: word}\n  who: {age: {min: 77}}\nchild_under_4:",
            r"rules.yaml:\d+: never_used: nothing uses it; use it or take it out",
        ),
        (
            "sources.yaml",
            "znz-2024:",
            SPARE,
            r"sources.yaml:3: spare: nothing uses it; use it or take it out",
        ),
        (
            "measures/znz-36-disadvantaged.yaml",
            "    - rule: registered_at_bureau\n",
            "    - rule: registered_at_bureau\n    - rule: up_to_24\n    - rule: from_58\n",
            r"measures/znz-36-disadvantaged.yaml:\d+: who: never fits",
        ),
        (
            "measures/znz-36-disadvantaged.yaml",
            "        - rule: up_to_29\n",
            "        - rule: up_to_29\n        - rule: up_to_24\n",
            r"who: nobody is let in only by the rule up_to_24; take it out, or mend its bounds",
        ),
        (
            "measures/znz-36-disadvantaged.yaml",
            "  bg: Държавата плаща на фирмата",
            "  bg: Лицата следва да знаят. Държавата плаща на фирмата",
            r"summary: found „следва да…“; say it as people do: трябва да",
        ),
        (
            "measures/znz-36-disadvantaged.yaml",
            "  bg: Държавата плаща на фирмата",
            "  bg: Дъpжавата плаща на фирмата",
            r"znz-36-disadvantaged.yaml:3: found 'Дъpжавата' with the Latin p; .*write 'Държавата'",
        ),
        (
            "measures/eures.yaml",
            "title: {bg: EURES",
            "title: {bg: Заглавие което не се събира на екран EURES",
            r"measures/eures.yaml:1: title.bg: found \d+ characters; allowed: 45; shorten",
        ),
        (
            "phrases.yaml",
            "until_birthday:",
            "till_birthday:",
            r"phrases.yaml:1: until_birthday: missing; write it with {birthday}",
        ),
        (
            "phrases.yaml",
            "Подхожда до {birthday}.",
            "Подхожда до {bday}.",
            r"phrases.yaml:\d+: until_birthday.bg: found \['bday'\] to fill in; allowed",
        ),
        (
            "facts.yaml",
            "{years}-ия рожден ден на детето",
            "рожден ден на детето",
            r"facts.yaml:\d+: youngest_child_age.birthday.bg: found nothing to fill in; allowed",
        ),
        (
            "places/bureaus.csv",
            "гр. Видин,10971,Видин,VID09,Видин",
            "гр. Видин,10971,Видин,VID09,Враца",
            r"places/bureaus.csv:\d+: dbt-vidin: found VID09 / Видин / Враца; allowed by",
        ),
        (
            "places/naming.yaml",
            '"00672": [',
            "00672: [",
            r"places/naming.yaml:\d+: old_names: found 672; allowed: a code of settlements.csv",
        ),
        (
            "places/settlements.csv",
            "00028,village,Абланица",
            "00028,village,Aбланица",
            r"places/settlements.csv:3: found 'Aбланица' with the Latin A; .*write 'Абланица'",
        ),
        (
            "cases/znz-36-disadvantaged.yaml",
            "expect: likely",
            'expect: "no"',
            r"cases/znz-36-disadvantaged.yaml:\d+: .*the case says no, the rules say likely",
        ),
    ],
)
def test_a_fault_is_named_with_its_place_and_a_way_out(folder, file, before, after, said):
    change(folder, file, before, after)
    assert any(re.search(said, line) for line in told(folder)), told(folder)


def test_a_measure_without_cases_is_told_what_is_missing(folder):
    (folder / "cases" / "eures.yaml").unlink()
    lines = [line for line in told(folder) if line.startswith("cases/eures.yaml:1:")]
    assert [line.partition(": ")[2] for line in lines] == [
        "fits: found 0 cases; write at least 2",
        "no: found 0 cases; write at least 2",
        "unknown: found 0 cases; write at least 1",
    ]


def test_every_bound_has_a_value_on_each_side(base):
    for rule in base.rules.values():
        truths = set(bounds_of(rule, base.facts).values())
        assert truths in (set(), {True, False}), rule.id
