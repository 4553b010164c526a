"""Real files of each kind that may be sent, and some that only say so; made here, no one's."""

import io
import zipfile
from typing import Any

from docx import Document
from fpdf import FPDF
from PIL import Image

MARKER = "болест-която-никой-не-бива-да-види"
PLACE = "43.2100"
"""The latitude that a phone writes into a photo."""
ODT = "application/vnd.oasis.opendocument.text"


def pdf(words: str = "marker-8f2c") -> bytes:
    page = FPDF()
    page.set_compression(False)
    page.add_page()
    page.set_font("helvetica", size=14)
    page.cell(text=words)
    return bytes(page.output())


def photo(size: tuple[int, int] = (64, 48), form: str = "JPEG", **more: Any) -> bytes:
    """A picture as a phone makes it: with the place, the camera and a comment in it."""
    exif = Image.Exif()
    exif[0x010E] = f"camera {PLACE}"
    exif.get_ifd(0x8825)[2] = (43.0, 12.0, 36.0)
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", size, "#3366aa").save(out, form, exif=exif, **more)
    return out.getvalue()


def docx(words: str = "Здравейте") -> bytes:
    out, page = io.BytesIO(), Document()
    page.add_paragraph(words)
    page.save(out)
    return out.getvalue()


def odt() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr("content.xml", "<office:document-content/>")
    return out.getvalue()


def doc() -> bytes:
    table = "WordDocument".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + table + bytes(512)


def with_macros() -> bytes:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
    return out.getvalue()


ALLOWED = {
    "снимка.jpg": photo(),
    "Снимка 2.JPEG": photo(),
    "екран.png": photo(form="PNG"),
    "писмо.pdf": pdf(),
    "Молба.docx": docx(),
    "стар.doc": doc(),
    "бележка.odt": odt(),
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00" + bytes(60) + b"This program cannot be run in DOS mode."
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
REFUSED = {
    "page.pdf": HTML,
    "page.html": HTML,
    "drawing.svg": SVG,
    "drawing.png": SVG,
    "setup.exe": EXE,
    "setup.pdf": EXE,
    "setup.pdf.exe": pdf(),
    "macros.docx": with_macros(),
    "archive.docx": odt(),
    "sheet.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "words.txt": "здравей".encode(),
    "no ending": pdf(),
    "cut.jpg": photo()[:40],
    "broken.docx": docx()[:200],
    "bomb.png": photo((9000, 9000), "PNG"),
}
