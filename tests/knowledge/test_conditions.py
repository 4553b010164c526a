"""The condition language, kind by kind, and durations at the ends of months."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import DAY, WORD, durations, fact

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
    cuts,
    evaluate,
    facts_of,
    open_leaves,
    rules_in,
    rules_of,
)
from knowledge.durations import Duration
from knowledge.facts import FAR_AHEAD, NONE, DontKnow, Facts, Known, Profile, Span, as_json

YES, NO, OPEN = Is(fact="a", value=True), Is(fact="b", value=True), Is(fact="c", value=True)
KNOWN = {"a": True, "b": False}
SIX_MONTHS = Duration(count=6, unit="months")


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (AllOf(of=(YES, YES)), True),
        (AllOf(of=(YES, OPEN)), None),
        (AllOf(of=(NO, OPEN)), False),
        (AnyOf(of=(YES, OPEN)), True),
        (AnyOf(of=(NO, OPEN)), None),
        (AnyOf(of=(NO, NO)), False),
        (AtLeast(count=2, of=(YES, YES, OPEN)), True),
        (AtLeast(count=2, of=(YES, NO, OPEN)), None),
        (AtLeast(count=2, of=(YES, NO, NO)), False),
        (Not(of=YES), False),
        (Not(of=NO), True),
        (Not(of=OPEN), None),
        (Rule(id="r", text=WORD, of=YES), True),
    ],
)
def test_strong_kleene(condition, truth):
    assert evaluate(condition, KNOWN, DAY) is truth


@pytest.mark.parametrize(
    ("leaf", "value", "truth"),
    [
        (Between(fact="n", min=16), 15, False),
        (Between(fact="n", min=16), 16, True),
        (Between(fact="n", max=29), 29, True),
        (Between(fact="n", max=29), 30, False),
        (Between(fact="n", max=29), NONE, False),
        (Between(fact="n", min=3, max=5), Span(low=3, high=5), True),
        (Between(fact="n", min=3, max=5), Span(low=6, high=9), False),
        (Between(fact="n", min=3, max=5), Span(low=0, high=2), False),
        (Between(fact="n", min=3, max=5), Span(low=5, high=6), None),
        (Between(fact="n", min=3, max=5), Span(low=0, high=9), None),
        (Between(fact="n", min=3, max=3), Span(low=2, high=4), None),
        (Is(fact="n", value=NONE), NONE, True),
        (Is(fact="n", value=NONE), 4, False),
        (Is(fact="n", value=NONE), Span(low=0, high=9), False),
        (OneOf(fact="n", values=("x", "y")), "y", True),
        (OneOf(fact="n", values=("x", "y")), "z", False),
    ],
)
def test_comparisons(leaf, value, truth):
    assert evaluate(leaf, {"n": value}, DAY) is truth


@pytest.mark.parametrize(
    ("start", "at_least", "more_than", "at_most"),
    [
        (dt.date(2026, 5, 21), True, True, False),
        (dt.date(2026, 5, 22), True, False, True),
        (dt.date(2026, 5, 23), False, False, True),
    ],
)
def test_six_months_to_the_day(start, at_least, more_than, at_most):
    bounds = {"at_least": at_least, "more_than": more_than, "at_most": at_most}
    for name, truth in bounds.items():
        leaf = Since.model_validate({"fact": "d", name: SIX_MONTHS})
        assert evaluate(leaf, {"d": start}, DAY) is truth


@pytest.mark.parametrize(
    ("long", "start", "end"),
    [
        ("6 months", dt.date(2026, 8, 31), dt.date(2027, 2, 28)),
        ("6 months", dt.date(2027, 8, 31), dt.date(2028, 2, 29)),
        ("6 months", dt.date(2026, 8, 28), dt.date(2027, 2, 28)),
        ("1 months", dt.date(2026, 1, 31), dt.date(2026, 2, 28)),
        ("12 months", dt.date(2024, 2, 29), dt.date(2025, 2, 28)),
        ("1 years", dt.date(2024, 2, 29), dt.date(2025, 2, 28)),
        ("4 years", dt.date(2024, 2, 29), dt.date(2028, 2, 29)),
        ("28 days", dt.date(2026, 2, 1), dt.date(2026, 3, 1)),
        ("0 days", dt.date(2026, 2, 1), dt.date(2026, 2, 1)),
    ],
)
def test_durations_end_on_the_same_day_or_the_last_of_the_month(long, start, end):
    assert Duration.model_validate(long).after(start) == end


@given(durations(), st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)))
def test_the_first_day_short_is_the_first(long, on):
    first = long.first_day_short(on)
    assert long.after(first) > on
    assert long.after(first - dt.timedelta(days=1)) <= on


@pytest.mark.parametrize("long", ["1200 months", "100 years", "36500 days"])
@given(on=st.dates(dt.date(2020, 1, 1), dt.date(2060, 1, 1)))
def test_a_hundred_years_can_still_be_counted(long, on):
    first = Duration.model_validate(long).first_day_short(on)
    assert Duration.model_validate(long).after(first) > on


@pytest.mark.parametrize(
    ("bound", "cut"),
    [
        ({"at_least": SIX_MONTHS}, dt.date(2026, 5, 23)),
        ({"more_than": SIX_MONTHS}, dt.date(2026, 5, 22)),
        ({"at_most": SIX_MONTHS}, dt.date(2026, 5, 22)),
    ],
)
def test_cuts_are_where_the_answer_turns(bound, cut):
    leaf = Since(fact="d", **bound)
    assert cuts(leaf, DAY) == (cut,)
    eve = cut - dt.timedelta(days=1)
    assert evaluate(leaf, {"d": eve}, DAY) is not evaluate(leaf, {"d": cut}, DAY)


def test_cuts_of_a_number_are_the_first_of_a_new_answer():
    assert cuts(Between(fact="n", min=3, max=5), DAY) == (3, 6)
    assert cuts(Between(fact="n", max=5), DAY) == (6,)
    assert cuts(Is(fact="n", value=NONE), DAY) == ()


def test_what_is_open_and_what_is_named():
    named = Rule(id="r", text=WORD, of=AnyOf(of=(NO, OPEN)))
    condition = AllOf(of=(YES, named))
    assert facts_of(condition) == ("a", "b", "c")
    assert [leaf.fact for leaf in open_leaves(condition, KNOWN, DAY)] == ["c"]
    assert list(rules_of(condition, {**KNOWN, "c": True}, DAY, truth=True)) == [named]
    assert list(rules_of(Not(of=condition), {"a": False}, DAY, truth=True)) == []


def named(name, of):
    return Rule(id=name, text=WORD, of=of)


HOLDS, FAILS = (tuple(named(f"{of.fact}{n}", of) for n in range(3)) for of in (YES, NO))


@pytest.mark.parametrize(
    ("condition", "truth", "rules"),
    [
        (AllOf(of=HOLDS), True, HOLDS),
        (AllOf(of=FAILS), False, FAILS[:1]),
        (AnyOf(of=HOLDS), True, HOLDS[:1]),
        (AnyOf(of=FAILS), False, FAILS),
        (AtLeast(count=2, of=(*FAILS, *HOLDS)), True, HOLDS[:2]),
        (AtLeast(count=2, of=(*HOLDS[:1], *FAILS)), False, FAILS),
        (AtLeast(count=3, of=(*HOLDS[:1], *FAILS)), False, FAILS[:2]),
        (Not(of=AllOf(of=FAILS)), True, FAILS[:1]),
    ],
)
def test_no_more_rules_are_named_than_suffice(condition, truth, rules):
    assert tuple(rules_of(condition, KNOWN, DAY, truth=truth)) == rules
    assert tuple(rules_of(condition, KNOWN, DAY, truth=not truth)) == ()


@pytest.mark.parametrize("around", [Not, lambda of: AllOf(of=(of,)), lambda of: AnyOf(of=(of,))])
def test_a_rule_inside_another_is_found_too(around):
    inner = named("inner", YES)
    outer = named("outer", around(of=inner))
    assert list(rules_in(AtLeast(count=1, of=(OPEN, outer)))) == [outer, inner]


# -- facts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("bool", 1),
        ("bool", "true"),
        ("choice", "purple"),
        ("choice", ["red"]),
        ("choice", {"from": "red", "to": "blue"}),
        ("whole", 10),
        ("whole", -1),
        ("whole", True),
        ("whole", 2.0),
        ("whole", "none"),
        ("whole", {"from": 5, "to": 3}),
        ("whole", {"from": 5}),
        ("date", "2026-02-30"),
        ("date", "soon"),
        ("date", "9999-12-31"),
        ("date", "0001-01-01"),
        ("date", dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)),
        ("date", {"from": "2026-02-01", "to": "2026-01-01"}),
        ("place", "1225"),
        ("place", 12259),
        ("place", "١٢٣٤٥"),
    ],
)
def test_a_wrong_answer_is_told_in_one_line(kind, raw):
    with pytest.raises(ValueError, match=r"^a: found ") as told:
        fact("a", kind).answer(raw)
    assert "\n" not in str(told.value)


@given(st.data())
def test_answers_are_read_back_as_they_were_kept(data):
    some = fact("a", "date", none=WORD)
    days = st.dates(dt.date(1900, 1, 1), FAR_AHEAD - dt.timedelta(days=1))
    ends = st.tuples(days, days).map(sorted).map(lambda e: Span(low=e[0], high=e[1]))
    answer = data.draw(st.one_of(days, st.just(NONE), ends).map(Known) | st.just(DontKnow()))
    assert some.answer(as_json(answer)) == answer


def test_what_counts_hangs_on_the_ground():
    near = {"fact": "a", "one_of": [True], "otherwise": False}
    far = {"fact": "b", "one_of": [True], "otherwise": NONE}
    b, c = fact("b", "bool", given=near), fact("c", "date", none=WORD, given=far)
    facts = Facts((fact("a", "bool"), b, c))
    assert facts.counting({"b": True, "c": DAY}) == {}
    assert facts.counting({"a": True, "b": True, "c": DAY}) == {"a": True, "b": True, "c": DAY}
    assert facts.counting({"a": False, "b": True, "c": DAY}) == {"a": False, "b": False, "c": NONE}
    assert facts.with_grounds(["c"]) == ("a", "b", "c")
    assert facts.given_on("a") == ("b", "c")
    assert [f.id for f in facts.open_to_ask(Profile({"a": Known(value=True)}))] == ["b"]
