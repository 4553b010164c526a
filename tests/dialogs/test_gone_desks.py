"""Where a case goes whose desk is gone, over the talk alone: pure, and once."""

import datetime as dt
from dataclasses import replace

import pytest

from dialogs.flows.rehomed import moved
from dialogs.model import NO_CARD, Case, Conversation, DeskAct
from dialogs.respond import respond
from dialogs.texts import load_texts
from dialogs.turn import Context, Desk, Turn
from knowledge.base import KnowledgeBase
from knowledge.calendar import SOFIA
from knowledge.loading import load
from knowledge.opening_hours import OpeningHours

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=SOFIA)
VRATSA, VIDIN, MONTANA = "lib-vratsa-reg", "lib-vidin-reg", "lib-montana-reg"
WEEK = OpeningHours.parse("Mo-Fr 09:00-18:00")


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load()


def context(knowledge: KnowledgeBase, *desks: str, trial: bool = False) -> Context:
    named = [knowledge.directory.library(desk) for desk in desks]
    standing = tuple(Desk(library.id, library, WEEK) for library in named if library)
    return Context(knowledge, load_texts(), NOW, desks=standing, trial=trial)


def waiting(**more: object) -> Conversation:
    begun = NOW - dt.timedelta(hours=2)
    case = Case(
        number=7,
        library=VRATSA,
        state="waiting",
        card=NO_CARD,
        opened_at=begun,
        asked_at=begun,
        heard_at=begun,
    )
    return Conversation(serial=3, case=case.model_copy(update=more))


ROUTE = DeskAct(act="route", case=7)


def test_a_case_whose_desk_stands_stays_whatever_else_stands(knowledge: KnowledgeBase):
    talk = waiting()
    step = respond(talk, ROUTE, context(knowledge, VIDIN, VRATSA))
    assert step.conversation == talk
    assert not step.messages


def test_without_a_known_place_it_goes_to_what_is_near_the_library_that_was_chosen(
    knowledge: KnowledgeBase,
):
    step = respond(waiting(), ROUTE, context(knowledge, VIDIN, MONTANA))
    assert step.conversation.case
    assert step.conversation.case.library == MONTANA


def test_the_neighbour_that_the_person_agreed_to_comes_first(knowledge: KnowledgeBase):
    talk = waiting(state="offered", offered_to=VIDIN)
    case = respond(talk, ROUTE, context(knowledge, MONTANA, VIDIN)).conversation.case
    assert case
    assert (case.library, case.offered_to, case.state) == (VIDIN, None, "waiting")


def test_done_twice_it_is_said_once(knowledge: KnowledgeBase):
    at = context(knowledge, VIDIN)
    first = respond(waiting(), ROUTE, at)
    again = respond(first.conversation, ROUTE, at)
    assert len(first.messages) == 1
    assert again.conversation == first.conversation
    assert not again.messages


def test_nothing_of_a_library_ever_goes_to_the_trial(knowledge: KnowledgeBase):
    case = moved(Turn(waiting(), context(knowledge, VIDIN, trial=True))).conversation.case
    assert case
    assert case.library is None


def test_who_waits_still_waits_since_the_same_moment(knowledge: KnowledgeBase):
    talk = waiting(state="claimed", claimed_by="maria", claimed_name="Мария", claimed_at=NOW)
    case = respond(talk, ROUTE, context(knowledge, VIDIN)).conversation.case
    assert talk.case
    assert case
    assert case.asked_at == talk.case.asked_at
    assert (case.claimed_by, case.claimed_name) == (None, None)


@pytest.mark.parametrize("change", [{"library": VRATSA}, {"heard_at": NOW}, {"state": "closed"}])
def test_giving_up_comes_too_late_where_a_library_or_a_word_came(
    knowledge: KnowledgeBase, change: dict[str, object]
):
    talk = waiting(library=None)
    assert talk.case
    act = DeskAct(act="give_up", case=7, of=talk.case.heard_at)
    ended = respond(talk, act, context(knowledge)).conversation.case
    assert ended
    assert ended.state == "expired"
    other = waiting(**{"library": None} | change)
    assert respond(other, act, context(knowledge)).conversation == other


def test_the_words_are_there_in_every_language(knowledge: KnowledgeBase):
    for language in load_texts():
        talk = waiting().model_copy(update={"language": language})
        for desks in ((VIDIN,), ()):
            [said] = respond(talk, ROUTE, context(knowledge, *desks)).messages
            assert "end-case" in [button.action for button in said.buttons]
    unknown = replace(context(knowledge, VIDIN))
    talk = waiting(library="lib-that-left")
    [said] = respond(talk, ROUTE, unknown).messages
    assert said.text.startswith("Библиотеката, която избрахте, вече не отговаря тук.")
