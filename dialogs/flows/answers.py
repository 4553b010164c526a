"""The answers so far: read over before anything hangs on them, and changed one by one."""

from dialogs.answer_words import words_of
from dialogs.flows import changes, interview
from dialogs.model import Button, Message
from dialogs.screens import Screen, rows_of, small_number, ways_on
from dialogs.turn import Turn
from knowledge.facts import Fact, FactId

WIDTH = 6
"""Number buttons in a row."""


def listed(turn: Turn) -> tuple[Fact, ...]:
    """Return the answered facts that count; each keeps its place when it is changed."""
    answers, rests = turn.profile.answers, changes.resting(turn)
    return tuple(f for f in turn.knowledge.facts if f.id in answers and f.id not in rests)


def _show(turn: Turn) -> Message:
    facts = _shown(turn)
    finished = interview.next_fact(turn) is None
    title = "answers-check" if finished else "answers-so-far"
    parts = [turn.text(title if facts else "answers-none")]
    lines = [f"{n}. {_line(turn, fact)}" for n, fact in enumerate(facts, start=1)]
    if lines:
        parts.append("\n".join(lines))
    rests = [turn.words(turn.knowledge.facts[f].label) for f in changes.resting(turn)]
    if rests:
        parts.append(turn.text("answers-resting", facts=", ".join(rests)))
    if lines:
        parts.append(turn.text("answers-foot"))
    numbers = tuple(
        Button(label=str(n), action=f"edit:{fact.id}") for n, fact in enumerate(facts, start=1)
    )
    on = () if finished else (turn.button("more-questions", "ask"),)
    results = turn.button("to-results" if finished else "results", "go:results")
    return Message(
        text="\n\n".join(parts),
        rows=(
            (*on, results),
            *rows_of(numbers, width=WIDTH),
            ways_on(turn, "back", "librarian", "menu"),
        ),
    )


def _shown(turn: Turn) -> tuple[Fact, ...]:
    """Return the facts with a line each; grouped ones that stay unsaid have one line together."""
    private = interview.group(turn)
    unsaid = [f for f in private if turn.profile.closed(f.id)]
    left_out = unsaid[1:] if len(unsaid) == len(private) else []
    return tuple(fact for fact in listed(turn) if fact not in left_out)


def _line(turn: Turn, fact: Fact) -> str:
    if fact.group == interview.GROUP and turn.profile.closed(fact.id):
        return turn.text("answers-private")
    return f"{turn.words(fact.label)}: {words_of(turn, fact, turn.profile.answers[fact.id])}"


def _hear(turn: Turn, text: str) -> Turn | None:
    """Open the answer whose number was typed."""
    facts: list[FactId] = [fact.id for fact in _shown(turn)]
    number = small_number(text)
    return interview.edit(turn, facts[number - 1]) if 1 <= number <= len(facts) else None


SCREENS = {"answers": Screen(_show, _hear)}
