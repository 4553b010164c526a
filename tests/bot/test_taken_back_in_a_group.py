"""What a librarian takes back in the group: what cannot go is told, and nothing else is said."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from durable import Dial
from group_server import GroupServer
from group_service import TEXTS, TOPIC, Library, library
from test_telegram_desk_in import document

from bot.clock import millis

COPY = 4321
"""The bot's own message in the topic, in which the mirror shows what was sent."""


@pytest.fixture
async def groups() -> AsyncIterator[GroupServer]:
    async with GroupServer() as server:
        yield server
    assert server.against_the_description == []


@pytest.fixture
async def here(groups: GroupServer, file: Path, clock: Dial) -> AsyncIterator[Library]:
    async with library(groups, file, clock) as built:
        yield built


async def pressed(here: Library, text: str, choice: str) -> None:
    """Send an answer as a press does, and let the mirror show it in a message of the bot's."""
    case = await here.case()
    account = here.desk.groups
    maria = await account.librarian(here.maria.user, case.library or "", "Мария", 0)
    ref = f"tg-press:{here.group.id}:9:{choice}"
    await here.service.roster.act(case, "reply", maria, key=ref, text=text, ref=ref)
    await here.quiet()
    found = await account.entry(ref)
    assert found
    at = millis(here.clock())
    row = (here.group.id, COPY, case.number, found[1].id, "text", at)
    sql = "INSERT INTO desk_post (chat, message, number, entry, mark, at) VALUES (?, ?, ?, ?, ?, ?)"
    await here.store.write((sql, row))


def takes_back(here: Library, who: str = "maria") -> int:
    colleague = getattr(here, who)
    message = colleague.message(TOPIC, text="/изтрий", reply=COPY)
    message["reply_to_message"]["from"] = {"id": 999, "is_bot": True, "first_name": "Посока"}
    here.server.push({"message": message})
    return int(message["message_id"])


async def test_what_was_sent_by_a_press_is_taken_back_by_its_copy(here: Library):
    await here.asked()
    await pressed(here, "Готов отговор.", "a:1")
    assert any("Готов отговор." in text for text in here.screen)
    command = takes_back(here)
    await here.quiet()
    assert not any("Готов отговор." in text for text in here.screen)
    assert await here.history("librarian") == [""]
    assert here.server.marks(here.group)[command] == "👌"


async def test_nobody_takes_back_what_a_colleague_sent_by_a_press(here: Library):
    await here.asked()
    await pressed(here, "Готов отговор.", "a:1")
    takes_back(here, "ivan")
    await here.quiet()
    assert any("Готов отговор." in text for text in here.screen)
    assert here.told() == [TEXTS("desk-tg-retract-own")]


async def test_of_several_in_one_copy_none_is_guessed(here: Library):
    await here.asked()
    await pressed(here, "Готов отговор.", "a:1")
    await pressed(here, "И друг.", "a:2")
    takes_back(here)
    await here.quiet()
    assert await here.history("librarian") == ["Готов отговор.", "И друг."]
    assert here.told() == [TEXTS("desk-tg-retract-which")]


async def test_after_two_days_a_file_is_not_said_to_be_taken_back(here: Library):
    await here.asked()
    number = here.maria.sends(TOPIC, document=document(), caption="Вижте")
    words = here.maria.says("Елате.", TOPIC)
    await here.quiet()
    here.clock.now += dt.timedelta(hours=48)
    here.maria.says("/изтрий", TOPIC, reply=number)
    await here.quiet()
    assert here.told() == [TEXTS("desk-tg-retract-late")]
    assert await here.history("librarian") == ["Вижте", "Елате."]
    assert "оттегли" not in here.seen
    # Words can be replaced at any time.
    here.maria.says("/изтрий", TOPIC, reply=words)
    await here.quiet()
    assert await here.history("librarian") == ["Вижте", ""]
    assert not any("Елате." in text for text in here.screen)
