"""How texts are set: the same words, and no line that ends where a reader stumbles."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.fonts import the_type
from bot.documents.typography import NO_BREAK, printable, typeset

LANGUAGES = ("bg", "en", "uk", "tr")
TEXTS = st.text(
    st.sampled_from("абвгсукЖД abcdİığ .,:;!?-–—\"'„“«»(/№§€%0123456789@\n") | st.characters(),
    max_size=120,
)


def spaced(text: str) -> str:
    """Return the text with its no-break spaces to be seen."""
    return text.replace(NO_BREAK, "_")


@pytest.mark.parametrize(
    ("plain", "printed"),
    [
        ("до 4 декември 2026 г. в бюрото", "до 4_декември 2026_г. в_бюрото"),
        ("по чл. 54а, ал. 1, т. 2 КСО", "по чл._54а, ал._1, т._2_КСО"),
        ("гр. Роман, ул. Шипка № 3, ет. 2", "гр._Роман, ул._Шипка №_3, ет._2"),
        ("и в къщи с него", "и_в_къщи с_него"),
        ("А после", "А_после"),
        ("1 077 лв. на месец", "1_077_лв. на месец"),
        ("500 € или 20 %", "500_€ или 20_%"),
        ("§ 12 от закона", "§_12_от закона"),
        ("дума - дума", "дума_– дума"),
        ("дума — дума", "дума_– дума"),
        ("8:30-17:00 ч.", "8:30–17:00_ч."),
        ('той каза "здравей" и ("така")', "той каза „здравей“ и_(„така“)"),
        ("чакайте...", "чакайте…"),
        ("най-късно и по-рано", "най-късно и_по-рано"),
        ("тел. 09123 2 25 14", "тел._09123_2_25_14"),
        ("дата 15.11.2026", "дата 15.11.2026"),
        ('бюро - https://a.bg/x-y\'z...?q="1"', 'бюро_– https://a.bg/x-y\'z...?q="1"'),
        ("пишете на a'b@c.bg", "пишете на a'b@c.bg"),
    ],
)
def test_bulgarian_is_set_by_its_customs(plain: str, printed: str) -> None:
    assert spaced(typeset(plain, "bg")) == printed


@pytest.mark.parametrize(
    ("language", "plain", "printed"),
    [
        ("en", 'the "plan" - 7 days', "the “plan”_– 7_days"),
        ("en", "a house in a town, don't", "a house in a town, don’t"),
        ("uk", 'м\'яч і "дім" в місті', "м’яч і_«дім» в_місті"),
        ("tr", 'İş "planı" Türkiye\'de', "İş “planı” Türkiye’de"),
        ("xx", 'unknown "tongue"', "unknown “tongue”"),
    ],
)
def test_other_languages_have_their_own(language: str, plain: str, printed: str) -> None:
    assert spaced(typeset(plain, language)) == printed


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_done_twice_it_changes_nothing_more(text: str, language: str) -> None:
    once = typeset(text, language)
    assert typeset(once, language) == once


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_no_letter_and_no_digit_is_lost(text: str, language: str) -> None:
    def bare(said: str) -> str:
        return "".join(re.findall(r"[^\W_]", said))

    assert bare(typeset(text, language)) == bare(text)


@given(TEXTS)
def test_what_is_printable_is_in_the_font(text: str) -> None:
    kept = printable(text, the_type().has)
    assert all(the_type().has(character) for character in kept if character != "\n")
    assert printable(kept, the_type().has) == kept


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("⏰ Първо срокът 👩‍👧‍👦", "Първо срокът"),
        ("✅ готово", "✓ готово"),
        ("добре 👍🏽, нали", "добре , нали"),
        ("и́ и й", "и́ и й"),
        ("число ①", "число 1"),
        ("漢字", "??"),
        ("а\x00б\u202eв\ufeff", "абв"),
        ("😀", ""),
    ],
)
def test_pictures_go_and_letters_stay(typed: str, printed: str) -> None:
    assert printable(typed, the_type().has) == unicodedata.normalize("NFC", printed)


def test_the_font_speaks_the_four_languages() -> None:
    alphabets = (
        "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯабвгдежзийклмнопрстуфхцчшщъьюяѝЍ"
        "ҐЄІЇґєії"
        "ÇĞIİÖŞÜÂÎÛçğıiöşüâîû"
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        "0123456789„“«»”’‘–—…№§€$£%‰°•→←≈≤≥×½✓"
    )
    assert [letter for letter in alphabets if not the_type().has(letter)] == []


def test_bulgarian_letters_have_their_bulgarian_forms() -> None:
    """The widths tell: „т“ is as wide as „m“ in Bulgarian, „л“ as „ʌ“."""
    face = the_type().regular
    differing = {c for c in "вгджзийклптцшщюя" if face.width(c, "bg") != face.width(c, "ru")}
    assert {"в", "т", "г", "п"} & differing
    assert all(face.width(c, "en") == face.width(c, "bg") for c in "abcxyz019")
