"""The short interview: one question a screen, only while an answer can change a verdict."""

import datetime as dt
from collections.abc import Iterator

from dialogs.flows import deadlines
from dialogs.model import Button, Consent, Count, Message
from dialogs.screens import Screen, rows_of, ways_on
from dialogs.turn import Turn
from dialogs.understanding import date_in, folded, load_lexicon, number_in
from knowledge.facts import NONE, Answer, Declined, DontKnow, Fact, FactId, Known, Span, as_json

CONSENT_VERSION = "2026-11"
"""The version of the text that is consented to; a changed text gets a new one."""
CONSENT_FACTS = ("disability_percent",)
GROUP = "delicate"
_UNKNOWN, _DECLINED = "?", "-"


# -- where the interview stands ----------------------------------------------------------------


def next_fact(turn: Turn) -> FactId | None:
    """Return what is asked next: urgent facts, the place, then what can still change a verdict."""
    wanted = turn.interviewer.next_question(turn.profile)
    if "audience" not in turn.conversation.answers:
        return "audience"
    if wanted and turn.knowledge.facts[wanted].urgent:
        return wanted
    if "settlement" not in turn.conversation.answers:
        return "settlement"
    return wanted


def proceed(turn: Turn) -> Turn:
    """Close the question and go where the facts lead: the next one, or the results."""
    below = tuple(s for s in turn.conversation.screens if s.name not in _INTERVIEW)
    turn = turn.change(screens=below or turn.conversation.screens[:1], misses=0)
    fact = next_fact(turn)
    if fact is None:
        return turn.effect(Count(metric="interview_finished")).go("results")
    if fact == "settlement":
        return turn.go("settlement")
    if turn.knowledge.facts[fact].group == GROUP:
        return turn.go("delicate")
    if fact in CONSENT_FACTS and not _consented(turn):
        return turn.go("consent", fact)
    return turn.go("question", fact)


def ask(turn: Turn, fact: FactId) -> Turn:
    """Open the question of one fact, to answer it for the first time or anew."""
    if fact == "audience":
        return turn.home()
    if fact == "settlement":
        return turn.go("settlement")
    if turn.knowledge.facts[fact].group == GROUP:
        return turn.go("delicate")
    if fact in CONSENT_FACTS and not _consented(turn):
        return turn.go("consent", fact)
    return turn.go("question", fact)


def back(turn: Turn) -> Turn:
    """Re-open the answer before this one; the answers given since are kept."""
    asked = [f for f in turn.conversation.answers if f in turn.knowledge.facts]
    here = turn.screen.about or ("settlement" if turn.screen.name == "settlement" else "")
    earlier = asked[: asked.index(here)] if here in asked else asked
    return ask(turn.back(), earlier[-1]) if earlier else turn.home()


def _consented(turn: Turn) -> bool:
    return any(consent.version == CONSENT_VERSION for consent in turn.conversation.consents)


# -- the question ------------------------------------------------------------------------------


def progress(turn: Turn) -> str:
    """Return „Въпрос 3 от около 9“."""
    settled = len(turn.conversation.answers)
    if turn.screen.about in turn.conversation.answers:
        settled -= 1
    left = max(1, len(turn.interviewer.relevant(turn.profile)))
    left += "settlement" not in turn.conversation.answers and turn.screen.name != "settlement"
    return turn.text("progress", n=settled + 1, m=settled + left)


def _show_question(turn: Turn) -> Message:
    fact = turn.knowledge.facts[turn.screen.about]
    parts = [progress(turn), turn.text(f"question-{fact.id}")]
    hint = f"hint-{fact.id}"
    if hint in turn.context.texts[turn.language]:
        parts.append(turn.text(hint))
    rows = (*rows_of(tuple(_choices(turn, fact))), *_common_rows(turn, fact.id))
    return Message(text="\n\n".join(parts), rows=rows)


def _choices(turn: Turn, fact: Fact) -> Iterator[Button]:
    if fact.kind == "bool":
        yield turn.button("yes", f"a:{fact.id}:yes")
        yield turn.button("no", f"a:{fact.id}:no")
    for choice in fact.choices:
        yield Button(label=turn.words(choice.label), action=f"a:{fact.id}:{choice.value}")
    for number, band in enumerate(fact.bands):
        yield Button(label=turn.words(band.label), action=f"a:{fact.id}:b{number}")
    if fact.none and fact.kind != "choice":
        yield Button(label=turn.words(fact.none), action=f"a:{fact.id}:{NONE}")


def _common_rows(turn: Turn, fact: FactId) -> tuple[tuple[Button, ...], ...]:
    return (
        (
            turn.button("dont-know", f"a:{fact}:{_UNKNOWN}"),
            turn.button("decline", f"a:{fact}:{_DECLINED}"),
        ),
        (turn.button("back", "back"), turn.button("why", "go:why")),
        ways_on(turn, "results", "librarian", "menu"),
    )


def hear(turn: Turn, text: str) -> Turn | None:
    """Return the turn with the typed answer, or None when it is not understood."""
    fact = turn.knowledge.facts[turn.screen.about]
    words, lexicon = folded(text), load_lexicon(turn.language)
    if words in lexicon.dont_know:
        return settle(turn, fact, DontKnow())
    if words in lexicon.decline:
        return settle(turn, fact, Declined())
    if fact.kind == "bool" and words in lexicon.yes | lexicon.no:
        return settle(turn, fact, Known(words in lexicon.yes))
    if fact.none and words in lexicon.no:
        return settle(turn, fact, Known(NONE))
    if fact.kind == "whole":
        return _hear_number(turn, fact, text)
    if fact.kind == "date":
        return _hear_date(turn, fact, text)
    return None


def _hear_number(turn: Turn, fact: Fact, text: str) -> Turn | None:
    number = number_in(text)
    if number is None:
        return None
    low, high = fact.bounds or (number, number)
    if not low <= number <= high:
        return turn.say(turn.text("number-out-of-bounds", low=low, high=high))
    return settle(turn, fact, Known(number))


def _hear_date(turn: Turn, fact: Fact, text: str) -> Turn | None:
    found = date_in(text, turn.context.today, load_lexicon(turn.language))
    if found is None:
        return None
    latest = found.high if isinstance(found, Span) else found
    assert isinstance(latest, dt.date)  # noqa: S101  # date_in gives days only
    if latest > turn.context.today:
        return turn.say(turn.text("date-in-future"))
    if isinstance(found, Span) and fact.urgent and deadlines.recent(latest, turn.context.today):
        return turn.say(turn.text("day-needed"))
    return settle(turn, fact, Known(found))


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
    current = turn.screen.about == name or (name == "audience" and turn.screen.name == "home")
    stored = turn.conversation.answers.get(name, _PENDING)
    if current or stored is _PENDING:
        return settle(turn, fact, answer)
    said = turn.text("already-answered", answer=words_of(turn, fact, fact.answer(stored)))
    if stored == as_json(answer):
        return turn.say(said)
    return ask(turn.say(f"{said} {turn.text('change-it')}"), name)


_PENDING = object()


def _pressed_answer(turn: Turn, fact: Fact, raw: str) -> Answer | None:
    if raw == _UNKNOWN:
        return DontKnow()
    if raw == _DECLINED:
        return Declined()
    if raw.startswith("b") and raw[1:].isdigit() and int(raw[1:]) < len(fact.bands):
        return Known(fact.bands[int(raw[1:])].span(fact, turn.context.today))
    try:
        return Known(fact.read({"yes": True, "no": False}[raw] if fact.kind == "bool" else raw))
    except (KeyError, ValueError):
        return None


def settle(turn: Turn, fact: Fact, answer: Answer) -> Turn:
    """Keep the answer, put an urgent deadline before everything, and go on."""
    turn = turn.answer(fact.id, answer)
    if isinstance(answer, DontKnow) and f"find-out-{fact.id}" in turn.context.texts[turn.language]:
        turn = turn.say(turn.text(f"find-out-{fact.id}"))
    card = deadlines.card_after(turn, fact.id)
    if card:
        turn = turn.effect(Count(metric="deadline_shown")).say(card)
    if fact.id == "audience" and answer == Known("employer"):
        return turn.go("employer")
    return proceed(turn)


def words_of(turn: Turn, fact: Fact, answer: Answer) -> str:
    """Return an answer as a person would read it."""
    if isinstance(answer, DontKnow):
        return turn.text("button-dont-know")
    if isinstance(answer, Declined):
        return turn.text("button-decline")
    value = answer.value
    if isinstance(value, bool):
        return turn.text("button-yes" if value else "button-no")
    if value == NONE and fact.none:
        return turn.words(fact.none)
    if fact.kind == "place":
        settlement = turn.knowledge.gazetteer.by_ekatte(str(value))
        return settlement.name if settlement else str(value)
    for choice in fact.choices:
        if choice.value == value:
            return turn.words(choice.label)
    if isinstance(value, Span):
        return _words_of_span(turn, fact, value)
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else str(value)


def _words_of_span(turn: Turn, fact: Fact, span: Span) -> str:
    for band in fact.bands:
        if band.span(fact, turn.context.today) == span:
            return turn.words(band.label)
    low, high = (f"{v:%d.%m.%Y}" if isinstance(v, dt.date) else str(v) for v in (span.low, span.high))
    return f"{low} – {high}"


# -- consent, the grouped question, why --------------------------------------------------------


def _show_consent(turn: Turn) -> Message:
    return Message(
        text=f"{progress(turn)}\n\n{turn.text('consent')}",
        rows=(
            (turn.button("consent-yes", "consent"),),
            (turn.button("decline", f"a:{turn.screen.about}:{_DECLINED}"),),
            (turn.button("back", "back"), turn.button("why", "go:why")),
            ways_on(turn, "results", "librarian", "menu"),
        ),
    )


def consent(turn: Turn, _argument: str) -> Turn:
    """Keep the consent, with the text's version and the time, and ask."""
    given = Consent(version=CONSENT_VERSION, given_at=turn.context.now.astimezone(dt.UTC))
    fact = turn.screen.about if turn.screen.name == "consent" else CONSENT_FACTS[0]
    below = tuple(s for s in turn.conversation.screens if s.name != "consent")
    kept = (*turn.conversation.consents, given)
    return turn.change(consents=kept, screens=below or turn.conversation.screens[:1]).go(
        "question", fact
    )


def _hear_consent(turn: Turn, text: str) -> Turn | None:
    lexicon = load_lexicon(turn.language)
    if folded(text) in lexicon.yes:
        return consent(turn, "")
    if folded(text) in lexicon.no | lexicon.decline | lexicon.dont_know:
        return settle(turn, turn.knowledge.facts[turn.screen.about], Declined())
    return None


def _group(turn: Turn) -> tuple[Fact, ...]:
    return tuple(fact for fact in turn.knowledge.facts if fact.group == GROUP)


def _show_delicate(turn: Turn) -> Message:
    return Message(
        text=f"{progress(turn)}\n\n{turn.text('question-delicate')}",
        rows=(
            (turn.button("delicate-none", "delicate:none"),),
            (turn.button("delicate-some", "delicate:some"),),
            (turn.button("delicate-pick", "go:delicate_pick"),),
            (
                turn.button("dont-know", f"delicate:{_UNKNOWN}"),
                turn.button("decline", f"delicate:{_DECLINED}"),
            ),
            (turn.button("back", "back"), turn.button("why", "go:why")),
            ways_on(turn, "results", "librarian", "menu"),
        ),
    )


def _hear_delicate(turn: Turn, text: str) -> Turn | None:
    words, lexicon = folded(text), load_lexicon(turn.language)
    if words in lexicon.no:
        return delicate(turn, "none")
    if words in lexicon.yes:
        return delicate(turn, "some")
    if words in lexicon.dont_know:
        return delicate(turn, _UNKNOWN)
    return delicate(turn, _DECLINED) if words in lexicon.decline else None


def delicate(turn: Turn, said: str) -> Turn:
    """Settle the grouped question: *no* settles all, *yes* names none."""
    answers: dict[str, Answer] = {"none": Known(False), _UNKNOWN: DontKnow()}
    for fact in _group(turn):
        turn = turn.answer(fact.id, answers.get(said, Declined()))
    if said == "some":
        turn = turn.say(turn.text("delicate-kept-private"))
    return proceed(turn)


def _show_delicate_pick(turn: Turn) -> Message:
    picked = _picked(turn)
    marks = tuple(
        Button(
            label=f"{'☑' if fact.id in picked else '☐'} {turn.words(fact.label)}",
            action=f"pick:{fact.id}",
        )
        for fact in _group(turn)
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


def pick(turn: Turn, fact: str) -> Turn:
    """Tick or untick one of the grouped things."""
    if turn.screen.name != "delicate_pick" or fact not in {f.id for f in _group(turn)}:
        return turn.say(turn.text("old-button"))
    picked = _picked(turn)
    picked.remove(fact) if fact in picked else picked.append(fact)
    return turn.swap("delicate_pick", ",".join(picked))


def picked(turn: Turn, _argument: str) -> Turn:
    """Keep what is ticked as yes and the rest as no."""
    if turn.screen.name != "delicate_pick":
        return turn.say(turn.text("old-button"))
    ticked = _picked(turn)
    for fact in _group(turn):
        turn = turn.answer(fact.id, Known(fact.id in ticked))
    return proceed(turn)


def _show_why(turn: Turn) -> Message:
    facts = _asked_before(turn)
    decided = {
        measure.id: turn.words(measure.title)
        for fact in facts
        for measure in turn.interviewer.decides(turn.profile.without(*facts), fact)
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
        if screen.name in ("delicate", "delicate_pick"):
            return tuple(fact.id for fact in _group(turn))
        if screen.name in ("question", "consent"):
            return (screen.about,)
        if screen.name == "settlement":
            return ("settlement",)
    return ()


SCREENS = {
    "question": Screen(_show_question, hear),
    "consent": Screen(_show_consent, _hear_consent),
    "delicate": Screen(_show_delicate, _hear_delicate),
    "delicate_pick": Screen(_show_delicate_pick),
    "why": Screen(_show_why),
}
_INTERVIEW = {*SCREENS, "settlement", "namesakes", "confirm_place"}
ACTIONS = {
    "a": press,
    "edit": ask,
    "consent": consent,
    "delicate": delicate,
    "pick": pick,
    "picked": picked,
}
