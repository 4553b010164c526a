"""Words that come with the data, in each language people may choose."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

Language = Literal["bg", "en"]
LANGUAGES: tuple[Language, ...] = ("bg", "en")


class Frozen(BaseModel):
    """The ground of every model here: never changed, and no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("the text is empty; write it or remove the field")
    return text.strip()


Words = Annotated[str, AfterValidator(_not_blank)]


class Text(Frozen):
    """One text in Bulgarian (the source) and in English."""

    bg: Words
    en: Words

    def in_(self, language: Language) -> str:
        """Return the wording in that language."""
        return self.en if language == "en" else self.bg
