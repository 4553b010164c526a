"""How long a case has waited, as a line of the desk's list shows it: in words and with a sign."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.clock import moment
from bot.desk.timekeeper import as_case
from bot.store.interface import CaseFile
from dialogs.answer_time import Mark
from dialogs.case_clock import counting, reached_mark
from dialogs.texts import Texts
from dialogs.turn import Desk
from dialogs.waiting_words import age, written_while_closed

SIGNS: dict[Mark, str] = {0: "", 50: "◑", 80: "◕", 100: "●"}
"""Fuller the less time is left: colour alone says nothing to some."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is said of a waiting case; without words of a mark while there is time."""

    age: str
    mark: Mark
    sign: str
    words: str
    written: str
    """That nobody was there when it was asked; empty where the desk was open."""


def waiting(
    texts: Texts,
    case: CaseFile,
    now: dt.datetime,
    desks: Collection[Desk],
    within: Mapping[str, int],
) -> Waiting | None:
    """Return how long the person has waited; None where nobody waits.

    The age is the person's whole wait; the mark is of the time of the desk that owes the answer.
    """
    if not case.is_open or case.asked_at is None:
        return None
    since = moment(case.asked_at)
    desk = counting(as_case(case), desks)
    reached = reached_mark(as_case(case), desks, now, within)
    words = texts(f"desk-mark-{reached}") if reached else ""
    written = written_while_closed(texts, since, now, desk.hours if desk else None)
    return Waiting(age(texts, since, now), reached, SIGNS[reached], words, written)
