"""The gap report: nobody can be found in it, whoever counts and compares."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.gaps import Cell, K, Row, grouped, seen_from

PROVINCE_OF = {"A1": "А", "A2": "А", "A3": "А", "B1": "Б", "B2": "Б", "C1": "В"}
MONTH = st.dictionaries(
    st.tuples(
        st.sampled_from(["training", "housing"]), st.sampled_from([*PROVINCE_OF, "", "ZZ99"])
    ),
    st.integers(0, 14),
).map(lambda counts: [Cell(*where, n) for where, n in sorted(counts.items())])


def report(*counted: tuple[str, int]) -> list[tuple[str, int, bool]]:
    rows = grouped([Cell("housing", place, n) for place, n in counted], PROVINCE_OF)
    return [(row.place or row.level, row.n, row.rest) for row in rows]


def behind(row: Row, cells: list[Cell], rows: tuple[Row, ...]) -> int:
    """How many people truly stand in a row, from the data alone."""
    own = [c for c in cells if c.topic == row.topic]
    shown = {r.place for r in rows if r.topic == row.topic and r.level != "country"}
    match row.level:
        case "municipality":
            return sum(c.n for c in own if c.municipality == row.place)
        case "province":
            inside = {m for m, province in PROVINCE_OF.items() if province == row.place}
            return sum(c.n for c in own if c.municipality in inside - shown)
        case "country":
            return sum(
                c.n
                for c in own
                if c.municipality not in shown and PROVINCE_OF.get(c.municipality) not in shown
            )


@given(MONTH)
def test_no_group_below_five_is_ever_shown(cells: list[Cell]):
    rows = grouped(cells, PROVINCE_OF)
    for row in rows:
        assert behind(row, cells, rows) >= K


@given(MONTH)
def test_totals_never_exceed_the_truth_and_only_fewer_than_five_are_left_out(cells: list[Cell]):
    rows = grouped(cells, PROVINCE_OF)
    for topic in {cell.topic for cell in cells}:
        own = [row for row in rows if row.topic == topic]
        true = sum(cell.n for cell in cells if cell.topic == topic)
        assert sum(row.n for row in own) <= true
        # Each person stands in one row at most; who stands in none was with fewer than four others.
        assert true - sum(behind(row, cells, rows) for row in own) in range(K)


@given(MONTH)
def test_a_row_says_a_multiple_of_five(cells: list[Cell]):
    rows = grouped(cells, PROVINCE_OF)
    for row in rows:
        assert row.n >= K
        assert row.n % K == 0
        assert behind(row, cells, rows) - row.n in range(K)


@given(MONTH)
def test_no_single_case_is_had_by_taking_one_set_of_rows_from_another(cells: list[Cell]):
    """Whatever is added up and subtracted is whole rows: nobody, or five and more."""
    rows = grouped(cells, PROVINCE_OF)
    sizes = [behind(row, cells, rows) for row in rows]
    for many in range(1, len(sizes) + 1):
        for some in combinations(sizes, many):
            assert sum(some) >= K


@given(MONTH, st.sampled_from([*PROVINCE_OF, ""]))
def test_one_person_more_changes_no_number_by_less_than_five(cells: list[Cell], place: str):
    more = [*cells, Cell("training", place, 1)]
    before = {(r.topic, r.level, r.place): r.n for r in grouped(cells, PROVINCE_OF)}
    after = {(r.topic, r.level, r.place): r.n for r in grouped(more, PROVINCE_OF)}
    for key in before.keys() | after.keys():
        assert abs(after.get(key, 0) - before.get(key, 0)) % K == 0


@given(MONTH)
def test_a_library_sees_rows_of_its_province_and_nothing_that_others_do_not_see(
    cells: list[Cell],
):
    rows = grouped(cells, PROVINCE_OF)
    own = seen_from(rows, "А", PROVINCE_OF)
    assert set(own) <= set(rows)
    assert {r.place for r in own} <= {"A1", "A2", "A3", "А", ""}
    assert {r for r in rows if r.level == "country"} <= set(own)


@given(MONTH, st.randoms(use_true_random=False))
def test_the_order_of_counting_does_not_show(cells: list[Cell], random):  # type: ignore[no-untyped-def]
    mixed = list(cells)
    random.shuffle(mixed)
    assert grouped(mixed, PROVINCE_OF) == grouped(cells, PROVINCE_OF)


@pytest.mark.parametrize(
    ("counted", "rows"),
    [
        ([("A1", 5)], [("A1", 5, False)]),
        ([("A1", 9)], [("A1", 5, False)]),
        ([("A1", 4)], []),
        ([("A1", 3), ("A2", 2)], [("А", 5, False)]),
        ([("A1", 7), ("A2", 3), ("A3", 2)], [("A1", 5, False), ("А", 5, True)]),
        ([("A1", 7), ("A2", 4)], [("A1", 5, False)]),
        ([("A1", 4), ("B1", 4)], [("country", 5, False)]),
        ([("A1", 12), ("", 6), ("B1", 1)], [("A1", 10, False), ("country", 5, True)]),
        ([("ZZ99", 6)], [("country", 5, False)]),
        ([("A1", 0)], []),
    ],
)
def test_small_groups_go_to_the_next_larger_place(
    counted: list[tuple[str, int]], rows: list[tuple[str, int, bool]]
):
    assert report(*counted) == rows
