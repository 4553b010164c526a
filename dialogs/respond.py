"""The one entrance: an event comes in, a step comes out; pure, total, never an exception."""

import unicodedata
from collections.abc import Callable

from dialogs import case as cases
from dialogs.flows import (
    answers,
    case_talk,
    deadlines,
    delicate,
    ended,
    handoff,
    interview,
    librarian,
    library_services,
    measures,
    places,
    recap,
    welcome,
)
from dialogs.model import (
    HOME,
    Button,
    Conversation,
    DeskAct,
    Event,
    KnowledgeChanged,
    Message,
    Pressed,
    Reminded,
    Said,
    ScreenRef,
    SentFile,
    SharedLocation,
    Started,
    Step,
)
from dialogs.screens import Act, Screen
from dialogs.turn import Context, Turn
from dialogs.understanding import LONGEST, folded, load_lexicon

SCREENS: dict[str, Screen] = {
    **welcome.SCREENS,
    **interview.SCREENS,
    **answers.SCREENS,
    **delicate.SCREENS,
    **deadlines.SCREENS,
    **measures.SCREENS,
    **ended.SCREENS,
    **library_services.SCREENS,
    **places.SCREENS,
    **librarian.SCREENS,
    **handoff.SCREENS,
    **case_talk.SCREENS,
}
ACTIONS: dict[str, Act] = {
    **interview.ACTIONS,
    **delicate.ACTIONS,
    **measures.ACTIONS,
    **places.ACTIONS,
    **librarian.ACTIONS,
    **handoff.ACTIONS,
    **case_talk.ACTIONS,
    **welcome.ACTIONS,
}
OPENED: dict[str, Callable[[Turn], Turn]] = {
    "places": places.open_places,
    "results": measures.open_results,
    "librarian": librarian.open_librarian,
}
"""Screens that look at the talk before they open."""
WITH_SUBJECT = ("question", "consent", "card", "namesakes", "confirm_place", "ended")
"""Screens that no button opens by name alone."""
_QUESTIONS = ("question", "settlement", "consent", "delicate")
COMMANDS = (
    "help",
    "privacy",
    "language",
    "menu",
    "delete",
    "back",
    "results",
    "places",
    "answers",
    "librarian",
    "stop",
)
"""What can be typed as /word."""


def respond(conversation: Conversation, event: Event, context: Context) -> Step:
    """Return what the event does: the talk after it, the messages, the effects."""
    turn = _at_home_if_lost(Turn(conversation=conversation, context=context))
    if not isinstance(event, Pressed | DeskAct):
        # Something else happened since: the same button may be meant anew.
        turn = turn.change(last_press="")
    turn = _back_again(turn, event)
    match _readable(event):
        case Started(payload=payload):
            turn = welcome.start(turn, payload)
        case Pressed() as pressed:
            turn = _pressed(turn, pressed)
        case DeskAct() as done:
            turn = case_talk.desk_act(turn, done)
        case SharedLocation(latitude=latitude, longitude=longitude):
            turn = places.located(turn, latitude, longitude)
        case SentFile(type=kind):
            turn = turn.say(turn.text("file-received", type=kind))
        case Reminded() | KnowledgeChanged():
            turn = turn.silent()
        case Said(edited=True):
            turn = turn.say(turn.text("edited-message"))
        case Said(text=text):
            turn = _said(turn, text)
    return _finish(turn)


def _back_again(turn: Turn, event: Event) -> Turn:
    """Remember when the person was here, and say where the talk stopped after a pause."""
    if isinstance(event, DeskAct | Reminded | KnowledgeChanged):
        return turn
    paused = recap.after_a_pause(turn)
    turn = turn.change(last_at=turn.context.now)
    at_desk = turn.screen.name == "case_chat"
    if not paused or at_desk or isinstance(event, Started) or turn.screen == HOME:
        return turn
    return turn.say(recap.lines(turn))


def _readable(event: Event) -> Event:
    """Return the event without characters that nobody can read and no store can keep."""
    texts = {name: _without_controls(v) for name, v in event if isinstance(v, str)}
    return event.model_copy(update=texts)


def _without_controls(text: str) -> str:
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def show(turn: Turn) -> Message:
    """Return the screen the person is looking at."""
    return SCREENS[turn.screen.name].show(turn)


def _at_home_if_lost(turn: Turn) -> Turn:
    """Return the turn without screens that an update took away: home at last; the facts stay."""
    known = tuple(s for s in turn.conversation.screens if s.name in SCREENS and _valid(turn, s))
    return turn.change(screens=known or (HOME,))


def _valid(turn: Turn, screen: ScreenRef) -> bool:
    facts = turn.knowledge.facts
    match screen.name:
        case "question":
            known = screen.about in facts and screen.about not in ("audience", "settlement")
            return known and facts[screen.about].group != interview.GROUP
        case "consent":
            return screen.about in facts and screen.about in interview.CONSENT_FACTS
        case "confirm_place":
            return screen.about.partition(",")[0] in ("typed", "code", "here")
        case "card":
            return any(m.id == screen.about for m in turn.knowledge.running(turn.context.today))
        case "ended":
            return bool(ended.known(turn, screen.about))
        case _:
            return True


def _finish(turn: Turn) -> Step:
    if turn.quiet:
        messages = turn.messages
    else:
        serial = turn.conversation.serial + 1
        turn = turn.change(serial=serial)
        screen = show(turn)
        rows = tuple(row for row in screen.rows if row)
        shown = screen.model_copy(update={"serial": serial, "rows": rows})
        messages = (*turn.messages, shown)
    return Step(
        conversation=turn.conversation,
        messages=messages,
        effects=turn.effects,
        notice=turn.notice,
    )


# -- pressed -----------------------------------------------------------------------------------


def _pressed(turn: Turn, event: Pressed) -> Turn:
    pressed = f"{event.serial}.{event.action}"[:LONGEST]
    if pressed == turn.conversation.last_press:
        # The phone sent the same tap again, perhaps under another update id.
        return turn.note(turn.text("tap-again"))
    return act(turn.change(last_press=pressed), event.action)


def act(turn: Turn, action: str) -> Turn:
    """Do what a button says; a button that an update took away is said to be old."""
    name, _, argument = action.partition(":")
    if name == "back":
        return _back(turn)
    if name == "go":
        return _go(turn, argument)
    if name in ACTIONS:
        return ACTIONS[name](turn, argument)
    return turn.say(turn.text("old-button"))


def _go(turn: Turn, name: str) -> Turn:
    if name in OPENED:
        return OPENED[name](turn)
    if name in SCREENS and name not in WITH_SUBJECT:
        return turn.go(name)
    return turn.say(turn.text("old-button"))


def _back(turn: Turn) -> Turn:
    finished = turn.screen.name in ("answers", "results") and turn.back().screen == HOME
    if finished or turn.screen.name in _QUESTIONS:
        return interview.back(turn)
    if turn.screen == HOME:
        return turn.say(turn.text("nowhere-back"))
    return turn.back()


# -- said --------------------------------------------------------------------------------------


def _said(turn: Turn, text: str) -> Turn:
    if text.startswith("/"):
        return _command(turn, text)
    words = folded(text)
    button = _button_named(show(turn), words)
    if button:
        return act(turn, button.action)
    hear = SCREENS[turn.screen.name].hear
    heard = hear(turn, text) if hear and words else None
    if heard is not None:
        return heard
    command = load_lexicon(turn.language).commands.get(words)
    if command:
        return _named(turn, command)
    return ended.hear(turn, text) or _missed(turn, text)


def _command(turn: Turn, text: str) -> Turn:
    word, _, payload = text[1:].partition(" ")
    name = word.partition("@")[0].lower()
    if name == "start":
        return welcome.start(turn, payload)
    if name in COMMANDS:
        return _named(turn, name)
    return turn.say(turn.text("unknown-command"))


def _named(turn: Turn, name: str) -> Turn:
    match name:
        case "back":
            return _back(turn)
        case "bot":
            return case_talk.to_bot(turn, "")
        case "stop":
            return turn.home().say(turn.text("stopped"))
        case _:
            return _go(turn, name)


def _button_named(message: Message, words: str) -> Button | None:
    """Return the button with that label."""
    return next((b for b in message.buttons if folded(b.label) == words), None)


def _missed(turn: Turn, text: str) -> Turn:
    """Help more with each miss: what is expected here, then a person."""
    if len(text) > LONGEST:
        return turn.say(turn.text("too-long"))
    if cases.is_open(turn.conversation.case) and turn.screen.name != "case_chat":
        return turn.say(turn.text("missed-case"))
    misses = turn.conversation.misses + 1
    turn = turn.change(misses=misses)
    if misses >= 3:
        return turn.say(turn.text("missed-often"))
    name = f"missed-{turn.screen.about or turn.screen.name}"
    known = name in turn.context.texts[turn.language]
    return turn.say(turn.text(name if known else "missed"))
