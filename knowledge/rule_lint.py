"""Rules that say nothing or never hold, found by trying every answer that they can tell apart."""

import datetime as dt
from collections.abc import Iterator

from knowledge.base import KnowledgeBase
from knowledge.compiled import Compiled
from knowledge.conditions import AllOf, AnyOf, Condition, Leaf, Not, Rule, leaves, rules_in
from knowledge.employers import HiringGroupId
from knowledge.facts import Fact, FactId
from knowledge.measures import Measure
from knowledge.regions import Regions, marks_of


class RuleLint:
    """Looks at the conditions of a whole base, as they stand on one day."""

    def __init__(self, base: KnowledgeBase, on: dt.date) -> None:
        self._base = base
        self._on = on
        named: dict[FactId, list[Leaf]] = {fact.id: [] for fact in base.facts}
        for measure in base.measures.values():
            for leaf in leaves(measure.who):
                named[leaf.fact].append(leaf)
        self._regions = {
            fact.id: Regions(fact, marks_of(fact, named[fact.id], base.facts, on), on)
            for fact in base.facts
        }

    def faults(self, measure: Measure) -> Iterator[str]:
        """Yield what is idle in the condition of a measure."""
        always = self._constant(measure.who)
        if always is not None:
            said = "fits whatever is answered" if always else "never fits, whatever is answered"
            yield f"who: {said}; look for a bound that is turned round"
            return
        for part, others in _alternatives(measure.who):
            alone = AllOf(of=(part, *(Not(of=other) for other in others)))
            if self._constant(alone) is False:
                only = f"who: nobody is let in only by {_name(part)}"
                yield f"{only}; take it out, or mend its bounds"

    def out_of_reach(self, measure: Measure) -> Iterator[HiringGroupId]:
        """Yield the groups that a firm is said to hire with the measure, and that it rules out."""
        for name in measure.for_employer.groups if measure.for_employer else ():
            who = self._base.hiring_groups[name].who
            if who and self._constant(AllOf(of=(who, measure.who))) is False:
                yield name

    def _constant(self, condition: Condition) -> bool | None:
        """Return what a condition always is, None where it depends on the answers."""
        some = next(iter(self._base.measures.values()))
        asked = some.model_copy(update={"who": condition})
        return Compiled(asked, self._base.facts, self._regions, self._on).constant

    def unused_facts(self) -> Iterator[Fact]:
        """Yield the facts on which nothing hangs."""
        used = {leaf.fact for condition in self._conditions() for leaf in leaves(condition)}
        used |= {fact.given.fact for fact in self._base.facts if fact.given}
        yield from (f for f in self._base.facts if f.id not in used and f.kind != "place")

    def unused_rules(self) -> Iterator[str]:
        """Yield the named conditions that no entry names."""
        used = {rule.id for condition in self._conditions() for rule in rules_in(condition)}
        yield from (name for name in self._base.rules if name not in used)

    def unused_sources(self) -> Iterator[str]:
        """Yield the sources that carry nothing."""
        base = self._base
        used = {name for measure in base.measures.values() for name in measure.sources}
        used |= {value.source for sum_ in base.parameters.values() for value in sum_.values}
        used |= {name for entry in base.archive.entries for name in entry.sources}
        used |= {name for service in base.services.values() for name in service.sources}
        used |= {name for line in base.help_lines.values() for name in line.sources}
        used |= {name for advice in base.job_scams.values() for name in advice.sources}
        used |= {name for channel in base.job_search.values() for name in channel.sources}
        blocks = (m.for_employer for m in base.measures.values() if m.for_employer)
        used |= {name for block in blocks for name in block.sources}
        used |= {name for told in base.employer_services.values() for name in told.sources}
        offers = (offer for service in base.services.values() for offer in service.offered)
        used |= {offer.source for offer in offers}
        yield from (name for name in base.sources if name not in used)

    def _conditions(self) -> Iterator[Condition]:
        for measure in self._base.measures.values():
            yield measure.who
            yield from (prose.when for prose in measure.unmodelled if prose.when)
            if measure.already:
                yield measure.already
        yield from (service.who for service in self._base.services.values() if service.who)
        yield from (group.who for group in self._base.hiring_groups.values() if group.who)


def _alternatives(condition: Condition) -> Iterator[tuple[Condition, tuple[Condition, ...]]]:
    """Yield each part of each *any* with the parts beside it.

    A part of an *all* that the others imply is no fault: the law names it, and so do the reasons.
    """
    if isinstance(condition, AnyOf) and len(condition.of) > 1:
        for place, part in enumerate(condition.of):
            yield part, (*condition.of[:place], *condition.of[place + 1 :])
    match condition.op:
        case "rule" | "not":
            yield from _alternatives(condition.of)
        case "all" | "any" | "at_least":
            for part in condition.of:
                yield from _alternatives(part)


def _name(condition: Condition) -> str:
    if isinstance(condition, Rule):
        return f"the rule {condition.id}"
    facts = ", ".join(dict.fromkeys(leaf.fact for leaf in leaves(condition)))
    return f"the condition on {facts}"
