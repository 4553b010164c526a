"""The desk's clock: looks at open cases and has done what has become due, each once."""

import asyncio
import datetime as dt
import logging

from bot.clock import Clock, moment
from bot.desk.roster import TRIAL, Roster
from bot.store.interface import CaseFile, DeskStore, Millis, WaitingStore
from dialogs.case_clock import counting, due, given_up
from dialogs.model import Card, Case, DeskAct, Expert
from dialogs.turn import Desk

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
        """Have done what is due now; cases whose desk is gone are moved by the roster."""
        desks = self._roster.now.desks
        within = await self._waiting.answer_within()
        now = self._clock()
        for file in await self._desk.open_cases():
            case = as_case(file)
            desk = counting(case, desks)
            if desk is None or case.library == TRIAL:
                continue
            for act in due(case, desk, now, within.get(desk.id), desks):
                key = _key(act, desk, now)
                await self._roster.act(file, act.act, key=key, code=act.code, of=act.of)
        for file in await self._desk.unassigned():
            for act in given_up(as_case(file), now):
                key = f"clock:{file.number}::{act.act}:{file.heard_at}"
                await self._roster.act(file, act.act, key=key, of=act.of)


def _key(act: DeskAct, desk: Desk, now: dt.datetime) -> str:
    """Return what makes an act of the clock happen once."""
    since = int(act.of.timestamp() * 1000) if act.of else 0
    # By the desk as well: after a transfer the new one hears its own marks.
    key = f"clock:{act.case}:{desk.id}:{act.act}:{act.code}:{since}"
    # Where no neighbour is near the person, it is looked for again in an hour.
    return f"{key}:{now:%Y%m%d%H}" if act.act == "propose" else key


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
        expert=_expert(file),
        closed_at=_moment(file.closed_at),
    )


def _expert(file: CaseFile) -> Expert | None:
    if file.expert_desk is None or file.expert_asked_at is None:
        return None
    return Expert(
        desk=file.expert_desk,
        question="",
        asked_at=moment(file.expert_asked_at),
        answered_at=_moment(file.expert_answered_at),
    )


def _moment(at: Millis | None) -> dt.datetime | None:
    return None if at is None else moment(at)
