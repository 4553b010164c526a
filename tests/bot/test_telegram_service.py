"""The whole service with Telegram: in this process, and as the real `posoka run`."""

import asyncio
import os
import re
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession
from bot_api_server import TOKEN, Fault, Person

from bot import clock
from bot.channels.interface import Limits
from bot.channels.telegram import NAME, TelegramChannel
from bot.polling import Poller, Rhythm
from bot.service import language_of, running
from bot.store.sqlite import SqliteStore
from dialogs.texts import load_texts

TEXTS = load_texts()["bg"]
MARKER = "болест-която-никой-не-бива-да-види"
GROUP = {"id": -1001, "type": "supergroup", "title": "Г"}


# -- in this process ---------------------------------------------------------------------------


@asynccontextmanager
async def serving(server, folder):
    store = SqliteStore(folder / "posoka.db")
    fast = Limits(per_second=1000, chat_gap=0)
    rhythm = Rhythm(hold=2, shortest=0.02, longest=0.1)

    async def language(address):
        return await language_of(store, f"{NAME}:{address}")

    async with (
        TelegramChannel(TOKEN, server.url, load_texts(), language, limits=fast) as channel,
        running(store, {}, {NAME: channel}, clock.now) as service,
        Poller(channel, service.runtime.take_in, clock.now, print, rhythm).running(),
    ):
        service.runtime.attend(channel.rest)
        yield service


async def _quiet(server, service):
    """Return once every update has had its step and every message its try."""
    await server.until(lambda: server.idle and server.polled)
    await service.runtime.settle()
    await service.deliveries[NAME].settle()


async def test_updates_delivered_twice_change_nothing(server, tmp_path):
    person = Person(server, 57)
    async with serving(server, tmp_path) as service:
        updates = [{"message": person.message(text="/start")}, person.press("1.a:audience:self")]
        updates = [{"update_id": 900_100_000 + n, **update} for n, update in enumerate(updates)]
        for update in updates:
            server.push(update)
            await _quiet(server, service)
        before = [call.text for call in person.sent]
        for update in [*updates, *reversed(updates)]:
            server.push(update)
        await _quiet(server, service)
        assert [call.text for call in person.sent] == before
        assert len(before) == 2


async def test_the_same_tap_under_a_new_id_is_no_second_step(server, tmp_path):
    person = Person(server, 57)
    async with serving(server, tmp_path) as service:
        person.says("/start")
        await person.screen(0)
        tap = person.press(person.data_of("За мен"))
        await person.presses("За мен")
        for _ in range(3):
            server.push(tap)
        await _quiet(server, service)
        assert len(person.sent) == 2
        answers = await server.until(
            lambda: a if len(a := server.sent("", "answerCallbackQuery")) == 4 else None
        )
        said = [answer.parameters.get("text") for answer in answers]
        assert said == [None, *[TEXTS("tap-again")] * 3]


async def test_who_blocked_the_bot_is_left_alone_and_others_go_on(server, tmp_path):
    gone, here = Person(server, 1), Person(server, 2)
    server.blocked.add("1")
    async with serving(server, tmp_path) as service:
        gone.says("/start")
        here.says("/start")
        gone.says("меню")
        here.says("меню")
        await _quiet(server, service)
        ages = await service.store.ages()
        assert (ages.dead_messages, ages.oldest_message) == (2, None)
    assert [call.status for call in server.calls if call.chat == "1"] == [403, 403]
    assert [TEXTS("menu") in call.text for call in here.sent] == [False, True]


async def test_a_malformed_update_is_set_aside_and_others_go_on(server, tmp_path, caplog):
    person = Person(server, 2)
    async with serving(server, tmp_path) as service:
        person.says("/start")
        broken = {"chat": {"id": 2, "type": "private"}, "text": {"not": MARKER}}
        server.push_raw({"update_id": 900_100_000, "message": broken})
        server.push_raw({"update_id": 900_100_001, "message": MARKER})
        person.says("меню")
        await _quiet(server, service)
        letters = await service.store.dead_letters()
    assert [TEXTS("menu") in call.text for call in person.sent] == [False, True]
    assert [letter.channel for letter in letters] == [NAME, NAME]
    assert MARKER not in caplog.text + "".join(letter.error for letter in letters)


async def test_groups_are_not_talked_to(server, tmp_path):
    person = Person(server, 2)
    async with serving(server, tmp_path) as service:
        person.sends(text="/start", chat=GROUP)
        tap = person.press("1.go:menu")
        tap["callback_query"]["message"]["chat"] = GROUP
        server.push(tap)
        await _quiet(server, service)
    assert not [call for call in server.calls if call.method == "sendMessage"]


async def test_flood_is_waited_out(server, tmp_path):
    person, other = Person(server, 1), Person(server, 2)
    async with serving(server, tmp_path) as service:
        server.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 2}))
        person.says("/start")
        await server.until(lambda: [c for c in server.calls if c.status == 429])
        other.says("/start")
        await other.screen(0)
        assert person.sent == []
        await _quiet(server, service)
    refused, passed = [call.at for call in server.calls if call.chat == "1"]
    assert passed - refused >= 1.9


async def test_a_location_finds_the_settlement(server, tmp_path):
    person = Person(server, 1)
    async with serving(server, tmp_path) as service:
        person.says("/start")
        await _quiet(server, service)
        server.push(person.press("1.go:places"))
        offer = await server.until(
            lambda: next((call for call in person.sent if "keyboard" in call.markup), None)
        )
        person.sends(location={"latitude": 43.151, "longitude": 23.924})
        screen = await person.screen(len(person.sent))
        assert "Роман" in screen.text
        [gone] = await server.until(lambda: server.sent(1, "deleteMessage"))
        assert gone.parameters["message_id"] == str(offer.result["message_id"])


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ({"voice": {"file_id": "A", "file_unique_id": "a", "duration": 3}}, "гласово"),
        ({"document": {"file_id": "A", "file_unique_id": "a"}}, "файл"),
    ],
)
async def test_what_is_not_text_is_answered(server, tmp_path, content, answer):
    person = Person(server, 1)
    async with serving(server, tmp_path) as service:
        person.sends(**content)
        await _quiet(server, service)
        person.edits("57")
        await _quiet(server, service)
    texts = [call.text for call in person.sent]
    assert answer in texts[0]
    assert TEXTS("edited-message") in texts


# -- the real process --------------------------------------------------------------------------


class Process:
    """`posoka run` as it is started by hand."""

    def __init__(self, server, folder, *, token=TOKEN):
        self._output = folder / "output.txt"
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("POSOKA_")},
            "POSOKA_DATABASE_URL": f"sqlite:///{folder / 'posoka.db'}",
            "POSOKA_LISTEN": "127.0.0.1:0",
            "POSOKA_TELEGRAM_TOKEN": token,
            "POSOKA_TELEGRAM_API_URL": server.url,
        }
        self._token = token

    @property
    def output(self):
        return self._output.read_text("utf-8")

    async def start(self):
        with self._output.open("a") as output:
            self._process = await asyncio.create_subprocess_exec(
                Path(sys.executable).with_name("posoka"),
                "run",
                env=self._environment,
                stdout=output,
                stderr=output,
            )

    async def end(self, how):
        """Send a signal, and return the exit code."""
        self._process.send_signal(how)
        return await asyncio.wait_for(self._process.wait(), 60)

    async def __aenter__(self):
        await self.start()
        return self

    async def __aexit__(self, *_):
        if self._process.returncode is None:
            await self.end(signal.SIGKILL)
        assert self._token not in self.output
        assert MARKER not in self.output


ANSWERS = {
    "За кого": "За мен",
    "Работите ли": "Без работа",
    "свърши последната": "Преди над 3 години",
    "регистрация в бюрото": "Не",
    "Важи ли за Вас": "Не, нито едно",
}
TYPED = {"адресът Ви": "Роман", "колко години": "57"}


async def _answer(person, screen):
    """Answer the question of a screen as a woman of 57 from Роман would; return the next one."""
    for words, text in TYPED.items():
        if words in screen.text:
            return await person.types(text)
    for words, label in ANSWERS.items():
        if words in screen.text:
            return await person.presses(label)
    return await person.presses(TEXTS("button-dont-know"))


async def test_a_woman_of_57_from_roman_walks_to_a_card(server, tmp_path):
    person = Person(server, 57)
    async with Process(server, tmp_path) as process:
        person.says("/start")
        screen = await person.screen(0)
        while "колко години" not in screen.text:
            screen = await _answer(person, screen)
        screen = await _answer(person, screen)
        screen = await person.presses(TEXTS("button-results"))
        cards = [b for b in screen.buttons if ".card:" in b["callback_data"]]
        assert cards, screen.text
        before = len(person.sent)
        server.push(person.press(cards[0]["callback_data"]))
        card = await person.screen(before)
        assert card.text != screen.text
        person.says(MARKER)
        await server.until(lambda: server.idle and server.polled)
        assert await process.end(signal.SIGTERM) == 0
        assert "Telegram: @posoka_bot" in process.output
    at = [call.at for call in person.sent]
    assert all(at[n + 2] - at[n] >= 0.9 for n in range(len(at) - 2))


@pytest.mark.parametrize(
    "kills", [(1, 9), pytest.param((1, 2, 4, 6, 8, 11, 13, 14), marks=pytest.mark.long)]
)
async def test_killed_at_any_instant_nothing_is_lost(server, tmp_path, kills):
    people = [Person(server, n) for n in range(1, 6)]
    said = iter(["/start", "меню", "помощ"])
    async with Process(server, tmp_path) as process:
        for sent in kills:
            for person, word in zip(people, [next(said, None)] * len(people), strict=True):
                if word:
                    person.says(word)
            await server.until(lambda n=sent: len(_texts(server)) >= n)
            await process.end(signal.SIGKILL)
            await process.start()
        for word in said:
            for person in people:
                person.says(word)
        await server.until(lambda: all(_answered(person) for person in people))
        await server.until(lambda: server.idle)
        # What was on its way at the instant of a kill may be said once more, nothing else.
        again = len(_texts(server)) - 3 * len(people)
        assert 0 <= again <= len(kills) * len(people)


def _texts(server):
    return [c for c in server.calls if c.method == "sendMessage" and c.status == 200]


def _answered(person):
    texts = [call.text for call in person.sent]
    once = [text for n, text in enumerate(texts) if text not in texts[:n]]
    return [
        [TEXTS("home")[:30] in text, TEXTS("menu") in text, TEXTS("help", beside="no")[:20] in text]
        for text in once
    ] == [[True, False, False], [False, True, False], [False, False, True]]


async def test_a_wrong_token_leaves_the_web_chat_on(server, tmp_path):
    token = "987654321:AAwrong-token-of-nobody"  # noqa: S105
    async with Process(server, tmp_path, token=token) as process:
        await server.until(
            lambda: "refuses the token" in process.output and "Web chat" in process.output
        )
        address = re.search(r"Web chat: (\S+)", process.output)[1]
        async with ClientSession() as session, session.get(f"{address}health") as response:
            assert response.status == 200
        assert process.output.count("refuses the token") == 1
        assert await process.end(signal.SIGTERM) == 0
