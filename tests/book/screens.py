"""Every screen with example content: made from answers, or met in a golden talk."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from dialogs.flows import interview
from dialogs.model import HOME, Conversation, Message, Pressed, ScreenRef
from dialogs.respond import SCREENS, SUBJECTS, respond
from dialogs.texts import load_texts
from dialogs.turn import Context, Turn
from knowledge.base import KnowledgeBase
from tests.book.readability import Readability, readability
from tests.talks.playing import Seen
from tests.talks.writing import SOFIA

FOLDER = Path(__file__).parent
NOW = dt.datetime(2026, 11, 23, 10, tzinfo=SOFIA)
"""The moment of the examples."""


@dataclass(frozen=True, slots=True)
class Example:
    """A screen of the book: its name in code, its title, and the talk that it stands in."""

    number: int
    group: str
    title: str
    seen: Seen

    @property
    def name(self) -> str:
        """The screen's name in code."""
        return self.seen.screen.name

    @property
    def anchor(self) -> str:
        """Where the book shows it."""
        return f"screen-{self.number}"

    @property
    def message(self) -> Message:
        """What is said and can be pressed."""
        return self.seen.message

    @property
    def readability(self) -> Readability:
        """How easy its text is to read."""
        return readability(self.message.text)


@dataclass(frozen=True, slots=True)
class Way:
    """Where a button leads."""

    label: str
    to: ScreenRef


class UnreachableScreenError(ValueError):
    """A screen is in the product, and neither a golden talk nor the book's list comes to it."""


def examples(knowledge: KnowledgeBase, met: Iterable[Seen], rest: str) -> tuple[Example, ...]:
    """Return every screen as the book shows it; `rest` heads those that its list does not know.

    Raises UnreachableScreenError for a screen that nothing comes to.
    """
    listed = YAML(typ="safe").load(FOLDER / "screens.yaml")
    by_name: dict[str, Seen] = {}
    for seen in met:
        by_name.setdefault(seen.screen.name, seen)
    found = list(_listed(listed, knowledge, by_name))
    found += [(rest, name, s) for name, s in by_name.items() if name not in _names(found)]
    missing = set(SCREENS) - _names(found)
    if missing:
        raise UnreachableScreenError(
            f"no golden talk comes to {', '.join(sorted(missing))};"
            f" write one, or add them to {FOLDER.name}/screens.yaml"
        )
    return tuple(Example(n, *example) for n, example in enumerate(found, start=1))


def _names(found: Sequence[tuple[str, str, Seen]]) -> set[str]:
    return {seen.screen.name for _, _, seen in found}


def _listed(
    listed: Mapping[str, Any], knowledge: KnowledgeBase, by_name: Mapping[str, Seen]
) -> Iterator[tuple[str, str, Seen]]:
    for group in listed["groups"]:
        for entry in group["screens"]:
            if entry["name"] not in SCREENS:
                continue  # it has left the product since
            answers = listed["answers"].get(entry.get("answers"))
            for about, title in _subjects(entry, knowledge):
                seen = (
                    by_name.get(entry["name"])
                    if answers is None
                    else _made(knowledge, entry["name"], about, answers)
                )
                if seen:
                    yield group["title"], title, seen


def _subjects(entry: Mapping[str, Any], knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield what the screen is about, and its title; each question has one of its own."""
    if entry.get("each") == "joint":
        yield from ((name, f"{entry['title']}: {name}") for name in knowledge.joint_questions)
        return
    if entry.get("each") != "fact":
        yield entry.get("about", ""), entry["title"]
        return
    turn = _turn(knowledge, HOME, {})
    for fact in knowledge.facts:
        if interview.is_asked_alone(turn, fact.id):
            yield fact.id, f"{entry['title']}: {fact.label.in_('bg')}"


def _turn(knowledge: KnowledgeBase, screen: ScreenRef, answers: Mapping[str, Any]) -> Turn:
    below = () if screen == HOME else (HOME,)
    said = Conversation(answers=dict(answers), screens=(*below, screen), serial=1)
    return Turn(said, Context(knowledge, load_texts(), NOW))


def _made(
    knowledge: KnowledgeBase, name: str, about: str, answers: Mapping[str, Any]
) -> Seen | None:
    """Return the screen as it looks with these answers, or None where it cannot stand there."""
    screen = ScreenRef(name=name, about=about)
    turn = _turn(knowledge, screen, answers)
    if name in SUBJECTS and not SUBJECTS[name](turn, about):
        return None
    shown = SCREENS[name].show(turn)
    rows = tuple(row for row in shown.rows if row)
    message = shown.model_copy(update={"serial": 1, "rows": rows})
    return Seen(screen, message, turn.conversation, turn.context)


# -- where the buttons lead ----------------------------------------------------------------------


def ways(example: Example) -> tuple[Way, ...]:
    """Return where each button leads, by pressing it."""
    seen = example.seen
    found = []
    for button in example.message.buttons:
        pressed = Pressed(serial=example.message.serial, action=button.action)
        after = respond(seen.conversation, pressed, seen.context).conversation.screen
        found.append(Way(button.label, after))
    return tuple(found)


def shown_as(screen: ScreenRef, all_: Sequence[Example]) -> Example:
    """Return the example nearest to a screen: about the same thing, or of the same name."""
    same = [example for example in all_ if example.name == screen.name]
    return next((example for example in same if example.seen.screen == screen), same[0])
