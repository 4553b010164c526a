"""Working time adds up, never runs backward, and its inverse lands where it says."""

import dataclasses
import datetime as dt
import time

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from test_opening_hours import hours_text

from knowledge.calendar import SOFIA, is_public_holiday
from knowledge.closed_days import ClosedDays, closed_days
from knowledge.opening_hours import OpeningHours
from knowledge.working_time import FARTHEST_DAYS, ONE_MINUTE, WorkingTime

LIBRARY = WorkingTime.of(
    OpeningHours.parse(
        "Mo-Fr 08:30-12:30,13:00-17:00; Sa 09:00-14:00; Th[-1] off; "
        "2026 Aug 10-21 off; 2026 Dec 23 10:00-12:00"
    )
)
UNKNOWN = WorkingTime.of(None)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SOFIA)


# The clock goes forward on 28.03.2027 and back on 25.10.2026; Christmas has a day in its place.
EDGES = ("2026-10-24", "2027-03-27", "2026-12-23", "2026-08-09", "2026-11-25")
instants = st.one_of(
    st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)),  # noqa: DTZ001
    st.tuples(st.sampled_from(EDGES), st.integers(0, 4 * 24 * 3600)).map(
        lambda e: dt.datetime.fromisoformat(e[0]) + dt.timedelta(seconds=e[1])
    ),
).map(lambda moment: moment.replace(microsecond=0, tzinfo=dt.UTC))
exceptions = st.sampled_from(
    ("", "; Th[-1] off", "; 2026 Dec 24-2027 Jan 03 off", "; 2026 Oct 25 00:00-24:00", "; PH off")
)
working = st.one_of(
    st.just(UNKNOWN),
    st.just(LIBRARY),
    st.tuples(hours_text(), exceptions).map(
        lambda parts: WorkingTime.of(OpeningHours.parse("".join(parts)))
    ),
)


# -- between two instants --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "minutes"),
    [
        ("2026-11-23T09:00", "2026-11-23T10:00", 60),
        ("2026-11-23T12:00", "2026-11-23T13:30", 60),  # over the lunch break
        ("2026-11-23T12:30", "2026-11-23T13:00", 0),
        ("2026-11-23T16:00", "2026-11-24T09:30", 120),  # over a night
        ("2026-11-25T16:00", "2026-11-27T09:30", 120),  # over the last Thursday of the month
        ("2026-11-27T16:00", "2026-11-30T09:30", 60 + 300 + 60),  # over a Saturday
        ("2026-12-23T09:00", "2026-12-29T09:30", 120 + 60),  # a short day, then Christmas
        ("2027-03-02T16:00", "2027-03-04T09:30", 120),  # over 3 March
        ("2026-08-07T16:00", "2026-08-24T09:30", 60 + 300 + 0 + 60 + 300),  # over the summer
        ("2026-11-23T10:00", "2026-11-23T09:00", 0),
        ("2026-11-23T10:00:30", "2026-11-23T10:02:29", 1),
    ],
)
def test_only_the_time_in_which_somebody_works_counts(a: str, b: str, minutes: int):
    assert LIBRARY.minutes_between(at(a), at(b)) == minutes


@given(working, instants, st.integers(0, 3 * 24 * 60))
@settings(max_examples=60)
def test_it_is_the_number_of_minutes_at_which_it_is_open(
    desk: WorkingTime, a: dt.datetime, minutes: int
):
    """Counted one by one, by whoever stands before the door."""
    assume(desk.told)
    a = a.replace(second=0)
    door = sum(desk.told.is_open(a + n * ONE_MINUTE) for n in range(minutes))
    assert desk.minutes_between(a, a + minutes * ONE_MINUTE) == door


@given(working, st.lists(instants, min_size=3, max_size=3))
def test_it_adds_up(desk: WorkingTime, moments: list[dt.datetime]):
    a, b, c = sorted(moments)
    assert desk.time_between(a, b) + desk.time_between(b, c) == desk.time_between(a, c)


@given(working, instants, instants)
def test_it_is_never_negative_and_no_longer_than_the_time_itself(
    desk: WorkingTime, a: dt.datetime, b: dt.datetime
):
    worked = desk.time_between(a, b)
    assert dt.timedelta() <= worked <= max(b - a, dt.timedelta())
    assert desk.minutes_between(a, b) == worked // ONE_MINUTE


@given(working, instants, instants)
def test_the_zone_of_the_question_changes_nothing(
    desk: WorkingTime, a: dt.datetime, b: dt.datetime
):
    here, there = (a.astimezone(SOFIA), b.astimezone(SOFIA)), (a, b)
    assert desk.time_between(*here) == desk.time_between(*there)


@pytest.mark.parametrize("desk", [LIBRARY, UNKNOWN])
def test_on_a_holiday_nothing_counts(desk: WorkingTime):
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(730)]
    holidays = [day for day in days if is_public_holiday(day)]
    assert len(holidays) > 25
    for day in holidays:
        start = dt.datetime.combine(day, dt.time(0), tzinfo=SOFIA)
        assert desk.minutes_between(start, start + dt.timedelta(days=1)) == 0


def test_a_time_without_a_zone_is_refused():
    naive = dt.datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        LIBRARY.minutes_between(naive, at("2026-11-23T10:00"))
    with pytest.raises(ValueError, match="time zone"):
        LIBRARY.after(naive, 1)


# -- after so much ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-23T09:00", 60, "2026-11-23T10:00"),
        ("2026-11-23T12:00", 31, "2026-11-23T13:01"),
        ("2026-11-23T12:00", 30, "2026-11-23T12:30"),  # at the closing, not at the next opening
        ("2026-11-23T16:00", 60, "2026-11-23T17:00"),
        ("2026-11-23T16:00", 61, "2026-11-24T08:31"),
        ("2026-11-23T22:00", 30, "2026-11-24T09:00"),
        ("2026-11-23T22:00", 0, "2026-11-23T22:00"),
        ("2026-12-23T11:00", 90, "2026-12-29T09:00"),
    ],
)
def test_so_much_later_is_counted_in_the_time_in_which_somebody_works(
    start: str, minutes: int, end: str
):
    assert LIBRARY.after(at(start), minutes) == at(end)


@given(working, instants, st.integers(0, 5000))
@example(WorkingTime.of(OpeningHours.parse("Su 00:30-04:00")), at("2026-10-24T03:00"), 210)
def test_so_many_minutes_lie_between_the_start_and_what_is_after_them(
    desk: WorkingTime, start: dt.datetime, minutes: int
):
    end = desk.after(start, minutes)
    assume(end < start + dt.timedelta(days=FARTHEST_DAYS - 2))
    assert desk.minutes_between(start, end) == minutes
    assert end >= start
    if minutes:  # and no instant before it would do
        # In UTC: where an hour comes twice, a second less on the clock's face may be an hour less.
        before = end.astimezone(dt.UTC) - dt.timedelta(seconds=1)
        assert desk.minutes_between(start, before) == minutes - 1


@given(working, instants, instants)
@example(LIBRARY, at("2026-11-23T12:00"), at("2026-11-23T13:00"))
def test_after_what_lies_between_comes_the_end_or_the_closing_before_it(
    desk: WorkingTime, a: dt.datetime, b: dt.datetime
):
    """`after(a, between(a, b))` is b where somebody worked just before b; else b came in vain."""
    a, b = sorted((a, b))
    back = desk.after_time(a, desk.time_between(a, b))
    assert a <= back <= b
    assert desk.time_between(back, b) == dt.timedelta()
    moment_before = dt.timedelta(seconds=1)
    if b > a and desk.time_between(b - moment_before, b) == moment_before:
        assert back == b


@given(working, instants, instants, st.integers(0, 3000), st.integers(0, 3000))
def test_later_or_longer_never_ends_earlier(
    desk: WorkingTime, a: dt.datetime, b: dt.datetime, few: int, many: int
):
    a, b = sorted((a, b))
    few, many = sorted((few, many))
    assert desk.after(a, few) <= desk.after(a, many)
    # From two starts it is looked for during the same number of days.
    assert desk.after(a, few) <= desk.after(b, few)
    assert desk.time_between(a, a) <= desk.time_between(a, b)


def test_of_a_place_that_never_opens_again_there_is_an_end_to_the_looking():
    shut = WorkingTime.of(OpeningHours.parse("Mo 09:00-10:00; 2026 Jan 01-2036 Dec 31 off"))
    start = at("2026-11-23T09:00")
    assert shut.minutes_between(start, start + dt.timedelta(days=900)) == 0
    assert shut.after(start, 1) - start > dt.timedelta(days=1000)


# -- the days when the clock is changed ------------------------------------------------------------

NIGHT = WorkingTime.of(OpeningHours.parse("Mo-Su 00:00-24:00"))


def test_the_day_of_the_change_is_an_hour_longer_or_shorter():
    assert NIGHT.minutes_between(at("2026-10-25T00:00"), at("2026-10-26T00:00")) == 25 * 60
    assert NIGHT.minutes_between(at("2027-03-28T00:00"), at("2027-03-29T00:00")) == 23 * 60
    whole = NIGHT.minutes_between(at("2026-10-24T00:00"), at("2026-10-27T00:00"))
    assert whole == (24 + 25 + 24) * 60


def test_of_the_hour_that_comes_twice_both_count():
    first = dt.datetime(2026, 10, 25, 3, 30, tzinfo=SOFIA)
    second = first.replace(fold=1)
    assert NIGHT.minutes_between(first, second) == 60
    assert NIGHT.after(first, 60) == second
    assert NIGHT.after(first, 60).fold == 1


def test_where_the_clock_skips_an_hour_no_minute_counts_twice():
    # 02:30-03:30 ends at 04:30 on that day, when 04:00-05:00 has begun.
    hours = WorkingTime.of(OpeningHours.parse("Su 02:30-03:30,04:00-05:00"))
    day = at("2027-03-28T00:00")
    assert hours.minutes_between(day, day + dt.timedelta(hours=12)) == 90


# -- unknown hours ---------------------------------------------------------------------------------


def test_unknown_hours_are_assumed_for_the_clock_and_not_to_be_told():
    assert UNKNOWN.assumed
    assert UNKNOWN.told is None
    assert UNKNOWN.minutes_between(at("2026-11-23T00:00"), at("2026-11-24T00:00")) == 8 * 60
    assert UNKNOWN.after(at("2026-11-27T16:00"), 61) == at("2026-11-30T09:01")
    assert "09:00" not in repr(UNKNOWN)


def test_known_hours_are_those_that_may_be_told():
    hours = OpeningHours.parse("Mo-Fr 10:00-16:00")
    known = WorkingTime.of(hours)
    assert (known.told, known.assumed) == (hours, False)


def test_even_hours_like_the_assumed_ones_are_known_where_they_are_known():
    same = WorkingTime.of(OpeningHours.parse("Mo-Fr 09:00-17:00; PH off"))
    assert same.told is not None
    assert same != UNKNOWN


def test_nothing_of_it_can_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        UNKNOWN.assumed = False


def test_a_usual_day_is_one_of_the_middle():
    assert LIBRARY.day_minutes == 8 * 60  # five such days, and a Saturday
    assert WorkingTime.of(OpeningHours.parse("Mo-Fr 09:00-18:00")).day_minutes == 9 * 60


def test_sixty_days_are_counted_in_less_than_a_millisecond():
    start = at("2026-10-01T10:00")
    end = start + dt.timedelta(days=60)
    LIBRARY.minutes_between(start, end)  # the holidays of the year are read once
    took = []
    for _ in range(20):
        begun = time.perf_counter()
        LIBRARY.after(start, LIBRARY.minutes_between(start, end))
        took.append(time.perf_counter() - begun)
    assert min(took) < 0.002, "both ways"


# -- why it opens so late --------------------------------------------------------------------------

OFFICE = "Mo-Fr 09:00-17:00"


@pytest.mark.parametrize(
    ("hours", "now", "why"),
    [
        (OFFICE, "2026-11-23T18:00", None),  # a night
        (OFFICE, "2026-11-27T18:00", None),  # a weekend
        (OFFICE, "2027-03-02T18:00", ("2027-03-03", "2027-03-03", "holiday")),
        (OFFICE, "2027-03-03T08:00", ("2027-03-03", "2027-03-03", "holiday")),
        (OFFICE, "2027-03-03T18:00", None),  # the holiday is over: tomorrow is a day like others
        (OFFICE, "2026-12-23T18:00", ("2026-12-24", "2026-12-28", "holiday")),
        (f"{OFFICE}; Th[-1] off", "2026-11-25T18:00", ("2026-11-26", "2026-11-26", "closure")),
        (
            f"{OFFICE}; 2026 Aug 10-21 off",
            "2026-08-07T18:00",
            ("2026-08-10", "2026-08-21", "closure"),
        ),
        (
            f"{OFFICE}; 2026 Aug 10-21 off",
            "2026-08-12T12:00",
            ("2026-08-12", "2026-08-21", "closure"),
        ),
        # A closure of its own that begins with holidays.
        (
            f"{OFFICE}; 2026 Dec 24-31 off",
            "2026-12-23T18:00",
            ("2026-12-24", "2027-01-01", "closure"),
        ),
        # Summer hours that are over for the day are no closure.
        (f"{OFFICE}; 2026 Jul 01-Aug 31 Mo-Fr 10:00-13:00", "2026-07-06T14:00", None),
    ],
)
def test_what_keeps_it_closed_is_named(hours: str, now: str, why: tuple[str, str, str] | None):
    place = OpeningHours.parse(hours)
    opens = place.next_opening(at(now))
    found = closed_days(place, at(now), opens)
    if why is None:
        assert found is None
    else:
        first, last = map(dt.date.fromisoformat, why[:2])
        assert found == ClosedDays(first, last, why[2])


@given(hours_text(), exceptions, instants)
def test_on_the_days_that_are_named_it_is_closed(text: str, more: str, now: dt.datetime):
    place = OpeningHours.parse(text + more)
    opens = place.next_opening(now)
    found = opens and closed_days(place, now, opens)
    if found:
        assert now.astimezone(SOFIA).date() <= found.first <= found.last < opens.date()
        assert not place.spans_on(found.first)
        assert not place.spans_on(found.last)
