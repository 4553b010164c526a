"""From a stored event to its step: in order, exactly once, whatever fails."""

import asyncio
import logging
import random
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from durable import (
    Dial,
    FailingStore,
    House,
    Notebook,
    arrival,
    context,
    do,
    house,
    opened,
    pressed,
    said,
    started,
    step,
    take_in,
    until,
)

from bot.group_commit import GroupCommit
from bot.runtime import Runtime
from bot.service import running
from bot.store.interface import Queued
from bot.store.sqlite import SqliteStore
from dialogs.model import Conversation, Message

MARKER = "кукувица-семнайсет"


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.runtime.PAUSES", (0,))


class TestOrder:
    async def test_replies_come_in_the_order_of_what_caused_them(self, house: House) -> None:
        for number in range(30):
            await house.runtime.take_in([arrival(f"k{number}")])
        await house.runtime.settle()
        replies = await house.replies()
        assert replies == sorted(replies)
        assert sorted({cause for cause, _ in replies}) == list(range(1, 31))
        assert await house.revision() == 30

    async def test_many_talks_share_transactions(self, house: House) -> None:
        await house.tell(*(arrival(f"w{n}", f"a{n}") for n in range(20)))
        house.store.batches.clear()
        await house.runtime.take_in([arrival(f"k{n}", f"a{n}") for n in range(20)])
        await house.runtime.settle()
        assert max(len(batch.steps) for batch in house.store.batches) > 1
        assert [await house.revision(f"a{n}") for n in range(20)] == [2] * 20

    @pytest.mark.usefixtures("no_pause")
    async def test_a_talk_whose_step_is_refused_holds_up_nobody_else(self, house: House) -> None:
        house.store.refused = {"test:ana"}
        await house.runtime.take_in([arrival("k1"), arrival("k2", "bo"), arrival("k3")])
        await house.runtime.settled("test:bo")
        assert await house.revision("bo") == 1
        assert await house.revision() == 0
        house.store.refused = set()
        await house.runtime.settle()
        assert await house.revision() == 2

    async def test_settled_waits_for_that_talk(self, house: House) -> None:
        await house.runtime.take_in([arrival(f"k{n}") for n in range(5)])
        await house.runtime.settled("test:ana")
        assert await house.revision() == 5


class TestExactlyOnce:
    async def test_the_same_update_twice_changes_nothing(self, house: House) -> None:
        await house.tell(arrival("k1"))
        before = await house.replies()
        await house.tell(arrival("k1"), arrival("k1"))
        assert await house.revision() == 1
        assert await house.replies() == before

    async def test_the_same_tap_under_a_new_update_says_nothing_again(self, house: House) -> None:
        await house.tell(arrival("k1"))
        *_, shown = await house.store.unread("test:ana", 0)
        serial = Message.model_validate_json(shown.body).serial
        await house.tell(arrival("k2", raw=pressed(serial, "go:help")))
        before = await house.replies()
        assert len(before) > 1
        await house.tell(arrival("k3", raw=pressed(serial, "go:help")))
        assert await house.replies() == before

    async def test_a_crash_between_intake_and_step_loses_nothing(
        self, file: Path, clock: Dial, channel: Notebook
    ) -> None:
        async with opened(SqliteStore(file)) as store:
            await take_in(store, arrival("k1"), arrival("k2"), arrival("k3", "bo"))
        async with house(file, clock, channel) as again:
            await again.runtime.settle()
            assert await again.revision() == 2
            assert await again.revision("bo") == 1
            assert await again.store.waiting_events() == []

    async def test_what_comes_before_the_start_is_done_waits_its_turn(
        self, file: Path, clock: Dial, channel: Notebook
    ) -> None:
        store = SqliteStore(file)
        commit = GroupCommit(store)
        runtime = Runtime(store, commit, {"test": channel}, lambda _: context(clock), clock)
        async with started(store, runtime, commit):
            (old,) = await take_in(store, arrival("old"))
            await runtime.take_in([arrival("new")])
            assert [e.seq for e in await store.waiting_events()] == [1, 2]
            await runtime.resume()
            await runtime.settle()
            causes = [m.cause for m in await store.unread("test:ana", 0)]
            assert causes == sorted(causes)
            assert causes[0] == old.seq
            stored = await store.conversation("test:ana")
            assert stored is not None
            assert stored.revision == 2

    async def test_events_of_a_channel_that_is_off_wait_for_it(
        self, file: Path, clock: Dial
    ) -> None:
        async with opened(SqliteStore(file)) as store:
            await take_in(store, arrival("k1", channel="telegram"))
        async with house(file, clock) as off:
            await off.runtime.settle()
            assert len(await off.store.waiting_events()) == 1
            assert await off.store.dead_letters() == []
        async with house(file, clock, Notebook("telegram")) as on:
            await on.runtime.settle()
            assert await on.store.waiting_events() == []

    async def test_a_caller_that_goes_away_does_not_stop_what_it_brought(
        self, house: House
    ) -> None:
        for turns in range(8):
            call = asyncio.create_task(house.runtime.take_in([arrival(f"k{turns}")]))
            for _ in range(turns):
                await asyncio.sleep(0)
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)
        await house.runtime.settle()
        stored = await house.store.transcript("test:ana")
        events = [line for line in stored if line.kind == "in"]
        assert len(events) >= 6
        assert {line.state for line in events} == {"done"}
        assert await house.revision() == len(events)


class TestSeveralProcesses:
    async def test_the_slower_of_two_looks_again_and_both_events_count_once(
        self, file: Path, clock: Dial
    ) -> None:
        async with AsyncExitStack() as stack:
            one = await stack.enter_async_context(house(file, clock))
            two = await stack.enter_async_context(house(file, clock))
            for turn in range(10):
                await asyncio.gather(
                    one.runtime.take_in([arrival(f"one{turn}")]),
                    two.runtime.take_in([arrival(f"two{turn}")]),
                )
            await one.runtime.settle()
            await two.runtime.settle()
            assert await one.revision() == 20
            causes = [cause for cause, _ in await one.replies()]
            assert len(set(causes)) == 20

    async def test_what_is_kept_in_memory_is_only_a_hint(self, file: Path, clock: Dial) -> None:
        async with AsyncExitStack() as stack:
            one = await stack.enter_async_context(house(file, clock))
            two = await stack.enter_async_context(house(file, clock))
            await one.tell(arrival("k1", raw=said("/help")))
            await two.tell(arrival("k2", raw=said("/privacy")))
            await one.tell(arrival("k3", raw=said("/language")))
            tried = [b.steps[0].revision for b in one.store.batches if b.steps]
            assert tried == [0, 1, 2]
            stored = await one.store.conversation("test:ana")
            assert stored is not None
            names = [s.name for s in Conversation.model_validate_json(stored.state).screens]
            assert names[-3:] == ["help", "privacy", "language"]

    async def test_two_that_take_up_the_same_events_do_each_once(
        self, file: Path, clock: Dial
    ) -> None:
        async with opened(SqliteStore(file)) as store:
            await take_in(store, *(arrival(f"k{n}", f"a{n % 3}") for n in range(30)))
        async with AsyncExitStack() as stack:
            one = await stack.enter_async_context(house(file, clock))
            two = await stack.enter_async_context(house(file, clock))
            await one.runtime.settle()
            await two.runtime.settle()
            assert [await one.revision(f"a{n}") for n in range(3)] == [10, 10, 10]
            for n in range(3):
                replies = await one.replies(f"a{n}")
                assert len({cause for cause, _ in replies}) == 10
                assert replies == sorted(replies)


class TestFaults:
    async def test_an_event_whose_step_fails_is_set_aside_and_the_talk_goes_on(
        self, house: House
    ) -> None:
        await house.tell(arrival("k1"), arrival("k2", raw=said(f"break:{MARKER}")), arrival("k3"))
        (letter,) = await house.store.dead_letters()
        assert letter.seq == 2
        assert await house.revision() == 3
        sorry = [m.body for m in await house.store.unread("test:ana", 0) if m.cause == 2]
        assert len(sorry) == 1
        assert "извинете" in sorry[0]
        assert [m for m in await house.store.unread("test:ana", 0) if m.cause == 3]

    async def test_a_dead_letter_says_where_it_failed_and_nothing_the_person_said(
        self, house: House
    ) -> None:
        await house.tell(arrival("k1", raw=said(f"break:{MARKER}")))
        (letter,) = await house.store.dead_letters()
        assert "LookupError" in letter.error
        assert "in decode" in letter.error
        assert MARKER not in letter.error

    async def test_neither_does_one_whose_error_has_another_behind_it(self, house: House) -> None:
        decode = house.channel.decode

        def wrapped(raw: str) -> object:
            try:
                return decode(raw)
            except LookupError as error:
                raise RuntimeError(f"again {raw}") from error

        house.channel.decode = wrapped  # type: ignore[method-assign, assignment]
        await house.tell(arrival("k1", raw=said(f"break:{MARKER}")))
        (letter,) = await house.store.dead_letters()
        assert "LookupError" in letter.error
        assert "RuntimeError" in letter.error
        assert MARKER not in letter.error

    async def test_a_malformed_update_is_set_aside_without_a_word(self, house: House) -> None:
        await house.tell(arrival("k1", raw="nonsense"), arrival("k2"), arrival("k3", "bo"))
        (letter,) = await house.store.dead_letters()
        assert (letter.seq, letter.error) == (1, "no event in it")
        assert {m.cause for m in await house.store.unread("test:ana", 0)} == {2}
        assert await house.revision("bo") == 1

    async def test_a_step_that_cannot_be_written_down_is_set_aside(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def half_a_pair(*_: object, **__: object) -> object:
            return Conversation.model_construct(last_press="\ud83d")

        await house.tell(arrival("k1"))
        monkeypatch.setattr("bot.runtime.respond", lambda *_: half_a_pair())
        await house.tell(arrival("k2"))
        assert [d.seq for d in await house.store.dead_letters()] == [2]

    async def test_a_talk_that_cannot_be_read_is_left_as_it_is(self, house: House) -> None:
        (first,) = await take_in(house.store, arrival("k0"))
        await do(house.store, step(first, 0, state='{"schema_version": 99}'))
        await house.tell(arrival("k1"), arrival("k2"))
        assert [d.seq for d in await house.store.dead_letters()] == [2, 3]
        stored = await house.store.conversation("test:ana")
        assert stored is not None
        assert (stored.revision, stored.state) == (3, '{"schema_version": 99}')
        assert len(await house.replies()) == 2

    async def test_a_listener_that_fails_does_not_repeat_the_step(self, house: House) -> None:
        heard: list[Queued] = []

        def broken(_: object) -> None:
            raise LookupError(MARKER)

        house.runtime.listen(broken)
        house.runtime.listen(heard.extend)
        await house.tell(arrival("k1"))
        assert await house.revision() == 1
        assert [(m.cause, m.id) for m in heard] == await house.replies()

    async def test_nothing_that_a_person_said_is_in_the_logs(
        self,
        house: House,
        caplog: pytest.LogCaptureFixture,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        caplog.set_level(logging.INFO)
        house.runtime.listen(lambda _: exec("raise LookupError(m)", {"m": MARKER}))  # noqa: S102
        await house.tell(
            arrival("k1", MARKER, raw=said(MARKER)),
            arrival("k2", MARKER, raw=said(f"break:{MARKER}")),
            arrival("k3", MARKER, raw="nonsense"),
        )
        house.store.down = True
        with pytest.raises(OSError, match="away"):
            await house.runtime.take_in([arrival("k4", MARKER, raw=said(MARKER))])
        house.store.down = False
        assert "dead letter" in caplog.text
        out, err = capfd.readouterr()
        assert MARKER not in caplog.text + out + err


class TestStoreFails:
    async def test_an_update_that_could_not_be_stored_is_not_acknowledged(
        self, house: House
    ) -> None:
        house.store.down = True
        with pytest.raises(OSError, match="away"):
            await house.runtime.take_in([arrival("k1")])
        house.store.down = False
        await house.tell(arrival("k1"))
        assert await house.revision() == 1

    async def test_a_full_disk_refuses_and_later_all_is_well(self, house: House) -> None:
        await house.tell(arrival("k1"))
        writer = house.store._writer  # noqa: SLF001
        rows = await writer.execute_fetchall("PRAGMA page_count")
        await writer.execute_fetchall(f"PRAGMA max_page_count = {next(iter(rows))[0]}")
        big = [arrival(f"b{n}", raw=said("x" * 5000)) for n in range(5)]
        with pytest.raises(Exception, match="full"):
            await house.runtime.take_in(big)
        assert await house.store.waiting_events() == []
        await writer.execute_fetchall("PRAGMA max_page_count = 1000000")
        await house.tell(*big)
        assert await house.revision() == 6

    @pytest.mark.usefixtures("no_pause")
    async def test_a_step_the_store_refuses_is_done_when_the_store_is_back(
        self, house: House, caplog: pytest.LogCaptureFixture
    ) -> None:
        await house.tell(arrival("k0"))
        listened: list[Queued] = []
        house.runtime.listen(listened.extend)
        house.store.refused = {"test:ana"}
        await house.runtime.take_in([arrival("k1"), arrival("k2")])
        await until(lambda: "waits" in caplog.text)
        assert await house.revision() == 1
        house.store.refused = set()
        await house.runtime.settle()
        assert await house.revision() == 3
        assert [m.cause for m in listened] == sorted(m.cause for m in listened)

    async def test_a_stop_does_not_wait_for_a_store_that_is_away(
        self, file: Path, clock: Dial
    ) -> None:
        async with house(file, clock) as first:
            await first.runtime.take_in([arrival("k1"), arrival("k2")])
            first.store.down = True
            await first.runtime.stop()
        async with house(file, clock) as again:
            await again.runtime.settle()
            assert await again.revision() == 2
            assert len({cause for cause, _ in await again.replies()}) == 2

    @pytest.mark.usefixtures("no_pause")
    async def test_a_step_stored_in_spite_of_an_error_is_not_done_again(
        self, file: Path, clock: Dial
    ) -> None:
        class Deceiving(FailingStore):
            deceptions = 1

            async def apply(self, batch):  # type: ignore[no-untyped-def]
                applied = await super().apply(batch)
                if batch.steps and self.deceptions:
                    self.deceptions -= 1
                    raise OSError("it was stored, but who knows")
                return applied

        store = Deceiving(file)
        commit = GroupCommit(store)
        runtime = Runtime(store, commit, {"test": Notebook()}, lambda _: context(clock), clock)
        async with started(store, runtime, commit):
            await runtime.resume()
            await runtime.take_in([arrival("k1"), arrival("k2")])
            await runtime.settle()
            stored = await store.conversation("test:ana")
            assert stored is not None
            assert stored.revision == 2
            assert len({m.cause for m in await store.unread("test:ana", 0)}) == 2

    @pytest.mark.usefixtures("no_pause")
    async def test_random_failures_change_nothing_but_the_time_it_takes(self, house: House) -> None:
        dice = random.Random(11)  # noqa: S311
        asked = [arrival(f"k{n}", f"a{n % 5}") for n in range(100)]
        for one in asked:
            while True:
                house.store.down = dice.random() < 0.3
                try:
                    await house.runtime.take_in([one])
                except OSError:
                    continue
                break
            for _ in range(dice.randrange(20)):
                await asyncio.sleep(0)
        house.store.down = False
        await house.runtime.settle()
        assert [await house.revision(f"a{n}") for n in range(5)] == [20] * 5
        for n in range(5):
            replies = await house.replies(f"a{n}")
            assert replies == sorted(replies)
            assert len({cause for cause, _ in replies}) == 20


async def test_a_start_that_fails_lets_go_of_everything(
    file: Path, clock: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_resume(_: Runtime) -> None:
        raise LookupError("not today")

    monkeypatch.setattr(Runtime, "resume", no_resume)
    before = asyncio.all_tasks()
    with pytest.raises(LookupError, match="not today"):
        async with running(SqliteStore(file), {}, {"test": Notebook()}, clock):
            pass
    assert asyncio.all_tasks() == before
    assert not file.with_name("posoka.db-wal").exists()


async def test_the_first_scrub_after_a_start_waits_for_no_erasure(
    file: Path, clock: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.service.SCRUB_EVERY", 0)
    scrubs: list[bool] = []
    scrub = SqliteStore.scrub

    async def noted(store: SqliteStore, *, anyway: bool = False) -> None:
        await scrub(store, anyway=anyway)
        scrubs.append(anyway)

    monkeypatch.setattr(SqliteStore, "scrub", noted)
    async with running(SqliteStore(file), {}, {"test": Notebook()}, clock):
        await until(lambda: len(scrubs) > 1)
    assert scrubs[:2] == [True, False]
