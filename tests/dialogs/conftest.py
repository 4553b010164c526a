import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from talk import Talk

from dialogs.texts import load_texts
from dialogs.turn import Context
from knowledge.base import KnowledgeBase
from knowledge.loading import load

SOFIA = ZoneInfo("Europe/Sofia")
TODAY = dt.date(2026, 11, 23)
"""A Monday."""


@pytest.fixture(scope="session")
def knowledge() -> KnowledgeBase:
    return load()


@pytest.fixture(scope="session")
def context_on(knowledge: KnowledgeBase) -> Callable[[dt.date], Context]:
    def on(day: dt.date) -> Context:
        now = dt.datetime.combine(day, dt.time(10), tzinfo=SOFIA)
        return Context(knowledge=knowledge, texts=load_texts(), now=now)

    return on


@pytest.fixture(scope="session")
def context(context_on: Callable[[dt.date], Context]) -> Context:
    return context_on(TODAY)


@pytest.fixture
def talk(context: Context) -> Talk:
    return Talk(context).start()


@pytest.fixture
def talk_on(context_on: Callable[[dt.date], Context]) -> Callable[..., Talk]:
    def on(year: int, month: int, day: int) -> Talk:
        return Talk(context_on(dt.date(year, month, day))).start()

    return on
