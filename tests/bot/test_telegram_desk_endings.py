"""What a topic says for good: why its case ended, when words were written, who sent them."""

import datetime as dt

import pytest
from test_telegram_desk_out import G1, MONDAY, TEXTS, VRATSA, World, erase, server, world

from dialogs.waiting_words import written_for_good
from knowledge.calendar import SOFIA
from knowledge.opening_hours import OpeningHours

__all__ = ("server", "world")


# -- why it ended ----------------------------------------------------------------------------------


async def test_a_topic_says_that_the_person_ended_the_talk(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks()
        topic = await world.whole(case.number, G1)
        await world.acts(case.number, "claim", maria)
        await ana.says("/librarian")
        await ana.presses("end-case")
        await world.until(lambda: group.topic(case.number).closed)
        head = group.messages[topic.header].text or ""
        assert head.startswith("⚪ Приключен, 23.11., 10:00: човекът приключи разговора.")


async def test_a_topic_says_until_when_a_person_was_stopped_and_why(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        case = await world.person().asks()
        topic = await world.whole(case.number, G1)
        until = MONDAY.date() + dt.timedelta(days=7)
        await world.acts(case.number, "mute", maria, text="обижда", until=until)
        await world.until(lambda: group.topic(case.number).closed)
        head = group.messages[topic.header].text or ""
        said = "Мария спря въпросите от този човек до 30.11.2026 (причина: обижда)."
        assert head.startswith(f"⚪ Приключен, 23.11., 10:00: {said}")


@pytest.mark.parametrize("restarted", [False, True], ids=["in one run", "after a restart"])
async def test_general_hears_of_an_erased_case_that_somebody_had(world: World, restarted: bool):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    ana = world.person()
    async with world.mirror().running():
        case = await ana.asks("Въпросът ми")
        await world.whole(case.number, G1)
        await world.writes(group, case.number, maria, "Елате утре")
        await world.whole(case.number, G1)
        if not restarted:
            await erase(ana)
            await world.until(lambda: said_of(group, case.number))
    if restarted:
        await erase(ana)
        async with world.mirror().running():
            await world.until(lambda: said_of(group, case.number))
    assert not group.topics
    [said] = said_of(group, case.number)
    assert said == f"Човекът изтри разговора си (№ {case.number})."


async def test_general_hears_nothing_of_an_erased_case_that_nobody_had(world: World):
    await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        ana = world.person()
        case = await ana.asks()
        await world.whole(case.number, G1)
        await erase(ana)
        await world.until(lambda: not group.topics)
        boris = await world.person("boris").asks()
        await world.whole(boris.number, G1)
    assert said_of(group, case.number) == []


def said_of(group, number: int) -> list[str]:
    return [text for text in group.texts(None) if f"№ {number})" in text]


# -- when it was written ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-11-24 22:15", "писано на 24.11 в 22:15, докато беше затворено"),
        ("2026-11-24 07:05", "писано на 24.11 в 07:05, докато беше затворено"),
        ("2026-11-24 12:30", "писано на 24.11 в 12:30, в почивката"),
        ("2026-11-24 10:00", ""),
    ],
)
def test_what_is_never_drawn_again_names_the_day(written: str, said: str):
    hours = OpeningHours.parse("Mo-Fr 09:00-12:00,13:00-17:30")
    at = dt.datetime.fromisoformat(written).replace(tzinfo=SOFIA)
    assert written_for_good(TEXTS, at, hours) == said
    assert written_for_good(TEXTS, at, None) == ""


# -- who sent it -----------------------------------------------------------------------------------


async def test_what_was_sent_by_a_button_in_the_topic_is_not_signed_as_from_the_web(world: World):
    maria = await world.librarian()
    group = await world.joins(G1, VRATSA)
    async with world.mirror().running():
        case = await world.person().asks()
        await world.whole(case.number, G1)
        ref = f"tg-press:{G1}:40:a:1"
        await world.acts(case.number, "reply", maria, text="Готов отговор", ref=ref)
        await world.whole(case.number, G1)
        assert "Мария · 23.11., 10:00\nГотов отговор" in group.everything()
        assert "(уеб)" not in group.everything()
    # It stays so under the number that the group has once it is upgraded.
    await world.shown.migrate(G1, G1 - 100)
    entries = await world.service.desk.entries(case.number)
    refs = [entry.ref for entry in entries if entry.text == "Готов отговор"]
    assert refs == [f"tg-press:{G1 - 100}:40:a:1"]
