"""Which files a person and a librarian may send each other: by name, kind and size."""

import unicodedata
from collections.abc import Mapping
from typing import Literal

MEGABYTE = 1024 * 1024
MOST_ON_A_PLATFORM = 10 * MEGABYTE
"""Bytes of a file that stays with the platform it was sent over."""
MOST_HERE = 5 * MEGABYTE
"""Bytes of a file that is kept here."""
LONGEST_NAME = 80
"""Characters of a file's name; of a longer one the beginning goes."""
KINDS: Mapping[str, str] = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "mp4": "audio/mp4",
    "aac": "audio/aac",
    "webm": "audio/webm",
    "weba": "audio/webm",
}
"""The endings that may be sent, and what each is called; of films only the sound."""
_SAID_OTHERWISE = frozenset(("jpeg", "oga", "opus", "mp4", "weba"))
ENDINGS = ", ".join(ending for ending in KINDS if ending not in _SAID_OTHERWISE)
LIMITS_HERE: Mapping[str, object] = {"most": MOST_HERE // MEGABYTE, "endings": ENDINGS}
"""What is said of files that are kept here."""
PICTURES = frozenset(("image/jpeg", "image/png"))
RECORDINGS = frozenset(mime for mime in KINDS.values() if mime.startswith("audio/"))
_OTHERWISE = {
    "image/jpg": "image/jpeg",
    "application/x-pdf": "application/pdf",
    "application/ogg": "audio/ogg",
    "audio/opus": "audio/ogg",
    "audio/mp3": "audio/mpeg",
    "audio/m4a": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
    "audio/x-aac": "audio/aac",
}
_SAYS_NOTHING = frozenset(("", "application/octet-stream"))


def kind_of(name: str, mime: str, size: int, most: int = MOST_ON_A_PLATFORM) -> str | None:
    """Return what the file is called where it may be passed on; its name and kind must agree."""
    if size > most:
        return None
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    mime = mime.partition(";")[0].strip().lower()
    mime = _OTHERWISE.get(mime, mime)
    by_name = KINDS.get(ending)
    if mime in _SAYS_NOTHING:
        return by_name
    if mime not in KINDS.values():
        return None
    return mime if by_name == mime or not ending else None


def type_of(mime: str) -> Literal["photo", "voice", "document"]:
    """Return how a file of this kind is shown."""
    if mime in RECORDINGS:
        return "voice"
    return "photo" if mime in PICTURES else "document"


def plain_name(name: str) -> str:
    """Return the last part of a name, without what cannot be seen or leads elsewhere."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(c for c in last if unicodedata.category(c)[0] not in "CZ" or c == " ")
    return " ".join(seen.strip(" .").split())[-LONGEST_NAME:].strip()


def in_words(size: int) -> str:
    """Return the size in the larger unit that fits: a number and KB or MB."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f} MB"
    return f"{max(1, round(size / 1024))} KB"
