"""Forms that come to the desk twice, late, or from a page one went back to."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from test_desk import House, house


@pytest.fixture
async def h(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


async def test_other_words_from_a_page_one_went_back_to_are_sent_and_the_same_once(h: House):
    maria = await h.librarian()
    person = await (await h.person()).asks()
    key = secrets.token_urlsafe(12)
    for text in ("Първо", "Първо", "Второ"):
        await maria.does("reply", text, key=key)
        assert maria.status == 303
    texts = (await person.settled()).texts
    assert (texts.count("Първо"), texts.count("Второ")) == (1, 1)


async def test_of_an_end_and_a_reply_from_two_browsers_no_words_are_lost(h: House):
    maria = await h.librarian("Мария")
    again = await h.librarian("Мария", same="yes")
    person = await (await h.person()).asks()
    await maria.does("claim")
    _, page = await asyncio.gather(maria.does("close"), again.does("reply", "От другия екран"))
    sent = "От другия екран" in (await person.settled()).texts
    assert sent == (again.status == 303)
    assert sent or "От другия екран</textarea>" in page
    assert not (await h.case()).is_open


@pytest.mark.parametrize(
    "act", ["close", "transfer", "ask_expert", "mute", "edit", "retract", "expert_reply"]
)
async def test_a_form_with_anything_in_it_does_nothing(h: House, act: str):
    maria = await h.librarian()
    await (await h.person()).asks()
    before = await h.case()
    names = ("code", "to", "bureau", "days", "ref", "topic", "until", "librarian", "direct")
    await maria.does(act, "<b>😀", **dict.fromkeys(names, "colleague=x\x00"))
    assert maria.status == 409
    assert await h.case() == before
