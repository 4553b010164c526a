"""Told in one's own words: facts are read back, and count only after a yes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from talk import Talk

from dialogs.flows.interview import CONSENT_VERSION
from dialogs.turn import Context

SENTENCE = "Останах без работа през май, на 57 съм, от Роман, с ТЕЛК 60 %"
MAY = {"from": "2026-05-01", "to": "2026-05-31"}


def test_one_sentence_fills_in_several_facts_at_once(talk: Talk) -> None:
    talk.says(SENTENCE).shows("Ето какво разбрах. Така ли е?", "възраст: 57", "село: Роман")
    talk.shows("работа в момента: Без работа", "кога свърши работата: 05.2026", "ТЕЛК: 60")
    assert talk.answers == {}
    talk.presses("Да, така е").shows("Отбелязах го.", "Въпрос")
    assert talk.answers == {
        "audience": "self",
        "working": "no",
        "job_ended_on": MAY,
        "age": 57,
        "disability_percent": 60,
        "settlement": "62997",
    }


def test_a_percentage_counts_only_with_consent(talk: Talk) -> None:
    talk.says(SENTENCE).shows("данна за здравето", "давате съгласие")
    talk.presses("Да, така е")
    [consent] = talk.conversation.consents
    assert (consent.version, consent.who) == (CONSENT_VERSION, "self")


def test_without_the_percentage_nobody_is_asked_to_consent(talk: Talk) -> None:
    talk.says(SENTENCE).presses("Без 4").hides("съгласие", "НЕЛК").presses("Да, така е")
    assert "disability_percent" not in talk.answers
    assert talk.conversation.consents == ()


def test_each_fact_can_be_left_out(talk: Talk) -> None:
    talk.says("на 57 съм, от Роман").presses("Без 1").shows("село: Роман")
    talk.presses("Да, така е")
    assert talk.answers == {"audience": "self", "settlement": "62997"}


def test_what_was_read_back_can_be_put_right_in_words(talk: Talk) -> None:
    talk.says("на 57 съм, от Роман").says("не, на 56 съм").shows("възраст: 56", "село: Роман")
    talk.says("да")
    assert talk.answers["age"] == 56


def test_a_no_keeps_nothing(talk: Talk) -> None:
    talk.says("на 57 съм, от Роман").says("не").shows("не съм отбелязал нищо", "За кого питате?")
    assert talk.answers == {}


def test_a_question_told_with_facts_is_answered_after_them(talk: Talk) -> None:
    talk.says("съкратиха ме вчера, до кога трябва да се регистрирам?").presses("Да, така е")
    assert talk.text.count("⏰ ПЪРВО СРОКЪТ") == 1
    talk.shows("ПЪРВО СРОКЪТ", "01.12.2026")
    assert talk.conversation.screen.name == "deadline"


def test_a_deadline_comes_before_everything(talk: Talk) -> None:
    talk.says("съкратиха ме вчера, на 40 съм").presses("Да, така е").shows("⏰ ПЪРВО СРОКЪТ")


def test_facts_about_somebody_close_are_about_them(talk: Talk) -> None:
    talk.says("синът ми е на 22 и не работи").presses("Да, така е").shows("последната работа?")
    assert talk.answers["audience"] == "relative"
    assert talk.answers["age"] == 22


def test_somebody_elses_facts_are_not_taken_in_a_talk_for_oneself(talk: Talk) -> None:
    talk.presses("За мен").says("мъжа ми е на 61").hides("61")
    assert "age" not in talk.answers


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("какво е чл. 36", "РАБОТА С ПОДКРЕПА ОТ ДЪРЖАВАТА (ЧЛ. 36)"),
        ("пари за път до работа", "ПАРИ ЗА ПЪТ ДО РАБОТА ИЛИ ИНТЕРВЮ"),
        ("искам курс", "Безплатен курс за професия или умения"),
        ("къде е бюрото", "град или село"),
        ("до кога трябва да се регистрирам", "7 работни дни"),
        ("искам да говоря с човек", "библиотекар"),
        ("какво пазите за мен", "Какво пазя"),
    ],
)
def test_questions_in_plain_words_are_answered(talk: Talk, words: str, seen: str) -> None:
    talk.says(words).shows(seen)


def test_suggestions_are_three_at_most_then_a_person(talk: Talk) -> None:
    talk.says("искам курс").shows("Може би питате за това", "Ако не е това, попитайте човек.")
    numbers = [label for label in talk.buttons if label.isdecimal()]
    assert 1 < len(numbers) <= 3
    assert "Питай човек" in talk.buttons
    talk.says("1").shows("Какво дава:")


@pytest.mark.parametrize("words", ["nazad", "НАЗАД!!", "върни ме назад"])
def test_back_in_any_letters(talk: Talk, words: str) -> None:
    talk.presses("За мен", "На работа").says(words).shows("Работите ли в момента?")


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered_and_takes_no_fact_by_itself(context: Context, text: str) -> None:
    talk = Talk(context).start().says(text)
    assert set(talk.answers) <= {"audience"}


@given(st.lists(st.sampled_from([*SENTENCE.split(), "и", "не", "ако", "мъж ми"]), max_size=14))
@settings(max_examples=150, deadline=None)
def test_torn_sentences_never_break_the_talk(context: Context, words: list[str]) -> None:
    talk = Talk(context).start().says(" ".join(words))
    if "Да, така е" in talk.buttons:
        talk.presses("Да, така е")
    assert talk.step.messages
