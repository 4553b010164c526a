"""The directory and its corrections in a real browser, on an old computer and on a small phone."""

import datetime as dt
import hashlib
import os
import secrets
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from test_accounts_browser import goes_to
from test_handoff_browser import (
    DATABASE,
    Running,
    browser,  # noqa: F401  # a fixture
    joins,
    page_of,
    running,  # noqa: F401  # a fixture
)

pytestmark = pytest.mark.browser
VRATSA = "lib-vratsa-reg"
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
TODAY = dt.datetime.now(dt.UTC).date().isoformat()


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("POSOKA_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"corrections-{name}.png"), full_page=True)


def is_whole(page: Page, name: str) -> None:
    """The page fits its width, its targets a finger, and whoever does not see it can use it."""
    picture(page, name)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main .go, header .other, main .hits a')]"
        ".filter(b => b.offsetParent && b.getBoundingClientRect().height < 40)"
        ".map(b => b.textContent)"
    )
    assert small == []
    # The banner of the trial stands on every page of the desk, outside of this part.
    found = Axe().run(page, context={"exclude": [[".trial"]]}).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == [], name
    assert page.faults == []  # type: ignore[attr-defined]


def trial_link(running: Running) -> str:  # noqa: F811
    code, until = secrets.token_urlsafe(18), int(time.time() * 1000) + 600_000
    with closing(sqlite3.connect(running.environment[DATABASE].removeprefix("sqlite:///"))) as db:
        db.execute(
            "INSERT INTO desk_invitation (code_hash, library, trial, expires_at)"
            " VALUES (?, 'trial', 1, ?)",
            (hashlib.sha256(code.encode()).hexdigest(), until),
        )
        db.commit()
    return f"{running.address}/desk/join/{code}"


def colleague_proposes(running: Running, value: str) -> int:  # noqa: F811
    """What another librarian of the trial would have proposed."""
    with closing(sqlite3.connect(running.environment[DATABASE].removeprefix("sqlite:///"))) as db:
        cursor = db.execute(
            "INSERT INTO correction (key, kind, entry, field, value, english, source, checked_on,"
            " note, proposed, before, before_said, author, author_name, library, trial,"
            " proposed_at, state) VALUES (?, 'libraries', ?, 'phone', ?, '',"
            " 'библиотекарят по телефона', ?, 'Старият номер не звъни.', ?, '092 626 170', '',"
            " 'x', 'Иван', 'trial', 1, ?, 'waiting')",
            (secrets.token_hex(8), VRATSA, value, TODAY, value, int(time.time() * 1000)),
        )
        db.commit()
        return int(cursor.lastrowid or 0)


@pytest.mark.parametrize("name", SIZES)
def test_from_the_search_to_what_people_see(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    name: str,
):
    page = page_of(browser, SIZES[name])
    joins(page, trial_link(running), f"Мария {name}")
    goes_to(page, "Справочник")
    is_whole(page, f"{name}-search")
    page.get_by_label("Име, населено място или номер").fill("Враца")
    page.keyboard.press("Enter")
    expect(page.locator(".hits")).to_contain_text("Дирекция „Бюро по труда“ – Враца")
    is_whole(page, f"{name}-found")
    page.locator(".hits a", has_text="Регионална библиотека").first.click()
    expect(page.locator("#phone")).to_be_visible()
    is_whole(page, f"{name}-entry")

    page.get_by_role("link", name="Поправи: Работно време", exact=True).click()
    expect(page.get_by_label("Проверено на")).to_have_value(TODAY)
    page.get_by_label("Как е вярно").fill("както дойде")
    page.get_by_label("Откъде го знаете").fill("https://libvratsa.org/rabotno-vreme")
    page.get_by_role("button", name="Запиши и покажи").click()
    expect(page.get_by_role("alert")).to_contain_text("Работното време не се разбира.")
    is_whole(page, f"{name}-form-fault")
    hours = "пн–пт 10–18, сб 10–14" if name == "desk" else "пн–пт 11–18, сб 10–14"
    page.get_by_label("Как е вярно").fill(hours)
    page.get_by_role("button", name="Запиши и покажи").click()
    expect(page.get_by_role("status").first).to_contain_text("Хората вече виждат новото.")
    said = page.locator("#opening_hours")
    expect(said).to_contain_text("10:00–18:00" if name == "desk" else "11:00–18:00")
    expect(said).to_contain_text("Източник: libvratsa.org. Проверено на")

    number = colleague_proposes(running, "092 111 222" if name == "desk" else "092 333 444")
    goes_to(page, "Поправки")
    expect(page.locator(f"#correction-{number}")).to_contain_text("предложи Иван")
    is_whole(page, f"{name}-list")
    page.get_by_role("link", name=f"Отвори № {number}").click()
    expect(page.get_by_role("button", name="Откажи", exact=True)).to_be_visible()
    is_whole(page, f"{name}-decide")
    page.get_by_role("button", name="Приеми", exact=True).click()
    expect(page.locator(f"#correction-{number}")).to_contain_text("приета")

    page.goto(f"{running.address}/desk/directory/measures/znz-36-disadvantaged")
    expect(page.locator("main")).to_contain_text("Условията на мярката са правила.")
    is_whole(page, f"{name}-measure")
    page.get_by_role("link", name="Поправи: Какво дава").click()
    expect(page.get_by_label("На английски")).to_be_visible()
    is_whole(page, f"{name}-measure-form")


@pytest.mark.parametrize("name", SIZES)
def test_a_librarian_proposes_with_the_keyboard_alone(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    name: str,
):
    page = page_of(browser, SIZES[name])
    joins(page, running.invited_before(VRATSA), f"Петя {name}")
    page.goto(f"{running.address}/desk/directory/libraries/{VRATSA}/email")
    page.get_by_label("Как е вярно").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(f"nova-{name}@example.bg")
    page.get_by_label("Откъде го знаете").focus()
    page.keyboard.type("библиотекарят по телефона")
    is_whole(page, f"{name}-propose")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Поправката чака администратор.")
    mine = page.locator(".facts li").first
    expect(mine).to_contain_text(f"nova-{name}@example.bg")
    expect(mine).to_contain_text("чака решение")
    expect(page.get_by_role("link", name="Отвори")).to_have_count(0)
    is_whole(page, f"{name}-mine")
