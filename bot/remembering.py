"""What a step leaves for later, as the store takes it: the last word on each thing counts."""

import json
from collections.abc import Sequence

from bot.clock import millis
from bot.store.interface import DUE, ForLater, NewRecheck, NewReminder
from dialogs.model import Effect, KeepForRechecks, Remind, StopRechecks, Unremind
from dialogs.turn import Context


def for_later(effects: Sequence[Effect], channel: str, context: Context) -> ForLater:
    """Return what the effects of an event that came over `channel` set and call off."""
    return ForLater(
        unremind=tuple(dict.fromkeys(e.about for e in effects if isinstance(e, Unremind))),
        remind=tuple(_reminder(e) for e in _still_wanted(effects)),
        stop_rechecks=any(isinstance(e, StopRechecks) for e in effects),
        recheck=_recheck(effects, channel, context),
    )


def _still_wanted(effects: Sequence[Effect]) -> list[Remind]:
    wanted: list[Remind] = []
    for effect in effects:
        if isinstance(effect, Remind):
            wanted.append(effect)
        elif isinstance(effect, Unremind):
            wanted = [] if effect.about is None else [r for r in wanted if r.about != effect.about]
    return wanted


def _reminder(effect: Remind) -> NewReminder:
    return NewReminder(effect.about, effect.day.isoformat(), effect.language, millis(effect.at))


def _recheck(effects: Sequence[Effect], channel: str, context: Context) -> NewRecheck | None:
    last = next(
        (e for e in reversed(effects) if isinstance(e, KeepForRechecks | StopRechecks)), None
    )
    if not isinstance(last, KeepForRechecks):
        return None
    plain = last.model_dump(mode="json")
    return NewRecheck(
        answers=json.dumps(plain["answers"], ensure_ascii=False),
        fitting=json.dumps(plain["fitting"]),
        language=last.language,
        until=last.until.isoformat(),
        fingerprint=context.knowledge.fingerprint(context.today),
        renewed=channel == DUE,
    )
