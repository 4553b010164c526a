"""A store that is never on a disk: what is in it is gone when it is closed, or the service ends."""

from pathlib import Path

import aiosqlite

from bot.store.sqlite import SqliteStore

MEMORY = ":memory:"
PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    # What SQLite sorts or sets aside would otherwise go into a file.
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
)


class MemoryStore(SqliteStore):
    """The same tables and the same writes, over one connection to a database in memory."""

    def __init__(self) -> None:
        super().__init__(Path(MEMORY))

    async def open(self) -> None:
        """Make the tables."""
        self._writer = await aiosqlite.connect(MEMORY, isolation_level=None)
        for pragma in PRAGMAS:
            await self._writer.execute_fetchall(pragma)
        await self._migrate()
        # Another connection to memory would be another database.
        self._reader = self._writer

    async def close(self) -> None:
        """Let all of it go."""
        async with self._lock:
            await self._writer.close()
