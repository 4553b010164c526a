"""Any history of deliveries, repeats, restarts and erasures keeps the core's promises."""

import asyncio
import shutil
import tempfile
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path

from durable import Dial, House, Notebook, arrival, house, pressed, said, stands_in
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from bot.store.interface import Arrival

PEOPLE = ("ana", "bo", "vi")
people = st.sampled_from(PEOPLE)
words = st.sampled_from(["/help", "здравей", "за мен", "35", "Враца", "назад", "break:това"])


class Histories(RuleBasedStateMachine):
    """The real runtime over a real file, beside what a few lines of Python expect of it."""

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp())
        self.stack = AsyncExitStack()
        self.channel = Notebook()
        self.clock = Dial()
        self.delivered: list[Arrival] = []
        self.number = 0
        self.since_erased: Counter[str] = Counter()
        self.house = self.runner.run(self._enter())

    async def _enter(self) -> House:
        running = house(self.folder / "posoka.db", self.clock, self.channel, sends=True)
        return await self.stack.enter_async_context(running)

    def _take_in(self, *arrivals: Arrival, settle: bool = True) -> None:
        async def act() -> None:
            await self.house.runtime.take_in(arrivals)
            if settle:
                await self.house.runtime.settle()
                await self.house.delivery.settle()

        self.runner.run(act())
        self.delivered += arrivals
        self.since_erased.update(one.address for one in arrivals)

    def _new(self, who: str, raw: str) -> Arrival:
        self.number += 1
        return arrival(f"k{self.number}", who, raw)

    @rule(who=people, text=words)
    def somebody_writes(self, who: str, text: str) -> None:
        self._take_in(self._new(who, said(text)))

    @rule(order=st.permutations(PEOPLE), texts=st.lists(words, min_size=3, max_size=3))
    def several_write_at_once(self, order: list[str], texts: list[str]) -> None:
        self._take_in(*(self._new(who, said(text)) for who, text in zip(order, texts, strict=True)))

    @rule(who=people, serial=st.integers(1, 4))
    def somebody_presses(self, who: str, serial: int) -> None:
        self._take_in(self._new(who, pressed(serial, "go:help")))

    @rule(who=people)
    def something_malformed_comes(self, who: str) -> None:
        self._take_in(self._new(who, "nonsense"))

    @precondition(lambda self: self.delivered)
    @rule(data=st.data())
    def an_update_comes_again(self, data: st.DataObject) -> None:
        again = data.draw(st.sampled_from(self.delivered))
        before = self._face(), len(self.channel.sends)
        self.runner.run(self.house.tell(again))
        self.runner.run(self.house.delivery.settle())
        assert (self._face(), len(self.channel.sends)) == before

    @rule(who=people, text=words)
    def somebody_writes_and_the_service_restarts_at_once(self, who: str, text: str) -> None:
        self._take_in(self._new(who, said(text)), settle=False)
        self._restart()

    @rule(who=people, text=words)
    def the_store_is_away_for_the_step(self, who: str, text: str) -> None:
        self.house.store.refused = {f"test:{who}"}
        self._take_in(self._new(who, said(text)), settle=False)
        self._restart()

    @rule()
    def the_service_restarts(self) -> None:
        self._restart()

    def _restart(self) -> None:
        self.runner.run(self.stack.aclose())
        self.stack = AsyncExitStack()
        self.house = self.runner.run(self._enter())

        async def settle() -> None:
            await self.house.runtime.settle()
            await self.house.delivery.settle()

        self.runner.run(settle())

    @rule(who=people)
    def somebody_erases(self, who: str) -> None:
        self._take_in(self._new(who, said("/delete")))
        shown = self.runner.run(self.house.store.transcript(f"test:{who}"))
        serial = max(int(m.partition('"serial":')[2].partition(",")[0]) for m in _bodies(shown))
        self._take_in(self._new(who, pressed(serial, "erase")))
        self.since_erased[who] = 0
        assert self.runner.run(self.house.store.conversation(f"test:{who}")) is None
        assert self.runner.run(self.house.store.transcript(f"test:{who}")) == []
        self.runner.run(self.house.store.scrub())
        assert not stands_in(f"test:{who}", self.folder / "posoka.db")

    def _face(self) -> object:
        """Return all that stands in the store."""

        async def read() -> object:
            store = self.house.store
            return [
                (await store.conversation(f"test:{who}"), await store.transcript(f"test:{who}"))
                for who in PEOPLE
            ]

        return self.runner.run(read())

    @invariant()
    def a_revision_counts_the_events_since_the_last_erasure(self) -> None:
        for who in PEOPLE:
            assert self.runner.run(self.house.revision(who)) == self.since_erased[who]

    @invariant()
    def every_event_has_had_its_step(self) -> None:
        assert self.runner.run(self.house.store.waiting_events()) == []
        for who in PEOPLE:
            lines = self.runner.run(self.house.store.transcript(f"test:{who}"))
            events = [line for line in lines if line.kind == "in"]
            assert len(events) == self.since_erased[who]
            assert {line.state for line in events} <= {"done", "dead"}

    @invariant()
    def replies_come_in_the_order_of_their_causes_and_none_waits(self) -> None:
        for who in PEOPLE:
            lines = self.runner.run(self.house.store.transcript(f"test:{who}"))
            events = {line.id for line in lines if line.kind == "in"}
            replies = self.runner.run(self.house.replies(who))
            assert replies == sorted(replies)
            assert {cause for cause, _ in replies} <= events
        assert self.runner.run(self.house.store.waiting_messages("test")) == []

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            self.runner.run(self.stack.aclose())
            self.runner.close()
            shutil.rmtree(self.folder)


def _bodies(lines: list) -> list[str]:  # type: ignore[type-arg]
    return [line.body for line in lines if line.kind == "out" and '"serial":' in line.body]


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
