"""Recordings both ways: known by their bytes, kept as other files are, heard where they are."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
import sent_sounds
from bot_api_server import BotApiServer, Fault
from test_desk import house
from test_files_both_ways import _form, gets, kept, link_in, replies, sends
from test_kept_files import TALK, on_disk, shelf
from test_telegram_files import connected

from bot.channels.telegram.ways import VOICES
from bot.kept.files import RefusedFileError, name_of
from bot.kept.looks import kind_by_bytes
from dialogs.model import KeptFile
from dialogs.passing_files import KINDS, RECORDINGS

MP3 = sent_sounds.MP3


@pytest.fixture
async def server():
    async with BotApiServer() as server:
        yield server
    assert server.against_the_description == []


@pytest.mark.parametrize("name", sent_sounds.ALLOWED)
async def test_a_recording_is_known_by_its_bytes_and_had_again(tmp_path: Path, name: str):
    content = sent_sounds.ALLOWED[name]
    async with shelf(tmp_path) as s:
        file = await s.files.keep(TALK, "key-12345", name, content)
        assert (file.type, file.mime) == ("voice", KINDS[name.rpartition(".")[2].lower()])
        assert await s.files.bytes_of(file) == (content, name, file.mime)
        assert content[:60] not in on_disk(tmp_path)
        s.at[0] += dt.timedelta(days=61)
        await s.forget()
        assert await s.count() == 0


@pytest.mark.parametrize("name", sent_sounds.REFUSED)
async def test_a_film_and_what_only_says_so_is_refused(tmp_path: Path, name: str):
    async with shelf(tmp_path) as s:
        with pytest.raises(RefusedFileError) as refused:
            await s.files.keep(TALK, "key-12345", name, sent_sounds.REFUSED[name])
        assert refused.value.fault == "kind"
        assert await s.count() == 0


def test_every_kind_of_recording_has_a_sample_and_a_name():
    assert {kind_by_bytes(content) for content in sent_sounds.ALLOWED.values()} == RECORDINGS
    for mime in RECORDINGS:
        named = name_of(KeptFile(type="voice", ref="kept:1", mime=mime))
        assert KINDS[named.rpartition(".")[2]] == mime
    assert name_of(KeptFile(type="voice", ref="telegram:1")) == "voice.ogg"


async def test_a_persons_recording_is_heard_on_the_desk_and_in_parts(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        status, told = await sends(person, "запис.mp3", MP3, scripts=True)
        assert (status, json.loads(told)["stored"]) == (200, True)
        page = await maria.sees(f"/desk/cases/{(await h.case()).number}", raw=True)
        link = re.search(r'<audio [^>]*controls preload="none" src="([^"]+)"', page)
        assert link, page
        status, headers, content = await gets(maria.browser, link[1])
        assert (status, content, headers["Content-Type"]) == (200, MP3, "audio/mpeg")
        assert (
            "media-src 'self'" in (await gets(maria.browser, "/desk"))[1]["Content-Security-Policy"]
        )
        for asked, part in (
            ("bytes=0-99", MP3[:100]),
            ("bytes=100-", MP3[100:]),
            ("bytes=-50", MP3[-50:]),
        ):
            async with maria.browser.get(link[1], headers={"Range": asked}) as answer:
                assert (answer.status, await answer.read()) == (206, part)
                assert answer.headers["Content-Range"].endswith(f"/{len(MP3)}")
        for nonsense in ("bytes=9-1", "bytes=99999999-", "pages=1", "bytes=a-b"):
            async with maria.browser.get(link[1], headers={"Range": nonsense}) as answer:
                assert (answer.status, await answer.read()) == (200, MP3)


async def test_a_librarians_recording_goes_without_a_word_and_is_heard(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        await replies(maria, "запис.mp3", MP3)
        assert maria.status == 303
        page = await person.fetches()
        assert re.search(r'<audio controls preload="none" src="/files/\d+"', page)
        status, _, content = await gets(person.browser, link_in(page, r"/files/\d+"))
        assert (status, content) == (200, MP3)
        other = await h.person()
        assert (await gets(other.browser, link_in(page, r"/files/\d+")))[0] == 404


async def test_of_a_file_and_a_recording_at_once_neither_goes_and_the_words_stay(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        number = (await h.case()).number
        form = _form("запис.mp3", MP3, csrf=await maria.csrf(), text="Чуйте")
        form.add_field("voice", MP3[:-417], filename="друг.mp3", content_type="audio/mpeg")
        async with maria.browser.post(f"/desk/cases/{number}/reply", data=form) as answer:
            page = await answer.text()
        assert answer.status == 409
        assert "Изберете едно" in page
        assert "Чуйте</textarea>" in page
        assert await kept(h) == 0
        assert "Чуйте" not in (await person.settled()).texts


@pytest.mark.parametrize("name", sent_sounds.ALLOWED)
async def test_telegram_plays_what_it_can_and_gets_the_rest_as_a_file(
    server: BotApiServer, tmp_path: Path, name: str
):
    async with connected(server, tmp_path) as line:
        await line.asks()
        talk = (await line.case()).conversation
        file = await line.service.files.keep(talk, "key-1", name, sent_sounds.ALLOWED[name])
        await line.acts("reply", text="", file=file)
        method = "sendVoice" if file.mime in VOICES else "sendDocument"
        [call] = server.sent(57, method)
        assert call.file
        assert (call.file.name, call.file.content) == (name, sent_sounds.ALLOWED[name])
        assert [e.delivery for e in await line.lines() if e.kind == "librarian"] == ["sent"]


async def test_who_takes_no_voice_messages_gets_the_recording_as_a_file(
    server: BotApiServer, tmp_path: Path
):
    async with connected(server, tmp_path) as line:
        await line.asks()
        talk = (await line.case()).conversation
        file = await line.service.files.keep(talk, "key-1", "запис.mp3", MP3)
        server.fail("sendVoice", Fault(400, "Bad Request: VOICE_MESSAGES_FORBIDDEN"))
        await line.acts("reply", text="Чуйте", file=file, ref="r1")
        assert server.sent(57, "sendDocument")
        by_id = KeptFile(type="voice", ref="telegram:V1", mime="audio/ogg")
        server.fail("sendVoice", Fault(400, "Bad Request: VOICE_MESSAGES_FORBIDDEN"))
        await line.acts("reply", text="И това", file=by_id, ref="r2")
        assert "✗ Не е доставено: човекът не приема гласови съобщения. Напишете го с думи." in (
            await line.sees()
        )
