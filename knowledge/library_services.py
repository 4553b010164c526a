"""What a library can do for somebody who looks for work, beside lending books."""

from pydantic import Field

from knowledge.conditions import Condition
from knowledge.measures import SourceId
from knowledge.texts import Frozen, Text, Words

ServiceId = str


class Offered(Frozen):
    """One library of which it is known that it offers a service, and as of when."""

    library: str
    as_of: Words
    """The day, month or year of which the source speaks."""
    source: SourceId


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
    offered: tuple[Offered, ...] = ()
    sources: tuple[SourceId, ...] = Field(min_length=1)

    def known_at(self, library: str) -> Offered | None:
        """Return since when it is known of that library; None where it must be asked."""
        return next((offer for offer in self.offered if offer.library == library), None)
