"""A case whose desk is gone goes to the nearest one that stands, and the person is told so."""

from dialogs import case as cases
from dialogs.answer_time import MARKS, TARGET, mark
from dialogs.flows import places
from dialogs.flows.librarian import desk_named, desks_near, place_name, promise, whom_to_call
from dialogs.model import Case, CaseChanged, CaseSaid, Message
from dialogs.turn import Desk, Turn
from knowledge.working_time import WorkingTime


def moved(turn: Turn) -> Turn:
    """Return the turn with the open case at a desk that stands, or waiting for one to come."""
    case = turn.conversation.case
    if case is None or not cases.is_open(case) or desk_named(turn, case.library):
        return turn
    new = _next_desk(turn, case)
    if new:
        return _to(turn, case, new)
    return _waits(turn, case) if case.library else turn


def gone_desk(turn: Turn, case: Case) -> Desk | None:
    """Return the case's own library where nobody answers any more, if it is still known."""
    library = turn.knowledge.directory.library(case.library) if case.library else None
    return Desk(id=library.id, library=library, hours=None) if library else None


def gone_name(turn: Turn, desk: Desk | None) -> str:
    """Return what that library is called, also where nothing more is known of it."""
    return place_name(turn, desk) if desk else turn.text("gone-desk-nameless")


def _next_desk(turn: Turn, case: Case) -> Desk | None:
    """Return the desk that the person agreed to already, else the nearest, else a regional one."""
    if turn.context.trial or not turn.context.desks:
        return None
    agreed = desk_named(turn, case.offered_to)
    if agreed:
        return agreed
    old = gone_desk(turn, case)
    if old or places.settlement_of(turn):
        return desks_near(turn, old)[0]
    # Nobody knows where the person is.
    regional = (desk for desk in turn.context.desks if desk.library.kind == "regional")
    return next(regional, turn.context.desks[0])


def _to(turn: Turn, case: Case, new: Desk) -> Turn:
    free = _free(turn, case) | {"library": new.id, "said": _reached(turn, case, new)}
    turn = turn.change(case=case.model_copy(update=free)).effect(CaseChanged())
    if case.library is None:
        said = turn.text("case-found-desk", name=place_name(turn, new))
        return turn.say(f"{said}\n{promise(turn, new)}")
    old = gone_name(turn, gone_desk(turn, case))
    turn = turn.effect(CaseSaid(by="event", who=old, text=f"rehomed:{new.id}"))
    said = turn.text("gone-desk-moved", old=old, new=place_name(turn, new))
    return turn.aside(_word(turn, f"{said}\n{promise(turn, new)}"))


def _waits(turn: Turn, case: Case) -> Turn:
    free = _free(turn, case) | {"library": None, "said": ()}
    turn = turn.change(case=case.model_copy(update=free)).effect(CaseChanged())
    desk = gone_desk(turn, case)
    old = gone_name(turn, desk)
    turn = turn.effect(CaseSaid(by="event", who=old, text="unhomed"))
    lines = [turn.text("gone-desk-waits", old=old), *whom_to_call(turn, desk)]
    return turn.aside(_word(turn, "\n".join(lines)))


def _free(turn: Turn, case: Case) -> dict[str, object]:
    return {
        "state": "waiting",
        "claimed_by": None,
        "claimed_name": None,
        "claimed_at": None,
        "offered_to": None,
        "cover_refused": False,
        "asked_at": case.asked_at or turn.context.now,
        # The next desk has its whole time before the question is given up.
        "heard_at": turn.context.now,
    }


def _reached(turn: Turn, case: Case, new: Desk) -> tuple[str, ...]:
    """Return the marks that the waiting had reached before: the new desk missed none of them."""
    if case.asked_at is None:
        return ()
    working = WorkingTime.of(new.hours)
    reached = mark(case.asked_at, turn.context.now, working, TARGET)
    return tuple(f"mark:{one}" for one in MARKS if 0 < one <= reached)


def _word(turn: Turn, text: str) -> Message:
    """Return what is said of the move, with the way out for whoever does not want it."""
    rows = ((turn.button("end-case", "end-case"),),)
    return Message(text=text, rows=rows)
