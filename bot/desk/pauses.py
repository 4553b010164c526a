"""How long nobody may try to sign in after it has failed: each failure makes the pause longer.

Three counts stand side by side, so that a stranger who tries cannot shut the owner out:

- one login from one network: from the 5th failure a pause of 1 minute, doubled to 60 (`OF_PAIR`).
  It holds for everybody.
- one login from anywhere: from the 20th failure (`OF_LOGIN`);
- one network with any logins: from the 20th failure (`OF_ADDRESS`). These two hold for strangers
  alone: where a login has signed in within 90 days (`KNOWN`), its password is compared anyway.

So strangers can try one login about 20 times, then some 29 times in the first day and 24 in each
that follows, however many networks they own; from a network that it knows, 5 times, then as rarely.
Signing in takes its own count off alone: an attacker does not begin anew whenever the owner comes
in. Each try costs a whole argon2id comparison; one refused in a pause costs none and tells nothing.
A network is a /24 or a /48: who sits in the owner's own can still make the owner wait.
"""

from bot.store.accounts import Failures
from bot.store.interface import Millis

MINUTE: Millis = 60_000
CALM: Millis = 15 * MINUTE
"""After so long without a failure the few before are forgotten."""
LONG_CALM: Millis = 24 * 60 * MINUTE
"""As `CALM`, once there has been a pause."""
LONGEST = 60
"""Minutes."""
OF_PAIR = 5
"""Failures with one login from one network until the first pause."""
OF_LOGIN = 20
"""As `OF_PAIR`, from anywhere."""
OF_ADDRESS = 20
"""As `OF_PAIR`, with any login: a whole library may stand behind one network."""
KNOWN: Millis = 90 * 24 * 60 * MINUTE
"""For how long a network is known to a login that has signed in there."""


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
