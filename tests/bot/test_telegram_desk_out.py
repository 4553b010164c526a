"""What a Telegram group shows of its cases: whole, once, in order, and within its limits."""

import asyncio
import datetime as dt
import itertools
import json
import random
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from bot_api_server import TOKEN, Fault, bulgarian
from forum_server import FILE_ID, ForumServer, Group, Posted
from group_house import kill_mirror

from bot.channels.interface import Limits, SendError
from bot.channels.telegram import TelegramChannel
from bot.channels.web import WebChannel
from bot.clock import millis
from bot.desk.telegram.group import Groups
from bot.desk.telegram.header import LONGEST_TITLE, header_of, title_of
from bot.desk.telegram.mirror import Mirror, Rhythm
from bot.desk.telegram.notices import Digest
from bot.desk.telegram.pace import Bounds, GroupPace
from bot.desk.telegram.posts import LONGEST
from bot.desk.telegram.wiring import mirror_of, saying_of
from bot.service import Service, running
from bot.store.interface import BLOCKED, Arrival, CaseFile, Librarian, Mark, Retention
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_telegram_desk import SqliteTelegramDesk
from bot.store.sqlite_telegram_groups import SqliteTelegramGroups
from dialogs.model import EVENT, Event, KeptFile, Message, Pressed, Said, SentFile, Started
from dialogs.texts import load_texts
from dialogs.turn import Abilities
from knowledge.calendar import SOFIA

VRATSA, VIDIN = "lib-vratsa-reg", "lib-vidin-reg"
G1, G2, G3 = -1001, -1002, -1003
MONDAY = dt.datetime(2026, 11, 23, 10, tzinfo=SOFIA)
WINDOW = 1.5
"""The platform's minute, in the seconds of these tests."""
FAST = Bounds(messages=18, window=WINDOW, gap=0.01, touch_gap=0.0)
OFTEN = Rhythm(look=0.02, notice=0.1, probe=0.2, pauses=(0.02, 0.05), refused=0.2)
TEXTS = load_texts()["bg"]


class Push:
    """A channel that sends at once, until it is told to hold back or to fail."""

    name = "push"
    abilities = Abilities()
    limits = Limits(per_second=10_000, chat_gap=0)

    def __init__(self) -> None:
        self.fault: SendError | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.sent: list[str] = []

    def decode(self, raw: str) -> Event | None:
        return EVENT.validate_json(raw)

    async def send(self, address: str, message: Message) -> str:
        await self.gate.wait()
        if self.fault:
            raise self.fault
        self.sent.append(message.text)
        return f"{address}-{len(self.sent)}"

    async def hide(self, _address: str, _parts: Sequence[str], text: str) -> None:
        if self.fault:
            raise self.fault
        self.sent.append(text)


@dataclass
class Person:
    """Somebody who writes over the channel that pushes."""

    world: "World"
    address: str
    last: int = 0
    heard: list[Message] = field(default_factory=list)

    @property
    def talk(self) -> str:
        return f"push:{self.address}"

    async def does(self, *events: Event) -> None:
        at = millis(self.world.at[0])
        for event in events:
            key = f"{self.address}-{next(self.world.keys)}"
            raw = EVENT.dump_json(event).decode()
            arrival = Arrival("push", key, self.address, raw, at)
            await self.world.service.runtime.take_in([arrival])
        await self.world.service.runtime.settled(self.talk)
        new = await self.world.service.store.unread(self.talk, self.last)
        self.heard = [Message.model_validate_json(m.body) for m in new if m.hides is None]
        self.last = max([self.last, *(m.id for m in new)])

    async def says(self, *texts: str) -> None:
        for text in texts:
            await self.does(Said(text=text, ref=f"p{next(self.world.keys)}"))

    async def presses(self, action: str) -> None:
        offering = [m for m in self.heard if action in [b.action for b in m.buttons]]
        assert offering, self.heard
        shown = offering[-1]
        await self.does(Pressed(serial=shown.serial, action=action))

    async def asks(self, question: str = "Къде да отида?", desk: str = VRATSA) -> CaseFile:
        await self.does(Started())
        await self.says("/librarian")
        await self.presses(f"to:{desk}")
        await self.says(question)
        await self.presses("pass-on")
        found = await self.case()
        assert found
        return found

    async def case(self) -> CaseFile | None:
        rows = await self.world.store.read(
            "SELECT number FROM case_file WHERE conversation = ?", self.talk
        )
        return await self.world.service.desk.case(rows[0][0]) if rows else None


@dataclass
class World:
    """The whole service over a real file, with the mirror over a Bot API server on loopback."""

    server: ForumServer
    service: Service
    store: SqliteStore
    channel: TelegramChannel
    push: Push
    at: list[dt.datetime]
    keys: Any = field(default_factory=lambda: itertools.count(1))
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> SqliteTelegramDesk:
        return SqliteTelegramDesk(self.store)

    def mirror(self) -> Mirror:
        options = {"bounds": FAST, "rhythm": OFTEN} | self.options
        groups = Groups(self.channel.bot, options.pop("bounds"))
        return mirror_of(self.service, self.store, groups, **options)

    async def joins(self, chat: int, desk: str) -> Group:
        await self.store.write(
            (
                "INSERT INTO desk_group (chat, desk, title, joined_at) VALUES (?, ?, 'Г', ?)",
                (chat, desk, millis(self.at[0])),
            )
        )
        return self.server.group(chat)

    async def librarian(self, name: str = "Мария", desk: str = VRATSA) -> Librarian:
        who = Librarian(f"web-{name}", desk, name, trial=False)
        await self.store.write(
            (
                (
                    "INSERT INTO librarian (id, library, name, trial, joined_at)"
                    " VALUES (?, ?, ?, 0, 1)"
                ),
                (who.id, desk, name),
            ),
        )
        await self.service.roster.refresh()
        return who

    def person(self, address: str = "ana") -> Person:
        return Person(self, address)

    async def acts(self, number: int, act: str, who: Librarian | None = None, **more: Any) -> None:
        case = await self.service.desk.case(number)
        assert case
        key = await self.service.roster.act(case, act, who, **more)
        assert await self.service.roster.done(case, key), (act, case)

    async def writes(
        self, group: Group, number: int, who: Librarian, text: str, **more: Any
    ) -> int:
        """Let a librarian answer in the topic of a case; return the number of the message."""
        thread = (await self.topic(number, group.chat)).thread
        message = group.writes(thread, text)
        ref = f"tg:{group.chat}:{message}"
        act = more.pop("act", "reply")
        await self.acts(number, act, who, text=text, ref=ref, **more)
        return message

    async def topic(self, number: int, chat: int) -> Any:
        found = await self.shown.topic(number, chat)
        assert found
        return found

    async def until(self, condition: Any, seconds: float = 20) -> Any:
        return await self.server.until(condition, seconds)

    async def whole(self, number: int, chat: int) -> Any:
        """Return the topic of a case once everything that is known of the case is shown there."""
        for _ in range(2000):
            entries = await self.service.desk.entries(number)
            topic = await self.shown.topic(number, chat)
            if topic and topic.header_mark and topic.shown >= max([0, *(e.id for e in entries)]):
                return topic
            await asyncio.sleep(0.01)
        raise AssertionError(f"case {number} is never shown whole: {topic}")


@pytest.fixture
async def server() -> AsyncIterator[ForumServer]:
    async with ForumServer(window=WINDOW, most=18) as server:
        yield server
    assert server.against_the_description == []
    assert server.refused_for_pace == 0


@asynccontextmanager
async def world_over(server: ForumServer, file: Path) -> AsyncIterator[World]:
    store, push, at = SqliteStore(file), Push(), [MONDAY]
    async with (
        TelegramChannel(TOKEN, server.url, load_texts(), bulgarian) as channel,
        running(
            store,
            {"web": WebChannel()},
            {"push": push},
            lambda: at[0],
            channels_configured=True,
        ) as service,
    ):
        yield World(server, service, store, channel, push, at)


@pytest.fixture
async def world(server: ForumServer, file: Path) -> AsyncIterator[World]:
    async with world_over(server, file) as world:
        yield world


def worded(posts: Sequence[Posted], *words: str) -> list[str]:
    """Return the words in the order in which the messages hold them, each as often as they do."""
    text = "\n".join(post.text or "" for post in posts)
    places = [(at, word) for word in words for at in _places(text, word)]
    return [word for _, word in sorted(places)]


def _places(text: str, word: str) -> list[int]:
    return [n for n in range(len(text)) if text.startswith(f"{word}\n", n) or text[n:] == word]


# -- a topic -----------------------------------------------------------------------------------


async def test_a_case_is_a_topic_with_its_card_on_top_and_ways_to_act(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        case = await world.person().asks("Искам курс за готвач")
        topic = await world.whole(case.number, G1)
        shown = group.topic(case.number)
        await world.until(lambda: group.pinned)
        head = group.said(topic.thread)[0]
        assert (shown.name, shown.icon) == (f"№ {case.number} · чака", "❓")
        assert group.pinned == [head.number]
        assert "Чака отговор" in head.text
        assert "Искам курс за готвач" in head.text
        data = [button["callback_data"] for row in head.rows for button in row]
        assert data == [f"desk:{act}:{case.number}" for act in ("claim", "transfer", "expert")]
        # The question stands in the card, and is said once.
        assert group.everything().count("Искам курс за готвач") == 1
        assert "готвач" not in shown.name


async def test_the_header_is_edited_in_place_and_offers_what_fits_the_state(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        case = await world.person().asks()
        topic = await world.whole(case.number, G1)
        before = len(group.said(topic.thread))
        await world.acts(case.number, "claim", maria)
        head = group.messages[topic.header]
        await world.until(lambda: "Пое го Мария" in head.text)
        await world.until(lambda: group.topic(case.number).name.endswith("· при Мария"))
        data = [button["callback_data"] for row in head.rows for button in row]
        assert [d.split(":")[1] for d in data] == ["close", "release", "transfer", "expert"]
        assert all(len(b["text"]) <= 20 for row in head.rows for b in row)
        assert len(group.said(topic.thread)) == before
        edits = head.edits
        await asyncio.sleep(0.3)
        assert head.edits == edits
        await world.acts(case.number, "close", maria, code="answered")
        await world.until(lambda: group.topic(case.number).closed)
        assert head.rows == []
        assert "Приключен" in head.text
        assert "отговорено" in head.text
        assert group.topic(case.number).name.endswith("· приключен")


async def test_every_line_comes_once_and_in_order_and_nothing_is_echoed(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks()
        await world.whole(case.number, G1)
        await ana.says("дума едно")
        await world.writes(group, case.number, maria, "отговор от темата")
        await ana.says("дума две")
        await world.acts(case.number, "reply", maria, text="отговор от уеб")
        await world.acts(case.number, "note", maria, text="бележка от уеб")
        await world.writes(group, case.number, maria, "бележка от темата", act="note")
        await ana.says("дума три")
        topic = await world.whole(case.number, G1)
        posted = [m for m in group.said(topic.thread) if m.by_bot]
        words = ("дума едно", "дума две", "отговор от уеб", "бележка от уеб", "дума три")
        assert worded(posted, *words) == list(words)
        assert "отговор от темата" not in "".join(m.text or "" for m in posted)
        assert "бележка от темата" not in "".join(m.text or "" for m in posted)
        everything = group.everything()
        assert "Мария (уеб) · 23.11., 10:00\nотговор от уеб" in everything
        assert "📝 Бележка от Мария (човекът не я вижда)" in everything
        assert "👤 Човекът · 23.11., 10:00\nдума едно" in everything


async def test_what_was_written_while_the_desk_was_closed_says_so_with_its_day(world: World):
    await world.librarian()
    await world.service.desk.set_hours(VRATSA, "Mo-Fr 09:00-17:00", 1)
    await world.service.roster.refresh()
    group = await world.joins(G1, VRATSA)
    ana = world.person()
    world.at[0] = MONDAY.replace(hour=20)
    case = await ana.asks()
    await ana.says("писано вечер")
    world.at[0] = MONDAY + dt.timedelta(days=1)
    await ana.says("писано сутрин")
    async with world.mirror().running():
        await world.whole(case.number, G1)
    said = group.everything()
    # A message of a group is never drawn again: what it says of the time is true next week, too.
    closed = "👤 Човекът · 23.11., 20:00 · писано на 23.11 в 20:00, докато беше затворено"
    assert f"{closed}\nписано вечер" in said
    assert "👤 Човекът · 24.11., 10:00\nписано сутрин" in said


async def test_at_night_a_group_is_not_woken(world: World):
    await world.librarian()
    await world.service.desk.set_hours(VRATSA, "Mo-Fr 09:00-17:00", 1)
    await world.service.roster.refresh()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        world.at[0] = MONDAY.replace(hour=22)
        ana = world.person()
        case = await ana.asks()
        await ana.says("късно")
        topic = await world.whole(case.number, G1)
        assert all(m.quiet for m in group.said(topic.thread))
        world.at[0] = MONDAY + dt.timedelta(days=1)
        await ana.says("рано")
        await world.whole(case.number, G1)
        assert not group.said(topic.thread)[-1].quiet


# -- the pace ----------------------------------------------------------------------------------


def test_never_more_than_eighteen_messages_in_any_minute():
    dice = random.Random(5)  # noqa: S311
    for _ in range(50):
        pace, now, sent = GroupPace(Bounds()), 1000.0, []
        for _ in range(120):
            now += dice.choice((0.0, 0.0, 0.2, 3.0, 40.0))
            wait = pace.message(now)
            assert wait >= 0
            now += wait
            # The call takes its time; the platform may count it at any moment of that.
            sent.append(now + dice.random())
            now = sent[-1] + dice.random()
            pace.was_sent(now)
        assert all(b - a >= 60 for a, b in zip(sent, sent[18:], strict=False))


def test_a_group_that_wants_rest_gets_it_for_all_that_is_done_there():
    pace = GroupPace(Bounds())
    pace.rest(10.0, 33.0)
    assert (pace.message(10.0), pace.touch(12.0)) == (33.0, 31.0)
    assert pace.message(43.0) == 0


async def test_a_burst_of_forty_lines_arrives_joined_and_whole(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    world.server.window = 20
    world.options["bounds"] = Bounds(window=20, gap=0.01, touch_gap=0.0)
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks()
        await world.whole(case.number, G1)
        lines = [f"ред {n:02} " + "а" * 60 for n in range(40)]
        await ana.does(*[Said(text=line, ref=line[:6]) for line in lines])
        topic = await world.whole(case.number, G1)
    posted = group.said(topic.thread)[1:]
    assert worded(posted, *lines) == lines
    assert len(posted) <= 15
    assert all(len(m.text) <= LONGEST for m in posted)
    times = group.times
    assert all(b - a > 20 for a, b in zip(times, times[18:], strict=False))


async def test_a_line_too_long_for_one_message_arrives_whole(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    ana = world.person()
    case = await ana.asks()
    text = " ".join(f"дума{n:04}" for n in range(800))
    maria = await world.librarian("Ани")
    await world.acts(case.number, "reply", maria, text=text)
    async with world.mirror().running():
        topic = await world.whole(case.number, G1)
    posted = [m.text for m in group.said(topic.thread)[1:]]
    assert len(posted) > 1
    assert " ".join(" ".join(posted).split()).endswith(text)


async def test_a_card_is_right_at_once_while_messages_wait_for_their_place(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    world.options["bounds"] = Bounds(window=20, gap=0.01, touch_gap=0.0)
    world.server.window = 20
    async with world.mirror().running():
        people = [world.person(name) for name in ("ana", "boris", "vera")]
        cases = [await person.asks() for person in people]
        for case in cases:
            await world.whole(case.number, G1)
        for _ in range(3):
            for person in people:
                await person.says("още нещо")
        await world.acts(cases[2].number, "claim", maria)
        begun = asyncio.get_running_loop().time()
        await world.until(lambda: group.topic(cases[2].number).name.endswith("при Мария"))
        assert asyncio.get_running_loop().time() - begun < 3


async def test_flood_is_waited_out_in_that_group_alone(world: World, server: ForumServer):
    await world.librarian()
    await world.librarian("Иван", VIDIN)
    slow, quick = await world.joins(G1, VRATSA), await world.joins(G2, VIDIN)
    server.fail("createForumTopic", Fault(429, "Too Many Requests", {"retry_after": 1}))
    async with world.mirror().running():
        begun = asyncio.get_running_loop().time()
        first = await world.person("ana").asks(desk=VRATSA)
        await world.until(lambda: [c for c in server.calls if c.status == 429])
        second = await world.person("boris").asks(desk=VIDIN)
        await world.whole(second.number, G2)
        assert not slow.topics
        assert quick.topics
        await world.whole(first.number, G1)
        assert asyncio.get_running_loop().time() - begun >= 1


# -- deliveries --------------------------------------------------------------------------------


async def test_a_sign_comes_only_after_the_real_delivery(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        case = await world.person().asks()
        await world.whole(case.number, G1)
        world.push.gate.clear()
        message = await world.writes(group, case.number, maria, "ето адреса")
        await world.whole(case.number, G1)
        await asyncio.sleep(0.2)
        assert group.messages[message].reaction == ""
        world.push.gate.set()
        await world.until(lambda: group.messages[message].reaction)
        assert group.messages[message].reaction == "👌"
        note = await world.writes(group, case.number, maria, "само за нас", act="note")
        await world.until(lambda: group.messages[note].reaction == "✍")


async def test_what_is_not_delivered_says_why_and_what_else_there_is(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        case = await world.person().asks()
        await world.whole(case.number, G1)
        world.push.fault = SendError(BLOCKED, again=False)
        message = await world.writes(group, case.number, maria, "ето адреса")
        await world.until(lambda: group.messages[message].reaction == "🤷")
        topic = await world.topic(case.number, G1)
        last = group.said(topic.thread)[-1]
        assert last.answers == message
        assert last.text.startswith("✗ Не е доставено: човекът е спрял бота.")
        assert "телефон" in last.text
        count = len(group.said(topic.thread))
        await asyncio.sleep(0.3)
        assert len(group.said(topic.thread)) == count


async def test_a_person_of_the_web_chat_who_is_away_gets_it_later(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    web = WebPerson(world)
    async with world.mirror().running():
        case = await web.asks()
        await world.whole(case.number, G1)
        message = await world.writes(group, case.number, maria, "ето адреса")
        await world.whole(case.number, G1)
        world.at[0] += dt.timedelta(minutes=3)
        await world.until(lambda: "щом я отвори" in group.everything())
        assert group.messages[message].reaction == ""
        await web.opens_the_page()
        await world.until(lambda: group.messages[message].reaction == "👌")
        assert group.everything().count("щом я отвори") == 1


class WebPerson(Person):
    """Somebody in the web chat, whose page is not open."""

    def __init__(self, world: World) -> None:
        super().__init__(world, "webana")

    @property
    def talk(self) -> str:
        return f"web:{self.address}"

    async def does(self, *events: Event) -> None:
        at = millis(self.world.at[0])
        for event in events:
            key = f"k{next(self.world.keys)}"
            raw = EVENT.dump_json(event).decode()
            await self.world.service.runtime.take_in([Arrival("web", key, self.address, raw, at)])
        await self.world.service.runtime.settled(self.talk)
        new = await self.world.service.store.unread(self.talk, self.last)
        self.heard = [Message.model_validate_json(m.body) for m in new]
        self.last = max([self.last, *(m.id for m in new)])

    async def opens_the_page(self) -> None:
        store, now = self.world.service.store, millis(self.world.at[0])
        waiting = [m for m in await store.unread(self.talk, 0) if m.state == "pending"]
        await self.world.service.commit.mark([Mark(m.id, "sent", now, tries=1) for m in waiting])


# -- what is changed afterwards ----------------------------------------------------------------


async def test_a_changed_message_is_changed_in_the_topic_and_one_taken_back_is_gone(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks()
        await ana.does(
            Said(text="първо", ref="m1"), Said(text="второ", ref="m2"), Said(text="трето", ref="m3")
        )
        topic = await world.whole(case.number, G1)
        count = len(group.said(topic.thread))
        await ana.does(Said(text="второ, поправено", ref="m2", edited=True))
        await world.until(lambda: "✎ второ, поправено" in group.everything())
        assert "\nвторо\n" not in group.everything() + "\n"
        assert all(word in group.everything() for word in ("\nпърво", "\nтрето"))
        await world.store.write(
            (
                "UPDATE case_entry SET text = '', changed_at = 9 WHERE ref = 'm2'",
                (),
            ),
            ("INSERT INTO desk_change (desk, number, at) VALUES (?, ?, 1)", (VRATSA, case.number)),
        )
        await world.until(lambda: "(изтрито)" in group.everything())
        assert "поправено" not in group.everything()
        assert all(word in group.everything() for word in ("\nпърво", "\nтрето"))
        assert len(group.said(topic.thread)) == count


# -- files -------------------------------------------------------------------------------------


async def test_files_follow_the_line_that_they_came_with(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)

    async def upload(file: KeptFile) -> bytes | None:
        return b"%PDF-1.7" if file.ref == "kept:1" else None

    world.options["upload"] = upload
    # Tried again after a failure, the file comes, and its line not once more.
    world.server.fail("sendPhoto", Fault(500), Fault(502))
    ana = world.person()
    case = await ana.asks()
    photo = KeptFile(type="photo", ref=f"telegram:{FILE_ID}")
    letter = KeptFile(type="document", ref="kept:1", name="писмо.pdf")
    gone = KeptFile(type="document", ref="kept:2", name="няма.pdf")
    wrong = KeptFile(type="voice", ref="telegram:nonsense")
    async with world.mirror().running():
        for n, file in enumerate((photo, letter, gone, wrong)):
            await ana.does(
                SentFile(type=file.type, file=file, text=f"файл {n}", ref=f"f{n}"),
                Said(text=f"след файл {n}", ref=f"s{n}"),
            )
        topic = await world.whole(case.number, G1)
    said = group.said(topic.thread)
    kinds = [m.file or m.text for m in said[1:]]
    joined = "\n".join(kinds)
    order = ["📷 снимка: файл 0", FILE_ID, "след файл 0", "📎 файл: файл 1", "uploaded"]
    order += ["след файл 1", "📎 файл: файл 2", "не може да се покаже", "след файл 2"]
    order += ["🎤 гласово съобщение: файл 3", "не може да се покаже", "след файл 3"]
    assert joined.count("снимка: файл 0") == 1
    at = 0
    for word in order:
        at = joined.index(word, at) + len(word)
    sent = [c for c in world.server.calls if c.method == "sendDocument" and c.file]
    assert [(c.file.name, c.file.content) for c in sent] == [("писмо.pdf", b"%PDF-1.7")]


# -- healing -----------------------------------------------------------------------------------


async def test_a_deleted_topic_is_made_anew_and_no_message_is_lost(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks("Въпросът ми")
        before = [f"преди {n:02}" for n in range(14)]
        for line in before:
            await ana.says(line)
        await world.whole(case.number, G1)
        await world.writes(group, case.number, maria, "отговорено от темата")
        old = (await world.whole(case.number, G1)).thread
        group.deletes_topic(old)
        await ana.says("след изтриването")
        await world.until(lambda: "след изтриването" in group.everything())
        topic = await world.whole(case.number, G1)
    assert topic.thread != old
    said = group.said(topic.thread)
    assert "Въпросът ми" in said[0].text
    whole = [*before, "отговорено от темата", "след изтриването"]
    assert worded(said, *whole) == whole


async def test_a_topic_that_is_deleted_in_silence_is_found_missing(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    world.options["rhythm"] = replace(OFTEN, knock=0.3)
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks("Въпросът ми")
        await ana.says("последна дума")
        old = (await world.whole(case.number, G1)).thread
        group.deletes_topic(old)
        # Nobody writes, nobody tells.
        await world.until(lambda: "последна дума" in group.everything())
        assert group.topic(case.number).thread != old


async def test_a_topic_whose_making_was_not_answered_is_made_once(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    world.options["rhythm"] = replace(OFTEN, pauses=(0.5,))
    world.server.fail("createForumTopic", Fault(cut=True))
    async with world.mirror().running():
        case = await world.person().asks("Въпросът ми")
        made = await world.until(lambda: group.of(case.number))
        # The group's own line tells of it.
        joined = SqliteTelegramGroups(world.store)
        assert await joined.adopt(case.number, G1, made[0].thread)
        assert not await joined.adopt(case.number, G1, made[0].thread + 100)
        topic = await world.whole(case.number, G1)
    assert topic.thread == made[0].thread
    assert group.topic(case.number) == made[0]
    assert "Въпросът ми" in group.said(topic.thread)[0].text


async def test_of_two_topics_the_one_that_was_found_first_stays(world: World, server: ForumServer):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    world.server.fail("createForumTopic", Fault(cut=True))
    server.held["createForumTopic"] = asyncio.Event()
    async with world.mirror().running():
        case = await world.person().asks("Въпросът ми")
        first = (await world.until(lambda: group.of(case.number)))[0]
        server.held["createForumTopic"].set()
        server.held["createForumTopic"] = asyncio.Event()
        await world.until(lambda: len(group.of(case.number)) == 2)
        assert await SqliteTelegramGroups(world.store).adopt(case.number, G1, first.thread)
        server.held.pop("createForumTopic").set()
        topic = await world.whole(case.number, G1)
        await world.until(lambda: len(group.of(case.number)) == 1)
    assert topic.thread == group.topic(case.number).thread == first.thread


async def test_a_topic_closed_by_hand_is_opened_while_the_case_is_open(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    mirror = world.mirror()
    async with mirror.running():
        ana = world.person()
        case = await ana.asks()
        topic = await world.whole(case.number, G1)
        # Nobody tells: the next message is refused.
        group.topics[topic.thread].closed = True
        await ana.says("затворена тема")
        await world.until(lambda: "затворена тема" in group.everything())
        assert not group.topics[topic.thread].closed
        # The group's own line tells.
        group.topics[topic.thread].closed = True
        mirror.look(case.number)
        await world.until(lambda: not group.topics[topic.thread].closed)
        told = TEXTS("desk-group-turned-free")
        assert "„Приключвам“" in told
        await world.until(lambda: group.texts(topic.thread).count(told) == 2)
        mirror.look(case.number)
        await asyncio.sleep(0.2)
        assert group.texts(topic.thread).count(told) == 2


async def test_a_topic_of_a_closed_case_stays_closed(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    mirror = world.mirror()
    async with mirror.running():
        case = await world.person().asks()
        topic = await world.whole(case.number, G1)
        await world.acts(case.number, "close", maria, code="answered")
        await world.until(lambda: group.topics[topic.thread].closed)
        said = group.texts(topic.thread)
        group.topics[topic.thread].closed = False
        mirror.look(case.number)
        await world.until(lambda: group.topics[topic.thread].closed)
        assert group.texts(topic.thread) == said


async def test_a_topic_that_a_case_leaves_says_so_though_a_hand_has_closed_it(world: World):
    maria = await world.librarian()
    await world.librarian("Вера", VIDIN)
    group = await world.joins(G1, VRATSA)
    await world.joins(G2, VIDIN)
    async with world.mirror().running():
        case = await world.person().asks("Въпросът ми")
        topic = await world.whole(case.number, G1)
        group.topics[topic.thread].closed = True
        await world.acts(case.number, "transfer", maria, library=VIDIN)
        await world.whole(case.number, G2)
        await world.until(lambda: group.topics[topic.thread].name.endswith("не е вече тук"))
        await world.until(lambda: group.topics[topic.thread].closed)
    assert "Въпросът ми" not in group.everything()
    assert "предаден на" in group.texts(topic.thread)[-1]


async def test_a_header_that_was_deleted_comes_back(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        case = await world.person().asks("Въпросът ми")
        topic = await world.whole(case.number, G1)
        del group.messages[topic.header]
        await world.acts(case.number, "claim", maria)
        head = await world.until(
            lambda: next((m for m in group.said(topic.thread) if "Пое го Мария" in m.text), None)
        )
        assert "Въпросът ми" in head.text
        await world.until(lambda: group.pinned[-1] == head.number)


async def test_a_group_that_is_lost_is_said_and_goes_on_once_the_bot_is_back(world: World, caplog):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    mirror = world.mirror()
    async with mirror.running():
        ana = world.person()
        case = await ana.asks()
        await world.whole(case.number, G1)
        assert mirror.standing() == "ok"
        group.member = False
        await ana.says("тайна дума")
        await world.until(lambda: mirror.standing() != "ok")
        assert mirror.standing() == "1 group(s) lost"
        await asyncio.sleep(0.5)
        told = [r.getMessage() for r in caplog.records if "kicked" in r.getMessage()]
        assert len(told) == 1
        assert (await world.service.desk.case(case.number)).is_open
        group.member = True
        await world.until(lambda: "тайна дума" in group.everything())
        await world.until(lambda: mirror.standing() == "ok")
    assert "тайна дума" not in caplog.text
    assert TOKEN not in caplog.text


async def test_without_the_right_nothing_is_tried_and_with_it_all_is_shown(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    group.rights = {"can_pin_messages"}
    mirror = world.mirror()
    async with mirror.running():
        ana = world.person()
        case = await ana.asks()
        await world.until(lambda: mirror.standing() == "1 group(s) without rights")
        tried = world.server.tried["createForumTopic"]
        await ana.says("още нещо")
        await asyncio.sleep(0.4)
        assert world.server.tried["createForumTopic"] == tried
        kept = await world.shown.group(G1)
        assert kept.missing == "can_delete_messages can_manage_topics"
        group.rights = {"can_manage_topics", "can_delete_messages"}
        await world.until(lambda: "още нещо" in group.everything())
        # Without the right to pin, the rest goes on.
        assert (await world.whole(case.number, G1)).header_mark
        assert not group.pinned


async def test_a_group_without_topics_waits_until_it_has_them(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    group.forum = False
    mirror = world.mirror()
    async with mirror.running():
        case = await world.person().asks()
        await world.until(lambda: mirror.standing() == "1 group(s) without rights")
        # Its rights are whole: that alone does not give it topics.
        await asyncio.sleep(0.5)
        kept = await world.shown.group(G1)
        assert kept.missing == "topics can_manage_topics"
        tried = world.server.tried["createForumTopic"]
        assert tried < 3
        group.forum = True
        await world.shown.set_missing(G1, "", None)
        await world.whole(case.number, G1)


async def test_calls_of_others_keep_the_groups_pace(world: World):
    group = await world.joins(G1, VRATSA)
    groups = Groups(world.channel.bot, Bounds(messages=2, window=0.5, gap=0.0))
    bot = world.channel.bot
    for n in range(5):
        await groups.paced(G1, lambda n=n: bot.send_message(G1, f"дума {n}"), message=True)
    assert [m.text for m in group.said(None)] == [f"дума {n}" for n in range(5)]
    assert all(b - a >= 0.5 for a, b in zip(group.times, group.times[2:], strict=False))


async def test_a_group_that_has_another_number_goes_on_under_it(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks()
        await world.whole(case.number, G1)
        message = await world.writes(group, case.number, maria, "отговор")
        await world.until(lambda: group.messages[message].reaction)
        moved = world.server.upgrade(G1, G2)
        await ana.says("след преместването")
        await world.until(lambda: "след преместването" in moved.everything())
        topic = await world.whole(case.number, G2)
        assert [g.chat for g in await world.shown.groups()] == [G2]
        assert len(moved.topics) == 1
        assert worded(moved.said(topic.thread), "отговор") == ["отговор"]
        refs = [e.ref for e in await world.service.desk.entries(case.number)]
        assert f"tg:{G2}:{message}" in refs


async def test_a_case_that_is_opened_again_goes_on_in_its_topic(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks("Въпросът ми")
        topic = await world.whole(case.number, G1)
        await world.acts(case.number, "close", maria, code="answered")
        await world.until(lambda: group.topics[topic.thread].closed)
        await ana.does()
        await ana.presses("write-again")
        await ana.says("пак съм аз")
        await world.until(lambda: "пак съм аз" in group.everything())
        await world.whole(case.number, G1)
        assert not group.topics[topic.thread].closed
        assert group.topic(case.number).name.endswith("· отворен отново")
        said = group.texts(topic.thread)
        assert any(text.startswith("🔔 Човекът писа отново") for text in said)
        assert "Никой не го е поел" in said[0]
        assert "Въпросът ми" in said[0]


# -- several groups ----------------------------------------------------------------------------


async def test_of_two_groups_the_one_with_fewer_open_topics_gets_the_case(world: World):
    await world.librarian()
    one, two = await world.joins(G1, VRATSA), await world.joins(G2, VRATSA)
    async with world.mirror().running():
        for name in ("ana", "boris", "vera", "georgi"):
            case = await world.person(name).asks()
            await world.until(lambda n=case.number: one.of(n) or two.of(n))
        await asyncio.sleep(0.2)
    assert (len(one.topics), len(two.topics)) == (2, 2)


async def test_a_case_that_is_passed_on_is_shown_there_and_leaves_with_a_word(world: World):
    maria = await world.librarian()
    ivan = await world.librarian("Иван", VIDIN)
    here, there = await world.joins(G1, VRATSA), await world.joins(G2, VIDIN)
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks("Въпросът ми")
        await world.whole(case.number, G1)
        await ana.says("дума едно")
        await world.whole(case.number, G1)
        await world.writes(here, case.number, maria, "отговор от Враца")
        await world.acts(case.number, "transfer", maria, library=VIDIN, text="живее във Видин")
        await world.until(lambda: here.topic(case.number).closed)
        topic = await world.whole(case.number, G2)
        left = await world.topic(case.number, G1)
        assert "предаден на" in here.said(left.thread)[-1].text
        assert "Видин" in here.said(left.thread)[-1].text
        assert "Въпросът ми" not in here.messages[left.header].text
        assert here.messages[left.header].rows == []
        said = there.said(topic.thread)
        assert "Въпросът ми" in said[0].text
        words = ("дума едно", "отговор от Враца", "живее във Видин")
        assert worded(said, *words) == list(words)
        # It comes back: the same topic is opened, and what happened meanwhile is shown there.
        await world.acts(case.number, "transfer", ivan, library=VRATSA, text="всъщност е за Враца")
        await world.until(lambda: not here.topic(case.number).closed)
        await world.whole(case.number, G1)
        await world.until(lambda: "Въпросът ми" in here.messages[left.header].text)
        assert worded(here.said(left.thread), "дума едно") == ["дума едно"]
        assert "всъщност е за Враца" in "".join(here.texts(left.thread))
        await world.until(lambda: there.topic(case.number).closed)


async def test_a_case_that_is_offered_is_shown_to_the_neighbour_until_somebody_has_it(world: World):
    await world.librarian()
    here, there = await world.joins(G1, VRATSA), await world.joins(G2, VIDIN)
    tell = (
        "INSERT INTO desk_change (desk, number, at) SELECT ?, number, 1 FROM case_file",
        (VIDIN,),
    )
    async with world.mirror().running():
        case = await world.person().asks("Въпросът ми")
        await world.whole(case.number, G1)
        offer = "UPDATE case_file SET state = 'offered', offered_to = ?"
        await world.store.write((offer, (VIDIN,)), tell)
        await world.until(lambda: there.of(case.number))
        topic = await world.whole(case.number, G2)
        assert there.topic(case.number).name.endswith("· чака, може и Вие")
        assert "Въпросът ми" in there.said(topic.thread)[0].text
        taken = "UPDATE case_file SET state = 'claimed', offered_to = NULL, claimed_by = 'a',"
        await world.store.write((f"{taken} claimed_name = 'Мария'", ()), tell)
        await world.until(lambda: there.topic(case.number).closed)
        assert "Въпроса пое Регионална библиотека" in there.said(topic.thread)[-1].text
        assert "Въпросът ми" not in there.everything()
        await world.until(lambda: here.topic(case.number).name.endswith("· при Мария"))


async def test_an_expert_sees_the_question_and_ordinary_facts_and_not_the_talk(world: World):
    maria = await world.librarian()
    here, there = await world.joins(G1, VRATSA), await world.joins(G2, "bureau-x")
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks("Въпросът ми")
        await ana.says("лична дума")
        card = {
            "question": "Въпросът ми",
            "place": "гр. Враца",
            "facts": [
                {"about": "age", "label": "Възраст", "value": "54"},
                {"about": special_fact(world), "label": "Здраве", "value": "чувствително"},
            ],
        }
        await world.store.write(
            ("UPDATE case_file SET card = ? WHERE number = ?", (json.dumps(card), case.number))
        )
        rows = "SELECT state FROM conversation WHERE id = ?"
        assert await world.store.read(rows, ana.talk)
        await world.acts(
            case.number, "ask_expert", maria, library="bureau-x", text="Има ли срок?", direct=True
        )
        await world.until(lambda: there.of(case.number))
        topic = await world.whole(case.number, G2)
        said = there.everything()
        assert "Има ли срок?" in said
        assert "лична дума" not in said
        assert "чувствително" not in said
        assert "Въпросът ми" not in said
        message = await world.writes(
            there,
            case.number,
            Librarian("tg-9", "bureau-x", "Петя", trial=False),
            "Седем дни",
            act="expert_reply",
        )
        await world.until(lambda: there.messages[message].reaction == "👌")
        await world.until(lambda: "Експерт Петя" in here.everything())
        await world.acts(case.number, "close", maria, code="answered")
        await world.until(lambda: there.topics[topic.thread].closed)


def special_fact(world: World) -> str:
    return next(f.id for f in world.service.knowledge.facts if f.sensitivity == "special")


async def test_practice_never_comes_to_a_group(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    case = await world.person().asks()
    await world.store.write(
        (
            "UPDATE case_file SET conversation = 'practice:x.y.z.k' WHERE number = ?",
            (case.number,),
        )
    )
    async with world.mirror().running():
        await world.until(lambda: group.said(None))
        await asyncio.sleep(0.3)
    assert not group.topics


# -- erasure -----------------------------------------------------------------------------------


async def test_an_erased_case_leaves_nothing_in_the_group(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks("Въпросът ми")
        await ana.says("лична дума")
        await world.whole(case.number, G1)
        await world.writes(group, case.number, maria, "отговор")
        await world.whole(case.number, G1)
        await erase(ana)
        await world.until(lambda: not group.topics)
        assert not any(w in group.everything() for w in ("Въпросът", "лична", "отговор"))
        kept = "SELECT 1 FROM desk_topic UNION SELECT 1 FROM desk_post WHERE number > 0"
        while await world.store.read(kept):  # noqa: ASYNC110  # nothing tells of it
            await asyncio.sleep(0.01)


async def test_a_case_that_is_erased_while_its_topic_is_made_leaves_none(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    answer = world.server.held["createForumTopic"] = asyncio.Event()
    async with world.mirror().running():
        ana = world.person()
        await ana.asks("Въпросът ми")
        await world.until(lambda: group.topics)
        await erase(ana)
        await asyncio.sleep(0.2)
        answer.set()
        await world.until(lambda: not group.topics)
        assert "Въпросът ми" not in group.everything()


async def test_where_a_topic_cannot_be_deleted_its_words_go(world: World, caplog):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    group.rights.discard("can_delete_messages")
    mirror = world.mirror()
    async with mirror.running():
        ana = world.person()
        case = await ana.asks("Въпросът ми")
        await ana.says("лична дума")
        topic = await world.whole(case.number, G1)
        await erase(ana)
        await world.until(lambda: group.topics[topic.thread].closed)
        assert group.topics[topic.thread].name == f"№ {case.number} · изтрито по желание"
        await world.until(lambda: "лична" not in group.everything())
        assert "Въпросът" not in group.everything()
        assert len([r for r in caplog.records if "was erased" in r.getMessage()]) == 1
    # With the right to delete the rest goes, too.
    group.rights.add("can_delete_messages")
    async with world.mirror().running():
        await world.until(lambda: not group.topics)


async def test_what_was_erased_while_the_service_was_off_goes_at_the_start(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    ana = world.person()
    async with world.mirror().running():
        case = await ana.asks("Въпросът ми")
        await world.whole(case.number, G1)
    await erase(ana)
    await world.store.write(("DELETE FROM desk_change", ()))
    assert group.topics
    async with world.mirror().running():
        await world.until(lambda: not group.topics)


async def test_a_closed_case_goes_from_the_group_after_thirty_days(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        case = await world.person().asks()
        await world.whole(case.number, G1)
        await world.acts(case.number, "close", maria, code="answered")
        await world.until(lambda: group.topic(case.number).closed)
        world.at[0] += dt.timedelta(days=29)
        await world.store.forget(millis(world.at[0]), Retention())
        await asyncio.sleep(0.2)
        assert group.topics
        world.at[0] += dt.timedelta(days=2)
        await world.store.forget(millis(world.at[0]), Retention())
        await world.until(lambda: not group.topics)


async def erase(person: Person) -> None:
    await person.says("/delete")
    await person.presses("erase")
    assert await person.case() is None


# -- General -----------------------------------------------------------------------------------


def morning_of(world: World) -> Digest:
    """Tell a desk one morning, of Monday, as the service does."""

    async def digest(desk: str, chats: Collection[int]) -> None:
        told = {"words": "Добро утро: 1 чака.", "chats": chats}
        now = millis(world.at[0])
        await world.service.waiting.tells(desk, MONDAY.date(), "morning", now, **told)

    return digest


async def test_a_restart_between_storing_and_sending_loses_no_digest_and_doubles_none(
    world: World,
):
    await world.librarian()
    groups = [await world.joins(chat, VRATSA) for chat in (G1, G2)]
    # It counts as told, the service ends, and nothing of it was sent.
    await morning_of(world)(VRATSA, [G1, G2])
    assert await world.service.waiting.digests_told(world.at[0].date()) == {VRATSA: {"morning"}}
    world.options["digest"] = morning_of(world)
    for _ in range(3):
        async with world.mirror().running():
            for group in groups:
                await world.until(lambda g=group: "Добро утро: 1 чака." in g.texts(None))
            await asyncio.sleep(0.2)
    assert [group.texts(None).count("Добро утро: 1 чака.") for group in groups] == [1, 1]
    assert await world.store.read("SELECT 1 FROM desk_digest_waiting") == []


async def test_a_stop_during_the_call_doubles_no_digest(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    world.options["digest"] = morning_of(world)
    async with world.mirror().running():
        await world.until(lambda: "Добро утро: 1 чака." in group.texts(None))
    async with world.mirror().running():
        await asyncio.sleep(0.3)
    assert group.texts(None).count("Добро утро: 1 чака.") == 1


async def test_a_digest_of_hours_ago_is_not_brought_any_more(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    await morning_of(world)(VRATSA, [G1])
    world.at[0] += dt.timedelta(hours=3)
    async with world.mirror().running():
        await world.until(lambda: "Сега никой не чака." in group.texts(None))
        await asyncio.sleep(0.2)
    assert "Добро утро: 1 чака." not in group.texts(None)


async def test_general_holds_one_notice_that_is_edited_and_digests_come_once(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    world.options["digest"] = morning_of(world)
    async with world.mirror().running():
        await world.until(lambda: "Сега никой не чака." in group.texts(None))
        await world.until(lambda: "Добро утро: 1 чака." in group.texts(None))
        await world.person("ana").asks()
        await world.until(lambda: "Чака 1 човек, под час." in group.texts(None))
        world.at[0] += dt.timedelta(hours=16)
        await world.person("boris").asks()
        await world.until(lambda: "Чакат 2 души, най-дългото чакане е 16 ч." in group.texts(None))
        general = group.said(None)
        assert len(general) == 2
        assert general[0].rows == [[{"text": "Днес ме няма", "callback_data": "desk:away"}]]
        del group.messages[general[0].number]
        await world.person("vera").asks()
        await world.until(lambda: any("Чакат 3 души" in text for text in group.texts(None)))
        assert len(group.said(None)) == 2


# -- crashes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
async def test_after_any_crashes_every_line_stands_there_in_order(world: World, seed: int):
    dice = random.Random(seed)  # noqa: S311
    # Each end without warning may have sent one more than is known; so many follow only here.
    world.server.most = 40
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    ana = world.person()
    case = await ana.asks()
    lines = [f"ред {n:02}" for n in range(24)]
    unknown = 0
    rest = list(lines)
    while rest:
        # Killed between the call and the store: what was kept of it is undone.
        mirror = world.mirror()
        task = asyncio.create_task(mirror.run())
        for _ in range(dice.randint(1, 5)):
            if rest:
                await ana.says(rest.pop(0))
            await asyncio.sleep(dice.random() * 0.05)
        if dice.random() < 0.5:
            cut = dice.choice(("sendMessage", "createForumTopic", "editMessageText"))
            world.server.fail(cut, Fault(cut=True))
            unknown += 1
            await asyncio.sleep(dice.random() * 0.1)
        unknown += await kill_mirror(task)
    world.server.faults.clear()
    async with world.mirror().running():
        topic = await world.whole(case.number, G1)
    found = worded(group.said(topic.thread), *lines)
    firsts = list(dict.fromkeys(found))
    assert firsts == lines
    repeats = [
        m for m in group.said(topic.thread) if any(f"{line}" in (m.text or "") for line in lines)
    ]
    assert len(found) - len(lines) <= unknown * max(m.text.count("ред ") for m in repeats)


def test_the_longest_header_and_title_fit_the_platform(world_saying: Any):
    saying = world_saying
    card = {
        "question": "ж" * 2000,
        "place": "с. Горно поле",
        "facts": [{"about": "age", "label": "л" * 60, "value": "о" * 100} for _ in range(40)],
    }
    case = CaseFile(
        2**40, "push:x", VRATSA, "claimed", "a", "М" * 40, json.dumps(card), millis(MONDAY)
    )
    header = header_of(saying, case, [], "desk")
    assert len(header.text) <= 4096
    assert "…" in header.text
    assert len(title_of(saying, case, "desk").name) <= LONGEST_TITLE


@pytest.fixture
async def world_saying(world: World) -> Any:
    return saying_of(world.service)
