"""What holds in every talk: old buttons, double taps, back, consent, erasure, odd messages."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from talk import Talk
from test_golden_talks import ANYBODY

from dialogs.flows.interview import CONSENT_VERSION
from dialogs.model import Conversation, Erase, Pressed, ScreenRef
from dialogs.respond import SCREENS
from dialogs.turn import Context
from knowledge.loading import load

MIDDLE = ("За мен", "Без работа", "Преди над 3 години")


@pytest.fixture
def middle(talk: Talk) -> Talk:
    """In the middle of the interview, at the age."""
    return talk.presses(*MIDDLE).says("Враца", "да")


@pytest.fixture
def finished(talk: Talk) -> Talk:
    return talk.presses("За мен").is_interviewed(**ANYBODY)


# -- old buttons and double taps ---------------------------------------------------------------


def test_an_old_button_with_the_same_value_changes_nothing(talk: Talk) -> None:
    old = talk.presses("За мен").press_of("Без работа")
    talk.does(old).presses("Преди над 3 години")
    before = (talk.answers, talk.conversation.screens)
    talk.does(old.model_copy(update={"serial": old.serial - 1}))
    talk.shows("Вече отговорихте: Без работа.").hides("промените")
    assert (talk.answers, talk.conversation.screens) == before


def test_an_old_button_with_another_value_opens_that_question_again(talk: Talk) -> None:
    talk.presses("За мен")
    other = talk.press_of("На работа")
    talk.presses("Без работа", "Преди над 3 години").does(other)
    talk.shows("Вече отговорихте: Без работа.", "Да го сменим ли?", "Работите ли")
    assert talk.answers["working"] == "no"
    talk.presses("На работа")
    assert talk.answers["working"] == "yes"


def test_the_same_tap_twice_is_only_noticed(talk: Talk) -> None:
    tap = talk.presses("За мен").press_of("Без работа")
    before = talk.does(tap).conversation
    talk.does(tap)
    assert talk.step.notice == "Вече го отбелязах."
    assert talk.step.messages == ()
    assert talk.conversation == before


def test_erasing_twice_is_one_erasure(finished: Talk) -> None:
    finished.says("изтрий")
    tap = finished.press_of("Да, изтрий всичко")
    assert Erase() in finished.does(tap).step.effects
    assert finished.does(tap).step.effects == ()


def test_an_old_erase_button_asks_again(finished: Talk) -> None:
    finished.says("изтрий")
    tap = finished.press_of("Да, изтрий всичко")
    finished.presses("Не, остави").does(tap).shows("Да изтрия ли всичко")
    assert finished.answers


def test_an_old_button_of_the_grouped_question(talk: Talk) -> None:
    talk.presses("За мен").is_interviewed_up_to("any_of", **ANYBODY)
    none, some = talk.press_of("Не, нито едно"), talk.press_of("Да, без да уточня")
    before = talk.does(none).answers
    talk.does(some).shows("На този въпрос вече отговорихте.", "Да сменим ли отговора?")
    assert talk.answers == before


def test_an_old_place_button(talk: Talk) -> None:
    talk.presses("За мен", "На работа").says("Абланица")
    one, other = talk.screen.buttons[:2]
    serial = talk.screen.serial
    talk.does(Pressed(serial=serial, action=one.action)).presses("Резултати")
    before = talk.answers
    talk.does(Pressed(serial=serial - 1, action=one.action)).shows("Вече отговорихте", "намерих")
    talk.does(Pressed(serial=serial, action=other.action)).shows("Вече отговорихте", "В кой град")
    assert talk.answers == before


def test_a_button_that_is_gone(middle: Talk) -> None:
    before = middle.answers
    for action in ("nothing", "a:gone:yes", "a:age:b7", "edit:gone", "go:question", "lang:xx", ""):
        middle.does(Pressed(serial=1, action=action)).shows("Този бутон е стар", "На колко години")
    assert middle.answers == before


# -- what was answered -------------------------------------------------------------------------


@pytest.mark.parametrize("reply", ["Не знам", "Не искам да кажа"])
def test_a_question_left_open_is_never_asked_again(talk: Talk, reply: str) -> None:
    asked = []
    talk.presses("За мен")
    for _ in range(30):
        if not talk.asked:
            break
        asked.append(talk.asked)
        talk.presses(reply if reply in talk.buttons else "Не искам да кажа")
    talk.shows("Ето какво намерих")
    assert len(asked) == len(set(asked))
    assert "Още въпроси" not in talk.buttons
    talk.presses("Меню", "Продължи въпросите").shows("Ето какво намерих")


def test_back_goes_from_every_question_to_the_beginning(finished: Talk) -> None:
    given = finished.answers
    reopened = []
    for _ in range(40):
        finished.presses("← Назад")
        if not finished.asked:
            break
        reopened.append(finished.asked)
    finished.shows("За кого питате?")
    assert len(reopened) == len(set(reopened))
    together = {"any_of", "consent"}
    rare = {fact.id for fact in load().facts if fact.group}
    assert set(reopened) == {*given} - {"audience", "disability_percent"} - rare | together
    assert finished.answers == given


def test_a_changed_answer_keeps_the_later_ones(middle: Talk) -> None:
    middle.says("57").presses("← Назад", "← Назад").shows("регистрация в бюрото по труда?")
    middle.presses("Не")
    assert middle.answers["age"] == 57
    assert middle.answers["registered"] is False


def test_results_can_be_seen_after_every_answer(talk: Talk) -> None:
    talk.presses("За мен")
    for _ in range(30):
        if not talk.asked:
            break
        here = talk.asked
        talk.presses("Резултати").shows("Ето какво намерих").presses("← Назад")
        assert talk.asked == here
        talk.presses("Защо питате?").shows("Може да отговорите и с „не знам“").presses(
            "← Към въпроса"
        )
        assert talk.asked == here
        talk.is_interviewed_up_to(here, **ANYBODY)
        reply = ANYBODY[here]
        talk.presses(reply) if reply in talk.buttons else talk.says(reply)
    talk.shows("Ето какво намерих")


def test_changing_for_whom_keeps_the_answers_and_says_so(middle: Talk) -> None:
    middle.start().presses("Промени", "1", "За близък човек").shows("Досегашните отговори остават")
    assert middle.answers["registered"] is True


# -- consent -----------------------------------------------------------------------------------


def test_consent_is_kept_with_version_and_time(talk: Talk) -> None:
    talk.presses("За мен").is_interviewed_up_to("consent", **ANYBODY)
    assert talk.conversation.consents == ()
    talk.presses("Съгласие, от 50 %")
    assert talk.answers["disability_percent"] == {"from": 50, "to": 100}
    (given,) = talk.conversation.consents
    assert given.version == CONSENT_VERSION
    assert given.given_at == dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("button", ["Не искам да кажа", "Не знам", "Няма такова решение"])
def test_who_has_no_decision_or_says_nothing_gives_no_consent(talk: Talk, button: str) -> None:
    talk.presses("За мен").is_interviewed_up_to("consent", **ANYBODY)
    talk.presses(button).hides("Какъв процент")
    assert talk.conversation.consents == ()
    talk.presses("← Назад").shows("Това са данни за здравето")


def test_a_bare_yes_is_no_consent(talk: Talk) -> None:
    talk.presses("За мен").is_interviewed_up_to("consent", **ANYBODY)
    talk.says("да").shows("натиснете „Съгласие“ с Вашия процент")
    assert talk.conversation.consents == ()


def test_a_typed_percentage_is_read_back_with_the_consent(talk: Talk) -> None:
    talk.presses("За мен").is_interviewed_up_to("consent", **ANYBODY).says("60 %")
    assert "disability_percent" not in talk.answers
    talk.shows("Така ли Ви разбрах?", "60", "съгласие").presses("Да, така е")
    assert talk.answers["disability_percent"] == 60
    assert len(talk.conversation.consents) == 1


def test_no_button_stores_the_percentage_without_consent(talk: Talk) -> None:
    for serial in (1, 2):
        talk.does(Pressed(serial=serial, action="a:disability_percent:b2"))
        talk.shows("Това са данни за здравето")
        assert "disability_percent" not in talk.answers


# -- the grouped question ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("button", "served", "protected"),
    [
        ("Не, нито едно", False, False),
        ("Да, без да уточня", {"declined": True}, {"declined": True}),
        ("Не знам", None, None),
    ],
)
def test_the_grouped_question(talk: Talk, button: str, served: object, protected: object) -> None:
    talk.presses("За мен").is_interviewed_up_to("any_of", **ANYBODY).presses(button)
    assert talk.answers["served_sentence"] == served
    assert talk.answers["protection_status"] == protected
    if button == "Да, без да уточня":
        talk.shows("Няма да питам кое", "собствен бизнес").hides("присъда")
        talk.presses("Не, нито едно")
    talk.shows("Ето какво намерих")


def test_ticking_twice_is_not_ticking(talk: Talk) -> None:
    talk.presses("За мен").is_interviewed_up_to("any_of", **ANYBODY)
    tick = numbered(talk, "изтърпяна присъда")
    talk.presses(f"☐ {tick}").shows(f"☑ {tick}. лично: изтърпяна присъда").presses(f"☑ {tick}")
    assert "served_sentence" not in talk.answers
    talk.presses("Не, нито едно")
    assert talk.answers["served_sentence"] is False


def test_a_list_is_answered_by_its_numbers(talk: Talk) -> None:
    talk.presses("За мен").is_interviewed_up_to("any_of", **ANYBODY)
    own, abroad = (numbered(talk, words) for words in ("собствен бизнес", "чужбина"))
    talk.says("7 и 99").shows("Не Ви разбрах")
    talk.says(f"{own} и {abroad}")
    held = {fact: talk.answers[fact] for fact in ("own_business", "abroad_12_of_18")}
    assert held == {"own_business": True, "abroad_12_of_18": True}
    assert talk.answers["served_sentence"] is False


def test_of_the_private_things_none_stands_in_the_list_alone(talk: Talk) -> None:
    talk.presses("За мен").is_interviewed(**ANYBODY).says("/answers")
    talk.presses(number_in(talk, "изтърпяна присъда"))
    talk.shows("изтърпяна присъда", "временна закрила").hides("бизнес")


def number_in(talk: Talk, words: str) -> str:
    """Return the number of the line with these words."""
    found = [line for line in talk.screen.text.splitlines() if words in line]
    assert found, talk.screen.text
    return found[0].partition(".")[0]


def numbered(talk: Talk, words: str) -> str:
    """Return the number of that line of a list with ticks."""
    return number_in(talk, words).strip("☐☑ ")


# -- stored talks after an update --------------------------------------------------------------


@pytest.mark.parametrize(
    "screen",
    [
        ScreenRef(name="gone"),
        ScreenRef(name="card", about="gone"),
        ScreenRef(name="question", about="gone"),
        ScreenRef(name="question", about="audience"),
        ScreenRef(name="question", about="settlement"),
        ScreenRef(name="consent", about="age"),
        ScreenRef(name="confirm_place", about="gone,00000"),
    ],
)
def test_a_screen_that_is_gone_leads_home(context: Context, screen: ScreenRef) -> None:
    stored = Conversation(answers={"audience": "self", "age": 57}, screens=(screen,))
    talk = Talk(context, stored).says("здравейте").shows("Докъде стигнахме:")
    assert talk.answers == {"audience": "self", "age": 57}


@pytest.mark.parametrize("screen", [*SCREENS, "namesakes"])
def test_a_screen_without_its_subject_can_be_shown(context: Context, screen: str) -> None:
    Talk(context, Conversation(screens=(ScreenRef(name=screen),))).says("абракадабра")
    Talk(context, Conversation(screens=())).says("абракадабра").shows("За кого питате?")


def test_answers_that_mean_nothing_any_more_are_asked_again(context: Context) -> None:
    stored = {"audience": "self", "gone": 1, "working": "gone", "age": 999, "settlement": "x"}
    talk = Talk(context, Conversation(answers=stored)).start()
    talk.presses("Продължи").shows("Работите ли в момента?")
    talk.is_interviewed(**ANYBODY).shows("Ето какво намерих")
    assert talk.answers["age"] == 40


def test_a_measure_that_is_gone(finished: Talk) -> None:
    finished.does(Pressed(serial=3, action="card:gone"))
    finished.shows("Тази мярка вече не е в списъка", "Ето какво намерих")


# -- erasing, language -------------------------------------------------------------------------


def test_erasing_leaves_nothing(finished: Talk) -> None:
    finished.says("/delete").shows("Да изтрия ли всичко").presses("Да, изтрий всичко")
    finished.shows("Изтрих отговорите", "За кого питате?")
    assert Erase() in finished.step.effects
    left = finished.conversation
    assert left == Conversation(serial=left.serial, last_press=left.last_press)
    assert left.last_press.endswith(".erase")


def test_starting_anew_forgets_the_answers(middle: Talk) -> None:
    middle.presses("Меню", "Започни отначало").shows("Да забравя ли").presses("Не, продължи")
    assert middle.answers
    middle.presses("Започни отначало", "Да, отначало").shows("Здравейте")
    assert middle.answers == {}


def test_another_language_keeps_the_answers(middle: Talk) -> None:
    before = middle.answers
    middle.presses("Меню", "Език", "English").shows("Menu.").presses("← Back").shows(
        "How old are you?"
    )
    assert middle.answers == before
    middle.says("на български").shows("На колко години сте?")


def test_an_old_language_button_closes_nothing(middle: Talk) -> None:
    middle.does(Pressed(serial=1, action="lang:en")).shows("How old are you?")


# -- odd messages ------------------------------------------------------------------------------

# fmt: off
ODD = ["", " ", "???", "😀", "😀😀😀", "а" * 10_000, "да " * 4000, "15.11.2026", "57",
       "да", "не", "%s {x} $x", "<b>x</b>", "\x00\x07", "-", "1/2", "[[[", "/", "//", "/x y", "@",
       "\u202e"]
# fmt: on


def at(context: Context, fact: str) -> Talk:
    talk = Talk(context).start()
    return talk.presses("За мен").is_interviewed_up_to(fact, **ANYBODY)


ASKED_TOGETHER = {"struck_off", "disability_percent"} | {f.id for f in load().facts if f.group}
"""What has a question of its own only once it is changed."""


@pytest.mark.parametrize("fact", list(ANYBODY))
def test_odd_words_at_every_question(context: Context, fact: str) -> None:
    recent = {"youngest_child_age": "7", "trade_obtained_on": "Последните 2 години"}
    lately = {"job_ended_on": "Преди 3 до 15 месеца", "insured_12_of_18": "Да"}
    replies = {**ANYBODY, **lately, **recent}
    asked = Talk(context).start().presses("За мен")
    if fact in ASKED_TOGETHER:
        asked.is_interviewed(**replies).does(Pressed(serial=0, action=f"edit:{fact}"))
        assert asked.asked
    else:
        asked.is_interviewed_up_to(fact, **replies)
    for odd in ODD:
        talk = Talk(context, asked.conversation).says(odd)
        others = [(name, said) for name, said in asked.answers.items() if name != fact]
        assert all(talk.answers[name] == said for name, said in others)


@pytest.mark.parametrize("kind", ["photo", "voice", "video", "sticker", "document", "other"])
def test_what_is_no_text_is_received_kindly(middle: Talk, kind: str) -> None:
    before = middle.answers
    middle.sends(kind).shows("Засега чета само текст", "На колко години сте?")
    assert middle.answers == before


def test_an_edited_message_changes_nothing(middle: Talk) -> None:
    before = middle.answers
    middle.edits("58").shows("изпратете я като ново", "На колко години сте?")
    assert middle.answers == before


def test_an_unknown_command(middle: Talk) -> None:
    middle.says("/gone").shows("Тази команда не я знам", "На колко години сте?")


def test_start_in_the_middle_loses_nothing(middle: Talk) -> None:
    before = middle.answers
    middle.says("/start poster-12").shows("Докъде стигнахме:")
    assert middle.answers == before
    middle.start("poster").presses("Продължи").shows("На колко години сте?")


def test_help_grows_with_each_miss(middle: Talk) -> None:
    middle.says("абракадабра").shows("Не разбрах възрастта", "например 47")
    middle.says("абракадабра").shows("Напишете само числото", "На колко години сте?")
    middle.says("абракадабра").shows("Човек може да помогне", "Може да отидете или да се обадите")
    middle.presses("← Назад").shows("На колко години сте?")
    middle.says("57").says("абракадабра").hides("Човек може да помогне")


def test_choices_get_numbers_that_can_be_typed(talk: Talk) -> None:
    talk.presses("За мен").says("абракадабра").hides("1 – ")
    talk.says("абракадабра").shows("Напишете номера", "1 – Без работа", "7 – Не знам")
    talk.says("7").hides("Работите ли")
    assert talk.answers["working"] is None


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("помощ", "Ето какво мога"),
        ("меню", "Какво да направим?"),
        ("мерки", "Ето какво намерих"),
        ("стоп", "Спирам тук"),
        ("защо", "По адреса се определя"),
        ("изтрий", "Да изтрия ли"),
        ("данни", "Какво пазя"),
        ("/results", "Ето какво намерих"),
        ("НАЗАД!", "Работите ли"),
    ],
)
def test_words_that_always_work_also_where_a_place_is_asked(
    talk: Talk, words: str, seen: str
) -> None:
    talk.presses("За мен", "На работа").says(words).shows(seen)


def test_a_location_far_from_everything(talk: Talk) -> None:
    talk.shares(0.0, 0.0).shows("далеч от всеки град", "В кой град или село")


def test_a_location_before_anything_was_asked(talk: Talk) -> None:
    talk.shares(43.2, 23.55).presses("Да, там").shows("Добре: гр. Враца", "За кого питате?")


def test_a_location_shared_while_reading_the_results(middle: Talk) -> None:
    middle.presses("Резултати").shares(43.2, 23.55).presses("Да, там").shows("Ето какво намерих")


def test_continuing_before_anything_was_asked(talk: Talk) -> None:
    talk.presses("Меню", "Продължи въпросите").shows("За кого питате?")


def test_the_place_asked_for_the_bureau_leads_to_the_bureau(talk: Talk) -> None:
    talk.presses("Меню", "Бюро и библиотека").says("Враца").shows("Места за гр. Враца")
    talk.presses("Друго място", "← Назад").shows("Места за гр. Враца")


def test_the_answer_by_its_number(talk: Talk) -> None:
    talk.says("1").shows("Отбелязах: За мен.", "Работите ли").says("4").shows(
        "Отбелязах: На работа."
    )


def test_a_vague_date_is_asked_once_more_and_then_taken(context: Context) -> None:
    talk = at(context, "registered_on").says("2025").shows("месеца или деня", "От колко време")
    talk.says("2025").hides("От колко време")
    assert talk.answers["registered_on"] == {"from": "2025-01-01", "to": "2025-12-31"}


def test_a_vague_date_may_be_made_exact(context: Context) -> None:
    talk = at(context, "registered_on").says("2025").says("март 2025").hides("От колко време")
    assert talk.answers["registered_on"] == {"from": "2025-03-01", "to": "2025-03-31"}


def test_the_banner_of_a_trial(context_on: Callable[[dt.date], Context]) -> None:
    context = context_on(dt.date(2026, 11, 23))
    trial = Context(knowledge=context.knowledge, texts=context.texts, now=context.now, trial=True)
    Talk(trial).start().shows("Пробен режим")


def test_consent_is_given_anew_for_somebody_else(talk: Talk) -> None:
    to_consent = {**ANYBODY, "youngest_child_age": "Няма дете под 18"}
    talk.presses("За мен").is_interviewed_up_to("consent", **to_consent)
    talk.presses("Съгласие, под 50 %").says("/start")
    talk.presses("Промени", "1", "За близък човек", "Още въпроси")
    talk.does(Pressed(serial=0, action="edit:disability_percent"))
    talk.shows("ако близкият Ви човек е съгласен").presses("Съгласие, от 50 %")
    assert [given.who for given in talk.conversation.consents] == ["self", "relative"]


def test_the_same_button_works_anew_after_something_else(talk: Talk) -> None:
    menu = talk.press_of("Меню")
    talk.does(menu).shows("Меню. Какво да направим?")
    assert talk.does(menu).step.messages == ()
    talk.says("назад").hides("Какво да направим?").does(menu).shows("Меню. Какво да направим?")


def test_back_from_the_results_leads_to_the_last_question(talk: Talk) -> None:
    talk.presses("За мен").is_interviewed(**ANYBODY).shows("Ето какво намерих")
    talk.presses("← Назад").shows("Въпрос", "нещо от тези").presses("← Назад").shows("Въпрос")
    talk.presses("Резултати").shows("Ето какво намерих")


@pytest.mark.parametrize("words", ["взаимно съгласие", "имам предизвестие", "ще ме освободят"])
def test_who_is_about_to_lose_the_job_says_so_in_their_words(talk: Talk, words: str) -> None:
    talk.presses("За мен").says(words)
    talk.shows("⏰ ПРЕДИ ПОДПИСА")


def test_not_knowing_the_day_still_warns_of_the_deadlines(talk: Talk) -> None:
    talk.presses("За мен", "Без работа", "Не знам").shows("7 работни дни", "3 месеца")


def test_what_registering_alone_would_not_change_has_its_true_reason(talk: Talk) -> None:
    employed = {**ANYBODY, "working": "На работа", "registered": "Не", "age": "35"}
    talk.presses("За мен").is_interviewed(**employed).presses("Засега не – защо?")
    course = talk.section("Засега не. Иска се: без работа в момента.")
    assert "Безплатен курс за професия или умения" in course


def test_the_benefit_is_named_for_who_has_just_lost_the_job(talk: Talk) -> None:
    laid_off = {**ANYBODY, "registered": "Не", "job_ended_on": "преди 3 дни"}
    found = talk.presses("За мен").is_interviewed(**laid_off)
    line = re.search(r"може да станат възможни и: .*", found.screen.text)
    assert line
    assert "Обезщетение за безработица" in line[0]


def test_a_rough_start_of_the_registration_promises_no_exact_day(talk: Talk) -> None:
    rough = {**ANYBODY, "registered": "Да", "registered_on": "От 6 до 12 месеца", "age": "40"}
    talk.presses("За мен").is_interviewed(**rough).shows("или по-рано може и:")


def test_who_is_registered_is_not_told_to_register(talk: Talk) -> None:
    just = {**ANYBODY, "registered": "Да", "job_ended_on": "преди 3 дни"}
    talk.presses("За мен").is_interviewed(**just).presses("Срокове")
    talk.shows("Регистрация в бюрото по труда вече има.", "Заявление до НОИ").hides(
        "най-късно до 7"
    )


def test_a_postal_code_is_asked_about_as_one(talk: Talk) -> None:
    talk.presses("За мен", "На работа").says("3300").shows("Пощенски код за", "Там ли е адресът?")
    talk.hides("Не намерих").presses("Да, там").shows("Добре:")
