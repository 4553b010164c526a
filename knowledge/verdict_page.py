"""A verdict laid out for an editor: the tree of its condition and all that follows from it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from knowledge.base import KnowledgeBase
from knowledge.conditions import AllOf, AnyOf, AtLeast, Condition, Not, Rule, Truth
from knowledge.explaining import reason
from knowledge.fact_words import comparison_in_words, value_in_words
from knowledge.facts import Declined, DontKnow, Fact, FactId, Facts, Profile, Value
from knowledge.measures import Measure, Source
from knowledge.texts import Language, Text
from knowledge.tracing import trace
from knowledge.verdicts import Verdict, judge

MARKS: dict[Truth, str] = {True: "✓", False: "✗", None: "?"}
EVERY = Text(bg="всяко от тези", en="every one of these")
SOME = Text(bg="поне едно от тези", en="at least one of these")
SO_MANY = Text(bg="поне {count} от тези", en="at least {count} of these")
OPPOSITE = Text(bg="обратното на това", en="the opposite of this")
ASKED_AND_TOLD = Text(bg="{label}: иска се {asked}; {told}", en="{label}: asked {asked}; {told}")
TOLD = Text(bg="казано е {value}", en="told {value}")
BY_GROUND = Text(bg="брои се {value} (заради: {ground})", en="counts as {value} (by: {ground})")
GROUND_OPEN = Text(bg="казано, но не се знае: {ground}", en="told, but not known: {ground}")
NOT_TOLD = Text(bg="не е казано", en="not told")
DONT_KNOW = Text(bg="човекът не знае", en="the person does not know")
DECLINED = Text(bg="човекът предпочете да не каже", en="the person would rather not say")
NOT_OFFERED = Text(bg="На {day} не се предлага.", en="Not offered on {day}.")
MISSING = Text(bg="Липсва", en="Missing")
WOULD_CHANGE = Text(bg="Би го променило", en="What would change it")
FROM_DAY = Text(bg="От кога", en="From which day")
CAVEATS = Text(bg="Уговорки", en="Caveats")
SOURCES = Text(bg="Източници", en="Sources")
READ_ON = Text(bg="прочетено на {day}", en="read on {day}")


def page(
    base: KnowledgeBase, measure: Measure, profile: Profile, on: dt.date, language: Language
) -> str:
    """Return the page of one measure and one profile on a day."""
    verdict = judge(measure, base.facts, profile, on)
    return "\n".join(
        [
            f"{measure.id} · {measure.title.in_(language)} · {measure.status} · {verdict.word}",
            *_tree(base.facts, measure, profile, on, language),
            reason(verdict, base.facts, base.phrases, language),
            *([] if measure.runs(on) else [NOT_OFFERED.in_(language).format(day=_day(on))]),
            *_what_follows(base, verdict, language),
        ]
    )


def _tree(
    facts: Facts, measure: Measure, profile: Profile, on: dt.date, language: Language
) -> Iterator[str]:
    counted = facts.counting(profile.known)
    for depth, part in trace(measure.who, counted, on).walk():
        said = _node(part.condition, facts, profile, counted, language)
        yield f"{'  ' * depth}{MARKS[part.truth]} {said}"


def _node(
    condition: Condition,
    facts: Facts,
    profile: Profile,
    counted: Mapping[FactId, Value],
    language: Language,
) -> str:
    match condition:
        case Rule(text=text):
            return text.in_(language)
        case AllOf():
            return EVERY.in_(language)
        case AnyOf():
            return SOME.in_(language)
        case AtLeast(count=count):
            return SO_MANY.in_(language).format(count=count)
        case Not():
            return OPPOSITE.in_(language)
        case _:
            fact = facts[condition.fact]
            return ASKED_AND_TOLD.in_(language).format(
                label=fact.label.in_(language),
                asked=comparison_in_words(condition, fact, language),
                told=_told(fact, facts, profile, counted, language),
            )


def _told(
    fact: Fact,
    facts: Facts,
    profile: Profile,
    counted: Mapping[FactId, Value],
    language: Language,
) -> str:
    """Return the value that counts and why, or why there is none."""
    ground = facts[fact.given.fact].label.in_(language) if fact.given else ""
    value = counted.get(fact.id)
    if value is not None:
        by_ground = fact.given is not None and counted.get(fact.given.fact) not in fact.given.one_of
        pattern = BY_GROUND if by_ground else TOLD
        words = value_in_words(fact, value, language)
        return pattern.in_(language).format(value=words, ground=ground)
    match profile.answers.get(fact.id):
        case None:
            return NOT_TOLD.in_(language)
        case DontKnow():
            return DONT_KNOW.in_(language)
        case Declined():
            return DECLINED.in_(language)
        case _:
            return GROUND_OPEN.in_(language).format(ground=ground)


def _what_follows(base: KnowledgeBase, verdict: Verdict, language: Language) -> Iterator[str]:
    changes = [change for fact in verdict.would_change if (change := base.facts[fact].change)]
    sources = [base.sources[name] for name in verdict.measure.sources]
    days = [_day(verdict.from_day)] if verdict.from_day else []
    caveats = [prose.text.in_(language) for prose in verdict.caveats]
    missing = [base.facts[fact].label.in_(language) for fact in verdict.missing]
    yield from _listed(MISSING.in_(language), missing)
    yield from _listed(WOULD_CHANGE.in_(language), (change.in_(language) for change in changes))
    yield from _listed(FROM_DAY.in_(language), days)
    yield from _listed(CAVEATS.in_(language), caveats)
    yield from _listed(SOURCES.in_(language), (_source(source, language) for source in sources))


def _listed(head: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a head and what stands under it, nothing where nothing does."""
    indented = [f"  {line}" for line in lines]
    if indented:
        yield f"{head}:"
        yield from indented


def _source(source: Source, language: Language) -> str:
    read = READ_ON.in_(language).format(day=_day(source.verified_on))
    article = f", {source.article}" if source.article else ""
    return f"{source.title.in_(language)}{article}, {read}: {source.url}"


def _day(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
