"""What is due comes once, by day, while it is of use, and where the person is."""

import asyncio
import datetime as dt
import json
import logging
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import later_talk
import pytest
from bot_api_server import TOKEN, BotApiServer, Person
from durable import (
    DAY,
    Dial,
    House,
    Notebook,
    arrival,
    do,
    house,
    opened,
    pressed,
    said,
    step,
    take_in,
    until,
)
from hypothesis import given
from hypothesis import strategies as st
from later_talk import at, recheck, remind, reminder
from web_fixtures import Chat

from bot.channels.interface import SendError
from bot.channels.telegram import NAME as TELEGRAM
from bot.channels.telegram import TelegramChannel
from bot.clock import millis
from bot.reminding import AT_ONCE, LONGEST, PAUSE, may_be_said, too_late
from bot.service import running
from bot.store.interface import DUE, Arrival, ForLater, NewReminder, Reminder, Retention, Store
from bot.store.sqlite import SqliteStore
from dialogs.texts import load_texts
from knowledge.calendar import SOFIA
from knowledge.loading import load
from knowledge.texts import Language

MARKER = "кукувица-семнайсет"
moments = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2032, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001


@pytest.fixture
def talks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.runtime.respond", later_talk.respond)


async def set_for(file: Path, later: ForLater, *people: str) -> None:
    """Let a talk of each of these people leave this for later."""
    async with opened(SqliteStore(file)) as store:
        events = await take_in(store, *(arrival(f"set {who}", who) for who in people))
        state = '{"language": "bg"}'
        await do(store, *(step(e, 0, "set", state=state, later=later) for e in events))


async def look(running: House) -> float:
    """Look once and let what comes of it be done."""
    pause = await running.reminding.look()
    await running.runtime.settle()
    await running.delivery.settle()
    return pause


async def only(number: int, store: Store) -> None:
    """Return once no more reminders than that are kept, and nothing waits for its step."""
    async with asyncio.timeout(30):
        while (  # noqa: ASYNC110  # nothing tells of it
            (await store.ages()).reminders > number or await store.waiting_events()
        ):
            await asyncio.sleep(0.01)


def of_reminders(channel: Notebook, who: str = "ana") -> list[str]:
    return [text.partition(" #")[0] for text in channel.texts(who) if "#" in text]


class TestByDay:
    @given(moments)
    def test_what_is_said_is_said_by_day_and_never_before_its_moment(
        self, now: dt.datetime
    ) -> None:
        moment = may_be_said(now)
        assert moment >= now
        assert dt.time(9) <= moment.astimezone(SOFIA).time() < dt.time(20)
        assert may_be_said(moment) == moment
        assert moment == now or moment.astimezone(SOFIA).time() == dt.time(9)
        assert moment - now <= dt.timedelta(hours=14)

    @pytest.mark.parametrize(
        ("now", "moment"),
        [
            ("2026-11-23 09:00", "2026-11-23 09:00"),
            ("2026-11-23 19:59:59.999", "2026-11-23 19:59:59.999"),
            ("2026-11-23 20:00", "2026-11-24 09:00"),
            ("2026-11-23 08:59", "2026-11-23 09:00"),
            ("2026-12-31 23:00", "2027-01-01 09:00"),
        ],
    )
    def test_the_bounds_of_the_day(self, now: str, moment: str) -> None:
        assert may_be_said(at(now)) == at(moment)

    @pytest.mark.parametrize(
        ("evening", "hours"),
        [("2026-03-28 21:00", 11), ("2026-10-24 21:00", 13), ("2026-06-01 21:00", 12)],
    )
    def test_the_night_of_a_clock_change_is_an_hour_shorter_or_longer(
        self, evening: str, hours: int
    ) -> None:
        slept = may_be_said(at(evening)).timestamp() - at(evening).timestamp()
        assert slept == hours * 3600

    @pytest.mark.usefixtures("talks")
    async def test_what_becomes_due_at_night_waits_for_the_morning(
        self, house: House, clock: Dial, channel: Notebook
    ) -> None:
        house.runtime.listen(house.delivery.enqueue)
        await house.delivery.resume()
        await house.tell(arrival("k", raw=said("remind visit 2026-12-01 2026-11-24T03:00")))
        for now in ("2026-11-24 02:59", "2026-11-24 03:00", "2026-11-24 08:59:59.999"):
            clock.now = at(now)
            assert 0 < await look(house) <= LONGEST
            assert of_reminders(channel) == []
        clock.now = at("2026-11-24 09:00")
        await look(house)
        await look(house)
        assert of_reminders(channel) == ["visit 2026-12-01"]

    @pytest.mark.usefixtures("talks")
    async def test_a_start_at_night_says_nothing_that_a_crash_left_over(
        self, file: Path, clock: Dial, channel: Notebook
    ) -> None:
        """Due at 19:59 and stored, then killed; back at 23 o'clock."""
        await set_for(file, remind(reminder(when="2026-11-23 19:59")), "ana")
        raw = '{"kind":"reminded","about":"visit","day":"2026-12-01","language":"bg"}'
        at_dusk = millis(at("2026-11-23 19:59"))
        async with opened(SqliteStore(file)) as store:
            due = Arrival(DUE, "reminder:1", "test:ana", raw, at_dusk, reminder=1)
            assert len(await take_in(store, due)) == 1
        clock.now = at("2026-11-23 23:00")
        async with house(file, clock, channel, sends=True) as night:
            await look(night)
            assert of_reminders(channel) == []
        clock.now = at("2026-11-24 09:00")
        async with house(file, clock, channel, sends=True) as morning:
            await look(morning)
            assert of_reminders(channel) == ["visit 2026-12-01"]


class TestOfUse:
    @pytest.mark.parametrize(
        ("about", "day", "today", "late"),
        [
            ("visit", "2026-12-01", "2026-12-01", False),
            ("visit", "2026-12-01", "2026-12-02", True),
            ("register", "2026-12-01", "2026-12-02", True),
            ("apply", "2026-12-01", "2026-12-02", True),
            ("birthday", "2026-12-01", "2026-12-15", False),
            ("birthday", "2026-12-01", "2026-12-16", True),
            ("half_year", "2026-12-01", "2026-12-15", False),
            ("year", "2026-12-01", "2026-12-16", True),
        ],
    )
    def test_how_long_each_is_of_use(self, about: str, day: str, today: str, late: bool) -> None:
        one = Reminder(1, "test:ana", about, day, "bg", millis(at(f"{day} 10:00")))
        assert too_late(one, dt.date.fromisoformat(today)) is late

    def test_what_is_meant_to_be_said_long_after_its_day_is_no_late_one(self) -> None:
        one = Reminder(1, "test:ana", "year", "2025-12-01", "bg", millis(at("2026-12-01 10:00")))
        assert not too_late(one, dt.date(2026, 12, 15))
        assert too_late(one, dt.date(2026, 12, 16))

    @pytest.mark.usefixtures("talks")
    async def test_what_is_of_no_use_any_more_goes_and_is_counted(
        self, file: Path, clock: Dial, channel: Notebook
    ) -> None:
        await set_for(file, remind(reminder(), reminder("birthday")), "ana", "bo")
        clock.now = at("2026-12-02 12:00")
        async with house(file, clock, channel, sends=True) as running:
            await look(running)
            assert of_reminders(channel) == of_reminders(channel, "bo") == ["birthday 2026-12-01"]
            assert (await running.store.ages()).reminders == 0
            counted = await running.store.counters()
            assert counted[("2026-12-02", "reminder_too_late")] == 2


@pytest.mark.usefixtures("talks")
class TestWhereThePersonIs:
    async def test_it_comes_after_what_was_caused_before_it(
        self, house: House, clock: Dial
    ) -> None:
        await house.tell(arrival("k0", raw=said("remind visit 2026-12-01 2026-11-23T12:00")))
        clock.forward(1000)
        await asyncio.gather(
            house.runtime.take_in([arrival(f"k{n}", raw=said("hello")) for n in range(1, 4)]),
            house.reminding.look(),
            house.runtime.take_in([arrival(f"k{n}", raw=said("hello")) for n in range(4, 7)]),
        )
        await house.runtime.settle()
        replies = await house.replies()
        assert replies == sorted(replies)
        assert len(replies) == await house.revision() == 8

    async def test_a_talk_that_is_gone_does_not_come_back(
        self, file: Path, clock: Dial, channel: Notebook
    ) -> None:
        later = remind(NewReminder("visit", "2026-12-31", "en", millis(at("2026-12-30 10:00"))))
        await set_for(file, later, "ana")
        clock.now = at("2026-12-30 10:00")
        async with house(file, clock, channel, sends=True) as running:
            await running.store.forget(clock.ms, Retention())
            await look(running)
            assert of_reminders(channel) == ["visit 2026-12-31"]
            assert await running.store.conversation("test:ana") is None
            assert await running.store.unread("test:ana", 0) == []
            # What is pressed below it begins a talk.
            await running.tell(arrival("k", raw=said("hello")))
            assert await running.revision() == 1

    async def test_a_live_talk_is_not_kept_longer_for_it(
        self, file: Path, clock: Dial, channel: Notebook
    ) -> None:
        await set_for(file, remind(reminder(when="2026-11-30 10:00")), "ana")
        clock.now = at("2026-11-30 10:00")
        async with house(file, clock, channel, sends=True) as running:
            await look(running)
            assert await running.revision() == 2
            end = millis(at("2026-11-23 12:00")) + 30 * DAY
            assert (await running.store.forget(end + 1, Retention())).conversations == ["test:ana"]

    async def test_a_step_that_fails_is_set_aside_without_a_word(
        self,
        file: Path,
        clock: Dial,
        channel: Notebook,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def fails(*_: object) -> None:
            raise LookupError(MARKER)

        await set_for(file, remind(reminder(), reminder("soon")), "ana")
        monkeypatch.setattr("bot.runtime.respond", fails)
        clock.now = at("2026-12-01 10:00")
        async with house(file, clock, channel, sends=True) as running:
            await look(running)
            letters = await running.store.dead_letters()
            assert [letter.channel for letter in letters] == [DUE, DUE]
            assert channel.texts("ana") == []
        monkeypatch.setattr("bot.runtime.respond", later_talk.respond)
        async with opened(SqliteStore(file)) as store:
            await store.revive(letters[0].seq)
        async with house(file, clock, channel, sends=True) as running:
            await look(running)
            assert of_reminders(channel) == ["visit 2026-12-01"]

    async def test_who_stopped_the_bot_hears_one_thing_less_and_then_nothing(
        self, file: Path, clock: Dial, channel: Notebook
    ) -> None:
        tomorrow = reminder("apply", "2026-12-02", "2026-12-01 10:00")
        await set_for(file, remind(reminder(), tomorrow, recheck=recheck()), "ana", "bo")
        blocked = SendError("blocked", again=False)
        channel.failing = lambda who, _: blocked if who == "ana" else None
        for now in ("2026-11-30 10:00", "2026-12-01 10:00"):
            clock.now = at(now)
            async with house(file, clock, channel, sends=True) as running:
                await look(running)
                ages = await running.store.ages()
        assert (ages.reminders, ages.rechecks) == (0, 1)
        assert of_reminders(channel) == []
        assert of_reminders(channel, "bo") == [
            "visit 2026-12-01",
            "changed ",
            "apply 2026-12-02",
        ]


@pytest.mark.usefixtures("talks")
class TestPace:
    async def test_many_come_a_few_at_a_time(
        self, file: Path, clock: Dial, channel: Notebook
    ) -> None:
        people = [f"p{n}" for n in range(AT_ONCE + 3)]
        await set_for(file, remind(reminder(), recheck=recheck()), *people)
        clock.now = at("2026-11-30 10:00")
        async with house(file, clock, channel, sends=True) as running:
            so_far = []
            while (pause := await look(running)) == PAUSE:
                so_far.append(sum("#" in text for _, text, _ in channel.sends))
            assert pause == LONGEST
            full = len(people)
            assert so_far == [AT_ONCE, full + AT_ONCE]
            assert sum("#" in text for _, text, _ in channel.sends) == 2 * full

    async def test_it_sleeps_to_the_next_one_and_wakes_for_a_nearer(
        self, house: House, clock: Dial
    ) -> None:
        assert await house.reminding.look() == LONGEST
        await house.tell(arrival("k1", raw=said("remind visit 2026-12-01 2026-11-23T12:00:20")))
        assert await house.reminding.look() == 20
        sleeping = asyncio.create_task(house.reminding.run())
        await asyncio.sleep(0.1)
        clock.forward(5000)
        soon = said("remind apply 2026-12-01 2026-11-23T12:00:05")
        await house.tell(arrival("k2", raw=soon))
        await only(1, house.store)
        sleeping.cancel()
        await asyncio.gather(sleeping, return_exceptions=True)

    async def test_a_fault_of_the_store_is_only_a_later_look(
        self, house: House, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.reminding.LONGEST", 0.001)
        await house.tell(arrival("k", raw=said("remind visit 2026-12-01 2026-11-23T12:00")))
        house.store.down = True
        caplog.set_level(logging.ERROR)
        run = asyncio.create_task(house.reminding.run())
        await until(lambda: "wait for the next look: OSError" in caplog.text)
        house.store.down = False
        await only(0, house.store)
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
        await house.runtime.settle()
        assert len(await house.replies()) == 2


@pytest.mark.usefixtures("talks")
class TestLookingAgain:
    async def test_who_opted_in_hears_of_other_knowledge_once(
        self, file: Path, clock: Dial, channel: Notebook
    ) -> None:
        kept = recheck('{"age": 57}', '["one"]')
        await set_for(file, ForLater(recheck=kept), "ana")
        async with house(file, clock, channel, sends=True) as running:
            await look(running)
            await look(running)
            assert of_reminders(channel) == ["changed one"]
        async with house(file, clock, channel, sends=True) as again:
            await look(again)
            assert of_reminders(channel) == ["changed one"]

    async def test_what_the_step_keeps_is_what_the_next_change_is_compared_with(
        self, file: Path, clock: Dial, channel: Notebook
    ) -> None:
        """The step keeps anew till 2099; the day that was agreed upon stays."""
        await set_for(file, ForLater(recheck=recheck('{"age": 57}', '["one"]')), "ana")
        async with house(file, clock, channel, sends=True) as running:
            await look(running)
            rows = await running.store.read("SELECT fitting, until, fingerprint FROM recheck")
        name = load().fingerprint(clock().date())
        assert [tuple(row) for row in rows] == [('["new"]', "2027-06-01", name)]

    async def test_it_is_kept_as_of_the_knowledge_of_its_step(self, house: House) -> None:
        await house.tell(arrival("k", raw=said("keep 2027-01-01")))
        (row,) = await house.store.read("SELECT fingerprint, answers FROM recheck")
        assert row[0] == load().fingerprint(house.clock().date())
        assert json.loads(row[1]) == {"age": 57}
        assert await look(house) == LONGEST
        assert len(await house.replies()) == 1

    async def test_at_night_nobody_hears_of_it(
        self, file: Path, clock: Dial, channel: Notebook
    ) -> None:
        await set_for(file, ForLater(recheck=recheck()), "ana")
        clock.now = at("2026-11-23 22:00")
        async with house(file, clock, channel, sends=True) as running:
            await look(running)
            assert of_reminders(channel) == []
            clock.now = at("2026-11-24 09:00")
            await look(running)
            assert of_reminders(channel) == ["changed "]


class TestTheRealTalk:
    async def test_a_step_that_says_nothing_begins_no_talk(
        self, file: Path, clock: Dial, channel: Notebook
    ) -> None:
        """Whatever the talk says when something is due, both are worked out and nothing fails."""
        await set_for(file, remind(reminder(), recheck=recheck()), "ana")
        clock.now = at("2026-11-30 10:00")
        async with house(file, clock, channel, sends=True) as running:
            await running.store.forget(clock.ms + 30 * DAY, Retention())
            await look(running)
            assert await running.store.conversation("test:ana") is None
            assert await running.store.waiting_events() == []
            assert await running.store.dead_letters() == []
            await running.tell(arrival("k", raw=pressed(1, "go:help")))
            assert await running.revision() == 1

    async def test_the_whole_service_brings_it(self, file: Path, clock: Dial) -> None:
        await set_for(file, remind(reminder(), recheck=recheck()), "ana")
        clock.now = at("2026-11-30 10:00")
        channel = Notebook()
        async with running(SqliteStore(file), {}, {"test": channel}, clock) as service:
            await only(0, service.store)
            await service.runtime.settle()
            assert await service.store.dead_letters() == []

    @pytest.mark.usefixtures("talks")
    async def test_over_telegram_it_reaches_who_has_not_stopped_the_bot(
        self, file: Path, clock: Dial, server: BotApiServer
    ) -> None:
        server.blocked.add("57")
        later = remind(reminder(), reminder("year", "2026-12-30", "2026-12-30 10:00"))
        async with opened(SqliteStore(file)) as store:
            arrivals = [arrival(f"k{who}", who, channel=TELEGRAM) for who in ("57", "58")]
            events = await take_in(store, *arrivals)
            await do(store, *(step(e, 0, keep=False, later=later) for e in events))
        clock.now = at("2026-11-30 10:00")

        async def language(_address: str) -> Language:
            return "bg"

        async with (
            TelegramChannel(TOKEN, server.url, load_texts(), language) as telegram,
            running(SqliteStore(file), {}, {TELEGRAM: telegram}, clock) as service,
        ):
            await only(2, service.store)
            await service.runtime.settle()
            await service.deliveries[TELEGRAM].settle()
            assert (await service.store.ages()).reminders == 1
            assert await service.store.conversation(f"{TELEGRAM}:58") is None
        here, gone = Person(server, 58), Person(server, 57)
        assert [call.text.partition(" #")[0] for call in here.sent] == ["visit 2026-12-01"]
        assert [call.status for call in server.calls if call.chat == "57"] == [403]
        assert gone.sent == []

    async def test_health_says_how_many_wait(self, chat: Chat) -> None:
        later = remind(reminder(), reminder("year"), recheck=recheck(until="2099-01-01"))
        far = [replace(r, at=millis(at("2099-01-01 10:00"))) for r in later.remind]
        (event,) = await take_in(chat.service.store, arrival("k"))  # type: ignore[arg-type]
        kept = replace(later, remind=tuple(far))
        await do(chat.service.store, step(event, 0, later=kept))  # type: ignore[arg-type]
        browser = await chat.browser()
        async with browser.client.get("/health") as answer:
            health = await answer.json()
        assert (health["reminders"], health["rechecks"]) == (2, 1)

    @pytest.mark.usefixtures("talks")
    async def test_two_services_over_one_file_say_it_once(
        self, file: Path, clock: Dial, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.reminding.LONGEST", 0.05)
        people = [f"p{n}" for n in range(30)]
        await set_for(file, remind(reminder(), recheck=recheck()), *people)
        # Both stand before it is due: one that begins sends again what another has not settled.
        clock.now = at("2026-11-30 08:00")
        channels = [Notebook(), Notebook()]
        async with AsyncExitStack() as both:
            services = [
                await both.enter_async_context(
                    running(SqliteStore(file), {}, {"test": channel}, clock)
                )
                for channel in channels
            ]
            clock.now = at("2026-11-30 10:00")
            await only(0, services[0].store)
            for service in services:
                await service.runtime.settle()
                await service.deliveries["test"].settle()
        said = sorted(
            f"{who} {text.partition(' #')[0]}"
            for channel in channels
            for who, text, _ in channel.sends
            if "#" in text
        )
        assert said == sorted(
            f"{who} {what}" for who in people for what in ("visit 2026-12-01", "changed ")
        )
