"""Practising at the desk: the acts of a real case, and nothing of it leaves the house."""

import asyncio
import dataclasses
import html
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from bot_api_server import TOKEN, BotApiServer, Person

from bot.channels.interface import Limits
from bot.channels.practice import PracticeChannel, Room, indoors, kept_inside
from bot.channels.telegram import NAME, TelegramChannel
from bot.channels.web import WebChannel
from bot.clock import millis, now
from bot.desk.practice import Practice
from bot.desk.roster import TRIAL
from bot.polling import Poller, Rhythm
from bot.service import Service, language_of, running
from bot.store.interface import (
    PRACTICE,
    Arrival,
    CaseFile,
    ForLater,
    Hiding,
    Librarian,
    NewEntry,
    NewReminder,
    Outgoing,
    Retention,
    StepCommit,
)
from bot.store.sqlite import SqliteStore
from bot.web.application import application
from dialogs.model import Pressed, Said
from dialogs.practice.people import invented
from dialogs.texts import load_texts

VRATSA = "lib-vratsa-reg"
WHO = Librarian("maria", VRATSA, "Мария", trial=False)
COLLEAGUE = Librarian("ivan", VRATSA, "Иван", trial=False)
DAY = 24 * 3_600_000
REAL = ("counter", "outbox", "reminder", "recheck", "library_hours")
MARKER = "Само за упражнението"


# -- the house -------------------------------------------------------------------------------------


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[Service]:
    """The service where no channel is on but the web chat."""
    store = SqliteStore(folder / "posoka.db")
    async with running(store, {"web": WebChannel()}, {}, now, channels_configured=True) as service:
        yield service


def practice_in(service: Service) -> Practice:
    return Practice(service.desk, service.runtime, service.context, service.clock)


async def begun(service: Service, person: str = "asen", who: Librarian = WHO) -> CaseFile:
    key = secrets.token_urlsafe(12)
    case = await practice_in(service).begins(who, invented()[person], key)
    assert case
    return case


async def replies(service: Service, case: CaseFile, text: str = "Да.") -> None:
    await service.roster.act(case, "reply", WHO, text=text)
    await service.runtime.settled(case.conversation)
    await practice_in(service).answers(case)


async def closes(service: Service, case: CaseFile) -> None:
    await service.roster.act(case, "close", WHO)
    await service.runtime.settled(case.conversation)


async def said(service: Service, case: CaseFile) -> list[tuple[str, str]]:
    return [(e.kind, e.text) for e in await service.desk.entries(case.number)]


async def rows(service: Service, table: str) -> list[tuple[Any, ...]]:
    found = await service.store.read(f"SELECT * FROM {table}")  # type: ignore[attr-defined]  # noqa: S608
    return sorted(map(tuple, found))


# -- a practice is a case --------------------------------------------------------------------------


async def test_an_invented_person_comes_with_the_real_card_and_answers_in_order(tmp_path: Path):
    async with house(tmp_path) as service:
        case, person = await begun(service), invented()["asen"]
        assert (case.state, case.library) == ("waiting", "practice:maria")
        assert "Долна Кремена" in case.card
        assert await said(service, case) == [("person", person.question)]
        await service.roster.act(case, "claim", WHO)
        await replies(service, case, "Първо")
        await replies(service, case, "Второ")
        expected = [
            ("person", person.question),
            ("event", "claimed"),
            ("librarian", "Първо"),
            ("person", person.replies[0]),
            ("librarian", "Второ"),
            ("person", person.replies[1]),
        ]
        assert await said(service, case) == expected
        assert not await practice_in(service).has_said_all(case)
        await replies(service, case, "Трето")
        await replies(service, case, "Четвърто")
        expected += [
            ("librarian", "Трето"),
            ("person", person.replies[2]),
            ("librarian", "Четвърто"),
        ]
        assert await said(service, case) == expected
        assert await practice_in(service).has_said_all(case)
        await closes(service, case)
        closed = await service.desk.case(case.number)
        assert closed
        assert closed.state == "closed"


async def test_in_the_trial_one_can_practise_too(tmp_path: Path):
    async with house(tmp_path) as service:
        case = await begun(service, who=Librarian("guest", TRIAL, "Мария", trial=True))
        assert case.library == "practice:guest"
        assert await service.desk.cases(TRIAL) == []


async def test_what_a_crash_kept_back_is_said_with_the_next_look_and_once(tmp_path: Path):
    async with house(tmp_path) as service:
        case = await begun(service)
        await service.roster.act(case, "reply", WHO, text="Да.")
        await service.runtime.settled(case.conversation)
        practice = practice_in(service)
        await asyncio.gather(*(practice.answers(case) for _ in range(5)))
        assert [kind for kind, _ in await said(service, case)].count("person") == 2


async def test_nobody_answers_after_the_end(tmp_path: Path):
    async with house(tmp_path) as service:
        case = await begun(service)
        await service.roster.act(case, "reply", WHO, text="Да.")
        await closes(service, case)
        closed = await service.desk.case(case.number)
        assert closed
        await practice_in(service).answers(closed)
        assert [kind for kind, _ in await said(service, case)].count("person") == 1


async def test_begun_twice_it_is_one_and_begun_after_its_end_it_is_a_new_one(tmp_path: Path):
    async with house(tmp_path) as service:
        practice, asen = practice_in(service), invented()["asen"]
        one, same = await asyncio.gather(*(practice.begins(WHO, asen, "k" * 12) for _ in range(2)))
        assert one
        assert same
        assert one.number == same.number == (await begun(service)).number
        await closes(service, one)
        anew = await begun(service)
        assert anew.number != one.number
        assert await service.desk.case(one.number) is None
        cases = await service.desk.cases("practice:maria")
        assert [case.number for case in cases] == [anew.number]


@pytest.mark.parametrize("person", list(invented()))
async def test_with_each_person_there_is_a_check_at_the_end(tmp_path: Path, person: str):
    async with house(tmp_path) as service:
        case = await begun(service, person)
        await replies(service, case, "Попитайте в бюрото по труда.")
        check = await practice_in(service).check(case)
        assert check
        assert {hint.measure for hint in check.hints} == set(invented()[person].helps)


# -- nothing leaves the house ----------------------------------------------------------------------


@dataclass
class Desk:
    """A librarian's browser."""

    browser: aiohttp.ClientSession
    posts_done: int = 0

    async def sees(self, path: str) -> str:
        async with self.browser.get(path) as answer:
            assert answer.status == 200, path
            return html.unescape(await answer.text())

    async def posts(self, path: str, **form: str) -> str:
        page = await self.sees("/desk/practice")
        csrf = re.search(r'name="csrf" value="([^"]+)"', page)
        assert csrf
        data = {"csrf": csrf[1], "key": secrets.token_urlsafe(12)} | form
        async with self.browser.post(path, data=data) as answer:
            assert answer.status == 200, await answer.text()
            self.posts_done += 1
            return html.unescape(await answer.text())


async def joined(stack: AsyncExitStack, service: Service, library: str = VRATSA) -> Desk:
    """Return the browser of a librarian who has just come in."""
    web = TestServer(application(service))
    await web.start_server()
    stack.push_async_callback(web.close)
    jar = aiohttp.CookieJar(unsafe=True)
    browser = aiohttp.ClientSession(str(web.make_url("/")), cookie_jar=jar)
    stack.push_async_callback(browser.close)
    code = secrets.token_urlsafe(18)
    await service.desk.invite(code, library, millis(now()) + DAY, trial=False)
    who = {"name": code[:8], "login": f"a{code[:8]}", "password": "три сини врабчета"}
    async with browser.post(f"/desk/join/{code}", data=who) as answer:
        assert answer.status == 200
    return Desk(browser)


@asynccontextmanager
async def with_telegram(server: BotApiServer, folder: Path) -> AsyncIterator[tuple[Service, Desk]]:
    """The whole service with Telegram on, and a librarian signed in at its desk."""
    store = SqliteStore(folder / "posoka.db")

    async def language(address: str) -> Any:
        return await language_of(store, f"{NAME}:{address}")

    fast = Limits(per_second=1000, chat_gap=0)
    rhythm = Rhythm(hold=2, shortest=0.02, longest=0.1)
    async with AsyncExitStack() as stack:
        channel = await stack.enter_async_context(
            TelegramChannel(TOKEN, server.url, load_texts(), language, limits=fast)
        )
        service = await stack.enter_async_context(
            running(store, {"web": WebChannel()}, {NAME: channel}, now, channels_configured=True)
        )
        poller = Poller(channel, service.runtime.take_in, now, print, rhythm)
        await stack.enter_async_context(poller.running())
        service.runtime.attend(channel.rest)
        yield service, await joined(stack, service)


async def quiet(server: BotApiServer, service: Service) -> None:
    await server.until(lambda: server.idle and server.polled)
    await service.runtime.settle()
    await service.deliveries[NAME].settle()


def requests(server: BotApiServer) -> list[tuple[str, str]]:
    """What the Bot API was asked for, but for its updates."""
    return [(c.method, c.chat) for c in server.calls if c.method != "getUpdates"]


async def test_no_request_goes_out_and_no_figure_of_real_work_changes(
    server: BotApiServer, tmp_path: Path
):
    async with with_telegram(server, tmp_path) as (service, desk):
        person = Person(server, 57)
        for words in ("/start", "/librarian"):
            person.says(words)
            await quiet(server, service)
        await person.presses("Попитай тук")
        await quiet(server, service)
        person.says("Истински въпрос")
        await quiet(server, service)
        await person.presses("Да, предай")
        await quiet(server, service)
        assert len(await service.desk.cases(VRATSA)) == 1
        assert ("sendMessage", "57") in requests(server)

        async def figures() -> dict[str, Any]:
            tables = {name: await rows(service, name) for name in REAL}
            health = await desk.sees("/health")
            return tables | {
                "health": re.sub(r'"(events|messages)_behind_ms": \d+', "", health),
                "desk": await service.desk.cases(VRATSA),
                "unassigned": await service.desk.unassigned(),
                "desks": service.roster.now,
                "list": await desk.sees("/desk/list"),
            }

        before, asked = await figures(), requests(server)
        assert before["counter"]
        assert before["outbox"]
        for name, invented_one in invented().items():
            page = await desk.posts("/desk/practice/begin", person=name)
            assert invented_one.question in page
            number = re.search(r"/desk/practice/cases/(\d+)/reply", page)
            assert number
            one = f"/desk/practice/cases/{number[1]}"
            await desk.posts(f"{one}/claim")
            await desk.posts(f"{one}/note", text=MARKER)
            for reply in invented_one.replies:
                page = await desk.posts(f"{one}/reply", text=f"{MARKER}: питайте в бюрото.")
                assert reply in page
            assert "Какво би помогнало" in await desk.posts(f"{one}/close", code="answered")
        await service.roster.refresh()
        await quiet(server, service)
        assert desk.posts_done > 60
        assert len(await service.desk.cases(f"practice:{await me(service)}")) == len(invented())
        assert requests(server) == asked
        assert await figures() == before
        assert MARKER not in str([call.parameters for call in server.calls])


async def me(service: Service) -> str:
    (only,) = await service.desk.librarians()
    return only.id


def test_nothing_can_be_sent_over_the_channel():
    assert not hasattr(PracticeChannel(), "send")
    assert not hasattr(PracticeChannel(), "hide")
    assert not PracticeChannel.abilities.reaches
    assert not PracticeChannel.abilities.hides


async def test_the_channel_of_the_practice_cannot_be_made_another(tmp_path: Path):
    """Whoever passes a channel of that name to the service still gets the one without a way out."""
    outside = WebChannel()
    outside.name = PRACTICE
    store = SqliteStore(tmp_path / "posoka.db")
    async with running(store, {PRACTICE: outside}, {}, now, channels_configured=True) as service:
        case = await begun(service)
        await replies(service, case)
        assert await rows(service, "outbox") == []


ROOM = Room("maria", VRATSA, "asen", "k" * 12)


def full_step(conversation: str) -> StepCommit:
    """A step that does all a step can do."""
    case = CaseFile(1, conversation, VRATSA, "waiting", None, None, "{}", 1)
    return StepCommit(
        conversation=conversation,
        revision=1,
        state="{}",
        cause=1,
        at=1,
        outgoing=(Outgoing("telegram", "57", conversation, "{}"),),
        counters=("case_opened",),
        case=case,
        entries=(NewEntry(1, "librarian", "Мария", "Да", "pending"),),
        later=ForLater(remind=(NewReminder("visit", "2026-11-30", "bg", 1),)),
        hide=Hiding("{}", in_place=False),
    )


def test_a_step_of_a_practice_keeps_its_talk_and_its_case_alone():
    """A field that a step gets later stays empty here, until somebody lets it in on purpose."""
    step = kept_inside(full_step(ROOM.conversation))
    kept = {f.name for f in dataclasses.fields(step) if getattr(step, f.name)}
    assert kept == {
        "conversation",
        "revision",
        "state",
        "cause",
        "at",
        "keep",
        "case",
        "entries",
    } | {"a_word"}
    assert step.case
    assert step.case.library == "practice:maria"
    assert [entry.delivery for entry in step.entries] == [None]


@pytest.mark.parametrize("talk", ["telegram:57", "web:practice", "telegram:practice:57"])
def test_steps_of_people_are_left_whole(talk: str):
    assert kept_inside(full_step(talk)) == full_step(talk)


async def test_a_practice_knows_its_own_desk_alone(tmp_path: Path):
    async with house(tmp_path) as service:
        await service.desk.invite("code", VRATSA, millis(now()) + DAY, trial=False)
        await service.desk.join("code", WHO, millis(now()))
        await service.roster.refresh()
        real = service.context()
        assert [desk.id for desk in real.desks] == [VRATSA]
        assert [d.id for d in indoors(ROOM.conversation, real).desks] == ["practice:maria"]
        assert indoors("telegram:57", real) == real
        for broken in ("practice:", "practice:a.b", "practice:maria.no-library.asen.k"):
            assert indoors(broken, real).desks == ()


async def test_a_practice_is_never_brought_to_a_library(tmp_path: Path):
    """Not even one without a desk, as a fault might leave it, and not when the first joins."""
    async with house(tmp_path) as service:
        lost = Room("maria", "no-library", "asen", "k" * 12)
        waits = ("to:", "case-card", "pass-on")
        events = [Said(text="/librarian"), *(Pressed(serial=0, action=a) for a in waits)]
        await service.runtime.take_in(
            [
                Arrival(PRACTICE, f"k{number}", lost.address, event.model_dump_json(), 1)
                for number, event in enumerate(events)
            ]
        )
        await service.runtime.settled(lost.conversation)
        both = [await begun(service, "radka")]
        both += [c for c in await service.desk.cases("practice:maria") if c not in both]
        assert {case.conversation for case in both} > {lost.conversation}
        assert await service.desk.unassigned() == []
        await service.desk.invite("code", VRATSA, millis(now()) + DAY, trial=False)
        await service.desk.join("code", COLLEAGUE, millis(now()))
        await service.roster.refresh()
        for case in both:
            await service.roster.act(case, "assign", library=VRATSA)
        await service.runtime.settle()
        assert await service.desk.unassigned() == []
        assert await service.desk.cases(VRATSA) == []
        assert len(await service.desk.cases("practice:maria")) == 2


# -- in the browser --------------------------------------------------------------------------------


async def test_neither_desk_opens_a_case_of_the_other_nor_of_a_colleague(tmp_path: Path):
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(house(tmp_path))
        maria, ivan = await joined(stack, service), await joined(stack, service)
        page = await maria.posts("/desk/practice/begin", person="asen")
        found = re.search(r"/desk/practice/cases/(\d+)/reply", page)
        assert found
        for desk, path in (
            (maria, f"/desk/cases/{found[1]}"),
            (ivan, f"/desk/cases/{found[1]}"),
            (ivan, f"/desk/practice/cases/{found[1]}"),
        ):
            async with desk.browser.get(path) as answer:
                assert answer.status == 404
                assert "кое е моето бюро" not in await answer.text()
        for path in ("/desk", "/desk/list"):
            assert invented()["asen"].question[:40] not in await maria.sees(path)
        await ivan.posts(f"/desk/practice/cases/{found[1]}/delete")
        assert await service.desk.case(int(found[1])) is not None
        await maria.posts("/desk/practice/delete")
        assert await service.desk.case(int(found[1])) is None


async def test_a_form_that_was_not_shown_does_nothing(tmp_path: Path):
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(house(tmp_path))
        desk = await joined(stack, service)
        good = {"person": "asen", "key": "k" * 12}
        for wrong in ({"csrf": "wrong"}, {}, {"person": "nobody"}, {"key": "?"}):
            await desk.posts("/desk/practice/begin", **good | ({"csrf": ""} | wrong))
        assert await rows(service, "case_file") == []
        await desk.posts("/desk/practice/begin", **good)
        assert len(await rows(service, "case_file")) == 1


async def test_a_practice_that_cannot_begin_says_so(tmp_path: Path):
    """A library that the directory does not know has no desk for anybody to come to."""
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(house(tmp_path))
        desk = await joined(stack, service, "lib-of-nowhere")
        csrf = re.search(r'name="csrf" value="([^"]+)"', await desk.sees("/desk/practice"))
        assert csrf
        form = {"csrf": csrf[1], "person": "asen", "key": "k" * 12}
        async with desk.browser.post("/desk/practice/begin", data=form) as answer:
            assert answer.status == 409
            assert "Асен не стигна дотук" in await answer.text()
        assert await rows(service, "case_file") == []


# -- whose, and for how long -----------------------------------------------------------------------


async def test_a_colleague_sees_nothing_of_it(tmp_path: Path):
    async with house(tmp_path) as service:
        case = await begun(service)
        theirs = await begun(service, who=COLLEAGUE)
        assert case.number != theirs.number
        mine = await service.desk.cases("practice:maria")
        assert [one.number for one in mine] == [case.number]


async def test_erased_it_leaves_nothing_on_the_disk(tmp_path: Path):
    async with house(tmp_path) as service:
        case = await begun(service)
        await replies(service, case, MARKER)
        file = tmp_path / "posoka.db"

        def on_disk() -> bytes:
            return b"".join(f.read_bytes() for f in tmp_path.glob(f"{file.name}*"))

        assert MARKER.encode() in on_disk()
        await practice_in(service).ends(case)
        await service.store.scrub(anyway=True)
        assert await service.desk.case(case.number) is None
        assert await service.store.conversation(case.conversation) is None
        assert MARKER.encode() not in on_disk()
        assert invented()["asen"].question.encode() not in on_disk()


@pytest.mark.parametrize(("days", "there"), [(7, True), (7.01, False)])
@pytest.mark.parametrize("ended", [False, True])
async def test_it_goes_by_itself_and_real_talks_stay(
    tmp_path: Path, days: float, ended: bool, there: bool
):
    async with house(tmp_path) as service:
        start = Arrival("web", "1", "phone", Said(text="/start").model_dump_json(), 1)
        await service.runtime.take_in([start])
        case = await begun(service)
        if ended:
            await closes(service, case)
        await service.runtime.settle()
        last = (await service.store.read("SELECT max(last_word_at) FROM conversation"))[0][0]  # type: ignore[attr-defined]
        forgotten = await service.store.forget(last + int(days * DAY), Retention())
        assert (await service.desk.case(case.number) is not None) is there
        assert (case.conversation not in forgotten.conversations) is there
        assert await service.store.conversation("web:phone") is not None
