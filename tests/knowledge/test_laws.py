"""What must hold for all rules and all people: generated ones, and the shipped rules."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import (
    World,
    all_leaves,
    answers,
    completions,
    generated,
    inside,
    profiles,
    spans,
    values,
    worlds,
)

from knowledge.conditions import cuts, evaluate, facts_of, leaves
from knowledge.facts import Declined, DontKnow, FactId, Known, Profile, Span
from knowledge.questions import Witness
from knowledge.residuals import once_told
from knowledge.verdicts import judge

SLOW_TO_DRAW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
QUICK = settings(max_examples=50, deadline=None, suppress_health_check=SLOW_TO_DRAW)
AT_LENGTH = settings(QUICK, max_examples=2000)
LAWS: list[Callable[[Any], None]] = []


def law(inner: Callable[[Any], None]) -> Callable[[], None]:
    LAWS.append(inner)
    return QUICK(given(st.data())(inner))


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_at_length(subtests):
    for inner in LAWS:
        with subtests.test(inner.__name__):
            AT_LENGTH(given(st.data())(inner))()


def words(world: World, profile: Profile) -> list[str]:
    return [judge(m, world.facts, profile, world.on).word for m in world.measures]


def truths(world: World, known: Any) -> list[bool | None]:
    counted = world.facts.counting(known)
    return [evaluate(m.who, counted, world.on) for m in world.measures]


# -- verdicts --------------------------------------------------------------------------------------


@law
def test_learning_more_never_flips_a_verdict(data):
    world = data.draw(worlds())
    less = data.draw(profiles(world))
    more = Profile({**data.draw(profiles(world)).answers, **less.answers})
    for before, after in zip(words(world, less), words(world, more), strict=True):
        assert before in ("unknown", after)


@law
def test_telling_a_span_better_never_flips_a_verdict(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    better = profile
    for fact, value in profile.known.items():
        if isinstance(value, Span):
            better = better.with_(fact, Known(data.draw(inside(value))))
    for before, after in zip(words(world, profile), words(world, better), strict=True):
        assert before in ("unknown", after)


@law
def test_a_full_profile_is_decided(data):
    world = data.draw(worlds())
    full = data.draw(completions(world, {}))
    assert None not in truths(world, full)


@law
def test_a_verdict_is_the_verdict_of_every_completion(data):
    world = data.draw(worlds())
    known = data.draw(profiles(world)).known
    full = data.draw(completions(world, known))
    for now, then in zip(truths(world, known), truths(world, full), strict=True):
        assert now in (None, then)


@law
def test_because_alone_forces_the_verdict(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    for measure in world.measures:
        verdict = judge(measure, world.facts, profile, world.on)
        if verdict.word != "unknown":
            alone = Profile({fact: profile.answers[fact] for fact in verdict.because})
            assert judge(measure, world.facts, alone, world.on).word == verdict.word


@law
def test_no_reason_can_be_dropped(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    for measure in world.measures:
        because = judge(measure, world.facts, profile, world.on).because
        for dropped in because:
            rest = Profile({f: profile.answers[f] for f in because if f != dropped})
            assert judge(measure, world.facts, rest, world.on).word == "unknown"


@law
def test_a_reason_has_words(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    for measure in world.measures:
        verdict = judge(measure, world.facts, profile, world.on)
        assert bool(verdict.rules) == (verdict.word != "unknown")


@law
def test_what_is_missing_is_open(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    counted = world.facts.counting(profile.known)
    for measure in world.measures:
        verdict = judge(measure, world.facts, profile, world.on)
        assert bool(verdict.missing) == (verdict.word == "unknown")
        assert set(verdict.missing) <= set(facts_of(measure.who))
        for fact in verdict.missing:
            assert fact not in counted or isinstance(counted[fact], Span)


@law
def test_what_would_change_a_no_changes_it(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    for measure in world.measures:
        verdict = judge(measure, world.facts, profile, world.on)
        for fact in verdict.would_change:
            assert verdict.word == "no"
            assert profile.answers[fact] == Known(value=False)
            rest = profile.without(*world.facts.given_on(fact))
            after = judge(measure, world.facts, rest.with_(fact, Known(value=True)), world.on)
            assert after.word != "no"


@law
def test_from_day_is_the_first_day_that_fits(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    counted = world.facts.counting(profile.known)
    for measure in world.measures:
        verdict = judge(measure, world.facts, profile, world.on)
        if verdict.from_day:
            assert verdict.word == "no"
            assert evaluate(measure.who, counted, verdict.from_day)
        if verdict.word == "no":
            later = (verdict.from_day - world.on).days if verdict.from_day else 900
            if later > 1:
                between = world.on.fromordinal(
                    world.on.toordinal() + data.draw(st.integers(1, later - 1))
                )
                assert not evaluate(measure.who, counted, between)


@law
def test_declined_never_decides(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    silent = [f for f, a in profile.answers.items() if not isinstance(a, Known)]
    assert words(world, profile) == words(world, profile.without(*silent))


@law
def test_order_of_answers_does_not_matter(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    turned = Profile(dict(data.draw(st.permutations(list(profile.answers.items())))))
    for measure in world.measures:
        one, other = (judge(measure, world.facts, p, world.on) for p in (profile, turned))
        assert one == other
    asker = world.interviewer
    assert asker.next_question(profile) == asker.next_question(turned)
    assert asker.relevant(profile) == asker.relevant(turned)


# -- questions -------------------------------------------------------------------------------------


@law
def test_compiled_equals_evaluate(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    asker = world.interviewer
    expected = truths(world, profile.known)
    masks = asker._masks(profile)  # noqa: SLF001
    for compiled, truth in zip(asker._compiled, expected, strict=True):  # noqa: SLF001
        left = compiled.standing(masks).left
        assert (left if isinstance(left, bool) else None) is truth


@law
def test_the_order_of_telling_does_not_matter(data):
    world = data.draw(worlds())
    asker = world.interviewer
    masks = asker._masks(data.draw(profiles(world)))  # noqa: SLF001
    order = data.draw(st.permutations(list(masks)))
    for compiled in asker._compiled:  # noqa: SLF001
        expected, left = compiled.standing(masks).left, compiled._whole  # noqa: SLF001
        for fact in order:
            if fact in compiled._place:  # noqa: SLF001
                left = once_told(left, compiled._place[fact], masks[fact])  # noqa: SLF001
        chart = compiled._chart  # noqa: SLF001
        assert chart.constant(left) is chart.constant(expected)
        assert chart.hangs_on(left) == chart.hangs_on(expected)


def check_witness(world: World, profile: Profile, witness: Witness) -> None:
    """The two sides stand on what is known, differ in one answer, and in the verdict."""
    who = next(m.who for m in world.measures if m.id == witness.measure)
    counted = [world.facts.counting(side) for side in (witness.one, witness.other)]
    one, other = (evaluate(who, side, world.on) for side in counted)
    assert one is not other
    differ = {
        f for f in {*witness.one, *witness.other} if witness.one.get(f) != witness.other.get(f)
    }
    assert differ == {witness.fact}
    for fact, value in profile.known.items():
        for side in (witness.one, witness.other):
            told = side.get(fact, value)
            if isinstance(value, Span) and fact == witness.fact:
                assert value.low <= told <= value.high
            else:
                assert told == value
    for fact in (witness.one.keys() | witness.other.keys()) - {witness.fact}:
        assert not profile.closed(fact)


@law
def test_every_question_asked_has_a_witness(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    asker = world.interviewer
    relevant = asker.relevant(profile)
    asked = asker.next_question(profile)
    assert asked in relevant if relevant else asked is None
    for fact in relevant:
        assert fact not in profile.answers
        witness = asker.witness(profile, fact)
        assert witness is not None
        assert witness.fact == fact
        check_witness(world, profile, witness)
        assert witness.measure in {m.id for m in asker.decides(profile, fact)}


@law
def test_why_a_fact_was_asked_has_a_witness_too(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    fact = data.draw(st.sampled_from(list(world.facts))).id
    asker = world.interviewer
    witness = asker.witness(profile, fact)
    assert (witness is None) == (not asker.decides(profile, fact))
    if witness is not None:
        check_witness(world, profile, witness)


@law
def test_what_is_not_relevant_has_no_witness(data):
    world = data.draw(generated(most=4, measures=2))
    profile = data.draw(profiles(world))
    askable = {f.id for f in world.facts.open_to_ask(profile)}
    one = data.draw(completions(world, profile.known))
    told = {f: v for f, v in one.items() if not profile.closed(f)} | profile.known
    fact = data.draw(st.sampled_from(sorted(told) or [""]))
    if fact in askable and fact not in world.interviewer.relevant(profile):
        other = told | {fact: data.draw(values(world.facts[fact], world.on))}
        assert truths(world, told) == truths(world, other)


def interview(data: Any, world: World, profile: Profile) -> tuple[Profile, list[FactId]]:
    asker, asked = world.interviewer, []
    while (fact := asker.next_question(profile)) is not None:
        assert fact not in asked
        assert fact not in profile.answers
        asked.append(fact)
        profile = profile.with_(fact, data.draw(answers(world.facts[fact], world.on)))
    return profile, asked


@law
def test_every_interview_ends(data):
    world = data.draw(worlds())
    _, asked = interview(data, world, data.draw(profiles(world)))
    assert len(asked) <= len(list(world.facts))


@law
def test_when_nothing_is_asked_only_closed_facts_stay_open(data):
    world = data.draw(worlds())
    profile, _ = interview(data, world, data.draw(profiles(world)))
    full = data.draw(completions(world, profile.known))
    told = {f: v for f, v in full.items() if f not in profile.answers} | profile.known
    assert truths(world, told) == truths(world, profile.known)
    for measure in world.measures:
        if judge(measure, world.facts, profile, world.on).word == "unknown":
            involved = world.facts.with_grounds(facts_of(measure.who))
            assert any(
                profile.closed(f) or isinstance(profile.known.get(f), Span) for f in involved
            )


@law
def test_one_who_answers_everything_gets_every_verdict(data):
    world = data.draw(worlds())
    full, asker, profile = data.draw(completions(world, {})), world.interviewer, Profile()
    while (fact := asker.next_question(profile)) is not None:
        profile = profile.with_(fact, Known(full[fact]))
    assert truths(world, profile.known) == truths(world, full)


@law
def test_dont_know_closes_as_declined_does(data):
    world = data.draw(worlds())
    profile = data.draw(profiles(world))
    closed = {f: a if isinstance(a, Known) else DontKnow() for f, a in profile.answers.items()}
    other = {f: a if isinstance(a, Known) else Declined() for f, a in profile.answers.items()}
    asker = world.interviewer
    assert asker.relevant(Profile(closed)) == asker.relevant(Profile(other))


# -- values ----------------------------------------------------------------------------------------


@law
def test_values_in_one_region_are_indistinguishable(data):
    world = data.draw(worlds())
    fact = data.draw(st.sampled_from(list(world.facts)))
    regions = world.interviewer._regions[fact.id]  # noqa: SLF001
    one, other = (data.draw(values(fact, world.on)) for _ in range(2))
    for leaf in all_leaves(world):
        if leaf.fact != fact.id:
            continue
        same = evaluate(leaf, {fact.id: one}, world.on) is evaluate(
            leaf, {fact.id: other}, world.on
        )
        assert same or regions.mask(one) != regions.mask(other)
        if fact.kind in ("whole", "date") and "none" not in (one, other):
            low, high = sorted((one, other))
            assert same or any(low < cut <= high for cut in cuts(leaf, world.on))


@law
def test_a_span_is_true_when_each_value_inside_is(data):
    world = data.draw(worlds())
    for leaf in {leaf for m in world.measures for leaf in leaves(m.who)}:
        fact = world.facts[leaf.fact]
        if fact.kind not in ("whole", "date"):
            continue
        span = data.draw(spans(fact, world.on))
        truth = evaluate(leaf, {fact.id: span}, world.on)
        firsts = [span.low, *(c for c in cuts(leaf, world.on) if span.low < c <= span.high)]
        found = {evaluate(leaf, {fact.id: value}, world.on) for value in firsts}
        assert found == {truth} if truth is not None else found == {True, False}
        within = evaluate(leaf, {fact.id: data.draw(inside(span))}, world.on)
        assert truth in (None, within)
