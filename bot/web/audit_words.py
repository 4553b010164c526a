"""A line of the audit trail in words: what it was about, what was shown before and is now."""

import re
from collections.abc import Callable

from bot.desk.corrections import ACCEPTED, DECLINED, EDITED
from bot.store.accounts import AuditLine
from bot.web.directory import words_of
from dialogs.corrections import label, name_of
from dialogs.screens import written_day
from dialogs.turn import Context
from knowledge.corrections import KINDS

CORRECTION = re.compile(r"(?P<number>[0-9]+) (?P<kind>[a-z]+)/(?P<row>[^/]+)/(?P<field>[^/]+)")
OF_CORRECTIONS = frozenset((ACCEPTED, DECLINED, EDITED))
OF_CASES = frozenset(("mute", "report", "report-seen"))
"""Acts over a case, which has a number and nobody's name."""
OF_DAYS = frozenset(("mute", "unmute"))
"""Acts whose values are days."""


def about(line: AuditLine, context: Context, library_name: Callable[[str], str]) -> str:
    """Return what an act was done to, where that is no account."""
    t = context.texts["bg"]
    if line.action.startswith("answer-"):
        library, _, key = line.about.rpartition(" ")
        own = library and t("desk-answers-own", library=library_name(library))
        return t("desk-audit-answer", key=key, whose=own or t("desk-answers-everybody"))
    if line.action in OF_CORRECTIONS:
        return _field(line.about, context) or library_name(line.about)
    if line.action in OF_CASES and line.about:
        return t("desk-audit-number", number=line.about)
    if line.action == "unmute" and line.about:
        # The stop was the library's: who asks has no name here.
        return t("desk-audit-muted-by", library=library_name(line.about))
    return library_name(line.about)


def change(line: AuditLine, context: Context) -> str:
    """Return what was there before and what is now; empty where no value was changed."""
    if not line.before and not line.after:
        return ""
    t = context.texts["bg"]
    own = f"desk-audit-change-{line.action}"
    before, after = (_value(line, value, context) for value in (line.before, line.after))
    return t(own if own in t else "desk-audit-change", before=before, after=after)


def _field(told: str, context: Context) -> str:
    """Return which correction of which field it was; empty where it names none."""
    found = CORRECTION.fullmatch(told)
    kind = next((kind for kind in KINDS if found and kind == found["kind"]), None)
    if found is None or kind is None:
        return ""
    t, name = context.texts["bg"], name_of(context.knowledge, kind, found["row"])
    field = label(t, found["field"]).lower()
    return t("desk-audit-field", name=name, field=field, number=found["number"])


def _value(line: AuditLine, value: str, context: Context) -> str:
    if not value:
        return context.texts["bg"]("desk-audit-empty")
    if line.action in OF_DAYS:
        return written_day(value)
    found = CORRECTION.fullmatch(line.about) if line.action in OF_CORRECTIONS else None
    return words_of(context, found["field"], value) if found else value
