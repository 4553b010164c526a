"""„Помогна ли Ви?“: one tap after the end, once."""

from dialogs import case as cases
from dialogs.model import Button, CaseChanged, CaseSaid, Count
from dialogs.turn import Turn


def row(turn: Turn) -> tuple[Button, ...]:
    """Return the buttons of a rating; none where there is one already."""
    case = turn.conversation.case
    if case is None or case.rating:
        return ()
    return tuple(
        turn.button(f"rate-{name}", f"rate:{case.number}-{case.reopened}-{name}")
        for name in cases.RATINGS
    )


def rate(turn: Turn, argument: str) -> Turn:
    """Keep the rating of the case that the button belongs to; a second one changes nothing."""
    case = turn.conversation.case
    of, _, rating = argument.rpartition("-")
    if case is None or of != f"{case.number}-{case.reopened}" or rating not in cases.RATINGS:
        return turn.say(turn.text("old-button")).silent()
    moved = cases.rated(case, rating)
    if moved == case:
        return turn.say(turn.text("rated-before")).silent()
    turn = turn.change(case=moved).effect(CaseChanged())
    turn = turn.effect(CaseSaid(by="event", text=f"rated:{rating}"))
    return turn.effect(Count(metric=f"case_rated_{rating}")).say(turn.text("rated")).silent()


ACTIONS = {"rate": rate}
