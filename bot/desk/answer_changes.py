"""What of a prepared answer an editor changed, in short: for the audit trail."""

from itertools import takewhile

from dialogs.desk_texts.prepared import Prepared
from dialogs.screens import written_day
from dialogs.texts import Texts

ROUND = 4
"""Words that stay on each side of what is otherwise."""
FIELDS = ("key", "title", "text", "source", "checked_on", "expires_on")


def changed(before: Prepared, after: Prepared, t: Texts) -> tuple[str, str]:
    """Return what was otherwise before, and what it is now; of long texts the part that differs."""
    told = [
        (t("desk-trail-answer", part=field), *_apart(_value(before, field), _value(after, field)))
        for field in FIELDS
        if _value(before, field) != _value(after, field)
    ]
    old = "; ".join(f"{label}: {was or '—'}" for label, was, _ in told)
    return old, "; ".join(f"{label}: {now or '—'}" for label, _, now in told)


def about(answer: Prepared) -> str:
    """Return which answer it is: whose, and its key."""
    return f"{answer.library or ''} /{answer.key}".strip()


def _value(answer: Prepared, field: str) -> str:
    value = getattr(answer, field)
    return value if isinstance(value, str) else written_day(value.isoformat())


def _apart(before: str, after: str) -> tuple[str, str]:
    """Return both without the words at their ends that are the same, but for some."""
    old, new = before.split(), after.split()
    first = _same(old, new)
    last = _same(old[first:][::-1], new[first:][::-1])
    return _cut(old, first, last), _cut(new, first, last)


def _same(one: list[str], other: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(words: list[str], first: int, last: int) -> str:
    begins, ends = max(0, first - ROUND), min(len(words), len(words) - last + ROUND)
    left, right = "… " if begins else "", " …" if ends < len(words) else ""
    return f"{left}{' '.join(words[begins:ends])}{right}"
