"""The people of the golden cases, each completed to one who has an answer to everything.

What a case tells stays as it is told; only a span becomes a value inside it. What hangs on a
ground that the case leaves open counts, so the ground is laid. All the rest is picked among the
answers that rules tell apart, by a number made from what the case tells: the same case gives the
same person on every machine, and a case written beside it changes nobody.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

from knowledge.cases import Case
from knowledge.conditions import Condition, leaves
from knowledge.facts import Fact, FactId, Facts, Known, Profile, Span, Value, as_json
from knowledge.measures import Measure
from knowledge.regions import Regions, marks_of


@dataclass(frozen=True, slots=True)
class Person:
    """One who is known fully, the day to judge for, and the first case that tells of them."""

    case: Case
    on: dt.date
    full: Profile

    @property
    def told(self) -> tuple[dt.date, str]:
        """What the case says of the person: by this a later edition's case is known again."""
        return self.on, _as_text(self.case.profile)


def regions_of(facts: Facts, conditions: Iterable[Condition], on: dt.date) -> dict[FactId, Regions]:
    """Return the regions of each fact by all comparisons of these conditions."""
    compared = [leaf for condition in conditions for leaf in leaves(condition)]
    return {
        fact.id: Regions(
            fact, marks_of(fact, [leaf for leaf in compared if leaf.fact == fact.id], facts, on), on
        )
        for fact in facts
    }


def people_of(
    cases: Iterable[Case], facts: Facts, measures: Iterable[Measure], on: dt.date | None = None
) -> tuple[Person, ...]:
    """Return each different person of the cases, on the case's own day or on the day given."""
    conditions = [measure.who for measure in measures]
    regions: dict[dt.date, Mapping[FactId, Regions]] = {}
    found: dict[tuple[dt.date, str], Person] = {}
    for case in cases:
        day = on or case.on
        if day not in regions:
            regions[day] = regions_of(facts, conditions, day)
        person = Person(case, day, completed(case.profile, facts, regions[day]))
        found.setdefault((day, _as_text(person.full)), person)
    return tuple(found.values())


def completed(profile: Profile, facts: Facts, regions: Mapping[FactId, Regions]) -> Profile:
    """Return a profile with a value for every fact that can be asked for, told ones kept."""
    seed = _as_text(profile)
    needed = _grounds_of_what_is_told(profile, facts)
    full: dict[FactId, Value] = {}
    for fact in facts:
        told = profile.known.get(fact.id)
        if isinstance(told, Span):
            full[fact.id] = told.low
        elif told is not None:
            full[fact.id] = told
        elif fact.id in needed:
            full[fact.id] = needed[fact.id]
        elif regions[fact.id].askable:
            full[fact.id] = _picked(fact, regions[fact.id], seed)
    return Profile({fact: Known(value) for fact, value in full.items()})


def _as_text(profile: Profile) -> str:
    return json.dumps({fact: as_json(answer) for fact, answer in profile.answers.items()})


def _grounds_of_what_is_told(profile: Profile, facts: Facts) -> dict[FactId, Value]:
    """Return for each ground a value with which what is told counts."""
    needed: dict[FactId, Value] = {}
    for name in reversed(facts.with_grounds(profile.known)):
        given = facts[name].given
        if given is not None and (name in profile.known or name in needed):
            needed[given.fact] = given.one_of[0]
    return needed


def _picked(fact: Fact, regions: Regions, seed: str) -> Value:
    if fact.id == "audience":
        return "self"  # who tells these things of a person is not an employer
    number = crc32(f"{fact.id} {seed}".encode()) % len(regions.askable)
    return regions.value(regions.askable[number])
