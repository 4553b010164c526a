"""Golden cases from their files, and profiles from JSON or YAML."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge.cases import Case
from knowledge.errors import Complaint, DataError
from knowledge.facts import Answer, Facts, Profile
from knowledge.loading.faults import plain
from knowledge.loading.yaml_files import line_of, model_of, read_yaml
from knowledge.spelling import did_you_mean


def load_cases(folder: Path, facts: Facts) -> tuple[Case, ...]:
    """Return the cases of every file, in order; a file is named after its measure.

    Raises DataError that names every fault of every file by line.
    """
    cases: list[Case] = []
    faults: list[Complaint] = []
    for file in sorted(folder.glob("*.yaml")):
        try:
            cases.extend(cases_of(file, facts))
        except DataError as error:
            faults.extend(error.complaints)
    if faults:
        raise DataError(faults)
    return tuple(cases)


def cases_of(file: Path, facts: Facts) -> tuple[Case, ...]:
    """Return the cases of one file; raises DataError at the line of a fault."""
    tree = read_yaml(file)
    if not isinstance(tree, list):
        raise DataError(Complaint(file, 1, "found no list; allowed: cases, each with a dash"))
    cases = tuple(_case(file, tree, number, facts) for number in range(len(tree)))
    names = [case.name for case in cases]
    for case in cases:
        if names.count(case.name) > 1:
            text = f"name: {case.name!r} stands twice; give each case its own"
            raise DataError(Complaint(file, case.line, text))
    return cases


def _case(file: Path, tree: Any, number: int, facts: Facts) -> Case:
    node, line = tree[number], line_of(tree, number)
    if not isinstance(node, Mapping) or not isinstance(node.get("facts"), Mapping):
        raise DataError(Complaint(file, line, "facts: missing; write them, or {} for none"))
    raw = plain(node)
    answers: dict[str, Answer] = {}
    for name, value in raw.pop("facts").items():
        try:
            answers |= profile_of({name: value}, facts).answers
        except ValueError as error:
            raise DataError(Complaint(file, line_of(node, "facts", name), str(error))) from error
    raw["from_day"] = raw.pop("from", None)
    raw["until_day"] = raw.pop("until", None)
    raw |= {"file": file, "line": line, "measure": file.stem, "profile": Profile(answers)}
    return model_of(Case, file, node, raw)


def profile_of(raw: Mapping[str, Any], facts: Facts) -> Profile:
    """Return the profile: a value, null for „не знам“, {"declined": true} for „не казвам“.

    Raises ValueError naming the fact, what was found and what is allowed.
    """
    answers: dict[str, Answer] = {}
    for name, value in raw.items():
        if name not in facts:
            known = ", ".join(fact.id for fact in facts)
            near = did_you_mean(name, (fact.id for fact in facts))
            raise ValueError(f"{name}: no such fact; allowed: {known}{near}")
        answers[name] = facts[name].answer(value)
    return Profile(answers)
