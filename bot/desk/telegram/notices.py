"""What stands in General: one notice that says who waits, and the digests as they come."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass

from bot.clock import Clock, millis
from bot.desk.telegram.group import GroupError, Groups
from bot.desk.telegram.plan import is_usable
from bot.desk.telegram.saying import Saying
from bot.desk.telegram.topics import GRACE
from bot.store.interface import CaseFile, DeskStore, Millis
from bot.store.telegram_desk import OURS, DeskGroup, DeskPost, TelegramDeskStore

Digest = Callable[[str, Collection[int]], Awaitable[None]]
"""Lets what a desk is to be told now, once, wait for its groups."""
HOUR: Millis = 3_600_000
DAY = 24 * HOUR
GOOD_FOR = 2 * HOUR
"""So long a digest that could not be brought is still true enough."""
AWAY = "desk:away"
_NO_CASE = 0


async def no_digest(_desk: str, _chats: Collection[int]) -> None:
    """Tell nothing."""


@dataclass
class Notices:
    """Keeps each group's notice as it is to read, and brings digests."""

    groups: Groups
    shown: TelegramDeskStore
    desk: DeskStore
    saying: Saying
    clock: Clock
    digest: Digest = no_digest

    def __post_init__(self) -> None:
        self._stands: dict[int, str] = {}
        self._under_way: set[asyncio.Task[None]] = set()

    async def gather(self, groups: Iterable[DeskGroup]) -> None:
        """Ask what the desks are to be told, each once however many groups it has."""
        by_desk: defaultdict[str, list[int]] = defaultdict(list)
        for group in groups:
            if is_usable(group):
                by_desk[group.desk].append(group.chat)
        for desk, chats in by_desk.items():
            await self.digest(desk, chats)

    async def bring(self, chat: int) -> None:
        """Bring a group's notice and digests to where they are to be; raises GroupError."""
        group = await self.shown.group(chat)
        if group is None:
            return
        await self._notice(group)
        for number, words in await self.shown.digests(chat, millis(self.clock()) - GOOD_FOR):
            await self.groups.ready(chat)
            # A stop lets the call and its keeping end: a restart finds it waiting or standing.
            task = asyncio.create_task(self._told(number, chat, words))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            await asyncio.shield(task)

    async def settle(self) -> None:
        """Return once the digests under way are sent and kept."""
        if self._under_way:
            _, late = await asyncio.wait(set(self._under_way), timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _told(self, number: int, chat: int, words: str) -> None:
        message = await self.groups.send(chat, words, rows=())
        await self.shown.digest_said(number, self._post(chat, message))

    async def _notice(self, group: DeskGroup) -> None:
        cases = await self.desk.open_cases()
        since = [at for case in cases if (at := waits_since(case, group.desk)) is not None]
        text = waiting_words(self.saying, since, millis(self.clock()))
        if group.notice is not None and self._stands.get(group.chat) == text:
            return
        rows = (((self.saying.texts("desk-group-button-away"), AWAY),),)
        stands = group.notice is not None
        if group.notice is not None:
            try:
                await self.groups.edit(group.chat, group.notice, text, rows)
            except GroupError as error:
                if error.trouble != "message_gone":
                    raise
                stands = False
        if not stands:
            message = await self._say(group.chat, text, rows)
            await self.shown.set_notice(group.chat, message)
        self._stands[group.chat] = text

    async def _say(
        self, chat: int, text: str, rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    ) -> int:
        await self.groups.ready(chat)
        message = await self.groups.send(chat, text, rows=rows)
        await self.shown.keep_posts([self._post(chat, message)])
        return message

    def _post(self, chat: int, message: int) -> DeskPost:
        return DeskPost(chat, message, _NO_CASE, OURS, "said", millis(self.clock()))


def waits_since(case: CaseFile, desk: str) -> Millis | None:
    """Return since when a desk owes an answer, to the person or to the librarian who asked it."""
    if case.at_desk(desk):
        return case.asked_at
    asked = case.expert_desk == desk and case.expert_answered_at is None
    return case.expert_asked_at if asked else None


def waiting_words(saying: Saying, since: Collection[Millis], now: Millis) -> str:
    """Return how many wait for an answer, and the longest wait."""
    if not since:
        return saying.texts("desk-group-none-wait")
    age = now - min(since)
    if age < HOUR:
        words = saying.texts("desk-group-wait-soon")
    elif age < 2 * DAY:
        words = saying.texts("desk-group-wait-hours", n=str(age // HOUR))
    else:
        words = saying.texts("desk-group-wait-days", n=str(age // DAY))
    return saying.texts("desk-group-some-wait", n=len(since), age=words)
