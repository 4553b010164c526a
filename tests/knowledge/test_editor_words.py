"""The words for editors: all that the code asks for are there, and none that it does not."""

import dataclasses
from collections import UserDict
from string import Formatter

import pytest
from strategies import DAY, fact

from knowledge.conditions import AllOf, AnyOf, AtLeast, Between, Is, Not, OneOf, Since, leaves
from knowledge.difference_words import lines
from knowledge.differences import ChangedRegions, Differences
from knowledge.durations import Duration
from knowledge.editor_words import EditorWords
from knowledge.fact_words import comparison_in_words, value_in_words
from knowledge.facts import LONG_AGO, Declined, DontKnow, Known, Profile, Span
from knowledge.golden_profiles import people_of
from knowledge.loading import DATA
from knowledge.loading.cases import load_cases
from knowledge.texts import LANGUAGES
from knowledge.typed_interview import answer, asks_why, question, verdict_lines, why
from knowledge.verdict_page import page


class Listening(UserDict):
    """Words that remember which of them were asked for."""

    def __init__(self, words):
        self.asked = set()
        super().__init__(words)

    def __getitem__(self, name):
        self.asked.add(name)
        return super().__getitem__(name)


@pytest.fixture(params=LANGUAGES)
def say(base, request):
    return EditorWords(Listening(base.editor_words), request.param)


def test_the_code_asks_for_the_words_that_there_are_and_no_others(base, say):
    _ask_everything(base, say)
    _compare_everything(base, say)
    _explain_everything(base, say)
    list(lines(Differences(regions=(ChangedRegions("m", ("yes", "no"), {}, {}),)), DAY, say.words))
    assert say.words.asked == set(base.editor_words)


def _ask_everything(base, say):
    """Ask for each fact, type an answer, and ask why; print the verdicts."""
    for one in base.facts:
        list(question(one, say))
        answer(one, "?", DAY, say)
    answer(base.facts["registered"], "yes", DAY, say)
    asks_why("why", say)
    why(base.measures.values(), say)
    list(verdict_lines(base, base.screen(Profile(), DAY), say))


def _compare_everything(base, say):
    """Put every comparison of the rules into words, and such as editors may write tomorrow."""
    for rule in base.rules.values():
        for leaf in leaves(rule):
            comparison_in_words(leaf, base.facts[leaf.fact], say)
    for bound in ("at_least", "more_than", "at_most"):
        for unit in ("days", "months", "years"):
            for count in (1, 2):
                leaf = Since(fact="a", **{bound: Duration(count=count, unit=unit)})
                comparison_in_words(leaf, fact("a", "date"), say)
    for bounds in ({"min": 1}, {"max": 2}, {"min": 1, "max": 2}):
        comparison_in_words(Between(fact="a", **bounds), fact("a", "whole"), say)
    comparison_in_words(OneOf(fact="a", values=("x", "y")), fact("a", "choice"), say)
    for value in (True, False, "none", Span(low=LONG_AGO, high=DAY), Span(low=DAY, high=DAY)):
        value_in_words(fact("a", "bool"), value, say)


def _explain_everything(base, say):
    """Explain each measure to each golden person and to those who say nothing of themselves."""
    for measure in base.measures.values():
        for profile in _profiles(base):
            page(base, measure, profile, DAY, say)
    part = Is(fact="registered", value=True)
    who = AllOf(of=(AnyOf(of=(part,)), AtLeast(count=1, of=(part,)), Not(of=part)))
    over = measure.model_copy(update={"who": who, "valid_to": DAY.replace(day=1)})
    page(base, over, Profile(), DAY, say)


def _profiles(base):
    """Return those who keep all to themselves, who say half of it, and some golden people."""
    yield Profile()
    yield Profile({one.id: DontKnow() for one in base.facts})
    yield Profile({one.id: Declined() for one in base.facts})
    yield Profile({one.id: Known(DAY) for one in base.facts if one.kind == "date"})
    cases = load_cases(DATA / "cases", base.facts)
    people = people_of(cases, base.facts, base.measures.values())
    yield from (person.full for person in people[::30])


def test_a_word_that_is_not_there_is_no_blank(base):
    with pytest.raises(KeyError, match="yes"):
        value_in_words(base.facts["registered"], True, EditorWords({}, "bg"))


def test_both_languages_have_the_same_places_to_fill(base):
    for name, text in base.editor_words.items():
        places = [_places(text.in_(language)) for language in LANGUAGES]
        assert all(one == places[0] for one in places), name


def _places(wording):
    return {field for _, field, _, _ in Formatter().parse(wording) if field is not None}


def test_yes_no_and_why_may_be_typed_in_every_language(base, say):
    registered = base.facts["registered"]
    for typed in ("да", "ДА", "Yes", "true"):
        assert answer(registered, typed, DAY, say) == Known(value=True)
    for typed in ("не", "Не", "no", "FALSE"):
        assert answer(registered, typed, DAY, say) == Known(value=False)
    assert all(asks_why(line, say) for line in ("защо\n", "Защо?", "why ?\n"))
    assert not asks_why("защото", say)


def test_the_words_are_frozen(say):
    with pytest.raises(dataclasses.FrozenInstanceError):
        say.language = "en"
