"""The whole hand-off over a real file, without pages: talks, desks, the clock, a channel."""

import itertools
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from durable import Dial, FailingStore, Notebook, arrival, pressed

from bot.channels.desk import DeskChannel
from bot.channels.due import DueChannel
from bot.channels.interface import Channel
from bot.clock import millis
from bot.delivery import Delivery
from bot.desk.roster import Roster
from bot.desk.timekeeper import Timekeeper
from bot.group_commit import GroupCommit
from bot.runtime import Runtime
from bot.store.interface import DESK, DUE, CaseFile, Entry, Librarian
from bot.store.sqlite_desk import SqliteDesk
from bot.store.sqlite_waiting import SqliteWaiting
from dialogs.model import Conversation, Said
from dialogs.texts import load_texts
from dialogs.turn import Context
from knowledge.loading import load

VRATSA, VIDIN = "lib-vratsa-reg", "lib-vidin-reg"
BUREAU = f"bureau:{load().directory.bureaus[0].id}"
STAFF = {
    who.id: who
    for who in (
        Librarian("maria", VRATSA, "Мария", trial=False),
        Librarian("ivan", VRATSA, "Иван", trial=False),
        Librarian("vera", VIDIN, "Вера", trial=False),
        Librarian("nina", VIDIN, "Нина", trial=False),
        Librarian("petrov", BUREAU, "Петров", trial=False, role="expert"),
    )
}
WEEK = "Mo-Fr 09:00-18:00"
COUNT = itertools.count(1)
SHOWN = "SELECT id, cause, state, body FROM outbox WHERE conversation = ? AND hides IS NULL"


@dataclass
class CaseHouse:
    """What runs, and short ways to act in it and to look at what it holds."""

    store: FailingStore
    desk: SqliteDesk
    waiting: SqliteWaiting
    commit: GroupCommit
    runtime: Runtime
    roster: Roster
    keeper: Timekeeper
    delivery: Delivery
    channel: Notebook
    clock: Dial

    async def settle(self) -> None:
        """Return once every event has had its step, and every message its try."""
        await self.runtime.settle()
        if self.channel.gate.is_set():
            await self.delivery.settle()

    async def takes(self, who: str, raw: str, key: str = "") -> None:
        """Let a person do something, and what follows settle."""
        key = key or f"came-{next(COUNT)}"
        await self.runtime.take_in([arrival(key, who, raw, at=self.clock.ms)])
        await self.settle()

    async def says(self, who: str, text: str, ref: str = "") -> None:
        await self.takes(who, Said(text=text, ref=ref).model_dump_json())

    async def bodies(self, who: str) -> list[dict[str, Any]]:
        """Return the messages to a person with their `id` and `state`, oldest first."""
        rows = await self.store.read(f"{SHOWN} ORDER BY id", f"test:{who}")
        return [json.loads(row[3]) | {"id": row[0], "state": row[2]} for row in rows]

    async def buttons(self, who: str) -> list[tuple[int, str]]:
        """Return every button that was ever shown to a person: its screen and what it does."""
        return [
            (body["serial"], button["action"])
            for body in await self.bodies(who)
            for row in body.get("rows", ())
            for button in row
        ]

    async def presses(self, who: str, action: str) -> bool:
        """Press the latest button whose action begins so; False where there is none."""
        found = [one for one in await self.buttons(who) if one[1].startswith(action)]
        if found:
            await self.takes(who, pressed(*found[-1]))
        return bool(found)

    async def asks(self, who: str, library: str, question: str) -> None:
        """Hand a question over, through the screens."""
        await self.says(who, "/librarian")
        if not await self.presses(who, f"to:{library}"):
            return
        if (await self.talk(who)).screen.name != "case_question":
            return
        await self.says(who, question)
        await self.presses(who, "pass-on")

    async def talk(self, who: str) -> Conversation:
        stored = await self.store.conversation(f"test:{who}")
        return Conversation.model_validate_json(stored.state) if stored else Conversation()

    async def files(self) -> list[CaseFile]:
        """Return every case that stands in the store."""
        numbers = await self.store.read("SELECT number FROM case_file ORDER BY number")
        found = [await self.desk.case(row[0]) for row in numbers]
        return [one for one in found if one]

    async def case(self, who: str) -> CaseFile:
        """Return the latest case of a person."""
        return [f for f in await self.files() if f.conversation == f"test:{who}"][-1]

    async def lines(self, number: int) -> list[Entry]:
        return await self.desk.entries(number)

    async def does(
        self, file: CaseFile, act: str, who: str, *, key: str = "", **more: Any
    ) -> tuple[str, bool]:
        """Let somebody at a desk act; return the key, and whether it went through."""
        fields = {"ref": f"web:auto-{next(COUNT)}"} | more
        used = await self.roster.act(file, act, STAFF[who], key=key, **fields)
        done = await self.roster.done(file, used)
        await self.settle()
        return used, done

    async def looks(self) -> None:
        """Let the desk's clock look once, and the roster."""
        await self.roster.refresh()
        await self.keeper.look()
        await self.settle()


@asynccontextmanager
async def case_house(
    file: Path, clock: Dial, channel: Notebook, hours: Sequence[tuple[str, str]] = ()
) -> AsyncIterator[CaseHouse]:
    """Run it over this file; the staff join where they have not yet."""
    store, knowledge = FailingStore(file), load()
    await store.open()
    commit = GroupCommit(store)
    commit.start()
    desk, waiting = SqliteDesk(store), SqliteWaiting(store)

    def context(number: int) -> Context:
        now = roster.now
        return Context(knowledge, load_texts(), clock(), now.desks, now.trial, number)

    channels: dict[str, Channel] = {channel.name: channel, DESK: DeskChannel(), DUE: DueChannel()}
    runtime = Runtime(store, commit, channels, context, clock)
    roster = Roster(desk, runtime, knowledge, clock, channels_configured=True, waiting=waiting)
    runtime.look(roster.view)
    runtime.witness(roster.witness)
    delivery = Delivery(channel, store, commit, clock)
    runtime.listen(delivery.enqueue)
    if not await desk.librarians():
        for who in STAFF.values():
            until = millis(clock()) + 1000
            await desk.invite(who.id, who.library, until, trial=False, role=who.role)
            await desk.join(who.id, who, clock.ms)
    for library, told in hours:
        await desk.set_hours(library, told, 0)
    await roster.refresh()
    await delivery.resume()
    await runtime.resume()
    keeper = Timekeeper(desk, waiting, roster, clock)
    try:
        yield CaseHouse(
            store, desk, waiting, commit, runtime, roster, keeper, delivery, channel, clock
        )
    finally:
        channel.gate.set()
        await runtime.stop()
        await delivery.stop()
        await commit.stop()
        await store.close()
