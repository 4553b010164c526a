"""The practice in the browser: the desk's own pages, with invented people and a check after."""

import logging
import secrets
from typing import Any

from aiohttp import web

from bot.channels.practice import desk_of
from bot.desk.practice import Practice, person_of
from bot.service import Service
from bot.store.interface import CaseFile, DeskSession, Librarian
from bot.web.desk import KEY, LANDS, WebDesk
from bot.web.signed_in import LIBRARIAN
from dialogs.practice.coming import LostError
from dialogs.practice.people import invented

log = logging.getLogger(__name__)


class PracticeDesk(WebDesk):
    """The same list, card, conversation and acts. One librarian alone sees their own practice."""

    base = "/desk/practice"
    practice = True
    lands = LANDS | {"close": "check"}

    def __init__(self, service: Service) -> None:
        super().__init__(service)
        self._room = Practice(service.desk, service.runtime, service.context, service.clock)

    def routes(self) -> list[web.RouteDef]:
        """Return what the practice answers to."""
        return [
            *self._pages(),
            web.post(f"{self.base}/begin", self.begin),
            web.post(f"{self.base}/cases/{{number:[0-9]{{1,15}}}}/delete", self.delete),
            web.post(f"{self.base}/delete", self.delete_all),
        ]

    def _desk(self, librarian: Librarian) -> str:
        return desk_of(librarian)

    def _may_open(self, who: Librarian) -> bool:
        return super()._may_open(who) and who.role != "expert"

    # -- acting --------------------------------------------------------------------------------

    async def begin(self, request: web.Request) -> web.StreamResponse:
        """Let the chosen person come."""
        session, form = await self._posted(request, *LIBRARIAN, needs_desk=True)
        person = invented().get(form.get("person", ""))
        key = form.get("key", "")
        if person is None or not KEY.fullmatch(key):
            raise web.HTTPSeeOther(self.base)
        try:
            case = await self._room.begins(session.librarian, person, key)
        except LostError as error:
            # Other knowledge than the shipped one may ask what the invented people do not answer.
            log.error("a practice could not begin: %s", error)  # noqa: TRY400
            notice = {"notice": self._texts("practice-lost", name=person.name)}
            response = self._render("desk.html", request, await self._page(session) | notice)
            response.set_status(409)
            return response
        raise web.HTTPSeeOther(f"{self.base}/cases/{case.number}" if case else self.base)

    async def delete(self, request: web.Request) -> web.StreamResponse:
        """Erase one practice."""
        session, _ = await self._posted(request, *LIBRARIAN, needs_desk=True)
        case = await self._mine(session, int(request.match_info["number"]))
        if case is not None:
            await self._room.ends(case)
        raise web.HTTPSeeOther(self.base)

    async def delete_all(self, request: web.Request) -> web.StreamResponse:
        """Erase every practice of this librarian."""
        session, _ = await self._posted(request, *LIBRARIAN, needs_desk=True)
        for case in await self._service.desk.cases(self._desk(session.librarian)):
            await self._room.ends(case)
        raise web.HTTPSeeOther(self.base)

    async def _acted(self, case: CaseFile) -> None:
        await self._room.answers(case)

    # -- showing -------------------------------------------------------------------------------

    async def _mine(self, session: DeskSession, number: int) -> CaseFile | None:
        """Return the case, after the person has said what a crash may have kept back."""
        case = await super()._mine(session, number)
        if case is not None:
            await self._room.answers(case)
        return case

    async def _page(self, session: DeskSession, chosen: int = 0) -> dict[str, Any]:
        page = await super()._page(session, chosen)
        open_ = {
            row["file"].conversation.split(".")[2]: row["file"].number for row in page["cases"]
        }
        return page | {
            "people": [(person, open_.get(person.id)) for person in invented().values()],
            "begin_key": secrets.token_urlsafe(12),
        }

    async def _besides(self, case: CaseFile, *, whole: bool) -> dict[str, Any]:
        ended = whole and not case.is_open
        return {
            "done": await self._room.has_said_all(case),
            "check": await self._room.check(case) if ended else None,
        }

    def _heading(self, case: CaseFile) -> str:
        return self._texts("practice-case", name=self._label(case))

    def _label(self, case: CaseFile) -> str:
        person = person_of(case)
        return person.name if person else f"№ {case.number}"
