"""Ukrainian as people type it: towns in their cases, Russian words between, what only looks so."""

import datetime as dt

import pytest
import utterances
from utterances import Utterance

from dialogs.free_text.telling import told
from dialogs.free_text.values import Reading
from knowledge.base import KnowledgeBase

TODAY = dt.date(2026, 11, 26)
EVERY = utterances.load("utterances_uk")


@pytest.fixture(scope="module")
def ukrainian(knowledge: KnowledgeBase) -> Reading:
    return Reading("uk", TODAY, knowledge.gazetteer)


@pytest.mark.parametrize(
    "one", [u for u in EVERY if u.kind in ("facts", "correction")], ids=lambda u: u.text
)
def test_what_is_told_is_understood_and_nothing_more(one: Utterance, ukrainian: Reading) -> None:
    facts = told(one.text, ukrainian, asked=one.asked).facts
    assert set(facts) == set(one.facts)
    for fact, value in one.facts.items():
        assert utterances.same(fact, value, facts[fact]), fact


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("живу у Враці", "12259"),
        ("живу у Враца", "12259"),
        ("мешкаю у Враці", "12259"),
        ("живу во Враце", "12259"),
        ("я з Враци", "12259"),
        ("переїхала у Врацу", "12259"),
        ("ми з Відіна", "10971"),
        ("живемо в Софії", "68134"),
        ("я з Софії", "68134"),
        ("проживаю в Старій Загорі", "68850"),
        ("живу у Велико-Тирново", "10447"),
        ("живу в Пловдиві", "56784"),
        ("живу в Бургасі", "07079"),
        ("я з Благоєвграда", "04279"),
        ("місто Монтана", "48489"),
        ("живу в Монтані", "48489"),
    ],
)
def test_a_town_is_known_in_its_cases(text: str, town: str, ukrainian: Reading) -> None:
    assert told(text, ukrainian).facts == {"settlement": town}


@pytest.mark.parametrize(
    "text",
    [
        "я з Києва",
        "я з Нікополя",
        "ми з Харкова",
        "я з Одеси",
        "живу з Романом",
        "живу у Романа",
        "працюю з романами",
        "жила у Враці",
        "народилася в Софії",
        "шукаю роботу у Варні",
        "не живу у Враці",
        "приїхала з Пловдива",
        "живу у квартирі",
        "живу в селі",
    ],
)
def test_what_only_looks_so_is_no_town(text: str, ukrainian: Reading) -> None:
    assert "settlement" not in told(text, ukrainian).facts
