"""What one batch writes: updates in, steps with their messages, what became of deliveries."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import aiosqlite

from bot.store import sqlite_hiding
from bot.store.interface import DUE, Arrival, Mark, Millis, Outgoing, Queued, Received, StepCommit
from bot.store.sqlite_batch_cases import (
    delivered,
    erase_cases,
    reword,
    talk_hash,
    write_asides,
    write_cases,
)
from bot.store.sqlite_batch_files import erase_files_of_talk
from bot.store.sqlite_batch_gaps import erase_gaps, write_gaps
from bot.store.sqlite_batch_later import erase_later, leave_the_gone_alone, use_up, write_later
from dialogs.gaps import parts_of


async def take_in(db: aiosqlite.Connection, arrivals: Sequence[Arrival]) -> list[Received | None]:
    """Store updates; None stands for one that is stored already."""
    # An erased event has left the hash of its key: when it comes again it changes nothing.
    keys = json.dumps(
        [
            [a.channel, key]
            for a in arrivals
            for key in (a.update_key, _erased(a.channel, a.update_key))
        ]
    )
    known = {
        (row[0], row[1])
        for row in await db.execute_fetchall(
            "SELECT channel, update_key FROM inbox JOIN json_each(?) AS wanted"
            " ON channel = wanted.value ->> 0 AND update_key = wanted.value ->> 1",
            (keys,),
        )
    }
    seq = await _last(db, "inbox")
    received: list[Received | None] = []
    too_late = await use_up(db, arrivals)
    for place, arrival in enumerate(arrivals):
        key = (arrival.channel, arrival.update_key)
        if key in known or (key[0], _erased(*key)) in known or place in too_late:
            received.append(None)
            continue
        known.add(key)
        seq += 1
        received.append(_received(seq, arrival))
    fresh = [(r, a) for r, a in zip(received, arrivals, strict=True) if r is not None]
    await db.executemany(
        "INSERT INTO inbox"
        " (seq, channel, update_key, address, conversation, raw, arrived_at, platform_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (r.seq, r.channel, a.update_key, r.address, r.conversation, r.raw, r.at, a.platform_id)
            for r, a in fresh
        ],
    )
    await _count_to(db, "inbox", seq)
    return received


async def step_all(
    db: aiosqlite.Connection, steps: Sequence[StepCommit]
) -> list[tuple[Queued, ...] | None]:
    """Store steps with their messages; None stands for one whose talk has moved on."""
    now_at = {
        row[0]: row[1]
        for row in await db.execute_fetchall(
            "SELECT i.seq, coalesce(c.revision, 0) FROM inbox AS i"
            " LEFT JOIN conversation AS c ON c.id = i.conversation"
            " WHERE i.state = 'new' AND i.seq IN (SELECT value FROM json_each(?))",
            (json.dumps([step.cause for step in steps]),),
        )
    }
    # The first of a talk in this batch whose event still waits and whose talk is as it was.
    first = {s.conversation: s for s in reversed(steps) if now_at.get(s.cause) == s.revision}
    good = [s for s in steps if first.get(s.conversation) is s]
    number = await _last(db, "outbox")
    queued: dict[str, tuple[Queued, ...]] = {}
    await write_cases(db, good)
    await _write_steps(db, good)
    for step in good:
        outgoing = [*step.outgoing, *await reword(db, step)]
        await write_asides(db, step)
        if step.hide:
            before, after = await sqlite_hiding.hide(db, step, step.hide)
            outgoing = [*before, *outgoing, *after]
        if step.wipe:
            await sqlite_hiding.wipe(db, step.conversation)
        if step.erase:
            await erase_later(db, step.conversation)
            await erase(db, step.conversation, step.cause, step.at)
        elif not step.keep and not step.failed:
            # It came for a talk that is gone: of an erased person nothing begins to stand here.
            await _forget_events(db, "seq = ?", step.cause)
        queued[step.conversation] = tuple(_queue(step, outgoing, number))
        number += len(outgoing)
    # Of a talk that is not kept no message stays either, once it is delivered.
    farewell = {step.conversation for step in good if step.erase or not step.keep}
    rows = [
        (
            q.id,
            q.channel,
            q.address,
            q.conversation,
            q.cause,
            q.body,
            q.conversation in farewell,
            s.at,
            q.document,
            q.hides,
            q.target,
        )
        for s in good
        for q in queued[s.conversation]
    ]
    await db.executemany(
        "INSERT INTO outbox"
        " (id, channel, address, conversation, cause, body, farewell, created_at,"
        " document, hides, target) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    await _count_to(db, "outbox", number)
    return [queued[s.conversation] if first.get(s.conversation) is s else None for s in steps]


async def _write_steps(db: aiosqlite.Connection, steps: Sequence[StepCommit]) -> None:
    await db.executemany(
        "INSERT INTO conversation (id, channel, address, revision, state, last_word_at)"
        " VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET"
        " revision = excluded.revision, state = excluded.state,"
        " last_word_at = coalesce(nullif(excluded.last_word_at, 0), last_word_at)",
        [
            (
                s.conversation,
                *s.conversation.split(":", 1),
                s.revision + 1,
                s.state,
                s.at if s.a_word else 0,
            )
            for s in steps
            if s.keep
        ],
    )
    await db.executemany(
        "UPDATE inbox SET state = ?1, error = ?2,"
        # What was due is not read again, and may hold answers that are to go with their recheck.
        " raw = CASE WHEN channel = ?4 AND ?1 = 'done' THEN '' ELSE raw END WHERE seq = ?3",
        [("dead" if s.failed else "done", s.failed, s.cause, DUE) for s in steps],
    )
    await write_later(db, steps)
    await write_gaps(db, steps)
    await db.executemany(
        "INSERT INTO counter (day, metric, n) VALUES (?, ?, 1)"
        " ON CONFLICT (day, metric) DO UPDATE SET n = n + 1",
        [(_day(s.at), m) for s in steps for m in s.counters if parts_of(m) is None],
    )


async def erase(db: aiosqlite.Connection, conversation: str, until: int, at: Millis) -> None:
    """Remove the talk and what came in up to an event; a later event begins anew.

    Of an event only the hash of its key stays, for as long as other events are kept.
    """
    await db.execute("DELETE FROM conversation WHERE id = ?", (conversation,))
    await db.execute("DELETE FROM outbox WHERE conversation = ?", (conversation,))
    await _forget_events(db, "conversation = ? AND seq <= ?", conversation, until)
    await erase_cases(db, "conversation = ?", conversation, at)
    await erase_files_of_talk(db, conversation)
    await erase_gaps(db, conversation)
    # The stop outlives the talk; what was written of the person does not.
    talk = await talk_hash(db, conversation)
    await db.execute("UPDATE muted SET reason = '' WHERE talk = ?", (talk,))


async def _forget_events(db: aiosqlite.Connection, where: str, *values: object) -> None:
    """Leave of the events for which `where` holds nothing but the hash of their keys."""
    events = await db.execute_fetchall(
        f"SELECT seq, channel, update_key FROM inbox WHERE {where}",  # noqa: S608
        values,
    )
    await db.executemany(
        "UPDATE inbox SET update_key = ?, address = '', conversation = '', raw = '',"
        " state = 'done', error = NULL, platform_id = NULL WHERE seq = ?",
        [(_erased(channel, key), seq) for seq, channel, key in events],
    )


async def mark(db: aiosqlite.Connection, marks: Sequence[Mark]) -> int:
    """Store what became of deliveries; return how many messages left words behind to vanish."""
    gone = await leave_the_gone_alone(db, marks)
    await db.executemany(
        "UPDATE outbox SET state = ?, not_before = ?, tries = ?, platform_id = ?, error = ?,"
        " settled_at = ? WHERE id = ?",
        [
            (
                m.state,
                m.not_before,
                m.tries,
                m.platform_id,
                m.error,
                None if m.state == "pending" else m.at,
                m.id,
            )
            for m in marks
        ],
    )
    await _stand_for(db, marks)
    await delivered(db, marks)
    settled = [(m.id,) for m in marks if m.state != "pending"]
    emptied = await sqlite_hiding.let_go(db, settled)
    farewells = await db.executemany(
        "DELETE FROM outbox WHERE id = ? AND farewell = 1",
        settled,
    )
    return emptied + max(farewells.rowcount, 0) + gone


async def _stand_for(db: aiosqlite.Connection, marks: Sequence[Mark]) -> None:
    """Keep what stands now for messages that were worded otherwise."""
    await db.executemany(
        "UPDATE outbox SET platform_id = ? WHERE platform_id <> ''"
        " AND id = (SELECT target FROM outbox WHERE id = ? AND hides IS NOT NULL)",
        [(m.platform_id, m.id) for m in marks if m.state == "sent" and m.platform_id],
    )


def _received(seq: int, arrival: Arrival) -> Received:
    return Received(
        seq=seq,
        channel=arrival.channel,
        address=arrival.address,
        conversation=arrival.conversation,
        # Half of a surrogate pair is no text for a database: it stays as its escape.
        raw=arrival.raw.encode("utf-8", "backslashreplace").decode(),
        at=arrival.at,
    )


def _queue(step: StepCommit, outgoing: Sequence[Outgoing], last: int) -> Iterable[Queued]:
    for offset, message in enumerate(outgoing, start=1):
        yield Queued(
            id=last + offset,
            channel=message.channel,
            address=message.address,
            conversation=message.conversation,
            cause=step.cause,
            body=message.body,
            document=message.document,
            hides=message.hides,
            target=message.target,
        )


def _erased(channel: str, update_key: str) -> str:
    return "erased:" + hashlib.sha256(f"{channel}:{update_key}".encode()).hexdigest()


def _day(at: Millis) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).date().isoformat()


async def _last(db: aiosqlite.Connection, name: str) -> int:
    rows: Any = await db.execute_fetchall("SELECT n FROM last_number WHERE name = ?", (name,))
    return int(next(iter(rows))[0])


async def _count_to(db: aiosqlite.Connection, name: str, number: int) -> None:
    await db.execute("UPDATE last_number SET n = ? WHERE name = ?", (number, name))
