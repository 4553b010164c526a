"""A wrong setting is one clear line and exit code 2, and never quotes a secret."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import SettingsError, read_settings
from knowledge.loading import DATA

TOKEN = "123456789:AAF-secret_secret_secret"  # noqa: S105
WRONG = [
    ("DATABASE_URL", "posoka.db"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATABASE_URL", "postgresql://ana:hunter2@localhost/posoka"),
    ("KNOWLEDGE", "no/such/folder"),
    ("KNOWLEDGE", "."),
    ("FILE_KEY", "secret"),
    ("FILE_KEY", "hunter2" * 9),
    ("FILE_KEY", "00" * 31),
    ("LISTEN", "8080"),
    ("LISTEN", ":8080"),
    ("LISTEN", " :8080"),
    ("LISTEN", "127.0.0.1:"),
    ("LISTEN", "127.0.0.1:http"),
    ("LISTEN", "127.0.0.1:-1"),
    ("LISTEN", "127.0.0.1:65536"),
    ("LISTEN", "127.0.0.1:²"),
    ("LISTEN", "127.0.0.1:80\n80"),
    ("LISTEN", TOKEN),
    ("PUBLIC_URL", "posoka.example.bg"),
    ("PUBLIC_URL", "ftp://posoka.example.bg"),
    ("PUBLIC_URL", "https://"),
    ("PUBLIC_URL", "https://posoka.example.bg/?start=x"),
    ("PUBLIC_URL", "https://ana:hunter2@posoka.example.bg"),
    ("TRUSTED_PROXY", "localhost"),
    ("TRUSTED_PROXY", "10.0.0.1/8"),
    ("TRUSTED_PROXY", "127.0.0.1,"),
    ("TELEGRAM_TOKEN", "AAF-secret_secret_secret"),
    ("TELEGRAM_TOKEN", "123456789"),
    ("TELEGRAM_TOKEN", f"{TOKEN} "),
    ("TELEGRAM_TOKEN", f"bot{TOKEN}"),
    ("TELEGRAM_API_URL", "api.telegram.org"),
    ("TELEGRAM_API_URL", "ftp://api.telegram.org"),
    ("TELEGRAM_API_URL", f"api.telegram.org/bot{TOKEN}"),
    ("TELEGRAM_API_URL", f"ftp://ana:hunter2@api.telegram.org/bot{TOKEN}/"),
    ("TELEGRAM_TOKN", TOKEN),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_one_line_that_names_it_and_quotes_no_secret(
    name: str, value: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings({f"POSOKA_{name}": value})
    said = str(raised.value)
    assert said.startswith(f"POSOKA_{name}: ")
    assert len(said.splitlines()) == 1
    assert "secret" not in said
    assert "hunter2" not in said
    assert len(said) < 300


def run(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POSOKA_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        env=kept | {f"POSOKA_{name}": value for name, value in settings.items()},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LISTEN", "127.0.0.1:http"),
        ("DATABASE_URL", "postgresql://ana:hunter2@localhost/posoka"),
        ("DATABASE_URL", "sqlite:////proc/none/posoka.db"),
        ("DATABASE_URL", "sqlite:////proc/version"),
        ("TELEGRAM_TOKEN", "AAF-secret_secret_secret"),
    ],
)
def test_the_service_refuses_to_start_with_one_line_and_code_2(
    tmp_path: Path, name: str, value: str
) -> None:
    ended = run(tmp_path, **{"LISTEN": "127.0.0.1:0", name: value})
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert "Traceback" not in ended.stderr
    assert "secret" not in ended.stderr + ended.stdout
    assert "hunter2" not in ended.stderr + ended.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_a_newer_version_is_one_line_and_code_2(tmp_path: Path) -> None:
    made = "import sqlite3; sqlite3.connect('p.db').execute('PRAGMA user_version = 999')"
    subprocess.run([sys.executable, "-c", made], cwd=tmp_path, check=True)
    ended = run(tmp_path, LISTEN="127.0.0.1:0", DATABASE_URL="sqlite:///p.db")
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert "newer version" in ended.stderr


def test_nothing_set_is_enough() -> None:
    settings = read_settings({"POSOKA_LISTEN": "", "PATH": "/bin"})
    assert str(settings.listen) == "127.0.0.1:8080"
    assert settings.database == Path("posoka.db")
    assert settings.telegram_token is None
    assert settings.public_url is None


def test_the_public_address_ends_where_a_path_begins() -> None:
    for given in ("https://posoka.example.bg", "https://posoka.example.bg/"):
        settings = read_settings({"POSOKA_PUBLIC_URL": given})
        assert settings.public_url == "https://posoka.example.bg"


def test_what_is_set_holds() -> None:
    settings = read_settings(
        {
            "POSOKA_DATABASE_URL": "sqlite:////var/lib/posoka.db",
            "POSOKA_LISTEN": "[::1]:0",
            "POSOKA_TELEGRAM_TOKEN": TOKEN,
            "POSOKA_TELEGRAM_API_URL": "http://127.0.0.1:8081",
            "POSOKA_TRUSTED_PROXY": "127.0.0.1, 10.0.0.0/8,::1",
        }
    )
    assert [str(one) for one in settings.trusted_proxy] == ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]
    assert settings.database == Path("/var/lib/posoka.db")
    assert (settings.listen.host, settings.listen.port) == ("::1", 0)
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert TOKEN not in repr(settings)


def test_what_the_tests_are_told_is_no_setting() -> None:
    assert read_settings({"POSOKA_BOT_API_DESCRIPTION": "x.json", "POSOKA_REQUIRE_BROWSER": "1"})


def test_an_address_that_is_taken_is_one_line_and_code_2(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        said = run(tmp_path, LISTEN=listen)
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 1
    assert f"POSOKA_LISTEN: found '{listen}'" in said.stderr


def test_a_folder_for_a_database_is_one_line_and_code_2(tmp_path: Path) -> None:
    said = run(tmp_path, LISTEN="127.0.0.1:0", DATABASE_URL=f"sqlite:///{tmp_path}")
    assert said.returncode == 2
    assert said.stderr == f"posoka: {tmp_path}: found a folder; allowed: a file\n"


def test_the_service_speaks_from_the_folder_of_knowledge_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "ours"
    shutil.copytree(DATA, folder)
    phones = folder / "places" / "bureaus.csv"
    changed = phones.read_text(encoding="utf-8").replace("0971 60 190", "0971 00 000")
    assert changed != phones.read_text(encoding="utf-8")
    phones.write_text(changed, encoding="utf-8")
    script = tmp_path / "talk.txt"
    script.write_text("къде е бюрото\nгр. Лом\n", encoding="utf-8")
    monkeypatch.setenv("POSOKA_KNOWLEDGE", str(folder))
    assert main(["chat", "--script", str(script)]) == 0
    assert "0971 00 000" in capsys.readouterr().out
