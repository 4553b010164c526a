"""„Днес ме няма“: a librarian is away today, and what they have not answered goes back."""

from bot.desk.telegram.acting import Acting, Here
from bot.store.interface import CaseFile


class Absence:
    """Keeps who is away today."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def away(self, here: Here) -> str:
        """Keep that they are away; return the words that say what became of their cases."""
        me = await self._acting.who(here)
        desk = self._acting.service.desk
        await desk.set_absent(me.id, self._today(), away=True)
        released = 0
        for case in await desk.cases(here.group.desk):
            if case.claimed_by == me.id and _waits(case):
                key = f"{here.key}:{case.number}"
                released += not await self._acting.attempt_as(here, key, case, "release")
        await self._acting.service.roster.refresh()
        return self._acting.texts("desk-tg-away", name=me.name, count=released)

    async def back(self, here: Here) -> str:
        """Keep that they are here; return the words that say so."""
        me = await self._acting.who(here)
        await self._acting.service.desk.set_absent(me.id, self._today(), away=False)
        await self._acting.service.roster.refresh()
        return self._acting.texts("desk-tg-back", name=me.name)

    def _today(self) -> str:
        return self._acting.now.date().isoformat()


def _waits(case: CaseFile) -> bool:
    """Return whether the person waits for a word."""
    return case.is_open and case.asked_at is not None
