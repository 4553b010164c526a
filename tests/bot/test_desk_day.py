"""A library's day: what is tapped counts once, the month adds up, and others see nothing of it."""

import asyncio
import datetime as dt
import html
import os
import re
import secrets
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_desk import DAY, MONDAY, VIDIN, VRATSA, Librarian, house

from bot.desk.day import beside, is_month
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_day import SqliteDay
from bot.store.sqlite_memory import MemoryStore
from dialogs.gaps import SEARCHED, TOPICS, metric, missed_at, parts_of
from dialogs.respond import SCREENS
from dialogs.texts import load_texts

CAME, JOINED = "Дойдоха заради Посока", "Записани нови читатели"
FORM = re.compile(r'<form method="post" action="/desk/day/(\w+)/(\w+)">(.*?)</form>', re.DOTALL)


def forms(page: str) -> dict[tuple[str, str], dict[str, str]]:
    found = FORM.findall(page)
    return {
        (metric, act): dict(re.findall(r'name="(\w+)" value="([^"]*)"', inner))
        for metric, act, inner in found
    }


def number(page: str, name: str) -> int:
    found = re.search(rf'aria-label="{name} днес: (\d+)">\1</output>', html.unescape(page))
    assert found, page
    return int(found[1])


async def taps(who: Librarian, name: str, act: str = "tap") -> dict[str, str]:
    form = forms(await who.sees(raw=True))[name, act]
    await who.posts(f"/desk/day/{name}/{act}", form)
    assert (who.status, who.headers["Location"]) == (303, "/desk#day")
    return form


async def test_one_tap_counts_one_and_the_page_shows_todays_number(tmp_path: Path):
    async with house(tmp_path) as h:
        who = await h.librarian()
        page = await who.sees(raw=True)
        assert (number(page, CAME), number(page, JOINED)) == (0, 0)
        assert forms(page).keys() == {("came", "tap"), ("joined", "tap")}
        await taps(who, "came")
        await taps(who, "came")
        await taps(who, "joined")
        page = await who.sees(raw=True)
        assert (number(page, CAME), number(page, JOINED)) == (2, 1)


async def test_the_same_tap_sent_again_counts_once_even_at_the_same_moment(tmp_path: Path):
    async with house(tmp_path) as h:
        who = await h.librarian()
        form = await taps(who, "came")
        await asyncio.gather(*(who.posts("/desk/day/came/tap", form) for _ in range(5)))
        assert number(await who.sees(raw=True), CAME) == 1


async def test_the_last_tap_is_taken_back_once_and_never_below_none(tmp_path: Path):
    async with house(tmp_path) as h:
        who = await h.librarian()
        first = await taps(who, "came")
        await taps(who, "came")
        undone = await taps(who, "came", "undo")
        await who.posts("/desk/day/came/undo", undone)
        assert number(await who.sees(raw=True), CAME) == 1
        await taps(who, "came", "undo")
        page = await who.sees(raw=True)
        assert number(page, CAME) == 0
        assert ("came", "undo") not in forms(page)
        for key in (undone["key"], first["key"], secrets.token_urlsafe(9)):
            await who.posts("/desk/day/came/undo", first | {"key": key})
            assert number(await who.sees(raw=True), CAME) == 0
        # What was taken back does not come again with a form that is sent anew.
        await who.posts("/desk/day/came/tap", first)
        assert number(await who.sees(raw=True), CAME) == 0


async def test_a_day_begins_anew_in_sofia_and_yesterdays_taps_stand(tmp_path: Path):
    late = MONDAY.replace(hour=23, minute=59)
    async with house(tmp_path, now=late) as h:
        who = await h.librarian()
        form = await taps(who, "came")
        h.at[0] += dt.timedelta(minutes=2)
        page = await who.sees(raw=True)
        assert number(page, CAME) == 0
        assert ("came", "undo") not in forms(page)
        await who.posts("/desk/day/came/undo", form)
        await who.posts("/desk/day/came/tap", form)
        table = await who.sees("/desk/counters")
        assert ">23.11<" in table
        assert ">24.11<" not in table


async def test_libraries_count_apart_and_colleagues_together(tmp_path: Path):
    async with house(tmp_path) as h:
        maria, ivan = await h.librarian(), await h.librarian("Иван")
        other = await h.librarian("Ана", VIDIN)
        await taps(maria, "came")
        await taps(ivan, "came")
        form = await taps(other, "joined")
        assert number(await maria.sees(raw=True), CAME) == 2
        page = await other.sees(raw=True)
        assert (number(page, CAME), number(page, JOINED)) == (0, 1)
        # Somebody else's form counts nothing.
        await maria.posts("/desk/day/joined/tap", form | {"key": secrets.token_urlsafe(9)})
        assert number(await maria.sees(raw=True), JOINED) == 0


async def test_who_is_not_signed_in_counts_and_sees_nothing(tmp_path: Path):
    async with house(tmp_path) as h:
        who, stranger = await h.librarian(), Librarian(h, h.browser(), "никой")
        form = forms(await who.sees(raw=True))["came", "tap"]
        await stranger.posts("/desk/day/came/tap", form)
        assert number(await who.sees(raw=True), CAME) == 0
        for path in ("/desk/counters", "/desk/gaps"):
            assert "покана" in (await stranger.sees(path)).lower()
            assert "<table>" not in await stranger.sees(path)


async def test_the_month_adds_up(tmp_path: Path):
    async with house(tmp_path) as h:
        who = await h.librarian()
        await taps(who, "came")
        h.at[0] += DAY
        await taps(who, "came")
        await taps(who, "joined")
        page = await who.sees("/desk/counters")
        assert "ноември 2026 г." in page
        cells = [re.findall(r"<t[hd][^>]*>([^<]*)<", row) for row in page.split("<tr>")[1:]]
        assert cells == [
            ["Ден", CAME, JOINED, "Посетители на място"],
            ["23.11", "1", "0", "0"],
            ["24.11", "1", "1", "0"],
            ["Общо", "2", "1", "0"],
        ]
        for month in ("2026-10", "2027-01", "нещо", "2026-13"):
            page = await who.sees(f"/desk/counters?month={month}")
            assert who.status == 200
        assert "Следващ месец" not in await who.sees("/desk/counters")


@given(st.integers(2020, 2099), st.integers(1, 12), st.integers(-30, 30))
def test_the_month_beside_and_back_again_is_the_month(year: int, month: int, steps: int):
    this = f"{year}-{month:02}"
    assert beside(beside(this, steps), -steps) == this
    assert is_month(beside(this, steps))


@given(st.lists(st.sampled_from(["tap", "undo", "again"]), max_size=12))
def test_whatever_is_tapped_the_number_is_what_was_tapped_and_not_undone(acts: list[str]):
    async def play() -> tuple[int, list[str]]:
        store, taps, n = MemoryStore(), [], 0
        await store.open()
        day, kept = MONDAY.date(), SqliteDay(store)
        for act in acts:
            if act == "tap":
                n += 1
                taps.append(f"key-{n}")
                await kept.tap(VRATSA, day, "came", taps[-1])
            elif taps and act == "again":
                await kept.tap(VRATSA, day, "came", taps[-1])
            elif taps:
                await kept.undo(VRATSA, day, "came", taps.pop())
        tally = (await kept.today(VRATSA, day)).get("came")
        await store.close()
        return (tally.n if tally else 0), taps

    shown, left = asyncio.run(play())
    assert shown == len(left)


# -- what nobody could answer ----------------------------------------------------------------------


async def asked(
    store: SqliteStore, topic: str, municipality: str, people: int, month: str = "2026-10"
) -> None:
    """Keep what stays of a month that is over."""
    row = (month, topic, municipality, people)
    await store.write(("INSERT INTO gap_month VALUES (?, ?, ?, ?)", row))


async def test_a_library_reads_of_its_province_what_is_large_enough(tmp_path: Path):
    async with house(tmp_path) as h:
        who = await h.librarian()
        assert "Още няма приключил месец" in await who.sees("/desk/gaps")
        await asked(h.service.store, "housing", "VRC10", 7)
        await asked(h.service.store, "transport", "VRC10", 3)
        await asked(h.service.store, "training", "VID09", 8)
        await asked(h.service.store, "health", "VRC10", 60, month="2026-11")
        page = await who.sees("/desk/gaps")
        assert "октомври 2026 г." in page
        table = page[page.index("<tbody>") : page.index("</tbody>")]
        rows = [re.findall(r"<t[hd][^>]*>([^<]*)<", row) for row in table.split("<tr>")[1:]]
        assert rows == [
            ["жилище и сметки", "община Враца", "поне 5"],
        ]
        assert "По-малко от 5 души" in page
        # A month that is not over is not shown to anybody.
        assert "здраве" not in await who.sees("/desk/gaps?month=2026-11")


async def test_what_the_bot_misses_and_does_not_find_is_counted_without_a_word(tmp_path: Path):
    async with house(tmp_path) as h:
        person = await h.person()
        await person.says("щрктлв брзк")
        await person.says("щрктлв брзк пак")
        await person.says("щрктлв брзк пак и пак")
        kept = await h.service.gaps.month("2026-11")
        assert kept == [("missed_interview", "", 1)]
        assert not [m for _, m in await h.service.store.counters() if m.startswith("gap")]


def test_every_topic_has_its_words():
    texts = load_texts()["bg"]
    missed = {missed_at(screen) for screen in (*SCREENS, "no such screen")}
    assert len(missed) > 6
    for topic in (*TOPICS, SEARCHED, *missed):
        assert texts(f"desk-gap-topic-{topic}")
        assert parts_of(metric(topic, "VRC10")) == (topic, "VRC10")
        assert parts_of(metric(topic, "")) == (topic, "")
    assert parts_of("started") is None


# -- the command line ------------------------------------------------------------------------------


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    file = tmp_path / "posoka.db"
    store = SqliteStore(file)
    await store.open()
    for n in range(3):
        await SqliteDay(store).tap(VRATSA, dt.date(2026, 10, 5), "came", f"key-{n}")
    await asked(store, "housing", "VRC10", 6)
    # What was counted of old were questions: it is shown nowhere.
    await store.write(("INSERT INTO gap VALUES ('2026-10', 'health', 'VRC10', 60)", ()))
    await store.close()
    return file


def posoka(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {n: v for n, v in os.environ.items() if not n.startswith("POSOKA_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", "report", *arguments],
        env=kept | {"POSOKA_DATABASE_URL": f"sqlite:///{database}"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_line_reports_counters_by_library(database: Path):
    done = posoka(database, "counters", "--month", "2026-10")
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert lines[1:] == [
        [VRATSA, "2026-10-05", "3", "0", "0"],
        [VRATSA, "Общо", "3", "0", "0"],
    ]
    wrong = posoka(database, "counters", "--month", "октомври")
    assert wrong.returncode == 2
    assert "--month: found 'октомври'; allowed: for example" in wrong.stderr


def test_the_command_line_reports_gaps_and_writes_a_table(database: Path, tmp_path: Path):
    file = tmp_path / "gaps.csv"
    assert posoka(database, "gaps", "--month", "2026-10", "--csv", str(file)).returncode == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert file.read_text("utf-8-sig").splitlines() == [
        "За какво;Откъде;Хора",
        "жилище и сметки;община Враца;поне 5",
    ]
    future = posoka(database, "gaps", "--month", "2999-01")
    assert future.returncode == 2
    assert "a month that is over" in future.stderr
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("SELECT sum(people) FROM gap_month").fetchone() == (6,)
