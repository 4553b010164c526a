"""The card at a desk: what stands first, why it matters, how it grows, and what it never tells."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_librarian import (
    FACTS,
    JOBLESS,
    PROFILES,
    TURNED,
    VRATSA,
    VRATSA_TOWN,
    Asker,
    answers_of,
    context,
    desk,
    left_out,
    turn_of,
)

from dialogs.flows.card_shown import LONGEST, as_text, shown
from dialogs.flows.desk_card import for_the_desk, renewed
from dialogs.model import NO_CARD, Card, Case, Conversation, Pressed
from knowledge.loading import load
from tests.dialogs.cards import FOLDER, card_for, people, written

LONGEST_ASKED = 2000
KNOWLEDGE = load()
MOST_LINES = 5
WITHOUT = "Без въпрос"
HAND_OVER = "Да, предай"


def card(*turned: str, **answers: Any) -> Card:
    return for_the_desk(turn_of(JOBLESS | answers, set(turned)))


def first_fitting(one: Card) -> list[str]:
    return [line.about for line in one.measures if line.verdict in ("yes", "likely", "near")]


# -- as they read ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(people()))
def test_a_card_reads_as_it_was_recorded(name: str) -> None:
    """After a change of words: `python -m tests.dialogs.cards`; the diff is to be read."""
    assert (FOLDER / f"{name}.txt").read_text(encoding="utf-8") == written(people()[name])


def test_every_recorded_card_is_of_somebody() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(people())


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("over_50", "kso-54a-unemployment-benefit"),
        ("youth", "eu-youth-employment-plus"),
        ("disability_ticked", "zhu-37-specialised-mediation"),
        ("remote_village", "znz-18-registration"),
        ("employed", "znz-18-registration"),
    ],
)
def test_what_sets_the_person_apart_leads(name: str, first: str) -> None:
    assert first_fitting(card_for(people()[name]))[0] == first


@pytest.mark.parametrize(
    ("name", "among"),
    [
        ("lone_mother", "eu-parents-in-employment"),
        ("long_unemployed", "np-long-term-unemployed"),
        ("over_55", "znz-36-disadvantaged"),
        ("relative", "np-retirement-help"),
    ],
)
def test_what_helps_this_group_stands_in_the_message(name: str, among: str) -> None:
    """Not only on the page: a librarian in Telegram reads it too."""
    one = card_for(people()[name])
    assert KNOWLEDGE.measures[among].title.bg in as_text(one, context())


# -- the situation ---------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(PROFILES, TURNED)
def test_the_situation_is_five_lines_at_most_and_says_only_what_stands_below(
    answers: dict[str, Any], turned: set[str]
) -> None:
    one = for_the_desk(turn_of(answers, turned))
    assert len(one.situation) <= MOST_LINES
    assert all(line.strip() and "\n" not in line for line in one.situation)
    if not one.facts and not one.place and not one.relative and not one.employer:
        assert one.situation == ()


def test_the_situation_sums_up_in_plain_words() -> None:
    one = card(
        age=36, youngest_child_age=7, lone_or_large_family=True, education="secondary",
        has_trade=False, own_business=True,
    )  # fmt: skip
    assert one.situation == (
        "36 години, най-малко дете на 7 г., сам родител или с три и повече деца",
        "гр. Враца (община Враца, област Враца). Бюро по труда: гр. Враца",
        "Без работа, последна работа до 20.11.2026, без регистрация в бюрото по труда",
        "Средно образование, без документ за професия",
        "Мисли за собствен бизнес",
    )


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_every_fact_has_its_words(fact: Any) -> None:
    """Whatever is told of it, the situation can say it, and nothing stays in another language."""

    @settings(max_examples=15, deadline=None)
    @given(answers_of(fact))
    def told(value: Any) -> None:
        grounds = {"working": "no", "registered": True, "has_trade": True}
        one = for_the_desk(turn_of(grounds | {fact.id: value}, {fact.id}))
        other = for_the_desk(turn_of(grounds | {fact.id: value}, set()))
        for line in (*one.situation, *other.situation):
            assert "{" not in line
            assert "None" not in line

    told()


def test_an_answer_that_rests_is_not_passed_on() -> None:
    one = card(registered=False, registered_on="2026-01-10")
    assert "registered_on" not in {line.about for line in one.facts}
    assert "10.01.2026" not in one.model_dump_json()


# -- what is not known -----------------------------------------------------------------------------


def test_what_is_not_known_says_what_hangs_on_it() -> None:
    one = card(registered=True, registered_on="2026-11-20", insured_12_of_18=None)
    asked = {line.label: line for line in one.unknown}
    insured = asked["осигуровки поне 12 от последните 18 месеца"]
    assert insured.asked
    assert insured.decides[0] == "Обезщетение за безработица"
    assert len(insured.decides) <= 2
    assert not asked["защо свърши работата"].asked
    text = as_text(one, context())
    assert "осигуровки поне 12 от последните 18 месеца (човекът не знае или не казва)" in text
    assert "От това зависи: „Обезщетение за безработица“" in text


def test_nobody_is_sent_to_ask_what_is_sensitive_or_was_left_out() -> None:
    """Also where much hangs on it: a disability, a sentence, an age that was taken out."""
    one = card("age")
    labels = {line.label for line in one.unknown}
    assert labels
    special = {f.label.bg for f in FACTS if f.sensitivity == "special"}
    assert not labels & (special | {"възраст"})


def test_what_can_change_nothing_is_not_asked_for() -> None:
    answers = {"working": "yes", "age": 40}
    for line in for_the_desk(turn_of(answers, set())).unknown:
        assert line.decides, line


# -- measures --------------------------------------------------------------------------------------


def test_every_measure_has_its_verdict_reason_source_and_day() -> None:
    one = card(registered=True, registered_on="2026-11-20", education="secondary")
    assert {line.verdict for line in one.measures} >= {"yes", "likely", "unknown"}
    for line in one.measures:
        assert line.value
        assert line.source
        assert line.url.startswith("http")
        assert line.checked


def test_a_benefit_one_step_away_stands_before_small_services_that_fit() -> None:
    one = card(job_end_ground="own_wish", insured_12_of_18=True, previous_benefit_ended_on="none")
    near = [line.about for line in one.measures if line.verdict == "near"]
    assert near[0] == first_fitting(one)[0] == "kso-54a-unemployment-benefit"
    assert "Първата стъпка е: регистрация в бюрото по труда" in one.measures[0].value


def test_what_may_not_run_any_more_is_not_suggested() -> None:
    for person in people().values():
        for line in card_for(person).measures:
            assert KNOWLEDGE.measures[line.about].status != "unclear"


def test_a_firm_gets_what_it_can_hire_with() -> None:
    one = card_for(people()["employer"])
    assert one.employer
    assert one.situation[0] == "Фирма, която търси хора."
    assert one.measures
    for line in one.measures:
        assert KNOWLEDGE.measures[line.about].for_employer
    assert one.unknown == ()


def test_that_a_firm_asks_can_be_left_out() -> None:
    talk = Asker(desk(VRATSA), answers={"audience": "employer", "settlement": VRATSA_TOWN})
    talk.says("/librarian").presses("Попитай тук", WITHOUT).shows("въпросът е от фирма")
    talk.turns("въпросът е от фирма").presses(HAND_OVER)
    passed = talk.conversation.case.card
    assert not passed.employer
    assert "фирма" not in passed.model_dump_json().lower()


# -- papers ----------------------------------------------------------------------------------------


def test_a_paper_stands_once_with_all_that_ask_for_it() -> None:
    for person in people().values():
        one = card_for(person)
        texts = [paper.text for paper in one.papers]
        assert len(texts) == len(set(texts))
        fit = {line.label for line in one.measures if line.verdict not in ("near", "unknown")}
        for paper in one.papers:
            assert paper.measures
            assert set(paper.measures) <= fit
    assert card_for(people()["over_50"]).papers[0].text == "Заповед за прекратяване"


def test_papers_do_not_tell_what_the_person_chose_for_the_plan() -> None:
    turn = turn_of(JOBLESS, set())
    plan = turn.conversation.plan.model_copy(update={"chosen": ("eures",), "brought": ("x",)})
    assert for_the_desk(turn.change(plan=plan)) == for_the_desk(turn)


# -- the bureau ------------------------------------------------------------------------------------


def test_the_bureau_comes_with_its_source_and_opens_when_it_does() -> None:
    one = card()
    assert one.bureau
    assert one.bureau.name == "Дирекция „Бюро по труда“ – Враца"
    assert "проверено на 22.11.2026" in one.bureau.competence
    hours = {"hours": "пн–пт 09:00–17:30", "opens": "Mo-Fr 09:00-17:30", "phone": "092 1"}
    known = one.model_copy(update={"bureau": one.bureau.model_copy(update=hours)})
    kept = known.model_dump_json()
    morning, now = shown(known, context()).bureau, context().now
    evening = shown(known, replace(context(), now=now.replace(hour=20))).bureau
    assert morning
    assert evening
    assert "до 17:30" in morning.now
    assert "09:00" in evening.now
    assert morning.lines == evening.lines == ("Телефон: 092 1", "Работно време: пн–пт 09:00–17:30")
    assert known.model_dump_json() == kept
    # What stands in a topic is read later too: there it is the hours alone.
    assert "до 17:30" not in as_text(known, context())


def test_a_bureau_nobody_knows_is_not_made_up() -> None:
    one = card_for(people()["lone_mother"])
    assert one.bureau
    assert one.bureau.status == "unknown"
    assert one.bureau.name == ""
    text = as_text(one, context())
    assert "Кое е бюрото за тази община, не се знае." in text
    assert "Бюра в областта:" in text


# -- no name ---------------------------------------------------------------------------------------


def test_a_name_stands_only_where_the_person_wrote_it() -> None:
    question = "Аз съм Пенка Стоянова от Враца, тел. 0888 123 456. Къде да отида?"
    talk = Asker(desk(VRATSA), answers=JOBLESS).has_asked(question)
    one = talk.conversation.case.card
    assert one.question == question
    rest = one.model_copy(update={"question": ""}).model_dump_json()
    assert "Пенка" not in rest
    assert "0888" not in rest
    assert as_text(one, context()).count("Пенка") == 1


# -- one message -----------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(PROFILES, TURNED, st.sampled_from(["", "ж" * LONGEST_ASKED, "Кратко?"]))
def test_the_message_fits_and_names_what_it_leaves_out(
    answers: dict[str, Any], turned: set[str], question: str
) -> None:
    turn = turn_of(answers, turned)
    draft = turn.conversation.draft.model_copy(update={"question": question})
    one = for_the_desk(turn.change(draft=draft))
    text = as_text(one, turn.context)
    assert 0 < len(text) <= LONGEST
    said = [line for line in one.measures if f"• {line.label}" in text]
    assert said == list(one.measures[: len(said)])
    left = len(one.measures) - len(said)
    assert (f"още {left} м" in text and "на уеб бюрото" in text) if left else True


def test_a_card_with_everything_at_its_longest_still_fits_and_says_so() -> None:
    """The first measures, what is open and the bureau stay; the long question is shortened."""
    one = card_for(people()["over_50"]).model_copy(update={"question": "ж" * LONGEST_ASKED})
    text = as_text(one, context())
    assert len(text) <= LONGEST
    for there in ("ж…", "ПЪРВО СРОКЪТ", "Обезщетение за безработица", "Бюро по труда:", "още "):
        assert there in text
    huge = one.model_copy(update={"deadline": "д" * 5000})
    assert as_text(huge, context()).endswith("Останалото е на уеб бюрото.")
    assert len(as_text(huge, context())) <= LONGEST


def test_the_most_important_stands_first() -> None:
    text = as_text(card_for(people()["over_50"]), context())
    order = ["❓", "Накратко:", "ПЪРВО СРОКЪТ", "Какво може да помогне:", "Какво не се знае:"]
    order += ["Какво да носи:", "Бюро по труда:\n"]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "на английски"), ("tr", "на турски"), ("uk", "на украински")],
)
def test_a_librarian_is_told_the_language_and_reads_bulgarian(language: str, said: str) -> None:
    talk = Asker(desk(VRATSA), answers=JOBLESS)
    talk.conversation = talk.conversation.model_copy(update={"language": language})
    talk.says("/librarian")
    talk.acts(f"to:{VRATSA}").acts("case-card")
    assert talk.context.texts[language]("case-card-language") in talk.screen.text
    talk.acts("pass-on")
    one = talk.conversation.case.card
    assert as_text(one, context()).startswith(f"Човекът пише {said}.")
    assert one.model_copy(update={"speaks": "bg"}) == card().model_copy(update={"question": ""})


def test_of_bulgarian_nothing_is_said() -> None:
    assert "Човекът пише" not in as_text(card(), context())


# -- later answers ---------------------------------------------------------------------------------


def test_the_hand_over_says_that_later_answers_are_seen() -> None:
    talk = Asker(desk(VRATSA), answers=JOBLESS).says("/librarian")
    talk.presses("Попитай тук", WITHOUT)
    talk.shows("Ако после отговорите на още въпроси, библиотекарят ще види и тях.")
    talk.shows("Махнатото остава скрито.")


class Answering(Asker):
    """Also presses the buttons of questions that a screen further up has shown."""

    def acts_on(self, fact: str, value: str) -> None:
        self.does(Pressed(serial=0, action=f"a:{fact}:{value}"))


def asked(**answers: Any) -> Answering:
    return Answering(desk(VRATSA), answers=JOBLESS | answers).has_asked()


def test_a_later_answer_joins_the_card_and_tells_the_desk() -> None:
    talk = asked()
    assert "education" not in {line.about for line in talk.conversation.case.card.facts}
    talk.says("бот")
    assert not talk.opened
    talk.acts_on("education", "basic")
    assert talk.opened
    one = talk.conversation.case.card
    assert ("education", "Основно") in {(line.about, line.value) for line in one.facts}
    assert one.question == "Къде да отида?"
    assert one == renewed(talk.conversation, talk.context)


def test_what_was_left_out_stays_out_when_it_is_answered_anew() -> None:
    talk = Answering(desk(VRATSA), answers=JOBLESS).says("/librarian")
    talk.presses("Попитай тук", WITHOUT).turns("възраст").presses(HAND_OVER).says("бот")
    before = talk.conversation.case.card
    changed = talk.conversation.answers | {"age": 23}
    talk.conversation = talk.conversation.model_copy(update={"answers": changed})
    assert renewed(talk.conversation, talk.context) == before


def test_what_is_sensitive_does_not_join_later() -> None:
    talk = asked()
    for fact, value in (("disability_percent", 60), ("served_sentence", True)):
        more = talk.conversation.model_copy(
            update={"answers": talk.conversation.answers | {fact: value}}
        )
        assert renewed(more, talk.context) == talk.conversation.case.card, fact


def test_a_sensitive_line_that_was_ticked_follows_its_answer() -> None:
    talk = Answering(desk(VRATSA), answers=JOBLESS | {"disability_percent": 40})
    talk.says("/librarian").presses("Попитай тук", WITHOUT).turns("процент от ТЕЛК")
    talk.presses(HAND_OVER)
    more = talk.conversation.answers | {"disability_percent": 60}
    one = renewed(talk.conversation.model_copy(update={"answers": more}), talk.context)
    assert one
    assert ("disability_percent", "60") in {(line.about, line.value) for line in one.facts}


@settings(max_examples=100, deadline=None)
@given(PROFILES, PROFILES, TURNED, st.data())
def test_what_was_left_out_never_shows_through_a_renewed_card(
    first: dict[str, Any], then: dict[str, Any], turned: set[str], data: st.DataObject
) -> None:
    """Whatever is answered later: flipping what the agreement leaves out changes no byte."""
    one = for_the_desk(turn_of(first, turned))
    case = Case(
        number=1, library=VRATSA, state="waiting", card=one, opened_at=context().now,
        turned=tuple(sorted(turned)),
    )  # fmt: skip
    answers = {**first, **then, "audience": first["audience"]}
    later = renewed(Conversation(answers=answers, case=case), context())
    assert later
    out = left_out(answers, turned)
    others = {f.id: data.draw(answers_of(f), label=f.id) for f in FACTS if f.id in out}
    flipped = renewed(Conversation(answers=answers | others, case=case), context())
    assert flipped
    assert flipped.model_dump_json() == later.model_dump_json()
    assert later.question == one.question


def test_only_an_open_case_under_an_agreement_is_renewed() -> None:
    talk = asked()
    talk_of_before = talk.conversation.case.model_copy(update={"turned": None})
    for case in (None, talk_of_before):
        more = talk.conversation.model_copy(update={"case": case, "answers": {"age": 20}})
        assert renewed(more, talk.context) is None
    talk.presses("Приключи разговора")
    assert talk.conversation.case.card == NO_CARD
    talk.acts_on("education", "basic")
    assert talk.conversation.case.card == NO_CARD
    assert not talk.opened


def test_an_older_release_s_open_case_stays_as_it_was_passed_on() -> None:
    """It did not keep what was left out, and nobody was told that more would be seen."""
    talk = asked()
    kept = json.loads(talk.conversation.model_dump_json())
    del kept["case"]["turned"]
    talk.conversation = Conversation.model_validate(kept)
    talk.says("бот").acts_on("education", "basic")
    assert not talk.opened
    assert "education" not in {line.about for line in talk.conversation.case.card.facts}


def test_answers_about_somebody_else_do_not_join() -> None:
    talk = asked().says("бот")
    before = talk.conversation.case.card
    talk.says("/menu").presses("Започни отначало", "Да, отначало")
    assert talk.conversation.case.card == before
    talk.presses("За близък човек").says("Без работа")
    talk.acts_on("education", "basic")
    assert talk.answers["education"] == "basic"
    assert talk.conversation.case.card == before
    assert not talk.opened


def test_a_word_to_the_librarian_leaves_the_card_alone() -> None:
    talk = asked().says("А кога отваряте?")
    assert [e.kind for e in talk.step.effects] == ["case_said"]


# -- older releases --------------------------------------------------------------------------------

OLD = {
    "question": "Кога?",
    "place": "гр. Враца",
    "facts": [{"about": "age", "label": "възраст", "value": "52"}],
    "unknown": ["образование"],
    "measures": [{"about": "eures", "label": "EURES", "value": "Вероятно подхожда."}],
    "deadline": "",
    "deadline_in_short": "",
    "relative": True,
}


def test_a_card_of_an_older_release_can_still_be_read() -> None:
    one = Card.model_validate(OLD)
    assert Card.model_validate_json(one.model_dump_json()) == one
    text = as_text(one, context())
    for there in ("Кога?", "Пита за близък човек.", "образование", "EURES", "Вероятно подхожда."):
        assert there in text
    assert [line.value for line in shown(one, context()).answers] == ["гр. Враца", "52"]
