"""YAML as editors write it: each value keeps the line it stands on."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from knowledge.errors import Complaint, DataError
from knowledge.loading.faults import said, short
from knowledge.loading.translations import translations_beside

Model = TypeVar("Model", bound=BaseModel)


class _Fields(dict[Any, Any]):
    """A mapping that knows its line and those of its keys, from 1."""

    line: int
    lines: dict[Any, int]


class _Items(list[Any]):
    """A sequence that knows its line and those of its items, from 1."""

    line: int
    lines: list[int]


class _Constructor(SafeConstructor):
    """Keeps lines, and leaves dates as written: a wrong one is a fault of its field."""

    def fields(self, node: Any) -> Iterator[_Fields]:
        fields = _Fields()
        yield fields
        fields.line = node.start_mark.line + 1
        fields.update(self.construct_mapping(node))
        keys = (key for key, _ in node.value)
        fields.lines = {self.construct_object(key): key.start_mark.line + 1 for key in keys}

    def items(self, node: Any) -> Iterator[_Items]:
        items = _Items()
        yield items
        items.line = node.start_mark.line + 1
        items.extend(self.construct_sequence(node))
        items.lines = [item.start_mark.line + 1 for item in node.value]


_Constructor.add_constructor("tag:yaml.org,2002:map", _Constructor.fields)
_Constructor.add_constructor("tag:yaml.org,2002:seq", _Constructor.items)
_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_scalar)


def read_yaml(path: Path) -> Any:
    """Return the file's tree; YAML 1.2, so `no`, `12:30` and `00014` stay what they look like.

    The same text gives the same tree: nobody may change it. Raises DataError with the line of the
    fault, a repeated key among them.
    """
    try:
        return _tree(path, path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError(Complaint(path, 1, "the file is missing; put it back")) from error
    except (UnicodeDecodeError, RecursionError, TypeError) as error:
        raise _unreadable(path, error) from error


@lru_cache(maxsize=1024)
def _tree(path: Path, text: str) -> Any:
    yaml = YAML(typ="safe")
    yaml.Constructor = _Constructor
    try:
        tree = yaml.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        said = " ".join(str(error.problem).split()).partition(" with value ")[0]
        raise DataError(Complaint(path, mark.line + 1 if mark else 1, said)) from error
    except YAMLError as error:
        raise _unreadable(path, error) from error
    if tree is None:
        raise DataError(Complaint(path, 1, "the file is empty; write at least one entry"))
    return tree


def _unreadable(path: Path, error: Exception) -> DataError:
    said = " ".join(str(error).split())
    return DataError(Complaint(path, 1, f"not a YAML text in UTF-8: {said}"))


def read_fields(path: Path) -> Any:
    """Return the tree of a file that must be fields with values; raises DataError otherwise."""
    tree = read_yaml(path)
    if not isinstance(tree, Mapping):
        raise DataError(Complaint(path, 1, f"found {short(tree)}; allowed: fields with values"))
    return tree


def read_entries(path: Path) -> Any:
    """Return the tree of a file of named entries, each of fields; raises DataError otherwise."""
    tree = read_fields(path)
    faults = [
        Complaint(path, line_of(tree, name), f"{name}: found {short(node)}; allowed: fields")
        for name, node in tree.items()
        if not isinstance(node, Mapping)
    ]
    if faults:
        raise DataError(faults)
    return tree


def line_of(node: Any, *path: str | int) -> int:
    """Return the line (from 1) of the deepest part of `path` that stands in the tree."""
    line = node.line if isinstance(node, _Fields | _Items) else 1
    for step in path:
        if _has(node, step):
            line, node = node.lines[step], node[step]
    return line


def _has(node: Any, step: str | int) -> bool:
    if isinstance(node, _Items):
        return isinstance(step, int) and step < len(node)
    return isinstance(node, _Fields) and step in node


def model_of(kind: type[Model], file: Path, node: Any, raw: Any) -> Model:
    """Return `raw` (made from `node`) as that model, its texts with their translations.

    Raises DataError with a line for each fault: the field, what was found, what is allowed.
    """
    try:
        return kind.model_validate(raw, context=translations_beside(file))
    except ValidationError as error:
        faults = error.errors()
        raise DataError(_complaint(file, node, fault, kind) for fault in faults) from error


def _complaint(file: Path, node: Any, fault: Any, kind: type[BaseModel]) -> Complaint:
    path = tuple(fault["loc"])
    field = "".join(f"{step}." for step in path)[:-1]
    words = said(fault, tuple(kind.model_fields))
    return Complaint(file, line_of(node, *path), f"{field}: {words}" if field else words)
