"""What the knowledge would be with some files changed, and changing them when that is wanted."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.errors import Complaint, DataError

Changes = Mapping[Path, bytes]
"""The new contents of files, by their path inside the folder of data."""


@contextmanager
def with_changes(folder: Path, changes: Changes) -> Iterator[Path]:
    """Yield a copy of the folder with the changes made; faults found in it name the real files."""
    with TemporaryDirectory() as temporary:
        copy = Path(temporary) / "data"
        shutil.copytree(folder, copy)
        for name, text in changes.items():
            (copy / name).write_bytes(text)
        try:
            yield copy
        except DataError as error:
            raise DataError(_renamed(fault, copy, folder) for fault in error.complaints) from error


def _renamed(fault: Complaint, copy: Path, folder: Path) -> Complaint:
    inside = fault.file.is_relative_to(copy)
    file = folder / fault.file.relative_to(copy) if inside else fault.file
    return Complaint(file, fault.line, fault.text, fault.severity)


def write(folder: Path, changes: Changes) -> None:
    """Replace the files: all are written beside the old ones first, then each in one act.

    A crash leaves whole files, old or new; doing it once more finishes what was begun.
    """
    for name, text in changes.items():
        with _beside(folder / name).open("wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    for name in changes:
        _beside(folder / name).replace(folder / name)


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.new")
