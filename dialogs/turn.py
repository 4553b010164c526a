"""One turn of a talk while it is worked out: pure, each act returns the turn after it."""

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from dialogs.model import (
    HOME,
    Button,
    Conversation,
    Effect,
    Message,
    ScreenRef,
)
from dialogs.texts import Texts, capitals
from knowledge.base import KnowledgeBase
from knowledge.conditions import Truth, evaluate
from knowledge.facts import Answer, FactId, Profile, as_json
from knowledge.measures import Measure, MeasureId
from knowledge.opening_hours import OpeningHours
from knowledge.places import Library
from knowledge.questions import Interviewer
from knowledge.texts import Language, Text
from knowledge.verdicts import Verdict

DEPTH = 12
"""How many screens „назад“ remembers."""


@dataclass(frozen=True)
class Desk:
    """A library where a librarian answers, and when it is open, if that is known."""

    id: str
    library: Library
    hours: OpeningHours | None
    away: bool = False
    """Whether everybody who answers there is away today."""
    usual: int | None = None
    """The median of its first answers in working minutes, once there are enough of them."""


@dataclass(frozen=True)
class Room:
    """How much a platform takes of what it does not divide; None where there is no bound."""

    text: int | None = None
    """UTF-16 units of one message: longer screens are divided, a single sentence of ours is not."""
    label: int | None = None
    """UTF-16 units on a button."""
    action: int | None = None
    """Bytes that a button carries, with the serial of its screen."""
    note: int | None = None
    """UTF-16 units of a word left on a pressed button."""
    command: int | None = None
    """UTF-16 units of what a command is for."""

    def of(self, message: str) -> int | None:
        """Return how long the message of this name may be."""
        if message == "tap-again":
            return self.note
        kind = message.partition("-")[0]
        return {"button": self.label, "command": self.command}.get(kind, self.text)


@dataclass(frozen=True)
class Abilities:
    """What the channel of a talk can do besides showing words and buttons."""

    reaches: bool = True
    """Whether a message finds the person who is not looking."""
    hides: bool = False
    """Whether what is on the person's screen can be replaced."""
    notices: bool = True
    """Whether a word can be shown on a pressed button, without a message."""
    attended: bool = False
    """Whether a librarian sits beside the person: nothing is handed over or kept for later."""
    room: Room = Room()


@dataclass(frozen=True)
class Context:
    """What a step may look at besides the talk: the knowledge, the words, the time."""

    knowledge: KnowledgeBase
    texts: dict[Language, Texts]
    now: dt.datetime
    """Aware, Europe/Sofia."""
    desks: tuple[Desk, ...] = ()
    """The libraries where somebody can take a case."""
    trial: bool = False
    """Whether nothing reaches a library: every case goes to the one desk of the trial."""
    number: int = 0
    """The number of the event, never used twice."""
    abilities: Abilities = Abilities()
    muted_until: dt.date | None = None
    """The last day on which this person cannot ask anew."""

    @property
    def today(self) -> dt.date:
        """The day in Sofia."""
        return self.now.date()


@dataclass(frozen=True)
class Turn:
    """The talk so far within one step, and what has been said in it."""

    conversation: Conversation
    context: Context
    messages: tuple[Message, ...] = ()
    effects: tuple[Effect, ...] = ()
    notice: str = ""
    ref: str = ""
    """What the platform calls the message that is being heard."""
    asked: bool = False
    """Whether the screen before this step asks for typed words."""
    quiet: bool = False
    """Whether the screen need not be shown again at the end."""
    below: tuple[Message, ...] = ()
    """What is said after the screen."""
    then: str = ""
    """Words that were put off and are to be heard at the end of this step."""

    # -- reading -------------------------------------------------------------------------------

    @property
    def knowledge(self) -> KnowledgeBase:
        """What is true."""
        return self.context.knowledge

    @property
    def language(self) -> Language:
        """The language of the talk."""
        return self.conversation.language

    @property
    def reads_cyrillic(self) -> bool:
        """Whether names of places are read as they stand on signs."""
        return self.language in ("bg", "uk")

    @property
    def screen(self) -> ScreenRef:
        """The screen the person is looking at."""
        return self.conversation.screen

    @property
    def profile(self) -> Profile:
        """What is known of the person; an answer that today's facts do not allow is not counted."""
        answers = {}
        for name, raw in self.conversation.answers.items():
            if name in self.knowledge.facts:
                with suppress(ValueError):
                    answers[name] = self.knowledge.facts[name].answer(raw)
        return Profile(answers)

    @property
    def standpoint(self) -> Profile:
        """What the questions go by: the facts, or the facts after the one doable step."""
        if not self.conversation.supposing:
            return self.profile
        return self.knowledge.after_the_step(self.profile, self.context.today)

    @property
    def interviewer(self) -> Interviewer:
        """The one who knows what to ask today."""
        return self.knowledge.interviewer(self.context.today)

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return the verdicts of the measures that can be suggested to a job seeker."""
        return self.knowledge.suggested(self.profile, self.context.today)

    def truths_after_the_step(self, measures: Iterable[Measure]) -> dict[MeasureId, Truth]:
        """Return whether each measure would fit if the person took the one doable step."""
        today = self.context.today
        after = self.knowledge.after_the_step(self.profile, today)
        known = self.knowledge.facts.counting(after.known)
        return {measure.id: evaluate(measure.who, known, today) for measure in measures}

    def text(self, name: str, /, **arguments: Any) -> str:
        """Return words in the talk's language, said for the one whom the talk is about."""
        return self.context.texts[self.language](name, who=self.conversation.who, **arguments)

    def words(self, text: Text) -> str:
        """Return a text of the knowledge in the talk's language."""
        return text.in_(self.language)

    def in_capitals(self, text: Text) -> str:
        """Return a text of the knowledge as a heading."""
        return capitals(self.words(text), self.language)

    def button(self, name: str, action: str, /, **arguments: Any) -> Button:
        """Return a button with the words `button-<name>`."""
        return Button(label=self.text(f"button-{name}", **arguments), action=action)

    # -- acting --------------------------------------------------------------------------------

    def say(self, text: str) -> "Turn":
        """Say something before the screen is shown."""
        return replace(self, messages=(*self.messages, Message(text=text)))

    def add(self, message: Message) -> "Turn":
        """Say a whole message before the screen is shown."""
        return replace(self, messages=(*self.messages, message))

    def aside(self, message: Message) -> "Turn":
        """Say a message with buttons of its own, which stay with it whatever is shown below."""
        return self.add(self._of_its_own(message))

    def aside_below(self, message: Message) -> "Turn":
        """As `aside`, after the screen has been shown: it says first what was done."""
        return replace(self, below=(*self.below, self._of_its_own(message)))

    def _of_its_own(self, message: Message) -> Message:
        return message.model_copy(update={"aside": True, "serial": self.conversation.serial})

    def apart(self, message: Message) -> "Turn":
        """Say a message with buttons of its own; the screen is not shown again."""
        serial = self.conversation.serial + 1
        rows = tuple(row for row in message.rows if row)
        said = message.model_copy(update={"serial": serial, "rows": rows})
        return self.change(serial=serial).add(said).silent()

    def note(self, text: str) -> "Turn":
        """Leave a word on the pressed button and show nothing again."""
        return replace(self, notice=text, quiet=True)

    def silent(self) -> "Turn":
        """Do not show the screen again."""
        return replace(self, quiet=True)

    def effect(self, effect: Effect) -> "Turn":
        """Let something else happen with this step."""
        return replace(self, effects=(*self.effects, effect))

    def change(self, **fields: Any) -> "Turn":
        """Return the turn with the talk changed."""
        changed = self.conversation.model_copy(update=fields)
        return replace(self, conversation=changed)

    def go(self, name: str, about: str = "") -> "Turn":
        """Open a screen; one that is open already is brought back to the front."""
        screen = ScreenRef(name=name, about=about)
        below = tuple(s for s in self.conversation.screens if s != screen)
        return self.change(screens=(*below, screen)[-DEPTH:], misses=0)

    def swap(self, name: str, about: str = "") -> "Turn":
        """Open a screen in place of this one."""
        return self.change(screens=self.conversation.screens[:-1] or (HOME,)).go(name, about)

    def back(self) -> "Turn":
        """Close this screen."""
        return self.change(screens=self.conversation.screens[:-1] or (HOME,), misses=0)

    def home(self) -> "Turn":
        """Close every screen."""
        return self.change(screens=(HOME,), misses=0)

    def answer(self, fact: FactId, answer: Answer) -> "Turn":
        """Keep an answer; it becomes the latest one."""
        others = {f: a for f, a in self.conversation.answers.items() if f != fact}
        return self.change(answers={**others, fact: as_json(answer)}, misses=0)
