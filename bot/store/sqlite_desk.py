"""The desk's part of the SQLite store: cases as desks read them, librarians, sessions, hours."""

import json
import sqlite3
from collections.abc import Collection
from dataclasses import replace

from bot.store.interface import (
    DESK,
    PRACTICE,
    CaseFile,
    DeskSession,
    Entry,
    Invitation,
    KeptMuting,
    KeptReport,
    Librarian,
    Millis,
    NewAudit,
    Role,
    TakenError,
)
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_accounts import LIBRARIAN, hashed, librarian_in
from bot.store.sqlite_audit import noting
from bot.store.sqlite_batch_cases import CASE, ENTRY

CLOSED_SHOWN = 20
"""Closed cases that a desk's list still shows."""


class SqliteDesk:
    """Reads and writes beside the talks, over the same file."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def cases(self, library: str) -> list[CaseFile]:
        """Return the cases a desk sees: open ones first, the longest waiting first."""
        mine = "(library = ?1 OR offered_to = ?1 OR expert_desk = ?1)"
        still_open = await self._store.read(
            f"{CASE} WHERE {mine} AND state NOT IN ('closed', 'expired')"
            " ORDER BY claimed_by IS NOT NULL OR asked_at IS NULL,"
            " coalesce(asked_at, opened_at), number",
            library,
        )
        closed = await self._store.read(
            f"{CASE} WHERE {mine} AND state IN ('closed', 'expired')"
            " ORDER BY closed_at DESC LIMIT ?2",
            library,
            CLOSED_SHOWN,
        )
        return [_case(row) for row in (*still_open, *closed)]

    async def case(self, number: int) -> CaseFile | None:
        """Return one case."""
        rows = await self._store.read(f"{CASE} WHERE number = ?", number)
        return _case(rows[0]) if rows else None

    async def unassigned(self) -> list[CaseFile]:
        """Return the cases that wait for the first desk that joins."""
        rows = await self._store.read(
            f"{CASE} WHERE library IS NULL AND state = 'waiting' ORDER BY number"
        )
        return [_case(row) for row in rows]

    async def open_cases(self) -> list[CaseFile]:
        """Return every open case that is at a desk, but for practices."""
        rows = await self._store.read(
            f"{CASE} WHERE library IS NOT NULL AND state NOT IN ('closed', 'expired')"
            f" AND conversation NOT LIKE '{PRACTICE}:%' ORDER BY number"
        )
        return [_case(row) for row in rows]

    async def entries(self, number: int) -> list[Entry]:
        """Return the history of a case, oldest first."""
        rows = await self._store.read(f"{ENTRY} WHERE number = ? ORDER BY id", number)
        return [Entry(*row) for row in rows]

    async def went_through(self, key: str) -> bool:
        """Return whether the act with that key stands in the history of its case."""
        rows = await self._store.read(
            "SELECT 1 FROM inbox JOIN case_entry ON cause = seq"
            " WHERE channel = ? AND update_key = ? LIMIT 1",
            DESK,
            key,
        )
        return bool(rows)

    async def was_at(self, number: int, desk: str) -> bool:
        """Return whether this desk has seen the case lately, wherever it is now."""
        rows = await self._store.read(
            "SELECT 1 FROM desk_change WHERE desk = ? AND number = ? LIMIT 1", desk, number
        )
        return bool(rows)

    # -- what desks look at again --------------------------------------------------------------

    async def changes(self, after: int, desks: Collection[str]) -> list[tuple[int, int]]:
        """Return the changes above that number which these desks see: number and case."""
        rows = await self._store.read(
            "SELECT id, number FROM desk_change WHERE id > ?"
            " AND desk IN (SELECT value FROM json_each(?)) ORDER BY id",
            after,
            json.dumps(list(desks)),
        )
        return [(row[0], row[1]) for row in rows]

    async def last_change(self) -> int:
        """Return the number of the latest change; those that were forgotten count."""
        rows = await self._store.read(
            "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'desk_change'"
        )
        return int(rows[0][0])

    # -- who cannot ask, who is away -----------------------------------------------------------

    async def muted(self) -> dict[str, str]:
        """Return the last day on which each keyed hash of a talk cannot ask anew."""
        return {row[0]: row[1] for row in await self._store.read("SELECT talk, until FROM muted")}

    async def talk_key(self) -> bytes:
        """Return the key with which talks are hashed."""
        rows = await self._store.read("SELECT value FROM secret WHERE name = 'talks'")
        return bytes(rows[0][0])

    async def reports(self) -> list[KeptReport]:
        """Return what waits for the administrator, the oldest first."""
        rows = await self._store.read(
            "SELECT id, number, reason, who, desk, at FROM report"
            " WHERE settled_at IS NULL ORDER BY id"
        )
        return [KeptReport(*row) for row in rows]

    async def unseen_reports(self) -> int:
        """Return how many reports wait for the administrator."""
        rows = await self._store.read("SELECT count(*) FROM report WHERE settled_at IS NULL")
        return int(rows[0][0])

    async def settle_report(self, number: int, noted: NewAudit) -> None:
        """Keep that a report was looked at, with its line of the audit trail."""
        waits = "id = ? AND settled_at IS NULL"
        await self._store.write(
            noting(noted, f"EXISTS (SELECT 1 FROM report WHERE {waits})", number),  # noqa: S608
            (f"UPDATE report SET settled_at = ? WHERE {waits}", (noted.at, number)),  # noqa: S608
        )

    async def mutings(self, today: str) -> list[KeptMuting]:
        """Return the stops that hold, the latest first."""
        rows = await self._store.read(
            "SELECT talk, until, reason, who, desk, at FROM muted"
            " WHERE until >= ? ORDER BY at DESC",
            today,
        )
        return [KeptMuting(*row) for row in rows]

    async def unmute(self, talk: str, noted: NewAudit) -> None:
        """End a stop before its day, with its line of the audit trail."""
        await self._store.write(
            noting(noted, "EXISTS (SELECT 1 FROM muted WHERE talk = ?)", talk),
            ("DELETE FROM muted WHERE talk = ?", (talk,)),
        )

    async def absent(self, day: str) -> set[str]:
        """Return who is away on that day."""
        rows = await self._store.read("SELECT librarian FROM absence WHERE day = ?", day)
        return {row[0] for row in rows}

    async def set_absent(self, librarian: str, day: str, *, away: bool) -> None:
        """Keep that somebody is away on a day, or is not."""
        sql = "INSERT OR IGNORE INTO absence (librarian, day) VALUES (?, ?)"
        if not away:
            sql = "DELETE FROM absence WHERE librarian = ? AND day = ?"
        await self._store.write((sql, (librarian, day)))

    # -- who comes in --------------------------------------------------------------------------

    async def invite(
        self, code: str, library: str, expires_at: Millis, *, trial: bool, role: Role = "librarian"
    ) -> None:
        """Keep an invitation by the hash of its code."""
        sql = (
            "INSERT INTO desk_invitation (code_hash, library, trial, expires_at, role)"
            " VALUES (?, ?, ?, ?, ?)"
        )
        await self._store.write((sql, (hashed(code), library, trial, expires_at, role)))

    async def invited(self, code: str, now: Millis) -> Invitation | None:
        """Return what an invitation is for while it can still be used."""
        rows = await self._store.read(
            "SELECT library, trial, role FROM desk_invitation"
            " WHERE code_hash = ? AND used_at IS NULL AND expires_at > ?",
            hashed(code),
            now,
        )
        return Invitation(rows[0][0], bool(rows[0][1]), rows[0][2]) if rows else None

    async def join(
        self, code: str, librarian: Librarian, now: Millis, password: str | None = None
    ) -> bool:
        """Use the invitation up and keep the librarian; False if somebody was faster.

        Raises TakenError where somebody else signs in by that login.
        """
        who = librarian
        joined = (who.id, who.library, who.name, who.trial, now, who.role, who.login, password)
        unused = "code_hash = ? AND used_at IS NULL AND expires_at > ?"
        # Nobody becomes somebody who is here already: an invitation says nothing of who uses it.
        keep = (
            "INSERT INTO librarian (id, library, name, trial, joined_at, role, login, password)"  # noqa: S608
            " SELECT ?, ?, ?, ?, ?, ?, ?, ?"
            f" WHERE EXISTS (SELECT 1 FROM desk_invitation WHERE {unused})"
            " ON CONFLICT (id) DO NOTHING"
        )
        use_up = f"UPDATE desk_invitation SET used_at = ? WHERE {unused}"  # noqa: S608
        try:
            changed = await self._store.write(
                (keep, (*joined, hashed(code), now)),
                (use_up, (now, hashed(code), now)),
            )
        except sqlite3.IntegrityError:
            raise TakenError(f"{who.login}: somebody else's login") from None
        return changed == 1

    async def session(self, token: str, now: Millis) -> DeskSession | None:
        """Return who holds this token, while the session lasts."""
        rows = await self._store.read(
            f"SELECT {LIBRARIAN}, s.csrf, s.handle, s.last_seen_at, s.idle_limit,"  # noqa: S608
            " s.expires_at"
            " FROM desk_session AS s JOIN librarian AS l ON l.id = s.librarian"
            " WHERE s.token_hash = ? AND s.expires_at > ? AND l.disabled_at IS NULL"
            " AND (s.idle_limit IS NULL OR s.last_seen_at + s.idle_limit > ?)",
            hashed(token),
            now,
            now,
        )
        return DeskSession(librarian_in(tuple(rows[0])), *rows[0][8:]) if rows else None

    async def standing(self, handles: Collection[str], now: Millis) -> set[str]:
        """Return which of these sessions stand, by handle."""
        rows = await self._store.read(
            "SELECT s.handle FROM desk_session AS s JOIN librarian AS l ON l.id = s.librarian"
            " WHERE s.handle IN (SELECT value FROM json_each(?)) AND s.expires_at > ?"
            " AND l.disabled_at IS NULL"
            " AND (s.idle_limit IS NULL OR s.last_seen_at + s.idle_limit > ?)",
            json.dumps(list(handles)),
            now,
            now,
        )
        return {row[0] for row in rows}

    async def sign_out(self, token: str) -> None:
        """End a session."""
        await self._store.write(("DELETE FROM desk_session WHERE token_hash = ?", (hashed(token),)))

    async def librarians(self) -> list[Librarian]:
        """Return everybody who answers at a desk now."""
        rows = await self._store.read(
            f"SELECT {LIBRARIAN} FROM librarian AS l"  # noqa: S608
            " WHERE l.disabled_at IS NULL AND l.library <> ''"
            # Who acted in a group before their account was linked is that account now.
            " AND NOT EXISTS (SELECT 1 FROM librarian AS a"
            " WHERE a.telegram_user IS NOT NULL AND a.disabled_at IS NULL"
            " AND a.library = l.library AND (l.id = 'tg-' || a.telegram_user"
            " OR l.id GLOB 'tg-' || a.telegram_user || '-*'))"
            " ORDER BY l.joined_at, l.id"
        )
        return [librarian_in(tuple(row)) for row in rows]

    async def stopped(self) -> set[str]:
        """Return who is let in no more."""
        rows = await self._store.read("SELECT id FROM librarian WHERE disabled_at IS NOT NULL")
        return {row[0] for row in rows}

    async def last_seen(self) -> dict[str, Millis]:
        """Return when each was last at their desk; of a group that joined nobody has been yet."""
        rows = await self._store.read(
            "SELECT id, max(coalesce(last_seen_at, 0),"
            " iif(id GLOB 'tg-*' AND login IS NULL, 0, joined_at)) FROM librarian"
        )
        return {row[0]: row[1] for row in rows}

    async def was_there(self, librarian: str, now: Millis) -> None:
        """Keep that somebody did something at their desk now."""
        sql = "UPDATE librarian SET last_seen_at = ? WHERE id = ? AND coalesce(last_seen_at, 0) < ?"
        await self._store.write((sql, (now, librarian, now)))

    async def group_desks(self) -> list[tuple[str, str]]:
        """Return the desks with a group in which the bot is, each with what it lacks there."""
        rows = await self._store.read("SELECT desk, missing FROM desk_group WHERE lost_at IS NULL")
        return [(row[0], row[1]) for row in rows]

    async def end_trial(self) -> None:
        """Remove the librarians, sessions and invitations of the trial."""
        await self._store.write(
            ("DELETE FROM desk_invitation WHERE trial = 1", ()),
            ("DELETE FROM librarian WHERE trial = 1", ()),
            ("DELETE FROM correction WHERE trial = 1", ()),
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


def _case(row: sqlite3.Row) -> CaseFile:
    case = CaseFile(*row)
    return replace(case, expert_direct=bool(case.expert_direct))
