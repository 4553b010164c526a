"""The poller against a Bot API server on loopback: nothing is confirmed before it is stored."""

import asyncio
import json
import logging
from contextlib import asynccontextmanager

import pytest
from bot_api_server import TOKEN, Fault, Person, bulgarian

from bot import clock
from bot.channels.interface import Limits
from bot.channels.telegram import TelegramChannel
from bot.polling import Poller, Rhythm
from dialogs.texts import load_texts

QUICK = Rhythm(hold=2, shortest=0.02, longest=0.1, jitter=lambda: 1.0)
CONFLICT = Fault(409, "Conflict: terminated by other getUpdates request")


class Inbox:
    """Keeps updates by their key, as the store does."""

    def __init__(self):
        self.kept, self.batches, self.failures = {}, [], []

    async def take_in(self, arrivals):
        await asyncio.sleep(0.01)
        if self.failures:
            raise self.failures.pop()
        self.batches.append([arrival.update_key for arrival in arrivals])
        for arrival in arrivals:
            self.kept.setdefault(arrival.update_key, arrival)


@pytest.fixture
def inbox():
    return Inbox()


@asynccontextmanager
async def polling(server, inbox, *, rhythm=QUICK, announced=None):
    fast = Limits(per_second=1000, chat_gap=0)
    async with TelegramChannel(TOKEN, server.url, load_texts(), bulgarian, limits=fast) as channel:
        announce = (announced if announced is not None else []).append
        poller = Poller(channel, inbox.take_in, clock.now, announce, rhythm)
        async with poller.running():
            yield poller


async def test_what_comes_is_stored_as_it_is_and_then_confirmed(server, inbox):
    person, announced = Person(server, 7), []
    first = person.says("здравейте")
    async with polling(server, inbox, announced=announced):
        await server.until(lambda: server.idle)
        second = person.says("още")
        await server.until(lambda: len(inbox.kept) == 2 and server.idle)
    arrival = inbox.kept[str(first)]
    assert (arrival.channel, arrival.address) == ("telegram", "7")
    assert '"здравейте"' in arrival.raw
    assert str(second) in inbox.kept
    assert announced == ["@posoka_bot"]


async def test_what_is_asked_for_is_named_and_nothing_is_ever_skipped(server, inbox):
    Person(server, 7).says("а")
    async with polling(server, inbox):
        await server.until(lambda: server.idle)
    wanted = '["message", "edited_message", "callback_query", "my_chat_member"]'
    assert {poll["allowed_updates"] for poll in server.polls} == {wanted}
    assert {poll["limit"] for poll in server.polls} == {"100"}
    assert "offset" not in server.polls[0]
    assert all(int(poll.get("offset", "1")) > 0 for poll in server.polls)
    assert not {"deleteWebhook", "setWebhook"} & {call.method for call in server.calls}


async def test_nothing_is_confirmed_while_the_store_refuses(server, inbox, caplog):
    inbox.failures = [OSError(f"disk full: {TOKEN} болест") for _ in range(4)]
    Person(server, 7).says("а")
    async with polling(server, inbox):
        await server.until(lambda: inbox.failures == [] and inbox.kept)
        await server.until(lambda: server.idle)
    assert caplog.text.count("could not be stored") == 1
    assert "болест" not in caplog.text
    assert TOKEN not in caplog.text


async def test_what_a_crash_left_unconfirmed_comes_again(server, inbox):
    keys = [str(Person(server, n).says("а")) for n in range(5)]
    server.fail("getUpdates", None, *[Fault(500)] * 100)
    async with polling(server, inbox):
        await server.until(lambda: len(inbox.kept) == 5)
    assert not server.idle
    server.faults.clear()
    async with polling(server, inbox):
        await server.until(lambda: server.idle)
    assert inbox.batches == [keys, keys]


async def test_more_than_a_hundred_come_in_turns(server, inbox):
    for n in range(250):
        Person(server, n + 1).says("а")
    async with polling(server, inbox):
        await server.until(lambda: server.idle)
    assert [len(batch) for batch in inbox.batches] == [100, 100, 50]


async def test_a_malformed_update_stands_in_nobodys_way(server, inbox, caplog):
    person = Person(server, 7)
    person.says("преди")
    server.push_raw({"update_id": 900_500_000, "message": {"chat": "?", "text": ["болест"]}})
    server.push_raw({"update_id": 900_500_001, "message": 3})
    server.push_raw("не е обект")
    server.push_raw({"message": {}})
    server.push({"update_id": 900_500_002, "message": person.message(text="после")})
    async with polling(server, inbox):
        await server.until(lambda: len(inbox.kept) == 4)
    assert inbox.kept["900500000"].address == "unknown"
    assert inbox.kept["900500002"].address == "7"
    assert "болест" not in caplog.text


async def test_updates_without_an_id_do_not_make_it_spin(server, inbox):
    server.push_raw({"message": {}})
    async with polling(server, inbox):
        await asyncio.sleep(0.5)
    assert len(server.polls) < 20


async def test_a_new_numbering_below_the_old_one_is_followed(server, inbox):
    person = Person(server, 7)
    server.push({"update_id": 727_334_707, "message": person.message(text="преди")})
    async with polling(server, inbox, rhythm=Rhythm(0, 0.02, 0.1, lambda: 1.0)):
        await server.until(lambda: server.idle and "offset" not in server.polls[-1])
        server.push({"update_id": 117_314_199, "message": person.message(text="след месец")})
        await server.until(lambda: server.idle)
    assert [batch for batch in inbox.batches if batch] == [["727334707"], ["117314199"]]


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        ([CONFLICT] * 5, "another program receives this bot's updates"),
        ([Fault(500)] * 5, "Internal Server Error"),
        ([Fault(502, body="<html>")] * 5, "Bad Gateway"),
        ([Fault(404, "Not Found")] * 5, "Not Found"),
        ([Fault(200, body="<html>")] * 5, "Invalid server response"),
        ([Fault(200, body='{"ok":true,"result":{}}')] * 5, "Invalid server response"),
        ([Fault(200, body='{"ok":true}')] * 5, "could not be read"),
        ([Fault(cut=True)] * 5, "Server"),
    ],
)
async def test_it_goes_on_after_trouble_with_one_line(server, inbox, caplog, faults, said):
    caplog.set_level(logging.INFO, logger="bot")
    server.fail("getUpdates", *faults)
    person = Person(server, 7)
    person.says("а")
    async with polling(server, inbox):
        await server.until(lambda: inbox.kept and server.idle)
    lines = [record.message for record in caplog.records]
    assert len([line for line in lines if said in line]) == 1, lines
    assert lines[-1] == "Telegram: it works again"
    assert len(server.polls) < 15


async def test_it_waits_as_long_as_the_platform_says(server, inbox):
    server.fail("getUpdates", Fault(429, "Too Many Requests", {"retry_after": 1}))
    Person(server, 7).says("а")
    rhythm = Rhythm(hold=2, shortest=0.02, longest=0.1, jitter=lambda: 0.0)
    async with polling(server, inbox, rhythm=rhythm):
        await asyncio.sleep(0.7)
        assert inbox.kept == {}
        await server.until(lambda: inbox.kept)


async def test_a_refused_token_is_one_clear_line_and_tried_again_slowly(server, inbox, caplog):
    server.token = "1:another"  # noqa: S105
    async with polling(server, inbox, rhythm=Rhythm(2, 0.02, 0.5, lambda: 1.0)) as poller:
        await server.until(lambda: "refuses the token" in caplog.text)
        assert "refuses the token" in poller.standing()
        await asyncio.sleep(0.2)
        assert len(server.calls) == 1
        await server.until(lambda: len(server.calls) == 2)
    assert caplog.text.count("\n") == 1
    assert TOKEN not in caplog.text


async def test_a_token_refused_for_a_while_is_no_end(server, inbox, caplog):
    caplog.set_level(logging.INFO)
    async with polling(server, inbox) as poller:
        await server.until(lambda: server.polls)
        server.token = "1:another"  # noqa: S105
        Person(server, 7).says("а")
        await server.until(lambda: "refuses the token" in caplog.text)
        assert poller.standing() != "ok"
        server.token = TOKEN
        await server.until(lambda: inbox.kept and "it works again" in caplog.text)
        assert poller.standing() == "ok"
    assert caplog.text.count("refuses the token") == 1


async def test_what_is_said_in_a_group_is_never_stored(server, inbox):
    person, group = Person(server, 7), {"id": -1001, "type": "supergroup", "title": "Г"}
    person.sends(text="тайна", chat=group)
    async with polling(server, inbox):
        await server.until(lambda: server.idle and server.polled)
        assert not inbox.kept
        person.says("а")
        await server.until(lambda: inbox.kept)
    assert [json.loads(kept.raw)["message"]["text"] for kept in inbox.kept.values()] == ["а"]


async def test_commands_that_are_refused_do_not_keep_people_waiting(server, inbox):
    server.fail("setMyCommands", *[Fault(500)] * 3)
    Person(server, 7).says("а")
    async with polling(server, inbox):
        await server.until(lambda: inbox.kept)
        # Once for each language.
        await server.until(lambda: len(server.sent("", "setMyCommands")) == 4)


async def test_the_platform_away_at_the_start_is_waited_for(server, inbox):
    server.fail("getMe", *[Fault(500)] * 3)
    Person(server, 7).says("а")
    async with polling(server, inbox):
        await server.until(lambda: inbox.kept)


async def test_a_stop_ends_a_poll_that_is_held_open(server, inbox):
    loop = asyncio.get_running_loop()
    async with polling(server, inbox, rhythm=Rhythm(hold=50)):
        await server.until(lambda: server.polled)
        before = loop.time()
    assert loop.time() - before < 1


def test_pauses_grow_to_a_minute_and_are_not_all_alike():
    def pauses(jitter):
        rhythm = Rhythm(jitter=lambda: jitter)
        return [rhythm.pause(tries) for tries in (0, 1, 2, 5, 6, 900)]

    assert pauses(1.0) == [1, 2, 4, 32, 60, 60]
    assert pauses(0.0) == [1, 1, 2, 16, 30, 30]
