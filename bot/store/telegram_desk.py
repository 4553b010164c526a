"""What is kept of the Telegram groups that are desks: the groups, their topics, their messages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.store.interface import Millis

OURS = 0
"""The line of a message that is none of the history: a card, a notice, a word about a delivery."""
HEADER, OWN = "header", "own"
"""How the mark of a topic's card begins, and of a message that a librarian wrote there."""


@dataclass(frozen=True, slots=True)
class DeskGroup:
    """A group that is a desk, or one of a desk's several."""

    chat: int
    desk: str
    title: str
    joined_at: Millis
    missing: str = ""
    """The rights that the bot lacks there, separated by spaces."""
    lost_at: Millis | None = None
    """Since when the bot is not there any more."""
    notice: int | None = None
    """The message in General that says who waits."""


@dataclass(frozen=True, slots=True)
class DeskTopic:
    """A case as a topic of a group, and what of it is shown there so far."""

    number: int
    chat: int
    thread: int
    header: int | None = None
    header_mark: str = ""
    """Of the card as it stands there; empty where that, or its pin, is not known."""
    icon: str = ""
    """Of the title and the icon as they stand there."""
    shown: int = 0
    """The last line of the history that needs nothing more to be shown."""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class DeskPost:
    """A line of a case in a message of a group; `mark` says in which state it is shown there."""

    chat: int
    message: int
    number: int
    entry: int
    mark: str
    at: Millis


class TelegramDeskStore(Protocol):
    """The storage behind what groups show; each call is one durable transaction."""

    async def groups(self) -> list[DeskGroup]:
        """Return the groups, those that joined first before the others."""

    async def group(self, chat: int) -> DeskGroup | None:
        """Return one group."""

    async def set_notice(self, chat: int, message: int | None) -> None:
        """Keep which message of a group says who waits."""

    async def set_missing(self, chat: int, missing: str, lost_at: Millis | None) -> None:
        """Keep which rights the bot lacks in a group, and since when it is not there."""

    async def topics(self, number: int) -> list[DeskTopic]:
        """Return the topics of a case, the one that was worked in last at the end."""

    async def topic(self, number: int, chat: int) -> DeskTopic | None:
        """Return the topic of a case in a group."""

    async def open_topics(self) -> dict[int, int]:
        """Return how many open topics each group has."""

    async def unfinished(self) -> list[int]:
        """Return the cases whose topics are open, not whole, or of a case that is gone."""

    async def keep_topic(self, topic: DeskTopic) -> None:
        """Keep a new topic of a case, in the place of an older one and of its messages."""

    async def change_topic(self, number: int, chat: int, **changes: object) -> None:
        """Keep what of a topic is otherwise now."""

    async def drop_topic(self, number: int, chat: int) -> None:
        """Forget a topic with its messages."""

    async def posts(self, number: int, chat: int) -> list[DeskPost]:
        """Return the messages of a case in a group, the oldest first."""

    async def keep_posts(self, posts: Sequence[DeskPost], **changes: object) -> None:
        """Keep messages of one topic, with what of that topic is otherwise by them."""

    async def mark_posts(self, chat: int, message: int, marks: Sequence[tuple[int, str]]) -> None:
        """Keep in which state a message shows these lines."""

    async def drop_posts(self, chat: int, messages: Collection[int]) -> None:
        """Forget messages that do not stand there any more."""

    async def digests(self, chat: int, since: Millis) -> list[tuple[int, str]]:
        """Return the digests that wait for a group since that moment: number and words."""

    async def digest_said(self, number: int, post: DeskPost) -> None:
        """Keep that a digest stands in this message and waits no more."""

    async def recent(self, chat: int, since: Millis) -> list[Millis]:
        """Return when messages were sent to a group since that moment."""

    async def changes(self, after: int) -> list[tuple[int, int]]:
        """Return the changes above that number at whatever desk: number and case.

        A topic may stand in the group of a desk that the case has left.
        """

    async def migrate(self, old: int, new: int) -> None:
        """Let everything of a group belong to the number that it has now."""
