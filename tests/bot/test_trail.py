"""The audit trail is whole: what is shown to people, who changed it, what stood there."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import pytest
from test_answers import GOOD, kept
from test_corrections import PHONE, PHONE_PAGE, TOLD, sends
from test_desk import VRATSA, Librarian, house

from bot.desk.answer_changes import changed
from bot.desk.audit import SHORT
from dialogs.desk_texts.lookup import lookup
from dialogs.texts import load_texts

REGIONAL = "Регионална библиотека „Христо Ботев“, гр. Враца"


async def trail(boss: Librarian) -> list[str]:
    """Return the lines of the page, the newest first, as they are read."""
    page = await boss.sees("/desk/audit")
    lines = re.findall(r"<li>(.*?)</li>", page[page.index("trail") :], re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line)).strip() for line in lines]


async def line(boss: Librarian, act: str) -> str:
    found = [one for one in await trail(boss) if act in one]
    assert len(found) == 1, await trail(boss)
    return found[0]


async def counts(who: Librarian, path: str = "/desk/me") -> dict[str, str]:
    """Return what stands beside the places of the navigation, by address, as it is heard."""
    page = await who.sees(path)
    links = re.findall(r'<a href="(/desk/[a-z]+)"[^>]*>([^<]*)<span class="waits">(.*?)</a>', page)
    return {to: " ".join(re.sub(r"<[^>]+>", "", said).split()) for to, _, said in links}


async def changes(who: Librarian, number: int, seen: int, **other: str) -> None:
    form = GOOD | {"csrf": await who.csrf(), "seen": str(seen)} | other
    await who.posts(f"/desk/answers/{number}", form)
    assert who.status == 303


# -- answers ---------------------------------------------------------------------------------------


async def test_an_answer_for_everybody_is_changed_under_a_name_and_the_old_text_can_be_read(
    tmp_path: Path,
):
    async with house(tmp_path) as h:
        boss = await h.administrator()
        before = await kept(h, "курсове")
        text = before.text.replace(before.text.split()[3], "ДРУГО", 1)
        await changes(
            boss, before.id, before.changed_at, key="курсове", title=before.title, text=text
        )
        said = await line(boss, "промени готов отговор")
        assert "Ада Администратор промени готов отговор: /курсове за всички" in said
        old, _, new = said.partition("→")
        assert before.text.split()[3] in old
        assert "ДРУГО" in new
        page = await boss.sees(f"/desk/answers/{before.id}")
        assert "Предишни текстове (1)" in page
        assert before.text in page
        assert before.changed_by in page
        second = await kept(h, "курсове")
        await changes(boss, before.id, second.changed_at, key="курсове", text="Трети")
        page = await boss.sees(f"/desk/answers/{before.id}")
        # The latest first, and nothing is lost.
        assert page.index(text) < page.index(before.text)


async def test_a_new_answer_a_retired_and_one_brought_back_are_noted(tmp_path: Path):
    async with house(tmp_path) as h:
        maria, boss = await h.librarian(), await h.administrator()
        await maria.posts("/desk/answers/new", GOOD | {"csrf": await maria.csrf()})
        said = await line(boss, "написа готов отговор")
        assert f"Мария Библиотекар написа готов отговор: /паркинг на {REGIONAL}" in said
        assert "Къде да спра колата: Пред {библиотека} има място." in said
        one = await kept(h, "паркинг")
        form = {"csrf": await maria.csrf(), "seen": str(one.changed_at)}
        await maria.posts(f"/desk/answers/{one.id}/retire", form)
        assert "беше: Къде да спра колата" in await line(boss, "свали готов отговор")
        retired = await kept(h, "паркинг")
        await changes(maria, one.id, retired.changed_at)
        assert await line(boss, "върна свален готов отговор")


async def test_a_change_that_was_not_kept_is_not_noted(tmp_path: Path):
    async with house(tmp_path) as h:
        boss = await h.administrator()
        one = await kept(h, "курсове")
        form = GOOD | {"csrf": await boss.csrf(), "key": "курсове"}
        for seen in ("1", "нещо"):
            await boss.posts(f"/desk/answers/{one.id}", form | {"seen": seen})
            assert boss.status == 409
        assert not [said for said in await trail(boss) if "отговор" in said]
        assert await h.service.writing.answers.before(one.id) == ()


async def test_of_a_long_text_the_part_that_differs_is_told(tmp_path: Path):
    async with house(tmp_path) as h:
        one = await kept(h, "курсове")
        t = load_texts()["bg"]
        long = " ".join(f"дума{n}" for n in range(400))
        new_text = long.replace("дума300", "друга")
        old, new = changed(replace(one, text=long), replace(one, text=new_text), t)
        assert len(old) < SHORT
        assert "дума300" in old
        assert "друга" in new
        assert "дума1 " not in old
        assert changed(one, one, t) == ("", "")


# -- places and measures ---------------------------------------------------------------------------


async def test_an_accepted_and_a_declined_correction_are_noted_with_both_values(tmp_path: Path):
    async with house(tmp_path) as h:
        maria, boss = await h.librarian(), await h.administrator()
        await sends(maria, PHONE_PAGE, **TOLD)
        await sends(maria, PHONE_PAGE, **TOLD | {"value": "092 333 444"})
        first, second = await h.service.corrections.store.waiting(trial=False)
        await sends(boss, f"/desk/corrections/{first.number}", act="accept", **TOLD)
        said = await line(boss, "прие поправка")
        assert f"Ада Администратор прие поправка: {REGIONAL}, телефон" in said
        assert f"(поправка № {first.number})" in said
        assert f"092 626 170 → {PHONE}" in said
        no = {"act": "decline", "answer": "Не е той."}
        await sends(boss, f"/desk/corrections/{second.number}", **no)
        said = await line(boss, "отказа поправка")
        assert f"остава: {PHONE}; беше предложено: 092 333 444" in said
        # Decided once, noted once.
        await sends(boss, f"/desk/corrections/{second.number}", **no)
        assert await line(boss, "отказа поправка") == said


async def test_a_direct_change_of_hours_is_noted_as_people_read_hours(tmp_path: Path):
    async with house(tmp_path) as h:
        boss = await h.administrator()
        path = f"/desk/directory/libraries/{VRATSA}/opening_hours"
        await sends(boss, path, **TOLD | {"value": "понеделник-петък 10:00-16:00"})
        assert boss.status == 303
        said = await line(boss, "промени справочника")
        assert "работно време" in said
        assert "10:00" in said.partition("→")[2]
        assert "Mo-Fr" not in said


async def test_a_button_pressed_twice_says_that_it_was_saved(tmp_path: Path):
    async with house(tmp_path) as h:
        boss = await h.administrator()
        page = await boss.sees(PHONE_PAGE, raw=True)
        names = dict(re.findall(r'name="(csrf|key)" value="([^"]+)"', page))
        again = Librarian(h, boss.browser, "същата")
        await asyncio.gather(*(who.posts(PHONE_PAGE, TOLD | names) for who in (boss, again)))
        assert (boss.status, again.status) == (303, 303)
        await boss.posts(PHONE_PAGE, TOLD | names)
        assert boss.status == 303
        assert "?saved" in boss.headers["Location"]
        assert await line(boss, "промени справочника")
        # Another value under the same form is another thing, and is not said to be saved.
        await boss.posts(PHONE_PAGE, TOLD | names | {"value": "092 999 999"})
        assert boss.status == 409
        assert "092 999 999" not in await boss.sees(f"/desk/directory/libraries/{VRATSA}")


async def test_a_decision_pressed_twice_is_one_decision(tmp_path: Path):
    async with house(tmp_path) as h:
        maria, boss = await h.librarian(), await h.administrator()
        await sends(maria, PHONE_PAGE, **TOLD)
        (one,) = await h.service.corrections.store.waiting(trial=False)
        page = await boss.sees(f"/desk/corrections/{one.number}", raw=True)
        csrf = re.search(r'name="csrf" value="([^"]+)"', page)
        assert csrf
        for _ in range(2):
            await boss.posts(
                f"/desk/corrections/{one.number}/accept", TOLD | {"csrf": csrf[1], "answer": ""}
            )
            assert boss.status == 303
        assert await line(boss, "прие поправка")


async def test_the_desks_search_finds_a_corrected_place_at_once(tmp_path: Path):
    async with house(tmp_path) as h:
        maria, boss = await h.librarian(), await h.administrator()
        assert "092 626 170" in await maria.sees("/desk/insert?q=телефон библиотека Враца")
        name = f"/desk/directory/libraries/{VRATSA}/name"
        await sends(boss, name, **TOLD | {"value": "Къща на книгата Калиакра"})
        assert boss.status == 303
        who = next(w for w in await h.service.desk.librarians() if w.name == "Мария")
        case = await h.service.writing.case_context(who)
        assert lookup("place", "Калиакра", case)[0].id == VRATSA
        assert "Къща на книгата Калиакра" in await maria.sees("/desk/insert?q=Калиакра")
        # And what has not changed is not made anew for every look.
        again = await h.service.writing.case_context(who)
        assert again.shelf is case.shelf


# -- people who are stopped ------------------------------------------------------------------------


async def test_stops_and_reports_are_noted_without_the_reason_and_without_the_person(
    tmp_path: Path,
):
    async with house(tmp_path) as h:
        maria, boss = await h.librarian(), await h.administrator()
        await (await h.person()).asks("Тайна")
        number = (await h.case()).number
        await maria.does("report", "моли за телефона ми")
        await maria.does("mute", "обижда", days="30")
        page = await boss.sees("/desk/reports")
        talk = re.search(r'name="talk" value="([^"]+)"', page)
        report = re.search(r"/desk/reports/(\d+)/seen", page)
        assert talk
        assert report
        csrf = {"csrf": await boss.csrf()}
        for _ in range(2):
            await boss.posts(f"/desk/reports/{report[1]}/seen", csrf)
            await boss.posts("/desk/reports/unmute", csrf | {"talk": talk[1]})
        lines, ended = await trail(boss), "разреши пак въпросите на човек:"
        assert [re.sub(r"^[\d., :г]+", "", one) for one in lines[:4]] == [
            f"Ада Администратор {ended} спрян от {REGIONAL} беше до 23.12.2026",
            f"Ада Администратор видя доклад за разговор: № {number}",
            f"Мария Библиотекар спря въпросите на човек: № {number} до 23.12.2026",
            f"Мария Библиотекар докладва разговор: № {number}",
        ]
        kept_there = await h.service.store.read("SELECT * FROM audit")
        whole = "".join(str(tuple(row)) for row in kept_there)
        for words in ("Тайна", "моли", "обижда", talk[1]):
            assert words not in whole


# -- noticed ---------------------------------------------------------------------------------------


async def test_reports_and_corrections_that_wait_are_a_number_in_the_navigation(tmp_path: Path):
    async with house(tmp_path) as h:
        maria, boss = await h.librarian(), await h.administrator()
        assert await counts(boss) == {}
        assert 'class="waits"' not in await boss.sees("/desk/people")
        await (await h.person()).asks()
        await maria.does("report", "моли за телефона ми")
        assert await counts(boss) == {"/desk/reports": "1 чака"}
        await maria.does("report", "и пак")
        await sends(maria, PHONE_PAGE, **TOLD)
        both = {"/desk/reports": "2 чакат", "/desk/corrections": "1 чака"}
        for path in ("/desk/me", "/desk/people", "/desk/audit", "/desk/directory"):
            assert await counts(boss, path) == both, path
        # On a phone the menu itself says that something waits.
        menu = re.search(r"<summary>(.*?)</summary>", await boss.sees("/desk/me"))
        assert menu
        assert "3" in menu[1]
        assert await counts(maria) == {}
        report = re.search(r"/desk/reports/(\d+)/seen", await boss.sees("/desk/reports"))
        assert report
        await boss.posts(f"/desk/reports/{report[1]}/seen", {"csrf": await boss.csrf()})
        assert (await counts(boss))["/desk/reports"] == "1 чака"


@pytest.mark.parametrize("role", ["librarian", "expert"])
async def test_who_decides_nothing_is_told_no_number(tmp_path: Path, role: str):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        other = await h.librarian("Иво", "bureau:dbt-vratsa" if role == "expert" else VRATSA)
        await (await h.person()).asks()
        await maria.does("report", "моли за телефона ми")
        assert await counts(other) == {}
