"""Counts tries to sign in, as `pauses` says: for whom a pause holds, and what a try takes off."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from bot.clock import Clock, millis
from bot.desk.passwords import folded
from bot.desk.pauses import OF_ADDRESS, OF_LOGIN, OF_PAIR, failed, forgiven
from bot.store.accounts import AccountStore, Failures
from bot.store.interface import Millis


@dataclass(frozen=True, slots=True)
class Try:
    """One try to sign in."""

    login: str
    address: str
    """The network, never the whole address."""
    known: bool = False
    """Whether this login has signed in from there lately."""

    @property
    def own(self) -> dict[str, int]:
        """The count that holds for everybody, and its patience."""
        return {f"pair:{_hashed(f'{folded(self.login)} {self.address}')}": OF_PAIR}

    @property
    def wide(self) -> dict[str, int]:
        """The counts that hold for strangers alone, and their patience."""
        of_login = f"login:{_hashed(folded(self.login))}"
        return {of_login: OF_LOGIN, f"address:{self.address}": OF_ADDRESS}

    @property
    def holding(self) -> dict[str, int]:
        """The counts whose pauses this try has to respect."""
        return self.own if self.known else self.own | self.wide


class Tries:
    """The counts, over the store; many tries at once are many."""

    def __init__(self, store: AccountStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._counting = asyncio.Lock()

    async def begun(self, one: Try) -> Millis:
        """Count a failure before it is one; return until when it has to wait, 0 where it may go."""
        async with self._counting:
            before = await self._read(one.holding)
            now = millis(self._clock())
            until = max(counted.until for counted in before.values())
            if until > now:
                return until
            await self._add(one.holding, before)
            return 0

    async def wrong(self, one: Try) -> Millis:
        """Return until when the next such try has to wait, now that this one was wrong."""
        async with self._counting:
            if one.known:
                await self._add(one.wide, await self._read(one.wide))
            counted = await self._read(one.holding)
        return max(count.until for count in counted.values())

    async def right(self, one: Try) -> None:
        """Forget the failures of this login there; elsewhere take off this try alone."""
        async with self._counting:
            rest = {} if one.known else await self._read(one.wide)
            kept = {name: forgiven(rest[name], one.wide[name]) for name in rest}
            await self._store.keep_failures(dict.fromkeys(one.own, Failures()) | kept)

    async def forget(self, one: Try) -> None:
        """Forget the failures of this login, there and as a whole: its password is a new one."""
        async with self._counting:
            names = [*one.own, *(name for name in one.wide if name.startswith("login:"))]
            await self._store.keep_failures(dict.fromkeys(names, Failures()))

    async def _read(self, of: Mapping[str, int]) -> dict[str, Failures]:
        return {name: await self._store.failures(name) for name in of}

    async def _add(self, of: Mapping[str, int], before: Mapping[str, Failures]) -> None:
        now = millis(self._clock())
        counted = {name: failed(before[name], now, patience) for name, patience in of.items()}
        await self._store.keep_failures(counted)


def _hashed(text: str) -> str:
    # As a hash: people type their password where the login goes.
    return hashlib.sha256(text.encode()).hexdigest()[:32]
