"""From a page by what stands on it to a file with a name and a type."""

import re
import unicodedata
from dataclasses import dataclass

from bot.documents.docx import docx_of
from bot.documents.fonts import measure_in, the_type
from bot.documents.layout import laid_out
from bot.documents.pdf import pdf_of
from bot.documents.typography import printable, typeset
from dialogs.documents import Document, Line, Part
from dialogs.texts import Texts

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
LOCALES = {"bg": "bg-BG", "en": "en-GB", "uk": "uk-UA", "tr": "tr-TR"}
LONGEST_NAME = 60


@dataclass(frozen=True)
class File:
    """A file as it is sent."""

    name: str
    content_type: str
    content: bytes


def name_of(document: Document) -> str:
    """Return what the file is called, in letters that every disk takes."""
    name = unicodedata.normalize("NFC", document.name)
    name = re.sub(r"[^\w ().,–-]+", " ", name)
    name = re.sub(r"\s+", " ", name).strip(" .")[:LONGEST_NAME].strip(" .")
    return f"{name or 'posoka'}.{document.form}"


def file_of(document: Document, words: Texts, link: str = "", *, title: str = "") -> File:
    """Return the file; the square code leads to `link`, and there is none without it.

    A window that shows a PDF is called `title`; where that is empty, as the page.

    It takes a noticeable part of a second: away from the loop that everybody waits for.
    """
    page = prepared(document if link else document.model_copy(update={"invitation": ""}))
    locale = LOCALES.get(document.language, document.language)
    rest = _text(words("document-cut"), document.language)
    sheet = laid_out(page, measure_in(document.language), has_code=bool(link), rest=rest)
    if document.form == "pdf":
        content = pdf_of(page, sheet, locale=locale, link=link, title=title)
    else:
        content = docx_of(page, sheet.size, locale=locale, link=link)
    return File(name_of(document), CONTENT_TYPES[document.form], content)


def prepared(document: Document) -> Document:
    """Return the page with all its texts as they are printed; what is empty then is left out."""

    def text(raw: str) -> str:
        return _text(raw, document.language)

    parts = (
        Part(
            heading=" ".join(text(part.heading).split("\n")),
            lines=tuple(
                Line(text=set_text, mark=line.mark)
                for line in part.lines
                if (set_text := text(line.text))
            ),
        )
        for part in document.parts
    )
    return document.model_copy(
        update={
            "name": text(document.name),
            "title": " ".join(text(document.title).split("\n")),
            "lead": text(document.lead),
            "parts": tuple(part for part in parts if part.heading or part.lines),
            "foot": tuple(filter(None, map(text, document.foot))),
            "invitation": text(document.invitation),
        }
    )


def _text(raw: str, language: str) -> str:
    return typeset(printable(raw, the_type().has), language)
