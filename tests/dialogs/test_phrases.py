"""How phrases are heard: inflected, with a slip, in Latin letters; never over a sentence's end."""

import pytest
from rapidfuzz.distance import OSA

from dialogs.message_check import is_of_the_desk
from dialogs.phrases import LONGEST, Phrases, _phrases_of, heard_in, load_phrases
from dialogs.understanding import LEXICONS
from knowledge.texts import LANGUAGES


def phrases(*lines: str, **more: object) -> Phrases:
    return _phrases_of({"kinds": {"it": list(lines)}, **more}, "bg")


def heard(lexicon: Phrases, text: str) -> bool:
    return lexicon.heard_in(text) == ("it",)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("гладни са", "Децата са малки, но гладни са!"),
        ("гладн*", "гладните"),
        ("ям|ядем", "ядем"),
        ("нямам .. хляб", "нямам пари за хляб"),
        ("^ обяви $", "Здравейте. Обяви?"),
        ("живея", "жиевя"),
        ("живея", "jiveia"),
        ("живея", "zhiveq"),
        ("мъжът", "mujut"),
        ("мъжът", "MAJAT"),
        ("нищо", "ni6to"),
        ("чакам", "4akam"),
        ("бие", "биe"),
        ("умра", "уууумраааа"),
        ("не", "н-е, не!"),
        ("не искам да живея", "не искам...\nда живея…"),
    ],
)
def test_it_is_heard(line: str, text: str) -> None:
    assert heard(phrases(line), text)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("гладни са", "гладни. Са"),
        ("гладн*", "гладен"),
        ("нямам .. хляб", "нямам едно две три четири хляб"),
        ("^ обяви $", "обяви за работа"),
        ("ям", "им"),
        ("гладен", "хладен"),
        ("нищо", ""),
        ("нищо", "¶ · … 👍"),
    ],
)
def test_it_is_not(line: str, text: str) -> None:
    assert not heard(phrases(line), text)


def test_what_only_sounds_like_it_is_taken_out_first() -> None:
    lexicon = phrases("гладен", harmless=["гладен за работа"])
    assert not heard(lexicon, "гладен за работа съм")
    assert heard(lexicon, "гладен за работа и гладен")


def test_what_is_always_heard_is_heard_all_the_same() -> None:
    lexicon = phrases("хляб", harmless=["на свят"], always={"it": ["на свят"]})
    assert heard(lexicon, "на свят")


def test_a_word_that_is_no_slip_stays_itself() -> None:
    assert heard(phrases("гладен"), "гладен")
    assert heard(phrases("гладен"), "глаеен")
    assert not heard(phrases("гладен"), "главен")  # a word of the dictionary
    assert not heard(phrases("гладен", spelt_right=["глаеен"]), "глаеен")


def test_named_words_stand_for_each_of_them() -> None:
    lexicon = phrases("<who> бие", words={"who": ["той", "тя"]})
    assert heard(lexicon, "тя бие")
    assert not heard(lexicon, "те бие")


def test_a_whole_message_is_listened_to_and_no_more() -> None:
    assert heard_in("дума " * 600 + "не искам да живея", "distress") == ("despair",)
    assert heard_in("дума " * LONGEST + "не искам да живея", "distress") == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lexicon", ["distress", "intents", "hiring", "practice"])
def test_every_lexicon_can_be_read(language: str, lexicon: str) -> None:
    loaded = load_phrases(language, lexicon)  # type: ignore[arg-type]
    assert list(loaded.kinds) == list(load_phrases("bg", lexicon).kinds)
    for word in loaded.words.spelt_right:
        assert word not in loaded.words.whole, f"{word}: heard as it is; take it out"
        alike = [own for own in loaded.words.whole if OSA.distance(own, word) == 1]
        assert alike, f"{word}: no slip of any word; take it out"


def test_each_language_has_each_lexicon() -> None:
    names = [
        {f.name for f in (LEXICONS / language).glob("*.yaml") if not is_of_the_desk(f)}
        for language in LANGUAGES
    ]
    assert names[0] == names[1]
