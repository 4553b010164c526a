"""How far a measure's entry can be relied on, in points of a hundred, and what would raise it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from knowledge.base import KnowledgeBase
from knowledge.cases import Case
from knowledge.measures import Measure

OFFICIAL = ("government.bg", "parliament.bg", "nssi.bg", "egov.bg", "europa.eu")
"""Who makes or applies the rules themselves."""
FRESH = relativedelta(months=24)
"""How old the text may be that the facts rest on."""


@dataclass(frozen=True, slots=True)
class Score:
    """Points of a hundred, with what is missing to the full number."""

    points: int
    missing: tuple[str, ...]


def score(measure: Measure, base: KnowledgeBase, cases: Iterable[Case], on: dt.date) -> Score:
    """Return how well the entry of a measure is founded."""
    mine = [case for case in cases if case.measure == measure.id]
    checks = tuple(_checks(measure, base, mine, on))
    return Score(
        points=sum(points for points, met, _ in checks if met),
        missing=tuple(f"{text} ({points})" for points, met, text in checks if not met),
    )


def _checks(
    measure: Measure, base: KnowledgeBase, cases: list[Case], on: dt.date
) -> Iterator[tuple[int, bool, str]]:
    """Yield points, whether they are earned, and what would earn them; a hundred in all."""
    sources = [base.sources[name] for name in measure.sources]
    hosts = [source.url.host or "" for source in sources]
    yield 20, any(host.endswith(OFFICIAL) for host in hosts), "a source of who makes the rule"
    yield 10, len(set(hosts)) > 1, "a second publisher"
    yield 15, not any(source.overdue(on) for source in sources), "sources read again"
    yield 15, _day(measure.as_of) >= on - FRESH, "a text of the last two years"
    yield 10, base.archive.cited.any_in(measure.legal_basis.bg), "an article"
    yield 10, measure.status != "unclear", "a word of the bureau that it runs"
    yield 5, len(measure.steps) > 1, "a second step"
    yield 5, bool(measure.documents), "the documents"
    yield 10, any(case.because is not None for case in cases), "a case with its reason"


def _day(as_of: str) -> dt.date:
    """Return the first day of a day, a month, a year or a span of years, as the facts give it."""
    parts = [int(part) for part in as_of.strip("~").split("-")[:3] if part.isdecimal()]
    year, month, day = (*parts, 1, 1)[:3] if parts and parts[0] > 1900 else (1900, 1, 1)
    return dt.date(year, month if month <= 12 else 1, day)
