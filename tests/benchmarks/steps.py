"""How many steps a second are durable: intake, dialog, state, replies, each commit on the disk.

Run: python -m tests.benchmarks.steps [seconds]
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot import clock
from bot.channels.web import NAME, WebChannel
from bot.service import running
from bot.store.interface import Arrival
from bot.store.sqlite import SqliteStore
from dialogs.model import Said

IN_FLIGHT = (1, 64)
WORDS = ("/help", "/menu", "за мен", "35", "Враца", "назад", "не знам", "здравей")


async def measure(file: Path, talks: int, seconds: float) -> list[float]:
    """Keep that many talks busy, each waiting for its step; return the milliseconds of each."""
    took: list[float] = []
    async with running(SqliteStore(file), {NAME: WebChannel()}, {}, clock.now) as service:
        end = time.perf_counter() + seconds

        async def talk(who: str) -> None:
            number = 0
            while time.perf_counter() < end:
                raw = Said(text=WORDS[number % len(WORDS)]).model_dump_json()
                arrival = Arrival(NAME, f"{who}-{number}", who, raw, clock.millis(clock.now()))
                begun = time.perf_counter()
                await service.runtime.take_in([arrival])
                await service.runtime.settled(arrival.conversation)
                took.append((time.perf_counter() - begun) * 1000)
                number += 1

        await talk_for_a_moment(service.runtime)
        await asyncio.gather(*(talk(f"t{number}") for number in range(talks)))
    return took


async def talk_for_a_moment(runtime) -> None:  # type: ignore[no-untyped-def]
    """Let the data be loaded before the time is taken."""
    at = clock.millis(clock.now())
    arrival = Arrival(NAME, "warm", "warm", Said(text="/help").model_dump_json(), at)
    await runtime.take_in([arrival])
    await runtime.settled(arrival.conversation)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    for talks in IN_FLIGHT:
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
            took = asyncio.run(measure(Path(folder) / "posoka.db", talks, seconds))
        percent = statistics.quantiles(took, n=100)
        print(  # noqa: T201
            f"{talks:3} talks in flight: {len(took) / seconds:7.0f} durable steps/s,"
            f" p50 {percent[49]:.1f} ms, p99 {percent[98]:.1f} ms"
        )


if __name__ == "__main__":
    main()
