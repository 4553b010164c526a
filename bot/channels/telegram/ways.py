"""As what the platform takes a file, the best first: what it refuses as a photo goes as a file."""

from typing import Literal

from dialogs.model import KeptFile

Kind = Literal["photo", "voice", "document"]
VOICES = frozenset(("audio/ogg", "audio/mpeg", "audio/mp4"))
"""The recordings that the platform plays as a voice message."""


def kinds_to_try(file: KeptFile, *, uploaded: bool) -> tuple[Kind, ...]:
    """Return as what the file is sent; by its id at the platform it can be only what it is."""
    if not uploaded or file.type == "document":
        return (file.type,)
    if file.type == "voice" and file.mime not in VOICES:
        return ("document",)
    return (file.type, "document")
