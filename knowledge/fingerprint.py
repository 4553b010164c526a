"""A name for what can be said to fit: other facts, rules, sums or measures have another name."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel


def fingerprint(*parts: Iterable[BaseModel]) -> str:
    """Return the name of these models: the same on every machine, whatever their order was.

    Each part stands for itself, so that an entry that changes its kind is a change.
    """
    content = [sorted(_written(model) for model in part) for part in parts]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _written(model: BaseModel) -> str:
    plain: dict[str, Any] = model.model_dump(mode="json")
    return json.dumps(plain, sort_keys=True)
