"""What a model refuses, said so that an editor can mend it: found, allowed, nearest, one fix."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.spelling import did_you_mean

_ALLOWED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "date_from_datetime_parsing": "a day as 2026-11-22",
    "date_parsing": "a day as 2026-11-22",
    "date_type": "a day as 2026-11-22",
    "decimal_parsing": "a number",
    "decimal_type": "a number",
    "dict_type": "fields with values",
    "float_parsing": "a number",
    "finite_number": "a number",
    "float_type": "a number",
    "frozen_set_type": "a list",
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "less_than_equal": "{le} or less",
    "literal_error": "{expected}",
    "model_type": "fields with values",
    "string_pattern_mismatch": "text like {pattern}",
    "string_type": "text, in quotation marks",
    "too_short": "a list of at least {min_length}",
    "tuple_type": "a list",
    "url_parsing": "an address as https://www.az.government.bg/",
    "url_scheme": "an address as https://www.az.government.bg/",
}
MISSING, UNKNOWN = "missing", "extra_forbidden"


def said(fault: Any, fields: Sequence[str] = ()) -> str:
    """Return the words for one error of pydantic; `fields` are those that the model has."""
    kind = fault["type"]
    if kind == MISSING:
        return "missing; write it"
    if kind == UNKNOWN:
        near = did_you_mean(fault["loc"][0], fields) if len(fault["loc"]) == 1 else ""
        return f"there is no such field; mend its name{near}"
    found = f"found {short(fault['input'])}"
    if kind not in _ALLOWED:
        words = str(fault["msg"]).removeprefix("Value error, ")
        return words if words.startswith("found ") else f"{words}; {found}"
    allowed = _ALLOWED[kind].format(**fault.get("ctx", {}))
    known = re.findall(r"'([^']+)'", allowed) if kind == "literal_error" else ()
    return f"{found}; allowed: {allowed}; correct it{did_you_mean(fault['input'], known)}"


def short(found: object) -> str:
    """Return what was found, as an editor would write it, and no more than fits a line."""
    text = repr(plain(found))
    return text if len(text) <= 80 else text[:77] + "…"


def plain(node: Any) -> Any:
    """Return the tree as ordinary dicts with text for keys, lists, strings and numbers."""
    if isinstance(node, Mapping):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str | bytes):
        return [plain(value) for value in node]
    return node
