"""Golden cases from their files, and profiles from JSON or YAML."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge.cases import Case
from knowledge.errors import Complaint, DataError
from knowledge.facts import Answer, Facts, Profile
from knowledge.loading.yaml_files import line_of, model_of, plain, read_yaml


def load_cases(folder: Path, facts: Facts) -> tuple[Case, ...]:
    """Return the cases of every file, in order; a file is named after its measure."""
    return tuple(
        _case(file, tree, number, facts)
        for file in sorted(folder.glob("*.yaml"))
        for tree in [read_yaml(file)]
        for number in range(len(tree))
    )


def _case(file: Path, tree: Any, number: int, facts: Facts) -> Case:
    node = tree[number]
    raw = plain(node)
    line = line_of(tree, number)
    try:
        raw["profile"] = profile_of(raw.pop("facts"), facts)
    except (KeyError, ValueError) as error:
        raise DataError(Complaint(file, line, f"facts: {error}")) from error
    raw["from_day"] = raw.pop("from", None)
    raw |= {"file": file, "line": line, "measure": file.stem}
    return model_of(Case, file, node, raw)


def profile_of(raw: Mapping[str, Any], facts: Facts) -> Profile:
    """Return the profile: a value, null for „не знам“, {"declined": true} for „не казвам“.

    Raises ValueError naming the fact, what was found and what is allowed.
    """
    answers: dict[str, Answer] = {}
    for name, value in raw.items():
        if name not in facts:
            known = ", ".join(fact.id for fact in facts)
            raise ValueError(f"{name}: no such fact; allowed: {known}")
        answers[name] = facts[name].answer(value)
    return Profile(answers)
