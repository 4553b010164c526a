"""Opening hours are said as people say them, never in the syntax of a file."""

import pytest
from talk import Talk

from dialogs.flows import hours
from dialogs.turn import Turn
from knowledge.opening_hours import DAYS, OpeningHours

WEEK = "Mo-Fr 08:30-12:30,13:00-17:00; Sa 09:00-14:00"


def said(talk: Talk, text: str) -> str:
    return hours.in_words(Turn(talk.conversation, talk.context), OpeningHours.parse(text))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (WEEK, "пн–пт 08:30–12:30, 13:00–17:00; сб 09:00–14:00"),
        ("Mo,We,Fr 10:00-12:00; Tu off", "пн, ср, пт 10:00–12:00; вт затворено"),
        ("Mo-Fr 09:00-18:00; Th[-1] off", "затворено последния четвъртък от месеца"),
        ("Mo-Fr 09:00-18:00; We[2] off", "затворено втората сряда от месеца"),
        ("Mo-Fr 09:00-18:00; PH off", "; в празник затворено"),
        ("Mo-Fr 09:00-18:00; 2026 Dec 23 off", "; на 23.12.2026 затворено"),
        (
            "Mo-Fr 09:00-18:00; 2027 Jul 01-Aug 31 Mo-Fr 10:00-13:00",
            "; от 01.07.2027 до 31.08.2027 пн–пт 10:00–13:00",
        ),
    ],
)
def test_hours_are_said_in_words(talk: Talk, written: str, words: str):
    assert words in said(talk, written)


@pytest.mark.parametrize("nth", [1, 2, 3, 4, 5, -1])
@pytest.mark.parametrize("day", DAYS)
def test_no_syntax_is_left_in_the_words(talk: Talk, day: str, nth: int):
    words = said(talk, f"Mo-Su 09:00-18:00; {day}[{nth}] off; 2027 Jan 04-08 off; PH off")
    assert not any(sign in words for sign in ("off", "[", "PH", "Jan", *DAYS))


def test_an_exception_that_is_over_is_not_said(talk: Talk):
    assert said(talk, "Mo-Fr 09:00-18:00; 2026 Aug 03-14 off") == "пн–пт 09:00–18:00"


def test_a_summer_closure_says_when_it_opens_again(talk: Talk):
    closed = OpeningHours.parse("Mo-Fr 09:00-18:00; 2026 Nov 01-2027 Jan 10 off")
    assert hours.now(Turn(talk.conversation, talk.context), closed).startswith(
        "Сега е затворено. Отваря в понеделник (11.01)"
    )


def test_the_closed_thursday_of_a_library_is_said_to_a_person(talk: Talk):
    talk.presses("Меню", "Бюро и библиотека").says("Варна").shows(
        "затворено последния четвъртък от месеца"
    )


def test_contacts_name_who_says_them_not_who_says_that_the_office_is_there(talk: Talk):
    talk.presses("Меню", "Бюро и библиотека").says("гр. Лом")
    contacts = talk.text.partition("Телефон: 0971")[2].partition("\n\n")[0]
    assert "По данни от копие на държавния регистър в сайт за Лом (17.08.2026)" in contacts
    assert "bta.bg" not in contacts
