"""Who signs in at the desk: with what, for how long, what they may open, and what is noted."""

import asyncio
import datetime as dt
import os
import re
import statistics
import time
from ipaddress import ip_network
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from test_desk import DAY, PASSWORD, VIDIN, VRATSA, House, Librarian, house, joining

from bot.__main__ import main
from bot.clock import millis, now
from bot.desk.accounts import BUREAU
from bot.desk.passwords import Passwords, common, fault_of, folded
from bot.desk.pauses import LONG_CALM, MINUTE, OF_ADDRESS, OF_LOGIN, OF_PAIR, failed, forgiven
from bot.store.accounts import Failures
from bot.store.interface import Retention, Role
from bot.web.application import application

BUREAU_VRATSA = f"{BUREAU}dbt-vratsa"
OTHER = "четири дъждовни дни"
IDLE = dt.timedelta(minutes=15)
AJAX = {"HX-Request": "true"}


async def comes(h: House, role: Role, desk: str, name: str, **form: str) -> Librarian:
    """Somebody who has just used an invitation for that role."""
    code = await h.service.accounts.invite(None, role, desk)
    who = Librarian(h, h.browser(), name)
    await who.posts(f"/desk/join/{code}", joining(name, desk) | form)
    assert who.status == 303
    return who


async def admin(h: House, name: str = "Ана") -> Librarian:
    return await comes(h, "admin", "", name)


async def signs_in(h: House, name: str, desk: str = VRATSA, **form: str) -> Librarian:
    """Whoever tries to come in at the door; `status` says whether they did."""
    who = Librarian(h, h.browser(), name)
    await who.posts("/desk", joining(name, desk) | form)
    return who


def token(who: Librarian) -> str:
    cookies = who.browser.cookie_jar.filter_cookies(who.house.server.make_url("/desk"))
    return cookies["posoka_desk"].value if "posoka_desk" in cookies else ""


async def gives(who: Librarian, path: str, **form: str) -> str:
    """Post one's own form, as the page /desk/me shows it."""
    found = re.search(r'name="csrf" value="([^"]+)"', await who.sees("/desk/me", raw=True))
    assert found
    return await who.posts(path, {"csrf": found[1]} | form)


async def number_of(h: House, name: str) -> str:
    people = await h.service.accounts.store.people()
    return next(account.who.id for account in people if account.who.name == name)


async def done(h: House) -> list[str]:
    return [line.action for line in await h.service.accounts.store.trail(0, 999)]


# -- signing in ------------------------------------------------------------------------------------


async def test_who_has_joined_comes_back_with_login_and_password(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian("Мария")
        await maria.posts("/desk/leave", {"csrf": await maria.csrf()})
        assert "Вход за библиотекари" in await maria.sees()
        login = joining("Мария")["login"]
        again = await signs_in(h, "Мария", login=f" {login.upper()} ")
        assert (again.status, again.headers["Location"]) == (303, "/desk")
        assert "Мария" in await again.sees()
        assert PASSWORD.encode() not in h.bytes_on_disk()


async def test_a_wrong_password_and_an_unknown_login_are_answered_alike(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian("Мария")
        login = joining("Мария")["login"]
        who = Librarian(h, h.browser(), "?")
        answers = []
        for given_login in (login, "nobody"):
            form = {"login": given_login, "password": "грешна парола"}
            said = await who.posts("/desk", form)
            assert "Името или паролата не са верни" in said
            answers.append((who.status, said.replace(given_login, "…")))
        assert answers[0] == answers[1]
        assert answers[0][0] == 400
        assert "грешна парола" not in answers[0][1]


async def test_no_password_takes_as_long_to_compare_as_a_wrong_one():
    passwords = Passwords()
    kept = await passwords.hash(PASSWORD)
    assert await passwords.is_right(kept, PASSWORD)
    assert not await passwords.is_right(None, "")
    took: dict[str | None, list[float]] = {kept: [], None: []}
    for _ in range(5):
        for hashed, times in took.items():
            begun = time.process_time()
            assert not await passwords.is_right(hashed, "друга парола")
            times.append(time.process_time() - begun)
    known, unknown = (statistics.median(times) for times in took.values())
    assert 0.5 < unknown / known < 2


async def test_a_session_has_a_new_token_and_the_one_before_is_dead(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian("Мария")
        before = token(maria)
        await maria.posts("/desk", joining("Мария"))
        assert token(maria) not in ("", before)
        assert await h.service.desk.session(before, millis(h.at[0])) is None
        chosen = Librarian(h, h.browser(), "Мария")
        chosen.browser.cookie_jar.update_cookies(
            {"posoka_desk": "chosen-by-another"}, h.server.make_url("/desk")
        )
        await chosen.posts("/desk", joining("Мария"))
        assert chosen.status == 303
        assert await h.service.desk.session("chosen-by-another", millis(h.at[0])) is None


async def test_what_was_written_goes_through_the_door_with_its_writer(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian("Мария")
        await (await h.person()).asks()
        number = (await h.case()).number
        form = {"csrf": await maria.csrf(), "key": "k" * 12, "text": "Дълго\nписах & още"}
        h.at[0] += 14 * DAY
        page = await maria.posts(f"/desk/cases/{number}/reply", form)
        assert "Дълго\nписах & още</textarea>" in page
        back = f"/desk/cases/{number}"
        assert f'name="back" value="{back}"' in page
        carried = {"draft": "Дълго\nписах & още", "back": back}
        page = await maria.posts("/desk", joining("Мария") | carried | {"password": "грешна"})
        assert "Дълго\nписах & още</textarea>" in page
        assert f'name="back" value="{back}"' in page
        page = await maria.posts("/desk", joining("Мария") | carried)
        assert "Дълго\nписах & още</textarea>" in page
        assert f'href="{back}"' in page
        assert "Мария" in await maria.sees(back)


@pytest.mark.parametrize("back", ["//evil.example", "/desk/cases/1/../x", "https://evil.example"])
async def test_the_door_leads_nowhere_else(tmp_path: Path, back: str):
    async with house(tmp_path) as h:
        await h.librarian("Мария")
        who = await signs_in(h, "Мария", back=back)
        assert who.headers["Location"] == "/desk"


# -- joining ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"login": ""}, "от 3 до 40 знака"),
        ({"login": "ab"}, "от 3 до 40 знака"),
        ({"login": "a b c"}, "от 3 до 40 знака"),
        ({"login": "<script>"}, "от 3 до 40 знака"),
        ({"password": ""}, "Нужни са поне 10 знака"),
        ({"password": "деветзнак"}, "Нужни са поне 10 знака"),
        ({"password": "ж" * 201}, "твърде дълга"),
        ({"password": "Qwertyuiop"}, "от най-познаваните"),
        ({"password": "1234567890"}, "от най-познаваните"),
        ({"login": "maria.petrova", "password": "Maria.Petrova"}, "същата като"),
    ],
)
async def test_a_login_or_a_password_that_will_not_do_is_asked_for_again(
    tmp_path: Path, form: dict[str, str], fault: str
):
    async with house(tmp_path) as h:
        link = await h.invitation(VRATSA)
        who = Librarian(h, h.browser(), "Мария")
        page = await who.posts(link, joining("Мария") | form)
        assert who.status == 400
        assert fault in page
        assert 'value="Мария"' in page
        assert not await h.service.desk.librarians()
        await who.posts(link, joining("Мария"))
        assert who.status == 303


def test_a_password_needs_no_signs_of_a_kind():
    assert fault_of("само малки букви", "maria") is None
    assert len(common()) >= 100
    assert all(fault_of(word, "") == "common" for word in common())
    # One letter may be written as one sign or as two.
    assert folded("Й") == folded("й")


async def test_a_login_is_one_persons_even_for_two_who_join_at_once(tmp_path: Path):
    async with house(tmp_path) as h:
        links = [await h.invitation(VRATSA), await h.invitation(VIDIN)]
        both = [Librarian(h, h.browser(), name) for name in ("Мария", "Иван")]
        forms = [joining(who.name) | {"login": "desk"} for who in both]
        pages = await asyncio.gather(
            *(w.posts(link, f) for w, link, f in zip(both, links, forms, strict=True))
        )
        assert sorted(who.status for who in both) == [303, 400]
        loser = max(both, key=lambda who: who.status)
        assert "вече се ползва" in pages[both.index(loser)]
        # The invitation of who was slower is not used up.
        await loser.posts(links[both.index(loser)], joining(loser.name) | {"login": "desk2"})
        assert loser.status == 303


async def test_nobody_takes_anothers_name_by_saying_that_it_is_theirs(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian("Мария")
        other = Librarian(h, h.browser(), "Мария")
        link = await h.invitation(VRATSA)
        form = joining("Мария") | {"login": "other", "same": "yes"}
        assert "влезте с паролата си" in await other.posts(link, form)
        assert other.status == 400


# -- failures --------------------------------------------------------------------------------------


def test_pauses_double_from_the_fifth_failure_to_an_hour():
    counted, now, waited = Failures(), 10**12, []
    for _ in range(14):
        counted = failed(counted, now, OF_PAIR)
        waited.append(max(0, counted.until - now) // MINUTE)
        now = max(now, counted.until)
    assert waited == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_a_quarter_of_an_hour_forgets_few_failures_and_a_day_many():
    now = 10**12
    few = failed(failed(Failures(), now, OF_PAIR), now, OF_PAIR)
    assert failed(few, now + 15 * MINUTE - 1, OF_PAIR).count == 3
    assert failed(few, now + 15 * MINUTE, OF_PAIR).count == 1
    many = Failures(7, now, now + 4 * MINUTE)
    assert failed(many, now + 60 * MINUTE, OF_PAIR).count == 8
    assert failed(many, now + 4 * MINUTE + LONG_CALM, OF_PAIR).count == 1


@given(st.integers(0, 100), st.integers(0, 10**13), st.sampled_from([OF_PAIR, OF_LOGIN]))
def test_a_failure_that_was_none_leaves_no_longer_pause(count: int, now: int, patience: int):
    before = Failures(count, now, 0)
    after = forgiven(failed(before, now, patience), patience)
    assert after.count == count
    assert after.until <= failed(before, now, patience).until


async def test_after_five_wrong_tries_even_the_right_password_waits(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian("Мария")
        for _ in range(5):
            who = await signs_in(h, "Мария", password="грешна")  # noqa: S106
        assert who.status == 429
        who = Librarian(h, h.browser(), "Мария")
        assert "Опитайте пак в 10:01 ч." in await who.posts("/desk", joining("Мария"))
        assert (who.status, who.headers["Retry-After"]) == (429, "61")
    # A restart makes nobody faster.
    async with house(tmp_path, now=h.at[0] + dt.timedelta(seconds=59)) as h:
        assert (await signs_in(h, "Мария")).status == 429
        h.at[0] += dt.timedelta(seconds=1)
        assert (await signs_in(h, "Мария")).status == 303
        assert (await signs_in(h, "Мария", password="грешна")).status == 400  # noqa: S106


async def test_a_login_that_nobody_has_pauses_as_any_other(tmp_path: Path):
    async with house(tmp_path) as h:
        seen = [(await signs_in(h, "Никой")).status for _ in range(6)]
        assert seen == [400, 400, 400, 400, 429, 429]


async def test_many_tries_at_once_are_as_many_failures(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian("Мария")
        wrong = [signs_in(h, "Мария", password=f"грешна {n}") for n in range(12)]
        tried = [who.status for who in await asyncio.gather(*wrong)]
        assert tried.count(400) <= 4
        assert (await done(h)).count("sign-in-failed") == 5


async def test_a_network_that_tries_many_logins_pauses_but_for_whom_it_is_known_to(
    tmp_path: Path,
):
    async with house(tmp_path) as h:
        await h.librarian("Мария")
        for n in range(OF_ADDRESS - 1):
            assert (await signs_in(h, "?", login=f"login{n}")).status == 400
        assert (await signs_in(h, "Мария")).status == 303
        assert (await signs_in(h, "?", login="one-more")).status == 429
        assert (await signs_in(h, "Мария")).status == 303
        # An account of their own frees nobody to try the others'.
        assert (await signs_in(h, "?", login="yet-another")).status == 429


@pytest.mark.parametrize(
    ("trusted", "forwarded", "noted"),
    [
        ([], "203.0.113.9", "127.0.0.0/24"),
        (["127.0.0.1"], "203.0.113.9", "203.0.113.0/24"),
        (["127.0.0.1"], "10.9.9.9, 203.0.113.9", "203.0.113.0/24"),
        (["127.0.0.1", "10.0.0.0/8"], "203.0.113.9, 10.9.9.9", "203.0.113.0/24"),
        (["127.0.0.1"], "2001:db8:1:2::3", "2001:db8:1::/48"),
        (["127.0.0.1"], "::ffff:203.0.113.9", "203.0.113.0/24"),
        (["127.0.0.1"], "nonsense", "127.0.0.0/24"),
        (["127.0.0.1"], "", "127.0.0.0/24"),
    ],
)
async def test_who_calls_is_believed_to_a_trusted_web_server_alone(
    tmp_path: Path, trusted: list[str], forwarded: str, noted: str
):
    async with house(tmp_path) as h:
        behind = TestServer(
            application(h.service, trusted_proxy=[ip_network(one) for one in trusted])
        )
        await behind.start_server()
        async with aiohttp.ClientSession() as browser:
            headers = {"X-Forwarded-For": forwarded}
            form = {"login": "nobody", "password": "none"}
            async with browser.post(behind.make_url("/desk"), data=form, headers=headers) as answer:
                assert answer.status == 400
        await behind.close()
        (line,) = await h.service.accounts.store.trail(0, 9)
        assert (line.action, line.address) == ("sign-in-failed", noted)


# -- a shared computer -----------------------------------------------------------------------------


async def test_on_a_shared_computer_only_what_a_person_does_keeps_them_in(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian("Мария")
        maria = await signs_in(h, "Мария", shared="yes")
        cookie = maria.headers["Set-Cookie"]
        assert "Max-Age" not in cookie
        assert "expires" not in cookie.lower()
        for flag in ("HttpOnly", "SameSite=Lax", "Path=/desk"):
            assert flag in cookie
        page = await maria.sees()
        assert "без работа излизате в 10:15" in re.sub(r"<[^>]+>| +", " ", page).replace("  ", " ")
        h.at[0] += IDLE - dt.timedelta(minutes=1)
        await maria.sees()  # going somewhere
        for _ in range(14):
            h.at[0] += dt.timedelta(minutes=1)
            async with maria.browser.get("/desk/list", headers=AJAX) as answer:
                assert "HX-Redirect" not in answer.headers
            async with maria.browser.get("/desk/still") as answer:
                assert answer.status == 200
        h.at[0] += dt.timedelta(minutes=1)
        async with maria.browser.get("/desk/list", headers=AJAX) as answer:
            assert answer.headers["HX-Redirect"] == "/desk"
        async with maria.browser.get("/desk/still") as answer:
            assert answer.status == 401
        assert "Вход за библиотекари" in await maria.sees()
        assert maria.headers["Clear-Site-Data"] == '"storage", "cache"'
        assert maria.headers["Cache-Control"] == "no-store"


async def test_typing_is_something_that_a_person_does(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian("Мария")
        maria = await signs_in(h, "Мария", shared="yes")
        csrf = await maria.csrf()
        h.at[0] += dt.timedelta(minutes=14)
        await maria.posts("/desk/still", {"csrf": "wrong"})
        assert maria.status == 401
        assert '"10:29"' in await maria.posts("/desk/still", {"csrf": csrf})
        h.at[0] += dt.timedelta(minutes=14)
        assert "Вход за библиотекари" not in await maria.sees()


async def test_a_computer_of_ones_own_does_not_sign_out_by_itself(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian("Мария")
        h.at[0] += 13 * DAY
        page = await maria.sees()
        assert "Вход за библиотекари" not in page
        assert "Общ компютър" not in page


async def test_signing_out_leaves_nothing_in_the_browser(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian("Мария")
        held = token(maria)
        await maria.posts("/desk/leave", {"csrf": await maria.csrf()})
        assert maria.headers["Clear-Site-Data"] == '"storage", "cache"'
        assert await h.service.desk.session(held, millis(h.at[0])) is None


# -- one's own account -----------------------------------------------------------------------------


async def test_ones_sessions_are_listed_and_can_be_ended(tmp_path: Path):
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
    async with house(tmp_path) as h:
        here = await h.librarian("Мария")
        there = Librarian(h, h.browser(), "Мария")
        await there.posts("/desk", joining("Мария"), User_Agent=firefox)
        library = await signs_in(h, "Мария", shared="yes")
        page = await here.sees("/desk/me")
        assert page.count("Този прозорец") == 1
        assert "Firefox на Windows" in page
        assert "От 23.11.2026, 10:00." in page
        assert "Общ компютър" in page
        own = await h.service.desk.session(token(there), millis(h.at[0]))
        assert own
        await gives(here, "/desk/me/revoke", handle=own.handle)
        assert "Вход за библиотекари" in await there.sees()
        assert "Вход за библиотекари" not in await library.sees()
        await gives(here, "/desk/me/revoke-others")
        assert "Вход за библиотекари" in await library.sees()
        assert "Вход за библиотекари" not in await here.sees()


async def test_nobody_ends_the_session_of_another(tmp_path: Path):
    async with house(tmp_path) as h:
        maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
        hers = await h.service.desk.session(token(maria), millis(h.at[0]))
        assert hers
        await gives(ivan, "/desk/me/revoke", handle=hers.handle)
        await ivan.posts("/desk/me/revoke-others", {"csrf": "wrong"})
        assert "Вход за библиотекари" not in await maria.sees()


async def test_a_new_password_ends_every_other_session(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian("Мария")
        other, before = await signs_in(h, "Мария"), token(maria)
        page = await gives(maria, "/desk/me/password", old="грешна", new=OTHER)
        assert "Сегашната парола не е вярна" in page
        assert "поне 10 знака" in await gives(maria, "/desk/me/password", old=PASSWORD, new="къса")
        assert "Вход за библиотекари" not in await other.sees()
        await gives(maria, "/desk/me/password", old=PASSWORD, new=OTHER)
        assert maria.status == 303
        assert token(maria) != before
        assert "Вход за библиотекари" not in await maria.sees()
        assert "Вход за библиотекари" in await other.sees()
        assert (await signs_in(h, "Мария")).status == 400
        assert (await signs_in(h, "Мария", password=OTHER)).status == 303


async def test_a_hash_that_is_cheaper_than_todays_is_made_anew_at_signing_in(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian("Мария")
        number, login = await number_of(h, "Мария"), joining("Мария")["login"]
        cheap = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
        await h.service.accounts.store.keep_password(number, cheap)
        assert (await signs_in(h, "Мария")).status == 303
        found = await h.service.accounts.store.by_login(login)
        assert found
        assert found[1] not in (None, cheap)
        assert (await signs_in(h, "Мария")).status == 303


# -- roles -----------------------------------------------------------------------------------------


async def test_each_role_finds_what_it_may_open_and_nothing_else(tmp_path: Path):
    async with house(tmp_path) as h:
        ana, maria = await admin(h), await h.librarian("Мария")
        expert = await comes(h, "expert", BUREAU_VRATSA, "Еля")
        both = await comes(h, "admin", VRATSA, "Боян")
        await (await h.person()).asks("Тайна")
        number = (await h.case()).number
        all_may = {"/desk/directory", "/desk/corrections", "/desk/me"}
        own_desk = {"/desk", "/desk/visitor", "/desk/counters"}
        librarians = {*all_may, *own_desk, "/desk/answers", "/desk/gaps"}
        ways = {*librarians, "/desk/people", "/desk/reports", "/desk/audit"}
        for who, own, sees in (
            (ana, ways - own_desk, False),
            (maria, librarians, True),
            (expert, {"/desk", *all_may}, False),
            (both, ways, True),
        ):
            page = await who.sees("/desk/me")
            menu = page.partition('class="ways-to"')[2].partition("</div>")[0]
            assert set(re.findall(r'href="([^"]+)"', menu)) == own, who.name
            assert ("Тайна" in await who.sees()) is sees
            assert ("Тайна" in await who.sees(f"/desk/cases/{number}")) is sees
            for way in ("/desk/people", "/desk/audit"):
                page = await who.sees(way)
                assert who.status == (200 if way in own else 403), (who.name, way)
                assert way in own or "не е за Вас" in page
        assert "Бюро по труда" in await expert.sees()
        await ana.sees()
        assert ana.headers["Location"] == "/desk/people"
        await expert.sees("/desk/practice")
        assert expert.headers["Location"] == "/desk"
        # Neither an administrator nor an expert makes a library's desk.
        assert [desk.id for desk in h.service.roster.now.desks] == [VRATSA]


async def test_pages_of_administrators_ask_for_their_own_form(tmp_path: Path):
    async with house(tmp_path) as h:
        ana, maria = await admin(h), await h.librarian("Мария")
        number = await number_of(h, "Мария")
        for path in ("/desk/people/invite", f"/desk/people/{number}/disable"):
            await ana.posts(path, {"csrf": "wrong", "desk": VRATSA})
            assert ana.status == 303
            await gives(maria, path, desk=VRATSA)
            assert maria.status == 403
            stranger = Librarian(h, h.browser(), "?")
            await stranger.posts(path, {"csrf": "", "desk": VRATSA})
            assert stranger.headers["Location"] == "/desk"
        assert "Вход за библиотекари" not in await maria.sees()
        # The two came by invitations of the command line and of the test.
        assert (await done(h)).count("invite") == 1


async def test_an_invitation_is_made_on_the_page_and_shown_once(tmp_path: Path):
    async with house(tmp_path) as h:
        ana = await admin(h)
        for desk, more, role in (
            (VIDIN, {}, "librarian"),
            (BUREAU_VRATSA, {}, "expert"),
            ("", {"admin": "yes"}, "admin"),
            (VRATSA, {"admin": "yes"}, "admin"),
        ):
            page = await gives(ana, "/desk/people/invite", desk=desk, **more)
            link = re.search(r'value="https?://[^/]+(/desk/join/[\w-]+)"', page)
            assert link
            assert link[1] not in await ana.sees("/desk/people")
            name = f"Нов {role} {desk}".strip()
            new = Librarian(h, h.browser(), name)
            await new.posts(link[1], joining(name, desk))
            assert new.status == 303
            people = await h.service.accounts.store.people()
            found = next(one.who for one in people if one.who.name == name)
            assert (found.role, found.library) == (role, desk)
        for desk, more in (("no-such", {}), ("", {}), (BUREAU_VRATSA, {"admin": "yes"})):
            assert "Изберете библиотека" in await gives(
                ana, "/desk/people/invite", desk=desk, **more
            )
            assert ana.status == 400


async def test_whoever_is_disabled_is_out_at_once_and_their_name_stays(tmp_path: Path):
    async with house(tmp_path) as h:
        ana, maria, ivan = await admin(h), await h.librarian("Мария"), await h.librarian("Иван")
        await (await h.person()).asks()
        await maria.does("reply", "Добър ден")
        await gives(ana, f"/desk/people/{await number_of(h, 'Мария')}/disable")
        assert "Вход за библиотекари" in await maria.sees()
        assert (await signs_in(h, "Мария")).status == 400
        page = await ivan.reads()
        assert "Добър ден" in page
        assert "Мария" in page
        assert "спрян достъп от 23.11.2026, 10:00" in await ana.sees("/desk/people")
        await gives(ana, f"/desk/people/{await number_of(h, 'Иван')}/disable")
        assert h.service.roster.now.desks == ()
        await gives(ana, f"/desk/people/{await number_of(h, 'Мария')}/enable")
        assert [desk.id for desk in h.service.roster.now.desks] == [VRATSA]
        assert (await signs_in(h, "Мария")).status == 303


async def test_an_administrator_does_not_lock_themselves_out(tmp_path: Path):
    async with house(tmp_path) as h:
        ana = await admin(h)
        number = await number_of(h, "Ана")
        assert "Не може да спрете себе си" in await gives(ana, f"/desk/people/{number}/disable")
        assert "Дневник" in await ana.sees("/desk/people")


async def test_a_forgotten_password_is_changed_by_a_link_that_works_once(tmp_path: Path):
    async with house(tmp_path) as h:
        ana, maria = await admin(h), await h.librarian("Мария")
        for _ in range(5):
            await signs_in(h, "Мария", password="забравена")  # noqa: S106
        path = f"/desk/people/{await number_of(h, 'Мария')}/reset"
        links = []
        for _ in range(2):
            found = re.search(r'value="https?://[^/]+(/desk/reset/[\w-]+)"', await gives(ana, path))
            assert found
            links.append(found[1])
        assert "Вход за библиотекари" in await maria.sees()
        # A newer link is the only one, and looking does not use it up.
        assert "вече е използвана" in await maria.sees(links[0])
        assert "Връзката е за: Мария" in await maria.sees(links[1])
        assert "от най-познаваните" in await maria.posts(links[1], {"password": "qwertyuiop"})
        await maria.posts(links[1], {"password": OTHER})
        assert maria.status == 303
        assert "Мария" in await maria.sees()
        await maria.posts(links[1], {"password": PASSWORD})
        assert maria.status == 410
        # The pause of who had forgotten it is over.
        assert (await signs_in(h, "Мария", password=OTHER)).status == 303
        assert (await signs_in(h, "Мария")).status == 400
        code = links[1].rpartition("/")[2]
        assert code.encode() not in h.bytes_on_disk()


async def test_a_link_of_somebody_disabled_since_opens_nothing(tmp_path: Path):
    async with house(tmp_path) as h:
        ana, maria = await admin(h), await h.librarian("Мария")
        number = await number_of(h, "Мария")
        found = re.search(
            r'value="https?://[^/]+(/desk/reset/[\w-]+)"',
            await gives(ana, f"/desk/people/{number}/reset"),
        )
        assert found
        await gives(ana, f"/desk/people/{number}/disable")
        await maria.posts(found[1], {"password": OTHER})
        assert maria.status == 410


async def test_an_administrator_ends_the_sessions_of_another(tmp_path: Path):
    async with house(tmp_path) as h:
        ana, maria = await admin(h), await h.librarian("Мария")
        await gives(ana, f"/desk/people/{await number_of(h, 'Мария')}/revoke")
        assert "Вход за библиотекари" in await maria.sees()
        assert (await signs_in(h, "Мария")).status == 303


# -- the trail -------------------------------------------------------------------------------------


async def test_what_is_done_is_noted_and_nobodys_words(tmp_path: Path):
    async with house(tmp_path) as h:
        ana, maria = await admin(h), await h.librarian("Мария")
        await (await h.person()).asks("Тайната на човека")
        await maria.does("reply", "Тайният отговор")
        # People type their password where the login goes.
        await signs_in(h, "?", login="парола-вместо-име")
        await signs_in(h, "Мария", password="грешна")  # noqa: S106
        await maria.posts("/desk/leave", {"csrf": await maria.csrf()})
        maria = await signs_in(h, "Мария")
        await gives(maria, "/desk/me/password", old=PASSWORD, new=OTHER)
        number = await number_of(h, "Мария")
        for act in ("reset", "revoke", "disable", "enable"):
            await gives(ana, f"/desk/people/{number}/{act}")
        await h.service.accounts.audit(
            (await h.service.accounts.store.people())[0].who, "directory-changed", VIDIN
        )
        assert await done(h) == [
            "directory-changed",
            "enable",
            "disable",
            "revoke",
            "reset-link",
            "password",
            "sign-in",
            "sign-out",
            "sign-in-failed",
            "sign-in-failed",
            "join",
            "join",
            "invite",
        ]
        page = await ana.sees("/desk/audit")
        shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
        assert "Ана Администратор спря достъпа: Мария" in shown
        assert "Неизвестен неуспешен вход: Мария" in shown
        assert "Команден ред направи покана: Администратор" in shown
        assert "промени справочника: Регионална библиотека" in shown
        assert "127.0.0.0/24" in shown
        whole = await h.service.store.read("SELECT * FROM audit")  # type: ignore[attr-defined]
        kept = "".join(str(tuple(row)) for row in whole)
        for word in ("Тайн", "парола", PASSWORD, OTHER, "127.0.0.1"):
            assert word not in kept
            assert word not in page or word == "парола"
        assert "парола-вместо-име".encode() not in h.bytes_on_disk()


async def test_the_trail_is_read_page_by_page_and_kept_for_a_year(tmp_path: Path):
    async with house(tmp_path) as h:
        ana = await admin(h)
        for number in range(60):
            await h.service.accounts.audit.by_operator("told", f"n{number:03}")
        first = await ana.sees("/desk/audit")
        assert "n059" in first
        assert "n009" not in first
        older = re.search(r'href="(/desk/audit\?before=\d+)"', first)
        assert older
        second = await ana.sees(older[1])
        assert "n000" in second
        assert "n059" not in second
        seen = re.findall(r"told: (n\d+)", first + second)
        assert seen == [f"n{number:03}" for number in reversed(range(60))]
        for odd in ("x", "-1", "9" * 30, "٣"):
            await ana.sees(f"/desk/audit?before={odd}")
            assert ana.status == 200
        await h.service.store.forget(millis(h.at[0] + 365 * DAY), Retention())
        assert len(await done(h)) == 62
        await h.service.store.forget(millis(h.at[0] + 365 * DAY) + 1, Retention())
        assert await done(h) == []


async def test_what_lets_nobody_in_any_more_is_forgotten_and_accounts_are_not(tmp_path: Path):
    async with house(tmp_path) as h:
        ana = await admin(h)
        await h.librarian("Мария")
        await h.invitation(VRATSA)
        await gives(ana, f"/desk/people/{await number_of(h, 'Мария')}/reset")
        await signs_in(h, "?", login="nobody")
        await h.service.store.forget(millis(h.at[0] + 15 * DAY), Retention())
        for table in ("desk_session", "desk_invitation", "desk_reset", "sign_in_failure"):
            rows = await h.service.store.read(f"SELECT * FROM {table}")  # type: ignore[attr-defined]  # noqa: S608
            assert rows == [], table
        assert len(await h.service.accounts.store.people()) == 2
        h.at[0] += 15 * DAY
        assert (await signs_in(h, "Мария")).status == 303


# -- pages -----------------------------------------------------------------------------------------


async def test_no_page_of_accounts_is_cached_or_runs_what_people_write(tmp_path: Path):
    evil = "<img src=x onerror=alert(1)>"
    async with house(tmp_path) as h:
        ana = await comes(h, "admin", "", evil)
        for path in ("/desk/me", "/desk/people", "/desk/audit", "/desk/join/none", "/desk/reset/x"):
            page = await ana.sees(path, raw=True)
            assert "<img" not in page
            assert "unsafe" not in ana.headers["Content-Security-Policy"]
            assert ana.headers["Cache-Control"] == "no-store"
        form = {"login": f'"><b>{evil}', "password": "x"}
        async with ana.browser.post("/desk", data=form) as answer:
            assert "<b>" not in await answer.text()


# -- the command line ------------------------------------------------------------------------------


@pytest.fixture
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("POSOKA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("POSOKA_DATABASE_URL", f"sqlite:///{tmp_path / 'posoka.db'}")
    monkeypatch.setenv("POSOKA_PUBLIC_URL", "https://posoka.example.bg")


def link_in(said: str) -> str:
    found = re.search(r"https://posoka\.example\.bg(/desk/(?:join|reset)/[\w-]+)", said)
    assert found, said
    return found[1]


@pytest.mark.usefixtures("_settings")
def test_links_of_the_command_line_let_in_whom_they_are_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    links = []
    for command, role, desk in (
        (["desk", "admin"], "admin", ""),
        (["desk", "admin", "--library", VIDIN], "admin", VIDIN),
        (["desk", "invite", VRATSA], "librarian", VRATSA),
        (["bureau", "invite", "dbt-vratsa"], "expert", BUREAU_VRATSA),
    ):
        assert main(command) == 0
        links.append((link_in(capsys.readouterr().out), role, desk))

    async def used() -> list[tuple[str, str]]:
        async with house(tmp_path, now=now()) as h:
            for link, role, desk in links:
                who = Librarian(h, h.browser(), role)
                await who.posts(link, joining(f"{role} {desk}".strip(), desk))
                assert who.status == 303
            accounts = await h.service.accounts.store.people()
            return [(account.who.role, account.who.library) for account in accounts]

    assert sorted(asyncio.run(used())) == sorted((role, desk) for _, role, desk in links)
    login = joining("librarian " + VRATSA, VRATSA)["login"]
    assert main(["desk", "reset", login.upper()]) == 0
    reset = link_in(capsys.readouterr().out)

    async def changed() -> tuple[int, int, list[str]]:
        async with house(tmp_path, now=now()) as h:
            who = Librarian(h, h.browser(), "?")
            await who.posts(reset, {"password": OTHER})
            again = Librarian(h, h.browser(), "?")
            await again.posts("/desk", {"login": login, "password": OTHER})
            return who.status, again.status, await done(h)

    first, second, noted = asyncio.run(changed())
    assert (first, second) == (303, 303)
    assert noted[:3] == ["sign-in", "reset", "reset-link"]


@pytest.mark.parametrize(
    ("command", "fault"),
    [
        (["desk", "admin", "--library", ""], "no such library"),
        (["desk", "admin", "--url", "foo"], "--url"),
        (["bureau", "invite", "dbt-vraca"], "no such bureau"),
        (["desk", "reset", "nobody"], "nobody signs in by that login"),
    ],
)
@pytest.mark.usefixtures("_settings")
def test_what_the_command_line_cannot_do_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], command: list[str], fault: str
):
    assert main(command) == 2
    said = capsys.readouterr()
    assert not said.out
    assert fault in said.err
    assert said.err.count("\n") == 1
