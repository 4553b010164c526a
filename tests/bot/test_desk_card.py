"""The card on the web desk: all its parts, live as the person answers, kept after the end."""

import html
import json
import re
from pathlib import Path

import pytest
from test_desk import EVIL, House, Librarian, Person, house

from bot.desk.roster import card_in

BASIC = "a:education:basic"


async def asked(h: House, question: str = "Къде да отида?") -> Person:
    """Somebody out of work in Vratsa has asked and is back with the bot."""
    person = await h.person()
    await person.acts("a:audience:self", "a:working:no")
    await person.says("20.11.2026")
    await person.says("гр. Враца, 52")
    await person.asks(question)
    return await person.says("бот")


async def presses(person: Person, action: str) -> None:
    """Press a button of a question, from whatever screen."""
    await person.posts(press=f"0.{action}")


async def card_part(maria: Librarian) -> str:
    page = await maria.sees(f"/desk/cases/{(await maria.house.case()).number}", raw=True)
    found = re.search(r'hx-get="([^"]+/card\?[^"]+)"', page)
    assert found
    return html.unescape(found[1])


async def test_the_card_has_all_its_parts(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        await asked(h, EVIL)
        page = await maria.reads()
        for part in ("Накратко", "Тече срок", "Какво може да помогне", "Какво не се знае"):
            assert part in page
        for part in ("Какво да носи", "Бюро по труда", "Всички предадени отговори"):
            assert part in page
        assert "Дирекция „Бюро по труда“ – Враца" in page
        assert "вероятно подхожда" in page
        raw = await maria.sees(f"/desk/cases/{(await h.case()).number}", raw=True)
        assert EVIL not in raw
        links = re.findall(r'<a href="(https?://[^"]+)"([^>]*)>', raw)
        assert links
        assert all('rel="noopener"' in rest for _, rest in links)


async def test_a_later_answer_stands_on_the_card_and_the_part_is_sent_anew(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await asked(h)
        part = await card_part(maria)
        await maria.sees(part)
        assert maria.status == 204
        assert "Основно" not in (await h.case()).card
        await presses(person, BASIC)
        assert "Основно образование" in await maria.sees(part)
        assert maria.status == 200
        assert "Основно" in (await h.case()).card


@pytest.mark.parametrize("by", ["librarian", "person"])
async def test_the_desk_keeps_the_card_when_the_talk_drops_it(tmp_path: Path, by: str):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await asked(h)
        await presses(person, BASIC)
        kept = (await h.case()).card
        if by == "librarian":
            await maria.does("close")
        else:
            await person.says("/librarian")
            await person.acts("end-case")
        case = await h.case()
        assert (case.state, case.card) == ("closed", kept)
        stored = await h.service.store.conversation(person.talk)
        assert stored
        assert json.loads(stored.state)["case"]["card"]["facts"] == []
        # What is answered after the end is nobody's.
        await presses(person, "a:has_trade:no")
        assert (await h.case()).card == kept


async def test_what_was_left_out_is_not_on_disk_of_the_desk_after_more_answers(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian()
        person = await h.person()
        await person.acts("a:audience:self", "a:working:no")
        await person.says("20.11.2026")
        await person.says("гр. Враца, 52")
        await person.says("/librarian")
        await person.acts("to:lib-vratsa-reg", "case-card", "turn:age:out", "pass-on")
        await person.says("бот")
        await presses(person, BASIC)
        card = (await h.case()).card
        assert "Основно" in card
        assert "52" not in json.dumps(json.loads(card)["situation"], ensure_ascii=False)
        assert "age" not in {line["about"] for line in json.loads(card)["facts"]}


async def test_a_card_of_an_older_release_is_shown(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        await asked(h)
        old = {"question": "Кога?", "place": "гр. Враца", "unknown": ["образование"]}
        old |= {"facts": [{"about": "age", "label": "възраст", "value": "52"}], "relative": True}
        old |= {"measures": [{"about": "eures", "label": "EURES", "value": "Подхожда."}]}
        change = ("UPDATE case_file SET card = ?", (json.dumps(old),))
        await h.service.store.write(change)  # type: ignore[attr-defined]
        page = await maria.reads()
        for there in ("Кога?", "Пита за близък човек.", "образование", "EURES", "Подхожда."):
            assert there in page
        assert card_in(await h.case())["question"] == "Кога?"


async def test_the_card_of_another_library_stays_hidden(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        ivan = await h.librarian("Иван", "lib-vidin-reg")
        await asked(h, "Тайна?")
        part = await card_part(maria)
        said = await ivan.sees(part)
        assert "Тайна" not in said
        assert "Враца" not in said
        assert (ivan.status, said) == (204, "")
