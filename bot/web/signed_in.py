"""What every page of the desk needs: who is signed in, what they may open, their own form."""

import datetime as dt
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import web

from bot.clock import millis, moment
from bot.desk.accounts import SESSION, SHARED, Place, Refused, handle_of
from bot.desk.visits import IDLE as LONGEST_VISIT
from bot.service import Service
from bot.store.interface import DeskSession, Librarian, Millis, Role
from bot.web.caller import browser_of, network_of
from bot.web.forms import form_of
from bot.web.own_files import mark
from dialogs.texts import Texts

COOKIE = "posoka_desk"
LEFT_BEHIND = '"storage", "cache"'
"""What a browser is told to drop at signing out. The cookies are the web chat's too."""
BACK = re.compile(r"/desk(/practice)?/cases/[0-9]{1,15}")
"""Where one may be led after signing in."""
BY_ITSELF = "by-itself"
"""In the address of a page that a script or a clock has asked for, and nobody."""


Refusal = TypeVar("Refusal", bound=web.HTTPError)
Answer = TypeVar("Answer", bound=web.Response)


@dataclass(frozen=True, slots=True)
class Way:
    """A place that the navigation leads to, and who may go there."""

    to: str
    text: str
    roles: frozenset[Role] = frozenset(("admin", "librarian", "expert"))
    needs_desk: bool = False
    """Whether only those who answer at a desk go there."""

    def is_open(self, who: Librarian) -> bool:
        """Return whether this person may go there."""
        return who.role in self.roles and bool(who.library or not self.needs_desk)


ADMIN: frozenset[Role] = frozenset(("admin",))
LIBRARIAN: frozenset[Role] = frozenset(("admin", "librarian"))
NAVIGATION = (
    Way("/desk", "people-to-cases", needs_desk=True),
    Way("/desk/visitor", "people-to-visitor", LIBRARIAN, needs_desk=True),
    Way("/desk/answers", "people-to-answers", LIBRARIAN),
    Way("/desk/directory", "people-to-directory"),
    Way("/desk/corrections", "people-to-corrections"),
    Way("/desk/counters", "people-to-counters", LIBRARIAN, needs_desk=True),
    Way("/desk/gaps", "people-to-gaps", LIBRARIAN),
    Way("/desk/people", "people-to-people", ADMIN),
    Way("/desk/reports", "people-to-reports", ADMIN),
    Way("/desk/audit", "people-to-audit", ADMIN),
    Way("/desk/me", "people-to-me"),
)


def home_of(who: Librarian) -> str:
    """Return where this person's desk begins."""
    if who.library:
        return "/desk"
    return "/desk/people" if who.role == "admin" else "/desk/me"


def here_of(path: str) -> str:
    """Return the place of the navigation that a page belongs to; empty where to none."""
    if path.startswith("/desk/practice"):
        return ""
    ways = [way.to for way in NAVIGATION if path == way.to or path.startswith(f"{way.to}/")]
    return max(ways, key=len, default="")


class SignedIn:
    """Pages for those who are signed in. Who is not finds the door."""

    base = "/desk"
    """Where its pages stand."""
    back = ""
    """Where a form leads that is not one's own; empty where to its pages."""
    practice = False
    """Whether its people are invented."""

    def __init__(self, service: Service) -> None:
        self._service = service

    # -- who -------------------------------------------------------------------------------------

    async def session(
        self, request: web.Request, *, active: bool | None = None
    ) -> DeskSession | None:
        """Return who is signed in. What a page does by itself does not keep them signed in."""
        token = request.cookies.get(COOKIE)
        session = await self._service.desk.session(token, self._now()) if token else None
        if session:
            await self._service.unseen.look(session.librarian)
        if token and session and (is_an_act(request) if active is None else active):
            return await self._service.accounts.seen(token, session)
        return session

    async def _required(
        self, request: web.Request, *roles: Role, needs_desk: bool = False
    ) -> DeskSession:
        """Return who is signed in; raises HTTPSeeOther to the door, HTTPForbidden for others.

        Without roles everybody may.
        """
        session = await self.session(request)
        if session is None:
            raise web.HTTPSeeOther("/desk")
        self._only(request, session, *roles, needs_desk=needs_desk)
        return session

    def _only(
        self, request: web.Request, session: DeskSession, *roles: Role, needs_desk: bool = False
    ) -> None:
        """Raise HTTPForbidden with a page that says so where this is not for them."""
        who = session.librarian
        if (roles and who.role not in roles) or (needs_desk and not who.library):
            self._refuse(request, session)

    def _refuse(self, request: web.Request, session: DeskSession) -> NoReturn:
        page = self._render("desk_refused.html", request, self._face(session))
        raise _refusal(web.HTTPForbidden, page)

    async def _posted(
        self, request: web.Request, *roles: Role, needs_desk: bool = False
    ) -> tuple[DeskSession, dict[str, str]]:
        """Return who posts which form; raises as `_required`, and where the form is not theirs.

        What was written in it comes back with the refusal.
        """
        form = await form_of(request)
        text = form.get("text", "").strip()
        session = await self.session(request)
        if session is None and text:
            raise _of_a_shared_computer(
                request, _refusal(web.HTTPUnauthorized, self._door(request, text))
            )
        if session is None:
            raise web.HTTPSeeOther("/desk")
        self._only(request, session, *roles, needs_desk=needs_desk)
        if self._is_own(form, session):
            return session, form
        to = self.back or self.base
        if not text:
            raise web.HTTPSeeOther(to)
        kept = {"draft": text, "to": to, "trial": False}
        raise _refusal(web.HTTPConflict, self._render("desk_kept.html", request, kept))

    @staticmethod
    def _is_own(form: Mapping[str, str], session: DeskSession) -> bool:
        """Return whether the form is one that this session was shown."""
        return hmac.compare_digest(form.get("csrf", "").encode(), session.csrf.encode())

    @staticmethod
    def _place(request: web.Request, form: Mapping[str, str]) -> Place:
        """Return where somebody signs in from."""
        shared = form.get("shared") == "yes"
        return Place(network_of(request), browser_of(request), shared)

    # -- coming in and going out -------------------------------------------------------------------

    async def _begin(
        self, request: web.Request, response: web.StreamResponse, who: Librarian, place: Place
    ) -> None:
        """Begin a session in this browser, under a new token; what it had before ends."""
        before = request.cookies.get(COOKIE)
        token = await self._service.accounts.begin(who, place)
        if before:
            await self._go_on(before, token)
            await self._service.desk.sign_out(before)
        response.set_cookie(
            COOKIE,
            token,
            # Without an age it goes with the browser's window.
            # It outlasts the session, so that a visit finds the one that comes after.
            max_age=None if place.shared else int(SESSION.total_seconds()) + LONGEST_VISIT // 1000,
            httponly=True,
            # Not strict: a link in a letter must find the librarian signed in. Every act needs
            # the token of its form besides.
            samesite="Lax",
            secure=request.secure or request.headers.get("X-Forwarded-Proto") == "https",
            path="/desk",
        )

    async def _go_on(self, before: str, token: str) -> None:
        """Hand the visit of the session before over to the one that has just begun."""
        desk, now = self._service.desk, self._now()
        old, new = await desk.session(before, now), await desk.session(token, now)
        if new:
            await self._service.visits.hand_over(old.handle if old else handle_of(before), new)

    def _door(  # noqa: PLR0913  # what a door may show besides
        self,
        request: web.Request,
        draft: str = "",
        *,
        fault: str = "",
        login: str = "",
        back: str = "",
        shared: bool = False,
    ) -> web.Response:
        """Ask for login and password; what was written before is not lost."""
        way = back or request.path.rpartition("/")[0]
        page = {
            "trial": False,
            "draft": draft,
            "fault": fault,
            "login": login,
            "back": way if BACK.fullmatch(way) else "",
            "shared": shared,
        }
        return _of_a_shared_computer(request, self._render("desk_door.html", request, page))

    # -- showing -----------------------------------------------------------------------------------

    def _face(self, session: DeskSession) -> dict[str, Any]:
        """Return what the top of each page shows."""
        who = session.librarian
        ends_at = session.ends_at
        return {
            "me": who,
            "csrf": session.csrf,
            "library": self._library_name(who.library),
            "trial": who.trial,
            "waits": self._service.unseen.of(who),
            "ways": [way for way in NAVIGATION if way.is_open(who)],
            "may_practise": bool(who.library) and who.role != "expert",
            "ends": None if ends_at is None else ends_of(ends_at, self._now()),
        }

    def _library_name(self, desk: str) -> str:
        """Return the name of a desk with its town; empty where there is none."""
        return self._service.roster.name_of(desk)

    def _render(self, template: str, request: web.Request, page: dict[str, Any]) -> web.Response:
        here = {"here": here_of(request.path)}
        return aiohttp_jinja2.render_template(template, request, self._shared() | page | here)

    def _shared(self) -> dict[str, Any]:
        """Return what every template uses."""
        shared = {"t": self._texts, "clock": clock_of, "day": day_of, "version": mark()}
        return shared | {"base": self.base, "practice": self.practice}

    @property
    def _texts(self) -> Texts:
        return self._service.context().texts["bg"]

    def _now(self) -> Millis:
        return millis(self._service.clock())


def _refusal(kind: type[Refusal], page: web.Response) -> Refusal:
    """Return a refusal that shows a page."""
    return kind(text=page.text, content_type="text/html")


def _of_a_shared_computer(request: web.Request, response: Answer) -> Answer:
    """Leave nothing behind there: the time on it is over."""
    if request.cookies.get(COOKIE, "").startswith(SHARED):
        clear(response)
    return response


def signed_out(request: web.Request) -> web.Response:
    """Let a page that stays fresh show the door, and come back to its case behind it."""
    here = urlsplit(request.headers.get("HX-Current-URL", "")).path
    return web.Response(headers={"HX-Redirect": here if BACK.fullmatch(here) else "/desk"})


def is_an_act(request: web.Request) -> bool:
    """Return whether a person did this.

    What a page fetches is none, and neither is a page that comes anew by itself (`BY_ITSELF`).
    """
    if request.method not in ("GET", "HEAD"):
        return True
    if "HX-Boosted" in request.headers:
        return True
    prefetched = "prefetch" in request.headers.get("Sec-Purpose", "")
    if "HX-Request" in request.headers or BY_ITSELF in request.query or prefetched:
        return False
    mode = request.headers.get("Sec-Fetch-Mode")
    if mode is None:
        # A browser from before these headers: it asks for a page as for nothing else.
        return "text/html" in request.headers.get("Accept", "")
    # Neither a picture, nor a line of events, nor what stands inside of a page.
    return mode == "navigate" and request.headers.get("Sec-Fetch-Dest") == "document"


def clear(response: web.StreamResponse) -> None:
    """Let the browser forget the session, and what its pages kept."""
    response.del_cookie(COOKIE, path="/desk")
    response.headers["Clear-Site-Data"] = LEFT_BEHIND


def ends_of(ends_at: Millis, now: Millis) -> dict[str, Any]:
    """Return when a session on a shared computer ends, for the page and for its script."""
    return {"at": f"{_moment(ends_at):%H:%M}", "left": max(0, ends_at - now)}


def when_again(refused: Refused, now: Millis) -> str:
    """Return the whole minute from which one may try again; empty where one may at once."""
    if refused.until <= now:
        return ""
    return f"{_moment(refused.until + 59_999):%H:%M}"


def clock_of(at: Millis | None) -> str:
    """Return the moment as people in Sofia read it."""
    return f"{_moment(at):%d.%m, %H:%M}"


def day_of(at: Millis | None) -> str:
    """As `clock_of`, with the year."""
    return f"{_moment(at):%d.%m.%Y, %H:%M}"


def _moment(at: Millis | None) -> dt.datetime:
    return moment(at or 0)
