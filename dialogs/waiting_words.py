"""How long something has waited, and when it was written, as a desk reads it: in Bulgarian."""

import datetime as dt

from dialogs.texts import Texts
from knowledge.opening_hours import OpeningHours, in_sofia

HOUR = dt.timedelta(hours=1)
LONG = dt.timedelta(hours=48)
"""From here on days are counted, not hours."""
NIGHT, EVENING = 5, 18
"""Hours: before the one it is still night, from the other on it is evening."""


def age(texts: Texts, since: dt.datetime, now: dt.datetime) -> str:
    """Return since when it has waited: „от 16 ч“, „от вчера, 17:40“, „от 3 дни“."""
    begun, today = in_sofia(since), in_sofia(now)
    days = (today.date() - begun.date()).days
    if days > 1:
        return texts("desk-age-days", count=days)
    if days == 1:
        return texts("desk-age-yesterday", time=f"{begun:%H:%M}")
    waited = _waited(since, now)
    if waited >= HOUR:
        return texts("desk-age-hours", count=waited // HOUR)
    minutes = waited // dt.timedelta(minutes=1)
    return texts("desk-age-minutes", count=minutes) if minutes else texts("desk-age-now")


def lasting(texts: Texts, since: dt.datetime, now: dt.datetime) -> str:
    """Return how long it has waited: „25 мин“, „16 ч“, „3 дни“."""
    waited = _waited(since, now)
    if waited >= LONG:
        return texts("desk-lasting-days", count=waited // dt.timedelta(days=1))
    if waited >= HOUR:
        return texts("desk-lasting-hours", count=waited // HOUR)
    return texts("desk-lasting-minutes", count=waited // dt.timedelta(minutes=1))


def written_while_closed(
    texts: Texts, written: dt.datetime, now: dt.datetime, hours: OpeningHours | None
) -> str:
    """Return „писано снощи в 22:10, извън работно време“; empty where it was open or may be."""
    if hours is None or hours.is_open(written):
        return ""
    at, today = in_sofia(written), in_sofia(now)
    when = _when(at, today)
    said = {"day": f"{at:%d.%m}", "time": f"{at:%H:%M}"}
    return texts("desk-written", when=when, pause=_pause(hours, at, today), **said)


def written_for_good(texts: Texts, written: dt.datetime, hours: OpeningHours | None) -> str:
    """Return „писано на 24.11 в 22:15, докато беше затворено“: it is true on any later day.

    For what is never drawn again; empty where it was open or may be.
    """
    if hours is None or hours.is_open(written):
        return ""
    at = in_sofia(written)
    pause = "break" if _is_break(hours, at) else "closed"
    said = {"day": f"{at:%d.%m}", "time": f"{at:%H:%M}"}
    return texts("desk-written", when="earlier", pause=pause, **said)


def lateness(
    texts: Texts, written: dt.datetime, now: dt.datetime, hours: OpeningHours | None
) -> tuple[str, ...]:
    """Return what is said beside words that come late: that it was closed, how old they are."""
    closed = written_while_closed(texts, written, now, hours)
    old = age(texts, written, now) if _waited(written, now) >= HOUR else ""
    return tuple(words for words in (closed, old) if words)


def _when(at: dt.datetime, today: dt.datetime) -> str:
    days = (today.date() - at.date()).days
    if days == 0:
        return "tonight" if at.hour < NIGHT else "today"
    if days == 1:
        return "last_evening" if at.hour >= EVENING else "yesterday"
    return "earlier"


def _pause(hours: OpeningHours, at: dt.datetime, today: dt.datetime) -> str:
    """Return in which time without anybody it was written, as today sees it."""
    if _is_break(hours, at):
        return "break"
    opens = hours.next_opening(at)
    coming = opens is None or opens.date() >= today.date()
    return "before" if coming else "closed"


def _is_break(hours: OpeningHours, at: dt.datetime) -> bool:
    opens = hours.next_opening(at)
    same_day = opens is not None and opens.date() == at.date()
    minute = at.hour * 60 + at.minute
    return same_day and any(span.closes <= minute for span in hours.spans_on(at.date()))


def _waited(since: dt.datetime, now: dt.datetime) -> dt.timedelta:
    # In UTC: of two times on one clock Python subtracts the faces, not the instants.
    return max(now.astimezone(dt.UTC) - since.astimezone(dt.UTC), dt.timedelta())
