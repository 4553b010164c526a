"""Most wanted of such talks: one answer is changed, and all the others stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from talk import Talk
from test_golden_talks import ANYBODY

from dialogs.model import Conversation, Pressed, ScreenRef
from dialogs.turn import Context


@pytest.fixture
def checked(talk: Talk) -> Talk:
    """Return somebody who has answered all and looks the answers over."""
    return talk.presses("За мен").is_interviewed(**ANYBODY).says("/answers")


def number_of(talk: Talk, line: str) -> str:
    found = [row for row in talk.screen.text.splitlines() if line in row]
    assert found, talk.screen.text
    return found[0].partition(".")[0]


def test_the_answers_stand_above_the_first_results(talk: Talk) -> None:
    talk.presses("За мен").is_interviewed(**ANYBODY)
    talk.shows("Проверете отговорите си", "възраст: 40", "град или село: Враца")
    above, results = talk.step.messages[-2:]
    assert [button.label for button in above.buttons] == ["Промени отговор"]
    assert results.text.startswith("Ето какво намерих")
    talk.does(Pressed(serial=above.serial, action=above.buttons[0].action))
    talk.shows("Натиснете номер, за да промените отговор.").presses("Към резултатите")
    talk.shows("Ето какво намерих").hides("Проверете отговорите си")


def test_a_change_says_what_else_it_changes_and_keeps_the_rest(checked: Talk) -> None:
    before = checked.answers
    checked.presses(number_of(checked, "възраст: 40")).shows("На колко години сте?").says("57")
    checked.shows("Промених „възраст“: 57. Беше: 40.", "➕ Вече може да подхождат")
    checked.shows("Работа с подкрепа от държавата (чл. 36)", "Проверете отговорите си")
    assert checked.answers == {**before, "age": 57}


def test_what_loses_its_ground_rests_and_comes_back(checked: Talk) -> None:
    checked.presses(number_of(checked, "регистрация в бюрото по труда: Да"), "Не")
    checked.shows("Това вече не се брои:", "откога е регистрацията", "Пазя и това")
    assert checked.answers["registered_on"] == {"from": "2026-05-24", "to": "2026-08-23"}
    checked.presses(number_of(checked, "регистрация в бюрото по труда: Не"), "Да")
    checked.shows("Това пак се брои:", "откога е регистрацията", "От 3 до 6 месеца")


def test_a_change_of_mind_and_back_leaves_everything_as_it_was(checked: Talk) -> None:
    before, text = checked.answers, set(checked.screen.text.splitlines())
    checked.presses(number_of(checked, "възраст: 40")).says("57")
    checked.presses(number_of(checked, "възраст: 57")).says("40").shows("➖ Вече не са сред")
    assert checked.answers == before
    assert set(checked.screen.text.splitlines()) == text


@pytest.mark.parametrize(
    ("words", "seen", "fact", "value"),
    [
        ("всъщност съм на 54", "възраст: 54 (беше: 40)", "age", 54),
        ("не, живея в Мездра", "град или село: Мездра (беше: Враца)", "settlement", "47714"),
        ("сбърках, не съм регистриран", "труда: Не (беше: Да)", "registered", False),
        ("детето е на 2 години", "дете: 2 (беше: Няма дете под 18)", "youngest_child_age", 2),
    ],
)
def test_a_change_in_words_is_read_back_with_what_it_brings(
    checked: Talk, words: str, seen: str, fact: str, value: object
) -> None:
    before = checked.answers
    checked.says(words).shows("Така ли Ви разбрах?", seen)
    assert checked.answers == before
    checked.presses("Да, така е").shows(
        "Отбелязах го.", "Ето отговорите Ви дотук." if value is False else "Проверете"
    )
    assert checked.answers == {**before, fact: value}


def test_a_change_that_is_refused_changes_nothing(checked: Talk) -> None:
    before = checked.answers
    checked.says("всъщност съм на 54").presses("Не е така")
    assert checked.answers == before
    checked.shows("Проверете отговорите си")


def test_the_answer_of_that_number_can_be_typed(checked: Talk) -> None:
    checked.says(number_of(checked, "възраст: 40")).shows("На колко години сте?")


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_editing_and_editing_back_is_as_if_nothing_had_been(
    context: Context, data: st.DataObject
) -> None:
    answers = {
        "audience": "self",
        "working": "no",
        "registered": True,
        "age": 40,
        "settlement": "12259",
        "education": "secondary",
        "youngest_child_age": "none",
    }
    fact, other = data.draw(
        st.sampled_from(
            [
                ("working", "yes"),
                ("registered", False),
                ("age", 57),
                ("education", "higher"),
                ("youngest_child_age", 2),
                ("age", None),
            ]
        )
    )
    start = Conversation(
        answers=answers, screens=(ScreenRef(name="home"), ScreenRef(name="answers"))
    )
    talk = Talk(context, start)
    changed = answers | {fact: other}
    there = Talk(context, start.model_copy(update={"answers": changed})).says("/results")
    back = Talk(context, there.conversation.model_copy(update={"answers": answers}))
    assert back.says("/results").screen.text == talk.says("/results").screen.text
