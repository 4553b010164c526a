"""What every channel does, and how it says that a message could not be delivered."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from dialogs.model import Event, Message


class MalformedError(Exception):
    """An update from which no event can be read; it is set aside, the others go on."""


class SendError(Exception):
    """A platform did not take a message.

    `again` says whether to try later (and not before `wait`); otherwise it never will.
    The text must not hold an address of the platform: those contain the token.
    """

    def __init__(self, reason: str, *, again: bool, wait: dt.timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a platform takes: messages a second in all, and seconds between two of a chat."""

    per_second: float
    chat_gap: float


class Channel(Protocol):
    """A way to talk with people."""

    name: str

    def decode(self, raw: str) -> Event | None:
        """Return what the person did, None where it means nothing; raises MalformedError."""


class PushChannel(Channel, Protocol):
    """A channel that messages are sent over."""

    limits: Limits

    async def send(self, address: str, message: Message) -> str:
        """Send, and return the platform's id of the message; raises SendError."""
