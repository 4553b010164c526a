"""The groups beside a whole hand-off: its mirror, and what hands do there, on a loopback server."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot_api_server import TOKEN, bulgarian, faults_of_update
from case_house import BUREAU, STAFF, VIDIN, VRATSA, CaseHouse
from forum_server import ForumServer, Group, Posted
from group_server import BOT, Colleague
from group_server import Group as Seen

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.group_updates import raw_of_group
from bot.channels.telegram.updates import address_of
from bot.desk.accounts import Accounts
from bot.desk.corrections import Corrections
from bot.desk.digests import Digests
from bot.desk.telegram.group import Groups
from bot.desk.telegram.group_desk import GroupDesk, at_work
from bot.desk.telegram.header import header_of
from bot.desk.telegram.mirror import Mirror, Rhythm
from bot.desk.telegram.pace import Bounds
from bot.desk.telegram.saying import Role, Saying
from bot.desk.telegram.wiring import mirror_of, saying_of
from bot.desk.unseen import Unseen
from bot.desk.visits import Visits
from bot.desk.writing import Writing
from bot.kept.cipher import FileKey
from bot.kept.files import KeptFiles
from bot.knowing import Knowing
from bot.service import Service
from bot.store.interface import TELEGRAM_DESK, Arrival, CaseFile, Librarian
from bot.store.sqlite_accounts import SqliteAccounts
from bot.store.sqlite_answers import SqliteAnswers
from bot.store.sqlite_corrections import SqliteCorrections
from bot.store.sqlite_day import SqliteDay, SqliteGaps
from bot.store.sqlite_files import SqliteFiles
from bot.store.sqlite_telegram_desk import SqliteTelegramDesk
from bot.store.sqlite_telegram_groups import SqliteTelegramGroups
from bot.store.telegram_desk import DeskTopic
from dialogs.texts import load_texts
from dialogs.turn import Context
from knowledge.loading import DATA, load

CHATS = {VRATSA: -1001, VIDIN: -1002, BUREAU: -1003}
USERS = {name: number for number, name in enumerate(STAFF, 11)}
PATIENCE = 60.0
"""Seconds."""
AT_ONCE = Bounds(messages=10_000, window=0.001, gap=0.0, touch_gap=0.0)
OFTEN = Rhythm(look=0.005, notice=600, probe=0.05, knock=600, pauses=(0.01,), refused=0.0)
"""Nobody knocks meanwhile: whoever heals asks for it."""


@dataclass
class GroupHouse:
    """What runs over the groups, and what hands do there."""

    house: CaseHouse
    server: ForumServer
    mirror: Mirror
    desk: GroupDesk
    shown: SqliteTelegramDesk
    saying: Saying
    updates: "itertools.count[int]"
    last: Arrival | None = field(default=None)

    def group(self, desk: str) -> Group:
        return self.server.groups[CHATS[desk]]

    # -- what the platform tells ---------------------------------------------------------------

    def message(self, who: str, desk: str, thread: int, **content: Any) -> dict[str, Any]:
        """Return a message that somebody writes in a topic, as the platform tells of it."""
        number = content.pop("number", 0) or next(self.group(desk).ids)
        if "text" in content and number not in self.group(desk).messages:
            self.group(desk).messages[number] = Posted(
                number, thread, content["text"], by_bot=False
            )
        writer = Colleague(None, Seen(CHATS[desk]), USERS[who], STAFF[who].name)  # type: ignore[arg-type]
        return writer.message(thread, number, **content)

    def own(self, desk: str, thread: int, **content: Any) -> dict[str, Any]:
        """Return what the bot itself has done in a group."""
        bot = {"id": BOT, "is_bot": True, "first_name": "П"}
        group = Colleague(None, Seen(CHATS[desk]), BOT, "П")  # type: ignore[arg-type]
        return group.message(thread, next(self.group(desk).ids), **content) | {"from": bot}

    def press(self, who: str, desk: str, thread: int, data: str) -> dict[str, Any]:
        face = {"id": USERS[who], "is_bot": False, "first_name": STAFF[who].name}
        query = {"id": f"q{next(self.updates)}", "from": face, "chat_instance": "1", "data": data}
        return {"callback_query": query | {"message": self.own(desk, thread, text="…")}}

    def arrival(self, update: dict[str, Any]) -> Arrival:
        """Return an update as it comes in."""
        update = {"update_id": next(self.updates), **update}
        assert not faults_of_update(update)
        key, raw = str(update["update_id"]), raw_of_group(update)
        return Arrival(TELEGRAM_DESK, key, address_of(update), raw, self.house.clock.ms)

    async def comes(self, *arrivals: Arrival) -> None:
        """Let these come in, in this order, and be worked."""
        for one in arrivals:
            await self.house.runtime.take_in([one])
            self.last = one
        await self.desk.intake.settle()
        await self.desk.answers.settle()
        await self.house.settle()

    # -- what stands there ---------------------------------------------------------------------

    async def standing(self, desk: str) -> list[tuple[CaseFile, int]]:
        """Return the cases that stand in the group of a desk, each with its topic."""
        rows = await self.house.store.read(
            "SELECT number, thread FROM desk_topic WHERE chat = ? ORDER BY number", CHATS[desk]
        )
        found = [(await self.house.desk.case(row[0]), row[1]) for row in rows]
        there = self.group(desk).topics
        return [(case, thread) for case, thread in found if case and thread in there]

    async def comes_along(self, early: Callable[[], bool] = lambda: False) -> None:
        """Return once the mirror has done what it knows of, or as soon as `early`."""
        async for _ in _looks():
            if early() or self._rests(await self.house.desk.last_change()):
                return
        raise AssertionError(f"the mirror never rests: {self.mirror.standing()}")

    def _rests(self, last: int) -> bool:
        mirror = self.mirror
        lanes = mirror._lanes.values()  # noqa: SLF001
        # A lane forgets that there is more only when it has nothing left to do.
        busy = any(lane.waiting or lane.more.is_set() for lane in lanes)
        return not busy and not mirror._doubted and mirror._after >= last  # noqa: SLF001

    def is_writable(self, desk: str, thread: int) -> bool:
        topic = self.group(desk).topics.get(thread)
        return topic is not None and not topic.closed

    def is_answered(self, desk: str, thread: int, message: int) -> bool:
        """Return whether the bot has said something to this message."""
        return any(m.by_bot and m.answers == message for m in self.group(desk).said(thread))

    async def lacks(self, told: dict[int, Sequence[Any]], erased: Sequence[str]) -> str:
        """Return what of the talks no group shows, or what of the erased one still does."""
        for group in self.server.groups.values():
            seen = group.everything()
            left = [word for word in erased if word in seen]
            if left:
                return f"{left} of somebody erased in {group.chat}"
        for case in await self.house.files():
            fault = await self._lacks(case, told.get(case.number, ()))
            if fault:
                return f"case {case.number}: {fault}"
        return await self._turned(())

    async def _lacks(self, case: CaseFile, told: Sequence[Any]) -> str:
        for desk, role in _views(case).items():
            topic = await self.shown.topic(case.number, CHATS[desk])
            if not case.is_open:
                continue
            if topic is None or topic.header is None:
                return f"no topic at {desk}"
            fault = await self._stands(case, topic, role)
            if not fault and role == "desk":
                fault = self._reads(topic, told)
            if fault:
                return f"{fault} at {desk}"
        return ""

    async def _stands(self, case: CaseFile, topic: DeskTopic, role: Role) -> str:
        group = self.server.groups[topic.chat]
        platform = group.topics.get(topic.thread)
        if platform is None:
            return "its topic is deleted"
        if platform.closed:
            return "its topic is closed"
        entries = await self.house.desk.entries(case.number)
        header = group.messages.get(topic.header or 0)
        if header is None or header.text != header_of(self.saying, case, entries, role).text:
            return "another header"
        return ""

    def _reads(self, topic: DeskTopic, told: Sequence[Any]) -> str:
        group = self.server.groups[topic.chat]
        seen = "\n".join(group.texts(topic.thread))
        for line in told:
            chat, _, message = line.ref.removeprefix("tg:").rpartition(":")
            here = line.ref.startswith("tg:") and chat == str(topic.chat)
            own = group.messages.get(int(message)) if here else None
            if own is not None and own.thread == topic.thread:
                continue
            if line.text not in seen:
                return f"„{line.text}“ ({line.kind}) is not shown"
        return ""

    async def turns_back(self, silent: Collection[tuple[str, int]]) -> None:
        """Return once every topic that somebody told of stands open or closed as it is to."""
        unknown = {(CHATS[desk], thread) for desk, thread in silent}
        fault = ""
        async for _ in _looks():
            fault = await self._turned(unknown)
            if not fault:
                return
        raise AssertionError(fault)

    async def _turned(self, unknown: Collection[tuple[int, int]]) -> str:
        rows = await self.house.store.read("SELECT number, chat, thread FROM desk_topic")
        for number, chat, thread in rows:
            case = await self.house.desk.case(number)
            topic = self.server.groups[chat].topics.get(thread)
            if case is None or topic is None or (chat, thread) in unknown:
                continue
            if topic.closed is (case.is_open and chat in _chats(case)):
                return f"the topic of case {number} in {chat} stands as a hand has turned it"
        return ""

    async def heals(self, told: dict[int, Sequence[Any]], erased: Sequence[str]) -> None:
        """Return once the groups show everything; fails where they never do."""
        self.server.faults.clear()
        fault = ""
        async for _ in _looks():
            fault = await self.lacks(told, erased)
            if not fault:
                return
        raise AssertionError(f"{fault}; mirror: {self.mirror.standing()}")


async def _looks() -> AsyncIterator[None]:
    """Come back now and then for as long as a slow machine may need."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < end:
        yield
        await asyncio.sleep(0.005)


async def kill_mirror(*more: "asyncio.Task[Any]") -> int:
    """End what mirrors, whatever it is at; return how many calls it was at."""
    parts = ("Mirror.", "Topics.")
    all_of_it = [t for t in asyncio.all_tasks() if _name(t).startswith(parts)]
    calls = sum(_name(t).startswith("Topics.") for t in all_of_it)
    for each in (*more, *all_of_it):
        each.cancel()
    await asyncio.gather(*more, *all_of_it, return_exceptions=True)
    return calls


def _name(task: "asyncio.Task[Any]") -> str:
    return getattr(task.get_coro(), "__qualname__", "")


def _views(case: CaseFile) -> dict[str, Role]:
    found: dict[str, Role] = {case.expert_desk: "expert"} if case.expert_desk else {}
    return found | {desk: "desk" for desk in (case.library, case.offered_to) if desk}


def _chats(case: CaseFile) -> set[int]:
    return {CHATS[desk] for desk in _views(case)}


def _service_of(h: CaseHouse) -> Service:
    """Return the house's parts as those of a service, with what else a desk in groups asks for."""
    known = load()
    knowing = Knowing(known)
    day = SqliteDay(h.store)

    def context(number: int) -> Context:
        return service.context(number)

    accounts = Accounts(SqliteAccounts(h.store), h.desk, h.clock)
    corrections = Corrections(
        SqliteCorrections(h.store),
        knowing,
        DATA,
        h.clock,
        audit=accounts.audit,
        trial=lambda: h.roster.now.trial,
        learnt=h.roster.refresh,
    )
    service = Service(
        h.store,
        h.commit,
        h.runtime,
        {h.channel.name: h.delivery},
        h.clock,
        h.desk,
        h.roster,
        knowing,
        h.waiting,
        day,
        SqliteGaps(h.store),
        Visits(context, h.clock, lambda library: day.served(library, h.clock()), h.desk.standing),
        accounts,
        Writing(SqliteAnswers(h.store), lambda: context(0), h.clock),
        corrections,
        Digests(h.desk, h.waiting, h.roster, load_texts(), h.clock),
        KeptFiles(SqliteFiles(h.store), FileKey.beside(h.store.file), h.clock),
        Unseen(h.desk, corrections.store),
    )
    return service


async def _staff(user: int) -> Librarian | None:
    return next((STAFF[name] for name, number in USERS.items() if number == user), None)


@asynccontextmanager
async def group_house(
    h: CaseHouse, server: ForumServer, updates: "itertools.count[int]"
) -> AsyncIterator[GroupHouse]:
    """Show the house's cases in a group of each desk meanwhile, and work what comes from there."""
    for desk, chat in CHATS.items():
        sql = (
            "INSERT OR IGNORE INTO desk_group (chat, desk, title, joined_at) VALUES (?, ?, 'Г', 1)"
        )
        await h.store.write((sql, (chat, desk)))
        server.group(chat)
    service, shown = _service_of(h), SqliteTelegramDesk(h.store)
    async with TelegramChannel(TOKEN, server.url, load_texts(), bulgarian) as channel:
        groups = Groups(channel.bot, AT_ONCE)
        mirror = mirror_of(service, h.store, groups, rhythm=OFTEN)
        joined = SqliteTelegramGroups(h.store)
        desk = GroupDesk(
            service,
            joined,
            channel.call,
            shown.migrate,
            paced=groups.paced,
            look=mirror.look,
            staff=_staff,
        )
        async with at_work(service, desk), mirror.running():
            yield GroupHouse(h, server, mirror, desk, shown, saying_of(service), updates)
