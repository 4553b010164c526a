"""The plan and its reminders from end to end: real SQLite, the Bot API on loopback."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot_api_server import TOKEN, BotApiServer, Person, bulgarian
from durable import Dial
from later_talk import at
from pages import words_of
from pypdf import PdfReader

from bot.channels.interface import Limits
from bot.channels.telegram import NAME, TelegramChannel
from bot.clock import millis
from bot.polling import Poller, Rhythm
from bot.service import Service, running
from bot.store.interface import Retention
from bot.store.sqlite import SqliteStore
from dialogs.texts import load_texts

LAID_OFF = ("Без работа", "18.11.2026", "Враца", "Не", "57")
FIRST_LINE = "🔔 Посока: напомняне, както поискахте."


@asynccontextmanager
async def serving(server: BotApiServer, file: Path, clock: Dial) -> AsyncIterator[Service]:
    fast = Limits(per_second=1000, chat_gap=0)
    rhythm = Rhythm(hold=2, shortest=0.02, longest=0.1)
    async with (
        TelegramChannel(TOKEN, server.url, load_texts(), bulgarian, limits=fast) as channel,
        running(SqliteStore(file), {}, {NAME: channel}, clock) as service,
        Poller(channel, service.runtime.take_in, clock, print, rhythm).running(),
    ):
        yield service


async def answered(person: Person) -> None:
    """Answer the first questions of the interview."""
    person.says("/start")
    await person.screen(0)
    await person.presses("За мен")
    for reply in LAID_OFF:
        labels = [b["text"] for b in person.sent[-1].buttons]
        await (person.presses(reply) if reply in labels else person.types(reply))


async def kept(service: Service) -> tuple[int, int]:
    ages = await service.store.ages()
    return ages.reminders, ages.rechecks


async def test_a_plan_on_paper_and_a_reminder_after_a_restart(
    server: BotApiServer, file: Path, clock: Dial
) -> None:
    person = Person(server, 57)
    async with serving(server, file, clock):
        await answered(person)
        screen = await person.types("план")
        assert "1. ⏰ Регистрация в бюрото по труда – до 27.11.2026" in screen.text
        server.push(person.press(str(person.data_of("Изпрати като PDF"))))
        [call] = await server.until(lambda: server.sent(57, "sendDocument"))
        assert call.file is not None
        assert call.file.name == "Моят план.pdf"
        assert len(PdfReader(io.BytesIO(call.file.content)).pages) == 1
        assert "до 27.11.2026" in words_of(call.file.content)
        assert "57" not in words_of(call.file.content)
        await person.types("/reminders")
        await person.presses("Срок за бюрото")
    clock.now = at("2026-11-25 09:29")
    async with serving(server, file, clock) as service:
        assert await kept(service) == (1, 0)
        assert "Моят план: какво е първо" in (await person.types("/plan")).text
    before = len(person.sent)
    clock.now = at("2026-11-25 09:31")
    async with serving(server, file, clock) as service:
        message = await person.screen(before)
        assert message.text.startswith(FIRST_LINE)
        assert "До 27.11.2026 е срокът за регистрация в бюрото." in message.text
        assert await kept(service) == (0, 0)
        assert "1. ⏰ Регистрация" in (await person.presses("Моят план")).text


async def test_it_comes_when_the_talk_is_gone_and_begins_anew(
    server: BotApiServer, file: Path, clock: Dial
) -> None:
    person = Person(server, 57)
    async with serving(server, file, clock) as service:
        await answered(person)
        await person.types("/reminders")
        await person.presses("Срок за НОИ")
        in_time = millis(at("2027-02-01 09:31"))
        assert (await service.store.forget(in_time, Retention())).conversations
    before = len(person.sent)
    clock.now = at("2027-02-16 09:31")
    async with serving(server, file, clock) as service:
        assert await service.store.conversation(f"{NAME}:57") is None
        message = await person.screen(before)
        assert "До 18.02.2027 е срокът за заявлението до НОИ." in message.text
        assert "Отговорете отново" in message.text
        assert "За кого питате?" in (await person.presses("Отговори отново")).text


async def test_erasing_leaves_no_reminder_and_nothing_to_look_at(
    server: BotApiServer, file: Path, clock: Dial
) -> None:
    person = Person(server, 57)
    async with serving(server, file, clock) as service:
        await answered(person)
        await person.types("/reminders")
        await person.presses("Срок за бюрото")
        await person.presses("Проверка при промяна")
        await person.presses("Да, проверявай")
        assert await kept(service) == (1, 1)
        await person.types("спри напомнянията")
        assert await kept(service) == (0, 0)
        await person.presses("Срок за бюрото")
        assert await kept(service) == (1, 0)
        await person.types("/delete")
        await person.presses("Да, изтрий всичко")
        assert await kept(service) == (0, 0)
    before = len(person.sent)
    clock.now = at("2026-11-25 10:00")
    async with serving(server, file, clock) as service:
        await server.until(lambda: server.idle and server.polled)
        await service.runtime.settle()
        assert len(person.sent) == before
