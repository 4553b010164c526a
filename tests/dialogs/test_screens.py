"""Every screen: its ways on, and its size with all the data there is."""

import datetime as dt
import random

import pytest
from talk import LIMIT

from dialogs.flows import measures
from dialogs.model import HOME, Conversation, ScreenRef
from dialogs.respond import SCREENS
from dialogs.turn import Context, Turn
from knowledge.facts import Fact
from knowledge.loading import load

KNOWLEDGE = load()
SUBJECTS = {
    "question": "age",
    "joint": "registration",
    "any_of": "own_business,served_sentence,protection_status;",
    "consent": "disability_percent",
    "card": "eures",
    "employer_card": "znz-46-internship",
    "hire": "disability",
    "confirm_place": "typed,12259",
    "namesakes": "12259,68134",
    "told": '{"facts": {"age": 57, "settlement": "12259"}, "text": ""}',
    "found": "eures,job-fairs,znz-63-training",
    "cv_question": "name",
}
WAYS = {"back", "go:menu", "go:librarian"}
WITHOUT = {
    "home": {"back"},
    "menu": {"go:menu"},
    "librarian": {"go:librarian"},
    "case_question": {"go:librarian"},
    "case_card": {"go:librarian"},
    "case_chat": {"back"},
    "help_lines": {"back", "go:menu"},
    "hidden": {"go:librarian", "go:menu"},
}
"""Where a way would lead to the very screen, or where another button is that way."""
ANSWERED = {"audience": "self", "working": "no", "age": 57, "settlement": "12259"}


@pytest.mark.parametrize("name", sorted(SCREENS))
@pytest.mark.parametrize("answers", [{}, ANSWERED], ids=["new", "answered"])
def test_every_screen_has_its_ways(context: Context, name: str, answers: dict[str, object]) -> None:
    screens = (HOME, ScreenRef(name=name, about=SUBJECTS.get(name, "")))
    turn = Turn(Conversation(answers=answers, screens=screens), context)
    actions = {button.action for button in SCREENS[name].show(turn).buttons}
    assert WAYS - actions <= WITHOUT.get(name, set())


def some_value(fact: Fact, chance: random.Random) -> object:
    match fact.kind:
        case "bool":
            return chance.random() < 0.5
        case "choice":
            return chance.choice([choice.value for choice in fact.choices])
        case "whole":
            return chance.randint(*(fact.bounds or (0, 0)))
        case "date":
            return (dt.date(2026, 11, 23) - dt.timedelta(chance.randint(0, 1500))).isoformat()
        case _:
            return chance.choice(["68134", "12259"])


def profiles(count: int) -> list[dict[str, object]]:
    """Return answers of many people, from nothing known to all known."""
    chance = random.Random(1)  # noqa: S311
    return [
        {f.id: some_value(f, chance) for f in KNOWLEDGE.facts if chance.random() < n / count}
        for n in range(count)
    ]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_results_and_cards_fit_a_message(context: Context, language: str) -> None:
    seen = [ScreenRef(name="results"), *(ScreenRef(name="not_now", about=str(n)) for n in range(4))]
    cards = [ScreenRef(name="card", about=measure) for measure in KNOWLEDGE.measures]
    for number, answers in enumerate(profiles(120)):
        for screen in [*seen, *(cards if number % 10 == 0 else ())]:
            said = Conversation(language=language, answers=answers, screens=(HOME, screen))
            shown = SCREENS[screen.name].show(Turn(said, context))
            assert 0 < len(shown.text) <= LIMIT, screen
            # A measure's titles, reasons and steps are there in this language too.
            assert "None" not in shown.text


def test_not_now_has_all_its_pages(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "PAGE", 200)
    answers = {"audience": "self", "working": "yes", "age": 40, "disability_percent": 0}
    answers |= {"youngest_child_age": "none", "protection_status": False}
    refused, page = [], 0
    while True:
        screens = (HOME, ScreenRef(name="not_now", about=str(page)))
        shown = SCREENS["not_now"].show(
            Turn(Conversation(answers=answers, screens=screens), context)
        )
        refused += [b.action for b in shown.buttons if b.action.startswith("card:")]
        if not any(b.action == f"not-now:{page + 1}" for b in shown.buttons):
            break
        page += 1
    turn = Turn(Conversation(answers=answers), context)
    assert page > 0
    assert len(refused) == len(set(refused)) == sum(v.word == "no" for v in turn.verdicts())


def test_every_possible_action_fits_a_button() -> None:
    most = 999_999
    actions = [f"card:{measure}" for measure in KNOWLEDGE.measures]
    for fact in KNOWLEDGE.facts:
        actions += [f"a:{fact.id}:{c.value}" for c in fact.choices]
        actions += [f"a:{fact.id}:none", f"pick:{fact.id}", f"turn:{fact.id}"]
    assert max(len(f"{most}.{action}".encode()) for action in actions) <= 64


def test_texts_of_the_places_fit_a_message(context: Context) -> None:
    chance = random.Random(2)  # noqa: S311
    codes = chance.sample([s.ekatte for s in KNOWLEDGE.gazetteer.settlements], 200)
    for code in codes:
        for name in ("places", "librarian"):
            said = Conversation(answers={"settlement": code}, screens=(HOME, ScreenRef(name=name)))
            assert len(SCREENS[name].show(Turn(said, context)).text) <= LIMIT
