"""What a page shows of a talk: paragraphs, links, rows of buttons, and the words of a press."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from markupsafe import Markup, escape
from pydantic import ValidationError

from bot.documents import name_of
from bot.kept.files import name_of as name_of_kept
from bot.store.interface import Line, Queued
from dialogs.documents import Document
from dialogs.model import EVENT, KeptFile, Message, Pressed, Said, SentFile, SharedLocation
from dialogs.passing_files import in_words
from dialogs.texts import Texts, load_texts

LINK = re.compile(
    r"(?P<url>https?://[^\s<>\"„“”«»]*[^\s<>\"„“”«»'().,;:!?…])"
    r"|(?P<mail>[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?P<phone>(?:\+359[ /-]?|\b0)[1-9](?:[ /-]?[0-9]){6,8}\b)"
)
SIGN = re.compile("(?![☐☑])[\u2300-\u2bff\U0001f300-\U0001faff]")
"""A line that begins with a picture heads what is below it."""
SPEAKER = re.compile(r"((?:✏️ [^\n👤]{1,40})?👤 [^:\n]{1,120}:)\s+(.+)", re.DOTALL)
"""Who speaks heads what they say, which is theirs and no heading."""
WAYS = {"back", "go:menu", "go:help", "go:language", "go:why", "go:results", "go:librarian"}
"""Buttons that stand everywhere; a row of nothing else is shown quietest."""


def linked(text: str) -> Markup:
    """Return the text escaped, with its addresses, e-mails and telephones as links."""
    parts, at = [], 0
    for found in LINK.finditer(text):
        parts.append(escape(text[at : found.start()]))
        parts.append(_link(found))
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])


def _link(found: re.Match[str]) -> Markup:
    shown = found[0]
    if found["url"]:
        outside = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
        return outside.format(shown, shown)
    scheme, goal = ("mailto", shown) if found["mail"] else ("tel", re.sub(r"[ /-]", "", shown))
    return Markup('<a href="{}:{}">{}</a>').format(scheme, goal, shown)


def entries_of(lines: Sequence[Line], t: Texts) -> list[dict[str, Any]]:
    """Return the lines of the talk, without those of another version that cannot be read."""
    entries = []
    for line in lines:
        with suppress(ValidationError):
            if line.kind == "out":
                entry = entry_of(line.id, Message.model_validate_json(line.body))
                entries.append(with_file(entry, line, t))
            else:
                event = EVENT.validate_json(line.body)
                mine = {"who": "me", "id": line.id, "event": event, "pin": None, "file": None}
                entries.append({**mine, "rows": [], "aside": False, "end": False, "note": ""})
    return entries


def with_words(entries: list[dict[str, Any]], t: Texts) -> list[dict[str, Any]]:
    """Give what the person did its words: a press is shown by those that stood on its button."""
    labels = {
        b["press"].partition(".")[2]: b["name"] or b["label"] for e in entries for b in _buttons(e)
    }
    shown = []
    exact: dict[str, str] = {}
    for entry in entries:
        exact |= {b["press"]: b["name"] or b["label"] for b in _buttons(entry)}
        if entry["who"] == "me":
            match entry.pop("event"):
                case Said(text=text):
                    entry["text"] = text
                case Pressed(serial=serial, action=action):
                    entry["text"] = exact.get(f"{serial}.{action}") or labels.get(action, "")
                case SharedLocation():
                    entry["text"] = t("web-my-place")
                case SentFile(file=KeptFile() as file):
                    entry["text"] = sent_words(file, t)
                case _:
                    entry["text"] = ""
            entry["parts"] = [{"kind": "", "head": "", "text": entry["text"]}]
        if entry["text"]:
            shown.append(entry)
    return shown


def sent_words(file: KeptFile, t: Texts) -> str:
    """Return what the person's own screen says of a file that they sent."""
    return t("web-file-sent", name=file.name, size=in_words(file.size))


def entry_of(number: int, message: Message) -> dict[str, Any]:
    """Return what the page shows of a message, ready to be sent as JSON."""
    return {
        "who": "bot",
        "id": number,
        "text": _without_banner(message.text),
        "parts": _parts(_without_banner(message.text)),
        "end": False,
        "asks_location": message.asks_location,
        "aside": message.aside,
        "rows": [
            [
                {
                    "label": b.label,
                    "press": f"{message.serial}.{b.action}",
                    "kind": _kind([each.action for each in row]),
                    "name": _name(b.label, message.text),
                }
                for b in row
            ]
            for row in message.rows
        ],
        "pin": message.pin.model_dump() if message.pin else None,
        "file": None,
        "kept": _kept(message.file) if message.file else None,
        "changed": message.changed,
        "note": "",
        "hides": False,
    }


def with_file(entry: dict[str, Any], kept: Line | Queued, t: Texts) -> dict[str, Any]:
    """Return the entry with the link to its file, or with what became of that.

    `hides` says that nothing which stood above it is to be seen any more.
    """
    note = t("web-corrected") if entry["changed"] else ""
    entry = {**entry, "hides": kept.hides is not None, "note": note}
    if entry["kept"]:
        return {**entry, "kept": None, "file": _file_of_the_library(kept.id, entry["kept"], t)}
    if kept.document is None:
        return entry
    if not kept.document:
        return {**entry, "file": file_link("", t("web-file-gone"))}
    name = name_of(Document.model_validate_json(kept.document))
    return {**entry, "file": file_link(f"/file/{kept.id}", t("web-file", name=name))}


def _kept(file: KeptFile) -> dict[str, Any]:
    return {"name": name_of_kept(file), "size": file.size, "plays": file.type == "voice"}


def _file_of_the_library(message: int, kept: dict[str, Any], t: Texts) -> dict[str, Any]:
    """Return the link to a file that a librarian sent, and whether it can be heard."""
    name, size = kept["name"], kept["size"]
    named = t("web-file-received", name=name, size=in_words(size)) if size else None
    name = named or t("web-file-alone", name=name)
    return file_link(f"/files/{message}", name, plays=kept["plays"])


def file_link(href: str, name: str, *, plays: bool = False) -> dict[str, Any]:
    """Return a file as a page shows it; without an address it is gone."""
    return {"href": href, "name": name, "plays": plays}


@cache
def _lead() -> re.Pattern[str]:
    """Return the pattern of „Въпрос 3. После още около 6.“, which stands more quietly above."""
    texts = [t for t in load_texts().values() if "progress" in t]
    said = {t("progress", n=7, left=left) for t in texts for left in (0, 1, 2, 7)}
    patterns = sorted(re.sub(r"\d+", r"\\d+", re.escape(each)) for each in said)
    return re.compile(f"(?:{'|'.join(patterns)})\n")


def _parts(text: str) -> list[dict[str, str]]:
    """Return the paragraphs, each with the line that heads it where it has one."""
    parts = []
    for number, part in enumerate(each.strip("\n") for each in text.split("\n\n") if each.strip()):
        speaker = SPEAKER.match(part)
        if speaker:
            parts.append({"kind": "", "head": speaker[1], "text": speaker[2]})
            continue
        first, _, rest = part.partition("\n")
        lead = number == 0 and bool(_lead().match(text))
        heads = SIGN.match(first) or (rest and first.endswith(":")) or first.isupper()
        head = first if heads and not lead else ""
        rest = rest if head else part
        parts.append({"kind": "lead" if lead else "", "head": head, "text": rest})
    return parts


def _without_banner(text: str) -> str:
    """Return the text without the banner of the trial: on a page it stands above everything."""
    for t in load_texts().values():
        if "trial-banner" in t:
            text = text.removeprefix(f"{t('trial-banner')}\n\n")
    return text


def _buttons(entry: dict[str, Any]) -> Iterator[dict[str, str]]:
    return (button for row in entry["rows"] for button in row)


def _kind(actions: Sequence[str]) -> str:
    """Return how loud a row of buttons is: an answer, „не знам“, or a way elsewhere."""
    # A language stands among the ways, and is an answer only where nothing else is asked.
    ways = [action in WAYS for action in actions]
    if any(ways) and all(
        way or action.startswith("lang:") for way, action in zip(ways, actions, strict=True)
    ):
        return "way"
    if all(action.endswith((":?", ":-")) for action in actions):
        return "quiet"
    return "answer"


def _name(label: str, text: str) -> str:
    """Return what a button with a bare number stands for, for those who only hear it."""
    if not label.isdecimal():
        return ""
    found = re.search(rf"^{label}\. .*$", text, re.MULTILINE)
    return found[0] if found else ""
