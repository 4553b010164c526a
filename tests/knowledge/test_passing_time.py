"""What time alone changes is said with its day, or with the birthday that changes it."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import DAY, WORD, durations, fact, inside, measure

from knowledge.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Between,
    Condition,
    Is,
    Not,
    Since,
    evaluate,
    leaves,
)
from knowledge.durations import Duration
from knowledge.explaining import reason
from knowledge.facts import Facts, Known, Profile, Span, Value
from knowledge.measures import Measure, Unmodelled
from knowledge.passing_time import SOON, Birthday, birthday, first_day
from knowledge.texts import Text
from knowledge.verdicts import Verdict, judge

NAME = Text(bg="{years}-ия", en="the {years}th")
FACTS = Facts(
    (
        fact("age", "whole", bounds=(0, 99), birthday=NAME),
        fact("child", "whole", bounds=(0, 17), birthday=NAME, none=WORD),
        fact("count", "whole", bounds=(0, 99)),
        fact("since", "date", none=WORD),
        fact("registered", "bool"),
    )
)
UP_TO_29, FROM_50 = Between(fact="age", max=29), Between(fact="age", min=50)
SIX = Duration(count=6, unit="months")
LAW = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)


SINCE, REGISTERED = fact("since", "date", none=WORD), fact("registered", "bool")
DATED = Facts((SINCE, REGISTERED))
RECENT = st.dates(DAY - dt.timedelta(days=400), DAY)
TURNS = st.tuples(st.sampled_from(("at_least", "more_than", "at_most")), durations()).map(
    lambda bound: Since(fact="since", **{bound[0]: bound[1]})
)
PARTS = st.one_of(
    TURNS, TURNS.map(lambda turn: Not(of=turn)), st.just(Is(fact="registered", value=True))
)
"""What mostly turns with time: most generated conditions never do."""


@st.composite
def passing(draw: st.DrawFn) -> tuple[Measure, dict[str, Value]]:
    """Draw a rule about a day and what was told of it, so that time mostly changes the verdict."""
    low, high = sorted((draw(RECENT), draw(RECENT)))
    when = st.sampled_from((low, high, Span(low=low, high=high), "none"))
    known = {"since": draw(when), "registered": draw(st.sampled_from((True, False, None)))}
    told = {name: value for name, value in known.items() if value is not None}
    parts = tuple(draw(st.lists(PARTS, min_size=1, max_size=4)))
    count = draw(st.integers(1, len(parts)))
    return measure(AtLeast(count=count, of=parts)), told


def said(who: Condition, on: dt.date = DAY, **answers: object) -> Verdict:
    told = {name: Known(value) for name, value in answers.items()}
    return judge(measure(who), FACTS, Profile(told), on)


@pytest.mark.parametrize(
    ("age", "years"), [(16, None), (27, None), (28, 30), (29, 30), (30, None), (31, None)]
)
def test_a_yes_ends_with_a_near_birthday(age, years):
    assert said(UP_TO_29, age=age).birthday == (years and Birthday("age", years))


@pytest.mark.parametrize(
    ("age", "years"), [(40, None), (47, None), (48, 50), (49, 50), (50, None), (51, None)]
)
def test_a_no_turns_with_a_near_birthday(age, years):
    assert said(FROM_50, age=age).birthday == (years and Birthday("age", years))


def test_a_birthday_that_changes_nothing_is_not_said():
    registered = Is(fact="registered", value=True)
    assert said(AnyOf(of=(UP_TO_29, registered)), age=29, registered=True).birthday is None
    assert said(AllOf(of=(FROM_50, registered)), age=49, registered=False).birthday is None
    assert said(AllOf(of=(UP_TO_29, registered)), age=29).birthday is None


def test_what_is_open_after_a_birthday_has_no_end():
    who = AnyOf(of=(UP_TO_29, Is(fact="registered", value=True)))
    assert said(who, age=29).birthday is None
    assert said(who, age=29, registered=False).birthday == Birthday("age", 30)


def test_what_is_open_after_a_day_has_no_end():
    who = AnyOf(of=(Since(fact="since", at_most=SIX), Is(fact="registered", value=True)))
    assert said(who, since=DAY).until_day is None
    assert said(who, since=DAY, registered=False).until_day == SIX.after(DAY)


def test_the_nearest_birthday_is_said():
    who = AllOf(of=(UP_TO_29, Between(fact="child", max=3)))
    assert said(who, age=28, child=3).birthday == Birthday("child", 4)
    assert said(who, age=29, child=2).birthday == Birthday("age", 30)


@pytest.mark.parametrize("value", ["none", Span(low=2, high=3)])
def test_an_age_that_is_not_known_to_the_year_has_no_birthday(value):
    who = Not(of=Between(fact="child", min=4))
    assert said(who, child=value).birthday is None


def test_a_number_that_is_no_age_has_no_birthday():
    assert said(Between(fact="count", max=3), count=3).birthday is None


@pytest.mark.parametrize(
    ("who", "until"),
    [
        (Since(fact="since", at_most=SIX), dt.date(2027, 5, 22)),
        (Not(of=Since(fact="since", at_least=SIX)), dt.date(2027, 5, 21)),
        (Not(of=Since(fact="since", more_than=SIX)), dt.date(2027, 5, 22)),
        (Not(of=Is(fact="since", value="none")), None),
    ],
)
def test_a_yes_says_its_last_day(who, until):
    assert said(who, dt.date(2026, 11, 22), since=dt.date(2026, 11, 22)).until_day == until


def test_a_day_that_is_roughly_known_ends_as_soon_as_it_may():
    told = Span(low=dt.date(2026, 10, 1), high=dt.date(2026, 10, 31))
    verdict = said(Since(fact="since", at_most=SIX), dt.date(2026, 11, 22), since=told)
    assert verdict.until_day == dt.date(2027, 4, 1)


def test_an_end_after_that_of_the_measure_itself_is_not_said():
    who = Since(fact="since", at_most=SIX)
    told = Profile({"since": Known(DAY)})
    for valid_to, until in ((SIX.after(DAY), SIX.after(DAY)), (DAY, None)):
        assert judge(measure(who, valid_to=valid_to), FACTS, told, DAY).until_day == until


def test_an_end_behind_a_nearer_deadline_is_not_said():
    who = Since(fact="since", at_most=SIX)
    told = Profile({"since": Known(DAY)})
    assert judge(measure(who), FACTS, told, DAY).until_day
    assert judge(measure(who, end_untold=True), FACTS, told, DAY).until_day is None


@LAW
@given(st.data())
def test_until_the_last_day_it_fits_and_on_the_next_not_surely(data):
    one, known = data.draw(passing())
    verdict = judge(one, DATED, Profile({name: Known(value) for name, value in known.items()}), DAY)
    until = verdict.until_day
    if verdict.word not in ("yes", "likely"):
        assert until is None
        return
    day = data.draw(inside(Span(low=DAY, high=until or DAY + dt.timedelta(days=900))))
    if until is None:
        assert evaluate(one.who, known, day) is not False
    else:
        assert evaluate(one.who, known, day) is True
        assert evaluate(one.who, known, until + dt.timedelta(days=1)) is not True


def test_every_birthday_that_is_said_of_the_shipped_measures_turns_the_verdict(base):
    ages = [f.id for f in base.facts if f.birthday]
    assert ages == ["age", "youngest_child_age"]
    told = 0
    for one in base.measures.values():
        for name in ages:
            low, high = base.facts[name].bounds
            for years in range(low, high + 1):
                profile = Profile({"working": Known("no"), "registered": Known(value=True)})
                known = base.facts.counting(profile.with_(name, Known(years)).known)
                found = birthday(one, base.facts, known, DAY)
                if found is None:
                    continue
                told += 1
                now = evaluate(one.who, known, DAY)
                then = evaluate(one.who, {**known, found.fact: found.years}, DAY)
                before = evaluate(one.who, {**known, found.fact: found.years - 1}, DAY)
                assert years < found.years <= years + SOON
                assert now is before is not then
    assert told > 5


def test_the_birthdays_that_rules_can_name_have_an_ending_that_fits(base):
    """In English the pattern says „th“: no rule may turn with a 21st or a 3rd birthday."""
    ages = {f.id: f.birthday for f in base.facts if f.birthday}
    turning = {
        years
        for one in base.measures.values()
        for leaf in leaves(one.who)
        if isinstance(leaf, Between) and leaf.fact in ages
        for years in (leaf.min, leaf.max and leaf.max + 1)
        if years
    }
    assert {4, 6, 13, 16, 25, 29, 30, 50, 55, 58, 66} >= turning
    assert all(years % 10 not in (1, 2, 3) or years in (11, 12, 13) for years in turning)
    assert ages["age"].bg.format(years=30) == "30-ия рожден ден"


@LAW
@given(st.data())
def test_between_the_days_on_which_a_date_turns_no_verdict_changes(data):
    """Piecewise constant: the truth of a day is that of the last turning day before it."""
    one, known = data.draw(passing())
    value = known["since"]
    ends = (value.low, value.high) if isinstance(value, Span) else (value,)
    turning = {
        long.after(start) + dt.timedelta(days=after)
        for leaf in leaves(one.who)
        if isinstance(leaf, Since)
        for start in ends
        if isinstance(start, dt.date)
        for long, after in ((leaf.at_least, 0), (leaf.more_than, 1), (leaf.at_most, 1))
        if long
    }
    day = DAY + dt.timedelta(days=data.draw(st.integers(0, 1200)))
    last = max([DAY, *(turn for turn in turning if DAY < turn <= day)])
    assert evaluate(one.who, known, day) is evaluate(one.who, known, last)


@LAW
@given(st.data())
def test_the_first_day_is_the_earliest_of_all_days(data):
    one, known = data.draw(passing())
    assume(evaluate(one.who, known, DAY) is not True)
    first = first_day(one, known, DAY)
    day = DAY + dt.timedelta(days=data.draw(st.integers(0, 1200)))
    if first is not None:
        assert evaluate(one.who, known, first) is True
    if first is None or day < first:
        assert evaluate(one.who, known, day) is not True


TWELVE = Duration(count=12, unit="months")


@pytest.mark.parametrize(
    ("age", "months_ago", "years"),
    [(29, 1, None), (29, 11, None), (28, 1, None), (29, 0, None)],
)
def test_an_end_is_not_said_where_time_lets_in_another_way_before_it(age, months_ago, years):
    """The 30th birthday may be a year away: by then there may be twelve months of registration."""
    who = AnyOf(of=(UP_TO_29, Since(fact="since", at_least=TWELVE)))
    since = DAY - dt.timedelta(days=30 * months_ago)
    assert said(who, age=age, since=since).birthday == years


def test_an_end_is_said_where_no_day_of_the_birthday_lets_in_another_way():
    who = AnyOf(of=(UP_TO_29, Since(fact="since", at_least=Duration(count=2, unit="years"))))
    assert said(who, age=29, since=DAY).birthday == Birthday("age", 30)
    assert said(who, age=28, since=DAY).birthday is None


def test_another_age_that_may_have_its_birthday_first_is_thought_of():
    who = AllOf(of=(FROM_50, Between(fact="child", max=3)))
    assert said(who, age=49, child=2).birthday == Birthday("age", 50)
    assert said(who, age=49, child=3).birthday is None  # the child may be four by then


def test_where_the_law_is_silent_on_just_that_age_the_bureau_is_to_be_asked():
    exactly = Between(fact="age", min=50, max=50)
    one = measure(FROM_50, unmodelled=(Unmodelled(text=WORD, when=exactly),))
    told = Profile({"age": Known(49)})
    assert judge(one, FACTS, told, DAY).birthday == Birthday("age", 50, doubtful=True)
    assert judge(measure(FROM_50), FACTS, told, DAY).birthday == Birthday("age", 50)


def test_a_measure_that_may_have_ended_by_then_is_not_promised():
    one = measure(FROM_50, valid_to=DAY + dt.timedelta(days=100))
    assert judge(one, FACTS, Profile({"age": Known(49)}), DAY).birthday is None


def test_a_silent_law_is_said_to_a_person(base):
    told = Profile({"working": Known("no"), "registered": Known(value=True), "age": Known(57)})
    verdict = judge(base.measures["np-retirement-help"], base.facts, told, DAY)
    said_ = reason(verdict, base.facts, base.phrases, "bg")
    assert "Може би от 58-ия рожден ден. Питайте бюрото дали стига." in said_
    assert "Възможно от" not in said_


def test_a_day_between_is_thought_of_for_each_age_that_others_may_have():
    half_a_year = Since(fact="since", at_least=SIX, at_most=Duration(count=7, unit="months"))
    who = AnyOf(of=(UP_TO_29, AllOf(of=(Between(fact="child", min=4), half_a_year))))
    # With a child of four by then, the half year in the middle lets in after the 30th birthday.
    assert said(who, age=29, child=3, since=DAY).birthday is None
    assert said(who, age=29, child=1, since=DAY).birthday == Birthday("age", 30)
