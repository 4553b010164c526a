"""The variables of prepared answers: a closed list, filled in once, each gap marked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.texts import Texts

VARIABLES = (
    "library",
    "address",
    "phone",
    "hours",
    "librarian",
    "bureau",
    "bureau_address",
    "bureau_phone",
    "bureau_hours",
    "place",
    "number",
    "today",
)
"""What can be filled in; the words `desk-variable-<name>` say what each is called."""
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its variables filled in, which of them were used, which could not be."""

    text: str
    used: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    """What is missing, as people call it; each stands marked in the text."""


def names(texts: Texts) -> dict[str, str]:
    """Return the variables by what they are called: „телефон на бюрото“."""
    return {texts(f"desk-variable-{name.replace('_', '-')}"): name for name in VARIABLES}


def unknown(text: str, texts: Texts) -> tuple[str, ...]:
    """Return what stands in braces and is no variable; a brace that is alone is one too."""
    known = names(texts)
    wrong = [said for said in _BRACES.findall(text) if _key(said) not in known]
    alone = re.findall(r"[{}]", _BRACES.sub("", text))
    return tuple(dict.fromkeys([*wrong, *alone]))


def strangers(text: str, texts: Texts) -> tuple[str, ...]:
    """Return the words in braces that are meant as a variable, and are none: „име“."""
    known = names(texts)
    said = (found[1].strip() for found in _BRACES.finditer(text))
    words = (one for one in said if re.match(r"[^\W\d_]", one))
    return tuple(dict.fromkeys(one for one in words if _key(one) not in known))


def filled(text: str, values: Mapping[str, str], texts: Texts) -> Filled:
    """Return the text with each variable as its value, or as a marked gap where there is none."""
    known = names(texts)
    used: dict[str, None] = {}
    gaps: dict[str, None] = {}

    def value(found: re.Match[str]) -> str:
        called = _key(found[1])
        name = known.get(called, "")
        if name:
            used[name] = None
        if values.get(name):
            return values[name]
        gaps[called] = None
        return texts("desk-gap", what=called)

    return Filled(_BRACES.sub(value, text), tuple(used), tuple(gaps))


def gaps_in(text: str, texts: Texts) -> tuple[str, ...]:
    """Return what is still to be filled in: marked gaps, and variables that stand as they are.

    While there is any, the text must not be sent.
    """
    before, after = texts("desk-gap", what="\n").split("\n")
    marked = re.findall(rf"{re.escape(before)}([^\[\]\n]*){re.escape(after)}", text)
    known = names(texts)
    bare = [_key(said) for said in _BRACES.findall(text) if _key(said) in known]
    return tuple(dict.fromkeys([*(gap.strip() for gap in marked), *bare]))


def unfilled(text: str, texts: Texts) -> str:
    """Return why a reply cannot go as it stands, in words; empty where nothing is to be filled in.

    In a reply nothing is filled in by itself: that is done in prepared answers alone.
    """
    said, gaps = [], gaps_in(text, texts)
    unknown = ", ".join(f"{{{name}}}" for name in strangers(text, texts))
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in names(texts))
        said.append(texts("desk-reply-variable-unknown", found=unknown, known=known))
    if gaps:
        said.append(texts("desk-insert-gaps-left", what=", ".join(gaps)))
    return "\n".join(said)


def _key(said: str) -> str:
    return " ".join(said.split()).lower()
