"""The running service is killed at random instants under load: nothing is lost, nothing doubled."""

import asyncio
import random
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from bot.channels.web import address_of

CLIENTS = 12
"""Browsers that post at the same time."""
EACH = 25
"""What one browser posts, within the burst that the service allows it."""
WORDS = ("/help", "/menu", "/privacy", "за мен", "не знам", "35", "Враца", "назад", "да", "стажове")
MARKER = "кукувица"


@dataclass
class Browser:
    """One person: posts one thing after the other, each until it is acknowledged."""

    number: int
    acknowledged: list[str] = field(default_factory=list)
    repeats: int = 0

    @property
    def token(self) -> str:
        return f"browser-{self.number:04}-".ljust(32, "x")

    @property
    def talk(self) -> str:
        return f"web:{address_of(self.token)}"

    async def post(self, session: aiohttp.ClientSession, url: str, dice: random.Random) -> None:
        for number in range(EACH):
            key = f"key-{self.number:04}-{number:04}"
            text = dice.choice(WORDS) if number % 3 else f"{MARKER} {number}"
            while not await self._acknowledged(session, url, key, text):
                self.repeats += 1
                await asyncio.sleep(0.02)
            self.acknowledged.append(key)

    async def _acknowledged(
        self, session: aiohttp.ClientSession, url: str, key: str, text: str
    ) -> bool:
        with suppress(aiohttp.ClientError, TimeoutError, OSError):
            async with session.post(
                f"{url}/say",
                data={"key": key, "text": text},
                headers={"Accept": "application/json"},
                cookies={"posoka": self.token},
            ) as response:
                assert response.status != 400
                return response.status == 200 and (await response.json())["stored"] is True
        return False


@dataclass
class Server:
    """The real command, over one database, started again and again."""

    folder: Path
    port: int
    process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "posoka.db"

    async def start(self, session: aiohttp.ClientSession) -> None:
        with (self.folder / "log.txt").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                env={
                    "POSOKA_DATABASE_URL": f"sqlite:///{self.database}",
                    "POSOKA_LISTEN": f"127.0.0.1:{self.port}",
                    "PYTHONUTF8": "1",
                },
                stdout=log,
                stderr=log,
            )
        while not await self._answers(session):
            assert self.process.returncode is None, (self.folder / "log.txt").read_text()
            await asyncio.sleep(0.02)

    async def _answers(self, session: aiohttp.ClientSession) -> bool:
        with suppress(aiohttp.ClientError, TimeoutError, OSError):
            async with session.get(f"{self.url}/health") as response:
                return response.status in (200, 503)
        return False

    async def end(self, how: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return await self.process.wait()


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[tuple[Server, aiohttp.ClientSession]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(folder, port)
    timeout = aiohttp.ClientTimeout(total=5)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(
        timeout=timeout, connector=connector, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:
        try:
            yield server, session
        finally:
            if server.process is not None and server.process.returncode is None:
                await server.end(signal.SIGKILL)


async def killed_under_load(folder: Path, kills: int, seed: int) -> list[Browser]:
    """Post from many browsers while the service is killed that often; return what they posted."""
    dice = random.Random(seed)  # noqa: S311
    browsers: list[Browser] = []
    enough = asyncio.Event()

    async with serving(folder) as (server, session):

        async def people_come(line: int) -> None:
            while not enough.is_set():
                browser = Browser(len(browsers))
                browsers.append(browser)
                await browser.post(session, server.url, random.Random(f"{seed} {line}"))  # noqa: S311

        await server.start(session)
        coming = [asyncio.create_task(people_come(line)) for line in range(CLIENTS)]
        for _ in range(kills):
            await asyncio.sleep(dice.uniform(0.0, 0.5))
            assert await server.end(signal.SIGKILL) == -signal.SIGKILL
            await server.start(session)
        enough.set()
        await asyncio.gather(*coming)
        assert await server.end(signal.SIGTERM) == 0
    return browsers


@dataclass
class Account:
    """What stands in the database, against what was acknowledged."""

    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    unanswered: int = 0


def account_of(database: Path, browsers: list[Browser]) -> Account:
    account = Account()
    with sqlite3.connect(database) as db:
        ask: Callable[..., list[tuple[object, ...]]] = lambda sql, *values: db.execute(  # noqa: E731
            sql, values
        ).fetchall()
        assert ask("PRAGMA integrity_check") == [("ok",)]
        assert ask("SELECT DISTINCT state FROM inbox") == [("done",)]
        for browser in browsers:
            address = address_of(browser.token)
            account.acknowledged += len(browser.acknowledged)
            events = ask(
                "SELECT seq, update_key FROM inbox WHERE conversation = ? ORDER BY seq",
                browser.talk,
            )
            keys = [str(key).removeprefix(f"{address}:") for _, key in events]
            account.lost += len(set(browser.acknowledged) - set(keys))
            account.disordered += keys != browser.acknowledged
            ((revision,),) = ask("SELECT revision FROM conversation WHERE id = ?", browser.talk)
            assert isinstance(revision, int)
            account.doubled += abs(revision - len(browser.acknowledged))
            replies = ask(
                "SELECT cause, id FROM outbox WHERE conversation = ? ORDER BY id", browser.talk
            )
            account.disordered += replies != sorted(replies)  # type: ignore[type-var]
            account.unanswered += len({seq for seq, _ in events} - {cause for cause, _ in replies})
        scattered = ask(
            "SELECT cause FROM outbox GROUP BY cause HAVING max(id) - min(id) >= count(*)"
        )
        account.disordered += len(scattered)
    db.close()
    return account


async def check(folder: Path, kills: int, seed: int, record: Callable[[str, object], None]) -> None:
    browsers = await killed_under_load(folder, kills, seed)
    account = account_of(folder / "posoka.db", browsers)
    figures = {"kills": kills, **vars(account), "repeats": sum(b.repeats for b in browsers)}
    print("  ".join(f"{name} {number}" for name, number in figures.items()))  # noqa: T201
    for name, number in figures.items():
        record(name, number)
    assert account.acknowledged == len(browsers) * EACH
    assert (account.lost, account.doubled, account.disordered, account.unanswered) == (0, 0, 0, 0)
    log = (folder / "log.txt").read_text()
    assert "Traceback" not in log
    assert MARKER not in log


@pytest.mark.timeout(400)
@pytest.mark.parametrize("seed", [1])
async def test_a_kill_at_any_instant_loses_nothing_and_doubles_nothing(
    tmp_path: Path, seed: int, record_property: Callable[[str, object], None]
) -> None:
    await check(tmp_path, 12, seed, record_property)


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", [2, 3, 4])
async def test_a_hundred_kills_lose_nothing_and_double_nothing(
    tmp_path: Path, seed: int, record_property: Callable[[str, object], None]
) -> None:
    await check(tmp_path, 100, seed, record_property)
