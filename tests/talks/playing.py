"""A golden talk played through `respond`: what is said back at each act, as lines of its file."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

from dialogs.answer_words import words_of
from dialogs.case import clock_of
from dialogs.flows.checklist import listed
from dialogs.model import (
    Conversation,
    DeskAct,
    Event,
    KnowledgeChanged,
    Message,
    Pressed,
    Reminded,
    Said,
    ScreenRef,
    SentFile,
    SharedLocation,
    Started,
    Step,
)
from dialogs.respond import respond
from dialogs.texts import load_texts
from dialogs.turn import Abilities, Context, Desk, Turn
from knowledge.base import KnowledgeBase
from knowledge.joint_questions import JointChoice
from knowledge.opening_hours import OpeningHours
from tests.talks.later import Later, restored, titled, without
from tests.talks.writing import Act, Remark, TalkError, WrittenTalk, with_cuts

MOST_QUESTIONS = 60
"""More questions in a row would be a fault of the interview."""
MESSAGE_CHARACTERS, BUTTON_BYTES = 4096, 64
"""The platforms' limits, which no talk may break."""
_NEXT_PAGE = "results:"
KEPT = dt.timedelta(days=30)
"""So long after the last word a talk is kept."""


DESK: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "claims": ("claim", {}),
    "replies": ("reply", {}),
    "closes": ("close", {}),
    "covers": ("claim", {"desk": "{text}"}),
    "transfers": ("transfer", {"library": "{text}"}),
    "hands": ("transfer", {"to": "{text}", "to_name": "{text}"}),
    "asks_expert": ("ask_expert", {"text": "{text}", "library": "bureau", "direct": "yes"}),
    "expert": ("expert_reply", {"text": "{text}", "desk": "bureau"}),
    "mutes": ("mute", {"until": "{text}"}),
    "frees": ("free", {}),
    "late": ("mark", {"code": "100"}),
    "expires": ("expire", {}),
}
"""What is done at the desk, as a kind of act and what else it says; the last ones by its clock."""
CLOCK = ("frees", "late", "expires")


@dataclass(frozen=True, slots=True)
class Seen:
    """A screen as it was shown, and the talk that it stood in: what the book is made of."""

    screen: ScreenRef
    message: Message
    conversation: Conversation
    context: Context


@dataclass(frozen=True, slots=True)
class Line:
    """One turn of a played talk: the act, and the step that answered it."""

    entry: Act | Remark
    steps: tuple[Step, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    """Questions that were answered in one go: what was asked, what was replied."""
    notes: tuple[str, ...] = ()
    """What the reader is told before the answer, or instead of one."""


@dataclass
class Player:
    """Plays one talk; the conversation goes through JSON between every two steps."""

    talk: WrittenTalk
    context: Context
    conversation: Conversation = field(default_factory=Conversation)
    shown: list[Message] = field(default_factory=list)
    """Every message with buttons, the latest last: what can be pressed."""
    seen: list[Seen] = field(default_factory=list)
    latest: tuple[Message, ...] = ()
    """What the last step said."""
    last: Pressed | None = None
    later: Later = field(default_factory=Later)
    whole: KnowledgeBase | None = None
    """The knowledge with every measure, whichever runs at the moment of the talk."""

    def lines(self) -> Iterator[Line]:
        """Yield each act with what answered it; raises TalkError where one cannot be done."""
        for entry in self.talk.entries:
            yield Line(entry) if isinstance(entry, Remark) else self._line(entry)

    def _line(self, act: Act) -> Line:
        if act.kind == "waits":
            self._comes(self.context.now + waiting(self.talk, act))
            return Line(act)
        if act.kind == "interview":
            return self._interview(act)
        if act.kind == "due":
            return self._due(act)
        if act.kind in ("ends", "begins"):
            return self._changes(act)
        return Line(act, tuple(self._does(event) for event in self._events(act)))

    def _events(self, act: Act) -> Iterator[Event]:
        """Yield what the act sends; each is asked for once the one before it is answered."""
        match act.kind:
            case "opens":
                yield Started(payload=act.said)
            case "says" | "edits":
                yield Said(text=act.said, edited=act.kind == "edits")
            case "presses":
                yield from (self._press(act, label) for label in act.said.split(" → "))
            case "again":
                yield self.last or self._fails(act, "nothing was pressed before")
            case "old":
                yield self._old(act)
            case "card":
                yield from self._opening(act)
            case "shares":
                latitude, longitude = map(float, act.said.split(","))
                yield SharedLocation(latitude=latitude, longitude=longitude)
            case "sends":
                kinds = {name: kind for kind, name in self.talk.words["files"].items()}
                yield SentFile(type=kinds[act.said])
            case _:
                yield self._desk(act)

    # -- what comes by itself ----------------------------------------------------------------------

    def _comes(self, now: dt.datetime) -> None:
        """Let it be that time; a talk without a word for so long is kept no more."""
        last = self.conversation.last_at
        self.context = replace(self.context, now=now)
        if last and now - last > KEPT:
            self.conversation = Conversation()

    def _due(self, act: Act) -> Line:
        notes = self.talk.words["notes"]
        found = self.later.due()
        if found is None:
            return Line(act, notes=(notes["none_due"],))
        self._comes(found[0])
        said = (notes["at"].format(at=found[0]),)
        return Line(act, (self._does_unasked(found[1]),), notes=said)

    def _changes(self, act: Act) -> Line:
        """Let a measure end or begin, and look again for who agreed to that."""
        self.whole = self.whole or self.context.knowledge
        measure = titled(self.whole.measures.values(), act.said) or self._fails(
            act, f"no measure „{act.said}“"
        )
        here = self.context.knowledge
        ends = act.kind == "ends"
        knowledge = without(here, measure.id) if ends else restored(here, self.whole, measure.id)
        self.context = replace(self.context, knowledge=knowledge)
        event = self.later.changed(self.context.today)
        if event is None:
            return Line(act, notes=(self.talk.words["notes"]["none_kept"],))
        return Line(act, (self._does_unasked(event),))

    def _does_unasked(self, event: Reminded | KnowledgeChanged) -> Step:
        """Return what is said of itself; of a talk that is gone nothing is kept after it either."""
        gone = not self.conversation.serial
        if gone:
            self.conversation = Conversation(language=event.language)
        step = self._does(event)
        self.conversation = Conversation() if gone else self.conversation
        return step

    # -- the person --------------------------------------------------------------------------------

    def _does(self, event: Event) -> Step:
        self.context = replace(self.context, number=self.context.number + 1)
        stored = Conversation.model_validate_json(self.conversation.model_dump_json())
        step = respond(stored, event, self.context)
        self.conversation, self.latest = step.conversation, step.messages
        unasked = isinstance(event, Reminded | KnowledgeChanged)
        kept = self.later.take(step.effects, unasked=unasked)
        step = step.model_copy(update={"effects": kept})
        # A page shows the buttons of one screen, and with a message those that are its own.
        assert len([m for m in step.messages if m.rows and not m.aside]) <= 1
        for message in step.messages:
            _within_limits(message)
            if message.rows:
                self.shown.append(message)
                self.seen.append(
                    Seen(self.conversation.screen, message, self.conversation, self.context)
                )
        if isinstance(event, Pressed):
            self.last = event
        if any(effect.kind == "erase" for effect in step.effects):
            # As the store does: nothing of the talk is left.
            self.conversation = Conversation()
        return step

    def _press(self, act: Act, label: str) -> Pressed:
        if not self.shown:
            self._fails(act, "nothing is shown yet")
        found = next(filter(None, (self._of(message, label) for message in self._in_sight)), None)
        return found or self._fails(
            act, f"no button „{label}“; there are: {', '.join(self._labels())}"
        )

    @property
    def _in_sight(self) -> list[Message]:
        """What the last step showed with buttons, the screen first."""
        said = [message for message in reversed(self.latest) if message.rows]
        return said or self.shown[-1:]

    def _old(self, act: Act) -> Pressed:
        """Return the press of a button on the latest screen that had it, the last one aside."""
        found = (self._of(message, act.said) for message in reversed(self.shown[:-1]))
        return next(filter(None, found), None) or self._fails(act, "no earlier button like this")

    def _of(self, message: Message, label: str) -> Pressed | None:
        actions = [button.action for button in message.buttons if button.label == label]
        return Pressed(serial=message.serial, action=actions[0]) if actions else None

    def _opening(self, act: Act) -> Iterator[Event]:
        """Yield what opens the card with that title: pages, then the number before the title."""
        while True:
            screen = self.shown[-1]
            found = re.search(rf"(?m)^(\d+)\. {re.escape(act.said)}", screen.text)
            if found:
                yield self._press(act, found[1])
                return
            further = [b for b in screen.buttons if b.action.startswith(_NEXT_PAGE)]
            if not further:
                self._fails(act, f"no measure „{act.said}“ in:\n{screen.text}")
            yield Pressed(serial=screen.serial, action=further[0].action)

    def _labels(self) -> list[str]:
        return [button.label for button in self.shown[-1].buttons]

    def _fails(self, act: Act, why: str) -> NoReturn:
        raise TalkError(f"{self.talk.file}:{act.line}: {why}")

    # -- the questions -----------------------------------------------------------------------------

    def _interview(self, act: Act) -> Line:
        """Answer each question by the replies of the act, until none is left or one is reached."""
        wanted = act.said.removeprefix(self.talk.words["until"]).strip()
        replies = dict(act.replies)
        asked: list[tuple[str, str]] = []
        steps: list[Step] = []
        for _ in range(MOST_QUESTIONS):
            subject = self._subject()
            if subject in ("", wanted):
                return Line(act, tuple(steps[-1:]), tuple(asked))
            reply = self._together(replies) or self._reply(subject, replies)
            event = self._of(self.shown[-1], reply) or Said(text=reply)
            asked.append((_question(self.shown[-1]), reply))
            steps.append(self._does(event))
            if self._subject() == subject and not self._more_exactly(steps[-1]):
                self._fails(act, f"„{reply}“ did not answer „{subject}“")
        raise AssertionError("the questions do not end")

    def _reply(self, subject: str, replies: dict[str, str]) -> str:
        """Return what is replied: as told, or what goes for the rest, „no“ as a button says it."""
        words = self.talk.words
        if subject in replies:
            return replies[subject]
        rest = replies.get(words["rest"], "")
        noes = words["noes"] if rest == words["no"] else (rest,)
        labels = self._labels()
        return next((no for no in noes if no in labels), str(words["dont_know"]))

    def _together(self, replies: dict[str, str]) -> str:
        """Return what answers several facts at once: the true choice, the numbers of a list."""
        turn = Turn(self.conversation, self.context)
        knowledge = self.context.knowledge
        match self.conversation.screen.name:
            case "any_of":
                yes = turn.text("button-yes")
                told = (replies.get(turn.words(fact.label)) for fact in listed(turn))
                return " ".join(str(n) for n, said in enumerate(told, start=1) if said == yes)
            case "joint":
                question = knowledge.joint_questions[self.conversation.screen.about]
                fitting = (c for c in question.choices if self._is_true(turn, c, replies))
                return next((turn.words(choice.label) for choice in fitting), "")
            case _:
                return ""

    def _is_true(self, turn: Turn, choice: JointChoice, replies: dict[str, str]) -> bool:
        """Whether the choice says what is replied to each of its facts, told or for the rest."""
        facts = turn.knowledge.facts
        for name, answer in choice.said(facts, turn.context.today):
            fact = facts[name]
            noes = self.talk.words["noes"]
            told = replies.get(turn.words(fact.label))
            if words_of(turn, fact, answer) not in ([told] if told else noes):
                return False
        return True

    def _more_exactly(self, step: Step) -> bool:
        return len(step.messages) > 1

    def _subject(self) -> str:
        """Return what is being asked for, by the name that stands in a file; empty for nothing."""
        screen, facts = self.conversation.screen, self.context.knowledge.facts
        match screen.name:
            case "consent" | "any_of":
                return str(self.talk.words["subjects"][screen.name])
            case "question":
                return facts[screen.about].label.in_(self.conversation.language)
            case "joint":
                ground = self.context.knowledge.joint_questions[screen.about].ground
                return facts[ground].label.in_(self.conversation.language)
            case "settlement":
                return facts["settlement"].label.in_(self.conversation.language)
            case _:
                return ""

    # -- the librarian -----------------------------------------------------------------------------

    def _desk(self, act: Act) -> DeskAct:
        """Return what was done at the desk; „name: words“ where something is said."""
        case = self.conversation.case
        if case is None:
            raise TalkError(f"{self.talk.file}:{act.line}: nothing was passed on to a librarian")
        name, _, text = act.said.partition(": ")
        kind, about = DESK[act.kind]
        who = {"librarian": name, "name": name} if name else {"of": clock_of(case, kind)}
        told = {key: value.format(text=text) for key, value in about.items()} or {"text": text}
        return DeskAct.model_validate({"act": kind, "case": case.number} | who | told)


def waiting(talk: WrittenTalk, act: Act) -> dt.timedelta:
    """Return how long „5 часа“ is; raises TalkError for a unit it does not know."""
    count, _, unit = act.said.partition(" ")
    units = talk.words["units"]
    if not count.isdecimal() or unit not in units:
        raise TalkError(f"{talk.file}:{act.line}: found „{act.said}“; allowed: {', '.join(units)}")
    return dt.timedelta(**{units[unit]: int(count)})


def _within_limits(message: Message) -> None:
    assert message.text.strip(), "an empty message"
    assert len(message.text) <= MESSAGE_CHARACTERS, message.text
    for button in message.buttons:
        assert button.label.strip(), button
        assert len(f"{message.serial}.{button.action}".encode()) <= BUTTON_BYTES, button


def _question(message: Message) -> str:
    """Return the sentence that asks, without its hints."""
    lines = [line for line in message.text.splitlines() if "?" in line]
    return (lines or message.text.splitlines())[0]


# -- a talk and its context ----------------------------------------------------------------------


def context_of(talk: WrittenTalk, knowledge: KnowledgeBase) -> Context:
    """Return what the first step of the talk may look at: its moment, and the desks it names."""
    trial = "trial" in talk.head
    desks = tuple(_desks(talk, knowledge))
    return Context(
        knowledge, load_texts(), talk.begins, desks, trial, abilities=Abilities(hides=True)
    )


def _desks(talk: WrittenTalk, knowledge: KnowledgeBase) -> Iterator[Desk]:
    """Yield the desks of „lib-vratsa-reg Mo-Fr 09:00-18:00 | lib-vidin-reg“."""
    for one in filter(None, talk.head.get("desks", "").split(" | ")):
        name, _, hours = one.partition(" ")
        library = knowledge.directory.library(name)
        if library is None:
            raise TalkError(f"{talk.file}:1: no library „{name}“")
        yield Desk(name, library, OpeningHours.parse(hours) if hours else None)


def player(talk: WrittenTalk, knowledge: KnowledgeBase) -> Player:
    """Return one who plays the talk from its beginning."""
    return Player(talk, context_of(talk, knowledge), Conversation(language="bg"))


def played(talk: WrittenTalk, knowledge: KnowledgeBase) -> WrittenTalk:
    """Return the talk with what is said today; the person's lines and the cuts stay."""
    lines = player(talk, knowledge).lines()
    return replace(talk, entries=tuple(_answered(talk, line) for line in lines))


def _answered(talk: WrittenTalk, line: Line) -> Act | Remark:
    if isinstance(line.entry, Remark) or not (line.steps or line.notes):
        return line.entry
    asked = [f"> {question} – **{reply}**" for question, reply in line.asked]
    noted = [f"> *{note}*" for note in line.notes]
    steps = [block for step in line.steps[-1:] for block in _blocks(talk, step)]
    said = _joined([noted, asked, *steps])
    return replace(line.entry, answer=with_cuts(line.entry.answer, said))


def _joined(blocks: list[list[str]]) -> tuple[str, ...]:
    lines: list[str] = []
    for block in filter(None, blocks):
        lines += [""] if lines else []
        lines += block
    return tuple(lines)


def _blocks(talk: WrittenTalk, step: Step) -> Iterator[list[str]]:
    """Yield the messages of a step, and what else it does, each as quoted lines."""
    for message in step.messages:
        yield [f"> {line}".rstrip() for line in _message_lines(talk, message)]
    notes = list(_notes(talk, step))
    if not step.messages and not notes:
        notes = [talk.words["notes"]["silent"]]
    yield [f"> *{note}*" for note in notes]


def _message_lines(talk: WrittenTalk, message: Message) -> Iterator[str]:
    yield from message.text.splitlines()
    for note in _attached(talk, message):
        yield ""
        yield f"*{note}*"
    if message.rows:
        yield ""
    for row in message.rows:
        yield " ".join(f"`{button.label}`" for button in row)


def _attached(talk: WrittenTalk, message: Message) -> Iterator[str]:
    notes = talk.words["notes"]
    if message.pin:
        yield notes["pin"].format(name=message.pin.name)
    if message.document:
        yield notes["document"].format(title=message.document.title)
    if message.asks_location:
        yield notes["location"]


def _notes(talk: WrittenTalk, step: Step) -> Iterator[str]:
    if step.notice:
        yield talk.words["notes"]["notice"].format(notice=step.notice)
    named = talk.words["effects"]
    for effect in step.effects:
        if effect.kind == "case_said" and effect.by != "person":
            continue
        if effect.kind in named:
            yield named[effect.kind].format(**dict(effect))
