"""The words of every screen, by language, from Project Fluent files."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast
from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from knowledge.texts import LANGUAGES, TRANSLATED, Frozen, Language, Words

LOCALES = Path(__file__).parent / "locales"
REVIEW = "REVIEW"
"""The file of a language that says who has read its words."""


class MissingTextError(LookupError):
    """A screen asked for words that no file has: a fault of ours, found by the tests."""


class UnreadableTextError(Exception):
    """A file of words cannot be read; says which one and what to do."""


class Review(Frozen):
    """Who has read the words of a language, being at home in it, and when."""

    name: Words
    role: Words
    date: dt.date


class Texts:
    """The messages of one language."""

    def __init__(self, language: Language, folder: Path = LOCALES) -> None:
        self.language = language
        self.review = _review(folder / language / REVIEW)
        self.files: dict[Path, ast.Resource] = {}
        """What stands in each file, as it was read."""
        # Isolating marks would reach the chat as invisible characters.
        self._bundle = FluentBundle([language], use_isolating=False)
        self._ids: list[str] = []
        for file in sorted((folder / language).glob("*.ftl")):
            resource = FluentResource(_read(file))
            self.files[file] = resource
            self._bundle.add_resource(resource)
            self._ids += [entry.id.name for entry in resource.body if hasattr(entry, "id")]

    def __call__(self, name: str, /, **arguments: Any) -> str:
        """Return the text; raises MissingTextError where it, or an argument of it, is missing."""
        if not self._bundle.has_message(name):
            raise MissingTextError(f"{self.language}: there is no text {name!r}")
        pattern = self._bundle.get_message(name).value
        if pattern is None:
            raise MissingTextError(f"{self.language}: {name!r} has no value")
        text, faults = self._bundle.format_pattern(pattern, arguments)
        if faults:
            raise MissingTextError(f"{self.language}: {name!r}: {faults[0]}")
        return str(text)

    def __contains__(self, name: str) -> bool:
        return bool(self._bundle.has_message(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    @property
    def unread(self) -> bool:
        """Whether a machine translated these words and nobody at home in them has read them."""
        return self.language in TRANSLATED and self.review is None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableTextError(f"{file}: found {error}; allowed: a text in UTF-8") from error


def _review(file: Path) -> Review | None:
    """Return who has read the words; raises UnreadableTextError where the file does not say it."""
    if not file.is_file():
        return None
    try:
        return Review.model_validate(YAML(typ="safe", pure=True).load(_read(file)))
    except (ValidationError, YAMLError) as error:
        why = "name, role and date (2026-11-26), a line each"
        raise UnreadableTextError(f"{file}: found no review; allowed: {why}") from error


def capitals(text: str, language: Language) -> str:
    """Return the text in capital letters; a Turkish i keeps its dot."""
    return (text.replace("i", "İ") if language == "tr" else text).upper()


@cache
def load_texts() -> dict[Language, Texts]:
    """Return the texts of every language."""
    return {language: Texts(language) for language in LANGUAGES}
