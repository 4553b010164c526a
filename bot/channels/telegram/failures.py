"""What the platform's refusals mean for a delivery."""

import datetime as dt

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.channels.interface import SendError
from dialogs.undelivered import (
    BLOCKED,
    DELETED,
    FILE_REFUSED,
    NO_CHAT,
    NO_VOICE,
    NOT_THERE,
    STAYS,
    TOO_LONG,
)

_SAID = {
    "chat not found": NO_CHAT,
    "peer_id_invalid": NO_CHAT,
    "is too long": TOO_LONG,
    "to edit not found": NOT_THERE,
    "to delete not found": NOT_THERE,
    "message_id_invalid": NOT_THERE,
    "can't be edited": STAYS,
    "can't be deleted": STAYS,
    "voice_messages_forbidden": NO_VOICE,
}
"""What stands in the platform's refusals, in small letters, and what desks have words for."""


def send_error(error: TelegramError) -> SendError:
    """Return whether to try again and when; what is not known to be final is tried again."""
    match error:
        case RetryAfter():
            return SendError("too many messages", again=True, wait=waiting(error))
        case Forbidden():
            gone = "deactivated" in error.message.lower()
            return SendError(DELETED if gone else BLOCKED, again=False)
        case ChatMigrated():
            return SendError(NO_CHAT, again=False)
        case BadRequest():
            return SendError(fault_in(error), again=False)
        case InvalidToken():
            return SendError("the token is refused", again=True)
        case _:
            return SendError(error.message, again=True)


def fault_in(error: BadRequest) -> str:
    """Return the fault that desks have words for, or else what the platform said."""
    said = error.message.lower()
    return next((fault for part, fault in _SAID.items() if part in said), error.message)


def file_fault(error: BadRequest) -> str:
    """Return why a file did not go with its words."""
    return NO_VOICE if fault_in(error) == NO_VOICE else FILE_REFUSED


def waiting(error: RetryAfter) -> dt.timedelta:
    """Return how long the platform wants to be left alone."""
    found = error.retry_after
    return found if isinstance(found, dt.timedelta) else dt.timedelta(seconds=found)
