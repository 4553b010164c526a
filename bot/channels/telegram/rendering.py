"""How a message looks in a chat: parts within the platform's length, and buttons under the last."""

import logging
from collections.abc import Iterator

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, MessageLimit

from dialogs.model import Button, Message

log = logging.getLogger(__name__)
LONGEST = int(MessageLimit.MAX_TEXT_LENGTH)
"""UTF-16 units of one message."""
LONGEST_CAPTION = int(MessageLimit.CAPTION_LENGTH)
"""UTF-16 units below a file."""
_BORDERS = (("\n\n",), ("\n",), (". ", "! ", "? ", "… ", ".\n"), (" ",))
"""Where a text is divided, best first."""


def units(text: str) -> int:
    """Return the length as the platform counts it: an emoji is two."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, limit: int = LONGEST) -> list[str]:
    """Return the text in parts that can be sent, divided where a reader would pause.

    Nothing but white space at the borders is lost; a text of white space has no parts.
    """
    parts = []
    rest = text.strip()
    while (fitting := _fitting(rest, limit)) < len(rest):
        cut = _cut(rest, fitting)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in (*parts, rest) if part]


def _fitting(text: str, limit: int) -> int:
    """Return how many characters fit; a character is never halved."""
    room = limit
    for index, character in enumerate(text):
        room -= 2 if character > "\uffff" else 1
        if room < 0:
            return index
    return len(text)


def _cut(text: str, fitting: int) -> int:
    window = text[: fitting + 1]
    # A border near the beginning would make a message of a few words: only if there is no other.
    for least in (fitting // 2, 1):
        for borders in _BORDERS:
            found = max(_ends(window, borders, least), default=0)
            if found:
                return found
    return fitting


def _ends(window: str, borders: tuple[str, ...], least: int) -> Iterator[int]:
    """Yield where the last of each border leaves the text before it, white space not counted."""
    for border in borders:
        at = window.rfind(border, least)
        if at >= least:
            yield at + len(border.rstrip())


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """Return the buttons as the platform takes them, None where there are none."""
    rows: list[list[InlineKeyboardButton]] = []
    room = int(InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER)
    width = int(InlineKeyboardMarkupLimit.BUTTONS_PER_ROW)
    for row in message.rows:
        buttons = [b for b in (_button(message.serial, button) for button in row) if b][:room]
        room -= len(buttons)
        rows += [buttons[at : at + width] for at in range(0, len(buttons), width)]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(serial: int, button: Button) -> InlineKeyboardButton | None:
    data = f"{serial}.{button.action}"
    if len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA or not button.label.strip():
        # The platform would refuse the whole message; its words can still be typed.
        log.error("a button cannot be shown: %s", button.action.partition(":")[0])
        return None
    return InlineKeyboardButton(button.label, callback_data=data)
