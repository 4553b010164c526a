"""Corrections of facts: proposed by librarians, decided by administrators, then shown at once."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.clock import Clock, millis
from bot.desk.audit import Audit
from bot.knowing import Knowing
from bot.store.interface import Librarian, NewAudit
from bot.store.sqlite_corrections import KeptCorrection, SqliteCorrections
from knowledge.base import KnowledgeBase
from knowledge.calendar import SOFIA
from knowledge.corrections import Correction, Fault, faults, overtaken, shown, tidied
from knowledge.errors import DataError
from knowledge.loading.correcting import CorrectedData, changes_of
from knowledge.measure_sheets import CellError

log = logging.getLogger(__name__)
MOST_WAITING = 100
"""Of one librarian; more of them nobody reads."""
NOT_WAITING: Fault = ("correction-decided", {})
NOT_ALLOWED: Fault = ("correction-not-allowed", {})
ACCEPTED, DECLINED, EDITED = "correction-accepted", "correction-declined", "directory-changed"
"""How the audit trail calls what an administrator did."""


def may_administer(librarian: Librarian) -> bool:
    """Return whether this librarian may decide; in the trial its one librarian plays everybody."""
    return librarian.trial or librarian.role == "admin"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an act: the number of the correction, or why it was not done."""

    number: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return not self.faults


class Corrections:
    """Takes corrections in, and keeps the knowledge as the accepted ones say."""

    def __init__(  # noqa: PLR0913  # what stands round it
        self,
        store: SqliteCorrections,
        knowing: Knowing,
        data: Path,
        clock: Clock,
        *,
        audit: Audit,
        trial: Callable[[], bool],
        learnt: Callable[[], Awaitable[None]],
    ) -> None:
        self.store = store
        self._knowing = knowing
        self._shipped = knowing.now
        self._data = CorrectedData(data)
        self._clock = clock
        self._audit = audit
        self._trial = trial
        self._learnt = learnt
        self._one_at_a_time = asyncio.Lock()
        self._standing: tuple[int, ...] = ()
        self._held: tuple[KeptCorrection, ...] = ()

    @property
    def today(self) -> dt.date:
        """The day in Sofia."""
        return self._clock().astimezone(SOFIA).date()

    def holds(self, kept: KeptCorrection) -> bool:
        """Return whether people are shown this accepted value now."""
        return any(kept.number == held.number for held in self._held)

    # -- following the store -------------------------------------------------------------------

    async def refresh(self) -> None:
        """Let exactly what stands in the store hold: after a start, a trial, another process."""
        async with self._one_at_a_time:
            kept = await self.store.standing(trial=self._trial())
            numbers = tuple(one.number for one in kept)
            if numbers != self._standing:
                await self._follow(kept)
                self._standing = tuple(
                    one.number for one in await self.store.standing(trial=self._trial())
                )

    async def _follow(self, kept: Sequence[KeptCorrection]) -> None:
        old = [one.number for one in kept if self._is_overtaken(one)]
        if old:
            log.info("corrections that the data itself now holds: %s", old)
            await self.store.overtake(old)
        held, base = await asyncio.to_thread(
            self._with, [one for one in kept if one.number not in old]
        )
        await self._hold(held, base)

    def _is_overtaken(self, kept: KeptCorrection) -> bool:
        return overtaken(kept.correction, kept.against or dt.date.min, self._shipped)

    def _with(
        self, kept: Sequence[KeptCorrection]
    ) -> tuple[tuple[KeptCorrection, ...], KnowledgeBase]:
        """Return the knowledge with these, and which of them it could take: mostly all."""
        if not kept:
            return (), self._shipped
        try:
            return tuple(kept), self._loaded(kept)
        except (DataError, CellError):
            log.warning("a correction does not fit the data any more; the others hold")
        held: tuple[KeptCorrection, ...] = ()
        base = self._shipped
        for one in kept:
            try:
                base = self._loaded([*held, one])
            except (DataError, CellError) as error:
                log.warning("correction %d does not hold: %s", one.number, error)
            else:
                held = (*held, one)
        return held, base

    def _loaded(self, kept: Iterable[KeptCorrection], *more: Correction) -> KnowledgeBase:
        base = self._data.load([*(one.correction for one in kept), *more])
        # What the first person after the change would wait for.
        base.interviewer(self.today)
        base.fingerprint(self.today)
        return base

    async def _hold(self, held: tuple[KeptCorrection, ...], base: KnowledgeBase) -> None:
        self._held = held
        self._knowing.learn(base)
        await self._learnt()

    # -- acting --------------------------------------------------------------------------------

    async def propose(self, author: Librarian, proposed: Correction, key: str) -> Outcome:
        """Keep a proposal, if the data could take it; the same key is kept once."""
        again = await self.store.keyed(f"{author.id}:{key}")
        if again is not None:
            return Outcome(again.number)
        correction = tidied(proposed)
        found = faults(correction, self._knowing.now, self.today)
        waiting = await self.store.waiting(trial=author.trial)
        mine = [one for one in waiting if one.author == author.id]
        same = next((one.number for one in mine if _is_same(one.correction, correction)), 0)
        if same:
            return Outcome(same, (("correction-line-waits", {"number": same}),))
        if len(mine) >= MOST_WAITING:
            found = (("correction-too-many", {}),)
        if not found:
            found = await self._refused(correction)
        if found:
            return Outcome(faults=found)
        number = await self.store.propose(
            correction,
            author,
            millis(self._clock()),
            key=f"{author.id}:{key}",
            **self._stood(correction),
        )
        return Outcome(number)

    async def _refused(self, correction: Correction) -> tuple[Fault, ...]:
        """Return what the loader says against it, tried in a thread: it takes up to a second."""
        if correction.is_remark:
            return ()
        try:
            if correction.kind == "measures":
                async with self._one_at_a_time:
                    await asyncio.to_thread(self._loaded, self._others(correction), correction)
            else:
                await asyncio.to_thread(changes_of, self._data.shipped, (correction,))
        except (DataError, CellError) as error:
            return _refusal(correction, error)
        return ()

    def _others(self, correction: Correction) -> tuple[KeptCorrection, ...]:
        """Return what holds besides this field."""
        place = (correction.kind, correction.row, correction.field)
        return tuple(
            one
            for one in self._held
            if (one.correction.kind, one.correction.row, one.correction.field) != place
        )

    def _stood(self, correction: Correction) -> dict[str, str]:
        now = shown(self._knowing.now, correction.kind, correction.row, correction.field)
        if now is None:
            return {"before": "", "before_said": ""}
        said = ", ".join((*now.sources, now.checked_on.isoformat()))
        return {"before": now.value, "before_said": said}

    async def accept(
        self, judge: Librarian, number: int, wanted: Correction, answer: str = ""
    ) -> Outcome:
        """Let a proposal hold, perhaps with another value; the first decision counts.

        Who presses twice hears twice that it holds.
        """
        return await self._decide(judge, number, wanted, answer, ACCEPTED)

    async def _decide(
        self, judge: Librarian, number: int, wanted: Correction, answer: str, act: str
    ) -> Outcome:
        if not may_administer(judge):
            return Outcome(faults=(NOT_ALLOWED,))
        async with self._one_at_a_time:
            kept = await self.store.one(number)
            correction = tidied(wanted)
            if kept is not None and _is_again(kept, judge, correction):
                return Outcome(number)
            if kept is None or kept.state != "waiting" or kept.trial != judge.trial:
                return Outcome(faults=(NOT_WAITING,))
            found = faults(correction, self._knowing.now, self.today)
            if found:
                return Outcome(number, found)
            return await self._accepted(judge, kept, correction, answer, act)

    async def _accepted(
        self, judge: Librarian, kept: KeptCorrection, correction: Correction, answer: str, act: str
    ) -> Outcome:
        base = None
        others = self._others(correction)
        if not correction.is_remark:
            try:
                base = await asyncio.to_thread(self._loaded, others, correction)
            except (DataError, CellError) as error:
                return Outcome(kept.number, _refusal(correction, error))
        day = correction.checked_on or self.today
        after_that_day = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), SOFIA)
        accepted = await self.store.accept(
            kept.number,
            correction,
            judge,
            millis(self._clock()),
            answer=answer,
            against=self._as_of(correction),
            hours_before=millis(after_that_day),
            noted=self._noted(judge, act, kept.number, correction),
        )
        if not accepted:
            return Outcome(kept.number, (NOT_WAITING,))
        stored = await self.store.one(kept.number)
        if base is not None and stored is not None:
            standing = await self.store.standing(trial=self._trial())
            self._standing = tuple(one.number for one in standing)
            await self._hold((*others, stored), base)
        return Outcome(kept.number)

    def _noted(self, judge: Librarian, act: str, number: int, correction: Correction) -> NewAudit:
        """Return the line of the trail: what people were shown, and what they are shown now."""
        about = about_of(number, correction)
        if correction.is_remark:
            return self._audit.line(judge, act, about)
        now = shown(self._knowing.now, correction.kind, correction.row, correction.field)
        before, after = (now.value if now else ""), correction.value
        if now and before == after and correction.english:
            before, after = now.english, correction.english
        return self._audit.line(judge, act, about, before=before, after=after)

    def _as_of(self, correction: Correction) -> dt.date:
        """Return the day as of which the files themselves say the corrected field."""
        now = shown(self._shipped, correction.kind, correction.row, correction.field)
        return now.checked_on if now else self.today

    async def decline(self, judge: Librarian, number: int, answer: str) -> Outcome:
        """Refuse a proposal with a word for who made it; the first decision counts."""
        if not may_administer(judge):
            return Outcome(faults=(NOT_ALLOWED,))
        if not answer.strip():
            return Outcome(number, (("correction-word-missing", {}),))
        kept = await self.store.one(number)
        if kept is None or kept.trial != judge.trial:
            return Outcome(number, (NOT_WAITING,))
        line = self._noted(judge, DECLINED, number, kept.correction)
        now = millis(self._clock())
        declined = await self.store.decline(number, judge, now, answer=answer.strip(), noted=line)
        return Outcome(number, () if declined else (NOT_WAITING,))

    async def edit(self, judge: Librarian, wanted: Correction, key: str) -> Outcome:
        """Change the directory directly: a correction that is accepted at once."""
        if not may_administer(judge):
            return Outcome(faults=(NOT_ALLOWED,))
        proposed = await self.propose(judge, wanted, key)
        if not (proposed.done or proposed.number):
            return proposed  # what waits already, by the same hand, is decided now
        return await self._decide(judge, proposed.number, wanted, "", EDITED)

    async def close(self) -> None:
        """Remove the copy of the data."""
        async with self._one_at_a_time:
            self._data.close()


def about_of(number: int, correction: Correction) -> str:
    """Return which correction of which field it is, as the trail keeps it."""
    return f"{number} {correction.kind}/{correction.row}/{correction.field}"


def _is_same(one: Correction, other: Correction) -> bool:
    """Whether two proposals would bring the same into the same field."""
    place = (one.kind, one.row, one.field, one.wanted)
    return place == (other.kind, other.row, other.field, other.wanted)


def _is_again(kept: KeptCorrection, judge: Librarian, correction: Correction) -> bool:
    """Whether exactly this was accepted by the same hand already: a button pressed twice."""
    same = replace(kept.correction, note="") == replace(correction, note="")
    return same and kept.state == "accepted" and kept.decided_by == judge.id


def _refusal(correction: Correction, error: DataError | CellError) -> tuple[Fault, ...]:
    """Return the loader's complaint as a fault of the field."""
    said = (
        str(error)
        if isinstance(error, CellError)
        else "\n".join(complaint.text for complaint in error.complaints)
    )
    return (("correction-bad", {"field": correction.field, "said": said}),)
