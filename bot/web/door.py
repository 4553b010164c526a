"""Coming into the desk and going out: login and password, one-time links, signing out."""

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web

from bot.desk.accounts import Refused
from bot.desk.passwords import SHORTEST, fault_of, folded
from bot.service import Service
from bot.store.interface import Invitation, Librarian, TakenError
from bot.web.caller import network_of
from bot.web.forms import form_of, is_blank
from bot.web.guard import Measure
from bot.web.signed_in import BACK, COOKIE, SignedIn, clear, ends_of, when_again

NAME = 40
LOGIN = 40
SIGNS = frozenset(".-_@+")
"""What a login may have besides letters and digits."""


class Door(SignedIn):
    """The routes by which people come in and go out."""

    def __init__(self, service: Service) -> None:
        super().__init__(service)
        self._tries = Measure(per_minute=30, burst=30)
        self._joins = Measure(per_minute=10, burst=10)

    def routes(self) -> list[web.RouteDef]:
        """Return what the door answers to."""
        return [
            web.post("/desk", self.sign_in),
            web.post("/desk/leave", self.leave),
            web.get("/desk/still", self.still),
            web.post("/desk/still", self.stay),
            web.get("/desk/join/{code}", self.join_page),
            web.post("/desk/join/{code}", self.join),
            web.get("/desk/reset/{code}", self.reset_page),
            web.post("/desk/reset/{code}", self.reset),
        ]

    # -- with a password -------------------------------------------------------------------------

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        """Let in whoever knows login and password; say when to try again to whoever does not."""
        place_of_call = network_of(request)
        if not self._tries.allows(place_of_call):
            raise web.HTTPTooManyRequests(text=self._texts("web-too-fast"))
        form = await form_of(request)
        login, password = form.get("login", ""), form.get("password", "")
        found = await self._service.accounts.knows(login, password, place_of_call)
        if isinstance(found, Refused):
            return self._not_in(request, form, found)
        back = form.get("back", "")
        to = back if BACK.fullmatch(back) else "/desk"
        draft = form.get("draft", "").strip()
        response = (
            self._render("desk_kept.html", request, {"draft": draft, "to": to, "trial": False})
            if draft
            else web.Response(status=303, headers={"Location": to})
        )
        place = self._place(request, form)
        await self._begin(request, response, found, place)
        await self._service.accounts.audit(found, "sign-in", address=place.address)
        return response

    def _not_in(
        self, request: web.Request, form: Mapping[str, str], refused: Refused
    ) -> web.Response:
        now = self._now()
        again_at = when_again(refused, now)
        fault = self._texts("people-wait", at=again_at) if again_at else self._texts("people-wrong")
        response = self._door(
            request,
            form.get("draft", "").strip(),
            fault=fault,
            login=form.get("login", "")[:LOGIN],
            back=form.get("back", ""),
            shared=form.get("shared") == "yes",
        )
        response.set_status(429 if again_at else 400)
        if again_at:
            response.headers["Retry-After"] = str((refused.until - now) // 1000 + 1)
        return response

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """Sign out; nothing of the desk stays in the browser."""
        session = await self.session(request)
        if session:
            if not self._is_own(await form_of(request), session):
                raise web.HTTPSeeOther("/desk")
            await self._service.visits.end(session.handle)
            await self._service.desk.sign_out(request.cookies[COOKIE])
            address = network_of(request)
            await self._service.accounts.audit(session.librarian, "sign-out", address=address)
        response = web.Response(status=303, headers={"Location": "/desk"})
        clear(response)
        return response

    # -- how long still --------------------------------------------------------------------------

    async def still(self, request: web.Request) -> web.StreamResponse:
        """Tell a page how long its session still lasts; asking does not make it longer."""
        session = await self.session(request, active=False)
        if session is None:
            raise web.HTTPUnauthorized(text=self._texts("people-over"))
        return web.json_response(
            None if session.ends_at is None else ends_of(session.ends_at, self._now())
        )

    async def stay(self, request: web.Request) -> web.StreamResponse:
        """Take typing for what it is, something that a person does."""
        session = await self.session(request, active=False)
        if session is None or not self._is_own(await form_of(request), session):
            raise web.HTTPUnauthorized(text=self._texts("people-over"))
        await self._service.accounts.seen(request.cookies[COOKIE], session)
        return await self.still(request)

    # -- with an invitation ------------------------------------------------------------------------

    async def join_page(self, request: web.Request) -> web.StreamResponse:
        """Ask who joins; opening the link does not use it up, so that previews do no harm."""
        if await self.session(request) and not await self._invited(request):
            # The link in an old letter is how a librarian finds the desk again.
            raise web.HTTPSeeOther("/desk")
        return await self._join_form(request, {})

    async def _join_form(
        self, request: web.Request, form: Mapping[str, str], fault: str = "", taken: str = ""
    ) -> web.StreamResponse:
        invited = await self._invited(request)
        page = {
            "library": self._for(invited) if invited else "",
            "fault": fault,
            "taken": taken,
            "trial": bool(invited and invited.trial),
            "name": form.get("name", ""),
            "login": form.get("login", ""),
            "shared": form.get("shared") == "yes",
            "shortest": SHORTEST,
        }
        response = self._render("desk_join.html", request, page)
        response.set_status(410 if invited is None else 400 if fault else 200)
        return response

    def _for(self, invited: Invitation) -> str:
        """Return what an invitation is for, in words."""
        if invited.role != "admin":
            return self._library_name(invited.library)
        where = self._library_name(invited.library)
        admin = self._texts("desk-role-admin")
        return f"{admin}; {where}" if where else admin

    async def _invited(self, request: web.Request) -> Invitation | None:
        """Return what the invitation is for; one into a trial ends with the trial."""
        invited = await self._service.accounts.invited(request.match_info["code"])
        return None if invited and invited.trial and not self._service.roster.now.trial else invited

    async def join(self, request: web.Request) -> web.StreamResponse:
        """Use the invitation up, and sign the person in."""
        if not self._joins.allows(network_of(request)):
            raise web.HTTPTooManyRequests(text=self._texts("web-too-fast"))
        form = await form_of(request)
        name = " ".join(form.get("name", "").split())
        if is_blank(name) or len(name) > NAME or not name.isprintable():
            return await self._join_form(request, form, self._texts("desk-name-needed"))
        invited = await self._invited(request)
        if invited is None:
            return await self._join_form(request, form)
        known = await self._named(name, invited)
        if known and not (invited.trial and form.get("same") == "yes"):
            fault = self._texts(_taken(known), name=name)
            taken = name if invited.trial else ""
            return await self._join_form(request, form, fault, taken)
        number = secrets.token_urlsafe(9)
        who = known or Librarian(number, invited.library, name, invited.trial, invited.role)
        if invited.trial:
            return await self._joined(request, form, who, None)
        login, password = folded(form.get("login", "")), form.get("password", "")
        fault = self._login_fault(login) or self._password_fault(password, login)
        if fault:
            return await self._join_form(request, form, fault)
        return await self._joined(request, form, replace(who, login=login), password)

    async def _joined(
        self, request: web.Request, form: Mapping[str, str], who: Librarian, password: str | None
    ) -> web.StreamResponse:
        code, place = request.match_info["code"], self._place(request, form)
        try:
            joined = await self._service.accounts.join(code, who, password, place.address)
        except TakenError:
            return await self._join_form(request, form, self._texts("people-login-taken"))
        if not joined:
            return await self._join_form(request, form)
        response = web.Response(status=303, headers={"Location": "/desk"})
        await self._begin(request, response, who, place)
        await self._service.roster.refresh()
        return response

    async def _named(self, name: str, invited: Invitation) -> Librarian | None:
        """Return who has that name at this desk."""
        accounts = await self._service.accounts.store.people()
        people = [account.who for account in accounts]
        if invited.trial:
            people = await self._service.desk.librarians()
        for known in people:
            same = known.name.casefold() == name.casefold()
            if same and (known.library, known.trial) == (invited.library, invited.trial):
                return known
        return None

    def _login_fault(self, login: str) -> str:
        fits = all(sign in SIGNS or unicodedata.category(sign)[0] in "LN" for sign in login)
        return "" if 3 <= len(login) <= LOGIN and fits else self._texts("people-login-needed")

    def _password_fault(self, password: str, login: str) -> str:
        fault = fault_of(password, login)
        return self._texts(f"desk-password-{fault}", least=SHORTEST) if fault else ""

    # -- with a link for a new password ------------------------------------------------------------

    async def reset_page(self, request: web.Request) -> web.StreamResponse:
        """Ask for a new password; opening the link does not use it up."""
        return await self._reset_form(request)

    async def _reset_form(
        self, request: web.Request, fault: str = "", login: str = ""
    ) -> web.StreamResponse:
        code = request.match_info["code"]
        who = await self._service.accounts.store.reset_for(code, self._now())
        page = {"trial": False, "who": who, "fault": fault, "shortest": SHORTEST, "login": login}
        response = self._render("desk_reset.html", request, page)
        response.set_status(410 if who is None else 400 if fault else 200)
        return response

    async def reset(self, request: web.Request) -> web.StreamResponse:
        """Use the link up, and sign the person in with the new password."""
        if not self._joins.allows(network_of(request)):
            raise web.HTTPTooManyRequests(text=self._texts("web-too-fast"))
        form, code = await form_of(request), request.match_info["code"]
        who = await self._service.accounts.store.reset_for(code, self._now())
        password = form.get("password", "")
        login = (who.login if who else "") or folded(form.get("login", ""))
        fault = self._login_fault(login) or self._password_fault(password, login)
        if who is None or fault:
            return await self._reset_form(request, fault, login)
        place = self._place(request, form)
        try:
            who = await self._service.accounts.reset(code, password, place.address, login)
        except TakenError:
            return await self._reset_form(request, self._texts("people-login-taken"), login)
        if who is None:
            return await self._reset_form(request)
        response = web.Response(status=303, headers={"Location": "/desk"})
        await self._begin(request, response, who, place)
        return response


def _taken(known: Librarian) -> str:
    """Return the text that says how whoever has this name comes in; an invitation is no proof."""
    if known.trial:
        return "desk-name-taken"
    if known.disabled_at:
        return "people-name-stopped"
    # Whoever has a password comes back with it, and nobody else in their name.
    return "people-name-taken" if known.login else "people-name-without-login"
