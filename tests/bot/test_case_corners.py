"""Corners of a hand-off that a random history of it has found, each by itself."""

import datetime as dt
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from case_house import BUREAU, SHOWN, VIDIN, VRATSA, WEEK, CaseHouse, case_house
from durable import DAY, Dial, Notebook, stands_in

from bot.channels.interface import SendError
from dialogs.model import Said

MINUTE = 60_000
SHORT = "Fr 09:00-10:00"


@pytest.fixture
async def h(file: Path, clock: Dial, channel: Notebook) -> AsyncIterator[CaseHouse]:
    async with case_house(file, clock, channel, [(VRATSA, WEEK), (VIDIN, WEEK)]) as running:
        yield running


async def test_words_of_despair_wait_for_an_answer_and_can_be_changed(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    await h.does(await h.case("ana"), "reply", "maria", text="Тук")
    await h.says("ana", "искам да се самоубия", ref="9")
    case = await h.case("ana")
    assert (case.state, case.asked_at) == ("for_librarian", h.clock.ms)
    changed = Said(text="искам да поговорим", edited=True, ref="9")
    await h.takes("ana", changed.model_dump_json())
    assert (await h.lines(case.number))[-1].text == "искам да поговорим"


async def test_a_changed_first_reply_changes_that_line_alone_and_once(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "reply", "maria", text="В 9", ref="web:r")
    await h.does(case, "edit", "maria", text="В 10", ref="web:r")
    lines = [(line.kind, line.text) for line in await h.lines(case.number)]
    assert ("event", "claimed") in lines
    assert ("librarian", "В 10") in lines
    assert [text for *_, text in h.channel.hidden] == ["👤 Мария: В 10"]


async def test_a_persons_message_changes_no_line_of_a_desk_that_has_its_number(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.says("ana", "Добър ден", ref="57")
    await h.does(case, "reply", "maria", text="Здравейте", ref="57")
    await h.takes("ana", Said(text="Добър вечер", edited=True, ref="57").model_dump_json())
    texts = [line.text for line in await h.lines(case.number)]
    assert "Добър вечер" in texts
    assert "Здравейте" in texts
    await h.does(case, "retract", "maria", ref="57")
    texts = [line.text for line in await h.lines(case.number)]
    assert "Добър вечер" in texts
    assert "Здравейте" not in texts


async def test_who_agrees_and_then_would_rather_wait_takes_the_offer_back(h: CaseHouse):
    await h.desk.set_hours(VRATSA, SHORT, 0)
    await h.roster.refresh()
    await h.asks("ana", VRATSA, "Къде?")
    yes, no = [b for b in await h.buttons("ana") if b[1].startswith("cover:")]
    await h.presses("ana", yes[1])
    assert [case.number for case in await h.desk.cases(VIDIN)]
    await h.presses("ana", no[1])
    assert not await h.desk.cases(VIDIN)
    assert (await h.case("ana")).state == "waiting"
    await h.presses("ana", yes[1])
    assert (await h.case("ana")).offered_to == VIDIN


async def test_an_experts_own_answer_settles_what_was_owed(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "ask_expert", "maria", text="Колко?", library=BUREAU, direct=True)
    await h.does(case, "expert_reply", "petrov", text="Две години")
    assert (await h.case("ana")).state == "for_person"
    h.clock.forward(61 * MINUTE)
    await h.looks()
    assert (await h.case("ana")).claimed_by == "maria"
    assert not [text for text in h.channel.texts("ana") if "не успя да отговори" in text]


async def test_an_experts_answer_to_a_case_that_nobody_has_leaves_it_waiting(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "ask_expert", "maria", text="Колко?", library=BUREAU, direct=True)
    await h.does(case, "release", "maria")
    await h.does(case, "expert_reply", "petrov", text="Две години")
    case = await h.case("ana")
    assert (case.state, case.asked_at is None) == ("waiting", False)


async def test_a_desk_to_which_a_case_is_transferred_hears_its_own_marks(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    h.clock.forward(2 * 60 * MINUTE)
    await h.looks()
    assert "mark:50" in (await h.case("ana")).said
    await h.does(case, "transfer", "maria", text="там", library=VIDIN)
    await h.looks()
    assert "mark:50" not in (await h.case("ana")).said
    h.clock.forward(2 * 60 * MINUTE)
    await h.looks()
    assert "mark:50" in (await h.case("ana")).said


async def test_a_case_that_is_opened_again_keeps_its_question_for_the_desk(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде е читалнята?")
    case = await h.case("ana")
    await h.does(case, "reply", "maria", text="Тук")
    await h.does(case, "close", "maria", code="answered")
    await h.presses("ana", "write-again")
    await h.says("ana", "А кога?")
    case = await h.case("ana")
    assert case.state == "reopened"
    assert json.loads(case.card)["question"] == "Къде е читалнята?"


async def test_of_an_erased_person_the_stop_stays_and_its_reason_goes(h: CaseHouse, file: Path):
    await h.asks("ana", VRATSA, "Къде?")
    until = (h.clock() + dt.timedelta(days=7)).date()
    await h.does(await h.case("ana"), "mute", "maria", text="обижда ме zq", until=until)
    await h.says("ana", "/delete")
    await h.presses("ana", "erase")
    await h.store.scrub()
    assert await h.desk.muted()
    assert not stands_in("обижда ме zq", file)


async def test_an_old_rating_of_an_earlier_end_counts_no_more(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "reply", "maria", text="Тук")
    await h.does(case, "close", "maria", code="answered")
    old = [b for b in await h.buttons("ana") if b[1].startswith("rate:")]
    await h.presses("ana", "write-again")
    await h.says("ana", "А кога?")
    await h.presses("ana", old[0][1])
    assert not (await h.case("ana")).rating
    await h.does(case, "reply", "ivan", text="В 9")
    await h.does(case, "close", "ivan", code="answered")
    await h.presses("ana", old[2][1])
    assert not (await h.case("ana")).rating
    await h.presses("ana", f"rate:{case.number}-1-yes")
    assert (await h.case("ana")).rating == "yes"


async def test_after_a_stop_an_older_button_opens_nothing(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "reply", "maria", text="Тук")
    await h.does(case, "close", "maria", code="answered")
    await h.presses("ana", "write-again")
    await h.says("ana", "А кога?")
    until = (h.clock() + dt.timedelta(days=2)).date()
    await h.does(case, "mute", "maria", text="обиди", until=until)
    await h.roster.refresh()
    await h.presses("ana", "write-again")
    await h.says("ana", "Пак аз")
    await h.asks("ana", VRATSA, "И пак аз")
    assert [case.is_open for case in await h.files()] == [False]
    h.clock.forward(3 * DAY)
    await h.asks("ana", VRATSA, "Вече може")
    assert [case.is_open for case in await h.files()] == [False, True]


async def test_after_answers_are_forgotten_a_case_opens_again_at_its_last_library(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    case = await h.case("ana")
    await h.does(case, "transfer", "maria", text="там", library=VIDIN)
    await h.does(case, "reply", "vera", text="Тук")
    await h.does(case, "close", "vera", code="answered")
    await h.says("ana", "/menu")
    await h.presses("ana", "go:restart")
    await h.presses("ana", "restart")
    await h.presses("ana", "write-again")
    await h.says("ana", "А кога?")
    case = await h.case("ana")
    assert (case.state, case.library) == ("reopened", VIDIN)


async def test_after_an_erasure_no_old_button_opens_or_rates_anything(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    await h.does(await h.case("ana"), "close", "maria", code="answered")
    old = [b for b in await h.buttons("ana") if b[1].startswith(("rate:", "write-again"))]
    await h.says("ana", "/delete")
    await h.presses("ana", "erase")
    for serial, action in old:
        raw = json.dumps({"kind": "pressed", "serial": serial, "action": action})
        await h.takes("ana", raw)
    await h.says("ana", "Там ли сте?")
    assert not await h.files()


async def test_where_the_bot_is_blocked_the_reply_says_so_and_the_case_goes_on(h: CaseHouse):
    await h.asks("ana", VRATSA, "Къде?")
    h.channel.failing = lambda _to, _text: SendError("blocked", again=False)
    case = await h.case("ana")
    await h.does(case, "reply", "maria", text="Тук")
    line = (await h.lines(case.number))[-1]
    assert (line.delivery, line.error) == ("dead", "blocked")
    rows = await h.store.read(f"{SHOWN} AND state = 'dead'", "test:ana")
    assert rows
