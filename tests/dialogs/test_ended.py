"""What has ended is said to have ended: since when, and what takes its place."""

import pytest
from talk import Talk


@pytest.mark.parametrize("words", ["чл. 55а", "още ли има чл. 55а", "член 55а"])
def test_an_ended_measure_is_named_with_its_end_and_what_came_instead(talk: Talk, words: str):
    talk.says(words).shows("Вече не действа. Краят е: 01.01.2024.", "Днес вместо това")
    talk.shows("1. Работа с подкрепа за хора в неравностойно положение", "Източник:")
    talk.presses("1").shows("РАБОТА С ПОДКРЕПА").presses("← Назад").shows("Вече не действа")


def test_a_question_about_the_past_does_not_lose_the_place_in_the_interview(talk: Talk):
    talk.presses("За мен").says("чл. 55а").shows("Вече не действа")
    talk.presses("← Назад").shows("Работите ли в момента?")


def test_what_never_was_is_not_understood(talk: Talk):
    talk.says("чл. 999а").hides("Вече не действа").shows("Не Ви разбрах")
