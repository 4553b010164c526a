"""Who may what at the web desk: every route of it, for every role; a new one has to be put here."""

import secrets
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from test_desk import VRATSA, House, Librarian, house, joining

from bot.clock import millis
from bot.desk.day import CAME
from bot.store.interface import Role
from bot.web.application import application

EXPERTS = "bureau:dbt-vratsa"
ADMIN, HEAD, LIBRARIAN, EXPERT, NOBODY = "admin", "head", "librarian", "expert", "nobody"
"""An administrator without a library, one with it; the others are what they are called."""
SIGNED_IN = frozenset((ADMIN, HEAD, LIBRARIAN, EXPERT))
EVERYBODY = SIGNED_IN | {NOBODY}
AT_DESK = SIGNED_IN - {ADMIN}
IN_LIBRARY = frozenset((HEAD, LIBRARIAN))
NO_EXPERT = IN_LIBRARY | {ADMIN}
ADMINS = frozenset((ADMIN, HEAD))

CASE = "/desk/cases/{number}"
TRIED = "/desk/practice/cases/{number}"
ACT = "/{act}"
ROW = "/desk/directory/{kind}/{row}"
TABLE: dict[str, frozenset[str]] = {
    # The door.
    "POST /desk": EVERYBODY,
    "POST /desk/leave": EVERYBODY,
    "GET /desk/still": SIGNED_IN,
    "POST /desk/still": SIGNED_IN,
    "GET /desk/join/{code}": EVERYBODY,
    "POST /desk/join/{code}": EVERYBODY,
    "GET /desk/reset/{code}": EVERYBODY,
    "POST /desk/reset/{code}": EVERYBODY,
    # Cases: whose, says the desk of each.
    "GET /desk": AT_DESK,
    "GET /desk/list": AT_DESK,
    f"GET {CASE}": AT_DESK,
    f"GET {CASE}/talk": AT_DESK,
    f"GET {CASE}/card": AT_DESK - {EXPERT},
    f"POST {CASE}{ACT}": AT_DESK,
    f"GET {CASE}/files/{{entry}}": AT_DESK,
    f"GET {CASE}/files/{{entry}}/small": AT_DESK,
    "GET /desk/live": SIGNED_IN,
    # Invented people are for libraries.
    "GET /desk/practice": IN_LIBRARY,
    "GET /desk/practice/list": IN_LIBRARY,
    f"GET {TRIED}": IN_LIBRARY,
    f"GET {TRIED}/talk": IN_LIBRARY,
    f"GET {TRIED}/card": IN_LIBRARY,
    f"POST {TRIED}{ACT}": IN_LIBRARY,
    "POST /desk/practice/begin": IN_LIBRARY,
    f"POST {TRIED}/delete": IN_LIBRARY,
    "POST /desk/practice/delete": IN_LIBRARY,
    # A visitor at the desk of a library, and its day.
    "GET /desk/visitor": IN_LIBRARY,
    "POST /desk/visitor/begin": IN_LIBRARY,
    "POST /desk/visitor/say": IN_LIBRARY,
    "POST /desk/visitor/end": IN_LIBRARY,
    "GET /desk/visitor/still": IN_LIBRARY,
    "POST /desk/visitor/still": IN_LIBRARY,
    "GET /desk/visitor/pdf/{message}": IN_LIBRARY,
    "GET /desk/visitor/print/{message}": IN_LIBRARY,
    "GET /desk/visitor/file/{message}": IN_LIBRARY,
    "POST /desk/day/{metric}/{act}": IN_LIBRARY,
    "POST /desk/away": AT_DESK,
    "GET /desk/counters": IN_LIBRARY,
    "GET /desk/gaps": NO_EXPERT,
    # One's own account.
    "GET /desk/me": SIGNED_IN,
    "POST /desk/me/revoke": SIGNED_IN,
    "POST /desk/me/revoke-others": SIGNED_IN,
    "POST /desk/me/password": SIGNED_IN,
    "POST /desk/me/telegram": SIGNED_IN,
    "POST /desk/me/telegram/end": SIGNED_IN,
    # Prepared answers.
    "GET /desk/answers": NO_EXPERT,
    "GET /desk/answers/new": NO_EXPERT,
    "POST /desk/answers/new": NO_EXPERT,
    "GET /desk/answers/{number}": NO_EXPERT,
    "POST /desk/answers/{number}": NO_EXPERT,
    "POST /desk/answers/{number}/retire": NO_EXPERT,
    "GET /desk/insert": NO_EXPERT,
    "GET /desk/whisper": NO_EXPERT,
    "GET /desk/find": NO_EXPERT,
    # The directory is everybody's to read and to mend; who decides, says its own test.
    "GET /desk/directory": SIGNED_IN,
    f"GET {ROW}": SIGNED_IN,
    f"GET {ROW}/{{field}}": SIGNED_IN,
    f"POST {ROW}/{{field}}": SIGNED_IN,
    "GET /desk/corrections": SIGNED_IN,
    "GET /desk/corrections/{number}": SIGNED_IN,
    "POST /desk/corrections/{number}/{act}": SIGNED_IN,
    # Administrators.
    "GET /desk/people": ADMINS,
    "POST /desk/people/invite": ADMINS,
    "POST /desk/people/{person}/{act}": ADMINS,
    "GET /desk/reports": ADMINS,
    "POST /desk/reports/{number}/seen": ADMINS,
    "POST /desk/reports/unmute": ADMINS,
    "GET /desk/audit": ADMINS,
}
ELSEWHERE = frozenset(("GET /desk", "GET /desk/practice"))
"""Who may not is led to the beginning of their own desk."""
FILLED = {
    "{kind}": "libraries",
    "{row}": VRATSA,
    "{field}": "phone",
    "{code}": "nothing",
    "{number}": "999",
    "{entry}": "1",
    "{message}": "1",
    "{person}": "nobody",
    "{metric}": CAME,
}
ACTS = {"day": "tap", "corrections": "decline", "people": "enable"}


def routes_of(app: web.Application) -> set[str]:
    return {
        f"{route.method} {route.resource.canonical}"
        for route in app.router.routes()
        if route.resource
        and route.resource.canonical.startswith("/desk")
        and route.method != "HEAD"
    }


def address(route: str) -> str:
    path = route.partition(" ")[2]
    path = path.replace(
        "{act}", ACTS.get(path.split("/")[2] if path.count("/") > 1 else "", "claim")
    )
    for name, value in FILLED.items():
        path = path.replace(name, value)
    return path


@pytest.fixture
async def h(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


async def invited(h: House, library: str, role: Role, name: str) -> Librarian:
    code = secrets.token_urlsafe(18)
    until = millis(h.at[0]) + 1000
    await h.service.desk.invite(code, library, until, trial=False, role=role)
    who, data = Librarian(h, h.browser(), name), joining(name, library)
    await who.posts(f"/desk/join/{code}", data)
    assert who.status == 303
    return who


MAKES: dict[str, Callable[[House], Any]] = {
    ADMIN: lambda h: invited(h, "", "admin", "Ада"),
    HEAD: lambda h: invited(h, VRATSA, "admin", "Хедър"),
    LIBRARIAN: lambda h: invited(h, VRATSA, "librarian", "Мария"),
    EXPERT: lambda h: invited(h, EXPERTS, "expert", "Петров"),
    NOBODY: lambda h: _nobody(h),  # noqa: PLW0108  # it stands below
}


async def _nobody(h: House) -> Librarian:
    return Librarian(h, h.browser(), "Никой")


def test_every_route_of_the_desk_stands_in_the_table(h: House):
    assert routes_of(application(h.service)) == set(TABLE)


async def outcome(who: Librarian, route: str, form: dict[str, str]) -> str:
    """Return „door“ where one is asked to sign in, „refused“, „elsewhere“, or „may“."""
    where = address(route)
    call = who.browser.get if route.startswith("GET") else who.browser.post
    data = {} if route.startswith("GET") else {"data": form}
    async with call(where, allow_redirects=False, **data) as answer:
        who.status = answer.status
        to = answer.headers.get("Location", answer.headers.get("HX-Redirect", ""))
        # What is told live does not end.
        live = "event-stream" in answer.headers.get("Content-Type", "")
        text = "" if live else (await answer.read()).decode("utf-8", "replace")
    if answer.status == 403:
        assert "Тази страница не е за Вас." in text
        return "refused"
    if form["csrf"] and to in ("/desk", "/desk/people", "/desk/me"):
        return "elsewhere"
    if answer.status == 401 or "data-door" in text or to == "/desk":
        return "door"
    if route == "GET /desk/live" and answer.status == 204:
        return "door"
    if route.endswith("/small") and not form["csrf"] and answer.status == 404:
        return "door"
    return "may"


@pytest.mark.parametrize("role", [ADMIN, HEAD, LIBRARIAN, EXPERT, NOBODY])
async def test_each_role_comes_where_it_may_and_nowhere_else(h: House, role: str):
    who = await MAKES[role](h)
    csrf = "" if role == NOBODY else await who.csrf()
    found: dict[str, str] = {}
    for route in sorted(TABLE):
        if TABLE[route] == EVERYBODY and role != NOBODY:
            continue  # The door would sign them out.
        form = {"csrf": csrf, "key": secrets.token_urlsafe(12)}
        found[route] = await outcome(who, route, form)
    wrong = {route: said for route, said in found.items() if not _as_said(route, role, said)}
    assert wrong == {}
    assert len(found) > 50


def _as_said(route: str, role: str, said: str) -> bool:
    if role in TABLE[route]:
        # An act of one's own account ends on a page of it; who is out stays at the door.
        return said in ("may", "elsewhere", "door") if _leads_home(route, role) else said == "may"
    if role == NOBODY:
        return said == "door"
    if route.endswith("/card") and role == EXPERT:
        return said in ("refused", "may")  # 404: there is no such page for an expert
    return said == ("elsewhere" if route in ELSEWHERE else "refused")


def _leads_home(route: str, role: str) -> bool:
    return role == NOBODY or route.startswith(("POST /desk/me", "POST /desk/people"))


async def test_nothing_is_counted_for_who_is_at_no_library(h: House):
    for role in (ADMIN, EXPERT):
        who = await MAKES[role](h)
        form = {"csrf": await who.csrf(), "key": secrets.token_urlsafe(12)}
        await who.posts(f"/desk/day/{CAME}/tap", form)
        assert who.status == 403
        await who.posts("/desk/visitor/begin", form)
        assert who.status == 403
    counted = await h.service.store.read("SELECT count(*) FROM desk_counter")  # type: ignore[attr-defined]
    assert counted[0][0] == 0
    page = await who.sees()
    assert "Днес ме няма" in page
    assert "/desk/day/" not in page
    assert "/desk/visitor" not in page
