"""What a web desk can do about a person once the talk is over, and how an answered case stands."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from test_desk import DAY, House, house

STOP, REPORT = 'action="/desk/cases/{}/mute"', 'action="/desk/cases/{}/report"'
OTHERS = ("close", "transfer", "ask_expert", "reply", "note")


@pytest.fixture
async def h(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


async def test_after_the_end_only_stop_and_report_are_shown_and_both_go_through(h: House):
    maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
    person = await (await h.person()).asks()
    await maria.does("claim")
    await person.acts("end-case")
    number = (await h.case()).number
    page = await ivan.reads()
    assert STOP.format(number) in page
    assert REPORT.format(number) in page
    assert not [act for act in OTHERS if f'action="/desk/cases/{number}/{act}"' in page]
    assert "Напишете причината" in await ivan.does("mute", "", days="7")
    await ivan.does("report", "обиди")
    assert ivan.status == 303
    await ivan.does("mute", "обиди", days="7")
    assert ivan.status == 303
    page = await ivan.reads()
    assert "Иван спря въпросите от този човек до 30.11.2026." in page
    assert STOP.format(number) not in page
    # At once, before anybody looks at the list of stops again.
    await person.says("/librarian")
    assert "Тук не приемаме въпроси от Вас до 30.11.2026." in person.texts


async def test_after_seven_days_neither_is_shown(h: House):
    maria = await h.librarian()
    await (await h.person()).asks()
    await maria.does("close")
    number = (await h.case()).number
    assert STOP.format(number) in await maria.reads()
    h.at[0] += 7 * DAY
    assert STOP.format(number) in await maria.reads()
    h.at[0] += DAY
    await h.service.runtime.settle()
    page = await (await h.librarian("Мария", same="yes")).reads()
    assert STOP.format(number) not in page
    assert REPORT.format(number) not in page


async def test_a_case_given_back_after_an_answer_says_that_nothing_is_owed(h: House):
    maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
    person = await (await h.person()).asks()
    await maria.does("reply", "Тук")
    assert "Тук" in (await person.settled()).texts
    await maria.does("release")
    assert maria.status == 303
    assert not (await person.settled()).heard
    page = await ivan.sees()
    assert "отговорено, при никого, чака човека" in page
    assert 'data-due="0"' in page
    await ivan.does("claim")
    assert (await h.case()).state == "for_person"
