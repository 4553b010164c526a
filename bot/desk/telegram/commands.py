"""The commands that librarians write in their group: one table, name to handler."""

import datetime as dt
import re
from collections.abc import Awaitable, Callable
from difflib import get_close_matches
from functools import partial

from bot.channels.telegram.group_updates import GroupMessage, RepliedTo
from bot.clock import millis
from bot.desk.deliveries import too_late_to_delete
from bot.desk.telegram.absence import Absence
from bot.desk.telegram.acting import Acting, Here
from bot.desk.telegram.asking import Questions
from bot.desk.telegram.correcting import correct
from bot.desk.telegram.ending import Ending
from bot.desk.telegram.linking import Linking
from bot.desk.telegram.wording import Opening
from bot.store.interface import CaseFile, Entry
from dialogs.case import OF_NOTE
from dialogs.desk_texts.lookup import Command

Handler = Callable[[Here, str], Awaitable[None]]
"""Does what a command says; gets the words behind it."""
Find = Callable[[Here, CaseFile, Command, str], Awaitable[None]]
"""Looks up what a command of a case asks for, and shows it."""
MOST_DAYS = 90
"""The longest that a person can be stopped for."""
LONGEST_REASON = 500
RETRACT = "retract"
_MUTE = re.compile(r"(\d{1,4})[\s,:–-]+(\S.*)", re.DOTALL)


class Commands:
    """Runs what begins with a slash. None of it ever goes to a person, known or not."""

    def __init__(  # noqa: PLR0913  # what commands are done with
        self,
        acting: Acting,
        questions: Questions,
        ending: Ending,
        absence: Absence,
        *,
        find: Find,
        check: Callable[[Here], Awaitable[None]],
    ) -> None:
        self._acting = acting
        self._questions = questions
        self._ending = ending
        self._absence = absence
        self._find = find
        self.bot = ""
        """What the bot is called, in small letters, once that is known."""
        self.table: dict[str, Handler] = {
            "help": self._help,
            "check": lambda here, _: check(here),
            "join": lambda here, _: check(here),
            "claim": self._simple("claim"),
            "release": self._simple("release"),
            "close": self._close,
            "transfer": self._transfer,
            "expert": self._expert,
            "away": self._away,
            "here": self._back,
            "mute": self._mute,
            "report": self._report,
            "answer": self._look_up("answer"),
            "measure": self._look_up("measure"),
            "place": self._look_up("place"),
            "correct": lambda here, words: correct(acting, here, words),
            "link": Linking(acting).link,
        }
        """By the name that `desk-command-<name>` has words for: there the librarian's words are."""

    # -- which it is ---------------------------------------------------------------------------

    def named(self, word: str) -> str | None:
        """Return which command a word is."""
        return self._words().get(word)

    def is_retract(self, word: str) -> bool:
        """Return whether a word takes back what was sent."""
        return self._words().get(word) == RETRACT

    def _words(self) -> dict[str, str]:
        texts = self._acting.texts
        return {
            word.strip(): name
            for name in (*self.table, RETRACT)
            for word in texts(f"desk-command-{name}").split(",")
        }

    async def run(self, here: Here, begun: Opening, message: GroupMessage) -> None:
        """Do what a command says, or say that there is no such command."""
        if begun.bot and self.bot and begun.bot != self.bot:
            return  # another bot's
        name = self.named(begun.name)
        if name is None:
            await self._unknown(here, begun)
        elif message.has_file:
            self._say(here, "desk-tg-command-file")
        elif name == RETRACT:
            await self.retract(here, message)
        else:
            await self.table[name](here, begun.text)

    async def _unknown(self, here: Here, begun: Opening) -> None:
        near = get_close_matches(begun.name, self._words(), n=1, cutoff=0.6)
        of_case = await self._acting.groups.case_at(here.chat, here.thread or 0) is not None
        if near:
            said = self._acting.texts("desk-tg-unknown-near", near=f"/{near[0]}")
        elif of_case:
            said = self._acting.texts("desk-tg-unknown")
        else:
            return  # in General it may be another bot's
        self._acting.say(here, said)

    def _say(self, here: Here, name: str) -> None:
        self._acting.say(here, self._acting.texts(name))

    # -- help ----------------------------------------------------------------------------------

    async def _help(self, here: Here, _words: str) -> None:
        number = await self._acting.groups.case_at(here.chat, here.thread or 0)
        if here.group.of_experts:
            self._say(here, "desk-tg-help-expert")
            return
        name = "desk-tg-help-general" if number is None else "desk-tg-help"
        self._acting.say(here, self._acting.texts(name), self.away_row())

    def away_row(self) -> list[list[tuple[str, str]]]:
        """Return the button „Днес ме няма“."""
        return [[(self._acting.texts("desk-tg-button-away"), "desk:away")]]

    # -- of a case -----------------------------------------------------------------------------

    async def case_here(self, here: Here) -> CaseFile | None:
        """Return the topic's case for a librarian; where there is none, says why."""
        number = await self._acting.groups.case_at(here.chat, here.thread or 0)
        if number is None:
            self._say(here, "desk-tg-in-topic")
            return None
        case = await self._acting.case(here, number)
        if case is None:
            self._acting.say(here, await self._acting.why_not_here(here, number))
        elif here.group.of_experts:
            self._say(here, "desk-tg-elsewhere")
            return None
        return case

    async def _mine(self, here: Here) -> CaseFile | None:
        """Return the topic's case where this librarian can hand it on; else says why not."""
        case = await self.case_here(here)
        why = await self._acting.in_the_way(here, case) if case else ""
        if why:
            self._acting.say(here, why)
            return None
        return case

    def _simple(self, act: str) -> Handler:
        async def done(here: Here, _words: str) -> None:
            case = await self.case_here(here)
            if case is not None:
                self._after(here, await self._acting.attempt(here, case, act))

        return done

    def _look_up(self, command: Command) -> Handler:
        async def done(here: Here, words: str) -> None:
            case = await self.case_here(here)
            if case is not None:
                await self._find(here, case, command, words)

        return done

    def _after(self, here: Here, why: str) -> None:
        if why:
            self._acting.say(here, why)
        else:
            self._acting.mark(here)

    async def _close(self, here: Here, _words: str) -> None:
        case = await self.case_here(here)
        if case is not None:
            why = await self._ending.ask(here, case)
            if why:
                self._acting.say(here, why)

    async def _transfer(self, here: Here, _words: str) -> None:
        case = await self._mine(here)
        if case is not None:
            self._acting.say(here, *await self.ask_receiver(here, case))

    async def ask_receiver(
        self, here: Here, case: CaseFile
    ) -> tuple[str, list[list[tuple[str, str]]]]:
        """Return the words and buttons that ask whom a case goes to."""
        rows = [list(row) for row in await self._questions.receivers(here, case.number)]
        absent = await self._questions.absent(here)
        if not rows:
            return absent or self._acting.texts("desk-tg-nobody-to-give"), []
        cancel = (self._acting.texts("desk-tg-button-cancel"), f"desk:cancel:{case.number}")
        whom = "\n".join(filter(None, (self._acting.texts("desk-tg-whom"), absent)))
        return whom, [*rows, [cancel]]

    async def _expert(self, here: Here, words: str) -> None:
        case = await self._mine(here)
        if case is None:
            return
        bureaus = await self._questions.bureaus(here)
        if words and len(bureaus) == 1:
            asked = {"library": bureaus[0], "text": words}
            self._after(here, await self._acting.attempt(here, case, "ask_expert", **asked))
            return
        text, rows = await self.ask_bureau(here, case)
        self._acting.say(here, text, rows, partial(self._questions.stands, here))

    async def ask_bureau(
        self, here: Here, case: CaseFile
    ) -> tuple[str, list[list[tuple[str, str]]]]:
        """Return the words and buttons that ask which bureau, or at once for the question."""
        bureaus = await self._questions.bureaus(here)
        if not bureaus:
            return self._questions.no_bureau(), []
        if len(bureaus) == 1:
            text, asked = await self._questions.ask_question(here, case.number, bureaus[0])
            return text, [list(row) for row in asked]
        rows = self._questions.bureau_rows(case.number, bureaus)
        cancel = (self._acting.texts("desk-tg-button-cancel"), f"desk:cancel:{case.number}")
        return self._acting.texts("desk-tg-which-bureau"), [*rows, [cancel]]

    async def retract(self, here: Here, message: GroupMessage) -> None:
        """Take back the librarian's own message to which they reply."""
        target = message.reply_to_message
        # What stands in a topic without being a reply „answers“ the topic's own beginning.
        if target is None or target.message_id == here.thread:
            self._say(here, "desk-tg-retract-how")
            return
        found = await self._own(here, target)
        if found is None:
            return
        case = await self._acting.case(here, found[0])
        if case is None:
            self._say(here, "desk-tg-retract-unknown")
            return
        entry = found[1]
        if here.group.of_experts:
            self._say(here, "desk-tg-expert-edit")
            return
        if too_late_to_delete(case, entry, millis(self._acting.now)):
            self._say(here, "desk-tg-retract-late")
            return
        code = OF_NOTE if entry.kind == "note" else ""
        why = await self._acting.attempt(here, case, "retract", ref=entry.ref, code=code)
        self._after(here, why)

    async def _own(self, here: Here, target: RepliedTo) -> tuple[int, Entry] | None:
        """Return this librarian's line that a message holds; None, with a word, where it has none.

        What was sent by a button or from the web stands in the bot's own message.
        """
        if target.sender is not None and target.sender.id == here.user.id:
            found = await self._acting.groups.entry(here.ref(target.message_id))
            if found is None:
                self._say(here, "desk-tg-retract-unknown")
            return found
        me = await self._acting.who(here)
        held = await self._acting.groups.lines_in(here.chat, target.message_id)
        mine = [line for line in held if line[1].kind == "librarian" and line[1].who == me.name]
        if len(mine) == 1 and mine[0][1].ref:
            return mine[0]
        self._say(here, "desk-tg-retract-which" if len(mine) > 1 else "desk-tg-retract-own")
        return None

    # -- of a librarian ------------------------------------------------------------------------

    async def _away(self, here: Here, _words: str) -> None:
        self._acting.say(here, await self._absence.away(here))

    async def _back(self, here: Here, _words: str) -> None:
        self._acting.say(here, await self._absence.back(here))

    # -- of a person ---------------------------------------------------------------------------

    async def _mute(self, here: Here, words: str) -> None:
        case = await self.case_here(here)
        if case is None:
            return
        found = _MUTE.fullmatch(words)
        days = int(found[1]) if found else 0
        if found is None or not 1 <= days <= MOST_DAYS:
            self._acting.say(here, self._acting.texts("desk-tg-mute-how", most=MOST_DAYS))
            return
        until = self._acting.now.date() + dt.timedelta(days=days)
        reason = found[2][:LONGEST_REASON]
        self._after(here, await self._acting.attempt(here, case, "mute", text=reason, until=until))

    async def _report(self, here: Here, words: str) -> None:
        case = await self.case_here(here)
        if case is None:
            return
        if not words:
            self._say(here, "desk-tg-report-how")
            return
        reason = words[:LONGEST_REASON]
        self._after(here, await self._acting.attempt(here, case, "report", text=reason))
