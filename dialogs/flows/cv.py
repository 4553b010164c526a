"""A CV in a few questions: what is typed is kept until the file is sent, and is then wiped."""

import datetime as dt
from collections.abc import Callable, Iterator

from dialogs.flows import cv_asking, cv_page
from dialogs.flows.cv_asking import (
    asks_for_languages,
    back,
    changing,
    is_command,
    keep,
    means_an_answer,
    ready,
)
from dialogs.flows.cv_questions import QUESTIONS, begun, unwritten
from dialogs.free_text.wishes import wish
from dialogs.model import (
    HOME,
    Button,
    Count,
    CvDraft,
    DeskAct,
    Event,
    KnowledgeChanged,
    Message,
    Reminded,
    Wipe,
)
from dialogs.screens import Act, Screen, rows_of, small_number, ways_on
from dialogs.turn import Turn
from dialogs.understanding import LONGEST, folded, load_lexicon

__all__ = [
    "ACTIONS",
    "SCREENS",
    "SUBJECTS",
    "asks_for_languages",
    "back",
    "let_go",
    "means_an_answer",
    "without_an_old_one",
]
KEPT = dt.timedelta(hours=24)
"""So long after the last word about it an unfinished CV is kept."""
WIDTH = 6
"""Number buttons in a row."""


# -- how long it is kept -----------------------------------------------------------------------


def without_an_old_one(turn: Turn, event: Event) -> Turn:
    """Let a CV go about which nobody has said a word for a day."""
    if not _is_old(turn, turn.conversation.cv):
        return turn
    turn = turn.change(cv=CvDraft())
    if turn.screen.name != "cv_question":
        turn = _outside(turn)
    unasked = isinstance(event, DeskAct | Reminded | KnowledgeChanged)
    return turn if unasked else turn.say(turn.text("cv-grown-old"))


def let_go(turn: Turn, begun_with: CvDraft) -> Turn:
    """Let a CV that was sent go with the person, and wipe the words of one that is gone."""
    if turn.conversation.cv.sent and turn.screen.name not in _BESIDE:
        turn = _outside(turn.change(cv=CvDraft())).say(turn.text("cv-left"))
    gone = turn.conversation.cv.touched_at is None or _is_old(turn, begun_with)
    return turn.effect(Wipe()) if begun_with != CvDraft() and gone else turn


def _is_old(turn: Turn, draft: CvDraft) -> bool:
    return draft.touched_at is not None and turn.context.now - draft.touched_at >= KEPT


# -- the beginning -----------------------------------------------------------------------------


def _show_begin(turn: Turn) -> Message:
    further = turn.conversation.cv != CvDraft()
    first = (
        (turn.button("cv-continue", "cv-begin"), turn.button("cv-check", "cv-check"))
        if further
        else (turn.button("cv-begin", "cv-begin"),)
    )
    drop = (turn.button("cv-drop", "cv-drop"),) if further else ()
    return Message(
        text=turn.text("cv-begun" if further else "cv"),
        rows=(first, drop, ways_on(turn, "back", "librarian", "menu")),
    )


def begin(turn: Turn, _argument: str) -> Turn:
    """Ask the first question, or the next one of a CV that was begun."""
    if turn.screen.name != "cv":
        return turn.say(turn.text("old-button"))
    draft = turn.conversation.cv
    if draft == CvDraft():
        turn = turn.effect(Count(metric="cv_begun"))
    return _ask_afresh(keep(turn, draft), unwritten(draft))


def _hear_begin(turn: Turn, text: str) -> Turn | None:
    """Begin at a yes, and go back at a no."""
    words, lexicon = folded(text), load_lexicon(turn.language)
    if words in lexicon.yes:
        return begin(turn, "")
    return turn.back() if words in lexicon.no else None


def _ask_afresh(turn: Turn, name: str) -> Turn:
    """Ask with nothing of an earlier round below: one way back, through the questions."""
    turn = _outside(turn).go("cv")
    return turn.go("cv_question", name) if name else turn.go("cv_check")


def _outside(turn: Turn) -> Turn:
    """Return the turn with no screen of the CV open."""
    below = tuple(s for s in turn.conversation.screens if s.name not in SCREENS)
    return turn.change(screens=below or (HOME,))


# -- all of it ---------------------------------------------------------------------------------


def check(turn: Turn, _argument: str) -> Turn:
    """Show all that is written; only where a CV is being written."""
    if turn.screen.name not in SCREENS or turn.conversation.cv == CvDraft():
        return turn.say(turn.text("old-button"))
    if turn.screen.name == "cv":
        return _ask_afresh(turn, "")
    return turn.back() if changing(turn) else turn.go("cv_check")


def _entries(turn: Turn) -> Iterator[tuple[str, str, str]]:
    """Yield each entry of the page: its question, its label, and what is written there."""
    draft = turn.conversation.cv
    for question in QUESTIONS.values():
        if question.kind == "job_as" and (
            question.job == 1 or begun(draft, question.job) or begun(draft, question.job - 1)
        ):
            label = turn.text("cv-label-job", later="yes" if question.job > 1 else "no")
            yield question.name, label, cv_page.job_line(turn, question.job)
        elif not question.job:
            label = turn.text(f"cv-label-{question.name}")
            yield question.name, label, draft.written.get(question.name, "")


def _show_check(turn: Turn) -> Message:
    entries = list(_entries(turn))
    lines = [f"{n}. {label}: {said or '–'}" for n, (_, label, said) in enumerate(entries, start=1)]
    can_be_sent = ready(turn)
    foot = turn.text("cv-check-forms" if can_be_sent else "cv-check-needs")
    numbers = tuple(
        Button(label=str(n), action=f"cv-change:{name}")
        for n, (name, _, _) in enumerate(entries, start=1)
    )
    return Message(
        text="\n\n".join([turn.text("cv-check"), "\n".join(lines), foot]),
        rows=(
            _sending(turn) if can_be_sent else (),
            *rows_of(numbers, width=WIDTH),
            (_ending(turn),),
            ways_on(turn, "back", "librarian", "menu"),
        ),
    )


def _sending(turn: Turn) -> tuple[Button, ...]:
    return turn.button("cv-pdf", "cv-send:pdf"), turn.button("cv-docx", "cv-send:docx")


def _ending(turn: Turn) -> Button:
    """Return the way out: without a file it is asked once more whether all of it may go."""
    if turn.conversation.cv.sent:
        return turn.button("done", "cv-done")
    return turn.button("cv-drop", "cv-drop")


def _hear_number(turn: Turn, text: str) -> Turn | None:
    """Open the entry whose number was typed; what else is typed here is no fact either."""
    names = [name for name, _, _ in _entries(turn)]
    number = small_number(text)
    if 1 <= number <= len(names):
        return change(turn, names[number - 1])
    if is_command(turn, text) or (len(text) <= LONGEST and wish(text, turn.language)):
        return None
    return turn.say(turn.text("cv-check-number"))


def change(turn: Turn, name: str) -> Turn:
    """Ask one question anew."""
    if turn.screen.name != "cv_check" or name not in {asked for asked, _, _ in _entries(turn)}:
        return turn.say(turn.text("old-button"))
    return turn.go("cv_question", name)


# -- sending, and letting go -------------------------------------------------------------------


def send(turn: Turn, form: str) -> Turn:
    """Send the page as a file; the other form can still be asked for."""
    known = next((each for each in cv_page.FORMS if each == form), None)
    if known is None or turn.screen.name not in ("cv_check", "cv_sent") or not ready(turn):
        return turn.say(turn.text("old-button"))
    draft = turn.conversation.cv
    sent = tuple(dict.fromkeys([*draft.sent, known]))
    file = Message(text=turn.text("cv-file"), document=cv_page.page_of(turn, known))
    turn = turn.add(file).effect(Count(metric="cv_sent"))
    return keep(turn, draft.model_copy(update={"sent": sent})).go("cv_sent")


def _show_sent(turn: Turn) -> Message:
    return Message(
        text=turn.text("cv-sent"),
        rows=(
            _sending(turn),
            (turn.button("done", "cv-done"),),
            ways_on(turn, "places", "librarian"),
            ways_on(turn, "back", "menu"),
        ),
    )


def _show_drop(turn: Turn) -> Message:
    yes, no = turn.button("cv-drop-yes", "cv-done"), turn.button("cv-drop-no", "back")
    return Message(
        text=turn.text("cv-drop-ask"), rows=((yes, no), ways_on(turn, "librarian", "menu"))
    )


def ask_to_drop(turn: Turn, _argument: str) -> Turn:
    """Ask whether all that was written may go."""
    if turn.screen.name not in SCREENS or turn.conversation.cv == CvDraft():
        return turn.say(turn.text("old-button"))
    return turn.go("cv_drop")


def done(turn: Turn, _argument: str) -> Turn:
    """Let all that was written go, and return to where the person came from."""
    draft = turn.conversation.cv
    if draft == CvDraft() or not (draft.sent or turn.screen.name == "cv_drop"):
        return turn.say(turn.text("old-button"))
    said = turn.text("cv-left" if draft.sent else "cv-dropped")
    return _outside(turn.change(cv=CvDraft())).say(said)


SCREENS = {
    "cv": Screen(_show_begin, _hear_begin),
    **cv_asking.SCREENS,
    "cv_check": Screen(_show_check, _hear_number),
    "cv_sent": Screen(_show_sent),
    "cv_drop": Screen(_show_drop),
}
_LIBRARIAN = {"librarian", "case_question", "case_card", "case_chat"}
_PLACES = {"places", "services", "settlement", "namesakes", "confirm_place"}
_ASIDE = {"help", "help_lines", "privacy", "language", "delete", "restart", "why"}
_BESIDE = {*SCREENS, *_LIBRARIAN, *_PLACES, *_ASIDE}
"""Screens from which one comes back: a CV that was sent can still be changed, and sent again."""
SUBJECTS: dict[str, Callable[[Turn, str], bool]] = {
    **cv_asking.SUBJECTS,
    "cv_check": lambda turn, _about: turn.conversation.cv != CvDraft(),
    "cv_sent": lambda turn, _about: bool(turn.conversation.cv.sent),
    "cv_drop": lambda turn, _about: turn.conversation.cv != CvDraft(),
}
"""Screens that no button names alone, and whether what they show is still there."""
ACTIONS: dict[str, Act] = {
    "cv-begin": begin,
    **cv_asking.ACTIONS,
    "cv-check": check,
    "cv-change": change,
    "cv-send": send,
    "cv-drop": ask_to_drop,
    "cv-done": done,
}
