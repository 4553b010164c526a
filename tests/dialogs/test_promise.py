"""What a person is told about when the answer comes: by hours, by holidays, by experience."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_librarian import JOBLESS, VRATSA, Asker, desk

from dialogs.answer_time import COUNTED_DAYS, FEWEST, MARKS, mark, rounded, usual
from dialogs.flows.librarian import promise
from dialogs.model import Conversation
from dialogs.texts import load_texts
from dialogs.turn import Context, Desk, Turn
from knowledge.calendar import SOFIA
from knowledge.loading import load
from knowledge.opening_hours import OpeningHours
from knowledge.texts import LANGUAGES
from knowledge.working_time import WorkingTime

SPLIT = "Mo-Fr 08:30-12:30,13:00-17:00"
OFFICE = "Mo-Fr 09:00-17:00"
LOM = "44238"
SETTLED = {"audience": "self", "working": "no", "job_ended_on": "2020-01-10", "registered": True}


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SOFIA)


def told(where: Desk, now: str, language: str = "bg", **answers: object) -> str:
    talk = Conversation.model_validate({"language": language, "answers": answers})
    return promise(Turn(talk, Context(load(), load_texts(), at(now))), where)


# -- by the hours ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "now", "lines"),
    [
        (SPLIT, "2026-11-23 12:45", ("Сега е обедна почивка, отваря отново в 13:00.",)),
        (
            "Mo-Fr 09:00-10:00,16:00-18:00",
            "2026-11-23 11:00",
            ("Сега е почивка, отваря отново в 16:00.",),
        ),
        (
            OFFICE,
            "2027-03-02 18:00",
            (
                "Сега е затворено. Отваря в четвъртък (04.03) в 09:00; тогава очаквайте отговор.",
                "Утре (03.03) е почивен ден.",
            ),
        ),
        (
            OFFICE,
            "2027-03-03 12:00",
            (
                "Сега е затворено. Отваря утре (04.03) в 09:00; тогава очаквайте отговор.",
                "Днес (03.03) е почивен ден.",
            ),
        ),
        (
            OFFICE,
            "2026-12-23 18:00",
            (
                "Сега е затворено. Отваря във вторник (29.12) в 09:00; тогава очаквайте отговор.",
                "От 24.12 до 28.12 има почивни дни.",
            ),
        ),
        (
            f"{OFFICE}; Th[-1] off",
            "2026-11-25 18:00",
            (
                "Сега е затворено. Отваря в петък (27.11) в 09:00; тогава очаквайте отговор.",
                "Утре (26.11) библиотеката е затворена.",
            ),
        ),
        (
            f"{OFFICE}; 2026 Aug 10-21 off",
            "2026-08-11 12:00",
            (
                "Сега е затворено. Отваря в понеделник (24.08) в 09:00; тогава очаквайте отговор.",
                "От 11.08 до 21.08 библиотеката е затворена.",
            ),
        ),
        (
            OFFICE,
            "2026-11-27 18:00",
            ("Сега е затворено. Отваря в понеделник (30.11) в 09:00; тогава очаквайте отговор.",),
        ),
    ],
)
def test_the_next_opening_and_why_it_is_so_late(hours: str, now: str, lines: tuple[str, ...]):
    assert told(desk(VRATSA, hours), now) == "\n".join(lines)


def test_assumed_hours_are_never_told():
    """At ten on a Monday, when the clock of the house counts."""
    for language in LANGUAGES:
        said = told(desk(VRATSA, None), "2026-11-23 10:00", language)
        assert not any(hour in said for hour in ("09:00", "17:00", "08:45"))


# -- by experience ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "до 2 работни часа"),
        (120, "до 2 работни часа"),
        (121, "до половин работен ден"),
        (240, "до половин работен ден"),
        (241, "до следващия работен ден"),
        (480, "до следващия работен ден"),
        (481, "до 2 работни дни"),
        (2400, "до 5 работни дни"),
    ],
)
def test_what_is_usual_at_a_desk_is_said_in_round_words(minutes: int, words: str):
    where = replace(desk(VRATSA, OFFICE), usual=minutes)
    assert told(where, "2026-11-23 10:00") == (
        f"Сега е отворено, до 17:00.\nОбикновено отговаря {words}."
    )


def test_of_a_desk_that_takes_weeks_or_is_not_known_nothing_is_said():
    for minutes in (2401, None):
        where = replace(desk(VRATSA, OFFICE), usual=minutes)
        assert told(where, "2026-11-23 10:00") == "Сега е отворено, до 17:00."


def test_a_day_is_as_long_as_the_desk_works():
    """Four hours are the whole day of a small library."""
    small = replace(desk(VRATSA, "Mo-Fr 10:00-14:00"), usual=240)
    assert "до следващия работен ден" in told(small, "2026-11-23 11:00")


@given(st.lists(st.integers(0, 5000)))
def test_the_usual_time_is_a_median_and_known_from_five_answers_on(answers: list[int]):
    found = usual(answers)
    if len(answers) < FEWEST:
        assert found is None
        return
    assert found is not None
    assert sum(a <= found for a in answers) * 2 >= len(answers)
    assert sum(a >= found for a in answers) * 2 >= len(answers)


@given(st.integers(0, 2400), st.integers(0, 2400))
def test_longer_is_never_said_to_be_shorter(one: int, other: int):
    order = ("hours", "half_day", "next_day", "days")
    working = WorkingTime.of(OpeningHours.parse(OFFICE))
    few, many = (rounded(n, working) for n in sorted((one, other)))
    assert few
    assert many
    assert (order.index(few[0]), few[1]) <= (order.index(many[0]), many[1])


@given(
    st.datetimes(dt.datetime(2026, 9, 1), dt.datetime(2027, 6, 1)),  # noqa: DTZ001
    st.integers(1, 240),
)
def test_what_takes_a_days_minutes_ends_by_the_next_working_day(asked: dt.datetime, minutes: int):
    """So „до следващия работен ден“ is true of whoever asks while somebody works."""
    working = WorkingTime.of(OpeningHours.parse(OFFICE))
    asked = asked.replace(tzinfo=SOFIA)
    if working.time_between(asked, asked + dt.timedelta(minutes=1)):
        ends = working.after(asked, 2 * minutes)
        openings = [
            day
            for n in range((ends.date() - asked.date()).days)
            if working.of_day(day := asked.date() + dt.timedelta(days=n + 1))
        ]
        assert len(openings) <= 1


def test_ninety_days_are_counted():
    assert COUNTED_DAYS == 90


# -- whom to call ----------------------------------------------------------------------------------


def test_where_the_bureau_works_before_anybody_answers_it_is_named_with_its_source():
    where = desk(VRATSA, f"{OFFICE}; Th[-1] off")
    said = told(where, "2026-11-25 18:00", settlement=LOM, **SETTLED)
    assert "Ако е спешно, обадете се. Дирекция „Бюро по труда“ – Лом: 0971 60 195" in said
    assert "По данни от" in said.splitlines()[-1]
    vidin = desk("lib-vidin-reg", None)
    unknown = replace(vidin, library=vidin.library.model_copy(update={"phone": None}))
    assert "Ако е спешно" in told(unknown, "2026-11-23 10:00", settlement=LOM, **SETTLED)


@pytest.mark.parametrize(
    "now",
    [
        "2026-11-24 10:00",  # the desk is open
        "2026-11-24 08:00",  # it opens today
        "2026-11-27 18:00",  # at the weekend nobody works
        "2026-12-23 18:00",  # nor at Christmas
    ],
)
def test_where_the_bureau_is_not_there_sooner_it_is_not_named(now: str):
    said = told(desk(VRATSA, OFFICE), now, settlement=LOM, **SETTLED)
    assert "Ако е спешно" not in said


def test_a_running_deadline_is_urgent_even_while_it_is_open():
    running = JOBLESS | {"settlement": LOM}
    said = told(desk(VRATSA, OFFICE), "2026-11-23 10:00", **running)
    assert said.startswith("Сега е отворено, до 17:00.\nАко е спешно, обадете се. Дирекция")


def test_where_the_bureau_has_no_known_phone_the_open_library_is_called():
    where = desk(VRATSA, OFFICE)
    said = told(where, "2026-11-23 10:00", **JOBLESS)
    assert "Христо Ботев“: 092 626 170.\nПо данни от" in said
    # A phone that nobody picks up is no help.
    assert "Ако е спешно" not in told(where, "2026-11-23 18:00", **JOBLESS)


def test_the_phone_stands_once_on_a_list_of_desks():
    talk = Asker(
        desk(VRATSA, OFFICE), desk("lib-vidin-reg", OFFICE), answers=JOBLESS | {"settlement": LOM}
    )
    talk.says("/librarian").shows("Ако е спешно")
    assert talk.screen.text.count("Ако е спешно") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("now", ["2026-11-23 12:45", "2026-12-23 18:00", "2027-03-02 18:00"])
@pytest.mark.parametrize("minutes", [100, 200, 400, 900])
def test_every_language_says_it(language: str, now: str, minutes: int):
    where = replace(desk(VRATSA, SPLIT), usual=minutes)
    said = told(where, now, language, settlement=LOM, **SETTLED)
    assert "{" not in said
    assert len(said.splitlines()) >= 2


# -- marks -----------------------------------------------------------------------------------------

asked = st.datetimes(dt.datetime(2026, 9, 1), dt.datetime(2027, 6, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, tzinfo=dt.UTC)
)
desks = st.sampled_from((None, OFFICE, SPLIT, "Sa 10:00-11:00", "Mo-Su 00:00-24:00")).map(
    lambda text: WorkingTime.of(text and OpeningHours.parse(text))
)


@given(asked, desks, st.integers(1, 1000), st.sampled_from(MARKS))
def test_a_mark_is_reached_when_it_is_due_and_not_a_second_before(
    since: dt.datetime, working: WorkingTime, target: int, which: int
):
    due = working.after_time(since, dt.timedelta(minutes=target * which / 100))
    assert mark(since, due, working, target) >= which
    if which:
        assert mark(since, due - dt.timedelta(milliseconds=600), working, target) < which
    else:
        assert due == since


@given(asked, st.integers(0, 20_000), st.integers(0, 20_000), desks, st.integers(1, 1000))
def test_a_mark_never_goes_back(
    since: dt.datetime, one: int, other: int, working: WorkingTime, target: int
):
    sooner, later = (since + dt.timedelta(minutes=n) for n in sorted((one, other)))
    assert mark(since, sooner, working, target) <= mark(since, later, working, target)


@pytest.mark.parametrize(
    ("now", "reached"),
    [
        ("2026-11-23 18:00", 0),  # asked when it was closed: nothing has passed
        ("2026-11-24 10:59", 0),
        ("2026-11-24 11:00", 50),
        ("2026-11-24 12:11", 50),
        ("2026-11-24 12:12", 80),
        ("2026-11-24 12:59", 80),
        ("2026-11-24 13:00", 100),
        ("2026-12-24 13:00", 100),
    ],
)
def test_half_a_day_is_counted_from_the_opening(now: str, reached: int):
    working = WorkingTime.of(OpeningHours.parse(OFFICE))
    assert mark(at("2026-11-23 17:30"), at(now), working, 240) == reached
