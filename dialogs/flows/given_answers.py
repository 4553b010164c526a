"""The answers given so far, a line each; what is private and stays unsaid has one line together."""

from dialogs.answer_words import words_of
from dialogs.flows import changes
from dialogs.model import Message
from dialogs.turn import Turn
from knowledge.facts import Fact


def listed(turn: Turn) -> tuple[Fact, ...]:
    """Return the answered facts that count; each keeps its place when it is changed."""
    answers, rests = turn.profile.answers, changes.resting(turn)
    return tuple(f for f in turn.knowledge.facts if f.id in answers and f.id not in rests)


def private(turn: Turn) -> tuple[Fact, ...]:
    """Return the facts that nobody need name: they may stay unsaid together."""
    return tuple(f for f in turn.knowledge.facts if f.group and f.sensitivity == "special")


def shown(turn: Turn) -> tuple[Fact, ...]:
    """Return the facts that have a line."""
    unsaid = [fact for fact in private(turn) if turn.profile.closed(fact.id)]
    left_out = unsaid[1:] if len(unsaid) == len(private(turn)) else []
    return tuple(fact for fact in listed(turn) if fact not in left_out)


def lines(turn: Turn) -> str:
    """Return the numbered lines."""
    return "\n".join(f"{n}. {_line(turn, fact)}" for n, fact in enumerate(shown(turn), start=1))


def _line(turn: Turn, fact: Fact) -> str:
    if fact in private(turn) and turn.profile.closed(fact.id):
        return turn.text("answers-private")
    return f"{turn.words(fact.label)}: {words_of(turn, fact, turn.profile.answers[fact.id])}"


def to_look_over(turn: Turn) -> Message:
    """Return the answers above their results, with a way to change them: no tap more."""
    change = turn.button("change-answer", "go:answers")
    text = f"{turn.text('answers-check')}\n\n{lines(turn)}"
    return Message(text=text, rows=((change,),))
