"""A prepared answer: until when it is good, who may change it, whether it can be kept so."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dialogs.desk_texts.variables import filled, names, unknown
from dialogs.message_check import units
from dialogs.texts import Texts
from dialogs.typed_days import day_in

SOON = dt.timedelta(days=14)
"""So long before its end an answer is marked."""
LONGEST_KEY, LONGEST_TITLE, LONGEST_SOURCE = 30, 80, 300
"""Characters."""
_KEY = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Prepared:
    """An answer as it is kept."""

    id: int
    library: str | None
    """Whose it is; None for everybody's."""
    key: str
    title: str
    text: str
    source: str
    """Who says what it states; empty where it states no fact."""
    checked_on: dt.date
    expires_on: dt.date
    """The last day on which it may be sent."""
    changed_by: str = ""
    changed_at: int = 0
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Editor:
    """Who looks at the answers: of which library, and whether everybody's are theirs too."""

    library: str
    administrator: bool = False

    def may_change(self, answer: Prepared) -> bool:
        """Return whether this answer is theirs to change, to renew and to retire."""
        return self.may_write_for(answer.library)

    def may_write_for(self, library: str | None) -> bool:
        """Return whether they may write answers of that library; None is everybody."""
        return self.administrator or (library is not None and library == self.library)


def standing(answer: Prepared, today: dt.date) -> Literal["current", "soon", "expired"]:
    """Return how the answer stands on that day."""
    if today > answer.expires_on:
        return "expired"
    return "soon" if answer.expires_on - today <= SOON else "current"


def offered(answers: Iterable[Prepared], library: str, today: dt.date) -> tuple[Prepared, ...]:
    """Return the answers that this library may send on that day.

    Its own goes before everybody's of the same key; what is expired or retired is never among them.
    """
    good = [a for a in answers if not a.retired and standing(a, today) != "expired"]
    own = [a for a in good if a.library == library]
    taken = {a.key for a in own}
    return (*own, *(a for a in good if a.library is None and a.key not in taken))


# -- what an editor wrote ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as it stands in the editor's form."""

    key: str = ""
    title: str = ""
    text: str = ""
    source: str = ""
    checked_on: str = ""
    expires_on: str = ""


def faults(
    written: Written,
    today: dt.date,
    texts: Texts,
    *,
    most: int,
    longest: Mapping[str, str],
) -> tuple[str, ...]:
    """Return what keeps it from being kept, each with what to do; nothing where all is well.

    `most` is what every platform takes, `longest` the longest value of each variable.
    """
    return tuple(_faults(written, today, texts, most, longest))


def _faults(
    written: Written, today: dt.date, texts: Texts, most: int, longest: Mapping[str, str]
) -> Iterator[str]:
    if not _KEY.fullmatch(written.key) or len(written.key) > LONGEST_KEY:
        yield texts("desk-answer-key-wrong", most=LONGEST_KEY)
    if not written.title or len(written.title) > LONGEST_TITLE:
        yield texts("desk-answer-title-wrong", most=LONGEST_TITLE)
    if not written.text:
        yield texts("desk-answer-text-missing")
    wrong = unknown(written.text, texts)
    if wrong:
        allowed = ", ".join(f"{{{name}}}" for name in names(texts))
        said = ", ".join(one if one in "{}" else f"{{{one}}}" for one in wrong)
        yield texts("desk-answer-variable-unknown", found=said, allowed=allowed)
    if len(written.source) > LONGEST_SOURCE:
        yield texts("desk-answer-source-long", most=LONGEST_SOURCE)
    size = units(filled(written.text, longest, texts).text) + units(written.source)
    if size > most:
        yield texts("desk-answer-long", size=size, most=most)
    yield from _day_faults(written, today, texts)


def _day_faults(written: Written, today: dt.date, texts: Texts) -> Iterator[str]:
    checked, expires = day_in(written.checked_on), day_in(written.expires_on)
    if checked is None or checked > today:
        yield texts("desk-answer-checked-wrong")
    if expires is None or expires < today or (checked and expires < checked):
        yield texts("desk-answer-expires-wrong")
