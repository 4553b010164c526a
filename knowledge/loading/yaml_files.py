"""YAML as editors write it: each value keeps the line it stands on."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from knowledge.errors import Complaint, DataError

Model = TypeVar("Model", bound=BaseModel)


def read_yaml(path: Path) -> Any:
    """Return the file's tree; YAML 1.2, so `no`, `12:30` and `00014` stay what they look like.

    Raises DataError with the line of the fault, a repeated key among them.
    """
    try:
        with path.open(encoding="utf-8") as file:
            tree = YAML(typ="rt", pure=True).load(file)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        said = " ".join(str(error.problem).split())
        raise DataError(Complaint(path, mark.line + 1 if mark else 1, said)) from error
    if tree is None:
        raise DataError(Complaint(path, 1, "the file is empty; write at least one entry"))
    return tree


def plain(node: Any) -> Any:
    """Return the tree as ordinary dicts, lists, strings and numbers."""
    if isinstance(node, Mapping):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str | bytes):
        return [plain(value) for value in node]
    if isinstance(node, bool):
        return bool(node)
    if isinstance(node, int):
        return int(node)
    return str(node) if isinstance(node, str) else node


def line_of(node: Any, *path: str | int) -> int:
    """Return the line (from 1) of the deepest part of `path` that stands in the tree."""
    line = node.lc.line + 1 if hasattr(node, "lc") else 1
    for step in path:
        if isinstance(node, Mapping) and step in node:
            line = node.lc.key(step)[0] + 1
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            line = node.lc.item(step)[0] + 1
        else:
            continue
        node = node[step]
    return int(line)


def model_of(kind: type[Model], file: Path, node: Any, raw: Any) -> Model:
    """Return `raw` (made from `node`) as that model.

    Raises DataError with a line for each fault: the field, what was found, what is allowed.
    """
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        raise DataError(_complaint(file, node, fault) for fault in error.errors()) from error


def _complaint(file: Path, node: Any, fault: Any) -> Complaint:
    path = tuple(fault["loc"])
    field = ".".join(map(str, path)) or "entry"
    found = repr(fault["input"])
    found = found if len(found) <= 80 else found[:77] + "…"
    return Complaint(file, line_of(node, *path), f"{field}: {fault['msg']}; found {found}")
