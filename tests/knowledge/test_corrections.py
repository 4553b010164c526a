"""Corrections: one changes one field, a bad one nothing, and the editors get them back whole."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.__main__ import main
from knowledge.base import KnowledgeBase
from knowledge.corrections import (
    CHOICES,
    FIELDS,
    IN_TWO_LANGUAGES,
    KINDS,
    OLDEST,
    Correction,
    entry,
    faults,
    overtaken,
    shown,
    tidied,
)
from knowledge.directory_search import search
from knowledge.errors import DataError
from knowledge.field_sources import FieldSource, cell_of, entries_in, with_source, without
from knowledge.loading import DATA, load
from knowledge.loading.correcting import CorrectedData, changes_of, sheets_of
from knowledge.loading.everything import load_anew
from knowledge.loading.trying import write
from knowledge.measure_sheets import CellError

TODAY = dt.date(2026, 11, 26)
LIBRARY, BUREAU, MEASURE = "lib-vratsa-reg", "dbt-vratsa", "znz-36-disadvantaged"
ROWS = {"libraries": LIBRARY, "bureaus": BUREAU, "measures": MEASURE}
GOOD = {
    "name": "Ново име",
    "address_1": "ул. „Нова“ 2",
    "postal_code": "3001",
    "phone": "092 111 222",
    "email": "a@example.bg",
    "url": "https://example.bg/",
    "opening_hours": "Mo-Fr 10:00-16:00",
    "opening_hours_note": "През лятото се питайте.",
    "services": "читателски компютри",
    "point": "43.21, 23.56",
    "library_confirmed": "likely",
    "title": "Друго заглавие",
    "summary": "Друго накратко.",
    "gives": "Дава друго.",
    "steps": "Първо това.\nПосле онова.",
    "documents": "Лична карта",
    "legal_basis": "ЗНЗ, чл. 36",
    "status": "unclear",
    "as_of": "2026-01-01",
    "valid_from": "2026-01-01",
    "valid_to": "2027-12-31",
    "amounts": "benefit_daily_min",
    "sources": "znz-2024",
}
BAD = (
    ("libraries", "phone", "на входа"),
    ("libraries", "email", "a@"),
    ("libraries", "url", "example.bg"),
    ("libraries", "opening_hours", "както дойде"),
    ("libraries", "point", "99.1, 23.5"),
    ("measures", "valid_to", "скоро"),
    ("measures", "amounts", "no-such-sum"),
    ("measures", "sources", "no-such-source"),
)
EVERY_FIELD = [(kind, field) for kind in KINDS for field in FIELDS[kind]]


@pytest.fixture(scope="module")
def shipped() -> dict[tuple[str, str, str], str]:
    return everything(load())


def correction(kind: str, field: str, value: str, **other: object) -> Correction:
    made = Correction(kind, ROWS[kind], field, value, "https://example.bg/a", TODAY)
    return replace(made, **other)


@pytest.fixture(scope="module")
def data() -> Iterator[CorrectedData]:
    made = CorrectedData(DATA)
    yield made
    made.close()


def everything(base: KnowledgeBase) -> dict[tuple[str, str, str], str]:
    """Every fact of every place and measure, by itself."""
    entries = {
        "libraries": {e.id: e for e in base.directory.libraries},
        "bureaus": {e.id: e for e in base.directory.bureaus},
        "measures": base.measures,
    }
    return {
        (kind, row, name): repr(value)
        for kind, rows in entries.items()
        for row, model in rows.items()
        for name, value in model
    }


def attributes(field: str) -> set[str]:
    own = {"point": {"latitude", "longitude", "coordinate_kind"}, "opening_hours": {"hours"}}
    return own.get(field, {field})


@pytest.mark.parametrize(("kind", "field"), EVERY_FIELD)
def test_a_correction_changes_exactly_its_field_and_is_said_by_its_source(
    data, shipped, kind, field
):
    one = correction(kind, field, GOOD[field])
    assert faults(one, load(), TODAY) == ()
    base, row = data.load([one]), ROWS[kind]
    before, after = shipped, everything(base)
    changed = {key for key in before if before[key] != after[key]}
    allowed = {(kind, row, name) for name in attributes(field)}
    assert changed <= allowed | {(kind, row, "field_sources")}
    assert changed & allowed
    assert before.keys() == after.keys()
    now = shown(base, kind, row, field)
    assert (now.value, now.sources) == (GOOD[field], ("https://example.bg/a",))
    assert (now.checked_on, now.by_itself) == (TODAY, True)
    # What the rest is said by stays; of a measure it is what the corrected field is about.
    others = [other for other in FIELDS[kind] if field not in (other, "sources")]
    for other in others:
        assert shown(base, kind, row, other) == shown(load(), kind, row, other)


@pytest.mark.parametrize(("kind", "field", "value"), BAD)
def test_a_bad_value_is_refused_by_the_loader_and_changes_nothing(data, kind, field, value):
    before = everything(data.load([]))
    with pytest.raises((DataError, CellError)) as error:
        data.load([correction(kind, field, value)])
    name = {"point": "latitude"}.get(field, field)
    assert name in str(error.value)
    assert everything(data.load([])) == before


def test_a_text_without_english_shows_no_old_english(data):
    base = data.load([correction("measures", "gives", "Дава друго нещо.")])
    assert base.measures[MEASURE].gives.en == "Дава друго нещо."
    assert "Дава друго нещо." in base.bulgarian_only("en")
    both = correction("measures", "gives", "Дава друго нещо.", english="It gives another thing.")
    base = data.load([both])
    assert base.measures[MEASURE].gives.en == "It gives another thing."
    assert "Дава друго нещо." not in base.bulgarian_only("en")


def test_corrections_of_several_fields_and_rows_hold_together(data):
    several = [correction(kind, field, GOOD[field]) for kind, field in EVERY_FIELD[:30]]
    base = data.load(several)
    for one in several:
        assert shown(base, one.kind, one.row, one.field).value == one.value
    later = correction("libraries", "phone", "092 999 999")
    assert shown(data.load([*several, later]), "libraries", LIBRARY, "phone").value == later.value


def test_a_copy_is_as_shipped_again_without_the_correction(data):
    data.load(
        [correction("libraries", "phone", "092 1 2 3 4"), correction("measures", "gives", "А")]
    )
    copy = data.put_in([])
    for file in DATA.rglob("*"):
        if file.is_file():
            assert (copy / file.relative_to(DATA)).read_bytes() == file.read_bytes()


# -- back to the editors ---------------------------------------------------------------------------


def test_what_is_exported_and_imported_is_the_same_knowledge(data, tmp_path, capsys):
    several = [
        correction("libraries", "phone", "092 111 222"),
        correction("libraries", "opening_hours", "Mo-Fr 10:00-16:00", row="lib-vratsa-dabnika"),
        correction("bureaus", "address_1", "ул. „Нова“ 2", source="служител по телефона"),
        correction("measures", "steps", "Първо.\nПосле."),
        correction("measures", "valid_to", "2027-01-31", row="eures"),
        correction("libraries", "remark", "Затворено е"),
    ]
    wanted = everything(data.load(several))
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    for name, table in sheets_of(DATA, several).items():
        (tmp_path / name).write_bytes(table)
        what = "measures" if name == "measures.csv" else "places"
        on = ["--on", TODAY.isoformat()]
        assert (
            main(["--data", str(folder), "import", what, str(tmp_path / name), "--write", *on]) == 0
        )
    assert "written" in capsys.readouterr().out
    assert everything(load_anew(folder)) == wanted
    # Written into a copy directly it is the same, too.
    other = tmp_path / "other"
    shutil.copytree(DATA, other)
    write(other, changes_of(other, several))
    assert everything(load_anew(other)) == wanted
    # Files that say so themselves need the corrections no longer.
    shipped = load_anew(folder)
    assert all(overtaken(one, TODAY, shipped) for one in several if not one.is_remark)


def test_a_new_telephone_by_spreadsheet_is_not_said_by_who_said_the_old_one(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    two = [
        correction("libraries", "phone", "092 111 222"),
        correction("libraries", "email", "a@b.bg"),
    ]
    write(folder, changes_of(folder, two))
    sheet = tmp_path / "libraries.csv"
    sheet.write_text(f"id;phone\n{LIBRARY};'092 333 444\n", encoding="utf-8")
    assert main(["--data", str(folder), "import", "places", str(sheet), "--write"]) == 0
    library = load_anew(folder).directory.library(LIBRARY)
    assert library.phone == "092 333 444"
    assert [said.field for said in library.field_sources] == ["email"]


# -- whether it still holds ------------------------------------------------------------------------


def test_it_holds_until_the_files_say_it_or_were_checked_anew(data):
    one = correction("libraries", "phone", "092 111 222")
    stood = load().directory.verified_on
    assert not overtaken(one, stood, load())
    # An older check of a thing that was already checked later is not lost at once.
    assert not overtaken(replace(one, checked_on=stood - dt.timedelta(days=30)), stood, load())
    assert overtaken(one, stood, data.load([one]))
    later = replace(one, value="092 777", checked_on=TODAY + dt.timedelta(days=1))
    assert overtaken(one, stood, data.load([later]))
    assert overtaken(replace(one, row="lib-gone"), stood, load())


# -- what is wrong with it -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"checked_on": TODAY + dt.timedelta(days=1)}, "correction-day-future"),
        ({"checked_on": TODAY - OLDEST - dt.timedelta(days=1)}, "correction-day-old"),
        ({"checked_on": None}, "correction-day-missing"),
        ({"source": "  "}, "correction-source-missing"),
        ({"source": "???"}, "correction-source-missing"),
        ({"source": "https://libvratsa"}, "correction-source-address"),
        ({"source": "ж" * 301}, "correction-source-long"),
        ({"source": "от тях | и от нас"}, "correction-source-long"),
        ({"value": "1" * 2001}, "correction-value-long"),
        ({"field": "name", "value": ""}, "correction-value-missing"),
        ({"field": "point", "value": "там"}, "correction-bad-point"),
        ({"field": "library_confirmed", "value": "maybe"}, "correction-no-such"),
        ({"field": "who", "value": "{rule: up_to_29}"}, "correction-no-such"),
        ({"kind": "measures", "row": MEASURE, "field": "who"}, "correction-no-such"),
        ({"row": "lib-nowhere"}, "correction-no-such"),
        ({"note": "ж" * 501}, "correction-note-long"),
    ],
)
def test_what_is_wrong_is_said_before_the_files_are_tried(change, name):
    one = replace(correction("libraries", "phone", "092 111 222"), **change)
    assert name in [fault for fault, _ in faults(tidied(one), load(), TODAY)]


@pytest.mark.parametrize("days", [0, 1, 365])
def test_a_check_of_this_year_is_taken(days):
    day = TODAY - dt.timedelta(days=days)
    assert (
        faults(correction("libraries", "phone", "092 1 2 3 4", checked_on=day), load(), TODAY) == ()
    )


def test_the_same_value_checked_later_is_a_correction_of_its_day(data):
    now = shown(load(), "libraries", LIBRARY, "phone")
    later = correction("libraries", "phone", now.value)
    assert faults(later, load(), TODAY) == ()
    assert shown(data.load([later]), "libraries", LIBRARY, "phone").checked_on == TODAY
    same_day = replace(later, checked_on=now.checked_on)
    assert [fault for fault, _ in faults(same_day, load(), TODAY)] == ["correction-same"]


@given(st.sampled_from(EVERY_FIELD), st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_whatever_is_typed_is_judged_and_tidying_twice_is_tidying_once(named, value, source):
    kind, field = named
    one = tidied(correction(kind, field, value, source=source))
    assert tidied(one) == one
    assert isinstance(faults(one, load(), TODAY), tuple)


@given(st.sampled_from(EVERY_FIELD), st.text(max_size=30))
@settings(max_examples=20, deadline=None)
def test_what_passes_is_put_in_or_refused_in_words(named, value):
    kind, field = named
    one = tidied(correction(kind, field, value))
    if faults(one, load(), TODAY):
        return
    try:
        changes = changes_of(DATA, [one])
    except (DataError, CellError):
        changes = {}
    assert all(str(name).startswith(("places", "measures")) for name in changes)


# -- who says a field ------------------------------------------------------------------------------

SOURCES = (
    st.text(min_size=1, max_size=30)
    .map(lambda t: " ".join(t.split()))
    .filter(lambda t: t.isprintable() and t)
)
SAID = st.builds(
    lambda field, day, source: FieldSource(field=field, checked_on=day, source=source),
    st.sampled_from(("phone", "email", "name")),
    st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)),
    SOURCES,
)


@given(st.lists(SAID, max_size=3, unique_by=lambda said: said.field), SAID)
def test_a_cell_says_each_field_once_and_is_read_as_it_was_written(entries, one):
    cell = with_source(cell_of(entries), one)
    read = {e["field"]: (e["checked_on"], e["source"]) for e in entries_in(cell)}
    wanted = {e.field: (e.checked_on.isoformat(), e.source) for e in (*entries, one)}
    assert read == wanted
    assert one.field not in [e["field"] for e in entries_in(without(cell, (one.field,)))]


# -- finding ---------------------------------------------------------------------------------------


def test_a_town_leads_to_its_bureau_and_its_regional_library_first():
    assert {hit.row for hit in search(load(), "Враца")[:2]} == {BUREAU, LIBRARY}
    assert [hit.row for hit in search(load(), "бюро мездра")] == ["dbt-mezdra"]
    assert [hit.row for hit in search(load(), MEASURE)] == [MEASURE]
    assert search(load(), "няма такова място никъде") == search(load(), "  ") == ()


def test_every_entry_is_found_by_its_id():
    for kind, row in ROWS.items():
        (hit,) = search(load(), row)
        assert (hit.kind, hit.row) == (kind, row)
        assert entry(load(), kind, row)


def test_every_field_has_an_example_here():
    assert {field for _, field in EVERY_FIELD} == GOOD.keys()
    assert set(CHOICES) <= GOOD.keys()
    assert GOOD.keys() >= IN_TWO_LANGUAGES


def test_the_folder_of_data_is_left_as_it_is():
    assert not (Path(DATA) / "places" / "libraries.csv.new").exists()
    assert "field_sources" not in (DATA / "places" / "libraries.csv").read_text(encoding="utf-8")
