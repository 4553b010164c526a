"""Whom questions reach at a desk, and who is there today: pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from bot.clock import millis
from bot.store.interface import Librarian, Millis

RECENT = dt.timedelta(days=30)
"""So long after their latest act somebody still counts as one who answers at the desk."""


def is_reached(who: Librarian, groups: Collection[str]) -> bool:
    """Return whether questions reach them; `groups` are the desks with a group that works.

    Whoever has only ever written in the group has no other way to see a question.
    """
    return not _of_group_alone(who) or who.library in groups


def _of_group_alone(who: Librarian) -> bool:
    return who.id.startswith("tg-") and who.login is None


def desks_attended(
    people: Iterable[Librarian],
    away: Collection[str],
    seen: Mapping[str, Millis],
    now: dt.datetime,
) -> set[str]:
    """Return the desks at which somebody is there today.

    There is who came in or did something with a case within the last thirty days and has not said
    that they are away. Where nobody has yet, everybody known there counts.
    """
    crews: defaultdict[str, list[Librarian]] = defaultdict(list)
    for who in people:
        crews[who.library].append(who)
    since = millis(now) - int(RECENT.total_seconds() * 1000)
    attended = set()
    for desk, crew in crews.items():
        active = [who for who in crew if seen.get(who.id, 0) >= since] or crew
        if any(who.id not in away for who in active):
            attended.add(desk)
    return attended
