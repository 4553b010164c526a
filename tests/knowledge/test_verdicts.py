"""Verdicts, their reasons, what would change them and from which day."""

import datetime as dt

import pytest
from strategies import DAY, WORD, fact, measure

from knowledge.conditions import AllOf, AnyOf, Between, Condition, Is, Not, OneOf, Rule, Since
from knowledge.durations import Duration
from knowledge.facts import NONE, Declined, Facts, Known, Profile, Span
from knowledge.measures import Unmodelled
from knowledge.verdicts import Verdict, judge

FACTS = Facts(
    (
        fact("working", "choice"),
        fact("registered", "bool", change=WORD),
        fact(
            "since",
            "date",
            none=WORD,
            given={"fact": "registered", "one_of": [True], "otherwise": NONE},
        ),
        fact("age", "whole"),
        fact("health", "whole", sensitivity="special", cost=3),
    )
)


def rule(name: str, of: Condition) -> Rule:
    return Rule(id=name, text=WORD, of=of)


IDLE = rule("idle", OneOf(fact="working", values=("red",)))
REGISTERED = rule("registered", Is(fact="registered", value=True))
YOUNG = rule("young", Between(fact="age", max=4))
ILL = rule("ill", Between(fact="health", min=5))
SIX = Duration(count=6, unit="months")
LONG = rule("long", Since(fact="since", at_least=SIX))


def said(who: Condition, on: dt.date = DAY, **answers: object) -> Verdict:
    told = {f: a if isinstance(a, Declined) else Known(a) for f, a in answers.items()}
    return judge(measure(who), FACTS, Profile(told), on)


def test_yes_is_likely_where_somebody_else_decides_too():
    profile = Profile({"registered": Known(value=True)})
    for fields in ({"unmodelled": (Unmodelled(text=WORD),)}, {"status": "programme_dependent"}):
        assert judge(measure(REGISTERED, **fields), FACTS, profile, DAY).word == "likely"
    assert judge(measure(REGISTERED), FACTS, profile, DAY).word == "yes"


def test_a_caveat_stands_while_its_condition_may_hold():
    caveat = Unmodelled(text=WORD, when=YOUNG)
    fits = measure(REGISTERED, unmodelled=(caveat,))
    yes = Profile({"registered": Known(value=True)})
    assert judge(fits, FACTS, yes, DAY).caveats == (caveat,)
    assert judge(fits, FACTS, yes.with_("age", Known(4)), DAY).caveats == (caveat,)
    assert judge(fits, FACTS, yes.with_("age", Known(5)), DAY).caveats == ()


def test_a_caveat_is_for_the_day_of_the_verdict():
    caveat = Unmodelled(text=WORD, when=LONG)
    fits, start = measure(REGISTERED, unmodelled=(caveat,)), dt.date(2026, 5, 23)
    told = Profile({"registered": Known(value=True), "since": Known(start)})
    assert judge(fits, FACTS, told, SIX.after(start)).caveats == (caveat,)
    assert judge(fits, FACTS, told, SIX.after(start) - dt.timedelta(days=1)).caveats == ()


def test_the_reason_names_no_more_than_it_must():
    verdict = said(AnyOf(of=(YOUNG, ILL)), age=3, health=9)
    assert (verdict.because, verdict.rules) == (("age",), (YOUNG,))
    verdict = said(AllOf(of=(YOUNG, ILL)), age=9, health=1)
    assert (verdict.because, verdict.rules) == (("age",), (YOUNG,))


@pytest.mark.parametrize(
    ("dropped", "kept"),
    [
        ({"sensitivity": "special"}, {"change": WORD, "cost": 9}),
        ({"change": WORD}, {"cost": 9}),
        ({"cost": 2}, {}),
    ],
)
@pytest.mark.parametrize("dropped_first", [True, False])
def test_of_two_reasons_the_less_personal_is_told(dropped, kept, dropped_first):
    two = fact("dropped", "bool", **dropped), fact("kept", "bool", **kept)
    facts = Facts(two if dropped_first else two[::-1])
    both = measure(AllOf(of=tuple(Is(fact=f.id, value=True) for f in facts)))
    neither = Profile({f.id: Known(value=False) for f in facts})
    assert judge(both, facts, neither, DAY).because == ("kept",)


def test_a_fact_that_counts_by_its_ground_is_explained_by_it():
    verdict = said(LONG, registered=False, since=dt.date(2020, 1, 1))
    assert (verdict.word, verdict.because) == ("no", ("registered",))
    verdict = said(LONG, registered=True, since=dt.date(2020, 1, 1))
    assert (verdict.word, verdict.because) == ("yes", ("registered", "since"))


def test_what_is_missing_is_what_is_open():
    both = AllOf(of=(IDLE, AnyOf(of=(YOUNG, ILL))))
    assert said(both, working="red").missing == ("age", "health")
    assert said(both, age=9, health=Declined()).missing == ("working", "health")
    assert said(both, working="red", age=Span(low=3, high=5)).missing == ("age", "health")


def test_registering_is_named_where_nothing_else_stands_in_the_way():
    both = AllOf(of=(REGISTERED, YOUNG))
    assert said(both, registered=False, age=3).would_change == ("registered",)
    assert said(both, registered=False).would_change == ("registered",)
    assert said(both, registered=False, age=9).would_change == ()
    assert said(AllOf(of=(Not(of=REGISTERED), YOUNG)), registered=False, age=9).would_change == ()


def test_registering_is_not_named_where_it_would_not_help():
    neither_way = AllOf(of=(REGISTERED, AnyOf(of=(Not(of=REGISTERED), YOUNG))))
    assert said(neither_way, registered=False, age=9).would_change == ()
    assert said(neither_way, registered=False, age=3).would_change == ("registered",)


def test_what_nobody_can_change_is_never_named():
    facts = Facts((fact("grown", "bool"), fact("registered", "bool", change=WORD)))
    both = measure(AllOf(of=tuple(Is(fact=f.id, value=True) for f in facts)))
    for grown, named in ((True, ("registered",)), (False, ())):
        told = Profile({"grown": Known(grown), "registered": Known(value=False)})
        assert judge(both, facts, told, DAY).would_change == named
    fixed = measure(Is(fact="grown", value=True))
    assert judge(fixed, facts, Profile({"grown": Known(value=False)}), DAY).would_change == ()


def test_a_change_forgets_what_was_told_on_the_old_ground():
    old = {"registered": False, "since": NONE}
    assert said(AllOf(of=(REGISTERED, LONG)), **old).would_change == ("registered",)
    assert said(LONG, **old).would_change == ("registered",)


@pytest.mark.parametrize(
    ("bound", "first"),
    [
        ({"at_least": SIX}, dt.date(2027, 2, 28)),
        ({"more_than": SIX}, dt.date(2027, 3, 1)),
        ({"at_least": SIX, "at_most": Duration(count=12, unit="months")}, dt.date(2027, 2, 28)),
    ],
)
def test_from_the_day_itself(bound, first):
    leaf = rule("long", Since(fact="since", **bound))
    start, on = dt.date(2026, 8, 31), dt.date(2026, 11, 22)
    assert said(leaf, on, registered=True, since=start).from_day == first
    eve = first - dt.timedelta(days=1)
    assert said(leaf, eve, registered=True, since=start).word == "no"
    assert said(leaf, first, registered=True, since=start).word == "yes"


def test_from_the_day_on_which_a_bar_ends():
    bar = Not(of=rule("recent", Since(fact="since", at_most=SIX)))
    verdict = said(bar, registered=True, since=dt.date(2026, 8, 31))
    assert verdict.from_day == dt.date(2027, 3, 1)


def test_from_the_day_that_is_sure_for_a_rough_date():
    rough = Span(low=dt.date(2026, 8, 1), high=dt.date(2026, 8, 31))
    assert said(LONG, registered=True, since=rough).from_day == dt.date(2027, 2, 28)


def test_a_day_is_the_latest_only_for_a_rough_date():
    first, last = dt.date(2026, 8, 1), dt.date(2026, 8, 31)
    assert said(LONG, registered=True, since=Span(low=first, high=last)).at_latest is True
    assert said(LONG, registered=True, since=last).at_latest is False
    assert said(AllOf(of=(LONG, YOUNG)), registered=True, since=last, age=9).at_latest is False


def test_no_day_is_named_on_which_the_measure_does_not_run():
    first = SIX.after(DAY)
    told = Profile({"registered": Known(value=True), "since": Known(DAY)})
    for last, day in ((first, first), (first - dt.timedelta(days=1), None)):
        assert judge(measure(LONG, valid_to=last), FACTS, told, DAY).from_day == day


def test_no_day_where_time_alone_does_not_help():
    assert said(AllOf(of=(LONG, YOUNG)), registered=True, since=DAY, age=9).from_day is None
    assert said(AllOf(of=(LONG, YOUNG)), registered=False, age=3).from_day is None


def test_the_shipped_verdict_of_one_who_is_not_registered(base):
    profile = Profile({"working": Known("no"), "registered": Known(value=False), "age": Known(27)})
    verdict = next(v for v in base.screen(profile, DAY) if v.measure.id == "znz-36-disadvantaged")
    assert (verdict.word, verdict.because) == ("no", ("registered",))
    assert verdict.would_change == ("registered",)
