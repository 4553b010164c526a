"""The desk's clock: looks at open cases and has done what has become due, each once."""

import asyncio
import datetime as dt
import logging

from bot.clock import Clock, moment
from bot.desk.roster import TRIAL, Roster
from bot.store.interface import CaseFile, DeskStore, Millis, WaitingStore
from dialogs.case_clock import due
from dialogs.model import Card, Case

log = logging.getLogger(__name__)
EVERY = 20.0
"""Seconds between two looks."""


class Timekeeper:
    """What it does are events of the talks; one that comes too late changes nothing."""

    def __init__(
        self, desk: DeskStore, waiting: WaitingStore, roster: Roster, clock: Clock
    ) -> None:
        self._desk = desk
        self._waiting = waiting
        self._roster = roster
        self._clock = clock

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            try:
                await self.look()
            except Exception:
                log.exception("the desk's clock failed; the next look tries again")
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Have done what is due now."""
        desks = {desk.id: desk for desk in self._roster.now.desks}
        within = await self._waiting.answer_within()
        now = self._clock()
        for case in await self._desk.open_cases():
            desk = desks.get(case.library or "")
            if desk is None or case.library == TRIAL:
                continue
            for act in due(as_case(case), desk, now, within.get(desk.id)):
                since = int(act.of.timestamp() * 1000) if act.of else 0
                # By the desk as well: after a transfer the new one hears its own marks.
                key = f"clock:{case.number}:{desk.id}:{act.act}:{act.code}:{since}"
                await self._roster.act(case, act.act, key=key, code=act.code, of=act.of)


def as_case(file: CaseFile) -> Case:
    """Return what a desk reads of a case as the state machine takes it, without the card."""
    return Case(
        number=file.number,
        library=file.library,
        state=file.state,
        card=Card(question="", place=""),
        opened_at=moment(file.opened_at),
        claimed_by=file.claimed_by,
        claimed_name=file.claimed_name,
        claimed_at=_moment(file.claimed_at),
        offered_to=file.offered_to,
        asked_at=_moment(file.asked_at),
        answered_at=_moment(file.answered_at),
        heard_at=_moment(file.heard_at),
        said=tuple(file.said.split()),
        closed_at=_moment(file.closed_at),
    )


def _moment(at: Millis | None) -> dt.datetime | None:
    return None if at is None else moment(at)
