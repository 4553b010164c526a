"""The store on one SQLite file: WAL, every commit on the disk before it counts."""

import asyncio
import hashlib
import json
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import astuple
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import aiosqlite

from bot.store.interface import (
    Ages,
    Applied,
    Arrival,
    Batch,
    DeadLetter,
    Forgotten,
    Line,
    Mark,
    Millis,
    Queued,
    Received,
    Retention,
    StepCommit,
    Stored,
    UnusableStoreError,
)

log = logging.getLogger(__name__)

BUSY: Millis = 5000
"""How long a statement waits for another process to finish."""
PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY}",
    "PRAGMA auto_vacuum = INCREMENTAL",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
)
FORGET_AT_ONCE = 500
"""Rows removed in one transaction, so that nobody waits for the forgetting."""


class SqliteStore:
    """One writing connection, one reading; all writes go through `apply` and `forget`."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._writer: aiosqlite.Connection
        self._reader: aiosqlite.Connection
        self._lock = asyncio.Lock()
        self._in_log = False
        """Whether erased rows still stand in the log."""
        self._in_slack = False
        """Whether old copies of erased rows may still stand between the rows of a page."""

    # -- opening -------------------------------------------------------------------------------

    async def open(self) -> None:
        """Open the file, private to its owner, and bring its schema up to date."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.touch(mode=0o600)
        try:
            async with AsyncExitStack() as undo:
                self._writer = await undo.enter_async_context(self._connect())
                for pragma in PRAGMAS:
                    await self._writer.execute_fetchall(pragma)
                await self._migrate()
                self._reader = await undo.enter_async_context(self._connect())
                await self._reader.execute("PRAGMA query_only = ON")
                await self._reader.execute(f"PRAGMA busy_timeout = {BUSY}")
                undo.pop_all()
        except sqlite3.Error as error:
            raise UnusableStoreError(f"{self.file}: {error}") from error

    def _connect(self) -> aiosqlite.Connection:
        return aiosqlite.connect(self.file, isolation_level=None)

    async def _migrate(self) -> None:
        scripts = sorted(
            (entry for entry in files("bot.store").iterdir() if entry.name.endswith(".sql")),
            key=lambda entry: entry.name,
        )
        done = await self._schema()
        if done > len(scripts):
            raise UnusableStoreError(
                f"{self.file}: made by a newer version (schema {done}); update first"
            )
        while done < len(scripts):
            sql = scripts[done].read_text(encoding="utf-8")
            try:
                await self._writer.executescript(
                    f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version = {done + 1};\nCOMMIT;"
                )
            except sqlite3.OperationalError:
                await self._writer.rollback()
                if await self._schema() == done:
                    raise
                # Another process was faster.
            done = await self._schema()

    async def _schema(self) -> int:
        rows = await self._writer.execute_fetchall("PRAGMA user_version")
        return next(int(row[0]) for row in rows)

    async def close(self) -> None:
        """Write everything into the one file and let go of it."""
        async with self._lock, AsyncExitStack() as both:
            both.push_async_callback(self._writer.close)
            await self._reader.close()
            if self._in_slack:
                await self._writer.execute("VACUUM")
            await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        async with self._lock:
            try:
                await self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                await self._writer.execute("COMMIT")
            except BaseException:
                # Decided on the connection's thread: a cancelled statement may still be under way.
                await self._writer.rollback()
                raise

    # -- writing -------------------------------------------------------------------------------

    async def apply(self, batch: Batch) -> Applied:
        """Do the whole batch in one durable transaction, or none of it."""
        async with self._transaction() as db:
            received = await self._take_in(db, batch.arrivals) if batch.arrivals else ()
            queued = await self._step(db, batch.steps) if batch.steps else ()
            taken_leave = await self._mark(db, batch.marks) if batch.marks else 0
        # From here on nothing may raise: the batch is stored.
        if taken_leave or any(step.erase for step in batch.steps):
            await self._leave_no_trace()
        elif self._in_log:
            await self._empty_log(patience=0)
        return Applied(received, queued)

    async def _take_in(
        self, db: aiosqlite.Connection, arrivals: Sequence[Arrival]
    ) -> list[Received | None]:
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
        for arrival in arrivals:
            key = (arrival.channel, arrival.update_key)
            if key in known or (key[0], _erased(*key)) in known:
                received.append(None)
                continue
            known.add(key)
            seq += 1
            received.append(_received(seq, arrival))
        fresh = [(r, a) for r, a in zip(received, arrivals, strict=True) if r is not None]
        await db.executemany(
            "INSERT INTO inbox (seq, channel, update_key, address, conversation, raw, arrived_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (r.seq, r.channel, a.update_key, r.address, r.conversation, r.raw, r.at)
                for r, a in fresh
            ],
        )
        await _count_to(db, "inbox", seq)
        return received

    async def _step(
        self, db: aiosqlite.Connection, steps: Sequence[StepCommit]
    ) -> list[tuple[Queued, ...] | None]:
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
        for step in good:
            queued[step.conversation] = tuple(_queue(step, number))
            number += len(step.outgoing)
        await self._write_cases(db, good)
        await self._write_steps(db, good)
        farewell = {step.conversation for step in good if step.erase}
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
            )
            for s in good
            for q in queued[s.conversation]
        ]
        await db.executemany(
            "INSERT INTO outbox"
            " (id, channel, address, conversation, cause, body, farewell, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        await _count_to(db, "outbox", number)
        return [queued[s.conversation] if first.get(s.conversation) is s else None for s in steps]

    async def _write_steps(self, db: aiosqlite.Connection, steps: Sequence[StepCommit]) -> None:
        await db.executemany(
            "INSERT INTO conversation (id, channel, address, revision, state, last_word_at)"
            " VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET"
            " revision = excluded.revision, state = excluded.state,"
            " last_word_at = excluded.last_word_at",
            [
                (s.conversation, *s.conversation.split(":", 1), s.revision + 1, s.state, s.at)
                for s in steps
                if s.keep
            ],
        )
        await db.executemany(
            "UPDATE inbox SET state = ?, error = ? WHERE seq = ?",
            [("dead" if s.failed else "done", s.failed, s.cause) for s in steps],
        )
        await db.executemany(
            "INSERT INTO counter (day, metric, n) VALUES (?, ?, 1)"
            " ON CONFLICT (day, metric) DO UPDATE SET n = n + 1",
            [(_day(s.at), metric) for s in steps for metric in s.counters],
        )
        for step in steps:
            if step.erase:
                await self._erase(db, step.conversation, step.cause)

    async def _write_cases(self, db: aiosqlite.Connection, steps: Sequence[StepCommit]) -> None:
        await db.executemany(
            "INSERT INTO case_file (number, conversation, library, state, claimed_by, claimed_name,"
            " card, opened_at, claimed_at, closed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (number) DO UPDATE SET library = excluded.library,"
            " state = excluded.state, claimed_by = excluded.claimed_by,"
            " claimed_name = excluded.claimed_name, claimed_at = excluded.claimed_at,"
            " closed_at = excluded.closed_at",
            [astuple(step.case) for step in steps if step.case],
        )
        await db.executemany(
            "INSERT INTO case_entry (number, cause, kind, who, text, at, delivery)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (e.number, step.cause, e.kind, e.who, e.text, step.at, e.delivery)
                for step in steps
                for e in step.entries
            ],
        )

    async def _erase(self, db: aiosqlite.Connection, conversation: str, until: int) -> None:
        """Remove the talk and what came in up to an event; a later event begins anew.

        Of an event only the hash of its key stays, for as long as other events are kept.
        """
        await db.execute("DELETE FROM conversation WHERE id = ?", (conversation,))
        await db.execute("DELETE FROM outbox WHERE conversation = ?", (conversation,))
        events = await db.execute_fetchall(
            "SELECT seq, channel, update_key FROM inbox WHERE conversation = ? AND seq <= ?",
            (conversation, until),
        )
        await db.executemany(
            "UPDATE inbox SET update_key = ?, address = '', conversation = '', raw = '',"
            " state = 'done', error = NULL WHERE seq = ?",
            [(_erased(channel, key), seq) for seq, channel, key in events],
        )
        await self._erase_cases(db, "conversation = ?", conversation)

    async def _erase_cases(self, db: aiosqlite.Connection, where: str, value: object) -> int:
        await db.execute(
            f"DELETE FROM case_entry WHERE number IN (SELECT number FROM case_file WHERE {where})",  # noqa: S608
            (value,),
        )
        cursor = await db.execute(f"DELETE FROM case_file WHERE {where}", (value,))  # noqa: S608
        return cursor.rowcount

    async def _mark(self, db: aiosqlite.Connection, marks: Sequence[Mark]) -> int:
        """Store what became of deliveries; return how many farewells vanished with that."""
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
        # A librarian's words are delivered once every message of that step is.
        await db.executemany(
            "UPDATE case_entry SET delivery = o.state, error = o.error FROM"
            " (SELECT cause, CASE WHEN sum(state = 'pending') THEN 'pending'"
            " WHEN sum(state = 'dead') THEN 'dead' ELSE 'sent' END AS state, max(error) AS error"
            " FROM outbox WHERE cause = (SELECT cause FROM outbox WHERE id = ?)) AS o"
            " WHERE case_entry.cause = o.cause AND case_entry.delivery IS NOT NULL",
            [(m.id,) for m in marks if m.state != "pending"],
        )
        farewells = await db.executemany(
            "DELETE FROM outbox WHERE id = ? AND farewell = 1",
            [(m.id,) for m in marks if m.state != "pending"],
        )
        return max(farewells.rowcount, 0)

    async def _leave_no_trace(self) -> None:
        """Let erased rows go from the log now, and from the slack of pages with the next scrub."""
        self._in_slack = True
        await self._empty_log()

    async def _empty_log(self, patience: Millis = 1000) -> None:
        """Move the log into the file and empty it.

        A reader of another process can stand in the way: what is left goes with a later batch.
        """
        self._in_log = True
        try:
            async with self._lock:
                # As a script: `execute` would take one step of it, which frees one page.
                await self._writer.executescript("PRAGMA incremental_vacuum;")
                await self._writer.execute_fetchall(f"PRAGMA busy_timeout = {patience}")
                try:
                    rows = await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    await self._writer.execute_fetchall(f"PRAGMA busy_timeout = {BUSY}")
            self._in_log = any(busy for busy, *_ in rows)
        except sqlite3.Error as error:
            log.warning("erased rows still stand in the log: %s", error)

    async def scrub(self, *, anyway: bool = False) -> None:
        """Rewrite the file if something was erased since the last time, or anyway.

        `secure_delete` overwrites a row where it stands; a page that was split before keeps a
        copy of the rows that moved, and only a rewrite removes it.
        """
        if not (self._in_slack or anyway):
            return
        async with self._lock:
            self._in_slack = False
            try:
                await self._writer.execute("VACUUM")
            except BaseException:
                self._in_slack = True
                raise
        await self._empty_log()

    async def forget(self, now: Millis, retention: Retention) -> Forgotten:
        """Remove what has been kept long enough, in small transactions."""
        old = now - retention.raw
        events = await self._forget_rows("inbox", "seq", "state <> 'new' AND arrived_at < ?", old)
        messages = await self._forget_rows(
            "outbox",
            "id",
            "(state <> 'pending' AND settled_at < ?1) OR (farewell = 1 AND created_at < ?1)",
            old,
        )
        gone = await self._forget_talks(now - retention.conversation)
        async with self._transaction() as db:
            old_case = now - retention.closed_case
            cases = await self._erase_cases(db, "closed_at < ?", old_case)
        if events or messages or gone or cases:
            await self._leave_no_trace()
        elif self._in_log:
            await self._empty_log()
        return Forgotten(events, messages, gone)

    async def _forget_rows(self, table: str, key: str, where: str, old: Millis) -> int:
        removed = 0
        while True:
            async with self._transaction() as db:
                cursor = await db.execute(
                    f"DELETE FROM {table} WHERE {key} IN"  # noqa: S608
                    f" (SELECT {key} FROM {table} WHERE {where} LIMIT {FORGET_AT_ONCE})",
                    (old,),
                )
                removed += cursor.rowcount
                if cursor.rowcount < FORGET_AT_ONCE:
                    return removed

    async def _forget_talks(self, old: Millis) -> list[str]:
        gone: list[str] = []
        while True:
            async with self._transaction() as db:
                some = [
                    row[0]
                    for row in await db.execute_fetchall(
                        "SELECT id FROM conversation WHERE last_word_at < ? LIMIT ?",
                        (old, FORGET_AT_ONCE),
                    )
                ]
                for conversation in some:
                    # Events go by their own age: one that still waits begins the talk anew.
                    await self._erase(db, conversation, 0)
            gone += some
            if len(some) < FORGET_AT_ONCE:
                return gone

    # -- for the desk's part of the store --------------------------------------------------------

    async def write(self, *statements: tuple[str, tuple[object, ...]]) -> int:
        """Do these in one transaction; return how many rows the last one changed."""
        changed = 0
        async with self._transaction() as db:
            for sql, values in statements:
                changed = (await db.execute(sql, values)).rowcount
        return changed

    async def read(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Return the rows."""
        return list(await self._reader.execute_fetchall(sql, values))

    # -- reading -------------------------------------------------------------------------------

    async def conversation(self, conversation: str) -> Stored | None:
        """Return the talk, or None where there is none."""
        rows = list(
            await self._reader.execute_fetchall(
                "SELECT revision, state FROM conversation WHERE id = ?", (conversation,)
            )
        )
        return Stored(*rows[0]) if rows else None

    async def waiting_events(self) -> list[Received]:
        """Return the stored events without a step, oldest first."""
        rows = await self._reader.execute_fetchall(
            "SELECT seq, channel, address, conversation, raw, arrived_at FROM inbox"
            " WHERE state = 'new' ORDER BY seq"
        )
        return [Received(*row) for row in rows]

    async def waits(self, seq: int) -> bool:
        """Return whether this event still has no step."""
        return bool(
            await self._reader.execute_fetchall(
                "SELECT 1 FROM inbox WHERE seq = ? AND state = 'new'", (seq,)
            )
        )

    async def waiting_messages(self, channel: str) -> list[Queued]:
        """Return the undelivered messages of a channel, oldest first."""
        return _messages(
            await self._reader.execute_fetchall(
                f"{_SELECT_MESSAGES} WHERE channel = ? AND state = 'pending' ORDER BY id",
                (channel,),
            )
        )

    async def unread(self, conversation: str, after: int) -> list[Queued]:
        """Return the messages of one talk with an id above `after`, oldest first."""
        return _messages(
            await self._reader.execute_fetchall(
                f"{_SELECT_MESSAGES} WHERE conversation = ? AND id > ? ORDER BY id",
                (conversation, after),
            )
        )

    async def transcript(self, conversation: str) -> list[Line]:
        """Return what is still kept of what was said, each answer after what caused it."""
        rows = await self._reader.execute_fetchall(
            "SELECT kind, id, body, at, state FROM ("
            " SELECT 'in' AS kind, seq AS id, raw AS body, arrived_at AS at, state,"
            " seq AS place, 0 AS within FROM inbox WHERE conversation = ?1"
            " UNION ALL SELECT 'out', id, body, created_at, state, cause, id FROM outbox"
            " WHERE conversation = ?1) ORDER BY place, within",
            (conversation,),
        )
        return [Line(*row) for row in rows]

    async def dead_letters(self) -> list[DeadLetter]:
        """Return the events that were set aside."""
        rows = await self._reader.execute_fetchall(
            "SELECT seq, channel, arrived_at, error FROM inbox WHERE state = 'dead' ORDER BY seq"
        )
        return [DeadLetter(*row) for row in rows]

    async def revive(self, seq: int) -> Received | None:
        """Let a dead letter wait for a step again."""
        async with self._transaction() as db:
            await db.execute(
                "UPDATE inbox SET state = 'new', error = NULL WHERE seq = ? AND state = 'dead'",
                (seq,),
            )
        return next((event for event in await self.waiting_events() if event.seq == seq), None)

    async def drop(self, seq: int) -> bool:
        """Remove a dead letter; return whether there was one."""
        async with self._transaction() as db:
            cursor = await db.execute("DELETE FROM inbox WHERE seq = ? AND state = 'dead'", (seq,))
        if cursor.rowcount:
            await self._leave_no_trace()
        return cursor.rowcount == 1

    async def counters(self) -> dict[tuple[str, str], int]:
        """Return the anonymous counters by day and metric."""
        rows = await self._reader.execute_fetchall("SELECT day, metric, n FROM counter")
        return {(row[0], row[1]): row[2] for row in rows}

    async def ages(self) -> Ages:
        """Return how old the oldest waiting work is."""
        rows = list(
            await self._reader.execute_fetchall(
                "SELECT (SELECT min(arrived_at) FROM inbox WHERE state = 'new'),"
                " (SELECT min(created_at) FROM outbox"
                " WHERE state = 'pending' AND channel <> 'web'),"
                " (SELECT count(*) FROM inbox WHERE state = 'dead'),"
                " (SELECT count(*) FROM outbox WHERE state = 'dead')"
            )
        )
        return Ages(*rows[0])


_SELECT_MESSAGES = (
    "SELECT id, channel, address, conversation, cause, body, not_before, tries, state FROM outbox"
)


def _messages(rows: Iterable[sqlite3.Row]) -> list[Queued]:
    return [Queued(*row) for row in rows]


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


def _queue(step: StepCommit, last: int) -> Iterable[Queued]:
    for offset, message in enumerate(step.outgoing, start=1):
        yield Queued(
            id=last + offset,
            channel=message.channel,
            address=message.address,
            conversation=message.conversation,
            cause=step.cause,
            body=message.body,
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
