"""✓ only after delivery: what did not come to the person says why, and the next best way."""

import datetime as dt
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
import sent_files
from bot_api_server import BotApiServer, Fault
from forum_server import ForumServer
from test_desk import house
from test_telegram_desk_out import G1, G2, VRATSA, World, world_over
from test_telegram_files import connected

from bot.channels.interface import SendError
from bot.channels.telegram.failures import _SAID
from bot.store.interface import BLOCKED, Librarian
from dialogs.model import KeptFile, SentFile
from dialogs.texts import load_texts
from dialogs.undelivered import FAULTS, GONE, OUT_OF_REACH, Change, phone_in, undelivered

T = load_texts()["bg"]
STOPPED = Fault(403, "Forbidden: bot was blocked by the user")
TOO_OLD = Fault(400, "Bad Request: message can't be deleted for everyone")
LONG = "Елате в сряда. " * 90
LONGER = "Елате в сряда. " * 300


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as server:
        yield server
    assert server.against_the_description == []


@pytest.fixture
async def world(file: Path) -> AsyncIterator[World]:
    async with ForumServer(window=1.5, most=18) as forum, world_over(forum, file) as world:
        yield world
        assert forum.against_the_description == []


# -- the words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "change"), list(product([*sorted(FAULTS), "x", None], get_args(Change)))
)
def test_every_fault_has_a_reason_and_a_way_in_plain_bulgarian(fault: str | None, change: Change):
    for phone in ("", "0888 123 456"):
        said = undelivered(T, fault, change, phone)
        assert said.startswith("✗ ")
        assert said.endswith(".")
        assert "{" not in said
        assert all(len(sentence.split()) <= 15 for sentence in said.split("."))
        assert not any(
            letter in said.replace("Telegram", "").replace("pdf", "").replace("jpg", "")
            for letter in "abcdefghijklmnopqrstuvwxyz"
        )
        assert (phone in said) or fault not in OUT_OF_REACH


def test_what_channels_call_faults_has_words():
    assert set(_SAID.values()) <= FAULTS
    assert BLOCKED in GONE < OUT_OF_REACH < FAULTS


@pytest.mark.parametrize(
    ("words", "phone"),
    [
        (["Телефонът ми е 0888 123 456.", "Благодаря"], "0888 123 456"),
        (["+359 88 812 3456"], "+359 88 812 3456"),
        (["092 661123 или 0878-11-22-33"], "0878-11-22-33"),
        (["роден съм 1984 г., ЕГН 8401011234", "№ 12"], ""),
        (["платиха ми 01234567890123 пъти"], ""),
        ([], ""),
    ],
)
def test_only_a_number_that_the_person_wrote_is_offered(words: list[str], phone: str):
    assert phone_in(words) == phone


# -- the web desk ----------------------------------------------------------------------------------


async def test_a_correction_that_fails_is_told_on_its_line(server: BotApiServer, tmp_path: Path):
    async with connected(server, tmp_path) as line:
        await line.asks()
        line.person.says("Тел. 0888 123 456")
        await line.quiet()
        await line.acts("reply", text="Елате в петък", ref="r1")
        assert "✓ доставено" in await line.sees()
        server.fail("editMessageText", STOPPED)
        await line.acts("edit", text="Елате в сряда", ref="r1")
        page = await line.sees()
        assert "✗ Поправката не стигна: човекът е спрял бота. Човекът още вижда старите" in page
        assert "Обадете се: човекът е написал тук 0888 123 456." in page
        assert "поправката не стигна." in page
        assert "✓ доставено" not in page
        # The next one arrives, and with it the line is as it was.
        await line.acts("edit", text="Елате във вторник", ref="r1")
        page = await line.sees()
        assert "✓ доставено" in page
        assert "✗ Поправката" not in page


async def test_the_form_of_a_correction_holds_the_words_and_no_event(
    server: BotApiServer, tmp_path: Path
):
    async with connected(server, tmp_path) as line:
        await line.asks()
        await line.acts("reply", text="Елате в петък", ref="r1")
        await line.acts("edit", text="Елате в сряда", ref="r1")
        page = await line.sees(f"/desk/cases/{(await line.case()).number}?change=r1")
        assert "Елате в сряда</textarea>" in page


async def test_words_that_the_person_has_deleted_are_not_said_to_be_there(
    server: BotApiServer, tmp_path: Path
):
    async with connected(server, tmp_path) as line:
        await line.asks()
        await line.acts("reply", text="Елате в петък", ref="r1")
        server.screens["57"].clear()
        await line.acts("edit", text="Елате в сряда", ref="r1")
        page = await line.sees()
        assert "✗ Поправката не стигна: човекът вече няма това съобщение пред себе си." in page
        assert "Човекът още вижда" not in page
        assert "Елате в сряда" not in str(line.person.sent)


async def test_a_file_that_stays_is_not_said_to_be_taken_back(server: BotApiServer, tmp_path: Path):
    async with connected(server, tmp_path) as line:
        await line.asks()
        file = KeptFile(type="document", ref="telegram:F1", name="a.pdf")
        await line.acts("reply", text="Вижте", file=file, ref="r1")
        [sent] = server.sent(57, "sendDocument")
        server.fail("deleteMessage", TOO_OLD)
        await line.acts("retract", ref="r1")
        assert sent.result["message_id"] in server.screens["57"]
        assert T("librarian-took-back", name="Мария") not in [c.text for c in line.person.sent]
        page = await line.sees()
        assert "✗ Не е изтрито: вече не може да се изтрие или промени. Човекът още го" in page
        assert "Мария поиска да изтрие свое съобщение, но то остана при човека." in page
        assert "Изтриването не стана" in page
        assert "Изтрито съобщение" not in page


async def test_a_file_that_did_not_go_is_no_delivery(server: BotApiServer, tmp_path: Path):
    async with connected(server, tmp_path) as line:
        await line.asks()
        file = KeptFile(type="document", ref="telegram:F1", name="a.pdf")
        server.fail("sendDocument", Fault(400, "Bad Request: wrong file identifier"))
        await line.acts("reply", text="Вижте", file=file, ref="r1")
        assert line.person.sent[-1].text.startswith("👤 Мария: Вижте\n\n")
        assert [e.delivery for e in await line.lines() if e.kind == "librarian"] == ["dead"]
        page = await line.sees()
        assert "✗ Не е доставено: файлът не беше приет. Стигнаха само думите." in page
        assert "✓" not in page
        # What did come can be worded otherwise, and hidden.
        await line.acts("edit", text="Вижте на сайта", ref="r1")
        assert [c.text for c in line.arrived if "на сайта" in c.text] == []
        shown = [s.text or "" for s in server.screens["57"].values()]
        assert "👤 Мария: Вижте на сайта" in shown
        line.person.says("скрий")
        await line.quiet()
        assert not any("на сайта" in (s.text or "") for s in server.screens["57"].values())


async def test_a_lost_file_is_no_delivery_either(server: BotApiServer, tmp_path: Path):
    async with connected(server, tmp_path) as line:
        await line.asks()
        lost = KeptFile(type="document", ref="kept:0000", name="a.pdf")
        await line.acts("reply", text=LONG, file=lost, ref="r1")
        assert "✗ Не е доставено: файлът не можа да се вземе. Стигнаха" in await line.sees()
        assert "Елате в сряда" in line.person.sent[-1].text


async def test_words_that_no_longer_fit_below_a_file_follow_whole(
    server: BotApiServer, tmp_path: Path
):
    async with connected(server, tmp_path) as line:
        await line.asks()
        file = KeptFile(type="document", ref="telegram:F1", name="a.pdf")
        await line.acts("reply", text="Вижте", file=file, ref="r1")
        [sent] = server.sent(57, "sendDocument")
        number = sent.result["message_id"]

        def shown() -> str:
            after = [s for n, s in server.screens["57"].items() if number <= n < 1000]
            return " ".join((s.text or s.caption or "") for s in after).strip()

        def words(text: str) -> str:
            return f"👤 Мария: {text.strip()}"

        for text in (LONG, "Кратко", LONGER[:3400], LONG):
            await line.acts("edit", text=text, ref="r1")
            assert shown() == words(text)
            assert "✓ доставено" in await line.sees()
        await line.acts("retract", ref="r1")
        assert shown() == T("librarian-took-back", name="Мария")


async def test_a_long_correction_of_words_alone_is_whole_too(server: BotApiServer, tmp_path: Path):
    async with connected(server, tmp_path) as line:
        await line.asks()
        before = set(server.screens["57"])
        await line.acts("reply", text="Кратко", ref="r1")
        for text in ("😀 дума " * 800, "Пак кратко"):
            await line.acts("edit", text=text, ref="r1")
            new = [s.text or "" for n, s in server.screens["57"].items() if n not in before]
            said = " ".join(part for part in new if "с Вас" not in part)
            assert text.strip() in said
        assert "😀" not in said


async def test_a_person_of_the_web_chat_who_is_away_is_told_of_on_the_web_too(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        person = await (await h.person()).asks()
        await maria.does("reply", "Здравейте")
        assert "… още не е доставено" in await maria.reads()
        h.at[0] += dt.timedelta(minutes=2)
        page = await maria.reads()
        assert "… Още не е доставено: човекът не е на страницата. Ще го види, щом я отвори." in page
        await person.fetches()
        page = await maria.reads()
        assert "✓ доставено" in page
        assert "не е на страницата" not in page


# -- the group -------------------------------------------------------------------------------------


async def test_a_failed_correction_is_told_once_in_the_group(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks()
        await world.whole(case.number, G1)
        message = await world.writes(group, case.number, maria, "Елате в петък")
        await world.until(lambda: group.messages[message].reaction == "👌")
        world.push.fault = SendError(BLOCKED, again=False)
        ref = f"tg:{G1}:{message}"
        await world.acts(case.number, "edit", maria, text="Елате в сряда", ref=ref)
        await world.until(lambda: group.messages[message].reaction == "🤷")
        await world.until(lambda: "✗ Поправката не стигна" in group.everything())
        topic = await world.topic(case.number, G1)
        told = group.said(topic.thread)[-1]
        assert told.answers == message
        assert "Човекът още вижда старите думи." in told.text
        world.push.fault = None
        await world.acts(case.number, "edit", maria, text="Елате в неделя", ref=ref)
        await world.until(lambda: group.messages[message].reaction == "👌")
        assert group.everything().count("✗") == 1


async def test_a_platform_that_is_slow_is_told_of_once(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        case = await world.person().asks()
        await world.whole(case.number, G1)
        world.push.gate.clear()
        message = await world.writes(group, case.number, maria, "Елате в петък")
        await world.whole(case.number, G1)
        world.at[0] += dt.timedelta(minutes=3)
        await world.until(lambda: "връзката с човека се бави" in group.everything())
        world.push.gate.set()
        await world.until(lambda: group.messages[message].reaction == "👌")
        assert group.everything().count("се бави") == 1


async def test_a_direct_answer_of_an_expert_that_fails_is_told_to_the_library(world: World):
    maria = await world.librarian()
    here, there = await world.joins(G1, VRATSA), await world.joins(G2, "bureau-x")
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks()
        await ana.says("Обадете се на 0888 123 456")
        asked = {"library": "bureau-x", "text": "Има ли срок?", "direct": True}
        await world.acts(case.number, "ask_expert", maria, **asked)
        await world.until(lambda: there.of(case.number))
        await world.whole(case.number, G2)
        world.push.fault = SendError(BLOCKED, again=False)
        petya = Librarian("tg-9", "bureau-x", "Петя", trial=False)
        message = await world.writes(there, case.number, petya, "Седем дни", act="expert_reply")
        await world.until(lambda: there.messages[message].reaction == "🤷")
        await world.until(lambda: "✗ Не е доставено" in here.everything())
        told = here.said((await world.topic(case.number, G1)).thread)[-1]
        assert "Седем дни" in here.messages[told.answers].text
        assert "0888 123 456" in told.text
        assert "✗ Не е доставено" in there.everything()
        assert "0888" not in there.everything(), "an expert does not see what the person wrote"


async def test_an_odd_picture_comes_into_the_group_as_a_file(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    picture = sent_files.photo((2000, 20), "PNG")

    async def upload(_file: KeptFile) -> bytes:
        return picture

    world.options["upload"] = upload
    world.server.fail("sendPhoto", Fault(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
    ana = world.person()
    case = await ana.asks()
    file = KeptFile(type="photo", ref="kept:1", name="лента.png", mime="image/png")
    async with world.mirror().running():
        await ana.does(SentFile(type="photo", file=file, text="ето", ref="f1"))
        await world.whole(case.number, G1)
    assert "не може да се покаже" not in group.everything()
    [sent] = [c for c in world.server.calls if c.method == "sendDocument" and c.status == 200]
    assert sent.file
    assert (sent.file.name, sent.file.content) == ("лента.png", picture)
