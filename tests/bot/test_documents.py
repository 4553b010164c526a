"""Any page becomes one sheet that can be read, and a file that can be written on in."""

import hashlib
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import docx as word_files
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import LINK, REALISTIC, words_of
from pypdf import PdfReader

from bot.documents import file_of, name_of
from bot.documents.files import prepared
from bot.documents.fonts import measure_in
from bot.documents.layout import ACROSS, BOTTOM, HEIGHT, POINT, SIZES, TOP, broken, laid_out
from bot.documents.typography import typeset
from dialogs.documents import Document, Line, Part
from dialogs.texts import load_texts

WORDS = load_texts()["bg"]
REST = WORDS("document-cut")
TEXTS = st.text(
    st.sampled_from("абвжщ ъьюя АБ abc .,–-„“\n0123😀/") | st.characters(), max_size=300
)
LINES = st.builds(
    Line,
    text=TEXTS | st.text("дума ", max_size=6000),
    mark=st.sampled_from(["plain", "bullet", "number", "box", "ticked"]),
)
PARTS = st.builds(Part, heading=TEXTS, lines=st.lists(LINES, max_size=12).map(tuple))
DOCUMENTS = st.builds(
    Document,
    form=st.sampled_from(["pdf", "docx"]),
    language=st.sampled_from(["bg", "en"]),
    name=TEXTS,
    title=TEXTS,
    lead=TEXTS,
    parts=st.lists(PARTS, max_size=8).map(tuple),
    foot=st.lists(TEXTS, max_size=6).map(tuple),
    payload=st.just("plan"),
    invitation=TEXTS,
)


def with_lines(*texts: str, foot: tuple[str, ...] = ()) -> Document:
    lines = tuple(Line(text=text, mark="bullet") for text in texts)
    part = Part(heading="Част", lines=lines)
    return REALISTIC.model_copy(update={"parts": (part,), "foot": foot})


def sheet_of(document: Document, link: str = LINK):
    measure = measure_in(document.language)
    return laid_out(prepared(document), measure, has_code=bool(link), rest=REST)


# -- any page ----------------------------------------------------------------------------------


@settings(max_examples=40)
@given(DOCUMENTS, st.sampled_from(["", LINK]))
def test_any_page_is_one_file_that_can_be_read(document: Document, link: str) -> None:
    file = file_of(document, WORDS, link)
    assert file.name.endswith(f".{document.form}")
    assert not set(file.name) & set('/\\:*?"<>|\0\n')
    if document.form == "docx":
        word_files.Document(io.BytesIO(file.content))
        return
    reader = PdfReader(io.BytesIO(file.content), strict=True)
    [page] = reader.pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    fonts = page["/Resources"].get("/Font", {})
    for font in fonts.values():
        [descendant] = font.get_object()["/DescendantFonts"]
        assert "/FontFile2" in descendant.get_object()["/FontDescriptor"]
    words = words_of(file.content)
    sheet = sheet_of(document, link)
    for row in sheet.body[:20]:
        assert " ".join(row.text.replace("\xa0", " ").split()) in words


@settings(max_examples=60)
@given(DOCUMENTS, st.sampled_from(["", LINK]))
def test_nothing_stands_outside_the_margins(document: Document, link: str) -> None:
    sheet, measure = sheet_of(document, link), measure_in(document.language)
    height = sum(row.height for row in sheet.body)
    assert height <= HEIGHT - TOP - BOTTOM - sheet.band + 0.01
    for row in (*sheet.body, *sheet.foot):
        bold = row.style in ("title", "heading", "rest")
        wide = measure(row.text, bold) * row.size * POINT
        # A sum of words may be a hair narrower than the row; a single letter may be wider.
        assert row.indent + wide <= ACROSS + 2 or len(row.text) <= 2
    assert sheet.size in SIZES
    assert all(row.size >= 6 for row in sheet.foot)


@given(st.text("абв -/1\xa0", max_size=60), st.integers(1, 20))
def test_rows_lose_nothing_but_spaces_and_fit(text: str, across: int) -> None:
    rows = list(broken(text, across, len))
    assert all(len(row) <= across for row in rows)
    assert re.sub(r"\s", "", "".join(rows)) == re.sub(r"\s", "", text)


# -- how it gives way --------------------------------------------------------------------------


def test_a_short_page_is_in_the_largest_type() -> None:
    sheet = sheet_of(REALISTIC)
    assert (sheet.size, sheet.cut) == (SIZES[0], False)


def test_a_longer_page_shrinks_first_its_body_then_its_small_print() -> None:
    foot = ("Дребен текст с основания и дати. " * 30,)
    seen = []
    for count in range(1, 60):
        sheet = sheet_of(with_lines(*["Една мярка с подробности. " * 4] * count, foot=foot))
        seen.append((sheet.size, sheet.foot[0].size, sheet.cut))
    bodies = [body for body, _, _ in seen]
    assert bodies == sorted(bodies, reverse=True)
    assert set(bodies) == set(SIZES)
    assert all(foot == 7.5 for body, foot, _ in seen if body > SIZES[-1])
    assert {foot for body, foot, _ in seen if body == SIZES[-1]} > {7.5, 6.0}
    assert all(foot == 6.0 for _, foot, cut in seen if cut)
    assert seen[-1][2]


def test_what_does_not_fit_is_said_at_the_end_and_no_line_is_torn() -> None:
    lines = [f"Мярка {n}: {'подробности за нея ' * 8}край{n}." for n in range(80)]
    words = words_of(file_of(with_lines(*lines), WORDS, LINK).content)
    assert REST in words
    shown = [n for n in range(80) if f"Мярка {n}:" in words]
    assert shown == list(range(len(shown)))
    assert 5 < len(shown) < 80
    assert all(f"край{n}." in words for n in shown)


def test_one_endless_line_is_cut_within() -> None:
    words = words_of(file_of(with_lines("дума " * 4000), WORDS, LINK).content)
    assert words.count("дума") > 300
    assert "дума…" in words
    assert REST in words


def test_an_endless_foot_leaves_room_for_the_page() -> None:
    document = with_lines("важно", foot=("основание " * 3000,))
    words = words_of(file_of(document, WORDS, LINK).content)
    assert "важно" in words
    assert REST in words


def test_no_heading_stands_alone_above_the_last_line() -> None:
    for count in range(30, 60):
        parts = tuple(Part(heading=f"Част {n}", lines=(Line(text="ред"),)) for n in range(count))
        body = sheet_of(REALISTIC.model_copy(update={"parts": parts})).body
        styles = [row.style for row in body]
        assert "heading" not in (styles[-1], styles[-2] if styles[-1] == "rest" else "")


def test_a_short_word_has_company_in_the_last_row() -> None:
    measure = measure_in("bg")
    for length in range(40, 80):
        document = with_lines(" ".join(["слово"] * length))
        rows = [row.text for row in laid_out(document, measure, has_code=False, rest="").body]
        assert " " in rows[-1] or len(rows) == 3


# -- what it says ------------------------------------------------------------------------------


def test_a_page_says_everything_in_order() -> None:
    words = words_of(file_of(REALISTIC, WORDS, LINK).content)
    said = [REALISTIC.title, REALISTIC.lead]
    for part in REALISTIC.parts:
        said += [part.heading.removeprefix("⏰ "), *(line.text for line in part.lines)]
    said += [*REALISTIC.foot, REALISTIC.invitation]
    at = [words.find(typeset(each, "bg").replace("\xa0", " ")) for each in filter(None, said)]
    assert -1 not in at
    assert at == sorted(at)
    # Numbers go on under a part that has no heading of its own.
    assert "3. Стажуване" in words


def test_without_a_link_there_is_no_code_and_nothing_beside_it() -> None:
    for form in ("pdf", "docx"):
        file = file_of(REALISTIC.model_copy(update={"form": form}), WORDS)
        if form == "pdf":
            [page] = PdfReader(io.BytesIO(file.content)).pages
            assert REALISTIC.invitation not in words_of(file.content)
            assert "/Annots" not in page
        else:
            assert not [
                n for n in zipfile.ZipFile(io.BytesIO(file.content)).namelist() if "media" in n
            ]


def test_the_code_is_where_it_always_is_and_leads_to_the_talk() -> None:
    places = set()
    for document in (REALISTIC, with_lines(*["дълъг ред " * 30] * 50)):
        [page] = PdfReader(io.BytesIO(file_of(document, WORDS, LINK).content)).pages
        [link] = page["/Annots"]
        assert link.get_object()["/A"]["/URI"] == LINK
        places.add(tuple(float(side) for side in link.get_object()["/Rect"]))
    assert len(places) == 1


def test_metadata_names_the_page_and_nobody() -> None:
    content = file_of(REALISTIC, WORDS, LINK).content
    reader = PdfReader(io.BytesIO(content))
    assert dict(reader.metadata or {}) == {"/Title": REALISTIC.title}
    assert reader.root_object["/Lang"] == "bg-BG"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.xmp_metadata is None
    english = file_of(REALISTIC.model_copy(update={"language": "en"}), WORDS, LINK).content
    assert PdfReader(io.BytesIO(english)).root_object["/Lang"] == "en-GB"


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_same_page_is_the_same_bytes(form: str) -> None:
    document = REALISTIC.model_copy(update={"form": form})
    marks = {hashlib.sha256(file_of(document, WORDS, LINK).content).digest() for _ in range(3)}
    assert len(marks) == 1


def test_bulgarian_forms_are_of_bulgarian_pages_only() -> None:
    def glyphs(language: str) -> bytes:
        document = Document(form="pdf", language=language, name="x", title="вгджзийклптцшщюя")  # type: ignore[arg-type]
        [page] = PdfReader(io.BytesIO(file_of(document, WORDS).content)).pages
        [font] = [f.get_object() for f in page["/Resources"]["/Font"].values()]
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        return descriptor["/FontFile2"].get_data()

    assert glyphs("bg") != glyphs("en")


# -- DOCX --------------------------------------------------------------------------------------


def docx(link: str = LINK, **changed: object):
    document = REALISTIC.model_copy(update={"form": "docx", **changed})
    content = file_of(document, WORDS, link).content
    return word_files.Document(io.BytesIO(content)), zipfile.ZipFile(io.BytesIO(content))


def test_a_docx_says_the_same_in_real_styles() -> None:
    word, _ = docx()
    found = [(p.style.name, p.text.replace("\xa0", " ")) for p in word.paragraphs]
    assert found == [
        ("Heading 1", REALISTIC.title),
        ("Subtitle", REALISTIC.lead),
        ("Heading 2", "Първо сроковете"),
        ("Check List", "Регистрация – най-късно на 4 декември 2026 г."),
        ("Check List Done", "Лична карта с адрес в общината"),
        ("Heading 2", "Мерки, които вероятно подхождат"),
        ("List Number", "„Заетост над 55“ (чл. 55а ЗНЗ): до 1 077 лв."),
        ("List Number", "Обучение: ваучер до 500 €."),
        ("List Number", "Стажуване – попитайте в бюрото."),
        ("Heading 2", "Какво да носите"),
        ("List Bullet", "диплома;"),
        ("Normal", "Бюрото е на бул. „Христо Ботев“ 136."),
    ]
    cells = [c.text.replace("\xa0", " ") for c in word.sections[0].footer.tables[0].rows[0].cells]
    assert cells == [REALISTIC.foot[0], REALISTIC.invitation, ""]
    table = word.sections[0].footer.tables[0]
    assert [c.width for c in table.columns] == [c.width for c in table.rows[0].cells]
    assert sum(c.width.mm for c in table.columns) == pytest.approx(170, abs=0.2)


def test_a_docx_without_a_code_has_its_small_print_all_the_same() -> None:
    word, _ = docx(link="")
    assert [p.text.replace("\xa0", " ") for p in word.sections[0].footer.paragraphs] == [
        REALISTIC.foot[0]
    ]


def test_each_numbered_part_counts_from_one_and_one_without_a_heading_goes_on() -> None:
    lines = tuple(Line(text=f"ред {n}", mark="number") for n in range(2))
    parts = (Part(heading="А", lines=lines), Part(lines=lines), Part(heading="Б", lines=lines))
    word, packed = docx(parts=parts)
    ids = [
        p._p.pPr.numPr.numId.val  # noqa: SLF001
        for p in word.paragraphs
        if p.style.name == "List Number"
    ]
    assert ids[0] == ids[1] == ids[2] == ids[3] != ids[4] == ids[5]
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    numbering = ET.fromstring(packed.read("word/numbering.xml"))  # noqa: S314
    used = {n.get(f"{w}numId"): n for n in numbering.iter(f"{w}num")}
    assert all(used[str(each)].find(f"{w}lvlOverride") is not None for each in ids)


def test_a_docx_is_a4_and_speaks_its_language() -> None:
    word, packed = docx()
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert round(section.left_margin.mm) == 20
    document = packed.read("word/document.xml").decode() + packed.read("word/footer1.xml").decode()
    runs = re.findall(r"<w:r>(.*?)</w:r>", document)
    assert len(runs) > 10
    assert all('<w:lang w:val="bg-BG"/>' in run or "<w:drawing>" in run for run in runs)


def test_a_docx_names_nobody_and_brings_nothing_along() -> None:
    word, packed = docx()
    properties = word.core_properties
    assert (properties.title, properties.language) == (REALISTIC.title, "bg-BG")
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert sorted(packed.namelist()) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/_rels/footer1.xml.rels",
        "word/document.xml",
        "word/footer1.xml",
        "word/media/image1.png",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme/theme1.xml",
    ]
    everything = b"".join(packed.read(name) for name in packed.namelist())
    assert b"python-docx" not in everything
    assert b"dcterms" not in packed.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")


# -- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("План за работа", "План за работа.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ('a"b\r\nc', "a b c.pdf"),
        ("CV (2)", "CV (2).pdf"),
        ("...", "posoka.pdf"),
        ("д" * 200, "д" * 60 + ".pdf"),
    ],
)
def test_a_file_is_called_what_every_disk_takes(said: str, called: str) -> None:
    assert name_of(REALISTIC.model_copy(update={"name": said})) == called
