"""The SQLite store of a library's day: what is counted at its desk by tapping, and by month."""

from datetime import UTC, date, datetime, timedelta

from bot.desk.day import SERVED, Counted, Tally
from bot.store.sqlite import SqliteStore
from knowledge.calendar import SOFIA

KEPT = timedelta(days=2)
"""How long the keys of taps stand, so that a page of yesterday counts nothing twice."""
_UP = (
    "INSERT INTO desk_counter (library, day, metric, n) SELECT ?1, ?2, ?3, 1"
    " {only_if} ON CONFLICT (library, day, metric) DO UPDATE SET n = n + 1"
)
_NEW = "WHERE NOT EXISTS (SELECT 1 FROM desk_tap WHERE library = ?1 AND key = ?4)"
_THE_LAST = (
    "number = (SELECT max(number) FROM desk_tap"
    " WHERE library = ?1 AND day = ?2 AND metric = ?3 AND undone = 0) AND key = ?4"
)


class SqliteDay:
    """Counts beside the talks, over the same file; no row knows a person or a librarian."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def tap(self, library: str, day: date, metric: str, key: str) -> None:
        """Count one more; a tap with a key that was used counts nothing."""
        values = (library, day.isoformat(), metric, key)
        await self._store.write(
            (_UP.format(only_if=_NEW), values),
            (
                "INSERT OR IGNORE INTO desk_tap (library, day, metric, key) VALUES (?, ?, ?, ?)",
                values,
            ),
            ("DELETE FROM desk_tap WHERE day < ?", ((day - KEPT).isoformat(),)),
        )

    async def undo(self, library: str, day: date, metric: str, key: str) -> None:
        """Take the last tap of the day back, if it still is the one with this key."""
        values = (library, day.isoformat(), metric, key)
        down = (
            "UPDATE desk_counter SET n = max(n - 1, 0)"  # noqa: S608
            " WHERE library = ?1 AND day = ?2 AND metric = ?3"
            f" AND EXISTS (SELECT 1 FROM desk_tap WHERE {_THE_LAST})"
        )
        await self._store.write(
            (down, values),
            (f"UPDATE desk_tap SET undone = 1 WHERE {_THE_LAST}", values),  # noqa: S608
        )

    async def served(self, library: str, at: datetime) -> None:
        """Count a visitor: for the library by its day, and among all counters by theirs."""
        day = at.astimezone(SOFIA).date().isoformat()
        among_all = (
            "INSERT INTO counter (day, metric, n) VALUES (?, ?, 1)"
            " ON CONFLICT (day, metric) DO UPDATE SET n = n + 1"
        )
        await self._store.write(
            (_UP.format(only_if="WHERE true"), (library, day, SERVED)),
            (among_all, (at.astimezone(UTC).date().isoformat(), SERVED)),
        )

    async def today(self, library: str, day: date) -> dict[str, Tally]:
        """Return what was counted this day, each with the key of the tap that can be undone."""
        rows = await self._store.read(
            "SELECT c.metric, c.n, (SELECT t.key FROM desk_tap AS t WHERE t.library = c.library"
            " AND t.day = c.day AND t.metric = c.metric AND t.undone = 0"
            " ORDER BY t.number DESC LIMIT 1) FROM desk_counter AS c"
            " WHERE c.library = ? AND c.day = ?",
            library,
            day.isoformat(),
        )
        return {row[0]: Tally(row[1], row[2]) for row in rows}

    async def month(self, month: str, library: str | None = None) -> list[Counted]:
        """Return what was counted in a month („2026-11“), at one library or at all."""
        rows = await self._store.read(
            "SELECT library, day, metric, n FROM desk_counter WHERE substr(day, 1, 7) = ?1"
            " AND (?2 IS NULL OR library = ?2) AND n > 0 ORDER BY library, day, metric",
            month,
            library,
        )
        return [Counted(*row) for row in rows]


class SqliteGaps:
    """Reads how many people asked what nobody could answer."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def months(self) -> list[str]:
        """Return the months in which anything was counted, the newest first."""
        rows = await self._store.read(
            "SELECT month FROM gap_asked UNION SELECT month FROM gap_month ORDER BY month DESC"
        )
        return [row[0] for row in rows]

    async def month(self, month: str) -> list[tuple[str, str, int]]:
        """Return the people of a month by topic and municipality: only to be grouped."""
        rows = await self._store.read(
            "SELECT topic, municipality, sum(people) FROM ("
            " SELECT topic, municipality, people FROM gap_month WHERE month = ?1"
            # A month that is over but still stands by hashes, or the one that runs.
            " UNION ALL SELECT topic, municipality, 1 FROM gap_asked WHERE month = ?1)"
            " GROUP BY topic, municipality ORDER BY topic, municipality",
            month,
        )
        return [(row[0], row[1], row[2]) for row in rows]
