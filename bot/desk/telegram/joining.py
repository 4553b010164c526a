"""How a group becomes a desk: its code, what the bot may do there, and where the group moved."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import ChatMigrated, TelegramError

from bot.channels.telegram.group_updates import HERE, BotStanding, GroupChat, GroupMessage
from bot.clock import millis
from bot.desk.telegram.acting import Acting, Here
from bot.desk.telegram.answering import Call
from bot.desk.telegram.codes import plain
from bot.desk.telegram.rights import TOPICS, lacking
from bot.store.sqlite_telegram_groups import JoinedGroup

log = logging.getLogger(__name__)
_FIRST = ("supergroup", "topics", "admin")
"""What comes before the rights."""
_SMALLEST_BASIC = -1_000_000_000_000
"""Numbers below this one are those of supergroups."""
Migrate = Callable[[int, int], Awaitable[None]]
"""Gives everything that is kept of a group its new number, in one transaction."""


class Joining:
    """Lets groups in by their code, and goes on by itself once a missing right is there."""

    def __init__(self, acting: Acting, call: Call, migrate: Migrate) -> None:
        self._acting = acting
        self._call = call
        self._migrate = migrate
        self._me: dict[str, Any] = {}
        self._told: dict[int, tuple[str, ...]] = {}
        """What each group was told last that the bot lacks there."""
        self._one = asyncio.Lock()
        """An upgrade is told of in both numbers, which are worked at the same time."""
        self.known: set[int] = set()
        """The groups that are desks."""

    async def begin(self) -> None:
        """Look up which groups are desks."""
        groups = await self._acting.groups.groups()
        self.known = {group.chat for group in groups}

    async def me(self) -> dict[str, Any]:
        """Return the bot as the platform knows it; raises TelegramError."""
        if not self._me:
            self._me = await self._call("getMe")
        return self._me

    # -- the code ------------------------------------------------------------------------------

    async def join(self, message: GroupMessage, code: str, group: JoinedGroup | None) -> None:
        """Make the group a desk, where the code is good and nobody else's."""
        chat, thread = message.chat, message.thread
        now = millis(self._acting.now)
        found = await self._acting.groups.code(plain(code), code, now) if code else None
        if group is not None and not group.lost:
            if found and found.state == "good" and found.desk != group.desk:
                name = self._acting.desk_name(group.desk)
                self._say(message, self._acting.texts("desk-tg-join-other", name=name))
                return
            await self.check(chat.id, thread)
            return
        if found is None:
            self._say(message, self._acting.texts("desk-tg-join-how"))
            return
        if found.state != "good":
            name = f"desk-tg-join-{found.state.replace('_', '-')}"
            self._say(message, self._acting.texts(name))
            return
        fresh = JoinedGroup(chat.id, found.desk, chat.title, missing=("unchecked",))
        if not await self._acting.groups.join(plain(code), fresh, now):
            self._say(message, self._acting.texts("desk-tg-join-used"))
            return
        self.known.add(chat.id)
        if message.sender:
            # Somebody must be known to answer here before a question can come.
            await self._acting.who(Here(fresh, thread, message.sender, ""))
        await self._acting.service.roster.refresh()
        await self.check(chat.id, thread)

    def _say(self, message: GroupMessage, text: str) -> None:
        self._acting.answers.say(message.chat.id, message.thread, text, to=message.message_id)

    # -- the rights ----------------------------------------------------------------------------

    async def check(
        self, chat: int, thread: int | None = None, *, quietly: bool = False, again: bool = True
    ) -> None:
        """Look what the bot lacks, keep it, and say what to tap.

        `quietly` only what is new; without `again` not what the group was told last.
        """
        group = await self._acting.groups.group(chat)
        if group is None:
            return
        try:
            missing = await self._missing(chat)
        except ChatMigrated as error:
            await self.moved(chat, error.new_chat_id)
            return
        except TelegramError as error:
            log.warning("a group's rights could not be looked at: %s", error.message)
            if not quietly:
                self._acting.answers.say(chat, thread, self._acting.texts("desk-tg-check-failed"))
            return
        kept = _blocked(missing)
        await self._acting.groups.keep_rights(chat, kept)
        if group.lost or set(kept) != set(group.missing):
            # A desk comes with the right to show topics, and goes with it.
            await self._acting.service.roster.refresh()
        said = bool(missing) and self._told.get(chat) == missing
        if (not quietly or set(kept) != set(group.missing)) and (again or not said):
            self._tell(group, thread, missing)

    async def _missing(self, chat: int) -> tuple[str, ...]:
        """Return what the bot lacks, in the order in which it is put right."""
        found = await self._call("getChat", chat_id=chat)
        me = await self.me()
        mine = await self._call("getChatMember", chat_id=chat, user_id=me["id"])
        missing = []
        if found.get("type") != "supergroup":
            missing.append("supergroup")
        elif found.get("is_forum") is not True:
            missing.append("topics")
        if mine.get("status") != "administrator":
            return (*missing, "admin")
        # Without topics there is nothing to be allowed about them: what comes first is said first.
        if "supergroup" in missing:
            return tuple(missing)
        return (*missing, *(right for right in lacking(mine) if right != TOPICS or not missing))

    def _tell(self, group: JoinedGroup, thread: int | None, missing: tuple[str, ...]) -> None:
        texts, name = self._acting.texts, self._acting.desk_name(group.desk)
        self._told[group.chat] = missing
        if missing:
            lines = [texts(f"desk-tg-missing-{_short(what)}") for what in missing]
            said = "\n".join([texts("desk-tg-missing"), *lines, texts("desk-tg-missing-then")])
            self._acting.answers.say(group.chat, thread, said)
            return
        kind = "desk-tg-joined-expert" if group.of_experts else "desk-tg-joined"
        away = [[(texts("desk-tg-button-away"), "desk:away")]]
        rows = [] if group.of_experts else away
        self._acting.answers.say(group.chat, thread, texts(kind, name=name), rows=rows)

    # -- in, out, moved ------------------------------------------------------------------------

    async def stands(self, update: BotStanding) -> None:
        """Do what follows when the bot came into a group, left it, or has other rights there."""
        chat, here = update.chat, update.after.status in HERE
        group = await self._acting.groups.group(chat.id)
        if group is None and here:
            group = await self._came_along(chat)
        if group is not None and not here:
            await self._acting.groups.lose(chat.id, millis(self._acting.now))
            self._told.pop(chat.id, None)
            await self._acting.service.roster.refresh()
            log.warning("the bot was taken out of a group of %s", group.desk)
        elif group is not None:
            changed = group.lost or update.before.whole != update.after.whole
            await self.check(chat.id, quietly=not changed, again=False)
        elif here and update.before.status not in HERE:
            self._acting.answers.say(chat.id, None, self._acting.texts("desk-tg-join-how"))

    async def _came_along(self, chat: GroupChat) -> JoinedGroup | None:
        """Return the small group that this one was, where one of ours was made larger."""
        for group in await self._acting.groups.groups():
            if group.chat < _SMALLEST_BASIC or group.lost:
                continue
            try:
                await self._call("getChat", chat_id=group.chat)
            except ChatMigrated as error:
                if error.new_chat_id == chat.id:
                    await self.moved(group.chat, chat.id, look=False)
                    return await self._acting.groups.group(chat.id)
            except TelegramError as error:
                log.info("a group could not be looked at: %s", error.message)
        return None

    async def moved(self, old: int, new: int, *, look: bool = True) -> None:
        """Follow a group that was made larger and has another number now."""
        async with self._one:
            if await self._acting.groups.group(old) is None:
                return
            await self._migrate(old, new)
            self.known = {new if chat == old else chat for chat in self.known}
        if look:
            await self.check(new, quietly=True, again=False)

    async def topics_came(self, chat: GroupChat, group: JoinedGroup) -> None:
        """Go on where topics were missing and are there now: nobody tells the bot of it."""
        if chat.is_forum and {"topics", "supergroup"} & set(group.missing):
            await self.check(chat.id, quietly=True)


def _blocked(missing: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is kept as missing: where no topic can be made yet, that right is, too."""
    first = any(what in _FIRST for what in missing)
    return (*missing, TOPICS) if first and TOPICS not in missing else missing


def _short(what: str) -> str:
    """Return the name of the words for what is missing."""
    return what.removeprefix("can_").removesuffix("_messages").replace("_", "-")
