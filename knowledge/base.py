"""All that is known, loaded: facts, measures, sources, places; and the screening of a person."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.conditions import Rule
from knowledge.facts import Facts, Profile
from knowledge.gazetteer import Gazetteer
from knowledge.measures import Measure, MeasureId, Source, SourceId
from knowledge.places import Directory
from knowledge.questions import Interviewer
from knowledge.texts import Text
from knowledge.verdicts import Verdict, judge


@dataclass(frozen=True)
class KnowledgeBase:
    """The loaded data, never changed; pure answers about a profile on a day."""

    facts: Facts
    rules: Mapping[str, Rule]
    sources: Mapping[SourceId, Source]
    phrases: Mapping[str, Text]
    measures: Mapping[MeasureId, Measure]
    gazetteer: Gazetteer
    directory: Directory
    _interviewers: dict[dt.date, Interviewer] = field(default_factory=dict, compare=False)

    def screen(self, profile: Profile, on: dt.date) -> tuple[Verdict, ...]:
        """Return a verdict for every measure, in the order of the files."""
        return tuple(judge(m, self.facts, profile, on) for m in self.measures.values())

    def interviewer(self, on: dt.date) -> Interviewer:
        """Return the one who knows what to ask on that day; yesterday's is forgotten."""
        if on not in self._interviewers:
            self._interviewers.clear()
            self._interviewers[on] = Interviewer(self.facts, tuple(self.measures.values()), on)
        return self._interviewers[on]
