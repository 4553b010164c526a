"""Files over Telegram: a person's stay with the platform; a librarian's come by id or by bytes."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import sent_files
from aiohttp.test_utils import TestServer
from bot_api_server import TOKEN, BotApiServer, Call, Fault, Person
from test_desk import MONDAY, VRATSA, joining

from bot.channels.interface import Limits, SendError
from bot.channels.telegram import NAME, TelegramChannel
from bot.channels.web import WebChannel
from bot.clock import millis
from bot.kept.cipher import FileKey
from bot.kept.files import FetchError, KeptFiles
from bot.polling import Poller, Rhythm
from bot.service import Service, running
from bot.store.interface import CaseFile
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_files import SqliteFiles
from bot.web.application import application
from dialogs.model import Button, KeptFile, Message
from dialogs.passing_files import MEGABYTE
from dialogs.texts import load_texts
from dialogs.undelivered import FILE_LOST, FILE_REFUSED
from knowledge.texts import Language

T = load_texts()["bg"]
CHAT = "7001"
SENDS = ("sendPhoto", "sendVoice", "sendDocument", "sendMessage")


@dataclass
class Line:
    """The whole service with Telegram on loopback, one person, and a librarian at a browser."""

    server: BotApiServer
    service: Service
    channel: TelegramChannel
    person: Person
    desk: aiohttp.ClientSession
    language: list[Language]

    async def quiet(self) -> None:
        await self.server.until(lambda: self.server.idle and self.server.polled)
        await self.service.runtime.settle()
        await self.service.deliveries[NAME].settle()

    async def asks(self) -> None:
        for text in ("/start", "/librarian"):
            self.person.says(text)
            await self.quiet()
        await self.person.presses("Попитай тук")
        await self.person.types("Къде да отида?")
        await self.person.presses("Да, предай")
        await self.quiet()

    async def case(self) -> CaseFile:
        [case] = await self.service.desk.cases(VRATSA)
        return case

    async def lines(self) -> list[Any]:
        return await self.service.desk.entries((await self.case()).number)

    async def acts(self, act: str, **more: Any) -> None:
        [maria] = await self.service.desk.librarians()
        await self.service.roster.act(await self.case(), act, maria, **more)
        await self.quiet()

    async def sees(self, path: str = "") -> str:
        async with self.desk.get(path or f"/desk/cases/{(await self.case()).number}") as answer:
            return html.unescape(await answer.text())

    async def gets(self, path: str) -> tuple[int, bytes]:
        async with self.desk.get(path, allow_redirects=False) as answer:
            return answer.status, await answer.read()

    @property
    def arrived(self) -> list[Call]:
        return [c for c in self.server.calls if c.method in SENDS and c.status == 200]


@asynccontextmanager
async def connected(server: BotApiServer, folder: Path) -> AsyncIterator[Line]:
    store, language = SqliteStore(folder / "posoka.db"), ["bg"]

    async def spoken(_address: str) -> Language:
        return language[0]  # type: ignore[return-value]

    def now() -> Any:
        return MONDAY

    files = KeptFiles(SqliteFiles(store), FileKey.beside(store.file), now)
    fast = Limits(per_second=1000, chat_gap=0)
    channel = TelegramChannel(
        TOKEN, server.url, load_texts(), spoken, limits=fast, bytes_of=files.bytes_of
    )
    rhythm = Rhythm(hold=2, shortest=0.02, longest=0.1)
    web = {"web": WebChannel()}
    async with (
        channel,
        running(store, web, {NAME: channel}, now, channels_configured=True, files=files) as service,
        Poller(channel, service.runtime.take_in, now, print, rhythm).running(),
        TestServer(application(service)) as pages,
        aiohttp.ClientSession(
            str(pages.make_url("/")), cookie_jar=aiohttp.CookieJar(unsafe=True)
        ) as desk,
    ):
        until = millis(MONDAY) + 600_000
        await service.desk.invite("a-code-for-maria", VRATSA, until, trial=False)
        async with desk.post("/desk/join/a-code-for-maria", data=joining("Мария")):
            pass
        yield Line(server, service, channel, Person(server, 57), desk, language)


def photo(*sizes: tuple[str, int, int]) -> dict[str, Any]:
    return {
        "photo": [
            {"file_id": i, "file_unique_id": i, "width": w, "height": w, "file_size": size}
            for i, w, size in sizes
        ]
    }


def document(name: str, mime: str, size: int = 1000, file_id: str = "D1") -> dict[str, Any]:
    about = {"file_id": file_id, "file_unique_id": "d", "file_name": name, "mime_type": mime}
    return {"document": about | {"file_size": size}}


VOICE = {"voice": {"file_id": "V1", "file_unique_id": "v", "duration": 3, "file_size": 900}}


# -- from the person -------------------------------------------------------------------------------


async def test_files_go_to_the_case_by_reference_and_are_fetched_when_looked_at(
    server: BotApiServer, tmp_path: Path
):
    taken = sent_files.photo((800, 600))
    server.files |= {"P-large": taken, "V1": b"OggS" + bytes(80), "D1": sent_files.pdf()}
    async with connected(server, tmp_path) as line:
        await line.asks()
        sizes = photo(("P-small", 90, 900), ("P-large", 800, len(taken)), ("P-mid", 320, 2000))
        line.person.sends(**sizes, caption="Това е писмото")
        line.person.sends(**VOICE)
        line.person.sends(**document("Заповед.pdf", "application/pdf"))
        await line.quiet()
        said = [entry for entry in await line.lines() if entry.file]
        refs = [KeptFile.model_validate_json(entry.file).ref for entry in said]
        assert refs == ["telegram:P-large", "telegram:V1", "telegram:D1"]
        assert said[0].text == "Това е писмото"
        assert not server.downloads, "nothing is fetched before somebody looks"
        page = await line.sees()
        for shown in ("Снимка:", "Гласово съобщение:", "Изтегли: Заповед.pdf", "Това е писмото"):
            assert shown in page
        links = re.findall(r'href="(/desk/cases/\d+/files/\d+)" download>Из', page)
        got = [await line.gets(link) for link in links]
        assert got == [(200, taken), (200, server.files["V1"]), (200, server.files["D1"])]
        status, small = await line.gets(f"{links[0]}/small")
        assert (status, small[:3]) == (200, b"\xff\xd8\xff")
        assert sent_files.PLACE.encode() not in small
        assert server.downloads == ["P-large", "V1", "D1", "P-large"]
        disk = on_disk(tmp_path)
        assert taken[:60] not in disk
        assert b"%PDF" not in disk


def on_disk(folder: Path) -> bytes:
    return b"".join(f.read_bytes() for f in folder.glob("posoka*"))


@pytest.mark.parametrize(
    "content",
    [
        document("page.html", "text/html"),
        document("setup.exe", "application/x-msdownload"),
        document("page.pdf", "text/html"),
        document("picture.svg", "image/svg+xml"),
        document("large.pdf", "application/pdf", 11 * MEGABYTE),
        {"video": {"file_id": "A", "file_unique_id": "a", "width": 1, "height": 1, "duration": 3}},
        {"audio": {"file_id": "A", "file_unique_id": "a", "duration": 3}},
        photo(("P", 90, 11 * MEGABYTE)),
    ],
)
async def test_what_cannot_be_passed_on_is_answered_with_what_can(
    server: BotApiServer, tmp_path: Path, content: dict[str, Any]
):
    async with connected(server, tmp_path) as line:
        await line.asks()
        line.person.sends(**content)
        await line.quiet()
        assert line.person.sent[-1].text == T("file-not-passed", most=10)
        assert not [entry for entry in await line.lines() if entry.file]
        # Away from the librarian, who still has the question, it is as true.
        line.person.says("бот")
        await line.quiet()
        line.person.sends(**content)
        await line.quiet()
        assert T("file-not-passed", most=10) in [call.text for call in line.person.sent[-2:]]


async def test_a_changed_message_changes_the_line_of_the_case(server: BotApiServer, tmp_path: Path):
    async with connected(server, tmp_path) as line:
        await line.asks()
        line.person.says("Имам диплма")
        line.person.sends(**VOICE, caption="чуйте")
        await line.quiet()
        words, voice = (await line.lines())[-2:]
        line.person.changes(int(words.ref), text="Имам диплома")
        line.person.changes(int(voice.ref), **VOICE, caption="чуйте това")
        await line.quiet()
        words, voice = (await line.lines())[-2:]
        assert (words.text, voice.text) == ("Имам диплома", "чуйте това")
        assert words.changed_at
        assert voice.file


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (None, 502, "не можа да се изтегли от Telegram"),
        (sent_files.HTML, 415, "Видът се познава по съдържанието"),
        (b"%PDF-" + bytes(21 * MEGABYTE), 502, "не можа да се изтегли от Telegram"),
    ],
)
async def test_a_file_that_cannot_be_had_is_said_on_the_desk(
    server: BotApiServer, tmp_path: Path, content: bytes | None, status: int, words: str
):
    server.files |= {"D1": content} if content else {}
    async with connected(server, tmp_path) as line:
        await line.asks()
        line.person.sends(**document("a.pdf", "application/pdf"))
        await line.quiet()
        link = re.search(r"/desk/cases/\d+/files/\d+", await line.sees())
        assert link
        got, page = await line.gets(link[0])
        assert got == status
        assert words in html.unescape(page.decode())


async def test_no_error_of_a_download_tells_the_token(server: BotApiServer, tmp_path: Path):
    async with connected(server, tmp_path) as line:
        server.files["D1"] = sent_files.pdf()
        assert await line.channel.fetch("D1", MEGABYTE) == server.files["D1"]
        for most in (10, len(server.files["D1"]) - 1):
            with pytest.raises(FetchError) as caught:
                await line.channel.fetch("D1", most)
            assert TOKEN not in str(caught.value)
        with pytest.raises(FetchError) as caught:
            await line.channel.fetch("gone", MEGABYTE)
        assert TOKEN not in str(caught.value)


# -- to the person ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "method", "field"),
    [
        ("photo", "sendPhoto", "photo"),
        ("voice", "sendVoice", "voice"),
        ("document", "sendDocument", "document"),
    ],
)
async def test_a_file_of_the_platform_is_sent_by_its_id_with_the_words_below(
    server: BotApiServer, tmp_path: Path, type_: Any, method: str, field: str
):
    async with connected(server, tmp_path) as line:
        file = KeptFile(type=type_, ref="telegram:F1", name="a.pdf")
        rows = ((Button(label="Да", action="a:x:yes"),),)
        said = Message(text="Вижте 😀", file=file, rows=rows, serial=3)
        sent = await line.channel.send(CHAT, said)
        [call] = line.arrived
        assert call.method == method
        assert call.parameters[field] == "F1"
        assert call.parameters["caption"] == "Вижте 😀"
        assert [b["text"] for b in call.buttons] == ["Да"]
        assert sent == str(call.result["message_id"])


async def test_a_kept_file_is_sent_by_its_bytes_under_its_name(
    server: BotApiServer, tmp_path: Path
):
    async with connected(server, tmp_path) as line:
        await line.asks()
        talk = (await line.case()).conversation
        kept = await line.service.files.keep(talk, "key-1", "Молба.docx", docx := sent_files.docx())
        await line.acts("reply", text="Попълнете това", file=kept)
        [call] = server.sent(57, "sendDocument")
        assert call.file
        assert (call.file.name, call.file.content) == ("Молба.docx", docx)
        assert call.parameters["caption"] == "👤 Мария: Попълнете това"
        assert [e.delivery for e in await line.lines() if e.kind == "librarian"] == ["sent"]


async def test_long_words_follow_the_file_in_order(server: BotApiServer, tmp_path: Path):
    async with connected(server, tmp_path) as line:
        file = KeptFile(type="photo", ref="telegram:F1")
        words = "дума 😀 " * 700
        await line.channel.send(CHAT, Message(text=words, file=file))
        assert [c.method for c in line.arrived][:2] == ["sendPhoto", "sendMessage"]
        assert "caption" not in line.arrived[0].parameters
        assert " ".join(c.text for c in line.arrived[1:]) == words.strip()


async def test_what_cannot_be_sent_says_so_in_words(server: BotApiServer, tmp_path: Path):
    async with connected(server, tmp_path) as line:
        server.fail("sendDocument", Fault(400, "Bad Request: wrong file identifier"))
        gone = KeptFile(type="document", ref="telegram:gone", name="a.pdf")
        lost = KeptFile(type="document", ref="kept:0000", name="a.pdf")
        for language, file, why in (("bg", gone, FILE_REFUSED), ("uk", lost, FILE_LOST)):
            line.language[0] = language
            with pytest.raises(SendError) as caught:
                await line.channel.send(CHAT, Message(text="Вижте", file=file))
            assert (caught.value.reason, caught.value.again) == (why, False)
            assert caught.value.sent == str(line.arrived[-1].result["message_id"])
            said = load_texts()[language]("file-failed")
            assert line.arrived[-1].text == f"Вижте\n\n{said}"
        assert [c.method for c in line.arrived] == ["sendMessage", "sendMessage"]


async def test_a_picture_that_is_no_photo_for_the_platform_goes_as_a_file(
    server: BotApiServer, tmp_path: Path
):
    async with connected(server, tmp_path) as line:
        await line.asks()
        talk = (await line.case()).conversation
        narrow = sent_files.photo((2000, 20), "PNG")
        kept = await line.service.files.keep(talk, "key-1", "лента.png", narrow)
        server.fail("sendPhoto", Fault(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
        await line.acts("reply", text="Ето", file=kept)
        [call] = server.sent(57, "sendDocument")
        assert call.file
        assert call.file.name == "лента.png"


async def test_a_correction_keeps_the_file_and_a_retraction_takes_it_away(
    server: BotApiServer, tmp_path: Path
):
    async with connected(server, tmp_path) as line:
        await line.asks()
        file = KeptFile(type="document", ref="telegram:F1", name="a.pdf")
        await line.acts("reply", text="Елате в петък", file=file, ref="r1")
        [call] = server.sent(57, "sendDocument")
        number = call.result["message_id"]
        await line.acts("edit", text="Елате в сряда", ref="r1")
        assert server.screens["57"][number].caption == "👤 Мария: Елате в сряда"
        await line.acts("retract", ref="r1")
        assert number not in server.screens["57"]
        assert line.person.sent[-1].text == T("librarian-took-back", name="Мария")
        assert not [e for e in await line.lines() if e.file]


async def test_hiding_takes_a_librarians_file_away(server: BotApiServer, tmp_path: Path):
    async with connected(server, tmp_path) as line:
        await line.asks()
        file = KeptFile(type="photo", ref="telegram:F1")
        await line.acts("reply", text="Вижте", file=file, ref="r1")
        [call] = server.sent(57, "sendPhoto")
        line.person.says("скрий")
        await line.quiet()
        assert call.result["message_id"] not in server.screens["57"]


async def test_a_talk_on_the_web_gets_a_file_of_the_platform(server: BotApiServer, tmp_path: Path):
    """A librarian answers from a group of Telegram; the person reads in a browser."""
    server.files["D1"] = sent_files.pdf()
    async with connected(server, tmp_path) as line:
        loaded = await line.service.files.bytes_of(
            KeptFile(type="document", ref="telegram:D1", name="a.pdf", mime="application/pdf")
        )
        assert loaded == (server.files["D1"], "a.pdf", "application/pdf")
