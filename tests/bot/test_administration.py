"""The command line of whoever runs the service; what is wrong is one clear line."""

import asyncio
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.clock import millis, now
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_desk import SqliteDesk

VRATSA = "lib-vratsa-reg"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("POSOKA_")]:
        monkeypatch.delenv(name)
    found = tmp_path / "posoka.db"
    monkeypatch.setenv("POSOKA_DATABASE_URL", f"sqlite:///{found}")
    return found


def hours_kept(file: Path) -> dict[str, str]:
    async def read() -> dict[str, str]:
        store = SqliteStore(file)
        await store.open()
        try:
            return await SqliteDesk(store).hours()
        finally:
            await store.close()

    return asyncio.run(read())


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert not said.out
    assert said.err.count("\n") == 1, said.err
    return said.err


def test_an_invitation_is_a_link_for_one_library(file: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["desk", "invite", VRATSA]) == 0
    said = capsys.readouterr().out
    assert "Регионална библиотека „Христо Ботев“, гр. Враца" in said
    found = re.search(r"http://127\.0\.0\.1:8080/desk/join/([\w-]+)", said)
    assert found
    assert "once, for 7 days" in said
    assert found[1].encode() not in file.read_bytes()


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["library", "invite", VRATSA], "Регионална библиотека „Христо Ботев“, гр. Враца"),
        (["bureau", "group", "dbt-vratsa"], "Дирекция „Бюро по труда“ – Враца, гр. Враца"),
    ],
)
def test_a_group_is_invited_by_a_code_and_steps(
    file: Path, capsys: pytest.CaptureFixture[str], command: list[str], name: str
):
    assert main(command) == 0
    said = capsys.readouterr().out
    assert said.startswith(name)
    found = re.search(r"/join (\w{5}-\w{5}-\w{5})\n", said)
    assert found
    assert f"Код за групата: {found[1]}." in said
    assert [line[:2] for line in said.splitlines()[-5:]] == [f"{n}." for n in range(1, 6)]
    kept = b"".join(f.read_bytes() for f in file.parent.glob("posoka.db*"))
    assert found[1].encode() not in kept
    assert found[1].replace("-", "").encode() not in kept


def test_a_group_of_no_bureau_is_one_clear_line(file: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["bureau", "invite", "dbt-vraca"]) == 2
    assert "did you mean 'dbt-vratsa'" in one_line(capsys)
    assert not file.exists()


def test_the_link_leads_to_the_address_people_reach(file: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["desk", "invite", VRATSA, "--url", "https://posoka.example/"]) == 0
    assert "https://posoka.example/desk/join/" in capsys.readouterr().out
    assert file.exists()


def test_the_public_address_is_where_it_leads_unless_another_is_given(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("POSOKA_PUBLIC_URL", "https://posoka.example.bg/")
    assert main(["desk", "invite", VRATSA]) == 0
    assert "https://posoka.example.bg/desk/join/" in capsys.readouterr().out
    assert main(["desk", "invite", VRATSA, "--url", "https://other.example"]) == 0
    assert "https://other.example/desk/join/" in capsys.readouterr().out
    assert file.exists()


@pytest.mark.parametrize(
    "url", ["foo", "ftp://a.bg", "http://", "https://a.bg/?x=1", "https://a b"]
)
def test_an_address_that_is_none_is_one_clear_line(
    file: Path, capsys: pytest.CaptureFixture[str], url: str
):
    assert main(["desk", "invite", VRATSA, "--url", url]) == 2
    assert f"--url: found {url!r}" in one_line(capsys)
    assert not file.exists()


@pytest.mark.parametrize(
    "name", ["", "trial", "lib-nowhere", "'; DROP TABLE librarian; --", "a\nb"]
)
@pytest.mark.parametrize("command", [["desk", "invite"], ["library", "hours"]])
def test_an_unknown_library_is_one_clear_line(
    file: Path, capsys: pytest.CaptureFixture[str], command: list[str], name: str
):
    more = ["Mo-Fr 09:00-17:00"] if command == ["library", "hours"] else []
    assert main([*command, name, *more]) == 2
    assert "no such library" in one_line(capsys)
    assert not file.exists()


def test_hours_a_library_told_are_kept_and_replaced(file: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["library", "hours", VRATSA, "Mo-Fr 09:00-17:00"]) == 0
    assert "Mo-Fr 09:00-17:00" in capsys.readouterr().out
    assert main(["library", "hours", VRATSA, "Mo-Fr 08:30-12:00,13:00-17:00; PH off"]) == 0
    assert hours_kept(file) == {VRATSA: "Mo-Fr 08:30-12:00,13:00-17:00; PH off"}


@pytest.mark.parametrize(
    "hours",
    ["", "9-17", "Пн-Пт 09:00-17:00", "Mo-Fr 17:00-09:00", "Mo-Fr off", "Mo-Fr 09:00-17:00\n"],
)
def test_hours_that_cannot_be_read_are_one_clear_line(
    file: Path, capsys: pytest.CaptureFixture[str], hours: str
):
    assert main(["library", "hours", VRATSA, hours]) == 2
    assert "fix:" in one_line(capsys)
    assert not file.exists()


def test_letters_are_listed_retried_and_dropped(file: Path, capsys: pytest.CaptureFixture[str]):
    assert not hours_kept(file)
    with closing(sqlite3.connect(file)) as db, db:
        # As a step that failed leaves it.
        db.execute(
            "INSERT INTO inbox (seq, channel, update_key, address, conversation, raw, arrived_at,"
            " state, error) VALUES (7, 'web', 'k', 'a', 'web:a', '{}', ?, 'dead', 'KeyError')",
            (millis(now()),),
        )
    assert main(["letters"]) == 0
    assert "7  web" in capsys.readouterr().out
    assert main(["letters", "--retry", "7"]) == 0
    assert "next start" in capsys.readouterr().out
    assert main(["letters", "--drop", "7"]) == 1
    assert "no such letter" in capsys.readouterr().out


def test_a_wrong_call_ends_with_two(capsys: pytest.CaptureFixture[str]):
    for wrong in (["desk"], ["library", "hours"], ["letters", "--retry", "x"]):
        with pytest.raises(SystemExit) as ended:
            main(wrong)
        assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err
