"""How long a question may wait for its answer, and how long it usually does at a desk."""

import datetime as dt
from collections.abc import Sequence
from statistics import median_high
from typing import Literal

from knowledge.working_time import ONE_MINUTE, WorkingTime

Mark = Literal[0, 50, 80, 100]
"""How much of the time for an answer has passed, in percent: the mark that is reached."""
MARKS: tuple[Mark, ...] = (0, 50, 80, 100)
TARGET = 240
"""Working minutes for a first answer where a desk has set none: half a day."""
FEWEST = 5
"""Answers from which on a desk's usual time is known."""
COUNTED_DAYS = 90
"""For so long a first answer counts, and is kept."""
FEW_HOURS = 120
"""Working minutes that are told as hours."""
MOST_DAYS = 5
"""Working days that are told by number; a desk that needs more is told nothing of."""


def mark(asked_at: dt.datetime, now: dt.datetime, working: WorkingTime, target: int) -> Mark:
    """Return the highest mark that the waiting has reached; the target is in working minutes."""
    waited = working.time_between(asked_at, now)
    return next(m for m in reversed(MARKS) if waited >= _share(target, m))


def _share(target: int, mark: Mark) -> dt.timedelta:
    return target * ONE_MINUTE * mark / 100


def usual(answers: Sequence[int]) -> int | None:
    """Return the median of first answers in working minutes; None where they are too few.

    Of two in the middle it is the longer one: better early than late.
    """
    return median_high(answers) if len(answers) >= FEWEST else None


Usual = tuple[Literal["hours", "half_day", "next_day", "days"], int]
"""How a usual time is said, and the number of days, 0 where none is said."""


def rounded(minutes: int, working: WorkingTime) -> Usual | None:
    """Return a usual time as people say it, never shorter than it is; None where it is too long."""
    day = working.day_minutes
    if minutes <= FEW_HOURS:
        return "hours", 0
    if minutes * 2 <= day:
        return "half_day", 0
    if minutes <= day:
        return "next_day", 0
    days = -(-minutes // day)
    return ("days", days) if days <= MOST_DAYS else None
