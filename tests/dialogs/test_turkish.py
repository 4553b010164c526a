"""Turkish as people type it: endings, one i for the other, and no fact from what only looks so."""

import datetime as dt

import pytest
import utterances
from utterances import Utterance

from dialogs.free_text.telling import told
from dialogs.free_text.values import Reading
from dialogs.phrases import load_phrases
from knowledge.base import KnowledgeBase

TODAY = dt.date(2026, 11, 26)
EVERY = utterances.load("utterances_tr")
VRATSA = "12259"


@pytest.fixture(scope="module")
def turkish(knowledge: KnowledgeBase) -> Reading:
    return Reading("tr", TODAY, knowledge.gazetteer)


@pytest.mark.parametrize("one", [u for u in EVERY if u.kind == "facts"], ids=lambda u: u.text)
def test_what_is_told_is_understood_and_nothing_more(one: Utterance, turkish: Reading) -> None:
    facts = told(one.text, turkish, asked=one.asked).facts
    assert set(facts) == set(one.facts)
    for fact, value in one.facts.items():
        assert utterances.same(fact, value, facts[fact]), fact


@pytest.mark.parametrize("one", [u for u in EVERY if u.kind == "distress"], ids=lambda u: u.text)
def test_a_cry_is_heard(one: Utterance) -> None:
    heard = load_phrases("tr", "distress").heard_in(one.text)
    assert heard == (str(one.intent).removeprefix("distress_"),)


@pytest.mark.parametrize(
    "text",
    [
        "Vratsa'da yaşıyorum",
        "vratsada yasiyorum",
        "Vratsa şehrinde oturuyorum",
        "Vratsalıyım",
        "vratsaliyim",
        "Vratsa'danım",
    ],
)
def test_a_town_is_known_under_its_endings(text: str, turkish: Reading) -> None:
    assert told(text, turkish).facts == {"settlement": VRATSA}


@pytest.mark.parametrize(
    "text",
    [
        "Vratsa'da çalıştım",
        "Vratsa'da yaşamıyorum",
        "burada yaşıyorum",
        "işsiz kalırsam ne olur",
        "işsiz değilim",
        "fabrikada çalışıyordum",
        "iş aramaya çalışıyorum",
        "kursa kayıt oldum",
        "50 yaşın üstündeyim",
        "firmam kapandı",
    ],
)
def test_what_only_looks_like_a_fact_is_none(text: str, turkish: Reading) -> None:
    assert not told(text, turkish).facts


@pytest.mark.parametrize(
    "text",
    [
        "köyde yaşamak istemiyorum",
        "beni işten attılar",
        "işten çıkarmakla tehdit ediyorlar",
        "ekmek fabrikasında çalışıyordum",
        "doktor olmak istiyorum",
        "evim var ama işim yok",
        "ondan kaç para alırım",
        "8 aylık bebeğim var",
        "kapıyı aç",
    ],
)
def test_everyday_words_are_no_cry(text: str) -> None:
    assert load_phrases("tr", "distress").heard_in(text) == ()


@pytest.mark.parametrize(
    ("text", "age"), [("on sekiz yaşındayım", 18), ("elli yedi yaşındayım", 57), ("yaşım 40", 40)]
)
def test_numbers_in_two_words_are_one(text: str, age: int, turkish: Reading) -> None:
    assert told(text, turkish).facts == {"age": age}


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ("İş bürosuna gidin, kaydolun", {"bureau", "znz-18-registration"}),
        ("Yasaya göre yol parasını öderler", {"source", "znz-42-2-commute"}),
        ("Engelliler için bir program var", {"np-disability-employment"}),
        ("Buna hakkınız var", {"promise"}),
        ("Size göre bir iş bulunur", set()),
    ],
)
def test_a_practice_hears_what_a_librarian_names(answer: str, named: set[str]) -> None:
    assert set(load_phrases("tr", "practice").heard_in(answer)) == named
