"""Places and measures found by what a librarian types: a name, a town, an id."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.base import KnowledgeBase
from knowledge.corrections import Kind


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry of the directory: what it is, and what it is called."""

    kind: Kind
    row: str
    name: str
    where: str
    """The settlement and its municipality; empty for a measure."""
    first: bool = False
    """Whether it is what most look for in a town: its bureau, its regional library."""


def every_entry(base: KnowledgeBase) -> Iterator[Hit]:
    """Yield all libraries, bureaus and measures."""
    for library in base.directory.libraries:
        where = _where(library.city, library.municipality)
        regional = library.kind == "regional" and library.parent_id is None
        yield Hit("libraries", library.id, library.name, where, regional)
    for bureau in base.directory.bureaus:
        where = _where(bureau.city, bureau.municipality)
        yield Hit("bureaus", bureau.id, bureau.name, where, first=True)
    for measure in base.measures.values():
        yield Hit("measures", measure.id, measure.title.bg, "")


def _where(city: str, municipality: str) -> str:
    return city if city.endswith(f" {municipality}") else f"{city}, {municipality}"


def search(base: KnowledgeBase, query: str) -> tuple[Hit, ...]:
    """Return the entries in which each word of the query begins a word, the nearest first.

    An id finds its entry alone.
    """
    words = _words(query)
    if not words:
        return ()
    hits = tuple(every_entry(base))
    named = tuple(hit for hit in hits if hit.row == query.strip().lower())
    if named:
        return named
    found = [hit for hit in hits if all(_begins(word, hit) for word in words)]
    # Of a town's name, what stands in that town; then what only has the name in its own.
    order = lambda hit: (not _is_town(words, hit), not hit.first, hit.where, hit.name)  # noqa: E731
    return tuple(sorted(found, key=order))


def _begins(word: str, hit: Hit) -> bool:
    return any(one.startswith(word) for one in _words(f"{hit.name} {hit.where} {hit.row}"))


def _is_town(words: list[str], hit: Hit) -> bool:
    return words == _words(hit.where.partition(",")[0])[-len(words) :]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
