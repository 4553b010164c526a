"""What the commands say to editors, in the language they asked for; the words are data."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.texts import LANGUAGES, Language, Text


@dataclass(frozen=True, slots=True)
class EditorWords:
    """The words of editor_words.yaml in one language; called with a name, it says that wording."""

    words: Mapping[str, Text]
    language: Language

    def __call__(self, name: str, **arguments: object) -> str:
        """Return the wording of that name with the arguments filled in."""
        return self.words[name].in_(self.language).format(**arguments)

    def typed(self, name: str) -> frozenset[str]:
        """Return the wordings of that name in every language and in small letters."""
        return frozenset(self.words[name].in_(language).casefold() for language in LANGUAGES)
