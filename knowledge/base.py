"""All that is known, loaded: facts, measures, sources, places; and the screening of a person."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.archive import Archive
from knowledge.asked_as import AskedAs
from knowledge.conditions import Rule, evaluate
from knowledge.employers import (
    EmployerService,
    EmployerServiceId,
    HiringGroup,
    HiringGroupId,
)
from knowledge.facts import FactId, Facts, Known, Profile, Value
from knowledge.fingerprint import fingerprint
from knowledge.gazetteer import Gazetteer
from knowledge.help_lines import HelpLine, HelpLineId
from knowledge.job_scams import ScamAdvice, ScamAdviceId
from knowledge.job_search import ChannelId, JobSearchChannel
from knowledge.joint_questions import JointQuestion, JointQuestionId
from knowledge.library_services import LibraryService, ServiceId
from knowledge.measures import Measure, MeasureId, ParameterId, Source, SourceId
from knowledge.parameters import Parameter
from knowledge.places import Directory
from knowledge.questions import Interviewer
from knowledge.texts import Language, Text
from knowledge.untranslated import bulgarian_only
from knowledge.verdicts import Verdict, judge

DAYS_KEPT = 2
"""Today, and the other side of midnight."""


@dataclass(frozen=True)
class KnowledgeBase:
    """The loaded data, never changed; pure answers about a profile on a day."""

    facts: Facts
    rules: Mapping[str, Rule]
    sources: Mapping[SourceId, Source]
    phrases: Mapping[str, Text]
    editor_words: Mapping[str, Text]
    measures: Mapping[MeasureId, Measure]
    parameters: Mapping[ParameterId, Parameter]
    archive: Archive
    asked_as: tuple[AskedAs, ...]
    services: Mapping[ServiceId, LibraryService]
    help_lines: Mapping[HelpLineId, HelpLine]
    job_scams: Mapping[ScamAdviceId, ScamAdvice]
    job_search: Mapping[ChannelId, JobSearchChannel]
    hiring_groups: Mapping[HiringGroupId, HiringGroup]
    employer_services: Mapping[EmployerServiceId, EmployerService]
    joint_questions: Mapping[JointQuestionId, JointQuestion]
    gazetteer: Gazetteer
    directory: Directory
    _interviewers: dict[dt.date, Interviewer] = field(default_factory=dict, compare=False)
    _fingerprints: dict[dt.date, str] = field(default_factory=dict, compare=False)
    _bulgarian: dict[Language, tuple[str, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def screen(self, profile: Profile, on: dt.date) -> tuple[Verdict, ...]:
        """Return a verdict for every measure that runs on that day, in the order of the files."""
        return tuple(judge(m, self.facts, profile, on) for m in self.running(on))

    def running(self, on: dt.date) -> tuple[Measure, ...]:
        """Return the measures that can be asked for on that day."""
        return tuple(measure for measure in self.measures.values() if measure.runs(on))

    def hired_with(self, on: dt.date, group: HiringGroupId | None = None) -> tuple[Measure, ...]:
        """Return the measures with which a firm may hire people of the group; None is everybody."""
        return tuple(
            measure
            for measure in self.running(on)
            if measure.for_employer and (group is None or group in measure.for_employer.groups)
        )

    def excluded_by(self, measure: Measure) -> tuple[Measure, ...]:
        """Return the measures that cannot be had together with this one."""
        return tuple(
            other
            for other in self.measures.values()
            if other.id in measure.excludes or measure.id in other.excludes
        )

    def suggested(self, profile: Profile, on: dt.date) -> tuple[Verdict, ...]:
        """Return the verdicts for a job seeker, without what the person already has."""
        known = self.facts.counting(profile.known)
        return tuple(
            verdict
            for verdict in self.screen(profile, on)
            if "jobseeker" in verdict.measure.audience
            and not _has_already(verdict.measure, known, on)
        )

    def after_the_step(self, profile: Profile, on: dt.date) -> Profile:
        """Return the profile as it would be if the person took each step that is open to them.

        What begins with the step begins on that day.
        """
        for fact in self.facts:
            if fact.change is None or profile.answers.get(fact.id) != Known(value=False):
                continue
            profile = profile.with_(fact.id, Known(value=True))
            for other in self.facts:
                if other.kind == "date" and other.given and other.given.fact == fact.id:
                    profile = profile.with_(other.id, Known(on))
        return profile

    def interviewer(self, on: dt.date) -> Interviewer:
        """Return the one who knows what to ask on that day; few days are kept."""
        found = self._interviewers.get(on)
        if found is None:
            # Nobody is asked anything for the sake of a measure that may not run any more.
            sure = tuple(m for m in self.running(on) if m.status != "unclear")
            found = Interviewer(self.facts, sure, on)
            if len(self._interviewers) >= DAYS_KEPT:
                self._interviewers.clear()
            self._interviewers[on] = found
        return found

    def fingerprint(self, on: dt.date) -> str:
        """Return a name for all that decides what fits on that day; other knowledge has another.

        A measure that begins or ends on a day gives that day another name too.
        """
        found = self._fingerprints.get(on)
        if found is None:
            parts = (self.facts, self.rules.values(), self.parameters.values(), self.running(on))
            found = fingerprint(*parts)
            if len(self._fingerprints) >= DAYS_KEPT:
                self._fingerprints.clear()
            self._fingerprints[on] = found
        return found

    def bulgarian_only(self, language: Language) -> tuple[str, ...]:
        """Return the texts of measures and services that this language lacks."""
        if language == "bg":
            return ()
        if language not in self._bulgarian:
            told = (self.measures, self.parameters, self.services, self.employer_services)
            models = [model for entries in told for model in entries.values()]
            self._bulgarian[language] = bulgarian_only([*models, *self.archive.entries], language)
        return self._bulgarian[language]


def _has_already(measure: Measure, known: Mapping[FactId, Value], on: dt.date) -> bool:
    return measure.already is not None and evaluate(measure.already, known, on) is True
