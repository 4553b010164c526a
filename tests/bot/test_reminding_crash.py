"""The process that says what is due is killed again and again: each thing is said, by one step."""

import asyncio
import os
import random
import signal
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from durable import arrival, do, opened, step, take_in
from later_talk import recheck, remind, reminder

from bot.store.sqlite import SqliteStore

ROOT = Path(__file__).parents[2]
PEOPLE = 250
WHAT = ("visit 2026-12-01", "year 2026-11-20", "changed ")


async def seed(file: Path) -> None:
    """Let so many people be reminded of two things, and be looked at again; all is due."""
    due = "2026-11-23 09:00"
    later = remind(
        reminder("visit", when=due), reminder("year", "2026-11-20", due), recheck=recheck()
    )
    async with opened(SqliteStore(file)) as store:
        people = [arrival(f"k{n}", f"p{n}") for n in range(PEOPLE)]
        events = await take_in(store, *people)
        # Of every second one nothing but what is kept for later is left.
        state = '{"language": "bg"}'
        steps = (step(e, 0, state=state, later=later, keep=e.seq % 2 == 0) for e in events)
        await do(store, *steps)


async def killed(folder: Path, kills: int, seed: int) -> int:
    """Start the process and kill it that often soon after it speaks; let the last one finish."""
    dice = random.Random(seed)  # noqa: S311
    database, lines = folder / "posoka.db", folder / "lines.txt"
    lines.touch()
    interrupted = 0
    for number in range(kills + 1):
        before = lines.stat().st_size
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(Path(__file__).with_name("reminding_service.py")),
            str(database),
            str(lines),
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
        )
        while lines.stat().st_size == before and left(database):
            assert process.returncode is None
            await asyncio.sleep(0.005)
        if number < kills:
            await asyncio.sleep(dice.uniform(0.0, 0.2))
            interrupted += left(database) > 0
        else:
            while left(database):  # noqa: ASYNC110  # nothing tells of it
                await asyncio.sleep(0.02)
        process.kill()
        assert await process.wait() == -signal.SIGKILL
    return interrupted


def left(database: Path) -> int:
    """Return how much is not said yet."""
    with sqlite3.connect(database, timeout=10) as db:
        (rows,) = db.execute(
            "SELECT (SELECT count(*) FROM reminder)"
            " + (SELECT count(*) FROM recheck WHERE fingerprint IN ('old', ''))"
            " + (SELECT count(*) FROM inbox WHERE state = 'new')"
            " + (SELECT count(*) FROM outbox WHERE state = 'pending')"
        ).fetchone()
    db.close()
    return int(rows)


@pytest.mark.parametrize(
    ("kills", "seed_number"),
    [(5, 1), pytest.param(30, 2, marks=[pytest.mark.long, pytest.mark.timeout(900)])],
)
async def test_each_thing_is_said_by_one_step_whenever_the_process_is_killed(
    tmp_path: Path,
    kills: int,
    seed_number: int,
    record_property: Callable[[str, object], None],
) -> None:
    await seed(tmp_path / "posoka.db")
    interrupted = await killed(tmp_path, kills, seed_number)
    sends = Counter((tmp_path / "lines.txt").read_text().splitlines())
    said = defaultdict(set)
    for line in sends:
        who_and_what, _, cause = line.partition(" #")
        said[who_and_what].add(cause)
    assert set(said) == {f"p{n}|{what}" for n in range(PEOPLE) for what in WHAT}
    assert {len(causes) for causes in said.values()} == {1}
    # Only what was on its way when the process was killed may have been sent once more.
    again = sum(sends.values()) - len(sends)
    record_property("interrupted", interrupted)
    record_property("sent again", again)
    print(f"kills {kills}  interrupted {interrupted}  said {len(said)}  sent again {again}")  # noqa: T201
    assert interrupted > 0
    with sqlite3.connect(tmp_path / "posoka.db") as db:
        talks = db.execute("SELECT count(*) FROM conversation").fetchone()
    db.close()
    assert talks == (PEOPLE // 2,)
