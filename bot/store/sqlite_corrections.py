"""The corrections' part of the SQLite store: proposed, decided by whoever is first, standing."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal, cast

from bot.store.interface import Librarian, Millis, NewAudit
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_audit import noting
from knowledge.corrections import Correction, Kind

State = Literal["waiting", "accepted", "declined", "replaced", "overtaken"]
MOST_SHOWN = 50
"""Decided ones that a list still shows."""


@dataclass(frozen=True, slots=True)
class KeptCorrection:
    """A correction as it is kept: who proposed it, what stood there, what became of it."""

    number: int
    correction: Correction
    proposed: str
    """The value as it was proposed."""
    before: str
    before_said: str
    author: str
    author_name: str
    library: str
    trial: bool
    proposed_at: Millis
    state: State
    decided_by: str | None = None
    decided_name: str | None = None
    decided_at: Millis | None = None
    answer: str | None = None
    against: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ToldHours:
    """The opening hours that a library told whoever runs the service."""

    hours: str
    set_at: Millis


_NAMES = (
    *("number", "kind", "entry", "field", "value", "english", "source", "checked_on", "note"),
    *("proposed", "before", "before_said", "author", "author_name", "library", "trial"),
    *("proposed_at", "state", "decided_by", "decided_name", "decided_at", "answer", "against"),
)
_SELECT = f"SELECT {', '.join(_NAMES)} FROM correction"  # noqa: S608
_STILL_WAITS = "EXISTS (SELECT 1 FROM correction WHERE number = ? AND state = 'waiting')"


class SqliteCorrections:
    """Reads and writes beside the talks, over the same file."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def propose(  # noqa: PLR0913  # what a proposal is
        self,
        correction: Correction,
        author: Librarian,
        now: Millis,
        *,
        key: str,
        before: str,
        before_said: str,
    ) -> int:
        """Keep a proposal and return its number; one with the same key is kept once."""
        values = (
            key,
            *_values(correction),
            *(correction.value, before, before_said),
            *(author.id, author.name, author.library, int(author.trial), now),
        )
        sql = (
            "INSERT INTO correction (key, kind, entry, field, value, english, source, checked_on,"
            " note, proposed, before, before_said, author, author_name, library, trial,"
            " proposed_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
            " 'waiting') ON CONFLICT (key) DO NOTHING"
        )
        await self._store.write((sql, values))
        rows = await self._store.read("SELECT number FROM correction WHERE key = ?", key)
        return int(rows[0][0])

    async def keyed(self, key: str) -> KeptCorrection | None:
        """Return the correction with that key."""
        return next(iter(await self._all("key = ?", key)), None)

    async def one(self, number: int) -> KeptCorrection | None:
        """Return one correction."""
        return next(iter(await self._all("number = ?", number)), None)

    async def waiting(self, *, trial: bool) -> list[KeptCorrection]:
        """Return all that wait for a decision, the oldest first."""
        return await self._all("state = 'waiting' AND trial = ? ORDER BY number", int(trial))

    async def count_waiting(self, *, trial: bool) -> int:
        """Return how many wait for a decision."""
        sql = "SELECT count(*) FROM correction WHERE state = 'waiting' AND trial = ?"
        return int((await self._store.read(sql, int(trial)))[0][0])

    async def decided(self, *, trial: bool) -> list[KeptCorrection]:
        """Return the latest decisions, the newest first."""
        where = f"state <> 'waiting' AND trial = ? ORDER BY decided_at DESC LIMIT {MOST_SHOWN}"
        return await self._all(where, int(trial))

    async def of(self, author: str) -> list[KeptCorrection]:
        """Return the latest proposals of one librarian, the newest first."""
        return await self._all(f"author = ? ORDER BY number DESC LIMIT {MOST_SHOWN}", author)

    async def standing(self, *, trial: bool) -> list[KeptCorrection]:
        """Return the accepted values that hold, in the order in which they were accepted."""
        where = "state = 'accepted' AND field <> 'remark' AND trial = ? ORDER BY decided_at, number"
        return await self._all(where, int(trial))

    async def _all(self, where: str, *values: object) -> list[KeptCorrection]:
        return [_kept(row) for row in await self._store.read(f"{_SELECT} WHERE {where}", *values)]

    async def accept(  # noqa: PLR0913  # what a decision is
        self,
        number: int,
        correction: Correction,
        judge: Librarian,
        now: Millis,
        *,
        answer: str,
        against: dt.date,
        hours_before: Millis,
        noted: NewAudit,
    ) -> bool:
        """Let this value stand instead of an earlier one; False if somebody decided before.

        Of a library's opening hours, those that it told before `hours_before` are forgotten.
        """
        named = (correction.kind, correction.row, correction.field, int(judge.trial))
        earlier = (
            "UPDATE correction SET state = 'replaced' WHERE kind = ? AND entry = ? AND field = ?"  # noqa: S608
            f" AND trial = ? AND state = 'accepted' AND field <> 'remark' AND {_STILL_WAITS}"
        )
        told = f"DELETE FROM library_hours WHERE library = ? AND set_at < ? AND {_STILL_WAITS}"  # noqa: S608
        of_hours = correction.kind == "libraries" and correction.field == "opening_hours"
        library = correction.row if of_hours and not judge.trial else ""
        let_stand = (
            "UPDATE correction SET state = 'accepted', value = ?, english = ?, source = ?,"
            " checked_on = ?, decided_by = ?, decided_name = ?, decided_at = ?, answer = ?,"
            " against = ? WHERE number = ? AND state = 'waiting'"
        )
        _, _, _, *said, _ = _values(correction)
        decided = (judge.id, judge.name, now, answer, against.isoformat(), number)
        changed = await self._store.write(
            (earlier, (*named, number)),
            (told, (library, hours_before, number)),
            noting(noted, _STILL_WAITS, number),
            (let_stand, (*said, *decided)),
        )
        return changed == 1

    async def decline(
        self, number: int, judge: Librarian, now: Millis, *, answer: str, noted: NewAudit
    ) -> bool:
        """Refuse a proposal with a word; False if somebody decided before."""
        sql = (
            "UPDATE correction SET state = 'declined', decided_by = ?, decided_name = ?,"
            " decided_at = ?, answer = ? WHERE number = ? AND state = 'waiting'"
        )
        changed = await self._store.write(
            noting(noted, _STILL_WAITS, number),
            (sql, (judge.id, judge.name, now, answer, number)),
        )
        return changed == 1

    async def overtake(self, numbers: Collection[int]) -> None:
        """Let accepted values stand no more: the files themselves say it now."""
        sql = "UPDATE correction SET state = 'overtaken' WHERE number = ? AND state = 'accepted'"
        await self._store.write(*((sql, (number,)) for number in numbers))

    async def hours_of(self, library: str) -> ToldHours | None:
        """Return the opening hours that a library told, if it did."""
        sql = "SELECT hours, set_at FROM library_hours WHERE library = ?"
        rows = await self._store.read(sql, library)
        return ToldHours(*rows[0]) if rows else None


def _values(correction: Correction) -> tuple[str, ...]:
    day = correction.checked_on.isoformat() if correction.checked_on else ""
    said = (correction.value, correction.english, correction.source, day, correction.note)
    return correction.kind, correction.row, correction.field, *said


def _kept(row: Any) -> KeptCorrection:
    number, kind, entry, field, value, english, source, checked_on, note, *rest = tuple(row)
    day = dt.date.fromisoformat(checked_on) if checked_on else None
    correction = Correction(cast("Kind", kind), entry, field, value, source, day, english, note)
    named = dict(zip(_NAMES[9:], rest, strict=True))
    against = named.pop("against")
    trial = bool(named.pop("trial"))
    as_of = dt.date.fromisoformat(against) if against else None
    return KeptCorrection(number, correction, trial=trial, against=as_of, **named)
