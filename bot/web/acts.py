"""What a librarian's form asks for, as fields of an act; or what is wrong with the form."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.store.interface import CaseFile, Entry, Librarian
from bot.web.forms import is_blank
from dialogs.case import RESOLUTIONS

LONGEST = 3500
"""Characters of one reply: with the name before it, it fits every platform's message."""
MUTED_DAYS = (7, 30, 90)
CHANGEABLE = dt.timedelta(hours=48)
"""So long after it was sent a message can be changed at the person's."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done: the fields of a `DeskAct`, or the name of the text that says why not."""

    act: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """What an act may name: the case, who stands at the desk, which other desks there are."""

    case: CaseFile
    me: Librarian
    now: dt.datetime
    entries: tuple[Entry, ...] = ()
    colleagues: tuple[Librarian, ...] = ()
    desks: tuple[str, ...] = ()
    experts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


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
    return "desk-too-long" if len(text) > LONGEST else ""


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
    """Return whether this librarian can still change the line."""
    mine = entry.who == room.me.name and entry.kind in ("librarian", "note") and entry.text
    age = room.now.timestamp() - entry.at / 1000
    return bool(mine and entry.ref and room.case.is_open and age < CHANGEABLE.total_seconds())


def _edit(form: Mapping[str, str], room: Room) -> Wanted:
    text, ref = form.get("text", "").strip(), form.get("ref", "")
    known = any(e.ref == ref and changeable(e, room) for e in room.entries)
    return Wanted("edit", {"text": text, "ref": ref}, _fault_of(text) if known else "desk-too-late")


def _retract(form: Mapping[str, str], room: Room) -> Wanted:
    ref = form.get("ref", "")
    known = any(e.ref == ref and changeable(e, room) for e in room.entries)
    return Wanted("retract", {"ref": ref}, "" if known else "desk-too-late")


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
