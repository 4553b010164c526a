"""Does a measure fit: yes, likely, not known yet, or no; and the smallest reason why."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from knowledge.conditions import Rule, evaluate, facts_of, open_leaves, rules_of
from knowledge.facts import ONE_DAY, Fact, FactId, Facts, Known, Profile, Value
from knowledge.measures import Measure, Unmodelled
from knowledge.passing_time import Birthday, birthday, first_day, last_day

Word = Literal["yes", "likely", "unknown", "no"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one measure and one profile, on one day."""

    measure: Measure
    word: Word
    because: tuple[FactId, ...]
    """The smallest set of the person's facts that alone gives this verdict."""
    missing: tuple[FactId, ...]
    """The unknown facts that can still decide it."""
    rules: tuple[Rule, ...]
    """The named conditions that hold (yes, likely), fail (no) or are open (unknown)."""
    caveats: tuple[Unmodelled, ...]
    """What the bureau, a firm or the year's money will decide."""
    would_change: tuple[FactId, ...]
    """For a no: the facts a person can change which would turn it."""
    from_day: dt.date | None
    """For a no: the first day on which time alone surely turns it."""
    at_latest: bool = False
    """Whether it may turn earlier, as a date was told only roughly."""
    until_day: dt.date | None = None
    """For a yes: the last day on which it surely still fits; none where another deadline counts."""
    birthday: Birthday | None = None
    """The near birthday with which a yes ends, or a no turns."""


def judge(measure: Measure, facts: Facts, profile: Profile, on: dt.date) -> Verdict:
    """Return the verdict of one measure; *no* and *unknown* rest on the person's facts alone."""
    known = facts.counting(profile.known)
    truth = evaluate(measure.who, known, on)
    if truth is None:
        return _open(measure, known, on)
    because = _because(measure, facts, profile, on, truth)
    kept = facts.counting({f: v for f, v in profile.known.items() if f in because})
    rules = tuple(dict.fromkeys(rules_of(measure.who, kept, on, truth)))
    if truth:
        return Verdict(
            measure=measure,
            word="likely" if measure.capped else "yes",
            because=because,
            missing=(),
            rules=rules,
            caveats=_caveats(measure, known, on),
            would_change=(),
            from_day=None,
            until_day=None if measure.end_untold else last_day(measure, known, on),
            birthday=birthday(measure, facts, known, on),
        )
    from_day = first_day(measure, known, on)
    return Verdict(
        measure=measure,
        word="no",
        because=because,
        missing=(),
        rules=rules,
        caveats=(),
        would_change=_near_miss(measure, facts, profile, on),
        from_day=from_day,
        at_latest=from_day is not None and evaluate(measure.who, known, from_day - ONE_DAY) is None,
        birthday=birthday(measure, facts, known, on),
    )


def _open(measure: Measure, known: Mapping[FactId, Value], on: dt.date) -> Verdict:
    missing = dict.fromkeys(leaf.fact for leaf in open_leaves(measure.who, known, on))
    return Verdict(measure, "unknown", (), tuple(missing), (), (), (), None)


def _because(
    measure: Measure, facts: Facts, profile: Profile, on: dt.date, truth: bool
) -> tuple[FactId, ...]:
    """Return a set of facts that forces the verdict and from which none can be dropped.

    The most personal facts are tried first, so that none is named that need not be; then those
    that a person can change, so that such a one is the reason only where changing it is enough.
    """
    involved = facts.with_grounds(facts_of(measure.who))
    kept = {fact: profile.known[fact] for fact in involved if fact in profile.known}
    for fact in sorted(kept, key=lambda f: _how_dear(facts[f])):
        without = {f: v for f, v in kept.items() if f != fact}
        if evaluate(measure.who, facts.counting(without), on) is truth:
            kept = without
    return tuple(kept)


def _how_dear(fact: Fact) -> tuple[bool, bool, float]:
    return fact.sensitivity != "special", fact.change is None, -fact.cost


def _caveats(
    measure: Measure, known: Mapping[FactId, Value], on: dt.date
) -> tuple[Unmodelled, ...]:
    return tuple(
        prose
        for prose in measure.unmodelled
        if prose.when is None or evaluate(prose.when, known, on) is not False
    )


def _near_miss(measure: Measure, facts: Facts, profile: Profile, on: dt.date) -> tuple[FactId, ...]:
    """Return one thing the person could do after which the measure would no longer be a no.

    What is given on the changed fact is not known after the change: it is asked anew.
    """
    for fact in facts.with_grounds(facts_of(measure.who)):
        if facts[fact].change is None or profile.known.get(fact) is not False:
            continue
        after = profile.without(*facts.given_on(fact)).with_(fact, Known(value=True))
        if evaluate(measure.who, facts.counting(after.known), on) is not False:
            return (fact,)
    return ()
