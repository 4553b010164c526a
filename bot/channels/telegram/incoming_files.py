"""Which of a person's files can be passed on, by what the platform says of them."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from dialogs.model import KeptFile
from dialogs.passing_files import MOST_ON_A_PLATFORM, kind_of, plain_name

SCHEME = "telegram"
"""The scheme of a file that stays with the platform."""
_VOICE = "audio/ogg"
_PHOTO = "image/jpeg"


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    file_id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,256}$")
    file_size: int = 0


class _Photo(_Read):
    width: int
    height: int


class _Document(_Read):
    file_name: str = ""
    mime_type: str = ""


_PHOTOS = TypeAdapter(list[_Photo])


def kept_file(kind: str, message: Mapping[str, Any]) -> KeptFile | None:
    """Return the file of a message where it can be passed on; None where it cannot."""
    try:
        match kind:
            case "photo":
                return _photo(_PHOTOS.validate_python(message["photo"]))
            case "voice":
                return _voice(_Read.model_validate(message["voice"]))
            case "document" if "document" in message:
                return _document(_Document.model_validate(message["document"]))
    except ValidationError:
        # Not as the platform describes it: what cannot be read is not passed on.
        return None
    return None


def _photo(sizes: list[_Photo]) -> KeptFile | None:
    fitting = [size for size in sizes if size.file_size <= MOST_ON_A_PLATFORM]
    if not fitting:
        return None
    largest = max(fitting, key=lambda size: size.width * size.height)
    return _kept("photo", largest, _PHOTO)


def _voice(voice: _Read) -> KeptFile | None:
    fits = voice.file_size <= MOST_ON_A_PLATFORM
    return _kept("voice", voice, _VOICE) if fits else None


def _document(document: _Document) -> KeptFile | None:
    name = plain_name(document.file_name)
    kind = kind_of(name, document.mime_type, document.file_size)
    return _kept("document", document, kind, name) if kind else None


def _kept(kind: Any, file: _Read, mime: str, name: str = "") -> KeptFile:
    ref = f"{SCHEME}:{file.file_id}"
    return KeptFile(type=kind, ref=ref, name=name, mime=mime, size=file.file_size)
