"""What follows from an answer is declared once and never contradicts another answer."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import profiles, worlds

LAW = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)


@LAW
@given(st.data())
def test_what_follows_from_what_follows_is_nothing_more(data):
    """The closure under the grounds is idempotent: counting once is counting for good."""
    world = data.draw(worlds())
    known = data.draw(profiles(world)).known
    counted = world.facts.counting(known)
    assert world.facts.counting(counted) == counted


@LAW
@given(st.data())
def test_no_two_grounds_give_one_fact_two_values(data):
    """Whatever is told, a fact counts with its own value or with the one its ground gives."""
    world = data.draw(worlds())
    known = data.draw(profiles(world)).known
    counted = world.facts.counting(known)
    for fact in world.facts:
        value = counted.get(fact.id)
        if fact.given is None or counted.get(fact.given.fact) in fact.given.one_of:
            assert value == known.get(fact.id)
        elif fact.given.fact in counted:
            assert value == fact.given.otherwise
        else:
            assert value is None


@LAW
@given(st.data())
def test_learning_more_never_changes_what_counts(data):
    world = data.draw(worlds())
    known = data.draw(profiles(world)).known
    some = data.draw(st.sets(st.sampled_from(sorted(known)))) if known else set()
    before = world.facts.counting({name: known[name] for name in some})
    after = world.facts.counting(known)
    assert {name: after.get(name) for name in before} == before
