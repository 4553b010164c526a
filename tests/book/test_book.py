"""The book has every screen and every talk, stands alone, and counts sentences as people do."""

import re
from html import unescape

import pytest

from dialogs.respond import SCREENS
from knowledge.loading import load
from tests.book.__main__ import page
from tests.book.readability import readability, sentences_in
from tests.talks.writing import files, read

pytestmark = pytest.mark.timeout(300)
"""All the talks are played for it."""


@pytest.fixture(scope="module")
def book() -> str:
    return page(load())


def test_every_screen_and_every_talk_is_there(book: str) -> None:
    shown = set(re.findall(r"<h4>[^<]*<code>(\w+)</code>", book))
    assert shown >= set(SCREENS)
    said = unescape(book)
    for file in files():
        assert f"<h4>{read(file).title}</h4>" in said, file


def test_it_needs_nothing_from_elsewhere(book: str) -> None:
    assert not re.findall(r"<(?:script|link|img|iframe)\b", book)
    assert not re.findall(r"url\(|@import", book)
    assert set(re.findall(r'href="([^#"][^"]*)"', book)) == set()


def test_every_reference_leads_somewhere(book: str) -> None:
    places = set(re.findall(r'id="([^"]+)"', book))
    assert set(re.findall(r'href="#([^"]+)"', book)) <= places


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("Живея в гр. Враца. Търся работа.", 2),
        ("По чл. 54а и ал. 1, т. 2 от КСО.", 1),
        ("До 15.11.2026 г. Напишете деня!", 1),
        ("Засега не. Иска се: друго.", 2),
        ("Наистина? Да.", 2),
        ("„Скоро без работа“ е при предизвестие", 1),
    ],
)
def test_sentences_are_counted(line: str, sentences: int) -> None:
    assert len(sentences_in(line)) == sentences


def test_lix_by_hand() -> None:
    # 11 words in 2 sentences, 3 of them long: 5.5 + 27.3.
    found = readability(
        "1. Регистрацията е в бюрото.\n• Обезщетението е от НОИ, попитайте там днес."
    )
    assert (found.sentences, found.words, found.long_words, found.lix) == (2, 11, 3, 33)
    assert found.longest_words == 7


def test_sources_are_no_prose() -> None:
    found = readability("Питайте.\nИзточник: закон\nhttps://example.bg/дълъг-адрес")
    assert (found.sentences, found.words) == (1, 1)
    assert found.level == "short"
