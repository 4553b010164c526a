"""What is read of updates: a table, and whatever else may come."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from bot_api_server import faults_of_update, needs_description
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.interface import MalformedError
from bot.channels.telegram.updates import NOWHERE, address_of, event_of, key_of, query_of, raw_of
from dialogs.model import EVENT

ROWS = json.loads((Path(__file__).parent / "data/telegram_updates.json").read_text("utf-8"))
NAMES = [row["name"] for row in ROWS]
MARKER = "болест-която-никой-не-бива-да-види"
CHAT = {"id": 7, "type": "private"}
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
)


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_each_update_means_what_the_table_says(row):
    event = event_of(raw_of(row["update"]))
    told = EVENT.dump_python(event, exclude_none=True) if event else None
    assert told == row["event"]


@needs_description
@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_the_platform_could_send_the_updates_of_the_table(row):
    assert faults_of_update(row["update"]) == []


@pytest.mark.parametrize(
    "update",
    [
        {"message": {"text": MARKER}},
        {"message": {"chat": {"id": MARKER, "type": "private"}, "text": MARKER}},
        {"message": {"chat": CHAT, "text": {"a": MARKER}}},
        {"message": {"chat": CHAT, "location": {"latitude": MARKER, "longitude": 1}}},
        {"message": {"chat": CHAT, "location": {"latitude": 91, "longitude": 1}}},
        {"message": MARKER},
        {"edited_message": {"chat": MARKER}},
        {"callback_query": {"data": [MARKER], "message": {"chat": CHAT}}},
        {"message": {"chat": CHAT, "text": f"{MARKER}\ud83d"}},
    ],
)
def test_a_broken_update_is_malformed_and_its_error_quotes_nobody(update):
    with pytest.raises(MalformedError) as caught:
        event_of(raw_of({"update_id": 1, **update}))
    assert MARKER not in str(caught.value)
    assert caught.value.__suppress_context__


def test_what_is_no_json_is_malformed():
    with pytest.raises(MalformedError):
        event_of(f"{{{MARKER}")


@given(st.dictionaries(st.sampled_from(["message", "callback_query", "edited_message"]), PLAIN))
def test_whatever_comes_has_an_address_and_is_kept_as_text(update):
    assert address_of(update) == NOWHERE or int(address_of(update))
    assert raw_of(update).encode()
    assert query_of(update) is None or query_of(update)
    with suppress(MalformedError):
        event_of(raw_of(update))


@pytest.mark.parametrize(
    ("update", "address"),
    [
        ({"message": {"chat": {"id": 5}, "text": 3}}, "5"),
        ({"edited_message": {"chat": {"id": 5}}}, "5"),
        ({"callback_query": {"message": {"chat": {"id": -100}}}}, "-100"),
        ({"callback_query": {"id": "1"}}, NOWHERE),
        ({"message": {"chat": {"id": "5"}}}, NOWHERE),
        ({"message": {"chat": {"id": True}}}, NOWHERE),
        ({"message": None}, NOWHERE),
        ({"channel_post": {"chat": {"id": 5}}}, NOWHERE),
    ],
)
def test_the_address_is_the_chat(update, address):
    assert address_of(update) == address


@pytest.mark.parametrize("update", [None, 3, [], {}, {"update_id": "3"}, {"update_id": True}])
def test_what_has_no_id_has_no_key(update):
    assert key_of(update) is None


def test_half_a_character_can_be_stored():
    raw = raw_of({"message": {"chat": CHAT, "text": "а\ud83d"}})
    assert raw.isascii()
    assert "\\ud83d" in raw


def test_names_and_numbers_that_nobody_asked_for_are_not_kept():
    for row in ROWS:
        raw = raw_of(row["update"])
        assert "Мария" not in raw
        assert "+359" not in raw
        assert "posoka_bot" not in raw.replace("@posoka_bot", "")
