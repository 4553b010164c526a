"""Which groups show a case, and as what: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.channels.practice import is_practice
from bot.desk.roster import TRIAL
from bot.desk.telegram.rights import shows_topics
from bot.desk.telegram.saying import Role
from bot.store.interface import CaseFile
from bot.store.telegram_desk import DeskGroup, DeskTopic


@dataclass(frozen=True, slots=True)
class View:
    """As what a desk sees a case."""

    desk: str
    role: Role


def is_usable(group: DeskGroup) -> bool:
    """Return whether topics can be shown in the group."""
    return group.lost_at is None and shows_topics(group.missing)


def views_of(
    case: CaseFile | None,
    groups: Sequence[DeskGroup],
    topics: Iterable[DeskTopic],
    loads: Mapping[int, int],
) -> dict[int, View]:
    """Return which groups show the case: of each desk one, where it is or where least is open.

    A case that is over is shown where it stands already.
    """
    if case is None or case.library == TRIAL or is_practice(case.conversation):
        return {}
    there = {topic.chat: topic for topic in topics}
    found: dict[int, View] = {}
    for view in _views(case):
        chats = [g.chat for g in groups if g.desk == view.desk and is_usable(g)]
        standing = sorted((there[chat].closed, n) for n, chat in enumerate(chats) if chat in there)
        if standing:
            found.setdefault(chats[standing[0][1]], view)
        elif chats and case.is_open:
            found.setdefault(min(chats, key=lambda chat: loads.get(chat, 0)), view)
    return found


def _views(case: CaseFile) -> Iterable[View]:
    desks: dict[str, View] = {}
    for desk in (case.library, case.offered_to):
        if desk:
            desks.setdefault(desk, View(desk, "desk"))
    if case.expert_desk:
        desks.setdefault(case.expert_desk, View(case.expert_desk, "expert"))
    return desks.values()
