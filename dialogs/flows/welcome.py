"""The way in and the way out: home, menu, help, what is kept, language, erasure."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs import case as cases
from dialogs.flows import interview, plan, recap, reminders
from dialogs.model import (
    Button,
    Conversation,
    Count,
    Erase,
    Event,
    Hide,
    Message,
    Pressed,
    Said,
    Started,
)
from dialogs.screens import Screen, rows_of, ways_on
from dialogs.turn import Turn
from dialogs.understanding import folded, load_lexicon
from knowledge.texts import LANGUAGES


def in_their_language(turn: Turn, event: Event) -> Turn:
    """Return the turn in the language of the person's phone, where a talk begins."""
    spoken = event.speaks if isinstance(event, Started | Said | Pressed) else None
    begins = turn.conversation == Conversation()
    return turn.change(language=spoken) if begins and spoken else turn


def start(turn: Turn, payload: str) -> Turn:
    """Open the talk: a welcome, or the plan where a link leads to it and there are answers."""
    turn = turn.home().effect(Count(metric="started"))
    turn = turn if recap.known(turn) else _with_a_word_on_its_making(turn)
    return plan.open_plan(turn) if payload == plan.PAYLOAD else turn


def _with_a_word_on_its_making(turn: Turn) -> Turn:
    """Say that a machine has translated this language, as long as nobody at home in it read it."""
    unread = turn.context.texts[turn.language].unread
    return turn.say(turn.text("machine-translated")) if unread else turn


def _show_home(turn: Turn) -> Message:
    """Return the welcome, or where the talk stopped for one who has been here before."""
    begun = recap.known(turn)
    said = turn.text("home-again", where=recap.lines(turn)) if begun else _greeting(turn)
    parts = [said, *_open_case(turn)]
    if turn.context.trial:
        parts.insert(0, turn.text("trial-banner"))
    rows = _ways_of_the_known(turn) if begun else _ways_in(turn)
    return Message(text="\n\n".join(parts), rows=_home(turn, rows))


def _greeting(turn: Turn) -> str:
    return turn.text("attended-home" if turn.context.abilities.attended else "home")


def _ways_in(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    other = (turn.button("situations", "go:situations"),)
    return (*interview.audience_rows(turn), other)


def _ways_of_the_known(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    return (
        (turn.button("continue", "ask"), turn.button("change", "go:answers")),
        ways_on(turn, "plan"),
        (turn.button("start-again", "go:restart"), turn.button("delete", "go:delete")),
    )


def _open_case(turn: Turn) -> Iterator[str]:
    """Yield how to go on with a librarian: what is typed here does not reach one."""
    case = turn.conversation.case
    if case and cases.is_open(case):
        yield turn.text("case-still-open", number=case.number)


def _home(turn: Turn, rows: tuple[tuple[Button, ...], ...]) -> tuple[tuple[Button, ...], ...]:
    return (
        *rows,
        (turn.button("librarian", "go:librarian"), turn.button("menu", "go:menu")),
        (turn.button("help", "go:help"), turn.button("languages", "go:language")),
    )


def _show_menu(turn: Turn) -> Message:
    reminding = turn.button("reminders", "go:reminders")
    return Message(
        text="\n\n".join([turn.text("menu"), *_open_case(turn)]),
        rows=(
            ways_on(turn, "interview", "results"),
            (turn.button("answers", "go:answers"), *ways_on(turn, "plan")),
            (*((reminding,) if turn.context.abilities.reaches else ()), turn.button("cv", "go:cv")),
            ways_on(turn, "places", "librarian"),
            (turn.button("privacy", "go:privacy"), turn.button("help", "go:help")),
            (turn.button("language", "go:language"), turn.button("hide", "go:hide")),
            (turn.button("start-again", "go:restart"), turn.button("delete", "go:delete")),
            ways_on(turn, "back"),
        ),
    )


def _can_do(turn: Turn) -> str:
    return turn.text("help", beside="yes" if turn.context.abilities.attended else "no")


def _show_help(turn: Turn) -> Message:
    unread = turn.context.texts[turn.language].unread
    about = [turn.text("machine-translated")] if unread else []
    return Message(
        text="\n\n".join([_can_do(turn), *about]),
        rows=(ways_on(turn, "interview", "librarian"), ways_on(turn, "back", "menu")),
    )


def _show_privacy(turn: Turn) -> Message:
    kept = f"{turn.text('privacy')}\n{turn.text('privacy-later')}"
    return Message(
        text=turn.text("attended-privacy") if turn.context.abilities.attended else kept,
        rows=((turn.button("delete", "go:delete"),), ways_on(turn, "back", "librarian", "menu")),
    )


def _show_language(turn: Turn) -> Message:
    names = tuple(turn.button(f"in-{code}", f"lang:{code}") for code in LANGUAGES)
    return Message(
        text=turn.text("language"),
        rows=(*rows_of(names), ways_on(turn, "back", "librarian", "menu")),
    )


def speak(turn: Turn, language: str) -> Turn:
    """Go on in another language; the answers stay."""
    if language not in LANGUAGES:
        return turn.say(turn.text("old-button"))
    spoken = _with_a_word_on_its_making(turn.change(language=language))
    return spoken.back() if turn.screen.name == "language" else spoken


def hide(turn: Turn) -> Turn:
    """Let what was said leave the screen, and show nothing but a greeting."""
    if not turn.context.abilities.hides:
        return turn.say(turn.text("hide-cannot"))
    return turn.effect(Hide(text=turn.text("hidden-message"))).go("hidden")


def _show_hidden(turn: Turn) -> Message:
    return Message(text=turn.text("hidden"), rows=((turn.button("continue", "back"),),))


def _hear_hidden(turn: Turn, text: str) -> Turn | None:
    return turn.back() if folded(text) in load_lexicon(turn.language).go_on else None


def _show_delete(turn: Turn) -> Message:
    return Message(
        text=turn.text("delete-ask"),
        rows=(
            (turn.button("delete-yes", "erase"),),
            (turn.button("delete-no", "back"),),
            ways_on(turn, "librarian", "menu"),
        ),
    )


def erase(turn: Turn, _argument: str) -> Turn:
    """Forget the person: the talk begins anew, and all that is stored goes."""
    if turn.screen.name != "delete":
        return turn.go("delete")
    # Nothing is kept of the talk, so the greeting belongs to none.
    gone = _anew(turn).change(serial=0, since=0)
    return gone.effect(Erase()).say(turn.text("deleted"))


def _anew(turn: Turn) -> Turn:
    """Return the turn with a talk that holds nothing but its language and its place in time."""
    old = turn.conversation
    pressed = old.last_press if old.last_press.endswith((".erase", ".restart")) else ""
    kept = Conversation(
        language=old.language, serial=old.serial, since=old.since, last_press=pressed
    )
    return replace(turn, conversation=kept)


def _show_restart(turn: Turn) -> Message:
    return Message(
        text=turn.text("restart-ask"),
        rows=(
            (turn.button("restart-yes", "restart"), turn.button("restart-no", "back")),
            ways_on(turn, "librarian", "menu"),
        ),
    )


def restart(turn: Turn, _argument: str) -> Turn:
    """Forget the answers and begin again; the language stays."""
    if turn.screen.name != "restart":
        return turn.go("restart")
    return reminders.forgotten(turn, _anew(turn).change(case=turn.conversation.case))


def begin(turn: Turn, _argument: str) -> Turn:
    """Go on with the interview where the facts lead."""
    return interview.go_on(turn)


SCREENS = {
    "home": Screen(_show_home, interview.hear_home),
    "menu": Screen(_show_menu),
    "help": Screen(_show_help),
    "privacy": Screen(_show_privacy),
    "language": Screen(_show_language),
    "hidden": Screen(_show_hidden, _hear_hidden),
    "delete": Screen(_show_delete),
    "restart": Screen(_show_restart),
}
ACTIONS = {"lang": speak, "erase": erase, "restart": restart, "ask": begin}
