"""A question on its way to a librarian: what is one, how much of it goes, and the way back."""

from dataclasses import replace

import pytest
from test_librarian import HAND_OVER, JOBLESS, MONDAY, VRATSA, VRATSA_TOWN, Asker, desk
from test_librarian import context as standing

from dialogs.flows import places
from dialogs.flows.card_shown import LONGEST_QUESTION, shown
from dialogs.flows.handoff import LONGEST
from dialogs.model import Conversation
from dialogs.turn import Context, Turn
from knowledge.field_sources import FieldSource
from knowledge.places import Directory
from knowledge.texts import LANGUAGES


def asking(**answers: object) -> Asker:
    talk = Asker(desk(VRATSA), answers=JOBLESS | answers)
    talk.says("/librarian").presses(talk.buttons[0])
    assert talk.at == "case_question"
    return talk


# -- what is a question ------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["бюро", "помощ", "документи", "резултати", "данни", "защо"])
def test_a_plain_word_is_a_question_whatever_it_means_elsewhere(word: str):
    talk = asking().says(word)
    assert (talk.at, talk.conversation.draft.question) == ("case_card", word)
    talk.says("назад")
    assert talk.at == "case_question"
    talk.says("назад")
    assert talk.at == "librarian"


@pytest.mark.parametrize("word", ["назад", "меню", "бот", "отказ", "изтрий", "стоп", "/help"])
def test_words_for_the_bot_and_commands_leave_the_question(word: str):
    talk = asking().says(word)
    assert talk.at != "case_card"
    assert not talk.conversation.draft.question
    if word != "/help":
        assert talk.at != "case_question"


@pytest.mark.parametrize(
    ("language", "word"), [("en", "cancel"), ("tr", "vazgeç"), ("uk", "скасувати")]
)
def test_a_question_can_be_let_go_of_in_every_language(language: str, word: str):
    talk = asking()
    talk.conversation = talk.conversation.model_copy(update={"language": language})
    assert talk.says(word).at == "librarian"


# -- how much of it goes -----------------------------------------------------------------------


def test_a_question_that_was_cut_says_so_to_the_desk():
    talk = asking().says("ж" * 5280)
    talk.shows("Оставих първите").presses(HAND_OVER)
    [said] = talk.reached
    assert said.text == "ж" * LONGEST + " …"
    whole = asking().says("ж" * LONGEST).presses(HAND_OVER)
    assert [one.text for one in whole.reached] == ["ж" * LONGEST]


def test_the_card_shows_the_beginning_of_a_long_question():
    talk = asking().says("Къде? " * 100).presses(HAND_OVER)
    assert talk.conversation.case
    card = shown(talk.conversation.case.card, talk.context)
    assert len(card.question) <= LONGEST_QUESTION
    assert card.question.endswith("…")
    short = shown(talk.conversation.case.card.model_copy(update={"question": "Къде?"}), standing())
    assert short.question == "Къде?"


def test_where_nothing_is_passed_on_no_line_can_be_taken_out():
    talk = Asker(desk(VRATSA)).start().says("/librarian")
    talk.presses(talk.buttons[0]).says("Къде?")
    talk.shows("Нищо – само въпросът Ви.", "Името Ви не се предава").hides("Натиснете номера")
    asking().says("Къде?").shows("Натиснете номера на ред")


# -- the way back ------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["бот", "to-bot"])
def test_from_a_talk_that_was_opened_again_the_bot_goes_on_with_the_interview(way: str):
    talk = Asker(desk(VRATSA), answers=JOBLESS).start().presses("Продължи")
    was = talk.conversation.screen
    assert was.name in ("question", "joint")
    talk.has_asked().librarian("reply", "Тук").librarian("close", code="answered")
    assert talk.conversation.screen == was
    talk.says("/librarian").acts("write-again").says("А кога?")
    assert talk.at == "case_chat"
    talk = talk.says(way) if way == "бот" else talk.acts(way)
    assert talk.conversation.screen == was


def test_where_there_was_no_interview_the_bot_goes_home():
    talk = Asker(desk(VRATSA), answers=JOBLESS).start().has_asked()
    talk.says("бот")
    assert talk.at == "home"


# -- what the bot says of itself ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "does", "beside"),
    [
        ("bg", "предавам въпроса Ви на библиотекар", "питайте библиотекаря до Вас"),
        ("en", "pass your question on to a librarian", "the librarian beside you"),
        ("tr", "kütüphaneciye iletir", "yanınızdaki kütüphaneciye"),
        ("uk", "передаю Ваше питання", "бібліотекаря поруч"),
    ],
)
def test_help_says_that_a_question_is_passed_on_and_to_whom_beside(
    language: str, does: str, beside: str
):
    assert language in LANGUAGES
    texts = standing().texts[language]  # type: ignore[index]
    assert does in texts("help", who="self", beside="no")
    assert does not in texts("help", who="self", beside="yes")
    assert beside in texts("help", who="self", beside="yes")


# -- who says where it is ----------------------------------------------------------------------


def at(context: Context, ekatte: str) -> Turn:
    return Turn(Conversation(answers={"settlement": ekatte}), context)


def test_who_says_both_which_bureau_it_is_and_where_is_named_once(context: Context):
    known = context.knowledge.directory
    town = context.knowledge.gazetteer.by_ekatte(VRATSA_TOWN)
    assert town
    found = known.competent_bureau(town)
    assert found.bureau
    assert found.service
    same = ("source_url", "source_date", "assured_date")
    told = {name: getattr(found.service, name) for name in same}
    told |= {"phone": "092 111 222", "confidence": "high", "contact_source": None}
    bureau = found.bureau.model_copy(update=told)
    others = [one for one in known.bureaus if one.id != bureau.id]
    directory = Directory([bureau, *others], known.libraries, known.competence, known.verified_on)
    there = replace(context, knowledge=replace(context.knowledge, directory=directory))
    text = places.bureau_text(at(there, VRATSA_TOWN), town)
    assert "092 111 222" in text
    assert text.count("По данни от") == 1


def test_of_what_was_corrected_alone_its_source_speaks_and_no_other(context: Context):
    directory, turn = context.knowledge.directory, at(context, VRATSA_TOWN)
    said = FieldSource(field="phone", checked_on=MONDAY.date(), source="https://example.bg/a")
    update = {"phone": "092 111 222", "field_sources": (said,)}
    bare = directory.bureaus[0].model_copy(
        update=update | {"address_1": None, "email": None, "opening_hours": None}
    )
    told = places.contacts(turn, bare)
    assert "example.bg" in told
    assert "По данни от" not in told
    # Where the row says something besides, who says the row is named as before.
    library = directory.library(VRATSA)
    assert library
    whole = places.contacts(turn, library.model_copy(update=update))
    assert "example.bg" in whole
    assert "По данни от" in whole
