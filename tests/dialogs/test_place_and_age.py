"""Place and age in one breath: „Роман, 57“, in any order, in words, or only one of the two."""

import pytest
from talk import Talk

ROMAN, VRATSA = "62997", "12259"


@pytest.fixture
def asked(talk: Talk) -> Talk:
    return talk.presses("За мен", "Без работа", "Преди над 3 години").shows(
        "и на колко сте години?"
    )


@pytest.mark.parametrize(
    ("typed", "place", "age"),
    [
        ("Роман, 57", ROMAN, 57),
        ("57 Роман", ROMAN, 57),
        ("гр. Роман на 57 години", ROMAN, 57),
        ("петдесет и седем, Роман", ROMAN, 57),
        ("от Роман съм, на 57", ROMAN, 57),
        ("Роман", ROMAN, None),
        ("Роман 200", ROMAN, None),
        ("57", None, 57),
        ("Враца 3000", VRATSA, None),
        ("Враца, 22 и съм без работа", VRATSA, None),
        ("Враца, 22, без работа", VRATSA, 22),
        ("12", None, None),
    ],
)
def test_what_is_said_of_both_is_kept_and_nothing_else(
    asked: Talk, typed: str, place: str | None, age: int | None
) -> None:
    asked.says(typed)
    kept = {name: asked.answers.get(name) for name in ("settlement", "age")}
    assert kept == {"settlement": place, "age": age}


def test_the_age_alone_leaves_the_place_to_ask_for(asked: Talk) -> None:
    asked.says("57").shows("Възраст: 57.", "В кой град или село").hides("на колко сте години")


def test_a_code_is_asked_back_and_the_age_beside_it_stays(asked: Talk) -> None:
    asked.says("22, 3000").shows("Пощенски код за гр. Враца").presses("Да, там")
    assert (asked.answers["settlement"], asked.answers["age"]) == (VRATSA, 22)


def test_an_age_that_is_known_is_not_asked_for_again(talk: Talk) -> None:
    talk.says("на 57 съм, без работа").presses("Да, така е", "Преди над 3 години")
    talk.shows("В кой град или село").hides("на колко сте години")
