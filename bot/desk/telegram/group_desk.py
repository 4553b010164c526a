"""The librarians' desk in Telegram groups, put together: what comes in finds who does it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from telegram.error import TelegramError

from bot.channels.telegram.group_updates import (
    GroupMessage,
    GroupPress,
    GroupUpdate,
    chat_of,
    kind_of,
)
from bot.desk.telegram.absence import Absence
from bot.desk.telegram.acting import Acting, Here, Staff, no_staff
from bot.desk.telegram.answering import Answers, Call, Paced
from bot.desk.telegram.asking import Questions
from bot.desk.telegram.choosing import Choosing
from bot.desk.telegram.commands import Commands
from bot.desk.telegram.ending import Ending
from bot.desk.telegram.inserting import Inserting
from bot.desk.telegram.intake import Intake
from bot.desk.telegram.joining import Joining, Migrate
from bot.desk.telegram.pressing import Pressing
from bot.desk.telegram.topic import Topic
from bot.desk.telegram.turning import Look, Turning, no_look
from bot.desk.telegram.wording import opening
from bot.service import Service
from bot.store.interface import TELEGRAM_DESK
from bot.store.sqlite_telegram_groups import JoinedGroup, SqliteTelegramGroups


class GroupDesk:
    """Takes a group's updates to the part that does them."""

    def __init__(  # noqa: PLR0913  # what a desk in groups is made of
        self,
        service: Service,
        groups: SqliteTelegramGroups,
        call: Call,
        migrate: Migrate,
        *,
        paced: Paced,
        look: Look = no_look,
        staff: Staff = no_staff,
        topics: Mapping[str, str] | None = None,
    ) -> None:
        self.groups = groups
        self.answers = Answers(call, paced)
        acting = Acting(service, groups, self.answers, staff)
        questions, absence = Questions(acting), Absence(acting)
        ending = Ending(acting, topics or {})
        self.joining = Joining(acting, call, migrate)
        inserting = Inserting(acting)
        self.commands = Commands(
            acting, questions, ending, absence, find=inserting.find, check=self._check
        )
        self._acting = acting
        self._turning = Turning(acting, self.joining.me, look)
        self._topic = Topic(acting, self.commands, questions)
        self._pressing = Pressing(acting, self.commands, questions, ending, absence)
        self._pressing.of_case |= {"send": inserting.send, "look": inserting.look}
        self._pressing.of_none |= {"back": inserting.back, "which": Choosing(acting).chosen}
        self.intake = Intake(groups, self.work)

    def wants(self, update: Mapping[str, Any]) -> bool:
        """Return whether an update is kept: of a group that is no desk only what could join it."""
        return chat_of(update) in self.joining.known or kind_of(update) != "other"

    async def work(self, update: GroupUpdate) -> None:
        """Do what an update says."""
        if update.my_chat_member:
            await self.joining.stands(update.my_chat_member)
        elif update.callback_query:
            await self._pressed(update, update.callback_query)
        elif update.message:
            await self._said(update, update.message)
        elif update.edited_message:
            await self._edited(update, update.edited_message)

    # -- messages ------------------------------------------------------------------------------

    async def _said(self, update: GroupUpdate, message: GroupMessage) -> None:
        group = await self.groups.group(message.chat.id)
        if await self._told(message, group):
            return
        begun = opening(message.words)
        command = begun.kind == "command" and not message.has_file
        joins = command and self.commands.named(begun.name) == "join"
        if message.anonymous:
            await self._anonymous(message, group, asks=joins)
            return
        if message.sender is None or message.sender.is_bot or message.sender_chat:
            return  # another bot, the bot itself, a channel
        if not await self._stopped(update, message, group):
            await self._heard(update, message, group, joins=joins)

    async def _heard(
        self, update: GroupUpdate, message: GroupMessage, group: JoinedGroup | None, *, joins: bool
    ) -> None:
        begun = opening(message.words)
        if joins:
            await self._learn_name()
            if not begun.bot or begun.bot == self.commands.bot:
                await self.joining.join(message, begun.text, group)
            return
        if group is None or group.lost:
            return
        await self.joining.topics_came(message.chat, group)
        if begun.bot:
            await self._learn_name()
        await self._topic.said(_here(update, message, group), message)

    async def _told(self, message: GroupMessage, group: JoinedGroup | None) -> bool:
        """Do what a line of the group's own says; False where somebody speaks."""
        if message.migrate_to_chat_id is not None:
            await self.joining.moved(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id is not None:
            await self.joining.moved(message.migrate_from_chat_id, message.chat.id)
        elif not message.of_topic:
            return False
        elif group is not None and not group.lost:
            await self._turning.told(message, group)
        return True

    async def _edited(self, update: GroupUpdate, message: GroupMessage) -> None:
        group = await self.groups.group(message.chat.id)
        if group is None or group.lost or message.sender is None or message.sender.is_bot:
            return
        if await self._acting.is_stopped(message.sender, group.desk):
            if await self.groups.entry(_here(update, message, group).ref(message.message_id)):
                self._say_stopped(message)
            return
        if not message.only_words:
            await self._topic.edited(_here(update, message, group), message)

    async def _anonymous(
        self, message: GroupMessage, group: JoinedGroup | None, *, asks: bool
    ) -> None:
        """Say to who writes in the group's name that nobody would know who answers."""
        case = group and await self.groups.case_at(message.chat.id, message.thread or 0)
        if group and case is None and not asks and message.thread is not None:
            self._topic.of_none(group.chat, message.thread, message)
        elif asks or (case is not None and (message.words or message.has_file)):
            said = self._acting.texts("desk-tg-anonymous")
            self.answers.say(message.chat.id, message.thread, said, to=message.message_id)

    async def _stopped(
        self, update: GroupUpdate, message: GroupMessage, group: JoinedGroup | None
    ) -> bool:
        """Return whether nothing of theirs is done here; what they meant to do is refused aloud."""
        if message.sender is None:
            return False
        begun = opening(message.words)
        named = self.commands.named(begun.name) if begun.kind == "command" else None
        # A new account may be theirs now: linking it is what lets them in again.
        if named == "link" or not await self._acting.is_stopped(
            message.sender, group.desk if group else ""
        ):
            return False
        ours = named is not None and begun.bot in ("", self.commands.bot)
        if ours or (group is not None and await self._of_case(update, message, group)):
            self._say_stopped(message)
        return True

    async def _of_case(
        self, update: GroupUpdate, message: GroupMessage, group: JoinedGroup
    ) -> bool:
        """Return whether a case would hear it: in its topic, or asked for in General."""
        if not (message.words or message.has_file or message.only_words):
            return False  # the platform's own line
        here = _here(update, message, group)
        thread = here.thread or 0
        return (
            await self.groups.case_at(here.chat, thread) is not None
            or await self.groups.asking(here.chat, thread, here.user.id) is not None
        )

    def _say_stopped(self, message: GroupMessage) -> None:
        said = self._acting.texts("desk-tg-stopped")
        self.answers.say(message.chat.id, message.thread, said, to=message.message_id)

    async def _check(self, here: Here) -> None:
        await self.joining.check(here.chat, here.thread)

    async def _learn_name(self) -> None:
        """Learn what the bot is called, to know which commands are another one's."""
        if self.commands.bot:
            return
        try:
            me = await self.joining.me()
        except TelegramError:
            return  # then every command is taken for the bot's own
        self.commands.bot = str(me.get("username", "")).casefold()

    # -- buttons -------------------------------------------------------------------------------

    async def _pressed(self, update: GroupUpdate, query: GroupPress) -> None:
        place = query.message
        group = await self.groups.group(place.chat.id) if place else None
        if place is None or group is None or group.lost:
            self.answers.press(query.id)
            return
        if await self._acting.is_stopped(query.sender, group.desk):
            self.answers.press(query.id, self._acting.texts("desk-tg-stopped-press"), alert=True)
            return
        here = Here(group, place.thread, query.sender, _key(place.chat.id, update))
        await self._pressing.pressed(here, query, place)


def _here(update: GroupUpdate, message: GroupMessage, group: JoinedGroup) -> Here:
    if message.sender is None:
        raise ValueError("a message of nobody")
    key = _key(message.chat.id, update)
    return Here(group, message.thread, message.sender, key, message.message_id)


def _key(chat: int, update: GroupUpdate) -> str:
    return f"tg:{chat}:{update.update_id}"


@asynccontextmanager
async def at_work(service: Service, desk: GroupDesk) -> AsyncIterator[GroupDesk]:
    """Work what comes in meanwhile, first what waited; a stop finishes what is under way."""
    await desk.joining.begin()
    service.runtime.hand_over(TELEGRAM_DESK, desk.intake.take)
    await desk.intake.begin()
    try:
        yield desk
    finally:
        await desk.intake.stop()
        await desk.answers.stop()
