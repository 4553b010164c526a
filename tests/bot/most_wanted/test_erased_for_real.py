"""Most wanted of such talks: „изтрий“ erases, and nothing of the person ever comes back.

A whole life of a talk on a real file. What the store does to its pages and its log stands in
`test_erasure`, the crash in the middle of it in `test_histories`.
"""

import datetime as dt
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from durable import DAY, HOUR, Dial, House, Notebook, arrival, house, later, said, stands_in

from bot.channels.desk import DeskChannel
from bot.store.interface import DESK, Arrival
from dialogs.documents import Document
from dialogs.model import DeskAct, Message, Pressed
from dialogs.respond import OUTLIVE_A_TALK
from dialogs.texts import load_texts

ADDRESS = "adres-na-ana-4711"
TALK = f"test:{ADDRESS}"
MARKER = "кукувица"
NAME = "Снежина"
TEXTS = load_texts()["bg"]
LIFE = (
    said("/start"),
    Pressed(serial=0, action="a:audience:self").model_dump_json(),
    Pressed(serial=0, action="a:working:no").model_dump_json(),
    said("18.11.2026"),
    said("Враца"),
    said(f"имам {MARKER} 1"),
    said("на 57 съм"),
    Pressed(serial=0, action="told-yes").model_dump_json(),
    Pressed(serial=0, action="remind:apply").model_dump_json(),
    Pressed(serial=0, action="remind:register").model_dump_json(),
    Pressed(serial=0, action="visit:2026-11-25").model_dump_json(),
    Pressed(serial=0, action="recheck-yes").model_dump_json(),
    Pressed(serial=0, action="to:").model_dump_json(),
    said(f"Имам {MARKER} 2. Къде да отида?"),
    Pressed(serial=0, action="pass-on").model_dump_json(),
    said(f"{MARKER} 3"),
)
"""Answers, something not understood, reminders, looking again, a question to a librarian."""


class Life:
    """A person's talk over a file that may be closed and opened again."""

    def __init__(self, file: Path, clock: Dial, channel: Notebook) -> None:
        self.file, self.clock, self.channel = file, clock, channel
        self.lived: list[Arrival] = []

    @asynccontextmanager
    async def running(self) -> AsyncIterator[House]:
        async with house(self.file, self.clock, self.channel, sends=True) as running:
            self.house = running
            yield running

    async def does(self, *raws: str) -> None:
        for raw in raws:
            event = arrival(f"{ADDRESS}:{len(self.lived)}", ADDRESS, raw, at=self.clock.ms)
            self.lived.append(event)
            await self.house.tell(event)
        await self.house.delivery.settle()

    async def lives(self) -> None:
        await self.does(*LIFE)
        number = int(self.rows("SELECT number FROM case_file")[0][0])
        act = {"case": number, "librarian": "l-1", "name": NAME}
        for what in ("claim", "note", "reply"):
            done = DeskAct.model_validate({"act": what, "text": f"{MARKER} {what}", **act})
            await self.does(done.model_dump_json())

    async def erases(self) -> None:
        await self.does(said("изтрий"), Pressed(serial=0, action="erase").model_dump_json())
        await self.house.store.scrub()

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.file)) as other:
            return other.execute(sql).fetchall()

    def tables_with(self, *words: str) -> list[str]:
        """Return each table and column in which one of these words stands."""
        found = []
        names = self.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (table,) in names:
            columns = self.rows(f"SELECT name FROM pragma_table_info('{table}')")  # noqa: S608
            for (column,) in columns:
                cells = self.rows(f'SELECT "{column}" FROM "{table}"')  # noqa: S608
                if any(word in str(cell) for (cell,) in cells for word in words):
                    found.append(f"{table}.{column}")
        return found

    def is_nowhere(self) -> None:
        assert self.tables_with(MARKER, ADDRESS, NAME) == []
        for word in (MARKER, ADDRESS, NAME):
            assert not stands_in(word, self.file), word


@pytest.fixture
def life(file: Path, clock: Dial, channel: Notebook) -> Life:
    return Life(file, clock, channel)


async def test_a_life_leaves_traces_in_every_table_that_can_hold_them(life: Life) -> None:
    """Without this the tests below would prove nothing."""
    async with life.running():
        await life.lives()
        holding = {place.partition(".")[0] for place in life.tables_with(MARKER, ADDRESS, NAME)}
        assert holding == {
            "conversation",
            "inbox",
            "outbox",
            "case_file",
            "case_entry",
            "reminder",
            "recheck",
        }
        assert stands_in(MARKER, life.file)
        assert life.rows("SELECT count(*) FROM reminder") == [(3,)]


async def test_one_word_and_one_tap_erase_it_from_every_table_and_every_byte(life: Life) -> None:
    async with life.running():
        await life.lives()
        await life.erases()
        assert TEXTS("deleted", who="self") in life.channel.texts(ADDRESS)
        life.is_nowhere()
    life.is_nowhere()


async def test_a_page_and_a_cv_on_their_way_go_too(life: Life) -> None:
    async with life.running():
        await life.lives()
        life.channel.failing = lambda *_: later()
        for raw in ("направи ми cv", "да", f"{MARKER} Петрова"):
            await life.house.tell(arrival(f"cv:{raw}", ADDRESS, said(raw)))
        await life.house.tell(
            arrival("cv:send", ADDRESS, Pressed(serial=0, action="plan-page:pdf").model_dump_json())
        )
        await life.house.tell(
            arrival("bye:1", ADDRESS, said("изтрий")),
            arrival("bye:2", ADDRESS, Pressed(serial=0, action="erase").model_dump_json()),
        )
        # Only the farewell still waits: nothing that was said before goes out after it.
        waiting = life.rows("SELECT body FROM outbox")
        farewell = Message.model_validate_json(str(waiting[0][0]))
        assert farewell.text == TEXTS("deleted", who="self")
        assert MARKER not in str(waiting)
        life.channel.failing = lambda *_: None
        life.clock.forward(HOUR)
    said_before = len(life.channel.texts(ADDRESS))
    async with life.running() as running:
        await running.delivery.settle()
        await running.store.scrub()
    new = life.channel.texts(ADDRESS)[said_before:]
    assert new[0] == TEXTS("deleted", who="self")
    assert len(new) == 2
    life.is_nowhere()
    assert not any(isinstance(document, Document) for document in life.channel.documents)


# -- nothing comes back ----------------------------------------------------------------------------


async def by_an_update_that_comes_again(life: Life) -> None:
    await life.house.tell(*life.lived)


async def by_a_word_of_the_librarian_that_was_under_way(life: Life) -> None:
    done = DeskAct(act="reply", case=15, librarian="l-1", name=NAME, text=f"{MARKER} късно")
    life.house.runtime._channels[DESK] = DeskChannel()  # type: ignore[index]  # noqa: SLF001
    await life.house.tell(arrival("late", TALK, done.model_dump_json(), channel=DESK))
    assert life.rows("SELECT count(*) FROM inbox WHERE state <> 'done'") == [(0,)]


async def by_a_reminder_whose_day_has_come(life: Life) -> None:
    for days in (1, 1, 1, 80, 20):
        life.clock.forward(days * DAY)
        await life.house.reminding.look()
        await life.house.runtime.settle()


async def by_measures_that_have_changed(life: Life) -> None:
    life.house.reminding._knowledge = _OtherKnowledge()  # type: ignore[assignment]  # noqa: SLF001
    await life.house.reminding.look()


async def by_a_restart(life: Life) -> None:
    await life.house.runtime.resume()
    await life.house.delivery.resume()


class _OtherKnowledge:
    def fingerprint(self, _day: dt.date) -> str:
        return "another"


COMING_BACK = (
    by_an_update_that_comes_again,
    by_a_word_of_the_librarian_that_was_under_way,
    by_a_reminder_whose_day_has_come,
    by_measures_that_have_changed,
    by_a_restart,
)


@pytest.mark.parametrize("way", COMING_BACK)
@pytest.mark.parametrize("reopened", [False, True], ids=["running on", "after a restart"])
async def test_nothing_comes_back(
    life: Life, way: Callable[[Life], Awaitable[None]], reopened: bool
) -> None:
    async with life.running():
        await life.lives()
        await life.erases()
        if not reopened:
            heard = len(life.channel.texts(ADDRESS))
            await _comes(life, way)
    if reopened:
        heard = len(life.channel.texts(ADDRESS))
        async with life.running():
            await _comes(life, way)
    assert life.channel.texts(ADDRESS)[heard:] == []
    life.is_nowhere()


async def _comes(life: Life, way: Callable[[Life], Awaitable[None]]) -> None:
    await way(life)
    await life.house.runtime.settle()
    await life.house.delivery.settle()
    assert await life.house.revision(ADDRESS) == 0
    await life.house.store.scrub()


async def test_without_the_erasure_the_reminders_would_have_come(life: Life) -> None:
    """They are due on their days, so that the silence above means something."""
    async with life.running():
        await life.lives()
        heard = len(life.channel.texts(ADDRESS))
        await by_a_reminder_whose_day_has_come(life)
        await life.house.delivery.settle()
        reminded = [t for t in life.channel.texts(ADDRESS)[heard:] if t.startswith("🔔")]
        assert len(reminded) == 3


async def test_an_old_button_brings_a_word_and_none_of_the_old_answers(life: Life) -> None:
    async with life.running() as running:
        await life.lives()
        lines = await running.store.transcript(TALK)
        shown = [Message.model_validate_json(m.body) for m in lines if m.kind == "out" and m.body]
        old = {(m.serial, b.action) for m in shown for b in m.buttons if m.serial > 1}
        assert len(old) > 30
        await life.erases()
        for number, (serial, action) in enumerate(sorted(old)):
            heard = len(life.channel.texts(ADDRESS))
            raw = Pressed(serial=serial, action=action).model_dump_json()
            await running.tell(arrival(f"old:{number}", ADDRESS, raw))
            await running.delivery.settle()
            said_now = life.channel.texts(ADDRESS)[heard:]
            if action not in OUTLIVE_A_TALK:
                assert said_now[0] == TEXTS("earlier-talk", who="self"), (serial, action)
            stored = await running.store.conversation(TALK)
            assert stored is not None
            assert '"answers":{}' in stored.state, (serial, action)
            assert '"case":null' in stored.state, (serial, action)
        assert life.rows("SELECT count(*) FROM reminder") == [(0,)]
        assert life.rows("SELECT count(*) FROM case_file") == [(0,)]
        assert not stands_in(MARKER, life.file)


async def test_others_keep_what_is_theirs(life: Life) -> None:
    async with life.running() as running:
        await running.tell(arrival("bo:1", "bo", said("/start")))
        await running.tell(arrival("bo:2", "bo", said("на 57 съм, от Роман, гълъб")))
        await life.lives()
        await life.erases()
        assert await running.revision("bo") == 2
        assert stands_in("гълъб", life.file)
