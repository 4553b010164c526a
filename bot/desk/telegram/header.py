"""The first message of a topic: how the case stands, the card, the buttons; and the title."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.channels.telegram.rendering import units
from bot.desk.telegram.group import Rows
from bot.desk.telegram.saying import Role, Saying, moment
from bot.store.interface import CaseFile, Entry
from dialogs.flows.card_shown import LONGEST_QUESTION

LONGEST = 4000
"""UTF-16 units of the whole; the platform takes 4096."""
LONGEST_TITLE = 128
AT_ONCE = 5_000
"""Milliseconds between a case's beginning and the question it began with."""
_SIGNS = {
    "waiting": ("❓",),
    "offered": ("❓",),
    "reopened": ("❗", "❓"),
    "claimed": ("🗣", "💬"),
    "for_librarian": ("‼️", "❗"),
    "for_person": ("👀",),
    "answered": ("👀",),
    "handed_over": ("❗", "❓"),
    "handed_over_free": ("❗", "❓"),
    "for_expert": ("🎓", "👀"),
    "for_expert_free": ("🎓", "👀"),
    "closed": ("✅", "🏁"),
    "expired": ("📁", "🏁"),
    "expert": ("🎓", "❓"),
    "expert-answered": ("✅", "🏁"),
    "left": ("📁",),
}
"""Signs for each state, the best first; the state stands in the title as well."""
LATE = ("🔥",)
"""In the place of these, once the whole time for an answer has passed."""


@dataclass(frozen=True, slots=True)
class Title:
    """What a topic is called, and the signs that fit it."""

    name: str
    signs: tuple[str, ...]

    @property
    def mark(self) -> str:
        """A short print of it, which tells whether it has changed."""
        return _print([self.name, *self.signs])


@dataclass(frozen=True, slots=True)
class Header:
    """The first message."""

    text: str
    rows: Rows

    @property
    def mark(self) -> str:
        """A short print of it, which tells whether it has changed."""
        return _print([self.text, [[list(button) for button in row] for row in self.rows]])


def _print(of: object) -> str:
    return hashlib.sha256(json.dumps(of, ensure_ascii=False).encode()).hexdigest()[:16]


# -- the title ---------------------------------------------------------------------------------


def title_of(saying: Saying, case: CaseFile, role: Role | None) -> Title:
    """Return what the topic is called; without a role, where the case has left."""
    state = case.stands
    if role is None:
        state = "left"
    elif role == "expert" and case.is_open:
        state = "expert-answered" if case.expert_answered_at else "expert"
    signs = LATE if case.asked_at and "mark:100" in case.said.split() and role else ()
    return _title(saying, case.number, state, case.claimed_name or "", signs)


def erased_title(saying: Saying, number: int) -> Title:
    """Return the title of a topic that could not be deleted."""
    return _title(saying, number, "erased", "", ())


def _title(saying: Saying, number: int, state: str, name: str, signs: tuple[str, ...]) -> Title:
    words = saying.texts(f"desk-group-title-{state}", name=name)
    said = saying.texts("desk-group-title", number=str(number), state=words)
    return Title(said[:LONGEST_TITLE], (*signs, *_SIGNS.get(state, ())))


# -- the message -------------------------------------------------------------------------------


def opening(case: CaseFile, entries: Sequence[Entry]) -> Entry | None:
    """Return the question that the case began with where the header shows it, and nothing else.

    A longer one stands there by its beginning; below, it is a message like any other.
    """
    first = _first(case, entries)
    return first if first and len(first.text) <= LONGEST_QUESTION else None


def _first(case: CaseFile, entries: Sequence[Entry]) -> Entry | None:
    first = entries[0] if entries else None
    if first is None or first.kind != "person" or first.ref or first.file:
        return None
    return first if abs(first.at - case.opened_at) <= AT_ONCE else None


def header_of(
    saying: Saying, case: CaseFile, entries: Sequence[Entry], role: Role, reason: str = ""
) -> Header:
    """Return the first message of a topic as the case stands.

    `reason` is why its person was stopped, where that ended it.
    """
    first = _first(case, entries)
    card = json.loads(case.card)
    card["question"] = card.get("question") or (first.text if first else "")
    whole = json.dumps(card, ensure_ascii=False)
    if role == "expert":
        return _for_expert(saying, case, saying.expert_text(whole))
    top = "\n".join(_standing(saying, case, _ending(saying, case, entries, reason)))
    foot = saying.texts("desk-group-how" if case.is_open else "desk-group-how-closed")
    return Header(_fitting(saying, top, saying.card_text(whole), foot), _rows(saying, case))


def left_header(saying: Saying, case: CaseFile, words: str) -> Header:
    """Return what stays of it where the case has left: no card."""
    number = saying.texts("desk-group-title", number=str(case.number), state=words)
    return Header(number, ())


def turned_words(saying: Saying, case: CaseFile, role: Role) -> str:
    """Return why a topic that a hand had closed is open again, and what ends the talk."""
    who = "expert" if role == "expert" else "claimed" if case.claimed_by else "free"
    return saying.texts(f"desk-group-turned-{who}")


def stopped(case: CaseFile, entries: Sequence[Entry]) -> Entry | None:
    """Return the line that says that a librarian stopped the person, where that ended the case."""
    if case.is_open or case.resolution != "muted":
        return None
    return next((e for e in reversed(entries) if _is_event(e, "muted")), None)


def _is_event(entry: Entry, what: str) -> bool:
    return entry.kind == "event" and entry.text.partition(":")[0] == what


def _ending(saying: Saying, case: CaseFile, entries: Sequence[Entry], reason: str) -> str:
    """Return how a closed case ended; empty where nothing tells."""
    t, stop = saying.texts, stopped(case, entries)
    if stop is not None:
        said = t("desk-group-ended-muted", name=stop.who, until=stop.text.partition(":")[2])
        return f"{said} {t('desk-group-ended-why', reason=reason)}" if reason else said
    if f"desk-resolution-{case.resolution}" in t:
        return t(f"desk-resolution-{case.resolution}")
    last = next((e for e in reversed(entries) if _is_event(e, "closed_by_person")), None)
    if last is not None and last.at == case.closed_at:
        return t("desk-group-ended-by-person")
    return ""


def _standing(saying: Saying, case: CaseFile, ending: str) -> Iterator[str]:
    t, name = saying.texts, case.claimed_name or ""
    if case.is_open:
        yield t(f"desk-group-head-{case.stands}", name=name, since=moment(case.claimed_at))
        yield from _waiting(saying, case)
    elif case.state == "closed" and ending:
        yield t("desk-group-head-closed-as", at=moment(case.closed_at), how=ending)
    else:
        yield t(f"desk-group-head-{case.state}", at=moment(case.closed_at))
    if case.rating and f"desk-rating-{case.rating}" in t:
        yield t("desk-group-head-rated", how=t(f"desk-rating-{case.rating}"))
    yield t("desk-group-head-opened", at=moment(case.opened_at))
    if case.offered_to and case.library:
        yield t("desk-group-head-home", name=saying.desk_name(case.library))
    if case.expert_desk and case.expert_asked_at:
        yield from _expert(saying, case)


def _waiting(saying: Saying, case: CaseFile) -> Iterator[str]:
    if not case.asked_at:
        return
    t, said = saying.texts, case.said.split()
    if case.asked_at != case.opened_at:
        yield t("desk-group-head-asked", at=moment(case.asked_at))
    marks = [int(word[5:]) for word in said if word.startswith("mark:") and word[5:].isdecimal()]
    if marks:
        yield t("desk-group-head-mark", percent=str(max(marks)))
    if "notice" in said and case.claimed_by:
        yield t("desk-group-head-noticed")


def _expert(saying: Saying, case: CaseFile) -> Iterator[str]:
    name = saying.desk_name(case.expert_desk or "")
    done = case.expert_answered_at
    key = "desk-group-head-expert-done" if done else "desk-group-head-expert-at"
    yield saying.texts(key, name=name, at=moment(done or case.expert_asked_at))


def _for_expert(saying: Saying, case: CaseFile, card: str) -> Header:
    t = saying.texts
    how = "desk-group-how-expert-direct" if case.expert_direct else "desk-group-how-expert-inside"
    foot = t(how) if case.is_open else t("desk-group-how-closed")
    top = t("desk-group-how-expert", name=saying.desk_name(case.library or ""))
    parts = [f"{t('desk-group-expert-question')} {case.expert_question or ''}"]
    parts += [f"{t('desk-group-expert-card')}\n{card}"] if card else []
    return Header(_fitting(saying, top, "\n\n".join(parts), foot), ())


def _fitting(saying: Saying, top: str, card: str, foot: str) -> str:
    """Return the parts as one message; what is too long ends with a word about where it goes on."""
    room = LONGEST - units(top) - units(foot) - 4
    if units(card) > room:
        cut = saying.texts("desk-group-cut")
        # An emoji is two units: half the room of characters more than fit is taken off.
        while card and units(card) + units(cut) + 1 > room:
            card = card[: -max(1, (units(card) + units(cut) + 1 - room) // 2)]
        card = f"{card.rstrip()} {cut}"
    return f"{top}\n\n{card}\n\n{foot}"


def _rows(saying: Saying, case: CaseFile) -> Rows:
    """Return the buttons that make sense as the case stands."""
    if not case.is_open:
        return ()
    if case.claimed_by is None:
        return (
            (_button(saying, "claim", case.number),),
            (_button(saying, "transfer", case.number), _button(saying, "expert", case.number)),
        )
    return (
        (_button(saying, "close", case.number), _button(saying, "release", case.number)),
        (_button(saying, "transfer", case.number), _button(saying, "expert", case.number)),
    )


def _button(saying: Saying, act: str, number: int) -> tuple[str, str]:
    return saying.texts(f"desk-group-button-{act}"), f"desk:{act}:{number}"
