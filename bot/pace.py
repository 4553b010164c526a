"""So many a second, evenly."""

import asyncio


class Pace:
    """Gives out places in time, one after the other."""

    def __init__(self, per_second: float) -> None:
        self._gap = 1 / per_second
        self._next = 0.0

    def take(self) -> float:
        """Take the next place; return the seconds until it is due."""
        now = asyncio.get_running_loop().time()
        at = max(self._next, now)
        self._next = at + self._gap
        return at - now
