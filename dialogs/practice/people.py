"""The invented job seekers of the practice: what each is asked, what each says, in which order."""

from functools import cache
from pathlib import Path

from pydantic import Field
from ruamel.yaml import YAML

from knowledge.facts import FactId
from knowledge.measures import MeasureId
from knowledge.texts import Frozen, Words

FILE = Path(__file__).parent / "people.yaml"


class Invented(Frozen):
    """Nobody who lives: a first name, answers to the questions, and words that come in order."""

    id: str = Field(pattern=r"^[a-z]+$")
    name: Words
    about: Words
    """Who this is, in a line, for the librarian who chooses."""
    talk: str | None = None
    """The golden talk that it is taken from."""
    answers: dict[FactId, str]
    """What is pressed or typed at each question; at any other „не“, or that there is none."""
    shows: tuple[FactId, ...] = ()
    """The sensitive answers that the person ticks, so that the librarian sees them."""
    question: Words
    replies: tuple[Words, ...] = Field(min_length=2)
    """What the person says after each answer, the last of which ends the talk."""
    helps: tuple[MeasureId, ...] = Field(min_length=1)
    """The measures that a good answer names."""


@cache
def invented() -> dict[str, Invented]:
    """Return the invented job seekers by id, in the order they are offered."""
    with FILE.open(encoding="utf-8") as file:
        raw = YAML(typ="safe", pure=True).load(file)
    people = [Invented.model_validate({"id": name, **told}) for name, told in raw.items()]
    return {person.id: person for person in people}
