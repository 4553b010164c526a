"""What somebody told in their own words: read back first, then kept all at once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dialogs.answer_words import words_of
from dialogs.flows import changes, deadlines, interview
from dialogs.flows.interview import CONSENT_FACTS
from dialogs.free_text.telling import Told
from dialogs.free_text.telling import told as told_in
from dialogs.free_text.values import Reading
from dialogs.free_text.wishes import asks, wish
from dialogs.model import HOME, Button, Count, Message
from dialogs.screens import Screen, rows_of, ways_on
from dialogs.turn import Turn
from dialogs.understanding import folded, load_lexicon
from knowledge.facts import FactId

Facts = Mapping[FactId, Any]
AUDIENCE, SETTLEMENT = "audience", "settlement"
SENTENCE = 4
"""A longer text about a place is no name any more."""


def hear(turn: Turn, text: str) -> Turn | None:
    """Return the turn with what the text tells, or None where it tells nothing new.

    The plain answer to the open question alone is taken at once; all else is read back first.
    """
    asked = asked_for(turn)
    said = _said(turn, text, asked)
    new = {f: raw for f, raw in said.facts.items() if _is_new(turn, f, raw)}
    if not new or (set(new) == {AUDIENCE} and _wants_else(turn, text, asked, new[AUDIENCE])):
        return None
    # For whom one asks leads to other questions only, whatever else is asked in the same breath.
    plain = said.plain or asked == AUDIENCE
    if set(new) == {asked} and asked not in CONSENT_FACTS and plain:
        return _take_answer(turn, asked, new[asked])
    if AUDIENCE not in turn.profile.answers and AUDIENCE not in new:
        new = {AUDIENCE: "self", **new}
    return turn.go("told", _written(new, text))


def _wants_else(turn: Turn, text: str, asked: FactId, whom: str) -> bool:
    """Whether „за мен“ stands in a question: „какво пазите за мен“."""
    answering = asked == AUDIENCE and (whom != "self" or len(text.split()) <= SENTENCE)
    questioning = not answering and asks(text, turn.language)
    return questioning or wish(text, turn.language) is not None


def more_than_a_place(turn: Turn, text: str) -> bool:
    """Whether a text tells other things than a place, or a place in a whole sentence."""
    facts = _said(turn, text, "settlement").facts
    return bool(set(facts) - {SETTLEMENT} or (facts and len(text.split()) > SENTENCE))


def asked_for(turn: Turn) -> FactId:
    """Return the fact that is being asked for; empty where none is."""
    match turn.screen.name:
        case "question" | "consent":
            return turn.screen.about
        case "joint":
            return turn.knowledge.joint_questions[turn.screen.about].ground
        case "settlement" | "namesakes" | "confirm_place":
            return SETTLEMENT
        case "home" | "audience" if AUDIENCE not in turn.profile.answers:
            return AUDIENCE
        case _:
            return ""


def _said(turn: Turn, text: str, asked: FactId) -> Told:
    known = AUDIENCE in turn.profile.answers
    about = turn.conversation.who if known else None
    reading = Reading(turn.language, turn.context.today, turn.knowledge.gazetteer)
    return told_in(text, reading, asked=asked or None, about=about)


def _is_new(turn: Turn, fact: FactId, raw: Any) -> bool:
    if fact not in turn.knowledge.facts:
        return False
    try:
        answer = turn.knowledge.facts[fact].answer(raw)
    except ValueError:
        return False  # said plainly, and not possible: „на 200 съм“
    return turn.profile.answers.get(fact) != answer


def _take_answer(turn: Turn, fact: FactId, raw: Any) -> Turn:
    known = turn.knowledge.facts[fact]
    answer = known.answer(raw)
    turn = turn.say(turn.text("noted", answer=words_of(turn, known, answer)))
    return interview.settle(turn, known, answer)


# -- reading back ------------------------------------------------------------------------------


def _written(facts: Facts, text: str) -> str:
    return json.dumps({"facts": dict(facts), "text": text}, ensure_ascii=False)


def pending(about: str) -> tuple[dict[FactId, Any], str]:
    """Return what a „told“ screen holds: the facts that wait for a yes, and the text."""
    try:
        held = json.loads(about)
        return dict(held["facts"]), str(held["text"])
    except (ValueError, KeyError, TypeError):
        return {}, ""


def readable(turn: Turn, about: str) -> bool:
    """Whether a stored „told“ screen still says something that today's facts allow."""
    facts, _ = pending(about)
    return bool(facts) and all(_is_fact(turn, f, raw) for f, raw in facts.items())


def _is_fact(turn: Turn, fact: FactId, raw: Any) -> bool:
    try:
        return fact in turn.knowledge.facts and bool(turn.knowledge.facts[fact].answer(raw))
    except ValueError:
        return False


def _show(turn: Turn) -> Message:
    facts = _ordered(turn, pending(turn.screen.about)[0])
    shown = [f for f in facts if f != AUDIENCE or facts[f] != "self"] or list(facts)
    lines = [f"{n}. {_line(turn, f, facts[f])}" for n, f in enumerate(shown, start=1)]
    parts = [turn.text("told", lone="yes" if len(shown) == 1 else "no"), "\n".join(lines)]
    parts += _preview(turn, facts)
    health = _health(turn, facts)
    if health:
        beside = turn.context.abilities.attended
        parts.append(turn.text("attended-told-consent" if beside else "told-consent"))
    dropped = tuple(
        Button(label=turn.text("button-told-drop", n=n), action=f"untold:{f}")
        for n, f in enumerate(shown, start=1)
    )
    rows: list[tuple[Button, ...]] = [(turn.button("told-yes", "told"),)]
    if len(shown) > 1:
        # Never one alone in the last row.
        rows += rows_of(dropped, width=5 if len(dropped) % 4 == 1 else 4)
    rows.append((turn.button("told-no", "back"),))
    return Message(text="\n\n".join(parts), rows=(*rows, ways_on(turn, "librarian", "menu")))


def _line(turn: Turn, fact: FactId, raw: Any) -> str:
    known = turn.knowledge.facts[fact]
    new = words_of(turn, known, known.answer(raw))
    earlier = turn.profile.answers.get(fact)
    label = turn.words(known.label)
    if earlier is None:
        return f"{label}: {new}"
    return turn.text("told-line", label=label, new=new, old=words_of(turn, known, earlier))


def _preview(turn: Turn, facts: Facts) -> Iterator[str]:
    """Yield what a change of earlier answers brings, before it is made."""
    if any(f in turn.profile.answers for f in facts if f != AUDIENCE):
        after = _with(turn, facts)
        yield "\n".join(changes.brings(after, changes.between(turn, after)))


def _ordered(turn: Turn, facts: Facts) -> dict[FactId, Any]:
    return {fact.id: facts[fact.id] for fact in turn.knowledge.facts if fact.id in facts}


def _health(turn: Turn, facts: Facts) -> bool:
    """Whether the „yes“ is a consent too: data on health, and none was given yet."""
    return any(f in CONSENT_FACTS for f in facts) and not interview.consented(turn)


def _with(turn: Turn, facts: Facts) -> Turn:
    for fact, raw in _ordered(turn, facts).items():
        turn = turn.answer(fact, turn.knowledge.facts[fact].answer(raw))
    return turn


def _hear_back(turn: Turn, text: str) -> Turn | None:
    """Take a yes or a no, or words that put what was read back right."""
    lexicon, words = load_lexicon(turn.language), folded(text)
    if words in lexicon.yes:
        return confirm(turn, "")
    if words in lexicon.no:
        return turn.back().say(turn.text("told-not"))
    facts, first = pending(turn.screen.about)
    said = _said(turn, text, "")
    better = {f: raw for f, raw in said.facts.items() if _is_fact(turn, f, raw)}
    if not better or {**facts, **better} == facts:
        return None
    return turn.swap("told", _written({**facts, **better}, first))


def drop(turn: Turn, fact: str) -> Turn:
    """Leave one of the facts out."""
    facts, text = pending(turn.screen.about)
    if turn.screen.name != "told" or fact not in facts:
        return turn.say(turn.text("old-button"))
    left = {f: raw for f, raw in facts.items() if f != fact}
    if not set(left) - {AUDIENCE}:
        return turn.back().say(turn.text("told-not"))
    return turn.swap("told", _written(left, text))


def confirm(turn: Turn, _argument: str) -> Turn:
    """Keep what was read back, with the consent where it is about health, and go on."""
    if turn.screen.name != "told":
        return turn.say(turn.text("old-button"))
    facts, text = pending(turn.screen.about)
    if AUDIENCE in facts and AUDIENCE not in turn.profile.answers:
        turn = turn.answer(AUDIENCE, turn.knowledge.facts[AUDIENCE].answer(facts[AUDIENCE]))
    if _health(turn, facts):
        turn = interview.with_consent(turn)
    below = tuple(s for s in turn.conversation.screens if s.name != "told")
    turn = turn.change(screens=below or (HOME,))
    # What a change brings was said when it was read back.
    turn = _with(turn, facts).effect(Count(metric="told")).say(turn.text("told-kept"))
    if wish(text, turn.language) != "deadline":  # then their screen is what was asked for
        turn = deadlines.say_after(turn, facts)
    return replace(interview.go_on_from(turn), then=text)


SCREENS = {"told": Screen(_show, _hear_back)}
ACTIONS = {"told": confirm, "untold": drop}
