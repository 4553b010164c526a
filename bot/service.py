"""The service put together from its parts: started, resumed after a crash, stopped gracefully."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.channels.desk import DeskChannel
from bot.channels.due import DueChannel
from bot.channels.interface import Channel, PushChannel
from bot.channels.practice import PracticeChannel
from bot.clock import Clock, millis
from bot.delivery import Delivery
from bot.desk.accounts import Accounts
from bot.desk.corrections import Corrections
from bot.desk.day import DayStore
from bot.desk.digests import Digests
from bot.desk.roster import Roster
from bot.desk.timekeeper import Timekeeper
from bot.desk.unseen import Unseen
from bot.desk.visits import Visits
from bot.desk.writing import Writing
from bot.group_commit import GroupCommit
from bot.kept.cipher import FileKey
from bot.kept.files import Fetching, KeptFiles
from bot.knowing import Knowing
from bot.reminding import Reminding
from bot.runtime import Runtime
from bot.store.interface import (
    DESK,
    DUE,
    PRACTICE,
    DeskStore,
    Retention,
    Store,
    Stored,
    WaitingStore,
)
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_accounts import SqliteAccounts
from bot.store.sqlite_answers import SqliteAnswers
from bot.store.sqlite_corrections import SqliteCorrections
from bot.store.sqlite_day import SqliteDay, SqliteGaps
from bot.store.sqlite_desk import SqliteDesk
from bot.store.sqlite_files import SqliteFiles
from bot.store.sqlite_reminders import SqliteReminders
from bot.store.sqlite_waiting import SqliteWaiting
from dialogs.texts import load_texts
from dialogs.turn import Context
from knowledge.base import KnowledgeBase
from knowledge.loading import DATA, load
from knowledge.texts import LANGUAGES, Language

log = logging.getLogger(__name__)
FORGET_EVERY = 300.0
"""Seconds between two rounds of forgetting."""
SCRUB_EVERY = 60.0
"""Seconds from an erasure to the end of its last copies; longer where the file is large."""
LOOK_EVERY = 10.0
"""Seconds between two looks at the desks, which the command line may have changed."""


@dataclass(frozen=True)
class Service:
    """The running parts that channels and pages are built upon."""

    store: Store
    commit: GroupCommit
    runtime: Runtime
    deliveries: Mapping[str, Delivery]
    clock: Clock
    desk: DeskStore
    roster: Roster
    knowing: Knowing
    waiting: WaitingStore
    day: DayStore
    gaps: SqliteGaps
    visits: Visits
    accounts: Accounts
    writing: Writing
    corrections: Corrections
    digests: Digests
    files: KeptFiles
    unseen: Unseen

    @property
    def knowledge(self) -> KnowledgeBase:
        """What is known now, with the corrections that were accepted."""
        return self.knowing.now

    def context(self, number: int = 0) -> Context:
        """Return what a step may look at now."""
        return Context(
            knowledge=self.knowledge,
            texts=load_texts(),
            now=self.clock(),
            desks=self.roster.now.desks,
            trial=self.roster.now.trial,
            number=number,
        )


@asynccontextmanager
async def running(  # noqa: PLR0913 - what a service is made of
    store: SqliteStore,
    channels: Mapping[str, Channel],
    push: Mapping[str, PushChannel],
    clock: Clock,
    *,
    knowledge: KnowledgeBase | None = None,
    data: Path = DATA,
    channels_configured: bool = False,
    files: KeptFiles | None = None,
) -> AsyncIterator[Service]:
    """Run the service: what a crash left undone comes first, and a stop finishes its steps.

    Without `knowledge` it is that of the folder `data`, into which corrections are put; without
    `files` their key is in a file.
    """
    known = knowledge or load(data)
    knowing = Knowing(known)
    commit = GroupCommit(store)

    def context(number: int) -> Context:
        return service.context(number)

    everything: Mapping[str, Channel] = {
        **channels,
        **push,
        DESK: DeskChannel(),
        DUE: DueChannel(),
        PRACTICE: PracticeChannel(),
    }
    runtime = Runtime(store, commit, everything, context, clock)
    desk, reminders = SqliteDesk(store), SqliteReminders(store)
    waiting = SqliteWaiting(store)
    reminding = Reminding(reminders, runtime, known, clock, {*channels, *push})
    runtime.witness(reminding.witness)
    roster = Roster(
        desk, runtime, known, clock, channels_configured=channels_configured, waiting=waiting
    )
    runtime.look(roster.view)
    runtime.witness(roster.witness)
    knowing.follow(reminding.learn)
    knowing.follow(roster.learn)
    accounts = Accounts(SqliteAccounts(store), desk, clock)
    corrections = Corrections(
        SqliteCorrections(store),
        knowing,
        data,
        clock,
        audit=accounts.audit,
        trial=lambda: roster.now.trial,
        learnt=roster.refresh,
    )
    deliveries = {name: Delivery(channel, store, commit, clock) for name, channel in push.items()}
    for delivery in deliveries.values():
        runtime.listen(delivery.enqueue)
    kept = files or KeptFiles(SqliteFiles(store), FileKey.beside(store.file), clock)
    writing = Writing(SqliteAnswers(store), lambda: context(0), clock)
    day, gaps = SqliteDay(store), SqliteGaps(store)
    visits = Visits(context, clock, lambda library: day.served(library, clock()), desk.standing)
    accounts.follow(visits.look)
    service = Service(
        store,
        commit,
        runtime,
        deliveries,
        clock,
        desk,
        roster,
        knowing,
        waiting,
        day,
        gaps,
        visits,
        accounts,
        writing,
        corrections,
        Digests(desk, waiting, roster, load_texts(), clock),
        kept,
        Unseen(desk, corrections.store),
    )
    for name, channel in push.items():
        if isinstance(channel, Fetching):
            kept.fetch_from(name, channel.fetch)
    async with AsyncExitStack() as stops:
        await store.open()
        stops.push_async_callback(store.close)
        commit.start()
        stops.push_async_callback(commit.stop)
        for delivery in deliveries.values():
            stops.push_async_callback(delivery.stop)
        stops.push_async_callback(runtime.stop)
        stops.push_async_callback(visits.stop)
        await roster.refresh()
        await writing.begin()
        stops.push_async_callback(corrections.close)
        await corrections.refresh()
        for delivery in deliveries.values():
            await delivery.resume()
        await reminders.put_back()
        await runtime.resume()
        for work in (_keep_forgetting, _keep_scrubbing, _keep_looking):
            stops.push_async_callback(_end, asyncio.create_task(work(service)))
        keeper = Timekeeper(desk, waiting, roster, clock)
        for endless in (reminding.run(), keeper.run(), visits.run()):
            stops.push_async_callback(_end, asyncio.create_task(endless))
        yield service


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def language_of(store: Store, conversation: str) -> Language:
    """Return the language of a talk; Bulgarian where there is none yet."""
    stored = await store.conversation(conversation)
    return stored_language(stored)


def stored_language(stored: Stored | None) -> Language:
    """Return the language that a stored talk is in; Bulgarian where none can be read."""
    found = json.loads(stored.state).get("language") if stored else None
    return next((language for language in LANGUAGES if language == found), "bg")


async def _keep_scrubbing(service: Service) -> None:
    anyway, pause = True, SCRUB_EVERY  # the first time for what a crash may have left
    while True:
        await asyncio.sleep(pause)
        begun = asyncio.get_running_loop().time()
        try:
            await service.store.scrub(anyway=anyway)
            anyway = False
        except Exception:
            log.exception("the last copies of erased rows still stand; the next round tries again")
        # It holds up every step: no more than a twentieth of the time.
        pause = max(SCRUB_EVERY, 20 * (asyncio.get_running_loop().time() - begun))


async def _keep_looking(service: Service) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        try:
            await service.roster.refresh()
            await service.corrections.refresh()
        except Exception:
            log.exception("the desks could not be looked up; the next look tries again")


async def _keep_forgetting(service: Service) -> None:
    while True:
        try:
            forgotten = await service.store.forget(millis(service.clock()), Retention())
            service.runtime.forget(forgotten.conversations)
            await service.waiting.forget(service.clock().date())
        except Exception:
            log.exception("a round of forgetting failed; the next one tries again")
        await asyncio.sleep(FORGET_EVERY)
