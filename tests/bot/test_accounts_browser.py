"""Signing in at the desk in real browsers: a phone, a desk, and a computer that many share."""

import os
import re
import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, expect
from test_handoff_browser import (
    DATABASE,
    POSOKA,
    VRATSA,
    Running,
    asks,
    browser,  # noqa: F401  # a fixture
    page_of,
    press,
    running,  # noqa: F401  # a fixture
)

pytestmark = pytest.mark.browser
PASSWORD = "три сини врабчета"  # noqa: S105
SIZES = pytest.mark.parametrize(
    "size", [{"width": 360, "height": 740}, {"width": 1280, "height": 800}], ids=["360", "1280"]
)
HTMX_NOTES = "htmx-current-path-for-history"
DOOR = "Вход за библиотекари"


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("POSOKA_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"accounts-{name}.png"), full_page=True)


def link_of(running: Running, *command: str) -> str:  # noqa: F811
    said = subprocess.run(
        [*POSOKA, *command, "--url", running.address],
        env=running.environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return next(line for line in said.splitlines() if "/desk/" in line)


def kept_of_the_desk(page: Page) -> list[str]:
    """What the tab still keeps; htmx itself notes that the door is open."""
    kept = page.evaluate("Object.entries(sessionStorage)")
    return [name for name, value in kept if (name, value) != (HTMX_NOTES, "/desk")]


def fits(page: Page) -> None:
    """Nothing stands beyond the right edge, and axe-core finds nothing that shuts anybody out."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, wide


def goes_to(page: Page, name: str) -> None:
    """By the row of places on a wide screen, by the menu on a phone."""
    menu = page.locator(".menu > summary")
    if menu.is_visible():
        menu.click()
    page.get_by_role("navigation", name="Страници").get_by_role("link", name=name).click()


def joins(page: Page, link: str, name: str, login: str, *, shared: bool = False) -> None:
    page.goto(link)
    page.get_by_label("Как да Ви виждат хората").fill(name)
    page.get_by_label("Изберете потребителско име").fill(login)
    page.get_by_label("Изберете парола").fill(PASSWORD)
    if shared:
        page.get_by_label("Общ компютър").check()
    page.get_by_role("button", name="Влез").click()
    expect(page.locator("header")).to_contain_text(name)


def signs_in(page: Page, login: str, password: str = PASSWORD, *, shared: bool = False) -> None:
    page.get_by_label("Потребителско име").fill(login)
    page.get_by_label("Парола").fill(password)
    if shared:
        page.get_by_label("Общ компютър").check()
    with page.expect_navigation():
        page.get_by_label("Парола").press("Enter")


@SIZES
def test_an_administrator_invites_resets_and_stops_with_the_mouse_and_without(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    size: dict[str, int],
):
    width = size["width"]
    ana, maria = page_of(browser, size), page_of(browser, size)
    ana.goto(link_of(running, "desk", "admin"))
    fits(ana)
    picture(ana, f"join-{width}")
    joins(ana, ana.url, f"Ана {width}", f"ana{width}")
    expect(ana.get_by_role("heading", name="Нова покана")).to_be_visible()

    ana.get_by_label("Къде ще отговаря?").select_option(VRATSA)
    press(ana, "Направи връзка")
    link = ana.get_by_label("Покана за: Регионална библиотека").input_value()
    fits(ana)
    picture(ana, f"people-link-{width}")
    joins(maria, link, f"Мария {width}", f"maria{width}")
    fits(maria)
    picture(maria, f"cases-{width}")

    goes_to(ana, "Хора")
    expect(ana.locator("body")).not_to_contain_text(link)
    fits(ana)
    picture(ana, f"people-{width}")
    ana.once("dialog", lambda dialog: dialog.accept())
    ana.get_by_role("button", name=f"Направи връзка за нова парола на Мария {width}").click()
    link = ana.get_by_label(f"Връзка за нова парола на Мария {width}", exact=True).input_value()
    # The open page of who is signed out by it finds the door by itself.
    expect(maria.get_by_role("heading", name=DOOR)).to_be_visible()
    fits(maria)
    picture(maria, f"door-{width}")
    signs_in(maria, f"maria{width}", "грешна парола")
    expect(maria.get_by_role("alert")).to_contain_text("не са верни")
    picture(maria, f"door-wrong-{width}")
    maria.goto(link)
    picture(maria, f"reset-{width}")
    maria.get_by_label("Изберете парола").fill("четири дъждовни дни")
    press(maria, "Запази")
    expect(maria.locator("header")).to_contain_text(f"Мария {width}")
    goes_to(maria, "Моите влизания")
    expect(maria.locator("main")).to_contain_text("Chrome на Linux")
    fits(maria)
    picture(maria, f"me-{width}")

    ana.once("dialog", lambda dialog: dialog.accept())
    ana.get_by_role("button", name=f"Спри достъпа на Мария {width}").click()
    expect(ana.get_by_role("button", name=f"Пусни отново Мария {width}")).to_be_visible()
    maria.reload()
    expect(maria.get_by_role("heading", name=DOOR)).to_be_visible()
    goes_to(ana, "Дневник")
    expect(ana.locator(".trail li").first).to_contain_text(f"спря достъпа: Мария {width}")
    fits(ana)
    picture(ana, f"audit-{width}")
    for page in (ana, maria):
        faults = [one for one in page.faults if "400" not in one]  # type: ignore[attr-defined]
        assert not faults


def test_a_shared_computer_is_left_without_a_trace(browser: Browser, running: Running):  # noqa: F811
    desk, phone = (
        page_of(browser, {"width": 1280, "height": 800}),
        page_of(browser, {"width": 390, "height": 844}),
    )
    joins(desk, link_of(running, "desk", "invite", VRATSA), "Петя", "petya", shared=True)
    expect(desk.locator("#ends")).to_contain_text(re.compile(r"излизате в \d\d:\d\d"))
    picture(desk, "shared-1280")
    phone.goto(running.address)
    asks(phone, VRATSA, "Къде?")
    press(phone, "Да, предай")
    desk.locator("nav li a").first.click()
    desk.locator("#reply").fill("Недописан отговор")
    assert "Недописан" in desk.evaluate("JSON.stringify(sessionStorage)")
    # Signing out: the draft is gone, and „back“ shows nothing.
    desk.get_by_role("button", name="Излез").click()
    expect(desk.get_by_role("heading", name=DOOR)).to_be_visible()
    assert kept_of_the_desk(desk) == []
    desk.go_back()
    expect(desk.locator("body")).not_to_contain_text("Недописан")
    expect(desk.locator("body")).not_to_contain_text("Къде?")

    # A quarter of an hour of nothing: the open page goes to the door by itself.
    desk.goto(f"{running.address}/desk")
    signs_in(desk, "petya", shared=True)
    desk.locator("nav li a").first.click()
    desk.locator("#reply").fill("Втори недописан")
    file = running.environment[DATABASE].removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as db:
        db.execute("UPDATE desk_session SET last_seen_at = last_seen_at - 900000")
        db.commit()
    expect(desk.get_by_role("heading", name=DOOR)).to_be_visible()
    assert kept_of_the_desk(desk) == []
    assert not [f for f in desk.faults if "40" not in f]  # type: ignore[attr-defined]


def test_a_page_without_refreshing_goes_to_the_door_too_and_warns_before(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    page = page_of(browser, {"width": 1280, "height": 800})
    page.clock.install()
    joins(page, link_of(running, "desk", "admin"), "Боян", "boyan", shared=True)
    goes_to(page, "Моите влизания")
    expect(page.locator("#ends-soon")).to_be_hidden()
    file = running.environment[DATABASE].removeprefix("sqlite:///")

    def pass_by(milliseconds: int) -> None:
        with closing(sqlite3.connect(file)) as db:
            db.execute("UPDATE desk_session SET last_seen_at = last_seen_at - ?", (milliseconds,))
            db.commit()
        page.clock.run_for(milliseconds)

    pass_by(14 * 60_000 + 2000)
    expect(page.get_by_role("alert")).to_contain_text("След минута излизате")
    page.get_by_label("Сегашна парола").press_sequentially("а")
    expect(page.locator("#ends-soon")).to_be_hidden()
    pass_by(14 * 60_000 + 2000)
    expect(page.locator("#ends-soon")).to_be_visible()
    pass_by(61_000)
    expect(page.get_by_role("heading", name=DOOR)).to_be_visible()


def test_drafts_of_ones_own_computer_survive_the_end_of_a_session(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    desk = page_of(browser, {"width": 1280, "height": 800})
    where = _writes(browser, running, desk, "raya")
    # It is the sent answer that meets the door, not what the page asks for by itself.
    by_itself = ("xhr", "fetch", "eventsource")
    desk.route(
        "**/*",
        lambda route: (
            route.abort() if route.request.resource_type in by_itself else route.continue_()
        ),
    )
    desk.context.clear_cookies()
    desk.locator("#send-button").click()
    expect(desk.get_by_label("текстът не е изпратен")).to_have_value("Започнат отговор")
    picture(desk, "door-draft-1280")
    signs_in(desk, "raya")
    expect(desk.locator("#draft")).to_have_value("Започнат отговор")
    desk.get_by_role("link", name="Продължете").click()
    assert desk.url == where
    expect(desk.locator("#reply")).to_have_value("Започнат отговор")


def test_who_is_led_to_the_door_while_writing_comes_back_to_the_words(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    desk = page_of(browser, {"width": 1280, "height": 800})
    where = _writes(browser, running, desk, "sava")
    desk.context.clear_cookies()
    # The page finds out when it next looks for what is new.
    with suppress(Error):  # it may have looked by itself, and be on its way to the door
        desk.evaluate("htmx.trigger(document.body, 'desk-change')")
    expect(desk.get_by_role("heading", name=DOOR)).to_be_visible()
    signs_in(desk, "sava")
    assert desk.url == where
    expect(desk.locator("#reply")).to_have_value("Започнат отговор")


def _writes(browser: Browser, running: Running, desk: Page, login: str) -> str:  # noqa: F811
    """Begin an answer to a question; returns the address of its page."""
    joins(desk, link_of(running, "desk", "invite", VRATSA), f"Рая {login}", login)
    question = f"Пазят ли се, пита {login}?"
    phone = page_of(browser, {"width": 390, "height": 844})
    phone.goto(running.address)
    asks(phone, VRATSA, question)
    press(phone, "Да, предай")
    expect(phone.locator("#log")).to_contain_text("Предадох въпроса Ви")
    desk.goto(f"{running.address}/desk")
    desk.locator("nav li a", has_text=question).click()
    desk.locator("#reply").fill("Започнат отговор")
    # The page has noted it down: who leaves sooner finds it on the door alone.
    desk.wait_for_function("Object.keys(sessionStorage).some(name => name.startsWith('desk:'))")
    return desk.url
