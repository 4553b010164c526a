"""How an invented job seeker comes to the desk: through the real talk, question by question."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.flows.interview import NOTHING, UNKNOWN
from dialogs.model import Conversation, Event, Pressed, Said, Started
from dialogs.practice.people import Invented
from dialogs.respond import OF_NO_TALK, respond
from dialogs.turn import Context, Turn
from knowledge.facts import NONE, Fact
from knowledge.joint_questions import JointQuestion

MOST = 80
"""Events; more would be a fault of the interview."""


class LostError(RuntimeError):
    """The talk did not come to the desk: the questions or the invented answers have changed."""


def coming(person: Invented, context: Context) -> tuple[Event, ...]:
    """Return what the person does from opening the talk to passing the question on.

    The first of the desks in the context takes it. Raises LostError where they do not get there.
    """
    events, _ = _come(person, context)
    return events


def at_the_card(person: Invented, context: Context) -> Turn:
    """Return the talk as it stands just before the question is passed on."""
    _, conversation = _come(person, context)
    return Turn(conversation, context)


def _come(person: Invented, context: Context) -> tuple[tuple[Event, ...], Conversation]:
    if not context.desks:
        raise LostError(f"{person.id} has no desk to come to")
    talk = _Talk(person, context)
    talk.does(Started())
    while (event := talk.answer()) is not None:
        talk.does(event)
    talk.presses("go:librarian", f"to:{context.desks[0].id}")
    talk.does(Said(text=person.question))
    talk.presses(*(f"turn:{fact}:in" for fact in person.shows))
    if talk.conversation.screen.name != "case_card":
        raise LostError(f"{person.id} stands at {talk.conversation.screen.name}")
    passing = Pressed(serial=OF_NO_TALK, action="pass-on")
    return (*talk.events, passing), talk.conversation


class _Talk:
    """The talk so far, worked out as the real one will be."""

    def __init__(self, person: Invented, context: Context) -> None:
        self.conversation = Conversation(language="bg")
        self.events: list[Event] = []
        self._person = person
        self._context = context
        self._offered: frozenset[str] = frozenset()

    def does(self, event: Event) -> None:
        if len(self.events) >= MOST:
            raise LostError(f"{self._person.id} is still asked after {MOST} events")
        number = self._context.number + len(self.events) + 1
        step = respond(self.conversation, event, replace(self._context, number=number))
        self.conversation = step.conversation
        self.events.append(event)
        shown = [message.buttons for message in step.messages if message.buttons]
        self._offered = frozenset(button.action for button in shown[-1]) if shown else frozenset()

    def presses(self, *actions: str) -> None:
        for action in actions:
            self.does(Pressed(serial=OF_NO_TALK, action=action))

    def answer(self) -> Event | None:
        """Return what answers the question on the screen; None where nothing is asked."""
        said = self._said()
        if said is None:
            return None
        action = next((action for action in said if action in self._offered), None)
        if action is None:
            return Said(text=said[-1])
        return Pressed(serial=OF_NO_TALK, action=action)

    def _said(self) -> tuple[str, ...] | None:
        """Return the buttons that say it; where none of them is offered, the last is typed."""
        screen, told = self.conversation.screen, self._person.answers
        facts = self._context.knowledge.facts
        said: tuple[str, ...] | None = None
        match screen.name:
            case "home" | "audience":
                said = (f"a:audience:{told['audience']}",)
            case "consent":
                band = told.get("disability_percent", NOTHING)
                said = (f"a:disability_percent:{band}", f"consent:{band}", band)
            case "told":
                said = ("told",)
            case "any_of":
                said = (*self._ticks(), "picked", "any:none")
            case "joint":
                said = self._together(self._context.knowledge.joint_questions[screen.about])
            case "settlement":
                said = (told["settlement"],)
            case "question":
                said = self._of(facts[screen.about])
        return said

    def _ticks(self) -> Iterator[str]:
        told = self._person.answers.items()
        return (f"pick:{fact}:in" for fact, answer in told if answer == "yes")

    def _together(self, question: JointQuestion) -> tuple[str, ...]:
        """Return the choice that says what is told of each of its facts; else the ground alone."""
        told = self._person.answers
        for number, choice in enumerate(question.choices, start=1):
            if all(_written(raw) == told.get(name, "no") for name, raw in choice.answers.items()):
                return (f"j:{question.id}:{number}",)
        ground = "yes" if told.get(question.ground) == "yes" else "no"
        return (self._context.texts["bg"](f"button-{ground}"),)

    def _of(self, fact: Fact) -> tuple[str, ...]:
        told = self._person.answers.get(fact.id)
        if told is not None:
            return (f"a:{fact.id}:{told}", told)
        return (f"a:{fact.id}:no", f"a:{fact.id}:{NONE}", f"a:{fact.id}:{UNKNOWN}")


def _written(raw: object) -> str:
    """Return a value of a joint choice as the invented answers write it."""
    return {True: "yes", False: "no"}.get(raw, str(raw)) if isinstance(raw, bool) else str(raw)
