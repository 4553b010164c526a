"""Words of despair, of violence, of hunger: a warm line, whom to turn to at once, and a person."""

from collections.abc import Iterator
from typing import get_args

from dialogs import case as cases
from dialogs.flows import case_talk, handoff, places
from dialogs.model import Count, Message
from dialogs.phrases import heard_in
from dialogs.screens import Screen, sources_in_short, ways_on
from dialogs.turn import Turn
from knowledge.help_lines import Distress, HelpLine

LEXICON = "distress"
KINDS: tuple[Distress, ...] = get_args(Distress)
_WRITING = {
    "case_question": handoff.SCREENS["case_question"],
    "case_again": case_talk.SCREENS["case_again"],
}
"""Screens on which a librarian is written to who does not listen yet."""
SCREEN = "help_lines"
"""It is kept that this screen was shown, and nothing of what was said."""


def hear(turn: Turn, text: str) -> Turn | None:
    """Return the turn with help at once where the text asks for it, on any screen, or None."""
    kinds = tuple(kind for kind in KINDS if kind in heard_in(text, LEXICON))
    if not kinds:
        return None
    turn = turn.effect(Count(metric="distress"))
    if turn.screen.name == "case_chat" and cases.is_open(turn.conversation.case):
        # The librarian hears it too, as everything that is said here, and an answer is owed.
        turn = case_talk.said(turn, text)
        return _shown(turn, kinds, turn.text("distress-passed-on"))
    if turn.screen.name in _WRITING:
        # It was written to a librarian: the help stands above the card, or the talk, with one.
        written = _WRITING[turn.screen.name].hear
        passed = written(turn.add(_message(turn, kinds)), text) if written else None
        return passed or _shown(turn, kinds)
    return _shown(turn.go(SCREEN), kinds)


def _shown(turn: Turn, kinds: tuple[Distress, ...], *more: str) -> Turn:
    """Show the help instead of the screen: nothing else is asked."""
    turn = turn.change(serial=turn.conversation.serial + 1)
    message = _message(turn, kinds, *more)
    shown = message.model_copy(
        update={
            "serial": turn.conversation.serial,
            "rows": (ways_on(turn, "librarian"),),
        }
    )
    return turn.add(shown).silent()


def _message(turn: Turn, kinds: tuple[Distress, ...], *more: str) -> Message:
    return Message(text="\n\n".join(_parts(turn, kinds, turn.text(f"distress-{kinds[0]}"), *more)))


def _parts(turn: Turn, kinds: tuple[Distress, ...], *heads: str) -> Iterator[str]:
    lines = lines_for(turn, kinds)
    yield from heads
    yield from (_one(turn, line) for line in lines)
    if "despair" in kinds:
        yield turn.text("distress-no-line")
    beside = turn.context.abilities.attended
    yield turn.text("attended-distress" if beside else "distress-person")
    sources = dict.fromkeys(name for line in lines for name in line.sources)
    yield "\n".join(sources_in_short(turn, sources))


def lines_for(turn: Turn, kinds: tuple[Distress, ...]) -> tuple[HelpLine, ...]:
    """Return the lines for these kinds of distress; a local one only where it is near."""
    settlement = places.settlement_of(turn)
    return tuple(
        line
        for line in turn.knowledge.help_lines.values()
        if set(kinds) & set(line.kinds)
        and (line.province is None or (settlement and settlement.province == line.province))
    )


def _one(turn: Turn, line: HelpLine) -> str:
    name = turn.words(line.name)
    head = turn.text("distress-phone", phone=line.phone, name=name) if line.phone else f"• {name}"
    return f"{head}\n{turn.words(line.text)}"


def _show(turn: Turn) -> Message:
    """Show every line, for whoever looks: what was said here is not kept."""
    text = "\n\n".join(_parts(turn, KINDS, turn.text("help-lines")))
    return Message(text=text, rows=(ways_on(turn, "librarian"),))


SCREENS = {SCREEN: Screen(_show)}
