"""A talk of few words: it sets what is kept for later, and says it when it has become due.

What the service says then is not the concern of these tests, only whether and when.
"""

import datetime as dt

from bot.clock import millis
from bot.store.interface import ForLater, NewRecheck, NewReminder
from dialogs.model import (
    Conversation,
    Erase,
    Event,
    KeepForRechecks,
    KnowledgeChanged,
    Message,
    Remind,
    Reminded,
    Said,
    Step,
    StopRechecks,
    Unremind,
)
from dialogs.turn import Context
from knowledge.calendar import SOFIA


def at(text: str) -> dt.datetime:
    """Return the moment in Sofia."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=SOFIA)


def reminder(
    about: str = "visit", day: str = "2026-12-01", when: str = "2026-11-30 10:00"
) -> NewReminder:
    return NewReminder(about, day, "bg", millis(at(when)))


def recheck(
    answers: str = "{}",
    fitting: str = "[]",
    until: str = "2027-06-01",
    fingerprint: str = "old",
    *,
    renewed: bool = False,
) -> NewRecheck:
    return NewRecheck(answers, fitting, "bg", until, fingerprint, renewed)


def remind(*reminders: NewReminder, **more: object) -> ForLater:
    return ForLater(remind=reminders, **more)  # type: ignore[arg-type]


def respond(conversation: Conversation, event: Event, context: Context) -> Step:
    """Do what the words say: `remind <about> <day> <at>`, `unremind <about>`, `keep`, `delete`."""
    match event:
        case Reminded(about=about, day=day, language=language):
            assert language == conversation.language
            said = f"{about} {day} #{context.number}"
            return Step(conversation=conversation, messages=(Message(text=said),))
        case KnowledgeChanged(fitting=fitting, answers=answers):
            said = f"changed {','.join(fitting)} #{context.number}"
            again = _kept(answers, ("new",), dt.date(2099, 1, 1))
            effects = (again,) if answers.get("age") else ()
            return Step(conversation=conversation, messages=(Message(text=said),), effects=effects)
        case Said(text=text):
            return _heard(conversation, text)
    raise NotImplementedError


def _heard(conversation: Conversation, text: str) -> Step:
    effects = tuple(_effect(*line.split()) for line in text.split(";"))
    return Step(
        conversation=conversation,
        messages=(Message(text=f"heard {text}"),),
        effects=tuple(e for e in effects if e),
    )


def _effect(word: str, *rest: str):  # type: ignore[no-untyped-def]
    match word, *rest:
        case "remind", about, day, when:
            moment = at(when)
            return Remind.model_validate(
                {"about": about, "day": day, "at": moment, "language": "bg"}
            )
        case "unremind", *about:
            return Unremind.model_validate({"about": about[0] if about else None})
        case "keep", until:
            return _kept({"age": 57}, ("one",), dt.date.fromisoformat(until))
        case "stop", *_:
            return StopRechecks()
        case "delete", *_:
            return Erase()
    return None


def _kept(answers: dict[str, object], fitting: tuple[str, ...], until: dt.date) -> KeepForRechecks:
    return KeepForRechecks(answers=answers, fitting=fitting, language="bg", until=until)
