"""Loading a whole folder of knowledge, with every fault in it told at once."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from knowledge.base import KnowledgeBase
from knowledge.conditions import Condition, Rule, leaves
from knowledge.errors import Complaint, DataError
from knowledge.facts import Fact, Facts
from knowledge.loading.conditions import Reader
from knowledge.loading.places import load_directory, load_gazetteer
from knowledge.loading.yaml_files import line_of, model_of, plain, read_yaml
from knowledge.measures import Measure, Source
from knowledge.texts import Text

DATA = Path(__file__).parent.parent / "data"
Entry = TypeVar("Entry")


@cache
def load(folder: Path = DATA) -> KnowledgeBase:
    """Return all the knowledge in the folder, checked.

    Raises DataError that names every fault of every file by line.
    """
    facts = load_facts(folder / "facts.yaml")
    rules = load_rules(folder / "rules.yaml", facts)
    sources = load_sources(folder / "sources.yaml")
    files = sorted((folder / "measures").glob("*.yaml"))
    measures = _all(files, lambda file: load_measure(file, facts, rules, sources))
    return KnowledgeBase(
        facts=facts,
        rules=rules,
        sources=sources,
        phrases=load_phrases(folder / "phrases.yaml"),
        measures={measure.id: measure for measure in measures},
        gazetteer=load_gazetteer(folder / "places"),
        directory=load_directory(folder / "places"),
    )


def load_facts(file: Path) -> Facts:
    """Return the declared facts; a `given` may name only a fact declared before it."""
    tree = read_yaml(file)
    facts: list[Fact] = []
    for name, node in tree.items():
        fact = model_of(Fact, file, node, {"id": name, **plain(node)})
        ground = fact.given.fact if fact.given else None
        if ground is not None and ground not in {f.id for f in facts}:
            text = f"{name}.given: {ground!r} is not declared above; move it up"
            raise DataError(Complaint(file, line_of(tree, name, "given"), text))
        facts.append(fact)
    return Facts(tuple(facts))


def load_rules(file: Path, facts: Facts) -> dict[str, Rule]:
    """Return the named conditions; one may use only those written above it, so none is circular."""
    tree = read_yaml(file)
    rules: dict[str, Rule] = {}
    for name, node in tree.items():
        condition = Reader(file, facts, rules).read(_part(file, node, "who"))
        raw = {"id": name, "text": plain(node.get("text")), "of": condition}
        rules[name] = model_of(Rule, file, node, raw)
    return rules


def load_sources(file: Path) -> dict[str, Source]:
    """Return the sources by id."""
    tree = read_yaml(file)
    return {
        name: model_of(Source, file, node, {"id": name, **plain(node)})
        for name, node in tree.items()
    }


def load_phrases(file: Path) -> dict[str, Text]:
    """Return the words that join a verdict and its reasons."""
    tree = read_yaml(file)
    return {name: model_of(Text, file, node, plain(node)) for name, node in tree.items()}


def load_measure(
    file: Path, facts: Facts, rules: dict[str, Rule], sources: dict[str, Source]
) -> Measure:
    """Return the measure of one file; its id is the file's name."""
    node = read_yaml(file)
    reader = Reader(file, facts, rules)
    raw = {"id": file.stem, **plain(node), "who": reader.read(_part(file, node, "who"))}
    for number, prose in enumerate(node.get("unmodelled", ())):
        if "when" in prose:
            raw["unmodelled"][number]["when"] = reader.read(prose["when"])
    measure = model_of(Measure, file, node, raw)
    _check_sources(file, node, measure, sources)
    _check_words(file, node, measure.who)
    if not measure.capped and any(prose.when for prose in measure.unmodelled):
        raise DataError(Complaint(file, line_of(node, "unmodelled"), "unmodelled: unreachable"))
    return measure


def _part(file: Path, node: Any, key: str) -> Any:
    if key not in node:
        raise DataError(Complaint(file, line_of(node), f"{key}: missing; write it"))
    return node[key]


def _check_sources(file: Path, node: Any, measure: Measure, sources: dict[str, Source]) -> None:
    for name in (*measure.sources, *(amount.source for amount in measure.amounts)):
        if name not in sources:
            text = f"sources: {name!r} is not in sources.yaml; add it there"
            raise DataError(Complaint(file, line_of(node, "sources"), text))


def _check_words(file: Path, node: Any, who: Condition) -> None:
    """Every comparison must stand in a named rule, so that each reason has words."""
    bare = set(leaves(who)) - {leaf for rule in _named(who) for leaf in leaves(rule)}
    if bare:
        names = ", ".join(sorted(leaf.fact for leaf in bare))
        text = f"who: {names} stands in no named rule; give it words in rules.yaml"
        raise DataError(Complaint(file, line_of(node, "who"), text))


def _named(condition: Condition) -> Iterable[Rule]:
    match condition.op:
        case "rule":
            yield condition
        case "not":
            yield from _named(condition.of)
        case "all" | "any" | "at_least":
            for part in condition.of:
                yield from _named(part)
        case _:
            return


def _all(files: list[Path], read: Callable[[Path], Entry]) -> list[Entry]:
    """Return what each file holds; the faults of all files are told together."""
    entries: list[Entry] = []
    faults: list[Complaint] = []
    for file in files:
        try:
            entries.append(read(file))
        except DataError as error:
            faults.extend(error.complaints)
    if faults:
        raise DataError(faults)
    return entries
