"""Translations stand beside the data, by the Bulgarian text; a changed text has lost its own."""

import datetime as dt
from pathlib import Path

import pytest

from knowledge.errors import DataError
from knowledge.loading import load
from knowledge.loading.translation_review import faulty_translations
from knowledge.loading.translations import FOLDER, translations_in
from knowledge.texts import TRANSLATED, Text, Translations
from knowledge.untranslated import bulgarian_only

ON = dt.date(2026, 11, 22)


def said(folder: Path) -> list[str]:
    return [str(c).removeprefix(f"{folder}/") for c in faulty_translations(folder)]


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


def add(folder: Path, language: str, bulgarian: str, translation: str, flags: str = "") -> None:
    file = folder / FOLDER / f"{language}.po"
    entry = f'\n{flags}msgid "{bulgarian}"\nmsgstr "{translation}"\n'
    file.write_text(file.read_text("utf-8") + entry, "utf-8")


def test_a_text_has_what_is_translated_and_falls_back_to_bulgarian():
    known = Translations({"uk": {"работа": "робота"}})
    text = Text.model_validate({"bg": "работа", "en": "work"}, context=known)
    assert [text.in_(code) for code in ("bg", "en", "tr", "uk")] == [
        "работа", "work", "работа", "робота",
    ]  # fmt: skip
    assert [text.has(code) for code in ("bg", "en", "tr", "uk")] == [True, True, False, True]
    assert not Text(bg="работа", en="work").has("uk")


def test_what_stands_in_the_data_goes_before_what_stands_beside_it():
    known = Translations({"uk": {"работа": "робота"}})
    raw = {"bg": "работа", "en": "work", "uk": "праця"}
    assert Text.model_validate(raw, context=known).uk == "праця"


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_interview_is_whole_in_every_language(base, language):
    for fact in base.facts:
        texts = [fact.label, fact.none, fact.change, fact.birthday]
        texts += [part.label for part in (*fact.choices, *fact.bands)]
        assert all(text.has(language) for text in texts if text), fact.id
    assert all(text.has(language) for text in base.phrases.values())
    assert all(rule.text.has(language) for rule in base.rules.values())
    for told in (base.help_lines, base.job_scams, base.job_search):
        assert all(entry.text.has(language) for entry in told.values())


def test_the_shipped_translations_are_in_order():
    folder = Path(load.__code__.co_filename).parents[1] / "data"
    assert [str(complaint) for complaint in faulty_translations(folder)] == []


def test_a_changed_text_has_lost_its_translations(folder):
    change(folder / "facts.yaml", 'bg: "Без работа"', 'bg: "Без никаква работа"')
    found = said(folder)
    for language in TRANSLATED:
        assert any(
            line.startswith("facts.yaml:")
            and f"{language}: no translation of msgid 'Без никаква работа'" in line
            and f"write it in translated/{language}.po; the nearest is 'Без работа'" in line
            for line in found
        ), found
    idle = [line for line in found if "no text of the data is msgid 'Без работа'" in line]
    assert [line.partition(":")[0] for line in idle] == ["translated/tr.po", "translated/uk.po"]
    assert all("warning" in line for line in idle)
    choice = next(iter(load(folder).facts["working"].choices))
    assert not choice.label.has("tr")
    assert choice.label.in_("tr") == "Без никаква работа"


def test_a_measure_may_stay_bulgarian(folder):
    before = said(folder)
    change(folder / "measures" / "eures.yaml", "summary:\n  bg: ", "summary:\n  bg: Ново. ")
    assert [line for line in said(folder) if line not in before and "warning" not in line] == []
    assert not load(folder).measures["eures"].summary.has("uk")
    assert any(text.startswith("Ново. ") for text in load(folder).bulgarian_only("uk"))
    assert load(folder).bulgarian_only("en") == ()


def test_a_doubtful_translation_is_none(folder):
    change(folder / "facts.yaml", 'bg: "Без работа"', 'bg: "Съвсем без работа"')
    add(folder, "tr", "Съвсем без работа", "İşsiz", flags="#, fuzzy\n")
    add(folder, "uk", "Съвсем без работа", "Без роботи")
    assert "Съвсем без работа" not in translations_in(folder / FOLDER).by_language["tr"]
    lacking = [line for line in said(folder) if "no translation" in line]
    assert len(lacking) == 1
    assert "tr: no translation" in lacking[0]


def test_what_is_filled_in_is_the_same(folder):
    change(folder / "phrases.yaml", 'bg: "Подхожда до {day}."', 'bg: "Това подхожда до {day}."')
    add(folder, "tr", "Това подхожда до {day}.", "{gün} gününe kadar uygundur.")
    add(folder, "uk", "Това подхожда до {day}.", "Підходить до {day}.")
    found = [line for line in said(folder) if "to fill in" in line]
    assert len(found) == 1
    assert "translated/tr.po" in found[0]
    assert "found ['{gün}'] to fill in; allowed: ['{day}']" in found[0]


def test_a_file_that_is_gone_or_broken_is_told(folder):
    (folder / FOLDER / "uk.po").unlink()
    assert any("uk.po:1: the file is missing; put it back" in line for line in said(folder))
    (folder / FOLDER / "tr.po").write_text('msgid "a"\nmsgtr "b"\n', "utf-8")
    with pytest.raises(DataError, match=r"tr.po:\d+: found no gettext entry"):
        translations_in(folder / FOLDER)


def test_texts_of_a_measure_are_found_at_any_depth(base):
    found = bulgarian_only([base.measures["znz-36-disadvantaged"]], "tr")
    block = base.measures["znz-36-disadvantaged"].for_employer
    assert block is not None
    assert all((text.bg in found) == (not text.has("tr")) for text in block.duties)
