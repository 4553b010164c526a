"""The language of a talk's beginning; and a service whose words cannot be said does not start."""

import json
from pathlib import Path

import pytest

from bot import __main__ as command
from bot.channels.speaking import of_header, spoken
from bot.channels.telegram.updates import event_of
from dialogs.texts import LOCALES, Texts
from knowledge.texts import LANGUAGES


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("uk-UA,uk;q=0.9,en-US;q=0.8", "uk"), ("tr", "tr"), ("tr_TR", "tr"), ("de,uk;q=0.5", "uk"),
        ("bg-BG,bg;q=0.9,uk;q=0.8", None), ("en-US,en;q=0.9,uk;q=0.8", None), ("ja", None),
        ("", None), ("*", None), (";;,,q=", None), ("uk" * 4000, None),
    ],
)  # fmt: skip
def test_a_browser_says_what_it_speaks(header, language):
    assert of_header(header) == language


@pytest.mark.parametrize(
    ("code", "language"), [("uk", "uk"), ("tr", "tr"), ("bg", None), ("en", None), (7, None)]
)
def test_a_phone_says_what_it_speaks(code, language):
    sender = {"id": 7, "is_bot": False, "language_code": code}
    for text in ("/start", "Здравейте"):
        message = {"chat": {"id": 7, "type": "private"}, "text": text, "from": sender}
        assert event_of(json.dumps({"update_id": 1, "message": message})).speaks == language
    assert spoken([]) is None


def spoilt(folder: Path) -> dict[str, Texts]:
    for language in LANGUAGES:
        (folder / language).mkdir()
        for file in (LOCALES / language).glob("*.ftl"):
            text = file.read_text("utf-8")
            lost = text.replace("\nthanks =", "\nthank =") if language == "uk" else text
            (folder / language / file.name).write_text(lost, "utf-8")
    return {language: Texts(language, folder) for language in LANGUAGES}


@pytest.mark.parametrize("arguments", [["run"], ["chat", "--script", "lines.txt"]])
def test_a_service_with_a_missing_message_does_not_start(monkeypatch, tmp_path, capsys, arguments):
    texts = spoilt(tmp_path)
    monkeypatch.setattr(command, "load_texts", lambda: texts)
    monkeypatch.setenv("POSOKA_DATABASE_URL", f"sqlite:///{tmp_path}/talks.db")
    monkeypatch.setenv("POSOKA_LISTEN", "127.0.0.1:0")
    monkeypatch.chdir(tmp_path)
    Path("lines.txt").write_text("помощ\n", "utf-8")
    assert command.main(arguments) == 2
    said = capsys.readouterr().err.splitlines()
    assert "uk/talk.ftl (uk): thanks: missing; translate it" in said
    assert "thank: Bulgarian has no such message; mend its name or take it out" in "\n".join(said)
