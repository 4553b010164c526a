"""How long nobody may try to sign in after it has failed: each failure makes the pause longer."""

from bot.store.accounts import Failures
from bot.store.interface import Millis

MINUTE: Millis = 60_000
CALM: Millis = 15 * MINUTE
"""After so long without a failure the few before are forgotten."""
LONG_CALM: Millis = 24 * 60 * MINUTE
"""As `CALM`, once there has been a pause."""
LONGEST = 60
"""Minutes."""
OF_LOGIN = 5
"""Failures with one login until the first pause."""
OF_ADDRESS = 20
"""As `OF_LOGIN`, from one address: a whole library may stand behind it."""


def failed(before: Failures, now: Millis, patience: int) -> Failures:
    """Return the count after one more failure; from `patience` on it brings a pause."""
    calm = CALM if before.count < patience else LONG_CALM
    over = now - max(before.last_at, before.until) >= calm
    count = 1 if over else before.count + 1
    return Failures(count, now, _until(count, now, patience))


def forgiven(counted: Failures, patience: int) -> Failures:
    """Return the count without the last failure, which was none."""
    count = max(0, counted.count - 1)
    return Failures(count, counted.last_at, _until(count, counted.last_at, patience))


def _until(count: int, at: Millis, patience: int) -> Millis:
    if count < patience:
        return 0
    return at + min(LONGEST, 1 << min(count - patience, 6)) * MINUTE
