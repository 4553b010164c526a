"""Most wanted of such talks: while a librarian speaks the bot is silent, and one answers.

Passing on, claiming and ending stand in `test_librarian`; two who claim at once in the desk's
tests, on a real file.
"""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_librarian import JOBLESS, VRATSA, Asker, desk

from dialogs.model import KnowledgeChanged, Pressed, Reminded, Said, SentFile, SharedLocation

TYPED = ["Да", "57", "не знам", "Продължи въпросите", "Враца", "резултати ли са това?", "👍", "?!"]
KINDS = ["photo", "voice", "video", "sticker", "document", "other"]


def asked() -> Asker:
    return Asker(desk(VRATSA), answers=JOBLESS).says("/results").has_asked()


@pytest.mark.parametrize("claimed", [False, True])
@pytest.mark.parametrize("words", TYPED)
def test_words_reach_the_librarian_and_the_bot_says_nothing(words: str, claimed: bool) -> None:
    talk = asked()
    talk = talk.librarian("claim") if claimed else talk
    before = talk.conversation
    talk.says(words)
    assert [(e.by, e.text) for e in talk.reached] == [("person", words)]
    assert not talk.step.messages
    assert not talk.step.notice
    assert (talk.answers, talk.conversation.screens) == (before.answers, before.screens)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_text_gets_a_word_and_no_screen_of_the_bots(kind: str) -> None:
    talk = asked().librarian("claim")
    talk.does(SentFile.model_validate({"type": kind})).shows("Това не мога да го предам")
    assert [m.rows for m in talk.step.messages] == [()]
    assert talk.at == "case_chat"
    assert not talk.reached


def test_a_shared_place_is_not_taken_by_the_bot_nor_passed_on_unsaid() -> None:
    talk = asked().librarian("claim")
    talk.does(SharedLocation(latitude=43.2, longitude=23.55))
    talk.shows("Мястото не отиде при библиотекаря.").hides("Да, там")
    assert talk.at == "case_chat"
    talk.says("Враца съм")
    assert [e.text for e in talk.reached] == ["Враца съм"]


def test_a_correction_is_asked_for_anew_and_no_more_is_said() -> None:
    talk = asked().librarian("claim").edits("Не, къде да се обадя?")
    talk.shows("изпратете я като ново")
    assert [m.rows for m in talk.step.messages] == [()]


def test_the_person_is_told_who_writes_before_the_first_word() -> None:
    talk = asked().librarian("reply", "Добър ден")
    named, answer = (message.text for message in talk.step.messages)
    assert named == "Мария от библиотеката е с Вас."
    assert answer == "👤 Мария: Добър ден"
    talk.librarian("reply", "И още нещо")
    assert [m.text for m in talk.step.messages] == ["👤 Мария: И още нещо"]


@given(acts=st.lists(st.sampled_from(["Мария", "Иван", "Елена"]), min_size=1, max_size=8))
def test_of_many_who_would_answer_one_does_and_is_named(acts: list[str]) -> None:
    talk = asked()
    for name in acts:
        talk.librarian("reply", f"Аз съм {name}", name=name)
        heard = [m.text for m in talk.step.messages if m.text.startswith("👤")]
        assert heard == ([f"👤 {name}: Аз съм {name}"] if name == acts[0] else [])
    assert talk.conversation.case
    assert talk.conversation.case.claimed_name == acts[0]


def test_an_old_button_of_the_interview_is_an_answer_to_the_bot_and_says_where_words_go() -> None:
    talk = asked().librarian("claim")
    talk.does(Pressed(serial=talk.screen.serial, action="edit:age")).shows("На колко години сте?")
    talk.says("53").shows("Промених „възраст“: 53.")
    assert not talk.reached
    talk.says("А утре отворено ли е?").shows("Това остана при мен, библиотекарят не го вижда.")
    assert not talk.reached
    talk.says("/librarian").says("А на 53?")
    assert [e.text for e in talk.reached] == ["А на 53?"]


def test_a_reminder_that_comes_meanwhile_leaves_the_talk_with_the_librarian() -> None:
    talk = asked().librarian("claim")
    day = talk.context.today + dt.timedelta(days=1)
    talk.does(Reminded(about="visit", day=day, language="bg")).shows("🔔")
    assert talk.at == "case_chat"
    assert talk.says("Благодаря").reached
    talk.does(KnowledgeChanged(answers={}, fitting=(), language="bg"))
    assert talk.at == "case_chat"


def test_after_a_night_the_bot_does_not_interrupt_with_where_it_stopped() -> None:
    talk = asked().librarian("claim")
    talk.context = replace(talk.context, now=talk.context.now + dt.timedelta(hours=20))
    talk.does(Said(text="Още ли сте там?"))
    assert not talk.step.messages
    assert talk.reached


def test_afterwards_the_bot_speaks_again_where_it_was() -> None:
    talk = asked().librarian("claim").librarian("close").shows("Мария приключи", "намерих")
    talk.says("57")
    assert talk.step.messages
    assert not talk.reached
