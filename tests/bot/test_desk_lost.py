"""An address of the desk to which only a form posts, opened as a page: it leads on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from test_desk import House, house

from bot.web.application import application


@pytest.fixture
async def h(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


async def test_the_address_of_an_act_leads_to_its_case(h: House):
    maria = await h.librarian()
    await (await h.person()).asks()
    number = (await h.case()).number
    for act in ("claim", "reply", "close", "edit", "retract"):
        await maria.sees(f"/desk/cases/{number}/{act}")
        assert (maria.status, maria.headers["Location"]) == (303, f"/desk/cases/{number}")
    await maria.sees("/desk/practice/cases/7/reply")
    assert maria.headers["Location"] == "/desk/practice/cases/7"


async def test_elsewhere_a_page_says_so_and_leads_to_the_desk(h: House):
    ada = await h.administrator()
    resources = application(h.service).router.resources()
    named = {r.canonical: {route.method for route in r} for r in resources}
    posted = {
        path
        for path, methods in named.items()
        if path.startswith("/desk/") and methods == {"POST"} and "{" not in path
    }
    assert len(posted) > 5
    for path in sorted(posted):
        page = await ada.sees(path)
        assert (ada.status, ada.headers["Allow"]) == (405, "POST"), path
        assert ada.headers["Content-Type"].startswith("text/html")
        assert "<h1>Тук няма страница</h1>" in page
        assert 'href="/desk"' in page
        assert "Content-Security-Policy" in ada.headers


async def test_outside_of_the_desk_nothing_is_led(h: House):
    maria = await h.librarian()
    await maria.sees("/say")
    assert (maria.status, maria.headers["Content-Type"]) == (405, "text/plain; charset=utf-8")
