"""What pages of the desk tell those who read them is true of them."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from test_desk import VRATSA, House, house

from bot.store.accounts import AuditLine
from bot.web import audit_words

REGIONAL = "Регионална библиотека „Христо Ботев“, гр. Враца"


@pytest.fixture
async def h(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


async def test_an_expert_is_told_what_their_absence_does_and_a_librarian_theirs(h: House):
    bureau = f"bureau:{h.service.knowledge.directory.bureaus[0].id}"
    expert, maria = await h.librarian("Петров", bureau), await h.librarian()
    theirs, hers = await expert.sees(), await maria.sees()
    assert "Ако днес няма никого от бюрото, библиотеките не могат да го питат." in theirs
    assert "при съседна библиотека" not in theirs
    assert "при съседна библиотека" in hers


async def test_an_answer_of_a_library_is_its_own_there_and_named_elsewhere(h: House):
    maria, ada = await h.librarian(), await h.administrator()
    form = {"csrf": await maria.csrf(), "key": "часове", "title": "Кога работим", "text": "От 9."}
    days = {"checked_on": "2026-11-20", "expires_on": "2027-05-20", "source": ""}
    await maria.posts("/desk/answers/new", form | days)
    assert maria.status == 303
    hers, page = await maria.sees("/desk/answers"), await ada.sees("/desk/answers")
    assert "На Вашата библиотека" in hers
    assert "На отделни библиотеки" not in hers
    assert "На Вашата библиотека" not in page
    line = page[page.index("На отделни библиотеки") :]
    assert "Кога работим" in line
    assert f"на {REGIONAL}" in line


async def test_a_stop_ends_on_a_day_as_people_write_it(h: House):
    maria, ada = await h.librarian(), await h.administrator()
    await (await h.person()).asks()
    await maria.does("mute", "обиди", days="7")
    page = await ada.sees("/desk/reports")
    assert "До 30.11.2026" in page
    assert "2026-11-30" not in page


async def test_the_trail_says_whose_stop_was_ended_and_nobodys_gender(h: House):
    line = AuditLine(
        id=1,
        at=0,
        actor="1",
        actor_name="Ада",
        role="admin",
        action="unmute",
        about=VRATSA,
        about_name="",
        address="",
        before="2026-12-03",
    )
    context = h.service.context()
    told = audit_words.about(line, context, h.service.roster.name_of)
    assert told == f"спрян от {REGIONAL}"
    maria, ada = await h.librarian(), await h.administrator()
    await maria.posts("/desk/away", {"csrf": await maria.csrf(), "away": "yes"})
    assert "отбеляза отсъствие за днес" in await ada.sees("/desk/audit")


async def test_each_page_is_headed_by_its_own_name(h: House):
    maria, ada = await h.librarian(), await h.administrator()
    for who in (maria, ada):
        for path, name in (("corrections", "Поправки"), ("directory", "Справочник")):
            page = await who.sees(f"/desk/{path}")
            heading = re.search(r"<h1>(.*?)</h1>", page)[1]
            assert heading == f'<a href="/desk/{path}">{name}</a>'


async def test_where_telegram_is_off_nothing_is_to_be_linked_with_it(h: House):
    maria = await h.librarian()
    page = await maria.sees("/desk/me")
    assert "Моите влизания" in page
    assert "Telegram" not in page


async def test_who_ended_sessions_is_told_that_they_ended(h: House):
    await h.librarian("Мария")
    ada = await h.administrator()
    page = await ada.sees("/desk/people")
    way = re.search(r'action="(/desk/people/[\w-]+/revoke)"', page)[1]
    await ada.posts(way, {"csrf": await ada.csrf()})
    assert ada.status == 303
    said = '<p class="notice" role="status">Влизанията на „Мария“ са прекратени.</p>'
    assert said not in page
    assert said in await ada.sees(ada.headers["Location"])
    # An address that somebody made up says of nobody.
    assert "са прекратени" not in await ada.sees("/desk/people?revoked=nobody")


async def test_the_start_of_the_desk_leads_past_its_menu(h: House):
    maria = await h.librarian()
    page = await maria.sees()
    skip = re.search(r'<a class="skip" href="#list">([^<]*)</a>', page)
    assert skip
    assert page.index(skip[0]) < page.index("<header")
    assert 'id="list"' in page
