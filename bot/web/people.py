"""Who signs in, for administrators: invitations, a forgotten password, who is let in."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from aiohttp import web

from bot.desk.accounts import BUREAU
from bot.service import Service
from bot.store.accounts import Account
from bot.store.interface import DeskSession, Librarian, Role
from bot.web.signed_in import SignedIn


class People(SignedIn):
    """The page „Хора“."""

    base = "/desk/people"

    def __init__(self, service: Service, public_url: str) -> None:
        super().__init__(service)
        self._public_url = public_url

    def routes(self) -> list[web.RouteDef]:
        """Return what the page answers to."""
        one = r"/desk/people/{person:[\w-]{1,40}}"
        return [
            web.get("/desk/people", self.page),
            web.post("/desk/people/invite", self.invite),
            web.post(f"{one}/{{act:disable|enable|reset|revoke}}", self.act),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Show everybody by desk."""
        session = await self._required(request, "admin")
        named = request.query.get("revoked", "")
        who = await self._service.accounts.store.person(named) if named else None
        return await self._shown(request, session, revoked=who.name if who else "")

    async def _shown(
        self, request: web.Request, session: DeskSession, **besides: str | bool
    ) -> web.Response:
        accounts = await self._service.accounts.store.people()
        page = self._face(session) | {
            "desks": self._by_desk(accounts),
            "places": self._places(),
            "link": "",
            "whose": "",
            "has_login": True,
            "of": "",
            "fault": "",
            "revoked": "",
            **besides,
        }
        response = self._render("desk_people.html", request, page)
        response.set_status(400 if besides.get("fault") else 200)
        return response

    def _by_desk(self, accounts: Iterable[Account]) -> list[dict[str, Any]]:
        """Return the accounts by desk; those without one first."""

        def desk(account: Account) -> tuple[bool, str]:
            return (account.who.library != "", self._library_name(account.who.library))

        return [
            {"name": name or self._texts("people-no-desk"), "accounts": list(group)}
            for (_, name), group in groupby(sorted(accounts, key=desk), key=desk)
        ]

    def _places(self) -> list[dict[str, Any]]:
        """Return the desks that somebody can be invited to, by kind and town."""
        directory = self._service.context().knowledge.directory
        bureaus = [(f"{BUREAU}{place.id}", place) for place in directory.bureaus]
        libraries = [(place.id, place) for place in directory.libraries]
        return [
            {
                "kind": self._texts(name),
                "options": sorted(
                    ((number, f"{place.city}: {place.name}") for number, place in places),
                    key=lambda option: option[1],
                ),
            }
            for name, places in (("people-libraries", libraries), ("people-bureaus", bureaus))
        ]

    # -- acting ------------------------------------------------------------------------------------

    async def invite(self, request: web.Request) -> web.StreamResponse:
        """Make a one-time link and show it, this once."""
        session, form = await self._posted(request, "admin")
        desk, admin = form.get("desk", ""), form.get("admin") == "yes"
        expert = desk.startswith(BUREAU)
        if (desk and not self._is_desk(desk)) or not (desk or admin) or (expert and admin):
            return await self._shown(request, session, fault=self._texts("people-whom"))
        role: Role = "expert" if expert else "admin" if admin else "librarian"
        code = await self._service.accounts.invite(session.librarian, role, desk)
        of = self._library_name(desk) or self._texts("desk-role-admin")
        return await self._shown(request, session, link=self._link(request, "join", code), of=of)

    def _is_desk(self, desk: str) -> bool:
        directory = self._service.context().knowledge.directory
        if desk.startswith(BUREAU):
            return directory.bureau(desk.removeprefix(BUREAU)) is not None
        return directory.library(desk) is not None

    def _link(self, request: web.Request, kind: str, code: str) -> str:
        secure = request.secure or request.headers.get("X-Forwarded-Proto") == "https"
        here = f"{'https' if secure else 'http'}://{request.host}"
        return f"{self._public_url or here}/desk/{kind}/{code}"

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Let somebody in or not, end their sessions, or make a link for a new password."""
        session, _ = await self._posted(request, "admin")
        accounts, me = self._service.accounts, session.librarian
        who = await accounts.store.person(request.match_info["person"])
        if who is None or who.trial:
            raise web.HTTPSeeOther("/desk/people")
        act = request.match_info["act"]
        if act == "reset":
            return await self._reset(request, session, who)
        if who.id == me.id:
            # An administrator who locks themselves out has nobody to let them in.
            return await self._shown(request, session, fault=self._texts("people-not-yourself"))
        if act == "disable":
            await accounts.disable(me, who)
        elif act == "enable":
            await accounts.enable(me, who)
        else:
            await accounts.revoke(me, who)
        await self._service.roster.refresh()
        done = f"?revoked={who.id}" if act == "revoke" else ""
        raise web.HTTPSeeOther(f"/desk/people{done}")

    async def _reset(
        self, request: web.Request, session: DeskSession, who: Librarian
    ) -> web.Response:
        if who.id == session.librarian.id:
            raise web.HTTPSeeOther("/desk/me")
        if who.disabled_at:
            return await self._shown(request, session, fault=self._texts("people-no-login"))
        code = await self._service.accounts.offer_reset(session.librarian, who)
        link = self._link(request, "reset", code)
        return await self._shown(
            request, session, link=link, whose=who.name, has_login=bool(who.login)
        )
