"""What one changed answer brings with it: in verdicts, in answers that rest, in questions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dialogs.answer_words import words_of
from dialogs.turn import Turn
from knowledge.facts import Answer, FactId
from knowledge.measures import Measure
from knowledge.verdicts import Verdict

NAMED = 3
"""Measures named of those that a change opens or closes; the results show all."""


@dataclass(frozen=True)
class Consequences:
    """What is otherwise after a change of answers."""

    opened: tuple[Measure, ...]
    """What may fit now and did not before."""
    closed: tuple[Measure, ...]
    """What fitted before and does not now, or is not known any more."""
    resting: tuple[FactId, ...]
    """Answers that are kept and count no longer."""
    counting: tuple[FactId, ...]
    """Answers that rested and count again."""
    questions: int
    """So many questions are new."""


def between(before: Turn, after: Turn) -> Consequences:
    """Return what the change from one turn to the other brings."""
    fitted, fits = _fitting(before.verdicts()), _fitting(after.verdicts())
    rested, rests = resting(before), resting(after)
    new = set(_open(after)) - set(_open(before))
    return Consequences(
        opened=tuple(m for name, m in fits.items() if name not in fitted),
        closed=tuple(m for name, m in fitted.items() if name not in fits),
        resting=tuple(f for f in rests if f not in rested),
        counting=tuple(f for f in rested if f not in rests and f in after.profile.answers),
        questions=len(new - set(before.profile.answers)),
    )


def _fitting(verdicts: Iterable[Verdict]) -> dict[str, Measure]:
    weighty = sorted(verdicts, key=lambda v: -v.measure.weight)
    return {v.measure.id: v.measure for v in weighty if v.word in ("yes", "likely")}


def resting(turn: Turn) -> tuple[FactId, ...]:
    """Return the answered facts that do not count, as another answer takes their ground away."""
    facts = turn.knowledge.facts
    counted = facts.counting(turn.profile.known)
    return tuple(
        name
        for name in turn.profile.answers
        if (given := facts[name].given) and counted.get(given.fact) not in given.one_of
    )


def _open(turn: Turn) -> tuple[FactId, ...]:
    return turn.interviewer.relevant(turn.profile)


def told(before: Turn, after: Turn, facts: Sequence[FactId]) -> str:
    """Return the change in words: what was said, what it was, and all that it brings."""
    lines = [_changed(before, after, fact) for fact in facts]
    return "\n".join([*lines, *brings(after, between(before, after))])


def _changed(before: Turn, after: Turn, fact: FactId) -> str:
    known = after.knowledge.facts[fact]
    new = words_of(after, known, after.profile.answers[fact])
    earlier: Answer | None = before.profile.answers.get(fact)
    label = after.words(known.label)
    if earlier is None:
        return after.text("change-new", label=label, new=new)
    return after.text("change", label=label, new=new, old=words_of(after, known, earlier))


def brings(turn: Turn, consequences: Consequences) -> Iterator[str]:
    """Yield a line for each kind of consequence, or that nothing else is otherwise."""
    lines = [
        *_measures(turn, "change-opens", consequences.opened),
        *_measures(turn, "change-closes", consequences.closed),
        *_facts(turn, "change-rests", consequences.resting),
        *_facts(turn, "change-counts", consequences.counting),
    ]
    if consequences.questions:
        lines.append(turn.text("change-questions", count=consequences.questions))
    yield from lines or [turn.text("change-nothing-else")]


def _measures(turn: Turn, name: str, measures: Sequence[Measure]) -> Iterator[str]:
    if measures:
        named = [f"• {turn.words(measure.title)}" for measure in measures[:NAMED]]
        more = len(measures) - len(named)
        rest = [turn.text("change-and-more", count=more)] if more else []
        yield "\n".join([turn.text(name), *named, *rest])


def _facts(turn: Turn, name: str, facts: Sequence[FactId]) -> Iterator[str]:
    if facts:
        labels = ", ".join(turn.words(turn.knowledge.facts[fact].label) for fact in facts)
        yield turn.text(name, facts=labels)
