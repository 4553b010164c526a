"""Most wanted of such talks: a new release finds people in the middle, and nobody notices.

`data/stored` holds talks as each release kept them, with the buttons that people still see.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from talk import Talk

from dialogs.model import HOME, Conversation, Pressed, ScreenRef
from dialogs.turn import Context

STORED = Path(__file__).parents[1] / "data" / "stored"
TALKS = {
    f"{file.stem}:{name}": talk
    for file in sorted(STORED.glob("*.json"))
    for name, talk in json.loads(file.read_text(encoding="utf-8"))["talks"].items()
}
KEPT = ("language", "consents", "case")
"""What no release may lose, besides the answers."""


class Reader(Talk):
    """A person whose talk was kept by another release; beside a librarian the bot is silent."""

    def __init__(self, context: Context, stored: dict[str, Any]) -> None:
        super().__init__(context, Conversation.model_validate_json(json.dumps(stored)))

    def _is_sound(self) -> None:
        if self.step.messages or self.step.notice:
            super()._is_sound()


def shape(talk: Conversation, name: str) -> object:
    value = talk.model_dump(mode="json")[name]
    return value["number"] if name == "case" and value else value


def test_there_are_talks_of_many_releases() -> None:
    assert len(TALKS) >= 10
    assert len({tuple(talk["state"]) for talk in TALKS.values()}) >= 5, "the formats differ"


@pytest.mark.parametrize("name", TALKS)
def test_a_talk_of_an_older_release_goes_on_where_it_was(context: Context, name: str) -> None:
    stored = TALKS[name]["state"]
    talk = Reader(context, stored)
    screen = talk.conversation.screen
    talk.says("меню").shows("Меню").presses("← Назад")
    assert talk.conversation.screen == screen
    assert talk.answers == stored["answers"]
    assert (talk.conversation.case is None) == (stored.get("case") is None)
    talk.says("/results").shows("Ето какво намерих")


@pytest.mark.parametrize("name", TALKS)
def test_every_button_of_an_older_release_gets_a_word_and_loses_nothing(
    context: Context, name: str
) -> None:
    stored = TALKS[name]["state"]
    for data in TALKS[name]["buttons"]:
        serial, _, action = data.partition(".")
        talk = Reader(context, stored).does(Pressed(serial=int(serial), action=action))
        assert talk.step.messages or talk.step.notice, data
        if action == "end-case":
            continue
        # What was answered stays; a button of the open question may add its answer.
        assert stored["answers"].items() <= talk.answers.items(), data
        for kept in KEPT:
            if not action.startswith("lang:"):
                assert shape(talk.conversation, kept) == shape(
                    Reader(context, stored).conversation, kept
                )


@pytest.mark.parametrize("name", TALKS)
def test_a_button_and_a_screen_of_a_newer_release_lead_to_a_word_and_home(
    context: Context, name: str
) -> None:
    """As after going back to an older release."""
    stored = TALKS[name]["state"]
    newer = {**stored, "screens": [{"name": "hologram", "about": "x"}]}
    talk = Reader(context, newer)
    talk.does(Pressed(serial=0, action="teleport:42")).shows("Този бутон е стар.")
    assert talk.conversation.screens == (HOME,)
    assert talk.answers == stored["answers"]
    talk.shows("Докъде стигнахме:")


@pytest.mark.parametrize("name", TALKS)
def test_a_screen_that_is_gone_gives_way_to_the_one_below_it(context: Context, name: str) -> None:
    stored = TALKS[name]["state"]
    below = {"name": "menu", "about": ""}
    newer = {**stored, "screens": [below, {"name": "hologram", "about": "x"}]}
    talk = Reader(context, newer).says("абракадабра")
    assert talk.conversation.screens[0] == ScreenRef(name="menu")
    assert talk.answers == stored["answers"]


@pytest.mark.parametrize("name", TALKS)
def test_an_answer_of_a_newer_release_is_kept_and_does_not_count(
    context: Context, name: str
) -> None:
    stored = TALKS[name]["state"]
    newer = {**stored, "answers": {**stored["answers"], "shoe_size": 43, "education": "wizardry"}}
    talk = Reader(context, newer).says("/results").shows("Ето какво намерих")
    assert talk.answers == newer["answers"]


@pytest.mark.parametrize("name", TALKS)
def test_a_stored_talk_is_the_same_after_it_was_read_and_written(name: str) -> None:
    once = Conversation.model_validate_json(json.dumps(TALKS[name]["state"]))
    assert Conversation.model_validate_json(once.model_dump_json()) == once
    for key, value in TALKS[name]["state"].items():
        if key not in ("case", "last_at"):
            assert once.model_dump(mode="json")[key] == value
