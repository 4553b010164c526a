"""What librarians write and tap in their group: what reaches the person, what never does."""

import asyncio
import datetime as dt
import itertools
import json
import os
import sqlite3
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from bot_api_server import TOKEN, Fault, faults_of_update, needs_description
from durable import Dial
from group_server import BOT, Colleague, Group, GroupServer
from group_service import BUREAU, TEXTS, TOPIC, VIDIN, VRATSA, Library, library
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.group_updates import group_update, of_group, raw_of_group
from bot.clock import millis
from bot.desk.telegram.absence import Absence
from bot.desk.telegram.codes import INVITATION, LETTERS, new_code, plain
from bot.desk.telegram.wording import Opening, opening
from bot.store.interface import TELEGRAM_DESK, Arrival, Librarian
from bot.store.sqlite_telegram_groups import Asking

SECRET = "тайната-дума-на-библиотекаря"  # noqa: S105


@pytest.fixture
async def groups() -> AsyncIterator[GroupServer]:
    async with GroupServer() as server:
        yield server
    assert server.against_the_description == []


@pytest.fixture
async def here(groups: GroupServer, file: Path, clock: Dial) -> AsyncIterator[Library]:
    async with library(groups, file, clock) as built:
        yield built


# -- what reaches the person -------------------------------------------------------------------


async def test_what_is_written_in_the_topic_reaches_the_person(here: Library):
    await here.asked()
    here.maria.says("Елате утре в 10.", TOPIC)
    await here.quiet()
    assert any("Мария" in text and "Елате утре в 10." in text for text in here.screen)
    case = await here.case()
    assert (case.state, case.claimed_name) == ("for_person", "Мария")
    entries = await here.service.desk.entries(case.number)
    sent = next(entry for entry in entries if entry.kind == "librarian")
    assert (sent.text, sent.delivery) == ("Елате утре в 10.", "sent")
    assert sent.ref.startswith(f"tg:{here.group.id}:")
    assert here.told() == []


async def test_an_edit_changes_what_the_person_sees(here: Library):
    await here.asked()
    number = here.maria.says("Елате в 10.", TOPIC)
    await here.quiet()
    here.maria.edits(number, "Елате в 11.", TOPIC)
    await here.quiet()
    assert any("Елате в 11." in text for text in here.screen)
    assert not any("Елате в 10." in text for text in here.screen)
    assert await here.history("librarian") == ["Елате в 11."]
    assert await here.history("event") == ["claimed", "edited"]
    edits = here.server.sent(here.person.chat, "editMessageText")
    assert sum("Елате в 11." in call.text for call in edits) == 1


@pytest.mark.parametrize("words", ["/изтрий", "//изтрий", "//  ИЗТРИЙ!", "/Изтрий@posoka_bot"])
async def test_ones_own_message_can_be_taken_back(here: Library, words: str):
    await here.asked()
    number = here.maria.says("Сгрешен отговор.", TOPIC)
    await here.quiet()
    command = here.maria.says(words, TOPIC, reply=number)
    await here.quiet()
    assert not any("Сгрешен отговор." in text for text in here.screen)
    assert await here.history("librarian") == [""]
    assert here.server.marks(here.group)[command] == "👌"


async def test_nobody_takes_back_what_a_colleague_wrote(here: Library):
    await here.asked()
    number = here.maria.says("Добър отговор.", TOPIC)
    await here.quiet()
    message = here.ivan.message(TOPIC, text="/изтрий", reply=number)
    message["reply_to_message"]["from"]["id"] = here.maria.user
    here.server.push({"message": message})
    await here.quiet()
    assert any("Добър отговор." in text for text in here.screen)
    assert here.told() == [TEXTS("desk-tg-retract-own")]


PHOTO = [
    {"file_id": "small", "file_unique_id": "s", "width": 9, "height": 9, "file_size": 900},
    {"file_id": "large", "file_unique_id": "l", "width": 99, "height": 99, "file_size": 90_000},
]


def document(name: str = "заявление.pdf", size: int = 5000, mime: str = "application/pdf"):
    return {
        "file_id": "doc",
        "file_unique_id": "d",
        "file_name": name,
        "mime_type": mime,
        "file_size": size,
    }


def voice(seconds: int = 30, size: int = 5000):
    return {
        "file_id": "vox",
        "file_unique_id": "v",
        "duration": seconds,
        "mime_type": "audio/ogg",
        "file_size": size,
    }


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ({"photo": PHOTO}, ("photo", "telegram:large", "", "image/jpeg", 90_000)),
        (
            {"document": document()},
            ("document", "telegram:doc", "заявление.pdf", "application/pdf", 5000),
        ),
        ({"voice": voice()}, ("voice", "telegram:vox", "", "audio/ogg", 5000)),
    ],
)
async def test_a_file_goes_with_its_words(here: Library, content, kept):
    await here.asked()
    here.maria.sends(TOPIC, caption="Ето я бланката.", **content)
    await here.quiet()
    case = await here.case()
    entries = await here.service.desk.entries(case.number)
    sent = next(entry for entry in entries if entry.kind == "librarian")
    assert sent.text == "Ето я бланката."
    file = json.loads(sent.file or "")
    assert tuple(file[name] for name in ("type", "ref", "name", "mime", "size")) == kept


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"document": document("вирус.exe", mime="application/x-msdownload")}, "desk-tg-file-kind"),
        ({"document": document("заявление.pdf", mime="text/html")}, "desk-tg-file-kind"),
        ({"document": document(size=10 * 1024 * 1024 + 1)}, "desk-tg-file-large"),
        ({"voice": voice(601)}, "desk-tg-file-voice"),
        ({"photo": PHOTO, "media_group_id": "5"}, "desk-tg-file-album"),
        (
            {"dice": {"emoji": "🎲", "value": 3}},
            "desk-tg-only-words",
        ),
    ],
)
async def test_what_cannot_be_passed_on_is_refused_kindly(here: Library, content, why: str):
    await here.asked()
    if "dice" in content:
        here.maria.sends(TOPIC, **content)
    else:
        here.maria.sends(TOPIC, caption=SECRET, **content)
    await here.quiet()
    assert here.told() == [TEXTS(why)]
    assert SECRET not in here.seen
    assert await here.history("librarian") == []


async def test_an_album_with_a_note_below_one_picture_reaches_nobody(here: Library):
    await here.asked()
    before = len(here.person.sent)
    here.maria.sends(TOPIC, photo=PHOTO, media_group_id="5")
    here.maria.sends(TOPIC, photo=PHOTO, media_group_id="5", caption=f"// {SECRET}")
    await here.quiet()
    assert len(here.person.sent) == before
    assert here.told() == [TEXTS("desk-tg-file-album")]


# -- what never does ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        f"// {SECRET}",
        f"//{SECRET}",
        f"   //{SECRET}",
        f"\n\n//{SECRET}",
        f"\u200b\u00a0// {SECRET}",
        f"\ufeff//{SECRET}",
        f"„// {SECRET}“",
        f'"// {SECRET}"',
        f"'//{SECRET}'",
        f"> // {SECRET}",
        f"*//{SECRET}*",
        f"／／{SECRET}",  # as a phone's keyboard for other letters writes it
        f"/ / {SECRET}",
        f"/// {SECRET}",
        f"// {SECRET}".upper(),
    ],
)
async def test_a_note_never_reaches_the_person(here: Library, words: str):
    await here.asked()
    before = here.seen
    number = here.maria.says(words, TOPIC)
    await here.quiet()
    assert here.seen == before
    notes = await here.history("note")
    assert len(notes) == 1
    assert SECRET in notes[0].casefold()
    # It is the mirror that signs it, once.
    assert number not in here.server.marks(here.group)


async def test_a_note_below_a_file_stays_inside_with_the_file(here: Library):
    await here.asked()
    before = here.seen
    here.maria.sends(TOPIC, document=document(), caption=f"// {SECRET}")
    await here.quiet()
    assert here.seen == before
    assert await here.history("note") == [SECRET]


@pytest.mark.parametrize(
    "words", [f"/{SECRET}", f"/отговро {SECRET}", f" /{SECRET}", f"„/{SECRET}“", "/", "/ а"]
)
async def test_a_mistyped_command_never_reaches_the_person(here: Library, words: str):
    await here.asked()
    before = here.seen
    here.maria.says(words, TOPIC)
    await here.quiet()
    assert here.seen == before
    assert await here.history("librarian") == []
    assert "Няма такава команда" in here.told()[0]


async def test_a_mistyped_command_is_told_which_it_may_have_been(here: Library):
    await here.asked()
    here.maria.says("/приключ", TOPIC)
    await here.quiet()
    assert "/приключи" in here.told()[0]


async def test_what_is_said_in_general_or_in_a_topic_of_their_own_stays_there(here: Library):
    await here.asked()
    before = here.seen
    here.maria.says(SECRET)
    here.maria.says(SECRET, topic=999)
    here.maria.sends(document=document(), caption=SECRET)
    await here.quiet()
    assert here.seen == before
    assert SECRET not in json.dumps(await here.history(), ensure_ascii=False)


@pytest.mark.parametrize(
    ("maker", "times"), [(BOT, 2), (11, 1)], ids=["the bot's", "the librarians'"]
)
async def test_words_in_a_topic_of_no_case_are_answered_there(
    here: Library, maker: int, times: int
):
    await here.asked()
    before, general = here.seen, here.told(None)
    for words in (SECRET, f"// {SECRET}", "/отговор"):
        message = here.maria.message(999, text=words)
        message["reply_to_message"]["from"] = {
            "id": maker,
            "is_bot": maker == BOT,
            "first_name": "?",
        }
        here.server.push({"message": message})
        await here.quiet()
    assert here.told(999)[:times] == [TEXTS("desk-tg-no-case")] * times
    # The command has an answer of its own.
    assert len(here.told(999)) == times + 1
    assert here.told(None) == general
    assert here.seen == before


async def test_who_writes_in_the_groups_name_in_a_topic_of_no_case_is_answered_too(here: Library):
    await here.asked()
    message = here.maria.message(999, text=SECRET)
    message["sender_chat"] = here.group.face
    here.server.push({"message": message})
    await here.quiet()
    assert here.told(999) == [TEXTS("desk-tg-no-case")]
    assert SECRET not in here.seen


async def test_what_a_hand_does_with_a_topic_is_looked_at(groups, file: Path, clock: Dial):
    looked: list[int] = []
    async with library(groups, file, clock, look=looked.append) as here:
        case = await here.asked()
        here.maria.sends(TOPIC, forum_topic_closed={})
        await here.quiet()
        assert looked == [case.number]
        here.maria.sends(TOPIC, forum_topic_reopened={})
        in_the_groups_name = here.maria.message(TOPIC, forum_topic_closed={})
        in_the_groups_name |= {
            "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
            "sender_chat": here.group.face,
        }
        groups.push({"message": in_the_groups_name})
        await here.quiet()
        assert looked == [case.number] * 3
        # What it did itself, and what is nobody's case, is nothing to look at.
        here.maria.sends(999, forum_topic_closed={})
        by_bot = here.maria.message(TOPIC, forum_topic_closed={})
        by_bot["from"] = {"id": BOT, "is_bot": True, "first_name": "П"}
        groups.push({"message": by_bot})
        await here.quiet()
        assert looked == [case.number] * 3
        assert here.told() == []


async def test_a_topic_of_the_bots_own_becomes_that_of_its_case(groups, file: Path, clock: Dial):
    looked: list[int] = []
    async with library(groups, file, clock, look=looked.append) as here:
        case = await here.asked()

        async def made(thread: int, name: str, user: int = BOT) -> int | None:
            message = here.maria.message(
                thread, forum_topic_created={"name": name, "icon_color": 7322096}
            )
            message["from"] = {"id": user, "is_bot": user != 11, "first_name": "?"}
            groups.push({"message": message})
            await here.quiet()
            return await here.desk.groups.case_at(here.group.id, thread)

        name = f"№ {case.number} · чака"
        assert await made(500, name) is None  # it has one
        await here.store.write(("DELETE FROM desk_topic", ()))
        assert await made(501, name, user=11) is None
        assert await made(502, name, user=BOT + 1) is None
        assert await made(503, "Кафе") is None
        assert await made(504, f"№ {case.number + 1} · чака") is None
        assert looked == []
        assert await made(505, name) == case.number
        assert looked == [case.number]
        here.maria.says("Елате утре.", 505)
        await here.quiet()
        assert any("Елате утре." in text for text in here.screen)


async def test_a_note_without_its_slashes_stays_a_note(here: Library):
    await here.asked()
    before = here.seen
    number = here.maria.says(f"// {SECRET}", TOPIC)
    await here.quiet()
    here.maria.edits(number, f"{SECRET} пак", TOPIC)
    await here.quiet()
    assert here.seen == before
    assert await here.history("note") == [f"{SECRET} пак"]
    assert here.told() == [TEXTS("desk-tg-note-stays")]


@pytest.mark.parametrize("after", [f"// {SECRET}", f"/{SECRET}", f"„// {SECRET}“"])
async def test_what_was_sent_cannot_become_a_note(here: Library, after: str):
    await here.asked()
    number = here.maria.says("Елате утре.", TOPIC)
    await here.quiet()
    here.maria.edits(number, after, TOPIC)
    await here.quiet()
    assert SECRET not in here.seen
    assert any("Елате утре." in text for text in here.screen)
    assert here.told() == [TEXTS("desk-tg-sent-stays")]


async def test_a_long_note_that_an_app_divides_reaches_nobody(here: Library):
    await here.asked()
    before = here.seen
    here.maria.says(f"// {'дълго ' * 680}", TOPIC)
    here.maria.says(f"{SECRET} " * 20, TOPIC)
    here.maria.says(SECRET, TOPIC)
    await here.quiet()
    assert here.seen == before
    assert await here.history("librarian") == []
    assert here.told()[-1] == TEXTS("desk-tg-rest")
    here.maria.date += 60
    here.maria.says("Накратко: елате.", TOPIC)
    await here.quiet()
    assert any("Накратко: елате." in text for text in here.screen)


async def test_an_edit_that_comes_before_its_note_sends_nothing(here: Library):
    await here.asked()
    before = here.seen
    note = here.maria.message(TOPIC, text=f"// {SECRET}")
    here.maria.edits(note["message_id"], SECRET, TOPIC)
    here.server.push({"message": note})
    await here.quiet()
    assert here.seen == before
    assert await here.history("note") == [SECRET]


async def test_an_edit_of_what_was_never_sent_sends_nothing(here: Library):
    await here.asked()
    before = here.seen
    number = here.maria.says("/отговоря", TOPIC)
    here.maria.edits(number, SECRET, TOPIC)
    await here.quiet()
    assert here.seen == before
    assert here.told()[-1] == TEXTS("desk-tg-edit-unknown")


async def test_who_writes_in_the_name_of_the_group_is_told_so(here: Library):
    await here.asked()
    before = here.seen
    message = here.maria.message(TOPIC, text=SECRET, sender_chat=here.group.face)
    message["from"] = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    here.server.push({"message": message})
    await here.quiet()
    assert here.seen == before
    assert here.told() == [TEXTS("desk-tg-anonymous")]


async def test_who_writes_in_the_name_of_a_channel_is_told_so(here: Library):
    await here.asked()
    before = here.seen
    channel = {"id": -1007, "type": "channel", "title": "К"}
    message = here.maria.message(TOPIC, text=SECRET, sender_chat=channel)
    message["from"] = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
    here.server.push({"message": message})
    here.server.push({"message": message | {"message_id": 9999, "is_automatic_forward": True}})
    await here.quiet()
    assert here.seen == before
    assert here.told() == [TEXTS("desk-tg-anonymous")]


async def test_other_bots_say_nothing_to_the_person(here: Library):
    await here.asked()
    before = here.seen
    message = here.maria.message(TOPIC, text=SECRET)
    message["from"]["is_bot"] = True
    here.server.push({"message": message})
    await here.quiet()
    assert here.seen == before


BEFORE = st.text(" \u200b\u00a0\n\ufeff\u2800\"'„“»*>_", max_size=6)
"""What may stand before a slash without being seen, or as a quote."""
SLASH = st.sampled_from("/／⁄∕")


@given(before=BEFORE, slash=SLASH, words=st.text(max_size=20))
def test_what_begins_with_a_slash_is_never_words(before: str, slash: str, words: str):
    assert opening(f"{before}{slash}{words}").kind in ("note", "command")


@given(before=BEFORE, slash=SLASH, second=SLASH, words=st.text(max_size=20))
def test_two_slashes_are_a_note(before: str, slash: str, second: str, words: str):
    found = opening(f"{before}{slash}{second}{words}")
    assert (found.kind, found.text) == ("note", words.strip())


@given(words=st.text("абв /*„“", min_size=1, max_size=12))
def test_other_words_go_as_they_were_written(words: str):
    assert opening(f"Да{words}") == Opening("words", f"Да{words}".strip())


EDITS = st.lists(
    st.sampled_from(
        [SECRET, f"// {SECRET}", f"/{SECRET}", f" //{SECRET}", f"„{SECRET}“", "//", f"> {SECRET}"]
    ),
    min_size=1,
    max_size=4,
)
_files = itertools.count()


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=EDITS)
def test_no_edits_turn_a_note_into_a_message(tmp_path: Path, edits: list[str]):
    async def try_it() -> None:
        async with (
            GroupServer() as server,
            library(server, tmp_path / f"{next(_files)}.db", Dial()) as here,
        ):
            await here.asked()
            number = here.maria.says(f"// {SECRET}", TOPIC)
            await here.quiet()
            before = here.seen
            for words in edits:
                here.maria.edits(number, words, TOPIC)
            await here.quiet()
            assert here.seen == before
            assert SECRET not in here.seen
            entries = await here.service.desk.entries((await here.case()).number)
            assert [e.kind for e in entries if e.kind in ("note", "librarian")] == ["note"]

    asyncio.run(try_it())


# -- once, in order, after a restart -----------------------------------------------------------


async def test_an_update_that_comes_again_changes_nothing(here: Library):
    await here.asked()
    update = {"update_id": 900_500_000, "message": here.maria.message(TOPIC, text="Елате утре.")}
    for _ in range(2):
        here.server.push_raw(update)
        await here.quiet()
    assert await here.history("librarian") == ["Елате утре."]
    assert sum("Елате утре." in text for text in here.screen) == 1


async def test_what_is_worked_a_second_time_changes_nothing(here: Library):
    await here.asked()
    update = {"update_id": 900_500_000, "message": here.maria.message(TOPIC, text="Елате утре.")}
    for _ in range(2):  # as after a crash between the act and its mark
        await here.desk.work(group_update(raw_of_group(update)))
    await here.quiet()
    assert await here.history("librarian") == ["Елате утре."]


async def test_messages_of_a_group_keep_their_order(here: Library):
    await here.asked()
    for number in range(8):
        here.maria.says(f"дума {number}", TOPIC)
    await here.quiet()
    assert await here.history("librarian") == [f"дума {number}" for number in range(8)]


async def test_what_was_stored_and_not_done_is_done_at_the_next_start(
    groups: GroupServer, file: Path, clock: Dial
):
    async with library(groups, file, clock) as here:
        await here.asked()
        update = {"update_id": 900_500_000, "message": here.maria.message(TOPIC, text="Утре в 10.")}
        note = {"update_id": 900_500_001, "message": here.maria.message(TOPIC, text=f"//{SECRET}")}
        await here.desk.intake.stop()
        for one in (update, note):
            await here.service.runtime.take_in(
                [
                    Arrival(
                        TELEGRAM_DESK,
                        str(one["update_id"]),
                        str(here.group.id),
                        raw_of_group(one),
                        clock.ms,
                    )
                ]
            )
        assert await here.history("librarian") == []
    async with library(groups, file, clock, join=False) as here:
        await here.quiet()
        assert await here.history("librarian") == ["Утре в 10."]
        assert await here.history("note") == [SECRET]
        assert SECRET not in here.seen
        rows = await here.store.read(
            "SELECT state, raw FROM inbox WHERE channel = ?", TELEGRAM_DESK
        )
        assert {(row[0], row[1]) for row in rows} == {("done", "")}


async def test_an_update_that_cannot_be_read_is_set_aside_and_the_others_go_on(here: Library):
    await here.asked()
    broken = {"chat": here.group.face, "message_id": 3, "text": {"not": SECRET}}
    here.server.push_raw({"update_id": 900_500_000, "message": broken})
    here.maria.says("Елате утре.", TOPIC)
    await here.quiet()
    assert await here.history("librarian") == ["Елате утре."]
    letters = await here.service.store.dead_letters()
    assert [letter.channel for letter in letters] == [TELEGRAM_DESK]
    assert SECRET not in letters[0].error


async def test_a_fault_of_ours_sets_one_update_aside_and_the_others_go_on(
    here: Library, monkeypatch: pytest.MonkeyPatch
):
    await here.asked()

    async def breaks(*_: object) -> None:
        raise LookupError(SECRET)

    monkeypatch.setitem(here.desk.commands.table, "help", breaks)
    here.maria.says("/помощ", TOPIC)
    here.maria.says("Елате утре.", TOPIC)
    await here.quiet()
    assert await here.history("librarian") == ["Елате утре."]
    [letter] = await here.service.store.dead_letters()
    assert "LookupError" in letter.error
    assert SECRET not in letter.error


async def test_a_store_that_refuses_is_tried_again_and_nothing_is_done_twice(
    here: Library, monkeypatch: pytest.MonkeyPatch
):
    await here.asked()
    finish, refused = here.desk.groups.finish, []

    async def refuses_once(seq: int) -> None:
        if not refused:
            refused.append(seq)
            raise sqlite3.OperationalError("database is locked")
        await finish(seq)

    monkeypatch.setattr(here.desk.groups, "finish", refuses_once)
    here.maria.says("Елате утре.", TOPIC)
    here.maria.says("В десет.", TOPIC)
    await here.quiet()
    assert refused
    assert await here.history("librarian") == ["Елате утре.", "В десет."]
    assert await here.desk.groups.waiting() == []


# -- who has it --------------------------------------------------------------------------------


async def test_of_two_who_claim_at_once_one_wins_and_the_other_hears_who(here: Library):
    case = await here.asked()
    anna = Librarian("web-1", VRATSA, "Анна", trial=False)
    here.maria.taps(f"desk:claim:{case.number}", TOPIC)
    await here.service.roster.act(case, "claim", anna, key="web-claim-1")
    await here.quiet()
    case = await here.case()
    assert case.claimed_name in ("Анна", "Мария")
    claims = [line for line in await here.history("event") if line == "claimed"]
    assert len(claims) == 1
    at = TEXTS("desk-tg-at-time", time=f"{here.clock.now:%H:%M}")
    lost = TEXTS("desk-tg-taken", name="Анна", at=at)
    won = TEXTS("desk-tg-claimed")
    assert here.server.notices()[-1] == (won if case.claimed_name == "Мария" else lost)


async def test_who_is_slower_is_told_who_has_it_and_since_when(here: Library):
    case = await here.asked()
    anna = Librarian("web-1", VRATSA, "Анна", trial=False)
    await here.service.roster.act(case, "claim", anna, key="web-claim-1")
    await here.service.roster.done(case, "web-claim-1")
    here.ivan.taps(f"desk:claim:{case.number}", TOPIC)
    here.ivan.says(SECRET, TOPIC)
    await here.quiet()
    assert "Анна пое въпроса в 12:00." in here.server.notices()
    assert "Анна пое въпроса в 12:00." in here.told()[0]
    assert TEXTS("desk-tg-not-sent") in here.told()[0]
    assert SECRET not in here.seen
    here.clock.forward(24 * 3_600_000)
    here.ivan.taps(f"desk:claim:{case.number}", TOPIC)
    await here.quiet()
    assert here.server.notices()[-1] == "Анна пое въпроса на 23.11 в 12:00."


async def test_a_button_pressed_twice_does_nothing_twice(here: Library):
    case = await here.asked()
    for _ in range(2):
        here.maria.taps(f"desk:claim:{case.number}", TOPIC)
    await here.quiet()
    assert (await here.history("event")).count("claimed") == 1
    assert here.server.notices()[-2:] == [
        TEXTS("desk-tg-claimed"),
        TEXTS("desk-tg-mine-already"),
    ]


async def test_commands_do_what_the_buttons_do(here: Library):
    await here.asked()
    first = here.maria.says("/поеми", TOPIC)
    second = here.maria.says("/ВЪРНИ", TOPIC)
    await here.quiet()
    assert await here.history("event") == ["claimed", "released"]
    assert here.server.marks(here.group) == {first: "👌", second: "👌"}
    here.maria.says("/върни", TOPIC)
    await here.quiet()
    assert here.told() == [TEXTS("desk-tg-not-claimed")]


async def test_a_case_ends_with_how_it_ended(here: Library):
    case = await here.asked()
    here.maria.says("Елате утре.", TOPIC)
    here.maria.taps(f"desk:close:{case.number}", TOPIC)
    here.maria.taps(f"desk:close:{case.number}", TOPIC)
    await here.quiet()
    [asks] = [call for call in here.server.sent(here.group.id)[1:] if call.buttons]
    labels = [button["text"] for button in asks.buttons]
    assert labels[0] == "Отговорено"
    assert all(len(label) <= 20 for label in labels)
    here.maria.taps(asks.buttons[0]["callback_data"], TOPIC, under=asks.result["message_id"])
    await here.quiet()
    case = await here.case()
    assert (case.state, case.resolution) == ("closed", "answered")
    assert asks.result["message_id"] not in here.server.screens[str(here.group.id)]
    before = here.seen
    here.maria.says(SECRET, TOPIC)
    here.maria.taps(f"desk:close:{case.number}:answered", TOPIC)
    await here.quiet()
    assert here.seen == before
    assert "Разговорът приключи в 12:00." in here.told()[-1]


async def test_what_nobody_could_answer_is_asked_for_its_topic(
    groups: GroupServer, file: Path, clock: Dial
):
    async with library(groups, file, clock, topics={"transport": "Транспорт"}) as here:
        case = await here.asked()
        here.maria.says("/приключи", TOPIC)
        await here.quiet()
        [asks] = [call for call in groups.sent(here.group.id)[1:] if call.buttons]
        last = next(b for b in asks.buttons if b["text"] == "Не можахме")
        here.maria.taps(last["callback_data"], TOPIC, under=asks.result["message_id"])
        await here.quiet()
        assert (await here.case()).is_open
        [changed] = groups.sent(here.group.id, "editMessageText")
        assert [b["text"] for b in changed.buttons] == ["Транспорт", "← Назад"]
        here.maria.taps(changed.buttons[0]["callback_data"], TOPIC)
        await here.quiet()
        assert (await here.case()).resolution == "unanswered"
        rows = await here.store.read(
            'SELECT raw FROM inbox WHERE raw LIKE \'%"topic":"transport"%\''
        )
        assert len(rows) == 1
        assert case.number


# -- to somebody else --------------------------------------------------------------------------


async def test_a_case_is_handed_to_a_colleague_with_a_note_that_stays_inside(here: Library):
    case = await here.asked()
    here.ivan.says("/тук-съм")
    await here.quiet()
    here.maria.taps(f"desk:transfer:{case.number}", TOPIC)
    await here.quiet()
    [asks] = [call for call in here.server.sent(here.group.id)[1:] if call.buttons]
    ivan = next(b for b in asks.buttons if "Иван" in b["text"])
    here.maria.taps(ivan["callback_data"], TOPIC, under=asks.result["message_id"])
    await here.quiet()
    [changed] = here.server.sent(here.group.id, "editMessageText")
    assert "Иван" in changed.text
    here.maria.says(SECRET, TOPIC)
    await here.quiet()
    case = await here.case()
    assert (case.state, case.claimed_name) == ("claimed", "Иван")
    assert await here.history("note") == [SECRET]
    assert SECRET not in here.seen
    here.ivan.says("Здравейте, поемам аз.", TOPIC)
    await here.quiet()
    assert any("Здравейте, поемам аз." in text for text in here.screen)


async def asked_for_note(here: Library, number: int) -> None:
    await here.desk.groups.librarian(here.ivan.user, VRATSA, "Иван", here.clock.ms)
    here.maria.taps(f"desk:give:{number}:w:tg-{here.ivan.user}", TOPIC)
    await here.quiet()


async def test_a_note_that_was_asked_for_is_no_reply_after_a_restart(
    groups: GroupServer, file: Path, clock: Dial
):
    async with library(groups, file, clock) as here:
        case = await here.asked()
        await asked_for_note(here, case.number)
    async with library(groups, file, clock, join=False) as here:
        update = {"update_id": 900_500_000, "message": here.maria.message(TOPIC, text=SECRET)}
        for _ in range(3):  # and however often it is worked
            await here.desk.work(group_update(raw_of_group(update)))
        await here.quiet()
        assert await here.history("note") == [SECRET]
        assert (await here.case()).claimed_name == "Иван"
        assert await here.history("librarian") == []
        assert SECRET not in here.seen


async def test_a_note_asked_for_in_general_is_no_reply_in_the_topic(here: Library):
    case = await here.asked()
    await here.desk.groups.librarian(here.ivan.user, VRATSA, "Иван", here.clock.ms)
    here.maria.taps(f"desk:give:{case.number}:w:tg-{here.ivan.user}")
    here.maria.says(SECRET, TOPIC)
    await here.quiet()
    assert SECRET not in here.seen
    assert await here.history("note") == [SECRET]


async def test_a_note_that_comes_too_late_goes_nowhere(here: Library):
    case = await here.asked()
    await asked_for_note(here, case.number)
    here.clock.forward(16 * 60_000)
    update = {"update_id": 900_500_000, "message": here.maria.message(TOPIC, text=SECRET)}
    for _ in range(3):
        await here.desk.work(group_update(raw_of_group(update)))
    await here.quiet()
    assert SECRET not in here.seen
    assert await here.history("note") == []
    assert set(here.told()) == {TEXTS("desk-tg-asked-late")}
    here.maria.says("А това е за човека.", TOPIC)
    await here.quiet()
    assert any("А това е за човека." in text for text in here.screen)


async def test_what_is_called_off_is_no_longer_waited_for(here: Library):
    case = await here.asked()
    await asked_for_note(here, case.number)
    here.maria.taps(f"desk:cancel:{case.number}", TOPIC)
    here.maria.says("Елате утре.", TOPIC)
    await here.quiet()
    assert any("Елате утре." in text for text in here.screen)
    assert (await here.case()).claimed_name == "Мария"


@pytest.mark.parametrize(
    "data",
    [
        "give:{n}:l:lib-nowhere",
        "give:{n}:w:web-9",
        "bureau:{n}:bureau:x",
        "close:{n}:so",
        "give:{n}",
    ],
)
async def test_what_a_button_carries_is_not_believed(here: Library, data: str):
    case = await here.asked()
    here.maria.taps(f"desk:{data.format(n=case.number)}", TOPIC)
    here.maria.says("Елате утре.", TOPIC)
    await here.quiet()
    assert here.server.notices()[-1] == TEXTS("desk-tg-old-button")
    assert any("Елате утре." in text for text in here.screen)
    assert (await here.case()).library == VRATSA


async def test_a_case_goes_to_another_library(here: Library):
    case = await here.asked()
    group = Group(-1009, "Видин")
    await here.joined(group, VIDIN)
    here.maria.says("/предай", TOPIC)
    await here.quiet()
    asks = [call for call in here.server.sent(here.group.id) if call.buttons][-1]
    vidin = next(b for b in asks.buttons if "Видин" in b["text"])
    here.maria.taps(vidin["callback_data"], TOPIC)
    here.maria.says(SECRET, TOPIC)
    await here.quiet()
    assert (await here.case()).library == VIDIN
    assert SECRET not in here.seen
    here.maria.says("Още нещо", TOPIC)
    await here.quiet()
    assert here.told()[-1] == f"{TEXTS('desk-tg-elsewhere')}\n{TEXTS('desk-tg-not-sent')}"
    assert "Още нещо" not in here.seen
    # And there it is answered.
    await here.shows(case.number, group, 5)
    Colleague(here.server, group, 21, "Вера").says("Добре дошли във Видин.", 5)
    await here.quiet()
    assert any("Вера" in text and "Видин" in text for text in here.screen)


# -- experts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("direct", [False, True])
async def test_an_expert_is_asked_and_answers(here: Library, direct: bool):
    case = await here.asked()
    group = Group(-1009, "Бюро")
    await here.joined(group, BUREAU)
    here.maria.taps(f"desk:expert:{case.number}", TOPIC)
    await here.quiet()
    if direct:
        here.maria.taps(f"desk:direct:{case.number}", TOPIC)
    here.maria.says(f"{SECRET}?", TOPIC)
    await here.quiet()
    case = await here.case()
    assert (case.expert_desk, case.expert_direct) == (BUREAU, direct)
    assert case.expert_question == f"{SECRET}?"
    await here.shows(case.number, group, 5)
    expert = Colleague(here.server, group, 31, "Петя")
    expert.says("// само за нас", 5)
    expert.says("Регистрирайте се до петък.", 5)
    expert.taps(f"desk:claim:{case.number}", 5)
    await here.quiet()
    assert await here.history("expert") == ["Регистрирайте се до петък."]
    assert any("до петък" in text for text in here.screen) is direct
    assert SECRET not in here.seen
    assert "само за нас" not in here.seen + "".join(await here.history())
    assert here.told(5, group) == [TEXTS("desk-tg-expert-note")]


async def test_a_question_to_the_bureau_can_stand_behind_the_command(here: Library):
    await here.asked()
    here.maria.says("/бюро Може ли без диплома?", TOPIC)
    await here.quiet()
    assert here.told() == [TEXTS("desk-tg-no-bureau")]
    await here.joined(Group(-1009, "Бюро"), BUREAU)
    here.maria.says("/бюро Може ли без диплома?", TOPIC)
    await here.quiet()
    assert (await here.case()).expert_question == "Може ли без диплома?"
    assert "диплома" not in here.seen


# -- a librarian's day -------------------------------------------------------------------------


async def test_who_is_away_gives_back_what_they_have_not_answered(here: Library):
    await here.asked()
    here.maria.says("/поеми", TOPIC)
    await here.quiet()
    here.maria.taps("desk:away")
    await here.quiet()
    case = await here.case()
    assert (case.state, case.claimed_by) == ("waiting", None)
    assert "В списъка се върна 1 въпрос." in here.server.notices()[-1]
    assert here.service.roster.now.desks[0].away
    here.maria.says("/тук-съм")
    await here.quiet()
    assert not here.service.roster.now.desks[0].away


async def test_a_person_is_stopped_with_days_and_a_reason(here: Library):
    await here.asked()
    for words in ("/спри", "/спри 7", "/спри 0 обижда", "/спри 700 обижда", "/спри обижда"):
        here.maria.says(words, TOPIC)
    await here.quiet()
    assert here.told() == [TEXTS("desk-tg-mute-how", most=90)] * 5
    assert (await here.case()).is_open
    here.maria.says("/спри 7 обижда", TOPIC)
    await here.quiet()
    assert (await here.case()).resolution == "muted"
    rows = await here.store.read("SELECT until, reason FROM muted")
    until = here.clock.now.date() + dt.timedelta(days=7)
    assert [tuple(row) for row in rows] == [(until.isoformat(), "обижда")]


async def test_a_person_is_reported_with_a_reason(here: Library):
    await here.asked()
    before = here.seen
    here.maria.says("/докладвай", TOPIC)
    here.maria.says(f"/докладвай {SECRET}", TOPIC)
    await here.quiet()
    assert here.told() == [TEXTS("desk-tg-report-how")]
    rows = await here.store.read("SELECT reason FROM report")
    assert [row[0] for row in rows] == [SECRET]
    assert here.seen == before


async def test_a_person_can_be_reported_and_stopped_after_the_end(here: Library):
    await here.asked()
    case = await here.case()
    await here.service.roster.act(case, "close", code="answered")
    await here.quiet()
    here.maria.says("/докладвай обижда", TOPIC)
    here.maria.says("/спри 7 обижда", TOPIC)
    await here.quiet()
    assert here.told() == []
    assert (await here.case()).resolution == "muted"
    assert len(await here.store.read("SELECT 1 FROM report")) == 1
    here.maria.says("/спри 7 пак", TOPIC)
    await here.quiet()
    assert len(here.told()) == 1


async def test_help_is_where_it_is_asked_for(here: Library):
    await here.asked()
    here.maria.says("/помощ", TOPIC)
    here.maria.says("/помощ@posoka_bot")
    here.maria.says("/помощ@another_bot")
    here.maria.says("/поеми")
    await here.quiet()
    assert here.told() == [TEXTS("desk-tg-help")]
    general = here.told(None)
    assert general[-2:] == [TEXTS("desk-tg-help-general"), TEXTS("desk-tg-in-topic")]


def test_words_on_and_above_buttons_are_short():
    buttons = [TEXTS(name) for name in TEXTS if name.startswith("desk-tg-button-")]
    assert len(buttons) > 10
    assert [label for label in buttons if len(label) > 20] == []


async def test_who_does_not_have_a_case_cannot_begin_to_hand_it_on(here: Library):
    case = await here.asked()
    here.maria.says("/поеми", TOPIC)
    here.ivan.says("/предай", TOPIC)
    here.ivan.says("/бюро", TOPIC)
    here.ivan.says("/приключи", TOPIC)
    for act in ("transfer", "expert", "close", "release"):
        here.ivan.taps(f"desk:{act}:{case.number}", TOPIC)
    await here.quiet()
    taken = TEXTS("desk-tg-taken", name="Мария", at=TEXTS("desk-tg-at-time", time="12:00"))
    assert here.told() == [taken] * 3
    assert here.server.notices()[-4:] == [taken] * 4


def test_every_command_has_words_and_no_word_is_twice():
    names = [name for name in TEXTS if name.startswith("desk-command-")]
    words = [word.strip() for name in names for word in TEXTS(name).split(",")]
    assert len(words) == len(set(words))
    assert all(opening(f"/{word}").name == word for word in words)


# -- joining -----------------------------------------------------------------------------------


async def code_for(here: Library, desk: str = VRATSA) -> str:
    return await new_code(here.desk.groups, desk, here.clock)


@pytest.fixture
async def outside(groups: GroupServer, file: Path, clock: Dial) -> AsyncIterator[Library]:
    async with library(groups, file, clock, join=False) as built:
        yield built


async def test_a_group_joins_by_its_code(outside: Library):
    here = outside
    assert not here.service.roster.now.desks
    await here.joined()
    assert here.told(None) == [
        TEXTS("desk-tg-joined", name="Регионална библиотека „Христо Ботев“, гр. Враца")
    ]
    assert [desk.id for desk in here.service.roster.now.desks] == [VRATSA]
    group = await here.desk.groups.group(here.group.id)
    assert group is not None
    assert (group.desk, group.missing) == (VRATSA, ())


@pytest.mark.parametrize(
    ("right", "name"),
    [
        ("can_manage_topics", "manage-topics"),
        ("can_pin_messages", "pin"),
        ("can_delete_messages", "delete"),
    ],
)
async def test_a_missing_right_is_named_and_it_goes_on_by_itself(
    outside: Library, right: str, name: str
):
    here = outside
    here.group.rights.discard(right)
    await here.joined()
    [said] = here.told(None)
    assert TEXTS(f"desk-tg-missing-{name}") in said
    assert said.count("•") == 1
    here.group.rights.add(right)
    here.server.stands(here.group, "administrator")
    await here.quiet()
    assert "✅ Готово" in here.told(None)[-1]
    assert len(here.told(None)) == 2


async def test_a_bot_that_is_no_administrator_is_told_first(outside: Library):
    here = outside
    here.group.status = "member"
    await here.joined()
    assert TEXTS("desk-tg-missing-admin") in here.told(None)[0]
    assert here.told(None)[0].count("•") == 1
    here.group.status = "administrator"
    here.maria.says("/проверка")
    await here.quiet()
    assert "✅ Готово" in here.told(None)[-1]


async def test_topics_that_are_turned_on_later_are_noticed(outside: Library):
    here = outside
    here.group.topics = False
    await here.joined()
    assert TEXTS("desk-tg-missing-topics") in here.told(None)[0]
    here.group.topics = True
    here.maria.says("Включих ги.")
    await here.quiet()
    assert "✅ Готово" in here.told(None)[-1]


async def test_a_right_that_is_taken_away_later_is_told(here: Library):
    here.group.rights.discard("can_pin_messages")
    here.server.stands(here.group, "administrator")
    await here.quiet()
    assert TEXTS("desk-tg-missing-pin") in here.told(None)[-1]


@pytest.mark.parametrize("told", ["messages", "standing"])
async def test_a_small_group_is_followed_when_it_grows(outside: Library, told: str):
    here = outside
    small = Group(-500, "Малка", type="group", topics=False, rights=set())
    await here.joined(small)
    assert TEXTS("desk-tg-missing-supergroup") in here.told(None, small)[0]
    grown = Group(-1005, "Малка")
    here.server.groups[grown.id] = grown
    small.moved_to = grown.id
    if told == "messages":
        old, new = Colleague(here.server, small, 11, "М"), Colleague(here.server, grown, 11, "М")
        old.sends(migrate_to_chat_id=grown.id)
        new.sends(migrate_from_chat_id=small.id)
    else:
        here.server.stands(grown, "left")
    await here.quiet()
    assert await here.desk.groups.group(small.id) is None
    found = await here.desk.groups.group(grown.id)
    assert found is not None
    assert (found.desk, found.missing) == (VRATSA, ())
    assert "✅ Готово" in here.told(None, grown)[-1]
    assert not any("/join" in text for text in here.told(None, grown))


async def test_a_code_lets_one_group_in(outside: Library):
    here = outside
    code = await code_for(here)
    other = Group(-1009, "Друга")
    here.server.groups[other.id] = other
    here.maria.says(f"/join {code}")
    Colleague(here.server, other, 21, "Вера").says(f"/join {code}")
    await here.quiet()
    joined = {group.chat for group in await here.desk.groups.groups()}
    assert len(joined) == 1
    said = [*here.told(None), *here.told(None, other)]
    assert TEXTS("desk-tg-join-used") in said


async def test_a_library_may_have_several_groups(here: Library):
    second = Group(-1009, "Детски отдел")
    await here.joined(second)
    assert len(await here.desk.groups.groups()) == 2
    case = await here.asked()
    await here.shows(case.number, second, 9)
    Colleague(here.server, second, 12, "Иван").says("Заповядайте.", 9)
    await here.quiet()
    assert any("Заповядайте." in text for text in here.screen)


async def test_a_code_that_is_late_or_of_something_else_says_so(outside: Library):
    here = outside
    late = await code_for(here)
    await here.service.desk.invite(
        "link-code", VRATSA, here.clock.ms + millis(here.clock.now), trial=False
    )
    here.clock.now += INVITATION
    for words in (f"/join {late}", "/join link-code", "/join AAAAA-BBBBB-CCCCC", "/join"):
        here.maria.says(words)
        await here.quiet()
    assert here.told(None) == [
        TEXTS("desk-tg-join-expired"),
        TEXTS("desk-tg-join-of-web"),
        TEXTS("desk-tg-join-unknown"),
        TEXTS("desk-tg-join-how"),
    ]
    assert await here.desk.groups.groups() == []


async def test_a_group_of_one_library_does_not_become_anothers(here: Library):
    code = await code_for(here, VIDIN)
    here.maria.says(f"/join {code}")
    await here.quiet()
    assert "Христо Ботев" in here.told(None)[-1]
    group = await here.desk.groups.group(here.group.id)
    assert group is not None
    assert group.desk == VRATSA
    again = await here.desk.groups.code(plain(code), code, here.clock.ms)
    assert again.state == "good"


async def test_a_code_is_read_however_it_is_typed(outside: Library):
    here = outside
    code = await code_for(here)
    cyrillic = str.maketrans("ABCEHKMPTX", "авсенкмртх")
    here.maria.says(f"/JOIN  «{code.replace('-', ' – ').translate(cyrillic)}»")
    await here.quiet()
    assert "✅ Готово" in here.told(None)[-1]
    assert set(plain(code)) <= set(LETTERS)


async def test_a_bot_that_is_taken_out_hears_nothing_more(here: Library):
    await here.asked()
    here.group.status = "kicked"
    here.server.stands(here.group, "administrator")
    await here.quiet()
    before = here.seen
    here.maria.says(SECRET, TOPIC)
    await here.quiet()
    assert here.seen == before
    here.group.status = "administrator"
    here.server.stands(here.group, "left")
    here.maria.says("Върнахме се.", TOPIC)
    await here.quiet()
    assert any("Върнахме се." in text for text in here.screen)


async def test_a_platform_that_does_not_answer_leaves_the_group_joined(outside: Library):
    here = outside
    here.server.fail("getChat", Fault(500))
    await here.joined()
    assert here.told(None) == [TEXTS("desk-tg-check-failed")]
    here.maria.says("/проверка")
    await here.quiet()
    assert "✅ Готово" in here.told(None)[-1]


async def test_of_a_group_that_is_no_desk_nothing_is_kept(outside: Library):
    here = outside
    here.maria.says(SECRET)
    here.maria.says("/join nothing")
    await here.quiet()
    rows = await here.store.read("SELECT raw FROM inbox WHERE channel = ?", TELEGRAM_DESK)
    assert [row[0] for row in rows] == [""]
    assert SECRET.encode() not in b"".join(
        f.read_bytes() for f in here.store.file.parent.glob("posoka.db*")
    )


async def test_answers_that_the_platform_refuses_stop_nobody(here: Library):
    await here.asked()
    here.server.fail("sendMessage", Fault(400, "Bad Request: message thread not found"))
    here.maria.says("/нещо", TOPIC)
    here.maria.says("/помощ", TOPIC)
    await here.quiet()
    assert here.told() == [TEXTS("desk-tg-help")]


async def test_a_flood_is_waited_out_once(here: Library):
    await here.asked()
    here.server.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 1}))
    here.maria.says("/помощ", TOPIC)
    await here.quiet()
    assert here.told() == [TEXTS("desk-tg-help")]


async def test_where_a_case_was_taken_elsewhere_it_is_told_by_whom_and_when(here: Library):
    case = await here.asked()
    vera = Librarian("vera", VIDIN, "Вера", trial=False)
    sql = "INSERT INTO librarian (id, library, name, trial, joined_at) VALUES (?, ?, ?, 0, 1)"
    await here.store.write((sql, (vera.id, vera.library, vera.name)))
    await here.service.roster.refresh()
    for act, who in (("transfer", None), ("claim", vera)):
        more = {"library": VIDIN} if act == "transfer" else {}
        file = await here.case()
        assert await here.service.roster.done(
            file, await here.service.roster.act(file, act, who, **more)
        )
    here.clock.forward(60_000)
    here.maria.taps(f"desk:claim:{case.number}", TOPIC)
    here.maria.says("/поеми", TOPIC)
    here.maria.says("Елате утре.", TOPIC)
    await here.quiet()
    taken = TEXTS("desk-tg-taken", name="Вера", at=TEXTS("desk-tg-at-time", time="12:00"))
    assert [word for word in here.server.notices() if word] == [taken]
    assert here.told() == [taken, f"{taken}\n{TEXTS('desk-tg-not-sent')}"]
    assert "Елате утре." not in here.seen
    # A topic of another case, and one that is nobody's, learn nothing of it.
    here.maria.taps(f"desk:claim:{case.number}", TOPIC + 1)
    await here.quiet()
    assert here.server.notices()[-1] == TEXTS("desk-tg-gone")


async def test_a_press_is_answered_whatever_goes_wrong(
    here: Library, monkeypatch: pytest.MonkeyPatch
):
    async def breaks(*_: object) -> str:
        raise LookupError

    monkeypatch.setattr(Absence, "away", breaks)
    here.maria.taps("desk:away:0")
    here.maria.taps("desk:nothing:1")
    here.maria.taps("1.go:menu")
    here.maria.taps("desk:claim:999")
    await here.quiet()
    assert here.server.notices() == [
        TEXTS("desk-went-wrong"),
        TEXTS("desk-tg-old-button"),
        TEXTS("desk-tg-old-button"),
        TEXTS("desk-tg-gone"),
    ]


async def test_whoever_runs_the_service_invites_a_group_while_it_runs(
    groups: GroupServer, file: Path
):
    group = groups.groups[-1001234567890] = Group(-1001234567890)
    maria = Colleague(groups, group, 11, "Мария")
    plain_environment = {k: v for k, v in os.environ.items() if not k.startswith("POSOKA_")}
    environment = plain_environment | {
        "POSOKA_DATABASE_URL": f"sqlite:///{file}",
        "POSOKA_LISTEN": "127.0.0.1:0",
        "POSOKA_TELEGRAM_TOKEN": TOKEN,
        "POSOKA_TELEGRAM_API_URL": groups.url,
    }
    bot = (sys.executable, "-m", "bot")
    service = await asyncio.create_subprocess_exec(*bot, "run", env=environment, stdout=DEVNULL)
    try:
        await groups.until(lambda: groups.polled)
        command = await asyncio.create_subprocess_exec(
            *bot, "library", "invite", VRATSA, env=environment, stdout=PIPE
        )
        said, _ = await command.communicate()
        code = said.decode().split("/join ")[1].split()[0]
        maria.says(f"/join {code}")
        await groups.until(lambda: any("✅ Готово" in text for text in groups.told(group)))
    finally:
        service.terminate()
        assert await service.wait() == 0


# -- what is kept ------------------------------------------------------------------------------


def test_of_names_only_who_wrote_is_kept():
    marta = {"id": 5, "is_bot": False, "first_name": "Марта", "last_name": "Търсеща"}
    update = {
        "update_id": 1,
        "message": {
            "message_id": 3,
            "date": 1,
            "chat": {"id": -5, "type": "supergroup", "title": "Г"},
            "from": {"id": 11, "is_bot": False, "first_name": "Мария", "username": "maria"},
            "forward_origin": {"type": "user", "date": 1, "sender_user": marta},
            "text": "а",
        },
    }
    assert not faults_of_update(update)
    raw = raw_of_group(update)
    assert "Мария" in raw
    assert "Марта" not in raw
    assert "maria" not in raw
    assert of_group(update)


@needs_description
def test_the_platform_could_send_what_colleagues_do():
    server, group = GroupServer(), Group(-1)
    maria = Colleague(server, group, 11, "Мария")
    assert not faults_of_update({"update_id": 1, "message": maria.message(5, text="а", reply=3)})


async def test_what_is_asked_is_of_one_topic_and_one_librarian(here: Library):
    groups = here.desk.groups
    await groups.ask(Asking(here.group.id, TOPIC, 11, 1, "transfer", at=here.clock.ms))
    assert await groups.asking(here.group.id, TOPIC, 11)
    assert await groups.asking(here.group.id, TOPIC, 12) is None
    assert await groups.asking(here.group.id, TOPIC + 1, 11) is None
    assert await groups.let_go(here.group.id, TOPIC, 11)
    assert await groups.asking(here.group.id, TOPIC, 11) is None
