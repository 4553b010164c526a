"""Several groups of one library, and groups in which the bot may do less: where a case goes on."""

import asyncio
import datetime as dt

import pytest
from forum_server import Group
from test_telegram_desk_out import G1, G2, VRATSA, Person, World, server, world

from bot.store.telegram_desk import HEADER

__all__ = ("server", "world")


async def both(world: World) -> tuple[Group, Group]:
    """Let two groups of one library join, one after the other."""
    one = await world.joins(G1, VRATSA)
    world.at[0] += dt.timedelta(minutes=1)
    return one, await world.joins(G2, VRATSA)


@pytest.mark.parametrize("restarted", [False, True], ids=["in one run", "after a restart"])
async def test_a_case_stays_where_it_went_on_though_the_other_group_is_back(
    world: World, restarted: bool
):
    maria = await world.librarian()
    one, two = await both(world)
    mirror = world.mirror()
    async with mirror.running():
        ana = world.person()
        case = await ana.asks("Искам курс")
        await world.whole(case.number, G1)
        one.member = False
        await ana.says("дума едно")
        await world.until(lambda: two.of(case.number))
        world.at[0] += dt.timedelta(minutes=5)
        await world.acts(case.number, "claim", maria)
        await world.writes(two, case.number, maria, "отговор от втората")
        await world.whole(case.number, G2)
        if not restarted:
            await _back(world, one, ana, case.number)
    if restarted:
        async with world.mirror().running():
            await _back(world, one, ana, case.number)
    assert not two.topic(case.number).closed
    assert "дума две" in two.everything()
    assert "дума две" not in one.everything()
    # Where it was before the topic says where it went, and shows it no more.
    assert one.topic(case.number).closed
    assert "вече се води на друго място" in one.everything()


async def _back(world: World, one: Group, ana: Person, number: int) -> None:
    one.member = True
    await world.until(lambda: one.topic(number).closed)
    await ana.says("дума две")
    await world.whole(number, G2)


async def test_a_word_that_it_goes_on_elsewhere_is_no_work(world: World):
    maria = await world.librarian()
    one, two = await both(world)
    async with world.mirror().running():
        case = await world.person().asks()
        await world.whole(case.number, G1)
        one.member = False
        await world.acts(case.number, "claim", maria)
        await world.until(lambda: two.of(case.number))
        await world.whole(case.number, G2)
        world.at[0] += dt.timedelta(minutes=5)
        one.member = True
        await world.until(lambda: one.topic(case.number).closed)
    last = await world.shown.topics(case.number)
    assert [topic.chat for topic in last] == [G1, G2]
    assert any(post.mark == HEADER for post in await world.shown.posts(case.number, G2))
    async with world.mirror().running():
        await asyncio.sleep(0.3)
    assert not two.topic(case.number).closed


# -- without the right to make topics --------------------------------------------------------------


async def test_what_needs_no_right_to_make_topics_goes_on_without_it(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    mirror = world.mirror()
    async with mirror.running():
        ana = world.person()
        case = await ana.asks()
        await world.whole(case.number, G1)
        await world.acts(case.number, "claim", maria)
        await world.until(lambda: group.topic(case.number).name.endswith("при Мария"))
        group.rights.discard("can_manage_topics")
        await ana.says("дума без право")
        await world.until(lambda: "дума без право" in group.everything())
        # What waits for the right is what is new, and the title.
        await world.person("boris").asks()
        await world.until(lambda: mirror.standing() == "1 group(s) without rights")
        # Also once it is known that the right is missing.
        await ana.says("дума две")
        await world.until(lambda: "дума две" in group.everything())
        number = await world.writes(group, case.number, maria, "отговор")
        await world.until(lambda: group.messages[number].reaction == "👌")
        await asyncio.sleep(0.3)
        assert len(group.topics) == 1
        group.rights.add("can_manage_topics")
        await world.until(lambda: len(group.topics) == 2)
        await world.until(lambda: group.topic(case.number).name.endswith("при Мария, отговорено"))


async def test_of_a_note_the_sign_is_set_once(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        case = await world.person().asks()
        await world.whole(case.number, G1)
        note = await world.writes(group, case.number, maria, "само за нас", act="note")
        await world.until(lambda: group.messages[note].reaction == "✍")
    assert world.server.tried["setMessageReaction"] == 1
