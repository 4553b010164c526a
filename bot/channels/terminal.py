"""A talk in the terminal, for trying it out and for scripts."""

import itertools
import json
import sys
from collections.abc import Callable

from bot.channels.interface import Limits, SendError
from dialogs.model import EVENT, Event, Message

NAME = "terminal"


class TerminalChannel:
    """Writes each message as text, or as a JSON line for a script."""

    name = NAME
    limits = Limits(per_second=1000, chat_gap=0)

    def __init__(self, write: Callable[[str], None], *, as_json: bool) -> None:
        self._write = write
        self._as_json = as_json
        self._count = itertools.count(1)

    def decode(self, raw: str) -> Event | None:
        """Return the event as it was stored."""
        return EVENT.validate_json(raw)

    async def send(self, address: str, message: Message) -> str:
        """Write the message out."""
        said = json.dumps(_face(message), ensure_ascii=False) if self._as_json else as_text(message)
        try:
            self._write(said)
        except BrokenPipeError as error:
            raise SendError("nobody reads any more", again=False) from error
        return f"{address}-{next(self._count)}"


def _face(message: Message) -> dict[str, object]:
    return {
        "text": message.text,
        "buttons": [[button.label for button in row] for row in message.rows],
        "pin": message.pin.model_dump() if message.pin else None,
    }


def as_text(message: Message) -> str:
    """Return the message with its buttons as words that can be typed."""
    lines = [message.text]
    lines += ["   " + "  ".join(f"[{button.label}]" for button in row) for row in message.rows]
    return "\n".join(lines) + "\n"


def write_line(text: str) -> None:
    """Write to the terminal at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
