"""What a librarian writes with: the prepared answers, and a case to fill them from."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from bot.clock import Clock, millis
from bot.desk.roster import TRIAL, TRIAL_LIBRARY
from bot.store.interface import CaseFile, Librarian, Millis, NewAudit
from dialogs.desk_texts.case_context import NO_CARD, CaseContext
from dialogs.desk_texts.prepared import Prepared
from dialogs.desk_texts.shelf import Shelf
from dialogs.desk_texts.shipped import beginning
from dialogs.model import Card
from dialogs.turn import Context
from knowledge.base import KnowledgeBase


class AnswerStore(Protocol):
    """Where prepared answers are kept."""

    async def all(self) -> tuple[Prepared, ...]:
        """Return every answer, the retired too, by key."""

    async def answer(self, number: int) -> Prepared | None:
        """Return one answer."""

    async def begin_with(self, answers: Sequence[Prepared], now: Millis) -> None:
        """Keep these where there are none yet, not even retired ones."""

    async def before(self, number: int) -> tuple[Prepared, ...]:
        """Return an answer as it was before each of its changes, the latest first."""

    async def add(self, answer: Prepared, noted: NewAudit) -> None:
        """Keep a new answer with its line of the audit trail; raises TakenKeyError."""

    async def change(self, answer: Prepared, seen_at: Millis, noted: NewAudit) -> bool:
        """Keep the answer as it is now; False where it was changed since."""


class Writing:
    """Gives each channel of the desk the same answers, measures and places for a case."""

    def __init__(self, answers: AnswerStore, context: Callable[[], Context], clock: Clock) -> None:
        self.answers = answers
        self._context = context
        self._clock = clock
        self._shelf: tuple[KnowledgeBase, Shelf] | None = None

    async def begin(self) -> None:
        """Let an empty desk begin with the answers that are shipped."""
        context = self._context()
        said_by = context.texts["bg"]("desk-answers-shipped-by")
        answers = beginning(context.knowledge, context.today, said_by)
        await self.answers.begin_with(answers, millis(self._clock()))

    async def case_context(self, librarian: Librarian, case: CaseFile | None = None) -> CaseContext:
        """Return what a lookup goes by; without a case, the librarian's desk alone."""
        context = self._context()
        place = TRIAL_LIBRARY if librarian.library == TRIAL else librarian.library
        return CaseContext(
            context=context,
            # A second's work, once: away from the loop that everybody waits for.
            shelf=await asyncio.to_thread(self._shelf_of, context.knowledge),
            desk=librarian.library,
            library=context.knowledge.directory.library(place),
            answers=await self.answers.all(),
            librarian=librarian.name,
            number=case.number if case else None,
            card=Card.model_validate_json(case.card) if case else NO_CARD,
        )

    def _shelf_of(self, knowledge: KnowledgeBase) -> Shelf:
        """Return the measures and places of this knowledge: another one after each correction."""
        made = self._shelf
        if made is None or made[0] is not knowledge:
            made = self._shelf = knowledge, Shelf(knowledge)
        return made[1]
