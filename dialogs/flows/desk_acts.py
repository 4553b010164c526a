"""What librarians, experts and the desk's clock do with a case, and what the person hears of it."""

from collections.abc import Callable, Mapping

from dialogs import case as cases
from dialogs import gaps
from dialogs.flows import cover, rating
from dialogs.flows.case_talk import to_bot, without_screens
from dialogs.flows.librarian import desk_named, place_name, promise, whom_to_call
from dialogs.model import (
    Case,
    CaseChanged,
    CaseReworded,
    CaseSaid,
    Count,
    DeskAct,
    FirstAnswer,
    Message,
    Mute,
    Report,
)
from dialogs.turn import Turn
from knowledge.working_time import WorkingTime

LATE = "100"
"""The mark at which the person hears that nobody has answered yet."""


def desk_act(turn: Turn, act: DeskAct) -> Turn:
    """Do what was done at the desk; what no longer fits the case changes nothing."""
    case = turn.conversation.case
    now = turn.context.now
    if case is None or case.number != act.case or cases.obstacle(case, act, now):
        return turn.silent()
    moved = cases.after(case, act, now)
    changed = turn.change(case=moved)
    changed = changed.effect(CaseChanged()) if moved != case else changed
    return _DONE[act.act](changed, case, act)


def _event(turn: Turn, act: DeskAct, text: str) -> Turn:
    return turn.effect(CaseSaid(by="event", who=act.name, text=text, ref=act.ref))


# -- who has it --------------------------------------------------------------------------------


def _assigned(turn: Turn, _case: Case, act: DeskAct) -> Turn:
    desk = desk_named(turn, act.library)
    if desk is None:
        return turn.silent()
    said = f"{turn.text('case-found-desk', name=place_name(turn, desk))}\n{promise(turn, desk)}"
    return turn.say(said).silent()


def _claimed(turn: Turn, case: Case, act: DeskAct) -> Turn:
    return _taken(turn, case, act).silent()


def _taken(turn: Turn, case: Case, act: DeskAct) -> Turn:
    """Say who has it from now on; one who had it already is not named again."""
    if case.claimed_by == act.librarian:
        return turn
    desk = desk_named(turn, act.desk) if act.desk not in ("", case.library) else None
    turn = _event(turn, act, f"covered:{desk.id}" if desk else "claimed")
    if desk:
        return turn.say(turn.text("case-covered", name=act.name, library=place_name(turn, desk)))
    return turn.say(turn.text("case-claimed", name=act.name))


def _released(turn: Turn, case: Case, act: DeskAct) -> Turn:
    turn = _event(turn, act, "released")
    # Who has their answer waits for nobody: there is nothing to tell them.
    return turn.silent() if case.asked_at is None else _free_again(turn, case)


def _freed(turn: Turn, case: Case, act: DeskAct) -> Turn:
    named = act.model_copy(update={"name": case.claimed_name or ""})
    return _free_again(_event(turn, named, "freed"), case)


def _free_again(turn: Turn, case: Case) -> Turn:
    """Say that the question waits anew, and for how long: what was usual has just not held."""
    before = "yes" if case.answered_at else "no"
    said = turn.text("case-freed", name=case.claimed_name or "", answered=before)
    desk = desk_named(turn, case.library)
    if desk is None:
        return turn.say(said).silent()
    if not desk.away:
        said = f"{said} {turn.text('case-waits-for-colleagues')}"
    return turn.say(f"{said}\n{promise(turn, desk, usual=False)}").silent()


def _transferred(turn: Turn, case: Case, act: DeskAct) -> Turn:
    if act.code == cases.SAME_PERSON:
        return turn.silent()
    if act.text:
        turn = turn.effect(CaseSaid(by="note", who=act.name, text=act.text))
    if act.to:
        turn = _event(turn, act, f"handed:{act.to_name}")
        return turn.say(turn.text("case-handed", name=act.to_name)).silent()
    turn = _event(turn, act, f"transferred:{act.library}")
    desk = desk_named(turn, act.library)
    if desk is None:
        return turn.silent()
    if case.asked_at is None:
        # Nothing is owed there: no answer is promised.
        return turn.say(turn.text("case-goes-on-at", library=place_name(turn, desk))).silent()
    said = turn.text("case-transferred", library=place_name(turn, desk))
    return turn.say(f"{said}\n{promise(turn, desk)}").silent()


# -- what is written ---------------------------------------------------------------------------


def _noted(turn: Turn, _case: Case, act: DeskAct) -> Turn:
    note = CaseSaid(by="note", who=act.name, text=act.text, ref=act.ref, file=act.file)
    return turn.effect(note).silent()


def _replied(turn: Turn, case: Case, act: DeskAct) -> Turn:
    spoken = CaseSaid(
        by="librarian", who=act.name, text=act.text, delivered=True, ref=act.ref, file=act.file
    )
    turn = _taken(turn, case, act).effect(spoken)
    if not case.answered_at:
        turn = _counted(turn, case).effect(Count(metric="case_answered"))
    return _to_person(turn, spoken_words(turn, act.name, act.text), act)


def _counted(turn: Turn, case: Case) -> Turn:
    """Keep how long a first answer took, for what the desk usually needs."""
    after = turn.conversation.case
    desk = desk_named(turn, after.library if after else None)
    since = cases.here_since(case)
    if since is None or desk is None or turn.context.trial:
        return turn
    waited = WorkingTime.of(desk.hours).minutes_between(since, turn.context.now)
    return turn.effect(FirstAnswer(desk=desk.id, minutes=waited))


def _to_person(turn: Turn, words: str, act: DeskAct) -> Turn:
    """Let the words come to the person, and what they type next go back to who wrote them.

    Where the bot has asked for typed words, these still go to the bot: they may be a line of a CV.
    """
    here = turn.screen.name == "case_chat"
    stays = turn.asked and not here
    ways = turn.button("answer-librarian", "go:librarian"), turn.button("to-bot", "to-bot")
    rows = () if here else ((ways[0],),) if stays else ((ways[1],),)
    said = Message(text=words, rows=rows, serial=turn.conversation.serial, file=act.file)
    return turn.aside(said).silent() if stays else turn.add(said).go("case_chat").silent()


def spoken_words(turn: Turn, name: str, text: str) -> str:
    """Return a librarian's words as the person reads them."""
    # The texts refuse long arguments: a whole answer is put behind its head.
    head = turn.text("librarian-says", name=name, text="").rstrip()
    return f"{head} {text}".rstrip()


def _edited(turn: Turn, _case: Case, act: DeskAct) -> Turn:
    if act.code == cases.OF_NOTE:
        return turn.effect(CaseReworded(ref=act.ref, text=act.text)).silent()
    words = spoken_words(turn, act.name, act.text)
    head = turn.text("librarian-corrected", name=act.name, text="").rstrip()
    told = f"{head} {act.text}".rstrip()
    turn = turn.effect(CaseReworded(ref=act.ref, text=act.text, sent=words, told=told))
    return _event(turn, act, "edited").silent()


def _retracted(turn: Turn, _case: Case, act: DeskAct) -> Turn:
    if act.code == cases.OF_NOTE:
        return turn.effect(CaseReworded(ref=act.ref, text="")).silent()
    words = turn.text("librarian-took-back", name=act.name)
    told = turn.text("librarian-took-one-back", name=act.name)
    turn = turn.effect(CaseReworded(ref=act.ref, text="", sent=words, told=told))
    return _event(turn, act, "took_back").silent()


# -- the expert --------------------------------------------------------------------------------


def _expert_asked(turn: Turn, case: Case, act: DeskAct) -> Turn:
    turn = _taken(turn, case, act)
    turn = _event(turn, act, f"asked_expert:{act.library}")
    turn = turn.effect(CaseSaid(by="to_expert", who=act.name, text=act.text))
    return turn.say(turn.text("case-expert-asked", name=act.name)).silent()


def _expert_replied(turn: Turn, case: Case, act: DeskAct) -> Turn:
    direct = bool(case.expert and case.expert.direct)
    said = CaseSaid(
        by="expert", who=act.name, text=act.text, delivered=direct, ref=act.ref, file=act.file
    )
    turn = turn.effect(said)
    if not direct:
        return turn.silent()
    head = turn.text("expert-says", name=act.name, text="").rstrip()
    return _to_person(turn, f"{head} {act.text}", act)


# -- the end -----------------------------------------------------------------------------------


def _closed(turn: Turn, _case: Case, act: DeskAct) -> Turn:
    # Nobody's name: the trial is over, and with it what was asked there.
    code = f"closed:{act.code}" if act.code else "closed"
    turn = _event(turn, act, code).effect(Count(metric="case_closed"))
    if act.code:
        turn = turn.effect(Count(metric=f"case_closed_{act.code}"))
    topic = next((topic for topic in gaps.TOPICS if topic == act.topic), None)
    if topic:
        turn = gaps.unanswered(turn, topic)
    if not act.name:
        return _end(turn, turn.text("trial-over"), rated=False)
    return _end(turn, turn.text("case-closed", name=act.name), rated=True)


def _end(turn: Turn, words: str, *, rated: bool) -> Turn:
    """Say that it is over, with what can be done about it, and go back to where the talk was."""
    was_here = turn.screen.name in ("case_chat", "case_again")
    ways = (rating.row(turn), (turn.button("again", "write-again"),)) if rated else ()
    rows = tuple(row for row in ways if row)
    turn = turn.aside(Message(text=words, rows=rows))
    if was_here:
        return to_bot(turn, "")
    # Who cannot write again is not asked what they would like to write.
    return without_screens(turn, ("case_chat", "case_again")).silent()


def _expired(turn: Turn, case: Case, act: DeskAct) -> Turn:
    answered = case.asked_at is None
    turn = _event(turn, act, "closed:no_reply" if answered else "expired")
    turn = turn.effect(Count(metric="case_expired"))
    if answered:
        name = case.claimed_name
        said = turn.text("case-silent", name=name) if name else turn.text("case-silent-free")
        return _end(turn, said, rated=True)
    turn = gaps.unanswered(turn, "other")
    words = [turn.text("case-expired"), *whom_to_call(turn, desk_named(turn, case.library))]
    return _end(turn, "\n".join(words), rated=False)


def _muted(turn: Turn, case: Case, act: DeskAct) -> Turn:
    if act.until is None:
        return turn.silent()
    turn = _event(turn, act, f"muted:{act.until:%d.%m.%Y}")
    stop = Mute(until=act.until, reason=act.text, who=act.name, by=act.librarian, case=case.number)
    turn = turn.effect(stop)
    until = f"{act.until:%d.%m.%Y}"
    words = [turn.text("case-muted", until=until)]
    words += whom_to_call(turn, desk_named(turn, case.library))
    return _end(turn, "\n".join(words), rated=False)


def _reported(turn: Turn, case: Case, act: DeskAct) -> Turn:
    turn = _event(turn, act, "reported")
    said = Report(case=case.number, reason=act.text, who=act.name, by=act.librarian)
    return turn.effect(said).silent()


# -- the clock ---------------------------------------------------------------------------------


def _noticed(turn: Turn, case: Case, act: DeskAct) -> Turn:
    return _event(turn, act, f"noticed:{case.claimed_name or ''}").silent()


def _marked(turn: Turn, case: Case, act: DeskAct) -> Turn:
    turn = _event(turn, act, f"mark:{act.code}")
    if act.code != LATE or case.claimed_by:
        return turn.silent()
    words = [turn.text("case-late"), *whom_to_call(turn, desk_named(turn, case.library))]
    return turn.say("\n".join(words)).silent()


def _proposed(turn: Turn, _case: Case, _act: DeskAct) -> Turn:
    return cover.propose(turn).silent()


_Done = Callable[[Turn, Case, DeskAct], Turn]
_DONE: Mapping[str, _Done] = {
    "claim": _claimed,
    "release": _released,
    "free": _freed,
    "transfer": _transferred,
    "reply": _replied,
    "note": _noted,
    "edit": _edited,
    "retract": _retracted,
    "ask_expert": _expert_asked,
    "expert_reply": _expert_replied,
    "close": _closed,
    "mute": _muted,
    "report": _reported,
    "assign": _assigned,
    "notice": _noticed,
    "mark": _marked,
    "propose": _proposed,
    "expire": _expired,
}
