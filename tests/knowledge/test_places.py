"""Which bureau is competent and which library is near, as far as it is known."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import DataError
from knowledge.gazetteer import Gazetteer, Settlement
from knowledge.loading.places import load_directory, load_gazetteer
from knowledge.places import Bureau, Directory, Library, Service

PLACES = Path(__file__).parents[2] / "knowledge" / "data" / "places"
GAZETTEER = load_gazetteer(PLACES)
DIRECTORY = load_directory(PLACES)
PILOT = ("Враца", "Монтана", "Видин")

settlements = st.sampled_from(GAZETTEER.settlements)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return DIRECTORY


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return GAZETTEER


def place(text: str) -> Settlement:
    found = GAZETTEER.match(text).only
    assert found is not None, text
    return found


# The competent bureau.


@pytest.mark.parametrize(
    ("typed", "bureau", "status"),
    [
        ("с. Баница, общ. Враца", "dbt-vratsa", "sourced"),
        ("Криводол", "dbt-vratsa", "sourced"),
        ("Роман", "dbt-mezdra", "sourced"),
        ("Вършец", "dbt-berkovitsa", "sourced"),
        ("Лом", "dbt-lom", "sourced"),
        ("Макреш", "dbt-kula", "sourced"),
        ("Ружинци", "dbt-belogradchik", "sourced"),
        ("Борован", "dbt-byala-slatina", "doubtful"),
        ("Чипровци", "dbt-montana", "doubtful"),
        ("Якимово", "dbt-montana", "doubtful"),
        ("Козлодуй", None, "unknown"),
        ("Хайредин", None, "unknown"),
        ("Вълчедръм", None, "unknown"),
        ("София", None, "unknown"),
    ],
)
def test_the_bureau_follows_the_municipality(directory, typed, bureau, status):
    competent = directory.competent_bureau(place(typed))
    assert (competent.bureau.id if competent.bureau else None, competent.status) == (bureau, status)


@settings(max_examples=300)
@given(settlements)
def test_neighbours_of_one_municipality_have_one_bureau(settlement):
    mates = [
        s for s in GAZETTEER.settlements if s.municipality_code == settlement.municipality_code
    ]
    bureaus = {DIRECTORY.competent_bureau(mate).bureau for mate in mates[:5]}
    assert len(bureaus) == 1


@settings(max_examples=300)
@given(settlements)
def test_an_unknown_bureau_is_never_replaced_by_the_nearest(settlement):
    competent = DIRECTORY.competent_bureau(settlement)
    assert (competent.bureau is None) == (competent.status == "unknown")
    for bureau in competent.in_province:
        assert bureau.state_province == settlement.province
        assert bureau.kind == "directorate"


def test_the_directorates_of_the_province_come_the_nearest_first(directory):
    competent = directory.competent_bureau(place("Козлодуй"))
    assert [b.id for b in competent.in_province] == [
        "dbt-byala-slatina",
        "dbt-vratsa",
        "dbt-mezdra",
    ]


def test_a_municipality_missing_from_the_table_has_an_unknown_bureau(directory):
    empty = Directory(directory.bureaus, (), (), directory.verified_on)
    assert empty.competent_bureau(place("Враца")).status == "unknown"


def test_twenty_five_pilot_municipalities_have_a_bureau(directory):
    known = [s for s in directory.competence if s.state_province in PILOT and s.bureau_id]
    pilot = [s for s in directory.competence if s.state_province in PILOT]
    assert (len(known), len(pilot)) == (25, 32)


# Libraries.


@settings(max_examples=200)
@given(settlements, st.integers(0, 8))
def test_the_nearest_libraries_come_in_order(settlement, limit):
    near = DIRECTORY.nearest_libraries(settlement, limit)
    assert len(near) == limit
    kilometres = [n.distance_km for n in near]
    assert kilometres == sorted(kilometres)
    for one in near:
        assert one.same_settlement == (one.library.ekatte == settlement.ekatte)


@settings(max_examples=100)
@given(settlements)
def test_of_equally_near_libraries_the_surer_comes_first(settlement):
    order = ("yes", "likely", "unknown")
    near = DIRECTORY.nearest_libraries(settlement, 12)
    for one, other in pairwise(near):
        if one.distance_km == other.distance_km:
            assert order.index(one.library.library_confirmed) <= order.index(
                other.library.library_confirmed
            )


def test_the_regional_library_leads_in_its_town(directory):
    near = directory.nearest_libraries(place("Враца"))
    assert near[0].library.id == "lib-vratsa-reg"
    assert near[0].same_settlement
    assert near[0].distance_km == 0


def test_a_library_of_the_village_itself_comes_before_the_town(directory):
    near = directory.nearest_libraries(place("Зверино"))
    assert near[0].same_settlement


def test_no_library_is_asked_for_none(directory):
    assert directory.nearest_libraries(place("Враца"), 0) == ()
    assert directory.nearest_libraries(place("Враца"), -1) == ()


@pytest.mark.parametrize(
    ("province", "library"),
    [
        ("Враца", "lib-vratsa-reg"),
        ("Монтана", "lib-montana-reg"),
        ("Видин", "lib-vidin-reg"),
        ("София (столица)", "lib-sofia-reg"),
        ("София", None),
        ("Няма такава", None),
    ],
)
def test_a_province_has_its_regional_library(directory, province, library):
    found = directory.regional_library(province)
    assert (found.id if found else None) == library


def test_all_provinces_but_one_have_a_regional_library(directory, gazetteer):
    provinces = {s.province for s in gazetteer.settlements}
    assert {p for p in provinces if directory.regional_library(p) is None} == {"София"}


# What may be shown.


def test_a_contact_of_low_confidence_is_not_shown(directory):
    for one in (*directory.bureaus, *directory.libraries):
        assert one.showable == (one.confidence in {"medium", "high"})
    assert not directory.library("lib-vidin-reg").showable
    assert directory.bureau("dbt-lom").showable


def test_the_middle_of_a_settlement_is_not_the_place_itself(directory):
    library = directory.library("lib-vratsa-reg")
    assert not library.has_own_coordinates
    assert library.model_copy(update={"coordinate_kind": "own"}).has_own_coordinates


def test_hours_without_days_are_a_note_and_not_hours(directory):
    lom = directory.bureau("dbt-lom")
    assert lom.hours is None
    assert "8:30–17:00" in lom.opening_hours_note


def test_stated_hours_are_read(directory):
    hours = {x.id: str(x.hours) for x in directory.libraries if x.hours}
    assert hours == {
        "lib-vratsa-reg": "Mo-Fr 09:00-18:00; Sa 09:00-14:00",
        "lib-vidin-reg": "Mo-Fr 09:00-18:00",
        "lib-varna-reg": "Mo-Fr 08:30-19:30; Sa 09:00-18:00; Th[-1] off",
    }


# The data.


def test_the_tables_are_whole(directory):
    assert len(directory.bureaus) == 51
    assert len(directory.libraries) == 333
    assert len(directory.competence) == 265


def test_ids_find_what_they_name(directory):
    assert all(directory.bureau(b.id) is b for b in directory.bureaus)
    assert all(directory.library(x.id) is x for x in directory.libraries)
    assert directory.bureau("none") is None
    assert directory.library("none") is None


def test_every_place_lies_in_its_settlement(directory, gazetteer):
    for one in (*directory.bureaus, *directory.libraries):
        home = gazetteer.by_ekatte(one.ekatte)
        assert one.city.endswith(f". {home.name}")
        assert one.municipality_code == home.municipality_code
        assert one.state_province == home.province
        if one.coordinate_kind == "settlement_centre":
            assert (one.latitude, one.longitude) == (home.latitude, home.longitude)


def test_every_municipality_of_the_gazetteer_is_in_the_table_of_bureaus(directory, gazetteer):
    ours = {(s.municipality_code, s.municipality, s.province) for s in gazetteer.settlements}
    assert {
        (s.municipality_code, s.municipality, s.state_province) for s in directory.competence
    } == ours


def test_a_known_bureau_has_its_basis_and_source(directory):
    for service in directory.competence:
        filled = [service.bureau_id, service.basis, service.confidence]
        assert all(filled) or not any(filled)
        assert bool(service.bureau_id) == bool(service.source_url or service.source)


def test_every_place_names_a_source(directory):
    for one in (*directory.bureaus, *directory.libraries):
        assert one.source_url or one.source, one.id


def test_no_mobile_number_was_taken_over(directory):
    for one in (*directory.bureaus, *directory.libraries):
        for phone in (one.phone or "").split("; "):
            assert not phone.startswith(("087", "088", "089", "098", "+359")), one.id


# Faults in the files.


def copied(tmp_path: Path, name: str, old: str, new: str) -> Path:
    for file in PLACES.glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        if file.name == name:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("libraries.csv", "Mo-Fr 09:00-18:00", "пн-пт 9-18", "opening_hours: found 'пн-пт 9-18'"),
        ("libraries.csv", "libvratsa@libvratsa.org", "libvratsa", "email: found 'libvratsa'"),
        ("libraries.csv", ",medium,", ",sure,", "confidence: found 'sure'"),
        ("libraries.csv", "lib-vratsa-dabnika,", "lib-vratsa-reg,", "found 'lib-vratsa-reg' again"),
        ("bureaus.csv", "directorate", "office", "kind: found 'office'"),
        ("bureaus.csv", ",dbt-vratsa,", ",dbt-nowhere,", "parent_id: found 'dbt-nowhere'"),
        ("bureaus.csv", "2025-10-20", "20.10.2025", "source_date: found '20.10.2025'"),
        (
            "bureau_of_municipality.csv",
            "dbt-burgas",
            "dbt-nowhere",
            "bureau_of_municipality.csv:3: bureau_id: found 'dbt-nowhere'",
        ),
    ],
)
def test_a_fault_is_told_with_its_field(tmp_path, name, old, new, said):
    with pytest.raises(DataError) as caught:
        load_directory(copied(tmp_path, name, old, new))
    assert said in str(caught.value)
    assert name in str(caught.value)


def test_a_table_that_is_no_text_is_told(tmp_path):
    folder = copied(tmp_path, "bureaus.csv", "dbt-vratsa", "dbt-vratsa")
    (folder / "bureaus.csv").write_bytes(b"id,name\n\xff\xfe,x\n")
    with pytest.raises(DataError, match="bureaus"):
        load_directory(folder)


def test_models_are_frozen_and_refuse_unknown_fields(directory):
    bureau = directory.bureaus[0]
    with pytest.raises(ValueError, match="frozen"):
        bureau.name = "x"
    for model in (Bureau, Library, Service):
        assert model.model_config["extra"] == "forbid"
