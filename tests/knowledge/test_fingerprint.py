"""Other knowledge has another name, the same knowledge the same: in every process, on every day."""

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from knowledge.base import KnowledgeBase
from knowledge.facts import Facts
from knowledge.loading import load

DAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return load()


def name_of(base: KnowledgeBase, on: dt.date = DAY, **changed: object) -> str:
    return replace(base, _fingerprints={}, **changed).fingerprint(on)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_it_is_the_same_in_every_process(base: KnowledgeBase, seed: str) -> None:
    ask = (
        "import datetime as dt; from knowledge.loading import load;"
        f"print(load().fingerprint(dt.date({DAY.year}, {DAY.month}, {DAY.day})))"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert told.strip() == base.fingerprint(DAY)


def test_the_order_of_entries_does_not_matter(base: KnowledgeBase) -> None:
    turned = {
        "facts": Facts(tuple(reversed(tuple(base.facts)))),
        "rules": dict(reversed(base.rules.items())),
        "measures": dict(reversed(base.measures.items())),
        "parameters": dict(reversed(base.parameters.items())),
    }
    assert name_of(base, **turned) == base.fingerprint(DAY)


def test_a_measure_more_or_less_or_otherwise_has_another_name(base: KnowledgeBase) -> None:
    (first, measure), *others = base.measures.items()
    without = dict(others)
    never = measure.model_copy(update={"capped": True, "weight": measure.weight + 1})
    names = {
        base.fingerprint(DAY),
        name_of(base, measures=without),
        name_of(base, measures={**base.measures, first: never}),
    }
    assert len(names) == 3


def test_each_sort_of_entry_counts(base: KnowledgeBase) -> None:
    names = [
        name_of(base, facts=Facts(tuple(base.facts)[1:])),
        name_of(base, rules=dict(list(base.rules.items())[1:])),
        name_of(base, parameters=dict(list(base.parameters.items())[1:])),
    ]
    assert len({*names, base.fingerprint(DAY)}) == 4


def test_a_source_that_was_read_again_is_no_change(base: KnowledgeBase) -> None:
    read = {
        name: source.model_copy(update={"verified_on": DAY})
        for name, source in base.sources.items()
    }
    assert name_of(base, sources=read) == base.fingerprint(DAY)


def test_the_day_a_measure_ends_has_another_name(base: KnowledgeBase) -> None:
    name, measure = next((n, m) for n, m in base.measures.items() if m.runs(DAY))
    ends = {**base.measures, name: measure.model_copy(update={"valid_to": DAY})}
    before, after = DAY, DAY + dt.timedelta(days=1)
    assert name_of(base, before, measures=ends) != name_of(base, after, measures=ends)
    assert name_of(base, before) == name_of(base, before - dt.timedelta(days=1))
