"""Accounts of the desk: signing in and out, joining, a new password, who is let in."""

import base64
import datetime as dt
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.clock import Clock, millis
from bot.desk.audit import Audit
from bot.desk.linking import Links
from bot.desk.passwords import Passwords, folded
from bot.desk.pauses import KNOWN
from bot.desk.tries import Tries, Try
from bot.store.accounts import AccountStore, NewSession
from bot.store.interface import DeskSession, DeskStore, Invitation, Librarian, Millis, Role

INVITATION = dt.timedelta(days=7)
"""How long a one-time link can be used."""
SESSION = dt.timedelta(days=14)
SHARED_SESSION = dt.timedelta(hours=12)
IDLE = dt.timedelta(minutes=15)
"""How long a session on a shared computer lasts while nothing is done."""
SHARED = "s."
"""What the token of a session on a shared computer begins with: the browser alone can tell."""
NOTED_EVERY: Millis = 5000
"""Acts that follow each other faster are one."""
BUREAU = "bureau:"
"""What the desk of a labour bureau's experts begins with."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Signing in failed; nobody may try again before `until`, 0 where they may at once."""

    until: Millis = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody signs in from."""

    address: str = ""
    """The network, never the whole address."""
    browser: str = ""
    shared: bool = False


class Accounts:
    """What can be done with accounts, each act noted in the trail."""

    def __init__(self, store: AccountStore, desk: DeskStore, clock: Clock) -> None:
        self.store = store
        self.audit = Audit(store, clock)
        self.passwords = Passwords()
        self.links = Links(clock)
        self._desk = desk
        self._clock = clock
        self._tries = Tries(store, clock)
        self._ended: list[Callable[[], Awaitable[None]]] = []

    def follow(self, ended: Callable[[], Awaitable[None]]) -> None:
        """Have this called whenever sessions were ended."""
        self._ended.append(ended)

    async def _tell(self) -> None:
        for ended in self._ended:
            await ended()

    def _now(self) -> Millis:
        return millis(self._clock())

    # -- signing in ------------------------------------------------------------------------------

    async def with_telegram(self, user: int) -> Librarian | None:
        """Return whose account is linked with that number at Telegram."""
        return await self.store.with_telegram(user)

    async def link_telegram(self, number: str, user: int | None) -> bool:
        """Link an account with a number at Telegram, or with none; False if another has it."""
        who = await self.store.person(number)
        if who is None or who.disabled_at or not await self.store.link_telegram(number, user):
            return False
        await self.audit(who, "telegram-link" if user else "telegram-unlink", number)
        return True

    async def knows(self, login: str, password: str, address: str) -> Librarian | Refused:
        """Return whose login and password these are; the same answer for whatever is wrong."""
        found = await self.store.by_login(folded(login))
        who, kept = found or (None, None)
        one = Try(login, address, known=await self._is_known(who, address))
        until = await self._tries.begun(one)
        if until:
            return Refused(until)
        usable = kept if who and not who.disabled_at else None
        right = await self.passwords.is_right(usable, password)
        if not right or who is None or usable is None:
            await self.audit(None, "sign-in-failed", who.id if who else "", address=address)
            return Refused(await self._tries.wrong(one))
        await self._tries.right(one)
        if self.passwords.is_old(usable):
            await self.store.keep_password(who.id, await self.passwords.hash(password))
        return who

    async def _is_known(self, who: Librarian | None, address: str) -> bool:
        """Return whether they have come in from that network lately."""
        since = self._now() - KNOWN
        if who is None or not address:
            return False
        return await self.store.came_from(who.id, address, since)

    async def begin(self, who: Librarian, place: Place) -> str:
        """Begin a session, and return its token."""
        token = f"{SHARED if place.shared else ''}{secrets.token_urlsafe(32)}"
        now = self._now()
        lasts = SHARED_SESSION if place.shared else SESSION
        session = NewSession(
            token=token,
            librarian=who.id,
            csrf=secrets.token_urlsafe(16),
            handle=handle_of(token),
            begun_at=now,
            expires_at=now + _millis_of(lasts),
            idle_limit=_millis_of(IDLE) if place.shared else None,
            browser=place.browser,
        )
        await self.store.begin(session)
        return token

    async def seen(self, token: str, session: DeskSession) -> DeskSession:
        """Note that something was done, and return the session as it stands then."""
        now = self._now()
        if now - session.last_seen_at < NOTED_EVERY:
            return session
        await self.store.seen(token, now)
        return replace(session, last_seen_at=now)

    # -- one-time links --------------------------------------------------------------------------

    async def invite(self, actor: Librarian | None, role: Role, desk: str) -> str:
        """Return the code of an invitation; without an actor it is the operator's."""
        code = secrets.token_urlsafe(18)
        until = self._now() + _millis_of(INVITATION)
        await self._desk.invite(code, desk, until, trial=False, role=role)
        await self._noted(actor, "invite", f"{role} {desk}".strip())
        return code

    async def join(self, code: str, who: Librarian, password: str | None, address: str) -> bool:
        """Use an invitation up; False if somebody was faster. Raises TakenError."""
        hashed = None if password is None else await self.passwords.hash(password)
        joined = await self._desk.join(code, who, self._now(), hashed)
        if joined:
            await self.audit(who, "join", who.library, address=address)
        return joined

    async def offer_reset(self, actor: Librarian | None, who: Librarian) -> str:
        """Return the code of a link for a new password; the sessions end."""
        code = secrets.token_urlsafe(18)
        await self.store.offer_reset(code, who.id, self._now() + _millis_of(INVITATION))
        await self._tell()
        await self._noted(actor, "reset-link", who.id)
        return code

    async def reset(
        self, code: str, password: str, address: str, login: str = ""
    ) -> Librarian | None:
        """Use such a link up, and return whose it was; None if it was used.

        Who has no login yet takes `login`; raises TakenError where that is somebody else's.
        """
        who = await self.store.reset_for(code, self._now())
        if who is None:
            return None
        hashed = await self.passwords.hash(password)
        taken = who.login or login
        if not await self.store.reset(code, hashed, self._now(), taken):
            return None
        await self._tell()
        who = replace(who, login=taken)
        await self._tries.forget(Try(taken, address))
        await self.audit(who, "reset", who.id, address=address)
        return who

    async def invited(self, code: str) -> Invitation | None:
        """Return what an invitation is for, while it can be used."""
        return await self._desk.invited(code, self._now())

    # -- who is let in ---------------------------------------------------------------------------

    async def change_password(self, who: Librarian, password: str, address: str) -> None:
        """Keep a new password, and end every session."""
        await self.store.keep_password(who.id, await self.passwords.hash(password))
        await self.store.revoke_all(who.id)
        await self._tell()
        await self.audit(who, "password", who.id, address=address)

    async def disable(self, actor: Librarian, who: Librarian) -> None:
        """Let them in no more; their sessions end at once."""
        await self.store.disable(who.id, self._now())
        await self._tell()
        await self.audit(actor, "disable", who.id)

    async def enable(self, actor: Librarian, who: Librarian) -> None:
        """Let them in again."""
        await self.store.enable(who.id)
        await self.audit(actor, "enable", who.id)

    async def revoke(self, actor: Librarian, who: Librarian, handle: str = "") -> None:
        """End the session with that handle, or all of them."""
        if handle:
            await self.store.revoke(who.id, handle)
        else:
            await self.store.revoke_all(who.id)
        await self._tell()
        await self.audit(actor, "revoke", who.id)

    async def revoke_others(self, who: Librarian, but: str) -> None:
        """End every session of theirs but one."""
        await self.store.revoke_all(who.id, but)
        await self._tell()
        await self.audit(who, "revoke", who.id)

    async def _noted(self, actor: Librarian | None, action: str, about: str) -> None:
        if actor is None:
            await self.audit.by_operator(action, about)
        else:
            await self.audit(actor, action, about)


def handle_of(token: str) -> str:
    """Return what names a session to its owner: it is made of the token, and gives it not away."""
    digest = hashlib.sha256(f"handle {token}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:9]).decode()


def _millis_of(time: dt.timedelta) -> Millis:
    return int(time.total_seconds() * 1000)
