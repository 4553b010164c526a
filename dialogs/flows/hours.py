"""Opening hours in words: the week, what is different on certain days, whether it is open now."""

from collections.abc import Iterator, Sequence

from dialogs.turn import Turn
from knowledge.opening_hours import DAYS, DatedHours, OpeningHours, Rule, Span, days_text


def in_words(turn: Turn, hours: OpeningHours) -> str:
    """Return the hours as people write them; exceptions that are over are left out."""
    return "; ".join(_parts(turn, hours))


def _parts(turn: Turn, hours: OpeningHours) -> Iterator[str]:
    yield from (_weekly(turn, rule) for rule in hours.rules)
    for closure in hours.closures:
        day = DAYS[closure.day].lower()
        yield turn.text("hours-monthly", nth=closure.nth, day=day)
    yield from (_dated(turn, dated) for dated in hours.dated if dated.last >= turn.context.today)
    if hours.says_holidays:
        yield turn.text("hours-holidays")


def _weekly(turn: Turn, rule: Rule) -> str:
    return f"{_days(turn, rule.days)} {_spans(turn, rule.spans)}"


def _dated(turn: Turn, dated: DatedHours) -> str:
    name = "hours-on" if dated.of_one_day else "hours-from-to"
    days = _days(turn, dated.days) if dated.days else ""
    when = turn.text(name, first=f"{dated.first:%d.%m.%Y}", last=f"{dated.last:%d.%m.%Y}")
    return " ".join(filter(None, (when, days, _spans(turn, dated.spans))))


def _days(turn: Turn, days: Sequence[int]) -> str:
    said = days_text(days).replace("-", "–").replace(",", ", ")
    for day in DAYS:
        said = said.replace(day, turn.text(f"day-{day.lower()}"))
    return said


def _spans(turn: Turn, spans: Sequence[Span]) -> str:
    return ", ".join(str(span).replace("-", "–") for span in spans) or turn.text("hours-closed")


def now(turn: Turn, hours: OpeningHours | None) -> str:
    """Return „отворено до 18:00“ or when it opens next."""
    moment = turn.context.now
    if hours is None:
        return turn.text("hours-unknown")
    closes = hours.closes_at(moment)
    if closes:
        return turn.text("open-until", time=f"{closes:%H:%M}")
    opens = hours.next_opening(moment)
    if opens is None:
        return turn.text("closed-now")
    days = (opens.date() - turn.context.today).days
    when = ("today", "tomorrow")[days] if days < 2 else opens.strftime("%a").lower()[:2]
    return turn.text("opens-at", when=when, date=f"{opens:%d.%m}", time=f"{opens:%H:%M}")
