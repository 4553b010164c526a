"""A visitor at the desk in a real browser: without scripts, by keyboard, on a phone, on paper."""

import io
import os
import re
import signal
import subprocess
from pathlib import Path

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from test_handoff_browser import (
    DATABASE,
    POSOKA,
    SOON,
    VRATSA,
    Running,
    browser,  # noqa: F401  # a fixture
    joins,
    page_of,
    running,  # noqa: F401  # a fixture
)

pytestmark = pytest.mark.browser
BANNER = "Посетител на място – нищо не се пази"
MARKER = "кукувица-седемнайсет"
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["360", "1280"])
PAPER = {"width": 794, "height": 1123}
SLOW = 60_000
"""Milliseconds: the first to come wait for the dictionaries on a busy machine."""
TOLD = "останах без работа на 18.11.2026, на 57 съм, от Враца"


def picture(page: Page, name: str, *, whole: bool = True) -> None:
    folder = os.environ.get("POSOKA_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"visitor-{name}.png"), full_page=whole)


def is_sound(page: Page) -> None:
    """The page fits its width, offers targets for a finger, and axe finds no fault in it."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('button, input[type=text], .visit a, .day a, .ways a')]"
        ".filter(b => b.offsetParent && b.getBoundingClientRect().height < 43)"
        ".map(b => b.textContent)"
    )
    assert small == []
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def is_marked(page: Page) -> None:
    expect(page.locator(".banner")).to_have_text(BANNER)
    expect(page.locator(".banner")).to_be_in_viewport()
    is_sound(page)


def says(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter", timeout=SLOW)
    expect(page.locator(".me").last).to_contain_text(text, timeout=SLOW)


def presses(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).last.click()
    expect(page.locator(".me").last).to_contain_text(label)


def comes_in(browser: Browser, running: Running, size: dict[str, int], name: str) -> Page:  # noqa: F811
    desk = page_of(browser, size)
    desk.on("dialog", lambda dialog: dialog.accept())
    joins(desk, running.invited_before(VRATSA), name)
    return desk


def on_disk(running: Running) -> bytes:  # noqa: F811
    file = Path(running.environment[DATABASE].removeprefix("sqlite:///"))
    found = b"".join(f.read_bytes() for f in file.parent.glob(f"{file.name}*"))
    assert b"SQLite format 3" in found
    return found


@SIZES
def test_a_visit_from_the_list_to_the_printed_plan_and_its_end(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    size: dict[str, int],
):
    width = size["width"]
    desk = comes_in(browser, running, size, f"Мария {width}")
    is_sound(desk)
    picture(desk, f"{width}-list")
    desk.get_by_role("link", name="Посетител на място").click()
    is_marked(desk)
    picture(desk, f"{width}-door")
    desk.get_by_role("button", name="Нов посетител").click(timeout=SLOW)
    is_marked(desk)
    picture(desk, f"{width}-begin")
    says(desk, MARKER)
    says(desk, TOLD)
    presses(desk, "Да, така е")
    is_marked(desk)
    picture(desk, f"{width}-asks", whole=False)
    # The page comes to what was said last, and the librarian reads on from there.
    expect(desk.locator("#end")).to_be_in_viewport()
    expect(desk.get_by_role("button", name="Библиотекар", exact=True)).to_have_count(0)
    says(desk, "/plan")
    presses(desk, "Изпрати като PDF")
    picture(desk, f"{width}-plan", whole=False)
    desk.get_by_role("link", name="Отвори за печат").click()
    is_marked(desk)
    expect(desk.get_by_role("heading", name="Моят план за работа")).to_be_visible()
    expect(desk.get_by_role("button", name="Отпечатай")).to_be_visible()
    picture(desk, f"{width}-print")
    printed(desk, width)
    paper = desk.url
    desk.get_by_role("link", name="Към разговора").click()
    desk.get_by_role("button", name="Край – изтрий всичко").click()
    expect(desk.get_by_role("status")).to_have_text("Готово. От разговора не остана нищо.")
    is_marked(desk)
    picture(desk, f"{width}-end")
    assert MARKER.encode() not in on_disk(running)

    # Back shows nothing, however far, and neither does an address that was kept.
    for _ in range(12):
        desk.go_back(wait_until="load")
        if not desk.url.startswith(f"{running.address}/desk/visitor"):
            break
        expect(desk.locator("body")).not_to_contain_text(MARKER)
        expect(desk.locator("body")).not_to_contain_text("57")
        expect(desk.get_by_role("button", name="Нов посетител")).to_be_visible()
    desk.goto(paper)
    expect(desk.get_by_role("button", name="Нов посетител")).to_be_visible()
    # What a page of the visit still asked for at its end is answered „410 Gone“.
    assert [f for f in desk.faults if "410" not in f] == []  # type: ignore[attr-defined]


def printed(page: Page, width: int) -> None:
    """On paper stand the plan and nothing of the screen around it; it is one page."""
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
    assert len(pdf.pages) == 1
    assert "Моят план за работа" in text
    assert "Регистрация в бюрото по труда" in text
    for screen in (BANNER, "Ctrl", "Отпечатай", "Към разговора", MARKER):
        assert screen not in text
    before = page.viewport_size
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)  # type: ignore[arg-type]
    picture(page, f"{width}-paper")
    page.emulate_media(media="screen")
    page.set_viewport_size(before)  # type: ignore[arg-type]


def test_the_whole_visit_goes_by_keyboard_alone(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    desk = comes_in(browser, running, WIDE, "Клавиш")
    desk.goto(f"{running.address}/desk/visitor")
    reach(desk, "Нов посетител")
    desk.keyboard.press("Enter")
    expect(desk.locator(".bot")).to_have_count(1, timeout=SLOW)
    reach(desk, "За мен")
    desk.keyboard.press("Enter")
    expect(desk.locator(".me")).to_have_text("Вие:За мен")
    reach(desk, "Без работа")
    desk.keyboard.press("Space")
    expect(desk.locator(".me").last).to_have_text("Вие:Без работа")
    reach(desk, "Край – изтрий всичко")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("не остана нищо")


def reach(page: Page, label: str) -> None:
    """Press Tab until the button has the focus."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == label:
            return
    pytest.fail(f"{label} cannot be reached by keyboard")


def test_it_works_without_scripts(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)  # type: ignore[arg-type]
    desk = context.new_page()
    desk.set_default_timeout(SOON)
    desk.goto(running.invited_before(VRATSA))
    joins(desk, desk.url, "Без скриптове")
    desk.get_by_role("button", name="+1 Дойдоха заради Посока").click()
    expect(desk.locator("output").first).not_to_have_text("0")
    desk.get_by_role("button", name="Върни последното: Дойдоха").click()
    desk.get_by_role("link", name="Посетител на място").click()
    desk.get_by_role("button", name="Нов посетител").click(timeout=SLOW)
    says(desk, TOLD)
    presses(desk, "Да, така е")
    says(desk, "/plan")
    presses(desk, "Изпрати като PDF")
    desk.get_by_role("link", name="Отвори за печат").click()
    expect(desk.get_by_text("или Ctrl + P")).to_be_visible()
    expect(desk.locator("#print")).to_be_hidden()
    desk.get_by_role("link", name="Към разговора").click()
    desk.get_by_role("button", name="Край – изтрий всичко").click()
    expect(desk.get_by_role("status")).to_contain_text("не остана нищо")
    context.close()


@SIZES
def test_the_numbers_of_the_day_and_the_tables_of_the_month(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    size: dict[str, int],
):
    width = size["width"]
    desk = comes_in(browser, running, size, f"Ана {width}")
    came = desk.locator("output").first
    before = int(came.inner_text())
    desk.get_by_role("button", name="+1 Дойдоха заради Посока").click()
    expect(came).to_have_text(str(before + 1))
    desk.get_by_role("button", name="+1 Дойдоха заради Посока").click()
    expect(came).to_have_text(str(before + 2))
    is_sound(desk)
    picture(desk, f"{width}-day")
    desk.get_by_role("button", name="Върни последното: Дойдоха").click()
    expect(came).to_have_text(str(before + 1))
    desk.get_by_role("link", name="Бройки за месеца").click()
    expect(desk.locator("tfoot")).to_contain_text("Общо")
    is_sound(desk)
    picture(desk, f"{width}-counters")
    desk.goto(f"{running.address}/desk/gaps")
    expect(desk.get_by_role("heading", level=2)).to_contain_text("Какво питат хората")
    is_sound(desk)
    picture(desk, f"{width}-gaps")


def test_a_crash_in_the_middle_leaves_nothing(browser: Browser, tmp_path: Path):  # noqa: F811
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POSOKA_")}
    database = tmp_path / "posoka.db"
    environment = kept | {DATABASE: f"sqlite:///{database}", "POSOKA_LISTEN": "127.0.0.1:0"}
    with subprocess.Popen(
        [*POSOKA, "run"], env=environment, stdout=subprocess.PIPE, text=True
    ) as service:
        try:
            assert service.stdout
            found = re.search(r"http://[\d.:]+\d", service.stdout.readline())
            assert found
            there = Running(found[0], environment)
            desk = comes_in(browser, there, WIDE, "Мария")
            desk.goto(f"{there.address}/desk/visitor")
            desk.get_by_role("button", name="Нов посетител").click(timeout=SLOW)
            says(desk, MARKER)
        finally:
            service.send_signal(signal.SIGKILL)
            service.wait(timeout=20)
    assert "librarian" in on_disk(there).decode("utf-8", "replace")
    assert MARKER.encode() not in on_disk(there)
    assert b"visitor:here" not in on_disk(there)
