"""What is asked, in which order, and how fast."""

import datetime as dt
import random
import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import CHOICES, DAY, WORD, World, fact, generated, measure, profiles

from knowledge.compiled import REMEMBERED
from knowledge.conditions import AllOf, AnyOf, AtLeast, Between, Is, Not, OneOf, Since, evaluate
from knowledge.durations import Duration
from knowledge.facts import Answer, Declined, DontKnow, FactId, Facts, Known, Profile, Span
from knowledge.loading import DATA
from knowledge.loading.cases import load_cases
from knowledge.questions import Interviewer
from knowledge.regions import ELSEWHERE, Regions, marks_of
from knowledge.residuals import once_told

A, B = Is(fact="a", value=True), Is(fact="b", value=True)


def asker(who, *facts, on=DAY) -> Interviewer:
    return Interviewer(Facts(facts), (measure(who),), on)


def played(asker: Interviewer, answers: dict[FactId, Answer]) -> list[FactId]:
    asked, profile = [], Profile()
    while (wanted := asker.next_question(profile)) is not None:
        asked.append(wanted)
        profile = profile.with_(wanted, answers.get(wanted, DontKnow()))
    return asked


# -- what is asked ---------------------------------------------------------------------------------


def test_what_a_closed_fact_leaves_open_is_not_asked_for():
    same = AnyOf(of=(AllOf(of=(A, B)), AllOf(of=(Not(of=A), Not(of=B)))))
    curious = asker(same, fact("a", "bool"), fact("b", "bool"))
    assert curious.relevant(Profile()) == ("a", "b")
    assert curious.relevant(Profile({"a": Declined()})) == ()


def test_what_a_closed_fact_leaves_open_for_good_makes_nobody_ask_for_another():
    who = AllOf(of=(AnyOf(of=(A, Not(of=A))), B))
    curious = asker(who, fact("a", "bool"), fact("b", "bool"))
    assert curious.relevant(Profile()) == ("b",)
    closed = Profile({"b": Declined()})
    assert curious.relevant(closed) == ()
    assert curious.next_question(closed) is None


def test_a_question_that_only_settles_is_asked_last():
    sure = AnyOf(of=(A, Not(of=A)))
    curious = asker(sure, fact("a", "bool"))
    assert curious.next_question(Profile()) == "a"
    witness = curious.witness(Profile(), "a")
    assert witness is not None
    assert "a" not in witness.one
    assert witness.other["a"] in (True, False)


def test_what_only_settles_matters_not_while_another_fact_does():
    curious = asker(AllOf(of=(A, AnyOf(of=(B, Not(of=B))))), fact("a", "bool"), fact("b", "bool"))
    assert curious.relevant(Profile()) == ("a",)
    assert curious.decides(Profile(), "b") == ()
    told = Profile({"a": Known(value=True)})
    assert [m.id for m in curious.decides(told, "b")] == ["measure"]


def test_what_settles_comes_after_its_ground():
    given_a = {"fact": "a", "one_of": [True], "otherwise": False}
    sure = AllOf(of=(A, AnyOf(of=(B, Not(of=B)))))
    curious = asker(sure, fact("a", "bool"), fact("b", "bool", given=given_a))
    assert played(curious, {"a": Known(value=True), "b": Known(value=True)}) == ["a", "b"]
    assert played(curious, {"a": Known(value=False)}) == ["a"]


def test_the_ground_is_asked_before_what_settles():
    given_a = {"fact": "a", "one_of": [True], "otherwise": False}
    curious = asker(AnyOf(of=(B, Not(of=B))), fact("a", "bool"), fact("b", "bool", given=given_a))
    assert curious.relevant(Profile()) == ("a",)
    witness = curious.witness(Profile(), "a")
    assert witness is not None
    assert "a" not in witness.one
    assert "a" in witness.other


def test_a_closed_fact_stays_open_even_where_no_answer_would_do():
    never = Since(
        fact="d",
        at_least=Duration(count=24, unit="months"),
        at_most=Duration(count=12, unit="months"),
    )
    curious = asker(AnyOf(of=(never, A)), fact("d", "date"), fact("a", "bool"))
    closed = Profile({"d": DontKnow()})
    (compiled,) = curious._compiled  # noqa: SLF001
    left = compiled.standing(curious._masks(closed.with_("a", Known(value=False)))).left  # noqa: SLF001
    assert left is None


def test_a_span_closes_the_question_even_where_a_threshold_lies_inside():
    curious = asker(Between(fact="n", min=5), fact("n", "whole"))
    rough = Profile({"n": Known(Span(low=3, high=7))})
    assert curious.next_question(rough) is None
    assert [m.id for m in curious.decides(rough, "n")] == ["measure"]
    witness = curious.witness(rough, "n")
    assert witness is not None
    assert [witness.one["n"], witness.other["n"]] in ([3, 5], [5, 3])
    clear = Profile({"n": Known(Span(low=6, high=7))})
    assert curious.decides(clear, "n") == ()


def test_a_settlement_is_asked_for_only_where_a_rule_names_one():
    here = Is(fact="p", value="12259")
    curious = asker(here, fact("p", "place"))
    assert curious.next_question(Profile()) == "p"
    assert asker(A, fact("p", "place"), fact("a", "bool")).relevant(Profile()) == ("a",)


def test_an_answer_that_leaves_the_verdict_open_counts_as_another():
    red, blue = Is(fact="c", value="red"), Is(fact="c", value="blue")
    curious = asker(AnyOf(of=(red, AllOf(of=(blue, B)))), fact("b", "bool"), fact("c", "choice"))
    closed = Profile({"b": Declined()})
    assert curious.relevant(closed) == ("c",)
    assert curious.witness(closed, "c") is not None


def test_a_pair_names_the_fact_in_which_it_differs():
    curious = asker(AllOf(of=(A, B)), fact("a", "bool"), fact("b", "bool"))
    (compiled,) = curious._compiled  # noqa: SLF001
    for name in ("a", "b"):
        pair = compiled.pair({}, name)
        assert pair is not None
        assert {f for f in pair.one if pair.one[f] != pair.other[f]} == {pair.fact} == {name}
    assert compiled.pair({}, "c") is None


@pytest.mark.parametrize(
    ("who", "constant"),
    [
        (AnyOf(of=(A, Not(of=A))), True),
        (AllOf(of=(A, Not(of=A))), False),
        (A, None),
        (AnyOf(of=(A, B)), None),
    ],
)
def test_what_no_answer_changes_is_known_beforehand(who, constant):
    curious = asker(who, fact("a", "bool"), fact("b", "bool"))
    (compiled,) = curious._compiled  # noqa: SLF001
    assert compiled.constant is constant


def test_a_rough_answer_is_filled_in_by_its_first_value():
    curious = asker(Between(fact="n", min=3, max=5), fact("n", "whole"))
    regions = curious._regions["n"]  # noqa: SLF001
    for low, high in ((1, 7), (4, 9), (0, 0), (6, 7)):
        span = Span(low=low, high=high)
        assert regions.value(regions.mask(span), span) == low


def test_just_the_regions_of_values_that_may_be_told_are_asked_about():
    low, high = 2, 6
    for marks in product(range(9), repeat=2):
        regions = Regions(fact("n", "whole", bounds=(low, high)), marks, DAY)
        told = {regions.mask(value) for value in range(low, high + 1)}
        assert sorted(told) == regions.askable
        for mask in told:
            assert low <= regions.value(mask) <= high
            assert regions.mask(regions.value(mask)) == mask


def test_of_the_values_that_no_rule_names_one_stands_for_all():
    red, here = Is(fact="c", value="red"), OneOf(fact="p", values=("12259", "68134"))
    given_c = {"fact": "c", "one_of": ["green"], "otherwise": False}
    facts = Facts((fact("p", "place"), fact("c", "choice"), fact("b", "bool", given=given_c)))
    for of, named, marks, other in (
        (facts["c"], [red], ["red", "green"], "blue"),
        (facts["p"], [here], ["12259", "68134"], ELSEWHERE),
    ):
        assert marks_of(of, named, facts, DAY) == marks
        regions = Regions(of, marks, DAY)
        assert regions.values == [*marks, other]
        assert regions.askable == [1, 2, 4]
        assert regions.mask(other) == 4
    assert Regions(facts["p"], [], DAY).askable == []


def test_no_day_to_come_is_asked_about():
    days = [DAY + dt.timedelta(days=n) for n in (-1, 0, 1, 2)]
    regions = Regions(fact("d", "date", none=WORD), days, DAY)
    told = [regions.mask(day - dt.timedelta(days=1)) for day in days[:3]]
    assert regions.askable == [*told, regions.mask("none")]
    assert all(regions.mask(regions.value(mask)) == mask for mask in regions.askable)


def test_answers_to_facts_that_are_no_more_are_passed_over():
    curious = asker(A, fact("a", "bool"))
    old = Profile({"gone": Known(value=True), "went": DontKnow()})
    assert curious.next_question(old) == "a"


NUMBER = (Between(fact="n", min=5), Is(fact="n", value="none"))


@pytest.mark.parametrize(
    "who",
    [
        B,
        Not(of=B),
        *NUMBER,
        AllOf(of=(B, NUMBER[0])),
        AnyOf(of=(B, NUMBER[1])),
        AtLeast(count=2, of=(B, Not(of=NUMBER[0]), OneOf(fact="a", values=("red", "blue")))),
    ],
)
@pytest.mark.parametrize("otherwise", [True, False])
def test_what_counts_by_its_ground_is_compiled_so(who, otherwise):
    given_a = {"fact": "a", "one_of": ["red", "green"], "otherwise": otherwise}
    given_b = {"fact": "b", "one_of": [True], "otherwise": "none"}
    facts = Facts(
        (
            fact("a", "choice"),
            fact("b", "bool", given=given_a),
            fact("n", "whole", none=WORD, given=given_b),
        )
    )
    world = World(facts, (measure(who),), DAY)
    asker = world.interviewer
    (compiled,) = asker._compiled  # noqa: SLF001
    told = (
        ("red", "blue"),
        (True, False),
        (4, 5, "none", Span(low=4, high=5)),
    )
    ways = [(None, Declined(), *map(Known, values)) for values in told]
    for answers in product(*ways):
        pairs = zip("abn", answers, strict=True)
        profile = Profile({name: answer for name, answer in pairs if answer is not None})
        masks = asker._masks(profile)  # noqa: SLF001
        truth = evaluate(who, facts.counting(profile.known), DAY)
        for order in ("abn", "nba"):
            left = compiled._whole  # noqa: SLF001
            for name in order:
                if name in masks and name in compiled._place:  # noqa: SLF001
                    left = once_told(left, compiled._place[name], masks[name])  # noqa: SLF001
            assert (left if isinstance(left, bool) else None) is truth, (profile, order)
        found = set(asker.relevant(profile))
        open_ = [f.id for f in facts.open_to_ask(profile)]
        exact = {name for name in open_ if _differs(world, profile, name)}
        assert found == exact or not exact, profile


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_relevance_is_exact(data):
    world = data.draw(generated(most=4, measures=1))
    profile = data.draw(profiles(world))
    found = set(world.interviewer.relevant(profile))
    expected = {f.id for f in world.facts.open_to_ask(profile) if _differs(world, profile, f.id)}
    assert found == expected or not expected


def _differs(world: World, profile: Profile, asked: FactId) -> bool:
    """Whether any two full answers differ only there and decide otherwise, by trying them all."""
    free = [f for f in world.facts if f.id not in profile.answers and f.id != asked]
    ways = {f.id: world.interviewer._regions[f.id] for f in world.facts}  # noqa: SLF001
    choices = [[ways[f.id].value(mask) for mask in ways[f.id].askable] for f in free]
    for chosen in product(*choices):
        told = {**profile.known, **dict(zip((f.id for f in free), chosen, strict=True))}
        found = {
            evaluate(
                world.measures[0].who,
                world.facts.counting({**told, asked: ways[asked].value(mask)}),
                world.on,
            )
            for mask in ways[asked].askable
        }
        if len(found) > 1:
            return True
    return False


# -- the order -------------------------------------------------------------------------------------


C, D, E = (Is(fact=name, value=True) for name in "cde")


@pytest.mark.parametrize(
    ("rules", "weights", "first"),
    [
        ([AnyOf(of=(AllOf(of=(A, C)), B))], (1.0,), "b"),
        ([A, B], (1.0, 3.0), "b"),
        ([A, B], (3.0, 1.0), "a"),
        ([AllOf(of=(A, B)), AnyOf(of=(AllOf(of=(B, C)), AllOf(of=(D, E))))], (1.0, 1.0), "b"),
        ([A, *[AnyOf(of=(AllOf(of=(B, C)), AllOf(of=(D, E))))] * 9], (1.0,) * 10, "a"),
    ],
    ids=["decides", "weighs more", "weighs less", "more wait", "waiting is not deciding"],
)
def test_what_decides_most_is_asked_first(rules, weights, first):
    measures = tuple(
        measure(who, f"m{n}", weight=weight)
        for n, (who, weight) in enumerate(zip(rules, weights, strict=True))
    )
    facts = Facts(tuple(fact(name, "bool") for name in "abcde"))
    assert Interviewer(facts, measures, DAY).next_question(Profile()) == first


@pytest.mark.parametrize(("waiting", "first"), [(2, "a"), (4, "b")])
def test_a_question_three_times_as_dear_needs_three_times_as_many_that_wait(waiting, first):
    facts = Facts(tuple(fact(name, "bool", cost={"a": 1, "b": 3}.get(name, 9)) for name in "abcde"))
    for_a, for_b = (AnyOf(of=(AllOf(of=(one, C)), AllOf(of=(D, E)))) for one in (A, B))
    rules = [for_a, *[for_b] * waiting]
    measures = tuple(measure(who, f"m{n}") for n, who in enumerate(rules))
    assert Interviewer(facts, measures, DAY).next_question(Profile()) == first


def test_of_equals_the_first_declared_is_asked_first():
    either = AnyOf(of=(A, B))
    for order in ("ab", "ba"):
        curious = asker(either, *(fact(name, "bool") for name in order))
        assert curious.relevant(Profile()) == tuple(order)
        assert curious.next_question(Profile()) == order[0]


def test_urgent_first_special_last_cheap_before_dear():
    facts = (
        fact("ill", "bool", sensitivity="special"),
        fact("dear", "bool", cost=3),
        fact("cheap", "bool"),
        fact("due", "bool", urgent=True),
    )
    who = AllOf(of=tuple(Is(fact=f.id, value=True) for f in facts))
    yes = {f.id: Known(value=True) for f in facts}
    assert played(asker(who, *facts), yes) == ["due", "cheap", "dear", "ill"]


@pytest.mark.parametrize(
    ("working", "first"),
    [
        ("no", ["working", "job_ended_on", "registered", "age"]),
        ("yes", ["working", "registered", "age"]),
    ],
)
def test_the_shipped_order_is_natural(base, working, first):
    on = dt.date(2026, 11, 22)
    answers = {
        "audience": Known("self"),
        "working": Known(working),
        "job_ended_on": Known(dt.date(2026, 10, 1)),
        "registered": Known(value=True),
        "age": Known(40),
    }
    asked = [fact for fact in played(base.interviewer(on), answers) if fact != "audience"]
    assert asked[: len(first)] == first
    special = [base.facts[fact].sensitivity == "special" for fact in asked]
    assert special == sorted(special)


def test_who_is_not_out_of_work_is_not_asked_what_only_the_unemployed_are(base):
    asked = played(base.interviewer(DAY), {"working": Known("student"), "age": Known(20)})
    assert not {"job_ended_on", "insured_12_of_18", "registered_on"} & set(asked)


# -- the speed -------------------------------------------------------------------------------------


def steps(asker: Interviewer, answers: dict[FactId, Answer]) -> list[float]:
    times, profile = [], Profile()
    while True:
        started = time.perf_counter()
        wanted = asker.next_question(profile)
        times.append((time.perf_counter() - started) * 1000)
        if wanted is None:
            return times
        profile = profile.with_(wanted, answers.get(wanted, DontKnow()))


@pytest.mark.long
def test_a_step_takes_no_time(base):
    cases = load_cases(DATA / "cases", base.facts)
    asker = Interviewer(base.facts, tuple(base.measures.values()), DAY)
    times = sorted(t for case in cases for t in steps(asker, dict(case.profile.answers)))
    assert times[len(times) * 95 // 100] < 10
    assert times[-1] < 50


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_hard_rules_do_not_explode(seed):
    world = hard(random.Random(seed))  # noqa: S311
    asker = world.interviewer
    assert max(steps(asker, {})) < 1000


def hard(chance: random.Random) -> World:
    """Return 25 measures over 18 facts, each with an *any* of 8 and more about the same facts."""
    kinds = ("bool", "whole", "choice", "date")
    facts = [fact(f"f{n}", kinds[n % 4]) for n in range(18)]

    def leaf():
        some = chance.choice(facts)
        match some.kind:
            case "bool":
                return Is(fact=some.id, value=chance.random() < 0.5)
            case "whole":
                return Between(fact=some.id, min=chance.randint(1, 9))
            case "choice":
                return OneOf(fact=some.id, values=tuple(chance.sample(CHOICES, 2)))
            case _:
                long = Duration(count=chance.randint(1, 36), unit="months")
                return Since(fact=some.id, at_least=long)

    def rule():
        eight = AnyOf(of=tuple(leaf() for _ in range(8)))
        return AllOf(of=(eight, AtLeast(count=1, of=(leaf(), leaf())), Not(of=leaf())))

    return World(Facts(tuple(facts)), tuple(measure(rule(), f"m{n}") for n in range(25)), DAY)


def test_what_is_remembered_has_an_end():
    curious = asker(Between(fact="n", min=5), fact("n", "whole"), fact("a", "bool"))
    (compiled,) = curious._compiled  # noqa: SLF001
    assert compiled._standing.cache_parameters()["maxsize"] == REMEMBERED  # noqa: SLF001


def test_interviewers_of_few_days_are_kept(base):
    days = [DAY + dt.timedelta(days=n) for n in range(5)]
    assert all(base.interviewer(day).on == day for day in days)
    assert base.interviewer(days[-1]) is base.interviewer(days[-1])
    assert len(base._interviewers) <= 2  # noqa: SLF001
