"""A page to keep or to print, by what stands on it; `bot` makes a file of it as it is sent."""

from typing import Literal

from knowledge.texts import Frozen, Language


class Line(Frozen):
    """One line of a page; `box` is to be ticked with a pen, `ticked` is done."""

    text: str
    mark: Literal["plain", "bullet", "number", "box", "ticked"] = "plain"


class Part(Frozen):
    """Lines under a heading; a part without one goes on with the part before it."""

    heading: str = ""
    lines: tuple[Line, ...] = ()


class Document(Frozen):
    """One page, A4, with a way back to the talk where `payload` says how it is opened."""

    form: Literal["pdf", "docx"]
    language: Language
    name: str
    """What the file is called, without its ending; it says nothing about the person."""
    title: str
    lead: str = ""
    parts: tuple[Part, ...] = ()
    foot: tuple[str, ...] = ()
    """Small print: who says so, and when it was read."""
    payload: str = ""
    """What the talk is opened with by the square code; empty for a page without one."""
    invitation: str = ""
    """What stands beside the square code."""
