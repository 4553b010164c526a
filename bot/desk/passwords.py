"""Passwords: whether one will do, its hash, and whether it is the right one."""

import asyncio
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 200
AT_ONCE = 2
"""Hashes worked out at a time: each takes 64 MiB and a core."""

Fault = Literal["short", "long", "common", "login"]
"""Why a password will not do."""


def fault_of(password: str, login: str) -> Fault | None:
    """Return why this password will not do; None where it will."""
    password = composed(password)
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    if password.casefold() in common():
        return "common"
    return "login" if login and password.casefold() == folded(login) else None


def folded(login: str) -> str:
    """Return a login as it is kept: capitals and ways of writing a letter make no other login."""
    return unicodedata.normalize("NFKC", login).casefold().strip()


def composed(password: str) -> str:
    """Return a password as it is hashed; computers write one letter in more than one way."""
    return unicodedata.normalize("NFC", password)


@cache
def common() -> frozenset[str]:
    """Return the passwords that are tried first."""
    listed = files("bot.desk") / "common_passwords.txt"
    return frozenset(listed.read_text(encoding="utf-8").split())


class Passwords:
    """Hashes and compares beside the loop, a few at a time."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._free = asyncio.Semaphore(AT_ONCE)
        self._nobody = ""
        """A hash that no password has, of the same cost as everybody's."""

    async def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        async with self._free:
            return await asyncio.to_thread(self._hasher.hash, composed(password))

    async def is_right(self, kept: str | None, password: str) -> bool:
        """Return whether the password is the one; without a hash it takes as long and is not."""
        self._nobody = self._nobody or await self.hash("")
        async with self._free:
            compared = kept or self._nobody
            right = await asyncio.to_thread(self._compare, compared, composed(password))
        return right and kept is not None

    def is_old(self, kept: str) -> bool:
        """Return whether the hash is cheaper than those of today."""
        return self._hasher.check_needs_rehash(kept)

    def _compare(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False
