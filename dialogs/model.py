"""What a talk is made of: events come in, a step with messages and effects comes out."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, field_validator

from dialogs.documents import Document
from knowledge.facts import FactId
from knowledge.measures import MeasureId
from knowledge.texts import Frozen, Language

# -- events: what a person did -----------------------------------------------------------------


class _OfAPerson(Frozen):
    """What a person did; a talk that begins with it is held in the language of their phone."""

    speaks: Language | None = None
    """The language of the phone or browser, where it says it and we know it."""


class Started(_OfAPerson):
    """The talk was opened, perhaps by a link with a payload."""

    kind: Literal["started"] = "started"
    payload: str = ""


class Said(_OfAPerson):
    """The person wrote a message; `edited` when they changed one already sent."""

    kind: Literal["said"] = "said"
    text: str
    edited: bool = False
    ref: str = ""
    """What the platform calls the message; empty where nothing can be changed afterwards."""


class Pressed(_OfAPerson):
    """The person pressed a button of the screen with that serial."""

    kind: Literal["pressed"] = "pressed"
    serial: int
    action: str


class SharedLocation(Frozen):
    """The person shared where they are; WGS 84 degrees."""

    kind: Literal["location"] = "location"
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class KeptFile(Frozen):
    """A file by where it can be had again; its bytes stand with the platform, or encrypted here."""

    type: Literal["photo", "voice", "document"]
    ref: str
    """`telegram:<file id>`, or `kept:<id>` for what is kept here."""
    name: str = ""
    mime: str = ""
    size: int = 0
    """Bytes; 0 where the platform did not say."""


class SentFile(Frozen):
    """The person sent something that is not text."""

    kind: Literal["file"] = "file"
    type: Literal["photo", "voice", "video", "sticker", "document", "other"]
    file: KeptFile | None = None
    """The file, where it is of a kind that can be passed on."""
    text: str = ""
    """What was written below it."""
    ref: str = ""


class DeskAct(Frozen):
    """What a librarian, an expert or the desk's clock did with a case of this talk."""

    kind: Literal["desk"] = "desk"
    act: Literal[
        "claim",
        "release",
        "reply",
        "note",
        "edit",
        "retract",
        "transfer",
        "ask_expert",
        "expert_reply",
        "close",
        "mute",
        "report",
        "assign",
        "notice",
        "free",
        "mark",
        "propose",
        "expire",
        "route",
        "give_up",
    ]
    case: int
    librarian: str = ""
    """Who did it; empty for the clock."""
    name: str = ""
    desk: str = ""
    """The desk they sit at; empty in acts of older releases: the case's own."""
    library: str = ""
    """The desk that it is about: to which a case is brought, or whose expert is asked."""
    to: str = ""
    """The colleague whom a case is handed to."""
    to_name: str = ""
    text: str = ""
    code: str = ""
    """How it ended; of a mark the percentage."""
    topic: str = ""
    """What nobody could answer, from the closed list of topics."""
    direct: bool = False
    """Whether the expert's answer goes to the person as well."""
    ref: str = ""
    """What the desk calls the message that was written, or that is changed."""
    file: KeptFile | None = None
    of: dt.datetime | None = None
    """The moment from which the clock counted; another one by now makes its act stale."""
    until: dt.date | None = None
    """The last day on which a muted person cannot ask anew."""


Reminder = Literal["register", "apply", "visit", "birthday", "half_year", "year"]
"""What a person can be reminded of: two deadlines, a visit, a birthday, time since registering."""


class Reminded(Frozen):
    """The moment of a reminder has come; the talk may be gone by then."""

    kind: Literal["reminded"] = "reminded"
    about: Reminder
    day: dt.date
    """The day it is about, which is not always the day it is sent."""
    language: Language


class KnowledgeChanged(Frozen):
    """The measures are other ones than when this person, who opted in, was last looked at."""

    kind: Literal["knowledge_changed"] = "knowledge_changed"
    answers: dict[FactId, Any]
    fitting: tuple[MeasureId, ...]
    """What fitted when they were last looked at."""
    language: Language


Event = Annotated[
    Started | Said | Pressed | SharedLocation | SentFile | DeskAct | Reminded | KnowledgeChanged,
    Field(discriminator="kind"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)


# -- messages: what is said back ---------------------------------------------------------------


class Button(Frozen):
    """A choice under a message; the action says what it means, whatever screen it stands on."""

    label: str
    action: str


class Pin(Frozen):
    """A place with coordinates of its own, for a map."""

    name: str
    address: str
    latitude: float
    longitude: float


class Message(Frozen):
    """One message: plain text, and buttons in rows. A channel decides how it looks."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    serial: int = 0
    asks_location: bool = False
    pin: Pin | None = None
    document: Document | None = None
    """A file that goes with the text; it is kept no longer than until it is sent."""
    file: KeptFile | None = None
    """A file of somebody else's that goes with the text."""
    changed: bool = False
    """Whether it was worded otherwise after it was said."""
    aside: bool = False
    """Whether its buttons are its own, and not those of the screen that the talk is at."""

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All the buttons, row by row."""
        return tuple(button for row in self.rows for button in row)


# -- effects: what else is to happen -----------------------------------------------------------


class Count(Frozen):
    """An anonymous counter of the day goes up by one."""

    kind: Literal["count"] = "count"
    metric: str


class Erase(Frozen):
    """Everything of this person goes, in the same transaction."""

    kind: Literal["erase"] = "erase"


class CaseChanged(Frozen):
    """The case of the talk is as it now stands in the conversation."""

    kind: Literal["case"] = "case"


class CaseSaid(Frozen):
    """A line in the history of the case; `delivered` when it also goes to the person."""

    kind: Literal["case_said"] = "case_said"
    by: Literal["person", "librarian", "note", "event", "expert", "to_expert"]
    who: str = ""
    text: str
    delivered: bool = False
    ref: str = ""
    file: KeptFile | None = None


class CaseReworded(Frozen):
    """A line of the history reads otherwise now, or nothing; so does what was sent of it."""

    kind: Literal["case_reworded"] = "case_reworded"
    ref: str
    by: Literal["person", "desk"] = "desk"
    """Whose line it is: platforms number each chat anew, so a ref alone does not tell."""
    text: str
    """The new words; empty where they were taken back."""
    sent: str | None = None
    """What stands in the place of the message that was sent; None where none was."""
    told: str = ""
    """What is said below, where the screen would change with nobody noticing."""


class FirstAnswer(Frozen):
    """A desk gave its first answer; of whose question it was nothing is kept."""

    kind: Literal["first_answer"] = "first_answer"
    desk: str
    minutes: int
    """Working minutes since the person began to wait."""


class Mute(Frozen):
    """The person cannot ask anew up to a day; of them only a keyed hash is kept for it."""

    kind: Literal["mute"] = "mute"
    until: dt.date
    reason: str
    who: str
    by: str = ""
    """The id of the librarian who did it."""
    case: int = 0


class Report(Frozen):
    """A librarian wants the administrator to look at a case."""

    kind: Literal["report"] = "report"
    case: int
    reason: str
    who: str
    by: str = ""


class Remind(Frozen):
    """Something is to be remembered: only what, when, and to whom it is said are kept."""

    kind: Literal["remind"] = "remind"
    about: Reminder
    day: dt.date
    """The day it is about."""
    at: dt.datetime
    """When it is said: aware, Europe/Sofia, in the day time."""
    language: Language


class Unremind(Frozen):
    """Reminders of this person go: of one thing, or of all."""

    kind: Literal["unremind"] = "unremind"
    about: Reminder | None = None


class KeepForRechecks(Frozen):
    """The facts that measures hang on are kept until that day, to say what a change opens."""

    kind: Literal["keep_for_rechecks"] = "keep_for_rechecks"
    answers: dict[FactId, Any]
    fitting: tuple[MeasureId, ...]
    language: Language
    until: dt.date


class StopRechecks(Frozen):
    """What was kept for looking again goes."""

    kind: Literal["stop_rechecks"] = "stop_rechecks"


class Hide(Frozen):
    """The messages on the screen give way to a neutral one, where the channel allows it."""

    kind: Literal["hide"] = "hide"
    text: str


class Wipe(Frozen):
    """What was typed and said in this talk so far is no longer kept as it was written."""

    kind: Literal["wipe"] = "wipe"


Effect = Annotated[
    Count
    | Erase
    | CaseChanged
    | CaseSaid
    | CaseReworded
    | FirstAnswer
    | Mute
    | Report
    | Remind
    | Unremind
    | KeepForRechecks
    | StopRechecks
    | Hide
    | Wipe,
    Field(discriminator="kind"),
]


# -- the conversation --------------------------------------------------------------------------


class ScreenRef(Frozen):
    """A screen by name, with what it shows."""

    name: str
    about: str = ""


HOME = ScreenRef(name="home")


class Consent(Frozen):
    """Explicit consent to a text of that version, for whom, and when it was given (UTC)."""

    version: str
    given_at: dt.datetime
    who: str = "self"


class CardLine(Frozen):
    """One line of what is passed on: a fact by name and in words, or a measure that may fit."""

    about: str
    label: str
    value: str


class CardMeasure(CardLine):
    """A suggested measure: how it stands, why, and who says so; `value` is the reason."""

    verdict: Literal["", "yes", "likely", "unknown", "near"] = ""
    """Near: not now, but one step or a short time away. Empty on cards of older releases."""
    source: str = ""
    url: str = ""
    checked: dt.date | None = None
    """When the source was read."""


class CardUnknown(Frozen):
    """A fact that can still decide something, and what."""

    label: str
    asked: bool = True
    """Whether the person was asked and does not know, or would rather not say."""
    decides: tuple[str, ...] = ()
    """The weightiest measures that hang on it, by title."""


class CardPaper(Frozen):
    """A paper to bring, and the measures that ask for it, by title."""

    text: str
    measures: tuple[str, ...] = ()


class CardBureau(Frozen):
    """The labour bureau of the address, as far as it is known and sourced."""

    status: Literal["sourced", "doubtful", "unknown"]
    name: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    """In words; whether it is open now is worked out as it is shown."""
    opens: str = ""
    """The hours as `OpeningHours` reads them."""
    source: str = ""
    """Who says the contacts, and when that was read."""
    competence: str = ""
    """Who says that it is the bureau of this address."""
    others: tuple[str, ...] = ()
    """The bureaus of the province, where it is not known which one it is."""


class Card(Frozen):
    """What the librarian sees before the first word; never a name."""

    question: str
    place: str
    facts: tuple[CardLine, ...] = ()
    unknown: tuple[CardUnknown, ...] = ()
    measures: tuple[CardMeasure, ...] = ()
    deadline: str = ""
    deadline_in_short: str = ""
    relative: bool = False
    employer: bool = False
    situation: tuple[str, ...] = ()
    """At most five lines that sum the facts up; nothing that is not among them."""
    papers: tuple[CardPaper, ...] = ()
    bureau: CardBureau | None = None
    speaks: Language = "bg"
    """The language that the person writes in; the card itself is in Bulgarian."""

    @field_validator("unknown", mode="before")
    @classmethod
    def _of_older_releases(cls, unknown: Any) -> Any:
        """Return what was kept as labels alone as what it is now."""
        return tuple({"label": one} if isinstance(one, str) else one for one in unknown)


NO_CARD = Card(question="", place="")
"""What stands in place of a card that is no longer kept."""


CaseState = Literal[
    "waiting",
    "offered",
    "claimed",
    "for_person",
    "for_librarian",
    "reopened",
    "closed",
    "expired",
]


class Expert(Frozen):
    """A question of the librarian's to a labour bureau's expert."""

    desk: str
    question: str
    asked_at: dt.datetime
    direct: bool = False
    """Whether the answer goes to the person as well."""
    answered_at: dt.datetime | None = None


class Case(Frozen):
    """A question handed to a library. Its number is that of the event which opened it."""

    number: int
    library: str | None
    """None while it waits for the first desk that joins."""
    state: CaseState
    card: Card
    opened_at: dt.datetime
    claimed_by: str | None = None
    claimed_name: str | None = None
    claimed_at: dt.datetime | None = None
    offered_to: str | None = None
    """The neighbour that may take it besides, with the person's consent."""
    cover_refused: bool = False
    """Whether the person would rather wait for the library they chose."""
    asked_at: dt.datetime | None = None
    """Since when the person waits for a word; None while nothing is owed to them."""
    heard_at: dt.datetime | None = None
    """The latest word of either side."""
    written: tuple[str, ...] = ()
    """What the platform calls the person's latest messages, which they can still change."""
    answered_at: dt.datetime | None = None
    """The first answer since it was opened."""
    said: tuple[str, ...] = ()
    """What the clock has said of this wait; and since when it is this desk's, once it has moved.

    Of what was handed over after an answer, since when it waits to be looked after.
    """
    expert: Expert | None = None
    closed_at: dt.datetime | None = None
    resolution: str = ""
    last_by: str = ""
    """The name of the last one who answered, also after the end."""
    rating: str = ""
    reopened: int = 0
    """How many times it was opened again."""
    turned: tuple[str, ...] | None = None
    """The lines that the person turned as they passed the card on: by them later answers join it.

    None where nothing joins: nobody agreed to it, or the answers are of another person by now.
    """


class Draft(Frozen):
    """A question that is being written and has not been passed on."""

    library: str | None = None
    question: str = ""
    turned: tuple[str, ...] = ()
    """The lines that the person turned from in to out, or from out to in."""


class Unsent(Frozen):
    """What was said to the bot and may be meant for a librarian, as long as it is offered on."""

    text: str = ""
    file: KeptFile | None = None
    ref: str = ""
    """What the platform calls the message."""


class CvDraft(Frozen):
    """A CV that is being written; it goes once its file is sent and is never passed on."""

    written: dict[str, str] = Field(default_factory=dict)
    """What was typed, by what was asked."""
    sent: tuple[str, ...] = ()
    """In which forms it was sent so far."""
    touched_at: dt.datetime | None = None
    """When something was last done about it (Europe/Sofia)."""


class Plan(Frozen):
    """What the person made of the plan; all else in it is computed from the facts."""

    chosen: tuple[MeasureId, ...] | None = None
    """The measures put into it; None while the person has not chosen."""
    brought: tuple[str, ...] = ()
    """The documents that are ready, by key."""


class Awaited(Frozen):
    """A reminder that was asked for in this talk."""

    about: Reminder
    day: dt.date


class Rechecks(Frozen):
    """What was agreed to on looking again when the measures change."""

    also: tuple[FactId, ...] = ()
    """Sensitive facts that may be kept for it as well."""
    until: dt.date | None = None
    """The day until which it is kept; None where it was not agreed to."""


class Conversation(Frozen):
    """All that is kept of a talk. The facts are the only state of an interview."""

    schema_version: Literal[1] = 1
    language: Language = "bg"
    answers: dict[FactId, Any] = Field(default_factory=dict)
    """In the order they were given: a value, null for „не знам“, {"declined": true}."""
    screens: tuple[ScreenRef, ...] = (HOME,)
    serial: int = 0
    since: int = 0
    """Its screens have higher numbers than this; a button with a lower one is of another talk."""
    supposing: bool = False
    """Whether the questions go on as if the one doable step had been taken."""
    misses: int = 0
    consents: tuple[Consent, ...] = ()
    case: Case | None = None
    draft: Draft = Draft()
    unsent: Unsent = Unsent()
    used_at: dt.datetime | None = None
    """When, after the end of a case, the person last turned to the bot's own screens."""
    cv: CvDraft = CvDraft()
    plan: Plan = Plan()
    awaited: tuple[Awaited, ...] = ()
    rechecks: Rechecks = Rechecks()
    last_at: dt.datetime | None = None
    """When the person last did something (Europe/Sofia)."""
    last_press: str = ""
    """The latest tap, so that the same one sent twice changes nothing."""

    @property
    def screen(self) -> ScreenRef:
        """The screen the person is looking at."""
        return self.screens[-1]

    @property
    def who(self) -> Literal["self", "relative", "employer"]:
        """Whom the talk is about; the person, as long as nothing else was said."""
        said = self.answers.get("audience")
        return said if said in ("relative", "employer") else "self"

    @property
    def relative(self) -> bool:
        """Whether the person asks for somebody else."""
        return self.who == "relative"


class Step(Frozen):
    """What one event does: the talk after it, what is said, and what else happens."""

    conversation: Conversation
    messages: tuple[Message, ...] = ()
    effects: tuple[Effect, ...] = ()
    notice: str = ""
    """A word for a button that was pressed again, where the channel can show one."""
