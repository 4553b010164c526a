"""A page as PDF: one sheet of A4, its type embedded, nothing of the person in its metadata."""

from collections.abc import Sequence

from fpdf import FPDF, ViewerPreferences
from fpdf.output import OutputProducer, PDFInfo

from bot.documents import layout
from bot.documents.fonts import FAMILY, the_type
from bot.documents.layout import LOOKS, POINT, Row, Sheet
from bot.documents.square_code import QUIET as QUIET_ZONE
from bot.documents.square_code import modules
from dialogs.documents import Document

INK = (22, 26, 32)
QUIET = {"lead": (62, 68, 76), "foot": (80, 86, 94)}
ACCENT = (24, 76, 112)
"""Dark enough for a printer without colours."""
HAIR = 0.25
STROKE = 0.35


def pdf_of(document: Document, sheet: Sheet, *, locale: str, link: str, title: str = "") -> bytes:
    """Return the page that is laid out; without a link it has no square code.

    A window shows `title` for it, where that is not to be the title on the page.
    """
    pdf = _Page(orientation="portrait", unit="mm", format="A4")
    pdf.set_title(title or document.title or document.name)
    pdf.set_lang(locale)
    pdf.set_producer("")
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    pdf.set_auto_page_break(auto=False)
    pdf.c_margin = 0
    pdf.set_text_shaping(language=document.language)
    pdf.add_font(FAMILY, "", the_type().regular.file)
    pdf.add_font(FAMILY, "B", the_type().bold.file)
    pdf.add_page()
    _draw(pdf, sheet, link)
    return bytes(pdf.output(output_producer_class=_Undated))


class _Page(FPDF):
    def file_id(self) -> None:
        """Return no identifier: the library's own is made of the time."""


class _Undated(OutputProducer):
    """The same page is the same bytes, and does not tell when somebody made it."""

    def _add_info(self) -> PDFInfo:
        info = super()._add_info()
        info.creation_date = None  # type: ignore[assignment]  # left out then, as an author is
        return info


def _draw(pdf: FPDF, sheet: Sheet, link: str) -> None:
    _rows(pdf, sheet.body, layout.LEFT, layout.TOP)
    if not sheet.band:
        return
    top = layout.HEIGHT - layout.BOTTOM - sheet.band
    pdf.set_draw_color(190, 194, 200)
    pdf.set_line_width(HAIR)
    pdf.line(layout.LEFT, top - layout.GAP / 2, layout.WIDTH - layout.LEFT, top - layout.GAP / 2)
    _rows(pdf, sheet.foot, layout.LEFT, top)
    if sheet.has_code:
        left = layout.WIDTH - layout.LEFT - layout.CODE
        code_top = layout.HEIGHT - layout.BOTTOM - layout.CODE
        # The white around it may stand in the margin: what is dark ends where the text does.
        white = layout.CODE * QUIET_ZONE / len(modules(link))
        _square_code(pdf, link, left + white, code_top + white)
        height = sum(row.height for row in sheet.invitation)
        beside = left - layout.GAP - layout.BESIDE
        _rows(pdf, sheet.invitation, beside, code_top + (layout.CODE - height) / 2, right=True)


def _rows(pdf: FPDF, rows: Sequence[Row], left: float, top: float, *, right: bool = False) -> None:
    for place, row in enumerate(rows):
        # No space above what the page or its foot begins with.
        top += row.above if place else 0
        height = row.height - row.above
        look = LOOKS[row.style]
        pdf.set_font(FAMILY, "B" if look.bold else "", row.size)
        pdf.set_text_color(ACCENT if row.style == "heading" else QUIET.get(row.style, INK))
        if row.mark in ("box", "ticked"):
            _box(pdf, row, left, top)
        elif row.mark:
            pdf.set_xy(left, top)
            pdf.cell(row.indent, height, row.mark)
        pdf.set_xy(left + row.indent, top)
        pdf.cell(layout.BESIDE if right else 0, height, row.text, align="R" if right else "L")
        top += height


def _box(pdf: FPDF, row: Row, left: float, top: float) -> None:
    """Draw a square as high as a capital letter and a bit, whatever font there is."""
    em = row.size * POINT
    side = 0.8 * em
    above = top + (row.height - row.above - side) / 2 - 0.02 * em
    pdf.set_draw_color(INK)
    pdf.set_line_width(STROKE)
    pdf.rect(left, above, side, side)
    if row.mark == "ticked":
        pdf.set_line_width(STROKE * 1.8)
        points = ((0.2, 0.52), (0.42, 0.76), (0.84, 0.16))
        pdf.polyline([(left + x * side, above + y * side) for x, y in points])


def _square_code(pdf: FPDF, link: str, left: float, top: float) -> None:
    rows = modules(link)
    side = layout.CODE / len(rows)
    pdf.set_fill_color(0, 0, 0)
    for down, row in enumerate(rows):
        for first, last in _runs(row):
            # A hair wider, so that no printer leaves a gap between two rows.
            pdf.rect(
                left + first * side,
                top + down * side,
                (last - first) * side,
                side + 0.02,
                style="F",
            )
    pdf.link(left, top, layout.CODE, layout.CODE, link)


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Return where dark begins and ends in a row."""
    edges = [place for place in range(1, len(row)) if row[place] != row[place - 1]]
    return list(zip(edges[::2], edges[1::2], strict=True))
