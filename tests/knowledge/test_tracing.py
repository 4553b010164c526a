"""The tree of a condition with its values, and the page that shows it."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import DAY, WORD, profiles, worlds

from knowledge.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Between,
    Is,
    Not,
    OneOf,
    Rule,
    Since,
    evaluate,
    leaves,
    rules_in,
)
from knowledge.durations import Duration
from knowledge.editor_words import EditorWords
from knowledge.explaining import reason
from knowledge.fact_words import comparison_in_words, value_in_words
from knowledge.facts import LONG_AGO, Declined, DontKnow, Known, Profile, Span
from knowledge.texts import LANGUAGES
from knowledge.tracing import trace
from knowledge.verdict_page import MARKS, page
from knowledge.verdicts import judge

LAW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
A, B = Is(fact="a", value=True), Is(fact="b", value=True)
FITTING = {"working": Known("no"), "registered": Known(value=True), "age": Known(27)}
SUPPORTED = "znz-36-disadvantaged"


# -- the tree --------------------------------------------------------------------------------------


@LAW
@given(st.data())
def test_every_part_has_the_value_that_evaluate_gives(data):
    world = data.draw(worlds())
    known = world.facts.counting(data.draw(profiles(world)).known)
    for one in world.measures:
        root = trace(one.who, known, world.on)
        assert root.condition == one.who
        assert root.truth == evaluate(one.who, known, world.on)
        for _, part in root.walk():
            assert part.truth == evaluate(part.condition, known, world.on)


@LAW
@given(st.data())
def test_nothing_of_the_condition_is_left_out(data):
    world = data.draw(worlds())
    for one in world.measures:
        parts = [part.condition for _, part in trace(one.who, {}, world.on).walk()]
        assert [part for part in parts if isinstance(part, Is | OneOf | Between | Since)] == list(
            leaves(one.who)
        )
        assert [part for part in parts if isinstance(part, Rule)] == list(rules_in(one.who))


def test_a_part_stands_one_deeper_than_what_it_is_part_of():
    who = AllOf(of=(Not(of=A), AtLeast(count=1, of=(A, Rule(id="r", text=WORD, of=B)))))
    walked = trace(who, {"a": True}, DAY).walk()
    assert [(depth, part.condition.op, part.truth) for depth, part in walked] == [
        (0, "all", False),
        (1, "not", False),
        (2, "is", True),
        (1, "at_least", True),
        (2, "is", True),
        (2, "rule", None),
        (3, "is", None),
    ]


# -- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "bg", "en"),
    [
        ("registered", True, "да", "yes"),
        ("working", "no", "Без работа", "Out of work"),
        ("education", "none", "Без основно", "Less than basic"),
        ("age", 27, "27", "27"),
        ("age", Span(low=25, high=29), "25–29", "25–29"),
        ("age", Span(low=25, high=25), "25", "25"),
        ("registered_on", DAY, "22.11.2026", "22.11.2026"),
        ("registered_on", "none", "Няма регистрация", "No registration"),
        ("registered_on", Span(low=LONG_AGO, high=DAY), "до 22.11.2026", "until 22.11.2026"),
        (
            "registered_on",
            Span(low=DAY.replace(day=1), high=DAY),
            "от 01.11.2026 до 22.11.2026",
            "from 01.11.2026 to 22.11.2026",
        ),
        ("settlement", "12259", "12259", "12259"),
    ],
)
def test_values_in_words(base, name, value, bg, en):
    assert value_in_words(base.facts[name], value, EditorWords(base.editor_words, "bg")) == bg
    assert value_in_words(base.facts[name], value, EditorWords(base.editor_words, "en")) == en


def months(count):
    return Duration(count=count, unit="months")


@pytest.mark.parametrize(
    ("leaf", "en"),
    [
        (Is(fact="registered", value=False), "no"),
        (OneOf(fact="working", values=("no", "leaving")), "Out of work or Soon out of work"),
        (Between(fact="age", min=16), "16 or more"),
        (Between(fact="age", max=29), "29 or less"),
        (Between(fact="age", min=24, max=50), "24–50"),
        (Since(fact="registered_on", at_least=months(1)), "at least 1 month ago"),
        (
            Since(fact="registered_on", more_than=months(3), at_most=months(15)),
            "more than 3 months ago, at most 15 months ago",
        ),
    ],
)
def test_comparisons_in_words(base, leaf, en):
    say = EditorWords(base.editor_words, "en")
    assert comparison_in_words(leaf, base.facts[leaf.fact], say) == en


# -- the page --------------------------------------------------------------------------------------


def paged(base, name, answers, language="bg"):
    say = EditorWords(base.editor_words, language)
    return page(base, base.measures[name], Profile(answers), DAY, say)


def test_the_page_of_one_who_fits(base):
    lines = paged(base, SUPPORTED, FITTING).splitlines()
    assert lines[0].startswith(f"{SUPPORTED} · ")
    assert lines[0].endswith(" · likely")
    assert lines[1] == "✓ всяко от тези"
    assert "    ✓ възраст до 29 години включително" in lines
    assert "      ✓ възраст: иска се най-много 29; казано е 27" in lines
    assert "    ✗ възраст над 55 години" in lines
    assert "    ? изтърпяна присъда" in lines
    assert "Уговорки:" in lines
    sources = lines[lines.index("Източници:") + 1 :]
    assert len(sources) == len(base.measures[SUPPORTED].sources)
    assert all("прочетено на" in line and "https://" in line for line in sources)


def test_the_page_says_what_would_change_a_no_and_from_when(base):
    step = paged(base, SUPPORTED, {**FITTING, "registered": Known(value=False)})
    assert "Би го променило:\n  регистрация в бюрото по труда\n" in step
    full = {"education": "secondary", "has_trade": True, "youngest_child_age": "none"} | {
        "registered_on": DAY.replace(month=9, day=1),
        "disability_percent": 0,
        "served_sentence": False,
        "age": 40,
    }
    waiting = paged(base, SUPPORTED, {**FITTING, **{f: Known(v) for f, v in full.items()}})
    assert "От кога:\n  01.09.2027\n" in waiting
    assert "Липсва" not in waiting


def test_the_page_says_what_is_missing_and_why_a_fact_has_no_value(base):
    answers = {
        "working": Known("no"),
        "registered_on": Known(DAY),
        "education": DontKnow(),
        "disability_percent": Declined(),
    }
    said = paged(base, SUPPORTED, answers, "en")
    assert "Missing:\n  registration at the labour bureau\n" in said
    assert "; told, but not known: registration at the labour bureau" in said
    assert "; the person does not know" in said
    assert "; the person would rather not say" in said
    assert "age: asked 29 or less; not told" in said


def test_a_value_that_its_ground_gives_is_said_to_be_so(base):
    told = {"working": Known("yes"), "job_ended_on": Known(DAY)}
    said = paged(base, "kso-54a-unemployment-benefit", told, "en")
    assert "counts as No earlier job (by: work at the moment)" in said


def test_a_measure_that_does_not_run_is_said_not_to(base):
    over = base.measures[SUPPORTED].model_copy(update={"valid_to": DAY.replace(day=1)})
    say = EditorWords(base.editor_words, "en")
    assert "Not offered on 22.11.2026." in page(base, over, Profile(FITTING), DAY, say)


@LAW
@given(st.data())
def test_every_page_is_whole(base, data):
    profile = data.draw(profiles(data.draw(worlds().filter(lambda w: "working" in w.facts))))
    one = data.draw(st.sampled_from(list(base.measures.values())))
    for language in LANGUAGES:
        said = page(base, one, profile, DAY, EditorWords(base.editor_words, language))
        verdict = judge(one, base.facts, profile, DAY)
        root = trace(one.who, base.facts.counting(profile.known), DAY)
        tree = [line for line in said.splitlines() if re.match(r" *[✓✗?] ", line)]
        assert [line.strip()[0] for line in tree] == [MARKS[p.truth] for _, p in root.walk()]
        assert reason(verdict, base.facts, base.phrases, language) in said
        assert "{" not in said
        assert "None" not in said
        assert all(str(base.sources[name].url) in said for name in one.sources)


def test_any_and_opposite_have_words(base):
    who = AllOf(
        of=(
            AnyOf(of=(Is(fact="registered", value=True),)),
            Not(of=Is(fact="registered", value=True)),
            AtLeast(count=1, of=(Is(fact="has_trade", value=True),)),
        )
    )
    made = base.measures[SUPPORTED].model_copy(update={"who": who})
    said = page(base, made, Profile(), DAY, EditorWords(base.editor_words, "en"))
    for words in ("at least one of these", "the opposite of this", "at least 1 of these"):
        assert f"  ? {words}\n" in said
