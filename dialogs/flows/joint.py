"""One question for several facts: a press answers them all, typed words the first or its date."""

from dialogs.answer_words import words_of
from dialogs.flows import deadlines, interview
from dialogs.model import Button, Message
from dialogs.screens import Screen, rows_of, small_number
from dialogs.turn import Turn
from dialogs.understanding import folded, load_lexicon
from knowledge.facts import FactId, Known
from knowledge.joint_questions import JointChoice, JointQuestion


def _question(turn: Turn) -> JointQuestion:
    return turn.knowledge.joint_questions[turn.screen.about]


def _show(turn: Turn) -> Message:
    question = _question(turn)
    parts = [interview.progress(turn), turn.text(f"joint-{question.id}")]
    choices = tuple(
        Button(label=turn.words(choice.label), action=f"j:{question.id}:{n}")
        for n, choice in enumerate(question.choices, start=1)
    )
    rows = (*rows_of(choices), *interview.closing_rows(turn, question.ground))
    return Message(text="\n\n".join(parts), rows=rows)


def press(turn: Turn, argument: str) -> Turn:
    """Take a pressed choice `question:number`; of an old screen it offers a change."""
    name, _, raw = argument.partition(":")
    question, number = turn.knowledge.joint_questions.get(name), small_number(raw)
    if question is None or not 1 <= number <= len(question.choices):
        return turn.say(turn.text("old-button"))
    stored = turn.profile.answers.get(question.ground)
    here = turn.screen.name == "joint" and turn.screen.about == name
    if not here and stored is not None:
        fact = turn.knowledge.facts[question.ground]
        said = turn.text("already-answered", answer=words_of(turn, fact, stored))
        return turn.aside(interview.offering_change(turn, said, fact.id))
    return _settle(turn, question.choices[number - 1])


def _settle(turn: Turn, choice: JointChoice) -> Turn:
    before = turn
    for name, answer in choice.said(turn.knowledge.facts, turn.context.today):
        turn = turn.answer(name, answer)
    turn = interview.changed(before, turn, *choice.answers)
    return interview.proceed(deadlines.say_after(turn, choice.answers))


def _hear(turn: Turn, text: str) -> Turn | None:
    """Take the number of a choice, yes or no for the first fact, or the date of another."""
    question, words = _question(turn), folded(text)
    number = small_number(text)
    if 1 <= number <= len(question.choices):
        return _settle(turn, question.choices[number - 1])
    lexicon = load_lexicon(turn.language)
    closing = lexicon.yes | lexicon.no | lexicon.dont_know | lexicon.decline
    if words in closing or words in lexicon.choices.get(question.ground, {}):
        return interview.hear(turn.swap("question", question.ground), text)
    dates = [f for f in question.facts if turn.knowledge.facts[f].kind == "date"]
    return _hear_date(turn, question, dates[0], text) if dates else None


def _hear_date(turn: Turn, question: JointQuestion, fact: FactId, text: str) -> Turn | None:
    """Take a typed date of what the first fact brings: so the first is a yes."""
    there = turn.answer(question.ground, Known(value=True)).swap("question", fact)
    return interview.hear(there, text)


def is_one(turn: Turn, about: str) -> bool:
    """Whether there is such a question today."""
    return about in turn.knowledge.joint_questions


SCREENS = {"joint": Screen(_show, _hear)}
ACTIONS = {"j": press}
