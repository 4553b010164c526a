"""The talk with a librarian: words go to the case, answers come back, the bot waits aside."""

from dialogs import case as cases
from dialogs.flows.librarian import desk_named, promise
from dialogs.model import (
    Case,
    CaseChanged,
    CaseSaid,
    Count,
    DeskAct,
    Draft,
    Message,
)
from dialogs.screens import Screen, ways_on
from dialogs.turn import Turn
from dialogs.understanding import folded, load_lexicon

LEAVING = ("bot", "hide", "delete", "menu", "help", "stop", "back")
"""Words that are meant for the bot even while a librarian listens."""
ROOM = 20
"""Characters of a button: a name that makes it longer is left out."""


def _show_chat(turn: Turn) -> Message:
    case = turn.conversation.case
    if not cases.is_open(case) or case is None:
        rows = ((turn.button("to-bot", "to-bot"),), ways_on(turn, "librarian", "menu"))
        return Message(text=turn.text("case-none"), rows=rows)
    desk = desk_named(turn, case.library)
    if case.claimed_name:
        head = turn.text("case-claimed", name=case.claimed_name)
    elif desk:
        to = turn.text("place-of", name=desk.library.name, city=desk.library.city)
        head = f"{turn.text('case-waiting', to=to, number=case.number)}\n{promise(turn, desk)}"
    else:
        head = turn.text("case-waiting-any", number=case.number)
    parts = [head, turn.text("case-write-here")]
    if turn.context.trial:
        parts.insert(0, turn.text("trial-banner"))
    return Message(
        text="\n\n".join(parts),
        rows=(
            (turn.button("to-bot", "to-bot"), turn.button("end-case", "end-case")),
            ways_on(turn, "menu"),
        ),
    )


def _hear_chat(turn: Turn, text: str) -> Turn | None:
    command = load_lexicon(turn.language).commands.get(folded(text))
    if command == "bot":
        return to_bot(turn, "")
    if command in LEAVING or not cases.is_open(turn.conversation.case):
        return None
    return turn.effect(CaseSaid(by="person", text=text)).silent()


def to_bot(turn: Turn, _argument: str) -> Turn:
    """Go back to where the talk with the bot was; the case stays open."""
    kept = tuple(s for s in turn.conversation.screens if s.name != "case_chat")
    return turn.change(screens=kept or turn.conversation.screens[:1])


def offer(turn: Turn, text: str) -> Turn:
    """Say that the librarian did not hear these words, and offer to send them on."""
    case = turn.conversation.case
    named = turn.button("send-on", "send-on", name=(case.claimed_name if case else "") or "")
    fits = case and case.claimed_name and len(named.label) <= ROOM
    button = named if fits else turn.button("send-on-alone", "send-on")
    said = Message(
        text=turn.text("missed-case"), rows=((button,),), serial=turn.conversation.serial
    )
    return turn.change(draft=Draft(question=text)).add(said)


def without_words(turn: Turn) -> Turn:
    """Return the turn without words that waited to be sent on: others were said since."""
    waited = cases.is_open(turn.conversation.case) and turn.conversation.draft.question
    return turn.change(draft=Draft()) if waited else turn


def send_on(turn: Turn, _argument: str) -> Turn:
    """Send the words that were offered to the librarian."""
    words = turn.conversation.draft.question
    if not words or not cases.is_open(turn.conversation.case):
        return turn.say(turn.text("old-button"))
    return without_words(turn).effect(CaseSaid(by="person", text=words)).say(turn.text("sent-on"))


def end(turn: Turn, _argument: str) -> Turn:
    """Close the case, as the person wishes."""
    case = turn.conversation.case
    if case is None or not cases.is_open(case):
        return to_bot(turn.say(turn.text("case-over")), "")
    turn = turn.change(case=cases.closed(case, turn.context.now))
    turn = turn.effect(CaseSaid(by="event", text="closed_by_person")).effect(CaseChanged())
    return to_bot(turn.say(turn.text("case-ended-by-you")), "")


def desk_act(turn: Turn, act: DeskAct) -> Turn:
    """Do what a librarian did; what no longer fits the case changes nothing."""
    case = turn.conversation.case
    if case is None or case.number != act.case or not cases.is_open(case):
        return turn.silent()
    match act.act:
        case "assign":
            return _assigned(turn, case, act)
        case "note":
            return turn.effect(CaseSaid(by="note", who=act.name, text=act.text)).silent()
        case "close":
            return _closed(turn, case, act)
        case "claim":
            return _claimed(turn, case, act).silent()
        case _:
            return _replied(turn, case, act)


def _assigned(turn: Turn, case: Case, act: DeskAct) -> Turn:
    changed = cases.assigned(case, act.library)
    desk = desk_named(turn, act.library)
    if changed == case or desk is None:
        return turn.silent()
    name = turn.text("place-of", name=desk.library.name, city=desk.library.city)
    turn = turn.change(case=changed).effect(CaseChanged())
    said = f"{turn.text('case-found-desk', name=name)}\n{promise(turn, desk)}"
    return turn.say(said).silent()


def _claimed(turn: Turn, case: Case, act: DeskAct) -> Turn:
    changed = cases.claimed(case, act.librarian, act.name, turn.context.now)
    if changed == case:
        return turn
    turn = turn.change(case=changed).effect(CaseChanged())
    turn = turn.effect(CaseSaid(by="event", who=act.name, text="claimed"))
    return turn.say(turn.text("case-claimed", name=act.name))


def _replied(turn: Turn, case: Case, act: DeskAct) -> Turn:
    if not cases.may_answer(case, act.librarian):
        return turn.silent()
    turn = _claimed(turn, case, act)
    spoken = CaseSaid(by="librarian", who=act.name, text=act.text, delivered=True)
    here = turn.screen.name == "case_chat"
    ways = (turn.button("answer-librarian", "go:librarian"),), (turn.button("to-bot", "to-bot"),)
    rows = () if here else ways
    # The texts refuse long arguments: a whole answer is put behind its head.
    head = turn.text("librarian-says", name=act.name, text="").rstrip()
    reply = Message(
        text=f"{head} {act.text}",
        rows=rows,
        serial=turn.conversation.serial,
    )
    return turn.effect(spoken).add(reply).silent()


def _closed(turn: Turn, case: Case, act: DeskAct) -> Turn:
    # Nobody's name: the trial is over, and with it what was asked there.
    if act.librarian and not cases.may_answer(case, act.librarian):
        return turn.silent()
    said = turn.text("case-closed", name=act.name) if act.name else turn.text("trial-over")
    turn = turn.change(case=cases.closed(case, turn.context.now)).effect(CaseChanged())
    turn = turn.effect(CaseSaid(by="event", who=act.name, text="closed"))
    turn = turn.effect(Count(metric="case_closed"))
    was_here = turn.screen.name == "case_chat"
    turn = to_bot(turn.say(said), "")
    return turn if was_here else turn.silent()


SCREENS = {"case_chat": Screen(_show_chat, _hear_chat)}
ACTIONS = {"to-bot": to_bot, "end-case": end, "send-on": send_on}
