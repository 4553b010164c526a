"""What a desk reads about waiting: ages, the morning and the end of the day; and when."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_librarian import VRATSA, desk

from dialogs.digests import DigestCase, closing, digests_due, morning
from dialogs.texts import load_texts
from dialogs.waiting_words import age, lasting, written_while_closed
from knowledge.calendar import SOFIA, is_public_holiday
from knowledge.opening_hours import OpeningHours

BG = load_texts()["bg"]
OFFICE = "Mo-Fr 09:00-17:00"
SPLIT = OpeningHours.parse("Mo-Fr 08:30-12:30,13:00-17:00")
NOW = "2026-11-24 09:45"


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SOFIA)


def case(number: int, asked: str | None, name: str | None = None, words: str = "") -> DigestCase:
    return DigestCase(number, name, at(asked) if asked else None, at("2026-11-20 10:00"), words)


# -- ages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "now", "words"),
    [
        ("2026-11-24 09:45", "2026-11-24 09:45:59", "току-що"),
        ("2026-11-24 09:20", NOW, "от 25 мин"),
        ("2026-11-24 08:45", NOW, "от 1 ч"),
        ("2026-11-24 00:30", "2026-11-24 17:00", "от 16 ч"),
        ("2026-11-23 17:40", NOW, "от вчера, 17:40"),
        ("2026-11-23 23:59", "2026-11-24 00:01", "от вчера, 23:59"),
        ("2026-11-21 20:00", NOW, "от 3 дни"),
        ("2026-11-22 23:59", NOW, "от 2 дни"),
        ("2026-11-24 10:00", NOW, "току-що"),  # a clock that was put back
    ],
)
def test_an_age_is_said_as_people_say_it(since: str, now: str, words: str):
    assert age(BG, at(since), at(now)) == words


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("2026-11-24 09:45", "0 мин"),
        ("2026-11-24 08:46", "59 мин"),
        ("2026-11-23 17:40", "16 ч"),
        ("2026-11-22 09:46", "47 ч"),
        ("2026-11-22 09:45", "2 дни"),
        ("2026-11-14 09:00", "10 дни"),
    ],
)
def test_how_long_it_lasts_is_said_in_one_number(since: str, words: str):
    assert lasting(BG, at(since), at(NOW)) == words


def test_on_the_night_when_an_hour_comes_twice_it_counts():
    first = dt.datetime(2026, 10, 25, 3, 30, tzinfo=SOFIA)
    assert lasting(BG, first, first.replace(fold=1)) == "1 ч"
    assert age(BG, first, first.replace(fold=1)) == "от 1 ч"


@pytest.mark.parametrize(
    ("written", "now", "words"),
    [
        ("2026-11-23 22:10", NOW, "писано снощи в 22:10, извън работно време"),
        ("2026-11-24 02:15", NOW, "писано тази нощ в 02:15, извън работно време"),
        ("2026-11-24 07:10", NOW, "писано днес в 07:10, извън работно време"),
        ("2026-11-23 17:20", NOW, "писано вчера в 17:20, извън работно време"),
        ("2026-11-23 12:40", NOW, "писано вчера в 12:40, в почивката"),
        ("2026-11-24 12:40", "2026-11-24 13:05", "писано днес в 12:40, в почивката"),
        ("2026-11-21 15:20", "2026-11-23 09:00", "писано на 21.11 в 15:20, извън работно време"),
        ("2026-11-21 15:20", NOW, "писано на 21.11 в 15:20, докато беше затворено"),
        ("2026-11-24 09:00", NOW, ""),
    ],
)
def test_what_was_written_while_it_was_closed_says_so(written: str, now: str, words: str):
    assert written_while_closed(BG, at(written), at(now), SPLIT) == words


def test_where_the_hours_are_unknown_nothing_is_called_closed():
    assert written_while_closed(BG, at("2026-11-23 22:10"), at(NOW), None) == ""


# -- the morning -----------------------------------------------------------------------------------


def test_the_morning_says_how_many_wait_how_long_and_at_whom():
    waiting = (
        case(44, "2026-11-24 08:00", "Мария", "Тайна"),
        case(41, "2026-11-23 17:40", words="Тайна"),
        case(43, "2026-11-24 09:00", words="Тайна"),
        case(42, "2026-11-24 07:30", "Иван", "Тайна"),
        case(40, None, "Иван", "Тайна"),  # waits for the person
    )
    assert morning(BG, waiting, at(NOW)) == (
        "Добро утро. 4 въпроса чакат отговор, най-старият 16 ч.\n"
        "Още непоети: № 41 (16 ч), № 43 (45 мин)\n"
        "При Иван: № 42 (2 ч)\n"
        "При Мария: № 44 (1 ч)"
    )
    own = morning(BG, waiting, at(NOW), me="Мария").splitlines()
    assert own[2:] == ["При Вас: № 44 (1 ч)", "При Иван: № 42 (2 ч)"]


def test_one_question_is_one():
    assert morning(BG, [case(41, "2026-11-23 17:40")], at(NOW)) == (
        "Добро утро. Един въпрос чака отговор, вече 16 ч.\nОще непоети: № 41 (16 ч)"
    )


def test_a_question_that_was_given_back_after_an_answer_waits_for_the_person():
    assert morning(BG, [case(41, None)], at(NOW)) == ""
    assert "Чакаме отговор от човека: № 41" in closing(BG, [case(41, None)], at(NOW), None)


def test_where_nobody_waits_nothing_is_said():
    assert morning(BG, [], at(NOW)) == ""
    assert morning(BG, [case(40, None, "Иван")], at(NOW)) == ""
    assert closing(BG, [], at(NOW), None) == ""


# -- the end of the day ----------------------------------------------------------------------------


def test_the_end_of_the_day_says_what_is_left_with_whom_and_when_it_opens():
    left = (
        case(41, "2026-11-24 08:45"),
        case(42, "2026-11-24 13:45", "Мария"),
        case(40, None, "Мария"),
    )
    said = closing(BG, left, at("2026-11-24 16:45"), at("2026-11-25 09:00"))
    assert said == (
        "Скоро затваряте. Остават отворени 3 въпроса.\n"
        "Още непоети: № 41 (8 ч)\n"
        "При Мария: № 42 (3 ч)\n"
        "Чакаме отговор от човека: № 40\n"
        "Отваряте пак утре (25.11) в 09:00.\n"
        "Ако утре Ви няма, предайте въпросите си на колега."
    )


def test_before_holidays_the_next_opening_has_its_day():
    said = closing(
        BG, [case(41, "2026-12-23 08:45")], at("2026-12-23 16:45"), at("2026-12-29 09:00")
    )
    assert "Остава отворен 1 въпрос." in said
    assert "Отваряте пак във вторник (29.12) в 09:00." in said
    assert "Ако тогава Ви няма" in said


def test_unknown_hours_are_not_told_at_the_end_of_the_day():
    said = closing(BG, [case(41, "2026-11-24 08:45")], at("2026-11-24 16:45"), None)
    assert "Отваряте" not in said


# -- whose words -----------------------------------------------------------------------------------

PRIVATE = "Съпругът ми не бива да знае, че питам"
cases = st.lists(
    st.builds(
        DigestCase,
        number=st.integers(1, 10**9),
        claimed_name=st.sampled_from((None, "Мария", "Иван")),
        asked_at=st.sampled_from((None, at("2026-11-23 17:40"), at("2026-11-24 09:00"))),
        opened_at=st.just(at("2026-11-20 10:00")),
        words=st.just(PRIVATE),
    ),
    min_size=1,
    max_size=40,
)


@given(cases)
def test_where_everybody_reads_nobodys_words_stand(left: list[DigestCase]):
    now = at(NOW)
    for said in (morning(BG, left, now), closing(BG, left, now, at("2026-11-25 09:00"))):
        assert PRIVATE[:8] not in said
        assert len(said) < 4096


def test_whoever_may_read_them_reads_the_first_words():
    long = f"{PRIVATE}\n за мярка при увреждане над 50 процента в моето село"
    said = morning(BG, [case(41, "2026-11-23 17:40", words=long)], at(NOW), words=True)
    assert f"№ 41 (16 ч) „{PRIVATE} за мярка" in said
    assert "…“" in said
    assert "\n за" not in said


def test_many_questions_are_named_up_to_ten():
    left = [case(n, "2026-11-23 17:40") for n in range(1, 14)]
    said = morning(BG, left, at(NOW))
    assert said.endswith("№ 10 (16 ч), и още 3")
    assert "13 въпроса" in said


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_digest_is_a_few_lines_however_many_wait(count: int):
    left = [case(n, "2026-11-23 17:40") for n in range(count)]
    assert morning(BG, left, at(NOW)).count("\n") == 1
    assert closing(BG, left, at(NOW), at("2026-11-25 09:00")).count("\n") == 3


# -- when ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "now", "told", "due"),
    [
        (OFFICE, "2026-11-24 08:44:59", (), ()),
        (OFFICE, "2026-11-24 08:45", (), ("morning",)),
        (OFFICE, "2026-11-24 08:45", ("morning",), ()),
        (OFFICE, "2026-11-24 10:59", (), ("morning",)),  # the service was away
        (OFFICE, "2026-11-24 11:00", (), ()),  # too late to be of use
        (OFFICE, "2026-11-24 16:44", (), ()),
        (OFFICE, "2026-11-24 16:45", ("morning",), ("closing",)),
        (OFFICE, "2026-11-24 16:59", ("morning", "closing"), ()),
        (OFFICE, "2026-11-24 17:00", ("morning",), ()),
        (None, "2026-11-24 08:45", (), ("morning",)),  # by the assumed hours
        (None, "2026-11-24 16:45", (), ("closing",)),
        ("Mo-Fr 08:30-12:30,13:00-17:00", "2026-11-24 12:20", (), ()),  # no end of the day
        ("Mo-Fr 08:30-12:30,13:00-17:00", "2026-11-24 08:15", (), ("morning",)),
        ("Mo-Fr 09:00-09:20", "2026-11-24 08:50", (), ("morning",)),
        ("Mo-Fr 09:00-09:20", "2026-11-24 09:10", (), ("closing",)),
    ],
)
def test_each_is_due_a_quarter_of_an_hour_ahead_and_once(
    hours: str | None, now: str, told: tuple[str, ...], due: tuple[str, ...]
):
    assert digests_due(desk(VRATSA, hours), at(now), told) == due


@given(
    st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)),
    st.sampled_from((OFFICE, None, "Tu,Th 10:00-12:00,14:00-18:00", f"{OFFICE}; Th[-1] off")),
)
def test_looked_at_each_minute_a_day_has_each_once_and_a_day_off_none(
    day: dt.date, hours: str | None
):
    library = desk(VRATSA, hours)
    told: list[str] = []
    for minute in range(24 * 60):
        now = dt.datetime.combine(day, dt.time(*divmod(minute, 60)), tzinfo=SOFIA)
        told += digests_due(library, now, told)
    counted = OpeningHours.parse(hours or OFFICE)
    works = bool(counted.spans_on(day))
    assert told == (["morning", "closing"] if works else [])
    assert not (works and is_public_holiday(day))
