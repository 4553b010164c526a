"""What librarians do in a group, from the inbox: one at a time in a group, each done once."""

import logging
import sqlite3
import traceback
from collections.abc import Awaitable, Callable
from itertools import chain, repeat
from typing import Protocol

from bot.channels.interface import MalformedError
from bot.channels.telegram.group_updates import GroupUpdate, group_update
from bot.clock import wait_at_most
from bot.lanes import Lanes
from bot.store.interface import Received

log = logging.getLogger(__name__)
PAUSES = (0.5, 2.0, 10.0, 30.0)
"""Seconds before a store that refused is tried again; the last one repeats."""
Work = Callable[[GroupUpdate], Awaitable[None]]
"""Does what an update says. Done again after a crash, it changes nothing more."""


class Inbox(Protocol):
    """What was stored of groups and waits."""

    async def waiting(self) -> list[Received]:
        """Return what was stored and not worked, oldest first."""

    async def finish(self, seq: int) -> None:
        """Keep that it was worked, and none of its words."""

    async def set_aside(self, seq: int, error: str) -> None:
        """Make a dead letter of it."""


class Intake:
    """Works what comes in; what the end of the service leaves is done at the next start."""

    def __init__(self, inbox: Inbox, work: Work) -> None:
        self._inbox = inbox
        self._work = work
        self._lanes = Lanes[Received](self._until_done, lambda e: e.seq, lambda e: e.address)

    async def begin(self) -> None:
        """Take up what was stored before; from now on `take` works at once."""
        self._lanes.begin(await self._inbox.waiting())

    def take(self, event: Received) -> None:
        """Work an event that is stored, after those of its group that came before."""
        self._lanes.take(event)

    async def settle(self) -> None:
        """Return once everything taken has been worked."""
        await self._lanes.settle()

    async def stop(self) -> None:
        """Finish what is under way; the rest waits in the store."""
        await self._lanes.stop()

    async def _until_done(self, event: Received) -> bool:
        """Do it; False where the service stops before the store takes it."""
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            try:
                await self._one(event)
            except (OSError, sqlite3.Error) as error:
                log.error("event %d of a group waits: %s", event.seq, error)  # noqa: TRY400
            else:
                return True
            await wait_at_most(pause, self._lanes.stopping.wait())
            if self._lanes.stopping.is_set():
                return False
        return False

    async def _one(self, event: Received) -> None:
        try:
            await self._work(group_update(event.raw))
        except MalformedError as error:
            await self._inbox.set_aside(event.seq, str(error))
        except (OSError, sqlite3.Error):
            raise
        except Exception as error:  # noqa: BLE001  # a fault of ours: set aside, the group goes on
            log.error("an update of a group was set aside: event %d", event.seq)  # noqa: TRY400
            await self._inbox.set_aside(event.seq, _where(error))
        else:
            await self._inbox.finish(event.seq)


def _where(error: BaseException) -> str:
    """Return where it went wrong, without the exception's own words: they may quote a person."""
    return f"{''.join(traceback.format_tb(error.__traceback__))}{type(error).__name__}"
