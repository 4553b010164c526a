"""A visitor at a shared computer, in a real browser: no tab keeps the words when time is over."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect
from test_accounts_browser import DOOR, joins, link_of
from test_handoff_browser import (
    DATABASE,
    SOON,
    VRATSA,
    Running,
    browser,  # noqa: F401  # a fixture
    page_of,
    running,  # noqa: F401  # a fixture
)
from test_visitor_browser import MARKER, SLOW, TOLD, WIDE, is_sound, picture, presses, says

pytestmark = pytest.mark.browser
NEUTRAL = {"Посетител на място"}


def visits(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    login: str,
    *,
    clock: bool = False,
) -> Page:
    """A librarian at a shared computer, in the middle of a visit."""
    desk = page_of(browser, WIDE)
    if clock:
        desk.clock.install()
    desk.on("dialog", lambda dialog: dialog.accept())
    name = login.capitalize()
    joins(desk, link_of(running, "desk", "invite", VRATSA), name, login, shared=True)
    desk.goto(f"{running.address}/desk/visitor")
    desk.get_by_role("button", name="Нов посетител").click(timeout=SLOW)
    says(desk, MARKER)
    return desk


def with_a_plan(desk: Page) -> tuple[Page, Page]:
    """The pages to print and as PDF, each in a tab of its own."""
    says(desk, TOLD)
    presses(desk, "Да, така е")
    says(desk, "/plan")
    presses(desk, "Изпрати като PDF")
    where = desk.get_by_role("link", name="Отвори за печат").get_attribute("href")
    assert where
    tabs = []
    for path in (where, where.replace("print", "pdf")):
        tab = desk.context.new_page()
        tab.set_default_timeout(SOON)
        tab.goto(f"{desk.url.partition('/desk')[0]}{path}", wait_until="domcontentloaded")
        tabs.append(tab)
    paper, pdf = tabs
    expect(paper.get_by_role("heading", name="Моят план за работа")).to_be_visible()
    expect(paper.get_by_text("може да остане на компютъра")).to_be_visible()
    expect(pdf.get_by_text("може да остане на компютъра")).to_be_visible()
    expect(pdf.locator("iframe")).to_have_attribute("src", where.replace("print", "file"))
    return paper, pdf


def nothing_shows(*tabs: Page) -> None:
    for tab in tabs:
        expect(tab.locator("iframe, .sheet, #log, #text")).to_have_count(0)
        expect(tab.locator("body")).not_to_contain_text(MARKER)


def test_the_end_of_a_visit_is_the_end_in_every_tab(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    desk = visits(browser, running, "vera")
    paper, pdf = with_a_plan(desk)
    is_sound(paper)
    picture(paper, "shared-print")
    picture(pdf, "shared-pdf")
    assert {desk.title(), paper.title(), pdf.title()} == NEUTRAL
    second = desk.context.new_page()
    second.goto(desk.url)
    expect(second.locator("#log")).to_contain_text(MARKER)
    second.locator("#text").fill("недописано")
    desk.get_by_role("button", name="Край – изтрий всичко").click()
    expect(desk.get_by_role("status")).to_contain_text("не остана нищо")
    for tab in (paper, pdf, second):
        expect(tab.get_by_role("alert")).to_contain_text("приключи и е изтрит")
    nothing_shows(paper, pdf, second)
    kept = second.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert MARKER not in kept
    assert "недописано" not in kept
    # Back in such a tab shows nothing either.
    second.go_back()
    expect(second.locator("body")).not_to_contain_text(MARKER)


def test_signing_out_in_another_tab_clears_the_visit(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    desk = visits(browser, running, "zoya")
    paper, pdf = with_a_plan(desk)
    other = desk.context.new_page()
    other.goto(f"{running.address}/desk")
    other.get_by_role("button", name="Излез").click()
    for tab in (other, desk, paper, pdf):
        expect(tab.get_by_role("heading", name=DOOR)).to_be_visible()
    nothing_shows(desk, paper, pdf)


def test_idle_time_warns_a_minute_before_and_typing_is_no_idle_time(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    desk = visits(browser, running, "lili", clock=True)
    soon = desk.locator("#ends-soon")
    file = running.environment[DATABASE].removeprefix("sqlite:///")

    def pass_by(milliseconds: int) -> None:
        with closing(sqlite3.connect(file)) as db:
            db.execute("UPDATE desk_session SET last_seen_at = last_seen_at - ?", (milliseconds,))
            db.commit()
        desk.clock.run_for(milliseconds)

    expect(soon).to_be_hidden()
    pass_by(14 * 60_000 + 2000)
    expect(soon).to_contain_text("След минута разговорът се изтрива")
    is_sound(desk)
    picture(desk, "shared-soon", whole=False)
    desk.locator("#text").press_sequentially("пиша")
    expect(soon).to_be_hidden()
    pass_by(14 * 60_000 + 2000)
    expect(soon).to_be_visible()
    desk.get_by_role("button", name="Още работим").click()
    expect(soon).to_be_hidden()
    expect(desk.locator("#log")).to_contain_text(MARKER)
    pass_by(14 * 60_000 + 2000)
    expect(soon).to_be_visible()
    desk.locator("#text").evaluate("field => { field.value = 'недописано'; }")
    pass_by(61_000)
    expect(desk.get_by_role("heading", name=DOOR)).to_be_visible()
    expect(desk.get_by_role("alert")).to_contain_text("Разговорът с посетителя е изтрит")
    picture(desk, "shared-over")
    nothing_shows(desk)
    desk.go_back()
    expect(desk.locator("body")).not_to_contain_text(MARKER)
    expect(desk.locator("body")).not_to_contain_text("недописано")


def test_a_visit_whose_service_cannot_be_asked_shows_nothing_when_its_time_is_over(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    desk = visits(browser, running, "neda", clock=True)
    desk.context.set_offline(True)  # its only argument
    desk.clock.run_for(14 * 60_000)
    expect(desk.locator("#log")).to_be_visible()
    desk.clock.run_for(62_000)
    expect(desk.locator("#log")).to_be_hidden()
    desk.context.set_offline(False)
    # The service says that there is time yet.
    desk.clock.run_for(5000)
    expect(desk.locator("#log")).to_be_visible()


def test_a_page_that_comes_anew_by_itself_loses_the_mark_at_once(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    desk = page_of(browser, WIDE)
    joins(desk, link_of(running, "desk", "invite", VRATSA), "Гена", "gena", shared=True)
    for path, shown in (("/desk?by-itself", "/desk"), ("/desk?a=1&by-itself=", "/desk?a=1")):
        desk.goto(f"{running.address}{path}")
        assert desk.url == f"{running.address}{shown}"
