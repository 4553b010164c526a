"""„Библиотекар“: whom, what is passed on and what is not, the talk with a person, the way back."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any, Self
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from talk import LIMIT, Talk

from dialogs.flows.card import DEADLINE, FITTING, RELATIVE, UNKNOWN, card_of
from dialogs.flows.card_shown import as_text
from dialogs.flows.desk_card import for_the_desk
from dialogs.model import (
    Button,
    CaseChanged,
    CaseSaid,
    Conversation,
    DeskAct,
    Draft,
    Erase,
    Pressed,
    ScreenRef,
    Unsent,
)
from dialogs.respond import SCREENS
from dialogs.texts import load_texts
from dialogs.turn import Context, Desk, Turn
from knowledge.facts import Fact
from knowledge.loading import load
from knowledge.opening_hours import OpeningHours

SOFIA = ZoneInfo("Europe/Sofia")
MONDAY = dt.datetime(2026, 11, 23, 10, tzinfo=SOFIA)
VRATSA, VIDIN = "lib-vratsa-reg", "lib-vidin-reg"
VRATSA_TOWN, VIDIN_TOWN, BANITSA = "12259", "10971", "02508"
HAND_OVER = "Да, предай"
WITHOUT = "Без въпрос"
WAIT = "Ще изчакам"
JOBLESS = {
    "audience": "self",
    "working": "no",
    "job_ended_on": "2026-11-20",
    "settlement": VRATSA_TOWN,
    "registered": False,
    "age": 52,
}


def desk(library: str, hours: str | None = "Mo-Fr 09:00-18:00") -> Desk:
    found = load().directory.library(library)
    assert found
    return Desk(library, found, OpeningHours.parse(hours) if hours else None)


def context(*desks: Desk, now: dt.datetime = MONDAY, trial: bool = False) -> Context:
    return Context(load(), load_texts(), now, desks, trial)


class Asker(Talk):
    """A person who asks a librarian; in the talk with them the bot may stay silent."""

    def turns(self, *lines: str) -> Self:
        """Press the number of each line of the card that begins so."""
        for line in lines:
            self.does(self.turn_of(line))
        return self

    def turn_of(self, line: str) -> Pressed:
        found = re.search(rf"(?m)^([☑☐]) (\d+)\. {re.escape(line)}", self.screen.text)
        assert found, f"no {line!r} in:\n{self.screen.text}"
        return self.press_of(f"{found[1]} {found[2]}")

    def __init__(self, *desks: Desk, answers: dict[str, Any] | None = None, **more: Any) -> None:
        super().__init__(context(*desks, **more), Conversation(answers=answers or {}))

    def does(self, event: Any) -> Self:
        self.context = replace(self.context, number=self.context.number + 1)
        return super().does(event)

    def _is_sound(self) -> None:
        if self.step.messages or self.step.notice:
            super()._is_sound()

    def acts(self, action: str) -> Self:
        """Press the button with this action, whatever its words."""
        assert action in [b.action for b in self.screen.buttons], self.buttons
        return self.does(Pressed(serial=self.screen.serial, action=action))

    def librarian(self, act: str, text: str = "", name: str = "Мария", **more: Any) -> Self:
        assert self.conversation.case
        given = {"case": self.conversation.case.number, "librarian": name.lower()} | more
        return self.does(DeskAct.model_validate({"act": act, "text": text, "name": name} | given))

    def has_asked(self, question: str = "Къде да отида?") -> Self:
        self.says("/librarian").presses(self.buttons[0]).says(question)
        return self.presses(HAND_OVER)

    @property
    def reached(self) -> list[CaseSaid]:
        """What this step let reach the desk."""
        return [e for e in self.step.effects if isinstance(e, CaseSaid)]

    @property
    def opened(self) -> bool:
        return any(isinstance(e, CaseChanged) for e in self.step.effects)

    @property
    def at(self) -> str:
        return self.conversation.screen.name


# -- the way to a person ---------------------------------------------------------------------------


ABOUT = {
    "question": "age",
    "joint": "registration",
    "any_of": "own_business,abroad_12_of_18;",
    "consent": "disability_percent",
    "card": "znz-18-registration",
    "confirm_place": f"typed,{VRATSA_TOWN}",
    "namesakes": f"{VRATSA_TOWN},{VIDIN_TOWN}",
}


@pytest.mark.parametrize("screen", sorted(set(SCREENS) - {"case_chat"}))
@pytest.mark.parametrize("words", ["/librarian", "библиотекар"])
def test_from_any_screen_the_librarian_is_one_step_away(screen: str, words: str):
    talk = Asker(desk(VRATSA), answers=JOBLESS)
    talk.conversation = talk.conversation.model_copy(
        update={"screens": (ScreenRef(name=screen, about=ABOUT.get(screen, "")),)}
    )
    talk.says(words).shows("С кого да Ви свържа?", "Регионална библиотека „Христо Ботев“")


def test_nearest_first_and_at_one_distance_the_regional_library():
    talk = Asker(desk(VRATSA), desk(VIDIN), answers=JOBLESS | {"settlement": VIDIN_TOWN})
    talk.says("/librarian")
    assert talk.buttons[:2] == ["💬 гр. Видин", "💬 гр. Враца"]


def test_without_a_place_the_first_to_join_come_first_and_the_place_is_asked():
    talk = Asker(desk(VIDIN), desk(VRATSA)).start().says("/librarian")
    assert talk.buttons[:2] == ["💬 гр. Видин", "💬 гр. Враца"]
    talk.acts("ask-place").says("гр. Враца").shows("С кого да Ви свържа?")
    assert talk.buttons[0] == "💬 гр. Враца"


# -- nobody there ----------------------------------------------------------------------------------


def test_without_a_desk_it_is_said_before_anything_is_passed_on():
    talk = Asker(answers=JOBLESS).says("/librarian")
    talk.shows("Сега няма библиотекар", "Нищо не съм предал на никого")
    talk.shows("092 626 170", "ул. „Петропавловска“ 43", "По данни от", "Регистрация")
    talk.shows("Покажете това там", "• възраст: 52", "• адрес: гр. Враца")
    assert not talk.step.effects


def test_without_a_desk_and_a_place_the_place_is_asked():
    talk = Asker().start().says("/librarian").shows("Нищо не съм предал на никого")
    talk.acts("ask-place").says("гр. Враца").shows("092 626 170")


def test_the_card_to_show_leaves_out_what_is_sensitive():
    talk = Asker(answers=JOBLESS | {"disability_percent": 60, "served_sentence": True})
    talk.says("/librarian").hides("ТЕЛК", "присъда")


def test_a_case_can_wait_for_the_first_library_that_joins():
    talk = Asker(answers=JOBLESS).says("/librarian").presses(WAIT).says("Кой ще ми помогне?")
    talk.shows("на първата библиотека, която се включи").presses(HAND_OVER)
    talk.shows("чака първата библиотека, която се включи")
    assert talk.conversation.case
    assert talk.conversation.case.library is None
    talk.context = replace(talk.context, desks=(desk(VIDIN), desk(VRATSA)))
    talk.librarian("assign", library=VIDIN).shows("Намери се библиотека", "гр. Видин", "до 18:00")
    assert talk.conversation.case.library == VIDIN
    talk.librarian("assign", library=VRATSA)
    assert talk.conversation.case.library == VIDIN
    assert not talk.step.messages


# -- when ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "hours", "promise"),
    [
        (MONDAY, "Mo-Fr 09:00-18:00", "Сега е отворено, до 18:00."),
        (MONDAY, None, "Отговорът идва, когато библиотеката работи."),
        (
            dt.datetime(2026, 11, 21, 15, tzinfo=SOFIA),
            "Mo-Fr 09:00-18:00",
            "Отваря в понеделник (23.11) в 09:00",
        ),
        (
            dt.datetime(2026, 12, 24, 10, tzinfo=SOFIA),
            "Mo-Fr 09:00-18:00",
            "Отваря във вторник (29.12) в 09:00",
        ),
        (
            dt.datetime(2026, 11, 23, 12, 30, tzinfo=SOFIA),
            "Mo-Fr 08:30-12:00,13:00-17:00",
            "Сега е обедна почивка, отваря отново в 13:00.",
        ),
        (
            dt.datetime(2026, 11, 23, 20, tzinfo=SOFIA),
            "Mo-Fr 09:00-18:00",
            "Отваря утре (24.11) в 09:00",
        ),
    ],
)
def test_the_promise_is_as_honest_as_the_hours(now: dt.datetime, hours: str | None, promise: str):
    talk = Asker(desk(VRATSA, hours), answers=JOBLESS, now=now)
    talk.says("/librarian").shows(promise)
    talk.presses("Попитай тук").presses(WITHOUT).presses(HAND_OVER).shows(promise)


# -- what is passed on -----------------------------------------------------------------------------


def test_the_card_shows_what_will_be_passed_on_and_nothing_goes_before():
    talk = Asker(desk(VRATSA), answers=JOBLESS | {"education": None}).says("/librarian")
    talk.presses("Попитай тук")
    assert not talk.step.effects
    talk.says("Искам <b>курс</b> 🙂")
    talk.shows("Ето какво ще предам на Регионална библиотека", "Въпрос: Искам <b>курс</b> 🙂")
    talk.shows("възраст: 52", "адрес: гр. Враца")
    assert re.search("не се знае: .*образование", talk.screen.text)
    talk.shows("може да подхожда", "Името Ви не се предава")
    talk.shows("срокове: регистрация до 01.12.2026, заявление до НОИ до 20.02.2027")
    assert not talk.step.effects
    talk.presses(HAND_OVER).shows("Предадох въпроса Ви", "Пишете тук")
    assert talk.opened
    assert [e.text for e in talk.reached] == ["Искам <b>курс</b> 🙂"]


def test_every_line_of_the_card_can_be_left_out():
    answers = JOBLESS | {"audience": "relative", "education": None, "has_trade": {"declined": True}}
    talk = Asker(desk(VRATSA), answers=answers).says("/librarian")
    talk.presses("Попитай тук", WITHOUT)
    while taken := [label for label in talk.buttons if label.startswith("☑")]:
        talk.presses(taken[0])
    talk.shows("Нищо – само въпросът Ви.")
    talk.presses(HAND_OVER)
    assert talk.conversation.case
    card = talk.conversation.case.card
    assert card.model_dump() == type(card)(question="", place="").model_dump()


def test_a_line_left_out_can_be_put_in_again():
    talk = Asker(desk(VRATSA), answers=JOBLESS | {"education": None}).says("/librarian")
    talk.presses("Попитай тук", WITHOUT)
    before = talk.screen.text
    for number in re.findall(r"(?m)^☑ (\d+)\. ", before):
        talk.presses(f"☑ {number}").presses(f"☐ {number}")
        assert talk.screen.text == before, number


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        ({"disability_percent": 60}, "процент от ТЕЛК"),
        ({"served_sentence": True}, "изтърпяна присъда"),
        ({"protection_status": True}, "статут на закрила"),
    ],
)
def test_what_is_sensitive_goes_only_when_it_is_ticked(answer: dict[str, Any], label: str):
    talk = Asker(desk(VRATSA), answers=JOBLESS | answer).says("/librarian")
    talk.presses("Попитай тук", WITHOUT)
    assert f"{label}:" not in talk.screen.text
    talk.turns(label).shows(f"{label}:")
    talk.turns(label).hides(f"{label}:")


def test_what_counts_only_by_an_answer_left_out_goes_with_it():
    answers = JOBLESS | {"registered": True, "registered_on": "2026-01-10"}
    talk = Asker(desk(VRATSA), answers=answers).says("/librarian")
    talk.presses("Попитай тук", WITHOUT)
    talk.turns("регистрация в бюрото по труда")
    talk.hides("откога е регистрацията:", "регистрация в бюрото по труда:")
    talk.turns("откога е регистрацията")
    talk.shows("откога е регистрацията: 10.01.2026", "регистрация в бюрото по труда: Да")


def test_the_deadline_does_not_give_away_that_there_is_no_work():
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/librarian")
    talk.presses("Попитай тук", WITHOUT).shows("срокове: регистрация до")
    talk.turns("работа в момента").hides("срокове: регистрация")
    leaving = Asker(desk(VRATSA), answers=JOBLESS | {"working": "leaving"}).says("/librarian")
    leaving.presses("Попитай тук", WITHOUT).shows("работата скоро свършва")


def test_the_deadline_is_a_line_that_can_be_left_out():
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/librarian")
    talk.presses("Попитай тук", WITHOUT).turns("срокове").hides("срокове: регистрация")
    talk.turns("срокове").shows("срокове: регистрация до").turns("срокове")
    talk.presses("Да, предай")
    assert talk.conversation.case.card.deadline == ""


def test_a_line_turned_twice_by_one_tap_stays_where_the_tap_wanted_it():
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/librarian")
    talk.presses("Попитай тук", WITHOUT)
    tap = talk.turn_of("възраст")
    talk.does(tap).hides("възраст:").turns("работа в момента").does(tap).hides("възраст:")


def test_words_beside_an_open_case_are_not_taken_for_delivered():
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/librarian")
    talk.presses("Попитай тук", WITHOUT, "Да, предай")
    talk.says("/start").shows("Имате отворен въпрос №", "натиснете „Библиотекар“")
    talk.says("а работи ли бюрото утре?").shows("Това остана при мен, библиотекарят не го вижда.")
    assert not talk.step.effects
    talk.says("/menu").shows("Имате отворен въпрос №")
    talk.says("/librarian", "а работи ли бюрото утре?")
    assert [e.text for e in talk.step.effects] == ["а работи ли бюрото утре?"]


def offered(talk: Asker) -> Button:
    """Return the button that sends on what was just said beside a case."""
    said = next(m for m in talk.step.messages if "Да го пратя ли?" in m.text)
    return said.rows[0][0]


def test_words_beside_an_open_case_can_be_sent_on_with_one_tap():
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/librarian")
    talk.presses("Попитай тук", WITHOUT, "Да, предай", "← Към бота").says("а до колко сте отворени")
    assert offered(talk).label == "Прати го"
    talk.does(Pressed(serial=talk.conversation.serial, action=offered(talk).action))
    talk.shows("Пратих го на библиотекаря.")
    assert [e.text for e in talk.step.effects] == ["а до колко сте отворени"]
    talk.does(Pressed(serial=0, action="send-on")).shows("Този бутон е стар.")
    assert not talk.step.effects


def test_the_one_who_answers_is_named_where_the_name_fits():
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/librarian")
    talk.presses("Попитай тук", WITHOUT, "Да, предай", "← Към бота")
    for name, label in (("Мария", "Прати на Мария"), ("Мария-Магдалена", "Прати го")):
        claimed = talk.conversation.case.model_copy(update={"claimed_name": name})
        talk.conversation = talk.conversation.model_copy(update={"case": claimed})
        assert offered(talk.says("абе вие там")).label == label


def test_words_that_wait_to_be_sent_go_with_the_next_ones():
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/librarian")
    talk.presses("Попитай тук", WITHOUT, "Да, предай", "← Към бота").says("тайна някаква")
    assert talk.conversation.unsent.text == "тайна някаква"
    talk.says("/menu")
    assert talk.conversation.unsent == Unsent()
    talk.does(Pressed(serial=0, action="send-on")).shows("Този бутон е стар.")


def test_the_librarian_reads_bulgarian_whatever_the_talk_is_in():
    talk = Asker(desk(VRATSA), answers=JOBLESS)
    talk.conversation = talk.conversation.model_copy(
        update={"screens": (ScreenRef(name="case_card"),), "language": "bg"}
    )
    turn = Turn(talk.conversation, talk.context)
    english = turn.change(language="en")
    assert card_of(english).facts != card_of(turn).facts
    assert card_of(english.change(language="bg")) == card_of(turn)


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "bool": st.booleans(),
    "place": st.sampled_from([VRATSA_TOWN, VIDIN_TOWN]),
    "date": st.dates(dt.date(2019, 1, 1), MONDAY.date()).map(dt.date.isoformat),
}


def answers_of(fact: Fact) -> st.SearchStrategy[Any]:
    if fact.kind == "choice":
        told: st.SearchStrategy[Any] = st.sampled_from([c.value for c in fact.choices])
    elif fact.kind == "whole":
        told = st.integers(*(fact.bounds or (0, 0)))
    else:
        told = VALUES[fact.kind]
    return told | st.just("none") if fact.none else told


FACTS = [fact for fact in load().facts if fact.id != "audience"]
PROFILES = st.fixed_dictionaries(
    {"audience": st.sampled_from(["self", "relative", "employer"])},
    optional={
        fact.id: answers_of(fact) | st.sampled_from([None, {"declined": True}]) for fact in FACTS
    },
)
TURNED = st.sets(st.sampled_from([*(f.id for f in FACTS), RELATIVE, UNKNOWN, FITTING, DEADLINE]))


def told(raw: Any) -> bool:
    return raw is not None and raw != {"declined": True}


def left_out(answers: dict[str, Any], turned: set[str]) -> set[str]:
    """The answers that the person wants left out, as the card's boxes say."""
    return {
        fact.id
        for fact in FACTS
        if told(answers.get(fact.id)) and (fact.id in turned) is not (fact.sensitivity == "special")
    }


def turn_of(answers: dict[str, Any], turned: set[str]) -> Turn:
    draft = Draft(question="?", turned=tuple(sorted(turned)))
    return Turn(Conversation(answers=answers, draft=draft), context(desk(VRATSA)))


@settings(max_examples=150, deadline=None)
@given(PROFILES, TURNED, st.data())
def test_nothing_of_what_is_left_out_shows_in_what_reaches_the_desk(
    answers: dict[str, Any], turned: set[str], data: st.DataObject
):
    """Whatever the answers left out had been, the very same card would reach the desk."""
    out = left_out(answers, turned)
    turn = turn_of(answers, turned)
    card = for_the_desk(turn)
    others = {f.id: data.draw(answers_of(f), label=f.id) for f in FACTS if f.id in out}
    other = for_the_desk(turn_of(answers | others, turned))
    assert other.model_dump_json() == card.model_dump_json()
    assert as_text(other, turn.context) == as_text(card, turn.context)
    special = {f.id for f in FACTS if f.sensitivity == "special"} & out
    never_asked = {name: raw for name, raw in answers.items() if name not in special}
    assert for_the_desk(turn_of(never_asked, turned)) == card
    labels = {f.label.bg for f in FACTS if f.id in out}
    named = {one.label for one in card.unknown} | {line.label for line in card.facts}
    assert not labels & named
    open_ = " ".join(line.value for line in card.measures if line.verdict == "unknown")
    assert not [label for label in labels - named if label in open_ and not hides(label, named)]
    assert not out & {line.about for line in card.facts}
    if "settlement" in out:
        assert not card.place
        assert card.bureau is None
    if RELATIVE in turned:
        swapped = answers | {"audience": "self"}
        assert for_the_desk(turn_of(swapped, turned)) == card
    if FITTING in turned:
        assert not card.measures
        assert not card.papers
        assert not any(one.decides for one in card.unknown)
    if UNKNOWN in turned:
        assert not card.unknown
        assert "unknown" not in {line.verdict for line in card.measures}
    if DEADLINE in turned:
        assert not card.deadline


def hides(label: str, named: set[str]) -> bool:
    """Whether a label stands in it only as a part of another one that is named."""
    return any(label in other for other in named)


def test_a_long_question_is_cut_and_the_card_still_fits_a_message():
    full = {
        "job_ended_on": "2026-11-20",
        "registered_on": "2025-01-10",
        "trade_obtained_on": "2026-01-10",
        "previous_benefit_ended_on": "2019-01-10",
        "youngest_child_age": 3,
        "disability_percent": 60,
        "education": "secondary",
    }
    yes = {f.id: True for f in FACTS if f.kind == "bool"}
    talk = Asker(desk(VRATSA), answers=JOBLESS | yes | full).says("/librarian")
    talk.presses("Попитай тук").says("ж" * 10_000).shows("Оставих първите")
    while empty := [label for label in talk.buttons if label.startswith("☐")]:
        talk.presses(empty[0])
    assert len(talk.screen.text) <= LIMIT


@pytest.mark.parametrize("words", ["назад", "меню", "отказ", "човек", "изтрий", "/help"])
def test_a_word_for_the_bot_is_not_taken_for_the_question(words: str):
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/librarian")
    talk.presses("Попитай тук").says(words)
    assert talk.at != "case_card"
    assert not talk.conversation.draft.question


@pytest.mark.parametrize(
    "words",
    [
        "Закри се ателието. Къде да се запиша за курс, на 22 съм?",
        "Как да стигна до курса, като няма автобус",
    ],
)
def test_a_question_typed_where_one_chooses_whom_to_ask_goes_on_a_card(words: str):
    talk = Asker(desk(VIDIN), desk(VRATSA), answers=JOBLESS).says("/librarian").says(words)
    assert talk.at == "case_card"
    talk.shows("Ето какво ще предам на Регионална библиотека", "гр. Враца", f"Въпрос: {words}")
    assert not talk.reached


@pytest.mark.parametrize("words", ["Роман", "от село Баница съм", "на 57 съм, от Роман"])
def test_what_is_no_question_is_not_taken_for_one_there(words: str):
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/librarian").says(words)
    assert not talk.conversation.draft.question


def test_who_gives_a_question_back_is_not_said_to_have_been_silent_when_they_were_not():
    talk = Asker(desk(VRATSA), answers=JOBLESS).has_asked()
    talk.librarian("claim").librarian("release")
    assert said(talk).startswith("Мария не успя да отговори. Въпросът Ви сега чака и колегите там.")
    talk.librarian("reply", "Елате утре").says("Може ли следобед?").librarian("release")
    assert said(talk).startswith("Мария сега не може да продължи.")
    assert "не успя" not in said(talk)


def test_where_nobody_is_there_no_colleague_is_said_to_wait_with_them():
    talk = Asker(desk(VRATSA), answers=JOBLESS).has_asked().librarian("claim")
    away = replace(desk(VRATSA), away=True, usual=60)
    talk.context = replace(talk.context, desks=(away,))
    talk.librarian("release")
    assert "колегите" not in said(talk)
    assert "Обикновено" not in said(talk)


def said(talk: Asker) -> str:
    return "\n\n".join(m.text for m in talk.step.messages)


def test_without_a_question_the_one_written_before_is_gone():
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/librarian")
    talk.presses("Попитай тук").says("Тайна").presses("← Назад", WITHOUT)
    talk.hides("Тайна").presses(HAND_OVER)
    assert not talk.reached


def test_a_desk_that_is_gone_before_the_passing_on_gets_nothing_and_no_other_does():
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/librarian")
    talk.presses("Попитай тук", WITHOUT)
    talk.context = replace(talk.context, desks=(desk(VIDIN),))
    talk.presses(HAND_OVER).shows("Тази библиотека вече не отговаря", "гр. Видин")
    assert talk.conversation.case is None
    assert not talk.opened


# -- once ------------------------------------------------------------------------------------------


def test_passing_on_twice_opens_one_case():
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/librarian")
    talk.presses("Попитай тук", WITHOUT)
    press = talk.press_of(HAND_OVER)
    talk.does(press)
    assert talk.conversation.case
    number = talk.conversation.case.number
    talk.does(press)
    assert not talk.opened
    again = Pressed(serial=press.serial + 7, action=press.action)
    talk.does(again).shows("Имате отворен въпрос")
    assert not talk.opened
    assert talk.conversation.case.number == number


def test_a_second_case_while_one_is_open_is_refused_kindly():
    talk = Asker(desk(VRATSA), answers=JOBLESS).has_asked()
    for action in ("to:lib-vratsa-reg", "pass-on", "to:"):
        talk.says("бот").does(Pressed(serial=1, action=action))
        talk.shows("Имате отворен въпрос")
        assert not talk.opened
        assert talk.at == "case_chat"


# -- the talk --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        *("ж" * 10_000, "👩‍👩‍👧 🙂", "<img src=x onerror=alert(1)>", "47", "не знам", "Да", "?!"),
        *("?", "??", "…", ".", "!", "👍", "🙏", "—", "/", "/5 лв ли е?", "1", "Благодаря!"),
    ],
)
def test_words_go_to_the_librarian_as_they_are(words: str):
    talk = Asker(desk(VRATSA), answers=JOBLESS).has_asked().says(words)
    assert [(e.by, e.text) for e in talk.reached] == [("person", words)]
    assert not talk.step.messages
    assert talk.answers == JOBLESS


def test_commands_still_mean_the_bot():
    talk = Asker(desk(VRATSA), answers=JOBLESS).has_asked()
    talk.says("/help").shows("Ето какво мога")
    assert not talk.reached
    talk.says("/librarian").says("изтрий").shows("Да изтрия ли всичко")
    assert not talk.reached
    talk.presses("Да, изтрий всичко").shows("Изтрих")
    assert any(isinstance(e, Erase) for e in talk.step.effects)
    assert talk.conversation.case is None


def test_the_bot_comes_back_to_the_very_question():
    talk = Asker(desk(VRATSA)).start().presses("За мен", "Без работа").says("15.11.2026")
    talk.says("гр. Враца")
    question = talk.conversation.screen
    assert question.name == "joint"
    talk.has_asked()
    talk.says("бот")
    assert talk.conversation.screen == question
    talk.says("/librarian").says("Още нещо")
    assert [e.text for e in talk.reached] == ["Още нещо"]
    talk.presses("← Към бота")
    assert talk.conversation.screen == question


def test_an_answer_arrives_also_at_the_interview_and_loses_no_question():
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/menu").presses("Продължи въпросите")
    question, asked = talk.conversation.screen, talk.screen
    talk.has_asked().says("бот").librarian("reply", "Елате утре <3")
    talk.shows("Мария от библиотеката е с Вас.", "👤 Мария: Елате утре <3")
    assert talk.conversation.screen == question
    answer = talk.step.messages[-1]
    assert [b.label for b in answer.buttons] == ["Отговори"]
    assert talk.says("бот").screen.text == asked.text
    talk.does(Pressed(serial=answer.serial, action=answer.buttons[0].action)).says("Благодаря")
    assert [e.text for e in talk.reached] == ["Благодаря"]


def test_ending_closes_the_case_once_and_comes_back():
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/results").has_asked()
    talk.presses("Приключи разговора").shows("Приключих разговора")
    assert talk.at == "results"
    assert talk.opened
    talk.does(Pressed(serial=1, action="end-case")).shows("вече е приключил")
    assert not talk.opened


def test_the_librarians_end_is_told_and_comes_back_to_where_the_person_was():
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/results").has_asked()
    talk.librarian("reply", "Ето").librarian("close").shows("Мария приключи разговора", "намерих")
    assert talk.at == "results"


def test_what_a_librarian_does_to_a_closed_case_changes_nothing():
    talk = Asker(desk(VRATSA), answers=JOBLESS).has_asked().presses("Приключи разговора")
    before = talk.conversation
    for act in ("claim", "reply", "note", "close", "assign"):
        talk.librarian(act, "късно")
        assert talk.conversation == before
        assert not talk.step.messages
        assert not talk.step.effects


def test_another_librarian_can_neither_answer_nor_close_but_can_note():
    talk = Asker(desk(VRATSA), answers=JOBLESS).has_asked().librarian("claim")
    for act in ("claim", "reply", "close"):
        talk.librarian(act, "аз", name="Иван")
        assert not talk.step.messages
        assert not talk.step.effects
    talk.librarian("note", "позвъни", name="Иван")
    assert [(e.by, e.delivered) for e in talk.reached] == [("note", False)]
    assert not talk.step.messages


def test_old_buttons_of_a_closed_case_do_no_harm():
    talk = Asker(desk(VRATSA), answers=JOBLESS).has_asked().presses("Приключи разговора")
    closed = talk.conversation.case
    for action in ("to-bot", "end-case", "pass-on", "case-card", "turn:age", "go:librarian"):
        talk.does(Pressed(serial=3, action=action))
        assert not talk.opened
        assert not talk.reached
        assert talk.conversation.case == closed


def test_the_end_of_the_trial_is_told_without_a_librarys_name():
    talk = Asker(desk(VRATSA), answers=JOBLESS, trial=True)
    talk.has_asked().shows("Пробен режим")
    talk.librarian("close", name="", librarian="").shows("Пробният режим свърши")
    talk.hides("Христо Ботев", "приключи разговора")
    assert talk.conversation.case
    assert talk.conversation.case.state == "closed"


def test_begin_again_forgets_the_answers_but_not_the_open_case():
    talk = Asker(desk(VRATSA), answers=JOBLESS).has_asked().says("/menu")
    talk.presses("Започни отначало", "Да, отначало")
    assert not talk.answers
    talk.librarian("reply", "Тук съм").shows("👤 Мария: Тук съм")
