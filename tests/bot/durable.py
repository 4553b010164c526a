"""The parts that the durable core is tested with: a clock to set, a channel that takes notes."""

import asyncio
import datetime as dt
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.channels.due import DueChannel
from bot.channels.interface import Limits, MalformedError, SendError
from bot.clock import millis
from bot.delivery import Delivery
from bot.group_commit import GroupCommit
from bot.reminding import Reminding
from bot.runtime import Runtime
from bot.store.interface import DUE, Applied, Arrival, Batch, Mark, Outgoing, Received, StepCommit
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_reminders import SqliteReminders
from dialogs.documents import Document
from dialogs.model import EVENT, Event, Message, Pressed, Said
from dialogs.texts import load_texts
from dialogs.turn import Abilities, Context
from knowledge.calendar import SOFIA
from knowledge.loading import load

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=SOFIA)
HOUR = 3_600_000
DAY = 24 * HOUR


class Dial:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    @property
    def ms(self) -> int:
        return millis(self.now)

    def forward(self, milliseconds: int) -> None:
        self.now += dt.timedelta(milliseconds=milliseconds)


def said(text: str) -> str:
    return Said(text=text).model_dump_json()


def pressed(serial: int, action: str) -> str:
    return Pressed(serial=serial, action=action).model_dump_json()


def arrival(
    key: str,
    address: str = "ana",
    raw: str = "",
    *,
    channel: str = "test",
    at: int = millis(NOON),
    platform_id: str | None = None,
) -> Arrival:
    return Arrival(channel, key, address, raw or said(key), at, platform_id=platform_id)


def step(event: Received, revision: int, *texts: str, **more: object) -> StepCommit:
    """Return a step of this event that says these texts."""
    plain = StepCommit(
        conversation=event.conversation,
        revision=revision,
        state=f'{{"after": {event.seq}}}',
        cause=event.seq,
        at=event.at,
        outgoing=tuple(
            Outgoing(event.channel, event.address, event.conversation, text) for text in texts
        ),
    )
    return StepCommit(**{name: getattr(plain, name) for name in plain.__slots__} | more)  # type: ignore[arg-type]


async def take_in(store: SqliteStore, *arrivals: Arrival) -> list[Received]:
    applied = await store.apply(Batch(arrivals=arrivals))
    return [received for received in applied.received if received is not None]


async def do(store: SqliteStore, *steps: StepCommit) -> Applied:
    return await store.apply(Batch(steps=steps))


def sent(number: int, at: int = millis(NOON)) -> Mark:
    return Mark(number, "sent", at, tries=1, platform_id=f"p{number}")


class Notebook:
    """A channel that writes down what it is to send, and fails as it is told to."""

    def __init__(self, name: str = "test", limits: Limits | None = None) -> None:
        self.name = name
        self.limits = limits or Limits(per_second=1_000_000, chat_gap=0)
        self.abilities = Abilities(reaches=True, hides=True)
        self.sends: list[tuple[str, str, float]] = []
        self.documents: list[Document] = []
        self.hidden: list[tuple[str, tuple[str, ...], str]] = []
        self.failing: Callable[[str, str], Exception | None] = lambda _address, _text: None
        self.gate = asyncio.Event()
        self.gate.set()
        self.under_way = 0

    def decode(self, raw: str) -> Event | None:
        if raw == "nonsense":
            raise MalformedError("no event in it")
        event = EVENT.validate_json(raw)
        if isinstance(event, Said) and event.text.startswith("break:"):
            raise LookupError(f"cannot work with {event.text}\nand also\n{event.text}")
        return event

    async def send(self, address: str, message: Message) -> str:
        self.under_way += 1
        try:
            await self.gate.wait()
        finally:
            self.under_way -= 1
        fault = self.failing(address, message.text)
        if fault:
            raise fault
        self.sends.append((address, message.text, asyncio.get_running_loop().time()))
        self.documents += [message.document] if message.document else []
        return f"p{len(self.sends)}"

    async def hide(self, address: str, parts: Sequence[str], text: str) -> None:
        fault = self.failing(address, text)
        if fault:
            raise fault
        self.hidden.append((address, tuple(parts), text))

    def texts(self, address: str) -> list[str]:
        return [text for to, text, _ in self.sends if to == address]


def later(reason: str = "busy", wait: dt.timedelta | None = None) -> SendError:
    return SendError(reason, again=True, wait=wait)


class FailingStore(SqliteStore):
    """The real store, which refuses to commit while `down`, and counts its batches."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.down = False
        self.refused: set[str] = set()
        """Talks whose steps are refused."""
        self.batches: list[Batch] = []

    async def apply(self, batch: Batch) -> Applied:
        self.batches.append(batch)
        if self.down:
            raise OSError("the disk is away")
        if any(step.conversation in self.refused for step in batch.steps):
            raise ValueError("not this talk")
        return await super().apply(batch)


@asynccontextmanager
async def opened(store: SqliteStore) -> AsyncIterator[SqliteStore]:
    """Open a store for a while."""
    await store.open()
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def started(store: SqliteStore, runtime: Runtime, commit: GroupCommit) -> AsyncIterator[None]:
    """Let a runtime work that is made by hand; the test says when it resumes."""
    async with opened(store):
        commit.start()
        try:
            yield
        finally:
            await runtime.stop()
            await commit.stop()


@dataclass
class House:
    """A store with all that runs over it."""

    store: FailingStore
    commit: GroupCommit
    runtime: Runtime
    channel: Notebook
    delivery: Delivery
    clock: Dial
    reminding: Reminding
    failed: list[str] = field(default_factory=list)

    async def tell(self, *arrivals: Arrival) -> None:
        """Take these in, one after the other, and let their steps be done."""
        for one in arrivals:
            await self.runtime.take_in([one])
        await self.runtime.settle()

    async def revision(self, address: str = "ana") -> int:
        stored = await self.store.conversation(f"test:{address}")
        return stored.revision if stored else 0

    async def replies(self, address: str = "ana") -> list[tuple[int, int]]:
        """Return the cause and the id of each reply of a talk."""
        return [(m.cause, m.id) for m in await self.store.unread(f"test:{address}", 0)]


def context(clock: Dial, number: int = 0) -> Context:
    return Context(knowledge=load(), texts=load_texts(), now=clock(), number=number)


@asynccontextmanager
async def house(
    file: Path, clock: Dial | None = None, channel: Notebook | None = None, *, sends: bool = False
) -> AsyncIterator[House]:
    """Run everything over this file; `sends` says whether replies are also sent."""
    clock = clock or Dial()
    channel = channel or Notebook()
    store = FailingStore(file)
    await store.open()
    commit = GroupCommit(store)
    commit.start()
    channels = {channel.name: channel, DUE: DueChannel()}
    runtime = Runtime(store, commit, channels, lambda number: context(clock, number), clock)
    reminders = SqliteReminders(store)
    reminding = Reminding(reminders, runtime, load(), clock, {channel.name})
    runtime.witness(reminding.witness)
    delivery = Delivery(channel, store, commit, clock)
    if sends:
        runtime.listen(delivery.enqueue)
        await delivery.resume()
    await reminders.put_back()
    await runtime.resume()
    try:
        yield House(store, commit, runtime, channel, delivery, clock, reminding)
    finally:
        await runtime.stop()
        await delivery.stop()
        await commit.stop()
        await store.close()


def bytes_of(file: Path) -> bytes:
    """Return all that stands on the disk for this database: the file, its log, its index."""
    beside = sorted(file.parent.glob(file.name + "*"))
    return b"".join(path.read_bytes() for path in beside)


def stands_in(words: str, file: Path) -> bool:
    """Return whether words stand in the database's bytes, plainly or as JSON escapes."""
    everything = bytes_of(file)
    escaped = re.sub(r"[^\x00-\x7f]", lambda m: f"\\u{ord(m[0]):04x}", words)
    return any(form in everything for form in (words.encode(), escaped.encode()))


async def until(holds: Callable[[], object]) -> None:
    """Let others go on until this holds; the suite's time limit ends what never does."""
    while not holds():  # noqa: ASYNC110  # nothing tells of it
        await asyncio.sleep(0)
