"""Files both ways in real browsers, and what a correction does to a page that is open."""

import re
from pathlib import Path

import pytest
import sent_files
from playwright.sync_api import Browser, Page, expect
from test_handoff_browser import (
    SOON,
    VIDIN,
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


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["360", "1280"])
def test_files_go_both_ways_and_a_photo_is_seen_small(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    tmp_path: Path,
    size: dict[str, int],
):
    library, named = (VRATSA, "360") if size is NARROW else (VIDIN, "1280")
    phone, desk = page_of(browser, size), page_of(browser, size)
    joins(desk, running.invited_before(library), "Мария")
    phone.goto(running.address)
    asks(phone, library, "Каква е тази заповед?")
    expect(phone.locator("#attach")).to_have_count(0)
    press(phone, "Да, предай")

    # The way to send a file comes by itself, without loading the page again.
    taken = tmp_path / "Заповед.jpg"
    taken.write_bytes(sent_files.photo((1600, 1200)))
    phone.get_by_text("Прикачи файл").click()
    phone.locator("#file").set_input_files(taken)
    picture(phone, f"files-phone-attach-{named}")
    assert fits(phone)
    write_area = phone.locator("#text")
    write_area.fill("Недописани думи")
    phone.get_by_role("button", name="Изпрати файла").click()
    expect(phone.locator("#log .me").last).to_contain_text("📎 Изпратих файл: Заповед.jpg")
    expect(write_area).to_have_value("Недописани думи")

    # What is no file of that kind is refused where the person looks.
    evil = tmp_path / "page.pdf"
    evil.write_bytes(sent_files.HTML)
    phone.get_by_text("Прикачи файл").click()
    phone.locator("#file").set_input_files(evil)
    phone.get_by_role("button", name="Изпрати файла").click()
    expect(phone.locator("#attach-form .told")).to_contain_text("Този вид файл не мога да предам.")
    picture(phone, f"files-phone-refused-{named}")

    desk.locator("nav li a").first.click()
    small = desk.locator("#talk img")
    expect(small).to_be_visible(timeout=SOON)
    small.scroll_into_view_if_needed()
    expect(small).not_to_have_js_property("naturalWidth", 0)
    expect(desk.locator("#talk")).to_contain_text("Изтегли: Заповед.jpg")
    desk.get_by_text("Прикачи файл").click()
    answer = tmp_path / "Молба.docx"
    answer.write_bytes(sent_files.docx())
    desk.locator("#reply-file").set_input_files(answer)
    desk.locator("#reply").fill("Попълнете тази молба.")
    picture(desk, f"files-desk-{named}")
    assert fits(desk)
    desk.locator("#send-button").click()
    expect(desk.locator("#talk")).to_contain_text("Изтегли: Молба.docx")
    link = phone.get_by_role("link", name=re.compile("Файл от библиотеката: Молба.docx"))
    expect(link).to_be_visible(timeout=SOON)
    picture(phone, f"files-phone-received-{named}")
    with phone.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "Молба.docx"
    assert Path(download.value.path()).read_bytes() == answer.read_bytes()
    assert not desk.faults  # type: ignore[attr-defined]
    # The refusal of the wrong file is told by the browser as an error of the network: 415.
    assert all("415" in fault for fault in phone.faults)  # type: ignore[attr-defined]


def test_without_scripts_a_file_goes_and_a_wrong_one_is_refused(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    tmp_path: Path,
):
    desk = page_of(browser, WIDE)
    joins(desk, running.invited_before(VRATSA), "Елена")
    context = browser.new_context(viewport=NARROW, java_script_enabled=False, locale="bg-BG")
    phone = context.new_page()
    phone.goto(running.address)

    def types(text: str) -> None:
        phone.fill("#text", text)
        phone.locator("#say .line button").click()

    types("/librarian")
    phone.locator(f'button[value$=".to:{VRATSA}"]').click()
    types("Каква е тази заповед?")
    phone.get_by_role("button", name="Да, предай").click()
    file = tmp_path / "писмо.pdf"
    for content, words in (
        (sent_files.HTML, "Този вид файл не мога да предам."),
        (sent_files.pdf(), "📎 Изпратих файл: писмо.pdf"),
    ):
        file.write_bytes(content)
        phone.get_by_text("Прикачи файл").click()
        phone.locator("#file").set_input_files(file)
        phone.get_by_role("button", name="Изпрати файла").click()
        expect(phone.locator("body")).to_contain_text(words)
    picture(phone, "files-phone-without-scripts")
    context.close()
