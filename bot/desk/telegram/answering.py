"""What the bot says to librarians in their group: in order, at the group's pace, best effort."""

import asyncio
import datetime as dt
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Protocol

from telegram.error import RetryAfter, TelegramError

from bot.channels.telegram.failures import waiting

log = logging.getLogger(__name__)
LONGEST_NOTICE = 200
"""Characters above a pressed button."""
LONGEST_DATA = 64
"""Bytes that a button carries."""
PATIENCE = dt.timedelta(seconds=60)
"""The longest that the platform's wish to wait is followed; after that the word is let go."""
GRACE = 2.0
"""Seconds that the end of the service waits for what is being said."""
KEPT = 50
"""Answers of a group that wait at most; the oldest go first."""
Rows = Sequence[Sequence[tuple[str, str]]]
"""Buttons, each with its label and what it carries."""
Doing = Callable[[], Awaitable[Any]]
"""A call of the platform that is ready to be made."""

Stands = Callable[[int], None]
"""Hears under which number a message stands, once it was sent."""


class Call(Protocol):
    """A call of the platform; raises TelegramError."""

    async def __call__(self, method: str, **parameters: object) -> Any:
        """Return what the platform answers."""


class Paced(Protocol):
    """Makes calls into groups, each in its group's turn and pace."""

    async def __call__(self, chat: int, call: Doing, /, *, message: bool) -> Any:
        """Make a call once it is its turn; `message` where it counts as one."""


class Answers:
    """Says, marks and takes away in the background; nothing waits for it, nothing depends on it."""

    def __init__(self, call: Call, paced: Paced) -> None:
        self._call = call
        self._paced = paced
        self._lanes: dict[int, deque[Doing]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def say(  # noqa: PLR0913  # where, what, and what comes of it
        self,
        chat: int,
        thread: int | None,
        text: str,
        *,
        to: int | None = None,
        rows: Rows = (),
        stands: Stands | None = None,
    ) -> None:
        """Write into a topic, or into General; with `to` as an answer to that message."""
        parameters: dict[str, object] = {"chat_id": chat, "text": text}
        parameters["link_preview_options"] = {"is_disabled": True}
        if thread is not None:
            parameters["message_thread_id"] = thread
        if to is not None:
            parameters["reply_parameters"] = {
                "message_id": to,
                "allow_sending_without_reply": True,
            }
        if rows:
            parameters["reply_markup"] = keyboard(rows)
        self._later(chat, "sendMessage", parameters, message=True, stands=stands)

    def change(self, chat: int, message: int, text: str, rows: Rows = ()) -> None:
        """Put other words, and these buttons, in the place of a message of the bot's own."""
        parameters = {"chat_id": chat, "message_id": message, "text": text}
        self._later(chat, "editMessageText", parameters | {"reply_markup": keyboard(rows)})

    def end_buttons(self, chat: int, message: int) -> None:
        """Let a message of the bot's own stand without its buttons."""
        parameters = {"chat_id": chat, "message_id": message, "reply_markup": keyboard(())}
        self._later(chat, "editMessageReplyMarkup", parameters)

    def take_away(self, chat: int, message: int) -> None:
        """Delete a message of the bot's own."""
        self._later(chat, "deleteMessage", {"chat_id": chat, "message_id": message})

    def react(self, chat: int, message: int, emoji: str) -> None:
        """Put a mark on a librarian's message: it is no message, and rings nowhere."""
        mark = [{"type": "emoji", "emoji": emoji}]
        parameters = {"chat_id": chat, "message_id": message, "reaction": mark}
        self._later(chat, "setMessageReaction", parameters)

    def press(self, query: str, text: str = "", *, alert: bool = False) -> None:
        """Let a pressed button rest, with a word above it if there is one."""
        parameters: dict[str, object] = {"callback_query_id": query}
        if text:
            parameters |= {"text": text[:LONGEST_NOTICE], "show_alert": alert}
        self._begin(_once(partial(self._call, "answerCallbackQuery", **parameters)))

    async def settle(self) -> None:
        """Return once everything has been said."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def stop(self) -> None:
        """Say what can be said in a moment, and let go of the rest."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=GRACE)
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _later(
        self,
        chat: int,
        method: str,
        parameters: dict[str, Any],
        *,
        message: bool = False,
        stands: Stands | None = None,
    ) -> None:
        async def call() -> None:
            doing = partial(self._call, method, **parameters)
            done = await self._paced(chat, doing, message=message)
            if stands is not None:
                stands(int(done["message_id"]))

        lane = self._lanes.get(chat)
        if lane is None:
            self._lanes[chat] = deque([call], maxlen=KEPT)
            self._begin(self._work(chat))
        else:
            lane.append(call)

    async def _work(self, chat: int) -> None:
        lane = self._lanes[chat]
        try:
            while lane:
                await _once(lane.popleft())
        finally:
            del self._lanes[chat]

    def _begin(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _once(call: Doing) -> None:
    """Do it; where the platform asks to wait, once more after that."""
    for last in (False, True):
        try:
            await call()
        except RetryAfter as error:
            wait = waiting(error)
            if last or wait > PATIENCE:
                log.info("a word to librarians was let go: too many messages")
                return
            await asyncio.sleep(wait.total_seconds())
        except TelegramError as error:
            log.info("a word to librarians was let go: %s", error.message)
            return
        except Exception as error:  # noqa: BLE001  # the lane must not die of it
            log.info("a word to librarians was let go: %s", type(error).__name__)
            return
        else:
            return


def keyboard(rows: Rows) -> dict[str, object]:
    """Return buttons as the platform takes them; one that it could not carry is left out."""
    shown = [
        [{"text": label, "callback_data": data} for label, data in row if _fits(data)]
        for row in rows
    ]
    return {"inline_keyboard": [row for row in shown if row]}


def _fits(data: str) -> bool:
    return len(data.encode()) <= LONGEST_DATA
