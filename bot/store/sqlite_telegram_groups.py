"""Telegram groups as they join and are written in: codes, rights, who writes, what was asked."""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from typing import Any, Literal

from bot.store.interface import TELEGRAM_DESK, Entry, Librarian, Millis, Received
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_batch_cases import ENTRY

LATE = "late:"
"""Stands before the act with which something was answered too late."""
OF_GROUP = "group:"
"""Stands before a group's code, so that a link for one librarian is never a group's code."""
_GROUP = "SELECT chat, desk, title, missing, lost_at IS NOT NULL FROM desk_group"


@dataclass(frozen=True, slots=True)
class JoinedGroup:
    """A group that is a desk. `missing` names what the bot lacks there."""

    chat: int
    desk: str
    title: str
    missing: tuple[str, ...] = ()
    lost: bool = False

    @property
    def of_experts(self) -> bool:
        """Whether a labour bureau's experts answer here."""
        return self.desk.startswith("bureau:")


@dataclass(frozen=True, slots=True)
class GroupCode:
    """What became of a code, and of which desk it is."""

    state: Literal["good", "used", "expired", "of_web", "unknown"]
    desk: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a librarian is to write with their next message, and what is done with it."""

    chat: int
    thread: int
    """The topic; 0 in General."""
    user: int
    number: int
    about: Literal["transfer", "expert", "rest"]
    library: str = ""
    """The desk to which the case goes, or whose experts are asked."""
    colleague: str = ""
    direct: bool = False
    at: Millis = 0
    used: str = ""
    """The act that it was answered with."""


class SqliteTelegramGroups:
    """Reads and writes beside the talks, over the same file."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    # -- joining -------------------------------------------------------------------------------

    async def invite(self, code: str, desk: str, expires_at: Millis) -> None:
        """Keep a group's code by its hash."""
        sql = (
            "INSERT INTO desk_invitation (code_hash, library, trial, expires_at)"
            " VALUES (?, ?, 0, ?)"
        )
        await self._store.write((sql, (_hash(OF_GROUP + code), desk, expires_at)))

    async def code(self, code: str, typed: str, now: Millis) -> GroupCode:
        """Return what a code is good for; `typed` as it was written, for a link's code."""
        rows = await self._store.read(
            "SELECT library, used_at, expires_at FROM desk_invitation WHERE code_hash = ?",
            _hash(OF_GROUP + code),
        )
        if not rows:
            of_web = await self._store.read(
                "SELECT 1 FROM desk_invitation WHERE code_hash = ?", _hash(typed)
            )
            return GroupCode("of_web" if of_web else "unknown")
        desk, used_at, expires_at = rows[0]
        if used_at is not None:
            return GroupCode("used", desk)
        return GroupCode("good" if expires_at > now else "expired", desk)

    async def join(self, code: str, group: JoinedGroup, now: Millis) -> bool:
        """Use the code up and keep the group; False if another group was faster."""
        unused = "code_hash = ? AND used_at IS NULL AND expires_at > ?"
        missing = " ".join(group.missing)
        keep = (
            "INSERT INTO desk_group (chat, desk, title, joined_at, missing)"  # noqa: S608
            " SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM desk_invitation"
            f" WHERE {unused}) ON CONFLICT (chat) DO UPDATE SET desk = excluded.desk,"
            " title = excluded.title, joined_at = excluded.joined_at,"
            " missing = excluded.missing, lost_at = NULL, notice = NULL"
        )
        use_up = f"UPDATE desk_invitation SET used_at = ? WHERE {unused}"  # noqa: S608
        hashed = _hash(OF_GROUP + code)
        changed = await self._store.write(
            (keep, (group.chat, group.desk, group.title, now, missing, hashed, now)),
            (use_up, (now, hashed, now)),
        )
        return changed == 1

    async def group(self, chat: int) -> JoinedGroup | None:
        """Return a group that has joined, also one that the bot was taken out of."""
        rows = await self._store.read(f"{_GROUP} WHERE chat = ?", chat)
        return _group(rows[0]) if rows else None

    async def groups(self) -> list[JoinedGroup]:
        """Return every group that has joined."""
        return [_group(row) for row in await self._store.read(f"{_GROUP} ORDER BY chat")]

    async def keep_rights(self, chat: int, missing: tuple[str, ...]) -> None:
        """Keep what the bot lacks in a group in which it is."""
        sql = "UPDATE desk_group SET missing = ?, lost_at = NULL WHERE chat = ?"
        await self._store.write((sql, (" ".join(missing), chat)))

    async def lose(self, chat: int, now: Millis) -> None:
        """Keep that the bot was taken out of a group."""
        sql = "UPDATE desk_group SET lost_at = ? WHERE chat = ? AND lost_at IS NULL"
        await self._store.write((sql, (now, chat)))

    # -- who writes, and where -----------------------------------------------------------------

    async def case_at(self, chat: int, thread: int) -> int | None:
        """Return the number of the case that a topic shows."""
        rows = await self._store.read(
            "SELECT number FROM desk_topic WHERE chat = ? AND thread = ?", chat, thread
        )
        return int(rows[0][0]) if rows else None

    async def adopt(self, number: int, chat: int, thread: int) -> bool:
        """Let a topic be that of a case which has none in this group; False where it has."""
        sql = "INSERT OR IGNORE INTO desk_topic (number, chat, thread) VALUES (?, ?, ?)"
        return await self._store.write((sql, (number, chat, thread))) > 0

    async def entry(self, ref: str) -> tuple[int, Entry] | None:
        """Return the line of a case that the desk calls so, with the case's number."""
        rows = await self._store.read(
            f"{ENTRY.replace('SELECT id', 'SELECT number, id')} WHERE ref = ?"
            # That somebody took the case by it is a line of its own.
            " AND kind <> 'event' ORDER BY id LIMIT 1",
            ref,
        )
        return (int(rows[0][0]), Entry(*tuple(rows[0])[1:])) if rows else None

    async def lines_in(self, chat: int, message: int) -> list[tuple[int, Entry]]:
        """Return the lines that the bot's own message in a topic holds, with the case's number."""
        rows = await self._store.read(
            f"{ENTRY.replace('SELECT id', 'SELECT number, id')} WHERE id IN"  # noqa: S608
            " (SELECT entry FROM desk_post WHERE chat = ? AND message = ?)"
            " AND kind <> 'event' ORDER BY id",
            chat,
            message,
        )
        return [(int(row[0]), Entry(*tuple(row)[1:])) for row in rows]

    async def librarian(self, user: int, desk: str, name: str, now: Millis) -> Librarian:
        """Return who writes by their number at Telegram; made where there is nobody yet."""
        first, here = f"tg-{user}", f"tg-{user}-{_hash(desk)[:6]}"
        rows = await self._store.read(
            "SELECT id, library, name, trial FROM librarian WHERE id IN (?, ?) AND library = ?",
            first,
            here,
            desk,
        )
        if rows:
            return Librarian(rows[0][0], rows[0][1], rows[0][2], bool(rows[0][3]))
        elsewhere = await self._store.read("SELECT 1 FROM librarian WHERE id = ?", first)
        made = Librarian(here if elsewhere else first, desk, name, trial=False)
        sql = (
            "INSERT OR IGNORE INTO librarian (id, library, name, trial, joined_at)"
            " VALUES (?, ?, ?, 0, ?)"
        )
        await self._store.write((sql, (made.id, desk, name, now)))
        return made

    async def rows_of(self, user: int) -> list[Librarian]:
        """Return as whom somebody acted in groups before an account said who they are."""
        rows = await self._store.read(
            "SELECT id, library, name FROM librarian WHERE id = ?1 OR id GLOB ?1 || '-*'",
            f"tg-{user}",
        )
        return [Librarian(row[0], row[1], row[2], trial=False) for row in rows]

    async def is_stopped(self, user: int, desk: str) -> bool:
        """Return whether an administrator lets them act at this desk no more.

        An account that is let in speaks for its owner, whatever they were before.
        """
        rows = await self._store.read(
            "SELECT EXISTS (SELECT 1 FROM librarian WHERE disabled_at IS NOT NULL AND"
            " (telegram_user = ?1 OR (library = ?2 AND (id = ?3 OR id GLOB ?3 || '-*'))))"
            " AND NOT EXISTS (SELECT 1 FROM librarian"
            " WHERE telegram_user = ?1 AND disabled_at IS NULL)",
            user,
            desk,
            f"tg-{user}",
        )
        return bool(rows[0][0])

    # -- what was asked of them ----------------------------------------------------------------

    async def ask(self, asking: Asking) -> None:
        """Keep what somebody is to write next; what they were asked before is let go."""
        sql = (
            "INSERT OR REPLACE INTO desk_asking (chat, thread, user, number, about, library,"
            " colleague, direct, at, used) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        await self._store.write((sql, astuple(asking)))

    async def asking(
        self, chat: int, thread: int, user: int, key: str = "", number: int = 0
    ) -> Asking | None:
        """Return what somebody is to write here, or in the topic of the case that it is about.

        Answered, it is returned only to the act that it was answered with.
        """
        rows = await self._store.read(
            "SELECT chat, thread, user, number, about, library, colleague, direct, at, used"
            " FROM desk_asking WHERE chat = ? AND user = ? AND (thread = ? OR number = ?)"
            " AND used IN ('', ?, ?) ORDER BY at DESC LIMIT 1",
            chat,
            user,
            thread,
            number,
            key,
            LATE + key,
        )
        return _asking(rows[0]) if rows else None

    async def last_asked(self, chat: int, thread: int, user: int) -> Asking | None:
        """Return what somebody was asked for last in a topic, answered or not."""
        rows = await self._store.read(
            "SELECT chat, thread, user, number, about, library, colleague, direct, at, used"
            " FROM desk_asking WHERE chat = ? AND thread = ? AND user = ?",
            chat,
            thread,
            user,
        )
        return _asking(rows[0]) if rows else None

    async def answered(self, asking: Asking, key: str) -> None:
        """Keep with which act it was answered: done again after a crash, it is none of another."""
        sql = "UPDATE desk_asking SET used = ? WHERE chat = ? AND thread = ? AND user = ?"
        await self._store.write((sql, (key, asking.chat, asking.thread, asking.user)))

    async def let_go(self, chat: int, thread: int, user: int) -> bool:
        """Ask no more; return whether anything was asked."""
        sql = "DELETE FROM desk_asking WHERE chat = ? AND thread = ? AND user = ? AND used = ''"
        return await self._store.write((sql, (chat, thread, user))) > 0

    # -- what has come in ----------------------------------------------------------------------

    async def waiting(self) -> list[Received]:
        """Return what was stored and not worked, oldest first."""
        rows = await self._store.read(
            "SELECT seq, channel, address, conversation, raw, arrived_at FROM inbox"
            " WHERE state = 'new' AND channel = ? ORDER BY seq",
            TELEGRAM_DESK,
        )
        return [Received(*row) for row in rows]

    async def finish(self, seq: int) -> None:
        """Keep that it was worked, and none of its words: those stand in the case."""
        sql = "UPDATE inbox SET state = 'done', raw = '' WHERE seq = ? AND state = 'new'"
        await self._store.write((sql, (seq,)))

    async def set_aside(self, seq: int, error: str) -> None:
        """Make a dead letter of it."""
        sql = "UPDATE inbox SET state = 'dead', error = ? WHERE seq = ? AND state = 'new'"
        await self._store.write((sql, (error, seq)))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _asking(row: Iterable[Any]) -> Asking:
    asking = Asking(*row)
    return replace(asking, direct=bool(asking.direct))


def _group(row: object) -> JoinedGroup:
    chat, desk, title, missing, lost = tuple(row)  # type: ignore[arg-type, var-annotated]
    return JoinedGroup(chat, desk, title, tuple(missing.split()), bool(lost))
