"""„/аз КОД“: who writes in the group and who signs in on the web become one librarian."""

from bot.desk.telegram.acting import Acting, Here
from bot.store.interface import Librarian
from dialogs.case import SAME_PERSON


class Linking:
    """Links the Telegram of who writes with the account whose code they write."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def link(self, here: Here, code: str) -> None:
        """Link, hand over what they had, and say so; or say what is wrong with the code."""
        texts, accounts = self._acting.texts, self._acting.service.accounts
        code = "".join(code.split())
        if not code:
            self._acting.say(here, texts("desk-tg-link-how"))
            return
        found, whose = accounts.links.take(code, here.chat)
        if found == "good" and not await accounts.link_telegram(whose, here.user.id):
            self._acting.say(here, texts("desk-tg-link-taken"))
            return
        who = await accounts.with_telegram(here.user.id)
        if who is not None and found != "pause":
            # Also where a crash came between: the code is used up, the cases are still to go over.
            await self._hand_over(here, who)
            await self._acting.service.roster.refresh()
            self._acting.say(here, texts("desk-tg-link-done", name=who.name))
            return
        self._acting.say(here, texts(f"desk-tg-link-{found}"))

    async def _hand_over(self, here: Here, who: Librarian) -> None:
        """Give the account the open cases that they took before it was linked."""
        service = self._acting.service
        for before in await self._acting.groups.rows_of(here.user.id):
            for case in await service.desk.cases(before.library):
                if case.is_open and case.claimed_by == before.id:
                    to = {"to": who.id, "to_name": who.name, "code": SAME_PERSON}
                    key = f"{here.key}:{case.number}"
                    await service.roster.act(case, "transfer", before, key=key, **to)
                    await service.runtime.settled(case.conversation)
