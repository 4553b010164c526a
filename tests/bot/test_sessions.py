"""Who gets in although strangers try, what keeps a session alive, and what an invitation is not."""

import datetime as dt
import re
from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from test_accounts import admin, comes, done, gives, number_of, signs_in
from test_desk import DAY, MONDAY, PASSWORD, VRATSA, House, Librarian, house, joining

from bot.__main__ import _NO_PROXY, _say_what_is_on
from bot.clock import millis
from bot.desk.accounts import Refused
from bot.desk.tries import Tries, Try
from bot.settings import Settings, read_settings
from bot.store.interface import Librarian as Kept
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_accounts import SqliteAccounts
from bot.web.application import application

HERE, AWAY = "203.0.113.0/24", "198.51.100.0/24"
MARIA = joining("Мария")["login"]
MINUTE = dt.timedelta(minutes=1)
DOOR = "Вход за библиотекари"


# -- strangers ---------------------------------------------------------------------------------


class At:
    """The counts over a real file, and a clock that is turned by hand."""

    def __init__(self, store: SqliteStore) -> None:
        self.now = [MONDAY]
        self.tries = Tries(SqliteAccounts(store), lambda: self.now[0])

    async def fails(self, one: Try) -> bool:
        """Whether the try was let through to be compared; the password was wrong."""
        if await self.tries.begun(one):
            return False
        await self.tries.wrong(one)
        return True

    async def failed_in(self, days: int, network: str, *, known: bool = False) -> list[int]:
        """How many passwords get compared each day, one tried every half minute."""
        counts = []
        for _ in range(days):
            n = 0
            for step in range(2 * 24 * 60):
                self.now[0] += MINUTE / 2
                n += await self.fails(Try("maria", network.format(step % 250), known))
            counts.append(n)
        return counts


@pytest.fixture
async def at(tmp_path: Path) -> AsyncIterator[At]:
    store = SqliteStore(tmp_path / "posoka.db")
    await store.open()
    yield At(store)
    await store.close()


async def test_a_thousand_networks_try_one_login_no_oftener_than_the_docs_say(at: At):
    first, second = await at.failed_in(2, "10.0.{}.0/24")
    assert 20 <= first <= 20 + 29
    assert 20 <= second <= 24


async def test_who_tries_from_the_owners_own_network_is_held_sooner_still(at: At):
    first, second = await at.failed_in(2, HERE, known=True)
    assert 5 <= first <= 5 + 29
    assert 20 <= second <= 24


async def test_the_owner_gets_in_all_the_while_and_frees_nobody(at: At):
    for n in range(20):
        assert await at.fails(Try("maria", f"10.0.{n}.0/24"))
    stranger, owner = Try("maria", AWAY), Try("maria", HERE, known=True)
    for _ in range(30):
        assert await at.tries.begun(stranger)
        assert not await at.tries.begun(owner)
        await at.tries.right(owner)
    at.now[0] += MINUTE
    assert await at.fails(stranger)
    at.now[0] += MINUTE
    assert not await at.fails(stranger)  # this pause is of two minutes
    assert not await at.tries.begun(owner)


async def test_a_login_of_nobody_is_held_as_anybodys(at: At):
    held = {}
    for login in ("maria", "nobody"):
        held[login] = [await at.fails(Try(login, f"{login}-{n}")) for n in range(22)]
    assert held["maria"] == held["nobody"] == [True] * 20 + [False] * 2


async def test_the_right_password_gets_in_where_it_has_before_and_waits_elsewhere(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian("Мария")
        accounts = h.service.accounts
        who = await accounts.store.person(await number_of(h, "Мария"))
        assert who
        await accounts.audit(who, "sign-in", address=HERE)
        for n in range(20):
            assert await accounts.knows(MARIA, "грешна", f"10.0.{n}.0/24") is not None
        assert isinstance(await accounts.knows(MARIA, PASSWORD, AWAY), Refused)
        assert await accounts.knows(MARIA, PASSWORD, HERE) == who
        wrong = await accounts.knows(MARIA, "грешна", HERE)
        assert wrong == Refused(0)
        # A quarter of a year later nobody knows that network any more.
        h.at[0] += 91 * DAY
        for n in range(20):
            await accounts.knows(MARIA, "грешна", f"10.0.{n}.0/24")
        assert isinstance(await accounts.knows(MARIA, PASSWORD, HERE), Refused)


async def test_a_pause_made_by_strangers_is_seen_at_no_door_that_is_known(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian("Мария")
        behind = TestServer(application(h.service, trusted_proxy=[ip_network("127.0.0.1")]))
        await behind.start_server()
        async with aiohttp.ClientSession(str(behind.make_url("/"))) as browser:

            async def tries(network: str, password: str) -> int:
                form, headers = {"login": MARIA, "password": password}, {"X-Forwarded-For": network}
                async with browser.post(
                    "/desk", data=form, headers=headers, allow_redirects=False
                ) as answer:
                    return answer.status

            assert await tries("203.0.113.9", PASSWORD) == 303
            assert [await tries("198.51.100.7", "грешна") for _ in range(6)][-1] == 429
            assert await tries("198.51.100.7", PASSWORD) == 429
            assert await tries("203.0.113.77", PASSWORD) == 303
        await behind.close()


@pytest.mark.parametrize(
    ("environment", "warned"),
    [
        ({}, False),
        ({"LISTEN": "[::1]:8080"}, False),
        ({"LISTEN": "localhost:8080"}, False),
        ({"LISTEN": "0.0.0.0:8080"}, True),
        ({"LISTEN": "[::]:8080"}, True),
        ({"PUBLIC_URL": "https://posoka.example.bg"}, True),
        ({"PUBLIC_URL": "https://posoka.example.bg", "TRUSTED_PROXY": "127.0.0.1"}, False),
    ],
)
async def test_a_service_that_others_reach_asks_for_its_web_server(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    environment: dict[str, str],
    warned: bool,
):
    settings: Settings = read_settings({f"POSOKA_{name}": v for name, v in environment.items()})
    async with house(tmp_path) as h:
        runner = aiohttp.web.AppRunner(application(h.service))
        await runner.setup()
        await aiohttp.web.TCPSite(runner, "127.0.0.1", 0).start()
        await _say_what_is_on(settings, h.service, runner)
        await runner.cleanup()
    assert (_NO_PROXY in capsys.readouterr().out) is warned


# -- what keeps a session on a shared computer alive -------------------------------------------

NAVIGATES = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
ACTS = {
    "a link": ("/desk/me", NAVIGATES),
    "a link in a browser from before these headers": ("/desk/me", {"Accept": "text/html,*/*"}),
}
NO_ACTS = {
    "a page that comes anew by itself": ("/desk?by-itself", NAVIGATES),
    "the same with more in the address": ("/desk?a=1&by-itself=", NAVIGATES),
    "a picture": ("/desk", {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}),
    "a script": ("/desk/me", {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}),
    "what stands inside": ("/desk", {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}),
    "a guess of the browser": ("/desk/me", NAVIGATES | {"Sec-Purpose": "prefetch;prerender"}),
    "an old browser's picture": ("/desk", {"Accept": "image/png,image/*;q=0.8,*/*;q=0.5"}),
    "an old browser's script": ("/desk/me", {"Accept": "*/*"}),
    "a part of the page": ("/desk/list", NAVIGATES | {"HX-Request": "true"}),
}


async def ends_in(h: House, who: Librarian, path: str, headers: dict[str, str]) -> bool:
    """Whether the session is over a quarter of an hour after its begin, in spite of that."""
    h.at[0] += 14 * MINUTE
    async with who.browser.get(path, headers=headers) as answer:
        assert answer.status < 400
        assert DOOR not in await answer.text()
    h.at[0] += MINUTE
    async with who.browser.get("/desk/still") as answer:
        return answer.status == 401


async def test_a_session_lives_by_what_a_person_does_alone(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian("Мария")
        over = {}
        for kind, (path, headers) in (ACTS | NO_ACTS).items():
            maria = await signs_in(h, "Мария", shared="yes")
            over[kind] = await ends_in(h, maria, path, headers)
        assert over == {kind: kind in NO_ACTS for kind in over}


# -- what an invitation is not -----------------------------------------------------------------


async def without_a_login(h: House, name: str = "Мария") -> str:
    """An account of before there were logins, or of the group; returns its id."""
    link = await h.invitation(VRATSA)
    old = Kept("old", VRATSA, name, trial=False)
    assert await h.service.desk.join(link.rpartition("/")[2], old, millis(h.at[0]))
    return old.id


async def test_an_invitation_makes_nobody_somebody_who_is_here_already(tmp_path: Path):
    async with house(tmp_path) as h:
        number = await without_a_login(h)
        code = await h.service.accounts.invite(None, "admin", VRATSA)
        who, link = Librarian(h, h.browser(), "Мария"), f"/desk/join/{code}"
        page = await who.posts(link, joining("Мария", same="yes"))
        assert who.status == 400
        assert "поискайте от администратора лична връзка" in page
        kept = await h.service.accounts.store.person(number)
        assert kept
        assert (kept.role, kept.login) == ("librarian", None)
        # The invitation is still good, for somebody new.
        await who.posts(link, joining("Мария П."))
        assert who.status == 303
        people = await h.service.accounts.store.people()
        assert {(one.who.name, one.who.role) for one in people} == {
            ("Мария", "librarian"),
            ("Мария П.", "admin"),
        }


async def test_their_own_link_lets_them_in_as_who_they_are(tmp_path: Path):
    async with house(tmp_path) as h:
        number, ana = await without_a_login(h), await admin(h)
        page = await gives(ana, f"/desk/people/{number}/reset")
        assert "Лична връзка за Мария" in page
        found = re.search(r'value="https?://[^/]+(/desk/reset/[\w-]+)"', page)
        assert found
        await h.librarian("Иван")
        who, new = Librarian(h, h.browser(), "Мария"), joining("Мария")
        assert "Връзката е за: Мария" in await who.sees(found[1])
        short = await who.posts(found[1], new | {"login": "м"})
        assert "от 3 до 40 знака" in short
        taken = await who.posts(found[1], new | {"login": joining("Иван")["login"]})
        assert "вече се ползва" in taken
        await who.posts(found[1], new)
        assert who.status == 303
        assert "Мария" in await who.sees()
        kept = await h.service.accounts.store.person(number)
        assert kept
        assert (kept.role, kept.login) == ("librarian", new["login"])
        assert (await signs_in(h, "Мария")).status == 303
        # A login that there is stays, whatever is posted.
        again = await h.service.accounts.offer_reset(None, kept)
        await who.posts(f"/desk/reset/{again}", new | {"login": "another"})
        assert await h.service.accounts.store.by_login("another") is None


async def test_who_was_stopped_is_told_so_before_the_invitation_is_used_up(tmp_path: Path):
    async with house(tmp_path) as h:
        ana, number = await admin(h), await without_a_login(h)
        await gives(ana, f"/desk/people/{number}/disable")
        code = await h.service.accounts.invite(None, "librarian", VRATSA)
        who = Librarian(h, h.browser(), "Мария")
        page = await who.posts(f"/desk/join/{code}", joining("Мария", same="yes"))
        assert "Достъпът на „Мария“ тук е спрян" in page
        assert await h.service.accounts.invited(code)
        assert (await done(h)).count("join") == 1
        await comes(h, "librarian", VRATSA, "Иван")
