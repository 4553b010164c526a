"""How much any few answers could decide at most: the bound that no order of questions can pass."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from knowledge.conditions import evaluate, facts_of
from knowledge.facts import FactId, Facts, Profile, Value
from knowledge.measures import Measure
from knowledge.questions import Interviewer

Answers = frozenset[FactId]


def most_decided(asker: Interviewer, full: Profile, count: int) -> float:
    """Return the share of measures that the best `count` answers of this person decide.

    The best ones are found by trying all; that some can be asked only after others is left out, so
    the share may be more than any interview reaches, never less.
    """
    decided_by: dict[Answers, int] = {}
    for number, measure in enumerate(asker.measures):
        for answers in _deciding(asker, measure, full.known, count):
            decided_by[answers] = decided_by.get(answers, 0) | 1 << number
    useful = sorted({fact for answers in decided_by for fact in answers})
    tries = combinations(useful, min(count, len(useful)))
    most = max((_decided(decided_by, chosen).bit_count() for chosen in tries), default=0)
    return most / len(asker.measures) if asker.measures else 1.0


def _decided(decided_by: Mapping[Answers, int], chosen: tuple[FactId, ...]) -> int:
    found = 0
    for size in range(len(chosen) + 1):
        for part in combinations(chosen, size):
            found |= decided_by.get(frozenset(part), 0)
    return found


def _deciding(
    asker: Interviewer, measure: Measure, known: Mapping[FactId, Value], count: int
) -> Iterator[Answers]:
    """Yield the smallest sets of at most `count` answers that decide the measure."""
    facts: Facts = asker.facts
    names = [name for name in facts.with_grounds(facts_of(measure.who)) if name in known]
    found: list[Answers] = []
    for size in range(count + 1):
        for part in combinations(names, size):
            answers = frozenset(part)
            if any(smaller <= answers for smaller in found):
                continue
            told = facts.counting({name: known[name] for name in part})
            if evaluate(measure.who, told, asker.on) is not None:
                found.append(answers)
                yield answers
