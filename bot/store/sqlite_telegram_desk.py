"""The Telegram groups' part of the SQLite store: which group, topic and message shows what."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import astuple, fields, replace

from bot.store.interface import PRACTICE, Millis
from bot.store.sqlite import SqliteStore
from bot.store.telegram_desk import HEADER, OURS, OWN, DeskGroup, DeskPost, DeskTopic

_GROUP = "SELECT chat, desk, title, joined_at, missing, lost_at, notice FROM desk_group"
_TOPIC_COLUMNS = tuple(field.name for field in fields(DeskTopic))
_TOPIC = f"SELECT {', '.join(_TOPIC_COLUMNS)} FROM desk_topic"  # noqa: S608  # names of our own fields
_TOPICS_BY_WORK = (
    f"{_TOPIC} AS t WHERE number = ? ORDER BY (SELECT max(at) FROM desk_post AS p"  # noqa: S608
    # A word that the case goes on elsewhere is no work.
    f" WHERE p.number = t.number AND p.chat = t.chat AND (entry <> {OURS} OR mark = '{HEADER}')),"
    " chat DESC"
)
_KEEP_TOPIC = (
    f"INSERT OR REPLACE INTO desk_topic ({', '.join(_TOPIC_COLUMNS)})"  # noqa: S608
    f" VALUES ({', '.join('?' * len(_TOPIC_COLUMNS))})"
)
_KEEP_POST = (
    "INSERT OR REPLACE INTO desk_post (chat, message, number, entry, mark, at)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_UNFINISHED = (
    "SELECT number FROM desk_topic AS t WHERE closed = 0"  # noqa: S608
    " OR NOT EXISTS (SELECT 1 FROM case_file AS c WHERE c.number = t.number)"
    " OR shown < (SELECT max(id) FROM case_entry AS e WHERE e.number = t.number)"
    " UNION SELECT number FROM case_file WHERE state NOT IN ('closed', 'expired')"
    f" AND library IS NOT NULL AND conversation NOT LIKE '{PRACTICE}:%' ORDER BY 1"
)
_MIGRATE_REFS = (
    "UPDATE case_entry SET ref = replace(ref, ?1, ?2)"
    " WHERE ref >= ?1 AND ref < ?3 AND substr(ref, 1, length(?1)) = ?1"
)
_CHANGEABLE = frozenset(_TOPIC_COLUMNS) - {"number", "chat"}


class SqliteTelegramDesk:
    """Reads and writes beside the talks, over the same file. No person's words are kept here."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    # -- groups --------------------------------------------------------------------------------

    async def groups(self) -> list[DeskGroup]:
        """Return the groups, those that joined first before the others."""
        rows = await self._store.read(f"{_GROUP} ORDER BY joined_at, chat")
        return [DeskGroup(*row) for row in rows]

    async def group(self, chat: int) -> DeskGroup | None:
        """Return one group."""
        rows = await self._store.read(f"{_GROUP} WHERE chat = ?", chat)
        return DeskGroup(*rows[0]) if rows else None

    async def set_notice(self, chat: int, message: int | None) -> None:
        """Keep which message of a group says who waits."""
        sql = "UPDATE desk_group SET notice = ? WHERE chat = ?"
        await self._store.write((sql, (message, chat)))

    async def set_missing(self, chat: int, missing: str, lost_at: Millis | None) -> None:
        """Keep which rights the bot lacks in a group, and since when it is not there."""
        sql = "UPDATE desk_group SET missing = ?, lost_at = ? WHERE chat = ?"
        await self._store.write((sql, (missing, lost_at, chat)))

    # -- topics --------------------------------------------------------------------------------

    async def topics(self, number: int) -> list[DeskTopic]:
        """Return the topics of a case, the one that was worked in last at the end."""
        rows = await self._store.read(_TOPICS_BY_WORK, number)
        return [_topic(row) for row in rows]

    async def topic(self, number: int, chat: int) -> DeskTopic | None:
        """Return the topic of a case in a group."""
        rows = await self._store.read(f"{_TOPIC} WHERE number = ? AND chat = ?", number, chat)
        return _topic(rows[0]) if rows else None

    async def open_topics(self) -> dict[int, int]:
        """Return how many open topics each group has."""
        rows = await self._store.read(
            "SELECT chat, count(*) FROM desk_topic WHERE closed = 0 GROUP BY chat"
        )
        return {row[0]: row[1] for row in rows}

    async def unfinished(self) -> list[int]:
        """Return the cases whose topics are open, not whole, or of a case that is gone."""
        rows = await self._store.read(_UNFINISHED)
        return [row[0] for row in rows]

    async def keep_topic(self, topic: DeskTopic) -> None:
        """Keep a new topic of a case, in the place of an older one and of its messages."""
        await self._store.write(
            ("DELETE FROM desk_post WHERE number = ? AND chat = ?", (topic.number, topic.chat)),
            (_KEEP_TOPIC, astuple(topic)),
        )

    async def change_topic(self, number: int, chat: int, **changes: object) -> None:
        """Keep what of a topic is otherwise now."""
        await self._store.write(_changed(number, chat, changes))

    async def drop_topic(self, number: int, chat: int) -> None:
        """Forget a topic with its messages."""
        await self._store.write(
            ("DELETE FROM desk_post WHERE number = ? AND chat = ?", (number, chat)),
            ("DELETE FROM desk_topic WHERE number = ? AND chat = ?", (number, chat)),
        )

    # -- messages ------------------------------------------------------------------------------

    async def posts(self, number: int, chat: int) -> list[DeskPost]:
        """Return the messages of a case in a group, the oldest first."""
        rows = await self._store.read(
            "SELECT chat, message, number, entry, mark, at FROM desk_post"
            " WHERE number = ? AND chat = ? ORDER BY message, entry",
            number,
            chat,
        )
        return [DeskPost(*row) for row in rows]

    async def keep_posts(self, posts: Sequence[DeskPost], **changes: object) -> None:
        """Keep messages of one topic, with what of that topic is otherwise by them."""
        statements = [(_KEEP_POST, astuple(post)) for post in posts]
        if posts and changes:
            statements.append(_changed(posts[0].number, posts[0].chat, changes))
        await self._store.write(*statements)

    async def mark_posts(self, chat: int, message: int, marks: Sequence[tuple[int, str]]) -> None:
        """Keep in which state a message shows these lines."""
        sql = "UPDATE desk_post SET mark = ? WHERE chat = ? AND message = ? AND entry = ?"
        await self._store.write(*[(sql, (mark, chat, message, entry)) for entry, mark in marks])

    async def drop_posts(self, chat: int, messages: Collection[int]) -> None:
        """Forget messages that do not stand there any more."""
        sql = "DELETE FROM desk_post WHERE chat = ? AND message IN (SELECT value FROM json_each(?))"
        await self._store.write((sql, (chat, json.dumps(list(messages)))))

    async def digests(self, chat: int, since: Millis) -> list[tuple[int, str]]:
        """Return the digests that wait for a group since that moment: number and words."""
        rows = await self._store.read(
            "SELECT number, words FROM desk_digest_waiting WHERE chat = ? AND at > ?"
            " ORDER BY number",
            chat,
            since,
        )
        return [(row[0], row[1]) for row in rows]

    async def digest_said(self, number: int, post: DeskPost) -> None:
        """Keep that a digest stands in this message and waits no more."""
        await self._store.write(
            (_KEEP_POST, astuple(post)),
            ("DELETE FROM desk_digest_waiting WHERE number = ?", (number,)),
        )

    async def recent(self, chat: int, since: Millis) -> list[Millis]:
        """Return when messages were sent to a group since that moment."""
        # A card came with its topic, which is a message as well; those of others do not count.
        rows = await self._store.read(
            "SELECT max(at), mark = ? FROM desk_post WHERE chat = ? AND at > ?"
            " AND mark NOT LIKE ? GROUP BY message ORDER BY 1",
            HEADER,
            chat,
            since,
            f"{OWN}%",
        )
        return [row[0] for row in rows for _ in range(1 + row[1])]

    async def changes(self, after: int) -> list[tuple[int, int]]:
        """Return the changes above that number at whatever desk: number and case."""
        sql = "SELECT id, number FROM desk_change WHERE id > ? ORDER BY id"
        return [(row[0], row[1]) for row in await self._store.read(sql, after)]

    # -- a group that has another number ---------------------------------------------------------

    async def migrate(self, old: int, new: int) -> None:
        """Let everything of a group belong to the number that it has now."""
        doubled = "chat = ? AND EXISTS (SELECT 1 FROM desk_group WHERE chat = ?)"
        await self._store.write(
            (f"DELETE FROM desk_group WHERE {doubled}", (old, new)),  # noqa: S608
            ("UPDATE desk_group SET chat = ?, notice = NULL WHERE chat = ?", (new, old)),
            ("UPDATE OR REPLACE desk_topic SET chat = ? WHERE chat = ?", (new, old)),
            ("UPDATE OR REPLACE desk_asking SET chat = ? WHERE chat = ?", (new, old)),
            ("UPDATE OR REPLACE desk_post SET chat = ? WHERE chat = ?", (new, old)),
            ("UPDATE desk_digest_waiting SET chat = ? WHERE chat = ?", (new, old)),
            *(
                (_MIGRATE_REFS, (f"{way}:{old}:", f"{way}:{new}:", f"{way}:{old};"))
                for way in ("tg", "tg-press")
            ),
        )


def _changed(number: int, chat: int, changes: dict[str, object]) -> tuple[str, tuple[object, ...]]:
    unknown = changes.keys() - _CHANGEABLE
    if unknown:
        raise ValueError(f"{sorted(unknown)}: no such part of a topic")
    columns = ", ".join(f"{name} = ?" for name in changes)
    sql = f"UPDATE desk_topic SET {columns} WHERE number = ? AND chat = ?"  # noqa: S608
    return sql, (*changes.values(), number, chat)


def _topic(row: sqlite3.Row) -> DeskTopic:
    topic = DeskTopic(*row)
    return replace(topic, closed=bool(topic.closed))
