"""What is kept of those who sign in at the desk: accounts, sessions, failures, the audit trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.store.interface import Librarian, Millis, NewAudit


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody as an administrator sees them."""

    who: Librarian
    joined_at: Millis
    last_seen_at: Millis | None
    sessions: int
    """How many of their sessions stand; some may be over."""


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session as it begins."""

    token: str
    librarian: str
    csrf: str
    handle: str
    begun_at: Millis
    expires_at: Millis
    idle_limit: Millis | None
    browser: str


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session as its owner sees it."""

    handle: str
    begun_at: Millis
    last_seen_at: Millis
    browser: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Failures:
    """How often signing in has failed, when last, and until when nobody may try."""

    count: int = 0
    last_at: Millis = 0
    until: Millis = 0


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A line of the audit trail; names are those of today, empty where nobody has that id."""

    id: int
    at: Millis
    actor: str
    actor_name: str
    role: str
    action: str
    about: str
    about_name: str
    address: str
    before: str = ""
    after: str = ""


class AccountStore(Protocol):
    """What stands behind signing in."""

    async def with_telegram(self, user: int) -> Librarian | None:
        """Return whose account is linked with that number at Telegram, if it is not disabled."""

    async def link_telegram(self, number: str, user: int | None) -> bool:
        """Keep that number at Telegram, or none; False where another account has it."""

    async def people(self) -> list[Account]:
        """Return everybody but those of the trial, the disabled too."""

    async def person(self, number: str) -> Librarian | None:
        """Return one of them by id."""

    async def by_login(self, login: str) -> tuple[Librarian, str | None] | None:
        """Return who signs in by that, and the hash of their password."""

    async def keep_password(self, number: str, password: str) -> None:
        """Keep the hash of a new password."""

    async def begin(self, session: NewSession) -> None:
        """Keep a session by the hash of its token."""

    async def seen(self, token: str, now: Millis) -> None:
        """Keep that the holder of this token has just done something."""

    async def sessions(self, number: str, now: Millis) -> list[OwnSession]:
        """Return the sessions of a person that are not over, the last used first."""

    async def revoke(self, number: str, handle: str) -> bool:
        """End one session of this person; return whether there was one."""

    async def revoke_all(self, number: str, but: str = "") -> int:
        """End the sessions of this person but the one with that handle; return how many."""

    async def disable(self, number: str, now: Millis) -> None:
        """Let them in no more, and end their sessions; what they did stays under their name."""

    async def enable(self, number: str) -> None:
        """Let them in again."""

    async def offer_reset(self, code: str, number: str, expires_at: Millis) -> None:
        """Keep a link for a new password, the only one, and end the sessions."""

    async def reset_for(self, code: str, now: Millis) -> Librarian | None:
        """Return whose password such a link changes, while it can be used."""

    async def reset(self, code: str, password: str, now: Millis, login: str) -> bool:
        """Use the link up: keep the new password, end the sessions; False if it was used.

        Who has no login takes that one; raises TakenError where it is somebody else's.
        """

    async def failures(self, of: str) -> Failures:
        """Return how often signing in failed there."""

    async def keep_failures(self, counted: Mapping[str, Failures]) -> None:
        """Keep these numbers; those of nothing are removed."""

    async def came_from(self, number: str, address: str, since: Millis) -> bool:
        """Return whether this person has come in from that network, by the trail."""

    async def note(self, line: NewAudit) -> None:
        """Write a line into the audit trail."""

    async def trail(self, before: int, most: int) -> list[AuditLine]:
        """Return lines of the trail with a smaller id, the newest first; 0 for the newest."""
