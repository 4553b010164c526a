"""Prints how easy each screen is to read in each language: words, words a sentence, LIX.

No well-kept library knows Bulgarian, Turkish and Ukrainian; what is counted, and LIX, need no
language of their own (tests/book/readability.py).
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from dialogs.bulgarian_only import shows_bulgarian
from dialogs.model import Message
from dialogs.respond import SCREENS
from dialogs.turn import Turn
from knowledge.loading import load
from knowledge.texts import LANGUAGES, Language
from tests.book.__main__ import met
from tests.book.readability import Readability, readability
from tests.book.screens import Example, examples
from tests.talks.writing import files, read

WIDTH = 46
"""Characters of a title."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One screen in one language; `bulgarian` where measures stand there in Bulgarian."""

    language: Language
    found: Readability
    bulgarian: bool


def figure(example: Example, language: Language) -> Figure:
    """Return what is counted on the screen as it looks in that language."""
    seen = example.seen
    talk = seen.conversation.model_copy(update={"language": language})
    turn = Turn(talk, seen.context)
    shown: Message = SCREENS[seen.screen.name].show(turn)
    return Figure(language, readability(shown.text), shows_bulgarian(turn, shown.text))


def lines(shown: Sequence[Example]) -> Iterator[str]:
    """Yield a line for each screen, and one for each language at the end."""
    yield f"{'words / longest sentence / LIX':{WIDTH}}" + "".join(f"{c:>16}" for c in LANGUAGES)
    all_: list[Figure] = []
    for example in shown:
        figures = [figure(example, language) for language in LANGUAGES]
        all_ += figures
        cells = "".join(f"{_cell(one):>16}" for one in figures)
        yield f"{f'{example.name}: {example.title}'[: WIDTH - 1]:{WIDTH}}{cells}"
    yield "* measures stand there in Bulgarian; such screens do not count below"
    for language in LANGUAGES:
        own = [f.found for f in all_ if f.language == language and not f.bulgarian]
        yield (
            f"{language}: {len(own)} screens; {mean(f.words for f in own):.0f} words a screen,"
            f" {max(f.words for f in own)} at most;"
            f" {sum(f.words for f in own) / sum(f.sentences for f in own):.1f} words a sentence,"
            f" {max(f.longest_words for f in own)} at most; LIX {mean(f.lix for f in own):.0f}"
        )


def _cell(one: Figure) -> str:
    found, mark = one.found, "*" if one.bulgarian else ""
    return f"{found.words}/{found.longest_words}/{found.lix}{mark}"


def main() -> None:
    """Print the table."""
    knowledge = load()
    talks = [read(file) for file in files()]
    shown = examples(knowledge, met(talks, knowledge), "")
    sys.stdout.write("\n".join([*lines(shown), ""]))


if __name__ == "__main__":
    main()
