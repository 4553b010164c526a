"""The part of the SQLite store about kept files: encrypted bytes in, encrypted bytes out."""

from bot.kept.files import LONGEST_KEPT, Sealed
from bot.store.interface import Millis
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_batch_files import NOBODYS
from dialogs.model import KeptFile


class SqliteFiles:
    """Reads and writes beside the talks, over the same file. It never sees what a file holds."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def keep(self, file: KeptFile, talk: str, content: Sealed, at: Millis) -> None:
        """Keep a file, once under its id, until its case is forgotten or its time is up."""
        number = file.ref.partition(":")[2]
        sql = (
            "INSERT OR IGNORE INTO kept_file (id, talk, nonce, bytes, mime, size, at, expires_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        values = (number, talk, *content, file.mime, file.size, at, at + LONGEST_KEPT)
        await self._store.write((sql, values))

    async def sealed(self, number: str) -> Sealed | None:
        """Return a file as it is kept."""
        rows = await self._store.read("SELECT nonce, bytes FROM kept_file WHERE id = ?", number)
        return Sealed(bytes(rows[0][0]), bytes(rows[0][1])) if rows else None

    async def size_of(self, talk: str) -> int:
        """Return how many bytes are kept of a talk."""
        sql = "SELECT coalesce(sum(size), 0) FROM kept_file WHERE talk = ?"
        return int((await self._store.read(sql, talk))[0][0])

    async def drop_unless_used(self, number: str) -> None:
        """Remove a file that no line of a case holds and that no event brings any more."""
        sql = (
            f"DELETE FROM kept_file WHERE id = ? AND {NOBODYS}"  # noqa: S608
            " AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.state <> 'done'"
            " AND inbox.conversation = kept_file.talk)"
        )
        await self._store.write((sql, (number,)))

    async def file_of_message(self, talk: str, message: int) -> str | None:
        """Return the file that goes with a message to this person, as JSON."""
        rows = await self._store.read(
            "SELECT json_extract(body, '$.file') FROM outbox"
            " WHERE id = ? AND conversation = ? AND json_valid(body)",
            message,
            talk,
        )
        return rows[0][0] if rows else None
