"""What a desk is told in the morning and before it closes, each once; and how it stands now."""

import datetime as dt
from collections.abc import Collection, Mapping

from bot.clock import Clock, millis, moment
from bot.desk.roster import Roster
from bot.store.interface import CaseFile, DeskStore, WaitingStore
from dialogs.digests import DigestCase, Kind, closing, digests_due, morning
from dialogs.texts import Texts
from dialogs.turn import Desk
from knowledge.texts import Language


class Digests:
    """Reads the cases of a desk and says them in a few lines, numbers and ages alone."""

    def __init__(
        self,
        desk: DeskStore,
        waiting: WaitingStore,
        roster: Roster,
        texts: Mapping[Language, Texts],
        clock: Clock,
    ) -> None:
        self._desk = desk
        self._waiting = waiting
        self._roster = roster
        self._texts = texts["bg"]
        self._clock = clock

    async def take(self, desk_id: str, chats: Collection[int]) -> None:
        """Let what that desk is to be told now, and was not yet, wait for each of its groups."""
        desk, now = self._named(desk_id), self._clock()
        if desk is None:
            return
        told = (await self._waiting.digests_told(now.date())).get(desk.id, frozenset())
        for kind in digests_due(desk, now, told):
            words = await self._words(desk, kind, now)
            await self._waiting.tells(
                desk.id, now.date(), kind, millis(now), words=words, chats=chats
            )

    async def now(self, desk_id: str, me: str) -> str:
        """Return how the desk stands, for whoever looks at it; empty where nobody waits."""
        desk, now = self._named(desk_id), self._clock()
        if desk is None:
            return ""
        due = digests_due(desk, now, ())
        kind: Kind = "closing" if "closing" in due else "morning"
        return await self._words(desk, kind, now, me, greets="morning" in due)

    async def _words(
        self, desk: Desk, kind: Kind, now: dt.datetime, me: str = "", *, greets: bool = True
    ) -> str:
        cases = [_as_digest(c) for c in await self._desk.cases(desk.id) if _counts(c, desk.id)]
        if kind == "morning":
            return morning(self._texts, cases, now, me=me, greets=greets)
        opens = desk.hours.next_opening(now) if desk.hours else None
        return closing(self._texts, cases, now, opens, me=me)

    def _named(self, desk_id: str) -> Desk | None:
        return next((desk for desk in self._roster.now.desks if desk.id == desk_id), None)


def _counts(case: CaseFile, desk: str) -> bool:
    return case.is_open and case.at_desk(desk)


def _as_digest(case: CaseFile) -> DigestCase:
    return DigestCase(
        number=case.number,
        claimed_name=case.claimed_name,
        asked_at=moment(case.asked_at) if case.asked_at else None,
        opened_at=moment(case.opened_at),
    )
