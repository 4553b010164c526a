"""What the library may help with, from the places and from a card that is online only."""

from talk import Talk

from dialogs.flows.library_services import fitting
from dialogs.turn import Turn


def test_the_places_lead_to_what_the_library_does(talk: Talk):
    talk.presses("За мен", "На работа").says("Враца", "/places").presses("Помощ в библиотеката")
    talk.shows("С какво може да помогне библиотеката", "Обадете се предварително.", "Източник:")
    talk.shows("Регионална библиотека „Христо Ботев“", "092 626 170")
    talk.presses("← Назад").shows("Места за гр. Враца")


def test_what_is_known_of_the_nearest_library_is_said_with_its_year(talk: Talk):
    talk.presses("За мен", "На работа").says("Враца", "/places").presses("Помощ в библиотеката")
    talk.shows("Има го в Регионална библиотека „Христо Ботев“, по данни от 2021 г. Уточнете там.")
    talk.says("/places").presses("Друго място").says("Роман", "/places")
    talk.presses("Помощ в библиотеката").hides("Има го в")


def test_without_a_place_the_services_are_named_all_the_same(talk: Talk):
    talk.presses("За мен").does(talk.press_of("Меню").model_copy(update={"action": "go:services"}))
    talk.shows("С какво може да помогне библиотеката").hides("Адрес:")


def test_from_a_card_that_is_online_only_the_help_with_forms_comes_first(talk: Talk):
    press = talk.presses("За мен").press_of("Меню")
    talk.does(press.model_copy(update={"action": "card:eu-digital-vouchers"}))
    talk.shows("Подава се само по интернет.").presses("Помощ в библиотеката")
    named = talk.text.index("Подаване на заявление по интернет")
    assert named < talk.text.index("Търсене на обяви за работа")


def test_help_with_a_form_asks_for_nobodys_password(talk: Talk):
    talk.presses("За мен").does(talk.press_of("Меню").model_copy(update={"action": "go:services"}))
    talk.shows("Не давайте на никого своя ПИК, КЕП или парола.")


def test_an_employer_is_not_sent_to_write_a_cv(talk: Talk):
    talk.presses("Търся работници")
    talk.does(talk.press_of("Меню").model_copy(update={"action": "go:services"}))
    talk.shows("Компютър и интернет").hides("Автобиография")


def test_every_service_has_words_a_source_and_a_place_on_one_screen(talk: Talk):
    turn = Turn(talk.conversation, talk.context)
    assert fitting(turn) == tuple(turn.knowledge.services.values())
