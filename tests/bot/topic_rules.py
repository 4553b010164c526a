"""What hands, the platform and the end of the service do to topics, as rules of a history."""

import asyncio
import itertools
from dataclasses import dataclass

from bot_api_server import Fault
from case_house import STAFF, VRATSA
from forum_server import ForumServer
from group_house import CHATS, GroupHouse, group_house, kill_mirror
from hypothesis import strategies as st
from hypothesis.stateful import rule

from bot.store.interface import Arrival, CaseFile

CUT = ("createForumTopic", "sendMessage", "editMessageText", "closeForumTopic")
picks = st.integers(0, 11)
"""Which of what is there: drawn whatever there is, so that a history reads the same each time."""
people = st.sampled_from(("ana", "bo", "vi"))
staff = st.sampled_from(sorted(set(STAFF) - {"petrov"}))


@dataclass(frozen=True, slots=True)
class Written:
    """What a librarian has written in a topic, and the update that tells of it."""

    arrival: Arrival
    who: str
    desk: str
    topic: tuple[CaseFile, int]
    kind: str
    word: str
    message: int


class TopicRules:
    """Goes with the histories of a hand-off, of which it asks and tells what is written."""

    g: GroupHouse

    def begin_groups(self) -> None:
        self.server = ForumServer(most=1_000_000)
        self._run(self.server.__aenter__())
        self.updates = itertools.count(1)
        self.silent: set[tuple[str, int]] = set()
        """Topics that were closed and of which nobody told."""
        self.deleted: set[tuple[str, int]] = set()
        """Cases of which a topic was deleted since the groups last came to rest."""
        self.erased: list[str] = []

    def enter_groups(self) -> None:
        last = self.g.last if hasattr(self, "g") else None
        running = group_house(self.h, self.server, self.updates)
        self.g = self._run(self.stack.enter_async_context(running))
        self.g.last = last

    def end_groups(self) -> None:
        self._run(self.server.__aexit__(None, None, None))
        assert self.server.against_the_description == []

    # -- librarians ----------------------------------------------------------------------------

    def _topic(self, pick: int, desk: str) -> tuple[CaseFile, int] | None:
        """Return a case with its topic in the group of a desk, once that shows what there is."""
        self._run(self.g.comes_along())
        found = self._run(self.g.standing(desk))
        found = [one for one in found if (desk, one[0].number) not in self.deleted]
        # More is to be seen where something can still be done.
        opened = [one for one in found if one[0].is_open]
        some = opened if opened and pick % 4 else found
        return some[pick % len(some)] if some else None

    def _writes(self, who: str, desk: str, topic: tuple[CaseFile, int], kind: str) -> Written:
        """Let somebody write in a topic; return the update, and what is to be looked at."""
        file, thread = topic
        word = self._word(file.conversation.partition(":")[2])
        if kind == "note":
            self.secret.add(word)
        text = f"// {word}" if kind == "note" else word
        message = self.g.message(who, desk, thread, text=text)
        return Written(
            self.g.arrival({"message": message}),
            who,
            desk,
            topic,
            kind,
            word,
            message["message_id"],
        )

    def _took(self, written: Written) -> bool:
        """What is written in a topic stands in its case's history, or is answered there."""
        file, thread = written.topic
        ref = f"tg:{CHATS[written.desk]}:{written.message}"
        lines = self._run(self.h.lines(file.number))
        if any(line.ref == ref and line.kind == written.kind for line in lines):
            self._line(file.number, written.kind, written.word, ref, STAFF[written.who].name)
            return True
        if self.g.is_writable(written.desk, thread):
            assert self.g.is_answered(written.desk, thread, written.message), "words vanish"
        return False

    @rule(who=staff, kind=st.sampled_from(("librarian", "librarian", "note")), pick=picks)
    def a_librarian_writes_in_a_topic(self, who: str, kind: str, pick: int) -> None:
        desk = STAFF[who].library
        topic = self._topic(pick, desk)
        if topic is None:
            return
        file = topic[0]
        may = file.is_open and file.at_desk(desk) and file.claimed_by in (None, who)
        written = self._writes(who, desk, topic, kind)
        self._run(self.g.comes(written.arrival))
        assert self._took(written) == may or kind == "note"

    @rule(pair=st.permutations(("maria", "ivan")), pick=picks)
    def two_write_in_a_topic_and_the_second_comes_first(self, pair: list[str], pick: int) -> None:
        topic = self._topic(pick, VRATSA)
        if topic is None:
            return
        first, second = (self._writes(who, VRATSA, topic, "librarian") for who in pair)
        self._run(self.g.comes(second.arrival, first.arrival))
        assert [self._took(second), self._took(first)].count(True) <= 1

    @rule(who=staff, pick=picks)
    def a_librarian_changes_what_stands_in_a_topic(self, who: str, pick: int) -> None:
        desk = STAFF[who].library
        chat = f"tg:{CHATS[desk]}:"
        mine = [
            (number, line)
            for number, lines in self.told.items()
            for line in lines
            if line.who == STAFF[who].name and line.text and line.ref.startswith(chat)
        ]
        if not mine:
            return
        number, line = mine[pick % len(mine)]
        file = self._run(self.h.desk.case(number))
        assert file
        word = self._word(file.conversation.partition(":")[2])
        message = int(line.ref.removeprefix(chat))
        posted = self.g.group(desk).messages.get(message)
        if posted is None:
            return
        slashes = "// " if line.kind == "note" else ""
        self.secret |= {word} if slashes else set()
        posted.text = f"{slashes}{word}"
        changed = self.g.message(
            who, desk, posted.thread or 0, number=message, text=posted.text, edit_date=1_790_000_100
        )
        self._run(self.g.comes(self.g.arrival({"edited_message": changed})))
        if any(one.text == word for one in self._run(self.h.lines(number))):
            line.text = word
        # An edit that did not go through stays in the topic alone, where it is answered.

    @rule(who=staff, pick=picks)
    def a_librarian_writes_in_a_topic_of_no_case(self, who: str, pick: int) -> None:
        desk = STAFF[who].library
        self._run(self.g.comes_along())
        of_cases = {thread for _, thread in self._run(self.g.standing(desk))}
        others = sorted(self.g.group(desk).topics.keys() - of_cases)
        if not others:
            return
        before, sends = self._face(), len(self.channel.sends)
        thread = others[pick % len(others)]
        message = self.g.message(who, desk, thread, text="има ли някой тук")
        self._run(self.g.comes(self.g.arrival({"message": message})))
        assert (self._face(), len(self.channel.sends)) == (before, sends)
        assert self.g.is_answered(desk, thread, message["message_id"])

    @rule(pair=st.permutations(("maria", "ivan", "vera")), pick=picks)
    def it_is_claimed_by_a_button_and_at_the_web_desk_at_once(
        self, pair: list[str], pick: int
    ) -> None:
        by_button, at_web = pair[:2]
        desk = STAFF[by_button].library
        topic = self._topic(pick, desk)
        if topic is None:
            return
        file, thread = topic
        press = self.g.press(by_button, desk, thread, f"desk:claim:{file.number}")

        async def at_once() -> None:
            await asyncio.gather(
                self.g.comes(self.g.arrival(press)),
                self.h.roster.act(file, "claim", STAFF[at_web]),
            )
            await self.h.settle()

        self._run(at_once())
        after = self._run(self.h.desk.case(file.number))
        assert after
        may = [who for who in (by_button, at_web) if file.at_desk(STAFF[who].library)]
        free = file.is_open and file.claimed_by is None
        assert after.claimed_by in may if free and may else after.claimed_by == file.claimed_by

    @rule()
    def an_update_of_a_group_comes_again(self) -> None:
        if self.g.last:
            before, sends = self._face(), len(self.channel.sends)
            self._run(self.g.comes(self.g.last))
            assert (self._face(), len(self.channel.sends)) == (before, sends)

    # -- hands ---------------------------------------------------------------------------------

    @rule(who=st.sampled_from(sorted(STAFF)), pick=picks)
    def a_hand_deletes_a_topic(self, who: str, pick: int) -> None:
        desk = STAFF[who].library
        topic = self._topic(pick, desk)
        if topic:
            self.g.group(desk).deletes_topic(topic[1])
            self.deleted.add((desk, topic[0].number))

    @rule(who=st.sampled_from(sorted(STAFF)), pick=picks, told=st.booleans())
    def a_hand_closes_or_opens_a_topic(self, who: str, pick: int, told: bool) -> None:
        desk = STAFF[who].library
        topic = self._topic(pick, desk)
        if topic is None:
            return
        place = (desk, topic[1])
        turned = self.g.group(desk).topics[topic[1]]
        turned.closed = not turned.closed
        # That a topic of a closed case was opened in silence is found out by nobody.
        if told or not turned.closed:
            self.silent.discard(place)
            what = "forum_topic_closed" if turned.closed else "forum_topic_reopened"
            message = self.g.message(who, *place, **{what: {}})
            self._run(self.g.comes(self.g.arrival({"message": message})))
        else:
            self.silent.add(place)

    @rule(who=staff, pick=picks)
    def somebody_erases_what_stands_in_a_topic(self, who: str, pick: int) -> None:
        topic = self._topic(pick, STAFF[who].library)
        if topic:
            self.somebody_erases(topic[0].conversation.partition(":")[2])
            self.the_groups_come_to_rest()

    # -- the platform and the service ----------------------------------------------------------

    @rule(method=st.sampled_from(CUT), times=st.integers(1, 3))
    def the_platform_does_and_does_not_answer(self, method: str, times: int) -> None:
        self.server.fail(method, *times * [Fault(cut=True)])

    @rule(told=st.booleans())
    def a_topic_is_made_without_an_answer(self, told: bool) -> None:
        """Where the group's own line tells of it soon enough, there is no second one."""
        self._run(self.g.comes_along())
        files = [file for file in self._open() if file.library and not file.claimed_by]
        if not files:
            return
        desk, number = files[0].library or "", files[0].number
        group = self.g.group(desk)
        for topic in group.of(number):
            group.deletes_topic(topic.thread)
        self.deleted.add((desk, number))
        self.server.fail("createForumTopic", Fault(cut=True))
        self.g.mirror.look(number)
        self._run(self.server.until(lambda: group.of(number), 60))
        made = group.of(number)[0]
        if told:
            content = {"forum_topic_created": {"name": made.name, "icon_color": 7322096}}
            message = self.g.own(desk, made.thread, **content)
            self._run(self.g.comes(self.g.arrival({"message": message})))

    @rule(method=st.sampled_from((*CUT, "deleteForumTopic", "pinChatMessage")), who=people)
    def the_service_is_killed_while_it_calls(self, method: str, who: str) -> None:
        """The platform has done it; what the answer was is never known."""
        self._run(self.g.comes_along())
        self.server.held[method], before = asyncio.Event(), self.server.tried[method]
        self.somebody_writes(who, edited=False)
        self._run(self.g.comes_along(lambda: self.server.tried[method] > before))
        self._run(kill_mirror())
        self.server.held.pop(method).set()
        self._restart()

    @rule()
    def the_groups_come_to_rest(self) -> None:
        """What was told is put right at once; what nobody told of, at the next knock."""
        self._run(self.g.turns_back(self.silent))
        self.g.mirror.look(*(file.number for file in self._open()))
        self._run(self.g.heals(self.told, self.erased))
        self.silent.clear()
        self.deleted.clear()
