"""Pages that are kept only until they are sent, words that are wiped, screens that are hidden."""

import sqlite3
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from acts import NEUTRAL, PAGE
from bot_api_server import TOKEN, Person, Shown
from durable import (
    HOUR,
    NOON,
    arrival,
    do,
    house,
    later,
    opened,
    said,
    sent,
    stands_in,
    step,
    take_in,
    until,
)
from pages import REALISTIC, words_of

from bot import clock as clocks
from bot import store as store_package
from bot.channels.desk import DeskChannel
from bot.channels.interface import Limits
from bot.channels.telegram import NAME as TELEGRAM
from bot.channels.telegram import TelegramChannel
from bot.channels.terminal import TerminalChannel
from bot.channels.web import WebChannel
from bot.clock import millis
from bot.polling import Poller, Rhythm
from bot.service import language_of, running
from bot.store.interface import Batch, Hiding, Mark, Outgoing, Retention
from bot.store.sqlite import SqliteStore
from dialogs.documents import Document
from dialogs.texts import load_texts

NOW = millis(NOON)
MARKER = "кукувица-седемнайсет"
TALK = "test:ana"
HIDE = Hiding(body=NEUTRAL, in_place=False)


@pytest.fixture
async def store(file: Path):  # type: ignore[no-untyped-def]
    async with opened(SqliteStore(file)) as store:
        yield store


def page(text: str = MARKER, *, channel: str = "test") -> Outgoing:
    return Outgoing(channel, "ana", f"{channel}:ana", "words", document=f'{{"says": "{text}"}}')


async def say(store: SqliteStore, key: str, *texts: str, **more: object):  # type: ignore[no-untyped-def]
    """Let the person say something, and the talk say these texts; return what waits then."""
    (event,) = await take_in(store, arrival(key, platform_id=f"in-{key}"))
    stored = await store.conversation(event.conversation)
    done = await do(store, step(event, stored.revision if stored else 0, *texts, **more))
    return done.queued[0]


async def rows(store: SqliteStore, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in await store.read(sql)]


# -- a page is kept until it is sent -----------------------------------------------------------


@pytest.mark.parametrize("state", ["sent", "dead"])
async def test_a_page_goes_in_the_transaction_that_says_it_was_sent(
    store: SqliteStore, file: Path, state: str
) -> None:
    (event,) = await take_in(store, arrival("k"))
    done = await do(store, step(event, 0, outgoing=(page(),)))
    [message] = done.queued[0]
    assert MARKER in message.document
    assert stands_in(MARKER, file)
    await store.apply(Batch(marks=[Mark(message.id, "pending", NOW, tries=1)]))
    [waiting] = await store.waiting_messages("test")
    assert MARKER in waiting.document
    await store.apply(Batch(marks=[Mark(message.id, state, NOW, tries=2)]))  # type: ignore[arg-type]
    assert not stands_in(MARKER, file)
    [kept] = await store.unread(TALK, 0)
    assert (kept.body, kept.document, kept.state) == ("words", "", state)


async def test_a_page_of_the_web_has_an_hour_from_when_it_was_made(
    store: SqliteStore, file: Path
) -> None:
    (event,) = await take_in(store, arrival("k", channel="web"))
    await do(store, step(event, 0, outgoing=(page(channel="web"), page(channel="web"))))
    await store.apply(Batch(marks=[sent(1, NOW + HOUR // 2)]))
    assert (await store.document("web:ana", 1)).content
    await store.forget(NOW + HOUR, Retention())
    assert (await store.document("web:ana", 1)).content
    forgotten = await store.forget(NOW + HOUR + 1, Retention())
    assert forgotten.documents == 2
    assert [(await store.document("web:ana", n)).content for n in (1, 2)] == ["", ""]
    assert not stands_in(MARKER, file)
    assert [m.body for m in await store.unread("web:ana", 0)] == ["words"] * 2


async def test_a_page_that_waits_to_be_sent_is_not_forgotten(store: SqliteStore) -> None:
    (event,) = await take_in(store, arrival("k"))
    await do(store, step(event, 0, outgoing=(page(),)))
    await store.forget(NOW + 9 * HOUR, Retention())
    [waiting] = await store.waiting_messages("test")
    assert MARKER in waiting.document


async def test_a_page_is_of_its_own_talk_only(store: SqliteStore) -> None:
    (event,) = await take_in(store, arrival("k"))
    await do(store, step(event, 0, "plain", outgoing=(page(),)))
    assert (await store.document(TALK, 1)).at == NOW
    assert await store.document("test:bo", 1) is None
    assert await store.document(TALK, 2) is None


async def test_a_file_of_before_goes_on_as_it_was(file: Path) -> None:
    """A database that an older version made, with a message that still waits."""
    folder = Path(store_package.__file__).parent
    old = [sql.read_text(encoding="utf-8") for sql in sorted(folder.glob("000[12]_*.sql"))]
    with closing(sqlite3.connect(file)) as made:
        made.executescript(";".join(old))
        made.execute(
            "INSERT INTO outbox (id, channel, address, conversation, cause, body, created_at)"
            " VALUES (1, 'test', 'ana', ?, 1, 'words', ?)",
            (TALK, NOW),
        )
        made.execute("UPDATE last_number SET n = 1 WHERE name = 'outbox'")
        made.execute("PRAGMA user_version = 2")
        made.commit()
    async with opened(SqliteStore(file)) as store:
        [waiting] = await store.waiting_messages("test")
        assert (waiting.body, waiting.document, waiting.hides) == ("words", None, None)
        await store.apply(Batch(marks=[sent(1)]))
        assert [m.hides for m in await say(store, "1", hide=HIDE)] == ["p1", "in-1"]


# -- wiping ------------------------------------------------------------------------------------


async def test_wiped_words_stand_nowhere_and_everything_else_stays(
    store: SqliteStore, file: Path
) -> None:
    await say(store, f"1-{MARKER}", f"answer {MARKER}")
    await say(store, "2", f"dead {MARKER}")
    await store.apply(Batch(marks=[sent(1), Mark(2, "dead", NOW, error="blocked")]))
    (other,) = await take_in(store, arrival("b", "bo"))
    await do(store, step(other, 0, "for bo"))
    (waiting,) = await take_in(store, arrival("3"))
    queued = await say(store, "4", "wiped.", wipe=True)
    assert [m.body for m in queued] == ["wiped."]
    raws = {r[0]: r[1:] for r in await rows(store, "SELECT update_key, raw, state FROM inbox")}
    assert raws[f"1-{MARKER}"] == ("", "done")
    assert raws["4"] == ("", "done")
    assert raws["3"] == (said("3"), "new")
    assert raws["b"] == (said("b"), "done")
    assert [m.body for m in await store.unread(TALK, 0)] == ["", "", "wiped."]
    assert [m.body for m in await store.unread("test:bo", 0)] == ["for bo"]
    assert [event.seq for event in await store.waiting_events()] == [waiting.seq]
    # The key stays, so that the same update changes nothing.
    assert await take_in(store, arrival(f"1-{MARKER}")) == []
    assert not stands_in(f"answer {MARKER}", file)
    assert not stands_in(f"dead {MARKER}", file)
    assert not stands_in(said(f"1-{MARKER}"), file)


async def test_what_waits_keeps_its_words_until_it_is_sent(store: SqliteStore, file: Path) -> None:
    (event,) = await take_in(store, arrival("1"))
    await do(store, step(event, 0, MARKER, outgoing=(page(), page("another"))))
    await say(store, "2", "wiped.", wipe=True)
    assert [MARKER in m.document for m in await store.waiting_messages("test") if m.document] == [
        True,
        False,
    ]
    await store.apply(Batch(marks=[Mark(1, "pending", NOW, tries=1)]))
    assert stands_in(MARKER, file)
    await store.apply(Batch(marks=[sent(1)]))
    assert not stands_in(MARKER, file)
    first, second, third = await store.unread(TALK, 0)
    assert (first.body, first.document) == ("", "")
    assert (second.body, third.body) == ("words", "wiped.")


async def test_a_dead_letter_is_kept_for_the_operator(store: SqliteStore) -> None:
    await say(store, "1", failed="why")
    await say(store, "2", wipe=True)
    assert (await store.revive(1)).raw == said("1")  # type: ignore[union-attr]


async def test_a_step_that_is_not_stored_wipes_and_hides_nothing(store: SqliteStore) -> None:
    await say(store, "1", "answer")
    (event,) = await take_in(store, arrival("2"))
    done = await do(store, step(event, 7, wipe=True, hide=HIDE))
    assert done.queued == [None]
    assert [m.body for m in await store.unread(TALK, 0)] == ["answer"]


# -- hiding on a platform ----------------------------------------------------------------------


async def test_the_newest_message_and_the_own_words_go_first(store: SqliteStore) -> None:
    for n in range(1, 4):
        await say(store, str(n), f"answer {n}")
        await store.apply(Batch(marks=[sent(n)]))
    queued = await say(store, "4", "done.", hide=HIDE)
    assert [(m.hides, m.body) for m in queued] == [
        ("p3", NEUTRAL),
        ("in-1,in-2,in-3,in-4", ""),
        (None, "done."),
        ("p2", NEUTRAL),
        ("p1", NEUTRAL),
    ]


async def test_a_file_is_taken_away_and_not_replaced(store: SqliteStore) -> None:
    (event,) = await take_in(store, arrival("1"))
    await do(store, step(event, 0, outgoing=(page(),)))
    await store.apply(Batch(marks=[sent(1)]))
    [hiding] = [m for m in await say(store, "2", hide=HIDE) if m.hides == "p1"]
    assert hiding.body == ""


async def test_nothing_is_hidden_twice_and_what_hides_is_not_hidden(store: SqliteStore) -> None:
    await say(store, "1", "answer")
    await store.apply(Batch(marks=[sent(1)]))
    first = await say(store, "2", hide=HIDE)
    assert [m.hides for m in first] == ["p1", "in-1,in-2"]
    await store.apply(Batch(marks=[Mark(m.id, "sent", NOW, platform_id="") for m in first]))
    assert [m.hides for m in await say(store, "3", hide=HIDE)] == ["in-3"]


async def test_only_what_is_younger_than_two_days_can_be_hidden(store: SqliteStore) -> None:
    for n, hours in enumerate((48, 47), start=1):
        at = NOW - hours * HOUR
        (event,) = await take_in(store, arrival(str(n), at=at, platform_id=f"in-{n}"))
        await do(store, step(event, n - 1, f"answer {n}"))
        await store.apply(Batch(marks=[sent(n, at)]))
    queued = await say(store, "3", hide=HIDE)
    assert [m.hides for m in queued] == ["p2", "in-2,in-3"]


async def test_nobody_elses_messages_are_hidden(store: SqliteStore) -> None:
    (other,) = await take_in(store, arrival("b", "bo"))
    await do(store, step(other, 0, "for bo"))
    await store.apply(Batch(marks=[sent(1)]))
    assert [m.hides for m in await say(store, "1", hide=HIDE)] == ["in-1"]


async def test_what_is_on_its_way_while_hiding_is_hidden_once_it_has_arrived(
    file: Path,
    acts,  # type: ignore[no-untyped-def]  # noqa: ARG001
) -> None:
    async with house(file, sends=True) as running_house:
        channel = running_house.channel
        channel.gate.clear()
        await running_house.tell(arrival("1", raw=said("меню")), arrival("2", raw=said("скрий")))
        assert channel.sends == []
        channel.gate.set()
        await running_house.delivery.settle()
        # „меню“ was sent as p1, and given way to the neutral text by its id.
        assert ("ana", ("p1",), NEUTRAL) in channel.hidden
        assert channel.texts("ana")[-1] == "Готово: скрий"
        assert await running_house.store.waiting_messages("test") == []


async def test_hiding_is_tried_again_until_the_platform_takes_it(
    file: Path,
    acts,  # type: ignore[no-untyped-def]  # noqa: ARG001
) -> None:
    async with house(file, sends=True) as first:
        await first.tell(arrival("1", raw=said("меню")))
        await first.delivery.settle()
        first.channel.failing = lambda *_: later()
        await first.tell(arrival("2", raw=said("скрий")))
        await until(lambda: first.store.batches[-1].marks)
        assert first.channel.hidden == []
        clock = first.clock
    clock.forward(HOUR)
    async with house(file, clock, sends=True) as again:
        await again.delivery.settle()
        assert ("ana", ("p1",), NEUTRAL) in again.channel.hidden


async def test_hiding_and_erasing_at_once_hides_and_leaves_nothing(
    file: Path,
    acts,  # type: ignore[no-untyped-def]  # noqa: ARG001
) -> None:
    async with house(file, sends=True) as running_house:
        await running_house.tell(arrival("1", "adres-4711", said("меню")))
        await running_house.delivery.settle()
        await running_house.tell(arrival("2", "adres-4711", said("скрий и изтрий")))
        await running_house.delivery.settle()
        assert ("adres-4711", ("p1",), NEUTRAL) in running_house.channel.hidden
        assert await running_house.revision("adres-4711") == 0
        assert not stands_in("adres-4711", file)


async def test_a_channel_that_cannot_hide_is_not_asked_to(
    file: Path,
    acts,  # type: ignore[no-untyped-def]  # noqa: ARG001
) -> None:
    async with house(file, sends=True) as running_house:
        running_house.channel.abilities = TerminalChannel.abilities
        await running_house.tell(arrival("1", raw=said("меню")), arrival("2", raw=said("скрий")))
        await running_house.delivery.settle()
        assert running_house.channel.hidden == []
        assert running_house.channel.texts("ana")[-1] == "Готово: скрий"


async def test_an_edited_message_is_taken_away_once(store: SqliteStore) -> None:
    for key in ("said", "edited"):
        (event,) = await take_in(store, arrival(key, platform_id="7"))
        stored = await store.conversation(TALK)
        await do(store, step(event, stored.revision if stored else 0))
    assert [m.hides for m in await say(store, "3", hide=HIDE)] == ["7,in-3"]


# -- what each channel can do ------------------------------------------------------------------


async def test_a_step_knows_what_the_persons_channel_can_do(
    file: Path,
    acts,  # type: ignore[no-untyped-def]
) -> None:
    async with house(file) as running_house:
        await running_house.tell(arrival("1", raw=said("меню")))
        running_house.channel.abilities = TerminalChannel.abilities
        await running_house.tell(arrival("2", raw=said("меню")))
    assert [context.abilities.hides for context in acts.contexts] == [True, False]
    assert [context.abilities.reaches for context in acts.contexts] == [True, False]


def test_the_channels_say_what_they_can_do() -> None:
    can = {
        channel.name: (channel.abilities.reaches, channel.abilities.hides)
        for channel in (TelegramChannel, WebChannel, TerminalChannel, DeskChannel)
    }
    assert can == {
        "telegram": (True, True),
        "web": (False, True),
        "terminal": (False, False),
        "desk": (False, False),
    }


async def test_a_page_arrives_at_the_channel_whole(
    file: Path,
    acts,  # type: ignore[no-untyped-def]  # noqa: ARG001
) -> None:
    async with house(file, sends=True) as running_house:
        await running_house.tell(arrival("1", raw=said("план")))
        await running_house.delivery.settle()
        assert running_house.channel.documents == [REALISTIC]
        [row] = await rows(running_house.store, "SELECT body, document FROM outbox")
    assert "document" not in str(row[0])
    assert row[1] == ""


# -- the whole way, on Telegram ----------------------------------------------------------------


@asynccontextmanager
async def serving(server, folder: Path):  # type: ignore[no-untyped-def]
    store = SqliteStore(folder / "posoka.db")
    rhythm = Rhythm(hold=2, shortest=0.02, longest=0.1)
    fast = Limits(per_second=1000, chat_gap=0)

    async def language(address: str):  # type: ignore[no-untyped-def]
        return await language_of(store, f"{TELEGRAM}:{address}")

    async with (
        TelegramChannel(TOKEN, server.url, load_texts(), language, limits=fast) as channel,
        running(store, {}, {TELEGRAM: channel}, clocks.now) as service,
        Poller(channel, service.runtime.take_in, clocks.now, print, rhythm).running(),
    ):
        yield service


async def _quiet(server, service) -> None:  # type: ignore[no-untyped-def]
    await server.until(lambda: server.idle and server.polled)
    await service.runtime.settle()
    await service.deliveries[TELEGRAM].settle()


@pytest.mark.parametrize("word", ["скрий", "скрий и избърши", "скрий и изтрий"])
async def test_on_a_phone_nothing_but_neutral_words_is_left(
    server,  # type: ignore[no-untyped-def]
    tmp_path: Path,
    acts,  # type: ignore[no-untyped-def]  # noqa: ARG001
    word: str,
) -> None:
    person = Person(server, 57)
    async with serving(server, tmp_path) as service:
        person.says("/start")
        await person.screen(0)
        await person.presses("За мен")
        person.says(MARKER)
        person.says("план")
        await _quiet(server, service)
        [file] = server.sent(57, "sendDocument")
        assert file.parameters["caption"] == PAGE.text
        assert REALISTIC.title in words_of(file.file.content)
        shown = server.screens["57"]
        assert len(shown) > 5
        assert any(message.buttons for message in shown.values())
        person.says(word)
        await _quiet(server, service)
        said_last = Shown(f"Готово: {word}")
        assert set(shown.values()) == {Shown(NEUTRAL), said_last}
        assert list(shown.values()).count(said_last) == 1
        first = next(c for c in server.calls if c.method == "editMessageText")
        edited = [int(c.parameters["message_id"]) for c in server.calls if "edit" in c.method]
        assert edited == sorted(edited, reverse=True)
        assert first.status == 200
        ages = await service.store.ages()
        assert (ages.dead_messages, ages.oldest_message) == (0, None)


async def test_on_a_phone_a_page_leaves_nothing_in_the_store_once_it_is_there(
    server,  # type: ignore[no-untyped-def]
    tmp_path: Path,
    acts,  # type: ignore[no-untyped-def]  # noqa: ARG001
) -> None:
    person = Person(server, 57)
    async with serving(server, tmp_path) as service:
        person.says("план")
        await _quiet(server, service)
        assert server.sent(57, "sendDocument")
        await service.store.scrub()
        assert not stands_in(REALISTIC.title, tmp_path / "posoka.db")
        assert stands_in(PAGE.text, tmp_path / "posoka.db")


# -- the terminal ------------------------------------------------------------------------------


async def test_the_terminal_says_where_the_file_is(tmp_path: Path) -> None:
    written: list[str] = []
    channel = TerminalChannel(written.append, as_json=False, folder=tmp_path / "files")
    await channel.send("me", PAGE)
    file = tmp_path / "files" / "План за работа.pdf"
    assert str(file) in written[0]
    assert REALISTIC.title in words_of(file.read_bytes())


async def test_without_a_folder_the_terminal_says_how_to_have_it_written() -> None:
    written: list[str] = []
    await TerminalChannel(written.append, as_json=False).send("me", PAGE)
    assert "План за работа.pdf" in written[0]
    assert "--files" in written[0]
    await TerminalChannel(written.append, as_json=True).send("me", PAGE)
    assert '"file": "План за работа.pdf"' in written[1]


def test_a_page_comes_back_from_the_store_as_it_was() -> None:
    assert Document.model_validate_json(REALISTIC.model_dump_json()) == REALISTIC
