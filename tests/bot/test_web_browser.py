"""The chat in a real chromium, over a real process."""

import asyncio
import os
import re
import signal
import sqlite3
import sys
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from bot.channels.web import address_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
    "locale": "bg-BG",
    "reduced_motion": "reduce",
}
SMALL = PHONE | {"viewport": {"width": 360, "height": 740}}
DESKTOP = {"viewport": {"width": 1280, "height": 800}, "locale": "bg-BG"}
ROMAN = {"latitude": 43.1478, "longitude": 23.9192}
TOUCH = 44
"""Pixels that a finger needs."""

FIFTY_SEVEN = (
    ("За кого питате", "За мен"),
    ("Работите ли в момента", "Без работа"),
    ("Кога свърши последната", "Преди над 3 години"),
    ("В кой град или село", "= Роман"),
    ("Имате ли регистрация", "Да"),
    ("От колко време", "12 месеца или повече"),
    ("На колко години сте", "= 57"),
    ("Какво образование", "Средно"),
    ("Имате ли документ за професия", "Не$"),
    ("най-малкото Ви дете", "Няма дете"),
    ("Проверете отговорите", "Към резултатите"),
    ("ТЕЛК", "Не искам да кажа"),
    ("Важи ли за Вас някое", "Не, нито едно"),
)
"""What a question holds, and what is pressed – or typed, after an equals sign."""


@dataclass
class Posoka:
    address: str
    database: Path

    async def stored(self, context: BrowserContext) -> dict[str, int]:
        """Return how many rows of each table belong to the talk of this browser."""
        [token] = [c["value"] for c in await context.cookies() if c["name"] == "posoka"]
        talk = f"web:{address_of(token)}"
        tables = {"inbox": "conversation", "outbox": "conversation", "conversation": "id"}
        with closing(sqlite3.connect(self.database)) as db:
            return {
                table: db.execute(
                    f"SELECT count(*) FROM {table} WHERE {column} = ?",  # noqa: S608
                    (talk,),
                ).fetchone()[0]
                for table, column in tables.items()
            }


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def posoka(tmp_path_factory):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("POSOKA_")}
    database = tmp_path_factory.mktemp("posoka") / "talk.db"
    environment |= {
        "POSOKA_LISTEN": "127.0.0.1:0",
        "POSOKA_DATABASE_URL": f"sqlite:///{database}",
        "PYTHONUNBUFFERED": "1",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(60):
            found = None
            while not found:
                line = await process.stdout.readline()
                assert line, "posoka run ended"
                found = re.search(r"Web chat: +(http://\S+)", line.decode())
        yield Posoka(found[1], database)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(20):
            await process.communicate()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium():
    if not CHROMIUM.exists():  # noqa: ASYNC240
        if os.environ.get("POSOKA_REQUIRE_BROWSER") == "1":
            pytest.fail("no chromium: make system-packages")
        pytest.skip("no chromium: make system-packages")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        expect.set_options(timeout=30_000)
        yield browser
        await browser.close()


@pytest.fixture
def shots(tmp_path):
    folder = Path(os.environ.get("POSOKA_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@asynccontextmanager
async def context_of(chromium: Browser, **options):
    context = await chromium.new_context(**options)
    context.set_default_timeout(30_000)
    yield context
    await context.close()


async def opened(context: BrowserContext, posoka: Posoka) -> Page:
    page = await context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
    await page.goto(posoka.address)
    return page


async def answered(page: Page, act) -> str:
    """Do something and return what is said to it last."""
    before = await page.locator(".bot").count()
    await act
    await page.locator(".bot").nth(before).wait_for()
    await expect(page.locator("#rows button").first).to_be_visible()
    return await page.locator(".bot").last.inner_text()


async def press(page: Page, label: str) -> str:
    button = page.locator("#rows button", has_text=re.compile(f"^(?:{label})")).first
    return await answered(page, button.click())


async def write(page: Page, text: str) -> str:
    await page.fill("#text", text)
    return await answered(page, page.locator("#say .line button").click())


async def walk(page: Page, check=None) -> list[str]:
    """Answer as a person of 57 from Роман does, up to the results."""
    said = [await page.locator(".bot").last.inner_text()]
    for _ in range(25):
        if "Ето какво намерих" in said[-1]:
            return said
        act = next((act for words, act in FIFTY_SEVEN if words in said[-1]), "Не знам")
        said.append(await (write(page, act[2:]) if act[0] == "=" else press(page, act)))
        if check:
            await check(page)
    raise AssertionError(said[-1])


async def is_for_fingers(page: Page) -> None:
    buttons = page.locator("#rows button")
    for number in range(await buttons.count()):
        box = await buttons.nth(number).bounding_box()
        assert box["height"] >= TOUCH, await buttons.nth(number).inner_text()
        assert box["width"] >= TOUCH, await buttons.nth(number).inner_text()
    field = await page.locator("#text").bounding_box()
    height = page.viewport_size["height"]
    assert field["y"] + field["height"] <= height
    # Nothing is wider than the phone.
    wide = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


# -- the whole walk ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "device"),
    [
        ("phone", PHONE),
        ("small", SMALL),
        ("phone-dark", PHONE | {"color_scheme": "dark"}),
        ("desktop", DESKTOP),
    ],
)
async def test_a_person_of_57_comes_to_results_and_a_card(chromium, posoka, shots, name, device):
    async with context_of(chromium, **device) as context:
        page = await opened(context, posoka)
        await page.screenshot(path=shots / f"{name}-1-welcome.png")
        said = await walk(page, is_for_fingers)
        assert len(said) > 5
        await page.wait_for_timeout(700)
        await page.screenshot(path=shots / f"{name}-2-results.png")
        card = await press(page, "1")
        assert "Какво да направите:" in card
        await is_for_fingers(page)
        await page.wait_for_timeout(700)
        await page.screenshot(path=shots / f"{name}-3-card.png")
        link = page.locator(".bot a[href^=https]").last
        assert await link.get_attribute("rel") == "noopener noreferrer"
        # What was shown live is what stands on the page when it is opened again.
        hrefs = "Array.from(document.querySelectorAll('#log a'), a => [a.href, a.rel, a.target])"
        live = await page.locator("#log").inner_text(), await page.evaluate(hrefs)
        await page.reload()
        again = await page.locator("#log").inner_text(), await page.evaluate(hrefs)
        assert again == live
        assert page.faults == []


async def test_the_walk_without_scripts(chromium, posoka, shots):
    async with context_of(chromium, **PHONE, java_script_enabled=False) as context:
        page = await context.new_page()
        await page.goto(posoka.address)
        said = await walk(page)
        assert len(said) > 5
        assert page.url.endswith("/#end")
        assert "Какво да направите:" in await press(page, "1")
        await page.screenshot(path=shots / "no-scripts-card.png")
        mine = await page.locator(".me").all_inner_texts()
        assert any("57" in each for each in mine)


# -- the network -------------------------------------------------------------------------------


async def test_what_is_said_without_a_network_goes_when_it_is_back_and_once(
    chromium, posoka, shots
):
    async with context_of(chromium, **PHONE) as context:
        page = await opened(context, posoka)
        await press(page, "За мен")
        await context.set_offline(True)
        await page.fill("#text", "меню")
        await page.press("#text", "Enter")
        await page.fill("#text", "назад")
        await page.press("#text", "Enter")
        await expect(page.locator("#state")).to_contain_text("Няма връзка. Съобщението Ви")
        await expect(page.locator(".me.pending")).to_have_count(2)
        await expect(page.locator("#rows button").first).to_be_hidden()
        await page.screenshot(path=shots / "phone-offline.png")
        before = await page.locator(".bot").count()
        await context.set_offline(False)
        await page.locator(".bot").nth(before + 1).wait_for()
        await expect(page.locator("#state")).to_have_text("")
        await expect(page.locator(".me.pending")).to_have_count(0)
        mine = await page.locator(".me").all_inner_texts()
        assert [re.sub(r"^Вие:\s*", "", each) for each in mine] == ["За мен", "меню", "назад"]
        assert (await posoka.stored(context))["inbox"] == 3
        assert await page.evaluate("localStorage.length") == 0


async def test_a_lost_answer_doubles_nothing(chromium, posoka):
    async with context_of(chromium, **PHONE) as context:
        page = await opened(context, posoka)
        lost = []

        async def lose_the_first(route):
            if lost:
                await route.continue_()
                return
            lost.append(await route.fetch())
            await route.abort()

        await page.route("**/say", lose_the_first)
        said = await press(page, "За мен")
        assert "Въпрос 2" in said
        await expect(page.locator(".me.pending")).to_have_count(0)
        assert lost[0].status == 200
        assert (await posoka.stored(context))["inbox"] == 1
        assert await page.locator(".me").count() == 1


async def test_an_empty_look_does_not_keep_an_answer_back(chromium, posoka):
    async with context_of(chromium, **PHONE) as context:
        page = await context.new_page()
        await page.clock.install()
        held, release = [], asyncio.Event()

        async def hold_the_second(route):
            held.append(route.request.url)
            if len(held) == 2:
                await release.wait()
                await route.fulfill(json={"messages": []})
                return
            await route.continue_()

        await page.route("**/messages*", hold_the_second)
        await page.goto(posoka.address)
        # From here on no time passes for the page: whatever waits, waits for good.
        await page.clock.pause_at(await page.evaluate("Date.now() + 10"))
        await press(page, "За мен")
        async with asyncio.timeout(30):
            while len(held) < 2:  # noqa: ASYNC110  # the page tells nobody
                await asyncio.sleep(0.01)
        await page.fill("#text", "меню")
        await page.press("#text", "Enter")
        await expect(page.locator(".me.pending")).to_have_count(0)
        release.set()
        await expect(page.locator(".bot").last).to_contain_text("Меню")


async def test_what_a_closed_page_had_not_sent_the_next_one_sends(chromium, posoka):
    async with context_of(chromium, **PHONE) as context:
        page = await opened(context, posoka)
        await press(page, "За мен")
        await context.set_offline(True)
        await page.fill("#text", "меню")
        await page.press("#text", "Enter")
        await expect(page.locator(".me.pending")).to_have_count(1)
        await page.close()
        await context.set_offline(False)
        page = await opened(context, posoka)
        await expect(page.locator(".bot").last).to_contain_text("Меню")
        await expect(page.locator(".me").last).to_contain_text("меню")
        assert await page.locator(".me").count() == 2
        assert (await posoka.stored(context))["inbox"] == 2


async def test_a_rate_that_is_too_fast_is_said_and_the_message_goes_later(chromium, posoka):
    async with context_of(chromium, **PHONE) as context:
        page = await opened(context, posoka)
        refused = []

        async def too_fast_once(route):
            if refused:
                await route.continue_()
                return
            refused.append(True)
            await route.fulfill(status=429, json={"error": "Изчакайте малко."})

        await page.route("**/say", too_fast_once)
        waiting = asyncio.create_task(press(page, "За мен"))
        await expect(page.locator("#state")).to_have_text("Изчакайте малко.")
        assert "Въпрос 2" in await waiting
        await expect(page.locator("#state")).to_have_text("")


# -- tabs --------------------------------------------------------------------------------------


async def test_an_old_button_is_answered_kindly(chromium, posoka):
    async with context_of(chromium, **PHONE) as context:
        page = await opened(context, posoka)
        await press(page, "За мен")
        # Another tab still shows this question, without hearing of what comes after it.
        old = await context.new_page()
        await old.route("**/messages*", lambda route: route.abort())
        await old.goto(posoka.address)
        await press(page, "Без работа")
        await old.locator("#rows button", has_text="Ученик или студент").click()
        await expect(old.locator(".me").last).to_have_text(re.compile("Ученик или студент"))
        await old.unroute("**/messages*")
        for tab in (old, page):
            await expect(tab.locator("#log")).to_contain_text(
                "Вече отговорихте: Без работа", timeout=15_000
            )
            await expect(tab.locator(".bot").last).to_contain_text("Въпрос 2")


async def test_a_hidden_page_says_in_its_title_that_something_came(chromium, posoka):
    async with context_of(chromium, **PHONE) as context:
        page = await opened(context, posoka)
        await press(page, "За мен")
        await page.evaluate(
            "Object.defineProperty(document, 'hidden', {configurable: true, value: true})"
        )
        other = await opened(context, posoka)
        await press(other, "Не знам")
        await expect(page).to_have_title(re.compile(r"^\(1\) Посока"))
        await page.evaluate(
            "delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))"
        )
        await expect(page).to_have_title(re.compile("^Посока"))


async def test_erasing_clears_the_page_too(chromium, posoka):
    async with context_of(chromium, **PHONE) as context:
        page = await opened(context, posoka)
        await press(page, "За мен")
        await write(page, "/delete")
        await page.locator("#rows button", has_text="Да, изтрий всичко").click()
        await expect(page.locator(".bot").first).to_contain_text("Изтрих")
        await expect(page.locator(".me")).to_have_count(0)
        await page.wait_for_timeout(300)
        stored = await posoka.stored(context)
        assert stored == {"inbox": 0, "outbox": 0, "conversation": 0}
        assert "Въпрос 2" in await press(page, "За мен")


async def test_another_language_is_spoken_by_the_whole_page(chromium, posoka):
    async with context_of(chromium, **PHONE) as context:
        page = await opened(context, posoka)
        await press(page, "🌐 Език · Language")
        await page.locator("#rows button", has_text="English").click()
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await expect(page.locator("#text")).to_have_attribute("placeholder", "Write here…")


# -- hands -------------------------------------------------------------------------------------


async def test_enter_sends_shift_enter_breaks_the_line_and_the_field_keeps_the_focus(
    chromium, posoka
):
    async with context_of(chromium, **DESKTOP) as context:
        page = await opened(context, posoka)
        await page.focus("#text")
        await page.keyboard.type("първи ред")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("<img src=x onerror=alert(1)> https://az.government.bg/a.")
        before = await page.locator(".bot").count()
        await page.keyboard.press("Enter")
        await page.locator(".bot").nth(before).wait_for()
        mine = page.locator(".me p").last
        assert await mine.inner_text() == (
            "първи ред\n<img src=x onerror=alert(1)> https://az.government.bg/a."
        )
        assert await mine.locator("img").count() == 0
        assert await mine.locator("a").get_attribute("href") == "https://az.government.bg/a"
        await expect(page.locator("#text")).to_be_focused()
        await expect(page.locator("#text")).to_have_value("")
        assert page.faults == []


async def test_buttons_are_reached_and_pressed_by_keyboard(chromium, posoka):
    async with context_of(chromium, **DESKTOP) as context:
        page = await opened(context, posoka)
        for _ in range(10):
            await page.keyboard.press("Tab")
            if await page.evaluate("document.activeElement.textContent") == "За мен":
                break
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert await page.evaluate(outline) == "solid"
        assert "Въпрос 2" in await answered(page, page.keyboard.press("Enter"))


async def test_a_shared_place_is_understood(chromium, posoka):
    options = PHONE | {"geolocation": ROMAN, "permissions": ["geolocation"]}
    async with context_of(chromium, **options) as context:
        page = await opened(context, posoka)
        await until_the_place(page)
        assert "Роман" in await press(page, "📍")


async def test_a_place_that_is_not_shared_is_asked_for_in_words(chromium, posoka):
    async with context_of(chromium, **PHONE) as context:
        page = await opened(context, posoka)
        await until_the_place(page)
        await page.locator("#rows button", has_text="📍").click()
        await expect(page.locator("#state")).to_contain_text("Напишете го с думи")
        await expect(page.locator("#text")).to_be_focused()


async def until_the_place(page: Page) -> None:
    said = await page.locator(".bot").last.inner_text()
    for _ in range(10):
        if "град или село" in said:
            return
        act = next((act for words, act in FIFTY_SEVEN if words in said), "Не знам")
        said = await press(page, act)
    raise AssertionError(said)
