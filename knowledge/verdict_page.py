"""A verdict laid out for an editor: the tree of its condition and all that follows from it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from knowledge.base import KnowledgeBase
from knowledge.conditions import AllOf, AnyOf, AtLeast, Condition, Not, Rule, Truth
from knowledge.editor_words import EditorWords
from knowledge.explaining import reason
from knowledge.fact_words import comparison_in_words, value_in_words
from knowledge.facts import Declined, DontKnow, Fact, FactId, Facts, Profile, Value
from knowledge.measures import Measure, Source
from knowledge.tracing import trace
from knowledge.verdicts import Verdict, judge

MARKS: dict[Truth, str] = {True: "✓", False: "✗", None: "?"}


def page(
    base: KnowledgeBase, measure: Measure, profile: Profile, on: dt.date, say: EditorWords
) -> str:
    """Return the page of one measure and one profile on a day."""
    verdict = judge(measure, base.facts, profile, on)
    return "\n".join(
        [
            f"{measure.id} · {measure.title.in_(say.language)} · {measure.status} · {verdict.word}",
            *_tree(base.facts, measure, profile, on, say),
            reason(verdict, base.facts, base.phrases, say.language),
            *([] if measure.runs(on) else [say("not_offered", day=_day(on))]),
            *_what_follows(base, verdict, say),
        ]
    )


def _tree(
    facts: Facts, measure: Measure, profile: Profile, on: dt.date, say: EditorWords
) -> Iterator[str]:
    counted = facts.counting(profile.known)
    for depth, part in trace(measure.who, counted, on).walk():
        said = _node(part.condition, facts, profile, counted, say)
        yield f"{'  ' * depth}{MARKS[part.truth]} {said}"


def _node(
    condition: Condition,
    facts: Facts,
    profile: Profile,
    counted: Mapping[FactId, Value],
    say: EditorWords,
) -> str:
    match condition:
        case Rule(text=text):
            return text.in_(say.language)
        case AllOf():
            return say("every")
        case AnyOf():
            return say("some")
        case AtLeast(count=count):
            return say("so_many", count=count)
        case Not():
            return say("opposite")
        case _:
            fact = facts[condition.fact]
            return say(
                "asked_and_told",
                label=fact.label.in_(say.language),
                asked=comparison_in_words(condition, fact, say),
                told=_told(fact, facts, profile, counted, say),
            )


def _told(
    fact: Fact,
    facts: Facts,
    profile: Profile,
    counted: Mapping[FactId, Value],
    say: EditorWords,
) -> str:
    """Return the value that counts and why, or why there is none."""
    ground = facts[fact.given.fact].label.in_(say.language) if fact.given else ""
    value = counted.get(fact.id)
    if value is not None:
        by_ground = fact.given is not None and counted.get(fact.given.fact) not in fact.given.one_of
        name = "by_ground" if by_ground else "told"
        words = value_in_words(fact, value, say)
        return say(name, value=words, ground=ground)
    match profile.answers.get(fact.id):
        case None:
            return say("not_told")
        case DontKnow():
            return say("dont_know")
        case Declined():
            return say("declined")
        case _:
            return say("ground_open", ground=ground)


def _what_follows(base: KnowledgeBase, verdict: Verdict, say: EditorWords) -> Iterator[str]:
    changes = [change for fact in verdict.would_change if (change := base.facts[fact].change)]
    sources = [base.sources[name] for name in verdict.measure.sources]
    days = [_day(verdict.from_day)] if verdict.from_day else []
    caveats = [prose.text.in_(say.language) for prose in verdict.caveats]
    missing = [base.facts[fact].label.in_(say.language) for fact in verdict.missing]
    yield from _listed(say("missing"), missing)
    yield from _listed(say("would_change"), (change.in_(say.language) for change in changes))
    yield from _listed(say("from_day"), days)
    yield from _listed(say("caveats"), caveats)
    yield from _listed(say("sources"), (_source(source, say) for source in sources))


def _listed(head: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a head and what stands under it, nothing where nothing does."""
    indented = [f"  {line}" for line in lines]
    if indented:
        yield f"{head}:"
        yield from indented


def _source(source: Source, say: EditorWords) -> str:
    read = say("read_on", day=_day(source.verified_on))
    article = f", {source.article}" if source.article else ""
    return f"{source.title.in_(say.language)}{article}, {read}: {source.url}"


def _day(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
