"""A new librarian's first day in a real browser: an invented person, an answer, the check."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from test_handoff_browser import (
    DESK,
    PHONE,
    VRATSA,
    Running,
    asks,
    browser,  # noqa: F401  # a fixture
    closes,
    joins,
    page_of,
    press,
    running,  # noqa: F401  # a fixture
)

pytestmark = pytest.mark.browser
BANNER = "Упражнение с измислени хора"
SLOW = 60_000
"""Milliseconds: the first to come wait for the dictionaries on a busy machine."""
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


def picture(page: Page, name: str, *, whole: bool = True) -> None:
    folder = os.environ.get("POSOKA_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"practice-{name}.png"), full_page=whole)


def is_marked(page: Page) -> None:
    """Every screen says what it is, fits its width and offers targets for a finger."""
    expect(page.locator(".practice")).to_contain_text(BANNER)
    expect(page.locator(".practice")).to_be_in_viewport()
    expect(page).to_have_title(re.compile("Упражнение"))
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('button, .go, .other')].filter(b => b.offsetParent &&"
        " b.getBoundingClientRect().height < 40).map(b => b.textContent)"
    )
    assert small == []


def answers(page: Page, text: str) -> None:
    page.locator("#reply").fill(text)
    page.locator("#send-button").click()
    expect(page.locator("#talk")).to_contain_text(text)


@SIZES
def test_a_practice_from_the_first_click_to_the_check(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    size: dict[str, int],
):
    name = "desk" if size == DESK else "phone"
    desk = page_of(browser, size)
    joins(desk, running.invited_before(VRATSA), f"Мария {name}")
    expect(desk.locator("body")).not_to_contain_text(BANNER)
    menu = desk.locator(".menu > summary")
    if menu.is_visible():
        menu.click()
    desk.get_by_role("link", name="Упражнения").click()
    is_marked(desk)
    expect(desk.locator(".people li")).to_have_count(10)
    picture(desk, f"{name}-people")

    desk.get_by_role("button", name="Започни с Асен").click(timeout=SLOW)
    is_marked(desk)
    expect(desk.locator("h2")).to_contain_text("Упражнение с Асен")
    expect(desk.locator(".card")).to_contain_text("с. Долна Кремена")
    expect(desk.locator(".asked")).to_contain_text("кое е моето бюро?")
    picture(desk, f"{name}-case")
    desk.get_by_role("button", name="Поемам").click()
    expect(desk.locator("#talk")).to_contain_text("пое въпроса")

    answers(desk, "Здравейте! Вашето бюро по труда е в Мездра.")
    expect(desk.locator("#talk")).to_contain_text("А може ли без ходене")
    expect(desk.locator("#talk")).to_contain_text("остава тук, не е изпратено")
    answers(desk, "Може да идват в селото. По данни на Агенцията по заетостта към 22.11.2026.")
    expect(desk.locator("#talk")).to_contain_text("за пътя помага ли някой")
    answers(desk, "Попитайте в бюрото, преди да тръгнете.")
    expect(desk.locator("#talk")).to_contain_text("Човекът каза всичко")
    is_marked(desk)
    picture(desk, f"{name}-talk")

    closes(desk)
    check = desk.locator(".outcome")
    expect(check).to_be_in_viewport()
    for said in ("Назовахте нещо", "Назовахте бюрото", "откъде знаете", "кога е проверено"):
        expect(check).to_contain_text(said)
    expect(check).to_contain_text("проверено на")
    expect(check.locator("article")).to_have_count(3)
    picture(desk, f"{name}-check", whole=False)
    picture(desk, f"{name}-check-whole")
    desk.evaluate("window.scrollTo(0, 0)")
    is_marked(desk)

    desk.once("dialog", lambda dialog: dialog.accept())
    desk.get_by_role("button", name="Изтрий упражнението").click()
    expect(desk.locator("body")).to_contain_text("Още нямате започнати упражнения")
    assert not desk.faults  # type: ignore[attr-defined]


def test_a_real_question_is_not_among_the_practices_nor_they_among_the_real(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    desk, phone = page_of(browser, DESK), page_of(browser, PHONE)
    joins(desk, running.invited_before(VRATSA), "Ани")
    desk.get_by_role("link", name="Упражнения").click()
    desk.get_by_role("button", name="Започни с Радка").click(timeout=SLOW)
    expect(desk.locator("nav li")).to_contain_text("Радка")
    expect(desk.locator(".card")).to_contain_text("60")
    phone.goto(running.address)
    asks(phone, VRATSA, "Истински въпрос?")
    press(phone, "Да, предай")
    expect(phone.locator("#log")).to_contain_text("Предадох въпроса Ви")
    desk.reload()
    expect(desk.locator("body")).not_to_contain_text("Истински въпрос")
    desk.get_by_role("link", name="Към истинските въпроси").click()
    expect(desk.locator("nav")).to_contain_text("Истински въпрос")
    expect(desk.locator("body")).not_to_contain_text("Радка")
    expect(desk.locator("body")).not_to_contain_text(BANNER)
