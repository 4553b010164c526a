"""Who says it: two sources whole and the rest in a line, all of them one tap away."""

import re

import pytest
from talk import Talk

MANY = "kso-54a-unemployment-benefit"
FEW = "eures"
DAY = r"\d\d\.\d\d\.\d{4}"


def card(talk: Talk, measure: str) -> Talk:
    press = talk.presses("За мен").press_of("Меню")
    return talk.does(press.model_copy(update={"action": f"card:{measure}"}))


def test_a_card_names_every_source_and_the_day_it_was_read(talk: Talk) -> None:
    sources = card(talk, MANY).context.knowledge
    below = talk.text.partition("Основание: ")[2]
    assert len(re.findall(rf"Източник: .+, проверено на {DAY}\nhttps?://", below)) == 2
    assert re.search(rf"Още източници: .+ – проверени на {DAY}", below)
    for name in sources.measures[MANY].sources:
        assert sources.sources[name].host in below, name


def test_every_source_stands_whole_behind_the_button(talk: Talk) -> None:
    knowledge = card(talk, MANY).context.knowledge
    talk.presses("Всички източници").shows("Всички източници:").hides("Още източници")
    for name in knowledge.measures[MANY].sources:
        talk.shows(knowledge.sources[name].title.bg, knowledge.sources[name].address)
    talk.presses("← Назад").shows("ОБЕЗЩЕТЕНИЕ ЗА БЕЗРАБОТИЦА")


def test_few_sources_stand_whole_and_need_no_button(talk: Talk) -> None:
    card(talk, FEW).shows("Източник:").hides("Още източници")
    assert "Всички източници" not in talk.buttons


@pytest.mark.parametrize(("screen", "shown"), [("scam", "Три знака:"), ("job_search", "EURES")])
def test_what_is_no_card_leads_to_its_sources_too(talk: Talk, screen: str, shown: str) -> None:
    press = talk.presses("За мен").press_of("Меню")
    talk.does(press.model_copy(update={"action": f"go:{screen}"})).shows(shown, "Още източници:")
    short = talk.text.count("http")
    assert talk.presses("Всички източници").text.count("http") > short
    talk.presses("← Назад").shows(shown)


def test_an_old_button_where_nothing_has_sources_says_so(talk: Talk) -> None:
    press = talk.presses("За мен").press_of("Меню")
    talk.does(press.model_copy(update={"action": "go:sources"})).shows("Тук няма източници")
