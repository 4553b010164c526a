"""What a DOCX page is dressed in: its few styles and lists, in place of the template's many."""

from typing import Any

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from bot.documents.layout import LOOKS, SMALL_SIZES, Style

FONT = "Calibri"
"""What every office has, or has a font of the same widths for."""
_SIGNS = "Segoe UI Symbol"
_LISTS = {
    "List Bullet": ("bullet", "•", FONT),
    "List Number": ("decimal", "%1.", FONT),
    "Check List": ("bullet", "\N{BALLOT BOX}", _SIGNS),
    "Check List Done": ("bullet", "\N{BALLOT BOX WITH CHECK}", _SIGNS),
}
"""What kind of list each style is, and what stands before its lines, in which font."""
LIST_IDS = {name: number for number, name in enumerate(_LISTS, start=1)}
LINE_STYLES = {
    "plain": "Normal",
    "bullet": "List Bullet",
    "number": "List Number",
    "box": "Check List",
    "ticked": "Check List Done",
}
"""The style of a line by its mark."""
_BUILT_IN = {"Heading 1": "heading 1", "Heading 2": "heading 2", "Footer": "footer"}
"""What a file calls some of the styles that word processors know."""
_HANGING = 380
"""Twentieths of a point that a line stands from its sign."""
_INK, _ACCENT, _QUIET = "161A20", "184C70", "50565E"


def styles(size: float, locale: str) -> Any:
    """Return the styles for a body of so many points."""
    every = (
        _style("Normal", "body", size),
        _style("Heading 1", "title", size, level=0),
        _style("Subtitle", "lead", size, colour=_QUIET),
        _style("Heading 2", "heading", size, level=1, colour=_ACCENT),
        *(_style(name, "body", size, listed=number) for name, number in LIST_IDS.items()),
        _style("Footer", "foot", SMALL_SIZES[0], colour=_QUIET),
    )
    return parse_xml(
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
        f'<w:color w:val="{_INK}"/><w:lang w:val="{locale}"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr></w:style>{''.join(every)}</w:styles>"
    )


def _style(  # noqa: PLR0913  # what a style says
    name: str, like: Style, size: float, *, level: int = -1, colour: str = "", listed: int = 0
) -> str:
    look, normal = LOOKS[like], name == "Normal"
    default = ' w:default="1"' if normal else ""
    based = "" if normal else '<w:basedOn w:val="Normal"/>'
    before = 0 if like == "title" else round(look.above * size * 20)
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{_BUILT_IN.get(name, name)}"/>{based}<w:qFormat/><w:pPr>'
        + ("<w:keepNext/>" if level >= 0 else "")
        + (f'<w:numPr><w:numId w:val="{listed}"/></w:numPr>' if listed else "")
        + f'<w:spacing w:before="{before}" w:after="0"/>'
        + (f'<w:outlineLvl w:val="{level}"/>' if level >= 0 else "")
        + "</w:pPr><w:rPr>"
        + ("<w:b/>" if look.bold else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + f'<w:sz w:val="{round(size * look.size * 2)}"/></w:rPr></w:style>'
    )


def lists(restarts: int) -> Any:
    """Return the lists: one for each style, and so many more that count from one anew."""
    kinds = "".join(_list(number, *_LISTS[name]) for name, number in LIST_IDS.items())
    plain = "".join(_used(number, number) for number in LIST_IDS.values())
    numbers = LIST_IDS["List Number"]
    anew = "".join(_used(anew_id(n), numbers, anew=True) for n in range(restarts))
    return parse_xml(f"<w:numbering {nsdecls('w')}>{kinds}{plain}{anew}</w:numbering>")


def anew_id(place: int) -> int:
    """Return the id of the numbered list that is the place-th to begin anew."""
    return len(LIST_IDS) + 1 + place


def _list(number: int, kind: str, sign: str, font: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{_HANGING}" w:hanging="{_HANGING}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}" w:eastAsia="{font}"/>'
        "</w:rPr></w:lvl></w:abstractNum>"
    )


def _used(number: int, kind: int, *, anew: bool = False) -> str:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if anew else ""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{start}</w:num>'
