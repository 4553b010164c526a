"""What can be done with a case at the web desk besides answering, and what pages are told live."""

import asyncio
import datetime as dt
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from test_desk import DAY, VIDIN, VRATSA, House, Librarian, house

from bot.store.sqlite_telegram_desk import SqliteTelegramDesk

BUREAU = "bureau:vratsa"
HOUR = dt.timedelta(hours=1)
MONTANA = "lib-montana-reg"


@pytest.fixture
async def h(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


async def bureau(h: House) -> str:
    return f"bureau:{h.service.knowledge.directory.bureaus[0].id}"


async def test_what_is_given_back_can_be_taken_by_a_colleague(h: House):
    maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
    person = await (await h.person()).asks()
    await maria.does("claim")
    await ivan.does("release")
    assert ivan.status == 409
    await maria.does("release")
    await person.settled()
    assert "Мария не успя да отговори." in person.texts
    await ivan.does("claim")
    assert (await h.case()).claimed_name == "Иван"


async def test_a_case_goes_to_another_library_with_a_note_that_only_colleagues_read(h: House):
    maria, vera = await h.librarian("Мария"), await h.librarian("Вера", VIDIN)
    person = await (await h.person()).asks()
    number = (await h.case()).number
    page = await maria.does("transfer", "", to=f"desk={VIDIN}")
    assert "Напишете кратка бележка за колегата." in page
    page = await maria.does("transfer", "Живее там", to="desk=lib-nowhere")
    assert "Изберете на кого" in page
    assert "Живее там</textarea>" in page
    await maria.does("transfer", "Живее там", to=f"desk={VIDIN}")
    await person.settled()
    assert "Въпросът Ви премина към" in person.texts
    assert "Живее там" not in person.texts
    assert f"№ {number}" not in await maria.sees()
    assert "Живее там" in await vera.reads()
    await vera.does("reply", "Добър ден")
    assert "👤 Вера: Добър ден" in (await person.settled()).texts


async def test_a_case_is_put_into_a_colleagues_hands(h: House):
    maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
    person = await (await h.person()).asks()
    me = next(w for w in await h.service.desk.librarians() if w.name == "Иван")
    await maria.does("transfer", "Той знае", to=f"colleague={me.id}")
    assert "Въпросът Ви премина към Иван." in (await person.settled()).texts
    await maria.does("reply", "Аз пак")
    assert maria.status == 409
    await ivan.does("reply", "Тук съм")
    assert ivan.status == 303


async def test_an_expert_sees_the_question_alone_and_answers_the_librarian(h: House):
    maria = await h.librarian("Мария")
    expert = await h.librarian("Петров", await bureau(h))
    person = await (await h.person()).asks("Частен въпрос")
    number = (await h.case()).number
    assert f"№ {number}" not in await expert.sees()
    await expert.sees(f"/desk/cases/{number}")
    assert expert.status == 404
    await maria.does("ask_expert", "Колко време важи?", bureau=await bureau(h))
    assert "Мария попита експерт" in (await person.settled()).texts
    page = await expert.reads()
    assert "Колко време важи?" in page
    assert "Частен въпрос" not in page
    for act in ("claim", "reply", "note", "close", "release"):
        await expert.does(act, "Аз", case=number)
        assert expert.status == 409, act
    await expert.does("expert_reply", "Две години", case=number)
    assert not (await person.settled()).heard
    assert "Две години" in await maria.reads()
    await maria.does("reply", "Две години, каза бюрото")
    assert "👤 Мария: Две години" in (await person.settled()).texts


async def test_an_experts_answer_reaches_the_person_only_where_the_librarian_said_so(h: House):
    maria, expert = await h.librarian("Мария"), await h.librarian("Петров", await bureau(h))
    person = await (await h.person()).asks()
    number = (await h.case()).number
    await maria.does("ask_expert", "Колко?", bureau=await bureau(h), direct="yes")
    await person.settled()
    await expert.does("expert_reply", "Две години", case=number)
    assert "Петров, експерт от бюрото по труда: Две години" in (await person.settled()).texts


async def test_an_end_needs_a_code_and_is_rated_once(h: House):
    maria = await h.librarian()
    person = await (await h.person()).asks()
    await maria.does("reply", "Готово")
    assert "Изберете как завърши" in await maria.does("close", code="")
    assert (await h.case()).is_open
    await maria.does("close", code="to_bureau")
    assert (await h.case()).resolution == "to_bureau"
    assert "Мария приключи разговора: насочен към бюрото по труда." in await maria.reads()
    await person.settled()
    offered = next(m for m in person.heard if any("rate:" in b.action for b in m.buttons))
    yes, _, no = [b.action for b in offered.rows[0]]
    # On the page they stand in the talk, and the buttons of where the talk was below it.
    page, _, below = (await person.fetches()).partition('<div id="rows"')
    assert f'value="{offered.serial}.{yes}" form="choices"' in page
    assert yes not in below
    assert "Библиотекар</button>" in below
    await person.posts(press=f"{offered.serial}.{yes}")
    assert "Благодаря!" in person.texts
    await person.posts(press=f"{offered.serial}.{no}")
    assert (await h.case()).rating == "yes"
    assert "Оценка от човека: помогна." in await maria.reads()


async def test_words_after_the_end_open_the_case_again_with_its_card(h: House):
    maria = await h.librarian()
    person = await (await h.person()).asks()
    card = (await h.case()).card
    await maria.does("reply", "Готово")
    await maria.does("close")
    await person.settled()
    h.at[0] += 6 * DAY
    shown = next(m for m in person.heard if any(b.action == "write-again" for b in m.buttons))
    await person.posts(press=f"{shown.serial}.write-again")
    await person.says("А колко струва?")
    case = await h.case()
    assert (case.state, case.reopened) == ("reopened", 1)
    page = await maria.reads()
    assert "Човекът писа отново." in page
    assert "А колко струва?" in page
    assert len(case.card) >= len(card) - 40
    await maria.does("reply", "Нищо")
    assert "👤 Мария: Нищо" in (await person.settled()).texts


async def test_after_seven_days_words_begin_a_new_question(h: House):
    maria = await h.librarian()
    person = await (await h.person()).asks()
    await maria.does("reply", "Готово")
    await maria.does("close")
    await person.settled()
    shown = next(m for m in person.heard if any(b.action == "write-again" for b in m.buttons))
    h.at[0] += 7 * DAY + HOUR
    await person.posts(press=f"{shown.serial}.write-again")
    assert "Този разговор вече е приключил." in person.texts
    assert not (await h.case()).is_open


async def test_who_is_stopped_is_told_until_when_and_whom_else_to_ask(h: House):
    maria = await h.librarian()
    person = await (await h.person()).asks()
    assert "Напишете причината" in await maria.does("mute", "", days="7")
    await maria.does("mute", "обиди", days="7")
    assert "Тук не приемаме въпроси от Вас до 30.11.2026." in (await person.settled()).texts
    assert "обиди" not in person.texts
    await h.service.roster.refresh()
    await person.says("/librarian")
    assert "Тук не приемаме въпроси от Вас до 30.11.2026." in person.texts
    h.at[0] += 8 * DAY
    await person.says("/librarian")
    assert "С кого да Ви свържа?" in person.texts


async def test_a_stop_holds_after_the_talk_is_erased(h: House):
    maria = await h.librarian()
    person = await (await h.person()).asks()
    await maria.does("mute", "обиди", days="30")
    await person.says("/delete")
    await person.acts("erase")
    await person.fetches()
    await h.service.store.scrub()
    assert person.talk.encode() not in h.bytes_on_disk()
    await h.service.roster.refresh()
    await person.says("/librarian")
    assert "Тук не приемаме въпроси от Вас" in person.texts


async def test_a_report_waits_for_the_administrator_and_the_person_hears_nothing(h: House):
    maria = await h.librarian()
    person = await (await h.person()).asks()
    await maria.does("report", "Моли за телефона ми")
    assert not (await person.settled()).heard
    rows = await h.service.store.read("SELECT reason, who, desk FROM report")  # type: ignore[attr-defined]
    assert [tuple(row) for row in rows] == [("Моли за телефона ми", "Мария", VRATSA)]


async def test_a_changed_reply_is_changed_at_the_person_and_only_by_who_wrote_it(h: House):
    maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
    person = await (await h.person()).asks()
    await maria.does("reply", "В 9 часа")
    await person.fetches()
    entry = next(e for e in await h.service.desk.entries((await h.case()).number) if e.ref)
    page = await maria.sees(f"/desk/cases/{(await h.case()).number}?change={entry.ref}")
    assert "Човекът ще види новия текст." in page
    await ivan.does("edit", "Никога", ref=entry.ref)
    assert ivan.status == 409
    await maria.does("edit", "В 10 часа", ref=entry.ref)
    assert maria.status == 303
    shown = await person.fetches()
    assert "В 9 часа" not in shown
    assert "👤 Мария:</b>\nВ 10 часа" in shown
    changed = await maria.reads()
    assert "поправено" in changed
    assert "✓ доставено" in changed
    await maria.does("retract", ref=entry.ref)
    shown = await person.fetches()
    assert "В 10 часа" not in shown
    assert "Мария оттегли това съобщение." in shown
    page = await maria.reads()
    assert "Изтрито съобщение" in page
    assert "доставено" not in page


async def test_who_has_no_answer_left_waits_again(h: House):
    maria = await h.librarian("Мария")
    person = await (await h.person()).asks()
    for words in ("Струва 10 лева", "А не, 20 лева"):
        await maria.does("reply", words)
    number = (await h.case()).number
    lines = await h.service.desk.entries(number)
    first, second = [e.ref for e in lines if e.kind == "librarian"]
    await maria.does("retract", ref=first)
    assert (await h.case()).asked_at is None
    await maria.does("retract", ref=second)
    case = await h.case()
    assert (case.state, case.asked_at) == ("for_librarian", case.heard_at)
    assert "1" in re.search(r"<title>(.*?)</title>", await maria.sees(raw=True))[1]  # type: ignore[index]
    # An answer to what was written before leaves what was written since as it is.
    await maria.does("reply", "Безплатно е")
    await (await person.settled()).says("А книгите?")
    third = [e.ref for e in await h.service.desk.entries(number) if e.kind == "librarian"][-1]
    since = (await h.case()).asked_at
    await maria.does("retract", ref=third)
    assert (await h.case()).asked_at == since


async def test_to_take_a_line_back_is_asked_about_and_stands_apart_from_saving(h: House):
    maria = await h.librarian("Мария")
    await (await h.person()).asks()
    await maria.does("reply", "В 9 часа")
    await maria.does("note", "Да се обадим")
    number = (await h.case()).number
    lines = [e for e in await h.service.desk.entries(number) if e.kind in ("librarian", "note")]
    asked = ("Човекът вече няма да го вижда.", "Изтривате ли бележката?")
    assert len(lines) == len(asked)
    for line, question in zip(lines, asked, strict=True):
        page = await maria.sees(f"/desk/cases/{number}?change={line.ref}")
        forms = re.findall(r"<form[^>]*>.*?</form>", page, re.DOTALL)
        (saving,) = (form for form in forms if "Запази поправката" in form)
        (taking,) = (form for form in forms if ">Изтрий</button>" in form)
        assert saving != taking
        assert f'/desk/cases/{number}/retract"' in taking
        assert question in re.search(r'data-sure="([^"]*)"', taking)[1]
        assert int(re.search(r'rows="(\d+)"', saving)[1]) >= 6


async def test_a_changed_note_stays_a_note(h: House):
    maria = await h.librarian("Мария")
    person = await (await h.person()).asks()
    await maria.does("note", "Да питам")
    entry = next(e for e in await h.service.desk.entries((await h.case()).number) if e.ref)
    await maria.does("edit", "Питах вече", ref=entry.ref)
    assert "Питах вече" in await maria.reads()
    assert "Питах вече" not in await person.fetches()


async def test_the_clock_frees_what_its_owner_left_and_marks_what_waits(h: House):
    maria = await h.librarian()
    await h.service.desk.set_hours(VRATSA, "Mo-Fr 09:00-18:00", 0)
    await h.service.roster.refresh()
    person = await (await h.person()).asks()
    await maria.does("claim")
    await person.settled()
    clock = await ticks(h, 31)
    assert "Вече 30 работни минути няма отговор от Мария." in await maria.reads()
    await ticks(h, 30)
    assert (await h.case()).claimed_by is None
    await clock()
    assert (await person.settled()).texts.count("не успя да отговори") == 1
    await ticks(h, 180)
    page = await maria.reads()
    assert "Минаха 100 % от времето за отговор." in page
    assert "Още няма отговор на въпроса Ви." in (await person.settled()).texts


async def ticks(h: House, minutes: int) -> Any:
    from bot.desk.timekeeper import Timekeeper  # noqa: PLC0415

    h.at[0] += dt.timedelta(minutes=minutes)
    keeper = Timekeeper(h.service.desk, h.service.waiting, h.service.roster, h.service.clock)
    await keeper.look()
    await h.service.runtime.settle()
    return keeper.look


# -- a closed library --------------------------------------------------------------------------


async def test_a_neighbour_takes_a_closed_librarys_case_with_consent_alone(h: House):
    await h.librarian("Мария")
    vera = await h.librarian("Вера", VIDIN)
    await h.service.desk.set_hours(VRATSA, "Fr 09:00-10:00", 0)
    await h.service.desk.set_hours(VIDIN, "Mo-Fr 09:00-18:00", 0)
    await h.service.roster.refresh()
    person = await (await h.person()).asks()
    assert "Да покажа ли въпроса и там?" in person.texts
    number = (await h.case()).number
    await vera.sees(f"/desk/cases/{number}")
    assert vera.status == 404
    offer = next(m for m in person.heard if any("cover:" in b.action for b in m.buttons))
    # What was done is said first, and then what could be done besides.
    assert "Предадох въпроса Ви" in person.heard[-2].text
    assert offer == person.heard[-1]
    await person.posts(press=f"{offer.serial}.{offer.rows[0][0].action}")
    assert "Показах въпроса и на" in person.texts
    await ticks(h, 1)
    assert "Да покажа ли" not in (await person.settled()).texts
    await vera.does("reply", "Мога да помогна")
    texts = (await person.settled()).texts
    assert "С Вас е Вера от Регионална библиотека" in texts
    case = await h.case()
    assert (case.library, case.offered_to) == (VIDIN, None)


async def test_who_would_rather_wait_is_not_asked_again(h: House):
    await h.librarian("Мария")
    vera = await h.librarian("Вера", VIDIN)
    await h.service.desk.set_hours(VRATSA, "Fr 09:00-10:00", 0)
    await h.service.desk.set_hours(VIDIN, "Mo-Fr 09:00-18:00", 0)
    await h.service.roster.refresh()
    person = await (await h.person()).asks()
    offer = next(m for m in person.heard if any("cover:" in b.action for b in m.buttons))
    await person.posts(press=f"{offer.serial}.{offer.rows[1][0].action}")
    assert "Въпросът остава само там" in person.texts
    await ticks(h, 60)
    assert not (await person.settled()).heard
    await vera.sees(f"/desk/cases/{(await h.case()).number}")
    assert vera.status == 404


# -- live --------------------------------------------------------------------------------------


async def heard(answer: aiohttp.ClientResponse, event: str) -> tuple[str, str]:
    number = data = name = ""
    async for raw in answer.content:
        line = raw.decode().rstrip("\n")
        key, _, value = line.partition(": ")
        number, data = (value if key == "id" else number), (value if key == "data" else data)
        name = value if key == "event" else name
        if not line and name == event:
            return number, data
        if not line:
            name = ""
    raise AssertionError("the line ended")


async def test_an_open_page_hears_of_a_change_and_of_what_it_missed(h: House):
    maria = await h.librarian()
    person = await (await h.person()).asks()
    number = str((await h.case()).number)
    async with maria.browser.get("/desk/live") as answer:
        seen, _ = await asyncio.wait_for(heard(answer, "here"), 5)
        await person.says("Още нещо")
        last, case = await asyncio.wait_for(heard(answer, "change"), 5)
        assert case == number
        assert int(last) > int(seen)
    await person.says("И още")
    headers = {"Last-Event-ID": last}
    async with maria.browser.get("/desk/live", headers=headers) as answer:
        missed, case = await asyncio.wait_for(heard(answer, "change"), 5)
        assert (int(missed), case) == (int(last) + 1, number)


async def test_a_page_hears_nothing_of_another_desk(h: House):
    vera, maria = await h.librarian("Вера", VIDIN), await h.librarian("Мария")
    person = await (await h.person()).asks()
    async with vera.browser.get("/desk/live") as answer:
        await asyncio.wait_for(heard(answer, "here"), 5)
        await person.says("Още нещо")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(heard(answer, "change"), 3)
    assert isinstance(maria, Librarian)


async def test_who_is_not_signed_in_is_told_nothing(h: House):
    async with h.browser().get("/desk/live") as answer:
        assert answer.status == 204


async def test_a_page_that_is_signed_out_is_let_go(h: House):
    maria = await h.librarian()
    async with maria.browser.get("/desk/live") as answer:
        await asyncio.wait_for(heard(answer, "here"), 5)
        await maria.posts("/desk/leave", {"csrf": await maria.csrf()})
        await asyncio.wait_for(heard(answer, "left"), 10)


# -- a librarian's day -------------------------------------------------------------------------


async def press_away(who: Librarian, away: str = "yes") -> None:
    await who.posts("/desk/away", {"csrf": await who.csrf(), "away": away})


async def test_what_waits_for_who_is_away_today_goes_to_the_colleagues(h: House):
    maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
    person = await (await h.person()).asks()
    await maria.does("claim")
    await person.settled()
    await press_away(maria)
    assert "Отбелязано е, че днес Ви няма." in await maria.sees()
    assert (await h.case()).claimed_by is None
    assert "Мария не успя да отговори." in (await person.settled()).texts
    await ivan.does("claim")
    assert ivan.status == 303


async def test_what_who_is_away_has_answered_is_open_to_the_colleagues_too(h: House):
    maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
    person = await (await h.person()).asks()
    await maria.does("reply", "Коя е последната Ви работа?")
    await person.settled()
    await press_away(maria)
    assert (await h.case()).claimed_by is None
    await (await person.says("Шивачка съм.")).settled()
    await ivan.does("reply", "Благодаря, търся.")
    assert ivan.status == 303
    assert (await h.case()).claimed_name == "Иван"


async def test_a_colleague_who_is_away_cannot_be_handed_a_case_and_is_shown_as_away(h: House):
    maria, ivan = await h.librarian("Мария"), await h.librarian("Иван")
    await (await h.person()).asks()
    me = next(w for w in await h.service.desk.librarians() if w.name == "Иван")
    assert f"colleague={me.id}" in await maria.reads()
    await press_away(ivan)
    page = await maria.reads()
    assert f"colleague={me.id}" not in page
    assert "Днес ги няма: Иван." in page or "colleague=" not in page
    assert "Изберете" in await maria.does("transfer", "Твой е", to=f"colleague={me.id}")
    assert (await h.case()).claimed_by is None


async def test_an_expert_who_is_away_is_not_offered_and_said_to_be_away(h: House):
    maria, petrov = await h.librarian("Мария"), await h.librarian("Петров", await bureau(h))
    await (await h.person()).asks()
    assert 'name="bureau"' in await maria.reads()
    await press_away(petrov)
    page = await maria.reads()
    assert 'name="bureau"' not in page
    assert "Днес няма кой да отговори в:" in page


async def test_that_somebody_is_away_stands_in_the_trail_once(h: House):
    maria = await h.librarian("Мария")
    for away in ("yes", "yes", "no"):
        await press_away(maria, away)
    trail = [line.action for line in await h.service.accounts.store.trail(0, 50)]
    assert (trail.count("away"), trail.count("here")) == (1, 1)


async def test_where_everybody_is_away_a_neighbour_is_proposed_and_tomorrow_is_named(h: House):
    maria, vera = await h.librarian("Мария"), await h.librarian("Вера", VIDIN)
    for library in (VRATSA, VIDIN):
        await h.service.desk.set_hours(library, "Mo-Fr 09:00-18:00", 0)
    await press_away(maria)
    person = await h.person()
    await person.says("/librarian")
    assert "Днес там няма кой да отговори." in person.texts
    assert "утре (24.11) след 09:00" in person.texts
    await person.acts(f"to:{VRATSA}")
    await person.says("Въпрос")
    await person.acts("pass-on")
    assert "Днес в Регионална библиотека" in person.texts
    assert "Да покажа ли въпроса и там?" in person.texts
    await press_away(maria, "no")
    await vera.sees()
    assert (await h.case()).library == VRATSA
    await person.says("бот")
    await person.says("/librarian")
    assert "Днес там няма" not in person.texts


async def test_the_administrator_sees_reports_and_stops_and_ends_them(h: House):
    maria = await h.librarian("Мария")
    person = await (await h.person()).asks()
    await maria.does("report", "Моли за телефона ми")
    await maria.does("mute", "обиди", days="30")
    await maria.sees("/desk/reports")
    assert maria.status == 403
    boss = await h.administrator()
    page = await boss.sees("/desk/reports")
    assert "Моли за телефона ми" in page
    assert "обиди" in page
    assert "Къде да отида?" not in page
    form = re.search(r'name="talk" value="([^"]+)"', page)
    assert form
    await boss.posts("/desk/reports/unmute", {"csrf": await boss.csrf(), "talk": form[1]})
    number = re.search(r"/desk/reports/(\d+)/seen", page)
    assert number
    await boss.posts(f"/desk/reports/{number[1]}/seen", {"csrf": await boss.csrf()})
    page = await boss.sees("/desk/reports")
    assert "Няма докладвани разговори." in page
    assert "Сега никой не е спрян." in page
    await person.says("/librarian")
    assert "С кого да Ви свържа?" in person.texts


async def digest(h: House) -> str:
    """What begins to wait for the desk's group now."""
    shown = SqliteTelegramDesk(h.service.store)
    before = await shown.digests(-100, 0)
    await h.service.digests.take(VRATSA, [-100])
    return "\n".join(words for _, words in (await shown.digests(-100, 0))[len(before) :])


async def test_a_desk_is_told_its_morning_once_and_sees_how_it_stands(h: House):
    maria = await h.librarian("Мария")
    await h.service.desk.set_hours(VRATSA, "Mo-Fr 09:00-18:00", 0)
    await h.service.roster.refresh()
    await (await h.person()).asks()
    h.at[0] += dt.timedelta(hours=22, minutes=50)
    said = await digest(h)
    assert "Един въпрос чака отговор, вече 22 ч" in said
    assert "Къде да отида?" not in said
    assert not await digest(h)
    assert "Добро утро. Един въпрос чака отговор" in await maria.sees()
    # Later in the day nobody is greeted.
    h.at[0] += 4 * HOUR
    seen = await maria.sees()
    assert "Един въпрос чака отговор" in seen
    assert "Добро утро" not in seen
    h.at[0] += 5 * HOUR
    assert "Скоро затваряте." in await digest(h)
