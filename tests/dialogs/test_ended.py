"""What has ended is said to have ended: since when, and what takes its place."""

import datetime as dt
import re

import pytest
from talk import Talk

from knowledge.archive import Archive
from knowledge.base import KnowledgeBase
from knowledge.texts import LANGUAGES

REPEALED, OF_2012 = 11, 25
"""How many of each the research of 2026-11-22 found."""
DAY_MONTH_YEAR = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")

EVERYDAY = """
    работа
    търся работа
    търся си работа в Монтана
    искам отново на работа
    искам да се върна отново на работа след майчинство
    мога ли отново на работа при същия работодател
    на път съм
    на път съм за бюрото по труда
    имам пари на път
    искам пари за път до работа
    искам обучение
    искам курс
    искам да се развивам
    търся развитие
    нужно ми е развитие в професията
    имам нужда от помощ в дома
    гледам майка си у дома, трябва ми помощ в дома
    първа работа търся
    търся първа работа
    това ще е моята първа работа
    искам стаж
    стаж
    търся стаж за студенти
    програма за стаж
    стаж в общината
    имам 16 години стаж
    мога да работя всичко
    аз мога да готвя
    аз мога да работя и на две места
    аз мога повече от това
    искам работа по-близо до дома
    търся нещо по-близо до работата на мъжа ми
    по-близо до работа няма жилище
    търся ново начало
    това е ново начало за мен
    от социални помощи съм
    живея от социални помощи
    искам заетост
    заетост
    какво е заетост
    временна заетост
    непълна заетост
    солидарност между хората няма
    Европейски корпус за солидарност
    програма Развитие на човешките ресурси
    Програма за развитие на селските райони
    програма за работа
    проект за работа
    проект „Започвам работа“
    Родители в заетост
    Помощ за пенсиониране
    работа за младите хора
    работа за млади
    на 55 години съм
    на 53 съм
    над 50 години съм
    55
    41
    безработен съм над 12 месеца
    майка съм на дете на 4 години
    самотна майка съм
    самотен родител съм
    искам собствен бизнес
    имам бизнес план
    имам увреждане 50 процента
    живея на ул. Иван Вазов 53а
    блок 55 вход а
    библиотека
    къде е библиотеката
    помощ в библиотеката
    работа в Европа
    искам в Германия
    кога е денят на отворените врати
    подкрепа
    подкрепа за майки
    търся детегледачка
    работа в администрацията
    чиракуване
    зелени работни места
    I can
    I can work
    back to work
    I look for my first job
    I am on the way
    a new start
""".strip().splitlines()
"""What people say every day, one a line; none of it asks about the past."""

ALIVE_ARTICLES = """
    чл. 36
    чл. 42
    чл. 42, ал. 2
    чл. 43а
    чл. 43 а
    чл. 43б
    чл. 46а
    чл. 49
    чл. 50
    чл. 51
    чл. 55г
    чл. 55 г
    чл. 55д
    член 55д
    чл. 63
    чл. 66а
    чл. 43 ЗХУ
    чл. 40 ЗЗО
    чл. 52 от Кодекса на труда
    чл. 53а от КСО
    чл. 5
    чл. 4
""".strip().splitlines()


@pytest.fixture(scope="session")
def archive(knowledge: KnowledgeBase) -> Archive:
    return knowledge.archive


# -- the data ------------------------------------------------------------------------------------


def test_all_that_the_research_found_ended_is_there(archive: Archive):
    eras = [entry.era for entry in archive.entries]
    assert eras.count("repealed") == REPEALED
    assert eras.count("2012") == OF_2012


def test_each_ended_measure_is_found_by_each_of_its_names_and_titles(archive: Archive):
    for entry in archive.entries:
        titles = [entry.title.in_(language) for language in LANGUAGES]
        for name in (*entry.names, *entry.alone, *titles):
            for typed in (name, name.upper(), f"  {name}?"):
                assert entry in archive.named(typed), typed


def test_a_name_is_known_inside_a_sentence(archive: Archive):
    for entry in archive.entries:
        for name in entry.names:
            assert entry in archive.named(f"Има ли още {name} или няма"), name


def test_a_name_of_ordinary_words_is_known_only_in_quotes(archive: Archive):
    for entry in archive.entries:
        for name in entry.alone:
            assert entry in archive.named(f"има ли още „{name}“, моля"), name
            assert entry in archive.named(f'има ли още "{name}" моля'), name
            assert entry not in archive.named(f"има ли още {name}, моля"), name


@pytest.mark.parametrize("sentence", [line.strip() for line in EVERYDAY])
def test_an_everyday_sentence_names_nothing_that_ended(archive: Archive, sentence: str):
    assert [entry.id for entry in archive.named(sentence)] == []


def test_what_runs_today_is_never_taken_for_what_ended(knowledge: KnowledgeBase):
    for measure in knowledge.measures.values():
        for language in LANGUAGES:
            title = measure.title.in_(language)
            assert knowledge.archive.named(title) == (), title


@pytest.mark.parametrize("article", [line.strip() for line in ALIVE_ARTICLES])
def test_an_article_in_force_is_not_taken_for_its_neighbour(archive: Archive, article: str):
    assert archive.named(article) == ()
    assert archive.named(f"още ли действа {article}") == ()


def test_an_end_is_a_day_a_month_or_a_year_in_the_past(archive: Archive):
    for entry in archive.entries:
        if entry.ended:
            assert DAY_MONTH_YEAR.fullmatch(entry.ended), entry.id
            assert entry.ended < "2026", entry.id


def test_what_was_repealed_says_by_which_article(archive: Archive):
    for entry in archive.entries:
        assert entry.legal_basis, entry.id
        if entry.id.startswith("rep-"):
            assert entry.ended, entry.id


def test_what_takes_the_place_of_an_ended_measure_runs(knowledge: KnowledgeBase):
    today = dt.date(2026, 11, 23)
    for entry in knowledge.archive.entries:
        for name in entry.replaced_by:
            assert knowledge.measures[name].runs(today), f"{entry.id}: {name}"


# -- the talk ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["чл. 55а", "още ли има чл. 55а", "член 55а", "чл. 55 а"])
def test_an_ended_measure_is_named_with_its_end_and_what_came_instead(talk: Talk, words: str):
    talk.says(words).shows("Вече не действа. Краят е: 01.01.2024.", "Днес вместо това")
    talk.shows("1. Работа с подкрепа от държавата (чл. 36)", "Източник:")
    talk.presses("1").shows("РАБОТА С ПОДКРЕПА").presses("← Назад").shows("Вече не действа")


@pytest.mark.parametrize(
    ("words", "title", "since"),
    [
        ("чл. 53а", "САМОТНИ РОДИТЕЛИ", "Краят е: 01.01.2024."),
        ("чл. 41 има ли го още", "СТАЖУВАНЕ НА МЛАДЕЖИ", "Краят е: 01.01.2024."),
        ("чл. 53 още ли е в сила", "РОДИТЕЛИ С МАЛКИ ДЕЦА", "Краят е: 12.2015."),
        ("Отново на работа", "„ОТНОВО НА РАБОТА“", "Откога точно, не намерих."),
        ("още ли има „Отново на работа“", "„ОТНОВО НА РАБОТА“", "Откога точно, не намерих."),
        ("Развитие", "„РАЗВИТИЕ“", "Откога точно, не намерих."),
        ("Аз мога", "„АЗ МОГА“", "Откога точно, не намерих."),
        ("Първа работа", "„ПЪРВА РАБОТА“", "Краят е: 2014."),
        ("На път", "„НА ПЪТ“", "Краят е: 08.02.2013."),
        ("По-близо до работа", "„ПО-БЛИЗО ДО РАБОТА“", "Краят е: 31.10.2015."),
        ("има ли Заетост за теб", "„ЗАЕТОСТ ЗА ТЕБ“", "Краят е: 30.06.2023."),
        ("проект Солидарност", "„СОЛИДАРНОСТ“", "Откога точно, не намерих."),
        ("проект Работа", "„РАБОТА“", "Откога точно, не намерих."),
    ],
)
def test_what_people_remember_is_said_to_have_ended(talk: Talk, words: str, title: str, since: str):
    talk.says(words).shows(title, f"Вече не действа. {since}", "Днес вместо това", "Източник:")


def test_what_nothing_replaces_is_said_to_have_no_successor(talk: Talk):
    talk.says("чл. 42а").shows("Краят е: 12.2015.", "Не намерих какво точно я замества")


def test_every_ended_measure_says_its_end_or_that_none_was_found(
    talk: Talk, knowledge: KnowledgeBase
):
    for entry in knowledge.archive.entries:
        talk.says(entry.title.bg).shows(entry.title.bg.upper(), entry.was.bg)
        talk.shows("Краят е:" if entry.ended else "Откога точно, не намерих.")


def test_the_old_rules_of_a_living_article_say_that_it_lives(talk: Talk, knowledge: KnowledgeBase):
    today = knowledge.measures["znz-50-micro-first5"].title.bg
    talk.says("чл. 50 преди 2015").shows("Чл. 50 действа и днес.", f"1. {today}")
    talk.presses("1").shows(today.upper())


def test_two_ended_measures_in_one_sentence_are_told_together(talk: Talk):
    talk.says("програма Аз мога и схема Развитие")
    talk.shows("„АЗ МОГА“", "„РАЗВИТИЕ“")


def test_a_question_about_the_past_does_not_lose_the_place_in_the_interview(talk: Talk):
    talk.presses("За мен").says("чл. 55а").shows("Вече не действа")
    talk.presses("← Назад").shows("Работите ли в момента?")


def test_an_everyday_wish_is_not_answered_with_the_past(talk: Talk):
    for words in ("на път съм", "искам отново на работа", "имам нужда от помощ в дома"):
        talk.says(words).hides("Вече не действа")


def test_what_never_was_is_not_understood(talk: Talk):
    talk.says("чл. 999а").hides("Вече не действа").shows("Не Ви разбрах")


@pytest.mark.parametrize(
    "text",
    [
        "чл. 52 от закона за хората с увреждания",
        "чл. 53 от закона за социалното подпомагане",
        "чл. 41 от Закона за чужденците",
        "чл. 41 ЗУБ",
        "чл. 53 ЗДДФЛ",
        "чл. 52 от ЗЗДискр",
        "чл. 41 от наредба 5",
        "чл. 41 от конституцията",
        "чл. 52 от ППЗНЗ",
        "чл. 41 от правилника",
        "какво е чл. 41 КТ",
    ],
)
def test_an_article_of_another_act_has_not_ended(knowledge: KnowledgeBase, text: str):
    assert knowledge.archive.named(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "чл. 53а",
        "ЧЛ. 53А",
        "КАКВО СТАВА С ЧЛ. 53А",
        "чл. 53a",
        "art. 53a",
        "article 53a",
        "чл. 53а ЗНЗ",
        "чл. 53а от Закона за насърчаване на заетостта",
    ],
)
def test_an_article_of_the_employment_act_is_known_however_it_is_cited(
    knowledge: KnowledgeBase, text: str
):
    assert [one.id for one in knowledge.archive.named(text)] == ["rep-znz-53a-lone-parents"]


def test_a_programme_is_known_whatever_act_is_named_beside_it(knowledge: KnowledgeBase):
    found = knowledge.archive.named("по кой закон беше схема „Развитие“")
    assert [one.id for one in found] == ["h2012-razvitie"]
