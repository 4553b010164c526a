"""What every store holds of reminders and rechecks: set, replaced, used up, called off."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from durable import DAY, NOON, arrival, do, opened, said, step, take_in
from later_talk import at, recheck, remind, reminder

from bot.clock import millis
from bot.store.interface import (
    DUE,
    Arrival,
    Batch,
    ForLater,
    Mark,
    Recheck,
    Reminder,
    Retention,
)
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_reminders import SqliteReminders

NOW = millis(NOON)
EVER = millis(at("2099-01-01 00:00"))
ON = ("test",)


@pytest.fixture
async def store(file: Path) -> AsyncIterator[SqliteStore]:
    async with opened(SqliteStore(file)) as store:
        yield store


@pytest.fixture
def reminders(store: SqliteStore) -> SqliteReminders:
    return SqliteReminders(store)


async def leave(store: SqliteStore, later: ForLater, who: str = "ana", **more: object) -> None:
    """Let a step of this person's talk leave this for later."""
    stored = await store.conversation(f"test:{who}")
    seq = len(await store.transcript(f"test:{who}"))
    (event,) = await take_in(store, arrival(f"{who} {seq} {later}", who))
    await do(store, step(event, stored.revision if stored else 0, later=later, **more))


async def kept(reminders: SqliteReminders) -> list[tuple[str, str, str]]:
    return [(r.conversation, r.about, r.day) for r in await reminders.due(EVER, ON, 100)]


async def looked_at_with(reminders: SqliteReminders, name: str) -> list[str]:
    return [r.conversation for r in await reminders.outdated(name, "2026-11-23", ON, 100)]


def moment(due: Reminder, key: str = "") -> Arrival:
    raw = f'{{"kind":"reminded","about":"{due.about}","day":"{due.day}","language":"bg"}}'
    key = key or f"reminder:{due.number}"
    return Arrival(DUE, key, due.conversation, raw, NOW, reminder=due.number)


def change(fingerprint: str, who: str = "ana") -> Arrival:
    raw = '{"kind":"knowledge_changed","answers":{},"fitting":[],"language":"bg"}'
    key = f"recheck:test:{who}:{fingerprint}"
    return Arrival(DUE, key, f"test:{who}", raw, NOW, looked_with=fingerprint)


class TestReminders:
    async def test_only_what_is_needed_to_say_it_is_kept(
        self, store: SqliteStore, reminders: SqliteReminders, file: Path
    ) -> None:
        await leave(store, remind(reminder()))
        when = millis(at("2026-11-30 10:00"))
        (found,) = await reminders.due(when, ON, 9)
        assert found == Reminder(1, "test:ana", "visit", "2026-12-01", "bg", when)
        with sqlite3.connect(file) as other:
            columns = other.execute("SELECT * FROM reminder").description
        other.close()
        names = [name for name, *_ in columns]
        assert names == ["number", "conversation", "about", "day", "language", "at"]

    async def test_it_is_due_at_its_moment_and_the_oldest_comes_first(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        early, late = at("2026-11-30 10:00"), at("2026-12-05 10:00")
        await leave(store, remind(reminder("apply", when="2026-12-05 10:00"), reminder("visit")))
        assert await reminders.next_due(ON) == millis(early)
        assert await reminders.due(millis(early) - 1, ON, 9) == []
        assert [r.about for r in await reminders.due(millis(early), ON, 9)] == ["visit"]
        assert [r.about for r in await reminders.due(millis(late), ON, 9)] == ["visit", "apply"]
        assert [r.about for r in await reminders.due(millis(late), ON, 1)] == ["visit"]

    async def test_set_anew_it_takes_the_place_of_the_old_one(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, remind(reminder(when="2026-11-30 10:00")))
        await leave(store, remind(reminder(when="2026-11-25 10:00")))
        (found,) = await reminders.due(EVER, ON, 9)
        assert (found.number, found.at) == (2, millis(at("2026-11-25 10:00")))

    async def test_each_person_each_thing_and_each_day_stands_for_itself(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, remind(reminder(), reminder("apply"), reminder(day="2027-01-01")))
        await leave(store, remind(reminder()), "bo")
        assert len(await kept(reminders)) == 4

    async def test_what_a_step_calls_off_goes_before_what_it_sets(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, remind(reminder(day="2026-12-24"), reminder("apply")))
        await leave(store, remind(reminder()), "bo")
        await leave(store, remind(reminder(), unremind=("visit",)))
        mine = [row[1:] for row in await kept(reminders) if row[0] == "test:ana"]
        assert sorted(mine) == [("apply", "2026-12-01"), ("visit", "2026-12-01")]
        await leave(store, ForLater(unremind=(None,)))
        assert [row[0] for row in await kept(reminders)] == ["test:bo"]

    async def test_a_step_that_comes_too_late_leaves_nothing(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        (event,) = await take_in(store, arrival("a"))
        await do(store, step(event, 7, later=remind(reminder(), recheck=recheck())))
        assert await kept(reminders) == []
        assert await looked_at_with(reminders, "new") == []

    async def test_a_channel_that_is_off_keeps_its_reminders(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, remind(reminder(), recheck=recheck()))
        assert await reminders.due(EVER, ("other",), 9) == []
        assert await reminders.next_due(("other",)) is None
        assert await reminders.outdated("new", "2026-11-23", ("other",), 9) == []

    async def test_it_outlives_the_talk(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, remind(reminder(day="2027-11-23", when="2027-11-20 10:00")))
        assert (await store.forget(NOW + 31 * DAY, Retention())).conversations == ["test:ana"]
        assert await kept(reminders) == [("test:ana", "visit", "2027-11-23")]

    async def test_what_could_not_be_said_for_a_month_goes(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, remind(reminder()))
        when = millis(at("2026-11-30 10:00"))
        await store.forget(when + 30 * DAY, Retention())
        assert len(await kept(reminders)) == 1
        await store.forget(when + 30 * DAY + 1, Retention())
        assert await kept(reminders) == []

    async def test_what_is_dropped_is_counted_once(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, remind(reminder(), reminder("apply"), reminder("year")))
        await reminders.drop([1, 2], "2026-12-02")
        await reminders.drop([1, 2], "2026-12-02")
        assert [about for _, about, _ in await kept(reminders)] == ["year"]
        assert await store.counters() == {("2026-12-02", "reminder_too_late"): 2}


class TestMoments:
    async def test_the_moment_takes_the_reminder_away(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, remind(reminder()))
        (due,) = await reminders.due(EVER, ON, 9)
        (event,) = await take_in(store, moment(due))
        assert (event.channel, event.conversation) == (DUE, "test:ana")
        assert await kept(reminders) == []
        assert await take_in(store, moment(due), moment(due, "another key")) == []

    @pytest.mark.parametrize(
        "meanwhile",
        [
            ForLater(unremind=("visit",)),
            ForLater(unremind=(None,)),
            remind(reminder(when="2026-11-25 10:00")),
        ],
        ids=["called off", "all called off", "set anew"],
    )
    async def test_what_has_changed_meanwhile_does_not_come(
        self, store: SqliteStore, reminders: SqliteReminders, meanwhile: ForLater
    ) -> None:
        await leave(store, remind(reminder()))
        (due,) = await reminders.due(EVER, ON, 9)
        await leave(store, meanwhile)
        assert await take_in(store, moment(due)) == []
        assert len(await kept(reminders)) == len(meanwhile.remind)

    @pytest.mark.parametrize(
        "after",
        [
            ForLater(unremind=("visit",)),
            ForLater(unremind=(None,)),
            remind(reminder(when="2026-12-01 10:00")),
        ],
        ids=["called off", "all called off", "set anew"],
    )
    async def test_what_waits_for_its_step_is_called_off_too(
        self, store: SqliteStore, reminders: SqliteReminders, after: ForLater
    ) -> None:
        await leave(store, remind(reminder(), reminder("apply")))
        await leave(store, remind(reminder()), "bo")
        due = {(r.conversation, r.about): r for r in await reminders.due(EVER, ON, 9)}
        mine, other = due["test:ana", "visit"], due["test:bo", "visit"]
        (event, kept_event) = await take_in(store, moment(mine), moment(other))
        await leave(store, after)
        assert await store.waiting_events() == [kept_event]
        assert (await do(store, step(event, 2, "too late"))).queued == [None]

    @pytest.mark.parametrize("first", [0, 1])
    async def test_of_two_processes_one_brings_it(self, file: Path, first: int) -> None:
        async with opened(SqliteStore(file)) as one, opened(SqliteStore(file)) as two:
            await leave(one, remind(reminder()))
            (due,) = await SqliteReminders(two).due(EVER, ON, 9)
            stores = (one, two) if first == 0 else (two, one)
            found = await asyncio.gather(
                *(take_in(s, moment(due, f"key {n}")) for n, s in enumerate(stores))
            )
            assert sorted(len(events) for events in found) == [0, 1]
            assert len(await one.waiting_events()) == 1

    async def test_others_of_the_batch_are_taken_in(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, remind(reminder()))
        (due,) = await reminders.due(EVER, ON, 9)
        batch = Batch(arrivals=[arrival("a"), moment(due), moment(due, "b"), arrival("c")])
        received = (await store.apply(batch)).received
        assert [r is None for r in received] == [False, False, True, False]
        late = (await store.apply(Batch(arrivals=[moment(due, "d"), arrival("e")]))).received
        assert [r is None for r in late] == [True, False]

    async def test_a_failure_keeps_the_reminder(
        self, store: SqliteStore, reminders: SqliteReminders, file: Path
    ) -> None:
        await leave(store, remind(reminder()))
        (due,) = await reminders.due(EVER, ON, 9)
        with sqlite3.connect(file) as other:
            other.execute(
                "CREATE TRIGGER no BEFORE INSERT ON inbox BEGIN SELECT raise(ABORT, 'no'); END"
            )
        other.close()
        with pytest.raises(sqlite3.IntegrityError):
            await take_in(store, moment(due))
        assert len(await kept(reminders)) == 1

    async def test_without_a_step_it_becomes_due_anew(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, remind(reminder(), reminder("apply"), recheck=recheck()))
        before = await reminders.due(EVER, ON, 9)
        done, _ = await take_in(store, *(moment(due) for due in before))
        await take_in(store, change("new"), arrival("mine", "bo"))
        await do(store, step(done, 1, "said"))
        await reminders.put_back()
        (again,) = await reminders.due(EVER, ON, 9)
        assert (again.about, again.day, again.language) == ("apply", "2026-12-01", "bg")
        assert again.number not in {due.number for due in before}
        assert await looked_at_with(reminders, "new") == ["test:ana"]
        assert [event.raw for event in await store.waiting_events()] == [said("mine")]
        assert len(await take_in(store, moment(again), change("new"))) == 2

    async def test_put_back_gives_way_to_what_was_set_anew(
        self, store: SqliteStore, reminders: SqliteReminders, file: Path
    ) -> None:
        await leave(store, remind(reminder()))
        (due,) = await reminders.due(EVER, ON, 9)
        await take_in(store, moment(due))
        with sqlite3.connect(file) as other:
            other.execute(
                "INSERT INTO reminder (conversation, about, day, language, at)"
                " VALUES ('test:ana', 'visit', '2026-12-01', 'en', 5)"
            )
        other.close()
        await reminders.put_back()
        assert [(r.language, r.at) for r in await reminders.due(EVER, ON, 9)] == [("en", 5)]
        assert await store.waiting_events() == []


class TestRechecks:
    async def test_what_was_looked_at_with_other_knowledge_is_found(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        kept = recheck('{"age": 57}', '["one"]')
        await leave(store, ForLater(recheck=kept))
        assert await reminders.outdated("old", "2026-11-23", ON, 9) == []
        found = await reminders.outdated("new", "2026-11-23", ON, 9)
        assert found == [Recheck("test:ana", '{"age": 57}', '["one"]', "bg")]

    async def test_it_is_told_of_each_knowledge_once(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, ForLater(recheck=recheck()))
        assert len(await take_in(store, change("new"))) == 1
        assert await looked_at_with(reminders, "new") == []
        assert await take_in(store, change("new")) == []
        assert await take_in(store, change("old")) != []
        # Two versions over one file do not tell it in turns.
        assert await take_in(store, change("new")) == []
        assert await take_in(store, change("old")) == []

    async def test_kept_anew_it_takes_the_place_of_the_old(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, ForLater(recheck=recheck()))
        await leave(store, ForLater(recheck=recheck('{"age": 58}', fingerprint="new")))
        assert await looked_at_with(reminders, "new") == []
        (found,) = await reminders.outdated("other", "2026-11-23", ON, 9)
        assert found.answers == '{"age": 58}'

    async def test_looking_again_is_no_new_consent(self, store: SqliteStore, file: Path) -> None:
        await leave(store, ForLater(recheck=recheck(until="2027-01-01")))
        again = recheck(fitting='["two"]', until="2029-01-01", fingerprint="new", renewed=True)
        await leave(store, ForLater(recheck=again))
        await leave(store, ForLater(recheck=again), "bo")
        with sqlite3.connect(file) as other:
            rows = other.execute("SELECT conversation, fitting, until FROM recheck").fetchall()
        other.close()
        assert rows == [("test:ana", '["two"]', "2027-01-01")]

    @pytest.mark.parametrize("waits", [False, True])
    async def test_stopped_it_is_gone(
        self, store: SqliteStore, reminders: SqliteReminders, *, waits: bool
    ) -> None:
        await leave(store, ForLater(recheck=recheck()))
        if waits:
            await take_in(store, change("new"))
        await leave(store, ForLater(stop_rechecks=True))
        assert await looked_at_with(reminders, "newer") == []
        assert await store.waiting_events() == []
        assert await take_in(store, change("newer")) == []

    async def test_it_vanishes_on_its_last_day(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, ForLater(recheck=recheck(until="2026-11-25")))
        midnight = millis(at("2026-11-25 00:00"))
        assert (await store.forget(midnight - 1, Retention())).rechecks == 0
        assert await reminders.outdated("new", "2026-11-24", ON, 9) != []
        assert await reminders.outdated("new", "2026-11-25", ON, 9) == []
        assert (await store.forget(midnight, Retention())).rechecks == 1
        assert (await store.ages()).rechecks == 0

    async def test_the_answers_do_not_stay_in_the_inbox(self, store: SqliteStore) -> None:
        await leave(store, ForLater(recheck=recheck()))
        (event,) = await take_in(store, change("new"))
        await do(store, step(event, 1))
        lines = await store.transcript("test:ana")
        assert [line.body for line in lines if line.id == event.seq and line.kind == "in"] == [""]


class TestWhoIsGone:
    @pytest.mark.parametrize(
        ("mark", "left"),
        [
            (Mark(1, "dead", NOW, error="blocked"), ["test:bo"]),
            (Mark(1, "dead", NOW, error="unreadable"), ["test:ana", "test:bo"]),
            (Mark(1, "pending", NOW, error="blocked"), ["test:ana", "test:bo"]),
            (Mark(1, "sent", NOW), ["test:ana", "test:bo"]),
        ],
    )
    @pytest.mark.parametrize("erase", [False, True])
    async def test_who_stopped_the_bot_is_not_reminded(
        self,
        store: SqliteStore,
        reminders: SqliteReminders,
        mark: Mark,
        left: list[str],
        *,
        erase: bool,
    ) -> None:
        (event,) = await take_in(store, arrival("a"))
        await do(store, step(event, 0, "one", erase=erase))
        await leave(store, remind(reminder(), recheck=recheck()))
        await leave(store, remind(reminder(), recheck=recheck()), "bo")
        await store.apply(Batch(marks=[mark]))
        assert [row[0] for row in await kept(reminders)] == left
        assert await looked_at_with(reminders, "new") == left


class TestErasure:
    async def test_nothing_comes_after_it(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        """Not even what became due between the wish and its step."""
        await leave(store, remind(reminder(), reminder("apply"), recheck=recheck()))
        visit, _ = await reminders.due(EVER, ON, 9)
        (wish,) = await take_in(store, arrival("delete"))
        (due,) = await take_in(store, moment(visit))
        await take_in(store, change("new"))
        await do(store, step(wish, 1, "bye", erase=True, later=remind(reminder("year"))))
        assert await store.waiting_events() == []
        assert await kept(reminders) == []
        assert await looked_at_with(reminders, "newer") == []
        assert (await do(store, step(due, 0, "said", keep=False))).queued == [None]
        assert (await store.ages()).reminders == 0


class TestTalks:
    async def test_what_is_due_does_not_keep_a_talk_longer(self, store: SqliteStore) -> None:
        await leave(store, remind(reminder()))
        (event,) = await take_in(store, arrival("b", at=NOW + 20 * DAY))
        await do(store, step(event, 1, "said", a_word=False))
        gone = (await store.forget(NOW + 30 * DAY + 1, Retention())).conversations
        assert gone == ["test:ana"]

    async def test_without_a_talk_the_message_goes_out_and_nothing_stays(
        self, store: SqliteStore, reminders: SqliteReminders
    ) -> None:
        await leave(store, remind(reminder()))
        await store.forget(NOW + 31 * DAY, Retention())
        (due,) = await reminders.due(EVER, ON, 9)
        (event,) = await take_in(store, moment(due))
        await do(store, step(event, 0, "said", keep=False, a_word=False))
        (message,) = await store.unread("test:ana", 0)
        assert message.body == "said"
        await store.apply(Batch(marks=[Mark(message.id, "sent", NOW)]))
        assert await store.unread("test:ana", 0) == []
        assert await store.conversation("test:ana") is None
