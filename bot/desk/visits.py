"""Interviews for visitors at the desk: each lives in memory alone and is gone when it ends.

Nothing of one is ever written to a disk, so there is nothing to scrub, to forget or to restore:
a crash ends it too. Only that a visitor was served is counted.

A visit hangs on the session it was begun in, and ends with it however that ends: by signing out,
idle time, a revocation, a new password, a stop. On a computer of one's own it is handed over to the
session that the same person begins next in that browser. A key of librarian and browser would let
it outlive a session that somebody else has ended for good reason; a hand-over happens only where
the old session was there to be handed over, or has just run out of days.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from typing import Self

from bot.channels.visitor import NAME, VisitorChannel
from bot.clock import Clock, millis
from bot.group_commit import GroupCommit
from bot.runtime import Runtime
from bot.store.interface import Arrival, DeskSession, Line, Millis, Stored
from bot.store.sqlite_memory import MemoryStore
from dialogs.documents import Document
from dialogs.model import Event, Started
from dialogs.turn import Context

log = logging.getLogger(__name__)
IDLE: Millis = 30 * 60_000
"""How long a visit lasts without anything being done in it."""
LOOK_EVERY = 10.0
"""Seconds between two looks for visits that were left, or whose session is over."""
ADDRESS = "here"
"""Each visit has a store of its own, and one talk in it."""
Counting = Callable[[str], Awaitable[None]]
"""Counts a visitor who was served at this library."""
Standing = Callable[[Collection[str], Millis], Awaitable[set[str]]]
"""Returns which of these sessions, by handle, stand at that moment."""


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
            self.touch()
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

    @property
    def ends_at(self) -> Millis:
        """When it ends if nothing more is done in it."""
        return self.touched_at + IDLE

    def touch(self) -> None:
        """Note that somebody is at it."""
        self.touched_at = millis(self._clock())

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


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where a visit hangs: the session it goes on in."""

    visit: Visit
    librarian: str
    expires_at: Millis
    shared: bool


class Visits:
    """The visits that go on now, one at most for each session of a desk."""

    def __init__(
        self,
        context: Callable[[int], Context],
        clock: Clock,
        count: Counting,
        standing: Standing,
    ) -> None:
        self._context = context
        self._clock = clock
        self._count = count
        self._standing = standing
        self._seats: dict[str, _Seat] = {}

    async def begin(self, session: DeskSession) -> Visit:
        """Begin with a new visitor; what an earlier one told here is gone first."""
        await self.end(session.handle)
        visit = await Visit.begun(session.librarian.library, self._alone, self._clock)
        # Two clicks at once: one of the two visits is nobody's, and goes.
        before, self._seats[session.handle] = self._seats.get(session.handle), _seat(visit, session)
        if before:
            await before.visit.end()
        return visit

    async def of(self, session: DeskSession) -> Visit | None:
        """Return the visit of this session; one that was left too long ends instead."""
        seat = self._seats.get(session.handle)
        if seat and self._is_idle(seat.visit):
            await self.end(session.handle)
            return None
        return seat.visit if seat else None

    async def end(self, handle: str) -> None:
        """End the visit of this session, if there is one: nothing of it is left."""
        seat = self._seats.pop(handle, None)
        if seat and await seat.visit.end():
            await self._count(seat.visit.library)

    async def hand_over(self, handle: str, to: DeskSession) -> None:
        """Go on in the session that was begun after that one; else end the visit with it.

        It goes on for the same person on their own computer alone.
        """
        seat = self._seats.get(handle)
        if seat is None:
            return
        if seat.shared or to.idle_limit is not None or seat.librarian != to.librarian.id:
            await self.end(handle)
            return
        del self._seats[handle]
        self._seats[to.handle] = _seat(seat.visit, to)

    async def look(self) -> None:
        """End the visits that were left, and those whose session is over."""
        now = millis(self._clock())
        standing = await self._standing(list(self._seats), now) if self._seats else set()
        for handle, seat in list(self._seats.items()):
            # Who has run out of days at their own computer signs in again, and goes on.
            aged = not seat.shared and seat.expires_at <= now
            if self._is_idle(seat.visit) or not (handle in standing or aged):
                await self.end(handle)

    async def stop(self) -> None:
        """End every visit."""
        for handle in list(self._seats):
            await self.end(handle)

    async def run(self) -> None:
        """Look for visits that are over, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001  # the next look tries again
                log.error("a visit could not be ended: %s", type(error).__name__)  # noqa: TRY400

    def _is_idle(self, visit: Visit) -> bool:
        return millis(self._clock()) >= visit.ends_at

    def _alone(self, number: int) -> Context:
        """Return what a step of a visit looks at: no desk, for the librarian sits beside."""
        return replace(self._context(number), desks=(), trial=False)


def _seat(visit: Visit, session: DeskSession) -> _Seat:
    shared = session.idle_limit is not None
    return _Seat(visit, session.librarian.id, session.expires_at, shared)
