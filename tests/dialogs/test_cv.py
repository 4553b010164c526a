"""A CV in a few questions: every one may be skipped, nothing is guessed, nothing is left of it."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from talk import Talk

from dialogs.documents import Document
from dialogs.flows import cv_questions
from dialogs.flows.cv_questions import JOBS, QUESTIONS, doubt, typed
from dialogs.model import (
    HOME,
    CaseChanged,
    CaseSaid,
    Conversation,
    CvDraft,
    DeskAct,
    Erase,
    Pressed,
    Reminded,
    ScreenRef,
    Wipe,
)
from dialogs.respond import ACTIONS, respond
from dialogs.texts import load_texts
from dialogs.turn import Context, Desk
from knowledge.base import KnowledgeBase

ROMAN = "62997"
COOK = {
    "name": "Стефка Иванова Петрова",
    "contact": "0888 000 000, stefka@example.bg",
    "place": "гр. Роман",
    "work": "готвач",
    "job1_as": "готвач",
    "job1_where": "училищна столова, Роман",
    "job1_when": "2011 – 2024",
    "job2": "продавач",  # typed instead of „Още една“
    "job2_where": "магазин, с. Кунино",
    "job2_when": "1998-2010",
    "job3": "не",
    "education": "средно, Враца, 1987",
    "trade": "готвач, трета степен",
    "skills": "готвене за много хора, работа с каса",
    "languages": "български, руски",
    "licence": "B",
    "more": "работа на смени",
}
"""What is typed at each question, in the order in which they come."""
GLOBAL = {
    "помощ": "Ето какво мога",
    "човек": "библиотек",
    "стоп": "Спирам тук",
    "изтрий": "Да изтрия ли всичко?",
    "назад": "",
    "меню": "Меню. Какво да направим?",
    "/menu": "Меню. Какво да направим?",
    "/delete": "Да изтрия ли всичко?",
}


def written_up_to(talk: Talk, wanted: str = "") -> Talk:
    """Begin a CV and answer as a cook does, until this question is asked."""
    talk.says("трябва ми CV").presses("Започни")
    for _ in range(30):
        if talk.conversation.screen.name == "cv_check":
            assert not wanted, f"{wanted} was never asked"
            return talk
        asked = talk.conversation.screen.about
        if asked == wanted:
            return talk
        talk.says(COOK[asked])
    raise AssertionError("the questions do not end")


def asked(talk: Talk) -> str:
    return talk.conversation.screen.about if talk.conversation.screen.name == "cv_question" else ""


def written(talk: Talk) -> dict[str, str]:
    return talk.conversation.cv.written


def sent_page(talk: Talk) -> Document:
    [page] = [m.document for m in talk.step.messages if m.document]
    return page


def later(talk: Talk, **time: int) -> Talk:
    """Return the same talk after some time without a word."""
    now = talk.context.now + dt.timedelta(**time)
    again = Talk(replace(talk.context, now=now), talk.conversation)
    again.screen = talk.screen
    return again


@pytest.fixture
def checked(talk: Talk) -> Talk:
    return written_up_to(talk)


@pytest.fixture
def sent(checked: Talk) -> Talk:
    return checked.presses("Изпрати PDF")


# -- the way in --------------------------------------------------------------------------------


def test_it_is_found_by_words_on_the_menu_and_where_vacancies_are(talk: Talk) -> None:
    for way in (["трябва ми CV"], ["напишете ми автобиография"]):
        talk.start().says(*way).shows("Ще направим автобиография (CV)")
    talk.presses("Меню", "Направи CV").shows("Ще направим автобиография (CV)")
    talk.start().says("търся работа като готвач", "има ли работа").shows("нямам обяви")
    talk.presses("Направи CV").shows("Ще направим автобиография (CV)")


def test_it_says_first_what_becomes_of_what_is_written(talk: Talk) -> None:
    talk.says("cv").shows("само докато вземете файла", "Снимка не трябва", "на никого")
    talk.presses("Започни").shows("въпрос 1 от 11", "Другаде не питам за име")


def test_for_a_relative_the_words_fit(talk: Talk) -> None:
    talk.presses("За близък човек").says("cv").shows("на близкия Ви човек").presses("Започни")
    for _ in range(12):
        talk.shows("CV, въпрос").hides(" Ви ", "Ваш")
        assert not {"сте", "имате", "говорите", "умеете"} & set(talk.screen.text.lower().split())
        if asked(talk) == "more":
            break
        talk.presses("Пропусни")
    assert asked(talk) == "more"


def test_labels_are_short_enough_for_a_phone() -> None:
    for language, texts in load_texts().items():
        for name in texts:
            if name.startswith("button-cv"):
                assert len(texts(name, who="self")) <= 20, (language, name)


def test_it_begins_at_a_yes_and_goes_back_at_a_no(talk: Talk) -> None:
    talk.says("cv", "не").shows("За кого питате?").says("cv", "да").shows("въпрос 1 от 11")


# -- the questions -----------------------------------------------------------------------------


def test_what_was_typed_stands_on_the_page_in_the_usual_order(checked: Talk) -> None:
    page = sent_page(checked.presses("Изпрати PDF"))
    assert (page.form, page.language, page.name) == ("pdf", "bg", "Автобиография")
    assert page.title == COOK["name"]
    assert page.lead == "гр. Роман · 0888 000 000 · stefka@example.bg"
    assert [(part.heading, [line.text for line in part.lines]) for part in page.parts] == [
        ("Търсена работа", ["Готвач"]),
        (
            "Трудов опит",
            [
                "Готвач, училищна столова, Роман (2011 – 2024)",
                "Продавач, магазин, с. Кунино (1998 – 2010)",
            ],
        ),
        ("Образование", ["Средно, Враца, 1987"]),
        ("Професия и курсове", ["Готвач, трета степен"]),
        ("Умения", ["Готвене за много хора, работа с каса"]),
        ("Езици", ["Български, руски"]),
        ("Шофьорска книжка", ["Категория B"]),
        ("Допълнително", ["Работа на смени"]),
    ]
    assert (page.foot, page.payload, page.invitation) == ((), "", "")


def test_every_question_can_be_skipped(talk: Talk) -> None:
    talk.says("cv").presses("Започни")
    seen = []
    while asked(talk):
        seen.append(asked(talk))
        talk.presses("Пропусни")
    assert seen == [n for n, q in QUESTIONS.items() if q.job < 2 and q.kind != "job_when"]
    talk.shows("Ето какво ще пише", "За файла трябва име или поне една работа")
    assert "Изпрати PDF" not in talk.buttons
    assert written(talk) == {}


@pytest.mark.parametrize("word", ["пропусни", "нямам", "не", "не знам", "не искам да кажа"])
def test_a_question_is_skipped_with_words_too(talk: Talk, word: str) -> None:
    for name in COOK:
        here = written_up_to(Talk(talk.context).start(), name).says(word)
        assert asked(here) != name
        assert name not in written(here)


@pytest.mark.parametrize("name", COOK)
@pytest.mark.parametrize("word", GLOBAL)
def test_global_words_work_at_every_question(talk: Talk, name: str, word: str) -> None:
    before = written(written_up_to(talk, name))
    talk.says(word).shows(GLOBAL[word])
    assert written(talk) == before
    assert asked(talk) != name
    if word not in ("стоп", "назад"):
        assert asked(talk.says("назад")) == name


@pytest.mark.parametrize("name", COOK)
def test_despair_is_heard_at_every_question(talk: Talk, name: str) -> None:
    before = written(written_up_to(talk, name))
    talk.says("не искам да живея").shows("Чувам Ви", "112")
    assert written(talk) == before
    assert asked(talk.says("назад")) == name


@pytest.mark.parametrize("name", COOK)
def test_a_librarian_and_the_way_back_stand_under_every_question(talk: Talk, name: str) -> None:
    written_up_to(talk, name)
    assert {"← Назад", "Библиотекар", "Меню"} <= set(talk.buttons)
    assert ("Готово" in talk.buttons) is (name != "name")


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("work", "оператор"),
        ("work", "Библиотекар"),
        ("job1_as", "консултант"),
        ("job2", "библиотекар"),
        ("job1_where", "Библиотека"),
        ("languages", "английски"),
    ],
)
def test_a_word_that_is_a_command_elsewhere_can_be_an_answer(
    talk: Talk, name: str, word: str
) -> None:
    written_up_to(talk, name).says(word).shows("Записах го на листа")
    assert word in written(talk).values()
    talk.says("човек").shows("библиотек")
    assert asked(talk) == ""


def test_what_may_have_been_a_question_is_written_and_said_so(talk: Talk) -> None:
    written_up_to(talk, "skills").says("какво да пиша тук?").shows("Записах го на листа")
    assert written(talk)["skills"] == "какво да пиша тук?"


def test_what_is_typed_is_no_fact_about_the_person(talk: Talk) -> None:
    before = dict(talk.answers)
    written_up_to(talk, "more").says("на 57 съм, без работа от март, живея във Враца")
    assert talk.answers == before
    assert not any(screen.name == "told" for screen in talk.conversation.screens)


def test_back_goes_through_every_question_to_the_beginning(checked: Talk) -> None:
    given, seen = written(checked), []
    checked.says("назад")
    while asked(checked):
        seen.append(asked(checked))
        checked.presses("← Назад")
    after = ["more", "licence", "languages", "skills", "trade", "education"]
    second = ["job3", "job2_when", "job2_where", "job2_as"]
    first = ["job1_when", "job1_where", "job1_as"]
    assert seen == [*after, *second, *first, "work", "place", "contact", "name"]
    assert written(checked) == given
    checked.shows("започната").presses("← Назад").shows("За кого питате?")


def test_what_is_known_is_offered_with_one_tap(context: Context) -> None:
    answers = {"audience": "self", "settlement": ROMAN, "education": "secondary", "age": 57}
    talk = Talk(context, Conversation(answers=answers)).start()
    written_up_to(talk, "place").presses("гр. Роман")
    assert written(talk)["place"] == "гр. Роман"
    while asked(talk) != "education":
        talk.presses("Стига" if "Стига" in talk.buttons else "Пропусни")
    talk.presses("Средно образование").presses("Пропусни", "Пропусни", "български")
    assert written(talk)["languages"] == "български"
    assert talk.answers == answers


def test_nothing_is_offered_that_nobody_said(talk: Talk) -> None:
    written_up_to(talk, "place")
    assert talk.buttons == ["Пропусни", "Готово", "← Назад", "Библиотекар", "Меню"]


def test_categories_are_ticked_and_can_be_typed(talk: Talk) -> None:
    written_up_to(talk, "licence").presses("☐ C", "☐ B", "☐ Ткт")
    assert written(talk)["licence"] == "B, C, Ткт"
    talk.presses("☑ C").says("B от 1990 г.")
    assert written(talk)["licence"] == "B от 1990 г."
    assert asked(talk) == "more"


def test_a_category_ticked_twice_is_ticked_and_can_be_taken_out(talk: Talk) -> None:
    tick = written_up_to(talk, "licence").press_of("☐ B")
    talk.does(tick).does(tick)
    assert written(talk)["licence"] == "B"
    talk.does(tick.model_copy(update={"serial": tick.serial - 1}))
    assert written(talk)["licence"] == "B"
    talk.presses("☑ B")
    assert "licence" not in written(talk)


@pytest.mark.parametrize(
    ("contact", "odd"),
    [
        ("0888 000 000", ""),
        ("+359 888 000 000", ""),
        ("(09123) 2233", ""),
        ("0888/000-000; 0999 111 111", ""),
        ("тел. 0888000000, вечер след 18 часа", "phone-short"),
        ("stefka@example.bg", ""),
        ("stefka.petrova@поща.бг", ""),
        ("stefka1987@abv.bg", ""),
        ("0888 000 000 stefka@example.bg", ""),
        ("stefka@", "email"),
        ("stefka@abv", "email"),
        ("@abv.bg", "email"),
        ("0888", "phone-short"),
        ("0888 000 000 0888 000 000", "phone-long"),
        ("при съседката", "neither"),
    ],
)
def test_a_telephone_or_an_email_is_looked_at_and_never_refused(
    talk: Talk, contact: str, odd: str
) -> None:
    assert doubt(contact) == odd
    written_up_to(talk, "contact").says(contact)
    assert written(talk)["contact"] == contact
    if odd:
        talk.shows("Проверете и напишете пак")
        assert asked(talk) == "contact"
        again = Talk(talk.context, talk.conversation).says(contact)
        assert asked(again) == asked(talk.presses("Остави така")) == "place"
    assert asked(talk) == "place"


# -- any text ----------------------------------------------------------------------------------

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
# fmt: off
ODD = ["😀", "👩\u200d🍳 готвач", "а" * 5000, "שלום", "\u202eготвач\u202c", "мед\x00\x07\x1fик",
       "<b>x</b>", "%s { $x }", "един\nдва\n\nтри", "ﬁn ① ｆｕｌｌ", "/", "1.1.1", "—", "…",
       "а\u0301 и\u0306"]
# fmt: on
TEXTS = st.one_of(
    ANY,
    ANY.map(lambda text: text * 70),
    st.sampled_from(ODD),
)


@settings(max_examples=80)
@given(name=st.sampled_from(list(COOK)), text=TEXTS)
def test_no_text_is_lost_silently(context: Context, name: str, text: str) -> None:
    """It is written down, or it is said why not; the question stays open then."""
    talk = written_up_to(Talk(context).start(), name)
    before = written(talk)
    said = typed(text)
    talk.says(text)
    new = [v for n, v in written(talk).items() if before.get(n) != v]
    if said.text in new:
        assert len(said.text) <= QUESTIONS[name].longest
        if said.left_out:
            talk.shows("не излизат на листа")
    else:
        assert not new
        assert asked(talk) != name or len(talk.step.messages) > 1 or not text.strip()


@given(TEXTS)
def test_what_is_typed_stays_as_it_is_but_for_what_cannot_be_seen(text: str) -> None:
    said = typed(text)
    assert typed(said.text) == replace(said, left_out="")
    assert said.text == said.text.strip()
    assert not set(said.text) & set("\n\t\x00\u202e")
    plain = [c for c in text if c.isascii() and c.isalnum()]
    kept = [c for c in said.text if c.isascii() and c.isalnum()]
    assert len(kept) >= len(plain)


def test_lines_become_one_line_and_spaces_one_space() -> None:
    assert typed(" готвене \n чистене,\n\n  каса ").text == "готвене, чистене, каса"
    assert typed("👩‍🍳 готвач").text == "готвач"
    assert typed("👩‍🍳 готвач").left_out == "👩🍳"
    assert typed("нова \U0001fac6").left_out == "\U0001fac6"


def test_a_text_that_is_too_long_is_said_kindly_with_its_length(talk: Talk) -> None:
    written_up_to(talk, "skills").says("готвя " * 100)
    talk.shows("до 250 знака", "написахте 599", "Какво умеете?")
    assert "skills" not in written(talk)


# -- changing ----------------------------------------------------------------------------------


def test_all_is_shown_with_numbers_and_each_can_be_changed(checked: Talk) -> None:
    checked.shows("1. Име: Стефка Иванова Петрова", "8. Образование: средно", "7. Преди това: –")
    checked.presses("1").shows("Сега пише: Стефка").says("Стефка Петрова")
    checked.shows("1. Име: Стефка Петрова").says("9").presses("Махни го", "Пропусни")
    checked.shows("9. Професия, курсове: –").presses("12", "← Назад").shows("Ето какво ще пише")
    checked.presses("5").presses("Остави така").says("училище, Мездра").presses("Остави така")
    checked.shows("5. Последна работа: готвач, училище, Мездра (2011 – 2024)")


def test_what_is_typed_under_the_list_is_no_fact_either(checked: Talk) -> None:
    checked.says("всъщност съм на 57 и живея във Враца").shows("Напишете номера на реда")
    assert (checked.answers, checked.conversation.screen.name) == ({}, "cv_check")
    checked.says("искам да говоря с човек").shows("библиотек")


def test_a_job_is_added_and_taken_out_whole(checked: Talk) -> None:
    checked.presses("7").says("чистач", "болница", "1990 – 1997").shows("7. Преди това: чистач")
    checked.presses("6").presses("Махни го").shows("Махнах тази работа")
    checked.shows("5. Последна работа: готвач", "6. Преди това: чистач, болница (1990 – 1997)")
    checked.presses("5", "Махни го").shows("5. Последна работа: чистач", "6. Преди това: –")
    checked.presses("5", "Махни го").shows("5. Последна работа: –").hides("Преди това")


def test_done_is_there_as_soon_as_there_is_a_name_or_a_job(talk: Talk) -> None:
    talk.says("cv").presses("Започни", "Пропусни", "Пропусни", "Пропусни", "Пропусни")
    assert "Готово" not in talk.buttons
    talk.says("готвач").presses("Готово").shows("5. Последна работа: готвач", "1. Име: –")
    page = sent_page(talk.presses("Изпрати DOCX"))
    assert (page.form, page.title, page.lead) == ("docx", "Автобиография", "")
    assert [part.heading for part in page.parts] == ["Трудов опит"]


def test_a_language_change_in_the_middle_keeps_the_draft(talk: Talk) -> None:
    before = written(written_up_to(talk, "skills"))
    talk.presses("Меню", "Език", "English", "← Back").shows("CV, question 8 of 11")
    assert written(talk) == before
    talk.says("cooking").presses("Done", "Send PDF")
    page = sent_page(talk)
    assert (page.language, page.name, page.title) == ("en", "CV", COOK["name"])
    assert [part.heading for part in page.parts][:2] == ["Work wanted", "Work experience"]


def test_the_same_talk_goes_on_after_a_word_elsewhere(talk: Talk) -> None:
    written_up_to(talk, "skills").says("стоп").shows("Спирам тук")
    talk.says("cv").shows("започната").presses("Продължи")
    assert asked(talk) == "skills"
    talk.start().says("cv").presses("Виж написаното").shows("1. Име: Стефка")


# -- old buttons and doubled taps --------------------------------------------------------------


def test_old_buttons_and_doubled_taps_do_no_harm(talk: Talk) -> None:
    presses = []
    written_up_to(talk, "name")
    for text in COOK.values():
        presses += [Pressed(serial=1, action=b.action) for b in talk.screen.buttons]
        talk.says(text)
    presses += [Pressed(serial=1, action=b.action) for b in talk.screen.buttons]
    done, aside = written(talk), ("go", "back", "cv-drop", "cv-send", "cv-change", "cv-check")
    for press in presses:
        if press.action.partition(":")[0] not in aside:
            talk.does(press).does(press)
            assert written(talk) == done, press
            assert talk.step.notice or "1. Име" in talk.text


def test_the_same_tap_on_send_sends_one_file(checked: Talk) -> None:
    tap = checked.press_of("Изпрати PDF")
    assert sent_page(checked.does(tap)).form == "pdf"
    assert checked.does(tap).step.messages == ()
    assert checked.step.notice


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.startswith("cv-")])
@pytest.mark.parametrize("argument", ["", "name", "pdf", "B:in", "job2", "job9", "licence"])
def test_no_button_of_a_cv_does_anything_elsewhere(talk: Talk, action: str, argument: str) -> None:
    before = talk.conversation.screens
    talk.does(Pressed(serial=1, action=f"{action}:{argument}")).shows("Този бутон е стар")
    assert (talk.conversation.screens, talk.conversation.cv) == (before, CvDraft())
    assert talk.step.effects == ()


def test_a_button_of_a_cv_that_is_gone(sent: Talk) -> None:
    docx, done = sent.press_of("Изпрати DOCX"), sent.press_of("Готово")
    sent.does(done).does(docx).shows("Този бутон е стар")
    sent.does(done.model_copy(update={"serial": 1})).shows("Този бутон е стар")
    assert Wipe() not in sent.step.effects


# -- nothing is left ---------------------------------------------------------------------------


def test_nothing_of_a_cv_is_left_once_it_is_sent(sent: Talk) -> None:
    assert Wipe() not in sent.step.effects
    sent.presses("Изпрати DOCX").presses("Готово").shows("Изтрих написаното", "остава при Вас")
    assert sent.step.effects == (Wipe(),)
    assert sent.conversation.cv == CvDraft()
    left = sent.conversation.model_dump_json()
    said = json.dumps([m.model_dump() for m in sent.step.messages], ensure_ascii=False)
    for text in COOK.values():
        if len(text) > 3:
            assert text not in left + said
    assert sent.conversation.screens == (HOME,)


@pytest.mark.parametrize("way", ["меню", "стоп", "/start", "резултати", "има ли обяви за работа"])
def test_a_cv_that_was_sent_goes_with_whoever_leaves(sent: Talk, way: str) -> None:
    sent.says(way).shows("Изтрих написаното за CV-то")
    assert Wipe() in sent.step.effects
    assert sent.conversation.cv == CvDraft()
    assert not any(s.name.startswith("cv") for s in sent.conversation.screens)


@pytest.mark.parametrize("way", ["Бюро и библиотека", "Библиотекар"])
def test_what_was_sent_can_be_changed_after_a_word_at_the_library(sent: Talk, way: str) -> None:
    sent.presses(way)
    assert Wipe() not in sent.step.effects
    while "Изпрати DOCX" not in sent.buttons:
        sent.presses("← Назад")
    sent.presses("← Назад", "1").says("С. Петрова").presses("Изпрати PDF")
    assert sent_page(sent).title == "С. Петрова"


def test_the_draft_goes_after_a_day_without_a_word(talk: Talk) -> None:
    written_up_to(talk, "skills")
    soon = later(talk, hours=23, minutes=59).says("готвене")
    assert written(soon)["skills"] == "готвене"
    late = later(talk, hours=24).says("готвене").shows("Мина повече от ден")
    assert written(late) == {"skills": "готвене"}
    assert late.step.effects == (Wipe(),)
    assert asked(late) == "languages"
    assert COOK["name"] not in late.conversation.model_dump_json()


def test_the_draft_goes_with_an_event_of_nobody_too(talk: Talk) -> None:
    late = later(written_up_to(talk), days=3)
    event = Reminded(about="apply", day=dt.date(2026, 11, 27), language="bg")
    step = respond(late.conversation, event, late.context)
    assert step.effects[0] == Wipe()
    assert all(COOK[typed] not in m.text for m in step.messages for typed in ("name", "work"))
    assert step.conversation.cv == CvDraft()


def test_a_checked_cv_that_is_old_leads_back_to_the_beginning(checked: Talk) -> None:
    old = later(checked, hours=25).presses("Изпрати PDF").shows("Мина повече от ден", "стар")
    assert not any(m.document for m in old.step.messages)
    old.says("cv").shows("Ще направим автобиография")


def test_it_can_be_erased_before_anything_was_sent(checked: Talk) -> None:
    checked.presses("Изтрий написаното").shows("Да изтрия ли").presses("Не, остави")
    checked.shows("1. Име: Стефка").presses("Изтрий написаното", "Да, изтрий")
    checked.shows("Изтрих написаното").hides("Файлът остава")
    assert checked.step.effects == (Wipe(),)
    assert checked.conversation.cv == CvDraft()


def test_erasing_and_starting_anew_take_the_cv_along(checked: Talk) -> None:
    again = Talk(checked.context, checked.conversation).says("изтрий").presses("Да, изтрий всичко")
    assert Erase() in again.step.effects
    assert again.conversation.cv == CvDraft()
    checked.presses("Меню", "Започни отначало", "Да, отначало")
    assert Wipe() in checked.step.effects
    assert checked.conversation.cv == CvDraft()


def test_nothing_of_a_cv_reaches_a_librarian(context: Context, knowledge: KnowledgeBase) -> None:
    library = knowledge.directory.library("lib-vratsa-reg")
    assert library
    open_now = replace(context, desks=(Desk(library.id, library, None),), number=7)
    talk = written_up_to(Talk(open_now).start())
    talk.presses("Библиотекар")
    while "Без въпрос" not in talk.buttons:
        talk.presses(talk.buttons[0])
    talk.presses("Без въпрос")
    shown = talk.screen.text
    effects = talk.presses("Да, предай").step.effects
    assert CaseChanged() in effects
    assert talk.conversation.case
    handed = shown + talk.conversation.case.model_dump_json() + "".join(map(str, effects))
    for text in COOK.values():
        assert text not in handed or len(text) < 3
    # The librarian writes meanwhile; what is typed next still goes into the CV.
    talk.presses("← Към бота", "8")
    reply = DeskAct(act="reply", case=7, librarian="L1", name="Мария", text="Здравейте")
    talk.does(reply).shows("Мария").says("Висше")
    assert not any(isinstance(effect, CaseSaid) for effect in talk.step.effects)
    assert written(talk)["education"] == "Висше"


def test_a_recap_says_nothing_of_it(talk: Talk) -> None:
    talk.presses("За мен", "Без работа", "Преди над 3 години")
    back = later(written_up_to(talk, "skills"), hours=5).says("меню").shows("Докъде стигнахме")
    back.hides(*(text for text in COOK.values() if len(text) > 8))


def test_a_stored_talk_of_before_has_no_cv() -> None:
    old = Conversation().model_dump(mode="json")
    del old["cv"]
    assert Conversation.model_validate(old).cv == CvDraft()


@pytest.mark.parametrize("name", ["cv_check", "cv_sent", "cv_drop", "cv_question"])
def test_a_screen_of_a_cv_that_is_gone_leads_home(context: Context, name: str) -> None:
    talk = Talk(context, Conversation(screens=(ScreenRef(name=name, about="gone"),)))
    talk.says("здравейте").shows("За кого питате?")


def test_questions_of_each_job_are_in_order() -> None:
    names = [cv_questions.job_parts(job) for job in range(1, JOBS + 1)]
    assert all(name in QUESTIONS for parts in names for name in parts)
    assert len(cv_questions.STEPS) == 11
