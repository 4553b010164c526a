"""What is wrong with a data file, said so that an editor can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault: where it stands, what was found, what is allowed, one fix."""

    file: Path
    line: int
    text: str
    severity: Literal["error", "warning"] = "error"
    """A warning does not stop anybody: the knowledge is right, and will soon need a look."""

    def __str__(self) -> str:
        warned = "warning: " if self.severity == "warning" else ""
        return f"{self.file}:{self.line}: {warned}{self.text}"


class DataError(Exception):
    """The data cannot be used; `complaints` says why, one line each."""

    def __init__(self, complaints: Complaint | Iterable[Complaint]) -> None:
        self.complaints = (complaints,) if isinstance(complaints, Complaint) else tuple(complaints)
        super().__init__("\n".join(map(str, self.complaints)))
