"""From the outbox to a channel: in order per chat, within the platform's limits, until delivered."""

import asyncio
import datetime as dt
import logging
from collections import deque
from collections.abc import Sequence

from bot.channels.interface import PushChannel, SendError
from bot.clock import Clock, millis
from bot.group_commit import GroupCommit
from bot.store.interface import Mark, Queued, Store
from dialogs.model import Message

log = logging.getLogger(__name__)
PAUSES = (1, 5, 15, 60, 300, 900)
"""Seconds before the next try; the last one repeats until the platform takes the message."""


class Delivery:
    """Sends one channel's messages. A lane is a chat: it never overtakes itself."""

    def __init__(
        self, channel: PushChannel, store: Store, commit: GroupCommit, clock: Clock
    ) -> None:
        self._channel = channel
        self._store = store
        self._commit = commit
        self._clock = clock
        self._lanes: dict[str, deque[Queued]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._tokens = _Bucket(channel.limits.per_second)

    async def resume(self) -> None:
        """Take up the messages that were not delivered when the service ended."""
        self.enqueue(await self._store.waiting_messages(self._channel.name))

    def enqueue(self, messages: Sequence[Queued]) -> None:
        """Deliver these, each chat in order."""
        for message in messages:
            if message.channel != self._channel.name:
                continue
            lane = self._lanes.get(message.address)
            if lane is not None:
                lane.append(message)
                continue
            self._lanes[message.address] = deque([message])
            task = asyncio.create_task(self._run(message.address))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Return once nothing waits."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def stop(self) -> None:
        """Stop after the messages under way; what waits stays stored."""
        for lane in self._lanes.values():
            while len(lane) > 1:
                lane.pop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, address: str) -> None:
        lane = self._lanes[address]
        try:
            while lane:
                await self._until_settled(lane[0])
                lane.popleft()
                if lane:
                    await asyncio.sleep(self._channel.limits.chat_gap)
        finally:
            del self._lanes[address]

    async def _until_settled(self, message: Queued) -> None:
        tries, not_before = message.tries, message.not_before
        while True:
            await self._pause_until(not_before)
            await self._tokens.take()
            mark = await self._try(message, tries)
            await asyncio.shield(self._commit.mark([mark]))
            if mark.state != "pending":
                return
            tries, not_before = mark.tries, mark.not_before

    async def _pause_until(self, not_before: int) -> None:
        wait = (not_before - millis(self._clock())) / 1000
        if wait > 0:
            await asyncio.sleep(wait)

    async def _try(self, message: Queued, tries: int) -> Mark:
        try:
            sent = await self._channel.send(
                message.address, Message.model_validate_json(message.body)
            )
        except SendError as error:
            return self._not_sent(message, tries + 1, error)
        return Mark(message.id, "sent", self._now(), tries=tries + 1, platform_id=sent)

    def _not_sent(self, message: Queued, tries: int, error: SendError) -> Mark:
        if not error.again:
            log.info("message %d cannot be delivered: %s", message.id, error.reason)
            return Mark(message.id, "dead", self._now(), tries=tries, error=error.reason)
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


class _Bucket:
    """Lets so many through a second, evenly."""

    def __init__(self, per_second: float) -> None:
        self._gap = 1 / per_second
        self._next = 0.0

    async def take(self) -> None:
        loop = asyncio.get_running_loop()
        at = max(self._next, loop.time())
        self._next = at + self._gap
        if at > loop.time():
            await asyncio.sleep(at - loop.time())
