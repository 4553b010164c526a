"""What every store does: it takes batches of steps in one transaction, and reads back."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.clock import millis
from dialogs.case import handed_at
from dialogs.model import CaseState

Millis = int
"""Milliseconds since 1970, UTC."""


DESK = "desk"
"""The channel of what librarians do."""
DUE = "due"
"""The channel of what has become due: reminders, and looking again at what fits."""
PRACTICE = "practice"
"""The channel of invented people, with whom librarians practise; nothing is sent over it."""
INNER = frozenset({DESK, DUE})
"""Channels that no person writes over: what comes is addressed to a talk, and begins none."""
TELEGRAM_DESK = "telegram_desk"
"""The channel of what librarians write and tap in their Telegram group."""
ELSEWHERE = frozenset({TELEGRAM_DESK})
"""Channels of which no talk is made: who works them takes what waits at their own start."""
BLOCKED = "blocked"
"""The error of a delivery whose person has stopped the bot or is gone."""


class UnusableStoreError(OSError):
    """The store cannot be opened; the message says which one and why."""


class TakenError(ValueError):
    """Somebody else signs in by that login."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came in, before anything is made of it."""

    channel: str
    update_key: str
    """Unique within the channel; the same update has the same key each time it is delivered."""
    address: str
    raw: str
    at: Millis
    reminder: int | None = None
    """The number of the reminder that it is: storing it takes that away, or stores nothing."""
    looked_with: str | None = None
    """The fingerprint with which its talk's recheck is now looked at; nothing if it was before."""
    platform_id: str | None = None
    """What the platform calls the person's message, where it can be taken off their screen."""

    @property
    def conversation(self) -> str:
        """The id of the talk it belongs to; what comes over an inner channel is addressed to it."""
        return self.address if self.channel in INNER else f"{self.channel}:{self.address}"


@dataclass(frozen=True, slots=True)
class Received:
    """An update that is stored and waits for its step."""

    seq: int
    channel: str
    address: str
    conversation: str
    raw: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that a step sends."""

    channel: str
    address: str
    conversation: str
    body: str
    document: str | None = None
    """The page that goes with it."""
    hides: str | None = None
    """The platform's ids, joined by commas, of what gives way to this message."""
    target: int | None = None
    """The message that gives way to this one, where it has no such ids yet.

    With nothing to hide: the message that has changed, and of which this one tells.
    """


@dataclass(frozen=True, slots=True)
class Queued:
    """A stored message that waits to be delivered."""

    id: int
    channel: str
    address: str
    conversation: str
    cause: int
    body: str
    not_before: Millis = 0
    tries: int = 0
    state: Literal["pending", "sent", "dead"] = "pending"
    document: str | None = None
    """The page that goes with it; empty once it is no longer kept."""
    hides: str | None = None
    target: int | None = None


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A page that went with a message, and when; empty once it is no longer kept."""

    content: str
    at: Millis


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as desks read it; the talk holds its truth."""

    number: int
    conversation: str
    library: str | None
    state: CaseState
    claimed_by: str | None
    claimed_name: str | None
    card: str
    opened_at: Millis
    claimed_at: Millis | None = None
    closed_at: Millis | None = None
    offered_to: str | None = None
    asked_at: Millis | None = None
    """Since when the person waits; None while nothing is owed to them."""
    answered_at: Millis | None = None
    heard_at: Millis | None = None
    said: str = ""
    """What `Case.said` holds, separated by spaces."""
    expert_desk: str | None = None
    expert_question: str | None = None
    expert_asked_at: Millis | None = None
    expert_answered_at: Millis | None = None
    expert_direct: bool = False
    resolution: str = ""
    rating: str = ""
    reopened: int = 0
    language: str = "bg"
    """What the person's talk is in."""

    @property
    def is_open(self) -> bool:
        """Whether words still go to the person."""
        return self.state not in ("closed", "expired")

    @property
    def is_answered(self) -> bool:
        """Whether it was given back after an answer: nobody has it, and nothing is owed."""
        return self.is_open and self.claimed_by is None and self.asked_at is None

    @property
    def handed_at(self) -> Millis | None:
        """Since when it waits in new hands after an answer; None where nothing does."""
        handed = handed_at(self.said.split()) if self.is_open and self.asked_at is None else None
        return None if handed is None else millis(handed)

    @property
    def due_since(self) -> Millis | None:
        """Since when something is to be done by who has it; None while nothing is."""
        return self.asked_at if self.asked_at is not None else self.handed_at

    @property
    def awaits_expert(self) -> bool:
        """Whether an expert was asked who has not answered yet."""
        return self.is_open and self.expert_asked_at is not None and self.expert_answered_at is None

    @property
    def stands(self) -> str:
        """How it stands in the words of every desk: its state, told apart where that misleads."""
        hands = "" if self.claimed_by else "_free"
        if self.handed_at is not None:
            return f"handed_over{hands}"
        if self.awaits_expert and (self.is_answered or self.state in ("claimed", "for_person")):
            return f"for_expert{hands}"
        return "answered" if self.is_answered else self.state

    def at_desk(self, desk: str) -> bool:
        """Return whether this desk may see and answer it."""
        return desk in (self.library, self.offered_to)


EntryKind = Literal["person", "librarian", "note", "event", "expert", "to_expert"]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A line for the history of a case."""

    number: int
    kind: EntryKind
    who: str
    text: str
    delivery: Literal["pending"] | None = None
    ref: str = ""
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Rewording:
    """A line of a case reads otherwise now; `sent` stands in the place of what was sent of it."""

    number: int
    ref: str
    by_person: bool
    """Whether it is a line of the person's; else one of the desk's."""
    text: str
    sent: str | None = None
    in_place: bool = False
    """Whether the person's screen shows what is stored."""
    told: str | None = None
    """What is said below of a change in place; None for the new words themselves."""


@dataclass(frozen=True, slots=True)
class Muting:
    """Who cannot ask anew up to a day."""

    until: str
    reason: str
    who: str
    by: str = ""
    """The id of the librarian who did it."""
    number: int = 0
    """Of the case over which it was done."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """What a librarian wants the administrator to look at."""

    number: int
    reason: str
    who: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report as the administrator reads it."""

    id: int
    number: int
    reason: str
    who: str
    desk: str
    at: Millis


@dataclass(frozen=True, slots=True)
class KeptMuting:
    """A stop as the administrator reads it; `talk` is a keyed hash."""

    talk: str
    until: str
    reason: str
    who: str
    desk: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history of a case, with what became of its delivery."""

    id: int
    kind: EntryKind
    who: str
    text: str
    at: Millis
    delivery: Literal["pending", "sent", "dead"] | None
    error: str | None
    ref: str = ""
    file: str | None = None
    """A `KeptFile` as JSON."""
    changed_at: Millis | None = None
    """When it was worded otherwise, or taken back where the text is empty."""
    author: str = ""
    """The id of the librarian whose act it was; empty where the act is kept no more."""


Role = Literal["admin", "librarian", "expert"]
"""Who signs in: administrators, librarians of a library, experts of a labour bureau."""


@dataclass(frozen=True, slots=True)
class Librarian:
    """Somebody who signs in; `library` is their desk, empty where they have none."""

    id: str
    library: str
    name: str
    trial: bool
    role: Role = "librarian"
    login: str | None = None
    disabled_at: Millis | None = None
    telegram_user: int | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation is for."""

    library: str
    trial: bool
    role: Role = "librarian"


@dataclass(frozen=True, slots=True)
class DeskSession:
    """A librarian who is signed in."""

    librarian: Librarian
    csrf: str
    handle: str = ""
    last_seen_at: Millis = 0
    idle_limit: Millis | None = None
    """How long it lasts while nothing is done; None on a computer of one's own."""
    expires_at: Millis = 0
    """When it ends whatever is done."""

    @property
    def ends_at(self) -> Millis | None:
        """When it ends if nothing more is done; None on a computer of one's own."""
        return None if self.idle_limit is None else self.last_seen_at + self.idle_limit


@dataclass(frozen=True, slots=True)
class NewAudit:
    """A line for the audit trail."""

    at: Millis
    actor: str
    role: str
    action: str
    about: str
    address: str = ""
    before: str = ""
    """What stood there, in short; empty where nothing did, or where it is nobody's to read."""
    after: str = ""


@dataclass(frozen=True, slots=True)
class NewReminder:
    """What to say once, on which day's account, in which language, and when."""

    about: str
    day: str
    language: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder as it is kept; set anew it has another number."""

    number: int
    conversation: str
    about: str
    day: str
    language: str
    at: Millis


@dataclass(frozen=True, slots=True)
class NewRecheck:
    """What is kept to look again, as JSON where it is more than a word."""

    answers: str
    fitting: str
    language: str
    until: str
    """The day on which it is removed."""
    fingerprint: str
    """Of the knowledge that it was looked at with."""
    renewed: bool = False
    """Whether the service itself looked again: then it begins nothing and lasts no longer."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """What is looked at again."""

    conversation: str
    answers: str
    fitting: str
    language: str


@dataclass(frozen=True, slots=True)
class ForLater:
    """What a step leaves for later; what it calls off goes before what it sets."""

    unremind: tuple[str | None, ...] = ()
    """What is not to be reminded of any more; None for everything."""
    remind: tuple[NewReminder, ...] = ()
    stop_rechecks: bool = False
    recheck: NewRecheck | None = None

    def __bool__(self) -> bool:
        return bool(self.unremind or self.remind or self.stop_rechecks or self.recheck)


@dataclass(frozen=True, slots=True)
class Hiding:
    """What was said is to leave the person's screen; `body` is the message in its place."""

    body: str
    in_place: bool
    """Whether the screen shows what is stored; otherwise the platform is asked to replace it."""


@dataclass(frozen=True, slots=True)
class StepCommit:
    """All that one step changes; `revision` is the talk's before the step."""

    conversation: str
    revision: int
    state: str
    cause: int
    at: Millis
    outgoing: tuple[Outgoing, ...] = ()
    counters: tuple[str, ...] = ()
    erase: bool = False
    keep: bool = True
    """False for a step on a talk that is gone: it must not come back."""
    case: CaseFile | None = None
    entries: tuple[NewEntry, ...] = ()
    rewordings: tuple[Rewording, ...] = ()
    muting: Muting | None = None
    reports: tuple[Reporting, ...] = ()
    first_answer: tuple[str, int] | None = None
    """The desk that answered first, and in how many working minutes."""
    later: ForLater = ForLater()
    a_word: bool = True
    """False where nobody wrote or pressed: the talk is not kept longer for it."""
    wipe: bool = False
    """Whether the words said so far go; the facts of the talk stay."""
    hide: Hiding | None = None
    failed: str | None = None
    """Why the event could not be understood or worked out: it becomes a dead letter."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a delivery."""

    id: int
    state: Literal["sent", "dead", "pending"]
    at: Millis
    not_before: Millis = 0
    tries: int = 0
    platform_id: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes into one transaction. Of two steps of one talk the second finds it moved on."""

    arrivals: Sequence[Arrival] = ()
    steps: Sequence[StepCommit] = ()
    marks: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """What the transaction did, in the order of the batch."""

    received: Sequence[Received | None] = ()
    """None for an update that is stored already."""
    queued: Sequence[tuple[Queued, ...] | None] = ()
    """The messages of each step; None where the talk has moved on or its event waits no more."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A talk as it is kept."""

    revision: int
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a talk as it was: what came in, or what went out."""

    kind: Literal["in", "out"]
    id: int
    body: str
    at: Millis
    state: str
    document: str | None = None
    hides: str | None = None


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An event that no step could be made of, for an operator to look at."""

    seq: int
    channel: str
    at: Millis
    error: str


@dataclass(frozen=True, slots=True)
class Ages:
    """How far behind the service is."""

    oldest_event: Millis | None = None
    oldest_message: Millis | None = None
    dead_letters: int = 0
    dead_messages: int = 0
    reminders: int = 0
    rechecks: int = 0


@dataclass(frozen=True, slots=True)
class Retention:
    """How long what is kept, from the README; milliseconds."""

    raw: Millis = 72 * 3_600_000
    document: Millis = 3_600_000
    conversation: Millis = 30 * 24 * 3_600_000
    closed_case: Millis = 30 * 24 * 3_600_000
    practice: Millis = 7 * 24 * 3_600_000
    changes: Millis = 24 * 3_600_000
    """Of what desks have to look at again."""
    audit: Millis = 365 * 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What a round of forgetting removed."""

    events: int = 0
    messages: int = 0
    rechecks: int = 0
    documents: int = 0
    conversations: list[str] = field(default_factory=list)


class Store(Protocol):
    """The storage interface; the contract tests say what each implementation must hold."""

    async def open(self) -> None:
        """Make ready: create or migrate the schema."""

    async def close(self) -> None:
        """Finish what is under way and let go."""

    async def apply(self, batch: Batch) -> Applied:
        """Do the whole batch in one durable transaction, or none of it."""

    async def conversation(self, conversation: str) -> Stored | None:
        """Return the talk, or None where there is none."""

    async def waiting_events(self) -> list[Received]:
        """Return the stored events without a step, oldest first."""

    async def waits(self, seq: int) -> bool:
        """Return whether this event still has no step."""

    async def waiting_messages(self, channel: str) -> list[Queued]:
        """Return the undelivered messages of a channel, oldest first."""

    async def unread(self, conversation: str, after: int) -> list[Queued]:
        """Return the messages of one talk with an id above `after`, oldest first."""

    async def platform_id(self, message: int) -> str:
        """Return what the platform calls a message; empty where it was not sent or is gone."""

    async def document(self, conversation: str, message: int) -> KeptDocument | None:
        """Return the page that went with a message of this talk."""

    async def empty_document(self, message: int) -> None:
        """Keep the page of a message no longer."""

    async def transcript(self, conversation: str) -> list[Line]:
        """Return what is still kept of what was said, in order."""

    async def dead_letters(self) -> list[DeadLetter]:
        """Return the events that were set aside."""

    async def revive(self, seq: int) -> Received | None:
        """Let a dead letter wait for a step again."""

    async def drop(self, seq: int) -> bool:
        """Remove a dead letter; return whether there was one."""

    async def counters(self) -> dict[tuple[str, str], int]:
        """Return the anonymous counters by day and metric."""

    async def forget(self, now: Millis, retention: Retention) -> Forgotten:
        """Remove what has been kept long enough."""

    async def scrub(self, *, anyway: bool = False) -> None:
        """Remove the last copies of what was erased since the last time; anyway: look for old."""

    async def ages(self) -> Ages:
        """Return how old the oldest waiting work is."""


class ReminderStore(Protocol):
    """What is kept for later, as it becomes due."""

    async def due(self, now: Millis, channels: Collection[str], most: int) -> list[Reminder]:
        """Return the reminders whose moment has come, the oldest first."""

    async def next_due(self, channels: Collection[str]) -> Millis | None:
        """Return when the nearest reminder is due; None where there is none."""

    async def drop(self, numbers: Collection[int], day: str) -> None:
        """Remove reminders that are of no use any more; the day's counter says how many."""

    async def outdated(
        self, fingerprint: str, today: str, channels: Collection[str], most: int
    ) -> list[Recheck]:
        """Return the rechecks that were last looked at with other knowledge."""

    async def put_back(self) -> None:
        """Let what became due, but has had no step, become due anew."""


class DeskStore(Protocol):
    """What desks keep and read besides the talks."""

    async def cases(self, library: str) -> list[CaseFile]:
        """Return the cases routed to a library: open ones first, the longest waiting first."""

    async def case(self, number: int) -> CaseFile | None:
        """Return one case."""

    async def unassigned(self) -> list[CaseFile]:
        """Return the cases that wait for the first desk that joins."""

    async def open_cases(self) -> list[CaseFile]:
        """Return every open case that is at a desk, but for practices."""

    async def went_through(self, key: str) -> bool:
        """Return whether the act with that key stands in the history of its case."""

    async def was_at(self, number: int, desk: str) -> bool:
        """Return whether this desk has seen the case lately, wherever it is now."""

    async def changes(self, after: int, desks: Collection[str]) -> list[tuple[int, int]]:
        """Return the changes above that number which these desks see: number and case."""

    async def last_change(self) -> int:
        """Return the number of the latest change."""

    async def muted(self) -> dict[str, str]:
        """Return the last day on which each keyed hash of a talk cannot ask anew."""

    async def talk_key(self) -> bytes:
        """Return the key with which talks are hashed."""

    async def reports(self) -> list[KeptReport]:
        """Return what waits for the administrator, the oldest first."""

    async def unseen_reports(self) -> int:
        """Return how many reports wait for the administrator."""

    async def settle_report(self, number: int, noted: NewAudit) -> None:
        """Keep that a report was looked at, with its line of the audit trail."""

    async def mutings(self, today: str) -> list[KeptMuting]:
        """Return the stops that hold, the latest first."""

    async def unmute(self, talk: str, noted: NewAudit) -> None:
        """End a stop before its day, with its line of the audit trail."""

    async def absent(self, day: str) -> set[str]:
        """Return who is away on that day."""

    async def set_absent(self, librarian: str, day: str, *, away: bool) -> None:
        """Keep that somebody is away on a day, or is not."""

    async def entries(self, number: int) -> list[Entry]:
        """Return the history of a case, oldest first."""

    async def invite(
        self, code: str, library: str, expires_at: Millis, *, trial: bool, role: Role = "librarian"
    ) -> None:
        """Keep an invitation by the hash of its code."""

    async def invited(self, code: str, now: Millis) -> Invitation | None:
        """Return what an invitation is for while it can still be used."""

    async def join(
        self, code: str, librarian: Librarian, now: Millis, password: str | None = None
    ) -> bool:
        """Use the invitation up and keep the librarian; False if somebody was faster.

        Raises TakenError where somebody else signs in by that login.
        """

    async def session(self, token: str, now: Millis) -> DeskSession | None:
        """Return who holds this token, while the session lasts."""

    async def standing(self, handles: Collection[str], now: Millis) -> set[str]:
        """Return which of these sessions stand, by handle."""

    async def sign_out(self, token: str) -> None:
        """End a session."""

    async def librarians(self) -> list[Librarian]:
        """Return everybody who answers at a desk now."""

    async def stopped(self) -> set[str]:
        """Return who is let in no more."""

    async def last_seen(self) -> dict[str, Millis]:
        """Return when each was last at their desk; of a group that joined nobody has been yet."""

    async def was_there(self, librarian: str, now: Millis) -> None:
        """Keep that somebody did something at their desk now."""

    async def group_desks(self) -> list[tuple[str, str]]:
        """Return the desks with a group in which the bot is, each with what it lacks there."""

    async def end_trial(self) -> None:
        """Remove the librarians, sessions and invitations of the trial."""

    async def set_hours(self, library: str, hours: str, now: Millis) -> None:
        """Keep the opening hours a library told us."""

    async def hours(self) -> dict[str, str]:
        """Return the opening hours libraries told us, by library."""


class WaitingStore(Protocol):
    """How long desks need, how long they may, and which digests they were told."""

    async def first_answers(self, today: dt.date) -> dict[str, list[int]]:
        """Return the working minutes of the first answers that still count, by desk."""

    async def forget(self, today: dt.date) -> None:
        """Remove the first answers that no longer count, and what was told on those days."""

    async def set_answer_within(self, desk: str, minutes: int) -> None:
        """Keep in how many working minutes a desk wants to answer."""

    async def answer_within(self) -> dict[str, int]:
        """Return the times that desks have set for themselves, in working minutes."""

    async def digests_told(self, day: dt.date) -> dict[str, frozenset[str]]:
        """Return which digests were told on that day, by desk."""

    async def tells(  # noqa: PLR0913  # what is told to whom
        self,
        desk: str,
        day: dt.date,
        kind: Literal["morning", "closing"],
        now: Millis,
        *,
        words: str = "",
        chats: Collection[int] = (),
    ) -> bool:
        """Take the telling of a digest; False where it was taken, so that each is told once.

        In the same transaction its words, if any, wait for each of these groups.
        """
