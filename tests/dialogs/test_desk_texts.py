"""What a librarian puts into a reply: filled in or marked, dated, found as it is typed."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_texts import LONGEST_SENTENCE, OFFICIALESE, long_sentences

from dialogs.desk_texts import variables
from dialogs.desk_texts.case_context import CaseContext, longest_values
from dialogs.desk_texts.lookup import (
    Found,
    answer_found,
    found,
    lookup,
    lookup_all,
    nothing,
    numbered,
    whisper,
)
from dialogs.desk_texts.measure_text import LONGEST, measure_text
from dialogs.desk_texts.place_text import place_text
from dialogs.desk_texts.prepared import SOON, Editor, Prepared, Written, faults, offered, standing
from dialogs.desk_texts.shelf import Shelf
from dialogs.desk_texts.shipped import beginning, shipped
from dialogs.flows.places import full_name
from dialogs.model import Card, CardLine
from dialogs.texts import load_texts
from dialogs.turn import Context, Desk
from knowledge.base import KnowledgeBase
from knowledge.loading import load
from knowledge.opening_hours import OpeningHours

T = load_texts()["bg"]
VRATSA = "lib-vratsa-reg"
BANITSA = "с. Баница (община Враца, област Враца)"
CHECKED = re.compile(r"проверен[оа] на \d\d\.\d\d\.20\d\d")
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="session")
def shelf(knowledge: KnowledgeBase) -> Shelf:
    return Shelf(knowledge)


@pytest.fixture(scope="session")
def case(knowledge: KnowledgeBase, context: Context, shelf: Shelf) -> CaseContext:
    """Somebody of Banitsa has written; Maria of Vratsa answers, with what is shipped."""
    library = knowledge.directory.library(VRATSA)
    assert library
    here = replace(context, desks=(Desk(VRATSA, library, library.hours),))
    answers = beginning(knowledge, context.today)
    return CaseContext(
        here,
        shelf,
        VRATSA,
        library,
        tuple(replace(answer, id=n) for n, answer in enumerate(answers, start=1)),
        "Мария",
        12,
        Card(question="Къде да се регистрирам?", place=BANITSA),
    )


def an_answer(text: str = "Здравейте!", **other: object) -> Prepared:
    days = {"checked_on": dt.date(2026, 11, 20), "expires_on": dt.date(2027, 5, 20)}
    named = {"id": 90, "library": None, "key": "дума", "title": "Заглавие", "source": ""}
    return Prepared(**{**named, **days, "text": text, **other})  # type: ignore[arg-type]


def titles(results: Sequence[Found]) -> list[str]:
    return [one.title for one in results]


# -- variables -------------------------------------------------------------------------------------

PIECES = st.one_of(
    st.sampled_from([f"{{{name}}}" for name in variables.names(T)]),
    st.sampled_from(["{непозната}", "{", "}", "{}", "{ ТЕЛЕФОН }", "{{адрес}}"]),
    st.text(alphabet="абв {}[]\n:", max_size=6),
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES, max_size=8).map("".join),
    st.dictionaries(st.sampled_from(variables.VARIABLES), st.sampled_from(["", "092 626", "x"])),
)
def test_no_variable_is_left_unfilled_without_a_mark(text: str, values: dict[str, str]) -> None:
    told = variables.filled(text, values, T)
    asked = [" ".join(said.split()).lower() for said in re.findall(r"\{([^{}]*)\}", text)]
    known = variables.names(T)
    for name in asked:
        value = values.get(known.get(name, ""), "")
        assert value in told.text if value else f"[няма данни: {name}]" in told.text
        assert bool(value) != (name in told.gaps)
    left = [" ".join(said.split()).lower() for said in re.findall(r"\{([^{}]*)\}", told.text)]
    assert not known.keys() & set(left)
    for gap in told.gaps:
        if "[" not in gap and "]" not in gap and gap:
            assert gap in variables.gaps_in(told.text, T)


def test_a_gap_is_seen_while_it_stands_and_no_longer_than_it_stands() -> None:
    told = variables.filled("Звъннете: {телефон}", {}, T)
    assert told.gaps == ("телефон",)
    assert variables.gaps_in(told.text, T) == ("телефон",)
    assert variables.gaps_in(told.text.replace("[няма данни: телефон]", "092 626 170"), T) == ()


def test_a_variable_typed_by_hand_is_a_gap_too() -> None:
    assert variables.gaps_in("Адрес: {адрес на бюрото}", T) == ("адрес на бюрото",)
    assert variables.gaps_in("Множество {1, 2} не е променлива", T) == ()


def test_what_stands_in_a_value_is_not_filled_in_again(case: CaseContext) -> None:
    named = replace(case, librarian="{телефон}")
    assert answer_found(an_answer("Аз съм {библиотекар}."), named).text == "Аз съм {телефон}."


def test_every_settlement_on_a_card_is_found_again(case: CaseContext) -> None:
    """The bureau of an answer hangs on it; the card has words alone."""
    some = case.knowledge.gazetteer.settlements[::97]
    assert len(some) > 50
    for settlement in some:
        named = replace(case, card=Card(question="", place=full_name(case.turn, settlement)))
        assert named.settlement == settlement


def test_a_bureau_that_is_only_guessed_is_no_value(case: CaseContext) -> None:
    directory = case.knowledge.directory
    doubtful = {s.municipality_code for s in directory.competence if s.confidence == "low"}
    settlement = next(
        s for s in case.knowledge.gazetteer.settlements if s.municipality_code in doubtful
    )
    named = replace(case, card=Card(question="", place=full_name(case.turn, settlement)))
    assert named.competent
    assert named.competent.status == "doubtful"
    assert "bureau" not in named.values
    assert answer_found(an_answer("Идете в {бюро}."), named).gaps == ("бюро",)


def test_a_case_without_a_place_has_no_bureau(case: CaseContext) -> None:
    nowhere = replace(case, card=Card(question="", place=""))
    assert answer_found(an_answer("Идете в {бюро}."), nowhere).gaps == ("бюро",)
    assert answer_found(an_answer("Идете в {бюро}."), case).gaps == ()


def test_hours_that_the_library_told_go_before_those_of_a_source(case: CaseContext) -> None:
    library = case.library
    assert library
    told = OpeningHours.parse("Mo-Fr 10:00-16:00")
    context = replace(case.context, desks=(Desk(VRATSA, library, told),))
    text = answer_found(an_answer("Работим: {работно време}"), replace(case, context=context)).text
    assert "пн–пт 10:00–16:00" in text
    assert "каза самата библиотека" in text


# -- prepared answers ------------------------------------------------------------------------------


@given(st.lists(st.integers(-30, 30), max_size=6), st.integers(-40, 40))
def test_what_has_expired_is_never_offered(ends: list[int], ahead: int) -> None:
    today = dt.date(2026, 11, 26) + ahead * DAY
    answers = [
        an_answer(id=n, key=f"k{n}", expires_on=dt.date(2026, 11, 26) + end * DAY)
        for n, end in enumerate(ends)
    ]
    there = offered(answers, VRATSA, today)
    assert all(answer.expires_on >= today for answer in there)
    assert [a for a in answers if a.expires_on >= today] == list(there)


def test_an_expired_answer_is_found_by_nobody_and_by_no_old_button(case: CaseContext) -> None:
    ended = an_answer("Ние сме отворени.", title="Отворено ли е", key="отворено")
    there = replace(case, answers=(ended,))
    assert titles(lookup("answer", "отворено", there)) == ["Отворено ли е"]
    assert found("answer", "90", there)
    gone = replace(case, answers=(replace(ended, expires_on=case.context.today - DAY),))
    for results in (lookup("answer", q, gone) for q in ("", "отворено", "Отворено ли е")):
        assert results == ()
    assert all(one.kind != "answer" for one in lookup_all("отворено", gone))
    assert whisper("Отворено ли е", gone) == ()
    assert found("answer", "90", gone) is None


def test_the_last_fortnight_is_marked_to_the_day() -> None:
    today = dt.date(2026, 11, 26)
    stands = [
        standing(an_answer(expires_on=today + n * DAY), today) for n in (-1, 0, SOON.days, 15)
    ]
    assert stands == ["expired", "soon", "soon", "current"]


def test_one_that_ends_soon_says_so(case: CaseContext) -> None:
    soon = an_answer(expires_on=case.context.today + 3 * DAY)
    assert answer_found(soon, case).ends == "26.11.2026"
    assert "подновете" in numbered([answer_found(soon, case)], T)


def test_the_librarys_own_answer_goes_before_everybodys_and_anothers_is_not_seen() -> None:
    today = dt.date(2026, 11, 26)
    common, own = an_answer(id=1), an_answer(id=2, library=VRATSA)
    others = an_answer(id=3, library="lib-vidin-reg")
    assert offered([common, own, others], VRATSA, today) == (own,)
    assert offered([common, own, others], "lib-montana-reg", today) == (common,)
    ended = replace(own, expires_on=today - DAY)
    assert offered([common, ended], VRATSA, today) == (common,)
    assert offered([replace(common, retired=True)], VRATSA, today) == ()


def test_who_may_change_what() -> None:
    librarian, administrator = Editor(VRATSA), Editor("", administrator=True)
    common, own, other = an_answer(), an_answer(library=VRATSA), an_answer(library="lib-vidin-reg")
    assert [librarian.may_change(a) for a in (common, own, other)] == [False, True, False]
    assert [administrator.may_change(a) for a in (common, own, other)] == [True, True, True]


def test_a_sent_answer_keeps_its_source(case: CaseContext) -> None:
    told = answer_found(an_answer("До 3 месеца.", source="НОИ, nssi.bg"), case).text
    assert told.endswith("Източник: НОИ, nssi.bg, проверено на 20.11.2026")


GOOD = Written("курс", "Курсове", "Има {бюро}.", "Закон", "2026-11-20", "2027-05-20")


def wrong_with(**changed: str) -> list[str]:
    longest = longest_values(load())
    today = dt.date(2026, 11, 26)
    return list(faults(replace(GOOD, **changed), today, T, most=3000, longest=longest))


def test_what_is_well_written_has_no_fault() -> None:
    assert wrong_with() == []
    assert wrong_with(checked_on="20.11.2026", expires_on="20.05.2027 г.") == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"key": "две думи"}, "Кратката дума"),
        ({"key": ""}, "Кратката дума"),
        ({"title": ""}, "заглавие"),
        ({"text": ""}, "текста"),
        ({"text": "Звъннете на {телефна}."}, "{телефна}"),
        ({"text": "Звъннете на {телефон."}, "Не знам какво е {"),
        ({"text": "а" * 3001}, "Пращат се най-много 3000"),
        ({"text": "а" * 2900 + "{адрес}{библиотека}{бюро}"}, "Пращат се най-много 3000"),
        ({"text": "😀" * 1600}, "Пращат се най-много 3000"),
        ({"checked_on": "2026-11-27"}, "кога е проверено"),
        ({"checked_on": "вчера"}, "кога е проверено"),
        ({"expires_on": "2026-11-25"}, "до кога важи"),
        ({"expires_on": "31.02.2027"}, "до кога важи"),
    ],
)
def test_what_is_wrong_is_refused_with_what_to_do(changed: dict[str, str], said: str) -> None:
    told = wrong_with(**changed)
    assert len(told) == 1
    assert said in told[0].replace("\xa0", "")


def test_an_unknown_variable_is_answered_with_all_that_are_allowed() -> None:
    told = wrong_with(text="{кафе}")[0]
    assert all(f"{{{name}}}" in told for name in variables.names(T))


# -- what is shipped -------------------------------------------------------------------------------


def test_every_shipped_answer_can_be_kept_and_offered(case: CaseContext) -> None:
    assert 8 <= len(shipped()) <= 12
    today = case.context.today
    for answer in case.answers:
        days = answer.checked_on.isoformat(), answer.expires_on.isoformat()
        written = Written(answer.key, answer.title, answer.text, answer.source, *days)
        longest = longest_values(case.knowledge)
        assert faults(written, today, T, most=3000, longest=longest) == (), answer.key
        assert standing(answer, today) == "current"
    assert len(lookup("answer", "", case)) == 5


def test_what_a_shipped_answer_states_stands_in_the_knowledge(knowledge: KnowledgeBase) -> None:
    checked = 0
    for key, one in shipped().items():
        measures = [knowledge.measures[name] for name in one.about]
        facts = " ".join(measure.model_dump_json() for measure in measures)
        told = re.sub(r"(?m)^\d\. ", "", one.text)
        for number in re.findall(r"\d+", told):
            assert number in facts, f"{key}: {number}"
            checked += 1
        assert set(one.sources) <= knowledge.sources.keys()
        assert one.sources or not one.about, key
    assert checked >= 2


def test_shipped_answers_are_plain() -> None:
    told = {key: [one.title, one.text] for key, one in shipped().items()}
    assert long_sentences(told, LONGEST_SENTENCE) == []
    said = "\n".join(one.text for one in shipped().values())
    assert "имате право" not in said.lower()
    assert [p for p in OFFICIALESE["bg"] if re.search(p, said.lower())] == []


def test_a_shipped_answer_ends_when_its_first_source_should_be_read_again(
    knowledge: KnowledgeBase, context: Context
) -> None:
    for answer in beginning(knowledge, context.today):
        sources = [knowledge.sources[name] for name in shipped()[answer.key].sources]
        assert not any(source.overdue(answer.expires_on) for source in sources)
        if sources:
            assert any(source.overdue(answer.expires_on + DAY) for source in sources)
            assert answer.checked_on == min(source.verified_on for source in sources)


# -- measures and places ---------------------------------------------------------------------------


def test_every_measure_has_a_text_with_source_and_day(case: CaseContext) -> None:
    archive = [entry.id for entry in case.knowledge.archive.entries]
    names = [*case.knowledge.measures, *archive]
    assert len(names) > 80
    for name in names:
        text = measure_text(case.turn, name)
        assert CHECKED.search(text), name
        assert "http" in text, name
        assert len(text) <= LONGEST, name
        assert variables.gaps_in(text, T) == ()
        if name not in archive:
            measure = case.knowledge.measures[name]
            for part in (measure.title, measure.summary, measure.gives, measure.steps[0]):
                assert part.bg in text, name


def test_every_place_has_a_card_with_source_and_day(case: CaseContext) -> None:
    places = [*case.knowledge.directory.bureaus, *case.knowledge.directory.libraries]
    assert len(places) > 350
    for place in places:
        text = place_text(case.turn, place)
        assert text.startswith(place.name)
        assert place.city in text
        assert CHECKED.search(text), place.id
        assert "None" not in text
        for name, value in (("Адрес", place.address_1), ("Телефон", place.phone)):
            shown = bool(value) and place.showable
            assert (f"{name}: {value}" in text) is shown, place.id
        if not (place.showable and place.address_1 and place.phone and place.hours):
            assert "попитайте " in text, place.id


def test_a_place_that_nobody_vouches_for_shows_no_contacts(case: CaseContext) -> None:
    low = [p for p in case.knowledge.directory.libraries if not p.showable and p.phone]
    assert low
    for place in low:
        assert place.phone not in place_text(case.turn, place)  # type: ignore[operator]


def test_a_sum_is_as_of_today_and_an_old_one_is_never_said(
    case: CaseContext, context_on: Callable[[dt.date], Context]
) -> None:
    about = "kso-54a-unemployment-benefit"
    assert "9,21 € (към 23.11.2026)" in measure_text(case.turn, about)
    later = replace(case, context=context_on(dt.date(2028, 2, 1)))
    text = measure_text(later.turn, about)
    assert "9,21" not in text
    assert "не е потвърдена" in text
    assert "отдавна, уточнете" in text


def test_a_measure_that_has_ended_says_so(
    case: CaseContext, context_on: Callable[[dt.date], Context]
) -> None:
    assert "Вече не действа" in measure_text(case.turn, "rep-znz-55a-over-55")
    ending = next(m for m in case.knowledge.measures.values() if m.valid_to)
    assert ending.valid_to
    for day, said in ((ending.valid_to, "най-късно до"), (ending.valid_to + DAY, "Вече не може")):
        turn = replace(case, context=context_on(day)).turn
        assert said in measure_text(turn, ending.id)
    beginning_ = [m for m in case.knowledge.measures.values() if m.valid_from]
    for measure in beginning_:
        turn = replace(case, context=context_on(measure.valid_from - DAY)).turn  # type: ignore[operator]
        assert "Може да се иска от" in measure_text(turn, measure.id)


# -- looking up ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("телефон бюро монтана", "Дирекция „Бюро по труда“ – Монтана, гр. Монтана"),
        ("telefon byuro vidin", "Дирекция „Бюро по труда“ – Видин, гр. Видин"),
        ("бюро баница", "Дирекция „Бюро по труда“ – Враца, гр. Враца"),
        ("библиотека враца", "Регионална библиотека „Христо Ботев“, гр. Враца"),
        ("субсидия работодател", "Работа с подкрепа от държавата (чл. 36)"),
        ("пътни", "Пари за път до работа или интервю"),
        ("kompyutyr kurs", "Ваучер за компютърен курс"),
        ("чл. 55а", "Наемане на хора над 55 години (чл. 55а)"),
        ("54а", "Обезщетение за безработица"),
        ("регистр", "Как да се регистрирам в бюрото по труда"),
        ("obezshtetenie", "Обезщетение за безработица – сроковете"),
        ("обезщитение", "Обезщетение за безработица – сроковете"),
        ("zdravni", "Здравни осигуровки без работа"),
        ("кое е моето бюро", "Кое е моето бюро по труда"),
        ("док", "Документ за това, което вече умеете"),
    ],
)
def test_what_is_typed_finds_what_is_meant(case: CaseContext, typed: str, first: str) -> None:
    assert titles(lookup_all(typed, case))[0] == first


@pytest.mark.parametrize("typed", ["mladezhi", "младжи", "младежи", "младеж"])
def test_the_young_are_found_however_they_are_spelt(case: CaseContext, typed: str) -> None:
    assert "„Младежка заетост+“" in titles(lookup("measure", typed, case))


@pytest.mark.parametrize("typed", ["бременност", "ъъъъъъ", "???", "квантова физика"])
def test_what_we_know_nothing_of_finds_nothing(case: CaseContext, typed: str) -> None:
    assert lookup_all(typed, case) == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_nothing_that_can_be_typed_fails(typed: str) -> None:
    here = _here()
    for one in lookup_all(typed, here):
        assert one.title
        assert bool(one.gaps) == bool(variables.gaps_in(one.text, T))


_HERE: list[CaseContext] = []


def _here() -> CaseContext:
    """The case of these tests for Hypothesis, which takes no fixtures of a session."""
    if not _HERE:
        knowledge = load()
        now = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
        context = Context(knowledge=knowledge, texts=load_texts(), now=now)
        answers = beginning(knowledge, context.today)
        library = knowledge.directory.library(VRATSA)
        _HERE.append(CaseContext(context, Shelf(knowledge), VRATSA, library, answers))
    return _HERE[0]


def test_answers_stand_first_then_measures_of_the_card(case: CaseContext) -> None:
    about = "eu-start-work-k2-vouchers"
    line = CardLine(about=about, label="", value="")
    of_card = replace(case, card=case.card.model_copy(update={"measures": (line,)}))
    kinds = [(one.kind, one.id) for one in lookup_all("курс", of_card)]
    assert [kind for kind, _ in kinds][:1] == ["answer"]
    first = next(one for one in kinds if one[0] != "answer")
    assert first == ("measure", about)
    assert titles(lookup_all("курс", case)).index("Безплатен курс за професия или умения") == 1


def test_without_a_query_stands_what_is_nearest(case: CaseContext) -> None:
    assert [one.id for one in lookup("place", "", case)] == ["dbt-vratsa", VRATSA]
    assert lookup("measure", "", case) == ()


def test_results_are_numbered_and_a_number_gives_the_whole_text(case: CaseContext) -> None:
    results = lookup("measure", "курс", case)
    assert len(results) == 5
    said = numbered(results, T)
    for number, one in enumerate(results, start=1):
        assert f"{number}. {one.title}" in said
        assert len(one.preview) <= 110
        again = found(one.kind, one.id, case)
        assert again == one
        assert CHECKED.search(one.text)
    assert len(said) < 1500
    assert "Нищо не намерих" in numbered((), T)


def test_what_is_missing_is_said_with_the_results(case: CaseContext) -> None:
    results = lookup("answer", "моето бюро", case)
    assert results[0].gaps == ("адрес на бюрото", "телефон на бюрото")
    assert "Липсва: адрес на бюрото, телефон на бюрото" in numbered(results, T)


# -- unasked ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Как да се регистрирам в бюрото по труда?", "Как да се регистрирам в бюрото по труда"),
        ("Останах без работа. Има ли обезщетение?", "Обезщетение за безработица"),
        (
            "Имам дете на 2 години и няма кой да го гледа",
            "„Родители в заетост“ – платен детегледач",
        ),
        ("Кое е моето бюро?", "Кое е моето бюро по труда"),
        ("нямам компютър, как да подам заявлението", "Компютър и подаване по интернет"),
    ],
)
def test_what_surely_fits_a_question_is_whispered(
    case: CaseContext, question: str, first: str
) -> None:
    heard = whisper(question, case)
    assert len(heard) <= 2
    assert titles(heard)[0] == first


def test_what_was_said_in_part_is_whispered_only_where_nothing_better_is(
    case: CaseContext,
) -> None:
    assert titles(whisper("Кое е моето бюро?", case)) == ["Кое е моето бюро по труда"]


@pytest.mark.parametrize(
    "question",
    ["", "Добър ден, благодаря", "Колко е часът?", "Къде да отида?", "да", "Ще дойда утре в 10"],
)
def test_else_nothing_is(case: CaseContext, question: str) -> None:
    assert whisper(question, case) == ()


# -- a town's name, a word's beginning, nothing at all ---------------------------------------------


@pytest.mark.parametrize("typed", ["Враца", "враца", "Vratsa", "гр. Враца"])
def test_a_towns_name_alone_offers_its_bureau_and_its_main_library_first(
    case: CaseContext, typed: str
) -> None:
    ids = [one.id for one in lookup("place", typed, case)]
    assert ids[:2] == ["dbt-vratsa", VRATSA]
    assert len(ids) == len(set(ids)) == 5
    everything = [one.id for one in lookup_all(typed, case) if one.kind == "place"]
    assert everything[:2] == ["dbt-vratsa", VRATSA]


def test_what_stands_in_the_town_goes_before_what_serves_it_from_elsewhere(
    case: CaseContext,
) -> None:
    directory = case.knowledge.directory
    ids = [one.id for one in lookup("place", "Криводол", case)]
    bureau, library, serves = (directory.bureau(one) or directory.library(one) for one in ids[:3])
    assert bureau
    assert library
    assert serves
    assert (bureau.city, library.city) == ("гр. Криводол", "гр. Криводол")
    assert (bureau.id, serves.id) == ("dbt-vratsa-krivodol", "dbt-vratsa")


def test_every_town_of_a_bureau_offers_first_what_stands_in_it(case: CaseContext) -> None:
    gazetteer, directory = case.knowledge.gazetteer, case.knowledge.directory
    towns = {b.ekatte: b.city for b in directory.bureaus if b.kind == "directorate"}
    asked = 0
    for ekatte, city in sorted(towns.items())[::6]:
        name = city.split(maxsplit=1)[1]
        if len(gazetteer.match(name).matches) != 1:
            continue
        first = lookup("place", name, case)[0].id
        found_first = directory.bureau(first)
        assert found_first, name
        assert found_first.ekatte == ekatte, name
        asked += 1
    assert asked > 5


def test_a_words_beginning_in_the_title_goes_before_one_in_the_text(case: CaseContext) -> None:
    about = "kso-54a-unemployment-benefit"
    line = CardLine(about=about, label="", value="")
    waits = an_answer("Изчакайте, докато Ви отговорят.", title="Обезщетение", key="обезщетение")
    there = replace(case, answers=(waits,), card=case.card.model_copy(update={"measures": (line,)}))
    told = lookup_all("док", there)
    of_text = [n for n, one in enumerate(told) if "док" not in one.title.lower()]
    of_title = [n for n, one in enumerate(told) if "док" in one.title.lower()]
    assert "Документ за това, което вече умеете" in titles(told)
    assert of_text
    assert max(of_title) < min(of_text)


def test_where_no_measure_is_found_the_words_that_are_suggested_find_some(
    case: CaseContext,
) -> None:
    assert lookup("measure", "готвач", case) == ()
    said = nothing("measure", "готвач", T)
    assert "„готвач“" in said
    suggested = [word for word in re.findall("„([^“]+)“", said) if word != "готвач"]
    assert len(suggested) >= 3
    assert all(lookup("measure", word, case) for word in suggested)
    how = nothing("measure", "", T)
    assert lookup("measure", how.rpartition("/мярка ")[2], case)
    assert nothing("place", "ъъъъ", T) == T("desk-found-nothing")
