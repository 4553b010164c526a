"""What to do next, computed from the facts: dated steps, chosen measures, visits, documents."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from dialogs.flows import deadlines, hours, places
from dialogs.turn import Turn
from knowledge.facts import FactId, Known
from knowledge.measures import Measure, MeasureId, SourceId
from knowledge.places import Bureau, Library

REGISTRATION = "znz-18-registration"
"""The measure that the step of registering is of."""
WEIGHTIEST = 3
"""So many measures the plan holds while the person has not chosen."""

Kind = Literal["sign", "register", "apply", "measure", "bureau", "library"]


@dataclass(frozen=True)
class Said:
    """Who says so and when it was read: shortly for a screen, by its title for paper."""

    short: str
    full: str


@dataclass(frozen=True)
class Task:
    """One thing to do: what it is called, its single steps, and who says so."""

    kind: Kind
    title: str
    steps: tuple[str, ...] = ()
    measure: MeasureId = ""
    """The measure whose card says more."""
    place: str = ""
    """Where it is done, and whether that is open now."""
    sources: tuple[Said, ...] = ()

    @property
    def about(self) -> str:
        """What it is of: its measure, or what is done whatever the measures are."""
        return self.measure if self.kind == "measure" else self.kind


@dataclass(frozen=True)
class Paper:
    """A document to bring, by a key that stays as long as its words do."""

    key: str
    text: str
    source: SourceId


@dataclass(frozen=True)
class NextSteps:
    """The plan of one turn; what is looked at twice is worked out once."""

    turn: Turn

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """What to do, the first thing first; nothing stands in it twice."""
        dated = tuple(self._dated())
        merged = tuple(_merged(self.turn, (*dated, *self._of_measures(dated))))
        return (*merged, *self._visits(merged))

    @cached_property
    def fitting(self) -> tuple[Measure, ...]:
        """The measures that fit, or that a firm can ask for, the weightiest first."""
        return fitting(self.turn)

    @cached_property
    def chosen(self) -> tuple[Measure, ...]:
        """The measures of the plan: those put into it that fit, or the weightiest."""
        wanted = self.turn.conversation.plan.chosen
        if wanted is not None:
            return tuple(measure for measure in self.fitting if measure.id in wanted)
        found: list[Measure] = []
        for measure in self.fitting:
            together = {m.id for m in self.turn.knowledge.excluded_by(measure)}
            if len(found) < WEIGHTIEST and together.isdisjoint(m.id for m in found):
                found.append(measure)
        return tuple(found)

    @cached_property
    def gone(self) -> tuple[Measure, ...]:
        """The measures that were put into the plan and do not fit any more."""
        wanted = self.turn.conversation.plan.chosen or ()
        fit = {measure.id for measure in self.fitting}
        measures = self.turn.knowledge.measures
        return tuple(measures[name] for name in wanted if name in measures and name not in fit)

    @cached_property
    def private(self) -> frozenset[MeasureId]:
        """The measures that fit thanks to something personal."""
        return private_measures(self.turn)

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """What to bring, each once although several measures ask for it."""
        found: dict[str, Paper] = {}
        for measure in self._with_papers():
            for document in measure.documents:
                key, text = key_of(document.bg), self.turn.words(document)
                before = found.get(key, Paper(key, text, measure.sources[0]))
                # The shorter words are the surer ones: „ако има такова“ is for those who may not.
                found[key] = replace(before, text=min(before.text, text, key=len))
        return tuple(found.values())

    @cached_property
    def private_papers(self) -> frozenset[str]:
        """The keys of the papers that a measure asks for which tells something personal."""
        private = (m for m in self._with_papers() if m.id in self.private)
        return frozenset(key_of(document.bg) for m in private for document in m.documents)

    # -- measures ------------------------------------------------------------------------------

    def _with_papers(self) -> Iterator[Measure]:
        measures = self.turn.knowledge.measures
        named = [task.measure for task in self.tasks if task.kind in ("register", "apply")]
        first = [measures[name] for name in named if name]
        # What a firm brings stands only at the measures that are for firms alone.
        yield from dict.fromkeys([*first, *(m for m in self.chosen if not self._of_another(m))])

    def _of_another(self, measure: Measure) -> bool:
        """Whether its steps are written for the job seeker, and a firm reads the plan."""
        return self.turn.conversation.who == "employer" and "jobseeker" in measure.audience

    def _of_measures(self, dated: tuple[Task, ...]) -> Iterator[Task]:
        """Yield the chosen measures with those of their steps that are not said before."""
        said = {step for task in dated for step in task.steps} | self._done(dated)
        merged = {task.measure for task in dated if task.kind in ("register", "apply")}
        for measure in self.chosen:
            if measure.id in merged:
                continue
            steps = self._steps(measure)
            yield Task(
                kind="register" if measure.id == REGISTRATION else "measure",
                title=self.turn.words(measure.title),
                steps=tuple(step for step in steps if step not in said),
                measure=measure.id,
                place=_bureau_line(self.turn) if measure.id == REGISTRATION else "",
                sources=_printed(self.turn, measure),
            )
            said |= set(steps)

    def _steps(self, measure: Measure) -> tuple[str, ...]:
        if self._of_another(measure):
            return (self.turn.text("plan-employer-step"),)
        return tuple(self.turn.words(step) for step in measure.steps)

    def _done(self, dated: tuple[Task, ...]) -> set[str]:
        """Return the steps of the benefit that a dated step says better, or that are done."""
        to_register, to_apply = self.turn.knowledge.measures[deadlines.BENEFIT].steps[:2]
        kinds = {task.kind for task in dated}
        done = (
            {self.turn.words(to_register)} if "register" in kinds or _registered(self.turn) else ()
        )
        return {*done, *([self.turn.words(to_apply)] if "apply" in kinds else ())}

    # -- deadlines -----------------------------------------------------------------------------

    def _dated(self) -> Iterator[Task]:
        """Yield what has a day by which it is done, or will have one."""
        found = deadlines.running(self.turn)
        if found is None or self.turn.conversation.who == "employer":
            return
        benefit = self.turn.knowledge.measures[deadlines.BENEFIT]
        sources = _printed(self.turn, benefit)
        if found.state == "leaving":
            yield Task("sign", self.turn.text("plan-sign"), sources=sources)
        if found.state != "registered" and not _registered(self.turn):
            yield self._registering(found, sources)
        day = f"{found.apply:%d.%m.%Y}" if found.apply else ""
        yield Task(
            "apply",
            self.turn.text("plan-apply", state="dated" if day else "rough", day=day),
            steps=tuple(self.turn.words(step) for step in benefit.steps[2:]),
            measure=benefit.id,
            sources=sources,
        )

    def _registering(self, found: deadlines.Deadlines, sources: tuple[Said, ...]) -> Task:
        day = f"{found.register:%d.%m.%Y}" if found.register else ""
        state = found.state if found.state in ("open", "missed") else "rough"
        measure = self.turn.knowledge.measures[REGISTRATION]
        fits = measure in self.fitting
        return Task(
            "register",
            self.turn.text("plan-register", state=state, day=day),
            steps=self._steps(measure) if fits else (),
            measure=measure.id if fits else "",
            place=_bureau_line(self.turn),
            sources=(*sources, *_bureau_sources(self.turn)),
        )

    # -- visits --------------------------------------------------------------------------------

    def _visits(self, tasks: tuple[Task, ...]) -> Iterator[Task]:
        """Yield the bureau and the library; who registers goes to the bureau anyway."""
        if not tasks:
            return
        line = _bureau_line(self.turn)
        if line and not any(task.kind == "register" for task in tasks):
            title = self.turn.text("plan-visit-bureau")
            yield Task("bureau", title, place=line, sources=_bureau_sources(self.turn))
        near = nearest_library(self.turn)
        if near:
            yield Task(
                "library",
                self.turn.text("plan-visit-library"),
                steps=(self.turn.text("plan-library-step"),),
                place=_place_line(self.turn, near),
                sources=_alike(places.source(self.turn, near, near.contact_source)),
            )


def fitting(turn: Turn) -> tuple[Measure, ...]:
    """Return the measures that a plan may hold, the weightiest first."""
    if turn.conversation.who == "employer":
        running = turn.knowledge.running(turn.context.today)
        sure = [m for m in running if "employer" in m.audience and m.status != "unclear"]
        # What is for firms alone has steps for a firm: it goes before what a job seeker asks for.
        return tuple(sorted(sure, key=lambda m: ("jobseeker" in m.audience, *_weight(m))))
    fit = [v.measure for v in turn.verdicts() if v.word in ("yes", "likely")]
    return tuple(sorted((m for m in fit if m.status != "unclear"), key=_weight))


def private_measures(turn: Turn) -> frozenset[MeasureId]:
    """Return the measures that fit thanks to something personal: health, family, the past."""
    if turn.conversation.who == "employer":
        return frozenset()
    return frozenset(
        v.measure.id for v in turn.verdicts() if any(personal(turn, f) for f in v.because)
    )


def personal(turn: Turn, fact: FactId) -> bool:
    """Whether a fact is of those that nobody else should read over a shoulder."""
    return turn.knowledge.facts[fact].sensitivity != "none"


def without_personal(turn: Turn) -> Turn:
    """Return the turn as if nothing personal had been told."""
    facts, answers = turn.knowledge.facts, turn.conversation.answers
    told = {f: raw for f, raw in answers.items() if f in facts and not personal(turn, f)}
    return turn.change(answers=told)


def key_of(document: str) -> str:
    """Return the key of a document by its Bulgarian words up to the first remark."""
    head = re.split(r",|\(| – ", document.lower())[0].strip()
    return hashlib.sha256(head.encode()).hexdigest()[:10]


def nearest_library(turn: Turn) -> Library | None:
    """Return the nearest library that we know of, where the place is known."""
    settlement = places.settlement_of(turn)
    found = turn.knowledge.directory.nearest_libraries(settlement, limit=1) if settlement else ()
    return found[0].library if found else None


def competent_bureau(turn: Turn) -> Bureau | None:
    """Return the bureau of the address, as far as it is known."""
    settlement = places.settlement_of(turn)
    if settlement is None:
        return None
    return turn.knowledge.directory.competent_bureau(settlement).bureau


def last_day(turn: Turn, about: Literal["register", "apply"]) -> dt.date | None:
    """Return the last day of a deadline that runs."""
    found = deadlines.running(turn)
    if found is None or turn.conversation.who == "employer":
        return None
    if about == "register":
        return found.register if found.state == "open" else None
    return found.apply


def _weight(measure: Measure) -> tuple[float, bool]:
    return -measure.weight, measure.status != "in_force"


def _registered(turn: Turn) -> bool:
    return turn.profile.answers.get("registered") == Known(value=True)


def _merged(turn: Turn, tasks: tuple[Task, ...]) -> Iterator[Task]:
    """Yield the tasks; a measure of which every step is said before joins nothing new."""
    for task in tasks:
        if task.kind == "measure" and not task.steps:
            yield replace(task, steps=(turn.text("plan-same-steps"),))
        else:
            yield task


def _printed(turn: Turn, measure: Measure) -> tuple[Said, ...]:
    source = turn.knowledge.sources[measure.sources[0]]
    title, checked = turn.words(source.title), f"{source.verified_on:%d.%m.%Y}"
    host = str(source.url.host).removeprefix("www.")
    return (
        Said(
            short=turn.text("plan-source", title=host, checked=checked),
            full=turn.text("plan-source", title=title, checked=checked),
        ),
    )


def _alike(words: str) -> tuple[Said, ...]:
    return (Said(words, words),)


def _bureau_line(turn: Turn) -> str:
    settlement = places.settlement_of(turn)
    if settlement is None:
        return ""
    competent = turn.knowledge.directory.competent_bureau(settlement)
    name = _place_line(turn, competent.bureau) if competent.bureau else ""
    return turn.text("plan-bureau", status=competent.status, name=name)


def _bureau_sources(turn: Turn) -> tuple[Said, ...]:
    settlement = places.settlement_of(turn)
    if settlement is None:
        return ()
    competent = turn.knowledge.directory.competent_bureau(settlement)
    if competent.service is None:
        checked = f"{turn.knowledge.directory.verified_on:%d.%m.%Y}"
        return _alike(turn.text("plan-source-list", checked=checked))
    return _alike(places.source(turn, competent.service))


def _place_line(turn: Turn, place: Bureau | Library) -> str:
    """Return the name of a place and whether it is open now, as far as that is known."""
    now = (
        hours.now(turn, place.hours) if place.shows("opening_hours") else turn.text("hours-unknown")
    )
    return f"{name_with_way(turn, place)}. {now}"


def name_with_way(turn: Turn, place: Bureau | Library) -> str:
    """Return what a place is called, and how far away it is where it is not right there."""
    named = place.name if isinstance(place, Bureau) else f"{place.name}, {place.city}"
    settlement = places.settlement_of(turn)
    far = turn.knowledge.directory.far(settlement, place) if settlement else None
    return named if far is None else turn.text("library-distance", name=named, km=far)
