"""The desk in real browsers: each act by keyboard and without scripts; what open pages hear."""

import hashlib
import re
import secrets
import sqlite3
import time
from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from test_handoff_browser import (
    DATABASE,
    MONTANA,
    SOON,
    VIDIN,
    VRATSA,
    Running,
    asks,
    browser,  # noqa: F401  # a fixture
    joins,
    page_of,
    press,
    running,  # noqa: F401  # a fixture
    write,
)

pytestmark = pytest.mark.browser
SMALL, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
OLD = {"width": 1024, "height": 768}
SIZES = pytest.mark.parametrize("size", [SMALL, WIDE], ids=["360", "1280"])
BUREAU = "bureau:dbt-vratsa"


def fits(page: Page) -> None:
    """Nobody is shut out, nothing stands beyond the edge; a phone's buttons suit a finger."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if page.viewport_size == SMALL:
        small = page.evaluate(
            "[...document.querySelectorAll('button, summary, select, .top a, nav a, .ways a')]"
            ".filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 43.9)"
            ".map(one => one.textContent)"
        )
        assert small == []


def expert_link(running: Running) -> str:  # noqa: F811
    code, until = secrets.token_urlsafe(18), int(time.time() * 1000) + 600_000
    with closing(sqlite3.connect(running.environment[DATABASE].removeprefix("sqlite:///"))) as db:
        db.execute(
            "INSERT INTO desk_invitation (code_hash, library, trial, expires_at, role)"
            " VALUES (?, ?, 0, ?, 'expert')",
            (hashlib.sha256(code.encode()).hexdigest(), BUREAU, until),
        )
        db.commit()
    return f"{running.address}/desk/join/{code}"


def librarian(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    library: str,
    name: str,
    size: dict[str, int],
) -> Page:
    page = page_of(browser, size)
    link = expert_link(running) if library == BUREAU else running.invited_before(library)
    joins(page, link, name)
    return page


def person(browser: Browser, running: Running, library: str, question: str) -> Page:  # noqa: F811
    phone = page_of(browser, {"width": 390, "height": 844})
    phone.goto(running.address)
    passes_on(phone, library, question)
    return phone


def passes_on(phone: Page, library: str, question: str) -> None:
    asks(phone, library, question)
    press(phone, "Да, предай")
    expect(phone.locator("#log")).to_contain_text("Предадох въпроса Ви")


def opens(desk: Page, question: str) -> None:
    desk.goto(re.sub(r"(/desk).*", r"\1", desk.url))
    desk.locator("nav li a", has_text=question).first.press("Enter")
    expect(desk.locator("#case h2")).to_contain_text("Въпрос №")


def act(desk: Page, label: str) -> Locator:
    """Open a part of the acts by keyboard; its form."""
    part = desk.locator("details.do", has=desk.locator("summary", has_text=label))
    part.locator("summary").press("Enter")
    form = part.locator("form")
    expect(form).to_be_visible()
    return form


def does(form: Locator) -> None:
    form.locator("button").press("Enter")


def writes(maria: Page, phone: Page) -> None:
    """A note, a reply, its change, its end, a prepared answer."""
    heard, talk = phone.locator("#log"), maria.locator("#talk")
    note = act(maria, "Бележка")
    maria.keyboard.press("Tab")
    maria.keyboard.type("Само за нас")
    fits(maria)
    does(note)
    expect(talk.locator(".note")).to_contain_text("Само за нас")

    maria.locator("#reply").focus()
    maria.keyboard.type("До 30 дена")
    maria.keyboard.press("Control+Enter")
    expect(heard).to_contain_text("До 30 дена")
    talk.locator(".librarian .change").last.press("Enter")
    maria.locator("#change-text").fill("До 30 дни")
    fits(maria)
    maria.get_by_role("button", name="Запази поправката").press("Enter")
    expect(talk).to_contain_text("До 30 дни")
    phone.reload()
    expect(heard).to_contain_text("До 30 дни")
    expect(heard).not_to_contain_text("До 30 дена")
    talk.locator(".librarian .change").last.press("Enter")
    asked: list[str] = []
    for answer in ("dismiss", "accept"):
        maria.once("dialog", lambda box, do=answer: (asked.append(box.message), getattr(box, do)()))
        maria.locator("#change").get_by_role("button", name="Изтрий").press("Enter")
    assert asked == ["Изтривате ли съобщението? Човекът вече няма да го вижда."] * 2
    expect(talk).to_contain_text("Изтрито съобщение")
    phone.reload()
    expect(heard).to_contain_text("с Вас")
    expect(heard).not_to_contain_text("До 30 дни")

    maria.locator("#reply").focus()
    maria.keyboard.type("/")
    expect(maria.locator("#insert-query")).to_be_focused()
    maria.keyboard.type("здравейте")
    chosen = maria.locator('#insert-list [aria-selected="true"]')
    expect(chosen).to_contain_text("Поздрав")
    maria.keyboard.press("Enter")
    expect(maria.locator("#reply")).to_have_value(re.compile("Здравейте! Аз съм Мария"))
    maria.keyboard.press("Control+Enter")
    expect(heard).to_contain_text("Здравейте! Аз съм Мария")


def asks_the_bureau(maria: Page, expert: Page, phone: Page, question: str) -> None:
    asking = act(maria, "Попитай бюрото")
    asking.locator("select").select_option(BUREAU)
    asking.locator("textarea").fill(f"Важи ли? {question}")
    does(asking)
    listed = expert.locator("nav li.due", has_text=question)
    expect(listed).to_contain_text("Важи ли?")
    opens(expert, question)
    expect(expert.locator("#case")).not_to_contain_text("Здравейте! Аз съм Мария")
    fits(expert)
    expert.locator("#reply").focus()
    expert.keyboard.type("Да, две.")
    expert.keyboard.press("Control+Enter")
    expect(maria.locator("#talk .expert")).to_contain_text("Да, две.")
    expect(phone.locator("#log")).not_to_contain_text("Да, две.")


def hands_on(desk: Page, to: str, note: str) -> None:
    form = act(desk, "Предай")
    form.locator("select").select_option(to)
    form.locator("textarea").fill(note)
    fits(desk)
    does(form)


def ends(vera: Page, phone: Page) -> None:
    report = act(vera, "Сигнал")
    report.locator("textarea").fill("Моли за телефона ми")
    does(report)
    expect(vera.locator("#talk")).to_contain_text("прати сигнал")
    ending = act(vera, "Приключвам")
    ending.get_by_label("отговорено").check()
    fits(vera)
    does(ending)
    expect(phone.locator("#log")).to_contain_text("приключи разговора")
    expect(vera.locator("#send")).to_contain_text("Разговорът приключи")
    fits(vera)


@SIZES
def test_each_act_is_done_by_keyboard_and_the_person_sees_what_is_theirs(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
    size: dict[str, int],
):
    question = f"Колко време се чака, {size['width']}?"
    expert = librarian(browser, running, BUREAU, f"Стоянова {size['width']}", size)
    maria, ivan = (
        librarian(browser, running, VRATSA, f"{name} {size['width']}", size)
        for name in ("Мария", "Иван")
    )
    vera = librarian(browser, running, VIDIN, f"Вера {size['width']}", size)
    phone = person(browser, running, VRATSA, question)
    heard = phone.locator("#log")
    opens(maria, question)
    fits(maria)

    maria.get_by_role("button", name="Поемам").press("Enter")
    expect(maria.locator("#reply")).to_be_focused()
    # The last words and the field for the answer are what one sees first.
    expect(maria.locator(".talk li").last).to_be_in_viewport()
    expect(maria.locator("#send-button")).to_be_in_viewport()
    writes(maria, phone)
    asks_the_bureau(maria, expert, phone, question)

    maria.get_by_role("button", name="Върни в списъка").press("Enter")
    expect(maria.locator("#talk")).to_contain_text("върна въпроса в списъка")
    opens(ivan, question)
    ivan.get_by_role("button", name="Поемам").press("Enter")
    expect(ivan.locator("#reply")).to_be_focused()
    colleague = ivan.locator("#to option", has_text=f"Мария {size['width']}")
    hands_on(ivan, colleague.get_attribute("value") or "", "Тя знае")
    expect(maria.locator("#talk")).to_contain_text("Тя знае")
    expect(maria.locator("#talk .state")).to_contain_text("при Вас")
    # What can be done with it again stands on the page that is opened anew.
    opens(maria, question)
    hands_on(maria, f"desk={VIDIN}", "Живее при вас")
    expect(maria.locator("#case .notice")).to_contain_text("Предадохте въпроса")
    expect(heard).to_contain_text("Видин")
    opens(vera, question)
    expect(vera.locator("#talk")).to_contain_text("Живее при вас")
    ends(vera, phone)

    passes_on(phone, VRATSA, f"Пак аз, {size['width']}")
    opens(maria, f"Пак аз, {size['width']}")
    stop = act(maria, "Спри")
    stop.locator("textarea").fill("обиди")
    does(stop)
    expect(heard).to_contain_text("Тук не приемаме въпроси от Вас до")
    for secret in ("Само за нас", "Тя знае", "Живее при вас", "Моли за", "обиди"):
        expect(heard).not_to_contain_text(secret)
    for page in (maria, ivan, vera, expert, phone):
        assert not page.faults  # type: ignore[attr-defined]


def test_the_answer_and_the_acts_stand_on_the_first_screen(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    question = "Как да се регистрирам в бюрото по труда?"
    desk = librarian(browser, running, VRATSA, "Първа", WIDE)
    phone = person(browser, running, VRATSA, question)
    labels = ("Поемам", "Приключвам", "Предай", "Бележка")

    def stand() -> None:
        expect(desk.locator(".chip").first).to_be_visible()
        for part in (desk.locator("#send-button"), desk.locator("#claim-button")):
            expect(part).to_be_in_viewport(ratio=1)
        for label in labels[1:]:
            summary = desk.locator(".do > summary", has_text=label)
            expect(summary).to_be_in_viewport(ratio=1)
        assert desk.evaluate("scrollY") == 0
        expect(desk.locator(".talk li").last).to_be_in_viewport()

    opens(desk, question)
    stand()
    for n in range(8):
        write(phone, f"{n}: {question} {question}")
    expect(desk.locator("#talk")).to_contain_text("7: ")
    opens(desk, question)
    stand()
    # The end of the talk, whatever has come under it since.
    rest = "log => log.scrollHeight - log.scrollTop - log.clientHeight"
    assert desk.locator(".talk").evaluate(rest) < 2


def test_a_phones_menu_opens_where_it_stands_and_a_month_fits(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    desk = librarian(browser, running, MONTANA, "Малка", SMALL)
    summary = desk.locator(".menu summary")
    before = summary.bounding_box()
    summary.press("Enter")
    expect(desk.locator(".menu").get_by_role("link", name="Бройки")).to_be_visible()
    assert summary.bounding_box() == before
    fits(desk)
    desk.keyboard.press("Enter")
    desk.locator(".day button", has_text="+1").first.press("Enter")
    desk.goto(f"{running.address}/desk/counters")
    table = desk.locator(".wide")
    expect(table.locator("thead th")).to_have_count(4)
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    fits(desk)


def test_the_desk_does_the_same_without_scripts(browser: Browser, running: Running):  # noqa: F811
    desk = browser.new_context(viewport=SMALL, java_script_enabled=False).new_page()  # type: ignore[arg-type]
    desk.set_default_timeout(SOON)
    joins(desk, running.invited_before(MONTANA), "Петя")
    phone = person(browser, running, MONTANA, "Без скриптове?")
    menu = desk.locator(".menu")
    menu.locator("summary").press("Enter")
    menu.get_by_role("link", name="Моите влизания").press("Enter")
    expect(desk.locator("h1")).to_have_text("Моите влизания")
    opens(desk, "Без скриптове?")
    desk.get_by_role("button", name="Поемам").press("Enter")
    note = act(desk, "Бележка")
    note.locator("textarea").fill("вътрешно")
    does(note)
    expect(desk.locator(".talk .note")).to_contain_text("вътрешно")
    expect(desk.get_by_role("link", name="Вмъкни")).to_be_visible()
    desk.locator("#reply").fill("Отговор без скриптове")
    desk.locator("#send-button").press("Enter")
    expect(phone.locator("#log")).to_contain_text("Отговор без скриптове")
    ending = act(desk, "Приключвам")
    ending.get_by_label("ще дойде в библиотеката").check()
    does(ending)
    expect(phone.locator("#log")).to_contain_text("Петя приключи разговора")
    expect(desk.locator("#talk")).to_contain_text("ще дойде в библиотеката")
    expect(phone.locator("#log")).not_to_contain_text("вътрешно")


def test_open_pages_hear_of_each_other_and_catch_up_after_a_lost_connection(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    maria = librarian(browser, running, MONTANA, "Мария", OLD)
    ivan = librarian(browser, running, MONTANA, "Иван", SMALL)
    phone = person(browser, running, MONTANA, "Кога сте там?")
    for desk in (maria, ivan):
        expect(desk).to_have_title(re.compile(r"^\(1\) "))
        fits(desk)
    notify = maria.get_by_role("button", name="Включи известия")
    expect(notify).to_have_attribute("aria-pressed", "false")
    notify.press("Enter")
    expect(maria.locator("#notify")).to_have_attribute("aria-pressed", "true")

    opens(maria, "Кога сте там?")
    opens(ivan, "Кога сте там?")
    ivan.evaluate("window.neverReloaded = true")
    maria.get_by_role("button", name="Поемам").press("Enter")
    expect(ivan.locator("#send")).to_contain_text("Отговаря Мария")
    expect(ivan).not_to_have_title(re.compile(r"^\("))

    ivan.context.set_offline(True)
    expect(ivan.locator("#offline")).to_be_visible()
    write(phone, "Чувате ли ме?")
    expect(maria.locator("#talk")).to_contain_text("Чувате ли ме?")
    expect(ivan.locator("#talk")).not_to_contain_text("Чувате ли ме?")
    ivan.context.set_offline(False)
    expect(ivan.locator("#talk")).to_contain_text("Чувате ли ме?")
    expect(ivan.locator("#offline")).to_be_hidden()
    assert ivan.evaluate("window.neverReloaded")


def test_what_comes_live_takes_nothing_away_and_only_the_new_is_read_out(
    browser: Browser,  # noqa: F811
    running: Running,  # noqa: F811
):
    desk = librarian(browser, running, MONTANA, "Калина", WIDE)
    phone = person(browser, running, MONTANA, "Първи въпрос")
    opens(desk, "Първи въпрос")
    desk.get_by_role("button", name="Поемам").press("Enter")
    desk.locator("#reply").fill("наполовина")
    form = act(desk, "Бележка")
    form.locator("textarea").focus()
    desk.keyboard.type("полови")
    read_out = desk.locator("#heard")
    expect(read_out).to_have_attribute("role", "status")
    expect(read_out).to_have_text("")

    write(phone, "Второ съобщение")
    expect(desk.locator("#talk")).to_contain_text("Второ съобщение")
    expect(read_out).to_have_text("Човекът: Второ съобщение")
    expect(form.locator("textarea")).to_be_focused()
    desk.keyboard.type("на бележка")
    expect(form.locator("textarea")).to_have_value("половина бележка")
    expect(desk.locator("#reply")).to_have_value("наполовина")
    # Who reads with the keys stays where they were.
    desk.locator("#log").focus()
    write(phone, "Трето съобщение")
    expect(desk.locator("#talk")).to_contain_text("Трето съобщение")
    expect(desk.locator("#log")).to_be_focused()
    expect(read_out).to_have_text("Човекът: Трето съобщение")
    fits(desk)


def test_a_second_page_fetches_no_style_and_no_script(browser: Browser, running: Running):  # noqa: F811
    desk = librarian(browser, running, VIDIN, "Ана", OLD)
    desk.goto(f"{running.address}/desk/me")
    brought = desk.evaluate(
        "performance.getEntriesByType('resource').filter(one => one.name.includes('/static/'))"
        ".map(one => [one.name.split('?')[1], one.transferSize])"
    )
    assert len(brought) >= 4
    assert {size for _mark, size in brought} == {0}
    assert len({mark for mark, _size in brought}) == 1
    assert desk.locator("link[rel=stylesheet]").count() == 1
