"""Pictures as they may be kept: turned upright, without the place and the camera, or small."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 50_000_000
"""Of one picture; a small file can unfold into more than a machine has room for."""
SMALL = 320
"""Pixels of the longer side of a small picture."""
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}


class UnreadablePictureError(Exception):
    """The bytes begin as a picture does, and are none, or one too large."""


def without_traces(content: bytes, mime: str) -> bytes:
    """Return the picture alone: no place, no camera, no comment; raises UnreadablePictureError."""
    with _opened(content) as picture:
        upright = ImageOps.exif_transpose(picture)
        # What is written beside a picture is written again unless it is taken away.
        upright.info.clear()
        return _saved(upright, _FORMATS[mime])


def small(content: bytes) -> bytes:
    """Return a small JPEG of the picture; raises UnreadablePictureError."""
    with _opened(content) as picture:
        picture.draft("RGB", (SMALL, SMALL))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((SMALL, SMALL))
        shown = upright.convert("RGBA")
        sheet = Image.new("RGB", shown.size, "white")
        sheet.paste(shown, mask=shown)
        return _saved(sheet, "JPEG")


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(content), formats=tuple(_FORMATS.values())) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UnreadablePictureError
            yield picture
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise UnreadablePictureError from error


def _saved(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, quality=88, optimize=form == "JPEG")
    return out.getvalue()
