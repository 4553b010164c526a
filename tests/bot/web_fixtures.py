"""What the tests of the web chat stand on: a real service, and a browser without a screen."""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, CookieJar, FormData
from aiohttp.test_utils import TestClient, TestServer

from bot import clock
from bot.channels.web import NAME, WebChannel
from bot.service import Service, running
from bot.store.interface import Line, Outgoing, Queued
from bot.store.sqlite import SqliteStore
from bot.web.application import application

JSON = {"Accept": "application/json"}


@dataclass
class Page:
    """What a person without scripts has before them."""

    status: int
    html: str
    headers: Any

    @property
    def last(self) -> int:
        return int(re.search(r'data-last="(\d+)"', self.html)[1])

    @property
    def talk(self) -> str:
        return re.search(r'name="talk" value="([^"]*)"', self.html)[1]

    @property
    def buttons(self) -> dict[str, str]:
        found = re.findall(r'name="press" value="([^"]+)"[^>]*>([^<]+)<', self.html)
        return {unescape(label): unescape(press) for press, label in found}

    @property
    def bubbles(self) -> list[tuple[str, str]]:
        found = re.findall(r'<div class="(bot|me)"[^>]*>(.*?)</div>', self.html, re.DOTALL)
        return [(who, unescape(re.sub(r"<[^>]+>", "", inner))) for who, inner in found]


class Browser:
    """One browser: its cookies, its posts; with scripts (JSON) or without."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self._keys = itertools.count(1)

    def key(self) -> str:
        return f"key-{next(self._keys):08}"

    async def look(self, **options: Any) -> Page:
        async with self.client.get("/", **options) as answer:
            return Page(answer.status, await answer.text(), answer.headers)

    async def post(self, *, scripts: bool = True, **fields: str) -> ClientResponse:
        fields.setdefault("key", self.key())
        headers = JSON if scripts else {}
        data = FormData(fields, default_to_multipart=True)  # as the page's forms are
        return await self.client.post("/say", data=data, headers=headers, allow_redirects=False)

    async def say(self, text: str, **fields: str) -> None:
        answer = await self.post(text=text, **fields)
        assert (answer.status, await answer.json()) == (200, {"stored": True})

    async def press(self, value: str) -> None:
        answer = await self.post(press=value)
        assert answer.status == 200

    async def messages(self, after: int = 0) -> list[dict[str, Any]]:
        return (await self.heard(after))["messages"]

    async def heard(self, after: int = 0) -> dict[str, Any]:
        async with self.client.get("/messages", params={"after": str(after)}) as answer:
            assert answer.status == 200
            return await answer.json()


class Chat:
    """The running service, and what stands in its store."""

    def __init__(self, service: Service, server: TestServer) -> None:
        self.service = service
        self.server = server
        self._browsers: list[TestClient] = []

    async def browser(self) -> Browser:
        client = TestClient(self.server, cookie_jar=CookieJar(unsafe=True))
        self._browsers.append(client)
        return Browser(client)

    async def close(self) -> None:
        for client in self._browsers:
            await client.session.close()

    async def settle(self) -> None:
        await self.service.runtime.settle()

    async def rows(self, sql: str) -> list[Any]:
        found = await self.service.store._reader.execute_fetchall(sql)  # noqa: SLF001
        return [tuple(row) for row in found]

    async def talk(self) -> str:
        return (await self.rows("SELECT id FROM conversation"))[0][0]

    async def lines(self) -> list[Line]:
        return await self.service.store.transcript(await self.talk())

    async def states(self) -> dict[int, str]:
        return dict(await self.rows("SELECT id, state FROM outbox ORDER BY id"))

    def ring(self, conversation: str) -> None:
        """Tell the page of a message, as a step does."""
        message = Queued(1, NAME, "", conversation, 1, "")
        for listener in self.service.runtime._listeners:  # noqa: SLF001
            listener((message,))


@asynccontextmanager
async def chat_over(folder: Path, public_url: str = "") -> AsyncIterator[Chat]:
    store = SqliteStore(folder / "talk.db")
    async with running(store, {NAME: WebChannel()}, {}, clock.now) as service:
        server = TestServer(application(service, public_url=public_url))
        await server.start_server()
        chat = Chat(service, server)
        try:
            yield chat
        finally:
            await chat.close()
            await server.close()


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    async with chat_over(tmp_path) as running_chat:
        yield running_chat


@pytest.fixture
async def browser(chat: Chat) -> Browser:
    return await chat.browser()


def outgoing(conversation: str, body: str) -> Outgoing:
    return Outgoing(NAME, conversation.partition(":")[2], conversation, body)


async def until(happens: Any, seconds: float = 5) -> None:
    """Wait until `happens()` is true."""
    async with asyncio.timeout(seconds):
        while not happens():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
