"""What is passed on to a librarian: the question, a card whose lines can be left out, the yes."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs import case as cases
from dialogs.flows import cover
from dialogs.flows.card import (
    AUDIENCE,
    SUMMING_UP,
    card_of,
    for_whom,
    kept_in,
    line_of,
    passable,
    passed_on,
    summing_up,
)
from dialogs.flows.case_talk import HANDING, leaves_a_question
from dialogs.flows.desk_card import for_the_desk
from dialogs.flows.librarian import SCREENS as WHOM
from dialogs.flows.librarian import (
    already_open,
    choose,
    desk_named,
    desks_near,
    place_name,
    refused,
)
from dialogs.free_text.wishes import wonders
from dialogs.model import (
    Button,
    Card,
    Case,
    CaseChanged,
    CaseSaid,
    Count,
    Draft,
    Message,
)
from dialogs.screens import Screen, rows_of
from dialogs.turn import Turn

OF_A_QUESTION = 6
"""Words that a question has at least; fewer look for a screen: „къде е бюрото по труда“."""
LONGEST = 2000
"""Characters of a question; the card must fit one message."""
CUT = " …"
"""Ends what was longer, so that who reads it sees that there was more."""


def _show_question(turn: Turn) -> Message:
    return Message(
        text=turn.text("case-question"),
        rows=(
            (turn.button("no-question", "case-card"),),
            (turn.button("back", "back"), turn.button("menu", "go:menu")),
        ),
    )


def _hear_question(turn: Turn, text: str) -> Turn | None:
    if leaves_a_question(turn, text):
        return None
    question = text.strip()
    if len(question) > LONGEST:
        turn = turn.say(turn.text("question-cut", most=LONGEST))
        question = f"{question[:LONGEST].rstrip()}{CUT}"
    draft = turn.conversation.draft.model_copy(update={"question": question})
    return turn.change(draft=draft).go("case_card")


def ask_at_once(turn: Turn, text: str) -> Turn | None:
    """Return the turn after a question that was typed where one is to choose whom to ask.

    It goes on a card for the nearest that answers; nothing is passed on before the yes.
    """
    desks = desks_near(turn)
    if not desks or not wonders(text, turn.language) or len(text.split()) < OF_A_QUESTION:
        return None
    asking = choose(turn, desks[0].id)
    return _hear_question(asking, text) if asking.screen.name == "case_question" else None


def show_card(turn: Turn, _argument: str) -> Turn:
    """Go on to the card without a question of one's own."""
    if turn.screen.name != "case_question":
        return turn.say(turn.text("old-button"))
    draft = turn.conversation.draft.model_copy(update={"question": ""})
    return turn.change(draft=draft).go("case_card")


def _show_card(turn: Turn) -> Message:
    draft = turn.conversation.draft
    desk = desk_named(turn, draft.library)
    to = place_name(turn, desk) if desk else ""
    parts = [turn.text("case-card", to=to, known="yes" if desk else "no")]
    if turn.context.trial:
        parts.insert(0, turn.text("trial-banner"))
    if draft.question:
        parts.append(f"{turn.text('card-question')}: {draft.question}")
    lines = tuple(_turnable(turn))
    said = [f"{_mark(kept)} {n}. {text}" for n, (_, text, kept) in enumerate(lines, start=1)]
    if not any(kept for _, _, kept in lines):
        said.insert(0, turn.text("card-empty"))
    parts += ["\n".join(said), "\n".join(_small_print(turn, lines="yes" if lines else "no"))]
    toggles = tuple(
        Button(label=f"{_mark(kept)} {n}", action=f"turn:{name}:{'out' if kept else 'in'}")
        for n, (name, _, kept) in enumerate(lines, start=1)
    )
    return Message(
        text="\n\n".join(parts),
        rows=(
            (turn.button("pass-on", "pass-on"),),
            *rows_of(toggles, width=4),
            (turn.button("back", "back"), turn.button("menu", "go:menu")),
        ),
    )


def _small_print(turn: Turn, lines: str) -> Iterator[str]:
    yield turn.text("case-card-foot", lines=lines)
    yield turn.text("case-card-later")
    if turn.language != "bg":
        yield turn.text("case-card-language")


def _mark(kept: bool) -> str:
    return "☑" if kept else "☐"


def _turnable(turn: Turn) -> Iterator[tuple[str, str, bool]]:
    """Yield the lines that can be left out: name, words, whether it is passed on now.

    What is left out is named only: its value is nobody's who looks over a shoulder.
    """
    if for_whom(turn):
        yield AUDIENCE, for_whom(turn), kept_in(turn, AUDIENCE)
    for fact in passable(turn):
        passed = passed_on(turn, fact)
        yield fact.id, line_of(turn, fact) if passed else turn.words(fact.label), passed
    whole = _with_lines_kept(turn)
    for name, label, words in summing_up(turn, whole):
        kept = kept_in(turn, name)
        yield name, words if kept else label, kept


def _with_lines_kept(turn: Turn) -> Card:
    """Return the card with the lines that sum up, so that a left out one can be put in again."""
    turned = tuple(t for t in turn.conversation.draft.turned if t not in SUMMING_UP)
    draft = turn.conversation.draft.model_copy(update={"turned": turned})
    return card_of(turn.change(draft=draft))


def put(turn: Turn, argument: str) -> Turn:
    """Take a line of the card out, or put it in with what it counts by: `line:out`, `line:in`.

    It says where the line should stand, so that a tap that comes once more changes nothing.
    """
    line, _, wanted = argument.partition(":")
    stands = {name: kept for name, _, kept in _turnable(turn)}
    if turn.screen.name != "case_card" or line not in stands or wanted not in ("in", "out"):
        return turn.say(turn.text("old-button"))
    if stands[line] is (wanted == "in"):
        return turn
    if wanted == "out" or line not in turn.knowledge.facts:
        return _turned(turn, line)
    grounds = turn.knowledge.facts.with_grounds((line,))
    for ground in (turn.knowledge.facts[name] for name in grounds):
        if ground in passable(turn) and not passed_on(turn, ground):
            turned = ground.id in turn.conversation.draft.turned
            if turned is not (ground.sensitivity == "special"):
                turn = _turned(turn, ground.id)
    return turn


def _turned(turn: Turn, line: str) -> Turn:
    turned = tuple(sorted(set(turn.conversation.draft.turned) ^ {line}))
    return turn.change(draft=turn.conversation.draft.model_copy(update={"turned": turned}))


def pass_on(turn: Turn, _argument: str) -> Turn:
    """Hand the question over, as the card shows it; a case that is open already stays the one."""
    if cases.is_open(turn.conversation.case):
        return already_open(turn)
    stopped = refused(turn)
    if stopped is not None:
        # The desk may have done so since the card was opened.
        return _put_away(stopped)
    if turn.screen.name != "case_card":
        return turn.say(turn.text("old-button"))
    draft, card = turn.conversation.draft, for_the_desk(turn)
    desk = desk_named(turn, draft.library)
    if draft.library and desk is None:
        # The card named another: nothing goes to a library that it did not name.
        return turn.say(turn.text("desk-gone")).go("librarian")
    if desk is None and turn.context.trial and turn.context.desks:
        desk = turn.context.desks[0]
    opened = Case(
        number=turn.context.number,
        library=desk.id if desk else None,
        state="waiting",
        card=card,
        opened_at=turn.context.now,
        asked_at=turn.context.now,
        heard_at=turn.context.now,
        turned=draft.turned,
    )
    turn = _put_away(turn).change(case=opened)
    turn = turn.effect(CaseChanged()).effect(Count(metric="case_opened"))
    if draft.question:
        turn = turn.effect(CaseSaid(by="person", text=draft.question))
    return cover.propose(turn.go("case_chat"))


def _put_away(turn: Turn) -> Turn:
    """Return the turn without what was written and the screens for writing it."""
    kept = tuple(s for s in turn.conversation.screens if s.name not in _HANDING)
    return turn.change(draft=Draft(), screens=kept or turn.conversation.screens[:1])


SCREENS = {
    "librarian": replace(WHOM["librarian"], hear=ask_at_once),
    "case_question": Screen(_show_question, _hear_question),
    "case_card": Screen(_show_card),
}
_HANDING = {"librarian", *HANDING}
ACTIONS = {"case-card": show_card, "turn": put, "pass-on": pass_on}
