"""What a librarian is asked for before a case goes on: to whom, and with which words."""

import datetime as dt
from collections.abc import Sequence
from typing import Literal, Protocol

from bot.channels.telegram.group_updates import GroupMessage
from bot.clock import millis
from bot.desk.telegram.acting import DONE, Acting, Here
from bot.desk.telegram.answering import Rows
from bot.desk.telegram.wording import Opening
from bot.store.interface import CaseFile, Librarian
from bot.store.sqlite_telegram_groups import LATE, Asking
from knowledge.gazetteer import distance_km

PATIENCE = dt.timedelta(minutes=15)
"""So long the next message is taken for what was asked; later it is taken for nothing."""
MOST = 8
"""Colleagues, libraries or bureaus offered at once."""
LONGEST = 1500
"""Characters of a note to a colleague or of a question to an expert."""
LABEL = 20
TOO_LONG = "desk-too-long"
AT_ONCE = 10
"""Seconds in which the rest of a long message follows: apps divide what is too long for one."""

CalledOff = Literal["off", "done", "nothing"]
"""What calling off meant: it is waited for no more, it was done before, nothing was waited for."""


class Point(Protocol):
    """Something that stands on the map."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


class Questions:
    """Hands a case on and asks experts: the words come with the librarian's next message."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting
        self._prompts: dict[tuple[int, int, int], int] = {}
        """The message in which somebody is asked for words; 0 until its number is known."""

    # -- to whom -------------------------------------------------------------------------------

    async def receivers(self, here: Here, number: int) -> Rows:
        """Return buttons for colleagues, then for libraries, the nearest first."""
        away = await self._away()
        people = [who for who in await self._colleagues(here) if who.id not in away]
        desks = [desk.id for desk in self._acting.service.roster.now.desks]
        near = self._nearest(here.group.desk, [d for d in desks if d != here.group.desk])
        rows = [[(short(f"👤 {w.name}"), f"desk:give:{number}:w:{w.id}")] for w in people[:MOST]]
        for desk in near[:MOST]:
            label = short(f"🏛 {self._acting.desk_town(desk)}")
            rows.append([(label, f"desk:give:{number}:l:{desk}")])
        return rows

    async def can_receive(self, here: Here, kind: str, to: str) -> bool:
        """Return whether a case can go there: what a button carries is not believed."""
        if kind == "l":
            return to in {desk.id for desk in self._acting.service.roster.now.desks}
        away = await self._away()
        return any(who.id == to and to not in away for who in await self._colleagues(here))

    async def absent(self, here: Here) -> str:
        """Return the words that say which colleagues are away today; empty where none is."""
        away = await self._away()
        names = [who.name for who in await self._colleagues(here) if who.id in away]
        return self._acting.texts("desk-colleagues-away", names=", ".join(names)) if names else ""

    async def _colleagues(self, here: Here) -> list[Librarian]:
        me = await self._acting.who(here)
        return [
            who
            for who in await self._acting.service.desk.librarians()
            if who.library == here.group.desk and who.id != me.id and not who.trial
        ]

    async def _away(self) -> set[str]:
        day = self._acting.now.date().isoformat()
        return await self._acting.service.desk.absent(day)

    async def bureaus(self, here: Here) -> list[str]:
        """Return the desks of experts who are there today, the nearest first."""
        return self._nearest(here.group.desk, self._acting.service.roster.now.experts)

    def no_bureau(self) -> str:
        """Return the words that say why no expert can be asked."""
        away = self._acting.service.roster.now.experts_away
        if not away:
            return self._acting.texts("desk-tg-no-bureau")
        names = "; ".join(map(self._acting.desk_name, away))
        return self._acting.texts("desk-experts-away", names=names)

    def bureau_rows(self, number: int, bureaus: Sequence[str]) -> list[list[tuple[str, str]]]:
        """Return a button for each bureau."""
        return [
            [(short(self._acting.desk_town(bureau)), f"desk:bureau:{number}:{bureau}")]
            for bureau in bureaus[:MOST]
        ]

    def _nearest(self, desk: str, others: Sequence[str]) -> list[str]:
        here = self._point(desk)
        if here is None:
            return list(others)

        def far(other: str) -> tuple[float, str]:
            at = self._point(other)
            if at is None:
                return (float("inf"), other)
            return (
                distance_km(here.latitude, here.longitude, at.latitude, at.longitude),
                other,
            )

        return sorted(others, key=far)

    def _point(self, desk: str) -> Point | None:
        directory = self._acting.service.knowledge.directory
        if desk.startswith("bureau:"):
            return directory.bureau(desk.removeprefix("bureau:"))
        return directory.library(desk)

    # -- with which words ----------------------------------------------------------------------

    async def ask_note(
        self, here: Here, number: int, *, library: str = "", colleague: str = ""
    ) -> tuple[str, Rows]:
        """Wait for the note that goes with a case; return the words that ask for it."""
        await self._keep(here, number, "transfer", library=library, colleague=colleague)
        name = await self._name_of(colleague) if colleague else self._acting.desk_name(library)
        rows = [self._cancel(number, "transfer")]
        return self._acting.texts("desk-tg-ask-note", name=name), rows

    async def ask_question(
        self, here: Here, number: int, bureau: str, *, direct: bool = False
    ) -> tuple[str, Rows]:
        """Wait for the question to an expert; return the words that ask for it."""
        await self._keep(here, number, "expert", library=bureau, direct=direct)
        tick = "desk-tg-button-direct-on" if direct else "desk-tg-button-direct-off"
        rows = [[(self._acting.texts(tick), f"desk:direct:{number}")]]
        rows.append(self._cancel(number, "expert"))
        name = self._acting.desk_name(bureau)
        return self._acting.texts("desk-tg-ask-question", name=name), rows

    async def _keep(  # noqa: PLR0913  # what is to be done with the words
        self,
        here: Here,
        number: int,
        about: str,
        *,
        library: str = "",
        colleague: str = "",
        direct: bool = False,
    ) -> None:
        at = millis(self._acting.now)
        asking = Asking(
            here.chat,
            here.thread or 0,
            here.user.id,
            number,
            "transfer" if about == "transfer" else "expert",
            library,
            colleague,
            direct,
            at,
        )
        await self._acting.groups.ask(asking)
        self._prompts[_key(asking)] = 0

    def _cancel(self, number: int, about: str) -> list[tuple[str, str]]:
        return [(self._acting.texts("desk-tg-button-cancel"), f"desk:cancel:{number}:{about}")]

    def stands(self, here: Here, message: int) -> None:
        """Know in which message words are asked for: once they came, its buttons go."""
        key = (here.chat, here.thread or 0, here.user.id)
        if self._prompts.get(key) == 0:
            self._prompts[key] = message

    async def call_off(self, here: Here, number: int, about: str) -> CalledOff:
        """Wait for no words any more; return whether any were waited for, or came already."""
        asked = await self._acting.groups.last_asked(here.chat, here.thread or 0, here.user.id)
        if asked is None or (asked.number, asked.about) != (number, about):
            return "nothing"
        if asked.used:
            return "nothing" if asked.used.startswith(LATE) else "done"
        await self._acting.groups.let_go(asked.chat, asked.thread, asked.user)
        self._prompts.pop(_key(asked), None)
        return "off"

    def _end_prompt(self, asked: Asking) -> None:
        message = self._prompts.pop(_key(asked), 0)
        if message:
            self._acting.answers.end_buttons(asked.chat, message)

    async def _name_of(self, librarian: str) -> str:
        everybody = await self._acting.service.desk.librarians()
        return next((who.name for who in everybody if who.id == librarian), "")

    # -- and they come -------------------------------------------------------------------------

    async def took(
        self, here: Here, number: int | None, begun: Opening, message: GroupMessage
    ) -> bool:
        """Return whether the message was taken for what was asked: then it is no reply."""
        if not message.words and not message.has_file:
            return False
        asked = await self._acting.groups.asking(
            here.chat, here.thread or 0, here.user.id, here.key, number or 0
        )
        if asked is None:
            return False
        if asked.about == "rest":
            return await self._took_rest(here, asked, message)
        await self._answered(here, asked, begun, message)
        return True

    async def expect_rest(self, here: Here, number: int, message: GroupMessage) -> None:
        """Take what follows at once for the rest of this message, which was too long."""
        at = message.date * 1000
        asking = Asking(here.chat, here.thread or 0, here.user.id, number, "rest", at=at)
        await self._acting.groups.ask(asking)

    async def _took_rest(self, here: Here, asked: Asking, message: GroupMessage) -> bool:
        if message.date * 1000 - asked.at > AT_ONCE * 1000:
            return False
        self._acting.say(here, self._acting.texts("desk-tg-rest"))
        return True

    async def _answered(
        self, here: Here, asked: Asking, begun: Opening, message: GroupMessage
    ) -> None:
        """Do what was asked for. Whatever comes of it, the person never sees the words."""
        fault = self._fault(asked, begun, message)
        if fault == "desk-tg-asked-late":
            # Marked with this message: done again after a crash, it is still nobody's words.
            await self._acting.groups.answered(asked, LATE + here.key)
            self._end_prompt(asked)
        if fault:
            self._acting.say(here, self._acting.texts(fault, most=LONGEST))
            if fault == TOO_LONG:
                await self.expect_rest(here, asked.number, message)
            return
        case = await self._acting.case(here, asked.number)
        await self._acting.groups.answered(asked, here.key)
        self._end_prompt(asked)
        if case is None:
            why = await self._acting.why_not_here(here, asked.number)
            self._acting.say(here, f"{why}\n{self._acting.texts('desk-tg-asked-not-done')}")
            return
        why = await self._do(here, case, asked, begun.text)
        if why:
            self._acting.say(here, f"{why}\n{self._acting.texts('desk-tg-asked-not-done')}")
            return
        if asked.about == "expert":
            # Said in words: the next message is the person's again.
            self._acting.say(here, self._acting.texts("desk-tg-expert-asked"))
        else:
            self._acting.mark(here, DONE)

    def _fault(self, asked: Asking, begun: Opening, message: GroupMessage) -> str:
        late = millis(self._acting.now) - asked.at > PATIENCE.total_seconds() * 1000
        if asked.used.startswith(LATE) or (late and not asked.used):
            return "desk-tg-asked-late"
        if message.has_file or not begun.text:
            return "desk-tg-asked-words"
        if begun.kind == "note" and asked.about == "expert":
            return "desk-tg-asked-no-note"
        return TOO_LONG if len(begun.text) > LONGEST else ""

    async def _do(self, here: Here, case: CaseFile, asked: Asking, text: str) -> str:
        if asked.about == "expert":
            return await self._acting.attempt(
                here, case, "ask_expert", library=asked.library, text=text, direct=asked.direct
            )
        name = await self._name_of(asked.colleague) if asked.colleague else ""
        return await self._acting.attempt(
            here,
            case,
            "transfer",
            library=asked.library,
            to=asked.colleague,
            to_name=name,
            text=text,
        )


def _key(asking: Asking) -> tuple[int, int, int]:
    return (asking.chat, asking.thread, asking.user)


def short(label: str) -> str:
    """Return a label that a narrow phone shows whole."""
    return label if len(label) <= LABEL else f"{label[: LABEL - 1].rstrip()}…"
