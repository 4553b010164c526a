"""A talk in the terminal, for trying it out and for scripts."""

import asyncio
import itertools
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.channels.interface import Limits, SendError
from bot.documents import File, file_of
from dialogs.documents import Document
from dialogs.model import EVENT, Event, Message
from dialogs.texts import load_texts
from dialogs.turn import Abilities

NAME = "terminal"


class TerminalChannel:
    """Writes each message as text, or as a JSON line for a script."""

    name = NAME
    abilities = Abilities(reaches=False, hides=False, notices=False)
    limits = Limits(per_second=1000, chat_gap=0)

    def __init__(
        self, write: Callable[[str], None], *, as_json: bool, folder: Path | None = None
    ) -> None:
        self._write = write
        self._as_json = as_json
        self._folder = folder
        self._count = itertools.count(1)

    def decode(self, raw: str) -> Event | None:
        """Return the event as it was stored."""
        return EVENT.validate_json(raw)

    async def send(self, address: str, message: Message) -> str:
        """Write the message out, and its file into the folder if there is one."""
        file = await self._file(message.document) if message.document else None
        if self._as_json:
            said = json.dumps(_face(message, file), ensure_ascii=False)
        else:
            said = as_text(message, self._told(file) if file else None)
        try:
            self._write(said)
        except BrokenPipeError as error:
            raise SendError("nobody reads any more", again=False) from error
        return f"{address}-{next(self._count)}"

    async def hide(self, address: str, parts: Sequence[str], text: str) -> None:
        """Leave it: what a terminal has shown stays."""

    async def _file(self, document: Document) -> File:
        words = load_texts()[document.language]
        file = await asyncio.to_thread(file_of, document, words)
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / file.name).write_bytes(file.content)
        return file

    def _told(self, file: File) -> str:
        if self._folder:
            return f"[file: {self._folder / file.name}]"
        return f"[file: {file.name}; with --files FOLDER it is written there]"


def _face(message: Message, file: File | None) -> dict[str, object]:
    return {
        "text": message.text,
        "buttons": [[button.label for button in row] for row in message.rows],
        "pin": message.pin.model_dump() if message.pin else None,
        **({"file": file.name} if file else {}),
    }


def as_text(message: Message, file: str | None = None) -> str:
    """Return the message with its buttons as words that can be typed."""
    lines = [message.text, *([file] if file else [])]
    lines += ["   " + "  ".join(f"[{button.label}]" for button in row) for row in message.rows]
    return "\n".join(lines) + "\n"


def write_line(text: str) -> None:
    """Write to the terminal at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
