"""The whole service with Telegram on loopback and a clock that is set by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot_api_server import TOKEN, BotApiServer, Person
from durable import Dial

from bot.channels.interface import Limits
from bot.channels.telegram import NAME, TelegramChannel
from bot.polling import Poller, Rhythm
from bot.service import Service, language_of, running
from bot.store.sqlite import SqliteStore
from dialogs.texts import load_texts
from knowledge.texts import Language

TEXTS = load_texts()["bg"]


@asynccontextmanager
async def serving(server: BotApiServer, file: Path, clock: Dial) -> AsyncIterator[Service]:
    store = SqliteStore(file)
    fast = Limits(per_second=1000, chat_gap=0)
    rhythm = Rhythm(hold=2, shortest=0.02, longest=0.1)

    async def language(address: str) -> Language:
        return await language_of(store, f"{NAME}:{address}")

    async with (
        TelegramChannel(TOKEN, server.url, load_texts(), language, limits=fast) as channel,
        running(store, {}, {NAME: channel}, clock) as service,
        Poller(channel, service.runtime.take_in, clock, print, rhythm).running(),
    ):
        service.runtime.attend(channel.rest)
        yield service


async def quiet(server: BotApiServer, service: Service) -> None:
    """Return once every update has had its step and every message its try."""
    await server.until(lambda: server.idle and server.polled)
    await service.runtime.settle()
    await service.deliveries[NAME].settle()


def notices(server: BotApiServer) -> list[str]:
    """Return the words that stood on pressed buttons, empty where none did."""
    calls = server.sent("", "answerCallbackQuery")
    return [call.parameters.get("text", "") for call in calls]


async def revision(service: Service, person: Person) -> int:
    """Return how many steps the talk of this person has had."""
    stored = await service.store.conversation(f"{NAME}:{person.chat}")
    return stored.revision if stored else 0


def data_of(person: Person, label: str) -> str:
    found = person.data_of(label)
    assert found, label
    return found
