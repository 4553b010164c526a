"""When kept files go: with their talk, their case, their line, or when their time is up."""

import aiosqlite

from bot.store.interface import Millis

_HELD = (
    "SELECT substr(json_extract(file, '$.ref'), 6) FROM case_entry"
    " WHERE file IS NOT NULL AND json_extract(file, '$.ref') LIKE 'kept:%'"
)
"""The ids of files that a line of a case holds; `kept:` has five letters."""
NOBODYS = f"id NOT IN ({_HELD})"
"""Holds of a file that no line has."""


async def erase_files_of_talk(db: aiosqlite.Connection, conversation: str) -> None:
    """Remove every file of a talk."""
    await db.execute("DELETE FROM kept_file WHERE talk = ?", (conversation,))


async def erase_files_of_cases(db: aiosqlite.Connection, numbers: str) -> None:
    """Remove the files of these cases, given as JSON, while their lines still stand."""
    await db.execute(
        f"DELETE FROM kept_file WHERE id IN ({_HELD}"  # noqa: S608
        " AND number IN (SELECT value FROM json_each(?)))",
        (numbers,),
    )


async def erase_files_of_line(db: aiosqlite.Connection, number: int, ref: str) -> None:
    """Remove the files of a line that is taken back, while it still has them."""
    await db.execute(
        f"DELETE FROM kept_file WHERE id IN ({_HELD} AND number = ? AND ref = ?)",  # noqa: S608
        (number, ref),
    )


async def expire_files(db: aiosqlite.Connection, now: Millis, unused: Millis) -> int:
    """Remove the files whose time is up, and what came to nothing before; return how many."""
    cursor = await db.execute(
        f"DELETE FROM kept_file WHERE expires_at <= ? OR (at < ? AND {NOBODYS})",  # noqa: S608
        (now, unused),
    )
    return max(cursor.rowcount, 0)
