"""Whatever is ready together shares one transaction, and everybody is told the truth."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from durable import FailingStore, arrival, step

from bot.group_commit import GroupCommit
from bot.store.interface import Applied, Batch


class BusyStore(FailingStore):
    """The real store with a gate before each transaction, so that work piles up behind it."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.gate = asyncio.Event()
        self.gate.set()
        self.refused = ""

    async def apply(self, batch: Batch) -> Applied:
        await self.gate.wait()
        if any(a.update_key == self.refused for a in batch.arrivals):
            raise ValueError("not this one")
        return await super().apply(batch)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[BusyStore]:
    opened = BusyStore(tmp_path / "posoka.db")
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def commit(store: BusyStore) -> AsyncIterator[GroupCommit]:
    started = GroupCommit(store)
    started.start()
    yield started
    store.gate.set()
    await started.stop()


async def pile_up(store: BusyStore, commit: GroupCommit, *keys: str) -> list[asyncio.Task[object]]:
    """Submit these while a transaction is under way; they wait until the gate opens."""
    store.gate.clear()
    tasks: list[asyncio.Task[object]] = [asyncio.create_task(commit.take_in([arrival("first")]))]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks += [asyncio.create_task(commit.take_in([arrival(key, key)])) for key in keys]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


async def stored(store: BusyStore) -> list[str]:
    return [event.address for event in await store.waiting_events()]


async def test_who_is_alone_is_committed_without_waiting_for_others(
    store: BusyStore, commit: GroupCommit
) -> None:
    for number in range(3):
        await commit.take_in([arrival(f"k{number}")])
        assert len(store.batches) == number + 1


async def test_who_waits_together_shares_one_transaction(
    store: BusyStore, commit: GroupCommit
) -> None:
    (begun,) = await commit.take_in([arrival("k", "zoe")])
    assert begun is not None
    store.batches.clear()
    tasks = await pile_up(store, commit, "ana", "bo", "vi")
    tasks.append(asyncio.create_task(commit.step(step(begun, 0, "hello"))))
    await asyncio.sleep(0)
    store.gate.set()
    results = await asyncio.gather(*tasks)
    assert [len(b.arrivals) + len(b.steps) for b in store.batches] == [1, 4]
    assert [r[0].address for r in results[1:4]] == ["ana", "bo", "vi"]  # type: ignore[index]
    assert results[4][0].body == "hello"  # type: ignore[index]


async def test_what_came_first_is_stored_first(store: BusyStore, commit: GroupCommit) -> None:
    keys = [f"k{n:03}" for n in range(600)]
    tasks = await pile_up(store, commit, *keys)
    store.gate.set()
    await asyncio.gather(*tasks)
    assert await stored(store) == ["ana", *keys]


async def test_a_failure_of_the_store_reaches_every_waiting_caller(
    store: BusyStore, commit: GroupCommit
) -> None:
    tasks = await pile_up(store, commit, *(f"k{n}" for n in range(8)))
    store.down = True
    store.gate.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [OSError] * 9
    store.down = False
    await commit.take_in([arrival("after", "after")])
    assert await stored(store) == ["after"]


async def test_one_piece_that_the_store_refuses_fails_alone(
    store: BusyStore, commit: GroupCommit
) -> None:
    store.refused = "bo"
    tasks = await pile_up(store, commit, "ana", "bo", "vi")
    store.gate.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [list, list, ValueError, list]
    assert await stored(store) == ["ana", "ana", "vi"]


async def test_stopping_commits_what_waits(store: BusyStore) -> None:
    commit = GroupCommit(store)
    commit.start()
    tasks = await pile_up(store, commit, "bo", "vi")
    stopping = asyncio.create_task(commit.stop())
    await asyncio.sleep(0)
    store.gate.set()
    await stopping
    await asyncio.gather(*tasks)
    assert await stored(store) == ["ana", "bo", "vi"]


async def test_nothing_is_taken_in_after_stopping(store: BusyStore) -> None:
    commit = GroupCommit(store)
    commit.start()
    await commit.stop()
    with pytest.raises(RuntimeError, match="stopping"):
        await commit.take_in([arrival("late")])
    assert await stored(store) == []


async def test_a_caller_that_goes_away_takes_nobody_with_it(
    store: BusyStore, commit: GroupCommit
) -> None:
    tasks = await pile_up(store, commit, "bo", "vi", "zoe")
    tasks[2].cancel()
    await asyncio.sleep(0)
    store.gate.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(results[2], asyncio.CancelledError)
    assert [r[0].address for r in (results[1], results[3])] == ["bo", "zoe"]  # type: ignore[index]
    await commit.take_in([arrival("after", "after")])
