"""Files by where they can be had again: kept here encrypted, or fetched from their platform."""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from bot.clock import Clock, millis
from bot.kept import photos
from bot.kept.cipher import FileKey, KeyFaultError, opened, sealed
from bot.kept.looks import is_voice, kind_by_bytes
from bot.store.interface import Millis
from dialogs.model import KeptFile
from dialogs.passing_files import KINDS, MEGABYTE, MOST_HERE, PICTURES, plain_name, type_of

log = logging.getLogger(__name__)
HERE = "kept"
"""The scheme of a file whose bytes are kept here."""
MOST_OF_A_TALK = 50 * MEGABYTE
"""Bytes that are kept of one talk."""
LONGEST_KEPT: Millis = 60 * 24 * 3_600_000
"""How long a file is kept at most, however long its case stays open."""
Fault = Literal["empty", "large", "kind", "many", "off"]
"""Why a file is not taken: nothing in it, too much, not of a kind, too many, no key."""
Loss = Literal["gone", "unreadable", "platform", "kind"]
"""Why a file cannot be had: it is gone, the key is another, its platform, not what it says."""
Fetch = Callable[[str, int], Awaitable[bytes]]
"""Returns the bytes that a platform has under an id, at most so many; raises FetchError."""


class RefusedFileError(Exception):
    """A file is not taken in."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


class LostFileError(Exception):
    """A file cannot be had."""

    def __init__(self, loss: Loss) -> None:
        super().__init__(loss)
        self.loss: Loss = loss


class FetchError(Exception):
    """A platform did not give a file; the text holds no address of it."""


class Loaded(NamedTuple):
    """A file as it is handed on."""

    content: bytes
    name: str
    mime: str


class Sealed(NamedTuple):
    """A file as it is stored."""

    nonce: bytes
    content: bytes


@runtime_checkable
class Fetching(Protocol):
    """A channel whose platform keeps the files that were sent over it."""

    async def fetch(self, file_id: str, most: int) -> bytes:
        """Return the bytes of a file, at most so many; raises FetchError."""


class FileStore(Protocol):
    """Where encrypted files stand."""

    async def keep(self, file: KeptFile, talk: str, content: Sealed, at: Millis) -> None:
        """Keep a file, once under its id, until its case is forgotten or its time is up."""

    async def sealed(self, number: str) -> Sealed | None:
        """Return a file as it is kept."""

    async def size_of(self, talk: str) -> int:
        """Return how many bytes are kept of a talk."""

    async def drop_unless_used(self, number: str) -> None:
        """Remove a file that no line of a case holds and that no event brings any more."""

    async def file_of_message(self, talk: str, message: int) -> str | None:
        """Return the file that goes with a message to this person, as JSON."""


class KeptFiles:
    """Takes files in and gives them out; what they hold is never in the log."""

    def __init__(self, store: FileStore, key: FileKey, clock: Clock) -> None:
        self._store = store
        self._key = key
        self._clock = clock
        self._platforms: dict[str, Fetch] = {}

    def fetch_from(self, platform: str, fetch: Fetch) -> None:
        """Let files of this platform be fetched by that."""
        self._platforms[platform] = fetch

    # -- in ------------------------------------------------------------------------------------

    async def keep(self, talk: str, key: str, name: str, content: bytes) -> KeptFile:
        """Return the file once it is kept for this talk; raises RefusedFileError.

        `key` is that of the event which brings it: the same one twice keeps it once.
        """
        mime = _checked(name, content)
        if await self._store.size_of(talk) + len(content) > MOST_OF_A_TALK:
            raise RefusedFileError("many")
        try:
            secret = await asyncio.to_thread(self._key.read_or_make)
            content = await asyncio.to_thread(_ready, content, mime)
        except photos.UnreadablePictureError:
            raise RefusedFileError("kind") from None
        except KeyFaultError as error:
            log.error("files cannot be kept: %s", error)  # noqa: TRY400
            raise RefusedFileError("off") from None
        number = hashlib.sha256(f"{talk}:{key}".encode()).hexdigest()[:32]
        file = KeptFile(
            type=type_of(mime),
            ref=f"{HERE}:{number}",
            name=plain_name(name),
            mime=mime,
            size=len(content),
        )
        hidden = await asyncio.to_thread(sealed, secret, number, content)
        await self._store.keep(file, talk, Sealed(*hidden), millis(self._clock()))
        return file

    async def drop_unless_used(self, file: KeptFile) -> None:
        """Remove a file that came to nothing."""
        await self._store.drop_unless_used(file.ref.partition(":")[2])

    # -- out -----------------------------------------------------------------------------------

    async def bytes_of(self, kept: KeptFile, most: int = 20 * MEGABYTE) -> Loaded:
        """Return the bytes, a name and the kind; raises LostFileError."""
        scheme, _, number = kept.ref.partition(":")
        content = await (self._own(number) if scheme == HERE else self._theirs(kept, most))
        if not _is_what_it_says(kept, content):
            raise LostFileError("kind")
        return Loaded(content, name_of(kept), kept.mime or "application/octet-stream")

    async def small_picture(self, kept: KeptFile) -> bytes:
        """Return a small JPEG of a picture; raises LostFileError."""
        content = (await self.bytes_of(kept)).content
        try:
            return await asyncio.to_thread(photos.small, content)
        except photos.UnreadablePictureError:
            raise LostFileError("kind") from None

    async def sent_with(self, talk: str, message: int) -> KeptFile | None:
        """Return the file that goes with a message to this person."""
        found = await self._store.file_of_message(talk, message)
        return KeptFile.model_validate_json(found) if found else None

    async def _own(self, number: str) -> bytes:
        kept = await self._store.sealed(number)
        if kept is None:
            raise LostFileError("gone")
        try:
            return await asyncio.to_thread(opened, self._key.read(), number, *kept)
        except KeyFaultError as error:
            log.error("%s", error)  # noqa: TRY400
            raise LostFileError("unreadable") from None

    async def _theirs(self, kept: KeptFile, most: int) -> bytes:
        scheme, _, number = kept.ref.partition(":")
        fetch = self._platforms.get(scheme)
        if fetch is None:
            raise LostFileError("platform")
        try:
            return await fetch(number, most)
        except FetchError as error:
            log.warning("a file could not be fetched from %s: %s", scheme, error)
            raise LostFileError("platform") from None


def name_of(kept: KeptFile) -> str:
    """Return what the file is called where it is saved."""
    if kept.name:
        return kept.name
    known = (ending for ending, mime in KINDS.items() if mime == kept.mime)
    ending = next(known, "ogg" if kept.type == "voice" else "jpg")
    return f"{kept.type}.{ending}"


def _checked(name: str, content: bytes) -> str:
    """Return what the file is by its bytes; raises RefusedFileError where its name says else."""
    if not content:
        raise RefusedFileError("empty")
    if len(content) > MOST_HERE:
        raise RefusedFileError("large")
    mime = kind_by_bytes(content)
    if mime is None or KINDS.get(plain_name(name).rpartition(".")[2].lower()) != mime:
        raise RefusedFileError("kind")
    return mime


def _ready(content: bytes, mime: str) -> bytes:
    return photos.without_traces(content, mime) if mime in PICTURES else content


def _is_what_it_says(kept: KeptFile, content: bytes) -> bool:
    if kept.type == "voice" and is_voice(content):
        return True
    return kind_by_bytes(content) == (kept.mime or "image/jpeg")
