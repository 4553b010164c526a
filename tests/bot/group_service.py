"""The whole service with Telegram on loopback and librarians who answer in a group."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot_api_server import TOKEN, Person
from durable import Dial
from group_server import Colleague, Group, GroupServer

from bot.channels.interface import Limits
from bot.channels.telegram import NAME, TelegramChannel
from bot.desk.telegram.answering import Doing
from bot.desk.telegram.codes import new_code
from bot.desk.telegram.group_desk import GroupDesk, at_work
from bot.polling import Poller, Rhythm
from bot.service import Service, language_of, running
from bot.store.interface import CaseFile
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_telegram_desk import SqliteTelegramDesk
from bot.store.sqlite_telegram_groups import SqliteTelegramGroups
from dialogs.texts import load_texts
from knowledge.texts import Language

TEXTS = load_texts()["bg"]
VRATSA, VIDIN, BUREAU = "lib-vratsa-reg", "lib-vidin-reg", "bureau:dbt-vratsa"
TOPIC = 77


@dataclass
class Library:
    """A running service, its group and who is around."""

    server: GroupServer
    service: Service
    store: SqliteStore
    desk: GroupDesk
    clock: Dial
    group: Group
    maria: Colleague
    ivan: Colleague
    person: Person

    async def quiet(self) -> None:
        """Return once everything that came in has been worked and everything said."""
        await self.server.until(lambda: self.server.idle and self.server.polled)
        for _ in range(2):
            await self.desk.intake.settle()
            await self.service.runtime.settle()
            await self.service.deliveries[NAME].settle()
            await self.desk.answers.settle()

    async def joined(self, group: Group | None = None, desk: str = VRATSA) -> None:
        """Let the group join by a code, as its librarians do."""
        group = group or self.group
        self.server.groups[group.id] = group
        code = await new_code(self.desk.groups, desk, self.clock)
        Colleague(self.server, group, self.maria.user, self.maria.name).says(f"/join {code}")
        await self.quiet()

    async def asked(self, question: str = "Къде да отида?") -> CaseFile:
        """Let the person ask, and the mirror make the topic of it."""
        await self.tells("/start")
        await self.tells("/librarian")
        await self.taps(f"to:{VRATSA}")
        await self.tells(question)
        await self.taps("pass-on")
        rows = await self.store.read("SELECT max(number) FROM case_file")
        case = await self.service.desk.case(rows[0][0])
        assert case is not None
        await self.shows(case.number, self.group, TOPIC)
        return case

    async def shows(self, number: int, group: Group, thread: int) -> None:
        sql = "INSERT INTO desk_topic (number, chat, thread) VALUES (?, ?, ?)"
        await self.store.write((sql, (number, group.id, thread)))

    async def tells(self, text: str) -> None:
        self.person.says(text)
        await self.quiet()

    async def taps(self, action: str) -> None:
        buttons = [b for call in reversed(self.person.sent) for b in call.buttons]
        data = next(b["callback_data"] for b in buttons if b["callback_data"].endswith(action))
        self.server.push(self.person.press(data))
        await self.quiet()

    async def case(self) -> CaseFile:
        rows = await self.store.read("SELECT max(number) FROM case_file")
        case = await self.service.desk.case(rows[0][0])
        assert case is not None
        return case

    async def history(self, kind: str = "") -> list[str]:
        """Return the lines of the case, of one kind."""
        case = await self.case()
        entries = await self.service.desk.entries(case.number)
        return [entry.text for entry in entries if kind in ("", entry.kind)]

    @property
    def seen(self) -> str:
        """Everything that ever went to the person."""
        return self.server.shown_to(self.person.chat)

    @property
    def screen(self) -> list[str]:
        """What stands on the person's screen now, of what the bot sent."""
        return [s.text or "" for s in self.server.screens[str(self.person.chat)].values()]

    def told(self, thread: int | None = TOPIC, group: Group | None = None) -> list[str]:
        return self.server.told(group or self.group, thread)


async def at_once(_chat: int, call: Doing, /, *, message: bool) -> Any:  # noqa: ARG001
    """Make every call at once."""
    return await call()


@asynccontextmanager
async def library(
    server: GroupServer, file: Path, clock: Dial, *, join: bool = True, polling: bool = True, **more
) -> AsyncIterator[Library]:
    store = SqliteStore(file)
    fast = Limits(per_second=1000, chat_gap=0)
    rhythm = Rhythm(hold=2, shortest=0.02, longest=0.1)

    async def language(address: str) -> Language:
        return await language_of(store, f"{NAME}:{address}")

    async with (
        TelegramChannel(TOKEN, server.url, load_texts(), language, limits=fast) as channel,
        running(store, {}, {NAME: channel}, clock, channels_configured=True) as service,
    ):
        groups = SqliteTelegramGroups(store)
        migrate = SqliteTelegramDesk(store).migrate
        desk = GroupDesk(service, groups, channel.call, migrate, paced=at_once, **more)
        poller = Poller(channel, service.runtime.take_in, clock, print, rhythm, groups=desk.wants)
        group = server.groups.setdefault(-1001234567890, Group(-1001234567890))
        built = Library(
            server,
            service,
            store,
            desk,
            clock,
            group,
            Colleague(server, group, 11, "Мария"),
            Colleague(server, group, 12, "Иван"),
            Person(server, 7),
        )
        service.runtime.attend(channel.rest)
        async with at_work(service, desk):
            if not polling:
                yield built
                return
            async with poller.running():
                if join:
                    await built.joined()
                yield built
