"""Any history of reminders, nights, restarts, erasures: each is said once, by day, while of use."""

import asyncio
import datetime as dt
import shutil
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

import later_talk
import pytest
from durable import NOON, Dial, House, Notebook, arrival, house, said
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.clock import millis
from bot.reminding import PAUSE
from dialogs.model import Message
from knowledge.calendar import SOFIA

PEOPLE = ("ana", "bo")
people = st.sampled_from(PEOPLE)
things = st.sampled_from(["visit", "birthday"])
hours = st.integers(1, 30)


class Witnessed(Notebook):
    """A notebook that also writes down what time it was."""

    def __init__(self, clock: Dial) -> None:
        super().__init__()
        self.clock = clock
        self.times: list[dt.datetime] = []

    async def send(self, address: str, message: Message) -> str:
        if "#" in message.text:
            self.times.append(self.clock())
        return await super().send(address, message)


class Reminders(RuleBasedStateMachine):
    """The real runtime over a real file, beside what a few lines of Python expect of it."""

    @initialize()
    def begin(self) -> None:
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr("bot.runtime.respond", later_talk.respond)
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp())
        self.stack = AsyncExitStack()
        self.clock = Dial()
        # Two days before clocks go back.
        self.clock.now = NOON.replace(month=10, day=23)
        self.channel = Witnessed(self.clock)
        self.kept: dict[tuple[str, str, dt.date], dt.datetime] = {}
        self.expected: dict[str, list[str]] = {who: [] for who in PEOPLE}
        self.number = 0
        self.house = self.runner.run(self._enter())

    async def _enter(self) -> House:
        running = house(self.folder / "posoka.db", self.clock, self.channel, sends=True)
        return await self.stack.enter_async_context(running)

    def _restart(self) -> None:
        self.runner.run(self.stack.aclose())
        self.stack = AsyncExitStack()
        self.house = self.runner.run(self._enter())

    def _say(self, who: str, text: str) -> None:
        self.number += 1
        self.runner.run(self.house.tell(arrival(f"k{self.number}", who, said(text))))

    def _later(self, passed: int) -> dt.datetime:
        return (self.clock.now.astimezone(dt.UTC) + dt.timedelta(hours=passed)).astimezone(SOFIA)

    @rule(who=people, about=things, ahead=hours, further=st.integers(0, 2))
    def somebody_sets_one(self, who: str, about: str, ahead: int, further: int) -> None:
        moment = self._later(ahead).replace(fold=0)
        day = moment.date() + dt.timedelta(days=further)
        self._say(who, f"remind {about} {day} {moment.replace(tzinfo=None).isoformat()}")
        self.kept[who, about, day] = moment

    @rule(who=people, about=things)
    def somebody_calls_off(self, who: str, about: str) -> None:
        self._say(who, f"unremind {about}")
        self.kept = {key: at for key, at in self.kept.items() if key[:2] != (who, about)}

    @rule(who=people)
    def somebody_erases(self, who: str) -> None:
        self._say(who, "delete")
        self.kept = {key: at for key, at in self.kept.items() if key[0] != who}

    @rule(passed=hours, off=st.booleans())
    def time_passes(self, passed: int, *, off: bool) -> None:
        self.clock.now = self._later(passed)
        if off:
            self._restart()
        self._look()

    @rule(days=st.integers(1, 20))
    def the_service_is_away_for_days(self, days: int) -> None:
        self.clock.now = self._later(days * 24)
        self._restart()
        self._look()

    @rule(passed=hours, away=hours)
    def it_crashes_before_the_steps(self, passed: int, away: int) -> None:
        self.clock.now = self._later(passed)
        self.house.store.refused = {f"test:{who}" for who in PEOPLE}
        self.runner.run(self.house.reminding.look())
        for key in self._due():
            self.kept[key] = self.clock.now
        self.clock.now = self._later(away)
        self._restart()
        self._look()

    def _look(self) -> None:
        async def act() -> None:
            while await self.house.reminding.look() == PAUSE:
                pass
            await self.house.runtime.settle()
            await self.house.delivery.settle()

        self.runner.run(act())
        for who, about, day in self._due():
            del self.kept[who, about, day]
            self.expected[who].append(f"{about} {day}")

    def _due(self) -> list[tuple[str, str, dt.date]]:
        """Return what is said now; what is of no use any more is forgotten."""
        now, due = self.clock.now, []
        if not 9 <= now.hour < 20:
            return []
        for key, at in list(self.kept.items()):
            _, about, day = key
            days = (now.date() - (day if about == "visit" else max(day, at.date()))).days
            if at.timestamp() <= now.timestamp():
                if days > (0 if about == "visit" else 14):
                    del self.kept[key]
                else:
                    due.append(key)
        return due

    @invariant()
    def each_is_said_once_and_nothing_else(self) -> None:
        for who in PEOPLE:
            told = [text.partition(" #")[0] for text in self.channel.texts(who) if "#" in text]
            assert sorted(told) == sorted(self.expected[who])

    @invariant()
    def nobody_is_woken_up(self) -> None:
        assert all(9 <= at.astimezone(SOFIA).hour < 20 for at in self.channel.times)

    @invariant()
    def what_is_kept_is_what_is_still_to_be_said(self) -> None:
        rows = self.runner.run(
            self.house.store.read("SELECT conversation, about, day, at FROM reminder")
        )
        found = {(row[0], row[1], row[2], row[3]) for row in rows}
        assert found == {
            (f"test:{who}", about, day.isoformat(), millis(at))
            for (who, about, day), at in self.kept.items()
        }

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            self.runner.run(self.stack.aclose())
            self.runner.close()
            self.patch.undo()
            shutil.rmtree(self.folder)


TestReminders = Reminders.TestCase
TestReminders.settings = settings(
    max_examples=30,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
