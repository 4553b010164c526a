"""From a stored event to its step: one at a time in a talk, many talks at once."""

import asyncio
import datetime as dt
import logging
import sqlite3
import traceback
from collections import OrderedDict, deque
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, repeat

from bot.channels.interface import Channel, MalformedError
from bot.channels.practice import indoors, kept_inside
from bot.clock import Clock, millis, wait_at_most
from bot.group_commit import GroupCommit
from bot.remembering import for_later
from bot.store.interface import (
    DUE,
    ELSEWHERE,
    INNER,
    Arrival,
    CaseFile,
    Hiding,
    Millis,
    Muting,
    NewEntry,
    Outgoing,
    Queued,
    Received,
    Reporting,
    Rewording,
    StepCommit,
    Store,
)
from dialogs.model import (
    CaseChanged,
    CaseReworded,
    CaseSaid,
    Conversation,
    Count,
    Erase,
    Event,
    FirstAnswer,
    Hide,
    KnowledgeChanged,
    Message,
    Mute,
    Reminded,
    Report,
    Step,
    Wipe,
)
from dialogs.respond import respond
from dialogs.turn import Abilities, Context

log = logging.getLogger(__name__)
LIVE = 20_000
"""Talks kept in memory; the store has all of them."""
PAUSES = (0.5, 2.0, 10.0, 30.0)
"""Seconds before a talk tries again to have its step stored; the last one repeats."""
Listener = Callable[[Sequence[Queued]], None]
Attendant = Callable[[Received, str], None]
"""Hears of an event that has had its step, with a word to show in passing, or none."""
View = Callable[[str, Context], Context]
"""Returns what a step of this talk may look at."""
Witness = Callable[[StepCommit], None]
"""Hears of each step that is stored."""
Taker = Callable[[Received], None]
"""Works the events of a channel of which no talk is made."""


class Runtime:
    """Takes updates in, works out their steps, and stores both."""

    def __init__(
        self,
        store: Store,
        commit: GroupCommit,
        channels: Mapping[str, Channel],
        context: Callable[[int], Context],
        clock: Clock,
    ) -> None:
        self._store = store
        self._commit = commit
        self._channels = channels
        self._context = context
        self._clock = clock
        self._live: OrderedDict[str, tuple[int, Conversation]] = OrderedDict()
        self._mailboxes: dict[str, deque[Received]] = {}
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._listeners: list[Listener] = []
        self._attendants: list[Attendant] = []
        self._witnesses: list[Witness] = []
        self._views: list[View] = []
        self._takers: dict[str, Taker] = {}
        self._stopping = asyncio.Event()
        self._early: list[Received] | None = []

    def listen(self, listener: Listener) -> None:
        """Tell `listener` of the messages of each step once they are stored."""
        self._listeners.append(listener)

    def attend(self, attendant: Attendant) -> None:
        """Tell `attendant` of each event once its step is stored."""
        self._attendants.append(attendant)

    def look(self, view: View) -> None:
        """Let `view` say what a step of a talk may look at besides."""
        self._views.append(view)

    def witness(self, witness: Witness) -> None:
        """Tell `witness` of each step once it is stored."""
        self._witnesses.append(witness)

    def hand_over(self, channel: str, taker: Taker) -> None:
        """Give what comes over this channel to `taker` once it is stored; no step is made of it."""
        self._takers[channel] = taker

    async def resume(self) -> None:
        """Begin with the events that were stored but not worked out when the service ended."""
        waiting = await self._store.waiting_events()
        early, self._early = self._early or [], None
        each_once = {event.seq: event for event in (*early, *waiting)}
        for event in (each_once[seq] for seq in sorted(each_once)):
            if event.channel in self._channels:
                self._deliver(event)
            elif event.channel not in ELSEWHERE:
                log.warning("event %d waits: its channel %s is off", event.seq, event.channel)

    async def take_in(self, arrivals: Sequence[Arrival]) -> None:
        """Store updates, return once they are durable, and let their steps begin after `resume`.

        An update that is stored already changes nothing. A caller that goes away meanwhile does
        not stop what it brought.
        """
        await asyncio.shield(self._begin(self._take_in(arrivals)))

    async def _take_in(self, arrivals: Sequence[Arrival]) -> None:
        for received in await self._commit.take_in(arrivals):
            if received is not None:
                self._deliver(received)

    async def settle(self) -> None:
        """Return once every event taken in has had its step."""
        while self._working:
            await asyncio.wait(set(self._working))

    async def settled(self, conversation: str) -> None:
        """Return once what one talk has taken in has had its step."""
        while task := self._at_work.get(conversation):
            await asyncio.wait([task])

    async def stop(self) -> None:
        """Finish the steps under way; one that the store refuses stays for the next start."""
        self._stopping.set()
        await self.settle()

    def forget(self, conversations: Sequence[str]) -> None:
        """Drop talks from memory that the store has removed."""
        for conversation in conversations:
            self._live.pop(conversation, None)

    def _deliver(self, event: Received) -> None:
        if event.channel in ELSEWHERE:
            # Where nobody takes it yet, it stays stored: they look for it when they begin.
            taker = self._takers.get(event.channel)
            if taker:
                taker(event)
            return
        if self._early is not None:
            self._early.append(event)
            return
        mailbox = self._mailboxes.get(event.conversation)
        if mailbox is not None:
            mailbox.append(event)
            return
        self._mailboxes[event.conversation] = deque([event])
        self._at_work[event.conversation] = self._begin(self._work(event.conversation))

    def _begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._working.add(task)
        task.add_done_callback(self._end)
        return task

    def _end(self, task: asyncio.Task[None]) -> None:
        self._working.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waits for it is told; nobody else need be

    async def _work(self, conversation: str) -> None:
        mailbox = self._mailboxes[conversation]
        try:
            while mailbox and await self._until_stored(mailbox[0]):
                mailbox.popleft()
        finally:
            del self._mailboxes[conversation], self._at_work[conversation]

    async def _until_stored(self, event: Received) -> bool:
        """Have the event's step stored; False where the service stops before the store takes it."""
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            try:
                await self._one(event)
            except Exception as error:  # noqa: BLE001  # whatever fails here, the event stays stored
                # A store speaks of its disk and its locks, never of what is in it.
                why = f": {error}" if isinstance(error, OSError | sqlite3.Error) else ""
                where = f"{_where(error)}{why}"
                log.error("event %d waits: its step could not be stored\n%s", event.seq, where)  # noqa: TRY400
            else:
                return True
            self._live.pop(event.conversation, None)
            await wait_at_most(pause, self._stopping.wait())
            if self._stopping.is_set():
                break
        return False

    async def _one(self, event: Received) -> None:
        while True:
            revision, talk = await self._load(event.conversation)
            commit, after, notice = self._step(event, revision, talk)
            queued = await self._commit.step(commit)
            if queued is not None:
                break
            # Another process has written this talk: look again.
            self._live.pop(event.conversation, None)
            if not await self._store.waits(event.seq):
                return
        if after is not None and commit.keep and not commit.erase:
            self._keep(event.conversation, revision + 1, after)
        else:
            self._live.pop(event.conversation, None)
        self._tell(queued)
        for witness in self._witnesses:
            witness(commit)
        for attendant in self._attendants:
            with suppress(Exception):  # the step is stored; this is only its courtesy
                attendant(event, notice)

    def _tell(self, queued: Sequence[Queued]) -> None:
        for listener in self._listeners:
            try:
                listener(queued)
            except Exception as error:  # noqa: BLE001  # the step is stored; the messages wait there
                log.error("messages wait for the next start\n%s", _where(error))  # noqa: TRY400

    async def _load(self, conversation: str) -> tuple[int, Conversation | str]:
        """Return the revision and the talk, as text where it was not in memory."""
        live = self._live.get(conversation)
        if live is not None:
            self._live.move_to_end(conversation)
            return live
        stored = await self._store.conversation(conversation)
        if stored is None:
            return 0, Conversation()
        return stored.revision, stored.state

    def _keep(self, conversation: str, revision: int, state: Conversation) -> None:
        self._live[conversation] = (revision, state)
        self._live.move_to_end(conversation)
        while len(self._live) > LIVE:
            self._live.popitem(last=False)

    def _step(
        self, event: Received, revision: int, talk: Conversation | str
    ) -> tuple[StepCommit, Conversation | None, str]:
        """Return what the event changes, the talk after it, and a word to show in passing.

        The talk is None where nobody can read it.
        """
        context = indoors(event.conversation, self._context(event.seq))
        for view in self._views:
            context = view(event.conversation, context)
        context = replace(context, abilities=self._abilities(event.conversation))
        before: Conversation | None = None
        said: tuple[Message, ...] = ()
        try:
            before = Conversation.model_validate_json(talk) if isinstance(talk, str) else talk
            decoded = self._channels[event.channel].decode(event.raw)
            before = _in_its_language(before, revision, decoded)
            step = respond(before, decoded, context) if decoded else Step(conversation=before)
            return self._as_commit(event, revision, step, context), step.conversation, step.notice
        except MalformedError as error:
            failed = str(error)
        except Exception as error:  # noqa: BLE001  # a fault of ours: set aside, the talk goes on
            failed = _where(error)
            log.error("a step failed and was set aside as a dead letter: event %d", event.seq)  # noqa: TRY400
            sorry = context.texts[before.language if before else "bg"]("went-wrong")
            # Who has asked for nothing just now need not hear that it failed.
            said = () if event.channel == DUE else (Message(text=sorry),)
        unchanged = Step(conversation=before or Conversation(), messages=said)
        commit = self._as_commit(event, revision, unchanged, context)
        state = talk if isinstance(talk, str) else commit.state
        keep = revision > 0 or event.channel not in INNER
        return replace(commit, state=state, failed=failed, keep=keep), before, ""

    def _as_commit(
        self, event: Received, revision: int, step: Step, context: Context
    ) -> StepCommit:
        # What comes over an inner channel is answered where the person is.
        channel, _, address = event.conversation.partition(":")
        commit = StepCommit(
            conversation=event.conversation,
            revision=revision,
            state=step.conversation.model_dump_json(),
            cause=event.seq,
            at=millis(self._clock()),
            outgoing=tuple(
                Outgoing(
                    channel,
                    address,
                    event.conversation,
                    m.model_dump_json(exclude={"document"}),
                    m.document.model_dump_json() if m.document else None,
                )
                for m in step.messages
            ),
            counters=tuple(e.metric for e in step.effects if isinstance(e, Count)),
            erase=any(isinstance(e, Erase) for e in step.effects),
            # An event that says nothing to anybody begins no talk.
            keep=revision > 0 or (event.channel not in INNER and bool(step.messages)),
            case=_case_file(event.conversation, step),
            entries=_entries(step),
            rewordings=_rewordings(step, in_place=not self._can_hide(channel)),
            muting=_muting(step),
            reports=tuple(
                Reporting(e.case, e.reason, e.who, e.by)
                for e in step.effects
                if isinstance(e, Report)
            ),
            first_answer=next(
                ((e.desk, e.minutes) for e in step.effects if isinstance(e, FirstAnswer)), None
            ),
            later=for_later(step.effects, event.channel, context),
            a_word=event.channel != DUE,
            wipe=any(isinstance(e, Wipe) for e in step.effects),
            hide=self._hiding(channel, step),
        )
        return kept_inside(commit)

    def _abilities(self, conversation: str) -> Abilities:
        """Return what the channel where the person is can do, even if it is off now."""
        channel = self._channels.get(conversation.partition(":")[0])
        return channel.abilities if channel else Abilities()

    def _hiding(self, name: str, step: Step) -> Hiding | None:
        channel = self._channels.get(name)
        text = next((e.text for e in step.effects if isinstance(e, Hide)), None)
        if text is None or channel is None or not channel.abilities.hides:
            return None
        # Where nothing can be asked of a platform, the screen shows what is stored.
        in_place = not self._can_hide(name)
        return Hiding(Message(text=text).model_dump_json(), in_place=in_place)

    def _can_hide(self, name: str) -> bool:
        """Return whether a platform is asked to change what was sent over this channel."""
        return hasattr(self._channels.get(name), "hide")


def _in_its_language(talk: Conversation, revision: int, event: Event | None) -> Conversation:
    """Return the talk, or where it is gone by now a fresh one in the language it was in."""
    if revision == 0 and isinstance(event, Reminded | KnowledgeChanged):
        return talk.model_copy(update={"language": event.language})
    return talk


def _case_file(conversation: str, step: Step) -> CaseFile | None:
    case = step.conversation.case
    if case is None or not any(isinstance(e, CaseChanged) for e in step.effects):
        return None
    expert = case.expert
    return CaseFile(
        number=case.number,
        conversation=conversation,
        library=case.library,
        state=case.state,
        claimed_by=case.claimed_by,
        claimed_name=case.claimed_name,
        card=case.card.model_dump_json(),
        opened_at=millis(case.opened_at),
        claimed_at=_millis(case.claimed_at),
        closed_at=_millis(case.closed_at),
        offered_to=case.offered_to,
        asked_at=_millis(case.asked_at),
        answered_at=_millis(case.answered_at),
        heard_at=_millis(case.heard_at),
        said=" ".join(case.said),
        expert_desk=expert.desk if expert else None,
        expert_question=expert.question if expert else None,
        expert_asked_at=_millis(expert.asked_at) if expert else None,
        expert_answered_at=_millis(expert.answered_at) if expert else None,
        expert_direct=bool(expert and expert.direct),
        resolution=case.resolution,
        rating=case.rating,
        reopened=case.reopened,
        language=step.conversation.language,
    )


def _millis(at: dt.datetime | None) -> Millis | None:
    return None if at is None else millis(at)


def _entries(step: Step) -> tuple[NewEntry, ...]:
    case = step.conversation.case
    if case is None:
        return ()
    return tuple(
        NewEntry(
            case.number,
            e.by,
            e.who,
            e.text,
            "pending" if e.delivered else None,
            e.ref,
            e.file.model_dump_json() if e.file else None,
        )
        for e in step.effects
        if isinstance(e, CaseSaid)
    )


def _rewordings(step: Step, *, in_place: bool) -> tuple[Rewording, ...]:
    case = step.conversation.case
    return tuple(
        Rewording(
            case.number,
            e.ref,
            e.by == "person",
            e.text,
            None if e.sent is None else Message(text=e.sent).model_dump_json(),
            in_place,
            Message(text=e.told).model_dump_json() if e.told else None,
        )
        for e in step.effects
        if isinstance(e, CaseReworded) and case
    )


def _muting(step: Step) -> Muting | None:
    wanted = next((e for e in step.effects if isinstance(e, Mute)), None)
    if wanted is None:
        return None
    until = wanted.until.isoformat()
    return Muting(until, wanted.reason, wanted.who, wanted.by, wanted.case)


def _where(error: BaseException) -> str:
    """Return where it went wrong, without the exceptions' own words: they may quote a person."""
    cause = error.__cause__ or error.__context__
    before = f"{_where(cause)}\n" if cause else ""
    trace = "".join(traceback.format_tb(error.__traceback__))
    return f"{before}{trace}{type(error).__name__}"
