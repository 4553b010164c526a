"""Employment measures as data: whom they fit, what they give, how to get them, who says so."""

import datetime as dt
import re
from typing import Literal
from urllib.parse import unquote

from pydantic import Field, HttpUrl

from knowledge.conditions import Condition
from knowledge.employers import ForEmployer
from knowledge.field_sources import FieldSources
from knowledge.texts import Frozen, Text, Words

MeasureId = str
SourceId = str
ParameterId = str


def _letters(found: re.Match[str]) -> str:
    text = unquote(found[0], errors="replace")
    return text if re.fullmatch("[А-Яа-я]+", text) else found[0]


class Source(Frozen):
    """Where a claim comes from: the publisher's own page, and when we read it."""

    id: SourceId
    title: Text
    url: HttpUrl
    article: Words | None = None
    """Where in the text it stands."""
    published_on: dt.date | None = None
    """The day of the text as its publisher gives it; None where none was seen."""
    verified_on: dt.date
    recheck_after_days: int = 180

    @property
    def address(self) -> str:
        """The address as people read it: encoded Cyrillic letters are written as letters."""
        return re.sub(r"(?:%[0-9A-Fa-f]{2})+", _letters, str(self.url))

    @property
    def host(self) -> str:
        """Whose page it is, as people know it: „nssi.bg“."""
        return str(self.url.host).removeprefix("www.")

    def overdue(self, on: dt.date) -> bool:
        """Whether it should have been read again by that day."""
        return on > self.verified_on + dt.timedelta(days=self.recheck_after_days)


class Unmodelled(Frozen):
    """A condition that no question can settle: the bureau, a firm or the year's money does.

    With `when`, it stands only for people for whom that holds or may hold.
    """

    text: Text
    """What the other one decides; a whole sentence."""
    when: Condition | None = None
    """For whom it plays a part; everybody where it is left out."""


class Measure(Frozen):
    """One entry of the law, a programme or a service, in words for people and rules for us."""

    id: MeasureId
    title: Text
    """What people call it; at most 45 characters."""
    summary: Text
    """What it is and for whom, in two sentences."""
    gives: Text
    """What one gets."""
    kind: Words
    """What sort of help it is, for those who sort the files: `benefit`, `employer_subsidy`."""
    audience: tuple[Literal["jobseeker", "employer"], ...] = Field(min_length=1)
    """Who reads the card."""
    status: Literal["in_force", "programme_dependent", "unclear"]
    """Unclear: whether it still runs was not confirmed; it is only something to ask about."""
    legal_basis: Text
    """The act and its article, or the programme."""
    as_of: Words
    """The day or year of the text that the facts rest on, as the source gives it."""
    valid_from: dt.date | None = None
    """The first day on which it can be asked for, where one is set."""
    valid_to: dt.date | None = None
    """The last day on which it can be asked for; afterwards it is neither shown nor asked about."""
    end_untold: bool = False
    """Whether the day on which time alone ends it is not said, as a nearer deadline counts."""
    yearly_money: bool = False
    """Whether it lives on the yearly action plan, which is late in the first months of a year."""
    excludes: tuple[MeasureId, ...] = ()
    """What cannot be had together with it; written at one of the two is enough."""
    who: Condition
    """Whom it fits, by what the person alone can say."""
    already: Condition | None = None
    """Holds for people who have what the measure gives, so that it need not be suggested."""
    unmodelled: tuple[Unmodelled, ...] = ()
    """What the bureau, a firm or the year's money decides; then it fits „probably“ at best."""
    steps: tuple[Text, ...] = Field(min_length=1)
    """What to do, the first thing first."""
    documents: tuple[Text, ...] = ()
    """What to bring, a paper each."""
    amounts: tuple[ParameterId, ...] = ()
    """The sums of parameters.yaml that one gets or that bound it."""
    online_only: bool = False
    """Whether it can be asked for only over the internet: then the library is named."""
    weight: float = Field(default=1.0, gt=0, allow_inf_nan=False)
    """How much it matters to a person: 0.5 a small service, 3 money or a deadline."""
    sources: tuple[SourceId, ...] = Field(min_length=1)
    """Who says so; ids of sources.yaml, the maker of the rule first."""
    field_sources: FieldSources = ()
    """Who says single fields, where it is none of the sources: what was corrected by itself."""
    for_employer: ForEmployer | None = None
    """The same for the firm that hires; where `employer` is in the audience."""

    @property
    def capped(self) -> bool:
        """Whether the best verdict is „вероятно“, since somebody else decides too."""
        return bool(self.unmodelled) or self.status != "in_force"

    def runs(self, on: dt.date) -> bool:
        """Whether it can be asked for on that day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)
