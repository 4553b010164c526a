"""What is said of corrections at a desk, and a correction that a librarian writes in one line."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dialogs.desk_texts.shelf import tokens
from dialogs.flows.hours import in_words
from dialogs.model import Conversation
from dialogs.screens import written_day
from dialogs.texts import Texts
from dialogs.turn import Context, Turn
from dialogs.typed_days import day_in, day_of
from dialogs.typed_hours import typed_hours
from dialogs.understanding import LEXICONS, lowered, read_lexicon
from knowledge.base import KnowledgeBase
from knowledge.corrections import (
    CHOICES,
    DAYS,
    FIELDS,
    IN_TWO_LANGUAGES,
    REMARK,
    Correction,
    Fault,
    Kind,
    entry,
)
from knowledge.directory_search import Hit, search
from knowledge.field_sources import FieldSource
from knowledge.measure_sheets import IDS
from knowledge.opening_hours import HoursError, OpeningHours
from knowledge.places import Place

COMMAND = "поправка"
MOST_NAMED = 6
"""Places of one name that are listed to choose from."""


# -- words ---------------------------------------------------------------------------------------


def label(t: Texts, field: str) -> str:
    """Return what a field is called."""
    return t("correction-field", field=field)


def value_words(t: Texts, field: str, value: str) -> str:
    """Return a value as people read it."""
    if not value:
        return t("directory-nothing")
    if field in CHOICES:
        return t("correction-choice", choice=value)
    return written_day(value) if field in DAYS else value


def value_said(context: Context, field: str, value: str) -> str:
    """Return a value as people read it elsewhere: hours too in words."""
    if field == "opening_hours" and value:
        try:
            hours = OpeningHours.parse(value)
        except HoursError:
            return value
        return in_words(Turn(Conversation(language="bg"), context), hours)
    return value_words(context.texts["bg"], field, value)


def who_says(t: Texts, sources: Iterable[str], day: dt.date) -> str:
    """Return who says a value, and on which day it was checked."""
    model = FieldSource(field="any", checked_on=day, source=".")
    named = [model.model_copy(update={"source": source}).who for source in sources]
    source = ", ".join(dict.fromkeys(named)) or t("directory-said-nobody")
    return t("directory-said", source=source, day=f"{day:%d.%m.%Y}")


def fault_words(t: Texts, fault: Fault) -> str:
    """Return what is wrong, in words; of what the data refuse, how it is written."""
    name, told = fault
    if name == "correction-bad":
        field = str(told["field"])
        kind = "day" if field in DAYS else "ids" if field in IDS else field
        if field in IN_TWO_LANGUAGES and "_en:" in str(told["said"]):
            kind = "two-languages"
        name = f"{name}-{kind}" if f"{name}-{kind}" in t else name
    return t(name, **told)


def name_of(base: KnowledgeBase, kind: Kind, row: str) -> str:
    """Return what an entry is called; its id where it is gone."""
    found = entry(base, kind, row)
    if found is None:
        return row
    return f"{found.name}, {found.city}" if isinstance(found, Place) else found.title.bg


def from_form(kind: Kind, row: str, field: str, form: Mapping[str, str]) -> Correction:
    """Return the correction that a form says; a day that cannot be read is left out."""
    typed = "" if form.get("none") else form.get("value", "")
    return Correction(
        kind,
        row,
        field,
        typed_hours(typed) if field == "opening_hours" else typed,
        form.get("source", ""),
        day_in(form.get("checked_on", "")),
        form.get("english", ""),
        form.get("note", ""),
    )


# -- one line ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LineWords:
    """The words of a line: which field, which source, which day."""

    fields: tuple[tuple[str, str], ...]
    """Words and their fields, the longest words first."""
    none: frozenset[str]
    called: tuple[str, ...]
    visited: tuple[str, ...]
    days: Mapping[str, int]
    before_a_day: tuple[str, ...]


@dataclass(frozen=True)
class Which:
    """Several places may be meant: what is asked, and the places, to be chosen by number."""

    text: str
    places: tuple[tuple[Kind, str], ...]


@cache
def load_line_words() -> LineWords:
    """Return the words of the Bulgarian lexicon."""
    raw: dict[str, Any] = read_lexicon(LEXICONS / "bg" / "desk_corrections.yaml")
    fields = [(word, field) for field, words in raw["fields"].items() for word in words]
    return LineWords(
        fields=tuple(sorted(fields, key=lambda pair: -len(pair[0]))),
        none=frozenset(raw["none"]),
        called=tuple(raw["called"]),
        visited=tuple(raw["visited"]),
        days=raw["days"],
        before_a_day=tuple(raw["before_a_day"]),
    )


def read_line(  # noqa: PLR0913  # what a line is read with
    t: Texts,
    text: str,
    base: KnowledgeBase,
    today: dt.date,
    own: tuple[Kind, str] | None = None,
    *,
    chosen: tuple[Kind, str] | None = None,
) -> Correction | Which | str:
    """Return the correction that „/поправка бюро Мездра телефон …; обадих се днес“ says.

    Else what is wrong with it, or which places it may be about.

    Without a place it is about the librarian's `own`; `chosen` is the place where many were meant.
    """
    said = re.sub(rf"^\s*/?{COMMAND}(@\w+)?\s*", "", " ".join(text.split()), flags=re.IGNORECASE)
    if not said:
        return t("correction-line-how")
    words = load_line_words()
    told, _, source = said.rpartition(";")
    parts = _parts(told or source, words)
    if parts is None:
        named = ", ".join(dict.fromkeys(_label_in_line(t, field) for _, field in words.fields))
        return f"{t('correction-line-field', fields=named)}\n{t('correction-line-how')}"
    name, field, value = parts
    place = chosen or _place(t, base, name, field, own)
    if isinstance(place, (str, Which)):
        return place
    who, day = _source(t, source, today, words) if told else ("", None)
    if not who:
        return t("correction-line-source")
    if not value:
        return t("correction-value-missing")
    return Correction(*place, field, _typed(field, value, words), who, day)


def _typed(field: str, value: str, words: LineWords) -> str:
    """Return the value as a cell has it; empty where there is no such thing any more."""
    if lowered(value) in words.none:
        return ""
    return typed_hours(value) if field == "opening_hours" else value


def _parts(told: str, words: LineWords) -> tuple[str, str, str] | None:
    """Return the place, the field and the value; the field is the first that is named."""
    low = lowered(told)
    found = [
        (match.start(), -len(word), match.end(), field)
        for word, field in words.fields
        if (match := re.search(rf"(?<!\S){re.escape(word)}(?=[\s:,]|$)", low))
    ]
    if not found or len(low) != len(told):
        return None
    begins, _, ends, field = min(found)
    return told[:begins].strip(" ,:"), field, told[ends:].strip(" ,:–-")


def _label_in_line(t: Texts, field: str) -> str:
    """Return what a field is called in a line; a remark by the word that no other field has."""
    return t("correction-line-remark") if field == REMARK else label(t, field).lower()


def _place(
    t: Texts, base: KnowledgeBase, name: str, field: str, own: tuple[Kind, str] | None
) -> tuple[Kind, str] | Which | str:
    if not name:
        return own or t("correction-line-place", field=_label_in_line(t, field))
    hits = [hit for hit in _named(t, base, name) if field in (*FIELDS[hit.kind], REMARK)]
    if len(hits) == 1:
        return hits[0].kind, hits[0].row
    if not hits:
        return t("correction-line-place-none", name=name)
    there = [hit for hit in hits if _stands_in(tokens(name), hit)]
    shown = (there if len(there) > 1 else hits)[:MOST_NAMED]
    listed = "\n".join(_listed(t, shown))
    asked = f"{t('correction-line-place-many', name=name)}\n{listed}"
    return Which(asked, tuple((hit.kind, hit.row) for hit in shown))


def _named(t: Texts, base: KnowledgeBase, name: str) -> Sequence[Hit]:
    """Return what a name may mean; of „библиотека Мездра“ the town's main one, if it has one."""
    hits = search(base, name)
    kinds: dict[Kind, str] = {"bureaus": "bureau", "libraries": "library"}
    said = tokens(name)
    for kind, called in kinds.items():
        town = [word for word in said if word not in tokens(t(f"desk-lookup-{called}"))]
        if len(hits) == 1 or not town or len(town) == len(said):
            continue
        found = [hit for hit in search(base, " ".join(town)) if hit.kind == kind]
        there = [hit for hit in found if _stands_in(town, hit)] or found
        main = [hit for hit in there if hit.first]
        return main if len(main) == 1 else (there or hits)
    return hits


def _stands_in(town: Sequence[str], hit: Hit) -> bool:
    return tuple(town) == tokens(hit.where.partition(",")[0])[-len(town) :]


def _listed(t: Texts, hits: Sequence[Hit]) -> list[str]:
    named = (", ".join(filter(None, (hit.name, hit.where))) for hit in hits)
    return [
        t("correction-line-place-one", number=number, name=name)
        for number, name in enumerate(named, start=1)
    ]


def _source(t: Texts, said: str, today: dt.date, words: LineWords) -> tuple[str, dt.date | None]:
    """Return who says it, and on which day that was checked, as far as the words tell."""
    rest, day = _without_day(said, today, words)
    bare = lowered(rest).strip(" ,.;")
    if bare.startswith(words.called):
        return t("correction-source-call"), day
    if bare.startswith(words.visited):
        return t("correction-source-visit"), day
    return rest.strip(" ,;"), day


def _without_day(said: str, today: dt.date, words: LineWords) -> tuple[str, dt.date | None]:
    before = "|".join(map(re.escape, words.before_a_day))
    lead = rf"(?:(?<!\S)(?:{before})\s+)?(?<![\w.])"
    for word, back in words.days.items():
        found = re.search(rf"{lead}{re.escape(word)}(?!\w)", said, flags=re.IGNORECASE)
        if found:
            return _cut(said, found), today - dt.timedelta(days=back)
    found = re.search(
        rf"{lead}(\d{{1,2}})\.(\d{{1,2}})(?:\.(\d{{4}}))?\.?(?:\s*г\.)?(?![\w.])", said
    )
    if not found:
        return said, None
    day, month = int(found[1]), int(found[2])
    if found[3]:
        return _cut(said, found), day_of(int(found[3]), month, day)
    this_year = day_of(today.year, month, day)
    late = this_year is not None and this_year > today
    return _cut(said, found), day_of(today.year - 1, month, day) if late else this_year


def _cut(said: str, found: re.Match[str]) -> str:
    return f"{said[: found.start()].strip(' ,')} {said[found.end() :].strip(' ,')}".strip()


def line_answer(  # noqa: PLR0913  # what the words name
    t: Texts,
    base: KnowledgeBase,
    correction: Correction,
    number: int,
    faults: Sequence[Fault],
    *,
    held: bool = False,
    value: str = "",
) -> str:
    """Return what a librarian is told of the line: kept, held at once, or what is to be mended.

    `value` is how the new value is said, where that takes more than the words of the desk.
    """
    if faults:
        return "\n".join(fault_words(t, fault) for fault in faults)
    return t(
        "correction-line-saved" if held else "correction-line-kept",
        number=number,
        name=name_of(base, correction.kind, correction.row),
        field=label(t, correction.field).lower(),
        value=value or value_words(t, correction.field, correction.value),
    )
