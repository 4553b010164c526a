"""Sums that an act changes on a day: each value with the days it holds and the act that says so."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from knowledge.facts import ONE_DAY
from knowledge.measures import ParameterId, SourceId
from knowledge.texts import Frozen, Text


class MissingValueError(LookupError):
    """There is no value for that day; the one before it is not taken instead."""


class DatedValue(Frozen):
    """What the sum is between two days, both included; never converted between currencies."""

    valid_from: dt.date
    valid_to: dt.date | None
    value: Decimal = Field(gt=0)
    currency: Literal["EUR", "BGN"]
    source: SourceId
    computed: Text | None = None
    """How the figure follows from the act, where the act itself does not print it."""

    def holds(self, on: dt.date) -> bool:
        """Whether it is the value on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Parameter(Frozen):
    """A sum by its name, with all its values, oldest first."""

    id: ParameterId
    what: Text
    values: tuple[DatedValue, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _follow_each_other(self) -> Self:
        for before, after in pairwise(self.values):
            if before.valid_to is None or before.valid_to >= after.valid_from:
                day = after.valid_from
                raise ValueError(f"two values hold on {day}; end the first on the day before")
        return self

    def on(self, day: dt.date) -> DatedValue:
        """Return the value of that day; raises MissingValueError where none is known."""
        found = next((value for value in self.values if value.holds(day)), None)
        if found is None:
            raise MissingValueError(
                f"{self.id}: no value for {day}; allowed: a dated value; add it"
            )
        return found

    def known_after(self, day: dt.date) -> bool:
        """Return whether there is a value for the day after."""
        return any(value.holds(day + ONE_DAY) for value in self.values)

    def gaps(self) -> tuple[dt.date, ...]:
        """Return the first day of each gap between two values."""
        days = ((before.valid_to, after.valid_from) for before, after in pairwise(self.values))
        return tuple(
            end + ONE_DAY for end, start in days if end is not None and end + ONE_DAY < start
        )
