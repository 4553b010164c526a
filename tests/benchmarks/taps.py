"""How many taps a person needs, from the greeting to what fits: `make taps`.

Each golden profile answers truthfully by the shortest way there is: a button, or typed words that
count as one tap. A truth for which a question has no words is „не знам“.
Run: python -m tests.benchmarks.taps [--every]
"""

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean, median
from zoneinfo import ZoneInfo

from dialogs.flows.checklist import listed
from dialogs.model import Conversation, Event, Message, Pressed, Said, Started
from dialogs.respond import respond
from dialogs.texts import load_texts
from dialogs.turn import Context, Turn
from knowledge.base import KnowledgeBase
from knowledge.facts import NONE, Answer, Fact, FactId, Known, Span, Value
from knowledge.golden_profiles import Person, people_of
from knowledge.loading import load
from knowledge.loading.cases import load_cases
from knowledge.loading.everything import DATA
from knowledge.measures import MeasureId

SOFIA = ZoneInfo("Europe/Sofia")
WORK = {
    "no": "без работа съм",
    "leaving": "скоро оставам без работа",
    "part_time": "работя на непълен работен ден",
    "yes": "работя",
    "student": "уча",
    "pensioner": "пенсионер съм",
}
"""How one begins who tells it in a sentence."""
TOWN = "12259"
"""Враца: where a profile says no settlement."""
MOST_TAPS = 80
WANTED_FIRST, WANTED_ALL = 4, 12
SUITED = ("yes", "likely")
WORST = 8


@dataclass(frozen=True, slots=True)
class Taps:
    """What one person needed."""

    name: str
    first: int | None
    """Until a measure that fits can be seen; None where none ever does."""
    own: int | None
    """Until one can be seen that does not fit everybody who only says „За мен“."""
    all: int
    """Until the results with nothing left to ask."""


@dataclass
class Taking:
    """One person's talk while it is counted."""

    person: Person
    context: Context
    conversation: Conversation
    taps: int = 0
    message: Message = field(default_factory=lambda: Message(text=""))

    def does(self, event: Event) -> None:
        """Take one step; whatever is pressed or typed is one tap."""
        step = respond(self.conversation, event, self.context)
        self.conversation = step.conversation
        self.taps += not isinstance(event, Started)
        self.message = next((m for m in reversed(step.messages) if m.serial), self.message)

    def press(self, action: str) -> bool:
        """Press the button that does this, if there is one."""
        there = any(button.action == action for button in self.message.buttons)
        if there:
            self.does(Pressed(serial=self.message.serial, action=action))
        return there

    # -- what can be seen --------------------------------------------------------------------------

    def fitting(self) -> set[MeasureId]:
        """Return the measures that fit and can be opened from the results."""
        turn = Turn(self.conversation, self.context)
        suited = {v.measure.id for v in turn.verdicts() if v.word in SUITED}
        return suited & self._listed() if suited else set()

    def _listed(self) -> set[MeasureId]:
        """Return the measures on the results: this screen, or that after „Резултати“."""
        shown = self.message
        if self.conversation.screen.name != "results":
            pressed = Pressed(serial=self.message.serial, action="go:results")
            if all(button.action != pressed.action for button in self.message.buttons):
                return set()
            shown = respond(self.conversation, pressed, self.context).messages[-1]
        actions = (button.action for button in shown.buttons)
        return {a.removeprefix("card:") for a in actions if a.startswith("card:")}

    @property
    def at_results(self) -> bool:
        """Whether the results are on the screen."""
        return self.conversation.screen.name == "results"

    # -- the truth ---------------------------------------------------------------------------------

    def answer(self) -> None:
        """Answer what is asked; at the end, go on to the results."""
        screen = self.conversation.screen
        match screen.name:
            case "home" | "audience":
                self._press_first("a:audience:self")
            case "settlement":
                self.does(Said(text=self._place()))
            case "namesakes" | "confirm_place":
                self._press_first(f"place:{self._value('settlement') or TOWN}", "place:")
            case "consent":
                self._answer_about_health()
            case "any_of":
                self._answer_any_of()
            case "joint":
                self._answer_joint()
            case "question":
                self._answer(self.context.knowledge.facts[screen.about])
            case _:
                self._press_first("go:results")

    def _press_first(self, *actions: str) -> None:
        for wanted in actions:
            found = [b.action for b in self.message.buttons if b.action.startswith(wanted)]
            if found:
                self.press(found[0])
                return
        raise AssertionError(f"none of {actions} in:\n{self.message.text}")

    def _value(self, fact: FactId) -> Value | None:
        return self.person.full.known.get(fact)

    def _place(self) -> str:
        gazetteer = self.context.knowledge.gazetteer
        place = gazetteer.by_ekatte(str(self._value("settlement") or TOWN))
        assert place, "a profile lives in a known place"
        age = self._value("age")
        told = f", {age}" if isinstance(age, int) else ""
        return f"{place.name}, община {place.municipality}{told}"

    def tell(self) -> None:
        """Say who one is in a sentence, and confirm what was understood: two taps."""
        parts = [WORK[str(self._value("working"))]]
        age = self._value("age")
        parts += [f"на {age} години"] if isinstance(age, int) else []
        place = self.context.knowledge.gazetteer.by_ekatte(str(self._value("settlement") or TOWN))
        self.does(Said(text=", ".join([*parts, f"живея в {place.name if place else ''}"])))
        self.press("told")

    def _answer_about_health(self) -> None:
        """Press the band that is true: with one above none it is a consent too."""
        fact = self.context.knowledge.facts[self.conversation.screen.about]
        value, bands = self._value(fact.id), enumerate(fact.bands)
        true = [n for n, b in bands if _within(value, b.span(fact, self.context.today))]
        self._press_first(*(w for n in true for w in (f"a:{fact.id}:b{n}", f"consent:b{n}")))

    def _answer_any_of(self) -> None:
        """Say the numbers of what is true, in one breath."""
        true = [n for n, fact in enumerate(listed(self._turn), 1) if self._value(fact.id) is True]
        if true:
            self.does(Said(text=" ".join(map(str, true))))
        else:
            self._press_first("any:none")

    def _answer_joint(self) -> None:
        """Press the choice that is true of all it names; else the ground alone."""
        knowledge, today = self.context.knowledge, self.context.today
        question = knowledge.joint_questions[self.conversation.screen.about]
        for number, choice in enumerate(question.choices, start=1):
            said = choice.said(knowledge.facts, today)
            if all(self._is_said(fact, answer) for fact, answer in said):
                self.press(f"j:{question.id}:{number}")
                return
        ground = self._value(question.ground)
        self.does(Said(text={True: "да", False: "не"}.get(ground, "не знам")))  # type: ignore[arg-type]

    def _is_said(self, fact: FactId, answer: Answer) -> bool:
        value = self._value(fact)
        told = answer.value if isinstance(answer, Known) else None
        return _within(value, told) if isinstance(told, Span) else value == told

    @property
    def _turn(self) -> Turn:
        return Turn(self.conversation, self.context)

    def _answer(self, fact: Fact) -> None:
        value = self._value(fact.id)
        for action in self._buttons(fact, value):
            if self.press(action):
                return
        if value is None or value == NONE or isinstance(value, bool):
            self._press_first(f"a:{fact.id}:?")
            return
        before = self.conversation
        self.does(Said(text=f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value)))
        if self.conversation.screens == before.screens:
            self._press_first(f"a:{fact.id}:?")

    def _buttons(self, fact: Fact, value: Value | None) -> Iterator[str]:
        """Yield the actions that say this value truthfully."""
        if isinstance(value, bool):
            yield f"a:{fact.id}:{'yes' if value else 'no'}"
        elif isinstance(value, str):
            yield f"a:{fact.id}:{value}"
        elif value is not None:
            for number, band in enumerate(fact.bands):
                span = band.span(fact, self.context.today)
                if _within(value, span):
                    yield f"a:{fact.id}:b{number}"


def _within(value: Value | None, span: Span) -> bool:
    same = type(value) is type(span.low)
    return same and bool(span.low <= value <= span.high)  # type: ignore[operator]


def counted(person: Person, knowledge: KnowledgeBase, *, tells: bool = False) -> Taps:
    """Return how many taps this person needs, with buttons alone or beginning with a sentence."""
    now = dt.datetime.combine(person.on, dt.time(10), tzinfo=SOFIA)
    talk = Taking(person, Context(knowledge, load_texts(), now), Conversation())
    talk.does(Started())
    if tells:
        talk.tell()
    everybody = _for_everybody(talk.context)
    first = own = None
    for _ in range(MOST_TAPS):
        if own is None:
            fitting, reached = talk.fitting(), talk.taps + (not talk.at_results)
            first = first or (reached if fitting else None)
            own = reached if fitting - everybody else None
        if talk.at_results:
            return Taps(person.case.name, first, own, talk.taps)
        talk.answer()
    raise AssertionError(f"{person.case.name}: the talk does not end")


def _for_everybody(context: Context) -> set[MeasureId]:
    """Return what fits a job seeker of whom nothing else is known."""
    turn = Turn(Conversation(answers={"audience": "self"}), context)
    return {v.measure.id for v in turn.verdicts() if v.word in SUITED}


# -- in figures ----------------------------------------------------------------------------------


def lines(figure: str, wanted: int, taps: Sequence[int], missing: int = 0) -> Iterator[str]:
    """Yield the distribution of one figure."""
    ordered = sorted(taps)
    within = sum(n <= wanted for n in ordered)
    share = 100 * within / (len(ordered) + missing)
    yield (
        f"{figure}: mean {fmean(ordered):.1f}, median {median(ordered):g}, "
        f"p95 {ordered[int(len(ordered) * 0.95)]}, most {ordered[-1]}; "
        f"wanted at most {wanted}: {within} of {len(ordered) + missing} ({share:.0f} %)"
        + (f"; never: {missing}" if missing else "")
    )
    counts = Counter(ordered)
    longest = max(counts.values())
    for number in range(ordered[0], ordered[-1] + 1):
        yield f"  {number:3}  {counts[number]:4}  {'▇' * round(40 * counts[number] / longest)}"


def report(found: Sequence[Taps], *, every: bool) -> Iterator[str]:
    """Yield the figures over all the people, and those who need most."""
    yield f"{len(found)} people, taps after /start"
    first = [t.first for t in found if t.first]
    own = [t.own for t in found if t.own]
    yield from lines("to the first measure that fits", WANTED_FIRST, first, len(found) - len(first))
    yield from lines("to one that is not for everybody", WANTED_FIRST, own, len(found) - len(own))
    yield from lines("to the full result", WANTED_ALL, [t.all for t in found])
    shown = sorted(found, key=lambda t: (-t.all, t.name))
    yield "All, by name:" if every else "Most taps to the full result:"
    for taps in shown if every else shown[:WORST]:
        yield f"  {taps.all:3}  first {taps.first or '–'}, own {taps.own or '–'}  {taps.name}"


def people(knowledge: KnowledgeBase) -> tuple[Person, ...]:
    """Return the golden profiles of those who look for work, each once."""
    cases = load_cases(DATA / "cases", knowledge.facts)
    found = people_of(cases, knowledge.facts, knowledge.measures.values())
    return tuple(map(_possible, (p for p in found if p.full.known.get("audience") != "employer")))


def _possible(person: Person) -> Person:
    """Return the person with a date for what they have: „има документ, без дата“ is nobody."""
    full = person.full
    for fact, ground in (("trade_obtained_on", "has_trade"), ("registered_on", "registered")):
        if full.known.get(ground) is True and full.known.get(fact) == NONE:
            full = full.with_(fact, Known(person.on - dt.timedelta(days=1000)))
    return replace(person, full=full)


def main() -> None:
    """Print the figures."""
    knowledge = load()
    found = [counted(person, knowledge) for person in people(knowledge)]
    telling = [counted(person, knowledge, tells=True).all for person in people(knowledge)]
    for line in report(found, every="--every" in sys.argv):
        print(line)  # noqa: T201
    for line in lines("to the full result, beginning with a sentence", WANTED_ALL, telling):
        print(line)  # noqa: T201


if __name__ == "__main__":
    main()
