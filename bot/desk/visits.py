"""Interviews for visitors at the desk: each lives in memory alone and is gone when it ends.

Nothing of one is ever written to a disk, so there is nothing to scrub, to forget or to restore:
a crash ends it too. Only that a visitor was served is counted.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Self

from bot.channels.visitor import NAME, VisitorChannel
from bot.clock import Clock, millis
from bot.group_commit import GroupCommit
from bot.runtime import Runtime
from bot.store.interface import Arrival, Line, Millis, Stored
from bot.store.sqlite_memory import MemoryStore
from dialogs.documents import Document
from dialogs.model import Event, Started
from dialogs.turn import Context

log = logging.getLogger(__name__)
IDLE: Millis = 30 * 60_000
"""How long a visit lasts without anything being done in it."""
LOOK_EVERY = 30.0
"""Seconds between two looks for visits that were left."""
ADDRESS = "here"
"""Each visit has a store of its own, and one talk in it."""
Counting = Callable[[str], Awaitable[None]]
"""Counts a visitor who was served at this library."""


class EndedError(Exception):
    """The visit has ended: nothing is left of it."""


class Visit:
    """One visitor: a talk with a store and a runtime of its own."""

    conversation = f"{NAME}:{ADDRESS}"

    def __init__(self, library: str, context: Callable[[int], Context], clock: Clock) -> None:
        self.key = secrets.token_urlsafe(12)
        """What a page of this visit says, so that one of another visit does nothing in it."""
        self.library = library
        self.touched_at = millis(clock())
        self._clock = clock
        self._store = MemoryStore()
        self._commit = GroupCommit(self._store)
        self._runtime = Runtime(self._store, self._commit, {NAME: VisitorChannel()}, context, clock)
        self._at_work = asyncio.Lock()
        self._ended = False

    @classmethod
    async def begun(cls, library: str, context: Callable[[int], Context], clock: Clock) -> Self:
        """Return a visit that has said its greeting."""
        visit = cls(library, context, clock)
        await visit._store.open()
        visit._commit.start()
        await visit._runtime.resume()
        await visit.takes(Started(), "begin")
        return visit

    async def takes(self, event: Event, key: str) -> None:
        """Do one thing of the interview; what has the same key again changes nothing."""
        async with self._at_work:
            self._still_there()
            now = millis(self._clock())
            raw = event.model_dump_json()
            await self._runtime.take_in([Arrival(NAME, key, ADDRESS, raw, now)])
            await self._runtime.settle()

    async def stored(self) -> Stored | None:
        """Return the talk."""
        async with self._at_work:
            self._still_there()
            return await self._store.conversation(self.conversation)

    async def lines(self) -> list[Line]:
        """Return all that was said."""
        async with self._at_work:
            self._still_there()
            return await self._store.transcript(self.conversation)

    async def document(self, message: int) -> Document | None:
        """Return the page that went with a message."""
        async with self._at_work:
            self._still_there()
            kept = await self._store.document(self.conversation, message)
            has = kept is not None and kept.content
            return Document.model_validate_json(kept.content) if kept and has else None

    async def end(self) -> bool:
        """Let all of it go; return whether anything had been told besides the greeting."""
        async with self._at_work:
            if self._ended:
                return False
            self._ended = True
            said = await self._store.transcript(self.conversation)
            await self._runtime.stop()
            await self._commit.stop()
            await self._store.close()
        return sum(line.kind == "in" for line in said) > 1

    def _still_there(self) -> None:
        if self._ended:
            raise EndedError
        self.touched_at = millis(self._clock())


class Visits:
    """The visits that go on now, one at most for each session of a desk."""

    def __init__(self, context: Callable[[int], Context], clock: Clock, count: Counting) -> None:
        self._context = context
        self._clock = clock
        self._count = count
        self._visits: dict[str, Visit] = {}

    async def begin(self, session: str, library: str) -> Visit:
        """Begin with a new visitor; what an earlier one told here is gone first."""
        await self.end(session)
        visit = await Visit.begun(library, self._alone, self._clock)
        # Two clicks at once: one of the two visits is nobody's, and goes.
        before, self._visits[session] = self._visits.get(session), visit
        if before:
            await before.end()
        return visit

    async def of(self, session: str) -> Visit | None:
        """Return the visit of this session; one that was left too long ends instead."""
        visit = self._visits.get(session)
        if visit and self._is_idle(visit):
            await self.end(session)
            return None
        return visit

    async def end(self, session: str) -> None:
        """End the visit of this session, if there is one: nothing of it is left."""
        visit = self._visits.pop(session, None)
        if visit and await visit.end():
            await self._count(visit.library)

    async def end_idle(self) -> None:
        """End the visits that were left."""
        for session, visit in list(self._visits.items()):
            if self._is_idle(visit):
                await self.end(session)

    async def stop(self) -> None:
        """End every visit."""
        for session in list(self._visits):
            await self.end(session)

    async def run(self) -> None:
        """Look for visits that were left, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.end_idle()
            except Exception as error:  # noqa: BLE001  # the next look tries again
                log.error("a visit could not be ended: %s", type(error).__name__)  # noqa: TRY400

    def _is_idle(self, visit: Visit) -> bool:
        return millis(self._clock()) - visit.touched_at >= IDLE

    def _alone(self, number: int) -> Context:
        """Return what a step of a visit looks at: no desk, for the librarian sits beside."""
        return replace(self._context(number), desks=(), trial=False)
