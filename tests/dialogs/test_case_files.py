"""Files in the talk with a librarian, and messages that read otherwise afterwards."""

import datetime as dt
from dataclasses import replace
from typing import Any, Literal

import pytest
from test_librarian import VRATSA, Asker, desk

from dialogs.model import (
    CaseReworded,
    CaseSaid,
    Event,
    KeptFile,
    Message,
    Pressed,
    Said,
    SentFile,
    SharedLocation,
    Unsent,
)
from dialogs.texts import load_texts
from knowledge.texts import LANGUAGES

Type = Literal["photo", "voice", "document"]
TYPES: tuple[Type, ...] = ("photo", "voice", "document")


def kept(type_: Type = "photo", ref: str = "telegram:F1") -> KeptFile:
    return KeptFile(type=type_, ref=ref, name="заповед.jpg", mime="image/jpeg", size=900)


def asked(**more: Any) -> Asker:
    return Asker(desk(VRATSA), **more).has_asked()


@pytest.mark.parametrize("type_", TYPES)
def test_a_file_goes_to_the_librarian_with_the_words_below_it(type_: Type) -> None:
    talk = asked().librarian("claim")
    talk.does(SentFile(type=type_, file=kept(type_), text="Ето я", ref="77"))
    said = CaseSaid(by="person", text="Ето я", file=kept(type_), ref="77")
    assert talk.reached == [said]
    assert not talk.step.messages
    # It counts as a word of the person's: an answer is owed, and it can be changed.
    assert talk.conversation.case
    assert talk.conversation.case.written[-1] == "77"
    talk.does(Said(text="Ето заповедта", edited=True, ref="77"))
    [changed] = [e for e in talk.step.effects if isinstance(e, CaseReworded)]
    assert (changed.ref, changed.text, changed.sent) == ("77", "Ето заповедта", None)


def send_on(talk: Asker) -> Pressed:
    """Return a tap on the offer in what was just said."""
    [offer] = [b for m in talk.step.messages for b in m.buttons if b.action == "send-on"]
    return Pressed(serial=talk.conversation.serial, action=offer.action)


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("type_", TYPES)
def test_a_file_away_from_the_librarian_is_sent_on_with_one_tap(type_: Type, ended: bool) -> None:
    talk = asked().librarian("claim").says("бот")
    talk = talk.librarian("close") if ended else talk
    talk.does(SentFile(type=type_, file=kept(type_), text="Ето я", ref="77"))
    talk.hides("Засега чета само текст")
    assert not talk.reached
    assert talk.conversation.unsent == Unsent(text="Ето я", file=kept(type_), ref="77")
    talk.does(send_on(talk))
    said = CaseSaid(by="person", text="Ето я", file=kept(type_), ref="77")
    assert [e for e in talk.reached if e.by == "person"] == [said]
    assert talk.conversation.unsent == Unsent()
    case = talk.conversation.case
    assert case
    assert case.asked_at
    assert case.written[-1] == "77"
    talk.does(Pressed(serial=0, action="send-on"))
    assert not talk.reached


@pytest.mark.parametrize(
    "event",
    [
        Said(text="нещо друго"),
        Said(text="Ето я", edited=True),
        SentFile(type="sticker"),
        SharedLocation(latitude=43.2, longitude=23.5),
        Said(text="/menu"),
    ],
)
@pytest.mark.parametrize("ended", [False, True])
def test_the_file_goes_with_its_offer(event: Event, ended: bool) -> None:
    talk = asked().librarian("claim").says("бот")
    talk = talk.librarian("close") if ended else talk
    talk.does(SentFile(type="photo", file=kept())).does(event)
    assert "telegram:F1" not in talk.conversation.model_dump_json()


def test_after_the_seven_days_and_after_muting_no_file_waits() -> None:
    talk = asked().librarian("claim").says("бот").does(SentFile(type="photo", file=kept()))
    muted = talk.conversation
    talk.librarian("mute", "ругатни", until=talk.context.today)
    assert talk.conversation.unsent == Unsent()
    talk.conversation = muted
    talk.librarian("close").does(SentFile(type="photo", file=kept()))
    talk.context = replace(talk.context, now=talk.context.now + dt.timedelta(days=8))
    talk.does(Pressed(serial=talk.conversation.serial, action="go:menu"))
    assert talk.conversation.unsent == Unsent()
    talk.does(SentFile(type="photo", file=kept())).shows("Засега чета само текст")


@pytest.mark.parametrize("ended", [False, True])
def test_a_file_that_is_not_kept_with_a_platform_is_to_be_sent_again(ended: bool) -> None:
    talk = asked().librarian("claim").says("бот")
    talk = talk.librarian("close") if ended else talk
    talk.does(SentFile(type="photo", file=kept(ref="kept:1"))).shows("не отиде при библиотекаря")
    assert talk.conversation.unsent == Unsent()
    talk.does(Pressed(serial=talk.conversation.serial, action="write-again"))
    talk.does(SentFile(type="photo", file=kept(ref="kept:2")))
    assert [e.file.ref for e in talk.reached if e.file] == ["kept:2"]


def test_a_file_instead_of_the_words_opens_the_talk_again() -> None:
    talk = asked().librarian("claim").librarian("close")
    talk.does(Pressed(serial=talk.conversation.serial, action="write-again"))
    talk.does(SentFile(type="photo", file=kept(), ref="78"))
    assert [(e.by, e.file) for e in talk.reached] == [("event", None), ("person", kept())]
    assert talk.at == "case_chat"
    assert talk.conversation.case
    assert talk.conversation.case.state == "reopened"


def test_before_a_question_is_handed_over_it_is_said_when_a_file_can_come() -> None:
    talk = Asker(desk(VRATSA)).says("/librarian").presses("Попитай тук")
    talk.does(SentFile(type="photo", file=kept())).shows("после пратете файла пак")
    assert talk.at == "case_question"
    talk.says("Какво пише тук?").does(SentFile(type="photo", file=kept()))
    talk.shows("после пратете файла пак").presses("Да, предай")
    talk.does(SentFile(type="photo", file=kept()))
    assert [e.file for e in talk.reached] == [kept()]


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("type_", ["photo", "video", "document", "other"])
def test_elsewhere_too_what_cannot_be_passed_on_is_not_said_to_be_read(
    type_: Any, ended: bool
) -> None:
    talk = asked().librarian("claim").says("бот")
    talk = talk.librarian("close") if ended else talk
    talk.does(SentFile(type=type_)).shows("До 10 MB.").hides("Засега чета само текст")
    assert talk.screen == talk.step.messages[-1]


def test_where_nobody_was_asked_only_text_is_read() -> None:
    talk = Asker(desk(VRATSA)).start()
    talk.does(SentFile(type="photo", file=kept())).shows("Засега чета само текст")
    assert talk.conversation.unsent == Unsent()


@pytest.mark.parametrize("type_", ["photo", "voice", "video", "sticker", "document", "other"])
def test_what_cannot_be_passed_on_is_answered_with_what_can(type_: Any) -> None:
    talk = asked()
    talk.does(SentFile(type=type_, ref="77"))
    talk.shows("снимка, гласово съобщение или документ", "До 10 MB.")
    assert talk.at == "case_chat"
    assert not talk.reached


def test_a_file_of_a_librarian_goes_with_their_words() -> None:
    talk = asked().librarian("reply", "Попълнете това", file=kept("document"), ref="r1")
    spoken = [m for m in talk.step.messages if m.file]
    assert [(m.text, m.file) for m in spoken] == [("👤 Мария: Попълнете това", kept("document"))]
    [line] = [e for e in talk.reached if e.by == "librarian"]
    assert (line.file, line.ref) == (kept("document"), "r1")


def test_a_note_with_a_file_never_reaches_the_person() -> None:
    talk = asked().librarian("note", "Виж това", file=kept())
    assert not talk.step.messages
    assert [(e.by, e.delivered) for e in talk.reached] == [("note", False)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_correction_and_a_retraction_are_told_below(language: Any) -> None:
    talk = asked().librarian("reply", "Елате в петък", ref="r1")
    talk.conversation = talk.conversation.model_copy(update={"language": language})
    t = load_texts()[language]
    talk.librarian("edit", "Елате в сряда", ref="r1")
    [edited] = [e for e in talk.step.effects if isinstance(e, CaseReworded)]
    assert edited.told == t("librarian-corrected", name="Мария", text="Елате в сряда")
    assert edited.sent == t("librarian-says", name="Мария", text="Елате в сряда")
    talk.librarian("retract", ref="r1")
    [back] = [e for e in talk.step.effects if isinstance(e, CaseReworded)]
    assert (back.text, back.told) == ("", t("librarian-took-one-back", name="Мария"))


def test_a_message_of_an_older_release_has_no_mark_of_a_change() -> None:
    assert Message.model_validate_json('{"text": "а"}').changed is False
