"""What every channel does, and how it says that a message could not be delivered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from dialogs.model import Event, Message
from dialogs.turn import Abilities


class MalformedError(Exception):
    """An update from which no event can be read; it is set aside, the others go on."""


class SendError(Exception):
    """A platform did not take a message.

    `again` says whether to try later (and not before `wait`); otherwise it never will.
    `sent` are the ids of what did go, as the words without their file. The reason is one of
    `dialogs.undelivered`, or what the platform said.
    The text must not hold an address of the platform: those contain the token.
    """

    def __init__(
        self, reason: str, *, again: bool, wait: dt.timedelta | None = None, sent: str = ""
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again
        self.wait = wait
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a platform takes: messages a second in all, and seconds between two of a chat."""

    per_second: float
    chat_gap: float


class Channel(Protocol):
    """A way to talk with people."""

    name: str
    abilities: Abilities

    def decode(self, raw: str) -> Event | None:
        """Return what the person did, None where it means nothing; raises MalformedError."""


class PushChannel(Channel, Protocol):
    """A channel that messages are sent over."""

    limits: Limits

    async def send(self, address: str, message: Message) -> str:
        """Send, and return the platform's ids of its parts, joined by commas; raises SendError."""

    async def hide(self, address: str, parts: Sequence[str], text: str) -> None:
        """Let what was sent or received give way to a text, or to nothing; raises SendError.

        It is asked for only where `abilities` say that it can be done; done twice, it changes
        nothing more.
        """


@runtime_checkable
class Correcting(Protocol):
    """A channel over which words can be put in the place of others, a file among them kept."""

    async def correct(self, address: str, parts: Sequence[str], message: Message) -> str:
        """Word it otherwise; return the ids of what stands for it now; raises SendError."""
