"""A typed place is found, asked about or not found; it is never guessed."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.__main__ import main
from knowledge.errors import DataError
from knowledge.gazetteer import Found, Gazetteer, Settlement, distance_km
from knowledge.loading.places import load_gazetteer, load_naming
from knowledge.typed_name_figures import Form, figures, forms_of, outcome
from knowledge.typed_names import edits_allowed, key_of, official_latin, other_layouts

PLACES = Path(__file__).parents[2] / "knowledge" / "data" / "places"
TYPED = Path(__file__).parent / "data" / "typed_places.csv"
GAZETTEER = load_gazetteer(PLACES)
CLASSES = {
    "exact",
    "official_latin",
    "informal_latin",
    "keyboard",
    "mixed_alphabets",
    "prefix",
    "abbreviation",
    "with_area",
    "postal_code",
    "typo",
    "old_or_dialect",
    "area_adjective",
    "sentence",
    "case_and_marks",
    "namesake",
    "nothing",
}

settlements = st.sampled_from(GAZETTEER.settlements)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return GAZETTEER


def names(found: Found) -> list[str]:
    return [match.settlement.name for match in found.matches]


def among(found: Found, settlement: Settlement) -> bool:
    return settlement in [match.settlement for match in found.matches]


# The list of typed forms.


def typed_forms() -> tuple[Form, ...]:
    with TYPED.open(encoding="utf-8", newline="") as file:
        return forms_of(file)


def test_there_are_enough_typed_forms_of_every_class():
    forms = typed_forms()
    assert len(forms) >= 600
    assert len({form.typed for form in forms}) == len(forms)
    sizes = Counter(form.group for form in forms)
    assert set(sizes) == CLASSES
    assert min(sizes.values()) >= 15, sizes


def test_typed_forms_expect_settlements_that_there_are(gazetteer):
    for form in typed_forms():
        assert all(gazetteer.by_ekatte(code) for code in form.expected), form
        assert form.expected or not form.asks, form
        assert form.asks or len(form.expected) <= 1, form


def test_nearly_every_typed_form_is_right_or_asked_and_none_is_wrong(gazetteer):
    came_to = figures(typed_forms(), gazetteer)
    told = "\n" + "\n".join(came_to.lines())
    assert came_to.total.wrong == 0, told
    assert came_to.total.good >= 0.98, told


@pytest.mark.parametrize(
    ("expected", "typed", "came_to"),
    [
        ("12259", "Враца", "right"),
        ("12259", "врца", "asked"),
        ("12259", "Лом", "wrong"),
        ("12259", "помощник в кухня", "missed"),
        ("asks 61707 61710", "Разград", "asked"),
        ("asks 12259", "Враца", "wrong"),
        ("asks 12259 61707", "Разград", "missed"),
        ("none", "здравейте", "right"),
        ("none", "Разград", "missed"),
        ("none", "Враца", "wrong"),
    ],
)
def test_the_figures_tell_right_asked_missed_and_wrong(gazetteer, expected, typed, came_to):
    (form,) = forms_of(["typed,expected,class,why", f"{typed},{expected},some,"])
    assert outcome(form, gazetteer.match(typed)) == came_to
    counted = figures([form], gazetteer)
    assert getattr(counted.total, came_to) == counted.total.forms == 1
    assert [failure.outcome for failure in counted.failures] == (
        [came_to] if came_to in ("missed", "wrong") else []
    )
    assert counted.total == counted.groups["some"]


def test_a_failure_is_told_with_what_was_wanted_and_found(gazetteer):
    forms = forms_of(["typed,expected,class,why", "Лом,12259,exact,"])
    *_, last = figures(forms, gazetteer).lines()
    assert last == "wrong: 'Лом' (exact): wanted 12259; found Лом 44238!"


def test_a_table_without_a_column_or_row_is_told(gazetteer):
    with pytest.raises(ValueError, match="no column class, why"):
        forms_of(["typed,expected"])
    with pytest.raises(ValueError, match="no row"):
        figures([], gazetteer)


def test_the_figures_are_printed(capsys):
    assert main(["places", "--figures", str(TYPED)]) == 0
    first, *_, last = capsys.readouterr().out.splitlines()[: 2 + len(CLASSES)]
    assert first.split() == ["class", "forms", "right", "asked", "missed", "wrong", "good"]
    assert last.split()[:2] == ["all", str(len(typed_forms()))]


def test_a_table_that_is_not_there_is_told(capsys):
    assert main(["places", "--figures", "no-such.csv"]) == 2
    assert "no-such.csv" in capsys.readouterr().err


# What holds for every settlement.


def test_every_settlement_is_found_by_its_own_name(gazetteer):
    for settlement in gazetteer.settlements:
        found = gazetteer.match(settlement.name)
        assert among(found, settlement), settlement.name
        assert found.matches[0].score == 100, settlement.name


def test_every_settlement_is_found_by_its_official_latin_name(gazetteer):
    for settlement in gazetteer.settlements:
        found = gazetteer.match(settlement.name_latin)
        assert among(found, settlement), settlement.name_latin
        assert found.matches[0].score == 100, settlement.name_latin


@settings(max_examples=300)
@given(settlements, st.sampled_from(["{0}, община {1}", "{0} ({1})", "общ. {1}, {0}", "{0} {1}"]))
def test_every_settlement_is_found_by_its_name_and_municipality(settlement, form):
    found = GAZETTEER.match(form.format(settlement.name, settlement.municipality))
    assert among(found, settlement)


@settings(max_examples=300)
@given(settlements)
def test_a_whole_address_is_certain_or_leaves_real_twins(settlement):
    prefix = {"town": "гр. ", "village": "с. ", "monastery": ""}[settlement.kind]
    text = f"{prefix}{settlement.name}, общ. {settlement.municipality}, обл. {settlement.province}"
    found = GAZETTEER.match(text)
    assert among(found, settlement)
    for match in found.matches:
        assert match.settlement.municipality == settlement.municipality


@settings(max_examples=300)
@given(settlements)
def test_a_certain_answer_to_an_official_name_is_its_only_bearer(settlement):
    bearers = [s for s in GAZETTEER.settlements if s.name == settlement.name]
    assert GAZETTEER.match(settlement.name).certain <= (len(bearers) == 1)


@settings(max_examples=300)
@given(settlements, st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_capitals_change_nothing(settlement, style):
    assert GAZETTEER.match(style(settlement.name)) == GAZETTEER.match(settlement.name)


def test_a_dropped_letter_never_leads_elsewhere_without_asking(gazetteer):
    official = {s.name.casefold() for s in gazetteer.settlements}
    towns = [s for s in gazetteer.settlements if s.kind == "town" and len(s.name) > 4]
    for town in towns[::3]:
        for at in range(1, len(town.name)):
            typed = (town.name[:at] + town.name[at + 1 :]).casefold()
            if typed not in official:
                found = gazetteer.match(typed)
                assert found.only in (None, town), typed
                assert among(found, town), typed


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_no_text_whatever_raises(text):
    GAZETTEER.match(text)


ALPHABET = "абвгдежзийклмнопрстуфхцчшщъьюя .-,()с46qwraiz@[]'"


@settings(max_examples=300)
@given(st.text(ALPHABET, max_size=60))
def test_an_answer_is_ordered_and_certain_only_of_one(text):
    found = GAZETTEER.match(text)
    scores = [match.score for match in found.matches]
    assert scores == sorted(scores, reverse=True)
    assert not found.certain or len(found.matches) == 1
    assert (found.only is not None) == found.certain


def test_the_official_table_writes_the_official_latin_names(gazetteer):
    naming = load_naming(PLACES / "naming.yaml")
    differing = [
        s.name
        for s in gazetteer.settlements
        if "".join(official_latin(word, naming) for word in s.name.casefold().split())
        != "".join(s.name_latin.casefold().split())
        and "-" not in s.name
    ]
    assert len(differing) <= 2, differing


# Namesakes.


def test_a_namesake_is_never_guessed(gazetteer):
    found = gazetteer.match("Разград")
    assert not found.certain
    assert [m.settlement.kind for m in found.matches] == ["town", "village"]


def test_all_namesakes_are_returned_the_largest_first(gazetteer):
    found = gazetteer.match("Изгрев")
    assert len(found.matches) == 8
    people = [match.settlement.population for match in found.matches]
    assert people == sorted(people, reverse=True)


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [("с. Разград", "Вълчедръм"), ("гр. Разград", "Разград"), ("село Разград", "Вълчедръм")],
)
def test_the_prefix_decides_between_town_and_village(gazetteer, typed, municipality):
    assert gazetteer.match(typed).only.municipality == municipality


def test_a_prefix_that_fits_nobody_is_asked_about(gazetteer):
    found = gazetteer.match("с. Враца")
    assert names(found) == ["Враца"]
    assert not found.certain


def test_a_town_and_a_village_of_one_name_in_one_municipality_are_asked_about(gazetteer):
    found = gazetteer.match("Каспичан, община Каспичан")
    assert len(found.matches) == 2
    assert not found.certain


def test_a_municipality_that_does_not_hold_the_place_is_not_believed(gazetteer):
    found = gazetteer.match("Баница, община Мездра")
    assert [m.settlement.municipality for m in found.matches] == ["Враца"]
    assert not found.certain


def test_a_misspelt_municipality_is_not_certain(gazetteer):
    found = gazetteer.match("Ботево, община Хайрядин")
    assert [m.settlement.municipality for m in found.matches] == ["Хайредин"]
    assert not found.certain


def test_an_area_alone_is_no_settlement_yet(gazetteer):
    assert not gazetteer.match("община Козлодуй").certain


def test_an_old_name_that_someone_bears_today_is_asked_about(gazetteer):
    assert sorted(names(gazetteer.match("Кутловица"))) == ["Кутловица", "Монтана"]


# Ways of typing.


@pytest.mark.parametrize("typed", ["Г. Дамяново", "Георги Дамяново", "георги-дамяново"])
def test_an_abbreviation_with_one_reading_is_certain(gazetteer, typed):
    assert gazetteer.match(typed).only.name == "Георги Дамяново"


def test_an_abbreviation_with_two_readings_is_asked_about(gazetteer):
    assert sorted(names(gazetteer.match("Г. Пещене"))) == ["Голямо Пещене", "Горно Пещене"]


@pytest.mark.parametrize("typed", ["l,d[d", "wraca", "ВPAЦА", "BPAЦА", "Vratsа"])
def test_keyboards_and_look_alikes_are_read(gazetteer, typed):
    assert gazetteer.match(typed).only.name == "Враца"


@pytest.mark.parametrize("typed", ["Вра\u0301ца", "Враца\u200b", "ВРАЦА!!!", "«Враца»", "Враца…"])
def test_marks_around_and_above_letters_say_nothing(gazetteer, typed):
    assert gazetteer.match(typed).only.name == "Враца"


def test_two_cyrillic_layouts_are_never_certain(gazetteer):
    # „Балжан“ is a slip for Балкан; another phonetic layout would make Балван of it.
    assert not gazetteer.match("Балжан").certain


# Typos.


@pytest.mark.parametrize("typed", ["козлудуй", "белоградчек", "вршец", "лум", "чипоровци"])
def test_a_corrected_typo_is_asked_about(gazetteer, typed):
    found = gazetteer.match(typed)
    assert found.matches
    assert not found.certain


@settings(max_examples=200)
@given(st.text("абвгдеиклнорст", min_size=3, max_size=9))
def test_a_likeness_gives_at_most_six(text):
    found = GAZETTEER.match(text)
    assert len(found.matches) <= 6 or found.matches[0].score == 100


def test_an_exact_name_is_not_drowned_by_similar_ones(gazetteer):
    assert names(gazetteer.match("Лом")) == ["Лом"]
    assert names(gazetteer.match("Враня")) == ["Враня"]


@pytest.mark.parametrize(
    ("length", "edits"),
    [(0, -1), (2, -1), (3, 1), (7, 1), (8, 2), (11, 2), (12, 3), (23, 3)],
)
def test_short_names_hide_fewer_slips(length, edits):
    assert edits_allowed(length) == edits


# Postal codes and numbers.


def test_a_postal_code_of_several_is_asked_about(gazetteer):
    found = gazetteer.match("5035")
    assert len(found.matches) == 26
    assert not found.certain


def test_a_postal_code_is_not_a_name(gazetteer):
    found = gazetteer.match("3000")
    assert names(found) == ["Враца"]
    assert not found.certain


def test_a_postal_code_decides_between_namesakes(gazetteer):
    wanted = gazetteer.match("Ботево, общ. Видин").only
    assert gazetteer.match(f"{wanted.postal_code} Ботево").only == wanted


def test_a_postal_code_of_another_place_makes_the_name_unsure(gazetteer):
    found = gazetteer.match("Враца 1000")
    assert names(found) == ["Враца"]
    assert not found.certain


@pytest.mark.parametrize(
    "typed", ["", " ", "0", "12345", "4", "0000", "...", "😀", "—", "\n\t", "،"]
)
def test_a_text_without_a_name_finds_nothing(gazetteer, typed):
    assert gazetteer.match(typed) == Found()


# Speed.


@pytest.mark.parametrize(
    "typed",
    [
        "а" * 10_000,
        "Враца " * 2000,
        "😀" * 10_000,
        "с. " * 39,
        "Враца, " * 17,
        "4q" * 60,
        "iya" * 40,
    ],
)
def test_an_odd_text_has_few_answers_or_none(gazetteer, typed):
    assert len(gazetteer.match(typed).matches) < 50


def test_a_text_too_long_for_a_place_finds_nothing(gazetteer):
    assert gazetteer.match("Враца" + " " * 115).certain
    assert gazetteer.match("Враца" + " " * 116) == Found()


# Codes and points.


def test_a_settlement_is_found_by_its_state_code(gazetteer):
    assert gazetteer.by_ekatte("12259").name == "Враца"
    assert gazetteer.by_ekatte("00000") is None
    assert gazetteer.by_ekatte("") is None


def test_settlements_of_a_postal_code_come_the_largest_first(gazetteer):
    assert [s.name for s in gazetteer.by_postal_code("3000")] == ["Враца"]
    assert gazetteer.by_postal_code("9999") == ()


@settings(max_examples=50)
@given(settlements)
def test_the_nearest_to_a_settlement_is_no_farther_than_itself(settlement):
    _, distance = GAZETTEER.nearest(settlement.latitude, settlement.longitude)
    assert distance == pytest.approx(0, abs=0.001)


@settings(max_examples=20)
@given(st.floats(41.2, 44.2), st.floats(22.3, 28.6))
def test_the_nearest_is_nearer_than_all_others(latitude, longitude):
    _, distance = GAZETTEER.nearest(latitude, longitude)
    others = (
        distance_km(latitude, longitude, s.latitude, s.longitude) for s in GAZETTEER.settlements
    )
    assert distance == pytest.approx(min(others), abs=0.001)


def test_distances_are_those_of_the_map():
    assert distance_km(42.6978, 23.3217, 43.2102, 23.5529) == pytest.approx(60.0, abs=1)
    assert distance_km(43.0, 23.0, 43.0, 23.0) == 0
    assert distance_km(43.0, 23.0, 44.0, 25.0) == distance_km(44.0, 25.0, 43.0, 23.0)


# The data.


def test_every_settlement_is_there_once(gazetteer):
    codes = [s.ekatte for s in gazetteer.settlements]
    assert len(codes) == len(set(codes)) == 5268
    assert len({s.municipality_code for s in gazetteer.settlements}) == 265
    assert len({s.province for s in gazetteer.settlements}) == 28


def test_old_and_dialect_names_belong_to_real_settlements(gazetteer):
    naming = load_naming(PLACES / "naming.yaml")
    assert all(gazetteer.by_ekatte(code) for code in (*naming.old_names, *naming.dialect_names))


def test_no_official_name_begins_with_a_word_that_is_left_out(gazetteer):
    naming = load_naming(PLACES / "naming.yaml")
    left_out = {
        *(word for words in naming.kind_words.values() for word in words),
        *naming.municipality_words,
        *naming.province_words,
        *naming.near_words,
        *naming.place_words,
        *naming.filler_words,
        *naming.finer_words,
        *naming.country_words,
    }
    first_words = {key_of(s.name.split()[0]) for s in gazetteer.settlements}
    first_words |= {s.name_latin.split()[0].casefold() for s in gazetteer.settlements}
    assert not first_words & left_out


def test_no_official_name_holds_a_word_that_begins_another_part(gazetteer):
    naming = load_naming(PLACES / "naming.yaml")
    cutting = naming.municipality_words | naming.province_words | naming.finer_words
    assert not {key_of(word) for s in gazetteer.settlements for word in s.name.split()} & cutting


def test_an_adjective_belongs_to_an_area_and_is_no_settlement_but_one(gazetteer):
    naming = load_naming(PLACES / "naming.yaml")
    areas = {a for s in gazetteer.settlements for a in (s.municipality, s.province)}
    assert naming.area_adjectives.keys() <= areas
    names_there_are = {key_of(s.name) for s in gazetteer.settlements}
    adjectives = {w for a in naming.area_adjectives for w in naming.area_words(a)[1:]}
    assert adjectives & names_there_are == {"берковски"}
    assert gazetteer.match("Берковски").only.municipality == "Попово"


def test_every_pilot_municipality_but_a_few_has_its_adjective(gazetteer):
    naming = load_naming(PLACES / "naming.yaml")
    pilot = {
        s.municipality for s in gazetteer.settlements if s.province in ("Враца", "Монтана", "Видин")
    }
    assert pilot - naming.area_adjectives.keys() == {"Роман", "Медковец", "Георги Дамяново"}


@settings(max_examples=200)
@given(settlements, st.sampled_from([*load_naming(PLACES / "naming.yaml").keyboards]))
def test_every_name_is_found_through_every_keyboard(settlement, layout):
    naming = load_naming(PLACES / "naming.yaml")
    keys = {letter: key for key, letter in naming.keyboards[layout].items()}
    pressed = "".join(keys.get(letter, letter) for letter in settlement.name.casefold())
    assert settlement.name.casefold() in other_layouts(pressed, naming)


def test_keys_keep_letters_and_digits_only():
    assert key_of("Горно-Пещене") == "горнопещене"
    assert key_of(" Цар  Петрово!") == "царпетрово"
    assert key_of("й") == "й"
    assert key_of("ѝ") == "и"


# Faults in the files.

HEADER = (
    "ekatte,kind,name,name_latin,municipality,municipality_code,province,postal_code,population,"
    "latitude,longitude,coordinate_kind,note\n"
)
GOOD = "12259,town,Враца,Vratsa,Враца,VRC10,Враца,3000,55573,43.2102,23.5529,osm_point,\n"


def folder_with(tmp_path: Path, table: str) -> Path:
    (tmp_path / "settlements.csv").write_text(table, encoding="utf-8")
    (tmp_path / "naming.yaml").write_bytes((PLACES / "naming.yaml").read_bytes())
    return tmp_path


def test_a_good_table_loads(tmp_path):
    assert load_gazetteer(folder_with(tmp_path, HEADER + GOOD)).match("враца").certain


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (GOOD.replace("12259", "1225"), "settlements.csv:3: ekatte: found '1225'"),
        (GOOD.replace("town", "hamlet"), "settlements.csv:3: kind: found 'hamlet'"),
        (GOOD.replace("43.2102", "23.5529"), "settlements.csv:3: latitude: found '23.5529'"),
        (GOOD.replace("55573", "-1"), "settlements.csv:3: population: found '-1'"),
        (GOOD.replace("osm_point,", "osm_point"), "settlements.csv:3: row: found 12 cells"),
        (GOOD, "settlements.csv:3: ekatte: found '12259' again; allowed: once, see line 2"),
    ],
)
def test_a_fault_is_told_with_its_line_and_field(tmp_path, row, said):
    with pytest.raises(DataError) as caught:
        load_gazetteer(folder_with(tmp_path, HEADER + GOOD + row))
    assert said in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path):
    bad = GOOD.replace("town", "x") + GOOD.replace("12259", "1")
    with pytest.raises(DataError) as caught:
        load_gazetteer(folder_with(tmp_path, HEADER + bad))
    assert len(caught.value.complaints) == 2


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(DataError, match="found none"):
        load_gazetteer(tmp_path)
