"""What typed words mean, row by row; what is not understood is None."""

import datetime as dt

import pytest

from dialogs.understanding import child_age_in, date_in, folded, load_lexicon, number_in, start_in
from knowledge.facts import Span

BG, EN = load_lexicon("bg"), load_lexicon("en")
TODAY = dt.date(2026, 11, 22)


def day(year: int, month: int, number: int) -> dt.date:
    return dt.date(year, month, number)


def span(low: str, high: str) -> Span:
    return Span(low=dt.date.fromisoformat(low), high=dt.date.fromisoformat(high))


YEAR_2025 = span("2025-01-01", "2025-12-31")
MAY = span("2026-05-01", "2026-05-31")
DATES = [
    ("15.11.2026", day(2026, 11, 15)),
    ("15.11.2026 г.", day(2026, 11, 15)),
    ("15.11.2026г.", day(2026, 11, 15)),
    ("15. 11. 2026", day(2026, 11, 15)),
    ("15/11/2026", day(2026, 11, 15)),
    ("15-11-2026", day(2026, 11, 15)),
    ("15 11 2026", day(2026, 11, 15)),
    ("2026-11-15", day(2026, 11, 15)),
    ("15.11.26", day(2026, 11, 15)),
    ("15.11.98", day(1998, 11, 15)),
    ("15.11", day(2026, 11, 15)),
    ("5.11.", day(2026, 11, 5)),
    ("12.11", day(2026, 11, 12)),
    ("23.11", day(2025, 11, 23)),
    ("15/11", day(2026, 11, 15)),
    ("15 ноември", day(2026, 11, 15)),
    ("15 Ноември 2024", day(2024, 11, 15)),
    ("на 15 ноември", day(2026, 11, 15)),
    ("на 3-ти март 2025 г.", day(2025, 3, 3)),
    ("3ти март 2025 година", day(2025, 3, 3)),
    ("1-ви юли", day(2026, 7, 1)),
    ("15 ноем. 2026", day(2026, 11, 15)),
    ("от 2 март", day(2026, 3, 2)),
    ("беше на 2 март", day(2026, 3, 2)),
    ("24 декември", day(2025, 12, 24)),
    ("29 февруари", day(2024, 2, 29)),
    ("29.02", day(2024, 2, 29)),
    ("29.02.2024", day(2024, 2, 29)),
    ("днес", TODAY),
    ("Вчера.", day(2026, 11, 21)),
    ("онзи ден", day(2026, 11, 20)),
    ("завчера", day(2026, 11, 20)),
    ("преди 3 дни", day(2026, 11, 19)),
    ("преди три дни", day(2026, 11, 19)),
    ("преди 20 дни", day(2026, 11, 2)),
    ("преди 2 седмици", span("2026-11-05", "2026-11-11")),
    ("преди 3 месеца", span("2026-08-07", "2026-09-06")),
    ("преди месец", span("2026-10-07", "2026-11-06")),
    ("преди година", span("2025-05-24", "2026-05-23")),
    ("преди 5 години", span("2021-05-24", "2022-05-23")),
    ("преди половин година", span("2026-05-07", "2026-06-06")),
    ("преди година и половина", span("2025-05-07", "2025-06-06")),
    ("май 2026", MAY),
    ("през май", MAY),
    ("Май", MAY),
    ("05.2026", MAY),
    ("5/2026", MAY),
    ("декември", span("2025-12-01", "2025-12-31")),
    ("ноември", span("2026-11-01", "2026-11-22")),
    ("миналия месец", span("2026-10-01", "2026-10-31")),
    ("миналата година", YEAR_2025),
    ("2025", YEAR_2025),
    ("през 2025 г.", YEAR_2025),
    ("през 2025 година", YEAR_2025),
    ("2026", span("2026-01-01", "2026-11-22")),
    # Understood, and in the future: the talk says so.
    ("01.12.2026", day(2026, 12, 1)),
    ("12.2026", span("2026-12-01", "2026-12-31")),
    ("2027", span("2027-01-01", "2027-12-31")),
    # Not understood.
    ("57", None),
    ("31.02", None),
    ("31.02.2025", None),
    ("29.02.2025", None),
    ("32.01.2026", None),
    ("15.13.2026", None),
    ("0.0", None),
    ("5 11", None),
    ("5-11", None),
    ("1-2", None),
    ("края на май", MAY),
    ("май или юни", None),
    ("15.11.0001", None),
    ("15.11.2026 или 16.11.2026", None),
    ("преди", None),
    ("преди 0 дни", None),
    ("преди 999 години", None),
    ("преди време", None),
    ("година и половина", None),
    ("99999", None),
    ("1800", None),
    ("не знам", None),
    ("", None),
    ("😀", None),
    ("15.11.2026" + " " * 400, None),
]
ENGLISH_DATES = [
    ("15 November 2026", day(2026, 11, 15)),
    ("November 15, 2026", day(2026, 11, 15)),
    ("Nov 15", day(2026, 11, 15)),
    ("15th of November", day(2026, 11, 15)),
    ("the 3rd of March 2025", day(2025, 3, 3)),
    ("15/11/2026", day(2026, 11, 15)),
    ("yesterday", day(2026, 11, 21)),
    ("the day before yesterday", day(2026, 11, 20)),
    ("3 days ago", day(2026, 11, 19)),
    ("three days ago", day(2026, 11, 19)),
    ("a year ago", span("2025-05-24", "2026-05-23")),
    ("half a year ago", span("2026-05-07", "2026-06-06")),
    ("in May", MAY),
    ("May 2026", MAY),
    ("last year", YEAR_2025),
    ("in 2025", YEAR_2025),
    ("11/15/2026", None),
    ("may 35", None),
    ("maybe", None),
]
NUMBERS = [
    ("57", 57),
    (" 57. ", 57),
    ("на 57 години", 57),
    ("57г.", 57),
    ("57 г", 57),
    ("57-годишен", 57),
    ("аз", None),
    ("петдесет и седем", 57),
    ("Петдесет и седем години", 57),
    ("двайсет и две", 22),
    ("деветнайсет", 19),
    ("навърших 30", 30),
    ("57 и половина", 57),
    ("60%", 60),
    ("60 %", 60),
    ("60 на сто", 60),
    ("60 процента", 60),
    ("имам 60% телк", 60),
    ("сто", 100),
    ("0", 0),
    ("над 50", None),
    ("под 50", None),
    ("почти 58", None),
    ("50-55", None),
    ("50 – 55", None),
    ("57,5", None),
    ("57.5", None),
    ("-5", None),
    ("47 или 48", None),
    ("1969", None),
    ("три деца", None),
    ("двайсет двайсет", None),
    ("осем месеца", None),
    ("15.11.2026", None),
    ("½", None),
    ("²", None),
    ("", None),
    ("5" * 400, None),
]
CHILDREN = [
    ("2", 2),
    ("на 2 годинки", 2),
    ("8 месеца", 0),
    ("на 8 месеца", 0),
    ("18 месеца", 1),
    ("1 година и 8 месеца", 1),
    ("2 години и 3 месеца", 2),
    ("3 седмици", 0),
    ("3 деца", None),
    ("под 4", None),
]


@pytest.mark.parametrize(("typed", "meant"), DATES)
def test_dates(typed: str, meant: dt.date | Span | None) -> None:
    assert date_in(typed, TODAY, BG) == meant


@pytest.mark.parametrize(("typed", "meant"), ENGLISH_DATES)
def test_english_dates(typed: str, meant: dt.date | Span | None) -> None:
    assert date_in(typed, TODAY, EN) == meant


@pytest.mark.parametrize(("typed", "meant"), NUMBERS)
def test_numbers(typed: str, meant: int | None) -> None:
    assert number_in(typed, BG) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("57", 57),
        ("I'm 57", 57),
        ("I’m 57", 57),
        ("fifty-seven", 57),
        ("57 years old", 57),
        ("60 per cent", 60),
        ("over 50", None),
        ("a", None),
    ],
)
def test_english_numbers(typed: str, meant: int | None) -> None:
    assert number_in(typed, EN) == meant


@pytest.mark.parametrize(("typed", "meant"), CHILDREN)
def test_the_age_of_a_child(typed: str, meant: int | None) -> None:
    assert child_age_in(typed, BG) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14 месеца", span("2025-09-07", "2025-10-07")),
        ("от 14 месеца", span("2025-09-07", "2025-10-07")),
        ("от 10.03.2026", day(2026, 3, 10)),
        ("преди 3 дни", day(2026, 11, 19)),
        ("година и половина", span("2025-05-07", "2025-06-06")),
        ("14", None),
    ],
)
def test_how_long_something_has_lasted(typed: str, meant: dt.date | Span | None) -> None:
    assert start_in(typed, TODAY, BG) == meant


def test_all_days_of_two_years_are_read_as_written() -> None:
    for back in range(730):
        wanted = TODAY - dt.timedelta(days=back)
        assert date_in(f"{wanted:%d.%m.%Y}", TODAY, BG) == wanted
        assert date_in(f"{wanted:%d.%m.%y}", TODAY, BG) == wanted
        if back < 365:
            assert date_in(f"{wanted.day}.{wanted.month}", TODAY, BG) == wanted


@pytest.mark.parametrize(
    ("typed", "compared"),
    [("  Не  Знам!? ", "не знам"), ("„Да“", "да"), ("И\u0306", "й"), ("?", "?"), ("", "")],
)
def test_folding(typed: str, compared: str) -> None:
    assert folded(typed) == compared
