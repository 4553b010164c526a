"""Texts for people are plain: what the lint finds, and what it leaves alone."""

import pytest

from knowledge.loading import DATA
from knowledge.loading.texts import load_plain_words, unplain_texts
from knowledge.plain_words import LONGEST, faults

WORDS = load_plain_words(DATA / "plain_words.yaml")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("дума " * 16, "found a sentence of 16 words; allowed: 15"),
        ("Кратко. Тук " + "дума " * 15, "found a sentence of 16 words"),
        ("Следва да подадете заявление.", "found „следва да…“; say it as people do: трябва да"),
        ("Мярката се осъществява от бюрото.", "found „осъществява…“"),
        ("Имате право на обезщетение.", "found „имате право…“"),
        ("Ако сте безработен/а, питайте.", "found „н/а“; say it so that it fits a woman and a man"),
        ("Регистриран(а) ли сте?", "found „н(а)“"),
    ],
)
def test_what_is_not_plain_is_found(text, found):
    assert any(fault.startswith(found) for fault in faults(text, WORDS))


@pytest.mark.parametrize(
    "text",
    [
        "дума " * LONGEST,
        "Питайте в бюрото по чл. 36 от закона. Там знаят кога има пари.",
        "Носете лична карта, бележка и 2 снимки.\n" + "дума " * LONGEST,
        "По ЗНЗ, чл. 18, ал. 1, т. 4 бюрото решава до 7 дни.",
        "Последвайте примера; нисък следователски стаж.",
    ],
)
def test_what_is_plain_is_left_alone(text):
    assert list(faults(text, WORDS)) == []


def test_all_shipped_texts_are_plain():
    assert list(unplain_texts(DATA)) == []
