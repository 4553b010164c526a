"""The time, handed to whatever needs it, so that a test can say what time it is."""

import datetime as dt
from collections.abc import Callable

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
