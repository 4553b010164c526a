"""Cases that nobody would see: their desk is gone, they never had one, or who has them is stopped.

A desk that was gone for a moment only, as a group whose rights are being set, loses nothing.
"""

import datetime as dt
from collections.abc import Awaitable, Collection
from typing import Any, Protocol

from bot.store.interface import CaseFile, DeskStore, Librarian

GRACE = dt.timedelta(minutes=10)
"""So long a desk may be gone before its cases go elsewhere."""
AT_ONCE = 3
"""Cases that are moved in one look: neither people nor the next desk get everything at once."""


class Act(Protocol):
    """Does something with a case."""

    def __call__(
        self,
        case: CaseFile,
        act: str,
        librarian: Librarian | None = None,
        *,
        key: str = "",
        **more: Any,
    ) -> Awaitable[str]:
        """Return the act's key once it is stored, each key once ever."""


class Homeless:
    """Finds such cases, and has them moved a few at a time; where to, the talk itself knows."""

    def __init__(self, store: DeskStore, act: Act) -> None:
        self._store = store
        self._act = act
        self._gone: dict[str, dt.datetime] = {}
        self._tried: dict[str, dt.datetime] = {}

    async def look(self, desks: Collection[str], apart: Collection[str], now: dt.datetime) -> None:
        """Have moved what waits where no desk stands; what is `apart` is none of this."""
        cases = [c for c in await self._store.open_cases() if c.library not in apart]
        gone = {c.library for c in cases if c.library and c.library not in desks}
        self._gone = {desk: self._gone.get(desk, now) for desk in gone}
        self._tried = {key: at for key, at in self._tried.items() if now - at < GRACE}
        waiting = await self._store.unassigned() if desks else []
        lost = [c for c in cases if c.library in gone and self._is_lost(c, now)]
        moved = 0
        for case in (*waiting, *lost):
            # Tried anew from time to time only: one that cannot be moved holds up no other.
            key = f"route:{case.number}:{case.library or ''}:{now:%Y-%m-%dT%H}"
            if moved < AT_ONCE and key not in self._tried:
                moved += 1
                self._tried[key] = now
                await self._act(case, "route", key=key)
        await self._take_from_stopped([c for c in cases if c.library not in gone])

    def _is_lost(self, case: CaseFile, now: dt.datetime) -> bool:
        return now - self._gone.get(case.library or "", now) >= GRACE

    async def _take_from_stopped(self, cases: Collection[CaseFile]) -> None:
        """Give back to everybody what somebody has who is let in no more."""
        stopped = await self._store.stopped()
        for case in cases:
            if case.claimed_by in stopped and case.library:
                had = Librarian(case.claimed_by, case.library, case.claimed_name or "", trial=False)
                key = f"stopped:{case.number}:{case.claimed_by}:{case.claimed_at}"
                if key not in self._tried:
                    await self._act(case, "release", had, key=key)
