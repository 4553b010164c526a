"""The end of a case in its topic: how it ended, and about what where nobody could answer."""

import time
from collections.abc import Mapping

from bot.desk.telegram.acting import Acting, Here
from bot.desk.telegram.answering import Rows
from bot.store.interface import CaseFile
from dialogs.case import RESOLUTIONS

UNANSWERED = "unanswered"
"""The ending after which it is asked what it was about."""
BACK = "back"
"""In the place of an ending: how it ended is asked once more."""
AGAIN = 60.0
"""Seconds in which a second tap does not ask once more."""


class Ending:
    """Asks how a case ended, and ends it. `topics` are what nobody could answer, with words."""

    def __init__(self, acting: Acting, topics: Mapping[str, str]) -> None:
        self._acting = acting
        self._topics = topics
        self._asked: dict[tuple[int, int], float] = {}

    async def ask(self, here: Here, case: CaseFile) -> str:
        """Ask below how it ended; return why that is not to be asked, or nothing."""
        why = await self._acting.in_the_way(here, case)
        if why:
            return why
        if not self._just_asked(here.chat, case.number):
            ask, rows = self._how(case)
            self._acting.answers.say(here.chat, here.thread, ask, to=here.message, rows=rows)
        return ""

    def _how(self, case: CaseFile) -> tuple[str, Rows]:
        words = self._acting.texts("desk-tg-how-ended", number=str(case.number))
        return words, self._rows(case)

    def _just_asked(self, chat: int, number: int) -> bool:
        now = time.monotonic()
        self._asked = {key: at for key, at in self._asked.items() if now - at < AGAIN}
        again = (chat, number) in self._asked
        self._asked[chat, number] = now
        return again

    def forget(self, chat: int, number: int) -> None:
        """Ask anew at the next tap: what was asked has been taken away."""
        self._asked.pop((chat, number), None)

    def _rows(self, case: CaseFile) -> Rows:
        words = self._acting.texts
        rows = [
            [(words(f"desk-tg-button-end-{code}"), f"desk:close:{case.number}:{code}")]
            for code in RESOLUTIONS
        ]
        return [*rows, [(words("desk-tg-button-not-yet"), f"desk:cancel:{case.number}")]]

    def next_question(self, case: CaseFile, code: str, topic: str) -> tuple[str, Rows] | None:
        """Return what is asked before it ends: about what, or on the way back how; else nothing."""
        if code == BACK:
            return self._how(case)
        if code != UNANSWERED or topic or not self._topics:
            return None
        words = self._acting.texts
        rows = [
            [(label, f"desk:close:{case.number}:{UNANSWERED}:{about}")]
            for about, label in self._topics.items()
        ]
        back = (words("desk-tg-button-back"), f"desk:close:{case.number}:{BACK}")
        return words("desk-tg-about-what"), [*rows, [back]]

    def knows(self, code: str, topic: str) -> bool:
        """Return whether a case can end so."""
        return code in RESOLUTIONS and (not topic or topic in self._topics)

    async def end(self, here: Here, case: CaseFile, code: str, topic: str = "") -> str:
        """End it; return why it did not go through, or nothing."""
        return await self._acting.attempt(here, case, "close", code=code, topic=topic)
