"""Writing help at the web desk: who writes prepared answers, what is offered, what is not sent."""

import datetime as dt
import html
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from test_desk import DAY, MONDAY, VIDIN, VRATSA, House, Librarian, Person, house

from bot.store.interface import NewAudit
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_answers import SqliteAnswers, TakenKeyError
from bot.web.answers import AnswerPages
from dialogs.desk_texts.prepared import Prepared
from dialogs.desk_texts.shipped import shipped

GOOD = {
    "key": "паркинг",
    "title": "Къде да спра колата",
    "text": "Пред {библиотека} има място. Телефон: {телефон}",
    "source": "Библиотеката",
    "checked_on": "2026-11-20",
    "expires_on": "2027-03-01",
}


def an_answer(**other: Any) -> Prepared:
    days = {"checked_on": dt.date(2026, 11, 20), "expires_on": dt.date(2027, 5, 20)}
    named = {"id": 0, "library": None, "key": "дума", "title": "Т", "text": "Х", "source": ""}
    return Prepared(**{**named, **days, **other})


async def writes(who: Librarian, where: str = "new", **changed: str) -> str:
    form = re.search(
        r'name="csrf" value="([^"]+)"', await who.sees(f"/desk/answers/{where}", raw=True)
    )
    assert form
    return await who.posts(f"/desk/answers/{where}", {**GOOD, "csrf": form[1]} | changed)


async def kept(h: House, key: str) -> Prepared:
    return next(a for a in await h.service.writing.answers.all() if a.key == key)


async def seen_at(h: House, key: str) -> str:
    return str((await kept(h, key)).changed_at)


async def of_lom_asks(person: Person) -> None:
    await person.says("/librarian")
    await person.acts("ask-place")
    await person.says("гр. Лом")
    await person.asks("Кое е моето бюро?")


def line(at: int = 0) -> NewAudit:
    return NewAudit(at, "", "admin", "answer-changed", "/дума", before="Х", after="Ц")


def options(page: str) -> list[str]:
    return re.findall(r"<strong>(.*?)</strong>", page)


# -- the store -------------------------------------------------------------------------------------


async def test_an_answer_comes_back_as_it_was_kept(tmp_path: Path):
    store = SqliteStore(tmp_path / "a.db")
    await store.open()
    answers = SqliteAnswers(store)
    first = an_answer(library=VRATSA, text="Ред\nи „ред“", changed_by="М", changed_at=7)
    await answers.add(first, line())
    (found,) = await answers.all()
    assert found == replace(first, id=found.id)
    with pytest.raises(TakenKeyError):
        await answers.add(an_answer(library=VRATSA), line())
    await answers.add(an_answer(library=VIDIN), line())
    await answers.add(an_answer(), line())
    # Retired, it frees its key.
    assert await answers.change(replace(found, retired=True, changed_at=8), 7, line())
    await answers.add(an_answer(library=VRATSA), line())
    with pytest.raises(TakenKeyError):
        await answers.change(replace(found, changed_at=9), 8, line(9))
    assert not await answers.change(replace(found, retired=True), 7, line(9))
    # What was refused is nowhere said to be done.
    assert await store.read("SELECT 1 FROM audit WHERE at = 9") == []
    assert [one.changed_at for one in await answers.before(found.id)] == [7]
    await store.close()


async def test_an_empty_desk_begins_with_what_is_shipped_and_only_an_empty_one(tmp_path: Path):
    async with house(tmp_path) as h:
        assert {a.key for a in await h.service.writing.answers.all()} == set(shipped())
        one = await kept(h, "курсове")
        await h.service.writing.answers.change(
            replace(one, text="Друго", changed_at=1), one.changed_at, line()
        )
    async with house(tmp_path) as h:
        assert len(await h.service.writing.answers.all()) == len(shipped())
        assert (await kept(h, "курсове")).text == "Друго"


# -- writing answers -------------------------------------------------------------------------------


async def test_a_librarian_writes_an_answer_of_their_library_and_no_other_sees_it(tmp_path: Path):
    async with house(tmp_path) as h:
        maria, ivan = await h.librarian(), await h.librarian("Иван", VIDIN)
        await writes(maria)
        assert (maria.status, maria.headers["Location"]) == (303, "/desk/answers?done=saved")
        answer = await kept(h, "паркинг")
        assert (answer.library, answer.changed_by) == (VRATSA, "Мария")
        assert "Записано." in await maria.sees("/desk/answers?done=saved")
        page = await maria.sees(f"/desk/answers/{answer.id}")
        assert "Телефон: 092 626 170" in page
        assert "Проверено на 20.11.2026" in page
        for path in ("/desk/answers", "/desk/insert?q=паркинг", "/desk/find?q=паркинг"):
            assert "Къде да спра колата" not in await ivan.sees(path), path
            assert "Къде да спра колата" in await maria.sees(path), path
        await ivan.sees(f"/desk/answers/{answer.id}")
        assert ivan.status == 303


async def test_everybodys_answers_are_an_administrators_to_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        common = await kept(h, "курсове")
        page = await maria.sees(f"/desk/answers/{common.id}")
        assert 'name="text"' not in page
        assert "стипендия" in page
        csrf = {"csrf": await maria.csrf(), "seen": str(common.changed_at)}
        for way in ("", "/retire"):
            said = await maria.posts(f"/desk/answers/{common.id}{way}", GOOD | csrf)
            assert "променят други" in said
        assert await kept(h, "курсове") == common

        monkeypatch.setattr(AnswerPages, "is_administrator", staticmethod(lambda _: True))
        await writes(maria, str(common.id), key="курсове", seen=str(common.changed_at))
        assert (await kept(h, "курсове")).title == "Къде да спра колата"
        await writes(maria, whose="everybody")
        assert (await kept(h, "паркинг")).library is None
        await writes(maria, key="двор", whose="own")
        assert (await kept(h, "двор")).library == VRATSA


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "Звъннете на {телефна}"}, "{телефон на бюрото}"),
        ({"text": "а" * 3400}, "Пращат се най-много"),
        ({"expires_on": "2026-11-01"}, "до кога важи"),
        ({"checked_on": "2027-01-01"}, "кога е проверено"),
        ({"key": "с интервал"}, "Кратката дума"),
        ({"title": ""}, "заглавие"),
    ],
)
async def test_what_is_wrong_is_not_kept_and_what_was_written_is_not_lost(
    tmp_path: Path, wrong: Mapping[str, str], said: str
):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        page = await writes(maria, **wrong)
        assert maria.status == 409
        assert said in page
        assert (wrong.get("text") or GOOD["text"]) in page
        assert not [a for a in await h.service.writing.answers.all() if a.library]


async def test_a_key_is_used_once(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        await writes(maria)
        assert "Вече има отговор с тази кратка дума" in await writes(maria, key="Паркинг")
        # One of everybody's may be said otherwise by a library.
        await writes(maria, key="курсове")
        assert maria.status == 303


async def test_of_two_who_change_one_answer_the_second_is_told(tmp_path: Path):
    async with house(tmp_path) as h:
        maria, elena = await h.librarian(), await h.librarian("Елена")
        await writes(maria)
        number, seen = (await kept(h, "паркинг")).id, await seen_at(h, "паркинг")
        await writes(elena, str(number), text="Отзад.", seen=seen)
        assert elena.status == 303
        page = await writes(maria, str(number), text="Отпред.", seen=seen)
        assert "Някой друг промени" in page
        assert "Отпред." in page
        assert (await kept(h, "паркинг")).text == "Отзад."


async def test_a_retired_answer_is_offered_no_more_and_can_come_back(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        await writes(maria)
        number = (await kept(h, "паркинг")).id
        csrf = {"csrf": await maria.csrf(), "seen": await seen_at(h, "паркинг")}
        await maria.posts(f"/desk/answers/{number}/retire", csrf)
        assert maria.headers["Location"].endswith("retired")
        assert "Къде да спра" not in await maria.sees("/desk/insert?q=паркинг")
        assert "Свалени" in await maria.sees("/desk/answers")
        await writes(maria, str(number), seen=await seen_at(h, "паркинг"))
        assert "Къде да спра" in await maria.sees("/desk/insert?q=паркинг")


async def test_an_expired_answer_is_offered_to_nobody_and_shown_to_who_may_renew_it(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        await writes(maria)
        h.at[0] = dt.datetime(2027, 2, 20, 10, tzinfo=MONDAY.tzinfo)
        maria = await h.librarian("Елена")
        assert "Важи до 01.03.2027" in await maria.sees("/desk/insert?q=паркинг")
        h.at[0] = dt.datetime(2027, 3, 2, 10, tzinfo=MONDAY.tzinfo)
        for path in ("/desk/insert?q=паркинг", "/desk/find?q=паркинг", "/desk/insert?q="):
            assert "Къде да спра" not in await maria.sees(path), path
        page = await maria.sees("/desk/answers")
        assert "Изтекъл на 01.03.2027. Не се предлага." in page
        assert "Може да го поднови: библиотекар от Регионална библиотека" in page
        h.at[0] += 200 * DAY
        maria = await h.librarian("Ана")
        assert "Може да го поднови: администратор" in await maria.sees("/desk/answers")


async def test_answers_are_searched(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        for typed in ("курс", "kurs", "zdravni", "осигоровки"):
            page = await maria.sees(f"/desk/answers?q={typed}")
            assert len(re.findall('<p class="head">', page)) >= 1, typed
        assert "Няма такива отговори" in await maria.sees("/desk/answers?q=ъъъъъъъ")


async def test_who_is_not_signed_in_gets_nothing(tmp_path: Path):
    async with house(tmp_path) as h:
        stranger = Librarian(h, h.browser(), "?")
        for path in ("/desk/answers", "/desk/answers/new", "/desk/answers/1", "/desk/find?q=курс"):
            await stranger.sees(path)
            assert (stranger.status, stranger.headers["Location"]) == (303, "/desk"), path
        for path in ("/desk/insert?q=курс", "/desk/whisper?case=1"):
            assert await stranger.sees(path) == ""
            assert stranger.headers["HX-Redirect"] == "/desk"
        await stranger.posts("/desk/answers/new", {})
        assert stranger.status == 303
        assert not [a for a in await h.service.writing.answers.all() if a.library]


async def test_what_is_written_comes_back_to_who_is_not_signed_in_any_more(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        words = "Дълъг отговор за паркинга"
        form = GOOD | {"text": words}
        # A form of the session before the one that she is in now.
        assert words in await maria.posts("/desk/answers/new", form | {"csrf": "x" * 22})
        assert maria.status == 409
        gone = Librarian(h, h.browser(), "?")
        page = await gone.posts("/desk/answers/new", form)
        assert gone.status == 401
        assert words in page
        assert 'name="password"' in page
        assert not [a for a in await h.service.writing.answers.all() if a.library]


async def test_what_is_written_is_shown_as_words(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        evil = '"><script>alert(1)</script>'
        await writes(maria, title=evil, text=evil, source=evil)
        number = (await kept(h, "паркинг")).id
        paths = (
            "/desk/answers",
            f"/desk/answers/{number}",
            "/desk/insert?q=паркинг",
            "/desk/find?q=паркинг",
        )
        for path in paths:
            page = await maria.sees(path, raw=True)
            assert "<script>alert" not in page, path
            assert html.escape("<script>") in page, path


# -- looking up at a case --------------------------------------------------------------------------


async def test_an_answer_is_filled_from_the_case_and_its_bureau(tmp_path: Path):
    async with house(tmp_path) as h:
        person, maria = await h.person(), await h.librarian()
        await of_lom_asks(person)
        number = (await h.case()).number
        page = await maria.sees(f"/desk/insert?case={number}&q=моето бюро")
        assert options(page)[0] == "Кое е моето бюро по труда"
        text = re.findall(r'data-text="([^"]*)"', page)[0]
        assert "отговаря Дирекция „Бюро по труда“ – Лом" in text
        assert "Телефон: 0971 60 1" in text
        assert "проверено на" in text
        greeting = await maria.sees(f"/desk/insert?case={number}&q=здравейте")
        assert f"Номерът на въпроса Ви е {number}." in greeting
        assert "Аз съм Мария от Регионална библиотека „Христо Ботев“" in greeting


async def test_another_librarys_case_fills_nothing_in(tmp_path: Path):
    async with house(tmp_path) as h:
        person, _, ivan = await h.person(), await h.librarian(), await h.librarian("Иван", VIDIN)
        await of_lom_asks(person)
        number = (await h.case()).number
        page = await ivan.sees(f"/desk/insert?case={number}&q=моето бюро")
        assert "– Лом" not in re.findall(r'data-text="([^"]*)"', page)[0]
        assert "chip" not in await ivan.sees(f"/desk/whisper?case={number}")


async def test_what_surely_fits_stands_above_the_field_and_nothing_is_sent(tmp_path: Path):
    async with house(tmp_path) as h:
        person, maria = await h.person(), await h.librarian()
        await person.asks("Как да се регистрирам в бюрото по труда?")
        number = (await h.case()).number
        page = await maria.sees(f"/desk/whisper?case={number}")
        assert "Как да се регистрирам в бюрото по труда" in page
        assert page.count('class="chip"') <= 2
        assert [e.kind for e in await h.service.desk.entries(number)] == ["person"]
        await person.says("Благодаря Ви много!")
        assert "chip" not in await maria.sees(f"/desk/whisper?case={number}")


async def test_a_reply_with_a_gap_is_not_sent(tmp_path: Path):
    async with house(tmp_path) as h:
        person, maria = await h.person(), await h.librarian()
        await person.asks()
        for gap in ("[няма данни: телефон]", "{телефон}"):
            page = await maria.does("reply", f"Звъннете на {gap}.")
            assert maria.status == 409
            assert "Още има празни места: телефон" in page
            assert f"Звъннете на {gap}." in page
        assert not [
            e
            for e in await h.service.desk.entries((await h.case()).number)
            if e.kind == "librarian"
        ]
        await maria.does("note", "Да намеря: {телефон}")
        await maria.does("reply", "Звъннете на 092 626 170.")
        assert maria.status == 303
        assert "092 626 170" in (await person.settled()).texts


async def test_an_inserted_text_is_sent_with_its_source(tmp_path: Path):
    async with house(tmp_path) as h:
        person, maria = await h.person(), await h.librarian()
        await person.asks()
        number = (await h.case()).number
        page = await maria.sees(f"/desk/insert?case={number}&q=обезщетение", raw=True)
        text = html.unescape(re.findall(r'data-text="([^"]*)"', page)[0])
        await maria.does("reply", text)
        assert maria.status == 303
        said = (await person.settled()).texts
        assert "7 работни дни" in said
        assert "Източник: НОИ: обезщетение за безработица, nssi.bg, проверено на 22.11.2026" in said


async def test_whatever_is_asked_for_is_answered(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        for query in ("", "a" * 5000, "%00", "{", "<b>", "/", "№", "case=1"):
            for path in ("/desk/insert", "/desk/find", "/desk/answers", "/desk/whisper"):
                await maria.sees(f"{path}?case=99999999999999999999&q={query}")
                assert maria.status == 200, (path, query)
        page = await maria.sees("/desk/insert?q=квантовафизика")
        assert "Няма намерени." in page


async def test_a_practice_is_written_in_with_the_same_help(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        form = {"csrf": await maria.csrf(), "key": "practice-1", "person": "asen"}
        await maria.posts("/desk/practice/begin", form)
        where = maria.headers["Location"]
        assert 'id="insert"' in await maria.sees(where)
        number = where.rpartition("/")[2]
        page = await maria.sees(f"/desk/insert?case={number}&q=моето бюро")
        assert "Бюро по труда“ – Мездра" in re.findall(r'data-text="([^"]*)"', page)[0]
        assert f'href="{where}"' in await maria.sees(f"/desk/find?case={number}&q=курс")
