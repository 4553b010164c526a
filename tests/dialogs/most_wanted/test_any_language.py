"""Most wanted of such talks: the language changes on the way, and everything else stays.

Every law holds for each language there is; a new one is only a folder of texts more.
"""

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest
from anybody import LAID_OFF
from hypothesis import given
from hypothesis import strategies as st
from talk import Talk
from test_librarian import VRATSA, Asker, desk

from dialogs.model import Awaited, Conversation, Message, Pressed, Rechecks, Remind, Reminded
from dialogs.respond import respond
from dialogs.turn import Context
from knowledge.texts import LANGUAGES, Language

PAIRS = list(permutations(LANGUAGES, 2))
DEFAULT = Conversation().language
SCREENS = ["/menu", "/results", "/plan", "/reminders", "/answers", "/places", "/help"]
KEPT = {"language", "serial", "last_press", "last_at", "screens", "misses"}
"""What a change of language may touch: where the person stands, never what they said."""
MINE = {
    "answers": LAID_OFF,
    "plan": {"chosen": ("znz-18-registration",), "brought": ("identity",)},
    "awaited": (Awaited(about="visit", day=dt.date(2026, 11, 25)),),
    "rechecks": Rechecks(until=dt.date(2027, 11, 1)),
}


def mine(language: Language) -> Conversation:
    return Conversation.model_validate({**MINE, "language": language})


def held(talk: Conversation) -> dict[str, object]:
    return talk.model_dump(exclude=KEPT)


def ways(talk: Talk) -> list[str]:
    """Return what the buttons do, but for the offer to read on in Bulgarian."""
    actions = (button.action for button in talk.screen.buttons)
    return [action for action in actions if not action.startswith("lang:")]


def spoken(talk: Talk, language: str) -> Talk:
    return talk.does(Pressed(serial=0, action=f"lang:{language}"))


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("screen", SCREENS)
def test_everything_stays_and_the_same_screen_speaks_the_other_language(
    context: Context, one: Language, other: Language, screen: str
) -> None:
    talk = Talk(context, mine(one)).says(screen)
    before, where, text = held(talk.conversation), talk.conversation.screens, talk.screen.text
    spoken(talk, other)
    assert held(talk.conversation) == before
    assert talk.conversation.screens == where
    assert talk.screen.text != text
    actions = ways(talk)
    spoken(talk, one)
    assert talk.screen.text == text
    assert ways(talk) == actions


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_interview_goes_on_at_the_same_question(
    context: Context, one: Language, other: Language
) -> None:
    talk = Talk(context, Conversation(language=one)).start()
    for action in ("a:audience:self", "a:working:no", "a:job_ended_on:?"):
        talk.does(Pressed(serial=0, action=action))
    screen, answers = talk.conversation.screen, talk.answers
    spoken(talk, other)
    assert (talk.conversation.screen, talk.answers) == (screen, answers)
    talk.does(Pressed(serial=0, action="back"))
    assert talk.conversation.screen != screen
    assert talk.conversation.language == other


@given(order=st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=6))
def test_however_often_it_changes_the_last_one_counts(
    context: Context, order: list[Language]
) -> None:
    talk = Talk(context, mine(DEFAULT)).says("/results")
    before = held(talk.conversation)
    for language in order:
        spoken(talk, language)
    assert held(talk.conversation) == before
    assert talk.conversation.language == order[-1]
    straight = spoken(Talk(context, mine(DEFAULT)).says("/results"), order[-1])
    assert talk.screen.text == straight.screen.text


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_an_old_button_of_the_other_language_means_the_same(
    context: Context, one: Language, other: Language
) -> None:
    talk = Talk(context, mine(one)).says("/menu")
    old = next(b for b in talk.screen.buttons if b.action == "go:help")
    serial = talk.screen.serial
    spoken(talk, other).does(Pressed(serial=serial, action=old.action))
    talk.shows(context.texts[other]("help", beside="no"))


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_question_at_a_librarian_stays_open(one: Language, other: Language) -> None:
    talk = Asker(desk(VRATSA), answers=dict(LAID_OFF))
    talk.conversation = talk.conversation.model_copy(update={"language": one})
    talk.says("/librarian").acts(f"to:{VRATSA}").says("?!").acts("pass-on")
    case = talk.conversation.case
    assert case
    spoken(talk, other)
    kept = talk.conversation.case
    # The librarian learns which language it is now; nothing else of the question changes.
    assert kept
    assert kept.card.speaks == other
    speaks = kept.card.model_copy(update={"speaks": one})
    assert kept.model_copy(update={"card": speaks}) == case
    assert talk.at == "case_chat"
    talk.librarian("reply", "Добър ден")
    assert talk.step.messages[-1].text.endswith("Мария: Добър ден")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reminder_speaks_the_language_in_which_it_was_asked_for(
    context: Context, language: Language
) -> None:
    talk = Talk(context, mine(language)).says("/reminders")
    talk.does(Pressed(serial=0, action="remind:apply"))
    [kept] = [e for e in talk.step.effects if isinstance(e, Remind)]
    assert kept.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_talk_is_left_its_buttons_still_speak_its_language(
    context: Context, language: Language
) -> None:
    """After an erasure, and under a reminder that outlived the talk, nothing is kept to know it."""
    erased = Talk(context, mine(language)).says("/delete")
    erased.does(Pressed(serial=0, action="erase"))
    day = context.today + dt.timedelta(days=1)
    gone = Conversation(language=language)
    reminded = respond(gone, Reminded(about="visit", day=day, language=language), context)
    for message in (erased.step.messages[-1], reminded.messages[-1]):
        _goes_on_in(context, message, language)


def _goes_on_in(context: Context, message: Message, language: Language) -> None:
    others = [b for b in message.buttons if not b.action.startswith("lang:")]
    assert others
    for button in others:
        later = replace(context, number=context.number + 40)
        talk = Talk(later).does(Pressed(serial=message.serial, action=button.action))
        assert talk.conversation.language == language, button
        talk.hides(context.texts[language]("earlier-talk", who="self"))
        talk.hides(context.texts[language]("old-button", who="self"))
