"""Most wanted of such talks: a new release opens the file of any older one, and nobody is lost.

How a stored talk goes on is the law of `test_safe_releases`; here it lies in a real file.
"""

import json
import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest
from durable import NOON, Dial, House, Notebook, arrival, house, said, stands_in

from bot.clock import millis
from dialogs.model import Conversation, Pressed
from dialogs.texts import load_texts

NOW = millis(NOON)
STORED = Path(__file__).parents[2] / "dialogs" / "data" / "stored"
RELEASES = {f.stem: json.loads(f.read_text("utf-8")) for f in sorted(STORED.glob("*.json"))}
SCRIPTS = sorted(
    (f for f in files("bot.store").iterdir() if f.name.endswith(".sql")), key=lambda f: f.name
)
TEXTS = load_texts()["bg"]
WAITING = '{"text": "Чака от вчера", "rows": [], "serial": 0, "asks_location": false, "pin": null}'
FILLED = {
    2: (
        (
            "INSERT INTO case_file (number, conversation, library, state, card, opened_at)"
            " VALUES (3, 'test:t0', 'lib', 'waiting', '{}', 1)"
        ),
        (
            "INSERT INTO case_entry (id, number, cause, kind, who, text, at)"
            " VALUES (1, 3, 3, 'person', '', 'Къде?', 1)"
        ),
        (
            "INSERT INTO librarian (id, library, name, trial, joined_at)"
            " VALUES ('l', 'lib', 'Мария', 0, 1)"
        ),
        (
            "INSERT INTO desk_session (token_hash, librarian, csrf, expires_at)"
            " VALUES ('hash', 'l', 'csrf', 9999999999999)"
        ),
        "INSERT INTO library_hours VALUES ('lib-vratsa-reg', 'Mo-Fr 09:00-18:00', 1)",
    ),
    3: (
        "INSERT INTO reminder VALUES (5, 'test:t0', 'visit', '2026-11-25', 'bg', 9999999999999)",
        "INSERT INTO recheck VALUES ('test:t1', '{}', '[]', 'bg', '2027-11-01', 'old')",
    ),
    4: ("UPDATE outbox SET document = NULL, fleeting = 0",),
    13: (
        "UPDATE case_file SET offered_to = 'lib-vidin-reg', state = 'offered', asked_at = 1",
        "INSERT INTO desk_change (desk, number, at) VALUES ('lib', 3, 9999999999999)",
        "INSERT INTO muted VALUES ('hash', '2099-01-01', 'обиди', 'Мария', 'lib', 1)",
        (
            "INSERT INTO report (number, talk, reason, who, desk, at)"
            " VALUES (3, 'hash', 'обиди', 'Мария', 'lib', 1)"
        ),
        "INSERT INTO absence VALUES ('l', '2099-01-01')",
        "INSERT INTO desk_reset VALUES ('code', 'l', 9999999999999)",
        "INSERT INTO sign_in_failure VALUES ('login', 2, 9999999999999, 9999999999999)",
        (
            "INSERT INTO audit (id, at, actor, role, action, about, address)"
            " VALUES (1, 9999999999999, 'l', 'librarian', 'sign-in', '', '10.0.0.0')"
        ),
        (
            "INSERT INTO correction (number, key, kind, entry, field, value, english, source,"
            " checked_on, note, proposed, before, before_said, author, author_name, library,"
            " trial, proposed_at, state) VALUES (1, 'k', 'libraries', 'lib-vratsa-reg', 'phone',"
            " '092 123456', '', 'обадих се', '2026-11-20', '', '092 123456', '', '', 'l', 'Мария',"
            " 'lib', 0, 1, 'waiting')"
        ),
        (
            "INSERT INTO prepared_answer VALUES (1, NULL, 'k', 'T', 'X', '', '2026-11-20',"
            " '2027-05-20', 'М', 1, 0)"
        ),
        "INSERT INTO first_answer VALUES (1, 'lib', '2099-01-01', 40)",
        "INSERT INTO desk_setting VALUES ('lib', 120)",
        "INSERT INTO desk_digest VALUES ('lib', '2099-01-01', 'morning', 1)",
        "INSERT INTO desk_counter VALUES ('lib', '2099-01-01', 'came', 3)",
        "INSERT INTO desk_tap VALUES (1, 'key', 'lib', '2099-01-01', 'came', 0)",
        "INSERT INTO gap VALUES ('2026-10', 'training', '', 7)",
        "INSERT INTO desk_group VALUES (-100, 'lib', 'Група', 1, '', NULL, 5)",
        "INSERT INTO desk_topic VALUES (3, -100, 7, 8, '', '', 0, 0)",
        "INSERT INTO desk_post VALUES (-100, 9, 3, 1, '', 9999999999999)",
        "INSERT INTO desk_asking VALUES (-100, 7, 1, 3, 'expert', '', '', 0, 9999999999999, '')",
        (
            "INSERT INTO kept_file VALUES ('f', 'test:t0', x'00', x'00', 'image/png', 1,"
            " 9999999999999, 9999999999999)"
        ),
    ),
    14: (
        "INSERT INTO gap_asked VALUES ('2099-01', 'training', 'hash', 'VRC10')",
        "INSERT INTO gap_month VALUES ('2026-10', 'training', 'VRC10', 7)",
        (
            "INSERT INTO prepared_answer_before VALUES (1, 1, NULL, 'k', 'T', 'X', '',"
            " '2026-11-19', '2027-05-20', 'М', 1, 0)"
        ),
        "INSERT INTO desk_digest_waiting VALUES (1, -100, 9999999999999, 'Добро утро')",
    ),
}
"""What each schema holds besides talks, as its release wrote it."""
KEPT = sorted({release["schema"] for release in RELEASES.values()} | {3, 13})
"""The schemas that files of a release have, and some that stood between two releases."""


def made(file: Path, release: str, schema: int | None = None) -> dict[str, dict[str, object]]:
    """Make a file as that release left it, full of data; return its talks by address."""
    schema, talks = schema or RELEASES[release]["schema"], RELEASES[release]["talks"]
    states = {f"t{n}": talk["state"] for n, talk in enumerate(talks.values())}
    with closing(sqlite3.connect(file)) as old:
        for script in SCRIPTS[:schema]:
            old.executescript(script.read_text("utf-8"))
        for number, (address, state) in enumerate(states.items(), start=1):
            old.execute(
                "INSERT INTO conversation VALUES (?, 'test', ?, 7, ?, ?)",
                (f"test:{address}", address, json.dumps(state), NOW),
            )
            old.execute(
                "INSERT INTO inbox (seq, channel, update_key, address, conversation, raw,"
                " arrived_at, state) VALUES (?, 'test', ?, ?, ?, ?, ?, 'done')",
                (number, f"done-{address}", address, f"test:{address}", said("57"), NOW),
            )
            old.execute(
                "INSERT INTO outbox (id, channel, address, conversation, cause, body, created_at)"
                " VALUES (?, 'test', ?, ?, ?, ?, ?)",
                (number, address, f"test:{address}", number, WAITING, NOW),
            )
        old.execute(
            "INSERT INTO inbox (seq, channel, update_key, address, conversation, raw, arrived_at)"
            " VALUES (9, 'test', 'new', 't0', 'test:t0', ?, ?)",
            (said("меню"), NOW),
        )
        old.execute("INSERT INTO counter VALUES ('2026-11-22', 'started', 41)")
        old.execute("UPDATE last_number SET n = 9")
        for statement in (s for n, added in FILLED.items() if n <= schema for s in added):
            old.execute(statement)
        old.execute(f"PRAGMA user_version = {schema}")
        old.commit()
    return states


def rows(file: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as other:
        return other.execute(sql).fetchall()


async def settled(running: House) -> None:
    await running.runtime.settle()
    await running.delivery.settle()


def test_every_release_and_every_schema_is_there() -> None:
    assert max(KEPT) == len(SCRIPTS), "a release with this schema is to be stored"


@pytest.mark.parametrize("release", RELEASES)
async def test_what_waited_is_done_and_everybody_goes_on(
    file: Path, clock: Dial, channel: Notebook, release: str
) -> None:
    states = made(file, release)
    async with house(file, clock, channel, sends=True) as running:
        await settled(running)
        # The message that waited, and the word that was not worked out yet.
        assert channel.texts("t0")[0] == "Чака от вчера"
        assert TEXTS("menu") in channel.texts("t0")[-1]
        for address, state in states.items():
            heard = len(channel.texts(address))
            event = arrival(f"later-{address}", address, said("/results"))
            await running.tell(event, event)
            await settled(running)
            assert "Ето какво намерих" in channel.texts(address)[-1]
            assert len(channel.texts(address)) == heard + 1
            stored = await running.store.conversation(f"test:{address}")
            assert stored is not None
            talk = Conversation.model_validate_json(stored.state)
            assert talk.answers == state["answers"]
        # What was done before the update and comes again changes nothing.
        before = list(channel.sends)
        await running.tell(arrival("done-t0", "t0", said("57")))
        await settled(running)
        assert channel.sends == before
        assert await running.store.dead_letters() == []


@pytest.mark.parametrize("schema", KEPT)
async def test_migrations_run_forward_over_data_and_keep_every_row(
    file: Path, clock: Dial, schema: int
) -> None:
    release = next(r for r in RELEASES if RELEASES[r]["schema"] <= schema)
    made(file, release, schema)
    tables = [
        str(name)
        for (name,) in rows(
            file, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
    ]
    counts = {table: rows(file, f'SELECT count(*) FROM "{table}"') for table in tables}  # noqa: S608
    assert all(counts[table] != [(0,)] for table in tables if not table.startswith("desk_inv")), (
        counts
    )
    # Nothing is worked out meanwhile: only the file is brought up to date.
    async with house(file, clock, Notebook("elsewhere")):
        pass
    assert rows(file, "PRAGMA user_version") == [(len(SCRIPTS),)]
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]
    assert rows(file, "PRAGMA foreign_key_check") == []
    assert {
        table: rows(file, f'SELECT count(*) FROM "{table}"')  # noqa: S608
        for table in tables
    } == counts


@pytest.mark.parametrize("release", RELEASES)
async def test_who_erases_after_the_update_is_gone_from_the_old_rows_too(
    file: Path, clock: Dial, channel: Notebook, release: str
) -> None:
    made(file, release)
    async with house(file, clock, channel, sends=True) as running:
        await settled(running)
        erase = Pressed(serial=0, action="erase").model_dump_json()
        await running.tell(arrival("e1", "t0", said("/delete")), arrival("e2", "t0", erase))
        await settled(running)
        await running.store.scrub()
        assert not stands_in("test:t0", file)
    assert rows(file, "SELECT n FROM counter WHERE metric = 'started'") == [(41,)]


@pytest.mark.parametrize("release", RELEASES)
async def test_a_talk_of_a_newer_release_is_left_as_it_is_and_the_person_gets_a_word(
    file: Path, clock: Dial, channel: Notebook, release: str
) -> None:
    """As after going back to an older release: the newer one, when it is back, finds all of it."""
    states = made(file, release)
    newer = json.dumps({**states["t0"], "hologram": {"on": True}})
    with closing(sqlite3.connect(file)) as other:
        other.execute("UPDATE conversation SET state = ? WHERE id = 'test:t0'", (newer,))
        other.commit()
    async with house(file, clock, channel, sends=True) as running:
        await settled(running)
        assert channel.texts("t0")[-1] == TEXTS("went-wrong")
        stored = await running.store.conversation("test:t0")
        assert stored is not None
        assert stored.state == newer
        # The word that could not be worked out waits for whoever can.
        [letter] = await running.store.dead_letters()
        assert letter.seq == 9
