"""What a person wants of the talk, put in a sentence: the bureau, a deadline, a plan, a human."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dialogs.free_text.lexicon import load_fact_lexicon
from dialogs.free_text.patterns import Pattern, compiled
from dialogs.understanding import LEXICONS, read_lexicon
from knowledge.texts import Language

Wish = str


@dataclass(frozen=True)
class Wishes:
    """The wishes of one language, in the order in which they are looked for."""

    ways: Mapping[Wish, tuple[Pattern, ...]]
    never: Mapping[Wish, tuple[Pattern, ...]]
    questions: frozenset[str]
    """Words that make a sentence a question."""
    requests: frozenset[str]
    """Words that make a sentence a request."""
    dropped: frozenset[str]
    """Words that say nothing about the subject of a question: „има“, „искам“, „какво“."""


@cache
def load_wishes(language: Language) -> Wishes:
    """Return the wishes; raises ValueError naming the pattern that cannot be read."""
    raw = read_lexicon(LEXICONS / language / "wishes.yaml")
    classes, light = raw["classes"], frozenset(raw.get("light", ()))
    return Wishes(
        ways={
            wish: tuple(p for source in ways["said"] for p in compiled(source, classes, light))
            for wish, ways in raw["wishes"].items()
        },
        never={
            wish: tuple(p for source in ways.get("never", ()) for p in compiled(source, classes))
            for wish, ways in raw["wishes"].items()
        },
        questions=frozenset(raw["questions"]),
        requests=frozenset(raw["requests"]),
        dropped=frozenset(raw["dropped"]),
    )


def plainly(text: str, language: Language) -> str:
    """Return the text in the letters of the language, its slips mended: „nazad“ is „назад“."""
    words = load_fact_lexicon(language).spelling.words(text)
    return " ".join(word.plain for word in words)


def wonders(text: str, language: Language) -> bool:
    """Whether the text asks something, besides what it tells."""
    return "?" in text or bool(_readings(text, language) & load_wishes(language).questions)


def asks(text: str, language: Language) -> bool:
    """Whether the text is a question or a request, not a statement."""
    requested = _readings(text, language) & load_wishes(language).requests
    return bool(requested) or wonders(text, language)


def _readings(text: str, language: Language) -> frozenset[str]:
    words = load_fact_lexicon(language).spelling.words(text)
    return frozenset().union(*(word.readings for word in words))


def wish(text: str, language: Language) -> Wish | None:
    """Return the first wish that the text surely is, or None."""
    lexicon, wishes = load_fact_lexicon(language), load_wishes(language)
    words = lexicon.spelling.words(text)
    readings = frozenset().union(*(word.readings for word in words))

    def fits(pattern: Pattern) -> bool:
        return pattern.possible(readings) and next(pattern.matches(words, {}), None) is not None

    for name, patterns in wishes.ways.items():
        if any(map(fits, patterns)) and not any(map(fits, wishes.never[name])):
            return name
    return None
