"""Who acts in a group, on which case, and why an act did not go through."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.practice import is_practice
from bot.channels.telegram.group_updates import Sender
from bot.clock import millis, moment
from bot.desk.reworded import reads_so
from bot.desk.telegram.answering import Answers, Rows, Stands
from bot.service import Service
from bot.store.interface import CaseFile, Librarian
from bot.store.sqlite_telegram_groups import JoinedGroup, SqliteTelegramGroups
from dialogs.texts import Texts

LONGEST_NAME = 40
DONE = "👌"
"""The mark on a command that went through."""
Staff = Callable[[int], Awaitable[Librarian | None]]
"""Returns the account whose owner has this number at Telegram, if any has."""


async def no_staff(_user: int) -> Librarian | None:
    """Return that no account says its number at Telegram."""
    return None


@dataclass(frozen=True, slots=True)
class Here:
    """Where something was written or tapped, by whom, and under which key it is done."""

    group: JoinedGroup
    thread: int | None
    user: Sender
    key: str
    message: int | None = None
    """The librarian's message; None where a button was tapped."""

    @property
    def chat(self) -> int:
        """The group's number."""
        return self.group.chat

    def ref(self, message: int) -> str:
        """Return what the desk calls a message of this group."""
        return f"tg:{self.chat}:{message}"


class Acting:
    """What every part of the desk in a group does with a case."""

    def __init__(
        self,
        service: Service,
        groups: SqliteTelegramGroups,
        answers: Answers,
        staff: Staff = no_staff,
    ) -> None:
        self.service = service
        self.groups = groups
        self.answers = answers
        self._staff = staff

    @property
    def texts(self) -> Texts:
        """The words: librarians read Bulgarian."""
        return self.service.context().texts["bg"]

    @property
    def now(self) -> dt.datetime:
        """The time in Sofia."""
        return self.service.clock()

    # -- who and what --------------------------------------------------------------------------

    async def who(self, here: Here) -> Librarian:
        """Return who acts, at this group's desk."""
        account = await self._staff(here.user.id)
        if account is not None:
            return replace(account, library=here.group.desk)
        name, desk = self._name(here.user), here.group.desk
        return await self.groups.librarian(here.user.id, desk, name, millis(self.now))

    async def is_stopped(self, user: Sender, desk: str) -> bool:
        """Return whether an administrator lets them act at this desk no more."""
        return await self.groups.is_stopped(user.id, desk)

    def _name(self, user: Sender) -> str:
        seen = "".join(c if c.isprintable() else " " for c in user.first_name)
        return " ".join(seen.split())[:LONGEST_NAME].strip() or self.texts("desk-tg-nameless")

    async def case(self, here: Here, number: int) -> CaseFile | None:
        """Return a case that this group's desk may see."""
        case = await self.service.desk.case(number)
        if case is None or is_practice(case.conversation):
            return None
        desk = here.group.desk
        return case if case.at_desk(desk) or case.expert_desk == desk else None

    # -- doing ---------------------------------------------------------------------------------

    async def attempt(self, here: Here, case: CaseFile, act: str, **more: Any) -> str:
        """Do it once, whatever is done again; return why it did not go through, or nothing."""
        return await self.attempt_as(here, here.key, case, act, **more)

    async def attempt_as(self, here: Here, key: str, case: CaseFile, act: str, **more: Any) -> str:
        """Do it under another key: where one update does several things."""
        me = await self.who(here)
        await self.service.roster.act(case, act, me, key=key, **more)
        if await self.service.roster.done(case, key) or await self._reads_so(act, more):
            await self.service.desk.was_there(me.id, millis(self.now))
            return ""
        return self.why_not(await self.service.desk.case(case.number), me, act)

    async def in_the_way(self, here: Here, case: CaseFile) -> str:
        """Return why this librarian cannot go on with a case, or nothing, before they write."""
        me = await self.who(here)
        free = case.is_open and case.claimed_by in (None, me.id)
        return "" if free and case.at_desk(here.group.desk) else self.why_not(case, me, "close")

    async def why_not_here(self, here: Here, number: int) -> str:
        """Return why this group has no such case: who took it elsewhere, or that it is gone."""
        shown = await self.groups.case_at(here.chat, here.thread or 0) == number
        case = await self.service.desk.case(number) if shown else None
        act = "expert_reply" if here.group.of_experts else "claim"
        return self.why_not(case, await self.who(here), act)

    async def _reads_so(self, act: str, more: dict[str, Any]) -> bool:
        """Return whether a line of the history reads as it should after an edit."""
        if act not in ("edit", "retract"):
            return False
        found = await self.groups.entry(more["ref"])
        return reads_so(act, more, found[1] if found else None)

    def why_not(self, case: CaseFile | None, me: Librarian, act: str) -> str:
        """Return what stood in the way, with who and since when."""
        if case is None:
            return self.texts("desk-tg-gone")
        if not case.is_open:
            return self.texts("desk-tg-closed", at=self._when(case.closed_at))
        if act != "expert_reply" and case.claimed_by not in (None, me.id):
            # Also where it was taken at another desk, as a neighbour takes it.
            at, name = self._when(case.claimed_at), case.claimed_name or ""
            return self.texts("desk-tg-taken", name=name, at=at)
        if act == "expert_reply" or not case.at_desk(me.library):
            return self.texts("desk-tg-elsewhere")
        nothing = {"claim": "desk-tg-mine-already", "release": "desk-tg-not-claimed"}
        return self.texts(nothing.get(act, "desk-went-wrong"))

    def _when(self, at: int | None) -> str:
        """Return a moment as people in Sofia say it; the day only where it is another."""
        when = moment(at or 0)
        if when.date() == self.now.date():
            return self.texts("desk-tg-at-time", time=f"{when:%H:%M}")
        return self.texts("desk-tg-at-day", day=f"{when:%d.%m}", time=f"{when:%H:%M}")

    # -- saying --------------------------------------------------------------------------------

    def say(self, here: Here, text: str, rows: Rows = (), stands: Stands | None = None) -> None:
        """Answer a librarian where they wrote."""
        self.answers.say(here.chat, here.thread, text, to=here.message, rows=rows, stands=stands)

    def mark(self, here: Here, emoji: str = DONE) -> None:
        """Put a mark on what a librarian wrote, where that is answer enough."""
        if here.message is not None:
            self.answers.react(here.chat, here.message, emoji)

    # -- desks ---------------------------------------------------------------------------------

    def desk_name(self, desk: str) -> str:
        """Return what a library or a bureau is called, with its town."""
        directory = self.service.knowledge.directory
        bureau = directory.bureau(desk.removeprefix("bureau:"))
        place = bureau if desk.startswith("bureau:") else directory.library(desk)
        return f"{place.name}, {place.city}" if place else desk

    def desk_town(self, desk: str) -> str:
        """Return the town of a desk, for a button."""
        directory = self.service.knowledge.directory
        bureau = directory.bureau(desk.removeprefix("bureau:"))
        place = bureau if desk.startswith("bureau:") else directory.library(desk)
        return place.city if place else desk
