"""The buttons of the desk in a group: each press is answered with what happened."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from bot.channels.telegram.group_updates import GroupPlace, GroupPress
from bot.desk.telegram.absence import Absence
from bot.desk.telegram.acting import Acting, Here
from bot.desk.telegram.answering import Rows
from bot.desk.telegram.asking import Questions
from bot.desk.telegram.commands import Commands
from bot.desk.telegram.ending import BACK, Ending
from bot.store.interface import CaseFile

DATA = re.compile(r"desk:([a-z]+)(?::([0-9]{1,15}))?(?::(.+))?")
"""What a button carries: what it does, with which case, and which choice."""


@dataclass(frozen=True, slots=True)
class Word:
    """What is shown on a pressed button; `alert` where it must be read."""

    text: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press: where, the message with the button, and the choice."""

    here: Here
    at: GroupPlace
    choice: str
    number: int = 0


OfCase = Callable[[Pressed, CaseFile], Awaitable[Word]]
OfNone = Callable[[Pressed], Awaitable[Word]]


class Pressing:
    """Does what buttons say; done twice, it changes nothing more."""

    def __init__(
        self,
        acting: Acting,
        commands: Commands,
        questions: Questions,
        ending: Ending,
        absence: Absence,
    ) -> None:
        self._acting = acting
        self._commands = commands
        self._questions = questions
        self._ending = ending
        self._absence = absence
        self.of_case: dict[str, OfCase] = {
            "claim": self._claim,
            "release": self._release,
            "close": self._close,
            "transfer": self._transfer,
            "give": self._give,
            "expert": self._expert,
            "bureau": self._bureau,
            "direct": self._direct,
        }
        self.of_none: dict[str, OfNone] = {
            "away": self._away,
            "here": self._back,
            "cancel": self._cancel,
        }

    async def pressed(self, here: Here, query: GroupPress, place: GroupPlace) -> None:
        """Do what a button says, and answer the press whatever becomes of it."""
        word = Word(self._acting.texts("desk-went-wrong"), alert=True)
        try:
            word = await self._do(here, query.data, place)
        finally:
            self._acting.answers.press(query.id, word.text, alert=word.alert)

    async def _do(self, here: Here, data: str, place: GroupPlace) -> Word:
        found = DATA.fullmatch(data)
        if found is None:
            return self._word("desk-tg-old-button")
        name, number, choice = found[1], found[2], found[3] or ""
        press = Pressed(here, place, choice, int(number or 0))
        if name in self.of_none:
            return await self.of_none[name](press)
        if name not in self.of_case or number is None:
            return self._word("desk-tg-old-button")
        case = await self._acting.case(here, int(number))
        if case is None:
            return Word(await self._acting.why_not_here(here, int(number)), alert=True)
        if here.group.of_experts:
            return self._word("desk-tg-elsewhere")
        return await self.of_case[name](press, case)

    def _word(self, name: str, *, alert: bool = True) -> Word:
        return Word(self._acting.texts(name), alert)

    # -- a case --------------------------------------------------------------------------------

    async def _claim(self, press: Pressed, case: CaseFile) -> Word:
        why = await self._acting.attempt(press.here, case, "claim")
        return Word(why, alert=True) if why else self._word("desk-tg-claimed", alert=False)

    async def _release(self, press: Pressed, case: CaseFile) -> Word:
        why = await self._acting.attempt(press.here, case, "release")
        return Word(why, alert=True) if why else self._word("desk-tg-released", alert=False)

    async def _close(self, press: Pressed, case: CaseFile) -> Word:
        code, _, topic = press.choice.partition(":")
        if not code:
            why = await self._ending.ask(press.here, case)
            return Word(why, alert=True) if why else self._word("desk-tg-choose", alert=False)
        if code != BACK and not self._ending.knows(code, topic):
            return self._word("desk-tg-old-button")
        why = await self._acting.in_the_way(press.here, case)
        if not why:
            asked = self._ending.next_question(case, code, topic)
            if asked is not None:
                self._acting.answers.change(press.here.chat, press.at.message_id, *asked)
                return self._word("desk-tg-choose", alert=False)
            why = await self._ending.end(press.here, case, code, topic)
        now = await self._acting.case(press.here, case.number)
        if now is None or not now.is_open:
            # Refused to one who does not have the case, it stays for who does.
            self._clear(press, case.number)
        return Word(why, alert=True) if why else self._word("desk-tg-ended", alert=False)

    def _clear(self, press: Pressed, number: int) -> None:
        """Take the question away that was answered; the case's own header stays."""
        self._ending.forget(press.here.chat, number)
        self._acting.answers.take_away(press.here.chat, press.at.message_id)

    # -- to somebody else ----------------------------------------------------------------------

    async def _transfer(self, press: Pressed, case: CaseFile) -> Word:
        why = await self._acting.in_the_way(press.here, case)
        if why:
            return Word(why, alert=True)
        text, rows = await self._commands.ask_receiver(press.here, case)
        self._acting.say(press.here, text, rows)
        return self._word("desk-tg-choose", alert=False)

    async def _give(self, press: Pressed, case: CaseFile) -> Word:
        why = await self._acting.in_the_way(press.here, case)
        if why:
            return Word(why, alert=True)
        kind, _, to = press.choice.partition(":")
        if not await self._questions.can_receive(press.here, kind, to):
            return self._word("desk-tg-old-button")
        chosen = {"library": to} if kind == "l" else {"colleague": to}
        text, rows = await self._questions.ask_note(press.here, case.number, **chosen)
        self._ask_for_words(press, text, rows)
        return self._word("desk-tg-write-now", alert=False)

    async def _expert(self, press: Pressed, case: CaseFile) -> Word:
        why = await self._acting.in_the_way(press.here, case)
        if why:
            return Word(why, alert=True)
        text, rows = await self._commands.ask_bureau(press.here, case)
        self._acting.say(press.here, text, rows, partial(self._questions.stands, press.here))
        return self._word("desk-tg-look-below", alert=False)

    async def _bureau(self, press: Pressed, case: CaseFile) -> Word:
        why = await self._acting.in_the_way(press.here, case)
        if why:
            return Word(why, alert=True)
        if press.choice not in await self._questions.bureaus(press.here):
            return self._word("desk-tg-old-button")
        text, rows = await self._questions.ask_question(press.here, case.number, press.choice)
        self._ask_for_words(press, text, rows)
        return self._word("desk-tg-write-now", alert=False)

    async def _direct(self, press: Pressed, case: CaseFile) -> Word:
        here = press.here
        asked = await self._acting.groups.asking(here.chat, here.thread or 0, here.user.id)
        if asked is None or asked.about != "expert" or asked.number != case.number:
            return self._word("desk-tg-old-button")
        text, rows = await self._questions.ask_question(
            here, case.number, asked.library, direct=not asked.direct
        )
        self._ask_for_words(press, text, rows)
        on = "desk-tg-direct" if not asked.direct else "desk-tg-not-direct"
        return self._word(on, alert=False)

    def _ask_for_words(self, press: Pressed, text: str, rows: Rows) -> None:
        """Let the question with the buttons become the one that asks for words."""
        self._acting.answers.change(press.here.chat, press.at.message_id, text, rows)
        self._questions.stands(press.here, press.at.message_id)

    # -- a librarian ---------------------------------------------------------------------------

    async def _away(self, press: Pressed) -> Word:
        new = not await self._absence.is_away(press.here)
        return self._tell_all(press, await self._absence.away(press.here), new=new)

    async def _back(self, press: Pressed) -> Word:
        new = await self._absence.is_away(press.here)
        return self._tell_all(press, await self._absence.back(press.here), new=new)

    def _tell_all(self, press: Pressed, words: str, *, new: bool) -> Word:
        """Let colleagues read in General what they could not see being pressed."""
        if new:
            self._acting.answers.say(press.here.chat, None, words)
        return Word(words, alert=True)

    async def _cancel(self, press: Pressed) -> Word:
        here, message = press.here, press.at.message_id
        if press.choice:
            off = await self._questions.call_off(here, press.number, press.choice)
            if off == "done":
                self._acting.answers.end_buttons(here.chat, message)
                return self._word("desk-tg-done-already")
            if off == "nothing":
                return self._word("desk-tg-old-button")
        else:
            why = await self._not_theirs(press)
            if why:
                return Word(why, alert=True)
            await self._acting.groups.let_go(here.chat, here.thread or 0, here.user.id)
        self._acting.answers.take_away(here.chat, message)
        self._ending.forget(here.chat, press.number)
        return self._word("desk-tg-cancelled", alert=False)

    async def _not_theirs(self, press: Pressed) -> str:
        """Return why a list of choices is not to be called off; one that is over goes away."""
        case = await self._acting.case(press.here, press.number)
        why = await self._acting.in_the_way(press.here, case) if case else ""
        if case is not None and why and not case.is_open:
            self._clear(press, press.number)
        return why
