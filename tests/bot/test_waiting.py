"""How long desks need and may need, what they are told once, and what their list shows of it."""

import asyncio
import datetime as dt
import os
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from test_desk import DAY, MONDAY, VIDIN, VRATSA, house

from bot.__main__ import main
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_waiting import SqliteWaiting

TODAY = dt.date(2026, 11, 23)
HOUR = dt.timedelta(hours=1)


async def answered(waiting: SqliteWaiting, desk: str, day: dt.date, minutes: int) -> None:
    """A first answer, as a step keeps it."""
    sql = "INSERT INTO first_answer (desk, day, minutes) VALUES (?, ?, ?)"
    await waiting._store.write((sql, (desk, day.isoformat(), minutes)))  # noqa: SLF001


@pytest.fixture
async def store(file: Path) -> AsyncIterator[SqliteStore]:
    made = SqliteStore(file)
    await made.open()
    yield made
    await made.close()


@pytest.fixture
def waiting(store: SqliteStore) -> SqliteWaiting:
    return SqliteWaiting(store)


# -- what is kept ----------------------------------------------------------------------------------


async def test_first_answers_count_for_ninety_days_and_then_go(waiting: SqliteWaiting, file: Path):
    for days in (0, 89, 90, 400):
        await answered(waiting, VRATSA, TODAY - days * DAY, days)
    await answered(waiting, VIDIN, TODAY, 7)
    assert await waiting.first_answers(TODAY) == {VRATSA: [0, 89], VIDIN: [7]}
    await waiting.forget(TODAY)
    with closing(sqlite3.connect(file)) as db:
        kept = {row[0] for row in db.execute("SELECT minutes FROM first_answer")}
    assert kept == {0, 89, 7}


async def test_of_a_first_answer_only_desk_day_and_minutes_are_kept(
    waiting: SqliteWaiting, file: Path
):
    await answered(waiting, VRATSA, TODAY, 42)
    with closing(sqlite3.connect(file)) as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(first_answer)")]
    # The id is a count of answers, not the number of a case.
    assert columns == ["id", "desk", "day", "minutes"]


async def test_a_digest_is_taken_once_for_each_desk_day_and_kind(waiting: SqliteWaiting):
    took = await asyncio.gather(*(waiting.tells(VRATSA, TODAY, "morning", n) for n in range(5)))
    assert sorted(took) == [False, False, False, False, True]
    assert await waiting.tells(VRATSA, TODAY, "closing", 1)
    assert await waiting.tells(VIDIN, TODAY, "morning", 1)
    assert await waiting.tells(VRATSA, TODAY + DAY, "morning", 1)
    told = {VRATSA: frozenset({"morning", "closing"}), VIDIN: frozenset({"morning"})}
    assert await waiting.digests_told(TODAY) == told
    assert await waiting.digests_told(TODAY + 2 * DAY) == {}


async def test_of_two_who_tell_one_digest_one_lets_it_wait_for_the_groups(
    waiting: SqliteWaiting, file: Path
):
    told = {"words": "Двама чакат", "chats": (-1, -2)}
    took = await asyncio.gather(
        *(waiting.tells(VRATSA, TODAY, "morning", n, **told) for n in range(1, 4))
    )
    assert sum(took) == 1
    # Nothing to say: nothing waits, and it counts as told.
    assert await waiting.tells(VIDIN, TODAY, "morning", 1, words="", chats=(-1,))
    with closing(sqlite3.connect(file)) as db:
        kept = db.execute("SELECT chat, words FROM desk_digest_waiting ORDER BY chat DESC")
        assert kept.fetchall() == [(-1, "Двама чакат"), (-2, "Двама чакат")]
    await waiting.forget(TODAY)
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("SELECT count(*) FROM desk_digest_waiting").fetchone() == (0,)


async def test_two_processes_do_not_tell_the_same(waiting: SqliteWaiting, file: Path):
    other = SqliteStore(file)
    await other.open()
    try:
        assert await waiting.tells(VRATSA, TODAY, "morning", 1)
        assert not await SqliteWaiting(other).tells(VRATSA, TODAY, "morning", 2)
    finally:
        await other.close()


async def test_that_it_was_told_is_forgotten_with_the_days_that_count(
    waiting: SqliteWaiting, file: Path
):
    await waiting.tells(VRATSA, TODAY - 90 * DAY, "morning", 1)
    await waiting.tells(VRATSA, TODAY, "morning", 1)
    await waiting.forget(TODAY)
    with closing(sqlite3.connect(file)) as db:
        assert [row[0] for row in db.execute("SELECT day FROM desk_digest")] == ["2026-11-23"]


# -- what a library sets ---------------------------------------------------------------------------


@pytest.fixture
def settings(file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("POSOKA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("POSOKA_DATABASE_URL", f"sqlite:///{file}")
    return file


def set_in(file: Path) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as db:
        return dict(db.execute("SELECT desk, answer_within_minutes FROM desk_setting"))


def test_a_library_sets_in_how_long_it_answers(settings: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["library", "answer-within", VRATSA, "120"]) == 0
    assert main(["library", "answer-within", VIDIN, "480"]) == 0
    assert main(["library", "answer-within", VRATSA, "60"]) == 0
    assert f"{VRATSA}: 60 working minutes" in capsys.readouterr().out
    assert set_in(settings) == {VRATSA: 60, VIDIN: 480}


@pytest.mark.parametrize("minutes", ["0", "9", "-5", "4801", "999999999999999999999"])
def test_a_time_that_cannot_be_kept_is_one_clear_line(
    settings: Path, capsys: pytest.CaptureFixture[str], minutes: str
):
    assert main(["library", "answer-within", VRATSA, "--", minutes]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "allowed: from 10 to 4800" in said
    assert not settings.exists()


def test_a_library_that_is_none_is_one_clear_line(
    settings: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["library", "answer-within", "lib-nowhere", "60"]) == 2
    assert "no such library" in capsys.readouterr().err
    assert not settings.exists()


# -- what people and desks see of it ---------------------------------------------------------------


async def test_a_person_reads_what_is_usual_once_five_were_answered(tmp_path: Path):
    async with house(tmp_path) as h:
        await h.librarian()
        for number in range(5):
            reads = await h.person()
            await h.service.roster.refresh()
            await reads.says("/librarian")
            assert "Обикновено отговаря" not in reads.texts, number
            await answered(h.service.waiting, VRATSA, h.at[0].date(), 90 + number)
        await h.service.roster.refresh()
        reads = await h.person()
        await reads.says("/librarian")
        assert "Обикновено отговаря до 2 работни часа." in reads.texts


def line_of(page: str) -> str:
    found = re.search(r'<li class="waiting.*?</li>', page, re.DOTALL)
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("later", "age", "mark"),
    [
        (0 * HOUR, "току-що", ""),
        (HOUR, "от 1 ч", ""),
        (2 * HOUR, "от 2 ч", "◑ мина половината време за отговор"),
        (3.5 * HOUR, "от 3 ч", "◕ времето за отговор изтича"),
        (4 * HOUR, "от 4 ч", "● времето за отговор мина"),
        (24 * HOUR, "от вчера, 10:00", "● времето за отговор мина"),
    ],
)
async def test_the_list_shows_how_long_each_waits_and_what_is_left(
    tmp_path: Path, later: dt.timedelta, age: str, mark: str
):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        await (await h.person()).asks()
        h.at[0] += later
        line = line_of(await maria.sees())
        words = " ".join(re.sub(r"<[^>]+>", " ", line).split())
        assert f"23.11, 10:00 · {age}" in words
        assert mark in words
        assert bool(mark) is ('class="mark' in line)


async def test_a_night_does_not_use_up_the_time_for_an_answer(tmp_path: Path):
    evening = MONDAY.replace(hour=19)
    async with house(tmp_path, now=evening) as h:
        maria = await h.librarian()
        await (await h.person()).asks()
        h.at[0] = evening + 15 * HOUR  # ten o'clock, an hour after the opening
        line = line_of(await maria.sees())
        assert "от вчера, 19:00" in line
        assert 'class="mark' not in line


async def test_the_time_that_the_library_set_counts(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        await (await h.person()).asks()
        await h.service.waiting.set_answer_within(VRATSA, 60)
        h.at[0] += 0.8 * HOUR
        assert "времето за отговор изтича" in line_of(await maria.sees())


async def test_once_it_is_answered_nobody_waits(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        await (await h.person()).asks()
        h.at[0] += 5 * HOUR
        assert "времето за отговор мина" in await maria.sees()
        await maria.does("reply", "Елате")
        assert "времето за отговор мина" not in await maria.sees()


async def test_a_round_of_forgetting_takes_old_first_answers(tmp_path: Path):
    async with house(tmp_path) as h:
        await answered(h.service.waiting, VRATSA, h.at[0].date() - 91 * DAY, 5)
    async with house(tmp_path) as h:
        for _ in range(100):
            with closing(sqlite3.connect(h.file)) as db:
                left = db.execute("SELECT count(*) FROM first_answer").fetchone()[0]
            if not left:
                return
            await asyncio.sleep(0.05)
        pytest.fail("it is still there")
