"""What a file is by its own bytes; a name says nothing that anybody could rely on."""

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress

from bot.kept.sounds import sound_by_bytes

_FIRST: Mapping[str, bytes] = {
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "application/pdf": b"%PDF-",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le")
"""The name that a Word file has in its table; sheets and installers have others."""
_DOC = "application/msword"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"
_MACROS = ("vbaproject.bin", "basic/")
"""Parts of a document that are programs."""
_MOST_PARTS = 2000


def kind_by_bytes(content: bytes) -> str | None:
    """Return what the bytes are, of the kinds that may be sent; None for all else."""
    for mime, first in _FIRST.items():
        if content.startswith(first):
            return mime
    if content.startswith(_OLE):
        return _DOC if _WORD_STREAM in content else None
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    return sound_by_bytes(content)


def is_voice(content: bytes) -> bool:
    """Return whether the bytes are a voice message as platforms send it."""
    return content.startswith(b"OggS")


def _kind_of_archive(content: bytes) -> str | None:
    broken = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError)
    with suppress(*broken), zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if len(names) > _MOST_PARTS or any(_is_program(name) for name in names):
            return None
        if "[Content_Types].xml" in names and "word/document.xml" in names:
            return _DOCX
        said = archive.getinfo("mimetype") if names[:1] == ["mimetype"] else None
        if said and said.file_size == len(_ODT) and archive.read(said) == _ODT.encode():
            return _ODT
    return None


def _is_program(name: str) -> bool:
    name = name.lower()
    return name.endswith(_MACROS[0]) or name.startswith(_MACROS[1])
