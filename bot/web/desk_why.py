"""Why an act did not go through, in words: who was faster, and when."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.clock import moment
from bot.store.interface import CaseFile, Entry, Librarian, Millis
from dialogs.texts import Texts

AWAY = ("transferred", "covered")
"""What takes a case to another library."""
BY_PERSON = "closed_by_person"
ENDS = ("closed", BY_PERSON, "expired", "muted")


@dataclass(frozen=True, slots=True)
class Why:
    """What is looked at: the case as it is now, its history, and at which desk one acts."""

    texts: Texts
    case: CaseFile
    entries: Sequence[Entry]
    me: Librarian
    desk: str
    now: dt.datetime
    desk_name: Callable[[str], str]

    def words(self) -> str:
        """Return what stands in the way, or that something went wrong where nothing does."""
        mine = self.case.at_desk(self.desk) or self.case.expert_desk == self.desk
        if not mine:
            return self._elsewhere()
        if not self.case.is_open:
            return self._over()
        taken = self.case.claimed_by not in (None, self.me.id)
        if taken and self.case.at_desk(self.desk):
            return self._taken()
        return self.texts("desk-went-wrong")

    def _elsewhere(self) -> str:
        if self.me.role == "expert":
            asked = self._last("asked_expert")
            return self._said("desk-why-expert", asked) if asked else self._plainly()
        moved = self._last(*AWAY)
        name = f"desk-why-{_what(moved)}" if moved else ""
        return self._said(name, moved) if moved else self._plainly()

    def _plainly(self) -> str:
        return self.texts("desk-elsewhere")

    def _over(self) -> str:
        last = self._last(*ENDS)
        if last and _what(last) == BY_PERSON:
            return self._said("desk-why-ended", last)
        if last and last.who and _what(last) != "expired":
            return self._said("desk-why-closed", last)
        return self.texts("desk-tg-closed", at=self._at(self.case.closed_at))

    def _taken(self) -> str:
        last = self._last("claimed", "covered", "handed")
        if last and _what(last) == "handed":
            return self._said("desk-why-handed", last)
        name, at = self.case.claimed_name or "", self._at(self.case.claimed_at)
        return self.texts("desk-tg-taken", name=name, at=at)

    def _said(self, name: str, entry: Entry) -> str:
        about = entry.text.partition(":")[2]
        named = self.desk_name(about) if _what(entry) in AWAY else about
        words = {"who": entry.who, "about": named, "at": self._at(entry.at)}
        return self.texts(name, **words)

    def _last(self, *what: str) -> Entry | None:
        events = (e for e in reversed(self.entries) if e.kind == "event")
        return next((e for e in events if _what(e) in what), None)

    def _at(self, at: Millis | None) -> str:
        """Return a moment as people in Sofia say it; the day only where it is another."""
        when = moment(at or 0)
        if when.date() == self.now.date():
            return self.texts("desk-tg-at-time", time=f"{when:%H:%M}")
        return self.texts("desk-tg-at-day", day=f"{when:%d.%m}", time=f"{when:%H:%M}")


def _what(entry: Entry) -> str:
    return entry.text.partition(":")[0]
