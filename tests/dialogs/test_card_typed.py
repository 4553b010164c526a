"""Typing while a question is being handed over: nothing hidden returns, nothing is lost."""

import pytest
from test_librarian import HAND_OVER, JOBLESS, VIDIN, VRATSA, Asker, desk

from dialogs.case import REOPENING
from dialogs.model import SentFile

QUESTION = "Има ли курс за готвачи?"
TYPED = (
    "ами добре",
    "Благодаря!",
    "?",
    "🙏",
    "Бях в бюрото, казаха че нямам право на обезщетение",
    "а до колко часа сте",
    "/nothing",
    "ж" * 400,
)


def at_the_card(*, ended: bool = True) -> Asker:
    """Return somebody whose question to Vidin waits on the card, the first line left out.

    An earlier question, to Vratsa, may have ended a moment ago.
    """
    talk = Asker(desk(VRATSA), desk(VIDIN), answers=JOBLESS)
    if ended:
        talk.has_asked().librarian("claim").librarian("close")
    talk.says("/librarian").presses("💬 гр. Видин").says(QUESTION)
    return talk.turns("възраст").hides("възраст: 52")


@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("words", TYPED)
def test_words_at_the_card_bring_no_line_back_and_lose_no_library(words: str, ended: bool) -> None:
    talk = at_the_card(ended=ended)
    draft = talk.conversation.draft
    assert draft.library == VIDIN
    assert draft.turned
    talk.says(words)
    assert talk.conversation.draft == draft
    assert not talk.reached
    if talk.at != "case_card":
        talk.says("назад")
    assert talk.at == "case_card"
    talk.shows("гр. Видин", QUESTION).hides("възраст: 52").presses(HAND_OVER)
    case = talk.conversation.case
    assert case
    assert case.library == VIDIN
    assert "age" not in {line.about for line in case.card.facts}
    assert [e.text for e in talk.reached if e.by == "person"] == [QUESTION]


@pytest.mark.parametrize("words", TYPED)
def test_at_the_card_nothing_is_offered_to_the_library_that_was_asked_before(words: str) -> None:
    talk = at_the_card().says(words)
    assert "send-on" not in [b.action for m in talk.step.messages for b in m.buttons]


def test_a_word_that_means_nothing_at_the_card_is_answered_with_what_can_be_done_there() -> None:
    at_the_card().says("ами такова").shows("Натиснете „Да, предай“")


@pytest.mark.parametrize("ended", [True, False])
def test_a_shared_place_or_a_file_at_the_card_changes_nothing_of_the_question(ended: bool) -> None:
    talk = at_the_card(ended=ended)
    draft = talk.conversation.draft
    talk.shares(43.21, 23.55)
    assert talk.conversation.draft == draft
    talk.does(SentFile(type="sticker"))
    assert talk.conversation.draft == draft


def test_typing_another_question_keeps_the_library_and_the_lines_left_out() -> None:
    talk = at_the_card().presses("← Назад").says("Друго искам да питам")
    talk.shows("гр. Видин", "Друго искам да питам").hides("възраст: 52", QUESTION)


def test_after_the_seven_days_the_card_is_no_other_card() -> None:
    talk = at_the_card()
    case = talk.conversation.case
    assert case
    assert case.closed_at
    old = case.model_copy(update={"closed_at": case.closed_at - 2 * REOPENING})
    talk.conversation = talk.conversation.model_copy(update={"case": old})
    draft = talk.conversation.draft
    assert talk.says("ами добре").conversation.draft == draft
