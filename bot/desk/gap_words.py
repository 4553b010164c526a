"""The gap report in words: where people asked from, what about, how many at least."""

from functools import cache

from bot.desk.gaps import Row
from dialogs.texts import Texts
from knowledge.gazetteer import Gazetteer


@cache
def provinces_of(gazetteer: Gazetteer) -> dict[str, str]:
    """Return the province of each municipality, by its code."""
    return {place.municipality_code: place.province for place in gazetteer.settlements}


@cache
def municipalities_of(gazetteer: Gazetteer) -> dict[str, str]:
    """Return the name of each municipality, by its code."""
    return {place.municipality_code: place.municipality for place in gazetteer.settlements}


def topic(row: Row, t: Texts) -> str:
    """Return what the questions were about; a topic of another version by its id."""
    name = f"desk-gap-topic-{row.topic}"
    return t(name) if name in t else row.topic


def place(row: Row, t: Texts, gazetteer: Gazetteer) -> str:
    """Return where the people asked from."""
    rest = "yes" if row.rest else "no"
    match row.level:
        case "municipality":
            name = municipalities_of(gazetteer)[row.place]
            return t("desk-gap-municipality", name=name)
        case "province":
            return t("desk-gap-province", name=row.place, rest=rest)
        case "country":
            return t("desk-gap-country", rest=rest)


def number(row: Row, t: Texts) -> str:
    """Return how many people asked at least."""
    return t("desk-gap-at-least", n=row.n)
