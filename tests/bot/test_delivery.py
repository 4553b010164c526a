"""From the outbox to a channel: in order, within limits, until delivered."""

import asyncio
import datetime as dt
import logging
import random
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest
from durable import (
    Dial,
    FailingStore,
    House,
    Notebook,
    arrival,
    do,
    house,
    later,
    step,
    take_in,
    until,
)

from bot.channels.interface import Limits, SendError
from bot.delivery import FAULTS, PAUSES
from bot.store.interface import Queued
from dialogs.model import Message

MARKER = "кукувица-семнайсет"


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.PAUSES", (0,))


@pytest.fixture
async def sending(file: Path, clock: Dial, channel: Notebook) -> AsyncIterator[House]:
    async with house(file, clock, channel, sends=True) as running:
        yield running


async def queue(store: FailingStore, address: str, *texts: str) -> tuple[Queued, ...]:
    """Store messages to somebody, as one step does."""
    key = f"{address}-{len(store.batches)}"
    (event,) = await take_in(store, arrival(key, address))
    stored = await store.conversation(f"test:{address}")
    revision = stored.revision if stored else 0
    bodies = [Message(text=text).model_dump_json() for text in texts]
    (queued,) = (await do(store, step(event, revision, *bodies))).queued
    assert queued is not None
    return queued


async def test_messages_of_a_chat_go_out_in_their_order(sending: House) -> None:
    for number in range(20):
        sending.delivery.enqueue(await queue(sending.store, "ana", f"{number}a", f"{number}b"))
    await sending.delivery.settle()
    assert sending.channel.texts("ana") == [f"{n}{x}" for n in range(20) for x in "ab"]
    assert await sending.store.waiting_messages("test") == []


@pytest.mark.usefixtures("no_pause")
async def test_random_failures_change_no_order_and_lose_nothing(sending: House) -> None:
    dice = random.Random(5)  # noqa: S311
    faults = [later(), later("slow down"), RuntimeError("ours"), TimeoutError(), OSError("net")]
    sending.channel.failing = lambda *_: dice.choice([None, None, None, dice.choice(faults)])
    for number in range(25):
        for address in ("ana", "bo", "vi"):
            sending.delivery.enqueue(await queue(sending.store, address, f"{number}"))
    await sending.delivery.settle()
    for address in ("ana", "bo", "vi"):
        assert sending.channel.texts(address) == [str(n) for n in range(25)]
    assert await sending.store.waiting_messages("test") == []


async def test_another_channels_messages_are_left_alone(sending: House) -> None:
    sending.delivery.enqueue([Queued(1, "web", "ana", "web:ana", 1, "{}")])
    await sending.delivery.settle()
    assert sending.channel.sends == []


async def test_each_failure_waits_longer_and_the_wait_outlives_a_restart(
    file: Path, clock: Dial, channel: Notebook
) -> None:
    channel.failing = lambda *_: later()
    async with house(file, clock, channel) as first:
        await queue(first.store, "ana", "patient")
    waits = []
    tried = 0

    def fail_and_count(*_: object) -> Exception:
        nonlocal tried
        tried += 1
        return later()

    channel.failing = fail_and_count
    for number in range(1, len(PAUSES) + 3):
        async with house(file, clock, channel, sends=True) as again:
            await until(lambda number=number: tried == number)
            await again.delivery.stop()
            (waiting,) = await again.store.waiting_messages("test")
        waits.append((waiting.not_before - clock.ms) // 1000)
        assert waiting.tries == number
        clock.forward(waiting.not_before - clock.ms)
    assert waits == [*PAUSES, PAUSES[-1], PAUSES[-1]]


async def test_before_its_time_a_message_is_not_tried_even_after_a_restart(
    file: Path, clock: Dial, channel: Notebook
) -> None:
    channel.failing = lambda address, _: later() if address == "ana" else None
    async with house(file, clock, channel, sends=True) as first:
        first.delivery.enqueue(await queue(first.store, "ana", "1"))
        await until(lambda: first.store.batches[-1].marks)
    channel.failing = lambda *_: None
    clock.forward(PAUSES[0] * 1000 - 900)
    async with house(file, clock, channel, sends=True) as again:
        again.delivery.enqueue(await queue(again.store, "bo", "2"))
        await until(lambda: channel.texts("bo"))
        assert channel.texts("ana") == []
        await again.delivery.stop()
    clock.forward(900)
    async with house(file, clock, channel, sends=True) as at_last:
        await at_last.delivery.settle()
        assert channel.texts("ana") == ["1"]


@pytest.mark.parametrize(("asked", "waited"), [(40, 40_000), (0.2, PAUSES[0] * 1000)])
async def test_the_platforms_own_wait_is_respected(
    sending: House, asked: float, waited: int
) -> None:
    sending.channel.failing = lambda *_: later("flood", dt.timedelta(seconds=asked))
    sending.delivery.enqueue(await queue(sending.store, "ana", "1"))
    await until(lambda: sending.store.batches[-1].marks)
    await sending.delivery.stop()
    (waiting,) = await sending.store.waiting_messages("test")
    assert waiting.not_before == sending.clock.ms + waited


async def test_what_can_never_be_delivered_is_dead_and_the_chat_goes_on(sending: House) -> None:
    sending.channel.failing = lambda _, text: (
        SendError("blocked", again=False) if text == "2" else None
    )
    sending.delivery.enqueue(await queue(sending.store, "ana", "1", "2", "3"))
    await sending.delivery.settle()
    assert sending.channel.texts("ana") == ["1", "3"]
    states = [m.state for m in await sending.store.unread("test:ana", 0)]
    assert states == ["sent", "dead", "sent"]


async def test_a_chat_that_waits_holds_up_no_other(sending: House) -> None:
    sending.channel.failing = lambda address, _: later() if address == "ana" else None
    sending.delivery.enqueue(await queue(sending.store, "ana", "1", "2"))
    sending.delivery.enqueue(await queue(sending.store, "bo", "3"))
    await until(lambda: sending.channel.texts("bo"))
    assert sending.channel.texts("ana") == []


@pytest.mark.usefixtures("no_pause")
async def test_a_fault_of_ours_waits_and_is_tried_again(
    sending: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    faults = iter([RuntimeError(f"at https://x/bot1:TOKEN/{MARKER}"), KeyError(MARKER)])
    sending.channel.failing = lambda *_: next(faults, None)
    sending.delivery.enqueue(await queue(sending.store, "ana", MARKER, "2"))
    await sending.delivery.settle()
    assert sending.channel.texts("ana") == [MARKER, "2"]
    assert "RuntimeError" in caplog.text
    assert MARKER not in caplog.text
    assert "TOKEN" not in caplog.text


@pytest.mark.usefixtures("no_pause")
async def test_a_fault_that_never_ends_gives_the_message_up_but_not_the_chat(
    sending: House,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    tries = 0

    def fail(_: str, text: str) -> Exception | None:
        nonlocal tries
        tries += text == "1"
        return RuntimeError(MARKER) if text == "1" else None

    sending.channel.failing = fail
    sending.delivery.enqueue(await queue(sending.store, "ana", "1", "2"))
    await sending.delivery.settle()
    assert tries == FAULTS
    assert sending.channel.texts("ana") == ["2"]
    assert (await sending.store.ages()).dead_messages == 1
    assert "cannot be delivered" in caplog.text
    assert MARKER not in caplog.text


async def test_a_message_nobody_can_read_is_given_up_without_being_quoted(
    sending: House, caplog: pytest.LogCaptureFixture
) -> None:
    (event,) = await take_in(sending.store, arrival("k"))
    applied = await do(sending.store, step(event, 0, f'{{"was": "{MARKER}"}}'))
    sending.delivery.enqueue(applied.queued[0] or ())
    sending.delivery.enqueue(await queue(sending.store, "ana", "2"))
    await sending.delivery.settle()
    assert sending.channel.texts("ana") == ["2"]
    assert "cannot be read" in caplog.text
    assert MARKER not in caplog.text


@pytest.mark.usefixtures("no_pause")
async def test_a_store_that_is_away_does_not_make_a_message_go_twice(sending: House) -> None:
    queued = await queue(sending.store, "ana", "1", "2")
    sending.store.down = True
    sending.delivery.enqueue(queued)
    await until(lambda: sum(bool(b.marks) for b in sending.store.batches) > 3)
    assert sending.channel.texts("ana") == ["1"]
    sending.store.down = False
    await sending.delivery.settle()
    assert sending.channel.texts("ana") == ["1", "2"]
    assert await sending.store.waiting_messages("test") == []


async def test_a_stop_finishes_what_is_under_way_and_leaves_the_rest_stored(
    sending: House,
) -> None:
    sending.channel.gate.clear()
    sending.delivery.enqueue(await queue(sending.store, "ana", "1", "2", "3"))
    await until(lambda: sending.channel.under_way)
    stopping = asyncio.create_task(sending.delivery.stop())
    await asyncio.sleep(0)
    sending.channel.gate.set()
    await stopping
    assert sending.channel.texts("ana") == ["1"]
    waiting = await sending.store.waiting_messages("test")
    assert [Message.model_validate_json(m.body).text for m in waiting] == ["2", "3"]


async def test_a_stop_gives_up_on_a_send_that_hangs_and_keeps_its_message(
    sending: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.GRACE", 0)
    sending.channel.gate.clear()
    sending.delivery.enqueue(await queue(sending.store, "ana", "1"))
    await until(lambda: sending.channel.under_way)
    await sending.delivery.stop()
    assert [m.tries for m in await sending.store.waiting_messages("test")] == [0]


async def test_what_was_left_goes_out_first_after_a_restart_and_nothing_twice(
    file: Path, clock: Dial, channel: Notebook
) -> None:
    async with house(file, clock, channel) as first:
        await queue(first.store, "ana", "1", "2")
        early = await queue(first.store, "ana", "3")
        # A step of the start itself may tell of its messages before the old ones are read.
        first.delivery.enqueue(early)
        await first.delivery.settle()
        assert channel.sends == []
        await first.delivery.resume()
        await first.delivery.settle()
        assert channel.texts("ana") == ["1", "2", "3"]
    async with house(file, clock, channel, sends=True) as again:
        await again.delivery.settle()
        assert channel.texts("ana") == ["1", "2", "3"]


async def test_no_second_sees_more_than_the_platform_takes(file: Path, clock: Dial) -> None:
    rate = 50
    channel = Notebook(limits=Limits(per_second=rate, chat_gap=0))
    async with house(file, clock, channel, sends=True) as running:
        for number in range(60):
            running.delivery.enqueue(await queue(running.store, f"a{number}", "hello"))
        await running.delivery.settle()
    times = [at for _, _, at in channel.sends]
    assert len(times) == 60
    assert max(sum(begin <= at < begin + 1 for at in times) for begin in times) <= rate + 1


async def test_two_messages_of_a_chat_keep_their_distance_even_when_the_first_is_long_sent(
    file: Path, clock: Dial
) -> None:
    gap = 0.05
    channel = Notebook(limits=Limits(per_second=1000, chat_gap=gap))
    async with house(file, clock, channel, sends=True) as running:
        for number in range(4):
            running.delivery.enqueue(await queue(running.store, "ana", f"{number}"))
            await until(lambda number=number: len(channel.sends) > number)
        await running.delivery.settle()
    times = [at for _, _, at in channel.sends]
    resolution = 0.001
    assert all(b - a >= gap - resolution for a, b in pairwise(times))
