"""Codes by which an account and its owner's Telegram are known to be one person: in memory."""

import datetime as dt
import secrets
from typing import Literal

from bot.clock import Clock

LASTS = dt.timedelta(minutes=15)
"""How long a code can be used, and how long wrong ones are counted."""
MOST_WRONG = 5
"""Wrong codes of a group after which it waits."""


class Links:
    """One code for each account at most, good once. A restart forgets them: a new one is made."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._codes: dict[str, tuple[str, dt.datetime]] = {}
        self._wrong: dict[int, list[dt.datetime]] = {}

    def offer(self, librarian: str) -> str:
        """Return a new code for an account; its code from before is good no more."""
        now = self._clock()
        self._codes = {
            code: (whose, until)
            for code, (whose, until) in self._codes.items()
            if until > now and whose != librarian
        }
        code = f"{secrets.randbelow(1_000_000):06}"
        while code in self._codes:
            code = f"{secrets.randbelow(1_000_000):06}"
        self._codes[code] = (librarian, now + LASTS)
        return code

    def offered(self, librarian: str) -> str:
        """Return the code of an account that can still be used, or nothing."""
        now = self._clock()
        mine = (c for c, (w, until) in self._codes.items() if w == librarian and until > now)
        return next(mine, "")

    def take(self, code: str, chat: int) -> tuple[Literal["good", "wrong", "pause"], str]:
        """Use a code up in a group; return whose it was, or that this group has to wait."""
        now = self._clock()
        wrong = [at for at in self._wrong.get(chat, []) if at > now - LASTS]
        self._wrong[chat] = wrong
        if len(wrong) >= MOST_WRONG:
            return "pause", ""
        whose, until = self._codes.pop(code, ("", now))
        if until > now:
            return "good", whose
        wrong.append(now)
        return "wrong", ""
