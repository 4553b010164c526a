"""Lanes: what has one address is worked in its order, what has others at the same time."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Lanes(Generic[Item]):
    """Works stored items, each once. `work` returns False where its lane ends before it is done."""

    def __init__(
        self,
        work: Callable[[Item], Awaitable[bool]],
        number: Callable[[Item], int],
        address: Callable[[Item], str],
    ) -> None:
        self._work, self._number, self._address = work, number, address
        self._lanes: dict[str, deque[Item]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._taken: set[int] = set()
        self._early: list[Item] | None = []
        self.stopping = asyncio.Event()

    def begin(self, stored: Iterable[Item]) -> None:
        """Begin with what was stored before, and with what came meanwhile."""
        early, self._early = self._early or [], None
        for item in sorted((*stored, *early), key=self._number):
            self.take(item)

    def take(self, item: Item) -> None:
        """Work an item after those of its address; before `begin` and after `stop` it waits."""
        if self._early is not None:
            self._early.append(item)
            return
        if self._number(item) in self._taken or self.stopping.is_set():
            return
        self._taken.add(self._number(item))
        address = self._address(item)
        lane = self._lanes.setdefault(address, deque())
        lane.append(item)
        if len(lane) == 1:
            task = asyncio.create_task(self._run(address, lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Return once nothing waits."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def stop(self, grace: float | None = None) -> None:
        """Finish what is under way, in so many seconds at most; the rest stays stored."""
        self.stopping.set()
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, address: str, lane: deque[Item]) -> None:
        try:
            while lane and not self.stopping.is_set() and await self._work(lane[0]):
                self._taken.discard(self._number(lane.popleft()))
        finally:
            del self._lanes[address]
