"""In real browsers: what a librarian is writing stays before them, whatever becomes of the case."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from test_desk_browser import (
    MONTANA,
    SIZES,
    VIDIN,
    VRATSA,
    act,
    does,
    fits,
    hands_on,
    librarian,
    opens,
    person,
)
from test_handoff_browser import (
    Running,
    browser,  # noqa: F401  # a fixture
    closes,
    press,
    running,  # noqa: F401  # a fixture
    write,
)

pytestmark = pytest.mark.browser
WORDS = "Дълго писах това"


def drafts(page: Page) -> list[str]:
    names: list[str] = page.evaluate("Object.keys(sessionStorage)")
    return [name for name in names if name.startswith(("desk:", "sent:"))]


def unsent(page: Page, words: str = WORDS) -> None:
    """The words stand in a field that is seen; nobody is shut out of it."""
    field = page.locator("#unsent-here textarea")
    expect(field).to_have_count(1)
    expect(field).to_have_value(words)
    expect(field).to_be_visible()
    fits(page)


@SIZES
def test_words_for_a_case_that_goes_elsewhere_stay_to_be_copied(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    size: dict[str, int],
):
    question = f"Къде да ида, {size['width']}?"
    maria, ivan = (
        librarian(browser, running, VRATSA, f"{name} {size['width']}", size)
        for name in ("Мария", "Иван")
    )
    librarian(browser, running, VIDIN, f"Вера {size['width']}", size)
    person(browser, running, VRATSA, question)
    opens(maria, question)
    opens(ivan, question)
    ivan.locator("#reply").fill(WORDS)
    hands_on(maria, f"desk={VIDIN}", "Живее там")
    gone = ivan.locator(".gone")
    expect(gone).to_contain_text(re.compile(r"Мария \d+ предаде въпроса на .+ в \d\d:\d\d"))
    unsent(ivan)
    ivan.get_by_role("button", name="Копирай").press("Enter")
    expect(ivan.locator("#unsent-here .told")).to_contain_text(re.compile("копиран|маркиран"))
    # They are there when the page is opened anew, until they are not wanted.
    ivan.reload()
    unsent(ivan)
    ivan.get_by_role("button", name="Махни текста").press("Enter")
    expect(ivan.locator("#unsent-here textarea")).to_have_count(0)
    assert drafts(ivan) == []


@SIZES
def test_words_for_a_case_that_a_colleague_has_become_a_note(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    size: dict[str, int],
):
    question = f"Имате ли час, {size['width']}?"
    maria, ivan = (
        librarian(browser, running, MONTANA, f"{name} {size['width']}", size)
        for name in ("Мария", "Иван")
    )
    phone = person(browser, running, MONTANA, question)
    opens(maria, question)
    opens(ivan, question)
    ivan.locator("#reply").fill(WORDS)
    # He has no line when she takes it, and sends what he wrote.
    ivan.evaluate("document.querySelectorAll('[hx-get]').forEach(part => part.remove())")
    maria.get_by_role("button", name="Поемам").press("Enter")
    expect(maria.locator("#reply")).to_be_focused()
    ivan.locator("#reply").press("Control+Enter")
    expect(ivan.locator("#fault")).to_contain_text(
        re.compile(r"Мария \d+ пое въпроса в \d\d:\d\d\. Текстът Ви не е изпратен\.")
    )
    unsent(ivan)
    assert re.search(r"/cases/\d+$", ivan.url)
    ivan.reload()
    unsent(ivan)
    ivan.get_by_role("button", name="Запиши като бележка").press("Enter")
    expect(ivan.locator("#talk .note")).to_contain_text(WORDS)
    expect(ivan.locator("#unsent-here textarea")).to_have_count(0)
    assert drafts(ivan) == []
    expect(phone.locator("#log")).not_to_contain_text(WORDS)

    # An edit, while another window of hers ends the talk.
    maria.locator("#reply").fill("До 30 дена")
    maria.locator("#reply").press("Control+Enter")
    expect(phone.locator("#log")).to_contain_text("До 30 дена")
    maria.locator("#talk .librarian .change").last.press("Enter")
    maria.locator("#change-text").fill("До 30 дни")
    other = maria.context.new_page()
    other.goto(maria.url.partition("?")[0])
    closes(other)
    expect(other.locator("#send")).to_contain_text("Разговорът приключи")
    maria.get_by_role("button", name="Запази поправката").press("Enter")
    expect(maria.locator("#fault")).to_contain_text("приключи разговора в")
    unsent(maria, "До 30 дни")


def test_a_half_written_edit_waits_and_an_unwanted_one_does_not(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    size = {"width": 360, "height": 740}
    maria = librarian(browser, running, VIDIN, "Рада", size)
    person(browser, running, VIDIN, "Работите ли утре?")
    opens(maria, "Работите ли утре?")
    maria.locator("#reply").fill("Да")
    maria.locator("#send-button").click()
    change = maria.locator("#talk .librarian .change")
    change.click()
    maria.locator("#change-text").fill("Да, до обяд")
    maria.reload()
    expect(maria.locator("#change-text")).to_have_value("Да, до обяд")
    maria.locator("#change .leave").click()
    expect(maria.locator("#change-text")).to_have_count(0)
    assert drafts(maria) == []
    # A file needs no words.
    note = act(maria, "Бележка")
    note.locator("textarea").fill("утре пак")
    does(note)
    expect(maria.locator("#talk .note")).to_contain_text("утре пак")
    assert drafts(maria) == []


def test_words_for_a_person_who_erased_their_talk_go_with_it(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    size = {"width": 1280, "height": 800}
    maria = librarian(browser, running, VIDIN, "Зоя", size)
    phone = person(browser, running, VIDIN, "Мога ли да изтрия?")
    opens(maria, "Мога ли да изтрия?")
    maria.locator("#reply").fill(WORDS)
    assert drafts(maria) != []
    write(phone, "/delete")
    press(phone, "Да, изтрий")
    expect(maria.locator(".gone")).to_contain_text("Няма такъв въпрос")
    expect(maria.locator("#unsent-here textarea")).to_have_count(0)
    assert drafts(maria) == []


def test_who_came_second_goes_on_once_the_case_is_free_again(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    size = {"width": 1280, "height": 800}
    maria, ivan = (
        librarian(browser, running, VRATSA, f"{name} втори", size) for name in ("Мария", "Иван")
    )
    person(browser, running, VRATSA, "Кой е втори?")
    opens(maria, "Кой е втори?")
    opens(ivan, "Кой е втори?")
    # He has not heard of it when he presses.
    ivan.evaluate("document.querySelectorAll('[hx-get]').forEach(part => part.remove())")
    maria.get_by_role("button", name="Поемам").press("Enter")
    expect(maria.locator("#reply")).to_be_focused()
    ivan.get_by_role("button", name="Поемам").press("Enter")
    expect(ivan.locator("#fault")).to_contain_text("Мария втори пое въпроса")
    expect(ivan.locator("#reply")).to_have_count(0)
    maria.get_by_role("button", name="Върни в списъка").press("Enter")
    expect(ivan.locator("#reply")).to_be_visible()
    assert re.search(r"/desk/cases/\d+$", ivan.url)
    # So does who comes back to the address of an act.
    ivan.goto(f"{ivan.url}/claim")
    expect(ivan.locator("#reply")).to_be_visible()
    assert re.search(r"/desk/cases/\d+$", ivan.url)


@SIZES
def test_nothing_is_sent_into_a_lost_connection_and_it_goes_when_pressed_again(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    size: dict[str, int],
):
    question = f"Без връзка, {size['width']}?"
    maria = librarian(browser, running, VIDIN, f"Яна {size['width']}", size)
    phone = person(browser, running, VIDIN, question)
    opens(maria, question)
    told, send = maria.locator("#offline"), maria.locator("#send-button")
    maria.locator("#reply").fill(WORDS)
    maria.context.set_offline(True)
    expect(told).to_contain_text("Няма връзка")
    for _ in range(2):
        send.press("Enter")
        expect(told).to_contain_text("Нищо не е изпратено. Написаното се пази тук.")
        expect(told).to_be_in_viewport()
        expect(maria.locator("#reply")).to_have_value(WORDS)
    fits(maria)
    maria.context.set_offline(False)
    expect(told).to_contain_text("Написаното още не е изпратено. Изпратете го пак.")
    assert WORDS not in phone.locator("#log").inner_text()
    send.press("Enter")
    expect(maria.locator("#talk .librarian")).to_contain_text(WORDS)
    expect(phone.locator("#log")).to_contain_text(WORDS)
    expect(maria.locator("#reply")).to_have_value("")
    expect(told).to_be_hidden()
    # The page may believe that there is no line when there is one.
    maria.locator("#reply").fill("Второ")
    lost = "document.dispatchEvent(new CustomEvent('desk-line', {detail: {lost: true}}))"
    # At once: whatever the page hears from the service tells it better.
    maria.evaluate(f"{lost}; document.getElementById('send-button').click()")
    expect(phone.locator("#log")).to_contain_text("Второ")
    expect(maria.locator("#talk .librarian")).to_have_count(2)
