"""How messages look: parts within the length, buttons within the platform's bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.rendering import LONGEST, keyboard, split, units
from dialogs.model import Button, Message
from knowledge.loading import load

TEXTS = st.text(st.sampled_from("абв .!?…\n😀🇧é"), max_size=200) | st.text(max_size=80)


@given(TEXTS, st.integers(2, 40))
def test_parts_fit_and_nothing_but_white_space_is_lost(text, limit):
    parts = split(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert all(part == part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(TEXTS)
def test_a_text_that_fits_is_one_part(text):
    assert split(text) == ([text.strip()] if text.strip() else [])


@given(st.text())
def test_units_are_those_of_utf_16(text):
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("", 10, []),
        (" \n ", 10, []),
        ("аааа\n\nбббб вв", 10, ["аааа", "бббб вв"]),
        ("аааа. бб\nввв", 10, ["аааа. бб", "ввв"]),
        ("аа. бб вв гг", 11, ["аа. бб вв", "гг"]),
        ("аааааа. бб вв", 12, ["аааааа.", "бб вв"]),
        ("а бббббббббб", 11, ["а", "бббббббббб"]),
        ("абвгдежзик", 4, ["абвг", "дежз", "ик"]),
        ("😀😀😀", 3, ["😀", "😀", "😀"]),
        ("а😀😀", 3, ["а😀", "😀"]),
    ],
)
def test_a_text_is_divided_where_a_reader_would_pause(text, limit, parts):
    assert split(text, limit) == parts


def test_a_long_text_of_emoji_is_counted_as_the_platform_counts():
    parts = split("😀" * 5000)
    assert [units(part) for part in parts] == [4096, 4096, 1808]


def test_a_very_long_text_is_divided_throughout():
    assert all(0 < units(part) <= LONGEST for part in split("дума " * 100_000))


def _rows(*counts):
    return tuple(tuple(Button(label=f"{i}", action="x") for i in range(n)) for n in counts)


def _shape(message):
    markup = keyboard(message)
    return [len(row) for row in markup.inline_keyboard] if markup else None


@pytest.mark.parametrize(
    ("counts", "shape"),
    [
        ((), None),
        ((0,), None),
        ((1, 0, 2), [1, 2]),
        ((8,), [8]),
        ((9,), [8, 1]),
        ((20,), [8, 8, 4]),
        ((60, 60), [8] * 7 + [4] + [8] * 5),
        ((8,) * 13, [8] * 12 + [4]),
    ],
)
def test_rows_are_as_long_as_the_platform_takes_them(counts, shape):
    assert _shape(Message(text="?", rows=_rows(*counts))) == shape


def test_the_data_says_which_screen_and_what():
    message = Message(text="?", serial=12, rows=((Button(label="Да", action="a:b:yes"),),))
    button = keyboard(message).inline_keyboard[0][0]
    assert (button.text, button.callback_data) == ("Да", "12.a:b:yes")


def test_a_button_that_the_platform_would_refuse_is_left_out_without_its_words(caplog):
    long = Button(label="Дълъг", action=f"card:{'ж' * 40}")
    empty = Button(label=" ", action="x")
    message = Message(text="?", serial=1, rows=((long, Button(label="Да", action="y"), empty),))
    assert [b.text for b in keyboard(message).inline_keyboard[0]] == ["Да"]
    assert "card" in caplog.text
    assert "ж" not in caplog.text


def test_the_buttons_of_every_measure_and_fact_fit():
    knowledge = load()
    actions = [f"card:{measure}" for measure in knowledge.measures]
    actions += [f"a:{f.id}:{c.value}" for f in knowledge.facts for c in f.choices]
    for action in actions:
        assert len(f"999999.{action}".encode()) <= 64, action
