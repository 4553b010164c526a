"""How much waits for an administrator: a number beside its place in the navigation."""

from collections.abc import Mapping

from bot.desk.corrections import may_administer
from bot.store.interface import DeskStore, Librarian
from bot.store.sqlite_corrections import SqliteCorrections

REPORTS, CORRECTIONS = "/desk/reports", "/desk/corrections"
"""Where it is seen and decided."""


class Unseen:
    """Looks before each page of whoever may decide, so that no number is older than its page."""

    def __init__(self, desk: DeskStore, corrections: SqliteCorrections) -> None:
        self._desk = desk
        self._corrections = corrections
        self._reports = 0
        self._waiting: dict[bool, int] = {}

    async def look(self, who: Librarian) -> None:
        """Count anew what waits for this person."""
        if not may_administer(who):
            return
        self._reports = await self._desk.unseen_reports()
        self._waiting[who.trial] = await self._corrections.count_waiting(trial=who.trial)

    def of(self, who: Librarian) -> Mapping[str, int]:
        """Return what waits for this person by the place where it is seen; no zeros."""
        if not may_administer(who):
            return {}
        found = {REPORTS: self._reports, CORRECTIONS: self._waiting.get(who.trial, 0)}
        return {place: n for place, n in found.items() if n}
