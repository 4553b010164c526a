"""The web desk: who comes in, whose cases they see, and what reaches whom."""

import asyncio
import datetime as dt
import hashlib
import html
import itertools
import re
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.channels.interface import Limits, SendError
from bot.channels.web import WebChannel, address_of
from bot.clock import millis
from bot.desk.accounts import BUREAU
from bot.desk.roster import TRIAL
from bot.service import Service, running
from bot.store.interface import Arrival, CaseFile, Retention, Role
from bot.store.sqlite import SqliteStore
from bot.web.application import application
from dialogs.model import EVENT, Event, Message, Pressed, Said
from dialogs.turn import Abilities

SOFIA = ZoneInfo("Europe/Sofia")
MONDAY = dt.datetime(2026, 11, 23, 10, tzinfo=SOFIA)
VRATSA, VIDIN = "lib-vratsa-reg", "lib-vidin-reg"
DAY = dt.timedelta(days=1)
EVIL = "<img src=x onerror=alert(1)>"
PASSWORD = "три сини врабчета"  # noqa: S105


def joining(name: str, library: str = VRATSA, same: str = "") -> dict[str, str]:
    """What somebody writes who joins: the login is theirs at that library."""
    login = hashlib.sha256(f"{name.casefold()} {library}".encode()).hexdigest()[:12]
    return {"name": name, "login": login, "password": PASSWORD, "same": same}


class Push:
    """A channel that sends at once, until it is told to fail."""

    name = "push"
    abilities = Abilities()
    limits = Limits(per_second=10_000, chat_gap=0)

    def __init__(self) -> None:
        self.fault: SendError | None = None
        self.sent: list[str] = []

    def decode(self, raw: str) -> Event | None:
        return EVENT.validate_json(raw)

    async def send(self, address: str, message: Message) -> str:
        if self.fault:
            raise self.fault
        self.sent.append(message.text)
        return f"{address}-{len(self.sent)}"

    async def hide(self, address: str, parts: Sequence[str], text: str) -> None:
        raise NotImplementedError


@dataclass
class House:
    """The whole service on a real file and a real port."""

    service: Service
    server: TestServer
    file: Path
    at: list[dt.datetime]
    push: Push
    sessions: list[aiohttp.ClientSession] = field(default_factory=list)

    def browser(self, jar: aiohttp.CookieJar | None = None) -> aiohttp.ClientSession:
        session = aiohttp.ClientSession(
            str(self.server.make_url("/")),
            cookie_jar=jar or aiohttp.CookieJar(unsafe=True),
            headers={"Accept": "text/html"},
        )
        self.sessions.append(session)
        return session

    async def person(self) -> "Person":
        token = secrets.token_urlsafe(24)
        browser = self.browser()
        browser.cookie_jar.update_cookies({"posoka": token}, self.server.make_url("/"))
        return await Person(self, browser, f"web:{address_of(token)}").says("/start")

    async def invitation(self, library: str, *, trial: bool = False, days: int = 7) -> str:
        code = secrets.token_urlsafe(18)
        until = millis(self.at[0] + days * DAY)
        role: Role = "expert" if library.startswith(BUREAU) else "librarian"
        await self.service.desk.invite(code, library, until, trial=trial, role=role)
        return f"/desk/join/{code}"

    async def librarian(
        self, name: str = "Мария", library: str = VRATSA, *, trial: bool = False, same: str = ""
    ) -> "Librarian":
        """Somebody who has just joined, or with `same` comes back with their password."""
        who, data = Librarian(self, self.browser(), name), joining(name, library, same)
        link = "/desk" if same else await self.invitation(library, trial=trial)
        async with who.browser.post(link, data=data, allow_redirects=False) as answer:
            assert answer.status == 303, await answer.text()
        return who

    async def administrator(self, name: str = "Ада") -> "Librarian":
        """Somebody who administers and answers at no desk."""
        code = secrets.token_urlsafe(18)
        await self.service.desk.invite(
            code, "", millis(self.at[0] + DAY), trial=False, role="admin"
        )
        who = Librarian(self, self.browser(), name)
        link, data = f"/desk/join/{code}", joining(name, "")
        async with who.browser.post(link, data=data, allow_redirects=False) as answer:
            assert answer.status == 303, await answer.text()
        return who

    async def case(self) -> CaseFile:
        """The one case there is."""
        rows = await self.service.store.read("SELECT number FROM case_file")  # type: ignore[attr-defined]
        assert len(rows) == 1
        found = await self.service.desk.case(rows[0][0])
        assert found
        return found

    def bytes_on_disk(self) -> bytes:
        return b"".join(f.read_bytes() for f in self.file.parent.glob(f"{self.file.name}*"))


@asynccontextmanager
async def house(
    folder: Path, *, configured: bool = True, now: dt.datetime = MONDAY
) -> AsyncIterator[House]:
    """With `configured`, as where Telegram is on: no trial."""
    at, push, file = [now], Push(), folder / "posoka.db"
    async with running(
        SqliteStore(file),
        {"web": WebChannel()},
        {"push": push},
        lambda: at[0],
        channels_configured=configured,
    ) as service:
        server = TestServer(application(service))
        await server.start_server()
        built = House(service, server, file, at, push)
        try:
            yield built
        finally:
            for session in built.sessions:
                await session.close()
            await server.close()


@dataclass
class Person:
    """Somebody in the web chat. What waits for them is not yet fetched by their browser."""

    house: House
    browser: aiohttp.ClientSession
    talk: str
    last: int = 0
    heard: list[Message] = field(default_factory=list)

    async def posts(self, **form: str) -> Self:
        data = {"key": secrets.token_urlsafe(12)} | form
        accept = {"Accept": "application/json"}
        async with self.browser.post("/say", data=data, headers=accept) as answer:
            assert answer.status == 200, await answer.text()
        return await self.settled()

    async def settled(self) -> Self:
        await self.house.service.runtime.settled(self.talk)
        new = await self.house.service.store.unread(self.talk, self.last)
        self.heard = [Message.model_validate_json(m.body) for m in new]
        self.last = max([self.last, *(m.id for m in new)])
        return self

    async def says(self, text: str) -> Self:
        return await self.posts(text=text)

    async def acts(self, *actions: str) -> Self:
        for action in actions:
            shown = next(m for m in reversed(self.heard) if m.buttons)
            assert action in [b.action for b in shown.buttons], shown
            await self.posts(press=f"{shown.serial}.{action}")
        return self

    async def asks(self, question: str = "Къде да отида?", desk: str = VRATSA) -> Self:
        await self.says("/librarian")
        await self.acts(f"to:{desk}")
        await self.says(question)
        return await self.acts("pass-on")

    async def fetches(self) -> str:
        """Let the browser show the talk: what it shows is delivered."""
        async with self.browser.get("/") as answer:
            return html.unescape(await answer.text())

    @property
    def texts(self) -> str:
        return "\n\n".join(m.text for m in self.heard)


@dataclass
class Librarian:
    """Somebody at a desk."""

    house: House
    browser: aiohttp.ClientSession
    name: str
    status: int = 0
    headers: Any = None

    async def sees(self, path: str = "/desk", *, raw: bool = False) -> str:
        async with self.browser.get(path, allow_redirects=False) as answer:
            self.status, self.headers = answer.status, answer.headers
            text = await answer.text()
            return text if raw else html.unescape(text)

    async def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', await self.sees("/desk/me", raw=True))
        assert found
        return found[1]

    async def does(self, act: str, text: str = "", *, case: int = 0, **form: str) -> str:
        number = case or (await self.house.case()).number
        data = {"csrf": await self.csrf(), "key": secrets.token_urlsafe(12), "text": text}
        data |= ({"code": "answered"} if act == "close" else {}) | form
        return await self.posts(f"/desk/cases/{number}/{act}", data)

    async def posts(self, path: str, data: dict[str, str], **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.browser.post(
            path, data=data, headers=named, allow_redirects=False
        ) as answer:
            self.status, self.headers = answer.status, answer.headers
            return html.unescape(await answer.text())

    async def reads(self) -> str:
        """The page of the one case there is."""
        return await self.sees(f"/desk/cases/{(await self.house.case()).number}")


# -- coming in -------------------------------------------------------------------------------------


async def test_looking_at_an_invitation_does_not_use_it_up_and_joining_does(tmp_path: Path):
    async with house(tmp_path) as h:
        link = await h.invitation(VRATSA)
        first, second = Librarian(h, h.browser(), "Мария"), Librarian(h, h.browser(), "Иван")
        for _ in range(3):
            assert "Регионална библиотека „Христо Ботев“" in await second.sees(link)
        await first.posts(link, joining("Мария"))
        assert (first.status, first.headers["Location"]) == (303, "/desk")
        assert "използвана или е изтекла" in await second.posts(link, joining("Иван"))
        assert second.status == 410
        assert "използвана или е изтекла" in await second.sees(link)
        # The letter with the link is how the librarian finds the desk again.
        await first.sees(link)
        assert (first.status, first.headers["Location"]) == (303, "/desk")


async def test_an_invitation_expires(tmp_path: Path):
    async with house(tmp_path) as h:
        link = await h.invitation(VRATSA, days=7)
        h.at[0] += 7 * DAY
        who = Librarian(h, h.browser(), "Мария")
        assert "изтекла" in await who.posts(link, joining("Мария"))
        assert not await h.service.desk.librarians()


async def test_of_two_who_use_an_invitation_at_once_one_comes_in(tmp_path: Path):
    async with house(tmp_path) as h:
        link = await h.invitation(VRATSA)
        both = [Librarian(h, h.browser(), name) for name in ("Мария", "Иван")]
        await asyncio.gather(*(who.posts(link, joining(who.name)) for who in both))
        assert sorted(who.status for who in both) == [303, 410]
        assert len(await h.service.desk.librarians()) == 1


@pytest.mark.parametrize("name", ["", "   ", "ж" * 41, "\x00", "\u200b", "a\u202eb"])
async def test_a_name_that_cannot_be_shown_is_asked_for_again(tmp_path: Path, name: str):
    async with house(tmp_path) as h:
        link = await h.invitation(VRATSA)
        who = Librarian(h, h.browser(), name)
        assert "Напишете име до 40 знака." in await who.posts(link, joining(name))
        assert who.status == 400
        await who.posts(link, joining("Мария"))
        assert who.status == 303


async def test_who_comes_back_and_says_so_has_their_cases_again(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian("Мария")
        person = await (await h.person()).asks()
        await maria.does("claim")
        again = await h.librarian("Мария", same="yes")
        await again.does("reply", "Тук съм пак")
        assert again.status == 303
        assert "Тук съм пак" in (await person.settled()).texts


async def test_two_of_one_name_are_two_people(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian("Мария")
        person = await (await h.person()).asks()
        other = Librarian(h, h.browser(), "мария")
        link = await h.invitation(VRATSA)
        assert "Тук вече има „мария“" in await other.posts(link, joining("мария"))
        assert other.status == 400
        await other.posts(link, joining("Мария П."))
        assert other.status == 303
        await maria.does("reply", "Аз съм първата")
        assert "Отговаря Мария" in await other.does("reply", "Аз съм втората")
        assert "Аз съм втората" not in (await person.settled()).texts


@pytest.mark.parametrize("end", ["\x0b", "\x0c", "\r", "\x85", "\u2028"])
async def test_lines_of_other_programs_reach_the_person_as_lines(tmp_path: Path, end: str):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        await maria.does("reply", f"Първи ред{end}втори\x00 ред")
        assert maria.status == 303
        assert "Първи ред\nвтори ред" in (await person.settled()).texts


@pytest.mark.parametrize("nothing", ["\x01\x02", "\u200b", " \n "])
async def test_a_reply_that_nobody_could_see_is_not_sent(tmp_path: Path, nothing: str):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        assert "Напишете нещо" in await maria.does("reply", nothing)
        assert "👤" not in (await person.settled()).texts


async def test_the_cookie_is_kept_from_scripts_and_other_sites(tmp_path: Path):
    # Half an hour more than the session: a visit that outlives it can be taken up again.
    async with house(tmp_path) as h:
        who = Librarian(h, h.browser(), "Мария")
        link = await h.invitation(VRATSA)
        await who.posts(link, joining("Мария"), X_Forwarded_Proto="https")
        cookie = who.headers["Set-Cookie"]
        for flag in ("HttpOnly", "SameSite=Lax", "Path=/desk", "Max-Age=1211400", "Secure"):
            assert flag in cookie
        token = cookie.partition("=")[2].partition(";")[0]
        code = link.rpartition("/")[2]
        assert token.encode() not in h.bytes_on_disk()
        assert code.encode() not in h.bytes_on_disk()


async def test_without_a_session_there_is_only_the_door(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian()
        await (await h.person()).asks("Тайна")
        number = (await h.case()).number
        stranger = Librarian(h, h.browser(), "?")
        assert "отворете поканата" in await stranger.sees()
        door = await stranger.sees(f"/desk/cases/{number}")
        assert "отворете поканата" in door
        assert "Тайна" not in door
        for path in ("/desk/list", f"/desk/cases/{number}/talk"):
            assert "Тайна" not in await stranger.sees(path)
            assert stranger.headers["HX-Redirect"] == "/desk"
        for act in ("claim", "reply", "note", "close"):
            form = {"text": "дълъг отговор", "key": "k" * 8}
            said = await stranger.posts(f"/desk/cases/{number}/{act}", form)
            assert "текстът не е изпратен" in said
            assert "дълъг отговор" in said
        assert (await h.case()).state == "waiting"


async def test_a_session_ends_with_signing_out_and_by_itself(tmp_path: Path):
    async with house(tmp_path) as h:
        maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
        held = maria.browser.cookie_jar.filter_cookies(h.server.make_url("/desk"))
        await maria.posts("/desk/leave", {"csrf": "wrong"})
        assert "отворете поканата" not in await maria.sees()
        await maria.posts("/desk/leave", {"csrf": await maria.csrf()})
        assert "отворете поканата" in await maria.sees()
        maria.browser.cookie_jar.update_cookies(held, h.server.make_url("/desk"))
        assert "отворете поканата" in await maria.sees()
        h.at[0] += 14 * DAY
        assert "отворете поканата" in await ivan.sees()


# -- whose cases -----------------------------------------------------------------------------------


async def test_a_desk_sees_only_its_own_cases(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian("Мария", VRATSA)
        other = await h.librarian("Петя", VIDIN)
        await (await h.person()).asks("Тайна")
        number = (await h.case()).number
        not_there = "Няма такъв въпрос за Вашата библиотека"
        assert "Тайна" not in await other.sees()
        for number_ in (number, 999, 10**14, 10**30):
            page = await other.sees(f"/desk/cases/{number_}")
            assert other.status == 404
            assert "Тайна" not in page
        assert not_there in await other.sees(f"/desk/cases/{number}")
        assert not_there in await other.sees(f"/desk/cases/{number}/talk")
        for act in ("claim", "reply", "note", "close"):
            assert not_there in await other.does(act, "?")
            assert other.status == 404
        assert await other.sees(f"/desk/list?chosen={number}²")
        assert other.status == 200
        entries = await h.service.desk.entries(number)
        assert [(e.kind, e.text) for e in entries] == [("person", "Тайна")]
        assert (await h.case()).state == "waiting"


async def test_an_act_needs_the_token_of_its_form_and_comes_from_the_desk_itself(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        await (await h.person()).asks()
        path = f"/desk/cases/{(await h.case()).number}/claim"
        csrf = await maria.csrf()
        for wrong in ("", "wrong", "грешно", csrf[:-1]):
            said = await maria.posts(path, {"csrf": wrong, "key": "k" * 12})
            assert maria.status == 409
            assert "Нищо не е изпратено" in said
        good = {"csrf": csrf, "key": "k" * 12}
        for headers in ({"Origin": "https://evil.example"}, {"Sec_Fetch_Site": "cross-site"}):
            await maria.posts(path, good, **headers)
            assert maria.status == 403
        await maria.posts(path, {"csrf": csrf})
        assert maria.status == 409
        assert (await h.case()).state == "waiting"
        await maria.posts(path, good)
        assert maria.status == 303
        assert (await h.case()).state == "claimed"


async def test_what_people_write_is_shown_and_never_run(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian(f"<b>{EVIL}"[:40])
        person = await (await h.person()).asks(f"{EVIL} въпрос")
        await person.says(f"{EVIL} още")
        await maria.does("reply", f"{EVIL} отговор")
        await maria.does("note", f"</textarea>{EVIL}")
        number = (await h.case()).number
        for path in ("/desk", f"/desk/cases/{number}", f"/desk/cases/{number}/talk", "/desk/list"):
            page = await maria.sees(path, raw=True)
            assert "<img" not in page
            assert "&lt;" in page
            policy = maria.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy
            assert "unsafe" not in policy
            assert maria.headers["Cache-Control"] == "no-store"
        async with person.browser.get("/") as answer:
            assert "<img src=x" not in await answer.text()


# -- claim, reply, note, close ---------------------------------------------------------------------


async def test_of_two_who_claim_at_once_one_has_it_and_the_other_is_told(tmp_path: Path):
    async with house(tmp_path) as h:
        both = [await h.librarian("Мария"), await h.librarian("Иван")]
        person = await (await h.person()).asks()
        pages = await asyncio.gather(*(who.does("claim") for who in both))
        assert sorted(who.status for who in both) == [303, 409]
        winner, loser = sorted(both, key=lambda who: who.status)
        assert f"{winner.name} пое въпроса в 10:00." in pages[both.index(loser)]
        assert (await person.settled()).texts.count("от библиотеката е с Вас") == 1
        assert f"{winner.name} от библиотеката" in person.texts
        page = await loser.reads()
        assert 'id="reply"' not in page
        assert f"Отговаря {winner.name}. Вие може да запишете бележка." in page


async def test_a_reply_of_one_who_lost_is_not_sent_and_its_text_comes_back(tmp_path: Path):
    async with house(tmp_path) as h:
        maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
        person = await (await h.person()).asks()
        await maria.does("reply", "Аз съм първа")
        await person.settled()
        page = await ivan.does("reply", "Дълго писах\r\nтова & онова")
        assert ivan.status == 409
        assert "Текстът Ви не е изпратен. Пазим го долу." in page
        assert "Дълго писах\nтова & онова</textarea>" in page
        assert not (await person.settled()).heard
        await ivan.does("close")
        assert ivan.status == 409
        assert (await h.case()).state == "for_person"


async def test_two_replies_at_once_send_one(tmp_path: Path):
    async with house(tmp_path) as h:
        both = [await h.librarian("Мария"), await h.librarian("Иван")]
        person = await (await h.person()).asks()
        pages = await asyncio.gather(*(who.does("reply", f"от {who.name}") for who in both))
        loser = max(both, key=lambda who: who.status)
        assert sorted(who.status for who in both) == [303, 409]
        assert f"от {loser.name}</textarea>" in pages[both.index(loser)]
        assert f"от {loser.name}" not in (await person.settled()).texts


async def test_a_reply_claims_and_the_same_form_sent_twice_is_one_reply(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        key = secrets.token_urlsafe(12)
        await asyncio.gather(*(maria.does("reply", "Здравейте", key=key) for _ in range(3)))
        assert maria.status == 303
        assert maria.headers["Location"].endswith("#reply")
        assert (await person.settled()).texts.count("👤 Мария: Здравейте") == 1
        case = await h.case()
        assert (case.state, case.claimed_name) == ("for_person", "Мария")
        await maria.does("reply", "Здравейте")
        assert (await person.settled()).texts.count("👤 Мария: Здравейте") == 1


async def test_an_empty_and_a_too_long_reply_are_said_and_kept(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        await (await h.person()).asks()
        assert "Напишете нещо" in await maria.does("reply", "  \r\n ")
        page = await maria.does("reply", "ж" * 3501)
        assert "Скъсете го до" in page
        assert "ж" * 3501 in page
        lines = "\r\n".join(["ж"] * 1750)
        await maria.does("reply", lines)
        assert maria.status == 303


async def test_a_note_never_reaches_the_person(tmp_path: Path):
    async with house(tmp_path) as h:
        maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
        person = await (await h.person()).asks()
        await maria.does("note", "Да питам бюрото")
        await ivan.does("claim")
        await maria.does("note", "Питах")
        assert maria.status == 303
        assert "Питах" in await ivan.reads()
        assert "Питах" not in (await person.settled()).texts
        talk = await person.fetches()
        assert "Питах" not in talk
        assert "Да питам бюрото" not in talk


async def test_closing_tells_the_person_and_later_acts_change_nothing(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).says("/help")
        await person.asks()
        await maria.does("reply", "Готово")
        await person.settled()
        await maria.does("close")
        await person.settled()
        assert "Мария приключи разговора" in person.texts
        assert "Ето какво мога" in person.texts
        before = await h.service.desk.entries((await h.case()).number)
        for act in ("claim", "reply", "note"):
            page = await maria.does(act, "Още едно")
            assert (act, maria.status) == (act, 409)
            assert "Мария приключи разговора в 10:00." in page
            assert act == "claim" or "Още едно</textarea>" in page
        assert await h.service.desk.entries((await h.case()).number) == before
        assert not (await person.settled()).heard


async def test_what_is_written_while_the_person_ends_is_said_not_to_have_gone(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        await person.acts("end-case")
        page = await maria.does("reply", "Елате утре")
        assert "Човекът приключи разговора в 10:00. Текстът Ви не е изпратен" in page
        assert "Елате утре</textarea>" in page
        assert "Човекът приключи разговора." in page


async def test_what_waits_for_an_answer_stands_first(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        people = [await (await h.person()).asks(f"Въпрос-{n}") for n in range(3)]
        numbers = [case.number for case in await h.service.desk.cases(VRATSA)]
        await maria.does("reply", "Отговор", case=numbers[0])
        page = await maria.sees()
        assert page.index("Въпрос-1") < page.index("Въпрос-2") < page.index("Въпрос-0")
        assert "<title>(2) " in page
        await people[0].says("А кога?")
        page = await maria.sees()
        assert "при Вас, чака отговор" in page
        assert "<title>(3) " in page


async def test_a_part_that_has_not_changed_is_not_sent_again(tmp_path: Path):
    """So the polling page touches nothing that is being read or written."""
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        number = (await h.case()).number
        page = await maria.sees(f"/desk/cases/{number}", raw=True)
        parts = [html.unescape(part) for part in re.findall(r'hx-get="([^"]+seen=[^"]+)"', page)]
        assert [part.partition("?")[0].split("/")[-1] for part in parts] == ["list", "talk", "card"]
        for part in parts:
            await maria.sees(part)
            assert maria.status == 204
        await person.says("Още нещо")
        assert "Още нещо" in await maria.sees(parts[1])
        assert maria.status == 200


# -- delivered -------------------------------------------------------------------------------------


async def test_delivered_is_said_only_once_the_browser_has_the_words(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        await maria.does("reply", "Здравейте")
        assert "… още не е доставено" in await maria.reads()
        assert "✓" not in await maria.reads()
        assert "Здравейте" in await person.fetches()
        assert "✓ доставено" in await maria.reads()


async def through_push(h: House, key: "itertools.count[int]", *events: Event) -> None:
    for event in events:
        raw = event.model_dump_json()
        await h.service.runtime.take_in([Arrival("push", str(next(key)), "7", raw, 0)])
        await h.service.runtime.settle()
        await h.service.deliveries["push"].settle()


@pytest.mark.parametrize(
    ("fault", "shown"),
    [
        (SendError("blocked", again=False), "✗ Не е доставено: човекът е спрял бота. През Посока"),
        (
            SendError("Odd English", again=False),
            "✗ Не е доставено: платформата не го прие. Пратете",
        ),
        (SendError("timeout", again=True), "… още не е доставено"),
        (None, "✓ доставено"),
    ],
)
async def test_what_a_platform_did_with_the_words_is_said(
    tmp_path: Path, fault: SendError | None, shown: str
):
    async with house(tmp_path) as h:
        maria, key = await h.librarian(), itertools.count(1)
        await through_push(h, key, Said(text="/librarian"))
        talk = h.service.store.conversation
        await through_push(h, key, Pressed(serial=1, action=f"to:{VRATSA}"), Said(text="Кой?"))
        await through_push(h, key, Pressed(serial=3, action="pass-on"))
        assert await talk("push:7")
        h.push.fault = fault
        await maria.does("reply", "Аз")
        if fault is None or not fault.again:
            await h.service.deliveries["push"].settle()
        await asyncio.sleep(0.05)
        assert shown in await maria.reads()


# -- erased ----------------------------------------------------------------------------------------


async def test_what_is_erased_stands_nowhere_and_the_open_page_says_so(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks("тайнаДУМА1")
        await person.says("тайнаДУМА2")
        await maria.does("reply", "тайнаДУМА3")
        await maria.does("note", "тайнаДУМА4")
        number = (await h.case()).number
        stale = await h.case()
        await person.says("/delete")
        await person.acts("erase")
        gone = "Може човекът да е изтрил данните си"
        assert gone in await maria.sees(f"/desk/cases/{number}/talk?seen=x")
        assert (maria.status, maria.headers["HX-Retarget"]) == (200, "#case")
        assert gone in await maria.does("reply", "Ехо", case=number)
        assert "тайна" not in await maria.sees()
        assert "тайнаДУМА".encode() not in h.bytes_on_disk()
        # A reply that was under way when the talk was erased.
        me = (await h.service.desk.librarians())[0]
        await h.service.roster.act(stale, "reply", me, text="Ехо")
        await h.service.runtime.settle()
        assert await h.service.store.conversation(person.talk) is None
        assert not await h.service.store.dead_letters()
        assert await h.service.desk.case(number) is None
        assert not await h.service.desk.entries(number)


# -- kept for so long ------------------------------------------------------------------------------


async def test_a_closed_case_goes_after_thirty_days_also_where_the_talk_goes_on(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks("тайнаДУМА")
        await maria.does("reply", "тайнаДУМА")
        await maria.does("close")
        await person.fetches()
        number, store = (await h.case()).number, h.service.store
        h.at[0] += 30 * DAY
        await person.says("/help")
        await store.forget(millis(h.at[0]), Retention())
        assert await h.service.desk.case(number)
        assert await h.service.desk.entries(number)
        await store.forget(millis(h.at[0]) + 1, Retention())
        assert await h.service.desk.case(number) is None
        assert not await h.service.desk.entries(number)
        assert await store.conversation(person.talk)
        assert "тайнаДУМА".encode() not in h.bytes_on_disk()


async def test_an_open_case_of_a_talk_that_expires_goes_with_it(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian()
        await (await h.person()).asks("тайнаДУМА")
        number = (await h.case()).number
        await h.service.store.forget(millis(h.at[0] + 30 * DAY) + 1, Retention())
        assert await h.service.desk.case(number) is None
        assert not await h.service.desk.entries(number)
        assert "тайнаДУМА".encode() not in h.bytes_on_disk()


# -- waiting, restart ------------------------------------------------------------------------------


async def test_a_waiting_case_goes_to_the_first_desk_that_joins(tmp_path: Path):
    async with house(tmp_path) as h:
        person = await h.person()
        await person.says("/librarian")
        assert "Сега няма библиотекар" in person.texts
        await person.acts("to:")
        await person.says("Кой?")
        await person.acts("pass-on")
        petya = await h.librarian("Петя", VIDIN)
        maria = await h.librarian("Мария", VRATSA)
        assert "Намери се библиотека за въпроса Ви" in (await person.settled()).texts
        assert "Видин" in person.texts
        assert "Кой?" in await petya.sees()
        assert "Кой?" not in await maria.sees()


async def test_two_desks_that_join_at_once_share_no_case_and_both_answer_from_then_on(
    tmp_path: Path,
):
    async with house(tmp_path) as h:
        person = await h.person()
        await person.says("/librarian")
        await person.acts("to:", "case-card", "pass-on")
        await asyncio.gather(h.librarian("Петя", VIDIN), h.librarian("Мария", VRATSA))
        await person.settled()
        assert person.texts.count("Намери се библиотека") == 1
        assert {desk.id for desk in h.service.roster.now.desks} == {VRATSA, VIDIN}
        assert (await h.case()).library in (VRATSA, VIDIN)


async def test_desks_stand_in_the_order_they_joined(tmp_path: Path):
    joined = ["lib-montana-reg", VIDIN, VRATSA, "lib-ch-1987", "lib-ch-3345"]
    async with house(tmp_path) as h:
        for library in joined:
            h.at[0] += dt.timedelta(seconds=1)
            await h.librarian("Мария", library)
        assert [desk.id for desk in h.service.roster.now.desks] == joined


async def test_a_talk_goes_on_after_a_restart(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        jars = [who.browser.cookie_jar for who in (maria, person)]
    async with house(tmp_path) as h:
        maria = Librarian(h, h.browser(jars[0]), "Мария")  # type: ignore[arg-type]
        person = Person(h, h.browser(jars[1]), person.talk, person.last)  # type: ignore[arg-type]
        await maria.does("reply", "След почивката")
        assert "👤 Мария:</b>\nСлед почивката" in await person.fetches()
        assert "✓ доставено" in await maria.reads()


# -- trial -----------------------------------------------------------------------------------------


async def test_in_the_trial_both_sides_are_told_and_every_case_stays_there(tmp_path: Path):
    async with house(tmp_path, configured=False) as h:
        tester = await h.librarian("Аз", TRIAL, trial=True)
        person = await (await h.person()).asks("Пробен въпрос", TRIAL)
        assert "Пробен режим" in person.texts
        assert "Пробен режим" in await person.fetches()
        assert "Пробен режим" in await tester.sees()
        assert "Пробен въпрос" in await tester.sees()
        assert (await h.case()).library == TRIAL


async def test_the_trial_ends_when_a_real_desk_joins(tmp_path: Path):
    async with house(tmp_path, configured=False) as h:
        tester = await h.librarian("Аз", TRIAL, trial=True)
        unused = await h.invitation(TRIAL, trial=True)
        person = await (await h.person()).asks("Пробен въпрос", TRIAL)
        halfway = await h.person()
        await halfway.says("/librarian")
        await halfway.acts(f"to:{TRIAL}", "case-card")
        maria = await h.librarian("Мария")
        assert "Пробният режим свърши" in (await person.settled()).texts
        assert "Христо Ботев" not in person.texts
        assert "отворете поканата" in await tester.sees()
        late = Librarian(h, h.browser(), "Късен")
        await late.posts(unused, {"name": "Късен"})
        assert late.status == 410
        # A card that was shown in the trial is not passed on to a real library.
        await halfway.acts("pass-on")
        assert "вече не отговаря тук" in halfway.texts
        page = await maria.sees()
        assert "Пробен въпрос" not in page
        assert "Пробен режим" not in page
        assert "Сега няма въпроси" in page
        assert "Пробен режим" not in await person.fetches()


async def test_where_a_channel_is_set_up_there_is_no_trial(tmp_path: Path):
    async with house(tmp_path, configured=False) as h:
        await h.librarian("Аз", TRIAL, trial=True)
        person = await (await h.person()).asks("Пробен въпрос", TRIAL)
    async with house(tmp_path, configured=True) as h:
        person = Person(h, h.browser(), person.talk, person.last)
        assert "Пробният режим свърши" in (await person.settled()).texts
        link = await h.invitation(TRIAL, trial=True)
        who = Librarian(h, h.browser(), "Аз")
        await who.posts(link, {"name": "Аз"})
        assert who.status == 410
        assert not await h.service.desk.librarians()
        other = await h.person()
        await other.says("/librarian")
        assert "Сега няма библиотекар" in other.texts


# -- when ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("library", "told", "promise"),
    [
        (VRATSA, None, "Сега е отворено, до 18:00."),
        (VRATSA, "Mo-Fr 12:00-16:00", "Отваря днес (23.11) в 12:00"),
        (VIDIN, None, "Отговорът идва, когато библиотеката работи."),
        (VIDIN, "Mo-Fr 09:00-17:00", "Сега е отворено, до 17:00."),
    ],
)
async def test_hours_are_those_the_library_told_else_the_sourced_ones_else_unknown(
    tmp_path: Path, library: str, told: str | None, promise: str
):
    async with house(tmp_path) as h:
        await h.librarian("Мария", library)
        if told:
            await h.service.desk.set_hours(library, told, 0)
            await h.service.roster.refresh()
        person = await h.person()
        await person.says("/librarian")
        assert promise in person.texts
