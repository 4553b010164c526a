"""Words that could not be said stop the build and the start, by file, message and language."""

from pathlib import Path

import pytest

from bot.channels.telegram import TelegramChannel
from bot.channels.terminal import TerminalChannel
from bot.channels.web import WebChannel
from dialogs.message_check import FaultyMessagesError, faults_of, require, too_long_choices
from dialogs.texts import LOCALES, Texts, UnreadableTextError
from dialogs.turn import Room
from knowledge.base import KnowledgeBase
from knowledge.texts import LANGUAGES, Language

ROOMS = {c.name: c.abilities.room for c in (TelegramChannel, WebChannel, TerminalChannel)}


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """A copy of the words, to be spoilt."""
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        for file in (LOCALES / language).glob("*.ftl"):
            (tmp_path / language / file.name).write_text(file.read_text("utf-8"), "utf-8")
    return tmp_path


def texts_in(folder: Path) -> dict[Language, Texts]:
    return {language: Texts(language, folder) for language in LANGUAGES}


def told(folder: Path, knowledge: KnowledgeBase, rooms: dict[str, Room] = ROOMS) -> list[str]:
    try:
        require(texts_in(folder), knowledge, rooms)
    except FaultyMessagesError as error:
        return str(error).splitlines()
    return []


def test_the_shipped_words_can_be_said_on_every_channel(
    locales: Path, knowledge: KnowledgeBase
) -> None:
    assert told(locales, knowledge) == []
    assert ROOMS["telegram"].text == 4096


def spoil(folder: Path, language: str, before: str, after: str) -> None:
    file = folder / language / "talk.ftl"
    text = file.read_text("utf-8")
    assert text.count(before) == 1, before
    file.write_text(text.replace(before, after), "utf-8")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("\nthanks =", "\nthank =", "en/talk.ftl (en): thanks: missing; translate it"),
        (
            "\nthanks =",
            "\nthank = Hm.\nthanks =",
            "en/talk.ftl (en): thank: Bulgarian has no such message; mend its name or take it out",
        ),
        (
            "\nthanks =",
            "\nthis is nothing\nthanks =",
            "(en): cannot be read (Expected token: \"=\"): 'this is nothing'; mend the line",
        ),
        ("\nthanks =", "\ngreeting = Hi.\nthanks =", "(en): greeting: stands twice; mend it"),
        (
            "about-then = about { $value }",
            "about-then = about { $valeu }",
            "(en): about-then: uses $valeu, which is not given; take it out",
        ),
        (
            "about-then = about { $value }",
            "about-then = about then",
            "(en): about-then: does not use $value, as Bulgarian does; put it in",
        ),
        (
            "about-then = about { $value }",
            "about-then = { thankx } { $value }",
            "(en): about-then: refers to thankx, which is not there; mend the name",
        ),
        (
            "[photo] a photo",
            "[foto] a photo",
            "(en): file-received: $type is never [foto]; allowed:",
        ),
        ("[photo] a photo", "", "(en): file-received: has no wording for $type [photo]; add it"),
        ("\nthanks =", '\nthanks = { "" }\nthank =', "(en): thanks: no words; write them"),
    ],
)
def test_a_fault_is_told_with_its_file_message_and_fix(
    locales: Path, knowledge: KnowledgeBase, before: str, after: str, said: str
) -> None:
    spoil(locales, "en", before, after)
    found = told(locales, knowledge)
    assert any(said in line for line in found), found


def test_a_language_without_files_is_told(locales: Path, knowledge: KnowledgeBase) -> None:
    for file in (locales / "uk").glob("*.ftl"):
        file.unlink()
    found = told(locales, knowledge)
    assert all("(uk)" in line for line in found[:-1])
    assert found[-1].startswith("and ")


def test_a_file_of_other_letters_is_told(locales: Path) -> None:
    (locales / "tr" / "talk.ftl").write_bytes("thanks = Моля".encode("cp1251"))
    with pytest.raises(UnreadableTextError, match=r"talk\.ftl: found .*; allowed: a text in UTF-8"):
        texts_in(locales)


@pytest.mark.parametrize(
    ("name", "length", "said"),
    [
        ("button-why", 65, "(tr): button-why: up to 65 characters; telegram takes 64; shorten it"),
        ("tap-again", 201, "(tr): tap-again: up to 201 characters; telegram takes 200; shorten it"),
        ("thanks", 4097, "(tr): thanks: up to 4097 characters; telegram takes 4096; shorten it"),
        ("button-why", 64, ""),
        ("thanks", 4096, ""),
    ],
)
def test_what_a_channel_would_not_take_is_told(
    locales: Path, knowledge: KnowledgeBase, name: str, length: int, said: str
) -> None:
    file = locales / "tr" / "talk.ftl"
    lines = file.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(f"{name} ="))
    lines[at] = f"{name} = {'ş' * length}"
    file.write_text("\n".join(lines), "utf-8")
    assert told(locales, knowledge) == ([f"tr/talk.ftl {said}"] if said else [])
    assert told(locales, knowledge, {"web": Room()}) == []


def test_an_emoji_counts_as_the_platform_counts_it(locales: Path, knowledge: KnowledgeBase) -> None:
    spoil(locales, "bg", "button-why = Защо питате?", "button-why = " + "🧭" * 33)
    assert told(locales, knowledge) == [
        "bg/talk.ftl (bg): button-why: up to 66 characters; telegram takes 64; shorten it"
    ]


def test_an_answer_that_no_button_shows_is_told(knowledge: KnowledgeBase) -> None:
    found = [str(fault) for fault in too_long_choices(knowledge, {"narrow": Room(label=12)})]
    assert any("(bg): working: " in f and "a button of narrow takes 12" in f for f in found)
    found = [str(fault) for fault in too_long_choices(knowledge, {"narrow": Room(action=24)})]
    assert any("bytes; a button of narrow carries 24; shorten the id" in f for f in found)


def test_the_command_for_lint_finds_nothing() -> None:
    assert list(faults_of(texts_in(LOCALES))) == []
