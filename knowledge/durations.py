"""Calendar durations as the law counts them: whole days, months and years."""

import datetime as dt
import re
from typing import Any, Literal, Self

from dateutil.relativedelta import relativedelta
from pydantic import Field, model_validator

from knowledge.texts import Frozen

MOST = {"days": 36_500, "months": 1_200, "years": 100}
"""A hundred years: longer than any rule looks back."""


class Duration(Frozen):
    """So many calendar months, years or days, a hundred years at most."""

    count: int = Field(ge=0)
    unit: Literal["days", "months", "years"]

    @model_validator(mode="before")
    @classmethod
    def _read(cls, raw: Any) -> Any:
        found = re.fullmatch(r"(\d+) (days|months|years)", raw) if isinstance(raw, str) else None
        return {"count": int(found[1]), "unit": found[2]} if found else raw

    @model_validator(mode="after")
    def _within_a_century(self) -> Self:
        if self.count > MOST[self.unit]:
            raise ValueError(f"{self.count} {self.unit} is more than a hundred years")
        return self

    def after(self, start: dt.date) -> dt.date:
        """Return the day this long after `start`; months end on the same day or the last one."""
        match self.unit:
            case "days":
                return start + dt.timedelta(days=self.count)
            case "months":
                return start + relativedelta(months=self.count)
            case _:
                return start + relativedelta(years=self.count)

    def first_day_short(self, on: dt.date) -> dt.date:
        """Return the first day from which this long has not yet passed on `on`."""
        # Months end early (31 August + 6 months is 28 February): look round the straight answer.
        day = on - (self.after(on) - on) - dt.timedelta(days=4)
        while self.after(day) <= on:
            day += dt.timedelta(days=1)
        return day
