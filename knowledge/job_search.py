"""Where vacancies are: the channels through which people look for work."""

from pydantic import Field

from knowledge.measures import MeasureId, SourceId
from knowledge.texts import Frozen, Text

ChannelId = str


class JobSearchChannel(Frozen):
    """One place where vacancies are, by what its source says of it."""

    id: ChannelId
    title: Text
    text: Text
    measure: MeasureId | None = None
    """The measure whose card tells more."""
    sources: tuple[SourceId, ...] = Field(min_length=1)
