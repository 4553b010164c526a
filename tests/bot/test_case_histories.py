"""Any history of a hand-off: one owner, one open case each, no word lost, erased is erased."""

import asyncio
import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from case_house import BUREAU, STAFF, VIDIN, VRATSA, WEEK, CaseHouse, case_house
from durable import Dial, Notebook, arrival, pressed, said, stands_in
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from topic_rules import TopicRules

from bot.channels.interface import SendError
from bot.clock import millis
from bot.store.interface import CaseFile, Librarian
from dialogs import case as cases
from dialogs.model import Case, Conversation, KeptFile, Said, SentFile

PEOPLE = ("ana", "bo", "vi")
LIBRARIANS = ("ivan", "maria", "nina", "vera")
MINUTE, DAY = 60_000, 24 * 3_600_000
DAYS = dt.timedelta(days=1)
JUMPS = (MINUTE, 31 * MINUTE, 61 * MINUTE, 5 * 60 * MINUTE, DAY, 3 * DAY, 8 * DAY, 20 * DAY)
SILENT_ACTS = ("note", "report", "edit", "retract")
"""What a desk does of which the person gets no new message."""
ENDS = ("close", "mute")
CHAT_WAYS = ("to-bot", "go:librarian", "rate:", "write-again", "cover:")
"""Where the buttons lead that stand under what a desk or its clock brings."""
BLOCKED = SendError("blocked", again=False)
T = TypeVar("T")

people = st.sampled_from(PEOPLE)
librarians = st.sampled_from(LIBRARIANS)
libraries = st.sampled_from((VRATSA, VIDIN))


@dataclass
class Told:
    """A line that was written into a case, as it should stand now."""

    kind: str
    text: str
    ref: str = ""
    who: str = ""


@dataclass
class Known:
    """What is expected of a person: the words of their cases, which leave nothing behind."""

    words: list[str] = field(default_factory=list)
    gone: list[CaseFile] = field(default_factory=list)
    blocked: bool = False


class CaseHistories(TopicRules, RuleBasedStateMachine):
    """The real runtime, store, roster, clock and groups, beside what was said and done."""

    # -- what it stands on ---------------------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp())
        self.file = self.folder / "posoka.db"
        self.stack = AsyncExitStack()
        self.channel = Notebook()
        self.channel.failing = lambda to, _text: BLOCKED if self.known[to].blocked else None
        self.clock = Dial()
        self.known = {who: Known() for who in PEOPLE}
        self.told: dict[int, list[Told]] = {}
        self.secret: set[str] = set()
        """Words that no person may ever read."""
        self.last: tuple[CaseFile, str, Librarian, str, dict[str, Any]] | None = None
        self.count = 0
        self.begin_groups()
        self._enter()
        self.somebody_asks("ana", VRATSA)

    def _enter(self) -> None:
        hours = [(VRATSA, WEEK), (VIDIN, WEEK)]
        running = case_house(self.file, self.clock, self.channel, hours)
        self.h: CaseHouse = self._run(self.stack.enter_async_context(running))
        self.enter_groups()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def _word(self, who: str) -> str:
        """Return a word that was never written before, and belongs to this person's case."""
        self.count += 1
        word = f"zq{self.count:04}qz"
        self.known[who].words.append(word)
        return word

    def _talk(self, who: str) -> Conversation:
        return self._run(self.h.talk(who))

    def _chats(self, who: str) -> bool:
        talk = self._talk(who)
        return talk.screen.name == "case_chat" and cases.is_open(talk.case)

    def _open(self) -> list[CaseFile]:
        return [one for one in self._run(self.h.files()) if one.is_open]

    def _drawn(self, data: st.DataObject) -> CaseFile:
        found = self._run(self.h.files())
        assume(found)
        # More is to be seen where something can still be done.
        return data.draw(st.sampled_from([*found, *3 * [one for one in found if one.is_open]]))

    def _line(self, number: int, kind: str, text: str, ref: str = "", who: str = "") -> None:
        self.told.setdefault(number, []).append(Told(kind, text, ref, who))

    # -- persons -------------------------------------------------------------------------------

    @rule(who=people, library=libraries)
    def somebody_asks(self, who: str, library: str) -> None:
        before, word = self._talk(who).case, self._word(who)
        self._run(self.h.asks(who, library, word))
        case = self._talk(who).case
        if cases.is_open(before):
            assert case is not None
            assert case.number == before.number  # type: ignore[union-attr]
        elif case is not None and case != before:
            assert case.state == "waiting"
            self._line(case.number, "person", word)

    @rule(who=people, edited=st.booleans())
    def somebody_writes(self, who: str, edited: bool) -> None:
        talk, word = self._talk(who), self._word(who)
        chats, again = self._chats(who), talk.screen.name == "case_again"
        reopens = again and cases.can_reopen(talk.case, self.clock())
        before, ref = self._bodies(who), f"tg:{self.count}"
        since = self._run(self.h.desk.last_change())
        self._run(self.h.says(who, word, ref))
        if talk.case and (chats or reopens):
            self._line(talk.case.number, "person", word, ref)
            case = self._case_of(who)
            assert case.asked_at is not None
            assert case.number in self._heard_of(case.library, since)
            if chats:
                # While a person is there, the bot has nothing to say.
                assert self._bodies(who) == before
            if edited:
                self._changes_it(who, talk.case.number, ref)

    def _changes_it(self, who: str, number: int, ref: str) -> None:
        word, before = self._word(who), self._bodies(who)
        changed = Said(text=word, edited=True, ref=ref).model_dump_json()
        self._run(self.h.takes(who, changed))
        next(one for one in self.told[number] if one.ref == ref).text = word
        assert self._bodies(who) == before

    @rule(who=people)
    def somebody_in_despair_writes(self, who: str) -> None:
        talk, words = self._talk(who), f"искам да се самоубия {self._word(who)}"
        chats = self._chats(who)
        if talk.screen.name in ("case_again", "case_question"):
            return
        self._run(self.h.says(who, words))
        if chats and talk.case:
            self._line(talk.case.number, "person", words)
            assert self._case_of(who).asked_at is not None

    @rule(who=people)
    def somebody_sends_a_file(self, who: str) -> None:
        talk, word = self._talk(who), self._word(who)
        chats, again = self._chats(who), talk.screen.name == "case_again"
        reopens = again and cases.can_reopen(talk.case, self.clock())
        file = KeptFile(type="photo", ref=f"telegram:{word}")
        self._run(self.h.takes(who, SentFile(type="photo", file=file, text=word).model_dump_json()))
        if talk.case and (chats or reopens):
            self._line(talk.case.number, "person", word)

    @rule(who=people, data=st.data())
    def somebody_presses_any_button_there_ever_was(self, who: str, data: st.DataObject) -> None:
        shown = self._run(self.h.buttons(who))
        wanted = [one for one in shown if one[1].startswith((*CHAT_WAYS, "end-case", "send-on"))]
        if not wanted:
            return
        self._press(who, data.draw(st.sampled_from(wanted)))

    @rule(who=people, action=st.sampled_from(("cover:", "rate:", "write-again", "end-case")))
    def somebody_presses_the_latest(self, who: str, action: str) -> None:
        found = [one for one in self._run(self.h.buttons(who)) if one[1].startswith(action)]
        if not found:
            return
        self._press(who, found[-1])

    def _press(self, who: str, button: tuple[int, str]) -> None:
        before = self._talk(who)
        self._run(self.h.takes(who, pressed(*button)))
        after = self._talk(who)
        question = before.unsent.text
        if button[1] == "send-on" and question and after.case and not after.unsent.text:
            self._line(after.case.number, "person", question)
        if before.case and before.case.rating and after.case == before.case:
            assert after.case
            assert after.case.rating == before.case.rating

    @rule(who=people)
    def somebody_goes_to_the_chat_and_writes(self, who: str) -> None:
        self._run(self.h.says(who, "/librarian"))
        self.somebody_writes(who, edited=False)

    @rule(who=people, words=st.sampled_from(("/menu", "/start", "бот", "/help", "👍", "да")))
    def somebody_uses_the_bot(self, who: str, words: str) -> None:
        talk, chats = self._talk(who), self._chats(who)
        again = talk.screen.name == "case_again" and cases.can_reopen(talk.case, self.clock())
        asks = talk.screen.name == "case_question"
        if asks:
            return
        self._run(self.h.says(who, words))
        passed = words in ("👍", "да") and (chats or again)
        if passed and talk.case:
            self._line(talk.case.number, "person", words)

    @rule(who=people)
    def somebody_begins_anew(self, who: str) -> None:
        self._run(self.h.says(who, "/start"))
        self._run(self.h.says(who, "/menu"))
        self._run(self.h.presses(who, "go:restart"))
        self._run(self.h.presses(who, "restart"))

    @rule(who=people)
    def somebody_erases(self, who: str) -> None:
        mine = [f for f in self._run(self.h.files()) if f.conversation == f"test:{who}"]
        since = self._run(self.h.desk.last_change())
        self._run(self.h.says(who, "/delete"))
        self._run(self.h.presses(who, "erase"))
        self.channel.gate.set()
        self._run(self.h.settle())
        self._run(self.h.store.scrub())
        left = {f.conversation for f in self._run(self.h.files())}
        assert f"test:{who}" not in left
        for word in self.known[who].words:
            assert not stands_in(word, self.file), word
        assert not stands_in(f"test:{who}", self.file)
        for file in mine:
            self.told.pop(file.number, None)
            assert file.number in self._heard_of(file.library, since)
        self.erased += self.known[who].words
        self.known[who].words.clear()
        self.known[who].gone += mine
        if self.last and self.last[0].conversation == f"test:{who}":
            self.last = None

    @precondition(lambda self: any(known.gone for known in self.known.values()))
    @rule(
        who=librarians,
        act=st.sampled_from(("claim", "reply", "note", "close", "mute", "report")),
        data=st.data(),
    )
    def a_desk_acts_for_an_erased_case(self, who: str, act: str, data: st.DataObject) -> None:
        file = data.draw(st.sampled_from([f for known in self.known.values() for f in known.gone]))
        person = file.conversation.partition(":")[2]
        before, sends = self._face(), len(self.channel.sends)
        more: dict[str, Any] = {"text": self._word(person)}
        more |= {"until": (self.clock() + DAYS).date()} if act == "mute" else {}
        _, done = self._run(self.h.does(file, act, who, **more))
        assert not done
        assert (self._face(), len(self.channel.sends)) == (before, sends)

    # -- desks ---------------------------------------------------------------------------------

    def _does(
        self, file: CaseFile, act: str, who: str, *, key: str = "", **more: Any
    ) -> tuple[str, bool]:
        """Let a desk act; look at what followed for the person, the history and the desks."""
        person = file.conversation.partition(":")[2]
        since = self._run(self.h.desk.last_change())
        chats, before = self._chats(person), self._run(self.h.bodies(person))
        was = self._run(self.h.desk.case(file.number))
        assert was
        key, done = self._run(self.h.does(file, act, who, key=key, **more))
        self.last = (file, act, STAFF[who], key, more)
        after = self._run(self.h.desk.case(file.number))
        assert after
        new = self._run(self.h.bodies(person))[len(before) :]
        if done:
            desks = {desk for one in (was, after) for desk in (one.library, one.offered_to)}
            for desk in desks - {None}:
                assert file.number in self._heard_of(desk, since)
        if not done:
            assert (was, new) == (after, [])
        elif act in SILENT_ACTS:
            assert not new
        if done and not was.is_open:
            # About a person something can be done for some days after the end.
            assert act in cases.STOPS
            assert was.closed_at is not None
            assert self.clock.ms - was.closed_at <= 7 * DAY
        elif done and act not in ("note", "report", "expert_reply"):
            assert was.claimed_by in (None, who)
        if done and act == "release" and was.asked_at is None:
            assert not new
        if chats and act not in ENDS:
            actions = [b["action"] for one in new for row in one.get("rows", ()) for b in row]
            assert all(action.startswith(CHAT_WAYS) for action in actions), actions
            assert self._chats(person)
        return key, done

    @rule(who=librarians, data=st.data())
    def a_librarian_claims(self, who: str, data: st.DataObject) -> None:
        file = self._drawn(data)
        free = file.is_open and not file.claimed_by and file.at_desk(STAFF[who].library)
        _, done = self._does(file, "claim", who)
        assert done == free
        if done:
            after = self._run(self.h.desk.case(file.number))
            assert after
            assert (after.claimed_by, after.library) == (who, STAFF[who].library)

    @rule(pair=st.permutations(LIBRARIANS), act=st.sampled_from(("claim", "reply")), data=st.data())
    def two_take_it_at_once(self, pair: list[str], act: str, data: st.DataObject) -> None:
        file, both = self._drawn(data), pair[:2]
        person = file.conversation.partition(":")[2]
        texts = {who: self._word(person) for who in both}

        async def at_once() -> dict[str, bool]:
            more = {who: {"text": texts[who]} if act == "reply" else {} for who in both}
            keys = await asyncio.gather(
                *(
                    self.h.roster.act(file, act, STAFF[w], ref=f"w:{texts[w]}", **more[w])
                    for w in both
                )
            )
            done = [await self.h.roster.done(file, key) for key in keys]
            await self.h.settle()
            return dict(zip(both, done, strict=True))

        done = self._run(at_once())
        may = [who for who in both if file.at_desk(STAFF[who].library)]
        if not file.is_open:
            assert not any(done.values())
        elif file.claimed_by is None:
            assert sum(done.values()) == min(len(may), 1)
        for who in (w for w, went in done.items() if went and act == "reply"):
            self._line(file.number, "librarian", texts[who], f"w:{texts[who]}", STAFF[who].name)

    @rule(who=librarians, act=st.sampled_from(("reply", "note")), data=st.data())
    def a_librarian_writes(self, who: str, act: str, data: st.DataObject) -> None:
        file = self._drawn(data)
        person = file.conversation.partition(":")[2]
        word, ref = self._word(person), f"web:{self.count}"
        if act == "note":
            self.secret.add(word)
        _, done = self._does(file, act, who, text=word, ref=ref)
        if done:
            kind = "librarian" if act == "reply" else "note"
            self._line(file.number, kind, word, ref, STAFF[who].name)

    @rule(act=st.sampled_from(("edit", "retract")), data=st.data())
    def a_librarian_changes_what_they_wrote(self, act: str, data: st.DataObject) -> None:
        file = self._drawn(data)
        mine = [t for t in self.told.get(file.number, ()) if t.who and t.text]
        if not mine:
            return
        line = data.draw(st.sampled_from(mine))
        who = next(one.id for one in STAFF.values() if one.name == line.who)
        if who not in LIBRARIANS:
            return
        person = file.conversation.partition(":")[2]
        text = self._word(person) if act == "edit" else ""
        if line.kind == "note":
            self.secret.add(text or "nothing")
        _, done = self._does(file, act, who, ref=line.ref, **({"text": text} if text else {}))
        if done:
            line.text = text

    @rule(
        who=librarians,
        act=st.sampled_from(("release", "close", "report")),
        code=st.sampled_from(cases.RESOLUTIONS),
        data=st.data(),
    )
    def a_librarian_does(self, who: str, act: str, code: str, data: st.DataObject) -> None:
        file = self._drawn(data)
        person = file.conversation.partition(":")[2]
        more: dict[str, Any] = {"code": code} if act == "close" else {}
        more |= {"text": self._word(person)} if act == "report" else {}
        _, done = self._does(file, act, who, **more)
        after = self._run(self.h.desk.case(file.number))
        assert after
        if act == "close":
            assert not after.is_open or not done
            assert not done or after.resolution == code
        if done and act == "release":
            assert (after.claimed_by, after.state) == (None, "waiting")

    @rule(who=librarians, days=st.integers(1, 30), data=st.data())
    def a_librarian_mutes(self, who: str, days: int, data: st.DataObject) -> None:
        file = self._drawn(data)
        word = self._word(file.conversation.partition(":")[2])
        self.secret.add(word)
        until = (self.clock() + days * DAYS).date()
        _, done = self._does(file, "mute", who, text=word, until=until)
        if done:
            person = file.conversation.partition(":")[2]
            self._run(self.h.asks(person, VRATSA, self._word(person)))
            assert not cases.is_open(self._talk(person).case)

    @rule(who=librarians, to=st.sampled_from((*LIBRARIANS, VRATSA, VIDIN)), data=st.data())
    def a_librarian_hands_it_over(self, who: str, to: str, data: st.DataObject) -> None:
        file = self._drawn(data)
        word = self._word(file.conversation.partition(":")[2])
        self.secret.add(word)
        more = {"to": to, "to_name": STAFF[to].name} if to in STAFF else {"library": to}
        if to in STAFF and (STAFF[to].library != STAFF[who].library or to == who):
            return
        _, done = self._does(file, "transfer", who, text=word, ref="", **more)
        if done:
            self._line(file.number, "note", word, "", STAFF[who].name)
            self.told[file.number][-1].who = ""  # it cannot be changed

    @rule(who=librarians, direct=st.booleans(), data=st.data())
    def an_expert_is_asked(self, who: str, direct: bool, data: st.DataObject) -> None:
        file = self._drawn(data)
        word = self._word(file.conversation.partition(":")[2])
        self.secret.add(word)
        more: dict[str, Any] = {"library": BUREAU, "direct": direct, "text": word}
        _, done = self._does(file, "ask_expert", who, **more)
        if done:
            self._line(file.number, "to_expert", word)

    @rule(data=st.data())
    def the_expert_replies(self, data: st.DataObject) -> None:
        file = self._drawn(data)
        word = self._word(file.conversation.partition(":")[2])
        if not file.expert_direct:
            self.secret.add(word)
        _, done = self._does(file, "expert_reply", "petrov", text=word)
        assert done == (file.is_open and file.expert_desk == BUREAU)
        if done:
            self._line(file.number, "expert", word)

    @precondition(lambda self: self.last is not None)
    @rule()
    def an_act_comes_again(self) -> None:
        assert self.last
        file, act, who, key, more = self.last
        before, sends = self._face(), len(self.channel.sends)
        self._run(self.h.roster.act(file, act, who, key=key, **more))
        self._run(self.h.settle())
        assert (self._face(), len(self.channel.sends)) == (before, sends)

    @precondition(
        lambda self: (
            self.last is not None
            and self.last[1] in ("claim", "close", "mute", "release", "transfer")
        )
    )
    @rule()
    def an_act_comes_again_under_another_key(self) -> None:
        assert self.last
        file, act, who, _, more = self.last
        case = self._run(self.h.desk.case(file.number))
        if case is None or (act in ("transfer", "release") and case.claimed_by == who.id):
            return
        if act == "transfer" and case.claimed_by is None:
            return  # from another desk this would be an act of its own
        before = self._run(self.h.lines(file.number))
        _, done = self._run(self.h.does(file, act, who.id, **(more | {"ref": ""})))
        if act == "claim" and done:
            return  # it was free again meanwhile
        if act in ENDS and done:
            return  # it was opened again meanwhile
        assert not done
        assert self._run(self.h.lines(file.number)) == before

    # -- the day -------------------------------------------------------------------------------

    @rule(jump=st.sampled_from(JUMPS))
    def time_passes(self, jump: int) -> None:
        self.clock.forward(jump)
        before = {who: (self._chats(who), len(self._run(self.h.bodies(who)))) for who in PEOPLE}
        # What is freed may be given up at the next look; then each thing was done once.
        for _ in range(3):
            self._run(self.h.looks())
        face = self._face()
        self._run(self.h.looks())
        assert self._face() == face
        for who, (chats, had) in before.items():
            new = self._run(self.h.bodies(who))[had:]
            if chats:
                actions = [b["action"] for one in new for row in one.get("rows", ()) for b in row]
                assert all(a.startswith(CHAT_WAYS) for a in actions) or not self._chats(who)

    @rule(who=librarians, away=st.booleans())
    def somebody_is_away_today(self, who: str, away: bool) -> None:
        day = self.clock().date().isoformat()
        self._run(self.h.desk.set_absent(who, day, away=away))
        self._run(self.h.looks())

    @rule(library=libraries, hours=st.sampled_from((WEEK, "Fr 09:00-10:00", "Mo-Fr 08:00-12:00")))
    def a_library_changes_its_hours(self, library: str, hours: str) -> None:
        self._run(self.h.desk.set_hours(library, hours, self.clock.ms))
        self._run(self.h.looks())

    @rule(who=people)
    def somebody_blocks_the_bot_or_lets_it_in(self, who: str) -> None:
        self.known[who].blocked = not self.known[who].blocked

    @rule()
    def the_channel_is_slow_or_quick(self) -> None:
        if self.channel.gate.is_set():
            self.channel.gate.clear()
        else:
            self.channel.gate.set()
            self._run(self.h.settle())

    @rule()
    def the_service_restarts(self) -> None:
        self._restart()

    @rule(who=people)
    def the_store_is_away_for_a_step(self, who: str) -> None:
        chats, talk, word = self._chats(who), self._talk(who), self._word(who)
        if not chats or talk.case is None:
            return
        self.h.store.refused = {f"test:{who}"}

        async def begin() -> None:
            await self.h.runtime.take_in([arrival(word, who, said(word), at=self.clock.ms)])

        self._run(begin())
        self._restart()
        assert talk.case
        self._line(talk.case.number, "person", word)

    @precondition(lambda self: self.told)
    @rule(who=librarians, data=st.data())
    def the_service_restarts_between_an_act_and_its_step(
        self, who: str, data: st.DataObject
    ) -> None:
        file = self._drawn(data)
        word = self._word(file.conversation.partition(":")[2])
        self.h.store.refused = {file.conversation}
        key = self._run(self.h.roster.act(file, "reply", STAFF[who], text=word, ref=word))
        self._restart()
        if self._run(self.h.roster.done(file, key)):
            self._line(file.number, "librarian", word, word, STAFF[who].name)

    def _restart(self) -> None:
        self._run(self.stack.aclose())
        self.stack = AsyncExitStack()
        self._enter()
        self._run(self.h.settle())

    # -- what always holds ---------------------------------------------------------------------

    def _face(self) -> object:
        """Return all that stands about cases and talks."""

        async def read() -> object:
            files = await self.h.files()
            lines = [await self.h.lines(file.number) for file in files]
            talks = [await self.h.talk(who) for who in PEOPLE]
            shown = [await self.h.bodies(who) for who in PEOPLE]
            muted = await self.h.desk.muted()
            reports = await self.h.store.read("SELECT count(*) FROM report")
            changes = await self.h.desk.last_change()
            return files, lines, talks, shown, muted, reports[0][0], changes

        return self._run(read())

    def _bodies(self, who: str) -> list[int]:
        return [one["id"] for one in self._run(self.h.bodies(who))]

    def _case_of(self, who: str) -> CaseFile:
        return self._run(self.h.case(who))

    def _heard_of(self, desk: str | None, since: int) -> set[int]:
        return {n for _, n in self._run(self.h.desk.changes(since, [desk or ""]))}

    @invariant()
    def one_open_case_each_and_one_owner(self) -> None:
        opened = [file.conversation for file in self._open()]
        assert len(opened) == len(set(opened))
        for file in self._open():
            owned = file.claimed_by is not None
            assert owned == (file.state in ("claimed", "for_person", "for_librarian"))
            assert owned == (file.claimed_at is not None)
            # Nothing is owed after an answer, whoever has it or has given it back.
            assert (file.asked_at is None) <= (file.state in ("for_person", "waiting"))
            assert (file.state == "for_person") <= (file.asked_at is None)
            assert (file.offered_to is not None) == (file.state == "offered")
            assert not owned or STAFF[file.claimed_by or ""].library == file.library

    @invariant()
    def desks_read_what_the_talk_says(self) -> None:
        files = {file.number: file for file in self._run(self.h.files())}
        for who in PEOPLE:
            case = self._talk(who).case
            if case:
                assert _told_of(case) == _read_of(files[case.number])

    @invariant()
    def a_desk_sees_its_own_cases_and_what_it_is_offered_or_asked(self) -> None:
        files = self._run(self.h.files())
        for desk in (VRATSA, VIDIN, BUREAU):
            seen = {file.number for file in self._run(self.h.desk.cases(desk)) if file.is_open}
            mine = {f.number for f in files if desk in (f.library, f.offered_to, f.expert_desk)} & {
                f.number for f in files if f.is_open
            }
            assert seen == mine

    @invariant()
    def every_word_stands_once_and_in_its_order(self) -> None:
        for file in self._run(self.h.files()):
            lines = self._run(self.h.lines(file.number))
            written = [(e.kind, e.text) for e in lines if e.kind != "event"]
            assert written == [(t.kind, t.text) for t in self.told.get(file.number, [])]

    @invariant()
    def nothing_internal_reaches_a_person(self) -> None:
        sent = " ".join(text for _, text, _ in self.channel.sends)
        sent += " ".join(text for *_, text in self.channel.hidden)
        for who in PEOPLE:
            sent += " ".join(one["text"] for one in self._run(self.h.bodies(who)))
        assert not [word for word in self.secret if word in sent]

    @invariant()
    def a_mark_of_delivery_says_what_happened(self) -> None:
        for file in self._run(self.h.files()):
            who = file.conversation.partition(":")[2]
            texts = self.channel.texts(who)
            for line in self._run(self.h.lines(file.number)):
                if line.kind == "librarian" and line.delivery == "sent" and not line.changed_at:
                    assert any(line.text in text for text in texts)
                if line.delivery == "pending":
                    assert not self.channel.gate.is_set()

    @invariant()
    def replies_reach_a_person_in_order(self) -> None:
        for who in PEOPLE:
            lines = [
                line.text
                for file in self._run(self.h.files())
                if file.conversation == f"test:{who}"
                for line in self._run(self.h.lines(file.number))
                if line.kind == "librarian" and line.delivery == "sent" and not line.changed_at
            ]
            texts = self.channel.texts(who)
            places = [
                place
                for text in lines
                for place in [next(n for n, sent in enumerate(texts) if text in sent)]
            ]
            assert places == sorted(places)

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            if sys.exc_info()[0] is None:
                self.the_groups_come_to_rest()
            self._run(self.stack.aclose())
            self.end_groups()
            self.runner.close()
            shutil.rmtree(self.folder)


def _told_of(case: Case) -> tuple[object, ...]:
    def at(moment: Any) -> int | None:
        return millis(moment) if moment else None

    return (
        case.state,
        case.claimed_by,
        case.library,
        case.offered_to,
        at(case.asked_at),
        at(case.heard_at),
        at(case.closed_at),
        " ".join(case.said),
        case.resolution,
        case.rating,
        case.reopened,
    )


def _read_of(file: CaseFile) -> tuple[object, ...]:
    return (
        file.state,
        file.claimed_by,
        file.library,
        file.offered_to,
        file.asked_at,
        file.heard_at,
        file.closed_at,
        file.said,
        file.resolution,
        file.rating,
        file.reopened,
    )


CASE_HISTORIES = settings(
    max_examples=16,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestCaseHistories = pytest.mark.timeout(600)(CaseHistories.TestCase)
TestCaseHistories.settings = CASE_HISTORIES


class LongCaseHistories(CaseHistories):
    """The same with more examples."""


TestLongCaseHistories = pytest.mark.long(LongCaseHistories.TestCase)
TestLongCaseHistories.settings = settings(CASE_HISTORIES, max_examples=300, stateful_step_count=60)
