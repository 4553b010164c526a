"""The case's state machine: pure, the same for every desk, the clock and the person."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal

from dialogs.model import NO_CARD, Card, Case, CaseState, DeskAct, Expert
from knowledge.opening_hours import in_sofia

REOPENING = dt.timedelta(days=7)
"""So long after its end a case is opened again by the person's words."""
CHANGEABLE = 30
"""So many of the person's messages can still be changed in the case."""
RESOLUTIONS = ("answered", "to_bureau", "to_library", "no_reply", "not_ours", "unanswered")
"""How a case can end, from the librarian's short list."""
RATINGS = ("yes", "partly", "no")
Obstacle = Literal["closed", "taken", "elsewhere", "not_claimed", "stale", "nothing"]
"""Why an act does nothing: the end came first, another one has it, it is at another desk…"""
OF_NOTE = "note"
"""The code of an edit or a retraction of a note: the person never saw it, and sees nothing now."""
ONLY_ANSWER = "only"
"""The code of a retraction that leaves the person's last words without any answer."""
SAME_PERSON = "same"
"""The code of a handing over to another account of the same librarian: nobody hears of it."""
LONGEST_REPLY = 3500
"""Characters of one reply: with the name before it, it fits every platform's message."""
OVER = ("closed", "expired")
UNCLAIMED = ("waiting", "offered", "reopened")
STOPS = ("mute", "report")
"""What can be done about a person also after the end: it is often the end that shows why."""
_HERE = "here:"
"""Begins the word that says since when a wait is this desk's, in milliseconds."""
_HANDED = "handed:"
"""Begins the word that says since when what was answered is in other hands, in milliseconds."""


def is_open(case: Case | None) -> bool:
    """Return whether words still go to the desk."""
    return case is not None and case.state not in OVER


def can_reopen(case: Case | None, now: dt.datetime) -> bool:
    """Return whether the person's words open the case again."""
    if case is None or is_open(case) or case.library is None or case.resolution == "muted":
        return False
    return _is_lately_over(case, now)


def can_stop(case: Case, now: dt.datetime) -> bool:
    """Return whether a desk can still stop or report the person: so long as they can come back."""
    return is_open(case) or _is_lately_over(case, now)


def _is_lately_over(case: Case, now: dt.datetime) -> bool:
    return case.closed_at is not None and now - case.closed_at <= REOPENING


def at_desk(case: Case, desk: str) -> bool:
    """Return whether this desk may act on the case; acts of older releases name none."""
    return not desk or desk in (case.library, case.offered_to)


def may_answer(case: Case, librarian: str) -> bool:
    """Return whether this librarian's words go to the person: the first to claim answers."""
    return is_open(case) and case.claimed_by in (None, librarian)


def here_since(case: Case) -> dt.datetime | None:
    """Return since when this desk owes the answer; None where nobody waits for one.

    It is since the person waits or, where the case came from elsewhere, since it is here.
    """
    if case.asked_at is None:
        return None
    return max(case.asked_at, _came_at(case) or case.asked_at)


def _came_at(case: Case) -> dt.datetime | None:
    return _moment(case.said, _HERE)


def handed_at(said: Iterable[str]) -> dt.datetime | None:
    """Return since when an answered case waits to be looked after in new hands; else None.

    The person waits for nothing: a reply, a question to an expert, an end, or a note that nothing
    is to be done looks after it, and so does handing it on. To have taken it alone does not.
    """
    return _moment(said, _HANDED)


def _moment(said: Iterable[str], begins: str) -> dt.datetime | None:
    word = next((word for word in said if word.startswith(begins)), None)
    if word is None:
        return None
    return in_sofia(dt.datetime.fromtimestamp(int(word.removeprefix(begins)) / 1000, dt.UTC))


def _here_from(now: dt.datetime) -> tuple[str, ...]:
    """Return what is said of a wait that begins here now: nothing but that."""
    return (f"{_HERE}{_millis(now)}",)


def _millis(now: dt.datetime) -> int:
    return round(now.timestamp() * 1000)


def obstacle(case: Case, act: DeskAct, now: dt.datetime | None = None) -> Obstacle | None:
    """Return why the act would do nothing with the case as it is; None where it does.

    Without `now` a case that is over counts as just over.
    """
    if not is_open(case):
        return _after_the_end(case, act, now or case.closed_at)
    if act.act in _CLOCK:
        return None if _is_due(case, act) else "stale"
    if act.act == "expert_reply":
        asked = case.expert is not None and case.expert.desk == act.desk
        return None if asked else "elsewhere"
    if act.act == "assign":
        return None if case.library is None else "nothing"
    if act.librarian and not at_desk(case, act.desk):
        return "elsewhere"
    return _in_the_way(case, act)


def _after_the_end(case: Case, act: DeskAct, now: dt.datetime | None) -> Obstacle | None:
    """Return what stands in the way of an act after the end: of most, the end."""
    is_stopped = act.act == "mute" and case.resolution == "muted"
    if act.act not in STOPS or is_stopped or now is None or not can_stop(case, now):
        return "closed"
    if not at_desk(case, act.desk):
        return "elsewhere"
    return "nothing" if _leads_nowhere(case, act) else None


def _in_the_way(case: Case, act: DeskAct) -> Obstacle | None:
    taken = case.claimed_by not in (None, act.librarian)
    of_note = act.act in ("edit", "retract") and act.code == OF_NOTE
    if act.act in ("note", "report") or of_note or not act.librarian:
        return None
    if taken:
        return "taken"
    if _leads_nowhere(case, act):
        return "nothing"
    return "not_claimed" if act.act == "release" and not case.claimed_by else None


def _leads_nowhere(case: Case, act: DeskAct) -> bool:
    match act.act:
        case "claim":
            return case.claimed_by is not None
        case "transfer" if act.to:
            return act.to == case.claimed_by
        case "transfer":
            return act.library in ("", case.library)
        case "mute":
            return act.until is None
        case _:
            return False


def _is_due(case: Case, act: DeskAct) -> bool:
    """Return whether what the clock saw still stands, and was not said before."""
    since = clock_of(case, act.act)
    if since is None or act.of is None or _said(act) in case.said:
        return False
    # A desk reads moments to the millisecond.
    return abs(since - act.of) < dt.timedelta(milliseconds=2)


def clock_of(case: Case, act: str) -> dt.datetime | None:
    """Return the moment from which the clock counts for this act; None where it does not run."""
    match act:
        case "notice" | "free" if case.state in ("claimed", "for_librarian") and case.claimed_at:
            moments = (case.claimed_at, case.asked_at, _expert_moved(case))
            return max(moment for moment in moments if moment)
        case "mark":
            return here_since(case)
        case "propose":
            free = case.state in ("waiting", "reopened") and not case.cover_refused
            return case.asked_at if free and case.library else None
        case "expire" if case.heard_at and (case.asked_at is None or case.state in UNCLAIMED):
            return max(moment for moment in _told_or_moved(case) if moment)
        case _:
            return None


def _told_or_moved(case: Case) -> Iterator[dt.datetime | None]:
    yield from (case.heard_at, _came_at(case))
    if case.asked_at is None:
        yield from (handed_at(case.said), _expert_moved(case))


def _expert_moved(case: Case) -> dt.datetime | None:
    """Return when the expert answered, or was asked while they have not."""
    return (case.expert.answered_at or case.expert.asked_at) if case.expert else None


def _said(act: DeskAct) -> str:
    return f"{act.act}:{act.code}" if act.code else act.act


def after(case: Case, act: DeskAct, now: dt.datetime) -> Case:
    """Return the case after the act; where something stands in the way, as it is."""
    if obstacle(case, act, now):
        return case
    return _MOVES.get(act.act, _stays)(case, act, now)


# -- what librarians do ------------------------------------------------------------------------


def _stays(case: Case, _act: DeskAct, _now: dt.datetime) -> Case:
    return case


def _claimed(case: Case, act: DeskAct, now: dt.datetime) -> Case:
    if case.claimed_by == act.librarian:
        return case
    return _with(
        case,
        state=_held(case),
        library=act.desk or case.library,
        offered_to=None,
        claimed_by=act.librarian,
        claimed_name=act.name,
        claimed_at=now,
        said=_unnoticed(case),
    )


def _held(case: Case) -> CaseState:
    """Return how a case stands in the hands of who takes it: after an answer nothing is owed."""
    return "for_person" if case.asked_at is None else "claimed"


def _unnoticed(case: Case) -> tuple[str, ...]:
    """Return what was said of the wait, but for what was said to the one who had it before."""
    return tuple(word for word in case.said if word not in ("notice", "free"))


def _replied(case: Case, act: DeskAct, now: dt.datetime) -> Case:
    case = _claimed(case, act, now)
    return _with(
        case,
        state="for_person",
        asked_at=None,
        answered_at=case.answered_at or now,
        said=(),
        heard_at=now,
        last_by=act.name,
    )


def _released(case: Case, _act: DeskAct, _now: dt.datetime) -> Case:
    return _waiting_again(case)


def _waiting_again(case: Case, **more: Any) -> Case:
    """Return the case in nobody's hands; where it was answered, the person's words start a wait."""
    free = {"claimed_by": None, "claimed_name": None, "claimed_at": None, "offered_to": None}
    return _with(case, state="waiting", **free, **more)


def _transferred(case: Case, act: DeskAct, now: dt.datetime) -> Case:
    if act.code == SAME_PERSON:
        return _with(case, claimed_by=act.to, claimed_name=act.to_name)
    handed = (f"{_HANDED}{_millis(now)}",) if case.asked_at is None else ()
    if not act.to:
        said = (*_here_from(now), *handed)
        return _waiting_again(case, library=act.library, said=said, cover_refused=False)
    return _with(
        case,
        state=_held(case),
        claimed_by=act.to,
        claimed_name=act.to_name,
        claimed_at=now,
        library=act.desk or case.library,
        offered_to=None,
        said=(*_unnoticed(_looked_after(case)), *handed),
    )


def _written_down(case: Case, act: DeskAct, _now: dt.datetime) -> Case:
    """Return the case after a note: of whoever has it, that looks after what was handed over."""
    return _looked_after(case) if case.claimed_by in (None, act.librarian) else case


def _looked_after(case: Case) -> Case:
    return _with(case, said=tuple(word for word in case.said if not word.startswith(_HANDED)))


def _expert_asked(case: Case, act: DeskAct, now: dt.datetime) -> Case:
    asked = Expert(desk=act.library, question=act.text, asked_at=now, direct=act.direct)
    case = _looked_after(_claimed(case, act, now))
    return _with(case, expert=asked, said=_unnoticed(case))


def _expert_replied(case: Case, _act: DeskAct, now: dt.datetime) -> Case:
    if case.expert is None:
        return case
    answered = case.expert.model_copy(update={"answered_at": now})
    if not case.expert.direct:
        case = _with(case, expert=answered, said=_unnoticed(case))
        # The person was promised what the expert says.
        return case if case.asked_at is not None else _owed_again(case, now)
    # Where nobody has it, the library still owes its own word.
    case = _with(case, expert=answered, heard_at=now, said=_unnoticed(case))
    if not case.claimed_by:
        return case
    # What was handed over still waits to be looked after by a librarian.
    handed = tuple(word for word in case.said if word.startswith(_HANDED))
    return _with(case, state="for_person", asked_at=None, said=handed)


def _taken_back(case: Case, act: DeskAct, now: dt.datetime) -> Case:
    """Return the case after a retraction: where nothing answers the person now, they wait again."""
    owed = act.code == ONLY_ANSWER and case.asked_at is None
    return _owed_again(case, now) if owed else case


def _owed_again(case: Case, now: dt.datetime) -> Case:
    """Return the answered case that waits for the desk again."""
    state = "for_librarian" if case.claimed_by else case.state
    return _with(case, state=state, asked_at=now, heard_at=now, said=())


def _closed(case: Case, act: DeskAct, now: dt.datetime) -> Case:
    return closed(case, now, act.code)


def _muted(case: Case, _act: DeskAct, now: dt.datetime) -> Case:
    return closed(case, now, "muted") if is_open(case) else _with(case, resolution="muted")


def _assigned(case: Case, act: DeskAct, now: dt.datetime) -> Case:
    return _with(case, library=act.library, said=_here_from(now))


# -- what the clock does -----------------------------------------------------------------------


def _noted(case: Case, act: DeskAct, _now: dt.datetime) -> Case:
    return _with(case, said=(*case.said, _said(act)))


def _freed(case: Case, act: DeskAct, now: dt.datetime) -> Case:
    return _waiting_again(_noted(case, act, now))


def _expired(case: Case, _act: DeskAct, now: dt.datetime) -> Case:
    answered = case.asked_at is None
    ended = closed(case, now, "no_reply" if answered else "unanswered")
    return ended if answered else _with(ended, state="expired")


# -- what the person does ----------------------------------------------------------------------


def asked(case: Case, now: dt.datetime, ref: str = "") -> Case:
    """Return the case after the person wrote into it: an answer is owed since the first word.

    `ref` is what the platform calls the message, where it can be changed afterwards.
    """
    if not is_open(case):
        return case
    state = "for_librarian" if case.state == "for_person" else case.state
    written = (*case.written, ref)[-CHANGEABLE:] if ref else case.written
    case = _with(case, state=state, heard_at=now, written=written)
    return case if case.asked_at is not None else _with(case, asked_at=now, said=())


def closed(case: Case, at: dt.datetime, resolution: str = "") -> Case:
    """Return the case after its end, without what was passed on; the first end counts."""
    if not is_open(case):
        return case
    # The desk keeps the card for its time; the talk, which may go on for long, does not.
    return _with(
        case,
        state="closed",
        closed_at=at,
        card=NO_CARD,
        resolution=resolution,
        asked_at=None,
        offered_to=None,
        said=(),
        last_by=case.claimed_name or case.last_by,
    )


def rated(case: Case, rating: str) -> Case:
    """Return the case with the person's rating: one, after the end, and only the first."""
    if is_open(case) or case.rating or rating not in RATINGS:
        return case
    return _with(case, rating=rating)


def reopened(case: Case, card: Card, now: dt.datetime) -> Case:
    """Return the case opened again by the person, waiting for anybody at its desk."""
    if not can_reopen(case, now):
        return case
    free = {"claimed_by": None, "claimed_name": None, "claimed_at": None, "expert": None}
    return _with(
        case,
        state="reopened",
        card=card,
        asked_at=now,
        heard_at=now,
        answered_at=None,
        closed_at=None,
        resolution="",
        said=(),
        reopened=case.reopened + 1,
        **free,
    )


def offered(case: Case, desk: str, now: dt.datetime) -> Case:
    """Return the case offered to a neighbour, as the person agreed; only while nobody has it."""
    is_there = desk in (case.library, case.offered_to)
    if case.state not in UNCLAIMED or case.asked_at is None or is_there:
        return case
    said = (*_here_from(now), *(word for word in case.said if word == "propose"))
    return _with(case, state="offered", offered_to=desk, cover_refused=False, said=said)


def kept_waiting(case: Case) -> Case:
    """Return the case that is offered to no neighbour, as the person wishes."""
    case = _with(case, cover_refused=True)
    return _with(case, state="waiting", offered_to=None) if case.state == "offered" else case


def _with(case: Case, **fields: Any) -> Case:
    return case.model_copy(update=fields)


_CLOCK = ("notice", "free", "mark", "propose", "expire")
_Move = Callable[[Case, DeskAct, dt.datetime], Case]
_MOVES: Mapping[str, _Move] = {
    "claim": _claimed,
    "release": _released,
    "reply": _replied,
    "retract": _taken_back,
    "note": _written_down,
    "transfer": _transferred,
    "ask_expert": _expert_asked,
    "expert_reply": _expert_replied,
    "close": _closed,
    "mute": _muted,
    "assign": _assigned,
    "notice": _noted,
    "free": _freed,
    "mark": _noted,
    # Whoever proposes notes it: it is not spent where nobody is there to be proposed.
    "propose": _stays,
    "expire": _expired,
}
