"""What desks are told live: server-sent events, replayed from the last number a page has seen."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiohttp import web

from bot.clock import wait_at_most
from bot.service import Service
from bot.store.interface import DeskSession, StepCommit

log = logging.getLogger(__name__)
NUMBER = re.compile(r"[0-9]{1,15}")
LOOK = 2.0
"""Seconds after which a change that another process made is seen."""
BEAT = 20.0
"""Seconds between two signs of life; a proxy must not take a quiet line for a dead one."""
AGAIN = 3000
"""Milliseconds after which a page comes back when the line was cut."""
MOST_LINES = 200
"""Pages that are told at once; further ones refresh by themselves."""
SessionOf = Callable[[web.Request], Awaitable[DeskSession | None]]


class Live:
    """Tells open pages which cases have changed; the pages fetch what they show themselves."""

    def __init__(self, service: Service, session_of: SessionOf) -> None:
        self._service = service
        self._session_of = session_of
        self._changed = asyncio.Event()
        self._lines: set[asyncio.Task[None]] = set()
        service.runtime.witness(self._hear)

    def routes(self) -> list[web.RouteDef]:
        """Return what it answers to."""
        return [web.get("/desk/live", self.live, allow_head=False)]

    async def stop(self, _app: web.Application) -> None:
        """Let every page go."""
        for line in list(self._lines):
            line.cancel()

    def _hear(self, commit: StepCommit) -> None:
        if commit.case or commit.entries or commit.rewordings or commit.erase:
            changed, self._changed = self._changed, asyncio.Event()
            changed.set()

    async def live(self, request: web.Request) -> web.StreamResponse:
        """Tell one page, from where it stopped listening, for as long as it is open."""
        session = await self._session_of(request)
        if session is None:
            raise web.HTTPNoContent  # A page that is told so does not come back.
        if len(self._lines) >= MOST_LINES:
            raise web.HTTPServiceUnavailable
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
        )
        await response.prepare(request)
        task = asyncio.current_task()
        if task:
            self._lines.add(task)
        try:
            with suppress(ConnectionResetError):
                await self._tell(request, response)
        finally:
            self._lines.discard(task) if task else None
        return response

    async def _tell(self, request: web.Request, response: web.StreamResponse) -> None:
        seen = await self._from(request)
        await response.write(f"retry: {AGAIN}\nid: {seen}\nevent: here\ndata: {seen}\n\n".encode())
        quiet = 0.0
        while session := await self._session_of(request):
            changed = self._changed
            desk = session.librarian.library
            new = await self._service.desk.changes(seen, [desk, f"practice:{session.librarian.id}"])
            for number, case in new:
                seen = number
                await response.write(f"id: {number}\nevent: change\ndata: {case}\n\n".encode())
            quiet = 0.0 if new else quiet + LOOK
            if quiet >= BEAT:
                await response.write(b": alive\n\n")
                quiet = 0.0
            await wait_at_most(LOOK, changed.wait())
        await response.write(b"event: left\ndata: \n\n")

    async def _from(self, request: web.Request) -> int:
        """Return the last number the page has seen; a page that says none has seen all."""
        said = request.headers.get("Last-Event-ID", "") or request.query.get("seen", "")
        newest = await self._service.desk.last_change()
        return min(int(said), newest) if NUMBER.fullmatch(said) else newest
