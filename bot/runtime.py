"""From a stored event to its step: one at a time in a talk, many talks at once."""

import asyncio
import logging
import traceback
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence

from bot.channels.interface import Channel, MalformedError
from bot.clock import Clock, millis
from bot.group_commit import GroupCommit
from bot.store.interface import Arrival, Outgoing, Queued, Received, StepCommit, Store
from dialogs.model import Conversation, Count, Erase, Message, Step
from dialogs.respond import respond
from dialogs.turn import Context

log = logging.getLogger(__name__)
LIVE = 20_000
"""Talks kept in memory; the store has all of them."""
Listener = Callable[[Sequence[Queued]], None]


class Runtime:
    """Takes updates in, works out their steps, and stores both."""

    def __init__(
        self,
        store: Store,
        commit: GroupCommit,
        channels: Mapping[str, Channel],
        context: Callable[[], Context],
        clock: Clock,
    ) -> None:
        self._store = store
        self._commit = commit
        self._channels = channels
        self._context = context
        self._clock = clock
        self._live: OrderedDict[str, tuple[int, Conversation]] = OrderedDict()
        self._mailboxes: dict[str, deque[Received]] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Tell `listener` of the messages of each step once they are stored."""
        self._listeners.append(listener)

    async def resume(self) -> None:
        """Take up the events that were stored but not worked out when the service ended."""
        for event in await self._store.waiting_events():
            self._deliver(event)

    async def take_in(self, arrivals: Sequence[Arrival]) -> None:
        """Store updates, return once they are durable, and let their steps begin.

        An update that is stored already changes nothing.
        """
        for received in await self._commit.take_in(arrivals):
            if received is not None:
                self._deliver(received)

    async def settle(self) -> None:
        """Return once every event taken in has had its step."""
        while self._working:
            await asyncio.wait(set(self._working))

    def forget(self, conversations: Sequence[str]) -> None:
        """Drop talks from memory that the store has removed."""
        for conversation in conversations:
            self._live.pop(conversation, None)

    def _deliver(self, event: Received) -> None:
        mailbox = self._mailboxes.get(event.conversation)
        if mailbox is not None:
            mailbox.append(event)
            return
        self._mailboxes[event.conversation] = deque([event])
        task = asyncio.create_task(self._work(event.conversation))
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _work(self, conversation: str) -> None:
        mailbox = self._mailboxes[conversation]
        try:
            while mailbox:
                await self._one(mailbox[0])
                mailbox.popleft()
        except Exception:
            # The store failed: the events stay stored and are taken up again at the next start.
            log.exception("a talk waits: its step could not be stored")
        finally:
            del self._mailboxes[conversation]

    async def _one(self, event: Received) -> None:
        while True:
            revision, conversation = await self._load(event.conversation)
            work = self._step(event, revision, conversation)
            queued = await self._commit.step(work[0])
            if queued is not None:
                break
            # Another process has written this talk: look again.
            self._live.pop(event.conversation, None)
        self._keep(event.conversation, revision + 1, work[1], erased=work[0].erase)
        for listener in self._listeners:
            listener(queued)

    async def _load(self, conversation: str) -> tuple[int, Conversation]:
        live = self._live.get(conversation)
        if live is not None:
            self._live.move_to_end(conversation)
            return live
        stored = await self._store.conversation(conversation)
        if stored is None:
            return 0, Conversation()
        return stored.revision, Conversation.model_validate_json(stored.state)

    def _keep(
        self, conversation: str, revision: int, state: Conversation, *, erased: bool
    ) -> None:
        if erased:
            self._live.pop(conversation, None)
            return
        self._live[conversation] = (revision, state)
        self._live.move_to_end(conversation)
        while len(self._live) > LIVE:
            self._live.popitem(last=False)

    def _step(
        self, event: Received, revision: int, conversation: Conversation
    ) -> tuple[StepCommit, Conversation]:
        context = self._context()
        try:
            decoded = self._channels[event.channel].decode(event.raw)
            step = respond(conversation, decoded, context) if decoded else Step(conversation=conversation)
            failed = None
        except MalformedError as error:
            step, failed = Step(conversation=conversation), str(error)
        except Exception:  # noqa: BLE001  # a fault of ours: the event is set aside, the talk goes on
            failed = _without_locals(traceback.format_exc())
            log.error("a step failed and was set aside as a dead letter: event %d", event.seq)  # noqa: TRY400
            sorry = context.texts[conversation.language]("went-wrong")
            step = Step(conversation=conversation, messages=(Message(text=sorry),))
        return self._as_commit(event, revision, step, failed), step.conversation

    def _as_commit(
        self, event: Received, revision: int, step: Step, failed: str | None
    ) -> StepCommit:
        return StepCommit(
            conversation=event.conversation,
            revision=revision,
            state=step.conversation.model_dump_json(),
            cause=event.seq,
            at=millis(self._clock()),
            outgoing=tuple(
                Outgoing(event.channel, event.address, event.conversation, m.model_dump_json())
                for m in step.messages
            ),
            counters=tuple(e.metric for e in step.effects if isinstance(e, Count)),
            erase=any(isinstance(e, Erase) for e in step.effects),
            failed=failed,
        )


def _without_locals(trace: str) -> str:
    """Return where it went wrong, without the exception's own words: they may quote a person."""
    lines = trace.splitlines()
    return "\n".join([*lines[:-1], lines[-1].partition(":")[0]])
