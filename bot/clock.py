"""The time: handed to whatever needs it, so that a test can say what it is; and waiting."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from contextlib import suppress

from knowledge.calendar import SOFIA

Clock = Callable[[], dt.datetime]
"""Returns an aware datetime in Sofia."""


def now() -> dt.datetime:
    """Return the time in Sofia."""
    return dt.datetime.now(SOFIA)


def millis(at: dt.datetime) -> int:
    """Return milliseconds since 1970."""
    return int(at.timestamp() * 1000)


def moment(at: int) -> dt.datetime:
    """Return milliseconds since 1970 as the time in Sofia."""
    return dt.datetime.fromtimestamp(at / 1000, SOFIA)


async def wait_at_most(seconds: float, awaited: Awaitable[object]) -> None:
    """Return once it is done, or so many seconds are over.

    Who is told to stop at the very moment it is done, stops: `asyncio.wait_for` of Python 3.11
    swallows that, and whoever waits for the end waits for good.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await awaited
