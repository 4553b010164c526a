"""A golden talk as a Markdown file: what stands in it, read and written without loss."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

SOFIA = ZoneInfo("Europe/Sofia")
FOLDER = Path(__file__).parent
LANGUAGES = ("bg", "en", "tr", "uk")
CUT = "[…]"
"""A line of an answer that stands for any number of lines; `make talks` leaves it there."""
_ACT = re.compile(r"\*\*(?P<name>[^*:]+)(?P<rest>:.*)?\*\*(?P<said> .*)?")
_RULE = "---"


class TalkError(ValueError):
    """A file is not written as a talk is; says where, and what is allowed."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a person or a librarian does, with what was said back; `kind` is a key of the words."""

    kind: str
    said: str
    replies: tuple[tuple[str, str], ...] = ()
    """What is answered to which question, where an act answers many."""
    answer: tuple[str, ...] = ()
    """The lines that follow: what Посока says, and its buttons."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """A word to the reader between the acts."""

    text: str


@dataclass(frozen=True, slots=True)
class WrittenTalk:
    """A talk as it stands in its file."""

    file: Path
    language: str
    title: str
    who: str
    """One sentence on the person."""
    head: Mapping[str, str]
    entries: tuple[Act | Remark, ...]

    @property
    def begins(self) -> dt.datetime:
        """The moment of the first act, in Sofia."""
        return dt.datetime.strptime(self.head["begins"], "%d.%m.%Y, %H:%M").replace(tzinfo=SOFIA)

    @property
    def words(self) -> dict[str, Any]:
        """The words of the talk's language."""
        return words_of(self.language)


@cache
def words_of(language: str) -> dict[str, Any]:
    """Return the words in which talks of this language are written down."""
    return dict(YAML(typ="safe").load(FOLDER / "words.yaml")[language])


def files() -> tuple[Path, ...]:
    """Return the files of all the talks, by language and name."""
    return tuple(f for language in LANGUAGES for f in sorted((FOLDER / language).glob("*.md")))


# -- reading -----------------------------------------------------------------------------------


def read(file: Path) -> WrittenTalk:
    """Return the talk of a file; raises TalkError at the line of a fault."""
    lines = file.read_text(encoding="utf-8").splitlines()
    language = file.parent.name
    if _RULE not in lines:
        raise TalkError(f"{file}:1: found no line „{_RULE}“ between the head and the talk")
    end = lines.index(_RULE)
    title, who, head = _read_head(file, lines[:end], words_of(language)["head"])
    entries = tuple(_entries(file, lines[end + 1 :], end + 2, words_of(language)["acts"]))
    return WrittenTalk(file, language, title, who, head, entries)


def _read_head(
    file: Path, lines: list[str], names: Mapping[str, str]
) -> tuple[str, str, dict[str, str]]:
    keys = {name: key for key, name in names.items()}
    title = who = ""
    head: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        name, _, value = line.removeprefix("- ").partition(": ")
        if line.startswith("# "):
            title = line[2:].strip()
        elif line.startswith("- ") and name in keys:
            head[keys[name]] = value.strip()
        elif line.startswith("- "):
            raise TalkError(f"{file}:{number}: found „{name}“; allowed: {', '.join(keys)}")
        elif line.strip():
            who = f"{who} {line.strip()}".strip()
    if not (title and who and {"begins", "shows"} <= set(head)):
        raise TalkError(
            f"{file}:1: write a title, who it is, „{names['begins']}“, „{names['shows']}“"
        )
    return title, who, head


def _entries(
    file: Path, lines: list[str], first: int, names: Mapping[str, str]
) -> Iterator[Act | Remark]:
    kinds = {name: kind for kind, name in names.items()}
    act: Act | None = None
    for number, block in _blocks(lines, first):
        start = block[0]
        if start.startswith(">"):
            if act is None:
                raise TalkError(f"{file}:{number}: found an answer before anything was done")
            gap = ("",) if act.answer else ()
            act = replace(act, answer=(*act.answer, *gap, *block))
        elif start.startswith("- ") and act:
            act = replace(act, replies=tuple(_replies(file, block, number)))
        else:
            if act:
                yield act
            act = _act(file, start, number, kinds)
            if act is None:
                yield Remark("\n".join(block))
    if act:
        yield act


def _blocks(lines: list[str], first: int) -> Iterator[tuple[int, list[str]]]:
    numbered = [(n, line.rstrip()) for n, line in enumerate(lines, start=first)]
    for some, group in groupby(numbered, key=lambda pair: bool(pair[1])):
        if some:
            block = list(group)
            yield block[0][0], [line for _, line in block]


def _act(file: Path, line: str, number: int, kinds: Mapping[str, str]) -> Act | None:
    found = _ACT.fullmatch(line)
    if not found:
        return None
    if found["name"] not in kinds:
        allowed = ", ".join(kinds)
        raise TalkError(f"{file}:{number}: found „{found['name']}“; allowed: {allowed}")
    return Act(kinds[found["name"]], (found["said"] or "").strip(), line=number)


def _replies(file: Path, block: list[str], number: int) -> Iterator[tuple[str, str]]:
    for at, line in enumerate(block, start=number):
        subject, colon, reply = line.removeprefix("- ").partition(": ")
        if not (line.startswith("- ") and colon):
            raise TalkError(f"{file}:{at}: found „{line}“; write „- question: answer“")
        yield subject, reply


# -- writing -----------------------------------------------------------------------------------


def written(talk: WrittenTalk) -> str:
    """Return the text of the file."""
    names = talk.words["head"]
    head = "\n".join(f"- {names[key]}: {value}" for key, value in talk.head.items())
    parts = [f"# {talk.title}", talk.who, head, _RULE]
    for entry in talk.entries:
        parts += [entry.text] if isinstance(entry, Remark) else _written_act(talk, entry)
    return "\n\n".join(parts) + "\n"


def _written_act(talk: WrittenTalk, act: Act) -> Iterator[str]:
    name = talk.words["acts"][act.kind]
    yield f"**{name}:** {act.said}" if act.said else f"**{name}**"
    if act.replies:
        yield "\n".join(f"- {subject}: {reply}" for subject, reply in act.replies)
    if act.answer:
        yield "\n".join(_with_breaks(act.answer))


def _with_breaks(lines: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines so that each stays a line of its own where Markdown is shown."""
    for line, after in zip(lines, (*lines[1:], ""), strict=True):
        yield f"{line}  " if len(line) > 1 and len(after) > 1 else line


def same(one: str, other: str) -> bool:
    """Whether two files say the same; blanks at the end of a line are for show."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


# -- cuts --------------------------------------------------------------------------------------

_CUT_LINE = f"> {CUT}"


def with_cuts(before: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is said now, cut where it was cut before.

    Lines next to a cut are found again by what they say; where they have changed, as many lines
    stay before and after the cut as stood there.
    """
    if _CUT_LINE not in before or _matches(before, now):
        return before if _CUT_LINE in before else now
    kept: list[str] = []
    parts = _split(before)
    if sum(map(len, parts)) >= len(now):
        return now
    at = 0
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        found = _found(part, now, at, from_end=last)
        if number:
            kept.append(_CUT_LINE)
        if found is None:
            return _shortened(parts, now)
        kept += now[found : found + len(part)]
        at = found + len(part)
    return tuple(kept)


def _matches(before: Iterable[str], now: Iterable[str]) -> bool:
    pattern = "".join(r"(?:.*\n)*" if b == _CUT_LINE else re.escape(b) + r"\n" for b in before)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in now)) is not None


def _split(lines: tuple[str, ...]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in lines:
        if line == _CUT_LINE:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def _found(part: list[str], now: tuple[str, ...], at: int, *, from_end: bool) -> int | None:
    """Return where lines stand: by the first of them, or at the very start or end."""
    if at == 0:
        return 0
    if from_end:
        return max(at, len(now) - len(part))
    return next((n for n in range(at, len(now)) if part and now[n] == part[0]), None)


def _shortened(parts: list[list[str]], now: tuple[str, ...]) -> tuple[str, ...]:
    head, tail = len(parts[0]), len(parts[-1])
    return (*now[:head], _CUT_LINE, *now[len(now) - tail :])
