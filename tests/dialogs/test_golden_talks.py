"""Whole talks of the people this is for: what they answer, and what they see."""

from collections.abc import Callable

import pytest
from talk import Talk

ANYBODY = {
    "working": "Без работа",
    "job_ended_on": "Преди над 3 години",
    "settlement": "Враца",
    "registered": "Да",
    "registered_on": "От 3 до 6 месеца",
    "age": "40",
    "education": "Средно",
    "has_trade": "Да",
    "trade_obtained_on": "Преди над 2 години",
    "experience_in_trade": "Да",
    "job_end_ground": "Съкращение",
    "receiving_benefit": "Не",
    "struck_off": "Не",
    "own_business": "Не",
    "abroad_12_of_18": "Не",
    "insured_12_of_18": "Не",
    "previous_benefit_ended_on": "Не е имало",
    "youngest_child_age": "Няма дете под 18",
    "lone_or_large_family": "Не",
    "consent": "Няма такова решение",
    "disability_percent": "Няма решение от ТЕЛК",
    "any_of": "Не, нито едно",
}
"""Somebody whom none of the special measures is for."""
FITS, LIKELY, OPEN = "✅ Подходящи за Вас", "🟢 Вероятно подходящи", "❔ Още не се знае"
SUPPORTED = "Работа с подкрепа от държавата (чл. 36)"
STATE_AID = "Наемане с държавна помощ"
BENEFIT = "Обезщетение за безработица"
CHILDMINDER = "„Родители в заетост“ – платен детегледач"
LONG_SEARCH = "Работа и обучение при дълга безработица"
YOUTH = "„Младежка заетост+“"
REGISTRATION = "Регистрация в бюрото по труда"


def seen(talk: Talk, heading: str) -> list[str]:
    """Return the titles under a heading of the results."""
    lines = talk.section(heading).splitlines()[1:]
    return [line.partition(". ")[2] for line in lines]


def finished(talk: Talk, **replies: str) -> Talk:
    return (
        talk.presses("За мен").is_interviewed(**{**ANYBODY, **replies}).shows("Ето какво намерих")
    )


def likely(talk: Talk, **replies: str) -> list[str]:
    return seen(finished(talk, **replies), LIKELY)


def has(titles: list[str], title: str) -> bool:
    return any(found.startswith(title) for found in titles)


def test_somebody_with_no_special_ground_is_offered_what_everybody_is(talk: Talk) -> None:
    found = likely(talk)
    assert "Помощ от трудов посредник във всяко бюро" in seen(talk, FITS)
    assert "Безплатен курс за професия или умения" in found
    assert not has(found, SUPPORTED)
    assert not has(found, STATE_AID)


def test_youth_of_22_without_a_trade(talk: Talk) -> None:
    found = likely(talk, age="22", has_trade="Не", job_ended_on="Няма предишна работа")
    assert {YOUTH, "„Младежки практики“", SUPPORTED} <= set(found)
    assert has(found, STATE_AID)
    assert not has(found, BENEFIT)
    talk.opens(YOUTH).shows("„МЛАДЕЖКА ЗАЕТОСТ+“", "Какво да направите:", "Източник:")
    talk.presses("← Назад").shows("Ето какво намерих")


def test_45_and_registered_for_14_months(talk: Talk) -> None:
    found = likely(talk, age="45", registered_on="14 месеца")
    assert {LONG_SEARCH, SUPPORTED} <= set(found)
    assert has(found, STATE_AID)
    assert not has(found, YOUTH)


def test_14_months_are_read_back(talk: Talk) -> None:
    talk.presses("За мен").is_interviewed_up_to("registered_on", **ANYBODY)
    talk.says("14 месеца").shows("Отбелязах: около 09.2025.")


def test_52_year_old(talk: Talk) -> None:
    found = likely(talk, age="52")
    assert has(found, STATE_AID)
    assert not has(found, SUPPORTED)


def test_57_year_old_from_roman(talk: Talk) -> None:
    found = likely(talk, age="петдесет и седем", settlement="Роман")
    assert SUPPORTED in found
    assert has(found, STATE_AID)
    assert not has(found, "„Помощ за пенсиониране“")
    talk.presses("Бюро и библиотека").shows(
        "гр. Роман (община Роман, област Враца)", "Бюрото за регистрация:"
    )
    talk.presses("← Назад").shows("Ето какво намерих")


def test_60_percent(talk: Talk) -> None:
    found = likely(talk, consent="Съгласие, от 50 %")
    assert "Програма за работа на хора с увреждания" in found
    assert "Трудов посредник за хора с увреждания" in found
    assert "Наемане на хора с увреждания (до 75 %)" in found
    assert SUPPORTED in found


def test_declining_the_percentage_leaves_its_measures_open(talk: Talk) -> None:
    found = finished(talk, consent="Не искам да кажа")
    titles = seen(found, OPEN)
    assert has(titles, "Трудов посредник за хора с увреждания")
    assert "Липсва отговор: процент от ТЕЛК" in found.section(OPEN)
    assert found.answers["disability_percent"] == {"declined": True}
    assert found.conversation.consents == ()


def test_what_is_missing_is_said_once_for_all_that_wait_for_it(talk: Talk) -> None:
    found = finished(talk, registered="Не знам", age="34", consent="Не искам да кажа")
    open_ = found.section(OPEN)
    alone = [
        line for line in open_.splitlines() if line.endswith(": регистрация в бюрото по труда")
    ]
    assert len(alone) <= 2  # once on each page
    said = [line for line in open_.splitlines() if line.startswith("Липсва отговор: ")]
    assert len(set(said)) > 1
    numbers = [line.partition(".")[0] for line in open_.splitlines() if line[0].isdecimal()]
    assert len(numbers) > len(said)
    title = next(line for line in open_.splitlines() if line.startswith(f"{numbers[-1]}. "))
    found.opens(title.partition(". ")[2]).shows(title.partition(". ")[2].upper(), "Още не се знае.")


def test_mother_of_a_two_year_old(talk: Talk) -> None:
    found = likely(talk, age="31", youngest_child_age="на 2 годинки")
    assert {CHILDMINDER, SUPPORTED} <= set(found)


def test_mother_of_an_eight_month_old(talk: Talk) -> None:
    found = likely(talk, age="31", youngest_child_age="8 месеца")
    assert {CHILDMINDER, SUPPORTED} <= set(found)
    assert talk.answers["youngest_child_age"] == 0


def test_lone_parent_of_a_seven_year_old(talk: Talk) -> None:
    assert CHILDMINDER in likely(talk, youngest_child_age="7", any_of="2")


def test_two_parents_of_a_seven_year_old(talk: Talk) -> None:
    assert CHILDMINDER not in likely(talk, youngest_child_age="7")


def test_somebody_in_a_remote_village(talk: Talk) -> None:
    talk.presses("За мен").is_interviewed(**{**ANYBODY, "settlement": "Долна Кремена"})
    talk.presses("Бюро и библиотека")
    talk.shows("с. Долна Кремена (община Мездра, област Враца)", "Най-близката библиотека")
    talk.shows("по права линия", "За съвет и обяви може във всяко бюро по труда.")


def test_a_name_that_many_villages_have(talk: Talk) -> None:
    talk.presses("За мен", "На работа").says("Абланица").shows("Кое от тях?")
    assert talk.screen.text.count("с. Абланица (община") > 1
    talk.opens("с. Абланица (община Велинград, област Пазарджик)").shows("Добре: с. Абланица")


def test_employed_person_who_wants_a_change(talk: Talk) -> None:
    found = likely(talk, working="работя", registered="Не")
    assert {REGISTRATION, "EURES – работа в Европа"} <= set(found)
    assert not has(found, SUPPORTED)
    talk.shows("⏸ Засега не").presses("Засега не – защо?").shows("Засега не – и защо", "Иска се:")


def test_somebody_about_to_sign_a_mutual_consent(talk: Talk) -> None:
    talk.presses("За мен", "Скоро без работа")
    talk.shows(
        "⏰ ПРЕДИ ПОДПИСА", "„Взаимно съгласие“", "само за 4 месеца", "Не подписвайте набързо"
    )
    talk.shows("Източник: КСО, чл. 54а")
    assert talk.text.index("ПРЕДИ ПОДПИСА") < talk.text.index("Въпрос")


# Written by hand. The job ended on Friday, 18 December 2026. Working days after it: 21, 22, 23
# December; 24 and 25 are Christmas, 26 is Christmas on a Saturday and so 28 is off in its place;
# 29, 30, 31; 1 January is New Year; 2 and 3 are a weekend; Monday, 4 January, is the seventh.
def test_job_ended_three_days_ago_before_christmas(talk_on: Callable[..., Talk]) -> None:
    talk = talk_on(2026, 12, 21).presses("За мен", "Без работа").says("преди 3 дни")
    talk.shows("⏰ ПЪРВО СРОКЪТ", "Работата е свършила на 18.12.2026.")
    talk.shows("най-късно на 04.01.2027", "най-късно на 18.03.2027", "Източник:")
    unregistered = {**ANYBODY, "registered": "Не"}
    talk.is_interviewed(**unregistered).presses("Срокове").shows("04.01.2027")


# 2 November 2026 is a Monday; 3, 4, 5, 6, 9, 10, 11 are the seven working days.
def test_job_ended_twenty_days_ago(talk_on: Callable[..., Talk]) -> None:
    talk = talk_on(2026, 11, 22).presses("За мен", "Без работа").says("2.11.2026 г.")
    talk.shows("Седемте работни дни изтекоха на 11.11.2026", "Регистрацията помага и сега")
    talk.shows("най-късно на 02.02.2027")
    found = talk.is_interviewed(**{**ANYBODY, "registered": "Не", "insured_12_of_18": "Да"})
    found.shows("🔑 След регистрация в бюрото по труда", "⏸ Засега не")
    assert REGISTRATION in {*seen(found, LIKELY)}


def test_the_last_day_of_the_deadline_still_counts(talk_on: Callable[..., Talk]) -> None:
    talk = talk_on(2026, 11, 11).presses("За мен", "Без работа").says("2.11.2026")
    talk.shows("най-късно на 11.11.2026")


def test_only_the_month_of_the_end_is_known(talk: Talk) -> None:
    talk.presses("За мен", "Без работа").says("ноември").shows("важен точният ден", "Кога свърши")
    talk.presses("Не знам").shows("Отбелязах: 11.2026.", "до 7 работни дни")
    talk.hides("изтекоха")
    assert talk.asked == "settlement"


def test_long_ago_has_no_deadline(talk: Talk) -> None:
    talk.presses("За мен", "Без работа", "Преди над 3 години").hides("СРОКЪТ")


def test_for_a_relative(talk: Talk) -> None:
    talk.presses("За близък човек").shows("Работи ли близкият Ви човек в момента?")
    talk.is_interviewed(**{**ANYBODY, "youngest_child_age": "2"})
    talk.shows("✅ Подходящи за близкия Ви човек").hides("за Вас")
    talk.presses("1").shows("За близкия Ви човек:", "Където пише „Вие“, става дума за близкия")


@pytest.mark.parametrize("word", ["Търся работници", "работодател"])
def test_an_employer(talk: Talk, word: str) -> None:
    """A firm says first whom it would hire, and reads a card of its own."""
    talk.says(word).shows("Кого бихте наели?")
    talk.presses("Бюро и библиотека").shows("фирмата Ви").hides("Въпрос")
    talk.says("Враца").shows("Места за гр. Враца", "Бюро по труда за общината").hides("Въпрос")
    talk.presses("← Назад", "Всички мерки")
    talk.opens("Първите пет работни места в много малка фирма").shows("Как се иска:")
    talk.hides("Написано е за човека, който търси работа.", "Какво да направите:")
    talk.presses("Резултати").shows("Кого бихте наели?")


def test_to_a_firm_a_card_for_job_seekers_says_whom_it_speaks_to(talk: Talk) -> None:
    talk.presses("Търся работници", "Хора с увреждане").opens("Квота за хора с трайни увреждания")
    talk.hides("„Вие“ е той")
    talk.does(talk.press_of("Меню").model_copy(update={"action": "card:eures"}))
    talk.shows("„Вие“ е той")


def test_an_employer_is_never_interviewed(talk: Talk) -> None:
    talk.presses("Търся работници", "Меню", "Продължи въпросите").shows("Кого бихте наели?")
    talk.presses("Бюро и библиотека", "Не знам").shows("кажете в кой град или село")


def test_protection_status_by_the_grouped_question(talk: Talk) -> None:
    talk.presses("За мен").is_interviewed_up_to("any_of", **ANYBODY)
    (line,) = [line for line in talk.text.splitlines() if "временна закрила" in line]
    talk.presses(line.partition(".")[0]).shows("☑", "Готово").presses("Готово")
    talk.shows("Ето какво намерих")
    assert "Работа и бюро по труда при статут на закрила" in seen(talk, LIKELY)
    assert talk.answers["served_sentence"] is False


def test_in_english(talk: Talk) -> None:
    talk.presses("🌐 Език · Language", "English").shows(
        "Hello, I am Posoka", "Who are you asking for?"
    )
    talk.presses("For me").says("unemployed").says("November 20, 2026")
    talk.shows("FIRST, THE DEADLINE", "01.12.2026 at the latest").says("Vratsa").shows("town of")
    talk.says("yes").shows("How old are you?").says("fifty-seven").shows("Noted: 57.")
    talk.presses("Results").shows("This is what I found", "A free course for a trade or skills")


def test_from_a_shared_location(talk: Talk) -> None:
    talk.presses("За мен", "На работа").shares(43.21, 23.55).shows(
        "Най-близо до Вас", "Там ли е адресът"
    )
    talk.presses("Да, там").shows("Добре: гр. Враца")
    assert talk.asked in ("registered", "age")
