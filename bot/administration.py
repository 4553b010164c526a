"""What whoever runs the service does from the command line: desks, hours, dead letters."""

import argparse
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot import clock
from bot.channels.terminal import write_line
from bot.desk.accounts import BUREAU, INVITATION, Accounts
from bot.desk.passwords import folded
from bot.desk.roster import TRIAL
from bot.desk.telegram.codes import new_code, steps
from bot.settings import Settings, is_address
from bot.store.interface import DeskStore
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_accounts import SqliteAccounts
from bot.store.sqlite_desk import SqliteDesk
from bot.store.sqlite_telegram_groups import SqliteTelegramGroups
from bot.store.sqlite_waiting import SqliteWaiting
from dialogs.answer_time import TARGET
from dialogs.texts import load_texts
from knowledge.loading import load
from knowledge.opening_hours import HoursError, OpeningHours
from knowledge.places import Library
from knowledge.spelling import did_you_mean

ANSWER_WITHIN = (10, 4800)
"""Working minutes that a library can set: less cannot be kept, more says nothing."""


class RefusedError(Exception):
    """The command cannot be done; the message says why and what is allowed."""


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(settings.database)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


async def invite(options: argparse.Namespace, settings: Settings) -> int:
    """Print a link that lets one librarian into the desk of a library, once."""
    library = _library(options.library, settings)
    base = base_of(options, settings)
    async with _accounts(settings) as accounts:
        code = await accounts.invite(None, "librarian", library.id)
    write_line(f"{library.name}, {library.city}")
    _say_link(join_link(base, code))
    return 0


async def administrator(options: argparse.Namespace, settings: Settings) -> int:
    """Print a link that lets one administrator in, once."""
    named = options.library is not None
    library = _library(options.library, settings).id if named else ""
    base = base_of(options, settings)
    async with _accounts(settings) as accounts:
        code = await accounts.invite(None, "admin", library)
    _say_link(join_link(base, code))
    return 0


async def invite_expert(options: argparse.Namespace, settings: Settings) -> int:
    """Print a link that lets one expert into the desk of a labour bureau, once."""
    directory = load(settings.knowledge).directory
    bureau = directory.bureau(options.bureau)
    if bureau is None:
        near = did_you_mean(options.bureau, (one.id for one in directory.bureaus))
        allowed = f"an id of bureaus.csv, e.g. {directory.bureaus[0].id}"
        raise RefusedError(f"{options.bureau!r}: no such bureau; allowed: {allowed}{near}")
    base = base_of(options, settings)
    async with _accounts(settings) as accounts:
        code = await accounts.invite(None, "expert", f"{BUREAU}{bureau.id}")
    write_line(f"{bureau.name}, {bureau.city}")
    _say_link(join_link(base, code))
    return 0


async def reset(options: argparse.Namespace, settings: Settings) -> int:
    """Print a link for a new password, once; the account's sessions end."""
    base = base_of(options, settings)
    async with _accounts(settings) as accounts:
        found = await accounts.store.by_login(folded(options.login))
        if found is None or found[0].disabled_at:
            raise RefusedError(f"{options.login!r}: nobody signs in by that login")
        code = await accounts.offer_reset(None, found[0])
    write_line(found[0].name)
    _say_link(f"{base.rstrip('/')}/desk/reset/{code}")
    return 0


@asynccontextmanager
async def _accounts(settings: Settings) -> AsyncIterator[Accounts]:
    async with _opened(settings) as store:
        yield Accounts(SqliteAccounts(store), SqliteDesk(store), clock.now)


def base_of(options: argparse.Namespace, settings: Settings) -> str:
    """Return the address that links lead to; raises RefusedError where it is none."""
    base = str(options.url or settings.public_url or f"http://{settings.listen}")
    if not is_address(base):
        raise RefusedError(f"--url: found {base!r}; allowed: for example https://posoka.example.bg")
    return base


def _say_link(link: str) -> None:
    write_line(link)
    write_line(f"The link works once, for {INVITATION.days} days.")


async def new_invitation(desk: DeskStore, library: str, *, trial: bool) -> str:
    """Return the code of a fresh invitation."""
    code = secrets.token_urlsafe(18)
    until = clock.millis(clock.now() + INVITATION)
    await desk.invite(code, TRIAL if trial else library, until, trial=trial)
    return code


def join_link(base: str, code: str) -> str:
    """Return the link of an invitation."""
    return f"{base.rstrip('/')}/desk/join/{code}"


async def hours(options: argparse.Namespace, settings: Settings) -> int:
    """Keep the opening hours that a library told us."""
    library = _library(options.library, settings)
    try:
        told = OpeningHours.parse(options.hours)
    except HoursError as error:
        raise RefusedError(str(error)) from error
    async with _opened(settings) as store:
        await SqliteDesk(store).set_hours(library.id, str(told), clock.millis(clock.now()))
    write_line(f"{library.id}: {told}")
    return 0


async def answer_within(options: argparse.Namespace, settings: Settings) -> int:
    """Keep in how many working minutes a library wants to answer."""
    library = _library(options.library, settings)
    least, most = ANSWER_WITHIN
    if not least <= options.minutes <= most:
        allowed = f"from {least} to {most}, e.g. {TARGET} for half a day"
        raise RefusedError(f"{options.minutes} working minutes; allowed: {allowed}")
    async with _opened(settings) as store:
        await SqliteWaiting(store).set_answer_within(library.id, options.minutes)
    write_line(f"{library.id}: {options.minutes} working minutes")
    return 0


def _library(name: str, settings: Settings) -> Library:
    """Return the library with that id; raises RefusedError where there is none."""
    directory = load(settings.knowledge).directory
    library = directory.library(name)
    if library is None:
        near = did_you_mean(name, (lib.id for lib in directory.libraries))
        allowed = f"an id of libraries.csv, e.g. {directory.libraries[0].id}"
        raise RefusedError(f"{name!r}: no such library; allowed: {allowed}{near}")
    return library


async def invite_group(options: argparse.Namespace, settings: Settings) -> int:
    """Print the code with which a Telegram group becomes a library's desk, and the steps."""
    library = _library(options.library, settings)
    await _invite_group(library.id, f"{library.name}, {library.city}", settings)
    return 0


async def invite_group_of_bureau(options: argparse.Namespace, settings: Settings) -> int:
    """Print the code with which a Telegram group becomes a labour bureau's desk, and the steps."""
    directory = load(settings.knowledge).directory
    bureau = directory.bureau(options.bureau)
    if bureau is None:
        near = did_you_mean(options.bureau, (one.id for one in directory.bureaus))
        allowed = f"an id of bureaus.csv, e.g. {directory.bureaus[0].id}"
        raise RefusedError(f"{options.bureau!r}: no such bureau; allowed: {allowed}{near}")
    await _invite_group(f"bureau:{bureau.id}", f"{bureau.name}, {bureau.city}", settings)
    return 0


async def _invite_group(desk: str, name: str, settings: Settings) -> None:
    async with _opened(settings) as store:
        code = await new_code(SqliteTelegramGroups(store), desk, clock.now)
    for line in (name, "", *steps(load_texts()["bg"], code)):
        write_line(line)


async def letters(options: argparse.Namespace, settings: Settings) -> int:
    """List the events that no step could be made of; retry or drop one by its number."""
    async with _opened(settings) as store:
        if options.retry is not None:
            done = await store.revive(options.retry) is not None
            write_line("It is taken up at the next start." if done else "There is no such letter.")
            return 0 if done else 1
        if options.drop is not None:
            done = await store.drop(options.drop)
            write_line("Dropped." if done else "There is no such letter.")
            return 0 if done else 1
        for letter in await store.dead_letters():
            at = clock.moment(letter.at)
            write_line(f"{letter.seq}  {letter.channel}  {at:%Y-%m-%d %H:%M}\n{letter.error}\n")
    return 0


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `desk`, `bureau`, `library` and `letters`."""
    desk = commands.add_parser("desk", help="who answers").add_subparsers(required=True)
    one = desk.add_parser("invite", help=invite.__doc__)
    one.add_argument("library", metavar="LIBRARY-ID")
    one.add_argument("--url", help="the address people reach the service at")
    one.set_defaults(run=invite)
    _add_people(desk, commands)
    library = commands.add_parser("library", help="what a library told us").add_subparsers(
        required=True
    )
    two = library.add_parser("hours", help=hours.__doc__)
    two.add_argument("library", metavar="LIBRARY-ID")
    two.add_argument("hours", help='for example "Mo-Fr 09:00-17:00"')
    two.set_defaults(run=hours)
    within = library.add_parser("answer-within", help=answer_within.__doc__)
    within.add_argument("library", metavar="LIBRARY-ID")
    within.add_argument("minutes", metavar="MINUTES", type=int, help="working minutes")
    within.set_defaults(run=answer_within)
    group = library.add_parser("invite", help=invite_group.__doc__)
    group.add_argument("library", metavar="LIBRARY-ID")
    group.set_defaults(run=invite_group)
    three = commands.add_parser("letters", help=letters.__doc__)
    three.add_argument("--retry", type=int, metavar="NUMBER")
    three.add_argument("--drop", type=int, metavar="NUMBER")
    three.set_defaults(run=letters)


def _add_people(
    desk: "argparse._SubParsersAction[argparse.ArgumentParser]",
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    admin = desk.add_parser("admin", help=administrator.__doc__)
    admin.add_argument("--library", metavar="LIBRARY-ID", help="where they answer too")
    admin.set_defaults(run=administrator)
    forgotten = desk.add_parser("reset", help=reset.__doc__)
    forgotten.add_argument("login", metavar="LOGIN")
    forgotten.set_defaults(run=reset)
    bureau = commands.add_parser("bureau", help="experts of labour bureaus").add_subparsers(
        required=True
    )
    expert = bureau.add_parser("invite", help=invite_expert.__doc__)
    expert.add_argument("bureau", metavar="BUREAU-ID")
    expert.set_defaults(run=invite_expert)
    group = bureau.add_parser("group", help=invite_group_of_bureau.__doc__)
    group.add_argument("bureau", metavar="BUREAU-ID")
    group.set_defaults(run=invite_group_of_bureau)
    for parser in (admin, forgotten, expert):
        parser.add_argument("--url", help="the address people reach the service at")
