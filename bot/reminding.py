"""What is kept for later becomes an event when its moment has come, by day and while of use."""

import asyncio
import datetime as dt
import json
import logging
from collections.abc import Collection

from bot.clock import Clock, millis, moment, wait_at_most
from bot.runtime import Runtime
from bot.store.interface import DUE, Arrival, Millis, Recheck, Reminder, ReminderStore, StepCommit
from knowledge.base import KnowledgeBase
from knowledge.calendar import SOFIA

log = logging.getLogger(__name__)
OPENS, CLOSES = dt.time(9), dt.time(20)
"""Between these nobody is woken up; the second is already too late."""
OF_USE_AFTER = dt.timedelta(days=14)
"""How late what is about no deadline is still said."""
DEADLINES = ("register", "apply", "visit")
"""What is of no use once its day is over."""
AT_ONCE = 50
"""Events in one go: a third of what Telegram takes in the pause, so that talks go on meanwhile."""
PAUSE = 5.0
"""Seconds between two goes while more is due."""
LONGEST = 30.0
"""Seconds between two looks: another process may have set something, or the clock been set."""


def may_be_said(at: dt.datetime) -> dt.datetime:
    """Return the first moment from `at` on at which nobody is woken up."""
    local = at.astimezone(SOFIA)
    if OPENS <= local.time() < CLOSES:
        return at
    late = local.time() >= CLOSES
    day = local.date() + dt.timedelta(days=1) if late else local.date()
    return dt.datetime.combine(day, OPENS, SOFIA)


def too_late(reminder: Reminder, today: dt.date) -> bool:
    """Return whether saying it on that day would be of no use any more."""
    day = dt.date.fromisoformat(reminder.day)
    if reminder.about in DEADLINES:
        return day < today
    # Some are said long after the day they are about.
    meant = moment(reminder.at).date()
    return max(day, meant) + OF_USE_AFTER < today


class Reminding:
    """Looks for what is due on the channels that are on, and hands it to the runtime."""

    def __init__(
        self,
        store: ReminderStore,
        runtime: Runtime,
        knowledge: KnowledgeBase,
        clock: Clock,
        channels: Collection[str],
    ) -> None:
        self._store = store
        self._runtime = runtime
        self._knowledge = knowledge
        self._clock = clock
        self._channels = channels
        self._woken = asyncio.Event()
        self._sleeps_until: Millis = 0

    def learn(self, knowledge: KnowledgeBase) -> None:
        """Look with other knowledge from now on."""
        self._knowledge = knowledge

    def witness(self, step: StepCommit) -> None:
        """Wake up where a step has set something for before the next look."""
        if any(reminder.at < self._sleeps_until for reminder in step.later.remind):
            self._woken.set()

    async def run(self) -> None:
        """Look, and sleep until the next moment, until cancelled."""
        while True:
            pause = LONGEST
            try:
                pause = await self.look()
            except Exception as error:  # noqa: BLE001  # the next look may succeed
                # Without its words: they might quote what is kept.
                log.error("reminders wait for the next look: %s", type(error).__name__)  # noqa: TRY400
            await wait_at_most(pause, self._woken.wait())

    async def look(self) -> float:
        """Bring what is due into the inbox; return the seconds until the next look."""
        # What is set from here on is seen by this look, or wakes the sleep after it.
        self._woken.clear()
        now = self._clock()
        self._sleeps_until = millis(now) + int(LONGEST * 1000)
        moment = may_be_said(now)
        if moment > now:
            return self._sleep_until(millis(moment), now)
        if await self._remind(now) or await self._look_again(now):
            return PAUSE
        nearest = await self._store.next_due(self._channels)
        return LONGEST if nearest is None else self._sleep_until(nearest, now)

    def _sleep_until(self, moment: Millis, now: dt.datetime) -> float:
        pause = min(LONGEST, max(0.0, (moment - millis(now)) / 1000))
        self._sleeps_until = millis(now) + int(pause * 1000)
        return pause

    async def _remind(self, now: dt.datetime) -> bool:
        """Let reminders that are due come; return whether there may be more."""
        due = await self._store.due(millis(now), self._channels, AT_ONCE)
        today = now.astimezone(SOFIA).date()
        useless = [reminder.number for reminder in due if too_late(reminder, today)]
        if useless:
            await self._store.drop(useless, today.isoformat())
        arrivals = [_moment_of(r, now) for r in due if r.number not in useless]
        if arrivals:
            await self._runtime.take_in(arrivals)
        return len(due) == AT_ONCE

    async def _look_again(self, now: dt.datetime) -> bool:
        """Let people hear of other knowledge; return whether there may be more of them."""
        today = now.astimezone(SOFIA).date()
        name = self._knowledge.fingerprint(today)
        found = await self._store.outdated(name, today.isoformat(), self._channels, AT_ONCE)
        if found:
            await self._runtime.take_in([_change_for(recheck, name, now) for recheck in found])
        return len(found) == AT_ONCE


def _moment_of(reminder: Reminder, now: dt.datetime) -> Arrival:
    event = {
        "kind": "reminded",
        "about": reminder.about,
        "day": reminder.day,
        "language": reminder.language,
    }
    return Arrival(
        channel=DUE,
        update_key=f"reminder:{reminder.number}",
        address=reminder.conversation,
        raw=json.dumps(event),
        at=millis(now),
        reminder=reminder.number,
    )


def _change_for(recheck: Recheck, fingerprint: str, now: dt.datetime) -> Arrival:
    event = {
        "kind": "knowledge_changed",
        "answers": json.loads(recheck.answers),
        "fitting": json.loads(recheck.fitting),
        "language": recheck.language,
    }
    return Arrival(
        channel=DUE,
        # Two versions of the service over one file: each tells of its knowledge only once.
        update_key=f"recheck:{recheck.conversation}:{fingerprint}",
        address=recheck.conversation,
        raw=json.dumps(event, ensure_ascii=False),
        at=millis(now),
        looked_with=fingerprint,
    )
