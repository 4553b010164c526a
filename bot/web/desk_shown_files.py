"""What the desk shows of the file of a line."""

from bot.kept.files import name_of
from bot.store.interface import Entry
from dialogs.model import KeptFile
from dialogs.passing_files import in_words


def file_in(entry: Entry) -> KeptFile | None:
    """Return the file of a line of the history; None where it has none."""
    return KeptFile.model_validate_json(entry.file) if entry.file else None


def shown_file(entry: Entry) -> dict[str, str] | None:
    """Return how the file of a line is shown: its type, name and size in words."""
    file = file_in(entry)
    if file is None:
        return None
    size = in_words(file.size) if file.size else ""
    return {"type": file.type, "name": name_of(file), "size": size}
