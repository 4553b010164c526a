"""The store on one SQLite file: WAL, every commit on the disk before it counts."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.resources import files
from pathlib import Path

import aiosqlite

from bot.clock import moment
from bot.store.interface import (
    PRACTICE,
    Ages,
    Applied,
    Batch,
    DeadLetter,
    Forgotten,
    KeptDocument,
    Line,
    Millis,
    Queued,
    Received,
    Retention,
    StepCommit,
    Stored,
    UnusableStoreError,
)
from bot.store.sqlite_batch import erase, mark, step_all, take_in
from bot.store.sqlite_batch_cases import erase_cases
from bot.store.sqlite_batch_files import expire_files
from bot.store.sqlite_batch_gaps import close_months

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
        if self.file.is_dir():
            raise UnusableStoreError(f"{self.file}: found a folder; allowed: a file")
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
            received = await take_in(db, batch.arrivals) if batch.arrivals else ()
            queued = await step_all(db, batch.steps) if batch.steps else ()
            taken_leave = await mark(db, batch.marks) if batch.marks else 0
        # From here on nothing may raise: the batch is stored.
        if taken_leave or any(map(_leaves_words, batch.steps)):
            await self._leave_no_trace()
        elif self._in_log:
            await self._empty_log(patience=0)
        return Applied(received, queued)

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
        documents = await self._empty_documents("created_at < ?", now - retention.document)
        gone = await self._forget_talks("last_word_at < ?", now - retention.conversation, now)
        of_practice = f"channel = '{PRACTICE}' AND last_word_at < ?"
        gone += await self._forget_talks(of_practice, now - retention.practice, now)
        # One that is so late is of no use: its channel has been off.
        late = now - retention.conversation
        await self._forget_rows("reminder", "number", "at < ?", late)
        today = moment(now).date().isoformat()
        rechecks = await self._forget_rows("recheck", "conversation", "until <= ?", today)
        await self._forget_signing_in(now, retention)
        async with self._transaction() as db:
            old_case = now - retention.closed_case
            cases = await erase_cases(db, "closed_at < ?", old_case, now)
            files_gone = await expire_files(db, now, old)
            asked = await close_months(db, now)
            await db.execute("DELETE FROM desk_change WHERE at < ?", (now - retention.changes,))
            await db.execute("DELETE FROM muted WHERE until < ?", (today,))
            await db.execute("DELETE FROM absence WHERE day < ?", (today,))
        if events or messages or documents or gone or cases or rechecks or files_gone or asked:
            await self._leave_no_trace()
        elif self._in_log:
            await self._empty_log()
        return Forgotten(events, messages, rechecks, documents, gone)

    async def _forget_signing_in(self, now: Millis, retention: Retention) -> None:
        """Remove what was done at the desk long ago, and what lets nobody in any more."""
        await self._forget_rows("audit", "id", "at < ?", now - retention.audit)
        await self._forget_rows("desk_session", "token_hash", "expires_at <= ?", now)
        await self._forget_rows("desk_invitation", "code_hash", "expires_at <= ?", now)
        await self._forget_rows("desk_reset", "code_hash", "expires_at <= ?", now)
        # No pause is remembered longer than a day.
        calm = now - 2 * 24 * 3_600_000
        await self._forget_rows("sign_in_failure", "of", "max(last_at, until) < ?", calm)

    async def _forget_rows(self, table: str, key: str, where: str, old: Millis | str) -> int:
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

    async def _empty_documents(self, where: str, value: int) -> int:
        """Keep those pages no longer that wait for nobody to deliver them."""
        async with self._transaction() as db:
            cursor = await db.execute(
                "UPDATE outbox SET document = ''"  # noqa: S608
                f" WHERE document <> '' AND {where} AND (state <> 'pending' OR channel = 'web')",
                (value,),
            )
        return cursor.rowcount

    async def empty_document(self, message: int) -> None:
        """Keep the page of a message no longer."""
        if await self._empty_documents("id = ?", message):
            await self._leave_no_trace()

    async def _forget_talks(self, where: str, old: Millis, now: Millis) -> list[str]:
        gone: list[str] = []
        while True:
            async with self._transaction() as db:
                some = [
                    row[0]
                    for row in await db.execute_fetchall(
                        f"SELECT id FROM conversation WHERE {where} LIMIT ?",  # noqa: S608
                        (old, FORGET_AT_ONCE),
                    )
                ]
                for conversation in some:
                    # Events go by their own age: one that still waits begins the talk anew.
                    await erase(db, conversation, 0, now)
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

    async def platform_id(self, message: int) -> str:
        """Return what the platform calls a message; empty where it was not sent or is gone."""
        rows = await self.read("SELECT platform_id FROM outbox WHERE id = ?", message)
        return (rows[0][0] or "") if rows else ""

    async def document(self, conversation: str, message: int) -> KeptDocument | None:
        """Return the page that went with a message of this talk."""
        rows = await self.read(
            "SELECT document, created_at FROM outbox"
            " WHERE id = ? AND conversation = ? AND document IS NOT NULL",
            message,
            conversation,
        )
        return KeptDocument(*rows[0]) if rows else None

    async def transcript(self, conversation: str) -> list[Line]:
        """Return what is still kept of what was said, each answer after what caused it."""
        rows = await self._reader.execute_fetchall(
            "SELECT kind, id, body, at, state, document, hides FROM ("
            " SELECT 'in' AS kind, seq AS id, raw AS body, arrived_at AS at, state,"
            " NULL AS document, NULL AS hides, seq AS place, 0 AS within FROM inbox"
            " WHERE conversation = ?1 UNION ALL SELECT"
            " 'out', id, body, created_at, state, document, hides, cause, id FROM outbox"
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
                " (SELECT count(*) FROM outbox WHERE state = 'dead'),"
                " (SELECT count(*) FROM reminder), (SELECT count(*) FROM recheck)"
            )
        )
        return Ages(*rows[0])


_SELECT_MESSAGES = (
    "SELECT id, channel, address, conversation, cause, body, not_before, tries, state,"
    " document, hides, target FROM outbox"
)


def _leaves_words(step: StepCommit) -> bool:
    """Whether the step takes words away that must not stay in the file's free pages."""
    gone = (not step.keep and not step.failed) or any(not r.text for r in step.rewordings)
    return bool(gone or step.erase or step.wipe or step.hide or step.later.stop_rechecks)


def _messages(rows: Iterable[sqlite3.Row]) -> list[Queued]:
    return [Queued(*row) for row in rows]
