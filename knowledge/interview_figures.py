"""How good the choice of questions is: golden profiles played through, and what it came to."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from knowledge.conditions import evaluate, open_leaves
from knowledge.decidable import most_decided
from knowledge.facts import FactId, Facts, Profile
from knowledge.golden_profiles import Person
from knowledge.measures import Measure
from knowledge.questions import Interviewer

BOUNDED = (1, 2, 3)
"""After so many answers it is worked out what could be decided at most."""
Clock = Callable[[], float]
"""Seconds from some start; handed in, since nothing here reads a clock."""


@dataclass(frozen=True, slots=True)
class Played:
    """One interview: what was asked, and the profile before it and after each answer."""

    asked: tuple[FactId, ...]
    profiles: tuple[Profile, ...]
    seconds: tuple[float, ...]
    """How long each choice took, the last one included, which found nothing to ask."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What all the interviews came to; times in milliseconds."""

    profiles: int
    """How many people were asked."""
    asked_mean: float
    asked_max: int
    bound_mean: float
    excess_mean: float
    wasted: int
    decided_after: dict[str, float]
    next_question_ms: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Line:
    """What one interview adds to the figures."""

    asked: int
    bound: int
    wasted: int
    decided: tuple[float, ...]
    """The share of decided measures before the first answer and after each."""


def figures(
    people: Iterable[Person], interviewer_on: Callable[[dt.date], Interviewer], clock: Clock
) -> Figures:
    """Return the figures over job seekers; employers are asked nothing, so they are passed over.

    Raises ValueError where nobody is left.
    """
    lines: list[_Line] = []
    seconds: list[float] = []
    for person in people:
        if person.full.known.get("audience") == "employer":
            continue
        asker = interviewer_on(person.on)
        played = play(asker, person.full, clock)
        lines.append(_line(asker, person.full, played))
        seconds.extend(played.seconds)
    if not lines:
        raise ValueError("found no golden case of a job seeker; write one")
    return _summed_up(lines, sorted(seconds))


def most_decided_after(
    people: Iterable[Person], interviewer_on: Callable[[dt.date], Interviewer]
) -> dict[str, float]:
    """Return the share of measures that the best one, two and three answers decide, on average."""
    seekers = [p for p in people if p.full.known.get("audience") != "employer"]
    return {
        str(count): _mean(most_decided(interviewer_on(p.on), p.full, count) for p in seekers)
        for count in BOUNDED
    }


def play(asker: Interviewer, full: Profile, clock: Clock) -> Played:
    """Ask until nothing is left to ask, answering from the full profile."""
    asked: list[FactId] = []
    profiles, seconds = [Profile()], []
    while True:
        started = clock()
        wanted = asker.next_question(profiles[-1])
        seconds.append(clock() - started)
        if wanted is None:
            return Played(tuple(asked), tuple(profiles), tuple(seconds))
        asked.append(wanted)
        profiles.append(profiles[-1].with_(wanted, full.answers[wanted]))


def must_be_asked(asker: Interviewer, full: Profile) -> tuple[FactId, ...]:
    """Return the facts that no order of questions can leave out.

    Without one of them some measure is undecided although all the others are known; what is given
    on it is then not known either.
    """
    return tuple(
        fact
        for fact in full.answers
        if None in _truths(asker.measures, asker.facts, full.without(fact), asker.on)
    )


def wasted(asker: Interviewer, played: Played) -> tuple[FactId, ...]:
    """Return what was asked although nothing hung on it: no verdict changed, nor what is missing.

    This is read from the conditions, not from what the interviewer holds to be relevant.
    """
    states = [_state(asker, profile) for profile in played.profiles]
    pairs = zip(played.asked, pairwise(states), strict=True)
    return tuple(fact for fact, (before, after) in pairs if before == after)


def _line(asker: Interviewer, full: Profile, played: Played) -> _Line:
    return _Line(
        asked=len(played.asked),
        bound=len(must_be_asked(asker, full)),
        wasted=len(wasted(asker, played)),
        decided=tuple(_decided(asker, profile) for profile in played.profiles),
    )


def _truths(
    measures: Sequence[Measure], facts: Facts, profile: Profile, on: dt.date
) -> list[bool | None]:
    known = facts.counting(profile.known)
    return [evaluate(measure.who, known, on) for measure in measures]


def _decided(asker: Interviewer, profile: Profile) -> float:
    truths = _truths(asker.measures, asker.facts, profile, asker.on)
    return fmean(truth is not None for truth in truths) if truths else 1.0


def _state(asker: Interviewer, profile: Profile) -> list[tuple[bool | None, set[FactId]]]:
    """Return each measure's verdict, and what it hangs on that was not asked yet."""
    truths = _truths(asker.measures, asker.facts, profile, asker.on)
    hanging = (_hanging(measure, asker, profile) for measure in asker.measures)
    return list(zip(truths, hanging, strict=True))


def _hanging(measure: Measure, asker: Interviewer, profile: Profile) -> set[FactId]:
    known = asker.facts.counting(profile.known)
    missing = {leaf.fact for leaf in open_leaves(measure.who, known, asker.on)}
    return set(asker.facts.with_grounds(missing)).difference(profile.answers)


def _summed_up(lines: Sequence[_Line], seconds: Sequence[float]) -> Figures:
    most = max(line.asked for line in lines)
    return Figures(
        profiles=len(lines),
        asked_mean=_mean(line.asked for line in lines),
        asked_max=most,
        bound_mean=_mean(line.bound for line in lines),
        excess_mean=_mean(line.asked - line.bound for line in lines),
        wasted=sum(line.wasted for line in lines),
        decided_after={
            str(n): _mean(line.decided[min(n, line.asked)] for line in lines)
            for n in range(1, most + 1)
        },
        next_question_ms={
            "p50": _milliseconds(seconds, 50),
            "p95": _milliseconds(seconds, 95),
            "worst": _milliseconds(seconds, 100),
        },
    )


def _mean(numbers: Iterable[float]) -> float:
    return round(fmean(numbers), 3)


def _milliseconds(ordered: Sequence[float], percent: int) -> float:
    place = max(0, -(-len(ordered) * percent // 100) - 1)
    return round(ordered[place] * 1000, 3)
