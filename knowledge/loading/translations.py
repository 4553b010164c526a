"""What the texts of the data are in the languages that stand beside it: `translated/<lang>.po`.

A translation is of one exact Bulgarian text: when that text changes, its translation is lost, and
the check says so, until somebody translates the new one.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from knowledge.errors import Complaint, DataError
from knowledge.texts import TRANSLATED, Language, Translations

FOLDER = "translated"


def translations_beside(file: Path) -> Translations:
    """Return the translations of the folder of knowledge that the file belongs to.

    Raises DataError where a .po file cannot be read.
    """
    folder = next((f for f in _folders(file) if f.is_dir()), None)
    return translations_in(folder) if folder else Translations({})


def _folders(file: Path) -> tuple[Path, Path]:
    return file.parent / FOLDER, file.parent.parent / FOLDER


def translations_in(folder: Path) -> Translations:
    """Return what the folder of .po files says; raises DataError where one cannot be read."""
    files = {language: po_file(folder, language) for language in TRANSLATED}
    return Translations(
        {language: words_of(file) for language, file in files.items() if file.is_file()}
    )


def po_file(folder: Path, language: Language) -> Path:
    """Return where the translations into that language stand."""
    return folder / f"{language}.po"


def words_of(file: Path) -> Mapping[str, str]:
    """Return the translations of one file; one marked as doubtful (fuzzy) is none."""
    return _read_words(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _read_words(file: Path, _changed: int) -> Mapping[str, str]:
    return {
        str(message.id).strip(): str(message.string).strip()
        for message in catalog_of(file)
        if message.id and message.string and not message.fuzzy
    }


def catalog_of(file: Path) -> Catalog:
    """Return the entries of one file; raises DataError where it cannot be read."""
    try:
        with file.open("rb") as opened:
            return read_po(opened, locale=file.stem, abort_invalid=True)
    except PoFileError as error:
        text = f"found no gettext entry: {error}; allowed: msgid and msgstr in quotation marks"
        raise DataError(Complaint(file, (error.lineno or 0) + 1, text)) from error
    except UnicodeDecodeError as error:
        raise DataError(Complaint(file, 1, f"not a text in UTF-8: {error}")) from error
