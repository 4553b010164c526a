"""One question of a CV: how it is asked, and what is made of what is typed or pressed there."""

from collections.abc import Callable, Iterator

from dialogs.flows import places
from dialogs.flows.cv_questions import (
    CATEGORIES,
    JOBS,
    QUESTIONS,
    STEPS,
    Question,
    before,
    begun,
    doubt,
    following,
    job_parts,
    load_cv_words,
    step_of,
    typed,
    with_answer,
    without_job,
)
from dialogs.free_text.wishes import plainly, wish
from dialogs.model import Button, CvDraft, Message
from dialogs.screens import Act, Screen, rows_of, ways_on
from dialogs.turn import Turn
from dialogs.understanding import LONGEST, folded, load_lexicon
from knowledge.facts import Known

ELSEWHERE = ("librarian", "delete", "stop", "back", "menu", "help")
"""Wishes that a text on the page may have been meant for: the person is told what became of it."""


def keep(turn: Turn, draft: CvDraft) -> Turn:
    """Keep the draft as it is now, about which something was said just now."""
    touched = draft.model_copy(update={"touched_at": turn.context.now})
    return turn.change(cv=touched, misses=0)


def ready(turn: Turn) -> bool:
    """Whether a page can be made: there is a name or a job."""
    draft = turn.conversation.cv
    return "name" in draft.written or any(begun(draft, n) for n in range(1, JOBS + 1))


# -- a question --------------------------------------------------------------------------------


def _show_question(turn: Turn) -> Message:
    question = QUESTIONS[turn.screen.about]
    now = turn.conversation.cv.written.get(question.name)
    later = "yes" if question.job > 1 else "no"
    parts = [
        turn.text("cv-progress", n=step_of(question.name), m=len(STEPS)),
        turn.text(f"cv-ask-{question.kind}", later=later),
    ]
    hint = f"cv-hint-{question.kind}"
    if hint in turn.context.texts[turn.language]:
        parts.append(turn.text(hint))
    if now:
        parts.append(turn.text("cv-now", text=now))
    done = (turn.button("done", "cv-check"),) if ready(turn) else ()
    ways = ways_on(turn, "back", "librarian", "menu")
    rows = (*_offers(turn, question), _closing(turn, question, written=bool(now)), done, ways)
    return Message(text="\n\n".join(parts), rows=rows)


def _offers(turn: Turn, question: Question) -> tuple[tuple[Button, ...], ...]:
    """Return what can be written with one tap."""
    if question.kind == "licence":
        return rows_of(tuple(_categories(turn)), width=4)
    known = _known(turn, question)
    if known and known != turn.conversation.cv.written.get(question.name):
        return ((Button(label=known, action=f"cv-known:{question.name}"),),)
    return ()


def _closing(turn: Turn, question: Question, *, written: bool) -> tuple[Button, ...]:
    name = question.name
    if question.kind == "another":
        asked = turn.button("cv-another", f"cv-another:{name}")
        return asked, turn.button("cv-enough", f"cv-next:{name}")
    if not written:
        return (turn.button("cv-skip", f"cv-next:{name}"),)
    on = "cv-next" if question.kind == "licence" else "cv-keep"
    return turn.button(on, f"cv-next:{name}"), turn.button("cv-clear", f"cv-clear:{name}")


def _known(turn: Turn, question: Question) -> str:
    """Return what the talk knows that could stand here: a place, an education, Bulgarian."""
    if question.kind == "languages":
        return turn.text("button-cv-bulgarian")
    if question.kind == "place":
        place = places.settlement_of(turn)
        if place is None:
            return ""
        name = place.name if turn.reads_cyrillic else place.name_latin
        return turn.text("cv-place", kind=place.kind, name=name)
    answer = turn.profile.answers.get("education") if question.kind == "education" else None
    level = answer.value if isinstance(answer, Known) else ""
    words = f"cv-education-{level}"
    return turn.text(words) if words in turn.context.texts[turn.language] else ""


def _categories(turn: Turn) -> Iterator[Button]:
    chosen = _chosen(turn)
    for code in CATEGORIES:
        word = turn.text("cv-category", code=code)
        mark, other = ("☑", "out") if word in chosen else ("☐", "in")
        yield Button(label=f"{mark} {word}", action=f"cv-licence:{code}:{other}")


def _chosen(turn: Turn) -> list[str]:
    return [c for c in turn.conversation.cv.written.get("licence", "").split(", ") if c]


def back(turn: Turn) -> Turn:
    """Return the turn with the question before this one, or with where the question came from."""
    earlier = before(turn.conversation.cv, turn.screen.about)
    if changing(turn) or not earlier:
        return turn.back()
    return turn.swap("cv_question", earlier)


def changing(turn: Turn) -> bool:
    """Whether one entry is being changed, and the others are not gone through."""
    return turn.back().screen.name == "cv_check"


def _on(turn: Turn) -> Turn:
    """Ask the next question; after a changed entry, show all of them."""
    name = turn.screen.about
    after = following(turn.conversation.cv, name)
    if changing(turn):
        same = after in job_parts(QUESTIONS[name].job)
        return turn.swap("cv_question", after) if same else turn.back()
    return turn.swap("cv_question", after) if after else turn.go("cv_check")


# -- what is typed -----------------------------------------------------------------------------


def means_an_answer(turn: Turn, text: str) -> bool:
    """Whether a word that is a command elsewhere answers the open question: „библиотекар“."""
    if turn.screen.name != "cv_question":
        return False
    kind = QUESTIONS[turn.screen.about].kind
    return folded(text) in load_cv_words(turn.language).answers.get(kind, ())


def asks_for_languages(turn: Turn) -> bool:
    """Whether the name of a language answers the open question."""
    asked = turn.screen.name == "cv_question"
    return asked and QUESTIONS[turn.screen.about].kind == "languages"


def _hear(turn: Turn, text: str) -> Turn | None:
    """Take what was typed as it is; only a command is none of the CV's words."""
    meant = means_an_answer(turn, text)
    if not meant and is_command(turn, text):
        return None
    question, words = QUESTIONS[turn.screen.about], folded(text)
    lexicon = load_lexicon(turn.language)
    if question.kind == "another" and words in lexicon.yes:
        return another(turn, question.name)
    nothing = load_cv_words(turn.language).nothing | lexicon.no | lexicon.dont_know
    if words in nothing | lexicon.decline:
        return _on(keep(turn, turn.conversation.cv))
    taken = _taken(turn, question, text)
    written = taken.conversation.cv != turn.conversation.cv
    if written and (meant or _seems_meant_for_us(turn, text)):
        return taken.say(taken.text("cv-taken"))
    return taken


def _seems_meant_for_us(turn: Turn, text: str) -> bool:
    """Whether a text may not have been meant for the page; it is written there all the same."""
    asks = text.rstrip().endswith("?")
    return asks or (len(text) <= LONGEST and wish(text, turn.language) in ELSEWHERE)


def is_command(turn: Turn, text: str) -> bool:
    """Whether the text is a word that works everywhere."""
    if len(text) > LONGEST:
        return False
    commands = load_lexicon(turn.language).commands
    return folded(text) in commands or plainly(text, turn.language) in commands


def _taken(turn: Turn, question: Question, text: str) -> Turn:
    """Write the text down and go on; what cannot stand there is said, and asked for again."""
    found = typed(text)
    if not any(c.isalnum() for c in found.text):
        return turn.say(turn.text("cv-no-letters"))
    if len(found.text) > question.longest:
        count = len(found.text)
        return turn.say(turn.text("cv-too-long", most=question.longest, count=count))
    if found.left_out:
        turn = turn.say(turn.text("cv-left-out", signs=" ".join(found.left_out[:8])))
    if question.kind == "another":
        # What was typed instead of „още една“ names the job.
        turn = turn.swap("cv_question", job_parts(question.job)[0])
    return _written(turn, turn.screen.about, found.text)


def _written(turn: Turn, name: str, text: str) -> Turn:
    draft = turn.conversation.cv
    odd = doubt(text) if name == "contact" and draft.written.get(name) != text else ""
    turn = keep(turn, with_answer(draft, name, text))
    if odd:
        # It is kept as it is, so that the same words again, or one tap, go on with it.
        return turn.say(turn.text("cv-contact-odd", what=odd))
    return _on(turn)


# -- what is pressed ---------------------------------------------------------------------------


def _of_the_question(act: Callable[[Turn, Question], Turn]) -> Act:
    """Return an act that does nothing but on the screen of its question: an old tap is harmless."""

    def done(turn: Turn, argument: str) -> Turn:
        if turn.screen.name != "cv_question" or turn.screen.about != argument:
            return turn.say(turn.text("old-button"))
        return act(turn, QUESTIONS[argument])

    return done


def _go_on(turn: Turn, _question: Question) -> Turn:
    return _on(keep(turn, turn.conversation.cv))


def _take_known(turn: Turn, question: Question) -> Turn:
    known = _known(turn, question)
    return _written(turn, question.name, known) if known else turn.say(turn.text("old-button"))


def _clear(turn: Turn, question: Question) -> Turn:
    draft = turn.conversation.cv
    if question.kind == "job_as":
        # A job without what one worked is none: all of it goes, and the earlier ones move up.
        cleared = keep(turn, without_job(draft, question.job)).say(turn.text("cv-job-cleared"))
        return cleared.back() if changing(cleared) else cleared
    return keep(turn, with_answer(draft, question.name, ""))


def _another(turn: Turn, question: Question) -> Turn:
    return keep(turn, turn.conversation.cv).swap("cv_question", job_parts(question.job)[0])


another = _of_the_question(_another)


def tick(turn: Turn, argument: str) -> Turn:
    """Put a category in or take it out: `B:in`; the same tap again changes nothing."""
    code, _, wanted = argument.partition(":")
    here = (turn.screen.name, turn.screen.about) == ("cv_question", "licence")
    if not here or code not in CATEGORIES or wanted not in ("in", "out"):
        return turn.say(turn.text("old-button"))
    word = turn.text("cv-category", code=code)
    chosen = [*(c for c in _chosen(turn) if c != word), *([word] if wanted == "in" else [])]
    order = {turn.text("cv-category", code=each): n for n, each in enumerate(CATEGORIES)}
    chosen.sort(key=lambda each: order.get(each, -1))
    return keep(turn, with_answer(turn.conversation.cv, "licence", ", ".join(chosen)))


SCREENS = {"cv_question": Screen(_show_question, _hear)}
SUBJECTS: dict[str, Callable[[Turn, str], bool]] = {
    "cv_question": lambda _turn, about: about in QUESTIONS,
}
ACTIONS: dict[str, Act] = {
    "cv-next": _of_the_question(_go_on),
    "cv-known": _of_the_question(_take_known),
    "cv-clear": _of_the_question(_clear),
    "cv-another": another,
    "cv-licence": tick,
}
