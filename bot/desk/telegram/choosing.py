"""The place that is meant by a line of „/поправка“ that could mean several: chosen by a button."""

import datetime as dt

from bot.desk.telegram.acting import Acting
from bot.desk.telegram.correcting import LETTERS, propose
from bot.desk.telegram.pressing import Pressed, Word
from bot.desk.telegram.wording import opening
from dialogs.corrections import read_line
from knowledge.calendar import SOFIA
from knowledge.corrections import Correction


class Choosing:
    """Takes a line up again with the place that was chosen for it."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def chosen(self, press: Pressed) -> Word:
        """Propose what the line above says of this place, and say so where the places stood."""
        acting, here, at = self._acting, press.here, press.at
        letter, _, row = press.choice.partition(":")
        line = at.reply_to_message
        begun = opening(line.text if line else "")
        if letter not in LETTERS or not row:
            return Word(acting.texts("desk-tg-old-button"), alert=True)
        if line is None or begun.kind != "command":
            return Word(acting.texts("correction-line-again"), alert=True)
        # „Днес“ was the day on which it was written.
        written = dt.datetime.fromtimestamp(line.date, SOFIA).date() if line.date else dt.date.max
        today = min(acting.service.corrections.today, written)
        base = acting.service.knowledge
        read = read_line(acting.texts, begun.text, base, today, chosen=(LETTERS[letter], row))
        if isinstance(read, Correction):
            key = f"tg-line:{here.chat}:{at.message_id}:{row}"
            said = await propose(acting, here, read, key)
        else:
            said = read if isinstance(read, str) else read.text
        acting.answers.change(here.chat, at.message_id, said)
        return Word(acting.texts("desk-tg-look-below"))
