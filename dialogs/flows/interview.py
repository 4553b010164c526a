"""The short interview: one question a screen, only while an answer can change a verdict."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from dialogs.answer_words import words_of
from dialogs.flows import changes, deadlines
from dialogs.flows.given_answers import to_look_over
from dialogs.model import HOME, Button, Consent, Count, Message
from dialogs.screens import Screen, rows_of, small_number, ways_from_a_question, ways_on
from dialogs.turn import Turn
from dialogs.understanding import (
    child_age_in,
    date_in,
    folded,
    load_lexicon,
    number_in,
    start_in,
)
from knowledge.facts import NONE, Answer, Declined, DontKnow, Fact, FactId, Known, Span
from knowledge.joint_questions import JointQuestion

CONSENT_VERSION = "2026-11-26"
ATTENDED_VERSION = "attended-2026-11-26"
"""The version of the text that is consented to; a changed text gets a new one."""
CONSENT_FACTS = ("disability_percent",)
NOTHING = "b0"
"""What the button says of whom nothing about health is known: no decision, so no consent."""
GROUP = "any_of"
"""Facts that few have: asked together, last of all."""
CHILD = "youngest_child_age"
"""The one number that people say in months: „8 месеца“."""
WORKING = "working"
"""The question that some have another answer to than its buttons."""
SINCE = "registered_on"
"""The one date that people say as a length: „14 месеца“."""
THERE_IS_ONE = ("registered_on", "trade_obtained_on")
"""Facts that are asked only of those who have just said that there is one."""
UNKNOWN, DECLINED = "?", "-"
"""What the buttons „не знам“ and „не искам да кажа“ say."""


# -- where the interview stands ----------------------------------------------------------------


def next_fact(turn: Turn) -> FactId | None:
    """Return what is asked next: urgent facts, the place, then what can still change a verdict."""
    profile = turn.profile
    if "audience" not in profile.answers:
        return "audience"
    wanted = _best(turn)
    if wanted in profile.answers:
        wanted = min(unanswered(turn), key=lambda fact: _rank(turn, fact), default=None)
    if wanted and turn.knowledge.facts[wanted].urgent:
        return wanted
    return wanted if "settlement" in profile.answers else "settlement"


def _best(turn: Turn) -> FactId | None:
    """Return what the interviewer would ask; a rare thing only when nothing else is left."""
    wanted = turn.interviewer.next_question(turn.standpoint)
    if wanted is None or turn.knowledge.facts[wanted].group != GROUP:
        return wanted
    without = turn.standpoint
    for fact in group(turn):
        if fact.id not in without.answers:
            without = without.with_(fact.id, DontKnow())
    return turn.interviewer.next_question(without) or wanted


def _rank(turn: Turn, fact: FactId) -> tuple[bool, ...]:
    """Return what comes first: what is urgent; health comes late, the list of rare things last.

    A rough answer that the interviewer would have more exact is not asked for again.
    """
    known = turn.knowledge.facts[fact]
    return not known.urgent, known.group == GROUP, known.sensitivity == "special"


def unanswered(turn: Turn) -> tuple[FactId, ...]:
    """Return the facts that were never answered and can still change a verdict."""
    answers = turn.profile.answers
    return tuple(f for f in turn.interviewer.relevant(turn.standpoint) if f not in answers)


def proceed(turn: Turn) -> Turn:
    """Close the question and go where the facts lead: the next one, or the results."""
    below = tuple(s for s in turn.conversation.screens if s.name not in (*_INTERVIEW, "help_lines"))
    turn = turn.change(screens=below or (HOME,), misses=0)
    if turn.profile.answers.get("audience") == Known("employer"):
        return turn.go("employer")
    if turn.screen.name == EDITED_FROM:
        return turn
    fact = next_fact(turn)
    if fact is not None:
        return _ask_next(turn, fact)
    turn = turn.effect(Count(metric="interview_finished"))
    looked_over = any(screen.name == "results" for screen in turn.conversation.screens)
    turn = turn.go("results")
    return turn if looked_over else turn.aside(to_look_over(turn))


def go_on(turn: Turn) -> Turn:
    """Go on with the questions, also from among the answers."""
    below = tuple(s for s in turn.conversation.screens if s.name != EDITED_FROM)
    return proceed(turn.change(screens=below or (HOME,)))


def changed(before: Turn, turn: Turn, *facts: FactId) -> Turn:
    """Say what a changed answer brings with it; a first answer changes nothing."""
    earlier, now = before.profile.answers, turn.profile.answers
    other = [f for f in facts if f in earlier and earlier[f] != now.get(f)]
    return turn.say(changes.told(before, turn, other)) if other else turn


def _ask_next(turn: Turn, fact: FactId) -> Turn:
    """Open the question for a fact that was never answered, with what can be asked together."""
    open_ = unanswered(turn)
    if turn.knowledge.facts[fact].group == GROUP:
        rare = [f for f in group(turn) if f.id in open_]
        return _ask_any_of(turn, rare) if len(rare) > 1 else ask(turn, fact)
    fitting = (j for j in turn.knowledge.joint_questions.values() if j.ground == fact)
    joint = next((j for j in fitting if _all_matter(turn, j)), None)
    return turn.go("joint", joint.id) if joint else ask(turn, fact)


def _all_matter(turn: Turn, question: JointQuestion) -> bool:
    """Whether each fact that hangs on the first could still decide something, once it counts."""
    wanted, there = {*question.facts[1:]}, turn.standpoint
    for value in (True, False):
        then = there.with_(question.ground, Known(value))
        wanted -= {f for f in turn.interviewer.relevant(then) if f not in there.answers}
    return not wanted


def _ask_any_of(turn: Turn, facts: Iterable[Fact]) -> Turn:
    """Open the list; of its private facts all stand there or none, so that none is singled out."""
    names = [fact.id for fact in facts]
    private = any(fact.sensitivity == "special" for fact in facts)
    shown = [
        fact.id
        for fact in group(turn)
        if fact.id in names or (private and fact.sensitivity == "special")
    ]
    ticked = [f for f in shown if turn.profile.answers.get(f) == Known(value=True)]
    return turn.go("any_of", about_list(shown, ticked))


def about_list(shown: Iterable[FactId], ticked: Iterable[FactId]) -> str:
    """Return what a list's screen is about: what stands in it, and what is ticked."""
    return f"{','.join(shown)};{','.join(ticked)}"


def ask(turn: Turn, fact: FactId) -> Turn:
    """Open the question of one fact, to answer it for the first time or anew."""
    if fact == "audience":
        return turn.go("audience") if fact in turn.profile.answers else turn.home()
    if fact == "settlement":
        return turn.go("settlement")
    if not is_asked_alone(turn, fact):
        return _ask_any_of(turn, (turn.knowledge.facts[fact],))
    if fact in CONSENT_FACTS and not consented(turn):
        return turn.go("consent", fact)
    return turn.go("question", fact)


def is_asked_alone(turn: Turn, fact: FactId) -> bool:
    """Whether the fact has a question screen of its own."""
    known = turn.knowledge.facts
    if fact not in known or fact in ("audience", "settlement"):
        return False
    return known[fact].group != GROUP or known[fact].sensitivity != "special"


def edit(turn: Turn, fact: FactId) -> Turn:
    """Open the question of one fact anew, as a button says."""
    return ask(turn, fact) if fact in turn.knowledge.facts else turn.say(turn.text("old-button"))


def back(turn: Turn) -> Turn:
    """Re-open the answer before this one; the answers given since are kept."""
    if turn.screen.name == "settlement" and turn.back().screen.name in ASKS_PLACE:
        return turn.back()
    here = asked_here(turn)
    asked = list(turn.profile.answers)
    at = next((n for n, fact in enumerate(asked) if fact in here), len(asked))
    earlier = [fact for fact in asked[:at] if fact != "audience"]
    return _ask_again(turn.back(), earlier[-1]) if earlier else ask(turn.back(), "audience")


def _ask_again(turn: Turn, fact: FactId) -> Turn:
    """Open the question that was answered: for several facts where one press said them all."""
    answers, facts, today = turn.profile.answers, turn.knowledge.facts, turn.context.today
    if facts[fact].group == GROUP:
        told = [f for f in group(turn) if f.id in answers]
        return _ask_any_of(turn, told) if len(told) > 1 else ask(turn, fact)
    pressed = (
        question.id
        for question in turn.knowledge.joint_questions.values()
        for choice in question.choices
        if fact in choice.answers
        and _side_by_side(tuple(answers), choice.answers)
        and all(answers.get(name) == said for name, said in choice.said(facts, today))
    )
    joint = next(pressed, None)
    return turn.go("joint", joint) if joint else ask(turn, fact)


def _side_by_side(answers: Sequence[FactId], facts: Collection[FactId]) -> bool:
    """Whether these facts were answered one right after the other."""
    places = [place for place, fact in enumerate(answers) if fact in facts]
    return bool(places) and places[-1] - places[0] == len(facts) - 1


def asked_here(turn: Turn) -> tuple[FactId, ...]:
    """Return the facts that the screen asks for."""
    match turn.screen.name:
        case "joint":
            return turn.knowledge.joint_questions[turn.screen.about].facts
        case "any_of":
            return tuple(turn.screen.about.partition(";")[0].split(","))
        case "settlement":
            return ("settlement",)
        case _:
            return (turn.screen.about,)


def _questions(turn: Turn, facts: Iterable[FactId]) -> set[str]:
    """Return the questions that ask for these facts: what is asked together is one question."""
    known, joint = turn.knowledge.facts, turn.knowledge.joint_questions.values()
    grounds = {fact: question.ground for question in joint for fact in question.facts}
    return {known[f].group or grounds.get(f, f) for f in facts if f in known}


def after_place(turn: Turn, *, asked: bool) -> Turn:
    """Go on once the place is settled: with what needed it, or with the interview."""
    below = tuple(s for s in turn.conversation.screens if s.name not in ASKING_PLACE)
    turn = turn.change(screens=below or (HOME,), misses=0)
    if turn.screen.name in ASKS_PLACE:
        return turn
    # A location shared out of the blue does not lead away from what is being looked at.
    return proceed(turn) if asked or turn.screen.name in {*_INTERVIEW, HOME.name} else turn


def consented(turn: Turn) -> bool:
    """Return whether today's text was agreed to for the one whom the talk is about."""
    wanted = (_consent_version(turn), turn.conversation.who)
    return any((given.version, given.who) == wanted for given in turn.conversation.consents)


def with_consent(turn: Turn) -> Turn:
    """Keep that consent was given just now, with the text's version."""
    given = Consent(
        version=_consent_version(turn),
        given_at=turn.context.now.astimezone(dt.UTC),
        who=turn.conversation.who,
    )
    return turn.change(consents=(*turn.conversation.consents, given))


def _consent_version(turn: Turn) -> str:
    """Return which text is agreed to: at the desk it says who sees it and that nothing is kept."""
    return ATTENDED_VERSION if turn.context.abilities.attended else CONSENT_VERSION


def go_on_from(turn: Turn) -> Turn:
    """Go on where the talk was: with the questions, unless something else is being read."""
    asking = turn.screen.name in {*_INTERVIEW, HOME.name, EDITED_FROM}
    return proceed(turn) if asking else turn


# -- the question ------------------------------------------------------------------------------


def progress(turn: Turn) -> str:
    """Return „Въпрос 3. После още около 6.“."""
    here = _questions(turn, asked_here(turn))
    settled = _questions(turn, turn.profile.answers) - here
    all_ = settled | here | _waiting(turn)
    return turn.text("progress", n=len(settled) + 1, left=len(all_) - len(settled) - 1)


def questions_left(turn: Turn) -> int:
    """Return about how many questions are still to come."""
    return len(_waiting(turn) - _questions(turn, turn.profile.answers))


def _waiting(turn: Turn) -> set[str]:
    open_ = {fact.id for fact in turn.knowledge.facts.open_to_ask(turn.profile)}
    missing = {f for verdict in turn.verdicts() for f in verdict.missing if f in open_}
    return _questions(turn, missing) | {"settlement"}


def _show_question(turn: Turn) -> Message:
    fact = turn.knowledge.facts[turn.screen.about]
    parts = [progress(turn), turn.text(f"question-{fact.id}")]
    hint = f"hint-{fact.id}"
    if hint in turn.context.texts[turn.language]:
        parts.append(turn.text(hint))
    other = ((turn.button("situations", "go:situations"),),) if fact.id == WORKING else ()
    rows = (*rows_of(tuple(_choices(turn, fact))), *other, *closing_rows(turn, fact.id))
    return Message(text="\n\n".join(parts), rows=rows)


def _choices(turn: Turn, fact: Fact) -> Iterator[Button]:
    if fact.kind == "bool":
        yield turn.button("yes", f"a:{fact.id}:yes")
        yield turn.button("no", f"a:{fact.id}:no")
    for choice in fact.choices:
        yield Button(label=turn.words(choice.label), action=f"a:{fact.id}:{choice.value}")
    for number, band in enumerate(fact.bands):
        yield Button(label=turn.words(band.label), action=f"a:{fact.id}:b{number}")
    if fact.none and _may_be_none(fact):
        yield Button(label=turn.words(fact.none), action=f"a:{fact.id}:{NONE}")


def _may_be_none(fact: Fact) -> bool:
    """Whether „няма“ is an answer: not where the question before it has said that there is one."""
    return fact.none is not None and fact.id not in THERE_IS_ONE


def closing_rows(turn: Turn, fact: FactId) -> tuple[tuple[Button, ...], ...]:
    """Return „не знам“ and „не искам да кажа“ for that fact, and the ways on."""
    return (
        (turn.button("dont-know", f"a:{fact}:{UNKNOWN}"),),
        (turn.button("decline", f"a:{fact}:{DECLINED}"),),
        *ways_from_a_question(turn),
    )


def hear(turn: Turn, text: str) -> Turn | None:
    """Return the turn with the typed answer, or None when it is not understood."""
    fact = turn.knowledge.facts[turn.screen.about]
    words, lexicon = folded(text), load_lexicon(turn.language)
    if words in lexicon.dont_know:
        return settle(turn, fact, DontKnow())
    if words in lexicon.decline:
        return settle(turn, fact, Declined())
    worded = _worded(turn, fact, words)
    if worded is not None:
        return _typed(turn, fact, worded, text)
    if fact.kind == "whole":
        return _hear_number(turn, fact, text)
    if fact.kind == "date":
        return _hear_date(turn, fact, text)
    return None


def _worded(turn: Turn, fact: Fact, words: str) -> Answer | None:
    """Return the answer of plain words for a button, or of the number of a choice."""
    lexicon = load_lexicon(turn.language)
    button = lexicon.choices.get(fact.id, {}).get(words)
    if button is not None:
        return _pressed_answer(turn, fact, button)
    if fact.kind == "bool" and words in lexicon.yes | lexicon.no:
        return Known(words in lexicon.yes)
    if _may_be_none(fact) and words in lexicon.no:
        return Known(NONE)
    number = small_number(words)
    if 1 <= number <= len(fact.choices):
        return Known(fact.choices[number - 1].value)
    return None


def _show_audience(turn: Turn) -> Message:
    return Message(
        text=turn.text("audience"),
        rows=(*audience_rows(turn), ways_on(turn, "back", "librarian", "menu")),
    )


def audience_rows(turn: Turn) -> tuple[tuple[Button, ...], ...]:
    """Return for whom one can ask, a row each."""
    fact = turn.knowledge.facts["audience"]
    return tuple(
        (Button(label=turn.words(choice.label), action=f"a:audience:{choice.value}"),)
        for choice in fact.choices
    )


def hear_home(turn: Turn, text: str) -> Turn | None:
    """Return the turn with the typed answer to „За кого питате?“, or None."""
    fact = turn.knowledge.facts["audience"]
    worded = _worded(turn, fact, folded(text))
    return _typed(turn, fact, worded, text) if worded is not None else None


def _typed(turn: Turn, fact: Fact, answer: Answer, text: str) -> Turn:
    """Keep a typed answer, and read it back where it was put in other words."""
    said = words_of(turn, fact, answer)
    as_said = folded(said) == folded(text)
    plain = as_said or (text.strip().isdecimal() and fact.kind == "whole")
    if not plain and not deadlines.card_after(turn.answer(fact.id, answer), fact.id):
        turn = turn.say(turn.text("noted", answer=said))
    return settle(turn, fact, answer)


def _hear_number(turn: Turn, fact: Fact, text: str) -> Turn | None:
    read = child_age_in if fact.id == CHILD else number_in
    number = read(text, load_lexicon(turn.language))
    if number is None:
        return None
    low, high = fact.bounds or (number, number)
    if not low <= number <= high:
        return turn.say(turn.text("number-out-of-bounds", low=low, high=high))
    return _typed(turn, fact, Known(number), text)


def _hear_date(turn: Turn, fact: Fact, text: str) -> Turn | None:
    read = start_in if fact.id == SINCE else date_in
    found = read(text, turn.context.today, load_lexicon(turn.language))
    if found is None:
        return None
    latest = found.high if isinstance(found, Span) else found
    assert isinstance(latest, dt.date)  # noqa: S101  # date_in gives days only
    if latest > turn.context.today:
        return turn.say(turn.text("date-in-future"))
    answer = Known(found)
    again = turn.profile.answers.get(fact.id) == answer
    wish = _more_exactly(turn, fact, answer)
    if wish and not again:
        # Kept as it is, so that the same words or „не знам“ now go on with it.
        return turn.answer(fact.id, answer).say(turn.text(wish))
    return _typed(turn, fact, answer, text)


def _more_exactly(turn: Turn, fact: Fact, answer: Known) -> str:
    """Return which words ask for the day, where a month or a year leaves too much open."""
    if not isinstance(answer.value, Span):
        return ""
    latest = answer.value.high
    if fact.urgent and isinstance(latest, dt.date) and deadlines.recent(latest, turn.context.today):
        return "day-needed"
    profile = turn.profile.with_(fact.id, answer)
    return "more-exactly" if turn.interviewer.witness(profile, fact.id) else ""


def _rough(turn: Turn, fact: Fact) -> bool:
    """Whether what is kept of a date is a typed month or year."""
    kept = turn.profile.answers.get(fact.id)
    if fact.kind != "date" or not isinstance(kept, Known) or not isinstance(kept.value, Span):
        return False
    return all(band.span(fact, turn.context.today) != kept.value for band in fact.bands)


# -- answers -----------------------------------------------------------------------------------


def press(turn: Turn, argument: str) -> Turn:
    """Take a pressed answer `fact:value`; one of an old screen re-opens that question."""
    name, _, raw = argument.partition(":")
    if name not in turn.knowledge.facts:
        return turn.say(turn.text("old-button"))
    fact = turn.knowledge.facts[name]
    answer = _pressed_answer(turn, fact, raw)
    if answer is None:
        return turn.say(turn.text("old-button"))
    private = name in CONSENT_FACTS and isinstance(answer, Known) and raw != NOTHING
    if private and not consented(turn):
        return ask(turn, name)
    current = name in asked_here(turn) or (
        name == "audience" and turn.screen.name in (HOME.name, "audience")
    )
    stored = turn.profile.answers.get(name)
    if current or stored is None:
        return settle(turn, fact, answer)
    said = turn.text("already-answered", answer=words_of(turn, fact, stored))
    if stored == answer:
        return turn.aside(offering_change(turn, said, fact.id))
    return ask(turn.say(said), name)


def offering_change(turn: Turn, said: str, fact: FactId) -> Message:
    """Return a word on an answer that was given already, with a way to change it."""
    change = turn.button("change", f"edit:{fact}")
    return Message(text=said, rows=((change,),))


def _pressed_answer(turn: Turn, fact: Fact, raw: str) -> Answer | None:
    """Return what a button of this question says, or None where it has no such button."""
    bands = {f"b{number}": band for number, band in enumerate(fact.bands)}
    closed: dict[str, Answer] = {UNKNOWN: DontKnow(), DECLINED: Declined()}
    if raw in closed:
        return closed[raw]
    if raw in bands:
        return Known(bands[raw].span(fact, turn.context.today))
    if fact.kind == "bool" and raw in ("yes", "no"):
        return Known(raw == "yes")
    if raw in {choice.value for choice in fact.choices} or (raw == NONE and _may_be_none(fact)):
        return Known(raw)
    return None


def settle(turn: Turn, fact: Fact, answer: Answer) -> Turn:
    """Keep the answer, put an urgent deadline before everything, and go on."""
    if isinstance(answer, DontKnow) and turn.screen.about == fact.id and _rough(turn, fact):
        answer = turn.profile.answers[fact.id]
        turn = turn.say(turn.text("noted", answer=words_of(turn, fact, answer)))
    if fact.id == "audience":
        turn = _another_person(turn, answer)
    before, turn = turn, turn.answer(fact.id, answer)
    # A rough date that is told more exactly at once is no change of mind.
    if fact.id != "audience" and not (before.screen.about == fact.id and _rough(before, fact)):
        turn = changed(before, turn, fact.id)
    if isinstance(answer, DontKnow) and f"find-out-{fact.id}" in turn.context.texts[turn.language]:
        turn = turn.say(turn.text(f"find-out-{fact.id}"))
    turn = deadlines.say_after(turn, (fact.id,))
    if fact.id == "settlement":
        return after_place(turn, asked=True)
    return proceed(turn)


def _another_person(turn: Turn, answer: Answer) -> Turn:
    """Say that earlier answers stay, where the talk is now about somebody else."""
    answers = turn.profile.answers
    before = answers.get("audience", answer)
    if before == answer or not {*answers} - {"audience", "settlement"}:
        return turn
    return turn.say(turn.text("audience-changed"))


# -- why ---------------------------------------------------------------------------------------


def group(turn: Turn) -> tuple[Fact, ...]:
    """Return the facts that are asked for in one question."""
    return tuple(fact for fact in turn.knowledge.facts if fact.group == GROUP)


def _show_why(turn: Turn) -> Message:
    facts = _asked_before(turn)
    decided = {
        measure.id: turn.words(measure.title)
        for fact in facts
        for measure in turn.interviewer.decides(turn.standpoint.without(*facts), fact)
        if "jobseeker" in measure.audience
    }
    lines = "\n".join(f"• {title}" for title in decided.values())
    known = [f"why-{fact}" for fact in facts if f"why-{fact}" in turn.context.texts[turn.language]]
    parts = [turn.text(name) for name in known]
    if lines:
        parts.append(f"{turn.text('why-decides')}\n{lines}")
    parts.append(turn.text("why-free"))
    rows = ((turn.button("to-question", "back"),), ways_on(turn, "results", "librarian", "menu"))
    return Message(text="\n\n".join(parts), rows=rows)


def _asked_before(turn: Turn) -> tuple[FactId, ...]:
    """Return the facts of the question below the „why“ screen."""
    for screen in reversed(turn.conversation.screens[:-1]):
        if screen.name in ("any_of", "joint"):
            return asked_here(turn.change(screens=(screen,)))
        if screen.name in ("question", "consent"):
            return (screen.about,)
        if screen.name == "settlement":
            return ("settlement",)
    return ()


SCREENS = {
    "question": Screen(_show_question, hear),
    "audience": Screen(_show_audience, hear_home),
    "why": Screen(_show_why),
}
ASKING_PLACE = {"settlement", "namesakes", "confirm_place"}
EDITED_FROM = "answers"
"""The screen from which one answer is changed, and to which the change leads back."""
_INTERVIEW = {
    "audience",
    "situations",
    "leave",
    "question",
    "why",
    "consent",
    "joint",
    "any_of",
    *ASKING_PLACE,
}
ASKS_PLACE = (
    "places",
    "employer",
    "librarian",
    "job_search",
    "vacancy",
    "hire",
    "plan",
    "plan_places",
)
"""The screens that may ask for the place, and to which its answer leads back."""
ACTIONS = {
    "a": press,
    "edit": edit,
}
