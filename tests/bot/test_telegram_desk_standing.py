"""A group as a desk: lost, stopped, away. Nobody is sent where no librarian would see them."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from durable import Dial
from group_server import Colleague, Group, GroupServer
from group_service import BUREAU, TEXTS, TOPIC, VIDIN, VRATSA, Library, library

from bot.clock import millis
from bot.store.interface import Librarian
from bot.store.sqlite_accounts import SqliteAccounts

SECRET = "тайната-дума-на-спряния"  # noqa: S105


@pytest.fixture
async def groups() -> AsyncIterator[GroupServer]:
    async with GroupServer() as server:
        yield server


@pytest.fixture
async def here(groups: GroupServer, file: Path, clock: Dial) -> AsyncIterator[Library]:
    async with library(groups, file, clock) as built:
        yield built


def desks(here: Library) -> set[str]:
    return {desk.id for desk in here.service.roster.now.desks}


async def account(here: Library, number: str, name: str, desk: str = VRATSA) -> Librarian:
    """Somebody who signs in on the web."""
    who = Librarian(number, desk, name, trial=False, login=number)
    until = millis(here.clock()) + 1000
    await here.service.desk.invite(number, desk, until, trial=False)
    assert await here.service.desk.join(number, who, millis(here.clock()))
    await here.service.roster.refresh()
    return who


async def stop(here: Library, number: str) -> None:
    await SqliteAccounts(here.store).disable(number, millis(here.clock()))
    await here.service.roster.refresh()


# -- a group that is lost --------------------------------------------------------------------------


async def test_a_library_whose_group_is_lost_is_offered_to_nobody_until_it_is_back(here: Library):
    here.group.status = "left"
    here.server.stands(here.group, "administrator")
    await here.quiet()
    assert desks(here) == set()
    await here.tells("/start")
    await here.tells("/librarian")
    assert "Сега няма библиотекар" in here.seen
    assert f"to:{VRATSA}" not in here.seen
    here.group.status = "administrator"
    here.server.stands(here.group, "left")
    await here.quiet()
    assert desks(here) == {VRATSA}


async def test_a_group_in_which_no_topic_can_be_made_is_no_desk(here: Library):
    here.group.rights.discard("can_manage_topics")
    here.server.stands(here.group, "administrator")
    await here.quiet()
    assert desks(here) == set()
    here.group.rights.add("can_manage_topics")
    here.server.stands(here.group, "administrator")
    await here.quiet()
    assert desks(here) == {VRATSA}


async def test_who_also_signs_in_on_the_web_keeps_the_desk_when_the_group_is_lost(here: Library):
    await account(here, "web-1", "Вера")
    here.group.status = "left"
    here.server.stands(here.group, "administrator")
    await here.quiet()
    assert desks(here) == {VRATSA}


async def test_what_waits_in_a_lost_group_goes_to_a_library_that_answers(here: Library):
    await here.asked()
    here.maria.says("/поеми", TOPIC)
    await here.quiet()
    await account(here, "web-2", "Вера", VIDIN)
    here.group.status = "left"
    here.server.stands(here.group, "administrator")
    await here.quiet()
    assert (await here.case()).library == VRATSA
    here.clock.now += dt.timedelta(minutes=11)
    await here.service.roster.refresh()
    await here.quiet()
    case = await here.case()
    assert (case.library, case.claimed_by, case.state) == (VIDIN, None, "waiting")
    assert "вече не отговаря тук. Въпросът Ви премина към" in here.seen


# -- who is stopped --------------------------------------------------------------------------------


@pytest.mark.parametrize("linked", [True, False])
async def test_who_is_stopped_acts_in_the_group_no_more_and_is_told(here: Library, linked: bool):
    case = await here.asked()
    here.ivan.says("// здравей", TOPIC)
    await here.quiet()
    if linked:
        who = await account(here, "web-1", "Иван")
        assert await here.service.accounts.link_telegram(who.id, here.ivan.user)
        await stop(here, who.id)
    else:
        await stop(here, f"tg-{here.ivan.user}")
    before, people = await here.history(), len(await here.service.accounts.store.people())
    here.ivan.says(SECRET, TOPIC)
    here.ivan.says(f"// {SECRET}", TOPIC)
    here.ivan.says("/поеми", TOPIC)
    await here.quiet()
    assert here.told() == [TEXTS("desk-tg-stopped")] * 3
    here.ivan.taps(f"desk:claim:{case.number}", TOPIC)
    await here.quiet()
    assert here.server.notices()[-1] == TEXTS("desk-tg-stopped-press")
    assert await here.history() == before
    assert SECRET not in here.seen
    assert (await here.case()).claimed_by is None
    assert len(await here.service.accounts.store.people()) == people
    # What they say to each other in General is nobody's business, and colleagues go on.
    general = here.told(None)
    here.ivan.says("Колеги, какво става?")
    here.maria.says("Елате утре.", TOPIC)
    await here.quiet()
    assert here.told(None) == general
    assert any("Елате утре." in text for text in here.screen)


async def test_who_is_let_in_again_answers_as_before(here: Library):
    await here.asked()
    here.ivan.says("// здравей", TOPIC)
    await here.quiet()
    await stop(here, f"tg-{here.ivan.user}")
    await SqliteAccounts(here.store).enable(f"tg-{here.ivan.user}")
    here.ivan.says("Елате утре.", TOPIC)
    await here.quiet()
    assert any("Елате утре." in text for text in here.screen)


async def test_what_who_is_stopped_rewords_does_not_change_at_the_person(here: Library):
    await here.asked()
    number = here.maria.says("Елате утре.", TOPIC)
    await here.quiet()
    await stop(here, f"tg-{here.maria.user}")
    here.maria.edits(number, SECRET, TOPIC)
    await here.quiet()
    assert TEXTS("desk-tg-stopped") in here.told()
    assert SECRET not in here.seen


# -- who is away -----------------------------------------------------------------------------------


async def test_who_only_let_the_group_in_keeps_no_desk_open(here: Library):
    # Мария let the group in; Иван is the one who answers.
    await here.asked()
    here.ivan.says("Елате утре.", TOPIC)
    await here.quiet()
    assert not here.service.roster.now.desks[0].away
    here.ivan.says("/няма-ме")
    here.ivan.taps("desk:away")
    await here.quiet()
    assert here.service.roster.now.desks[0].away
    here.maria.taps("desk:here")
    await here.quiet()
    assert not here.service.roster.now.desks[0].away


async def test_what_goes_back_is_promised_by_who_is_left(here: Library):
    await here.service.desk.set_hours(VRATSA, "Mo-Su 00:01-23:59", 0)
    await here.service.roster.refresh()
    await here.asked()
    here.maria.says("/поеми", TOPIC)
    await here.quiet()
    already = here.seen
    here.maria.taps("desk:away")
    await here.quiet()
    new = here.seen[len(already) :]
    assert "Днес там няма кой да отговори." in new
    assert "Сега е отворено" not in new
    trail = [line.action for line in await here.service.accounts.store.trail(0, 50)]
    assert trail.count("away") == 1


async def test_what_was_answered_goes_back_as_well(here: Library):
    await here.asked()
    here.maria.says("Елате утре.", TOPIC)
    await here.quiet()
    here.maria.taps("desk:away")
    await here.quiet()
    assert (await here.case()).claimed_by is None
    assert "В списъка се върна 1 въпрос." in here.server.notices()[-1]


async def test_a_colleague_who_is_away_is_not_handed_a_case(here: Library):
    case = await here.asked()
    here.ivan.says("// здравей", TOPIC)
    here.maria.says("/предай", TOPIC)
    await here.quiet()
    labels = [b["text"] for call in here.server.sent(here.group.id) for b in call.buttons]
    assert "👤 Иван" in labels
    here.ivan.taps("desk:away")
    await here.quiet()
    here.maria.taps(f"desk:give:{case.number}:w:tg-{here.ivan.user}", TOPIC)
    await here.quiet()
    assert here.server.notices()[-1] == TEXTS("desk-tg-old-button")
    here.maria.says("/предай", TOPIC)
    await here.quiet()
    assert here.told()[-1] == TEXTS("desk-colleagues-away", names="Иван")


async def test_experts_who_are_away_or_gone_are_asked_on_neither_desk(here: Library):
    await here.asked()
    group = Group(-1009, "Бюро")
    await here.joined(group, BUREAU)
    assert here.service.roster.now.experts == (BUREAU,)
    expert = Colleague(here.server, group, here.maria.user, "Петя")
    expert.says("/няма-ме")
    expert.taps("desk:away")
    await here.quiet()
    assert here.service.roster.now.experts == ()
    here.maria.says("/тук-съм")
    await here.quiet()
    here.maria.says("/бюро Може ли?", TOPIC)
    await here.quiet()
    assert here.told()[-1].startswith("Днес няма кой да отговори в:")
    group.status = "left"
    here.server.stands(group, "administrator")
    await here.quiet()
    here.maria.says("/бюро Може ли?", TOPIC)
    await here.quiet()
    assert here.told()[-1] == TEXTS("desk-tg-no-bureau")
    assert here.service.roster.now.experts_away == ()
