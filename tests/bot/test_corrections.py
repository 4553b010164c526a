"""Corrections at the desk: proposed, decided once, shown at once with their source, and kept."""

import argparse
import asyncio
import datetime as dt
import re
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from test_desk import DAY, MONDAY, Librarian, house

from bot.channels.web import WebChannel
from bot.clock import millis
from bot.correction_commands import add_commands
from bot.desk.corrections import Corrections, may_administer
from bot.service import Service, running
from bot.settings import Settings
from bot.store import interface
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_corrections import SqliteCorrections
from dialogs.corrections import COMMAND, line_answer, read_line
from knowledge.corrections import Correction, shown
from knowledge.loading import DATA, load
from knowledge.loading.correcting import changes_of
from knowledge.loading.everything import load_anew
from knowledge.loading.trying import write

VRATSA, DABNIKA, MEASURE = "lib-vratsa-reg", "lib-vratsa-dabnika", "znz-36-disadvantaged"
PHONE, TODAY = "092 111 222", MONDAY.date()
PHONE_PAGE = f"/desk/directory/libraries/{VRATSA}/phone"


@dataclass(frozen=True, slots=True)
class Administrator(interface.Librarian):
    """A librarian as accounts will have them."""

    role: str = "admin"


MARIA = interface.Librarian("maria", VRATSA, "Мария", trial=False)
ADMIN = Administrator("admin", VRATSA, "Анна", trial=False)
OTHER = Administrator("other", VRATSA, "Борис", trial=False)


def phone(value: str = PHONE, **other: object) -> Correction:
    made = Correction("libraries", VRATSA, "phone", value, "https://libvratsa.org/kontakti", TODAY)
    return replace(made, **other)


@asynccontextmanager
async def service(
    folder: Path, data: Path = DATA, at: dt.datetime = MONDAY
) -> AsyncIterator[Service]:
    store = SqliteStore(folder / "posoka.db")
    channels = {"web": WebChannel()}
    async with running(
        store, channels, {}, lambda: at, data=data, channels_configured=True
    ) as built:
        yield built


def value(built: Service, field: str = "phone", row: str = VRATSA) -> str:
    found = shown(built.knowledge, "libraries", row, field)
    assert found
    return found.value


async def edits(corrections: Corrections, wanted: Correction, key: str = "") -> int:
    done = await corrections.edit(ADMIN, wanted, key or secrets.token_urlsafe(8))
    assert done.faults == ()
    return done.number


# -- deciding --------------------------------------------------------------------------------------


async def test_a_proposal_changes_nothing_until_it_is_accepted(tmp_path: Path):
    async with service(tmp_path) as built:
        desk, before = built.corrections, built.knowledge
        proposed = await desk.propose(MARIA, phone(), "key-0001")
        assert proposed.done
        assert built.knowledge is before
        assert (await desk.accept(ADMIN, proposed.number, phone())).done
        assert value(built) == PHONE
        assert before.directory.library(VRATSA).phone != PHONE
        (kept,) = await desk.store.of(MARIA.id)
        assert (kept.state, kept.decided_name, kept.before) == ("accepted", "Анна", "092 626 170")


async def test_the_same_proposal_sent_again_is_kept_once(tmp_path: Path):
    async with service(tmp_path) as built:
        first = await built.corrections.propose(MARIA, phone(), "key-0001")
        again = await built.corrections.propose(MARIA, phone(), "key-0001")
        assert first.number == again.number
        assert len(await built.corrections.store.waiting(trial=False)) == 1


async def test_who_is_no_administrator_decides_nothing(tmp_path: Path):
    async with service(tmp_path) as built:
        desk = built.corrections
        number = (await desk.propose(MARIA, phone(), "key-0001")).number
        for done in (
            await desk.accept(MARIA, number, phone()),
            await desk.decline(MARIA, number, "не"),
            await desk.edit(MARIA, phone(), "key-0002"),
        ):
            assert [name for name, _ in done.faults] == ["correction-not-allowed"]
        (kept,) = await desk.store.waiting(trial=False)
        assert kept.number == number
        assert value(built) != PHONE
    assert not may_administer(MARIA)
    assert may_administer(ADMIN)
    assert may_administer(replace(MARIA, trial=True))


async def test_of_two_administrators_who_accept_at_once_one_wins(tmp_path: Path):
    async with service(tmp_path) as built:
        desk = built.corrections
        number = (await desk.propose(MARIA, phone(), "key-0001")).number
        both = await asyncio.gather(
            desk.accept(ADMIN, number, phone("092 1 1 1 1 1")),
            desk.accept(OTHER, number, phone("092 2 2 2 2 2")),
        )
        assert sorted(done.done for done in both) == [False, True]
        kept = await desk.store.one(number)
        winner = ("Анна", "092 1 1 1 1 1") if both[0].done else ("Борис", "092 2 2 2 2 2")
        assert (kept.decided_name, kept.correction.value, value(built)) == (*winner, winner[1])


async def test_of_two_processes_that_accept_one_wins(tmp_path: Path):
    """The store itself decides, whichever process asks."""
    async with service(tmp_path) as built:
        number = (await built.corrections.propose(MARIA, phone(), "key-0001")).number
        other = SqliteStore(tmp_path / "posoka.db")
        await other.open()
        try:
            stores = (SqliteCorrections(other), built.corrections.store)
            line = built.accounts.audit.line(ADMIN, "correction-accepted")
            said = {"answer": "", "against": TODAY, "hours_before": 0, "noted": line}
            won = await asyncio.gather(
                *(store.accept(number, phone(), ADMIN, 1, **said) for store in stores),
                stores[0].decline(number, OTHER, 1, answer="не", noted=line),
            )
        finally:
            await other.close()
        assert sum(won) == 1


async def test_a_bad_value_changes_nothing_whoever_writes_it(tmp_path: Path):
    async with service(tmp_path) as built:
        desk, before = built.corrections, built.knowledge
        number = (await desk.propose(MARIA, phone(), "key-0001")).number
        bad = phone("на входа")
        for done in (
            await desk.propose(MARIA, bad, "key-0002"),
            await desk.edit(ADMIN, bad, "key-0003"),
            await desk.accept(ADMIN, number, bad),
        ):
            assert [name for name, _ in done.faults] == ["correction-bad"]
        assert built.knowledge is before
        assert [kept.number for kept in await desk.store.waiting(trial=False)] == [number]


async def test_a_later_correction_of_a_field_replaces_the_earlier(tmp_path: Path):
    async with service(tmp_path) as built:
        first = await edits(built.corrections, phone("092 1 1 1 1 1"))
        second = await edits(built.corrections, phone("092 2 2 2 2 2"))
        email = replace(phone("a@example.bg"), field="email")
        await edits(built.corrections, email)
        assert value(built) == "092 2 2 2 2 2"
        assert value(built, "email") == "a@example.bg"
        assert (await built.corrections.store.one(first)).state == "replaced"
        assert (await built.corrections.store.one(second)).state == "accepted"


async def test_a_remark_is_read_and_changes_nothing(tmp_path: Path):
    async with service(tmp_path) as built:
        before = built.knowledge
        remark = Correction("measures", MEASURE, "remark", "За 55 е друго.", "бюрото", TODAY)
        number = (await built.corrections.propose(MARIA, remark, "key-0001")).number
        assert (await built.corrections.accept(ADMIN, number, remark, "Гледаме го.")).done
        assert built.knowledge is before
        (kept,) = await built.corrections.store.of(MARIA.id)
        assert (kept.state, kept.answer) == ("accepted", "Гледаме го.")


# -- after a restart -------------------------------------------------------------------------------


async def test_a_restart_keeps_what_was_accepted(tmp_path: Path):
    gives = Correction("measures", MEASURE, "gives", "Дава друго.", "https://example.bg/a", TODAY)
    async with service(tmp_path) as built:
        await edits(built.corrections, phone())
        await edits(built.corrections, gives)
    async with service(tmp_path) as built:
        assert value(built) == PHONE
        assert built.knowledge.measures[MEASURE].gives.bg == "Дава друго."
        assert built.context().knowledge is built.knowledge


async def test_data_that_says_it_overtakes_the_correction(tmp_path: Path):
    async with service(tmp_path) as built:
        number = await edits(built.corrections, phone())
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    write(data, changes_of(DATA, [phone()]))
    async with service(tmp_path, data) as built:
        assert value(built) == PHONE
        assert (await built.corrections.store.one(number)).state == "overtaken"
        assert await built.corrections.store.standing(trial=False) == []
        assert built.knowledge == load(data)


async def test_data_that_was_checked_later_overtakes_the_correction(tmp_path: Path):
    async with service(tmp_path) as built:
        number = await edits(built.corrections, phone())
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    later = (TODAY + dt.timedelta(days=9)).isoformat()
    (data / "places" / "checked.yaml").write_text(f"verified_on: {later}\n", encoding="utf-8")
    async with service(tmp_path, data) as built:
        assert value(built) == "092 626 170"
        assert (await built.corrections.store.one(number)).state == "overtaken"


async def test_data_that_no_longer_takes_a_correction_keeps_the_others(tmp_path: Path):
    amounts = Correction("measures", MEASURE, "amounts", "gone_sum", "https://example.bg/a", TODAY)
    old = tmp_path / "old"
    shutil.copytree(DATA, old)
    parameters = (old / "parameters.yaml").read_text(encoding="utf-8")
    sum_ = re.search(r"^benefit_daily_min:\n(?:[ #].*\n|\n)+", parameters, re.MULTILINE)[0]
    more = parameters + "\n" + sum_.replace("benefit_daily_min", "gone_sum")
    (old / "parameters.yaml").write_text(more, encoding="utf-8")
    async with service(tmp_path, old) as built:
        number = await edits(built.corrections, amounts)
        await edits(built.corrections, phone())
    async with service(tmp_path) as built:
        assert value(built) == PHONE
        kept = await built.corrections.store.one(number)
        assert (kept.state, built.corrections.holds(kept)) == ("accepted", False)


async def test_another_process_that_accepts_is_followed(tmp_path: Path):
    async with service(tmp_path) as one, service(tmp_path) as two:
        await edits(one.corrections, phone())
        assert value(two) != PHONE
        await two.corrections.refresh()
        assert value(two) == PHONE


# -- hours that a library told ---------------------------------------------------------------------

HOURS = replace(phone("Mo-Fr 10:00-16:00"), field="opening_hours")


def hours_at_the_desk(built: Service) -> str:
    return next(str(desk.hours) for desk in built.roster.now.desks if desk.id == VRATSA)


async def answering(built: Service) -> None:
    await built.desk.invite("code", VRATSA, millis(MONDAY + DAY), trial=False)
    assert await built.desk.join("code", MARIA, millis(MONDAY))
    await built.roster.refresh()


async def test_newer_hours_take_the_place_of_those_that_the_library_told(tmp_path: Path):
    async with service(tmp_path) as built:
        await built.desk.set_hours(VRATSA, "Mo-Fr 08:00-12:00", millis(MONDAY - 3 * DAY))
        await answering(built)
        assert hours_at_the_desk(built) == "Mo-Fr 08:00-12:00"
        await edits(built.corrections, HOURS)
        assert hours_at_the_desk(built) == "Mo-Fr 10:00-16:00"
    async with service(tmp_path) as built:
        assert hours_at_the_desk(built) == "Mo-Fr 10:00-16:00"


async def test_hours_that_the_library_told_later_stay(tmp_path: Path):
    async with service(tmp_path) as built:
        await built.desk.set_hours(VRATSA, "Mo-Fr 08:00-12:00", millis(MONDAY))
        await answering(built)
        await edits(built.corrections, replace(HOURS, checked_on=TODAY - 4 * DAY))
        assert hours_at_the_desk(built) == "Mo-Fr 08:00-12:00"
        assert value(built, "opening_hours") == "Mo-Fr 10:00-16:00"


# -- what people see -------------------------------------------------------------------------------


async def test_a_talk_in_the_middle_sees_the_new_value_with_its_source_and_day(tmp_path: Path):
    async with house(tmp_path) as h:
        person = await h.person()
        await person.says("къде е библиотеката")
        await person.says("Враца")
        before = person.texts
        assert "Телефон: 092 626 170\n" in before
        assert (await h.service.corrections.edit(ADMIN, phone(), "key-0001")).done
        said = (await person.acts("go:menu", "go:places")).texts
        assert f"Телефон: {PHONE} (libvratsa.org, проверено на 23.11.2026)\n" in said
        # The other lines are said by who said them before.
        assert "Адрес: ул. „Петропавловска“ 43\n" in said
        assert "национален портал за култура" in said
        rest = said.replace(f"{PHONE} (libvratsa.org, проверено на 23.11.2026)", "")
        assert rest == before.partition("\n\n")[2].replace("092 626 170", "")


async def test_contacts_of_a_doubtful_row_are_shown_once_somebody_says_them(tmp_path: Path):
    async with service(tmp_path) as built:
        doubtful = next(
            lib for lib in built.knowledge.directory.libraries if not lib.showable and lib.phone
        )
        one = phone(row=doubtful.id)
        await edits(built.corrections, one)
        after = built.knowledge.directory.library(doubtful.id)
        assert after.shows("phone")
        assert not after.shows("email")
        assert not after.shows("address_1")


# -- pages -----------------------------------------------------------------------------------------


async def sends(who: Librarian, path: str, **form: str) -> str:
    csrf = re.search(r'name="csrf" value="([^"]+)"', await who.sees(path, raw=True))
    assert csrf, path
    data = {"csrf": csrf[1], "key": secrets.token_urlsafe(12)} | form
    act = form.pop("act", "")
    return await who.posts(f"{path}/{act}" if act else path, data)


TOLD = {"value": PHONE, "source": "библиотекарят по телефона", "checked_on": TODAY.isoformat()}


async def test_a_librarian_proposes_and_sees_what_became_of_it(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        page = await maria.sees(f"/desk/directory/libraries/{VRATSA}")
        assert "092 626 170" in page
        assert "национален портал за култура" in page
        assert "Предложи поправка" in page
        await sends(maria, PHONE_PAGE, **TOLD)
        assert (maria.status, maria.headers["Location"]) == (303, "/desk/corrections?sent")
        mine = await maria.sees("/desk/corrections")
        assert "чака решение" in mine
        assert PHONE in mine
        assert "Чакат решение" not in mine
        (kept,) = await h.service.corrections.store.waiting(trial=False)
        assert "Приеми" not in await maria.sees(f"/desk/corrections/{kept.number}")
        await h.service.corrections.decline(ADMIN, kept.number, "Това е факсът.")
        mine = await maria.sees("/desk/corrections")
        assert "отказана" in mine
        assert "Отговор: Това е факсът." in mine


async def test_a_librarian_cannot_accept_by_the_address(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        await sends(maria, PHONE_PAGE, **TOLD)
        (kept,) = await h.service.corrections.store.waiting(trial=False)
        csrf = re.search(r'name="csrf" value="([^"]+)"', await maria.sees(raw=True))[1]
        await maria.posts(f"/desk/corrections/{kept.number}/accept", TOLD | {"csrf": csrf})
        assert maria.status == 409
        assert value(h.service) != PHONE
        # What another one proposed she does not even see.
        other = await h.librarian("Иван", DABNIKA)
        await other.sees(f"/desk/corrections/{kept.number}")
        assert other.status == 404


async def test_in_the_trial_one_can_edit_accept_and_decline(tmp_path: Path):
    async with house(tmp_path, configured=False) as h:
        me = await h.librarian(library="trial", trial=True)
        assert "Поправи" in await me.sees(f"/desk/directory/libraries/{VRATSA}")
        await sends(me, PHONE_PAGE, **TOLD)
        assert (me.status, me.headers["Location"].partition("?")[0]) == (
            303,
            f"/desk/directory/libraries/{VRATSA}",
        )
        page = await me.sees(f"/desk/directory/libraries/{VRATSA}?saved")
        assert PHONE in page
        assert "Източник: библиотекарят по телефона. Проверено на 23.11.2026" in page
        # A remark waits even for an administrator.
        await sends(
            me, f"/desk/directory/measures/{MEASURE}/remark", **TOLD | {"value": "Не е така."}
        )
        (kept,) = await h.service.corrections.store.waiting(trial=True)
        path = f"/desk/corrections/{kept.number}"
        assert "Не е така." in await me.sees(path)
        await sends(me, path, act="decline", answer="Проверихме.")
        assert "Отговор: Проверихме." in await me.sees("/desk/corrections")


async def test_a_trial_leaves_the_directory_as_it_was(tmp_path: Path):
    async with house(tmp_path, configured=False) as h:
        me = await h.librarian(library="trial", trial=True)
        await sends(me, PHONE_PAGE, **TOLD)
        assert value(h.service) == PHONE
        await h.librarian("Истинска")
        await h.service.corrections.refresh()
        assert value(h.service) == "092 626 170"
        assert not await h.service.store.read("SELECT 1 FROM correction")  # type: ignore[attr-defined]


async def test_an_administrator_accepts_with_another_value(tmp_path: Path):
    async with house(tmp_path, configured=False) as h:
        me = await h.librarian(library="trial", trial=True)
        author = interface.Librarian("x", "trial", "Иван", trial=True)
        done = await h.service.corrections.propose(author, phone("092 1 2 3 4 5"), "key-0001")
        path = f"/desk/corrections/{done.number}"
        page = await me.sees(path)
        for words in ("092 626 170", "092 1 2 3 4 5", "предложи Иван", "Досега", "Предлага се"):
            assert words in page
        await sends(
            me, path, act="accept", answer="Без интервали.", **TOLD | {"value": "092 12345"}
        )
        assert me.status == 303
        assert value(h.service) == "092 12345"
        listed = await me.sees("/desk/corrections")
        assert "Предложено беше: 092 1 2 3 4 5" in listed
        # Whoever comes second hears that it is decided, and sees what became of it.
        csrf = re.search(r'name="csrf" value="([^"]+)"', await me.sees(PHONE_PAGE, raw=True))[1]
        page = await me.posts(f"{path}/accept", TOLD | {"csrf": csrf})
        assert me.status == 409
        assert "вече е решена" in page
        assert value(h.service) == "092 12345"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": "на входа"}, "Това не е телефон."),
        ({"value": ""}, "Напишете новата стойност."),
        ({"source": ""}, "откъде го знаете"),
        ({"checked_on": "2027-01-01"}, "Датата на проверката е в бъдещето."),
        ({"checked_on": "2025-01-01"}, "отпреди повече от година"),
        ({"checked_on": "скоро"}, "на коя дата"),
        ({"csrf": "чуждо"}, "Влезли сте наново"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_typed_stays(tmp_path: Path, change, words):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        before = h.service.knowledge
        page = await sends(maria, PHONE_PAGE, **TOLD | {"note": "моя бележка"} | change)
        assert maria.status == 409
        assert words in page
        assert "моя бележка" in page
        assert h.service.knowledge is before
        assert not await h.service.store.read("SELECT 1 FROM correction")  # type: ignore[attr-defined]


async def test_hours_in_bulgarian_are_understood(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        path = f"/desk/directory/libraries/{VRATSA}/opening_hours"
        await sends(
            maria, path, **TOLD | {"value": "понеделник до петък от 9 до 17, съб. затворено"}
        )
        assert maria.status == 303
        (kept,) = await h.service.corrections.store.waiting(trial=False)
        assert kept.correction.value == "Mo-Fr 09:00-17:00; Sa off"
        assert "пн–пт 09:00–17:00" in await maria.sees("/desk/corrections")
        assert "не се разбира" in await sends(maria, path, **TOLD | {"value": "както дойде"})


async def test_what_is_no_more_can_be_said(tmp_path: Path):
    async with house(tmp_path, configured=False) as h:
        me = await h.librarian(library="trial", trial=True)
        await sends(me, PHONE_PAGE, **TOLD | {"none": "yes"})
        assert me.status == 303
        assert h.service.knowledge.directory.library(VRATSA).phone is None


@pytest.mark.parametrize(
    "path",
    ["/desk/directory", "/desk/corrections", PHONE_PAGE, f"/desk/directory/measures/{MEASURE}"],
)
async def test_who_is_not_signed_in_sees_nothing(tmp_path: Path, path):
    async with house(tmp_path) as h:
        stranger = Librarian(h, h.browser(), "")
        assert "отворете поканата" in await stranger.sees(path)
        await stranger.posts(PHONE_PAGE, TOLD)
        assert not await h.service.store.read("SELECT 1 FROM correction")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "path",
    [
        "/desk/directory/libraries/lib-nowhere",
        f"/desk/directory/libraries/{VRATSA}/who",
        f"/desk/directory/measures/{MEASURE}/who",
        "/desk/directory/places/lib-vratsa-reg",
        "/desk/corrections/999",
    ],
)
async def test_what_is_not_there_is_said_kindly(tmp_path: Path, path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        page = await maria.sees(path)
        assert maria.status == 404
        assert "Няма" in page or "няма" in page


async def test_nothing_that_is_typed_becomes_a_part_of_the_page(tmp_path: Path):
    evil = "<img src=x onerror=alert(1)>"
    async with house(tmp_path) as h:
        maria = await h.librarian()
        address = f"/desk/directory/libraries/{VRATSA}/address_1"
        await sends(maria, address, **TOLD | {"value": evil, "source": evil, "note": evil})
        assert maria.status == 303
        for path in ("/desk/corrections", f"/desk/directory?q={evil}", f"{address}"):
            assert "<img" not in await maria.sees(path, raw=True)


async def test_the_directory_is_searched_by_town(tmp_path: Path):
    async with house(tmp_path) as h:
        maria = await h.librarian()
        assert "Вашата библиотека" in await maria.sees("/desk/directory")
        page = await maria.sees("/desk/directory?q=мездра")
        assert "Дирекция „Бюро по труда“ – Мездра" in page
        assert "/desk/directory/bureaus/dbt-mezdra" in page
        assert "Нищо не намерих" in await maria.sees("/desk/directory?q=ъъъъ")
        assert MEASURE in await maria.sees(f"/desk/directory?q={MEASURE}")


# -- one line --------------------------------------------------------------------------------------


async def test_a_line_of_the_topic_becomes_a_proposal(tmp_path: Path):
    async with service(tmp_path) as built:
        t = built.context().texts["bg"]
        line = f"/{COMMAND} {VRATSA} телефон {PHONE}; обадих се вчера"
        one = read_line(t, line, built.knowledge, TODAY)
        assert one == phone(source="разговор по телефона", checked_on=TODAY - DAY)
        done = await built.corrections.propose(MARIA, one, "topic-1")
        said = line_answer(t, built.knowledge, one, done.number, done.faults)
        assert said.startswith("Предложих го като поправка № 1: Регионална библиотека")
        assert PHONE in said
        bad = read_line(
            t,
            f"/{COMMAND} телефон ххх; обадих се днес",
            built.knowledge,
            TODAY,
            ("libraries", VRATSA),
        )
        refused = await built.corrections.propose(MARIA, bad, "topic-2")
        said = line_answer(t, built.knowledge, bad, refused.number, refused.faults)
        assert said == "Това не е телефон. Пише се с цифри, например 092 626 170."


# -- commands --------------------------------------------------------------------------------------


async def command(tmp_path: Path, *words: str) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    options = parser.parse_args(["corrections", *words])
    settings = Settings(database=tmp_path / "posoka.db")
    return await options.run(options, settings)


async def test_the_commands_list_export_and_write_what_holds(tmp_path: Path, capsys):
    async with service(tmp_path) as built:
        await edits(built.corrections, phone())
        await built.corrections.propose(MARIA, phone("092 7 7 7 7 7"), "key-0009")
        wanted = built.knowledge.directory.library(VRATSA)
    assert await command(tmp_path, "list") == 0
    said = capsys.readouterr().out
    assert "1 waiting, 1 accepted" in said
    assert PHONE in said
    assert await command(tmp_path, "export", str(tmp_path / "sheets")) == 0
    assert "import places" in capsys.readouterr().out
    sheet = (tmp_path / "sheets" / "libraries.csv").read_text(encoding="utf-8-sig")
    assert PHONE in sheet
    assert "092 7 7" not in sheet
    copy = tmp_path / "copy"
    shutil.copytree(DATA, copy)
    assert await command(tmp_path, "export", "--into", str(copy)) == 0
    assert load_anew(copy).directory.library(VRATSA) == wanted
