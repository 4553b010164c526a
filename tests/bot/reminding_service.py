"""A process that says what is due in a database, to be killed: at noon, and each send is a line.

Run: python tests/bot/reminding_service.py DATABASE LINES
"""

import asyncio
import datetime as dt
import os
import sys
import time
from pathlib import Path

import later_talk
from durable import NOON

import bot.reminding
import bot.runtime
from bot.channels.interface import Limits
from bot.channels.terminal import TerminalChannel
from bot.service import running
from bot.store.sqlite import SqliteStore
from dialogs.model import Message

STARTED = time.monotonic()


class Lines(TerminalChannel):
    """Sends by writing a line that outlives the process."""

    name = "test"
    limits = Limits(per_second=1_000_000, chat_gap=0)

    def __init__(self, file: Path) -> None:
        super().__init__(print, as_json=False)
        self._lines = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def send(self, address: str, message: Message) -> str:
        os.write(self._lines, f"{address}|{message.text}\n".encode())
        return "sent"


async def serve(database: Path, lines: Path) -> None:
    def clock() -> dt.datetime:
        return NOON + dt.timedelta(seconds=time.monotonic() - STARTED)

    async with running(SqliteStore(database), {}, {"test": Lines(lines)}, clock):
        await asyncio.Event().wait()


if __name__ == "__main__":
    bot.runtime.respond = later_talk.respond  # type: ignore[assignment]
    bot.reminding.AT_ONCE, bot.reminding.PAUSE = 10, 0.005
    asyncio.run(serve(Path(sys.argv[1]), Path(sys.argv[2])))
