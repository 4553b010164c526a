"""The shipped knowledge, loaded once."""

import pytest

from knowledge.base import KnowledgeBase
from knowledge.loading import load


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    return load()
