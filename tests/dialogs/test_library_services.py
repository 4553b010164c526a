"""What the library may help with, from the places and from a card that is online only."""

from talk import Talk

from dialogs.flows.library_services import fitting
from dialogs.turn import Turn


def test_the_places_lead_to_what_the_library_does(talk: Talk):
    talk.presses("За мен", "На работа").says("Враца", "/places").presses("Помощ в библиотеката")
    talk.shows("С какво може да помогне библиотеката", "Обадете се предварително.", "Източник:")
    talk.shows("Регионална библиотека „Христо Ботев“", "092 626 170")
    talk.presses("← Назад").shows("Места за гр. Враца")


def test_without_a_place_the_services_are_named_all_the_same(talk: Talk):
    talk.presses("За мен").does(talk.press_of("Меню").model_copy(update={"action": "go:services"}))
    talk.shows("С какво може да помогне библиотеката").hides("Адрес:")


def test_every_service_has_words_a_source_and_a_place_on_one_screen(talk: Talk):
    turn = Turn(talk.conversation, talk.context)
    assert fitting(turn) == tuple(turn.knowledge.services.values())
