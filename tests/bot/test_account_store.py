"""What the store holds of accounts, on a real file."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from bot.store.accounts import Failures, NewSession
from bot.store.interface import Librarian, TakenError
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_accounts import SqliteAccounts, hashed
from bot.store.sqlite_desk import SqliteDesk

VRATSA = "lib-vratsa-reg"
NOW, HOUR = 1_795_600_000_000, 3_600_000
MARIA = Librarian("maria", VRATSA, "Мария", trial=False, login="maria")
OWN_SCHEMA = "0006_accounts.sql"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[SqliteStore]:
    opened = SqliteStore(file)
    await opened.open()
    yield opened
    await opened.close()


async def joined(store: SqliteStore, who: Librarian, kept: str | None = "hash") -> bool:
    desk, code = SqliteDesk(store), f"code-{who.id}-{who.login}"
    await desk.invite(code, who.library, NOW + HOUR, trial=who.trial, role=who.role)
    return await desk.join(code, who, NOW, kept)


def session(token: str, *, handle: str = "one", idle: int | None = None) -> NewSession:
    return NewSession(token, "maria", "csrf", handle, NOW, NOW + 24 * HOUR, idle, "Firefox/Windows")


async def test_sessions_and_people_of_before_go_on_and_can_be_told_apart(file: Path):
    """A file of before there were accounts: its librarian stays signed in, without a login."""
    found_scripts = (f for f in files("bot.store").iterdir() if f.name.endswith(".sql"))
    scripts = sorted(found_scripts, key=lambda script: script.name)
    before = [script for script in scripts if script.name < OWN_SCHEMA]
    until = NOW + 14 * 24 * HOUR
    with closing(sqlite3.connect(file)) as old:
        for script in before:
            old.executescript(script.read_text("utf-8"))
        old.execute("INSERT INTO librarian VALUES ('maria', ?, 'Мария', 0, 1)", (VRATSA,))
        for token in ("t1", "t2"):
            values = (hashed(token), until)
            old.execute("INSERT INTO desk_session VALUES (?, 'maria', 'csrf', ?)", values)
        old.execute(
            "INSERT INTO desk_invitation VALUES (?, ?, 0, ?, NULL)", (hashed("c"), VRATSA, until)
        )
        old.execute(f"PRAGMA user_version = {len(before)}")
        old.commit()
    store = SqliteStore(file)
    await store.open()
    desk, accounts = SqliteDesk(store), SqliteAccounts(store)
    found = await desk.session("t1", NOW)
    assert found
    assert found.librarian == Librarian("maria", VRATSA, "Мария", trial=False)
    assert found.ends_at is None
    sessions = await accounts.sessions("maria", NOW)
    assert len({one.handle for one in sessions} - {""}) == 2
    assert {one.begun_at for one in sessions} == {NOW}
    assert await accounts.revoke("maria", found.handle)
    assert await desk.session("t1", NOW) is None
    assert await desk.session("t2", NOW)
    invited = await desk.invited("c", NOW)
    assert invited
    assert (invited.library, invited.role) == (VRATSA, "librarian")
    await store.close()


async def test_a_login_is_one_persons_and_the_slower_keeps_the_invitation(store: SqliteStore):
    assert await joined(store, MARIA)
    other = Librarian("ivan", "lib-vidin-reg", "Иван", trial=False, login="maria")
    with pytest.raises(TakenError):
        await joined(store, other)
    assert await SqliteDesk(store).invited("code-ivan-maria", NOW)
    assert [who.id for who in await SqliteDesk(store).librarians()] == ["maria"]


async def test_joining_again_changes_no_password_that_there_is(store: SqliteStore):
    await joined(store, MARIA, "first")
    stranger = Librarian("maria", VRATSA, "Мария", trial=False, login="stranger", role="admin")
    assert await joined(store, stranger, "second")
    found = await SqliteAccounts(store).by_login("maria")
    assert found == (MARIA, "first")
    assert await SqliteAccounts(store).by_login("stranger") is None


async def test_a_telegram_user_is_one_person_and_many_have_none(store: SqliteStore):
    for name in ("a", "b", "c"):
        await joined(store, Librarian(name, VRATSA, name, trial=False, login=f"login-{name}"))
    link = "UPDATE librarian SET telegram_user = ? WHERE id = ?"
    await store.write((link, (57, "a")))
    with pytest.raises(sqlite3.IntegrityError):
        await store.write((link, (57, "b")))
    people = {one.who.id: one.who.telegram_user for one in await SqliteAccounts(store).people()}
    assert people == {"a": 57, "b": None, "c": None}


async def test_who_answers_at_a_desk_is_neither_disabled_nor_without_one(store: SqliteStore):
    await joined(store, MARIA)
    await joined(store, Librarian("ana", "", "Ана", trial=False, role="admin", login="ana"))
    await joined(store, Librarian("ivan", VRATSA, "Иван", trial=False, login="ivan"))
    accounts = SqliteAccounts(store)
    await accounts.disable("ivan", NOW)
    assert [who.id for who in await SqliteDesk(store).librarians()] == ["maria"]
    assert {one.who.id for one in await accounts.people()} == {"maria", "ana", "ivan"}
    await accounts.enable("ivan")
    assert {who.id for who in await SqliteDesk(store).librarians()} == {"maria", "ivan"}


async def test_an_idle_session_ends_to_the_millisecond_and_seeing_it_moves_the_end(
    store: SqliteStore,
):
    await joined(store, MARIA)
    desk, accounts = SqliteDesk(store), SqliteAccounts(store)
    await accounts.begin(session("token", idle=HOUR))
    assert await desk.session("token", NOW + HOUR - 1)
    assert await desk.session("token", NOW + HOUR) is None
    assert await accounts.sessions("maria", NOW + HOUR) == []
    await accounts.seen("token", NOW + HOUR - 1)
    found = await desk.session("token", NOW + 2 * HOUR - 2)
    assert found
    assert found.ends_at == NOW + 2 * HOUR - 1
    (account,) = await accounts.people()
    assert account.last_seen_at == NOW + HOUR - 1


async def test_revoking_spares_others_and_the_one_that_is_named(store: SqliteStore):
    await joined(store, MARIA)
    accounts = SqliteAccounts(store)
    for handle in ("one", "two", "three"):
        await accounts.begin(session(f"token-{handle}", handle=handle))
    assert not await accounts.revoke("ivan", "one")
    assert await accounts.revoke_all("maria", but="two") == 2
    assert [one.handle for one in await accounts.sessions("maria", NOW)] == ["two"]


async def test_failures_are_kept_until_they_are_none(store: SqliteStore):
    accounts = SqliteAccounts(store)
    assert await accounts.failures("login:x") == Failures()
    await accounts.keep_failures({"login:x": Failures(6, NOW, NOW + 1), "address:y": Failures(1)})
    assert await accounts.failures("login:x") == Failures(6, NOW, NOW + 1)
    await accounts.keep_failures({"login:x": Failures(), "address:y": Failures(2, NOW)})
    assert await accounts.failures("login:x") == Failures()
    assert await accounts.failures("address:y") == Failures(2, NOW)
