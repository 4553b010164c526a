"""What is read of the platform's updates, and what event each is."""

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.channels.interface import MalformedError
from bot.channels.speaking import spoken
from bot.channels.telegram.incoming_files import kept_file
from dialogs.model import Event, Pressed, Said, SentFile, SharedLocation, Started

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that are asked for."""
NOWHERE = "unknown"
"""The address of an update that names no chat."""

_NEVER_KEPT = frozenset(
    ("first_name", "last_name", "username", "phone_number", "vcard", "sender_user_name")
)
"""Names and numbers that the platform adds unasked: nothing here is done with them."""
_FileType = Literal["photo", "voice", "video", "sticker", "document", "other"]
_FILES: dict[str, _FileType] = {
    "photo": "photo",
    "voice": "voice",
    "video": "video",
    "video_note": "video",
    # Before document: the platform fills both in.
    "animation": "video",
    "sticker": "sticker",
    "document": "document",
    "audio": "document",
    "contact": "other",
    "poll": "other",
    "dice": "other",
    "story": "other",
    "game": "other",
    "paid_media": "other",
    "checklist": "other",
    "invoice": "other",
}
_START = re.compile(r"/start(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_PRESS = re.compile(r"([0-9]{1,15})\.(.+)", re.DOTALL)


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Chat(_Read):
    """Where it happened."""

    id: int
    type: str


class Location(_Read):
    """Where the person is."""

    latitude: float
    longitude: float


class IncomingMessage(_Read):
    """A message; whatever else it has is kept only to see what kind it is."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True)

    chat: Chat
    text: str | None = None
    caption: str | None = None
    location: Location | None = None
    message_id: int | None = None

    @property
    def ref(self) -> str:
        """What the platform calls it."""
        return "" if self.message_id is None else str(self.message_id)

    @property
    def language(self) -> str:
        """The code of the language that the phone speaks, as far as it says one."""
        sender = (self.model_extra or {}).get("from")
        said = sender.get("language_code") if isinstance(sender, dict) else None
        return said if isinstance(said, str) else ""

    @property
    def file(self) -> _FileType | None:
        """What was sent that is not text, if it was."""
        extra = self.model_extra or {}
        return next((kind for name, kind in _FILES.items() if name in extra), None)


class Place(_Read):
    """The message that a pressed button stands under; an old one has little more than a chat."""

    chat: Chat


class CallbackQuery(_Read):
    """A pressed button."""

    data: str | None = None
    message: Place | None = None


class Update(_Read):
    """One update, as far as it is read."""

    message: IncomingMessage | None = None
    edited_message: IncomingMessage | None = None
    callback_query: CallbackQuery | None = None


def event_of(raw: str) -> Event | None:
    """Return what the person did in a private chat, None for all else; raises MalformedError."""
    try:
        return _event(Update.model_validate_json(raw))
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, fault["loc"]))
        raise MalformedError(f"{where}: {fault['msg']}" if where else fault["msg"]) from None


def _event(update: Update) -> Event | None:
    if update.callback_query:
        place = update.callback_query.message
        return _pressed(update.callback_query) if place and _private(place.chat) else None
    if update.message and _private(update.message.chat):
        return _sent(update.message)
    if update.edited_message and _private(update.edited_message.chat):
        changed = update.edited_message
        text = changed.text or changed.caption
        return Said(text=text, edited=True, ref=changed.ref) if text else None
    return None


def _private(chat: Chat) -> bool:
    return chat.type == "private"


def _sent(message: IncomingMessage) -> Event | None:
    if message.text:
        start, speaks = _START.fullmatch(message.text), spoken([message.language])
        if start:
            return Started(payload=start[1] or "", speaks=speaks)
        return Said(text=message.text, speaks=speaks, ref=message.ref)
    if message.location:
        at = message.location
        return SharedLocation(latitude=at.latitude, longitude=at.longitude)
    if message.file is None:
        return None
    kept = kept_file(message.file, message.model_extra or {})
    return SentFile(type=message.file, file=kept, text=message.caption or "", ref=message.ref)


def _pressed(query: CallbackQuery) -> Pressed:
    found = _PRESS.fullmatch(query.data or "")
    if found is None:
        return Pressed(serial=0, action="?")
    return Pressed(serial=int(found[1]), action=found[2])


# -- before anything is made of it -------------------------------------------------------------


def key_of(update: object) -> int | None:
    """Return the update's id, None where it has none."""
    found = update.get("update_id") if isinstance(update, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def concerns_us(update: Mapping[str, Any]) -> bool:
    """Return whether the update is a person's in a private chat, or so broken that nobody knows."""
    try:
        return event_of(raw_of(update)) is not None
    except MalformedError:
        return True


def address_of(update: Mapping[str, Any]) -> str:
    """Return the chat it belongs to, however broken the rest is."""
    for kind in ALLOWED:
        part = update.get(kind)
        if kind == "callback_query" and isinstance(part, dict):
            part = part.get("message")
        chat = part.get("chat") if isinstance(part, dict) else None
        number = chat.get("id") if isinstance(chat, dict) else None
        if isinstance(number, int) and not isinstance(number, bool):
            return str(number)
    return NOWHERE


def message_of(update: Mapping[str, Any]) -> str | None:
    """Return the id of the person's own message; a pressed button is none."""
    message = update.get("message") or update.get("edited_message")
    found = message.get("message_id") if isinstance(message, dict) else None
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else None


def query_of(update: Mapping[str, Any]) -> str | None:
    """Return the id of the press that waits for an answer, if it is one."""
    query = update.get("callback_query")
    found = query.get("id") if isinstance(query, dict) else None
    return found if isinstance(found, str) and found else None


def raw_of(update: Mapping[str, Any]) -> str:
    """Return the update as JSON that every store can keep, without anybody's name."""
    nameless = _nameless(update)
    raw = json.dumps(nameless, ensure_ascii=False)
    try:
        raw.encode()
    except UnicodeEncodeError:
        # Half a character, which no database takes: written as an escape.
        return json.dumps(nameless)
    return raw


def _nameless(part: Any) -> Any:
    if isinstance(part, dict):
        return {k: _nameless(v) for k, v in part.items() if k not in _NEVER_KEPT}
    if isinstance(part, list):
        return [_nameless(inner) for inner in part]
    return part
