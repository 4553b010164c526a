"""How well free text is understood, over hundreds of things that people type."""

import datetime as dt
from collections.abc import Callable

import pytest
import utterances
from utterances import Heard

from dialogs.turn import Context
from knowledge.base import KnowledgeBase

TODAY = dt.date(2026, 11, 26)
"""The day on which „миналия месец“ was typed."""
SETS = ("utterances_seen", "utterances_held_out")
EVERY = [one for name in SETS for one in utterances.load(name)]


@pytest.fixture(scope="module")
def heard(context_on: Callable[[dt.date], Context]) -> list[Heard]:
    return [utterances.hear(one, context_on(TODAY)) for one in EVERY]


def test_there_are_many_and_they_name_what_there_is(knowledge: KnowledgeBase) -> None:
    assert len(EVERY) > 500
    assert len({(one.text, one.asked) for one in EVERY}) == len(EVERY)
    for one in EVERY:
        assert set(one.facts) <= {fact.id for fact in knowledge.facts}, one.text
        for measure in one.target:
            assert measure in knowledge.measures or measure in knowledge.archive, one.text


def test_what_is_taken_without_asking_back_was_surely_said(heard: list[Heard]) -> None:
    score = utterances.total(utterances.score_facts(heard, taken_only=True))
    assert score.right > 80
    assert score.precision >= 0.98


def test_what_is_read_back_is_seldom_wrong(heard: list[Heard]) -> None:
    score = utterances.total(utterances.score_facts(heard))
    assert score.right > 400
    assert score.precision >= 0.97
    assert score.recall >= 0.97


def test_questions_lead_where_they_are_answered(heard: list[Heard]) -> None:
    # Where a flow is not built yet its wishes are not counted.
    there = utterances.wishes_there()
    scores = {wish: s for wish, s in utterances.score_wishes(heard).items() if wish in there}
    assert utterances.total(scores).recall >= 0.9


def test_a_statement_takes_nobody_elses_facts(heard: list[Heard]) -> None:
    silent = [one for one in heard if one.utterance.kind == "nothing"]
    taken = {one.utterance.text: one.taken for one in silent if one.taken}
    assert len(silent) > 60
    assert not taken


def test_no_words_are_answered_with_silence(heard: list[Heard]) -> None:
    assert [one.utterance.text for one in heard if not one.said.strip()] == []
