"""In a real chromium: a file is saved, a link begins the talk, an open page is hidden at once."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from acts import NEUTRAL, Acts
from pages import REALISTIC, words_of
from playwright.async_api import BrowserContext, Page, async_playwright, expect
from web_fixtures import Chat

from dialogs.texts import load_texts

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
T = load_texts()["bg"]


@pytest.fixture
async def phone() -> AsyncIterator[BrowserContext]:
    if not CHROMIUM.exists():  # noqa: ASYNC240
        if os.environ.get("POSOKA_REQUIRE_BROWSER") == "1":
            pytest.fail("no chromium: make system-packages")
        pytest.skip("no chromium: make system-packages")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        context = await browser.new_context(
            viewport={"width": 390, "height": 844}, locale="bg-BG", accept_downloads=True
        )
        context.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)
        yield context
        await browser.close()


async def opened(phone: BrowserContext, chat: Chat, path: str = "/") -> tuple[Page, list[str]]:
    page, faults = await phone.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    await page.goto(str(chat.server.make_url(path)))
    return page, faults


async def write(page: Page, text: str) -> None:
    before = await page.locator(".bot").count()
    await page.fill("#text", text)
    await page.locator("#say .line button").click()
    await page.locator(".bot").nth(before).wait_for()


async def shown(page: Page) -> list[str]:
    return await page.locator("#log > div p").all_inner_texts()


@pytest.mark.usefixtures("acts")
async def test_a_file_is_saved_and_everything_can_be_hidden(
    chat: Chat, phone: BrowserContext, tmp_path: Path
) -> None:
    page, faults = await opened(phone, chat)
    await write(page, "план")
    link = page.get_by_role("link", name=T("web-file", name="План за работа.pdf"))
    box = await link.bounding_box()
    assert box is not None
    assert box["height"] >= 40
    async with page.expect_download() as download:
        await link.click()
    saved = await download.value
    assert saved.suggested_filename == "План за работа.pdf"
    await saved.save_as(tmp_path / "saved.pdf")
    assert REALISTIC.title in words_of((tmp_path / "saved.pdf").read_bytes())
    # Another tab of the same browser is open all the while, and hears of it as well.
    other, other_faults = await opened(phone, chat)
    assert "Ето плана Ви." in await shown(other)
    assert await page.locator("#rows button").count() > 0
    await page.fill("#text", "скрий")
    await page.locator("#say .line button").click()
    for tab in (page, other):
        await expect(tab.locator("#log")).to_contain_text("Готово: скрий")
        assert await shown(tab) == [NEUTRAL, "Готово: скрий"]
        assert await tab.locator("#rows button").count() == 0
        await tab.reload()
        assert await shown(tab) == [NEUTRAL, "Готово: скрий"]
    assert faults == other_faults == []


async def test_a_link_with_a_payload_begins_the_talk_by_itself_and_once(
    chat: Chat, phone: BrowserContext, acts: Acts
) -> None:
    page, faults = await opened(phone, chat, "/?start=plan")
    await page.locator(".bot").first.wait_for()
    assert page.url == str(chat.server.make_url("/"))
    assert await page.locator("#rows button").count() > 0
    await page.reload()
    await page.locator(".bot").first.wait_for()
    await chat.settle()
    # The greeting of a page that is merely looked at is worked out without a stored event.
    assert await chat.rows("SELECT count(*) FROM inbox") == [(1,)]
    assert acts.started == ["plan"]
    assert faults == []
