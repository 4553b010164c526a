"""The gap report counts people: each once a month and topic, by nothing that leads back to them."""

import hashlib
import hmac
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from durable import DAY, HOUR, arrival, bytes_of, do, stands_in, step, take_in
from hypothesis import given
from hypothesis import strategies as st
from test_desk import MONDAY, Person, house

from bot.clock import millis
from bot.store.interface import Retention
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_batch_gaps import month_of
from bot.store.sqlite_day import SqliteGaps
from bot.store.sqlite_memory import MemoryStore
from dialogs.gaps import metric

NOVEMBER = millis(MONDAY)
OVER = NOVEMBER + 8 * DAY
"""The first of December: November is over."""


async def misses(store: SqliteStore, who: str, topic: str, place: str, at: int = NOVEMBER) -> None:
    """Let a person ask what nobody could answer, once more."""
    (event,) = await take_in(store, arrival(f"{who}:{at}:{topic}:{place}", who, at=at))
    known = await store.conversation(event.conversation)
    revision = known.revision if known else 0
    await do(store, step(event, revision, "не знам", counters=(metric(topic, place),)))


async def erased(store: SqliteStore, who: str, at: int = NOVEMBER + 1) -> None:
    (event,) = await take_in(store, arrival(f"erase:{who}", who, at=at))
    known = await store.conversation(event.conversation)
    assert known
    await do(store, step(event, known.revision, "сбогом", erase=True, keep=False))


@pytest.fixture
async def store(tmp_path: Path):
    made = SqliteStore(tmp_path / "posoka.db")
    await made.open()
    yield made
    await made.close()


async def test_who_asks_five_times_is_one_person(store: SqliteStore):
    for n in range(5):
        await misses(store, "ana", "housing", "VRC10", NOVEMBER + n)
    assert await SqliteGaps(store).month("2026-11") == [("housing", "VRC10", 1)]
    await misses(store, "bo", "housing", "VRC10")
    assert await SqliteGaps(store).month("2026-11") == [("housing", "VRC10", 2)]


async def test_a_person_stands_in_one_place_so_that_places_add_up_to_people(store: SqliteStore):
    for n, place in enumerate(["", "VRC10", "VID09", ""]):
        await misses(store, "ana", "housing", place, NOVEMBER + n)
    assert await SqliteGaps(store).month("2026-11") == [("housing", "VRC10", 1)]


async def test_each_month_and_each_topic_counts_anew(store: SqliteStore):
    await misses(store, "ana", "housing", "VRC10")
    await misses(store, "ana", "health", "VRC10")
    await misses(store, "ana", "housing", "VRC10", OVER)
    gaps = SqliteGaps(store)
    assert await gaps.months() == ["2026-12", "2026-11"]
    assert await gaps.month("2026-11") == [("health", "VRC10", 1), ("housing", "VRC10", 1)]
    assert await gaps.month("2026-12") == [("housing", "VRC10", 1)]


async def test_what_stands_of_a_person_is_a_hash_of_its_own_for_each_month_and_topic(
    store: SqliteStore,
):
    await misses(store, "ana", "housing", "VRC10")
    await misses(store, "ana", "health", "VRC10")
    await misses(store, "ana", "housing", "VRC10", OVER)
    rows = [row[0] for row in await store.read("SELECT person FROM gap_asked")]
    assert len(set(rows)) == 3
    plain = hashlib.sha256(b"test:ana").hexdigest()
    keys = [bytes(row[0]) for row in await store.read("SELECT value FROM secret")]
    assert len(set(keys)) == 3  # of stops, of November, of December
    # Nothing but the key of that very month, with the topic, gives it.
    talks = bytes((await store.read("SELECT value FROM secret WHERE name = 'talks'"))[0][0])
    assert plain not in rows
    assert hmac.new(talks, b"test:ana", hashlib.sha256).hexdigest() not in rows


async def test_of_a_month_that_is_over_a_number_stays_and_neither_hashes_nor_their_key(
    store: SqliteStore, tmp_path: Path
):
    for who in ("ana", "bo", "vi"):
        await misses(store, who, "housing", "VRC10")
    await misses(store, "ana", "housing", "VRC10", OVER)
    before = await SqliteGaps(store).month("2026-11")
    hashes = [row[0] for row in await store.read("SELECT person FROM gap_asked")]
    key = (await store.read("SELECT value FROM secret WHERE name = 'gaps:2026-11'"))[0][0]
    await store.forget(OVER + HOUR, Retention())
    assert await SqliteGaps(store).month("2026-11") == before == [("housing", "VRC10", 3)]
    left = await store.read("SELECT month, person FROM gap_asked")
    assert [row[0] for row in left] == ["2026-12"]
    names = {row[0] for row in await store.read("SELECT name FROM secret")}
    assert names == {"talks", "gaps:2026-12"}
    # A second round changes nothing, and the next month joins.
    await store.forget(OVER + 2 * HOUR, Retention())
    assert await SqliteGaps(store).month("2026-11") == before
    await store.scrub(anyway=True)
    file = tmp_path / "posoka.db"
    assert bytes(key) not in bytes_of(file)
    assert [one for one in hashes if stands_in(one, file)] == [left[0][1]]


async def test_a_month_is_not_closed_while_its_last_steps_may_still_come(store: SqliteStore):
    last = millis(MONDAY.replace(day=30, hour=23, minute=59))
    await misses(store, "ana", "housing", "VRC10", last)
    await store.forget(last + 10 * 60_000, Retention())
    await misses(store, "ana", "housing", "VRC10", last + 1)
    await store.forget(last + 2 * HOUR, Retention())
    assert await SqliteGaps(store).month("2026-11") == [("housing", "VRC10", 1)]


async def test_who_is_erased_has_asked_nothing_and_others_have(store: SqliteStore):
    await misses(store, "ana", "housing", "VRC10")
    await misses(store, "ana", "health", "")
    await misses(store, "bo", "housing", "VRC10")
    await erased(store, "ana")
    assert await SqliteGaps(store).month("2026-11") == [("housing", "VRC10", 1)]


async def test_a_step_of_a_talk_that_is_gone_counts_nobody(store: SqliteStore):
    (event,) = await take_in(store, arrival("late", "ana"))
    await do(store, step(event, 0, keep=False, counters=(metric("other", ""),)))
    assert await SqliteGaps(store).months() == []


ASKED = st.lists(
    st.tuples(
        st.sampled_from(["ana", "bo", "vi", "go"]),
        st.sampled_from(["housing", "health"]),
        st.sampled_from(["", "VRC10", "VID09"]),
    ),
    max_size=12,
)


@given(ASKED)
async def test_however_they_ask_a_topic_has_as_many_as_there_are_people(
    asked: list[tuple[str, str, str]],
):
    store = MemoryStore()
    await store.open()
    for n, (who, topic, place) in enumerate(asked):
        await misses(store, who, topic, place, NOVEMBER + n)
    for close in (False, True):
        if close:
            await store.forget(OVER + HOUR, Retention())
        counted: dict[str, int] = {}
        for topic, _, people in await SqliteGaps(store).month("2026-11"):
            counted[topic] = counted.get(topic, 0) + people
        true = {topic: len({w for w, t, _ in asked if t == topic}) for _, topic, _ in asked}
        assert counted == true
    await store.close()


# -- through the whole service -----------------------------------------------------------------


async def asks_in_vain(person: Person, times: int = 5) -> None:
    """Be not understood twice in a row, and begin again."""
    for _ in range(times):
        for words in ("щрктлв брзк", "щрктлв брзк пак", "/start"):
            await person.says(words)


async def test_five_tries_of_one_person_are_no_row_and_five_people_are(tmp_path: Path):
    async with house(tmp_path) as h:
        boss = await h.administrator()
        await asks_in_vain(await h.person())
        people = await h.service.gaps.month("2026-11")
        assert {n for _, _, n in people} == {1}
        h.at[0] = h.at[0].replace(month=12, day=2)
        assert "няма нищо, което може да се покаже" in await boss.sees("/desk/gaps?month=2026-11")
        h.at[0] = MONDAY
        for _ in range(4):
            await asks_in_vain(await h.person(), times=2)
        h.at[0] = h.at[0].replace(month=12, day=2)
        page = await boss.sees("/desk/gaps?month=2026-11")
        assert "поне 5" in page
        assert "цялата страна" in page


async def test_several_cases_of_one_person_closed_without_an_answer_are_one(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks("Първи въпрос")
        for again in ("Втори въпрос", "Трети въпрос", ""):
            rows = await h.service.store.read("SELECT max(number) FROM case_file")
            await maria.does("close", case=rows[0][0], code="unanswered", topic="housing")
            assert maria.status == 303
            if again:
                await person.settled()
                await person.asks(again)
        closed = await h.service.store.read("SELECT count(*) FROM case_file WHERE closed_at > 0")
        assert closed[0][0] == 3
        kept = [row for row in await h.service.gaps.month("2026-11") if row[0] == "housing"]
        assert [n for *_, n in kept] == [1]


async def test_who_erases_their_talk_leaves_no_hash_behind(tmp_path: Path):
    async with house(tmp_path) as h:
        person = await h.person()
        await asks_in_vain(person)
        assert await h.service.gaps.month("2026-11")
        await person.says("/delete")
        await person.acts("erase")
        assert await h.service.gaps.months() == []
    with closing(sqlite3.connect(tmp_path / "posoka.db")) as db:
        assert db.execute("SELECT count(*) FROM gap_asked").fetchone() == (0,)


def test_the_month_is_that_of_sofia():
    assert month_of(millis(MONDAY.replace(day=30, hour=23, minute=59))) == "2026-11"
    assert month_of(millis(MONDAY.replace(month=12, day=1, hour=0, minute=1))) == "2026-12"
