"""Four languages, one talk: whichever is spoken, what is known and decided is the same."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from talk import Talk

from dialogs.bulgarian_only import SWITCH, shows_bulgarian
from dialogs.free_text.values import Reading
from dialogs.free_text.wishes import load_wishes
from dialogs.model import (
    CaseSaid,
    Conversation,
    Event,
    Pressed,
    Said,
    SharedLocation,
    Started,
    Step,
)
from dialogs.respond import respond
from dialogs.texts import LOCALES, Texts, UnreadableTextError, capitals, load_texts
from dialogs.turn import Context, Desk, Turn
from dialogs.understanding import folded, language_named, load_lexicon
from knowledge.texts import LANGUAGES, TRANSLATED, Language

CHOOSE = "🌐 Език · Language"
MACHINE = {language: load_texts()[language]("machine-translated") for language in LANGUAGES}
VRATSA = SharedLocation(latitude=43.21, longitude=23.55)


def button_with(talk: Talk, action: str) -> str:
    return next(b.label for b in talk.screen.buttons if b.action == action)


# -- choosing --------------------------------------------------------------------------------------


def test_the_four_languages_are_offered_in_their_own_words(talk: Talk) -> None:
    talk.presses(CHOOSE)
    assert talk.buttons[:4] == ["Български", "English", "Türkçe", "Українська"]
    talk.presses("Türkçe").shows("Merhaba")
    talk.presses("🌐 Dil · Language", "Українська").shows("Вітаю")
    talk.presses("🌐 Мова · Language", "English").shows("Hello")
    talk.presses("🌐 Language · Език", "Български").shows("Здравейте")


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("türkçe", "tr"), ("Türkçe lütfen", "tr"), ("TÜRKÇE", "tr"), ("turkce", "tr"),
        ("на турски", "tr"), ("українською", "uk"), ("Українська", "uk"), ("на украински", "uk"),
        ("ukrainian", "uk"), ("по-українськи", "uk"), ("english", "en"), ("English please!", "en"),
        ("на английски", "en"), ("ingilizce", "en"), ("İNGİLİZCE", "en"), ("англійською", "en"),
        ("на български", "bg"), ("Bulgarca", "bg"), ("болгарською", "bg"), ("bulgarian", "bg"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_language_is_spoken_when_it_is_named(
    context: Context, spoken: Language, typed: str, language: str
) -> None:
    talk = Talk(context, Conversation(language=spoken)).start().says(typed)
    assert talk.conversation.language == language
    assert talk.conversation.misses == 0


@pytest.mark.parametrize("typed", ["уча английски", "турска фирма", "work", "из Украйна съм", "57"])
def test_other_words_name_no_language(typed: str) -> None:
    assert language_named(folded(typed)) is None


def test_a_language_on_a_cv_and_a_word_to_a_librarian_switch_nothing(talk: Talk) -> None:
    talk.presses("За мен", "Меню", "Направи CV", "Започни")
    while "Какви езици" not in talk.screen.text:
        talk.presses("Пропусни")
    talk.says("турски")
    assert talk.conversation.language == "bg"
    assert "турски" in talk.conversation.cv.written.values()


def test_what_is_written_to_a_librarian_switches_nothing(context: Context) -> None:
    desk = Desk("lib-vratsa-reg", context.knowledge.directory.library("lib-vratsa-reg"), None)
    talk = Talk(replace(context, desks=(desk,), number=7)).start()
    talk.presses("За мен", "Библиотекар")
    for action in ("to:lib-vratsa-reg", "case-card", "pass-on"):
        talk.does(Pressed(serial=talk.screen.serial, action=action))
    assert talk.conversation.screen.name == "case_chat"
    step = respond(talk.conversation, Said(text="українською"), talk.context)
    assert step.conversation.language == "bg"
    assert [e.text for e in step.effects if isinstance(e, CaseSaid)] == ["українською"]


# -- one talk --------------------------------------------------------------------------------------


def state(conversation: Conversation) -> dict[str, object]:
    """Return all that is kept, but for the language and the counting of screens.

    The card of a case tells the librarian the language; all else on it is in Bulgarian.
    """
    kept = conversation.model_dump(mode="json")
    if kept["case"]:
        del kept["case"]["card"]["speaks"]
    return {k: v for k, v in kept.items() if k not in ("language", "serial", "last_press")}


def pressed(conversation: Conversation, action: str, context: Context) -> Step:
    return respond(conversation, Pressed(serial=conversation.serial, action=action), context)


def next_event(step: Step, choice: int) -> Event:
    """Return the n-th button of what is shown, or a location where one is asked for."""
    shown = step.messages[-1] if step.messages else None
    if shown is None or (shown.asks_location and choice % 2):
        return VRATSA if shown else Started()
    actions = [b.action for b in shown.buttons if not b.action.startswith(("lang:", "plan-pdf"))]
    return Pressed(serial=shown.serial, action=actions[choice % len(actions)])


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    turns=st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from((None, *LANGUAGES))), min_size=5, max_size=30
    )
)
def test_a_change_of_language_changes_nothing_else(
    context: Context, turns: list[tuple[int, Language | None]]
) -> None:
    alone = respond(Conversation(), Started(), context)
    mixed = respond(Conversation(language="uk"), Started(), context)
    for choice, language in turns:
        event = next_event(alone, choice)
        spoken = mixed.conversation
        if language and spoken.screen.name != "language":  # that screen closes with the choice
            spoken = pressed(spoken, f"lang:{language}", context).conversation
            assert spoken.language == language
        alone = respond(alone.conversation, event, context)
        if isinstance(event, Pressed):
            event = Pressed(serial=spoken.serial, action=event.action)
        mixed = respond(spoken, event, context)
        assert state(mixed.conversation) == state(alone.conversation)
        here, there = (Turn(step.conversation, context).verdicts() for step in (alone, mixed))
        assert [v.word for v in here] == [v.word for v in there]
        effects = [[e.kind for e in step.effects] for step in (alone, mixed)]
        assert effects[0] == effects[1]


def test_the_screen_stays_where_it_was(context: Context) -> None:
    talk = Talk(context).start().presses("За мен", "Без работа")
    before = state(talk.conversation)
    for language in ("tr", "uk", "en", "bg"):
        talk.does(Pressed(serial=talk.screen.serial, action=f"lang:{language}"))
        assert state(talk.conversation) == before
    talk.shows("Кога свърши последната")


# -- translated by a machine -----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_meets_a_machine_s_words_is_told_so_once(context: Context, language: Language) -> None:
    fresh = Texts(language)
    unread = replace(context, texts={**context.texts, language: fresh})
    talk = Talk(unread, Conversation(language=language)).start()
    told = language in TRANSLATED and not (LOCALES / language / "REVIEW").exists()
    assert (MACHINE[language] in talk.text) == told
    talk.does(Pressed(serial=talk.screen.serial, action="go:menu")).hides(MACHINE[language])
    talk.does(Pressed(serial=talk.screen.serial, action="go:help"))
    assert (MACHINE[language] in talk.text) == told
    talk.does(Pressed(serial=talk.screen.serial, action=f"lang:{language}"))
    assert (MACHINE[language] in talk.text) == told


def in_a_folder(folder: Path, language: Language, review: str | None) -> Texts:
    own = folder / language
    own.mkdir(parents=True)
    for file in (LOCALES / language).glob("*.ftl"):
        (own / file.name).write_text(file.read_text("utf-8"), "utf-8")
    if review is not None:
        (own / "REVIEW").write_text(review, "utf-8")
    return Texts(language, folder)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_review_ends_the_warning(tmp_path: Path, context: Context, language: Language) -> None:
    review = "name: Айше Демир\nrole: учителка по турски\ndate: 2026-12-01\n"
    for text, told in ((None, True), (review, False)):
        own = in_a_folder(tmp_path / str(told), language, text)
        reading = replace(context, texts={**context.texts, language: own})
        talk = Talk(reading, Conversation(language=language)).start()
        assert (MACHINE[language] in talk.text) == told
        talk.does(Pressed(serial=talk.screen.serial, action="go:help"))
        assert (MACHINE[language] in talk.text) == told


@pytest.mark.parametrize("review", ["", "name: Айше", "- Айше", "name: [", "date: вчера"])
def test_a_review_that_says_too_little_is_refused(tmp_path: Path, review: str) -> None:
    with pytest.raises(UnreadableTextError, match="REVIEW: found no review; allowed: name, role"):
        in_a_folder(tmp_path, "tr", review)


# -- what is there in Bulgarian alone --------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_bulgarian_words_in_another_language_are_owned_up_to_once(
    context: Context, language: Language
) -> None:
    """Every card: who reads one that is not all in their language can have all in Bulgarian."""
    note = load_texts()[language]("measures-in-bulgarian")
    answers = {"audience": "self", "working": "no"}
    some = 0
    for measure in context.knowledge.running(context.today):
        talk = Talk(context, Conversation(language=language, answers=answers))
        talk.does(Pressed(serial=0, action=f"card:{measure.id}"))
        own = [measure.title, measure.summary, measure.gives, *measure.steps, *measure.documents]
        lacking = [text for text in own if not text.has(language)]
        assert bool(lacking) <= (talk.text.count(note) == 1)
        offered = [b.action for b in talk.screen.buttons].count(SWITCH)
        assert offered == talk.text.count(note) <= 1
        if offered:
            some += 1
            before = state(talk.conversation)
            talk.presses(button_with(talk, SWITCH)).hides(note).shows(measure.summary.bg)
            assert state(talk.conversation) == before
    if language in ("bg", "en"):
        assert some == 0


def test_what_is_all_translated_owns_up_to_nothing(context: Context) -> None:
    turn = Turn(Conversation(language="en"), context)
    assert not shows_bulgarian(turn, context.knowledge.measures["eures"].summary.bg)


# -- letters ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("HAYIR", "hayır"), ("hayir", "hayır"), ("İŞSİZİM", "işsizim"), ("Işsizim", "işsizim"),
        ("KADIN", "kadın"), ("İstanbul", "istanbul"), ("I\u0307stanbul", "istanbul"),
    ],
)  # fmt: skip
def test_a_turkish_i_is_the_same_letter_with_and_without_its_dot(typed: str, same: str) -> None:
    assert folded(typed) == folded(same)


def test_capitals_keep_the_dot_of_a_turkish_i() -> None:
    assert capitals("işsizlik parası", "tr") == "İŞSİZLİK PARASI"
    assert capitals("i am here", "en") == "I AM HERE"
    assert capitals("допомога їй", "uk") == "ДОПОМОГА ЇЙ"


def test_folding_leaves_other_letters_alone() -> None:
    assert folded("ЇЖАК Йод Ґанок") == "їжак йод ґанок"
    assert folded("Да, ИСКАМ!") == "да, искам"


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_and_no_are_understood_in_every_language(context: Context, language: Language) -> None:
    texts, lexicon = load_texts()[language], load_lexicon(language)
    for word, known in (("yes", lexicon.yes), ("no", lexicon.no)):
        said = texts(f"button-{word}", who="self")
        assert folded(said) in known
        assert folded(said.upper()) in known
    talk = Talk(context, Conversation(language=language, answers={"working": "no"}))
    talk.does(Pressed(serial=0, action="edit:registered")).does(Said(text=texts("button-no")))
    assert talk.conversation.answers.get("registered") in (False, None)


# -- the phone's language --------------------------------------------------------------------------


@pytest.mark.parametrize("event", [Started, lambda speaks: Said(text="?!", speaks=speaks)])
def test_a_talk_begins_in_the_language_of_the_phone_and_no_later(context: Context, event) -> None:
    talk = Talk(context).does(event(speaks="uk"))
    assert talk.conversation.language == "uk"
    talk.says("на български").does(event(speaks="uk"))
    assert talk.conversation.language == "bg"


def test_a_talk_begins_in_bulgarian_where_the_phone_says_nothing(context: Context) -> None:
    assert Talk(context).start().conversation.language == "bg"


# -- lexicons --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_patterns_have_only_values_that_can_be_read(context: Context, language: Language) -> None:
    reading = Reading(language, context.today, context.knowledge.gazetteer)
    facts, lexicon = context.knowledge.facts, reading.lexicon
    for telling in lexicon.tellings:
        ways = (*telling.said, *telling.asked, *telling.other, *telling.never)
        slots = {element.slot for way in ways for element in way.elements if element.slot}
        assert slots <= reading.slots.keys(), telling.fact
        if telling.value is not None:
            assert facts[telling.fact].read(telling.value) == telling.value
    assert load_wishes(language).ways.keys() <= load_wishes("bg").ways.keys()
