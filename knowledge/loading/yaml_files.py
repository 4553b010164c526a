"""YAML as editors write it: each value keeps the line it stands on."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from knowledge.errors import Complaint, DataError

Model = TypeVar("Model", bound=BaseModel)


class _Constructor(RoundTripConstructor):
    """Leaves dates as they are written: a wrong one is then a fault of its field, with a line."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.construct_scalar)


def read_yaml(path: Path) -> Any:
    """Return the file's tree; YAML 1.2, so `no`, `12:30` and `00014` stay what they look like.

    Raises DataError with the line of the fault, a repeated key among them.
    """
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = _Constructor
    try:
        tree = yaml.load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark
        said = " ".join(str(error.problem).split()).partition(" with value ")[0]
        raise DataError(Complaint(path, mark.line + 1 if mark else 1, said)) from error
    except (YAMLError, UnicodeDecodeError) as error:
        said = " ".join(str(error).split())
        raise DataError(Complaint(path, 1, f"not a YAML text in UTF-8: {said}")) from error
    if tree is None:
        raise DataError(Complaint(path, 1, "the file is empty; write at least one entry"))
    return tree


def read_fields(path: Path) -> Any:
    """Return the tree of a file that must be fields with values; raises DataError otherwise."""
    tree = read_yaml(path)
    if not isinstance(tree, Mapping):
        raise DataError(Complaint(path, 1, f"found {_short(tree)}; allowed: fields with values"))
    return tree


def read_entries(path: Path) -> Any:
    """Return the tree of a file of named entries, each of fields; raises DataError otherwise."""
    tree = read_fields(path)
    faults = [
        Complaint(path, line_of(tree, name), f"{name}: found {_short(node)}; allowed: fields")
        for name, node in tree.items()
        if not isinstance(node, Mapping)
    ]
    if faults:
        raise DataError(faults)
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
    place: Any = getattr(node, "lc", None)
    line = place.line + 1 if place is not None else 1
    for step in path:
        place = getattr(node, "lc", None)
        if isinstance(node, Mapping) and step in node:
            line = place.key(step)[0] + 1
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            line = place.item(step)[0] + 1
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
    field = "".join(f"{step}." for step in path)[:-1]
    said = _SAID.get(fault["type"]) or fault["msg"].removeprefix("Value error, ")
    parts = [*([field] if field else []), said]
    found = f"; found {_short(fault['input'])}" if field and fault["type"] not in _SAID else ""
    return Complaint(file, line_of(node, *path), ": ".join(parts) + found)


_SAID = {"missing": "missing; write it", "extra_forbidden": "there is no such field; mend its name"}


def _short(found: object) -> str:
    text = repr(plain(found))
    return text if len(text) <= 80 else text[:77] + "…"
