"""Ways in for those whom „работите ли“ does not fit at once."""

import pytest
from talk import Talk


@pytest.mark.parametrize(
    ("way", "working"),
    [("Друга работа", "yes"), ("Предизвестие", "leaving"), ("Учене", "student")],
)
def test_a_way_in_says_what_it_surely_says(talk: Talk, way: str, working: str) -> None:
    talk.presses("Друго положение", way).shows("Въпрос")
    assert talk.answers == {"audience": "self", "working": working}


@pytest.mark.parametrize(
    ("after", "working"),
    [
        ("Връщане на работа", "yes"),
        ("Договорът ще свърши", "leaving"),
        ("Вече няма договор", "no"),
    ],
)
def test_a_parent_on_leave_is_asked_about_the_contract(
    talk: Talk, after: str, working: str
) -> None:
    talk.says("свършва ми майчинството").shows("договора Ви за работа след отпуска")
    talk.presses(after)
    assert talk.answers["working"] == working


def test_whoever_comes_from_abroad_is_asked_about_that(talk: Talk) -> None:
    talk.presses("Друго положение", "Живот в чужбина").shows("в чужбина поне 12")
    talk.presses("Да").shows("Въпрос")
    assert talk.answers["abroad_12_of_18"] is True


def test_something_private_is_the_grouped_question_and_names_nothing(talk: Talk) -> None:
    talk.presses("Друго положение", "Нещо лично").shows("не е нужно да казвате кое")
    talk.presses("Да, без да уточня")
    assert talk.answers["served_sentence"] == {"declined": True}
    assert talk.answers["protection_status"] == {"declined": True}


def test_it_is_offered_beside_the_question_too(talk: Talk) -> None:
    talk.presses("За близък човек", "Друго положение", "Отпуск за дете").shows(
        "договора за работа"
    ).hides("договора Ви")
    talk.presses("← Назад", "← Назад").shows("Работи ли близкият")


def test_under_notice_the_warning_comes_first(talk: Talk) -> None:
    talk.presses("Друго положение", "Предизвестие").shows("⏰ ПРЕДИ ПОДПИСА")
