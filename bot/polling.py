"""From Telegram's queue into the inbox: an update is confirmed only once it is stored."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from random import SystemRandom
from typing import Any, TypeVar

from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram import NAME, TelegramChannel
from bot.channels.telegram.failures import waiting
from bot.channels.telegram.group_updates import of_group, raw_of_group
from bot.channels.telegram.request import TokenRefusedError
from bot.channels.telegram.updates import (
    address_of,
    concerns_us,
    key_of,
    message_of,
    raw_of,
)
from bot.clock import Clock, millis
from bot.store.interface import TELEGRAM_DESK, Arrival

log = logging.getLogger(__name__)
TakeIn = Callable[[Sequence[Arrival]], Awaitable[None]]
Wanted = Callable[[Mapping[str, Any]], bool]
"""Returns whether an update of a group is kept."""
Result = TypeVar("Result")


def no_group(_update: Mapping[str, Any]) -> bool:
    """Return that nothing of groups is kept: where no librarians answer in one."""
    return False


class NotStoredError(Exception):
    """The store did not take updates; the message is the name of what it raised."""


@dataclass(frozen=True)
class Rhythm:
    """How long to wait; all in seconds."""

    hold: int = 50
    """How long the platform holds a request open while there is nothing new."""
    shortest: float = 1.0
    longest: float = 60.0
    """Between two tries of what fails."""
    jitter: Callable[[], float] = SystemRandom().random
    """Returns 0 to 1, so that many bots do not come back at the same instant."""

    def pause(self, tries: int) -> float:
        """Return how long to wait after so many tries before the failed one."""
        full = min(self.longest, self.shortest * 2.0 ** min(tries, 10))
        return max(self.shortest, full * (0.5 + self.jitter() / 2))


class Poller:
    """Asks for updates for as long as the service runs; a refused token is tried again slowly.

    The offset is not stored: after a quiet week the platform numbers anew, perhaps lower. What a
    crash left unconfirmed comes again, and the inbox knows what it has.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # what a poller is made of
        self,
        channel: TelegramChannel,
        take_in: TakeIn,
        clock: Clock,
        announce: Callable[[str], None],
        rhythm: Rhythm = Rhythm(),
        groups: Wanted = no_group,
    ) -> None:
        self._channel = channel
        self._take_in = take_in
        self._clock = clock
        self._announce = announce
        self._rhythm = rhythm
        self._groups = groups
        self._offset: int | None = None
        self._standing = "connecting"

    def standing(self) -> str:
        """Return „ok“, or why no updates come."""
        return self._standing

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Poll meanwhile; what has come by the end is stored, and no more is asked for."""
        polling = asyncio.create_task(self.run(), name="polling")
        try:
            yield
        finally:
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)

    async def run(self) -> None:
        """Poll until cancelled."""
        self._announce(await self._until_done(self._channel.introduce))
        async with asyncio.TaskGroup() as group:
            group.create_task(self._until_done(self._channel.offer_commands))
            await self._poll()

    async def _poll(self) -> None:
        while True:
            updates = await self._until_done(self._ask)
            await self._until_done(partial(self._keep, updates))

    async def _ask(self) -> list[Any]:
        updates = await self._channel.updates(self._offset, self._rhythm.hold)
        # The answer shows that the offset has done its work. Kept any longer, it would stand
        # above the ids of a new numbering.
        self._offset = None
        if updates and not any(key_of(update) is not None for update in updates):
            raise NetworkError("updates without an id")
        return updates

    async def _keep(self, updates: Sequence[Any]) -> None:
        known = [update for update in updates if key_of(update) is not None]
        if len(known) < len(updates):
            log.warning("%d updates without an id cannot be kept", len(updates) - len(known))
        if not known:
            return
        # What was said elsewhere than in a private chat or at a desk is nothing of ours: it is
        # not kept.
        arrivals = [self._arrival(update) for update in known if self._is_ours(update)]
        try:
            if arrivals:
                await self._take_in(arrivals)
        except Exception as error:  # noqa: BLE001  # told without its words: they might quote a person
            raise NotStoredError(type(error).__name__) from None
        self._offset = max(key for key in map(key_of, known) if key is not None) + 1

    def _is_ours(self, update: Any) -> bool:
        return self._groups(update) if of_group(update) else concerns_us(update)

    def _arrival(self, update: Any) -> Arrival:
        if of_group(update):
            return Arrival(
                channel=TELEGRAM_DESK,
                update_key=str(key_of(update)),
                address=address_of(update),
                raw=raw_of_group(update),
                at=millis(self._clock()),
            )
        return Arrival(
            channel=NAME,
            update_key=str(key_of(update)),
            address=address_of(update),
            raw=raw_of(update),
            at=millis(self._clock()),
            platform_id=message_of(update),
        )

    async def _until_done(self, act: Callable[[], Awaitable[Result]]) -> Result:
        """Do it, again and again until it succeeds; each new reason of failure is one line."""
        tries, said = 0, ""
        while True:
            try:
                result = await act()
            except Exception as error:  # noqa: BLE001  # whatever fails, the next try may not
                reason, pause = _reason(error), self._pause(tries, error)
            else:
                if said:
                    log.info("Telegram: it works again")
                self._standing = "ok"
                return result
            if reason != said:
                log.warning("Telegram: %s; trying again", reason)
            self._standing = reason
            tries, said = tries + 1, reason
            await asyncio.sleep(pause)

    def _pause(self, tries: int, error: Exception) -> float:
        if isinstance(error, TokenRefusedError):
            return self._rhythm.longest
        if isinstance(error, RetryAfter):
            return waiting(error).total_seconds() + self._rhythm.jitter()
        return self._rhythm.pause(tries)


def _reason(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "another program receives this bot's updates: a second copy, or a webhook"
    if isinstance(error, TokenRefusedError):
        return "it refuses the token; its chats rest, the rest of the service goes on"
    if isinstance(error, TelegramError):
        return error.message
    if isinstance(error, NotStoredError):
        return f"updates could not be stored and wait there ({error})"
    return f"an answer could not be read ({type(error).__name__})"
