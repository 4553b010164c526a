"""What is written in a case's topic: words for the person, notes, files, and what is changed."""

from bot.channels.telegram.group_updates import GroupMessage
from bot.desk.telegram.acting import Acting, Here
from bot.desk.telegram.asking import TOO_LONG, Questions
from bot.desk.telegram.commands import Commands
from bot.desk.telegram.files import RefusedFileError, kept_file
from bot.desk.telegram.wording import Opening, opening, word_of
from bot.store.interface import CaseFile, Entry
from dialogs.case import LONGEST_REPLY, OF_NOTE
from dialogs.desk_texts.variables import unfilled
from dialogs.model import KeptFile


class Topic:
    """Translates each message into one act at most."""

    def __init__(self, acting: Acting, commands: Commands, questions: Questions) -> None:
        self._acting = acting
        self._commands = commands
        self._questions = questions
        self._albums: dict[str, None] = {}
        self._own: set[tuple[int, int]] = set()
        """Topics of the librarians' own that were told to be no question's."""

    async def said(self, here: Here, message: GroupMessage) -> None:
        """Do what a new message says."""
        begun = opening(message.words)
        if begun.kind == "command":
            await self._commands.run(here, begun, message)
            return
        if begun.kind == "note" and self._commands.is_retract(word_of(begun.text)):
            await self._commands.retract(here, message)
            return
        number = await self._acting.groups.case_at(here.chat, here.thread or 0)
        if await self._questions.took(here, number, begun, message):
            return
        if number is not None:
            await self._of_case(here, number, begun, message)
        elif here.thread is not None:
            self.of_none(here.chat, here.thread, message)

    def of_none(self, chat: int, thread: int, message: GroupMessage) -> None:
        """Say that this topic is no question's: in one that librarians made only once."""
        if not (message.words or message.has_file or message.only_words):
            return
        begun = message.reply_to_message
        made_here = begun is not None and begun.sender is not None and begun.sender.is_bot
        if made_here or (chat, thread) not in self._own:
            self._own.add((chat, thread))
            said = self._acting.texts("desk-tg-no-case")
            self._acting.answers.say(chat, thread, said, to=message.message_id)

    async def _of_case(
        self, here: Here, number: int, begun: Opening, message: GroupMessage
    ) -> None:
        if message.only_words:
            self._say(here, "desk-tg-only-words")
            return
        if not message.words and not message.has_file:
            return  # the platform's own line: a pinned message, a renamed topic
        case = await self._acting.case(here, number)
        if case is None:
            why = await self._acting.why_not_here(here, number)
            self._acting.say(here, f"{why}\n{self._acting.texts('desk-tg-not-sent')}")
            return
        await self._write(here, case, begun, message)

    async def _write(
        self, here: Here, case: CaseFile, begun: Opening, message: GroupMessage
    ) -> None:
        act = "note" if begun.kind == "note" else "reply"
        if here.group.of_experts:
            if act == "note":
                self._say(here, "desk-tg-expert-note")
                return
            act = "expert_reply"
        try:
            file = kept_file(message)
        except RefusedFileError as refused:
            self._refuse_file(here, message, str(refused))
            return
        fault = _fault(begun.text, file)
        if fault:
            await self._refuse_words(here, case, fault, message)
            return
        if act != "note" and self._lacks(here, begun.text):
            return
        ref = here.ref(message.message_id)
        why = await self._acting.attempt(here, case, act, text=begun.text, ref=ref, file=file)
        if why:
            self._acting.say(here, f"{why}\n{self._acting.texts('desk-tg-not-sent')}")

    async def _refuse_words(
        self, here: Here, case: CaseFile, fault: str, message: GroupMessage
    ) -> None:
        self._acting.say(here, self._acting.texts(fault, most=LONGEST_REPLY))
        if fault == TOO_LONG:
            await self._questions.expect_rest(here, case.number, message)

    def _lacks(self, here: Here, text: str, not_sent: str = "desk-tg-not-sent") -> bool:
        """Return whether something is still to be filled in; says what, and that it waits."""
        lacks = unfilled(text, self._acting.texts)
        if lacks:
            self._acting.say(here, f"{lacks}\n{self._acting.texts(not_sent)}")
        return bool(lacks)

    def _refuse_file(self, here: Here, message: GroupMessage, why: str) -> None:
        album = message.media_group_id
        if album and album in self._albums:
            return  # said once for all its pictures
        if album:
            self._albums = dict.fromkeys([*list(self._albums)[-20:], album])
        self._say(here, why)

    # -- what is changed afterwards ------------------------------------------------------------

    async def edited(self, here: Here, message: GroupMessage) -> None:
        """Do what an edit says: it changes what was taken, and never sends anything new."""
        found = await self._acting.groups.entry(here.ref(message.message_id))
        begun = opening(message.words)
        if found is None:
            await self._edited_nothing(here, message, begun)
            return
        number, entry = found
        case = await self._acting.case(here, number)
        if case is None:
            why = await self._acting.why_not_here(here, number)
            self._acting.say(here, f"{why}\n{self._acting.texts('desk-tg-edit-not-sent')}")
        elif entry.kind == "note":
            await self._edited_note(here, case, entry, begun, message)
        else:
            await self._edited_words(here, case, entry, begun)

    async def _edited_nothing(self, here: Here, message: GroupMessage, begun: Opening) -> None:
        """Say of words that never went to the person that they do not go now, either."""
        number = await self._acting.groups.case_at(here.chat, here.thread or 0)
        if number is not None and begun.kind == "words" and message.words:
            self._say(here, "desk-tg-edit-unknown")

    async def _edited_note(
        self, here: Here, case: CaseFile, entry: Entry, begun: Opening, message: GroupMessage
    ) -> None:
        text = begun.text if begun.kind == "note" else message.words.strip()
        if text != entry.text and text:
            ref = here.ref(message.message_id)
            why = await self._acting.attempt(here, case, "edit", text=text, ref=ref, code=OF_NOTE)
            if why:
                self._acting.say(here, why)
                return
        if begun.kind != "note":
            self._say(here, "desk-tg-note-stays")

    async def _edited_words(self, here: Here, case: CaseFile, entry: Entry, begun: Opening) -> None:
        if begun.kind != "words":
            self._say(here, "desk-tg-sent-stays")
            return
        if begun.text == entry.text:
            return  # the platform tells of a link's preview as of an edit
        if here.group.of_experts:
            self._say(here, "desk-tg-expert-edit")
            return
        if entry.file or not begun.text:
            self._say(here, "desk-tg-caption-stays")
            return
        fault = _fault(begun.text, None)
        if fault:
            self._acting.say(here, self._acting.texts(fault, most=LONGEST_REPLY))
            return
        if self._lacks(here, begun.text, "desk-tg-edit-not-sent"):
            return
        why = await self._acting.attempt(here, case, "edit", text=begun.text, ref=entry.ref)
        if why:
            self._acting.say(here, f"{why}\n{self._acting.texts('desk-tg-edit-not-sent')}")

    def _say(self, here: Here, name: str) -> None:
        self._acting.say(here, self._acting.texts(name))


def _fault(text: str, file: KeptFile | None) -> str:
    if not text and file is None:
        return "desk-tg-empty-note"
    return TOO_LONG if len(text) > LONGEST_REPLY else ""
