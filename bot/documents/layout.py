"""Where what stands on a page: its rows, in the largest type in which all of it is one page."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from bot.documents.typography import NO_BREAK
from dialogs.documents import Document, Line

POINT = 25.4 / 72
"""Millimetres."""
WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP, BOTTOM = 20.0, 18.0, 14.0
ACROSS = WIDTH - 2 * LEFT
CODE = 27.0
"""The side of the square code, with its quiet zone."""
BESIDE = 46.0
"""How wide the words beside the square code are."""
GAP = 5.0
SIZES = (11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5)
"""Points of the body; smaller is hard to read on paper."""
SMALL_SIZES = (7.5, 7.0, 6.5, 6.0)
"""Points of the small print, which gives way only after the body."""
INVITATION = 9.0
LARGEST_FOOT = 70.0
"""Millimetres of small print; what is more is cut."""

WHOLE = 8
"""Rows that are given up so that the last line is whole; a longer line is cut within."""

Style = Literal["title", "lead", "heading", "body", "rest", "foot", "invitation"]
Measure = Callable[[str, bool], float]
"""Returns how wide a text is, bold or not, in the size of the type."""


@dataclass(frozen=True)
class Look:
    """How a style stands to the size of the body."""

    size: float
    above: float
    """Space above the first row, in sizes of the body."""
    bold: bool = False
    leading: float = 1.28


LOOKS: dict[Style, Look] = {
    "title": Look(1.85, 0, bold=True, leading=1.14),
    "lead": Look(1.06, 0.45),
    "heading": Look(1.2, 1.0, bold=True, leading=1.2),
    "body": Look(1, 0.28),
    "rest": Look(1, 0.7, bold=True),
    "foot": Look(1, 0.3),
    "invitation": Look(1, 0, leading=1.22),
}
_INDENTS = {"plain": 0.0, "bullet": 1.05, "number": 1.55, "box": 1.75, "ticked": 1.75}
"""How far the words stand from the mark, in sizes of the body."""


@dataclass(frozen=True)
class Row:
    """One row of type, with the mark that hangs before it."""

    text: str
    style: Style
    size: float
    above: float
    indent: float = 0.0
    mark: str = ""
    """What kind of mark: a text, „box“ or „ticked“; only the first row of a line has one."""

    @property
    def height(self) -> float:
        """Millimetres, with the space above."""
        return self.above + self.size * LOOKS[self.style].leading * POINT


@dataclass(frozen=True)
class Sheet:
    """The whole page: what fits stands in it, and whether something did not."""

    body: tuple[Row, ...]
    foot: tuple[Row, ...]
    invitation: tuple[Row, ...]
    size: float
    band: float
    """How high the foot of the page is, square code and all."""
    has_code: bool
    cut: bool = False

    @property
    def room(self) -> float:
        """Millimetres that the body has."""
        return HEIGHT - TOP - BOTTOM - (self.band + GAP if self.band else 0)

    @property
    def fits(self) -> bool:
        """Whether nothing is left out."""
        return not self.cut and _height(self.body) <= self.room


def laid_out(document: Document, measure: Measure, *, has_code: bool, rest: str) -> Sheet:
    """Return the page in the largest type that holds it; `rest` says that more was to come."""
    sizes = [(size, SMALL_SIZES[0]) for size in SIZES]
    sizes += [(SIZES[-1], small) for small in SMALL_SIZES[1:]]
    sheets = (_sheet(document, measure, *each, has_code=has_code) for each in sizes)
    last = None
    for sheet in sheets:
        if sheet.fits:
            return sheet
        last = sheet
    assert last is not None  # noqa: S101  # there are sizes
    return _cut(last, list(_rows(rest, "rest", SIZES[-1], ACROSS, measure)))


def _sheet(
    document: Document, measure: Measure, size: float, small: float, *, has_code: bool
) -> Sheet:
    invitation = (
        list(_rows(document.invitation, "invitation", INVITATION, BESIDE, measure))
        if has_code
        else []
    )
    beside = CODE + GAP + (BESIDE + GAP if invitation else 0)
    across = ACROSS - beside if has_code else ACROSS
    foot = [row for text in document.foot for row in _rows(text, "foot", small, across, measure)]
    foot[:1] = [replace(row, above=0.0) for row in foot[:1]]
    kept_foot = _within(foot, LARGEST_FOOT)
    kept_invitation = _within(invitation, CODE)
    cut = len(kept_foot) < len(foot) or len(kept_invitation) < len(invitation)
    band = max(_height(kept_foot), CODE if has_code else 0.0)
    body = tuple(_body(document, measure, size))
    return Sheet(body, tuple(kept_foot), tuple(kept_invitation), size, band, has_code, cut)


def _body(document: Document, measure: Measure, size: float) -> Iterator[Row]:
    def rows(text: str, style: Style) -> Iterator[Row]:
        return _rows(text, style, size, ACROSS, measure)

    top = [*rows(document.title, "title"), *rows(document.lead, "lead")]
    yield from top
    number = 0
    for part in document.parts:
        if part.heading:
            yield from rows(part.heading, "heading")
            number = 0
        for line in part.lines:
            number += line.mark == "number"
            yield from _marked(line, number, size, measure)


def _marked(line: Line, number: int, size: float, measure: Measure) -> Iterator[Row]:
    mark = {"bullet": "•", "number": f"{number}.", "plain": ""}.get(line.mark, line.mark)
    indent = _INDENTS[line.mark] * size * POINT
    if line.mark == "number":
        indent = max(indent, (measure(mark, False) + 0.35) * size * POINT)
    rows = _rows(line.text, "body", size, ACROSS - indent, measure)
    for place, row in enumerate(rows):
        yield replace(row, indent=indent, mark="" if place else mark)


def _rows(text: str, style: Style, size: float, across: float, measure: Measure) -> Iterator[Row]:
    look = LOOKS[style]
    above = look.above * size * POINT
    own = size * look.size
    for paragraph in filter(str.strip, text.splitlines()):
        rows = list(
            broken(paragraph, across / (own * POINT), lambda part: measure(part, look.bold))
        )
        for row in _without_a_short_row(rows):
            yield Row(row, style, own, above)
            above = 0.0


def _height(rows: Sequence[Row]) -> float:
    return sum(row.height for row in rows)


def _within(rows: Sequence[Row], most: float) -> list[Row]:
    """Return the rows that are no higher than this; „…“ ends them where more was to come."""
    height, kept = 0.0, list[Row]()
    for row in rows:
        height += row.height
        if height > most:
            return _ended(kept) if kept else []
        kept.append(row)
    return kept


def _cut(sheet: Sheet, rest: list[Row]) -> Sheet:
    """Leave out what does not fit, and say so at the end."""
    room = sheet.room - _height(rest)
    height, kept = 0.0, list[Row]()
    for row in sheet.body:
        height += row.height
        if height > room:
            break
        kept.append(row)
    if len(kept) < len(sheet.body):
        kept = _without_a_torn_line(kept, sheet.body[len(kept)])
    return replace(sheet, body=(*kept, *rest), cut=True)


def _without_a_torn_line(kept: list[Row], following: Row) -> list[Row]:
    """Return the rows up to where a line ends, no heading last."""
    whole = list(kept)
    while whole and not following.above:
        following = whole.pop()
    while whole and whole[-1].style == "heading":
        whole.pop()
    return whole if len(kept) - len(whole) <= WHOLE else _ended(kept)


def _ended(rows: list[Row]) -> list[Row]:
    last = replace(rows[-1], text=f"{rows[-1].text.rstrip('.,;:')}…")
    return [*rows[:-1], last]


# -- where rows end ----------------------------------------------------------------------------

FEW = 8
"""Letters that are too few for a last row."""
_BREAKS = frozenset(NO_BREAK + "/.-–_?&=,;")
"""Where a word that is longer than a row is divided, if it can be."""


def broken(text: str, across: float, measure: Callable[[str], float]) -> Iterator[str]:
    """Yield the text in rows that are no wider than `across`, each at least one character."""
    space = measure(" ")
    row, width = "", 0.0
    for word in text.split(" "):
        wide = measure(word)
        if row and width + space + wide <= across:
            row, width = f"{row} {word}", width + space + wide
            continue
        if row:
            yield row
        while wide > across and len(word) > 1:
            at = _division(word, across, measure)
            yield word[:at].rstrip(NO_BREAK)
            word = word[at:].lstrip(NO_BREAK)  # noqa: PLW2901  # the rest of it
            wide = measure(word)
        row, width = word, wide
    if row:
        yield row


def _without_a_short_row(rows: list[str]) -> list[str]:
    """Give a last row of next to nothing a word of the row before for company."""
    if len(rows) < 2 or len(rows[-1]) > FEW:
        return rows
    before, space, neighbour = rows[-2].rpartition(" ")
    if not space or len(before) < len(rows[-2]) / 2:
        return rows
    return [*rows[:-2], before, f"{neighbour} {rows[-1]}"]


def _division(word: str, across: float, measure: Callable[[str], float]) -> int:
    """Return after how many characters a word that is too long is divided."""
    ends = range(1, len(word))
    fitting = bisect_right(ends, across, key=lambda end: measure(word[:end]))
    at = max(1, fitting)
    good = [
        end
        for end, (before, after) in enumerate(pairwise(word[: at + 1]), start=1)
        if before in _BREAKS or after == NO_BREAK
    ]
    return good[-1] if good and good[-1] > at // 3 else at
