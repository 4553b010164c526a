"""Calls into the desks' groups: one after the other in each, at its pace, with typed refusals."""

import asyncio
import datetime as dt
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Literal, TypeVar

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram import Message as SentMessage
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.failures import waiting
from bot.desk.telegram.pace import BOUNDS, Bounds, GroupPace
from bot.desk.telegram.rights import lacking

Result = TypeVar("Result")
Trouble = Literal[
    "topic_gone",
    "topic_closed",
    "message_gone",
    "same",
    "lost",
    "right",
    "moved",
    "away",
    "refused",
]
Rows = Sequence[Sequence[tuple[str, str]]]
"""Buttons: what stands on each, and its data."""
Media = Literal["photo", "voice", "document"]
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_SAID: Mapping[Trouble, tuple[str, ...]] = {
    "same": ("not modified", "not_modified"),
    "topic_closed": ("topic_closed",),
    "topic_gone": (
        "thread not found",
        "topic_deleted",
        "topic_id_invalid",
        "thread_invalid",
    ),
    "message_gone": (
        "to edit not found",
        "to delete not found",
        "to react not found",
        "to pin not found",
        "message not found",
        "message_id_invalid",
        "can't be edited",
        "no text in the message",
    ),
    "lost": ("chat not found", "channel_private", "kicked"),
    "right": (
        "not enough rights",
        "admin_required",
        "administrator rights",
        "have no rights",
        "not a forum",
        "forum_missing",
        "write_forbidden",
    ),
}
"""What stands in the platform's refusals, in small letters."""


class GroupError(Exception):
    """The platform refused a call into a group, or was away; the text is what it said."""

    def __init__(self, trouble: Trouble, said: str = "", moved_to: int = 0) -> None:
        super().__init__(said)
        self.trouble: Trouble = trouble
        self.moved_to = moved_to


def group_error(error: TelegramError) -> GroupError:
    """Return what a refusal means for a group."""
    if isinstance(error, ChatMigrated):
        return GroupError("moved", moved_to=error.new_chat_id)
    said = error.message.lower()
    if isinstance(error, Forbidden):
        return GroupError("right" if "rights" in said else "lost", error.message)
    if isinstance(error, BadRequest):
        found = (trouble for trouble, parts in _SAID.items() if any(p in said for p in parts))
        return GroupError(next(found, "refused"), error.message)
    return GroupError("away", type(error).__name__)


class Groups:
    """The calls of one bot. In each group they come one after the other and keep its pace."""

    def __init__(self, bot: Bot, bounds: Bounds = BOUNDS) -> None:
        self._bot = bot
        self._bounds = bounds
        self._paces: dict[int, GroupPace] = {}
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._icons: dict[str, str] | None = None

    # -- pace ----------------------------------------------------------------------------------

    @property
    def window(self) -> dt.timedelta:
        """How long a message counts."""
        return dt.timedelta(seconds=self._bounds.window)

    def knows(self, chat: int) -> bool:
        """Return whether something was said of the group's pace already."""
        return chat in self._paces

    def remember(self, chat: int, ages: Collection[float]) -> None:
        """Count messages of so many seconds ago, which an earlier run has sent."""
        now = _now()
        sent = [now - age for age in ages]
        self._paces[chat] = GroupPace(self._bounds, sent=sent)

    async def ready(self, chat: int) -> None:
        """Return once a message may be sent: what comes until then can still be joined to it."""
        await _until(self._pace(chat).message)

    async def paced(
        self, chat: int, call: Callable[[], Awaitable[Result]], *, message: bool
    ) -> Result:
        """Do a call of somebody else into the group, in its turn and pace; raises GroupError."""
        async with self._one(chat, message=message):
            return await _typed(call)

    def _pace(self, chat: int) -> GroupPace:
        return self._paces.setdefault(chat, GroupPace(self._bounds))

    # -- messages ------------------------------------------------------------------------------

    async def send(  # noqa: PLR0913
        self,
        chat: int,
        text: str,
        *,
        thread: int | None = None,
        rows: Rows = (),
        quiet: bool = False,
        answers: int | None = None,
    ) -> int:
        """Send words, into a topic or into General; return the message's number."""
        return await self._message(
            chat,
            thread,
            lambda: self._bot.send_message(
                chat,
                text,
                message_thread_id=thread,
                reply_markup=_keyboard(rows),
                disable_notification=quiet,
                link_preview_options=_NO_PREVIEW,
                reply_parameters=_answering(answers),
            ),
        )

    async def send_file(
        self, chat: int, thread: int, media: Media, file: str | InputFile, *, quiet: bool = False
    ) -> int:
        """Send a file by its id at the platform or by its bytes; return the message's number."""
        ways: Mapping[Media, Callable[..., Awaitable[SentMessage]]] = {
            "photo": self._bot.send_photo,
            "voice": self._bot.send_voice,
            "document": self._bot.send_document,
        }
        send = ways[media]
        return await self._message(
            chat,
            thread,
            lambda: send(chat, file, message_thread_id=thread, disable_notification=quiet),
        )

    async def create(self, chat: int, title: str, icon: str) -> int:
        """Make a topic; return its number. It counts as a message: it writes a line."""
        async with self._one(chat, message=True):
            made = await _typed(
                lambda: self._bot.create_forum_topic(chat, title, icon_custom_emoji_id=icon or None)
            )
        return made.message_thread_id

    async def _message(
        self, chat: int, thread: int | None, call: Callable[[], Awaitable[SentMessage]]
    ) -> int:
        async with self._one(chat, message=True):
            sent = await _typed(call)
        if thread is not None and sent.message_thread_id != thread:
            # It went elsewhere than into its topic, so there is no such topic any more.
            await self.delete(chat, [sent.message_id])
            raise GroupError("topic_gone", "it went elsewhere")
        return sent.message_id

    # -- what is no message ----------------------------------------------------------------------

    async def edit(self, chat: int, message: int, text: str, rows: Rows = ()) -> None:
        """Put other words and buttons in the place of those of a message."""
        await self._touch(
            chat,
            lambda: self._bot.edit_message_text(
                text,
                chat,
                message,
                reply_markup=_keyboard(rows),
                link_preview_options=_NO_PREVIEW,
            ),
        )

    async def pin(self, chat: int, message: int) -> None:
        """Pin a message, without a sound."""
        await self._touch(
            chat, lambda: self._bot.pin_chat_message(chat, message, disable_notification=True)
        )

    async def react(self, chat: int, message: int, emoji: str) -> None:
        """Put one sign on a message, in the place of the one before."""
        await self._touch(chat, lambda: self._bot.set_message_reaction(chat, message, emoji))

    async def delete(self, chat: int, messages: Collection[int]) -> None:
        """Take messages away, up to a hundred."""
        ids = sorted(messages)
        if len(ids) == 1:
            await self._touch(chat, lambda: self._bot.delete_message(chat, ids[0]))
        elif ids:
            await self._touch(chat, lambda: self._bot.delete_messages(chat, ids))

    async def entitle(self, chat: int, thread: int, title: str, icon: str) -> None:
        """Give a topic another title and icon."""
        await self._touch(
            chat,
            lambda: self._bot.edit_forum_topic(chat, thread, name=title, icon_custom_emoji_id=icon),
        )

    async def close(self, chat: int, thread: int) -> None:
        """Close a topic."""
        await self._touch(chat, lambda: self._bot.close_forum_topic(chat, thread))

    async def reopen(self, chat: int, thread: int) -> bool:
        """Open a topic; return whether it was closed."""
        return await self._touch(chat, lambda: self._bot.reopen_forum_topic(chat, thread))

    async def remove(self, chat: int, thread: int) -> None:
        """Delete a topic with all that stands in it."""
        await self._touch(chat, lambda: self._bot.delete_forum_topic(chat, thread))

    async def _touch(self, chat: int, call: Callable[[], Awaitable[object]]) -> bool:
        """Do the call; return whether it changed anything."""
        async with self._one(chat, message=False):
            try:
                await _typed(call)
            except GroupError as error:
                # It stands there as it was to stand.
                if error.trouble != "same":
                    raise
                return False
        return True

    # -- what is asked -------------------------------------------------------------------------

    async def icon(self, wanted: Sequence[str]) -> str:
        """Return the id of the first of these signs that the platform offers; empty for none."""
        if self._icons is None:
            self._icons = await self._offered()
        icons = self._icons
        return next((icons[_plain(sign)] for sign in wanted if _plain(sign) in icons), "")

    async def _offered(self) -> dict[str, str]:
        try:
            stickers = await _typed(self._bot.get_forum_topic_icon_stickers)
        except RetryAfter:
            raise GroupError("away", "too many calls") from None
        return {
            _plain(s.emoji): s.custom_emoji_id for s in stickers if s.emoji and s.custom_emoji_id
        }

    async def missing(self, chat: int) -> set[str]:
        """Return the rights that the bot lacks in a group; raises GroupError where it is gone."""
        async with self._one(chat, message=False):
            member = await _typed(lambda: self._bot.get_chat_member(chat, _own_id(self._bot)))
        if member.status in ("left", "kicked"):
            raise GroupError("lost", member.status)
        return set(lacking(member.to_dict()))

    @asynccontextmanager
    async def _one(self, chat: int, *, message: bool) -> AsyncIterator[None]:
        """Hold the group for one call: wait for its place before, and count it afterwards."""
        async with self._locks[chat]:
            pace = self._pace(chat)
            await _until(pace.message if message else pace.touch)
            try:
                yield
            except RetryAfter as error:
                pace.rest(_now(), waiting(error).total_seconds())
                raise GroupError("away", "too many messages") from None
            finally:
                (pace.was_sent if message else pace.was_touched)(_now())


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _until(wait: Callable[[float], float]) -> None:
    """Return once there is nothing more to wait for; meanwhile that may grow."""
    while (seconds := wait(_now())) > 0:  # noqa: ASYNC110  # the time itself is awaited
        await asyncio.sleep(seconds)


def _own_id(bot: Bot) -> int:
    return int(bot.token.partition(":")[0])


def _plain(emoji: str) -> str:
    """Return the sign without the mark that asks for its coloured form."""
    return emoji.replace("\ufe0f", "")


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    buttons = [[InlineKeyboardButton(name, callback_data=data) for name, data in r] for r in rows]
    return InlineKeyboardMarkup(buttons) if buttons else None


def _answering(message: int | None) -> ReplyParameters | None:
    if message is None:
        return None
    return ReplyParameters(message, allow_sending_without_reply=True)


async def _typed(call: Callable[[], Awaitable[Result]]) -> Result:
    """Do the call; raises GroupError, or RetryAfter for the pace to obey."""
    try:
        return await call()
    except RetryAfter:
        raise
    except TelegramError as error:
        raise group_error(error) from None
