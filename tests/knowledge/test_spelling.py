"""A letter that only looks right is found, and a misspelt name gets its nearest one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.spelling import did_you_mean, of_two_alphabets


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("с. Ушeвци", [("Ушeвци", "Ушевци")]),
        ("Bаница и Враца", [("Bаница", "Ваница")]),
        ("Vrаtsa", [("Vrаtsa", "Vratsa")]),
        ("VРAЦA", [("VРAЦA", "VРAЦA")]),  # no alphabet has all its letters
        ("QR-код, ПИК или PDF", []),
        ("EURES и Europass", []),
        ("", []),
    ],
)
def test_a_word_of_two_alphabets_is_told_with_what_was_meant(text, found):
    assert list(of_two_alphabets(text)) == found


@given(st.text("АВЕКМНОРСТХабвгдежз -,."), st.text("ABEKMHOPCTXabcdefgh -,."))
def test_a_text_of_one_alphabet_a_word_is_left_alone(cyrillic, latin):
    assert list(of_two_alphabets(f"{cyrillic} {latin}")) == []


def test_only_a_near_name_is_proposed():
    assert did_you_mean("registred", ["age", "registered"]) == "; did you mean 'registered'?"
    assert did_you_mean("colour", ["age", "registered"]) == ""
    assert did_you_mean(17, ["age"]) == ""
