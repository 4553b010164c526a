"""The part of the SQLite store about waiting: first answers, times set, digests that were told."""

import datetime as dt
from collections.abc import Collection

from bot.clock import millis
from bot.store.interface import Millis
from bot.store.sqlite import SqliteStore
from dialogs.answer_time import COUNTED_DAYS
from dialogs.digests import Kind
from knowledge.calendar import SOFIA


class SqliteWaiting:
    """Reads and writes beside the talks, over the same file. It knows no case and no person."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    # -- first answers -------------------------------------------------------------------------

    async def first_answers(self, today: dt.date) -> dict[str, list[int]]:
        """Return the working minutes of the first answers that still count, by desk."""
        rows = await self._store.read(
            "SELECT desk, minutes FROM first_answer WHERE day > ? ORDER BY id", _oldest(today)
        )
        found: dict[str, list[int]] = {}
        for desk, minutes in rows:
            found.setdefault(desk, []).append(minutes)
        return found

    async def forget(self, today: dt.date) -> None:
        """Remove the first answers that no longer count, and what was told on those days."""
        await self._store.write(
            ("DELETE FROM first_answer WHERE day <= ?", (_oldest(today),)),
            ("DELETE FROM desk_digest WHERE day <= ?", (_oldest(today),)),
            ("DELETE FROM desk_digest_waiting WHERE at < ?", (_begin_of(today),)),
        )

    # -- the time for an answer ----------------------------------------------------------------

    async def set_answer_within(self, desk: str, minutes: int) -> None:
        """Keep in how many working minutes a desk wants to answer."""
        sql = (
            "INSERT INTO desk_setting (desk, answer_within_minutes) VALUES (?, ?)"
            " ON CONFLICT (desk) DO UPDATE SET"
            " answer_within_minutes = excluded.answer_within_minutes"
        )
        await self._store.write((sql, (desk, minutes)))

    async def answer_within(self) -> dict[str, int]:
        """Return the times that desks have set for themselves, in working minutes."""
        rows = await self._store.read("SELECT desk, answer_within_minutes FROM desk_setting")
        return {row[0]: row[1] for row in rows}

    # -- digests -------------------------------------------------------------------------------

    async def digests_told(self, day: dt.date) -> dict[str, frozenset[str]]:
        """Return which digests were told on that day, by desk."""
        rows = await self._store.read(
            "SELECT desk, kind FROM desk_digest WHERE day = ?", day.isoformat()
        )
        desks = {desk for desk, _ in rows}
        return {desk: frozenset(kind for d, kind in rows if d == desk) for desk in desks}

    async def tells(  # noqa: PLR0913  # what is told to whom
        self,
        desk: str,
        day: dt.date,
        kind: Kind,
        now: Millis,
        *,
        words: str = "",
        chats: Collection[int] = (),
    ) -> bool:
        """Take the telling of a digest; False where it was taken, so that each is told once.

        In the same transaction its words, if any, wait for each of these groups.
        """
        told = (desk, day.isoformat(), kind)
        waits = (
            "INSERT INTO desk_digest_waiting (chat, at, words) SELECT ?, ?, ? WHERE NOT EXISTS"
            " (SELECT 1 FROM desk_digest WHERE desk = ? AND day = ? AND kind = ?)"
        )
        sql = "INSERT OR IGNORE INTO desk_digest (desk, day, kind, sent_at) VALUES (?, ?, ?, ?)"
        taken = await self._store.write(
            *((waits, (chat, now, words, *told)) for chat in chats if words), (sql, (*told, now))
        )
        return taken == 1


def _begin_of(day: dt.date) -> Millis:
    return millis(dt.datetime.combine(day, dt.time(), SOFIA))


def _oldest(today: dt.date) -> str:
    """Return the last day that no longer counts."""
    return (today - dt.timedelta(days=COUNTED_DAYS)).isoformat()
