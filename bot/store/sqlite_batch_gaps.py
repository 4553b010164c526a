"""Who asked in a month what nobody could answer: each person once for a topic, and by no name.

While the month runs a person is a keyed hash, so that the second time is known for one; it goes
with their talk. Afterwards a number stays, and neither hashes nor their key.
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256

import aiosqlite

from bot.clock import moment
from bot.store.interface import Millis, StepCommit
from dialogs.gaps import parts_of

SETTLED: Millis = 3_600_000
"""So long after a month its last steps are surely stored."""
_ASKED = (
    "INSERT INTO gap_asked (month, topic, person, municipality) VALUES (?, ?, ?, ?)"
    # One place of each person, so that numbers of places add up to people: the first that is known.
    " ON CONFLICT (month, topic, person) DO UPDATE SET municipality = excluded.municipality"
    " WHERE municipality = ''"
)
_SUMMED = (
    "INSERT INTO gap_month (month, topic, municipality, people)"
    " SELECT month, topic, municipality, count(*) FROM gap_asked WHERE month < ?"
    " GROUP BY month, topic, municipality"
    " ON CONFLICT (month, topic, municipality) DO UPDATE SET people = people + excluded.people"
)


def month_of(at: Millis) -> str:
    """Return the month in Sofia."""
    return f"{moment(at):%Y-%m}"


async def write_gaps(db: aiosqlite.Connection, steps: Sequence[StepCommit]) -> None:
    """Keep who asked in these steps what nobody could answer; the days' counters do not hold it."""
    for step in steps:
        gaps = [parts for metric in step.counters if (parts := parts_of(metric))]
        if not gaps or not step.keep:
            continue
        month = month_of(step.at)
        key = await _key(db, month)
        for topic, municipality in gaps:
            person = _hash(key, topic, step.conversation)
            await db.execute(_ASKED, (month, topic, person, municipality))


async def erase_gaps(db: aiosqlite.Connection, conversation: str) -> None:
    """Let this person have asked nothing, in the months whose hashes still stand."""
    asked = await db.execute_fetchall("SELECT DISTINCT month, topic FROM gap_asked")
    for month, topic in [tuple(row) for row in asked]:
        person = _hash(await _key(db, month), topic, conversation)
        await db.execute(
            "DELETE FROM gap_asked WHERE month = ? AND topic = ? AND person = ?",
            (month, topic, person),
        )


async def close_months(db: aiosqlite.Connection, now: Millis) -> int:
    """Keep of months that are over how many people asked, and of nobody who; return how many."""
    this = month_of(now - SETTLED)
    await db.execute(_SUMMED, (this,))
    gone = await db.execute("DELETE FROM gap_asked WHERE month < ?", (this,))
    await db.execute("DELETE FROM secret WHERE name >= 'gaps:' AND name < ?", (_name_of_key(this),))
    return gone.rowcount


def _name_of_key(month: str) -> str:
    return f"gaps:{month}"


async def _key(db: aiosqlite.Connection, month: str) -> bytes:
    name = _name_of_key(month)
    await db.execute(
        "INSERT OR IGNORE INTO secret (name, value) VALUES (?, randomblob(32))", (name,)
    )
    rows = await db.execute_fetchall("SELECT value FROM secret WHERE name = ?", (name,))
    return next(bytes(row[0]) for row in rows)


def _hash(key: bytes, topic: str, conversation: str) -> str:
    """Return what a person is for a topic: of two topics nobody can tell that it is the same."""
    return hmac.new(key, f"{topic}\n{conversation}".encode(), sha256).hexdigest()
