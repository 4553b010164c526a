"""The square code that opens the talk: its modules, and its picture."""

import io
from functools import lru_cache

import segno

QUIET = 4
"""Modules of white around it, as the standard wants."""


@lru_cache(maxsize=64)
def modules(link: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of dark and light, with the quiet zone."""
    code = segno.make_qr(link, error="m")
    return tuple(tuple(bool(module) for module in row) for row in code.matrix_iter(border=QUIET))


def picture(link: str) -> bytes:
    """Return the code as a PNG, sharp at the size it is printed in."""
    out = io.BytesIO()
    segno.make_qr(link, error="m").save(out, kind="png", scale=12, border=QUIET)
    return out.getvalue()
