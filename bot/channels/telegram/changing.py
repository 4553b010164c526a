"""What was sent, worded otherwise or taken away; whatever stays at the person's is told."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import Bot, LinkPreviewOptions
from telegram.constants import BulkRequestLimit
from telegram.error import BadRequest

from bot.channels.interface import SendError
from bot.channels.telegram import rendering
from bot.channels.telegram.failures import fault_in
from bot.pace import Pace
from dialogs.model import Message
from dialogs.undelivered import NOT_THERE, STAYS

log = logging.getLogger(__name__)
More = Callable[[Sequence[str]], Awaitable[list[str]]]
"""Sends these words as messages of their own; returns their ids."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Changing:
    """Changes messages of one bot, in its pace."""

    def __init__(self, bot: Bot, pace: Pace) -> None:
        self._bot = bot
        self._pace = pace

    # -- worded otherwise ----------------------------------------------------------------------

    async def correct(
        self, chat: int, ids: Sequence[int], message: Message, more: More
    ) -> list[str]:
        """Put these words in the place of those; return the ids of what stands for them now.

        Words are never cut: what has no room where they stood follows as a message of its own.
        Raises SendError, or TelegramError.
        """
        words = rendering.split(message.text)
        alone = message.file is not None and len(ids) == 1
        if alone and rendering.units(message.text.strip()) <= rendering.LONGEST_CAPTION:
            await self._caption(chat, ids[0], message.text.strip())
            return [str(ids[0])]
        if alone:
            below = await more(words)
            # The words stand below now; under the file there would be the old ones.
            await self._caption(chat, ids[0], "")
            return [str(ids[0]), *below]
        file, old = (ids[:1], ids[1:]) if message.file else (ids[:0], ids)
        for number, part in zip(old, words, strict=False):
            await self._text(chat, number, part)
        below = await more(words[len(old) :]) if len(words) > len(old) else []
        if not await self.take_away(chat, old[len(words) :]):
            raise SendError(STAYS, again=False)
        return [*map(str, [*file, *old[: len(words)]]), *below]

    async def _text(self, chat: int, number: int, text: str) -> None:
        await asyncio.sleep(self._pace.take())
        try:
            # Without buttons in the call, those that were there go.
            await self._bot.edit_message_text(text, chat, number, link_preview_options=_NO_PREVIEW)
        except BadRequest as error:
            if "not modified" not in error.message:
                raise

    async def _caption(self, chat: int, number: int, text: str) -> None:
        await asyncio.sleep(self._pace.take())
        try:
            await self._bot.edit_message_caption(chat, number, caption=text or None)
        except BadRequest as error:
            if "no caption" in error.message and text:
                # The file did not go: words stand in its place.
                await self._text(chat, number, text)
            elif "not modified" not in error.message:
                raise

    # -- taken away ----------------------------------------------------------------------------

    async def replace(self, chat: int, number: int, text: str) -> bool:
        """Put a text in the place of a message, or nothing; return whether it gave way."""
        try:
            await self._text(chat, number, rendering.split(text)[0])
        except BadRequest:
            # A map, a file, or something that nobody can change any more.
            return await self.take_away(chat, [number])
        return True

    async def take_away(self, chat: int, ids: Sequence[int]) -> bool:
        """Take messages away; return whether none of them is there any more."""
        most = int(BulkRequestLimit.MAX_LIMIT)
        gone = [await self._away(chat, ids[at : at + most]) for at in range(0, len(ids), most)]
        return all(gone)

    async def _away(self, chat: int, ids: Sequence[int]) -> bool:
        await asyncio.sleep(self._pace.take())
        try:
            if len(ids) == 1:
                await self._bot.delete_message(chat, ids[0])
            else:
                await self._bot.delete_messages(chat, ids)
        except BadRequest as error:
            if len(ids) == 1 and fault_in(error) == NOT_THERE:
                return True
            log.info("what is to be hidden stays: %s", error.message)
            # One that is refused must not keep the others on the screen.
            gone = [await self._away(chat, [each]) for each in ids if len(ids) > 1]
            return bool(gone) and all(gone)
        return True
