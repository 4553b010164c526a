"""Practice talks: a channel that leads nowhere, so that nothing of a practice leaves the house."""

from dataclasses import dataclass, replace
from typing import Self

from pydantic import ValidationError

from bot.channels.interface import MalformedError
from bot.store.interface import PRACTICE, Librarian, StepCommit
from dialogs.model import EVENT, Event
from dialogs.turn import Abilities, Context, Desk


class PracticeChannel:
    """What invented people do comes in; nothing can be sent over it."""

    name = PRACTICE
    abilities = Abilities(reaches=False)

    def decode(self, raw: str) -> Event | None:
        """Return what the invented person did; raises MalformedError for anything else."""
        try:
            return EVENT.validate_json(raw)
        except ValidationError as error:
            raise MalformedError(error.errors(include_input=False)[0]["msg"]) from None


@dataclass(frozen=True, slots=True)
class Room:
    """One practice: whose it is, at which library, with whom; it is the address of its talk."""

    librarian: str
    library: str
    person: str
    key: str

    @property
    def address(self) -> str:
        """The address, which no other channel has."""
        return f"{self.librarian}.{self.library}.{self.person}.{self.key}"

    @property
    def conversation(self) -> str:
        """The id of the talk."""
        return f"{PRACTICE}:{self.address}"

    @classmethod
    def of(cls, conversation: str) -> Self | None:
        """Return the practice that a talk is; None for a talk of a person."""
        channel, _, address = conversation.partition(":")
        parts = address.split(".")
        return cls(*parts) if channel == PRACTICE and len(parts) == 4 else None


def desk_of(librarian: Librarian) -> str:
    """Return the desk of this librarian's practice; no library's list and no colleague reads it."""
    return f"{PRACTICE}:{librarian.id}"


def is_practice(conversation: str) -> bool:
    """Return whether the talk is a practice."""
    return conversation.startswith(f"{PRACTICE}:")


def indoors(conversation: str, context: Context) -> Context:
    """Return what a step may look at: of a practice, one desk alone; of other talks, no less."""
    if not is_practice(conversation):
        return context
    room = Room.of(conversation)
    library = context.knowledge.directory.library(room.library) if room else None
    desks = (Desk(_own_desk(conversation), library, None),) if library else ()
    return replace(context, desks=desks, trial=False)


def kept_inside(commit: StepCommit) -> StepCommit:
    """Return of a practice's step the talk, the case and its history alone; other steps whole.

    What is kept is named, so that whatever else a step may come to do stays undone: nothing is
    sent, counted or left for later, and the case is at a desk that one librarian alone reads.
    """
    if not is_practice(commit.conversation):
        return commit
    return StepCommit(
        conversation=commit.conversation,
        revision=commit.revision,
        state=commit.state,
        cause=commit.cause,
        at=commit.at,
        erase=commit.erase,
        keep=commit.keep,
        case=commit.case and replace(commit.case, library=_own_desk(commit.conversation)),
        entries=tuple(replace(entry, delivery=None, file=None) for entry in commit.entries),
    )


def _own_desk(conversation: str) -> str:
    room = Room.of(conversation)
    return f"{PRACTICE}:{room.librarian if room else ''}"
