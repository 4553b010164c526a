"""Who waits is woken, or has waited long enough, or stops: whatever comes at the same moment."""

import asyncio

import pytest

from bot.clock import wait_at_most


async def test_who_is_told_to_stop_while_being_woken_stops():
    woken, rounds = asyncio.Event(), []

    async def endless() -> None:
        while True:
            rounds.append(1)
            await wait_at_most(60, woken.wait())

    task = asyncio.create_task(endless())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    woken.set()
    task.cancel()
    for _ in range(10):
        await asyncio.sleep(0)
    assert task.cancelled()
    assert len(rounds) == 1


async def test_who_waits_is_woken_before_the_time_is_over():
    woken = asyncio.Event()
    asyncio.get_running_loop().call_soon(woken.set)
    async with asyncio.timeout(30):
        await wait_at_most(3600, woken.wait())
    assert woken.is_set()


async def test_who_waits_in_vain_goes_on():
    woken = asyncio.Event()
    async with asyncio.timeout(30):
        await wait_at_most(0.01, woken.wait())
    assert not woken.is_set()


async def test_a_fault_of_what_is_waited_for_is_not_swallowed():
    async def fails() -> None:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        await wait_at_most(60, fails())
