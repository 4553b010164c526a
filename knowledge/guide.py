"""The editors' page, made from the models themselves: which file holds what, written how."""

import ast
import datetime as dt
import inspect
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from textwrap import dedent
from typing import get_args, get_origin

from pydantic import HttpUrl

from knowledge.archive import Ended
from knowledge.base import KnowledgeBase
from knowledge.boundaries import Confirmed
from knowledge.conditions import Rule, rules_in
from knowledge.durations import Duration
from knowledge.employers import EmployerService, ForEmployer, HiringGroup
from knowledge.facts import Band, Fact
from knowledge.help_lines import HelpLine
from knowledge.job_scams import ScamAdvice
from knowledge.job_search import JobSearchChannel
from knowledge.joint_questions import JointChoice, JointQuestion
from knowledge.library_services import LibraryService
from knowledge.measures import Measure, Source, Unmodelled
from knowledge.parameters import DatedValue, Parameter
from knowledge.texts import Frozen, Text

MODELS: tuple[tuple[str, type[Frozen]], ...] = (
    ("measures/<id>.yaml", Measure),
    ("measures/<id>.yaml, under `unmodelled`", Unmodelled),
    ("measures/<id>.yaml, under `for_employer`", ForEmployer),
    ("sources.yaml", Source),
    ("parameters.yaml", Parameter),
    ("parameters.yaml, under `values`", DatedValue),
    ("facts.yaml", Fact),
    ("facts.yaml, under `bands`", Band),
    ("joint_questions.yaml", JointQuestion),
    ("joint_questions.yaml, under `choices`", JointChoice),
    ("archive.yaml", Ended),
    ("services.yaml", LibraryService),
    ("help_lines.yaml", HelpLine),
    ("job_scams.yaml", ScamAdvice),
    ("job_search.yaml", JobSearchChannel),
    ("hiring_groups.yaml", HiringGroup),
    ("employer_services.yaml", EmployerService),
    ("boundaries.yaml", Confirmed),
)
WRITTEN: dict[object, str] = {
    Text: "words, `bg` and `en`",
    str: "text",
    bool: "`true` or `false`",
    int: "whole number",
    float: "number",
    Decimal: "number",
    dt.date: "day, `2026-11-22`",
    Duration: "time, `6 months`",
    HttpUrl: "address",
}
CONDITIONS = """\
| written | holds when |
|---|---|
| `registered: true` | the fact has this value |
| `education: [none, basic]` | it is one of these |
| `age: {min: 16, max: 29}` | the number lies between, both ends included; one may be left out |
| `registered_on: {at_least: 6 months}` | so much time has passed, the day itself counts |
| `job_ended_on: {more_than: 3 months}` | more than that has passed |
| `trade_obtained_on: {at_most: 24 months}` | no more than that has passed |
| `rule: up_to_29` | a named condition of rules.yaml holds |
| `all: […]`, `any: […]` | every one holds, one is enough |
| `at_least: {count: 2, of: […]}` | so many hold |
| `not: …` | the opposite holds |

What is not known is neither yes nor no. Every comparison of a measure stands in a named rule:
its words are the reasons that people read.
"""


def guide(base: KnowledgeBase) -> str:
    """Return the page as Markdown."""
    parts = [
        "# Editing the knowledge",
        "Made by `python -m knowledge guide`; `python -m knowledge check` says what is wrong.",
        *(_model(file, model) for file, model in MODELS),
        f"## Conditions\n\n{CONDITIONS}",
        "\n".join(["## Facts", "", "| id | allowed | asked as |", "|---|---|---|", *_facts(base)]),
        "\n".join(["## Rules", "", "| id | words | measures |", "|---|---|---|", *_rules(base)]),
    ]
    return "\n\n".join(parts) + "\n"


def _model(file: str, model: type[Frozen]) -> str:
    doc = (model.__doc__ or "").strip().split("\n")[0]
    meanings = dict(_meanings(model))
    rows = [
        f"| `{name}` | {_type(field.annotation)} | {'yes' if field.is_required() else 'no'} "
        f"| {_one_line(meanings.get(name))} |"
        for name, field in model.model_fields.items()
        if name != "id"
    ]
    head = ["| field | kind | needed | meaning |", "|---|---|---|---|"]
    return "\n".join([f"## {file}", "", doc, "", *head, *rows])


def _meanings(model: type[Frozen]) -> Iterator[tuple[str, str]]:
    """Yield each field that has words below it, with these words."""
    (written,) = ast.parse(dedent(inspect.getsource(model))).body
    assert isinstance(written, ast.ClassDef)  # noqa: S101  # the source of a class is one
    for declared, below in pairwise(written.body):
        match declared, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=words)):
                yield name, str(words)


def _type(annotation: object) -> str:
    """Return what is written there, in an editor's words."""
    if Rule in get_args(annotation):
        return "a condition"
    if get_origin(annotation) is None:
        return WRITTEN.get(annotation, f"`{getattr(annotation, '__name__', annotation)}`")
    inner = [part for part in get_args(annotation) if part not in (type(None), Ellipsis)]
    if all(isinstance(part, str) for part in inner):
        return ", ".join(f"`{part}`" for part in inner)
    said = " or ".join(dict.fromkeys(_type(part) for part in inner if not _is_note(part)))
    return f"list of {said}" if get_origin(annotation) is tuple else said


def _is_note(part: object) -> bool:
    """Tell whether it is a validator or a bound beside the type, not a type."""
    return not isinstance(part, type) and get_origin(part) is None


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _facts(base: KnowledgeBase) -> Iterator[str]:
    for fact in base.facts:
        yield f"| `{fact.id}` | {fact.allowed} | {fact.label.bg} |"


def _rules(base: KnowledgeBase) -> Iterator[str]:
    for rule in base.rules.values():
        users = sum(rule in rules_in(measure.who) for measure in base.measures.values())
        yield f"| `{rule.id}` | {rule.text.bg} | {users} |"
