"""Every golden talk says what its file says; `make talks` records a change of wording."""

from difflib import unified_diff
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from tests.talks.playing import played
from tests.talks.writing import (
    CUT,
    TalkError,
    files,
    read,
    same,
    with_cuts,
    words_of,
    written,
)

FEWEST = {"bg": 36, "en": 5}
"""Talks there are at least."""
MOST_LINES = 200
"""A longer file is not read by anybody."""
GREETS = """# Поздрав

Човек, който поздравява.

- Кога: 23.11.2026, 10:00
- Показва: как се чете файлът.

---

"""


def name_of(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


@pytest.mark.parametrize("file", files(), ids=name_of)
def test_the_talk_goes_as_it_is_written(file: Path, knowledge: KnowledgeBase) -> None:
    before = file.read_text(encoding="utf-8")
    now = written(played(read(file), knowledge))
    if not same(before, now):
        pytest.fail(_difference(file, before, now), pytrace=False)


def _difference(file: Path, before: str, now: str) -> str:
    lines = unified_diff(
        [line.rstrip() for line in before.splitlines()],
        [line.rstrip() for line in now.splitlines()],
        "as written",
        "as said now",
        lineterm="",
        n=4,
    )
    return "\n".join(
        [f"{name_of(file)} is said in other words; if that is meant: make talks", *lines]
    )


@pytest.mark.parametrize("language", ["bg", "en"])
def test_there_are_talks_enough_and_short_enough(language: str) -> None:
    found = [file for file in files() if file.parent.name == language]
    assert len(found) >= FEWEST[language]
    for file in found:
        assert len(file.read_text(encoding="utf-8").splitlines()) <= MOST_LINES, file


# -- how a file is read --------------------------------------------------------------------------


def talk_file(folder: Path, text: str) -> Path:
    file = folder / "bg" / "talk.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# Поздрав\n", ":1: found no line „---“"),
        ("# Поздрав\n\n- Час: 10\n\n---\n", ":3: found „Час“; allowed: Кога, Показва"),
        ("# Поздрав\n\n---\n", ":1: write a title, who it is, „Кога“, „Показва“"),
        (GREETS + "**Пее:** песен\n", ":10: found „Пее“; allowed: Отваря разговора, Пише"),
        (GREETS + "> Здравейте\n", ":10: found an answer before anything was done"),
        (GREETS + "**Отговаря на въпросите**\n\n- възраст 52\n", ":12: found „- възраст 52“"),
    ],
)
def test_a_fault_is_told_by_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(TalkError) as caught:
        read(talk_file(tmp_path, text))
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("acts", "complaint"),
    [
        ("**Отваря разговора**\n\n**Натиска:** За нея\n", "no button „За нея“; there are: За мен"),
        ("**Отваря разговора**\n\n**Натиска стар бутон:** Да\n", "no earlier button like this"),
        ("**Минава време:** 3 века\n", "found „3 века“; allowed: минута"),
        ("**Отваря разговора**\n\n**Библиотекар поема въпроса:** Мария\n", "nothing was passed on"),
        ("**Мярка спира:** Летене\n", "no measure „Летене“"),
    ],
)
def test_what_cannot_be_done_is_told(
    tmp_path: Path, knowledge: KnowledgeBase, acts: str, complaint: str
) -> None:
    with pytest.raises(TalkError, match=complaint):
        played(read(talk_file(tmp_path, GREETS + acts)), knowledge)


def test_a_file_is_written_as_it_was_read() -> None:
    for file in files():
        assert same(written(read(file)), file.read_text(encoding="utf-8")), file


def test_what_comes_by_itself_comes_once_and_only_where_it_was_asked_for(
    tmp_path: Path, knowledge: KnowledgeBase
) -> None:
    acts = (
        "**Отваря разговора**\n\n**Идва ред на напомнянето**\n\n**Мярка спира:** Трудови борси\n\n"
        "**Пише:** /reminders\n\n**Натиска:** Ден за посещение\n\n**Пише:** 1.12.2026\n\n"
        "**Идва ред на напомнянето**\n\n**Идва ред на напомнянето**\n"
    )
    now = written(played(read(talk_file(tmp_path, GREETS + acts)), knowledge))
    first, _, rest = now.partition("**Пише:** /reminders")
    assert first.count("не пише)*") == 2
    assert "*(30.11.2026, 18:00)*" in rest
    assert rest.count("Утре, 01.12.2026, е посещението") == 1
    assert rest.count("не пише)*") == 1


def test_a_remark_stays(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    remark = "Тук човекът се замисля."
    file = talk_file(tmp_path, f"{GREETS}**Отваря разговора**\n\n{remark}\n\n**Пише:** помощ\n")
    now = written(played(read(file), knowledge))
    assert f"`🌐 Език · Language`\n\n{remark}\n\n**Пише:** помощ\n\n> Ето какво мога" in now


# -- cuts ----------------------------------------------------------------------------------------

CUTS = f"> {CUT}"
SAID = ("> а", "> б", "> в", "> г", "> д")


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [
        (("> а", "> б"), SAID, SAID),  # nothing was cut
        ((CUTS,), SAID, (CUTS,)),
        (("> а", CUTS, "> д"), SAID, ("> а", CUTS, "> д")),
        (("> а", CUTS, "> в", CUTS), SAID, ("> а", CUTS, "> в", CUTS)),
        (("> А", CUTS, "> Д"), SAID, ("> а", CUTS, "> д")),
        (("> А", CUTS, "> в", CUTS, "> Д"), SAID, ("> а", CUTS, "> в", CUTS, "> д")),
        (("> А", CUTS, "> В", CUTS, "> Д"), SAID, ("> а", CUTS, "> д")),
        (("> А", "> Б", "> В", CUTS, "> Г", "> Д", "> Е"), SAID, SAID),
    ],
)
def test_a_cut_stays_where_it_was(
    before: tuple[str, ...], now: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    assert with_cuts(before, now) == kept


def test_words_are_the_same_in_each_language() -> None:
    one, other = words_of("bg"), words_of("en")
    assert one.keys() == other.keys()
    for part in ("head", "acts", "notes", "effects", "files", "subjects"):
        assert one[part].keys() == other[part].keys()
