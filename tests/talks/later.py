"""What a played talk keeps for later, and what becomes of it: as the store does, without one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from dialogs.model import (
    Effect,
    Erase,
    KeepForRechecks,
    KnowledgeChanged,
    Remind,
    Reminded,
    StopRechecks,
    Unremind,
)
from knowledge.base import KnowledgeBase
from knowledge.measures import Measure, MeasureId


@dataclass
class Later:
    """Reminders that are to come, and the answers that are kept to look again."""

    reminders: list[Remind] = field(default_factory=list)
    recheck: KeepForRechecks | None = None

    def take(self, effects: Iterable[Effect], *, unasked: bool) -> tuple[Effect, ...]:
        """Keep, replace and forget what the effects of a step say; return them as they are kept."""
        return tuple(self._taken(effect, unasked=unasked) for effect in effects)

    def _taken(self, effect: Effect, *, unasked: bool) -> Effect:
        kept = self.recheck
        if isinstance(effect, KeepForRechecks) and unasked and kept:
            # Looking again is no new consent: it does not make anything last longer.
            effect = effect.model_copy(update={"until": min(effect.until, kept.until)})
        self._keep(effect)
        return effect

    def _keep(self, effect: Effect) -> None:
        match effect:
            case Remind(about=about, day=day):
                others = [r for r in self.reminders if (r.about, r.day) != (about, day)]
                self.reminders = [*others, effect]
            case Unremind(about=about):
                self.reminders = [r for r in self.reminders if about not in (None, r.about)]
            case KeepForRechecks():
                self.recheck = effect
            case StopRechecks():
                self.recheck = None
            case Erase():
                self.reminders, self.recheck = [], None

    def due(self) -> tuple[dt.datetime, Reminded] | None:
        """Take out the reminder that comes first, with its moment; None where none is kept."""
        if not self.reminders:
            return None
        first = min(self.reminders, key=lambda reminder: reminder.at)
        self.reminders.remove(first)
        event = Reminded(about=first.about, day=first.day, language=first.language)
        return first.at, event

    def changed(self, today: dt.date) -> KnowledgeChanged | None:
        """Return what those who agreed to it hear of other measures; None for everybody else."""
        kept = self.recheck
        if kept is None or kept.until <= today:
            return None
        return KnowledgeChanged(answers=kept.answers, fitting=kept.fitting, language=kept.language)


def titled(measures: Iterable[Measure], title: str) -> Measure | None:
    """Return the measure of that title in any language."""
    return next((m for m in measures if title in m.title.model_dump().values()), None)


def without(knowledge: KnowledgeBase, measure: MeasureId) -> KnowledgeBase:
    """Return the knowledge of a day on which that measure does not run."""
    return _with(knowledge, knowledge, {*knowledge.measures} - {measure})


def restored(knowledge: KnowledgeBase, whole: KnowledgeBase, measure: MeasureId) -> KnowledgeBase:
    """Return the knowledge with that measure in its place again."""
    return _with(knowledge, whole, {*knowledge.measures, measure})


def _with(knowledge: KnowledgeBase, whole: KnowledgeBase, there: set[MeasureId]) -> KnowledgeBase:
    measures = {name: m for name, m in whole.measures.items() if name in there}
    # What was worked out from the other measures does not hold for these.
    return replace(knowledge, measures=measures, _interviewers={}, _fingerprints={})
