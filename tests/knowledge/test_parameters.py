"""A sum is that of its day; where none is known, that is an error and never the last one."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.parameters import DatedValue, MissingValueError, Parameter
from knowledge.texts import Text

WHAT = Text(bg="най-малко на ден", en="least per day")
NEW_YEAR = dt.date(2026, 1, 1)


def dated(start, end, value):
    return DatedValue(valid_from=start, valid_to=end, value=value, currency="EUR", source="act")


@pytest.fixture
def daily():
    return Parameter(
        id="daily",
        what=WHAT,
        values=(
            dated(dt.date(2025, 1, 1), dt.date(2025, 12, 31), "9.10"),
            dated(NEW_YEAR, dt.date(2026, 12, 31), "9.21"),
        ),
    )


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (dt.date(2025, 1, 1), "9.10"),
        (dt.date(2025, 12, 31), "9.10"),
        (NEW_YEAR, "9.21"),
        (dt.date(2026, 12, 31), "9.21"),
    ],
)
def test_both_ends_are_inside(daily, day, value):
    assert daily.on(day).value == Decimal(value)


@pytest.mark.parametrize("day", [dt.date(2024, 12, 31), dt.date(2027, 1, 1)])
def test_the_last_value_is_never_used_beyond_its_days(daily, day):
    with pytest.raises(MissingValueError, match=f"daily: no value for {day}"):
        daily.on(day)


@given(st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), min_size=2, unique=True))
def test_a_day_has_one_value_at_most(days):
    starts = sorted(days)
    ends = [after - dt.timedelta(days=1) for after in starts[1:]]
    parameter = Parameter(
        id="x", what=WHAT, values=tuple(map(dated, starts, [*ends, None], range(1, 999)))
    )
    for day in days:
        assert sum(value.holds(day) for value in parameter.values) == 1
    assert parameter.gaps() == ()


def test_values_that_overlap_are_refused():
    with pytest.raises(ValidationError, match="two values hold on 2025-06-01"):
        Parameter(
            id="x",
            what=WHAT,
            values=(dated(dt.date(2025, 1, 1), None, "1"), dated(dt.date(2025, 6, 1), None, "2")),
        )


def test_a_gap_is_named_by_its_first_day():
    parameter = Parameter(
        id="x",
        what=WHAT,
        values=(
            dated(dt.date(2025, 1, 1), dt.date(2025, 5, 31), "1"),
            dated(dt.date(2025, 7, 1), None, "2"),
        ),
    )
    assert parameter.gaps() == (dt.date(2025, 6, 1),)
