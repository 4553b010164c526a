"""Most wanted of such talks: a tap that fails, comes late or twice is one step, and gets a word.

That the same tap under a new update id is no second step stands in `test_telegram_service` too.
"""

from pathlib import Path

import pytest
from bot_api_server import BotApiServer, Fault, Person
from durable import DAY, HOUR, Dial
from phone_service import TEXTS, data_of, notices, quiet, revision, serving
from web_fixtures import Browser, Chat

from bot.channels.telegram import NAME

TOO_OLD = Fault(400, "Bad Request: query is too old and response timeout expired")
MINUTE = HOUR // 60


@pytest.fixture
def person(server: BotApiServer) -> Person:
    return Person(server, 57)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(500),
        Fault(502, body="<html>bad gateway</html>"),
        Fault(429, "Too Many Requests: retry after 1", {"retry_after": 1}),
        Fault(cut=True),
    ],
    ids=["500", "a proxy's page", "too many", "cut off"],
)
async def test_an_answer_that_does_not_get_through_comes_later_and_the_tap_counts_once(
    server: BotApiServer, person: Person, clock: Dial, file: Path, fault: Fault
) -> None:
    async with serving(server, file, clock) as service:
        person.says("/start")
        await person.screen(0)
        server.fail("sendMessage", fault)
        shown = await person.presses("За мен")
        assert "Работите ли в момента?" in shown.text
        await quiet(server, service)
        assert await revision(service, person) == 2
        # Cut off, the first try arrived as well: nobody can know, so it is said once more.
        asked = [call for call in person.sent if "Работите ли" in call.text]
        assert len(asked) == (2 if fault.cut else 1)
        assert notices(server) == [""]


async def test_a_button_that_cannot_be_laid_to_rest_still_does_its_work(
    server: BotApiServer, person: Person, clock: Dial, file: Path
) -> None:
    async with serving(server, file, clock) as service:
        person.says("/start")
        await person.screen(0)
        server.fail("answerCallbackQuery", TOO_OLD, Fault(500), Fault(cut=True))
        for label, expected in (("За мен", "Работите ли"), ("Меню", "Меню"), ("Помощ", "мога")):
            assert expected in (await person.presses(label)).text
        await quiet(server, service)
        assert await revision(service, person) == 4


async def test_a_button_of_a_message_that_is_no_longer_there_does_its_work(
    server: BotApiServer, person: Person, clock: Dial, file: Path
) -> None:
    """The platform tells nothing of such a message but its chat and its number."""
    async with serving(server, file, clock) as service:
        person.says("/start")
        await person.screen(0)
        tap = person.press(data_of(person, "За мен"))
        chat = tap["callback_query"]["message"]["chat"]
        tap["callback_query"]["message"] = {"chat": chat, "message_id": 3, "date": 0}
        server.push(tap)
        shown = await person.screen(1)
        assert "Работите ли в момента?" in shown.text
        await quiet(server, service)
        assert await revision(service, person) == 2


@pytest.mark.parametrize("late", [5 * MINUTE, 2 * HOUR, 3 * DAY], ids=["minutes", "hours", "days"])
async def test_a_tap_that_waited_while_the_service_was_away_is_answered_in_words(
    server: BotApiServer, person: Person, clock: Dial, file: Path, late: int
) -> None:
    async with serving(server, file, clock) as service:
        person.says("/start")
        await person.screen(0)
        tap = person.press(data_of(person, "За мен"))
        await quiet(server, service)
    server.push(tap)
    server.push(tap)
    clock.forward(late)
    server.fail("answerCallbackQuery", TOO_OLD, TOO_OLD)
    async with serving(server, file, clock) as service:
        await person.screen(1)
        await quiet(server, service)
        assert await revision(service, person) == 3
    assert sum("Работите ли" in call.text for call in person.sent) == 1


async def test_a_tap_resent_after_hours_brings_the_screen_and_no_second_step(
    server: BotApiServer, person: Person, clock: Dial, file: Path
) -> None:
    async with serving(server, file, clock) as service:
        person.says("/start")
        await person.screen(0)
        tap = person.press(data_of(person, "За мен"))
        server.push(tap)
        asked = await person.screen(1)
        clock.forward(5 * HOUR)
        server.fail("answerCallbackQuery", TOO_OLD)
        server.push(tap)
        again = await person.screen(2)
        await quiet(server, service)
        said = [call.text for call in person.sent[2:]]
        assert said[0].startswith("Докъде стигнахме:")
        assert said[1] == TEXTS("tap-again")
        assert again.text == asked.text
        # And once more at once: a word on the button.
        server.push(tap)
        await quiet(server, service)
        await server.until(lambda: notices(server)[-1] == TEXTS("tap-again"))


async def test_many_taps_at_once_are_each_one_step_in_order(
    server: BotApiServer, person: Person, clock: Dial, file: Path
) -> None:
    """Somebody impatient presses everything there is, three times, before anything comes back."""
    async with serving(server, file, clock) as service:
        person.says("/start")
        first = await person.screen(0)
        taps = [person.press(b["callback_data"]) for b in first.buttons]
        for tap in taps:
            for _ in range(3):
                server.push(tap)
        await quiet(server, service)
        assert await revision(service, person) == 1 + 3 * len(taps)
        words = await server.until(
            lambda: w if len(w := notices(server)) == 3 * len(taps) else None
        )
        assert words.count(TEXTS("tap-again")) >= 2 * len(taps) - 3
        ages = await service.store.ages()
        assert (ages.dead_messages, ages.oldest_message) == (0, None)


async def test_a_button_from_before_an_erasure_says_so_and_then_greets(
    server: BotApiServer, person: Person, clock: Dial, file: Path
) -> None:
    async with serving(server, file, clock) as service:
        person.says("/start")
        await person.screen(0)
        await person.presses("За мен")
        old = [b["callback_data"] for b in (await person.presses("Без работа")).buttons]
        await person.types("/delete")
        erase = data_of(person, "Да, изтрий всичко")
        await person.presses("Да, изтрий всичко")
        await quiet(server, service)
        for data in (*old, erase):
            before = len(person.sent)
            server.push(person.press(data))
            await quiet(server, service)
            said = [call.text for call in person.sent[before:]]
            assert said[0] == TEXTS("earlier-talk"), data
            assert "Здравейте, аз съм Посока" in said[1], data
            assert len(said) == 2, data
            stored = await service.store.conversation(f"{NAME}:57")
            assert stored is not None
            assert '"answers":{}' in stored.state, data
            await person.types("/delete")
            await person.presses("Да, изтрий всичко")
            await quiet(server, service)


async def test_the_greeting_after_an_erasure_begins_the_new_talk(
    server: BotApiServer, person: Person, clock: Dial, file: Path
) -> None:
    async with serving(server, file, clock) as service:
        person.says("/start")
        await person.screen(0)
        await person.presses("За мен")
        old = data_of(person, "Без работа")
        await person.types("/delete")
        await person.presses("Да, изтрий всичко")
        await quiet(server, service)
        shown = await person.presses("За мен")
        assert "Работите ли в момента?" in shown.text
        before = len(person.sent)
        server.push(person.press(old))
        await quiet(server, service)
        # Even now, when the same question is open again.
        assert person.sent[before].text == TEXTS("earlier-talk")
        assert "Работите ли в момента?" in person.sent[before + 1].text
        assert "свърши последната" in (await person.presses("Без работа")).text


async def test_in_the_web_chat_the_word_is_a_line_of_its_own(chat: Chat, browser: Browser) -> None:
    """A page has no room on a pressed button: without the line there would be silence."""
    await browser.say("/start")
    await chat.settle()
    press = (await browser.look()).buttons["Помощ"]
    await browser.press(press)
    await chat.settle()
    before = len((await browser.look()).bubbles)
    await browser.press(press)
    await chat.settle()
    bubbles = (await browser.look()).bubbles[before:]
    [word] = [text.strip() for who, text in bubbles if who == "bot"]
    assert word.endswith(TEXTS("tap-again"))
