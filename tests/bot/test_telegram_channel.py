"""Sending, against a Bot API server on loopback: what arrives, what each refusal becomes."""

import asyncio
import datetime as dt
import json
import logging
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from bot_api_server import TOKEN, Fault, Person, Shown, bulgarian
from pages import LINK, REALISTIC, words_of
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.interface import Limits, SendError
from bot.channels.telegram import NAME, TelegramChannel
from bot.channels.telegram.failures import send_error
from bot.channels.telegram.rendering import units
from bot.store.interface import Received
from dialogs.model import Button, Message, Pin
from dialogs.respond import COMMANDS
from dialogs.texts import load_texts
from dialogs.undelivered import STAYS

MARKER = "болест-която-никой-не-бива-да-види"
CHAT = "7001"
YES = Button(label="Да", action="a:x:yes")
FAST = Limits(per_second=1000, chat_gap=0)
PIN = Pin(name="Библиотека", address="гр. Роман", latitude=43.15, longitude=23.92)


@asynccontextmanager
async def connected(url, *, limits=FAST, language_of=bulgarian):
    async with TelegramChannel(TOKEN, url, load_texts(), language_of, limits=limits) as channel:
        yield channel


@pytest.fixture
async def channel(server):
    async with connected(server.url) as channel:
        yield channel


def received(update):
    return Received(1, NAME, CHAT, f"{NAME}:{CHAT}", json.dumps(update), 0)


# -- what arrives ------------------------------------------------------------------------------


async def test_a_message_arrives_as_plain_text_with_its_buttons(server, channel):
    text = "Здравейте <b>& _*[ 😀"
    sent = await channel.send(CHAT, Message(text=text, serial=3, rows=((YES,),)))
    [call] = server.sent(CHAT)
    assert sent == str(call.result["message_id"])
    assert call.text == text
    assert call.buttons == [{"text": "Да", "callback_data": "3.a:x:yes"}]
    assert set(call.parameters) == {"chat_id", "text", "reply_markup", "link_preview_options"}
    assert json.loads(call.parameters["link_preview_options"]) == {"is_disabled": True}


async def test_a_long_message_arrives_in_order_with_the_buttons_last(server, channel):
    text = "\n\n".join(f"{n}. {'дума 😀 ' * 300}".strip() for n in range(12))
    sent = await channel.send(CHAT, Message(text=text, rows=((YES,),)))
    calls = server.sent(CHAT)
    assert len(calls) > 3
    assert all(units(call.text) <= 4096 for call in calls)
    assert "\n\n".join(call.text for call in calls) == text
    assert [bool(call.buttons) for call in calls] == [False] * (len(calls) - 1) + [True]
    assert sent == ",".join(str(call.result["message_id"]) for call in calls)


async def test_a_pin_follows_the_words(server, channel):
    await channel.send(CHAT, Message(text="Ето къде", pin=PIN))
    [venue] = server.sent(CHAT, "sendVenue")
    assert venue.parameters["title"] == "Библиотека"
    assert [call.method for call in server.calls] == ["sendMessage", "sendVenue"]


async def test_a_refused_pin_does_not_undo_the_words(server, channel):
    server.fail("sendVenue", Fault(400, "Bad Request: VENUE_INVALID"))
    assert await channel.send(CHAT, Message(text="Ето къде", pin=PIN)) == "1"


async def test_the_parts_of_a_message_keep_the_distance_of_the_chat(server):
    async with connected(server.url, limits=Limits(per_second=1000, chat_gap=0.2)) as channel:
        await channel.send(CHAT, Message(text="дума " * 1500, pin=PIN))
    at = [call.at for call in server.calls]
    assert len(at) == 3
    assert all(later - earlier >= 0.19 for earlier, later in pairwise(at))


async def test_calls_of_all_chats_keep_the_pace_of_the_platform(server):
    async with connected(server.url, limits=Limits(per_second=20, chat_gap=0)) as channel:
        await asyncio.gather(*(channel.send(str(n), Message(text="а")) for n in range(1, 32)))
    at = sorted(call.at for call in server.calls)
    # It is read there as soon as a busy machine comes to it: the first one may be late.
    assert at[-1] - at[0] >= 30 / 20 - 0.3


async def test_many_chats_are_served_at_once(server, channel):
    await asyncio.gather(*(channel.send(str(n), Message(text="а")) for n in range(1, 201)))
    assert len(server.calls) == 200


# -- the location button -----------------------------------------------------------------------


async def test_a_question_for_the_place_offers_the_location_and_takes_the_offer_back(
    server, channel
):
    question = Message(text="Къде?", serial=1, rows=((YES,),), asks_location=True)
    await channel.send(CHAT, question)
    asked, prompt = server.sent(CHAT)
    assert asked.buttons
    [[button]] = prompt.markup["keyboard"]
    assert button["request_location"] is True
    assert button["text"] == load_texts()["bg"]("telegram-send-location")
    assert prompt.markup["one_time_keyboard"] is True
    await channel.send(CHAT, Message(text="Добре"))
    [gone] = await server.until(lambda: server.sent(CHAT, "deleteMessage"))
    assert gone.parameters["message_id"] == str(prompt.result["message_id"])
    await channel.send(CHAT, Message(text="Нататък"))
    assert len(server.sent(CHAT, "deleteMessage")) == 1


async def test_the_offer_speaks_the_language_of_the_talk(server):
    async def english(address):
        assert address == CHAT
        return "en"

    async with connected(server.url, language_of=english) as channel:
        await channel.send(CHAT, Message(text="Where?", asks_location=True))
    assert server.sent(CHAT)[1].text == load_texts()["en"]("telegram-or-location")


async def test_asking_again_replaces_the_offer(server, channel):
    question = Message(text="Къде?", asks_location=True)
    await channel.send(CHAT, question)
    await channel.send(CHAT, question)
    first, second = [call for call in server.sent(CHAT) if "keyboard" in call.markup]
    [gone] = await server.until(lambda: server.sent(CHAT, "deleteMessage"))
    assert gone.parameters["message_id"] == str(first.result["message_id"])
    assert second.result["message_id"] > first.result["message_id"]


@pytest.mark.parametrize("fault", [Fault(429, "…", {"retry_after": 3}), Fault(cut=True)])
async def test_without_the_offer_the_question_still_stands(server, channel, fault):
    server.fail("sendMessage", None, fault)
    assert await channel.send(CHAT, Message(text="Къде?", asks_location=True)) == "1"


async def test_without_its_language_the_question_still_stands(server):
    async def away(_address):
        raise OSError

    async with connected(server.url, language_of=away) as channel:
        assert await channel.send(CHAT, Message(text="Къде?", asks_location=True)) == "1"


# -- files -------------------------------------------------------------------------------------


def with_file(text, **changed):
    document = REALISTIC.model_copy(update=changed)
    return Message(text=text, serial=3, rows=((YES,),), document=document)


async def test_a_file_comes_with_the_words_below_it_and_the_buttons(server, channel):
    sent = await channel.send(CHAT, with_file("Ето плана Ви"))
    [call] = server.sent(CHAT, "sendDocument")
    assert sent == str(call.result["message_id"])
    assert call.parameters["caption"] == "Ето плана Ви"
    assert call.buttons == [{"text": "Да", "callback_data": "3.a:x:yes"}]
    assert call.file.name == "План за работа.pdf"
    assert server.sent(CHAT) == []
    assert REALISTIC.title in words_of(call.file.content)


async def test_the_code_on_the_page_opens_this_bot(server, channel):
    await channel.send(CHAT, with_file("план"))
    await channel.send(CHAT, with_file("план"))
    await channel.send(CHAT, with_file("план", payload=""))
    await channel.send(CHAT, with_file("план", payload="not a payload"))
    files = [call.file.content for call in server.sent(CHAT, "sendDocument")]
    assert [LINK.encode() in file for file in files] == [True, True, False, False]
    assert [call.method for call in server.calls].count("getMe") == 1


@pytest.mark.parametrize(
    ("length", "before"), [(1, 0), (1023, 0), (1024, 0), (1025, 1), (4096, 1), (4097, 2)]
)
async def test_words_that_are_too_long_to_stand_below_it_come_before(
    server, channel, length, before
):
    text = "д" * (length - 2) + "😀" if length > 2 else "д" * length
    assert units(text) == length
    sent = await channel.send(CHAT, with_file(text))
    texts, [file] = server.sent(CHAT), server.sent(CHAT, "sendDocument")
    assert len(texts) == before
    assert "".join(call.text for call in texts) + file.parameters.get("caption", "") == text
    assert not any(call.buttons for call in texts)
    assert file.buttons
    assert sent == ",".join(str(call.result["message_id"]) for call in (*texts, file))


async def test_a_docx_is_sent_as_one(server, channel):
    await channel.send(CHAT, with_file("автобиография", form="docx"))
    [call] = server.sent(CHAT, "sendDocument")
    assert call.file.name == "План за работа.docx"
    assert call.file.content.startswith(b"PK")


async def test_a_refused_file_leaves_the_words_and_says_so(server, channel):
    server.fail("sendDocument", Fault(400, "Bad Request: file must be non-empty"))
    await channel.send(CHAT, with_file("Ето плана Ви"))
    [call] = server.sent(CHAT)
    assert call.text == f"Ето плана Ви\n\n{load_texts()['bg']('document-failed')}"
    assert call.buttons


async def test_a_page_that_cannot_be_made_leaves_the_words_and_says_so(
    server, channel, monkeypatch, caplog
):
    def broken(*_):
        raise ValueError(MARKER)

    monkeypatch.setattr("bot.channels.telegram.channel.file_of", broken)
    await channel.send(CHAT, with_file(f"Ето {'плана ' * 300}"))
    assert server.sent(CHAT, "sendDocument") == []
    assert server.sent(CHAT)[-1].text.endswith(load_texts()["bg"]("document-failed"))
    assert MARKER not in caplog.text


@pytest.mark.parametrize("fault", [Fault(429, "…", {"retry_after": 1}), Fault(500)])
async def test_tried_again_the_words_before_a_file_are_not_sent_twice(server, channel, fault):
    message = with_file("дума " * 500)
    server.fail("sendDocument", fault)
    with pytest.raises(SendError) as caught:
        await channel.send(CHAT, message)
    assert caught.value.again
    await channel.send(CHAT, message)
    assert len(server.sent(CHAT)) == 1
    assert len(server.sent(CHAT, "sendDocument")) == 1


# -- taking back -------------------------------------------------------------------------------

NEUTRAL = "Времето днес"


async def test_what_was_sent_becomes_a_neutral_text_without_buttons(server, channel):
    sent = await channel.send(CHAT, Message(text="Мерки", rows=((YES,),)))
    await channel.hide(CHAT, sent.split(","), NEUTRAL)
    assert list(server.screens[CHAT].values()) == [Shown(NEUTRAL)]


async def test_of_a_message_in_parts_one_text_is_left(server, channel):
    sent = await channel.send(CHAT, Message(text="дума " * 2500, rows=((YES,),), pin=PIN))
    assert len(sent.split(",")) == 5
    await channel.hide(CHAT, sent.split(","), NEUTRAL)
    assert list(server.screens[CHAT].values()) == [Shown(NEUTRAL)]


async def test_a_file_is_taken_away(server, channel):
    for text in ("", NEUTRAL):
        sent = await channel.send(CHAT, with_file("план"))
        await channel.hide(CHAT, sent.split(","), text)
        assert server.screens[CHAT] == {}


async def test_hidden_twice_it_stays_hidden_and_nobody_minds(server, channel):
    sent = await channel.send(CHAT, Message(text="Мерки"))
    for _ in range(2):
        await channel.hide(CHAT, sent.split(","), NEUTRAL)
    assert list(server.screens[CHAT].values()) == [Shown(NEUTRAL)]
    await channel.hide(CHAT, ["77", "78"], NEUTRAL)
    await channel.hide(CHAT, ["79"], "")


async def test_what_cannot_be_changed_any_more_is_taken_away(server, channel):
    sent = await channel.send(CHAT, Message(text="Мерки"))
    server.fail("editMessageText", Fault(400, "Bad Request: message can't be edited"))
    await channel.hide(CHAT, [sent], NEUTRAL)
    assert server.screens[CHAT] == {}


async def test_many_words_of_a_person_go_in_few_calls(server, channel):
    person = Person(server, int(CHAT))
    for n in range(230):
        person.says(f"дума {n}")
    ids = [str(number) for number in server.screens[CHAT]]
    await channel.hide(CHAT, ids, "")
    assert server.screens[CHAT] == {}
    assert [call.method for call in server.calls] == ["deleteMessages"] * 3


async def test_one_word_that_cannot_go_does_not_keep_the_others(server, channel):
    person = Person(server, int(CHAT))
    for n in range(3):
        person.says(f"дума {n}")
    ids = [str(number) for number in server.screens[CHAT]]
    server.fail("deleteMessages", Fault(400, "Bad Request: message can't be deleted"))
    server.fail("deleteMessage", Fault(400, "Bad Request: message can't be deleted"))
    with pytest.raises(SendError) as caught:
        await channel.hide(CHAT, ids, "")
    assert (caught.value.reason, caught.value.again) == (STAYS, False)
    assert list(server.screens[CHAT]) == [int(ids[0])]


@pytest.mark.parametrize(
    ("fault", "again", "wait"),
    [
        (Fault(429, "…", {"retry_after": 5}), True, 5),
        (Fault(500), True, None),
        (Fault(403, "Forbidden: bot was blocked by the user"), False, None),
    ],
)
async def test_a_failure_to_hide_is_told_as_any_other(server, channel, fault, again, wait):
    server.fail("editMessageText", fault)
    with pytest.raises(SendError) as caught:
        await channel.hide(CHAT, ["1"], NEUTRAL)
    assert caught.value.again is again
    assert caught.value.wait == (dt.timedelta(seconds=wait) if wait else None)


async def test_hiding_keeps_the_pace_of_the_platform(server):
    async with connected(server.url, limits=Limits(per_second=20, chat_gap=0)) as channel:
        for number in range(8):
            await channel.hide(CHAT, [str(number + 1)], "")
    at = [call.at for call in server.calls]
    assert at[-1] - at[0] >= 7 / 20 - 0.02


# -- what each refusal becomes -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "again", "wait", "reason"),
    [
        (RetryAfter(7), True, 7, "too many messages"),
        (TimedOut(), True, None, "Timed out"),
        (NetworkError("Internal Server Error"), True, None, "Internal Server Error"),
        (Forbidden("Forbidden: bot was blocked by the user"), False, None, "blocked"),
        (Forbidden("Forbidden: user is deactivated"), False, None, "deleted"),
        (BadRequest("Chat not found"), False, None, "no-chat"),
        (BadRequest("Message is too long"), False, None, "too-long"),
        (BadRequest("Message can't be deleted"), False, None, "stays"),
        (BadRequest("Something new"), False, None, "Something new"),
        (ChatMigrated(-100), False, None, "no-chat"),
        (InvalidToken("Unauthorized"), True, None, "the token is refused"),
        (Conflict("?"), True, None, "?"),
        (TelegramError("Invalid server response"), True, None, "Invalid server response"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_each_refusal_means_what_the_table_says(error, again, wait, reason):
    found = send_error(error)
    assert (found.again, found.reason) == (again, reason)
    assert found.wait == (dt.timedelta(seconds=wait) if wait else None)


@pytest.mark.parametrize(
    ("fault", "again", "wait"),
    [
        (Fault(429, "Too Many Requests: retry after 5", {"retry_after": 5}), True, 5),
        (Fault(403, "Forbidden: bot was blocked by the user"), False, None),
        (Fault(400, "Bad Request: chat not found"), False, None),
        (Fault(400, "Bad Request: migrated", {"migrate_to_chat_id": -1001}), False, None),
        (Fault(401, "Unauthorized"), True, None),
        (Fault(404, "Not Found"), True, None),
        (Fault(500, "Internal Server Error"), True, None),
        (Fault(502, body="<html>bad gateway /bot123:x</html>"), True, None),
        (Fault(200, body="<html>sign in to the wireless network</html>"), True, None),
        (Fault(200, body='{"ok": true, "result": {"message_id": 1}}'), False, None),
        (Fault(200, body="[]"), True, None),
        (Fault(302, body="moved"), True, None),
        (Fault(cut=True), True, None),
    ],
    ids=lambda value: f"{value.status}{value.body or ''}" if isinstance(value, Fault) else None,
)
async def test_each_answer_becomes_a_send_error(server, channel, fault, again, wait):
    server.fail("sendMessage", fault)
    with pytest.raises(SendError) as caught:
        await channel.send(CHAT, Message(text=MARKER))
    assert caught.value.again is again
    assert caught.value.wait == (dt.timedelta(seconds=wait) if wait else None)
    assert await channel.send(CHAT, Message(text=MARKER))


async def test_no_server_is_a_reason_to_try_again():
    async with connected("http://127.0.0.1:1") as channel:
        with pytest.raises(SendError) as caught:
            await channel.send(CHAT, Message(text="а"))
    assert caught.value.again
    assert "refused" in caught.value.reason


@pytest.mark.parametrize("text", ["", " \n"])
async def test_a_message_without_words_is_not_sent(channel, text):
    with pytest.raises(SendError) as caught:
        await channel.send(CHAT, Message(text=text))
    assert not caught.value.again


async def test_an_address_that_is_no_chat_is_not_sent_to(channel):
    with pytest.raises(SendError) as caught:
        await channel.send("unknown", Message(text="а"))
    assert not caught.value.again


async def test_tried_again_a_message_goes_on_with_the_part_that_failed(server, channel):
    message = Message(text="дума " * 2500, rows=((YES,),), pin=PIN)
    server.fail("sendMessage", None, Fault(500), None, Fault(429, "…", {"retry_after": 1}))
    server.fail("sendVenue", Fault(500))
    for _ in range(3):
        with pytest.raises(SendError):
            await channel.send(CHAT, message)
    sent = await channel.send(CHAT, message)
    assert " ".join(call.text for call in server.sent(CHAT)) == message.text.strip()
    assert len(server.sent(CHAT, "sendVenue")) == 1
    assert len(sent.split(",")) == len(server.sent(CHAT)) + 1


async def test_given_up_a_message_is_begun_anew(server, channel):
    message = Message(text="дума " * 1500)
    server.fail("sendMessage", None, Fault(403, "Forbidden: bot was blocked by the user"))
    with pytest.raises(SendError):
        await channel.send(CHAT, message)
    await channel.send(CHAT, message)
    assert len(server.sent(CHAT)) == 3


async def test_the_same_words_said_twice_are_sent_twice(server, channel):
    for _ in range(2):
        await channel.send(CHAT, Message(text="Вече го отбелязах."))
    assert len(server.sent(CHAT)) == 2


# -- who it is ---------------------------------------------------------------------------------


async def test_the_bot_says_who_it_is_and_offers_its_commands(server, channel):
    assert await channel.introduce() == "@posoka_bot"
    await channel.offer_commands()
    offered = [call.parameters for call in server.calls[1:]]
    bulgarian, *others = offered
    assert "language_code" not in bulgarian
    assert [other["language_code"] for other in others] == ["en", "tr", "uk"]
    assert json.loads(bulgarian["scope"]) == {"type": "all_private_chats"}
    names = [[c["command"] for c in json.loads(p["commands"])] for p in offered]
    assert all(same == names[0] for same in names)
    assert {"menu", "help", "privacy", "language", "delete"} <= set(names[0]) <= set(COMMANDS)
    for command in (c for p in offered for c in json.loads(p["commands"])):
        assert 1 <= len(command["description"]) <= 256


# -- secrets -----------------------------------------------------------------------------------


async def test_neither_the_token_nor_what_people_wrote_is_ever_logged(server, caplog):
    caplog.set_level(logging.INFO)
    for name in ("telegram", "aiohttp", "asyncio"):
        caplog.set_level(logging.WARNING, logger=name)
    errors = []
    page = f"<html>no such page: /bot{TOKEN}/sendMessage {MARKER}</html>"
    faults = [
        Fault(404, body=page),
        Fault(502, body=page),
        Fault(200, body=page),
        Fault(200, body=json.dumps([page])),
        Fault(400, "Bad Request: chat not found"),
        Fault(401, "Unauthorized"),
        Fault(cut=True),
    ]
    for url in (server.url, "http://127.0.0.1:1", "http://no.such.host.invalid"):
        async with connected(url) as channel:
            server.fail("sendMessage", *(faults if url == server.url else []))
            server.fail("getMe", *(faults if url == server.url else []))
            for _ in faults:
                with pytest.raises(SendError) as caught:
                    await channel.send(CHAT, Message(text=MARKER))
                errors.append(caught.getrepr(chain=True, style="short"))
                with pytest.raises(TelegramError) as refused:
                    await channel.introduce()
                errors.append(refused.value)
            channel.rest(received(Person(server, 1).press("1.a")), MARKER)
    said = caplog.text + "".join(map(str, errors)) + "".join(map(repr, errors))
    for secret in (TOKEN, TOKEN.partition(":")[2]):
        assert secret not in said
    assert MARKER not in caplog.text


async def test_a_button_rests_with_a_word_where_there_is_one(server, channel):
    server.fail("answerCallbackQuery", Fault(400, "Bad Request: query is too old"))
    notices = ("", "", "Вече го отбелязах.", "много думи " * 100)
    for done, notice in enumerate(notices):
        channel.rest(received(Person(server, 7).press("1.a")), notice)
        await server.until(lambda done=done: len(server.calls) > done)
    channel.rest(received({"message": {"chat": {"id": 7}}}), "Вече го отбелязах.")
    calls = server.sent("", "answerCallbackQuery")
    said = [call.parameters.get("text") for call in calls]
    assert said == [None, "Вече го отбелязах.", ("много думи " * 100)[:200]]
