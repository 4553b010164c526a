"""Working days in Bulgaria, at their edges."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calendar import (
    add_working_days,
    is_public_holiday,
    is_working_day,
    working_days_between,
)

days = st.dates(dt.date(2015, 1, 1), dt.date(2050, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# Working days.


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01",  # New Year
        "2026-03-03",
        "2026-04-10",  # Orthodox Good Friday
        "2026-04-13",  # Easter Monday
        "2026-05-25",  # for Sunday 24 May
        "2026-09-07",  # for Sunday 6 September
        "2026-12-24",
        "2026-12-25",
        "2026-12-28",  # for Saturday 26 December
        "2027-05-04",  # for 1 May on Easter Saturday
    ],
)
def test_a_holiday_or_the_day_in_its_place_is_no_working_day(text):
    assert is_public_holiday(day(text))
    assert not is_working_day(day(text))


@pytest.mark.parametrize("text", ["2026-12-23", "2026-12-29", "2026-11-02", "2026-09-08"])
def test_an_ordinary_weekday_is_a_working_day(text):
    assert is_working_day(day(text))


@pytest.mark.parametrize("text", ["2026-11-21", "2026-11-22"])
def test_a_weekend_is_no_working_day(text):
    assert not is_working_day(day(text))
    assert not is_public_holiday(day(text))


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-11-20", 1, "2026-11-23"),  # Friday to Monday
        ("2026-11-21", 1, "2026-11-23"),  # a Saturday counts from Monday
        ("2026-11-23", 7, "2026-12-02"),
        ("2026-12-23", 1, "2026-12-29"),  # over Christmas and the day in place of the 26th
        ("2026-12-31", 1, "2027-01-04"),
        ("2026-04-09", 1, "2026-04-14"),  # over Easter
    ],
)
def test_working_days_are_counted_from_the_next_day(start, n, end):
    assert add_working_days(day(start), n) == day(end)


@given(days, st.integers(1, 40))
def test_the_nth_working_day_is_a_working_day_and_counts_back(start, n):
    end = add_working_days(start, n)
    assert is_working_day(end)
    assert working_days_between(start, end) == n
    assert working_days_between(end, start) == -n


@given(days, st.integers(1, 15), st.integers(1, 15))
def test_working_days_add_up(start, m, n):
    assert add_working_days(add_working_days(start, m), n) == add_working_days(start, m + n)


@given(days)
def test_there_are_no_working_days_between_a_day_and_itself(one):
    assert working_days_between(one, one) == 0


@pytest.mark.parametrize("n", [0, -1])
def test_fewer_than_one_working_day_is_refused(n):
    with pytest.raises(ValueError, match="at least 1"):
        add_working_days(day("2026-11-23"), n)
