"""The prepared answers that an empty desk begins with, dated by the sources they rest on."""

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from dialogs.desk_texts.prepared import LONGEST_SOURCE, Prepared
from knowledge.base import KnowledgeBase
from knowledge.measures import MeasureId, SourceId
from knowledge.texts import Frozen, Words

FILE = Path(__file__).parent / "shipped.yaml"
WITHOUT_FACTS = dt.timedelta(days=365)
"""How long an answer is good that states no fact."""


class Shipped(Frozen):
    """An answer as it is shipped."""

    title: Words
    text: Words
    about: tuple[MeasureId, ...] = ()
    """The measures whose facts it tells."""
    sources: tuple[SourceId, ...] = ()


@cache
def shipped() -> dict[str, Shipped]:
    """Return what is shipped, by key, in the order it is offered."""
    with FILE.open(encoding="utf-8") as file:
        raw = YAML(typ="safe", pure=True).load(file)
    return {key: Shipped.model_validate(one) for key, one in raw.items()}


def beginning(
    knowledge: KnowledgeBase, today: dt.date, changed_by: str = ""
) -> tuple[Prepared, ...]:
    """Return the answers to begin with: as checked as the source that was read first.

    Each is good until the first of its sources should be read again. One of whose sources other
    knowledge knows nothing is left out.
    """
    return tuple(
        replace(_dated(key, one, knowledge, today), changed_by=changed_by)
        for key, one in shipped().items()
        if set(one.sources) <= knowledge.sources.keys()
    )


def _dated(key: str, one: Shipped, knowledge: KnowledgeBase, today: dt.date) -> Prepared:
    sources = [knowledge.sources[name] for name in one.sources]
    checked = min([source.verified_on for source in sources], default=today)
    ends = [s.verified_on + dt.timedelta(days=s.recheck_after_days) for s in sources]
    told = "; ".join(f"{source.title.bg}, {source.host}" for source in sources)
    if len(told) > LONGEST_SOURCE:
        told = "; ".join(source.host for source in sources)
    return Prepared(
        id=0,
        library=None,
        key=key,
        title=one.title,
        text=one.text,
        source=told,
        checked_on=checked,
        expires_on=min(ends, default=checked + WITHOUT_FACTS),
    )
