"""One question from the first word to its erasure: a phone, a browser and three groups at once."""

import asyncio
import datetime as dt
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from bot_api_server import TOKEN, Person
from durable import Dial, bytes_of, stands_in
from group_server import Colleague
from playwright.async_api import Browser, Page, async_playwright, expect
from walk_server import WalkGroup, WalkServer

from bot.channels.interface import Limits
from bot.channels.telegram import NAME, TelegramChannel
from bot.channels.web import NAME as WEB
from bot.channels.web import WebChannel
from bot.clock import millis
from bot.desk.telegram.codes import new_code
from bot.desk.telegram.wiring import telegram_desk
from bot.polling import Poller, Rhythm
from bot.service import Service, language_of, running
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_telegram_groups import SqliteTelegramGroups
from bot.web.application import application
from dialogs.texts import load_texts
from knowledge.texts import Language

VILLAGE, TOWN, BUREAU = "lib-ch-667", "lib-vratsa-reg", "bureau:dbt-vratsa"
HOURS = {VILLAGE: "We 09:00-17:00", TOWN: "Mo-Fr 09:00-18:00"}
"""It is Monday noon: in the village nobody answers for two days."""
TEXTS = load_texts()["bg"]
CHROMIUM = Path("/usr/bin/chromium")
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SOON = 30_000
"""Milliseconds within which the other side sees it, without a reload."""
QUESTION = "Закри се шивашкото ателие в Згориград, къде да се запиша?"
MORE = "Имам и диплома за шивачка от деветдесет и трета."
ANSWER = "Запишете се в бюрото във Враца до седем дни."
ASKED = "Признава ли се диплома на шивачка за ваучера?"
KNOWN = "Да, признава се; трябва само академична справка."
PASSED_ON = "Признава се. Вземете академична справка от училището."
AGAIN = "Справката е у мен, а сега накъде?"
pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists():  # noqa: ASYNC240
        if os.environ.get("POSOKA_REQUIRE_BROWSER") == "1":
            pytest.fail("no chromium: make system-packages")
        pytest.skip("no chromium: make system-packages")
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        expect.set_options(timeout=SOON)
        yield browser
        await browser.close()


@dataclass
class Walk:
    """The service, which can be ended and begun again, and everybody around it."""

    server: WalkServer
    file: Path
    clock: Dial
    port: int = 0
    service: Service = field(init=False)
    store: SqliteStore = field(init=False)
    _parts: AsyncExitStack = field(init=False)

    def __post_init__(self) -> None:
        self.person = Person(self.server, 7_300_111_222)
        self.village = self.server.opens(-1001, "Читалище Згориград")
        self.town = self.server.opens(-1002, "Библиотека Враца")
        self.bureau = self.server.opens(-1003, "Бюро по труда")
        self.nevena = Colleague(self.server, self.village, 11, "Невена")  # type: ignore[arg-type]
        self.ivan = Colleague(self.server, self.town, 12, "Иван")  # type: ignore[arg-type]
        self.expert = Colleague(self.server, self.bureau, 13, "Петя")  # type: ignore[arg-type]

    # -- the service ---------------------------------------------------------------------------

    async def begins(self) -> None:
        self._parts = AsyncExitStack()
        await self._parts.enter_async_context(self._serving())

    async def ends(self) -> None:
        await self._parts.aclose()

    @asynccontextmanager
    async def _serving(self) -> AsyncIterator[None]:
        """Put the parts together as `posoka run` does, by the clock of the test."""
        self.store = store = SqliteStore(self.file)
        fast, rhythm = Limits(per_second=1000, chat_gap=0), Rhythm(2, 0.02, 0.1)

        async def language(address: str) -> Language:
            return await language_of(store, f"{NAME}:{address}")

        async with (
            TelegramChannel(TOKEN, self.server.url, load_texts(), language, limits=fast) as channel,
            running(
                store, {WEB: WebChannel()}, {NAME: channel}, self.clock, channels_configured=True
            ) as self.service,
            telegram_desk(self.service, store, channel) as groups,
        ):
            take_in = self.service.runtime.take_in
            poller = Poller(channel, take_in, self.clock, print, rhythm, groups=groups.wants)
            runner = web.AppRunner(application(self.service), access_log=None, shutdown_timeout=1)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", self.port).start()
            self.port = runner.addresses[0][1]
            self.service.runtime.attend(channel.rest)
            async with poller.running():
                try:
                    yield
                finally:
                    await runner.cleanup()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    # -- what is seen --------------------------------------------------------------------------

    async def until(self, condition, seconds: float = 30):
        return await self.server.until(condition, seconds)

    @property
    def phone(self) -> list[str]:
        """What stands in the person's chat, of what both sides wrote."""
        return [s.text or "" for s in self.server.screens[str(self.person.chat)].values()]

    async def reads(self, words: str) -> str:
        """Return the message with these words, once the person has it."""
        return await self.until(lambda: next((t for t in self.phone if words in t), None))

    async def taps(self, label: str) -> None:
        data = await self.until(lambda: self.person.data_of(label))
        self.server.push(self.person.press(data))

    def header(self, group: WalkGroup) -> str:
        """Return the first message of the only topic that a group has."""
        topic = next(iter(group.topics.values()), None)
        posts = [m for m in group.said(topic.thread) if m.by_bot] if topic else []
        return (posts[0].text or "") if posts else ""

    async def heads(self, group: WalkGroup, words: str) -> str:
        """Return the first message of a group's topic, once it says these words."""
        return await self.until(lambda: (h := self.header(group)) and words in h and h)

    async def told(self, words: str) -> str:
        """Return what stood on a pressed button, once it says these words."""
        said = self.server.notices
        return await self.until(lambda: next((n for n in said() if words in n), None))


async def picture(page: Page, name: str) -> None:
    folder = os.environ.get("POSOKA_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240
        await page.screenshot(path=str(Path(folder) / f"walk-{name}.png"), full_page=True)


async def sat_down(walk: Walk, chromium: Browser) -> Page:
    """Return the desk of a librarian in the town, who has just come in."""
    context = await chromium.new_context(viewport=DESK, locale="bg-BG")  # type: ignore[arg-type]
    page = await context.new_page()
    page.set_default_timeout(SOON)
    page.faults = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
    code = await walk.service.accounts.invite(None, "librarian", TOWN)
    await page.goto(f"{walk.address}/desk/join/{code}")
    await page.locator("#name").fill("Мария")
    await page.locator("#login").fill(f"u{secrets.token_hex(5)}")
    await page.locator("#password").fill("три сини врабчета")
    await page.keyboard.press("Enter")
    await expect(page.locator("header")).to_contain_text("Мария")
    await expect(page.locator("nav")).to_contain_text(TEXTS("desk-none"))
    return page


async def joined(walk: Walk) -> None:
    """Let the three groups join by their codes."""
    for who, desk in ((walk.nevena, VILLAGE), (walk.ivan, TOWN), (walk.expert, BUREAU)):
        code = await new_code(SqliteTelegramGroups(walk.store), desk, walk.clock)
        who.says(f"/join {code}")
        group = who.group
        await walk.until(lambda group=group: any("Готово" in text for text in group.texts(None)))
    for desk, hours in HOURS.items():
        await walk.service.desk.set_hours(desk, hours, millis(walk.clock()))
    await walk.service.roster.refresh()


async def interviewed(walk: Walk) -> str:
    """Let the person answer a few questions; return the one that stands open."""
    person = walk.person
    person.says("/start")
    await person.screen(0)
    await person.presses("За мен")
    await person.presses("Без работа")
    await person.types("вчера")
    return (await person.types("с. Згориград, обл. Враца")).text


async def asked(walk: Walk) -> None:
    """Let the person ask the village, which is closed, and agree that the town answers."""
    person = walk.person
    shown = await person.types("/librarian")
    assert "Пробуда 1926" in shown.text
    assert "сряда" in shown.text
    data = next(b["callback_data"] for b in shown.buttons if f"to:{VILLAGE}" in b["callback_data"])
    walk.server.push(person.press(data))
    await walk.reads("Какво искате да попитате")
    await person.types(QUESTION)
    await walk.reads("Ето какво ще предам")
    await walk.taps(TEXTS("button-pass-on"))
    proposed = await walk.reads("отваря чак след повече от ден")
    assert "Регионална библиотека" in proposed
    await walk.heads(walk.village, "🟡 Чака отговор")
    assert walk.header(walk.town) == ""
    await walk.taps(TEXTS("button-cover-yes"))
    await walk.reads("Показах въпроса и на Регионална библиотека")


async def test_a_question_goes_its_whole_way(chromium: Browser, file: Path, clock: Dial):
    async with WalkServer() as server:
        walk = Walk(server, file, clock)
        await walk.begins()
        try:
            await _goes(walk, chromium)
        finally:
            await walk.ends()
    assert server.against_the_description == []
    assert server.refused_for_pace == 0


async def _goes(walk: Walk, chromium: Browser) -> None:
    await joined(walk)
    desk = await sat_down(walk, chromium)
    stood = await interviewed(walk)
    await asked(walk)
    await _claimed_at_the_web_desk(walk, desk)
    await _ended_and_begun_again(walk, desk)
    await _answered(walk, desk)
    await _expert_asked(walk, desk)
    await _closed_and_rated(walk, desk, stood)
    await _written_again(walk, desk)
    await _everything_once(walk, desk)
    await _erased(walk, desk)
    assert desk.faults == []  # type: ignore[attr-defined]


# -- the chapters ------------------------------------------------------------------------------


async def _claimed_at_the_web_desk(walk: Walk, desk: Page) -> None:
    # The case stands at both libraries, and in the browser it came by itself.
    await expect(desk.locator("nav li.due")).to_contain_text(QUESTION)
    for group in (walk.village, walk.town):
        header = await walk.heads(group, "Предложен е на две библиотеки")
        assert QUESTION in header
        assert "Згориград" in header
    old = {
        who: who.group.data_of("Поемам", next(iter(who.group.topics)))
        for who in (walk.nevena, walk.ivan)
    }
    await desk.locator("nav li a").click()
    await expect(desk.locator(".card")).to_contain_text(QUESTION)
    walk.clock.forward(60_000)
    await desk.get_by_role("button", name="Поемам").click()
    await expect(desk.locator("#talk .state")).to_contain_text("при Вас")
    await picture(desk, "claimed")
    assert "Мария" in await walk.reads("С Вас е")

    # Who is a second late is told by name and time, in both groups.
    walk.clock.forward(1_000)
    for who, (data, under) in old.items():
        before = len(walk.server.notices())
        who.taps(data, next(iter(who.group.topics)), under)
        await walk.until(lambda before=before: len(walk.server.notices()) > before)
        assert walk.server.notices()[-1] == "Мария пое въпроса в 12:01."

    # Both groups see who has it; where the case has left, nothing is left to press.
    await walk.heads(walk.town, "🔵 Пое го Мария")
    header = walk.town.said(next(iter(walk.town.topics)))[0]
    await walk.until(lambda: "Поемам" not in walk.town.buttons(header.number))
    assert "Връщам" in walk.town.buttons(header.number)
    thread = next(iter(walk.village.topics))
    await walk.until(lambda: any("Въпроса пое" in t for t in walk.village.texts(thread)))
    await walk.until(lambda: not any(m.rows for m in walk.village.said(thread)))
    await walk.until(lambda: walk.village.topics[thread].closed)
    assert QUESTION not in "\n".join(m.text or "" for m in walk.village.said(thread) if m.by_bot)


async def _ended_and_begun_again(walk: Walk, desk: Page) -> None:
    await desk.locator("#reply").fill(ANSWER)
    topics = {group.chat: list(group.topics) for group in (walk.village, walk.town)}
    await walk.ends()
    await expect(desk.locator("#offline")).to_be_visible(timeout=SOON)
    walk.person.says(MORE)
    await walk.begins()
    # What was written meanwhile is there, live, and what was being written still is.
    await expect(desk.locator("#talk")).to_contain_text(MORE, timeout=2 * SOON)
    await expect(desk.locator("#offline")).to_be_hidden(timeout=SOON)
    await expect(desk.locator("#reply")).to_have_value(ANSWER)
    thread = next(iter(walk.town.topics))
    await walk.until(lambda: any(MORE in text for text in walk.town.texts(thread)))
    assert topics == {g.chat: list(g.topics) for g in (walk.village, walk.town)}


async def _answered(walk: Walk, desk: Page) -> None:
    # The mark of delivery comes when the platform has accepted it, and not before.
    walk.server.gate.clear()
    await desk.locator("#reply").press("Control+Enter")
    await expect(desk.locator("#talk .librarian")).to_contain_text(ANSWER)
    await expect(desk.locator("#talk .librarian")).to_contain_text(TEXTS("desk-sending"))
    await asyncio.sleep(0.5)
    await expect(desk.locator("#talk")).not_to_contain_text(TEXTS("desk-delivered"))
    walk.server.gate.set()
    assert "Мария" in await walk.reads(ANSWER)
    await expect(desk.locator("#talk .librarian")).to_contain_text(
        TEXTS("desk-delivered"), timeout=SOON
    )
    await walk.heads(walk.town, "🟢 При Мария, отговорено")

    walk.person.says("Благодаря! А диплома ми трябва ли?")
    await expect(desk.locator("#talk")).to_contain_text("А диплома ми трябва ли")
    await walk.heads(walk.town, "Човекът чака отговор")
    topic = next(iter(walk.town.topics.values()))
    await walk.until(lambda: topic.name.endswith("при Мария, човекът чака"))


async def _expert_asked(walk: Walk, desk: Page) -> None:
    form = desk.locator("details.do", has=desk.locator("#ask_expert-text"))
    await form.locator("summary").click()
    await form.locator("#ask_expert-text").fill(ASKED)
    await form.get_by_role("button").click()
    await expect(desk.locator("#talk .to_expert")).to_contain_text(ASKED)
    # What has gone is not offered to be sent once more.
    await expect(desk.locator("#ask_expert-text")).to_have_value("")
    header = await walk.heads(walk.bureau, ASKED)
    assert "библиотекаря" in header
    await walk.reads("попита експерт от бюрото по труда")
    shown = walk.bureau.everything()
    for words in (QUESTION, MORE, ANSWER):
        assert words not in shown

    before = list(walk.phone)
    walk.expert.says(KNOWN, next(iter(walk.bureau.topics)))
    await expect(desk.locator("#talk .expert")).to_contain_text(KNOWN)
    await expect(desk.locator("#talk .expert")).to_contain_text("Петя")
    await desk.set_viewport_size(PHONE)  # type: ignore[arg-type]
    await picture(desk, "expert-phone")
    await desk.set_viewport_size(DESK)  # type: ignore[arg-type]
    thread = next(iter(walk.town.topics))
    await walk.until(lambda: any(KNOWN in text for text in walk.town.texts(thread)))
    assert walk.phone == before

    await desk.locator("#reply").fill(PASSED_ON)
    await desk.locator("#reply").press("Control+Enter")
    await walk.reads(PASSED_ON)


async def _closed_and_rated(walk: Walk, desk: Page, stood: str) -> None:
    form = desk.locator("details.do", has=desk.locator("input[name=code]"))
    await form.locator("summary").click()
    await form.get_by_label("насочен към бюрото").check()
    await form.get_by_role("button").click()
    await expect(desk.locator("#talk")).to_contain_text("насочен към бюрото")
    await walk.reads("Помогна ли Ви?")
    for group in (walk.town, walk.bureau):
        await walk.until(lambda group=group: next(iter(group.topics.values())).closed)
    # The talk stands where the interview was, with the question that was open.
    await walk.until(lambda: walk.person.sent[-1].text == stood)

    await walk.taps(TEXTS("button-rate-yes"))
    await walk.reads(TEXTS("rated"))
    await expect(desk.locator("#talk")).to_contain_text("помогна")
    await walk.taps(TEXTS("button-rate-no"))
    await walk.reads(TEXTS("rated-before"))
    await walk.heads(walk.town, "Оценка от човека: помогна.")
    await expect(desk.locator("#talk")).not_to_contain_text("не помогна")


async def _written_again(walk: Walk, desk: Page) -> None:
    walk.clock.now += dt.timedelta(days=2)
    await walk.taps(TEXTS("button-again"))
    await walk.reads("Напишете какво още искате да попитате")
    walk.person.says(AGAIN)
    await expect(desk.locator("#talk")).to_contain_text(AGAIN)
    await expect(desk.locator("#talk .state")).to_contain_text("отворен отново")
    await expect(desk.get_by_role("button", name="Поемам")).to_be_visible()
    await expect(desk.locator("#reply")).to_be_visible(timeout=SOON)
    await walk.heads(walk.town, "🟡 Човекът писа отново")
    topic = next(iter(walk.town.topics.values()))
    await walk.until(lambda: not topic.closed)
    await walk.until(lambda: any(AGAIN in text for text in walk.town.texts(topic.thread)))
    await picture(desk, "again")


async def _everything_once(walk: Walk, desk: Page) -> None:
    talk = await desk.locator("#talk").inner_text()
    topic = "\n".join(walk.town.texts(next(iter(walk.town.topics))))
    for words in (MORE, ANSWER, ASKED, KNOWN, PASSED_ON, AGAIN):
        assert (talk.count(words), topic.count(words)) == (1, 1), words
    for words in (ANSWER, PASSED_ON):
        assert "\n".join(walk.phone).count(words) == 1
    assert [len(g.topics) for g in (walk.village, walk.town, walk.bureau)] == [1, 1, 1]


async def _erased(walk: Walk, desk: Page) -> None:
    await expect(desk.locator("#case")).to_contain_text(QUESTION)
    walk.person.says("/delete")
    await walk.taps("Да, изтрий всичко")
    await expect(desk.locator("#case")).to_contain_text("изтрил данните си")
    await expect(desk.locator("body")).not_to_contain_text(QUESTION)
    await picture(desk, "erased")
    for group in (walk.village, walk.town, walk.bureau):
        await walk.until(lambda group=group: not group.topics)
    await walk.until(lambda: walk.server.idle)
    await walk.service.runtime.settle()
    await walk.service.deliveries[NAME].settle()
    await walk.store.scrub()
    assert "Мария" in bytes_of(walk.file).decode(errors="ignore")  # whose account stays
    for words in (QUESTION, MORE, ANSWER, ASKED, KNOWN, PASSED_ON, AGAIN, str(walk.person.chat)):
        assert not stands_in(words, walk.file), words
