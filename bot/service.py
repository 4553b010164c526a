"""The service put together from its parts: started, resumed after a crash, stopped gracefully."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from bot.channels.interface import Channel, PushChannel
from bot.clock import Clock, millis
from bot.delivery import Delivery
from bot.group_commit import GroupCommit
from bot.runtime import Runtime
from bot.store.interface import Retention, Store
from dialogs.texts import load_texts
from dialogs.turn import Context
from knowledge.loading import load

log = logging.getLogger(__name__)
FORGET_EVERY = 3600.0
"""Seconds between two rounds of forgetting."""


@dataclass(frozen=True)
class Service:
    """The running parts that channels and pages are built upon."""

    store: Store
    commit: GroupCommit
    runtime: Runtime
    deliveries: Mapping[str, Delivery]
    clock: Clock

    def context(self) -> Context:
        """Return what a step may look at now."""
        return Context(knowledge=load(), texts=load_texts(), now=self.clock())


@asynccontextmanager
async def running(
    store: Store,
    channels: Mapping[str, Channel],
    push: Mapping[str, PushChannel],
    clock: Clock,
) -> AsyncIterator[Service]:
    """Run the service: what a crash left undone is taken up first, and a stop finishes its steps."""
    await store.open()
    commit = GroupCommit(store)

    def context() -> Context:
        return Context(knowledge=load(), texts=load_texts(), now=clock())

    runtime = Runtime(store, commit, {**channels, **push}, context, clock)
    deliveries = {name: Delivery(channel, store, commit, clock) for name, channel in push.items()}
    for delivery in deliveries.values():
        runtime.listen(delivery.enqueue)
    commit.start()
    service = Service(store, commit, runtime, deliveries, clock)
    for delivery in deliveries.values():
        await delivery.resume()
    await runtime.resume()
    forgetting = asyncio.create_task(_keep_forgetting(service))
    try:
        yield service
    finally:
        forgetting.cancel()
        with suppress(asyncio.CancelledError):
            await forgetting
        await runtime.settle()
        for delivery in deliveries.values():
            await delivery.stop()
        await commit.stop()
        await store.close()


async def _keep_forgetting(service: Service) -> None:
    while True:
        try:
            forgotten = await service.store.forget(millis(service.clock()), Retention())
            service.runtime.forget(forgotten.conversations)
        except Exception:
            log.exception("a round of forgetting failed; the next one tries again")
        await asyncio.sleep(FORGET_EVERY)
