"""„Моят план“: computed from the facts, short, sourced, the same after a restart, and on paper."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from anybody import ANSWERS, KNOWLEDGE, LAID_OFF, REGISTERED, values_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from talk import LIMIT, Talk

from bot.documents.files import prepared
from bot.documents.fonts import measure_in
from bot.documents.layout import laid_out
from dialogs.documents import Document
from dialogs.flows import plan, plan_page
from dialogs.flows.next_steps import WEIGHTIEST, NextSteps, key_of
from dialogs.model import HOME, Conversation, Pressed, ScreenRef
from dialogs.turn import Abilities, Context, Turn

SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
PLAN, PAPERS = ScreenRef(name="plan"), ScreenRef(name="plan_papers")
ADD, DROP = "Добави в плана", "Махни от плана"


def of(context: Context, answers: dict[str, Any], **more: Any) -> Talk:
    talk = Talk(context, Conversation(answers=answers, screens=(HOME,), **more))
    return talk.says("/plan")


def steps(context: Context, answers: dict[str, Any], **more: Any) -> NextSteps:
    return NextSteps(Turn(Conversation(answers=answers, **more), context))


def lines(talk: Talk) -> list[str]:
    return re.findall(r"(?m)^\d+\. (.*)$", talk.screen.text)


def page_of(talk: Talk) -> Document:
    found = [m.document for m in talk.step.messages if m.document]
    assert len(found) == 1
    return found[0]


def words_on(page: Document) -> str:
    parts = [line.text for part in page.parts for line in part.lines]
    return "\n".join([page.title, page.lead, *(p.heading for p in page.parts), *parts, *page.foot])


# -- what stands in it -------------------------------------------------------------------------


def test_what_has_a_date_running_comes_first(context: Context) -> None:
    said = lines(of(context, LAID_OFF).shows("Моят план: какво е първо"))
    assert said[0] == "⏰ Регистрация в бюрото по труда – до 27.11.2026"
    assert said[1] == "⏰ Заявление до НОИ – до 18.02.2027"
    assert len(said) <= 5


def test_no_step_stands_in_it_twice(context: Context) -> None:
    """Registering is a deadline, a measure and a visit at once: one line."""
    talk = of(context, LAID_OFF)
    assert talk.screen.text.count("Регистрация в бюрото по труда") == 1
    talk.hides("Посещение в бюрото").shows("Бюро: Дирекция „Бюро по труда“ – Враца")
    single = [s for task in steps(context, REGISTERED).tasks for s in task.steps]
    assert len(single) == len(set(single))


def test_who_is_registered_is_not_told_to_register(context: Context) -> None:
    of(context, REGISTERED).hides("Регистрация в бюрото").shows(
        "Заявление до НОИ – до 18.02.2027", "Посещение в бюрото по труда"
    )
    assert not any(
        "Регистрирайте се" in s for t in steps(context, REGISTERED).tasks for s in t.steps
    )


def test_without_a_choice_the_weightiest_three_are_in_it(context: Context) -> None:
    found = steps(context, REGISTERED)
    assert len(found.chosen) == WEIGHTIEST
    assert found.chosen[0] == max(found.fitting, key=lambda m: m.weight)


def test_measures_that_exclude_each_other_are_not_both_suggested(context: Context) -> None:
    for measure in (chosen := steps(context, REGISTERED).chosen):
        assert not set(KNOWLEDGE.excluded_by(measure)) & set(chosen)


def test_a_measure_is_put_in_and_taken_out_on_its_card(context: Context) -> None:
    talk = of(context, REGISTERED).says("резултати").opens("EURES – работа в Европа")
    talk.presses(ADD).shows("Готово, в плана е.")
    assert DROP in talk.buttons
    talk.says("план").shows("EURES – работа в Европа").opens("EURES – работа в Европа")
    talk.presses(DROP).says("план").hides("EURES")


def test_putting_in_twice_is_as_once(context: Context) -> None:
    talk = of(context, REGISTERED)
    for serial in (70, 71):
        talk.does(Pressed(serial=serial, action="plan-add:eures"))
    assert (talk.conversation.plan.chosen or ()).count("eures") == 1


def test_what_does_not_fit_cannot_be_put_in(context: Context) -> None:
    talk = of(context, REGISTERED).does(Pressed(serial=70, action="plan-add:np-refugees"))
    talk.shows("не влиза в плана")
    assert talk.conversation.plan.chosen is None


def test_all_taken_out_stays_out(context: Context) -> None:
    chosen = {"plan": {"chosen": ()}}
    assert steps(context, REGISTERED, **chosen).chosen == ()
    of(context, REGISTERED, **chosen).shows("Заявление до НОИ")


def test_what_fits_no_more_is_said_and_comes_back_when_it_does(context: Context) -> None:
    chosen = {"plan": {"chosen": ("np-disability-employment", "eures")}}
    of(context, REGISTERED, **chosen).shows("Вече не подхожда и не е в плана: Програма за работа")
    again = {**REGISTERED, "disability_percent": 60}
    assert "np-disability-employment" in {m.id for m in steps(context, again, **chosen).chosen}


def test_when_the_day_passes_the_plan_is_right_anew(
    context_on: Callable[[dt.date], Context],
) -> None:
    of(context_on(dt.date(2026, 11, 30)), LAID_OFF).shows("скоро, срокът беше 27.11.2026")
    of(context_on(dt.date(2027, 2, 19)), LAID_OFF).hides("Заявление до НОИ –")


@pytest.mark.parametrize("told", [{"working": "leaving"}, {"working": "no", "job_ended_on": None}])
def test_whose_day_is_not_known_has_a_plan_too(context: Context, told: dict[str, Any]) -> None:
    of(context, {"audience": "self", "settlement": "12259", "age": 40, **told}).shows("1. ")


def test_who_leaves_a_job_hears_of_the_order_first(context: Context) -> None:
    answers = {"audience": "self", "working": "leaving", "settlement": "12259"}
    talk = of(context, answers).shows("1. ⏰ Преди подписа", "7 работни дни", "3 месеца")
    talk.presses("1").shows("ПРЕДИ ПОДПИСА")


def test_a_firm_has_a_plan_of_its_own(context: Context) -> None:
    talk = of(context, {**LAID_OFF, "audience": "employer"}).shows("План за фирмата")
    talk.hides("⏰", "до 27.11")
    added = of(context, {"audience": "employer"}, plan={"chosen": ("znz-36-disadvantaged",)})
    added.shows("Питайте бюрото кога приема заявки от фирми.").hides("Кажете на трудовия посредник")
    assert "Какво да нося" not in added.buttons


def test_for_somebody_else_it_says_who_is_meant(context: Context) -> None:
    of(context, {**REGISTERED, "audience": "relative"}).shows(
        "План за близкия Ви човек", "става дума за близкия"
    )


def test_where_the_place_is_not_known_it_is_asked_for_and_leads_back(context: Context) -> None:
    answers = {k: v for k, v in REGISTERED.items() if k != "settlement"}
    talk = of(context, answers).shows("Кажете града или селото").presses("Къде да отида")
    talk.presses("Кажи град или село").says("Враца").shows(
        "Места за гр. Враца", "Бюрото за регистрация:"
    )
    talk.presses("Моят план").shows("Бюро: Дирекция")


def test_an_unknown_bureau_is_said_to_be_unknown(context: Context) -> None:
    of(context, {**REGISTERED, "settlement": "68134"}).shows(
        "Кое е бюрото за тази община, не знам."
    )


def test_much_is_on_further_pages(context: Context) -> None:
    fitting = tuple(m.id for m in steps(context, REGISTERED).fitting)
    talk = of(context, REGISTERED, plan={"chosen": fitting})
    assert len(lines(talk)) == 5
    pages = talk.pages()
    assert f"{len(steps(context, REGISTERED, plan={'chosen': fitting}).tasks)}. " in pages
    talk.presses("← Назад").hides("страница")


# -- the ways to it ----------------------------------------------------------------------------


def test_the_ways_to_the_plan(context: Context) -> None:
    talk = of(context, REGISTERED)
    for way in ("меню", "резултати", "/start"):
        talk.says(way)
        assert "Моят план" in talk.buttons, way
    talk.presses("Моят план").shows("Моят план: какво е първо")
    talk.says("какво да направя сега, искам план").shows("Моят план: какво е първо")


def test_a_link_opens_it_where_there_are_answers(context: Context) -> None:
    talk = Talk(context, Conversation(answers=REGISTERED)).start("plan").shows("Моят план: какво")
    talk.presses("← Назад").shows("Радвам се да Ви видя пак")
    Talk(context).start("plan").shows("Планът се прави от отговорите", "За кого питате?")
    Talk(context, Conversation(answers=REGISTERED)).start("else").shows("Радвам се")


def test_nearly_nothing_told_is_no_failure(context: Context) -> None:
    of(context, {"audience": "self"}).shows("Моят план")


# -- what to bring -----------------------------------------------------------------------------


def test_what_to_bring_is_one_list(context: Context) -> None:
    talk = of(context, LAID_OFF).presses("Какво да нося")
    talk.shows("☐ 1. Лична карта", "Заповед за прекратяване", "Източник:")
    keys = [paper.key for paper in steps(context, LAID_OFF).papers]
    assert len(keys) == len(set(keys))


def test_ticking_twice_is_as_once_and_can_be_undone(context: Context) -> None:
    talk = of(context, LAID_OFF).presses("Какво да нося")
    tap = talk.press_of("1")
    talk.does(tap).shows("☑ 1. Лична карта")
    talk.does(Pressed(serial=tap.serial + 50, action=tap.action)).shows("☑ 1. Лична карта")
    talk.says("2").says("2").shows("☑ 2. ")
    assert len(talk.conversation.plan.brought) == 2
    talk.presses("☑ 1").shows("☐ 1. Лична карта").says("99").shows("☐ 1. Лична карта")


def test_a_tick_of_what_is_not_asked_for_is_not_kept(context: Context) -> None:
    talk = of(context, LAID_OFF).does(Pressed(serial=70, action="tick:0123456789"))
    assert talk.conversation.plan.brought == ()


def test_a_tick_stays_when_other_documents_come(context: Context) -> None:
    talk = of(context, LAID_OFF).presses("Какво да нося", "1")
    ticked = talk.conversation.plan.brought
    later = of(context, {**LAID_OFF, "disability_percent": 60}, plan={"brought": ticked})
    later.presses("Какво да нося").shows("☑ 1. Лична карта")


def test_the_same_paper_in_other_words_is_one() -> None:
    assert key_of("Решение на ТЕЛК или НЕЛК") == key_of("Решение на ТЕЛК или НЕЛК, ако има такова")
    assert key_of("Заповед за прекратяване") == key_of("Заповед за прекратяване – за справка")
    assert key_of("Заявление") != key_of("Заявление за участие")


# -- on paper ----------------------------------------------------------------------------------


def test_the_page_says_what_to_do_and_where(context: Context) -> None:
    talk = of(context, LAID_OFF).presses("Изпрати като PDF").shows("Отпечатайте го в библиотеката")
    page = page_of(talk)
    text = words_on(page)
    assert (page.payload, page.language, page.form) == ("plan", "bg", "pdf")
    assert page.lead == "Направен на 23.11.2026 за гр. Враца (община Враца, област Враца)."
    assert "Регистрация в бюрото по труда – до 27.11.2026" in text.replace("⏰ ", "")
    assert "Работно време: пн–пт 09:00–18:00" in text
    assert "Сега е" not in text
    marks = {line.mark for part in page.parts for line in part.lines}
    assert "box" in marks


def test_a_doubled_tap_sends_one_page(context: Context) -> None:
    talk = of(context, LAID_OFF)
    tap = talk.press_of("Изпрати като PDF")
    page_of(talk.does(tap))
    assert talk.does(tap).step.messages == ()


def test_what_is_personal_is_left_out_until_it_is_asked_for(context: Context) -> None:
    answers = {**REGISTERED, "disability_percent": 60}
    talk = of(context, answers, plan={"chosen": ("np-disability-employment", "eures")})
    page = page_of(talk.presses("Изпрати като PDF"))
    talk.shows("Една мярка не е на листа")
    assert "увреждания" not in words_on(page)
    assert "ТЕЛК" not in words_on(page)
    assert "EURES" in words_on(page)
    whole = page_of(talk.presses("PDF с всичко"))
    assert "Програма за работа на хора с увреждания" in words_on(whole)
    assert "Решение на ТЕЛК или НЕЛК" in words_on(whole)


def test_in_another_language_there_is_one_for_the_bureau(context: Context) -> None:
    talk = of(context, LAID_OFF, language="en").presses("Send as PDF")
    assert page_of(talk).title == "My plan for work"
    assert page_of(talk.presses("PDF in Bulgarian")).title == "Моят план за работа"
    assert "PDF in Bulgarian" not in talk.buttons
    assert talk.conversation.language == "en"


def test_a_ticked_document_is_ticked_on_paper(context: Context) -> None:
    talk = of(context, LAID_OFF).presses("Какво да нося", "1", "Моят план", "Изпрати като PDF")
    ticked = [line for part in page_of(talk).parts for line in part.lines if line.mark == "ticked"]
    assert [line.text for line in ticked] == ["Лична карта или друг документ за самоличност"]


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("answers", [LAID_OFF, REGISTERED, {**REGISTERED, "audience": "employer"}])
def test_it_is_one_page(context: Context, language: Any, answers: dict[str, Any]) -> None:
    conversation = Conversation(answers=answers, language=language)
    page, _ = plan_page.of(Turn(conversation, context), whole=True)
    sheet = laid_out(prepared(page), measure_in(language), has_code=True, rest="…")
    assert sheet.fits
    assert sheet.size >= 9


# -- laws --------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(answers=ANSWERS, chosen=st.none() | st.sets(st.sampled_from(sorted(KNOWLEDGE.measures))))
def test_it_never_shows_a_measure_that_does_not_fit(
    context: Context, answers: dict[str, Any], chosen: set[str] | None
) -> None:
    found = steps(context, answers, plan={"chosen": None if chosen is None else tuple(chosen)})
    fit = {
        v.measure.id
        for v in found.turn.verdicts()
        if v.word in ("yes", "likely") and v.measure.status != "unclear"
    }
    if answers["audience"] == "employer":
        running = KNOWLEDGE.running(context.today)
        fit = {m.id for m in running if "employer" in m.audience and m.status != "unclear"}
    assert {task.measure for task in found.tasks if task.kind == "measure"} <= fit
    assert chosen is None or {m.id for m in found.chosen} <= chosen


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(answers=ANSWERS, language=st.sampled_from(["bg", "en"]))
def test_every_line_has_a_source_and_every_screen_fits(
    context: Context, answers: dict[str, Any], language: Any
) -> None:
    found = steps(context, answers, language=language)
    assert all(task.sources for task in found.tasks)
    assert all(re.search(r"\d\d\.\d\d\.\d{4}", s.short) for t in found.tasks for s in t.sources)
    assert all(paper.source in KNOWLEDGE.sources for paper in found.papers)
    for screen in (PLAN, PAPERS, ScreenRef(name="plan_places")):
        said = Conversation(answers=answers, language=language, screens=(HOME, screen))
        shown = plan.SCREENS[screen.name].show(Turn(said, context))
        assert 0 < len(shown.text) <= LIMIT
        assert "None" not in shown.text
    for page, _ in (plan_page.of(found.turn, whole=whole) for whole in (True, False)):
        assert page.title
        assert "None" not in words_on(page)


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(
    answers=ANSWERS,
    ended=st.dates(dt.date(2026, 8, 24), dt.date(2026, 11, 23)),
    kept=st.integers(0, 30),
)
def test_learning_more_never_removes_a_deadline_that_runs(
    context: Context, answers: dict[str, Any], ended: dt.date, kept: int
) -> None:
    known = {"working": "no", "job_ended_on": ended.isoformat()}
    less = {**dict(list(answers.items())[:kept]), **known, "audience": "self"}
    more = {**answers, **known, "audience": "self", "registered": less.get("registered")}
    before, after = ({(t.kind, t.title) for t in _dated(context, a)} for a in (less, more))
    assert before <= after
    assert any(kind == "apply" for kind, _ in after)


def _dated(context: Context, answers: dict[str, Any]) -> list[Any]:
    found = steps(context, answers).tasks
    return [task for task in found if "⏰" in task.title]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(answers=ANSWERS, ticks=st.lists(st.integers(0, 12), max_size=6))
def test_ticking_is_idempotent(context: Context, answers: dict[str, Any], ticks: list[int]) -> None:
    turn = Turn(Conversation(answers=answers, screens=(HOME, PAPERS)), context)
    papers = NextSteps(turn).papers
    once = twice = turn
    for place in (n for n in ticks if n < len(papers)):
        once = plan.tick(once, papers[place].key)
        twice = plan.tick(plan.tick(twice, papers[place].key), papers[place].key)
    assert once.conversation == twice.conversation


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(answers=ANSWERS)
def test_the_page_tells_nothing_personal_unasked(context: Context, answers: dict[str, Any]) -> None:
    found = steps(context, answers)
    text = words_on(plan_page.of(found.turn, whole=False)[0])
    for measure in found.chosen:
        if measure.id in found.private and measure.id != "znz-18-registration":
            assert measure.title.bg not in text
    if answers["audience"] != "employer":
        assert "увреждания" not in text


CHOSEN = ("zhu-37-specialised-mediation", "zhu-43-free-intermediary", "znz-18-registration")
"""Two measures that tell of a disability, and one that tells nothing, with the same paper."""


def test_a_paper_on_the_sheet_does_not_tell_of_a_disability(context: Context) -> None:
    told = [{**LAID_OFF, "disability_percent": percent} for percent in (0, 60)]
    plans = [steps(context, one, plan={"chosen": CHOSEN}) for one in told]
    assert [plan.private.isdisjoint(m.id for m in plan.chosen) for plan in plans] == [True, False]
    talks = [of(context, one, plan={"chosen": CHOSEN}) for one in told]
    sheets = [page_of(talk.presses("Изпрати като PDF")) for talk in talks]
    assert "Решение на ТЕЛК или НЕЛК, ако има такова" in words_on(sheets[0])
    assert words_on(sheets[0]) == words_on(sheets[1])


PERSONAL = {f.id: values_of(f) for f in KNOWLEDGE.facts if f.sensitivity != "none"}
"""What may be told of health, family and the past."""


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(
    answers=ANSWERS,
    personal=st.fixed_dictionaries({}, optional=PERSONAL),
    chosen=st.none() | st.sets(st.sampled_from(sorted(KNOWLEDGE.measures))),
)
def test_the_sheet_is_the_same_whatever_is_told_of_health_family_and_the_past(
    context: Context, answers: dict[str, Any], personal: dict[str, Any], chosen: set[str] | None
) -> None:
    kept = {"chosen": None if chosen is None else tuple(sorted(chosen))}
    told = {fact: raw for fact, raw in answers.items() if fact not in PERSONAL}
    turns = [steps(context, told | more, plan=kept).turn for more in ({}, personal)]
    bare, sheet = (plan_page.of(turn, whole=False)[0] for turn in turns)
    assert sheet == bare
    # What fits without these fits with them as well: nothing stands there that does not fit.
    fit, fits = ({m.id for m in NextSteps(turn).fitting} for turn in turns)
    assert fit <= fits


def test_a_tick_on_the_sheet_does_not_tell_of_a_disability(context: Context) -> None:
    brought = (key_of("Решение на ТЕЛК или НЕЛК"),)
    answers = {**LAID_OFF, "disability_percent": 60}
    talk = of(context, answers, plan={"chosen": CHOSEN, "brought": brought})
    sheet = page_of(talk.presses("Изпрати като PDF"))
    marks = {line.text: line.mark for part in sheet.parts for line in part.lines}
    assert marks["Решение на ТЕЛК или НЕЛК, ако има такова"] == "box"
    whole = page_of(talk.presses("PDF с всичко"))
    assert "ticked" in {line.mark for part in whole.parts for line in part.lines}


def test_where_nobody_can_be_written_to_no_reminders_are_offered(context: Context) -> None:
    web = replace(context, abilities=Abilities(reaches=False))
    assert "Напомняния" not in of(web, LAID_OFF).buttons
    assert "Напомняния" in of(context, LAID_OFF).buttons
