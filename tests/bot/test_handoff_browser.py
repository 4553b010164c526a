"""The whole hand-off in real browsers: a phone in the chat, a librarian at the desk."""

import hashlib
import os
import re
import secrets
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

VRATSA, VIDIN, MONTANA = "lib-vratsa-reg", "lib-vidin-reg", "lib-montana-reg"
DATABASE = "POSOKA_DATABASE_URL"
POSOKA = (sys.executable, "-m", "bot")
CHROMIUM = Path("/usr/bin/chromium")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SOON = 30_000
"""Milliseconds that anything is waited for: how fast it comes is not what these tests say."""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("POSOKA_REQUIRE_BROWSER") == "1":
            pytest.fail("no chromium: make system-packages")
        pytest.skip("no chromium: make system-packages")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        expect.set_options(timeout=SOON)
        yield opened
        opened.close()


@dataclass
class Running:
    """The service as its own process; the settings of the tests are not its."""

    address: str
    environment: dict[str, str]

    def invitation(self, library: str) -> str:
        said = subprocess.run(
            [*POSOKA, "desk", "invite", library, "--url", self.address],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        return next(line for line in said.splitlines() if "/desk/join/" in line)

    def invited_before(self, library: str) -> str:
        """As `invitation`, without the wait for another process."""
        code, until = secrets.token_urlsafe(18), int(time.time() * 1000) + 600_000
        with closing(sqlite3.connect(self.environment[DATABASE].removeprefix("sqlite:///"))) as db:
            values = (hashlib.sha256(code.encode()).hexdigest(), library, until)
            db.execute(
                "INSERT INTO desk_invitation (code_hash, library, trial, expires_at)"
                " VALUES (?, ?, 0, ?)",
                values,
            )
            db.commit()
        return f"{self.address}/desk/join/{code}"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POSOKA_")}
    database = f"sqlite:///{tmp_path_factory.mktemp('service') / 'posoka.db'}"
    environment = kept | {DATABASE: database, "POSOKA_LISTEN": "127.0.0.1:0"}
    with subprocess.Popen(
        [*POSOKA, "run"], env=environment, stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdout
        try:
            found = re.search(r"http://[\d.:]+\d", service.stdout.readline())
            assert found
            yield Running(found[0], environment)
        finally:
            service.send_signal(signal.SIGTERM)
            service.communicate(timeout=60)
    assert service.returncode == 0


def page_of(browser: Browser, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=size, locale="bg-BG").new_page()  # type: ignore[arg-type]
    page.faults = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
    page.on(
        "console",
        lambda line: (
            page.faults.append(line.text)  # type: ignore[attr-defined]
            if line.type == "error" and "409" not in line.text
            else None
        ),
    )
    page.set_default_timeout(SOON)
    return page


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("POSOKA_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"handoff-{name}.png"))


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).last.click()


def write(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")


def joins(page: Page, link: str, name: str) -> None:
    page.goto(link)
    page.locator("#name").fill(name)
    if page.locator("#login").count():  # a trial asks for a name alone
        page.locator("#login").fill(f"u{secrets.token_hex(5)}")
        page.locator("#password").fill("три сини врабчета")
    page.keyboard.press("Enter")
    # A password is hashed slowly on purpose.
    expect(page.locator("header")).to_contain_text(name)


def closes(desk: Page) -> None:
    part = desk.locator("details.do", has=desk.locator("summary", has_text="Приключвам"))
    part.locator("summary").click()
    part.get_by_label("отговорено").check()
    part.locator("form button").last.click()


def tells(page: Page) -> None:
    write(page, "/start")
    press(page, "За мен")
    press(page, "Без работа")
    write(page, "вчера")
    write(page, "гр. Враца")
    expect(page.locator("#log")).to_contain_text("община Враца")


def asks(page: Page, library: str, question: str) -> None:
    write(page, "/librarian")
    page.locator(f'button[value$=".to:{library}"]').last.click()
    expect(page.locator("#log")).to_contain_text("Какво искате да попитате")
    write(page, question)
    expect(page.locator("#log")).to_contain_text("Ето какво ще предам")


def test_a_question_goes_to_the_librarian_and_the_answer_comes_back(
    browser: Browser, running: Running
):
    phone, desk = page_of(browser, PHONE), page_of(browser, DESK)
    joins(desk, running.invitation(VRATSA), "Мария")
    expect(desk.locator("nav")).to_contain_text("Сега няма въпроси")
    phone.goto(running.address)
    tells(phone)
    asks(phone, VRATSA, "Къде да занеса документите? <img src=x onerror=alert(1)>")
    picture(phone, "phone-card")
    press(phone, "Да, предай")
    expect(phone.locator("#log")).to_contain_text("Предадох въпроса Ви")

    # It comes by itself, and the title of the tab says so.
    expect(desk.locator("nav li.due")).to_contain_text("Къде да занеса")
    expect(desk).to_have_title(re.compile(r"^\(1\) "))
    desk.locator("nav li a").focus()
    picture(desk, "desk-list")
    desk.keyboard.press("Enter")
    expect(desk.locator(".card")).to_contain_text("гр. Враца")
    assert not desk.locator("img").count()

    # What is being written keeps its words, its caret and its focus while the page refreshes.
    field = desk.locator("#reply")
    field.click()
    desk.keyboard.type("в библиотеката утре.")
    desk.keyboard.press("Home")
    write(phone, "Бързо ми е.")
    expect(desk.locator("#talk")).to_contain_text("Бързо ми е.")
    expect(field).to_be_focused()
    desk.keyboard.type("Елате ")
    expect(field).to_have_value("Елате в библиотеката утре.")

    desk.keyboard.press("Control+Enter")
    expect(phone.locator("#log")).to_contain_text("👤 Мария: Елате в библиотеката")
    expect(desk.locator("#talk")).to_contain_text("✓ доставено")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    picture(desk, "desk-talk")
    picture(phone, "phone-answer")

    # A long talk: the newest stays in sight, and one who reads above is left there.
    for n in range(8):
        write(phone, f"ред {n}")
    expect(desk.locator("#talk")).to_contain_text("ред 7")
    expect(desk.locator(".talk li").last).to_be_in_viewport()
    desk.locator(".talk").evaluate("log => { log.scrollTop = 40; }")
    write(phone, "последно")
    expect(desk.locator("#talk")).to_contain_text("последно")
    assert desk.locator(".talk").evaluate("log => log.scrollTop") == 40

    closes(desk)
    expect(phone.locator("#log")).to_contain_text("Мария приключи разговора")
    expect(desk.locator("#send")).to_contain_text("Разговорът приключи")
    assert not desk.faults  # type: ignore[attr-defined]
    assert not phone.faults  # type: ignore[attr-defined]


def test_the_end_is_rated_in_the_talk_above_where_it_goes_on(browser: Browser, running: Running):
    phone, desk = page_of(browser, PHONE), page_of(browser, DESK)
    joins(desk, running.invited_before(MONTANA), "Роза")
    phone.goto(running.address)
    tells(phone)
    asks(phone, MONTANA, "Помага ли някой?")
    press(phone, "Да, предай")
    desk.locator("nav li a", has_text="Помага ли някой?").click()
    closes(desk)
    asked = phone.locator("#log .bot", has_text="Помогна ли Ви?")
    asked.scroll_into_view_if_needed()
    picture(phone, "phone-rating")
    asked.get_by_role("button", name="Донякъде").click()
    expect(phone.locator("#log")).to_contain_text("Това помага на библиотеката")
    expect(phone.locator("#rows button").first).to_be_visible()
    phone.reload()
    asked.get_by_role("button", name="👎 Не").click()
    expect(phone.locator("#log")).to_contain_text("Вече")
    assert not phone.faults  # type: ignore[attr-defined]


def test_open_pages_follow_a_colleague_the_person_and_an_erased_talk(
    browser: Browser, running: Running
):
    maria, ivan, phone = (page_of(browser, size) for size in (DESK, PHONE, PHONE))
    joins(maria, running.invited_before(VIDIN), "Мария")
    joins(ivan, running.invited_before(VIDIN), "Иван")
    phone.goto(running.address)
    asks(phone, VIDIN, "Тайна?")
    press(phone, "Да, предай")
    for desk in (maria, ivan):
        desk.locator("nav li a").click()
        expect(desk.locator("#acts")).to_contain_text("Поемам")
    picture(ivan, "desk-phone")
    ivan.locator("#reply").fill("Иван пише")
    maria.get_by_role("button", name="Поемам").click()
    expect(maria.locator("#reply")).to_be_focused()
    # The colleague's page says so, takes the button away, and keeps what was written.
    expect(ivan.locator("#send")).to_contain_text("Отговаря Мария")
    expect(ivan.locator("#send-button")).to_have_count(0)
    expect(ivan.locator("#reply")).to_have_value("Иван пише")
    picture(ivan, "desk-phone-taken")
    write(phone, "/delete")
    press(phone, "Да, изтрий всичко")
    for desk in (maria, ivan):
        expect(desk.locator("#case")).to_contain_text("изтрил данните си")
        expect(desk.locator("body")).not_to_contain_text("Тайна")
    assert not maria.faults  # type: ignore[attr-defined]


def test_what_was_written_survives_a_reload_until_it_has_gone(browser: Browser, running: Running):
    desk, phone = page_of(browser, DESK), page_of(browser, PHONE)
    joins(desk, running.invited_before(MONTANA), "Мария")
    phone.goto(running.address)
    asks(phone, MONTANA, "Кога?")
    press(phone, "Да, предай")
    desk.locator("nav li a", has_text="Кога?").click()
    desk.locator("#reply").fill("Половин отговор")
    desk.reload()
    expect(desk.locator("#reply")).to_have_value("Половин отговор")
    desk.locator("#send-button").click()
    expect(desk.locator("#talk")).to_contain_text("Половин отговор")
    expect(desk.locator("#reply")).to_have_value("")
    desk.reload()
    expect(desk.locator("#reply")).to_have_value("")
