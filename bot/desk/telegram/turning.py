"""What a group's own lines tell of topics: a hand turned one, or the bot's own was made."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import TelegramError

from bot.channels.telegram.group_updates import GroupMessage
from bot.desk.telegram.acting import Acting
from bot.store.sqlite_telegram_groups import JoinedGroup

Look = Callable[[int], None]
"""Asks to look at the topics of a case soon."""
Me = Callable[[], Awaitable[dict[str, Any]]]
"""Returns the bot as the platform knows it; raises TelegramError."""


def no_look(_number: int) -> None:
    """Look at nothing: where no topics are shown."""


class Turning:
    """Lets the topics be looked at that somebody closed or opened, and finds one that was lost."""

    def __init__(self, acting: Acting, me: Me, look: Look) -> None:
        self._acting = acting
        self._me = me
        self._look = look

    async def told(self, message: GroupMessage, group: JoinedGroup) -> None:
        """Do what follows from a group's own line."""
        if message.forum_topic_created:
            await self._made(message, group, message.forum_topic_created.name)
            return
        number = await self._acting.groups.case_at(group.chat, message.thread or 0)
        # What the bot itself has turned stands as it is to; in the group's name a hand has.
        by_bot = message.sender is not None and message.sender.is_bot and not message.sender_chat
        if number is not None and not by_bot:
            self._look(number)

    async def _made(self, message: GroupMessage, group: JoinedGroup, name: str) -> None:
        """Let a topic of the bot's own be its case's, where the platform's answer never came."""
        found = re.search(r"\d+", name)
        if found is None or message.thread is None or not await self._is_mine(message):
            return
        case = await self._acting.service.desk.case(int(found[0]))
        if case is None or not case.is_open:
            return
        here = case.at_desk(group.desk) or case.expert_desk == group.desk
        if here and await self._acting.groups.adopt(case.number, group.chat, message.thread):
            self._look(case.number)

    async def _is_mine(self, message: GroupMessage) -> bool:
        try:
            me = await self._me()
        except TelegramError:
            return False
        return message.sender is not None and message.sender.id == me["id"]
