"""From the outbox to a channel: in order per chat, within the platform's limits, till delivered."""

import datetime as dt
import logging
from collections.abc import Sequence
from itertools import chain, repeat

from pydantic import ValidationError

from bot.channels.interface import Correcting, PushChannel, SendError
from bot.clock import Clock, millis, wait_at_most
from bot.group_commit import GroupCommit
from bot.lanes import Lanes
from bot.pace import Pace
from bot.store.interface import Mark, Queued, Store
from dialogs.documents import Document
from dialogs.model import Message

log = logging.getLogger(__name__)
PAUSES = (1, 5, 15, 60, 300, 900)
"""Seconds before the next try; the last one repeats until the platform takes the message."""
FAULTS = 12
"""Tries after which a message that meets a fault of ours each time no longer holds up its chat."""
GRACE = 10.0
"""Seconds that a message under way has when the service stops."""


class Delivery:
    """Sends one channel's messages. A lane is a chat: it never overtakes itself."""

    def __init__(
        self, channel: PushChannel, store: Store, commit: GroupCommit, clock: Clock
    ) -> None:
        self._channel = channel
        self._store = store
        self._commit = commit
        self._clock = clock
        self._pace = Pace(channel.limits.per_second)
        self._lanes = Lanes[Queued](self._one, lambda m: m.id, lambda m: m.address)
        self._stopping = self._lanes.stopping

    async def resume(self) -> None:
        """Begin with the messages that were not delivered when the service ended."""
        self._lanes.begin(await self._store.waiting_messages(self._channel.name))

    def enqueue(self, messages: Sequence[Queued]) -> None:
        """Deliver these, each chat in order, once those that waited before have begun."""
        for message in messages:
            if message.channel == self._channel.name:
                self._lanes.take(message)

    async def settle(self) -> None:
        """Return once nothing waits."""
        await self._lanes.settle()

    async def stop(self) -> None:
        """Stop after the messages under way; what waits stays stored."""
        await self._lanes.stop(GRACE)

    async def _one(self, message: Queued) -> bool:
        await self._until_settled(message)
        # After the last one too: the next may come at once.
        await self._pause(self._channel.limits.chat_gap)
        return True

    async def _until_settled(self, message: Queued) -> None:
        """Try until the message is sent or given up, or the service stops."""
        tries, not_before = message.tries, message.not_before
        while True:
            await self._pause((not_before - self._now()) / 1000)
            await self._pause(self._pace.take())
            if self._stopping.is_set():
                return
            mark = await self._try(message, tries)
            await self._until_marked(mark)
            if mark.state != "pending":
                return
            tries, not_before = mark.tries, mark.not_before

    async def _until_marked(self, mark: Mark) -> None:
        """Store what became of the message: it is not sent again because the store was away."""
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            try:
                await self._commit.mark([mark])
            except Exception as error:  # noqa: BLE001  # whatever fails, the lane must go on
                fault = type(error).__name__
                log.error("what became of message %d is not stored yet: %s", mark.id, fault)  # noqa: TRY400
            else:
                return
            await self._pause(pause)
            if self._stopping.is_set():
                return

    async def _pause(self, seconds: float) -> None:
        """Wait so long, or until the service stops."""
        if seconds > 0:
            await wait_at_most(seconds, self._stopping.wait())

    async def _try(self, message: Queued, tries: int) -> Mark:
        try:
            body = _message(message)
        except ValidationError:
            log.error("message %d cannot be read and is given up", message.id)  # noqa: TRY400
            return Mark(message.id, "dead", self._now(), tries=tries, error="unreadable")
        try:
            sent = await self._deliver(message, body)
        except SendError as error:
            return self._not_sent(message, tries + 1, error)
        except Exception as error:  # noqa: BLE001  # a fault of ours or of a library
            # Its text is not told: it may quote the message, or an address with the token.
            fault = type(error).__name__
            log.error("message %d met a fault: %s", message.id, fault)  # noqa: TRY400
            again = SendError(fault, again=tries + 1 < FAULTS)
            return self._not_sent(message, tries + 1, again)
        return Mark(message.id, "sent", self._now(), tries=tries + 1, platform_id=sent)

    async def _deliver(self, message: Queued, body: Message) -> str:
        """Send it, or change what was sent; return the platform's ids of what stands there now."""
        if message.hides is None:
            return await self._channel.send(message.address, body)
        # An earlier change may have needed more messages than there were.
        now = await self._store.platform_id(message.target) if message.target else ""
        parts = (now or message.hides).split(",")
        if parts == [""]:
            return ""
        if body.changed and isinstance(self._channel, Correcting):
            return await self._channel.correct(message.address, parts, body)
        if body.file:
            # Only once the file has gone it is said that it was taken back.
            await self._channel.hide(message.address, parts, "")
            words = body.model_copy(update={"file": None})
            return await self._channel.send(message.address, words)
        await self._channel.hide(message.address, parts, body.text)
        return ""

    def _not_sent(self, message: Queued, tries: int, error: SendError) -> Mark:
        if not error.again:
            log.info("message %d cannot be delivered: %s", message.id, error.reason)
            sent = error.sent or None
            at, why = self._now(), error.reason
            return Mark(message.id, "dead", at, tries=tries, platform_id=sent, error=why)
        pause = dt.timedelta(seconds=PAUSES[min(tries, len(PAUSES)) - 1])
        wait = max(pause, error.wait or pause) if error.wait else pause
        return Mark(
            message.id,
            "pending",
            self._now(),
            not_before=self._now() + int(wait.total_seconds() * 1000),
            tries=tries,
            error=error.reason,
        )

    def _now(self) -> int:
        return millis(self._clock())


def _message(queued: Queued) -> Message:
    if queued.hides is not None and not queued.body:
        return Message(text="")
    body = Message.model_validate_json(queued.body)
    if not queued.document:
        return body
    return body.model_copy(update={"document": Document.model_validate_json(queued.document)})
