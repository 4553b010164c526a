"""What the columns of spreadsheets are called in Bulgarian."""

from collections.abc import Mapping
from pathlib import Path

from knowledge.loading.faults import plain
from knowledge.loading.yaml_files import model_of, read_fields
from knowledge.texts import Frozen, Words


class Columns(Frozen):
    """The words of columns.yaml."""

    kinds: Mapping[str, Words]
    """How a settlement of each kind is written in an address."""
    labels: Mapping[str, Words]
    """The second row of a table, by our names of the columns."""


def load_columns(folder: Path) -> Columns:
    """Return the words of the folder's columns.yaml."""
    file = folder / "columns.yaml"
    tree = read_fields(file)
    return model_of(Columns, file, tree, plain(tree))
