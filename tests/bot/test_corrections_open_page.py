"""In a real chromium: what a librarian corrects or takes back changes on the page that is open."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
import sent_files
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import BrowserContext, Page, expect
from test_desk import House, house
from test_files_browser import phone  # noqa: F401  # a fixture
from test_handoff_browser import VRATSA

from dialogs.respond import prepare

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


async def pictured(page: Page, name: str) -> None:
    folder = os.environ.get("POSOKA_SCREENSHOTS")
    if folder:
        await page.screenshot(path=str(Path(folder) / f"corrections-{name}.png"))


async def acts(h: House, act: str, **more: Any) -> None:
    [maria] = await h.service.desk.librarians()
    await h.service.roster.act(await h.case(), act, maria, **more)
    await h.service.runtime.settle()


async def asks(page: Page, h: House) -> None:
    await page.goto(str(h.server.make_url("/")))
    await says(page, "/librarian")
    await page.locator(f'button[value$=".to:{VRATSA}"]').last.click()
    await expect(page.locator("#log")).to_contain_text("Какво искате да попитате")
    await says(page, "Кога да дойда?")
    await expect(page.locator("#log")).to_contain_text("Ето какво ще предам")
    await page.locator('button[value$=".pass-on"]').last.click()
    await expect(page.locator("#attach")).to_be_visible()


async def says(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.locator("#say .line button").click()


async def test_an_open_page_shows_the_new_words_and_says_that_they_are_new(
    tmp_path: Path,
    phone: BrowserContext,  # noqa: F811
):
    async with house(tmp_path) as h:
        await h.librarian()
        # The dictionaries take seconds to read, and the browser would wait for them.
        await asyncio.to_thread(prepare, h.service.context())
        page, faults = await phone.new_page(), []
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.set_viewport_size({"width": 360, "height": 740})
        await asks(page, h)
        talk = (await h.case()).conversation
        file = await h.service.files.keep(talk, "key-r1", "бланка.pdf", sent_files.pdf())
        await acts(h, "reply", text="Елате в петък", ref="r1", file=file)
        line = page.locator(".bot", has_text="Елате в петък")
        await expect(line).to_have_count(1)
        await expect(line).to_contain_text("Файл от библиотеката: бланка.pdf")
        # The page's next request says what it has shown.
        await expect(page.locator(".bot").last).to_be_visible()
        await page.fill("#text", "пиша нещо")
        await h.service.runtime.settle()
        await acts(h, "edit", text="Елате в сряда", ref="r1")
        await expect(page.locator("#log")).to_contain_text("✏️ Поправено – 👤 Мария: Елате в сряда")
        await expect(page.locator("#log")).not_to_contain_text("петък")
        changed = page.locator(".bot", has_text="бланка.pdf")
        await expect(changed).to_contain_text("👤 Мария: Елате в сряда")
        await expect(changed.locator(".note")).to_have_text("поправено")
        await expect(page.locator("#text")).to_have_value("пиша нещо")
        await pictured(page, "edited-360")

        await acts(h, "retract", ref="r1")
        log = page.locator("#log")
        await expect(log).to_contain_text("👤 Мария оттегли свое съобщение по-горе.")
        await expect(log).to_contain_text("👤 Мария оттегли това съобщение.")
        await expect(log).not_to_contain_text("сряда")
        await expect(log).not_to_contain_text("бланка.pdf")
        await pictured(page, "retracted-360")
        shown = await page.locator("#log > div").all_inner_texts()
        await page.reload()
        again = await page.locator("#log > div").all_inner_texts()
        assert again[-len(shown) :] == shown
        await page.get_by_text("Прикачи файл").click()
        found = (await Axe().run(page, context="#attach")).response["violations"]
        assert [fault["id"] for fault in found] == []
        assert faults == []
