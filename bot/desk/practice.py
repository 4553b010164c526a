"""Practising at the desk: an invented person comes, answers in order, and can be sent away."""

import asyncio
from collections.abc import Callable

from bot.channels.practice import Room, desk_of, indoors
from bot.clock import Clock, millis
from bot.desk.roster import TRIAL, TRIAL_LIBRARY
from bot.runtime import Runtime
from bot.store.interface import PRACTICE, Arrival, CaseFile, DeskStore, Librarian
from dialogs.model import Event, Pressed, Said
from dialogs.practice.check import Check, checked
from dialogs.practice.coming import LostError, at_the_card, coming
from dialogs.practice.people import Invented, invented
from dialogs.practice.script import is_done, next_words
from dialogs.turn import Context


class Practice:
    """Brings invented people to a librarian's own desk. What they do are events of their talk."""

    def __init__(
        self,
        desk: DeskStore,
        runtime: Runtime,
        context: Callable[[], Context],
        clock: Clock,
    ) -> None:
        self._desk = desk
        self._runtime = runtime
        self._context = context
        self._clock = clock

    async def begins(self, librarian: Librarian, person: Invented, key: str) -> CaseFile | None:
        """Let the person come, and return their case; of two at once the open one goes on.

        What was left of an earlier practice with the same person goes.
        """
        for case in await self._desk.cases(desk_of(librarian)):
            if person_of(case) == person:
                if case.is_open:
                    return case
                await self.ends(case)
        library = TRIAL_LIBRARY if librarian.library == TRIAL else librarian.library
        room = Room(librarian.id, library, person.id, key)
        context = indoors(room.conversation, self._context())
        # Twenty questions are worked out: away from the loop that everybody waits for.
        events = await asyncio.to_thread(coming, person, context)
        await self._happens(room, "comes", *events)
        cases = await self._desk.cases(desk_of(librarian))
        return next((case for case in cases if case.conversation == room.conversation), None)

    async def answers(self, case: CaseFile) -> None:
        """Let the person say what is due after the librarian's words; done twice, once."""
        room, person = Room.of(case.conversation), person_of(case)
        if room is None or person is None or not case.is_open:
            return
        for _ in person.replies:
            due = next_words(person, *await self._so_far(case))
            if due is None:
                return
            number, words = due
            await self._happens(room, f"says-{number}", Said(text=words))

    async def has_said_all(self, case: CaseFile) -> bool:
        """Return whether nothing more will come from the person."""
        person = person_of(case)
        said, _ = await self._so_far(case)
        return person is None or is_done(person, said)

    async def check(self, case: CaseFile) -> Check | None:
        """Return what the librarian's answers name; None where the person can no longer come."""
        person = person_of(case)
        if person is None:
            return None
        try:
            card = at_the_card(person, indoors(case.conversation, self._context()))
        except LostError:
            return None
        written = [e.text for e in await self._desk.entries(case.number) if e.kind == "librarian"]
        return checked(card, person, written)

    async def ends(self, case: CaseFile) -> None:
        """Erase the practice, as a person erases their talk."""
        room = Room.of(case.conversation)
        if room is not None:
            erasing = (Said(text="/delete"), Pressed(serial=0, action="erase"))
            await self._happens(room, "ends", *erasing)

    async def _so_far(self, case: CaseFile) -> tuple[int, int]:
        """Return how many replies the person gave, and how many answers the librarian."""
        kinds = [entry.kind for entry in await self._desk.entries(case.number)]
        return max(kinds.count("person") - 1, 0), kinds.count("librarian")

    async def _happens(self, room: Room, what: str, *events: Event) -> None:
        """Have these events stored, each once ever, and their steps done."""
        now = millis(self._clock())
        arrivals = [
            Arrival(
                channel=PRACTICE,
                update_key=f"{room.address}:{what}:{number}",
                address=room.address,
                raw=event.model_dump_json(),
                at=now,
            )
            for number, event in enumerate(events)
        ]
        await self._runtime.take_in(arrivals)
        await self._runtime.settled(room.conversation)


def person_of(case: CaseFile) -> Invented | None:
    """Return the invented person of a case, as long as they are offered."""
    room = Room.of(case.conversation)
    return invented().get(room.person) if room else None
