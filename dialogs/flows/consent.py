"""Consent before anything about health is asked; who has no medical decision need not give it."""

from dialogs.flows import interview
from dialogs.flows.interview import CONSENT_FACTS, NOTHING
from dialogs.model import HOME, Message
from dialogs.screens import Screen
from dialogs.turn import Turn
from dialogs.understanding import folded, load_lexicon
from knowledge.facts import Declined, DontKnow


def _show(turn: Turn) -> Message:
    fact = turn.screen.about
    bands = [f"b{n}" for n in range(len(turn.knowledge.facts[fact].bands))]
    agreed = tuple(
        (turn.button(f"consent-{band}", f"consent:{band}"),) for band in bands if band != NOTHING
    )
    asked = turn.text("attended-consent" if turn.context.abilities.attended else "consent")
    return Message(
        text=f"{interview.progress(turn)}\n\n{asked}",
        rows=(
            (turn.button("no-decision", f"a:{fact}:{NOTHING}"),),
            *agreed,
            *interview.closing_rows(turn, fact),
        ),
    )


def consent(turn: Turn, band: str) -> Turn:
    """Keep the consent that a button gives, with the text's version and the time, and the answer.

    Without an answer the consent alone was given: then it is asked for.
    """
    fact = turn.screen.about if turn.screen.name == "consent" else CONSENT_FACTS[0]
    below = tuple(s for s in turn.conversation.screens if s.name != "consent")
    turn = interview.with_consent(turn)
    turn = turn.change(screens=below or (HOME,)).go("question", fact)
    return interview.press(turn, f"{fact}:{band}") if band else turn


def _hear(turn: Turn, text: str) -> Turn | None:
    words, lexicon = folded(text), load_lexicon(turn.language)
    if words in lexicon.yes:
        return turn.say(turn.text("consent-by-button"))
    if words in lexicon.no:
        return interview.press(turn, f"{turn.screen.about}:{NOTHING}")
    if words in lexicon.dont_know:
        return interview.settle(turn, turn.knowledge.facts[turn.screen.about], DontKnow())
    if words in lexicon.decline:
        return interview.settle(turn, turn.knowledge.facts[turn.screen.about], Declined())
    return None


SCREENS = {"consent": Screen(_show, _hear)}
ACTIONS = {"consent": consent}
