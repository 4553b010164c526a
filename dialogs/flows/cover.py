"""A neighbour answers for a closed library, if the person agrees."""

import datetime as dt
from collections.abc import Iterator

from dialogs import case as cases
from dialogs.flows.librarian import desk_named, desks_near, place_name
from dialogs.model import Case, CaseChanged, CaseSaid, Message
from dialogs.turn import Desk, Turn

LONG = dt.timedelta(hours=24)
"""Closed for longer than this, somebody else is proposed."""


def neighbour(turn: Turn, case: Case) -> Desk | None:
    """Return who could answer much sooner than the chosen library; None where nobody can."""
    desk = desk_named(turn, case.library)
    if desk is None or turn.context.trial or case.cover_refused or case.offered_to:
        return None
    if not closed_for_long(desk, turn.context.now):
        return None
    near = [d for d in desks_near(turn, desk) if d.id != desk.id]
    return next((d for d in near if could_cover(d, turn.context.now)), None)


def closed_for_long(desk: Desk, now: dt.datetime) -> bool:
    """Return whether nobody answers there for more than a day; unknown hours promise nothing."""
    return desk.away or (desk.hours is not None and not _opens_soon(desk, now))


def could_cover(desk: Desk, now: dt.datetime) -> bool:
    """Return whether somebody is there, now or within a day, to answer for another library."""
    return not desk.away and _opens_soon(desk, now)


def _opens_soon(desk: Desk, now: dt.datetime) -> bool:
    if desk.hours is None:
        return False
    opens = now if desk.hours.is_open(now) else desk.hours.next_opening(now)
    return opens is not None and opens - now <= LONG


def propose(turn: Turn) -> Turn:
    """Ask whether a neighbour may answer, where the chosen library is closed for long."""
    case = turn.conversation.case
    if case is None or case.state not in cases.UNCLAIMED or case.state == "offered":
        return turn
    other = neighbour(turn, case)
    desk = desk_named(turn, case.library)
    if other is None or desk is None:
        return turn
    names = {"closed": place_name(turn, desk), "open": place_name(turn, other)}
    words = turn.text("cover-offer-away" if desk.away else "cover-offer", **names)
    rows = (
        (turn.button("cover-yes", f"cover:{case.number}-{other.id}"),),
        (turn.button("cover-no", f"cover:{case.number}-"),),
    )
    # Proposed once in a wait, by whoever saw it first.
    said = (*(word for word in case.said if word != "propose"), "propose")
    turn = turn.change(case=case.model_copy(update={"said": said})).effect(CaseChanged())
    return turn.aside_below(Message(text=words, rows=rows))


def decide(turn: Turn, argument: str) -> Turn:
    """Offer the case to the neighbour that the person agreed to, or to none."""
    number, _, desk_id = argument.partition("-")
    case = turn.conversation.case
    waits = case is not None and case.state in cases.UNCLAIMED and case.asked_at is not None
    if case is None or number != str(case.number) or not waits:
        return turn.say(turn.text("old-button"))
    if not desk_id:
        moved, said = cases.kept_waiting(case), "cover-refused"
        turn = turn.change(case=moved).effect(CaseChanged())
        return turn.effect(CaseSaid(by="event", text="cover_refused")).say(turn.text(said)).silent()
    desk = desk_named(turn, desk_id)
    if desk is None:
        return turn.say(turn.text("desk-gone")).silent()
    moved = cases.offered(case, desk.id, turn.context.now)
    if moved == case:
        return turn.say(turn.text("cover-agreed", name=place_name(turn, desk))).silent()
    turn = turn.change(case=moved).effect(CaseChanged())
    turn = turn.effect(CaseSaid(by="event", text=f"offered:{desk.id}"))
    return turn.say(turn.text("cover-agreed", name=place_name(turn, desk))).silent()


def standing(turn: Turn, case: Case) -> Iterator[str]:
    """Yield whom the case is offered to besides."""
    desk = desk_named(turn, case.offered_to)
    if desk:
        yield turn.text("cover-standing", name=place_name(turn, desk))


ACTIONS = {"cover": decide}
