"""Which libraries have a desk now, when they are open, and whether this is only a trial."""

import asyncio
import datetime as dt
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.practice import is_practice
from bot.clock import Clock, millis
from bot.desk.accounts import BUREAU
from bot.desk.homeless import Homeless
from bot.desk.presence import desks_attended, is_reached
from bot.desk.reworded import is_only_answer
from bot.desk.telegram.rights import shows_topics
from bot.runtime import Runtime
from bot.store.interface import (
    DESK,
    Arrival,
    CaseFile,
    DeskStore,
    Librarian,
    StepCommit,
    WaitingStore,
)
from dialogs.answer_time import usual
from dialogs.case import ONLY_ANSWER
from dialogs.model import DeskAct
from dialogs.turn import Context, Desk
from knowledge.base import KnowledgeBase
from knowledge.opening_hours import OpeningHours

TRIAL = "trial"
"""The desk of the trial: its cases are never seen by a library's own desk."""
TRIAL_LIBRARY = "lib-vratsa-reg"
"""Whose place the trial desk plays."""


@dataclass(frozen=True)
class Standing:
    """The desks as they stand."""

    desks: tuple[Desk, ...] = ()
    trial: bool = False
    experts: tuple[str, ...] = ()
    """The desks of labour bureaus where an expert can be asked today."""
    experts_away: tuple[str, ...] = ()
    """Those whose experts are all away today."""


class Roster:
    """Keeps the standing of the desks, and brings waiting cases to the first desk that joins."""

    def __init__(  # noqa: PLR0913  # what the standing is made of
        self,
        store: DeskStore,
        runtime: Runtime,
        knowledge: KnowledgeBase,
        clock: Clock,
        *,
        channels_configured: bool,
        waiting: WaitingStore,
    ) -> None:
        self._store = store
        self._waiting = waiting
        self._runtime = runtime
        self._knowledge = knowledge
        self._clock = clock
        self._channels_configured = channels_configured
        self._looking = asyncio.Lock()
        self._talk_key = b""
        self._muted: dict[str, str] = {}
        self._just_muted: dict[str, str] = {}
        self._homeless = Homeless(store, self.act)
        self.now = Standing()

    def learn(self, knowledge: KnowledgeBase) -> None:
        """Take the libraries from other knowledge, from the next look on."""
        self._knowledge = knowledge

    async def refresh(self) -> None:
        """Look again who answers: another process may have invited somebody or set hours."""
        async with self._looking:
            await self._look()

    async def _look(self) -> None:
        # Who is stopped from here on may not be in what is read yet.
        self._just_muted = {}
        self._talk_key, muted = await self._store.talk_key(), await self._store.muted()
        self._muted = muted | self._just_muted
        librarians = await self._store.librarians()
        now = self._clock()
        away = await self._store.absent(now.date().isoformat())
        groups = await self._store.group_desks()
        working = {desk for desk, missing in groups if shows_topics(missing)}
        reached = [who for who in librarians if is_reached(who, working)]
        real = tuple(dict.fromkeys(who.library for who in reached if not who.trial))
        here = desks_attended(reached, away, await self._store.last_seen(), now)
        libraries = [name for name in real if not name.startswith(BUREAU)]
        trial = not self._channels_configured and not libraries
        if not trial and (self.now.trial or any(who.trial for who in librarians)):
            await self._end_trial()
        told = await self._store.hours()
        answers = await self._waiting.first_answers(now.date())
        open_desks = ((TRIAL, TRIAL_LIBRARY),) if trial else tuple((name, name) for name in real)
        desks = (
            self._desk(desk, library, told, usual(answers.get(desk, ())), away=desk not in here)
            for desk, library in open_desks
        )
        known = {f"{BUREAU}{bureau.id}" for bureau in self._knowledge.directory.bureaus}
        experts = [name for name in real if name in known]
        self.now = Standing(
            tuple(desk for desk in desks if desk),
            trial,
            experts=tuple(name for name in experts if name in here),
            experts_away=tuple(name for name in experts if name not in here),
        )
        if not trial:
            await self._homeless.look({desk.id for desk in self.now.desks}, (TRIAL,), now)

    def _desk(
        self, desk: str, name: str, told: dict[str, str], usual_minutes: int | None, *, away: bool
    ) -> Desk | None:
        library = self._knowledge.directory.library(name)
        if library is None:
            return None
        sourced = library.hours if library.shows("opening_hours") else None
        hours = OpeningHours.parse(told[name]) if name in told else sourced
        return Desk(id=desk, library=library, hours=hours, away=away, usual=usual_minutes)

    async def _end_trial(self) -> None:
        for case in await self._store.cases(TRIAL):
            if case.is_open:
                await self.act(case, "close")
        await self._store.end_trial()

    async def act(
        self,
        case: CaseFile,
        act: str,
        librarian: Librarian | None = None,
        *,
        key: str = "",
        **more: Any,
    ) -> str:
        """Do something with a case; returns the act's key once it is stored, each key once ever.

        `more` are further fields of a `DeskAct`.
        """
        if act == "retract" and not more.get("code"):
            lines = await self._store.entries(case.number)
            more |= {"code": ONLY_ANSWER} if is_only_answer(more["ref"], lines) else {}
        who = {"librarian": librarian.id, "name": librarian.name} if librarian else {}
        at = {"desk": self.desk_of(case, librarian)} if librarian else {}
        said = DeskAct.model_validate({"act": act, "case": case.number, **who, **at, **more})
        key = key or secrets.token_urlsafe(12)
        raw = said.model_dump_json(exclude_defaults=True)
        now = millis(self._clock())
        await self._runtime.take_in([Arrival(DESK, key, case.conversation, raw, now)])
        return key

    async def set_away(self, who: Librarian, *, away: bool) -> int:
        """Note that somebody is away today; return how many cases went back to everybody."""
        day = self._clock().date().isoformat()
        await self._store.set_absent(who.id, day, away=away)
        # First the standing: what people hear of a release is promised by it.
        await self.refresh()
        released = 0
        for case in await self._store.open_cases() if away else []:
            if case.claimed_by == who.id:
                key = f"away:{who.id}:{day}:{case.number}:{case.claimed_at}"
                there = replace(who, library=case.library or "")
                await self.act(case, "release", there, key=key)
                released += await self.done(case, key)
        return released

    @staticmethod
    def desk_of(case: CaseFile, librarian: Librarian) -> str:
        """Return the desk at which this librarian has the case: a practice is at its own."""
        return (case.library or "") if is_practice(case.conversation) else librarian.library

    async def done(self, case: CaseFile, key: str) -> bool:
        """Return, once the talk has settled, whether the act with that key went through."""
        await self._runtime.settled(case.conversation)
        return await self._store.went_through(key)

    def name_of(self, desk: str) -> str:
        """Return what the desk of that id is called, with its town where it is a library."""
        directory = self._knowledge.directory
        if desk.startswith(BUREAU):
            bureau = directory.bureau(desk.removeprefix(BUREAU))
            return bureau.name if bureau else desk
        library = directory.library(TRIAL_LIBRARY if desk == TRIAL else desk)
        return f"{library.name}, {library.city}" if library else desk

    # -- what a step may look at ---------------------------------------------------------------

    def witness(self, step: StepCommit) -> None:
        """Know at once whom a step stops, not only from the next look on."""
        if step.muting:
            stopped = {self._hashed(step.conversation): step.muting.until}
            self._just_muted, self._muted = self._just_muted | stopped, self._muted | stopped

    def _hashed(self, conversation: str) -> str:
        return hmac.new(self._talk_key, conversation.encode(), hashlib.sha256).hexdigest()

    def view(self, conversation: str, context: Context) -> Context:
        """Return what a step of this talk may look at: until when its person cannot ask."""
        if not self._muted:
            return context
        until = self._muted.get(self._hashed(conversation))
        return replace(context, muted_until=dt.date.fromisoformat(until)) if until else context


def card_in(case: CaseFile) -> dict[str, object]:
    """Return the card of a case as it was passed on."""
    card: dict[str, object] = json.loads(case.card)
    return card
