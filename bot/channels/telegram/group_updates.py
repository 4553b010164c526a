"""What is read of the updates of a group in which librarians answer."""

import json
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.channels.interface import MalformedError
from bot.channels.telegram.updates import ALLOWED, raw_of

GROUPS = ("group", "supergroup")
HERE = ("administrator", "member", "creator", "restricted")
"""The standings of somebody who is in a group."""
_ONLY_WORDS = (
    "sticker",
    "video",
    "video_note",
    "animation",
    "audio",
    "contact",
    "location",
    "venue",
    "poll",
    "dice",
    "story",
    "game",
    "paid_media",
    "checklist",
    "invoice",
)
"""What is sent besides text, pictures, documents and voice: it is not passed on."""


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, populate_by_name=True)


class Sender(_Read):
    """Who wrote or tapped."""

    id: int
    is_bot: bool = False
    first_name: str = ""


class GroupChat(_Read):
    """The group."""

    id: int
    type: str
    title: str = ""
    is_forum: bool = False


class SentPicture(_Read):
    """One size of a picture."""

    file_id: str
    file_size: int = 0


class SentDocument(_Read):
    """A document."""

    file_id: str
    file_name: str = ""
    mime_type: str = ""
    file_size: int = 0


class SentVoice(_Read):
    """Spoken words."""

    file_id: str
    duration: int
    mime_type: str = ""
    file_size: int = 0


class RepliedTo(_Read):
    """The message that is answered."""

    message_id: int
    sender: Sender | None = Field(default=None, alias="from")


class _ChatOnly(_Read):
    id: int


class MadeTopic(_Read):
    """The beginning of a topic."""

    name: str


class TurnedTopic(_Read):
    """A topic was closed, or opened again."""


class GroupMessage(_Read):
    """A message of a group; whatever else it has is kept only to see what kind it is."""

    model_config = ConfigDict(extra="allow")

    message_id: int
    date: int = 0
    chat: GroupChat
    sender: Sender | None = Field(default=None, alias="from")
    sender_chat: _ChatOnly | None = None
    message_thread_id: int | None = None
    is_topic_message: bool = False
    text: str = ""
    caption: str = ""
    photo: tuple[SentPicture, ...] = ()
    document: SentDocument | None = None
    voice: SentVoice | None = None
    reply_to_message: RepliedTo | None = None
    media_group_id: str = ""
    migrate_to_chat_id: int | None = None
    migrate_from_chat_id: int | None = None
    forum_topic_created: MadeTopic | None = None
    forum_topic_closed: TurnedTopic | None = None
    forum_topic_reopened: TurnedTopic | None = None

    @property
    def of_topic(self) -> bool:
        """Whether it is the group's own line that a topic was made, closed or opened."""
        turned = self.forum_topic_closed or self.forum_topic_reopened
        return (self.forum_topic_created or turned) is not None

    @property
    def thread(self) -> int | None:
        """The topic in which it stands; None in the group's General."""
        return self.message_thread_id if self.is_topic_message else None

    @property
    def words(self) -> str:
        """What was written, be it below a file."""
        return self.text or self.caption

    @property
    def anonymous(self) -> bool:
        """Whether somebody writes in the name of the group or of a channel of theirs."""
        forwarded = (self.model_extra or {}).get("is_automatic_forward") is True
        return self.sender_chat is not None and not forwarded

    @property
    def has_file(self) -> bool:
        """Whether a picture, a document or spoken words came with it."""
        # An animation is told as a document besides.
        return not self.only_words and bool(self.photo or self.document or self.voice)

    @property
    def only_words(self) -> bool:
        """Whether it is something that is not passed on: a sticker, a poll, a place."""
        extra = self.model_extra or {}
        return any(name in extra for name in _ONLY_WORDS)


class Answered(_Read):
    """What the message under which a button stands answers."""

    date: int = 0
    text: str = ""


class GroupPlace(_Read):
    """The message under which a button stands; an old one has little more than its chat."""

    message_id: int
    chat: GroupChat
    message_thread_id: int | None = None
    is_topic_message: bool = False
    reply_to_message: Answered | None = None

    @property
    def thread(self) -> int | None:
        """The topic in which it stands."""
        return self.message_thread_id if self.is_topic_message else None


class GroupPress(_Read):
    """A pressed button."""

    id: str
    sender: Sender = Field(alias="from")
    data: str = ""
    message: GroupPlace | None = None


class Standing(_Read):
    """How somebody stands in a group, and what they may do there."""

    status: str
    can_manage_topics: bool = False
    can_pin_messages: bool = False
    can_delete_messages: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is lacking that a desk needs."""
        rights = self.can_manage_topics and self.can_pin_messages and self.can_delete_messages
        return self.status == "administrator" and rights


class BotStanding(_Read):
    """The bot came into a group, left it, or has other rights there now."""

    chat: GroupChat
    before: Standing = Field(alias="old_chat_member")
    after: Standing = Field(alias="new_chat_member")


class GroupUpdate(_Read):
    """One update of a group, as far as it is read."""

    update_id: int
    message: GroupMessage | None = None
    edited_message: GroupMessage | None = None
    callback_query: GroupPress | None = None
    my_chat_member: BotStanding | None = None


def group_update(raw: str) -> GroupUpdate:
    """Return the update; raises MalformedError, which quotes nobody."""
    try:
        # Not strict where JSON has lists for tuples.
        return GroupUpdate.model_validate_json(raw)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, fault["loc"]))
        raise MalformedError(f"{where}: {fault['msg']}" if where else fault["msg"]) from None


# -- before anything is made of it -------------------------------------------------------------

Kind = Literal["standing", "moved", "command", "other"]


def of_group(update: object) -> bool:
    """Return whether the update is a group's, however broken the rest is."""
    return _chat(update).get("type") in GROUPS


def chat_of(update: object) -> int | None:
    """Return the number of the update's chat."""
    number = _chat(update).get("id")
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def kind_of(update: Mapping[str, Any]) -> Kind:
    """Return what of a group's life it is, as far as that decides whether it is kept."""
    if isinstance(update.get("my_chat_member"), dict):
        return "standing"
    message = update.get("message")
    if not isinstance(message, dict):
        return "other"
    if "migrate_to_chat_id" in message or "migrate_from_chat_id" in message:
        return "moved"
    text = message.get("text")
    return "command" if isinstance(text, str) and text.lstrip().startswith("/") else "other"


def raw_of_group(update: Mapping[str, Any]) -> str:
    """Return the update as JSON, of names only the first name of who wrote or tapped.

    People are named by nobody else in it: a forwarded message may be a job seeker's.
    """
    kept = json.loads(raw_of(update))
    for kind in ALLOWED:
        before, after = update.get(kind), kept.get(kind)
        if not isinstance(before, dict):
            continue
        sender, name = before.get("from"), None
        if isinstance(sender, dict):
            name = sender.get("first_name")
        if isinstance(name, str):
            after["from"]["first_name"] = name
    return raw_of_json(kept)


def raw_of_json(kept: Mapping[str, Any]) -> str:
    """Return JSON that every store can keep."""
    raw = json.dumps(kept, ensure_ascii=False)
    try:
        raw.encode()
    except UnicodeEncodeError:
        return json.dumps(kept)
    return raw


def _chat(update: object) -> Mapping[str, Any]:
    if not isinstance(update, dict):
        return {}
    for kind in ALLOWED:
        part = update.get(kind)
        if kind == "callback_query" and isinstance(part, dict):
            part = part.get("message")
        chat = part.get("chat") if isinstance(part, dict) else None
        if isinstance(chat, dict):
            return chat
    return {}
