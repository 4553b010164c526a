"""The mirror: looks at cases that changed, and drives each group until it shows how they stand."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.clock import Clock, millis, wait_at_most
from bot.desk.telegram.group import GroupError, Groups
from bot.desk.telegram.notices import Notices
from bot.desk.telegram.plan import View, goes_on, is_usable, views_of
from bot.desk.telegram.rights import RIGHTS, TOPICS
from bot.desk.telegram.topics import Topics
from bot.store.interface import DeskStore, Millis
from bot.store.telegram_desk import DeskGroup, TelegramDeskStore

log = logging.getLogger(__name__)
Migrate = Callable[[int, int], Awaitable[None]]
"""Gives everything that is kept of a group its new number, in one transaction."""
NO_FORUM = "topics"
"""Stands among what is missing where a group has no topics: its own messages tell of them."""
_GENERAL, _RIGHTS = 0, -1
"""In the place of a case's number: what stands in General, and what the bot may do there."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often is looked; all in seconds."""

    look: float = 0.3
    """For changes."""
    notice: float = 30.0
    """For who waits, and for digests."""
    probe: float = 300.0
    """Whether rights that were lost are back."""
    knock: float = 900.0
    """Whether the topics of open cases are there: of a deleted one the platform sends no word."""
    pauses: tuple[float, ...] = (0.5, 1, 2, 5, 15, 30)
    """Between tries while the platform is away; the last one repeats."""
    refused: float = 60.0
    """Until something that was refused is tried again."""


RHYTHM = Rhythm()


@dataclass
class _Lane:
    """What waits to be done in one group, each case once."""

    waiting: dict[int, None] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)
    """Of these, what was not glanced at since it was put there."""
    more: asyncio.Event = field(default_factory=asyncio.Event)
    tries: int = 0
    said: str = ""
    """The trouble that the log was told of."""

    def put(self, number: int) -> None:
        self.waiting.setdefault(number)
        self.fresh.add(number)
        self.more.set()

    async def next(self) -> int:
        while not self.waiting:
            self.more.clear()
            await self.more.wait()
        number = next(iter(self.waiting))
        del self.waiting[number]
        self.fresh.discard(number)
        return number


class Mirror:
    """Runs over all groups. A group that is slow or lost holds up no other."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        groups: Groups,
        topics: Topics,
        notices: Notices,
        shown: TelegramDeskStore,
        desk: DeskStore,
        clock: Clock,
        rhythm: Rhythm = RHYTHM,
        migrate: Migrate | None = None,
    ) -> None:
        self._groups = groups
        self._topics = topics
        self._notices = notices
        self._shown = shown
        self._desk = desk
        self._clock = clock
        self._rhythm = rhythm
        self._migrate = migrate or shown.migrate
        self._lanes: dict[int, _Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._known: list[DeskGroup] = []
        self._views: dict[int, dict[int, View]] = {}
        self._later: dict[int, Millis] = {}
        self._asked: set[int] = set()
        self._doubted: set[int] = set()
        self._after = 0
        self._fault = ""
        self._woken = asyncio.Event()
        self._due_notice = self._due_probe = self._due_knock = 0.0

    def standing(self) -> str:
        """Return „ok“, or how many groups cannot show what they are to."""
        lost = sum(group.lost_at is not None for group in self._known)
        lacking = sum(group.lost_at is None and bool(group.missing) for group in self._known)
        words = [
            *([f"{lost} group(s) lost"] if lost else []),
            *([f"{lacking} group(s) without rights"] if lacking else []),
            *([self._fault] if self._fault else []),
        ]
        return ", ".join(words) or "ok"

    def look(self, *numbers: int) -> None:
        """Look now whether these cases' topics stand as they are to: a hand has turned them."""
        self._doubted.update(numbers)
        self._woken.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Mirror meanwhile; at the end the calls under way are kept."""
        task = asyncio.create_task(self.run(), name="telegram desk")
        try:
            yield
        finally:
            tasks = [task, *self._tasks]
            for each in tasks:
                each.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._topics.settle()
            await self._notices.settle()

    async def run(self) -> None:
        """Mirror until cancelled."""
        tries = 0
        while True:
            try:
                await self._round()
            except Exception as error:  # noqa: BLE001  # told without its words
                fault, tries = type(error).__name__, tries + 1
                if fault != self._fault:
                    log.error("the groups could not be looked after: %s", fault)  # noqa: TRY400
                self._fault = fault
            else:
                tries, self._fault = 0, ""
            await self._rest(
                self._rhythm.pauses[min(tries, len(self._rhythm.pauses)) - 1]
                if tries
                else self._rhythm.look
            )

    async def _rest(self, seconds: float) -> None:
        await wait_at_most(seconds, self._woken.wait())
        self._woken.clear()

    # -- what is to be done --------------------------------------------------------------------

    async def _round(self) -> None:
        groups = await self._shown.groups()
        numbers, self._asked = self._asked, set()
        await self._knock()
        numbers |= self._doubted
        if _standing(groups) != _standing(self._known):
            # A desk that joined, a group that came back: everything is looked at once.
            last = await self._desk.last_change()
            numbers.update(await self._shown.unfinished())
            self._after = last
        self._known = groups
        changes = await self._shown.changes(self._after)
        numbers.update(number for _, number in changes)
        now = millis(self._clock())
        numbers.update(number for number, at in self._later.items() if at <= now)
        try:
            await self._assign(sorted(numbers))
        except BaseException:
            self._asked |= numbers
            raise
        self._after = max([self._after, *(number for number, _ in changes)])
        await self._tick()

    async def _knock(self) -> None:
        """Doubt from time to time that the topics of open cases still stand."""
        now = asyncio.get_running_loop().time()
        if now >= self._due_knock:
            self._doubted.update(await self._shown.unfinished())
            self._due_knock = now + self._rhythm.knock

    async def _assign(self, numbers: Collection[int]) -> None:
        """Say which groups show these cases, and let each group look at them."""
        if not numbers:
            return
        loads = await self._shown.open_topics()
        writable = {group.chat for group in self._known if goes_on(group)}
        usable = {group.chat for group in self._known if is_usable(group)}
        for number in numbers:
            case, topics = await self._desk.case(number), await self._shown.topics(number)
            standing = {topic.chat for topic in topics}
            before = self._views.get(number, {})
            # One that is being made there already stays there.
            views = views_of(case, self._known, topics, loads, before)
            for chat, view in before.items():
                moved = [c for c, v in views.items() if v == view and c not in standing]
                if chat in usable and chat not in views and moved:
                    del views[moved[0]]
                    views[chat] = view
            for chat in views.keys() - standing - before.keys():
                loads[chat] = loads.get(chat, 0) + 1
            self._views[number] = views
            self._later.pop(number, None)
            for chat in (views.keys() | standing | before.keys()) & writable:
                if number in self._doubted and chat in standing:
                    self._topics.doubt(number, chat)
                self._lane(chat).put(number)
            self._doubted.discard(number)
            if not views:
                del self._views[number]

    async def _tick(self) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._due_notice:
            self._due_notice = now + self._rhythm.notice
            await self._notices.gather(self._known)
            for group in self._known:
                if is_usable(group):
                    self._lane(group.chat).put(_GENERAL)
        if now >= self._due_probe:
            self._due_probe = now + self._rhythm.probe
            for group in self._known:
                if group.missing or group.lost_at is not None:
                    self._lane(group.chat).put(_RIGHTS)

    async def _probe(self, chat: int) -> None:
        """Look whether the bot is back in a group, or may do there again what it is to."""
        try:
            missing = await self._groups.missing(chat)
        except GroupError:
            return
        group = await self._shown.group(chat)
        if group is None:
            return
        words = _lacking(group, missing)
        if words != group.missing or group.lost_at is not None:
            await self._shown.set_missing(group.chat, words, None)
            log.info("group %d: the bot is there; it lacks: %s", group.chat, words or "nothing")

    # -- one group -----------------------------------------------------------------------------

    def _lane(self, chat: int) -> _Lane:
        lane = self._lanes.get(chat)
        if lane is None:
            lane = self._lanes[chat] = _Lane()
            task = asyncio.create_task(self._work(chat, lane), name=f"group {chat}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return lane

    async def _work(self, chat: int, lane: _Lane) -> None:
        while True:
            number = await lane.next()
            try:
                await self._glance(chat, lane)
                await self._do(chat, number)
            except GroupError as error:
                await self._troubled(chat, lane, number, error)
            except Exception as error:  # noqa: BLE001  # its words might quote a person
                self._say(chat, lane, type(error).__name__)
                await self._again(lane, number)
            else:
                if number == _RIGHTS:
                    continue
                if lane.said:
                    log.info("group %d: it works again", chat)
                lane.tries, lane.said = 0, ""

    async def _glance(self, chat: int, lane: _Lane) -> None:
        """Let the cards of what waits be right before messages take their time."""
        while lane.fresh:
            number = lane.fresh.pop()
            if number > _GENERAL:
                await self._topics.glance(number, chat, self._views.get(number, {}).get(chat))

    async def _do(self, chat: int, number: int) -> None:
        if not self._groups.knows(chat):
            now = self._clock()
            since = millis(now - self._groups.window)
            ages = [millis(now) - at for at in await self._shown.recent(chat, since)]
            # One more, of which an end without warning may have kept nothing.
            self._groups.remember(chat, [0.0, *(age / 1000 for age in ages)])
        if number == _RIGHTS:
            await self._probe(chat)
            return
        if number == _GENERAL:
            await self._notices.bring(chat)
            return
        view = self._views.get(number, {}).get(chat)
        again = await self._topics.bring(number, chat, view)
        if again is not None:
            self._later[number] = again

    async def _troubled(self, chat: int, lane: _Lane, number: int, error: GroupError) -> None:
        """Do what the refusal asks for; each new kind of it is one line in the log."""
        trouble = error.trouble
        if trouble == "right" and not await self._lacks(chat, error):
            trouble = "refused"
        self._say(chat, lane, f"{trouble} ({error})" if str(error) else trouble)
        if trouble == "moved":
            await self._migrate(chat, error.moved_to)
        elif trouble == "lost":
            group = await self._shown.group(chat)
            if group and group.lost_at is None:
                await self._shown.set_missing(chat, group.missing, millis(self._clock()))
        elif trouble == "away":
            await self._again(lane, number)
        elif number > _GENERAL:
            self._later[number] = millis(self._clock()) + int(self._rhythm.refused * 1000)
        self._woken.set()

    async def _lacks(self, chat: int, said: GroupError) -> bool:
        """Keep which rights the bot lacks in a group; return whether it lacks any."""
        group = await self._shown.group(chat)
        if group is None:
            return False
        try:
            missing = await self._groups.missing(chat)
        except GroupError as error:
            if error.trouble == "lost":
                await self._shown.set_missing(chat, group.missing, millis(self._clock()))
            return error.trouble == "lost"
        if "forum" in str(said).lower():
            missing |= {NO_FORUM, TOPICS}
        words = _lacking(group, missing)
        await self._shown.set_missing(chat, words, None)
        return bool(words)

    async def _again(self, lane: _Lane, number: int) -> None:
        lane.put(number)
        pauses = self._rhythm.pauses
        await asyncio.sleep(pauses[min(lane.tries, len(pauses) - 1)])
        lane.tries += 1

    @staticmethod
    def _say(chat: int, lane: _Lane, words: str) -> None:
        if words != lane.said:
            log.warning("group %d: %s", chat, words)
        lane.said = words


def _lacking(group: DeskGroup, missing: Collection[str]) -> str:
    """Return what a group is kept to lack: what stands there besides rights is not ours to end."""
    others = [word for word in group.missing.split() if word not in RIGHTS]
    blocked = [TOPICS] if others and TOPICS in group.missing.split() else []
    return " ".join(dict.fromkeys((*others, *sorted({*missing, *blocked}))))


def _standing(groups: Collection[DeskGroup]) -> list[tuple[object, ...]]:
    return [(group.chat, group.desk, group.missing, group.lost_at) for group in groups]
