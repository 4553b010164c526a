"""What can be put into a reply, looked up while a librarian types; nothing is sent from here."""

import asyncio
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from bot.channels.practice import desk_of
from bot.store.interface import CaseFile, DeskSession
from bot.web.desk import CHOSEN, WebDesk
from bot.web.signed_in import LIBRARIAN, signed_out
from dialogs.desk_texts.lookup import Found, lookup_all, whisper

LONGEST_QUERY = 100
"""Characters of what is looked for."""


class InsertPages(WebDesk):
    """A list for the reply field, suggestions above it, and a page for browsers without scripts."""

    def routes(self) -> list[web.RouteDef]:
        """Return what is answered here."""
        return [
            web.get("/desk/insert", self.options),
            web.get("/desk/whisper", self.suggestions),
            web.get("/desk/find", self.find_page),
        ]

    async def options(self, request: web.Request) -> web.StreamResponse:
        """Give the list alone."""
        session = await self.session(request)
        if session is None:
            return signed_out(request)
        self._only(request, session, *LIBRARIAN)
        return self._fragment(
            "desk_insert_options.html", request, await self._found(request, session)
        )

    async def suggestions(self, request: web.Request) -> web.StreamResponse:
        """Give what surely fits the person's last words, or nothing."""
        session = await self.session(request)
        if session is None:
            return signed_out(request)
        self._only(request, session, *LIBRARIAN)
        case = await self._case_of(request, session)
        results: tuple[Found, ...] = ()
        if case is not None:
            context = await self._service.writing.case_context(session.librarian, case)
            asked = await self._last_words(case, context.card.question)
            results = await asyncio.to_thread(whisper, asked, context)
        return self._fragment("desk_whisper.html", request, {"results": results})

    async def find_page(self, request: web.Request) -> web.StreamResponse:
        """Show the search on a page of its own, with texts to copy."""
        session = await self._required(request, *LIBRARIAN)
        frame = self._face(session)
        found = await self._found(request, session)
        return self._render("desk_find.html", request, frame | found)

    async def _found(self, request: web.Request, session: DeskSession) -> dict[str, Any]:
        case = await self._case_of(request, session)
        query = " ".join(request.query.get("q", "")[:LONGEST_QUERY].split())
        context = await self._service.writing.case_context(session.librarian, case)
        # Letters are tried and slips mended: away from the loop that everybody waits for.
        results = await asyncio.to_thread(lookup_all, query, context)
        where = self._address_of(case, session) if case else "/desk"
        on_card = {one.id for one in results if one.id in context.on_card}
        return {"results": results, "query": query, "of": case, "on_card": on_card, "back": where}

    async def _case_of(self, request: web.Request, session: DeskSession) -> CaseFile | None:
        """Return the case that is written in, of people or of the practice, if it is theirs."""
        number = request.query.get("case", "")
        case = await self._service.desk.case(int(number)) if CHOSEN.fullmatch(number) else None
        mine = (self._desk(session.librarian), desk_of(session.librarian))
        return case if case and any(map(case.at_desk, mine)) else None

    def _address_of(self, case: CaseFile, session: DeskSession) -> str:
        practice = case.library == desk_of(session.librarian)
        return f"{self.base}{'/practice' if practice else ''}/cases/{case.number}"

    async def _last_words(self, case: CaseFile, question: str) -> str:
        """Return what the person said last: what they asked, where they have said nothing since."""
        entries = await self._service.desk.entries(case.number)
        return next((e.text for e in reversed(entries) if e.kind == "person"), question)

    def _fragment(self, template: str, request: web.Request, page: dict[str, Any]) -> web.Response:
        return aiohttp_jinja2.render_template(template, request, self._shared() | page)
