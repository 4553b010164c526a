"""„Днес ме няма“ from a group, and what is said of it there."""

from bot.clock import millis
from bot.desk.absence import set_away
from bot.desk.telegram.acting import Acting, Here


class Absence:
    """Keeps who is away today."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def away(self, here: Here) -> str:
        """Keep that they are away; return the words that say what became of their cases."""
        me = await self._acting.who(here)
        released = await set_away(self._acting.service, me, away=True)
        return self._acting.texts("desk-tg-away", name=me.name, count=released)

    async def is_away(self, here: Here) -> bool:
        """Return whether they said already that they are away today."""
        me, day = await self._acting.who(here), self._acting.now.date().isoformat()
        return me.id in await self._acting.service.desk.absent(day)

    async def back(self, here: Here) -> str:
        """Keep that they are here; return the words that say so."""
        me, service = await self._acting.who(here), self._acting.service
        await service.desk.was_there(me.id, millis(self._acting.now))
        await set_away(service, me, away=False)
        return self._acting.texts("desk-tg-back", name=me.name)
