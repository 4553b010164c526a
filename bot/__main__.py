"""The command line: run, chat, and what administration adds."""

import argparse
import asyncio
import itertools
import logging
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from pathlib import Path
from threading import Thread

from aiohttp import web

from bot import administration, clock, correction_commands, reports
from bot.administration import RefusedError
from bot.channels.telegram import NAME as TELEGRAM
from bot.channels.telegram import TelegramChannel
from bot.channels.terminal import NAME as TERMINAL
from bot.channels.terminal import TerminalChannel, write_line
from bot.channels.web import NAME as WEB
from bot.channels.web import WebChannel
from bot.desk.telegram.wiring import telegram_desk
from bot.kept.cipher import FileKey, key_from
from bot.kept.files import KeptFiles
from bot.polling import Poller
from bot.service import Service, language_of, running
from bot.settings import Settings, SettingsError, read_settings
from bot.store.interface import Arrival
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_files import SqliteFiles
from bot.web.application import application
from dialogs.message_check import FaultyMessagesError, require
from dialogs.model import EVENT, Said, Started
from dialogs.respond import prepare
from dialogs.texts import UnreadableTextError, load_texts
from knowledge.errors import DataError
from knowledge.loading import load

_NO_TELEGRAM = "Telegram: off. Set POSOKA_TELEGRAM_TOKEN to connect a bot (see README)."
_NO_PROXY = (
    "Warning: POSOKA_TRUSTED_PROXY is not set. Behind a web server everybody then comes from one"
    " network, and whoever mistypes passwords makes all others wait to sign in (see README)."
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code: 2 for a wrong call or setting."""
    options = _parser().parse_args(arguments)
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.INFO, format=form)
    # Their lines hold addresses of requests, and those may hold a token; the letters of a page.
    for noisy in ("httpx", "telegram", "aiohttp.access", "fontTools"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    command: Callable[[argparse.Namespace, Settings], Awaitable[int]] = options.run
    try:
        return asyncio.run(command(options, read_settings(os.environ)))  # type: ignore[arg-type]
    except (
        SettingsError,
        DataError,
        RefusedError,
        FaultyMessagesError,
        UnreadableTextError,
    ) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    except OSError as error:
        print(f"posoka: {error}", file=sys.stderr)  # noqa: T201
        return 2


async def run(_options: argparse.Namespace, settings: Settings) -> int:
    """Serve until told to stop."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    store = SqliteStore(settings.database)
    knowledge = load(settings.knowledge)
    files = _files(settings, store)
    telegram = _telegram(settings, store, files)
    push = {TELEGRAM: telegram} if telegram else {}
    rooms = {WEB: WebChannel.abilities.room, TELEGRAM: TelegramChannel.abilities.room}
    require(load_texts(), knowledge, rooms)
    async with AsyncExitStack() as parts:
        # What is opened last is stopped first: no more updates, then their steps, then sending.
        if telegram:
            await parts.enter_async_context(telegram)
        service = await parts.enter_async_context(
            running(
                store,
                {WEB: WebChannel()},
                push,
                clock.now,
                knowledge=knowledge,
                data=settings.knowledge,
                channels_configured=bool(telegram),
                files=files,
            )
        )
        # The languages' dictionaries take seconds to read: nobody waits for those of the others.
        Thread(target=prepare, args=(service.context(),), daemon=True).start()
        take_in, standing = service.runtime.take_in, {}
        if telegram:
            groups = await parts.enter_async_context(telegram_desk(service, store, telegram))
            poller = Poller(telegram, take_in, clock.now, _say_who_is_on, groups=groups.wants)
            standing = {TELEGRAM: poller.standing, "telegram_desk": groups.standing}
        runner = web.AppRunner(
            application(service, standing, settings.public_url or "", settings.trusted_proxy),
            access_log=None,
            shutdown_timeout=3,
        )
        await _listen(runner, settings)
        await _say_what_is_on(settings, service, runner)
        if telegram:
            service.runtime.attend(telegram.rest)
            await parts.enter_async_context(poller.running())
        await stop.wait()
        await runner.cleanup()
    return 0


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.listen.host, settings.listen.port).start()
    except OSError as error:
        await runner.cleanup()
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        text = f"POSOKA_LISTEN: found {str(settings.listen)!r}, where nothing can listen ({why})"
        raise RefusedError(f"{text}; allowed: a free address, for example 127.0.0.1:8081") from None


def _files(settings: Settings, store: SqliteStore) -> KeptFiles:
    key = settings.file_key
    given = key_from(key.get_secret_value()) if key else None
    return KeptFiles(SqliteFiles(store), FileKey.beside(settings.database, given), clock.now)


def _telegram(settings: Settings, store: SqliteStore, files: KeptFiles) -> TelegramChannel | None:
    if settings.telegram_token is None:
        return None
    return TelegramChannel(
        settings.telegram_token.get_secret_value(),
        str(settings.telegram_api_url),
        load_texts(),
        lambda address: language_of(store, f"{TELEGRAM}:{address}"),
        bytes_of=files.bytes_of,
    )


def _say_who_is_on(name: str) -> None:
    write_line(f"Telegram: {name}")


async def _say_what_is_on(settings: Settings, service: Service, runner: web.AppRunner) -> None:
    host, port = runner.addresses[0][:2]
    address = f"http://{host}:{port}"
    for line in (
        f"Posoka is on. Web chat: {address}/   Librarians' desk: {address}/desk",
        f"Data: {settings.database}",
        "Telegram: connecting…" if settings.telegram_token else _NO_TELEGRAM,
        "Stop with Ctrl+C.",
    ):
        write_line(line)
    if service.roster.now.trial:
        code = await administration.new_invitation(service.desk, "", trial=True)
        write_line("Trial mode: nothing reaches a library. Be the librarian yourself, once, at")
        write_line(administration.join_link(address, code))
    if settings.is_public and not settings.trusted_proxy:
        write_line(_NO_PROXY)


async def chat(options: argparse.Namespace, settings: Settings) -> int:
    """Hold the talk in this terminal; nothing of it is kept."""
    lines = _script(_lines(options.script)) if options.script else _typed()
    channel = TerminalChannel(write_line, as_json=bool(options.script), folder=options.files)
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "talk.db")
        knowledge = load(settings.knowledge)
        require(load_texts(), knowledge, {TERMINAL: channel.abilities.room})
        async with running(
            store, {}, {TERMINAL: channel}, clock.now, knowledge=knowledge
        ) as service:
            number = itertools.count(1)

            async def take(event: str) -> None:
                key = str(next(number))
                arrival = Arrival(TERMINAL, key, "me", event, clock.millis(clock.now()))
                await service.runtime.take_in([arrival])
                await service.runtime.settle()
                await service.deliveries[TERMINAL].settle()

            await take(Started().model_dump_json())
            async for line in lines:
                await take(EVENT.dump_json(Said(text=line)).decode())
    return 0


async def _typed() -> AsyncIterator[str]:
    while True:
        try:
            line = await asyncio.to_thread(input, "> ")
        except EOFError:
            return
        if line.strip():
            yield line


async def _script(lines: Iterable[str]) -> AsyncIterator[str]:
    for line in lines:
        if line.strip():
            yield line.rstrip("\n")


def _lines(file: Path) -> Iterable[str]:
    return sys.stdin if str(file) == "-" else file.read_text(encoding="utf-8").splitlines()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="posoka", description=__doc__)
    commands = parser.add_subparsers(required=True)
    commands.add_parser("run", help=run.__doc__).set_defaults(run=run)
    talk = commands.add_parser("chat", help=chat.__doc__)
    talk.add_argument("--script", type=Path, metavar="FILE", help="lines to say, or - for stdin")
    talk.add_argument("--files", type=Path, metavar="FOLDER", help="where files are written")
    talk.set_defaults(run=chat)
    administration.add_commands(commands)
    reports.add_commands(commands)
    correction_commands.add_commands(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
