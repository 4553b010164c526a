"""A firm that hires: its lists hold only what can serve it, and its cards say all it must know."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from talk import LIMIT, Talk

from dialogs.flows.employers import ALL, LISTED, choices, entries
from dialogs.model import HOME, Conversation, Message, ScreenRef
from dialogs.phrases import load_phrases
from dialogs.respond import SCREENS
from dialogs.turn import Context, Turn
from knowledge.base import KnowledgeBase
from knowledge.employers import LONGEST_BUTTON
from knowledge.loading import load
from knowledge.rule_lint import RuleLint
from knowledge.texts import LANGUAGES, Language

KNOWLEDGE = load()
TODAY = dt.date(2026, 11, 23)
FIRM = {"audience": "employer"}
FOR_FIRMS = [measure.id for measure in KNOWLEDGE.measures.values() if measure.for_employer]
TO_A_JOB_SEEKER = (
    "Какво дава:",
    "Какво да направите:",
    "Какво да носите:",
    "За Вас:",
    "Ви наеме",
    "Ви насочва",
    "насочат",
    "трудовия посредник",
)
"""What the card of a job seeker says, and that of a firm never."""


def turn_of(context: Context, name: str, about: str = "", language: Language = "bg") -> Turn:
    screens = (HOME, ScreenRef(name=name, about=about))
    return Turn(Conversation(answers=FIRM, screens=screens, language=language), context)


def shown(context: Context, name: str, about: str = "", language: Language = "bg") -> Message:
    return SCREENS[name].show(turn_of(context, name, about, language))


@pytest.fixture
def firm(talk: Talk) -> Talk:
    return talk.presses("Търся работници")


# -- whom -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_a_firm_would_hire_is_one_of_eight_short_buttons(
    context: Context, language: Language
) -> None:
    buttons = shown(context, "employer", language=language).buttons
    groups = [button for button in buttons if button.action.startswith("hire:")]
    assert 2 < len(groups) <= 8
    assert all(len(button.label) <= LONGEST_BUTTON for button in groups)
    assert groups[-1].action == f"hire:{ALL}"


def test_a_group_that_no_measure_serves_is_no_choice(context: Context) -> None:
    turn = turn_of(context, "employer")
    for group in choices(turn):
        assert KNOWLEDGE.hired_with(TODAY, group.id), group.id
    offered = {group.id for group in choices(turn)}
    silent = {g.id for g in KNOWLEDGE.hiring_groups.values() if g.button} - offered
    assert all(not KNOWLEDGE.hired_with(TODAY, name) for name in silent)


def test_a_group_whose_last_measure_ended_goes(
    context_on: Callable[[dt.date], Context], monkeypatch: pytest.MonkeyPatch
) -> None:
    def parents_gone(
        self: KnowledgeBase, _on: dt.date, group: str | None = None
    ) -> tuple[object, ...]:
        return () if group == "parents" else tuple(self.measures.values())

    monkeypatch.setattr(KnowledgeBase, "hired_with", parents_gone)
    talk = Talk(context_on(TODAY)).start().presses("Търся работници")
    assert "Родители" not in talk.buttons
    talk.does(talk.press_of("Меню").model_copy(update={"action": "hire:parents"}))
    talk.shows("Този бутон е стар")


# -- the lists ------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", [g.id for g in KNOWLEDGE.hiring_groups.values() if g.button])
def test_a_list_holds_only_what_can_serve_the_group(context: Context, group: str) -> None:
    listed = [measure for _, measure in entries(turn_of(context, "hire", group), group)]
    assert len(listed) == len({measure.id for measure in listed}) > 0
    lint = RuleLint(KNOWLEDGE, TODAY)
    for measure in listed:
        assert measure.runs(TODAY)
        assert "employer" in measure.audience
        assert group not in lint.out_of_reach(measure), measure.id


def test_all_measures_for_firms_are_in_the_list_of_all(context: Context) -> None:
    listed = [measure.id for _, measure in entries(turn_of(context, "hire", ALL), ALL)]
    running = [name for name in FOR_FIRMS if KNOWLEDGE.measures[name].runs(TODAY)]
    assert sorted(listed) == sorted(running)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_says_what_the_firm_gets_and_each_page_fits(
    context: Context, language: Language
) -> None:
    for group in (ALL, *KNOWLEDGE.hiring_groups):
        for page in range(4):
            said = shown(context, "hire", f"{group},{page}", language)
            cards = [b for b in said.buttons if b.action.startswith("card:")]
            assert len(re.findall(r"(?m)^\d+\. ", said.text)) == len(cards) <= LISTED + 2
            assert said.text.count("→ ") >= len(cards)
            assert len(said.text) <= LIMIT


def test_the_pages_of_the_list_hold_each_measure_once(firm: Talk) -> None:
    numbers = re.findall(r"(?m)^(\d+)\. ", firm.presses("Всички мерки").pages())
    assert numbers == [str(n) for n in range(1, len(FOR_FIRMS) + 1)]


def test_a_number_may_be_typed(firm: Talk) -> None:
    firm.presses("Стажант или чирак").says("1").shows("СТАЖ ПО НОВА ПРОФЕСИЯ", "Как се иска:")


def test_a_list_that_is_gone_leads_home(context: Context) -> None:
    raw = {"answers": FIRM, "screens": [{"name": "hire", "about": "gone"}]}
    talk = Talk(context, Conversation.model_validate(raw)).says("меню")
    assert ScreenRef(name="hire", about="gone") not in talk.conversation.screens


# -- the cards ------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", FOR_FIRMS)
def test_a_card_says_whom_what_duties_how_and_who_says_so(context: Context, measure: str) -> None:
    card = shown(context, "employer_card", measure)
    for heading in ("Кого може да наемете:", "Какво получавате:", "Как се иска:\n1. "):
        assert heading in card.text
    assert re.search(r"Какво поемате:\n• |Какво поемате, не намерих\.", card.text)
    assert re.search(r"Какво да подготвите:\n• |Какви документи трябват – попитайте", card.text)
    assert re.search(r"Основание: .+ По данни към .+\.", card.text)
    assert re.search(r"Източник: .+, проверено на \d\d\.\d\d\.\d{4}", card.text)
    assert not [words for words in TO_A_JOB_SEEKER if words in card.text]
    assert len(card.text) <= LIMIT


@pytest.mark.parametrize("measure", FOR_FIRMS)
def test_a_card_is_whole_in_english(context: Context, measure: str) -> None:
    card = shown(context, "employer_card", measure, "en")
    for heading in ("Who you may hire:", "What you get:", "How to ask for it:\n1. "):
        assert heading in card.text
    told = card.text.partition("Legal basis")[0]
    assert len(re.findall("[А-Яа-я]+", told)) <= 2  # the name of a page on a Bulgarian site
    assert len(card.text) <= LIMIT


def test_what_is_uncertain_is_said_to_a_firm_too(context: Context) -> None:
    assert (
        "Не е сигурно, че това действа сега." in shown(context, "employer_card", "np-refugees").text
    )
    gap = shown(context, "employer_card", "eu-youth-practices").text
    assert "Попитайте дали сега има прием и пари." in gap


def test_a_job_seekers_card_stays_as_it_was(talk: Talk) -> None:
    talk.presses("За мен")
    talk.does(talk.press_of("Меню").model_copy(update={"action": "card:znz-36-disadvantaged"}))
    talk.shows("Какво дава:", "Какво да направите:").hides("Какво поемате", "Кого може да наемете")


# -- who finds people -----------------------------------------------------------------------------


def test_where_to_post_a_vacancy_and_which_bureau_is_the_firms(firm: Talk) -> None:
    firm.presses("Как да намеря хора").shows("Приема я всяко бюро по труда", "az.government.bg")
    firm.presses("Кажи град или село").shows("фирмата Ви").hides("Въпрос")
    firm.says("Враца").shows("Как да намерите хора", "Бюро по труда за общината: ", "Враца")
    firm.hides("Бюрото за регистрация:").presses("1").shows("ТРУДОВИ БОРСИ", "Как се иска:")


def test_the_town_is_asked_only_where_it_is_of_use(firm: Talk) -> None:
    for label in ("Родители", "← Назад", "Всички мерки", "1", "Резултати"):
        firm.presses(label).hides("В кой град или село")


# -- in a firm's own words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("искам да наема младеж", "young"),
        ("търсим човек с увреждане", "disability"),
        ("трябват ни стажанти в цеха", "learners"),
        ("хора над 50", "older"),
        ("майки с малки деца", "parents"),
        ("търсим хора от Украйна за сезона", "protected"),
        ("I want to hire an intern", "learners"),
        ("каква субсидия има", ALL),
        ("има ли помощ за малка фирма", ALL),
    ],
)
def test_people_are_named_in_free_words(firm: Talk, said: str, group: str) -> None:
    firm.says(said)
    assert firm.conversation.screen == ScreenRef(name="hire", about=group)
    assert firm.answers == FIRM


@pytest.mark.parametrize("screen", ["employer", "hire", "employer_card", "vacancy", "menu"])
def test_a_measure_is_found_by_its_name_from_everywhere(context: Context, screen: str) -> None:
    about = {"hire": "young", "employer_card": "znz-46-internship"}.get(screen, "")
    raw = {"answers": FIRM, "screens": [{"name": screen, "about": about}]}
    talk = Talk(context, Conversation.model_validate(raw)).says("помощ за пенсиониране")
    assert talk.conversation.screen == ScreenRef(name="employer_card", about="np-retirement-help")


@pytest.mark.parametrize(
    ("said", "screen"),
    [
        ("къде е бюрото по труда", "places"),
        ("искам да говоря с библиотекар", "librarian"),
        ("помощ", "help"),
        ("меню", "menu"),
        ("резултати", "employer"),
    ],
)
def test_a_wish_is_a_wish_to_a_firm_too(context: Context, said: str, screen: str) -> None:
    raw = {"answers": FIRM | {"settlement": "12259"}, "screens": [{"name": "employer"}]}
    talk = Talk(context, Conversation.model_validate(raw)).says(said)
    assert talk.conversation.screen.name == screen


def test_what_is_for_job_seekers_is_not_offered_first(firm: Talk) -> None:
    firm.says("колко пари дават за безработен").hides("ОБЕЗЩЕТЕНИЕ", "докато търсите работа")


def test_a_vacancy_is_posted_in_free_words(firm: Talk) -> None:
    firm.says("как да обявя свободно място").shows("Как да намерите хора")


def test_a_job_seeker_is_not_heard_as_a_firm(talk: Talk) -> None:
    talk.presses("За мен").says("имам увреждане")
    assert talk.conversation.screen.name not in ("hire", "employer", "vacancy")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_listened_for_is_there(language: Language) -> None:
    kinds = set(load_phrases(language, "hiring").kinds)
    named = {group.id for group in KNOWLEDGE.hiring_groups.values() if group.button}
    assert kinds == named | {"vacancy", ALL}
