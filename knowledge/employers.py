"""What a firm that hires needs to know: whom, what it gets, what it takes on, how it asks."""

from pydantic import Field

from knowledge.conditions import Condition
from knowledge.texts import Frozen, Text

HiringGroupId = str
EmployerServiceId = str
LONGEST_BUTTON = 20
"""Characters of a group's button: two of them stand side by side on a phone."""
LONGEST_IN_SHORT = 60
"""Characters of what a firm gets, in a list."""


class HiringGroup(Frozen):
    """People whom a firm may want to hire, as one choice of „Кого бихте наели?“."""

    id: HiringGroupId
    button: Text | None = None
    """At most 20 characters; a group without one is no choice: it stands below every other list."""
    title: Text
    """Above the list of its measures."""
    who: Condition | None = None
    """What holds for these people: a measure that it rules out is not for them."""


class ForEmployer(Frozen):
    """A measure as a firm reads it: „Вие“ is the firm."""

    groups: tuple[HiringGroupId, ...] = ()
    """Under which choices it stands; with none it stands among all measures alone."""
    in_short: Text
    """What the firm gets, for a list: at most 60 characters."""
    hire: Text
    """Whom the firm may hire with it."""
    gets: tuple[Text, ...] = Field(min_length=1)
    """The support: what kind, how much, how long; a sum only while it holds."""
    firm: tuple[Text, ...] = ()
    """What the firm must be, and what bars it."""
    duties: tuple[Text, ...] = ()
    """What the firm takes on; where none was found the card says to ask."""
    steps: tuple[Text, ...] = Field(min_length=1)
    """How to ask for it, the first thing first."""
    documents: tuple[Text, ...] = ()
    """What to prepare; where none was found the card says to ask."""
    sources: tuple[str, ...] = Field(min_length=1)
    """Who says so; ids of sources.yaml, the maker of the rule first."""


class EmployerService(Frozen):
    """One thing that the labour bureau does for a firm that looks for people."""

    id: EmployerServiceId
    title: Text
    text: Text
    measure: str | None = None
    """The measure whose card tells more."""
    sources: tuple[str, ...] = Field(min_length=1)
