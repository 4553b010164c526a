"""What one batch writes of reminders and rechecks: kept, replaced, used up, removed."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple

import aiosqlite

from bot.store.interface import DUE, Arrival, Mark, NewRecheck, StepCommit
from dialogs.undelivered import GONE

_WAITING = f"channel = '{DUE}' AND state = 'new'"


async def use_up(db: aiosqlite.Connection, arrivals: Sequence[Arrival]) -> set[int]:
    """Take away the reminders that these arrivals are; return the places of those too late.

    Two processes may see the same reminder due: the one that takes its row away brings it.
    """
    wanted = [(n, a.reminder) for n, a in enumerate(arrivals) if a.reminder is not None]
    looked = [(n, a.conversation) for n, a in enumerate(arrivals) if a.looked_with is not None]
    if not (wanted or looked):
        return set()
    fired = await db.execute_fetchall(
        "DELETE FROM reminder WHERE number IN (SELECT value FROM json_each(?)) RETURNING number",
        (json.dumps([number for _, number in wanted]),),
    )
    renamed = await db.execute_fetchall(
        "UPDATE recheck SET fingerprint = wanted.value ->> 1 FROM json_each(?) AS wanted"
        " WHERE conversation = wanted.value ->> 0 AND fingerprint <> wanted.value ->> 1"
        " RETURNING conversation",
        (json.dumps([(talk, arrivals[n].looked_with) for n, talk in looked]),),
    )
    return {*_without(wanted, fired), *_without(looked, renamed)}


def _without(wanted: Iterable[tuple[int, object]], rows: Iterable[sqlite3.Row]) -> list[int]:
    """Return the places of what found no row; a row is for the first that wants it."""
    there = {row[0] for row in rows}
    late = []
    for place, key in wanted:
        if key in there:
            there.remove(key)
        else:
            late.append(place)
    return late


async def write_later(db: aiosqlite.Connection, steps: Sequence[StepCommit]) -> None:
    """Store what these steps leave for later; what they call off does not come any more."""
    busy = [s for s in steps if s.later]
    if not busy:
        return
    await _write_reminders(db, busy)
    await _write_rechecks(db, busy)


async def _write_reminders(db: aiosqlite.Connection, steps: Sequence[StepCommit]) -> None:
    called_off = [(s.conversation, about) for s in steps for about in s.later.unremind]
    await db.executemany(
        "DELETE FROM reminder WHERE conversation = ?1 AND (?2 IS NULL OR about = ?2)", called_off
    )
    # One whose moment came just before waits in the inbox by now.
    await db.executemany(
        f"DELETE FROM inbox WHERE conversation = ?1 AND {_WAITING}"  # noqa: S608
        " AND raw ->> 'kind' = 'reminded' AND (?2 IS NULL OR raw ->> 'about' = ?2)",
        called_off,
    )
    anew = [(s.conversation, r.about, r.day) for s in steps for r in s.later.remind]
    await db.executemany(
        f"DELETE FROM inbox WHERE conversation = ? AND {_WAITING}"  # noqa: S608
        " AND raw ->> 'kind' = 'reminded' AND raw ->> 'about' = ? AND raw ->> 'day' = ?",
        anew,
    )
    await db.executemany(
        "INSERT OR REPLACE INTO reminder (conversation, about, day, language, at)"
        " VALUES (?, ?, ?, ?, ?)",
        [(s.conversation, *astuple(r)) for s in steps for r in s.later.remind],
    )


async def _write_rechecks(db: aiosqlite.Connection, steps: Sequence[StepCommit]) -> None:
    stopped = [(s.conversation,) for s in steps if s.later.stop_rechecks]
    await db.executemany("DELETE FROM recheck WHERE conversation = ?", stopped)
    await db.executemany(
        f"DELETE FROM inbox WHERE conversation = ? AND {_WAITING}"  # noqa: S608
        " AND raw ->> 'kind' = 'knowledge_changed'",
        stopped,
    )
    kept = [(s.conversation, s.later.recheck) for s in steps if s.later.recheck]
    await db.executemany(
        "INSERT OR REPLACE INTO recheck"
        " (answers, fitting, language, until, fingerprint, conversation)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        _values((talk, recheck) for talk, recheck in kept if not recheck.renewed),
    )
    # Looking again is no new consent: it neither begins anything nor makes it last longer.
    await db.executemany(
        "UPDATE recheck SET answers = ?, fitting = ?, language = ?, until = min(until, ?),"
        " fingerprint = ? WHERE conversation = ?",
        _values((talk, recheck) for talk, recheck in kept if recheck.renewed),
    )


def _values(kept: Iterable[tuple[str, NewRecheck]]) -> list[tuple[str, ...]]:
    return [(r.answers, r.fitting, r.language, r.until, r.fingerprint, talk) for talk, r in kept]


async def erase_later(db: aiosqlite.Connection, conversation: str) -> None:
    """Remove all that is kept for later of a talk, and what has become of it in the inbox."""
    await db.execute("DELETE FROM reminder WHERE conversation = ?", (conversation,))
    await db.execute("DELETE FROM recheck WHERE conversation = ?", (conversation,))
    # Whenever it came: it is of before the erasure. Nobody delivers it again, so no hash stays.
    await db.execute(
        "DELETE FROM inbox WHERE conversation = ? AND channel = ?", (conversation, DUE)
    )


async def leave_the_gone_alone(db: aiosqlite.Connection, marks: Sequence[Mark]) -> int:
    """Remove what is kept for later of people who have stopped the bot; return how many rows."""
    gone = [(m.id,) for m in marks if m.state == "dead" and m.error in GONE]
    if not gone:
        return 0
    removed = 0
    for table in ("reminder", "recheck"):
        cursor = await db.executemany(
            f"DELETE FROM {table} WHERE conversation ="  # noqa: S608
            " (SELECT conversation FROM outbox WHERE id = ?)",
            gone,
        )
        removed += max(cursor.rowcount, 0)
    return removed
