"""One's own account: where one is signed in, a new password, signing out elsewhere."""

from aiohttp import web

from bot.channels.telegram.channel import NAME as TELEGRAM
from bot.desk.accounts import Place, Refused
from bot.desk.linking import LASTS
from bot.desk.passwords import SHORTEST, fault_of
from bot.store.interface import DeskSession
from bot.web.caller import browser_of, network_of
from bot.web.signed_in import SignedIn, when_again


class OwnAccount(SignedIn):
    """The page „Моите влизания“."""

    base = "/desk/me"

    def routes(self) -> list[web.RouteDef]:
        """Return what the page answers to."""
        return [
            web.get("/desk/me", self.page),
            web.post("/desk/me/revoke", self.revoke),
            web.post("/desk/me/revoke-others", self.revoke_others),
            web.post("/desk/me/password", self.password),
            web.post("/desk/me/telegram", self.link),
            web.post("/desk/me/telegram/end", self.unlink),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Show where one is signed in."""
        return await self._shown(request, await self._required(request))

    async def _shown(
        self, request: web.Request, session: DeskSession, *, notice: str = "", fault: str = ""
    ) -> web.Response:
        accounts = self._service.accounts
        page = self._face(session) | {
            "sessions": await accounts.store.sessions(session.librarian.id, self._now()),
            "this": session.handle,
            "browser": self._browser,
            "notice": notice,
            "fault": fault,
            "shortest": SHORTEST,
            "linked": session.librarian.telegram_user is not None,
            "telegram_is_on": TELEGRAM in self._service.deliveries,
            "link_code": accounts.links.offered(session.librarian.id),
            "link_minutes": int(LASTS.total_seconds() // 60),
        }
        response = self._render("desk_me.html", request, page)
        response.set_status(400 if fault else 200)
        return response

    def _browser(self, kind: str) -> str:
        """Return a kind of browser in words."""
        name, _, system = kind.partition("/")
        if not name and not system:
            return self._texts("people-browser-unknown")
        return self._texts(
            "people-browser", name=name or self._texts("people-browser-some"), system=system or "?"
        )

    async def revoke(self, request: web.Request) -> web.StreamResponse:
        """End one of one's own sessions."""
        session, form = await self._posted(request)
        handle = form.get("handle", "")
        if handle:
            await self._service.accounts.revoke(session.librarian, session.librarian, handle)
        raise web.HTTPSeeOther("/desk/me")

    async def revoke_others(self, request: web.Request) -> web.StreamResponse:
        """End every session but this one."""
        session, _ = await self._posted(request)
        await self._service.accounts.revoke_others(session.librarian, session.handle)
        raise web.HTTPSeeOther("/desk/me")

    async def link(self, request: web.Request) -> web.StreamResponse:
        """Make the code by which the group knows this account."""
        session, _ = await self._posted(request)
        if session.librarian.login and session.librarian.telegram_user is None:
            self._service.accounts.links.offer(session.librarian.id)
        raise web.HTTPSeeOther("/desk/me#telegram")

    async def unlink(self, request: web.Request) -> web.StreamResponse:
        """Let the group know this account no more."""
        session, _ = await self._posted(request)
        if session.librarian.telegram_user is not None:
            await self._service.accounts.link_telegram(session.librarian.id, None)
        raise web.HTTPSeeOther("/desk/me#telegram")

    async def password(self, request: web.Request) -> web.StreamResponse:
        """Keep a new password; whoever came in with the old one is out."""
        session, form = await self._posted(request)
        who, new = session.librarian, form.get("new", "")
        if who.login is None:
            raise web.HTTPSeeOther("/desk/me")
        fault = fault_of(new, who.login)
        if fault:
            said = self._texts(f"desk-password-{fault}", least=SHORTEST)
            return await self._shown(request, session, fault=said)
        address = network_of(request)
        known = await self._service.accounts.knows(who.login, form.get("old", ""), address)
        if isinstance(known, Refused):
            return await self._shown(request, session, fault=self._why(known))
        await self._service.accounts.change_password(who, new, address)
        response = web.Response(status=303, headers={"Location": "/desk/me"})
        shared = session.idle_limit is not None
        await self._begin(request, response, who, Place(address, browser_of(request), shared))
        return response

    def _why(self, refused: Refused) -> str:
        """Return why the password stays as it was."""
        again_at = when_again(refused, self._now())
        if again_at:
            return self._texts("people-wait", at=again_at)
        return self._texts("people-old-wrong")
