"""No words of a librarian are lost: whatever is in the way, they come back, with who and when."""

import datetime as dt
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sent_files
from test_desk import VIDIN, VRATSA, House, Librarian, Person, house
from test_files_both_ways import replies

from bot.store.interface import Entry

LONG = "Дълъг отговор & <b>обяснение</b>"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
async def h(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


def stands(text: str, page: str) -> None:
    """The words stand in one field that can be seen, and in no second one."""
    fields = re.findall(r"<textarea([^>]*)>\n(.*?)</textarea>", page, re.DOTALL)
    shown = [about for about, words in fields if words == text]
    assert len(shown) == 1, shown
    assert "hidden" not in shown[0]


async def line(h: House, kind: str = "librarian") -> Entry:
    entries = await h.service.desk.entries((await h.case()).number)
    return next(e for e in entries if e.kind == kind and e.ref)


async def expert(h: House) -> tuple[str, Librarian]:
    bureau = f"bureau:{h.service.knowledge.directory.bureaus[0].id}"
    return bureau, await h.librarian("Петров", bureau)


# -- replies -----------------------------------------------------------------------------------


async def test_a_reply_comes_back_with_who_took_the_case_and_when(h: House):
    maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
    person = await (await h.person()).asks()
    h.at[0] += 121 * MINUTE
    await maria.does("claim")
    page = await ivan.does("reply", LONG)
    assert ivan.status == 409
    assert "Мария пое въпроса в 12:01. Текстът Ви не е изпратен. Пазим го долу." in page
    stands(LONG, page)
    # What cannot go to the person can be of use to the colleague.
    assert "Запиши като бележка" in page
    await ivan.does("note", LONG)
    assert ivan.status == 303
    assert LONG in await maria.reads()
    assert LONG not in (await person.settled()).texts
    h.at[0] += dt.timedelta(days=1)
    assert "Мария пое въпроса на 23.11 в 12:01." in await ivan.does("reply", LONG)


async def test_who_was_given_the_case_is_not_said_to_have_taken_it(h: House):
    maria, _ivan, vera = [await h.librarian(name) for name in ("Мария", "Иван", "Вера")]
    await (await h.person()).asks()
    who = next(w for w in await h.service.desk.librarians() if w.name == "Иван")
    await maria.does("transfer", "Той знае", to=f"colleague={who.id}")
    page = await vera.does("reply", LONG)
    assert "Мария предаде въпроса на Иван в 10:00." in page
    stands(LONG, page)


async def test_a_reply_comes_back_where_a_colleague_or_the_person_has_ended_it(h: House):
    maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
    person = await (await h.person()).asks()
    await maria.does("close")
    page = await ivan.does("reply", LONG)
    assert "Мария приключи разговора в 10:00. Текстът Ви не е изпратен." in page
    stands(LONG, page)
    assert "Запиши като бележка" not in page
    assert "Изпрати</button>" not in page
    assert not (await person.settled()).texts.count(LONG)


@pytest.mark.parametrize("act", ["reply", "note", "transfer", "ask_expert", "mute", "report"])
async def test_words_for_a_case_that_has_moved_come_back_and_say_whose_it_is(h: House, act: str):
    maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
    vera = await h.librarian("Вера", VIDIN)
    await (await h.person()).asks()
    await maria.does("transfer", "Живее там", to=f"desk={VIDIN}")
    page = await ivan.does(act, LONG)
    assert ivan.status == 409
    assert "Мария предаде въпроса на Регионална библиотека" in page
    assert "в 10:00. Текстът Ви не е изпратен. Пазим го долу." in page
    stands(LONG, page)
    assert "Къде да отида?" not in page
    assert LONG not in await vera.reads()
    # Who looks without having written hears the same.
    page = await ivan.reads()
    assert (ivan.status, "Мария предаде въпроса на" in page) == (404, True)


async def test_words_for_a_case_that_a_neighbour_took_say_so(h: House):
    maria, vera = await h.librarian("Мария"), await h.librarian("Вера", VIDIN)
    await h.service.desk.set_hours(VRATSA, "Fr 09:00-10:00", 0)
    await h.service.desk.set_hours(VIDIN, "Mo-Fr 09:00-18:00", 0)
    await h.service.roster.refresh()
    person = await (await h.person()).asks()
    offer = next(m for m in person.heard if any("cover:" in b.action for b in m.buttons))
    await person.posts(press=f"{offer.serial}.{offer.rows[0][0].action}")
    await vera.does("claim")
    page = await maria.does("reply", LONG)
    assert "Вера пое въпроса за Регионална библиотека" in page
    stands(LONG, page)


async def test_a_desk_that_never_had_the_case_learns_nothing_of_it(h: House):
    await h.librarian("Мария")
    vera = await h.librarian("Вера", VIDIN)
    await (await h.person()).asks()
    page = await vera.does("reply", LONG)
    assert vera.status == 404
    assert "Няма такъв въпрос за Вашата библиотека." in page
    assert "Мария" not in page
    stands(LONG, page)


async def test_words_for_a_person_who_erased_everything_are_dropped(h: House):
    maria = await h.librarian()
    person = await (await h.person()).asks()
    number = (await h.case()).number
    await person.says("/delete")
    await person.acts("erase")
    await person.fetches()
    page = await maria.does("reply", LONG, case=number)
    assert maria.status == 404
    assert LONG not in page
    assert "data-erased" in page
    await maria.sees(f"/desk/cases/{number}/talk")
    assert "data-erased" in await maria.sees(f"/desk/cases/{number}/talk")


async def test_a_form_from_before_signing_in_again_gives_its_words_back(h: House):
    maria = await h.librarian()
    await (await h.person()).asks()
    for act in ("reply", "note"):
        page = await maria.does(act, LONG, csrf="old")
        assert maria.status == 409
        stands(LONG, page)


# -- experts -----------------------------------------------------------------------------------


async def test_an_experts_answer_comes_back_where_the_librarian_has_ended_it(h: House):
    maria = await h.librarian()
    bureau, petrov = await expert(h)
    await (await h.person()).asks()
    number = (await h.case()).number
    await maria.does("ask_expert", "Колко?", bureau=bureau)
    await maria.does("close")
    page = await petrov.does("expert_reply", LONG, case=number)
    assert petrov.status == 409
    assert "Мария приключи разговора в 10:00. Текстът Ви не е изпратен. Пазим го долу." in page
    stands(LONG, page)
    assert "Запиши като бележка" not in page


async def test_an_experts_answer_comes_back_where_another_bureau_was_asked(h: House):
    maria = await h.librarian()
    bureau, petrov = await expert(h)
    other = f"bureau:{h.service.knowledge.directory.bureaus[1].id}"
    await h.librarian("Стоянова", other)
    await h.service.roster.refresh()
    await (await h.person()).asks()
    number = (await h.case()).number
    await maria.does("ask_expert", "Колко?", bureau=bureau)
    await maria.does("ask_expert", "Колко?", bureau=other)
    page = await petrov.does("expert_reply", LONG, case=number)
    assert petrov.status == 409
    assert "Мария попита друго бюро по труда в 10:00." in page
    stands(LONG, page)


# -- edits -------------------------------------------------------------------------------------


async def replied(h: House) -> tuple[Librarian, Librarian, Person, Entry]:
    maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
    person = await (await h.person()).asks()
    await maria.does("reply", "В 9 часа")
    await person.settled()
    return maria, ivan, person, await line(h)


async def test_an_edit_comes_back_where_a_colleague_has_the_case(h: House):
    maria, ivan, person, sent = await replied(h)
    await maria.does("release")
    await ivan.does("claim")
    page = await maria.does("edit", LONG, ref=sent.ref)
    assert maria.status == 409
    assert "Иван пое въпроса в 10:00. Текстът Ви не е изпратен. Пазим го долу." in page
    stands(LONG, page)
    assert LONG not in await person.fetches()


async def test_an_edit_comes_back_where_it_is_over_or_too_late(h: House):
    maria, _, _, sent = await replied(h)
    h.at[0] += dt.timedelta(hours=49)
    page = await maria.does("edit", LONG, ref=sent.ref)
    assert "Това съобщение вече не може да се промени." in page
    stands(LONG, page)
    h.at[0] -= dt.timedelta(hours=49)
    await maria.does("close")
    page = await maria.does("edit", LONG, ref=sent.ref)
    assert "Мария приключи разговора в 10:00." in page
    stands(LONG, page)


@pytest.mark.parametrize("wrong", [{"csrf": "old"}, {"text": f"{LONG} [попълнете: телефон]"}])
async def test_an_edit_that_can_be_tried_again_stands_in_its_own_form(
    h: House, wrong: dict[str, str]
):
    maria, _, person, sent = await replied(h)
    gap = h.service.context().texts["bg"]("desk-gap", what="телефон")
    wrong = wrong | ({"text": f"{LONG} {gap}"} if "text" in wrong else {})
    text = wrong.pop("text", LONG)
    page = await maria.does("edit", text, ref=sent.ref, **wrong)
    assert maria.status == 409
    stands(text, page)
    assert 'id="change-text"' in page
    assert LONG not in await person.fetches()


async def test_an_edit_with_a_gap_is_refused_and_a_note_may_have_one(h: House):
    maria, _, _, sent = await replied(h)
    page = await maria.does("edit", "Тел. {телефон на бюрото}", ref=sent.ref)
    assert maria.status == 409
    assert "телефон на бюрото" in page
    assert (await line(h)).text == "В 9 часа"
    await maria.does("note", "после")
    note = await line(h, "note")
    await maria.does("edit", "Тел. {телефон на бюрото}", ref=note.ref)
    assert maria.status == 303


# -- notes, whose words they are, files ---------------------------------------------------------


async def test_a_note_to_a_colleagues_case_is_changed_and_taken_back_by_who_wrote_it(h: House):
    maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
    person = await (await h.person()).asks()
    await maria.does("claim")
    await ivan.does("note", "Той е идвал")
    before = len(await h.service.desk.entries((await h.case()).number))
    note = await line(h, "note")
    await ivan.does("edit", "Тя е идвала", ref=note.ref)
    assert ivan.status == 303
    assert "Тя е идвала" in await maria.reads()
    await ivan.does("retract", ref=note.ref)
    assert ivan.status == 303
    page = await maria.reads()
    assert "Тя е идвала" not in page
    # Nothing was ever sent, so nothing is said to have been changed at the person's.
    assert "поправи свое съобщение" not in page
    assert "изтри свое съобщение" not in page
    assert len(await h.service.desk.entries((await h.case()).number)) == before
    assert "оттегли" not in (await person.settled()).texts


async def test_a_namesake_of_another_library_changes_nothing(h: House):
    maria = await h.librarian("Мария")
    other = await h.librarian("Мария", VIDIN)
    await (await h.person()).asks()
    await maria.does("note", "Живее във Видин")
    await maria.does("transfer", "За вас е", to=f"desk={VIDIN}")
    note = await line(h, "note")
    page = await other.reads()
    assert "Живее във Видин" in page
    assert "?change=" not in page
    page = await other.does("edit", LONG, ref=note.ref)
    assert other.status == 409
    stands(LONG, page)
    await other.does("retract", ref=note.ref)
    assert other.status == 409
    assert (await line(h, "note")).text == "Живее във Видин"


async def test_what_was_written_in_a_group_is_its_authors_by_number_and_not_by_name(h: House):
    await h.librarian("Мария")
    maria = next(w for w in await h.service.desk.librarians() if w.name == "Мария")
    other = await h.librarian("Мария", VIDIN)
    await (await h.person()).asks()
    case = await h.case()
    await h.service.roster.act(case, "note", maria, key="k" * 12, text="От групата", ref="tg:-1:7")
    assert await h.service.roster.done(case, "k" * 12)
    assert (await line(h, "note")).author == maria.id
    mine = await h.librarian("Мария", same="yes")
    assert "?change=tg" in await mine.reads()
    await mine.does("transfer", "За вас е", to=f"desk={VIDIN}")
    assert "?change=" not in await other.reads()


async def test_a_file_without_words_is_taken_back_and_gets_no_words(h: House):
    maria = await h.librarian()
    person = await (await h.person()).asks()
    number = (await h.case()).number
    await replies(maria, "служебна.pdf", sent_files.pdf())
    assert maria.status == 303
    assert "служебна.pdf" in await person.fetches()
    sent = await line(h)
    page = await maria.sees(f"/desk/cases/{number}?change={sent.ref}")
    assert "Изтриване на изпратения файл." in page
    assert 'id="change-text"' not in page
    page = await maria.does("edit", LONG, ref=sent.ref)
    assert maria.status == 409
    stands(LONG, page)
    await maria.does("retract", ref=sent.ref)
    assert maria.status == 303
    page = await maria.reads()
    assert "Изтрито съобщение" in page
    assert "служебна.pdf" not in page
    assert "служебна.pdf" not in await person.fetches()


# -- what was written while nobody was there ----------------------------------------------------


async def test_words_from_the_evening_say_so_with_their_age_in_talk_and_list(h: House):
    maria = await h.librarian()
    await h.service.desk.set_hours(VRATSA, "Mo-Fr 09:00-17:00", 0)
    await h.service.roster.refresh()
    h.at[0] = h.at[0].replace(hour=20)
    person = await (await h.person()).asks("Вечерен въпрос")
    h.at[0] += dt.timedelta(hours=14)
    late = "писано снощи в 20:00, извън работно време"
    assert f"от вчера, 20:00 · {late}" in await maria.sees()
    page = await maria.reads()
    assert f"· {late} · от вчера, 20:00" in page
    await person.says("Сутрешно")
    assert (await maria.reads()).count(f"· {late} · ") == 1
    # Answered words wait no more; when they were written stays.
    await maria.does("reply", "Добро утро")
    page = await maria.reads()
    assert late in page
    assert f"{late} · от" not in page


async def test_the_list_of_who_has_just_asked_says_nothing_of_closed_doors(h: House):
    maria = await h.librarian()
    await h.service.desk.set_hours(VRATSA, "Mo-Fr 09:00-17:00", 0)
    await h.service.roster.refresh()
    await (await h.person()).asks()
    assert "писано днес" not in await maria.sees()
    assert "писано днес" not in await maria.reads()
    h.at[0] = h.at[0].replace(hour=17)
    await (await h.person()).asks()
    assert "писано днес в 17:00" in await maria.sees()
