"""What one batch counts of questions that nobody could answer: by month, and by no day."""

from collections.abc import Sequence

import aiosqlite

from bot.clock import moment
from bot.store.interface import Millis, StepCommit
from dialogs.gaps import parts_of

COUNT = (
    "INSERT INTO gap (month, topic, municipality, n) VALUES (?, ?, ?, 1)"
    " ON CONFLICT (month, topic, municipality) DO UPDATE SET n = n + 1"
)


def month_of(at: Millis) -> str:
    """Return the month in Sofia."""
    return f"{moment(at):%Y-%m}"


async def write_gaps(db: aiosqlite.Connection, steps: Sequence[StepCommit]) -> None:
    """Count the gaps of these steps; the days' counters do not hold them."""
    await db.executemany(
        COUNT,
        [
            (month_of(step.at), *parts)
            for step in steps
            for metric in step.counters
            if (parts := parts_of(metric))
        ],
    )
