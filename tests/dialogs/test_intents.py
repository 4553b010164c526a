"""„Има ли работа?“ and offers that ask for money: heard in free words, answered truly."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML
from talk import Talk
from test_ended import ALIVE_ARTICLES
from test_librarian import VRATSA_TOWN

from dialogs.flows import job_search, scam
from dialogs.model import Conversation
from dialogs.phrases import heard_in
from dialogs.turn import Context
from knowledge.base import KnowledgeBase

SAID = YAML(typ="safe").load(Path(__file__).parent / "data" / "intents.yaml")
LEAST = 0.95


def test_the_intents_are_heard_and_nothing_else_is() -> None:
    meant = [(kind, text) for kind in ("job_search", "scam") for text in SAID[kind]]
    missed = [text for kind, text in meant if kind not in heard_in(text, "intents")]
    false = [text for text in [*SAID["none"], *ALIVE_ARTICLES] if heard_in(text, "intents")]
    both = [text for _, text in meant if len(heard_in(text, "intents")) > 1]
    print(f"heard {len(meant) - len(missed)}/{len(meant)}, false {len(false)}")  # noqa: T201
    assert false == []
    assert len(missed) <= (1 - LEAST) * len(meant), missed
    # An offer that asks for money is a scam first, whatever else is said.
    assert all(text in SAID["scam"] for text in both), both


# -- where the jobs are ------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Има ли работа?", "търся работа", "обяви", "ima li rabota"])
def test_who_asks_for_a_job_is_told_where_they_are(talk: Talk, text: str) -> None:
    talk.says(text).shows("Аз нямам обяви за работа.", "www.az.government.bg", "EURES", "Източник")
    talk.shows("Бюрото по труда", "Трудови борси", "Библиотеката")
    assert "Кажи град или село" in talk.buttons


def test_the_place_is_asked_for_and_leads_back(talk: Talk) -> None:
    talk.says("има ли работа").presses("Кажи град или село").shows("В кой град или село")
    talk.hides("Въпрос").says("Враца").shows("Аз нямам обяви", "Бюрото за регистрация:")
    assert "Кажи град или село" not in talk.buttons
    talk.says("назад").shows("За кого питате?")


def test_a_known_place_has_its_bureau(context: Context) -> None:
    talk = Talk(context, Conversation(answers={"settlement": VRATSA_TOWN}))
    talk.says("има ли работа").shows("Бюрото за регистрация:", "Враца")


def test_the_cards_and_the_library_are_one_tap_away(talk: Talk) -> None:
    talk.says("има ли работа").opens("EURES – работа в Европа").shows("EURES", "Какво дава")
    talk.says("назад").presses("Помощ в библиотеката").shows("С какво може да помогне")


def test_an_answer_stays_an_answer(talk: Talk) -> None:
    talk.presses("За мен").says("имам работа").shows("Отбелязах: На работа.")


def test_in_the_middle_of_the_questions_back_leads_back(talk: Talk) -> None:
    talk.presses("За мен").says("търся работа").shows("Аз нямам обяви").says("назад")
    talk.shows("Работите ли")


def test_every_channel_names_a_card_that_is_there(knowledge: KnowledgeBase) -> None:
    cards = [channel.measure for channel in knowledge.job_search.values() if channel.measure]
    assert cards
    assert set(cards) <= set(knowledge.measures)
    assert job_search.SCREENS.keys() == {"job_search"}


# -- false offers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "работа в чужбина, искат такса",
        "искат пари предварително",
        "искат ми личната карта",
        "обещават 3000 евро без опит",
        "iskat taksa za rabota",
    ],
)
def test_an_offer_that_asks_for_money_has_its_signs(talk: Talk, text: str) -> None:
    talk.presses("За мен").says(text)
    talk.shows("Три знака:", "Къде да проверите:", "На кого да кажете:", "чл. 28", "Източник")
    assert {"Библиотекар", "← Назад", "Меню"} <= set(talk.buttons)
    talk.says("назад").shows("Работите ли")


def test_there_are_three_signs_and_somewhere_to_check(knowledge: KnowledgeBase) -> None:
    parts = [advice.part for advice in knowledge.job_scams.values()]
    assert parts.count("sign") == 3
    assert {"check", "report"} <= set(parts)
    assert scam.SCREENS.keys() == {"scam"}


def test_nobody_is_shamed(knowledge: KnowledgeBase) -> None:
    said = " ".join(advice.text.bg.lower() for advice in knowledge.job_scams.values())
    assert not [word for word in ("глупав", "наив", "трябваше", "вина", "грешка") if word in said]


@pytest.mark.parametrize("who", ["self", "relative", "employer"])
@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_screens_speak_to_everybody(context: Context, who: str, language: str) -> None:
    raw = {"answers": {"audience": who}, "language": language}
    for text in ("има ли работа", "искат пари предварително", "нямам какво да ям"):
        talk = Talk(context, Conversation.model_validate(raw)).says(text)
        assert "None" not in talk.text
        assert len(talk.text) < 4096
