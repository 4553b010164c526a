"""A CV as a page: what was typed, in the usual order, and nothing else about the person."""

import re
from collections.abc import Iterator
from typing import Literal

from dialogs.documents import Document, Line, Part
from dialogs.flows.cv_questions import CATEGORIES, JOBS, job_parts
from dialogs.texts import capitals
from dialogs.turn import Turn

Form = Literal["pdf", "docx"]
FORMS: tuple[Form, ...] = ("pdf", "docx")
BETWEEN = " · "
"""Stands between the parts of the contact line."""
_PAUSES = re.compile(r"\s*[,;]\s+")
_YEARS = re.compile(r"(?<=\b\d{4})\s*[-–—]\s*(?=\d{4}\b)")
AFTER_THE_JOBS = ("education", "trade", "skills", "languages", "licence", "more")


def page_of(turn: Turn, form: Form) -> Document:
    """Return the page; nothing stands on it that was not typed or chosen for it."""
    written = turn.conversation.cv.written
    contact = (written.get("place", ""), _PAUSES.sub(BETWEEN, written.get("contact", "")))
    return Document(
        form=form,
        language=turn.language,
        name=turn.text("cv-file-name"),
        title=written.get("name") or turn.text("cv-page-title"),
        lead=BETWEEN.join(filter(None, contact)),
        parts=tuple(_parts(turn)),
    )


def _parts(turn: Turn) -> Iterator[Part]:
    yield from _part(turn, "work")
    jobs = tuple(filter(None, (job_line(turn, n) for n in range(1, JOBS + 1))))
    if jobs:
        lines = tuple(Line(text=_capital(turn, job), mark="bullet") for job in jobs)
        yield Part(heading=turn.text("cv-heading-job"), lines=lines)
    for name in AFTER_THE_JOBS:
        yield from _part(turn, name)


def _part(turn: Turn, name: str) -> Iterator[Part]:
    said = turn.conversation.cv.written.get(name)
    if said:
        said = _licence(turn, said) if name == "licence" else said
        yield Part(
            heading=turn.text(f"cv-heading-{name}"), lines=(Line(text=_capital(turn, said)),)
        )


def job_line(turn: Turn, number: int) -> str:
    """Return „готвач, ресторант „Дунав“ (2015 – 2024)“, or of it what is written."""
    what, where, when = (turn.conversation.cv.written.get(p, "") for p in job_parts(number))
    when = _YEARS.sub(" – ", when)
    job = ", ".join(filter(None, (what.rstrip(" ,.;"), where.rstrip(" ,.;"))))
    return f"{job} ({when})" if job and when else job or when


def _licence(turn: Turn, said: str) -> str:
    """Return „Категория B, C“ where nothing but categories was chosen."""
    known = {turn.text("cv-category", code=code) for code in CATEGORIES}
    chosen = said.split(", ")
    return turn.text("cv-page-licence", categories=said) if known.issuperset(chosen) else said


def _capital(turn: Turn, text: str) -> str:
    first = capitals(text[:1], turn.language)
    return first + text[1:] if len(first) == 1 else text  # „ß“ has two capitals
