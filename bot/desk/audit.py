"""The audit trail: who did what to accounts and to what is shown, never anybody's words."""

from bot.clock import Clock, millis
from bot.store.accounts import AccountStore, NewAudit
from bot.store.interface import Librarian

OPERATOR = "operator"
"""The role of whoever has the command line."""


class Audit:
    """Writes the trail. `await audit(actor, "action", about)`."""

    def __init__(self, store: AccountStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def __call__(
        self, actor: Librarian | None, action: str, about: str = "", *, address: str = ""
    ) -> None:
        """Note what was done. `about` is an id or a date, and never what a person wrote.

        The page of the trail says the text `desk-act-<action>`, or the bare action without one.
        """
        await self._write(
            actor.id if actor else "", actor.role if actor else "", action, about, address
        )

    async def by_operator(self, action: str, about: str = "") -> None:
        """Note what was done from the command line."""
        await self._write("", OPERATOR, action, about, "")

    async def _write(self, actor: str, role: str, action: str, about: str, address: str) -> None:
        at = millis(self._clock())
        await self._store.note(NewAudit(at, actor, role, action, about, address))
