"""Files that are kept here: what they are, that nobody reads them from the disk, when they go."""

import datetime as dt
import io
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sent_files
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.clock import millis
from bot.kept import photos
from bot.kept.cipher import FileKey, KeyFaultError, key_from, opened, sealed
from bot.kept.files import KeptFiles, LostFileError, RefusedFileError
from bot.kept.looks import kind_by_bytes
from bot.store.interface import Retention
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_files import SqliteFiles
from dialogs.model import KeptFile
from dialogs.passing_files import KINDS, LONGEST_NAME, MEGABYTE, kind_of, plain_name

NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
TALK = "web:somebody"
DAY = dt.timedelta(days=1)


@dataclass
class Shelf:
    files: KeptFiles
    store: SqliteStore
    at: list[dt.datetime]

    def again(self, given: bytes) -> KeptFiles:
        key = FileKey.beside(self.store.file, given)
        return KeptFiles(SqliteFiles(self.store), key, lambda: self.at[0])

    async def forget(self) -> None:
        await self.store.forget(millis(self.at[0]), Retention())

    async def count(self) -> int:
        return (await self.store.read("SELECT count(*) FROM kept_file"))[0][0]


def on_disk(folder: Path) -> bytes:
    return b"".join(f.read_bytes() for f in folder.glob("posoka.db*"))


def named(folder: Path, pattern: str) -> list[str]:
    return [f.name for f in folder.glob(pattern)]


@asynccontextmanager
async def shelf(folder: Path) -> AsyncIterator[Shelf]:
    store, at = SqliteStore(folder / "posoka.db"), [NOW]
    await store.open()
    key = FileKey.beside(store.file)
    try:
        yield Shelf(KeptFiles(SqliteFiles(store), key, lambda: at[0]), store, at)
    finally:
        await store.close()


# -- what a file is --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sent_files.ALLOWED)
async def test_what_may_be_sent_is_kept_and_had_again(tmp_path: Path, name: str):
    async with shelf(tmp_path) as s:
        kept = await s.files.keep(TALK, "key-12345", name, sent_files.ALLOWED[name])
        assert kept.type == ("photo" if kept.mime.startswith("image/") else "document")
        content, called, mime = await s.files.bytes_of(kept)
        assert (called, mime) == (plain_name(name), KINDS[name.rpartition(".")[2].lower()])
        assert kind_by_bytes(content) == mime
        assert kept.size == len(content)
        if kept.type == "document":
            assert content == sent_files.ALLOWED[name]


@pytest.mark.parametrize("name", sent_files.REFUSED)
async def test_what_only_says_so_is_refused_and_leaves_nothing(tmp_path: Path, name: str):
    async with shelf(tmp_path) as s:
        with pytest.raises(RefusedFileError) as refused:
            await s.files.keep(TALK, "key-12345", name, sent_files.REFUSED[name])
        assert refused.value.fault == "kind"
        assert await s.count() == 0


async def test_nothing_and_too_much_are_refused(tmp_path: Path):
    async with shelf(tmp_path) as s:
        for content, fault in ((b"", "empty"), (sent_files.pdf() + bytes(6 * MEGABYTE), "large")):
            with pytest.raises(RefusedFileError) as refused:
                await s.files.keep(TALK, "key-12345", "a.pdf", content)
            assert refused.value.fault == fault


async def test_a_talk_has_room_for_so_much_and_no_more(tmp_path: Path):
    content = sent_files.pdf() + bytes(5 * MEGABYTE - 20_000)
    async with shelf(tmp_path) as s:
        for n in range(10):
            await s.files.keep(TALK, f"key-{n}", "a.pdf", content)
        with pytest.raises(RefusedFileError) as refused:
            await s.files.keep(TALK, "key-more", "a.pdf", content)
        assert refused.value.fault == "many"
        assert await s.files.keep("web:another", "key-1", "a.pdf", content)


async def test_the_same_post_twice_keeps_it_once(tmp_path: Path):
    async with shelf(tmp_path) as s:
        first, second = [
            await s.files.keep(TALK, "key-12345", "a.pdf", sent_files.pdf()) for _ in range(2)
        ]
        assert first == second
        assert await s.count() == 1


@given(st.binary(max_size=200))
def test_any_bytes_are_of_a_kind_or_of_none(content: bytes):
    assert kind_by_bytes(content) in {None, *KINDS.values()}


@given(st.binary(max_size=300))
def test_any_archive_is_read_without_a_fault(content: bytes):
    assert kind_by_bytes(b"PK\x03\x04" + content) is None


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Мария\\CV.docx", "CV.docx"),
        ("снимка 😀👍.jpg", "снимка 😀👍.jpg"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("..", ""),
    ],
)
def test_a_name_leads_nowhere(name: str, plain: str):
    assert plain_name(name) == plain


@given(st.text())
def test_any_name_becomes_one_that_can_be_shown(name: str):
    plain = plain_name(name)
    assert len(plain) <= LONGEST_NAME
    assert not set("/\\\n\r\x00\u202e") & set(plain)
    plain.encode()


def test_name_and_kind_must_agree():
    assert kind_of("a.pdf", "application/pdf", 1) == "application/pdf"
    assert kind_of("a.PDF", "", 1) == "application/pdf"
    assert kind_of("", "application/pdf", 1) == "application/pdf"
    assert kind_of("a.pdf", "application/octet-stream", 1) == "application/pdf"
    assert kind_of("a.pdf", "text/html", 1) is None
    assert kind_of("a.exe", "application/pdf", 1) is None
    assert kind_of("a.svg", "image/svg+xml", 1) is None
    assert kind_of("", "", 1) is None
    assert kind_of("a.pdf", "application/pdf", 10 * MEGABYTE + 1) is None


# -- pictures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "mime"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_a_photo_loses_its_place_and_stays_upright(form: str, mime: str):
    taken = sent_files.photo(form=form)
    assert sent_files.PLACE.encode() in taken, "the place must have been there"
    clean = photos.without_traces(taken, mime)
    assert sent_files.PLACE.encode() not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert not picture.getexif()
        assert picture.size == (48, 64), "turned as the phone was held"


def test_what_is_written_beside_a_picture_goes_with_it():
    taken = sent_files.photo(comment=b"marker-comment", icc_profile=b"marker-profile")
    assert b"marker-comment" in taken
    assert b"marker-" not in photos.without_traces(taken, "image/jpeg")


def test_a_small_picture_is_small():
    small = photos.small(sent_files.photo((3000, 2000)))
    with Image.open(io.BytesIO(small)) as picture:
        assert max(picture.size) <= photos.SMALL
    assert len(small) < 20_000


# -- the key ---------------------------------------------------------------------------------------


async def test_nothing_of_a_file_can_be_read_on_the_disk_and_it_goes(tmp_path: Path):
    async with shelf(tmp_path) as s:
        kept = await s.files.keep(TALK, "key-12345", f"{sent_files.MARKER}.pdf", sent_files.pdf())
        disk = on_disk(tmp_path)
        assert kept.ref.partition(":")[2].encode() in disk, "the row must be there"
        for told in (b"marker-8f2c", b"%PDF", sent_files.MARKER.encode()):
            assert told not in disk
        key = FileKey.beside(s.store.file)
        assert stat.S_IMODE(key.file.stat().st_mode) == 0o600
        assert key.read() not in disk
        assert key.file.read_bytes().strip() not in disk


async def test_the_key_is_made_once_and_only_when_it_is_needed(tmp_path: Path):
    async with shelf(tmp_path) as s:
        key = FileKey.beside(s.store.file)
        assert not key.file.exists()
        first = key.read_or_make()
        assert FileKey.beside(s.store.file).read_or_make() == first
        assert named(tmp_path, "*key*") == ["posoka-files.key"]


async def test_with_another_key_a_file_does_not_open_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    async with shelf(tmp_path) as s:
        kept = await s.files.keep(TALK, "key-12345", "a.pdf", sent_files.pdf())
        with pytest.raises(LostFileError) as lost:
            await s.again(bytes(32)).bytes_of(kept)
        assert lost.value.loss == "unreadable"
        assert "kept with another key" in caplog.text
        # What comes from now on is kept with the new one.
        fresh = await s.again(bytes(32)).keep(TALK, "key-other", "b.pdf", sent_files.pdf())
        assert (await s.again(bytes(32)).bytes_of(fresh)).content == sent_files.pdf()


@pytest.mark.parametrize("broken", ["", "zz" * 32, "0011"])
async def test_a_broken_key_file_refuses_files_and_nothing_else(tmp_path: Path, broken: str):
    async with shelf(tmp_path) as s:
        FileKey.beside(s.store.file).file.write_text(broken)
        with pytest.raises(RefusedFileError) as refused:
            await s.files.keep(TALK, "key-12345", "a.pdf", sent_files.pdf())
        assert refused.value.fault == "off"


async def test_without_its_key_a_file_is_unreadable(tmp_path: Path):
    async with shelf(tmp_path) as s:
        kept = await s.files.keep(TALK, "key-12345", "a.pdf", sent_files.pdf())
        FileKey.beside(s.store.file).file.unlink()
        with pytest.raises(LostFileError) as lost:
            await s.files.bytes_of(kept)
        assert lost.value.loss == "unreadable"


def test_a_file_opens_under_its_own_name_only():
    nonce, hidden = sealed(bytes(32), "one", b"words")
    assert opened(bytes(32), "one", nonce, hidden) == b"words"
    for name, changed in (("other", hidden), ("one", hidden[:-1] + b"\x00"), ("one", b"")):
        with pytest.raises(KeyFaultError):
            opened(bytes(32), name, nonce, changed)


def test_a_key_is_read_as_digits_or_letters():
    assert key_from("00" * 32) == bytes(32)
    assert key_from("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n") == bytes(32)
    for wrong in ("", "00" * 31, "жжж", "AAAA"):
        with pytest.raises(ValueError, match="no key"):
            key_from(wrong)


# -- when it goes ----------------------------------------------------------------------------------


async def _in_a_case(s: Shelf, kept: KeptFile) -> None:
    case = (
        "INSERT INTO case_file (number, conversation, state, card, opened_at)"
        " VALUES (1, ?, 'waiting', '{}', 0)"
    )
    line = (
        "INSERT INTO case_entry (number, cause, kind, who, text, at, ref, file)"
        " VALUES (1, 1, 'person', '', '', 0, 'r', ?)"
    )
    await s.store.write((case, (TALK,)), (line, (kept.model_dump_json(),)))


async def test_a_file_of_an_open_case_lasts_sixty_days(tmp_path: Path):
    async with shelf(tmp_path) as s:
        await _in_a_case(s, await s.files.keep(TALK, "key-1", "a.pdf", sent_files.pdf()))
        s.at[0] += 60 * DAY - dt.timedelta(minutes=1)
        await s.forget()
        assert await s.count() == 1
        s.at[0] += dt.timedelta(minutes=1)
        await s.forget()
        assert await s.count() == 0


async def test_a_file_goes_with_its_case_thirty_days_after_the_end(tmp_path: Path):
    async with shelf(tmp_path) as s:
        await _in_a_case(s, await s.files.keep(TALK, "key-1", "a.pdf", sent_files.pdf()))
        end = "UPDATE case_file SET state = 'closed', closed_at = ?"
        await s.store.write((end, (millis(s.at[0]),)))
        s.at[0] += 30 * DAY
        await s.forget()
        assert await s.count() == 1
        s.at[0] += dt.timedelta(minutes=1)
        await s.forget()
        assert await s.count() == 0


async def test_what_came_to_nothing_goes_with_the_raw_updates(tmp_path: Path):
    async with shelf(tmp_path) as s:
        await s.files.keep(TALK, "key-1", "a.pdf", sent_files.pdf())
        s.at[0] += 3 * DAY + dt.timedelta(minutes=1)
        await s.forget()
        assert await s.count() == 0
