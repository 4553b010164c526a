"""What people asked and nobody could answer, grouped so that nobody can be found in it.

A report is about one month that is over, so that it never changes: whoever looks every day cannot
see a single person come in. Every person stands in at most one row of a topic. A municipality with
fewer than K people has no row: they go to the rest of its province, and where that has fewer than
K too, to the rest of the country; where even there are fewer than K, nothing is shown of them. No
row is a sum of others, so that nothing is to be had by taking one from another: what is left of
any two sets of rows is whole rows again.

Numbers are rounded down to fives. A librarian who knows most of the people of their own
municipality cannot tell from 6 instead of 5 that there was one more; and no two months differ by
less than five. The price is a total that is up to four too low in each row, never too high.

What is counted are people, each once in a topic and month, however often they ask. A person is
known by the talk: who writes from another channel or another browser is another one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

K = 5
"""The fewest people that are shown as a number."""
Level = Literal["municipality", "province", "country"]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many people of a municipality asked about a topic in a month; '' where not known."""

    topic: str
    municipality: str
    n: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report: `n` people, rounded down to fives."""

    topic: str
    level: Level
    place: str
    """The code of a municipality, the name of a province, '' for the country."""
    n: int
    rest: bool = False
    """Whether it is what is left beside rows of smaller places."""


def grouped(cells: Iterable[Cell], province_of: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the report on a month: by topic, the smaller places first, the country last."""
    by_topic: dict[str, dict[str, int]] = {}
    for cell in cells:
        if cell.n > 0:
            places = by_topic.setdefault(cell.topic, {})
            # A code that the places no longer have is of no known place.
            known = cell.municipality if cell.municipality in province_of else ""
            places[known] = places.get(known, 0) + cell.n
    return tuple(
        row for topic in sorted(by_topic) for row in _rows(topic, by_topic[topic], province_of)
    )


def seen_from(
    rows: Iterable[Row], province: str, province_of: Mapping[str, str]
) -> tuple[Row, ...]:
    """Return what a library of this province sees: its own rows and the country's, no others."""
    return tuple(
        row
        for row in rows
        if row.level == "country" or province in (row.place, province_of.get(row.place))
    )


def _rows(topic: str, places: Mapping[str, int], province_of: Mapping[str, str]) -> list[Row]:
    large, left = _apart(places)
    rows = [Row(topic, "municipality", place, _shown(n)) for place, n in sorted(large.items())]
    provinces: dict[str, int] = {}
    for place, n in left.items():
        province = province_of.get(place, "")
        provinces[province] = provinces.get(province, 0) + n
    with_rows = {province_of[place] for place in large}
    wide, rest = _apart(provinces)
    rows += [
        Row(topic, "province", province, _shown(n), rest=province in with_rows)
        for province, n in sorted(wide.items())
    ]
    remaining = sum(rest.values())
    if remaining >= K:
        rows.append(Row(topic, "country", "", _shown(remaining), rest=bool(rows)))
    return rows


def _apart(counts: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the known places with enough people to be shown, and all the others."""
    large = {place: n for place, n in counts.items() if place and n >= K}
    return large, {place: n for place, n in counts.items() if place not in large}


def _shown(n: int) -> int:
    return n // K * K
