"""The card that a librarian gets: what stands on it, and that nothing left out shows through."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dialogs.answer_words import words_of
from dialogs.flows import changes, deadlines, employers, places
from dialogs.flows.measures import rank
from dialogs.model import (
    Card,
    CardLine,
    CardMeasure,
    CardUnknown,
    Plan,
)
from dialogs.turn import Turn
from knowledge.explaining import reason
from knowledge.facts import Fact, FactId, Known, Profile
from knowledge.measures import Measure, SourceId
from knowledge.verdicts import Verdict, judge

AUDIENCE, UNKNOWN, FITTING, DEADLINE = "audience", "unknown", "measures", "deadline"
"""The lines that are no answer of their own: for whom, what is open, what may fit, by when."""
RELATIVE = AUDIENCE
"""The same line, by what it most often says."""
SUMMING_UP = (UNKNOWN, FITTING, DEADLINE)
MOST, MOST_SOON, MOST_OPEN = 10, 2, 3
"""Measures on a card: those that fit or are a step away, those that time opens, those left open."""
FIT = ("yes", "likely")
COMMON = {AUDIENCE, "working", "registered"}
"""Facts that everybody shares who looks for work at the bureau."""
SOON = dt.timedelta(days=92)
"""A measure that time alone opens by then is near."""
TO_ASK = 5
"""Facts to ask for; what the person was asked and does not know stands besides."""
NAMED = 2
"""Measures named at a fact that decides them."""


# -- what is passed on -------------------------------------------------------------------------


def passable(turn: Turn) -> tuple[Fact, ...]:
    """Return the facts that could stand on the card; an answer that rests is none of them."""
    answers, rests = turn.profile.answers, changes.resting(turn)
    return tuple(
        fact
        for fact in turn.knowledge.facts
        if isinstance(answers.get(fact.id), Known) and fact.id != AUDIENCE and fact.id not in rests
    )


def passed_on(turn: Turn, fact: Fact) -> bool:
    """Whether a line is passed on: what is sensitive only when it was ticked.

    What counts only by an answer that is left out is left out with it: it would give it away.
    """
    turned = fact.id in turn.conversation.draft.turned
    wanted = turned if fact.sensitivity == "special" else not turned
    return wanted and _grounded(turn, fact)


def _grounded(turn: Turn, fact: Fact) -> bool:
    """Whether what this fact counts by is passed on, or was never told."""
    if fact.given is None:
        return True
    ground = turn.knowledge.facts[fact.given.fact]
    return passed_on(turn, ground) if ground in passable(turn) else _grounded(turn, ground)


def kept_in(turn: Turn, line: str) -> bool:
    """Return whether a line that sums up stays on the card."""
    return line not in turn.conversation.draft.turned


@dataclass(frozen=True)
class PassedOn:
    """What of a talk may reach a librarian, and the talk as if nothing else had been told."""

    turn: Turn
    facts: tuple[Fact, ...]
    seen: Turn
    """Whatever stands on the card is worked out from this alone."""

    @property
    def tells(self) -> bool:
        """Whether it says anything of the person besides where they live."""
        return any(fact.kind != "place" for fact in self.facts)

    @property
    def employer(self) -> bool:
        """Whether it says that a firm is asking."""
        return self.seen.conversation.who == "employer"


def what_is_passed_on(turn: Turn) -> PassedOn:
    """Return what the librarian may see; what was left out must not show through anything."""
    answers = turn.conversation.answers
    facts = tuple(fact for fact in passable(turn) if passed_on(turn, fact))
    who = turn.conversation.who if kept_in(turn, AUDIENCE) else "self"
    told = {fact.id: answers[fact.id] for fact in facts} | {AUDIENCE: who}
    seen = turn.change(answers=told, plan=Plan())
    return PassedOn(turn, facts, seen)


# -- what stands on it -------------------------------------------------------------------------


def card_of(turn: Turn) -> Card:
    """Return what the person sees of the card that would go now, in the language of this turn."""
    passed = what_is_passed_on(turn)
    seen, open_ = passed.seen, _open_facts(passed) if kept_in(turn, UNKNOWN) else {}
    named = kept_in(turn, FITTING)
    dated = kept_in(turn, DEADLINE) and not passed.employer
    return Card(
        question=turn.conversation.draft.question,
        place=place_line(passed),
        facts=tuple(_fact_line(seen, fact) for fact in passed.facts if fact.kind != "place"),
        unknown=tuple(_unknown_line(passed, f, open_[f] if named else ()) for f in open_),
        measures=tuple(_measure_lines(passed)) if named else (),
        deadline=deadlines.card(seen) if dated else "",
        deadline_in_short=deadlines.in_short(seen) if dated else "",
        relative=seen.conversation.relative,
        employer=passed.employer,
    )


def place_line(passed: PassedOn) -> str:
    """Return the settlement with its municipality, or an empty text where it is not passed on."""
    settlement = places.settlement_of(passed.seen)
    return places.full_name(passed.seen, settlement) if settlement else ""


def _fact_line(turn: Turn, fact: Fact) -> CardLine:
    value = words_of(turn, fact, turn.profile.answers[fact.id])
    return CardLine(about=fact.id, label=turn.words(fact.label), value=value)


# -- what is not known -------------------------------------------------------------------------


def _open_facts(passed: PassedOn) -> dict[FactId, tuple[Measure, ...]]:
    """Return the facts that can still decide something, the weightiest first, each with what.

    An answer that is left out is not among them, nor is what is sensitive: a librarian is not
    to be the one who asks for it.
    """
    if passed.employer:
        return {}
    profile = _with_what_was_asked(passed)
    interviewer = passed.seen.interviewer
    facts = [f for f in passed.turn.knowledge.facts if _may_be_asked(passed, f)]
    asked = [fact.id for fact in facts if passed.turn.profile.closed(fact.id)]
    relevant = {*interviewer.relevant(profile), *asked}
    decides = {
        fact.id: interviewer.decides(profile.without(fact.id), fact.id)
        for fact in facts
        if fact.id in relevant
    }
    weighty = sorted(decides, key=lambda fact: -sum(m.weight for m in decides[fact]))
    # Who has told nothing of themselves has not begun: everything is open then.
    open_ = [fact for fact in weighty if decides[fact] and fact not in asked]
    to_ask = open_[:TO_ASK] if passed.tells else []
    return {fact: decides[fact] for fact in weighty if fact in asked or fact in to_ask}


def _with_what_was_asked(passed: PassedOn) -> Profile:
    """Return what is passed on, with the questions that the person could not answer."""
    answers = passed.turn.profile.answers
    closed = {
        fact.id: answers[fact.id]
        for fact in passed.turn.knowledge.facts
        if passed.turn.profile.closed(fact.id) and _may_be_asked(passed, fact)
    }
    return Profile({**passed.seen.profile.answers, **closed})


def _may_be_asked(passed: PassedOn, fact: Fact) -> bool:
    told = isinstance(passed.turn.profile.answers.get(fact.id), Known)
    free = fact.sensitivity != "special" and fact.id != AUDIENCE
    return free and not told and _grounded(passed.turn, fact)


def _unknown_line(passed: PassedOn, fact: FactId, decides: Iterable[Measure]) -> CardUnknown:
    weighty = sorted(decides, key=lambda measure: -measure.weight)[:NAMED]
    return CardUnknown(
        label=passed.seen.words(passed.seen.knowledge.facts[fact].label),
        asked=passed.turn.profile.closed(fact),
        decides=tuple(passed.seen.words(measure.title) for measure in weighty),
    )


# -- what may fit ------------------------------------------------------------------------------


def _measure_lines(passed: PassedOn) -> Iterator[CardMeasure]:
    """Yield what may fit, the most helpful first; what may not run any more is left to the list.

    First what sets this person apart from others without work, then what hangs on an answer, then
    what a librarian knows that everybody at the bureau has.
    """
    seen = passed.seen
    if passed.employer:
        yield from (_for_a_firm(seen, measure) for measure in _for_firms(seen)[:MOST])
        return
    if not passed.tells:
        return
    sure = [v for v in sorted(seen.verdicts(), key=rank) if v.measure.status != "unclear"]
    fits = [(v, v) for v in sure if v.word in FIT]
    # A benefit that wants one step first is worth more than a small service that fits at once.
    near = [(v, after) for v in sure if (after := _after_the_step(seen, v)) and after.word in FIT]
    ranked = sorted((*fits, *near), key=lambda pair: (_is_common(pair[1]), rank(pair[1])))[:MOST]
    own = [verdict for verdict, after in ranked if not _is_common(after)]
    common = [verdict for verdict, after in ranked if _is_common(after)]
    soon = [v for v in _soon(seen, sure) if v not in [v for v, _ in near]][:MOST_SOON]
    hanging = _hanging(passed, sure)[:MOST_OPEN]
    yield from (_measure_line(seen, verdict) for verdict in (*own, *hanging, *common, *soon))


def _is_common(verdict: Verdict) -> bool:
    """Whether it fits by nothing but what everybody shares who looks for work."""
    return set(verdict.because) <= COMMON


def _soon(seen: Turn, verdicts: list[Verdict]) -> list[Verdict]:
    last = seen.context.today + SOON
    return [v for v in verdicts if v.word == "no" and v.from_day and v.from_day <= last]


def _hanging(passed: PassedOn, verdicts: list[Verdict]) -> list[Verdict]:
    """Return what is not known yet for want of answers that a librarian may ask for."""
    if not kept_in(passed.turn, UNKNOWN):
        return []
    free = {fact.id for fact in passed.turn.knowledge.facts if _may_be_asked(passed, fact)}
    return [v for v in verdicts if v.word == "unknown" and {*v.missing} <= free]


def _after_the_step(seen: Turn, verdict: Verdict) -> Verdict | None:
    """Return the verdict after the one step that would turn a no; None where none would."""
    if verdict.word != "no" or not verdict.would_change:
        return None
    today = seen.context.today
    after = seen.knowledge.after_the_step(seen.profile, today)
    return judge(verdict.measure, seen.knowledge.facts, after, today)


def _for_firms(seen: Turn) -> list[Measure]:
    """Return what a firm can hire with, in the order of its own list."""
    listed = (measure for _, measure in employers.entries(seen, employers.ALL))
    return [measure for measure in listed if measure.status != "unclear"]


def _measure_line(seen: Turn, verdict: Verdict) -> CardMeasure:
    word = "near" if verdict.word == "no" else verdict.word
    why = reason(verdict, seen.knowledge.facts, seen.knowledge.phrases, seen.language)
    return _sourced(seen, verdict.measure, why, word, verdict.measure.sources[0])


def _for_a_firm(seen: Turn, measure: Measure) -> CardMeasure:
    told = measure.for_employer
    words = seen.words(told.in_short if told else measure.summary)
    return _sourced(seen, measure, words, "", (told.sources if told else measure.sources)[0])


def _sourced(seen: Turn, measure: Measure, why: str, word: str, name: SourceId) -> CardMeasure:
    source = seen.knowledge.sources[name]
    return CardMeasure.model_validate(
        {
            "about": measure.id,
            "label": seen.words(measure.title),
            "value": why,
            "verdict": word,
            "source": seen.words(source.title),
            "url": source.address,
            "checked": source.verified_on,
        }
    )


# -- as the person reads it --------------------------------------------------------------------


def line_of(turn: Turn, fact: Fact) -> str:
    """Return a fact in words, as it is passed on."""
    settlement = places.settlement_of(turn)
    if fact.kind == "place" and settlement:
        return f"{turn.text('card-place')}: {places.full_name(turn, settlement)}"
    line = _fact_line(turn, fact)
    return f"{line.label}: {line.value}"


def for_whom(turn: Turn) -> str:
    """Return for whom it is asked, where that is not the person; else an empty text."""
    match turn.conversation.who:
        case "relative":
            return turn.text("card-for-relative")
        case "employer":
            return turn.text("card-for-employer")
    return ""


def summing_up(turn: Turn, card: Card) -> Iterator[tuple[str, str, str]]:
    """Yield the lines that sum up: name, what it is called, the whole line."""
    if card.unknown:
        label = turn.text("card-unknown")
        yield UNKNOWN, label, f"{label}: {', '.join(one.label for one in card.unknown)}"
    if card.measures:
        label = turn.text("card-fitting")
        yield FITTING, label, f"{label}: {_named(turn, card.measures)}"
    if card.deadline_in_short:
        yield DEADLINE, turn.text("card-deadline"), card.deadline_in_short


def _named(turn: Turn, measures: tuple[CardMeasure, ...]) -> str:
    """Return what may fit by name; of what does not fit yet, how many."""
    fit = [line.label for line in measures if line.verdict not in ("near", "unknown")]
    rest = len(measures) - len(fit)
    return "; ".join([*fit, *([turn.text("card-not-yet", count=rest)] if rest else [])])


def lines_of(turn: Turn, card: Card) -> list[str]:
    """Return the card as lines of text, as the person reads it before it goes."""
    lines = [for_whom(turn)] if card.relative or card.employer else []
    if card.place:
        lines.append(f"{turn.text('card-place')}: {card.place}")
    lines += [f"{line.label}: {line.value}" for line in card.facts]
    lines += [words for _, _, words in summing_up(turn, card)]
    return [f"• {line}" for line in lines] or [turn.text("card-empty")]
