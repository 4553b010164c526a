"""How long a case has waited, as a line of the desk's list shows it: in words and with a sign."""

import datetime as dt
from dataclasses import dataclass

from bot.clock import moment
from bot.store.interface import CaseFile
from dialogs.answer_time import TARGET, Mark, mark
from dialogs.texts import Texts
from dialogs.turn import Desk
from dialogs.waiting_words import age
from knowledge.working_time import WorkingTime

SIGNS: dict[Mark, str] = {0: "", 50: "◑", 80: "◕", 100: "●"}
"""Fuller the less time is left: colour alone says nothing to some."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is said of a waiting case; without words of a mark while there is time."""

    age: str
    mark: Mark
    sign: str
    words: str


def waiting(
    texts: Texts, case: CaseFile, now: dt.datetime, desk: Desk | None, within: int | None
) -> Waiting | None:
    """Return how long the case has waited at this desk; None where nobody waits for it."""
    if not case.is_open or case.asked_at is None:
        return None
    since = moment(case.asked_at)
    working = WorkingTime.of(desk.hours if desk else None)
    reached = mark(since, now, working, within or TARGET)
    words = texts(f"desk-mark-{reached}") if reached else ""
    return Waiting(age(texts, since, now), reached, SIGNS[reached], words)
