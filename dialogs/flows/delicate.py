"""What is asked with special care: consent before health, and two things in one question."""

from dialogs.flows import interview
from dialogs.flows.interview import CONSENT_FACTS, DECLINED, UNKNOWN, group
from dialogs.model import HOME, Button, Message
from dialogs.screens import Screen, ways_from_a_question, ways_on
from dialogs.turn import Turn
from dialogs.understanding import folded, load_lexicon
from knowledge.facts import Answer, Declined, DontKnow, Known


def _show_consent(turn: Turn) -> Message:
    return Message(
        text=f"{interview.progress(turn)}\n\n{turn.text('consent')}",
        rows=(
            (turn.button("consent-yes", "consent"),),
            *interview.closing_rows(turn, turn.screen.about),
        ),
    )


def consent(turn: Turn, _argument: str) -> Turn:
    """Keep the consent, with the text's version and the time, and ask."""
    fact = turn.screen.about if turn.screen.name == "consent" else CONSENT_FACTS[0]
    below = tuple(s for s in turn.conversation.screens if s.name != "consent")
    turn = interview.with_consent(turn)
    return turn.change(screens=below or (HOME,)).go("question", fact)


def _hear_consent(turn: Turn, text: str) -> Turn | None:
    lexicon = load_lexicon(turn.language)
    if folded(text) in lexicon.yes:
        return consent(turn, "")
    if folded(text) in lexicon.dont_know:
        return interview.settle(turn, turn.knowledge.facts[turn.screen.about], DontKnow())
    if folded(text) in lexicon.no | lexicon.decline:
        return interview.settle(turn, turn.knowledge.facts[turn.screen.about], Declined())
    return None


def _show_delicate(turn: Turn) -> Message:
    return Message(
        text=f"{interview.progress(turn)}\n\n{turn.text('question-delicate')}",
        rows=(
            (turn.button("delicate-none", "delicate:none"),),
            (turn.button("delicate-some", "delicate:some"),),
            (turn.button("delicate-pick", "go:delicate_pick"),),
            (turn.button("dont-know", f"delicate:{UNKNOWN}"),),
            (turn.button("decline", f"delicate:{DECLINED}"),),
            *ways_from_a_question(turn),
        ),
    )


def _hear_delicate(turn: Turn, text: str) -> Turn | None:
    words, lexicon = folded(text), load_lexicon(turn.language)
    if words in lexicon.no:
        return delicate(turn, "none")
    if words in lexicon.yes:
        return delicate(turn, "some")
    if words in lexicon.dont_know:
        return delicate(turn, UNKNOWN)
    return delicate(turn, DECLINED) if words in lexicon.decline else None


def delicate(turn: Turn, said: str) -> Turn:
    """Settle the grouped question: *no* settles all, *yes* names none."""
    answers: dict[str, Answer] = {"none": Known(False), UNKNOWN: DontKnow()}
    answer = answers.get(said, Declined())
    stored = {turn.profile.answers.get(fact.id) for fact in group(turn)}
    if turn.screen.name != "delicate" and None not in stored:
        said = turn.text("already-answered-delicate")
        if stored == {answer}:
            return turn.add(interview.offering_change(turn, said, group(turn)[0].id))
        return turn.say(said).go("delicate")
    before = turn
    for fact in group(turn):
        turn = turn.answer(fact.id, answer)
    turn = interview.changed(before, turn, *(fact.id for fact in group(turn)))
    if said == "some":
        turn = turn.say(turn.text("delicate-kept-private"))
    return interview.proceed(turn)


def _show_delicate_pick(turn: Turn) -> Message:
    picked = _picked(turn)
    marks = tuple(
        Button(
            label=f"{'☑' if fact.id in picked else '☐'} {turn.text(f'pick-{fact.id}')}",
            action=f"pick:{fact.id}:{'out' if fact.id in picked else 'in'}",
        )
        for fact in group(turn)
    )
    return Message(
        text=turn.text("delicate-pick"),
        rows=(
            *((mark,) for mark in marks),
            (turn.button("done", "picked"),),
            (turn.button("back", "back"),),
            ways_on(turn, "results", "librarian", "menu"),
        ),
    )


def _picked(turn: Turn) -> list[str]:
    return turn.screen.about.split(",") if turn.screen.about else []


def pick(turn: Turn, argument: str) -> Turn:
    """Tick or untick one of the grouped things: `fact:in`, `fact:out`; twice is as once."""
    fact, _, wanted = argument.partition(":")
    known = turn.screen.name == "delicate_pick" and fact in {f.id for f in group(turn)}
    if not known or wanted not in ("in", "out"):
        return turn.say(turn.text("old-button"))
    others = [other for other in _picked(turn) if other != fact]
    return turn.swap("delicate_pick", ",".join([*others, fact] if wanted == "in" else others))


def picked(turn: Turn, _argument: str) -> Turn:
    """Keep what is ticked as yes and the rest as no."""
    if turn.screen.name != "delicate_pick":
        return turn.say(turn.text("old-button"))
    before, ticked = turn, _picked(turn)
    for fact in group(turn):
        turn = turn.answer(fact.id, Known(fact.id in ticked))
    return interview.proceed(interview.changed(before, turn, *(f.id for f in group(turn))))


SCREENS = {
    "consent": Screen(_show_consent, _hear_consent),
    "delicate": Screen(_show_delicate, _hear_delicate),
    "delicate_pick": Screen(_show_delicate_pick),
}
ACTIONS = {"consent": consent, "delicate": delicate, "pick": pick, "picked": picked}
