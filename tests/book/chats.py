"""A golden talk as a chat: who says what, in bubbles, as its file tells it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from tests.talks.playing import CLOCK, DESK
from tests.talks.writing import CUT, Act, Remark, WrittenTalk

_BUTTON = re.compile(r"`([^`]+)`")
_NOTE = re.compile(r"\*(\(.+\))\*")
_ASKED = re.compile(r"(.+) – \*\*(.+)\*\*")


@dataclass(frozen=True, slots=True)
class Bubble:
    """One thing in a chat; `does` says how a person said it, where they did not type it."""

    who: Literal["bot", "person", "librarian", "aside"]
    text: str = ""
    does: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    """Questions with their answers, where many were answered in one go."""


def bubbles(talk: WrittenTalk) -> Iterator[Bubble]:
    """Yield the chat of a talk."""
    for entry in talk.entries:
        if isinstance(entry, Remark):
            yield Bubble("aside", entry.text)
        else:
            yield _done(talk, entry)
            yield from (_said(lines) for lines in _messages(entry.answer))


def _done(talk: WrittenTalk, act: Act) -> Bubble:
    name = talk.words["acts"][act.kind]
    if act.kind == "waits" or act.kind in CLOCK:
        return Bubble("aside", f"{name}: {act.said}" if act.said else name)
    if act.kind == "interview":
        return Bubble("aside", f"{name} {act.said}".strip())
    if act.kind in DESK:
        return Bubble("librarian", act.said, name)
    return Bubble("person", act.said, "" if act.kind == "says" else name)


def _messages(answer: tuple[str, ...]) -> Iterator[list[str]]:
    for some, lines in groupby(answer, key=bool):
        if some:
            yield [line.removeprefix(">").removeprefix(" ") for line in lines]


def _said(lines: list[str]) -> Bubble:
    asked = [found.groups() for line in lines if (found := _ASKED.fullmatch(line))]
    if asked:
        return Bubble("aside", asked=tuple((str(q), str(r)) for q, r in asked))
    rows = tuple(tuple(_BUTTON.findall(line)) for line in lines if line.startswith("`"))
    notes = tuple(found[1] for line in lines if (found := _NOTE.fullmatch(line)))
    text = [line for line in lines if not (line.startswith("`") or _NOTE.fullmatch(line))]
    said = re.sub(r"\n{3,}", "\n\n", "\n".join(text)).strip()
    if said == CUT and not rows:
        return Bubble("aside", CUT)
    if not said and not rows:
        return Bubble("aside", notes=notes)
    return Bubble("bot", said, rows=rows, notes=notes)
