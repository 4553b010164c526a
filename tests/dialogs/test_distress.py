"""Despair, violence, hunger: heard on any screen, answered with help alone, kept nowhere."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from talk import Talk
from test_ended import ALIVE_ARTICLES, EVERYDAY
from test_golden_talks import ANYBODY
from test_librarian import VIDIN_TOWN, VRATSA, VRATSA_TOWN, Asker, desk

from dialogs.flows import distress
from dialogs.flows.distress import KINDS, lines_for
from dialogs.model import CaseSaid, Conversation, Count
from dialogs.phrases import heard_in
from dialogs.respond import SCREENS
from dialogs.turn import Context, Turn
from dialogs.understanding import load_lexicon
from knowledge.loading import load
from knowledge.texts import LANGUAGES

SAID = YAML(typ="safe").load(Path(__file__).parent / "data" / "distress.yaml")
CRIES = [(kind, text) for kind in KINDS for text in SAID[kind]]
LEAST = 0.95
"""Of what means it, so much is heard; of what does not, nothing is."""
EXAMPLES = {
    "despair": "не искам да живея",
    "violence": "мъжът ми ме бие",
    "hunger": "децата са гладни",
}
DISTRESS = Count(metric="distress")


# -- what is heard -----------------------------------------------------------------------------


def test_what_means_it_is_heard_and_what_does_not_is_not() -> None:
    right = [text for kind, text in CRIES if kind in heard_in(text, "distress")]
    missed = [text for _, text in CRIES if not heard_in(text, "distress")]
    false = [text for text in SAID["none"] if heard_in(text, "distress")]
    heard = len(CRIES) - len(missed)
    print(f"recall {heard}/{len(CRIES)}, of the right kind {len(right)}")  # noqa: T201
    print(f"false alarms {len(false)}/{len(SAID['none'])}")  # noqa: T201
    assert len(CRIES) + len(SAID["none"]) >= 60
    assert false == []
    assert heard >= LEAST * len(CRIES), missed
    assert len(right) >= LEAST * len(CRIES)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_heard_in_each_alphabet(kind: str) -> None:
    cyrillic = [text for text in SAID[kind] if re.search("[а-я]", text.lower())]
    latin = [text for text in SAID[kind] if text not in cyrillic]
    for texts in (cyrillic, latin):
        heard = [text for text in texts if kind in heard_in(text, "distress")]
        assert len(texts) > 10
        assert len(heard) >= LEAST * len(texts)


@pytest.mark.parametrize(("kind", "text"), EXAMPLES.items())
def test_it_is_heard_shouted_drawn_out_and_inside_a_story(kind: str, text: str) -> None:
    before, after = "Здравейте, на 52 съм и търся работа. ", ". Какво да правя? Благодаря."
    drawn = text.replace("а", "аааа")
    for said in (text.upper(), f"  {text}!!! ", drawn, before * 30 + text + after):
        assert kind in heard_in(said, "distress"), said


def test_a_no_errs_on_the_caring_side() -> None:
    assert heard_in("не мисля да се самоубивам", "distress") == ("despair",)


def test_nothing_that_belongs_to_the_talk_is_taken_for_it() -> None:
    knowledge = load()
    words = {*EVERYDAY, *ALIVE_ARTICLES}
    for settlement in knowledge.gazetteer.settlements:
        words |= {settlement.name, settlement.name_latin, settlement.municipality}
    for language in LANGUAGES:
        lexicon = load_lexicon(language)
        words |= {*lexicon.commands, *lexicon.numbers, *lexicon.months, *lexicon.yes, *lexicon.no}
        words |= {*lexicon.dont_know, *lexicon.decline}
        words |= {word for choices in lexicon.choices.values() for word in choices}
        words |= {measure.title.in_(language) for measure in knowledge.measures.values()}
    assert [word for word in words if heard_in(word, "distress")] == []


# -- what is answered --------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "text"), EXAMPLES.items())
def test_help_and_a_person_come_alone(talk: Talk, kind: str, text: str) -> None:
    talk.presses("За мен").says(text)
    talk.shows("Чувам Ви.", "☎ 112", "Източник:", "проверено на")
    talk.hides("Въпрос", "Меню", "Работите ли")
    assert talk.buttons == ["Библиотекар"]
    assert len(talk.step.messages) == 1
    (line,) = [m for m in talk.text.split("\n\n") if "Чувам Ви" in m]
    assert "\n" not in line, kind


def test_each_kind_has_lines_of_its_own(talk: Talk) -> None:
    turn = Turn(talk.conversation, talk.context)
    for kind in KINDS:
        assert lines_for(turn, (kind,))[0].phone == "112"
    talk.says(EXAMPLES["violence"]).shows("0800 1 86 76").hides("Топъл обяд")
    talk.says(EXAMPLES["hunger"]).shows("Социално подпомагане", "Топъл обяд").hides("0800")
    talk.says(EXAMPLES["despair"]).shows("116 111", "звъннете на 112").hides("0800")


def test_two_kinds_at_once_have_the_lines_of_both(talk: Talk) -> None:
    talk.says("мъжът ми ме бие и децата са гладни").shows("0800 1 86 76", "Социално подпомагане")


def test_a_shelter_is_named_where_it_may_be_near(context: Context) -> None:
    for place, named in ((VIDIN_TOWN, True), (VRATSA_TOWN, False)):
        talk = Talk(context, Conversation(answers={"settlement": place}))
        assert ("Център за временно" in talk.says("нямам къде да спя").screen.text) is named


@pytest.mark.parametrize("name", sorted(SCREENS))
def test_it_is_heard_on_every_screen(context: Context, name: str) -> None:
    about = {"question": "age", "consent": "disability_percent", "card": "eures"}
    about |= {"confirm_place": "typed,12259", "namesakes": "12259,68134"}
    screen = {"name": name, "about": about.get(name, "")}
    raw = {"screens": [{"name": "home"}, screen]}
    talk = Talk(context, Conversation.model_validate(raw))
    talk.says("не искам да живея").shows("Чувам Ви.", "☎ 112")
    assert DISTRESS in talk.step.effects


def test_it_is_heard_in_a_correction_of_an_older_message(talk: Talk) -> None:
    talk.presses("За мен").edits("не искам да живея").shows("Чувам Ви.")


def test_back_leads_to_where_the_talk_was(talk: Talk) -> None:
    talk.presses("За мен").says("мъжът ми ме бие").says("назад").shows("Работите ли")


def test_the_person_is_one_tap_away(talk: Talk) -> None:
    talk.says("гладни сме").presses("Библиотекар").shows("библиотекар")


def test_going_on_with_the_interview_leaves_it_behind(talk: Talk) -> None:
    answer = talk.presses("За мен").press_of("На работа")
    talk.says("мъжът ми ме бие").does(answer).shows("Въпрос")
    talk.is_interviewed(**ANYBODY)
    assert "help_lines" not in [screen.name for screen in talk.conversation.screens]


def test_in_english(context: Context) -> None:
    talk = Talk(context, Conversation(language="en"))
    talk.says("my husband beats me").shows("I hear you.", "☎ 112", "0800 1 86 76", "Source:")
    talk.says("не искам да живея").shows("I hear you.", "116 111")


# -- what is kept ------------------------------------------------------------------------------


def test_nothing_is_kept_of_what_was_said_nor_of_what_kind_it_was(talk: Talk) -> None:
    talk.presses("За мен")
    kept = [talk.says("назад", text).conversation for text in EXAMPLES.values()]
    seen = [one.model_dump(exclude={"serial"}) for one in kept]
    assert all(one == seen[0] for one in seen)
    assert talk.answers == {"audience": "self"}
    assert talk.step.effects == (DISTRESS,)
    stored = talk.conversation.model_dump_json()
    assert not [kind for kind in KINDS if kind in stored]


def test_who_looks_later_sees_the_lines_and_not_what_was_said(talk: Talk) -> None:
    talk.says("мъжът ми ме бие").sends("photo").shows("Ето кой помага веднага.").hides("Чувам Ви")
    assert talk.buttons == ["Библиотекар"]


# -- while a librarian listens -----------------------------------------------------------------


@pytest.fixture
def asker() -> Asker:
    return Asker(desk(VRATSA), answers={"audience": "self"})


def test_words_in_a_talk_with_a_librarian_reach_both(asker: Asker) -> None:
    asker.says("/librarian").acts(f"to:{VRATSA}").acts("case-card").acts("pass-on")
    asker.says("мъжът ми ме бие").shows("☎ 112", "Думите Ви отидоха и при библиотекаря.")
    assert CaseSaid(by="person", text="мъжът ми ме бие") in asker.step.effects
    assert asker.conversation.screen.name == "case_chat"
    asker.says("благодаря")
    assert asker.step.effects == (CaseSaid(by="person", text="благодаря"),)


def test_a_question_to_a_librarian_is_still_one(asker: Asker) -> None:
    asker.says("/librarian").acts(f"to:{VRATSA}").says("гладни сме, какво да правя")
    asker.shows("☎ 112", "Ето какво ще предам", "Въпрос: гладни сме, какво да правя")
    assert asker.conversation.screen.name == "case_card"


def test_the_screen_of_the_lines_is_one_of_ours() -> None:
    assert set(distress.SCREENS) <= set(SCREENS)
