"""The talk with a librarian: words go to the case, answers come back, the bot waits aside."""

import datetime as dt
from collections.abc import Collection

from dialogs import case as cases
from dialogs.flows import cover, rehomed
from dialogs.flows.desk_card import as_agreed
from dialogs.flows.librarian import desk_named, place_name, promise
from dialogs.model import (
    HOME,
    NO_CARD,
    Case,
    CaseChanged,
    CaseReworded,
    CaseSaid,
    Event,
    KeptFile,
    Message,
    Said,
    SentFile,
    Unsent,
)
from dialogs.passing_files import MEGABYTE, MOST_ON_A_PLATFORM
from dialogs.screens import Screen, ways_on
from dialogs.turn import Turn
from dialogs.understanding import folded, load_lexicon

LEAVING = ("hide", "delete", "menu", "help", "back")
"""Words that are meant for the bot even while a librarian listens."""
LEAVING_A_QUESTION = ("hide", "delete", "menu", "back", "cancel", "bot", "stop", "librarian")
"""Words that are no question: whatever else is typed alone is one, „бюро“ and „помощ“ as well."""
HANDING = ("case_question", "case_card")
"""Screens on which another question is being handed over."""
TO_A_LIBRARIAN = ("case_chat", "case_again", "librarian", *HANDING)
"""Screens of which none is left where the bot goes on."""
KEPT_HERE = "kept:"
"""How the reference of a file begins that would be kept here, not with a platform."""
ROOM = 20
"""Characters of a button: a name that makes it longer is left out."""


def _show_chat(turn: Turn) -> Message:
    case = turn.conversation.case
    if not cases.is_open(case) or case is None:
        rows = ((turn.button("to-bot", "to-bot"),), ways_on(turn, "librarian", "menu"))
        return Message(text=turn.text("case-none"), rows=rows)
    desk = desk_named(turn, case.library)
    if case.asked_at is None and not case.claimed_name and desk:
        head = turn.text("case-answered-free", to=place_name(turn, desk))
    elif case.claimed_name:
        head = turn.text("case-claimed", name=case.claimed_name)
    elif desk:
        to = turn.text("case-waiting", to=place_name(turn, desk), number=case.number)
        head = f"{to}\n{promise(turn, desk)}"
    else:
        head = turn.text("case-waiting-any", number=case.number)
    parts = [head, *cover.standing(turn, case), turn.text("case-write-here")]
    if turn.context.trial:
        parts.insert(0, turn.text("trial-banner"))
    return Message(
        text="\n\n".join(parts),
        rows=(
            (turn.button("to-bot", "to-bot"), turn.button("end-case", "end-case")),
            ways_on(turn, "menu"),
        ),
    )


def bot_word(turn: Turn, text: str) -> str | None:
    """Return the command that the text is, word for word; signs alone are none: „?“."""
    written = any(c.isalnum() for c in text)
    return load_lexicon(turn.language).commands.get(folded(text)) if written else None


def _hear_chat(turn: Turn, text: str) -> Turn | None:
    command = bot_word(turn, text)
    if command == "bot":
        return to_bot(turn, "")
    if not cases.is_open(turn.conversation.case):
        return None
    if command == "stop":
        # Who says „край“ to a librarian means the talk with them. It can be opened again.
        return end(turn, "")
    return None if command in LEAVING else said(turn, text).silent()


def said(turn: Turn, text: str, file: KeptFile | None = None, ref: str = "") -> Turn:
    """Return the turn after the person's words, or a file, went to the open case."""
    case = turn.conversation.case
    if case is None:
        return turn
    ref = ref or turn.ref
    moved = cases.asked(case, turn.context.now, ref)
    if moved != case:
        turn = turn.change(case=moved).effect(CaseChanged())
    return turn.effect(CaseSaid(by="person", text=text, file=file, ref=ref))


def sent(turn: Turn, event: SentFile) -> Turn | None:
    """Return the turn after a file went to the librarian, or could not; None where none listens."""
    if event.file is None:
        return _not_passed(turn, event)
    if turn.screen.name == "case_chat" and cases.is_open(turn.conversation.case):
        return said(turn, event.text, event.file, event.ref).silent()
    if turn.screen.name == "case_again" and cases.can_reopen(*_late(turn)):
        turn = opened_again(turn.back())
        return said(turn, event.text, event.file, event.ref).go("case_chat")
    return _sent_elsewhere(turn, event, event.file)


def _sent_elsewhere(turn: Turn, event: SentFile, file: KeptFile) -> Turn | None:
    """Return the turn with how a file can still reach a librarian; None where none may hear."""
    if turn.screen.name in HANDING and not cases.is_open(turn.conversation.case):
        return turn.say(turn.text("file-later"))
    if not hears_on(turn):
        return None
    if not file.ref.startswith(KEPT_HERE):
        return offer(turn, event.text, file, event.ref)
    # What was to be kept here is let go of where no librarian listens: it must come again.
    again = (turn.button("again", "write-again"),)
    return turn.aside(Message(text=turn.text("file-not-gone"), rows=(again,)))


def _not_passed(turn: Turn, event: SentFile) -> Turn | None:
    """Return the turn with what can be passed on, where somebody may listen; a sticker is none."""
    here = turn.screen.name == "case_chat" and cases.is_open(turn.conversation.case)
    if not here and (event.type == "sticker" or not hears_on(turn)):
        return None
    turn = turn.say(turn.text("file-not-passed", most=MOST_ON_A_PLATFORM // MEGABYTE))
    return turn.silent() if here else turn


def reworded(turn: Turn, text: str, ref: str) -> Turn | None:
    """Return the turn after a message that went to the case was changed; else None."""
    case = turn.conversation.case
    if case is None or not ref or ref not in case.written or not cases.is_open(case):
        return None
    return turn.effect(CaseReworded(ref=ref, by="person", text=text)).silent()


def leaves_a_question(turn: Turn, text: str) -> bool:
    """Return whether words typed where a question is written are for the bot and no question."""
    return bot_word(turn, text) in LEAVING_A_QUESTION


def to_bot(turn: Turn, _argument: str) -> Turn:
    """Go back to where the talk with the bot was; the case stays open."""
    return without_screens(turn, TO_A_LIBRARIAN)


def without_screens(turn: Turn, names: Collection[str]) -> Turn:
    """Return the turn without these screens: home at last."""
    kept = tuple(s for s in turn.conversation.screens if s.name not in names)
    return turn.change(screens=kept or (HOME,))


def offer(turn: Turn, text: str, file: KeptFile | None = None, ref: str = "") -> Turn:
    """Say that the librarian did not get these words, or this file, and offer to send them on."""
    case = turn.conversation.case
    whom = (case.claimed_name or case.last_by) if case else ""
    named = turn.button("send-on", "send-on", name=whom)
    fits = whom and len(named.label) <= ROOM
    button = named if fits else turn.button("send-on-alone", "send-on")
    missed = "missed-case" if cases.is_open(case) else "missed-closed-case"
    said_so = Message(text=turn.text(missed), rows=((button,),))
    return turn.change(unsent=Unsent(text=text, file=file, ref=ref or turn.ref)).aside(said_so)


def hears_on(turn: Turn) -> bool:
    """Return whether words that the bot does not understand may be meant for a librarian."""
    return cases.is_open(turn.conversation.case) or cases.can_reopen(*_late(turn))


def _late(turn: Turn) -> tuple[Case | None, dt.datetime]:
    return turn.conversation.case, turn.context.now


def without_words(turn: Turn, event: Event) -> Turn:
    """Return the turn without what waited to be sent on: something else was said since.

    The same words once more are nothing else.
    """
    waits = turn.conversation.unsent
    same = isinstance(event, Said) and not event.edited and event.text == waits.text
    return turn if same and waits.file is None else turn.change(unsent=Unsent())


def send_on(turn: Turn, _argument: str) -> Turn:
    """Send what was offered to the librarian; it opens an ended talk again."""
    waits = turn.conversation.unsent
    if waits == Unsent() or not hears_on(turn):
        return turn.say(turn.text("old-button"))
    turn = turn.change(unsent=Unsent())
    if not cases.is_open(turn.conversation.case):
        return said(opened_again(turn), waits.text, waits.file, waits.ref).go("case_chat")
    return said(turn, waits.text, waits.file, waits.ref).say(turn.text("sent-on"))


def opened_again(turn: Turn) -> Turn:
    """Return the turn with the ended case open again, and its card as it would be now."""
    case = turn.conversation.case
    if case is None or not cases.can_reopen(case, turn.context.now):
        return turn
    # Where nothing new joins, the desk still has the card that it had.
    card = as_agreed(turn.conversation, turn.context) or NO_CARD
    turn = turn.change(case=cases.reopened(case, card, turn.context.now)).effect(CaseChanged())
    # Its desk may be gone since.
    return rehomed.moved(turn.effect(CaseSaid(by="event", text="reopened")))


def write_again(turn: Turn, _argument: str) -> Turn:
    """Open the talk with the librarian anew: the first words will open the case."""
    if cases.is_open(turn.conversation.case):
        return turn.go("case_chat")
    if not cases.can_reopen(turn.conversation.case, turn.context.now):
        return turn.say(turn.text("case-over")).go("librarian")
    return turn.go("case_again")


def _show_again(turn: Turn) -> Message:
    case = turn.conversation.case
    name = case.last_by if case else ""
    text = turn.text("case-again", name=name, known="yes" if name else "no")
    if case and case.library and desk_named(turn, case.library) is None:
        # Said before anything is written: it is another library that will read it.
        old = rehomed.gone_name(turn, rehomed.gone_desk(turn, case))
        text = turn.text("gone-desk-again", old=old)
    return Message(
        text=text,
        rows=(ways_on(turn, "back", "librarian", "menu"),),
    )


def _hear_again(turn: Turn, text: str) -> Turn | None:
    late = cases.can_reopen(turn.conversation.case, turn.context.now)
    if leaves_a_question(turn, text) or not late:
        return None
    turn = turn.back()
    return said(opened_again(turn), text).go("case_chat")


def end(turn: Turn, _argument: str) -> Turn:
    """Close the case, as the person wishes."""
    case = turn.conversation.case
    if case is None or not cases.is_open(case):
        return to_bot(turn.say(turn.text("case-over")), "")
    turn = turn.change(case=cases.closed(case, turn.context.now))
    turn = turn.effect(CaseSaid(by="event", text="closed_by_person")).effect(CaseChanged())
    return to_bot(turn.say(turn.text("case-ended-by-you")), "")


SCREENS = {
    "case_chat": Screen(_show_chat, _hear_chat),
    "case_again": Screen(_show_again, _hear_again),
}
ACTIONS = {
    "to-bot": to_bot,
    "end-case": end,
    "send-on": send_on,
    "write-again": write_again,
}
