"""Ways in for those whom „работите ли“ does not fit: on leave, back from abroad, studying."""

from dialogs.flows import interview
from dialogs.flows.given_answers import private
from dialogs.model import Message
from dialogs.screens import Screen, ways_on
from dialogs.turn import Turn
from knowledge.facts import Known

WORKING, ABROAD, AUDIENCE = "working", "abroad_12_of_18", "audience"
SAYS = {"change": "yes", "notice": "leaving", "study": "student", "contract": "yes"}
"""What a way in says of the work at the moment."""


def _show(turn: Turn) -> Message:
    return Message(
        text=turn.text("situations"),
        rows=(
            (turn.button("situation-change", "situation:change"),),
            (turn.button("situation-notice", "situation:notice"),),
            (turn.button("situation-leave", "go:leave"),),
            (turn.button("situation-abroad", "situation:abroad"),),
            (turn.button("situation-study", "situation:study"),),
            (turn.button("situation-private", "situation:private"),),
            ways_on(turn, "back", "librarian", "menu"),
        ),
    )


def _show_leave(turn: Turn) -> Message:
    """Ask what becomes of the contract: the leave itself decides nothing."""
    return Message(
        text=turn.text("leave"),
        rows=(
            (turn.button("leave-contract", "situation:contract"),),
            (turn.button("leave-ends", "situation:notice"),),
            (turn.button("leave-ended", "situation:ended"),),
            ways_on(turn, "back", "librarian", "menu"),
        ),
    )


def choose(turn: Turn, way: str) -> Turn:
    """Take what the way in surely says, and go on with what it makes worth asking."""
    if AUDIENCE not in turn.profile.answers:
        turn = turn.answer(AUDIENCE, Known("self"))
    match way:
        case "abroad":
            return interview.ask(_left(turn), ABROAD)
        case "private":
            return interview.ask(_left(turn), private(turn)[0].id)
        case "ended":
            return interview.settle(_left(turn), turn.knowledge.facts[WORKING], Known("no"))
        case way if way in SAYS:
            return interview.settle(_left(turn), turn.knowledge.facts[WORKING], Known(SAYS[way]))
        case _:
            return turn.say(turn.text("old-button"))


def _left(turn: Turn) -> Turn:
    """Return the turn without these screens: what is asked next leads back to before them."""
    kept = tuple(s for s in turn.conversation.screens if s.name not in SCREENS)
    return turn.change(screens=kept or turn.conversation.screens[:1])


SCREENS = {"situations": Screen(_show), "leave": Screen(_show_leave)}
ACTIONS = {"situation": choose}
