"""What a step writes of its case: how it stands, its history, and which desks look again."""

import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields, replace
from hashlib import sha256
from typing import Any

import aiosqlite

from bot.clock import moment
from bot.store.interface import CaseFile, Mark, NewAudit, Outgoing, Rewording, StepCommit
from bot.store.sqlite_audit import noting
from bot.store.sqlite_batch_files import erase_files_of_cases, erase_files_of_line
from dialogs.model import NO_CARD

_COLUMNS = tuple(field.name for field in fields(CaseFile))
CASE = f"SELECT {', '.join(_COLUMNS)} FROM case_file"  # noqa: S608  # names of our own fields
ENTRY = (
    "SELECT id, kind, who, text, at, delivery, error, ref, file, changed_at,"
    # Whose act it was stands in the act, for as long as that is kept.
    " coalesce((SELECT CASE WHEN json_valid(raw) THEN raw ->> 'librarian' END FROM inbox"
    " WHERE seq = cause AND channel = 'desk'), '') AS author FROM case_entry"
)
_FIXED = ("number", "conversation", "opened_at", "card")
_KEEP = (
    f"INSERT INTO case_file ({', '.join(_COLUMNS)})"  # noqa: S608
    f" VALUES ({', '.join('?' * len(_COLUMNS))}) ON CONFLICT (number) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name not in _FIXED)
    # The talk lets go of the card at the end; the desk keeps it for its time, and the question
    # also under the card of a case that was opened again.
    + f", card = CASE WHEN excluded.card = '{NO_CARD.model_dump_json()}' THEN card"
    " WHEN NOT json_valid(excluded.card) OR NOT json_valid(card) THEN excluded.card"
    " ELSE json_set(excluded.card, '$.question',"
    " coalesce(nullif(excluded.card ->> 'question', ''), card ->> 'question', '')) END"
)


async def write_cases(db: aiosqlite.Connection, steps: Sequence[StepCommit]) -> None:
    """Store the cases of these steps with their new lines, and tell the desks concerned."""
    touched = {(s.case.number if s.case else e.number): s for s in steps for e in _lines(s)}
    touched |= {s.case.number: s for s in steps if s.case}
    if not touched:
        return
    before = await _desks_of(db, touched)
    await db.executemany(_KEEP, [astuple(step.case) for step in steps if step.case])
    await db.executemany(
        "INSERT INTO case_entry (number, cause, kind, who, text, at, delivery, ref, file)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (e.number, step.cause, e.kind, e.who, e.text, step.at, e.delivery, e.ref, e.file)
            for step in steps
            for e in step.entries
        ],
    )
    after = await _desks_of(db, touched)
    await tell(db, {(desk, n, touched[n].at) for desk, n in before | after})


def _lines(step: StepCommit) -> Iterable[Any]:
    return (*step.entries, *step.rewordings)


async def _desks_of(db: aiosqlite.Connection, numbers: Iterable[int]) -> set[tuple[str, int]]:
    rows = await db.execute_fetchall(
        "SELECT number, library, offered_to, expert_desk FROM case_file"
        " WHERE number IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return {(desk, row[0]) for row in rows for desk in row[1:] if desk}


async def tell(db: aiosqlite.Connection, changes: Iterable[tuple[str, int, int]]) -> None:
    """Note for the desks that a case is to be looked at again: desk, case, when."""
    await db.executemany(
        "INSERT INTO desk_change (desk, number, at) VALUES (?, ?, ?)", sorted(changes)
    )


async def erase_cases(db: aiosqlite.Connection, where: str, value: object, at: int) -> int:
    """Remove the cases for which `where` holds, with all that was said; return how many."""
    rows = await db.execute_fetchall(f"SELECT number FROM case_file WHERE {where}", (value,))  # noqa: S608
    numbers = [row[0] for row in rows]
    if not numbers:
        return 0
    desks = await _desks_of(db, numbers)
    chosen = "number IN (SELECT value FROM json_each(?))"
    await erase_files_of_cases(db, json.dumps(numbers))
    for table in ("case_entry", "report", "case_file"):
        await db.execute(f"DELETE FROM {table} WHERE {chosen}", (json.dumps(numbers),))  # noqa: S608
    await tell(db, {(desk, number, at) for desk, number in desks})
    return len(numbers)


# -- what is worded otherwise ------------------------------------------------------------------


async def reword(db: aiosqlite.Connection, step: StepCommit) -> list[Outgoing]:
    """Change lines of the history; return what stands in the place of what was sent of them."""
    outgoing: list[Outgoing] = []
    for new in step.rewordings:
        if not new.text:
            await erase_files_of_line(db, new.number, new.ref)
        rows = await db.execute_fetchall(
            "UPDATE case_entry SET text = ?, changed_at = ?, file = iif(? = '', NULL, file)"
            # What happened by the same message, as that somebody took the case, stays as it was.
            " WHERE number = ? AND ref = ? AND kind <> 'event' AND (kind = 'person') = ?"
            " RETURNING cause",
            (new.text, step.at, new.text, new.number, new.ref, new.by_person),
        )
        for row in rows:
            if new.sent is not None:
                outgoing += await _resent(db, step, row[0], new, new.sent)
    if outgoing:
        # The line that says it waits with it for the person: desks see whether it came there.
        await db.execute(
            "UPDATE case_entry SET delivery = 'pending' WHERE cause = ? AND kind = 'event'",
            (step.cause,),
        )
    return outgoing


async def _resent(
    db: aiosqlite.Connection, step: StepCommit, cause: int, new: Rewording, body: str
) -> list[Outgoing]:
    """Return what replaces the last message of that event at the person's; unsent, it changes."""
    rows = list(
        await db.execute_fetchall(
            "SELECT id, state, coalesce(platform_id, ''), body FROM outbox"
            " WHERE conversation = ? AND cause = ? AND hides IS NULL ORDER BY id DESC LIMIT 1",
            (step.conversation, cause),
        )
    )
    if not rows:
        return []
    number, state, ids, old = rows[0]
    file = json.loads(old).get("file") if old else None
    if new.text:
        # Of a file that did not go only words stand at the person's.
        body = _in_its_place(body, None if state == "dead" else file)
    if state == "pending" or new.in_place:
        await db.execute("UPDATE outbox SET body = ? WHERE id = ?", (body, number))
    channel, _, address = step.conversation.partition(":")
    if new.in_place:
        # What was told of an earlier change says words that no longer hold.
        await db.execute(
            "UPDATE outbox SET body = '' WHERE conversation = ? AND target = ? AND hides IS NULL",
            (step.conversation, number),
        )
        told = Outgoing(channel, address, step.conversation, new.told or body, target=number)
        return [told] if state == "sent" else []
    if file and not new.text and state == "sent":
        # A file has no text that could be replaced: once it is taken away, the word comes below.
        body = json.dumps(json.loads(body) | {"file": file}, ensure_ascii=False)
    return [Outgoing(channel, address, step.conversation, body, hides=ids, target=number)]


def _in_its_place(body: str, file: Any) -> str:
    """Return the new message with the file of the old one."""
    return json.dumps(json.loads(body) | {"file": file, "changed": True}, ensure_ascii=False)


# -- deliveries and people ---------------------------------------------------------------------


async def delivered(db: aiosqlite.Connection, marks: Sequence[Mark]) -> None:
    """Mark a librarian's words as delivered once every message of that step is."""
    settled = [(m.id,) for m in marks if m.state != "pending"]
    if not settled:
        return
    rows: list[tuple[int, int]] = []
    for mark in (m for m in marks if m.state != "pending"):
        found = await db.execute_fetchall(
            "UPDATE case_entry SET delivery = o.state, error = o.error FROM"
            " (SELECT cause, CASE WHEN sum(state = 'pending') THEN 'pending'"
            " WHEN sum(state = 'dead') THEN 'dead' ELSE 'sent' END AS state, max(error) AS error"
            " FROM outbox WHERE cause = (SELECT cause FROM outbox WHERE id = ?)) AS o"
            " WHERE case_entry.cause = o.cause AND case_entry.delivery IS NOT NULL"
            " RETURNING case_entry.number",
            (mark.id,),
        )
        rows += [(row[0], mark.at) for row in found]
    if rows:
        at = dict(rows)
        await tell(db, {(desk, n, at[n]) for desk, n in await _desks_of(db, at)})


async def write_asides(db: aiosqlite.Connection, step: StepCommit) -> None:
    """Keep how long it took, who cannot ask anew, what the administrator is to look at."""
    if step.first_answer:
        desk, minutes = step.first_answer
        day = moment(step.at).date().isoformat()
        await db.execute(
            "INSERT INTO first_answer (desk, day, minutes) VALUES (?, ?, ?)", (desk, day, minutes)
        )
    if step.muting is None and not step.reports:
        return
    talk = await talk_hash(db, step.conversation)
    if step.muting:
        m = step.muting
        desk = await _library_of(db, m.number)
        await db.execute(
            "INSERT OR REPLACE INTO muted (talk, until, reason, who, desk, at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (talk, m.until, m.reason, m.who, desk, step.at),
        )
        await _note(db, NewAudit(step.at, m.by, "", "mute", str(m.number), after=m.until))
    for r in step.reports:
        desk = await _library_of(db, r.number)
        await db.execute(
            "INSERT INTO report (number, talk, reason, who, desk, at) VALUES (?, ?, ?, ?, ?, ?)",
            (r.number, talk, r.reason, r.who, desk, step.at),
        )
        await _note(db, NewAudit(step.at, r.by, "", "report", str(r.number)))


async def _library_of(db: aiosqlite.Connection, number: int) -> str:
    """Return the desk of a case as it stands after this step; empty where it has none."""
    rows = await db.execute_fetchall("SELECT library FROM case_file WHERE number = ?", (number,))
    return next((row[0] for row in rows), None) or ""


async def _note(db: aiosqlite.Connection, line: NewAudit) -> None:
    """Write into the audit trail who did it; why is about a person, and stands with the case."""
    rows = await db.execute_fetchall("SELECT role FROM librarian WHERE id = ?", (line.actor,))
    role = next((row[0] for row in rows), "librarian")
    await db.execute(*noting(replace(line, role=role)))


async def talk_hash(db: aiosqlite.Connection, conversation: str) -> str:
    """Return the keyed hash of a talk, by which it is known again after it is erased."""
    rows = await db.execute_fetchall("SELECT value FROM secret WHERE name = 'talks'")
    key = next(bytes(row[0]) for row in rows)
    return hmac.new(key, conversation.encode(), sha256).hexdigest()
