"""„Посетител на място“: the librarian holds the interview for who sits there, and prints the plan.

Pages work without scripts. Nothing is kept: no cookie besides the librarian's own, no page in a
cache, and a page of another visit does nothing in this one.
"""

import asyncio
import hashlib
import secrets
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from bot.channels.opening import web_link
from bot.desk.visits import EndedError, Visit
from bot.documents import File, file_of
from bot.documents.files import prepared
from bot.service import Service, stored_language
from bot.store.interface import DeskSession, Line
from bot.web.chat import ACTION, KEY, LONGEST, PRESS
from bot.web.desk import WebDesk
from bot.web.entries import entries_of, linked, with_words
from bot.web.files import attached
from bot.web.forms import form_of, is_blank
from bot.web.guard import Measure
from dialogs.documents import Document
from dialogs.model import Event, Pressed, Said
from dialogs.texts import load_texts

STATIC = Path(__file__).parent / "static"
NUMBER = "{message:[0-9]{1,18}}"


class VisitorDesk(WebDesk):
    """One visitor at a time for each librarian who is signed in."""

    base = "/desk/visitor"

    def __init__(self, service: Service, public_url: str) -> None:
        super().__init__(service)
        self._visits = service.visits
        self._public_url = public_url
        self._made = Measure(per_minute=20, burst=10)

    def routes(self) -> list[web.RouteDef]:
        """Return what a visit answers to."""
        return [
            web.get(self.base, self.page),
            web.post(f"{self.base}/begin", self.begin),
            web.post(f"{self.base}/say", self.say),
            web.post(f"{self.base}/end", self.end),
            web.get(f"{self.base}/print/{NUMBER}", self.print_page, allow_head=False),
            web.get(f"{self.base}/file/{NUMBER}", self.file, allow_head=False),
        ]

    # -- the interview -------------------------------------------------------------------------

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Show the talk so far, or how to begin; after the end there is nothing to show."""
        session = await self._signed_in(request)
        visit = await self._visits.of(session.csrf)
        if visit is None:
            return self._door_of_visits(request, session)
        try:
            return await self._talk(request, session, visit)
        except EndedError:
            return self._door_of_visits(request, session)

    async def begin(self, request: web.Request) -> web.StreamResponse:
        """Begin with a new visitor; what the one before told is gone."""
        session, _ = await self._own_form(request)
        await self._visits.begin(session.csrf, session.librarian.library)
        raise web.HTTPSeeOther(self.base)

    async def say(self, request: web.Request) -> web.StreamResponse:
        """Do what was typed or pressed, and show what is said back."""
        session, form = await self._own_form(request)
        visit = await self._visit_of(session, form)
        event, key = _event_of(form), form.get("key", "")
        if event is None or not KEY.fullmatch(key):
            raise web.HTTPSeeOther(f"{self.base}#end")
        try:
            await visit.takes(event, key)
        except EndedError:
            raise web.HTTPSeeOther(f"{self.base}?gone") from None
        raise web.HTTPSeeOther(f"{self.base}#end")

    async def end(self, request: web.Request) -> web.StreamResponse:
        """End the visit: all of it is gone when the answer comes."""
        session, form = await self._own_form(request)
        await self._visit_of(session, form)
        await self._visits.end(session.csrf)
        raise web.HTTPSeeOther(f"{self.base}?ended")

    async def _visit_of(self, session: DeskSession, form: dict[str, str]) -> Visit:
        """Return the visit that the form stands in; raises HTTPSeeOther where it has ended."""
        visit = await self._visits.of(session.csrf)
        if visit is None or form.get("visit") != visit.key:
            raise web.HTTPSeeOther(self.base if visit else f"{self.base}?gone")
        return visit

    async def _signed_in(self, request: web.Request) -> DeskSession:
        session = await self.session(request)
        if session is None:
            raise web.HTTPSeeOther("/desk")
        return session

    async def _own_form(self, request: web.Request) -> tuple[DeskSession, dict[str, str]]:
        """Return who posts which form; raises HTTPSeeOther where it is not one they were shown."""
        form = await form_of(request)
        session = await self._signed_in(request)
        if not self._is_own(form, session):
            raise web.HTTPSeeOther(self.base)
        return session, form

    # -- on paper ------------------------------------------------------------------------------

    async def print_page(self, request: web.Request) -> web.StreamResponse:
        """Show the page of a message as it is printed; no file is left on this computer."""
        session, document = await self._document(request)
        page = await asyncio.to_thread(prepared, document)
        shown = {
            "page": page,
            "number": request.match_info["message"],
            "words": load_texts()[document.language],
            "linked": linked,
            "me": session.librarian,
        }
        return self._shown("visitor_print.html", request, shown)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give the same page as PDF, to be looked at in the browser."""
        session, document = await self._document(request)
        if not self._made.allows(session.csrf):
            raise web.HTTPTooManyRequests(text=self._texts("web-too-fast"))
        made = await self._file(document.model_copy(update={"form": "pdf"}))
        name = attached(made.name).replace("attachment", "inline", 1)
        headers = {"Content-Type": made.content_type, "Content-Disposition": name}
        return web.Response(body=made.content, headers=headers)

    async def _document(self, request: web.Request) -> tuple[DeskSession, Document]:
        """Return the page of a message; raises HTTPSeeOther where nothing of it is left."""
        session = await self._signed_in(request)
        visit = await self._visits.of(session.csrf)
        try:
            message = int(request.match_info["message"])
            document = await visit.document(message) if visit else None
        except EndedError:
            document = None
        if document is None:
            raise web.HTTPSeeOther(self.base if visit else f"{self.base}?gone")
        return session, document

    async def _file(self, document: Document) -> File:
        words = load_texts()[document.language]
        link = web_link(self._public_url, document.payload)
        return await asyncio.to_thread(file_of, document, words, link)

    # -- showing -------------------------------------------------------------------------------

    async def _talk(
        self, request: web.Request, session: DeskSession, visit: Visit
    ) -> web.StreamResponse:
        lines = [line for line in await visit.lines() if line.body]
        language = stored_language(await visit.stored())
        entries = self._entries(lines)
        mine = [entry for entry in entries if entry["who"] == "me"]
        for entry in (mine or entries)[-1:]:
            entry["end"] = True
        offered = [entry for entry in entries if entry["rows"]]
        page = {
            "entries": entries,
            "choices": offered[-1] if offered else None,
            "keys": [secrets.token_urlsafe(12) for _ in range(2)],
            "visit": visit.key,
            "csrf": session.csrf,
            "language": language,
            "words": load_texts()[language],
            "linked": linked,
            "longest": LONGEST,
        }
        return self._shown("visitor.html", request, page)

    def _entries(self, lines: list[Line]) -> list[dict[str, Any]]:
        """Return what was said; a file is a page to be printed from here."""
        bare = [replace(line, document=None) for line in lines]
        entries = with_words(entries_of(bare, self._texts), self._texts)
        pages = {line.id for line in lines if line.kind == "out" and line.document}
        for entry in entries:
            if entry["who"] == "bot" and entry["id"] in pages:
                href = f"{self.base}/print/{entry['id']}"
                entry["file"] = {"href": href, "name": self._texts("desk-visitor-print")}
        return entries

    def _door_of_visits(self, request: web.Request, session: DeskSession) -> web.Response:
        page = {
            "csrf": session.csrf,
            "ended": "ended" in request.query,
            "gone": "gone" in request.query,
        }
        return self._shown("visitor_door.html", request, page)

    def _shown(self, template: str, request: web.Request, page: dict[str, Any]) -> web.Response:
        shared = {"t": self._texts, "base": self.base, "version": _version()}
        return aiohttp_jinja2.render_template(template, request, shared | page)


@cache
def _version() -> str:
    """Return a mark that changes with the files of the page, so that none is kept too long."""
    files = [STATIC / "chat.css", *sorted(STATIC.glob("visitor.*"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10]


def _event_of(form: dict[str, str]) -> Event | None:
    """Return the event that the form means; None where it means nothing."""
    if form.get("press"):
        pressed = PRESS.fullmatch(form["press"])
        if pressed is None or len(pressed[2].encode()) > ACTION:
            return None
        return Pressed(serial=int(pressed[1]), action=pressed[2])
    text = form.get("text", "").strip()
    return None if is_blank(text) else Said(text=text[:LONGEST])
