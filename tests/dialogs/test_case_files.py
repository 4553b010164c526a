"""Files in the talk with a librarian, and messages that read otherwise afterwards."""

from typing import Any, Literal

import pytest
from test_librarian import VRATSA, Asker, desk

from dialogs.model import CaseReworded, CaseSaid, KeptFile, Message, Said, SentFile
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


@pytest.mark.parametrize("type_", TYPES)
def test_away_from_the_librarian_no_file_goes_there(type_: Type) -> None:
    talk = asked().librarian("claim").says("бот")
    talk.does(SentFile(type=type_, file=kept(type_), ref="77")).shows("Засега чета само текст")
    assert not talk.reached


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
