"""Rules that never hold, always hold or let nobody in by themselves are found, and no others."""

import datetime as dt
from dataclasses import replace

import pytest

from knowledge.conditions import AllOf, AnyOf, Between, Is, Not, Since
from knowledge.durations import Duration
from knowledge.rule_lint import RuleLint

ON = dt.date(2026, 11, 22)
YOUNG, OLD = Between(fact="age", max=29), Between(fact="age", min=50)
REGISTERED = Is(fact="registered", value=True)
MONTHS = Since(fact="registered_on", at_least=Duration.model_validate("6 months"))


def faults(base, who):
    measure = next(iter(base.measures.values())).model_copy(update={"who": who})
    changed = replace(base, measures={**base.measures, measure.id: measure})
    return list(RuleLint(changed, ON).faults(measure))


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (AllOf(of=(YOUNG, OLD)), "who: never fits"),
        (AllOf(of=(REGISTERED, Not(of=REGISTERED))), "who: never fits"),
        (AnyOf(of=(YOUNG, Not(of=YOUNG))), "who: fits whatever is answered"),
        (Between(fact="age", min=14, max=100), "who: fits whatever is answered"),
        (AllOf(of=(MONTHS, Is(fact="registered", value=False))), "who: never fits"),
        (
            AnyOf(of=(YOUNG, Between(fact="age", max=24))),
            "who: nobody is let in only by the condition on age",
        ),
        (
            AllOf(of=(REGISTERED, AnyOf(of=(OLD, AllOf(of=(OLD, MONTHS)))))),
            "who: nobody is let in only by the condition on age, registered_on",
        ),
    ],
)
def test_an_idle_rule_is_found(base, who, said):
    assert any(fault.startswith(said) for fault in faults(base, who))


@pytest.mark.parametrize(
    "who",
    [
        YOUNG,
        AllOf(of=(REGISTERED, YOUNG)),
        AnyOf(of=(YOUNG, OLD)),
        AllOf(of=(REGISTERED, MONTHS)),
        AnyOf(of=(YOUNG, AllOf(of=(OLD, REGISTERED)))),
    ],
)
def test_a_rule_that_decides_is_left_alone(base, who):
    assert faults(base, who) == []


def test_people_whom_a_measure_rules_out_are_no_group_of_it(base):
    measure = base.measures["znz-51-2-state-aid-disability"]
    block = measure.for_employer.model_copy(update={"groups": ("disability", "learners")})
    healthy = Between(fact="disability_percent", max=0)
    changed = measure.model_copy(update={"for_employer": block, "who": healthy})
    assert list(RuleLint(base, ON).out_of_reach(changed)) == ["disability"]


def test_no_shipped_rule_is_idle(base):
    lint = RuleLint(base, ON)
    assert {m.id: list(lint.faults(m)) for m in base.measures.values() if [*lint.faults(m)]} == {}
