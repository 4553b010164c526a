"""Reminders and looking again: asked for, by day, never late, and nothing others may not read."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

import pytest
from anybody import ANSWERS, KNOWLEDGE, LAID_OFF, REGISTERED
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from talk import DATA_LIMIT, LIMIT, Talk

from dialogs import reminder_days
from dialogs.days_ahead import day_ahead_in
from dialogs.flows import rechecks, reminders
from dialogs.model import (
    HOME,
    Awaited,
    Conversation,
    Erase,
    KeepForRechecks,
    KnowledgeChanged,
    Message,
    Pressed,
    Remind,
    Reminded,
    Reminder,
    ScreenRef,
    Step,
    StopRechecks,
    Unremind,
)
from dialogs.respond import respond
from dialogs.texts import load_texts
from dialogs.turn import Abilities, Context, Turn
from knowledge.base import KnowledgeBase
from knowledge.calendar import SOFIA, working_days_between

SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
TODAY = dt.date(2026, 11, 23)
SINCE_JUNE = {**REGISTERED, "age": 40, "registered_on": {"from": "2026-06-01", "to": "2026-06-30"}}
TURNS_30 = {**REGISTERED, "age": 29, "has_trade": False, "job_ended_on": "2024-01-01"}
MOMENTS = st.datetimes(dt.datetime(2026, 6, 1), dt.datetime(2028, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001
DAYS = st.dates(dt.date(2026, 6, 1), dt.date(2028, 6, 1))
AUTUMN, SPRING = dt.date(2026, 10, 25), dt.date(2027, 3, 28)
"""The days on which the clocks are changed."""


def on_reminders(context: Context, answers: dict[str, Any], **more: Any) -> Talk:
    talk = Talk(context, Conversation(answers=answers, screens=(HOME,), **more))
    return talk.says("/reminders")


def set_in(step: Step) -> list[Remind]:
    return [effect for effect in step.effects if isinstance(effect, Remind)]


def keeps(step: Step) -> list[KeepForRechecks]:
    return [effect for effect in step.effects if isinstance(effect, KeepForRechecks)]


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SOFIA)


# -- when --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "now", "when"),
    [
        ("2026-12-02", "2026-11-23 10:00", "2026-11-30 09:30"),
        ("2026-11-27", "2026-11-23 10:00", "2026-11-25 09:30"),
        ("2026-11-25", "2026-11-23 10:00", "2026-11-24 09:30"),
        ("2026-11-24", "2026-11-23 08:00", None),
        ("2026-11-23", "2026-11-23 08:00", None),
        # Over a weekend: the second working day before a Monday is a Thursday.
        ("2026-11-30", "2026-11-23 10:00", "2026-11-26 09:30"),
        ("2026-11-30", "2026-11-28 10:00", None),
        # Before the holidays of Christmas.
        ("2026-12-28", "2026-12-01 10:00", "2026-12-22 09:30"),
    ],
)
def test_a_deadline_is_said_two_working_days_before(day: str, now: str, when: str | None) -> None:
    found = reminder_days.before_deadline(dt.date.fromisoformat(day), at(now))
    assert found == (at(when) if when else None)


@pytest.mark.parametrize(
    ("now", "when"),
    [("2026-11-23 10:00", "2026-11-26 18:00"), ("2026-11-26 17:59", "2026-11-26 18:00")],
)
def test_a_visit_is_said_the_evening_before(now: str, when: str) -> None:
    assert reminder_days.eve_of_visit(dt.date(2026, 11, 27), at(now)) == at(when)
    assert reminder_days.eve_of_visit(dt.date(2026, 11, 27), at("2026-11-26 18:00")) is None


@settings(max_examples=400, deadline=None)
@given(day=DAYS, utc=MOMENTS)
@example(day=AUTUMN, utc=dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC))
@example(day=dt.date(2026, 10, 26), utc=dt.datetime(2026, 10, 24, 20, tzinfo=dt.UTC))
@example(day=SPRING, utc=dt.datetime(2027, 3, 27, 23, tzinfo=dt.UTC))
@example(day=dt.date(2027, 3, 29), utc=dt.datetime(2027, 3, 28, 0, 59, tzinfo=dt.UTC))
def test_nothing_is_said_at_night_nor_in_the_past_nor_too_late(
    day: dt.date, utc: dt.datetime
) -> None:
    now = utc.astimezone(SOFIA)
    deadline = reminder_days.before_deadline(day, now)
    moments = [
        deadline,
        reminder_days.eve_of_visit(day, now),
        reminder_days.on_day(day, now),
        reminder_days.of_birthday(day, now, ends=True),
        reminder_days.of_birthday(day, now, ends=False),
    ]
    for moment in (m for m in moments if m):
        assert moment.astimezone(dt.UTC) > utc
        assert dt.time(9) <= moment.astimezone(SOFIA).time() < dt.time(20)
        assert moment.utcoffset() == moment.astimezone(SOFIA).utcoffset()
        assert moment.date() <= day
    if deadline:
        assert 1 <= working_days_between(deadline.date(), day) <= 2


@given(day=DAYS, told=DAYS, years=st.integers(1, 2))
def test_a_birthday_is_a_later_one_of_that_day(day: dt.date, told: dt.date, years: int) -> None:
    found = reminder_days.next_birthday(told, day, years)
    assert found > day
    assert found.month == told.month
    assert found.day == told.day or (told.month, told.day, found.day) == (2, 29, 28)
    assert (found - day).days <= years * 366


def test_a_birthday_of_29_february() -> None:
    told = dt.date(1996, 2, 29)
    assert reminder_days.next_birthday(told, TODAY, 1) == dt.date(2027, 2, 28)
    assert reminder_days.next_birthday(told, TODAY, 2) == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("утре", "2026-11-24"),
        ("в петък", "2026-11-27"),
        ("понеделник", "2026-11-30"),
        ("следващата сряда", "2026-11-25"),
        ("25.11", "2026-11-25"),
        ("на 3 декември", "2026-12-03"),
        ("15.12.2026 г.", "2026-12-15"),
        ("10.11", "2027-11-10"),
        ("днес", "2026-11-23"),
        ("вчера", None),
        ("преди 3 дни", None),
        ("декември", None),
        ("01.01.2020", None),
        ("57", None),
        ("какво е това", None),
    ],
)
def test_a_day_to_come_as_people_type_it(text: str, day: str | None) -> None:
    assert day_ahead_in(text, TODAY, "bg") == (dt.date.fromisoformat(day) if day else None)


def test_a_day_to_come_in_english() -> None:
    assert day_ahead_in("tomorrow", TODAY, "en") == dt.date(2026, 11, 24)
    assert day_ahead_in("next Friday", TODAY, "en") == dt.date(2026, 11, 27)


# -- asking for one ----------------------------------------------------------------------------


def test_what_is_kept_is_said_before_anything_is(context: Context) -> None:
    talk = on_reminders(context, LAID_OFF).shows(
        "Пазя само за какво е, деня, езика и този разговор.", "Спирате всичко с един бутон."
    )
    assert {"Срок за бюрото", "Срок за НОИ", "Ден за посещение"} <= set(talk.buttons)
    assert talk.step.effects == ()


def test_a_deadline_is_set_by_a_tap(context: Context) -> None:
    talk = on_reminders(context, LAID_OFF).presses("Срок за бюрото")
    talk.shows("Ще Ви пиша на 25.11.2026 в 09:30.", "• срока за бюрото – 27.11.2026")
    wanted = Remind(
        about="register", day=dt.date(2026, 11, 27), at=at("2026-11-25 09:30"), language="bg"
    )
    assert set_in(talk.step) == [wanted]


def test_twice_is_as_once(context: Context) -> None:
    talk = on_reminders(context, LAID_OFF)
    tap = talk.press_of("Срок за бюрото")
    talk.does(tap)
    assert set_in(talk.does(tap).step) == []
    again = talk.does(Pressed(serial=tap.serial + 40, action=tap.action))
    assert set_in(again.shows("Вече го отбелязах").step) == []
    assert len(talk.conversation.awaited) == 1


def test_what_is_due_tomorrow_is_said_now(context_on: Callable[[dt.date], Context]) -> None:
    talk = on_reminders(context_on(dt.date(2026, 11, 26)), LAID_OFF).presses("Срок за бюрото")
    talk.shows("Срокът за регистрация в бюрото е утре, 27.11.2026. Затова го казвам сега")
    assert set_in(talk.step) == []
    assert talk.conversation.awaited == ()


def test_a_visit_by_a_button_and_by_words(context: Context) -> None:
    talk = on_reminders(context, LAID_OFF).presses("Ден за посещение").shows("В кой ден отивате")
    assert talk.buttons[:4] == ["вт 24.11", "ср 25.11", "чт 26.11", "пт 27.11"]
    talk.presses("ср 25.11").shows("Ще Ви пиша на 24.11.2026 в 18:00.", "посещението – 25.11.2026")
    talk.presses("Ден за посещение").says("в петък").shows("Ще Ви пиша на 26.11.2026 в 18:00.")
    talk.presses("Ден за посещение").says("абв").shows("Не разбрах деня.")
    talk.says("25.10").shows("Изберете ден от днес").says("събота").shows("е почивен ден")
    talk.presses("Ден за посещение").says("30.11").shows("най-много три посещения")
    assert [one.about for one in talk.conversation.awaited] == ["visit"] * 3


def test_a_visit_today_needs_no_reminder(context: Context) -> None:
    talk = on_reminders(context, LAID_OFF).presses("Ден за посещение").says("днес")
    talk.shows("Посещението е днес, 23.11.2026.")
    assert set_in(talk.step) == []


def test_the_days_of_a_visit_are_working_days(context_on: Callable[[dt.date], Context]) -> None:
    christmas = context_on(dt.date(2026, 12, 23))
    talk = on_reminders(christmas, LAID_OFF).presses("Ден за посещение")
    assert talk.buttons[0] == "вт 29.12"


def test_a_birthday_is_asked_for_only_where_it_turns_something(context: Context) -> None:
    assert "Рожден ден" not in on_reminders(context, {**REGISTERED, "age": 45}).buttons
    talk = on_reminders(context, TURNS_30).presses("Рожден ден").shows("Датата на раждане не пазя.")
    talk.says("не помня").shows("Не разбрах датата")
    (wanted,) = set_in(talk.says("14.03.1997").step)
    assert (wanted.about, wanted.day) == ("birthday", dt.date(2027, 3, 14))
    assert wanted.at == at("2027-02-14 09:30")
    assert "1997" not in talk.conversation.model_dump_json()
    assert "Рожден ден" not in talk.buttons


def test_the_half_year_names_what_it_opens(context: Context) -> None:
    talk = on_reminders(context, SINCE_JUNE).shows("На 30.12.2026 стават 6 месеца регистрация")
    talk.presses("6 месеца в бюрото").shows("Ще Ви пиша на 30.12.2026 в 09:30.")
    rough = {**REGISTERED, "registered_on": {"from": "2026-05-24", "to": "2026-08-23"}}
    assert "6 месеца в бюрото" not in on_reminders(context, rough).buttons


def test_where_nobody_can_be_written_to_that_is_said(context: Context) -> None:
    web = replace(context, abilities=Abilities(reaches=False))
    talk = on_reminders(web, LAID_OFF).shows("Тук не мога да пиша пръв", "В Telegram мога.")
    for action in ("remind:register", "visit:2026-11-27", "recheck-yes"):
        talk.does(Pressed(serial=70, action=action))
        assert talk.step.effects == ()
    assert talk.conversation.awaited == ()


def test_a_firm_is_reminded_of_visits_alone(context: Context) -> None:
    talk = on_reminders(context, {**LAID_OFF, "audience": "employer"})
    offered = {"Срок за бюрото", "Срок за НОИ", "Рожден ден", "Проверка при промяна"}
    assert not offered & set(talk.buttons)
    assert "Ден за посещение" in talk.buttons


# -- stopping, and following the facts ---------------------------------------------------------


@pytest.mark.parametrize("words", ["спри напомнянията", "Спри всичко", "изключи напомнянията"])
def test_everything_is_stopped_at_once(context: Context, words: str) -> None:
    talk = on_reminders(context, LAID_OFF).presses("Срок за бюрото", "Проверка при промяна")
    talk.presses("Да, проверявай").says(words).shows("Спрях всички напомняния и проверки.")
    assert talk.step.effects == (Unremind(), StopRechecks())
    assert (talk.conversation.awaited, talk.conversation.rechecks.until) == ((), None)


def test_a_fresh_talk_can_stop_what_an_old_one_set(context: Context) -> None:
    talk = Talk(context).start().says("спри напомнянията")
    assert talk.step.effects == (Unremind(), StopRechecks())


def test_beginning_anew_and_erasing_leave_none(context: Context) -> None:
    talk = on_reminders(context, LAID_OFF).presses("Срок за бюрото", "Меню", "Започни отначало")
    talk.presses("Да, отначало").shows("Спрях всички напомняния")
    assert {Unremind(), StopRechecks()} <= set(talk.step.effects)
    other = on_reminders(context, LAID_OFF, plan={"brought": ("x",)}).presses("Срок за бюрото")
    other.says("/delete", "Да, изтрий всичко")
    assert Erase() in other.step.effects
    empty = Conversation()
    kept = other.conversation
    assert (kept.awaited, kept.plan, kept.rechecks) == (empty.awaited, empty.plan, empty.rechecks)


def test_a_corrected_day_moves_the_reminder(context: Context) -> None:
    talk = on_reminders(context, LAID_OFF).presses("Срок за бюрото", "Срок за НОИ")
    talk.does(Pressed(serial=70, action="edit:job_ended_on")).says("20.11.2026")
    talk.shows("Преместих напомнянето за срока за бюрото. Денят е вече 01.12.2026.")
    assert Unremind(about="register") in talk.step.effects
    assert {(r.about, r.day) for r in set_in(talk.step)} == {
        ("register", dt.date(2026, 12, 1)),
        ("apply", dt.date(2027, 2, 20)),
    }
    assert len(talk.conversation.awaited) == 2


def test_who_has_registered_is_not_reminded_of_it(context: Context) -> None:
    talk = on_reminders(context, LAID_OFF).presses("Срок за бюрото")
    talk.does(Pressed(serial=70, action="edit:registered")).presses("Да")
    talk.shows("Махнах напомнянето за срока за бюрото.")
    assert Unremind(about="register") in talk.step.effects
    assert set_in(talk.step) == []


# -- when the moment has come ------------------------------------------------------------------


def reminded(
    context: Context, about: Reminder, answers: dict[str, Any], day: dt.date = TODAY, **more: Any
) -> Step:
    event = Reminded(about=about, day=day, language="bg")
    return respond(Conversation(answers=answers, screens=(HOME,), **more), event, context)


def is_sound(step: Step) -> Message:
    (message,) = step.messages
    assert 0 < len(message.text) <= LIMIT
    for button in message.buttons:
        assert button.label.strip()
        assert len(f"{message.serial}.{button.action}".encode()) <= DATA_LIMIT
    return message


@pytest.mark.parametrize("about", get_args(Reminder))
def test_it_says_what_and_the_day_and_leads_on(context: Context, about: Reminder) -> None:
    tomorrow = TODAY + dt.timedelta(days=1)
    message = is_sound(reminded(context, about, REGISTERED, tomorrow))
    assert message.text.startswith("🔔 Посока: напомняне, както поискахте.\n")
    assert "Утре" in message.text
    actions = {button.action for button in message.buttons}
    assert {"go:plan", "go:results", "go:places", "go:reminders"} <= actions


def test_what_was_said_is_awaited_no_more_and_the_screen_stays(context: Context) -> None:
    one = Awaited(about="visit", day=TODAY)
    screens = (HOME, ScreenRef(name="results"))
    before = Conversation(answers=REGISTERED, awaited=(one,), last_press="3.go:plan")
    event = Reminded(about="visit", day=TODAY, language="bg")
    after = respond(before.model_copy(update={"screens": screens}), event, context).conversation
    assert after.awaited == ()
    assert after.screens == screens
    assert after.last_press == "3.go:plan"


def test_the_button_below_it_works_whatever_was_pressed_last(context: Context) -> None:
    talk = Talk(context, Conversation(answers=REGISTERED, screens=(HOME,)))
    talk.says("меню").presses("Моят план")
    talk.does(Reminded(about="visit", day=TODAY, language="bg"))
    talk.presses("Моят план").shows("Моят план: какво е първо")


def test_a_talk_that_is_gone_is_invited_to_begin_anew(context: Context) -> None:
    talk = Talk(context, Conversation())
    talk.does(Reminded(about="register", day=dt.date(2026, 11, 25), language="bg"))
    talk.shows("До 25.11.2026 е срокът за регистрация", "Отговорете отново")
    talk.presses("Отговори отново").shows("За кого питате?")


def test_the_half_year_says_what_it_opened(context_on: Callable[[dt.date], Context]) -> None:
    day = dt.date(2026, 12, 30)
    step = reminded(context_on(day), "half_year", SINCE_JUNE, day)
    assert "Вече може да подхожда: " in step.messages[0].text


TELLING = ("увреждан", "телк", "присъд", "закрила", "бежан", "украйн", "€", " лв", "на деца")


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
@given(
    answers=ANSWERS,
    about=st.sampled_from(get_args(Reminder)),
    ahead=st.integers(-20, 40),
    language=st.sampled_from(["bg", "en"]),
)
def test_nothing_personal_stands_in_a_reminder(
    context: Context, answers: dict[str, Any], about: Reminder, ahead: int, language: Any
) -> None:
    day = TODAY + dt.timedelta(days=ahead)
    step = reminded(context, about, answers, day, language=language)
    text = is_sound(step).text.lower()
    assert not [word for word in TELLING if word in text]
    assert step.effects == ()


# -- looking again -----------------------------------------------------------------------------


def agreed(context: Context, answers: dict[str, Any], *ticks: str) -> Talk:
    talk = on_reminders(context, answers).presses("Проверка при промяна")
    return talk.presses(*ticks, "Да, проверявай")


def test_what_is_kept_for_it_is_said_first(context: Context) -> None:
    talk = on_reminders(context, LAID_OFF).presses("Проверка при промяна")
    talk.shows("пазя 12 месеца само тези отговори:", "Спирате по всяко време.", "☐ 1. процент")
    talk.hides("град или село")
    assert talk.step.effects == ()


def test_only_what_measures_hang_on_is_kept_and_nothing_sensitive(context: Context) -> None:
    (kept,) = keeps(agreed(context, {**REGISTERED, "disability_percent": 60}).step)
    assert kept.until == dt.date(2027, 11, 23)
    special = {"disability_percent", "served_sentence", "protection_status"}
    assert not special & set(kept.answers)
    assert "settlement" not in kept.answers
    assert kept.answers["age"] == {"from": 57, "to": 58}
    # A measure that fits thanks to the percentage would tell of it.
    assert not any("disab" in name or name.startswith("zhu") for name in kept.fitting)


def test_a_sensitive_fact_is_kept_with_consent(context: Context) -> None:
    talk = agreed(context, {**REGISTERED, "disability_percent": 60}, "1")
    (kept,) = keeps(talk.step)
    assert kept.answers["disability_percent"] == 60
    assert "np-disability-employment" in kept.fitting
    assert [c.version for c in talk.conversation.consents] == [rechecks.CONSENT_VERSION]
    talk.presses("Проверка при промяна", "☑ 1")
    (without,) = keeps(talk.step)
    assert "disability_percent" not in without.answers


def test_agreeing_twice_is_as_once(context: Context) -> None:
    talk = agreed(context, LAID_OFF).does(Pressed(serial=90, action="recheck-yes"))
    assert keeps(talk.shows("Вече проверявам.").step) == []


def test_stopping_forgets(context: Context) -> None:
    talk = agreed(context, LAID_OFF).presses("Проверка при промяна", "Спри проверките")
    assert talk.step.effects == (StopRechecks(),)
    assert talk.conversation.rechecks.until is None


def test_other_answers_are_kept_from_then_on_and_no_longer(context: Context) -> None:
    talk = agreed(context, LAID_OFF).does(Pressed(serial=90, action="edit:education"))
    (kept,) = keeps(talk.presses("Висше").step)
    assert kept.answers["education"] == "higher"
    assert kept.until == dt.date(2027, 11, 23)
    turn = Turn(talk.conversation, replace(context, now=at("2027-11-23 10:00")))
    assert rechecks.renewed(turn).effects == (StopRechecks(),)


def looked(context: Context, kept: KeepForRechecks, *fitting: str) -> Step:
    event = KnowledgeChanged(answers=kept.answers, fitting=fitting, language="bg")
    return respond(Conversation(), event, context)


def test_it_is_silent_where_nothing_changed(context: Context) -> None:
    (kept,) = keeps(agreed(context, REGISTERED).step)
    step = looked(context, kept, *kept.fitting)
    assert (step.messages, step.effects) == ((), ())


def test_what_opened_and_what_ended_is_said(context: Context) -> None:
    (kept,) = keeps(agreed(context, REGISTERED).step)
    before = [name for name in kept.fitting if name != "eures"]
    step = looked(context, kept, *before, "np-refugees", "gone-from-the-data")
    message = is_sound(step)
    assert message.text.startswith("🔔 Посока: има промяна")
    assert "1. EURES – работа в Европа" in message.text
    assert "➖" in message.text
    assert "• и още 2" in message.text
    assert "бежанци" not in message.text
    (again,) = keeps(step)
    assert set(again.fitting) == set(kept.fitting)
    assert again.answers == kept.answers


def test_a_measure_that_ended_is_named(context: Context, knowledge: KnowledgeBase) -> None:
    (kept,) = keeps(agreed(context, REGISTERED).step)
    gone = "job-fairs"
    others = {name: m for name, m in knowledge.measures.items() if name != gone}
    assert gone in kept.fitting
    step = looked(replace(context, knowledge=_with(knowledge, others)), kept, *kept.fitting)
    assert "и още едно" in is_sound(step).text
    assert gone not in keeps(step)[0].fitting


def _with(knowledge: KnowledgeBase, measures: dict[str, Any]) -> KnowledgeBase:
    return replace(knowledge, measures=measures)


def test_what_fits_thanks_to_something_sensitive_is_behind_a_button(context: Context) -> None:
    (kept,) = keeps(agreed(context, {**REGISTERED, "disability_percent": 60}, "1").step)
    before = [name for name in kept.fitting if name != "np-disability-employment"]
    message = is_sound(looked(context, kept, *before))
    assert "Има и още едно нещо. Вижте го с бутона." in message.text
    assert "увреждания" not in message.text
    assert "card:np-disability-employment" in {button.action for button in message.buttons}


def test_an_age_that_may_be_one_more_by_now_closes_nothing(context: Context) -> None:
    (kept,) = keeps(agreed(context, {**REGISTERED, "age": 29, "has_trade": False}).step)
    assert "eu-youth-employment-plus" in kept.fitting
    assert looked(context, kept, *kept.fitting).messages == ()


@settings(max_examples=120, deadline=None, suppress_health_check=SLOW)
@given(
    answers=ANSWERS.filter(lambda told: told["audience"] != "employer"),
    before=st.sets(st.sampled_from(sorted(KNOWLEDGE.measures)), max_size=8),
    also=st.sets(st.sampled_from(["disability_percent", "served_sentence", "protection_status"])),
)
def test_the_news_tells_nothing_personal(
    context: Context, answers: dict[str, Any], before: set[str], also: set[str]
) -> None:
    state = {"also": tuple(also), "until": dt.date(2027, 1, 1)}
    turn = Turn(Conversation(answers=answers, rechecks=state), context)
    kept = rechecks.kept(turn)
    assert set(kept) & {"disability_percent", "served_sentence", "protection_status"} <= also
    event = KnowledgeChanged(answers=kept, fitting=tuple(before), language="bg")
    step = respond(Conversation(), event, context)
    if step.messages:
        text = is_sound(step).text.lower()
        personal = ("увреждан", "телк", "бежан", "закрила", "украйн", "родители")
        assert not [word for word in personal if word in text]
    # Looked at again with the same knowledge there is no more news.
    for effect in keeps(step):
        same = KnowledgeChanged(answers=kept, fitting=effect.fitting, language="bg")
        assert respond(Conversation(), same, context).messages == ()


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(answers=ANSWERS, hour=st.integers(0, 23), day=st.dates(TODAY, dt.date(2027, 4, 15)))
def test_whatever_is_offered_is_set_by_day_and_ahead(
    knowledge: KnowledgeBase, answers: dict[str, Any], hour: int, day: dt.date
) -> None:
    now = dt.datetime.combine(day, dt.time(hour), SOFIA)
    context = Context(knowledge=knowledge, texts=load_texts(), now=now)
    offered = list(reminders.offers(Turn(Conversation(answers=answers), context)))
    assert len({offer.about for offer in offered}) == len(offered)
    for offer in offered:
        assert offer.day >= day
        talk = on_reminders(context, answers)
        talk.does(Pressed(serial=70, action=f"remind:{offer.about}"))
        for effect in set_in(talk.step):
            assert effect.at > now
            assert dt.time(9) <= effect.at.time() < dt.time(20)
            assert effect.at.date() <= effect.day
