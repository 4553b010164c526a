"""What a CV is asked for, in which order, and what may stand there of what was typed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dialogs.model import CvDraft
from dialogs.understanding import LEXICONS, read_lexicon
from knowledge.texts import Language

JOBS = 3
"""How many jobs stand on the page: the last ones."""
CATEGORIES = ("AM", "A", "B", "BE", "C", "CE", "D", "Tkt")
"""Driving licences, as they are called on the card."""


@dataclass(frozen=True)
class Question:
    """One thing that is asked for; of a job three things are, each on its own."""

    name: str
    kind: str
    """Which words ask for it: the same ones for each job."""
    longest: int = 0
    """Characters. All answers of this length still are one page."""
    job: int = 0
    """Which job it is about, the last one first; 0 where it is about none."""


def _job(number: int) -> Iterator[Question]:
    if number > 1:
        yield Question(f"job{number}", "another", 80, number)
    yield Question(f"job{number}_as", "job_as", 80, number)
    yield Question(f"job{number}_where", "job_where", 100, number)
    yield Question(f"job{number}_when", "job_when", 40, number)


_ALL = (
    Question("name", "name", 60),
    Question("contact", "contact", 80),
    Question("place", "place", 60),
    Question("work", "work", 100),
    *(question for number in range(1, JOBS + 1) for question in _job(number)),
    Question("education", "education", 160),
    Question("trade", "trade", 200),
    Question("skills", "skills", 250),
    Question("languages", "languages", 120),
    Question("licence", "licence", 60),
    Question("more", "more", 300),
)
QUESTIONS: dict[str, Question] = {question.name: question for question in _ALL}
FIRST = _ALL[0].name
STEPS = tuple(dict.fromkeys("job" if q.job else q.name for q in _ALL))
"""What „въпрос 5 от 11“ counts: all jobs are one."""


def step_of(name: str) -> int:
    """Return the number of the step that a question belongs to."""
    question = QUESTIONS[name]
    return STEPS.index("job" if question.job else name) + 1


# -- which comes next --------------------------------------------------------------------------


def job_parts(number: int) -> tuple[str, ...]:
    """Return the questions about one job: as what, where, when."""
    return tuple(f"job{number}_{part}" for part in ("as", "where", "when"))


def begun(draft: CvDraft, job: int) -> bool:
    """Whether anything of that job is written."""
    return any(part in draft.written for part in job_parts(job))


def following(draft: CvDraft, name: str) -> str:
    """Return the question after this one; empty after the last."""
    question = QUESTIONS[name]
    if question.kind == "job_as":
        return f"job{question.job}_where"
    later = _ALL[_ALL.index(question) + 1 :]
    return next((q.name for q in later if _due(draft, q)), "")


def before(draft: CvDraft, name: str) -> str:
    """Return the question before this one; empty before the first."""
    question = QUESTIONS[name]
    if question.kind == "job_where":
        return f"job{question.job}_as"
    earlier = reversed(_ALL[: _ALL.index(question)])
    return next((q.name for q in earlier if _due(draft, q)), "")


def unwritten(draft: CvDraft) -> str:
    """Return the question to go on with: the one after the last that was answered."""
    written = [q.name for q in _ALL if q.name in draft.written]
    return following(draft, written[-1]) if written else FIRST


def _due(draft: CvDraft, question: Question) -> bool:
    match question.kind:
        case "another":
            return begun(draft, question.job - 1) and not begun(draft, question.job)
        case "job_as":
            return question.job == 1 or begun(draft, question.job)
        case "job_where" | "job_when":
            return begun(draft, question.job)
        case _:
            return True


# -- what is written ---------------------------------------------------------------------------


def with_answer(draft: CvDraft, name: str, text: str) -> CvDraft:
    """Return the draft with that answer, or without one where the text is empty."""
    others = {asked: said for asked, said in draft.written.items() if asked != name}
    return draft.model_copy(update={"written": {**others, name: text} if text else others})


def without_job(draft: CvDraft, job: int) -> CvDraft:
    """Return the draft without that job; the earlier ones move up."""
    written = {n: text for n, text in draft.written.items() if n not in job_parts(job)}
    for number in range(job + 1, JOBS + 1):
        for old, new in zip(job_parts(number), job_parts(number - 1), strict=True):
            if old in written:
                written[new] = written.pop(old)
    return draft.model_copy(update={"written": written})


# -- what was typed ----------------------------------------------------------------------------

_SIGNS = frozenset("–—‘’‚“”„•…№€→ҐґẞȘșȚț")
_RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x400, 0x45F))
"""Latin and Cyrillic letters with their signs: what the type of the page surely has."""
_PICTURES = range(0x1F000, 0x20000)
"""Emoji; new ones are not known to every Python."""


@dataclass(frozen=True)
class Typed:
    """A text as it can stand on the page, and which characters cannot."""

    text: str
    left_out: str = ""


def typed(raw: str) -> Typed:
    """Return what was typed on one line, trimmed, in characters that a page can show."""
    kept, left_out = "", dict[str, None]()
    for sign in unicodedata.normalize("NFC", raw):
        shown = _shown(sign)
        if shown is None:
            left_out[sign] = None
        kept += shown or ""
    return Typed(_one_line(kept), "".join(left_out))


def _shown(sign: str) -> str | None:
    """Return the character as a page shows it; None for one that is missed there."""
    kind = unicodedata.category(sign)
    if sign == "\n" or kind[0] == "Z":
        return "\n" if sign in "\n\u2028\u2029" else " "
    if sign == "\t":
        return " "
    if kind[0] in "CM" and ord(sign) not in _PICTURES:
        # Controls, and marks that only change how others look: of letters nothing is lost.
        return ""
    if _on_the_page(sign):
        return sign
    plain = "".join(c for c in unicodedata.normalize("NFKD", sign) if c.isalnum())
    return plain if plain and all(map(_on_the_page, plain)) else None


def _on_the_page(sign: str) -> bool:
    return sign in _SIGNS or any(low <= ord(sign) <= high for low, high in _RANGES)


def _one_line(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    joined = ""
    for line in filter(None, lines):
        pause = " " if joined.endswith((",", ";", ":", ".", "!", "?")) else ", "
        joined = f"{joined}{pause}{line}" if joined else line
    return joined


Doubt = Literal["", "phone-short", "phone-long", "email", "neither"]
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)*\.[^\W\d_]{2,}")
PHONE = range(6, 16)
"""Digits of a telephone number: a village's without its code, and at most what the world allows."""


def doubt(contact: str) -> Doubt:
    """Return what is odd about a telephone or an e-mail; it is asked about, never refused."""
    words = re.split(r"[\s,;]+", contact)
    emails = [word.strip(".()<>") for word in words if "@" in word]
    if any(not _EMAIL.fullmatch(email) for email in emails):
        return "email"
    rest = " ".join(word for word in words if "@" not in word)
    numbers = [re.sub(r"\D", "", run) for run in re.split(r"[^\d\s()+/.–-]+", _parted(contact))]
    counts = [len(number) for number in numbers if number]
    if any(count > PHONE[-1] for count in counts):
        return "phone-long"
    if any(count < PHONE[0] for count in counts):
        return "phone-short"
    return "" if emails or re.search(r"\d", rest) else "neither"


def _parted(contact: str) -> str:
    """Return the contact without its e-mails, with a letter between two numbers."""
    return re.sub(r"[,;]", "x", re.sub(r"\S*@\S*", "x", contact))


# -- words for it ------------------------------------------------------------------------------


@dataclass(frozen=True)
class CvWords:
    """Words that mean something of their own while a CV is written."""

    nothing: frozenset[str]
    answers: Mapping[str, frozenset[str]]
    """By kind of question: commands elsewhere that are an answer to it."""


@cache
def load_cv_words(language: Language) -> CvWords:
    """Return the words of that language."""
    raw = read_lexicon(LEXICONS / language / "cv.yaml")
    answers: Mapping[str, Iterable[str]] = raw["answers"]
    return CvWords(
        nothing=frozenset(raw["nothing"]),
        answers={kind: frozenset(words) for kind, words in answers.items()},
    )
