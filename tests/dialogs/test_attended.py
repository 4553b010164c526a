"""A talk with a librarian beside: nothing is handed over, kept for later, or said untruly of it."""

from dataclasses import replace

import pytest
from talk import Talk

from dialogs.attended import ABSENT
from dialogs.flows.interview import ATTENDED_VERSION, CONSENT_VERSION
from dialogs.gaps import SEARCHED, metric
from dialogs.model import Conversation, Count, Pressed, Said, Started
from dialogs.respond import SCREENS, SUBJECTS, respond
from dialogs.turn import Abilities, Context, Turn
from knowledge.texts import LANGUAGES

BESIDE = Abilities(reaches=False, notices=False, attended=True)
ANSWERS = {
    "audience": "self",
    "working": "no",
    "job_ended_on": "2026-11-20",
    "settlement": "12259",
    "registered": False,
    "age": 52,
}


@pytest.fixture
def beside(context: Context) -> Context:
    return replace(context, abilities=BESIDE, desks=())


def counted(talk: Talk) -> list[str]:
    return [e.metric for e in talk.step.effects if isinstance(e, Count)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", sorted(set(SCREENS) - set(SUBJECTS)))
def test_no_screen_offers_what_hands_over_or_is_kept(
    beside: Context, language: str, screen: str
) -> None:
    talk = Conversation.model_validate({"language": language, "answers": ANSWERS})
    begun = respond(talk, Started(), beside).conversation
    step = respond(begun, Pressed(serial=begun.serial, action=f"go:{screen}"), beside)
    assert step.messages
    for message in step.messages:
        assert not [b for b in message.buttons if b.action.startswith(ABSENT)]
        assert not message.asks_location
        assert all(message.rows)


def test_other_talks_offer_a_librarian_as_before(context: Context) -> None:
    talk = Talk(context).does(Started())
    assert "go:librarian" in [b.action for b in talk.screen.buttons]


@pytest.mark.parametrize("way", ["go:librarian", "to:", "to:lib-vratsa-reg"])
def test_whoever_wants_a_librarian_is_told_who_sits_beside(beside: Context, way: str) -> None:
    talk = Talk(beside, Conversation(answers=ANSWERS)).does(Started())
    talk.does(Pressed(serial=talk.screen.serial, action=way))
    assert talk.step.messages[0].text == "Библиотекарят е до Вас. Попитайте направо."
    assert talk.conversation.draft == Conversation().draft
    assert talk.conversation.case is None


def test_after_three_misses_the_librarian_beside_helps(beside: Context) -> None:
    talk = Talk(beside).does(Started())
    for _ in range(3):
        talk.does(Said(text="щрктлв брзк"))
    assert talk.step.messages[0].text == "Библиотекарят е до Вас. Попитайте направо."


def test_help_in_distress_stands_and_names_who_sits_beside(beside: Context) -> None:
    talk = Talk(beside).does(Started()).does(Said(text="не ми се живее"))
    said = "\n".join(m.text for m in talk.step.messages)
    assert "112" in said
    assert "Библиотекарят е до Вас и може да помогне с обаждането." in said
    assert "натиснете „Библиотекар“" not in said


def test_consent_is_to_the_text_that_was_shown(beside: Context, context: Context) -> None:
    for there, version in ((beside, ATTENDED_VERSION), (context, CONSENT_VERSION)):
        talk = Talk(there, Conversation(answers=ANSWERS)).does(Started())
        talk.does(Pressed(serial=talk.screen.serial, action="consent:b2"))
        assert [given.version for given in talk.conversation.consents] == [version]


# -- what nobody could answer ----------------------------------------------------------------------


def test_a_screen_missed_twice_in_a_row_is_counted_once(context: Context) -> None:
    talk = Talk(context).does(Started())
    seen = []
    for _ in range(3):
        talk.does(Said(text="щрктлв брзк"))
        seen += counted(talk)
    assert seen == [metric("missed_interview", "")]


def test_an_answer_between_two_misses_counts_nothing(context: Context) -> None:
    talk = Talk(context).does(Started()).does(Said(text="щрктлв брзк"))
    talk.does(Pressed(serial=talk.screen.serial, action="a:audience:self"))
    talk.does(Said(text="щрктлв брзк"))
    assert not [m for m in counted(talk) if m.startswith("gap")]


def test_a_question_that_no_measure_is_near_to_is_counted_by_municipality(
    context: Context,
) -> None:
    talk = Talk(context, Conversation(answers=ANSWERS)).does(Started())
    talk.does(Said(text="Как да си направя щрктлвбрзк?"))
    place = context.knowledge.gazetteer.by_ekatte("12259")
    assert place
    assert counted(talk) == [metric(SEARCHED, place.municipality_code)]


@pytest.mark.parametrize("who", ["self", "relative"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_in_one_sentence_is_not_said_to_be_kept(
    beside: Context, language: str, who: str
) -> None:
    about = '{"facts": {"disability_percent": 60}, "text": ""}'
    screens = [{"name": "home"}, {"name": "told", "about": about}]
    answers = {"audience": who}
    talk = Conversation.model_validate(
        {"language": language, "answers": answers, "screens": screens}
    )
    here, elsewhere = (
        SCREENS["told"].show(Turn(talk, replace(beside, abilities=abilities))).text
        for abilities in (BESIDE, Abilities())
    )
    assert "30" in elsewhere
    assert "30" not in here
    assert "ТЕЛК" in here or "disability" in here


def test_a_sentence_about_health_is_read_back_with_who_sees_it(beside: Context) -> None:
    talk = Talk(beside).does(Started())
    talk.says("Останах без работа през май, на 57 съм, от Роман, с ТЕЛК 60 %")
    talk.shows("Библиотекарят до Вас също го вижда", "Не го пазя").hides("30 дни")
    talk.presses("Да, така е")
    assert [one.version for one in talk.conversation.consents] == [ATTENDED_VERSION]
