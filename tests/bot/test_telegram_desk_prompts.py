"""What librarians are asked in their group: whose question it is, and what its old buttons do."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_api_server import Shown
from durable import Dial
from group_server import Colleague, Group, GroupServer
from group_service import BUREAU, TEXTS, TOPIC, Library, library

from bot.store.interface import Librarian

ASKED = 4444
"""A message of the bot's own under which somebody taps; another one is the next."""


@pytest.fixture
async def groups() -> AsyncIterator[GroupServer]:
    async with GroupServer() as server:
        yield server
    assert server.against_the_description == []


@pytest.fixture
async def here(groups: GroupServer, file: Path, clock: Dial) -> AsyncIterator[Library]:
    topics = {"transport": "Транспорт", "pay": "Заплата"}
    async with library(groups, file, clock, topics=topics) as built:
        for number in (ASKED, ASKED + 1):
            groups.screens[str(built.group.id)][number] = Shown("…")
        yield built


def buttons(here: Library, method: str = "sendMessage") -> list[str]:
    """Return what the last buttons in the group carry."""
    shown = [call for call in here.server.sent(here.group.id, method) if call.buttons]
    return [b["callback_data"] for b in shown[-1].buttons]


def cleared(here: Library) -> list[str]:
    calls = here.server.sent(here.group.id, "editMessageReplyMarkup")
    assert all(not call.buttons for call in calls)
    return [call.parameters["message_id"] for call in calls]


def taken_away(here: Library) -> list[str]:
    return [c.parameters["message_id"] for c in here.server.sent(here.group.id, "deleteMessage")]


# -- the words came --------------------------------------------------------------------------------


async def asks_for_a_note(here: Library) -> str:
    """Let Мария choose Иван; return what the button that calls it off carries."""
    case = await here.asked()
    here.ivan.says("/тук-съм")
    await here.quiet()
    here.maria.taps(f"desk:give:{case.number}:w:tg-{here.ivan.user}", TOPIC, under=ASKED)
    await here.quiet()
    return buttons(here, "editMessageText")[-1]


async def test_after_the_note_the_question_has_no_buttons_and_an_old_one_says_it_is_done(
    here: Library,
):
    off = await asks_for_a_note(here)
    here.maria.says("Пази го.", TOPIC)
    await here.quiet()
    assert (await here.case()).claimed_name == "Иван"
    assert cleared(here) == [str(ASKED)]
    here.maria.taps(off, TOPIC, under=ASKED)
    await here.quiet()
    assert here.server.notices()[-1] == TEXTS("desk-tg-done-already")
    assert str(ASKED) not in taken_away(here)
    assert (await here.case()).claimed_name == "Иван"


async def test_what_is_called_off_in_time_is_called_off(here: Library):
    off = await asks_for_a_note(here)
    here.maria.taps(off, TOPIC, under=ASKED)
    await here.quiet()
    assert here.server.notices()[-1] == TEXTS("desk-tg-cancelled")
    assert taken_away(here) == [str(ASKED)]
    here.maria.says("Елате утре.", TOPIC)
    await here.quiet()
    assert any("Елате утре." in text for text in here.screen)
    assert (await here.case()).claimed_name == "Мария"


async def test_nobody_calls_off_what_a_colleague_was_asked(here: Library):
    off = await asks_for_a_note(here)
    here.ivan.taps(off, TOPIC, under=ASKED)
    await here.quiet()
    assert here.server.notices()[-1] == TEXTS("desk-tg-old-button")
    assert taken_away(here) == []
    here.maria.says("Пази го.", TOPIC)
    await here.quiet()
    assert (await here.case()).claimed_name == "Иван"


@pytest.mark.parametrize("how", ["a command", "a button"])
async def test_after_the_question_to_an_expert_its_buttons_go(here: Library, how: str):
    expert = Librarian("web-1", BUREAU, "Петя", trial=False)
    await here.service.desk.invite("код", BUREAU, here.clock.ms + 1000, trial=False)
    await here.service.desk.join("код", expert, here.clock.ms)
    await here.service.roster.refresh()
    case = await here.asked()
    if how == "a command":
        here.maria.says("/бюро", TOPIC)
    else:
        here.maria.taps(f"desk:expert:{case.number}", TOPIC)
    await here.quiet()
    asked = [c for c in here.server.sent(here.group.id) if c.buttons][-1]
    off = asked.buttons[-1]["callback_data"]
    here.maria.says("Може ли да учи и да работи?", TOPIC)
    await here.quiet()
    assert (await here.case()).expert_desk == BUREAU
    number = asked.result["message_id"]
    assert cleared(here) == [str(number)]
    here.maria.taps(off, TOPIC, under=number)
    await here.quiet()
    assert here.server.notices()[-1] == TEXTS("desk-tg-done-already")


# -- how a talk ended ------------------------------------------------------------------------------


async def test_who_does_not_have_the_case_cannot_spoil_the_question_how_it_ended(here: Library):
    case = await here.asked()
    here.maria.says("Елате утре.", TOPIC)
    here.maria.taps(f"desk:close:{case.number}", TOPIC)
    await here.quiet()
    theirs = buttons(here)
    for data in theirs:
        here.ivan.taps(data, TOPIC, under=ASKED)
        await here.quiet()
        assert here.server.notices()[-1] == "Мария пое въпроса в 12:00."
    here.ivan.taps(f"desk:close:{case.number}:unanswered:pay", TOPIC, under=ASKED)
    here.ivan.taps(f"desk:close:{case.number}:back", TOPIC, under=ASKED)
    await here.quiet()
    assert here.server.sent(here.group.id, "editMessageText") == []
    assert taken_away(here) == []
    assert (await here.case()).is_open
    here.maria.taps(theirs[0], TOPIC, under=ASKED)
    await here.quiet()
    assert (await here.case()).resolution == "answered"
    assert taken_away(here) == [str(ASKED)]


async def test_from_the_topics_a_way_leads_back_to_how_it_ended(here: Library):
    case = await here.asked()
    here.maria.says("Елате утре.", TOPIC)
    here.maria.taps(f"desk:close:{case.number}", TOPIC)
    await here.quiet()
    endings = buttons(here)
    here.maria.taps(f"desk:close:{case.number}:unanswered", TOPIC, under=ASKED)
    await here.quiet()
    topics = here.server.sent(here.group.id, "editMessageText")[-1]
    assert [b["text"] for b in topics.buttons] == ["Транспорт", "Заплата", "← Назад"]
    here.maria.taps(topics.buttons[-1]["callback_data"], TOPIC, under=ASKED)
    await here.quiet()
    again = here.server.sent(here.group.id, "editMessageText")[-1]
    assert [b["callback_data"] for b in again.buttons] == endings
    assert again.text == TEXTS("desk-tg-how-ended", number=str(case.number))
    assert (await here.case()).is_open


async def test_what_was_left_of_the_question_after_the_end_says_so_and_goes(here: Library):
    case = await here.asked()
    here.maria.says("Елате утре.", TOPIC)
    here.maria.taps(f"desk:close:{case.number}:answered", TOPIC, under=ASKED)
    here.maria.taps(f"desk:cancel:{case.number}", TOPIC, under=ASKED + 1)
    await here.quiet()
    assert here.server.notices()[-1] == "Разговорът приключи в 12:00."
    assert taken_away(here) == [str(ASKED), str(ASKED + 1)]


# -- what everybody is to read ---------------------------------------------------------------------


async def test_colleagues_read_in_general_who_is_away_though_a_button_was_pressed(here: Library):
    await here.asked()
    here.maria.taps("desk:away")
    await here.quiet()
    away = TEXTS("desk-tg-away", name="Мария", count=0)
    assert here.server.notices()[-1] == away
    assert here.told(None)[-1] == away
    here.maria.taps("desk:away", TOPIC)
    await here.quiet()
    assert here.told(None).count(away) == 1
    here.maria.taps("desk:here", TOPIC)
    await here.quiet()
    assert here.told(None)[-1] == TEXTS("desk-tg-back", name="Мария")


async def test_what_is_missing_after_an_upgrade_is_said_once(groups, file: Path, clock: Dial):
    async with library(groups, file, clock, join=False) as here:
        small = Group(-500, "Малка", type="group", topics=False, rights=set())
        await here.joined(small)
        grown = Group(-1005, "Малка", topics=False)
        groups.groups[grown.id] = grown
        small.moved_to = grown.id
        old, new = Colleague(groups, small, 11, "М"), Colleague(groups, grown, 11, "М")
        groups.stands(grown, "left")
        old.sends(migrate_to_chat_id=grown.id)
        new.sends(migrate_from_chat_id=small.id)
        await here.quiet()
        missing = TEXTS("desk-tg-missing-topics")
        assert sum(missing in text for text in here.told(None, grown)) == 1
        # Whoever asks is told again.
        new.says("/проверка")
        await here.quiet()
        assert sum(missing in text for text in here.told(None, grown)) == 2
