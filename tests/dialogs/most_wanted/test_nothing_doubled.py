"""Most wanted of such talks: a tap that comes twice does its work once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from talk import Talk

from dialogs.turn import Context


def test_the_same_tap_again_only_gets_a_word(talk: Talk) -> None:
    tap = talk.press_of("За мен")
    talk.does(tap)
    before = talk.conversation
    talk.does(tap)
    assert talk.step.messages == ()
    assert talk.step.notice == "Вече го отбелязах."
    assert talk.conversation.answers == before.answers


def test_a_tap_that_comes_late_is_told_what_was_answered(talk: Talk) -> None:
    first = talk.press_of("За мен")
    talk.does(first)
    second = talk.press_of("На работа")
    talk.does(second).does(first)
    talk.shows("Вече отговорихте: За мен. Да го сменим ли?")
    assert talk.answers == {"audience": "self", "working": "yes"}
    asked = talk.asked
    talk.does(second).shows("Вече отговорихте: На работа. Да го сменим ли?")
    assert talk.asked == asked


def test_the_word_on_a_late_tap_leads_to_a_change(talk: Talk) -> None:
    tap = talk.press_of("За мен")
    talk.does(tap).presses("На работа").says("Враца").does(tap)
    [told] = [m for m in talk.step.messages if "Вече отговорихте" in m.text]
    assert [b.label for b in told.buttons] == ["Промени"]


def test_a_confirmation_pressed_twice_is_one(talk: Talk) -> None:
    talk.says("на 57 съм, от Роман").shows("Ето какво разбрах")
    tap = talk.press_of("Да, така е")
    answers = talk.does(tap).answers
    asked = talk.asked
    talk.does(tap)
    assert (talk.answers, talk.asked) == (answers, asked)


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_any_tap_resent_once_more_changes_no_answer(context: Context, data: st.DataObject) -> None:
    talk = Talk(context).start()
    for _ in range(8):
        choices = [b for b in talk.screen.buttons if b.action.startswith(("a:", "any:", "j:"))]
        if not choices:
            talk.says("Враца")
            continue
        tap = talk.press_of(data.draw(st.sampled_from(choices)).label)
        talk.does(tap)
        after = talk.answers
        talk.does(tap)
        assert talk.answers == after


@pytest.mark.parametrize("label", ["Меню", "Библиотекар", "Помощ"])
def test_a_way_pressed_twice_opens_one_screen(talk: Talk, label: str) -> None:
    tap = talk.press_of(label)
    screens = talk.does(tap).conversation.screens
    assert talk.does(tap).conversation.screens == screens
