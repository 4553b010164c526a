"""The desk's part of the SQLite store: cases as desks read them, librarians, sessions, hours."""

import hashlib
from dataclasses import asdict

from bot.store.interface import CaseFile, DeskSession, Entry, Librarian, Millis
from bot.store.sqlite import SqliteStore

CLOSED_SHOWN = 20
"""Closed cases that a desk's list still shows."""
_CASE = (
    "SELECT number, conversation, library, state, claimed_by, claimed_name, card,"
    " opened_at, claimed_at, closed_at FROM case_file"
)


class SqliteDesk:
    """Reads and writes beside the talks, over the same file."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def cases(self, library: str) -> list[CaseFile]:
        """Return the cases routed to a library: open ones first, the longest waiting first."""
        still_open = await self._store.read(
            f"{_CASE} WHERE library = ? AND state <> 'closed' ORDER BY state DESC, number", library
        )
        closed = await self._store.read(
            f"{_CASE} WHERE library = ? AND state = 'closed' ORDER BY closed_at DESC LIMIT ?",
            library,
            CLOSED_SHOWN,
        )
        return [CaseFile(*row) for row in (*still_open, *closed)]

    async def case(self, number: int) -> CaseFile | None:
        """Return one case."""
        rows = await self._store.read(f"{_CASE} WHERE number = ?", number)
        return CaseFile(*rows[0]) if rows else None

    async def unassigned(self) -> list[CaseFile]:
        """Return the cases that wait for the first desk that joins."""
        rows = await self._store.read(
            f"{_CASE} WHERE library IS NULL AND state = 'waiting' ORDER BY number"
        )
        return [CaseFile(*row) for row in rows]

    async def entries(self, number: int) -> list[Entry]:
        """Return the history of a case, oldest first."""
        rows = await self._store.read(
            "SELECT id, kind, who, text, at, delivery, error FROM case_entry"
            " WHERE number = ? ORDER BY id",
            number,
        )
        return [Entry(*row) for row in rows]

    async def invite(self, code: str, library: str, expires_at: Millis, *, trial: bool) -> None:
        """Keep an invitation by the hash of its code."""
        sql = (
            "INSERT INTO desk_invitation (code_hash, library, trial, expires_at)"
            " VALUES (?, ?, ?, ?)"
        )
        await self._store.write((sql, (_hash(code), library, trial, expires_at)))

    async def invited(self, code: str, now: Millis) -> tuple[str, bool] | None:
        """Return the library of an invitation that can still be used, and whether it is a trial."""
        rows = await self._store.read(
            "SELECT library, trial FROM desk_invitation"
            " WHERE code_hash = ? AND used_at IS NULL AND expires_at > ?",
            _hash(code),
            now,
        )
        return (rows[0][0], bool(rows[0][1])) if rows else None

    async def join(self, code: str, librarian: Librarian, now: Millis) -> bool:
        """Use the invitation up and keep the librarian; False if somebody was faster."""
        joined = asdict(librarian) | {"joined_at": now}
        unused = "code_hash = ? AND used_at IS NULL AND expires_at > ?"
        keep = (
            "INSERT OR IGNORE INTO librarian (id, library, name, trial, joined_at)"  # noqa: S608
            f" SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM desk_invitation WHERE {unused})"
        )
        use_up = f"UPDATE desk_invitation SET used_at = ? WHERE {unused}"  # noqa: S608
        changed = await self._store.write(
            (keep, (*joined.values(), _hash(code), now)),
            (use_up, (now, _hash(code), now)),
        )
        return changed == 1

    async def sign_in(self, token: str, librarian: str, csrf: str, expires_at: Millis) -> None:
        """Keep a session by the hash of its token."""
        sql = (
            "INSERT INTO desk_session (token_hash, librarian, csrf, expires_at) VALUES (?, ?, ?, ?)"
        )
        await self._store.write((sql, (_hash(token), librarian, csrf, expires_at)))

    async def session(self, token: str, now: Millis) -> DeskSession | None:
        """Return who holds this token, while the session lasts."""
        rows = await self._store.read(
            "SELECT l.id, l.library, l.name, l.trial, s.csrf FROM desk_session AS s"
            " JOIN librarian AS l ON l.id = s.librarian"
            " WHERE s.token_hash = ? AND s.expires_at > ?",
            _hash(token),
            now,
        )
        if not rows:
            return None
        number, library, name, trial, csrf = rows[0]
        return DeskSession(Librarian(number, library, name, bool(trial)), csrf)

    async def sign_out(self, token: str) -> None:
        """End a session."""
        await self._store.write(("DELETE FROM desk_session WHERE token_hash = ?", (_hash(token),)))

    async def librarians(self) -> list[Librarian]:
        """Return everybody who answers at a desk."""
        rows = await self._store.read(
            "SELECT id, library, name, trial FROM librarian ORDER BY joined_at, id"
        )
        return [Librarian(row[0], row[1], row[2], bool(row[3])) for row in rows]

    async def end_trial(self) -> None:
        """Remove the librarians, sessions and invitations of the trial."""
        await self._store.write(
            ("DELETE FROM desk_invitation WHERE trial = 1", ()),
            ("DELETE FROM librarian WHERE trial = 1", ()),
        )

    async def set_hours(self, library: str, hours: str, now: Millis) -> None:
        """Keep the opening hours a library told us."""
        sql = (
            "INSERT INTO library_hours (library, hours, set_at) VALUES (?, ?, ?)"
            " ON CONFLICT (library) DO UPDATE SET hours = excluded.hours,"
            " set_at = excluded.set_at"
        )
        await self._store.write((sql, (library, hours, now)))

    async def hours(self) -> dict[str, str]:
        """Return the opening hours libraries told us, by library."""
        rows = await self._store.read("SELECT library, hours FROM library_hours")
        return {row[0]: row[1] for row in rows}


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
