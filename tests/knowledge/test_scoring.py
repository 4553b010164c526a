"""The score of an entry: a hundred at most, and each missing thing costs what it says."""

import datetime as dt

import pytest

from knowledge.loading import DATA
from knowledge.loading.cases import load_cases
from knowledge.scoring import score

ON = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def cases(base):
    return load_cases(DATA / "cases", base.facts)


def test_points_and_what_is_missing_make_a_hundred(base, cases):
    for measure in base.measures.values():
        found = score(measure, base, cases, ON)
        missing = sum(int(text.rpartition("(")[2].strip(")")) for text in found.missing)
        assert found.points + missing == 100, measure.id


def test_registration_is_founded_on_all_there_is(base, cases):
    assert score(base.measures["znz-18-registration"], base, cases, ON).points == 100


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"as_of": "2019"}, "a text of the last two years (15)"),
        ({"as_of": "2017-2020"}, "a text of the last two years (15)"),
        ({"documents": ()}, "the documents (5)"),
        ({"status": "unclear"}, "a word of the bureau that it runs (10)"),
        ({"sources": ("egov-1168",)}, "a second publisher (10)"),
    ],
)
def test_each_thing_that_is_missing_is_named(base, cases, changed, missing):
    measure = base.measures["znz-18-registration"].model_copy(update=changed)
    assert score(measure, base, cases, ON).missing == (missing,)


def test_what_is_overdue_costs_points(base, cases):
    measure = base.measures["znz-18-registration"]
    late = score(measure, base, cases, ON + dt.timedelta(days=181))
    assert "sources read again (15)" in late.missing
