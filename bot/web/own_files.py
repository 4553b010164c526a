"""A mark of the service's own files: a browser keeps each file for as long as the mark stands."""

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"


@cache
def mark() -> str:
    """Return a mark that is another once any of the files is."""
    files = sorted(file for file in STATIC.iterdir() if file.is_file())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10]
