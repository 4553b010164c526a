"""What the command line reports: what libraries counted, and what nobody could answer."""

import argparse
import csv
import io
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from bot import clock
from bot.administration import RefusedError
from bot.channels.terminal import write_line
from bot.desk import gap_words
from bot.desk.day import COLUMNS, beside, is_month, table
from bot.desk.gaps import Cell, grouped
from bot.settings import Settings
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_day import SqliteDay, SqliteGaps
from dialogs.texts import load_texts
from knowledge.calendar import SOFIA
from knowledge.loading import load


async def counters(options: argparse.Namespace, settings: Settings) -> int:
    """Print what libraries counted in a month, day by day."""
    month = _month(options.month, _this_month())
    t = load_texts()["bg"]
    async with _opened(settings) as store:
        counted = await SqliteDay(store).month(month)
    lines = [["library", t("desk-day-day"), *(t(f"desk-day-{name}") for name in COLUMNS)]]
    for library, of_it in groupby(counted, attrgetter("library")):
        month_of_it = table(of_it)
        lines += [[library, f"{day}", *map(str, row)] for day, row in month_of_it.rows]
        lines.append([library, t("desk-day-sum"), *map(str, month_of_it.sums)])
    _print(lines) if counted else write_line(t("desk-day-none"))
    return 0


async def gaps(options: argparse.Namespace, settings: Settings) -> int:
    """Print what people asked and nobody could answer in a month that is over."""
    this = _this_month()
    month = _month(options.month, beside(this, -1))
    if month >= this:
        allowed = f"a month that is over, for example {beside(this, -1)}"
        raise RefusedError(f"--month: found {month!r}; allowed: {allowed}")
    t, places = load_texts()["bg"], load(settings.knowledge).gazetteer
    async with _opened(settings) as store:
        cells = [Cell(*counted) for counted in await SqliteGaps(store).month(month)]
    rows = grouped(cells, gap_words.provinces_of(places))
    lines = [[t("desk-gap-topic"), t("desk-gap-where"), t("desk-gap-n")]]
    lines += [
        [gap_words.topic(row, t), gap_words.place(row, t, places), gap_words.number(row, t)]
        for row in rows
    ]
    if options.csv:
        _save(lines, options.csv)
    elif rows:
        _print(lines)
    else:
        write_line(t("desk-gap-none-here"))
    return 0


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(settings.database)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


def _this_month() -> str:
    return f"{clock.now().astimezone(SOFIA):%Y-%m}"


def _month(asked: str | None, otherwise: str) -> str:
    if asked is not None and not is_month(asked):
        raise RefusedError(f"--month: found {asked!r}; allowed: for example {otherwise}")
    return asked or otherwise


def _print(lines: Sequence[Sequence[str]]) -> None:
    for line in lines:
        write_line("\t".join(line))


def _save(lines: Sequence[Sequence[str]], file: Path) -> None:
    """Write what opens right in Bulgarian Excel: UTF-8 with its mark, semicolons."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(lines)
    if str(file) == "-":
        sys.stdout.write(text.getvalue())
    else:
        file.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `report counters` and `report gaps`."""
    report = commands.add_parser("report", help="numbers, and never a person").add_subparsers(
        required=True
    )
    one = report.add_parser("counters", help=counters.__doc__)
    one.add_argument("--month", metavar="YYYY-MM", help="without it, this month")
    one.set_defaults(run=counters)
    two = report.add_parser("gaps", help=gaps.__doc__)
    two.add_argument("--month", metavar="YYYY-MM", help="without it, the last month")
    two.add_argument("--csv", type=Path, metavar="FILE", help="a table for Excel; - for stdout")
    two.set_defaults(run=gaps)
