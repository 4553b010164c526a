"""Most wanted of such talks: what is promised about opening times is known, or said not to be.

How hours are put in words stands in `test_hours`, the promise of a desk in `test_librarian`.
"""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talk import Talk
from test_librarian import HAND_OVER, JOBLESS, VRATSA, WITHOUT, Asker, desk

from dialogs.flows import hours, librarian, places
from dialogs.model import Conversation
from dialogs.texts import load_texts
from dialogs.turn import Context, Desk, Turn
from knowledge.calendar import SOFIA, is_public_holiday
from knowledge.loading import load
from knowledge.opening_hours import OpeningHours
from knowledge.places import Bureau, Library

SPLIT = "Mo-Fr 08:30-12:30,13:30-17:00"
OPEN_NOW = {
    language: texts("open-until", time="18:00")[:15] for language, texts in load_texts().items()
}
MOMENTS = st.datetimes(dt.datetime(2026, 11, 1), dt.datetime(2027, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=SOFIA)
)
DIRECTORY = load().directory
PLACES = [*DIRECTORY.bureaus, *DIRECTORY.libraries]


def turn_at(now: dt.datetime, language: str = "bg") -> Turn:
    talk = Conversation.model_validate({"language": language})
    return Turn(talk, Context(load(), load_texts(), now))


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SOFIA)


@pytest.mark.parametrize(
    ("now", "promised"),
    [
        ("2026-11-23 09:00", "Сега е отворено, до 12:30."),
        ("2026-11-23 12:30", "Сега е обедна почивка, отваря отново в 13:30."),
        ("2026-11-23 13:29", "Сега е обедна почивка, отваря отново в 13:30."),
        ("2026-11-23 13:30", "Сега е отворено, до 17:00."),
        ("2026-11-23 17:00", "Отваря утре (24.11) в 08:30"),
        # Friday evening; the eve of 3 March; Christmas, whose Saturday is made good on Monday.
        ("2026-11-27 18:00", "Отваря в понеделник (30.11) в 08:30"),
        ("2027-03-02 17:30", "Отваря в четвъртък (04.03) в 08:30"),
        ("2026-12-23 17:00", "Отваря във вторник (29.12) в 08:30"),
    ],
)
def test_the_next_opening_knows_breaks_weekends_and_holidays(now: str, promised: str) -> None:
    talk = Asker(desk(VRATSA, SPLIT), answers=JOBLESS, now=at(now))
    talk.says("/librarian").shows(promised)
    talk.presses("Попитай тук").presses(WITHOUT).presses(HAND_OVER).shows(promised)


@given(now=MOMENTS)
def test_on_a_holiday_nothing_is_called_open(now: dt.datetime) -> None:
    hours_ = OpeningHours.parse("Mo-Su 00:00-24:00")
    said = librarian.promise(turn_at(now), replace(desk(VRATSA), hours=hours_))
    assert is_public_holiday(now.date()) is not said.startswith(OPEN_NOW["bg"])


@given(now=MOMENTS, opens=st.integers(6, 12), length=st.integers(1, 8))
def test_what_is_promised_comes_true(now: dt.datetime, opens: int, length: int) -> None:
    """At the promised minute it is open; until then it is not."""
    hours_ = OpeningHours.parse(f"Mo,We,Fr {opens:02}:00-{opens + length:02}:00")
    said = hours.now(turn_at(now), hours_)
    if said.startswith(OPEN_NOW["bg"]):
        assert hours_.is_open(now)
        return
    promised = hours_.next_opening(now)
    assert promised is not None
    assert f"({promised:%d.%m}) в {promised:%H:%M}" in said
    assert hours_.is_open(promised)
    assert not hours_.is_open(promised - dt.timedelta(minutes=1))
    assert not hours_.is_open(now)


@pytest.mark.parametrize("language", sorted(OPEN_NOW))
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
def test_nobody_is_called_open_whose_hours_have_no_source(
    place: Bureau | Library, language: str
) -> None:
    """At noon of a working day, when whoever guesses would guess „open“."""
    turn = turn_at(at("2026-11-25 12:00"), language)
    said = places.contacts(turn, place)
    if place.hours is None or not place.showable:
        assert OPEN_NOW[language] not in said
    if place.hours is None and place.showable and place.phone:
        assert turn.text("hours-call") in said
        assert place.phone in said
    if OPEN_NOW[language] in said:
        assert place.source_url or place.contact_source


def test_there_are_places_of_each_kind() -> None:
    """The test before this one is not vacuous."""
    assert any(place.hours and place.showable for place in PLACES)
    assert sum(place.hours is None and place.showable and bool(place.phone) for place in PLACES) > 9


def with_a_phone() -> Library:
    return next(p for p in DIRECTORY.libraries if p.phone and p.showable and p.hours is None)


def test_a_desk_whose_hours_nobody_knows_promises_no_time_and_gives_a_phone() -> None:
    library = with_a_phone()
    talk = Asker(Desk(library.id, library, None), answers=JOBLESS)
    talk.says("/librarian").shows("Отговорът идва, когато библиотеката работи.")
    talk.shows(f"Работното време не знам. Ако бързате, обадете се: {library.phone}")
    talk.hides("Сега е отворено", "Отваря")


def test_a_desk_without_a_known_phone_promises_nothing_else() -> None:
    library = with_a_phone().model_copy(update={"phone": None})
    talk = Asker(Desk(library.id, library, None), answers=JOBLESS)
    talk.says("/librarian").shows("Отговорът идва").hides("обадете се", "Сега е отворено")


def test_in_the_plan_unknown_hours_are_said_to_be_unknown(context: Context) -> None:
    talk = Talk(context, Conversation(answers=JOBLESS)).says("/plan")
    bureau = next(line for line in talk.screen.text.splitlines() if line.startswith("Бюро: "))
    assert bureau.endswith("Кога работи, още не знам.")
