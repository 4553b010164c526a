"""Golden cases: what the rules must say of a person, as data that a lawyer can check."""

import datetime as dt
from pathlib import Path

from knowledge.facts import FactId, Facts, Profile
from knowledge.measures import Measure
from knowledge.texts import Frozen
from knowledge.verdicts import Word, judge


class Case(Frozen):
    """One person, one measure, one day, and the verdict that the law gives."""

    file: Path
    line: int
    measure: str
    name: str
    on: dt.date
    profile: Profile
    expect: Word
    because: tuple[FactId, ...] | None = None
    missing: tuple[FactId, ...] | None = None
    would_change: tuple[FactId, ...] | None = None
    from_day: dt.date | None = None
    until_day: dt.date | None = None
    birthday: int | None = None
    """The years of the birthday with which the verdict turns."""

    def disagreements(self, measure: Measure, facts: Facts) -> tuple[str, ...]:
        """Return what the rules say otherwise; empty where they agree."""
        verdict = judge(measure, facts, self.profile, self.on)
        compared = (
            ("expect", self.expect, verdict.word),
            ("because", _as_set(self.because), set(verdict.because)),
            ("missing", _as_set(self.missing), set(verdict.missing)),
            ("would_change", _as_set(self.would_change), set(verdict.would_change)),
            ("from", self.from_day, verdict.from_day),
            ("until", self.until_day, verdict.until_day),
            ("birthday", self.birthday, verdict.birthday and verdict.birthday.years),
        )
        return tuple(
            f"{name}: the case says {wanted}, the rules say {found}"
            for name, wanted, found in compared
            if wanted is not None and wanted != found
        )


def _as_set(facts: tuple[FactId, ...] | None) -> set[FactId] | None:
    return None if facts is None else set(facts)
