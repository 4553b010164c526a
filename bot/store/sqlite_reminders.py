"""The part of the SQLite store that what is kept for later is read from, as it becomes due."""

import json
from collections.abc import Collection

from bot.store.interface import DUE, Millis, Recheck, Reminder
from bot.store.sqlite import SqliteStore

_OF_CHANNELS = (
    "substr(conversation, 1, instr(conversation, ':') - 1) IN (SELECT value FROM json_each(?))"
)
_WAITING = f"channel = '{DUE}' AND state = 'new'"


class SqliteReminders:
    """Reads reminders and rechecks over the same file; steps and arrivals write them."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def due(self, now: Millis, channels: Collection[str], most: int) -> list[Reminder]:
        """Return the reminders whose moment has come, the oldest first."""
        rows = await self._store.read(
            "SELECT number, conversation, about, day, language, at FROM reminder"  # noqa: S608
            f" WHERE at <= ? AND {_OF_CHANNELS} ORDER BY at, number LIMIT ?",
            now,
            json.dumps(sorted(channels)),
            most,
        )
        return [Reminder(*row) for row in rows]

    async def next_due(self, channels: Collection[str]) -> Millis | None:
        """Return when the nearest reminder is due; None where there is none."""
        rows = await self._store.read(
            f"SELECT min(at) FROM reminder WHERE {_OF_CHANNELS}",  # noqa: S608
            json.dumps(sorted(channels)),
        )
        return None if rows[0][0] is None else int(rows[0][0])

    async def drop(self, numbers: Collection[int], day: str) -> None:
        """Remove reminders that are of no use any more; the day's counter says how many."""
        these = (json.dumps(sorted(numbers)),)
        wanted = "number IN (SELECT value FROM json_each(?))"
        count = (
            "INSERT INTO counter (day, metric, n) SELECT ?, 'reminder_too_late', n FROM"  # noqa: S608
            f" (SELECT count(*) AS n FROM reminder WHERE {wanted}) WHERE n > 0"
            " ON CONFLICT (day, metric) DO UPDATE SET n = n + excluded.n"
        )
        await self._store.write(
            (count, (day, *these)),
            (f"DELETE FROM reminder WHERE {wanted}", these),  # noqa: S608
        )

    async def outdated(
        self, fingerprint: str, today: str, channels: Collection[str], most: int
    ) -> list[Recheck]:
        """Return the rechecks that were last looked at with other knowledge."""
        rows = await self._store.read(
            "SELECT conversation, answers, fitting, language FROM recheck"  # noqa: S608
            f" WHERE fingerprint <> ? AND until > ? AND {_OF_CHANNELS}"
            " ORDER BY conversation LIMIT ?",
            fingerprint,
            today,
            json.dumps(sorted(channels)),
            most,
        )
        return [Recheck(*row) for row in rows]

    async def put_back(self) -> None:
        """Let what became due, but has had no step, become due anew.

        The service may have been away for a night or a week since: whether it is still of use,
        and when it may be said, is decided again. What was set anew meanwhile stays as it is.
        """
        reminded = (
            "INSERT OR IGNORE INTO reminder (conversation, about, day, language, at)"  # noqa: S608
            " SELECT conversation, raw ->> 'about', raw ->> 'day', raw ->> 'language', arrived_at"
            f" FROM inbox WHERE {_WAITING} AND raw ->> 'kind' = 'reminded'"
        )
        changed = (
            "UPDATE recheck SET fingerprint = '' WHERE conversation IN"  # noqa: S608
            f" (SELECT conversation FROM inbox WHERE {_WAITING}"
            " AND raw ->> 'kind' = 'knowledge_changed')"
        )
        await self._store.write(
            (reminded, ()),
            (changed, ()),
            (f"DELETE FROM inbox WHERE {_WAITING}", ()),  # noqa: S608
        )
