"""When a place is open in Bulgaria, at the edges."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calendar import SOFIA
from knowledge.opening_hours import DAYS, DatedHours, HoursError, MonthlyClosure, OpeningHours

moments = st.datetimes(timezones=st.just(SOFIA)).map(
    lambda m: m + relativedelta(year=2015 + m.year % 30)  # a 29 February may become the 28th
)
days = st.dates(dt.date(2015, 1, 1), dt.date(2050, 12, 31))


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SOFIA)


# Reading opening hours.


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 09:00-18:00",
        "Mo-Fr 08:30-12:30,13:00-17:00; Sa 09:00-14:00; PH off",
        "Mo-Fr 08:30-19:30; Sa 09:00-18:00; Th[-1] off",
        "Mo,We,Fr 10:00-12:00",
        "Mo-We,Fr-Su 00:00-24:00",
        "Tu 10:00-12:00; Mo off",
        "Mo-Su 09:00-17:00; We[1] off; We[3] off; PH off",
        "Mo-Fr 09:00-17:00; 2026 Dec 24 off",
        "Mo-Fr 09:00-17:00; Th[-1] off; 2026 Jul 01-Aug 31 Mo-Fr 09:00-13:00; PH off",
        "Mo-Fr 09:00-17:00; 2026 Dec 24-31 off; 2026 Dec 29 10:00-12:00",
        "Mo-Fr 09:00-17:00; 2026 Dec 24-2027 Jan 03 off",
    ],
)
def test_hours_are_written_back_as_they_were_read(text):
    assert str(OpeningHours.parse(text)) == text


@st.composite
def hours_text(draw: st.DrawFn) -> str:
    """Some weekdays, each with up to three spans in order."""
    parts = []
    for name in draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True)):
        quarters = draw(
            st.lists(st.integers(0, 96), min_size=2, max_size=6, unique=True).map(sorted)
        )
        clocks = [f"{q // 4:02}:{q % 4 * 15:02}" for q in quarters]
        pairs = zip(clocks[::2], clocks[1::2], strict=False)
        parts.append(f"{name} " + ",".join(f"{a}-{b}" for a, b in pairs))
    return "; ".join(parts)


@given(hours_text(), st.booleans())
def test_reading_and_writing_are_inverse(text, holidays_named):
    hours = OpeningHours.parse(text + "; PH off" * holidays_named)
    assert OpeningHours.parse(str(hours)) == hours


def test_days_are_written_as_a_run():
    assert str(OpeningHours.parse("Mo,Tu,We 09:00-10:00")) == "Mo-We 09:00-10:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PH off",
        "Mo off",
        "24/7",
        "09:00-17:00",
        "Mo-Fr 9:00-17:00",
        "Mo-Fr 09:00-17:60",
        "Mo-Fr 09:00-24:01",
        "Mo-Fr 17:00-09:00",
        "Mo-Fr 09:00-09:00",
        "Mo-Fr 09:00-12:00,12:00-17:00",
        "Mo-Fr 13:00-17:00,09:00-12:00",
        "Mo-Fr 09:00-17:00;Sa 09:00-12:00",
        "Mo-Fr 09:00-17:00; Fr 09:00-12:00",
        "Fr-Mo 09:00-17:00",
        "Mo-Mo 09:00-17:00",
        "Mo-We-Fr 09:00-17:00",
        "Fr,Mo 09:00-17:00",
        "Mo-Fr 09:00-17:00; PH off; PH off",
        "Mo-Fr 09:00-17:00; Th[6] off",
        "Mo-Fr 09:00-17:00; Th[1] off; Th[1] off",
        "Mo-Fr 09:00-17:00; Th[0] off",
        "Mo-Fr 09:00-17:00; Th[-2] off",
        "Mo-Fr 09:00-17:00; 2026 Feb 30 off",
        "Mo-Fr 09:00-17:00; 2026 Dec 24-20 off",
        "Mo-Fr 09:00-17:00; 2026 Aug 31-Jul 01 off",
        "Mo-Fr 09:00-17:00; 2026 dec 24 off",
        "Mo-Fr 09:00-17:00; 2026 Dec 24",
        "Mo-Fr 09:00-17:00; 2026 Dec 24 shut",
        "Mo-Fr 09:00-17:00; 2026 Nov 26 off; 2026 Nov 01-30 09:00-12:00",
        "Mo-Fr 09:00-17:00; 2026 Nov 26 off; 2026 Nov 26 09:00-12:00",
        "Mo-Fr 09:00-17:00; 2026 Dec 31 Su 09:00-12:00",
        "2026 Dec 24 09:00-17:00",
        "mo-fr 09:00-17:00",
        "Mo-Fr 09:00-17:00 ",
        "пн-пт 9:00-18:00",
        "Mo-Fr ٠٩:00-17:00",
    ],
)
def test_other_hours_are_refused_with_a_fix(text):
    with pytest.raises(HoursError, match=r"found .*; allowed: .*; fix: "):
        OpeningHours.parse(text)


@given(st.text("MoTuWeFrSaPH off-0123456789:;,[] ", max_size=40))
def test_any_other_text_is_hours_or_refused(text):
    try:
        hours = OpeningHours.parse(text)
    except HoursError:
        return
    assert OpeningHours.parse(str(hours)) == hours


# Open or closed.

OFFICE = OpeningHours.parse("Mo-Fr 08:30-12:30,13:00-17:00; Sa 09:00-14:00")


@pytest.mark.parametrize(
    ("now", "closes"),
    [
        ("2026-11-23T08:29:59", None),
        ("2026-11-23T08:30", "2026-11-23T12:30"),
        ("2026-11-23T12:29:59", "2026-11-23T12:30"),
        ("2026-11-23T12:30", None),
        ("2026-11-23T13:00", "2026-11-23T17:00"),
        ("2026-11-23T17:00", None),
        ("2026-11-28T13:59", "2026-11-28T14:00"),
        ("2026-11-29T10:00", None),  # Sunday
        ("2026-12-28T10:00", None),  # the day in place of Saturday the 26th
        ("2026-12-26T10:00", None),  # a holiday on Saturday
    ],
)
def test_it_is_open_from_the_first_minute_and_closed_at_the_last(now, closes):
    assert OFFICE.closes_at(at(now)) == (at(closes) if closes else None)
    assert OFFICE.is_open(at(now)) == (closes is not None)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23T08:00", "2026-11-23T08:30"),
        ("2026-11-23T08:30", "2026-11-23T13:00"),
        ("2026-11-23T12:45", "2026-11-23T13:00"),
        ("2026-11-23T18:00", "2026-11-24T08:30"),
        ("2026-11-28T14:00", "2026-11-30T08:30"),
        ("2026-12-23T17:00", "2026-12-29T08:30"),  # over Christmas
    ],
)
def test_the_next_opening_comes_after_now(now, opens):
    assert OFFICE.next_opening(at(now)) == at(opens)


@given(hours_text(), moments)
def test_it_is_open_at_its_next_opening_and_not_just_before(text, now):
    hours = OpeningHours.parse(text)
    opens = hours.next_opening(now)
    if opens is None:
        return
    assert opens.timestamp() > now.timestamp()
    # The clock may skip the whole span on the last Sunday of March.
    assert hours.is_open(opens) or (opens.month == 3 and opens.weekday() == 6)


@given(hours_text(), moments)
def test_it_is_closed_when_it_closes(text, now):
    hours = OpeningHours.parse(text)
    closes = hours.closes_at(now)
    if closes is not None and closes.hour:
        assert not hours.is_open(closes)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-09T00:00", "2026-11-30T09:00"),
        ("2026-12-19T00:00", "2027-03-29T09:00"),
        ("2026-12-18T23:59", None),
    ],
)
def test_an_opening_is_looked_for_during_a_hundred_days(now, opens):
    # Open on a fifth Monday only.
    hours = OpeningHours.parse("Mo 09:00-10:00; Mo[1] off; Mo[2] off; Mo[3] off; Mo[4] off")
    assert hours.next_opening(at(now)) == (at(opens) if opens else None)


def test_the_last_thursday_of_the_month_can_be_closed():
    hours = OpeningHours.parse("Mo-Fr 08:30-19:30; Th[-1] off")
    assert not hours.is_open(at("2026-11-26T10:00"))
    assert hours.is_open(at("2026-11-19T10:00"))
    assert hours.is_open(at("2026-11-27T10:00"))


SUMMER = OpeningHours.parse(
    "Mo-Fr 09:00-18:00; Sa 09:00-14:00; 2026 Jul 01-Sep 30 Mo-Fr 10:00-13:00; "
    "2026 Aug 10-21 off; 2026 Dec 24 10:00-12:00"
)


@pytest.mark.parametrize(
    ("now", "closes"),
    [
        ("2026-06-30T17:00", "2026-06-30T18:00"),
        ("2026-07-01T12:00", "2026-07-01T13:00"),  # the first day of the summer hours
        ("2026-07-01T14:00", None),
        ("2026-07-04T12:00", "2026-07-04T14:00"),  # a Saturday, of which summer says nothing
        ("2026-08-10T11:00", None),  # closed for two weeks
        ("2026-08-21T11:00", None),
        ("2026-08-22T11:00", "2026-08-22T14:00"),
        ("2026-09-07T11:00", None),  # a holiday inside the summer hours
        ("2026-09-30T12:59", "2026-09-30T13:00"),  # their last day
        ("2026-10-01T13:00", "2026-10-01T18:00"),
        ("2026-12-24T11:00", "2026-12-24T12:00"),  # a holiday of which the place itself speaks
        ("2026-12-25T11:00", None),
    ],
)
def test_on_certain_dates_other_hours_hold(now, closes):
    assert SUMMER.closes_at(at(now)) == (at(closes) if closes else None)


def test_of_two_exceptions_the_later_written_holds():
    hours = OpeningHours.parse("Mo-Fr 09:00-17:00; 2026 Aug 01-31 off; 2026 Aug 12 10:00-12:00")
    assert hours.next_opening(at("2026-08-01T00:00")) == at("2026-08-12T10:00")
    assert hours.next_opening(at("2026-08-12T12:00")) == at("2026-09-01T09:00")


@given(days, st.integers(0, 400), hours_text())
def test_outside_its_dates_an_exception_changes_nothing(first, length, text):
    last = first + dt.timedelta(days=length)
    weekly = OpeningHours.parse(text)
    closed = OpeningHours(weekly.rules, dated=(DatedHours(first, last, (), ()),))
    assert OpeningHours.parse(str(closed)) == closed
    for one in (first - dt.timedelta(days=1), last + dt.timedelta(days=1)):
        for hour in range(24):
            now = dt.datetime.combine(one, dt.time(hour, 30), tzinfo=SOFIA)
            assert closed.is_open(now) == weekly.is_open(now)
            assert not closed.is_open(dt.datetime.combine(first, now.timetz()))


@given(days, st.integers(0, 6))
def test_a_monthly_closure_holds_once_a_month(one, weekday):
    month = [one.replace(day=n) for n in range(1, 29)]
    for nth in (1, 2, 3, 4):
        assert sum(MonthlyClosure(weekday, nth).holds(d) for d in month) == 1
    last = [one.replace(day=28) + dt.timedelta(days=n) for n in range(-6, 4)]
    same_month = [d for d in last if d.month == one.month]
    assert sum(MonthlyClosure(weekday, -1).holds(d) for d in same_month) == 1


def test_midnight_closes_the_next_day():
    hours = OpeningHours.parse("Mo 20:00-24:00")
    assert hours.closes_at(at("2026-11-23T23:59")) == at("2026-11-24T00:00")


# Time zones.


@pytest.mark.parametrize("ask", [OFFICE.is_open, OFFICE.closes_at, OFFICE.next_opening])
def test_a_time_without_a_zone_is_refused(ask):
    with pytest.raises(ValueError, match="time zone"):
        ask(dt.datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001


def test_another_zone_is_read_as_the_same_instant():
    utc = dt.datetime(2026, 11, 23, 6, 30, tzinfo=dt.UTC)
    assert OFFICE.is_open(utc)
    assert OFFICE.closes_at(utc).tzinfo == SOFIA
    summer = dt.datetime(2026, 6, 22, 5, 30, tzinfo=dt.UTC)
    assert OFFICE.is_open(summer)
    tokyo = dt.datetime(2026, 11, 24, 0, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert not OFFICE.is_open(tokyo)


NIGHT = OpeningHours.parse("Su 02:00-05:00")


def test_the_hour_that_comes_twice_in_autumn_is_two_hours():
    # On 25.10.2026 the clock goes from 04:00 summer time back to 03:00.
    first = dt.datetime(2026, 10, 25, 3, 30, tzinfo=SOFIA)
    second = first.replace(fold=1)
    assert NIGHT.is_open(first)
    assert NIGHT.is_open(second)
    left = NIGHT.closes_at(second).timestamp() - second.timestamp()
    assert left == 90 * 60
    assert NIGHT.closes_at(first).timestamp() - first.timestamp() == 150 * 60


def test_the_hour_that_is_skipped_in_spring_opens_later():
    # On 28.03.2027 the clock goes from 03:00 to 04:00.
    hours = OpeningHours.parse("Su 03:30-05:00")
    opens = hours.next_opening(at("2027-03-28T00:00"))
    assert opens == at("2027-03-28T04:30")
    assert opens.utcoffset() == dt.timedelta(hours=3)
