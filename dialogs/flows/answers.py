"""The answers so far: read over before anything hangs on them, and changed one by one."""

from dialogs.flows import changes, interview
from dialogs.flows.given_answers import lines, shown
from dialogs.model import Button, Message
from dialogs.screens import Screen, rows_of, small_number, ways_on
from dialogs.turn import Turn
from knowledge.facts import FactId

WIDTH = 6
"""Number buttons in a row."""


def _show(turn: Turn) -> Message:
    facts = shown(turn)
    finished = interview.next_fact(turn) is None
    title = "answers-check" if finished else "answers-so-far"
    parts = [turn.text(title if facts else "answers-none")]
    if facts:
        parts.append(lines(turn))
    rests = [turn.words(turn.knowledge.facts[f].label) for f in changes.resting(turn)]
    if rests:
        parts.append(turn.text("answers-resting", facts=", ".join(rests)))
    if facts:
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


def _hear(turn: Turn, text: str) -> Turn | None:
    """Open the answer whose number was typed."""
    facts: list[FactId] = [fact.id for fact in shown(turn)]
    number = small_number(text)
    return interview.edit(turn, facts[number - 1]) if 1 <= number <= len(facts) else None


SCREENS = {"answers": Screen(_show, _hear)}
