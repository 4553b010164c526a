"""„Напомняния“: what a person can be reminded of, asked for one by one and stopped in one tap."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dateutil.relativedelta import relativedelta

from dialogs import reminder_days
from dialogs.days_ahead import day_ahead_in
from dialogs.flows import next_steps, rechecks
from dialogs.model import (
    Awaited,
    Button,
    Conversation,
    Message,
    Remind,
    Reminder,
    StopRechecks,
    Unremind,
)
from dialogs.screens import Screen, rows_of, ways_on
from dialogs.turn import Turn
from dialogs.understanding import date_in, load_lexicon
from knowledge.calendar import is_working_day
from knowledge.facts import Known, Span
from knowledge.measures import Measure
from knowledge.passing_time import Birthday
from knowledge.places import Bureau, Library

MONTHS: dict[Reminder, int] = {"half_year": 6, "year": 12}
"""Months of registration that open measures."""
A_MONTH = dt.timedelta(days=31)
"""A registration told no more exactly than this has a day to count from."""
AS_THE_LAW_COUNTS = dt.timedelta(days=2)
"""A rule may count „повече от“ or „поне“: so much later than the months it may turn."""
OFFERED_DAYS = 4
VISITS = 3
"""Visits that are kept in mind at once."""
FARTHEST = dt.timedelta(days=180)
"""A visit farther away is no plan yet."""
FOLLOWING_FACTS: tuple[Reminder, ...] = ("register", "apply", "half_year", "year")
"""Reminders whose day follows from the facts, and moves with them."""


@dataclass(frozen=True)
class Offer:
    """Something to be reminded of: its day, and when it would be said; None is now."""

    about: Reminder
    day: dt.date
    at: dt.datetime | None
    opens: tuple[Measure, ...] = ()
    """The measures that begin to fit on that day."""


# -- what is offered ---------------------------------------------------------------------------


def offers(turn: Turn) -> Iterator[Offer]:
    """Yield what the facts give a day for."""
    now = turn.context.now
    deadlines: tuple[Literal["register", "apply"], ...] = ("register", "apply")
    for about in deadlines:
        day = next_steps.last_day(turn, about)
        if day and day >= turn.context.today:
            yield Offer(about, day, reminder_days.before_deadline(day, now))
    yield from _since_registering(turn)


def _since_registering(turn: Turn) -> Iterator[Offer]:
    """Yield the half year and the year, where the day or the month of registering is known."""
    profile = turn.profile
    answer = profile.answers.get("registered_on")
    registered = profile.answers.get("registered") == Known(value=True)
    if not isinstance(answer, Known) or not registered or turn.conversation.who == "employer":
        return
    start = _at_latest(answer.value)
    for about, months in MONTHS.items():
        whole = start + relativedelta(months=months) if start else None
        if whole is None or whole <= turn.context.today:
            continue
        day, opens = _turning(turn, whole)
        at = reminder_days.on_day(day, turn.context.now)
        if at:
            yield Offer(about, day, at, opens)


def _at_latest(value: object) -> dt.date | None:
    if isinstance(value, Span):
        low, high = value.low, value.high
        exact = isinstance(low, dt.date) and isinstance(high, dt.date) and high - low <= A_MONTH
        return high if exact and isinstance(high, dt.date) else None
    return value if isinstance(value, dt.date) else None


def _turning(turn: Turn, whole: dt.date) -> tuple[dt.date, tuple[Measure, ...]]:
    """Return the day on which the measures of so many months surely fit, and which they are."""
    near = [
        v
        for v in turn.verdicts()
        if v.from_day and whole <= v.from_day <= whole + AS_THE_LAW_COUNTS
    ]
    opens = tuple(v.measure for v in near if v.measure.status != "unclear")
    days = [v.from_day for v in near if v.from_day and v.measure in opens]
    return max(days, default=whole), opens


def birthday_of(turn: Turn) -> tuple[Birthday, bool] | None:
    """Return the next birthday with which a measure ends or begins, and whether one ends."""
    if turn.conversation.who == "employer":
        return None
    near = [v for v in turn.verdicts() if v.birthday and v.measure.status != "unclear"]
    ends = [v for v in near if v.word in ("yes", "likely")]
    first = next((v.birthday for v in (*ends, *near) if v.birthday), None)
    return (first, bool(ends)) if first else None


# -- the screen --------------------------------------------------------------------------------


def _show(turn: Turn) -> Message:
    if not turn.context.abilities.reaches:
        return Message(
            text=turn.text("reminders-cannot"),
            rows=(ways_on(turn, "plan", "librarian"), ways_on(turn, "back", "menu")),
        )
    parts = [turn.text("reminders"), turn.text("reminders-kept")]
    on = [_kept_line(turn, one) for one in awaited(turn)]
    if on:
        parts.append("\n".join([turn.text("reminders-on"), *on]))
    until = turn.conversation.rechecks.until
    if until:
        parts.append(turn.text("rechecks-on", until=f"{until:%d.%m.%Y}"))
    open_ = [offer for offer in offers(turn) if not _is_on(turn, offer)]
    parts += [said for offer in open_ if (said := _opens(turn, offer))]
    buttons = [turn.button("remind", f"remind:{offer.about}", about=offer.about) for offer in open_]
    buttons.append(turn.button("remind-visit", "go:visit_day"))
    if birthday_of(turn) and not any(one.about == "birthday" for one in awaited(turn)):
        buttons.append(turn.button("remind-birthday", "go:birthday"))
    if rechecks.offered(turn):
        buttons.append(turn.button("rechecks", "go:rechecks"))
    return Message(
        text="\n\n".join(parts),
        rows=(
            *rows_of(tuple(buttons)),
            (turn.button("reminders-stop", "remind-stop"),),
            ways_on(turn, "plan", "librarian"),
            ways_on(turn, "back", "menu"),
        ),
    )


def awaited(turn: Turn) -> tuple[Awaited, ...]:
    """Return what is still to be said of what was asked for, the nearest first."""
    kept = (one for one in turn.conversation.awaited if one.day >= turn.context.today)
    return tuple(sorted(kept, key=lambda one: (one.day, one.about)))


def _is_on(turn: Turn, offer: Offer) -> bool:
    return Awaited(about=offer.about, day=offer.day) in turn.conversation.awaited


def _kept_line(turn: Turn, one: Awaited) -> str:
    return turn.text("reminder-kept", about=one.about, day=f"{one.day:%d.%m.%Y}")


def _opens(turn: Turn, offer: Offer) -> str:
    """Return what a length of registration opens."""
    if not offer.opens:
        return ""
    names = "; ".join(turn.words(measure.title) for measure in offer.opens[:3])
    day = f"{offer.day:%d.%m.%Y}"
    return turn.text("reminders-opens", about=offer.about, day=day, names=names)


# -- asking for one ----------------------------------------------------------------------------


def remind(turn: Turn, about: str) -> Turn:
    """Set the reminder that a button names; what is too near for it is said at once."""
    offer = next((one for one in offers(turn) if one.about == about), None)
    if offer is None:
        return turn.go("reminders").say(turn.text("reminder-no-day"))
    return _set(turn, offer).go("reminders")


def _set(turn: Turn, offer: Offer) -> Turn:
    if not turn.context.abilities.reaches:
        return turn
    day = f"{offer.day:%d.%m.%Y}"
    if offer.at is None:
        when = _nearness(turn, offer.day)
        return turn.say(turn.text("reminder-now", about=offer.about, day=day, when=when))
    if _is_on(turn, offer):
        return turn.say(turn.text("reminder-already", day=day))
    kept = (*turn.conversation.awaited, Awaited(about=offer.about, day=offer.day))
    return (
        turn.change(awaited=kept)
        .effect(_effect(turn, offer, offer.at))
        .say(turn.text("reminder-set", on=f"{offer.at:%d.%m.%Y}", at=f"{offer.at:%H:%M}"))
    )


def _effect(turn: Turn, offer: Offer, at: dt.datetime) -> Remind:
    return Remind(about=offer.about, day=offer.day, at=at, language=turn.language)


def _nearness(turn: Turn, day: dt.date) -> str:
    days = (day - turn.context.today).days
    return ("today", "tomorrow")[days] if days in (0, 1) else "soon"


# -- a visit -----------------------------------------------------------------------------------


def _show_visit(turn: Turn) -> Message:
    if not turn.context.abilities.reaches:
        return _show(turn)
    bureau = next_steps.competent_bureau(turn)
    known = "yes" if bureau and bureau.hours else "no"
    days = tuple(
        Button(label=_short(turn, day), action=f"visit:{day.isoformat()}")
        for day in open_days(turn)
    )
    return Message(
        text=f"{turn.text('visit-day', known=known)}\n\n{turn.text('reminders-kept')}",
        rows=(
            *rows_of(days, width=2),
            ways_on(turn, "plan", "librarian"),
            ways_on(turn, "back", "menu"),
        ),
    )


def open_days(turn: Turn) -> tuple[dt.date, ...]:
    """Return the next days on which the bureau is open; where that is unknown, working days."""
    after = (turn.context.today + dt.timedelta(days=n) for n in range(1, 60))
    place = next_steps.competent_bureau(turn)
    found = (day for day in after if _opens_on(place, day))
    return tuple(day for _, day in zip(range(OFFERED_DAYS), found, strict=False))


def _opens_on(place: Bureau | Library | None, day: dt.date) -> bool:
    if place is None or place.hours is None or not place.shows("opening_hours"):
        return is_working_day(day)
    evening_before = reminder_days.midnight(day) - dt.timedelta(minutes=1)
    opens = place.hours.next_opening(evening_before)
    return opens is not None and opens.date() == day


def _short(turn: Turn, day: dt.date) -> str:
    name = turn.text(f"day-{day.strftime('%a').lower()[:2]}")
    return f"{name} {day:%d.%m}"


def _hear_visit(turn: Turn, text: str) -> Turn | None:
    """Take the typed day of a visit."""
    day = day_ahead_in(text, turn.context.today, turn.language)
    return visit(turn, day.isoformat()) if day else None


def visit(turn: Turn, iso: str) -> Turn:
    """Remember a visit on that day: the evening before says so."""
    try:
        day = dt.date.fromisoformat(iso)
    except ValueError:
        return turn.say(turn.text("old-button"))
    today = turn.context.today
    if not today <= day <= today + FARTHEST:
        return turn.go("visit_day").say(turn.text("visit-day-far"))
    visits = [one for one in awaited(turn) if one.about == "visit" and one.day != day]
    if len(visits) >= VISITS:
        return turn.go("reminders").say(turn.text("visit-enough"))
    if not is_working_day(day):
        turn = turn.say(turn.text("visit-holiday", day=f"{day:%d.%m.%Y}"))
    at = reminder_days.eve_of_visit(day, turn.context.now)
    return _to_reminders(_set(turn, Offer("visit", day, at)))


def _to_reminders(turn: Turn) -> Turn:
    """Close what was asked for the reminder and show what is on."""
    asking = ("visit_day", "birthday")
    below = tuple(s for s in turn.conversation.screens if s.name not in asking)
    return turn.change(screens=below).go("reminders")


# -- a birthday --------------------------------------------------------------------------------


def _show_birthday(turn: Turn) -> Message:
    found = birthday_of(turn)
    rows = (ways_on(turn, "plan", "librarian"), ways_on(turn, "back", "menu"))
    if found is None or not turn.context.abilities.reaches:
        return Message(text=turn.text("birthday-none"), rows=rows)
    birthday, ends = found
    called = turn.knowledge.facts[birthday.fact].birthday
    words = turn.words(called).format(years=birthday.years) if called else ""
    names = "; ".join(turn.words(m.title) for m in _with(turn, birthday)[:3])
    kind = "ends" if ends else "begins"
    return Message(text=turn.text("birthday", birthday=words, names=names, kind=kind), rows=rows)


def _with(turn: Turn, birthday: Birthday) -> list[Measure]:
    """Return the measures that end or begin with this birthday."""
    near = [v for v in turn.verdicts() if v.birthday == birthday and v.measure.status != "unclear"]
    ends = [v.measure for v in near if v.word in ("yes", "likely")]
    return ends or [v.measure for v in near]


def _hear_birthday(turn: Turn, text: str) -> Turn | None:
    """Take the typed day of birth; nothing of it is kept but the day of the reminder."""
    found = birthday_of(turn)
    told = date_in(text, turn.context.today, load_lexicon(turn.language))
    if found is None or not isinstance(told, dt.date):
        return None
    birthday, ends = found
    age = turn.profile.known.get(birthday.fact)
    ahead = birthday.years - age if isinstance(age, int) else 1
    day = reminder_days.next_birthday(told, turn.context.today, ahead)
    at = reminder_days.of_birthday(day, turn.context.now, ends=ends)
    return _to_reminders(_set(turn, Offer("birthday", day, at)))


# -- stopping, and following the facts ---------------------------------------------------------


def stop_all(turn: Turn, _argument: str = "") -> Turn:
    """Call off every reminder and the looking again, also those that this talk knows no more."""
    return _none_left(turn).say(turn.text("reminders-stopped"))


def _none_left(turn: Turn) -> Turn:
    empty = Conversation()
    called_off = turn.effect(Unremind()).effect(StopRechecks())
    return called_off.change(awaited=empty.awaited, rechecks=empty.rechecks)


def forgotten(before: Turn, turn: Turn) -> Turn:
    """Call off what rests on answers that are forgotten; said where there was something."""
    talk = before.conversation
    said = bool(talk.awaited or talk.rechecks.until)
    stopped = _none_left(turn)
    return stopped.say(turn.text("reminders-stopped")) if said else stopped


def kept_right(before: Conversation, turn: Turn) -> Turn:
    """Move what follows from the facts where they changed, and look again by the new ones."""
    if before.answers == turn.conversation.answers:
        return turn
    wanted = {offer.about: offer for offer in offers(turn)}
    for one in awaited(turn):
        if one.about in FOLLOWING_FACTS:
            turn = _moved(turn, one, wanted.get(one.about))
    return rechecks.renewed(turn)


def _moved(turn: Turn, one: Awaited, offer: Offer | None) -> Turn:
    if offer and offer.day == one.day:
        return turn
    others = tuple(other for other in turn.conversation.awaited if other != one)
    turn = turn.change(awaited=others).effect(Unremind(about=one.about))
    if offer is None or offer.at is None:
        return turn.say(turn.text("reminder-gone", about=one.about))
    kept = (*others, Awaited(about=offer.about, day=offer.day))
    said = turn.text("reminder-moved", about=one.about, day=f"{offer.day:%d.%m.%Y}")
    return turn.change(awaited=kept).effect(_effect(turn, offer, offer.at)).say(said)


SCREENS = {
    "reminders": Screen(_show),
    "visit_day": Screen(_show_visit, _hear_visit),
    "birthday": Screen(_show_birthday, _hear_birthday),
}
ACTIONS = {"remind": remind, "visit": visit, "remind-stop": stop_all}
