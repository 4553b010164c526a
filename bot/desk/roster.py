"""Which libraries have a desk now, when they are open, and whether this is only a trial."""

import asyncio
import json
import secrets
from dataclasses import dataclass

from bot.clock import Clock, millis
from bot.runtime import Runtime
from bot.store.interface import DESK, Arrival, CaseFile, DeskStore, Librarian
from dialogs.model import DeskAct
from dialogs.turn import Desk
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


class Roster:
    """Keeps the standing of the desks, and brings waiting cases to the first desk that joins."""

    def __init__(
        self,
        store: DeskStore,
        runtime: Runtime,
        knowledge: KnowledgeBase,
        clock: Clock,
        *,
        channels_configured: bool,
    ) -> None:
        self._store = store
        self._runtime = runtime
        self._knowledge = knowledge
        self._clock = clock
        self._channels_configured = channels_configured
        self._looking = asyncio.Lock()
        self.now = Standing()

    async def refresh(self) -> None:
        """Look again who answers: another process may have invited somebody or set hours."""
        async with self._looking:
            await self._look()

    async def _look(self) -> None:
        librarians = await self._store.librarians()
        real = tuple(dict.fromkeys(who.library for who in librarians if not who.trial))
        trial = not self._channels_configured and not real
        if not trial and (self.now.trial or any(who.trial for who in librarians)):
            await self._end_trial()
        told = await self._store.hours()
        open_desks = ((TRIAL, TRIAL_LIBRARY),) if trial else tuple((name, name) for name in real)
        desks = (self._desk(desk, library, told) for desk, library in open_desks)
        self.now = Standing(tuple(desk for desk in desks if desk), trial)
        if self.now.desks:
            await self._bring_waiting()

    def _desk(self, desk: str, name: str, told: dict[str, str]) -> Desk | None:
        library = self._knowledge.directory.library(name)
        if library is None:
            return None
        sourced = library.hours if library.showable else None
        hours = OpeningHours.parse(told[name]) if name in told else sourced
        return Desk(id=desk, library=library, hours=hours)

    async def _bring_waiting(self) -> None:
        for case in await self._store.unassigned():
            await self.act(case, "assign", library=self.now.desks[0].id)

    async def _end_trial(self) -> None:
        for case in await self._store.cases(TRIAL):
            if case.state != "closed":
                await self.act(case, "close")
        await self._store.end_trial()

    async def act(  # noqa: PLR0913  # one word for each thing that an act may carry
        self,
        case: CaseFile,
        act: str,
        librarian: Librarian | None = None,
        *,
        key: str = "",
        text: str = "",
        library: str = "",
    ) -> None:
        """Do something with a case; returns once it is stored, with a key only once ever."""
        said = DeskAct.model_validate(
            {
                "act": act,
                "case": case.number,
                "librarian": librarian.id if librarian else "",
                "name": librarian.name if librarian else "",
                "library": library,
                "text": text,
            }
        )
        arrival = Arrival(
            DESK,
            key or secrets.token_urlsafe(12),
            case.conversation,
            said.model_dump_json(),
            millis(self._clock()),
        )
        await self._runtime.take_in([arrival])


def card_in(case: CaseFile) -> dict[str, object]:
    """Return the card of a case as it was passed on."""
    card: dict[str, object] = json.loads(case.card)
    return card
