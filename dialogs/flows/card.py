"""The card that a librarian gets: what stands on it, and that nothing left out shows through."""

from collections.abc import Iterator

from dialogs.answer_words import words_of
from dialogs.flows import deadlines, places
from dialogs.model import (
    Card,
    CardLine,
)
from dialogs.turn import Turn
from knowledge.explaining import reason
from knowledge.facts import Fact, Known

RELATIVE, UNKNOWN, FITTING, DEADLINE = "audience", "unknown", "measures", "deadline"
"""The lines that are no answer of their own: for whom, what is open, what may fit, by when."""
SUMMING_UP = (UNKNOWN, FITTING, DEADLINE)
MOST = 10
"""Measures on a card: it must fit one message, and a librarian's glance."""


def passable(turn: Turn) -> tuple[Fact, ...]:
    """Return the facts that could stand on the card."""
    answers = turn.profile.answers
    return tuple(
        fact
        for fact in turn.knowledge.facts
        if isinstance(answers.get(fact.id), Known) and fact.id != "audience"
    )


def passed_on(turn: Turn, fact: Fact) -> bool:
    """Whether a line is passed on: what is sensitive only when it was ticked.

    What counts only by an answer that is left out is left out with it: it would give it away.
    """
    turned = fact.id in turn.conversation.draft.turned
    wanted = turned if fact.sensitivity == "special" else not turned
    return wanted and _grounded(turn, fact)


def _grounded(turn: Turn, fact: Fact) -> bool:
    """Whether what this fact counts by is passed on, or was never told."""
    if fact.given is None:
        return True
    ground = turn.knowledge.facts[fact.given.fact]
    return passed_on(turn, ground) if ground in passable(turn) else _grounded(turn, ground)


def kept_in(turn: Turn, line: str) -> bool:
    """Return whether a line that sums up stays on the card."""
    return line not in turn.conversation.draft.turned


def card_of(turn: Turn) -> Card:
    """Return the card as it would be passed on now, in the language of this turn."""
    answers = turn.conversation.answers
    passed = tuple(fact for fact in passable(turn) if passed_on(turn, fact))
    settlement = places.settlement_of(turn)
    shown = settlement is not None and any(fact.kind == "place" for fact in passed)
    # What was left out must not show through anything: judge by what is passed on alone.
    relative = turn.conversation.relative and kept_in(turn, RELATIVE)
    seen = turn.change(
        answers={fact.id: answers[fact.id] for fact in passed}
        | ({"audience": "relative"} if relative else {})
    )
    return Card(
        question=turn.conversation.draft.question,
        place=places.full_name(turn, settlement) if settlement and shown else "",
        facts=tuple(_fact_line(seen, fact) for fact in passed if fact.kind != "place"),
        unknown=_unknown(turn) if kept_in(turn, UNKNOWN) else (),
        measures=_measure_lines(seen) if kept_in(turn, FITTING) else (),
        deadline=deadlines.card(seen) if kept_in(turn, DEADLINE) else "",
        deadline_in_short=deadlines.in_short(seen) if kept_in(turn, DEADLINE) else "",
        relative=relative,
    )


def _fact_line(turn: Turn, fact: Fact) -> CardLine:
    value = words_of(turn, fact, turn.profile.answers[fact.id])
    return CardLine(about=fact.id, label=turn.words(fact.label), value=value)


def _unknown(turn: Turn) -> tuple[str, ...]:
    return tuple(
        turn.words(fact.label)
        for fact in turn.knowledge.facts
        if turn.profile.closed(fact.id) and fact.sensitivity != "special" and _grounded(turn, fact)
    )


def _measure_lines(turn: Turn) -> tuple[CardLine, ...]:
    """Return what may fit, the weightiest first; what may not run any more is left to the list."""
    fitting = [
        v for v in turn.verdicts() if v.word in ("yes", "likely") and v.measure.status != "unclear"
    ]
    weightiest = sorted(fitting, key=lambda v: -v.measure.weight)[:MOST]
    return tuple(
        CardLine(
            about=v.measure.id,
            label=turn.words(v.measure.title),
            value=reason(v, turn.knowledge.facts, turn.knowledge.phrases, turn.language),
        )
        for v in weightiest
    )


def line_of(turn: Turn, fact: Fact) -> str:
    """Return a fact in words, as it is passed on."""
    settlement = places.settlement_of(turn)
    if fact.kind == "place" and settlement:
        return f"{turn.text('card-place')}: {places.full_name(turn, settlement)}"
    line = _fact_line(turn, fact)
    return f"{line.label}: {line.value}"


def summing_up(turn: Turn, card: Card) -> Iterator[tuple[str, str, str]]:
    """Yield the lines that sum up: name, what it is called, the whole line."""
    if card.unknown:
        label = turn.text("card-unknown")
        yield UNKNOWN, label, f"{label}: {', '.join(card.unknown)}"
    if card.measures:
        label = turn.text("card-fitting")
        yield FITTING, label, f"{label}: {'; '.join(line.label for line in card.measures)}"
    if card.deadline_in_short:
        yield DEADLINE, turn.text("card-deadline"), card.deadline_in_short


def lines_of(turn: Turn, card: Card) -> list[str]:
    """Return the card as lines of text, as the person reads it before it goes."""
    lines = [turn.text("card-for-relative")] if card.relative else []
    if card.place:
        lines.append(f"{turn.text('card-place')}: {card.place}")
    lines += [f"{line.label}: {line.value}" for line in card.facts]
    lines += [words for _, _, words in summing_up(turn, card)]
    return [f"• {line}" for line in lines] or [turn.text("card-empty")]
