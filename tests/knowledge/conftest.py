"""The shipped knowledge, loaded once, and a copy of its files for whoever changes them."""

import shutil
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.loading import DATA, load


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    return load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data, to be changed or spoilt."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    return copy
