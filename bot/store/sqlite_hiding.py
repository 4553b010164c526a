"""What leaves a person's screen or loses its words while the talk goes on."""

from collections.abc import Sequence

import aiosqlite

from bot.store.interface import Hiding, Millis, Outgoing, StepCommit

REACH: Millis = 48 * 3_600_000
"""How old a message may be for a platform to take it off the screen."""
_EMPTY = "body = '', document = CASE WHEN document IS NULL THEN NULL ELSE '' END"


async def hide(
    db: aiosqlite.Connection, step: StepCommit, hiding: Hiding
) -> tuple[list[Outgoing], list[Outgoing]]:
    """Return what is sent to hide the talk: before the step's own messages, and after them.

    Of another channel the newest message and the person's own words go at once; what stands
    further up the screen follows.
    """
    if hiding.in_place:
        await _empty_screen(db, step.conversation)
        return [_giving_way(step, hiding.body, "")], []
    replaced = await _sent(db, step, hiding.body)
    own = await _own(db, step)
    return [*replaced[:1], *([_giving_way(step, "", own)] if own else [])], replaced[1:]


async def _empty_screen(db: aiosqlite.Connection, conversation: str) -> None:
    await db.execute(
        f"UPDATE outbox SET {_EMPTY} WHERE conversation = ? AND body <> ''",  # noqa: S608
        (conversation,),
    )
    await _empty_inbox(db, conversation)


async def _sent(db: aiosqlite.Connection, step: StepCommit, body: str) -> list[Outgoing]:
    """Return what replaces each message, the newest first; none is replaced twice."""
    rows = list(
        await db.execute_fetchall(
            "SELECT id, coalesce(platform_id, ''), document IS NOT NULL"
            " OR iif(json_valid(body), json_extract(body, '$.file') IS NOT NULL, 0) FROM outbox"
            " WHERE conversation = ? AND hides IS NULL AND (state = 'pending'"
            # Also the words of a message whose file did not go.
            " OR platform_id <> '' AND settled_at > ?) ORDER BY id DESC",
            (step.conversation, step.at - REACH),
        )
    )
    await db.executemany("UPDATE outbox SET platform_id = NULL WHERE id = ?", [r[:1] for r in rows])
    # A file has no text that could be replaced: it is taken away.
    return [
        _giving_way(step, "" if is_file else body, ids, None if ids else number)
        for number, ids, is_file in rows
    ]


async def _own(db: aiosqlite.Connection, step: StepCommit) -> str:
    """Return the ids of what the person wrote, and let go of them."""
    rows = list(
        await db.execute_fetchall(
            "SELECT seq, platform_id FROM inbox WHERE conversation = ? AND seq <= ?"
            " AND arrived_at > ? AND platform_id IS NOT NULL ORDER BY seq",
            (step.conversation, step.cause, step.at - REACH),
        )
    )
    await db.executemany("UPDATE inbox SET platform_id = NULL WHERE seq = ?", [r[:1] for r in rows])
    # A message that was edited came twice.
    return ",".join(dict.fromkeys(row[1] for row in rows))


def _giving_way(step: StepCommit, body: str, hides: str, target: int | None = None) -> Outgoing:
    channel, _, address = step.conversation.partition(":")
    return Outgoing(channel, address, step.conversation, body, hides=hides, target=target)


async def wipe(db: aiosqlite.Connection, conversation: str) -> None:
    """Empty what was said and typed; what still waits to be sent is emptied once it is."""
    await _empty_inbox(db, conversation)
    await db.execute(
        f"UPDATE outbox SET {_EMPTY} WHERE conversation = ? AND state <> 'pending'",  # noqa: S608
        (conversation,),
    )
    await db.execute(
        "UPDATE outbox SET fleeting = 1 WHERE conversation = ? AND state = 'pending'",
        (conversation,),
    )


async def _empty_inbox(db: aiosqlite.Connection, conversation: str) -> None:
    await db.execute(
        "UPDATE inbox SET raw = '' WHERE conversation = ? AND state = 'done'", (conversation,)
    )


async def let_go(db: aiosqlite.Connection, settled: Sequence[tuple[int]]) -> int:
    """Empty what is kept only until it is delivered; return how many messages that were.

    On the web a message is delivered before its page is fetched: that has an hour more.
    """
    emptied = await db.executemany(
        "UPDATE outbox SET body = iif(fleeting, '', body),"
        " document = iif(document IS NULL, NULL, '') WHERE id = ?"
        " AND (fleeting = 1 OR document <> '' AND channel <> 'web')",
        settled,
    )
    return max(emptied.rowcount, 0)
