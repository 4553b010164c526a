"""A CV as a file: one page with all that was typed; once it is sent, nothing of it is left."""

import io
import logging
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx as word_files
import pytest
from durable import Dial, arrival, context, house, pressed, said, stands_in
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import words_of
from pypdf import PdfReader

from bot.documents import file_of
from bot.documents.files import prepared
from bot.documents.fonts import measure_in, the_type
from bot.documents.layout import SIZES, Sheet, laid_out
from dialogs.documents import Document
from dialogs.flows.cv_page import page_of
from dialogs.flows.cv_questions import JOBS, QUESTIONS, job_parts, typed
from dialogs.model import Conversation, CvDraft
from dialogs.texts import load_texts
from dialogs.turn import Turn
from knowledge.texts import Language

WORDS = load_texts()["bg"]
REST = WORDS("document-cut")
MARKER = "кукувица-седемнайсет"
ADDRESS = "adres-na-stefka-4711"
WRITTEN = [name for name, question in QUESTIONS.items() if question.kind != "another"]
TYPED = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    st.text(st.sampled_from("абвж щъю ABC 😀 ,.–-„“\"'\n/@()0123"), max_size=300),
    st.sampled_from(["😀 готвач", "שלום cook", "\u202eготвач", "дума " * 60, "Щ" * 300, "ß"]),
)


def page(written: dict[str, str], form: str = "pdf", language: Language = "bg") -> Document:
    draft = CvDraft(written=written)
    turn = Turn(Conversation(language=language, cv=draft), context(Dial()))
    return page_of(turn, form)  # type: ignore[arg-type]


def sheet_of(document: Document) -> Sheet:
    return laid_out(prepared(document), measure_in(document.language), has_code=False, rest=REST)


def letters(text: str) -> str:
    """Return what can be compared: a page sets other quotes, dashes and spaces."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if c.isalnum()).lower()


@pytest.mark.timeout(400)
@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(WRITTEN), TYPED), st.sampled_from(["bg", "en"]))
def test_whatever_was_typed_stands_on_one_page_and_can_be_read(
    raw: dict[str, str], language: Language
) -> None:
    taken = {n: typed(text).text[: QUESTIONS[n].longest].strip() for n, text in raw.items()}
    written = {n: text for n, text in taken.items() if letters(text)}
    file = file_of(page(written, language=language), load_texts()[language])
    [only] = PdfReader(io.BytesIO(file.content), strict=True).pages
    found = letters(only.extract_text())
    for text in written.values():
        assert letters(text) in found, text
    assert letters(load_texts()[language]("document-cut")) not in found


@pytest.mark.parametrize("letter", ["Щ", "Њ", "W", "@", "…", "Щщ ", "Щщ, ", "дума ", "№ "])
def test_the_longest_answers_of_the_widest_letters_are_one_page(letter: str) -> None:
    written = {n: (letter * 300)[: QUESTIONS[n].longest].strip() for n in WRITTEN}
    sheet = sheet_of(page(written))
    assert sheet.fits
    assert sheet.size in SIZES


def test_every_letter_that_is_taken_is_in_the_type_of_the_page() -> None:
    every = (chr(point) for point in range(0x20, 0x2FFFF))
    taken = {c for sign in every for c in typed(f"а{sign}а").text}
    assert {c for c in taken if not the_type().has(c)} == set()


def test_an_ordinary_page_is_in_the_largest_type() -> None:
    written = {"name": "Стефка Петрова", "work": "готвач", "job1_as": "готвач", "more": "смени"}
    assert sheet_of(page(written)).size == SIZES[0]


def test_a_page_has_no_empty_heading_and_nothing_that_was_not_typed() -> None:
    content = file_of(page({"name": "Стефка Петрова", "skills": "готвене"}), WORDS).content
    assert words_of(content) == "Стефка Петрова Умения Готвене"
    assert dict(PdfReader(io.BytesIO(content)).metadata or {}) == {"/Title": "Стефка Петрова"}


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_name_of_the_file_says_nothing_about_the_person(form: str) -> None:
    file = file_of(page({"name": MARKER}, form), WORDS)
    assert file.name == f"Автобиография.{form}"
    assert file_of(page({"name": MARKER}, form, "en"), WORDS).name == f"CV.{form}"


def test_a_docx_says_the_same() -> None:
    written = {name: f"{name} дума" for name in WRITTEN}
    file = file_of(page(written, "docx"), WORDS)
    lines = [p.text for p in word_files.Document(io.BytesIO(file.content)).paragraphs]
    shown = letters(words_of(file_of(page(written), WORDS).content))
    assert letters("".join(lines)) == shown.replace("•", "")
    assert all(letters(text) in shown for text in written.values())


@pytest.mark.parametrize("parts", ["100", "010", "001", "110", "101", "011", "111"])
def test_of_a_job_whatever_is_known_stands_there(parts: str) -> None:
    names = job_parts(JOBS)
    written = {name: name for name, known in zip(names, parts, strict=True) if known == "1"}
    text = words_of(file_of(page(written), WORDS).content)
    assert re.findall(r"job\w+", text.lower()) == list(written)


# -- the whole way -----------------------------------------------------------------------------


class Person:
    """Somebody who writes and presses in a running house."""

    def __init__(self, running, caplog: pytest.LogCaptureFixture) -> None:  # type: ignore[no-untyped-def]
        self.running, self.caplog, self.count = running, caplog, 0

    async def says(self, *texts: str) -> None:
        for text in texts:
            await self._does(said(text))

    async def presses(self, action: str) -> None:
        await self._does(pressed(self.count + 1000, action))

    async def _does(self, raw: str) -> None:
        self.count += 1
        await self.running.tell(arrival(f"{ADDRESS}:{self.count}", ADDRESS, raw))
        await self.running.delivery.settle()
        assert MARKER not in self.caplog.text


def answers() -> Iterator[str]:
    for name, question in QUESTIONS.items():
        if question.kind != "another":
            yield "0888 000 000" if name == "contact" else f"{MARKER} {name}"
        else:
            yield "да"


@pytest.mark.parametrize("way_out", ["cv-done", "go:menu", "стоп", "tomorrow"])
async def test_nothing_of_a_cv_is_left_in_the_database_once_it_is_sent(
    file: Path, caplog: pytest.LogCaptureFixture, way_out: str
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    clock = Dial()
    async with house(file, clock, sends=True) as running:
        person = Person(running, caplog)
        await person.says("трябва ми CV")
        await person.presses("cv-begin")
        await person.says(*answers())
        assert stands_in(MARKER, file)
        for form in ("pdf", "docx"):
            await person.presses(f"cv-send:{form}")
        pages = running.channel.documents
        assert [each.form for each in pages] == ["pdf", "docx"]
        assert all(MARKER in each.title for each in pages)
        if way_out == "tomorrow":
            clock.forward(25 * 3_600_000)
            await person.says("меню")
        elif ":" in way_out or "-" in way_out:
            await person.presses(way_out)
        else:
            await person.says(way_out)
        assert not stands_in(MARKER, file)
        assert await running.revision(ADDRESS) > 0
        await person.says("меню")
        await running.store.scrub()
        assert not stands_in(MARKER, file)


async def test_what_waits_to_be_sent_is_sent_and_then_gone(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with house(file, sends=True) as running:
        person = Person(running, caplog)
        await person.says("cv")
        await person.presses("cv-begin")
        await person.says(MARKER)
        await person.presses("cv-check")
        running.channel.gate.clear()
        for n, action in enumerate(("cv-send:pdf", "cv-done")):
            await running.tell(arrival(f"late:{n}", ADDRESS, pressed(2000 + n, action)))
        assert running.channel.documents == []
        running.channel.gate.set()
        await running.delivery.settle()
        assert [each.title for each in running.channel.documents] == [MARKER]
        assert not stands_in(MARKER, file)


@pytest.mark.timeout(400)
def test_the_terminal_shows_it_and_no_letter_of_it_is_logged(tmp_path: Path) -> None:
    typed_lines = ["cv", "да", "Жужа Щърбова", "готово", "Изпрати DOCX", "Изпрати PDF", "готово"]
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--files", str(tmp_path)],
        input="\n".join(typed_lines),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Изтрих написаното за CV-то" in done.stdout
    assert "glyph" not in done.stderr.lower()
    assert words_of((tmp_path / "Автобиография.pdf").read_bytes()) == "Жужа Щърбова"
    assert (tmp_path / "Автобиография.docx").exists()


def test_a_draft_is_kept_in_the_talk_as_plain_words() -> None:
    talk = Conversation(cv=CvDraft(written={"name": MARKER}, sent=("pdf",)))
    assert Conversation.model_validate_json(talk.model_dump_json()) == talk
    assert replace(Turn(talk, context(Dial())), quiet=True).conversation.cv == talk.cv
