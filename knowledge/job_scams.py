"""How a false job offer is known, where a true one is checked, who is told of a false one."""

from typing import Literal

from pydantic import Field

from knowledge.measures import SourceId
from knowledge.texts import Frozen, Text

ScamAdviceId = str
ScamPart = Literal["sign", "check", "report"]


class ScamAdvice(Frozen):
    """One sign of a false offer, one place to check an offer, or one to report it to."""

    id: ScamAdviceId
    part: ScamPart
    text: Text
    sources: tuple[SourceId, ...] = Field(min_length=1)
