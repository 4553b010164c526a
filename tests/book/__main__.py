"""Make the book that librarians read and sign: `make book` writes build/book/index.html."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from ruamel.yaml import YAML

from knowledge.base import KnowledgeBase
from knowledge.loading import load
from tests.book.chats import Bubble, bubbles
from tests.book.readability import TOO_SHORT
from tests.book.screens import FOLDER, NOW, Example, examples, shown_as, ways
from tests.talks.playing import Seen, player
from tests.talks.writing import WrittenTalk, files, read

BOOK = Path("build/book/index.html")
FEW = 2
"""So many questions, or numbers of a list, are named one by one."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A golden talk in the book."""

    anchor: str
    file: WrittenTalk
    bubbles: tuple[Bubble, ...]


@dataclass(frozen=True, slots=True)
class WaysTo:
    """The buttons of a screen that lead to the same place."""

    labels: str
    to: Example


@dataclass(frozen=True, slots=True)
class WaysFrom:
    """The screens that lead to one, and how many questions do besides."""

    screens: tuple[Example, ...]
    questions: int


def met(talks: Sequence[WrittenTalk], knowledge: KnowledgeBase) -> Iterator[Seen]:
    """Yield every screen that a golden talk comes to; the Bulgarian ones first."""
    for talk in talks:
        played = player(talk, knowledge)
        for _ in played.lines():
            pass
        yield from played.seen


def ways_of(example: Example, all_: Sequence[Example]) -> tuple[WaysTo, ...]:
    """Return where the buttons lead; those to the same place are named together."""
    labels: dict[str, list[str]] = {}
    targets = {}
    for way in ways(example):
        target = example if way.to == example.seen.screen else shown_as(way.to, all_)
        targets[target.anchor] = target
        labels.setdefault(target.anchor, []).append(way.label)
    return tuple(WaysTo(_joined(names), targets[to]) for to, names in labels.items())


def _joined(labels: Sequence[str]) -> str:
    """Return the labels in a line; numbers as „1–10“."""
    parts = []
    for numbers, run in groupby(labels, key=lambda label: label.isdecimal()):
        found = list(run)
        parts += [f"{found[0]}–{found[-1]}"] if numbers and len(found) > FEW else found
    return " · ".join(dict.fromkeys(parts))


def page(knowledge: KnowledgeBase) -> str:
    """Return the whole book."""
    words = YAML(typ="safe").load(FOLDER / "words.yaml")
    talks = [read(file) for file in files()]
    shown = examples(knowledge, met(talks, knowledge), words["rest"])
    leads = {example.anchor: ways_of(example, shown) for example in shown}
    return _template().render(
        w=words,
        css=Markup((FOLDER / "page.css").read_text(encoding="utf-8")),  # noqa: S704  # our own
        day=f"{NOW:%d.%m.%Y}",
        examples=shown,
        groups=[(group, list(found)) for group, found in groupby(shown, key=lambda e: e.group)],
        talks=[Chat(f"talk-{n}", t, tuple(bubbles(t))) for n, t in enumerate(talks, start=1)],
        ways=leads,
        comes={example.anchor: _coming(example, shown, leads) for example in shown},
        hardest=sorted(shown, key=_hardness),
    )


def _hardness(example: Example) -> tuple[bool, int]:
    """Return what to sort by: the hardest first, what is too short to be measured last."""
    found = example.readability
    return found.level == TOO_SHORT, -found.lix


def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("page.html.j2")


def _coming(
    example: Example, all_: Sequence[Example], leads: dict[str, tuple[WaysTo, ...]]
) -> WaysFrom:
    """Return from where a button leads here; many questions are only counted."""
    found = [o for o in all_ if o != example and any(w.to == example for w in leads[o.anchor])]
    questions = [o for o in found if o.name == "question"]
    counted = len(questions) if len(questions) > FEW else 0
    return WaysFrom(tuple(o for o in found if not counted or o not in questions), counted)


def main() -> int:
    """Write the book and say where it is."""
    BOOK.parent.mkdir(parents=True, exist_ok=True)
    BOOK.write_text(page(load()), encoding="utf-8")
    sys.stdout.write(f"{BOOK}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
