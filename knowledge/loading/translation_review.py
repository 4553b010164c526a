"""What the translations of the data lack, and what in them is of no use."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from rapidfuzz import fuzz, process

from knowledge.errors import Complaint
from knowledge.loading.translations import (
    FOLDER,
    catalog_of,
    po_file,
    words_of,
)
from knowledge.loading.yaml_files import line_of, read_yaml
from knowledge.texts import TRANSLATED, Language

MAY_STAY_BULGARIAN = (
    "measures",
    "services.yaml",
    "employer_services.yaml",
    "archive.yaml",
    "sources.yaml",
    "parameters.yaml",
)
"""What describes measures: a screen says once that it is in Bulgarian, where it is."""
NOT_FOR_PEOPLE = (
    "editor_words.yaml",
    "columns.yaml",
    "plain_words.yaml",
    "boundaries.yaml",
    "cases",
    "places",
)
"""What people never read."""
ALIKE = 60
"""How alike (0 to 100) two texts are where one is probably the other before a change."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A Bulgarian text of the data, and where it stands."""

    file: Path
    line: int
    bulgarian: str


def faulty_translations(folder: Path) -> Iterator[Complaint]:
    """Yield each text of the interview that a language lacks, and what translates nothing."""
    if not (folder / FOLDER).is_dir():
        return
    texts = tuple(_texts_of(folder))
    needed = {said.bulgarian: said for said in texts if not _may_stay(said.file)}
    known = {said.bulgarian for said in texts}
    for language in TRANSLATED:
        file = po_file(folder / FOLDER, language)
        if not file.is_file():
            yield Complaint(file, 1, "the file is missing; put it back")
            continue
        catalog = catalog_of(file)
        yield from _lacking(file, language, needed)
        yield from _idle(file, catalog, known)
        yield from _unlike(file, catalog)


def _lacking(file: Path, language: Language, needed: Mapping[str, _Said]) -> Iterator[Complaint]:
    words = words_of(file)
    for bulgarian, said in needed.items():
        if bulgarian not in words:
            near = _nearest(bulgarian, words)
            text = f"{language}: no translation of msgid {bulgarian!r}"
            fix = f"write it in {FOLDER}/{file.name}"
            yield Complaint(said.file, said.line, f"{text}; {fix}{near}")


def _idle(file: Path, catalog: Catalog, known: set[str]) -> Iterator[Complaint]:
    for message in catalog:
        bulgarian = str(message.id).strip()
        if message.id and bulgarian not in known:
            near = _nearest(bulgarian, known)
            text = f"no text of the data is msgid {bulgarian!r}; mend it or take it out{near}"
            yield Complaint(file, _line(message), text, "warning")


def _unlike(file: Path, catalog: Catalog) -> Iterator[Complaint]:
    """Yield the translations that fill in something else than their text does."""
    for message in catalog:
        if message.id and message.string:
            wanted, found = _filled_in(str(message.id)), _filled_in(str(message.string))
            if wanted != found:
                text = f"msgid {message.id!r}: found {found or 'nothing'} to fill in"
                yield Complaint(file, _line(message), f"{text}; allowed: {wanted or 'nothing'}")


def _filled_in(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}", text))


def _line(message: Any) -> int:
    return int(message.lineno or 1)


def _may_stay(file: Path) -> bool:
    return file.name in MAY_STAY_BULGARIAN or file.parent.name in MAY_STAY_BULGARIAN


def _texts_of(folder: Path) -> Iterator[_Said]:
    """Yield every Bulgarian text of the folder that people may read."""
    for file in sorted(folder.rglob("*.yaml")):
        if not {file.name, file.parent.name} & set(NOT_FOR_PEOPLE):
            yield from _texts(file, read_yaml(file))


def _texts(file: Path, node: Any) -> Iterator[_Said]:
    if isinstance(node, Mapping):
        if isinstance(node.get("bg"), str):
            yield _Said(file, line_of(node, "bg"), node["bg"].strip())
            return
        for part in node.values():
            yield from _texts(file, part)
    elif isinstance(node, list):
        for part in node:
            yield from _texts(file, part)


def _nearest(text: str, known: Collection[str]) -> str:
    found = process.extractOne(text, tuple(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return f"; the nearest is {found[0]!r}" if found else ""
