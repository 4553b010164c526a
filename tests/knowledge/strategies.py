"""Generated facts, rules, answers and days; and answers to the shipped facts."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Between,
    Condition,
    Is,
    Leaf,
    Not,
    OneOf,
    Rule,
    Since,
    leaves,
)
from knowledge.durations import Duration
from knowledge.facts import (
    NONE,
    Answer,
    Declined,
    DontKnow,
    Fact,
    Facts,
    Known,
    Profile,
    Span,
    Value,
)
from knowledge.loading import load
from knowledge.measures import Measure
from knowledge.questions import Interviewer
from knowledge.texts import Text

WORD = Text(bg="дума", en="word")
DAY = dt.date(2026, 11, 22)
CHOICES = ("red", "green", "blue", "none")
kept = lru_cache(256)
"""A strategy takes longer to make than to draw from."""


@dataclass(frozen=True)
class World:
    """Facts and measures to make laws about, on a day."""

    facts: Facts
    measures: tuple[Measure, ...]
    on: dt.date

    @property
    def interviewer(self) -> Interviewer:
        return Interviewer(self.facts, self.measures, self.on)


def measure(who: Condition, name: str = "measure", **fields: Any) -> Measure:
    """Return a measure of which only the rule matters."""
    plain: dict[str, Any] = {"id": name, "who": who, "weight": 1.0, "status": "in_force"}
    return Measure.model_construct(**{**plain, "unmodelled": (), **fields})


def fact(name: str, kind: str, **fields: Any) -> Fact:
    needed: dict[str, Any] = {
        "choice": {"choices": [{"value": value, "label": WORD} for value in CHOICES]},
        "whole": {"bounds": (0, 9)},
    }.get(kind, {})
    return Fact.model_validate({"id": name, "kind": kind, "label": WORD, **needed, **fields})


# -- generated -------------------------------------------------------------------------------------


@st.composite
def facts(draw: st.DrawFn, most: int = 6) -> Facts:
    made: list[Fact] = []
    for number in range(draw(st.integers(1, most))):
        kind = draw(st.sampled_from(("bool", "choice", "whole", "date")))
        grounds = [f for f in made if f.kind in ("bool", "choice")]
        none = kind in ("whole", "date") and draw(st.booleans())
        given = draw(_given(kind, grounds)) if grounds and draw(st.booleans()) else None
        fields = {
            "none": WORD if none or (given and kind in ("whole", "date")) else None,
            "given": given,
            "urgent": draw(st.booleans()),
            "cost": draw(st.sampled_from((1.0, 3.0))),
            "sensitivity": draw(st.sampled_from(("none", "special"))),
            "change": WORD if kind == "bool" and draw(st.booleans()) else None,
        }
        made.append(fact(f"f{number}", kind, **fields))
    return Facts(tuple(made))


@st.composite
def _given(draw: st.DrawFn, kind: str, grounds: list[Fact]) -> dict[str, Any]:
    ground = draw(st.sampled_from(grounds))
    values = (True, False) if ground.kind == "bool" else CHOICES
    otherwise = {"bool": draw(st.booleans()), "choice": draw(st.sampled_from(CHOICES))}
    return {
        "fact": ground.id,
        "one_of": draw(st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)),
        "otherwise": otherwise.get(kind, NONE),
    }


@kept
def durations() -> st.SearchStrategy[Duration]:
    counts = {"days": 400, "months": 24, "years": 2}
    return st.sampled_from(tuple(counts)).flatmap(
        lambda unit: st.builds(Duration, count=st.integers(0, counts[unit]), unit=st.just(unit))
    )


@kept
def leaf(of: Fact) -> st.SearchStrategy[Leaf]:
    """Return comparisons of one fact, as the loader would read them."""
    none = [st.just(Is(fact=of.id, value=NONE))] if of.none else []
    match of.kind:
        case "bool":
            return st.builds(Is, fact=st.just(of.id), value=st.booleans())
        case "choice":
            some = st.lists(st.sampled_from(CHOICES), min_size=1, max_size=3, unique=True)
            return st.builds(OneOf, fact=st.just(of.id), values=some.map(tuple))
        case "whole":
            ends = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted)
            return st.one_of(ends.flatmap(lambda e: _between(of, *e)), *none)
        case _:
            long = st.one_of(st.none(), durations())
            bounds = st.tuples(long, long, long).filter(any)
            return st.one_of(bounds.map(lambda b: _since(of, *b)), *none)


def _between(of: Fact, low: int, high: int) -> st.SearchStrategy[Leaf]:
    return st.sampled_from(((low, None), (None, high), (low, high))).map(
        lambda ends: Between(fact=of.id, min=ends[0], max=ends[1])
    )


def _since(of: Fact, at_least: Any, more_than: Any, at_most: Any) -> Since:
    return Since(fact=of.id, at_least=at_least, more_than=more_than, at_most=at_most)


def conditions(of: Facts) -> st.SearchStrategy[Condition]:
    """Return conditions over these facts; every comparison stands in a named rule."""
    named = (
        st.sampled_from(list(of))
        .flatmap(leaf)
        .map(lambda made: Rule(id=repr(made), text=WORD, of=made))
    )

    def larger(smaller: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        some = st.lists(smaller, min_size=1, max_size=4).map(tuple)
        return st.one_of(
            some.map(lambda parts: AllOf(of=parts)),
            some.map(lambda parts: AnyOf(of=parts)),
            st.tuples(some, st.integers(1, 4)).map(
                lambda made: AtLeast(of=made[0], count=min(made[1], len(made[0])))
            ),
            smaller.map(lambda part: Not(of=part)),
        )

    return st.recursive(named, larger, max_leaves=8)


@st.composite
def generated(draw: st.DrawFn, most: int = 6, measures: int = 4) -> World:
    made = draw(facts(most))
    rules = draw(st.lists(conditions(made), min_size=1, max_size=measures))
    on = draw(st.sampled_from((DAY, dt.date(2024, 2, 29), dt.date(2027, 3, 1))))
    return World(made, tuple(measure(who, f"m{n}") for n, who in enumerate(rules)), on)


def shipped() -> st.SearchStrategy[World]:
    base = load()
    return st.just(World(base.facts, tuple(base.measures.values()), DAY))


MADE_UP: list[World] = []
"""For mutation runs, whose tests begin anew a thousand times: worlds made up but once."""


@settings(max_examples=200)
@given(generated().filter(lambda world: len(list(world.facts)) > 2))
def _make_up(world: World) -> None:
    MADE_UP.append(world)


if settings.get_current_profile_name() == "mutation":
    _make_up()


def worlds() -> st.SearchStrategy[World]:
    """Return worlds made up, and the shipped one; that changes, and mutation runs must not."""
    return st.sampled_from(MADE_UP) if MADE_UP else st.one_of(generated(), shipped())


# -- answers ---------------------------------------------------------------------------------------


@kept
def values(of: Fact, on: dt.date) -> st.SearchStrategy[Any]:
    """Return exact values of a fact, such as a person may tell."""
    none = [st.just(NONE)] if of.none else []
    match of.kind:
        case "bool":
            return st.booleans()
        case "choice":
            return st.sampled_from([choice.value for choice in of.choices])
        case "whole":
            return st.one_of(st.integers(*(of.bounds or (0, 0))), *none)
        case "date":
            return st.one_of(st.dates(on - dt.timedelta(days=1200), on), *none)
        case _:
            return st.sampled_from(("12259", "68134"))


@kept
def spans(of: Fact, on: dt.date) -> st.SearchStrategy[Span]:
    exact = values(of, on).filter(lambda value: value != NONE)
    return st.tuples(exact, exact).map(lambda ends: Span(low=min(ends), high=max(ends)))


@kept
def answers(of: Fact, on: dt.date) -> st.SearchStrategy[Answer]:
    """Return what a person may answer, „не знам“ and a rough answer among it."""
    told = [values(of, on), values(of, on)]
    if of.kind in ("whole", "date"):
        told.append(spans(of, on))
    return st.one_of(*(t.map(Known) for t in told), st.sampled_from((DontKnow(), Declined())))


@kept
def profiles(world: World) -> st.SearchStrategy[Profile]:
    """Return profiles, contradictory ones among them: a fact told whose ground fails."""
    some = {of.id: answers(of, world.on) for of in world.facts}
    return st.fixed_dictionaries({}, optional=some).map(Profile)


@st.composite
def completions(draw: st.DrawFn, world: World, known: Mapping[str, Value]) -> dict[str, Value]:
    """Return one way in which all that is not known exactly may turn out."""
    full: dict[str, Value] = {}
    for of in world.facts:
        value = known.get(of.id)
        if value is None:
            full[of.id] = draw(values(of, world.on))
        elif isinstance(value, Span):
            full[of.id] = draw(inside(value))
        else:
            full[of.id] = value
    return full


@kept
def inside(span: Span) -> st.SearchStrategy[Any]:
    low: Any = span.low
    return st.integers(low, span.high) if isinstance(low, int) else st.dates(low, span.high)


def all_leaves(world: World) -> Iterator[Leaf]:
    for one in world.measures:
        yield from leaves(one.who)
