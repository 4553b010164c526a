"""What a librarian's answers in a practice name, by words alone, and what would have helped."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dialogs.flows import places
from dialogs.flows.card import RELATIVE, kept_in, passable, passed_on
from dialogs.flows.measures import HEADINGS
from dialogs.phrases import heard_in
from dialogs.practice.people import Invented
from dialogs.screens import source_lines
from dialogs.turn import Turn
from dialogs.understanding import load_lexicon
from knowledge.explaining import reason
from knowledge.measures import Measure, MeasureId
from knowledge.places import Bureau
from knowledge.texts import Text
from knowledge.verdicts import judge

LEXICON, BUREAU, SOURCE, PROMISE = "practice", "bureau", "source", "promise"
NUMBERED_DAY = r"\b\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?\b|\b20\d\d\b"
LINK = re.compile(r"https?://|www\.|\b[\w-]+\.(?:bg|eu)\b", re.IGNORECASE)
FITTING = HEADINGS[:2]
_BEFORE_A_NUMBER = re.compile(r"(?<=[^\W\d_])\.(?=\s*\d)")
"""A full stop that shortens a word and ends no sentence, as before the number of an article."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A measure that a good answer names, as today's knowledge has it, and whether it was."""

    measure: MeasureId
    title: str
    said: bool
    ask: str
    """What to ask first, where it is not sure that the measure still runs; else empty."""
    because: str
    steps: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What was found in the answers of one practice."""

    answered: bool
    """Whether any of the measures that would help was named."""
    bureau: bool
    bureau_name: str
    """Which bureau it is; empty where that is not known."""
    bureau_text: str
    """The same with its source; empty where the person gave no place."""
    sourced: bool
    dated: bool
    promised: bool
    """Whether something was promised that only the bureau decides."""
    hints: tuple[Hint, ...]


def checked(card: Turn, person: Invented, answers: Iterable[str]) -> Check:
    """Return what the answers name; `card` is the talk as it stood before it was passed on."""
    texts = tuple(answers)
    read = (_BEFORE_A_NUMBER.sub(" ", text) for text in texts)
    heard = {kind for text in read for kind in heard_in(text, LEXICON)}
    settlement = places.settlement_of(card)
    competent = settlement and card.knowledge.directory.competent_bureau(settlement)
    bureau = competent.bureau if competent else None
    hints = tuple(_hints(as_passed_on(card), person, heard))
    return Check(
        answered=any(hint.said for hint in hints),
        bureau=BUREAU in heard and _names(card, texts, bureau),
        bureau_name=bureau.name if bureau else "",
        bureau_text=places.bureau_text(card, settlement) if settlement else "",
        sourced=SOURCE in heard or any(LINK.search(text) for text in texts),
        dated=any(_days(card).search(text.lower()) for text in texts),
        promised=PROMISE in heard,
        hints=hints,
    )


def as_passed_on(card: Turn) -> Turn:
    """Return the talk with those answers alone that the librarian sees."""
    answers = card.conversation.answers
    seen = {f.id: answers[f.id] for f in passable(card) if passed_on(card, f)}
    shown = not card.conversation.relative or kept_in(card, RELATIVE)
    return card.change(answers=seen | ({"audience": answers["audience"]} if shown else {}))


def _names(turn: Turn, texts: Iterable[str], bureau: Bureau | None) -> bool:
    """Whether the town of the bureau is named, where it is known which bureau it is."""
    town = turn.knowledge.gazetteer.by_ekatte(bureau.ekatte) if bureau else None
    return town is None or any(town.name.casefold() in text.casefold() for text in texts)


def _days(turn: Turn) -> re.Pattern[str]:
    months = "|".join(load_lexicon(turn.language).months)
    return re.compile(rf"{NUMBERED_DAY}|\b\d{{1,2}}\s+(?:{months})\b")


def _hints(seen: Turn, person: Invented, heard: set[str]) -> Iterator[Hint]:
    """Yield what would help and runs today; what does not fit any more is not advised."""
    today = seen.context.today
    for name in person.helps:
        measure = seen.knowledge.measures.get(name)
        if measure is None or not measure.runs(today):
            continue
        if seen.conversation.who == "employer":
            yield from _for_a_firm(seen, measure, name in heard)
            continue
        verdict = judge(measure, seen.knowledge.facts, seen.profile, today)
        if verdict.word in FITTING:
            because = reason(verdict, seen.knowledge.facts, seen.knowledge.phrases, seen.language)
            yield Hint(
                measure=measure.id,
                title=seen.words(measure.title),
                said=name in heard,
                ask=seen.text("heading-ask") if measure.status == "unclear" else "",
                because=because,
                steps=_said(seen, measure.steps),
                sources=tuple(source_lines(seen, measure.sources)),
            )


def _for_a_firm(seen: Turn, measure: Measure, said: bool) -> Iterator[Hint]:
    told = measure.for_employer
    if told:
        yield Hint(
            measure=measure.id,
            title=seen.words(measure.title),
            said=said,
            ask="",
            because=seen.words(told.in_short),
            steps=_said(seen, told.steps),
            sources=tuple(source_lines(seen, told.sources)),
        )


def _said(turn: Turn, steps: Iterable[Text]) -> tuple[str, ...]:
    return tuple(turn.words(step) for step in steps)
