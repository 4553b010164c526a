"""Which groups show a case, and as what: pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.channels.practice import is_practice
from bot.desk.roster import TRIAL
from bot.desk.telegram.rights import RIGHTS, shows_topics
from bot.desk.telegram.saying import Role
from bot.store.interface import CaseFile
from bot.store.telegram_desk import DeskGroup, DeskTopic

RIGHTS_ALONE = frozenset(RIGHTS)
"""What may be missing where topics stand: no topic is made or closed then, but words go in."""


@dataclass(frozen=True, slots=True)
class View:
    """As what a desk sees a case."""

    desk: str
    role: Role


def is_usable(group: DeskGroup) -> bool:
    """Return whether topics can be shown in the group."""
    return group.lost_at is None and shows_topics(group.missing)


def goes_on(group: DeskGroup) -> bool:
    """Return whether a topic that stands in the group can still be written in."""
    if is_usable(group):
        return True
    # Without topics at all, or without knowing, nothing stands there.
    return group.lost_at is None and RIGHTS_ALONE.issuperset(group.missing.split())


def views_of(
    case: CaseFile | None,
    groups: Sequence[DeskGroup],
    topics: Iterable[DeskTopic],
    loads: Mapping[int, int],
    before: Collection[int] = (),
) -> dict[int, View]:
    """Return which groups show the case: of each desk one, where it is or where least is open.

    A case that is over is shown where it stands already. `topics` come with the one that was
    worked in last at the end, `before` are the groups that showed it until now.
    """
    if case is None or case.library == TRIAL or is_practice(case.conversation):
        return {}
    worked = {topic.chat: place for place, topic in enumerate(topics)}
    found: dict[int, View] = {}
    for view in _views(case):
        chats = [g.chat for g in groups if g.desk == view.desk and is_usable(g)]
        writable = {g.chat for g in groups if g.desk == view.desk and goes_on(g)}
        standing = [chat for chat in worked if chat in writable]
        if standing:
            # A group that comes back takes nothing away from the one where it goes on meanwhile.
            found.setdefault(max(standing, key=lambda c: (c in before, worked[c])), view)
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
