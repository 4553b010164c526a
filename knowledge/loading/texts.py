"""The texts for people in a folder of knowledge, each with the line it stands on."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from knowledge.errors import Complaint
from knowledge.loading.faults import plain
from knowledge.loading.yaml_files import line_of, model_of, read_yaml
from knowledge.plain_words import PlainWords, faults
from knowledge.spelling import of_two_alphabets

Steps = tuple[str | int, ...]
LONGEST_TITLE = 45
NOT_PROSE = {"legal_basis", "sources", "source"}
"""Names of acts and pages are cited as they are."""


def load_plain_words(file: Path) -> PlainWords:
    """Return what is not said to people."""
    tree = read_yaml(file)
    return model_of(PlainWords, file, tree, plain(tree))


def unplain_texts(folder: Path) -> Iterator[Complaint]:
    """Yield each text for people that is not plain, with its line."""
    words = load_plain_words(folder / "plain_words.yaml")
    files = [*sorted((folder / "measures").glob("*.yaml")), *map(folder.joinpath, _SHARED)]
    for file in files:
        for path, line, text in _texts(read_yaml(file), ()):
            for fault in faults(text, words):
                yield Complaint(file, line, f"{'.'.join(map(str, path))}: {fault}")
    yield from _long_titles(files)


def _long_titles(files: Iterable[Path]) -> Iterator[Complaint]:
    """Yield the titles of measures that do not fit a line of a phone."""
    for file in files:
        tree = read_yaml(file)
        title = tree.get("title") if file.parent.name == "measures" else None
        for language, words in (title or {}).items():
            if len(words) > LONGEST_TITLE:
                text = f"title.{language}: found {len(words)} characters; allowed: {LONGEST_TITLE}"
                yield Complaint(
                    file, line_of(tree, "title", language), f"{text}; shorten {words!r}"
                )


_SHARED = (
    "facts.yaml",
    "joint_questions.yaml",
    "rules.yaml",
    "phrases.yaml",
    "editor_words.yaml",
    "archive.yaml",
    "services.yaml",
    "help_lines.yaml",
    "job_scams.yaml",
    "job_search.yaml",
    "hiring_groups.yaml",
    "employer_services.yaml",
)


def _texts(node: Any, path: Steps) -> Iterator[tuple[Steps, int, str]]:
    if isinstance(node, Mapping):
        if isinstance(node.get("bg"), str):
            yield path, line_of(node, "bg"), node["bg"]
            return
        for name, part in node.items():
            if name not in NOT_PROSE:
                yield from _texts(part, (*path, name))
    elif isinstance(node, list):
        for number, part in enumerate(node):
            yield from _texts(part, (*path, number))


def mixed_letters(folder: Path) -> Iterator[Complaint]:
    """Yield each word in which a letter only looks like one of its alphabet: „Ушeвци“ with an e.

    How names are typed is left out: there such words are meant.
    """
    for file in sorted(folder.rglob("*.*")):
        if file.suffix in (".yaml", ".csv") and file.name != "naming.yaml":
            text = file.read_text(encoding="utf-8")
            for word, meant in of_two_alphabets(text):
                line = text.count("\n", 0, text.index(word)) + 1
                yield Complaint(file, line, f"{_two(word)}; write {meant!r} anew")


def _two(word: str) -> str:
    latin = ", ".join(dict.fromkeys(letter for letter in word if letter.isascii()))
    return f"found {word!r} with the Latin {latin}; allowed: letters of one alphabet"
