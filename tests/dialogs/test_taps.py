"""How few taps a talk takes, for some of the golden profiles; `make taps` counts them all."""

import pytest

from knowledge.golden_profiles import Person
from knowledge.loading import load
from tests.benchmarks.taps import WANTED_ALL, WANTED_FIRST, counted, people

EACH = 20
"""One of so many is counted here."""
SOME = people(load())[::EACH]


@pytest.mark.parametrize("person", SOME, ids=[person.case.name for person in SOME])
def test_a_fitting_measure_comes_after_four_taps_and_the_whole_result_after_twelve(
    person: Person,
) -> None:
    taps = counted(person, load())
    assert taps.first is not None
    assert taps.first <= WANTED_FIRST
    assert taps.all <= WANTED_ALL
    told = counted(person, load(), tells=True)
    assert told.all <= WANTED_ALL
