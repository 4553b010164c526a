"""What is typed in the days after a case has ended: thanks are answered, the rest is offered on."""

import datetime as dt

from dialogs import case as cases
from dialogs.flows import case_talk, cover, handoff, librarian, rating, told
from dialogs.free_text.thanks import only_thanks, thanks_first
from dialogs.free_text.wishes import plainly, wish
from dialogs.model import Case, Event, Pressed, Said, Unsent
from dialogs.turn import Turn
from dialogs.understanding import LONGEST, load_lexicon

FRESH = dt.timedelta(days=1)
"""So long after the end whatever is told freely may be an answer to the librarian."""
FOR_A_LIBRARIAN = ("case_chat", "case_again", *case_talk.HANDING)
"""Screens on which what is typed goes to a librarian, or stands before that."""
AT_A_DESK = ("librarian", *FOR_A_LIBRARIAN)
"""Screens of the way to a librarian; who is there has not turned to the bot."""
OF_A_PAGE = ("cv_question", "cv_check")
"""Screens that stay with the CV when a line was taken down, whatever was offered beside it."""
OF_A_DESK = frozenset(
    action for flow in (case_talk, cover, handoff, librarian, rating) for action in flow.ACTIONS
)
FOR_THE_BOT = ("delete", "hide", "stop", "no_reminders")
"""Wishes that only the bot can grant."""
AUDIENCE = told.AUDIENCE


def may_be_meant(turn: Turn, understood: Turn, text: str) -> bool:
    """Return whether words that the bot has an answer to are offered to the librarian as well.

    For seven days after its end words can open a case again. In this time free words are offered

    1. until the person turns to the bot: presses one of its buttons, types one of its words, or
       answers its question. Till then the last word was the librarian's, and they answer it;
    2. within a day of the end, whatever else was done;
    3. when they open with thanks and go on.

    They are not offered when they are a word for the bot, answer the question that the bot has
    just asked, or wait to be sent already. What the bot does not understand is always offered.
    """
    if not can_be_offered(turn, text) or not cases.can_reopen(*_case(turn)):
        return False
    if _for_the_bot(turn, text) or _answers(turn, understood):
        return False
    return _still_answering(turn) or _fresh(turn) or thanks_first(text, turn.language)


def can_be_offered(turn: Turn, text: str) -> bool:
    """Return whether an offer has its place here: beside a case, and not twice for the same.

    Where another question is being handed over nothing is offered to the library of the last one.
    """
    if cases.is_open(turn.conversation.case):
        return turn.screen.name != "case_chat"
    return turn.screen.name not in FOR_A_LIBRARIAN and not _waits(turn, text)


def stray_onto_a_page(turn: Turn, text: str) -> bool:
    """Return whether a CV would take down what may be meant for the librarian.

    It takes whatever is typed: so thanks that go on, and the first whole sentence after the end,
    are offered as well.
    """
    if turn.screen.name != "cv_question" or not cases.can_reopen(*_case(turn)):
        return False
    sentence = _still_answering(turn) and len(text.split()) > told.SENTENCE
    likely = sentence or thanks_first(text, turn.language)
    return likely and not (_waits(turn, text) or _for_the_bot(turn, text))


def thanked(turn: Turn, text: str) -> Turn | None:
    """Return the turn with a warm word where there is nothing but thanks after the end, or None.

    Nothing opens again for it.
    """
    if not cases.can_reopen(*_case(turn)) or turn.screen.name in ("case_again", "case_question"):
        return None
    case = turn.conversation.case
    if not only_thanks(text, turn.language, (case.last_by,) if case else ()):
        return None
    return turn.say(turn.text("thanks-after-case"))


def minded(turn: Turn, event: Event) -> Turn:
    """Return the turn without an offer that no longer stands, and mindful of whom is turned to."""
    if not case_talk.hears_on(turn):
        turn = turn.change(unsent=Unsent())
    if cases.can_reopen(*_case(turn)) and _turns_to_the_bot(turn, event):
        return turn.change(used_at=turn.context.now)
    return turn


def _turns_to_the_bot(turn: Turn, event: Event) -> bool:
    match event:
        case Pressed(action=action):
            no_turn = action in ("go:librarian", "back") or action.partition(":")[0] in OF_A_DESK
            return not no_turn
        case Said(text=text, edited=False):
            offered = turn.conversation.unsent != Unsent() and turn.screen.name not in OF_A_PAGE
            for_them = offered or thanked(turn, text) is not None
            return not for_them and turn.screen.name not in AT_A_DESK
        case _:
            return False


def _case(turn: Turn) -> tuple[Case | None, dt.datetime]:
    return turn.conversation.case, turn.context.now


def _waits(turn: Turn, text: str) -> bool:
    return turn.conversation.unsent.text == text


def _still_answering(turn: Turn) -> bool:
    case, used = turn.conversation.case, turn.conversation.used_at
    return bool(case and case.closed_at and (used is None or used <= case.closed_at))


def _fresh(turn: Turn) -> bool:
    case = turn.conversation.case
    return bool(case and case.closed_at and turn.context.now - case.closed_at <= FRESH)


def _for_the_bot(turn: Turn, text: str) -> bool:
    if len(text) > LONGEST:
        return False
    commands = load_lexicon(turn.language).commands
    return plainly(text, turn.language) in commands or wish(text, turn.language) in FOR_THE_BOT


def _answers(turn: Turn, understood: Turn) -> bool:
    """Whether the words answer what was asked: kept already, or read back first."""
    fact = told.asked_for(turn)
    if not fact:
        return False
    before, after = turn.conversation.answers, understood.conversation.answers
    read_back = told.pending(understood.screen.about)[0] if understood.screen.name == "told" else {}
    return after.get(fact) != before.get(fact) or (fact != AUDIENCE and fact in read_back)
