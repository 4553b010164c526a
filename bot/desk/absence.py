"""„Днес ме няма“: the one way to say it, from whichever desk, and to come back."""

from bot.service import Service
from bot.store.interface import Librarian


async def set_away(service: Service, who: Librarian, *, away: bool) -> int:
    """Note that somebody is away today, or here again; return how many cases went back."""
    day = service.clock().date().isoformat()
    was_away = who.id in await service.desk.absent(day)
    released = await service.roster.set_away(who, away=away)
    if away is not was_away:
        await service.accounts.audit(who, "away" if away else "here")
    return released
