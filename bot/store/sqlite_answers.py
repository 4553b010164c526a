"""Prepared answers in the SQLite store: kept, changed by one editor at a time, retired."""

import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from bot.store.interface import Millis, NewAudit
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_audit import Statement, noting
from dialogs.desk_texts.prepared import Prepared

_COLUMNS = (
    "library, key, title, text, source, checked_on, expires_on, changed_by, changed_at, retired"
)
_HOLES = ", ".join("?" * 10)
_SEEN = "id = ? AND changed_at = ?"
_KEEP_BEFORE = (
    f"INSERT INTO prepared_answer_before (answer, {_COLUMNS})"  # noqa: S608
    f" SELECT id, {_COLUMNS} FROM prepared_answer WHERE {_SEEN}"
)


class TakenKeyError(ValueError):
    """Another answer of the same library has this key."""


class SqliteAnswers:
    """Reads and writes beside the talks, over the same file."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def all(self) -> tuple[Prepared, ...]:
        """Return every answer, the retired too, by key."""
        rows = await self._store.read(
            f"SELECT id, {_COLUMNS} FROM prepared_answer ORDER BY key, id"  # noqa: S608
        )
        return tuple(map(_answer, rows))

    async def answer(self, number: int) -> Prepared | None:
        """Return one answer."""
        rows = await self._store.read(
            f"SELECT id, {_COLUMNS} FROM prepared_answer WHERE id = ?",  # noqa: S608
            number,
        )
        return _answer(rows[0]) if rows else None

    async def begin_with(self, answers: Sequence[Prepared], now: Millis) -> None:
        """Keep these where there are none yet, not even retired ones."""
        if not answers:
            return
        rows = ", ".join(f"({_HOLES})" for _ in answers)
        sql = (
            f"INSERT INTO prepared_answer ({_COLUMNS}) SELECT * FROM (VALUES {rows})"  # noqa: S608
            " WHERE NOT EXISTS (SELECT 1 FROM prepared_answer)"
        )
        values = [value for one in answers for value in _row(replace(one, changed_at=now))]
        await self._store.write((sql, tuple(values)))

    async def before(self, number: int) -> tuple[Prepared, ...]:
        """Return an answer as it was before each of its changes, the latest first."""
        rows = await self._store.read(
            f"SELECT answer, {_COLUMNS} FROM prepared_answer_before"  # noqa: S608
            " WHERE answer = ? ORDER BY id DESC",
            number,
        )
        return tuple(map(_answer, rows))

    async def add(self, answer: Prepared, noted: NewAudit) -> None:
        """Keep a new answer with its line of the audit trail; raises TakenKeyError."""
        sql = f"INSERT INTO prepared_answer ({_COLUMNS}) VALUES ({_HOLES})"  # noqa: S608
        await self._write(noting(noted), (sql, _row(answer)))

    async def change(self, answer: Prepared, seen_at: Millis, noted: NewAudit) -> bool:
        """Keep the answer as it is now; False where it was changed since. Raises TakenKeyError.

        What it was before stays to be read, and who changed it stands in the audit trail.
        """
        seen = (answer.id, seen_at)
        holes = ", ".join(f"{name} = ?" for name in _COLUMNS.split(", "))
        changed = await self._write(
            noting(noted, f"EXISTS (SELECT 1 FROM prepared_answer WHERE {_SEEN})", *seen),  # noqa: S608
            (_KEEP_BEFORE, seen),
            (f"UPDATE prepared_answer SET {holes} WHERE {_SEEN}", (*_row(answer), *seen)),  # noqa: S608
        )
        return changed == 1

    async def _write(self, *statements: Statement) -> int:
        try:
            return await self._store.write(*statements)
        except sqlite3.IntegrityError as error:
            raise TakenKeyError(str(error)) from error


def _row(answer: Prepared) -> tuple[object, ...]:
    kept = replace(answer, key=answer.key.lower())
    days = {"checked_on": kept.checked_on.isoformat(), "expires_on": kept.expires_on.isoformat()}
    named = {name: getattr(kept, name) for name in _COLUMNS.split(", ")} | days
    return tuple(named.values())


def _answer(row: sqlite3.Row) -> Prepared:
    number, library, key, title, text, source, checked, expires, who, at, retired = row
    days = dt.date.fromisoformat(checked), dt.date.fromisoformat(expires)
    return Prepared(number, library, key, title, text, source, *days, who, at, bool(retired))
