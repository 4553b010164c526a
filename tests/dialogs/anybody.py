"""Answers of anybody, as hypothesis strategies: from nothing told to all told."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from knowledge.facts import Fact
from knowledge.loading import load

KNOWLEDGE = load()
DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2026, 11, 23)).map(dt.date.isoformat)


def values_of(fact: Fact) -> st.SearchStrategy[Any]:
    match fact.kind:
        case "bool":
            told: st.SearchStrategy[Any] = st.booleans()
        case "choice":
            told = st.sampled_from([choice.value for choice in fact.choices])
        case "whole":
            low, high = fact.bounds or (0, 0)
            told = st.integers(low, min(high, 70))
        case "date":
            told = st.one_of(DAYS, DAYS.map(lambda day: {"from": f"{day[:7]}-01", "to": day}))
        case _:
            told = st.sampled_from(["68134", "12259", "47714", "58030"])
    none = [st.just("none")] if fact.none else []
    return st.one_of(told, *none, st.none())


PEOPLE = st.sampled_from(["self", "relative", "employer"])
ANSWERS = st.fixed_dictionaries(
    {"audience": PEOPLE},
    optional={fact.id: values_of(fact) for fact in KNOWLEDGE.facts if fact.id != "audience"},
)
LAID_OFF = {
    "audience": "self",
    "working": "no",
    "job_ended_on": "2026-11-18",
    "settlement": "12259",
    "registered": False,
    "age": 57,
    "education": "secondary",
    "has_trade": True,
    "trade_obtained_on": "2000-01-01",
    "experience_in_trade": True,
    "job_end_ground": "staff_cut",
    "struck_off": False,
    "own_business": False,
    "abroad_12_of_18": False,
    "insured_12_of_18": True,
    "previous_benefit_ended_on": "none",
    "youngest_child_age": "none",
    "lone_or_large_family": False,
    "disability_percent": 0,
    "served_sentence": False,
    "protection_status": False,
}
"""57 years old, laid off five days ago in Vratsa, not registered yet."""
REGISTERED = {**LAID_OFF, "registered": True, "registered_on": "2026-11-20", "struck_off": None}
