"""Group commit: whatever is ready together shares one transaction; none waits when it is alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.store.interface import Arrival, Batch, Mark, Queued, Received, StepCommit, Store

LARGEST = 256
"""Pieces of work in one transaction."""
FAULTS = 2
"""Pieces that fail alone, one after the other, before the store itself is what fails."""
Result = TypeVar("Result")


@dataclass(eq=False)
class _Work:
    arrivals: Sequence[Arrival] = ()
    steps: Sequence[StepCommit] = ()
    marks: Sequence[Mark] = ()
    done: "asyncio.Future[tuple[list[Received | None], list[tuple[Queued, ...] | None]]]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class GroupCommit:
    """Gathers work from everywhere into the store's transactions.

    Each method returns once its work is durable, and raises what the store raised if it is not.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[_Work] = []
        self._awake = asyncio.Event()
        self._closing = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to commit."""
        self._task = asyncio.create_task(self._run(), name="group commit")

    async def stop(self) -> None:
        """Commit what is waiting, then stop."""
        self._closing = True
        self._awake.set()
        if self._task:
            await self._task

    async def take_in(self, arrivals: Sequence[Arrival]) -> list[Received | None]:
        """Store updates; None stands for one that is stored already."""
        received, _ = await self._submit(_Work(arrivals=arrivals))
        return received

    async def step(self, step: StepCommit) -> tuple[Queued, ...] | None:
        """Store what one step changes; None when the talk has moved on meanwhile."""
        _, queued = await self._submit(_Work(steps=(step,)))
        return queued[0]

    async def mark(self, marks: Sequence[Mark]) -> None:
        """Store what became of deliveries."""
        await self._submit(_Work(marks=marks))

    async def _submit(
        self, work: _Work
    ) -> tuple[list[Received | None], list[tuple[Queued, ...] | None]]:
        if self._closing:
            raise RuntimeError("the service is stopping; nothing more is taken in")
        self._waiting.append(work)
        self._awake.set()
        return await work.done

    async def _run(self) -> None:
        while not (self._closing and not self._waiting):
            await self._awake.wait()
            self._awake.clear()
            while self._waiting:
                group, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
                await self._commit(group)

    async def _commit(self, group: list[_Work]) -> None:
        error = await self._try(group)
        if error and len(group) > 1:
            await self._each_alone(group, error)
        elif error:
            _tell(group, error)

    async def _each_alone(self, group: list[_Work], error: Exception) -> None:
        """One piece that the store refuses must not take the others with it."""
        failed = 0
        for place, work in enumerate(group):
            alone = await self._try([work])
            failed = failed + 1 if alone else 0
            if alone:
                _tell([work], alone)
            if failed == FAULTS:
                _tell(group[place + 1 :], error)
                return

    async def _try(self, group: list[_Work]) -> Exception | None:
        batch = Batch(
            arrivals=[a for work in group for a in work.arrivals],
            steps=[s for work in group for s in work.steps],
            marks=[m for work in group for m in work.marks],
        )
        try:
            applied = await self._store.apply(batch)
        except Exception as error:  # noqa: BLE001  # each waiting piece is told, and decides
            return error
        received, queued = list(applied.received), list(applied.queued)
        for work in group:
            mine = received[: len(work.arrivals)], queued[: len(work.steps)]
            del received[: len(work.arrivals)], queued[: len(work.steps)]
            if not work.done.done():
                work.done.set_result(mine)
        return None


def _tell(group: list[_Work], error: Exception) -> None:
    for work in group:
        if not work.done.done():
            work.done.set_exception(error)
