"""What is done where a case has no desk: it is brought to one, or ended with an honest word."""

import datetime as dt
from collections.abc import Iterator

from dialogs import case as cases
from dialogs import gaps
from dialogs.flows import places, rehomed
from dialogs.flows.case_talk import to_bot
from dialogs.flows.librarian import desk_named, whom_to_call
from dialogs.model import Case, CaseChanged, CaseSaid, Count, DeskAct, Message
from dialogs.screens import ways_on
from dialogs.turn import Turn

A_MOMENT = dt.timedelta(milliseconds=2)


def act(turn: Turn, act: DeskAct) -> Turn:
    """Do it where it still fits the case; what comes too late changes nothing."""
    case = turn.conversation.case
    if case is None or case.number != act.case or not cases.is_open(case):
        return turn.silent()
    return _given_up(turn, case, act) if act.act == "give_up" else _routed(turn, case)


def _routed(turn: Turn, case: Case) -> Turn:
    if case.library and case.asked_at is None and desk_named(turn, case.library) is None:
        return _answered(turn, case)
    return rehomed.moved(turn).silent()


def _answered(turn: Turn, case: Case) -> Turn:
    """End a talk in which nothing was owed: nobody else need read what it was about."""
    desk = rehomed.gone_desk(turn, case)
    old = rehomed.gone_name(turn, desk)
    turn = turn.change(case=cases.closed(case, turn.context.now)).effect(CaseChanged())
    turn = turn.effect(CaseSaid(by="event", who=old, text="desk_gone"))
    lines = [turn.text("gone-desk-answered", old=old), *whom_to_call(turn, desk)]
    return _end(turn, "\n".join(lines))


def _given_up(turn: Turn, case: Case, act: DeskAct) -> Turn:
    heard = case.heard_at or case.opened_at
    # A desk reads moments to the millisecond.
    if case.library is not None or act.of is None or abs(heard - act.of) >= A_MOMENT:
        return turn.silent()
    ended = cases.closed(case, turn.context.now, "unanswered")
    turn = turn.change(case=ended.model_copy(update={"state": "expired"})).effect(CaseChanged())
    turn = turn.effect(CaseSaid(by="event", text="expired")).effect(Count(metric="case_expired"))
    turn = gaps.unanswered(turn, "other")
    return _end(turn, "\n\n".join([turn.text("no-desk-came"), *_where_else(turn)]))


def _where_else(turn: Turn) -> Iterator[str]:
    """Yield where the person can go instead, as far as their place is known."""
    settlement = places.settlement_of(turn)
    if settlement is None:
        yield turn.text("no-desk-came-where")
        return
    for near in turn.knowledge.directory.nearest_libraries(settlement, limit=1):
        yield places.library_text(turn, near)
    yield places.bureau_text(turn, settlement)
    yield turn.text("places-check")


def _end(turn: Turn, words: str) -> Turn:
    was_here = turn.screen.name in ("case_chat", "case_again")
    rows = (ways_on(turn, "places", "librarian"), ways_on(turn, "menu"))
    turn = to_bot(turn.aside(Message(text=words, rows=rows)), "")
    return turn if was_here else turn.silent()
