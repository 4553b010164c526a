"""„Проверявай при промяна“: what is kept to look again, how long, and what a change opened."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from dateutil.relativedelta import relativedelta

from dialogs.flows import next_steps, recap
from dialogs.model import (
    Button,
    Consent,
    KeepForRechecks,
    KnowledgeChanged,
    Message,
    Rechecks,
    StopRechecks,
)
from dialogs.screens import Screen, rows_of, ways_on
from dialogs.turn import Turn
from knowledge.conditions import facts_of
from knowledge.facts import Fact, FactId, Known, Span, Value, as_json
from knowledge.measures import Measure, MeasureId
from knowledge.verdicts import Verdict

MONTHS = 12
"""So long is kept what is needed to look again."""
CONSENT_VERSION = "rechecks-2026-11-26-2"
"""The version of the text with which a sensitive fact is kept; a changed text gets a new one."""
NAMED = 3
WIDTH = 5


# -- agreeing to it ----------------------------------------------------------------------------


def offered(turn: Turn) -> bool:
    """Whether there is somebody to write to, and something to look at."""
    job_seeker = turn.conversation.who != "employer"
    return turn.context.abilities.reaches and job_seeker and bool(needed(turn))


def needed(turn: Turn) -> tuple[FactId, ...]:
    """Return the told facts on which measures hang, in the order of the facts."""
    facts, told = turn.knowledge.facts, turn.profile.known
    measures = [m for m in turn.knowledge.measures.values() if "jobseeker" in m.audience]
    hang = {fact for m in measures for fact in (*facts_of(m.who), *_already(m))}
    counted = facts.counting(told)
    return tuple(f for f in facts.with_grounds(hang) if f in told and counted.get(f) == told[f])


def _already(measure: Measure) -> Iterable[FactId]:
    return facts_of(measure.already) if measure.already else ()


def special(turn: Turn) -> tuple[FactId, ...]:
    """Return those of the needed facts that are kept only if they are ticked."""
    facts = turn.knowledge.facts
    return tuple(f for f in needed(turn) if facts[f].sensitivity == "special")


def _unticked(turn: Turn) -> frozenset[FactId]:
    return frozenset(special(turn)) - frozenset(turn.conversation.rechecks.also)


def kept(turn: Turn) -> dict[FactId, Any]:
    """Return what is kept; an age is widened, as nobody tells of the birthdays to come."""
    dear = _unticked(turn)
    facts, told = turn.knowledge.facts, turn.profile.known
    plain = {f: as_json(_lasting(facts[f], told[f])) for f in needed(turn) if f not in dear}
    audience = turn.profile.known.get("audience")
    return {"audience": audience, **plain} if audience else plain


def _lasting(fact: Fact, value: Value) -> Known:
    """Return the value as it is true for a year: an age may be one more by then."""
    low, high = (value.low, value.high) if isinstance(value, Span) else (value, value)
    if fact.birthday is None or fact.bounds is None:
        return Known(value)
    if not isinstance(low, int) or not isinstance(high, int):
        return Known(value)
    return Known(Span(low=low, high=min(high + 1, fact.bounds[1])))


def _show(turn: Turn) -> Message:
    if not offered(turn):
        return Message(
            text=turn.text("rechecks-none"),
            rows=(ways_on(turn, "plan", "librarian"), ways_on(turn, "back", "menu")),
        )
    state, dear = turn.conversation.rechecks, special(turn)
    told = [f for f in needed(turn) if f not in (*dear, "audience")]
    plain = [turn.words(turn.knowledge.facts[f].label) for f in told]
    parts = [turn.text("rechecks", facts=", ".join(plain))]
    if dear:
        lines = [
            f"{'☑' if fact in state.also else '☐'} {n}. "
            f"{turn.words(turn.knowledge.facts[fact].label)}"
            for n, fact in enumerate(dear, start=1)
        ]
        parts.append("\n".join([turn.text("rechecks-special"), *lines]))
    if state.until:
        parts.append(turn.text("rechecks-on", until=f"{state.until:%d.%m.%Y}"))
    ticks = tuple(_tick(turn, n, fact) for n, fact in enumerate(dear, start=1))
    agree = turn.button("rechecks-yes", "recheck-yes")
    stop = turn.button("rechecks-stop", "recheck-stop")
    return Message(
        text="\n\n".join(parts),
        rows=(
            *rows_of(ticks, width=WIDTH),
            (stop,) if state.until else (agree,),
            ways_on(turn, "plan", "librarian"),
            ways_on(turn, "back", "menu"),
        ),
    )


def _tick(turn: Turn, number: int, fact: FactId) -> Button:
    ticked = fact in turn.conversation.rechecks.also
    return Button(
        label=f"☑ {number}" if ticked else str(number),
        action=f"recheck-{'without' if ticked else 'with'}:{fact}",
    )


def keep_also(turn: Turn, fact: str) -> Turn:
    """Let a sensitive fact be kept as well."""
    if fact not in special(turn):
        return turn.say(turn.text("old-button"))
    also = (*turn.conversation.rechecks.also, fact)
    return _again(turn, tuple(dict.fromkeys(also)))


def keep_no_more(turn: Turn, fact: str) -> Turn:
    """Let a sensitive fact not be kept."""
    return _again(turn, tuple(f for f in turn.conversation.rechecks.also if f != fact))


def _again(turn: Turn, also: tuple[FactId, ...]) -> Turn:
    state = turn.conversation.rechecks.model_copy(update={"also": also})
    return renewed(turn.change(rechecks=state)).go("rechecks")


def agree(turn: Turn, _argument: str) -> Turn:
    """Keep what is needed for twelve months; agreed to twice it is as once."""
    if not offered(turn):
        return turn.go("rechecks")
    if turn.conversation.rechecks.until:
        return turn.go("rechecks").say(turn.text("rechecks-already"))
    until = turn.context.today + relativedelta(months=MONTHS)
    state = turn.conversation.rechecks.model_copy(update={"until": until})
    said = turn.text("rechecks-agreed", until=f"{until:%d.%m.%Y}")
    return _keeping(turn.change(rechecks=state)).say(said).go("reminders")


def stop(turn: Turn, _argument: str) -> Turn:
    """Keep nothing more, and forget what was kept for it."""
    forgotten = turn.change(rechecks=Rechecks()).effect(StopRechecks())
    return forgotten.say(turn.text("rechecks-stopped")).go("reminders")


def renewed(turn: Turn) -> Turn:
    """Keep the answers as they are now, for as long as was agreed, if it was."""
    until = turn.conversation.rechecks.until
    if until is None:
        return turn
    if until <= turn.context.today or not offered(turn):
        return turn.change(rechecks=Rechecks()).effect(StopRechecks())
    return _keeping(turn)


def _keeping(turn: Turn) -> Turn:
    """Let the answers be kept until the day agreed upon, with consent to the sensitive ones."""
    state, answers = turn.conversation.rechecks, kept(turn)
    until = state.until or turn.context.today
    if set(state.also) & set(answers):
        turn = _with_consent(turn)
    # Without what is not kept: a measure that fits thanks to it would tell of it.
    others = {f: a for f, a in turn.conversation.answers.items() if f not in _unticked(turn)}
    fitting = tuple(m.id for m in next_steps.fitting(turn.change(answers=others)))
    return turn.effect(
        KeepForRechecks(answers=answers, fitting=fitting, language=turn.language, until=until)
    )


def _with_consent(turn: Turn) -> Turn:
    given = Consent(
        version=CONSENT_VERSION,
        given_at=turn.context.now.astimezone(dt.UTC),
        who=turn.conversation.who,
    )
    same = (given.version, given.who)
    before = [(c.version, c.who) for c in turn.conversation.consents]
    return turn if same in before else turn.change(consents=(*turn.conversation.consents, given))


# -- when the measures are other ones ----------------------------------------------------------


def look_again(turn: Turn, event: KnowledgeChanged) -> Turn:
    """Say what opened and what no longer fits; nothing at all where nothing changed."""
    looking = turn.change(answers=event.answers)
    verdicts = {v.measure.id: v for v in looking.verdicts()}
    fits = {m.id: m for m in next_steps.fitting(looking)}
    opened = [name for name in fits if name not in event.fitting]
    closed = [name for name in event.fitting if _surely_closed(name, fits, verdicts)]
    if not opened and not closed:
        return turn.silent()
    fitting = tuple(dict.fromkeys([n for n in event.fitting if n not in closed] + opened))
    keep = KeepForRechecks(
        answers=event.answers,
        fitting=fitting,
        language=event.language,
        # The store lets it last no longer than the day that was agreed upon.
        until=turn.context.today + relativedelta(months=MONTHS),
    )
    return turn.effect(keep).apart(_news(turn, looking, opened, closed))


def _surely_closed(
    name: MeasureId, fits: Mapping[MeasureId, Measure], verdicts: Mapping[MeasureId, Verdict]
) -> bool:
    """Whether a measure fits no more; what is only not known, as time went on, may still fit."""
    if name in fits:
        return False
    now = verdicts.get(name)
    return now is None or now.word == "no" or now.measure.status == "unclear"


def _news(turn: Turn, looking: Turn, opened: list[MeasureId], closed: list[MeasureId]) -> Message:
    """Return what changed: titles that anybody may read, and buttons for the others."""
    private = next_steps.private_measures(looking)
    neutral = [name for name in opened if name not in private][:NAMED]
    further = [name for name in opened if name not in neutral]
    parts = [looking.text("news")]
    if opened:
        named = [f"{n}. {_title(looking, name)}" for n, name in enumerate(neutral, start=1)]
        more = [looking.text("news-more", count=len(further))] if further else []
        parts.append("\n".join([looking.text("news-opened"), *named, *more]))
    if closed:
        parts.append(_closed(looking, closed))
    known = recap.known(turn)
    parts.append(looking.text("news-foot"))
    numbers = [Button(label=str(n), action=f"card:{m}") for n, m in enumerate(neutral, start=1)]
    behind = [
        looking.button("news-more", f"card:{name}", number=n)
        for n, name in enumerate(further[:NAMED], start=len(neutral) + 1)
    ]
    return Message(
        text="\n\n".join(parts),
        rows=(
            tuple(numbers),
            *((button,) for button in behind),
            ways_on(turn, "plan", "results") if known else (turn.button("begin", "ask"),),
            (turn.button("rechecks-stop", "recheck-stop"), *ways_on(turn, "librarian")),
            ways_on(turn, "menu"),
        ),
    )


def _closed(looking: Turn, closed: list[MeasureId]) -> str:
    neutral = [name for name in closed if _tells_nothing(looking, name)][:NAMED]
    named = [f"• {_title(looking, name)}" for name in neutral]
    left = len(closed) - len(neutral)
    more = [looking.text("news-closed-more", count=left)] if left else []
    return "\n".join([looking.text("news-closed"), *named, *more])


def _tells_nothing(looking: Turn, name: MeasureId) -> bool:
    """Whether the title of a measure may be read by anybody: nothing personal decides it."""
    measure = looking.knowledge.measures.get(name)
    if measure is None or "jobseeker" not in measure.audience:
        return False
    return not any(next_steps.personal(looking, fact) for fact in facts_of(measure.who))


def _title(looking: Turn, name: MeasureId) -> str:
    return looking.words(looking.knowledge.measures[name].title)


SCREENS = {"rechecks": Screen(_show)}
ACTIONS = {
    "recheck-with": keep_also,
    "recheck-without": keep_no_more,
    "recheck-yes": agree,
    "recheck-stop": stop,
}
