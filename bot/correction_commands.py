"""The commands that list accepted corrections and bring them back to the data's editors."""

import argparse
import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.administration import RefusedError
from bot.channels.terminal import write_line
from bot.settings import Settings
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_corrections import KeptCorrection, SqliteCorrections
from knowledge.corrections import Correction
from knowledge.loading import load
from knowledge.loading.correcting import changes_of, sheets_of
from knowledge.loading.trying import with_changes, write


async def list_(_options: argparse.Namespace, settings: Settings) -> int:
    """List the corrections that wait, and those that hold now."""
    waiting, standing = await _kept(settings)
    for kept in (*waiting, *standing):
        wanted = kept.correction
        value = " / ".join(wanted.value.splitlines()) or "(empty)"
        write_line(f"{kept.number}  {kept.state}  {wanted.kind} {wanted.row} {wanted.field}")
        write_line(f"    {value}")
        write_line(f"    {wanted.source}, checked on {wanted.checked_on}")
    write_line(f"{len(waiting)} waiting, {len(standing)} accepted")
    return 0


async def export(options: argparse.Namespace, settings: Settings) -> int:
    """Write the accepted corrections as spreadsheets that `python -m knowledge import` takes.

    With --into they are put into a copy of the data instead.
    """
    _, standing = await _kept(settings)
    corrections = [kept.correction for kept in standing]
    if options.into is not None:
        lines = await asyncio.to_thread(_put_into, options.into, settings.knowledge, corrections)
    elif options.folder is not None:
        lines = await asyncio.to_thread(_write, options.folder, settings.knowledge, corrections)
    else:
        raise RefusedError("corrections export: found no folder; allowed: FOLDER or --into DATA")
    for line in lines:
        write_line(line)
    return 0


def _write(folder: Path, shipped: Path, corrections: Sequence[Correction]) -> list[str]:
    if folder.resolve().is_relative_to(shipped.resolve()):
        raise RefusedError(f"{folder}: found a folder of the data itself; allowed: any other one")
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for name, table in sheets_of(shipped, corrections).items():
        (folder / name).write_bytes(table)
        what = "measures" if name == "measures.csv" else "places"
        lines += [
            f"{folder / name}: written",
            f"    python -m knowledge import {what} {folder / name}",
        ]
    return lines or ["no correction holds now; nothing was written"]


def _put_into(data: Path, shipped: Path, corrections: Iterable[Correction]) -> list[str]:
    if data.resolve() == shipped.resolve():
        text = "found the data that the service speaks from; allowed: a copy of it"
        raise RefusedError(f"--into {data}: {text}, or export a folder and import it")
    load(data)  # says what is wrong before anything is touched
    changes = changes_of(data, corrections)
    with with_changes(data, changes) as copy:
        load(copy)
    write(data, changes)
    return [f"{data / name}: written" for name in changes] or ["nothing to change"]


async def _kept(settings: Settings) -> tuple[list[KeptCorrection], list[KeptCorrection]]:
    store = SqliteStore(settings.database)
    await store.open()
    try:
        kept = SqliteCorrections(store)
        return await kept.waiting(trial=False), await kept.standing(trial=False)
    finally:
        await store.close()


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `corrections list` and `corrections export`."""
    parser = commands.add_parser("corrections", help="what librarians corrected")
    corrections = parser.add_subparsers(required=True)
    corrections.add_parser("list", help=list_.__doc__).set_defaults(run=list_)
    one = corrections.add_parser("export", help=export.__doc__)
    one.add_argument("folder", type=Path, nargs="?", metavar="FOLDER")
    one.add_argument("--into", type=Path, metavar="DATA", help="a copy of knowledge/data")
    one.set_defaults(run=export)
