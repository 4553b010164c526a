"""Files in a case over the web: from the person, to the person, on the desk; and corrections."""

import html
import io
import json
import re
import secrets
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import sent_files
from test_desk import DAY, VIDIN, House, Librarian, Person, house

from bot.clock import millis
from bot.kept.cipher import FileKey
from bot.store.interface import Mark, Retention
from dialogs.passing_files import MEGABYTE

JSON = {"Accept": "application/json"}
PDF = sent_files.pdf()


def _form(name: str, content: bytes, **fields: str) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for field, value in ({"key": secrets.token_urlsafe(12)} | fields).items():
        form.add_field(field, value)
    form.add_field(
        "file", io.BytesIO(content), filename=name, content_type="application/octet-stream"
    )
    return form


async def sends(
    person: Person, name: str = "писмо.pdf", content: bytes = PDF, *, scripts: bool = False
) -> tuple[int, str]:
    """The person attaches a file; returns the status, and what the browser shows of it."""
    async with person.browser.post(
        "/file", data=_form(name, content), headers=JSON if scripts else {}
    ) as answer:
        told = await answer.text()
        return answer.status, json.dumps(
            json.loads(told), ensure_ascii=False
        ) if scripts else html.unescape(told)


async def replies(
    desk: Librarian, name: str, content: bytes, text: str = "", *, base: str = "/desk"
) -> str:
    number = (await desk.house.case()).number
    data = _form(name, content, csrf=await desk.csrf(), text=text)
    path = f"{base}/cases/{number}/reply"
    async with desk.browser.post(path, data=data, allow_redirects=False) as answer:
        desk.status, desk.headers = answer.status, answer.headers
        return html.unescape(await answer.text())


async def gets(session: aiohttp.ClientSession, path: str) -> tuple[int, Any, bytes]:
    async with session.get(path, allow_redirects=False) as answer:
        return answer.status, answer.headers, await answer.read()


def link_in(page: str, pattern: str) -> str:
    found = re.search(rf'(?:href|src)="({pattern})"', page)
    assert found, page
    return found[1]


async def kept(h: House) -> int:
    return (await h.service.store.read("SELECT count(*) FROM kept_file"))[0][0]  # type: ignore[attr-defined]


# -- from the person -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sent_files.ALLOWED)
async def test_a_file_goes_to_the_librarian_and_opens_there_alone(tmp_path: Path, name: str):
    async with house(tmp_path) as h:
        maria, stranger = await h.librarian(), await h.librarian("Иван", VIDIN)
        person = await (await h.person()).asks()
        status, page = await sends(person, name, sent_files.ALLOWED[name])
        assert status == 200
        assert f"📎 Изпратих файл: {name}" in page
        seen = await maria.reads()
        assert f"Изтегли: {name}" in seen
        link = link_in(seen, r"/desk/cases/\d+/files/\d+")
        status, headers, content = await gets(maria.browser, link)
        assert status == 200
        assert headers["Content-Disposition"].startswith("attachment;")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert (content == sent_files.ALLOWED[name]) == (not name.lower().endswith(("g",)))
        # Another library, a browser that is nobody's, and the person's own see nothing there.
        for other in (stranger.browser, h.browser(), person.browser):
            status, _, content = await gets(other, link)
            assert status in (303, 404, 410), content
            assert content[:4] not in (b"%PDF", b"\x89PNG")


async def test_a_photo_is_shown_small_and_without_its_place(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        await sends(person, "книжка.jpg", sent_files.photo((1200, 900)))
        seen = await maria.reads()
        assert 'loading="lazy"' in seen
        for path in (r"/desk/cases/\d+/files/\d+", r"/desk/cases/\d+/files/\d+/small"):
            status, _, content = await gets(maria.browser, link_in(seen, path))
            assert status == 200
            assert content.startswith(b"\xff\xd8\xff")
            assert sent_files.PLACE.encode() not in content


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("name", sent_files.REFUSED)
async def test_what_is_no_such_file_is_refused_in_words(
    tmp_path: Path, name: str, *, scripts: bool
):
    async with house(tmp_path) as h:
        await h.librarian()
        person = await (await h.person()).asks()
        status, said = await sends(person, name, sent_files.REFUSED[name], scripts=scripts)
        assert status == 415
        assert "Този вид файл не мога да предам. Може: jpg, png, pdf, doc, docx, odt, ogg," in said
        assert await kept(h) == 0


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 400, "Този файл е празен"),
        (PDF + bytes(5 * MEGABYTE), 413, "Файлът е твърде голям. Може до 5 MB."),
        (PDF + bytes(50 * MEGABYTE), 413, "Файлът е твърде голям. Може до 5 MB."),
    ],
)
async def test_nothing_and_too_much_are_refused_in_words(
    tmp_path: Path, content: bytes, status: int, words: str
):
    async with house(tmp_path) as h:
        await h.librarian()
        person = await (await h.person()).asks()
        got, page = await sends(person, "a.pdf", content)
        assert got == status
        assert words in page
        assert await kept(h) == 0


async def test_a_name_that_leads_elsewhere_loses_its_way(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        for name in ("../../x.pdf", "😀 <b>.pdf"):
            status, _ = await sends(person, name)
            assert status == 200
        seen = await maria.sees(f"/desk/cases/{(await h.case()).number}", raw=True)
        assert "Изтегли: x.pdf<" in seen
        assert "😀 &lt;b&gt;.pdf" in seen
        link = re.findall(r'href="(/desk/cases/\d+/files/\d+)"', seen)[-1]
        _, headers, _ = await gets(maria.browser, link)
        assert "%F0%9F%98%80%20%3Cb%3E.pdf" in headers["Content-Disposition"]


async def test_a_file_is_taken_only_while_a_librarian_listens(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await h.person()
        assert "Прикачи файл" not in await person.fetches()
        status, page = await sends(person)
        assert status == 409
        assert "Файл може да се прати само в разговор с библиотекар." in page
        await person.asks()
        assert "Прикачи файл" in await person.fetches()
        await maria.does("close")
        assert (await sends(await person.settled()))[0] == 409
        stranger = h.browser()
        async with stranger.post("/file", data=_form("a.pdf", PDF)) as answer:
            assert answer.status == 409
        assert await kept(h) == 0


async def test_the_same_post_twice_says_it_once(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        for _ in range(2):
            data = _form("писмо.pdf", PDF, key="the-same-key")
            async with person.browser.post("/file", data=data, headers=JSON) as answer:
                assert (await answer.json())["stored"] is True
        assert (await maria.reads()).count("Изтегли: писмо.pdf") == 1
        assert await kept(h) == 1


async def test_so_many_files_at_once_are_slowed_down(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian()
        person = await (await h.person()).asks()
        got = [(await sends(person, scripts=True))[0] for _ in range(8)]
        assert got[:6] == [200] * 6
        assert got[-1] == 429


# -- nothing can be read, everything goes ----------------------------------------------------------


async def test_of_a_file_nothing_is_readable_and_after_the_erasure_nothing_is_left(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        await sends(person, f"{sent_files.MARKER}.pdf")
        await replies(maria, "отговор.pdf", sent_files.pdf("marker-of-the-desk"), "Ето")
        await h.service.runtime.settle()
        assert await kept(h) == 2
        rows = await h.service.store.read("SELECT bytes FROM kept_file")  # type: ignore[attr-defined]
        hidden = [bytes(row[0])[:64] for row in rows]
        disk = h.bytes_on_disk()
        assert all(each in disk for each in hidden), "the rows must be there"
        for told in (b"marker-8f2c", b"marker-of-the-desk", b"%PDF"):
            assert told not in disk
        await (await person.settled()).says("/delete")
        await person.acts("erase")
        assert await kept(h) == 0
        await h.service.store.scrub()
        disk = h.bytes_on_disk()
        assert not any(each in disk for each in hidden)
        assert sent_files.MARKER.encode() not in disk


async def test_a_file_goes_with_its_case_and_the_link_says_so(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        await sends(person)
        await replies(maria, "отговор.pdf", PDF, "Ето")
        link = link_in(await person.fetches(), r"/files/\d+")
        await maria.does("close")
        h.at[0] += 29 * DAY
        await (await person.settled()).says("здравей")
        h.at[0] += 2 * DAY
        await h.service.store.forget(millis(h.at[0]), Retention())
        assert await kept(h) == 0
        status, _, page = await gets(person.browser, link)
        assert status in (404, 410)
        assert "Този файл вече го няма тук" in page.decode()


async def test_a_wrong_key_is_said_and_the_rest_goes_on(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        await sends(person)
        await replies(maria, "отговор.pdf", PDF, "Ето")
        key = FileKey.beside(h.file).file
        key.write_text("00" * 32)
        link = link_in(await maria.reads(), r"/desk/cases/\d+/files/\d+")
        status, _, page = await gets(maria.browser, link)
        assert status == 503
        assert "пазен е с друг ключ" in page.decode()
        link = link_in(await person.fetches(), r"/files/\d+")
        status, _, page = await gets(person.browser, link)
        assert status == 503
        assert "не може да се отвори тук" in page.decode()
        key.write_text("no key at all")
        status, page = await sends(person, "друг.pdf")
        assert status == 503
        assert "Сега не мога да приема файла" in page
        assert "Файловете не могат да се пазят сега" in await replies(maria, "б.pdf", PDF, "Пак")
        await maria.does("reply", "С думи става")
        assert "С думи става" in (await person.settled()).texts


# -- to the person ---------------------------------------------------------------------------------


async def test_a_file_comes_with_the_reply_and_only_to_that_browser(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        docx = sent_files.docx()
        await replies(maria, "Молба.docx", docx, "Попълнете това")
        assert maria.status == 303
        page = await person.fetches()
        assert "👤 Мария:</b>\nПопълнете това" in page
        assert re.search(r"Файл от библиотеката: Молба\.docx \(\d+ KB\)", page)
        link = link_in(page, r"/files/\d+")
        status, headers, content = await gets(person.browser, link)
        assert (status, content) == (200, docx)
        assert headers["Content-Disposition"].startswith("attachment;")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in headers["Content-Security-Policy"]
        other = await h.person()
        for browser in (other.browser, h.browser(), maria.browser):
            status, _, content = await gets(browser, link)
            assert status == 404
            assert content[:2] != b"PK"
        assert "Изтегли: Молба.docx" in await maria.reads()


async def test_a_file_goes_without_a_word_and_a_refused_one_keeps_the_words(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        said = await replies(maria, "setup.pdf", sent_files.EXE, "Вижте това")
        assert maria.status == 409
        assert "Този вид файл не се изпраща." in said
        assert "Вижте това</textarea>" in said
        assert "Вижте" not in (await person.settled()).texts
        await replies(maria, "карта.png", sent_files.photo(form="PNG"))
        assert maria.status == 303
        assert "Файл от библиотеката: карта.png" in await person.fetches()
        assert await kept(h) == 1


async def test_a_file_of_a_reply_that_came_too_late_does_not_stay(tmp_path: Path):
    async with house(tmp_path) as h:
        maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
        person = await (await h.person()).asks()
        csrf = await ivan.csrf()
        await maria.does("claim")
        number = (await h.case()).number
        data = _form("а.pdf", PDF, csrf=csrf, text="Аз")
        async with ivan.browser.post(f"/desk/cases/{number}/reply", data=data) as answer:
            assert answer.status == 409
            assert "Отговаря Мария" in await answer.text()
        assert await kept(h) == 0
        assert "Аз" not in (await person.settled()).texts.split()


async def test_in_a_practice_no_file_is_taken(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        page = await maria.sees("/desk/practice", raw=True)
        person, key = re.search(r'name="person" value="([^"]+)"', page), secrets.token_urlsafe(12)
        assert person
        form = {"csrf": await maria.csrf(), "person": person[1], "key": key}
        await maria.posts("/desk/practice/begin", form)
        shown = await maria.sees(f"/desk/practice/cases/{(await h.case()).number}")
        assert "Прикачи файл" not in shown
        said = await replies(maria, "а.pdf", PDF, "Здравейте", base="/desk/practice")
        assert "Тук не се изпращат файлове." in said
        assert await kept(h) == 0


# -- what is worded otherwise ----------------------------------------------------------------------


async def messages(person: Person, after: int) -> list[dict[str, Any]]:
    async with person.browser.get(f"/messages?after={after}", headers=JSON) as answer:
        return json.loads(await answer.text())["messages"]


async def _shows(person: Person) -> int:
    """As an open page does with its next request: what it has, it has shown."""
    service = person.house.service
    kept_ = await service.store.unread(person.talk, 0)
    waiting = [Mark(m.id, "sent", 0, tries=1) for m in kept_ if m.state == "pending"]
    if waiting:
        await service.commit.mark(waiting)
    return max(m.id for m in kept_)


async def _replied(h: House, ref: str, text: str, **more: Any) -> None:
    case = await h.case()
    maria = next(iter(await h.service.desk.librarians()))
    await h.service.roster.act(case, "reply", maria, text=text, ref=ref, **more)
    await h.service.runtime.settle()


async def _changed(h: House, act: str, ref: str, text: str = "") -> None:
    case = await h.case()
    maria = next(iter(await h.service.desk.librarians()))
    await h.service.roster.act(case, act, maria, text=text, ref=ref)
    await h.service.runtime.settle()


async def test_a_correction_changes_the_line_where_it_stands_and_says_so_below(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian()
        person = await (await h.person()).asks()
        await _replied(h, "r1", "Елате в петък")
        last = await _shows(person)
        await _changed(h, "edit", "r1", "Елате в сряда")
        [told] = await messages(person, last)
        assert told["text"] == "✏️ Поправено – 👤 Мария: Елате в сряда"
        assert told["changes"]["text"] == "👤 Мария: Елате в сряда"
        assert told["changes"]["note"] == "поправено"
        assert told["changes"]["id"] <= last
        page = await person.fetches()
        assert "Елате в петък" not in page
        assert page.count("Елате в сряда") == 2
        assert page.count('<p class="note">поправено</p>') == 1
        # The desk's history reads the same.
        entries = await h.service.desk.entries((await h.case()).number)
        taken, line, edited = [e for e in entries if e.ref == "r1"]
        assert (taken.kind, taken.text) == ("event", "claimed")
        assert (edited.kind, edited.text, edited.delivery) == ("event", "edited", "sent")
        assert line.text == "Елате в сряда"
        assert line.changed_at


async def test_what_is_taken_back_goes_from_the_page_with_its_file(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        case = await h.case()
        file = await h.service.files.keep(case.conversation, "key-r1", "грешен.pdf", PDF)
        await _replied(h, "r1", "Ето бланката", file=file)
        last = await _shows(person)
        link = link_in(await person.fetches(), r"/files/\d+")
        await _changed(h, "edit", "r1", "Ето новата бланка")
        assert "Файл от библиотеката: грешен.pdf" in await person.fetches(), "the file stays"
        last = await _shows(person)
        await _changed(h, "retract", "r1")
        [told] = await messages(person, last)
        assert told["text"] == "👤 Мария оттегли свое съобщение по-горе."
        assert told["changes"]["text"] == "👤 Мария оттегли това съобщение."
        assert told["changes"]["file"] is None
        page = await person.fetches()
        assert "бланка" not in page
        assert told["gone"] == [last]
        assert "грешен.pdf" not in page
        assert (await gets(person.browser, link))[0] == 404
        assert await kept(h) == 0
        assert "грешен.pdf" not in await maria.reads()
