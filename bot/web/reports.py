"""What librarians want an administrator to look at, and who cannot ask anew: seen and ended."""

from aiohttp import web

from bot.store.interface import Role
from bot.web.signed_in import SignedIn
from dialogs.screens import written_day

ADMIN: Role = "admin"


class Reports(SignedIn):
    """The page of reports and stops; what people wrote does not stand on it."""

    base = "/desk/reports"

    def routes(self) -> list[web.RouteDef]:
        """Return what it answers to."""
        return [
            web.get(self.base, self.page),
            web.post(f"{self.base}/{{number:[0-9]{{1,15}}}}/seen", self.seen),
            web.post(f"{self.base}/unmute", self.unmute),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Show what waits to be looked at, and the stops that hold."""
        session = await self._required(request, ADMIN)
        page = {
            "reports": await self._service.desk.reports(),
            "mutings": await self._service.desk.mutings(self._today()),
            "desk_name": self._service.roster.name_of,
            "written_day": written_day,
        }
        return self._render("desk_reports.html", request, self._face(session) | page)

    async def seen(self, request: web.Request) -> web.StreamResponse:
        """Note that a report was looked at."""
        session, _ = await self._posted(request, ADMIN)
        number = int(request.match_info["number"])
        waiting = await self._service.desk.reports()
        case = next((str(report.number) for report in waiting if report.id == number), "")
        line = self._service.accounts.audit.line(session.librarian, "report-seen", case)
        await self._service.desk.settle_report(number, line)
        raise web.HTTPSeeOther(self.base)

    async def unmute(self, request: web.Request) -> web.StreamResponse:
        """Let somebody ask anew before the day."""
        session, form = await self._posted(request, ADMIN)
        talk = form.get("talk", "")
        hold = await self._service.desk.mutings(self._today())
        stop = next((one for one in hold if one.talk == talk), None)
        about, until = (stop.desk, stop.until) if stop else ("", "")
        line = self._service.accounts.audit.line(session.librarian, "unmute", about, before=until)
        await self._service.desk.unmute(talk, line)
        await self._service.roster.refresh()
        raise web.HTTPSeeOther(self.base)

    def _today(self) -> str:
        return self._service.clock().date().isoformat()
