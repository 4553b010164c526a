"""Employment measures as data: whom they fit, what they give, how to get them, who says so."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from pydantic import Field, HttpUrl

from knowledge.conditions import Condition
from knowledge.texts import Frozen, Text, Words

MeasureId = str
SourceId = str


class Source(Frozen):
    """Where a claim comes from: the publisher's own page, and when we read it."""

    id: SourceId
    title: Text
    url: HttpUrl
    verified_on: dt.date
    recheck_after_days: int = 180

    def overdue(self, on: dt.date) -> bool:
        """Whether it should have been read again by that day."""
        return on > self.verified_on + dt.timedelta(days=self.recheck_after_days)


class Amount(Frozen):
    """Money, as its source says it; never converted between currencies."""

    what: Text
    value: Decimal = Field(gt=0)
    currency: Literal["EUR", "BGN"]
    valid_from: dt.date
    valid_to: dt.date | None
    source: SourceId

    def current(self, on: dt.date) -> bool:
        """Whether the sum holds on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Unmodelled(Frozen):
    """A condition that no question can settle: the bureau, a firm or the year's money does.

    With `when`, it stands only for people for whom that holds or may hold.
    """

    text: Text
    when: Condition | None = None


class Measure(Frozen):
    """One entry of the law, a programme or a service, in words for people and rules for us."""

    id: MeasureId
    title: Text
    summary: Text
    gives: Text
    kind: Words
    audience: tuple[Literal["jobseeker", "employer"], ...] = Field(min_length=1)
    status: Literal["in_force", "programme_dependent", "unclear"]
    """Unclear: whether it still runs was not confirmed; it is only something to ask about."""
    legal_basis: Text
    as_of: Words
    """The day or year of the text that the facts rest on, as the source gives it."""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    """The last day on which it can be asked for; afterwards it is neither shown nor asked about."""
    yearly_money: bool = False
    """Whether it lives on the yearly action plan, which is late in the first months of a year."""
    excludes: tuple[MeasureId, ...] = ()
    """What cannot be had together with it; written at one of the two is enough."""
    who: Condition
    already: Condition | None = None
    """Holds for people who have what the measure gives, so that it need not be suggested."""
    unmodelled: tuple[Unmodelled, ...] = ()
    steps: tuple[Text, ...] = Field(min_length=1)
    documents: tuple[Text, ...] = ()
    amounts: tuple[Amount, ...] = ()
    online_only: bool = False
    weight: float = Field(default=1.0, gt=0)
    sources: tuple[SourceId, ...] = Field(min_length=1)

    @property
    def capped(self) -> bool:
        """Whether the best verdict is „вероятно“, since somebody else decides too."""
        return bool(self.unmodelled) or self.status != "in_force"

    def runs(self, on: dt.date) -> bool:
        """Whether it can be asked for on that day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)
