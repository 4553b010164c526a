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
from bot.store.interface import BLOCKED


def send_error(error: TelegramError) -> SendError:
    """Return whether to try again and when; what is not known to be final is tried again."""
    match error:
        case RetryAfter():
            return SendError("too many messages", again=True, wait=waiting(error))
        case Forbidden():
            return SendError(BLOCKED, again=False)
        case ChatMigrated():
            return SendError("the chat has another address now", again=False)
        case BadRequest():
            return SendError(error.message, again=False)
        case InvalidToken():
            return SendError("the token is refused", again=True)
        case _:
            return SendError(error.message, again=True)


def waiting(error: RetryAfter) -> dt.timedelta:
    """Return how long the platform wants to be left alone."""
    found = error.retry_after
    return found if isinstance(found, dt.timedelta) else dt.timedelta(seconds=found)
