"""The opening hours that a form of the directory begins with: read back, they are the same."""

import datetime as dt
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_desk import SOFIA, VRATSA, House, house

from bot.web.directory import value_to_type
from dialogs.texts import load_texts
from dialogs.turn import Context
from dialogs.typed_hours import typed_hours
from knowledge.loading import load
from knowledge.opening_hours import DAYS, OpeningHours


@cache
def here() -> Context:
    return Context(load(), load_texts(), dt.datetime(2026, 11, 23, 10, tzinfo=SOFIA))


def typed(value: str) -> str:
    return value_to_type(here(), "opening_hours", value)


@st.composite
def weekly(draw: st.DrawFn) -> str:
    rules = []
    for name in draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True)):
        quarters = st.lists(st.integers(0, 95), min_size=2, max_size=4, unique=True)
        times = sorted(draw(quarters.filter(lambda some: len(some) % 2 == 0)))
        said = [f"{at // 4:02}:{at % 4 * 15:02}" for at in times]
        spans = ",".join(f"{a}-{b}" for a, b in zip(said[::2], said[1::2], strict=True))
        # Somewhere in a week it is open.
        rules.append(f"{name} {draw(st.sampled_from([spans, 'off'])) if rules else spans}")
    return "; ".join(rules)


@given(weekly())
def test_hours_of_a_week_stand_in_bulgarian_and_read_back_the_same(value: str):
    said = typed(value)
    assert not set("MoTuWeThFrSaSu") & set(said), said
    assert OpeningHours.parse(typed_hours(said)) == OpeningHours.parse(value)


def test_all_hours_of_the_directory_read_back_the_same():
    directory = here().knowledge.directory
    known = [place.hours for place in (*directory.bureaus, *directory.libraries) if place.hours]
    assert known
    for hours in known:
        assert OpeningHours.parse(typed_hours(typed(str(hours)))) == hours


@pytest.mark.parametrize("value", ["Mo-Fr 09:00-17:00; Th[-1] off", "Mo-Fr 09:00-17:00; PH off"])
def test_hours_that_words_would_change_stand_as_the_data_have_them(value: str):
    assert typed(value) == value


@pytest.fixture
async def h(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


async def test_the_form_begins_with_what_people_read(h: House):
    maria = await h.librarian()
    page = await maria.sees(f"/desk/directory/libraries/{VRATSA}/opening_hours")
    hours = h.service.knowledge.directory.library(VRATSA).hours
    assert f'value="{typed(str(hours))}"' in page
