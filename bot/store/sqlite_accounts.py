"""The accounts' part of the SQLite store: who signs in, sessions, failures, the audit trail."""

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import astuple

from bot.store.accounts import (
    Account,
    AuditLine,
    Failures,
    NewSession,
    OwnSession,
)
from bot.store.interface import Librarian, Millis, NewAudit, TakenError
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_audit import noting

LIBRARIAN = "l.id, l.library, l.name, l.trial, l.role, l.login, l.disabled_at, l.telegram_user"
"""The columns of a librarian, as `librarian_in` reads them."""
_END = "DELETE FROM desk_session WHERE librarian = ?"


def librarian_in(row: tuple[object, ...]) -> Librarian:
    """Return the librarian that begins this row."""
    number, library, name, trial, role, login, disabled_at, telegram_user = row[:8]
    return Librarian(
        number,  # type: ignore[arg-type]  # as the columns are declared
        library,  # type: ignore[arg-type]
        name,  # type: ignore[arg-type]
        bool(trial),
        role,  # type: ignore[arg-type]
        login,  # type: ignore[arg-type]
        disabled_at,  # type: ignore[arg-type]
        telegram_user,  # type: ignore[arg-type]
    )


def hashed(secret: str) -> str:
    """Return what stands in the file for a code or a token; both are long and random."""
    return hashlib.sha256(secret.encode()).hexdigest()


class SqliteAccounts:
    """Reads and writes accounts, over the same file."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    # -- people --------------------------------------------------------------------------------

    async def people(self) -> list[Account]:
        """Return everybody but those of the trial, the disabled too."""
        rows = await self._store.read(
            f"SELECT {LIBRARIAN}, l.joined_at, l.last_seen_at,"  # noqa: S608
            " (SELECT count(*) FROM desk_session AS s WHERE s.librarian = l.id)"
            " FROM librarian AS l WHERE l.trial = 0 ORDER BY l.joined_at, l.id"
        )
        return [Account(librarian_in(tuple(row)), *row[8:]) for row in rows]

    async def with_telegram(self, user: int) -> Librarian | None:
        """Return whose account is linked with that number at Telegram, if it is not disabled."""
        rows = await self._store.read(
            f"SELECT {LIBRARIAN} FROM librarian AS l"  # noqa: S608
            " WHERE l.telegram_user = ? AND l.disabled_at IS NULL",
            user,
        )
        return librarian_in(tuple(rows[0])) if rows else None

    async def link_telegram(self, number: str, user: int | None) -> bool:
        """Keep that number at Telegram, or none; False where another account has it."""
        # Who is let in no more keeps nobody from linking.
        free = (
            "UPDATE librarian SET telegram_user = NULL"
            " WHERE telegram_user = ? AND disabled_at IS NOT NULL AND id <> ?"
        )
        keep = "UPDATE OR IGNORE librarian SET telegram_user = ? WHERE id = ?"
        changed = await self._store.write((free, (user, number)), (keep, (user, number)))
        return changed == 1

    async def person(self, number: str) -> Librarian | None:
        """Return one of them by id."""
        rows = await self._store.read(
            f"SELECT {LIBRARIAN} FROM librarian AS l WHERE l.id = ?",  # noqa: S608
            number,
        )
        return librarian_in(tuple(rows[0])) if rows else None

    async def by_login(self, login: str) -> tuple[Librarian, str | None] | None:
        """Return who signs in by that, and the hash of their password."""
        rows = await self._store.read(
            f"SELECT {LIBRARIAN}, l.password FROM librarian AS l WHERE l.login = ?",  # noqa: S608
            login,
        )
        return (librarian_in(tuple(rows[0])), rows[0][8]) if rows else None

    async def keep_password(self, number: str, password: str) -> None:
        """Keep the hash of a new password."""
        await self._store.write(
            ("UPDATE librarian SET password = ? WHERE id = ?", (password, number))
        )

    async def disable(self, number: str, now: Millis) -> None:
        """Let them in no more, and end their sessions; what they did stays under their name."""
        await self._store.write(
            ("DELETE FROM desk_reset WHERE librarian = ?", (number,)),
            (_END, (number,)),
            ("UPDATE librarian SET disabled_at = ? WHERE id = ?", (now, number)),
        )

    async def enable(self, number: str) -> None:
        """Let them in again."""
        await self._store.write(("UPDATE librarian SET disabled_at = NULL WHERE id = ?", (number,)))

    # -- sessions ------------------------------------------------------------------------------

    async def begin(self, session: NewSession) -> None:
        """Keep a session by the hash of its token."""
        token, *values = astuple(session)
        sql = (
            "INSERT INTO desk_session (token_hash, librarian, csrf, handle, begun_at, expires_at,"
            " idle_limit, browser, last_seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        await self._store.write(
            (sql, (hashed(token), *values, session.begun_at)),
            (
                "UPDATE librarian SET last_seen_at = ? WHERE id = ?",
                (session.begun_at, session.librarian),
            ),
        )

    async def seen(self, token: str, now: Millis) -> None:
        """Keep that the holder of this token has just done something."""
        sql = (
            "UPDATE librarian SET last_seen_at = ?"
            " WHERE id = (SELECT librarian FROM desk_session WHERE token_hash = ?)"
        )
        await self._store.write(
            ("UPDATE desk_session SET last_seen_at = ? WHERE token_hash = ?", (now, hashed(token))),
            (sql, (now, hashed(token))),
        )

    async def sessions(self, number: str, now: Millis) -> list[OwnSession]:
        """Return the sessions of a person that are not over, the last used first."""
        rows = await self._store.read(
            "SELECT handle, begun_at, last_seen_at, browser, idle_limit IS NOT NULL"
            " FROM desk_session WHERE librarian = ? AND expires_at > ?"
            " AND (idle_limit IS NULL OR last_seen_at + idle_limit > ?)"
            " ORDER BY last_seen_at DESC, handle",
            number,
            now,
            now,
        )
        return [OwnSession(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]

    async def revoke(self, number: str, handle: str) -> bool:
        """End one session of this person; return whether there was one."""
        changed = await self._store.write((f"{_END} AND handle = ?", (number, handle)))
        return changed == 1

    async def revoke_all(self, number: str, but: str = "") -> int:
        """End the sessions of this person but the one with that handle; return how many."""
        return await self._store.write((f"{_END} AND handle <> ?", (number, but)))

    # -- a forgotten password ------------------------------------------------------------------

    async def offer_reset(self, code: str, number: str, expires_at: Millis) -> None:
        """Keep a link for a new password, the only one, and end the sessions."""
        await self._store.write(
            ("DELETE FROM desk_reset WHERE librarian = ?", (number,)),
            (_END, (number,)),
            ("INSERT INTO desk_reset VALUES (?, ?, ?)", (hashed(code), number, expires_at)),
        )

    async def reset_for(self, code: str, now: Millis) -> Librarian | None:
        """Return whose password such a link changes, while it can be used."""
        rows = await self._store.read(
            f"SELECT {LIBRARIAN} FROM desk_reset AS r"  # noqa: S608
            " JOIN librarian AS l ON l.id = r.librarian"
            " WHERE r.code_hash = ? AND r.expires_at > ? AND l.disabled_at IS NULL",
            hashed(code),
            now,
        )
        return librarian_in(tuple(rows[0])) if rows else None

    async def reset(self, code: str, password: str, now: Millis, login: str) -> bool:
        """Use the link up: keep the new password, end the sessions; False if it was used.

        Who has no login takes that one; raises TakenError where it is somebody else's.
        """
        whose = "(SELECT librarian FROM desk_reset WHERE code_hash = ? AND expires_at > ?)"
        link = (hashed(code), now)
        keep = (
            "UPDATE librarian SET password = ?, login = coalesce(login, ?)"  # noqa: S608
            f" WHERE disabled_at IS NULL AND id = {whose}"
        )
        try:
            changed = await self._store.write(
                (keep, (password, login, *link)),
                (f"DELETE FROM desk_session WHERE librarian = {whose}", link),  # noqa: S608
                ("DELETE FROM desk_reset WHERE code_hash = ? AND expires_at > ?", link),
            )
        except sqlite3.IntegrityError:
            raise TakenError(f"{login}: somebody else's login") from None
        return changed == 1

    # -- failures, and what was done -------------------------------------------------------------

    async def failures(self, of: str) -> Failures:
        """Return how often signing in failed there."""
        rows = await self._store.read(
            "SELECT count, last_at, until FROM sign_in_failure WHERE of = ?", of
        )
        return Failures(*rows[0]) if rows else Failures()

    async def keep_failures(self, counted: Mapping[str, Failures]) -> None:
        """Keep these numbers; those of nothing are removed."""
        keep = "INSERT OR REPLACE INTO sign_in_failure VALUES (?, ?, ?, ?)"
        await self._store.write(
            *(
                (keep, (of, *astuple(failures)))
                if failures.count
                else ("DELETE FROM sign_in_failure WHERE of = ?", (of,))
                for of, failures in counted.items()
            )
        )

    async def came_from(self, number: str, address: str, since: Millis) -> bool:
        """Return whether this person has come in from that network, by the trail."""
        rows = await self._store.read(
            "SELECT 1 FROM audit WHERE at >= ? AND actor = ? AND address = ?"
            " AND action IN ('sign-in', 'join', 'reset', 'password') LIMIT 1",
            since,
            number,
            address,
        )
        return bool(rows)

    async def note(self, line: NewAudit) -> None:
        """Write a line into the audit trail."""
        await self._store.write(noting(line))

    async def trail(self, before: int, most: int) -> list[AuditLine]:
        """Return lines of the trail with a smaller id, the newest first; 0 for the newest."""
        rows = await self._store.read(
            "SELECT a.id, a.at, a.actor, coalesce(who.name, ''), a.role, a.action, a.about,"
            " coalesce(whom.name, ''), a.address, a.before, a.after FROM audit AS a"
            " LEFT JOIN librarian AS who ON who.id = a.actor"
            " LEFT JOIN librarian AS whom ON whom.id = a.about"
            " WHERE ?1 = 0 OR a.id < ?1 ORDER BY a.id DESC LIMIT ?2",
            before,
            most,
        )
        return [AuditLine(*row) for row in rows]
