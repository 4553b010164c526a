"""„Важи ли нещо от тези?“: facts that few have, asked in one question; *no* settles all of them.

The screen is about `fact,fact;picked,picked`: what stands in the list, and what is ticked.
"""

import re
from collections.abc import Iterable

from dialogs.flows import interview
from dialogs.flows.interview import DECLINED, UNKNOWN
from dialogs.model import Button, Message
from dialogs.screens import Screen, rows_of, ways_from_a_question
from dialogs.turn import Turn
from dialogs.understanding import folded, load_lexicon
from knowledge.facts import Answer, Declined, DontKnow, Fact, FactId, Known

WIDTH = 6
"""Number buttons in a row."""


def listed(turn: Turn) -> tuple[Fact, ...]:
    """Return what stands in the list, in its order."""
    return tuple(turn.knowledge.facts[name] for name in interview.asked_here(turn))


def readable(turn: Turn, about: str) -> bool:
    """Whether a stored list names only facts that are asked for in a list today."""
    known = {fact.id for fact in interview.group(turn)}
    parts = about.split(";")
    names, picked = (set(filter(None, part.split(","))) for part in (*parts, "")[:2])
    return bool(names) and picked <= names <= known


def _picked(turn: Turn) -> list[FactId]:
    return [name for name in turn.screen.about.partition(";")[2].split(",") if name]


def _show(turn: Turn) -> Message:
    facts, picked = listed(turn), _picked(turn)
    lines = [
        f"{'☑' if fact.id in picked else '☐'} {n}. {turn.text(f'any-{fact.id}')}"
        for n, fact in enumerate(facts, start=1)
    ]
    private = any(fact.sensitivity == "special" for fact in facts)
    hints = [turn.text("hint-any_of"), *([turn.text("hint-private")] if private else [])]
    parts = [interview.progress(turn), turn.text("question-any_of"), "\n".join(lines)]
    parts.append("\n".join(hints))
    none = turn.button("done", "picked") if picked else turn.button("any-none", "any:none")
    some = (turn.button("any-some", "any:some"),) if private else ()
    return Message(
        text="\n\n".join(parts),
        rows=(
            (none,),
            *rows_of(tuple(_ticks(facts, picked)), width=WIDTH),
            some,
            (turn.button("dont-know", f"any:{UNKNOWN}"),),
            (turn.button("decline", f"any:{DECLINED}"),),
            *ways_from_a_question(turn),
        ),
    )


def _ticks(facts: Iterable[Fact], picked: list[FactId]) -> Iterable[Button]:
    for number, fact in enumerate(facts, start=1):
        ticked = fact.id in picked
        action = f"pick:{fact.id}:{'out' if ticked else 'in'}"
        yield Button(label=f"{'☑' if ticked else '☐'} {number}", action=action)


def _hear(turn: Turn, text: str) -> Turn | None:
    """Take „не“, the numbers of what holds, or one of the closing answers."""
    words, lexicon = folded(text), load_lexicon(turn.language)
    said = {"none": lexicon.no, UNKNOWN: lexicon.dont_know, DECLINED: lexicon.decline}
    for meaning, wordings in said.items():
        if words in wordings:
            return settle(turn, meaning)
    if words in lexicon.yes and any(fact.sensitivity == "special" for fact in listed(turn)):
        return settle(turn, "some")
    numbers = [int(n) for n in re.findall(r"\d{1,2}", words)]
    others = set(re.findall(r"[^\W\d_]+", words)) - lexicon.joins
    facts = dict(enumerate(listed(turn), start=1))
    if not numbers or others or not set(numbers) <= set(facts):
        return None
    return _keep(turn, {facts[n].id for n in numbers})


def settle(turn: Turn, said: str) -> Turn:
    """Settle the list: *no* settles all, *yes* names none; what is not private is asked then."""
    if turn.screen.name != "any_of":
        return _again(turn)
    facts = listed(turn)
    answers: dict[str, Answer] = {"none": Known(False), UNKNOWN: DontKnow()}
    if said == "some":
        facts = tuple(fact for fact in facts if fact.sensitivity == "special")
        turn = turn.say(turn.text("any-kept-private"))
    return _answered(turn, {fact.id: answers.get(said, Declined()) for fact in facts})


def _again(turn: Turn) -> Turn:
    """Say that this was answered, where it was."""
    answered = [f.id for f in interview.group(turn) if f.id in turn.profile.answers]
    if not answered:
        return turn.say(turn.text("old-button"))
    return turn.aside(interview.offering_change(turn, turn.text("any-answered"), answered[0]))


def pick(turn: Turn, argument: str) -> Turn:
    """Tick or untick one of them: `fact:in`, `fact:out`; twice is as once."""
    fact, _, wanted = argument.partition(":")
    here = turn.screen.name == "any_of" and fact in {f.id for f in listed(turn)}
    if not here or wanted not in ("in", "out"):
        return turn.say(turn.text("old-button"))
    others = [other for other in _picked(turn) if other != fact]
    ticked = [*others, fact] if wanted == "in" else others
    return turn.swap("any_of", interview.about_list(interview.asked_here(turn), ticked))


def picked(turn: Turn, _argument: str) -> Turn:
    """Keep what is ticked as yes and the rest as no."""
    if turn.screen.name != "any_of":
        return _again(turn)
    return _keep(turn, set(_picked(turn)))


def _keep(turn: Turn, true: set[FactId]) -> Turn:
    return _answered(turn, {fact.id: Known(fact.id in true) for fact in listed(turn)})


def _answered(turn: Turn, answers: dict[FactId, Answer]) -> Turn:
    before = turn
    for fact, answer in answers.items():
        turn = turn.answer(fact, answer)
    return interview.proceed(interview.changed(before, turn, *answers))


SCREENS = {"any_of": Screen(_show, _hear)}
ACTIONS = {"any": settle, "pick": pick, "picked": picked}
