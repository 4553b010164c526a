"""The invented people: they come through the real talk, and what would help them is true today."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from dialogs.flows.desk_card import for_the_desk
from dialogs.model import CaseChanged, CaseSaid, Conversation, DeskAct, Said
from dialogs.phrases import load_phrases
from dialogs.practice.check import LEXICON, Check, checked
from dialogs.practice.coming import LostError, at_the_card, coming
from dialogs.practice.people import Invented, invented
from dialogs.practice.script import is_done, next_words
from dialogs.respond import respond
from dialogs.turn import Context, Desk
from knowledge.base import KnowledgeBase
from tests.talks.playing import player
from tests.talks.writing import FOLDER, read

PEOPLE = list(invented().values())
DESK = "practice:librarian"
SAME_AS_IN_THE_TALK = ("audience", "working", "age", "settlement", "youngest_child_age")
LONGEST_SENTENCE = 15
by_name = pytest.mark.parametrize("person", PEOPLE, ids=lambda p: p.id)


@pytest.fixture
def indoors(context: Context) -> Context:
    library = context.knowledge.directory.library("lib-vratsa-reg")
    assert library
    return replace(context, desks=(Desk(DESK, library, None),))


def after(person: Invented, context: Context) -> Conversation:
    """The talk after all that the person does, each step through JSON as the store keeps it."""
    talk = Conversation()
    for number, event in enumerate(coming(person, context), start=1):
        kept = Conversation.model_validate_json(talk.model_dump_json())
        talk = respond(kept, event, replace(context, number=number)).conversation
    return talk


def check_of(person: Invented, context: Context, *answers: str) -> Check:
    return checked(at_the_card(person, context), person, answers)


def test_each_group_of_people_is_there() -> None:
    told = [person.answers for person in PEOPLE]
    assert any(a["audience"] == "employer" for a in told)
    assert any(a["audience"] == "relative" for a in told)
    assert any(a.get("age") == "22" for a in told)
    assert any(int(a.get("age", "0")) > 55 and "Роман" in a["settlement"] for a in told)
    assert any(a.get("disability_percent") == "60" for a in told)
    assert any(a.get("lone_or_large_family") == "yes" for a in told)
    assert any(a.get("settlement", "").startswith("с. ") for a in told)
    assert any(a.get("working") == "yes" for a in told)
    assert any(a.get("protection_status") == "yes" for a in told)
    assert len({person.name for person in PEOPLE}) == len(PEOPLE) >= 8


@by_name
def test_each_comes_to_the_desk_through_the_real_talk(person: Invented, indoors: Context) -> None:
    case = after(person, indoors).case
    assert case
    assert (case.state, case.library) == ("waiting", DESK)
    assert case.card.question == person.question
    assert case.card == for_the_desk(at_the_card(person, indoors))
    if person.answers["audience"] != "employer":
        assert case.card.place
        assert len(case.card.facts) > 4
        assert set(person.answers) - {"audience", "settlement", "education"} <= {
            *(line.about for line in case.card.facts),
            *({"disability_percent", "protection_status"} - set(person.shows)),
        }


@by_name
def test_each_is_the_one_of_the_golden_talk(
    person: Invented, indoors: Context, knowledge: KnowledgeBase
) -> None:
    if person.talk is None:
        pytest.skip("not of a golden talk")
    playing = player(read(FOLDER / f"{person.talk}.md"), knowledge)
    assert list(playing.lines())
    golden, own = playing.conversation.answers, after(person, indoors).answers
    both = [f for f in SAME_AS_IN_THE_TALK if f in golden and f in own]
    assert both
    assert {f: own[f] for f in both} == {f: golden[f] for f in both}


@by_name
def test_what_is_sensitive_is_shown_only_by_those_who_tick_it(
    person: Invented, indoors: Context
) -> None:
    card = for_the_desk(at_the_card(person, indoors))
    special = {"disability_percent", "served_sentence", "protection_status"}
    assert {line.about for line in card.facts} & special == set(person.shows)


@by_name
def test_all_that_would_help_fits_today_and_has_its_source(
    person: Invented, indoors: Context
) -> None:
    """A measure that ends, or a rule that changes, fails here before a librarian learns it."""
    hints = check_of(person, indoors).hints
    assert [hint.measure for hint in hints] == list(person.helps)
    for hint in hints:
        assert hint.title
        assert hint.because
        assert hint.steps
        assert hint.sources
        assert all(re.search(r"\d\d\.\d\d\.\d{4}", line) for line in hint.sources)


@by_name
def test_everything_that_would_help_can_be_heard(person: Invented, indoors: Context) -> None:
    kinds = load_phrases("bg", LEXICON).kinds
    assert set(person.helps) <= set(kinds)
    for hint in check_of(person, indoors).hints:
        said = check_of(person, indoors, f"Питайте за това: {hint.title}.")
        assert next(h for h in said.hints if h.measure == hint.measure).said, hint.title


@pytest.mark.parametrize("day", [dt.date(2026, 12, 31), dt.date(2027, 5, 3), dt.date(2027, 10, 30)])
def test_they_come_on_any_day_and_are_helped(
    context_on: Callable[[dt.date], Context], indoors: Context, day: dt.date
) -> None:
    """What they tell is so long ago, never a date: nobody of them grows out of their story."""
    later = replace(context_on(day), desks=indoors.desks)
    for person in PEOPLE:
        assert check_of(person, later).hints, person.id


def test_an_article_of_the_law_is_heard_behind_its_short_form(indoors: Context) -> None:
    stoyan = invented()["stoyan"]
    said = {
        text: [hint.measure for hint in check_of(stoyan, indoors, text).hints if hint.said]
        for text in ("Питайте за наемане по чл. 36.", "Тя е на 36.", "Питайте за обезщетението.")
    }
    assert list(said.values()) == [
        ["znz-36-disadvantaged"],
        [],
        ["kso-54a-unemployment-benefit"],
    ]


def test_a_measure_that_does_not_fit_is_never_advised(indoors: Context) -> None:
    person = invented()["ivaylo"].model_copy(update={"helps": ("np-retirement-help", "no-such")})
    assert check_of(person, indoors).hints == ()


@by_name
def test_what_people_say_reaches_the_librarian_and_nobody_else(
    person: Invented, indoors: Context
) -> None:
    """No word of theirs is a command, a button or a cry for help."""
    talk = after(person, indoors)
    assert talk.case
    answer = DeskAct(act="reply", case=talk.case.number, librarian="m", name="Мария", text="Да.")
    for words in person.replies:
        talk = respond(talk, answer, indoors).conversation
        step = respond(talk, Said(text=words), indoors)
        assert step.effects == (CaseChanged(), CaseSaid(by="person", text=words))
        assert step.messages == ()
        talk = step.conversation


@by_name
def test_people_write_plainly(person: Invented) -> None:
    for text in (person.question, *person.replies):
        for sentence in re.split(r"(?<=[.!?])\s+", text):
            assert len(re.findall(r"[^\W_]+", sentence)) <= LONGEST_SENTENCE, sentence
        assert '"' not in text
        assert " - " not in text
    assert re.fullmatch(r"[А-Я][а-я]+", person.name), "a first name and no more"


def test_replies_come_in_order_one_after_each_answer() -> None:
    person = invented()["asen"]
    assert next_words(person, said=0, answered=0) is None
    assert next_words(person, said=0, answered=1) == (1, person.replies[0])
    assert next_words(person, said=1, answered=1) is None
    assert next_words(person, said=1, answered=5) == (2, person.replies[1])
    most = len(person.replies)
    assert next_words(person, said=most, answered=most + 3) is None
    assert [is_done(person, n) for n in (0, most - 1, most)] == [False, False, True]


def test_a_talk_that_does_not_come_to_the_desk_is_said_so(indoors: Context) -> None:
    person = invented()["asen"]
    with pytest.raises(LostError, match="no desk"):
        coming(person, replace(indoors, desks=()))
    # Words that mean something to the bot are no question to a librarian.
    with pytest.raises(LostError, match="asen stands at"):
        coming(person.model_copy(update={"question": "меню"}), indoors)


# -- the check -----------------------------------------------------------------------------------


def marks(check: Check) -> dict[str, bool]:
    names = ("answered", "bureau", "sourced", "dated", "promised")
    return {name: getattr(check, name) for name in names}


GOOD = (
    "Здравейте! Вашето бюро по труда е в Мездра. Записването е по адреса, на място.",
    "Питайте дали бюрото идва и в селото. По данни на Агенцията по заетостта към 22.11.2026.",
)


def test_a_good_answer_is_found_good(indoors: Context) -> None:
    check = check_of(invented()["asen"], indoors, *GOOD)
    assert marks(check) == {
        "answered": True,
        "bureau": True,
        "sourced": True,
        "dated": True,
        "promised": False,
    }
    assert "Мездра" in check.bureau_name
    assert "проверено на" in check.bureau_text
    assert all(hint.said for hint in check.hints)


@pytest.mark.parametrize("answers", [(), ("Не знам.",), ("Ще се оправите, спокойно!",)])
def test_an_answer_that_says_nothing_is_found_so(
    indoors: Context, answers: tuple[str, ...]
) -> None:
    assert not any(marks(check_of(invented()["asen"], indoors, *answers)).values())


def test_the_bureau_of_another_town_is_not_the_bureau(indoors: Context) -> None:
    person = invented()["asen"]
    assert not check_of(person, indoors, "Идете в бюрото по труда.").bureau
    assert not check_of(person, indoors, "Идете в бюрото по труда във Враца.").bureau
    assert not check_of(person, indoors, "Идете в Мездра.").bureau
    assert check_of(person, indoors, "Идете в бюрото по труда в МЕЗДРА").bureau


def test_where_the_bureau_is_not_known_any_mention_counts(indoors: Context) -> None:
    check = check_of(invented()["desislava"], indoors, "Попитайте в бюрото по труда.")
    assert check.bureau
    assert check.bureau_name == ""
    assert check.bureau_text


@pytest.mark.parametrize(
    "text",
    ["Имате право на пари.", "Полага Ви се обезщетение.", "Със сигурност ще Ви вземат."],
)
def test_a_promise_is_pointed_out(indoors: Context, text: str) -> None:
    assert check_of(invented()["stoyan"], indoors, text).promised


def test_an_honest_perhaps_is_no_promise(indoors: Context) -> None:
    text = "Може да подхожда, бюрото решава. Гаранция не мога да дам."
    assert not check_of(invented()["stoyan"], indoors, text).promised


@pytest.mark.parametrize(
    ("text", "sourced", "dated"),
    [
        ("Виж https://www.az.government.bg/x", True, False),
        ("По чл. 36 от закона", True, False),
        ("Проверих го на 22.11.2026 г.", False, True),
        ("Проверих го на 22 ноември", False, True),
        ("Елате в 9:30, ще проверим", False, False),
    ],
)
def test_source_and_date_are_told_apart(
    indoors: Context, text: str, sourced: bool, dated: bool
) -> None:
    check = check_of(invented()["ivaylo"], indoors, text)
    assert (check.sourced, check.dated) == (sourced, dated)
