"""The card in a real browser: on a phone and a wide screen, light and dark, live, accessible."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from test_handoff_browser import (
    DESK,
    PHONE,
    VRATSA,
    Running,
    asks,
    browser,  # noqa: F401  # a fixture
    joins,
    page_of,
    press,
    running,  # noqa: F401  # a fixture
    write,
)

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
SLOW = 60_000
"""Milliseconds: on a busy machine the first words take long."""


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("POSOKA_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"card-{name}.png"), full_page=True)


def tells(page: Page) -> None:
    """Lost a job yesterday, in Vratsa; the first to come wait for the dictionaries."""
    write(page, "/start")
    expect(page.locator("#log")).to_contain_text("За кого питате?", timeout=SLOW)
    page.get_by_role("button", name="За мен", exact=True).last.click()
    page.get_by_role("button", name="Без работа", exact=True).last.click()
    write(page, "вчера")
    expect(page.locator("#log")).to_contain_text("ПЪРВО СРОКЪТ", timeout=SLOW)
    write(page, "гр. Враца")
    expect(page.locator("#log")).to_contain_text("община Враца", timeout=SLOW)


def looks_well(desk: Page, name: str) -> None:
    for width in WIDTHS:
        desk.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            desk.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            picture(desk, f"{name}-{width}-{scheme}")
            assert desk.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            found = Axe().run(desk, context="#card")
            assert found.violations_count == 0, found.generate_report()
    desk.set_viewport_size(DESK)  # type: ignore[arg-type]


def test_the_card_grows_while_it_is_read(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    phone, desk = page_of(browser, PHONE), page_of(browser, DESK)
    joins(desk, running.invited_before(VRATSA), "Мария")
    phone.goto(running.address)
    tells(phone)
    asks(phone, VRATSA, "Къде да отида първо?")
    press(phone, "Да, предай")
    expect(phone.locator("#log")).to_contain_text("Предадох въпроса Ви")
    desk.locator("nav li.due a").click()
    card = desk.locator("#card")
    expect(card).to_contain_text("Накратко")
    expect(card).to_contain_text("Без работа, последна работа до")
    expect(card).to_contain_text("Дирекция „Бюро по труда“ – Враца")
    looks_well(desk, "short")

    measure = card.locator("details.measure").first
    if measure.count():
        measure.locator("summary").click()
    answers = card.locator("details.answers")
    answers.locator("summary").click()
    expect(answers.locator("dl")).to_be_visible()
    desk.locator("#reply").fill("Половин отгов")
    write(phone, "бот")
    write(phone, "имам основно образование и съм на 52")
    press(phone, "Да, така е")
    expect(card).to_contain_text("Основно образование", timeout=SLOW)
    expect(card).to_contain_text("52 години")
    # What was opened stays open, and what is being written stays written.
    expect(card.locator("details.answers dl")).to_be_visible()
    expect(desk.locator("#reply")).to_have_value("Половин отгов")
    link = card.locator("details.measure a").first
    expect(link).to_have_attribute("rel", "noopener")
    card.locator("details.measure summary").first.click()
    looks_well(desk, "grown")
    assert not desk.faults  # type: ignore[attr-defined]
