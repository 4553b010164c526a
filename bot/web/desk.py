"""The librarians' desk in the browser: list, card, conversation; claim, reply, note, close."""

import datetime as dt
import hmac
import secrets
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from bot.clock import SOFIA, millis
from bot.desk.roster import TRIAL, TRIAL_LIBRARY, card_in
from bot.service import Service
from bot.store.interface import CaseFile, DeskSession, Librarian
from bot.web.guard import Measure
from dialogs.texts import Texts

COOKIE = "posoka_desk"
SESSION = dt.timedelta(days=14)
LONGEST = 3500
"""Characters of one reply: with the name before it, it fits every platform's message."""
NAME = 40


class WebDesk:
    """The routes of the desk. A librarian sees the cases of their own library and no others."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._joins = Measure(per_minute=10, burst=10)

    def routes(self) -> list[web.RouteDef]:
        """Return what the desk answers to."""
        return [
            web.get("/desk", self.list_page),
            web.get("/desk/list", self.list_part),
            web.get("/desk/join/{code}", self.join_page),
            web.post("/desk/join/{code}", self.join),
            web.get(r"/desk/cases/{number:\d+}", self.case_page),
            web.get(r"/desk/cases/{number:\d+}/talk", self.talk_part),
            web.post(r"/desk/cases/{number:\d+}/{act:claim|reply|note|close}", self.act),
            web.post("/desk/leave", self.leave),
        ]

    # -- coming in -----------------------------------------------------------------------------

    async def join_page(self, request: web.Request) -> web.StreamResponse:
        """Ask for a name; opening the link does not use it up, so that previews do no harm."""
        return await self._join_form(request, "")

    async def _join_form(self, request: web.Request, fault: str) -> web.StreamResponse:
        invited = await self._service.desk.invited(request.match_info["code"], self._now())
        library = self._library_name(invited[0]) if invited else ""
        page = {"library": library, "fault": fault, "trial": bool(invited and invited[1])}
        response = self._render("desk_join.html", request, page)
        response.set_status(200 if invited and not fault else 400 if fault else 410)
        return response

    async def join(self, request: web.Request) -> web.StreamResponse:
        """Use the invitation up, and sign the librarian in."""
        if not self._joins.allows(request.remote or ""):
            raise web.HTTPTooManyRequests(text=self._texts("web-too-fast"))
        form = await request.post()
        name = " ".join(str(form.get("name", "")).split())
        if not 0 < len(name) <= NAME or not name.isprintable():
            return await self._join_form(request, self._texts("desk-name-needed"))
        code = request.match_info["code"]
        invited = await self._service.desk.invited(code, self._now())
        if invited is None:
            return await self._join_form(request, "")
        librarian = Librarian(secrets.token_urlsafe(9), invited[0], name, invited[1])
        if not await self._service.desk.join(code, librarian, self._now()):
            return await self._join_form(request, "")
        await self._service.roster.refresh()
        response = web.HTTPSeeOther("/desk")
        await self._sign_in(request, response, librarian)
        return response

    async def _sign_in(
        self, request: web.Request, response: web.StreamResponse, librarian: Librarian
    ) -> None:
        token = secrets.token_urlsafe(32)
        until = self._now() + int(SESSION.total_seconds() * 1000)
        await self._service.desk.sign_in(token, librarian.id, secrets.token_urlsafe(16), until)
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(SESSION.total_seconds()),
            httponly=True,
            samesite="Strict",
            secure=request.secure,
            path="/desk",
        )

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """Sign out."""
        session = await self._session(request)
        if session:
            await self._checked_form(request, session)
            await self._service.desk.sign_out(request.cookies[COOKIE])
        response = web.HTTPSeeOther("/desk")
        response.del_cookie(COOKIE, path="/desk")
        return response

    async def _session(self, request: web.Request) -> DeskSession | None:
        token = request.cookies.get(COOKIE)
        return await self._service.desk.session(token, self._now()) if token else None

    # -- reading -------------------------------------------------------------------------------

    async def list_page(self, request: web.Request) -> web.StreamResponse:
        """Show the cases of the library, or how to come in."""
        session = await self._session(request)
        if session is None:
            return self._render("desk_door.html", request, {"trial": False})
        return self._render("desk.html", request, await self._page(session))

    async def list_part(self, request: web.Request) -> web.StreamResponse:
        """Give the list alone, for refreshing it."""
        session = await self._session(request)
        if session is None:
            return self._signed_out()
        chosen = request.query.get("chosen", "")
        page = await self._page(session, int(chosen) if chosen.isdigit() else 0)
        return self._render("desk_list.html", request, page)

    async def case_page(self, request: web.Request) -> web.StreamResponse:
        """Show one case: its card, its conversation, what can be done."""
        session = await self._session(request)
        if session is None:
            raise web.HTTPSeeOther("/desk")
        return await self._case(request, session, "desk.html")

    async def talk_part(self, request: web.Request) -> web.StreamResponse:
        """Give the conversation alone, for refreshing it."""
        session = await self._session(request)
        if session is None:
            return self._signed_out()
        return await self._case(request, session, "desk_talk.html")

    @staticmethod
    def _signed_out() -> web.Response:
        # htmx follows this header; the page then says how to come in again.
        return web.Response(headers={"HX-Redirect": "/desk"})

    async def _case(
        self,
        request: web.Request,
        session: DeskSession,
        template: str,
        *,
        notice: str = "",
        draft: str = "",
    ) -> web.StreamResponse:
        number = int(request.match_info["number"])
        page = await self._page(session, number)
        case = await self._mine(session, number)
        if case is None:
            missing = {"notice": self._texts("desk-not-yours")}
            if template == "desk_talk.html":
                template = "desk_gone.html"
            return self._render(template, request, page | missing)
        entries = await self._service.desk.entries(number)
        shown = {
            "case": case,
            "card": card_in(case),
            "entries": entries,
            "state": self._state(case, session),
            "may_answer": case.state != "closed"
            and case.claimed_by in (None, session.librarian.id),
            "notice": notice,
            "draft": draft,
            "key": secrets.token_urlsafe(12),
        }
        return self._render(template, request, page | shown)

    async def _mine(self, session: DeskSession, number: int) -> CaseFile | None:
        case = await self._service.desk.case(number)
        return case if case and case.library == session.librarian.library else None

    async def _page(self, session: DeskSession, chosen: int = 0) -> dict[str, Any]:
        cases = await self._service.desk.cases(session.librarian.library)
        return {
            "me": session.librarian,
            "csrf": session.csrf,
            "library": self._library_name(session.librarian.library),
            "trial": session.librarian.trial,
            "cases": [(case, self._state(case, session), card_in(case)) for case in cases],
            "chosen": chosen,
            "case": None,
            "notice": "",
        }

    def _state(self, case: CaseFile, session: DeskSession) -> str:
        if case.state == "claimed" and case.claimed_by == session.librarian.id:
            return self._texts("desk-mine")
        return self._texts(f"desk-{case.state}", name=case.claimed_name or "")

    def _library_name(self, desk: str) -> str:
        library = self._service.context().knowledge.directory.library(
            TRIAL_LIBRARY if desk == TRIAL else desk
        )
        return f"{library.name}, {library.city}" if library else desk

    # -- acting --------------------------------------------------------------------------------

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Do something with a case; what did not go through comes back with its text."""
        session = await self._session(request)
        if session is None:
            raise web.HTTPSeeOther("/desk")
        form = await self._checked_form(request, session)
        number, act = int(request.match_info["number"]), request.match_info["act"]
        case = await self._mine(session, number)
        if case is None:
            return await self._case(request, session, "desk.html")
        text = str(form.get("text", "")).strip()
        fault = self._fault(act, text)
        if fault:
            return await self._case(request, session, "desk.html", notice=fault, draft=text)
        key = f"{session.librarian.id}:{str(form.get('key', ''))[:64]}:{act}"
        await self._service.roster.act(case, act, session.librarian, key=key, text=text)
        await self._service.runtime.settled(case.conversation)
        return await self._after(request, session, act, text)

    async def _after(
        self, request: web.Request, session: DeskSession, act: str, text: str
    ) -> web.StreamResponse:
        number = int(request.match_info["number"])
        case = await self._mine(session, number)
        beaten = case and case.claimed_by not in (None, session.librarian.id)
        if case and beaten and act in ("claim", "reply"):
            notice = self._texts(
                "desk-taken", name=case.claimed_name or "", at=_clock(case.claimed_at)
            )
            return await self._case(request, session, "desk.html", notice=notice, draft=text)
        raise web.HTTPSeeOther(f"/desk/cases/{number}")

    def _fault(self, act: str, text: str) -> str:
        if act not in ("reply", "note"):
            return ""
        if not text:
            return self._texts("desk-empty")
        return self._texts("desk-too-long", most=LONGEST) if len(text) > LONGEST else ""

    async def _checked_form(self, request: web.Request, session: DeskSession) -> Any:
        form = await request.post()
        if not hmac.compare_digest(str(form.get("csrf", "")), session.csrf):
            raise web.HTTPForbidden(text="csrf: open the desk again and repeat")
        return form

    # -- showing -------------------------------------------------------------------------------

    @property
    def _texts(self) -> Texts:
        return self._service.context().texts["bg"]

    def _render(
        self, template: str, request: web.Request, page: dict[str, Any]
    ) -> web.Response:
        shared = {"t": self._texts, "clock": _clock, "most": LONGEST}
        return aiohttp_jinja2.render_template(template, request, shared | page)

    def _now(self) -> int:
        return millis(self._service.clock())


def _clock(at: int | None) -> str:
    """Return the moment as people in Sofia read it."""
    return f"{dt.datetime.fromtimestamp((at or 0) / 1000, SOFIA):%d.%m, %H:%M}"
