"""The one entrance: an event comes in, a step comes out; pure, total, never an exception."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from dialogs import attended, bulgarian_only, gaps
from dialogs import case as cases
from dialogs.flows import (
    all_sources,
    answers,
    asked,
    case_talk,
    checklist,
    consent,
    cover,
    cv,
    deadlines,
    desk_acts,
    desk_card,
    distress,
    employer_card,
    employers,
    ended,
    gone_desks,
    handoff,
    interview,
    job_search,
    joint,
    late_words,
    librarian,
    library_services,
    measures,
    places,
    plan,
    rating,
    recap,
    rechecks,
    reminded,
    reminders,
    scam,
    situations,
    told,
    welcome,
)
from dialogs.flows.interview import ASKING_PLACE
from dialogs.free_text.wishes import plainly, wish, wonders
from dialogs.model import (
    HOME,
    Button,
    Conversation,
    DeskAct,
    Erase,
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
from dialogs.screens import Act, Screen, small_number
from dialogs.turn import Context, Turn
from dialogs.understanding import LONGEST, folded, language_named, load_lexicon
from knowledge.texts import Language

SCREENS: dict[str, Screen] = {
    **welcome.SCREENS,
    **interview.SCREENS,
    **answers.SCREENS,
    **told.SCREENS,
    **asked.SCREENS,
    **situations.SCREENS,
    **consent.SCREENS,
    **checklist.SCREENS,
    **joint.SCREENS,
    **deadlines.SCREENS,
    **measures.SCREENS,
    **employers.SCREENS,
    **employer_card.SCREENS,
    **ended.SCREENS,
    **library_services.SCREENS,
    **distress.SCREENS,
    **scam.SCREENS,
    **all_sources.SCREENS,
    **job_search.SCREENS,
    **cv.SCREENS,
    **places.SCREENS,
    **plan.SCREENS,
    **reminders.SCREENS,
    **rechecks.SCREENS,
    **librarian.SCREENS,
    **handoff.SCREENS,
    **case_talk.SCREENS,
}
ACTIONS: dict[str, Act] = {
    **interview.ACTIONS,
    **consent.ACTIONS,
    **checklist.ACTIONS,
    **joint.ACTIONS,
    **told.ACTIONS,
    **situations.ACTIONS,
    **measures.ACTIONS,
    **employers.ACTIONS,
    **places.ACTIONS,
    **plan.ACTIONS,
    **reminders.ACTIONS,
    **rechecks.ACTIONS,
    **librarian.ACTIONS,
    **handoff.ACTIONS,
    **case_talk.ACTIONS,
    **cover.ACTIONS,
    **rating.ACTIONS,
    **cv.ACTIONS,
    **welcome.ACTIONS,
}
OPENED: dict[str, Callable[[Turn], Turn]] = {
    "places": places.open_places,
    "results": measures.open_results,
    "librarian": librarian.open_librarian,
    "hide": welcome.hide,
    "abroad": lambda turn: situations.choose(turn, "abroad"),
    "plan": plan.open_plan,
    "no_reminders": reminders.stop_all,
}
"""Screens that look at the talk before they open, and what is done at once."""
SUBJECTS: dict[str, Callable[[Turn, str], bool]] = {
    "question": interview.is_asked_alone,
    "consent": lambda turn, fact: fact in turn.knowledge.facts and fact in interview.CONSENT_FACTS,
    "any_of": checklist.readable,
    "joint": joint.is_one,
    "confirm_place": lambda _turn, about: about.partition(",")[0] in ("typed", "code", "here"),
    "namesakes": lambda _turn, _about: True,
    "card": measures.running,
    "employer_card": employer_card.readable,
    "hire": employers.is_list,
    "ended": lambda turn, about: bool(ended.known(turn, about)),
    "found": lambda turn, about: bool(asked.known(turn, about)),
    "told": told.readable,
    **cv.SUBJECTS,
}
"""Screens that are about something, and whether it is still there; no button names them alone."""
AT_ONCE = ("delete", "stop", "hide", "no_reminders")
"""Wishes that are done whatever else was said with them."""
IN_ITS_LANGUAGE = "in"
"""What a button does in the language of a talk that is not kept: `in:en:ask`."""
OUTLIVE_A_TALK = ("recheck-stop", "remind-stop", "go:no_reminders")
"""What stops something that is kept longer than its talk, and works from any talk's button."""
SPOKEN_MOST: tuple[Language, ...] = ("bg", "en")
"""Languages that are made ready before anybody speaks."""
OF_NO_TALK = 1
"""The number of a screen that is shown where no talk is kept."""
PATIENCE = 3
"""Misses after which a person is offered."""
MOST_CHOICES = 12
ANYTHING = "?!"
"""Words that nobody understands: every lexicon is asked about them."""
SMALL_TALK = ("thanks", "greeting")
_QUESTIONS = ("question", "settlement", "consent", "joint", "any_of")
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
    "hide",
    "plan",
    "reminders",
    "stop",
)
"""What can be typed as /word."""


def respond(conversation: Conversation, event: Event, context: Context) -> Step:
    """Return what the event does: the talk after it, the messages, the effects."""
    turn = welcome.in_their_language(Turn(conversation, context), event)
    turn = _at_home_if_lost(cv.without_an_old_one(turn, event))
    turn = _begun(turn, event)
    event = _readable(event)
    if not isinstance(event, Pressed | DeskAct | Reminded | KnowledgeChanged):
        # Something else happened since: the same button may be meant anew.
        turn = case_talk.without_words(turn.change(last_press=""), event)
    turn = _back_again(turn, event)
    match event:
        case Started(payload=payload):
            turn = welcome.start(turn, payload)
        case Pressed() as pressed:
            turn = _pressed(turn, pressed, conversation)
        case DeskAct(act="route" | "give_up") as done:
            turn = gone_desks.act(turn, done)
        case DeskAct() as done:
            asked = SCREENS[turn.screen.name].hear is not None
            turn = desk_acts.desk_act(replace(turn, asked=asked), done)
        case SharedLocation() | SentFile() as shared:
            turn = _shared(turn, shared)
        case Reminded() | KnowledgeChanged() as due:
            turn = reminded.come_due(turn, due)
        case Said(text=text, edited=True, ref=ref):
            turn = _edited(turn, text, ref)
        case Said(text=text, ref=ref):
            turn = _said(replace(turn, ref=ref), text)
    turn = reminders.kept_right(conversation, cv.let_go(turn, conversation.cv))
    turn = late_words.minded(desk_card.keep_up(conversation, turn), event)
    step = _finish(turn)
    return step if _is_kept(conversation, event, step) else _with_its_language(step)


def prepare(context: Context) -> None:
    """Read all that is read once, so that the first person need not wait for it.

    What the languages of few take to read is left to the first who speaks them: a second once.
    """
    for language in SPOKEN_MOST:
        respond(Conversation(language=language), Said(text=ANYTHING), context)


def _begun(turn: Turn, event: Event) -> Turn:
    """Return the turn with a new talk's screens numbered from the event that begins it.

    No two talks of a chat have a number in common, so that a button tells of which one it is.
    """
    if turn.conversation.serial or isinstance(event, DeskAct | Reminded | KnowledgeChanged):
        return turn
    return turn.change(serial=turn.context.number, since=turn.context.number)


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


def _edited(turn: Turn, text: str, ref: str) -> Turn:
    """Return the turn after a message was changed: in the case, or with a word on it."""
    heard = distress.hear(turn, text)
    changed = case_talk.reworded(heard or turn, text, ref)
    return changed or heard or _aside(turn).say(turn.text("edited-message"))


def _shared(turn: Turn, event: SharedLocation | SentFile) -> Turn:
    """Return the turn with what is no text; while a librarian speaks, only a word on it."""
    aside = _aside(turn)
    if isinstance(event, SentFile):
        return case_talk.sent(turn, event) or aside.say(turn.text("file-received", type=event.type))
    if aside.quiet:
        return aside.say(turn.text("case-location"))
    return places.located(turn, event.latitude, event.longitude)


def show(turn: Turn) -> Message:
    """Return the screen the person is looking at."""
    return SCREENS[turn.screen.name].show(turn)


def _at_home_if_lost(turn: Turn) -> Turn:
    """Return the turn without screens that an update took away: home at last; the facts stay."""
    known = tuple(s for s in turn.conversation.screens if s.name in SCREENS and _valid(turn, s))
    return turn.change(screens=known or (HOME,))


def _valid(turn: Turn, screen: ScreenRef) -> bool:
    there = SUBJECTS.get(screen.name)
    return there is None or there(turn, screen.about)


def _finish(turn: Turn) -> Step:
    if turn.quiet:
        messages = (*turn.messages, *turn.below)
    else:
        serial = turn.conversation.serial + 1
        turn = turn.change(serial=serial)
        screen = show(turn)
        rows = tuple(row for row in screen.rows if row)
        shown = screen.model_copy(update={"serial": serial, "rows": rows})
        messages = (*turn.messages, shown, *turn.below)
    return Step(
        conversation=turn.conversation,
        messages=attended.offered(turn, bulgarian_only.told(turn, messages)),
        effects=turn.effects,
        notice=turn.notice,
    )


def _is_kept(before: Conversation, event: Event, step: Step) -> bool:
    """Whether anything is left of the talk: not where it was erased, or had gone before."""
    gone = not before.serial and isinstance(event, Reminded | KnowledgeChanged)
    return not gone and not any(isinstance(effect, Erase) for effect in step.effects)


def _with_its_language(step: Step) -> Step:
    """Return the step with buttons that know the language, where no talk is kept that would."""
    language = step.conversation.language
    if language == Conversation().language:
        return step
    return step.model_copy(update={"messages": tuple(_in(language, m) for m in step.messages)})


def _in(language: str, message: Message) -> Message:
    rows = tuple(
        tuple(
            b
            if b.action.startswith("lang:")
            else b.model_copy(update={"action": f"{IN_ITS_LANGUAGE}:{language}:{b.action}"})
            for b in row
        )
        for row in message.rows
    )
    return message.model_copy(update={"rows": rows})


# -- pressed -----------------------------------------------------------------------------------


def _of_an_earlier_talk(talk: Conversation, event: Pressed) -> bool:
    """Whether the button stands under a screen of a talk that is gone: erased, or forgotten.

    The screens that belong to no talk have the number 1: a farewell's, a reminder's.
    """
    anew = talk.serial <= OF_NO_TALK and not talk.answers
    again = _named_tap(event) == talk.last_press
    return event.serial > OF_NO_TALK and not again and (anew or event.serial <= talk.since)


def _named_tap(event: Pressed) -> str:
    return f"{event.serial}.{event.action}"[:LONGEST]


def _pressed(turn: Turn, event: Pressed, before: Conversation) -> Turn:
    if _of_an_earlier_talk(before, event) and event.action not in OUTLIVE_A_TALK:
        return turn.say(turn.text("earlier-talk"))
    pressed = _named_tap(event)
    if pressed == turn.conversation.last_press:
        # The phone sent the same tap again, perhaps under another update id.
        return _again(turn, turn.text("tap-again"))
    return act(turn.change(last_press=pressed), event.action)


def _again(turn: Turn, word: str) -> Turn:
    """Say a word to a tap that does nothing more; after a pause the screen comes with it."""
    if turn.messages:
        return turn.say(word)
    return turn.note(word) if turn.context.abilities.notices else turn.say(word).silent()


def act(turn: Turn, action: str) -> Turn:
    """Do what a button says; a button that an update took away is said to be old."""
    name, _, argument = action.partition(":")
    if name == "back":
        return _back(turn)
    if name == "go":
        return _go(turn, argument)
    if name == IN_ITS_LANGUAGE:
        language, _, meant = argument.partition(":")
        return act(welcome.speak(turn, language), meant)
    if name in ACTIONS:
        return _heard_on(ACTIONS[name](turn, argument))
    return turn.say(turn.text("old-button"))


def _go(turn: Turn, name: str) -> Turn:
    if name in OPENED:
        return OPENED[name](turn)
    if name in SCREENS and name not in SUBJECTS:
        return turn.go(name)
    return turn.say(turn.text("old-button"))


def _back(turn: Turn) -> Turn:
    finished = turn.screen.name in ("answers", "results") and turn.back().screen == HOME
    if finished or turn.screen.name in _QUESTIONS:
        return interview.back(turn)
    if turn.screen.name == "cv_question":
        return cv.back(turn)
    if turn.screen == HOME:
        return turn.say(turn.text("nowhere-back"))
    return turn.back()


# -- said --------------------------------------------------------------------------------------


def _said(turn: Turn, text: str) -> Turn:
    if text.startswith("/"):
        return _command(turn, text)
    distressed = distress.hear(turn, text)
    if distressed is not None:
        return distressed
    words = folded(text)
    at_once = _called_by_name(turn, text, words)
    if at_once is not None:
        return at_once
    thanked = late_words.thanked(turn, text)
    if thanked is not None and words not in load_lexicon(turn.language).yes:
        return thanked
    return _heard_here(turn, text) or thanked or _missed(turn, text)


def _heard_here(turn: Turn, text: str) -> Turn | None:
    """Return the turn with what was said to the screen, or besides it; None where it is missed."""
    more = turn.screen.name in ASKING_PLACE and places.age_beside(turn, text) is None
    if more and _says_more_than_a_place(turn, text):
        return _beside_a_librarian(turn, text) or places.hear_beginning(turn, text)
    hear = SCREENS[turn.screen.name].hear
    offered = case_talk.offer(turn, text) if late_words.stray_onto_a_page(turn, text) else turn
    heard = hear(offered, text) if hear and folded(text) else None
    if heard is not None:
        return _heard_on(heard)
    return _numbered(turn, text) or _beside_a_librarian(turn, text)


def _with_a_librarian(turn: Turn) -> bool:
    """Whether what is said here is said to a librarian, and the bot is to wait aside."""
    return turn.screen.name == "case_chat" and cases.is_open(turn.conversation.case)


def _aside(turn: Turn) -> Turn:
    """Return the turn that shows no screen of the bot's while a librarian speaks."""
    return turn.silent() if _with_a_librarian(turn) else turn


def _called_by_name(turn: Turn, text: str, words: str) -> Turn | None:
    """Return the turn after the button, or in the language, that is named by the words alone."""
    button = _button_named(show(turn), words)
    if button and not cv.means_an_answer(turn, text):
        return act(turn, button.action)
    language = language_named(words)
    return welcome.speak(turn, language) if language and not _own_words(turn) else None


def _own_words(turn: Turn) -> bool:
    """Whether what is typed is for somebody else to read: a librarian, or who reads the CV."""
    return cv.asks_for_languages(turn) or turn.screen.name == "case_chat"


def _beside_a_librarian(turn: Turn, text: str) -> Turn | None:
    """Return the turn with what is understood; to a librarian it is offered where it may be meant.

    One who is being asked does not hear what is typed elsewhere.
    """
    understood = _free(turn, text)
    apart = cases.is_open(turn.conversation.case) and turn.screen.name != "case_chat"
    late = understood is not None and late_words.may_be_meant(turn, understood, text)
    return _free(case_talk.offer(turn, text), text) if apart or late else understood


def _free(turn: Turn, text: str) -> Turn | None:
    """Return the turn with what was said in free words, or None where nothing is understood."""
    if len(text) > LONGEST:
        return None
    command = load_lexicon(turn.language).commands.get(plainly(text, turn.language))
    wanted = command or wish(text, turn.language)
    if command or wanted in AT_ONCE:
        return _named(turn, str(wanted))
    # „Самотни родители“ names a measure that has ended before it tells of anybody.
    # To a firm „младеж“ is whom it would hire, nothing about itself.
    for hear in (scam.hear, ended.hear, employers.hear, told.hear):
        heard = hear(turn, text)
        if heard is not None:
            return heard
    return _wanted(turn, text, wanted)


def _wanted(turn: Turn, text: str, wanted: str | None) -> Turn | None:
    """Return the turn with what was asked for: vacancies, a wish, or a search."""
    if wanted and wanted not in SMALL_TALK:
        return _named(turn, wanted)
    found = job_search.hear(turn, text) or asked.hear(turn, text)
    return found or (_named(turn, wanted) if wanted else None)


def _heard_on(turn: Turn) -> Turn:
    """Go on with the words that were put off until what they told was confirmed."""
    if not turn.then:
        return turn
    on = replace(turn, then="")
    wanted = wish(turn.then, turn.language)
    if wanted in SMALL_TALK or (wanted is None and not wonders(turn.then, turn.language)):
        return on
    return _wanted(on, turn.then, wanted) or on


def _says_more_than_a_place(turn: Turn, text: str) -> bool:
    wanted = wish(text, turn.language)
    return (wanted is not None and wanted not in SMALL_TALK) or told.more_than_a_place(turn, text)


def _command(turn: Turn, text: str) -> Turn:
    word, _, payload = text[1:].partition(" ")
    name = word.partition("@")[0].lower()
    if name == "start":
        return welcome.start(turn, payload)
    if name in COMMANDS:
        return _named(turn, name)
    if _with_a_librarian(turn):
        return case_talk.said(turn, text).silent()
    return turn.say(turn.text("unknown-command"))


def _named(turn: Turn, name: str) -> Turn:
    match name:
        case "back" | "cancel":
            return _back(turn)
        case "bot":
            return case_talk.to_bot(turn, "")
        case "stop":
            on = ((turn.button("continue", "ask"), turn.button("menu", "go:menu")),)
            return turn.home().apart(Message(text=turn.text("stopped"), rows=on))
        case "change":
            return turn.go("answers")
        case "thanks" | "greeting":
            # After a pause it was just said where the talk stopped.
            return turn if name == "greeting" and turn.messages else turn.say(turn.text(name))
        case _:
            return _go(turn, name)


def _button_named(message: Message, words: str) -> Button | None:
    """Return the button with that label."""
    return next((b for b in message.buttons if folded(b.label) == words), None)


def _missed(turn: Turn, text: str) -> Turn:
    """Help more with each miss: an example, then the choices by number, then a person."""
    if case_talk.hears_on(turn) and late_words.can_be_offered(turn, text):
        turn = case_talk.offer(turn, text)
        if cases.is_open(turn.conversation.case):
            return turn
    if len(text) > LONGEST:
        return turn.say(turn.text("too-long"))
    misses = turn.conversation.misses + 1
    turn = gaps.noted(turn.change(misses=misses), text)
    if misses >= PATIENCE and turn.context.abilities.attended:
        return attended.ask_beside(turn)
    if misses >= PATIENCE:
        return librarian.open_librarian(turn.say(turn.text("missed-often")))
    if misses == PATIENCE - 1:
        return turn.say(_by_number(turn))
    name = f"missed-{turn.screen.about or turn.screen.name}"
    known = name in turn.context.texts[turn.language]
    return turn.say(turn.text(name if known else "missed"))


def _by_number(turn: Turn) -> str:
    """Return the choices of the screen with a number each."""
    choices = _choices(turn)
    lines = [f"{n} – {button.label}" for n, button in enumerate(choices, start=1)]
    asked = turn.screen.about
    counted = turn.screen.name == "question" and turn.knowledge.facts[asked].kind == "whole"
    if counted or not lines:
        return turn.text("missed-typed")
    return "\n".join([turn.text("missed-numbers"), *lines])


def _choices(turn: Turn) -> tuple[Button, ...]:
    """Return the buttons that answer the screen; where none does, those that lead on."""
    buttons = [b for b in show(turn).buttons if b.action != "back"]
    answers_ = [b for b in buttons if not b.action.startswith(("go:", "ask"))]
    return tuple((answers_ or buttons)[:MOST_CHOICES])


def _numbered(turn: Turn, text: str) -> Turn | None:
    """Return the turn with the choice whose number was typed, once they were numbered."""
    number = small_number(text)
    choices = _choices(turn) if turn.conversation.misses == PATIENCE - 1 else ()
    return act(turn, choices[number - 1].action) if 1 <= number <= len(choices) else None
