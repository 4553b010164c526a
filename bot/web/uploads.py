"""A form that may bring a file, read into memory: no byte of it touches a disk as it came."""

from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

from bot.web.forms import cleaned, form_of
from dialogs.passing_files import MEGABYTE, MOST_HERE
from dialogs.texts import load_texts

MOST_TEXT = 64 * 1024
"""Bytes of all fields that are text."""
MOST_PARTS = 24
MOST_READ = 64 * MEGABYTE
"""Bytes that are read of what is too large, so that the browser hears the answer."""
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was posted; of one that is too large, too little is here."""

    name: str
    content: bytes = field(repr=False)
    too_large: bool = False
    one_of_many: bool = False
    """Whether other files came with it: which one is meant, nobody knows."""


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields of a form, and its file."""

    fields: dict[str, str]
    file: Upload | None = None


async def posted(request: web.Request, *, files: bool) -> Posted:
    """Return what was posted, without its file where none is wanted.

    Raises HTTPBadRequest, HTTPRequestEntityTooLarge; their words are for the person.
    """
    if request.content_type != "multipart/form-data":
        return Posted(await form_of(request))
    try:
        return await _read(request, files=files)
    except web.HTTPException:
        raise
    except Exception:  # noqa: BLE001  # a body no browser makes; the parsers raise many kinds
        raise web.HTTPBadRequest(text=load_texts()["bg"]("web-not-understood")) from None


async def _read(request: web.Request, *, files: bool) -> Posted:
    fields: dict[str, str] = {}
    file: Upload | None = None
    room, parts = MOST_TEXT, 0
    async for part in await request.multipart():
        parts += 1
        if parts > MOST_PARTS or not isinstance(part, BodyPartReader):
            raise _too_large(parts)
        if part.filename is not None:
            content, whole = await _content(part, MOST_HERE if files else 0)
            if part.filename and files:
                many = file is not None
                file = Upload(part.filename, content, too_large=not whole, one_of_many=many)
            continue
        content, whole = await _content(part, room)
        room -= len(content)
        if not whole:
            raise _too_large(MOST_TEXT)
        fields[part.name or ""] = cleaned(content.decode("utf-8", "replace"))
    return Posted(fields, file)


async def _content(part: BodyPartReader, most: int) -> tuple[bytes, bool]:
    """Return the content, and whether it is whole; the rest of it is read and let go."""
    content, read = bytearray(), 0
    while chunk := await part.read_chunk(CHUNK):
        read += len(chunk)
        if read > MOST_READ:
            raise _too_large(read)
        if read <= most:
            content += chunk
    return bytes(content), read <= most


def _too_large(size: int) -> web.HTTPRequestEntityTooLarge:
    words = load_texts()["bg"]("web-too-large")
    return web.HTTPRequestEntityTooLarge(max_size=MOST_TEXT, actual_size=size, text=words)
