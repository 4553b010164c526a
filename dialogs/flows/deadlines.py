"""The deadlines after a job: seven working days for the bureau, three months for the benefit."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dateutil.relativedelta import relativedelta

from dialogs.model import Count, Message
from dialogs.screens import Screen, ways_on
from dialogs.turn import Turn
from knowledge.calendar import add_working_days
from knowledge.facts import FactId, Known, Span

WORKING_DAYS = 7
"""To register so that the benefit runs from the day the job ended: НОИ; КСО, чл. 54а."""
MONTHS = 3
"""To apply to the social security institute: НОИ; КСО, чл. 54а."""
BENEFIT = "kso-54a-unemployment-benefit"


@dataclass(frozen=True)
class Deadlines:
    """Which deadlines run, and their last days where the day the job ended is known."""

    state: Literal["leaving", "rough", "open", "missed", "registered"]
    ended: dt.date | None = None
    register: dt.date | None = None
    apply: dt.date | None = None


def recent(ended: dt.date, today: dt.date) -> bool:
    """Whether the job ended in the last three months, so that a deadline may still run."""
    return ended <= today <= ended + relativedelta(months=MONTHS)


def say_after(turn: Turn, facts: Iterable[FactId]) -> Turn:
    """Say and count the deadlines that the answers of these facts call for, each once."""
    cards = dict.fromkeys(card_after(turn, fact) for fact in facts)
    for one in filter(None, cards):
        turn = turn.effect(Count(metric="deadline_shown")).say(one)
    return turn


def card_after(turn: Turn, fact: FactId) -> str:
    """Return the deadline card that the answer of this fact calls for, or an empty text."""
    if fact == "job_ended_on" or (fact == "working" and _leaving(turn)):
        return card(turn)
    return ""


def card(turn: Turn) -> str:
    """Return the deadlines of this person with their source, or an empty text where none runs."""
    said = _said(turn, "deadline")
    return f"{said}\n\n{_source(turn)}" if said else ""


def in_short(turn: Turn) -> str:
    """Return the deadlines in one line, or an empty text where none runs."""
    return _said(turn, "deadline-short")


def running(turn: Turn) -> Deadlines | None:
    """Return the deadlines of this person, or None where none runs."""
    if _leaving(turn):
        return Deadlines("leaving")
    ended = _ended(turn)
    if isinstance(ended, Span):
        return Deadlines("rough")
    if ended is None or not recent(ended, turn.context.today):
        return None
    register = add_working_days(ended, WORKING_DAYS)
    apply = ended + relativedelta(months=MONTHS)
    if turn.profile.answers.get("registered") == Known(value=True):
        return Deadlines("registered", ended, register, apply)
    late = turn.context.today > register
    return Deadlines("missed" if late else "open", ended, register, apply)


def _said(turn: Turn, words: str) -> str:
    found = running(turn)
    if found is None:
        return ""
    days = {"ended": found.ended, "register": found.register, "apply": found.apply}
    known = {name: f"{day:%d.%m.%Y}" for name, day in days.items() if day}
    return turn.text(f"{words}-{found.state}", **known)


def _leaving(turn: Turn) -> bool:
    return turn.profile.answers.get("working") == Known("leaving")


def _ended(turn: Turn) -> dt.date | Span | None:
    """Return the day the job ended, or a span where a deadline may run and the day is not known."""
    answer = turn.profile.answers.get("job_ended_on")
    if turn.profile.answers.get("working") != Known("no") or not isinstance(answer, Known):
        return None
    value = answer.value
    if isinstance(value, Span):
        return value if _running(value.high, turn.context.today) else None
    return value if isinstance(value, dt.date) else None


def _running(latest: object, today: dt.date) -> bool:
    return isinstance(latest, dt.date) and today < latest + relativedelta(months=MONTHS)


def _source(turn: Turn) -> str:
    measure = turn.knowledge.measures[BENEFIT]
    source = turn.knowledge.sources[measure.sources[0]]
    return turn.text(
        "source-line",
        basis=turn.words(measure.legal_basis),
        title=turn.words(source.title),
        checked=f"{source.verified_on:%d.%m.%Y}",
    )


def _show(turn: Turn) -> Message:
    said = card(turn)
    return Message(
        text=f"{said}\n{_address(turn)}" if said else turn.text("deadline-none"),
        rows=(ways_on(turn, "places", "librarian"), ways_on(turn, "back", "results", "menu")),
    )


def _address(turn: Turn) -> str:
    measure = turn.knowledge.measures[BENEFIT]
    return turn.knowledge.sources[measure.sources[0]].address


SCREENS = {"deadline": Screen(_show)}
