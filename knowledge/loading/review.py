"""What is wrong with knowledge that can be loaded: each complaint with its file and line."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.boundaries import Confirmed, disagreements
from knowledge.cases import Case
from knowledge.employers import LONGEST_BUTTON, LONGEST_IN_SHORT
from knowledge.errors import Complaint
from knowledge.explaining import PHRASES
from knowledge.loading.faults import plain
from knowledge.loading.texts import mixed_letters, unplain_texts
from knowledge.loading.translation_review import faulty_translations
from knowledge.loading.yaml_files import line_of, model_of, read_entries, read_yaml
from knowledge.measures import MeasureId
from knowledge.places import Place
from knowledge.rule_lint import RuleLint
from knowledge.texts import LANGUAGES, Text

ENOUGH = {"fits": 2, "no": 2, "unknown": 1}
"""Golden cases that a measure has at least, by what the law says of the person."""


def complaints(
    base: KnowledgeBase, folder: Path, cases: Iterable[Case], on: dt.date
) -> Iterator[Complaint]:
    """Yield all that an editor must mend before the knowledge may be used."""
    cases = tuple(cases)
    yield from wrong_cases(base, cases)
    yield from too_few_cases(base, folder, cases)
    yield from unconfirmed_bounds(base, folder)
    yield from strange_codes(base, folder)
    yield from unfilled_phrases(base, folder)
    yield from contradicted_areas(base, folder)
    yield from misplaced(base, folder, on)
    yield from idle_rules(base, folder, on)
    yield from wrong_employer_blocks(base, folder, on)
    yield from unplain_texts(folder)
    yield from mixed_letters(folder)
    yield from faulty_translations(folder)


def wrong_cases(base: KnowledgeBase, cases: Iterable[Case]) -> Iterator[Complaint]:
    """Yield where the rules say otherwise than a golden case."""
    for case in cases:
        if case.measure not in base.measures:
            yield Complaint(case.file, case.line, f"there is no measure {case.measure!r}")
            continue
        for fault in case.disagreements(base.measures[case.measure], base.facts):
            yield Complaint(case.file, case.line, f"{case.name}: {fault}")


def too_few_cases(base: KnowledgeBase, folder: Path, cases: Iterable[Case]) -> Iterator[Complaint]:
    """Yield the measures that the golden cases do not show from every side."""
    found: Counter[tuple[MeasureId, str]] = Counter(
        (case.measure, "fits" if case.expect in ("yes", "likely") else case.expect)
        for case in cases
    )
    for measure in base.measures:
        for word, least in ENOUGH.items():
            number = found[measure, word]
            if number < least:
                file = folder / "cases" / f"{measure}.yaml"
                yield Complaint(file, 1, f"{word}: found {number} cases; write at least {least}")


def unconfirmed_bounds(base: KnowledgeBase, folder: Path) -> Iterator[Complaint]:
    """Yield the bounds of rules that nobody has read in the law."""
    file = folder / "boundaries.yaml"
    tree = read_entries(file)
    for name in tree:
        if name not in base.rules:
            yield Complaint(file, line_of(tree, name), f"there is no rule {name!r}; take it out")
    for rule in base.rules.values():
        node = tree.get(rule.id)
        confirmed = model_of(Confirmed, file, node, plain(node)) if node is not None else None
        for fault in disagreements(rule, base.facts, confirmed):
            yield Complaint(file, line_of(tree, rule.id), fault)


def strange_codes(base: KnowledgeBase, folder: Path) -> Iterator[Complaint]:
    """Yield each code among the older names that no settlement has.

    A code without quotation marks is a number: it loses its first zeros.
    """
    file = folder / "places" / "naming.yaml"
    tree = read_yaml(file)
    for field in ("old_names", "dialect_names"):
        for code in tree.get(field, {}):
            if not isinstance(code, str) or base.gazetteer.by_ekatte(code) is None:
                fix = 'a code of settlements.csv in quotation marks, like "00672"; correct it'
                text = f"{field}: found {code!r}; allowed: {fix}"
                yield Complaint(file, line_of(tree, field, code), text)


def contradicted_areas(base: KnowledgeBase, folder: Path) -> Iterator[Complaint]:
    """Yield the municipalities that a bureau claims and that another table gives to another one."""
    file = folder / "places" / "bureau_of_municipality.csv"
    serves = {
        (municipality, bureau.state_province): bureau.id
        for bureau in base.directory.bureaus
        for municipality in bureau.service_area
    }
    for line, row in enumerate(base.directory.competence, start=2):
        claims = serves.get((row.municipality, row.state_province))
        if claims not in (None, row.bureau_id):
            text = f"bureau_id: found {row.bureau_id!r}; bureaus.csv says that {claims!r} serves"
            yield Complaint(file, line, f"{text} {row.municipality}; mend one of the two")


def misplaced(base: KnowledgeBase, folder: Path, on: dt.date) -> Iterator[Complaint]:
    """Yield the rows of places that say otherwise of a settlement than its register does."""
    areas = {(s.municipality_code, s.municipality, s.province) for s in base.gazetteer.settlements}
    tables: tuple[tuple[str, Iterable[Place]], ...] = (
        ("bureaus.csv", base.directory.bureaus),
        ("libraries.csv", base.directory.libraries),
    )
    for name, places in tables:
        file = folder / "places" / name
        for line, place in enumerate(places, start=2):
            told = (place.municipality_code, place.municipality, place.state_province)
            home = base.gazetteer.by_ekatte(place.ekatte)
            real = home and (home.municipality_code, home.municipality, home.province)
            if told != real:
                text = f"{place.id}: found {' / '.join(told)}; allowed by its ekatte: "
                yield Complaint(file, line, f"{text}{' / '.join(real or ('none',))}; mend the row")
            if place.parent_id == place.id:
                yield Complaint(
                    file, line, f"{place.id}: parent_id: found itself; mend or empty it"
                )
            if place.assured_date and place.assured_date > on:
                text = f"assured_date: found {place.assured_date}; allowed: up to {on}; correct it"
                yield Complaint(file, line, f"{place.id}: {text}")
    file = folder / "places" / "bureau_of_municipality.csv"
    for line, row in enumerate(base.directory.competence, start=2):
        told = (row.municipality_code, row.municipality, row.state_province)
        if told not in areas:
            text = f"found {' / '.join(told)}; allowed: a municipality of settlements.csv; mend it"
            yield Complaint(file, line, text)


def unfilled_phrases(base: KnowledgeBase, folder: Path) -> Iterator[Complaint]:
    """Yield the phrases of a verdict, and the birthdays, that lack what is filled into them."""
    file = folder / "phrases.yaml"
    for name, wanted in PHRASES.items():
        phrase = base.phrases.get(name)
        if phrase is None:
            yield Complaint(file, 1, f"{name}: missing; write it with {{{wanted}}}")
        else:
            line = line_of(read_yaml(file), name)
            yield from (Complaint(file, line, f"{name}.{f}") for f in _unfilled(phrase, wanted))
    file = folder / "facts.yaml"
    for fact in base.facts:
        if fact.birthday:
            line = line_of(read_yaml(file), fact.id, "birthday")
            found = _unfilled(fact.birthday, "years")
            yield from (Complaint(file, line, f"{fact.id}.birthday.{fault}") for fault in found)


def _unfilled(text: Text, wanted: str) -> Iterator[str]:
    for language in LANGUAGES:
        found = re.findall(r"\{(\w*)\}", text.in_(language))
        if found != [wanted]:
            yield f"{language}: found {found or 'nothing'} to fill in; allowed: {{{wanted}}} once"


def wrong_employer_blocks(base: KnowledgeBase, folder: Path, on: dt.date) -> Iterator[Complaint]:
    """Yield the measures whose readers and employers' block differ, and what does not fit."""
    lint = RuleLint(base, on)
    for measure in base.measures.values():
        file = folder / "measures" / f"{measure.id}.yaml"
        block, tree = measure.for_employer, read_yaml(file)
        if block is None:
            if "employer" in measure.audience:
                text = "for_employer: missing; write what a firm must know, or mend the audience"
                yield Complaint(file, line_of(tree, "audience"), text)
            continue
        if "employer" not in measure.audience:
            text = "for_employer: found, but no employer in audience; add it or take the block out"
            yield Complaint(file, line_of(tree, "for_employer"), text)
        for group in lint.out_of_reach(measure):
            text = f"for_employer.groups: {group} is ruled out by who; take it out"
            yield Complaint(file, line_of(tree, "for_employer", "groups"), text)
        line = line_of(tree, "for_employer", "in_short")
        yield from _too_long(file, line, "for_employer.in_short", block.in_short, LONGEST_IN_SHORT)
    file = folder / "hiring_groups.yaml"
    for choice in base.hiring_groups.values():
        if choice.button:
            line = line_of(read_yaml(file), choice.id, "button")
            yield from _too_long(file, line, f"{choice.id}.button", choice.button, LONGEST_BUTTON)
    file = folder / "joint_questions.yaml"
    for question in base.joint_questions.values():
        for number, joint in enumerate(question.choices):
            line = line_of(read_yaml(file), question.id, "choices", number)
            field = f"{question.id}.choices.{number + 1}.label"
            yield from _too_long(file, line, field, joint.label, LONGEST_BUTTON)


def _too_long(file: Path, line: int, field: str, text: Text, most: int) -> Iterator[Complaint]:
    for language in LANGUAGES:
        found = len(text.in_(language))
        if found > most:
            yield Complaint(
                file, line, f"{field}.{language}: found {found} characters; allowed: {most}"
            )


def idle_rules(base: KnowledgeBase, folder: Path, on: dt.date) -> Iterator[Complaint]:
    """Yield rules that decide nothing, and facts, rules and sources that nobody uses."""
    lint = RuleLint(base, on)
    for measure in base.measures.values():
        file = folder / "measures" / f"{measure.id}.yaml"
        for fault in lint.faults(measure):
            yield Complaint(file, line_of(read_yaml(file), "who"), fault)
    for name, unused in (
        ("facts.yaml", [fact.id for fact in lint.unused_facts()]),
        ("rules.yaml", list(lint.unused_rules())),
        ("sources.yaml", list(lint.unused_sources())),
    ):
        tree = read_yaml(folder / name)
        for one in unused:
            line = line_of(tree, one)
            yield Complaint(folder / name, line, f"{one}: nothing uses it; use it or take it out")
