"""What a desk is told in the morning and before it closes: how many wait, how long, who has them.

In a group's general topic it is read by everybody: there stand numbers and ages, nobody's words.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dialogs.texts import Texts
from dialogs.turn import Desk
from dialogs.waiting_words import lasting
from knowledge.opening_hours import DAYS, in_sofia
from knowledge.working_time import WorkingTime

Kind = Literal["morning", "closing"]
AHEAD = dt.timedelta(minutes=15)
"""So long before the day's first opening, and before its last closing."""
LATE = dt.timedelta(hours=2)
"""So long after the opening a morning that was missed is still worth telling."""
MOST = 10
"""Questions that are named in one line."""
FIRST_WORDS = 60
"""Characters of a question."""


@dataclass(frozen=True, slots=True)
class DigestCase:
    """What a digest needs of an open case."""

    number: int
    claimed_name: str | None
    asked_at: dt.datetime | None
    """Since when the person waits for the desk; None while the desk waits for them.

    Of a case that was given back after an answer as well.
    """
    opened_at: dt.datetime
    words: str = ""
    """The first words of the question, for whoever may read them."""


# -- when --------------------------------------------------------------------------------------


def digests_due(desk: Desk, now: dt.datetime, sent_today: Collection[str]) -> tuple[Kind, ...]:
    """Return what is to be told at that desk now and was not told today; on a day off nothing."""
    working = WorkingTime.of(desk.hours).of_day(in_sofia(now).date())
    if not working:
        return ()
    # In UTC, so that a quarter of an hour is one on the days when the clock is changed, too.
    opens, closes = working[0][0].astimezone(dt.UTC), working[-1][1].astimezone(dt.UTC)
    closing = closes - AHEAD
    windows: dict[Kind, tuple[dt.datetime, dt.datetime]] = {
        "morning": (opens - AHEAD, min(opens + LATE, closing)),
        "closing": (closing, closes),
    }
    return tuple(
        kind
        for kind, (first, last) in windows.items()
        if kind not in sent_today and first <= now < last
    )


# -- what --------------------------------------------------------------------------------------


def morning(  # noqa: PLR0913  # a digest and who reads it
    texts: Texts,
    cases: Sequence[DigestCase],
    now: dt.datetime,
    *,
    me: str = "",
    words: bool = False,
    greets: bool = True,
) -> str:
    """Return who waits and how long; empty where nobody does.

    `me` is whose own cases are called so. `words` is for a reader who may read the questions.
    """
    waiting = _longest_first(case for case in cases if case.asked_at)
    if not waiting:
        return ""
    oldest = lasting(texts, waiting[0].asked_at or now, now)
    named = "desk-morning" if greets else "desk-standing"
    head = texts(named, count=len(waiting), oldest=oldest)
    return "\n".join([head, *_by_hands(texts, waiting, now, me, words=words)])


def closing(  # noqa: PLR0913  # a digest and who reads it
    texts: Texts,
    cases: Sequence[DigestCase],
    now: dt.datetime,
    tomorrow: dt.datetime | None,
    *,
    me: str = "",
    words: bool = False,
) -> str:
    """Return what is left open, who has it, and when it opens next; empty where nothing is left.

    `tomorrow` is the next opening by hours that may be told, None where they are not known.
    """
    if not cases:
        return ""
    waiting = _longest_first(case for case in cases if case.asked_at)
    parts = [texts("desk-closing", count=len(cases))]
    parts += _by_hands(texts, waiting, now, me, words=words)
    answered = [texts("desk-digest-number", number=c.number) for c in cases if not c.asked_at]
    if answered:
        parts.append(texts("desk-digest-person", cases=_joined(texts, answered)))
    when = _when(now, tomorrow) if tomorrow else "tomorrow"
    if tomorrow:
        said = {"day": f"{in_sofia(tomorrow):%d.%m}", "time": f"{in_sofia(tomorrow):%H:%M}"}
        parts.append(texts("desk-closing-opens", when=when, **said))
    hand_over = "tomorrow" if when == "tomorrow" else "then"
    parts.append(texts("desk-closing-hand-over", when=hand_over))
    return "\n".join(parts)


def _longest_first(cases: Iterator[DigestCase]) -> list[DigestCase]:
    return sorted(cases, key=lambda case: (case.asked_at or case.opened_at, case.number))


def _by_hands(
    texts: Texts, waiting: Sequence[DigestCase], now: dt.datetime, me: str, *, words: bool
) -> Iterator[str]:
    """Yield the waiting cases a line for each pair of hands: nobody's first, then one's own."""
    hands = {case.claimed_name or "" for case in waiting}
    for name in sorted(hands, key=lambda name: (name != "", name != me, name)):
        theirs = [case for case in waiting if (case.claimed_name or "") == name]
        said = _joined(texts, [_named(texts, case, now, words=words) for case in theirs])
        if not name:
            yield texts("desk-digest-free", cases=said)
        elif name == me:
            yield texts("desk-digest-yours", cases=said)
        else:
            yield texts("desk-digest-with", name=name, cases=said)


def _named(texts: Texts, case: DigestCase, now: dt.datetime, *, words: bool) -> str:
    waited = lasting(texts, case.asked_at or now, now)
    said = " ".join(case.words.split())
    if not words or not said:
        return texts("desk-digest-case", number=case.number, age=waited)
    short = said if len(said) <= FIRST_WORDS else f"{said[: FIRST_WORDS - 1].rstrip()}…"
    return texts("desk-digest-case-words", number=case.number, age=waited, words=short)


def _joined(texts: Texts, named: Sequence[str]) -> str:
    more = len(named) - MOST
    rest = [texts("desk-digest-more", count=more)] if more > 0 else []
    return ", ".join([*named[:MOST], *rest])


def _when(now: dt.datetime, opens: dt.datetime) -> str:
    ahead = (in_sofia(opens).date() - in_sofia(now).date()).days
    return ("today", "tomorrow")[ahead] if ahead < 2 else DAYS[in_sofia(opens).weekday()].lower()
