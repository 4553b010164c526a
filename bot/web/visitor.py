"""„Посетител на място“: the librarian holds the interview for who sits there, and prints the plan.

Pages work without scripts. Nothing is kept: no cookie besides the librarian's own, no page in a
cache, and a page of another visit does nothing in this one. No title, address or file name says
anything of the visitor, for a browser's history keeps those.

Each page knows when the visit or the session ends and asks how long still (`still`), so that no
words stand on a screen whose time is over, in whatever tab. Without scripts it comes anew then.
"""

import asyncio
import secrets
from dataclasses import replace
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from bot.channels.opening import web_link
from bot.desk.visits import EndedError, Visit
from bot.documents import File, file_of
from bot.documents.files import prepared
from bot.service import Service, stored_language
from bot.store.interface import DeskSession, Line, Role
from bot.web.chat import ACTION, KEY, LONGEST, PRESS
from bot.web.desk import WebDesk
from bot.web.entries import entries_of, file_link, linked, with_words
from bot.web.files import attached
from bot.web.forms import form_of, is_blank
from bot.web.guard import HEADERS, Measure
from bot.web.own_files import mark
from bot.web.signed_in import BY_ITSELF, COOKIE, LIBRARIAN, ends_of, is_an_act
from dialogs.documents import Document
from dialogs.model import Event, Pressed, Said
from dialogs.texts import load_texts

NUMBER = "{message:[0-9]{1,18}}"
OVER = "over"
"""In the address that a page leads to whose session is over."""
INSIDE = {
    "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}
"""A PDF stands inside of a page of ours, which goes when the visit does."""


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
            web.get(f"{self.base}/still", self.still),
            web.post(f"{self.base}/still", self.stay),
            web.get(f"{self.base}/print/{NUMBER}", self.print_page, allow_head=False),
            web.get(f"{self.base}/pdf/{NUMBER}", self.pdf_page, allow_head=False),
            web.get(f"{self.base}/file/{NUMBER}", self.file, allow_head=False),
        ]

    # -- the interview -------------------------------------------------------------------------

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Show the talk so far, or how to begin; after the end there is nothing to show."""
        session = await self.session(request)
        if session is None and {OVER, BY_ITSELF} & set(request.query):
            return self._door(request, fault=self._texts("desk-visitor-over-signed-out"))
        if session is None:
            raise web.HTTPSeeOther("/desk")
        self._only(request, session, *LIBRARIAN, needs_desk=True)
        visit = await self._visit_here(request, session)
        if visit is None:
            return self._door_of_visits(request, session)
        try:
            return await self._talk(request, session, visit)
        except EndedError:
            return self._door_of_visits(request, session)

    async def begin(self, request: web.Request) -> web.StreamResponse:
        """Begin with a new visitor; what the one before told is gone."""
        session, _ = await self._posted(request, *LIBRARIAN, needs_desk=True)
        await self._visits.begin(session)
        raise web.HTTPSeeOther(self.base)

    async def say(self, request: web.Request) -> web.StreamResponse:
        """Do what was typed or pressed, and show what is said back."""
        session, form = await self._posted(request, *LIBRARIAN, needs_desk=True)
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
        session, form = await self._posted(request, *LIBRARIAN, needs_desk=True)
        await self._visit_of(session, form)
        await self._visits.end(session.handle)
        raise web.HTTPSeeOther(f"{self.base}?ended")

    # -- how long still ------------------------------------------------------------------------

    async def still(self, request: web.Request) -> web.StreamResponse:
        """Tell a page how long its visit still lasts; asking does not make it longer."""
        session = await self.session(request, active=False)
        if session is None:
            raise web.HTTPUnauthorized(text=self._texts("people-over"))
        self._only(request, session, *LIBRARIAN, needs_desk=True)
        visit = await self._visits.of(session)
        if visit is None or request.query.get("visit") != visit.key:
            raise web.HTTPGone(text=self._texts("desk-visitor-gone"))
        return web.json_response(self._ends(session, visit))

    async def stay(self, request: web.Request) -> web.StreamResponse:
        """Take typing for what it is, something that a person does."""
        session = await self.session(request, active=False)
        if session is None or not self._is_own(await form_of(request), session):
            raise web.HTTPUnauthorized(text=self._texts("people-over"))
        self._only(request, session, *LIBRARIAN, needs_desk=True)
        session = await self._service.accounts.seen(request.cookies[COOKIE], session)
        visit = await self._visits.of(session)
        if visit:
            visit.touch()
        return await self.still(request)

    def _ends(self, session: DeskSession, visit: Visit) -> dict[str, Any]:
        """Return when the visit ends if nothing more is done: its own time, or its session's."""
        ends_at = min(visit.ends_at, session.ends_at or visit.ends_at)
        return ends_of(ends_at, self._now())

    async def _visit_here(self, request: web.Request, session: DeskSession) -> Visit | None:
        """Return the visit of this session; going to a page of it is something that is done."""
        visit = await self._visits.of(session)
        if visit and is_an_act(request):
            visit.touch()
        return visit

    async def _visit_of(self, session: DeskSession, form: dict[str, str]) -> Visit:
        """Return the visit that the form stands in; raises HTTPSeeOther where it has ended."""
        visit = await self._visits.of(session)
        if visit is None or form.get("visit") != visit.key:
            raise web.HTTPSeeOther(self.base if visit else f"{self.base}?gone")
        return visit

    async def _posted(
        self, request: web.Request, *roles: Role, needs_desk: bool = False
    ) -> tuple[DeskSession, dict[str, str]]:
        """Return who posts which form; that the visit went with its session is said besides."""
        form = await form_of(request)
        if "visit" in form and await self.session(request, active=False) is None:
            raise web.HTTPSeeOther(f"{self.base}?{OVER}")
        return await super()._posted(request, *roles, needs_desk=needs_desk)

    # -- on paper ------------------------------------------------------------------------------

    async def print_page(self, request: web.Request) -> web.StreamResponse:
        """Show the page of a message as it is printed; no file is left on this computer."""
        session, visit, document = await self._document(request)
        page = await asyncio.to_thread(prepared, document)
        shown = {
            "page": page,
            "number": request.match_info["message"],
            "words": load_texts()[document.language],
            "linked": linked,
        }
        return self._shown("visitor_print.html", request, self._living(session, visit) | shown)

    async def pdf_page(self, request: web.Request) -> web.StreamResponse:
        """Show the page as PDF inside of one that goes with the visit."""
        session, visit, _ = await self._document(request)
        shown = self._living(session, visit) | {"number": request.match_info["message"]}
        return self._shown("visitor_pdf.html", request, shown)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give the same page as PDF, to be looked at in the browser."""
        if request.headers.get("Sec-Fetch-Dest") == "document":
            # Alone in a tab it would stay there after the visit.
            raise web.HTTPSeeOther(f"{self.base}/pdf/{request.match_info['message']}")
        session, _, document = await self._document(request)
        if not self._made.allows(session.csrf):
            raise web.HTTPTooManyRequests(text=self._texts("web-too-fast"))
        made = await self._file(document)
        name = attached(made.name).replace("attachment", "inline", 1)
        headers = {"Content-Type": made.content_type, "Content-Disposition": name} | INSIDE
        return web.Response(body=made.content, headers=headers)

    async def _document(self, request: web.Request) -> tuple[DeskSession, Visit, Document]:
        """Return the page of a message; raises HTTPSeeOther where nothing of it is left."""
        session = await self._required(request, *LIBRARIAN, needs_desk=True)
        visit = await self._visit_here(request, session)
        try:
            message = int(request.match_info["message"])
            document = await visit.document(message) if visit else None
        except EndedError:
            document = None
        if visit is None or document is None:
            raise web.HTTPSeeOther(self.base if visit else f"{self.base}?gone")
        return session, visit, document

    async def _file(self, document: Document) -> File:
        words, title = load_texts()[document.language], self._texts("desk-visitor-pdf-title")
        link = web_link(self._public_url, document.payload)
        bare = document.model_copy(update={"form": "pdf", "name": title})
        return await asyncio.to_thread(file_of, bare, words, link, title=title)

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
        offered = [entry for entry in entries if entry["rows"] and not entry["aside"]]
        page = self._living(session, visit) | {
            "entries": entries,
            "choices": offered[-1] if offered else None,
            "keys": [secrets.token_urlsafe(12) for _ in range(2)],
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
                entry["file"] = file_link(href, self._texts("desk-visitor-print"))
        return entries

    def _door_of_visits(self, request: web.Request, session: DeskSession) -> web.Response:
        page = {
            "csrf": session.csrf,
            "ended": "ended" in request.query,
            "gone": {"gone", BY_ITSELF} & set(request.query),
        }
        return self._shown("visitor_door.html", request, page)

    def _living(self, session: DeskSession, visit: Visit) -> dict[str, Any]:
        """Return what every page of a visit knows: whose it is, and when it ends."""
        ends = self._ends(session, visit)
        # A moment later, so that a page which comes anew finds nothing any more.
        anew = f"{ends['left'] // 1000 + 2};url={self.base}?{BY_ITSELF}"
        return {"csrf": session.csrf, "visit": visit.key, "ends": ends, "anew": anew}

    def _shown(self, template: str, request: web.Request, page: dict[str, Any]) -> web.Response:
        shared = {"t": self._texts, "base": self.base, "version": mark()}
        return aiohttp_jinja2.render_template(template, request, shared | page)


def _event_of(form: dict[str, str]) -> Event | None:
    """Return the event that the form means; None where it means nothing."""
    if form.get("press"):
        pressed = PRESS.fullmatch(form["press"])
        if pressed is None or len(pressed[2].encode()) > ACTION:
            return None
        return Pressed(serial=int(pressed[1]), action=pressed[2])
    text = form.get("text", "").strip()
    return None if is_blank(text) else Said(text=text[:LONGEST])
