"""The facts about a person that decide something, and a profile of what is known of them."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from knowledge.durations import Duration
from knowledge.texts import Frozen, Text

FactId = str
NONE = "none"
"""The value that says "there is none": no child, no earlier job, no registration."""


class Span(Frozen):
    """A value known to lie between two bounds, both included: „през май“, „над година“."""

    low: int | dt.date
    high: int | dt.date

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if type(self.low) is not type(self.high) or self.low > self.high:  # type: ignore[operator]
            raise ValueError(f"{self.low}..{self.high} is no span; write the lower bound first")
        return self


Scalar = bool | int | str | dt.date
Value = Scalar | Span


@dataclass(frozen=True, slots=True)
class Known:
    """The person told us."""

    value: Value


@dataclass(frozen=True, slots=True)
class DontKnow:
    """The person does not know; not asked again, listed for the librarian."""


@dataclass(frozen=True, slots=True)
class Declined:
    """The person would rather not say; not asked again."""


Answer = Known | DontKnow | Declined


def as_json(answer: Answer) -> object:
    """Return the answer as JSON keeps it; `Fact.answer` reads it back."""
    match answer:
        case DontKnow():
            return None
        case Declined():
            return {"declined": True}
        case Known(value=Span(low=low, high=high)):
            return {"from": _plain(low), "to": _plain(high)}
        case Known(value=value):
            return _plain(value)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


class Choice(Frozen):
    """One of the answers of a closed question."""

    value: str
    label: Text


LONG_AGO = dt.date(1900, 1, 1)
"""Before anything that a rule looks at."""
FAR_AHEAD = dt.date(2100, 1, 1)
"""After anything that a person may tell."""
ONE_DAY = dt.timedelta(days=1)


class Band(Frozen):
    """A button that answers a number or a date roughly, and no more exactly than needed.

    Dates: `at_least` and `less_than` part at the day itself, `more_than` and `at_most` after it.
    """

    label: Text
    min: int | None = None
    max: int | None = None
    at_least: Duration | None = None
    more_than: Duration | None = None
    less_than: Duration | None = None
    at_most: Duration | None = None

    @model_validator(mode="after")
    def _one_bound_a_side(self) -> Self:
        if self.at_least and self.more_than:
            raise ValueError("a band has at_least or more_than, not both")
        if self.less_than and self.at_most:
            raise ValueError("a band has less_than or at_most, not both")
        return self

    def span(self, fact: "Fact", on: dt.date) -> Span:
        """Return what the button says on that day."""
        if fact.kind == "whole":
            low, high = fact.bounds or (0, 0)
            return Span(
                low=low if self.min is None else self.min,
                high=high if self.max is None else self.max,
            )
        return Span(low=self._first_day(on), high=self._last_day(on))

    def _first_day(self, on: dt.date) -> dt.date:
        if self.less_than:
            return self.less_than.first_day_short(on)
        return self.at_most.first_day_short(on - ONE_DAY) if self.at_most else LONG_AGO

    def _last_day(self, on: dt.date) -> dt.date:
        if self.at_least:
            return self.at_least.first_day_short(on) - ONE_DAY
        return self.more_than.first_day_short(on - ONE_DAY) - ONE_DAY if self.more_than else on


class Given(Frozen):
    """A fact counts only where another has one of these values; elsewhere it is `otherwise`."""

    fact: FactId
    one_of: tuple[str | bool, ...] = Field(min_length=1)
    otherwise: str | bool


class Fact(Frozen):
    """One thing about a person that decides something, as the editors declare it."""

    id: FactId = Field(pattern=r"^[a-z][a-z0-9_]*$")
    kind: Literal["bool", "choice", "whole", "date", "place"]
    label: Text
    choices: tuple[Choice, ...] = ()
    bounds: tuple[int, int] | None = None
    none: Text | None = None
    bands: tuple[Band, ...] = ()
    given: Given | None = None
    sensitivity: Literal["none", "personal", "special"] = "none"
    cost: float = Field(default=1.0, gt=0)
    urgent: bool = False
    group: str | None = None
    change: Text | None = None
    birthday: Text | None = None
    """For an age: what the birthday is called with which it becomes so many `{years}`."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("a choice fact needs choices, and only a choice fact has them")
        if (self.kind == "whole") != (self.bounds is not None):
            raise ValueError("a whole-number fact needs bounds, and only it has them")
        if self.bounds and self.bounds[0] > self.bounds[1]:
            raise ValueError("the lower bound is above the upper; write the lower first")
        values = [choice.value for choice in self.choices]
        if len(set(values)) < len(values):
            raise ValueError("two choices have the same value")
        return self

    @model_validator(mode="after")
    def _bands_fit(self) -> Self:
        counted = ("min", "max")
        dated = ("at_least", "more_than", "less_than", "at_most")
        fitting = {"whole": counted, "date": dated}.get(self.kind, ())
        for band in self.bands:
            used = [name for name in (*counted, *dated) if getattr(band, name) is not None]
            if not used or not set(used) <= set(fitting):
                raise ValueError(
                    f"a band of a {self.kind} fact has {' or '.join(fitting) or 'no'} bounds"
                )
            if any(not self._inside(bound) for bound in (band.min, band.max)):
                raise ValueError("a band reaches outside the bounds")
            if band.min is not None and band.max is not None and band.min > band.max:
                raise ValueError("the lower bound of a band is above the upper")
        return self

    def _inside(self, number: int | None) -> bool:
        low, high = self.bounds or (0, 0)
        return number is None or low <= number <= high

    def read(self, raw: object) -> Value:
        """Return `raw` (as JSON or YAML gives it) as this fact's value.

        Raises ValueError naming what was found and what is allowed.
        """
        if raw == NONE and self.none is not None:
            return NONE
        if isinstance(raw, Mapping) and set(raw) == {"from", "to"}:
            low, high = self._scalar(raw["from"]), self._scalar(raw["to"])
            if self.kind in ("whole", "date"):
                return self._span(low, high)
        return self._scalar(raw)

    def answer(self, raw: object) -> Answer:
        """Return a stored or typed-in answer: null is „не знам“, {"declined": true} „не казвам“.

        Raises ValueError naming what was found and what is allowed.
        """
        if raw is None:
            return DontKnow()
        if raw in ("declined", {"declined": True}):
            return Declined()
        return Known(self.read(raw))

    def _span(self, low: Any, high: Any) -> Span:
        if low > high:
            raise ValueError(f"{self.id}: found {low} to {high}; write the lower bound first")
        return Span(low=low, high=high)

    def _scalar(self, raw: object) -> Scalar:
        match self.kind:
            case "bool" if isinstance(raw, bool):
                return raw
            case "choice":
                return self._choice(raw)
            case "whole" if isinstance(raw, int) and not isinstance(raw, bool):
                return self._bounded(raw)
            case "date" if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
                return self._day(raw.isoformat())
            case "date" if isinstance(raw, str):
                return self._day(raw)
            case "place" if isinstance(raw, str) and re.fullmatch("[0-9]{5}", raw):
                return raw
        raise ValueError(f"{self.id}: found {raw!r}; allowed: {self.allowed}")

    def _choice(self, raw: object) -> str:
        # A yes or no said to a closed question is its "yes" or "no" choice.
        word = {True: "yes", False: "no"}[raw] if isinstance(raw, bool) else raw
        for choice in self.choices:
            if choice.value == word:
                return choice.value
        raise ValueError(f"{self.id}: found {raw!r}; allowed: {self.allowed}")

    def _bounded(self, number: int) -> int:
        low, high = self.bounds or (number, number)
        if low <= number <= high:
            return number
        raise ValueError(f"{self.id}: found {number}; allowed: {self.allowed}")

    def _day(self, raw: str) -> dt.date:
        fault = f"{self.id}: found {raw!r}; allowed: {self.allowed}"
        try:
            day = dt.date.fromisoformat(raw)
        except ValueError as error:
            raise ValueError(fault) from error
        if not LONG_AGO <= day < FAR_AHEAD:
            raise ValueError(fault)
        return day

    @property
    def allowed(self) -> str:
        """What may be answered, in a few words for an editor."""
        none = f' or "{NONE}"' if self.none else ""
        match self.kind:
            case "bool":
                return "true or false" + none
            case "choice":
                return "one of " + ", ".join(c.value for c in self.choices) + none
            case "whole":
                low, high = self.bounds or (0, 0)
                return f"a whole number from {low} to {high}" + none
            case "date":
                return f"a date as YYYY-MM-DD from {LONG_AGO} and before {FAR_AHEAD}" + none
            case _:
                return 'an EKATTE code of five digits, as text: "12259"'


@dataclass(frozen=True)
class Profile:
    """What is known of one person: an answer for each fact that was asked and answered."""

    answers: Mapping[FactId, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    def with_(self, fact: FactId, answer: Answer) -> "Profile":
        """Return the profile that also has this answer, in place of an earlier one."""
        return Profile({**self.answers, fact: answer})

    def without(self, *facts: FactId) -> "Profile":
        """Return the profile as if these facts had never been asked."""
        return Profile({f: a for f, a in self.answers.items() if f not in facts})

    @cached_property
    def known(self) -> dict[FactId, Value]:
        """The values the person told us, before any fact's `given` is looked at."""
        return {f: a.value for f, a in self.answers.items() if isinstance(a, Known)}

    def closed(self, fact: FactId) -> bool:
        """Whether the person has answered that they do not know or would rather not say."""
        return isinstance(self.answers.get(fact), DontKnow | Declined)


class Facts:
    """The declared facts, by id, in the order of the file; each stands below its `given`."""

    def __init__(self, facts: tuple[Fact, ...]) -> None:
        self._by_id = {fact.id: fact for fact in facts}
        self._given = tuple((fact.id, fact.given) for fact in facts)

    def __getitem__(self, fact: FactId) -> Fact:
        return self._by_id[fact]

    def __contains__(self, fact: object) -> bool:
        return fact in self._by_id

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._by_id.values())

    def with_grounds(self, facts: Iterable[FactId]) -> tuple[FactId, ...]:
        """Return these facts and all that they are given on, in declared order."""
        wanted = set(facts)
        for fact, given in reversed(self._given):
            if given is not None and fact in wanted:
                wanted.add(given.fact)
        return tuple(fact for fact in self._by_id if fact in wanted)

    def given_on(self, ground: FactId) -> tuple[FactId, ...]:
        """Return the facts that count only by the value of this one, near or far."""
        found = {ground}
        for fact, given in self._given:
            if given is not None and given.fact in found:
                found.add(fact)
        return tuple(fact for fact in self._by_id if fact in found - {ground})

    def counting(self, known: Mapping[FactId, Value]) -> dict[FactId, Value]:
        """Return the values that count: a fact whose `given` fails has its `otherwise`.

        While the `given` is not known, neither is the fact: so what is learnt later can fill in
        a value but never turn one round.
        """
        counted: dict[FactId, Value] = {}
        for fact, given in self._given:
            if given is None or (ground := counted.get(given.fact)) in given.one_of:
                value = known.get(fact)
            else:
                value = None if ground is None else given.otherwise
            if value is not None:
                counted[fact] = value
        return counted

    def open_to_ask(self, profile: Profile) -> tuple[Fact, ...]:
        """Return the facts whose ground is laid and which the person has not answered."""
        counted = self.counting(profile.known)
        return tuple(
            fact
            for fact in self._by_id.values()
            if fact.id not in profile.answers
            and (fact.given is None or counted.get(fact.given.fact) in fact.given.one_of)
        )
