"""What a library can do for somebody who looks for work, beside lending books."""

from pydantic import Field

from knowledge.conditions import Condition
from knowledge.measures import SourceId
from knowledge.texts import Frozen, Text

ServiceId = str


class LibraryService(Frozen):
    """One service; which library offers it must be asked there, unless it is confirmed."""

    id: ServiceId
    title: Text
    summary: Text
    bring: tuple[Text, ...] = ()
    who: Condition | None = None
    """For whom it is worth naming; None is for everybody."""
    for_online_forms: bool = False
    """Whether it helps where a measure can be asked for only over the internet."""
    sources: tuple[SourceId, ...] = Field(min_length=1)
