"""A visitor at the desk: the whole interview, the plan on paper, and nothing of it left."""

import datetime as dt
import html
import re
import secrets
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest
from test_desk import DAY, VIDIN, VRATSA, House, Librarian, house

from bot.clock import millis
from bot.desk.visits import IDLE, EndedError
from bot.store.interface import DeskSession

MARKER = "кукувица-семнайсет"
"""What the visitor says that nobody else would; it stands in no file of ours."""
BANNER = "Посетител на място – нищо не се пази"
BASE = "/desk/visitor"


@dataclass
class Visit:
    """The librarian's browser with a visitor beside it: no scripts, forms alone."""

    who: Librarian
    page: str = ""
    pages: list[str] = field(default_factory=list)

    async def looks(self, path: str = BASE) -> str:
        async with self.who.browser.get(path) as answer:
            self.who.status, self.who.headers = answer.status, answer.headers
            self.page = html.unescape(await answer.text())
        self.pages.append(self.page)
        return self.page

    async def begins(self) -> Self:
        await self.looks()
        await self.posts("begin", csrf=self.hidden("csrf"))
        return self

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        assert found, f"no {name} on the page:\n{self.page}"
        return found[1]

    async def posts(self, where: str, **form: str) -> str:
        path = f"{BASE}/{where}"
        async with self.who.browser.post(path, data=form) as answer:
            self.who.status, self.who.headers = answer.status, answer.headers
            self.page = html.unescape(await answer.text())
        self.pages.append(self.page)
        return self.page

    async def does(self, **form: str) -> str:
        mine = {"csrf": self.hidden("csrf"), "visit": self.hidden("visit")}
        return await self.posts("say", **mine, key=secrets.token_urlsafe(12), **form)

    async def says(self, *texts: str) -> Self:
        for text in texts:
            await self.does(text=text)
        return self

    @property
    def buttons(self) -> dict[str, str]:
        found = re.findall(r'name="press" value="([^"]+)"[^>]*>([^<]+)<', self.page)
        return {label: press for press, label in found}

    async def presses(self, *labels: str) -> Self:
        for label in labels:
            assert label in self.buttons, f"{label}: {list(self.buttons)}\n{self.page}"
            await self.does(press=self.buttons[label])
        return self

    @property
    def bubbles(self) -> list[str]:
        found = re.findall(r'<div class="(?:bot|me)"[^>]*>(.*?)</div>', self.page, re.DOTALL)
        return [re.sub(r"<[^>]+>", "", inner) for inner in found]

    @property
    def prints(self) -> list[str]:
        return re.findall(rf'href="({BASE}/print/\d+)"', self.page)

    async def ends(self) -> str:
        return await self.posts("end", csrf=self.hidden("csrf"), visit=self.hidden("visit"))


async def visited(h: House, who: Librarian | None = None) -> Visit:
    """A visit in which much was told."""
    visit = await Visit(who or await h.librarian()).begins()
    await visit.says(f"{MARKER}", "останах без работа на 18.11.2026, на 57 съм, от Враца")
    await visit.presses("Да, така е")
    return visit


def rows(h: House, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(h.file)) as db:
        return db.execute(sql).fetchall()


def nothing_is_left(h: House) -> None:
    """Of no visit a word, an answer, a talk or an event stands in any file of the database."""
    on_disk = h.bytes_on_disk()
    assert b"SQLite format 3" in on_disk
    for words in (MARKER, "останах без работа", "visitor:here", "Ето плана"):
        assert words.encode() not in on_disk, words
    for table in ("conversation", "inbox", "outbox", "reminder", "recheck", "case_file", "gap"):
        assert rows(h, f"SELECT 1 FROM {table}") == [], table  # noqa: S608


async def test_the_interview_is_the_real_one_and_every_screen_says_what_it_is(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await visited(h)
        assert "Без работа" in visit.page or "подхожда" in visit.page, visit.page
        assert "57" in visit.page
        for page in visit.pages:
            assert BANNER in page
        nothing_is_left(h)


async def test_nobody_is_handed_over_reminded_or_located(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian("Иван")
        visit = await visited(h)
        await visit.says("/menu")
        offered = set(visit.buttons)
        assert "Моите отговори" in offered, offered
        for absent in ("Библиотекар", "Напомняния", "Скрий", "Изтрий всичко"):
            assert absent not in offered
        await visit.says("искам да говоря с библиотекар")
        assert visit.bubbles[-2] == "Посока:Библиотекарят е до Вас. Попитайте направо."
        await visit.does(press=f"9.to:{VRATSA}")
        await visit.does(press="9.remind:apply")
        await visit.does(press="9.recheck-yes")
        nothing_is_left(h)


async def test_it_is_told_truly_what_is_kept_and_who_sees_it(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await Visit(await h.librarian()).begins()
        assert "Нищо от разговора не се пази." in visit.page
        assert "30 дни" not in visit.page
        await visit.says("/privacy")
        assert "Нищо от този разговор не се пази." in visit.bubbles[-1]
        assert "72 часа" not in visit.page


async def test_consent_comes_before_the_disability_question(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await visited(h)
        for _ in range(40):
            if "данни за здравето" in visit.bubbles[-1]:
                break
            unknown = "Не знам" if "Не знам" in visit.buttons else "Нищо от тези"
            await visit.presses(unknown)
        asked = visit.bubbles[-1]
        assert "данни за здравето" in asked
        assert "Библиотекарят до Вас също ги вижда." in asked
        assert "Не ги пазя: с края на разговора изчезват." in asked
        assert any(label.startswith("Съгласие") for label in visit.buttons), visit.buttons


async def test_the_plan_is_printed_from_the_browser_and_as_pdf(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await visited(h)
        await visit.says("/plan")
        await visit.presses("Изпрати като PDF")
        assert len(visit.prints) == 1
        where = visit.prints[0]
        await visit.looks(where)
        assert visit.who.headers["Cache-Control"] == "no-store"
        assert "<h1>Моят план за работа</h1>" in visit.page
        assert "Бюро по труда" in visit.page
        assert '<span class="mark" aria-hidden="true">☐</span>' in visit.page
        async with visit.who.browser.get(where.replace("print", "file")) as answer:
            assert (answer.status, answer.content_type) == (200, "application/pdf")
            assert answer.headers["Content-Disposition"].startswith("inline;")
            assert answer.headers["Cache-Control"] == "no-store"
            assert (await answer.read()).startswith(b"%PDF")
        nothing_is_left(h)


async def test_a_cv_is_printed_too_and_no_file_is_offered_that_would_stay(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await Visit(await h.librarian()).begins()
        await visit.says("/menu")
        await visit.presses("Направи CV", "Започни")
        await visit.says(MARKER, "0888 123 456")
        for _ in range(40):
            if "Изпрати PDF" in visit.buttons:
                break
            await visit.presses(
                next(b for b in ("Пропусни", "Нататък", "Стига") if b in visit.buttons)
            )
        # A file for a word processor would stay on the computer of the library.
        assert "Изпрати DOCX" not in visit.buttons
        await visit.presses("Изпрати PDF")
        await visit.looks(visit.prints[0])
        assert f"<h1>{MARKER}</h1>" in visit.page
        nothing_is_left(h)


async def session_of(visit: Visit) -> DeskSession:
    cookies = visit.who.browser.cookie_jar.filter_cookies(visit.who.house.server.make_url("/desk"))
    now = millis(visit.who.house.at[0])
    session = await visit.who.house.service.desk.session(cookies["posoka_desk"].value, now)
    assert session
    return session


async def ends(visit: Visit) -> None:
    assert "От разговора не остана нищо." in re.sub(r"\s+", " ", await visit.ends())


async def signs_out(visit: Visit) -> None:
    await visit.who.posts("/desk/leave", {"csrf": await visit.who.csrf()})


async def is_idle(visit: Visit) -> None:
    visit.who.house.at[0] += dt.timedelta(milliseconds=IDLE)
    await visit.who.house.service.visits.look()


async def another_comes(visit: Visit) -> None:
    await visit.posts("begin", csrf=visit.hidden("csrf"))


@pytest.mark.parametrize("leaves", [ends, signs_out, is_idle, another_comes])
async def test_nothing_of_a_visitor_is_left(
    tmp_path: Path, leaves: Callable[[Visit], Awaitable[None]]
):
    async with house(tmp_path) as h:
        visit = await visited(h)
        await visit.says("/plan")
        await visit.presses("Изпрати като PDF")
        session = await session_of(visit)
        gone = await h.service.visits.of(session)
        assert gone
        assert any(MARKER in line.body for line in await gone.lines())
        paper = visit.prints[0]
        assert MARKER in visit.page
        await leaves(visit)
        with pytest.raises(EndedError):
            await gone.lines()
        nothing_is_left(h)
        for path in (BASE, paper, paper.replace("print", "file")):
            assert MARKER not in await visit.looks(path), path
            assert "Ето плана" not in visit.page
        assert rows(h, "SELECT metric, n FROM counter") == [("visitor_served", 1)]
        counted = rows(h, "SELECT library, day, metric, n FROM desk_counter")
        assert counted == [(VRATSA, "2026-11-23", "visitor_served", 1)]


async def test_nothing_of_a_visitor_is_left_by_a_stop_or_a_start(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await visited(h)
        cookie = visit.who.browser.cookie_jar.filter_cookies(h.server.make_url("/desk"))
    nothing_is_left(h)
    async with house(tmp_path) as again:
        browser = again.browser()
        browser.cookie_jar.update_cookies(cookie, again.server.make_url("/desk"))
        later = Visit(Librarian(again, browser, "Мария"))
        assert MARKER not in await later.looks()
        assert "Нов посетител" in later.page
        nothing_is_left(again)


async def test_after_thirty_idle_minutes_the_page_itself_finds_nothing(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await visited(h)
        h.at[0] += DAY / 24 / 2 - DAY / 86_400
        assert MARKER in await visit.looks()
        h.at[0] += DAY / 24 / 2
        assert MARKER not in await visit.does(text="още нещо")
        assert "Този разговор приключи и е изтрит." in visit.page
        nothing_is_left(h)


async def test_who_only_looked_is_not_counted(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await Visit(await h.librarian()).begins()
        await visit.ends()
        assert rows(h, "SELECT * FROM counter") == []


async def test_a_page_of_an_earlier_visitor_does_nothing_in_the_next_ones_talk(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await visited(h)
        old, form = visit.page, {n: visit.hidden(n) for n in ("csrf", "visit")}
        await visit.posts("begin", csrf=form["csrf"])
        before = len(visit.bubbles)
        await visit.posts("say", **form, key=secrets.token_urlsafe(12), text=MARKER)
        assert (len(visit.bubbles), MARKER in visit.page) == (before, False)
        await visit.posts("end", **form)
        assert "Здравейте, аз съм Посока" in await visit.looks()
        assert MARKER in old


async def test_the_same_form_sent_twice_counts_once(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await Visit(await h.librarian()).begins()
        form = {n: visit.hidden(n) for n in ("csrf", "visit")}
        key = secrets.token_urlsafe(12)
        await visit.posts("say", **form, key=key, text=MARKER)
        once = len(visit.bubbles)
        await visit.posts("say", **form, key=key, text=MARKER)
        assert len(visit.bubbles) == once


async def test_only_who_is_signed_in_sees_their_own_visitor(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await visited(h)
        other = Visit(await h.librarian("Иван", VIDIN))
        assert MARKER not in await other.looks()
        assert "Нов посетител" in other.page
        stranger = Librarian(h, h.browser(), "никой")
        assert MARKER not in await stranger.sees(BASE)
        assert (stranger.status, stranger.headers["Location"]) == (303, "/desk")
        await stranger.posts(f"{BASE}/begin", {"csrf": "x"})
        assert (stranger.status, stranger.headers["Location"]) == (303, "/desk")
        forged = {"csrf": "x", "visit": visit.hidden("visit")}
        assert MARKER in await visit.posts("end", **forged)


async def test_a_visitors_words_are_shown_and_never_run(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await Visit(await h.librarian()).begins()
        await visit.does(text="<script>alert(1)</script>")
        raw = await visit.who.sees(BASE, raw=True)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in raw
        assert "<script>alert" not in raw


async def test_the_check_of_the_disk_would_find_a_word_that_is_kept(tmp_path: Path):
    async with house(tmp_path) as h:
        visit = await visited(h)
        await (await h.person()).says("магаре-осемнайсет")
        assert "магаре-осемнайсет".encode() in h.bytes_on_disk()
        assert MARKER in visit.page
        assert MARKER.encode() not in h.bytes_on_disk()
