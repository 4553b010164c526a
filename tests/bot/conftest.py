from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from acts import acts  # noqa: F401  # a fixture
from bot_api_server import BotApiServer
from durable import Dial, House, Notebook
from durable import house as house_over
from web_fixtures import browser, chat  # noqa: F401  # fixtures


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "posoka.db"


@pytest.fixture
def clock() -> Dial:
    return Dial()


@pytest.fixture
def channel() -> Notebook:
    return Notebook()


@pytest.fixture
async def house(file: Path, clock: Dial, channel: Notebook) -> AsyncIterator[House]:
    """The durable core over a new file; replies are stored and not sent."""
    async with house_over(file, clock, channel) as running:
        yield running


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    """A Bot API server on loopback; every call must be as the official description has it."""
    async with BotApiServer() as server:
        yield server
    assert server.against_the_description == []
