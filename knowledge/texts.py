"""Words that come with the data, in each language people may choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo, model_validator

Language = Literal["bg", "en", "tr", "uk"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
WRITTEN: tuple[Language, ...] = ("bg", "en")
"""The languages that stand in the data itself; Bulgarian is the source."""
TRANSLATED: tuple[Language, ...] = ("tr", "uk")
"""Those whose texts are kept beside the data, by the Bulgarian they translate."""


class Frozen(BaseModel):
    """The ground of every model here: never changed, and no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("the text is empty; write it or remove the field")
    return text.strip()


Words = Annotated[str, AfterValidator(_not_blank)]


@dataclass(frozen=True, slots=True)
class Translations:
    """What Bulgarian texts are in other languages; the context in which a `Text` is read."""

    by_language: Mapping[Language, Mapping[str, str]]

    def of(self, bulgarian: str) -> dict[str, str]:
        """Return the wordings that there are, by language."""
        said = bulgarian.strip()
        return {
            language: words[said] for language, words in self.by_language.items() if said in words
        }


class Text(Frozen):
    """One text in Bulgarian (the source) and in English; in the others as far as translated."""

    bg: Words
    en: Words
    tr: Words | None = None
    uk: Words | None = None

    @model_validator(mode="before")
    @classmethod
    def _translated(cls, raw: Any, info: ValidationInfo) -> Any:
        """Add the translations that the context has; what stands in the data itself goes first."""
        known, source = info.context, raw.get("bg") if isinstance(raw, Mapping) else None
        if isinstance(known, Translations) and isinstance(source, str):
            return {**known.of(source), **raw}
        return raw

    def has(self, language: Language) -> bool:
        """Return whether the text is there in that language."""
        return self._own(language) is not None

    def in_(self, language: Language) -> str:
        """Return the wording in that language; where there is none, the Bulgarian one."""
        return self._own(language) or self.bg

    def _own(self, language: Language) -> str | None:
        said: str | None = getattr(self, language)
        return said
