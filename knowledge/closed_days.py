"""Why a place opens so late: the holidays and closures between now and its next opening."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.calendar import is_public_holiday
from knowledge.opening_hours import OpeningHours, in_sofia, moment


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Days of the week's hours on which it is closed nevertheless: the first, the last, and why."""

    first: dt.date
    last: dt.date
    why: Literal["holiday", "closure"]


def closed_days(hours: OpeningHours, now: dt.datetime, opens: dt.datetime) -> ClosedDays | None:
    """Return what keeps it closed from now to its next opening, beside its week's hours.

    A closure of the place's own says more than the holidays that lie in it.
    """
    missed = list(_missed(hours, in_sofia(now), in_sofia(opens)))
    if not missed:
        return None
    holidays = all(is_public_holiday(day) for day in missed)
    return ClosedDays(missed[0], missed[-1], "holiday" if holidays else "closure")


def _missed(hours: OpeningHours, now: dt.datetime, opens: dt.datetime) -> Iterator[dt.date]:
    """Yield the days before the opening on which the week's hours had still to come."""
    instant = now.astimezone(dt.UTC)
    for number in range(now.date().toordinal(), opens.date().toordinal()):
        day = dt.date.fromordinal(number)
        usual = next((rule.spans for rule in hours.rules if day.weekday() in rule.days), ())
        still = any(moment(day, span.closes) > instant for span in usual)
        if still and not hours.spans_on(day):
            yield day
