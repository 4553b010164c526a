"""Lines of a case as messages of a topic: who and when, joined in order, nothing echoed back."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from bot import clock
from bot.channels.telegram.rendering import split, units
from bot.desk.deliveries import failed
from bot.desk.telegram.saying import Role, Saying, moment
from bot.store.interface import CaseFile, Entry
from dialogs.desk_events import event_words
from dialogs.model import KeptFile
from dialogs.waiting_words import written_for_good

LONGEST = 3500
"""UTF-16 units of one message of joined lines."""
FOR_EYES = ("noticed", "released", "freed", "reopened", "transferred", "handed")
"""What happened that a librarian is to notice; the rest stands in the header."""
IN_GROUPS = ("tg:", "tg-press:")
"""How the mark of what was written in a group begins, and of what was sent by a button there."""
MARKS = ("mark:80", "mark:100")


@dataclass(frozen=True, slots=True)
class Place:
    """Which topic it is, whose, and as what its desk sees the case."""

    chat: int
    thread: int
    desk: str
    role: Role


@dataclass(frozen=True, slots=True)
class Post:
    """The next message: which lines it holds, in parts where one is too long for a message."""

    entries: tuple[int, ...]
    parts: tuple[str, ...]


def own_message(entry: Entry, place: Place) -> int | None:
    """Return the message of this topic that the line was written in, if it was.

    Messages of a group are numbered as they come: one from before the topic stood in an older one.
    """
    chat, _, message = entry.ref.removeprefix("tg:").rpartition(":")
    if (
        entry.kind in ("person", "event")
        or not entry.ref.startswith("tg:")
        or chat != str(place.chat)
    ):
        return None
    number = int(message) if message.isdecimal() else 0
    return number if number > place.thread else None


def is_shown(case: CaseFile, entry: Entry, place: Place, first: Entry | None) -> bool:
    """Return whether a line makes a message here."""
    if own_message(entry, place) is not None or (first is not None and entry.id == first.id):
        return False
    if place.role == "expert":
        # The question that stands in the header is not said twice.
        asked_again = entry.kind == "to_expert" and entry.at != case.expert_asked_at
        return asked_again or entry.kind == "expert"
    if entry.kind == "event":
        what = entry.text.partition(":")[0]
        return what in FOR_EYES or entry.text in MARKS
    return True


def joined(saying: Saying, entries: Sequence[Entry], place: Place) -> Post:
    """Return the first of these lines as one message, with as many of the next as fit."""
    ids: list[int] = []
    text = ""
    for entry in entries:
        line = line_of(saying, entry, place)
        longer = f"{text}\n\n{line}" if text else line
        if ids and units(longer) > LONGEST:
            break
        ids.append(entry.id)
        text = longer
        if entry.file:
            # The file itself comes next.
            break
    return Post(tuple(ids), tuple(split(text, LONGEST)))


def line_of(saying: Saying, entry: Entry, place: Place) -> str:
    """Return one line with who and when."""
    if entry.kind == "event":
        words = event_words(
            saying.texts, entry.text, entry.who, saying.desk_name, failed=failed(entry)
        )
        return saying.texts("desk-group-notice", text=words)
    head = _head(saying, entry, place)
    return f"{head}\n{_words(saying, entry)}"


def _head(saying: Saying, entry: Entry, place: Place) -> str:
    t, when = saying.texts, moment(entry.at)
    match entry.kind:
        case "person":
            # It is never drawn again: what is said of the time must stay true.
            closed = written_for_good(t, clock.moment(entry.at), saying.hours(place.desk))
            return " · ".join(filter(None, (t("desk-group-person", at=when), closed)))
        case "note":
            return t("desk-group-note", name=entry.who, at=when)
        case "expert":
            return t("desk-group-expert", name=entry.who, at=when)
        case "to_expert":
            return t("desk-group-to-expert", name=entry.who, at=when)
    if not entry.ref.startswith(IN_GROUPS):
        return t("desk-group-librarian", name=entry.who, at=when)
    here = entry.ref.startswith(tuple(f"{way}{place.chat}:" for way in IN_GROUPS))
    return t(
        "desk-group-librarian-again" if here else "desk-group-librarian-elsewhere",
        name=entry.who,
        at=when,
    )


def _words(saying: Saying, entry: Entry) -> str:
    t = saying.texts
    if entry.changed_at is not None and not entry.text and not entry.file:
        return t("desk-group-taken-back")
    kind = file_kind(entry)
    parts = [t("desk-group-changed")] if entry.changed_at is not None else []
    what = t(f"desk-group-file-{kind}") if kind else ""
    parts += [": ".join(filter(None, (what, entry.text)))]
    return " ".join(parts)


def file_kind(entry: Entry) -> str:
    """Return what kind of file goes with a line; empty for none."""
    file = file_of(entry)
    return file.type if file else ""


def file_of(entry: Entry) -> KeptFile | None:
    """Return the file that goes with a line, if it can be read."""
    if not entry.file:
        return None
    try:
        return KeptFile.model_validate_json(entry.file)
    except ValidationError:
        return None
