"""Intake against a Bot API emulator that was written elsewhere: lo-bot-api-emulator.

It refuses `link_preview_options`, which it does not know, so what is sent is not looked at here.
"""

import asyncio
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web
from bot_api_server import TOKEN, BotApiServer, Person, bulgarian
from lo_bot_api_emulator import LoBotApiEmulator
from telegram.error import Conflict

from bot import clock
from bot.channels.telegram import NAME, TelegramChannel
from bot.polling import Poller, Rhythm
from bot.service import running
from bot.store.sqlite import SqliteStore
from dialogs.texts import load_texts

RHYTHM = Rhythm(hold=2, shortest=0.02, longest=0.1, jitter=lambda: 1.0)


class Emulator:
    """The emulator on loopback, with what a test needs to know of it."""

    def __init__(self):
        self.emulator = LoBotApiEmulator()
        self.person = Person(BotApiServer(), 57)

    async def __aenter__(self):
        self._runner = web.AppRunner(self.emulator.app(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_):
        await self._runner.cleanup()

    async def says(self, text):
        update = {"message": self.person.message(text=text)}
        return str(await self.emulator.enqueue_update(update, token=TOKEN))

    async def presses(self, data):
        return str(await self.emulator.enqueue_update(self.person.press(data), token=TOKEN))

    def answered(self, method):
        return [r["status"] for r in self.emulator.requests if r["method"] == method]

    @asynccontextmanager
    async def channel(self):
        async with TelegramChannel(TOKEN, self.url, load_texts(), bulgarian) as channel:
            yield channel

    @asynccontextmanager
    async def polling(self, take_in, rhythm=RHYTHM):
        async with (
            self.channel() as channel,
            Poller(channel, take_in, clock.now, lambda _: None, rhythm).running(),
        ):
            yield


@pytest.fixture
async def emulator():
    async with Emulator() as emulator:
        yield emulator


async def _until(condition, seconds=10):
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  # the emulator tells nobody
            await asyncio.sleep(0.01)


async def test_what_is_stored_is_confirmed_and_does_not_come_again(emulator):
    taken = []

    async def take_in(arrivals):
        taken.extend(arrival.update_key for arrival in arrivals)

    keys = [await emulator.says(f"{n}") for n in range(3)]
    async with emulator.polling(take_in):
        await _until(lambda: len(taken) == 3)
        keys.append(await emulator.presses("1.go:menu"))
        await _until(lambda: len(taken) == 4)
        await _until(lambda: len(emulator.answered("getUpdates")) >= 3)
    assert taken == keys
    await asyncio.sleep(0.2)  # the emulator needs a moment to see that a poll was let go
    async with emulator.channel() as channel:
        assert await channel.updates(None, 0) == []


async def test_a_crash_before_the_confirmation_brings_them_again(emulator):
    first, second = [], []
    storing = asyncio.Event()

    async def crash_after_storing(arrivals):
        first.extend(arrival.update_key for arrival in arrivals)
        storing.set()
        await asyncio.Event().wait()

    async def take_in(arrivals):
        second.extend(arrival.update_key for arrival in arrivals)

    keys = [await emulator.says(f"{n}") for n in range(3)]
    async with emulator.polling(crash_after_storing):
        await storing.wait()
    async with emulator.polling(take_in):
        await _until(lambda: second)
    assert first == second == keys


async def test_the_long_poll_brings_an_update_at_once(emulator):
    taken = asyncio.Event()

    async def take_in(_arrivals):
        taken.set()

    loop = asyncio.get_running_loop()
    async with emulator.polling(take_in, Rhythm(hold=50)):
        await _until(lambda: emulator.answered("getMe"))
        await asyncio.sleep(0.3)
        assert emulator.answered("getUpdates") == []
        before = loop.time()
        await emulator.says("а")
        await taken.wait()
        assert loop.time() - before < 1


async def test_a_second_poller_is_told_apart_and_waited_for(emulator, caplog):
    taken = []

    async def take_in(arrivals):
        taken.extend(arrival.update_key for arrival in arrivals)

    async with emulator.channel() as other:
        holding = asyncio.create_task(other.updates(None, 1))
        await asyncio.sleep(0.2)
        with pytest.raises(Conflict):
            await other.updates(None, 0)
        async with emulator.polling(take_in):
            await _until(lambda: "another program" in caplog.text)
            await holding
            key = await emulator.says("а")
            await _until(lambda: taken)
    assert taken == [key]
    assert caplog.text.count("another program") == 1


async def test_a_webhook_is_a_conflict_and_left_as_it_is(emulator, caplog):
    async def take_in(_arrivals):
        raise AssertionError

    async with ClientSession() as session:
        url = {"url": "https://elsewhere.example/"}
        await session.post(f"{emulator.url}/bot{TOKEN}/setWebhook", data=url)
    async with emulator.polling(take_in):
        await _until(lambda: "a webhook" in caplog.text)
    assert emulator.answered("deleteWebhook") == []


async def test_the_whole_service_takes_each_update_in_once(emulator, tmp_path):
    store = SqliteStore(tmp_path / "posoka.db")
    async with emulator.channel() as channel, running(store, {}, {NAME: channel}, clock.now) as it:
        it.runtime.attend(channel.rest)
        for _ in range(2):
            for text in ("/start", "меню"):
                await emulator.says(text)
            await emulator.presses("1.go:menu")
            taken = asyncio.Event()

            async def take_in(arrivals, taken=taken):
                await it.runtime.take_in(arrivals)
                taken.set()
                await asyncio.Event().wait()

            # It ends before the confirmation, so the next one is given all of them again.
            async with Poller(channel, take_in, clock.now, print, RHYTHM).running():
                await taken.wait()
        await it.runtime.settle()
        await _until(lambda: emulator.answered("answerCallbackQuery") == [200, 200])
        lines = await store.transcript(f"{NAME}:57")
    assert len([line for line in lines if line.kind == "in"]) == 6
    assert {line.state for line in lines if line.kind == "in"} == {"done"}
