"""What a librarian's form asks for, as fields of an act; or what is wrong with the form."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from bot.desk.timekeeper import as_case
from bot.store.interface import CaseFile, Entry, Librarian
from bot.web.forms import is_blank
from dialogs.case import LONGEST_REPLY, OF_NOTE, RESOLUTIONS, can_stop

MUTED_DAYS = (7, 30, 90)
CHANGEABLE = dt.timedelta(hours=48)
"""So long after it was sent a message can be changed at the person's."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done: the fields of a `DeskAct`, or the name of the text that says why not."""

    act: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""

    @property
    def is_of_note(self) -> bool:
        """Whether it changes what the person never sees."""
        return self.fields.get("code") == OF_NOTE


@dataclass(frozen=True, slots=True)
class Room:
    """What an act may name: the case, who stands at the desk, which other desks there are."""

    case: CaseFile
    me: Librarian
    now: dt.datetime
    entries: tuple[Entry, ...] = ()
    colleagues: tuple[Librarian, ...] = ()
    colleagues_away: tuple[str, ...] = ()
    """Their names: they cannot be named in an act, and are shown to be away."""
    desks: tuple[str, ...] = ()
    experts: tuple[str, ...] = ()
    experts_away: tuple[str, ...] = ()
    """The names of bureaus whose experts are all away."""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody tried: it comes back whole where it did not go through."""

    act: str
    text: str = ""
    ref: str = ""
    """Of the line that was to be changed."""

    @classmethod
    def of(cls, act: str, form: Mapping[str, str]) -> Self:
        """Return what the form tried; words that were to be taken back are nobody's to keep."""
        text = "" if act == "retract" else form.get("text", "").strip()
        return cls(act, text, form.get("ref", ""))


def can_be_done(room: Room, *, expert: bool) -> frozenset[str]:
    """Return the acts with words of their own that the page of this case has a form for."""
    if not room.case.is_open:
        may_stop = not expert and can_stop(as_case(room.case), room.now)
        return frozenset(("mute", "report") if may_stop else ())
    if expert:
        return frozenset(("expert_reply",))
    if not _has(room):
        return frozenset(("note",))
    can = {"reply", "note", "mute", "report"}
    can |= {"transfer"} if room.colleagues or room.desks else set()
    return frozenset(can | ({"ask_expert"} if room.experts else set()))


def wanted(name: str, form: Mapping[str, str], room: Room) -> Wanted:
    """Return what the form asks for."""
    return _FORMS[name](form, room)


def _bare(name: str) -> Callable[[Mapping[str, str], Room], Wanted]:
    return lambda _form, _room: Wanted(name)


def _text(name: str) -> Callable[[Mapping[str, str], Room], Wanted]:
    def read(form: Mapping[str, str], _room: Room) -> Wanted:
        text = form.get("text", "").strip()
        return Wanted(name, {"text": text}, _fault_of(text))

    return read


def _fault_of(text: str) -> str:
    if is_blank(text):
        return "desk-empty"
    return "desk-too-long" if len(text) > LONGEST_REPLY else ""


def _close(form: Mapping[str, str], room: Room) -> Wanted:
    code, topic = form.get("code", ""), form.get("topic", "")
    if code not in RESOLUTIONS:
        return Wanted("close", fault="desk-code-needed")
    if code == "unanswered" and room.topics and topic not in room.topics:
        return Wanted("close", fault="desk-topic-needed")
    return Wanted("close", {"code": code, "topic": topic if code == "unanswered" else ""})


def _transfer(form: Mapping[str, str], room: Room) -> Wanted:
    text = form.get("text", "").strip()
    kind, _, target = form.get("to", "").partition("=")
    colleague = next((c for c in room.colleagues if c.id == target), None)
    if kind == "colleague" and colleague:
        fields = {"to": colleague.id, "to_name": colleague.name, "text": text}
    elif kind == "desk" and target in room.desks and target != room.case.library:
        fields = {"library": target, "text": text}
    else:
        return Wanted("transfer", {"text": text}, "desk-target-needed")
    return Wanted("transfer", fields, _fault_of(text) and "desk-note-needed")


def _ask_expert(form: Mapping[str, str], room: Room) -> Wanted:
    text, bureau = form.get("text", "").strip(), form.get("bureau", "")
    fields = {"library": bureau, "text": text, "direct": form.get("direct") == "yes"}
    fault = "" if bureau in room.experts else "desk-expert-needed"
    return Wanted("ask_expert", fields, fault or _fault_of(text))


def _mute(form: Mapping[str, str], room: Room) -> Wanted:
    text, days = form.get("text", "").strip(), form.get("days", "")
    if days not in map(str, MUTED_DAYS):
        return Wanted("mute", {"text": text}, "desk-days-needed")
    until = room.now.date() + dt.timedelta(days=int(days))
    return Wanted("mute", {"text": text, "until": until}, _fault_of(text) and "desk-reason-needed")


def _report(form: Mapping[str, str], _room: Room) -> Wanted:
    text = form.get("text", "").strip()
    return Wanted("report", {"text": text}, _fault_of(text) and "desk-reason-needed")


def changeable(entry: Entry, room: Room) -> bool:
    """Return whether this librarian can still change the line, or take it back."""
    # What the person reads is changed by who has the case; a note by who wrote it.
    free = entry.kind == "note" or _has(room)
    return free and room.case.is_open and _is_fresh(entry, room)


def _has(room: Room) -> bool:
    return room.case.claimed_by in (None, room.me.id)


def _is_fresh(entry: Entry, room: Room) -> bool:
    """Return whether the line is this librarian's own, and not too old."""
    of_words = entry.kind in ("librarian", "note") and bool(entry.text or entry.file)
    age = room.now.timestamp() - entry.at / 1000
    mine = bool(entry.ref) and is_by(entry, room.me)
    return mine and of_words and age < CHANGEABLE.total_seconds()


def is_by(entry: Entry, me: Librarian) -> bool:
    """Return whether this librarian wrote the line; two of one name are two people."""
    if entry.ref.startswith("web:"):
        return entry.ref.startswith(f"web:{me.id}:")
    before = f"tg-{me.telegram_user}"
    # In a group they may have written before their account was linked.
    linked = me.telegram_user is not None and re.fullmatch(rf"{before}(-.*)?", entry.author)
    return bool(entry.author == me.id or linked)


def _own_line(ref: str, room: Room) -> Entry | None:
    # Whether the case stands in the way is the machine's to say, with who and when.
    return next((e for e in room.entries if e.ref == ref and _is_fresh(e, room)), None)


def _edit(form: Mapping[str, str], room: Room) -> Wanted:
    text, ref = form.get("text", "").strip(), form.get("ref", "")
    line = _own_line(ref, room)
    # A file without words has none that could be others.
    fault = _fault_of(text) if line and line.text else "desk-too-late"
    return Wanted("edit", {"text": text, "ref": ref} | _of_note(line), fault)


def _retract(form: Mapping[str, str], room: Room) -> Wanted:
    ref = form.get("ref", "")
    line = _own_line(ref, room)
    return Wanted("retract", {"ref": ref} | _of_note(line), "" if line else "desk-too-late")


def _of_note(line: Entry | None) -> dict[str, str]:
    return {"code": OF_NOTE} if line and line.kind == "note" else {}


_FORMS: Mapping[str, Callable[[Mapping[str, str], Room], Wanted]] = {
    "claim": _bare("claim"),
    "release": _bare("release"),
    "reply": _text("reply"),
    "note": _text("note"),
    "expert_reply": _text("expert_reply"),
    "close": _close,
    "transfer": _transfer,
    "ask_expert": _ask_expert,
    "mute": _mute,
    "report": _report,
    "edit": _edit,
    "retract": _retract,
}
ACTS = "|".join(_FORMS)
"""The acts as a route takes them."""
