"""How good the questions are: the golden people, the bound, the waste, the figures."""

import dataclasses
import datetime as dt
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import DAY, World, completions, fact, generated, measure, worlds

from knowledge.cases import Case
from knowledge.conditions import AllOf, AnyOf, Is
from knowledge.decidable import most_decided
from knowledge.facts import DontKnow, Facts, Known, Profile, Span
from knowledge.golden_profiles import completed, people_of, regions_of
from knowledge.interview_figures import (
    Played,
    figures,
    most_decided_after,
    must_be_asked,
    play,
    wasted,
)
from knowledge.loading import DATA
from knowledge.loading.cases import load_cases
from knowledge.questions import Interviewer
from knowledge.verdicts import judge

LAW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
A, B = Is(fact="a", value=True), Is(fact="b", value=True)


@pytest.fixture(scope="module")
def cases(base):
    return load_cases(DATA / "cases", base.facts)


@pytest.fixture(scope="module")
def people(base, cases):
    return people_of(cases, base.facts, base.measures.values())


def ticking():
    ticks = itertools.count()
    return lambda: next(ticks) / 1000


def full(**values) -> Profile:
    return Profile({name: Known(value) for name, value in values.items()})


def asker(who, *facts) -> Interviewer:
    return Interviewer(Facts(facts), (measure(who),), DAY)


# -- the golden people -----------------------------------------------------------------------------


def test_what_a_case_tells_is_kept_and_the_rest_is_answered(base, people):
    asked = {fact.id for fact in base.facts if fact.kind != "place"}
    for person in people:
        assert asked <= set(person.full.known)
        assert not any(isinstance(value, Span) for value in person.full.known.values())
        for name, told in person.case.profile.known.items():
            value = person.full.known[name]
            assert value == (told.low if isinstance(told, Span) else told)


def test_a_decided_case_says_the_same_of_the_whole_person(base, people):
    for person in people:
        if person.case.expect != "unknown":
            verdict = judge(
                base.measures[person.case.measure], base.facts, person.full, person.case.on
            )
            assert verdict.word == person.case.expect, person.case.name


def test_what_is_told_counts(base, people):
    for person in people:
        counted = base.facts.counting(person.full.known)
        for name, value in person.case.profile.known.items():
            given = base.facts[name].given
            if given and given.fact not in person.case.profile.answers:
                assert counted[name] == (value.low if isinstance(value, Span) else value)


def test_nobody_is_there_twice_and_another_case_changes_nobody(base, cases, people):
    wholes = [(person.on, dict(person.full.answers)) for person in people]
    assert all(whole not in wholes[:n] for n, whole in enumerate(wholes))
    fewer = people_of(cases[1:], base.facts, base.measures.values())
    assert {person.told for person in fewer} <= {person.told for person in people}
    same = {person.told: person.full for person in people}
    assert all(dict(same[p.told].answers) == dict(p.full.answers) for p in fewer)


def test_the_answers_that_are_filled_in_differ(base, people):
    for one in base.facts:
        if one.kind != "place":
            assert len({person.full.known[one.id] for person in people}) > 1, one.id


def test_a_closed_answer_is_filled_in_too():
    facts = Facts((fact("a", "bool"),))
    whole = completed(Profile({"a": DontKnow()}), facts, regions_of(facts, [A], DAY))
    assert isinstance(whole.known["a"], bool)


@pytest.mark.parametrize("number", range(8))
def test_a_ground_is_laid_for_what_is_told(number):
    given_a = {"fact": "a", "one_of": [True], "otherwise": False}
    given_b = {"fact": "b", "one_of": [True], "otherwise": False}
    facts = Facts(
        (
            fact("n", "whole"),
            fact("a", "bool"),
            fact("b", "bool", given=given_a),
            fact("c", "bool", given=given_b),
        )
    )
    whole = completed(full(n=number, c=True), facts, regions_of(facts, [A, B], DAY))
    assert dict(whole.known) == {"n": number, "a": True, "b": True, "c": True}


def test_all_are_judged_on_the_day_that_is_asked_for(base, cases):
    day = dt.date(2027, 2, 1)
    assert {p.on for p in people_of(cases, base.facts, base.measures.values(), day)} == {day}


# -- the bound and the waste -----------------------------------------------------------------------


def test_what_any_order_must_ask():
    facts = fact("a", "bool"), fact("b", "bool")
    both = asker(AllOf(of=(A, B)), *facts)
    assert must_be_asked(both, full(a=True, b=True)) == ("a", "b")
    assert must_be_asked(both, full(a=False, b=True)) == ("a",)
    assert must_be_asked(both, full(a=False, b=False)) == ()
    assert must_be_asked(asker(AnyOf(of=(A, B)), *facts), full(a=True, b=False)) == ("a",)


def test_a_ground_must_be_asked_for_the_sake_of_what_is_given_on_it():
    given_a = {"fact": "a", "one_of": [True], "otherwise": False}
    curious = asker(B, fact("a", "bool"), fact("b", "bool", given=given_a))
    assert must_be_asked(curious, full(a=True, b=True)) == ("a", "b")
    assert must_be_asked(curious, full(a=False, b=True)) == ("a",)


@LAW
@given(st.data())
def test_the_bound_is_never_above_what_is_asked(data):
    world = data.draw(worlds())
    whole = drawn(data, world)
    asked = play(world.interviewer, whole, ticking()).asked
    assert set(must_be_asked(world.interviewer, whole)) <= set(asked)


@LAW
@given(st.data())
def test_no_answer_is_wasted(data):
    world = data.draw(generated())
    asker = world.interviewer
    assert wasted(asker, play(asker, drawn(data, world), ticking())) == ()


def drawn(data, world: World) -> Profile:
    return full(**data.draw(completions(world, {})))


def test_a_needless_question_is_seen():
    curious = asker(A, fact("a", "bool"), fact("b", "bool"))
    profiles = Profile(), full(b=True), full(b=True, a=True)
    assert wasted(curious, Played(("b", "a"), profiles, ())) == ("b",)


def test_an_interview_is_timed_at_every_step():
    played = play(
        asker(AllOf(of=(A, B)), fact("a", "bool"), fact("b", "bool")), full(a=False), ticking()
    )
    assert played.asked == ("a",)
    assert played.seconds == pytest.approx([0.001, 0.001])
    assert [len(profile.answers) for profile in played.profiles] == [0, 1]


# -- the figures -----------------------------------------------------------------------------------


def person(template: Case, **values):
    case = template.model_copy(update={"profile": full(**values), "on": DAY})
    return dataclasses.replace(people_of([case], Facts(()), ())[0], full=full(**values))


def test_figures_of_two_people(cases):
    curious = asker(AllOf(of=(A, B)), fact("a", "bool"), fact("b", "bool"))
    two = [person(cases[0], a=False, b=True), person(cases[0], a=True, b=True)]
    found = figures(two, lambda _on: curious, ticking())
    assert (found.profiles, found.asked_mean, found.asked_max) == (2, 1.5, 2)
    assert (found.bound_mean, found.excess_mean, found.wasted) == (1.5, 0, 0)
    assert found.decided_after == {"1": 0.5, "2": 1.0}
    assert found.next_question_ms == pytest.approx({"p50": 1.0, "p95": 1.0, "worst": 1.0})


def test_the_most_that_few_answers_decide():
    facts = fact("a", "bool"), fact("b", "bool")
    both = asker(AllOf(of=(A, B)), *facts)
    assert [most_decided(both, full(a=True, b=True), n) for n in (0, 1, 2)] == [0, 0, 1]
    assert most_decided(both, full(a=True, b=False), 1) == 1
    assert most_decided(asker(AnyOf(of=(A, B)), *facts), full(a=True, b=False), 1) == 1


def test_one_answer_cannot_serve_two_measures_that_need_others():
    two = Interviewer(
        Facts((fact("a", "bool"), fact("b", "bool"))), (measure(A), measure(B, "other")), DAY
    )
    assert [most_decided(two, full(a=True, b=True), n) for n in (1, 2, 3)] == [0.5, 1, 1]


@LAW
@given(st.data())
def test_no_interview_decides_more_than_the_most(data):
    world = data.draw(worlds())
    whole = drawn(data, world)
    played = play(world.interviewer, whole, ticking())
    for count in (1, 2, 3):
        told = played.profiles[min(count, len(played.asked))]
        truths = [judge(m, world.facts, told, DAY).word for m in world.interviewer.measures]
        decided = sum(word != "unknown" for word in truths) / len(truths)
        assert decided <= most_decided(world.interviewer, whole, count) + 1e-9


def test_the_best_three_answers_leave_measures_open(base, people):
    found = most_decided_after(people[::40], base.interviewer)
    assert list(found) == ["1", "2", "3"]
    assert found["1"] < found["2"] < found["3"] < 1


def test_employers_are_asked_nothing(cases):
    curious = asker(A, fact("a", "bool"))
    hires = person(cases[0], audience="employer", a=True)
    with pytest.raises(ValueError, match="no golden case of a job seeker"):
        figures([hires], lambda _on: curious, ticking())


def test_the_shipped_questions_meet_their_targets(base, people):
    found = figures(people, base.interviewer, ticking())
    assert found.profiles > 100
    assert found.asked_mean <= found.bound_mean + 0.5
    assert found.excess_mean == pytest.approx(found.asked_mean - found.bound_mean, abs=0.002)
    assert found.wasted == 0
    shares = list(found.decided_after.values())
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(shares) == found.asked_max <= len(list(base.facts))
