"""Loading a whole folder of knowledge, with the faults in it told at once."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from knowledge.archive import Archive, CitedActs, Ended
from knowledge.asked_as import AskedAs
from knowledge.base import KnowledgeBase
from knowledge.conditions import Condition, Rule, evaluate, leaves
from knowledge.employers import EmployerService, HiringGroup
from knowledge.errors import Complaint, DataError
from knowledge.facts import Fact, Facts
from knowledge.help_lines import HelpLine
from knowledge.job_scams import ScamAdvice
from knowledge.job_search import JobSearchChannel
from knowledge.joint_questions import JointQuestion
from knowledge.library_services import LibraryService
from knowledge.loading.conditions import Reader
from knowledge.loading.faults import plain
from knowledge.loading.places import load_directory, load_gazetteer
from knowledge.loading.translations import FOLDER
from knowledge.loading.yaml_files import line_of, model_of, read_entries, read_fields, read_yaml
from knowledge.measures import Measure, MeasureId, Source
from knowledge.parameters import MissingValueError, Parameter
from knowledge.places import Directory
from knowledge.spelling import did_you_mean
from knowledge.texts import TRANSLATED, Language, Text

DATA = Path(__file__).parent.parent / "data"
FACTS, SOURCES, HIRING_GROUPS = "facts.yaml", "sources.yaml", "hiring_groups.yaml"
SOON = dt.timedelta(days=60)
"""So long before a sum ends an editor is told to look for the next one."""
Entry = TypeVar("Entry", bound=BaseModel)
Sourced = TypeVar("Sourced", HelpLine, ScamAdvice, JobSearchChannel, EmployerService)
Leading = TypeVar("Leading", JobSearchChannel, EmployerService)
"""What may lead to a measure's card."""


class _Faults:
    """Gathers what is wrong in several files, so that it is told at once."""

    def __init__(self) -> None:
        self._complaints: list[Complaint] = []

    def __enter__(self) -> None:
        """Begin to read something that may be wrong."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        """Keep the complaints, if there are any, and go on."""
        if isinstance(error, DataError):
            self._complaints.extend(error.complaints)
        return isinstance(error, DataError)

    def tell(self) -> None:
        """Raise DataError if anything was wrong."""
        if self._complaints:
            raise DataError(self._complaints)


def load(folder: Path = DATA) -> KnowledgeBase:
    """Return all the knowledge in the folder, checked; a folder is read once.

    Raises DataError that names the faults of all files by line.
    """
    return _kept(folder)


@cache
def _kept(folder: Path) -> KnowledgeBase:
    return load_anew(folder)


def load_anew(folder: Path) -> KnowledgeBase:
    """Return the knowledge as the folder has it now, checked; nothing of it is kept here.

    Raises DataError that names the faults of all files by line.
    """
    facts = load_facts(folder / FACTS)
    faults = _Faults()
    with faults:
        rules = load_rules(folder / "rules.yaml", facts)
    with faults:
        sources = load_sources(folder / SOURCES)
    with faults:
        joint_questions = load_joint_questions(folder / "joint_questions.yaml", facts)
    with faults:
        phrases = load_phrases(folder / "phrases.yaml")
    with faults:
        editor_words = load_phrases(folder / "editor_words.yaml")
    faults.tell()
    with faults:
        parameters = load_parameters(folder / "parameters.yaml", sources)
    with faults:
        groups = load_hiring_groups(folder / HIRING_GROUPS, facts, rules)
    faults.tell()
    measures: dict[MeasureId, Measure] = {}
    files = sorted((folder / "measures").glob("*.yaml"))
    # A measure that cannot be read is there all the same.
    there = {file.stem for file in files}
    for file in files:
        with faults:
            measures[file.stem] = load_measure(file, facts, rules, sources, parameters)
    with faults:
        ended = load_archive(folder / "archive.yaml", there, sources)
    with faults:
        asked_as = load_asked_as(folder / "asked_as.yaml", there)
    with faults:
        cited = load_cited_acts(folder / "cited_acts.yaml")
    with faults:
        services = load_services(folder / "services.yaml", facts, rules, sources)
    with faults:
        help_lines = load_sourced(HelpLine, folder / "help_lines.yaml", sources)
    with faults:
        job_scams = load_sourced(ScamAdvice, folder / "job_scams.yaml", sources)
    with faults:
        job_search = load_job_search(folder / "job_search.yaml", there, sources)
    with faults:
        employer_services = load_employer_services(
            folder / "employer_services.yaml", there, sources
        )
    with faults:
        directory = load_directory(folder / "places")
    faults.tell()
    with faults:
        _check_offers(folder / "services.yaml", services, directory, sources)
    for name, measure in measures.items():
        with faults:
            _check_excludes(folder / "measures" / f"{name}.yaml", measure, measures)
        with faults:
            check_groups(folder / "measures" / f"{name}.yaml", groups)
    faults.tell()
    return KnowledgeBase(
        facts=facts,
        rules=rules,
        sources=sources,
        phrases=phrases,
        editor_words=editor_words,
        measures=measures,
        parameters=parameters,
        archive=Archive(ended, cited),
        asked_as=asked_as,
        services=services,
        help_lines=help_lines,
        job_scams=job_scams,
        job_search=job_search,
        hiring_groups=groups,
        employer_services=employer_services,
        joint_questions=joint_questions,
        gazetteer=load_gazetteer(folder / "places"),
        directory=directory,
    )


def load_facts(file: Path) -> Facts:
    """Return the declared facts; a `given` may name only a fact declared before it."""
    tree = read_entries(file)
    facts: dict[str, Fact] = {}
    for name, node in tree.items():
        fact = model_of(Fact, file, node, {"id": name, **plain(node)})
        try:
            _check_given(fact, facts)
        except ValueError as error:
            text = f"{name}.given: {error}"
            raise DataError(Complaint(file, line_of(tree, name, "given"), text)) from error
        facts[fact.id] = fact
    return Facts(tuple(facts.values()))


def _check_given(fact: Fact, above: Mapping[str, Fact]) -> None:
    """Raise ValueError unless the ground is declared and both facts can have the values named."""
    if fact.given is None:
        return
    ground = above.get(fact.given.fact)
    if ground is None:
        raise ValueError(f"{fact.given.fact!r} is not declared above; move it up")
    for holder, value in (*((ground, v) for v in fact.given.one_of), (fact, fact.given.otherwise)):
        if holder.read(value) != value:
            raise ValueError(f"{holder.id}: found {value!r}; allowed: {holder.allowed}")


def load_rules(file: Path, facts: Facts) -> dict[str, Rule]:
    """Return the named conditions; one may use only those written above it, so none is circular."""
    tree = read_entries(file)
    rules: dict[str, Rule] = {}
    for name, node in tree.items():
        condition = _read(Reader(file, facts, rules), node, "who")
        raw = {**plain(node), "id": name, "of": condition}
        del raw["who"]
        rules[name] = model_of(Rule, file, node, raw)
    return rules


def load_joint_questions(file: Path, facts: Facts) -> dict[str, JointQuestion]:
    """Return the questions for several facts at once, in the order in which they are tried."""
    tree = read_entries(file)
    questions = _entries(JointQuestion, file, lambda name, node: {"id": name, **plain(node)})
    faults = [
        Complaint(file, line_of(tree, name), f"{name}.{fault}")
        for name, question in questions.items()
        for fault in question.faults(facts)
    ]
    if faults:
        raise DataError(faults)
    return questions


def load_sources(file: Path) -> dict[str, Source]:
    """Return the sources by id."""
    return _entries(Source, file, lambda name, node: {"id": name, **plain(node)})


def load_phrases(file: Path) -> dict[str, Text]:
    """Return wordings by name: what joins a verdict and its reasons, what is said to editors."""
    return _entries(Text, file, lambda _name, node: plain(node))


def _entries(
    kind: type[Entry], file: Path, raw_of: Callable[[str, Any], dict[str, Any]]
) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    faults = _Faults()
    for name, node in read_entries(file).items():
        with faults:
            entries[name] = model_of(kind, file, node, raw_of(name, node))
    faults.tell()
    return entries


def load_parameters(file: Path, sources: Mapping[str, Source]) -> dict[str, Parameter]:
    """Return the sums that change on a day; their values follow each other without a gap."""
    tree = read_entries(file)
    parameters = _entries(Parameter, file, lambda name, node: {"id": name, **plain(node)})
    faults = []
    for name, parameter in parameters.items():
        for number, value in enumerate(parameter.values):
            if value.source not in sources:
                line = line_of(tree, name, "values", number, "source")
                text = _not_in(f"{name}.source", value.source, sources, SOURCES)
                faults.append(Complaint(file, line, text))
        faults += [
            Complaint(file, line_of(tree, name), f"{name}: no value from {day}; add what held then")
            for day in parameter.gaps()
        ]
    if faults:
        raise DataError(faults)
    return parameters


def load_measure(
    file: Path,
    facts: Facts,
    rules: dict[str, Rule],
    sources: dict[str, Source],
    parameters: Mapping[str, Parameter],
) -> Measure:
    """Return the measure of one file; its id is the file's name."""
    node = read_fields(file)
    reader = Reader(file, facts, rules)
    raw = {"id": file.stem, **plain(node), "who": _read(reader, node, "who")}
    for number, prose in enumerate(node.get("unmodelled", ())):
        if isinstance(prose, Mapping) and "when" in prose:
            raw["unmodelled"][number]["when"] = _read(reader, prose, "when")
    if "already" in node:
        raw["already"] = _read(reader, node, "already")
    measure = model_of(Measure, file, node, raw)
    _check_names(file, node, "sources", sources, SOURCES)
    _check_names(file, node, "amounts", parameters, "parameters.yaml")
    if "for_employer" in node:
        _check_names(file, node["for_employer"], "sources", sources, SOURCES)
    _check_words(file, node, measure.who)
    return measure


def load_archive(
    file: Path, measures: Collection[MeasureId], sources: Collection[str]
) -> tuple[Ended, ...]:
    """Return the ended measures; each names what takes its place today, if anything does."""
    tree = read_entries(file)
    entries = _entries(Ended, file, lambda name, node: {"id": name, **plain(node)})
    faults = []
    for name, entry in entries.items():
        known = (("replaced_by", entry.replaced_by, measures), ("sources", entry.sources, sources))
        faults += [
            Complaint(
                file,
                line_of(tree, name, field, n),
                f"{name}.{field}: {_no_such(one, there)}",
            )
            for field, ones, there in known
            for n, one in enumerate(ones)
            if one not in there
        ]
    if faults:
        raise DataError(faults)
    return tuple(entries.values())


def load_asked_as(file: Path, measures: Collection[MeasureId]) -> tuple[AskedAs, ...]:
    """Return how people ask; an entry is about the measure of its name, or says about which.

    What is asked in the translated languages stands in `translated/asked_as_<language>.yaml`.
    """
    tree = read_entries(file)
    translated = {language: _asked_in(file, language, tree) for language in TRANSLATED}
    entries = _entries(
        AskedAs,
        file,
        lambda name, node: {
            "id": name,
            "about": [name],
            **plain(node),
            **{language: asked[name] for language, asked in translated.items() if name in asked},
        },
    )
    faults = [
        Complaint(file, line_of(tree, name), f"{name}.about: {_no_such(one, measures)}")
        for name, entry in entries.items()
        for one in entry.about
        if one not in measures
    ]
    if faults:
        raise DataError(faults)
    return tuple(entries.values())


def _asked_in(file: Path, language: Language, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the phrases of one language by the name that they have in the main file."""
    beside = file.parent / FOLDER / f"{file.stem}_{language}.yaml"
    if not beside.is_file():
        return {}
    tree = read_fields(beside)
    faults = [
        Complaint(beside, line_of(tree, name), f"{name}: {_no_such(name, asked)}")
        for name in tree
        if name not in asked
    ]
    if faults:
        raise DataError(faults)
    found: dict[str, Any] = plain(tree)
    return found


def load_cited_acts(file: Path) -> CitedActs:
    """Return how articles are cited."""
    tree = read_fields(file)
    return model_of(CitedActs, file, tree, plain(tree))


def load_services(
    file: Path, facts: Facts, rules: dict[str, Rule], sources: Mapping[str, Source]
) -> dict[str, LibraryService]:
    """Return the services of libraries by id."""
    tree = read_entries(file)
    services: dict[str, LibraryService] = {}
    faults = _Faults()
    for name, node in tree.items():
        with faults:
            raw = {"id": name, **plain(node)}
            if "who" in node:
                raw["who"] = _read(Reader(file, facts, rules), node, "who")
            services[name] = model_of(LibraryService, file, node, raw)
            for number, source in enumerate(services[name].sources):
                if source not in sources:
                    text = _not_in(f"{name}.sources", source, sources, SOURCES)
                    raise DataError(Complaint(file, line_of(node, "sources", number), text))
    faults.tell()
    return services


def load_sourced(
    kind: type[Sourced], file: Path, sources: Mapping[str, Source]
) -> dict[str, Sourced]:
    """Return the entries of one file by id; each names the sources that say so."""
    tree = read_entries(file)
    entries = _entries(kind, file, lambda name, node: {"id": name, **plain(node)})
    faults = [
        Complaint(
            file,
            line_of(tree, name, "sources", number),
            _not_in(f"{name}.sources", source, sources, SOURCES),
        )
        for name, entry in entries.items()
        for number, source in enumerate(entry.sources)
        if source not in sources
    ]
    if faults:
        raise DataError(faults)
    return entries


def load_job_search(
    file: Path, measures: Collection[MeasureId], sources: Mapping[str, Source]
) -> dict[str, JobSearchChannel]:
    """Return where vacancies are; a card that tells more must be there."""
    channels = load_sourced(JobSearchChannel, file, sources)
    _check_leads(file, channels, measures)
    return channels


def load_employer_services(
    file: Path, measures: Collection[MeasureId], sources: Mapping[str, Source]
) -> dict[str, EmployerService]:
    """Return what the bureau does for firms; a card that tells more must be there."""
    services = load_sourced(EmployerService, file, sources)
    _check_leads(file, services, measures)
    return services


def load_hiring_groups(file: Path, facts: Facts, rules: dict[str, Rule]) -> dict[str, HiringGroup]:
    """Return whom a firm may want to hire, in the order of the choices."""
    groups: dict[str, HiringGroup] = {}
    for name, node in read_entries(file).items():
        raw = {"id": name, **plain(node)}
        if "who" in node:
            raw["who"] = _read(Reader(file, facts, rules), node, "who")
        groups[name] = model_of(HiringGroup, file, node, raw)
    return groups


def _check_leads(
    file: Path, entries: Mapping[str, Leading], measures: Collection[MeasureId]
) -> None:
    faults = [
        Complaint(
            file,
            line_of(read_yaml(file), name, "measure"),
            f"{name}.measure: {_no_such(entry.measure, measures)}",
        )
        for name, entry in entries.items()
        if entry.measure is not None and entry.measure not in measures
    ]
    if faults:
        raise DataError(faults)


def _check_offers(
    file: Path,
    services: Mapping[str, LibraryService],
    directory: Directory,
    sources: Mapping[str, Source],
) -> None:
    """Raise DataError where a service is said of a library, or by a source, that is not there."""
    libraries = {library.id for library in directory.libraries}
    faults = [
        Complaint(
            file,
            line_of(read_yaml(file), name, "offered", number, field),
            f"{name}.offered.{field}: {_no_such(one, there)}",
        )
        for name, service in services.items()
        for number, offer in enumerate(service.offered)
        for field, one, there in (
            ("library", offer.library, libraries),
            ("source", offer.source, sources),
        )
        if one not in there
    ]
    if faults:
        raise DataError(faults)


def _check_excludes(file: Path, measure: Measure, measures: Mapping[MeasureId, Measure]) -> None:
    for other in measure.excludes:
        if other not in measures or other == measure.id:
            near = did_you_mean(other, measures.keys() - {measure.id})
            text = f"excludes: found {other!r}; allowed: the id of another measure{near}"
            raise DataError(Complaint(file, line_of(read_yaml(file), "excludes"), text))


def check_groups(file: Path, groups: Collection[str]) -> None:
    """Raise DataError where a firm is said to hire people of a group that there is not."""
    node = read_fields(file)
    if "for_employer" in node:
        there = dict.fromkeys(groups)
        _check_names(file, node["for_employer"], "groups", there, HIRING_GROUPS)


def _read(reader: Reader, node: Any, key: str) -> Condition:
    """Return the condition that stands under the key."""
    if key not in node:
        raise DataError(Complaint(reader.file, line_of(node), f"{key}: missing; write it"))
    return reader.read(node[key], line_of(node, key))


def _check_names(
    file: Path, node: Any, field: str, known: Mapping[str, object], where: str
) -> None:
    faults = [
        Complaint(file, line_of(node, field, number), _not_in(field, name, known, where))
        for number, name in enumerate(node.get(field, ()))
        if name not in known
    ]
    if faults:
        raise DataError(faults)


def _not_in(field: str, name: str, known: Iterable[str], where: str) -> str:
    return f"{field}: {name!r} is not in {where}; add it{did_you_mean(name, known)}"


def _no_such(name: str, known: Iterable[str]) -> str:
    return f"found {name!r}; allowed: the id of one that is there{did_you_mean(name, known)}"


def _check_words(file: Path, node: Any, who: Condition) -> None:
    """Every comparison must stand in a named rule, and none under a `not`: reasons need words."""
    bare = set(leaves(who)) - {leaf for rule in _named(who) for leaf in leaves(rule)}
    if _refused(who):
        text = "who: a rule under not has no words for its opposite; write that as a rule"
        raise DataError(Complaint(file, line_of(node, "who"), text))
    if bare:
        names = ", ".join(sorted(leaf.fact for leaf in bare))
        text = f"who: {names} stands in no named rule; give it words in rules.yaml"
        raise DataError(Complaint(file, line_of(node, "who"), text))


def _refused(condition: Condition, *, under_not: bool = False) -> bool:
    match condition.op:
        case "rule":
            return under_not
        case "not":
            return _refused(condition.of, under_not=True)
        case "all" | "any" | "at_least":
            return any(_refused(part, under_not=under_not) for part in condition.of)
        case _:
            return False


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


# -- what may be wrong although it can be used -----------------------------------------------------


def overdue_sources(base: KnowledgeBase, folder: Path, on: dt.date) -> Iterator[Complaint]:
    """Yield a warning for each source that should have been read again by that day."""
    tree = read_yaml(folder / SOURCES)
    for source in base.sources.values():
        if source.overdue(on):
            text = (
                f"{source.id}: read on {source.verified_on}, to be read again after "
                f"{source.recheck_after_days} days; open it and write the new date"
            )
            line = line_of(tree, source.id, "verified_on")
            yield Complaint(folder / SOURCES, line, text, "warning")


def ending_sums(base: KnowledgeBase, folder: Path, on: dt.date) -> Iterator[Complaint]:
    """Yield an error for each sum without a value on that day, a warning where one ends soon."""
    file = folder / "parameters.yaml"
    tree = read_yaml(file)
    for parameter in base.parameters.values():
        line = line_of(tree, parameter.id)
        try:
            ends = parameter.on(on).valid_to
        except MissingValueError as error:
            yield Complaint(file, line, str(error))
            continue
        if ends is not None and ends < on + SOON and not parameter.known_after(ends):
            text = f"{parameter.id}: no value after {ends}; write what holds then"
            yield Complaint(file, line, text, "warning")


def rough_bands(base: KnowledgeBase, folder: Path, on: dt.date) -> Iterator[Complaint]:
    """Yield the buttons that leave a rule open; even a rough answer closes its question."""
    tree = read_yaml(folder / FACTS)
    compared = {leaf for measure in base.measures.values() for leaf in leaves(measure.who)}
    for fact in base.facts:
        for number, band in enumerate(fact.bands):
            said = {fact.id: band.span(fact, on)}
            if any(leaf.fact == fact.id and evaluate(leaf, said, on) is None for leaf in compared):
                text = f"{fact.id}: the band {band.label.en!r} leaves a rule open; part it there"
                line = line_of(tree, fact.id, "bands", number)
                yield Complaint(folder / FACTS, line, text)
