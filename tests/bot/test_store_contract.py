"""What every store holds."""

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator, Callable
from importlib.resources import files
from pathlib import Path

import pytest
from durable import DAY, HOUR, NOON, arrival, bytes_of, do, said, sent, step, take_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import millis
from bot.store.interface import Batch, Mark, Retention, StepCommit, UnusableStoreError
from bot.store.sqlite import SqliteStore

NOW = millis(NOON)
Opener = Callable[[], SqliteStore]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "posoka.db"


@pytest.fixture(params=[SqliteStore])
async def store(request: pytest.FixtureRequest, file: Path) -> AsyncIterator[SqliteStore]:
    opened: SqliteStore = request.param(file)
    await opened.open()
    yield opened
    await opened.close()


async def reopened(store: SqliteStore) -> None:
    """Let go of the file and take it up again, as a new start does."""
    await store.close()
    await store.open()


class TestArrivals:
    async def test_the_same_update_twice_is_stored_once(self, store: SqliteStore) -> None:
        applied = await store.apply(Batch(arrivals=[arrival("k1")]))
        again = await store.apply(Batch(arrivals=[arrival("k1", raw=said("other"))]))
        assert applied.received[0] is not None
        assert again.received == [None]
        assert [e.raw for e in await store.waiting_events()] == [said("k1")]

    async def test_the_same_update_twice_in_one_batch_is_stored_once(
        self, store: SqliteStore
    ) -> None:
        applied = await store.apply(Batch(arrivals=[arrival("a"), arrival("b"), arrival("a")]))
        assert [r.seq if r else None for r in applied.received] == [1, 2, None]
        assert len(await store.waiting_events()) == 2

    async def test_the_same_update_after_a_restart_is_known(self, store: SqliteStore) -> None:
        await take_in(store, arrival("k1"))
        await reopened(store)
        assert (await store.apply(Batch(arrivals=[arrival("k1")]))).received == [None]

    async def test_a_key_is_unique_within_its_channel_only(self, store: SqliteStore) -> None:
        received = await take_in(store, arrival("1"), arrival("1", channel="other"))
        assert len(received) == 2

    async def test_what_is_returned_is_what_is_read_back(self, store: SqliteStore) -> None:
        received = await take_in(store, arrival("a"), arrival("b", "bo"))
        assert await store.waiting_events() == received

    async def test_event_numbers_are_never_used_twice(self, store: SqliteStore) -> None:
        (first,) = await take_in(store, arrival("a"))
        await do(store, step(first, 0, erase=True))
        await store.forget(NOW + 4 * DAY, Retention())
        await reopened(store)
        (second,) = await take_in(store, arrival("b"))
        assert second.seq == first.seq + 1

    async def test_half_a_surrogate_pair_is_stored_as_its_escape(self, store: SqliteStore) -> None:
        (event,) = await take_in(store, arrival("a", raw='"\ud83d"'))
        assert event.raw == r'"\ud83d"'
        assert await store.waiting_events() == [event]

    @settings(
        max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        key=st.text(st.characters(codec="utf-8", exclude_characters="\0")),
        raw=st.text(st.characters(codec="utf-8")),
    )
    def test_any_key_and_any_text_are_kept_as_they_are(
        self, tmp_path_factory: pytest.TempPathFactory, key: str, raw: str
    ) -> None:
        async def act() -> None:
            store = SqliteStore(tmp_path_factory.mktemp("any") / "a.db")
            await store.open()
            try:
                one = arrival(key, raw=raw)
                first = await store.apply(Batch(arrivals=[one]))
                again = await store.apply(Batch(arrivals=[one]))
                assert first.received[0] is not None
                assert again.received == [None]
                assert (await store.waiting_events())[0].raw == one.raw
            finally:
                await store.close()

        asyncio.run(act())


class TestSteps:
    async def test_the_first_step_begins_the_talk(self, store: SqliteStore) -> None:
        (event,) = await take_in(store, arrival("a"))
        applied = await do(store, step(event, 0, "hello"))
        stored = await store.conversation("test:ana")
        assert stored is not None
        assert (stored.revision, stored.state) == (1, '{"after": 1}')
        assert [m.body for m in applied.queued[0] or ()] == ["hello"]
        assert await store.waiting_events() == []

    async def test_a_stale_step_writes_nothing_while_the_others_are_written(
        self, store: SqliteStore
    ) -> None:
        ana1, ana2, bo = await take_in(
            store, arrival("a"), arrival("b"), arrival("c", "bo", at=NOW)
        )
        await do(store, step(ana1, 0, "one"))
        applied = await do(
            store,
            step(ana2, 0, "stale", counters=("stale",)),
            step(bo, 0, "fresh", counters=("fresh",)),
        )
        assert applied.queued[0] is None
        assert [m.body for m in applied.queued[1] or ()] == ["fresh"]
        stored = await store.conversation("test:ana")
        assert stored is not None
        assert stored.revision == 1
        assert [m.body for m in await store.unread("test:ana", 0)] == ["one"]
        assert [e.seq for e in await store.waiting_events()] == [ana2.seq]
        assert {metric for _, metric in await store.counters()} == {"fresh"}

    async def test_an_event_has_one_step_however_often_it_is_tried(
        self, store: SqliteStore
    ) -> None:
        (event,) = await take_in(store, arrival("a"))
        await do(store, step(event, 0, "one"))
        assert (await do(store, step(event, 1, "two"))).queued == [None]
        assert not await store.waits(event.seq)
        assert [m.body for m in await store.unread("test:ana", 0)] == ["one"]

    async def test_of_two_steps_of_a_talk_in_one_batch_the_second_is_stale(
        self, store: SqliteStore
    ) -> None:
        one, two = await take_in(store, arrival("a"), arrival("b"))
        applied = await do(store, step(one, 0, "one"), step(two, 0, "two"))
        assert applied.queued[1] is None
        assert await store.waits(two.seq)
        assert [m.body for m in await store.unread("test:ana", 0)] == ["one"]

    async def test_a_step_of_an_unknown_event_writes_nothing(self, store: SqliteStore) -> None:
        (event,) = await take_in(store, arrival("a"))
        ghost = StepCommit("test:ana", 0, "{}", cause=99, at=NOW, counters=("ghost",))
        assert (await do(store, ghost)).queued == [None]
        assert await store.conversation("test:ana") is None
        assert await store.counters() == {}
        assert await store.waits(event.seq)

    async def test_message_numbers_follow_the_order_and_are_never_used_twice(
        self, store: SqliteStore
    ) -> None:
        ana, bo = await take_in(store, arrival("a"), arrival("b", "bo"))
        applied = await do(store, step(ana, 0, "1", "2"), step(bo, 0, "3"))
        assert [[m.id for m in queued or ()] for queued in applied.queued] == [[1, 2], [3]]
        (gone,) = await take_in(store, arrival("c"))
        await do(store, step(gone, 1, "bye", erase=True))
        await store.apply(Batch(marks=[sent(4)]))
        await reopened(store)
        (again,) = await take_in(store, arrival("d"))
        applied = await do(store, step(again, 0, "5"))
        assert [m.id for m in applied.queued[0] or ()] == [5]

    async def test_counters_add_up_by_day(self, store: SqliteStore) -> None:
        one, two, three = await take_in(
            store, arrival("a"), arrival("b", "bo"), arrival("c", "vi", at=NOW + DAY)
        )
        await do(store, step(one, 0, counters=("asked", "asked", "found")))
        await do(store, step(two, 0, counters=("asked",)), step(three, 0, counters=("asked",)))
        assert await store.counters() == {
            ("2026-11-23", "asked"): 3,
            ("2026-11-23", "found"): 1,
            ("2026-11-24", "asked"): 1,
        }

    async def test_each_answer_stands_after_what_caused_it(self, store: SqliteStore) -> None:
        one, two = await take_in(store, arrival("a"), arrival("b"))
        await do(store, step(one, 0, "1a", "1b"))
        await do(store, step(two, 1, "2a"))
        lines = [(line.kind, line.body) for line in await store.transcript("test:ana")]
        assert lines == [
            ("in", said("a")),
            ("out", "1a"),
            ("out", "1b"),
            ("in", said("b")),
            ("out", "2a"),
        ]

    async def test_all_of_a_step_survives_a_restart(self, store: SqliteStore) -> None:
        (event,) = await take_in(store, arrival("a"))
        await do(store, step(event, 0, "one", counters=("asked",)))
        before = (
            await store.conversation("test:ana"),
            await store.waiting_messages("test"),
            await store.counters(),
            await store.transcript("test:ana"),
        )
        await reopened(store)
        after = (
            await store.conversation("test:ana"),
            await store.waiting_messages("test"),
            await store.counters(),
            await store.transcript("test:ana"),
        )
        assert after == before


class TestDeadLetters:
    async def test_a_failed_event_can_be_listed_revived_and_dropped(
        self, store: SqliteStore
    ) -> None:
        one, two = await take_in(store, arrival("a"), arrival("b", "bo"))
        await do(store, step(one, 0, "sorry", failed="why"), step(two, 0, failed="how"))
        assert [(d.seq, d.error) for d in await store.dead_letters()] == [(1, "why"), (2, "how")]
        assert await store.waiting_events() == []
        assert await store.revive(one.seq) == one
        assert [d.seq for d in await store.dead_letters()] == [2]
        assert await store.waiting_events() == [one]
        assert await store.drop(two.seq)
        assert not await store.drop(two.seq)
        assert await store.dead_letters() == []

    async def test_only_a_dead_letter_is_revived_or_dropped(self, store: SqliteStore) -> None:
        done, new = await take_in(store, arrival("a"), arrival("b", "bo"))
        await do(store, step(done, 0))
        assert await store.revive(done.seq) is None
        assert not await store.drop(new.seq)
        assert not await store.drop(done.seq)
        assert await store.waiting_events() == [new]

    async def test_a_revived_event_can_have_its_step(self, store: SqliteStore) -> None:
        (event,) = await take_in(store, arrival("a"))
        await do(store, step(event, 0, failed="why"))
        await store.revive(event.seq)
        applied = await do(store, step(event, 1, "now it works"))
        assert [m.body for m in applied.queued[0] or ()] == ["now it works"]


class TestMarks:
    async def test_a_mark_says_what_became_of_a_message(self, store: SqliteStore) -> None:
        (event,) = await take_in(store, arrival("a"))
        await do(store, step(event, 0, "1", "2", "3"))
        await store.apply(
            Batch(
                marks=[
                    sent(1),
                    Mark(2, "dead", NOW, error="blocked"),
                    Mark(3, "pending", NOW, not_before=NOW + 5, tries=2, error="busy"),
                ]
            )
        )
        (waiting,) = await store.waiting_messages("test")
        assert (waiting.id, waiting.not_before, waiting.tries) == (3, NOW + 5, 2)
        assert [m.state for m in await store.unread("test:ana", 0)] == ["sent", "dead", "pending"]
        assert (await store.ages()).dead_messages == 1

    async def test_a_farewell_vanishes_when_delivered_and_not_before(
        self, store: SqliteStore
    ) -> None:
        (event,) = await take_in(store, arrival("a"))
        await do(store, step(event, 0, "bye", erase=True))
        await store.apply(Batch(marks=[Mark(1, "pending", NOW, not_before=NOW + 1, tries=1)]))
        assert [m.body for m in await store.waiting_messages("test")] == ["bye"]
        await store.apply(Batch(marks=[sent(1)]))
        assert await store.unread("test:ana", 0) == []

    async def test_a_farewell_that_cannot_be_delivered_vanishes_too(
        self, store: SqliteStore
    ) -> None:
        (event,) = await take_in(store, arrival("a"))
        await do(store, step(event, 0, "bye", erase=True))
        await store.apply(Batch(marks=[Mark(1, "dead", NOW, error="blocked")]))
        assert await store.unread("test:ana", 0) == []


class TestErasure:
    async def test_erasing_removes_the_talk_but_keeps_what_came_later(
        self, store: SqliteStore
    ) -> None:
        old, erase, later, other = await take_in(
            store, arrival("a"), arrival("b"), arrival("c"), arrival("d", "bo")
        )
        await do(store, step(old, 0, "1"), step(other, 0, "of bo"))
        await do(store, step(erase, 1, "bye", erase=True))
        assert await store.conversation("test:ana") is None
        assert [m.body for m in await store.unread("test:ana", 0)] == ["bye"]
        assert await store.waiting_events() == [later]
        assert [m.body for m in await store.unread("test:bo", 0)] == ["of bo"]
        applied = await do(store, step(later, 0, "welcome"))
        assert applied.queued[0]
        stored = await store.conversation("test:ana")
        assert stored is not None
        assert stored.revision == 1

    async def test_an_erased_update_that_comes_again_changes_nothing(
        self, store: SqliteStore
    ) -> None:
        one, two = await take_in(store, arrival("a"), arrival("b"))
        await do(store, step(one, 0, "1"))
        await do(store, step(two, 1, "bye", erase=True))
        await reopened(store)
        again = await store.apply(Batch(arrivals=[arrival("a"), arrival("b"), arrival("c")]))
        assert [r is None for r in again.received] == [True, True, False]

    async def test_even_the_hashes_of_erased_updates_go_with_their_age(
        self, store: SqliteStore, file: Path
    ) -> None:
        (one,) = await take_in(store, arrival("a"))
        await do(store, step(one, 0, erase=True))
        await store.forget(NOW + 72 * HOUR + 1, Retention())
        assert _count(file, "inbox") == 0

    async def test_a_dead_letter_goes_with_its_talk(self, store: SqliteStore) -> None:
        dead, erase = await take_in(store, arrival("a"), arrival("b"))
        await do(store, step(dead, 0, failed="why"))
        await do(store, step(erase, 1, erase=True))
        assert await store.dead_letters() == []


class TestForgetting:
    @pytest.mark.parametrize(("age", "kept"), [(72 * HOUR, True), (72 * HOUR + 1, False)])
    async def test_an_event_is_kept_72_hours(
        self, store: SqliteStore, age: int, kept: bool
    ) -> None:
        done, dead = await take_in(store, arrival("a"), arrival("b", "bo"))
        await do(store, step(done, 0), step(dead, 0, failed="why"))
        assert (await store.forget(NOW + age, Retention())).events == (0 if kept else 2)
        assert bool(await store.transcript("test:ana")) is kept
        assert bool(await store.dead_letters()) is kept

    @pytest.mark.parametrize(("age", "kept"), [(72 * HOUR, True), (72 * HOUR + 1, False)])
    @pytest.mark.parametrize("state", ["sent", "dead"])
    async def test_a_message_is_kept_72_hours_after_it_was_settled(
        self, store: SqliteStore, state: str, age: int, kept: bool
    ) -> None:
        (event,) = await take_in(store, arrival("a"))
        await do(store, step(event, 0, "one"))
        settled = NOW + 5 * DAY
        await store.apply(Batch(marks=[Mark(1, state, settled)]))  # type: ignore[arg-type]
        assert (await store.forget(settled + age, Retention())).messages == (0 if kept else 1)
        assert bool(await store.unread("test:ana", 0)) is kept

    async def test_what_waits_is_not_forgotten_by_its_age(self, store: SqliteStore) -> None:
        event, waits = await take_in(store, arrival("a"), arrival("b"))
        await do(store, step(event, 0, "one"))
        await store.forget(NOW + 29 * DAY, Retention())
        assert await store.waiting_events() == [waits]
        assert [m.body for m in await store.waiting_messages("test")] == ["one"]

    @pytest.mark.parametrize(("age", "kept"), [(72 * HOUR, True), (72 * HOUR + 1, False)])
    async def test_an_undelivered_farewell_is_kept_72_hours(
        self, store: SqliteStore, age: int, kept: bool
    ) -> None:
        (event,) = await take_in(store, arrival("a"))
        await do(store, step(event, 0, "bye", erase=True))
        await store.forget(NOW + age, Retention())
        assert bool(await store.waiting_messages("test")) is kept

    @pytest.mark.parametrize(("age", "kept"), [(30 * DAY, True), (30 * DAY + 1, False)])
    async def test_a_talk_is_kept_30_days_after_its_last_word(
        self, store: SqliteStore, age: int, kept: bool
    ) -> None:
        first, last = await take_in(store, arrival("a"), arrival("b", at=NOW + DAY))
        await do(store, step(first, 0, "one"))
        await do(store, step(last, 1, "two"))
        forgotten = await store.forget(NOW + DAY + age, Retention())
        assert forgotten.conversations == ([] if kept else ["test:ana"])
        assert (await store.conversation("test:ana") is not None) is kept
        assert bool(await store.waiting_messages("test")) is kept

    async def test_who_comes_back_on_the_last_day_is_heard(self, store: SqliteStore) -> None:
        (first,) = await take_in(store, arrival("a"))
        await do(store, step(first, 0, "one"))
        (back,) = await take_in(store, arrival("b", at=NOW + 31 * DAY))
        await store.forget(NOW + 31 * DAY, Retention())
        assert await store.waiting_events() == [back]
        assert (await do(store, step(back, 0, "welcome"))).queued[0]

    async def test_many_are_forgotten_in_one_round(self, store: SqliteStore) -> None:
        people = [arrival(f"k{n}", f"a{n}") for n in range(1100)]
        events = await take_in(store, *people)
        await do(store, *(step(event, 0) for event in events))
        forgotten = await store.forget(NOW + 31 * DAY, Retention())
        assert forgotten.events == 1100
        assert len(set(forgotten.conversations)) == 1100


class TestWholeness:
    @pytest.mark.parametrize("table", ["inbox", "conversation", "outbox", "counter"])
    async def test_a_failure_within_a_batch_undoes_all_of_it(
        self, store: SqliteStore, file: Path, table: str
    ) -> None:
        (event,) = await take_in(store, arrival("a"))
        with sqlite3.connect(file) as other:
            other.execute(
                f"CREATE TRIGGER no BEFORE INSERT ON {table} BEGIN SELECT raise(ABORT, 'no'); END"
            )
        batch = Batch(arrivals=[arrival("b")], steps=[step(event, 0, "one", counters=("asked",))])
        with pytest.raises(sqlite3.IntegrityError):
            await store.apply(batch)
        assert await store.waiting_events() == [event]
        assert await store.conversation("test:ana") is None
        assert await store.waiting_messages("test") == []
        assert await store.counters() == {}
        with sqlite3.connect(file) as other:
            other.execute("DROP TRIGGER no")
        other.close()
        applied = await store.apply(batch)
        assert applied.received[0] is not None
        assert applied.received[0].seq == event.seq + 1
        assert [m.id for m in applied.queued[0] or ()] == [1]

    async def test_a_cancelled_batch_does_not_hold_up_the_next(self, store: SqliteStore) -> None:
        for turns in range(12):
            under_way = asyncio.create_task(take_in(store, arrival(f"k{turns}")))
            for _ in range(turns):
                await asyncio.sleep(0)
            under_way.cancel()
            await asyncio.gather(under_way, return_exceptions=True)
            await take_in(store, arrival(f"after{turns}"))
        keys = {event.raw for event in await store.waiting_events()}
        assert keys >= {said(f"after{turns}") for turns in range(12)}


class TestSqliteFile:
    """What holds of the SQLite file in particular."""

    async def test_only_its_owner_can_read_it(self, store: SqliteStore, file: Path) -> None:
        await take_in(store, arrival("a"))
        beside = list(file.parent.glob("posoka.db*"))
        assert {path.name for path in beside} >= {"posoka.db", "posoka.db-wal"}
        assert {stat.S_IMODE(path.stat().st_mode) for path in beside} == {0o600}

    @pytest.mark.parametrize(
        ("pragma", "value"),
        [
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("secure_delete", 1),
            ("auto_vacuum", 2),
            ("foreign_keys", 1),
            ("busy_timeout", 5000),
            ("trusted_schema", 0),
        ],
    )
    async def test_its_pragmas_are_in_force(
        self, store: SqliteStore, pragma: str, value: object
    ) -> None:
        rows = await store._writer.execute_fetchall(f"PRAGMA {pragma}")  # noqa: SLF001
        assert [row[0] for row in rows] == [value]

    async def test_they_are_in_force_after_an_erasure_too(self, store: SqliteStore) -> None:
        (event,) = await take_in(store, arrival("a"))
        await do(store, step(event, 0, erase=True))
        rows = await store._writer.execute_fetchall("PRAGMA busy_timeout")  # noqa: SLF001
        assert [row[0] for row in rows] == [5000]

    async def test_reading_cannot_write(self, store: SqliteStore) -> None:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await store._reader.execute("DELETE FROM inbox")  # noqa: SLF001

    async def test_a_newer_schema_is_refused_and_left_alone(self, file: Path) -> None:
        with sqlite3.connect(file) as newer:
            newer.execute("PRAGMA user_version = 999")
        newer.close()
        before = bytes_of(file)
        with pytest.raises(UnusableStoreError, match="newer version"):
            await SqliteStore(file).open()
        assert _pragma(file, "user_version") == 999
        assert len(bytes_of(file)) == len(before)

    async def test_what_is_no_database_is_refused_and_left_alone(self, file: Path) -> None:
        _write_letter(file)
        before = bytes_of(file)
        with pytest.raises(UnusableStoreError, match=r"posoka\.db"):
            await SqliteStore(file).open()
        assert bytes_of(file) == before

    async def test_the_first_schema_is_brought_up_to_date_with_its_data(self, file: Path) -> None:
        _make_first_schema(file)
        with sqlite3.connect(file) as old:
            old.execute(
                "INSERT INTO inbox VALUES (7, 'test', 'k', 'ana', 'test:ana', ?, ?, 'new', NULL)",
                (said("hello"), NOW),
            )
            old.execute(
                "INSERT INTO conversation VALUES ('test:ana', 'test', 'ana', 3, '{}', ?)", (NOW,)
            )
            old.execute("UPDATE last_number SET n = 7 WHERE name = 'inbox'")
        old.close()
        store = SqliteStore(file)
        await store.open()
        try:
            (event,) = await store.waiting_events()
            applied = await do(store, step(event, 3, "hi"))
            assert [m.body for m in applied.queued[0] or ()] == ["hi"]
            (later,) = await take_in(store, arrival("k2"))
            assert later.seq == 8
        finally:
            await store.close()
        scripts = [f for f in files("bot.store").iterdir() if f.name.endswith(".sql")]
        assert _pragma(file, "user_version") == len(scripts)

    async def test_opening_an_up_to_date_file_changes_no_schema(
        self, store: SqliteStore, file: Path
    ) -> None:
        before = _pragma(file, "schema_version")
        await reopened(store)
        assert _pragma(file, "schema_version") == before

    async def test_several_processes_bring_one_file_up_to_date_at_once(self, file: Path) -> None:
        _make_first_schema(file)
        stores = [SqliteStore(file) for _ in range(4)]
        await asyncio.gather(*(store.open() for store in stores))
        try:
            received = [await take_in(s, arrival(f"k{n}")) for n, s in enumerate(stores)]
            assert sorted(events[0].seq for events in received) == [1, 2, 3, 4]
        finally:
            for store in stores:
                await store.close()


def _write_letter(file: Path) -> None:
    file.write_bytes(b"this is a letter, not a database" * 100)


def _make_first_schema(file: Path) -> None:
    first = (files("bot.store") / "0001_talks.sql").read_text(encoding="utf-8")
    with sqlite3.connect(file) as old:
        old.execute("PRAGMA auto_vacuum = INCREMENTAL")
        old.execute("PRAGMA journal_mode = WAL")
        old.executescript(f"{first}PRAGMA user_version = 1;")
    old.close()


def _pragma(file: Path, name: str) -> object:
    with sqlite3.connect(file) as other:
        value = other.execute(f"PRAGMA {name}").fetchone()[0]
    other.close()
    return value


def _count(file: Path, table: str) -> int:
    with sqlite3.connect(file) as other:
        n = int(other.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
    other.close()
    return n
