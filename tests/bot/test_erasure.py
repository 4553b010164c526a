"""What was erased or has grown old stands nowhere: not in the file, its log, or the logs."""

import datetime as dt
import logging
import random
import sqlite3
from pathlib import Path

import pytest
from durable import (
    DAY,
    HOUR,
    NOON,
    Dial,
    Notebook,
    arrival,
    bytes_of,
    do,
    house,
    later,
    opened,
    pressed,
    said,
    sent,
    stands_in,
    step,
    take_in,
    until,
)
from later_talk import recheck, remind, reminder

from bot.clock import millis
from bot.store.interface import (
    DUE,
    Arrival,
    Batch,
    CaseFile,
    ForLater,
    Mark,
    NewEntry,
    Outgoing,
    Retention,
)
from bot.store.sqlite import SqliteStore
from knowledge.calendar import SOFIA

NOW = millis(NOON)
MARKER = "кукувица-семнайсет"
ADDRESS = "adres-na-ana-4711"
TALK = f"test:{ADDRESS}"


@pytest.fixture
async def store(file: Path):  # type: ignore[no-untyped-def]
    async with opened(SqliteStore(file)) as store:
        yield store


async def seed(store: SqliteStore) -> None:
    """Let the marker and the address stand wherever a person's words can."""
    first, second, dead = await take_in(
        store,
        *(
            arrival(f"{ADDRESS}:{MARKER}:{n}", ADDRESS, said(f"{MARKER}{n}"), platform_id=MARKER)
            for n in range(3)
        ),
    )
    case = CaseFile(1, TALK, "lib", "claimed", "L1", "Мария", f'{{"card": "{MARKER}"}}', NOW)
    entries = tuple(
        NewEntry(1, kind, "who", MARKER, "pending" if kind == "librarian" else None)
        for kind in ("person", "librarian", "note", "event")
    )
    state = f'{{"said": "{MARKER}"}}'
    words = (MARKER, f"{MARKER}!", f"{MARKER}?")
    said_back = await do(store, step(first, 0, *words, state=state, case=case, entries=entries))
    one, two, three = (message.id for message in said_back.queued[0] or ())
    page = Outgoing("test", ADDRESS, TALK, MARKER, document=f'{{"says": "{MARKER}"}}')
    hiding = Outgoing("test", ADDRESS, TALK, MARKER, hides=MARKER, target=one)
    await do(store, step(second, 1, state=state, outgoing=(page, hiding)))
    await do(store, step(dead, 2, "sorry", state=state, failed=f"trace with {MARKER}"))
    await store.apply(
        Batch(
            marks=[
                Mark(one, "sent", NOW, tries=1, platform_id=MARKER),
                Mark(two, "dead", NOW, error=MARKER),
                Mark(three, "pending", NOW, tries=1, error=MARKER),
            ]
        )
    )


async def seed_later(store: SqliteStore, talk: str) -> None:
    """Let reminders and a recheck be kept, and others have become due already."""
    answers = f'{{"said": "{MARKER}"}}'
    (event,) = await take_in(store, arrival(f"later {talk}", talk.removeprefix("test:")))
    stored = await store.conversation(talk)
    kept = remind(
        reminder(), reminder("apply"), reminder("year"), recheck=recheck(answers, f'["{MARKER}"]')
    )
    await do(store, step(event, stored.revision if stored else 0, later=kept))
    raw = f'{{"kind": "reminded", "about": "apply", "day": "{MARKER}"}}'
    changed = f'{{"kind": "knowledge_changed", "answers": {answers}}}'
    await take_in(
        store,
        Arrival(DUE, f"reminder:{talk}", talk, raw, NOW, reminder=2),
        Arrival(DUE, f"recheck:{talk}", talk, changed, NOW, looked_with="new"),
    )


async def seed_others(store: SqliteStore, dice: random.Random) -> None:
    """Let many other talks grow and shrink around, so that pages split and rows move."""
    people = [f"drug-{n}" for n in range(40)]
    for turn in range(6):
        events = await take_in(
            store,
            *(
                arrival(f"{who}-{turn}", who, said("x" * dice.randrange(900)))
                for who in dice.sample(people, 25)
            ),
        )
        for event in events:
            stored = await store.conversation(event.conversation)
            state = f'{{"long": "{"y" * dice.randrange(2500)}"}}'
            await do(
                store,
                step(event, stored.revision if stored else 0, "z" * 300, "z", state=state),
            )


async def say_farewell(store: SqliteStore) -> None:
    (erase,) = await take_in(store, arrival(f"{ADDRESS}:bye", ADDRESS, said(f"/delete {MARKER}")))
    stored = await store.conversation(TALK)
    assert stored is not None
    (queued,) = (await do(store, step(erase, stored.revision, "bye", erase=True))).queued
    assert queued is not None
    await store.apply(Batch(marks=[sent(message.id) for message in queued]))


@pytest.mark.parametrize("seed_number", [0, 1, 121])
async def test_after_an_erasure_and_a_scrub_nothing_of_the_person_stands_in_any_file(
    store: SqliteStore, file: Path, seed_number: int
) -> None:
    dice = random.Random(seed_number)  # noqa: S311
    await seed_others(store, dice)
    await seed(store)
    await seed_later(store, TALK)
    for turn in range(20):
        events = await take_in(
            store, arrival(f"{ADDRESS}-{turn}", ADDRESS, said(MARKER * dice.randrange(200)))
        )
        stored = await store.conversation(TALK)
        assert stored is not None
        words = MARKER * dice.randrange(1, 200)
        state = f'{{"said": "{words}"}}'
        await do(store, step(events[0], stored.revision, words, words, state=state))
    await seed_others(store, dice)
    assert stands_in(MARKER, file)
    assert stands_in(ADDRESS, file)
    await say_farewell(store)
    await store.scrub()
    assert not stands_in(MARKER, file)
    assert not stands_in(ADDRESS, file)


async def test_what_waits_for_a_scrub_does_not_outlive_a_stop(file: Path) -> None:
    dice = random.Random(121)  # noqa: S311
    async with opened(SqliteStore(file)) as store:
        await seed_others(store, dice)
        await seed(store)
        await seed_later(store, TALK)
        await seed_others(store, dice)
        await say_farewell(store)
    assert not stands_in(MARKER, file)
    assert not stands_in(ADDRESS, file)


async def test_what_the_erasing_step_itself_says_of_a_case_goes_too(
    store: SqliteStore, file: Path
) -> None:
    await seed(store)
    (erase,) = await take_in(store, arrival("bye", ADDRESS))
    case = CaseFile(1, TALK, "lib", "closed", None, None, MARKER, NOW, closed_at=NOW)
    last_words = (NewEntry(1, "person", "who", MARKER),)
    await do(store, step(erase, 3, erase=True, case=case, entries=last_words))
    assert MARKER not in _dump(file)


async def test_a_scrub_keeps_everything_else(store: SqliteStore, file: Path) -> None:
    await seed_others(store, random.Random(2))  # noqa: S311
    await seed(store)
    before = _dump(file)
    await store.scrub(anyway=True)
    assert _dump(file) == before
    rows = await store._writer.execute_fetchall("PRAGMA auto_vacuum")  # noqa: SLF001
    assert [row[0] for row in rows] == [2]


async def test_without_an_erasure_a_scrub_leaves_the_file_alone(
    store: SqliteStore, file: Path
) -> None:
    await seed(store)
    before = bytes_of(file)
    await store.scrub()
    assert bytes_of(file) == before


async def test_the_pages_of_erased_talks_are_given_back(store: SqliteStore, file: Path) -> None:
    bare = len(bytes_of(file))
    (event,) = await take_in(store, arrival("k", ADDRESS, said("x" * 500_000)))
    await do(store, step(event, 0, erase=True))
    rows = await store._writer.execute_fetchall("PRAGMA freelist_count")  # noqa: SLF001
    assert [row[0] for row in rows] == [0]
    assert len(bytes_of(file)) < bare + 100_000


async def test_nothing_of_the_person_is_left_in_any_table(store: SqliteStore, file: Path) -> None:
    await seed(store)
    await seed_later(store, TALK)
    assert MARKER in _dump(file)
    await say_farewell(store)
    assert MARKER not in _dump(file)
    assert ADDRESS not in _dump(file)


async def test_a_reader_in_the_way_only_delays_it_to_the_next_batch(
    store: SqliteStore, file: Path
) -> None:
    await seed(store)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM inbox").fetchone()
    (erase,) = await take_in(store, arrival("bye", ADDRESS))
    await do(store, step(erase, 3, erase=True))
    assert stands_in(MARKER, file)
    await take_in(store, arrival("k1", "bo"))
    assert stands_in(MARKER, file)
    other.execute("COMMIT")
    other.close()
    await take_in(store, arrival("k2", "bo"))
    assert not stands_in(MARKER, file)


async def test_after_30_days_nothing_of_a_talk_stands_anywhere(
    store: SqliteStore, file: Path
) -> None:
    await seed_others(store, random.Random(1))  # noqa: S311
    await seed(store)
    await store.forget(NOW + 30 * DAY, Retention())
    assert stands_in(MARKER, file)
    await store.forget(NOW + 30 * DAY + 1, Retention())
    await store.scrub()
    assert not stands_in(MARKER, file)
    assert not stands_in(ADDRESS, file)


async def test_of_what_is_kept_for_later_nothing_outlives_its_last_day(
    store: SqliteStore, file: Path
) -> None:
    await seed_later(store, TALK)
    for event in await store.waiting_events():
        await do(store, step(event, 1 if event.seq == 2 else 2, state="{}", a_word=False))
    last = millis(dt.datetime(2027, 6, 1, tzinfo=SOFIA))
    await store.forget(last - 1, Retention())
    assert await store.conversation(TALK) is None
    assert stands_in(MARKER, file)
    assert (await store.ages()).rechecks == 1
    assert (await store.forget(last, Retention())).rechecks == 1
    await store.scrub()
    assert not stands_in(MARKER, file)


async def test_who_wants_no_looking_again_leaves_no_answers_for_it(
    store: SqliteStore, file: Path
) -> None:
    await seed_later(store, TALK)
    assert stands_in(MARKER, file)
    (event,) = await take_in(store, arrival("stop", ADDRESS))
    await do(store, step(event, 1, later=ForLater(unremind=(None,), stop_rechecks=True)))
    assert await store.waiting_events() == []
    await store.scrub()
    assert not stands_in(MARKER, file)


async def test_after_72_hours_only_the_talk_itself_is_left(store: SqliteStore, file: Path) -> None:
    (event,) = await take_in(store, arrival("k", ADDRESS, said(MARKER)))
    await do(store, step(event, 0, MARKER, failed=f"why {MARKER}"))
    await store.apply(Batch(marks=[sent(1)]))
    await store.forget(NOW + 72 * HOUR, Retention())
    assert stands_in(MARKER, file)
    await store.forget(NOW + 72 * HOUR + 1, Retention())
    assert not stands_in(MARKER, file)
    assert await store.conversation(TALK) is not None


async def test_a_dropped_dead_letter_stands_nowhere(store: SqliteStore, file: Path) -> None:
    (event,) = await take_in(store, arrival("k", ADDRESS, said(MARKER)))
    await do(store, step(event, 0, failed="why"))
    await store.drop(event.seq)
    assert not stands_in(MARKER, file)


async def test_a_person_who_says_delete_leaves_nothing(
    file: Path, clock: Dial, channel: Notebook, caplog: pytest.LogCaptureFixture
) -> None:
    """The whole way: typed words, a failing step, undelivered replies, then the button."""
    caplog.set_level(logging.DEBUG, logger="bot")
    async with house(file, clock, channel, sends=True) as running:
        await running.tell(
            *(
                arrival(f"{ADDRESS}:{n}", ADDRESS, raw)
                for n, raw in enumerate(
                    [said(MARKER), said(f"break:{MARKER}"), "nonsense", said("/delete")]
                )
            )
        )
        await running.delivery.settle()
        assert stands_in(MARKER, file)
        await running.tell(arrival(f"{ADDRESS}:bye", ADDRESS, pressed(4, "erase")))
        await running.delivery.settle()
        assert await running.revision(ADDRESS) == 0
        assert channel.texts(ADDRESS)
        assert not stands_in(MARKER, file)
        assert not stands_in(ADDRESS, file)
        await running.tell(arrival(f"{ADDRESS}:0", ADDRESS, said(MARKER)))
        assert await running.revision(ADDRESS) == 0
        assert not stands_in(ADDRESS, file)
        assert MARKER not in caplog.text
        assert ADDRESS not in caplog.text


async def test_a_farewell_on_its_way_does_not_bring_the_talk_back(
    file: Path, clock: Dial, channel: Notebook
) -> None:
    async with house(file, clock, channel, sends=True) as running:
        channel.failing = lambda *_: later()
        await running.tell(
            arrival("k1", ADDRESS, said("/delete")), arrival("k2", ADDRESS, pressed(1, "erase"))
        )
        await until(lambda: running.store.batches[-1].marks)
        assert await running.revision(ADDRESS) == 0
    channel.failing = lambda *_: None
    clock.forward(HOUR)
    async with house(file, clock, channel, sends=True) as again:
        await again.delivery.settle()
        assert await again.store.unread(TALK, 0) == []
        assert await again.revision(ADDRESS) == 0
        assert not stands_in(ADDRESS, file)


def _dump(file: Path) -> str:
    with sqlite3.connect(file) as other:
        dump = "\n".join(other.iterdump())
    other.close()
    return dump
