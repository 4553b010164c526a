"""The words of every screen, by language, from Project Fluent files."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from knowledge.texts import LANGUAGES, Language

LOCALES = Path(__file__).parent / "locales"


class MissingTextError(LookupError):
    """A screen asked for words that no file has: a fault of ours, found by the tests."""


class Texts:
    """The messages of one language."""

    def __init__(self, language: Language, folder: Path = LOCALES) -> None:
        self.language = language
        # Isolating marks would reach the chat as invisible characters.
        self._bundle = FluentBundle([language], use_isolating=False)
        self._ids: list[str] = []
        for file in sorted((folder / language).glob("*.ftl")):
            resource = FluentResource(file.read_text(encoding="utf-8"))
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


@cache
def load_texts() -> dict[Language, Texts]:
    """Return the texts of every language."""
    return {language: Texts(language) for language in LANGUAGES}
