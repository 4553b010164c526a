"""One case in one group: what the topic lacks to show the case is done, and then kept as done."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from zlib import crc32

from telegram import InputFile

from bot.channels.telegram.rendering import split
from bot.channels.telegram.ways import kinds_to_try
from bot.clock import Clock, millis
from bot.desk.deliveries import Standing, standings
from bot.desk.telegram.group import GroupError, Groups
from bot.desk.telegram.header import (
    Header,
    Title,
    erased_title,
    header_of,
    left_header,
    opening,
    stopped,
    title_of,
    turned_words,
)
from bot.desk.telegram.plan import View
from bot.desk.telegram.posts import (
    Place,
    file_of,
    is_shown,
    joined,
    line_of,
    own_message,
)
from bot.desk.telegram.saying import Saying
from bot.kept.files import name_of
from bot.store.interface import CaseFile, DeskStore, Entry, Millis
from bot.store.telegram_desk import HEADER, OURS, OWN, DeskPost, DeskTopic, TelegramDeskStore
from dialogs.model import KeptFile

log = logging.getLogger(__name__)
Result = TypeVar("Result")
Upload = Callable[[KeptFile], Awaitable[bytes | None]]
"""Returns the bytes of a file that is kept here; None where it is not kept any more."""
PATIENCE: Millis = 120_000
"""So long a person of the web chat may be away before the librarian is told."""
GRACE = 10.0
"""Seconds that a call under way has when the service stops."""
WHOLE = 4000
"""UTF-16 units of a message whose words have changed."""
DELIVERED, NOT_DELIVERED, NOTED = "👌", "🤷", "✍"
"""Signs below a librarian's own message, from the platform's list."""
_TEXT, _FILE, _WORD, _WAITS = "text", "file", "word", "waits"
"""What a message of the group is, as its mark begins."""
_ERASED = "erased"


@dataclass(frozen=True, slots=True)
class _Scene:
    """All that one look works with."""

    case: CaseFile
    topic: DeskTopic
    place: Place

    @property
    def chat(self) -> int:
        return self.topic.chat

    @property
    def number(self) -> int:
        return self.case.number


class Topics:
    """Brings topics to where their cases are. What was done is kept after each call."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        groups: Groups,
        shown: TelegramDeskStore,
        desk: DeskStore,
        saying: Saying,
        clock: Clock,
        upload: Upload,
    ) -> None:
        self._groups = groups
        self._shown = shown
        self._desk = desk
        self._saying = saying
        self._clock = clock
        self._upload = upload
        self._doubted: set[tuple[int, int]] = set()
        """Topics that a hand may have closed, opened or deleted."""
        self._held: dict[tuple[int, int], bool] = {}
        """Whether a librarian had the case when the group showed it last."""
        self._erased: set[tuple[int, int]] = set()
        """Cases of which the group is still to hear that they are gone."""
        self._under_way: set[asyncio.Task[Any]] = set()

    async def bring(self, number: int, chat: int, view: View | None) -> Millis | None:
        """Let a group show a case as it is, or show it no more; return when to look again.

        Raises GroupError where the platform stands in the way.
        """
        for _ in range(4):
            try:
                return await self._bring(number, chat, view)
            except GroupError as error:
                if error.trouble == "topic_gone":
                    # With all that stood there: a new one shows the whole talk.
                    await self._drop(number, chat)
                elif error.trouble == "topic_closed":
                    self.doubt(number, chat)
                else:
                    raise
        raise GroupError("refused", "the topic cannot be made whole")

    def doubt(self, number: int, chat: int) -> None:
        """Find out at the next look whether the topic is there, and open or closed as it is to."""
        self._doubted.add((number, chat))

    async def glance(self, number: int, chat: int, view: View | None) -> None:
        """Bring what needs no message: the card and the title. The rest comes in its turn.

        What stands in the way is met again then.
        """
        case, topic = await self._desk.case(number), await self._shown.topic(number, chat)
        if case is None or view is None or topic is None or topic.closed or not topic.header_mark:
            return
        entries = await self._desk.entries(number)
        header = await self._header(case, entries, view)
        try:
            if topic.header is not None and topic.header_mark != header.mark:
                await self._groups.edit(chat, topic.header, header.text, header.rows)
                await self._shown.change_topic(number, chat, header_mark=header.mark)
            await self._entitle(topic, title_of(self._saying, case, view.role))
        except GroupError as error:
            log.debug("group %d: a glance ended early: %s", chat, error.trouble)

    async def settle(self) -> None:
        """Return once the calls under way have ended and are kept."""
        if self._under_way:
            _, late = await asyncio.wait(set(self._under_way), timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _bring(self, number: int, chat: int, view: View | None) -> Millis | None:
        case = await self._desk.case(number)
        topic = await self._shown.topic(number, chat)
        if case is None:
            await self._erase(topic)
            await self._tell_erased(number, chat)
        elif view is None:
            await self._leave(case, topic)
        elif topic or case.is_open:
            return await self._show(case, topic, chat, view)
        return None

    async def _through(self, act: Coroutine[Any, Any, Result]) -> Result:
        """Do a call and keep what it did, even where the service is told to stop meanwhile."""
        task = asyncio.create_task(act)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    def _now(self) -> Millis:
        return millis(self._clock())

    # -- a case that is shown ------------------------------------------------------------------

    async def _show(
        self, case: CaseFile, topic: DeskTopic | None, chat: int, view: View
    ) -> Millis | None:
        entries = await self._desk.entries(case.number)
        title = title_of(self._saying, case, view.role)
        if topic is None:
            topic = await self._made(case.number, chat, title)
        place = Place(chat, topic.thread, view.desk, view.role)
        scene = _Scene(case, topic, place)
        if self._may_be_closed(topic) and (case.is_open or self._lacks(scene, entries)):
            await self._open(scene)
        self._note_held(case, chat, view)
        topic = await self._head(scene, await self._header(case, entries, view))
        forbidden = await self._may_not_entitle(topic, title)
        await self._post(scene)
        entries = await self._desk.entries(case.number)
        await self._reword(scene, entries)
        again = await self._mark(scene, entries)
        if forbidden is not None:
            raise forbidden
        if not case.is_open:
            await self._close(case.number, chat)
        return again

    async def _header(self, case: CaseFile, entries: Sequence[Entry], view: View) -> Header:
        stop, reason = stopped(case, entries), ""
        if stop is not None:
            today = self._clock().date().isoformat()
            mutings = await self._desk.mutings(today)
            # It names no case: the moment, and who did it, tell which it is.
            found = (m for m in mutings if (m.at, m.who) == (stop.at, stop.who))
            reason = next((m.reason for m in found), "")
        return header_of(self._saying, case, entries, view.role, reason)

    async def _made(self, number: int, chat: int, title: Title) -> DeskTopic:
        """Make the topic, unless one that was made before turns up meanwhile."""
        icon = await self._groups.icon(title.signs)
        await self._groups.ready(chat)

        async def make() -> DeskTopic:
            found = await self._shown.topic(number, chat)
            if found is not None:
                return found
            thread = await self._groups.create(chat, title.name, icon)
            found = await self._shown.topic(number, chat)
            if found is not None and found.thread != thread:
                await self._unmake(chat, thread)
                return found
            topic = DeskTopic(number, chat, thread, icon=title.mark)
            await self._shown.keep_topic(topic)
            return topic

        return await self._through(make())

    async def _unmake(self, chat: int, thread: int) -> None:
        """Take a topic away that was made a moment ago beside the one which is kept."""
        try:
            await self._groups.remove(chat, thread)
        except GroupError as error:
            log.info("group %d: a second topic could not be deleted: %s", chat, error.trouble)

    def _lacks(self, scene: _Scene, entries: Sequence[Entry]) -> bool:
        first = opening(scene.case, entries)
        return any(
            e.id > scene.topic.shown and is_shown(scene.case, e, scene.place, first)
            for e in entries
        )

    # -- open and closed -----------------------------------------------------------------------

    def _is_doubted(self, topic: DeskTopic) -> bool:
        return (topic.number, topic.chat) in self._doubted

    def _may_be_closed(self, topic: DeskTopic) -> bool:
        return topic.closed or self._is_doubted(topic)

    async def _open(self, scene: _Scene) -> None:
        """Open the topic; where a hand had closed it, say how a talk ends."""
        topic, was_closed = scene.topic, False
        try:
            was_closed = await self._groups.reopen(topic.chat, topic.thread)
        except GroupError as error:
            # A doubt that the platform does not clear up holds up nothing.
            if topic.closed or error.trouble not in ("refused", "right"):
                raise
            log.info("group %d: a topic could not be told to open: %s", topic.chat, error)
        self._doubted.discard((topic.number, topic.chat))
        if topic.closed:
            await self._shown.change_topic(topic.number, topic.chat, closed=False)
        elif was_closed and scene.case.is_open:
            words = turned_words(self._saying, scene.case, scene.place.role)
            await self._tell(scene, OURS, None, words, _WORD)

    async def _close(self, number: int, chat: int) -> None:
        now = await self._shown.topic(number, chat)
        if now is None or (now.closed and not self._is_doubted(now)):
            return
        await self._groups.close(chat, now.thread)
        self._doubted.discard((number, chat))
        await self._shown.change_topic(number, chat, closed=True)

    # -- the card and the title ----------------------------------------------------------------

    async def _head(self, scene: _Scene, header: Header) -> DeskTopic:
        """Let the first message stand as it is to, pinned; return the topic as it is then."""
        topic = scene.topic
        if topic.header is not None and topic.header_mark == header.mark:
            return topic
        message = topic.header
        if message is not None:
            try:
                await self._groups.edit(topic.chat, message, header.text, header.rows)
            except GroupError as error:
                if error.trouble != "message_gone":
                    raise
                message = None
        if message is None:
            message = await self._new_header(scene, header)
            topic = replace(topic, header_mark="")
        if not topic.header_mark:
            await self._pin(topic.chat, message)
        await self._shown.change_topic(topic.number, topic.chat, header_mark=header.mark)
        return replace(topic, header=message, header_mark=header.mark)

    async def _new_header(self, scene: _Scene, header: Header) -> int:
        chat, place = scene.chat, scene.place
        await self._groups.ready(chat)

        async def send() -> int:
            message = await self._groups.send(
                chat,
                header.text,
                thread=place.thread,
                rows=header.rows,
                quiet=self._is_quiet(place),
            )
            post = DeskPost(chat, message, scene.number, OURS, HEADER, self._now())
            await self._shown.keep_posts([post], header=message, header_mark="")
            return message

        return await self._through(send())

    async def _pin(self, chat: int, message: int) -> None:
        try:
            await self._groups.pin(chat, message)
        except GroupError as error:
            # Unpinned it is the first message all the same.
            if error.trouble not in ("right", "refused", "message_gone"):
                raise
            log.info("group %d: a card could not be pinned: %s", chat, error)

    async def _entitle(self, topic: DeskTopic, title: Title) -> None:
        if topic.icon == title.mark:
            return
        icon = await self._groups.icon(title.signs)
        await self._groups.entitle(topic.chat, topic.thread, title.name, icon)
        await self._shown.change_topic(topic.number, topic.chat, icon=title.mark)

    async def _may_not_entitle(self, topic: DeskTopic, title: Title) -> GroupError | None:
        """Give the topic its title; return the refusal where only the right to that is missing."""
        try:
            await self._entitle(topic, title)
        except GroupError as error:
            # What is said in the topic needs no such right, and goes on.
            if error.trouble != "right":
                raise
            return error
        return None

    # -- new lines -----------------------------------------------------------------------------

    async def _post(self, scene: _Scene) -> None:
        """Post what is not shown yet, in order, joined; what is written here is only noted."""
        while True:
            topic = await self._shown.topic(scene.number, scene.chat)
            entries = await self._desk.entries(scene.number)
            if topic is None or topic.thread != scene.place.thread:
                return
            if not any(e.id > topic.shown for e in entries):
                return
            if self._lacks(replace(scene, topic=topic), entries):
                # What comes while the group's place in time is awaited is joined to it.
                await self._groups.ready(scene.chat)
                entries = await self._desk.entries(scene.number)
            if not entries:
                return
            await self._through(self._post_next(scene, topic, entries))

    async def _post_next(self, scene: _Scene, topic: DeskTopic, entries: Sequence[Entry]) -> None:
        first = opening(scene.case, entries)
        new = [e for e in entries if e.id > topic.shown]
        lines = [e for e in new if is_shown(scene.case, e, scene.place, first)]
        if not lines:
            await self._note_own(scene, new, new[-1].id)
            return
        await self._note_own(scene, new, lines[0].id - 1)
        at = self._now()
        post = joined(self._saying, lines, scene.place)
        last = next(e for e in lines if e.id == post.entries[-1])
        there = await self._shown.posts(scene.number, scene.chat)
        done = sum(p.entry == post.entries[0] and p.mark.startswith(_TEXT) for p in there)
        marks = {e.id: _text_mark(e) for e in lines}
        for place_in, part in enumerate(post.parts):
            if place_in < done:
                continue
            message = await self._groups.send(
                scene.chat, part, thread=scene.place.thread, quiet=self._is_quiet(scene.place)
            )
            rows = [
                DeskPost(scene.chat, message, scene.number, n, marks[n], at) for n in post.entries
            ]
            whole = place_in == len(post.parts) - 1
            await self._shown.keep_posts(
                rows, **({"shown": last.id - bool(last.file)} if whole else {})
            )
        if last.file:
            await self._post_file(scene, last)
        await self._note_own(scene, new, last.id)

    async def _note_own(self, scene: _Scene, new: Sequence[Entry], up_to: int) -> None:
        """Note which messages of the group are lines of the case, up to a line."""
        at = self._now()
        rows = [
            DeskPost(scene.chat, message, scene.number, e.id, OWN, at)
            for e in new
            if e.id <= up_to and (message := own_message(e, scene.place)) is not None
        ]
        if rows:
            await self._shown.keep_posts(rows)
        topic = await self._shown.topic(scene.number, scene.chat)
        if topic and topic.shown < up_to:
            await self._shown.change_topic(scene.number, scene.chat, shown=up_to)

    async def _post_file(self, scene: _Scene, entry: Entry) -> None:
        file = file_of(entry)
        message = await self._send_file(scene, file) if file else None
        if message is None:
            words = self._saying.texts("desk-group-file-lost")
            message = await self._groups.send(scene.chat, words, thread=scene.place.thread)
        row = DeskPost(scene.chat, message, scene.number, entry.id, _FILE, self._now())
        await self._shown.keep_posts([row], shown=entry.id)

    async def _send_file(self, scene: _Scene, file: KeptFile) -> int | None:
        """Send a file as the best that the platform takes it as; None where it takes it as none."""
        where, _, name = file.ref.partition(":")
        found: str | InputFile = name
        if where != "telegram":
            content = await self._upload(file)
            if content is None:
                return None
            found = InputFile(content, filename=name_of(file))
        for kind in kinds_to_try(file, uploaded=isinstance(found, InputFile)):
            try:
                return await self._groups.send_file(
                    scene.chat,
                    scene.place.thread,
                    kind,
                    found,
                    quiet=self._is_quiet(scene.place),
                )
            except GroupError as error:
                if error.trouble != "refused":
                    raise
                log.warning("group %d: a file was refused as a %s: %s", scene.chat, kind, error)
        return None

    def _is_quiet(self, place: Place) -> bool:
        return self._saying.is_open(place.desk, self._now()) is False

    # -- lines that read otherwise now -----------------------------------------------------------

    async def _reword(self, scene: _Scene, entries: Sequence[Entry]) -> None:
        """Change the posted copies of what was changed or taken back; what is joined, whole."""
        by_id = {e.id: e for e in entries}
        posts = await self._shown.posts(scene.number, scene.chat)
        texts = [p for p in posts if p.mark.startswith(_TEXT) and p.entry in by_id]
        changed = {p.entry for p in texts if p.mark != _text_mark(by_id[p.entry])}
        done: set[int] = set()
        for number in sorted(changed):
            messages = sorted({p.message for p in texts if p.entry == number})
            if not done.isdisjoint(messages):
                continue
            done.update(messages)
            held = [p for p in texts if p.message in messages]
            lines = [by_id[n] for n in sorted({p.entry for p in held})]
            await self._rewrite(scene, messages, lines, min(p.at for p in held))
        for post in posts:
            entry = by_id.get(post.entry)
            if post.mark == _FILE and entry is not None and not entry.file:
                await self._take_away(scene.chat, post.message)

    async def _rewrite(
        self, scene: _Scene, messages: Sequence[int], lines: Sequence[Entry], at: Millis
    ) -> None:
        said = [line_of(self._saying, e, scene.place) for e in lines]
        parts = split("\n\n".join(said), WHOLE)
        marks = [(e.id, _text_mark(e)) for e in lines]
        for message, part in zip(messages, parts, strict=False):
            try:
                await self._groups.edit(scene.chat, message, part)
            except GroupError as error:
                # Somebody has taken the copy away: it is not put there again.
                if error.trouble not in ("message_gone", "refused"):
                    raise
        for message in messages[len(parts) :]:
            await self._take_away(scene.chat, message)
        for part in parts[len(messages) :]:
            await self._groups.ready(scene.chat)
            more = await self._groups.send(scene.chat, part, thread=scene.place.thread)
            rows = [DeskPost(scene.chat, more, scene.number, n, mark, at) for n, mark in marks]
            await self._shown.keep_posts(rows)
        for message in messages:
            await self._shown.mark_posts(scene.chat, message, marks)

    async def _take_away(self, chat: int, message: int) -> None:
        try:
            await self._groups.delete(chat, [message])
        except GroupError as error:
            if error.trouble not in ("message_gone", "refused", "right"):
                raise
        await self._shown.drop_posts(chat, [message])

    # -- what became of deliveries ---------------------------------------------------------------

    async def _mark(self, scene: _Scene, entries: Sequence[Entry]) -> Millis | None:
        """Put the sign below what was written here; say what did not arrive, and where else."""
        posts = await self._shown.posts(scene.number, scene.chat)
        marks = {(p.message, p.entry): p.mark for p in posts}
        told = {p.entry for p in posts if p.mark == _WORD}
        copies = {p.entry: p.message for p in posts if p.mark.startswith(_TEXT)}
        # An expert does not see what the person wrote: not their telephone, either.
        expert = scene.place.role == "expert"
        seen = [e for e in entries if e.kind != "person"] if expert else entries
        stands = standings(self._saying.texts, scene.case, seen, self._now())
        for entry in entries:
            own = own_message(entry, scene.place)
            message = copies.get(entry.id) if own is None else own
            mark = marks.get((message or 0, entry.id))
            if message is None or mark is None or not _may_mark(scene, entry):
                continue
            standing = stands.get(entry.id)
            if standing and standing.state == "dead":
                # Of each change that did not arrive it is said once.
                about = standing.change or entry.id
                if about not in told:
                    await self._tell(scene, about, message, standing.words, _WORD)
            if own is not None:
                await self._sign(scene, entry, own, mark, standing)
        return await self._told_to_wait(scene, entries, posts, stands)

    async def _sign(
        self, scene: _Scene, entry: Entry, message: int, mark: str, standing: Standing | None
    ) -> None:
        sign = _sign_of(standing)
        if not sign or mark == f"{OWN}{sign}":
            return
        try:
            await self._groups.react(scene.chat, message, sign)
        except GroupError as error:
            # The message was taken away, or the group allows no such sign.
            if error.trouble not in ("message_gone", "refused", "right"):
                raise
            log.info("group %d: a sign was refused: %s", scene.chat, error)
        await self._shown.mark_posts(scene.chat, message, [(entry.id, f"{OWN}{sign}")])

    async def _tell(
        self, scene: _Scene, entry: int, message: int | None, words: str, kind: str
    ) -> None:
        await self._groups.ready(scene.chat)

        async def send() -> None:
            word = await self._groups.send(
                scene.chat, words, thread=scene.place.thread, answers=message
            )
            row = DeskPost(scene.chat, word, scene.number, entry, kind, self._now())
            await self._shown.keep_posts([row])

        await self._through(send())

    async def _told_to_wait(
        self,
        scene: _Scene,
        entries: Sequence[Entry],
        posts: Sequence[DeskPost],
        stands: Mapping[int, Standing],
    ) -> Millis | None:
        """Say once that words wait for the person; return when that is to be looked at."""
        if scene.place.role != "desk":
            return None
        own = {e.id: own_message(e, scene.place) for e in entries}
        waiting = [n for n, s in stands.items() if s.state == "pending" and own[n] is not None]
        told = {p.entry for p in posts if p.mark == _WAITS}
        if not waiting or not told.isdisjoint(waiting):
            return None
        if not stands[waiting[0]].late:
            return stands[waiting[0]].due
        message = own[waiting[-1]]
        if message is not None:
            await self._tell(scene, waiting[-1], message, stands[waiting[0]].words, _WAITS)
        return None

    # -- a case that has left, or is gone --------------------------------------------------------

    async def _leave(self, case: CaseFile, topic: DeskTopic | None) -> None:
        """Say where the case went, take the card away, and close the topic."""
        if topic is None or (topic.closed and not self._is_doubted(topic)):
            return
        group = await self._shown.group(topic.chat)
        entries = await self._desk.entries(case.number)
        words = self._where_to(case, entries, group.desk if group else "")
        place = Place(topic.chat, topic.thread, "", "desk")
        await self._groups.ready(topic.chat)
        posts = await self._shown.posts(case.number, topic.chat)
        header = left_header(self._saying, case, words)
        if topic.header_mark != header.mark:
            if self._is_doubted(topic):
                await self._groups.reopen(topic.chat, topic.thread)

            async def send() -> None:
                message = await self._groups.send(topic.chat, words, thread=place.thread)
                row = DeskPost(topic.chat, message, case.number, OURS, _WORD, self._now())
                await self._shown.keep_posts([row], header_mark=header.mark)

            await self._through(send())
        for post in posts:
            if post.mark == HEADER and post.entry == OURS:
                await self._blank(topic.chat, post.message, header.text)
        await self._entitle(topic, title_of(self._saying, case, None))
        await self._close(case.number, topic.chat)

    def _where_to(self, case: CaseFile, entries: Sequence[Entry], desk: str) -> str:
        t, events = self._saying.texts, [e.text for e in entries if e.kind == "event"]
        if f"asked_expert:{desk}" in events:
            return t("desk-group-left-expert")
        if case.library is None or case.library == desk:
            return t("desk-group-left-elsewhere")
        name = self._saying.desk_name(case.library)
        handed = any(text.startswith("transferred:") for text in events)
        return t("desk-group-left-transferred" if handed else "desk-group-left-covered", name=name)

    async def _erase(self, topic: DeskTopic | None) -> None:
        """Take a topic away whose case is gone, or of it what can be taken."""
        if topic is None:
            return
        if await self._was_held(topic):
            self._erased.add((topic.number, topic.chat))
        try:
            await self._groups.remove(topic.chat, topic.thread)
        except GroupError as error:
            if error.trouble in ("right", "refused"):
                await self._empty(topic)
                return
            if error.trouble != "topic_gone":
                raise
        await self._drop(topic.number, topic.chat)

    def _note_held(self, case: CaseFile, chat: int, view: View) -> None:
        if case.is_open:
            self._held[case.number, chat] = view.role == "desk" and case.claimed_by is not None
        else:
            self._held.pop((case.number, chat), None)

    async def _was_held(self, topic: DeskTopic) -> bool:
        """Return whether a librarian had it who is to hear that it is gone."""
        held = self._held.pop((topic.number, topic.chat), None)
        if topic.closed:
            return False
        if held is None:
            # Gone while the service was off: who wrote there had it.
            posts = await self._shown.posts(topic.number, topic.chat)
            held = any(post.mark.startswith(OWN) for post in posts)
        return held

    async def _tell_erased(self, number: int, chat: int) -> None:
        """Say in General, with nothing of the person, that a case somebody had is gone."""
        if (number, chat) not in self._erased:
            return
        await self._groups.ready(chat)

        async def send() -> None:
            words = self._saying.texts("desk-group-erased", number=str(number))
            message = await self._groups.send(chat, words)
            self._erased.discard((number, chat))
            await self._shown.keep_posts([DeskPost(chat, message, 0, OURS, _WORD, self._now())])

        await self._through(send())

    async def _drop(self, number: int, chat: int) -> None:
        await self._shown.drop_topic(number, chat)
        self._doubted.discard((number, chat))

    async def _empty(self, topic: DeskTopic) -> None:
        """Take all words out of a topic that cannot be deleted, as far as the platform lets us."""
        if topic.header_mark == _ERASED:
            return
        log.warning(
            "group %d: the topic of case %d, which was erased, could not be deleted: "
            "the bot needs the right to delete messages",
            topic.chat,
            topic.number,
        )
        title = erased_title(self._saying, topic.number)
        posts = await self._shown.posts(topic.number, topic.chat)
        for message in sorted({p.message for p in posts if p.mark.startswith(OWN)}):
            await self._blank(topic.chat, message, "")
        for message in sorted({p.message for p in posts if not p.mark.startswith(OWN)}):
            await self._blank(topic.chat, message, title.name)
        for act in (
            self._groups.entitle(topic.chat, topic.thread, title.name, ""),
            self._groups.close(topic.chat, topic.thread),
        ):
            try:
                await act
            except GroupError as error:
                if error.trouble not in ("right", "refused", "topic_closed"):
                    raise
        await self._shown.change_topic(
            topic.number, topic.chat, header_mark=_ERASED, header=None, closed=True
        )

    async def _blank(self, chat: int, message: int, words: str) -> None:
        """Put other words in the place of a message, or take it away where it has none."""
        if words:
            try:
                await self._groups.edit(chat, message, words)
            except GroupError as error:
                if error.trouble not in ("message_gone", "refused"):
                    raise
            else:
                return
        try:
            await self._groups.delete(chat, [message])
        except GroupError as error:
            if error.trouble not in ("message_gone", "refused", "right"):
                raise


def _text_mark(entry: Entry) -> str:
    if entry.changed_at is None:
        return _TEXT
    # Two changes may fall into one moment: the words tell them apart.
    return f"{_TEXT}{entry.changed_at}.{crc32(entry.text.encode())}"


def _may_mark(scene: _Scene, entry: Entry) -> bool:
    """Return whether what became of the line is of interest here.

    A library answers for what its expert says to the person; an expert for their own words.
    """
    if scene.place.role == "expert":
        return entry.kind == "expert"
    direct = entry.kind == "expert" and entry.delivery is not None
    return direct or entry.kind in ("librarian", "note")


def _sign_of(standing: Standing | None) -> str:
    if standing is None:
        return NOTED
    return {"sent": DELIVERED, "dead": NOT_DELIVERED}.get(standing.state, "")
