"""The audit trail: who did what to accounts and to what is shown, never anybody's words."""

from dataclasses import replace
from textwrap import shorten

from bot.clock import Clock, millis
from bot.store.accounts import AccountStore
from bot.store.interface import Librarian, NewAudit

OPERATOR = "operator"
"""The role of whoever has the command line."""
SHORT = 300
"""Characters of a value that the trail keeps."""


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
        await self._store.note(replace(self.line(actor, action, about), address=address))

    async def by_operator(self, action: str, about: str = "") -> None:
        """Note what was done from the command line."""
        await self._store.note(replace(self.line(None, action, about), role=OPERATOR))

    def line(
        self,
        actor: Librarian | None,
        action: str,
        about: str = "",
        *,
        before: str = "",
        after: str = "",
    ) -> NewAudit:
        """Return the line, to be stored together with what was done; values are cut short."""
        return NewAudit(
            millis(self._clock()),
            actor.id if actor else "",
            actor.role if actor else "",
            action,
            about,
            before=in_short(before),
            after=in_short(after),
        )


def in_short(value: str) -> str:
    """Return the beginning of a value on one line."""
    return shorten(value, SHORT, placeholder="…")
