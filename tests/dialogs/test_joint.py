"""Questions for several facts at once: one press answers all, typed words the first or its date."""

import datetime as dt

import pytest
from talk import Talk
from test_golden_talks import ANYBODY

from dialogs.model import Pressed
from knowledge.base import KnowledgeBase
from knowledge.facts import Known, Profile


@pytest.fixture
def asked(talk: Talk) -> Talk:
    talk.presses("За мен").is_interviewed_up_to("registered", **ANYBODY)
    return talk.shows("Ако имате, откога е, без прекъсване?")


def told(talk: Talk) -> dict[str, object]:
    names = ("registered", "registered_on", "struck_off")
    return {name: talk.answers[name] for name in names if name in talk.answers}


THREE_TO_SIX = {"from": "2026-05-24", "to": "2026-08-23"}


@pytest.mark.parametrize(
    ("button", "answers"),
    [
        ("Не", {"registered": False, "struck_off": False}),
        ("Не, прекратиха я", {"registered": False, "struck_off": True}),
        ("Да, 3–6 месеца", {"registered": True, "registered_on": THREE_TO_SIX}),
        ("Не знам", {"registered": None}),
        ("Не искам да кажа", {"registered": {"declined": True}}),
    ],
)
def test_one_press_says_all_that_stands_on_the_button(
    asked: Talk, button: str, answers: dict[str, object]
) -> None:
    assert told(asked.presses(button)) == answers


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        ("да", {"registered": True}),
        ("не", {"registered": False, "struck_off": False}),  # as the button says
        ("нямам", {"registered": False}),
        ("4", {"registered": True, "registered_on": THREE_TO_SIX}),
        ("10.03.2026", {"registered": True, "registered_on": "2026-03-10"}),
        ("99", {}),
    ],
)
def test_typed_words_say_no_more_than_they_say(
    asked: Talk, typed: str, answers: dict[str, object]
) -> None:
    assert told(asked.says(typed)) == answers


def test_what_a_yes_leaves_open_is_asked_alone(talk: Talk) -> None:
    talk.presses("За мен").is_interviewed_up_to("registered_on", **ANYBODY)
    assert talk.answers["registered"] is True
    talk.shows("От колко време е регистрацията Ви").presses("От 3 до 6 месеца")
    assert told(talk) == {"registered": True, "registered_on": THREE_TO_SIX}


def test_an_old_choice_changes_nothing_and_offers_to(asked: Talk) -> None:
    old = asked.press_of("Не")
    before = asked.presses("Да, 3–6 месеца").answers
    asked.does(Pressed(serial=old.serial, action=old.action))
    asked.shows("Вече отговорихте: Да. Да го сменим ли?")
    assert asked.answers == before


def test_back_opens_the_whole_question_again(asked: Talk) -> None:
    asked.presses("Да, 3–6 месеца", "← Назад").shows("Ако имате, откога е, без прекъсване?")
    assert told(asked.presses("Не, прекратиха я"))["struck_off"] is True


def test_whatever_a_choice_says_counts(knowledge: KnowledgeBase) -> None:
    on = dt.date(2026, 11, 23)
    for question in knowledge.joint_questions.values():
        for choice in question.choices:
            profile = Profile(dict(choice.said(knowledge.facts, on)))
            counted = knowledge.facts.counting({**profile.known, "working": "no"})
            said = {f: a.value for f, a in profile.answers.items() if isinstance(a, Known)}
            assert said.items() <= counted.items(), (question.id, choice.label.bg)
