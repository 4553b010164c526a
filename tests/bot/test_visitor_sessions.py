"""A visit hangs on its session and ends with it; nothing outside the page says whose it was."""

import datetime as dt
import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pypdf
import pytest
from test_accounts import OTHER, admin, gives, number_of, signs_in
from test_desk import DAY, PASSWORD, VIDIN, House, Librarian, house, joining
from test_visitor import BASE, MARKER, Visit, nothing_is_left, session_of, visited

from bot.desk.visits import IDLE, EndedError

MINUTE = dt.timedelta(minutes=1)


async def leaves(visit: Visit, _h: House) -> None:
    await visit.who.posts("/desk/leave", {"csrf": await visit.who.csrf()})


async def is_idle(_visit: Visit, h: House) -> None:
    h.at[0] += 15 * MINUTE
    await h.service.visits.look()


async def revokes_it_herself(_visit: Visit, h: House) -> None:
    await gives(await signs_in(h, "Мария"), "/desk/me/revoke-others")


async def has_it_revoked(_visit: Visit, h: House) -> None:
    await gives(await admin(h), f"/desk/people/{await number_of(h, 'Мария')}/revoke")


async def is_disabled(_visit: Visit, h: House) -> None:
    await gives(await admin(h), f"/desk/people/{await number_of(h, 'Мария')}/disable")


async def has_a_new_password(visit: Visit, _h: House) -> None:
    await gives(visit.who, "/desk/me/password", old=PASSWORD, new=OTHER)


async def gets_a_link_for_one(_visit: Visit, h: House) -> None:
    await gives(await admin(h), f"/desk/people/{await number_of(h, 'Мария')}/reset")


async def is_stopped_from_the_command_line(_visit: Visit, h: House) -> None:
    """Another process writes into the same file."""
    await h.service.store.write(("DELETE FROM desk_session", ()))  # type: ignore[attr-defined]
    await h.service.visits.look()


async def another_signs_in_here(visit: Visit, h: House) -> None:
    await h.librarian("Иван", VIDIN)
    await visit.who.posts("/desk", joining("Иван", VIDIN))
    assert visit.who.status == 303


ENDS = (
    leaves,
    is_idle,
    revokes_it_herself,
    has_it_revoked,
    is_disabled,
    has_a_new_password,
    gets_a_link_for_one,
    is_stopped_from_the_command_line,
    another_signs_in_here,
)


async def on_shared(h: House) -> Visit:
    await h.librarian("Мария")
    return await visited(h, await signs_in(h, "Мария", shared="yes"))


@pytest.mark.parametrize("ends", ENDS)
async def test_a_visit_ends_with_its_session_however_that_ends(
    tmp_path: Path, ends: Callable[[Visit, House], Awaitable[None]]
):
    async with house(tmp_path) as h:
        visit = await on_shared(h)
        going = await h.service.visits.of(await session_of(visit))
        assert going
        assert any(MARKER in line.body for line in await going.lines())
        await ends(visit, h)
        with pytest.raises(EndedError):
            await going.lines()
        assert MARKER not in await visit.looks()
        nothing_is_left(h)


@pytest.mark.parametrize("days", [0, 14])
async def test_who_signs_in_again_at_their_own_computer_goes_on(tmp_path: Path, days: int):
    async with house(tmp_path) as h:
        maria = await h.librarian("Мария")
        # In the last minutes of the session, or any time.
        h.at[0] += days * DAY - (5 * MINUTE if days else MINUTE)
        visit = await visited(h, maria)
        before = await session_of(visit)
        h.at[0] += 6 * MINUTE
        await h.service.visits.look()
        if days:
            assert MARKER not in await visit.looks()
        await visit.who.posts("/desk", joining("Мария"))
        assert visit.who.status == 303
        assert MARKER in await visit.looks()
        await visit.says("още нещо")
        assert "още нещо" in visit.page
        assert (await session_of(visit)).handle != before.handle
        await visit.ends()
        nothing_is_left(h)


async def test_nobody_goes_on_at_a_computer_that_is_shared(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await on_shared(h)
        await visit.who.posts("/desk", joining("Мария") | {"shared": "yes"})
        assert MARKER not in await visit.looks()
        assert "Нов посетител" in visit.page
        nothing_is_left(h)


async def still(visit: Visit) -> tuple[int, str]:
    where = f"{BASE}/still?visit={visit.hidden('visit')}"
    async with visit.who.browser.get(where) as answer:
        told = await answer.text()
        return answer.status, json.loads(told)["at"] if answer.status == 200 else told


async def test_a_page_is_told_which_end_comes_first_and_asking_moves_neither(tmp_path: Path):
    async with house(tmp_path) as h:
        own = await visited(h)
        shared = await visited(h, await signs_in(h, "Мария", shared="yes"))
        for _ in range(14):
            h.at[0] += MINUTE
            assert await still(own) == (200, "10:30")
            assert await still(shared) == (200, "10:15")
        typed = {"csrf": shared.hidden("csrf")}
        where = f"{BASE}/still?visit={shared.hidden('visit')}"
        async with shared.who.browser.post(where, data=typed) as answer:
            assert (await answer.json())["at"] == "10:29"
        async with shared.who.browser.post(where, data={"csrf": "x"}) as answer:
            assert answer.status == 401
        h.at[0] += 15 * MINUTE
        assert (await still(shared))[0] == 401
        assert await still(own) == (200, "10:30")
        h.at[0] += MINUTE
        assert (await still(own))[0] == 410


async def test_a_page_of_another_visit_is_told_that_its_own_is_over(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await visited(h)
        old = f"{BASE}/still?visit={visit.hidden('visit')}"
        await visit.posts("begin", csrf=visit.hidden("csrf"))
        assert (await still(visit))[0] == 200
        async with visit.who.browser.get(old) as answer:
            assert answer.status == 410


async def test_without_scripts_a_page_comes_anew_when_its_time_is_over(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await on_shared(h)
        found = re.search(r'http-equiv="refresh" content="(\d+);url=([^"]+)"', visit.page)
        assert found
        h.at[0] += dt.timedelta(seconds=int(found[1]))
        assert MARKER not in await visit.looks(found[2])
        assert "Разговорът с посетителя е изтрит" in visit.page
        assert visit.who.headers["Clear-Site-Data"] == '"storage", "cache"'


async def test_that_page_does_not_keep_a_visit_alive(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await visited(h)
        h.at[0] += dt.timedelta(milliseconds=IDLE) - MINUTE
        assert MARKER in await visit.looks(f"{BASE}?by-itself")
        h.at[0] += MINUTE
        assert MARKER not in await visit.looks(f"{BASE}?by-itself")
        assert "Този разговор приключи и е изтрит." in visit.page


async def test_what_was_typed_last_is_gone_by_design_and_that_is_said(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await on_shared(h)
        h.at[0] += 15 * MINUTE
        page = await visit.does(text="недописано от посетителя")
        assert "Разговорът с посетителя е изтрит, заедно с последните думи." in page
        assert "Вход за библиотекари" in page
        assert "недописано" not in page


async def with_a_cv(h: House) -> Visit:
    """A visitor whose name stands on a page to print."""
    visit = await Visit(await h.librarian()).begins()
    await visit.says("/menu")
    await visit.presses("Направи CV", "Започни")
    await visit.says(MARKER, "0888 123 456")
    for _ in range(40):
        if "Изпрати PDF" in visit.buttons:
            break
        skips = (b for b in ("Пропусни", "Нататък", "Стига") if b in visit.buttons)
        await visit.presses(next(skips))
    return await visit.presses("Изпрати PDF")


async def test_no_title_address_or_file_name_says_who_the_visitor_is(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await with_a_cv(h)
        paper = visit.prints[0]
        for path in (BASE, paper, paper.replace("print", "pdf")):
            page = await visit.looks(path)
            title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
            assert title
            assert title[1] == "Посетител на място"
            assert "може да остане на компютъра" in page or path == BASE
            for address in re.findall(r'(?:href|src|action|url)="?([^"\s>]+)', page):
                assert MARKER not in address
        await visit.looks(paper)
        assert f"<h1>{MARKER}</h1>" in visit.page
        async with visit.who.browser.get(paper.replace("print", "file")) as answer:
            name = answer.headers["Content-Disposition"]
            file = h.file.parent / "seen.pdf"
            file.write_bytes(await answer.read())
        assert name.startswith('inline; filename="posoka.pdf"')
        assert MARKER not in name
        pdf = pypdf.PdfReader(file)
        assert pdf.metadata
        assert pdf.metadata.title == "Страница за печат"
        assert MARKER in pdf.pages[0].extract_text()
        nothing_is_left(h)


async def test_a_pdf_stands_in_a_page_of_ours_and_not_alone(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await with_a_cv(h)
        where = visit.prints[0].replace("print", "file")
        alone = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"}
        async with visit.who.browser.get(where, headers=alone, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (
                303,
                where.replace("file", "pdf"),
            )
        async with visit.who.browser.get(where, headers={"Sec-Fetch-Dest": "iframe"}) as answer:
            assert answer.content_type == "application/pdf"
            assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        page = await visit.looks(where.replace("file", "pdf"))
        assert f'src="{where}"' in page
        assert visit.who.headers["X-Frame-Options"] == "DENY"
        stranger = Librarian(h, h.browser(), "никой")
        await stranger.sees(where.replace("file", "pdf"))
        assert (stranger.status, stranger.headers["Location"]) == (303, "/desk")
