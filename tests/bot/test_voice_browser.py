"""Recordings in a real browser: chosen on a phone, sent without words, heard on both sides."""

from pathlib import Path

import pytest
import sent_sounds
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from test_handoff_browser import (
    SOON,
    VRATSA,
    Running,
    asks,
    browser,  # noqa: F401  # a fixture
    joins,
    page_of,
    picture,
    press,
    running,  # noqa: F401  # a fixture
)

pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


def plays(page: Page, where: str) -> float:
    """Return how long the recording there is, once the browser has loaded it."""
    found = page.locator(f"{where} audio")
    expect(found).to_be_visible(timeout=SOON)
    found.evaluate("node => node.load()")
    page.wait_for_function(
        "where => document.querySelector(where + ' audio').duration > 0"
        " || document.querySelector(where + ' audio').error",
        arg=where,
    )
    assert found.evaluate("node => node.error && node.error.message") is None
    return float(found.evaluate("node => node.duration"))


def faults_of(page: Page, context: str) -> list[str]:
    found = Axe().run(page, context=context).response["violations"]
    return [fault["id"] for fault in found]


def test_a_recording_goes_both_ways_without_a_word(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    tmp_path: Path,
):
    phone, desk = page_of(browser, NARROW), page_of(browser, WIDE)
    joins(desk, running.invited_before(VRATSA), "Мария")
    phone.goto(running.address)
    asks(phone, VRATSA, "Може ли да Ви разкажа?")
    press(phone, "Да, предай")
    recording = tmp_path / "запис.mp3"
    recording.write_bytes(sent_sounds.MP3)

    phone.get_by_text("Гласово съобщение").click()
    chooser = phone.locator("#recording")
    assert (chooser.get_attribute("accept"), chooser.get_attribute("capture")) == ("audio/*", "")
    chooser.set_input_files(recording)
    picture(phone, "voice-phone")
    assert not faults_of(phone, "#attach")
    phone.get_by_role("button", name="Изпрати записа").click()
    expect(phone.locator("#log .me").last).to_contain_text("Изпратих файл: запис.mp3")

    desk.locator("nav li a").first.click()
    expect(desk.locator("#talk")).to_contain_text("Изтегли: запис.mp3")
    assert 0.5 < plays(desk, "#talk") < 2
    picture(desk, "voice-desk")

    # The answer is a recording, too: nothing has to be typed.
    desk.get_by_text("Прикачи файл").click()
    desk.locator("#reply-voice").set_input_files(recording)
    assert not faults_of(desk, "main")
    desk.locator("#send-button").click()
    expect(phone.locator("#log audio")).to_be_visible(timeout=SOON)
    assert 0.5 < plays(phone, "#log") < 2
    assert not faults_of(phone, "#log")
    expect(desk.locator("#talk .delivery.sent")).to_be_visible(timeout=SOON)
    assert not desk.faults  # type: ignore[attr-defined]
    assert not phone.faults  # type: ignore[attr-defined]


def test_without_scripts_a_recording_goes_and_an_empty_reply_is_told(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    tmp_path: Path,
):
    recording = tmp_path / "запис.mp3"
    recording.write_bytes(sent_sounds.MP3)
    phone = page_of(browser, NARROW)
    context = browser.new_context(viewport=WIDE, java_script_enabled=False, locale="bg-BG")
    desk = context.new_page()
    joins(desk, running.invited_before(VRATSA), "Елена")
    phone.goto(running.address)
    asks(phone, VRATSA, "Може ли да Ви разкажа?")
    press(phone, "Да, предай")
    expect(phone.locator("#log")).to_contain_text("Предадох въпроса Ви")
    desk.goto(f"{running.address}/desk")
    desk.locator("nav li a", has_text="Може ли да Ви разкажа?").first.click()
    desk.locator("#send-button").click()
    expect(desk.locator("#fault")).to_contain_text("Напишете нещо")
    desk.get_by_text("Прикачи файл").click()
    desk.locator("#reply-voice").set_input_files(recording)
    desk.locator("#send-button").click()
    expect(desk.locator("#talk")).to_contain_text("Изтегли: запис.mp3")
    expect(phone.locator("#log audio")).to_be_visible(timeout=SOON)
    context.close()
