"""Writing a reply in a real browser: a slash, a few letters, Enter; by keyboard alone."""

import os
import re
import secrets
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from test_handoff_browser import (
    VRATSA,
    Running,
    asks,
    browser,  # noqa: F401  # a fixture
    joins,
    page_of,
    press,
    running,  # noqa: F401  # a fixture
    tells,
    write,
)

pytestmark = pytest.mark.browser
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
SLOW = 60_000
"""Milliseconds: the first to look something up waits for the dictionaries on a busy machine."""
HARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")


@pytest.fixture(scope="module", autouse=True)
def _dictionaries_are_read(browser: Browser, running: Running) -> None:  # noqa: F811
    person = page_of(browser, WIDE)
    person.goto(running.address)
    write(person, "с. Баница, на 57 съм")
    expect(person.locator("#log")).to_contain_text("57", timeout=SLOW)
    expect(person.locator("#log .bot").nth(1)).to_be_visible(timeout=SLOW)


def picture(page: Page, name: str, size: dict[str, int], *, whole: bool = False) -> None:
    folder = os.environ.get("POSOKA_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        file = Path(folder) / f"writing-{name}-{size['width']}.png"
        page.screenshot(path=str(file), full_page=whole)


def is_accessible(page: Page) -> None:
    options = {"runOnly": {"type": "tag", "values": list(HARD)}}
    found = Axe().run(page, options=options)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.faults == []  # type: ignore[attr-defined]


def at_a_case(browser: Browser, running: Running, size: dict[str, int], question: str) -> Page:  # noqa: F811
    """A person of Vratsa has asked; the page of their case, on a desk or a phone."""
    desk = page_of(browser, size)
    joins(desk, running.invited_before(VRATSA), f"Мария {secrets.token_hex(3)}")
    person = page_of(browser, {"width": 390, "height": 844})
    person.goto(running.address)
    tells(person)
    asks(person, VRATSA, question)
    press(person, "Да, предай")
    expect(person.locator("#log")).to_contain_text("Предадох въпроса Ви")
    desk.locator("nav li a").filter(has_text=question).first.click()
    expect(desk.locator("#reply")).to_be_visible()
    return desk


def active(page: Page) -> str:
    """What a screen reader says is chosen: what the field points at."""
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
        "?.querySelector('strong')?.textContent ?? ''"
    )


@SIZES
def test_a_text_is_put_in_by_keyboard_alone_and_sent_by_the_librarian(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    size: dict[str, int],
):
    desk = at_a_case(browser, running, size, f"Имам ли обезщетение {size['width']}?")
    expect(desk.locator("#whisper .chip")).not_to_have_count(0, timeout=SLOW)
    is_accessible(desk)
    picture(desk, "suggested", size, whole=True)

    area = desk.locator("#reply")
    area.focus()
    desk.keyboard.type("Здравейте!\n/")
    query = desk.locator("#insert-query")
    expect(query).to_be_focused()
    expect(desk.locator("#insert-list [role=option]")).not_to_have_count(0, timeout=SLOW)
    desk.keyboard.type("пътни")
    expect(desk.locator("#insert-list")).to_contain_text("Пари за път", timeout=SLOW)
    expect(desk.locator("#insert-count")).to_have_text(re.compile("Намерен"))
    assert active(desk) == "Пари за път до работа или интервю"
    is_accessible(desk)
    picture(desk, "list", size)

    desk.keyboard.press("Enter")
    expect(desk.locator("#insert")).to_be_hidden()
    expect(area).to_be_focused()
    text = area.input_value()
    assert text.startswith("Здравейте!\nПари за път до работа или интервю\n")
    assert "проверено на" in text
    assert "/" not in text.splitlines()[1]
    expect(desk.locator("#insert-said")).to_contain_text("изпратете сами")
    expect(desk.locator(".talk .librarian")).to_have_count(0)
    picture(desk, "inserted", size, whole=True)

    # What was put in can be taken back, and is kept until it has gone through.
    desk.keyboard.press("Control+z")
    assert "Пари за път" not in area.input_value()
    desk.keyboard.press("Control+Shift+z")
    desk.reload()
    expect(area).to_have_value(text)
    area.focus()
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".talk .librarian")).to_contain_text("Пари за път")


def test_arrows_choose_escape_leaves_and_the_button_does_what_the_slash_does(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    desk = at_a_case(browser, running, WIDE, "Какво за младежи?")
    desk.locator("#insert-open").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#insert-query")).to_be_focused()
    desk.keyboard.type("mladezhi")
    options = desk.locator("#insert-list [role=option]")
    expect(options.filter(has_text="Младежка заетост")).to_have_count(1, timeout=SLOW)
    expect(desk.locator("#insert-list")).not_to_have_attribute("aria-busy", "true")
    first = active(desk)
    desk.keyboard.press("ArrowDown")
    second = active(desk)
    assert first
    assert second not in ("", first)
    desk.keyboard.press("ArrowUp")
    assert active(desk) == first
    desk.keyboard.press("ArrowUp")
    assert active(desk) == options.last.locator("strong").text_content()
    desk.keyboard.press("Escape")
    expect(desk.locator("#insert")).to_be_hidden()
    expect(desk.locator("#reply")).to_be_focused()
    assert desk.locator("#reply").input_value() == ""
    # What was typed after a slash stays as words; where nothing was, the slash goes too.
    for typed, left in (("/", ""), ("/док", "/док"), ("Да\n/", "Да\n")):
        desk.locator("#reply").fill("")
        desk.keyboard.type(typed)
        expect(desk.locator("#insert-query")).to_be_focused()
        desk.keyboard.press("Escape")
        expect(desk.locator("#reply")).to_be_focused()
        expect(desk.locator("#reply")).to_have_value(left)
        expect(desk.locator("#insert")).to_be_hidden()
    desk.locator("#reply").fill("")
    # A slash inside a line, and two at its start, are only slashes.
    desk.keyboard.type("и/или")
    expect(desk.locator("#insert")).to_be_hidden()
    desk.locator("#reply").fill("")
    desk.keyboard.type("//")
    expect(desk.locator("#insert")).to_be_hidden()
    expect(desk.locator("#reply")).to_have_value("//")
    is_accessible(desk)


@SIZES
def test_a_gap_is_seen_chosen_and_stops_the_reply(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    size: dict[str, int],
):
    desk = at_a_case(browser, running, size, f"Кое е моето бюро {size['width']}?")
    chip = desk.locator("#whisper .chip").filter(has_text="Кое е моето бюро по труда")
    chip.click(timeout=SLOW)
    area = desk.locator("#reply")
    expect(area).to_have_value(re.compile(r"\[няма данни: телефон на бюрото\]"))
    expect(desk.locator("#insert-said")).to_contain_text("Липсва: адрес на бюрото, телефон")
    chosen = "area => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert area.evaluate(chosen) == "[няма данни: адрес на бюрото]"
    is_accessible(desk)
    picture(desk, "gap", size, whole=True)
    desk.locator("#send-button").click()
    expect(desk.get_by_role("alert")).to_contain_text("Още има празни места")
    expect(area).to_have_value(re.compile("няма данни"))
    expect(desk.locator(".talk .librarian")).to_have_count(0)
    for gap in ("адрес на бюрото", "телефон на бюрото"):
        value = area.input_value().replace(f"[няма данни: {gap}]", "ще проверя")
        area.fill(value)
    desk.locator("#send-button").click()
    expect(desk.locator(".talk .librarian")).to_contain_text("ще проверя")


@SIZES
def test_without_scripts_there_is_a_page_with_texts_to_copy(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    size: dict[str, int],
):
    desk = at_a_case(browser, running, size, f"Имам въпрос {size['width']}")
    plain = browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        java_script_enabled=False,
        storage_state=desk.context.storage_state(),
    ).new_page()
    plain.goto(desk.url)
    plain.get_by_role("link", name="Вмъкни").click()
    plain.get_by_role("searchbox").fill("телефон бюро монтана")
    plain.keyboard.press("Enter")
    expect(plain.locator("textarea").first).to_have_value(re.compile("Монтана"), timeout=SLOW)
    picture(plain, "plain", size, whole=True)
    plain.get_by_role("link", name="Към въпроса").click()
    expect(plain.locator("#reply")).to_be_visible()


@SIZES
def test_answers_are_written_and_read_on_any_width(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    size: dict[str, int],
):
    desk = page_of(browser, size)
    joins(desk, running.invited_before(VRATSA), f"Елена {size['width']}")
    desk.goto(f"{running.address}/desk/answers")
    expect(desk.locator(".answers li")).not_to_have_count(0)
    is_accessible(desk)
    picture(desk, "answers", size, whole=True)
    desk.get_by_role("link", name="Нов отговор").click()
    desk.get_by_label("Кратка дума").fill(f"ч{size['width']}")
    desk.get_by_label("Заглавие").fill(f"Читателска карта {size['width']}")
    desk.get_by_label("Текст").fill("Елате в {библиотека}. Звъннете на {телефна}.")
    desk.get_by_role("button", name="Запази").click()
    expect(desk.get_by_role("alert")).to_contain_text("{телефна}")
    desk.faults.clear()  # type: ignore[attr-defined]
    is_accessible(desk)
    picture(desk, "refused", size, whole=True)
    desk.get_by_label("Текст").fill("Елате в {библиотека}. Звъннете на {телефон}.")
    desk.get_by_role("button", name="Запази").click()
    expect(desk.get_by_role("status").first).to_contain_text("Записано")
    desk.locator(".answers li").filter(has_text=f"карта {size['width']}").get_by_role(
        "link"
    ).click()
    expect(desk.locator(".result")).to_contain_text("092 626 170")
    is_accessible(desk)
    picture(desk, "edit", size, whole=True)
