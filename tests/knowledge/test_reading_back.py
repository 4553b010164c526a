"""A condition is read as an editor wrote it: writing and reading are inverse."""

import io
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from strategies import conditions, facts

from knowledge.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Between,
    Condition,
    Is,
    Not,
    OneOf,
    Rule,
    Since,
    leaves,
)
from knowledge.loading.conditions import Reader

LAW = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)


def written(condition: Condition) -> object:  # noqa: PLR0911 - a line for each kind
    """Return a condition as an editor writes it."""
    match condition:
        case AllOf(of=of):
            return {"all": [written(part) for part in of]}
        case AnyOf(of=of):
            return {"any": [written(part) for part in of]}
        case AtLeast(count=count, of=of):
            return {"at_least": {"count": count, "of": [written(part) for part in of]}}
        case Not(of=part):
            return {"not": written(part)}
        case Rule():
            return {"rule": condition.id}
        case Is(fact=fact, value=value):
            return {fact: value}
        case OneOf(fact=fact, values=values):
            return {fact: list(values)}
        case Between(fact=fact):
            bounds = {"min": condition.min, "max": condition.max}
        case Since(fact=fact):
            bounds = {
                name: long and f"{long.count} {long.unit}"
                for name in ("at_least", "more_than", "at_most")
                if (long := getattr(condition, name)) is not None
            }
    return {fact: {name: bound for name, bound in bounds.items() if bound is not None}}


def rules_of(condition: Condition) -> dict[str, Rule]:
    match condition:
        case Rule():
            return {condition.id: condition}
        case Not(of=part):
            return rules_of(part)
        case _:
            return {name: rule for part in condition.of for name, rule in rules_of(part).items()}


@LAW
@given(st.data())
def test_a_condition_is_read_as_it_was_written(data):
    made = data.draw(facts(4))
    condition = data.draw(conditions(made))
    rules = rules_of(condition)
    yaml = YAML(typ="safe", pure=True)
    text = io.StringIO()
    yaml.dump([written(condition), [written(leaf) for leaf in leaves(condition)]], text)
    whole, parts = YAML(typ="safe", pure=True).load(text.getvalue())
    reader = Reader(Path("measure.yaml"), made, rules)
    assert reader.read(whole) == condition
    assert [reader.read(part) for part in parts] == list(leaves(condition))
