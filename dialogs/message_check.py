"""Whether every message of every language can be said: looked at before anybody is talked to.

What would fail on a screen is found here: a message that is missing or cannot be read, arguments
of another name, a choice that a language does not know, and what a channel would not take.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fluent.syntax import ast

from dialogs.texts import Texts, UnreadableTextError, load_texts
from dialogs.turn import Room
from knowledge.base import KnowledgeBase
from knowledge.texts import LANGUAGES, Language, Text

PLURALS = frozenset(("zero", "one", "two", "few", "many", "other"))
"""Keys that each language has as its own grammar wants them."""
FUNCTIONS = frozenset(("NUMBER", "DATETIME"))
LONGEST_ARGUMENT = 60
"""Of what is filled in: the title of a measure, the name of a place."""
LONGEST_IN_LABEL = 25
"""On a button only the name of a town is filled in, or a number."""
OF_THE_DESK = ("desk", "practice")
"""What the name of a file begins with whose words librarians alone read: they are in Bulgarian."""
MOST_TOLD = 25
"""Faults that are told at once."""
LONGEST_SERIAL = "9" * 9
"""Of a screen, as a button carries it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a message of a language: where it stands, and what to do."""

    language: Language
    file: str
    message: str
    text: str

    def __str__(self) -> str:
        named = f"{self.message}: " if self.message else ""
        return f"{self.file} ({self.language}): {named}{self.text}"


class FaultyMessagesError(Exception):
    """Some messages cannot be said; the text names each, and what to do."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        more = len(faults) - MOST_TOLD
        lines = [*map(str, faults[:MOST_TOLD]), *([f"and {more} more"] if more > 0 else [])]
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class _Message:
    """A message with the arguments that it uses, each with the keys that select by it."""

    file: Path
    name: str
    longest: int
    """UTF-16 units of its longest wording."""
    keys: dict[str, set[str]] = field(default_factory=dict)
    defaults: dict[str, set[str]] = field(default_factory=dict)
    refers: list[str] = field(default_factory=list)
    """Messages, terms and functions that it names."""


def require(
    texts: Mapping[Language, Texts], knowledge: KnowledgeBase, rooms: Mapping[str, Room]
) -> None:
    """Raise FaultyMessagesError unless all can be said, on every channel of `rooms` by name."""
    faults = [*faults_of(texts), *too_long(texts, rooms), *too_long_choices(knowledge, rooms)]
    if faults:
        raise FaultyMessagesError(faults)


# -- the same messages in every language ---------------------------------------------------------


def faults_of(texts: Mapping[Language, Texts]) -> Iterator[Fault]:
    """Yield what is missing, unreadable, or different from the Bulgarian source."""
    source = {message.name: message for message in messages_of(texts["bg"])}
    for language in LANGUAGES:
        own = messages_of(texts[language])
        yield from _unreadable(texts[language], own)
        there = {message.name for message in own}
        for name, message in source.items():
            if name not in there and not is_of_the_desk(message.file):
                file = f"{language}/{message.file.name}"
                yield Fault(language, file, name, "missing; translate it")
        for message in own:
            faults = [
                *_other_arguments(source.get(message.name), message),
                *_dangling(message, own),
            ]
            for text in faults:
                yield Fault(language, _called(message.file), message.name, text)


def is_of_the_desk(file: Path) -> bool:
    """Return whether librarians alone read these words: they are Bulgarian only."""
    return file.name.startswith(OF_THE_DESK)


def messages_of(texts: Texts) -> tuple[_Message, ...]:
    """Return the messages of a language as they are written."""
    return tuple(
        _of(file, entry)
        for file, resource in texts.files.items()
        for entry in resource.body
        if isinstance(entry, ast.Message)
    )


def _called(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def _unreadable(texts: Texts, own: tuple[_Message, ...]) -> Iterator[Fault]:
    """Yield what is no message, messages without words, and those that stand twice."""
    for file, resource in texts.files.items():
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                first = (entry.content or "").strip().partition("\n")[0][:60]
                why = entry.annotations[0].message if entry.annotations else "no message"
                text = f"cannot be read ({why}): {first!r}; mend the line"
                yield Fault(texts.language, _called(file), "", text)
    seen: set[str] = set()
    for message in own:
        if message.name in seen:
            yield Fault(
                texts.language, _called(message.file), message.name, "stands twice; mend it"
            )
        if not message.longest:
            yield Fault(texts.language, _called(message.file), message.name, "no words; write them")
        seen.add(message.name)


def _other_arguments(source: _Message | None, own: _Message) -> Iterator[str]:
    if source is None:
        yield "Bulgarian has no such message; mend its name or take it out"
        return
    for name in sorted(source.keys.keys() - own.keys.keys()):
        yield f"does not use ${name}, as Bulgarian does; put it in"
    for name in sorted(own.keys.keys() - source.keys.keys()):
        yield f"uses ${name}, which is not given; take it out"
    for name in sorted(source.keys.keys() & own.keys.keys()):
        asked, had = source.keys[name] - PLURALS, own.keys[name] - PLURALS
        fallbacks = source.defaults.get(name, set()) | own.defaults.get(name, set())
        for key in sorted(had - asked - own.defaults.get(name, set())):
            yield f"${name} is never [{key}]; allowed: {', '.join(sorted(asked))}; mend the key"
        for key in sorted(asked - had - fallbacks):
            yield f"has no wording for ${name} [{key}]; add it"


def _dangling(message: _Message, own: tuple[_Message, ...]) -> Iterator[str]:
    if message.refers:
        there = {one.name for one in own} | FUNCTIONS
        for name in message.refers:
            if name not in there:
                yield f"refers to {name}, which is not there; mend the name"


# -- how a message is written --------------------------------------------------------------------


def _of(file: Path, entry: ast.Message) -> _Message:
    found = _Message(file, entry.id.name, longest=0)
    argument = LONGEST_IN_LABEL if entry.id.name.startswith("button-") else LONGEST_ARGUMENT
    longest = _length(entry.value, argument, found) if entry.value else 0
    return _Message(file, found.name, longest, found.keys, found.defaults, found.refers)


def _length(part: Any, argument: int, found: _Message) -> int:
    """Return how long a part can become; what it uses is put into `found`."""
    match part:
        case ast.TextElement(value=text) | ast.StringLiteral(value=text):
            return units(text)
        case ast.Pattern(elements=parts):
            return sum(_length(one, argument, found) for one in parts)
        case ast.Placeable(expression=inner):
            return _length(inner, argument, found)
        case ast.SelectExpression(selector=selector, variants=variants):
            _length(selector, argument, found)
            _select(found, selector, variants)
            return max(_length(variant.value, argument, found) for variant in variants)
        case ast.VariableReference(id=name):
            found.keys.setdefault(name.name, set())
        case ast.MessageReference(id=name) | ast.TermReference(id=name):
            found.refers.append(name.name)
        case ast.FunctionReference(id=name, arguments=given):
            found.refers.append(name.name)
            for one in given.positional:
                _length(one, argument, found)
    return argument


def _select(found: _Message, selector: Any, variants: list[ast.Variant]) -> None:
    if not isinstance(selector, ast.VariableReference):
        return
    argument = selector.id.name
    for variant in variants:
        key = variant.key
        said = str(key.value if isinstance(key, ast.NumberLiteral) else key.name)
        found.keys.setdefault(argument, set()).add(said)
        if variant.default:
            found.defaults.setdefault(argument, set()).add(said)


def units(text: str) -> int:
    """Return the length in UTF-16 units, as platforms count: an emoji is two."""
    return len(text) + sum(character > "\uffff" for character in text)


# -- whether a channel takes it ------------------------------------------------------------------


def too_long(texts: Mapping[Language, Texts], rooms: Mapping[str, Room]) -> Iterator[Fault]:
    """Yield the messages whose longest wording does not fit a channel."""
    for language, own in texts.items():
        for message in messages_of(own):
            for channel, room in rooms.items():
                most = room.of(message.name)
                if most is not None and message.longest > most:
                    text = f"up to {message.longest} characters; {channel} takes {most}; shorten it"
                    yield Fault(language, _called(message.file), message.name, text)


def too_long_choices(knowledge: KnowledgeBase, rooms: Mapping[str, Room]) -> Iterator[Fault]:
    """Yield the answers of the data that no button of a channel can show or carry."""
    for channel, room in rooms.items():
        for name, text in _choices(knowledge):
            for language in LANGUAGES:
                found = units(text.in_(language))
                if room.label is not None and found > room.label:
                    said = f"{found} characters; a button of {channel} takes {room.label}"
                    yield Fault(language, "knowledge/data", name, f"{said}; shorten it")
        for measure in knowledge.measures:
            carried = len(f"{LONGEST_SERIAL}.plan-drop:{measure}".encode())
            if room.action is not None and carried > room.action:
                said = f"{carried} bytes; a button of {channel} carries {room.action}"
                yield Fault("bg", "knowledge/data/measures", measure, f"{said}; shorten the id")


def _choices(knowledge: KnowledgeBase) -> Iterator[tuple[str, Text]]:
    for fact in knowledge.facts:
        yield from ((fact.id, choice.label) for choice in fact.choices)
        yield from ((fact.id, band.label) for band in fact.bands)
        if fact.none:
            yield fact.id, fact.none
    for group in knowledge.hiring_groups.values():
        if group.button:
            yield group.id, group.button


def main() -> int:
    """Print what is wrong with the shipped messages; 1 where anything is."""
    try:
        faults = [str(fault) for fault in faults_of(load_texts())]
    except UnreadableTextError as error:
        faults = [str(error)]
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
