"""What is asked, in which order, and how fast."""

import datetime as dt
import random
import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import CHOICES, DAY, World, fact, generated, measure, profiles

from knowledge.compiled import REMEMBERED
from knowledge.conditions import AllOf, AnyOf, AtLeast, Between, Is, Not, OneOf, Since, evaluate
from knowledge.durations import Duration
from knowledge.facts import Answer, Declined, DontKnow, FactId, Facts, Known, Profile, Span
from knowledge.loading import DATA
from knowledge.loading.cases import load_cases
from knowledge.questions import Interviewer

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


def test_a_question_that_only_settles_is_asked_last():
    sure = AnyOf(of=(A, Not(of=A)))
    curious = asker(sure, fact("a", "bool"))
    assert curious.next_question(Profile()) == "a"
    witness = curious.witness(Profile(), "a")
    assert witness is not None
    assert "a" not in witness.one
    assert witness.other["a"] in (True, False)


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


def test_answers_to_facts_that_are_no_more_are_passed_over():
    curious = asker(A, fact("a", "bool"))
    old = Profile({"gone": Known(value=True), "went": DontKnow()})
    assert curious.next_question(old) == "a"


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
