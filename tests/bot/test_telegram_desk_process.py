"""The real `posoka run` with a library's group: killed at any instant, its topics are whole."""

import asyncio
import re
import signal
import sys
from pathlib import Path

from aiohttp import ClientSession
from bot_api_server import Person
from forum_server import ForumServer
from test_telegram_service import Process

from bot.store.sqlite import SqliteStore
from dialogs.texts import load_texts

VRATSA, GROUP = "lib-vratsa-reg", -1001
ROOT = Path(__file__).parents[2]
TEXTS = load_texts()["bg"]


class Service(Process):
    """The service as a process of the code that is tested, wherever another copy is installed."""

    async def start(self):
        with self._output.open("a") as output:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                env=self._environment,
                cwd=ROOT,
                stdout=output,
                stderr=output,
            )


async def _prepared(file: Path) -> None:
    store = SqliteStore(file)
    await store.open()
    await store.write(
        (
            (
                "INSERT INTO librarian (id, library, name, trial, joined_at)"
                " VALUES ('tg-1', ?, 'Мария', 0, 1)"
            ),
            (VRATSA,),
        ),
        (
            "INSERT INTO desk_group (chat, desk, title, joined_at) VALUES (?, ?, 'Г', 1)",
            (GROUP, VRATSA),
        ),
    )
    await store.close()


async def test_a_service_that_is_killed_shows_every_word_in_the_topic(tmp_path):
    await _prepared(tmp_path / "posoka.db")
    async with ForumServer() as server, Service(server, tmp_path) as process:
        group, person = server.group(GROUP), Person(server, 57)
        person.says("/start")
        await server.until(lambda: person.sent, 150)
        person.says("/librarian")
        before = len(person.sent)
        await server.until(lambda: person.data_of(TEXTS("button-pass-on")) or _desk(person))
        server.push(person.press(_desk(person)))
        await server.until(lambda: len(person.sent) > before + 1)
        await person.types("Искам курс за готвач")
        server.push(person.press(person.data_of(TEXTS("button-pass-on"))))
        topic = await server.until(lambda: next(iter(group.topics.values()), None))
        words = [f"дума номер {n}" for n in range(6)]
        for word in words[:3]:
            person.says(word)
        await server.until(lambda: words[0] in group.everything())
        await process.end(signal.SIGKILL)
        for word in words[3:]:
            person.says(word)
        await process.start()
        await server.until(lambda: words[-1] in group.everything(), 150)
        said = group.everything()
        places = [said.index(word) for word in words]
        assert places == sorted(places)
        assert sum(said.count(word) for word in words) <= len(words) + 3
        assert len(group.topics) == 1
        assert "Искам курс за готвач" in group.said(topic.thread)[0].text
        address = re.findall(r"Web chat: (\S+)", process.output)[-1]
        async with ClientSession() as session, session.get(f"{address}health") as response:
            assert (await response.json())["channels"]["telegram_desk"] == "ok"
        assert "дума номер" not in process.output
        assert await process.end(signal.SIGTERM) == 0
    assert server.against_the_description == []
    assert server.refused_for_pace == 0


def _desk(person: Person) -> str | None:
    buttons = [b for call in reversed(person.sent) for b in call.buttons]
    return next((b["callback_data"] for b in buttons if f"to:{VRATSA}" in b["callback_data"]), None)
