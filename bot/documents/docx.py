"""A page as DOCX, to go on writing in: real styles and lists, nothing of a person around it."""

import io
import zipfile
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from bot.documents import docx_styles, layout
from bot.documents.square_code import picture
from dialogs.documents import Document, Part

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The only date in the file: the same page is the same bytes, and tells nobody when it was made."""
_KEPT = ("styles", "settings", "theme", "numbering", "footer", "officeDocument", "core-properties")
"""The parts of the library's template that are of use."""


def docx_of(document: Document, size: float, *, locale: str, link: str) -> bytes:
    """Return the page with a body of so many points; its texts are set already."""
    word = docx.Document()
    _bare(word)
    _replace(word.styles.element, docx_styles.styles(size, locale))
    _replace(word.part.numbering_part.element, docx_styles.lists(len(document.parts)))
    _name(word, document, locale)
    _add(word, "Heading 1", document.title, locale)
    _add(word, "Subtitle", document.lead, locale)
    for place, part in enumerate(document.parts):
        _part(word, part, docx_styles.anew_id(_headed(document, place)), locale)
    if document.foot or link:
        _foot(word, document, link, locale)
    return _packed(word)


def _bare(word: Word) -> None:
    """Leave out what the template brings along: a thumbnail, hundreds of styles, dates, names."""
    for rels in (word.part.rels, word.part.package.rels):
        for name in [n for n, rel in rels.items() if not rel.reltype.endswith(_KEPT)]:
            del rels[name]
    settings = word.settings.element
    for child in list(settings):
        if child.tag.endswith(("}rsids", "}docId", "}savePreviewPicture", "}themeFontLang")):
            settings.remove(child)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(layout.WIDTH), Mm(layout.HEIGHT)
    section.left_margin = section.right_margin = Mm(layout.LEFT)
    section.top_margin, section.bottom_margin = Mm(layout.TOP), Mm(layout.BOTTOM)
    section.footer_distance = Mm(layout.BOTTOM)


def _name(word: Word, document: Document, locale: str) -> None:
    properties = word.core_properties
    element: Any = properties._element  # noqa: SLF001  # the library can only set, not leave out
    for child in list(element):
        element.remove(child)
    properties.title = (document.title or document.name)[:255]
    properties.language = locale


def _replace(element: Any, other: Any) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(list(other))


def _headed(document: Document, place: int) -> int:
    """Return the part with a heading that this one belongs to: its numbers go on from there."""
    return max((n for n in range(place + 1) if document.parts[n].heading), default=0)


def _part(word: Word, part: Part, numbers: int, locale: str) -> None:
    _add(word, "Heading 2", part.heading, locale)
    for line in part.lines:
        paragraph = _add(word, docx_styles.LINE_STYLES[line.mark], line.text, locale)
        if line.mark == "number" and paragraph is not None:
            _of_list(paragraph, numbers)


def _of_list(paragraph: Paragraph, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def _add(container: Any, style: str, text: str, locale: str) -> Paragraph | None:
    """Add a paragraph in words of that language, if there are any."""
    if not text:
        return None
    paragraph: Paragraph = container.add_paragraph(style=style)
    _say(paragraph, text, locale)
    return paragraph


def _say(paragraph: Paragraph, text: str, locale: str) -> None:
    run = paragraph.add_run(text)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), locale)
    run._r.get_or_add_rPr().append(spoken)  # noqa: SLF001  # the library knows no languages


def _foot(word: Word, document: Document, link: str, locale: str) -> None:
    """Put the small print into the foot of the page, and the square code beside it."""
    footer = word.sections[0].footer
    empty = footer.paragraphs[0]._p  # noqa: SLF001
    if not link:
        for text in document.foot:
            _add(footer, "Footer", text, locale)
        empty.getparent().remove(empty)
        return
    beside = layout.CODE + layout.GAP
    widths = (layout.ACROSS - beside - layout.BESIDE, layout.BESIDE, beside)
    table = footer.add_table(1, 3, Mm(layout.ACROSS))
    table.autofit = False
    small, invitation, code = table.rows[0].cells
    for column, width in zip(table.columns, widths, strict=True):
        column.width = column.cells[0].width = Mm(width)
    for place, text in enumerate(document.foot):
        _say(_paragraph(small, place), text, locale)
    invitation.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    asked = _paragraph(invitation, 0, "Normal")
    asked.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _say(asked, document.invitation, locale)
    shown = _paragraph(code, 0)
    shown.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    image = shown.add_run().add_picture(io.BytesIO(picture(link)), width=Mm(layout.CODE))
    image._inline.docPr.set("descr", link)  # noqa: SLF001  # for those who do not see it
    # A table must be followed by a paragraph; this one takes no room.
    empty.getparent().append(empty)
    footer.paragraphs[-1].paragraph_format.line_spacing = Mm(0.4)


def _paragraph(cell: Any, place: int, style: str = "Footer") -> Paragraph:
    paragraph: Paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
    paragraph.style = style
    return paragraph


def _packed(word: Word) -> bytes:
    """Return the file's bytes, each part with the same date."""
    saved, packed = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w") as fixed:
        for part in parts.infolist():
            dated = zipfile.ZipInfo(part.filename, EPOCH)
            fixed.writestr(dated, parts.read(part), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
