"""„Докъде стигнахме“: what is known so far, in two lines that nobody minds being read over."""

import datetime as dt
from collections.abc import Iterator

from dialogs.answer_words import words_of
from dialogs.flows import interview
from dialogs.turn import Turn
from knowledge.facts import Known

PAUSE = dt.timedelta(hours=3)
"""After so long a person is told where the talk stopped."""
TOLD = ("working", "age", "settlement", "registered")
"""What is named: enough to know the talk again, and nothing about health or family."""


def after_a_pause(turn: Turn) -> bool:
    """Whether the person comes back to a talk with answers, so much later that it needs saying."""
    last = turn.conversation.last_at
    return bool(last and turn.context.now - last >= PAUSE and known(turn))


def known(turn: Turn) -> bool:
    """Whether there are answers to go on from."""
    return "audience" in turn.profile.answers


def lines(turn: Turn) -> str:
    """Return the two lines: who the talk is about, and how far it came."""
    said = ", ".join(_told(turn)) or turn.text("where-little")
    if turn.conversation.who == "employer":
        return turn.text("where", known=turn.text("where-employer"))
    fitting = sum(v.word in ("yes", "likely") for v in turn.verdicts())
    left = interview.questions_left(turn)
    first = turn.text("where", known=said)
    return f"{first}\n{turn.text('where-next', fitting=fitting, left=left)}"


def _told(turn: Turn) -> Iterator[str]:
    for name in TOLD:
        answer = turn.profile.answers.get(name)
        if isinstance(answer, Known):
            words = words_of(turn, turn.knowledge.facts[name], answer)
            kind = "yes" if answer.value is True else "no"
            yield turn.text(
                f"where-{name}", value=words[:1].lower() + words[1:], name=words, holds=kind
            )
